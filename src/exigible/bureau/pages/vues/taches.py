"""The rows of « Aujourd'hui », tab by tab. The day's run computed what is due; here it is listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exigible.bureau.banque.models import Mouvement, StatutMouvement
from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.envois.models import Courrier
from exigible.bureau.pages.libelles import ICONES, get_libelle
from exigible.bureau.pages.templatetags.exigible import jour as write_jour
from exigible.bureau.phrases import load_phrase, translate_phrase
from exigible.bureau.tiers.models import Action, Creance, Dossier, Echeance
from exigible.dossier.echeances import NatureEcheance, Portee
from exigible.dossier.etat import SortCourrier, Stade
from exigible.dossier.faits import Etape
from exigible.dossier.travail import Geste, find_fin_de_semaine

HORIZON_PRESCRIPTION = 183
"""Days before the end of limitation from which it is shown as a deadline."""

_HORS_SCENARIO = {Geste.POSTER.value, Geste.PLAN_EN_RETARD.value}
_SORTS_OUVERTS = [SortCourrier.POSTE.value, SortCourrier.PRESENTE.value]


@dataclass(frozen=True, slots=True)
class Tache:
    """A row: what, for whom, why, how much, until when. `perte`: a right is lost after `limite`."""

    icone: str
    genre: str
    nom: str
    adresse: str
    phrase: str
    montant: Decimal | None = None
    depuis: date | None = None
    limite: date | None = None
    perte: bool = False
    panneau: bool = False
    ton: str = ""


@dataclass(frozen=True, slots=True)
class Tris:
    """The columns behind the three ways of sorting a tab."""

    nom: str
    montant: str
    date: str


@dataclass(frozen=True, slots=True)
class Onglet:
    """A tab: its rows as a query, and how each is shown."""

    code: str
    titre: str | Promise
    vide: str | Promise
    lister: Callable[[Cabinet, date], QuerySet]
    montrer: Callable[[Any], Tache]
    recherche: tuple[str, ...]
    tris: Tris


def _list_actions(cabinet: Cabinet) -> QuerySet:
    actions = Action.objects.filter(cabinet=cabinet, retenue=False).select_related("dossier")
    return actions.order_by("prevue_le", F("montant").desc(), "pk")


def _list_a_faire(cabinet: Cabinet, _au: date) -> QuerySet:
    return _list_actions(cabinet).exclude(etape=Etape.MISE_EN_DEMEURE.value)


def _list_a_relire(cabinet: Cabinet, _au: date) -> QuerySet:
    return _list_actions(cabinet).filter(etape=Etape.MISE_EN_DEMEURE.value)


def _list_attentes(cabinet: Cabinet, _au: date) -> QuerySet:
    """The claims held although they are due; those not due yet are simply waited for, each dossier says until when."""
    retenues = Action.objects.filter(cabinet=cabinet, retenue=True).exclude(motif="a_echoir").select_related("dossier")
    factures = Creance.objects.filter(dossier=OuterRef("dossier"), cle=OuterRef("visee"))
    retenues = retenues.annotate(visee=KeyTextTransform(0, "creances")).annotate(
        numero=Subquery(factures.values("numero")[:1])
    )
    return retenues.order_by(F("jusqu_au").asc(nulls_last=True), F("montant").desc(), "pk")


def _list_reponses(cabinet: Cabinet, _au: date) -> QuerySet:
    return Dossier.objects.filter(cabinet=cabinet, conteste__gt=0).order_by(F("conteste").desc(), "pk")


def _list_suivis(cabinet: Cabinet, _au: date) -> QuerySet:
    return (
        Courrier.objects.filter(cabinet=cabinet, statut__in=_SORTS_OUVERTS)
        .select_related("dossier")
        .order_by("poste_le", "pk")
    )


def _list_banque(cabinet: Cabinet, _au: date) -> QuerySet:
    return Mouvement.objects.filter(cabinet=cabinet, statut=StatutMouvement.A_RAPPROCHER, montant__gt=0).order_by(
        "-date", "pk"
    )


def _list_delais(cabinet: Cabinet, au: date) -> QuerySet:
    limite = au + timedelta(days=HORIZON_PRESCRIPTION)
    return Dossier.objects.filter(cabinet=cabinet, prescription_le__lte=limite).order_by("prescription_le", "pk")


def build_semaine(au: date) -> Q:
    """The acts of procedure to do within the week, those past their day included: as `list_actes` of a dossier says."""
    return Q(nature=NatureEcheance.PROCEDURE.value, portee=Portee.A_FAIRE.value, le__lte=find_fin_de_semaine(au))


def _list_actes(cabinet: Cabinet, au: date) -> QuerySet:
    """The acts of the week, and those already in alert."""
    en_alerte = Q(nature=NatureEcheance.PROCEDURE.value, portee=Portee.A_FAIRE.value, alerte_le__lte=au)
    lignes = Echeance.objects.filter(build_semaine(au) | en_alerte, cabinet=cabinet)
    return lignes.select_related("dossier").order_by("le", "dossier_id", "cle")


def _list_problemes(cabinet: Cabinet, _au: date) -> QuerySet:
    a_dire = Q(erreur__gt="") | (~Q(a_completer=[]) & ~Q(stade=Stade.SOLDEE.value))
    return Dossier.objects.filter(cabinet=cabinet).filter(a_dire).order_by("-erreur", F("echu").desc(), "pk")


def _show_action(action: Action) -> Tache:
    dossier = action.dossier
    en_retard = action.geste == Geste.PLAN_EN_RETARD.value
    autre = action.geste if action.geste in _HORS_SCENARIO else ""
    proche = dossier.prescription_le if _is_proche(dossier) else None
    return Tache(
        icone=autre or action.etape,
        genre=get_libelle(autre or action.etape),
        nom=dossier.debiteur_nom,
        adresse=reverse("dossier_plan", args=[action.dossier_id]) if en_retard else reverse("action", args=[action.pk]),
        phrase=translate_phrase(action.phrase),
        montant=action.montant,
        depuis=action.prevue_le,
        limite=proche,
        perte=proche is not None,
        panneau=not en_retard,
    )


def _is_proche(dossier: Dossier) -> bool:
    limite, au = dossier.prescription_le, dossier.arrete_au
    return limite is not None and au is not None and limite <= au + timedelta(days=HORIZON_PRESCRIPTION)


def _show_retenue(action: Action) -> Tache:
    phrase = translate_phrase(action.phrase)
    return Tache(
        icone=action.motif if action.motif in ICONES else "attente",
        genre=f"{get_libelle(action.motif)} · {action.numero}",
        nom=action.dossier.debiteur_nom,
        adresse=reverse("dossier", args=[action.dossier_id]),
        phrase=f"{phrase} ({action.article})" if action.article else phrase,
        montant=action.montant,
        limite=action.jusqu_au,
        ton="attente",
    )


def _show_contestation(dossier: Dossier) -> Tache:
    return Tache(
        icone="contestation",
        genre=_("Contestation"),
        nom=dossier.debiteur_nom,
        adresse=reverse("dossier", args=[dossier.pk]),
        phrase=_("Le client conteste : répondez-lui, puis indiquez l’issue dans son dossier."),
        montant=dossier.conteste,
    )


def _show_suivi(courrier: Courrier) -> Tache:
    return Tache(
        icone="poste",
        genre=get_libelle(courrier.statut),
        nom=courrier.dossier.debiteur_nom,
        adresse=reverse("dossier", args=[courrier.dossier_id]),
        phrase=_("Mise en demeure postée le %(jour)s : indiquez si elle a été reçue, refusée ou non réclamée.")
        % {"jour": write_jour(courrier.poste_le)},
        montant=courrier.montant,
        depuis=courrier.poste_le,
    )


def _show_mouvement(mouvement: Mouvement) -> Tache:
    return Tache(
        icone="banque",
        genre=_("Virement reçu"),
        nom=mouvement.contrepartie or _("Émetteur non indiqué"),
        adresse=reverse("mouvement", args=[mouvement.pk]),
        phrase=mouvement.libelle or mouvement.reference,
        montant=mouvement.montant,
        depuis=mouvement.date,
        panneau=True,
    )


def _show_delai(dossier: Dossier) -> Tache:
    return Tache(
        icone="delai",
        genre=_("Prescription"),
        nom=dossier.debiteur_nom,
        adresse=reverse("dossier", args=[dossier.pk]),
        phrase=_("Sans acte interruptif avant cette date, le droit d’agir est perdu pour la plus ancienne facture."),
        montant=dossier.echu,
        limite=dossier.prescription_le,
        perte=True,
        ton="alerte",
    )


def _show_acte(ligne: Echeance) -> Tache:
    quoi = translate_phrase(ligne.quoi)
    perte = translate_phrase(ligne.perte)
    return Tache(
        icone="procedure",
        genre=translate_phrase(ligne.objet),
        nom=ligne.dossier.debiteur_nom,
        adresse=reverse("dossier_procedures", args=[ligne.dossier_id]),
        phrase=_("%(quoi)s. Sinon : %(perte)s") % {"quoi": quoi[:1].upper() + quoi[1:], "perte": perte}
        if perte
        else quoi[:1].upper() + quoi[1:],
        limite=ligne.le,
        perte=bool(perte),
        ton="alerte",
    )


def _show_probleme(dossier: Dossier) -> Tache:
    if dossier.erreur:
        return Tache(
            icone="probleme",
            genre=_("Dossier en erreur"),
            nom=dossier.debiteur_nom or dossier.reference,
            adresse=reverse("dossier", args=[dossier.pk]),
            phrase=translate_phrase(dossier.erreur),
            montant=dossier.echu,
            ton="alerte",
        )
    return Tache(
        icone="completer",
        genre=_("À compléter"),
        nom=dossier.debiteur_nom,
        adresse=f"{reverse('completer')}?q={dossier.reference}",
        phrase=_("Avant tout courrier : %(quoi)s.") % {"quoi": " ; ".join(read_manques(dossier))},
        montant=dossier.echu,
    )


def read_manques(dossier: Dossier) -> list[str]:
    """What is missing in a dossier, in words."""
    return [translate_phrase(load_phrase(manque["phrase"])) for manque in dossier.a_completer]


_TRIS_ACTION = Tris("dossier__debiteur_nom", "montant", "prevue_le")
_NOMS = ("dossier__debiteur_nom__icontains", "dossier__recherche__icontains", "dossier__reference__iexact")
_NOMS_DOSSIER = ("debiteur_nom__icontains", "recherche__icontains", "reference__iexact")

ONGLETS = (
    Onglet(
        "a_faire",
        gettext_lazy("À faire"),
        gettext_lazy("Rien à faire aujourd’hui : personne n’est à appeler ni à relancer."),
        _list_a_faire,
        _show_action,
        _NOMS,
        _TRIS_ACTION,
    ),
    Onglet(
        "a_relire",
        gettext_lazy("À relire avant envoi"),
        gettext_lazy("Aucune mise en demeure n’attend votre relecture."),
        _list_a_relire,
        _show_action,
        _NOMS,
        _TRIS_ACTION,
    ),
    Onglet(
        "reponses",
        gettext_lazy("Réponses"),
        gettext_lazy("Aucune contestation n’attend de réponse."),
        _list_reponses,
        _show_contestation,
        _NOMS_DOSSIER,
        Tris("debiteur_nom", "conteste", "plus_ancienne_echeance"),
    ),
    Onglet(
        "suivis",
        gettext_lazy("Courriers postés"),
        gettext_lazy("Aucun courrier posté n’attend de nouvelles."),
        _list_suivis,
        _show_suivi,
        _NOMS,
        Tris("dossier__debiteur_nom", "montant", "poste_le"),
    ),
    Onglet(
        "banque",
        gettext_lazy("Banque à rapprocher"),
        gettext_lazy("Tous les virements reçus sont rapprochés."),
        _list_banque,
        _show_mouvement,
        ("libelle__icontains", "contrepartie__icontains", "reference__icontains"),
        Tris("contrepartie", "montant", "date"),
    ),
    Onglet(
        "actes",
        gettext_lazy("Actes"),
        gettext_lazy("Aucune procédure ne demande d’acte cette semaine."),
        _list_actes,
        _show_acte,
        _NOMS,
        Tris("dossier__debiteur_nom", "dossier__echu", "le"),
    ),
    Onglet(
        "delais",
        gettext_lazy("Délais"),
        gettext_lazy("Aucun droit n’est près d’être perdu dans les six mois."),
        _list_delais,
        _show_delai,
        _NOMS_DOSSIER,
        Tris("debiteur_nom", "echu", "prescription_le"),
    ),
    Onglet(
        "problemes",
        gettext_lazy("Problèmes"),
        gettext_lazy("Aucun problème : chaque dossier est complet et à jour."),
        _list_problemes,
        _show_probleme,
        _NOMS_DOSSIER,
        Tris("debiteur_nom", "echu", "plus_ancienne_echeance"),
    ),
    Onglet(
        "attente",
        gettext_lazy("En attente"),
        gettext_lazy("Aucune facture n’est retenue."),
        _list_attentes,
        _show_retenue,
        _NOMS,
        Tris("dossier__debiteur_nom", "montant", "jusqu_au"),
    ),
)
ONGLET_PAR_CODE = {onglet.code: onglet for onglet in ONGLETS}


def filter_taches(onglet: Onglet, lignes: QuerySet, texte: str) -> QuerySet:
    """Keep the rows whose names or words contain `texte`."""
    mots = texte.strip()
    if not mots:
        return lignes
    critere = Q()
    for champ in onglet.recherche:
        critere |= Q(**{champ: mots})
    return lignes.filter(critere)


def sort_taches(onglet: Onglet, lignes: QuerySet, tri: str) -> QuerySet:
    """Sort by `nom`, `montant` (largest first) or `date` (oldest first); the tab's own order otherwise."""
    if tri == "montant":
        return lignes.order_by(F(onglet.tris.montant).desc(nulls_last=True), "pk")
    if tri in {"nom", "date"}:
        return lignes.order_by(F(getattr(onglet.tris, tri)).asc(nulls_last=True), "pk")
    return lignes
