"""The payment code: what it holds, and how it is cut to the standard."""

import io
from decimal import Decimal

import pytest
import typst
import zxingcpp
from PIL import Image

from exigible.actes.qr import build_texte_epc, check_iban, draw_qr
from exigible.droit.erreurs import ErreurSaisie

IBAN = "FR7699999000010000000000115"


def read_dessin(svg):
    """Draw the SVG as a page would, and read the picture with a reader of codes."""
    page = '#set page(width: auto, height: auto, margin: 5mm)\n#image(bytes("{}"), format: "svg", width: 25mm)'
    png = typst.compile(page.format(svg.replace('"', '\\"')).encode(), format="png", ppi=200)
    lus = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))
    return [(lu.bytes.decode(), lu.format, lu.ec_level) for lu in lus]


def test_le_code_dessine_se_lit():
    attendu = (
        "BCD\n002\n1\nSCT\nAAAAFRPPXXX\nÉtablissements Été\nFR7699999000010000000000115\nEUR6515.89\n\n\nDOS-2026-0042"
    )
    texte = build_texte_epc(
        "Établissements Été", "FR76 9999 9000 0100 0000 0000 115", "aaaafrppxxx", Decimal("6515.89"), "DOS-2026-0042"
    )
    assert texte == attendu
    svg = draw_qr("Établissements Été", IBAN, "AAAAFRPPXXX", Decimal("6515.89"), "DOS-2026-0042")
    assert read_dessin(svg) == [(attendu, zxingcpp.BarcodeFormat.QRCode, "M")]


def test_le_plus_long_texte_tient_et_se_lit():
    texte = build_texte_epc("é" * 70, IBAN, "AAAAFRPPXXX", Decimal("999999999.99"), "à" * 140)
    svg = draw_qr("é" * 70, IBAN, "AAAAFRPPXXX", Decimal("999999999.99"), "à" * 140)
    assert [lu[0] for lu in read_dessin(svg)] == [texte]
    # The standard stops at version 13: 17 modules, and 4 more a version.
    assert int(svg.split('width="')[1].split('"')[0]) <= 17 + 4 * 13


def test_nom_et_reference_sont_coupes_a_la_norme():
    lignes = build_texte_epc("N" * 90, IBAN, "", Decimal(1), "R" * 200).split("\n")
    assert lignes[4] == ""
    assert lignes[5] == "N" * 70
    assert lignes[10] == "R" * 140


def test_le_texte_tient_dans_le_code_meme_accentue():
    texte = build_texte_epc("é" * 70, IBAN, "AAAAFRPPXXX", Decimal(1), "à" * 140)
    assert len(texte.encode()) <= 331
    assert texte.endswith("à")


@pytest.mark.parametrize("montant", [Decimal("0.00"), Decimal("1000000000.00")])
def test_hors_des_montants_de_la_norme_il_n_y_a_pas_de_code(montant):
    assert draw_qr("Atelier Exemple", IBAN, "", montant, "X") == ""


def test_les_montants_extremes_de_la_norme_passent():
    assert "EUR999999999.99" in build_texte_epc("A", IBAN, "", Decimal("999999999.99"), "X")
    assert draw_qr("A", IBAN, "", Decimal("999999999.99"), "X").startswith("<svg")
    assert draw_qr("A", IBAN, "", Decimal("0.01"), "X").startswith("<svg")


@pytest.mark.parametrize("iban", ["", "FR76", "FR7699999000010000000000116", "PAS UN IBAN DU TOUT", "FR76 é999 9000"])
def test_un_iban_faux_est_refuse(iban):
    with pytest.raises(ErreurSaisie, match="n'est pas valable") as erreur:
        check_iban(iban)
    assert erreur.value.champ == "iban"
