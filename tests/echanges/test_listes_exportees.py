"""Lists as invoicing programs export them: their titles, statuses, headings, subtotals, in five languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from exigible.echanges.lecture import read_fichier

DOSSIER = Path(__file__).parent / "donnees" / "listes"
ENTETE = "Client;N° facture;Date;Échéance;Montant TTC;Statut"


def lire(*lignes):
    return read_fichier("\n".join(lignes).encode(), "export.csv")


def codes(lu):
    return [erreur.code for erreur in lu.erreurs]


@pytest.mark.parametrize("fichier", sorted(DOSSIER.glob("*.csv")), ids=lambda fichier: fichier.stem)
def test_the_titles_of_each_program_are_known(fichier):
    """Each file, made for this test with the titles of a program, holds one invoice: 120.00, of which 100.00 is due."""
    lu = read_fichier(fichier)
    assert lu.format == "csv_factures"
    (creance,) = lu.creances
    assert (creance.numero, creance.debiteur.nom) == ("F-1", "Fictive SARL")
    assert (creance.date_emission, creance.date_echeance) == (date(2026, 1, 10), date(2026, 2, 9))
    assert (creance.montant_ttc, creance.reste_du) == (Decimal(120), Decimal(100))
    assert set(codes(lu)) <= {"dates_ambigues"}


@pytest.mark.parametrize("statut", ["Brouillon", "Draft", "Annulée", "Voided", "Devis"])
def test_what_is_not_owed_is_left_aside_and_said(statut):
    lu = lire(ENTETE, f"Fictive;F-1;10/01/2026;09/02/2026;120,00;{statut}", "Fictive;F-2;10/01/2026;;60,00;Envoyée")
    assert [c.numero for c in lu.creances] == ["F-2"]
    (erreur,) = lu.erreurs
    assert (erreur.code, erreur.ligne, erreur.gravite) == ("facture_non_due", 2, "avertissement")
    assert statut in erreur.message


@pytest.mark.parametrize("statut", ["Payée", "Réglée", "Paid", "soldée"])
def test_an_invoice_said_to_be_paid_owes_nothing_when_no_column_says_otherwise(statut):
    lu = lire(ENTETE, f"Fictive;F-1;10/01/2026;09/02/2026;120,00;{statut}")
    assert [(c.montant_ttc, c.reste_du) for c in lu.creances] == [(Decimal(120), Decimal(0))]
    assert codes(lu) == []


def test_a_status_that_contradicts_what_remains_is_said():
    lu = lire(f"{ENTETE};Reste dû", "Fictive;F-1;10/01/2026;09/02/2026;120,00;Payée;50,00")
    assert [c.reste_du for c in lu.creances] == [Decimal(50)]
    assert codes(lu) == ["statut_incoherent"]


@pytest.mark.parametrize(
    ("payee", "reste"), [("oui", "0"), ("TRUE", "0"), ("non", "120"), ("", "120"), ("20,00", "100")]
)
def test_a_column_paid_holds_an_amount_or_yes_and_no(payee, reste):
    lu = lire("Client;N° facture;Date;Montant TTC;Payée", f"Fictive;F-1;10/01/2026;120,00;{payee}")
    assert [c.reste_du for c in lu.creances] == [Decimal(reste)]
    assert codes(lu) == []


def test_an_amount_due_at_first_and_paid_since():
    lu = lire(
        "Number,Customer Name,Date (UTC),Amount Due,Amount Paid,Total,Paid",
        "F-1,Fictive,2026-01-10,60.00,60.00,60.00,TRUE",
    )
    assert [c.reste_du for c in lu.creances] == [Decimal(0)]
    assert codes(lu) == []


def test_customers_named_above_their_invoices():
    lu = lire(
        *("Fictive Company", "Open Invoices", "As of March 31 2026", ""),
        *(",Date,Transaction type,Num,Due date,Open balance", "1001 Nuits Fictives,,,,,"),
        *(",01/15/2026,Invoice,F-1,02/14/2026,1200.00", ",01/20/2026,Credit Memo,A-2,01/20/2026,-100.00"),
        *("Total for 1001 Nuits Fictives,,,,,1100.00", "Client : C0002 - Autre Fictive,,,,,"),
        *(",02/15/2026,Invoice,F-3,03/17/2026,300.00", "TOTAL,,,,,1400.00"),
    )
    assert [(c.numero, c.debiteur.code, c.debiteur.nom, c.nature) for c in lu.creances] == [
        ("F-1", None, "1001 Nuits Fictives", "facture"),
        ("A-2", None, "1001 Nuits Fictives", "avoir"),
        ("F-3", "C0002", "Autre Fictive", "facture"),
    ]
    assert [t.nom for t in lu.tiers] == ["1001 Nuits Fictives", "Autre Fictive"]
    assert set(codes(lu)) == {"dates_americaines", "ligne_de_total"}


def test_a_heading_in_the_column_of_customers_names_those_below():
    lu = lire(
        *(ENTETE, "Dupont Fictif;;;;;", ";F-1;10/01/2026;;120,00;", "Martin Fictif;;;;;", ";F-2;10/01/2026;;60,00;"),
        *(ENTETE, "Autre Fictif;F-3;10/01/2026;;30,00;", "Page 2;;;;;"),
    )
    assert [(c.numero, c.debiteur.nom) for c in lu.creances] == [
        ("F-1", "Dupont Fictif"),
        ("F-2", "Martin Fictif"),
        ("F-3", "Autre Fictif"),
    ]
    assert codes(lu) == ["intertitre"]


def test_a_heading_elsewhere_never_names_a_customer():
    lu = lire(ENTETE, ";Plus de 90 jours;;;;", ";F-1;10/01/2026;;120,00;")
    assert lu.creances == ()
    assert codes(lu) == ["intertitre", "nom_absent"]


def test_lines_of_one_invoice_count_once():
    ligne = "2026-01-10,F-1,Fictive,2026-02-09,120.00,120.00"
    lu = lire("Invoice Date,Invoice Number,Customer Name,Due Date,Total,Balance,Item", f"{ligne},A", f"{ligne},B")
    assert [c.reste_du for c in lu.creances] == [Decimal(120)]
    assert "facture_en_double" in codes(lu)


@pytest.mark.parametrize(
    ("entete", "fin", "reste", "dits"),
    [
        ("Échéance;Payée le", "09/02/2026;12/02/2026", "0", ["payee_selon_sa_date"]),
        ("Échéance;Payée le", "09/02/2026;", "120", []),
        ("Échéance;Payée le", "09/02/2026;jamais", "120", []),
        ("Date de paiement;Note", "12/02/2026;", "120", []),  # maybe the day when it is to be paid
        ("Échéance;Payée le;Statut", "09/02/2026;12/02/2026;Partiel", "120", []),
        ("Échéance;Payée le;Reste dû", "09/02/2026;12/02/2026;20,00", "20", []),
        ("Échéance;Règlement", "09/02/2026;Payée", "0", []),
        ("Échéance;Règlement", "09/02/2026;Virement", "120", []),
    ],
)
def test_a_day_of_payment_says_that_an_invoice_is_paid_when_nothing_else_does(entete, fin, reste, dits):
    lu = lire(f"Client;N° facture;Date;Montant TTC;{entete}", f"Fictive;F-1;10/01/2026;120,00;{fin}")
    assert ([c.reste_du for c in lu.creances], codes(lu)) == ([Decimal(reste)], dits)
