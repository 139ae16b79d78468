"""The statement of a dossier on a chosen day: on screen, each figure with its reason, in PDF and in XLSX."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from exigible.actes.decompte.rendu import render_decompte
from exigible.actes.decompte.xlsx import write_decompte_xlsx
from exigible.bureau.envois.images import load_images
from exigible.bureau.pages.contexte import aujourd_hui
from exigible.bureau.pages.formulaires.dates import FormulaireAu
from exigible.bureau.pages.vues.dossier import describe_entete
from exigible.bureau.pages.vues.justifications import (
    justify_imputation,
    justify_ligne,
    justify_solde,
    justify_totaux,
)
from exigible.bureau.pages.vues.ouverture import DossierOuvert, open_dossier, open_dossier_au, vue_de_dossier
from exigible.dossier.decompte_donnees import dump_decompte
from exigible.dossier.faits import PaiementRecu
from exigible.droit.decompte import Decompte, SoldeCreance
from exigible.droit.donnees import encode
from exigible.droit.imputation import Imputation
from exigible.droit.interets import LigneInterets

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class LigneJustifiee:
    """A line of interest, its invoice, and the sentence that justifies its amount."""

    ligne: LigneInterets
    numero: str
    justification: str


@dataclass(frozen=True)
class SoldeJustifie:
    """What remains owed on an invoice, and the sentences that justify its figures, by column."""

    numero: str
    solde: SoldeCreance
    phrases: dict[str, str]


@dataclass(frozen=True)
class VersementImpute:
    """A payment and what it paid, invoice by invoice, with the sentences that justify each figure."""

    jour: date
    montant: Decimal
    parts: tuple[tuple[str, Imputation, dict[str, str]], ...]


@vue_de_dossier
@require_GET
def show_decompte(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The statement on the day asked, today by default; a faulty day is said and today is shown."""
    ouvert, form = open_dossier_au(request, pk, provisoire=False)
    contexte = describe_entete(ouvert, "decompte") | describe_decompte(ouvert) | {"form": form}
    return render(request, "pages/decompte/decompte.html", contexte)


@vue_de_dossier
@require_GET
def download_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The statement as a PDF."""
    ouvert = _open(request, pk)
    pdf = render_decompte(
        ouvert.etat,
        reference=ouvert.dossier.reference,
        logo=load_images(ouvert.dossier, ouvert.etat).logo,
        connu_au=read_jour_connu(ouvert),
    )
    return download(pdf, "application/pdf", name_fichier(ouvert, "pdf"))


@vue_de_dossier
@require_GET
def download_xlsx(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The statement as a spreadsheet."""
    ouvert = _open(request, pk)
    contenu = write_decompte_xlsx(ouvert.etat, connu_au=read_jour_connu(ouvert))
    return download(contenu, XLSX, name_fichier(ouvert, "xlsx"))


@vue_de_dossier
@require_GET
def download_json(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The statement for programs, as `exigible decompte --json` writes it."""
    ouvert = _open(request, pk)
    objet = {"dossier": ouvert.dossier.reference} | dump_decompte(ouvert.etat, read_jour_connu(ouvert))
    contenu = json.dumps(objet, ensure_ascii=False, default=encode).encode()
    return download(contenu, "application/json", name_fichier(ouvert, "json"))


def _open(request: HttpRequest, pk: UUID) -> DossierOuvert:
    """The dossier on the days that the address asks. A file says its days: one that cannot be read gives none.

    Raises Http404 then, DossierIllisible when nothing was known yet.
    """
    if not request.GET.get("au") and not request.GET.get("connu_au"):
        return open_dossier(request, pk, provisoire=False)
    form = FormulaireAu({"au": aujourd_hui().isoformat()} | {n: v for n, v in request.GET.items() if v})
    if not form.is_valid():
        raise Http404("Ce jour n'est pas lisible.")
    return open_dossier(request, pk, form.cleaned_data["au"], connu_au=form.read_connu_au(), provisoire=False)


def read_jour_connu(ouvert: DossierOuvert) -> date | None:
    """The day whose knowledge was asked for, None for all that is recorded."""
    return ouvert.connu_au.date() if ouvert.connu_au else None


def name_fichier(ouvert: DossierOuvert, extension: str) -> str:
    """The name of a statement's file."""
    connu_au = read_jour_connu(ouvert)
    connu = f"-connu-{connu_au.isoformat()}" if connu_au else ""
    return f"decompte-{ouvert.dossier.reference}-{ouvert.etat.au.isoformat()}{connu}.{extension}"


def download(contenu: bytes, type_mime: str, nom: str) -> HttpResponse:
    """Give a file to keep."""
    reponse = HttpResponse(contenu, content_type=type_mime)
    reponse.headers["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse


def describe_decompte(ouvert: DossierOuvert) -> dict[str, Any]:
    """The statement as the page shows it."""
    decompte, numeros = ouvert.etat.decompte, ouvert.numeros
    pour_memoire = ouvert.etat.pour_memoire
    paiements = frozenset(i.fait.cle for i in ouvert.inscriptions if isinstance(i.fait, PaiementRecu))
    return {
        "lignes": [
            LigneJustifiee(ligne, numeros.get(ligne.creance, ligne.creance), justify_ligne(ligne))
            for ligne in decompte.lignes
        ],
        "versements": list_versements(decompte, numeros, paiements),
        "soldes": [
            SoldeJustifie(numeros.get(s.cle, s.cle), s, justify_solde(ouvert.etat, s, paiements))
            for s in decompte.soldes
        ],
        "totaux": justify_totaux(decompte),
        "annonce": pour_memoire.total_du - decompte.total_du,
        "pour_memoire": pour_memoire,
    }


def list_versements(decompte: Decompte, numeros: dict[str, str], paiements: frozenset[str]) -> list[VersementImpute]:
    """The payments in order of date, each with what it paid; `paiements`: those that are not credit notes."""
    parts: dict[str, list[Imputation]] = {}
    for imputation in decompte.imputations:
        parts.setdefault(imputation.versement, []).append(imputation)
    versements = [
        VersementImpute(
            jour=imputations[0].date,
            montant=sum_montants(imputations),
            parts=tuple((numeros.get(i.creance, i.creance), i, justify_imputation(i, paiements)) for i in imputations),
        )
        for imputations in parts.values()
    ]
    return sorted(versements, key=lambda v: v.jour)


def sum_montants(imputations: Iterable[Imputation]) -> Decimal:
    """What was imputed in all."""
    return sum((i.montant for i in imputations), Decimal(0))
