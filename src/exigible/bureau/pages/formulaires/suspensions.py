"""What suspends reminders: promise, dispute, « ne pas relancer », insolvency; and how each ends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.base import FormulaireFait
from exigible.bureau.pages.formulaires.champs import CasesField, JourField, MontantField
from exigible.bureau.pages.formulaires.signaux import AvecSignal
from exigible.bureau.pages.templatetags.exigible import jour as write_jour
from exigible.dossier.faits import (
    ContestationClose,
    ContestationRecue,
    IssueContestation,
    ProcedureCollectiveOuverte,
    PromesseRecue,
    SurendettementRecevable,
    SuspensionDecidee,
    SuspensionLevee,
)

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


class FormulaireContestation(AvecSignal):
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
