"""Screen 6: the bank lines, newest first; on the right what each may be, and why."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from exigible.bureau.banque.acceptation import accept_retour
from exigible.bureau.banque.models import Mouvement, NatureMouvement, StatutMouvement
from exigible.bureau.banque.repartition import allocate_parts, preview_parts
from exigible.bureau.banque.services import discard_mouvement, release_mouvement
from exigible.bureau.pages.contexte import aujourd_hui, auteur_courant, cabinet_courant, get_du_cabinet
from exigible.bureau.pages.exports import render_export
from exigible.bureau.pages.formulaires.banque import FormulaireMotifBanque, read_choix
from exigible.bureau.pages.libelles import get_libelle
from exigible.bureau.pages.vues.banque_panneau import describe_panneau
from exigible.bureau.phrases import translate_phrase
from exigible.droit.argent import ZERO
from exigible.droit.ecriture import join_mots
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase

PAR_PAGE = 50
A_RAPPROCHER = str(StatutMouvement.A_RAPPROCHER)
CERTAINS_COMPTES_MAX = 2000
"""Beyond so many credits to match, the certain ones are only counted when asked for: it takes seconds."""
_OUVERT = Q(statut=StatutMouvement.A_RAPPROCHER)
VUES = {
    A_RAPPROCHER: _OUVERT & Q(nature=NatureMouvement.CREDIT),
    "retours": _OUVERT & Q(nature=NatureMouvement.RETOUR),
    "frais": _OUVERT & Q(nature=NatureMouvement.FRAIS),
    "devises": _OUVERT & Q(nature=NatureMouvement.DEVISE),
    "rapproche": Q(statut=StatutMouvement.RAPPROCHE),
    "ecarte": Q(statut=StatutMouvement.ECARTE),
    "tous": Q(),
}
VUE_DE_NATURE = {
    str(NatureMouvement.RETOUR): "retours",
    str(NatureMouvement.FRAIS): "frais",
    str(NatureMouvement.DEVISE): "devises",
    str(NatureMouvement.DEBIT): "tous",
}
VUES_OUVERTES = frozenset({A_RAPPROCHER, "retours", "frais", "devises"})
"""Views whose lines are all to be matched: their state goes without saying."""
TITRES = {
    A_RAPPROCHER: gettext_lazy("À rapprocher"),
    "retours": gettext_lazy("Retours"),
    "frais": gettext_lazy("Frais"),
    "devises": gettext_lazy("Autres devises"),
    "rapproche": gettext_lazy("Rapprochés"),
    "ecarte": gettext_lazy("Écartés"),
    "tous": gettext_lazy("Tous"),
}
TRIS = {
    "date": "date",
    "montant": "montant",
    "contrepartie": "contrepartie",
}


@login_required
@require_GET
def show_banque(request: HttpRequest) -> HttpResponse:
    """List the bank lines (`?statut=`, `?q=`, `?tri=`)."""
    return _render_liste(request)


@login_required
@require_GET
def export_banque(request: HttpRequest, extension: str) -> HttpResponse:
    """Give the filtered bank lines as a file."""
    titres = [_("Date"), _("Montant"), _("Devise"), _("Libellé"), _("Référence"), _("Contrepartie"), _("Statut")]
    lignes = (
        [m.date, m.montant, m.devise, m.libelle, m.reference, m.contrepartie, get_libelle(m.statut)]
        for m in _filter_mouvements(request, _read_vue(request)).iterator(chunk_size=500)
    )
    return render_export(extension, f"exigible-banque-{aujourd_hui():%Y-%m-%d}", titres, lignes)


@login_required
@require_GET
def show_mouvement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a bank line and who it may come from: alone with htmx, beside the list otherwise."""
    return _render_mouvement(request, _get_mouvement(request, pk))


@login_required
@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the credit would pay, nothing recorded: `?cible=…&montant=…` by parts, else `?dossier=…&creances=…`."""
    mouvement = _get_mouvement(request, pk)
    try:
        choix = read_choix(request, request.GET, mouvement)
        affectations = preview_parts(mouvement, choix.parts)
    except ErreurExigible as erreur:
        return _render_mouvement(request, mouvement, translate_phrase(erreur.message))
    reste = mouvement.reste - sum((part.montant for part in choix.parts), ZERO)
    return _render_mouvement(
        request, mouvement, choix={"affectations": affectations, "choix": choix, "reste_a_rapprocher": reste}
    )


@login_required
@require_POST
def allocate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the credit, or a part of it, is a payment of these dossiers."""
    mouvement = _get_mouvement(request, pk)
    try:
        choix = read_choix(request, request.POST, mouvement)
        allocate_parts(mouvement, choix.parts, "choisi par une personne", auteur_courant(request))
    except ErreurExigible as erreur:
        return _render_mouvement(request, mouvement, translate_phrase(erreur.message))
    noms = join_mots(list(dict.fromkeys(part.dossier.debiteur_nom for part in choix.parts)))
    return _finish(request, _("Virement affecté à %(nom)s.") % {"nom": noms})


@login_required
@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the line takes back an earlier payment: what it had paid is owed again."""
    mouvement = _get_mouvement(request, pk)
    dossier, _separateur, cle = request.POST.get("paiement", "").partition("|")
    try:
        retour = accept_retour(mouvement, (dossier, cle), auteur_courant(request))
    except ErreurExigible as erreur:
        return _render_mouvement(request, mouvement, translate_phrase(erreur.message))
    jour = retour.encaissement.jour
    if retour.encaissement.prelevement:
        dit = phrase("Le prélèvement du {jour} est rejeté : son échéance redevient à payer.", jour=jour)
    else:
        dit = phrase("Le paiement du {jour} est rejeté : ce qu'il avait payé est dû de nouveau.", jour=jour)
    return _finish(request, translate_phrase(dit))


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the line has nothing to do with any debtor."""
    return _decide(request, pk, discard_mouvement, _("Mouvement écarté."))


@login_required
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo what was decided of a line."""
    return _decide(request, pk, release_mouvement, _("Le mouvement est de nouveau à rapprocher."))


def _decide(request: HttpRequest, pk: int, decider: Any, message: str) -> HttpResponse:
    mouvement = _get_mouvement(request, pk)
    form = FormulaireMotifBanque(request.POST)
    if not form.is_valid():
        return _render_mouvement(request, mouvement, _("Indiquez un motif : il reste dans le journal."))
    try:
        decider(mouvement, form.cleaned_data["motif"], auteur_courant(request))
    except ErreurExigible as erreur:
        return _render_mouvement(request, mouvement, translate_phrase(erreur.message))
    return _finish(request, message)


def _finish(request: HttpRequest, message: str) -> HttpResponse:
    messages.success(request, message)
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": reverse("banque")})
    return redirect("banque")


def _get_mouvement(request: HttpRequest, pk: int) -> Mouvement:
    return get_du_cabinet(request, Mouvement.objects.select_related("creancier", "dossier"), pk=pk)


def _filter_mouvements(request: HttpRequest, vue: str) -> QuerySet[Mouvement]:
    mouvements = Mouvement.objects.filter(VUES[vue], cabinet=cabinet_courant(request))
    texte = request.GET.get("q", "").strip()
    if texte:
        champs = ("libelle", "reference", "contrepartie", "dossier__debiteur_nom")
        critere = Q()
        for champ in champs:
            critere |= Q(**{f"{champ}__icontains": texte})
        mouvements = mouvements.filter(critere)
    return mouvements.select_related("dossier").order_by(*_read_ordre(request.GET.get("tri", "")))


def _read_vue(request: HttpRequest, ouvert: Mouvement | None = None) -> str:
    """Read which lines to list: those asked for, else those like the one that is open."""
    vue = request.GET.get("statut", "")
    if vue in VUES:
        return vue
    if ouvert is None or ouvert.statut != A_RAPPROCHER:
        return A_RAPPROCHER if ouvert is None else ouvert.statut
    return VUE_DE_NATURE.get(ouvert.nature, A_RAPPROCHER)


def _read_ordre(tri: str) -> tuple[str, ...]:
    champ = TRIS.get(tri.removeprefix("-"))
    if champ is None:
        return ("-date", "-pk")
    return (f"-{champ}" if tri.startswith("-") else champ, "-pk")


def _render_liste(request: HttpRequest, **panneau: Any) -> HttpResponse:
    vue = _read_vue(request, panneau.get("mouvement"))
    page = Paginator(_filter_mouvements(request, vue), PAR_PAGE).get_page(request.GET.get("page"))
    siens = Mouvement.objects.filter(cabinet=cabinet_courant(request))
    nombres = siens.aggregate(**{f"n_{code}": Count("pk", filter=critere) for code, critere in VUES.items() if critere})
    contexte = {
        "page": page,
        "mouvements": list(page),
        "onglets": [(code, TITRES[code], nombres.get(f"n_{code}")) for code in VUES],
        "statut": vue,
        "montrer_statut": vue not in VUES_OUVERTES,
        "q": request.GET.get("q", ""),
        "tri": request.GET.get("tri", "-date"),
        "au": aujourd_hui(),
        "frais": nombres["n_frais"],
        "compter_certains": 0 < nombres[f"n_{A_RAPPROCHER}"] <= CERTAINS_COMPTES_MAX,
        "banque_vide": not any(nombres.values()) and not siens.exists(),
    }
    return render(request, "pages/banque/liste.html", contexte | panneau)


def _render_mouvement(
    request: HttpRequest, mouvement: Mouvement, erreur: str = "", *, choix: dict[str, Any] | None = None
) -> HttpResponse:
    texte = request.GET.get("client", "").strip()
    contexte = (choix or {}) | {"mouvement": mouvement, "client": texte, "erreur": erreur, "au": aujourd_hui()}
    if choix is None:
        contexte |= describe_panneau(mouvement, texte)
    if getattr(request, "htmx", False):
        return render(request, "pages/banque/mouvement.html", contexte)
    return _render_liste(request, **contexte)
