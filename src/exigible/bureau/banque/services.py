"""Match bank lines with dossiers: here on the exact reference and amount alone; a person does the rest."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from exigible.bureau import horloge
from exigible.bureau.banque.lecture import list_credits_ouverts
from exigible.bureau.banque.models import Mouvement, StatutMouvement
from exigible.bureau.journal.ecriture import lock_chaines
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_lots
from exigible.bureau.tiers.lecture import load_etat, read_journaux_des_dossiers
from exigible.bureau.tiers.models import Creance, Creancier, Dossier, Paiement
from exigible.dossier.credits import CreditNonRapproche
from exigible.dossier.etat import Stade
from exigible.dossier.faits import FaitAnnule, PaiementRecu
from exigible.dossier.faits_creancier import MouvementEcarte, MouvementRapproche
from exigible.dossier.journal import Inscription, list_effectives
from exigible.dossier.plier import fold_dossier
from exigible.dossier.texte import normalize
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase

__all__ = [
    "allocate_mouvement",
    "discard_mouvement",
    "list_credits_ouverts",
    "match_mouvements",
    "preview_allocation",
    "release_mouvement",
]


ECART_DE_DATES = timedelta(days=5)
"""The same payment may be dated differently by the books and by the bank: within these days, it is the same."""


@dataclass(frozen=True, slots=True)
class PartAffectee:
    """What a credit would pay on one invoice, part by part, and what would still be owed on it today (euros)."""

    numero: str
    frais: Decimal
    indemnites: Decimal
    interets: Decimal
    principal: Decimal
    reste: Decimal


@dataclass(frozen=True, slots=True)
class Affectation:
    """What an allocation would give; `trop_percu`: what the credit leaves over once everything is paid (euros)."""

    parts: tuple[PartAffectee, ...]
    reste_du: Decimal
    trop_percu: Decimal


@dataclass(frozen=True, slots=True)
class _Rapprochement:
    dossier: Dossier
    creances: tuple[str, ...]
    motif: str


def match_mouvements(creancier: Creancier, auteur: str) -> int:
    """Match every open credit that cites one open invoice, for exactly what is due on it. Return how many were.

    What is due is the principal that remains, or the whole with its accessories, on the day of the credit or now. Two
    candidates, or a payment of that sum already known around that day from another source: nothing is decided.
    """
    with transaction.atomic():
        lock_chaines([creancier.chaine_id])
        index = _index_numeros(creancier)
        decisions = []
        for credit in list_credits_ouverts(creancier.pk):
            creance = _find_creance(credit, index)
            if creance is not None:
                del index[normalize(creance.numero)]
                motif = f"référence de la facture {creance.numero} et montant exact"
                decisions.append((credit, _Rapprochement(creance.dossier, (creance.cle,), motif)))
        if decisions:
            _record(creancier, decisions, auteur)
    return len(decisions)


def _index_numeros(creancier: Creancier) -> dict[str, list[Creance]]:
    index: defaultdict[str, list[Creance]] = defaultdict(list)
    ouvertes = Creance.objects.filter(dossier__creancier=creancier).exclude(stade=Stade.SOLDEE.value)
    for creance in ouvertes.select_related("dossier__chaine", "dossier__creancier"):
        index[normalize(creance.numero)].append(creance)
    return dict(index)


def _find_creance(credit: CreditNonRapproche, index: Mapping[str, Sequence[Creance]]) -> Creance | None:
    mots = normalize(f"{credit.libelle} {credit.reference}").split()
    longueur = max((cle.count(" ") + 1 for cle in index), default=0)
    suites = {" ".join(mots[i : i + n]) for n in range(1, longueur + 1) for i in range(len(mots) - n + 1)}
    cites = [cle for cle in suites if cle in index]
    if len(cites) != 1 or len(index[cites[0]]) != 1:
        return None
    creance = index[cites[0]][0]
    return creance if credit.montant in _list_dus(creance, credit.jour) and not _is_known(creance, credit) else None


def _list_dus(creance: Creance, jour: date) -> set[Decimal]:
    """List what may be paid exactly on a claim: its principal or the whole, now or on the day of the credit."""
    dus = {creance.reste, creance.reste + creance.interets + creance.indemnites}
    for etat in load_etat(creance.dossier, jour).creances:
        if etat.cle == creance.cle:
            dus |= {etat.principal_restant, etat.total}
    return {du for du in dus if du > 0}


def _is_known(creance: Creance, credit: CreditNonRapproche) -> bool:
    autour = (credit.jour - ECART_DE_DATES, credit.jour + ECART_DE_DATES)
    ailleurs = Paiement.objects.filter(dossier=creance.dossier_id, montant=credit.montant, mouvement="", rejete=False)
    return ailleurs.filter(date__range=autour).exists()


def allocate_mouvement(mouvement: Mouvement, dossier: Dossier, creances: Sequence[str], auteur: str) -> None:
    """Say that a credit is a payment of a dossier; `creances`: the claims that the debtor paid, none for no choice.

    Raises ErreurExigible when the line is already decided, is not a credit, or belongs to another creditor.
    """
    with transaction.atomic():
        mouvement = _lock(mouvement)
        _check_affectation(mouvement, dossier, creances)
        decision = _Rapprochement(dossier, tuple(creances), "choisi par une personne")
        _record(mouvement.creancier, [(_read_credit(mouvement), decision)], auteur)


def preview_allocation(mouvement: Mouvement, dossier: Dossier, creances: Sequence[str]) -> Affectation:
    """Compute what `allocate_mouvement` would give, by the same fold; nothing is written. Raises what it raises."""
    _check_affectation(mouvement, dossier, creances)
    paiement = _make_paiement(_read_credit(mouvement), creances)
    journaux = read_journaux_des_dossiers([dossier])
    inscriptions = journaux.of_dossier(dossier)
    rang = max((i.rang for i in inscriptions), default=0) + 1
    suite = [*inscriptions, Inscription(rang=rang, date_effet=mouvement.date, fait=paiement)]
    etat = fold_dossier(suite, journaux.of_creancier(dossier), horloge.today(), provisoire=True)
    restes = {creance.cle: (creance.creance.numero, creance.total) for creance in etat.creances}
    siennes = [i for i in etat.decompte.imputations if i.versement == paiement.cle]
    parts = [
        PartAffectee(restes[i.creance][0], i.frais, i.indemnites, i.interets, i.principal, restes[i.creance][1])
        for i in siennes
    ]
    impute = sum((i.montant for i in siennes), ZERO)
    return Affectation(tuple(parts), etat.echu, mouvement.montant - impute)


def _check_affectation(mouvement: Mouvement, dossier: Dossier, creances: Sequence[str]) -> None:
    _refuse_decide(mouvement)
    if mouvement.montant <= 0 or mouvement.devise != "EUR":
        raise ErreurExigible(
            "mouvement_non_credit", phrase("Seule une entrée d'argent en euros peut payer un dossier.")
        )
    if dossier.creancier_id != mouvement.creancier_id:
        raise ErreurExigible("autre_creancier", phrase("Ce virement et ce dossier ne sont pas du même créancier."))
    connues = set(Creance.objects.filter(dossier=dossier).values_list("cle", flat=True))
    if inconnues := [c for c in creances if c not in connues]:
        raise ErreurExigible(
            "creance_inconnue", phrase("La créance « {cle} » n'est pas dans ce dossier.", cle=inconnues[0])
        )


def _read_credit(mouvement: Mouvement) -> CreditNonRapproche:
    return CreditNonRapproche(mouvement.cle, mouvement.date, mouvement.montant, mouvement.libelle)


def discard_mouvement(mouvement: Mouvement, motif: str, auteur: str) -> None:
    """Say that a bank line has nothing to do with any debtor, and why."""
    if not motif.strip():
        raise ErreurExigible(
            "motif_absent", phrase("Indiquez pourquoi ce mouvement ne concerne aucun débiteur."), "motif"
        )
    with transaction.atomic():
        mouvement = _lock(mouvement)
        _refuse_decide(mouvement)
        fait = MouvementEcarte(mouvement=mouvement.cle, motif=motif)
        record_lots([(mouvement.creancier.chaine, [FaitAEcrire(fait, horloge.today())])], auteur)


def release_mouvement(mouvement: Mouvement, motif: str, auteur: str) -> None:
    """Undo what was decided of a bank line: its payment never was, it is to be matched again."""
    with transaction.atomic():
        mouvement = _lock(mouvement)
        if mouvement.statut == StatutMouvement.A_RAPPROCHER:
            raise ErreurExigible("mouvement_ouvert", phrase("Rien n'a encore été décidé de ce mouvement."))
        annulation = FaitAnnule(motif=motif)
        lots = []
        for chaine, sortes in (
            (mouvement.creancier.chaine, (MouvementRapproche, MouvementEcarte)),
            (mouvement.dossier.chaine if mouvement.dossier else None, (PaiementRecu,)),
        ):
            if chaine is not None:
                tenues = list_effectives(read_inscriptions(chaine), date.max)
                rangs = [i.rang for i in tenues if isinstance(i.fait, sortes) and i.fait.mouvement == mouvement.cle]
                lots.append((chaine, [FaitAEcrire(annulation, horloge.today(), rang) for rang in rangs]))
        record_lots(lots, auteur)


def _record(creancier: Creancier, decisions: Sequence[tuple[CreditNonRapproche, _Rapprochement]], auteur: str) -> None:
    """Write each decision in both journals: a payment for the dossier, a match for the creditor."""
    paiements: defaultdict[uuid.UUID, list[FaitAEcrire]] = defaultdict(list)
    dossiers = {d.dossier.pk: d.dossier for _, d in decisions}
    matchs = []
    for credit, decision in decisions:
        paiement = _make_paiement(credit, decision.creances)
        paiements[decision.dossier.pk].append(FaitAEcrire(paiement, credit.jour))
        match = MouvementRapproche(
            mouvement=credit.cle, dossier=str(decision.dossier.pk), paiement=paiement.cle, motif=decision.motif
        )
        matchs.append(FaitAEcrire(match, horloge.today()))
    lots = [(creancier.chaine, matchs), *((dossiers[cle].chaine, faits) for cle, faits in paiements.items())]
    record_lots(lots, auteur)


def _make_paiement(credit: CreditNonRapproche, creances: Sequence[str]) -> PaiementRecu:
    return PaiementRecu(
        cle=make_cle_paiement(credit.cle),
        montant=credit.montant,
        creances=tuple(creances),
        moyen="virement",
        libelle=credit.libelle,
        mouvement=credit.cle,
        provenance="relevé bancaire",
    )


def make_cle_paiement(mouvement: str) -> str:
    """Name the payment that a bank line is."""
    return f"mouvement-{mouvement}"


def _lock(mouvement: Mouvement) -> Mouvement:
    """Read a line again, once nobody else can decide of it."""
    lock_chaines([mouvement.creancier.chaine_id, *([mouvement.dossier.chaine_id] if mouvement.dossier else [])])
    return Mouvement.objects.select_related("creancier__chaine", "dossier__chaine").get(pk=mouvement.pk)


def _refuse_decide(mouvement: Mouvement) -> None:
    if mouvement.statut != StatutMouvement.A_RAPPROCHER:
        raise ErreurExigible(
            "mouvement_decide", phrase("Ce mouvement est déjà rapproché ou écarté : annulez d'abord ce choix.")
        )
