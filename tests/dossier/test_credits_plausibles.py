"""A credit that nothing designates holds those whom it may come from, and no more."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.dossier.credits import TOUS, CreditNonRapproche, Repere, designate_credits
from exigible.dossier.credits_plausibles import ASSEZ

D = Decimal
J = date(2026, 6, 1)


def repere(dossier, *postes, nom="", **champs):
    dus = [(D(du), emission) for du, emission in postes]
    tout = sum((du for du, _ in dus), D(0))
    numeros = tuple(f"{dossier.upper()}-{n}" for n in range(1001, 1001 + len(dus)))
    restes = tuple(sorted({*(du for du, _ in dus), tout}))
    return Repere(dossier, nom or f"Client Fictif {dossier}", numeros, restes, tout, postes=tuple(dus), **champs)


AVANT, APRES = date(2026, 4, 1), date(2026, 6, 15)
REPERES = [
    repere("petit", ("120.00", AVANT)),
    repere("double", ("310.00", AVANT), ("77.50", AVANT), ("1000.00", AVANT)),
    repere("grand", ("9000.00", AVANT)),
    repere("recent", ("9000.00", APRES)),
    repere("habituel", ("9500.00", AVANT), compte_connu=True),
]


def find(montant, libelle="VIR SEPA RECU", reperes=REPERES, **champs):
    return designate_credits([CreditNonRapproche("m", J, D(montant), libelle, **champs)], reperes)


@pytest.mark.parametrize(
    ("montant", "libelle", "champs", "attendus"),
    [
        ("333.33", "VIR", {}, {"double", "grand", "habituel"}),  # nobody issued later can have paid
        ("333.33", "VIR", {"iban": "DE1"}, {"double", "grand"}),  # nor who is known to pay from elsewhere
        ("9200.00", "VIR", {"iban": "DE1"}, {"habituel"}),  # unless nobody else is left: somebody is always held
        ("387.50", "VIR", {}, {"double"}),  # the sum of two invoices
        ("117.60", "VIR", {}, {"petit"}),  # a discount of 2 %
        ("119.99", "VIR", {}, {"petit"}),  # a cent
        ("5000.00", "REMISE CHQ 12345", {}, {"petit", "double"}),  # a batch: those with an invoice no greater
        ("5000.00", "REMISE 3 CHEQUES", {}, {"petit", "double"}),
        ("5000.00", "REMISE CB COMMERCE", {}, {"petit", "double"}),
        ("50.00", "REMISE CHQ", {}, set()),
        ("5000.00", "REMISE CHQ CLIENT FICTIF GRAND", {}, {"grand"}),  # the name first
        ("5000.00", "REMISE PRLV", {"preleves": ("grand", "habituel")}, {"grand", "habituel"}),  # our own debits
        ("5000.00", "VIR", {"liberes": (TOUS,)}, set()),
        ("5000.00", "VIR", {"liberes": ("grand",)}, {"habituel"}),
        ("5000.00", "VIR GRAND-1001", {"liberes": (TOUS,)}, {"grand"}),  # whom it designates is held all the same
        ("9000.00", "VIR", {"liberes": (TOUS,)}, set()),  # an amount designates nobody
        ("5000.00", "VIR GRAND-1001", {"liberes": ("grand",)}, set()),
    ],
)
def test_qui_est_retenu(montant, libelle, champs, attendus):
    assert set(find(montant, libelle, **champs)) == attendus


def test_une_remise_dit_pourquoi():
    (retenu,) = find("5000.00", "REMISE CHQ 12345")["petit"]
    assert "une remise de chèques sans détail" in retenu.raison


def test_quelques_virements_inconnus_suffisent_a_retenir():
    credits_ = [CreditNonRapproche(f"m{n}", J, D("200.00") + n, "VIR") for n in range(20)]
    retenus = designate_credits(credits_, REPERES)
    assert {d: len(liste) for d, liste in retenus.items()} == dict.fromkeys(("double", "grand", "habituel"), ASSEZ)
    # Held enough is still held: one who is known to pay from elsewhere is not held in its stead.
    apres = [*credits_, CreditNonRapproche("n", J, D("201.50"), "VIR", iban="DE1")]
    assert designate_credits(apres, REPERES) == retenus


def test_un_numero_abrege_retient():
    assert set(find("1.00", "FACT 1003")) == {"double"}
    assert set(find("1.00", "CLIENT FICTIF GRAND FACT 1003")) == {"grand"}
