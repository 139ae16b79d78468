"""The one language of conditions: types, operators, absent and unknown facts, errors at load."""

from datetime import date, time
from decimal import Decimal

import pytest

from exigible.droit.conditions import TYPES, Lexique, evaluate_conditions
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie

LEXIQUE = Lexique(
    sujet="d'essai",
    champs={
        "ouvert": "booleen",
        "essais": "entier",
        "montant": "decimal",
        "jour": "date",
        "heure": "heure",
        "qualite": "texte",
        "lignes": "liste",
    },
    codes={"qualite": frozenset({"professionnel", "consommateur"}), "lignes": frozenset({"principal", "penalites"})},
)


def evaluate(champ, operateur, valeur, **faits):
    return LEXIQUE.build_condition("X-1", champ, operateur, valeur).evaluate(LEXIQUE.read_faits(faits))


@pytest.mark.parametrize(
    ("condition", "fait", "attendu"),
    [
        (("montant", "eq", "10.0"), "10.00", True),
        (("montant", "ne", "10"), "10.00", False),
        (("montant", "sup", "10"), Decimal("10.01"), True),
        (("montant", "sup_eq", "10"), 10, True),
        (("essais", "inf", 3), 3, False),
        (("essais", "inf_eq", 3), 3, True),
        (("essais", "dans", [1, 2]), 2, True),
        (("essais", "hors", [1, 2]), 2, False),
        (("qualite", "dans", ["consommateur"]), "professionnel", False),
        (("jour", "inf", "2026-02-01"), date(2026, 1, 31), True),
        (("heure", "sup", "10:00"), time(10, 1), True),
        (("lignes", "contient", "penalites"), ["principal"], False),
        (("lignes", "contient", "penalites"), ["principal", "penalites"], True),
        (("ouvert", "vrai", True), True, True),
        (("ouvert", "faux", True), True, False),
        (("ouvert", "present", True), False, True),
    ],
)
def test_operateurs(condition, fait, attendu):
    assert evaluate(*condition, **{condition[0]: fait}) is attendu


@pytest.mark.parametrize("operateur", ["eq", "ne", "vrai", "faux", "present"])
def test_absent_est_faux_et_inconnu_est_indecis(operateur):
    assert evaluate("ouvert", operateur, True) is False
    assert evaluate("ouvert", operateur, True, ouvert=None) is None


@pytest.mark.parametrize(
    ("faits", "attendu"),
    [
        ({"ouvert": True, "essais": 1}, True),
        ({"ouvert": None, "essais": 1}, None),
        ({"ouvert": None, "essais": 2}, False),
        ({"ouvert": True}, False),
    ],
)
def test_plusieurs_conditions(faits, attendu):
    conditions = [LEXIQUE.build_condition("X-1", *c) for c in (("ouvert", "vrai", True), ("essais", "eq", 1))]
    assert evaluate_conditions(conditions, LEXIQUE.read_faits(faits)) is attendu
    assert evaluate_conditions([], {}) is True


@pytest.mark.parametrize(
    ("champ", "valeur", "code"),
    [
        ("inconnu", 1, "champ_non_declare"),
        ("ouvert", "oui", "fait_illisible"),
        ("essais", True, "fait_illisible"),
        ("essais", "3", "fait_illisible"),
        ("montant", 1.5, "fait_illisible"),
        ("montant", True, "fait_illisible"),
        ("montant", "dix", "fait_illisible"),
        ("montant", "NaN", "fait_illisible"),
        ("jour", "31/02/2026", "fait_illisible"),
        ("heure", 10, "fait_illisible"),
        ("lignes", "principal", "fait_illisible"),
        ("lignes", [1], "fait_illisible"),
        ("lignes", ["frais"], "code_inconnu"),
        ("qualite", "voisin", "code_inconnu"),
    ],
)
def test_refuse_un_fait_mal_ecrit(champ, valeur, code):
    with pytest.raises(ErreurSaisie) as erreur:
        LEXIQUE.read_faits({champ: valeur})
    assert erreur.value.code == code
    assert erreur.value.champ == champ


@pytest.mark.parametrize(
    ("condition", "dit"),
    [
        (("inconnu", "eq", 1), "champ non déclaré « inconnu »"),
        (("montant", "vaut", "1"), "opérateur inconnu « vaut »"),
        (("montant", "eq", "dix"), "Le champ « montant » attend une valeur de type decimal, pas « dix »"),
        (("essais", "dans", ["un"]), "Le champ « essais » attend une valeur de type entier, pas « un »"),
        (("essais", "dans", "1"), "Le champ « essais » attend une valeur de type entier, pas « 1 »"),
        (("essais", "eq", [1]), "Le champ « essais » attend une valeur de type entier, pas « [1] »"),
        (("qualite", "eq", "voisin"), "Le code « voisin » n'est pas déclaré parmi les qualite"),
    ],
)
def test_une_condition_fautive_arrete_au_chargement(condition, dit):
    with pytest.raises(ErreurExigible) as erreur:
        LEXIQUE.build_condition("X-1", *condition)
    assert (erreur.value.code, erreur.value.parametres) == ("regle_invalide", {"regle": "X-1"})
    assert erreur.value.message == f"Règle d'essai X-1 : {dit}."


@pytest.mark.parametrize(
    ("champs", "codes", "dit"),
    [
        ({"ouvert": "float"}, {}, "[champs] : type inconnu « float »"),
        ({"ouvert": "booleen"}, {"ferme": frozenset({"x"})}, "[codes] : champ non déclaré « ferme »"),
    ],
)
def test_un_lexique_fautif_arrete_au_chargement(champs, codes, dit):
    with pytest.raises(ErreurExigible) as erreur:
        Lexique("d'essai", champs, codes)
    assert (erreur.value.code, erreur.value.message) == ("regle_invalide", f"Règle d'essai {dit}.")


def test_un_code_inconnu_se_nomme_lui_seul():
    with pytest.raises(ErreurSaisie, match="Le code « frais » n'est pas déclaré parmi les lignes"):
        LEXIQUE.read_fait("lignes", ["principal", "frais"])


@pytest.mark.parametrize("operateur", ["vrai", "faux", "present"])
def test_un_operateur_sans_valeur_ne_lit_pas_la_sienne(operateur):
    assert LEXIQUE.build_condition("X-1", "montant", operateur, "dix").valeur is None


def test_chaque_type_a_un_lecteur():
    assert set(TYPES) == set(LEXIQUE.champs.values())
