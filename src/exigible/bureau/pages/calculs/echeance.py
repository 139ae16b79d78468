"""The due date of an invoice, and the longest that the law allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exigible.bureau.pages.calculs.champs import ChoixField, DateField, list_choix
from exigible.bureau.pages.calculs.formulaire import Calculatrice
from exigible.bureau.pages.calculs.resultat import Chiffre, Resultat, build_jour, say
from exigible.droit.delais_paiement import EcheanceControlee, check_echeance, compute_decompte
from exigible.droit.echeances import format_conditions, parse_conditions
from exigible.droit.plafonds import NaturePaiement

_LONGUEUR = 120
_NATURES = {
    NaturePaiement.GENERAL: gettext_lazy("Vente ou service entre professionnels"),
    NaturePaiement.PERIODIQUE: gettext_lazy("Facture périodique"),
    NaturePaiement.TRANSPORT: gettext_lazy("Transport, location de véhicules"),
    NaturePaiement.PERISSABLE: gettext_lazy("Produits alimentaires périssables"),
    NaturePaiement.PERISSABLE_PERIODIQUE: gettext_lazy("Produits périssables, facture périodique"),
    NaturePaiement.FRUITS_LEGUMES_INTEGRATION: gettext_lazy("Fruits et légumes, contrat d’intégration"),
    NaturePaiement.BETAIL: gettext_lazy("Bétail sur pied, viandes fraîches"),
    NaturePaiement.ALCOOL: gettext_lazy("Boissons alcooliques"),
    NaturePaiement.VIN: gettext_lazy("Raisins, moûts et vins"),
    NaturePaiement.EXPORT: gettext_lazy("Achats à exporter hors de l’Union"),
    NaturePaiement.ESPACES_VERTS: gettext_lazy("Matériels d’espaces verts, saisonnier"),
    NaturePaiement.MATERIEL_AGRICOLE: gettext_lazy("Matériels agricoles, saisonnier"),
    NaturePaiement.SPORT_NEIGE: gettext_lazy("Sports de neige, avant la saison"),
    NaturePaiement.CUIR: gettext_lazy("Filière du cuir"),
    NaturePaiement.HORLOGERIE: gettext_lazy("Horlogerie, bijouterie, orfèvrerie"),
    NaturePaiement.PUBLIC: gettext_lazy("Acheteur public"),
    NaturePaiement.PUBLIC_SANTE: gettext_lazy("Établissement public de santé"),
    NaturePaiement.ENTREPRISE_PUBLIQUE: gettext_lazy("Entreprise publique"),
}


class CalculEcheance(Calculatrice):
    """`exigible calcul echeance`."""

    nom = "echeance"
    titre = gettext_lazy("Échéance d’une facture")
    resume = gettext_lazy("De « 45 jours fin de mois » à une date, comparée au maximum légal.")
    icone = "calendar-due"
    principaux = ("facture", "condition", "nature", "depart")
    exemple: ClassVar = {"facture": "2026-03-05", "condition": "45 jours fin de mois"}
    champs_du_droit: ClassVar = {"conditions": "condition"}

    facture = DateField(label=gettext_lazy("Date de la facture"))
    condition = forms.CharField(
        label=gettext_lazy("Condition de paiement"),
        max_length=_LONGUEUR,
        required=False,
        help_text=gettext_lazy("Telle qu’écrite au contrat ; sans elle, le délai de la loi."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "45 jours fin de mois"}),
    )
    nature = ChoixField(label=gettext_lazy("Ce qui est vendu, ou à qui"), choices=list_choix(_NATURES))
    depart = DateField(
        label=gettext_lazy("Réception ou livraison"),
        required=False,
        help_text=gettext_lazy("Si le délai part de ce jour."),
    )
    dedouanement = DateField(
        label=gettext_lazy("Dédouanement outre-mer"),
        required=False,
        help_text=gettext_lazy("Marchandise importée outre-mer : au port de destination finale."),
    )
    mise_a_disposition = DateField(
        label=gettext_lazy("Mise à disposition en métropole"),
        required=False,
        help_text=gettext_lazy("Marchandise importée outre-mer, remise à l’acheteur en métropole."),
    )

    def compute(self, valeurs: Mapping[str, Any]) -> Resultat:
        """The due date beside the legal maximum."""
        condition = valeurs["condition"]
        echeance = check_echeance(
            valeurs["facture"],
            parse_conditions(condition, "condition") if condition else None,
            depart=valeurs["depart"],
            nature=NaturePaiement(valeurs["nature"]),
            outre_mer=compute_decompte(valeurs["dedouanement"], valeurs["mise_a_disposition"]),
        )
        return Resultat(
            chiffres=tuple(_list_chiffres(echeance)),
            explications=(say(echeance.explication),),
            articles=echeance.articles,
            avertissements=echeance.avertissements,
        )


def _list_chiffres(echeance: EcheanceControlee) -> list[Chiffre]:
    chiffres = [
        Chiffre(_("Échéance"), build_jour(echeance.echeance), say(format_conditions(echeance.conditions)), fort=True)
    ]
    if echeance.maximum is not None:
        verdict = _("conforme") if echeance.conforme else _("l’échéance le dépasse")
        chiffres.append(Chiffre(_("Maximum légal"), build_jour(echeance.maximum), verdict))
    if echeance.autre_lecture is not None:
        chiffres.append(
            Chiffre(_("Autre lecture"), build_jour(echeance.autre_lecture), _("si « fin de mois » se compte autrement"))
        )
    return chiffres
