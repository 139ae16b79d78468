"""Apply an import as work to do: transactions of a few dossiers, gone on with after a stop, nothing written twice.

Each transaction writes what it did (`PartImport`) with what it does: a run that goes on reads the file again, plans it
against what is known now, and leaves what is done. A dossier that changed since the plan is planned again.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import DataError, IntegrityError, transaction

from exigible.bureau import horloge
from exigible.bureau.banque.models import Mouvement
from exigible.bureau.banque.services import match_mouvements, refresh_retenues
from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.imports.annulation import read_ecrits, read_tetes
from exigible.bureau.imports.connu import Cible
from exigible.bureau.imports.lecture import Lus, build_plan, describe_plan, iter_mouvements, read_piece, write_resume
from exigible.bureau.imports.models import Importation, PartImport, SortePart, StatutImportation
from exigible.bureau.imports.plan import Issue, Plan
from exigible.bureau.journal.ecriture import LotEcrit, lock_chaines
from exigible.bureau.journal.lecture import cut_lots
from exigible.bureau.journal.models import Chaine
from exigible.bureau.journal.services import FaitAEcrire, record_lots
from exigible.bureau.phrases import dump_phrase
from exigible.bureau.tables import write_lignes
from exigible.bureau.tiers.models import Dossier
from exigible.bureau.tiers.revalorisation import PANNES
from exigible.bureau.tiers.services import open_dossiers
from exigible.bureau.travaux.services import Nature, Tenue
from exigible.bureau.travaux.verrous import retry_occupee
from exigible.dossier.faits_creancier import FichierImporte, MouvementConstate
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase

_journal = logging.getLogger(__name__)

NATURE = "import"
_LECTURE = timedelta(minutes=10)
"""How long reading and planning the largest file may take without a sign of life."""
_TOURS = 5
_LOT_DOSSIERS = 100
_LOT_MOUVEMENTS = 200
_PART_DES_RETENUES = 5
"""How many times longer is spent writing dossiers than refreshing what holds them, but for `_ECART_DES_RETENUES`."""
_ECART_DES_RETENUES = 2.0
_PANNES_D_UN_DOSSIER = (*PANNES, DataError, IntegrityError)


def run_import(tenue: Tenue) -> dict[str, Any]:
    """Do the work « import »: write all that is good in the file. Return how many dossiers were left aside."""
    lignes = Importation.objects.select_related("creancier__chaine", "creancier__cabinet", "piece")
    importation = lignes.defer("piece__contenu").get(pk=tenue.parametres["importation"])
    if importation.statut != StatutImportation.EN_COURS:
        return {}
    return {"laisses": _Application(importation, tenue).run()}


def give_up_import(parametres: Mapping[str, Any], _erreur: str) -> None:
    """Say that an import stopped halfway: a person goes on with it, or undoes what it wrote."""
    en_cours = Importation.objects.filter(pk=parametres["importation"], statut=StatutImportation.EN_COURS)
    en_cours.update(statut=StatutImportation.INTERROMPU)


IMPORT = Nature(run_import, give_up_import)


def _count_lots(mouvements: int) -> int:
    return -(-mouvements // _LOT_MOUVEMENTS)


class _Application:
    """One run of an import."""

    def __init__(self, importation: Importation, tenue: Tenue) -> None:
        self._importation = importation
        self._creancier = importation.creancier
        self._tenue = tenue
        self._auteur: str = tenue.parametres["auteur"]
        self._jour = (importation.commence_le or horloge.now()).astimezone(horloge.PARIS).date()
        self._ecrites = {p.chaine_id for p in self._list_parts(SortePart.DOSSIER)}
        self._origines = {p.origine for p in self._list_parts(SortePart.DOSSIER) if p.origine}
        self._fait = importation.parts.count()
        self._total = 0
        self._connus = 0
        self._tetes: dict[uuid.UUID, int] = {}
        self._retenues_le = 0.0
        self._dernier: Dossier | None = None

    def run(self) -> int:
        perimes: list[Cible] = []
        for _ in range(_TOURS):
            plan, lus = self._plan()
            perimes = self._write_cibles(plan)
            if not perimes:
                break
        for cible in perimes:
            self._set_aside(cible, phrase("ce dossier changeait pendant l'import : reprenez l'import"))
        self._write_mouvements(lus)
        match_mouvements(self._creancier, self._auteur, self._begin, self._note_rapprochement)
        return self._close()

    def _list_parts(self, sorte: Any) -> Sequence[PartImport]:
        return list(self._importation.parts.filter(sorte=sorte, erreur=""))

    def _plan(self) -> tuple[Plan, Lus]:
        """Read and plan the file; the heads are read first: what is recorded meanwhile is seen, and planned again."""
        self._tenue.beat(_LECTURE)
        self._tetes = read_tetes(self._creancier)
        self._connus = self._count_dossiers()
        lus = read_piece(self._importation)
        plan = build_plan(self._importation, lus, self._jour)
        reste = [c for c in plan.cibles if not self._is_done(c)]
        self._total = self._fait + len(reste) + _count_lots(lus.mouvements) + 1
        if self._fait:
            self._begin()
        else:
            self._describe(plan, lus)
        return plan, lus

    def _describe(self, plan: Plan, lus: Lus) -> None:
        """Write the preview again, for it is of another moment: the receipt tells what was about to be written."""
        origine = self._importation.apercu.get("origine_colonnes", "")
        self._importation.apercu = describe_plan(self._importation, plan, lus, origine)
        self._importation.resume = write_resume(lus)
        with transaction.atomic():
            self._begin()
            self._importation.save(update_fields=["apercu", "resume"])

    def _count_dossiers(self) -> int:
        return Dossier.objects.filter(creancier=self._creancier).count()

    def _is_done(self, cible: Cible) -> bool:
        if cible.dossier is None:
            return cible.origine in self._origines
        return not cible.faits or cible.dossier.chaine_id in self._ecrites

    # --- Dossiers -----------------------------------------------------------------------------------------------------

    def _write_cibles(self, plan: Plan) -> list[Cible]:
        """Write the dossiers of a plan. Return those that changed since it was made."""
        reste = [cible for cible in plan.cibles if not self._is_done(cible)]
        perimes: list[Cible] = []
        for genre in ([c for c in reste if c.dossier is None], [c for c in reste if c.dossier is not None]):
            for lot in cut_lots(genre, _LOT_DOSSIERS):
                self._refresh_retenues()
                self._tenue.check_arret()
                perimes += self._write_lot_sauf_pannes(lot)
        return perimes

    def _write_lot_sauf_pannes(self, lot: Sequence[Cible]) -> list[Cible]:
        """Write a few dossiers; when one of them can't be, each by itself, so that it alone is left aside."""
        try:
            return self._write_cibles_du_lot(lot)
        except _PANNES_D_UN_DOSSIER as erreur:
            if len(lot) > 1:
                return [perime for cible in lot for perime in self._write_lot_sauf_pannes([cible])]
            _journal.warning("%s laissé de côté par l'import : %s", lot[0].nom, erreur)
            message = erreur.message if isinstance(erreur, ErreurExigible) else f"{type(erreur).__name__} : {erreur}"
            self._set_aside(lot[0], message)
            return []

    @retry_occupee
    def _write_cibles_du_lot(self, lot: Sequence[Cible]) -> list[Cible]:
        """Write in one transaction dossiers all new, or all known. Return those that changed since the plan."""
        with transaction.atomic():
            self._begin(progres=len(lot))
            nouveaux = lot[0].dossier is None
            chaines = self._open(len(lot)) if nouveaux else self._lock(lot)
            a_ecrire = [(cible, chaine) for cible, chaine in zip(lot, chaines, strict=True) if chaine]
            if len(a_ecrire) < len(lot):
                self._begin(progres=len(a_ecrire))
            if a_ecrire:
                debut = [[FaitAEcrire(c.debiteur, self._jour)] if nouveaux else [] for c, _ in a_ecrire]
                faits = [(ch, [*d, *c.faits]) for (c, ch), d in zip(a_ecrire, debut, strict=True)]
                ecrits = record_lots(faits, self._auteur, sans_retenues=True)
                self._note(SortePart.DOSSIER, ecrits, {chaine.pk: cible.origine for cible, chaine in a_ecrire})
        if nouveaux and a_ecrire:
            self._connus += len(a_ecrire)
            self._dernier = Dossier.objects.get(chaine=a_ecrire[-1][1])
            self._origines |= {cible.origine for cible, _ in a_ecrire}
        self._ecrites |= {chaine.pk for _, chaine in a_ecrire}
        self._advance(len(a_ecrire))
        return [cible for cible, chaine in zip(lot, chaines, strict=True) if not chaine]

    def _refresh_retenues(self) -> None:
        """Bring the holds of bank credits up to date, for a small part of the time: they depend on all the dossiers.

        What a dossier just written should be held for is so within seconds, and at the end (`match_mouvements`).
        """
        debut = time.monotonic()
        if debut >= self._retenues_le:
            refresh_retenues(self._creancier)
            fin = time.monotonic()
            self._retenues_le = fin + max(_ECART_DES_RETENUES, _PART_DES_RETENUES * (fin - debut))

    def _open(self, nombre: int) -> Sequence[Chaine | None]:
        """Open the dossiers of new debtors, unless somebody opened one since the plan: it may be theirs."""
        Cabinet.objects.select_for_update(no_key=True).get(pk=self._creancier.cabinet_id)
        lock_chaines([self._creancier.chaine_id])
        if self._count_dossiers() != self._connus:
            return [None] * nombre
        return [dossier.chaine for dossier in open_dossiers(self._creancier, nombre, self._dernier)]

    def _lock(self, lot: Sequence[Cible]) -> Sequence[Chaine | None]:
        """Lock dossiers, except those whose journal went on since the plan."""
        cles = [cible.dossier.chaine_id for cible in lot if cible.dossier]
        chaines = lock_chaines(cles)
        return [chaines[cle] if chaines[cle].tete_rang == self._tetes[cle] else None for cle in cles]

    @retry_occupee
    def _set_aside(self, cible: Cible, message: str) -> None:
        with transaction.atomic():
            self._begin(progres=1)
            nom, erreur = cible.nom[:300], dump_phrase(message)
            PartImport.objects.create(
                importation=self._importation, sorte=SortePart.DOSSIER, nom=nom, erreur=erreur, origine=cible.origine
            )
        self._advance()

    # --- Bank lines ---------------------------------------------------------------------------------------------------

    def _write_mouvements(self, lus: Lus) -> None:
        for planifie in iter_mouvements(self._importation, lus):
            faits = planifie.list_faits()
            for lot in cut_lots(faits, _LOT_MOUVEMENTS):
                self._refresh_retenues()
                self._tenue.check_arret()
                self._write_lot(lot)
                self._advance()
            self._advance(_count_lots(len(planifie.mouvements)) - _count_lots(len(faits)))

    @retry_occupee
    def _write_lot(self, lot: Sequence[FaitAEcrire]) -> None:
        with transaction.atomic():
            self._begin(progres=1)
            lock_chaines([self._creancier.chaine_id])
            cles = [f.fait.mouvement for f in lot if isinstance(f.fait, MouvementConstate)]
            connues = set(
                Mouvement.objects.filter(creancier=self._creancier, cle__in=cles).values_list("cle", flat=True)
            )
            neufs = [f for f in lot if not (isinstance(f.fait, MouvementConstate) and f.fait.mouvement in connues)]
            if neufs:
                ecrits = record_lots([(self._creancier.chaine, neufs)], self._auteur, sans_retenues=True)
                self._note(SortePart.MOUVEMENTS, ecrits)

    def _note_rapprochement(self, ecrits: Sequence[LotEcrit]) -> None:
        self._note(SortePart.RAPPROCHEMENT, ecrits)

    # --- Parts --------------------------------------------------------------------------------------------------------

    def _begin(self, progres: int = 0) -> None:
        """Begin a transaction: make sure that the work is still ours, and say how far it will be at its end."""
        self._tenue.note_progres(self._fait + progres, max(self._total, self._fait + progres))

    def _note(self, sorte: Any, ecrits: Sequence[LotEcrit], origines: Mapping[uuid.UUID, str] | None = None) -> None:
        parts = [
            {
                "importation_id": self._importation.pk,
                "sorte": sorte,
                "chaine_id": lot.chaine.pk,
                "premier": lot.maillons[0].rang,
                "dernier": lot.maillons[-1].rang,
                "origine": (origines or {}).get(lot.chaine.pk, ""),
            }
            for lot in ecrits
            if lot.maillons
        ]
        write_lignes(PartImport, parts)

    def _advance(self, nombre: int = 1) -> None:
        self._fait += nombre
        self._tenue.dire(self._fait, max(self._total, self._fait))

    @retry_occupee
    def _close(self) -> int:
        """Write the receipt, once, and say where the import stands."""
        with transaction.atomic():
            self._begin()
            lock_chaines([self._creancier.chaine_id])
            importation = self._importation
            laisses = importation.parts.exclude(erreur="").count()
            if not importation.parts.filter(sorte=SortePart.RECU).exists():
                recu = [FaitAEcrire(self._make_recu(laisses), self._jour)]
                self._note(SortePart.RECU, record_lots([(self._creancier.chaine, recu)], self._auteur))
            matchs = importation.parts.filter(sorte=SortePart.RAPPROCHEMENT, chaine=self._creancier.chaine_id)
            importation.resume = importation.resume | {"rapproches": str(matchs.count())}
            importation.ecrits = {str(cle): sorted(rangs) for cle, rangs in read_ecrits(importation).items()}
            importation.statut = StatutImportation.PARTIEL if laisses else StatutImportation.APPLIQUE
            importation.applique_le = horloge.now()
            importation.save(update_fields=["resume", "ecrits", "statut", "applique_le"])
        return laisses

    def _make_recu(self, laisses: int) -> FichierImporte:
        importation, comptes = self._importation, self._importation.apercu["comptes"]
        return FichierImporte(
            importation=str(importation.pk),
            piece=importation.piece.sha256,
            nom=importation.nom,
            format=importation.format,
            crees=comptes[Issue.CREE.value],
            modifies=comptes[Issue.MODIFIE.value],
            inchanges=comptes[Issue.INCHANGE.value],
            refuses=comptes[Issue.REFUSE.value],
            laisses=laisses,
        )
