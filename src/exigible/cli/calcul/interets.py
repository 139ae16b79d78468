"""`exigible calcul interets`: the statement of one claim, line by line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import click

from exigible.cli.choix import Choix
from exigible.cli.lignes import A_DROITE, ENTETES, format_ligne
from exigible.cli.sortie import (
    JOUR,
    MONTANT,
    TAUX,
    Option,
    build_avertissements,
    commande,
    emit,
    format_avertissements,
    format_tableau,
)
from exigible.cli.valeurs import option_provisoire, option_valeurs
from exigible.droit.argent import ZERO, format_montant, parse_montant
from exigible.droit.bareme import ValeurAjoutee
from exigible.droit.decompte import Creance, Decompte, Imputation, ModeImputation, Versement, compute_decompte
from exigible.droit.donnees import dump_ligne
from exigible.droit.erreurs import Avertissement, ErreurBareme, ErreurSaisie
from exigible.droit.indemnites import compute_indemnites
from exigible.droit.interets import Diviseur, QualiteCreancier, Regime, RegleInterets
from exigible.droit.jours import format_jour, parse_jour
from exigible.droit.pauses import MotifPause, Pause

_CLE = "creance"
_POSTES = ("frais", "indemnites", "interets", "principal")


class TypeVersement(click.ParamType[tuple[date, Decimal]]):
    """A payment: `2026-02-15:3000` or `15/02/2026:3 000,00`."""

    name = "date:montant"

    def convert(
        self,
        value: object,
        param: click.Parameter | None,
        ctx: click.Context | None,  # noqa: ARG002 — click's signature
    ) -> tuple[date, Decimal]:
        """Read it."""
        champ = param.opts[0] if param else None
        jour, separateur, montant = str(value).partition(":")
        if not separateur:
            raise ErreurSaisie(
                "versement_illisible",
                f"Le paiement « {jour[:40]} » n'est pas lisible : écrivez la date, deux-points, le montant "
                "(2026-02-15:3000).",
                champ,
            )
        lu = parse_montant(montant, champ)
        if lu <= 0:
            raise ErreurSaisie("versement_nul", "Un paiement doit être supérieur à zéro.", champ)
        return parse_jour(jour, champ), lu


@commande(
    "interets",
    aide="Calculer les intérêts de retard d'une créance, ligne par ligne, paiements imputés.",
    exemple="exigible calcul interets --principal 10000 --du 2025-09-30 --au 2026-02-15 --regime commercial",
)
@click.option("--principal", cls=Option, type=MONTANT, required=True, help="Somme due, TTC.")
@click.option(
    "--du", cls=Option, type=JOUR, required=True, help="Échéance ou mise en demeure : l'intérêt court du lendemain."
)
@click.option("--au", cls=Option, type=JOUR, required=True, help="Dernier jour, compris.")
@click.option(
    "--regime",
    cls=Option,
    required=True,
    type=Choix(Regime),
    help="Régime.",
)
@click.option(
    "--creancier",
    cls=Option,
    type=Choix(QualiteCreancier),
    default=QualiteCreancier.PROFESSIONNEL,
    help="Qualité du créancier (régime légal) ; professionnel par défaut.",
)
@click.option("--taux", cls=Option, type=TAUX, help="Taux annuel convenu, en pour cent.")
@click.option("--multiple-legal", cls=Option, type=TAUX, help="Taux convenu : tant de fois le taux légal.")
@click.option(
    "--diviseur",
    cls=Option,
    type=Choix(Diviseur),
    help="Jours de l'année du calcul.",
)
@click.option(
    "--paiement", "paiements", cls=Option, type=TypeVersement(), multiple=True, help="Paiement reçu (répétable)."
)
@click.option(
    "--imputation",
    cls=Option,
    type=Choix(ModeImputation),
    default=ModeImputation.INTERETS,
    help="Ce que les paiements éteignent d'abord ; interets par défaut.",
)
@click.option("--factures", cls=Option, type=click.IntRange(0, 100_000), help="Factures en retard, pour les 40 €.")
@click.option("--frais", cls=Option, type=MONTANT, default="0", help="Frais que le débiteur doit.")
@click.option("--executoire", cls=Option, type=JOUR, help="Jour où le jugement est devenu exécutoire et signifié.")
@click.option("--capitalisation", cls=Option, type=JOUR, help="Premier jour du compte annuel (C. civ. 1343-2).")
@click.option("--ouverture", cls=Option, type=JOUR, help="Jugement d'ouverture : plus d'intérêt depuis ce jour.")
@option_provisoire()
@option_valeurs()
def interets(
    *,
    principal: Decimal,
    du: date,
    au: date,
    regime: Regime,
    creancier: QualiteCreancier,
    taux: Decimal | None,
    multiple_legal: Decimal | None,
    diviseur: Diviseur | None,
    paiements: tuple[tuple[date, Decimal], ...],
    imputation: ModeImputation,
    factures: int | None,
    frais: Decimal,
    executoire: date | None,
    capitalisation: date | None,
    ouverture: date | None,
    provisoire: bool,
    ajouts: tuple[ValeurAjoutee, ...],
    en_json: bool,
) -> None:
    """Print the statement of one claim."""
    regle = RegleInterets(
        regime=regime,
        depart=du,
        creancier=creancier,
        taux=taux,
        multiple_legal=multiple_legal,
        diviseur=diviseur,
        executoire=executoire,
        capitalisation=capitalisation,
        ajouts=ajouts,
        pauses=(Pause(ouverture, MotifPause.PROCEDURE_COLLECTIVE),) if ouverture else (),
    )
    if au < du:
        raise ErreurSaisie(
            "dates_inversees", f"Le dernier jour ({format_jour(au)}) précède l'échéance ({format_jour(du)}).", "au"
        )
    for champ, montant in (("principal", principal), ("frais", frais)):
        if montant < 0:
            raise ErreurSaisie("montant_negatif", "Ce montant ne peut pas être négatif.", champ)
    indemnite, reserves = compute_indemnites(regle, factures, au)
    creance = Creance(_CLE, "Créance", principal, du, regle, indemnite, frais)
    versements = [
        Versement(str(rang), jour, montant, imputation=imputation) for rang, (jour, montant) in enumerate(paiements)
    ]
    try:
        decompte = compute_decompte([creance], versements, au, provisoire=provisoire)
    except ErreurBareme as erreur:
        erreur.champ = _find_champ(erreur, executoire)
        raise
    avertissements = [*reserves, *decompte.avertissements, *_check_versements(versements, au)]
    resultat = _build_resultat(decompte, versements, avertissements)
    emit(resultat, _format_resultat(decompte, resultat["imputations"], avertissements), en_json=en_json)


def _find_champ(erreur: ErreurBareme, executoire: date | None) -> str:
    """Name the option whose day the tables do not know."""
    if executoire is not None and erreur.parametres["jour"] == executoire.isoformat():
        return "executoire"
    return "au" if erreur.parametres["sens"] == "apres" else "du"


def _check_versements(versements: Iterable[Versement], au: date) -> list[Avertissement]:
    return [
        Avertissement(
            "paiement_apres_arrete",
            f"Le paiement du {format_jour(v.date)} ({format_montant(v.montant)}) est postérieur au {format_jour(au)} : "
            "il n'est pas pris en compte.",
        )
        for v in versements
        if v.date > au
    ]


def _build_resultat(
    decompte: Decompte, versements: list[Versement], avertissements: list[Avertissement]
) -> dict[str, Any]:
    imputations = {imputation.versement: imputation for imputation in decompte.imputations}
    return {
        "interets": decompte.interets,
        "indemnites": decompte.indemnites,
        "frais": decompte.frais,
        "principal_restant": decompte.principal,
        "total_du": decompte.total_du,
        "interets_courus": decompte.interets_courus,
        "trop_percu": decompte.trop_percu,
        **_build_defaut_de_clause(avertissements),
        "lignes": [dump_ligne(ligne) for ligne in decompte.lignes],
        "imputations": [
            _build_imputation(versement, imputations.get(versement.cle))
            for versement in sorted(versements, key=lambda v: v.date)
            if versement.date <= decompte.au
        ],
        "articles": decompte.articles,
        "avertissements": build_avertissements(avertissements),
    }


def _build_defaut_de_clause(avertissements: Iterable[Avertissement]) -> dict[str, str]:
    """Interest at ECB + 10, beside an agreed rate under its floor."""
    for avertissement in avertissements:
        if avertissement.code == "taux_sous_plancher":
            return {"interets_a_defaut_de_clause": avertissement.parametres["montant_suppletif"]}
    return {}


def _build_imputation(versement: Versement, imputation: Imputation | None) -> dict[str, Any]:
    """Write what a payment settled: nothing when everything was paid already."""
    parts = {poste: getattr(imputation, poste) if imputation else ZERO for poste in _POSTES}
    return {"date": versement.date, "montant": versement.montant, **parts}


def _format_resultat(
    decompte: Decompte, imputations: Iterable[dict[str, Any]], avertissements: list[Avertissement]
) -> str:
    blocs = []
    if decompte.lignes:
        lignes = [format_ligne(ligne) for ligne in decompte.lignes]
        blocs.append(format_tableau(ENTETES, lignes, a_droite=A_DROITE))
    payes = [(format_jour(i["date"]), *(format_montant(i[cle]) for cle in ("montant", *_POSTES))) for i in imputations]
    if payes:
        entetes_payes = ("Payé le", "Montant", "Frais", "Indemnités", "Intérêts", "Principal")
        blocs.append(format_tableau(entetes_payes, payes, a_droite=(1, 2, 3, 4, 5)))
    totaux = [
        ("Principal restant", decompte.principal),
        ("Intérêts dus", decompte.interets),
        ("Indemnités", decompte.indemnites),
        ("Frais", decompte.frais),
        (f"Total dû au {format_jour(decompte.au)}", decompte.total_du),
    ]
    soldes = [(libelle, format_montant(montant)) for libelle, montant in totaux]
    blocs.append(format_tableau(("Reste dû", "Montant"), soldes, a_droite=(1,)))
    fin = [f"Articles : {', '.join(decompte.articles)}"] if decompte.articles else []
    fin += [f"Taux : {source}" for source in dict.fromkeys(ligne.source for ligne in decompte.lignes)]
    blocs.append("\n".join([*fin, *format_avertissements(avertissements)]))
    return "\n\n".join(bloc for bloc in blocs if bloc)
