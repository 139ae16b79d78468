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

from exigible.dossier.agenda import LigneAgenda, list_agenda
from exigible.dossier.courriers import MISES_EN_DEMEURE
from exigible.dossier.credits import CreditRetenu
from exigible.dossier.echeances import NatureEcheance, Portee
from exigible.dossier.etat import STADES_CLOS, EtatCourrier, EtatCreance, EtatDossier, SortCourrier, Stade
from exigible.dossier.faits import Etape
from exigible.dossier.marches import Pret, find_marche
from exigible.dossier.plans.retards import list_jours, list_plans_ouverts, list_retards
from exigible.dossier.scenario import JOURS_ENTRE_MESSAGES, SCENARIO_DEFAUT, Marche
from exigible.dossier.texte import count_jours, join_mots
from exigible.droit.argent import ZERO
from exigible.droit.jours import UN_JOUR
from exigible.droit.phrase import Phrase, phrase
from exigible.droit.regimes import QualitePartie

JOURS_DE_LA_SEMAINE = 7
"""« Cette semaine » : the day itself and the six that follow."""


class Geste(StrEnum):
    """What a person has to do."""

    PLAN_EN_RETARD = "plan_en_retard"
    APPELER = "appeler"
    ECRIRE = "ecrire"
    METTRE_EN_DEMEURE = "mettre_en_demeure"
    POSTER = "poster"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do today for a debtor. `prevue_le`: since when; `courrier`: the approved letter to post, if any.

    `plan`: the plan that is late, if any; `etape` then stands for nothing of the scenario.
    """

    geste: Geste
    etape: Etape
    creances: tuple[str, ...]
    prevue_le: date
    montant: Decimal
    phrase: str
    courrier: str = ""
    plan: str = ""


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
        if creance.stade in STADES_CLOS:
            continue
        futurs |= _list_jours(creance)
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
    futurs |= {jour for plan in list_plans_ouverts(etat) for jour in list_jours(plan)}
    futurs |= {r.jusqu_au + UN_JOUR for r in retenues if r.jusqu_au is not None}
    return Travail(
        actions=(*_list_postes(etat), *_list_plans_en_retard(etat, credits_retenus), *actions),
        retenues=tuple(retenues),
        a_completer=a_completer,
        a_revoir_le=min((jour for jour in futurs if jour > etat.au), default=None),
    )


def list_actes(etat: EtatDossier) -> tuple[LigneAgenda, ...]:
    """Return what its procedures ask of us within the week, and what they asked in vain: the oldest day first.

    Other deadlines (a limitation, an instalment, what the other must do) are in the agenda only.
    """
    if not any(_is_acte(e.nature, e.portee, e.le, etat.au) for e in etat.echeances):
        return ()
    return tuple(
        ligne
        for ligne in list_agenda(etat)
        if _is_acte(ligne.echeance.nature, ligne.echeance.portee, ligne.echeance.le, etat.au)
    )


def find_fin_de_semaine(au: date) -> date:
    """Return the last day (included) of the week that begins on `au`."""
    return au + timedelta(days=JOURS_DE_LA_SEMAINE - 1)


def _is_acte(nature: NatureEcheance, portee: Portee, le: date, au: date) -> bool:
    return nature is NatureEcheance.PROCEDURE and portee is Portee.A_FAIRE and le <= find_fin_de_semaine(au)


def list_a_completer(etat: EtatDossier) -> tuple[ACompleter, ...]:
    """Say what is missing before a letter may leave: an unknown fact closes the way (it is never guessed)."""
    manques = []
    if etat.debiteur.qualite is QualitePartie.INCONNUE:
        manques.append(
            ACompleter("qualite", phrase("dire si le débiteur est un professionnel, un consommateur ou public"))
        )
    if not etat.debiteur.nom.strip():
        manques.append(ACompleter("nom", phrase("donner le nom du débiteur")))
    if not etat.debiteur.adresse.complete:
        manques.append(ACompleter("adresse", phrase("compléter l'adresse du débiteur")))
    elif _has_undelivered(etat):
        manques.append(
            ACompleter("adresse_erronee", phrase("corriger l'adresse du débiteur : un courrier en est revenu"))
        )
    sans_echeance = [c.creance.numero for c in etat.creances if c.stade is Stade.SANS_ECHEANCE]
    if sans_echeance:
        manques.append(ACompleter("echeance", _ask_echeances(tuple(sans_echeance))))
    if not etat.creancier.ibans:
        manques.append(ACompleter("iban", phrase("indiquer un compte bancaire où payer (réglages)")))
    if not etat.creancier.description.adresse.complete:
        manques.append(ACompleter("adresse_creancier", phrase("compléter l'adresse de votre entreprise (réglages)")))
    return tuple(manques)


def _ask_echeances(numeros: tuple[str, ...]) -> Phrase:
    if len(numeros) == 1:
        return phrase("donner l'échéance de la facture {numero}", numero=numeros[0])
    return phrase("donner l'échéance des factures {numeros}", numeros=numeros)


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
        return Retenue(creance.cle, "sans_echeance", phrase("échéance inconnue : à compléter"), creance.total)
    prescription = creance.prescription
    if prescription is not None and prescription.acquise_au(etat.au):
        raison = phrase(
            "prescrite depuis le {jour} : plus aucune relance sans avis d'une personne", jour=prescription.terme
        )
        return Retenue(creance.cle, "prescrite", raison, creance.total, article=join_mots(prescription.articles))
    if creance.principal_restant == 0:
        raison = phrase(
            "principal payé ; restent {montant} d'intérêts et d'indemnité, à réclamer ou à abandonner par une personne",
            montant=creance.total,
        )
        return Retenue(creance.cle, "accessoires_seuls", raison, creance.total)
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
            _explain_poste(courrier, courrier.approuve_le or etat.au),
            courrier.cle,
        )
        for courrier in etat.courriers
        if courrier.sort is SortCourrier.APPROUVE and courrier.approbation is not None
    ]


def _explain_poste(courrier: EtatCourrier, jour: date) -> Phrase:
    if courrier.acte in MISES_EN_DEMEURE:
        return phrase("mise en demeure approuvée le {jour} : à poster, puis à marquer comme postée", jour=jour)
    return phrase("lettre approuvée le {jour} : à poster, puis à marquer comme postée", jour=jour)


def _list_plans_en_retard(etat: EtatDossier, credits_retenus: Sequence[CreditRetenu]) -> list[Action]:
    """Say which plans are late; none while money that came in waits to be matched: it may be the instalment."""
    if credits_retenus:
        return []
    return [
        Action(
            Geste.PLAN_EN_RETARD,
            Etape.RELANCE,
            retard.creances,
            retard.depuis,
            retard.montant,
            retard.phrase,
            plan=retard.plan.plan.cle,
        )
        for retard in list_retards(etat)
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
            raison = phrase("passe après {etape} d'autres factures du même débiteur", etape=_ETAPES[actions[0].etape])
            retenues += [Retenue(c.cle, "autre_etape", raison, c.total) for c, _ in choisies]
        elif empechement is not None:
            code, raison, jusqu_au = empechement
            retenues += [Retenue(c.cle, code, raison, c.total, jusqu_au) for c, _ in choisies]
        else:
            actions.append(_make_action(etape, choisies, etat.au))
    return actions, retenues


_ETAPES = {
    Etape.COURTOISIE: phrase("la note de courtoisie"),
    Etape.APPEL: phrase("l'appel"),
    Etape.RELANCE: phrase("la relance"),
    Etape.MISE_EN_DEMEURE: phrase("la mise en demeure"),
}
_GESTES = {
    Etape.COURTOISIE: Geste.ECRIRE,
    Etape.APPEL: Geste.APPELER,
    Etape.RELANCE: Geste.ECRIRE,
    Etape.MISE_EN_DEMEURE: Geste.METTRE_EN_DEMEURE,
}


def _find_empechement(
    etat: EtatDossier, etape: Etape, a_completer: Sequence[ACompleter]
) -> tuple[str, Phrase, date | None] | None:
    """Say what keeps a step from leaving today: missing data, a letter to post first, a message sent too recently."""
    manques = tuple(m.phrase for m in a_completer if m.code != "echeance")  # an unknown due date holds only its claim
    if etape is not Etape.APPEL and manques:
        return "a_completer", phrase("à compléter avant tout courrier : {manques}", manques=manques), None
    attente = (c for c in etat.courriers if c.sort is SortCourrier.APPROUVE and c.acte in MISES_EN_DEMEURE)
    if etape is not Etape.APPEL and any(attente):
        return "courrier_a_poster", phrase("une mise en demeure approuvée attend d'être postée"), None
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
            raison = phrase(
                "un message est parti le {jour} : au plus un par {delai} (règle de conduite, non la loi)",
                jour=dernier,
                delai=count_jours(JOURS_ENTRE_MESSAGES),
            )
            return "message_recent", raison, fin
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


def _write_phrase(etape: Etape, creances: Sequence[EtatCreance], au: date) -> Phrase:
    if etape is Etape.COURTOISIE:
        jours = min((c.creance.echeance - au).days for c in creances if c.creance.echeance is not None)
        return phrase("{quoi} : note de courtoisie", quoi=_describe_echeance(creances, jours))
    quoi = _describe_retard(creances, count_jours(max(c.jours_de_retard for c in creances)))
    if etape is Etape.APPEL:
        return phrase("{quoi} : appeler", quoi=quoi)
    if etape is Etape.RELANCE:
        return phrase("{quoi} : relance écrite", quoi=quoi)
    relances = _last_days(creances, Etape.RELANCE)
    if not relances:
        return phrase("{quoi} : mise en demeure", quoi=quoi)
    return phrase("{quoi}, relance du {jour} sans effet : mise en demeure", quoi=quoi, jour=max(relances))


def _describe_echeance(creances: Sequence[EtatCreance], jours: int) -> Phrase:
    quoi = _count_factures(creances)
    if jours == 0:
        return phrase("{quoi} à échéance aujourd'hui", quoi=quoi)
    return phrase("{quoi} à échéance dans {delai}", quoi=quoi, delai=count_jours(jours))


def _describe_retard(creances: Sequence[EtatCreance], retard: Phrase) -> Phrase:
    if len(creances) > 1:
        return phrase("{nombre} factures échues depuis {retard}", nombre=len(creances), retard=retard)
    return phrase("Facture {numero} échue depuis {retard}", numero=creances[0].creance.numero, retard=retard)


def _count_factures(creances: Sequence[EtatCreance]) -> Phrase:
    if len(creances) > 1:
        return phrase("{nombre} factures", nombre=len(creances))
    return phrase("Facture {numero}", numero=creances[0].creance.numero)


def _last_days(creances: Iterable[EtatCreance], etape: Etape) -> list[date]:
    return [jour for c in creances for faite, jour in c.etapes_faites if faite is etape]


def _list_jours(creance: EtatCreance) -> set[date]:
    """Return the days on which this claim changes by itself."""
    jours: set[date] = set()
    if creance.creance.echeance is not None:
        jours.add(creance.creance.echeance + UN_JOUR)
    jours |= {s.jusqu_au + UN_JOUR for s in creance.suspensions if s.jusqu_au is not None}
    if creance.prescription is not None:
        jours.add(creance.prescription.terme + UN_JOUR)
    return jours
