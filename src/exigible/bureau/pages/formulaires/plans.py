"""Payment plans: simulated before they are signed, recorded as they were, given notice of, ended."""

from __future__ import annotations

from decimal import Decimal
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
from exigible.dossier.faits import EcheancePlan, Fait, PartieAuPlan, PlanConvenu, PlanMisEnDemeure, PlanRompu
from exigible.dossier.plans.simulation import DemandeDePlan, SimulationDePlan
from exigible.droit.argent import parse_montant
from exigible.droit.creance import CAPITAL_D_ABORD
from exigible.droit.echeancier import ECHEANCES_MAX, InteretsDuPlan
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.partage import list_mensualites, split_montant

TOLERANCE_MAX = 60
DELAI_MAX = 90

INTERETS = [
    (InteretsDuPlan.ABANDONNES_SI_RESPECT.value, _("Abandonnés si le plan est tenu, repris depuis l’accord sinon")),
    (InteretsDuPlan.GELES.value, _("Suspendus jusqu’à une rupture, sans rappel")),
    (InteretsDuPlan.MAINTENUS.value, _("Maintenus : ils courent sur ce qui reste dû")),
    (InteretsDuPlan.CAPITALISES.value, _("Maintenus, et capitalisés par année entière (entre professionnels)")),
]


class ClausesDuPlan(FormulaireFait):
    """The clauses that every agreement of payment in instalments may hold."""

    type_fait = PlanConvenu

    tolerance_jours = forms.IntegerField(
        label=_("Jours de tolérance"),
        required=False,
        min_value=0,
        max_value=TOLERANCE_MAX,
        help_text=_("Après chaque échéance, avant que le plan soit en retard. Vide : aucun."),
    )
    decheance = forms.BooleanField(label=_("L’accord prévoit la déchéance du terme"), required=False)
    delai_decheance_jours = forms.IntegerField(
        label=_("Délai laissé par la mise en demeure, en jours"),
        required=False,
        min_value=1,
        max_value=DELAI_MAX,
        help_text=_("Envers un particulier, pas moins de 30 jours."),
    )
    signe_par_debiteur = forms.BooleanField(label=_("Signé par le débiteur"), required=False)

    def read_valeurs(self) -> dict[str, Any]:
        """No grace said is none."""
        valeurs = super().read_valeurs()
        return valeurs | {"tolerance_jours": valeurs["tolerance_jours"] or 0}


class FormulairePlan(ClausesDuPlan):
    """A payment plan: equal monthly instalments, or one a line."""

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
    interets = forms.ChoiceField(
        label=_("Intérêts pendant le plan"), required=False, choices=[("", _("L’accord ne le dit pas")), *INTERETS]
    )

    field_order = ("jour", "creances", "montant", "nombre", "premiere", "detail", "interets")

    def read_initial(self, origine: Fait) -> dict[str, Any]:
        """Show the instalments one a line."""
        initial = super().read_initial(origine)
        echeances, interets = initial.pop("echeances"), initial.pop("interets")
        return initial | {
            "detail": "\n".join(f"{e.jour:%d/%m/%Y} {str(e.montant).replace('.', ',')}" for e in echeances),
            "interets": interets.value if interets else "",
        }

    def clean_interets(self) -> InteretsDuPlan | None:
        """Read the choice; None when the agreement is silent."""
        choix = self.cleaned_data["interets"]
        return InteretsDuPlan(choix) if choix else None

    def clean_detail(self) -> tuple[EcheancePlan, ...]:
        """Read the instalments, naming the faulty line."""
        lignes = [ligne.strip() for ligne in self.cleaned_data["detail"].splitlines()]
        return tuple(read_echeance(rang, ligne) for rang, ligne in enumerate(lignes, start=1) if ligne)

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
        """The instalments, typed or generated. Raises ErreurSaisie when the amount is too small for their number."""
        valeurs = self.cleaned_data
        echeances = valeurs["detail"]
        if not echeances:
            parts = split_montant(valeurs["montant"], valeurs["nombre"])
            jours = list_mensualites(valeurs["premiere"], valeurs["nombre"])
            echeances = tuple(map(EcheancePlan, jours, parts))
        return super().read_valeurs() | {"echeances": tuple(sorted(echeances, key=lambda e: e.jour))}


def read_echeance(rang: int, ligne: str) -> EcheancePlan:
    """Read « 15/12/2026 500,00 ». Raises ValidationError, which names the line."""
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


class FormulaireSimulation(ClausesDuPlan):
    """A plan to try: nothing is recorded until the person says so."""

    titre = _("Simuler un plan")
    icone = "calendar-event"

    jour = JourField(label=_("Accord du"), help_text=_("La dette est arrêtée ce jour-là, compris."))
    creances = CasesField(label=_("Factures étalées"), required=False, help_text=_("Aucune cochée : toutes."))
    premiere = JourField(label=_("Première mensualité le"))
    nombre = forms.IntegerField(label=_("Nombre de mensualités"), required=False, min_value=1, max_value=ECHEANCES_MAX)
    mensualite = MontantField(
        label=_("Ou montant de chaque mensualité"), required=False, help_text=_("La dernière prend le solde.")
    )
    progression = forms.DecimalField(
        label=_("Progression, en pour cent de la première"),
        required=False,
        min_value=0,
        max_value=1000,
        decimal_places=2,
        help_text=_("Ce que chaque mensualité ajoute à la précédente. Vide : mensualités égales."),
    )
    interets = forms.ChoiceField(label=_("Intérêts pendant le plan"), choices=INTERETS)
    capital_d_abord = forms.BooleanField(label=_("Les paiements éteignent d’abord le principal"), required=False)

    field_order = ("jour", "premiere", "nombre", "mensualite", "progression", "interets", "creances")

    def clean(self) -> dict[str, Any]:
        """A number of instalments, or the sum of each."""
        valeurs = super().clean()
        nombre, mensualite = valeurs.get("nombre"), valeurs.get("mensualite")
        faux = {"nombre", "mensualite"} & set(self.errors)
        if not faux and (nombre is None) == (mensualite is None):
            self.add_error("nombre", _("Indiquez le nombre de mensualités, ou le montant de chacune."))
        if mensualite is not None and valeurs.get("progression"):
            self.add_error("progression", _("Une progression demande un nombre de mensualités."))
        return valeurs

    def build_demande(self) -> DemandeDePlan:
        """What the simulation is asked."""
        valeurs = self.cleaned_data
        return DemandeDePlan(
            premiere=valeurs["premiere"],
            interets=InteretsDuPlan(valeurs["interets"]),
            nombre=valeurs["nombre"],
            mensualite=valeurs["mensualite"],
            progression=valeurs["progression"] or Decimal(0),
            creances=tuple(valeurs["creances"]),
            ordre=CAPITAL_D_ABORD if valeurs["capital_d_abord"] else (),
        )

    def build_plan(self, simulation: SimulationDePlan) -> Fait:
        """The plan to record: the instalments simulated, with the clauses typed."""
        ordre = CAPITAL_D_ABORD if self.cleaned_data["capital_d_abord"] else ()
        self.cleaned_data |= {
            "creances": simulation.creances,
            "echeances": simulation.echeances,
            "interets": InteretsDuPlan(self.cleaned_data["interets"]),
            "imputation": ordre,
            "imputation_par": tuple(PartieAuPlan) if ordre else (),
            "remplace": self._find_remplace(simulation.creances),
        }
        return self.build_fait()

    def _find_remplace(self, creances: tuple[str, ...]) -> str:
        """The plan that holds on one of these claims: the new one takes its place."""
        plans = [p.plan for p in self.contexte.etat.plans]
        return next((p.cle for p in plans if not p.creances or set(p.creances) & set(creances)), "")


class _SurUnPlan(FormulaireFait):
    """Something that happens to a plan chosen among those that were agreed."""

    plan = forms.ChoiceField(label=_("Plan"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        plans = [(i.date_effet, i.fait) for i in self.contexte.effectives if isinstance(i.fait, PlanConvenu)]
        self.fields["plan"].choices = [
            (plan.cle, f"{write_jour(jour)} — {write_montant(sum((e.montant for e in plan.echeances), Decimal(0)))}")
            for jour, plan in plans
        ]


class FormulairePlanMisEnDemeure(_SurUnPlan):
    """The notice to pay the late instalments."""

    type_fait = PlanMisEnDemeure
    titre = _("Mise en demeure d’un plan en retard")
    icone = "certificate"
    aide = _(
        "La déchéance du terme demande une mise en demeure qui laisse un délai pour payer ; elle n’est jamais"
        " automatique. Complétez la date de réception dès que vous la connaissez."
    )

    jour = JourField(label=_("Envoyée le"))
    delai_jours = forms.IntegerField(label=_("Délai laissé pour payer, en jours"), min_value=1, max_value=DELAI_MAX)
    recue_le = JourField(label=_("Reçue ou présentée le"), required=False)

    field_order = ("plan", "jour", "delai_jours", "recue_le")

    def clean(self) -> dict[str, Any]:
        """A letter is received after it left."""
        valeurs = super().clean()
        if valeurs.get("jour") and valeurs.get("recue_le") and valeurs["recue_le"] < valeurs["jour"]:
            self.add_error("recue_le", _("La réception ne peut pas précéder l’envoi."))
        return valeurs


class FormulairePlanRompu(_SurUnPlan):
    """The end of a plan that was not kept."""

    type_fait = PlanRompu
    titre = _("Mettre fin à un plan non tenu")
    icone = "calendar-x"
    aide = _("Les relances reprennent sur les factures que le plan couvrait.")

    motif = forms.CharField(label=_("Motif"), max_length=500, required=False)

    field_order = ("plan", "jour", "motif")
