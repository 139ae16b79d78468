"""Entries for the accountant of a creditor: what its dossiers say and the books do not know, each fact once."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from exigible.bureau import horloge
from exigible.bureau.journal.ecriture import lock_chaines
from exigible.bureau.journal.lecture import cut_lots, read_journaux
from exigible.bureau.journal.models import Maillon, Piece
from exigible.bureau.journal.services import FaitAEcrire, record_faits, store_piece
from exigible.bureau.tiers.lecture import read_journaux_des_dossiers
from exigible.bureau.tiers.models import Creancier, Dossier, Paiement
from exigible.bureau.travaux.verrous import retry_occupee
from exigible.dossier.comptable import FaitDeCompte, list_faits_de_compte, list_frais_bancaires
from exigible.dossier.faits_sorties import EcrituresExportees
from exigible.dossier.journal import list_effectives
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase
from exigible.echanges.sorties.ecritures import Export, PlanDeComptes, build_export, sum_exportes, write_fec

TYPE_MIME = "text/tab-separated-values; charset=utf-8"
_TYPES = frozenset({"ecritures_exportees"})
_MOUVEMENTS = frozenset({"mouvement_constate", "mouvement_ecarte"})


@dataclass(frozen=True, slots=True)
class ExportConnu:
    """An export that was made."""

    le: date
    export: EcrituresExportees


def list_exports(creancier: Creancier) -> list[ExportConnu]:
    """List the exports made, the latest first."""
    inscriptions = read_journaux([creancier.chaine_id], _TYPES)[creancier.chaine_id]
    effectives = list_effectives(inscriptions, date.max)
    return [ExportConnu(i.date_effet, i.fait) for i in reversed(effectives) if isinstance(i.fait, EcrituresExportees)]


def load_comptes(creancier: Creancier) -> PlanDeComptes:
    """Give the accounts of the last export, else those of the general chart."""
    choisis = next((e.export.comptes for e in list_exports(creancier) if e.export.comptes), ())
    return PlanDeComptes(**dict(choisis))


def preview_export(
    creancier: Creancier, periode: tuple[date, date], comptes: PlanDeComptes, *, tout: bool = False
) -> Export:
    """Build the entries that an export of the period (both days included) would hold; nothing is written.

    `tout`: again what earlier exports wrote. Raises ErreurSaisie, and ErreurExigible (`dossier_illisible`): an export
    that leaves a dossier out would be false.
    """
    exports = list_exports(creancier)
    exportes = {} if tout else sum_exportes(e.export.faits for e in reversed(exports))
    reference = f"{comptes.journal}{horloge.today():%Y%m%d}{len(exports) + 1:02d}"
    return build_export(_list_faits(creancier), exportes, periode, reference, comptes)


@retry_occupee
def make_export(creancier: Creancier, periode: tuple[date, date], comptes: PlanDeComptes, auteur: str) -> ExportConnu:
    """Make the file, keep it, and write what it holds. Raises what `preview_export` does, and `rien_a_ecrire`."""
    with transaction.atomic():
        lock_chaines([creancier.chaine_id])
        export = preview_export(creancier, periode, comptes)
        if not export.lignes:
            dit = phrase("Rien de nouveau à écrire : tout ce que cette période contient a déjà été exporté.")
            raise ErreurExigible("rien_a_ecrire", dit)
        du, au = periode
        cle = uuid.uuid4().hex
        nom = f"ecritures-{du:%Y%m%d}-{au:%Y%m%d}-{cle[:6]}.txt"
        piece = store_piece(creancier.cabinet, write_fec(export), nom, TYPE_MIME)
        choisis = tuple(asdict(comptes).items())
        fait = EcrituresExportees(
            cle=cle, du=du, au=au, piece=piece.sha256, nom=nom, faits=export.faits, comptes=choisis
        )
        record_faits(creancier.chaine, [FaitAEcrire(fait, horloge.today())], auteur)
    return ExportConnu(horloge.today(), fait)


def read_export(creancier: Creancier, cle: str) -> tuple[EcrituresExportees, bytes]:
    """Give the file of an export as it was made. Raises ErreurExigible (`fichier_inconnu`)."""
    connu = next((e.export for e in list_exports(creancier) if e.export.cle == cle), None)
    piece = connu and Piece.objects.filter(cabinet=creancier.cabinet_id, sha256=connu.piece).first()
    if connu is None or not piece or piece.contenu is None:
        raise ErreurExigible("fichier_inconnu", phrase("Ce fichier n'existe pas."))
    return connu, bytes(piece.contenu)


def _list_faits(creancier: Creancier) -> list[FaitDeCompte]:
    payes = Paiement.objects.filter(dossier=OuterRef("pk"))
    abandons = Maillon.objects.filter(chaine=OuterRef("chaine"), type="renonciation_faite")
    concernes = Dossier.objects.filter(Q(Exists(payes)) | Q(Exists(abandons)), creancier=creancier)
    faits: list[FaitDeCompte] = []
    for lot in cut_lots(list(concernes.select_related("creancier").order_by("reference"))):
        journaux = read_journaux_des_dossiers(lot)
        for dossier in lot:
            effectives = list_effectives(journaux.of_dossier(dossier), horloge.today())
            try:
                etat = journaux.fold(dossier, horloge.today(), provisoire=False)
            except ErreurExigible as erreur:
                dit = phrase(
                    "Le dossier {reference} ne peut pas être lu : corrigez-le avant d'exporter ({raison}).",
                    reference=dossier.reference,
                    raison=erreur.message,
                )
                raise ErreurExigible("dossier_illisible", dit) from erreur
            faits += list_faits_de_compte(etat, effectives, dossier.reference)
    return faits + _list_frais_bancaires(creancier)


def _list_frais_bancaires(creancier: Creancier) -> list[FaitDeCompte]:
    """Read the bank lines only when something was decided of one: a creditor may have very many."""
    decides = Maillon.objects.filter(chaine=creancier.chaine_id, type__in=("mouvement_ecarte", "mouvement_rapproche"))
    if not decides.exists():
        return []
    inscriptions = read_journaux([creancier.chaine_id], _MOUVEMENTS)[creancier.chaine_id]
    return list(list_frais_bancaires(list_effectives(inscriptions, horloge.today())))
