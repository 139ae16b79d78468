"""The claims of a dossier on a day: what is due on each, at which stage, under which limitation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from exigible.dossier.courriers import find_mises_en_demeure, find_presentation
from exigible.dossier.etat import EtatCourrier, EtatCreance, EtatCreancier, Stade, Suspension
from exigible.dossier.faits import (
    ActionIgnoree,
    ActionReportee,
    AppelPasse,
    AvoirEmis,
    CreanceNee,
    DebiteurDecrit,
    Etape,
    IssueAppel,
    PaiementRecu,
    PaiementRejete,
    PlanConvenu,
    ProcedureCollectiveOuverte,
    Reclamation,
    RelanceFaite,
    SurendettementRecevable,
)
from exigible.dossier.faits_creancier import ConditionsDeVenteFixees
from exigible.dossier.suspensions import Faits, sum_conteste
from exigible.droit.argent import ZERO
from exigible.droit.decompte import Creance, Decompte, ModeImputation, Versement, compute_decompte
from exigible.droit.erreurs import Avertissement, ErreurBareme
from exigible.droit.interets import Regime, RegleInterets
from exigible.droit.jours import UN_JOUR
from exigible.droit.prescription import Prescription, compute_prescription
from exigible.droit.regimes import ChoixRegime, indemnite_forfaitaire


@dataclass(slots=True)
class Contexte:
    """What valuing the claims of one dossier needs; `avertissements` gathers what was met on the way."""

    au: date
    faits: Faits
    creancier: EtatCreancier
    debiteur: DebiteurDecrit
    regime: ChoixRegime
    conditions: Sequence[tuple[date, ConditionsDeVenteFixees]]
    courriers: tuple[EtatCourrier, ...]
    penalites: Reclamation
    indemnite: Reclamation
    provisoire: bool
    avertissements: list[Avertissement] = field(default_factory=list)


def value_creances(contexte: Contexte) -> tuple[Decompte, Decompte]:
    """Return the statement of what is claimed, and the one with what is only announced added to it."""
    reclame = _compute(contexte, {Reclamation.RECLAMER})
    if Reclamation.ANNONCER not in {contexte.penalites, contexte.indemnite}:
        return reclame, reclame
    return reclame, _compute(contexte, {Reclamation.RECLAMER, Reclamation.ANNONCER})


def _compute(contexte: Contexte, retenues: set[Reclamation]) -> Decompte:
    creances = [
        Creance(
            cle=creance.cle,
            libelle=f"Facture {creance.numero}",
            principal=_sum_principal(contexte.faits, creance),
            echeance=creance.echeance or date.max,
            regle=_choose_regle(contexte, creance) if contexte.penalites in retenues else None,
            indemnite=_choose_indemnite(contexte, creance) if contexte.indemnite in retenues else ZERO,
        )
        for creance in contexte.faits.list(CreanceNee)
    ]
    return compute_decompte(
        creances,
        _list_versements(contexte.faits),
        contexte.au,
        provisoire=contexte.provisoire,
        arreter_au_dernier_connu=not contexte.provisoire,
    )


def _sum_principal(faits: Faits, creance: CreanceNee) -> Decimal:
    """Return the price less the credit notes written on this invoice, from the first day: the lower sum is claimed."""
    avoirs = sum((a.montant for a in faits.list(AvoirEmis) if a.creance == creance.cle), ZERO)
    return max(creance.montant - avoirs, ZERO)


def _list_versements(faits: Faits) -> list[Versement]:
    rejetes = {f.paiement for f in faits.list(PaiementRejete)}
    cles = {c.cle for c in faits.list(CreanceNee)}
    paiements = [
        Versement(p.cle, jour, p.montant, tuple(c for c in p.creances if c in cles))
        for jour, p in faits.dated(PaiementRecu)
        if p.cle not in rejetes
    ]
    avoirs = [
        Versement(a.cle, jour, a.montant, (), ModeImputation.PRINCIPAL)
        for jour, a in faits.dated(AvoirEmis)
        if a.creance not in cles
    ]
    return paiements + avoirs


def _choose_regle(contexte: Contexte, creance: CreanceNee) -> RegleInterets | None:
    """Return the interest rule of a claim; None when nothing may be claimed yet, which is said."""
    regime = contexte.regime.regime
    if regime is None or creance.echeance is None:
        return None
    depart = creance.echeance
    if regime is Regime.LEGAL:
        presentation = find_presentation(contexte.courriers, creance.cle)
        if presentation is None:
            _warn_presentation(contexte, creance)
            return None
        depart = max(presentation, creance.echeance)
    conditions = _find_conditions(contexte, creance.emission) if regime is Regime.COMMERCIAL else None
    return RegleInterets(
        regime=regime,
        depart=depart,
        creancier=contexte.creancier.description.qualite,
        taux=conditions.taux_penalites if conditions else None,
        multiple_legal=conditions.multiple_legal if conditions else None,
        arret=_find_arret(contexte.faits, creance),
    )


def _find_conditions(contexte: Contexte, emission: date) -> ConditionsDeVenteFixees | None:
    """Return the terms of sale of the day of the invoice; before the first known ones, those."""
    if not contexte.conditions:
        return None
    passees = [c for debut, c in contexte.conditions if debut <= emission]
    return passees[-1] if passees else contexte.conditions[0][1]


def _find_arret(faits: Faits, creance: CreanceNee) -> date | None:
    """Return the last day that bears interest when insolvency or over-indebtedness stops it: the eve of that day."""
    jours = [
        jour
        for sorte in (ProcedureCollectiveOuverte, SurendettementRecevable)
        for jour, _ in faits.dated(sorte)
        if creance.emission < jour
    ]
    return min(jours) - UN_JOUR if jours else None


def _warn_presentation(contexte: Contexte, creance: CreanceNee) -> None:
    if find_mises_en_demeure(contexte.courriers, creance.cle):
        contexte.avertissements.append(
            Avertissement(
                "presentation_inconnue",
                f"Facture {creance.numero} : la mise en demeure est partie, mais le jour de sa première présentation "
                "n'est pas connu ; aucun intérêt légal n'est compté tant qu'il n'est pas saisi (C. civ. 1231-6).",
                {"numero": creance.numero},
            )
        )


def _choose_indemnite(contexte: Contexte, creance: CreanceNee) -> Decimal:
    if not contexte.regime.indemnite or creance.echeance is None or contexte.au <= creance.echeance:
        return ZERO
    try:
        return indemnite_forfaitaire(creance.echeance + UN_JOUR).valeur
    except ErreurBareme:
        # The 40 € exists only since 2013: an older debt has none.
        return ZERO


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
        prescription=_compute_prescription(contexte, creance),
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
    etapes = [(f.etape, jour) for jour, f in contexte.faits.dated(RelanceFaite) if creance.cle in f.creances]
    etapes += [(Etape.APPEL, jour) for jour, f in contexte.faits.dated(AppelPasse) if creance.cle in f.creances]
    etapes += [
        (Etape.MISE_EN_DEMEURE, c.poste_le)
        for c in find_mises_en_demeure(contexte.courriers, creance.cle)
        if c.poste_le is not None
    ]
    return tuple(sorted(etapes, key=lambda e: e[1]))


def _compute_prescription(contexte: Contexte, creance: CreanceNee) -> Prescription:
    """Careful on both ends: from the day the service was done (else the invoice), restarted only by what is certain."""
    rejetes = {f.paiement for f in contexte.faits.list(PaiementRejete)}
    reconnaissances = [
        jour
        for jour, p in contexte.faits.dated(PaiementRecu)
        if p.cle not in rejetes and creance.cle in p.creances and p.montant < creance.montant
    ]
    reconnaissances += [jour for jour, plan in contexte.faits.dated(PlanConvenu) if creance.cle in plan.creances]
    return compute_prescription(
        creancier=contexte.creancier.description.qualite,
        debiteur=contexte.debiteur.qualite,
        depart_prudent=min(creance.execution or creance.emission, creance.emission),
        reconnaissances=sorted(reconnaissances),
    )
