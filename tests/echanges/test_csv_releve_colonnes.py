"""The columns of a bank statement in a table: shown with their meaning, and read as a person says."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from exigible.droit.erreurs import ErreurSaisie
from exigible.echanges.lecture import open_fichiers, read_fichier

TITRES = "Date;Libellé;Valeur;Montant;Ref"
LIGNES = ("03/11/2026;VIR FICTIF;04/11/2026;-12,50;R1", "05/11/2026;CHEQUE;06/11/2026;80,00;R2")
CURIEUX = "Quand;Quoi;Détail;Sorti;Rentré;Monnaie"
CURIEUSES = ("03/11/2026;VIR;FICTIF F-1;;80,00;EUR", "04/11/2026;CARTE;Café;3,20;;USD")
SENS = {"quand": "date", "quoi": "libelle", "detail": "libelle", "sorti": "debit", "rentre": "credit"}


def lire(*lignes, colonnes=None):
    return read_fichier("\n".join(lignes).encode(), "releve.csv", colonnes=colonnes)


def ecrire_classeur(**feuilles):
    sortie = io.BytesIO()
    with xlsxwriter.Workbook(sortie, {"in_memory": True}) as classeur:
        for nom, lignes in feuilles.items():
            feuille = classeur.add_worksheet(nom)
            for rang, ligne in enumerate(lignes):
                feuille.write_row(rang, 0, ligne)
    return sortie.getvalue()


def codes(lu):
    return [erreur.code for erreur in lu.erreurs]


def test_the_columns_of_a_statement_are_shown_with_their_meaning():
    lu = lire("Compte 123456;;;;", TITRES + ";Page", *(f"{ligne};1" for ligne in LIGNES))
    assert [(c.cle, c.champ) for c in lu.colonnes] == [
        ("date", "date"),
        ("libelle", "libelle"),
        ("valeur", "date_valeur"),
        ("montant", "montant"),
        ("ref", "reference"),
        ("page", None),
    ]
    assert (lu.colonnes[0].nom, lu.colonnes[0].exemples) == ("Date", ("03/11/2026", "05/11/2026"))
    assert len(lu.mouvements) == 2


def test_they_are_known_once_a_statement_has_been_read_as_it_comes():
    (ouvert,) = open_fichiers("\n".join([TITRES, *LIGNES]).encode(), "releve.csv")
    assert len(list(ouvert)) == 2
    assert len(ouvert.close().colonnes) == 5


def test_a_meaning_is_corrected():
    assert [m.date for m in lire(TITRES, *LIGNES).mouvements] == [date(2026, 11, 3), date(2026, 11, 5)]
    lu = lire(TITRES, *LIGNES, colonnes={"Valeur": "date", "date": "date_valeur", "ref": "", "montant": "montant"})
    assert [(m.date, m.date_valeur, m.reference) for m in lu.mouvements] == [
        (date(2026, 11, 4), date(2026, 11, 3), None),
        (date(2026, 11, 6), date(2026, 11, 5), None),
    ]
    assert [c.champ for c in lu.colonnes] == ["date_valeur", "libelle", "date", "montant", None]


def test_titles_that_nobody_knows_are_read_as_said():
    lu = lire("Export;;;;;", CURIEUX, *CURIEUSES)
    assert (lu.format, codes(lu), [c.champ for c in lu.colonnes]) == (None, ["format_inconnu"], [None] * 6)
    lu = lire("Export;;;;;", CURIEUX, *CURIEUSES, colonnes=SENS | {"monnaie": "devise"})
    assert lu.format == "csv_releve"
    assert [(m.montant, m.devise, m.libelle) for m in lu.mouvements] == [
        (Decimal("80.00"), "EUR", "VIR FICTIF F-1"),
        (Decimal("-3.20"), "USD", "CARTE Café"),
    ]
    assert [m.origine.ligne for m in lu.mouvements] == [3, 4]
    assert codes(lu) == ["devise_etrangere"]


def test_a_statement_is_made_a_list_and_a_list_a_statement():
    titres, ligne = "Date;Libellé;Montant;Solde", "03/11/2026;F-1;120,00;500,00"
    assert lire(titres, ligne).format == "csv_releve"
    liste = lire(titres, ligne, colonnes={"date": "date_emission", "libelle": "numero", "montant": "montant_ttc"})
    assert (liste.mouvements, len(liste.colonnes)) == ((), 4)
    factures, facture = "Facture;Date;Client;Montant", "F-1;03/11/2026;Client fictif;120,00"
    assert lire(factures, facture).format == "csv_factures"
    sens = {"facture": "reference", "date": "date", "client": "contrepartie", "montant": "montant"}
    (mouvement,) = lire(factures, facture, colonnes=sens).mouvements
    assert (mouvement.reference, mouvement.contrepartie) == ("F-1", "Client fictif")


@pytest.mark.parametrize(
    ("colonnes", "code"),
    [
        ({"quoi": "libelle", "sorti": "debit", "rentre": "credit"}, "date"),
        ({"quand": "date", "quoi": "libelle"}, "montant"),
    ],
)
def test_what_is_left_out_is_said_and_the_columns_stay(colonnes, code):
    lu = lire(CURIEUX, *CURIEUSES, colonnes=colonnes)
    assert codes(lu) == ["colonne_absente"]
    assert code in lu.erreurs[0].message
    assert (lu.mouvements, len(lu.colonnes)) == ((), 6)


def test_a_table_without_titles_is_read_by_rank():
    lignes = ("03/11/2026;x;-12,50;VIR FICTIF", "04/11/2026;y;80,00;CHEQUE FICTIF", "05/11/2026;z;1,00;CARTE")
    sans = lire(*lignes)
    assert [c.cle for c in sans.colonnes] == ["colonne 1", "colonne 2", "colonne 3", "colonne 4"]
    lu = lire(*lignes, colonnes={"colonne 1": "date", "colonne 2": "", "colonne 3": "montant", "colonne 4": "libelle"})
    assert [(m.montant, m.libelle) for m in lu.mouvements] == [
        (Decimal("-12.50"), "VIR FICTIF"),
        (Decimal("80.00"), "CHEQUE FICTIF"),
        (Decimal("1.00"), "CARTE"),
    ]


def test_columns_that_are_not_there_are_said_and_the_file_read_by_itself():
    lu = lire(TITRES, *LIGNES, colonnes={"Autre": "montant"})
    assert (codes(lu), len(lu.mouvements)) == (["colonnes_autres"], 2)
    classeur = ecrire_classeur(R=[TITRES.split(";"), *(ligne.split(";") for ligne in LIGNES)])
    lu = read_fichier(classeur, "releve.xlsx", colonnes={"Autre": "montant"})
    assert (codes(lu), len(lu.mouvements)) == (["colonnes_autres"], 2)


def test_the_sheets_of_a_workbook_are_read_as_said():
    lignes = [CURIEUX.split(";"), ["03/11/2026", "VIR", "F-1", None, 80.5, "EUR"]]
    suite = [CURIEUX.split(";"), ["03/12/2026", "VIR", "F-2", 12.25, None, "EUR"]]
    classeur = ecrire_classeur(Novembre=lignes, Notes=[["rien"]], Décembre=suite)
    lu = read_fichier(classeur, "releve.xlsx", colonnes=SENS)
    assert (lu.format, codes(lu)) == ("xlsx_releve", [])
    assert [(m.montant, m.libelle) for m in lu.mouvements] == [
        (Decimal("80.50"), "VIR F-1"),
        (Decimal("-12.25"), "VIR F-2"),
    ]
    assert [c.champ for c in lu.colonnes] == ["date", "libelle", "libelle", "debit", "credit", "devise"]
    assert codes(read_fichier(classeur, "releve.xlsx", colonnes={"sorti": "debit"})) == ["colonne_absente"]


def test_the_columns_of_a_known_statement_in_a_workbook_are_shown():
    classeur = ecrire_classeur(R=[TITRES.split(";"), *(ligne.split(";") for ligne in LIGNES)])
    assert [c.champ for c in read_fichier(classeur, "r.xlsx").colonnes] == [
        *("date", "libelle", "date_valeur", "montant", "reference")
    ]


@pytest.mark.parametrize(
    ("colonnes", "code"),
    [
        (SENS | {"monnaie": "numero"}, "champs_melanges"),
        (SENS | {"monnaie": "debit"}, "champ_en_double"),
        ({"quand": "pirouette"}, "champ_inconnu"),
        ({"quoi": "libelle", "detail": "libelle"}, "champ_en_double"),
    ],
)
def test_an_impossible_meaning_is_refused(colonnes, code):
    with pytest.raises(ErreurSaisie) as refus:
        lire(CURIEUX, *CURIEUSES, colonnes=colonnes)
    assert refus.value.code == code
