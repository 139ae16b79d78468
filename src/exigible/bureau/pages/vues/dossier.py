"""A dossier: its situation, its journal as a timeline, and what may be done now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from exigible.bureau.envois.models import Courrier
from exigible.bureau.journal.services import read_inscriptions
from exigible.bureau.pages.contexte import aujourd_hui
from exigible.bureau.pages.vues.fil import GROUPES, list_entrees
from exigible.bureau.pages.vues.ouverture import (
    DossierIllisible,
    DossierOuvert,
    open_dossier,
    open_dossier_au,
    vue_de_dossier,
)
from exigible.bureau.pages.vues.personnes import list_personnes
from exigible.bureau.pages.vues.signaux import SignalMontre, show_signal
from exigible.bureau.pages.vues.taches import HORIZON_PRESCRIPTION
from exigible.bureau.phrases import translate_phrase
from exigible.bureau.tiers.valeurs import load_credits
from exigible.dossier.echeances import Echeance
from exigible.dossier.etat import EtatCreance, EtatDossier, Stade
from exigible.dossier.faits import (
    AvoirEmis,
    ContestationClose,
    ContestationRecue,
    Etape,
    PaiementRecu,
    PaiementRejete,
    SuspensionDecidee,
    SuspensionLevee,
)
from exigible.dossier.signaux import list_signaux
from exigible.dossier.suite import find_suite
from exigible.dossier.travail import Retenue, Travail, compute_travail
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import Avertissement
from exigible.droit.prescription import Prescription

ENTREES_PAR_PAGE = 60


@dataclass(frozen=True)
class Geste:
    """Something one may record: the word of its address, its name, its icon."""

    sorte: str
    nom: str | Promise
    icone: str


GESTES = (
    Geste("paiement", _("Un paiement"), "cash"),
    Geste("promesse", _("Une promesse"), "heart-handshake"),
    Geste("appel", _("Un appel"), "phone"),
    Geste("contestation", _("Une contestation"), "message-circle"),
    Geste("plan", _("Un plan de paiement"), "calendar-event"),
    Geste("note", _("Une note"), "note"),
    Geste("piece", _("Un fichier"), "paperclip"),
    Geste("facture", _("Une facture"), "file-invoice"),
    Geste("avoir", _("Un avoir"), "receipt"),
    Geste("ne-pas-relancer", _("Ne pas relancer"), "bell-off"),
    Geste("personne", _("Une personne tenue"), "user-plus"),
    Geste("jugement", _("Une décision de justice"), "gavel"),
    Geste("frais", _("Des frais"), "receipt-euro"),
)
GESTES_RARES = (
    Geste("deja-envoye", _("Un envoi déjà fait"), "history"),
    Geste("penalites", _("Pénalités et 40 €"), "percentage"),
    Geste("rejet", _("Un paiement rejeté"), "circle-x"),
    Geste("procedure-collective", _("Une procédure collective"), "gavel"),
    Geste("surendettement", _("Un surendettement"), "shield"),
)


@dataclass(frozen=True)
class Voie:
    """An act open to a person: its page, and what blocks it (with the article) when something does."""

    nom: str | Promise
    icone: str
    adresse: str
    blocage: str = ""
    article: str = ""


@dataclass(frozen=True)
class GroupeRetenu:
    """Claims held for one same reason."""

    code: str
    phrase: str
    article: str
    jusqu_au: date | None
    numeros: tuple[str, ...]
    montant: Decimal


@dataclass(frozen=True)
class Jauge:
    """How much of the limitation has run, in days. `reste`: until the last safe day to act, negative after it."""

    prescription: Prescription
    ecoule: int
    total: int
    reste: int
    acquise: bool

    @property
    def urgente(self) -> bool:
        """Less than six months left, or lost."""
        return self.reste <= HORIZON_PRESCRIPTION


@vue_de_dossier
@require_GET
def show_dossier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page of a dossier; when it cannot be folded, its journal alone, with the reason."""
    groupe = request.GET.get("fil", "")
    try:
        ouvert, form_date = open_dossier_au(request, pk)
    except DossierIllisible as erreur:
        return _show_illisible(request, erreur, groupe)
    etat = ouvert.etat
    courriers = list(Courrier.objects.filter(dossier=ouvert.dossier).order_by("-pk"))
    travail = compute_travail(etat, load_credits(ouvert.dossier))
    entrees = list_entrees(ouvert.lisibles, ouvert.numeros, groupe)
    tout = "tout" in request.GET
    contexte = {
        **describe_entete(ouvert, "dossier"),
        "form_date": form_date,
        "travail": travail,
        "courriers": courriers,
        "avertissements": list_avertissements(etat),
        "actions": [(action, name_creances(action.creances, ouvert.numeros)) for action in travail.actions],
        "retenues": group_retenues(travail.retenues, ouvert.numeros),
        "creances": sort_creances(etat.creances),
        "contestations": list_contestations(ouvert),
        "suspensions": list_suspensions(ouvert),
        "paiements": list_paiements(ouvert),
        "promesses": [(p, name_creances(p.promesse.creances, ouvert.numeros)) for p in etat.promesses],
        "plans": etat.plans,
        "personnes": list_personnes(ouvert),
        "entrees": entrees if tout else entrees[:ENTREES_PAR_PAGE],
        "entrees_cachees": 0 if tout else max(0, len(entrees) - ENTREES_PAR_PAGE),
        "groupes": GROUPES,
        "groupe": groupe,
        "gestes": GESTES,
        "gestes_rares": GESTES_RARES,
        "voies": list_voies(ouvert, travail),
        "signaux": [] if ouvert.au_passe else list_signaux_montres(ouvert),
    }
    return render(request, "pages/dossier/dossier.html", contexte)


def list_signaux_montres(ouvert: DossierOuvert) -> list[SignalMontre]:
    """The signals that ask, each with the form it prepares."""
    retour = reverse("dossier", args=[ouvert.dossier.pk])
    return [show_signal(ouvert.dossier, s, retour) for s in list_signaux(ouvert.effectives, ouvert.etat.au)]


def list_voies(ouvert: DossierOuvert, travail: Travail) -> list[Voie]:
    """The acts open to a person beyond the day’s advice, each with what blocks it; none without a due claim."""
    dues = [c for c in ouvert.etat.creances if c.stade in _RELANCABLES]
    if not dues:
        return []
    pk = ouvert.dossier.pk
    blocage = find_blocage(ouvert, dues, travail)
    return [
        Voie(_("Préparer une mise en demeure"), "certificate", reverse("courrier_apercu", args=[pk]), *blocage),
        Voie(_("Écrire une relance"), "mail", reverse("relance", args=[pk, Etape.RELANCE.value]), *blocage),
        Voie(_("Appeler le débiteur"), "phone", reverse("relance", args=[pk, Etape.APPEL.value]), *blocage),
    ]


def find_blocage(ouvert: DossierOuvert, dues: Sequence[EtatCreance], travail: Travail) -> tuple[str, str]:
    """Why no message may leave today, with its article; two empty texts when one may."""
    if travail.a_completer:
        return travail.a_completer[0].phrase, ""
    if all(c.suspensions for c in dues):
        premiere = dues[0].suspensions[0]
        return premiere.phrase, premiere.article
    retenus = load_credits(ouvert.dossier)
    return (retenus[0].raison, "") if retenus else ("", "")


_RELANCABLES = {Stade.ECHUE, Stade.RELANCEE, Stade.MISE_EN_DEMEURE}


def _show_illisible(request: HttpRequest, erreur: DossierIllisible, groupe: str) -> HttpResponse:
    inscriptions = read_inscriptions(erreur.dossier.chaine)
    contexte = {
        "dossier": erreur.dossier,
        "erreur": translate_phrase(erreur.message),
        "entrees": list_entrees(inscriptions, {}, groupe),
        "groupes": GROUPES,
        "groupe": groupe,
        "aujourd_hui": aujourd_hui(),
    }
    return render(request, "pages/dossier/illisible.html", contexte)


@vue_de_dossier
@require_GET
def show_contacts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who the debtor is, how to reach it, who is liable with it, who the creditor is."""
    ouvert = open_dossier(request, pk)
    contexte = {**describe_entete(ouvert, "contacts"), "personnes": list_personnes(ouvert)}
    return render(request, "pages/dossier/contacts.html", contexte)


def describe_entete(ouvert: DossierOuvert, onglet: str) -> dict[str, Any]:
    """What the head of every tab of a dossier shows."""
    etat = ouvert.etat
    return {
        "dossier": ouvert.dossier,
        "etat": etat,
        "debiteur": etat.debiteur,
        "decompte": etat.decompte,
        "echus": sum_echus(etat),
        "aujourd_hui": ouvert.aujourd_hui,
        "jauge": measure_prescription(etat),
        **describe_suite(etat),
        "onglet": onglet,
        "au_passe": ouvert.au_passe,
        "connu_au": ouvert.connu_au,
        "jours": ouvert.adresse_du_jour,
    }


def describe_suite(etat: EtatDossier) -> dict[str, Any]:
    """What comes next in the dossier: its next deadline, else the sentence that says why none runs."""
    suite = find_suite(etat)
    return {"prochaine": suite} if isinstance(suite, Echeance) else {"sans_echeance": suite}


def sum_echus(etat: EtatDossier) -> dict[str, Decimal]:
    """What is due and payable, part by part."""
    echues = [c for c in etat.creances if c.stade not in {Stade.A_ECHOIR, Stade.SANS_ECHEANCE}]
    return {
        "principal": sum((c.principal_restant for c in echues), ZERO),
        "interets": sum((c.interets for c in echues), ZERO),
        "indemnites": sum((c.indemnites for c in echues), ZERO),
    }


def list_avertissements(etat: EtatDossier) -> list[Avertissement]:
    """What must be known before relying on the figures, each thing once."""
    tous = (*etat.regime.avertissements, *etat.avertissements, *etat.decompte.avertissements)
    return list({a.message: a for a in tous}.values())


def measure_prescription(etat: EtatDossier) -> Jauge | None:
    """How far the earliest limitation has run, counted over its whole length, up to the last safe day to act."""
    prescription = etat.prescription
    if prescription is None:
        return None
    total = prescription.duree_annees * 365
    reste = (prescription.dernier_jour_sur - etat.au).days
    ecoule = min(total, max(0, total - reste))
    return Jauge(prescription, ecoule, total, reste, acquise=prescription.acquise_au(etat.au))


def sort_creances(creances: Iterable[EtatCreance]) -> list[EtatCreance]:
    """Open claims first, the oldest due date on top; settled ones last."""
    return sorted(creances, key=lambda c: (c.stade is Stade.SOLDEE, c.creance.echeance or date.max, c.creance.numero))


def group_retenues(retenues: Iterable[Retenue], numeros: dict[str, str]) -> list[GroupeRetenu]:
    """The held claims by reason, the largest sum first."""
    groupes: dict[tuple[str, str], GroupeRetenu] = {}
    for retenue in retenues:
        cle = (retenue.code, retenue.phrase)
        vide = GroupeRetenu(retenue.code, retenue.phrase, retenue.article, retenue.jusqu_au, (), ZERO)
        groupe = groupes.get(cle, vide)
        groupes[cle] = replace(
            groupe,
            numeros=(*groupe.numeros, numeros.get(retenue.creance, retenue.creance)),
            montant=groupe.montant + retenue.montant,
        )
    return sorted(groupes.values(), key=lambda g: -g.montant)


def name_creances(creances: Sequence[str], numeros: dict[str, str]) -> str:
    """The numbers of the claims, separated by commas."""
    return ", ".join(numeros.get(cle, cle) for cle in creances)


def list_contestations(ouvert: DossierOuvert) -> list[dict[str, Any]]:
    """The disputes still open."""
    closes = {i.fait.contestation for i in ouvert.effectives if isinstance(i.fait, ContestationClose)}
    return [
        {"jour": i.date_effet, "fait": i.fait, "creances": name_creances(i.fait.creances, ouvert.numeros)}
        for i in ouvert.effectives
        if isinstance(i.fait, ContestationRecue) and i.fait.cle not in closes
    ]


def list_suspensions(ouvert: DossierOuvert) -> list[dict[str, Any]]:
    """The « ne pas relancer » that hold today."""
    levees = {i.fait.suspension for i in ouvert.effectives if isinstance(i.fait, SuspensionLevee)}
    return [
        {"jour": i.date_effet, "fait": i.fait, "creances": name_creances(i.fait.creances, ouvert.numeros)}
        for i in ouvert.effectives
        if isinstance(i.fait, SuspensionDecidee)
        and i.fait.cle not in levees
        and (i.fait.jusqu_au is None or i.fait.jusqu_au >= ouvert.etat.au)
    ]


def list_paiements(ouvert: DossierOuvert) -> list[dict[str, Any]]:
    """Payments and credit notes, newest first."""
    rejetes = {i.fait.paiement for i in ouvert.effectives if isinstance(i.fait, PaiementRejete)}
    return [
        {
            "jour": i.date_effet,
            "fait": i.fait,
            "avoir": isinstance(i.fait, AvoirEmis),
            "rejete": i.fait.cle in rejetes,
        }
        for i in reversed(ouvert.effectives)
        if isinstance(i.fait, PaiementRecu | AvoirEmis)
    ]
