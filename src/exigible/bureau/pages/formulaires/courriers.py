"""The formal notice and the reminders: what to claim, approve, post, and what became of the letter."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.champs import CasesField, FormulaireDuPasse, FormulaireMisEnForme, JourField
from exigible.dossier.etat import SortCourrier
from exigible.dossier.faits import Canal, ModeEnvoi

DELAI_MAX = 60

MODES = [
    (ModeEnvoi.LRAR.value, _("Lettre recommandée avec avis de réception")),
    (ModeEnvoi.LRE.value, _("Lettre recommandée électronique qualifiée")),
    (ModeEnvoi.LETTRE_SUIVIE.value, _("Lettre suivie")),
    (ModeEnvoi.LETTRE_SIMPLE.value, _("Lettre simple")),
    (ModeEnvoi.COURRIEL.value, _("Courriel")),
    (ModeEnvoi.MAIN_PROPRE.value, _("Remise en main propre")),
]

SORTS = [
    (SortCourrier.PRESENTE.value, _("Présenté : avis laissé, pas encore retiré")),
    (SortCourrier.RECU.value, _("Reçu : remis contre signature")),
    (SortCourrier.REFUSE.value, _("Refusé par le destinataire")),
    (SortCourrier.NON_RECLAME.value, _("Non réclamé : revenu après le délai de garde")),
    (SortCourrier.NON_DISTRIBUE.value, _("Non distribué : adresse erronée ou inconnue")),
]

CANAUX = [(Canal.COURRIEL.value, _("Courriel")), (Canal.LETTRE.value, _("Lettre")), (Canal.SMS.value, _("SMS"))]


class FormulaireOptionsCourrier(FormulaireMisEnForme):
    """What the letter claims; each field left alone follows the day's advice."""

    creances = CasesField(label=_("Factures"))
    delai_jours = forms.IntegerField(
        label=_("Délai de paiement accordé (jours)"),
        min_value=1,
        max_value=DELAI_MAX,
        required=False,
        help_text=_("Vide : le délai d’usage pour ce débiteur."),
    )
    canal = forms.ChoiceField(label=_("Mode d’envoi prévu"), choices=MODES, required=False)

    def __init__(self, *args: Any, creances: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["creances"].choices = creances


class FormulaireApprobation(FormulaireMisEnForme):
    """Approves the exact bytes that were shown."""

    sha256 = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    motif = forms.CharField(
        label=_("Pourquoi envoyer malgré les points signalés"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Demandé pour un manquement majeur ; conservé dans le journal."),
    )


class FormulairePoste(FormulaireDuPasse):
    """Says that the letter left."""

    jour = JourField(label=_("Posté le"))
    mode = forms.ChoiceField(label=_("Mode d’envoi"), choices=MODES)
    numero = forms.CharField(
        label=_("Numéro de suivi"),
        max_length=40,
        required=False,
        help_text=_("Obligatoire pour un recommandé ou une lettre suivie : il prouve l’envoi."),
    )

    field_order = ("jour", "mode", "numero")


class FormulaireSort(FormulaireMisEnForme):
    """Says what became of the letter."""

    sort = forms.ChoiceField(label=_("Ce qu’il est devenu"), choices=SORTS)
    jour = JourField(label=_("Le"))
    presente_le = JourField(
        label=_("Première présentation le"),
        required=False,
        help_text=_("Si elle a eu lieu avant : les intérêts au taux légal courent de ce jour."),
    )

    motif = forms.CharField(
        label=_("Motif porté sur le retour"),
        max_length=200,
        required=False,
        help_text=_("Pour un courrier non distribué : « destinataire inconnu à l’adresse », par exemple."),
    )

    def __init__(self, *args: Any, aujourd_hui: date, poste_le: date | None, **options: Any) -> None:
        self.aujourd_hui, self.poste_le = aujourd_hui, poste_le
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        """A letter is presented after it was posted, and not after it was received."""
        valeurs = super().clean()
        jour, presente = valeurs.get("jour"), valeurs.get("presente_le")
        for champ, valeur in (("jour", jour), ("presente_le", presente)):
            if valeur and valeur > self.aujourd_hui:
                self.add_error(champ, _("Cette date est à venir."))
            if valeur and self.poste_le and valeur < self.poste_le:
                self.add_error(champ, _("Cette date précède le jour où le courrier a été posté."))
        if jour and presente and presente > jour:
            self.add_error("presente_le", _("La première présentation ne peut pas suivre cette date."))
        return valeurs


class FormulaireMotif(FormulaireMisEnForme):
    """A reason."""

    motif = forms.CharField(label=_("Motif"), max_length=500)


class FormulaireRelance(FormulaireMisEnForme):
    """A reminder that the person sends from the person's own mailbox or by post, then records."""

    creances = CasesField(label=_("Factures"))
    canal = forms.ChoiceField(label=_("Envoyée par"), choices=CANAUX)
    texte = forms.CharField(label=_("Message"), max_length=10000, widget=forms.Textarea(attrs={"rows": 14}))

    def __init__(self, *args: Any, creances: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["creances"].choices = creances
