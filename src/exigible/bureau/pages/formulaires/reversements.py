"""Forms of money collected for another: the agreement with the creditor, a remittance done otherwise or cancelled."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.champs import FormulaireDuPasse, FormulaireMisEnForme, IbanField, JourField
from exigible.bureau.pages.formulaires.completer import LignesField
from exigible.bureau.pages.formulaires.mandats import check_bic
from exigible.bureau.pages.formulaires.reglages import TauxField
from exigible.dossier.faits_reversement import ConventionDeRecouvrement

_CENT = Decimal(100)
_CHAMPS = (
    *("commission", "tva", "retenue", "delai_jours"),
    *("compte", "bic", "titulaire", "iban", "iban_bic", "beneficiaire"),
    *("forme", "adresse", "telephone", "courriel", "signataire"),
)


class FormulaireConvention(FormulaireMisEnForme):
    """The written agreement under which the office collects for the creditor."""

    groupes = (
        (_("Rémunération et délai"), ("commission", "tva", "delai_jours", "retenue")),
        (_("Votre compte affecté"), ("compte", "titulaire", "bic")),
        (_("Compte du créancier"), ("iban", "beneficiaire", "iban_bic")),
        (_("Votre en-tête"), ("forme", "telephone", "courriel", "signataire", "adresse")),
    )

    jour = JourField(label=_("En vigueur depuis le"))
    commission = TauxField(label=_("Commission, % HT de ce qui est encaissé"))
    tva = TauxField(label=_("TVA de la commission, %"))
    delai_jours = forms.IntegerField(
        label=_("Délai de reversement, en jours"),
        required=False,
        min_value=1,
        max_value=365,
        help_text=_("Vide : un mois, le délai de la loi sauf convention contraire (CPCE R124-6)."),
    )
    retenue = forms.BooleanField(label=_("La convention permet de retenir la commission"), required=False)
    compte = IbanField(
        label=_("IBAN du compte qui reçoit les paiements"),
        max_length=42,
        help_text=_("Le compte exclusivement affecté à ce qui est reçu pour autrui (CPCE R124-2)."),
    )
    bic = forms.CharField(label=_("BIC"), max_length=11, required=False)
    titulaire = forms.CharField(label=_("Titulaire"), max_length=70)
    iban = IbanField(label=_("IBAN auquel reverser"), max_length=42)
    iban_bic = forms.CharField(label=_("BIC"), max_length=11, required=False)
    beneficiaire = forms.CharField(
        label=_("Titulaire"), max_length=70, required=False, help_text=_("Vide : le créancier.")
    )

    forme = forms.CharField(
        label=_("Forme et immatriculation"),
        max_length=120,
        required=False,
        help_text=_("Par exemple : SARL au capital de 8 000 €, RCS et numéro."),
    )
    telephone = forms.CharField(label=_("Téléphone"), max_length=30, required=False)
    courriel = forms.EmailField(label=_("Adresse électronique"), required=False)
    signataire = forms.CharField(label=_("Qui signe vos lettres, et sa fonction"), max_length=120, required=False)
    adresse = LignesField(
        label=_("Adresse"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Connue, elle met votre en-tête et votre signature sur les relances et les mises en demeure qui suivent "
            "votre première lettre (CPCE R124-4) ; le créancier y est nommé."
        ),
    )

    @staticmethod
    def show(convention: ConventionDeRecouvrement | None, aujourd_hui: date) -> dict[str, Any]:
        """What the fields show at first."""
        if convention is None:
            return {"jour": aujourd_hui}
        dits = {champ: getattr(convention, champ) for champ in _CHAMPS}
        return dits | {"jour": aujourd_hui, "adresse": "\n".join(convention.adresse)}

    def clean_bic(self) -> str:
        """Eight or eleven characters, or nothing."""
        return check_bic(self.cleaned_data["bic"])

    def clean_iban_bic(self) -> str:
        """The same for the creditor's."""
        return check_bic(self.cleaned_data["iban_bic"])

    def clean(self) -> dict[str, Any]:
        """Rates that are percentages; the money of others is not on the account to which it goes."""
        valeurs = super().clean() or self.cleaned_data
        for champ in ("commission", "tva"):
            if (taux := valeurs.get(champ)) is not None and taux > _CENT:
                self.add_error(champ, _("Un taux va de 0 à 100 %."))
        if valeurs.get("iban") and valeurs.get("iban") == valeurs.get("compte"):
            self.add_error("iban", _("C’est votre compte affecté : indiquez celui du créancier."))
        return valeurs

    def build_fait(self) -> ConventionDeRecouvrement:
        """The fact to record."""
        dits = {champ: self.cleaned_data[champ] for champ in _CHAMPS}
        return ConventionDeRecouvrement(**dits | {"adresse": tuple(dits["adresse"].splitlines())})


class FormulaireReversement(FormulaireDuPasse):
    """A remittance done otherwise than by our file."""

    jour = JourField(label=_("Reversé le"))
    reference = forms.CharField(label=_("Référence du virement ou du chèque"), max_length=35, required=False)


class FormulaireReversementAnnule(FormulaireMisEnForme):
    """A remittance that did not go through."""

    motif = forms.CharField(label=_("Pourquoi"), max_length=200)

    def clean_motif(self) -> str:
        """A reason is words."""
        motif: str = self.cleaned_data["motif"].strip()
        if not motif:
            raise ValidationError(_("Dites pourquoi ce reversement ne compte pas."), code="vide")
        return motif
