"""The statement of a file on a day: what is owed, line by line, after every payment has been imputed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from exigible.droit.argent import ZERO, format_montant
from exigible.droit.compte import ARTICLES_INDEMNITE, Compte, Creance
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.imputation import Imputation, ModeImputation, Versement, impute_versement
from exigible.droit.interets import LigneInterets, Regime, check_regle, compute_dernier_jour_connu
from exigible.droit.jours import format_jour
from exigible.droit.plancher import check_plancher, drop_taux_sous_plancher

__all__ = [
    "Creance",
    "Decompte",
    "Imputation",
    "ModeImputation",
    "SoldeCreance",
    "Versement",
    "compute_decompte",
]


@dataclass(frozen=True, slots=True)
class SoldeCreance:
    """What is still owed on one claim (euros). `interets_courus` is what accrued in all, paid or not."""

    cle: str
    libelle: str
    echeance: date
    principal_initial: Decimal
    principal_restant: Decimal
    interets: Decimal
    indemnites: Decimal
    frais: Decimal
    total: Decimal
    interets_courus: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Decompte:
    """The statement at the end of `au`. `principal`, `interets`, `indemnites`, `frais`: what is still owed.

    `interets_arretes_au`: the last known day of the tables, when interest had to stop there. `trop_percu`: payments
    above everything owed on their day; it is not deducted from `total_du`.
    """

    au: date
    interets_arretes_au: date | None
    lignes: tuple[LigneInterets, ...]
    imputations: tuple[Imputation, ...]
    soldes: tuple[SoldeCreance, ...]
    principal: Decimal
    interets: Decimal
    indemnites: Decimal
    frais: Decimal
    total_du: Decimal
    trop_percu: Decimal
    articles: tuple[str, ...]
    avertissements: tuple[Avertissement, ...]
    interets_courus: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class _Releve:
    comptes: tuple[Compte, ...]
    imputations: tuple[Imputation, ...]
    trop_percu: Decimal
    choix_legal: bool


def compute_decompte(
    creances: Sequence[Creance],
    versements: Sequence[Versement],
    au: date,
    *,
    provisoire: bool = False,
    arreter_au_dernier_connu: bool = False,
) -> Decompte:
    """Compute the statement at the end of `au` (included); payments after `au` are not seen.

    Outside the known dates of the tables: raises ErreurBareme (`date_hors_bareme`) by default; `provisoire` goes on
    with the last known value and warns; `arreter_au_dernier_connu` stops interest at the last known day and warns.
    Raises ErreurSaisie (`cle_en_double`, `creance_inconnue`). Payments of one day are taken in the order given.
    """
    releve = _run(creances, versements, au, provisoire=provisoire, arreter=arreter_au_dernier_connu)
    lignes = tuple(ligne for compte in releve.comptes for ligne in compte.lignes)
    arrets = [compte.borne for compte in releve.comptes if compte.arrete_par_bareme and compte.borne]
    avertissements = [
        *(avertissement for ligne in lignes for avertissement in ligne.avertissements),
        *(a for creance in creances if creance.regle for a in check_regle(creance.regle)),
        *_check_planchers(creances, versements, au, releve),
        *_check_releve(releve, min(arrets, default=None)),
    ]
    soldes = tuple(_build_solde(compte) for compte in releve.comptes)
    return Decompte(
        au=au,
        interets_arretes_au=min(arrets, default=None),
        lignes=lignes,
        imputations=releve.imputations,
        soldes=soldes,
        principal=_sum(solde.principal_restant for solde in soldes),
        interets=_sum(solde.interets for solde in soldes),
        indemnites=_sum(solde.indemnites for solde in soldes),
        frais=_sum(solde.frais for solde in soldes),
        total_du=_sum(solde.total for solde in soldes),
        trop_percu=releve.trop_percu,
        articles=_list_articles(releve, lignes),
        avertissements=tuple(dict.fromkeys(avertissements)),
        interets_courus=_sum(solde.interets_courus for solde in soldes),
    )


def _run(
    creances: Sequence[Creance], versements: Sequence[Versement], au: date, *, provisoire: bool, arreter: bool
) -> _Releve:
    """Play the payments in order of date, then value every account at `au`."""
    comptes: dict[str, Compte] = {}
    for creance in creances:
        if creance.cle in comptes:
            raise ErreurSaisie(
                "cle_en_double", f"Deux créances portent la même clé « {creance.cle} ».", "cle", cle=creance.cle
            )
        borne = compute_dernier_jour_connu(creance.regle) if creance.regle and arreter and not provisoire else None
        comptes[creance.cle] = Compte.open(creance, borne=borne, provisoire=provisoire)
    imputations: list[Imputation] = []
    trop_percu, choix_legal = ZERO, False
    for versement in sorted(versements, key=lambda v: v.date):
        if versement.date <= au:
            resultat = impute_versement(comptes, versement)
            imputations.extend(resultat.imputations)
            trop_percu += resultat.trop_percu
            choix_legal = choix_legal or resultat.choix_legal
    for compte in comptes.values():
        compte.advance(au)
    return _Releve(tuple(comptes.values()), tuple(imputations), trop_percu, choix_legal)


def _check_planchers(
    creances: Sequence[Creance], versements: Sequence[Versement], au: date, releve: _Releve
) -> tuple[Avertissement, ...]:
    """Compare agreed commercial rates with their floor; the default rate is shown beside, never put instead."""
    alertes = {c.cle: alerte for c in creances if c.regle and (alerte := check_plancher(c.regle, au))}
    if not alertes:
        return ()
    suppletives = [
        replace(c, regle=drop_taux_sous_plancher(c.regle)) if c.cle in alertes and c.regle else c for c in creances
    ]
    connus = (compute_dernier_jour_connu(c.regle) for c in suppletives if c.cle in alertes and c.regle)
    jour = min([au, *(connu for connu in connus if connu is not None)])
    if jour < au:
        releve = _run(creances, versements, jour, provisoire=False, arreter=True)
    autre = _run(suppletives, versements, jour, provisoire=False, arreter=True)
    return tuple(
        alertes[convenu.creance.cle].build_avertissement(
            convenu.creance.libelle, jour, convenu.courus, suppletif.courus
        )
        for convenu, suppletif in zip(releve.comptes, autre.comptes, strict=True)
        if convenu.creance.cle in alertes
    )


def _check_releve(releve: _Releve, arret: date | None) -> tuple[Avertissement, ...]:
    avertissements: list[Avertissement] = []
    if arret is not None:
        avertissements.append(
            Avertissement(
                "interets_arretes_au",
                f"Les intérêts sont arrêtés au {format_jour(arret)}, dernier jour dont le taux est publié ; ils "
                "continuent de courir et seront complétés dès la publication du taux suivant.",
                {"date": arret.isoformat()},
            )
        )
    if releve.trop_percu > 0:
        avertissements.append(
            Avertissement(
                "trop_percu",
                f"Les versements dépassent ce qui était dû : {format_montant(releve.trop_percu)} reçus en trop, à "
                "rendre ou à affecter avec l'accord du débiteur.",
                {"montant": str(releve.trop_percu)},
            )
        )
    return tuple(avertissements)


def _build_solde(compte: Compte) -> SoldeCreance:
    return SoldeCreance(
        cle=compte.creance.cle,
        libelle=compte.creance.libelle,
        echeance=compte.creance.echeance,
        principal_initial=compte.creance.principal,
        principal_restant=compte.principal,
        interets=compte.interets,
        indemnites=compte.indemnites,
        frais=compte.frais,
        total=compte.total,
        interets_courus=compte.courus,
    )


def _list_articles(releve: _Releve, lignes: Sequence[LigneInterets]) -> tuple[str, ...]:
    articles = [article for ligne in lignes for article in ligne.articles]
    for compte in releve.comptes:
        regle = compte.creance.regle
        if compte.echeance_passee and compte.creance.indemnite > 0:
            articles += _list_articles_indemnite(compte.creance)
        if regle is not None and regle.capitalisation is not None:
            articles.append("C. civ. 1343-2")
    if releve.imputations:
        articles.append("C. civ. 1343-1")
    if releve.choix_legal:
        articles.append("C. civ. 1342-10")
    return tuple(dict.fromkeys(articles))


def _list_articles_indemnite(creance: Creance) -> tuple[str, ...]:
    public = creance.regle is not None and creance.regle.regime is Regime.PUBLIC
    if public and creance.articles_indemnite == ARTICLES_INDEMNITE:
        return ("CCP D2192-35",)
    return creance.articles_indemnite


def _sum(montants: Iterable[Decimal]) -> Decimal:
    return sum(montants, ZERO)
