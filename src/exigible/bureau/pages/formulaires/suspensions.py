"""What suspends reminders: promise, dispute, plan, « ne pas relancer », insolvency; and how each ends."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.base import FormulaireFait
from exigible.bureau.pages.formulaires.champs import FORMATS_JOUR, CasesField, JourField, MontantField
from exigible.bureau.pages.templatetags.exigible import jour as write_jour
from exigible.bureau.pages.templatetags.exigible import montant as write_montant
from exigible.bureau.phrases import translate_phrase
from exigible.dossier.faits import (
    ContestationClose,
    ContestationRecue,
    EcheancePlan,
    Fait,
    IssueContestation,
    PlanConvenu,
    PlanRompu,
    ProcedureCollectiveOuverte,
    PromesseRecue,
    SurendettementRecevable,
    SuspensionDecidee,
    SuspensionLevee,
)
from exigible.droit.argent import CENTIME, parse_montant
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import add_mois

ECHEANCES_MAX = 60

NATURES = [
    ("sauvegarde", _("Sauvegarde")),
    ("redressement judiciaire", _("Redressement judiciaire")),
    ("liquidation judiciaire", _("Liquidation judiciaire")),
]

ISSUES_CONTESTATION = [
    (IssueContestation.NON_FONDEE.value, _("Non fondée : la créance est maintenue")),
    (IssueContestation.RETIREE.value, _("Retirée par le débiteur")),
    (IssueContestation.FONDEE.value, _("Fondée : un avoir suivra s’il y a lieu")),
]


class FormulairePromesse(FormulaireFait):
    """A promise to pay."""

    type_fait = PromesseRecue
    titre = _("Enregistrer une promesse de paiement")
    icone = "heart-handshake"
    aide = _("Les relances s’arrêtent jusqu’au jour promis ; le lendemain, une promesse non tenue les fait reprendre.")

    jour = JourField(label=_("Promise le"))
    jusqu_au = JourField(label=_("Paiement promis au plus tard le"))
    creances = CasesField(label=_("Factures"), required=False, help_text=_("Aucune cochée : toutes."))
    montant = MontantField(label=_("Montant promis"), required=False, help_text=_("Vide : tout ce qui est dû."))
    commentaire = forms.CharField(
        label=_("Commentaire"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        """A promise looks ahead."""
        valeurs = super().clean()
        jour, limite = valeurs.get("jour"), valeurs.get("jusqu_au")
        if jour and limite and limite < jour:
            self.add_error("jusqu_au", _("Le jour promis ne peut pas précéder celui de la promesse."))
        return valeurs


class FormulaireContestation(FormulaireFait):
    """A dispute of claims, whole or in part."""

    type_fait = ContestationRecue
    titre = _("Enregistrer une contestation")
    icone = "hand-stop"
    aide = _("La part contestée n’est plus relancée ni réclamée tant que la contestation n’est pas close.")

    jour = JourField(label=_("Reçue le"))
    creances = CasesField(label=_("Factures contestées"))
    motif = forms.CharField(
        label=_("Ce que dit le débiteur"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    montant = MontantField(label=_("Part contestée"), required=False, help_text=_("Vide : la totalité."))


class FormulaireContestationClose(FormulaireFait):
    """The end of a dispute."""

    type_fait = ContestationClose
    titre = _("Clore une contestation")
    icone = "checks"

    contestation = forms.ChoiceField(label=_("Contestation"))
    issue = forms.ChoiceField(label=_("Issue"), choices=ISSUES_CONTESTATION)
    commentaire = forms.CharField(
        label=_("Commentaire"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    field_order = ("contestation", "jour", "issue", "commentaire")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        inscriptions = self.contexte.effectives
        closes = {i.fait.contestation for i in inscriptions if isinstance(i.fait, ContestationClose)}
        garde = getattr(self.contexte.origine, "contestation", None)
        self.fields["contestation"].choices = [
            (i.fait.cle, f"{write_jour(i.date_effet)} — {i.fait.motif[:80]}")
            for i in inscriptions
            if isinstance(i.fait, ContestationRecue) and (i.fait.cle not in closes or i.fait.cle == garde)
        ]


class FormulairePlan(FormulaireFait):
    """A payment plan: equal monthly instalments, or one a line."""

    type_fait = PlanConvenu
    titre = _("Enregistrer un plan de paiement")
    icone = "calendar-event"
    aide = _("Tant que le plan est tenu, les factures qu’il couvre ne sont pas relancées.")

    jour = JourField(label=_("Convenu le"))
    creances = CasesField(label=_("Factures couvertes"))
    montant = MontantField(label=_("Montant total"), required=False)
    nombre = forms.IntegerField(label=_("Nombre de mensualités"), required=False, min_value=1, max_value=ECHEANCES_MAX)
    premiere = JourField(label=_("Première mensualité le"), required=False)
    detail = forms.CharField(
        label=_("Ou les échéances, une par ligne"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "15/12/2026 500,00\n15/01/2027 500,00"}),
        help_text=_("Une date puis un montant. Si cette case est remplie, elle l’emporte."),
    )

    def read_initial(self, origine: Fait) -> dict[str, Any]:
        """Show the instalments one a line."""
        initial = super().read_initial(origine)
        echeances = initial.pop("echeances")
        return initial | {
            "detail": "\n".join(f"{e.jour:%d/%m/%Y} {str(e.montant).replace('.', ',')}" for e in echeances)
        }

    def clean_detail(self) -> tuple[EcheancePlan, ...]:
        """Read the instalments, naming the faulty line."""
        lignes = [ligne.strip() for ligne in self.cleaned_data["detail"].splitlines()]
        return tuple(_read_echeance(rang, ligne) for rang, ligne in enumerate(lignes, start=1) if ligne)

    def clean(self) -> dict[str, Any]:
        """Either the lines, or amount, number and first day."""
        valeurs = super().clean()
        if valeurs.get("detail") or "detail" in self.errors:
            return valeurs
        for champ in ("montant", "nombre", "premiere"):
            if valeurs.get(champ) is None and champ not in self.errors:
                self.add_error(champ, _("Indiquez-le, ou saisissez les échéances une par une ci-dessous."))
        return valeurs

    def read_valeurs(self) -> dict[str, Any]:
        """The instalments, typed or generated."""
        valeurs = self.cleaned_data
        echeances = valeurs["detail"] or split_mensualites(valeurs["montant"], valeurs["nombre"], valeurs["premiere"])
        return super().read_valeurs() | {"echeances": tuple(sorted(echeances, key=lambda e: e.jour))}


def split_mensualites(montant: Decimal, nombre: int, premiere: date) -> tuple[EcheancePlan, ...]:
    """Equal monthly instalments to the cent; the last one takes the cents that remain."""
    part = (montant / nombre).quantize(CENTIME, rounding=ROUND_DOWN)
    parts = [part] * (nombre - 1) + [montant - part * (nombre - 1)]
    return tuple(EcheancePlan(jour=add_mois(premiere, rang), montant=p) for rang, p in enumerate(parts))


def _read_echeance(rang: int, ligne: str) -> EcheancePlan:
    debut, _espace, reste = ligne.replace(";", " ").partition(" ")
    try:
        jour = forms.DateField(input_formats=FORMATS_JOUR).clean(debut)
        montant = parse_montant(reste)
    except ErreurSaisie as erreur:
        raise ValidationError(
            gettext("Ligne %(rang)s : %(message)s") % {"rang": rang, "message": translate_phrase(erreur.message)}
        ) from erreur
    except ValidationError as erreur:
        raise ValidationError(
            gettext("Ligne %(rang)s : la date « %(debut)s » n’est pas lisible, écrivez 15/12/2026 500,00.")
            % {"rang": rang, "debut": debut}
        ) from erreur
    if montant <= 0:
        raise ValidationError(gettext("Ligne %(rang)s : le montant doit être supérieur à zéro.") % {"rang": rang})
    return EcheancePlan(jour=jour, montant=montant)


class FormulairePlanRompu(FormulaireFait):
    """The end of a plan that was not kept."""

    type_fait = PlanRompu
    titre = _("Mettre fin à un plan non tenu")
    icone = "calendar-x"
    aide = _("Les relances reprennent sur les factures que le plan couvrait.")

    plan = forms.ChoiceField(label=_("Plan"))
    motif = forms.CharField(label=_("Motif"), max_length=500, required=False)

    field_order = ("plan", "jour", "motif")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        plans = [(i.date_effet, i.fait) for i in self.contexte.effectives if isinstance(i.fait, PlanConvenu)]
        self.fields["plan"].choices = [
            (plan.cle, f"{write_jour(jour)} — {write_montant(sum((e.montant for e in plan.echeances), Decimal(0)))}")
            for jour, plan in plans
        ]


class FormulaireSuspension(FormulaireFait):
    """« Ne pas relancer »."""

    type_fait = SuspensionDecidee
    titre = _("Ne pas relancer")
    icone = "bell-off"
    aide = _("Rien ne partira pour ces factures. Les intérêts et la prescription continuent de courir.")

    jour = JourField(label=_("À partir du"))
    motif = forms.CharField(label=_("Motif"), max_length=500)
    creances = CasesField(label=_("Factures"), required=False, help_text=_("Aucune cochée : tout le dossier."))
    jusqu_au = JourField(label=_("Jusqu’au"), required=False, help_text=_("Vide : jusqu’à ce que vous le leviez."))

    def clean(self) -> dict[str, Any]:
        """The end does not come before the beginning."""
        valeurs = super().clean()
        if valeurs.get("jour") and valeurs.get("jusqu_au") and valeurs["jusqu_au"] < valeurs["jour"]:
            self.add_error("jusqu_au", _("La fin ne peut pas précéder le début."))
        return valeurs


class FormulaireSuspensionLevee(FormulaireFait):
    """End of a « ne pas relancer »."""

    type_fait = SuspensionLevee
    titre = _("Reprendre les relances")
    icone = "bell"

    suspension = forms.ChoiceField(label=_("Suspension à lever"))
    motif = forms.CharField(label=_("Motif"), max_length=500, required=False)

    field_order = ("suspension", "jour", "motif")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        inscriptions = self.contexte.effectives
        levees = {i.fait.suspension for i in inscriptions if isinstance(i.fait, SuspensionLevee)}
        garde = getattr(self.contexte.origine, "suspension", None)
        self.fields["suspension"].choices = [
            (i.fait.cle, f"{write_jour(i.date_effet)} — {i.fait.motif[:80]}")
            for i in inscriptions
            if isinstance(i.fait, SuspensionDecidee) and (i.fait.cle not in levees or i.fait.cle == garde)
        ]


class FormulaireProcedureCollective(FormulaireFait):
    """Insolvency of a business."""

    type_fait = ProcedureCollectiveOuverte
    titre = _("Procédure collective du débiteur")
    icone = "gavel"
    aide = _(
        "Dès le jugement d’ouverture, il est interdit de réclamer le paiement des dettes antérieures"
        " (article L622-7 du code de commerce) : toute relance s’arrête."
    )

    jour = JourField(label=_("Date du jugement d’ouverture"))
    nature = forms.ChoiceField(label=_("Nature"), choices=NATURES)
    publication = JourField(label=_("Publication au Bodacc le"), required=False)
    mandataire = forms.CharField(label=_("Mandataire judiciaire ou liquidateur"), max_length=200, required=False)


class FormulaireSurendettement(FormulaireFait):
    """Over-indebtedness of a consumer."""

    type_fait = SurendettementRecevable
    titre = _("Surendettement du débiteur")
    icone = "shield"
    aide = _(
        "La recevabilité du dossier suspend les procédures d’exécution (article L722-2 du code de la consommation)."
    )

    jour = JourField(label=_("Recevable le"))
    commission = forms.CharField(label=_("Commission de surendettement"), max_length=200, required=False)
