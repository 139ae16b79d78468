"""Interest that bears interest: only whole years, until the day it stops."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.decompte import Creance, compute_decompte
from exigible.droit.interets import Regime, RegleInterets
from exigible.droit.pauses import MotifPause, Pause

D = Decimal


def compute(principal, au, regle, **options):
    creance = Creance("F1", "Facture F1", D(principal), regle.depart, regle)
    return compute_decompte([creance], [], au, **options)


def test_la_capitalisation_ne_prend_que_l_interet_de_son_annee():
    """Interest accrued before the first day of the count never joins the base."""
    regle = RegleInterets(Regime.CONVENU, date(2022, 6, 30), taux=D(10), capitalisation=date(2023, 1, 1))
    lignes = compute("1000.00", date(2024, 12, 31), regle).lignes
    assert [(ligne.du, ligne.base) for ligne in lignes] == [
        (date(2022, 7, 1), D("1000.00")),
        (date(2023, 1, 1), D("1000.00")),
        (date(2024, 1, 1), D("1100.00")),
    ]


def test_la_capitalisation_attend_une_annee_entiere():
    regle = RegleInterets(Regime.CONVENU, date(2022, 6, 30), taux=D(10), capitalisation=date(2022, 1, 1))
    lignes = compute("1000.00", date(2023, 12, 31), regle).lignes
    assert [ligne.du for ligne in lignes if ligne.base > 1000] == [date(2023, 7, 1)]


def pause(du, au=None, motif=MotifPause.SURENDETTEMENT):
    return Pause(du, motif, au)


def test_une_annee_interrompue_n_est_pas_capitalisee():
    """Interest stopped in the second year: it joins the base only after a whole year of interest (C. civ. 1343-2)."""
    regle = RegleInterets(
        Regime.CONVENU,
        date(2021, 12, 31),
        taux=D(10),
        capitalisation=date(2022, 1, 1),
        pauses=(pause(date(2023, 3, 1), date(2023, 3, 31)),),
    )
    lignes = compute("1000.00", date(2025, 12, 31), regle).lignes
    bases = {ligne.du.year: ligne.base for ligne in lignes}
    de_2023 = sum(ligne.montant for ligne in lignes if ligne.du.year == 2023)
    assert bases[2022] == D(1000)
    assert bases[2023] == bases[2024] == D(1100)
    assert bases[2025] == D(1100) + de_2023 + D("110.00")


def test_apres_l_ouverture_plus_rien_ne_porte_interet_que_le_principal():
    """A loan of a year or more: its interest goes on, but no interest bears interest any more (C. com. L622-28)."""
    regle = RegleInterets(
        Regime.CONVENU,
        date(2022, 12, 31),
        taux=D(5),
        capitalisation=date(2023, 1, 1),
        fin_capitalisation=date(2024, 6, 30),
    )
    lignes = compute("10000.00", date(2025, 12, 31), regle).lignes
    assert [(str(ligne.du), str(ligne.base)) for ligne in lignes] == [
        ("2023-01-01", "10000.00"),
        ("2024-01-01", "10500.00"),
        ("2024-07-01", "10000.00"),
        ("2025-01-01", "10000.00"),
    ]


@pytest.mark.parametrize(
    ("fin", "bases"),
    [
        (date(2023, 12, 31), [("2023-01-01", "10000.00"), ("2024-01-01", "10000.00"), ("2025-01-01", "10000.00")]),
        (
            date(2024, 1, 1),
            [
                ("2023-01-01", "10000.00"),
                ("2024-01-01", "10500.00"),
                ("2024-01-02", "10000.00"),
                ("2025-01-01", "10000.00"),
            ],
        ),
    ],
)
def test_le_dernier_jour_de_la_capitalisation_compte(fin, bases):
    regle = RegleInterets(
        Regime.CONVENU, date(2022, 12, 31), taux=D(5), capitalisation=date(2023, 1, 1), fin_capitalisation=fin
    )
    lignes = compute("10000.00", date(2025, 12, 31), regle).lignes
    assert [(str(ligne.du), str(ligne.base)) for ligne in lignes] == bases
