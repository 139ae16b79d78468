"""Ledgers of customers in a table: by columns or under the title of each account, in CSV and in workbooks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from exigible.echanges.lecture import read_fichier

PAR_COLONNES = """Compte;Intitulé;Date;Journal;Pièce;Libellé;Échéance;Débit;Crédit;Lettrage;Solde
411DUPONT;SARL Dupont Fictif;05/01/2026;VE;FA0001;Facture FA0001;04/02/2026;1 200,00;;A;1 200,00
411DUPONT;SARL Dupont Fictif;10/02/2026;BQ;VIR12;Virement;;;1 200,00;A;0,00
411DUPONT;SARL Dupont Fictif;15/02/2026;VE;FA0007;Facture FA0007;17/03/2026;600,00;;;600,00
411MARTIN;Martin Fictif SAS;20/02/2026;VE;FA0008;Facture FA0008;22/03/2026;2 400,00;;B;2 400,00
411MARTIN;Martin Fictif SAS;01/03/2026;BQ;CHQ7;Acompte;;;400,00;B;2 000,00
"""
PAR_TITRES = """SOCIETE FICTIVE SARL;;;;;;;;
Grand livre auxiliaire clients;;;;;;;;
Période du 01/01/2026 au 30/06/2026;;;;;;;;
;;;;;;;;
Date;Jnl;N° pièce;Libellé;Échéance;Lettrage;Débit;Crédit;Solde
411DUPONT SARL Dupont Fictif;;;;;;;;
05/01/2026;VE;FA0001;Facture;04/02/2026;A;1200,00;;1200,00
10/02/2026;BQ;VIR12;Virement;;A;;1200,00;0,00
Total 411DUPONT;;;;;;1200,00;1200,00;0,00
Page 2;;;;;;;;
Date;Jnl;N° pièce;Libellé;Échéance;Lettrage;Débit;Crédit;Solde
Compte : C0002 - Martin Fictif SAS;;;;;;;;
;;;Solde initial;;;500,00;;500,00
20/02/2026;VE;FA0008;Facture;22/03/2026;;2400,00;;2900,00
Total C0002;;;;;;2900,00;;2900,00
Total général;;;;;;4100,00;1200,00;2900,00
"""


def lire(texte, nom="export.csv"):
    return read_fichier(texte.encode(), nom)


def codes(lu):
    return [erreur.code for erreur in lu.erreurs]


def montre(lu):
    return [(c.numero, c.debiteur.nom, c.montant_ttc, c.reste_du, c.nature) for c in lu.creances]


def test_lettered_lines_are_paid_and_the_running_balance_is_no_amount():
    lu = lire(PAR_COLONNES)
    assert (lu.format, lu.resume["forme"], codes(lu)) == ("csv_factures", "grand_livre", [])
    assert montre(lu) == [
        ("FA0007", "SARL Dupont Fictif", Decimal(600), Decimal(600), "facture"),
        ("FA0008", "Martin Fictif SAS", Decimal(2400), Decimal(2000), "facture"),
    ]
    assert (lu.resume["solde_411"], lu.resume["total_ouvert"]) == ("2600.00", "2600.00")
    seconde = lu.creances[1]
    assert (seconde.date_emission, seconde.date_echeance) == (date(2026, 2, 20), date(2026, 3, 22))
    assert (seconde.debiteur.code, seconde.origine.ligne) == ("411MARTIN", 5)
    assert [(r.montant, r.nature) for r in seconde.reglements] == [(Decimal(400), "paiement")]


def test_accounts_named_above_their_lines():
    lu = lire(PAR_TITRES)
    assert [(c.numero, c.debiteur.code, c.debiteur.nom, c.reste_du, c.a_nouveau) for c in lu.creances] == [
        ("AN", "C0002", "Martin Fictif SAS", Decimal(500), True),
        ("FA0008", "C0002", "Martin Fictif SAS", Decimal(2400), False),
    ]
    assert codes(lu) == ["a_nouveau_sans_date"]
    assert lu.resume["solde_411"] == "2900.00"


def test_a_line_without_a_day_is_refused_and_the_account_said_to_differ():
    lu = lire(PAR_COLONNES.replace("15/02/2026", "31/02/2026").replace("20/02/2026", ""))
    assert codes(lu) == ["date_inexistante", "date_absente", "ecart_411"]
    assert [erreur.ligne for erreur in lu.erreurs][:2] == [4, 5]


def test_the_journal_of_all_entries_tells_payments_from_credit_notes():
    lu = lire(
        "N°;Date;Journal;Pièce;Compte;Tiers;Libellé;Débit;Crédit;Lettrage\n"
        "1;04/03/2026;J1;F1;411000;3M Fictif;Vente;120,00;;\n1;04/03/2026;J1;F1;706000;;Vente;;120,00;\n"
        "2;05/03/2026;J1;R1;512000;;Reçu;30,00;;\n2;05/03/2026;J1;R1;411000;3M Fictif;Reçu;;30,00;\n"
        "3;06/03/2026;J1;R2;706000;;Retour;10,00;;\n3;06/03/2026;J1;R2;411000;3M Fictif;Retour;;10,00;\n"
        "4;06/03/2026;J1;A1;401000;Fournisseur Fictif;Achat;;10,00;\n"
    )
    assert [(c.numero, c.debiteur.nom, c.reste_du, c.nature) for c in lu.creances] == [
        ("F1", "3M Fictif", Decimal(120), "facture"),
        ("R1", "3M Fictif", Decimal(-30), "acompte"),
        ("R2", "3M Fictif", Decimal(-10), "avoir"),
    ]


def test_a_fec_saved_by_a_spreadsheet(build_xlsx):
    titres = (
        "JournalCode,JournalLib,EcritureNum,EcritureDate,CompteNum,CompteLib,CompAuxNum,CompAuxLib,PieceRef,PieceDate"
    )
    titres = [*titres.split(","), "EcritureLib", "Debit", "Credit", "EcritureLet"]
    vente = [
        "VE",
        "Ventes",
        1,
        20260110,
        411000,
        "Clients",
        "C1",
        "Société fictive",
        "F-1",
        20260109,
        "Facture",
        120,
        0,
        "",
    ]
    produit = ["VE", "Ventes", 1, 20260110, 706000, "Ventes", "", "", "F-1", 20260109, "Facture", 0, 120, ""]
    lu = read_fichier(build_xlsx([titres, vente, produit]), "fec.xlsx")
    assert (lu.format, codes(lu)) == ("xlsx_factures", [])
    (creance,) = lu.creances
    assert (creance.numero, creance.date_emission, creance.reste_du) == ("F-1", date(2026, 1, 9), Decimal(120))
    assert (creance.debiteur.code, creance.debiteur.nom) == ("C1", "Société fictive")


def test_a_fec_saved_with_commas():
    lu = lire(
        "JournalCode,JournalLib,EcritureNum,EcritureDate,CompteNum,CompteLib,CompAuxNum,CompAuxLib,PieceRef,PieceDate,"
        "EcritureLib,Debit,Credit,EcritureLet,DateLet,ValidDate,Montantdevise,Idevise\n"
        'VE,Ventes,1,20260110,411000,Clients,C1,Société fictive,F-1,20260110,Facture,"1120,00","0,00",,,20260110,,\n'
    )
    assert montre(lu) == [("F-1", "Société fictive", Decimal(1120), Decimal(1120), "facture")]


def test_a_ledger_in_a_workbook_is_no_bank_statement(build_xlsx):
    lignes = [
        ["Grand livre clients"],
        ["Date", "Jal", "Réf", "Libellé", "Let", "Débit", "Crédit"],
        ["411FIC - Société fictive"],
        [date(2026, 1, 12), "VT", "F-1", "Facture", "", 100.1, None],
        [date(2026, 1, 13), "BQ", "R-1", "Virement", "", None, 40],
        ["Total", None, None, None, None, 100.1, 40],
    ]
    lu = read_fichier(build_xlsx(lignes), "gl.xlsx")
    assert (lu.format, lu.mouvements, codes(lu)) == ("xlsx_factures", (), [])
    assert [(c.numero, c.debiteur.nom, c.reste_du) for c in lu.creances] == [
        ("F-1", "Société fictive", Decimal("100.10")),
        ("R-1", "Société fictive", Decimal(-40)),
    ]


def test_a_first_column_without_a_title_names_the_partner_then_the_references():
    lu = lire(
        ",Journal,Account,Invoice Date,Due Date,Matching,Debit,Credit,Balance\n"
        "1001 Nuits Fictives,,,,,,1200.00,200.00,1000.00\n"
        "INV/2026/00001,INV,411100,2026-01-15,2026-02-14,,1200.00,0.00,1200.00\n"
        "BNK1/2026/1,BNK1,411100,2026-02-01,,,0.00,200.00,1000.00\n"
        "Total 1001 Nuits Fictives,,,,,,1200.00,200.00,1000.00\n"
    )
    assert [(c.numero, c.reste_du, c.date_echeance) for c in lu.creances] == [
        ("INV/2026/00001", Decimal(1200), date(2026, 2, 14)),
        ("BNK1/2026/1", Decimal(-200), None),
    ]


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        (PAR_TITRES.replace("clients", "fournisseurs"), "grand_livre_fournisseurs"),
        (PAR_COLONNES.replace("411", "401"), "aucun_compte_client"),
        (PAR_COLONNES.replace("411", ""), "comptes_supposes_clients"),
    ],
)
def test_ledgers_that_are_not_surely_of_customers(texte, code):
    lu = lire(texte)
    assert code in codes(lu)
    assert bool(lu.creances) == (code == "comptes_supposes_clients")


def test_an_amount_and_its_direction():
    lu = lire("Date;Journal;Compte;Nom client;Pièce;Montant;Sens\n05/01/2026;VE;411000;Société fictive;F-1;120,00;D\n")
    assert montre(lu) == [("F-1", "Société fictive", Decimal(120), Decimal(120), "facture")]
    lu = lire("Date;Journal;Compte;Nom client;Pièce;Montant;Sens\n05/01/2026;VE;411000;Société fictive;F-1;120,00;Z\n")
    assert codes(lu)[0] == "sens_inconnu"


@pytest.mark.parametrize(
    ("texte", "nom_format", "conseil"),
    [
        (
            "Code;Client;Non échu;1-30 jours;31-60 jours;> 60 jours;Total\nC1;Fictif;1,00;;;;1,00\n",
            "balance_agee",
            "échéancier",
        ),
        ("Client;Non échu;0-30j;31-60j;61-90j;90j+;Total\nFictif;1,00;;;;;1,00\n", "balance_agee", "échéancier"),
        ("Customer,Current,1 - 30,31 - 60,61 - 90,91 and over,Total\nFictive,1,,,,,1\n", "balance_agee", "échéancier"),
        (
            "Compte;Intitulé;Débit;Crédit;Solde débiteur;Solde créditeur\n411F;Fictif;1,00;;1,00;\n",
            "balance",
            "grand livre",
        ),
        ("N° compte;Libellé compte;Débit;Crédit\n411F;Fictif;1,00;\n", "balance", "grand livre"),
    ],
)
def test_a_balance_is_named_and_what_to_export_instead_is_said(texte, nom_format, conseil):
    lu = lire("Édition du 30/06/2026\n" + texte)
    assert (lu.format, codes(lu), lu.creances, lu.tiers) == (nom_format, ["format_non_lu"], (), ())
    assert conseil in lu.erreurs[0].message


def test_an_aged_list_of_invoices_is_read():
    lu = lire(
        "Client;N° facture;Date;Échéance;Non échu;0-30;31-60;Total\nFictif;F-1;01/03/2026;31/03/2026;;;9,50;9,50\n"
    )
    assert montre(lu) == [("F-1", "Fictif", Decimal("9.50"), Decimal("9.50"), "facture")]


def test_years_in_titles_are_no_ages():
    lu = lire("Client;Ville;2024;2025;2026\nFictif;Lyon;1;2;3\n")
    assert lu.format == "csv_tiers"


@pytest.mark.parametrize(
    "entete",
    [
        "N° compte;Date;Libellé;Débit;Crédit",
        "Compte;Date;Libellé;Référence;Débit;Crédit",
        "Date;Date de valeur;Libellé;Référence;Débit;Crédit;Solde",
        "Numéro de compte;Date opération;Libellé;Nature;Débit;Crédit",
    ],
)
def test_a_bank_statement_stays_one(entete):
    valeurs = {"Date": "01/02/2026", "Libellé": "VIR FICTIF", "Crédit": "100,00", "Référence": "R1", "Débit": ""}
    ligne = ";".join(valeurs.get(nom, valeurs["Date"] if "Date" in nom else "12345678901") for nom in entete.split(";"))
    lu = lire(f"{entete}\n{ligne}\n")
    assert (lu.format, [m.montant for m in lu.mouvements]) == ("csv_releve", [Decimal(100)])


def test_opening_balances_alone_have_no_day():
    lu = lire("Grand livre clients\nDate;Jnl;Libellé;Let;Débit;Crédit\n411FIC Fictif;;;;;\n;;Solde initial;;500,00;\n")
    assert (lu.creances, codes(lu)) == ((), ["date_absente"])


def test_invoices_whose_only_amounts_stand_by_age():
    lu = lire(
        "Client;Pièce;Date;Échéance;Non échu;1-30 jours;31-60 jours;> 60 jours\n"
        "Fictif;F-1;01/03/2026;31/03/2026;;;60,00;60,00\n"
        "Fictif;F-2;01/06/2026;30/06/2026;1 250,50;;;\n"
        "Fictif;F-3;01/06/2026;30/06/2026;abc;;;\n"
        "Total Fictif;;;;1 250,50;;60,00;60,00\n"
    )
    assert [(c.numero, c.montant_ttc, c.reste_du) for c in lu.creances] == [
        ("F-1", Decimal(120), Decimal(120)),
        ("F-2", Decimal("1250.50"), Decimal("1250.50")),
    ]
    assert codes(lu) == ["montant_illisible", "ligne_de_total"]
