"""The regulated fee of a commissaire de justice."""

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
    say,
)
from exigible.bureau.pages.formulaires.champs import MontantField
from exigible.bureau.pages.templatetags.exigible import montant, taux
from exigible.bureau.phrases import translate_phrase, write_nombre
from exigible.droit.actes_tarifes import ACTES
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.tarif_du_jour import Reglages
from exigible.droit.tarifs import CHARGES, Droit, Emolument, compute_acte, compute_droit

_DROITS = {
    Droit.DEBITEUR: gettext_lazy("Droit de recouvrement, payé par le débiteur (A444-31)"),
    Droit.CREANCIER: gettext_lazy("Droit de recouvrement, payé par le créancier (A444-32)"),
    Droit.ENGAGEMENT: gettext_lazy("Droit d’engagement des poursuites (A444-15)"),
}


def list_tarifs() -> list[tuple[str, list[tuple[str, str]]]]:
    """The proportional fees, then the acts."""
    return [
        (_("Selon la somme"), [(droit.value, str(nom)) for droit, nom in _DROITS.items()]),
        (_("Par acte"), [(code, f"{translate_phrase(acte.libelle)} ({acte.article})") for code, acte in ACTES.items()]),
    ]


class CalculEmoluments(Calculatrice):
    """`exigible calcul emoluments`."""

    nom = "emoluments"
    titre = gettext_lazy("Tarif du commissaire de justice")
    resume = gettext_lazy("Les droits de recouvrement et le prix des actes, toutes taxes comprises.")
    icone = "receipt-euro"
    principaux = ("tarif", "montant", "date", "alimentaire")
    exemple: ClassVar = {"tarif": "A444-31", "montant": "4000", "date": "2025-11-21"}
    champs_du_droit: ClassVar = {
        "deja": "deja_recouvre",
        "engagement": "engagement_percu",
        "provision_le": "provision",
        "obligation": "montant",
        "acte": "tarif",
        "article": "tarif",
    }

    tarif = forms.ChoiceField(label=gettext_lazy("Tarif"), choices=list_tarifs)
    montant = MontantField(
        label=gettext_lazy("Somme recouvrée, ou créance"),
        required=False,
        help_text=gettext_lazy("Principal, hors dépens."),
    )
    date = DateField(label=gettext_lazy("Jour de l’acte ou de l’encaissement"))
    alimentaire = forms.BooleanField(label=gettext_lazy("Créance alimentaire"), required=False)
    deja_recouvre = MontantField(label=gettext_lazy("Acomptes déjà encaissés dans ce dossier"), required=False)
    engagement_percu = MontantField(label=gettext_lazy("Droit d’engagement déjà perçu (HT)"), required=False)
    provision = DateField(label=gettext_lazy("Première provision versée le"), required=False)
    electronique = forms.BooleanField(label=gettext_lazy("Acte signifié par voie électronique"), required=False)
    provisoire = forms.BooleanField(
        label=gettext_lazy("Au-delà des tarifs publiés, reprendre le dernier"), required=False
    )

    def compute(self, valeurs: Mapping[str, Any]) -> Resultat:
        """The fee, its brackets, its tax, who bears it."""
        droit = next((droit for droit in Droit if droit.value == valeurs["tarif"]), None)
        self._refuse_inutiles(valeurs, droit)
        reglages = Reglages(valeurs["provision"], valeurs["provisoire"])
        if droit is None:
            emolument = compute_acte(
                valeurs["tarif"],
                valeurs["date"],
                valeurs["montant"],
                electronique=valeurs["electronique"],
                reglages=reglages,
            )
        else:
            emolument = compute_droit(
                droit,
                valeurs["montant"],
                valeurs["date"],
                deja=valeurs["deja_recouvre"] or ZERO,
                engagement=valeurs["engagement_percu"] or ZERO,
                alimentaire=valeurs["alimentaire"],
                reglages=reglages,
            )
        tableau = _build_tranches(emolument)
        return Resultat(
            chiffres=tuple(_list_chiffres(emolument)),
            tableaux=(tableau,) if tableau.lignes else (),
            explications=(
                _("À la charge de : %(qui)s.") % {"qui": say(CHARGES[emolument.charge])},
                _("Tarif en vigueur depuis le %(jour)s.") % {"jour": build_jour(emolument.tarif_du)},
            ),
            articles=emolument.articles,
            sources=emolument.sources,
            avertissements=emolument.avertissements,
        )

    def _refuse_inutiles(self, valeurs: Mapping[str, Any], droit: Droit | None) -> None:
        """Refuse what does not go with the tariff, and a proportional fee without its sum. Raises ErreurSaisie."""
        if droit is None:
            inutiles = ["alimentaire", "deja_recouvre", "engagement_percu"]
        else:
            inutiles = ["electronique", *(["engagement_percu"] if droit is Droit.ENGAGEMENT else [])]
        for champ in inutiles:
            if valeurs[champ]:
                raise ErreurSaisie("options_incompatibles", _("Ceci ne va pas avec ce tarif : videz-le."), champ)
        if droit is not None and valeurs["montant"] is None:
            raise ErreurSaisie("parametre_manquant", _("Ce droit dépend de la somme : indiquez-la."), "montant")

    def write_argument(self, nom: str, valeur: Any) -> list[str]:
        """A fee is named by its article, an act by its name."""
        if nom == "tarif":
            return ["--acte" if valeur in ACTES else "--article", valeur]
        return super().write_argument(nom, valeur)


def _list_chiffres(emolument: Emolument) -> list[Chiffre]:
    chiffres = [
        Chiffre(_("Total TTC"), montant(emolument.total_ttc), fort=True),
        Chiffre(say(emolument.libelle), montant(emolument.base)),
    ]
    if emolument.coefficient != 1:
        chiffres.append(Chiffre(_("Coefficient"), f"× {write_nombre(emolument.coefficient)}"))
    if emolument.deja_percu:
        chiffres.append(Chiffre(_("Déjà perçu"), montant(-emolument.deja_percu)))
    if emolument.impute:
        chiffres.append(Chiffre(_("Droit d’engagement imputé"), montant(-emolument.impute)))
    if emolument.deplacement:
        chiffres.append(Chiffre(_("Déplacement"), montant(emolument.deplacement)))
    return [
        *chiffres,
        Chiffre(_("Total hors taxe"), montant(emolument.total_ht)),
        Chiffre(_("TVA %(taux)s") % {"taux": taux(emolument.taux_tva)}, montant(emolument.tva)),
    ]


def _build_tranches(emolument: Emolument) -> Tableau:
    return Tableau(
        _("Tranche par tranche"),
        build_colonnes((_("De"), _("À"), _("Assiette"), _("Taux"), _("Montant")), range(5)),
        tuple(
            (
                *build_tranche(tranche.de, tranche.a),
                Case(montant(tranche.assiette)),
                Case(taux(tranche.taux)),
                Case(montant(tranche.montant)),
            )
            for tranche in emolument.tranches
        ),
    )
