"""What became of the direct debits asked of the bank: paid, come back, or nothing known yet; their batches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exigible.dossier.faits import MandatSigne, PaiementRecu, PaiementRejete, PlanConvenu, PrelevementOrdonne
from exigible.dossier.journal import Inscription
from exigible.dossier.prelevements import map_rejets
from exigible.dossier.suspensions import Faits

_MESSAGE_MAX = 31
"""What of the reference of a file is kept in that of its batches (see `pain008`)."""


@dataclass(frozen=True, slots=True)
class PrelevementSuivi:
    """A debit: its mandate, the claims of its plan, the payment that it brought, why it came back (None: it did not).

    `paiement_rejete`: that payment is known to have come back.
    """

    ordre: PrelevementOrdonne
    mandat: MandatSigne | None
    creances: tuple[str, ...]
    paiement: PaiementRecu | None
    paiement_rejete: bool
    rejet: str | None


def follow_prelevements(effectives: Sequence[Inscription]) -> tuple[PrelevementSuivi, ...]:
    """Follow every debit of a dossier, in the order they were asked for."""
    faits = Faits(effectives)
    rejets = map_rejets(faits)
    rejetes = {f.paiement for f in faits.list(PaiementRejete)}
    mandats = {m.cle: m for m in faits.list(MandatSigne)}
    plans = {p.cle: p.creances for p in faits.list(PlanConvenu)}
    paiements = {p.prelevement: p for p in faits.list(PaiementRecu) if p.prelevement}
    return tuple(
        PrelevementSuivi(
            ordre=o,
            mandat=mandats.get(o.mandat),
            creances=plans.get(o.plan, ()),
            paiement=(paiement := paiements.get(o.cle)),
            paiement_rejete=paiement is not None and paiement.cle in rejetes,
            rejet=rejets.get(o.cle),
        )
        for o in faits.list(PrelevementOrdonne)
    )


def make_cle_paiement(prelevement: str) -> str:
    """Name the payment that a debit brings."""
    return f"prelevement-{prelevement}"


def name_lots(message: str, ordres: Iterable[PrelevementOrdonne]) -> dict[str, tuple[str, str]]:
    """Give, for each debit of one file (by end-to-end reference), the references of its batch and of the file.

    The bank credits a batch (one day, one sequence) as one movement, under one of these references.
    """
    groupes: dict[tuple[str, str], list[str]] = {}
    for ordre in ordres:
        groupes.setdefault((ordre.jour.isoformat(), ordre.sequence.value), []).append(ordre.reference)
    return {
        reference: (f"{message[:_MESSAGE_MAX]}-{rang}", message)
        for rang, (_, references) in enumerate(sorted(groupes.items()), start=1)
        for reference in references
    }
