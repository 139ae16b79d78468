"""The day's work: every dossier valued, what is to be done, what is held, and why. Nothing leaves by itself.

A run values the dossiers and seals the day; run again, it changes nothing. A blank run (`a_blanc`) writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.bureau.actes.lots_garde import forget_lots
from exigible.bureau.banque.lecture import list_credits_ouverts
from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.envois.models import Courrier
from exigible.bureau.journal.lecture import cut_lots
from exigible.bureau.journal.services import seal_jour
from exigible.bureau.preuve.garde import forget_liasses
from exigible.bureau.tiers.lecture import read_journaux_des_dossiers
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.bureau.tiers.revalorisation import PANNES, list_a_revaluer, revalue
from exigible.bureau.tiers.valeurs import make_repere
from exigible.dossier.agenda import LigneAgenda
from exigible.dossier.credits import CreditNonRapproche, Repere, designate_credits
from exigible.dossier.etat import EtatDossier, SortCourrier, Stade
from exigible.dossier.travail import Action, Geste, Retenue, compute_travail, list_actes
from exigible.droit.argent import ZERO

_LOT = 200


@dataclass(frozen=True, slots=True)
class LigneAction:
    """Something to do for a debtor."""

    dossier: Dossier
    action: Action
    numeros: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LigneRetenue:
    """A claim that is not chased, and why."""

    dossier: Dossier
    retenue: Retenue
    numero: str


@dataclass(frozen=True, slots=True)
class LigneActe:
    """What a procedure asks for within the week, or asked in vain."""

    dossier: Dossier
    acte: LigneAgenda


@dataclass(frozen=True, slots=True)
class LigneACompleter:
    """What the user must say about a debtor before anything leaves."""

    dossier: Dossier
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Probleme:
    """A dossier that could not be read."""

    dossier: Dossier
    message: str


@dataclass(frozen=True, slots=True)
class Journee:
    """The day's work of a cabinet: `courriers_a_poster` are the approved letters; `banque` the unmatched credits.

    `actes`: what procedures ask for within the week, those past their day included, the oldest first.
    """

    au: date
    actions: tuple[LigneAction, ...]
    retenues: tuple[LigneRetenue, ...]
    completer: tuple[LigneACompleter, ...]
    banque: tuple[CreditNonRapproche, ...]
    courriers_a_poster: tuple[Courrier, ...]
    problemes: tuple[Probleme, ...]
    actes: tuple[LigneActe, ...] = ()

    @property
    def depasses(self) -> int:
        """How many acts of procedure are past their last day."""
        return sum(ligne.acte.echeance.le < self.au for ligne in self.actes)

    @property
    def montant(self) -> Decimal:
        """What is at stake in what is to be done."""
        return sum((ligne.action.montant for ligne in self.actions), ZERO)


def run_journee(cabinet: Cabinet, au: date) -> Journee:
    """Do the day's work: value every dossier for the day, seal the journal, and say what there is to do."""
    revalue(list_a_revaluer(cabinet.pk, au), au)
    seal_jour(cabinet, au)
    forget_liasses(cabinet)
    forget_lots(cabinet)
    return compute_journee(cabinet, au)


def compute_journee(cabinet: Cabinet, au: date) -> Journee:
    """Say what there is to do on a day and why, from the journals; nothing is written."""
    actions: list[LigneAction] = []
    retenues: list[LigneRetenue] = []
    completer: list[LigneACompleter] = []
    problemes: list[Probleme] = []
    actes: list[LigneActe] = []
    banque: list[CreditNonRapproche] = []
    for creancier in Creancier.objects.filter(cabinet=cabinet).order_by("nom", "pk"):
        credits_ouverts = list_credits_ouverts(creancier.pk)
        banque += credits_ouverts
        etats, pannes = _fold_tous(creancier, au)
        problemes += pannes
        retenus = designate_credits(
            credits_ouverts, [_make_repere(d, e) for d, e in etats if e.stade is not Stade.SOLDEE]
        )
        for dossier, etat in etats:
            travail = compute_travail(etat, retenus.get(str(dossier.pk), ()))
            numeros = {c.cle: c.creance.numero for c in etat.creances}
            actions += [
                LigneAction(dossier, action, tuple(numeros[cle] for cle in action.creances))
                for action in travail.actions
            ]
            actes += [LigneActe(dossier, acte) for acte in list_actes(etat)]
            retenues += [LigneRetenue(dossier, r, numeros[r.creance]) for r in travail.retenues]
            if travail.a_completer and etat.stade is not Stade.SOLDEE:
                completer.append(LigneACompleter(dossier, tuple(m.phrase for m in travail.a_completer)))
    return Journee(
        au=au,
        actions=tuple(sorted(actions, key=_rank)),
        retenues=tuple(retenues),
        completer=tuple(completer),
        banque=tuple(banque),
        courriers_a_poster=tuple(_list_a_poster(cabinet)),
        problemes=tuple(problemes),
        actes=tuple(sorted(actes, key=lambda ligne: (ligne.acte.echeance.le, ligne.dossier.reference))),
    )


def _rank(ligne: LigneAction) -> tuple[int, Decimal, str]:
    """Put what is most advanced first, then the largest sums."""
    return -list(Geste).index(ligne.action.geste), -ligne.action.montant, ligne.dossier.reference


def _list_a_poster(cabinet: Cabinet) -> Sequence[Courrier]:
    approuves = Courrier.objects.filter(cabinet=cabinet, statut=SortCourrier.APPROUVE.value)
    return list(approuves.select_related("dossier").order_by("approuve_le", "pk"))


def _fold_tous(creancier: Creancier, au: date) -> tuple[list[tuple[Dossier, EtatDossier]], list[Probleme]]:
    etats: list[tuple[Dossier, EtatDossier]] = []
    problemes: list[Probleme] = []
    dossiers = Dossier.objects.filter(creancier=creancier).select_related("creancier").order_by("reference")
    for lot in cut_lots(list(dossiers), _LOT):
        try:
            journaux = read_journaux_des_dossiers(lot)
        except PANNES:
            journaux = None
        for dossier in lot:
            try:
                lus = journaux or read_journaux_des_dossiers([dossier])
                etats.append((dossier, lus.fold(dossier, au, provisoire=True)))
            except PANNES as erreur:
                problemes.append(Probleme(dossier, str(erreur)))
    return etats, problemes


def _make_repere(dossier: Dossier, etat: EtatDossier) -> Repere:
    ouvertes = [
        (c.creance.numero, c.principal_restant, c.total, c.creance.emission)
        for c in etat.creances
        if c.stade is not Stade.SOLDEE
    ]
    return make_repere(str(dossier.pk), etat.debiteur.nom, etat.debiteur.iban, ouvertes)
