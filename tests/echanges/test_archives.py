"""ZIP archives: members read as files of their own, and every trap refused in one sentence."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from exigible.echanges import archives
from exigible.echanges.archives import clean_nom
from exigible.echanges.lecture import read_fichier, read_fichiers

DONNEES = Path(__file__).parent / "donnees"
CII = (DONNEES / "cii" / "atgp-facturx-basic.xml").read_bytes()
UBL = (DONNEES / "ubl" / "ubl-tc434-creditnote1.xml").read_bytes()
LISTE = "Numéro;Client;Date;Montant TTC\nF-1;Hôtel Fictif;01/10/2026;100,00\n".encode()


def build_zip(*membres, compression=zipfile.ZIP_DEFLATED):
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", compression) as archive:
        for nom, contenu in membres:
            archive.writestr(nom, contenu)
    return sortie.getvalue()


def codes(lu):
    return [erreur.code for erreur in lu.erreurs]


def test_members_are_files_of_their_own():
    octets = build_zip(("a/facture.xml", CII), ("avoir.xml", UBL), ("liste.csv", LISTE), ("notes.bin", b"\x00rien"))
    archive, *membres = read_fichiers(octets, "envoi.zip")
    assert (archive.nom, archive.format, archive.creances, archive.erreurs) == ("envoi.zip", "zip", (), ())
    assert [(m.nom, m.format, len(m.creances)) for m in membres] == [
        ("envoi.zip/a/facture.xml", "cii", 1),
        ("envoi.zip/avoir.xml", "ubl", 1),
        ("envoi.zip/liste.csv", "csv_factures", 1),
        ("envoi.zip/notes.bin", None, 0),
    ]
    assert membres[0].creances[0].origine.fichier == "envoi.zip/a/facture.xml"
    assert membres[2].taille == len(LISTE)


def test_an_archive_taken_as_a_whole_puts_its_members_together():
    lu = read_fichier(build_zip(("facture.xml", CII), ("liste.csv", LISTE), ("vide.csv", b"")), "envoi.zip")
    assert (lu.format, lu.resume["membres"]) == ("zip", "3")
    assert [creance.numero for creance in lu.creances] == ["F-2023-003", "F-1"]
    assert len(lu.tiers) == 2
    assert codes(lu) == ["fichier_vide"]
    assert "envoi.zip/vide.csv" in lu.erreurs[0].message


def test_a_fault_names_its_member():
    liste = LISTE + b"F-2;Fictif;bientot;1,00\n"
    (erreur,) = read_fichier(build_zip(("liste.csv", liste)), "envoi.zip").erreurs
    assert erreur.message.startswith("envoi.zip/liste.csv : Ligne 3")


def test_what_systems_add_is_ignored():
    octets = build_zip(
        ("__MACOSX/._facture.xml", b"x"), (".DS_Store", b"x"), ("d/Thumbs.db", b"x"), ("d/", b""), ("f.xml", CII)
    )
    assert [m.nom for m in read_fichiers(octets, "z.zip")] == ["z.zip", "z.zip/f.xml"]


def test_a_pdf_stored_without_compression_does_not_hide_the_archive():
    pdf = (DONNEES / "facturx" / "Facture_FR_BASIC.pdf").read_bytes()
    octets = build_zip(("a.pdf", pdf), ("b.xml", CII), compression=zipfile.ZIP_STORED)
    assert [m.format for m in read_fichiers(octets)] == ["zip", "facturx", "cii"]


def test_an_empty_archive_is_said():
    assert codes(read_fichier(build_zip(), "z.zip")) == ["archive_vide"]


def test_one_archive_inside_another_and_no_more():
    un = build_zip(("f.xml", CII))
    deux = build_zip(("un.zip", un))
    assert [m.nom for m in read_fichiers(deux, "z.zip")] == ["z.zip", "z.zip/un.zip", "z.zip/un.zip/f.xml"]
    lus = read_fichiers(build_zip(("deux.zip", deux)), "z.zip")
    assert [(m.nom, codes(m)) for m in lus][-1] == ("z.zip/deux.zip/un.zip", ["archive_imbriquee"])


@pytest.mark.parametrize(
    ("nom", "propre"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Windows\\..\\x.csv", "Windows/x.csv"),
        ("a\x00b\n.csv", "ab.csv"),
        ("..", "sans-nom"),
        ("a" * 500, "a" * 200),
    ],
)
def test_names_only_designate(nom, propre):
    assert clean_nom(nom) == propre


def test_a_way_up_is_never_followed(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    _, membre = read_fichiers(build_zip(("../../../evade.csv", LISTE)), "z.zip")
    assert (membre.nom, len(membre.creances)) == ("z.zip/evade.csv", 1)
    assert list(tmp_path.iterdir()) == []
    assert not list(tmp_path.parent.glob("evade*"))


def test_links_are_not_followed():
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        lien = zipfile.ZipInfo("lien.csv")
        lien.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(lien, "/etc/passwd")
    assert codes(read_fichier(sortie.getvalue())) == ["membre_lien"]


def test_encrypted_members_are_said_and_the_others_read():
    octets = bytearray(build_zip(("secret.csv", LISTE), ("clair.csv", LISTE)))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        debut = octets.index(signature)
        octets[debut + place] |= 1
    lus = read_fichiers(bytes(octets), "z.zip")
    assert codes(lus[0]) == ["membre_protege"]
    assert [m.nom for m in lus[1:]] == ["z.zip/clair.csv"]


def test_damaged_members_are_said_and_the_others_read():
    octets = bytearray(build_zip(("abime.csv", LISTE * 20), ("bon.csv", LISTE)))
    debut = octets.index(b"abime.csv") + len("abime.csv")
    octets[debut + 5 : debut + 25] = b"\xff" * 20
    lus = read_fichiers(bytes(octets), "z.zip")
    assert codes(lus[0]) == ["membre_abime"]
    assert [m.nom for m in lus[1:]] == ["z.zip/bon.csv"]


def test_a_truncated_archive_is_one_sentence():
    lu = read_fichier(build_zip(("a.csv", LISTE))[:-10], "z.zip")
    assert (lu.format, codes(lu)) == ("zip", ["archive_abimee"])


@pytest.mark.parametrize(("encodage", "affiche"), [("cp850", "été.csv"), ("utf-8", "été.csv")])
def test_accented_names_without_the_mark_of_utf8(encodage, affiche):
    brut = "été.csv".encode(encodage)
    octets = build_zip(("x" * len(brut), LISTE)).replace(b"x" * len(brut), brut)
    assert read_fichiers(octets, "z.zip")[1].nom == f"z.zip/{affiche}"


def test_too_many_members(monkeypatch):
    monkeypatch.setattr(archives, "MEMBRES_MAX", 3)
    octets = build_zip(*((f"{rang}.csv", LISTE) for rang in range(5)))
    budget = archives.Budget(membres=3)
    collecte = archives.Collecte()
    lus = list(archives.open_membres(archives.Contenu(octets, "z.zip"), budget, collecte, 0))
    assert len(lus) == 3
    assert [e.code for e in collecte.list_erreurs()] == ["archive_demesuree"]


@pytest.mark.parametrize("taille", [400_000_000, 600_000_000])
def test_a_bomb_is_refused_before_it_unfolds(taille, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    sortie = io.BytesIO()
    with (
        zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("bombe.csv", "w", force_zip64=True) as membre,
    ):
        bloc = b"\x00" * 10_000_000
        for _ in range(taille // len(bloc)):
            membre.write(bloc)
    lus = read_fichiers(sortie.getvalue(), "z.zip")
    assert [codes(lu) for lu in lus] == [["archive_demesuree"]]


def test_a_size_that_lies_is_not_believed():
    octets = bytearray(build_zip(("bombe.csv", b"\x00" * 60_000_000)))
    struct.pack_into("<I", octets, octets.index(b"PK\x01\x02") + 24, 10)
    lus = read_fichiers(bytes(octets), "z.zip")
    assert lus[0].erreurs
    assert sum(lu.taille for lu in lus[1:]) < 1000
