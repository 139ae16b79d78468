"""Direct debits: the mandate of the debtor, its end, the notice of what will be taken, a debit that came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum import bic as norme_bic
from stdnum.exceptions import ValidationError as NumeroInvalide

from exigible.bureau.pages.formulaires.base import Contexte, FormulaireFait
from exigible.bureau.pages.formulaires.champs import IbanField, JourField, MontantField
from exigible.bureau.pages.templatetags.exigible import jour as write_jour
from exigible.bureau.pages.templatetags.exigible import montant as write_montant
from exigible.bureau.phrases import translate_phrase
from exigible.dossier.faits import (
    Fait,
    MandatRevoque,
    MandatSigne,
    PaiementRecu,
    PaiementRejete,
    PlanConvenu,
    PrelevementOrdonne,
    PrelevementRejete,
    PrelevementsAnnonces,
    SchemaSepa,
    TropPercuRembourse,
)
from exigible.dossier.faits_mandat import PREAVIS_JOURS
from exigible.dossier.plans.suivi import ENTRE_PROFESSIONNELS
from exigible.dossier.prelevements import map_rejets
from exigible.dossier.suspensions import Faits
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurSaisie
from exigible.echanges.sorties.texte_sepa import REFERENCE_MAX, check_reference

SCHEMAS = [
    (SchemaSepa.CORE.value, _("CORE : tous les débiteurs")),
    (SchemaSepa.B2B.value, _("B2B : entre professionnels, enregistré par la banque du débiteur")),
]
CODES = [
    ("", _("Non précisé")),
    ("AC04", _("AC04 : compte clos")),
    ("AC06", _("AC06 : compte bloqué")),
    ("AM04", _("AM04 : provision insuffisante")),
    ("MD01", _("MD01 : pas de mandat, opération non autorisée")),
    ("MD06", _("MD06 : remboursement demandé par le débiteur")),
    ("MD07", _("MD07 : débiteur décédé")),
    ("MS02", _("MS02 : refus du débiteur")),
    ("MS03", _("MS03 : raison non communiquée")),
    ("SL01", _("SL01 : service bloqué par le débiteur")),
]


def _list_plans(formulaire: FormulaireFait) -> list[tuple[str, str]]:
    plans = [(i.date_effet, i.fait) for i in formulaire.contexte.effectives if isinstance(i.fait, PlanConvenu)]
    return [
        (p.cle, f"{write_jour(j)} — {write_montant(sum((e.montant for e in p.echeances), ZERO))}") for j, p in plans
    ]


class FormulaireMandat(FormulaireFait):
    """A SEPA mandate as it was signed."""

    type_fait = MandatSigne
    titre = _("Enregistrer un mandat de prélèvement")
    icone = "signature"
    aide = _(
        "Le mandat signé permet de prélever les échéances d’un plan. Gardez-le : la preuve vous incombe, treize mois"
        " après chaque prélèvement au moins."
    )

    jour = JourField(label=_("Signé le"))
    rum = forms.CharField(
        label=_("Référence unique du mandat (RUM)"), max_length=REFERENCE_MAX, help_text=_("Telle que sur le mandat.")
    )
    iban = IbanField(label=_("IBAN du débiteur"), max_length=42)
    bic = forms.CharField(label=_("BIC"), max_length=11, required=False)
    titulaire = forms.CharField(
        label=_("Titulaire du compte"), max_length=70, required=False, help_text=_("Vide : le débiteur.")
    )
    schema = forms.ChoiceField(label=_("Mandat"), choices=SCHEMAS)
    recurrent = forms.BooleanField(label=_("Plusieurs prélèvements (paiement récurrent)"), required=False, initial=True)
    plan = forms.ChoiceField(label=_("Pour le plan"), required=False)
    preavis_jours = forms.IntegerField(
        label=_("Préavis convenu, en jours"),
        min_value=1,
        max_value=90,
        initial=PREAVIS_JOURS,
        help_text=_("Entre l’annonce et le prélèvement : quatorze jours, sauf accord."),
    )

    field_order = ("jour", "rum", "iban", "bic", "titulaire", "schema", "plan", "preavis_jours", "recurrent")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["plan"].choices = [("", _("Tous les plans du dossier")), *_list_plans(self)]

    def read_initial(self, origine: Fait) -> dict[str, Any]:
        """Show the scheme by its word."""
        initial = super().read_initial(origine)
        return initial | {"schema": initial["schema"].value}

    def clean_rum(self) -> str:
        """A reference that a bank takes, given once."""
        rum: str = self.cleaned_data["rum"]
        try:
            check_reference(rum, "rum")
        except ErreurSaisie as erreur:
            raise ValidationError(translate_phrase(erreur.message), code=erreur.code) from erreur
        autres = [i.fait for i in self.contexte.effectives if isinstance(i.fait, MandatSigne)]
        if any(m.rum == rum for m in autres if m != self.contexte.origine):
            raise ValidationError(_("Un autre mandat de ce dossier porte déjà cette référence."), code="doublon")
        return rum

    def clean_bic(self) -> str:
        """Eight or eleven characters, or nothing."""
        return check_bic(self.cleaned_data["bic"])

    def clean_schema(self) -> SchemaSepa:
        """A business mandate is signed by a business."""
        schema = SchemaSepa(self.cleaned_data["schema"])
        if schema is SchemaSepa.B2B and self.contexte.etat.debiteur.qualite not in ENTRE_PROFESSIONNELS:
            raise ValidationError(_("Un mandat B2B ne peut être signé que par un professionnel."), code="b2b")
        return schema


class FormulaireMandatRevoque(FormulaireFait):
    """A mandate that ended."""

    type_fait = MandatRevoque
    titre = _("Révoquer un mandat de prélèvement")
    icone = "x"
    aide = _("Plus rien ne sera prélevé sur ce mandat.")

    mandat = forms.ChoiceField(label=_("Mandat"))
    motif = forms.CharField(label=_("Motif"), max_length=200, required=False)

    field_order = ("mandat", "jour", "motif")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        mandats = [(i.date_effet, i.fait) for i in self.contexte.effectives if isinstance(i.fait, MandatSigne)]
        self.fields["mandat"].choices = [(m.cle, f"{m.rum} — {write_jour(jour)}") for jour, m in mandats]


class FormulaireAnnonce(FormulaireFait):
    """The notice that makes debits lawful."""

    type_fait = PrelevementsAnnonces
    titre = _("Prélèvements annoncés au débiteur")
    icone = "mail"
    aide = _(
        "Le débiteur doit connaître la date et le montant de chaque prélèvement avant qu’il soit fait. Un plan signé de"
        " sa main les lui donne déjà, s’il porte aussi votre ICS et la référence du mandat."
    )

    jour = JourField(label=_("Annoncés le"))
    plan = forms.ChoiceField(label=_("Plan"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["plan"].choices = _list_plans(self)


class FormulairePrelevementRejete(FormulaireFait):
    """A debit that came back; the payment that it had brought, if any, came back with it."""

    type_fait = PrelevementRejete
    titre = _("Déclarer un prélèvement rejeté")
    icone = "circle-x"
    aide = _("L’échéance redevient à payer ; elle ne sera prélevée de nouveau que si vous le demandez.")

    prelevement = forms.ChoiceField(label=_("Prélèvement"))
    code = forms.ChoiceField(label=_("Code donné par la banque"), choices=CODES, required=False)
    motif = forms.CharField(label=_("Motif"), max_length=200, required=False)

    field_order = ("prelevement", "jour", "code", "motif")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["prelevement"].choices = self._list_ordres()

    def _list_ordres(self) -> Sequence[tuple[str, str]]:
        faits = Faits([i for i in self.contexte.effectives if i.fait != self.contexte.origine])
        rejetes = map_rejets(faits)
        return [
            (o.cle, f"{write_jour(o.jour)} — {write_montant(o.montant)} {o.reference}")
            for o in faits.list(PrelevementOrdonne)
            if o.cle not in rejetes
        ]

    def list_ecritures(self) -> list[tuple[Fait, date]]:
        """The debit, then the payment that it had brought."""
        ecritures = super().list_ecritures()
        choisi, motif = self.cleaned_data["prelevement"], self.cleaned_data["motif"] or self.cleaned_data["code"]
        faits = Faits(self.contexte.effectives)
        deja = {f.paiement for f in faits.list(PaiementRejete)}
        return ecritures + [
            (PaiementRejete(paiement=p.cle, motif=motif), self.date_effet)
            for p in faits.list(PaiementRecu)
            if p.prelevement == choisi and p.cle not in deja
        ]


class FormulaireRemboursement(FormulaireFait):
    """What was paid in excess, given back."""

    type_fait = TropPercuRembourse
    titre = _("Rendre un trop-perçu")
    icone = "arrow-back-up"
    aide = _(
        "Ce que le débiteur a payé de plus que sa dette. Avec un IBAN, le virement est proposé dans « Prélèvements » ;"
        " sans IBAN, vous l’avez rendu autrement."
    )

    jour = JourField(label=_("Rendu le"))
    montant = MontantField(label=_("Montant"))
    iban = IbanField(label=_("IBAN du débiteur"), max_length=42, required=False)
    bic = forms.CharField(label=_("BIC"), max_length=11, required=False)
    beneficiaire = forms.CharField(
        label=_("Titulaire du compte"), max_length=70, required=False, help_text=_("Vide : le débiteur.")
    )
    motif = forms.CharField(label=_("Motif"), max_length=140, required=False)

    field_order = ("jour", "montant", "iban", "bic", "beneficiaire", "motif")

    def __init__(self, *args: Any, contexte: Contexte, **options: Any) -> None:
        if contexte.origine is None:
            etat = contexte.etat
            options["initial"] = {"montant": etat.decompte.trop_percu or None, "iban": etat.debiteur.iban}
        super().__init__(*args, contexte=contexte, **options)

    def clean_montant(self) -> Decimal:
        """No more than what was paid in excess."""
        montant: Decimal = self.cleaned_data["montant"]
        deja = getattr(self.contexte.origine, "montant", ZERO)
        reste = self.contexte.etat.decompte.trop_percu + deja
        if montant > reste:
            message = gettext("Le trop-perçu de ce dossier est de %(reste)s.") % {"reste": write_montant(reste)}
            raise ValidationError(message, code="trop")
        return montant

    def clean_bic(self) -> str:
        """Eight or eleven characters, or nothing."""
        return check_bic(self.cleaned_data["bic"])


def check_bic(texte: str) -> str:
    """Return a BIC, or nothing. Raises ValidationError."""
    try:
        return str(norme_bic.validate(texte)) if texte else ""
    except NumeroInvalide as erreur:
        raise ValidationError(_("Ce BIC n’est pas valable : huit ou onze caractères."), code="bic") from erreur


FORMULAIRES: dict[str, type[FormulaireFait]] = {
    "mandat": FormulaireMandat,
    "mandat-revoque": FormulaireMandatRevoque,
    "prelevements-annonces": FormulaireAnnonce,
    "prelevement-rejete": FormulairePrelevementRejete,
    "trop-percu": FormulaireRemboursement,
}
