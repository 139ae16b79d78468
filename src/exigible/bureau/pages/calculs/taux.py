"""The rate of late-payment interest on a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exigible.bureau.pages.calculs.champs import ChoixField, DateField, list_choix
from exigible.bureau.pages.calculs.formulaire import Calculatrice
from exigible.bureau.pages.calculs.interets import CREANCIERS, REGIMES
from exigible.bureau.pages.calculs.resultat import Chiffre, Resultat, build_jour
from exigible.bureau.pages.templatetags.exigible import taux
from exigible.droit.interets import QualiteCreancier, Regime, RegleInterets, compute_taux
from exigible.droit.jours import UN_JOUR


class CalculTaux(Calculatrice):
    """`exigible calcul taux`."""

    nom = "taux"
    titre = gettext_lazy("Taux d’un jour")
    resume = gettext_lazy("Le taux légal ou celui des pénalités de retard, un jour donné, et sa source.")
    icone = "trending-up"
    principaux = ("regime", "creancier", "date", "provisoire")
    exemple: ClassVar = {"regime": "commercial", "date": "2025-11-02"}
    champ_du_bareme = "date"

    regime = forms.ChoiceField(
        label=gettext_lazy("Régime"),
        choices=list_choix({regime: nom for regime, nom in REGIMES.items() if regime is not Regime.CONVENU}),
    )
    creancier = ChoixField(
        label=gettext_lazy("Créancier"),
        choices=list_choix(CREANCIERS),
        help_text=gettext_lazy("Le taux légal en dépend."),
    )
    date = DateField(label=gettext_lazy("Jour"))
    provisoire = forms.BooleanField(
        label=gettext_lazy("Au-delà des taux publiés, reprendre le dernier"), required=False
    )

    def compute(self, valeurs: Mapping[str, Any]) -> Resultat:
        """The rate, its dates, where it was read."""
        jour = valeurs["date"]
        regle = RegleInterets(Regime(valeurs["regime"]), jour - UN_JOUR, QualiteCreancier(valeurs["creancier"]))
        applicable = compute_taux(regle, jour, provisoire=valeurs["provisoire"])
        debut = build_jour(applicable.debut)
        periode = (
            _("du %(debut)s au %(fin)s") % {"debut": debut, "fin": build_jour(applicable.fin)}
            if applicable.fin
            else _("depuis le %(debut)s") % {"debut": debut}
        )
        nom = _("Taux annuel le %(jour)s") % {"jour": build_jour(jour)}
        return Resultat(
            chiffres=(Chiffre(nom, taux(applicable.taux), periode, fort=True),),
            articles=applicable.articles,
            sources=(applicable.source, applicable.provenance),
            avertissements=applicable.avertissements,
        )
