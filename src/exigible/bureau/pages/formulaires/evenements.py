"""What befalls a person, what was seen of its means, and what the creditor gives up or assigns."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.base import FormulaireFait
from exigible.bureau.pages.formulaires.champs import CasesField, JourField, MontantField, check_passe
from exigible.bureau.pages.formulaires.choix import AvecPiece, CodeField, OuiNonField, SurUnePersonne
from exigible.bureau.pages.formulaires.parties import ChampsAdresse
from exigible.dossier.faits import (
    AdresseChangee,
    CessationActivite,
    CreanceCedee,
    Fait,
    PersonneDecedee,
    PosteRenonce,
    RenonciationFaite,
    SolvabiliteConstatee,
    VisiteFaite,
)

POSTES = {
    PosteRenonce.TOUT: _("Tout ce qui est dû"),
    PosteRenonce.PRINCIPAL: _("Le principal"),
    PosteRenonce.INTERETS: _("Les intérêts et pénalités"),
    PosteRenonce.INDEMNITES: _("Les indemnités de 40 €"),
    PosteRenonce.FRAIS: _("Les frais"),
}


class FormulaireDeces(SurUnePersonne):
    """A death: the claim goes to the heirs."""

    type_fait = PersonneDecedee
    titre = _("Décès d’une personne")
    icone = "user"
    aide = _(
        "Rien ne lui est plus demandé. Ses héritiers doivent chacun leur part (article 873 du code civil) : quand vous"
        " les connaissez, ajoutez chacun comme codébiteur conjoint, avec sa part."
    )

    jour = JourField(label=_("Décédée le"))
    notaire = forms.CharField(label=_("Notaire chargé de la succession"), max_length=200, required=False)

    field_order = ("personne", "jour", "notaire", "piece", "fichier")


class FormulaireCessation(SurUnePersonne):
    """The end of a business."""

    type_fait = CessationActivite
    titre = _("Cessation d’activité")
    icone = "building-store"
    aide = _("Le jour compte : une procédure collective peut encore être demandée dans l’année (C. com. L631-5).")

    jour = JourField(label=_("Activité cessée le"))
    radiation = forms.BooleanField(label=_("Radiée du registre ce jour-là"), required=False)
    source = forms.CharField(
        label=_("D’où le sait-on"), max_length=200, required=False, help_text=_("Extrait de registre, Bodacc, visite…")
    )

    field_order = ("personne", "jour", "radiation", "source", "piece", "fichier")


class FormulaireAdresse(SurUnePersonne, ChampsAdresse):
    """A new address of the debtor or of a person liable with him."""

    type_fait = AdresseChangee
    titre = _("Changement d’adresse")
    icone = "map-pin"

    jour = JourField(label=_("Depuis le"))
    source = forms.CharField(
        label=_("D’où le sait-on"), max_length=200, required=False, help_text=_("Courrier revenu, appel, registre…")
    )

    field_order = ("personne", "jour", "lignes", "code_postal", "ville", "pays", "source", "piece", "fichier")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for nom in ("lignes", "ville"):
            self.fields[nom].required = True

    def read_initial(self, origine: Fait) -> dict[str, Any]:
        """The address on its fields."""
        initial = super().read_initial(origine)
        return initial | self.show_adresse(initial["adresse"])

    def read_valeurs(self) -> dict[str, Any]:
        """The address typed."""
        return super().read_valeurs() | {"adresse": self.read_adresse()}


class FormulaireVisite(SurUnePersonne):
    """A visit and its report."""

    type_fait = VisiteFaite
    titre = _("Compte rendu de visite")
    icone = "map-pin"
    aide = _(
        "Ce qui a été vu et dit, sans appréciation. À un particulier, la personne qui vient se présente, et n’insiste"
        " pas s’il refuse."
    )

    jour = JourField(label=_("Visite du"))
    lieu = forms.CharField(label=_("Lieu"), max_length=200, required=False)
    visiteur = forms.CharField(label=_("Faite par"), max_length=200, required=False)
    compte_rendu = forms.CharField(label=_("Compte rendu"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))

    field_order = ("personne", "jour", "lieu", "visiteur", "compte_rendu", "piece", "fichier")


class FormulaireSolvabilite(SurUnePersonne):
    """What a source said of a person's means."""

    type_fait = SolvabiliteConstatee
    titre = _("Constat de solvabilité")
    icone = "coin-euro"
    aide = _("Ce que dit une source, à une date : comptes déposés, inscription, enquête, aveu du débiteur.")

    jour = JourField(label=_("Constaté le"))
    solvable = OuiNonField(
        label=_("Conclusion"),
        oui=_("Elle peut payer"),
        non=_("Elle ne peut pas payer"),
        help_text=_("Ne concluez que si la source conclut."),
    )
    source = forms.CharField(label=_("Source"), max_length=200)
    texte = forms.CharField(label=_("Ce qu’elle dit"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))

    banque = forms.CharField(
        label=_("Sa banque"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Nom et adresse, une ligne chacun : les actes de saisie les reprennent."),
    )
    employeur = forms.CharField(
        label=_("Son employeur"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    biens = forms.CharField(
        label=_("Ses autres biens"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Immeubles, véhicules, stocks, parts de société, clients qui lui doivent de l’argent."),
    )

    field_order = (
        *("personne", "jour", "source", "solvable", "texte"),
        *("banque", "employeur", "biens", "piece", "fichier"),
    )


class FormulaireCession(AvecPiece):
    """Claims assigned to somebody else."""

    type_fait = CreanceCedee
    titre = _("Créance cédée")
    icone = "arrows-exchange"
    aide = _(
        "Depuis l’acte, la créance appartient au cessionnaire (articles 1321 à 1324 du code civil) ; tant que le"
        " débiteur n’en est pas averti, il se libère en payant le cédant."
    )

    jour = JourField(label=_("Date de l’acte"))
    cessionnaire = forms.CharField(label=_("Cédée à"), max_length=200)
    creances = CasesField(label=_("Factures cédées"), required=False, help_text=_("Aucune cochée : toutes."))
    notifiee_le = JourField(label=_("Notifiée au débiteur, ou acceptée, le"), required=False)
    recouvrement_conserve = forms.BooleanField(
        label=_("Le créancier continue de recouvrer pour le cessionnaire"), required=False
    )

    field_order = (
        *("cessionnaire", "jour", "creances", "notifiee_le", "recouvrement_conserve"),
        *("piece", "fichier"),
    )

    def clean_notifiee_le(self) -> date | None:
        """What is recorded has happened."""
        notifiee_le: date | None = self.cleaned_data["notifiee_le"]
        if notifiee_le is not None:
            check_passe(notifiee_le, self.contexte.aujourd_hui)
        return notifiee_le

    def clean(self) -> dict[str, Any]:
        """The debtor is told of a deed that exists."""
        valeurs = super().clean()
        jour, notifiee_le = valeurs.get("jour"), valeurs.get("notifiee_le")
        if jour and notifiee_le and notifiee_le < jour:
            self.add_error("notifiee_le", _("La notification ne peut pas précéder l’acte."))
        return valeurs


class FormulaireRenonciation(AvecPiece):
    """What the creditor gives up."""

    type_fait = RenonciationFaite
    titre = _("Renoncer à une somme")
    icone = "receipt-euro"
    aide = _(
        "Remise accordée au débiteur (article 1350 du code civil). Ce qui courra ensuite n’est pas abandonné ; la"
        " remise faite au débiteur profite à ses cautions."
    )

    jour = JourField(label=_("Accordée le"))
    poste = CodeField(POSTES, label=_("Sur quoi"))
    montant = MontantField(label=_("Montant"), required=False, help_text=_("Vide : tout ce qui est dû ce jour-là."))
    creances = CasesField(label=_("Factures"), required=False, help_text=_("Aucune cochée : toutes."))
    motif = forms.CharField(label=_("Motif"), max_length=500, required=False)

    field_order = ("poste", "montant", "jour", "motif", "creances", "piece", "fichier")


FORMULAIRES: dict[str, type[FormulaireFait]] = {
    "deces": FormulaireDeces,
    "cessation": FormulaireCessation,
    "adresse": FormulaireAdresse,
    "visite": FormulaireVisite,
    "solvabilite": FormulaireSolvabilite,
    "cession": FormulaireCession,
    "renonciation": FormulaireRenonciation,
}
