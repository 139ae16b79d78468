"""The documents of a dossier: what may be made and why not, one of them read and approved, those already made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods

from exigible.actes.acte import ActeRendu
from exigible.actes.demande import list_creances_a_echoir, list_creances_ouvertes
from exigible.actes.document import Annexe
from exigible.actes.modele import Famille, Forme, Modele, get_modele, load_catalogue
from exigible.actes.poursuivi import CONTRE, TITRE
from exigible.actes.preparation import ActePrepare
from exigible.actes.rendu import render_acte, render_pdf
from exigible.actes.sorties.courriel import Courriel, write_courriel
from exigible.actes.sorties.docx import render_docx
from exigible.bureau.actes.approbation import DOCX, Sorte, approve_acte, find_sorte
from exigible.bureau.actes.conseil import list_conseilles
from exigible.bureau.actes.services import (
    ActeDuDossier,
    Choix,
    forget_choix,
    needs_pieces,
    open_etabli,
    save_choix,
    write_acte,
)
from exigible.bureau.envois.models import Courrier
from exigible.bureau.pages.contexte import auteur_courant
from exigible.bureau.pages.formulaires.documents import (
    CREANCES,
    PIECES,
    PREFIXE,
    FormulaireActe,
    FormulaireApprobationActe,
    show_saisies,
)
from exigible.bureau.pages.templatetags.exigible import montant
from exigible.bureau.pages.vues.dossier import describe_entete
from exigible.bureau.pages.vues.ouverture import DossierOuvert, open_dossier, vue_de_dossier
from exigible.bureau.pages.vues.produits import list_produits
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.tiers.valeurs import load_credits
from exigible.dossier.conseil.avis import advise
from exigible.dossier.conseil.examen import examine_dossier
from exigible.dossier.etat import STADES_CLOS
from exigible.dossier.faits import Canal
from exigible.dossier.suspensions import Faits
from exigible.droit.erreurs import ErreurExigible

FAMILLES: dict[Famille, str | Promise] = {
    Famille.AMIABLE: gettext_lazy("Amiable"),
    Famille.JUDICIAIRE: gettext_lazy("Devant le juge"),
    Famille.EXECUTION: gettext_lazy("Exécution"),
    Famille.INSOLVABILITE: gettext_lazy("Procédures collectives et surendettement"),
    Famille.COMPTES: gettext_lazy("Comptes"),
}


@dataclass(frozen=True)
class Offre:
    """An act of the catalogue in a dossier: ready, with questions to answer, a draft only, or closed and why."""

    modele: Modele
    manquantes: int = 0
    projet: bool = False
    refus: str = ""
    commence: bool = False


@vue_de_dossier
@require_GET
def list_documents(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The catalogue, family by family, and the documents already made."""
    ouvert = open_dossier(request, pk)
    etabli = open_etabli(ouvert.dossier)
    offres = [describe_offre(write_acte(etabli, modele, rappel=True)) for modele in load_catalogue().values()]
    contexte = describe_entete(ouvert, "documents") | {
        "familles": [
            (nom, [o for o in siennes if not o.refus], [o for o in siennes if o.refus])
            for famille, nom in FAMILLES.items()
            if (siennes := [o for o in offres if o.modele.famille is famille])
        ],
        "conseilles": choose_conseilles(ouvert, offres),
        "produits": list_produits(ouvert),
        "courriers": Courrier.objects.filter(dossier=ouvert.dossier)
        .select_related("piece")
        .defer("piece__contenu")
        .order_by("-pk"),
    }
    return render(request, "pages/documents/liste.html", contexte)


def choose_conseilles(ouvert: DossierOuvert, offres: Sequence[Offre]) -> list[Offre]:
    """For each thing advised today, the first of the acts that do it which may be made."""
    conseil = advise(examine_dossier(ouvert.etat, Faits(ouvert.effectives)), load_credits(ouvert.dossier))
    ouvertes = {offre.modele.nom: offre for offre in offres if not offre.refus}
    choisis = (
        next((ouvertes[m.nom] for m in modeles if m.nom in ouvertes), None)
        for modeles in list_conseilles(conseil, ouvert.etat)
    )
    return list(dict.fromkeys(offre for offre in choisis if offre is not None))


def describe_offre(du_dossier: ActeDuDossier) -> Offre:
    """Say whether an act may be made now; what a person has begun and mistyped is not closed, it is to be mended."""
    modele, acte, commence = du_dossier.modele, du_dossier.acte, bool(du_dossier.choix.saisies)
    if acte is not None:
        return Offre(modele, len(acte.manquantes), bool(acte.projet), commence=commence)
    refus = translate_phrase(du_dossier.refus.message) if du_dossier.refus else ""
    return Offre(modele, refus=refus, commence=commence)


@vue_de_dossier
@require_http_methods(["GET", "POST"])
def show_document(request: HttpRequest, pk: UUID, nom: str) -> HttpResponse:
    """One document: its questions, its preview, what was checked in it; a POST keeps the answers or approves."""
    ouvert, du_dossier = _open(request, pk, nom)
    if request.method == "POST" and "recommencer" in request.POST:
        forget_choix(ouvert.dossier, nom)
        return redirect("document", pk=pk, nom=nom)
    form = _make_formulaire(request, du_dossier)
    if request.method == "POST" and "approuver" not in request.POST:
        if form.is_valid():
            save_choix(ouvert.dossier, nom, _read_choix(du_dossier, form), auteur_courant(request))
            return redirect("document", pk=pk, nom=nom)
        return _render(request, ouvert, du_dossier, form, None)
    approbation = _make_approbation(du_dossier, request.POST if request.method == "POST" else None)
    if request.method == "POST" and approbation.is_valid():
        reponse = _approve(request, ouvert, du_dossier, approbation)
        if reponse is not None:
            return reponse
    return _render(request, ouvert, du_dossier, form, approbation)


def _open(request: HttpRequest, pk: UUID, nom: str) -> tuple[DossierOuvert, ActeDuDossier]:
    """The document as it stands; the claims that the address names hold until others are chosen."""
    if nom not in load_catalogue():
        raise Http404(_("Ce document n’est pas dans le catalogue."))
    ouvert = open_dossier(request, pk)
    etabli = open_etabli(ouvert.dossier)
    choix = etabli.choix.get(nom, Choix())
    nommees = tuple(cle for cle in request.GET.getlist(CREANCES) if cle in ouvert.numeros)
    if nommees and choix.creances is None:
        choix = replace(choix, creances=nommees)
    return ouvert, write_acte(etabli, get_modele(nom), choix, rappel=True)


def _make_formulaire(request: HttpRequest, du_dossier: ActeDuDossier) -> FormulaireActe:
    """The questions, filled with what is known; bound to what was just typed unless it is an approval."""
    lie = request.POST if request.method == "POST" and "approuver" not in request.POST else None
    pieces = du_dossier.etabli.pieces if needs_pieces(du_dossier) else ()
    choix = du_dossier.choix
    depart: dict[str, Any] = show_saisies(du_dossier.questions, du_dossier.saisies)
    depart[CREANCES] = list(_list_choisies(du_dossier))
    depart[PIECES] = [p.sha256 for p in pieces] if choix.pieces is None else list(choix.pieces)
    champs: dict[str, Any] = {
        "questions": du_dossier.questions,
        "creances": list_creances(du_dossier),
        "pieces": [(p.sha256, p.intitule) for p in pieces],
        "rappelees": du_dossier.rappelees,
    }
    faute = f"{PREFIXE}{du_dossier.refus.champ}" if du_dossier.refus is not None else ""
    if lie is not None or faute not in depart:
        return FormulaireActe(lie, initial=depart, **champs)
    form = FormulaireActe(depart, **champs)
    form.add_error(faute, translate_phrase(du_dossier.refus.message) if du_dossier.refus else "")
    return form


def _make_approbation(du_dossier: ActeDuDossier, lie: QueryDict | None) -> FormulaireApprobationActe:
    return FormulaireApprobationActe(lie, message=find_sorte(du_dossier.modele) is Sorte.MESSAGE)


def list_creances(du_dossier: ActeDuDossier) -> list[tuple[str, str]]:
    """The claims to choose from, for an act that is about some."""
    if not du_dossier.modele.factures:
        return []
    creances = du_dossier.etabli.etat.creances
    return [(c.cle, f"{c.creance.numero} — {montant(c.total)}") for c in creances if c.stade not in STADES_CLOS]


def _list_choisies(du_dossier: ActeDuDossier) -> tuple[str, ...]:
    return du_dossier.choix.creances or _list_d_office(du_dossier)


def _list_d_office(du_dossier: ActeDuDossier) -> tuple[str, ...]:
    """The claims that the act takes by itself."""
    lister = list_creances_a_echoir if du_dossier.modele.a_echoir else list_creances_ouvertes
    return lister(du_dossier.etabli.etat)


def _read_choix(du_dossier: ActeDuDossier, form: FormulaireActe) -> Choix:
    """What was typed. Claims and exhibits left as they come by themselves go on following the dossier."""
    valeurs = form.cleaned_data
    creances, pieces = tuple(valeurs.get(CREANCES, ())), tuple(valeurs.get(PIECES, ()))
    toutes = tuple(p.sha256 for p in du_dossier.etabli.pieces)
    d_office = not creances or set(creances) == set(_list_d_office(du_dossier))
    return Choix(
        _forget_d_un_autre(du_dossier, {**du_dossier.choix_lu.saisies, **form.saisies}),
        None if d_office else creances,
        None if PIECES not in form.fields or pieces == toutes else pieces,
    )


def _forget_d_un_autre(du_dossier: ActeDuDossier, saisies: dict[str, str]) -> dict[str, str]:
    """When the act turns to another person, what the dossier had answered about the former one is not what was typed.

    His bank, the day of his seizure: the dossier answers again, about the new one.
    """
    if saisies.get(CONTRE, "") == du_dossier.saisies.get(CONTRE, ""):
        return saisies
    proposees = show_saisies(du_dossier.questions, du_dossier.proposees)
    return {
        nom: texte
        for nom, texte in saisies.items()
        if nom in {CONTRE, TITRE}
        or nom not in du_dossier.proposees
        or texte.splitlines() != proposees.get(f"{PREFIXE}{nom}", "").splitlines()
    }


def _approve(
    request: HttpRequest, ouvert: DossierOuvert, du_dossier: ActeDuDossier, form: FormulaireApprobationActe
) -> HttpResponse | None:
    valeurs = form.cleaned_data
    majeurs = list_majeurs(du_dossier.acte)
    if majeurs and not valeurs["motif"]:
        form.add_error("motif", _("Écrivez pourquoi vous passez outre ces points."))
        return None
    try:
        faite = approve_acte(
            ouvert.dossier,
            du_dossier.modele.nom,
            auteur_courant(request),
            sha256_vu=valeurs["sha256"],
            choix=du_dossier.choix_lu,
            derogations=tuple(f"{m.regle} : {valeurs['motif']}" for m in majeurs),
            canal=Canal(valeurs.get("canal", Canal.LETTRE.value)),
        )
    except ErreurExigible as erreur:
        form.add_error(None, translate_phrase(erreur.message))
        return None
    messages.success(request, SUITES[faite.sorte])
    if faite.courrier is not None:
        return redirect("courrier", pk=faite.courrier.pk)
    return redirect("dossier_documents", pk=ouvert.dossier.pk)


SUITES: dict[Sorte, str | Promise] = {
    Sorte.COURRIER: gettext_lazy("Lettre approuvée. Imprimez-la, postez-la, puis indiquez le jour d’envoi."),
    Sorte.MESSAGE: gettext_lazy("Message noté comme envoyé."),
    Sorte.DOCUMENT: gettext_lazy("Document approuvé : ses octets exacts sont gardés dans le journal."),
}


def list_majeurs(acte: ActePrepare | None) -> list[Any]:
    """The breaches that want a written reason."""
    return [m for m in acte.manquements if m.severite == "majeur"] if acte is not None else []


def _render(
    request: HttpRequest,
    ouvert: DossierOuvert,
    du_dossier: ActeDuDossier,
    form: FormulaireActe,
    approbation: FormulaireApprobationActe | None,
) -> HttpResponse:
    acte = du_dossier.acte
    rendu: ActeRendu | None = render_acte(acte) if acte is not None and acte.utilisable else None
    absentes = {m.code for m in acte.absentes} if acte is not None else set()
    page = {
        "dossier": ouvert.dossier,
        "etat": ouvert.etat,
        "requete": urlencode([(CREANCES, cle) for cle in request.GET.getlist(CREANCES)]),
        "modele": du_dossier.modele,
        "famille": FAMILLES[du_dossier.modele.famille],
        "form": form,
        "acte": acte,
        "rendu": rendu,
        "refus": translate_phrase(du_dossier.refus.message) if du_dossier.refus is not None else "",
        "hors_objet": du_dossier.refus is not None and du_dossier.refus.code == "acte_sans_objet",
        "mentions": [(m, m.code not in absentes) for m in acte.mentions] if acte is not None else [],
        "absentes": len(absentes),
        "majeurs": list_majeurs(acte),
        "sorte": find_sorte(du_dossier.modele).value,
        "version": du_dossier.version,
        "commence": bool(du_dossier.choix.saisies),
        "approbation": approbation or _make_approbation(du_dossier, None),
        "courriel": describe_courriel(du_dossier),
    }
    statut = 422 if request.method == "POST" else 200
    return render(request, "pages/documents/document.html", page, status=statut)


def describe_courriel(du_dossier: ActeDuDossier) -> dict[str, Any] | None:
    """The e-mail that says the same as a message: its subject, its text, an address that opens it ready."""
    acte = du_dossier.acte
    if acte is None or acte.demande.modele.forme is not Forme.MESSAGE:
        return None
    objet = str(getattr(acte.document.tete, "objet", ""))
    # A statement makes the address longer than mail programs take: the PDF that is attached bears it.
    courriel: Courriel = write_courriel(acte.document, objet, annexe_jointe=True)
    adresse = du_dossier.etabli.etat.debiteur.courriel
    lien = f"mailto:{quote(adresse, safe='@')}?subject={quote(courriel.objet)}&body={quote(courriel.texte)}"
    return {
        "objet": courriel.objet,
        "texte": courriel.texte,
        "mailto": lien if adresse else "",
        "adresse": adresse,
        "joindre": any(isinstance(bloc, Annexe) for bloc in acte.document.blocs),
    }


@vue_de_dossier
@require_GET
@xframe_options_sameorigin
def show_pdf(request: HttpRequest, pk: UUID, nom: str) -> HttpResponse:
    """The bytes of the document as it would be approved now."""
    ouvert, du_dossier = _open(request, pk, nom)
    return _send(request, du_dossier, render_pdf(_need(du_dossier)), "application/pdf", f"{_name(ouvert, nom)}.pdf")


@vue_de_dossier
@require_GET
def download_docx(request: HttpRequest, pk: UUID, nom: str) -> HttpResponse:
    """The same document as a file that can be edited."""
    ouvert, du_dossier = _open(request, pk, nom)
    if not du_dossier.modele.docx:
        raise Http404(_("Ce document n’existe pas en DOCX."))
    return _send(request, du_dossier, render_docx(_need(du_dossier)), DOCX, f"{_name(ouvert, nom)}.docx")


def _need(du_dossier: ActeDuDossier) -> ActePrepare:
    if du_dossier.acte is None:
        raise Http404(translate_phrase(du_dossier.refus.message) if du_dossier.refus else "")
    return du_dossier.acte


def _name(ouvert: DossierOuvert, nom: str) -> str:
    return f"{ouvert.dossier.reference}-{nom}-{ouvert.aujourd_hui:%Y-%m-%d}"


def _send(request: HttpRequest, du_dossier: ActeDuDossier, contenu: bytes, type_mime: str, nom: str) -> HttpResponse:
    """Answer with bytes; in place, or as a file when the address asks (`?telecharger`). Says when it is a draft."""
    reponse = HttpResponse(contenu, content_type=type_mime)
    en_fichier = type_mime == DOCX or "telecharger" in request.GET
    acte = _need(du_dossier)
    nom = nom if acte.utilisable else f"projet-{nom}"
    reponse.headers["Content-Disposition"] = content_disposition_header(en_fichier, nom) or "attachment"
    return reponse
