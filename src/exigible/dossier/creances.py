"""The claims of a dossier on a day: at which stage, what was done about them, under which limitation."""

from __future__ import annotations

from datetime import date

from exigible.dossier.courriers import find_mises_en_demeure, find_presentation
from exigible.dossier.etat import EtatCreance, Stade, Suspension
from exigible.dossier.faits import (
    ActionIgnoree,
    ActionReportee,
    AppelPasse,
    Canal,
    CreanceNee,
    Etape,
    IssueAppel,
    PaiementRecu,
    PaiementRejete,
    PlanConvenu,
    RelanceFaite,
)
from exigible.dossier.releve import Contexte, sum_impute
from exigible.dossier.suspensions import sum_conteste
from exigible.droit.decompte import Decompte
from exigible.droit.prescription import Prescription, compute_prescription


def describe_creance(
    contexte: Contexte, creance: CreanceNee, decompte: Decompte, suspensions: tuple[Suspension, ...]
) -> EtatCreance:
    """One claim on the day, read from the statement of what is claimed."""
    solde = next(s for s in decompte.soldes if s.cle == creance.cle)
    etapes = _list_etapes(contexte, creance)
    faites = {etape for etape, _ in etapes}
    echeance = creance.echeance
    return EtatCreance(
        creance=creance,
        stade=_choose_stade(contexte.au, creance, faites, soldee=solde.total == 0),
        principal_restant=solde.principal_restant,
        interets=solde.interets,
        indemnites=solde.indemnites,
        conteste=sum_conteste(contexte.faits, creance, solde.principal_restant),
        jours_de_retard=max((contexte.au - echeance).days, 0) if echeance else 0,
        suspensions=suspensions,
        etapes_faites=etapes,
        etapes_ignorees=tuple(f.etape for f in contexte.faits.list(ActionIgnoree) if creance.cle in f.creances),
        reports=tuple((f.etape, f.jusqu_au) for f in contexte.faits.list(ActionReportee) if creance.cle in f.creances),
        appel_abouti=any(
            f.issue is IssueAppel.ABOUTI and creance.cle in f.creances for f in contexte.faits.list(AppelPasse)
        ),
        prescription=_compute_prescription(contexte, creance, decompte),
        en_demeure_le=find_presentation(contexte.faits, contexte.courriers, creance),
    )


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
        for jour, f in contexte.faits.dated(RelanceFaite)
        if creance.cle in f.creances
    ]
    etapes += [(Etape.APPEL, jour) for jour, f in contexte.faits.dated(AppelPasse) if creance.cle in f.creances]
    etapes += [
        (Etape.MISE_EN_DEMEURE, c.poste_le)
        for c in find_mises_en_demeure(contexte.courriers, creance.cle)
        if c.poste_le is not None
    ]
    return tuple(sorted(etapes, key=lambda e: e[1]))


def _compute_prescription(contexte: Contexte, creance: CreanceNee, decompte: Decompte) -> Prescription:
    """Careful on both ends: from the day the service was done (else the invoice), restarted only by what is certain.

    A payment restarts it when it named this claim alone, paid something of it and left something due (C. civ. 2240).
    """
    rejetes = {f.paiement for f in contexte.faits.list(PaiementRejete)}
    reconnaissances = [
        jour
        for jour, p in contexte.faits.dated(PaiementRecu)
        if p.cle not in rejetes
        and p.creances == (creance.cle,)
        and sum_impute(decompte.imputations, p.cle, creance.cle) > 0
    ]
    reconnaissances += [jour for jour, plan in contexte.faits.dated(PlanConvenu) if creance.cle in plan.creances]
    return compute_prescription(
        creancier=contexte.creancier.description.qualite,
        debiteur=contexte.debiteur.qualite,
        depart_prudent=min(creance.execution or creance.emission, creance.emission),
        reconnaissances=sorted(reconnaissances),
    )
