"""Late-payment interest of one claim, line by line, payments imputed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exigible.bureau.pages.calculs.champs import (
    Cellule,
    ChoixField,
    DateField,
    PaiementsField,
    TauxField,
    list_choix,
)
from exigible.bureau.pages.calculs.formulaire import Calculatrice
from exigible.bureau.pages.calculs.resultat import Case, Chiffre, Resultat, Tableau, build_colonnes, build_jour
from exigible.bureau.pages.formulaires.champs import MontantField
from exigible.bureau.pages.templatetags.exigible import montant, taux
from exigible.bureau.phrases import translate_phrase, write_nombre
from exigible.droit.argent import ZERO
from exigible.droit.creance import Parts
from exigible.droit.decompte import Creance, Decompte, Imputation, ModeImputation, Versement, compute_decompte
from exigible.droit.erreurs import Avertissement, ErreurExigible, ErreurSaisie
from exigible.droit.indemnites import compute_indemnites
from exigible.droit.interets import Diviseur, LigneInterets, QualiteCreancier, Regime, RegleInterets
from exigible.droit.pauses import MotifPause, Pause

FACTURES_MAX = 100_000
REGIMES = {
    Regime.COMMERCIAL: gettext_lazy("Entre professionnels"),
    Regime.PUBLIC: gettext_lazy("Acheteur public"),
    Regime.LEGAL: gettext_lazy("Intérêt légal"),
    Regime.CONVENU: gettext_lazy("Taux convenu"),
}
CREANCIERS = {
    QualiteCreancier.PROFESSIONNEL: gettext_lazy("Professionnel, société, association…"),
    QualiteCreancier.PARTICULIER: gettext_lazy("Particulier, hors de son activité professionnelle"),
}


class CalculInterets(Calculatrice):
    """`exigible calcul interets`."""

    nom = "interets"
    titre = gettext_lazy("Intérêts de retard")
    resume = gettext_lazy("Ce qu’une facture impayée a produit, ligne par ligne, paiements déduits.")
    icone = "percentage"
    principaux = ("principal", "regime", "du", "au", "paiement")
    exemple: ClassVar = {"principal": "10000", "du": "2025-09-30", "au": "2026-02-15", "regime": "commercial"}
    champs_du_droit: ClassVar = {"indemnite": "factures", "depart": "du"}

    principal = MontantField(label=gettext_lazy("Somme due, TTC"))
    regime = forms.ChoiceField(
        label=gettext_lazy("Régime"),
        choices=list_choix(REGIMES),
        help_text=gettext_lazy("Contre un consommateur : intérêt légal, à compter de la mise en demeure."),
    )
    du = DateField(
        label=gettext_lazy("Échéance, ou mise en demeure"), help_text=gettext_lazy("L’intérêt court du lendemain.")
    )
    au = DateField(label=gettext_lazy("Calculer jusqu’au"), help_text=gettext_lazy("Ce jour compris."))
    paiement = PaiementsField(
        (
            Cellule("le", gettext_lazy("date"), "date"),
            Cellule("montant", gettext_lazy("montant en euros"), "montant"),
        ),
        gettext_lazy("Paiement"),
        label=gettext_lazy("Paiements reçus"),
        help_text=gettext_lazy("Ils s’imputent sur les frais, les indemnités, les intérêts, puis le principal."),
    )
    factures = forms.IntegerField(
        label=gettext_lazy("Nombre de factures en retard"),
        required=False,
        min_value=0,
        max_value=FACTURES_MAX,
        help_text=gettext_lazy("Pour l’indemnité de 40 € par facture ; une par défaut entre professionnels."),
    )
    creancier = ChoixField(
        label=gettext_lazy("Créancier"),
        choices=list_choix(CREANCIERS),
        help_text=gettext_lazy("Le taux légal en dépend."),
    )
    taux = TauxField(label=gettext_lazy("Taux annuel convenu, en %"), required=False)
    multiple_legal = TauxField(
        label=gettext_lazy("Ou tant de fois le taux légal"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "3"}),
    )
    diviseur = forms.ChoiceField(
        label=gettext_lazy("Jours de l’année"),
        required=False,
        choices=list_choix(
            {
                Diviseur.FIXE_365: gettext_lazy("365 jours"),
                Diviseur.CIVIL: gettext_lazy("Année civile (365 ou 366)"),
                Diviseur.FIXE_360: gettext_lazy("360 jours"),
            },
            gettext_lazy("Selon le régime"),
        ),
    )
    imputation = ChoixField(
        label=gettext_lazy("Les paiements éteignent d’abord"),
        choices=list_choix(
            {
                ModeImputation.INTERETS: gettext_lazy("Les frais et les intérêts (la loi)"),
                ModeImputation.PRINCIPAL: gettext_lazy("Le principal (accord ou jugement)"),
            }
        ),
    )
    frais = MontantField(label=gettext_lazy("Frais que le débiteur doit"), required=False)
    executoire = DateField(
        label=gettext_lazy("Jugement exécutoire et signifié le"),
        required=False,
        help_text=gettext_lazy("L’intérêt légal augmente de cinq points deux mois après."),
    )
    capitalisation = DateField(
        label=gettext_lazy("Capitalisation à compter du"),
        required=False,
        help_text=gettext_lazy("Demandée en justice ou prévue au contrat : les intérêts d’un an en produisent."),
    )
    ouverture = DateField(
        label=gettext_lazy("Procédure collective ouverte le"),
        required=False,
        help_text=gettext_lazy("Les intérêts s’arrêtent ce jour-là."),
    )
    provisoire = forms.BooleanField(
        label=gettext_lazy("Au-delà des taux publiés, reprendre le dernier"), required=False
    )

    def compute(self, valeurs: Mapping[str, Any]) -> Resultat:
        """The statement of the claim."""
        du, au, ouverture = valeurs["du"], valeurs["au"], valeurs["ouverture"]
        if au < du:
            raise ErreurSaisie("dates_inversees", _("Ce jour précède l’échéance."), "au")
        regle = RegleInterets(
            regime=Regime(valeurs["regime"]),
            depart=du,
            creancier=QualiteCreancier(valeurs["creancier"]),
            taux=valeurs["taux"],
            multiple_legal=valeurs["multiple_legal"],
            diviseur=Diviseur(valeurs["diviseur"]) if valeurs["diviseur"] else None,
            executoire=valeurs["executoire"],
            capitalisation=valeurs["capitalisation"],
            pauses=(Pause(ouverture, MotifPause.PROCEDURE_COLLECTIVE),) if ouverture else (),
        )
        indemnite, avertissements = compute_indemnites(regle, valeurs["factures"], au)
        creance = Creance(
            "creance",
            "Créance",
            valeurs["principal"],
            du,
            regle,
            indemnite=indemnite,
            frais=valeurs["frais"] or ZERO,
        )
        mode = ModeImputation(valeurs["imputation"])
        versements = [
            Versement(str(rang), jour, somme, imputation=mode) for rang, (jour, somme) in enumerate(valeurs["paiement"])
        ]
        decompte = compute_decompte([creance], versements, au, provisoire=valeurs["provisoire"])
        return Resultat(
            chiffres=tuple(_list_chiffres(decompte)),
            tableaux=tuple(t for t in (_build_lignes(decompte), _build_imputations(decompte, versements)) if t.lignes),
            explications=tuple(_explain(mode)),
            articles=decompte.articles,
            avertissements=(*avertissements, *decompte.avertissements, *_warn_posterieurs(versements, au)),
        )

    def find_champ_du_bareme(self, erreur: ErreurExigible) -> str:
        """The last day when the table has ended, the due date when it had not begun."""
        return "au" if erreur.parametres.get("sens") == "apres" else "du"


def _list_chiffres(decompte: Decompte) -> list[Chiffre]:
    total = _("Total dû au %(jour)s") % {"jour": build_jour(decompte.au)}
    chiffres = [
        Chiffre(total, montant(decompte.total_du), fort=True),
        Chiffre(_("Principal restant"), montant(decompte.principal)),
        Chiffre(_("Intérêts dus"), montant(decompte.interets)),
        Chiffre(_("Indemnités"), montant(decompte.indemnites)),
    ]
    if decompte.frais:
        chiffres.append(Chiffre(_("Frais"), montant(decompte.frais)))
    if decompte.interets_courus != decompte.interets:
        chiffres.append(Chiffre(_("Intérêts courus en tout"), montant(decompte.interets_courus)))
    if decompte.trop_percu:
        chiffres.append(Chiffre(_("Trop-perçu"), montant(decompte.trop_percu)))
    return chiffres


def _explain(mode: ModeImputation) -> list[str]:
    ordre = (
        _("Un paiement s’impute sur les frais, puis les indemnités, puis les intérêts, puis le principal.")
        if mode is ModeImputation.INTERETS
        else _("Un paiement s’impute ici sur le principal d’abord, ce qu’un accord ou un jugement doit permettre.")
    )
    return [
        _(
            "Les intérêts courent du lendemain de l’échéance, ou de la première présentation de la mise en demeure ; "
            "le jour du paiement compte. Chaque ligne est arrondie au centime le plus proche et le total est la somme "
            "des lignes."
        ),
        ordre,
    ]


def _build_lignes(decompte: Decompte) -> Tableau:
    titres = (
        _("Du"),
        _("Au (inclus)"),
        _("Base"),
        _("Taux annuel"),
        _("Jours"),
        _("Année de"),
        _("Intérêts"),
        _("Texte et source"),
    )
    return Tableau(
        _("Intérêts, période par période"),
        build_colonnes(titres, (2, 3, 4, 5, 6)),
        tuple(_build_ligne(ligne) for ligne in decompte.lignes),
    )


def _build_ligne(ligne: LigneInterets) -> tuple[Case, ...]:
    return (
        Case(build_jour(ligne.du)),
        Case(build_jour(ligne.au)),
        Case(montant(ligne.base)),
        Case(taux(ligne.taux)),
        Case(str(ligne.jours)),
        Case(str(ligne.diviseur)),
        Case(montant(ligne.montant), _write_operation(ligne.base, ligne.taux, ligne.jours, ligne.diviseur)),
        Case(ligne.article, translate_phrase(ligne.source)),
    )


def _write_operation(base: Decimal, taux_annuel: Decimal, jours: int, annee: int) -> str:
    return f"{write_nombre(base, 2)} × {taux(taux_annuel)} × {jours} ÷ {annee}"


def _build_imputations(decompte: Decompte, versements: Sequence[Versement]) -> Tableau:
    """Every payment received by the day, and what it settled: nothing when all was paid already."""
    titres = (_("Payé le"), _("Montant"), _("Frais"), _("Indemnités"), _("Intérêts"), _("Principal"))
    imputations = {imputation.versement: imputation for imputation in decompte.imputations}
    return Tableau(
        _("Paiements et leur imputation"),
        build_colonnes(titres, (1, 2, 3, 4, 5)),
        tuple(
            _build_imputation(versement, imputations.get(versement.cle))
            for versement in sorted(versements, key=lambda v: v.date)
            if versement.date <= decompte.au
        ),
    )


def _build_imputation(versement: Versement, imputation: Imputation | None) -> tuple[Case, ...]:
    parts = Parts() if imputation is None else imputation
    sommes = (versement.montant, parts.frais, parts.indemnites, parts.interets, parts.principal)
    return (Case(build_jour(versement.date)), *(Case(montant(somme)) for somme in sommes))


def _warn_posterieurs(versements: list[Versement], au: date) -> tuple[Avertissement, ...]:
    return tuple(
        Avertissement(
            "paiement_apres_arrete",
            _("Le paiement du %(jour)s est postérieur au %(au)s : il n’est pas pris en compte.")
            % {"jour": build_jour(versement.date), "au": build_jour(au)},
        )
        for versement in versements
        if versement.date > au
    )
