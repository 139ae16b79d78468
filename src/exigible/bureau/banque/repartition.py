"""Give a bank line to dossiers, whole or by parts: what it would do, then do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from exigible.bureau import horloge
from exigible.bureau.banque.models import Mouvement, StatutMouvement
from exigible.bureau.banque.prelevements import is_rapproche, make_faits, read_suivis
from exigible.bureau.journal.ecriture import LotEcrit, lock_chaines
from exigible.bureau.journal.services import FaitAEcrire, record_lots
from exigible.bureau.tiers.lecture import read_journaux_des_dossiers
from exigible.bureau.tiers.models import Creance, Dossier
from exigible.bureau.travaux.verrous import retry_occupee
from exigible.dossier.faits import Fait, PaiementRecu
from exigible.dossier.faits_creancier import MouvementRapproche
from exigible.dossier.journal import Inscription
from exigible.dossier.plier import fold_dossier
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase


@dataclass(frozen=True, slots=True)
class PartChoisie:
    """A part of a credit (euros): whose, and on which claims; none: in the order of the law.

    `prelevement`: the key of the direct debit that it is; its plan says the claims.
    """

    dossier: Dossier
    creances: tuple[str, ...]
    montant: Decimal
    prelevement: str = ""


@dataclass(frozen=True, slots=True)
class _Versement:
    """What a part writes in its dossier: the payment `cle`, by these facts; none when it was recorded before."""

    part: PartChoisie
    cle: str
    faits: tuple[Fait, ...]


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


def preview_parts(mouvement: Mouvement, parts: Sequence[PartChoisie]) -> list[tuple[Dossier, Affectation]]:
    """Compute what `allocate_parts` would give in each dossier, by the same fold; nothing is written.

    Raises what it raises.
    """
    check_parts(mouvement, parts)
    versements = _make_versements(mouvement, parts)
    dossiers = _list_dossiers(parts)
    journaux = read_journaux_des_dossiers(dossiers)
    apercus = []
    for dossier in dossiers:
        inscriptions = journaux.of_dossier(dossier)
        rang = max((i.rang for i in inscriptions), default=0) + 1
        siens = [v for v in versements if v.part.dossier.pk == dossier.pk]
        faits = [fait for v in siens for fait in v.faits]
        suite = [
            *inscriptions,
            *(Inscription(rang=rang + n, date_effet=mouvement.date, fait=p) for n, p in enumerate(faits)),
        ]
        etat = fold_dossier(suite, journaux.of_creancier(dossier), horloge.today(), provisoire=True)
        restes = {creance.cle: (creance.creance.numero, creance.total) for creance in etat.creances}
        cles = {v.cle for v in siens}
        imputees = [i for i in etat.decompte.imputations if i.versement in cles]
        affectees = tuple(
            PartAffectee(restes[i.creance][0], i.frais, i.indemnites, i.interets, i.principal, restes[i.creance][1])
            for i in imputees
        )
        trop_percu = sum((v.part.montant for v in siens), ZERO) - sum((i.montant for i in imputees), ZERO)
        apercus.append((dossier, Affectation(affectees, etat.echu, trop_percu)))
    return apercus


@retry_occupee
def allocate_parts(mouvement: Mouvement, parts: Sequence[PartChoisie], motif: str, auteur: str) -> None:
    """Give a credit to dossiers; what is left of it stays to be matched. Raises ErreurExigible when it cannot be."""
    with transaction.atomic():
        mouvement = lock_mouvement(mouvement)
        check_parts(mouvement, parts)
        write_parts(mouvement, parts, motif, auteur)


def write_parts(
    mouvement: Mouvement, parts: Sequence[PartChoisie], motif: str, auteur: str, *, sans_retenues: bool = False
) -> list[LotEcrit]:
    """Write the payments in the journals of the dossiers, and the matches in that of the creditor."""
    versements = _make_versements(mouvement, parts)
    entier = len(parts) == 1 and parts[0].montant == mouvement.montant
    rapprochements = [
        MouvementRapproche(
            mouvement=mouvement.cle,
            dossier=str(v.part.dossier.pk),
            paiement=v.cle,
            motif=motif,
            montant=None if entier else v.part.montant,
        )
        for v in versements
    ]
    jour = horloge.today()
    lots = [(mouvement.creancier.chaine, [FaitAEcrire(fait, jour) for fait in rapprochements])]
    for dossier in _list_dossiers(parts):
        siens = [v for v in versements if v.part.dossier.pk == dossier.pk]
        if faits := [FaitAEcrire(fait, mouvement.date) for v in siens for fait in v.faits]:
            lots.append((dossier.chaine, faits))
    return record_lots(lots, auteur, sans_retenues=sans_retenues)


def check_parts(mouvement: Mouvement, parts: Sequence[PartChoisie]) -> None:
    """Refuse what cannot be: a line decided, no credit in euros, another creditor, an unknown claim, too much."""
    refuse_decide(mouvement)
    if mouvement.montant <= 0 or mouvement.devise != "EUR":
        raise ErreurExigible(
            "mouvement_non_credit", phrase("Seule une entrée d'argent en euros peut payer un dossier.")
        )
    if any(part.dossier.creancier_id != mouvement.creancier_id for part in parts):
        raise ErreurExigible("autre_creancier", phrase("Ce virement et ce dossier ne sont pas du même créancier."))
    dossiers = {part.dossier.pk for part in parts}
    connues = set(Creance.objects.filter(dossier__in=dossiers).values_list("dossier_id", "cle"))
    if inconnues := [c for part in parts for c in part.creances if (part.dossier.pk, c) not in connues]:
        raise ErreurExigible(
            "creance_inconnue", phrase("La créance « {cle} » n'est pas dans ce dossier.", cle=inconnues[0])
        )
    _check_prelevements(parts)
    total = sum((part.montant for part in parts), ZERO)
    if not parts or any(part.montant <= 0 for part in parts):
        raise ErreurExigible("part_nulle", phrase("Indiquez au moins un montant, supérieur à zéro."))
    if total > mouvement.reste:
        raise ErreurExigible(
            "parts_trop_fortes",
            phrase(
                "La répartition fait {total}, mais il ne reste que {reste} à répartir.",
                total=total,
                reste=mouvement.reste,
            ),
        )


def _check_prelevements(parts: Sequence[PartChoisie]) -> None:
    """Refuse a debit that is not ours, of another amount, or that a bank line is already."""
    vises = [p for p in parts if p.prelevement]
    suivis = read_suivis(_list_dossiers(vises)) if vises else {}
    for part in vises:
        suivi = suivis.get((part.dossier.pk, part.prelevement))
        if suivi is None or suivi.ordre.montant != part.montant:
            dit = phrase("Ce prélèvement n'a pas été demandé pour ce montant : reprenez la proposition.")
            raise ErreurExigible("prelevement_inconnu", dit)
        if is_rapproche(part.dossier, suivi):
            dit = phrase(
                "Le prélèvement {reference} est déjà rapproché d'un autre mouvement.", reference=suivi.ordre.reference
            )
            raise ErreurExigible("prelevement_rapproche", dit)


def refuse_decide(mouvement: Mouvement) -> None:
    """Refuse to decide twice of a line."""
    if mouvement.statut != StatutMouvement.A_RAPPROCHER:
        raise ErreurExigible(
            "mouvement_decide", phrase("Ce mouvement est déjà rapproché ou écarté : annulez d'abord ce choix.")
        )


def lock_mouvement(mouvement: Mouvement) -> Mouvement:
    """Read a line again, once nobody else can decide of it."""
    lock_chaines([mouvement.creancier.chaine_id])
    return Mouvement.objects.select_related("creancier__chaine", "dossier__chaine").get(pk=mouvement.pk)


def make_cle_paiement(mouvement: str, rang: int = 0) -> str:
    """Name the payment that a bank line is; its other parts have a rank."""
    return f"mouvement-{mouvement}-{rang + 1}" if rang else f"mouvement-{mouvement}"


def make_cle_frais(mouvement: str) -> str:
    """Name the cost that a bank line brings to a dossier, with the return of its payment."""
    return f"frais-mouvement-{mouvement}"


def _make_versements(mouvement: Mouvement, parts: Sequence[PartChoisie]) -> list[_Versement]:
    debut = len(mouvement.parts)
    preleves = [part for part in parts if part.prelevement]
    suivis = read_suivis(_list_dossiers(preleves)) if preleves else {}
    versements = []
    for rang, part in enumerate(parts):
        if part.prelevement:
            cle, faits = make_faits(suivis[part.dossier.pk, part.prelevement], mouvement, part.montant)
            versements.append(_Versement(part, cle, tuple(faits)))
        else:
            paiement = _make_paiement(mouvement, part, debut + rang)
            versements.append(_Versement(part, paiement.cle, (paiement,)))
    return versements


def _make_paiement(mouvement: Mouvement, part: PartChoisie, rang: int) -> PaiementRecu:
    return PaiementRecu(
        cle=make_cle_paiement(mouvement.cle, rang),
        montant=part.montant,
        creances=part.creances,
        moyen="virement",
        libelle=mouvement.libelle,
        mouvement=mouvement.cle,
        provenance="relevé bancaire",
    )


def _list_dossiers(parts: Sequence[PartChoisie]) -> list[Dossier]:
    return list({part.dossier.pk: part.dossier for part in parts}.values())
