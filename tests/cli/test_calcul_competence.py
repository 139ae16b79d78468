"""`exigible calcul competence`, as scripts call it."""

import json

import pytest
from appels import Appel

BASE = ["calcul", "competence", "--date", "2026-11-21"]
SOCIETES = ["--creancier", "societe_commerciale", "--debiteur", "societe_commerciale", "--objet", "facture"]
FACTURE = [*BASE, *SOCIETES, "--montant", "8000"]
CONTRAT = ["juridiction", "libelle", "tae", "avocat_obligatoire", "tentative_amiable", "ouverte", "motifs"]


APPEL = Appel()
run, run_json, run_erreur = APPEL.run, APPEL.read_json, APPEL.read_erreur


def test_suit_le_contrat():
    resultat = run_json(*FACTURE, "--code-postal", "75011")
    assert list(resultat)[:7] == CONTRAT
    assert resultat["juridiction"] == "tribunal_des_activites_economiques"
    assert resultat["libelle"] == "Tribunal des activités économiques de Paris"
    assert [resultat[cle] for cle in CONTRAT[2:6]] == [True, False, False, True]
    assert resultat["premiere_voie_ouverte"] == "ip"
    assert [voie["voie"] for voie in resultat["voies"]] == [
        "ip",
        "simplifiee",
        "incontestees",
        "refere",
        "fond",
        "ip_europeenne",
    ]
    assert all(set(CONTRAT) <= set(voie) and voie["motifs"] for voie in resultat["voies"])
    assert "C. com. L721-3" in resultat["articles"]
    assert all(set(avertissement) == {"code", "message"} for avertissement in resultat["avertissements"])


def test_un_consommateur_qui_reclame_est_un_particulier():
    mots = [[*FACTURE, "--creancier", creancier] for creancier in ("consommateur", "particulier")]
    assert run_json(*mots[0]) == run_json(*mots[1])


def test_une_voie_change_ce_qui_est_exige():
    consommateur = [*BASE, "--creancier", "sas", "--debiteur", "consommateur", "--montant", "3 200,00"]
    fond, injonction = (run_json(*consommateur, "--voie", voie) for voie in ("fond", "ip"))
    assert (fond["tentative_amiable"], injonction["tentative_amiable"]) == (True, False)
    assert injonction["juridiction"] == fond["juridiction"] == "tribunal_judiciaire"
    assert run_json(*FACTURE, "--montant", "20000", "--voie", "ip")["avocat_obligatoire"] is False
    assert run_json(*FACTURE, "--montant", "20000", "--voie", "refere")["avocat_obligatoire"] is True


def test_une_voie_fermee_dit_pourquoi():
    simplifiee = run_json(*FACTURE, "--voie", "simplifiee")
    assert simplifiee["ouverte"] is False
    assert simplifiee["juridiction"] == "aucune"
    assert simplifiee["frais"] == []
    assert any("CPCE R125-1" in motif for motif in simplifiee["motifs"])
    assert "CPCE R125-1" in simplifiee["articles"]
    incontestees = run_json(*FACTURE, "--voie", "incontestees")
    assert incontestees["ouverte"] is False
    assert "incontestees_a_verifier" in [a["code"] for a in incontestees["avertissements"]]


def test_l_injonction_europeenne_veut_savoir():
    europeenne = [*FACTURE, "--voie", "ip_europeenne"]
    assert run_json(*europeenne)["ouverte"] is False
    assert run_json(*europeenne, "--national")["ouverte"] is False
    assert run_json(*europeenne, "--transfrontalier")["ouverte"] is True


def test_les_frais_sont_des_textes():
    frais = {f["code"]: f["montant"] for f in run_json(*FACTURE, "--voie", "ip")["frais"]}
    assert frais == {"greffe_injonction": "30.23", "signification": None}
    taille = ["--effectif", "300", "--chiffre-affaires", "60000000", "--benefice", "4000000"]
    grand = run_json(*FACTURE, "--montant", "1000000", "--code-postal", "92000", "--voie", "fond", *taille)
    assert {"contribution_justice_economique": "30000.00"}.items() <= {
        f["code"]: f["montant"] for f in grand["frais"]
    }.items()


@pytest.mark.parametrize(
    ("option", "dit", "lu"),
    [
        ("--creancier", "Société commerciale", "societe_commerciale"),
        ("--creancier", "SOCIETE-COMMERCIALE", "societe_commerciale"),
        ("--creancier", "sarl", "societe_commerciale"),
        ("--objet", "Bail d'habitation", "bail_habitation"),
        ("--objet", "crédit conso", "credit_consommation"),
        ("--objet", "charges de copropriété", "copropriete"),
        ("--objet", "lettre de change", "effet"),
        ("--voie", "Injonction de payer", "ip"),
        ("--voie", "référé", "refere"),
        ("--debiteur", "non-professionnel", "non_professionnel"),
    ],
)
def test_un_mot_se_dit_de_plusieurs_facons(option, dit, lu):
    base = [*BASE, "--creancier", "association", "--debiteur", "particulier", "--montant", "900"]
    assert run_json(*base, option, dit) == run_json(*base, option, lu)


@pytest.mark.parametrize(
    ("arguments", "code", "champ"),
    [
        ([*FACTURE, "--creancier", "non_professionnel"], "valeur_invalide", "--creancier"),
        ([*FACTURE, "--debiteur", "roi"], "valeur_invalide", "--debiteur"),
        ([*FACTURE, "--objet", "rançon"], "valeur_invalide", "--objet"),
        ([*FACTURE, "--voie", "duel"], "valeur_invalide", "--voie"),
        ([*FACTURE, "--montant", "0"], "montant_nul", "--montant"),
        ([*FACTURE, "--montant", "-5"], "montant_negatif", "--montant"),
        ([*FACTURE, "--montant", "beaucoup"], "montant_illisible", "--montant"),
        ([*FACTURE, "--code-postal", "7501"], "code_postal_illisible", "--code-postal"),
        ([*FACTURE, "--code-postal", "98800"], "territoire_non_couvert", "--code-postal"),
        ([*FACTURE, "--date", "2019-12-31"], "date_hors_bareme", "--date"),
        ([*FACTURE, "--objet", "pension"], "objet_incoherent", "--objet"),
        ([*FACTURE, "--effectif", "-1"], "valeur_invalide", "--effectif"),
        ([*BASE, *SOCIETES], "parametre_manquant", "--montant"),
    ],
)
def test_une_mauvaise_saisie_dit_quoi_et_ou(arguments, code, champ):
    erreur = run_erreur(*arguments)
    assert (erreur["code"], erreur["champ"]) == (code, champ)


def test_tableau_lisible():
    sortie = run(*FACTURE, "--code-postal", "75011").stdout
    assert sortie.startswith("Tribunal des activités économiques de Paris\n")
    assert "Injonction de payer : ouverte" in sortie
    assert "Procédure simplifiée de recouvrement des petites créances : fermée" in sortie
    assert "30,23\u00a0€" in sortie
    assert "Attention : " in sortie
    seule = run(*FACTURE, "--voie", "ip").stdout
    assert "Référé-provision" not in seule


def test_sans_date_c_est_aujourd_hui():
    resultat = run(*FACTURE[:2], *FACTURE[4:], "--json")
    assert resultat.exit_code == 0
    assert json.loads(resultat.stdout)["juridiction"] == "tribunal_de_commerce"


def test_l_aide_donne_les_mots_et_un_exemple():
    aide = run("calcul", "competence", "--help").stdout
    for mot in ("societe_commerciale", "bail_habitation", "ip_europeenne", "exigible calcul competence --creancier"):
        assert mot in aide
