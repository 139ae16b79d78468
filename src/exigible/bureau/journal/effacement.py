"""Erase what has been kept long enough: contents of settled dossiers, old bank lines, files. The chains still verify.

A dossier at a time, in one short transaction each, checked again under its lock: what has come since keeps it.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from exigible.bureau.actes.lots_garde import forget_parts
from exigible.bureau.actes.models import BrouillonActe, ReponseRetenue
from exigible.bureau.banque.models import Mouvement, StatutMouvement
from exigible.bureau.banque.projections import rebuild_mouvements
from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.horloge import PARIS
from exigible.bureau.imports.annulation import read_ecrits
from exigible.bureau.imports.models import Importation
from exigible.bureau.journal.ecriture import FaitAEcrire, lock_chaines
from exigible.bureau.journal.lecture import cut_lots, read_journaux
from exigible.bureau.journal.models import Conservation, Contenu, Maillon, Piece
from exigible.bureau.journal.services import record_faits
from exigible.bureau.preuve.models import Bordereau, LiasseFaite
from exigible.bureau.tiers.lecture import read_journaux_des_dossiers
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.bureau.tiers.revalorisation import PANNES
from exigible.dossier.conservation import DUREE_PLANCHER, check_duree, compute_fin_conservation
from exigible.dossier.etat import Stade
from exigible.dossier.faits import DossierEfface
from exigible.dossier.faits_creancier import (
    FichierImporte,
    MouvementConstate,
    MouvementEcarte,
    MouvementRapproche,
    RetenueLevee,
)
from exigible.droit.phrase import phrase

_EFFACE = str(DossierEfface.__struct_config__.tag)
_RECU = str(FichierImporte.__struct_config__.tag)
_MOUVEMENTS = frozenset(
    str(fait.__struct_config__.tag) for fait in (MouvementConstate, MouvementRapproche, MouvementEcarte, RetenueLevee)
)
_SHA256 = re.compile(r"\b[0-9a-f]{64}\b")
_LOT = 2000
_DOSSIERS = 200


@dataclass(frozen=True, slots=True)
class Echu:
    """A dossier whose retention is over (`jusqu_au`: its last day, included); `retenu`: why it stays, or nothing."""

    dossier: Dossier
    jusqu_au: date
    retenu: str


@dataclass(frozen=True, slots=True)
class Bilan:
    """What was, or would be, erased: dossiers, facts of bank lines, files; and the dossiers that stay, with why."""

    effaces: tuple[Echu, ...]
    retenus: tuple[Echu, ...]
    mouvements: int
    pieces: int

    @property
    def vide(self) -> bool:
        """Whether there is nothing to erase."""
        return not (self.effaces or self.mouvements or self.pieces)

    @property
    def empreinte(self) -> str:
        """What was shown, in short: an erasure is confirmed for this, and for nothing else that came meanwhile."""
        quoi = [*sorted(str(e.dossier.pk) for e in self.effaces), str(self.mouvements), str(self.pieces)]
        return hashlib.sha256("\n".join(quoi).encode()).hexdigest()


def get_annees(cabinet: Cabinet) -> int:
    """Return the retention of a cabinet, in full years; the floor of the law unless it chose longer."""
    choisie = Conservation.objects.filter(cabinet=cabinet).values_list("annees", flat=True).first()
    return choisie or DUREE_PLANCHER


def set_annees(cabinet: Cabinet, annees: int) -> None:
    """Choose the retention of a cabinet. Raises ErreurSaisie below the floor of the law."""
    Conservation.objects.update_or_create(cabinet=cabinet, defaults={"annees": check_duree(annees)})


@dataclass(slots=True)
class _Partants:
    """What is erased, or counted as such: whole journals, and some ranks of others."""

    chaines: set[uuid.UUID]
    rangs: dict[uuid.UUID, frozenset[int]]

    def holds(self, chaine: uuid.UUID, rang: int) -> bool:
        """Whether an entry is among them."""
        return chaine in self.chaines or rang in self.rangs.get(chaine, ())


def run_effacement(cabinet: Cabinet, au: date, auteur: str, *, appliquer: bool) -> Bilan:
    """Erase what the cabinet no longer keeps on the day `au`; or only read, and say what would be."""
    annees = get_annees(cabinet)
    echus = list(_list_echus(cabinet, au, annees))
    effaces = [e for e in echus if not e.retenu]
    if appliquer:
        effaces = [e for e in effaces if _erase_dossier(e, au, annees, auteur)]
    partants = _Partants({e.dossier.chaine_id for e in effaces}, {})
    gardes = _list_gardes(cabinet) - partants.chaines
    for creancier in Creancier.objects.filter(cabinet=cabinet).order_by("pk"):
        rangs = _list_rangs(creancier, au, annees, gardes)
        partants.rangs[creancier.chaine_id] = frozenset(rangs)
        if appliquer and rangs:
            _erase_mouvements(creancier, rangs)
    pieces = _list_pieces(cabinet, au, annees, partants)
    if appliquer:
        _erase_pieces(pieces)
    mouvements = sum(len(rangs) for rangs in partants.rangs.values())
    return Bilan(tuple(effaces), tuple(e for e in echus if e.retenu), mouvements, len(pieces))


def _is_echu(dernier: date, au: date, annees: int) -> bool:
    return compute_fin_conservation(dernier, annees) < au


def _list_echus(cabinet: Cabinet, au: date, annees: int) -> Iterator[Echu]:
    """List the dossiers not yet erased whose last fact, by effect or by recording, is old enough."""
    gardes = _list_gardes(cabinet)
    derniers = Maillon.objects.filter(chaine__cabinet=cabinet, chaine__dossier__isnull=False).values("chaine")
    dates = derniers.annotate(effet=Max("date_effet"), ecrit=Max("enregistre_le")).order_by("chaine")
    echus: dict[uuid.UUID, date] = {}
    for chaine, effet, ecrit in dates.values_list("chaine", "effet", "ecrit"):
        dernier = max(effet, ecrit.astimezone(PARIS).date())
        if chaine in gardes and _is_echu(dernier, au, annees):
            echus[chaine] = compute_fin_conservation(dernier, annees)
    for lot in cut_lots(list(echus), _DOSSIERS):
        dossiers = Dossier.objects.select_related("creancier", "chaine").filter(chaine__in=lot).order_by("chaine")
        for dossier, raison in _find_raisons(list(dossiers), au):
            yield Echu(dossier, echus[dossier.chaine_id], raison)


def _list_gardes(cabinet: Cabinet) -> set[uuid.UUID]:
    """List the dossiers that still have a content, besides the trace of an erasure."""
    restent = Contenu.objects.filter(contenu__isnull=False, maillon__chaine__cabinet=cabinet)
    chaines = restent.filter(maillon__chaine__dossier__isnull=False).exclude(maillon__type=_EFFACE)
    return set(chaines.values_list("maillon__chaine", flat=True).distinct())


def _find_raisons(dossiers: Sequence[Dossier], au: date) -> Iterator[tuple[Dossier, str]]:
    """Say why each dossier stays, or nothing; read together, and one by one when one of them cannot be read."""
    try:
        journaux = read_journaux_des_dossiers(dossiers)
    except PANNES:
        journaux = None
    for dossier in dossiers:
        try:
            lus = journaux or read_journaux_des_dossiers([dossier])
            etat = lus.fold(dossier, au, provisoire=True)
        except PANNES as erreur:
            yield dossier, phrase("il n'est pas lisible : {erreur}", erreur=str(erreur))
            continue
        reste = etat.stade is not Stade.SOLDEE
        yield dossier, phrase("une somme reste due : il faut d'abord l'encaisser ou y renoncer.") if reste else ""


def _erase_dossier(echu: Echu, au: date, annees: int, auteur: str) -> bool:
    """Blank the contents of a dossier and record that they were; False when something came meanwhile."""
    dossier = echu.dossier
    with transaction.atomic():
        if lock_chaines([dossier.chaine_id])[dossier.chaine_id].tete_rang != dossier.chaine.tete_rang:
            return False
        contenus = Contenu.objects.filter(maillon__chaine=dossier.chaine_id, contenu__isnull=False)
        faits = contenus.update(sel=None, contenu=None)
        BrouillonActe.objects.filter(dossier=dossier).delete()
        ReponseRetenue.objects.filter(dossier=dossier).delete()
        Bordereau.objects.filter(dossier=dossier).delete()
        LiasseFaite.objects.filter(dossier=dossier).delete()
        forget_parts(dossier)
        trace = DossierEfface(faits=faits, annees=annees, conserve_jusqu_au=echu.jusqu_au)
        record_faits(dossier.chaine, [FaitAEcrire(trace, au)], auteur)
    return True


def _erase_mouvements(creancier: Creancier, rangs: Sequence[int]) -> None:
    with transaction.atomic():
        lock_chaines([creancier.chaine_id])
        for lot in cut_lots(rangs):
            contenus = Contenu.objects.filter(maillon__chaine=creancier.chaine_id, maillon__rang__in=lot)
            contenus.update(sel=None, contenu=None)
        rebuild_mouvements(creancier)


def _list_rangs(creancier: Creancier, au: date, annees: int, gardes: set[uuid.UUID]) -> list[int]:
    """List the facts of the bank lines that are old, decided, and of no dossier that is kept."""
    noms_gardes = {str(chaine) for chaine in gardes}
    gardees = {
        cle
        for cle, statut, parts in Mouvement.objects.filter(creancier=creancier).values_list("cle", "statut", "parts")
        if statut == StatutMouvement.A_RAPPROCHER or noms_gardes.intersection(part["dossier"] for part in parts)
    }
    rangs: dict[str, list[int]] = {}
    for inscription in read_journaux([creancier.chaine_id], _MOUVEMENTS)[creancier.chaine_id]:
        fait = inscription.fait
        if isinstance(fait, MouvementConstate | MouvementRapproche | MouvementEcarte | RetenueLevee):
            ecrit = inscription.enregistre_le
            dernier = max(inscription.date_effet, ecrit.astimezone(PARIS).date() if ecrit else date.min)
            rangs.setdefault(fait.mouvement, []).append(inscription.rang)
            if not _is_echu(dernier, au, annees):
                gardees.add(fait.mouvement)
    return sorted(rang for cle, siens in rangs.items() if cle not in gardees for rang in siens)


def _list_pieces(cabinet: Cabinet, au: date, annees: int, partants: _Partants) -> list[int]:
    """List the old files that no content cites any more."""
    pieces = Piece.objects.filter(cabinet=cabinet, contenu__isnull=False)
    vieilles = {
        sha256: cle
        for cle, sha256, cree_le in pieces.values_list("pk", "sha256", "cree_le")
        if _is_echu(cree_le.astimezone(PARIS).date(), au, annees)
    }
    if not vieilles:
        return []
    imports = Importation.objects.filter(cabinet=cabinet, piece__sha256__in=vieilles)
    vides = {str(i.pk) for i in imports if _is_vide(i, partants)}
    restent = Contenu.objects.filter(contenu__isnull=False, maillon__chaine__cabinet=cabinet)
    lignes = restent.values_list("maillon__chaine", "maillon__rang", "maillon__type", "contenu")
    for chaine, rang, type_, contenu in lignes.iterator(chunk_size=_LOT):
        # The receipt of an import stays; the file that it names goes with all that it had written.
        if partants.holds(chaine, rang) or (type_ == _RECU and json.loads(contenu)["importation"] in vides):
            continue
        for sha256 in _SHA256.findall(contenu):
            vieilles.pop(sha256, None)
    return sorted(vieilles.values())


def _is_vide(importation: Importation, partants: _Partants) -> bool:
    """Whether nothing that an import wrote is kept."""
    restent = Contenu.objects.filter(contenu__isnull=False).exclude(maillon__type=_RECU)
    for chaine, rangs in read_ecrits(importation).items():
        for lot in cut_lots([rang for rang in sorted(rangs) if not partants.holds(chaine, rang)]):
            if restent.filter(maillon__chaine=chaine, maillon__rang__in=lot).exists():
                return False
    return True


def _erase_pieces(pieces: Sequence[int]) -> None:
    """Blank the bytes and names of files, and what was shown of those that were imported."""
    for lot in cut_lots(pieces):
        with transaction.atomic():
            Piece.objects.filter(pk__in=lot).update(contenu=None, nom="")
            Importation.objects.filter(piece__in=lot).update(apercu={}, resume={})
