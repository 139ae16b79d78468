"""The competent court, the routes open or closed and why, the fees to advance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exigible.bureau.pages.calculs.champs import ChoixField, DateField, list_choix
from exigible.bureau.pages.calculs.formulaire import Calculatrice
from exigible.bureau.pages.calculs.resultat import Chiffre, Resultat, Volet, say
from exigible.bureau.pages.formulaires.champs import MontantField
from exigible.bureau.pages.templatetags.exigible import montant
from exigible.droit.competence import LIBELLES, Competence, compute_competence
from exigible.droit.competence_faits import Demande, Motif, Objet, Qualite, Voie
from exigible.droit.frais_justice import Demandeur, Frais
from exigible.droit.voies_ouvertes import VoieOuverte, gather_avertissements, list_voies

_EFFECTIF_MAX = 10_000_000
_CODE_POSTAL = 10
_QUALITES = {
    Qualite.SOCIETE_COMMERCIALE: gettext_lazy("Société commerciale (SARL, SAS, SA…)"),
    Qualite.COMMERCANT: gettext_lazy("Commerçant"),
    Qualite.ARTISAN: gettext_lazy("Artisan"),
    Qualite.LIBERAL: gettext_lazy("Profession libérale"),
    Qualite.SOCIETE_CIVILE: gettext_lazy("Société civile (SCI…)"),
    Qualite.ASSOCIATION: gettext_lazy("Association, syndicat"),
    Qualite.PARTICULIER: gettext_lazy("Particulier"),
    Qualite.PERSONNE_PUBLIQUE: gettext_lazy("Personne publique"),
}
_DEBITEURS = {
    **_QUALITES,
    Qualite.CONSOMMATEUR: gettext_lazy("Consommateur"),
    Qualite.NON_PROFESSIONNEL: gettext_lazy("Non-professionnel"),
}
_OBJETS = {
    Objet.FACTURE: gettext_lazy("Facture"),
    Objet.CONTRAT: gettext_lazy("Contrat sans facture, prêt, reconnaissance de dette"),
    Objet.BAIL_HABITATION: gettext_lazy("Bail d’habitation"),
    Objet.BAIL_COMMERCIAL: gettext_lazy("Bail commercial"),
    Objet.BAIL_PROFESSIONNEL: gettext_lazy("Bail professionnel"),
    Objet.CREDIT_CONSOMMATION: gettext_lazy("Crédit à la consommation"),
    Objet.COPROPRIETE: gettext_lazy("Charges de copropriété"),
    Objet.CHEQUE: gettext_lazy("Chèque"),
    Objet.EFFET: gettext_lazy("Lettre de change, billet à ordre"),
    Objet.PENSION: gettext_lazy("Pension alimentaire"),
    Objet.SALAIRE: gettext_lazy("Salaire"),
    Objet.DOMMAGES: gettext_lazy("Dommages et intérêts"),
    Objet.EXECUTION: gettext_lazy("Exécution d’un titre, saisie"),
}
_VOIES = {
    Voie.INJONCTION: gettext_lazy("Injonction de payer"),
    Voie.SIMPLIFIEE: gettext_lazy("Petites créances, sans juge"),
    Voie.INCONTESTEES: gettext_lazy("Créances commerciales incontestées"),
    Voie.REFERE: gettext_lazy("Référé-provision"),
    Voie.FOND: gettext_lazy("Action au fond"),
    Voie.INJONCTION_EUROPEENNE: gettext_lazy("Injonction de payer européenne"),
}
_OUI, _NON = "oui", "non"


class CalculCompetence(Calculatrice):
    """`exigible calcul competence`."""

    nom = "competence"
    titre = gettext_lazy("Tribunal et voies")
    resume = gettext_lazy("Quel juge saisir, quelles voies sont ouvertes ou fermées, et pourquoi.")
    icone = "scale"
    principaux = ("creancier", "debiteur", "montant", "objet", "code_postal", "date")
    exemple: ClassVar = {
        "creancier": "societe_commerciale",
        "debiteur": "artisan",
        "montant": "8000",
        "objet": "facture",
        "code_postal": "75011",
        "date": "2026-11-21",
    }
    champs_du_droit: ClassVar = {"jour": "date"}

    creancier = forms.ChoiceField(label=gettext_lazy("Le créancier est"), choices=list_choix(_QUALITES))
    debiteur = forms.ChoiceField(label=gettext_lazy("Le débiteur est"), choices=list_choix(_DEBITEURS))
    montant = MontantField(label=gettext_lazy("Total demandé"))
    objet = ChoixField(label=gettext_lazy("La créance vient de"), choices=list_choix(_OBJETS))
    code_postal = forms.CharField(
        label=gettext_lazy("Code postal du débiteur"),
        required=False,
        max_length=_CODE_POSTAL,
        help_text=gettext_lazy("Celui de l’immeuble pour un bail ou une copropriété."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    date = DateField(label=gettext_lazy("Jour de la demande"))
    voie = forms.ChoiceField(
        label=gettext_lazy("Voie"), required=False, choices=list_choix(_VOIES, gettext_lazy("Toutes les voies"))
    )
    transfrontalier = forms.ChoiceField(
        label=gettext_lazy("Une partie dans un autre État de l’Union"),
        required=False,
        choices=list_choix({_OUI: gettext_lazy("Oui"), _NON: gettext_lazy("Non")}, gettext_lazy("Non précisé")),
    )
    effectif = forms.IntegerField(
        label=gettext_lazy("Salariés du créancier"),
        required=False,
        min_value=0,
        max_value=_EFFECTIF_MAX,
        help_text=gettext_lazy("Pour la contribution due devant un tribunal des activités économiques."),
    )
    chiffre_affaires = MontantField(label=gettext_lazy("Son chiffre d’affaires annuel moyen"), required=False)
    benefice = MontantField(label=gettext_lazy("Son bénéfice annuel moyen"), required=False)
    revenu_fiscal = MontantField(
        label=gettext_lazy("Ou son revenu fiscal de référence (personne physique)"), required=False
    )

    def compute(self, valeurs: Mapping[str, Any]) -> Resultat:
        """The court on the merits, then each route."""
        demande = Demande(
            creancier=Qualite(valeurs["creancier"]),
            debiteur=Qualite(valeurs["debiteur"]),
            montant=valeurs["montant"],
            objet=Objet(valeurs["objet"]),
            jour=valeurs["date"],
            code_postal=valeurs["code_postal"] or None,
            transfrontalier={_OUI: True, _NON: False}.get(valeurs["transfrontalier"]),
        )
        demandeur = Demandeur(
            valeurs["effectif"], valeurs["chiffre_affaires"], valeurs["benefice"], valeurs["revenu_fiscal"]
        )
        au_fond = compute_competence(demande)
        voies = [v for v in list_voies(demande, demandeur) if not valeurs["voie"] or str(v.voie) == valeurs["voie"]]
        motifs = [*au_fond.motifs, *(motif for voie in voies for motif in voie.motifs)]
        return Resultat(
            chiffres=tuple(_list_chiffres(au_fond, voies[0] if valeurs["voie"] else None)),
            volets=tuple(_build_volet(voie, au_fond) for voie in voies),
            explications=tuple(_write_motif(motif) for motif in au_fond.motifs),
            articles=tuple(dict.fromkeys(article for motif in motifs for article in motif.articles)),
            avertissements=gather_avertissements(au_fond, voies),
        )

    def write_argument(self, nom: str, valeur: Any) -> list[str]:
        """The two flags of a cross-border claim."""
        if nom == "transfrontalier":
            return ["--transfrontalier" if valeur == _OUI else "--national"]
        return super().write_argument(nom, valeur)


def _list_chiffres(au_fond: Competence, voie: VoieOuverte | None) -> list[Chiffre]:
    """The court on the merits, or that of the only route asked for."""
    tribunal = voie.libelle_juridiction if voie else au_fond.libelle
    chiffres = [
        Chiffre(_("Tribunal"), say(tribunal), _write_au_choix(au_fond) if voie is None else "", fort=True),
        Chiffre(_("Avocat"), _say_obligation(obligatoire=(voie or au_fond).avocat_obligatoire)),
        Chiffre(
            _("Tentative amiable avant de saisir"), _say_obligation(obligatoire=(voie or au_fond).tentative_amiable)
        ),
    ]
    if voie is None and au_fond.dernier_ressort is not None:
        chiffres.append(Chiffre(_("Voie d’appel"), _("fermée") if au_fond.dernier_ressort else _("ouverte")))
    return chiffres


def _write_au_choix(au_fond: Competence) -> str:
    autres = format_html_join(", ", "{}", ((say(LIBELLES[autre]),) for autre in au_fond.au_choix))
    return format_html(_("ou, au choix du créancier : {autres}"), autres=autres) if autres else ""


def _say_obligation(*, obligatoire: bool) -> str:
    return _("obligatoire") if obligatoire else _("non obligatoire")


def _build_volet(voie: VoieOuverte, au_fond: Competence) -> Volet:
    motifs = [motif for motif in voie.motifs if not voie.ouverte or motif not in au_fond.motifs]
    ailleurs = voie.ouverte and voie.libelle_juridiction != au_fond.libelle
    textes = [format_html(_("Devant : {juge}"), juge=say(voie.libelle_juridiction))] if ailleurs else []
    textes += [_write_motif(motif) for motif in motifs]
    textes += [format_html(_("À avancer : {frais}"), frais=_write_frais(frais)) for frais in voie.frais]
    return Volet(say(voie.libelle), _("ouverte") if voie.ouverte else _("fermée"), voie.ouverte, tuple(textes))


def _write_motif(motif: Motif) -> str:
    return (
        format_html("{} ({})", say(motif.message), " ; ".join(motif.articles)) if motif.articles else say(motif.message)
    )


def _write_frais(frais: Frais) -> str:
    libelle = say(frais.libelle)
    return libelle if frais.montant is None else format_html("{} · {}", libelle, montant(frais.montant))
