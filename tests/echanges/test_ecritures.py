"""Days and amounts as people write them in lists, and lists as spreadsheets make them."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter

from exigible.droit.erreurs import ErreurSaisie
from exigible.echanges.ecritures import Ecriture, read_montant
from exigible.echanges.lecture import read_fichier


def lire(*lignes):
    return read_fichier("\n".join(lignes).encode(), "factures.csv")


def codes(lu):
    return [erreur.code for erreur in lu.erreurs]


@pytest.mark.parametrize(
    ("texte", "montant"),
    [
        ("1 234,56 €", "1234.56"),
        ("€ 1 234,56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1'234.50", "1234.50"),
        ("1,234,567", "1234567"),
        ("(123,45)", "-123.45"),
        ("(1 234,56 €)", "-1234.56"),
        ("123,45-", "-123.45"),
        ("123,45 CR", "-123.45"),
        ("123,45 DB", "123.45"),
        ("-1.234,56", "-1234.56"),
        ("12,5 EUR", "12.50"),
    ],
)
def test_amounts_as_people_write_them(texte, montant):
    assert read_montant(texte) == Decimal(montant)


@pytest.mark.parametrize(
    "texte", ["1.234", "1,234", "12.34.56", "(-5)", "-5-", "12.3456,00", "1.234,567.00", "", "()", "CR", "1,23,456"]
)
def test_amounts_that_stay_doubtful(texte):
    with pytest.raises(ErreurSaisie):
        read_montant(texte)


@pytest.mark.parametrize(
    ("texte", "jour"),
    [
        ("05/01/2026", "2026-01-05"),
        ("5.1.26", "2026-01-05"),
        ("31/12/99", "1999-12-31"),
        ("2026-01-05", "2026-01-05"),
        ("05/01/2026 10:20", "2026-01-05"),
        ("21-nov-26", "2026-11-21"),
        ("21 novembre 2026", "2026-11-21"),
        ("1er mars 2026", "2026-03-01"),
        ("5 févr. 2026", "2026-02-05"),
        ("Nov 21, 2026", "2026-11-21"),
        ("November 3rd, 2026", "2026-11-03"),
    ],
)
def test_days_as_people_write_them(texte, jour):
    assert f"{Ecriture().read_date(texte, 'jour')}" == jour


@pytest.mark.parametrize("texte", ["31/02/2026", "21 brumaire 2026", "2026", "12/2026", "1/2/3/2026"])
def test_days_that_do_not_exist(texte):
    with pytest.raises(ErreurSaisie):
        Ecriture().read_date(texte, "jour")


ENTETE = "Facture;Date;Client;Montant TTC"


def test_one_day_past_the_twelfth_makes_the_list_american():
    lu = lire(ENTETE, "F-1;01/05/2026;X;10", "F-2;01/21/2026;X;10")
    assert [f"{c.date_emission}" for c in lu.creances] == ["2026-01-05", "2026-01-21"]
    assert codes(lu) == ["dates_americaines"]


def test_days_that_contradict_one_another_are_read_the_french_way():
    lu = lire(ENTETE, "F-1;21/01/2026;X;10", "F-2;01/21/2026;X;10")
    assert [c.numero for c in lu.creances] == ["F-1"]
    assert codes(lu) == ["date_inexistante"]


def test_english_titles_and_days_that_say_nothing_are_warned():
    lu = lire("Invoice number;Invoice date;Customer;Total", "F-1;01/05/2026;X;10")
    assert f"{lu.creances[0].date_emission}" == "2026-05-01"
    assert codes(lu) == ["dates_ambigues"]
    assert codes(lire("Invoice number;Invoice date;Customer;Total", "F-1;05/05/2026;X;10")) == []
    assert codes(lire(ENTETE, "F-1;01/05/2026;X;10")) == []


def test_short_years_are_completed_and_said_once():
    lu = lire(ENTETE, "F-1;05/01/26;X;10", "F-2;06/01/26;X;10")
    assert [f"{c.date_emission}" for c in lu.creances] == ["2026-01-05", "2026-01-06"]
    assert codes(lu) == ["annee_courte"]


def test_titles_on_two_rows():
    lu = lire(
        "Export",
        "Facture;;Échéance;Client;;Montant;",
        "N°;Date;Date;Code;Nom;TTC;Reste dû",
        "F-1;05/01/2026;05/02/2026;C1;Fictif;120,00;100,00",
    )
    (creance,) = lu.creances
    assert (creance.numero, f"{creance.date_emission}", f"{creance.date_echeance}") == (
        "F-1",
        "2026-01-05",
        "2026-02-05",
    )
    assert (creance.debiteur.code, creance.debiteur.nom) == ("C1", "Fictif")
    assert (creance.montant_ttc, creance.reste_du) == (Decimal(120), Decimal(100))
    assert lu.resume["ligne_de_titres"] == "3"
    assert [c.nom for c in lu.colonnes][:2] == ["Facture N°", "Facture Date"]


def test_titles_on_two_rows_can_be_told_again():
    lignes = ("Facture;;Client;Montant", "N°;Date;Nom;TTC", "F-1;05/01/2026;Fictif;120,00")
    colonnes = {c.nom: c.champ for c in lire(*lignes).colonnes}
    lu = read_fichier("\n".join(lignes).encode(), "x.csv", colonnes=colonnes)
    assert [c.numero for c in lu.creances] == ["F-1"]


@pytest.mark.parametrize("mot", ["Total", "TOTAL GÉNÉRAL", "Totaux", "Sous-total Fictif", "Grand total"])
def test_totals_are_left_out_and_said(mot):
    lu = lire(ENTETE, "F-1;05/01/2026;X;10", f"{mot};;;10")
    assert len(lu.creances) == 1
    assert [(e.code, e.gravite) for e in lu.erreurs] == [("ligne_de_total", "avertissement")]


def build_classeur(*feuilles):
    sortie = io.BytesIO()
    with xlsxwriter.Workbook(sortie, {"in_memory": True}) as classeur:
        for nom, lignes, fusions, cachee in feuilles:
            feuille = classeur.add_worksheet(nom)
            for rang, ligne in enumerate(lignes):
                feuille.write_row(rang, 0, ligne)
            for plage, valeur in fusions:
                feuille.merge_range(plage, valeur)
            if cachee:
                feuille.hide()
            else:
                feuille.activate()
    return sortie.getvalue()


TITRES = ["Facture", "Date", "Client", "Montant TTC"]


def test_merged_names_stand_on_each_of_their_rows_and_merged_amounts_once():
    lignes = [TITRES, ["F-1", "05/01/2026", "", 10], ["F-2", "05/01/2026", "", 20], ["F-3", "05/01/2026", "Autre", ""]]
    octets = build_classeur(("A", lignes, [("C2:C3", "Fictif"), ("D3:D4", 20)], False))
    lu = read_fichier(octets)
    assert [(c.numero, c.debiteur.nom) for c in lu.creances] == [("F-1", "Fictif"), ("F-2", "Fictif")]
    assert codes(lu) == ["montant_absent"]


def test_the_sheet_that_has_most_columns_is_read_and_the_others_named():
    clients = [["Code client", "Nom"], ["C1", "Fictif"]]
    pauvre = [TITRES, ["F-1", "05/01/2026", "X", 10]]
    riche = [[*TITRES, "Date d'échéance"], ["F-2", "05/01/2026", "X", 10, "05/02/2026"]]
    octets = build_classeur(
        ("Notes", [["rien"]], [], False),
        ("Clients", clients, [], False),
        ("Un", pauvre, [], False),
        ("Deux", riche, [], False),
    )
    lu = read_fichier(octets)
    assert [c.numero for c in lu.creances] == ["F-2"]
    assert lu.resume["feuille"] == "Deux"
    assert codes(lu) == ["autres_feuilles"]
    assert "« Un »" in lu.erreurs[0].message


def test_a_hidden_sheet_gives_way():
    liste = [TITRES, ["F-1", "05/01/2026", "X", 10]]
    autre = [TITRES, ["F-2", "05/01/2026", "X", 10]]
    octets = build_classeur(("Vieux", liste, [], True), ("Neuf", autre, [], False))
    assert read_fichier(octets).creances[0].numero == "F-2"


ODS = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Factures">{lignes}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def build_ods(lignes):
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr("content.xml", ODS.format(lignes=lignes))
    return sortie.getvalue()


def build_ligne(*cellules, fois=""):
    texte = '<table:table-cell office:value-type="string"{fois}><text:p>{cellule}</text:p></table:table-cell>'
    return f"<table:table-row>{''.join(texte.format(cellule=c, fois=fois) for c in cellules)}</table:table-row>"


VIDES = (
    '<table:table-row table:number-rows-repeated="1048000">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def test_an_open_document_list_is_read():
    lu = read_fichier(build_ods(build_ligne(*TITRES) + build_ligne("F-1", "05/01/2026", "X", "10,00") + VIDES))
    assert (lu.format, [c.numero for c in lu.creances]) == ("xlsx_factures", ["F-1"])


def test_an_open_document_that_repeats_values_without_end_is_refused():
    bombe = build_ligne("1", fois=' table:number-columns-repeated="16384"').replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="1048576">'
    )
    assert codes(read_fichier(build_ods(bombe))) == ["classeur_trop_gros"]


def test_an_open_document_cut_short_is_refused():
    ligne = build_ligne(*TITRES) + build_ligne("F-1", "05/01/2026", "X", "10,00")
    entier, coupe = io.BytesIO(build_ods(ligne)), io.BytesIO()
    with zipfile.ZipFile(entier) as source, zipfile.ZipFile(coupe, "w") as cible:
        for nom in source.namelist():
            contenu = source.read(nom)
            cible.writestr(nom, contenu[: len(contenu) // 2] if nom == "content.xml" else contenu)
    assert codes(read_fichier(coupe.getvalue())) == ["xml_abime"]
