"""Payment terms: from words (« 45 jours fin de mois ») and a day to a due date.

« Fin de mois » has two readings, and the contract must say which: add the days, then go to the end of the month
(`fin_de_mois_apres`), or go to the end of the month, then add the days (`fin_de_mois_avant`). Months go from one day of
the month to the same day of another, or its last day, whole months before days, as for a bill of exchange (C. com.
L511-24). A due date is never moved to a working day: CPC 642 is about procedure.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import UN_JOUR, add_mois, compute_fin_mois
from exigible.droit.nombres import replace_nombres
from exigible.droit.phrase import Phrase, phrase

JOURS_MAX = 366
MOIS_MAX = 12
_JOURS_PAR_MOIS_AU_PLUS = 31
_JOUR_DU_MOIS_MAX = 31
_DECADES = (10, 20)
_LONGUEUR_MAX = 120


class MethodeEcheance(StrEnum):
    """How the end of the month comes in; `fin_de_decade`: end of the ten days, then the days (L441-11 II 1° b)."""

    JOURS = "jours"
    FIN_DE_MOIS_APRES = "fin_de_mois_apres"
    FIN_DE_MOIS_AVANT = "fin_de_mois_avant"
    FIN_DE_DECADE = "fin_de_decade"


class DepartEcheance(StrEnum):
    """From which day the term counts."""

    FACTURE = "facture"
    RECEPTION = "reception"
    LIVRAISON = "livraison"


@dataclass(frozen=True, slots=True)
class ConditionsPaiement:
    """A term of sale: `mois`, then `jours`, with or without the end of the month, then a day of the month or not.

    Raises ErreurSaisie (`conditions_invalides`) outside 0 to 366 days, 0 to 12 months, the 1st to the 31st.
    """

    jours: int
    methode: MethodeEcheance = MethodeEcheance.JOURS
    jour_du_mois: int | None = None
    depart: DepartEcheance = DepartEcheance.FACTURE
    mois: int = 0

    def __post_init__(self) -> None:
        jour_valide = self.jour_du_mois is None or 1 <= self.jour_du_mois <= _JOUR_DU_MOIS_MAX
        if not 0 <= self.jours <= JOURS_MAX or not jour_valide:
            raise ErreurSaisie(
                "conditions_invalides",
                phrase(
                    "Une condition de paiement va de 0 à {jours} jours, le jour du mois de 1 à {maximum}.",
                    jours=JOURS_MAX,
                    maximum=_JOUR_DU_MOIS_MAX,
                ),
                "conditions",
            )
        if not 0 <= self.mois <= MOIS_MAX:
            raise ErreurSaisie(
                "conditions_invalides",
                phrase("Une condition de paiement va de 0 à {mois} mois.", mois=MOIS_MAX),
                "conditions",
            )

    @property
    def jours_au_plus(self) -> int:
        """The most days it may last, whatever the months, before the end of the month and the day of the month."""
        return self.mois * _JOURS_PAR_MOIS_AU_PLUS + self.jours

    @property
    def a_deux_lectures(self) -> bool:
        """Whether the words read both ways: days then end of the month, or the reverse."""
        return self.methode is MethodeEcheance.FIN_DE_MOIS_APRES and self.jours > 0

    def read_autrement(self) -> ConditionsPaiement:
        """Return the other reading of `45 jours fin de mois`."""
        return replace(self, methode=MethodeEcheance.FIN_DE_MOIS_AVANT)


# A term is rewritten in marks (M2 for the months, N45 for the days, FDM, FDD, LE10…), then read from left to right.
_MARQUES = (
    (r"\s-\s|[.,;:()/\"']", " "),
    (r"\b(?:sans|aucun|pas d) +escompte\b.*$", ""),
    (r"\bj ?\+ ?(\d{1,3})\b", r"\1 jours"),
    (r"\b(?:de )?m ?\+ ?1\b", "du mois suivant"),
    (r"(?<!le )\b(\d{1,2})(?= du mois suivant\b)", r"le \1"),
    (r"\bun(?= +(?:1 +)?mois\b)", "1"),
    (r"\b(\d{1,3}) +\1\b *", r"\1 "),
    (r"\bdemi[ -]mois\b|\bquinzaine\b", " N15 "),
    (r"\bhuitaine\b", " N8 "),
    (r"\b(\d{1,3}) ?mois +et +demi\b", r" M\1 N15 "),
    (r"\b(\d{1,3}) ?mois\b(?! +(?:suivant|prochain)\b)(?: +et(?= +\d))?", r" M\1 "),
    (r"(?:(?<=\d)|\b)(?:j ?)?f ?(?:d ?)?m\b|\bfins?[ -](?:de[ -]|du[ -])?mois(?: civil)?\b", " FDM "),
    (r"^(\D*FDM) +(?:suivant|prochain)\b(\D*)$", r"\1 LE31 \2"),
    (r"FDM +suivant\b(?! +(?:la|l|date|emission|factur\w+|reception|livraison)\b)", " FDM SUIVANT "),
    (r"FDM +au +(?=\d)", "FDM le "),
    (r"\bd (?:d )?f\b", " "),
    (r"\bfins? (?:de |de la |du )?decade\b", " FDD "),
    (r"\ble (\d{1,2})(?:er)?\b(?: du mois\b(?! +(?:suivant|prochain)\b))?", r" LE\1 "),
    (r"\bdu mois suivant\b", " SUIVANT "),
    (r"\b(\d{1,3}) ?(?:jours?|jrs?|j)(?: calend(?:aires?|rier))?\b", r" N\1 "),
    (r"(FD[MD])[ +]+(\d{1,3})\b(?! ?%)", r"\1 N\2 "),
    (r"\bnets? (\d{1,3})\b|\b(\d{1,3}) nets?\b", r" N\1\2 "),
    (r"\b(\d{1,3})(?= +FD[MD]\b)", r" N\1 "),
    (r"\b(?:comptant|immediat(?:ement)?)\b", " N0 "),
    (r"\breception\b", " RECEPTION "),
    (r"\b(?:livraison|execution|prestation)\b", " LIVRAISON "),
    (r"(M\d+|N\d+) +(?:apres|a compter de|a partir de|suivant)(?: +la| +date| +de)* +(FD[MD])", r"\2 \1"),
    (r"([MN]\d+ +FDM)[ +]+N([1-9]|1\d|2[0-8])\b", r"\1 LE\2"),  # end of month + 10 days is the 10th
)
_MOTS_VIDES = re.compile(
    r"(a|au|aux|d|dans|ddf|de|des|df|du|l|la|le|les|un|par|sous|plus|tard|puis|\+|net|nets|maximum|apres|suivant|compter|"
    r"partir|conditions?|date|delai|echeance|emission|expedition|facturation|factures?|marchandises?|paiement|payable|"
    r"reglement|virement|cheque|prelevement|traite|lcr|bor)"
)
_SUITE = re.compile(
    r"(?P<avant>FD[MD])?(M(?P<mois>\d+))?(N(?P<jours>\d+))?(?P<apres>FD[MD])?(LE(?P<le>\d+))?(?P<suivant>SUIVANT)?(?P<depart>[RL]\w+)?"
)


def parse_conditions(texte: str, champ: str | None = None) -> ConditionsPaiement:
    """Read a term of sale, written as people write it.

    `30 jours`, `30 j nets`, `60 jours date de facture`, `45 jours fin de mois`, `45 JFM`, `fin de mois 45 jours`,
    `45 jours après la fin du mois`, `fin du mois suivant`, `30 jours fin de mois le 10`, `60 jours le 17`,
    `le 10 du mois suivant`, `30 jours fin de décade`, `comptant`, `à réception`, `30 jours après livraison`, `2 mois`,
    `un mois fin de mois`, `2 mois le 10`, `un mois et demi`.

    Raises ErreurSaisie (`conditions_illisibles`, `conditions_invalides`).
    """
    brut = " ".join(texte.split())
    try:
        conditions = _read_marques(_mark(brut)) if len(brut) <= _LONGUEUR_MAX else None
    except ErreurSaisie as erreur:
        erreur.champ = champ
        raise
    if conditions is None:
        raise ErreurSaisie(
            "conditions_illisibles",
            phrase(
                "La condition de paiement « {brut} » n'est pas comprise : écrivez par exemple « 30 "
                "jours », « 45 jours fin de mois », « fin de mois 45 jours », « 30 jours fin de mois "
                "le 10 » ou « comptant ».",
                brut=brut[:60],
            ),
            champ,
            valeur=brut[:60],
        )
    return conditions


def _mark(texte: str) -> list[str]:
    """Rewrite in marks, without the words that change nothing."""
    net = replace_nombres(_fold(texte))
    for motif, marque in _MARQUES:
        net = re.sub(motif, marque, net, flags=re.ASCII)
    return [mot for mot in net.split() if not _MOTS_VIDES.fullmatch(mot)]


def _read_marques(marques: list[str]) -> ConditionsPaiement | None:
    """Read the marks; None when they do not make a term."""
    departs = list(dict.fromkeys(marque for marque in marques if marque in {"RECEPTION", "LIVRAISON"}))
    reste = [marque for marque in marques if marque not in {"RECEPTION", "LIVRAISON"}]
    trouve = _SUITE.fullmatch("".join([*reste, *departs[:1]]))
    nombre_seul = any(marque.isdigit() for marque in reste)  # « 30 jours 5 » is not 305 days
    if trouve is None or nombre_seul or len(departs) > 1 or not marques:
        return None
    avant, apres, jours, mois = trouve["avant"], trouve["apres"], trouve["jours"], trouve["mois"]
    duree = jours or mois
    if (avant and apres) or (apres and not duree) or (trouve["le"] is None and trouve["suivant"]):
        return None
    if not (avant or duree or trouve["suivant"] or (departs and not reste)):
        return None
    if trouve["suivant"] and not (avant or apres):
        avant, apres = (None, "FDM") if duree else ("FDM", None)
    return ConditionsPaiement(
        int(jours or 0),
        _find_methode(avant, apres),
        int(trouve["le"]) if trouve["le"] else None,
        DepartEcheance(departs[0].lower()) if departs else DepartEcheance.FACTURE,
        int(mois or 0),
    )


def _find_methode(avant: str | None, apres: str | None) -> MethodeEcheance:
    if "FDD" in (avant, apres):
        return MethodeEcheance.FIN_DE_DECADE
    if apres:
        return MethodeEcheance.FIN_DE_MOIS_APRES
    return MethodeEcheance.FIN_DE_MOIS_AVANT if avant else MethodeEcheance.JOURS


def format_conditions(conditions: ConditionsPaiement) -> Phrase:
    """Write a term of sale so that `parse_conditions` reads it back equal."""
    base = _format_base(conditions)
    if base is None:
        return _format_sans_jours(conditions.depart)
    if conditions.jour_du_mois:
        base = phrase("{conditions} le {jour}", conditions=base, jour=conditions.jour_du_mois)
    if conditions.depart is DepartEcheance.RECEPTION:
        return phrase("{conditions} à compter de la réception", conditions=base)
    if conditions.depart is DepartEcheance.LIVRAISON:
        return phrase("{conditions} à compter de la livraison", conditions=base)
    return base


def _format_base(conditions: ConditionsPaiement) -> Phrase | None:
    """Write the months, the days and the end of the month; None when the term is immediate."""
    duree = _format_duree(conditions)
    if conditions.methode is MethodeEcheance.FIN_DE_MOIS_APRES:
        return phrase("{jours} fin de mois", jours=duree)
    if conditions.methode is MethodeEcheance.FIN_DE_MOIS_AVANT:
        return phrase("fin de mois {jours}", jours=duree) if conditions.jours_au_plus else phrase("fin de mois")
    if conditions.methode is MethodeEcheance.FIN_DE_DECADE:
        return phrase("fin de décade {jours}", jours=duree)
    return duree if conditions.jours_au_plus or conditions.jour_du_mois else None


def _format_duree(conditions: ConditionsPaiement) -> Phrase:
    jours = _format_jours(conditions.jours)
    if not conditions.mois:
        return jours
    mois = phrase("{nombre} mois", nombre=conditions.mois)
    return phrase("{mois} et {jours}", mois=mois, jours=jours) if conditions.jours else mois


def _format_sans_jours(depart: DepartEcheance) -> Phrase:
    if depart is DepartEcheance.RECEPTION:
        return phrase("à réception")
    return phrase("à la livraison") if depart is DepartEcheance.LIVRAISON else phrase("comptant")


def _format_jours(jours: int) -> Phrase:
    return phrase("{nombre} jours", nombre=jours) if jours > 1 else phrase("{nombre} jour", nombre=jours)


def compute_echeance(depart: date, conditions: ConditionsPaiement) -> date:
    """Due date of an invoice issued (or received, or delivered, as the term says) on `depart`."""
    return _list_etapes(depart, conditions)[-1][0]


def explain_echeance(depart: date, conditions: ConditionsPaiement) -> Phrase:
    """Say each step of `compute_echeance`, so that it can be redone with a calendar."""
    etapes = phrase("Départ : {jour}", jour=depart)
    for jour, quoi in _list_etapes(depart, conditions):
        etapes = phrase("{etapes} ; {quoi} : {jour}", etapes=etapes, quoi=quoi, jour=jour)
    return phrase("{etapes}.", etapes=etapes)


def _list_etapes(depart: date, conditions: ConditionsPaiement) -> list[tuple[date, Phrase]]:
    """Each day reached, with how. `le N` comes last: the next day N of a month on or after the day reached, or, right
    after an end of month, in the next month; its last day when it has no such day.
    """  # noqa: D205 — the rule takes two lines
    fin_du_mois = phrase("fin du mois")
    if conditions.methode is MethodeEcheance.JOURS:
        etapes = _list_durees(depart, conditions)
    elif conditions.methode is MethodeEcheance.FIN_DE_MOIS_APRES:
        etapes = _list_durees(depart, conditions)
        etapes.append((compute_fin_mois(etapes[-1][0]), fin_du_mois))
    else:
        decade = conditions.methode is MethodeEcheance.FIN_DE_DECADE
        fin = compute_fin_decade(depart) if decade else compute_fin_mois(depart)
        etapes = [(fin, phrase("fin de la décade") if decade else fin_du_mois)]
        if conditions.jours_au_plus:
            etapes += _list_durees(fin, conditions)
    if conditions.jour_du_mois is not None:
        seuil = etapes[-1][0]
        apres_fin_de_mois = etapes[-1][1] == fin_du_mois
        le = _find_jour_du_mois(seuil + UN_JOUR if apres_fin_de_mois else seuil, conditions.jour_du_mois)
        etapes.append((le, phrase("le {jour}", jour=conditions.jour_du_mois)))
    return etapes


def _list_durees(depart: date, conditions: ConditionsPaiement) -> list[tuple[date, Phrase]]:
    """Add the months, then the days. Months counted from the end of a month end with a month."""
    etapes = []
    jour = depart
    if conditions.mois:
        jour = add_mois(jour, conditions.mois)
        if conditions.methode is MethodeEcheance.FIN_DE_MOIS_AVANT:
            jour = compute_fin_mois(jour)
        etapes.append((jour, phrase("+ {mois} mois", mois=conditions.mois)))
    if conditions.jours or not conditions.mois:
        plus = phrase("+ {jours}", jours=_format_jours(conditions.jours))
        etapes.append((jour + timedelta(days=conditions.jours), plus))
    return etapes


def compute_fin_decade(jour: date) -> date:
    """Last day of the ten days of `jour`: the 10th, the 20th, or the end of the month."""
    fin = next((borne for borne in _DECADES if jour.day <= borne), None)
    return jour.replace(day=fin) if fin else compute_fin_mois(jour)


def _find_jour_du_mois(seuil: date, jour: int) -> date:
    """First day `jour` of a month on or after `seuil`."""
    fin = compute_fin_mois(seuil)
    trouve = fin.replace(day=min(jour, fin.day))
    if trouve >= seuil:
        return trouve
    suivant = compute_fin_mois(fin + UN_JOUR)
    return suivant.replace(day=min(jour, suivant.day))


def _fold(texte: str) -> str:
    """Lower case, no accents, straight apostrophes."""
    decompose = unicodedata.normalize("NFD", texte.casefold().replace("\u2019", "'"))
    return "".join(lettre for lettre in decompose if not unicodedata.combining(lettre))
