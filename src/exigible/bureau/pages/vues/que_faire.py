"""« Que faire ? » and « Comparer les voies »: the advice of the core on a dossier; nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from exigible.bureau.pages.vues.dossier import describe_entete
from exigible.bureau.pages.vues.ouverture import DossierOuvert, open_dossier_au, vue_de_dossier
from exigible.bureau.tiers.valeurs import load_credits
from exigible.dossier.conseil.avis import LIBELLES_RANGS, ActeFerme, ActePossible, advise
from exigible.dossier.conseil.defense import LIBELLES_ORDRES, Defense, list_defenses
from exigible.dossier.conseil.examen import Examen, examine_dossier
from exigible.dossier.conseil.score import LIBELLES_NIVEAUX, Niveau, Score, score_creance
from exigible.dossier.conseil.voies import LIBELLES_STATUTS, Statut, VoieDuDossier, list_voies_dossier
from exigible.dossier.etat import STADES_CLOS
from exigible.dossier.suspensions import Faits
from exigible.droit.competence_faits import Qualite

QUALITES: dict[str, str | Promise] = {
    Qualite.SOCIETE_COMMERCIALE.value: _("Société commerciale (SARL, SAS, SA…)"),
    Qualite.COMMERCANT.value: _("Commerçant"),
    Qualite.ARTISAN.value: _("Artisan"),
    Qualite.LIBERAL.value: _("Profession libérale"),
    Qualite.SOCIETE_CIVILE.value: _("Société civile (SCI…)"),
    Qualite.ASSOCIATION.value: _("Association, syndicat"),
}
_COULEURS = {
    Statut.OUVERTE: "bg-green-lt",
    Statut.A_COMPLETER: "bg-yellow-lt",
    Statut.DECONSEILLEE: "bg-yellow-lt",
    Statut.FERMEE: "bg-secondary-lt",
}
_NIVEAUX = {Niveau.PRETE: "bg-green-lt", Niveau.A_COMPLETER: "bg-yellow-lt", Niveau.NE_PAS_ENGAGER: "bg-red-lt"}


@dataclass(frozen=True)
class ActeMontre:
    """An act and the name of its rank."""

    acte: ActePossible
    rang: str


@dataclass(frozen=True)
class GroupeFerme:
    """The acts closed for one same reason."""

    noms: tuple[str, ...]
    message: str
    articles: tuple[str, ...]


@dataclass(frozen=True)
class ScoreMontre:
    """The score of a claim, with its number; only the criteria that count are shown."""

    numero: str
    score: Score
    niveau: str
    couleur: str


@dataclass(frozen=True)
class DefenseMontree:
    """A means of the debtor and the name of its group."""

    defense: Defense
    groupe: str


@dataclass(frozen=True)
class VoieMontree:
    """A route, the name of its status and its colour."""

    voie: VoieDuDossier
    statut: str
    couleur: str


@vue_de_dossier
@require_GET
def show_que_faire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The acts possible on the day, in order, those closed, the score of each claim, the debtor's side."""
    ouvert, form = open_dossier_au(request, pk)
    examen = _examine(request, ouvert)
    voies = list_voies_dossier(examen)
    conseil = advise(examen, load_credits(ouvert.dossier), voies)
    contexte = describe_entete(ouvert, "que_faire") | _describe_parties(request, examen)
    contexte |= {
        "form": form,
        "conseil": conseil,
        "actes": [ActeMontre(acte, LIBELLES_RANGS[acte.rang]) for acte in conseil.actes],
        "fermes": group_fermes(conseil.fermes),
        "scores": _list_scores(examen, ouvert.numeros),
        "defenses": [DefenseMontree(d, LIBELLES_ORDRES[d.moyen.ordre]) for d in list_defenses(examen, voies)],
    }
    return render(request, "pages/dossier/que_faire.html", contexte)


@vue_de_dossier
@require_GET
def show_voies(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The routes compared: one row each, the same columns."""
    ouvert, form = open_dossier_au(request, pk)
    examen = _examine(request, ouvert)
    lignes = [VoieMontree(v, LIBELLES_STATUTS[v.statut], _COULEURS[v.statut]) for v in list_voies_dossier(examen)]
    avertissements = dict.fromkeys(
        a for ligne in lignes for a in (*ligne.voie.avertissements, *ligne.voie.cout.avertissements)
    )
    contexte = describe_entete(ouvert, "voies") | _describe_parties(request, examen)
    contexte |= {"form": form, "lignes": lignes, "avertissements": list(avertissements)}
    return render(request, "pages/dossier/voies.html", contexte)


def group_fermes(fermes: tuple[ActeFerme, ...]) -> list[GroupeFerme]:
    """Say each reason once, with all that it closes."""
    groupes: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for ferme in fermes:
        for motif in ferme.motifs:
            groupes.setdefault((motif.message, motif.articles), []).append(ferme.libelle)
    return [GroupeFerme(tuple(dict.fromkeys(noms)), *cle) for cle, noms in groupes.items()]


def _examine(request: HttpRequest, ouvert: DossierOuvert) -> Examen:
    return examine_dossier(
        ouvert.etat,
        Faits(ouvert.effectives),
        creancier=_read_qualite(request, "creancier"),
        debiteur=_read_qualite(request, "debiteur"),
    )


def _read_qualite(request: HttpRequest, nom: str) -> Qualite | None:
    """What the person answered, in the address: nothing else is believed."""
    valeur = request.GET.get(nom, "")
    return Qualite(valeur) if valeur in QUALITES else None


def _describe_parties(request: HttpRequest, examen: Examen) -> dict[str, Any]:
    """The question to ask about the parties, while the dossier does not tell what they are."""
    demandees = [n for n in ("creancier", "debiteur") if getattr(examen, n) is None or request.GET.get(n) in QUALITES]
    return {"qualites": QUALITES, "demandees": demandees, "reponses": {n: request.GET.get(n, "") for n in demandees}}


def _list_scores(examen: Examen, numeros: dict[str, str]) -> list[ScoreMontre]:
    dues = (c for c in examen.etat.creances if c.stade not in STADES_CLOS)
    scores = (score_creance(examen, creance) for creance in dues)
    return [ScoreMontre(numeros[s.creance], s, LIBELLES_NIVEAUX[s.niveau], _NIVEAUX[s.niveau]) for s in scores]
