"""Forms of who follows what: the choice of a filter, an assignment, a team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exigible.bureau.comptes.attributions import Suivi
from exigible.bureau.comptes.models import Equipe, Utilisateur
from exigible.bureau.pages.formulaires.champs import CasesField, FormulaireMisEnForme
from exigible.bureau.pages.suivi import Suiveurs

COCHES, FILTRE = "coches", "filtre"


class QuiField(forms.ChoiceField):
    """« Suivis par » in a filter; without anybody to share with, it accepts nothing and is not shown."""

    def __init__(self) -> None:
        super().__init__(label=_("Suivis par"), required=False)


class FiltreQui(FormulaireMisEnForme):
    """The choice alone, for a page whose other filters are not a form of ours."""

    qui = QuiField()

    def __init__(self, *args: Any, choix: list[Any], **options: Any) -> None:
        super().__init__(*args, label_suffix="", **options)
        self.fields["qui"].choices = choix


class FormulaireAttribution(FormulaireMisEnForme):
    """Who follows from now on: a person, a team, both, or nobody."""

    gestionnaire = forms.ChoiceField(label=_("Personne"), required=False)
    equipe = forms.ChoiceField(label=_("Équipe"), required=False)

    def __init__(self, *args: Any, suiveurs: Suiveurs, **options: Any) -> None:
        super().__init__(*args, label_suffix="", **options)
        self.membres = {str(u.pk): u for u in suiveurs.membres}
        self.equipes = {str(e.pk): e for e in suiveurs.equipes}
        self.fields["gestionnaire"].choices = [("", _("personne")), *((c, str(u)) for c, u in self.membres.items())]
        self.fields["equipe"].choices = [("", _("aucune")), *((c, e.nom) for c, e in self.equipes.items())]
        if not self.equipes:
            del self.fields["equipe"]

    def read_suivi(self) -> Suivi:
        """What was chosen."""
        valeurs = self.cleaned_data
        return Suivi(self.membres.get(valeurs["gestionnaire"]), self.equipes.get(valeurs.get("equipe", "")))


class FormulaireEquipe(FormulaireMisEnForme):
    """A team: its name, its members."""

    nom = forms.CharField(label=_("Nom de l’équipe"), max_length=100)
    membres = CasesField(label=_("Membres"), required=False)

    def __init__(self, *args: Any, suiveurs: Suiveurs, equipe: Equipe | None = None, **options: Any) -> None:
        self.autres = {e.nom.casefold() for e in suiveurs.equipes if equipe is None or e.pk != equipe.pk}
        super().__init__(*args, label_suffix="", **options)
        self.fields["membres"].choices = [(str(u.pk), str(u)) for u in suiveurs.membres]

    def clean_nom(self) -> str:
        """Refuse two teams of the same name."""
        nom = str(self.cleaned_data["nom"]).strip()
        if nom.casefold() in self.autres:
            raise ValidationError(_("Une équipe porte déjà ce nom."), code="equipe_existante")
        return nom


class FormulairePersonne(FormulaireMisEnForme):
    """Somebody who will work here: a name, an address to sign in with, a first password to hand over."""

    nom = forms.CharField(label=_("Prénom et nom"), max_length=150)
    email = forms.EmailField(label=_("Adresse électronique"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    mot_de_passe = forms.CharField(
        label=_("Mot de passe"),
        help_text=_("Douze caractères au moins. Remettez-le vous-même à cette personne."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    administre = forms.BooleanField(label=_("Peut ajouter et retirer des personnes"), required=False)

    def clean_email(self) -> str:
        """Refuse an address that has an account already."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if Utilisateur.objects.filter(email=email).exists():
            raise ValidationError(_("Cette adresse a déjà un compte."), code="compte_existant")
        return email

    def clean_mot_de_passe(self) -> str:
        """Refuse a password that is too easy."""
        mot_de_passe = str(self.cleaned_data["mot_de_passe"])
        validate_password(mot_de_passe, Utilisateur(email=self.data.get(self.add_prefix("email"), "")))
        return mot_de_passe
