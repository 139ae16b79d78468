"""Traps: refused or bounded, in one sentence, without memory or time running away."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from exigible.echanges.lecture import read_fichier, read_fichiers

DONNEES = Path(__file__).parent / "donnees"
MEMOIRE = 512 << 20
CII = '<rsm:CrossIndustryInvoice xmlns:rsm="x">{corps}</rsm:CrossIndustryInvoice>'
UBL = '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">{corps}</Invoice>'
CDAR = '<r:CrossDomainAcknowledgementAndResponse xmlns:r="x">{corps}</r:CrossDomainAcknowledgementAndResponse>'
RIRES = '<!ENTITY r0 "ha">' + "".join(f'<!ENTITY r{n} "{f"&r{n - 1};" * 10}">' for n in range(1, 10))
QUADRATIQUE = f'<!ENTITY a "{"a" * 100_000}">'
PIEGES = {
    "milliard de rires": (RIRES, "&r9;"),
    "quadratique": (QUADRATIQUE, "&a;" * 10_000),
    "fichier": ('<!ENTITY e SYSTEM "file:///etc/passwd">', "&e;"),
    "réseau": ('<!ENTITY e SYSTEM "http://exemple.invalid/x">', "&e;"),
    "paramètre": ('<!ENTITY % p SYSTEM "http://exemple.invalid/x.dtd">%p;', ""),
    "sans emploi": ('<!ENTITY a "a">', ""),
}


def codes(lu):
    return [erreur.code for erreur in lu.erreurs]


@pytest.mark.parametrize("document", [CII, UBL, CDAR], ids=["cii", "ubl", "cdar"])
@pytest.mark.parametrize(("entites", "corps"), PIEGES.values(), ids=PIEGES)
def test_xml_entities_are_refused(document, entites, corps):
    xml = f'<?xml version="1.0"?><!DOCTYPE x [{entites}]>' + document.format(corps=f"<a>{corps}</a>")
    lu = read_fichier(xml.encode(), "piege.xml")
    # Beyond its first 64 KiB a document has no name, and is refused for that.
    assert codes(lu) == ["xml_refuse" if len(entites) < 1 << 16 else "format_inconnu"]
    assert not lu.creances
    assert "root:" not in lu.erreurs[0].message


def test_xml_as_deep_as_a_well_is_refused():
    lu = read_fichier(UBL.format(corps="<a>" * 100_000 + "</a>" * 100_000).encode())
    assert codes(lu) == ["xml_abime"]


@pytest.mark.parametrize(
    "champ", ["9" * 100_000, "1" + "0" * 30, "1e999999", "NaN", "Infinity", "-" * 1000, "0." + "0" * 60 + "1", "٣"]
)
def test_huge_numbers_are_refused_in_one_sentence(champ):
    xml = (DONNEES / "cii" / "atgp-facturx-basic.xml").read_text("utf-8").replace(">120.00<", f">{champ}<")
    lu = read_fichier(xml.encode())
    assert lu.creances == ()
    assert all(len(erreur.message) < 300 for erreur in lu.erreurs)
    liste = read_fichier(f"Facture;Date;Client;Montant\nF-1;05/01/2026;X;{champ}\n".encode())
    assert liste.creances == ()
    assert all(len(erreur.message) < 300 for erreur in liste.erreurs)


def test_nul_bytes_are_no_text():
    assert codes(read_fichier(b"Facture;Date;Client;Montant\nF\x00-1;05/01/2026;X;1\n")) == ["format_inconnu"]
    loin = b"Facture;Date;Client;Montant\n" + b"F-1;05/01/2026;X;1\n" * 5000 + b"F\x00;05/01/2026;X;1\n"
    lu = read_fichier(loin)
    assert lu.creances


def test_a_cell_without_end_does_not_stop_the_program():
    lu = read_fichier(b'Facture;Date;Client;Montant\nF-1;05/01/2026;X;1\nF-2;"' + b"x" * 3_000_000)
    assert [c.numero for c in lu.creances] == ["F-1"]
    assert codes(lu) == ["csv_illisible"]


def test_long_texts_in_a_sentence_are_cut():
    lu = read_fichier(b"Facture;Date;Client;Montant\nF-1;" + b"z" * 50_000 + b";X;1\n")
    assert codes(lu) == ["date_illisible"]
    assert len(lu.erreurs[0].message) < 300


def build_bombe_xlsx():
    """A workbook of forty sheets, each of two cells as far apart as can be."""
    sortie = io.BytesIO()
    feuille = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        "</sheetData></worksheet>"
    )
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for rang in range(40):
            archive.writestr(f"xl/worksheets/sheet{rang}.xml", feuille)
    return sortie.getvalue()


def build_bombe_zip():
    sortie = io.BytesIO()
    with (
        zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("b.csv", "w", force_zip64=True) as membre,
    ):
        for _ in range(100):
            membre.write(b"0" * 10_000_000)
    return sortie.getvalue()


def build_bombe_de_bombes():
    """Members that each unfold to nineteen megabytes of nothing."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for rang in range(4):
            archive.writestr(f"{rang}.csv", b"Facture;Date;Client;Montant\n" + b"\n" * 19_000_000)
    return sortie.getvalue()


def build_colonnes():
    titres = b"Facture;Date;Client;Montant;" + b";".join(b"c%d" % rang for rang in range(1_000_000))
    return titres + b"\nF-1;05/01/2026;X;1" + b";" * 1_000_000 + b"\n"


MESURE = """
import re, resource, sys
from pathlib import Path
from exigible.echanges.lecture import read_fichiers
lus = read_fichiers(sys.stdin.buffer.read(), "piege")
# ru_maxrss remembers the process that started this one: Linux says better what this one took.
etat = Path("/proc/self/status")
if etat.exists():
    memoire = int(re.search(r"VmHWM:\\s+(\\d+)", etat.read_text())[1]) * 1024
else:
    memoire = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(memoire, *(e.code for lu in lus for e in lu.erreurs))
"""


@pytest.mark.parametrize(
    ("fabrique", "attendus"),
    [
        (build_bombe_xlsx, {"classeur_trop_gros"}),
        (build_bombe_zip, {"archive_demesuree"}),
        (build_bombe_de_bombes, set()),
        (build_colonnes, set()),
    ],
)
def test_memory_stays_bounded(fabrique, attendus):
    fini = subprocess.run(
        [sys.executable, "-c", MESURE], input=fabrique(), capture_output=True, timeout=120, check=True
    )
    memoire, *lus = fini.stdout.decode().split()
    assert int(memoire) < MEMOIRE
    assert attendus <= set(lus)


@pytest.mark.parametrize("nom", ["../../evade.xml", "/etc/passwd", "..\\..\\evade.xml", "C:\\evade.xml"])
def test_paths_of_an_archive_go_nowhere(nom, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        archive.writestr(nom, (DONNEES / "cii" / "atgp-facturx-basic.xml").read_bytes())
    lus = read_fichiers(sortie.getvalue(), "z.zip")
    assert [len(lu.creances) for lu in lus] == [0, 1]
    assert ".." not in lus[1].nom
    assert list(tmp_path.rglob("*")) == []


def test_nothing_commands_the_terminal_that_shows_it():
    nom = "Client\x1b[31m \u202efictif\u2066\x07\u200b\x9b"
    liste = f"Facture;Date;Client;Montant\nF-1;05/01/2026;{nom};1\nF-2;{nom};X;1\n".encode()
    lu = read_fichier(liste)
    assert [c.debiteur.nom for c in lu.creances] == ["Client[31m fictif"]
    assert "Client[31m fictif" in lu.erreurs[0].message
    assert lu.erreurs[0].message.parametres["faute"].isprintable() or "\u00a0" in lu.erreurs[0].message
    fin = "\u202e"
    xml = (
        (DONNEES / "cii" / "atgp-facturx-basic.xml").read_text("utf-8").replace("</ram:Name>", f"{fin}\x7f</ram:Name>")
    )
    assert not [c for c in read_fichier(xml.encode()).creances if fin in c.debiteur.nom or "\x7f" in c.debiteur.nom]
    releve = (DONNEES / "mt940" / "jejik-generic.sta").read_bytes().replace(b":86:", b":86:\x1b]0;titre\x07")
    assert all(m.libelle.isprintable() for m in read_fichier(releve).mouvements)


def test_a_sentence_shows_only_the_beginning_of_what_is_too_long():
    lu = read_fichier(b"Code;Nom;SIRET\nC1;X;" + b"z" * 5_000 + b"\n")
    assert [e.code for e in lu.erreurs] == ["siren_illisible"]
    assert len(lu.erreurs[0].message) < 300
