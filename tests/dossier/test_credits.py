"""An unmatched credit holds the reminders of whom it may come from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from exigible.dossier.credits import CreditNonRapproche, Repere, designate_credits, find_numeros

D = Decimal
REPERES = [
    Repere("d1", "Société d'Été Fictive SARL", ("F-101", "F-102"), (D("100.00"), D("250.00")), D("350.00"), "FR12"),
    Repere("d2", "Garage Imaginaire", ("F-201",), (D("800.00"),), D("800.00")),
    Repere("d3", "Les Comptoirs Fictifs SAS", ("2026/7",), (D("50.00"),), D("50.00")),
]


def credit(montant="1.00", **champs):
    return CreditNonRapproche("m", date(2026, 3, 1), D(montant), **champs)


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        ({"libelle": "VIR FACTURE f-102 MERCI"}, {"d1"}),
        ({"reference": "2026/7"}, {"d3"}),
        ({"contrepartie": "SARL SOCIETE D ETE FICTIVE"}, {"d1"}),
        ({"libelle": "VIREMENT GARAGE IMAGINAIRE MARS"}, {"d2"}),
        ({"iban": "FR12"}, {"d1"}),
        ({"montant": "800.00"}, {"d2"}),
        ({"montant": "350.00", "contrepartie": "M. INCONNU"}, {"d1"}),
        ({"montant": "60.00", "contrepartie": "M. INCONNU"}, {"d1", "d2"}),
        ({"montant": "9000.00"}, set()),
        ({"montant": "800.00", "libelle": "F-1012 F-20"}, {"d2"}),
    ],
)
def test_clues_in_order(champs, attendu):
    assert set(designate_credits([credit(**champs)], REPERES)) == attendu


def test_the_reason_is_said_with_the_sum():
    (retenu,) = designate_credits([credit("800.00")], REPERES)["d2"]
    assert "800,00\u00a0€" in retenu.raison
    assert "exactement" in retenu.raison


def test_numbers_are_whole_words():
    assert find_numeros("Règlement FA-12, FA-120", ["FA-12", "FA-1", "FA-120"]) == {"FA-12", "FA-120"}
