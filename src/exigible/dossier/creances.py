"""The claims of a dossier on a day: at which stage, what was done about them, under which limitation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from exigible.dossier.courriers import find_presentation
from exigible.dossier.etat import EtatCreance, Stade
from exigible.dossier.faits import (
    DEBITEUR,
    ActionIgnoree,
    ActionReportee,
    AppelPasse,
    Canal,
    CreanceNee,
    Etape,
    IssueAppel,
    PaiementRecu,
    RelanceFaite,
    RolePersonne,
)
from exigible.dossier.obligation.obliges import find_cession
from exigible.dossier.plans.etat import EtatPlan
from exigible.dossier.plans.suivi import list_reconnaissances
from exigible.dossier.procedures.causes import find_nature, list_causes
from exigible.dossier.releve import Contexte, sum_impute
from exigible.dossier.suspensions import list_suspensions, sum_conteste
from exigible.droit.decompte import Decompte, Imputation, SoldeCreance
from exigible.droit.prescription import Prescription, compute_prescription


def describe_creances(contexte: Contexte, decompte: Decompte, plans: Sequence[EtatPlan]) -> tuple[EtatCreance, ...]:
    """Every claim on the day, read from the statement of what is claimed."""
    soldes = {solde.cle: solde for solde in decompte.soldes}
    imputations: dict[str, list[Imputation]] = {}
    for imputation in decompte.imputations:
        imputations.setdefault(imputation.creance, []).append(imputation)
    return tuple(
        _describe(contexte, creance, soldes[creance.cle], imputations.get(creance.cle, ()), plans)
        for creance in contexte.faits.list(CreanceNee)
    )


def _describe(
    contexte: Contexte,
    creance: CreanceNee,
    solde: SoldeCreance,
    imputations: Sequence[Imputation],
    plans: Sequence[EtatPlan],
) -> EtatCreance:
    """Tell one claim, `imputations` being what was paid on it."""
    faits, cle = contexte.faits, creance.cle
    etapes = _list_etapes(contexte, creance)
    faites = {etape for etape, _ in etapes}
    echeance = creance.echeance
    return EtatCreance(
        creance=creance,
        stade=_find_sortie(contexte, creance) or _choose_stade(contexte.au, creance, faites, soldee=solde.total == 0),
        principal_restant=solde.principal_restant,
        interets=solde.interets,
        indemnites=solde.indemnites,
        conteste=sum_conteste(faits, creance, solde.principal_restant),
        jours_de_retard=max((contexte.au - echeance).days, 0) if echeance else 0,
        suspensions=list_suspensions(faits, creance, plans, contexte.procedures, contexte.au),
        etapes_faites=etapes,
        etapes_ignorees=tuple(f.etape for _, f in faits.dated_sur(ActionIgnoree, cle)),
        reports=tuple((f.etape, f.jusqu_au) for _, f in faits.dated_sur(ActionReportee, cle)),
        appel_abouti=any(f.issue is IssueAppel.ABOUTI for _, f in faits.dated_sur(AppelPasse, cle)),
        prescription=_compute_prescription(contexte, creance, imputations),
        en_demeure_le=find_presentation(faits, contexte.get_mises_en_demeure(cle), creance),
    )


def _find_sortie(contexte: Contexte, creance: CreanceNee) -> Stade | None:
    """Return why a claim is no longer in the account: assigned, or replaced by a decision; None while it is there."""
    if creance.cle in contexte.restees:
        return None
    return Stade.CEDEE if find_cession(contexte.faits, creance) else Stade.JUGEE


def _choose_stade(au: date, creance: CreanceNee, faites: set[Etape], *, soldee: bool) -> Stade:
    if soldee:
        return Stade.SOLDEE
    if creance.echeance is None:
        return Stade.SANS_ECHEANCE
    if Etape.MISE_EN_DEMEURE in faites:
        return Stade.MISE_EN_DEMEURE
    if au <= creance.echeance:
        return Stade.A_ECHOIR
    return Stade.RELANCEE if Etape.RELANCE in faites else Stade.ECHUE


def _list_etapes(contexte: Contexte, creance: CreanceNee) -> tuple[tuple[Etape, date], ...]:
    """What was done about a claim, in order of days. A reminder given by telephone is a call: nothing written left."""
    etapes = [
        (Etape.APPEL if f.canal is Canal.TELEPHONE else f.etape, jour)
        for jour, f in contexte.faits.dated_sur(RelanceFaite, creance.cle)
    ]
    etapes += [(Etape.APPEL, jour) for jour, _ in contexte.faits.dated_sur(AppelPasse, creance.cle)]
    etapes += [
        (Etape.MISE_EN_DEMEURE, c.poste_le)
        for c in contexte.get_mises_en_demeure(creance.cle)
        if c.poste_le is not None
    ]
    return tuple(sorted(etapes, key=lambda e: e[1]))


def _compute_prescription(
    contexte: Contexte, creance: CreanceNee, imputations: Sequence[Imputation]
) -> Prescription | None:
    """Careful on both ends: from the day the service was done (else the invoice), restarted only by what is certain.

    A payment restarts it when it named this claim alone, paid something of it and left something due (C. civ. 2240).
    Unknown (None) when neither the day of the invoice nor its due date is known.
    """
    depart = min(creance.execution or creance.emission, creance.emission)
    if not creance.emission_connue:
        if creance.echeance is None:
            return None
        depart = min(depart, creance.echeance)
    procedures = contexte.procedures
    reconnaissances = [
        jour
        for jour, p in contexte.faits.dated_sur(PaiementRecu, creance.cle)
        if p.creances == (creance.cle,) and sum_impute(imputations, p.cle, creance.cle) > 0
    ]
    reconnaissances += list_reconnaissances(contexte.faits, creance.cle)
    return compute_prescription(
        creancier=contexte.creancier.description.qualite,
        debiteur=contexte.debiteur.qualite,
        depart_prudent=depart,
        reconnaissances=sorted(reconnaissances),
        causes=list_causes(procedures, creance.cle, contexte.au, list_tenus(contexte)) if procedures else (),
        nature=creance.nature or find_nature(procedures, creance.cle),
    )


def list_tenus(contexte: Contexte) -> set[str]:
    """The persons whose pursuit interrupts against the debtor: himself, and those held for the whole (C. civ. 2245)."""
    solidaires = (o.fait for o in contexte.compte.obliges if o.fait.role is RolePersonne.CODEBITEUR_SOLIDAIRE)
    return {DEBITEUR, *(fait.cle for fait in solidaires)}
