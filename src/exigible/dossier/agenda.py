"""The agenda: the deadlines of dossiers as people read them — for whom, counted from what — chosen, grouped, written.

A line keeps its key while its day moves, so that a calendar which already holds it moves it too.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Any

from exigible.dossier.echeances import Echeance, NatureEcheance, Portee, sort_echeances
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import DEBITEUR
from exigible.dossier.obligation.titre import name_decision
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.droit.phrase import SANS_TEXTE, Phrase, phrase

_LONGUEUR_CLE = 20


class Urgence(StrEnum):
    """How near a deadline is on a day. `OUVERTE`: from now on one may act."""

    DEPASSEE = "depassee"
    ALERTE = "alerte"
    OUVERTE = "ouverte"
    A_VENIR = "a_venir"


@dataclass(frozen=True, slots=True)
class LigneAgenda:
    """A deadline of a dossier. `objet`: the procedure, plan, promise or invoice; `origine`: what it is counted from.

    `cle` names it within its dossier and stays when its day moves. `origine` is empty when no fact bears that day.
    """

    cle: str
    objet: Phrase
    origine: Phrase
    echeance: Echeance


@dataclass(frozen=True, slots=True)
class RendezVous:
    """A line of agenda with the names of its dossier, its sentences already in the reader's language.

    `gestionnaire`, `equipe`: who follows the dossier in the office; empty: nobody.
    """

    dossier: str
    debiteur: str
    creancier: str
    cle: str
    nature: NatureEcheance
    portee: Portee
    acteur: str
    objet: str
    quoi: str
    le: date
    alerte_le: date
    depart: date
    origine: str
    explication: str
    perte: str
    articles: tuple[str, ...]
    ouvre_le: date | None = None
    avertissements: tuple[tuple[str, str], ...] = ()
    gestionnaire: str = ""
    equipe: str = ""

    def find_urgence(self, au: date) -> Urgence:
        """Say how near it is on the day `au`."""
        return find_urgence(self.portee, self.le, self.alerte_le, au)


@dataclass(frozen=True, slots=True)
class Choix:
    """What an agenda keeps. `du`, `au`: days, included; None or empty: no bound, everything."""

    du: date | None = None
    au: date | None = None
    nature: NatureEcheance | None = None
    portee: Portee | None = None
    creancier: str = ""


def find_urgence(portee: Portee, le: date, alerte_le: date, au: date) -> Urgence:
    """Say how near a deadline is on the day `au`; its last day (`le`) is not passed yet on that day."""
    if portee is Portee.OUVERTURE:
        return Urgence.OUVERTE if le <= au else Urgence.A_VENIR
    if le < au:
        return Urgence.DEPASSEE
    return Urgence.ALERTE if alerte_le <= au else Urgence.A_VENIR


def list_agenda(etat: EtatDossier) -> tuple[LigneAgenda, ...]:
    """Name every deadline of a dossier, the nearest first."""
    noms, procedures = _name_sujets(etat), {p.cle: p for p in etat.procedures}
    deja: Counter[str] = Counter()
    lignes = []
    for echeance in sort_echeances(etat.echeances):
        cle = _make_cle(echeance)
        deja[cle] += 1
        lignes.append(
            LigneAgenda(
                cle=cle if deja[cle] == 1 else f"{cle}-{deja[cle]}",
                objet=noms.get((echeance.nature, echeance.sujet), phrase("Dossier")),
                origine=_name_origine(procedures.get(echeance.sujet), echeance.depart),
                echeance=echeance,
            )
        )
    return tuple(lignes)


def _make_cle(echeance: Echeance) -> str:
    """Derive the key from what the deadline is, never from its day."""
    dit = f"{echeance.nature}\n{echeance.portee}\n{echeance.sujet}\n{echeance.quoi.modele}"
    return hashlib.sha256(dit.encode()).hexdigest()[:_LONGUEUR_CLE]


def _name_sujets(etat: EtatDossier) -> Mapping[tuple[NatureEcheance, str], Phrase]:
    noms = {personne.cle: personne.nom for personne in etat.personnes}
    return {
        **{(NatureEcheance.PROCEDURE, p.cle): _name_procedure(p, noms) for p in etat.procedures},
        **{
            (NatureEcheance.PLAN, p.plan.cle): phrase("Plan de paiement du {jour}", jour=p.convenu_le)
            for p in etat.plans
        },
        **{
            (NatureEcheance.PROMESSE, p.promesse.cle): phrase("Promesse du {jour}", jour=p.recue_le)
            for p in etat.promesses
        },
        **{(NatureEcheance.PRESCRIPTION, t.cle): name_decision(t.decision, t.rendu_le) for t in etat.titres},
        **{
            (NatureEcheance.PRESCRIPTION, c.cle): phrase("Facture {numero}", numero=c.creance.numero)
            for c in etat.creances
        },
    }


def _name_procedure(procedure: EtatProcedure, noms: Mapping[str, str]) -> Phrase:
    """Name a procedure, and whom it is against when it is not the debtor alone."""
    contre = procedure.contre
    if contre in {(), (DEBITEUR,)}:
        return procedure.graphe.nom
    qui = tuple(noms.get(cle, cle) for cle in contre)
    return phrase("{procedure}, contre {personnes}", procedure=procedure.graphe.nom, personnes=qui)


def _name_origine(procedure: EtatProcedure | None, depart: date) -> Phrase:
    """Name the step that bears the day from which the time runs, or the hearing."""
    if procedure is None:
        return SANS_TEXTE
    for passage in reversed(procedure.passages):
        if passage.jour == depart:
            return passage.transition.nom
    return phrase("Audience") if procedure.situation.audience == depart else SANS_TEXTE


def choose(rendez_vous: Iterable[RendezVous], choix: Choix) -> list[RendezVous]:
    """Keep what the choice asks for, the nearest first."""
    gardes = (
        r
        for r in rendez_vous
        if (choix.du is None or r.le >= choix.du)
        and (choix.au is None or r.le <= choix.au)
        and choix.nature in {None, r.nature}
        and choix.portee in {None, r.portee}
        and choix.creancier in {"", r.creancier}
    )
    return sorted(gardes, key=_get_ordre)


def _get_ordre(r: RendezVous) -> tuple[date, int, str, str]:
    return r.le, list(Portee).index(r.portee), r.dossier, r.cle


def group_par_jour(rendez_vous: Iterable[RendezVous]) -> list[tuple[date, Sequence[RendezVous]]]:
    """Put together what falls on the same day, in order of days."""
    ranges = sorted(rendez_vous, key=_get_ordre)
    return [(jour, tuple(groupe)) for jour, groupe in groupby(ranges, key=lambda r: r.le)]


def dump_rendez_vous(r: RendezVous, au: date) -> dict[str, Any]:
    """Write it for programs: dates ISO, `urgence` on the day `au`, warnings as `{code, message}`."""
    return {
        "dossier": r.dossier,
        "debiteur": r.debiteur,
        "creancier": r.creancier,
        "gestionnaire": r.gestionnaire,
        "equipe": r.equipe,
        "cle": r.cle,
        "nature": r.nature.value,
        "portee": r.portee.value,
        "urgence": r.find_urgence(au).value,
        "acteur": r.acteur,
        "objet": r.objet,
        "quoi": r.quoi,
        "le": r.le.isoformat(),
        "ouvre_le": r.ouvre_le.isoformat() if r.ouvre_le else None,
        "alerte_le": r.alerte_le.isoformat(),
        "depart": r.depart.isoformat(),
        "origine": r.origine,
        "explication": r.explication,
        "perte": r.perte,
        "articles": list(r.articles),
        "avertissements": [{"code": code, "message": message} for code, message in r.avertissements],
    }
