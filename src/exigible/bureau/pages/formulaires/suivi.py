"""Follow-up by hand: calls, notes, files, steps put off or passed over, cancelling an entry."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.base import FormulaireFait
from exigible.bureau.pages.formulaires.champs import CasesField, FormulaireMisEnForme, JourField
from exigible.bureau.pages.formulaires.courriers import MODES
from exigible.bureau.phrases import translate_phrase
from exigible.dossier.conseil.criteres import LIBELLES_PIECES
from exigible.dossier.conseil.score import LIBELLES_MENTIONS
from exigible.dossier.courriers import MISE_EN_DEMEURE
from exigible.dossier.faits import (
    ActionIgnoree,
    ActionReportee,
    AppelPasse,
    Canal,
    CourrierPoste,
    Etape,
    Fait,
    FaitAnnule,
    IssueAppel,
    MentionFacture,
    ModeEnvoi,
    NaturePiece,
    NoteAjoutee,
    PieceJointe,
    RelanceFaite,
)

TAILLE_PIECE_MAX = 20 * 1024 * 1024

ISSUES_APPEL = [
    (IssueAppel.ABOUTI.value, _("J’ai parlé à quelqu’un")),
    (IssueAppel.MESSAGE_LAISSE.value, _("J’ai laissé un message")),
    (IssueAppel.SANS_REPONSE.value, _("Pas de réponse")),
    (IssueAppel.NUMERO_ERRONE.value, _("Le numéro n’est pas le bon")),
]

ETAPES = [
    (Etape.COURTOISIE.value, _("Rappel avant échéance")),
    (Etape.APPEL.value, _("Appel")),
    (Etape.RELANCE.value, _("Relance")),
    (Etape.MISE_EN_DEMEURE.value, _("Mise en demeure")),
]

ETAPES_ECRITES = [(code, nom) for code, nom in ETAPES if code != Etape.APPEL.value]


def check_taille(fichier: Any) -> Any:
    """Return a file joined, if any. Raises ValidationError when it is too large for a dossier's evidence."""
    if fichier is not None and fichier.size > TAILLE_PIECE_MAX:
        raise ValidationError(_("Ce fichier dépasse 20 Mo : réduisez-le ou divisez-le."), code="taille")
    return fichier


class FormulaireAppel(FormulaireFait):
    """A call and its report."""

    type_fait = AppelPasse
    titre = _("Enregistrer un appel")
    icone = "phone"

    jour = JourField(label=_("Appel passé le"))
    creances = CasesField(label=_("Factures évoquées"))
    issue = forms.ChoiceField(label=_("Résultat"), choices=ISSUES_APPEL)
    interlocuteur = forms.CharField(label=_("Interlocuteur"), max_length=120, required=False)
    compte_rendu = forms.CharField(
        label=_("Compte rendu"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class FormulaireDejaEnvoye(FormulaireFait):
    """What left outside this program: a note, a reminder, or a formal notice without our bytes."""

    type_fait = RelanceFaite
    titre = _("Noter un envoi déjà fait")
    icone = "history"
    aide = _("Ce que vous avez envoyé vous-même, avant ou hors d’Exigible : les étapes suivantes en tiennent compte.")

    jour = JourField(label=_("Envoyé le"))
    etape = forms.ChoiceField(label=_("Quoi"), choices=ETAPES_ECRITES)
    creances = CasesField(label=_("Factures concernées"))
    mode = forms.ChoiceField(label=_("Par"), choices=MODES)
    numero = forms.CharField(label=_("Numéro de suivi"), max_length=40, required=False)

    field_order = ("etape", "jour", "creances", "mode", "numero")

    def read_initial(self, origine: Fait) -> dict[str, Any]:
        """A reminder keeps its channel as a way of sending."""
        initial = super().read_initial(origine)
        mode = ModeEnvoi.COURRIEL if initial.get("canal") == Canal.COURRIEL else ModeEnvoi.LETTRE_SIMPLE
        return initial | {"mode": mode.value}

    def build_fait(self) -> Fait:
        """A formal notice is a letter posted; the rest are messages."""
        valeurs = self.cleaned_data
        creances, mode = tuple(valeurs["creances"]), ModeEnvoi(valeurs["mode"])
        if valeurs["etape"] == Etape.MISE_EN_DEMEURE.value:
            return CourrierPoste(
                courrier=f"anterieur-{uuid.uuid4().hex}",
                acte=MISE_EN_DEMEURE,
                creances=creances,
                mode=mode,
                numero=valeurs["numero"],
                anterieur=True,
            )
        canal = Canal.COURRIEL if mode is ModeEnvoi.COURRIEL else Canal.LETTRE
        destinataire = str(getattr(self.contexte.origine, "destinataire", ""))
        return RelanceFaite(
            etape=Etape(valeurs["etape"]), canal=canal, creances=creances, destinataire=destinataire, anterieure=True
        )


class FormulaireNote(FormulaireFait):
    """A free note."""

    type_fait = NoteAjoutee
    titre = _("Ajouter une note")
    icone = "note"

    texte = forms.CharField(label=_("Note"), max_length=10000, widget=forms.Textarea(attrs={"rows": 4}))

    field_order = ("texte", "jour")


class FormulairePiece(FormulaireFait):
    """A file put in the dossier; the view stores its bytes and gives their SHA-256."""

    type_fait = PieceJointe
    titre = _("Joindre un fichier")
    icone = "paperclip"
    creances_closes = True

    fichier = forms.FileField(label=_("Fichier"), help_text=_("20 Mo au plus."))
    description = forms.CharField(label=_("Description"), max_length=200, required=False)
    nature = forms.ChoiceField(
        label=_("Nature de la pièce"), required=False, help_text=_("Elle dit ce que la pièce prouve.")
    )
    signee = forms.BooleanField(label=_("Signée par le débiteur"), required=False)
    mention_manuscrite = forms.BooleanField(
        label=_("Reconnaissance de dette : la somme est écrite de sa main, en lettres et en chiffres"), required=False
    )
    mentions = CasesField(label=_("Facture : mentions lues"), required=False)
    creances = CasesField(label=_("Concerne les factures"), required=False)

    field_order = (
        *("fichier", "description", "nature", "signee", "mention_manuscrite", "creances", "mentions"),
        "jour",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["fichier"].required = self.contexte.origine is None
        natures = [(n.value, capfirst(translate_phrase(libelle))) for n, libelle in LIBELLES_PIECES.items()]
        self.fields["nature"].choices = [("", _("non précisée")), *natures]
        self.fields["mentions"].choices = [
            (m.value, capfirst(translate_phrase(libelle))) for m, libelle in LIBELLES_MENTIONS.items()
        ]
        self.sha256 = ""

    def clean_fichier(self) -> Any:
        """Refuse what is too large for a dossier's evidence."""
        return check_taille(self.cleaned_data["fichier"])

    def read_valeurs(self) -> dict[str, Any]:
        """The name of the file and the digest that the view was given for it."""
        valeurs = super().read_valeurs()
        nature = valeurs["nature"]
        valeurs |= {
            "nature": NaturePiece(nature) if nature else None,
            "signee": valeurs["signee"] or None,  # left unchecked, it is not known
            "mention_manuscrite": valeurs["mention_manuscrite"] or None,
            "mentions": tuple(MentionFacture(m) for m in valeurs["mentions"]),
        }
        fichier = self.cleaned_data.get("fichier")
        return valeurs | ({"piece": self.sha256, "nom": fichier.name} if fichier else {})


class FormulaireReport(FormulaireFait):
    """A step put off."""

    type_fait = ActionReportee
    titre = _("Reporter une action")
    icone = "clock-pause"

    etape = forms.ChoiceField(label=_("Action"), choices=ETAPES)
    creances = CasesField(label=_("Factures"))
    jusqu_au = JourField(label=_("Reporter au"))
    motif = forms.CharField(label=_("Motif"), max_length=500, required=False)

    field_order = ("etape", "creances", "jusqu_au", "motif", "jour")

    def clean_jusqu_au(self) -> date:
        """A step is put off to a later day."""
        limite: date = self.cleaned_data["jusqu_au"]
        if limite <= self.contexte.aujourd_hui and self.contexte.origine is None:
            raise ValidationError(_("Choisissez un jour à venir."), code="passe")
        return limite

    def read_valeurs(self) -> dict[str, Any]:
        """The step as the facts name it."""
        return read_etape(super().read_valeurs())


class FormulaireIgnorer(FormulaireFait):
    """A step passed over, with its reason."""

    type_fait = ActionIgnoree
    titre = _("Ne pas faire une action")
    icone = "ban"
    aide = _("L’action ne reviendra pas pour ces factures ; les suivantes viendront à leur jour.")

    etape = forms.ChoiceField(label=_("Action"), choices=ETAPES)
    creances = CasesField(label=_("Factures"))
    motif = forms.CharField(label=_("Motif"), max_length=500)

    field_order = ("etape", "creances", "motif", "jour")

    def read_valeurs(self) -> dict[str, Any]:
        """The step as the facts name it."""
        return read_etape(super().read_valeurs())


def read_etape(valeurs: dict[str, Any]) -> dict[str, Any]:
    """The step as the facts name it."""
    return valeurs | {"etape": Etape(valeurs["etape"])}


class FormulaireAnnulation(FormulaireMisEnForme):
    """Cancels an entry: it stays in the journal, struck out, with the reason."""

    motif = forms.CharField(label=_("Pourquoi cette inscription est-elle une erreur ?"), max_length=500)

    def build_fait(self) -> Fait:
        """The fact that cancels."""
        return FaitAnnule(motif=self.cleaned_data["motif"])
