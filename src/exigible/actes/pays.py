"""The names of the countries, as an address from France writes them on its last line."""

from __future__ import annotations

from exigible.actes.catalogue.injonction_de_payer_europeenne.pays import UNION

_AUTRES = {
    "AD": "Andorre", "BR": "Brésil", "CA": "Canada", "CH": "Suisse", "CI": "Côte d’Ivoire", "CN": "Chine",
    "DK": "Danemark", "DZ": "Algérie", "GB": "Royaume-Uni", "IS": "Islande", "JP": "Japon", "LI": "Liechtenstein",
    "MA": "Maroc", "MC": "Monaco", "NO": "Norvège", "SN": "Sénégal", "TN": "Tunisie", "TR": "Turquie",
    "US": "États-Unis",
}  # fmt: skip


def write_pays(code: str) -> str:
    """Name a country of this code (ISO 3166, two letters); what is not a known code is returned as it is."""
    return UNION.get(code) or _AUTRES.get(code, code)
