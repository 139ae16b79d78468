"""The files of a dossier: sorted by their headings, exported as they are sorted."""

import io
import re
from datetime import date

import pytest
import python_calamine
from django.urls import reverse

from exigible.bureau.journal.services import store_piece
from exigible.dossier.faits import PieceJointe

FICHIERS = (
    ("Bon de commande.pdf", b"%PDF-1.4 bon", date(2026, 3, 2)),
    ("avoir.txt", b"a", date(2026, 11, 2)),
    ("=cmd.csv", b"=1+1;un;deux;trois;quatre", date(2026, 5, 2)),
)


@pytest.fixture
def joints(dossier, ecrire):
    for nom, contenu, jour in FICHIERS:
        piece = store_piece(dossier.cabinet, contenu, nom, "application/octet-stream")
        ecrire(dossier, (PieceJointe(piece=piece.sha256, nom=nom, description=f"Fichier fictif {nom[:3]}"), jour))
    return dossier


def lister_noms(navigateur, dossier, tri=""):
    page = navigateur.get(reverse("dossier_pieces", args=[dossier.pk]), {"tri": tri} if tri else {}).content.decode()
    return re.findall(r'<a href="/pieces/[0-9a-f]{64}/">([^<]+)</a>', page)


@pytest.mark.parametrize(
    ("tri", "ordre"),
    [
        ("", "avoir.txt =cmd.csv Bon de commande.pdf"),
        ("-date", "avoir.txt =cmd.csv Bon de commande.pdf"),
        ("date", "Bon de commande.pdf =cmd.csv avoir.txt"),
        ("nom", "=cmd.csv avoir.txt Bon de commande.pdf"),
        ("-nom", "Bon de commande.pdf avoir.txt =cmd.csv"),
        ("taille", "avoir.txt Bon de commande.pdf =cmd.csv"),
        ("-taille", "=cmd.csv Bon de commande.pdf avoir.txt"),
        ("contenu", "avoir.txt =cmd.csv Bon de commande.pdf"),
    ],
)
def test_les_fichiers_se_trient(navigateur, joints, tri, ordre):
    assert " ".join(lister_noms(navigateur, joints, tri)) == ordre


def test_l_export_suit_le_tri_et_neutralise_les_formules(navigateur, joints):
    adresse = reverse("dossier_pieces_export", args=[joints.pk, "csv"])
    reponse = navigateur.get(adresse, {"tri": "nom"})
    assert f"{joints.reference}-pieces-2026-11-21.csv" in reponse.headers["Content-Disposition"]
    titres, *lignes = reponse.content.decode("utf-8-sig").splitlines()
    assert titres == "Fichier;Description;Joint le;Taille en octets;Empreinte SHA-256"
    assert [ligne.split(";")[0] for ligne in lignes] == ["'=cmd.csv", "avoir.txt", "Bon de commande.pdf"]
    assert re.fullmatch(r"avoir\.txt;Fichier fictif avo;02/11/2026;1;[0-9a-f]{64}", lignes[1])
    tableur = navigateur.get(reverse("dossier_pieces_export", args=[joints.pk, "xlsx"]))
    feuille = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(tableur.content)).get_sheet_by_index(0)
    assert [ligne[0] for ligne in feuille.to_python()] == [
        "Fichier",
        "avoir.txt",
        "=cmd.csv",
        "Bon de commande.pdf",
    ]


def test_l_export_ne_sort_pas_du_cabinet(navigateur, etranger, joints):
    for extension in ("csv", "xlsx"):
        adresse = reverse("dossier_pieces_export", args=[joints.pk, extension])
        assert etranger.get(adresse).status_code == 404
        assert navigateur.get(adresse).status_code == 200
    assert navigateur.get(reverse("dossier_pieces_export", args=[joints.pk, "exe"])).status_code == 404


def test_sans_fichier_pas_d_export_propose(navigateur, dossier):
    page = navigateur.get(reverse("dossier_pieces", args=[dossier.pk])).content.decode()
    assert reverse("dossier_pieces_export", args=[dossier.pk, "csv"]) not in page
