"""The only writer of the projections of dossiers and creditors: from their journals, for a day, only what differs."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from exigible.bureau import horloge
from exigible.bureau.banque.projections import project_mouvements
from exigible.bureau.envois.models import Courrier
from exigible.bureau.journal.ecriture import LotEcrit
from exigible.bureau.journal.lecture import cut_lots
from exigible.bureau.journal.models import Piece, Sorte
from exigible.bureau.tables import (
    Cle,
    Differences,
    Ligne,
    apply_differences,
    compare_lignes,
    fit,
    read_lignes,
    update_lignes,
)
from exigible.bureau.tiers.credits import find_changes
from exigible.bureau.tiers.lecture import REGLES, Journaux, load_etat_creancier, read_journaux_des_dossiers
from exigible.bureau.tiers.models import Action, Creance, Creancier, Dossier, Echeance, Paiement
from exigible.bureau.tiers.valeurs import Valeurs, describe, list_pieces, load_credits
from exigible.dossier.etat import EtatDossier
from exigible.dossier.journal import Inscription

_CLE = ("dossier_id", "cle")
_UNIQUE = ("dossier", "cle")
_TABLES = (Creance, Paiement, Courrier, Action, Echeance)
Inscriptions = Mapping[uuid.UUID, list[Inscription]]
_RIEN: Inscriptions = {}


def refresh_projections(lots: Sequence[LotEcrit], *, sans_retenues: bool = False) -> None:
    """Refresh what depends on facts just written, in the same transaction.

    When a creditor's rules change, its dossiers are only marked to be valued again: `revalue_perimes` does it after.
    `sans_retenues`: the holds of bank credits, which depend on all the dossiers of a creditor, are left to a caller who
    writes many and calls `refresh_credits`.
    """
    touches: set[uuid.UUID] = set()
    for lot in lots:
        if lot.chaine.sorte == Sorte.CREANCIER:
            touches.add(_refresh_creancier(lot))
    chaines = [lot.chaine.pk for lot in lots if lot.chaine.sorte == Sorte.DOSSIER]
    # What begins a journal is the whole of it: it need not be read again.
    entiers = {
        lot.chaine.pk: list(lot.inscriptions) for lot in lots if lot.inscriptions and lot.inscriptions[0].rang == 1
    }
    for cles in cut_lots(chaines):
        dossiers = list(Dossier.objects.filter(chaine__in=cles).select_related("creancier").order_by("pk"))
        project_dossiers(dossiers, horloge.today(), entiers)
        touches |= {d.creancier_id for d in dossiers}
    if not sans_retenues:
        refresh_credits(touches)


def project_dossiers(dossiers: Sequence[Dossier], au: date | None, connus: Inscriptions = _RIEN) -> None:
    """Value dossiers on a day (None: each on its own `arrete_au`) and write their rows. Raises ErreurExigible.

    `connus`: the whole journals that the caller has just written or read.
    """
    for table in compare_dossiers(compute_dossiers(dossiers, au, connus)):
        table.apply()


def find_differences(dossiers: Sequence[Dossier], au: date | None) -> dict[uuid.UUID, list[DifferencesTable]]:
    """Find what must be written for dossiers to be valued on a day, dossier by dossier. Raises ErreurExigible."""
    par_dossier: dict[uuid.UUID, list[DifferencesTable]] = {d.pk: [] for d in dossiers}
    for table in compare_dossiers(compute_dossiers(dossiers, au)):
        for cle, differences in table.differences.split().items():
            par_dossier[cle].append(DifferencesTable(table.modele, differences))
    return par_dossier


def refresh_credits(creanciers: Iterable[uuid.UUID]) -> None:
    """Bring the holds of these creditors' dossiers up to date. Their values keep their day."""
    for lot in cut_lots(find_changes(sorted(set(creanciers)))):
        lisibles = [d for d in lot if not d.erreur and d.arrete_au is not None]
        project_dossiers(lisibles, None)


@dataclass(frozen=True, slots=True)
class Calcul:
    """A dossier and the rows it should have."""

    dossier: Dossier
    valeurs: Valeurs


def compute_dossiers(dossiers: Sequence[Dossier], au: date | None, connus: Inscriptions = _RIEN) -> list[Calcul]:
    """Compute the rows that dossiers should have on a day (None: each on its own). Raises ErreurExigible."""
    journaux = read_journaux_des_dossiers(dossiers, connus)
    etats = {d.pk: journaux.fold(d, au or d.arrete_au or horloge.today(), provisoire=True) for d in dossiers}
    pieces = _find_pieces(dossiers, list(etats.values()))
    return [_compute(d, etats[d.pk], journaux, pieces) for d in dossiers]


def _compute(dossier: Dossier, etat: EtatDossier, journaux: Journaux, pieces: Mapping[tuple[int, str], int]) -> Calcul:
    siennes = {sha256: cle for (cabinet, sha256), cle in pieces.items() if cabinet == dossier.cabinet_id}
    lus = (journaux.of_dossier(dossier), journaux.of_creancier(dossier))
    return Calcul(dossier, describe(dossier, etat, lus, siennes, load_credits(dossier)))


def _find_pieces(dossiers: Sequence[Dossier], etats: Sequence[EtatDossier]) -> dict[tuple[int, str], int]:
    sha256 = list_pieces(etats)
    if not sha256:
        return {}
    cabinets = {d.cabinet_id for d in dossiers}
    lignes = Piece.objects.filter(cabinet__in=cabinets, sha256__in=sha256)
    return {(p[0], p[1]): p[2] for p in lignes.values_list("cabinet_id", "sha256", "pk")}


@dataclass(frozen=True, slots=True)
class DifferencesTable:
    """What differs in one table; for dossiers themselves, the columns that do."""

    modele: type
    differences: Differences

    def apply(self) -> None:
        """Write it."""
        if self.modele is Dossier:
            update_lignes(Dossier, [e | {"id": cle} for (cle, _), (_, e) in self.differences.fausses.items()])
        else:
            apply_differences(self.modele, self.differences, _UNIQUE)


def compare_dossiers(calculs: Sequence[Calcul]) -> list[DifferencesTable]:
    """Compare the rows of dossiers with what they should be, table by table."""
    cles = [c.dossier.pk for c in calculs]
    tables = [DifferencesTable(Dossier, _compare_entetes(calculs))]
    for modele in _TABLES:
        attendues = {cle: ligne for c in calculs for cle, ligne in _get_lignes(c.valeurs, modele).items()}
        presentes: dict[Cle, Ligne] = {}
        for lot in cut_lots(cles):
            presentes |= read_lignes(modele.objects.filter(dossier__in=lot), _CLE)
        tables.append(DifferencesTable(modele, compare_lignes(attendues, presentes)))
    return [t for t in tables if t.differences]


def _get_lignes(valeurs: Valeurs, modele: type) -> dict[Cle, Ligne]:
    par_modele: dict[type, dict[Cle, Ligne]] = {
        Creance: valeurs.creances,
        Paiement: valeurs.paiements,
        Courrier: valeurs.courriers,
        Action: valeurs.actions,
        Echeance: valeurs.echeances,
    }
    return par_modele[modele]


def _compare_entetes(calculs: Sequence[Calcul]) -> Differences:
    attendues = {(c.dossier.pk, ""): c.valeurs.dossier for c in calculs}
    colonnes = list(calculs[0].valeurs.dossier) if calculs else []
    presentes: dict[Cle, Ligne] = {}
    for lot in cut_lots([c.dossier.pk for c in calculs]):
        for ligne in Dossier.objects.filter(pk__in=lot).values("id", *colonnes):
            presentes[ligne.pop("id"), ""] = ligne
    return compare_lignes(attendues, presentes)


def _refresh_creancier(lot: LotEcrit) -> uuid.UUID:
    creancier = Creancier.objects.get(chaine=lot.chaine)
    project_mouvements(creancier, lot.inscriptions)
    if any(isinstance(i.fait, REGLES) or i.corrige is not None for i in lot.inscriptions):
        project_creancier(creancier)
        Dossier.objects.filter(creancier=creancier).update(a_revoir_le=F("arrete_au"))
    return creancier.pk


def project_creancier(creancier: Creancier) -> None:
    """Write the row of a creditor from its journal."""
    Creancier.objects.filter(pk=creancier.pk).update(**describe_creancier(creancier))


def describe_creancier(creancier: Creancier) -> Ligne:
    """Compute the row that a creditor should have."""
    etat = load_etat_creancier(creancier, date.max)
    return fit(
        Creancier,
        {
            "nom": etat.description.nom,
            "siren": etat.description.siren,
            "courriel": etat.description.courriel,
            "telephone": etat.description.telephone,
            "conditions": etat.conditions.delai if etat.conditions else "",
            "ibans": [iban for iban, _ in etat.ibans],
        },
    )
