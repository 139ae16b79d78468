"""The names of the countries, as an address from France writes them on its last line."""

from __future__ import annotations

from exigible.actes.catalogue.injonction_de_payer_europeenne.pays import UNION

_AUTRES = {
    "AD": "Andorre", "AE": "Émirats arabes unis", "AL": "Albanie", "AM": "Arménie", "AR": "Argentine",
    "AU": "Australie", "BA": "Bosnie-Herzégovine", "BF": "Burkina Faso", "BJ": "Bénin", "BR": "Brésil", "CA": "Canada",
    "CD": "République démocratique du Congo", "CG": "Congo", "CH": "Suisse", "CI": "Côte d’Ivoire", "CL": "Chili",
    "CM": "Cameroun", "CN": "Chine", "CO": "Colombie", "DJ": "Djibouti", "DK": "Danemark", "DZ": "Algérie",
    "EG": "Égypte", "GA": "Gabon", "GB": "Royaume-Uni", "GE": "Géorgie", "GN": "Guinée", "HK": "Hong Kong",
    "HT": "Haïti", "ID": "Indonésie", "IL": "Israël", "IN": "Inde", "IS": "Islande", "JO": "Jordanie", "JP": "Japon",
    "KE": "Kenya", "KM": "Comores", "KR": "Corée du Sud", "KW": "Koweït", "LB": "Liban", "LI": "Liechtenstein",
    "LK": "Sri Lanka", "MA": "Maroc", "MC": "Monaco", "MD": "Moldavie", "ME": "Monténégro", "MG": "Madagascar",
    "MK": "Macédoine du Nord", "ML": "Mali", "MR": "Mauritanie", "MU": "Maurice", "MX": "Mexique", "MY": "Malaisie",
    "NE": "Niger", "NG": "Nigeria", "NO": "Norvège", "NZ": "Nouvelle-Zélande", "PE": "Pérou", "PH": "Philippines",
    "PK": "Pakistan", "QA": "Qatar", "RS": "Serbie", "RU": "Russie", "RW": "Rwanda", "SA": "Arabie saoudite",
    "SG": "Singapour", "SM": "Saint-Marin", "SN": "Sénégal", "TD": "Tchad", "TG": "Togo", "TH": "Thaïlande",
    "TN": "Tunisie", "TR": "Turquie", "UA": "Ukraine", "US": "États-Unis", "UY": "Uruguay", "VA": "Vatican",
    "VN": "Viêt Nam", "XK": "Kosovo", "ZA": "Afrique du Sud",
}  # fmt: skip


def write_pays(code: str) -> str:
    """Name a country of this code (ISO 3166, two letters); what is not a known code is returned as it is."""
    return UNION.get(code) or _AUTRES.get(code, code)
