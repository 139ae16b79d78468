"""The graph of the procedures has no defect, and the checker finds each kind of defect in a graph that has it."""

import msgspec
import pytest

from exigible.dossier.procedures.graphe import Graphe, load_graphe, parse_procedure
from exigible.dossier.procedures.verification import check_gardes_employees, check_graphe

ETAPE = """
[[transitions]]
code = "{code}"
de = "{de}"
vers = "{vers}"
evenement = "{evenement}"
libelle = "Une étape"
auteur = "creancier"
articles = ["CPC 1"]
source = "CPC"
"""

SAIN = """
code = "ESSAI"
libelle = "Une procédure d'essai"
objet = "Essayer le vérificateur."
articles = ["CPC 1"]

[[etats]]
code = "DEBUT"
libelle = "Début"
type = "initial"
sans_delai = "Rien ne presse."

[[etats]]
code = "MILIEU"
libelle = "Milieu"
type = "intermediaire"
sans_delai = "Rien ne presse non plus."

[[etats]]
code = "FIN"
libelle = "Fin"
type = "final"

[[transitions]]
code = "E1"
de = "DEBUT"
vers = "MILIEU"
evenement = "demande"
libelle = "Demande faite"
auteur = "creancier"
articles = ["CPC 1"]
source = "CPC"
acte = "DOC-DEMANDE"
cause = "INT-JUS"

[[transitions]]
code = "E2"
de = "MILIEU"
vers = "FIN"
evenement = "oubli"
libelle = "Demande caduque"
auteur = "loi"
articles = ["CPC 2"]
source = "CPC"
gardes = ["is_consulaire"]
terme = true
sauf = ["demande"]
fin_instance = true
[transitions.delai]
duree = ["P1M"]
depart = ["demande"]
sens = "max"
a_faire = "Agir"
perte = "la demande est caduque"
"""

REMPLACEMENTS = {
    "procedure_muette": ('objet = "Essayer le vérificateur."', 'objet = ""'),
    "etat_muet": ('libelle = "Milieu"', 'libelle = ""'),
    "sans_delai_absent": ('sans_delai = "Rien ne presse."', 'sans_delai = ""'),
    "etape_muette": ('libelle = "Demande faite"', 'libelle = ""'),
    "article_absent": ('articles = ["CPC 1"]\nsource', "articles = []\nsource"),
    "acte_mal_ecrit": ("DOC-DEMANDE", "demande"),
    "cause_inconnue": ("INT-JUS", "INT-RIEN"),
    "cause_sans_fin": ("fin_instance = true", "fin_instance = false"),
    "garde_inconnue": ("is_consulaire", "is_jamais_ecrite"),
    "validite_inversee": ("terme = true", "debut = 2026-09-01\nfin = 2026-08-31\nterme = true"),
    "terme_sans_delai": ('sens = "max"', 'sens = "usage"'),
    "delai_sans_article": ('articles = ["CPC 2"]', "articles = []"),
    "delai_sans_duree": ('duree = ["P1M"]', "duree = []"),
    "delai_sans_depart": ('depart = ["demande"]', "depart = []"),
    "duree_illisible": ("P1M", "un certain temps"),
    "delai_muet": ('perte = "la demande est caduque"', 'perte = ""'),
    "fenetre_sans_debut": ('sens = "max"', 'sens = "fenetre"'),
    "rebours_sans_audience": ('sens = "max"', 'sens = "avant"'),
    "etat_inconnu": ('vers = "FIN"', 'vers = "AILLEURS"'),
    "source_inconnue": ('source = "CPC"\nacte', 'source = "OUBLI"\nacte'),
    "evenement_inconnu": ('depart = ["demande"]', 'depart = ["signature"]'),
    "sans_issue": ('\nde = "MILIEU"', '\nde = "DEBUT"'),
    "etat_inaccessible": ('vers = "MILIEU"', 'vers = "FIN"'),
    "etat_double": ('code = "FIN"', 'code = "MILIEU"'),
    "etape_double": ('code = "E2"', 'code = "E1"'),
}


def make_graphe(*textes):
    lues = [parse_procedure(texte) for texte in textes]
    return Graphe(procedures={procedure.code: procedure for procedure in lues}, sources={"CPC": "https://exemple.test"})


def list_codes(*textes):
    return {defaut.code for defaut in check_graphe(make_graphe(*textes), origine="DEBUT")}


def test_le_graphe_reel_n_a_pas_de_defaut():
    assert [f"{d.ou} : {d.message}" for d in check_graphe(load_graphe())] == []


def test_chaque_condition_ecrite_est_employee():
    assert [f"{d.ou} : {d.message}" for d in check_gardes_employees(load_graphe())] == []


def test_une_condition_inemployee_est_nommee():
    defauts = check_gardes_employees(make_graphe(SAIN.replace('gardes = ["is_consulaire"]\n', "")))
    assert ("garde_inemployee", "is_consulaire") in {(d.code, d.ou) for d in defauts}


def test_le_graphe_d_essai_est_sain():
    assert check_graphe(make_graphe(SAIN), origine="DEBUT") == ()


@pytest.mark.parametrize("code", REMPLACEMENTS)
def test_chaque_defaut_est_trouve(code):
    avant, apres = REMPLACEMENTS[code]
    assert SAIN.count(avant) >= 1
    assert code in list_codes(SAIN.replace(avant, apres, 1))


def test_un_etat_final_ne_se_quitte_pas():
    suite = ETAPE.format(code="E3", de="FIN", vers="MILIEU", evenement="retour")
    assert list_codes(SAIN + suite) == {"final_quitte"}


def test_une_etape_tient_a_sa_procedure():
    autre = SAIN.replace('"ESSAI"', '"AUTRE"')
    for nom in ("DEBUT", "MILIEU", "FIN", "E1", "E2"):
        autre = autre.replace(f'"{nom}"', f'"{nom}_AUTRE"')
    pont = ETAPE.format(code="E3", de="MILIEU", vers="DEBUT_AUTRE", evenement="pont")
    assert list_codes(SAIN + pont, autre) == set()
    egaree = ETAPE.format(code="E4", de="DEBUT_AUTRE", vers="MILIEU_AUTRE", evenement="egaree")
    assert list_codes(SAIN + pont + egaree, autre) == {"etape_egaree"}


def test_l_etape_d_une_autre_procedure_donne_son_jour_de_depart():
    autre = SAIN.replace('"ESSAI"', '"AUTRE"').replace('depart = ["demande"]', 'depart = ["pont"]')
    for nom in ("DEBUT", "MILIEU", "FIN", "E1", "E2"):
        autre = autre.replace(f'"{nom}"', f'"{nom}_AUTRE"')
    pont = ETAPE.format(code="E3", de="MILIEU", vers="MILIEU_AUTRE", evenement="pont")
    assert list_codes(SAIN + pont, autre) == {"etat_inaccessible"}
    assert "evenement_inconnu" in list_codes(SAIN, autre)


def test_un_effet_sur_un_titre_ou_un_partage_nomme_une_etape_qui_existe():
    assert list_codes(SAIN.replace('source = "CPC"\nacte', 'source = "CPC"\nau_titre = "oubli"\nacte')) == {
        "effet_inconnu"
    }
    assert list_codes('par_personne = ["oubli"]\n' + SAIN) == {"effet_inconnu"}


def make_versions(premiere, seconde):
    """Two versions of the same step, each with its dates."""
    une = ETAPE.format(code="V1", de="MILIEU", vers="FIN", evenement="appel") + premiere
    autre = ETAPE.format(code="V2", de="MILIEU", vers="FIN", evenement="appel") + seconde
    return SAIN + une + autre


@pytest.mark.parametrize(
    ("premiere", "seconde", "codes"),
    [
        ("fin = 2026-08-31\n", "debut = 2026-09-01\n", set()),
        ("fin = 2026-08-31\n", "debut = 2026-08-31\n", {"etapes_rivales"}),
        ("", "", {"etapes_rivales"}),
        ("fin = 2026-08-30\n", "debut = 2026-09-01\n", {"versions_disjointes"}),
        ('gardes = ["is_consulaire"]\n', 'gardes = ["is_judiciaire"]\n', set()),
    ],
)
def test_les_versions_d_une_regle_se_suivent(premiere, seconde, codes):
    assert list_codes(make_versions(premiere, seconde)) == codes


def test_un_delai_a_rebours_se_compte_de_l_audience():
    avant = SAIN.replace('depart = ["demande"]', 'depart = ["audience"]').replace('sens = "max"', 'sens = "avant"')
    assert list_codes(avant) == set()


@pytest.mark.parametrize(
    ("vers", "sauf", "codes"),
    [
        ("FIN", "", set()),
        ("MILIEU", "", {"terme_sans_delai"}),
        ("FIN", 'sauf = ["demande"]', {"terme_sans_delai"}),
    ],
)
def test_une_etape_sans_delai_vient_aussitot_hors_de_son_etat(vers, sauf, codes):
    suite = ETAPE.format(code="E3", de="MILIEU", vers=vers, evenement="aussitot")
    assert list_codes(f"{SAIN}{suite}terme = true\n{sauf}\n") == codes


def test_un_champ_inconnu_arrete_la_lecture():
    with pytest.raises(msgspec.ValidationError, match="prescription"):
        parse_procedure(SAIN.replace('cause = "INT-JUS"', 'prescription = "interrompt"'))
