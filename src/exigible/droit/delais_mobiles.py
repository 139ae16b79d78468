"""Two time limits whose start the law moves: opposing a payment order (CPC 1416), relief from lapse (C. com. L622-26).

Both are counted by `compute_delai`; what is chosen here is the day from which they run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from exigible.droit.delais import Delai, Distance, compute_delai
from exigible.droit.durees import Duree
from exigible.droit.feries import Zone
from exigible.droit.phrase import Phrase, phrase

_MOIS_OPPOSITION: Final = Duree(mois=1)
_MOIS_RELEVE: Final = Duree(mois=6)
_ARTICLE_OPPOSITION: Final = "CPC 1416"
_CONNAISSANCE: Final = ("avis Cass. 16/09/2002, 0020005", "Cass. 2e civ. 24/10/2024, 22-15.682")
_ARTICLE_RELEVE: Final = "C. com. L622-26"


@dataclass(frozen=True, slots=True)
class DelaiMobile:
    """A time limit with the day it runs from, and why that day."""

    depart: date
    motif: Phrase
    delai: Delai


def compute_opposition(
    signification: date,
    *,
    a_personne: bool,
    acte_a_personne: date | None = None,
    denonciation: date | None = None,
    zone: Zone = Zone.METROPOLE,
    distance: Distance = Distance.AUCUNE,
) -> DelaiMobile | None:
    """Last day to oppose a payment order; None while nothing makes the month run (CPC 1416).

    `signification`, `a_personne`: service of the order, in person or not. When it was not: `acte_a_personne`, the first
    act served in person, and `denonciation`, the day the first measure that holds his goods was made known to the
    debtor (attachment of an account, intervention in one of wages), not the day it was done; the earlier one counts.
    """
    if a_personne:
        return _build_opposition(signification, phrase("l'ordonnance a été signifiée à personne"), zone, distance)
    if denonciation is not None and (acte_a_personne is None or denonciation < acte_a_personne):
        motif = phrase("la saisie a été dénoncée au débiteur, à qui l'ordonnance n'avait pas été signifiée à personne")
        trouve = _build_opposition(denonciation, motif, zone, distance)
        articles = (_ARTICLE_OPPOSITION, *_CONNAISSANCE, *trouve.delai.articles[1:])
        return replace(trouve, delai=replace(trouve.delai, articles=articles))
    if acte_a_personne is not None:
        motif = phrase("premier acte signifié à personne, l'ordonnance ne l'ayant pas été")
        return _build_opposition(acte_a_personne, motif, zone, distance)
    return None


def _build_opposition(depart: date, motif: Phrase, zone: Zone, distance: Distance) -> DelaiMobile:
    delai = compute_delai(depart, _MOIS_OPPOSITION, zone=zone, distance=distance)
    return DelaiMobile(depart, motif, replace(delai, articles=(_ARTICLE_OPPOSITION, *delai.articles)))


def compute_releve_forclusion(
    publication: date,
    *,
    avis_recu: date | None = None,
    connaissance: date | None = None,
    zone: Zone = Zone.METROPOLE,
) -> DelaiMobile:
    """Last day to ask relief from the lapse of an undeclared claim: six months (C. com. L622-26).

    `publication`: of the opening judgment at the BODACC. `avis_recu`: the notice received by the holder of a published
    security or contract. `connaissance`: the day from which the creditor could no longer ignore his claim, if he proves
    that he could not know the debtor's obligation before the end of the six months; before that end, it is set aside.
    """
    depart, motif = publication, phrase("publication du jugement d'ouverture au BODACC")
    if avis_recu is not None:
        depart, motif = avis_recu, phrase("réception de l'avis par le titulaire d'une sûreté ou d'un contrat publié")
    delai = compute_delai(depart, _MOIS_RELEVE, zone=zone)
    if connaissance is not None and connaissance > delai.echeance:
        depart, motif = connaissance, phrase("jour où le créancier n'a plus pu ignorer sa créance")
        delai = compute_delai(depart, _MOIS_RELEVE, zone=zone)
    return DelaiMobile(depart, motif, replace(delai, articles=(_ARTICLE_RELEVE, *delai.articles)))
