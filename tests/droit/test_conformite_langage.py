"""The language of the rules, on rules of our own: conditions, controls, and what stops at load."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.conformite import evaluate
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.referentiel import parse_referentiel

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
ecrit = "texte"
verifie = "booleen"
"action.heure" = "heure"
"action.jour_semaine" = "entier"
"action.ferie" = "booleen"
[[verbatim]]
ref = "CPCE:L111-8:2"
article = "CPCE L111-8"
source = "essai"
a_verifier = false
texte = "Les frais"
[[regle]]
id = "X-1"
titre = "Essai"
categorie = "essai"
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
SAUF = '{ type = "lexique_interdit", champ = "ecrit", termes = ["prison"], sauf = "verifie" }'
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
        ('{ type = "lexique_interdit", champ = "ecrit", termes = ["prison"] }', {"ecrit": "la prison"}, True),
        ('{ type = "lexique_interdit", champ = "ecrit", termes = ["prison"] }', {"ecrit": "la raison"}, False),
        ('{ type = "lexique_interdit", champ = "ecrit", termes = ["prison"] }', {}, True),
        (SAUF, {"ecrit": "la prison", "verifie": True}, False),
        (SAUF, {"ecrit": "la prison", "verifie": None}, True),
        (SAUF, {"ecrit": "la prison"}, True),
        ('{ type = "comparaison", gauche = "essais", op = "dans", droite = [1, 2] }', {"essais": 2}, False),
        ('{ type = "comparaison", gauche = "essais", op = "dans", droite = [1, 2] }', {"essais": 3}, True),
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
        ("[]", '{ type = "comparaison", gauche = "montant", op = "eq", droite = "@essais" }'),
        ("[]", '{ type = "comparaison", gauche = "montant", op = "vaut", droite = "@montant" }'),
        ("[]", '{ type = "comparaison", gauche = "montant", op = "eq", droite = "un" }'),
        ("[]", '{ type = "comparaison", gauche = "montant", op = "eq" }'),
        ("[]", '{ type = "vrai" }'),
        ("[]", '{ type = "vrai", champ = "essais" }'),
        ("[]", '{ type = "vrai", champ = "verifie", champs = ["verifie"] }'),
        ("[]", '{ champ = "verifie" }'),
        ("[]", '{ type = "compteur_max", compteurs = { montant = 2 } }'),
        ("[]", '{ type = "lexique_interdit", champ = "ecrit", termes = ["x"], sauf = "essais" }'),
        ("[]", '{ type = "lexique_interdit", champ = "ecrit", termes = ["x"], sauf = "inconnu" }'),
        ("[]", '{ type = "verbatim", refs = ["CPCE:L111-8:9"] }'),
        ("[]", '{ type = "mentions_requises", codes = ["somme"] }'),
        ("[]", '{ type = "plage", jours = [1], heures = [["dix heures", "13:00"]], feries_exclus = true }'),
    ],
)
def test_une_regle_fautive_arrete_la_lecture(si, controle):
    with pytest.raises(ErreurExigible) as erreur:
        play({}, si=si, controle=controle)
    assert erreur.value.code == "regle_invalide"


REGLE = TEXTE.replace("SI", "[]", 1).replace("CONTROLE", BLOCAGE)


@pytest.mark.parametrize(
    ("ecrit", "remplace"),
    [
        ('severite = "mineur"', 'severite = "grave"'),
        ('statut = "confirme"', 'statut = "sûr"'),
        ('acteurs = ["tous"]', 'acteurs = ["voisin"]'),
        ('cible = ["appel"]', 'cible = ["pigeon"]'),
        ('titre = "Essai"\n', ""),
        ('id = "X-1"\n', ""),
        ('montant = "decimal"', 'montant = "flottant"'),
    ],
)
def test_une_entree_fautive_arrete_la_lecture(ecrit, remplace):
    assert REGLE.count(ecrit) == 1
    with pytest.raises(ErreurExigible) as erreur:
        parse_referentiel(REGLE.replace(ecrit, remplace))
    assert erreur.value.code == "regle_invalide"


def test_deux_regles_du_meme_nom_arretent_la_lecture():
    famille = "[[regle]]" + REGLE.split("[[regle]]")[1]
    with pytest.raises(ErreurExigible, match="même identifiant"):
        parse_referentiel(REGLE, famille)
    assert [r.identifiant for r in parse_referentiel(REGLE, famille.replace("X-1", "X-2")).regles] == ["X-1", "X-2"]
