"""The logo of the letterhead: what is accepted, where it is printed, what is said of a broken one."""

import io
import struct
import zlib
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest
from msgspec.structs import replace

from exigible.actes.decompte.rendu import render_decompte
from exigible.actes.logo.image import COTE_MAX, HAUTEUR_MAX, LARGEUR_MAX, OCTETS_MAX, check_logo, read_logo
from exigible.actes.mise_en_demeure.rendu import render_mise_en_demeure
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie

MILLIMETRE = 72 / 25.4
JPEG = Path(__file__).with_name("donnees").joinpath("logo.jpg").read_bytes()  # 60 × 24, one flat colour


def make_bloc(nom, contenu):
    return struct.pack(">I", len(contenu)) + nom + contenu + struct.pack(">I", zlib.crc32(nom + contenu))


def make_png(largeur=120, hauteur=48):
    rangs = b"".join(b"\0" + b"\x1f\x4a\x6b" * largeur for _ in range(hauteur))
    entete = make_bloc(b"IHDR", struct.pack(">IIBBBBB", largeur, hauteur, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + entete + make_bloc(b"IDAT", zlib.compress(rangs)) + make_bloc(b"IEND", b"")


def find_images(pdf):
    """Left, top, width and height in millimetres of each picture of the first page, from its upper left corner."""
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    images = []

    def visit(operateur, operandes, cm, _tm):
        objet = page["/Resources"]["/XObject"][operandes[0]] if operateur == b"Do" else {}
        if objet.get("/Subtype") == "/Image":
            haut = float(page.mediabox.height) - cm[5] - max(cm[3], 0)
            images.append([round(cote / MILLIMETRE, 1) for cote in (cm[4], haut, cm[0], abs(cm[3]))])

    page.extract_text(visitor_operand_before=visit)
    return images


def render(etat, **options):
    return render_mise_en_demeure(etat, [creance.cle for creance in etat.creances], **options)


@pytest.mark.parametrize("logo", [make_png(), JPEG, make_png(10, 600), make_png(1200, 30)])
def test_le_logo_tient_au_dessus_de_la_fenetre(fabrique, logo):
    mesure = read_logo(logo)
    assert Decimal(mesure.hauteur) <= HAUTEUR_MAX
    assert Decimal(mesure.largeur) <= LARGEUR_MAX
    for pdf in (render(fabrique(), logo=logo).pdf, render_decompte(fabrique(), logo=logo)):
        [(gauche, haut, largeur, hauteur)] = find_images(pdf)
        assert gauche >= 22 - 0.1
        assert haut + hauteur <= 50
        assert largeur <= LARGEUR_MAX
        assert hauteur <= HAUTEUR_MAX + Decimal("0.1")


def test_le_logo_ne_change_rien_d_autre(fabrique):
    sans, avec = render(fabrique()), render(fabrique(), logo=make_png())
    assert find_images(sans.pdf) == []
    assert avec.texte == sans.texte
    assert avec.sha256 != sans.sha256
    assert render(fabrique(), logo=make_png()).sha256 == avec.sha256


def test_un_long_nom_pres_du_logo_ne_descend_pas_sur_la_fenetre(fabrique):
    nom = "Société coopérative des artisans réunis du bâtiment et des travaux publics de Testville et des environs " * 2
    pdf = render(fabrique(creancier=replace(fabrique.CREANCIER, nom=nom[:200])), logo=make_png(300, 108)).pdf
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    places = []

    def visit(texte, cm, tm, _police, taille):
        if texte.strip() and texte.strip() in nom:
            places.append((float(page.mediabox.height) - tm[5] * cm[3] - cm[5], taille))

    page.extract_text(visitor_text=visit)
    entete = [haut for haut, _taille in places if haut < 100 * MILLIMETRE]
    assert len(entete) >= 3
    assert max(entete) < 48 * MILLIMETRE


@pytest.mark.parametrize(
    ("contenu", "code"),
    [
        (b"GIF89a" + bytes(40), "logo_inconnu"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo_inconnu"),
        (b"", "logo_inconnu"),
        (b"\x89PNG\r\n\x1a\n", "logo_illisible"),
        (b"\xff\xd8\xff\xe0" + bytes(30), "logo_illisible"),
        (JPEG[:20], "logo_illisible"),
        (make_png(0, 5), "logo_illisible"),
        (make_png()[:60], "logo_illisible"),
        (make_png(COTE_MAX + 1, 1), "logo_trop_grand"),
        (make_png() + bytes(OCTETS_MAX), "logo_trop_lourd"),
    ],
)
def test_ce_qui_n_est_pas_un_logo_est_refuse_en_une_phrase(contenu, code):
    with pytest.raises(ErreurSaisie) as erreur:
        check_logo(contenu)
    assert erreur.value.code == code
    assert erreur.value.champ == "logo"


def test_un_logo_se_reconnait_a_son_contenu():
    assert check_logo(make_png()) == "png"
    assert check_logo(JPEG) == "jpg"
    mesure = read_logo(JPEG)
    assert (mesure.largeur, mesure.hauteur) == ("45.0", "18.0")


def test_une_image_abimee_arrete_la_lettre_en_une_phrase(fabrique):
    with pytest.raises(ErreurExigible) as erreur:
        render(fabrique(), logo=make_png()[:60])
    assert erreur.value.code == "logo_illisible"
    assert "réglages" in erreur.value.message
