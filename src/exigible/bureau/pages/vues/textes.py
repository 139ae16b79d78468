"""Wordings of one's own: the acts of a creditor, the editor of one with its preview, its versions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exigible.actes.demande import Demande
from exigible.actes.document import Document
from exigible.actes.mentions import Mention
from exigible.actes.modele import Modele, get_modele, load_catalogue, load_redaction, load_texte
from exigible.actes.preparation import ActePrepare, prepare_acte
from exigible.actes.redaction.langue import parse_redaction
from exigible.actes.redaction.remplissage import list_noms
from exigible.actes.relecture import describe_noms, find_exemple, load_exemples
from exigible.actes.rendu import render_pdf
from exigible.actes.sorties.courriel import write_courriel
from exigible.bureau.actes.models import TexteActe
from exigible.bureau.actes.sens import get_sens
from exigible.bureau.actes.textes import list_versions, load_textes, remove_texte, restore_texte, save_texte
from exigible.bureau.pages.contexte import auteur_courant, get_du_cabinet, list_creanciers
from exigible.bureau.pages.formulaires.documents import FormulaireTexte
from exigible.bureau.pages.libelles import get_libelle
from exigible.bureau.pages.vues.documents import FAMILLES
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.tiers.lecture import load_etat
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.dossier.etat import EtatDossier
from exigible.droit.erreurs import ErreurExigible

_STYLE = re.compile(r' style="[^"]*"')
_CORPS = re.compile(r"<body[^>]*>\n?(.*)\n?</body>", re.DOTALL)


@dataclass(frozen=True)
class Nom:
    """Something that a wording may name: how it is written, what it means, what it is in the example."""

    ecriture: str
    sens: str
    exemple: str
    sert: bool


@dataclass(frozen=True)
class Essai:
    """A wording played on an example: the document, or why it is refused; the mentions with whether it has them."""

    acte: ActePrepare | None
    refus: str
    mentions: Sequence[tuple[Mention, bool]] = ()

    @property
    def html(self) -> SafeString:
        """The body of the document for the screen, without the styles that an e-mail needs."""
        return show_document(self.acte.document) if self.acte is not None else SafeString("")


def show_document(document: Document) -> SafeString:
    """Write a document as HTML for a page; every word of it is escaped by `write_courriel`."""
    trouve = _CORPS.search(write_courriel(document, "").html)
    corps = _STYLE.sub("", trouve[1]) if trouve else ""
    return mark_safe(corps)  # noqa: S308 - made of escaped texts and of tags of ours alone


@login_required
@require_GET
def list_textes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The acts, family by family, each with whose wording it bears."""
    creancier = _get_creancier(request, pk)
    siens = {acte: texte for (_cle, acte), texte in load_textes([creancier]).items()}
    actes = [(modele, siens.get(modele.nom)) for modele in load_catalogue().values()]
    contexte = {
        "creancier": creancier,
        "creanciers": list_creanciers(request),
        "familles": [
            (nom, [(m, texte) for m, texte in actes if m.famille is famille]) for famille, nom in FAMILLES.items()
        ],
    }
    return render(request, "pages/documents/textes.html", contexte)


@login_required
@require_http_methods(["GET", "POST"])
def show_texte(request: HttpRequest, pk: UUID, nom: str) -> HttpResponse:
    """The editor of a wording; a POST keeps a new version, or says why it is refused."""
    creancier, modele = _get_creancier(request, pk), _get_modele(nom)
    versions = list_versions(creancier, nom)
    if request.method == "GET":
        return _render(request, creancier, modele, versions, None)
    form = FormulaireTexte(request.POST)
    if form.is_valid():
        valeurs = form.cleaned_data
        try:
            version, perdues = save_texte(
                creancier,
                modele,
                valeurs["texte"],
                auteur_courant(request),
                note=valeurs["note"],
                etats=_list_etats(request, creancier),
            )
        except ErreurExigible as erreur:
            form.add_error("texte", translate_phrase(erreur.message))
        else:
            messages.success(request, _("Texte enregistré : version %s, en vigueur.") % version.numero)
            if perdues:
                libelles = ", ".join(m.libelle for m in perdues)
                messages.warning(request, _("Il ne dit plus, ce que la loi n’exige pas : %s.") % libelles)
            return redirect("texte", pk=pk, nom=nom)
    return _render(request, creancier, modele, versions, form)


@login_required
@require_POST
def preview(request: HttpRequest, pk: UUID, nom: str) -> HttpResponse:
    """What a wording gives on the example chosen, as it is typed."""
    creancier, modele = _get_creancier(request, pk), _get_modele(nom)
    demande = _find_demande(request, creancier, modele)
    essai = try_texte(demande, request.POST.get("texte", ""))
    return render(request, "pages/documents/essai.html", {"essai": essai, "modele": modele})


@login_required
@require_POST
@xframe_options_sameorigin
def preview_pdf(request: HttpRequest, pk: UUID, nom: str) -> HttpResponse:
    """The same, typeset."""
    creancier, modele = _get_creancier(request, pk), _get_modele(nom)
    essai = try_texte(_find_demande(request, creancier, modele), request.POST.get("texte", ""))
    if essai.acte is None:
        return render(request, "pages/documents/essai.html", {"essai": essai, "modele": modele}, status=422)
    reponse = HttpResponse(render_pdf(essai.acte), content_type="application/pdf")
    reponse.headers["Content-Disposition"] = f'inline; filename="exemple-{nom}.pdf"'
    return reponse


@login_required
@require_POST
def restore(request: HttpRequest, pk: UUID, nom: str, numero: int) -> HttpResponse:
    """Put an earlier version in force again."""
    creancier = _get_creancier(request, pk)
    version = get_du_cabinet(request, TexteActe, creancier=creancier, acte=_get_modele(nom).nom, numero=numero)
    try:
        restore_texte(version, _list_etats(request, creancier))
    except ErreurExigible as erreur:
        messages.error(request, translate_phrase(erreur.message))
    else:
        messages.success(request, _("Version %s remise en vigueur.") % numero)
    return redirect("texte", pk=pk, nom=nom)


@login_required
@require_POST
def remove(request: HttpRequest, pk: UUID, nom: str) -> HttpResponse:
    """Write the next documents with our wording."""
    remove_texte(_get_creancier(request, pk), _get_modele(nom).nom)
    messages.success(request, _("Les prochains documents reprennent le texte du programme ; vos versions restent ici."))
    return redirect("texte", pk=pk, nom=nom)


def try_texte(demande: Demande | None, texte: str) -> Essai:
    """Play a wording on an example."""
    if demande is None:
        return Essai(None, _("Aucun exemple ne se prête à ce document : ouvrez-le depuis un dossier."))
    try:
        acte = prepare_acte(replace(demande, redaction=parse_redaction(texte)))
    except ErreurExigible as erreur:
        return Essai(None, translate_phrase(erreur.message))
    absentes = {m.code for m in acte.absentes}
    return Essai(acte, "", [(m, m.code not in absentes) for m in acte.mentions])


def list_noms_connus(demande: Demande, texte: str) -> dict[str, list[Nom]]:
    """All that a wording may name, sorted by kind; those that it already names say so."""
    vocabulaire, modele = describe_noms(demande), demande.modele
    try:
        servis = list_noms(parse_redaction(texte))
    except ErreurExigible:
        servis = list_noms(load_redaction(modele.nom))
    questions = {q.nom: q.libelle for q in demande.questions}

    def make(nom: str, ecriture: str, exemple: str) -> Nom:
        return Nom(ecriture, questions.get(nom) or get_sens(nom), exemple, nom in servis)

    oui_non = {True: _("vrai dans l’exemple"), False: _("faux dans l’exemple")}
    return {
        "valeurs": [make(n, f"{{{n}}}", v) for n, v in sorted(vocabulaire.valeurs.items())],
        "faits": [make(n, f"[si {n}]", oui_non[v]) for n, v in sorted(vocabulaire.faits.items())],
        "blocs": [make(n, f"[{n}]", "") for n in sorted(vocabulaire.blocs)],
    }


def _render(
    request: HttpRequest,
    creancier: Creancier,
    modele: Modele,
    versions: Sequence[TexteActe],
    form: FormulaireTexte | None,
) -> HttpResponse:
    en_vigueur = next((v for v in versions if v.en_vigueur), None)
    montree = _read_version(request, versions) or en_vigueur
    texte = montree.texte if montree is not None else load_texte(modele.nom)
    demande = _find_demande(request, creancier, modele)
    ecrit = str(form["texte"].value() or "") if form is not None else texte
    contexte: dict[str, Any] = {
        "creancier": creancier,
        "modele": modele,
        "famille": FAMILLES[modele.famille],
        "versions": versions,
        "en_vigueur": en_vigueur,
        "montree": montree,
        "form": form or FormulaireTexte(initial={"texte": texte}),
        "essai": try_texte(demande, ecrit),
        "accolades": "{total}",
        "noms": list_noms_connus(demande, ecrit) if demande is not None else {},
        "exemples": [
            (nom, f"{etat.debiteur.nom} — {get_libelle(etat.debiteur.qualite.value)}")
            for nom, etat in load_exemples().items()
        ],
        "exemple": request.POST.get("exemple") or request.GET.get("exemple", ""),
        "dossier": _find_dossier(request, creancier),
    }
    statut = 422 if form is not None else 200
    return render(request, "pages/documents/texte.html", contexte, status=statut)


def _read_version(request: HttpRequest, versions: Sequence[TexteActe]) -> TexteActe | None:
    numero = request.GET.get("version", "")
    return next((v for v in versions if str(v.numero) == numero), None)


def _find_demande(request: HttpRequest, creancier: Creancier, modele: Modele) -> Demande | None:
    """What the preview is made on: the dossier or the example that the address names, else the first that suits."""
    exemples = load_exemples()
    nomme = exemples.get(request.POST.get("exemple") or request.GET.get("exemple", ""))
    premiers = [nomme] if nomme is not None else _list_etats(request, creancier)
    return find_exemple(modele, [*premiers, *exemples.values()])


def _list_etats(request: HttpRequest, creancier: Creancier) -> list[EtatDossier]:
    """The dossier from which the editor was opened, if any."""
    dossier = _find_dossier(request, creancier)
    try:
        return [load_etat(dossier)] if dossier is not None else []
    except ErreurExigible:
        return []


def _find_dossier(request: HttpRequest, creancier: Creancier) -> Dossier | None:
    cle = request.POST.get("dossier") or request.GET.get("dossier", "")
    try:
        return Dossier.objects.select_related("creancier").filter(creancier=creancier, pk=UUID(cle)).first()
    except ValueError:
        return None


def _get_creancier(request: HttpRequest, pk: UUID) -> Creancier:
    creancier: Creancier = get_du_cabinet(request, Creancier.objects.select_related("cabinet"), pk=pk)
    return creancier


def _get_modele(nom: str) -> Modele:
    if nom not in load_catalogue():
        raise Http404(_("Ce document n’est pas dans le catalogue."))
    return get_modele(nom)
