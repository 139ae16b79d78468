"""The over-indebtedness of the debtor, as stretches of days: when nothing may be asked, when no interest is counted.

Nothing may be asked for two years at most from the admissibility (C. conso. L722-2, L722-3, L722-5), then as long as
the plan or the measures last (L733-16). Interest is stopped until they are applied (L722-14); then it is the one that
they fix, which the dossier does not know: none is counted. When it all ends, interest starts again the next day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from exigible.dossier.faits import DEBITEUR, Fait, SurendettementRecevable
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.procedures.ouvertures import SURENDETTEMENT
from exigible.droit.erreurs import Avertissement
from exigible.droit.jours import UN_JOUR, add_mois
from exigible.droit.pauses import MotifPause, Pause
from exigible.droit.phrase import Phrase, phrase

_RECEVABILITES = frozenset({"recevabilite", "redepot"})
_PLAN, _EFFACE = "SUREND_PLAN", "SUREND_EFFACE"
_CONVENTIONNEL = "plan_approuve"
_MOIS_DE_SUSPENSION = 24


class IssueSurendettement(StrEnum):
    """How it ended: the plan lapsed, ran to its end, the debtor lost its benefit, or it should not have been."""

    CADUC = "caduc"
    TERME = "terme"
    EFFACEMENT = "effacement"
    INFIRMATION = "infirmation"
    CLOTURE = "cloture"


_ISSUES = {
    "plan_caduc": IssueSurendettement.CADUC,
    "fin_mesures": IssueSurendettement.TERME,
    "plan_execute": IssueSurendettement.TERME,
    "recevabilite_infirmee": IssueSurendettement.INFIRMATION,
    "jugement_irrecevabilite": IssueSurendettement.INFIRMATION,
}


class PeriodeSurendettement(Fait, frozen=True, tag="#periode_surendettement"):
    """One admissibility and what followed; implied by the steps, never written in a journal.

    `depuis`: the day of the admissibility. `plan_depuis`: the day on which a plan or measures began; `impose`: the
    debtor and his creditors did not agree on it. `fin`: the day on which it ended, from which the debt may be asked for
    again, as `issue` says.
    """

    depuis: date
    plan_depuis: date | None = None
    impose: bool = False
    fin: date | None = None
    issue: IssueSurendettement | None = None

    def holds(self, au: date) -> bool:
        """Whether the debtor may not be asked to pay on the day `au`."""
        if au < self.depuis or (self.fin is not None and au >= self.fin):
            return False
        if self.plan_depuis is not None and au >= self.plan_depuis:
            return True
        return au <= add_mois(self.depuis, _MOIS_DE_SUSPENSION)

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """The days without interest: until the measures are applied, then while they last, the day it ends included."""
        plan, fin = self.plan_depuis, self.fin
        if fin is not None and self.issue is None:  # another admissibility goes on from that day
            fin -= UN_JOUR
        if plan is None or plan <= self.depuis:
            motif = MotifPause.SURENDETTEMENT if plan is None else MotifPause.MESURES_DE_SURENDETTEMENT
            return (Pause(self.depuis, motif, fin),)
        return (
            Pause(self.depuis, MotifPause.SURENDETTEMENT, plan - UN_JOUR),
            Pause(plan, MotifPause.MESURES_DE_SURENDETTEMENT, fin),
        )


def list_periodes(
    procedures: Iterable[EtatProcedure], recevables: Sequence[tuple[date, SurendettementRecevable]]
) -> list[tuple[date, PeriodeSurendettement]]:
    """Return, in order of days, every over-indebtedness of the debtor; a fact that no procedure tells has no end."""
    periodes = [
        periode
        for procedure in procedures
        if procedure.graphe.code == SURENDETTEMENT and DEBITEUR in (procedure.contre or (DEBITEUR,))
        for periode in _read_periodes(procedure)
    ]
    connues = {p.depuis for p in periodes}
    periodes += [PeriodeSurendettement(depuis=jour) for jour, _ in recevables if jour not in connues]
    return sorted(((p.depuis, p) for p in periodes), key=lambda entree: entree[0])


def _read_periodes(procedure: EtatProcedure) -> Iterator[PeriodeSurendettement]:
    """Cut a procedure at each admissibility: a new one, while a plan lasts, takes its place."""
    ouverte: PeriodeSurendettement | None = None
    for passage in procedure.passages:
        transition = passage.transition
        if transition.evenement in _RECEVABILITES:
            if ouverte is not None and ouverte.depuis < passage.jour:
                yield msgspec.structs.replace(ouverte, fin=passage.jour)
            ouverte = PeriodeSurendettement(depuis=passage.jour)
        elif ouverte is not None and transition.vers == _PLAN and ouverte.plan_depuis is None:
            impose = transition.evenement != _CONVENTIONNEL
            ouverte = msgspec.structs.replace(ouverte, plan_depuis=passage.jour, impose=impose)
    if ouverte is not None:
        fin, issue = _find_fin(procedure)
        yield msgspec.structs.replace(ouverte, fin=fin, issue=issue)


def _find_fin(procedure: EtatProcedure) -> tuple[date | None, IssueSurendettement | None]:
    dernier = procedure.passages[-1]
    if procedure.abandonnee_le is not None:
        return procedure.abandonnee_le, IssueSurendettement.CLOTURE
    if procedure.etat.code == _EFFACE:
        return procedure.depuis, IssueSurendettement.EFFACEMENT
    if procedure.finie:
        return dernier.jour, _ISSUES.get(dernier.transition.evenement, IssueSurendettement.CLOTURE)
    return None, None


# --- What is said -----------------------------------------------------------------------------------------------------


def describe_suspension(periode: PeriodeSurendettement, au: date) -> tuple[Phrase, date, str]:
    """Say why nothing may be asked on the day `au`, since when, under which text."""
    plan = periode.plan_depuis
    if plan is None or au < plan:
        raison = phrase(
            "dossier de surendettement recevable depuis le {jour} : plus aucune demande de paiement",
            jour=periode.depuis,
        )
        return raison, periode.depuis, "C. conso. L722-2 et L722-5"
    raison = phrase(
        "plan ou mesures de surendettement en cours depuis le {jour} : aucune demande hors de ce qu'ils prévoient",
        jour=plan,
    )
    return raison, plan, "C. conso. L733-16" if periode.impose else "C. conso. L732-3"


def warn_surendettements(periodes: Iterable[PeriodeSurendettement]) -> Iterator[Avertissement]:
    """Say of each over-indebtedness that is over what may be asked for again, and what is not claimed by caution."""
    for periode in periodes:
        if periode.fin is None or periode.issue is None or periode.issue is IssueSurendettement.EFFACEMENT:
            continue
        parametres = {"depuis": periode.depuis.isoformat(), "fin": periode.fin.isoformat()}
        yield Avertissement("surendettement_termine", _write_issue(periode, periode.fin), parametres)
        if periode.issue is IssueSurendettement.CADUC and periode.impose:
            message = phrase(
                "Des mesures imposées ne tombent pas par une simple mise en demeure : il faut qu'elles le prévoient, "
                "ou que le juge y mette fin (Cass. 2e civ. 09/01/2020, 18-19.846). Vérifiez-le avant tout acte."
            )
            yield Avertissement("caducite_a_verifier", message, parametres)


def _write_issue(periode: PeriodeSurendettement, fin: date) -> Phrase:
    match periode.issue:
        case IssueSurendettement.CADUC:
            return phrase(
                "Le plan de surendettement est caduc depuis le {fin} : la dette peut de nouveau être demandée, et "
                "l'intérêt repart le lendemain. Celui du {depuis} au {fin} n'est pas compté ; ce que le plan avait "
                "remis ou réduit est à vérifier (C. conso. R732-2).",
                fin=fin,
                depuis=periode.depuis,
            )
        case IssueSurendettement.TERME:
            return phrase(
                "Le plan ou les mesures de surendettement ont pris fin le {fin} : ce qui n'a été ni payé ni effacé "
                "peut de nouveau être demandé, et l'intérêt repart le lendemain (C. conso. L732-3 et L733-16).",
                fin=fin,
            )
        case IssueSurendettement.INFIRMATION:
            return phrase(
                "Le débiteur a été déclaré irrecevable au surendettement le {fin} : la dette peut de nouveau être "
                "demandée, et l'intérêt repart le lendemain. Par prudence, celui du {depuis} au {fin} n'est pas compté "
                "(à vérifier).",
                fin=fin,
                depuis=periode.depuis,
            )
    return phrase(
        "Le surendettement déclaré recevable le {depuis} a pris fin le {fin} (clôture, retrait ou déchéance, C. conso. "
        "L761-1) : la dette peut de nouveau être demandée, et l'intérêt repart le lendemain. Par prudence, celui de "
        "ces jours n'est pas compté (à vérifier).",
        depuis=periode.depuis,
        fin=fin,
    )
