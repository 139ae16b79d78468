"""What is due today in a dossier and why; what is held and why. Every open claim is in one or the other.

A step is due from its day on (`>=`), with a memory of what was done: a missed day is caught up. Two letters never leave
on the same day for the same debtor: the most advanced step goes, the others wait.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from exigible.dossier.credits import CreditRetenu
from exigible.dossier.etat import EtatCreance, EtatDossier, SortCourrier, Stade
from exigible.dossier.faits import Etape
from exigible.dossier.marches import Pret, find_marche
from exigible.dossier.scenario import JOURS_ENTRE_MESSAGES, SCENARIO_DEFAUT, Marche
from exigible.dossier.texte import count_jours, join_mots
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.jours import UN_JOUR, format_jour
from exigible.droit.regimes import QualitePartie


class Geste(StrEnum):
    """What a person has to do."""

    APPELER = "appeler"
    ECRIRE = "ecrire"
    METTRE_EN_DEMEURE = "mettre_en_demeure"
    POSTER = "poster"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do today for a debtor. `prevue_le`: since when; `courrier`: the approved letter to post, if any."""

    geste: Geste
    etape: Etape
    creances: tuple[str, ...]
    prevue_le: date
    montant: Decimal
    phrase: str
    courrier: str = ""


@dataclass(frozen=True, slots=True)
class Retenue:
    """Why a claim is not chased today. `jusqu_au`: the last day it holds, when known."""

    creance: str
    code: str
    phrase: str
    montant: Decimal
    jusqu_au: date | None = None
    article: str = ""


@dataclass(frozen=True, slots=True)
class ACompleter:
    """Something the user must say before anything may leave."""

    code: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Travail:
    """The day's work of a dossier. `a_revoir_le`: the next day on which it changes by itself."""

    actions: tuple[Action, ...]
    retenues: tuple[Retenue, ...]
    a_completer: tuple[ACompleter, ...]
    a_revoir_le: date | None


def compute_travail(
    etat: EtatDossier, credits_retenus: Sequence[CreditRetenu] = (), scenario: Sequence[Marche] = SCENARIO_DEFAUT
) -> Travail:
    """Say what the dossier asks for on its day `etat.au`: actions, held claims, what is missing, when to look again."""
    a_completer = list_a_completer(etat)
    prets: list[tuple[EtatCreance, Pret]] = []
    retenues: list[Retenue] = []
    futurs: set[date] = set()
    for creance in etat.creances:
        if creance.stade is Stade.SOLDEE:
            continue
        futurs |= _list_jours(etat, creance)
        retenue = _hold(etat, creance, credits_retenus)
        marche = find_marche(scenario, creance, etat.au)
        if isinstance(marche, Pret):
            if retenue is None:
                prets.append((creance, marche))
        else:
            attente = Retenue(creance.cle, marche.code, marche.phrase, creance.total, _eve(marche.jusqu_au))
            retenue = retenue or attente
            futurs |= {marche.jusqu_au} if marche.jusqu_au else set()
        if retenue is not None:
            retenues.append(retenue)
    actions, en_attente = _group(etat, prets, a_completer)
    retenues += en_attente
    futurs |= {r.jusqu_au + UN_JOUR for r in retenues if r.jusqu_au is not None}
    return Travail(
        actions=(*_list_postes(etat), *actions),
        retenues=tuple(retenues),
        a_completer=a_completer,
        a_revoir_le=min((jour for jour in futurs if jour > etat.au), default=None),
    )


def list_a_completer(etat: EtatDossier) -> tuple[ACompleter, ...]:
    """Say what is missing before a letter may leave: an unknown fact closes the way (it is never guessed)."""
    manques = []
    if etat.debiteur.qualite is QualitePartie.INCONNUE:
        manques.append(ACompleter("qualite", "dire si le débiteur est un professionnel, un consommateur ou public"))
    if not etat.debiteur.nom.strip():
        manques.append(ACompleter("nom", "donner le nom du débiteur"))
    if not etat.debiteur.adresse.complete:
        manques.append(ACompleter("adresse", "compléter l'adresse du débiteur"))
    elif _has_undelivered(etat):
        manques.append(ACompleter("adresse_erronee", "corriger l'adresse du débiteur : un courrier en est revenu"))
    sans_echeance = [c.creance.numero for c in etat.creances if c.stade is Stade.SANS_ECHEANCE]
    if sans_echeance:
        quoi = "de la facture" if len(sans_echeance) == 1 else "des factures"
        manques.append(ACompleter("echeance", f"donner l'échéance {quoi} {join_mots(sans_echeance)}"))
    if not etat.creancier.ibans:
        manques.append(ACompleter("iban", "indiquer un compte bancaire où payer (réglages)"))
    if not etat.creancier.description.adresse.complete:
        manques.append(ACompleter("adresse_creancier", "compléter l'adresse de votre entreprise (réglages)"))
    return tuple(manques)


def _has_undelivered(etat: EtatDossier) -> bool:
    """Whether a letter posted to the present address came back undelivered."""
    return any(
        c.sort is SortCourrier.NON_DISTRIBUE and c.poste_le is not None and c.poste_le >= etat.adresse_depuis
        for c in etat.courriers
    )


def _hold(etat: EtatDossier, creance: EtatCreance, credits_retenus: Sequence[CreditRetenu]) -> Retenue | None:
    """Return the first reason that holds a claim whatever its step."""
    if creance.suspensions:
        suspension = creance.suspensions[0]
        return Retenue(
            creance.cle,
            suspension.motif.value,
            suspension.phrase,
            creance.total,
            suspension.jusqu_au,
            suspension.article,
        )
    if creance.stade is Stade.SANS_ECHEANCE:
        return Retenue(creance.cle, "sans_echeance", "échéance inconnue : à compléter", creance.total)
    prescription = creance.prescription
    if prescription is not None and prescription.acquise_au(etat.au):
        phrase = f"prescrite depuis le {format_jour(prescription.terme)} : plus aucune relance sans avis d'une personne"
        return Retenue(creance.cle, "prescrite", phrase, creance.total, article=join_mots(prescription.articles))
    if creance.principal_restant == 0:
        phrase = (
            f"principal payé ; restent {format_montant(creance.total)} d'intérêts et d'indemnité, "
            "à réclamer ou à abandonner par une personne"
        )
        return Retenue(creance.cle, "accessoires_seuls", phrase, creance.total)
    if credits_retenus:
        return Retenue(creance.cle, "credit_non_rapproche", credits_retenus[0].raison, creance.total)
    return None


def _eve(jour: date | None) -> date | None:
    return None if jour is None else jour - UN_JOUR


def _list_postes(etat: EtatDossier) -> list[Action]:
    return [
        Action(
            Geste.POSTER,
            Etape.MISE_EN_DEMEURE,
            courrier.creances,
            courrier.approuve_le or etat.au,
            courrier.approbation.montant,
            f"mise en demeure approuvée le {format_jour(courrier.approuve_le or etat.au)} : à poster, "
            "puis à marquer comme postée",
            courrier.cle,
        )
        for courrier in etat.courriers
        if courrier.sort is SortCourrier.APPROUVE and courrier.approbation is not None
    ]


def _group(
    etat: EtatDossier, prets: Sequence[tuple[EtatCreance, Pret]], a_completer: Sequence[ACompleter]
) -> tuple[list[Action], list[Retenue]]:
    """Make one action, for the most advanced step that may leave today; the claims at another step are held."""
    actions: list[Action] = []
    retenues: list[Retenue] = []
    for etape in reversed(Etape):
        choisies = [(c, p) for c, p in prets if p.marche.etape is etape]
        empechement = _find_empechement(etat, etape, a_completer)
        if not choisies:
            continue
        if actions:
            phrase = f"passe après {_ETAPES[actions[0].etape]} d'autres factures du même débiteur"
            retenues += [Retenue(c.cle, "autre_etape", phrase, c.total) for c, _ in choisies]
        elif empechement is not None:
            code, phrase, jusqu_au = empechement
            retenues += [Retenue(c.cle, code, phrase, c.total, jusqu_au) for c, _ in choisies]
        else:
            actions.append(_make_action(etape, choisies, etat.au))
    return actions, retenues


_ETAPES = {
    Etape.COURTOISIE: "la note de courtoisie",
    Etape.APPEL: "l'appel",
    Etape.RELANCE: "la relance",
    Etape.MISE_EN_DEMEURE: "la mise en demeure",
}
_GESTES = {
    Etape.COURTOISIE: Geste.ECRIRE,
    Etape.APPEL: Geste.APPELER,
    Etape.RELANCE: Geste.ECRIRE,
    Etape.MISE_EN_DEMEURE: Geste.METTRE_EN_DEMEURE,
}


def _find_empechement(
    etat: EtatDossier, etape: Etape, a_completer: Sequence[ACompleter]
) -> tuple[str, str, date | None] | None:
    """Say what keeps a step from leaving today: missing data, a letter to post first, a message sent too recently."""
    manques = [m.phrase for m in a_completer if m.code != "echeance"]  # a claim without a due date holds only itself
    if etape is not Etape.APPEL and manques:
        phrase = f"à compléter avant tout courrier : {join_mots(manques)}"
        return "a_completer", phrase, None
    if etape is not Etape.APPEL and any(c.sort is SortCourrier.APPROUVE for c in etat.courriers):
        return "courrier_a_poster", "une mise en demeure approuvée attend d'être postée", None
    if etape in {Etape.COURTOISIE, Etape.RELANCE}:
        messages = [
            jour
            for creance in etat.creances
            for faite, jour in creance.etapes_faites
            if faite is not Etape.APPEL and jour <= etat.au
        ]
        dernier = max(messages, default=None)
        if dernier is not None and (etat.au - dernier).days < JOURS_ENTRE_MESSAGES:
            fin = dernier + timedelta(days=JOURS_ENTRE_MESSAGES - 1)
            phrase = (
                f"un message est parti le {format_jour(dernier)} : au plus un par {count_jours(JOURS_ENTRE_MESSAGES)} "
                "(règle de conduite, non la loi)"
            )
            return "message_recent", phrase, fin
    return None


def _make_action(etape: Etape, choisies: Sequence[tuple[EtatCreance, Pret]], au: date) -> Action:
    creances = [c for c, _ in choisies]
    return Action(
        _GESTES[etape],
        etape,
        tuple(c.cle for c in creances),
        min(p.depuis for _, p in choisies),
        sum((c.total - c.conteste for c in creances), ZERO),
        _write_phrase(etape, creances, au),
    )


def _write_phrase(etape: Etape, creances: Sequence[EtatCreance], au: date) -> str:
    plusieurs = len(creances) > 1
    quoi = f"{len(creances)} factures" if plusieurs else f"Facture {creances[0].creance.numero}"
    if etape is Etape.COURTOISIE:
        jours = min((c.creance.echeance - au).days for c in creances if c.creance.echeance is not None)
        quand = "aujourd'hui" if jours == 0 else f"dans {count_jours(jours)}"
        return f"{quoi} à échéance {quand} : note de courtoisie"
    retard = count_jours(max(c.jours_de_retard for c in creances))
    debut = f"{quoi} échue{'s' if plusieurs else ''} depuis {retard}"
    if etape is Etape.APPEL:
        return f"{debut} : appeler"
    if etape is Etape.RELANCE:
        return f"{debut} : relance écrite"
    relances = _last_days(creances, Etape.RELANCE)
    suite = f", relance du {format_jour(max(relances))} sans effet" if relances else ""
    return f"{debut}{suite} : mise en demeure"


def _last_days(creances: Iterable[EtatCreance], etape: Etape) -> list[date]:
    return [jour for c in creances for faite, jour in c.etapes_faites if faite is etape]


def _list_jours(etat: EtatDossier, creance: EtatCreance) -> set[date]:
    """Return the days on which this claim changes by itself."""
    jours: set[date] = set()
    if creance.creance.echeance is not None:
        jours.add(creance.creance.echeance + UN_JOUR)
    jours |= {s.jusqu_au + UN_JOUR for s in creance.suspensions if s.jusqu_au is not None}
    jours |= {e.jour + UN_JOUR for p in etat.plans for e in p.plan.echeances}
    if creance.prescription is not None:
        jours.add(creance.prescription.terme + UN_JOUR)
    return jours
