"""The last day of a time limit of procedure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exigible.bureau.pages.calculs.champs import ChoixField, DateField, list_choix
from exigible.bureau.pages.calculs.formulaire import Calculatrice
from exigible.bureau.pages.calculs.resultat import Case, Chiffre, Resultat, Tableau, build_colonnes, build_jour, say
from exigible.droit.delais import Delai, Distance, Sens, compute_delai
from exigible.droit.durees import parse_duree
from exigible.droit.feries import Zone

_LONGUEUR = 40
_ZONES = {
    Zone.METROPOLE: gettext_lazy("Métropole"),
    Zone.ALSACE_MOSELLE: gettext_lazy("Alsace-Moselle"),
    Zone.GUADELOUPE: gettext_lazy("Guadeloupe"),
    Zone.GUYANE: gettext_lazy("Guyane"),
    Zone.MARTINIQUE: gettext_lazy("Martinique"),
    Zone.MAYOTTE: gettext_lazy("Mayotte"),
    Zone.REUNION: gettext_lazy("La Réunion"),
    Zone.SAINT_BARTHELEMY: gettext_lazy("Saint-Barthélemy"),
    Zone.SAINT_MARTIN: gettext_lazy("Saint-Martin"),
}


class CalculDelai(Calculatrice):
    """`exigible calcul delai`."""

    nom = "delai"
    titre = gettext_lazy("Délai de procédure")
    resume = gettext_lazy("Le dernier jour pour agir, report au jour ouvrable et distance compris.")
    icone = "hourglass"
    principaux = ("depart", "duree", "sens", "zone", "distance")
    exemple: ClassVar = {"depart": "2026-10-01", "duree": "P1M"}

    depart = DateField(
        label=gettext_lazy("Jour de départ"),
        help_text=gettext_lazy("L’acte, la signification, la notification ou l’audience."),
    )
    duree = forms.CharField(
        label=gettext_lazy("Durée"),
        max_length=_LONGUEUR,
        help_text=gettext_lazy("« 1 mois », « 15 jours », « 1 mois et 8 jours » ou P1M8D."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "1 mois"}),
    )
    sens = ChoixField(
        label=gettext_lazy("Sens"),
        choices=list_choix(
            {
                Sens.APRES: gettext_lazy("Après ce jour"),
                Sens.AVANT: gettext_lazy("À rebours d’une audience"),
            }
        ),
    )
    zone = ChoixField(label=gettext_lazy("Jours fériés de"), choices=list_choix(_ZONES))
    distance = ChoixField(
        label=gettext_lazy("Distance"),
        choices=list_choix(
            {
                Distance.AUCUNE: gettext_lazy("Aucune augmentation"),
                Distance.OUTRE_MER: gettext_lazy("Outre-mer : un mois de plus"),
                Distance.ETRANGER: gettext_lazy("Étranger : deux mois de plus"),
            }
        ),
    )
    sans_report = forms.BooleanField(label=gettext_lazy("Sans report au jour ouvrable (prescription)"), required=False)

    def compute(self, valeurs: Mapping[str, Any]) -> Resultat:
        """The last day, and the days passed over."""
        delai = compute_delai(
            valeurs["depart"],
            parse_duree(valeurs["duree"], "duree"),
            sens=Sens(valeurs["sens"]),
            zone=Zone(valeurs["zone"]),
            distance=Distance(valeurs["distance"]),
            reporter=not valeurs["sans_report"],
        )
        return Resultat(
            chiffres=tuple(_list_chiffres(delai)),
            tableaux=_list_tableaux(delai),
            explications=(say(delai.explication),),
            articles=delai.articles,
            avertissements=delai.avertissements,
        )


def _list_chiffres(delai: Delai) -> list[Chiffre]:
    chiffres = [Chiffre(_("Dernier jour"), build_jour(delai.echeance), _("jusqu’à 24 h"), fort=True)]
    if delai.motif_report:
        chiffres.append(Chiffre(_("Avant report"), build_jour(delai.avant_report), say(delai.motif_report)))
    return chiffres


def _list_tableaux(delai: Delai) -> tuple[Tableau, ...]:
    if not delai.ecartes:
        return ()
    lignes = tuple((Case(build_jour(ecarte.jour)), Case(say(ecarte.motif))) for ecarte in delai.ecartes)
    return (Tableau(_("Jours où le délai ne peut pas finir"), build_colonnes((_("Jour"), _("Motif"))), lignes),)
