"""Days and amounts as people write them in a list: French, ISO or American dates, accountants' minus signs.

What a column holds says how to read it: 11/21/2026 makes the whole list American; 05/01/2026 alone says nothing and is
read the French way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.droit.argent import parse_montant
from exigible.droit.phrase import phrase
from exigible.echanges.collecte import Collecte
from exigible.echanges.valeurs import fold_texte, parse_date

CHAMPS_DE_DATE = (
    *("date_emission", "date_echeance", "date_envoi", "date_execution", "date_paiement"),
    *("date", "date_piece", "echeance"),
)
_CHIFFREE = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?=$|[T ])", re.ASCII)
_EN_LETTRES = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?[ ./-]*([^\W\d_]{3,9})\.?[ ,./-]*(\d{4}|\d{2})$")
_EN_LETTRES_US = re.compile(r"([^\W\d_]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$")
_MOIS = {
    mot: rang
    for rang, mots in enumerate(
        (
            ("janvier", "janv", "jan", "january"),
            ("fevrier", "fevr", "fev", "february", "feb"),
            ("mars", "mar", "march"),
            ("avril", "avr", "april", "apr"),
            ("mai", "may"),
            ("juin", "june", "jun"),
            ("juillet", "juil", "jul", "july"),
            ("aout", "aou", "august", "aug"),
            ("septembre", "sept", "sep", "september"),
            ("octobre", "oct", "october"),
            ("novembre", "nov", "november"),
            ("decembre", "dec", "december"),
        ),
        1,
    )
    for mot in mots
}
_SIECLE_PASSE = 80
_ANNEE_COURTE = 2
_DOUZE = 12
_ENTRE_PARENTHESES = re.compile(r"\((.+)\)")
_SENS_FINAL = re.compile(r"(.*\d)\s*(-|CR|DR|DB|DT|C|D)", re.IGNORECASE)
_NEGATIFS = frozenset({"-", "CR", "C"})
_MILLIERS = re.compile(r"[+-]?\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?", re.ASCII)
_MONNAIE = re.compile(r"^(?:€|EUR)\s*|\s*(?:€|EUR|euros?)$", re.IGNORECASE)

Lignes = Iterable[tuple[int, Sequence[object]]]


@dataclass(frozen=True, slots=True)
class Ecriture:
    """How a list writes its days: the month first (`americaine`), or as in French."""

    americaine: bool = False

    def read_date(self, texte: str, champ: str) -> date:
        """Read a day. Raises ErreurSaisie as `parse_date`; years of two figures are those from 1980 to 2079."""
        brut = texte.strip()
        if trouve := _CHIFFREE.match(brut):
            premier, _, second, annee = trouve.groups()
            jour, mois = (second, premier) if self.americaine else (premier, second)
            return parse_date(f"{jour}/{mois}/{_complete_annee(annee)}", champ)
        if (lettres := _read_lettres(brut)) is not None:
            return parse_date(lettres, champ)
        return parse_date(brut, champ)


FRANCAISE = Ecriture()


def guess_ecriture(lignes: Lignes, noms: Sequence[str], colonnes: Mapping[str, int], collecte: Collecte) -> Ecriture:
    """Tell how the first rows write their days; what had to be supposed is said, once for the list."""
    jours = _list_jours(lignes, colonnes)
    court = next((jour for jour in jours if len(jour[4]) == _ANNEE_COURTE), None)
    if court:
        message = phrase(
            "Les années à deux chiffres sont complétées : « {exemple} » est en {annee}.",
            exemple=court[0],
            annee=_complete_annee(court[4]),
        )
        collecte.warn("annee_courte", message)
    jour_d_abord = any(int(jour[1]) > _DOUZE for jour in jours)
    mois_d_abord = [jour for jour in jours if int(jour[3]) > _DOUZE]
    if mois_d_abord and not jour_d_abord:
        collecte.warn(
            "dates_americaines",
            phrase("Les dates sont lues mois d'abord, comme « {exemple} » : vérifiez-les.", exemple=mois_d_abord[0][0]),
        )
        return Ecriture(americaine=True)
    douteux = [jour for jour in jours if jour[1] != jour[3]]
    if douteux and not jour_d_abord and not mois_d_abord and _is_anglais(noms):
        collecte.warn(
            "dates_ambigues",
            phrase(
                "Les titres sont en anglais et « {exemple} » pourrait se lire mois d'abord : les dates sont lues jour "
                "d'abord, vérifiez-les.",
                exemple=douteux[0][0],
            ),
        )
    return FRANCAISE


def _list_jours(lignes: Lignes, colonnes: Mapping[str, int]) -> list[re.Match[str]]:
    positions = [colonnes[champ] for champ in CHAMPS_DE_DATE if champ in colonnes]
    return [
        trouve
        for _, cellules in lignes
        for position in positions
        if position < len(cellules)
        and isinstance(texte := cellules[position], str)
        and (trouve := _CHIFFREE.match(texte.strip()))
    ]


def _is_anglais(noms: Sequence[str]) -> bool:
    """Tell whether the titles are English: « Invoice date », « Due Date » end with what French puts first."""
    return any(mots[1:] and mots[-1] == "date" for nom in noms if (mots := fold_texte(nom).split()))


def read_montant(texte: str, champ: str | None = None) -> Decimal:
    """Read an amount: `1 234,56 €`, `1.234,56`, `1,234.56`, `(123,45)`, `123,45-`, `123,45 CR` (a credit: negative).

    A lone separator followed by three figures stays ambiguous, and refused. Raises ErreurSaisie as `parse_montant`.
    """
    brut = _MONNAIE.sub("", texte.strip())
    negatif = False
    if trouve := _ENTRE_PARENTHESES.fullmatch(brut):
        brut, negatif = trouve[1].strip(), True
    elif trouve := _SENS_FINAL.fullmatch(brut):
        brut, negatif = trouve[1], trouve[2].upper() in _NEGATIFS
    brut = _MONNAIE.sub("", brut)
    if negatif and brut.startswith(("-", "+")):
        return parse_montant(texte, champ)
    montant = parse_montant(_drop_milliers(brut), champ)
    return -montant if negatif else montant


def _drop_milliers(texte: str) -> str:
    """Drop the separators of thousands when they cannot be taken for that of the decimals."""
    trouve = _MILLIERS.fullmatch(texte)
    if trouve is None:
        return texte
    separateur = trouve[1]
    sans = texte.replace(separateur, "")
    seul = separateur in ".," and texte.count(separateur) == 1 and sans.lstrip("+-").isdigit()
    return texte if seul else sans


def _complete_annee(annee: str) -> str:
    if len(annee) > _ANNEE_COURTE:
        return annee
    return f"19{annee}" if int(annee) >= _SIECLE_PASSE else f"20{annee}"


def _read_lettres(brut: str) -> str | None:
    """Give as figures a day whose month is in letters (« 21 novembre 2026 », « Nov 21, 2026 »), or None."""
    if trouve := _EN_LETTRES.fullmatch(brut):
        jour, mot, annee = trouve.groups()
    elif trouve := _EN_LETTRES_US.fullmatch(brut):
        mot, jour, annee = trouve.groups()
    else:
        return None
    mois = _MOIS.get(fold_texte(mot))
    return f"{jour}/{mois}/{_complete_annee(annee)}" if mois else None
