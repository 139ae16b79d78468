"""What may be seized on wages, and what is left on seized bank accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exigible.bureau.pages.calculs.champs import DateField
from exigible.bureau.pages.calculs.formulaire import Calculatrice
from exigible.bureau.pages.calculs.resultat import (
    Case,
    Chiffre,
    Resultat,
    Tableau,
    build_colonnes,
    build_jour,
    build_tranche,
)
from exigible.bureau.pages.formulaires.champs import MontantField
from exigible.bureau.pages.templatetags.exigible import montant
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.saisissable import Saisie, compute_saisissable
from exigible.droit.solde_bancaire import compute_solde_saisi

_PERSONNES_MAX = 100


class CalculSaisissable(Calculatrice):
    """`exigible calcul saisissable`."""

    nom = "saisissable"
    titre = gettext_lazy("Salaire saisissable")
    resume = gettext_lazy("La part d’une paie qui peut être saisie, tranche par tranche, et ce qui reste.")
    icone = "cash"
    principaux = ("net", "personnes_a_charge", "date")
    exemple: ClassVar = {"net": "1800", "personnes_a_charge": "1", "date": "2026-11-30"}

    net = MontantField(
        label=gettext_lazy("Net du mois"),
        help_text=gettext_lazy(
            "Tous employeurs réunis, après cotisations et prélèvement à la source, avantages compris."
        ),
    )
    personnes_a_charge = forms.IntegerField(
        label=gettext_lazy("Personnes à charge"), required=False, min_value=0, max_value=_PERSONNES_MAX
    )
    date = DateField(label=gettext_lazy("Jour de la paie"))
    pension = MontantField(
        label=gettext_lazy("Pension déjà payée directement par l’employeur"),
        required=False,
        help_text=gettext_lazy("Chaque mois."),
    )
    alimentaire = forms.BooleanField(
        label=gettext_lazy("Paiement direct d’une pension : tout, sauf le minimum"), required=False
    )
    provisoire = forms.BooleanField(
        label=gettext_lazy("Au-delà des barèmes publiés, reprendre le dernier"), required=False
    )

    def compute(self, valeurs: Mapping[str, Any]) -> Resultat:
        """The brackets, then the minimum."""
        pension, alimentaire, jour = valeurs["pension"] or ZERO, valeurs["alimentaire"], valeurs["date"]
        if alimentaire and pension:
            raise ErreurSaisie(
                "options_incompatibles",
                _("Choisissez : ce que prend une pension payée directement, ou ce qui reste aux autres créanciers."),
                "pension",
            )
        saisie = compute_saisissable(
            valeurs["net"],
            valeurs["personnes_a_charge"] or 0,
            jour,
            alimentaire=alimentaire,
            pension=pension,
            provisoire=valeurs["provisoire"],
        )
        tableau = _build_tranches(saisie)
        return Resultat(
            chiffres=tuple(_list_chiffres(saisie)),
            tableaux=(tableau,) if tableau.lignes else (),
            explications=(
                _("Chaque tranche de la paie donne sa fraction ; leur total est arrondi une seule fois, au centime."),
                _("Une somme égale au revenu de solidarité active d’une personne seule est toujours laissée."),
            ),
            articles=saisie.articles,
            sources=saisie.sources,
            avertissements=saisie.avertissements,
        )


def _list_chiffres(saisie: Saisie) -> list[Chiffre]:
    chiffres = [
        Chiffre(_("Saisissable ce mois"), montant(saisie.saisissable), fort=True),
        Chiffre(_("Laissé au salarié"), montant(saisie.laisse)),
        Chiffre(_("Total des tranches"), montant(saisie.bareme)),
        Chiffre(_("Minimum toujours laissé"), montant(saisie.minimum)),
    ]
    if saisie.pension:
        chiffres.append(Chiffre(_("Pension payée directement"), montant(saisie.pension)))
    return chiffres


def _build_tranches(saisie: Saisie) -> Tableau:
    return Tableau(
        _("Tranche par tranche"),
        build_colonnes((_("De"), _("À"), _("Fraction"), _("Montant")), range(4)),
        tuple(
            (
                *build_tranche(tranche.de, tranche.a),
                Case(_("tout") if tranche.fraction == 1 else str(tranche.fraction)),
                Case(montant(tranche.montant)),
            )
            for tranche in saisie.tranches
        ),
    )


class CalculSbi(Calculatrice):
    """`exigible calcul sbi`."""

    nom = "sbi"
    titre = gettext_lazy("Compte bancaire saisi")
    resume = gettext_lazy("Ce qu’une saisie laisse sur les comptes : le solde bancaire insaisissable.")
    icone = "building-bank"
    principaux = ("solde", "date")
    exemple: ClassVar = {"solde": "800", "date": "2026-05-05"}
    champs_du_droit: ClassVar = {"insaisissables": "sommes_insaisissables"}

    solde = MontantField(
        label=gettext_lazy("Total des soldes créditeurs"), help_text=gettext_lazy("De tous les comptes, ce jour-là.")
    )
    date = DateField(label=gettext_lazy("Jour de la saisie"))
    saisie_precedente = DateField(
        label=gettext_lazy("Saisie précédente"),
        required=False,
        help_text=gettext_lazy("Celle qui a déjà laissé cette somme."),
    )
    sommes_insaisissables = MontantField(
        label=gettext_lazy("Sommes insaisissables justifiées"),
        required=False,
        help_text=gettext_lazy("Encore sur les comptes : prestations, part de salaire…"),
    )
    provisoire = forms.BooleanField(
        label=gettext_lazy("Au-delà des montants publiés, reprendre le dernier"), required=False
    )

    def compute(self, valeurs: Mapping[str, Any]) -> Resultat:
        """What is left, and what may be taken."""
        saisi = compute_solde_saisi(
            valeurs["solde"],
            valeurs["date"],
            saisie_precedente=valeurs["saisie_precedente"],
            insaisissables=valeurs["sommes_insaisissables"] or ZERO,
            provisoire=valeurs["provisoire"],
        )
        depuis = _("depuis le %(debut)s") % {"debut": build_jour(saisi.debut)}
        return Resultat(
            chiffres=(
                Chiffre(_("Laissé au débiteur"), montant(saisi.laisse), fort=True),
                Chiffre(_("Saisissable"), montant(saisi.saisissable)),
                Chiffre(_("Solde bancaire insaisissable"), montant(saisi.sbi), depuis),
            ),
            explications=(
                _("La banque laisse cette somme d’office, une seule fois pour tous les comptes, pendant un mois."),
                _("Si des sommes insaisissables plus élevées sont justifiées, ce sont elles qui restent."),
            ),
            articles=saisi.articles,
            sources=(saisi.source,),
            avertissements=saisi.avertissements,
        )
