"""A ledger of customers in a table enters the office with its lettering; dropped again, it adds nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from exigible.bureau.imports.services import apply_import, prepare_import
from exigible.bureau.journal.models import Maillon
from exigible.bureau.tiers.models import Creance

pytestmark = pytest.mark.usefixtures("coherent")

LIVRE = """Grand livre clients
Date;Jnl;Pièce;Libellé;Échéance;Let;Débit;Crédit;Solde
411DUPONT SARL Dupont Fictif;;;;;;;;
05/01/2026;VE;FA1;Facture;04/02/2026;A;1200,00;;1200,00
10/02/2026;BQ;VIR1;Virement;;A;;200,00;1000,00
15/02/2026;VE;FA2;Facture;17/03/2026;;600,00;;1600,00
""".encode()


def test_a_ledger_enters_and_its_balance_with_it(creancier):
    faits = []
    for _ in range(2):
        apply_import(prepare_import(creancier, "gl.csv", LIVRE, "essai"), "essai")
        lues = {c.numero: (c.montant, c.reste) for c in Creance.objects.all()}
        assert lues == {
            "FA1": (Decimal(1200), Decimal(1000)),
            "FA2": (Decimal(600), Decimal(600)),
        }
        faits.append(Maillon.objects.exclude(type="fichier_importe").count())
    assert faits[0] == faits[1]
