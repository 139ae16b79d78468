"""Read a file as an import was told to, and plan it against what is known now. Nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from exigible.bureau import horloge
from exigible.bureau.imports.comptes_rendus import designate_rejets, plan_comptes_rendus
from exigible.bureau.imports.creances import PlanCreances, Reponses
from exigible.bureau.imports.debiteurs import Annuaire, ask_manques, ask_pays, plan_tiers
from exigible.bureau.imports.disparues import plan_disparues
from exigible.bureau.imports.models import Importation, StatutImportation
from exigible.bureau.imports.mouvements import LotPlanifie, iter_lots, plan_mouvements
from exigible.bureau.imports.plan import Issue, LignePlan, Objet, Plan
from exigible.bureau.imports.statuts import find_dossiers_cites, plan_statuts
from exigible.bureau.imports.tampon import Tampon
from exigible.bureau.octets import compute_sha256, open_octets
from exigible.bureau.tiers.lecture import load_etat_creancier
from exigible.bureau.tiers.models import Creance, Creancier
from exigible.dossier.faits import Etape
from exigible.dossier.texte import normalize
from exigible.droit.echeances import parse_conditions
from exigible.droit.phrase import phrase
from exigible.echanges.enregistrements import CreanceLue, ErreurLecture, FichierLu
from exigible.echanges.lecture import open_fichiers
from exigible.echanges.releves import ReleveOuvert

_INCOMPLET = {"fec_desequilibre"}
_LISTES_DE_TIERS = {"csv_tiers", "xlsx_tiers"}
_FEC = "fec"
_FIN = "exercice_fin"


@dataclass(frozen=True, slots=True)
class Lus:
    """A file; an archive gives itself, without records, then each of its members.

    The movements of each one lie in its `Tampon`, and not in the file as it was read.
    """

    fichiers: tuple[FichierLu, ...]
    tampons: tuple[Tampon, ...]

    @property
    def premier(self) -> FichierLu:
        """What was dropped."""
        return self.fichiers[0]

    @property
    def mouvements(self) -> int:
        """How many bank lines there are in all."""
        return sum(tampon.nombre for tampon in self.tampons)


_gardees: ContextVar[dict[tuple[object, ...], Lus] | None] = ContextVar("lecture_gardee", default=None)


def read_contenu(importation: Importation, chemin: Path, suivies: Collection[str] | None = None) -> Lus:
    """Read the file of an import with its terms of sale and the meaning given to its columns.

    `suivies`: the invoices that a ledger gives even once it has closed them (default: those that are open here).
    """
    conditions = _choose_conditions(importation)
    colonnes = importation.colonnes or None
    suivies = frozenset(_list_suivies(importation.creancier) if suivies is None else suivies)

    def read() -> Lus:
        terme = parse_conditions(conditions) if conditions else None
        ouverts = open_fichiers(chemin, importation.nom, conditions=terme, colonnes=colonnes, suivies=suivies)
        return _set_down(ouverts)

    gardees = _gardees.get()
    if gardees is None:
        return read()
    dites = tuple(sorted((colonnes or {}).items()))
    cle = (compute_sha256(chemin), importation.nom, conditions, dites, suivies)
    if cle not in gardees:
        gardees.clear()
        gardees[cle] = read()
    return gardees[cle]


def read_piece(importation: Importation, suivies: Collection[str] | None = None) -> Lus:
    """Read, as `read_contenu`, the file that an import kept as evidence."""
    with open_octets(importation.piece, "contenu") as chemin:
        return read_contenu(importation, chemin, suivies)


def _set_down(ouverts: Sequence[ReleveOuvert | FichierLu]) -> Lus:
    """Read bank files to their end, laying their movements on the disk as they come."""
    fichiers, tampons = [], []
    for ouvert in ouverts:
        if isinstance(ouvert, ReleveOuvert):
            tampons.append(Tampon(ouvert))
            fichiers.append(ouvert.close())
        else:
            tampons.append(Tampon(ouvert.mouvements))
            fichiers.append(replace(ouvert, mouvements=()) if ouvert.mouvements else ouvert)
    return Lus(tuple(fichiers), tuple(tampons))


@contextmanager
def keep_lecture() -> Iterator[None]:
    """Read once, inside, the same bytes read twice in the same way: for who previews a file and applies it at once.

    Only what the reader says is kept, and only the last of it; the plan is made anew, against what is known then.
    """
    jeton = _gardees.set({})
    try:
        yield
    finally:
        _gardees.reset(jeton)


def describe_plan(importation: Importation, plan: Plan, lus: Lus, origine: str) -> dict[str, Any]:
    """Plan the bank lines too, then write the preview as JSON values; `origine`: who gave the columns their meaning."""
    for lu, tampon in zip(lus.fichiers, lus.tampons, strict=True):
        plan_mouvements(plan, importation.creancier, lu, tampon, lus.premier.sha256)
    return plan.describe(lus.premier.format) | {
        "colonnes": msgspec.to_builtins(lus.premier.colonnes),
        "origine_colonnes": origine,
        "comptabilites": [
            {"nom": lu.nom} | lu.resume
            for lu in lus.fichiers
            if lu.format == _FEC and "comptes_concordants" in lu.resume
        ],
    }


def iter_mouvements(importation: Importation, lus: Lus) -> Iterator[LotPlanifie]:
    """Plan the bank lines of all that was read, each lot when its turn comes."""
    for lu, tampon in zip(lus.fichiers, lus.tampons, strict=True):
        yield from iter_lots(importation.creancier, lu, tampon, lus.premier.sha256)


def write_resume(lus: Lus) -> dict[str, str]:
    """Write what the readers say of the whole: of an archive, how many files, and the last day of its ledger."""
    if len(lus.fichiers) == 1:
        return dict(lus.premier.resume)
    fins = [lu.resume[_FIN] for lu in _list_fecs(lus.fichiers)]
    return {"membres": str(len(lus.fichiers) - 1)} | ({_FIN: fins[0]} if fins else {})


def build_plan(importation: Importation, lus: Lus, aujourd_hui: date | None = None) -> Plan:
    """Plan what was read, but for bank lines; `aujourd_hui`: the day of its facts (default: the clock's)."""
    jour = aujourd_hui or horloge.today()
    creancier = importation.creancier
    plan = Plan()
    retenus = _keep_lisibles(plan, lus.fichiers)
    statuts = [statut for lu in retenus for statut in lu.statuts]
    rejets = designate_rejets(creancier, [rendu for lu in retenus for rendu in lu.comptes_rendus])
    cites = {*find_dossiers_cites(creancier, statuts), *(d for rejet in rejets for d in rejet.dossiers)}
    annuaire = Annuaire(creancier, retenus, cites)
    for lu in retenus:
        plan_tiers(plan, annuaire, lu, jour, liste_de_tiers=lu.format in _LISTES_DE_TIERS)
    reponses = Reponses(
        jour,
        _choose_conditions(importation),
        Etape(importation.deja_envoye) if importation.deja_envoye else None,
        importation.deja_envoye_le,
    )
    creances = PlanCreances(plan, annuaire, reponses)
    for lu in retenus:
        plus_recentes = _read_plus_recentes(importation, lu)
        creances.plan_all((*lu.creances, *lu.a_part), anciens=bool(plus_recentes))
        if plus_recentes:
            creances.plan_plus_recentes(plus_recentes)
        elif lu.format == _FEC:
            plan_disparues(plan, creancier, annuaire, lu)
    creances.close()
    plan_statuts(plan, creancier, annuaire, statuts, jour)
    plan_comptes_rendus(plan, annuaire, rejets, jour)
    avec_tiers = any(lu.format in _LISTES_DE_TIERS for lu in retenus)
    plan.cibles = [
        c for c in annuaire.list_cibles() if not c.panne and (c.dossier is not None or c.faits or avec_tiers)
    ]
    ask_manques(plan)
    ask_pays(plan, retenus)
    return plan


def _keep_lisibles(plan: Plan, lus: Sequence[FichierLu]) -> list[FichierLu]:
    """Say the faults of each file and keep those that may enter: lists of customers first, one ledger at most."""
    nommes = len(lus) > 1
    premier = next(iter(_list_fecs(lus)), None)
    retenus = []
    for lu in lus:
        for erreur in lu.erreurs:
            _add_erreur(plan, erreur, lu.nom if nommes else "")
        if any(erreur.code in _INCOMPLET for erreur in lu.erreurs):
            continue  # what is missing may be a payment: nothing enters
        if lu.format == _FEC and _FIN in lu.resume and lu is not premier:
            raison = phrase(
                "{nom} : une autre comptabilité de l'archive entre avant ; déposez celle-ci à part", nom=lu.nom
            )
            plan.lignes.append(LignePlan(Issue.REFUSE, Objet.FICHIER, raison=raison))
            continue
        retenus.append(lu)
    return sorted(retenus, key=lambda lu: lu.format not in _LISTES_DE_TIERS)


def _add_erreur(plan: Plan, erreur: ErreurLecture, nom: str) -> None:
    message = erreur.message
    if nom and nom not in message:
        message = phrase("{nom} : {faute}", nom=nom, faute=message)
    if erreur.gravite == "avertissement":
        plan.remarques.append(message)
    else:
        plan.lignes.append(
            LignePlan(Issue.REFUSE, Objet.FICHIER, erreur.ligne, libelle=erreur.champ or "", raison=message)
        )


def _list_fecs(lus: Sequence[FichierLu]) -> list[FichierLu]:
    """List the ledgers, the oldest first."""
    return sorted((lu for lu in lus if lu.format == _FEC and _FIN in lu.resume), key=lambda lu: lu.resume[_FIN])


def _list_suivies(creancier: Creancier) -> frozenset[str]:
    ouvertes = Creance.objects.filter(dossier__creancier=creancier, reste__gt=0).values_list("numero", flat=True)
    return frozenset(normalize(numero) for numero in ouvertes.iterator(chunk_size=5000))


def _read_plus_recentes(importation: Importation, lu: FichierLu) -> list[tuple[CreanceLue, ...]]:
    """Read again the ledgers already imported that end after this one: what each says of these invoices."""
    fin = lu.resume.get(_FIN)
    if lu.format != _FEC or not fin:
        return []
    appliquees = Importation.objects.filter(
        creancier=importation.creancier,
        piece__isnull=False,
        statut__in=(StatutImportation.APPLIQUE, StatutImportation.PARTIEL),
    ).exclude(pk=importation.pk)
    recentes = [i for i in appliquees.only("resume", "pk") if i.resume.get(_FIN, "") > fin]
    suivies = frozenset(normalize(c.numero) for c in lu.creances)
    lues: list[tuple[CreanceLue, ...]] = []
    for recente in sorted(recentes, key=lambda i: i.resume[_FIN]):
        ancienne = Importation.objects.select_related("creancier").get(pk=recente.pk)
        membres = _list_fecs(read_piece(ancienne, suivies).fichiers)
        lues += [(*membre.creances, *membre.a_part) for membre in membres]
    return lues


def _choose_conditions(importation: Importation) -> str:
    """Choose the terms of sale: those said for this file, else the creditor's."""
    if importation.conditions:
        return importation.conditions
    conditions = load_etat_creancier(importation.creancier).conditions
    return conditions.delai if conditions else ""
