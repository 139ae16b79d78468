"""Forms of the settings: the creditor's letterhead, its accounts, its terms of sale, what it claims."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import bic as norme_bic
from stdnum.exceptions import ValidationError as NumeroInvalide

from exigible.actes.logo.image import OCTETS_MAX, check_logo
from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme, IbanField, JourField, SirenField
from exigible.bureau.pages.formulaires.parties import QUALITES_CREANCIER, ChampsAdresse
from exigible.bureau.pages.formulaires.radios import RadiosInput
from exigible.bureau.phrases import translate_phrase
from exigible.dossier.faits import Reclamation
from exigible.dossier.faits_creancier import (
    CompteBancaireAjoute,
    ConditionsDeVenteFixees,
    CreancierDecrit,
    ReclamationFixee,
)
from exigible.droit.argent import format_nombre
from exigible.droit.echeances import format_conditions, parse_conditions
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.interets import QualiteCreancier
from exigible.echanges.sorties.ordres import check_ics

_TAUX = re.compile(r"\d{1,3}([.,]\d{1,4})?")

TYPES_MIME = {"png": "image/png", "jpg": "image/jpeg"}

ANNEES_DE_REPRISE = 2

SILENCE, TAUX, MULTIPLE = "silence", "taux", "multiple"
SOURCES_TAUX = [
    (SILENCE, _("Rien de prévu : le taux de la loi (BCE + 10 points)")),
    (TAUX, _("Un taux annuel")),
    (MULTIPLE, _("Un multiple du taux d’intérêt légal")),
]

RECLAMATIONS = [
    (Reclamation.RECLAMER.value, _("Réclamer : comptées dans ce qui est demandé")),
    (Reclamation.ANNONCER.value, _("Annoncer : rappelées, sans être demandées")),
    (Reclamation.RENONCER.value, _("Renoncer : ni demandées ni rappelées")),
]


class TauxField(forms.CharField):
    """A positive rate or multiple, written the French way; gives a Decimal or None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs |= {"maxlength": "10", "inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """Show a Decimal the French way."""
        return format_nombre(value, max(0, -int(value.normalize().as_tuple().exponent))) if _is_nombre(value) else value

    def to_python(self, value: Any) -> Any:
        """Read the number; a fault says what to write."""
        texte = str(super().to_python(value)).removesuffix("%").strip()
        if not texte:
            return None
        if not _TAUX.fullmatch(texte):
            raise ValidationError(_("Ce nombre n’est pas lisible : écrivez par exemple 12,15."), code="taux")
        try:
            return Decimal(texte.replace(",", "."))
        except InvalidOperation as erreur:
            raise ValidationError(_("Ce nombre n’est pas lisible."), code="taux") from erreur


def _is_nombre(valeur: Any) -> bool:
    return isinstance(valeur, Decimal)


class FormulaireCreancier(ChampsAdresse):
    """The creditor as its letters say it."""

    nom = forms.CharField(label=_("Nom ou dénomination"), max_length=200)
    qualite = forms.ChoiceField(label=_("Qualité"), choices=QUALITES_CREANCIER)
    forme = forms.CharField(label=_("Forme juridique"), max_length=60, required=False)
    capital = forms.CharField(
        label=_("Capital"), max_length=60, required=False, help_text=_("Tel qu’il figure sur vos papiers : 10 000 €.")
    )
    siren = SirenField(label=_("SIREN"), max_length=20, required=False)
    rcs = forms.CharField(
        label=_("Registre du commerce"), max_length=100, required=False, help_text=_("RCS et ville du greffe.")
    )
    tva = forms.CharField(label=_("TVA intracommunautaire"), max_length=20, required=False)
    ics = forms.CharField(
        label=_("Identifiant créancier SEPA (ICS)"),
        max_length=40,
        required=False,
        help_text=_("Pour prélever ; votre banque vous l’a donné."),
    )
    courriel = forms.EmailField(label=_("Courriel"), required=False)
    telephone = forms.CharField(label=_("Téléphone"), max_length=30, required=False)
    signataire = forms.CharField(label=_("Signataire des lettres"), max_length=120, required=False)
    fonction = forms.CharField(label=_("Sa fonction"), max_length=120, required=False)
    mediateur = forms.CharField(
        label=_("Médiateur de la consommation"),
        max_length=300,
        required=False,
        help_text=_(
            "Son nom, son adresse et celle de son site internet : la loi veut les trois (articles L616-1 et R616-1 du"
            " code de la consommation), et vos lettres aux particuliers les donnent. La liste des médiateurs est sur"
            " economie.gouv.fr/mediation-conso ; il faut avoir adhéré à celui que vous nommez."
        ),
    )

    field_order = (
        "nom", "qualite", "forme", "capital", "siren", "rcs", "tva", "ics", "lignes", "code_postal", "ville", "pays",
        "courriel", "telephone", "signataire", "fonction", "mediateur",
    )  # fmt: skip

    def clean_ics(self) -> str:
        """A SEPA creditor identifier, its key checked, or nothing."""
        texte = self.cleaned_data["ics"]
        try:
            return check_ics(texte) if texte else ""
        except ErreurSaisie as erreur:
            raise ValidationError(translate_phrase(erreur.message), code=erreur.code) from erreur

    @staticmethod
    def show(description: CreancierDecrit) -> dict[str, Any]:
        """What the fields show for a description."""
        valeurs = {nom: getattr(description, nom) for nom in description.__struct_fields__ if nom != "adresse"}
        return valeurs | {"qualite": description.qualite.value} | ChampsAdresse.show_adresse(description.adresse)

    def build_fait(self, ancien: CreancierDecrit) -> CreancierDecrit:
        """The description typed; what the form does not show is kept."""
        valeurs = {nom: v for nom, v in self.cleaned_data.items() if nom in CreancierDecrit.__struct_fields__}
        valeurs |= {"qualite": QualiteCreancier(valeurs["qualite"]), "adresse": self.read_adresse()}
        return msgspec.structs.replace(ancien, **valeurs)


class _FormulaireImage(FormulaireMisEnForme):
    """A picture that letters bear; `type_mime` is known once it was read."""

    type_mime = ""

    def read_image(self, champ: str) -> Any:
        """An image that prints. Raises ValidationError otherwise."""
        fichier = self.cleaned_data[champ]
        # One byte more than allowed is enough to refuse it.
        contenu = fichier.read(OCTETS_MAX + 1)
        fichier.seek(0)
        try:
            self.type_mime = TYPES_MIME[check_logo(contenu)]
        except ErreurSaisie as erreur:
            raise ValidationError(translate_phrase(erreur.message), code=erreur.code) from erreur
        return fichier


class FormulaireLogo(_FormulaireImage):
    """The image of the letterhead."""

    logo = forms.FileField(
        label=_("Image"),
        help_text=_("PNG ou JPEG, 1 Mo au plus. Imprimée à côté de votre nom, 18 mm de haut au plus."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )

    def clean_logo(self) -> Any:
        """An image that prints."""
        return self.read_image("logo")


class FormulaireSignature(_FormulaireImage):
    """The picture of the signature of who signs the letters, and whose it is."""

    signature = forms.FileField(
        label=_("Image de la signature"),
        help_text=_("PNG ou JPEG, 1 Mo au plus, sur fond blanc. Imprimée sous le nom, 10 mm de haut au plus."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    signature_de = forms.CharField(
        label=_("De qui est cette signature"),
        max_length=120,
        help_text=_("Le signataire des lettres, tel que vous l’avez écrit ; avec un autre, elle ne s’imprime pas."),
    )

    def clean_signature(self) -> Any:
        """An image that prints."""
        return self.read_image("signature")


class FormulaireCompte(FormulaireMisEnForme):
    """An account on which debtors may pay."""

    iban = IbanField(label=_("IBAN"), max_length=42)
    bic = forms.CharField(label=_("BIC"), max_length=11, required=False)
    titulaire = forms.CharField(label=_("Titulaire"), max_length=70, required=False)
    principal = forms.BooleanField(label=_("Compte principal, indiqué sur les lettres"), required=False)

    def clean_bic(self) -> str:
        """Eight or eleven characters, or nothing."""
        texte = self.cleaned_data["bic"]
        if not texte:
            return ""
        try:
            return str(norme_bic.validate(texte))
        except NumeroInvalide as erreur:
            raise ValidationError(_("Ce BIC n’est pas valable : huit ou onze caractères."), code="bic") from erreur

    def build_fait(self) -> CompteBancaireAjoute:
        """The account typed."""
        return CompteBancaireAjoute(**self.cleaned_data)


class FormulaireConditions(FormulaireMisEnForme):
    """Terms of sale: when invoices are due, and what late payment costs under the contract."""

    delai = forms.CharField(
        label=_("Délai de paiement"),
        max_length=60,
        help_text=_("« 30 jours », « 45 jours fin de mois », « 30 jours fin de mois le 10 », « comptant »…"),
    )
    source_taux = forms.ChoiceField(
        label=_("Pénalités de retard prévues par vos conditions"), choices=SOURCES_TAUX, widget=RadiosInput
    )
    taux_penalites = TauxField(label=_("Taux annuel, en %"), required=False)
    multiple_legal = TauxField(
        label=_("Multiple du taux légal"), required=False, help_text=_("La loi exige au moins trois fois.")
    )
    jour = JourField(label=_("Pour les factures émises à partir du"))

    def clean_delai(self) -> str:
        """A term that can be read, written the usual way."""
        try:
            return str(format_conditions(parse_conditions(self.cleaned_data["delai"])))
        except ErreurSaisie as erreur:
            raise ValidationError(translate_phrase(erreur.message), code=erreur.code) from erreur

    def clean(self) -> dict[str, Any]:
        """The figure that the choice asks for, and no other."""
        valeurs = super().clean() or self.cleaned_data
        source = valeurs.get("source_taux")
        for choix, champ in ((TAUX, "taux_penalites"), (MULTIPLE, "multiple_legal")):
            if source != choix:
                valeurs[champ] = None
            elif valeurs.get(champ) is None and champ not in self.errors:
                self.add_error(champ, _("Indiquez ce nombre, ou choisissez une autre réponse."))
        return valeurs

    @staticmethod
    def show(conditions: ConditionsDeVenteFixees | None, jour: date) -> dict[str, Any]:
        """What the fields show for the terms in force; the first ones are offered for the invoices already late."""
        if conditions is None:
            return {"source_taux": SILENCE, "jour": jour.replace(year=jour.year - ANNEES_DE_REPRISE, month=1, day=1)}
        source = TAUX if conditions.taux_penalites is not None else MULTIPLE if conditions.multiple_legal else SILENCE
        return {
            "delai": conditions.delai,
            "source_taux": source,
            "taux_penalites": conditions.taux_penalites,
            "multiple_legal": conditions.multiple_legal,
            "jour": jour,
        }

    def build_fait(self) -> ConditionsDeVenteFixees:
        """The terms typed."""
        champs = ("delai", "taux_penalites", "multiple_legal")
        return ConditionsDeVenteFixees(**{champ: self.cleaned_data[champ] for champ in champs})


class FormulaireRegleReclamation(FormulaireMisEnForme):
    """What is done by default with late-payment interest and the 40 €."""

    penalites = forms.ChoiceField(label=_("Pénalités de retard"), choices=RECLAMATIONS, widget=RadiosInput)
    indemnite = forms.ChoiceField(
        label=_("Indemnité de 40 € par facture"),
        choices=RECLAMATIONS,
        widget=RadiosInput,
        help_text=_("Entre professionnels seulement : elle n’est jamais demandée à un particulier."),
    )

    def build_fait(self) -> ReclamationFixee:
        """The rule typed."""
        return ReclamationFixee(
            penalites=Reclamation(self.cleaned_data["penalites"]), indemnite=Reclamation(self.cleaned_data["indemnite"])
        )
