"""Match bank lines with dossiers: here on the exact reference and amount alone; a person does the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from django.db import transaction

from exigible.bureau import horloge
from exigible.bureau.banque.lecture import iter_credits_ouverts, list_credits_ouverts
from exigible.bureau.banque.models import Mouvement, NatureMouvement, StatutMouvement
from exigible.bureau.banque.repartition import (
    Affectation,
    PartChoisie,
    allocate_parts,
    lock_mouvement,
    make_cle_frais,
    make_cle_paiement,
    preview_parts,
    refuse_decide,
)
from exigible.bureau.journal.ecriture import LotEcrit, lock_chaines
from exigible.bureau.journal.models import Chaine
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_lots
from exigible.bureau.tiers.lecture import load_etat
from exigible.bureau.tiers.models import Creance, Creancier, Dossier, Paiement
from exigible.bureau.tiers.projections import refresh_credits
from exigible.bureau.travaux.verrous import retry_occupee
from exigible.dossier.credits import CreditNonRapproche
from exigible.dossier.etat import Stade
from exigible.dossier.faits import FaitAnnule, PaiementRecu, PaiementRejete, PrelevementRejete
from exigible.dossier.faits_creancier import MouvementEcarte, MouvementRapproche
from exigible.dossier.faits_frais import FraisExpose
from exigible.dossier.journal import list_effectives
from exigible.dossier.texte import normalize
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase

__all__ = [
    "allocate_mouvement",
    "discard_frais",
    "discard_mouvement",
    "list_credits_ouverts",
    "list_frais",
    "match_mouvements",
    "preview_allocation",
    "refresh_retenues",
    "release_mouvement",
]


ECART_DE_DATES = timedelta(days=5)
"""The same payment may be dated differently by the books and by the bank: within these days, it is the same."""


_DECISIONS = (MouvementRapproche, MouvementEcarte, PaiementRecu, PaiementRejete, PrelevementRejete)
"""The facts by which something is decided of a bank line, in the journals of the creditor and of the dossiers."""


@dataclass(frozen=True, slots=True)
class _Rapprochement:
    dossier: Dossier
    creances: tuple[str, ...]
    motif: str


def match_mouvements(
    creancier: Creancier,
    auteur: str,
    avant: Callable[[], object] = lambda: None,
    apres: Callable[[Sequence[LotEcrit]], object] = lambda _ecrits: None,
) -> int:
    """Match every open credit that cites one open invoice, for exactly what is due on it. Return how many were.

    What is due is the principal that remains, or the whole with its accessories, on the day of the credit or now. Two
    candidates, or a payment of that sum already known around that day from another source: nothing is decided. One
    short transaction a credit; `avant` and `apres` are called inside it, first and last, with what was written.
    """
    rangs = dict(Chaine.objects.filter(dossier__creancier=creancier).values_list("pk", "tete_rang"))
    index = _index_numeros(creancier)
    longueur = max((numero.count(" ") + 1 for numero in index), default=0)
    decisions = []
    ouverts = Mouvement.objects.filter(creancier=creancier, statut=StatutMouvement.A_RAPPROCHER)
    entames = set(ouverts.exclude(parts=[]).values_list("cle", flat=True))
    for credit in iter_credits_ouverts(creancier.pk) if index else ():
        if credit.cle in entames:
            continue  # a person has begun to share it out
        creance = _find_creance(credit, index, longueur)
        if creance is not None:
            del index[normalize(creance.numero)]
            decisions.append((credit, creance))

    @retry_occupee
    def match_un(credit: CreditNonRapproche, creance: Creance) -> bool:
        with transaction.atomic():
            avant()
            chaine = lock_chaines([creance.dossier.chaine_id])[creance.dossier.chaine_id]
            if not _is_toujours_vrai(credit, creance, meme_journal=chaine.tete_rang == rangs.get(chaine.pk)):
                return False
            motif = f"référence de la facture {creance.numero} et montant exact"
            decision = _Rapprochement(creance.dossier, (creance.cle,), motif)
            apres(_record(creancier, credit, decision, auteur, sans_retenues=True))
        return True

    nombre = sum(match_un(credit, creance) for credit, creance in decisions)
    # Until then a matched credit still holds its dossier: nobody is chased for what was paid.
    refresh_retenues(creancier)
    return nombre


@retry_occupee
def refresh_retenues(creancier: Creancier) -> None:
    """Bring the holds that bank credits put on the dossiers of a creditor up to date, in a transaction of its own."""
    with transaction.atomic():
        lock_chaines([creancier.chaine_id])
        refresh_credits([creancier.pk])


def _is_toujours_vrai(credit: CreditNonRapproche, creance: Creance, *, meme_journal: bool) -> bool:
    """Look again, once nobody else can write: the credit is still open, and the claim still owes exactly that."""
    ouverts = Mouvement.objects.filter(statut=StatutMouvement.A_RAPPROCHER)
    if not ouverts.filter(creancier=creance.dossier.creancier_id, cle=credit.cle).exists():
        return False
    if meme_journal:
        return True
    creance.refresh_from_db()
    if creance.stade == Stade.SOLDEE.value:
        return False
    return credit.montant in _list_dus(creance, credit.jour) and not _is_known(creance, credit)


def _index_numeros(creancier: Creancier) -> dict[str, list[Creance]]:
    index: defaultdict[str, list[Creance]] = defaultdict(list)
    ouvertes = Creance.objects.filter(dossier__creancier=creancier).exclude(stade=Stade.SOLDEE.value)
    for creance in ouvertes.select_related("dossier__chaine", "dossier__creancier"):
        index[normalize(creance.numero)].append(creance)
    return dict(index)


def _find_creance(credit: CreditNonRapproche, index: Mapping[str, Sequence[Creance]], longueur: int) -> Creance | None:
    """Find the one invoice that a credit cites; `longueur`: the most words that a number has."""
    mots = normalize(f"{credit.libelle} {credit.reference}").split()
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
    allocate_parts(mouvement, [_take_tout(mouvement, dossier, creances)], "choisi par une personne", auteur)


def preview_allocation(mouvement: Mouvement, dossier: Dossier, creances: Sequence[str]) -> Affectation:
    """Compute what `allocate_mouvement` would give, by the same fold; nothing is written. Raises what it raises."""
    ((_, affectation),) = preview_parts(mouvement, [_take_tout(mouvement, dossier, creances)])
    return affectation


def _take_tout(mouvement: Mouvement, dossier: Dossier, creances: Sequence[str]) -> PartChoisie:
    return PartChoisie(dossier, tuple(creances), mouvement.reste)


@retry_occupee
def discard_mouvement(mouvement: Mouvement, motif: str, auteur: str) -> None:
    """Say that a bank line has nothing to do with any debtor, and why; charges of the bank are told as such."""
    if not motif.strip():
        raise ErreurExigible(
            "motif_absent", phrase("Indiquez pourquoi ce mouvement ne concerne aucun débiteur."), "motif"
        )
    with transaction.atomic():
        mouvement = lock_mouvement(mouvement)
        refuse_decide(mouvement)
        if mouvement.parts:
            raise ErreurExigible(
                "mouvement_entame", phrase("Une part de ce virement est déjà affectée : annulez d'abord ce choix.")
            )
        fait = _make_ecarte(mouvement, motif)
        record_lots([(mouvement.creancier.chaine, [FaitAEcrire(fait, horloge.today())])], auteur)


def list_frais(creancier: Creancier) -> list[Mouvement]:
    """List the charges of the bank that nobody has set aside yet, the oldest first."""
    ouverts = Mouvement.objects.filter(creancier=creancier, statut=StatutMouvement.A_RAPPROCHER)
    return list(ouverts.filter(nature=NatureMouvement.FRAIS).order_by("date", "pk"))


@retry_occupee
def discard_frais(creancier: Creancier, choisis: Collection[int], auteur: str) -> int:
    """Set aside those of the open charges that are chosen (primary keys); return how many were."""
    with transaction.atomic():
        lock_chaines([creancier.chaine_id])
        frais = [m for m in list_frais(creancier) if m.pk in choisis]
        jour = horloge.today()
        faits = [FaitAEcrire(_make_ecarte(m, "frais bancaires"), jour) for m in frais]
        if faits:
            record_lots([(creancier.chaine, faits)], auteur)
    return len(frais)


def _make_ecarte(mouvement: Mouvement, motif: str) -> MouvementEcarte:
    nature: Literal["", "frais_bancaires"] = "frais_bancaires" if mouvement.nature == NatureMouvement.FRAIS else ""
    return MouvementEcarte(mouvement=mouvement.cle, motif=motif, nature=nature)


@retry_occupee
def release_mouvement(mouvement: Mouvement, motif: str, auteur: str) -> None:
    """Undo what was decided of a line: its payments, or their return, never were; it is to be matched again."""
    with transaction.atomic():
        mouvement = lock_mouvement(mouvement)
        if mouvement.statut == StatutMouvement.A_RAPPROCHER and not mouvement.parts:
            raise ErreurExigible("mouvement_ouvert", phrase("Rien n'a encore été décidé de ce mouvement."))
        siens = {part["dossier"] for part in mouvement.parts}
        dossiers = Dossier.objects.filter(pk__in=siens, creancier=mouvement.creancier_id).select_related("chaine")
        annulation = FaitAnnule(motif=motif)
        lots = []
        for chaine in (mouvement.creancier.chaine, *(dossier.chaine for dossier in dossiers.order_by("pk"))):
            tenues = list_effectives(read_inscriptions(chaine), date.max)
            rangs = [i.rang for i in tenues if _is_decision(i.fait, mouvement.cle)]
            lots.append((chaine, [FaitAEcrire(annulation, horloge.today(), rang) for rang in rangs]))
        record_lots(lots, auteur)


def _is_decision(fait: object, mouvement: str) -> bool:
    """Whether a fact comes from what was decided of a bank line."""
    if isinstance(fait, FraisExpose):
        return fait.cle == make_cle_frais(mouvement)
    return isinstance(fait, _DECISIONS) and fait.mouvement == mouvement


def _record(
    creancier: Creancier,
    credit: CreditNonRapproche,
    decision: _Rapprochement,
    auteur: str,
    *,
    sans_retenues: bool = False,
) -> list[LotEcrit]:
    """Write a decision in both journals: a payment for the dossier, a match for the creditor."""
    paiement = _make_paiement(credit, decision.creances)
    match = MouvementRapproche(
        mouvement=credit.cle, dossier=str(decision.dossier.pk), paiement=paiement.cle, motif=decision.motif
    )
    lots = [
        (creancier.chaine, [FaitAEcrire(match, horloge.today())]),
        (decision.dossier.chaine, [FaitAEcrire(paiement, credit.jour)]),
    ]
    return record_lots(lots, auteur, sans_retenues=sans_retenues)


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
