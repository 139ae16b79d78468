"""The SEPA QR code that a banking application reads to fill in a credit transfer (EPC069-12, version 002)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import cast

import zxingcpp

from exigible.droit.argent import CENTIME
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase

MONTANT_MAX = Decimal("999999999.99")
LONGUEUR_NOM = 70
LONGUEUR_REFERENCE = 140
OCTETS_MAX = 331

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")
_CLE = 97
_SOMBRES = re.compile(rb"\x00+")


def check_iban(iban: str) -> str:
    """The IBAN without spaces, in capitals. Raises ErreurSaisie (`iban_invalide`) when its shape or key is wrong."""
    compact = re.sub(r"\s", "", iban).upper()
    if _IBAN.fullmatch(compact):
        nombre = "".join(str(int(c, 36)) for c in compact[4:] + compact[:4])
        if int(nombre) % _CLE == 1:
            return compact
    raise ErreurSaisie(
        "iban_invalide",
        phrase("L'IBAN « {iban} » n'est pas valable : vérifiez-le dans les comptes bancaires du créancier.", iban=iban),
        "iban",
        valeur=iban,
    )


def build_texte_epc(nom: str, iban: str, bic: str, montant: Decimal, reference: str) -> str:
    """The text that the code holds: beneficiary, account, euros, free reference. Name and reference are cut to size.

    Raises ErreurSaisie (`iban_invalide`).
    """
    compact = re.sub(r"\s", "", bic).upper()
    texte = "\n".join(
        (
            "BCD",
            "002",
            "1",
            "SCT",
            compact if _BIC.fullmatch(compact) else "",
            nom[:LONGUEUR_NOM],
            check_iban(iban),
            f"EUR{montant.quantize(CENTIME)}",
            "",
            "",
            reference[:LONGUEUR_REFERENCE],
        )
    )
    # The reference comes last: what does not fit in the code is cut there, never inside an accented letter.
    return texte.encode()[:OCTETS_MAX].decode(errors="ignore")


def draw_qr(nom: str, iban: str, bic: str, montant: Decimal, reference: str) -> str:
    """The code as an SVG text; empty when the amount is out of what the standard allows (0,01 to 999 999 999,99 €).

    Raises ErreurSaisie (`iban_invalide`).
    """
    texte = build_texte_epc(nom, iban, bic, montant, reference)
    if not CENTIME <= montant <= MONTANT_MAX:
        return ""
    return _draw(texte)


@lru_cache(maxsize=64)
def _draw(texte: str) -> str:
    """Draw a code once: the same demand is written several times before it is printed.

    One path, a stroke for each run of dark modules; the white margin that a reader needs is the page's.
    """
    code = zxingcpp.create_barcode(texte.encode(), zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = code.to_image(scale=1, add_quiet_zones=False)
    modules, cote = bytes(cast("bytes", image)), image.shape[0]
    traits = (
        f"M{sombres.start()} {y}.5h{len(sombres[0])}"
        for y in range(cote)
        for sombres in _SOMBRES.finditer(modules[y * cote : (y + 1) * cote])
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{cote}" height="{cote}">'
        f'<path stroke="#000" d="{"".join(traits)}"/></svg>'
    )
