"""The rules on a letter: each one's own examples, and the semantics of the evaluator."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from exigible.droit.conformite import evaluate
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.referentiel import load_referentiel, parse_referentiel

EXEMPLES = tomllib.loads((Path(__file__).parent / "donnees" / "conformite_exemples.toml").read_text(encoding="utf-8"))
REGLES = {regle.identifiant: regle for regle in load_referentiel().regles}

COMPLET = {
    "debiteur.qualite": "professionnel",
    "debiteur.qualite_connue": True,
    "debiteur.nom_connu": True,
    "debiteur.adresse_connue": True,
    "action.type": "mise_en_demeure",
    "action.destinataire": "debiteur",
    "action.auteur_identifie": True,
    "action.creancier_identifie": True,
    "creance.echue": True,
    "creance.solde": "120.00",
    "titre.existe": False,
    "creancier.declarant_ficp": False,
    "lignes": ["principal", "penalites", "indemnite_40"],
    "mentions": ["mots_mise_en_demeure", "somme", "cause", "ordre_de_payer", "delai"],
    "texte": "Mise en demeure de payer. À défaut, je pourrai saisir le tribunal compétent.",
    "decompte.elements_distingues": True,
    "decompte.total": "120.00",
    "decompte.somme_lignes": Decimal("120.00"),
    "acteur.titre_verifie": False,
    "lettre.titre_signataire": "gérante",
    "lettre.numero_surtaxe": False,
    "lettre.imite_acte_officiel": False,
    "lettre.titre_objet_signature": "Mise en demeure de payer - Société fictive",
    "envoi.motif_visible": False,
}


def list_manques(contexte, cible):
    return [manquement.regle for manquement in evaluate(contexte, cible)]


def test_chaque_regle_a_ses_exemples():
    assert set(EXEMPLES) == set(REGLES)


@pytest.mark.parametrize("identifiant", sorted(EXEMPLES))
@pytest.mark.parametrize("cas", ["ko", "ok"])
def test_exemples_de_la_regle(identifiant, cas):
    regle = REGLES[identifiant]
    acteur = "creancier" if regle.acteurs & {"tous", "creancier"} else min(regle.acteurs)
    for cible in regle.cibles:
        manques = list_manques({"acteur": acteur, **EXEMPLES[identifiant][cas]}, cible)
        assert (identifiant in manques) == (cas == "ko")


def test_une_lettre_complete_passe():
    assert evaluate(COMPLET, "lettre") == ()


def test_le_plus_grave_d_abord_et_tout_est_dit():
    contexte = {**COMPLET, "debiteur.qualite": "consommateur", "debiteur.etat": "radie"}
    manquements = evaluate(contexte, "lettre")
    assert [m.regle for m in manquements] == ["FR-01", "BL-16"]
    assert "indemnité de 40 €" in manquements[0].message
    assert "à vérifier" in manquements[1].message
    assert "C. conso. L132-23" in manquements[0].articles


def test_un_choix_du_programme_n_est_pas_presente_comme_la_loi():
    (manquement,) = evaluate({**COMPLET, "decompte.total": "120.01"}, "lettre")
    assert manquement.statut == "politique"
    assert "non de la loi" in manquement.message


@pytest.mark.parametrize("champ", ["debiteur.qualite_connue", "debiteur.nom_connu", "debiteur.adresse_connue"])
@pytest.mark.parametrize("valeur", [False, None])
def test_l_inconnu_ne_part_pas(champ, valeur):
    assert "MD-01" in list_manques({**COMPLET, champ: valeur}, "lettre")
    sans = {cle: fait for cle, fait in COMPLET.items() if cle != champ}
    assert "MD-01" in list_manques(sans, "lettre")


def test_un_fait_inconnu_ferme():
    """Present but unknown: the condition holds and the control fails."""
    ouverte = {**COMPLET, "procedure.collective_ouverte": True}
    assert "BL-05" in list_manques({**ouverte, "creance.anterieure_ouverture": None}, "action")
    assert "BL-05" not in list_manques(ouverte, "action")
    assert "FR-02" in list_manques({**COMPLET, "titre.existe": None, "lignes": ["frais_relance"]}, "lettre")
    assert "FR-01" in list_manques({**COMPLET, "debiteur.qualite": None}, "lettre")


@pytest.mark.parametrize(
    ("texte", "refuse"),
    [
        ("Dernier avis  avant\nsaisie", True),
        ("COMMANDEMENT DE PAYER", True),
        ("Commandements de payer", True),
        ("Sommation-de-payer", True),
        ("Votre consommation de payeur", False),
        ("re\u0301publique franc\u0327aise", True),
    ],
)
def test_lexique_sans_casse_ni_accents_en_mots_entiers(texte, refuse):
    assert ("CO-01" in list_manques({**COMPLET, "texte": texte}, "lettre")) == refuse


@pytest.mark.parametrize(
    ("titre", "verifie", "refuse"),
    [
        ("Avocat au barreau de Paris", False, True),
        ("Étude de Commissaires de justice", False, True),
        ("Avocat au barreau de Paris", True, False),
        ("Responsable du plaidoyer", False, False),
        ("", False, False),
    ],
)
def test_un_titre_reserve_se_cherche_dans_la_fonction(titre, verifie, refuse):
    contexte = {**COMPLET, "lettre.titre_signataire": titre, "acteur.titre_verifie": verifie}
    assert ("CO-05" in list_manques(contexte, "lettre")) == refuse


@pytest.mark.parametrize("identifiant", ["BL-01", "BL-03", "BL-05", "BL-11", "ME-11"])
def test_un_message_n_echappe_pas_a_ce_qui_bloque(identifiant):
    assert "message" in REGLES[identifiant].cibles


def test_un_message_avant_l_echeance_reste_permis():
    assert "message" not in REGLES["BL-07"].cibles


def test_consommation_n_est_pas_sommation():
    contexte = {**COMPLET, "lettre.titre_objet_signature": "Consommation d'eau"}
    assert evaluate(contexte, "lettre") == ()
    assert list_manques({**COMPLET, "lettre.titre_objet_signature": "Sommations"}, "lettre") == ["CO-20"]


@pytest.mark.parametrize(
    ("contexte", "cible", "code"),
    [
        ({"debiteur.qualitee": "consommateur"}, "lettre", "champ_non_declare"),
        ({"lignes": ["indemnite40"]}, "lettre", "code_inconnu"),
        ({"lignes": "indemnite_40"}, "lettre", "fait_illisible"),
        ({"creance.echue": "oui"}, "lettre", "fait_illisible"),
        ({"creance.solde": 1.5}, "lettre", "fait_illisible"),
        ({"decompte.date_depart_interets": "31/02/2026"}, "decompte", "fait_illisible"),
        ({}, "letre", "cible_inconnue"),
        ({"acteur": "voisin"}, "lettre", "acteur_inconnu"),
    ],
)
def test_refuse_un_contexte_mal_ecrit(contexte, cible, code):
    with pytest.raises(ErreurSaisie) as erreur:
        evaluate(contexte, cible)
    assert erreur.value.code == code


# ---------------------------------------------------------------- the language, on rules of our own

TEXTE = """
[meta]
acteurs = ["creancier", "recouvreur"]
cibles = ["appel"]
[codes]
lignes = ["principal", "penalites"]
[champs]
acteur = "texte"
lignes = "liste"
verbatims = "liste"
montant = "decimal"
jour = "date"
essais = "entier"
"action.heure" = "heure"
"action.jour_semaine" = "entier"
"action.ferie" = "booleen"
[[regle]]
id = "X-1"
titre = "Essai"
acteurs = ["tous"]
cible = ["appel"]
severite = "mineur"
statut = "confirme"
articles = []
si = SI
controle = CONTROLE
"""
BLOCAGE = '{ type = "blocage" }'


def play(contexte, si="[]", controle=BLOCAGE):
    referentiel = parse_referentiel(TEXTE.replace("SI", si, 1).replace("CONTROLE", controle))
    return bool(evaluate(contexte, "appel", referentiel=referentiel))


@pytest.mark.parametrize(
    ("si", "fait", "vrai"),
    [
        ('["montant", "eq", "10.0"]', {"montant": Decimal("10.00")}, True),
        ('["montant", "ne", "10"]', {"montant": "10.00"}, False),
        ('["montant", "sup", "10"]', {"montant": "10.01"}, True),
        ('["montant", "sup_eq", "10"]', {"montant": "9.99"}, False),
        ('["essais", "inf", 3]', {"essais": 2}, True),
        ('["jour", "inf_eq", "2026-01-31"]', {"jour": date(2026, 2, 1)}, False),
        ('["essais", "dans", [1, 2]]', {"essais": 2}, True),
        ('["essais", "hors", [1, 2]]', {"essais": 2}, False),
        ('["lignes", "contient", "penalites"]', {"lignes": ["principal"]}, False),
        ('["action.ferie", "faux", true]', {"action.ferie": False}, True),
        ('["montant", "present", true]', {"montant": "1"}, True),
        ('["montant", "present", true]', {}, False),
        ('["montant", "ne", "10"]', {}, False),
        ('["montant", "eq", "10"]', {"montant": None}, True),
    ],
)
def test_operateurs(si, fait, vrai):
    assert play(fait, si=f"[{si}]") == vrai


HEURES = '{ type = "plage", jours = [1, 2], heures = [["10:00", "13:00"], ["14:00", "19:00"]], feries_exclus = true }'
OUVRE = {"action.heure": "10:00", "action.jour_semaine": 1, "action.ferie": False}


@pytest.mark.parametrize(
    ("controle", "fait", "manque"),
    [
        (HEURES, OUVRE, False),
        (HEURES, {**OUVRE, "action.heure": "13:30"}, True),
        (HEURES, {**OUVRE, "action.heure": "19:00"}, True),
        (HEURES, {**OUVRE, "action.jour_semaine": 6}, True),
        (HEURES, {**OUVRE, "action.ferie": True}, True),
        (HEURES, {**OUVRE, "action.ferie": None}, True),
        ('{ type = "compteur_max", compteurs = { essais = 2 } }', {"essais": 2}, False),
        ('{ type = "compteur_max", compteurs = { essais = 2 } }', {"essais": 3}, True),
        ('{ type = "compteur_max", compteurs = { essais = 2 } }', {}, True),
        ('{ type = "lignes_autorisees", codes = ["principal"] }', {"lignes": ["principal"]}, False),
        ('{ type = "lignes_autorisees", codes = ["principal"] }', {"lignes": ["penalites"]}, True),
        ('{ type = "lignes_autorisees", codes = ["principal"] }', {"lignes": None}, True),
        ('{ type = "lignes_interdites", codes = ["penalites"] }', {"lignes": None}, True),
        ('{ type = "lignes_interdites", codes = ["penalites"] }', {}, False),
        ('{ type = "verbatim", refs = ["CPCE:L111-8:2"] }', {"verbatims": ["CPCE:L111-8:2"]}, False),
        ('{ type = "verbatim", refs = ["CPCE:L111-8:2"] }', {}, True),
        ('{ type = "comparaison", gauche = "montant", op = "sup", droite = "0.00" }', {"montant": "0.01"}, False),
        ('{ type = "comparaison", gauche = "montant", op = "sup", droite = "0.00" }', {"montant": "0.00"}, True),
        ('{ type = "comparaison", gauche = "montant", op = "sup", droite = "0.00" }', {}, True),
    ],
)
def test_controles(controle, fait, manque):
    assert play(fait, controle=controle) == manque


@pytest.mark.parametrize(
    ("si", "controle"),
    [
        ('[["inconnu", "eq", 1]]', BLOCAGE),
        ('[["montant", "vaut", "1"]]', BLOCAGE),
        ('[["essais", "eq", "un"]]', BLOCAGE),
        ("[]", '{ type = "magie" }'),
        ("[]", '{ type = "vrai", champ = "inconnu" }'),
        ("[]", '{ type = "tous_vrais", champs = ["inconnu"] }'),
        ("[]", '{ type = "lignes_interdites", codes = ["inconnu"] }'),
        ("[]", '{ type = "comparaison", gauche = "montant", op = "eq", droite = "@inconnu" }'),
    ],
)
def test_une_regle_fautive_arrete_la_lecture(si, controle):
    with pytest.raises(ErreurExigible) as erreur:
        play({}, si=si, controle=controle)
    assert erreur.value.code == "regle_invalide"
