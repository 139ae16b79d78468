"""Which claims of a dossier may be brought to court today, which may not, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.dossier.conseil.examen import JUDICIAIRES, Examen, has_suspension
from exigible.dossier.etat import STADES_CLOS, EtatCreance, MotifSuspension, Stade
from exigible.droit.argent import ZERO
from exigible.droit.competence_faits import Motif
from exigible.droit.phrase import phrase

JOURS_URGENCE = 180
"""Our own habit, not the law: under six months from limitation, only what interrupts it at once is advised."""


@dataclass(frozen=True, slots=True)
class CreanceEcartee:
    """A claim left out, and why."""

    creance: str
    numero: str
    motif: Motif


@dataclass(frozen=True, slots=True)
class Perimetre:
    """The claims that may be brought together, and those left out."""

    creances: tuple[EtatCreance, ...]
    ecartees: tuple[CreanceEcartee, ...]

    @property
    def total(self) -> Decimal:
        """All that is due on them, in euros."""
        return sum((c.total for c in self.creances), ZERO)

    @property
    def incontestee(self) -> Decimal:
        """What nobody disputes: of a claim disputed in part, the rest of its principal, without accessories."""
        return sum((_find_incontestee(c) for c in self.creances), ZERO)

    @property
    def dernier_jour_sur(self) -> date | None:
        """The last safe day before one of them is time-barred; None while a procedure holds the time."""
        termes = (c.prescription for c in self.creances)
        return min((p.dernier_jour_sur for p in termes if p is not None and not p.en_cours), default=None)

    def is_urgent(self, au: date) -> bool:
        """Whether limitation is near enough to advise only what interrupts it at once."""
        terme = self.dernier_jour_sur
        return terme is not None and (terme - au).days < JOURS_URGENCE

    @property
    def motifs(self) -> tuple[Motif, ...]:
        """Why claims were left out, each reason once."""
        return tuple({e.motif.code: e.motif for e in self.ecartees}.values())


def find_perimetre(examen: Examen) -> Perimetre:
    """Sort the claims still owed: those that a judge could hear today, and the others."""
    dues = [c for c in examen.etat.creances if c.stade not in STADES_CLOS]
    juges = [(c, _find_motif(examen, c)) for c in dues]
    return Perimetre(
        creances=tuple(c for c, motif in juges if motif is None),
        ecartees=tuple(CreanceEcartee(c.cle, c.creance.numero, motif) for c, motif in juges if motif is not None),
    )


def sum_executable(examen: Examen) -> Decimal:
    """Return what is owed under the titles: heads of decisions, and claims that an order made enforceable."""
    chefs = sum((t.montant for t in examen.titres if t.montant is not None), ZERO)
    dues = (c for c in examen.etat.creances if c.stade not in STADES_CLOS)
    return chefs + sum((c.total for c in dues if examen.find_titre(c.cle) is not None), ZERO)


def list_en_procedure_collective(creances: Iterable[EtatCreance]) -> tuple[EtatCreance, ...]:
    """List the claims that an insolvency holds."""
    return tuple(
        c for c in creances if c.stade not in STADES_CLOS and has_suspension(c, MotifSuspension.PROCEDURE_COLLECTIVE)
    )


def _find_incontestee(creance: EtatCreance) -> Decimal:
    return creance.total if creance.conteste == 0 else max(creance.principal_restant - creance.conteste, ZERO)


def _find_motif(examen: Examen, creance: EtatCreance) -> Motif | None:
    """Return what keeps a claim from being brought, the gravest first."""
    if has_suspension(creance, MotifSuspension.PROCEDURE_COLLECTIVE):
        message = phrase(
            "Une procédure collective est ouverte : aucune action en paiement, la créance se déclare au mandataire."
        )
        return Motif("procedure_collective", message, ("C. com. L622-21", "C. com. L622-24"))
    if examen.find_titre(creance.cle) is not None:
        message = phrase("Un titre exécutoire existe déjà : il reste à l'exécuter.")
        return Motif("titre", message, ("CPCE L111-2", "CPCE L111-3"))
    instance = examen.find_instance(creance.cle)
    if instance is not None:
        message = phrase(
            "« {procedure} » est en cours sur cette créance depuis le {jour} : une seconde demande serait écartée.",
            procedure=instance.graphe.nom,
            jour=instance.ouverte_le,
        )
        if instance.graphe.code in JUDICIAIRES:
            return Motif("litispendance", message, ("CPC 100",))
        message = phrase(
            "« {procedure} » est en cours sur cette créance depuis le {jour} : attendez son issue.",
            procedure=instance.graphe.nom,
            jour=instance.ouverte_le,
        )
        return Motif("procedure_en_cours", message, instance.graphe.articles)
    prescription = creance.prescription
    if prescription is not None and prescription.acquise_au(examen.au):
        message = phrase("La créance est prescrite depuis le {jour}.", jour=prescription.terme)
        return Motif("prescrite", message, prescription.articles)
    return _find_non_exigible(creance)


def _find_non_exigible(creance: EtatCreance) -> Motif | None:
    if creance.stade is Stade.SANS_ECHEANCE:
        message = phrase("L'échéance n'est pas connue : donnez-la d'abord.")
        return Motif("sans_echeance", message, ("C. civ. 1305-2",))
    if creance.stade is Stade.A_ECHOIR:
        return Motif("a_echoir", phrase("La créance n'est pas encore échue."), ("C. civ. 1305-2",))
    if has_suspension(creance, MotifSuspension.PLAN):
        message = phrase("Un plan de paiement est en cours : la créance n'est pas exigible tant qu'il tient.")
        return Motif("plan", message, ("C. civ. 1305-2",))
    return None
