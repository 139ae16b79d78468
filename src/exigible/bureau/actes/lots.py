"""Make a batch in the background, read in a number of queries that does not grow with it, and gone on with if stopped.

A batch is only paper until a person approves it: then each letter follows the same way as one alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction

from exigible.actes.contexte import propose_reponses
from exigible.actes.demande import build_demande
from exigible.actes.lot import Commande, Tranche, choose_processus, refuse, render_lot
from exigible.actes.modele import Forme, Modele, Signataire, get_modele, load_catalogue
from exigible.actes.redaction.langue import parse_redaction
from exigible.bureau import horloge
from exigible.bureau.actes.approbation import Sorte, approve_acte, find_sorte
from exigible.bureau.actes.lots_garde import forget_lots
from exigible.bureau.actes.lots_models import Lot, PartLot, RelieLot, StatutLot, StatutPart
from exigible.bureau.actes.models import BrouillonActe
from exigible.bureau.actes.services import Choix, read_choix
from exigible.bureau.actes.textes import load_textes
from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.envois.images import choose_images, read_images
from exigible.bureau.tiers.lecture import Journaux, read_journaux_des_dossiers
from exigible.bureau.tiers.models import Dossier
from exigible.bureau.travaux.services import BAIL, Dire, Nature, Tenue, create_travail, run_maintenant
from exigible.dossier.etat import EtatDossier
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.phrase import phrase

_journal = logging.getLogger(__name__)

NATURE, NATURE_APPROBATION = "lot", "lot_approbation"
LOT_MAX = 10_000
"""The largest batch, in dossiers."""
SUR_PLACE = 20
"""A batch of that many documents at most is made while the person waits."""
_LECTURE = BAIL * 10
_PAS = 25


def list_actes_en_lot() -> list[Modele]:
    """List the acts that can be made for many at once: what the creditor sends to the debtor, without exhibits."""
    return [
        m
        for m in load_catalogue().values()
        if m.forme is not Forme.ACTE and m.signataire is Signataire.CREANCIER and find_sorte(m) is not Sorte.DOCUMENT
    ]


def create_lot(
    cabinet: Cabinet,
    acte: str,
    dossiers: Sequence[Dossier],
    auteur: str,
    *,
    reponses: Mapping[str, str] | None = None,
    recto_verso: bool = False,
) -> Lot:
    """Ask for a batch: it is work to do from now on. Raises ErreurSaisie: nothing chosen, too many, unknown act."""
    modele = get_modele(acte)
    if modele not in list_actes_en_lot():
        raise ErreurSaisie("acte_hors_lot", phrase("« {titre} » ne se fait pas en lot.", titre=modele.titre), "acte")
    if not dossiers:
        raise ErreurSaisie("lot_vide", phrase("Cochez au moins un client."), "dossiers")
    if len(dossiers) > LOT_MAX:
        raise ErreurSaisie(
            "lot_trop_grand", phrase("Un lot compte {maximum} dossiers au plus.", maximum=LOT_MAX), "dossiers"
        )
    forget_lots(cabinet)
    with transaction.atomic():
        lot = Lot.objects.create(
            cabinet=cabinet,
            acte=acte,
            reponses={nom: texte for nom, texte in (reponses or {}).items() if texte.strip()},
            recto_verso=recto_verso,
            au=horloge.today(),
            auteur=auteur,
            cree_le=horloge.now(),
        )
        PartLot.objects.bulk_create(
            [PartLot(lot=lot, rang=rang, dossier=dossier) for rang, dossier in enumerate(dossiers, start=1)],
            batch_size=500,
        )
        _order(lot, NATURE, auteur)
    return lot


def make_lot(lot: Lot, dire: Dire = lambda _fait, _total: None) -> Lot:
    """Do here and now the work that a batch waits for. Raises what stopped it."""
    if lot.travail is not None:
        run_maintenant(lot.travail, dire)
    lot.refresh_from_db()
    return lot


def resume_lot(lot: Lot, auteur: str) -> Lot:
    """Ask for the rest of a batch that was given up halfway. Raises ErreurExigible otherwise."""
    if lot.statut != StatutLot.INTERROMPU:
        raise ErreurExigible("lot_non_reprenable", phrase("Ce lot n'a rien à reprendre."))
    with transaction.atomic():
        lot.statut = StatutLot.EN_COURS
        _order(lot, NATURE, auteur)
    return lot


def approve_lot(lot: Lot, auteur: str) -> Lot:
    """Ask for the approval of all that a person read: each letter enters its journal. Raises ErreurExigible."""
    if lot.statut != StatutLot.FAIT:
        raise ErreurExigible("lot_non_approuvable", phrase("Ce lot n'est pas à approuver : attendez qu'il soit fait."))
    with transaction.atomic():
        lot.statut, lot.approuve_par = StatutLot.EN_COURS, auteur
        _order(lot, NATURE_APPROBATION, auteur)
    return lot


def _order(lot: Lot, nature: str, auteur: str) -> None:
    parametres = {"lot": str(lot.pk), "auteur": auteur}
    lot.travail = create_travail(lot.cabinet, nature, parametres, f"lot-{lot.pk}")
    lot.save()


def run_lot(tenue: Tenue) -> dict[str, Any]:
    """Do the work « lot »: make what is not made yet. Return how many were refused."""
    lot = Lot.objects.get(pk=tenue.parametres["lot"])
    parts = list(
        lot.parts.filter(statut=StatutPart.A_FAIRE)
        .select_related("dossier__creancier", "dossier__chaine")
        .defer("contenu")
        .order_by("rang")
    )
    total = lot.parts.count()
    faits = total - len(parts)
    tenue.beat(_LECTURE)
    commandes = read_commandes(lot, [part.dossier for part in parts])
    suite = iter(parts)
    for tranche in render_lot(commandes, processus=choose_processus(len(parts)), recto_verso=lot.recto_verso):
        de_la_tranche = [next(suite) for _ in tranche.produits]
        with transaction.atomic():
            tenue.beat()
            _save_tranche(lot, de_la_tranche, tranche)
        faits += len(de_la_tranche)
        tenue.note_progres(faits, total)
        tenue.dire(faits, total)
        tenue.check_arret()
    Lot.objects.filter(pk=lot.pk).update(statut=StatutLot.FAIT)
    return {"refuses": lot.parts.filter(statut=StatutPart.REFUSE).count()}


def _save_tranche(lot: Lot, parts: Sequence[PartLot], tranche: Tranche) -> None:
    for part, produit in zip(parts, tranche.produits, strict=True):
        if produit.acte is None:
            part.statut = StatutPart.REFUSE
            part.raison = produit.refus.raison if produit.refus is not None else ""
        else:
            part.statut, part.pages = StatutPart.FAIT, produit.pages
            part.montant, part.sha256, part.contenu = produit.acte.montant, produit.acte.sha256, produit.acte.pdf
    PartLot.objects.bulk_update(parts, ["statut", "raison", "pages", "montant", "sha256", "contenu"])
    if tranche.relie:
        RelieLot.objects.create(lot=lot, rang=parts[0].rang, contenu=tranche.relie)


def read_commandes(lot: Lot, dossiers: Sequence[Dossier]) -> Iterator[Commande]:
    """Read all that the documents of a batch need in a fixed number of queries, then yield them one by one."""
    modele = get_modele(lot.acte)
    journaux = read_journaux_des_dossiers(dossiers)
    textes = load_textes([d.creancier for d in dossiers])
    brouillons = {b.dossier_id: b for b in BrouillonActe.objects.filter(dossier__in=dossiers, acte=lot.acte)}
    etats = [_fold(journaux, dossier, lot) for dossier in dossiers]
    images = read_images(lot.cabinet_id, [etat for etat in etats if isinstance(etat, EtatDossier)])
    for dossier, etat in zip(dossiers, etats, strict=True):
        if isinstance(etat, ErreurExigible):
            yield Commande(dossier.reference, "", refuse(etat))
            continue
        texte = textes.get((dossier.creancier_id, lot.acte))
        brouillon = brouillons.get(dossier.pk)
        siennes = choose_images(etat, images)
        repondues = {**({} if brouillon is None else brouillon.reponses), **lot.reponses}
        try:
            demande = build_demande(
                modele,
                etat,
                creances=None if brouillon is None or brouillon.creances is None else tuple(brouillon.creances),
                reference=dossier.reference,
                saisies={**propose_reponses(modele, etat, repondues), **repondues},
                redaction=None if texte is None else parse_redaction(texte.texte),
                logo=siennes.logo,
                signature=siennes.signature,
            )
        except ErreurExigible as erreur:
            yield Commande(dossier.reference, etat.debiteur.nom, refuse(erreur))
        else:
            yield Commande(dossier.reference, etat.debiteur.nom, demande)


def _fold(journaux: Journaux, dossier: Dossier, lot: Lot) -> EtatDossier | ErreurExigible:
    try:
        return journaux.fold(dossier, lot.au)
    except ErreurExigible as erreur:
        return erreur


def run_approbation(tenue: Tenue) -> dict[str, Any]:
    """Do the work « lot_approbation »: approve each letter made, one transaction each. Return how many could not."""
    lot = Lot.objects.get(pk=tenue.parametres["lot"])
    parts = lot.parts.filter(statut=StatutPart.FAIT).select_related("dossier__creancier", "dossier__chaine")
    a_approuver = list(parts.defer("contenu").order_by("rang"))
    total = lot.parts.exclude(statut=StatutPart.REFUSE).count()
    faits = total - len(a_approuver)
    for part in a_approuver:
        tenue.check_arret()
        _approve(part, lot, tenue)
        faits += 1
        if faits % _PAS == 0 or faits == total:
            tenue.note_progres(faits, total)
            tenue.dire(faits, total)
    Lot.objects.filter(pk=lot.pk).update(statut=StatutLot.APPROUVE)
    return {"refuses": lot.parts.filter(statut=StatutPart.REFUSE_DEPART).count()}


def _approve(part: PartLot, lot: Lot, tenue: Tenue) -> None:
    brouillon = read_choix(part.dossier, lot.acte)
    choix = Choix({**brouillon.saisies, **lot.reponses}, brouillon.creances, brouillon.pieces)
    try:
        with transaction.atomic():
            tenue.beat()
            approve_acte(part.dossier, lot.acte, tenue.parametres["auteur"], sha256_vu=part.sha256, choix=choix)
            PartLot.objects.filter(pk=part.pk).update(statut=StatutPart.APPROUVE)
    except ErreurExigible as refus:
        _journal.warning("%s : lettre du lot non approuvée : %s", part.dossier.reference, refus)
        PartLot.objects.filter(pk=part.pk).update(statut=StatutPart.REFUSE_DEPART, raison=refus.message)


def give_up_lot(parametres: Mapping[str, Any], _erreur: str) -> None:
    """Say that a batch stopped halfway: a person goes on with it."""
    Lot.objects.filter(pk=parametres["lot"]).update(statut=StatutLot.INTERROMPU)


def give_up_approbation(parametres: Mapping[str, Any], _erreur: str) -> None:
    """Say that an approval stopped halfway: what is left is still to be approved."""
    Lot.objects.filter(pk=parametres["lot"]).update(statut=StatutLot.FAIT)


LOT = Nature(run_lot, give_up_lot)
APPROBATION = Nature(run_approbation, give_up_approbation)
