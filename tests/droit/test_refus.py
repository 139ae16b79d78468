"""Refusals, whole: the code for programs, the field at fault, the parameters, and the sentence with its value."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from exigible.droit.argent import parse_montant
from exigible.droit.delais import compute_delai
from exigible.droit.durees import Duree, parse_duree
from exigible.droit.echeances import ConditionsPaiement, parse_conditions
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import parse_jour
from exigible.droit.saisissable import compute_saisissable

D, JOUR = Decimal, date(2026, 5, 1)
MONTANT_ILLISIBLE = (
    "Le montant « {} » n'est pas lisible : écrivez 1234,56 ou 1 234,56 (une seule virgule ou un seul point)."
)
CONDITION_ILLISIBLE = (
    "La condition de paiement « {} » n'est pas comprise : écrivez par exemple « 30 jours », « 45 jours fin de mois », "
    "« fin de mois 45 jours », « 30 jours fin de mois le 10 » ou « comptant »."
)

REFUS = [
    (partial(parse_montant, "1.234,56", "--x"), "montant_illisible", "--x", "1.234,56", MONTANT_ILLISIBLE),
    (partial(parse_montant, "1" * 41, "--x"), "montant_illisible", "--x", "1" * 40 + "…", MONTANT_ILLISIBLE),
    (
        partial(parse_montant, "10 000 000 000 000", "--x"),
        "montant_hors_limites",
        "--x",
        "10 000 000 000 000",
        "Le montant « {} » dépasse ce que le programme sait traiter (10 000 milliards d'euros).",
    ),
    (
        partial(parse_montant, "1,005", "--x"),
        "montant_trop_precis",
        "--x",
        "1,005",
        "Le montant « {} » a plus de deux décimales : indiquez-le au centime.",
    ),
    (
        partial(parse_jour, "x" * 41, "--du"),
        "date_illisible",
        "--du",
        "x" * 40,
        "La date « {} » n'est pas lisible : écrivez 2026-11-21 ou 21/11/2026.",
    ),
    (
        partial(parse_jour, "31/12/1899", "--du"),
        "date_hors_limites",
        "--du",
        "31/12/1899",
        "La date « {} » est hors limites : l'année doit être comprise entre 1900 et 2199.",
    ),
    (
        partial(parse_jour, "31/02/2026", "--du"),
        "date_inexistante",
        "--du",
        "31/02/2026",
        "La date « {} » n'existe pas dans le calendrier : corrigez le jour, le mois ou l'année.",
    ),
    (
        partial(parse_duree, "24h", "--duree"),
        "duree_en_heures",
        "--duree",
        "24h",
        "La durée « {} » compte des heures : les délais se comptent ici en jours, en mois et en années.",
    ),
    (
        partial(parse_duree, "bientôt", "--duree"),
        "duree_illisible",
        "--duree",
        "bientôt",
        (
            "La durée « {} » n'est pas lisible : écrivez P15D (15 jours), P1M (1 mois), P1M8D (1 mois et 8 jours) "
            "ou P5Y (5 ans)."
        ),
    ),
    (
        Duree,
        "duree_invalide",
        None,
        None,
        "La durée doit être d'au moins un jour : écrivez par exemple P15D.",
    ),
    (partial(Duree, 100, 1), "duree_invalide", None, None, "La durée dépasse cent ans : vérifiez-la."),
    (partial(parse_duree, "P36526D", "--d"), "duree_invalide", "--d", None, "La durée dépasse cent ans : vérifiez-la."),
    (partial(parse_conditions, "x" * 61, "--c"), "conditions_illisibles", "--c", "x" * 60, CONDITION_ILLISIBLE),
    (
        partial(ConditionsPaiement, 367),
        "conditions_invalides",
        "conditions",
        None,
        "Une condition de paiement va de 0 à 366 jours, le jour du mois de 1 à 31.",
    ),
    (
        partial(parse_conditions, "30 jours fin de mois le 32", "--c"),
        "conditions_invalides",
        "--c",
        None,
        "Une condition de paiement va de 0 à 366 jours, le jour du mois de 1 à 31.",
    ),
    (
        partial(compute_delai, date(2200, 1, 1), Duree(1)),
        "date_hors_limites",
        "depart",
        None,
        "La date du 01/01/2200 est hors limites : l'année doit être comprise entre 1900 et 2199.",
    ),
    (
        partial(compute_saisissable, D(-1), 0, JOUR),
        "montant_negatif",
        "net",
        None,
        "Le montant -1,00\u00a0€ est négatif : indiquez-le sans signe.",
    ),
    (
        partial(compute_saisissable, D(1), 0, JOUR, pension=D(-2)),
        "montant_negatif",
        "pension",
        None,
        "Le montant -2,00\u00a0€ est négatif : indiquez-le sans signe.",
    ),
    (
        partial(compute_saisissable, D(1), -1, JOUR),
        "personnes_invalides",
        "personnes_a_charge",
        None,
        "Le nombre de personnes à charge ne peut pas être négatif.",
    ),
]


@pytest.mark.parametrize(
    ("demande", "code", "champ", "valeur", "phrase"), REFUS, ids=[f"{rang}-{cas[1]}" for rang, cas in enumerate(REFUS)]
)
def test_un_refus_se_lit_en_entier(demande, code, champ, valeur, phrase):
    with pytest.raises(ErreurSaisie) as erreur:
        demande()
    refus = erreur.value
    assert (refus.code, refus.champ) == (code, champ)
    assert refus.parametres == ({} if valeur is None else {"valeur": valeur})
    assert refus.message == str(refus) == phrase.format(valeur)


@pytest.mark.parametrize(
    ("demande", "lu"),
    [
        (partial(parse_montant, "0" * 38 + ",5"), D("0.50")),  # forty characters
        (partial(parse_montant, "9 999 999 999 999,99"), D("9999999999999.99")),
        (partial(parse_montant, "12,50 EUR"), D("12.50")),
        (partial(parse_jour, "01/01/1900"), date(1900, 1, 1)),
        (partial(parse_jour, "2199-12-31"), date(2199, 12, 31)),
        (partial(parse_duree, "100 ans"), Duree(annees=100)),
        (partial(parse_duree, "P36525D"), Duree(jours=36525)),
        (partial(parse_conditions, "60 jours le 1"), ConditionsPaiement(60, jour_du_mois=1)),
        (partial(parse_conditions, "366 jours"), ConditionsPaiement(366)),
        (
            partial(parse_conditions, "30 jours " + "date de facture " * 6 + "le 10, factures"),
            ConditionsPaiement(30, jour_du_mois=10),
        ),
    ],
)
def test_la_derniere_valeur_admise_l_est(demande, lu):
    assert demande() == lu
