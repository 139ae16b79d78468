"""The questions of a document as a form, and its approval; a wording of one's own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exigible.actes.modele import Question, TypeReponse
from exigible.actes.redaction.langue import LONGUEUR_MAX as TEXTE_MAX
from exigible.actes.reponses import LONGUEUR_MAX
from exigible.bureau.pages.formulaires.champs import CasesField, CasesInput, FormulaireMisEnForme, add_class, get_classe
from exigible.bureau.pages.formulaires.courriers import CANAUX
from exigible.bureau.phrases import translate_phrase
from exigible.droit.argent import format_nombre, parse_montant
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import parse_jour
from exigible.droit.phrase import wrap_texte

PREFIXE = "r-"
"""What the name of a question begins with in the form: an act may ask for anything."""
CREANCES, PIECES = "creances", "pieces"


class FormulaireActe(FormulaireMisEnForme):
    """What a document asks. Nothing is compulsory here: what lacks is said in the document, which is then a draft."""

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question],
        creances: Sequence[tuple[str, str]],
        pieces: Sequence[tuple[str, str]],
        rappelees: Collection[str] = (),
        **options: Any,
    ) -> None:
        """`rappelees`: the questions filled with an answer given for another document."""
        self.questions = questions
        super().__init__(*args, **options)
        for question in questions:
            self.fields[f"{PREFIXE}{question.nom}"] = make_champ(question, rappelee=question.nom in rappelees)
        if creances:
            self.fields[CREANCES] = CasesField(label=_("Factures"), choices=creances, required=False)
        if pieces:
            self.fields[PIECES] = CasesField(label=_("Pièces du bordereau"), choices=pieces, required=False)
        self._dress()

    def _dress(self) -> None:
        """Give the widgets made above the classes of the design."""
        for champ in self.fields.values():
            add_class(champ.widget, get_classe(champ.widget))
            champ.large = isinstance(champ.widget, forms.Textarea | CasesInput)

    @property
    def saisies(self) -> dict[str, str]:
        """The answers, as typed."""
        return {q.nom: str(self.cleaned_data.get(f"{PREFIXE}{q.nom}") or "") for q in self.questions}


class ReponseField(forms.CharField):
    """The answer to a question, as typed: the core reads it, and says what is wrong with it. It may always wait."""

    def validate(self, value: Any) -> None:
        """Let what must be answered be left for later: `required` only says so on the page."""


def make_champ(question: Question, *, rappelee: bool = False) -> forms.Field:
    """The field of a question; `rappelee`: it shows an answer given for another document."""
    aides = (_say(question.aide), _("Reprise de votre dernière réponse : vérifiez-la.") if rappelee else "")
    return ReponseField(
        label=_say(question.libelle),
        help_text=" ".join(str(aide) for aide in aides if aide),
        max_length=LONGUEUR_MAX,
        required=question.obligatoire,
        widget=_make_widget(question),
    )


def _say(texte: str) -> str:
    """Words of the catalogue in the reader's language."""
    return translate_phrase(wrap_texte(texte))


def _make_widget(question: Question) -> forms.Widget:
    if question.type is TypeReponse.LONG:
        return forms.Textarea(attrs={"rows": 5})
    if question.type is TypeReponse.DATE:
        return forms.DateInput(attrs={"type": "date"})
    if question.type is TypeReponse.CHOIX:
        return forms.Select(choices=[("", "—"), *((c.valeur, _say(c.libelle)) for c in question.choix)])
    if question.type is TypeReponse.OUI_NON:
        return forms.Select(choices=[("", "—"), ("oui", _("Oui")), ("non", _("Non"))])
    numerique = question.type in {TypeReponse.MONTANT, TypeReponse.ENTIER}
    return forms.TextInput(attrs={"inputmode": "decimal"} if numerique else {})


def show_saisies(questions: Sequence[Question], saisies: Mapping[str, str]) -> dict[str, str]:
    """The answers as the form shows them: a day as the browser's picker wants it, an amount the French way."""
    montrees: dict[str, str] = {}
    for question in questions:
        texte = saisies.get(question.nom, "")
        if texte and question.type is TypeReponse.DATE:
            texte = _show_jour(texte)
        if texte and question.type is TypeReponse.MONTANT:
            texte = _show_montant(texte)
        montrees[f"{PREFIXE}{question.nom}"] = texte
    return montrees


def _show_jour(texte: str) -> str:
    try:
        return parse_jour(texte, "jour").isoformat()
    except ErreurSaisie:
        return texte


def _show_montant(texte: str) -> str:
    try:
        return format_nombre(parse_montant(texte))
    except ErreurSaisie:
        return texte


class FormulaireApprobationActe(FormulaireMisEnForme):
    """Approves the exact bytes that were shown."""

    sha256 = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    canal = forms.ChoiceField(label=_("Envoyé par"), choices=CANAUX[:2])
    motif = forms.CharField(
        label=_("Pourquoi passer outre les points signalés"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Demandé pour un manquement majeur ; conservé dans le journal."),
    )

    def __init__(self, *args: Any, message: bool, **options: Any) -> None:
        """`message`: whether it is one, of which one says how it was sent."""
        super().__init__(*args, **options)
        if not message:
            del self.fields["canal"]


class FormulaireTexte(FormulaireMisEnForme):
    """A wording of one's own."""

    texte = forms.CharField(
        label=_("Votre texte"),
        max_length=TEXTE_MAX,
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "true", "lang": "fr"}),
        strip=False,
    )
    note = forms.CharField(
        label=_("Pourquoi ce changement"), max_length=200, required=False, help_text=_("Pour s’y retrouver plus tard.")
    )
