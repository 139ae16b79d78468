"""Old workbooks (XLS), read in a process apart, and workbooks that claim more cells than there are."""

from __future__ import annotations

import io
import re
import struct
import zipfile

import pytest
import xlsxwriter

from exigible.echanges.lecture import read_fichier

TITRES = ["Facture", "Date", "Client", "Montant TTC"]
_LIBRE, _FIN, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def codes(lu):
    return [erreur.code for erreur in lu.erreurs]


def write_enregistrement(genre, contenu=b""):
    return struct.pack("<HH", genre, len(contenu)) + contenu


def write_cellule(ligne, colonne, valeur):
    if isinstance(valeur, str):
        texte = valeur.encode("latin-1")
        return write_enregistrement(0x0204, struct.pack("<HHHHB", ligne, colonne, 0, len(texte), 0) + texte)
    return write_enregistrement(0x0203, struct.pack("<HHHd", ligne, colonne, 0, valeur))


def build_xls(cellules):
    """Make an Excel 97 workbook of one sheet: its stream, in a compound file of 512-byte sectors."""
    debut = write_enregistrement(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    fin = write_enregistrement(0x000A)
    longueur = len(debut) + 4 + 8 + len(b"Factures") + len(fin)
    feuille = write_enregistrement(0x0085, struct.pack("<IBBBB", longueur, 0, 0, 8, 0) + b"Factures")
    corps = write_enregistrement(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    corps += b"".join(write_cellule(*cellule) for cellule in cellules) + fin
    flux = debut + feuille + fin + corps
    flux += b"\x00" * (max(4096, -(-len(flux) // 512) * 512) - len(flux))
    secteurs = len(flux) // 512
    table = [_FAT, _FIN, *range(3, secteurs + 2), _FIN]
    fat = struct.pack("<128I", *table, *[_LIBRE] * (128 - len(table)))

    def write_entree(nom, genre, enfant, premier, taille):
        brut = nom.encode("utf-16-le") + b"\x00\x00"
        tete = struct.pack("<64sHBBIII", brut, len(brut), genre, 1, _LIBRE, _LIBRE, enfant)
        return tete + b"\x00" * 36 + struct.pack("<IQ", premier, taille)

    dossier = write_entree("Root Entry", 5, 1, _FIN, 0) + write_entree("Workbook", 2, _LIBRE, 2, len(flux))
    dossier += b"\x00" * (512 - len(dossier))
    entete = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    entete += b"\x00" * 6 + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _FIN, 0, _FIN, 0)
    entete += struct.pack("<109I", 0, *[_LIBRE] * 108)
    return entete + fat + dossier + flux


LIGNES = [TITRES, ["F-1", "05/01/2026", "Hôtel Fictif", 120.5]]
CELLULES = [(rang, colonne, v) for rang, ligne in enumerate(LIGNES) for colonne, v in enumerate(ligne)]


def test_an_old_workbook_is_read():
    lu = read_fichier(build_xls(CELLULES), "factures.xls")
    assert not lu.erreurs
    assert lu.format == "xlsx_factures"
    assert [(c.numero, c.debiteur.nom, f"{c.montant_ttc}") for c in lu.creances] == [("F-1", "Hôtel Fictif", "120.50")]


def test_a_statement_in_an_old_workbook_is_read():
    lignes = [
        ["Date", "Libellé", "Débit", "Crédit"],
        ["20/11/2026", "VIR FICTIF", "", 120.5],
        [46346, "PRLV", 45.1, ""],
    ]
    lu = read_fichier(
        build_xls([(r, c, v) for r, ligne in enumerate(lignes) for c, v in enumerate(ligne)]), "banque.xls"
    )
    assert (lu.format, [f"{m.montant}" for m in lu.mouvements], codes(lu)) == (
        "xlsx_releve",
        ["120.50"],
        ["date_illisible"],
    )


@pytest.mark.parametrize("coin", [(65535, 255), (65535, 65535)])
def test_an_old_workbook_that_claims_every_cell_is_refused(coin):
    lu = read_fichier(build_xls([*CELLULES, (*coin, 1.0)]), "factures.xls")
    assert codes(lu) == ["classeur_abime"]
    assert lu.creances == ()


@pytest.mark.parametrize("octets", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 5000, build_xls(CELLULES)[:2000]])
def test_a_damaged_old_workbook_is_one_sentence(octets):
    assert codes(read_fichier(octets, "factures.xls")) == ["classeur_abime"]


@pytest.mark.parametrize(
    "reference",
    ["D9999999999991", "D99999999", "ZZZZ1", "XFD1048576", "xfd1048576", "D4294967297", 'D1" x="', "1048576"],
)
@pytest.mark.parametrize("chemin", ["xl/worksheets/sheet1.xml", "xl/ailleurs/feuille.xml"])
def test_references_that_claim_too_much_never_end_the_program(reference, chemin):
    entier, piege = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(entier, {"in_memory": True}) as classeur:
        feuille = classeur.add_worksheet("A")
        for rang, ligne in enumerate(LIGNES):
            feuille.write_row(rang, 0, ligne)
    with zipfile.ZipFile(entier) as source, zipfile.ZipFile(piege, "w") as cible:
        for nom in source.namelist():
            contenu = source.read(nom)
            if nom == "xl/worksheets/sheet1.xml":
                contenu = re.sub(rb'(<c\s+)r="D2"', b'\\1r="' + reference.encode() + b'"', contenu)
            if nom.endswith(".rels"):
                contenu = contenu.replace(b"worksheets/sheet1.xml", chemin.removeprefix("xl/").encode())
            cible.writestr(chemin if nom == "xl/worksheets/sheet1.xml" else nom, contenu)
    lu = read_fichier(piege.getvalue(), "factures.xlsx")
    assert lu.erreurs or lu.creances
    assert set(codes(lu)) <= {"classeur_trop_gros", "classeur_abime", "montant_absent", "colonne_absente"}


def build_ods(*feuilles, fois=1):
    """Make a workbook as LibreOffice does: below its last value each sheet is empty down to its millionth row.

    `fois`: how many times the last row of each sheet is said to stand.
    """
    corps = ""
    for rang, lignes in enumerate(feuilles):
        corps += f'<table:table table:name="Feuille{rang}">'
        for ligne in lignes:
            cellules = "".join(
                f'<table:table-cell office:value-type="string"><text:p>{texte}</text:p></table:table-cell>'
                for texte in ligne
            )
            repetee = f' table:number-rows-repeated="{fois}"' if ligne is lignes[-1] else ""
            corps += f"<table:table-row{repetee}>{cellules}</table:table-row>"
        vide = '<table:table-cell table:number-columns-repeated="16384"/>'
        corps += f'<table:table-row table:number-rows-repeated="1048000">{vide}</table:table-row></table:table>'
    espaces = " ".join(
        f'xmlns:{nom}="urn:oasis:names:tc:opendocument:xmlns:{nom}:1.0"' for nom in ("office", "table", "text")
    )
    manifeste = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    debut = f"<office:document-content {espaces}><office:body><office:spreadsheet>"
    fin = "</office:spreadsheet></office:body></office:document-content>"
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifeste)
        archive.writestr("content.xml", f"{debut}{corps}{fin}")
    return sortie.getvalue()


def test_several_sheets_each_empty_down_to_the_last_row_are_read():
    autres = [[f"Note {rang}" for rang in range(20)]]
    lu = read_fichier(build_ods(autres, autres, [TITRES, ["F-1", "05/01/2026", "Société fictive", "120,00"]]), "a.ods")
    assert ([c.numero for c in lu.creances], codes(lu)) == (["F-1"], [])


def test_sheets_too_big_together_are_refused():
    lignes = [TITRES, ["x"] * 100]
    assert codes(read_fichier(build_ods(lignes, lignes, lignes, fois=20_000), "a.ods")) != ["classeur_trop_gros"]
    assert codes(read_fichier(build_ods(*[lignes] * 5, fois=20_000), "a.ods")) == ["classeur_trop_gros"]
