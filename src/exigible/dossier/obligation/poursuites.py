"""What keeps a person from being asked to pay today, and what the law says of the way to ask it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from exigible.dossier.faits import (
    DEBITEUR,
    PersonneDecedee,
    PersonneEnProcedure,
    PorteeDecharge,
    ProcedureCollectiveOuverte,
    RolePersonne,
    SorteInsolvabilite,
    SuspensionGarantsLevee,
)
from exigible.dossier.obligation.etat import RaisonPersonne
from exigible.dossier.obligation.obliges import CAUTIONS, Oblige, find_decharge
from exigible.dossier.surendettement import PeriodeSurendettement
from exigible.dossier.suspensions import F, Faits
from exigible.dossier.texte import normalize
from exigible.droit.phrase import phrase


@dataclass(frozen=True, slots=True)
class Empechement:
    """Why a person is not asked to pay: claims born before `avant` (None: all), for the reason said."""

    raison: RaisonPersonne
    avant: date | None = None


class FaitsVus(Faits):
    """The facts as they count in the account of another person: only the insolvencies that stop interest for it.

    Every reading of `Faits` goes through `dated`, which is the only thing changed here.
    """

    def __init__(self, faits: Faits, oblige: Oblige) -> None:
        super().__init__(())
        self._faits = faits
        self.tous = faits.tous
        siennes = [(jour, f) for jour, f in faits.dated(PersonneEnProcedure) if f.personne == oblige.fait.cle]
        collectives = [
            (jour, ProcedureCollectiveOuverte(nature=f.sorte.value, publication=f.publication))
            for jour, f in siennes
            if f.sorte is not SorteInsolvabilite.SURENDETTEMENT
        ]
        if oblige.fait.personne_physique is not False:
            collectives += faits.dated(ProcedureCollectiveOuverte)
        self._vus: dict[type, list[tuple[date, Any]]] = {
            ProcedureCollectiveOuverte: sorted(collectives, key=lambda entree: entree[0]),
            PeriodeSurendettement: [
                (jour, PeriodeSurendettement(depuis=jour))
                for jour, f in siennes
                if f.sorte is SorteInsolvabilite.SURENDETTEMENT
            ],
        }

    def dated(self, sorte: type[F]) -> Sequence[tuple[date, F]]:
        """Return the facts of a type with their effect day."""
        return self._vus[sorte] if sorte in self._vus else self._faits.dated(sorte)


def find_empechements(faits: Faits, personne: str, oblige: Oblige | None, au: date) -> Iterator[Empechement]:
    """Give every reason for which a person cannot be asked to pay today."""
    if (decharge := find_decharge(faits, personne)) is not None:
        yield _release(decharge.portee)
    elif oblige is not None and oblige.fait.role in CAUTIONS and find_decharge(faits, DEBITEUR) is not None:
        message = phrase("La remise de dette accordée au débiteur libère les cautions, même solidaires.")
        yield Empechement(RaisonPersonne("remise_au_debiteur", message, "C. civ. 1350-2"))
    for jour, deces in faits.dated(PersonneDecedee):
        if (deces.personne or DEBITEUR) == personne:
            message = phrase(
                "Elle est décédée le {jour} : la demande va à ses héritiers, chacun pour sa part, et un titre contre "
                "elle vaut contre eux huit jours après sa signification.",
                jour=jour,
            )
            yield Empechement(RaisonPersonne("decedee", message, "C. civ. 873 et 877"))
    yield from _list_procedures(faits, personne, au)
    if oblige is not None and oblige.fait.personne_physique is not False:
        yield from _list_suspensions_des_garants(faits)


def _release(portee: PorteeDecharge) -> Empechement:
    article = "C. civ. 1350-2" if portee is PorteeDecharge.CAUTIONNEMENT else "C. civ. 1350-1"
    return Empechement(RaisonPersonne("dechargee", phrase("Le créancier l'a déchargée."), article))


def _list_procedures(faits: Faits, personne: str, au: date) -> Iterator[Empechement]:
    """The insolvencies of that very person: what is older than them is declared, not asked for."""
    collectives = [jour for jour, f in faits.dated(PersonneEnProcedure) if _is_collective(f, personne)]
    surendettements = [
        jour
        for jour, f in faits.dated(PersonneEnProcedure)
        if f.personne == personne and f.sorte is SorteInsolvabilite.SURENDETTEMENT
    ]
    if personne == DEBITEUR:
        collectives += [jour for jour, _ in faits.dated(ProcedureCollectiveOuverte)]
        surendettements += [p.depuis for _, p in faits.dated(PeriodeSurendettement) if p.holds(au)]
    for jour in sorted(collectives):
        message = phrase(
            "Une procédure collective est ouverte contre elle depuis le {jour} : la créance antérieure est à déclarer, "
            "aucune demande de paiement n'est permise.",
            jour=jour,
        )
        yield Empechement(RaisonPersonne("procedure_collective", message, "C. com. L622-21 et L622-24"), jour)
    for jour in sorted(surendettements):
        message = phrase(
            "Son dossier de surendettement est recevable depuis le {jour} : elle ne peut payer les dettes antérieures.",
            jour=jour,
        )
        yield Empechement(RaisonPersonne("surendettement", message, "C. conso. L722-2 et L722-5"), jour)


def _is_collective(fait: PersonneEnProcedure, personne: str) -> bool:
    return fait.personne == personne and fait.sorte is not SorteInsolvabilite.SURENDETTEMENT


def _list_suspensions_des_garants(faits: Faits) -> Iterator[Empechement]:
    """The debtor's observation period stays the actions against natural persons bound with it (L622-28 al. 2)."""
    fins = [jour for jour, _ in faits.dated(SuspensionGarantsLevee)]
    fins += [jour for jour, f in faits.dated(ProcedureCollectiveOuverte) if is_liquidation(f)]
    for jour, fait in faits.dated(ProcedureCollectiveOuverte):
        if is_liquidation(fait) or any(fin >= jour for fin in fins):
            continue
        message = phrase(
            "La procédure ouverte contre le débiteur le {jour} suspend toute action contre les personnes physiques "
            "coobligées ou garantes, jusqu'au jugement qui arrête le plan ou prononce la liquidation ; les mesures "
            "conservatoires restent permises.",
            jour=jour,
        )
        yield Empechement(RaisonPersonne("garants_suspendus", message, "C. com. L622-28 al. 2 et 3"))


def is_liquidation(fait: ProcedureCollectiveOuverte) -> bool:
    """Whether the procedure is a liquidation, by its name."""
    return "liquidation" in normalize(fait.nature)


def list_reserves(oblige: Oblige, cautions: int) -> Iterator[RaisonPersonne]:
    """Say what the person may answer to the claim, though it is due: it is not up to us to raise it."""
    role = oblige.fait.role
    if role is RolePersonne.CODEBITEUR_CONJOINT:
        message = phrase("La dette se divise : elle ne doit que sa part.")
        yield RaisonPersonne("dette_divisee", message, "C. civ. 1309")
    if role is RolePersonne.CAUTION_SIMPLE:
        message = phrase("Elle peut demander que le débiteur soit poursuivi d'abord.")
        yield RaisonPersonne("benefice_de_discussion", message, "C. civ. 2305")
    if role in CAUTIONS and oblige.fait.mention is False and oblige.fait.personne_physique is not False:
        message = phrase(
            "L'acte ne porte pas, de sa main, la mention que la loi exige d'une caution personne physique : elle peut "
            "faire annuler son engagement."
        )
        yield RaisonPersonne("mention_absente", message, "C. civ. 2297")
    if role in CAUTIONS and cautions > 1:
        message = phrase(
            "Elle peut demander que la dette soit divisée entre les cautions solvables, sauf si elles sont solidaires "
            "entre elles ou si elle y a renoncé."
        )
        yield RaisonPersonne("benefice_de_division", message, "C. civ. 2306")
    if role is RolePersonne.GARANT_AUTONOME:
        message = phrase("Elle doit la somme promise, à première demande, sauf abus ou fraude manifeste.")
        yield RaisonPersonne("garantie_autonome", message, "C. civ. 2321")
