"""Claims, credit notes and payments, by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.base import FormulaireFait
from exigible.bureau.pages.formulaires.champs import CasesField, JourField, MontantField, check_passe
from exigible.bureau.pages.formulaires.natures import CHOIX as CHOIX_NATURES
from exigible.bureau.pages.formulaires.signaux import AvecSignal
from exigible.bureau.pages.noms import name_personnes
from exigible.bureau.pages.templatetags.exigible import jour as write_jour
from exigible.bureau.pages.templatetags.exigible import montant as write_montant
from exigible.dossier.faits import AvoirEmis, CreanceNee, Detenteur, OrigineEcheance, PaiementRecu, PaiementRejete
from exigible.dossier.texte import normalize
from exigible.droit.echeances import compute_echeance, parse_conditions

MOYENS = [
    ("", _("Non précisé")),
    ("virement", _("Virement")),
    ("cheque", _("Chèque")),
    ("prelevement", _("Prélèvement")),
    ("carte", _("Carte bancaire")),
    ("especes", _("Espèces")),
    ("compensation", _("Compensation")),
]

DETENTEURS = [
    ("", _("Je ne sais pas")),
    (Detenteur.RECOUVREUR.value, _("Nous, pour le créancier")),
    (Detenteur.CREANCIER.value, _("Le créancier lui-même")),
]


class FormulaireCreance(FormulaireFait):
    """An invoice. Its effect day is its date of issue."""

    type_fait = CreanceNee
    titre = _("Ajouter une facture")
    icone = "file-invoice"
    aide = _("Le montant est celui de la facture, toutes taxes comprises ; les paiements s’enregistrent à part.")

    jour = None  # the day of the fact is the date of issue
    numero = forms.CharField(label=_("Numéro de facture"), max_length=80)
    emission = JourField(label=_("Date d’émission"))
    montant = MontantField(label=_("Montant TTC"))
    echeance = JourField(
        label=_("Date d’échéance"),
        required=False,
        help_text=_("Dernier jour pour payer. Vide : calculée d’après vos conditions de vente, si elles sont connues."),
    )
    execution = JourField(label=_("Date de livraison ou de fin de prestation"), required=False)
    libelle = forms.CharField(label=_("Objet"), max_length=200, required=False)

    nature = forms.ChoiceField(
        label=_("Nature"),
        required=False,
        choices=CHOIX_NATURES,
        help_text=_("Elle peut changer le délai de prescription : deux ans, un an, parfois moins."),
    )

    field_order = ("numero", "emission", "montant", "echeance", "execution", "libelle", "nature")

    def clean_numero(self) -> str:
        """An invoice is entered once."""
        numero: str = self.cleaned_data["numero"]
        autres = [c.creance.numero for c in self.contexte.etat.creances if c.creance != self.contexte.origine]
        if normalize(numero) in map(normalize, autres):
            raise ValidationError(
                gettext("La facture « %(numero)s » est déjà dans ce dossier : corrigez-la depuis son fil.")
                % {"numero": numero},
                code="doublon",
            )
        return numero

    def clean_emission(self) -> date:
        """An invoice to come is not one."""
        emission: date = self.cleaned_data["emission"]
        check_passe(emission, self.contexte.aujourd_hui)
        return emission

    def clean(self) -> dict[str, Any]:
        """A due date never comes before the invoice."""
        valeurs = super().clean()
        emission, echeance = valeurs.get("emission"), valeurs.get("echeance")
        if emission and echeance and echeance < emission:
            self.add_error("echeance", _("L’échéance ne peut pas précéder la date d’émission."))
        return valeurs

    def read_valeurs(self) -> dict[str, Any]:
        """Say where the due date comes from."""
        valeurs = super().read_valeurs()
        conditions = self.contexte.etat.creancier.conditions
        if getattr(self.contexte.origine, "emission", None) != valeurs["emission"]:
            valeurs["emission_connue"] = True
        if valeurs["echeance"] is not None:
            if valeurs["echeance"] != getattr(self.contexte.origine, "echeance", None):
                valeurs["origine_echeance"] = OrigineEcheance.SAISIE
        elif conditions is not None:
            depart = valeurs["emission"]
            valeurs["echeance"] = compute_echeance(depart, parse_conditions(conditions.delai))
            valeurs |= {"origine_echeance": OrigineEcheance.CONDITIONS_DE_VENTE, "conditions": conditions.delai}
        return valeurs

    @property
    def date_effet(self) -> date:
        """A claim is born with its invoice."""
        emission: date = self.cleaned_data["emission"]
        return emission


class FormulaireAvoir(AvecSignal):
    """A credit note, on one claim or on the account."""

    type_fait = AvoirEmis
    titre = _("Enregistrer un avoir")
    icone = "receipt"

    numero = forms.CharField(label=_("Numéro de l’avoir"), max_length=80)
    montant = MontantField(label=_("Montant TTC"))
    creance = forms.ChoiceField(label=_("Sur la facture"), required=False)

    field_order = ("numero", "jour", "montant", "creance")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["creance"].choices = [("", _("L’ensemble du compte")), *self.list_creances()]


class FormulairePaiement(AvecSignal):
    """Money received. What the debtor chose to pay comes first; what remains follows the rule of the law."""

    type_fait = PaiementRecu
    titre = _("Enregistrer un paiement")
    icone = "cash"
    aide = _(
        "Sans choix, le paiement s’impute selon la loi : d’abord les dettes échues que le débiteur avait le plus"
        " d’intérêt à éteindre, puis les plus anciennes (articles 1342-10 et 1343-1 du code civil)."
    )
    creances_closes = True

    montant = MontantField(label=_("Montant reçu"))
    creances = CasesField(label=_("Factures que le débiteur a voulu payer"), required=False)
    moyen = forms.ChoiceField(label=_("Moyen de paiement"), choices=MOYENS, required=False)
    libelle = forms.CharField(label=_("Référence ou libellé"), max_length=200, required=False)
    payeur = forms.ChoiceField(
        label=_("Payé par"), required=False, help_text=_("Ce que l’un paie, les autres ne le doivent plus.")
    )

    detenteur = forms.ChoiceField(
        label=_("Reçu par"),
        choices=DETENTEURS,
        required=False,
        help_text=_("Seul ce que vous avez reçu pour le créancier lui est à reverser."),
    )

    field_order = ("jour", "montant", "payeur", "creances", "moyen", "libelle", "detenteur")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.contexte.etat.creancier.convention is None and not getattr(self.contexte.origine, "detenteur", None):
            del self.fields["detenteur"]
        autres = name_personnes(self.contexte.effectives)
        self.fields["payeur"].choices = [("", self.contexte.etat.debiteur.nom), *autres.items()]
        if not autres:
            del self.fields["payeur"]

    def read_valeurs(self) -> dict[str, Any]:
        """Nobody said who received it: nothing is guessed."""
        valeurs = super().read_valeurs()
        if "detenteur" in valeurs:
            valeurs["detenteur"] = Detenteur(valeurs["detenteur"]) if valeurs["detenteur"] else None
        return valeurs


class FormulaireRejet(FormulaireFait):
    """A payment that came back."""

    type_fait = PaiementRejete
    titre = _("Déclarer un paiement rejeté")
    icone = "circle-x"
    aide = _("Chèque sans provision ou prélèvement rejeté : le paiement compte comme s’il n’avait jamais été reçu.")

    paiement = forms.ChoiceField(label=_("Paiement"))
    motif = forms.CharField(label=_("Motif donné par la banque"), max_length=200, required=False)

    field_order = ("paiement", "jour", "motif")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["paiement"].choices = self.list_paiements()

    def list_paiements(self) -> list[tuple[str, str]]:
        """The payments not yet rejected."""
        faits = [(i.date_effet, i.fait) for i in self.contexte.effectives]
        rejetes = {f.paiement for _jour, f in faits if isinstance(f, PaiementRejete) and f != self.contexte.origine}
        return [
            (f.cle, f"{write_jour(jour)} — {write_montant(f.montant)} {f.libelle}".strip())
            for jour, f in faits
            if isinstance(f, PaiementRecu) and f.cle not in rejetes
        ]
