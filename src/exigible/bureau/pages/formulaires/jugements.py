"""A decision and its heads, and what happens to it: served, enforceable, annulled, its five points set."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.base import FormulaireFait
from exigible.bureau.pages.formulaires.champs import CasesField, JourField, MontantField
from exigible.bureau.pages.formulaires.choix import (
    AvecPiece,
    CodeField,
    OuiNonField,
    SurUneDecision,
    keep_choix,
    list_decisions,
    list_personnes,
    list_procedures,
)
from exigible.bureau.pages.formulaires.lignes import FormulaireALignes, FormulaireLigne
from exigible.bureau.pages.formulaires.plans import read_echeance
from exigible.bureau.pages.formulaires.reglages import TauxField
from exigible.bureau.pages.libelles import LIBELLES
from exigible.bureau.pages.libelles_procedures import QUALIFICATIONS
from exigible.dossier.faits import (
    ChargeDepens,
    ChefJugement,
    DecisionAneantie,
    DecisionExecutoire,
    DelaiDeGrace,
    Fait,
    JugementRendu,
    JugementSignifie,
    MajorationFixee,
    MotifAneantissement,
    NatureDecision,
    RegimeChef,
)

NATURES = {n: LIBELLES[n.value] for n in NatureDecision}
REGIMES = {
    RegimeChef.LEGAL: _("Taux d’intérêt légal"),
    RegimeChef.TAUX: _("Un taux annuel"),
    RegimeChef.MULTIPLE_LEGAL: _("Un multiple du taux légal"),
    RegimeChef.COMMERCIAL: _("Pénalités de retard entre professionnels"),
    RegimeChef.AUCUN: _("Sans intérêt"),
}
DEPENS = {
    ChargeDepens.DEBITEUR: _("Le débiteur"),
    ChargeDepens.CREANCIER: _("Le créancier"),
    ChargeDepens.PARTAGES: _("Partagés"),
}
MOTIFS = {
    MotifAneantissement.OPPOSITION: _("Opposition"),
    MotifAneantissement.INFIRMATION: _("Infirmation en appel"),
    MotifAneantissement.CASSATION: _("Cassation"),
    MotifAneantissement.RETRACTATION: _("Rétractation"),
    MotifAneantissement.CADUCITE: _("Caducité"),
    MotifAneantissement.NON_AVENU: _("Jugement non avenu, faute de signification dans les six mois"),
}
_AVEC_TAUX = {RegimeChef.TAUX, RegimeChef.MULTIPLE_LEGAL}
_GRACE = "grace_"


class LigneChef(FormulaireLigne):
    """One head: a sum, how it bears interest, the claims it stands in place of."""

    cle = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    libelle = forms.CharField(label=_("Chef"), max_length=200, required=False, help_text=_("Vide : somme principale."))
    montant = MontantField(label=_("Somme allouée"))
    regime = CodeField(REGIMES, label=_("Intérêts"), initial=RegimeChef.LEGAL.value)
    taux = TauxField(label=_("Taux en pour cent, ou multiple"), required=False)
    depart = JourField(label=_("Intérêts à compter du"), required=False, help_text=_("Vide : du jour de la décision."))
    s_ajoute = forms.BooleanField(
        label=_("S’ajoute aux factures (dommages et intérêts), sans en remplacer"), required=False
    )
    creances = CasesField(label=_("Remplace les factures"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["creances"].choices = [(c.cle, c.creance.numero) for c in self.contexte.etat.creances]

    def clean(self) -> dict[str, Any]:
        """A rate goes with the régime that wants one."""
        valeurs = super().clean()
        regime, taux = valeurs.get("regime"), valeurs.get("taux")
        if regime in _AVEC_TAUX and taux is None and "taux" not in self.errors:
            self.add_error("taux", _("Indiquez le taux, ou le multiple, que la décision donne."))
        if regime is not None and regime not in _AVEC_TAUX and taux is not None:
            self.add_error("taux", _("Ce régime n’a pas de taux propre : videz cette case, ou changez de régime."))
        if valeurs.get("s_ajoute") and valeurs.get("creances"):
            self.add_error("creances", _("Un chef qui s’ajoute ne remplace aucune facture."))
        return valeurs

    def build_chef(self, origine: ChefJugement | None) -> ChefJugement:
        """The head; a correction keeps what the line does not show."""
        valeurs = self.cleaned_data | {"creances": tuple(self.cleaned_data["creances"])}
        valeurs["cle"] = valeurs["cle"] or uuid.uuid4().hex
        return msgspec.structs.replace(origine, **valeurs) if origine else ChefJugement(**valeurs)


class FormulaireJugement(AvecPiece, FormulaireALignes):
    """A decision, head by head."""

    type_fait = JugementRendu
    titre = _("Enregistrer une décision")
    icone = "gavel"
    aide = _(
        "Ce que le dispositif condamne à payer. Dès qu’elle vaut, la décision remplace les factures qu’elle juge :"
        " le décompte se poursuit sur ses chefs."
    )
    ligne = LigneChef
    titre_ligne = _("Chef n° %s")
    bouton_ligne = _("Ajouter un chef")
    lignes_avant = _("Accessoires")
    aide_lignes = _(
        "Un chef par somme qui porte intérêt à sa manière. Si aucun ne nomme de facture, la décision est tenue pour"
        " avoir jugé toutes celles qui étaient facturées ce jour-là."
    )
    groupes = (
        (
            _("La décision"),
            (
                *("nature", "jour", "juridiction", "reference", "procedure", "qualification", "dernier_ressort"),
                *("remplace", "paiements_comptes_au"),
            ),
        ),
        (_("Contre qui"), ("contre", "solidaire")),
        (_("Accessoires"), ("article_700", "depens", "depens_montant", "capitalisation")),
        (_("Exécution"), ("execution_provisoire",)),
        (
            _("Délais de grâce"),
            (
                *("grace_jusqu_au", "grace_depuis", "grace_taux_reduit", "grace_decisions", "grace_echeances"),
                *("grace_interets_courent", "grace_capital_d_abord"),
            ),
        ),
        (_("La preuve"), ("piece", "fichier")),
    )

    nature = CodeField(NATURES, label=_("Nature"))
    jour = JourField(label=_("Rendue le"))
    juridiction = forms.CharField(label=_("Juridiction"), max_length=200, required=False)
    reference = forms.CharField(label=_("Numéro de l’affaire"), max_length=100, required=False)
    procedure = forms.ChoiceField(label=_("Procédure du dossier"), required=False)
    qualification = CodeField(QUALIFICATIONS, label=_("Qualification"), vide=_("non précisée"))
    dernier_ressort = OuiNonField(label=_("En dernier ressort"))
    remplace = forms.ChoiceField(
        label=_("Sur appel de"), required=False, help_text=_("La décision que celle-ci confirme ou réforme.")
    )
    paiements_comptes_au = JourField(
        label=_("Paiements comptés jusqu’au"),
        required=False,
        help_text=_("Dernier jour dont le juge a déduit les paiements. Vide : le jour de la décision."),
    )
    contre = CasesField(label=_("Personnes condamnées"), required=False, help_text=_("Aucune cochée : le débiteur."))
    solidaire = forms.BooleanField(label=_("Condamnées solidairement : chacune doit le tout"), required=False)
    article_700 = MontantField(label=_("Article 700"), required=False)
    depens = CodeField(DEPENS, label=_("Dépens à la charge de"), vide=_("la décision ne le dit pas"))
    depens_montant = MontantField(
        label=_("Dépens liquidés par la décision"),
        required=False,
        help_text=_("Vide : ils s’ajoutent comme des frais, une fois vérifiés."),
    )
    capitalisation = JourField(
        label=_("Intérêts capitalisés à compter du"),
        required=False,
        help_text=_("Si la décision l’ordonne : premier jour de l’année (article 1343-2 du code civil)."),
    )
    execution_provisoire = forms.BooleanField(
        label=_("Exécutoire par provision (c’est la règle depuis 2020)"), required=False, initial=True
    )
    grace_jusqu_au = JourField(
        label=_("Délais de grâce jusqu’au"),
        required=False,
        help_text=_("Article 1343-5 du code civil. Vide : aucun délai."),
    )
    grace_depuis = JourField(
        label=_("Délais à compter du"), required=False, help_text=_("Vide : du jour de la décision.")
    )
    grace_taux_reduit = TauxField(
        label=_("Taux réduit pendant les délais"),
        required=False,
        help_text=_("En pour cent, si la décision l’ordonne ; pas moins que le taux légal."),
    )
    grace_decisions = CasesField(
        label=_("Ces délais portent sur une décision antérieure"),
        required=False,
        help_text=_("Délais accordés après coup, par le juge de l’exécution : la décision n’a alors pas de chef."),
    )
    grace_echeances = forms.CharField(
        label=_("Échéances accordées, une par ligne"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "15/12/2026 500,00\n15/01/2027 500,00"}),
        help_text=_("Une date puis un montant. Vide : tout est reporté."),
    )
    grace_interets_courent = forms.BooleanField(
        label=_("La décision dit que les intérêts courent pendant les délais"), required=False
    )
    grace_capital_d_abord = forms.BooleanField(
        label=_("Les paiements s’imputent d’abord sur le capital"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        origine = self.contexte.origine
        procedures = keep_choix(list_procedures(self.contexte), getattr(origine, "procedure", ""))
        self.fields["procedure"].choices = [("", _("non précisée")), *procedures]
        soi = getattr(origine, "cle", "")
        decisions = [d for d in list_decisions(self.contexte) if d[0] != soi]
        self.fields["remplace"].choices = [("", _("aucune")), *keep_choix(decisions, getattr(origine, "remplace", ""))]
        self.fields[f"{_GRACE}decisions"].choices = decisions
        if not decisions:
            del self.fields[f"{_GRACE}decisions"]
        personnes = list_personnes(self.contexte)
        self.fields["contre"].choices = personnes
        if len(personnes) == 1:
            del self.fields["contre"], self.fields["solidaire"]
        # A judge who only grants time for an earlier decision condemns to nothing.
        if self.is_bound and decisions and self[f"{_GRACE}decisions"].data:
            self.rangees[0].empty_permitted = True

    def read_initial(self, origine: Fait) -> dict[str, Any]:
        """The heads on lines, the time granted on its own fields."""
        initial = super().read_initial(origine)
        lignes = [{n: getattr(chef, n) for n in chef.__struct_fields__} for chef in initial.pop("chefs")]
        delai = initial.pop("delai_de_grace")
        if delai is not None:
            initial |= {f"{_GRACE}{n}": getattr(delai, n) for n in delai.__struct_fields__}
            texte = "\n".join(f"{jour:%d/%m/%Y} {str(montant).replace('.', ',')}" for jour, montant in delai.echeances)
            initial |= {f"{_GRACE}echeances": texte}
        return initial | {"rangees": lignes}

    def clean_grace_echeances(self) -> tuple[tuple[date, Decimal], ...]:
        """Read the instalments, naming the faulty line."""
        lignes = [ligne.strip() for ligne in self.cleaned_data["grace_echeances"].splitlines()]
        lues = [read_echeance(rang, ligne) for rang, ligne in enumerate(lignes, start=1) if ligne]
        return tuple((e.jour, e.montant) for e in lues)

    def clean(self) -> dict[str, Any]:
        """Time is granted after the decision, and every instalment falls within it."""
        valeurs = super().clean()
        jour, fin = valeurs.get("jour"), valeurs.get(f"{_GRACE}jusqu_au")
        echeances = valeurs.get(f"{_GRACE}echeances") or ()
        depuis, decisions = valeurs.get(f"{_GRACE}depuis"), valeurs.get(f"{_GRACE}decisions")
        if fin and (debut := depuis or jour) and fin <= debut:
            self.add_error(f"{_GRACE}jusqu_au", _("Les délais finissent après avoir commencé."))
        dits = (echeances, depuis, decisions, valeurs.get(f"{_GRACE}taux_reduit"))
        if any(dits) and not fin and f"{_GRACE}jusqu_au" not in self.errors:
            self.add_error(f"{_GRACE}jusqu_au", _("Indiquez la fin des délais accordés."))
        hors = next((e for e, _montant in echeances if fin and e > fin), None)
        if hors is not None:
            dit = gettext("L’échéance du %(jour)s vient après la fin des délais.") % {"jour": f"{hors:%d/%m/%Y}"}
            self.add_error(f"{_GRACE}echeances", dit)
        comptes = valeurs.get("paiements_comptes_au")
        if jour and comptes and comptes > jour:
            self.add_error("paiements_comptes_au", _("Le juge n’a pas pu compter des paiements d’après sa décision."))
        return valeurs

    def read_valeurs(self) -> dict[str, Any]:
        """The heads, and the time granted."""
        valeurs = super().read_valeurs()
        anciens = {chef.cle: chef for chef in getattr(self.contexte.origine, "chefs", ())}
        chefs = tuple(
            x.build_chef(anciens.get(x.cleaned_data["cle"])) for x in self.remplies if isinstance(x, LigneChef)
        )
        valeurs |= {"chefs": chefs, "delai_de_grace": self._read_delai()}
        if "contre" in self.fields:
            valeurs["contre"] = tuple(valeurs["contre"])
        return valeurs

    def _read_delai(self) -> DelaiDeGrace | None:
        """The time granted; a correction keeps what the form does not show."""
        dits = {n.removeprefix(_GRACE): v for n, v in self.cleaned_data.items() if n.startswith(_GRACE)}
        if dits["jusqu_au"] is None:
            return None
        if "decisions" in dits:
            dits["decisions"] = tuple(dits["decisions"])
        ancien = getattr(self.contexte.origine, "delai_de_grace", None)
        return msgspec.structs.replace(ancien, **dits) if ancien else DelaiDeGrace(**dits)


class FormulaireSignification(SurUneDecision):
    """A decision served."""

    type_fait = JugementSignifie
    titre = _("Décision signifiée")
    icone = "certificate"
    aide = _(
        "La signification fait courir les recours, et permet l’exécution (article 503 du code de procédure civile)."
    )

    jour = JourField(label=_("Signifiée le"))
    personnes = CasesField(label=_("À qui"), required=False, help_text=_("Personne de coché : le débiteur."))

    field_order = ("decision", "jour", "personnes", "piece", "fichier")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        personnes = list_personnes(self.contexte)
        self.fields["personnes"].choices = personnes
        if len(personnes) == 1:
            del self.fields["personnes"]

    def read_valeurs(self) -> dict[str, Any]:
        """The persons served."""
        valeurs = super().read_valeurs()
        return valeurs | ({"personnes": tuple(valeurs["personnes"])} if "personnes" in valeurs else {})


class FormulaireExecutoire(SurUneDecision):
    """A decision that became enforceable."""

    type_fait = DecisionExecutoire
    titre = _("Décision devenue exécutoire")
    icone = "gavel"
    aide = _(
        "Plus de recours suspensif : certificat du greffe, délai passé, formule apposée sur l’injonction de payer."
    )

    jour = JourField(label=_("Exécutoire depuis le"))
    motif = forms.CharField(label=_("Pourquoi"), max_length=300, required=False)

    field_order = ("decision", "jour", "motif", "piece", "fichier")


class FormulaireAneantie(SurUneDecision):
    """A decision that no longer holds."""

    type_fait = DecisionAneantie
    titre = _("Décision anéantie")
    icone = "circle-x"
    aide = _(
        "Elle compte comme si elle n’avait jamais été rendue : les factures qu’elle remplaçait reviennent. Un arrêt"
        " qui confirme ou réforme s’enregistre comme une décision, « sur appel de » la première."
    )

    jour = JourField(label=_("Depuis le"))
    motif = CodeField(MOTIFS, label=_("Motif"))

    field_order = ("decision", "jour", "motif", "piece", "fichier")


class FormulaireMajoration(SurUneDecision):
    """What the enforcement judge left of the five points."""

    type_fait = MajorationFixee
    titre = _("Majoration de cinq points : décision du juge")
    icone = "percentage"
    aide = _(
        "Deux mois après que la décision est exécutoire, le taux légal monte de cinq points ; le juge de l’exécution"
        " peut en exonérer ou réduire (article L313-3 du code monétaire et financier)."
    )

    jour = JourField(label=_("Décidé le"))
    points = TauxField(label=_("Points laissés"), help_text=_("De 0 (aucun) à 5."))

    field_order = ("decision", "points", "jour", "piece", "fichier")

    def clean_points(self) -> Decimal:
        """Five at most."""
        points: Decimal = self.cleaned_data["points"]
        if not 0 <= points <= Decimal(5):
            raise ValidationError(_("La majoration va de 0 à 5 points."), code="points")
        return points


FORMULAIRES: dict[str, type[FormulaireFait]] = {
    "jugement": FormulaireJugement,
    "signification": FormulaireSignification,
    "executoire": FormulaireExecutoire,
    "decision-aneantie": FormulaireAneantie,
    "majoration": FormulaireMajoration,
}
