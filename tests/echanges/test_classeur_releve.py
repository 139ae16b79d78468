"""Bank statements in spreadsheets: the layouts of French banks (made up, with their titles), real days and numbers."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter

from exigible.echanges.lecture import read_fichier

RECU, PRELEVE = Decimal("1200.00"), Decimal("-45.10")
BOURSOBANK = [
    ["dateOp", "dateVal", "label", "category", "supplierFound", "amount", "accountNum", "accountbalance"],
    [date(2026, 11, 20), date(2026, 11, 21), "VIR FICTIF FACTURE F-12", "x", "", 1200.0, "040123456", 3210.45],
    [date(2026, 11, 19), date(2026, 11, 19), "PRLV FOURNISSEUR", "x", "", -45.1, "040123456", 3210.45],
]
QONTO = [
    ["Statut", "Date de l'opération (UTC)", "Nom de la contrepartie", "Montant total (TTC)", "Devise", "Référence"],
    ["Exécuté", datetime.fromisoformat("2026-11-20T23:59"), "Société fictive", 1200, "EUR", "F-12"],
    ["Refusé", datetime.fromisoformat("2026-11-20T08:00"), "Autre", -10, "EUR", ""],
    ["Exécuté", datetime.fromisoformat("2026-11-19T00:00"), "Fournisseur", -45.1, "EUR", ""],
]
CREDIT_AGRICOLE = [
    ["Téléchargement du 21/11/2026"],
    [],
    ["Compte de Dépôt n° 12345678901"],
    ["Solde au 20/11/2026", 1154.9],
    [],
    ["Date", "Libellé", "Débit euros", "Crédit euros"],
    [date(2026, 11, 20), "VIREMENT EN VOTRE FAVEUR\nSOCIETE FICTIVE\nFACTURE F-12", None, 1200],
    [date(2026, 11, 19), "PRELEVEMENT FOURNISSEUR", 45.1, None],
    ["Total", "", 45.1, 1200],
]
SANS_TITRES = [
    [date(2026, 11, 20), 1200, "Virement", "", "VIREMENT SOCIETE FICTIVE FACTURE F-12"],
    [date(2026, 11, 19), -45.1, "Prélèvement", "", "PRLV FOURNISSEUR"],
]
EN_TEXTE = [
    ["Date", "Libellé", "Montant"],
    ["20/11/2026", "VIR SOCIETE FICTIVE FACTURE F-12", "1 200,00 €"],
    ["19/11/2026", "PRLV FOURNISSEUR", "-45,10"],
]


def write_classeur(**feuilles):
    sortie = io.BytesIO()
    with xlsxwriter.Workbook(sortie, {"in_memory": True}) as classeur:
        jours = classeur.add_format({"num_format": "dd/mm/yyyy"})
        for nom, lignes in feuilles.items():
            feuille = classeur.add_worksheet(nom)
            for rang, ligne in enumerate(lignes):
                for colonne, valeur in enumerate(ligne):
                    if isinstance(valeur, date):
                        feuille.write_datetime(rang, colonne, valeur, jours)
                    else:
                        feuille.write(rang, colonne, valeur)
    return sortie.getvalue()


def lire(*lignes, **feuilles):
    return read_fichier(write_classeur(**(feuilles or {"Feuille": lignes})), "releve.xlsx")


def codes(lu):
    return [erreur.code for erreur in lu.erreurs]


@pytest.mark.parametrize(
    "lignes", [BOURSOBANK, QONTO, CREDIT_AGRICOLE, SANS_TITRES, EN_TEXTE], ids=["bourso", "qonto", "ca", "nu", "texte"]
)
def test_movements_of_each_layout(lignes):
    lu = lire(*lignes)
    assert lu.format == "xlsx_releve"
    assert [(m.date, m.montant) for m in lu.mouvements] == [(date(2026, 11, 20), RECU), (date(2026, 11, 19), PRELEVE)]
    assert all(isinstance(m.montant, Decimal) for m in lu.mouvements)
    assert "F-12" in f"{lu.mouvements[0].libelle} {lu.mouvements[0].reference}"
    assert not [erreur for erreur in lu.erreurs if erreur.gravite == "erreur"]


def test_account_balance_and_value_day():
    lu = lire(*CREDIT_AGRICOLE)
    assert (lu.compte.iban, lu.compte.solde_fin) == ("12345678901", Decimal("1154.90"))
    assert lu.mouvements[0].libelle == "VIREMENT EN VOTRE FAVEUR SOCIETE FICTIVE FACTURE F-12"
    assert (lu.mouvements[0].origine.ligne, lu.mouvements[0].origine.chemin) == (7, None)
    assert lire(*BOURSOBANK).mouvements[0].date_valeur == date(2026, 11, 21)
    assert lire(*BOURSOBANK).compte.iban == "040123456"


def test_running_balance_is_checked():
    titres = ["Date", "Libellé", "Montant", "Solde"]
    lignes = [[date(2026, 11, 19), "A", -45.1, 954.9], [date(2026, 11, 20), "B", 1200.25, 2155.15]]
    compte = lire(titres, *lignes).compte
    assert (compte.solde_debut, compte.solde_fin, compte.controle) == (Decimal("1000.00"), Decimal("2155.15"), True)


def test_a_refused_operation_is_said_not_taken():
    assert codes(lire(*QONTO)) == ["operation_en_attente"]


def test_a_number_beyond_two_decimals_is_refused_with_its_line():
    lu = lire(EN_TEXTE[0], [date(2026, 11, 20), "A", 10.005], [date(2026, 11, 19), "B", -45.1])
    assert [m.montant for m in lu.mouvements] == [PRELEVE]
    assert [(erreur.ligne, erreur.gravite) for erreur in lu.erreurs] == [(2, "erreur")]


def test_a_number_for_a_day_is_refused_with_its_line():
    lu = lire(EN_TEXTE[0], [46346, "A", 10], [date(2026, 11, 19), "B", -45.1])
    assert [m.montant for m in lu.mouvements] == [PRELEVE]
    assert [(erreur.code, erreur.ligne) for erreur in lu.erreurs] == [("date_illisible", 2)]


def test_each_sheet_is_a_statement_and_each_movement_names_its_own():
    lu = lire(Octobre=EN_TEXTE[:2], Novembre=[EN_TEXTE[0], EN_TEXTE[2], ["", "", "7"]], Notes=[["Rien", "à lire"]])
    assert [(m.montant, m.origine.chemin, m.origine.ligne) for m in lu.mouvements] == [
        (RECU, "Octobre", 2),
        (PRELEVE, "Novembre", 2),
    ]
    assert [(erreur.code, erreur.chemin, erreur.ligne) for erreur in lu.erreurs] == [("date_absente", "Novembre", 3)]
    assert (len(lu.comptes), lu.resume["feuille"]) == (2, "Octobre, Novembre")


def test_the_same_operation_on_two_sheets_is_said():
    lu = lire(Mois=EN_TEXTE, Tout=EN_TEXTE)
    assert (len(lu.mouvements), codes(lu)) == (4, ["mouvement_en_double", "mouvement_en_double"])


def test_a_list_of_invoices_is_still_one():
    factures = [["Facture", "Date", "Client", "Montant TTC"], ["F-1", date(2026, 11, 20), "Fictif", 10]]
    assert lire(*factures).format == "xlsx_factures"
    assert lire(Factures=factures, Banque=EN_TEXTE).format == "xlsx_factures"


def test_columns_named_by_a_person_make_a_list():
    donnees = write_classeur(Feuille=EN_TEXTE)
    lu = read_fichier(
        donnees, "x.xlsx", colonnes={"Date": "date_emission", "Libellé": "numero", "Montant": "montant_ttc"}
    )
    assert lu.format == "xlsx_factures"
