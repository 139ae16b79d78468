"""Procedures recorded by hand: one opened, a step taken, one given up. Which steps exist is read from the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.base import FormulaireFait
from exigible.bureau.pages.formulaires.champs import CasesField, JourField, MontantField
from exigible.bureau.pages.libelles_procedures import DISTANCES, MODES, QUALIFICATIONS, name_juridiction
from exigible.bureau.pages.templatetags.exigible import jour as write_jour
from exigible.bureau.phrases import translate_phrase
from exigible.dossier.etapes import list_entrees, list_etapes, list_rattrapages
from exigible.dossier.faits import (
    DEBITEUR,
    EtapeFranchie,
    ModeSignification,
    PieceJointe,
    ProcedureAbandonnee,
    ProcedureOuverte,
    Qualification,
)
from exigible.dossier.obligation.etat import EtatPersonne
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.procedures.graphe import TransitionGraphe, load_graphe
from exigible.dossier.procedures.ouvertures import COLLECTIVE, SURENDETTEMENT
from exigible.droit.competence_faits import Juridiction
from exigible.droit.delais import Distance

SEPARATEUR = "|"
DITES_AUTREMENT = {(COLLECTIVE, "jugement_ouverture"), (SURENDETTEMENT, "recevabilite")}
"""The openings that have a fact of their own, which stops reminders too."""
_VIDE = ("", _("non précisé"))
_A_CHOISIR = ("", _("Choisissez…"))

Groupes = list[tuple[str, list[tuple[str, str]]]]


class FormulaireDeProcedure(FormulaireFait):
    """What every fact of a procedure may say; choices left empty are not known."""

    juridiction = forms.ChoiceField(label=_("Juridiction"), required=False)
    reference = forms.CharField(
        label=_("Numéro de l’affaire"), required=False, max_length=100, help_text=_("Le numéro de répertoire général.")
    )
    audience = JourField(label=_("Jour d’audience"), required=False)
    montant = MontantField(label=_("Montant"), required=False)
    piece = forms.ChoiceField(label=_("Pièce"), required=False, help_text=_("Joignez d’abord le fichier au dossier."))
    commentaire = forms.CharField(
        label=_("Commentaire"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        tribunaux = [(j.value, name_juridiction(j)) for j in Juridiction if j is not Juridiction.AUCUNE]
        self.fields["juridiction"].choices = [("", _("non connue")), *tribunaux]
        jointes = {i.fait.piece: i.fait.nom for i in self.contexte.effectives if isinstance(i.fait, PieceJointe)}
        self.fields["piece"].choices = [("", _("aucune")), *jointes.items()]

    def read_valeurs(self) -> dict[str, Any]:
        """Codes as the facts name them; what was left empty is not known."""
        valeurs = super().read_valeurs()
        sortes: Mapping[str, Any] = {
            "juridiction": Juridiction,
            "distance": Distance,
            "mode": ModeSignification,
            "qualification": Qualification,
        }
        lues = {nom: sorte(valeurs[nom]) if valeurs[nom] else None for nom, sorte in sortes.items() if nom in valeurs}
        return valeurs | lues


class FormulaireOuverture(FormulaireDeProcedure):
    """A procedure opened by its first act."""

    type_fait = ProcedureOuverte
    titre = _("Ouvrir une procédure")
    icone = "gavel"
    aide = _("Le premier acte ouvre la procédure ; ses délais se comptent du jour où il a eu lieu.")

    entree = forms.ChoiceField(label=_("Premier acte"))
    jour = JourField(label=_("Fait le"))
    creances = CasesField(label=_("Factures"), required=False, help_text=_("Aucune cochée : toutes."))
    contre = CasesField(label=_("Contre"), required=False, help_text=_("Personne de coché : le débiteur."))
    lieu = forms.CharField(label=_("Ville du tribunal"), required=False, max_length=100)
    distance = forms.ChoiceField(
        label=_("Le défendeur demeure"), required=False, help_text=_("Vide : d’après son adresse (CPC 643).")
    )
    mode = forms.ChoiceField(label=_("Mode de signification"), required=False)

    field_order = ("entree", "jour", "creances", "contre", "juridiction", "lieu", "reference", "montant", "audience")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        origine = self.contexte.origine
        garde = (origine.procedure, origine.evenement) if isinstance(origine, ProcedureOuverte) else None
        self.fields["entree"].choices = [_A_CHOISIR, *list_ouvertures(garde)]
        self.fields["distance"].choices = [_VIDE, *((d.value, nom) for d, nom in DISTANCES.items())]
        self.fields["mode"].choices = [_VIDE, *((m.value, nom) for m, nom in MODES.items())]
        personnes = list_personnes(self.contexte.etat.personnes)
        self.fields["contre"].choices = personnes
        if not personnes:
            del self.fields["contre"]

    def read_initial(self, origine: Any) -> dict[str, Any]:
        """The act as the list names it."""
        return super().read_initial(origine) | {"entree": f"{origine.procedure}{SEPARATEUR}{origine.evenement}"}

    def clean(self) -> dict[str, Any]:
        """A way that did not exist yet is not opened."""
        valeurs = super().clean()
        jour: date | None = valeurs.get("jour")
        if jour and valeurs.get("entree") and not self._list_en_vigueur(valeurs["entree"], jour):
            self.add_error("jour", _("Cette voie n’existait pas encore, ou plus, à cette date."))
        return valeurs

    def _list_en_vigueur(self, entree: str, jour: date) -> list[TransitionGraphe]:
        code, _separateur, evenement = entree.partition(SEPARATEUR)
        entrees = load_graphe().procedures[code].entrees
        return [t for t in entrees if t.evenement == evenement and t.is_valide(jour)]

    def read_valeurs(self) -> dict[str, Any]:
        """The procedure and its first event."""
        code, _separateur, evenement = self.cleaned_data["entree"].partition(SEPARATEUR)
        valeurs = super().read_valeurs() | {"procedure": code, "evenement": evenement}
        return valeurs | {"contre": tuple(self.cleaned_data.get("contre", ()))}


class FormulaireEtape(FormulaireDeProcedure):
    """A step of a procedure that runs: `procedure` (its key) keeps the choice to that one."""

    type_fait = EtapeFranchie
    titre = _("Ajouter une étape")
    icone = "flag"
    aide = _("Les étapes que l’état permet, et celles qu’il permettait avant, pour ce que l’on apprend en retard.")

    etape = forms.ChoiceField(label=_("Étape"))
    jour = JourField(label=_("Faite le"))
    personne = forms.ChoiceField(label=_("Personne concernée"), required=False)
    mode = forms.ChoiceField(label=_("Mode de signification"), required=False)
    qualification = forms.ChoiceField(label=_("Décision"), required=False)
    dernier_ressort = forms.ChoiceField(
        label=_("En dernier ressort"), required=False, choices=[_VIDE, ("oui", _("Oui")), ("non", _("Non"))]
    )

    field_order = ("etape", "jour", "personne", "mode", "audience", "juridiction", "qualification", "dernier_ressort")

    def __init__(self, *args: Any, procedure: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["etape"].choices = [_A_CHOISIR, *self._list_choix(procedure)]
        self.fields["mode"].choices = [_VIDE, *((m.value, nom) for m, nom in MODES.items())]
        self.fields["qualification"].choices = [_VIDE, *((q.value, nom) for q, nom in QUALIFICATIONS.items())]
        personnes = list_personnes(self.contexte.etat.personnes)
        self.fields["personne"].choices = [_VIDE, *personnes]
        if not personnes:
            del self.fields["personne"]

    def _list_choix(self, procedure: str) -> Groupes:
        """The steps that may be recorded; for a correction, every one of the procedure."""
        origine = self.contexte.origine
        if isinstance(origine, EtapeFranchie):
            siennes = [p for p in self.contexte.etat.procedures if p.cle == origine.procedure]
            return [_make_groupe(name_procedure(p), p, p.graphe.transitions) for p in siennes]
        jour = self.contexte.aujourd_hui
        groupes: Groupes = []
        for p in self.contexte.etat.procedures:
            if procedure in {"", p.cle}:
                anciennes = _("%(procedure)s : à une date antérieure") % {"procedure": name_procedure(p)}
                groupes.append(_make_groupe(name_procedure(p), p, list_etapes(p, jour)))
                groupes.append(_make_groupe(anciennes, p, list_rattrapages(p, jour)))
        return [groupe for groupe in groupes if groupe[1]]

    def read_initial(self, origine: Any) -> dict[str, Any]:
        """The step as the list names it."""
        connu = {None: "", True: "oui", False: "non"}[origine.dernier_ressort]
        etape = f"{origine.procedure}{SEPARATEUR}{origine.evenement}"
        return super().read_initial(origine) | {"etape": etape, "dernier_ressort": connu}

    def read_valeurs(self) -> dict[str, Any]:
        """The procedure and the event."""
        procedure, _separateur, evenement = self.cleaned_data["etape"].rpartition(SEPARATEUR)
        ressort = {"": None, "oui": True, "non": False}[self.cleaned_data["dernier_ressort"]]
        return super().read_valeurs() | {"procedure": procedure, "evenement": evenement, "dernier_ressort": ressort}


class FormulaireAbandon(FormulaireFait):
    """A procedure given up."""

    type_fait = ProcedureAbandonnee
    titre = _("Renoncer à une procédure")
    icone = "ban"
    aide = _(
        "La procédure s’arrête, et l’interruption de la prescription qu’elle avait produite est perdue"
        " (article 2243 du code civil)."
    )

    procedure = forms.ChoiceField(label=_("Procédure"))
    motif = forms.CharField(label=_("Pourquoi ?"), max_length=500)

    field_order = ("procedure", "jour", "motif")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        garde = getattr(self.contexte.origine, "procedure", "")
        procedures = [p for p in self.contexte.etat.procedures if p.vivante or p.cle == garde]
        self.fields["procedure"].choices = [(p.cle, name_procedure(p)) for p in procedures]

    def clean(self) -> dict[str, Any]:
        """What was not begun is not given up."""
        valeurs = super().clean()
        ouvertes = {p.cle: p.ouverte_le for p in self.contexte.etat.procedures}
        jour, ouverte_le = valeurs.get("jour"), ouvertes.get(valeurs.get("procedure", ""))
        if jour and ouverte_le and jour < ouverte_le:
            raise ValidationError(_("La procédure n’était pas encore ouverte à cette date."), code="avant_ouverture")
        return valeurs


def _make_groupe(
    nom: str, procedure: EtatProcedure, etapes: Iterable[TransitionGraphe]
) -> tuple[str, list[tuple[str, str]]]:
    noms = {f"{procedure.cle}{SEPARATEUR}{t.evenement}": translate_phrase(t.nom) for t in etapes if not t.terme}
    return nom, list(noms.items())


def list_ouvertures(garde: tuple[str, str] | None = None) -> Groupes:
    """The first acts that may be recorded, by procedure; `garde` is one more, that of the fact being corrected."""
    groupes = []
    for procedure, entrees in list_entrees():
        choix = [
            (f"{procedure.code}{SEPARATEUR}{t.evenement}", translate_phrase(t.nom))
            for t in entrees
            if (procedure.code, t.evenement) not in DITES_AUTREMENT or (procedure.code, t.evenement) == garde
        ]
        if choix:
            groupes.append((translate_phrase(procedure.nom), choix))
    return groupes


def list_personnes(personnes: Iterable[EtatPersonne]) -> list[tuple[str, str]]:
    """Those one may sue, the debtor first; nobody to choose when he is alone."""
    noms = [(p.cle, p.nom) for p in personnes]
    return noms if any(cle != DEBITEUR for cle, _nom in noms) else []


def name_procedure(procedure: EtatProcedure) -> str:
    """A procedure as people tell it from another: its name and the day it was opened."""
    return f"{translate_phrase(procedure.graphe.nom)} ({write_jour(procedure.ouverte_le)})"
