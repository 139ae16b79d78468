"""An exhibit as pages: what prints, what does not and says so, nothing that stops the bundle."""

from __future__ import annotations

import io
from datetime import date

import pikepdf
import pytest

from exigible.actes.preuve.assemblage import Volet, assemble, list_debuts, open_pdf
from exigible.actes.preuve.pages import COLONNES, LIGNES_MAX, read_pages, wrap_lignes

JOUR = date(2026, 11, 21)


def make_pdf(pages=1, taille=(595, 842), **options):
    pdf = pikepdf.Pdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=taille)
    sortie = io.BytesIO()
    pdf.save(sortie, **options)
    return sortie.getvalue()


@pytest.fixture(name="lire")
def _lire(tmp_path):
    """A function that reads bytes as an exhibit of that name."""

    def read(nom, octets):
        chemin = tmp_path / nom
        chemin.write_bytes(octets)
        return read_pages(chemin, f"Pièce n° 1 — {nom}", "ab" * 32, f"pieces/{nom}")

    return read


def lire_texte(pdf):
    import pypdf

    sortie = io.BytesIO()
    pdf.save(sortie)
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(sortie).pages)


def test_un_pdf_garde_ses_pages(lire):
    lue = lire("facture.pdf", make_pdf(3))
    assert (lue.pages, len(lue.pdf.pages), lue.remarque) == (3, 3, "")


@pytest.mark.parametrize(
    ("nom", "octets", "dit"),
    [
        ("coupe.pdf", make_pdf(2)[:60], "abîmé"),
        ("vide.pdf", make_pdf(0), "n'a aucune page"),
        ("secret.pdf", make_pdf(encryption=pikepdf.Encryption(user="ouvre-toi", owner="maître")), "mot de passe"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "abîmé"),
        ("dessin.heic", b"\0\0\0\x18ftypheic", "ne s'imprime pas"),
        ("tableur.csv", b"a;b\0c", "ne s'imprime pas"),
        ("rien.bin", b"", "ne s'imprime pas"),
    ],
)
def test_ce_qui_ne_s_imprime_pas_est_dit_sur_une_feuille(lire, nom, octets, dit):
    lue = lire(nom, octets)
    assert lue.pages is None
    assert dit in lue.remarque
    texte = lire_texte(lue.pdf)
    assert f"pieces/{nom}" in texte
    assert " ".join(["abababab"] * 7) in texte


def test_un_pdf_chiffre_sans_mot_de_passe_d_ouverture_s_imprime(lire):
    assert lire("droits.pdf", make_pdf(2, encryption=pikepdf.Encryption(user="", owner="maître"))).pages == 2


def make_flux_abime():
    """A PDF whose only fault is in the drawing of its page."""
    pdf = pikepdf.Pdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    page.obj.Contents = pikepdf.Array([pdf.make_stream(b"q 1 0 0 1 0 0 cm Q " * 50) for _ in range(2)])
    sortie = io.BytesIO()
    pdf.save(sortie, compress_streams=True, recompress_flate=True)
    octets = bytearray(sortie.getvalue())
    debut = octets.index(b"stream\n") + 7
    octets[debut : debut + 12] = b"\xff" * 12
    return bytes(octets)


def make_cadre_faux():
    """A PDF whose page is cut to a frame that is none."""
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page(page_size=(595, 842)).obj.CropBox = pikepdf.Array([0, 0, 5])
    sortie = io.BytesIO()
    pdf.save(sortie)
    return sortie.getvalue()


@pytest.mark.parametrize("octets", [make_flux_abime(), make_cadre_faux()], ids=["flux", "cadre"])
def test_un_dessin_abime_est_dit_et_n_arrete_pas_la_liasse(lire, octets, tmp_path):
    lue = lire("abime.pdf", octets)
    assert "abîmé" in lue.remarque
    assert assemble([Volet("a", lue.pdf, 1)], tmp_path / "l.pdf", titre="t", rappel="r", sujet="s", jour=JOUR) == 1


def test_un_champ_rempli_et_une_note_s_impriment(lire):
    pdf = pikepdf.Pdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    apparence = pdf.make_stream(b"0 0 100 20 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    apparence.BBox = pikepdf.Array([0, 0, 100, 20])
    annotation = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Stamp,
        Rect=pikepdf.Array([10, 10, 110, 30]),
        AP=pikepdf.Dictionary(N=apparence),
        F=4,
    )
    page.obj.Annots = pikepdf.Array([pdf.make_indirect(annotation)])
    sortie = io.BytesIO()
    pdf.save(sortie)
    lue = lire("tamponne.pdf", sortie.getvalue())
    assert "/Annots" not in lue.pdf.pages[0].obj or not len(lue.pdf.pages[0].obj.Annots)
    assert list(lue.pdf.pages[0].resources.XObject.keys())


@pytest.mark.parametrize("codage", ["utf-8", "utf-8-sig", "cp1252"])
def test_un_texte_s_imprime_comme_il_est(lire, codage):
    texte = lire_texte(lire("échange.txt", "Reçu l'œuvre à 12 €\n\tsigné".encode(codage)).pdf)
    assert "Reçu l'œuvre à 12 €" in texte


def test_un_courriel_se_lit(lire):
    message = (
        b"From: =?utf-8?q?Zo=C3=A9?= <zoe@exemple.example>\nTo: nous@exemple.example\n"
        b"Subject: =?utf-8?q?Re=C3=A7u?=\nDate: Mon, 02 Mar 2026 10:00:00 +0100\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/plain; charset=utf-8\n\n'
        b"Je paierai lundi.\n--x\nContent-Type: application/pdf\n"
        b'Content-Disposition: attachment; filename="bon.pdf"\n\nabc\n--x--\n'
    )
    texte = lire_texte(lire("aveu.eml", message).pdf)
    for attendu in ("De : Zoé <zoe@exemple.example>", "Objet : Reçu", "Pièce attachée : bon.pdf", "Je paierai lundi."):
        assert attendu in texte


def test_un_courriel_en_html_perd_ses_balises_et_un_autre_n_a_pas_de_texte(lire):
    html = b"Subject: x\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>Je <b>dois</b> 100</p>"
    assert "Je dois 100" in lire_texte(lire("a.eml", html).pdf)
    sans = b"Subject: x\nMIME-Version: 1.0\nContent-Type: image/png\n\nabc"
    assert "n'a pas de texte" in lire_texte(lire("b.eml", sans).pdf)


def test_un_long_fichier_n_imprime_que_son_debut_et_le_dit(lire):
    lue = lire("ecritures.csv", b"a;b;c\n" * (LIGNES_MAX + 10))
    assert "Seul le début est imprimé" in lue.remarque
    assert lue.pages == len(lue.pdf.pages)


def test_aucune_ligne_ne_depasse_et_rien_n_est_perdu():
    texte = "x" * (COLONNES * 2 + 5) + "\n\nfin\x07"
    assert wrap_lignes(texte, 10) == ["x" * COLONNES, "x" * COLONNES, "x" * 5, "", "fin\ufffd"]
    assert len(wrap_lignes("a\n" * 50, 7)) == 7


def test_les_pieces_sont_dessinees_dans_un_cadre_et_nos_pages_telles_quelles(tmp_path):
    grande, rotation = open_pdf(make_pdf(taille=(2000, 1000))), open_pdf(make_pdf())
    rotation.pages[0].rotate(90, relative=False)
    notre = open_pdf(make_pdf(2))
    volets = [Volet("Requête", notre), Volet("Plan", grande, 1, "Pièces"), Volet("Photo", rotation, 2, "Pièces")]
    assert list_debuts(volets) == (1, 3, 4)
    sortie = tmp_path / "l.pdf"
    assert assemble(volets, sortie, titre="T", rappel="R", sujet="ab" * 32, jour=JOUR) == 4
    with pikepdf.open(sortie) as pdf:
        assert [round(float(page.mediabox[2])) for page in pdf.pages] == [595, 595, 842, 842]
        assert str(pdf.docinfo["/Title"]) == "T"
        assert not list(pdf.check_pdf_syntax())
    assert b"ab" * 32 in sortie.read_bytes()


def test_les_memes_volets_donnent_les_memes_octets(tmp_path):
    octets = []
    for nom in ("a.pdf", "b.pdf"):
        volets = [Volet("Acte", open_pdf(make_pdf(1, deterministic_id=True)))]
        volets.append(Volet("Pièce", open_pdf(make_pdf(2, (300, 200), deterministic_id=True)), 1, "Pièces"))
        assemble(volets, tmp_path / nom, titre="T", rappel="R", sujet="s", jour=JOUR)
        octets.append((tmp_path / nom).read_bytes())
    assert octets[0] == octets[1]
