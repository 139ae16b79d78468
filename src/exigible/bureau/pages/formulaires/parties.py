"""Who the debtor and the creditor are, and what is done with late-payment interest and the 40 €."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.base import FormulaireFait
from exigible.bureau.pages.formulaires.champs import FormulaireMisEnForme, IbanField, SirenField
from exigible.dossier.faits import Adresse, DebiteurDecrit, Fait, Reclamation, ReclamationDecidee
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.droit.interets import QualiteCreancier
from exigible.droit.regimes import QualitePartie

QUALITES = [
    (QualitePartie.INCONNUE.value, _("Je ne sais pas encore")),
    (QualitePartie.PROFESSIONNEL.value, _("Professionnel (entreprise, indépendant)")),
    (QualitePartie.CONSOMMATEUR.value, _("Particulier (consommateur)")),
    (QualitePartie.NON_PROFESSIONNEL.value, _("Non-professionnel (association, copropriété…)")),
    (QualitePartie.PERSONNE_PUBLIQUE.value, _("Personne publique (État, commune, hôpital…)")),
]

QUALITES_CREANCIER = [
    (QualiteCreancier.PROFESSIONNEL.value, _("Professionnel")),
    (QualiteCreancier.PARTICULIER.value, _("Particulier")),
]

PERSONNES = [("", _("Je ne sais pas")), ("oui", _("Personne physique")), ("non", _("Société ou organisme"))]
_PERSONNES = {"oui": True, "non": False, "": None}

CHOIX_RECLAMATION = [
    ("", _("Comme la règle du créancier")),
    (Reclamation.RECLAMER.value, _("Réclamer")),
    (Reclamation.ANNONCER.value, _("Annoncer seulement, sans les compter")),
    (Reclamation.RENONCER.value, _("Renoncer")),
]


class ChampsAdresse(FormulaireMisEnForme):
    """A postal address on four fields."""

    lignes = forms.CharField(
        label=_("Adresse"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "street-address"}),
    )
    code_postal = forms.CharField(label=_("Code postal"), required=False, max_length=12)
    ville = forms.CharField(label=_("Ville"), required=False, max_length=80)
    pays = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Pays"),
        initial="FR",
        max_length=2,
        help_text=_("Code à deux lettres, FR pour la France."),
    )

    def read_adresse(self) -> Adresse:
        """The address typed."""
        valeurs = self.cleaned_data
        lignes = tuple(ligne.strip() for ligne in valeurs["lignes"].splitlines() if ligne.strip())
        return Adresse(
            lignes=lignes, code_postal=valeurs["code_postal"], ville=valeurs["ville"], pays=valeurs["pays"].upper()
        )

    @staticmethod
    def show_adresse(adresse: Adresse) -> dict[str, str]:
        """What the fields show for an address."""
        return {
            "lignes": "\n".join(adresse.lignes),
            "code_postal": adresse.code_postal,
            "ville": adresse.ville,
            "pays": adresse.pays,
        }


class ChampsDebiteur(ChampsAdresse):
    """The debtor's fields, for a new dossier or a new description."""

    nom = forms.CharField(label=_("Nom ou dénomination"), max_length=200)
    qualite = forms.ChoiceField(
        label=_("Qualité"),
        choices=QUALITES,
        help_text=_("Elle commande presque toutes les règles : sans elle, aucune lettre ne part."),
    )
    personne_physique = forms.ChoiceField(label=_("Nature"), choices=PERSONNES, required=False)
    code = forms.CharField(label=_("Code client"), max_length=60, required=False)
    siren = SirenField(label=_("SIREN"), required=False, max_length=20)
    forme = forms.CharField(label=_("Forme juridique"), max_length=60, required=False)
    courriel = forms.EmailField(label=_("Courriel"), required=False)
    telephone = forms.CharField(label=_("Téléphone"), max_length=30, required=False)
    iban = IbanField(label=_("IBAN depuis lequel il paie"), max_length=42, required=False)

    field_order = (
        "nom",
        "qualite",
        "personne_physique",
        "siren",
        "forme",
        "code",
        "lignes",
        "code_postal",
        "ville",
        "pays",
        "courriel",
        "telephone",
        "iban",
    )

    def clean(self) -> dict[str, Any]:
        """A consumer is a natural person."""
        valeurs = super().clean()
        if valeurs.get("qualite") == QualitePartie.CONSOMMATEUR.value and valeurs.get("personne_physique") == "non":
            self.add_error("personne_physique", _("Un particulier est une personne physique."))
        return valeurs

    def read_debiteur(self) -> dict[str, Any]:
        """The values of a DebiteurDecrit."""
        valeurs = {nom: v for nom, v in self.cleaned_data.items() if nom in DebiteurDecrit.__struct_fields__}
        return valeurs | {
            "qualite": QualitePartie(valeurs["qualite"]),
            "personne_physique": _PERSONNES[valeurs["personne_physique"]],
            "adresse": self.read_adresse(),
        }


def show_debiteur(debiteur: DebiteurDecrit) -> dict[str, Any]:
    """What the debtor's fields show."""
    valeurs = {nom: getattr(debiteur, nom) for nom in debiteur.__struct_fields__ if nom != "adresse"}
    personne = {True: "oui", False: "non", None: ""}[debiteur.personne_physique]
    return (
        valeurs
        | {"qualite": debiteur.qualite.value, "personne_physique": personne}
        | ChampsAdresse.show_adresse(debiteur.adresse)
    )


class FormulaireDebiteur(FormulaireFait, ChampsDebiteur):
    """A new description of the debtor: the latest holds, the former ones stay in the journal."""

    type_fait = DebiteurDecrit
    titre = _("Modifier le débiteur")
    icone = "user-check"

    def __init__(self, *args: Any, **options: Any) -> None:
        contexte = options["contexte"]
        if contexte.origine is None:
            options["initial"] = show_debiteur(contexte.etat.debiteur) | (options.get("initial") or {})
        super().__init__(*args, **options)

    def read_initial(self, origine: Fait) -> dict[str, Any]:
        """The description being corrected."""
        return show_debiteur(origine) if isinstance(origine, DebiteurDecrit) else {}

    def read_valeurs(self) -> dict[str, Any]:
        """The description typed."""
        return self.read_debiteur()


class FormulaireReclamation(FormulaireFait):
    """What is done in this dossier with late-payment interest and the 40 €."""

    type_fait = ReclamationDecidee
    titre = _("Pénalités et indemnité de 40 €")
    icone = "percentage"
    aide = _(
        "La loi les donne de plein droit entre professionnels ; vous pouvez les réclamer, les annoncer ou y renoncer."
    )

    penalites = forms.ChoiceField(label=_("Pénalités de retard"), choices=CHOIX_RECLAMATION, required=False)
    indemnite = forms.ChoiceField(label=_("Indemnité forfaitaire"), choices=CHOIX_RECLAMATION, required=False)
    motif = forms.CharField(label=_("Motif"), max_length=500, required=False)

    field_order = ("penalites", "indemnite", "motif", "jour")

    def __init__(self, *args: Any, **options: Any) -> None:
        etat = options["contexte"].etat
        depart = {"penalites": etat.penalites.value, "indemnite": etat.indemnite.value}
        options["initial"] = ({} if options["contexte"].origine else depart) | (options.get("initial") or {})
        super().__init__(*args, **options)

    def read_valeurs(self) -> dict[str, Any]:
        """An empty choice leaves the creditor's rule."""
        valeurs = super().read_valeurs()
        return valeurs | {
            nom: Reclamation(valeurs[nom]) if valeurs[nom] else None for nom in ("penalites", "indemnite")
        }


class FormulaireNouveauDossier(ChampsDebiteur):
    """A new debtor of one of the creditors of the office."""

    creancier = forms.ChoiceField(label=_("Créancier"))

    field_order = ("creancier", *ChampsDebiteur.field_order)

    def __init__(self, *args: Any, creanciers: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["creancier"].choices = creanciers
        if len(creanciers) == 1:
            self.fields["creancier"].initial = creanciers[0][0]
            self.fields["creancier"].widget = forms.HiddenInput()

    def build_debiteur(self) -> DebiteurDecrit:
        """The debtor typed."""
        return DebiteurDecrit(**self.read_debiteur())


class FormulaireNouveauCreancier(ChampsAdresse):
    """A new creditor."""

    nom = forms.CharField(label=_("Nom ou dénomination"), max_length=200)
    qualite = forms.ChoiceField(label=_("Qualité"), choices=QUALITES_CREANCIER)
    forme = forms.CharField(label=_("Forme juridique"), max_length=60, required=False)
    siren = SirenField(label=_("SIREN"), required=False, max_length=20)
    courriel = forms.EmailField(label=_("Courriel"), required=False)
    telephone = forms.CharField(label=_("Téléphone"), max_length=30, required=False)

    field_order = (
        "nom",
        "qualite",
        "forme",
        "siren",
        "lignes",
        "code_postal",
        "ville",
        "pays",
        "courriel",
        "telephone",
    )

    def __init__(self, *args: Any, noms_connus: frozenset[str] = frozenset(), **options: Any) -> None:
        self.noms_connus = noms_connus
        super().__init__(*args, **options)

    def clean_nom(self) -> str:
        """Two creditors of one office do not bear the same name."""
        nom: str = self.cleaned_data["nom"]
        if nom.casefold() in self.noms_connus:
            raise ValidationError(_("Un créancier porte déjà ce nom."), code="doublon")
        return nom

    def build_creancier(self) -> CreancierDecrit:
        """The creditor typed; the rest (letterhead, IBANs, terms of sale) is set in the settings page."""
        valeurs = {nom: v for nom, v in self.cleaned_data.items() if nom in CreancierDecrit.__struct_fields__}
        return CreancierDecrit(
            **valeurs | {"qualite": QualiteCreancier(valeurs["qualite"]), "adresse": self.read_adresse()}
        )
