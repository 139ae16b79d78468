"""Who is liable with the debtor, and what the creditor does towards each: discharge, information, procedures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires.base import FormulaireFait
from exigible.bureau.pages.formulaires.champs import CasesField, JourField, MontantField, SirenField
from exigible.bureau.pages.formulaires.choix import AvecPiece, CodeField, OuiNonField, SurUnePersonne
from exigible.bureau.pages.formulaires.parties import ChampsAdresse
from exigible.bureau.pages.formulaires.reglages import TauxField
from exigible.dossier.faits import (
    CautionInformee,
    Fait,
    PersonneDechargee,
    PersonneEnProcedure,
    PersonneTenue,
    PorteeDecharge,
    RolePersonne,
    SorteInsolvabilite,
    SuspensionGarantsLevee,
)

ROLES = {
    RolePersonne.CODEBITEUR_SOLIDAIRE: _("Codébiteur solidaire : il doit tout"),
    RolePersonne.CODEBITEUR_CONJOINT: _("Codébiteur conjoint, ou héritier : il doit sa part"),
    RolePersonne.CAUTION_SOLIDAIRE: _("Caution solidaire"),
    RolePersonne.CAUTION_SIMPLE: _("Caution simple"),
    RolePersonne.GARANT_AUTONOME: _("Garant autonome (garantie à première demande)"),
}
PORTEES = {
    PorteeDecharge.DETTE: _("La dette : elle ne doit plus rien"),
    PorteeDecharge.SOLIDARITE: _("La solidarité seulement : elle ne doit plus que sa part"),
    PorteeDecharge.CAUTIONNEMENT: _("Le cautionnement"),
}
SORTES = {
    SorteInsolvabilite.SAUVEGARDE: _("Sauvegarde"),
    SorteInsolvabilite.REDRESSEMENT: _("Redressement judiciaire"),
    SorteInsolvabilite.LIQUIDATION: _("Liquidation judiciaire"),
    SorteInsolvabilite.SURENDETTEMENT: _("Surendettement"),
}
_CODEBITEURS = {RolePersonne.CODEBITEUR_SOLIDAIRE, RolePersonne.CODEBITEUR_CONJOINT}
_CENT = Decimal(100)


class FormulairePersonne(AvecPiece, ChampsAdresse):
    """A person liable with the debtor. Its key is given once: describing it anew corrects the entry."""

    type_fait = PersonneTenue
    titre = _("Ajouter une personne tenue")
    icone = "user-plus"
    aide = _(
        "Codébiteur, caution, garant, héritier. La solidarité ne se présume pas (article 1310 du code civil) :"
        " ne la choisissez que si un écrit ou la loi la prévoit."
    )
    creances_closes = True
    groupes = (
        (_("Qui"), ("nom", "personne_physique", "siren")),
        (_("Son engagement"), ("role", "jour", "plafond", "part", "jusqu_au", "mention", "creances")),
        (_("Où la joindre"), ("lignes", "code_postal", "ville", "pays", "courriel", "telephone")),
        (_("La preuve"), ("piece", "fichier")),
    )

    nom = forms.CharField(label=_("Nom ou dénomination"), max_length=200)
    personne_physique = OuiNonField(
        label=_("Nature"),
        oui=_("Personne physique"),
        non=_("Société ou organisme"),
        help_text=_(
            "Une personne physique est mieux protégée ; sans réponse, la règle la plus protectrice est suivie."
        ),
    )
    siren = SirenField(label=_("SIREN"), required=False, max_length=20)
    role = CodeField(ROLES, label=_("À quel titre"))
    jour = JourField(label=_("Tenue depuis le"), help_text=_("La date de son engagement."))
    plafond = MontantField(
        label=_("Montant maximal, tout compris"),
        required=False,
        help_text=_("Limite du cautionnement, ou somme promise par le garant. Vide : sans limite."),
    )
    part = TauxField(
        label=_("Part, en pour cent"),
        required=False,
        help_text=_("D’un codébiteur. Vide : parts égales (article 1309 du code civil)."),
    )
    jusqu_au = JourField(
        label=_("Dettes nées jusqu’au"), required=False, help_text=_("Durée de l’engagement, ce jour compris.")
    )
    mention = OuiNonField(
        label=_("Mention écrite par la caution"),
        help_text=_(
            "Exigée d’une personne physique, avec le montant en lettres et en chiffres (code civil, art. 2297)."
        ),
    )
    creances = CasesField(label=_("Factures garanties"), required=False, help_text=_("Aucune cochée : toutes."))
    courriel = forms.EmailField(label=_("Courriel"), required=False)
    telephone = forms.CharField(label=_("Téléphone"), max_length=30, required=False)

    def read_initial(self, origine: Fait) -> dict[str, Any]:
        """The address on its fields."""
        initial = super().read_initial(origine)
        return initial | self.show_adresse(initial["adresse"])

    def clean(self) -> dict[str, Any]:
        """A share is that of a co-debtor; a guarantor owes the sum it promised."""
        valeurs = super().clean()
        role, part, jour, fin = (valeurs.get(nom) for nom in ("role", "part", "jour", "jusqu_au"))
        if part is not None and role is not None and role not in _CODEBITEURS:
            self.add_error("part", _("Une part ne se donne que pour un codébiteur : pour une caution, un montant."))
        if part is not None and not 0 < part <= _CENT:
            self.add_error("part", _("Une part va de 0 à 100 %."))
        if role is RolePersonne.GARANT_AUTONOME and "plafond" not in self.errors and valeurs.get("plafond") is None:
            self.add_error("plafond", _("Indiquez la somme que le garant a promise : sans elle, il ne doit rien."))
        if jour and fin and fin < jour:
            self.add_error("jusqu_au", _("La fin ne peut pas précéder le début."))
        return valeurs

    def read_valeurs(self) -> dict[str, Any]:
        """The person typed."""
        return super().read_valeurs() | {"adresse": self.read_adresse()}


class FormulaireDecharge(SurUnePersonne):
    """The creditor lets a person go."""

    type_fait = PersonneDechargee
    titre = _("Décharger une personne")
    icone = "user-check"
    aide = _(
        "Attention : remettre la dette du débiteur libère ses cautions (article 1350-2 du code civil) ; décharger un"
        " codébiteur solidaire libère les autres de sa part (article 1350-1)."
    )

    portee = CodeField(PORTEES, label=_("De quoi"))
    motif = forms.CharField(label=_("Motif"), max_length=500, required=False)

    field_order = ("personne", "jour", "portee", "motif", "piece", "fichier")


class FormulaireCautionInformee(SurUnePersonne):
    """The information that a professional owes to a surety who is a natural person."""

    type_fait = CautionInformee
    titre = _("Information d’une caution")
    icone = "mail"
    aide = _(
        "Chaque année avant le 31 mars, ce qui reste dû ; et, dès un impayé non régularisé dans le mois, la défaillance"
        " du débiteur (articles 2302 et 2303 du code civil). Sans elles, des intérêts et pénalités sont perdus."
    )
    seules_garanties = True

    jour = JourField(label=_("Informée le"))

    field_order = ("personne", "jour", "piece", "fichier")


class FormulairePersonneEnProcedure(SurUnePersonne):
    """The insolvency of a person liable with the debtor; the debtor's own has its form."""

    type_fait = PersonneEnProcedure
    titre = _("Procédure d’une personne tenue")
    icone = "gavel"
    aide = _("Celle du débiteur lui-même s’enregistre à part : procédure collective, ou surendettement.")
    seules_garanties = True

    sorte = CodeField(SORTES, label=_("Nature"))
    jour = JourField(label=_("Ouverte le"))
    publication = JourField(label=_("Publication au Bodacc le"), required=False)
    mandataire = forms.CharField(label=_("Mandataire judiciaire ou liquidateur"), max_length=200, required=False)

    field_order = ("personne", "sorte", "jour", "publication", "mandataire", "piece", "fichier")


class FormulaireGarantsLiberes(AvecPiece):
    """The judgment after which natural persons bound with the debtor may be sued again."""

    type_fait = SuspensionGarantsLevee
    titre = _("Fin de la suspension des garants")
    icone = "gavel"
    aide = _(
        "Le jugement qui arrête le plan du débiteur ou prononce sa liquidation permet de nouveau d’agir contre les"
        " personnes physiques garantes (article L622-28 du code de commerce)."
    )

    jour = JourField(label=_("Jugement du"))
    motif = forms.CharField(label=_("Ce qu’il décide"), max_length=500, required=False)

    field_order = ("jour", "motif", "piece", "fichier")


FORMULAIRES: dict[str, type[FormulaireFait]] = {
    "personne": FormulairePersonne,
    "decharge": FormulaireDecharge,
    "caution-informee": FormulaireCautionInformee,
    "personne-en-procedure": FormulairePersonneEnProcedure,
    "garants-liberes": FormulaireGarantsLiberes,
}
