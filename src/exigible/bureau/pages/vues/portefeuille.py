"""Screen 2, « Qui me doit quoi »: one line a debtor, ageing bars, any past day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from exigible.bureau.comptes.attributions import make_prefetch
from exigible.bureau.pages.contexte import (
    aujourd_hui,
    cabinet_courant,
    is_taux_provisoire,
    list_creanciers,
    utilisateur_courant,
)
from exigible.bureau.pages.exports import Cellule, render_export
from exigible.bureau.pages.formulaires.attributions import FormulaireAttribution
from exigible.bureau.pages.libelles import get_libelle
from exigible.bureau.pages.suivi import list_suiveurs
from exigible.bureau.pages.vues.filtres import TRANCHES, FiltrePortefeuille, Tranche, read_tri, sort_dossiers
from exigible.bureau.pages.vues.lignes_clients import (
    LigneClient,
    keep_ligne,
    read_etat,
    read_fraiche,
    read_projection,
    sort_lignes,
)
from exigible.bureau.tiers.models import Creance, Dossier
from exigible.bureau.tiers.services import load_etats
from exigible.dossier.etat import Stade
from exigible.droit.argent import ZERO

PAR_PAGE = 50
DOSSIERS_AU_PASSE_MAX = 5000
"""Dossiers that are folded again at once for a past day: a few seconds of work."""


@dataclass(frozen=True, slots=True)
class BarreTranche:
    """A bar of the ageing: its principal, and its share of the largest bar, in per cent."""

    tranche: Tranche
    montant: Decimal
    part: int


@dataclass(frozen=True, slots=True)
class Portefeuille:
    """What the screen shows: lines (a query or a list), bars, sums; `trop` when a past day asks too much."""

    lignes: QuerySet | list[LigneClient]
    barres: list[BarreTranche]
    sommes: dict[str, Any]
    trop: bool = False


@login_required
@require_GET
def show_portefeuille(request: HttpRequest) -> HttpResponse:
    """Show the debtors of the tenant, filtered and sorted by the address."""
    filtre, tri = read_filtre(request, request.GET), read_tri(request.GET.get("tri", ""))
    portefeuille = _compute_portefeuille(request, filtre, tri)
    page = Paginator(portefeuille.lignes, PAR_PAGE).get_page(request.GET.get("page"))
    contexte: dict[str, Any] = {
        "filtre": filtre,
        "recherche": filtre.valeurs.get("q", ""),
        "tri": tri,
        "page": page,
        "lignes": _read_page(filtre, list(page)),
        "barres": portefeuille.barres,
        "sommes": portefeuille.sommes,
        "trop": portefeuille.trop,
        "trop_max": DOSSIERS_AU_PASSE_MAX,
        "au": filtre.au_jour,
        "taux_provisoire": is_taux_provisoire(cabinet_courant(request)),
        "creanciers": list_creanciers(request),
        "plusieurs": list_suiveurs(request).plusieurs,
        "attribution": FormulaireAttribution(suiveurs=list_suiveurs(request)),
        "filtre_actif": any(request.GET.get(champ) for champ in filtre.fields),
        "portefeuille_vide": not portefeuille.sommes["nombre"]
        and not Dossier.objects.filter(cabinet=cabinet_courant(request)).exists(),
    }
    return render(request, "pages/portefeuille/liste.html", contexte)


@login_required
@require_GET
def export_portefeuille(request: HttpRequest, extension: str) -> HttpResponse:
    """Give the whole filtered list as a file."""
    filtre, tri = read_filtre(request, request.GET), read_tri(request.GET.get("tri", ""))
    lignes = _compute_portefeuille(request, filtre, tri).lignes
    titres = [
        _("Référence"),
        _("Client"),
        _("Qualité"),
        _("Échu"),
        _("À échoir"),
        _("Contesté"),
        _("Promis"),
        _("Retard (jours)"),
        _("Étape"),
        _("Dernière action"),
        _("Le"),
        _("Prochaine action"),
        _("Prévue le"),
        _("Prescription"),
        _("Suivi par"),
    ]
    nom = f"exigible-qui-me-doit-quoi-{filtre.au_jour:%Y-%m-%d}"
    return render_export(extension, nom, titres, (_write_ligne(ligne) for ligne in _iterate(lignes)))


def read_filtre(request: HttpRequest, adresse: QueryDict) -> FiltrePortefeuille:
    """Read the filter that an address holds."""
    filtre = FiltrePortefeuille(
        adresse,
        creanciers=list_creanciers(request),
        aujourd_hui=aujourd_hui(),
        qui=list_suiveurs(request).list_choix(),
    )
    filtre.is_valid()
    return filtre


def _compute_portefeuille(request: HttpRequest, filtre: FiltrePortefeuille, tri: str) -> Portefeuille:
    dossiers = _list_dossiers(request, filtre)
    if filtre.au_passe:
        return _compute_au_passe(dossiers, filtre, tri)
    retenus = filtre.filter_situation(dossiers).select_related("creancier").prefetch_related(make_prefetch())
    montants = sum_tranches(dossiers, filtre.au_jour)
    return Portefeuille(sort_dossiers(retenus, tri), _make_barres(montants), _sum_projection(retenus))


def _list_dossiers(request: HttpRequest, filtre: FiltrePortefeuille) -> QuerySet:
    du_cabinet = Dossier.objects.filter(cabinet=cabinet_courant(request))
    return filtre.filter_identite(du_cabinet, utilisateur_courant(request))


def list_cles(request: HttpRequest, filtre: FiltrePortefeuille) -> list[UUID]:
    """The keys of the dossiers that the filter shows today."""
    return list(filtre.filter_situation(_list_dossiers(request, filtre)).values_list("pk", flat=True))


def _compute_au_passe(dossiers: QuerySet, filtre: FiltrePortefeuille, tri: str) -> Portefeuille:
    """Fold the journals again for the day asked. Too many dossiers: nothing is computed, and the page says so."""
    if dossiers.count() > DOSSIERS_AU_PASSE_MAX:
        return Portefeuille([], [], _sum_lignes([]), trop=True)
    choisis = list(dossiers.select_related("creancier").prefetch_related(make_prefetch()))
    etats = load_etats(choisis, filtre.au_jour, filtre.connu_jusqu_a)
    toutes = [read_etat(d, etats[d.pk]) for d in choisis if d.pk in etats and etats[d.pk].creances]
    lignes = [ligne for ligne in toutes if keep_ligne(ligne, filtre)]
    montants = [sum((ligne.tranches[i] for ligne in toutes), ZERO) for i in range(len(TRANCHES))]
    return Portefeuille(sort_lignes(lignes, tri), _make_barres(montants), _sum_lignes(lignes))


def _read_page(filtre: FiltrePortefeuille, lignes: Sequence[Any]) -> list[LigneClient]:
    """The lines of the page; those valued on an earlier day are computed again, since interest has run."""
    if filtre.au_passe:
        return list(lignes)
    perimes = [d for d in lignes if d.arrete_au != filtre.au_jour and d.stade != Stade.SOLDEE.value and not d.erreur]
    etats = load_etats(perimes, filtre.au_jour) if perimes else {}
    return [read_fraiche(d, etats[d.pk]) if d.pk in etats else read_projection(d) for d in lignes]


def sum_tranches(dossiers: QuerySet, au: date) -> list[Decimal]:
    """Sum the principal that these dossiers owe, age by age (`TRANCHES`) on a day."""
    creances = Creance.objects.filter(dossier__in=dossiers)
    sommes = creances.aggregate(**{f"t{i}": Sum("reste", filter=t.build_critere(au)) for i, t in enumerate(TRANCHES)})
    return [sommes[f"t{i}"] or ZERO for i in range(len(TRANCHES))]


def _make_barres(montants: Sequence[Decimal]) -> list[BarreTranche]:
    plus_haute = max(montants, default=ZERO)
    return [
        BarreTranche(tranche, montant, int(montant * 100 / plus_haute) if plus_haute else 0)
        for tranche, montant in zip(TRANCHES, montants, strict=True)
    ]


def _sum_projection(dossiers: QuerySet) -> dict[str, Any]:
    sommes = dossiers.aggregate(
        nombre=Count("pk"),
        echu=Sum("echu"),
        a_echoir=Sum("a_echoir"),
        conteste=Sum("conteste"),
        promis=Sum("promis"),
    )
    return {cle: valeur or 0 for cle, valeur in sommes.items()}


def _sum_lignes(lignes: Sequence[LigneClient]) -> dict[str, Any]:
    sommes: dict[str, Any] = {
        champ: sum((getattr(ligne, champ) for ligne in lignes), ZERO)
        for champ in ("echu", "a_echoir", "conteste", "promis")
    }
    return sommes | {"nombre": len(lignes)}


def _iterate(lignes: QuerySet | list[LigneClient]) -> Iterator[LigneClient]:
    if isinstance(lignes, list):
        yield from lignes
    else:
        yield from (read_projection(dossier) for dossier in lignes.iterator(chunk_size=500))


def _write_ligne(ligne: LigneClient) -> list[Cellule]:
    return [
        ligne.reference,
        ligne.nom,
        get_libelle(ligne.qualite),
        ligne.echu,
        ligne.a_echoir,
        ligne.conteste,
        ligne.promis,
        ligne.retard,
        get_libelle(ligne.stade),
        get_libelle(ligne.derniere),
        ligne.derniere_le,
        get_libelle(ligne.prochaine),
        ligne.prochaine_le,
        ligne.prescription_le,
        ligne.suivi,
    ]
