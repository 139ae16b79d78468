"""The file to import, and the questions that its reading raises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exigible.bureau.depots import TAILLE_MAX
from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme, JourField, check_passe
from exigible.bureau.phrases import translate_phrase
from exigible.droit.echeances import parse_conditions
from exigible.droit.erreurs import ErreurSaisie
from exigible.echanges.colonnes import is_releve
from exigible.echanges.csv_releve_entete import CHAMPS_RELEVE

DEJA_ENVOYE = [
    ("", _("Rien, ou le fichier le dit ligne par ligne")),
    ("courtoisie", _("Un rappel de courtoisie")),
    ("relance", _("Une relance")),
    ("mise_en_demeure", _("Une mise en demeure")),
]

GROUPE_RELEVE = (
    _("Relevé bancaire"),
    [
        ("date", _("Date de l’opération")),
        ("date_valeur", _("Date de valeur")),
        ("libelle", _("Libellé")),
        ("montant", _("Montant, signé ou avec un sens")),
        ("debit", _("Débit")),
        ("credit", _("Crédit")),
        ("sens", _("Sens : débit ou crédit")),
        ("reference", _("Référence")),
        ("devise", _("Devise")),
        ("contrepartie", _("Nom de l’autre partie")),
        ("iban", _("IBAN de l’autre partie")),
        ("compte", _("Votre compte")),
        ("solde", _("Solde après l’opération")),
        ("solde_compte", _("Solde du compte")),
        ("frais", _("Frais pris par la banque")),
        ("identifiant", _("Identifiant donné par la banque")),
        ("operation", _("Type d’opération")),
        ("statut", _("État : en attente, annulé…")),
    ],
)

CHAMPS = [
    (
        _("Facture"),
        [
            ("numero", _("Numéro de facture")),
            ("date_emission", _("Date de facture")),
            ("date_echeance", _("Échéance")),
            ("montant_ttc", _("Montant TTC")),
            ("reste_du", _("Reste dû")),
            ("regle", _("Déjà réglé")),
            ("devise", _("Devise")),
            ("type", _("Type : facture ou avoir")),
            ("statut", _("État : brouillon, annulée, payée…")),
            ("date_paiement", _("Date de paiement")),
            ("date_execution", _("Date de livraison ou de prestation")),
            ("libelle", _("Libellé")),
        ],
    ),
    (
        _("Client"),
        [
            ("nom", _("Nom du client")),
            ("code", _("Code du client")),
            ("qualite", _("Qualité : professionnel, particulier…")),
            ("siren", _("SIREN")),
            ("siret", _("SIRET")),
            ("tva", _("Numéro de TVA")),
            ("forme", _("Forme juridique")),
            ("adresse", _("Adresse")),
            ("adresse_2", _("Complément d’adresse")),
            ("code_postal", _("Code postal")),
            ("ville", _("Ville")),
            ("pays", _("Pays")),
            ("email", _("Courriel")),
            ("telephone", _("Téléphone")),
            ("iban", _("IBAN")),
        ],
    ),
    (
        _("Relances déjà faites"),
        [("deja_envoye", _("Dernier envoi")), ("date_envoi", _("Date du dernier envoi"))],
    ),
]


def list_champs(*, releve: bool) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """The meanings that a column may have, those of the file's own kind first; each of them once."""
    groupes = [GROUPE_RELEVE, *CHAMPS] if releve else [*CHAMPS, GROUPE_RELEVE]
    vus: set[str] = set()
    choix = []
    for titre, champs in groupes:
        nouveaux = [(champ, nom) for champ, nom in champs if champ not in vus]
        vus |= {champ for champ, _nom in nouveaux}
        choix.append((titre, nouveaux))
    return choix


class PlusieursFichiersInput(forms.ClearableFileInput):
    """A file input that takes several files, on which one may drop them."""

    allow_multiple_selected = True


class PlusieursFichiersField(forms.FileField):
    """One or more files."""

    widget = PlusieursFichiersInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file is checked; the fault names it."""
        fichiers = data if isinstance(data, list | tuple) and data else [data or None]
        return [self._clean_un(fichier, initial) for fichier in fichiers]

    def _clean_un(self, fichier: Any, initial: Any) -> Any:
        valide = super().clean(fichier, initial)
        if valide is not None and valide.size > TAILLE_MAX:
            raise ValidationError(
                _("Le fichier « %(nom)s » dépasse 250 Mo : découpez-le, par exemple par exercice."),
                code="taille",
                params={"nom": valide.name},
            )
        return valide


class FormulaireImport(FormulaireMisEnForme):
    """The files and the creditor they belong to."""

    creancier = forms.ChoiceField(label=_("Pour le créancier"))
    fichiers = PlusieursFichiersField(
        label=_("Fichiers"),
        error_messages={"empty": _("Ce fichier est vide."), "required": _("Choisissez au moins un fichier.")},
    )

    def __init__(self, *args: Any, creanciers: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["creancier"].choices = creanciers
        if len(creanciers) == 1:
            self.fields["creancier"].initial = creanciers[0][0]
            self.fields["creancier"].widget = forms.HiddenInput()


class FormulaireQuestions(FormulaireMisEnForme):
    """What the file does not say: payment terms, and what the debtors were already sent."""

    conditions = forms.CharField(
        label=_("Délai de paiement de ce créancier"),
        required=False,
        max_length=80,
        help_text=_("Par exemple : 30 jours, 45 jours fin de mois, à réception."),
    )
    deja_envoye = forms.ChoiceField(label=_("Déjà envoyé pour ces factures"), choices=DEJA_ENVOYE, required=False)
    deja_envoye_le = JourField(label=_("Envoyé le"), required=False)

    def __init__(self, *args: Any, aujourd_hui: date, **options: Any) -> None:
        self.aujourd_hui = aujourd_hui
        super().__init__(*args, **options)

    def clean_conditions(self) -> str:
        """Terms that the law's arithmetic can read."""
        texte: str = self.cleaned_data["conditions"]
        if texte:
            try:
                parse_conditions(texte)
            except ErreurSaisie as erreur:
                raise ValidationError(translate_phrase(erreur.message), code=erreur.code) from erreur
        return texte

    def clean_deja_envoye_le(self) -> date | None:
        """It was sent already."""
        jour: date | None = self.cleaned_data["deja_envoye_le"]
        if jour is not None:
            check_passe(jour, self.aujourd_hui)
        return jour

    def clean(self) -> dict[str, Any]:
        """What was sent has a day."""
        valeurs = super().clean()
        if valeurs.get("deja_envoye") and not valeurs.get("deja_envoye_le") and "deja_envoye_le" not in self.errors:
            self.add_error("deja_envoye_le", _("Indiquez le jour de cet envoi."))
        return valeurs


@dataclass(frozen=True)
class Colonne:
    """A column of the file: its key, its title as a person reads it, what it is taken for, some of its values."""

    cle: str
    titre: str
    champ: str
    exemples: tuple[str, ...]


def list_colonnes(apercu: Mapping[str, Any]) -> list[Colonne]:
    """The columns that a preview keeps; none when the file is not a list."""
    return [
        Colonne(
            cle=c["cle"],
            titre=c["nom"] or gettext("%(cle)s, sans titre") % {"cle": c["cle"].capitalize()},
            champ=c["champ"] or "",
            exemples=tuple(c["exemples"]),
        )
        for c in apercu.get("colonnes", [])
    ]


class FormulaireColonnes(FormulaireMisEnForme):
    """What each column of a list or statement holds: one choice a column, in the order of the file."""

    def __init__(self, *args: Any, colonnes: Sequence[Colonne], releve: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.colonnes = colonnes
        champs = list_champs(releve=releve)
        for rang, colonne in enumerate(colonnes):
            self.fields[f"colonne_{rang}"] = forms.ChoiceField(
                label=colonne.titre,
                required=False,
                choices=[("", _("Ignorer cette colonne")), *champs],
                initial=colonne.champ,
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def list_lignes(self) -> list[tuple[Colonne, forms.BoundField]]:
        """Each column with its choice."""
        return [(colonne, self[f"colonne_{rang}"]) for rang, colonne in enumerate(self.colonnes)]

    def clean(self) -> dict[str, Any]:
        """A meaning goes to one column, but for the label of a statement."""
        valeurs = super().clean()
        prises: dict[str, Colonne] = {}
        releve = is_releve({c: v for c, v in valeurs.items() if v})
        for rang, colonne in enumerate(self.colonnes):
            choix = valeurs.get(f"colonne_{rang}", "")
            if releve and choix and choix not in CHAMPS_RELEVE:
                self.add_error(
                    f"colonne_{rang}",
                    _("C’est le sens d’une liste de factures ; d’autres colonnes ont celui d’un relevé : choisissez."),
                )
            elif choix in prises and not (releve and choix == "libelle"):
                self.add_error(
                    f"colonne_{rang}",
                    gettext("La colonne « %(autre)s » a déjà ce sens : n’en gardez qu’une.")
                    % {"autre": prises[choix].titre},
                )
            elif choix:
                prises[choix] = colonne
        if not prises and not self.errors:
            self.add_error(None, _("Dites le sens d’au moins une colonne."))
        return valeurs

    def read_colonnes(self) -> dict[str, str]:
        """The field of each column by its key."""
        return {c.cle: self.cleaned_data[f"colonne_{rang}"] for rang, c in enumerate(self.colonnes)}


class FormulaireAnnulationImport(FormulaireMisEnForme):
    """Undoes an import, with the reason that its receipt will say."""

    motif = forms.CharField(label=_("Pourquoi annulez-vous cet import ?"), max_length=500)
