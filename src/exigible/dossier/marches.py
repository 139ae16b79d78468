"""Where a claim stands on the scenario: the step that may be taken today, or what it waits for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from exigible.dossier.etat import EtatCreance, Stade
from exigible.dossier.faits import Etape
from exigible.dossier.scenario import TENTATIVES_PAR_MOIS, TENTATIVES_PAR_SEMAINE, Marche
from exigible.droit.phrase import Phrase, phrase

_LIBELLES = {
    Etape.COURTOISIE: phrase("note de courtoisie"),
    Etape.APPEL: phrase("appel"),
    Etape.RELANCE: phrase("relance"),
    Etape.MISE_EN_DEMEURE: phrase("mise en demeure"),
}


@dataclass(frozen=True, slots=True)
class Pret:
    """The step may be taken, since `depuis`."""

    marche: Marche
    depuis: date


@dataclass(frozen=True, slots=True)
class Attente:
    """Nothing to do yet: why, and the day on which the next step becomes due, when known."""

    code: str
    phrase: str
    jusqu_au: date | None = None


def find_marche(scenario: Sequence[Marche], creance: EtatCreance, au: date) -> Pret | Attente:
    """Return the step a claim is ripe for on the day `au`, or what it waits for.

    The step taken is the lower of the one that the calendar allows and the first one not yet done; a courtesy note is
    pointless after the due date and a call after a written reminder, so neither holds what follows.
    """
    if creance.stade is Stade.MISE_EN_DEMEURE:
        depuis = max(jour for etape, jour in creance.etapes_faites if etape is Etape.MISE_EN_DEMEURE)
        return Attente("mise_en_demeure", phrase("mise en demeure postée le {jour} : choisir la suite", jour=depuis))
    pretes: list[Pret] = []
    attentes: list[tuple[date, Marche]] = []
    for marche in scenario:
        jour = _find_jour(marche, creance, au)
        if jour is None:
            continue
        if jour <= au:
            pretes.append(Pret(marche, jour))
        else:
            attentes.append((jour, marche))
    if pretes:
        return pretes[-1]
    if attentes:
        jour, marche = min(attentes, key=lambda a: a[0])
        code = "delai" if creance.jours_de_retard > 0 else "a_echoir"
        return Attente(code, _announce(_LIBELLES[marche.etape], jour, creance), jour)
    return Attente(
        "scenario_fini", phrase("toutes les étapes prévues sont faites ou écartées : choisir la suite à donner")
    )


def _announce(etape: Phrase, jour: date, creance: EtatCreance) -> Phrase:
    echeance = creance.creance.echeance
    if creance.jours_de_retard > 0 or echeance is None:
        return phrase("{etape} à partir du {jour}", etape=etape, jour=jour)
    return phrase(
        "non échue (échéance le {echeance}) ; {etape} à partir du {jour}", echeance=echeance, etape=etape, jour=jour
    )


def _find_jour(marche: Marche, creance: EtatCreance, au: date) -> date | None:
    """Return the day a step may be taken from; None when it is done, set aside, pointless, or waits for another."""
    echeance = creance.creance.echeance
    faites = [etape for etape, _ in creance.etapes_faites]
    if echeance is None or marche.etape in creance.etapes_ignorees:
        return None
    if marche.etape is Etape.APPEL:
        return _find_jour_appel(marche, creance, au)
    if marche.etape in faites or (marche.jours <= 0 and au > echeance):
        return None
    jour = echeance + timedelta(days=marche.jours)
    if marche.apres is not None:
        precedents = [j for etape, j in creance.etapes_faites if etape is marche.apres]
        if precedents:
            jour = max(jour, max(precedents) + timedelta(days=marche.ecart))
        elif marche.apres not in creance.etapes_ignorees:
            return None
    return _postpone(marche.etape, jour, creance)


def _find_jour_appel(marche: Marche, creance: EtatCreance, au: date) -> date | None:
    """Say when a call is due: once; an attempt that reached nobody is made again, within our own limits."""
    echeance = creance.creance.echeance
    appels = [jour for etape, jour in creance.etapes_faites if etape is Etape.APPEL]
    if echeance is None or Etape.RELANCE in {etape for etape, _ in creance.etapes_faites}:
        return None
    if creance.appel_abouti or len([j for j in appels if (au - j).days < 30]) >= TENTATIVES_PAR_MOIS:  # noqa: PLR2004
        return None
    jour = echeance + timedelta(days=marche.jours)
    recents = sorted(j for j in appels if (au - j).days < 7)  # noqa: PLR2004 - a week
    if recents and recents[-1] == au:
        jour = max(jour, au + timedelta(days=1))
    if len(recents) >= TENTATIVES_PAR_SEMAINE:
        jour = max(jour, recents[0] + timedelta(days=7))
    return _postpone(marche.etape, jour, creance)


def _postpone(etape: Etape, jour: date, creance: EtatCreance) -> date:
    return max([jour, *(fin for reportee, fin in creance.reports if reportee is etape)])
