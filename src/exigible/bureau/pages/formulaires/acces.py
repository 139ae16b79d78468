"""Forms of the threshold: sign in, first visit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from exigible.bureau.comptes.models import Utilisateur
from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme, SirenField
from exigible.dossier.faits import Adresse
from exigible.dossier.faits_creancier import CreancierDecrit


class ConnexionForm(AuthenticationForm, FormulaireMisEnForme):
    """E-mail and password."""

    username = forms.EmailField(
        label=_("Adresse électronique"), widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Mot de passe"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    error_messages = {
        "invalid_login": _("Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les, puis réessayez."),
        "inactive": _("Ce compte est désactivé : adressez-vous à la personne qui gère le cabinet."),
    }

    def clean_username(self) -> str:
        """In small letters, so that failures count for one account however it is typed."""
        return str(self.cleaned_data["username"]).lower()


class PremiereVisiteForm(FormulaireMisEnForme):
    """The company whose invoices will be collected, and the first person who signs in."""

    nom = forms.CharField(label=_("Nom de l’entreprise"), max_length=200)
    forme = forms.CharField(label=_("Forme"), max_length=60, required=False, help_text=_("SAS, SARL, EI, association…"))
    siren = SirenField(label=_("SIREN"), required=False, max_length=20)
    rue = forms.CharField(label=_("Adresse"), max_length=200, required=False)
    code_postal = forms.CharField(label=_("Code postal"), max_length=10, required=False)
    ville = forms.CharField(label=_("Ville"), max_length=100, required=False)
    email = forms.EmailField(
        label=_("Votre adresse électronique"),
        help_text=_("Elle sert à vous connecter."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    mot_de_passe = forms.CharField(
        label=_("Mot de passe"),
        help_text=_("Douze caractères au moins ; une phrase convient très bien."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    mot_de_passe_bis = forms.CharField(
        label=_("Mot de passe, une seconde fois"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Check the password's strength and that both were typed alike."""
        donnees = super().clean() or self.cleaned_data
        premier, second = donnees.get("mot_de_passe"), donnees.get("mot_de_passe_bis")
        if premier and second and premier != second:
            self.add_error("mot_de_passe_bis", _("Les deux mots de passe diffèrent."))
        if premier:
            try:
                validate_password(premier, Utilisateur(email=donnees.get("email", "")))
            except forms.ValidationError as erreur:
                self.add_error("mot_de_passe", erreur)
        return donnees

    def build_fait(self) -> CreancierDecrit:
        """The creditor's first description."""
        valeurs = self.cleaned_data
        adresse = Adresse(
            lignes=(valeurs["rue"],) if valeurs["rue"] else (),
            code_postal=valeurs["code_postal"],
            ville=valeurs["ville"],
        )
        return CreancierDecrit(
            nom=valeurs["nom"],
            forme=valeurs["forme"],
            siren=valeurs["siren"],
            adresse=adresse,
            courriel=valeurs["email"],
        )
