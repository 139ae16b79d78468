"""The language of the rules, on rules of our own: conditions, controls, and what stops at load."""

import tomllib
from datetime import date, time
from decimal import Decimal
from importlib import resources

import pytest

from exigible.droit.conformite import evaluate
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.referentiel import load_referentiel, parse_referentiel

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
JAMAIS = '{ type = "plage", jours = [], heures = [], feries_exclus = true }'


def play(contexte, si="[]", controle=BLOCAGE):
    """What the rule finds wrong, in its own words; empty when it is met."""
    referentiel = parse_referentiel(TEXTE.replace("SI", si, 1).replace("CONTROLE", controle))
    manquements = evaluate(contexte, "appel", referentiel=referentiel)
    return "".join(m.message.removeprefix("Essai.").strip() for m in manquements)


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
    assert play(fait, si=f"[{si}]", controle=JAMAIS) == ("Jour ou heure non admis." if vrai else "")


HEURES = '{ type = "plage", jours = [1, 2], heures = [["10:00", "13:00"], ["14:00", "19:00"]], feries_exclus = true }'
SAUF = '{ type = "lexique_interdit", champ = "ecrit", termes = ["prison"], sauf = "verifie" }'
OUVRE = {"action.heure": "10:00", "action.jour_semaine": 1, "action.ferie": False}


@pytest.mark.parametrize(
    ("controle", "fait", "dit"),
    [
        (HEURES, OUVRE, ""),
        (HEURES, {**OUVRE, "action.heure": "13:30"}, "Jour ou heure non admis."),
        (HEURES, {**OUVRE, "action.heure": "19:00"}, "Jour ou heure non admis."),
        (HEURES, {**OUVRE, "action.jour_semaine": 6}, "Jour ou heure non admis."),
        (HEURES, {**OUVRE, "action.ferie": True}, "Jour ou heure non admis."),
        (HEURES, {**OUVRE, "action.ferie": None}, "Jour ou heure non admis."),
        ('{ type = "compteur_max", compteurs = { essais = 2 } }', {"essais": 2}, ""),
        ('{ type = "compteur_max", compteurs = { essais = 2 } }', {"essais": 3}, "Dépassé : essais."),
        ('{ type = "compteur_max", compteurs = { essais = 2 } }', {}, "Dépassé : essais."),
        ('{ type = "lignes_autorisees", codes = ["principal"] }', {"lignes": ["principal"]}, ""),
        ('{ type = "lignes_autorisees", codes = ["principal"] }', {"lignes": ["penalites"]}, "À retirer : penalites."),
        ('{ type = "lignes_autorisees", codes = ["principal"] }', {"lignes": None}, "Lignes inconnues."),
        ('{ type = "lignes_interdites", codes = ["penalites"] }', {"lignes": None}, "Lignes inconnues."),
        ('{ type = "lignes_interdites", codes = ["penalites"] }', {}, ""),
        ('{ type = "verbatim", refs = ["CPCE:L111-8:2"] }', {"verbatims": ["CPCE:L111-8:2"]}, ""),
        ('{ type = "verbatim", refs = ["CPCE:L111-8:2"] }', {}, "Textes à reproduire absents : CPCE L111-8."),
        (
            '{ type = "lexique_interdit", champ = "ecrit", termes = ["prison"] }',
            {"ecrit": "la prison"},
            "Mots refusés : « prison ».",
        ),
        ('{ type = "lexique_interdit", champ = "ecrit", termes = ["prison"] }', {"ecrit": "la raison"}, ""),
        ('{ type = "lexique_interdit", champ = "ecrit", termes = ["prison"] }', {}, "Texte inconnu : ecrit."),
        (SAUF, {"ecrit": "la prison", "verifie": True}, ""),
        (SAUF, {"ecrit": "la prison", "verifie": None}, "Mots refusés : « prison »."),
        (SAUF, {"ecrit": "la prison"}, "Mots refusés : « prison »."),
        ('{ type = "comparaison", gauche = "essais", op = "dans", droite = [1, 2] }', {"essais": 2}, ""),
        (
            '{ type = "comparaison", gauche = "essais", op = "dans", droite = [1, 2] }',
            {"essais": 3},
            "Lu : essais (3).",
        ),
        ('{ type = "comparaison", gauche = "montant", op = "sup", droite = "0.00" }', {"montant": "0.01"}, ""),
        (
            '{ type = "comparaison", gauche = "montant", op = "sup", droite = "0.00" }',
            {"montant": "0.00"},
            "Lu : montant (0).",
        ),
        ('{ type = "comparaison", gauche = "montant", op = "sup", droite = "0.00" }', {}, "Donnée inconnue : montant."),
    ],
)
def test_controles(controle, fait, dit):
    assert play(fait, controle=controle) == dit


@pytest.mark.parametrize(
    ("si", "controle", "dit"),
    [
        ('[["inconnu", "eq", 1]]', BLOCAGE, "champ non déclaré « inconnu »"),
        ('[["montant", "vaut", "1"]]', BLOCAGE, "opérateur inconnu « vaut »"),
        ('[["essais", "eq", "un"]]', BLOCAGE, "Le champ « essais » attend une valeur de type entier, pas « un »"),
        ("[]", '{ type = "magie" }', "contrôle inconnu « magie »"),
        ("[]", '{ type = "vrai", champ = "inconnu" }', "champ non déclaré « inconnu »"),
        ("[]", '{ type = "tous_vrais", champs = ["inconnu"] }', "champ non déclaré « inconnu »"),
        ("[]", '{ type = "lignes_interdites", codes = ["inconnu"] }', "code inconnu « inconnu »"),
        (
            "[]",
            '{ type = "comparaison", gauche = "montant", op = "eq", droite = "@inconnu" }',
            "champ non déclaré « inconnu »",
        ),
        (
            "[]",
            '{ type = "comparaison", gauche = "montant", op = "eq", droite = "@essais" }',
            "« montant » et « essais » ne sont pas du même type",
        ),
        (
            "[]",
            '{ type = "comparaison", gauche = "montant", op = "vaut", droite = "@montant" }',
            "opérateur inconnu « vaut »",
        ),
        (
            "[]",
            '{ type = "comparaison", gauche = "montant", op = "eq", droite = "un" }',
            "Le champ « montant » attend une valeur de type decimal, pas « un »",
        ),
        (
            "[]",
            '{ type = "comparaison", gauche = "montant", op = "eq" }',
            "paramètre manquant ou de trop « droite » dans le contrôle « comparaison »",
        ),
        ("[]", '{ type = "vrai" }', "paramètre manquant ou de trop « champ » dans le contrôle « vrai »"),
        ("[]", '{ type = "vrai", champ = "essais" }', "le champ « essais » n'est pas de type booleen"),
        (
            "[]",
            '{ type = "vrai", champ = "verifie", champs = ["verifie"] }',
            "paramètre manquant ou de trop « champs » dans le contrôle « vrai »",
        ),
        ("[]", '{ champ = "verifie" }', "contrôle inconnu « None »"),
        (
            "[]",
            '{ type = "compteur_max", compteurs = { montant = 2 } }',
            "le champ « montant » n'est pas de type entier",
        ),
        (
            "[]",
            '{ type = "lexique_interdit", champ = "ecrit", termes = ["x"], sauf = "essais" }',
            "le champ « essais » n'est pas de type booleen",
        ),
        (
            "[]",
            '{ type = "lexique_interdit", champ = "ecrit", termes = ["x"], sauf = "inconnu" }',
            "champ non déclaré « inconnu »",
        ),
        ("[]", '{ type = "verbatim", refs = ["CPCE:L111-8:9"] }', "code inconnu « CPCE:L111-8:9 »"),
        ("[]", '{ type = "mentions_requises", codes = ["somme"] }', "champ non déclaré « mentions »"),
        (
            "[]",
            '{ type = "plage", jours = [1], heures = [["dix heures", "13:00"]], feries_exclus = true }',
            "Le champ « action.heure » attend une valeur de type heure, pas « dix heures »",
        ),
    ],
)
def test_une_regle_fautive_arrete_la_lecture(si, controle, dit):
    with pytest.raises(ErreurExigible) as erreur:
        play({}, si=si, controle=controle)
    assert (erreur.value.code, erreur.value.message) == ("regle_invalide", f"Règle de conformité X-1 : {dit}.")


@pytest.mark.parametrize(
    ("fait", "dit"),
    [
        ({"ecrit": "", "lignes": []}, "Manque : ecrit, lignes."),
        ({"ecrit": "oui", "lignes": None}, "Manque : lignes."),
        ({"ecrit": "oui", "lignes": ["principal"]}, ""),
    ],
)
def test_un_champ_requis_vide_manque(fait, dit):
    assert play(fait, controle='{ type = "champs_requis", champs = ["ecrit", "lignes"] }') == dit


def test_un_manquement_sans_detail_dit_son_titre():
    (manquement,) = evaluate({}, "appel", referentiel=parse_referentiel(REGLE))
    assert (manquement.regle, manquement.titre, manquement.message) == ("X-1", "Essai", "Essai.")
    assert (manquement.severite, manquement.statut, manquement.explication) == ("mineur", "confirme", "Essai (X-1)")


REGLE = TEXTE.replace("SI", "[]", 1).replace("CONTROLE", BLOCAGE)


@pytest.mark.parametrize(
    ("ecrit", "remplace", "dit"),
    [
        ('severite = "mineur"', 'severite = "grave"', "X-1 : valeur inconnue « grave »"),
        ('statut = "confirme"', 'statut = "sûr"', "X-1 : valeur inconnue « sûr »"),
        ('acteurs = ["tous"]', 'acteurs = ["voisin"]', "X-1 : valeur inconnue « voisin »"),
        ('cible = ["appel"]', 'cible = ["pigeon"]', "X-1 : valeur inconnue « pigeon »"),
        ('titre = "Essai"\n', "", "X-1 : il y manque « titre »"),
        ('id = "X-1"\n', "", "[[regle]] : il y manque « id »"),
        ('montant = "decimal"', 'montant = "flottant"', "[champs] : type inconnu « flottant »"),
    ],
)
def test_une_entree_fautive_arrete_la_lecture(ecrit, remplace, dit):
    assert REGLE.count(ecrit) == 1
    with pytest.raises(ErreurExigible) as erreur:
        parse_referentiel(REGLE.replace(ecrit, remplace))
    assert (erreur.value.code, erreur.value.message) == ("regle_invalide", f"Règle de conformité {dit}.")


def test_deux_regles_du_meme_nom_arretent_la_lecture():
    famille = "[[regle]]" + REGLE.split("[[regle]]")[1]
    with pytest.raises(ErreurExigible, match="même identifiant") as erreur:
        parse_referentiel(REGLE, famille)
    assert erreur.value.parametres == {"regle": "[[regle]]"}
    assert [r.identifiant for r in parse_referentiel(REGLE, famille.replace("X-1", "X-2")).regles] == ["X-1", "X-2"]


# ---------------------------------------------------------------- what is read is what is written

FICHIERS = resources.files("exigible.droit").joinpath("conformite_regles")


def read_brut(nom):
    return FICHIERS.joinpath(f"{nom}.toml").read_text(encoding="utf-8")


LEXIQUE = tomllib.loads(read_brut("lexique"))
FAMILLES = ["textes", *LEXIQUE["meta"]["familles"]]


def read_referentiel():
    """Read it again, in the test: what was read when this file was collected says nothing of a change."""
    return load_referentiel.__wrapped__()


def test_chaque_regle_est_lue_comme_elle_est_ecrite():
    ecrites = [regle for famille in FAMILLES for regle in tomllib.loads(read_brut(famille)).get("regle", ())]
    for ecrite, lue in zip(ecrites, read_referentiel().regles, strict=True):
        assert (lue.identifiant, lue.titre, lue.categorie) == (ecrite["id"], ecrite["titre"], ecrite["categorie"])
        assert (lue.severite, lue.statut) == (ecrite["severite"], ecrite["statut"])
        assert (lue.acteurs, lue.cibles) == (set(ecrite["acteurs"]), set(ecrite["cible"]))
        assert (list(lue.articles), list(lue.urls)) == (ecrite["articles"], ecrite.get("urls", []))
        assert (lue.effet, lue.note) == (ecrite.get("effet", ""), ecrite.get("note", ""))
        assert [(c.champ, c.operateur) for c in lue.si] == [(champ, op) for champ, op, _ in ecrite["si"]]
        assert set(lue.controle) == set(ecrite["controle"])
        assert lue.controle["type"] == ecrite["controle"]["type"]


def test_le_lexique_est_lu_comme_il_est_ecrit():
    verbatims = [texte for famille in FAMILLES for texte in tomllib.loads(read_brut(famille)).get("verbatim", ())]
    lu = read_referentiel()
    assert (lu.cibles, lu.acteurs) == (set(LEXIQUE["meta"]["cibles"]), set(LEXIQUE["meta"]["acteurs"]))
    assert lu.lexique.champs == LEXIQUE["champs"]
    assert lu.codes == {champ: set(codes) for champ, codes in LEXIQUE["codes"].items()} | {
        "verbatims": {verbatim["ref"] for verbatim in verbatims}
    }
    assert lu.libelles == LEXIQUE["libelles"] | {verbatim["ref"]: verbatim["article"] for verbatim in verbatims}
    assert [(v.ref, v.texte, v.reserve) for v in lu.verbatims] == [
        (ecrit["ref"], ecrit["texte"], ecrit.get("reserve", "")) for ecrit in verbatims
    ]


def test_une_plage_et_une_comparaison_comparent_des_heures_et_des_montants():
    regles = read_referentiel().regles
    plages = [regle.controle["heures"] for regle in regles if regle.controle["type"] == "plage"]
    assert plages
    assert all(isinstance(borne, time) for heures in plages for bornes in heures for borne in bornes)
    droites = [regle.controle["droite"] for regle in regles if regle.controle["type"] == "comparaison"]
    assert {type(droite) for droite in droites} <= {Decimal, int, str, date, tuple}
