"""« À compléter »: qualities and addresses that are missing, for many debtors at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db import DatabaseError
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.pages.contexte import aujourd_hui, auteur_courant, cabinet_courant
from exigible.bureau.pages.exports import render_export
from exigible.bureau.pages.formulaires.completer import FormulaireLigne, FormulaireQualiteCommune
from exigible.bureau.pages.libelles import get_libelle
from exigible.bureau.pages.vues.taches import read_manques
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.tiers.models import Dossier
from exigible.bureau.tiers.revalorisation import PANNES
from exigible.bureau.tiers.services import load_etats
from exigible.bureau.travaux.verrous import is_occupee
from exigible.dossier.etat import Stade
from exigible.dossier.faits import DebiteurDecrit
from exigible.dossier.texte import normalize
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import Phrase
from exigible.droit.regimes import QualitePartie
from exigible.echanges.enregistrements import Origine, Tiers
from exigible.echanges.identifiants import list_doutes
from exigible.echanges.qualites import Proposition, propose_qualite

PAR_PAGE = 50
TRIS = {"nom": "debiteur_nom", "echu": "echu"}
_DU_DEBITEUR = {"qualite", "nom", "adresse"}


@dataclass(frozen=True, slots=True)
class LigneACompleter:
    """A debtor: its form, what cannot be completed here, the quality that its data suggest, its doubtful numbers."""

    dossier: Dossier
    form: FormulaireLigne
    ailleurs: tuple[str, ...]
    proposee: Proposition
    doutes: tuple[Phrase, ...]


@login_required
@require_http_methods(["GET", "POST"])
def show_completer(request: HttpRequest) -> HttpResponse:
    """List what is missing; a POST records the rows that changed, or one quality for the ticked ones."""
    page = Paginator(_filter_dossiers(request), PAR_PAGE).get_page(request.GET.get("page"))
    debiteurs = {pk: etat.debiteur for pk, etat in load_etats(list(page)).items()}
    if request.method == "POST" and "commune" in request.POST:
        return _set_qualite(request, page, debiteurs)
    if request.method == "POST" and "proposees" in request.POST:
        return _accept_proposees(request, page, debiteurs)
    donnees = request.POST if request.method == "POST" else None
    lignes = [_make_ligne(d, debiteurs[d.pk], donnees) for d in page if d.pk in debiteurs]
    if donnees is not None:
        changees = [ligne for ligne in lignes if ligne.form.has_changed()]
        if all(ligne.form.is_valid() for ligne in changees):
            return _record(request, [(ligne.dossier, ligne.form.build_fait()) for ligne in changees])
        messages.error(request, _("Rien n’a été enregistré : corrigez les lignes signalées."))
    return _render(request, page, lignes, FormulaireQualiteCommune())


@login_required
@require_GET
def export_completer(request: HttpRequest, extension: str) -> HttpResponse:
    """Give what is missing as a file."""
    titres = [_("Référence"), _("Client"), _("Code"), _("Qualité"), _("Échu"), _("À compléter")]
    lignes = (
        [d.reference, d.debiteur_nom, d.debiteur_code, get_libelle(d.qualite), d.echu, " ; ".join(read_manques(d))]
        for d in _filter_dossiers(request).iterator(chunk_size=500)
    )
    return render_export(extension, f"exigible-a-completer-{aujourd_hui():%Y-%m-%d}", titres, lignes)


def _filter_dossiers(request: HttpRequest) -> QuerySet[Dossier]:
    dossiers = Dossier.objects.filter(cabinet=cabinet_courant(request), erreur="")
    dossiers = dossiers.exclude(a_completer=[]).exclude(stade=Stade.SOLDEE.value)
    for mot in normalize(request.GET.get("q", "")).split():
        dossiers = dossiers.filter(recherche__contains=mot)
    if request.GET.get("manque") == "qualite":
        dossiers = dossiers.filter(qualite=QualitePartie.INCONNUE.value)
    tri = request.GET.get("tri", "")
    champ = F(TRIS.get(tri.removeprefix("-"), "echu"))
    croissant = bool(tri) and not tri.startswith("-")
    ordre = champ.asc() if croissant else champ.desc()
    return dossiers.select_related("creancier", "chaine").order_by(ordre, "debiteur_nom", "pk")


def _make_ligne(dossier: Dossier, debiteur: DebiteurDecrit, donnees: Any) -> LigneACompleter:
    form = FormulaireLigne(donnees, prefix=str(dossier.pk), debiteur=debiteur)
    ailleurs = tuple(m["code"] for m in dossier.a_completer if m["code"] not in _DU_DEBITEUR)
    doutes = tuple(doute for _code, _champ, doute in list_doutes(debiteur.siren, None, None, debiteur.iban))
    return LigneACompleter(dossier, form, ailleurs, propose(debiteur), doutes)


def propose(debiteur: DebiteurDecrit) -> Proposition:
    """The quality that what is known of a debtor suggests; nothing once it is said."""
    if debiteur.qualite is not QualitePartie.INCONNUE:
        return Proposition()
    tiers = Tiers(nom=debiteur.nom, siren=debiteur.siren or None, forme=debiteur.forme or None, origine=Origine(""))
    return propose_qualite(tiers)


def _accept_proposees(request: HttpRequest, page: Page, debiteurs: dict[Any, DebiteurDecrit]) -> HttpResponse:
    """Record, for the ticked debtors, the quality that was proposed for each; those without one are left."""
    coches = set(request.POST.getlist("choisis"))
    choisis = [(d, debiteurs[d.pk]) for d in page if str(d.pk) in coches and d.pk in debiteurs]
    changements = [
        (dossier, msgspec.structs.replace(debiteur, qualite=QualitePartie(proposee)))
        for dossier, debiteur in choisis
        if (proposee := propose(debiteur).valeur)
    ]
    if not changements:
        messages.error(request, _("Cochez des clients pour lesquels une qualité est proposée."))
        return redirect(request.get_full_path())
    return _record(request, changements)


def _set_qualite(request: HttpRequest, page: Page, debiteurs: dict[Any, DebiteurDecrit]) -> HttpResponse:
    form = FormulaireQualiteCommune(request.POST)
    coches = set(request.POST.getlist("choisis"))
    choisis = [d for d in page if str(d.pk) in coches and d.pk in debiteurs]
    if not choisis or not form.is_valid():
        messages.error(request, _("Cochez les clients et choisissez leur qualité."))
        return redirect(request.get_full_path())
    qualite = QualitePartie(form.cleaned_data["qualite_commune"])
    return _record(request, [(d, msgspec.structs.replace(debiteurs[d.pk], qualite=qualite)) for d in choisis])


def _record(request: HttpRequest, changements: Sequence[tuple[Dossier, DebiteurDecrit]]) -> HttpResponse:
    """Write each debtor by itself; one that fails is said, and the others are kept."""
    if not changements:
        messages.info(request, _("Aucune ligne n’a changé."))
        return redirect(request.get_full_path())
    nombre = 0
    for dossier, fait in changements:
        try:
            record_faits(dossier.chaine, [FaitAEcrire(fait, aujourd_hui())], auteur_courant(request))
        except PANNES as erreur:
            _dire_laisse(request, dossier, erreur)
        except DatabaseError as erreur:
            if not is_occupee(erreur) or not nombre:
                raise
            _dire_interruption(request, len(changements) - nombre)
            break
        else:
            nombre += 1
    if nombre:
        complete = ngettext("%(n)s client complété.", "%(n)s clients complétés.", nombre) % {"n": nombre}
        messages.success(request, complete)
    return redirect(request.get_full_path())


def _dire_laisse(request: HttpRequest, dossier: Dossier, erreur: Exception) -> None:
    raison = translate_phrase(erreur.message) if isinstance(erreur, ErreurExigible) else str(erreur)
    messages.error(
        request, _("%(nom)s n’a pas pu être complété : %(raison)s") % {"nom": dossier.debiteur_nom, "raison": raison}
    )


def _dire_interruption(request: HttpRequest, restants: int) -> None:
    message = ngettext(
        "La base est occupée : %(n)s client reste à compléter, réessayez dans un instant.",
        "La base est occupée : %(n)s clients restent à compléter, réessayez dans un instant.",
        restants,
    )
    messages.error(request, message % {"n": restants})


def _render(
    request: HttpRequest, page: Page, lignes: Sequence[LigneACompleter], commune: FormulaireQualiteCommune
) -> HttpResponse:
    contexte = {
        "page": page,
        "lignes": lignes,
        "commune": commune,
        "q": request.GET.get("q", ""),
        "manque": request.GET.get("manque", ""),
        "tri": request.GET.get("tri", "-echu"),
        "propositions": any(ligne.proposee.valeur for ligne in lignes),
        "faux": any(ligne.form.is_bound and ligne.form.errors for ligne in lignes),
    }
    return render(request, "pages/completer/liste.html", contexte, status=422 if contexte["faux"] else 200)
