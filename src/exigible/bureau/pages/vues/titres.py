"""Decisions and costs of a dossier on a day: what each head still yields, who bears each cost and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from exigible.bureau.pages.noms import FRAIS, PERSONNE, get_nom, name_decisions, name_tous
from exigible.bureau.pages.vues.dossier import describe_entete
from exigible.bureau.pages.vues.ouverture import open_dossier_au, vue_de_dossier
from exigible.bureau.pages.vues.personnes import find_rangs
from exigible.dossier.faits import (
    DEBITEUR,
    AvanceVersee,
    DecisionAneantie,
    DelaiDeGrace,
    FraisExpose,
    JugementRendu,
)
from exigible.dossier.obligation.etat import EtatTitre, LigneFrais


@dataclass(frozen=True)
class TitreMontre:
    """A decision as the page shows it. `rang`: its entry in the journal, to correct it."""

    etat: EtatTitre
    nom: str
    rang: int | None
    contre: str
    delai: DelaiDeGrace | None


@dataclass(frozen=True)
class FraisMontre:
    """A cost as the page shows it."""

    etat: LigneFrais
    nom: str
    rang: int | None


@vue_de_dossier
@require_GET
def show_titres(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the decisions and the costs of a dossier on the day asked (`?au=`, `?connu_au=`)."""
    ouvert, form = open_dossier_au(request, pk)
    rangs, noms = find_rangs(ouvert), name_tous(ouvert.effectives)
    etat, decisions = ouvert.etat, name_decisions(ouvert.effectives)
    avances = (
        (jour, fait, rangs.get((AvanceVersee, fait.cle)), etat.frais.sum_rendu(fait))
        for jour, fait in etat.frais.avances
    )
    contexte: dict[str, Any] = {
        **describe_entete(ouvert, "titres"),
        "form_date": form,
        "titres": [
            TitreMontre(
                etat=titre,
                nom=decisions.get(titre.cle, titre.cle),
                rang=rangs.get((JugementRendu, titre.cle)),
                contre=", ".join(
                    etat.debiteur.nom if cle in {"", DEBITEUR} else get_nom(noms, PERSONNE, cle) for cle in titre.contre
                ),
                delai=titre.delai_de_grace,
            )
            for titre in etat.titres
        ],
        "aneanties": [
            (i.date_effet, decisions.get(i.fait.decision, i.fait.decision), i.fait.motif.value)
            for i in ouvert.effectives
            if isinstance(i.fait, DecisionAneantie) and i.date_effet <= etat.au
        ],
        "frais": [
            FraisMontre(x, get_nom(noms, FRAIS, x.frais.cle), rangs.get((FraisExpose, x.frais.cle)))
            for x in etat.frais.lignes
        ],
        "avances": list(avances),
    }
    return render(request, "pages/dossier/titres.html", contexte)
