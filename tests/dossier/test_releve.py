"""What stops the interest of a dossier, and what a payment binds: the statement cites the article and says why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from exigible.dossier.faits import PaiementRecu, PaiementRejete, ProcedureCollectiveOuverte, SurendettementRecevable


@pytest.mark.parametrize(
    ("arrets", "dernier", "article"),
    [
        ([("2026-03-01", ProcedureCollectiveOuverte(nature="sauvegarde"))], date(2026, 2, 28), "C. com. L622-28"),
        ([("2026-03-01", SurendettementRecevable())], date(2026, 2, 28), "C. conso. L722-14"),
        (
            [
                ("2026-04-01", SurendettementRecevable()),
                ("2026-03-01", ProcedureCollectiveOuverte(nature="liquidation judiciaire")),
            ],
            date(2026, 2, 28),
            "C. com. L622-28",
        ),
    ],
)
def test_le_premier_arret_est_dit_avec_son_article(plie, facture, arrets, dernier, article):
    etat = plie([("2026-01-01", facture("A", "2026-01-01", "2026-01-31")), *arrets], "2026-06-01")
    assert max(ligne.au for ligne in etat.decompte.lignes) == dernier
    assert article in etat.decompte.articles
    assert [a.code for a in etat.avertissements].count("interets_suspendus") == 1


def test_une_creance_nee_apres_l_ouverture_porte_interet(plie, facture):
    faits = [
        ("2026-01-01", ProcedureCollectiveOuverte(nature="sauvegarde")),
        ("2026-02-01", facture("A", "2026-02-01", "2026-03-01")),
    ]
    etat = plie(faits, "2026-06-01")
    assert max(ligne.au for ligne in etat.decompte.lignes) == date(2026, 6, 1)
    assert "C. com. L622-28" not in etat.decompte.articles


def test_un_paiement_rapproche_par_une_personne_vaut_accord_du_creancier(plie, facture):
    """A payment on account, put on the younger claim by the office: it stays there (Cass. 18-21.570)."""
    faits = [
        ("2026-01-01", facture("A", "2026-01-01", "2026-01-31", "1000.00")),
        ("2026-02-01", facture("B", "2026-02-01", "2026-03-01", "1000.00")),
        ("2026-04-01", PaiementRecu(cle="P", montant=Decimal("100.00"), creances=("B",))),
    ]
    etat = plie(faits, "2026-04-01")
    assert {i.creance for i in etat.decompte.imputations} == {"B"}


def test_un_paiement_rejete_compte_jusqu_au_rejet(plie, facture):
    faits = [
        ("2026-01-01", facture("A", "2026-01-01", "2026-01-31", "1000.00")),
        ("2026-03-01", PaiementRecu(cle="P", montant=Decimal("1000.00"), creances=("A",))),
        ("2026-03-10", PaiementRejete(paiement="P")),
    ]
    assert plie(faits, "2026-03-09").decompte.imputations
    rejete, jamais_paye = plie(faits, "2026-03-10").decompte, plie(faits[:1], "2026-03-10").decompte
    assert (rejete.total_du, rejete.lignes) == (jamais_paye.total_du, jamais_paye.lignes)
