"""The statement of a file on a day: what is owed, line by line, after every payment has been imputed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import msgspec

from exigible.droit.argent import ZERO
from exigible.droit.compte import Compte
from exigible.droit.creance import ARTICLES_INDEMNITE, Creance
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.imputation import Imputation, impute_versement, sort_ouverts
from exigible.droit.interets import LigneInterets, Regime, check_regle, compute_dernier_jour_connu
from exigible.droit.pauses import Pause
from exigible.droit.phrase import phrase
from exigible.droit.plancher import AlertePlancher, check_plancher, drop_taux_sous_plancher
from exigible.droit.versements import ModeImputation, Remboursement, Versement, VersementEcarte

__all__ = [
    "Creance",
    "Decompte",
    "Imputation",
    "ModeImputation",
    "Remboursement",
    "SoldeCreance",
    "Versement",
    "VersementEcarte",
    "compute_decompte",
]


class SoldeCreance(msgspec.Struct, frozen=True):
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
    above everything owed on their day, less `rembourse`, what was given back of it; it is not deducted from `total_du`.
    `ecartes`: payments that do not count (rejected, or a set-off that is only alleged).
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
    rembourse: Decimal = ZERO
    ecartes: tuple[VersementEcarte, ...] = ()


@dataclass(slots=True)
class _Releve:
    """What the payments did, while and after they are played."""

    comptes: dict[str, Compte]
    ouverts: list[str] = field(default_factory=list)
    imputations: list[Imputation] = field(default_factory=list)
    ecartes: list[VersementEcarte] = field(default_factory=list)
    trop_percu: Decimal = ZERO
    rembourse: Decimal = ZERO
    articles: list[str] = field(default_factory=list)
    avertissements: list[Avertissement] = field(default_factory=list)


def compute_decompte(
    creances: Sequence[Creance],
    versements: Sequence[Versement],
    au: date,
    *,
    remboursements: Sequence[Remboursement] = (),
    provisoire: bool = False,
    arreter_au_dernier_connu: bool = False,
) -> Decompte:
    """Compute the statement at the end of `au` (included); payments after `au` are not seen.

    Outside the known dates of the tables: raises ErreurBareme (`date_hors_bareme`) by default; `provisoire` goes on
    with the last known value and warns; `arreter_au_dernier_connu` stops interest at the last known day and warns.
    Raises ErreurSaisie (`cle_en_double`, `creance_inconnue`). Payments of one day are taken in the order given.
    """
    releve = _run(creances, versements, au, remboursements, provisoire=provisoire, arreter=arreter_au_dernier_connu)
    comptes = releve.comptes.values()
    lignes = tuple(ligne for compte in comptes for ligne in compte.lignes)
    arret = min((compte.arrete_au for compte in comptes if compte.arrete_au), default=None)
    pauses = _list_pauses(creances, au)
    avertissements = [
        *(avertissement for ligne in lignes for avertissement in ligne.avertissements),
        *(avertissement for creance in creances for avertissement in _check_regles(creance)),
        *(pause.build_avertissement() for pause in pauses),
        *_check_planchers(creances, versements, au, releve),
        *releve.avertissements,
        *_check_releve(releve, arret),
    ]
    soldes = tuple(_build_solde(compte) for compte in comptes)
    return Decompte(
        au=au,
        interets_arretes_au=arret,
        lignes=lignes,
        imputations=tuple(releve.imputations),
        soldes=soldes,
        principal=_sum(solde.principal_restant for solde in soldes),
        interets=_sum(solde.interets for solde in soldes),
        indemnites=_sum(solde.indemnites for solde in soldes),
        frais=_sum(solde.frais for solde in soldes),
        total_du=_sum(solde.total for solde in soldes),
        trop_percu=releve.trop_percu,
        articles=_list_articles(releve, lignes, pauses),
        avertissements=tuple(dict.fromkeys(avertissements)),
        interets_courus=_sum(solde.interets_courus for solde in soldes),
        rembourse=releve.rembourse,
        ecartes=tuple(releve.ecartes),
    )


def _run(
    creances: Sequence[Creance],
    versements: Sequence[Versement],
    au: date,
    remboursements: Sequence[Remboursement] = (),
    *,
    provisoire: bool,
    arreter: bool,
) -> _Releve:
    """Play payments and refunds in order of date, payments first on a day, then value every account at `au`."""
    releve = _Releve({})
    for creance in creances:
        if creance.cle in releve.comptes:
            raise ErreurSaisie(
                "cle_en_double",
                phrase("Deux créances portent la même clé « {cle} ».", cle=creance.cle),
                "cle",
                cle=creance.cle,
            )
        releve.comptes[creance.cle] = Compte.open(creance, arreter=arreter and not provisoire, provisoire=provisoire)
    releve.ouverts = sort_ouverts(releve.comptes)
    mouvements: list[Versement | Remboursement] = [*versements, *remboursements]
    for mouvement in sorted(mouvements, key=lambda m: m.date):
        if mouvement.date > au:
            break
        if isinstance(mouvement, Remboursement):
            _give_back(releve, mouvement)
        elif ecarte := mouvement.find_ecart(au):
            releve.ecartes.append(ecarte)
            releve.avertissements.append(ecarte.build_avertissement())
        else:
            _receive(releve, mouvement)
    for compte in releve.comptes.values():
        compte.advance(au)
    return releve


def _receive(releve: _Releve, versement: Versement) -> None:
    resultat = impute_versement(releve.comptes, releve.ouverts, versement)
    releve.imputations.extend(resultat.imputations)
    releve.trop_percu += resultat.trop_percu
    releve.articles.extend(resultat.articles)
    releve.avertissements.extend(resultat.avertissements)


def _give_back(releve: _Releve, remboursement: Remboursement) -> None:
    """Take a refund off what was overpaid. What exceeds it does not make the debtor owe more: it is said."""
    rendu = min(remboursement.montant, releve.trop_percu)
    releve.trop_percu -= rendu
    releve.rembourse += rendu
    if rendu < remboursement.montant:
        exces = remboursement.montant - rendu
        releve.avertissements.append(
            Avertissement(
                "remboursement_sans_trop_percu",
                phrase(
                    "Le remboursement du {jour} dépasse de {exces} ce qui avait été reçu en trop : le débiteur n'en "
                    "doit pas plus pour autant ; une somme rendue par erreur se réclame à part (C. civ. 1302).",
                    jour=remboursement.date,
                    exces=exces,
                ),
                {"remboursement": remboursement.cle, "exces": str(exces)},
            )
        )


def _list_pauses(creances: Sequence[Creance], au: date) -> tuple[Pause, ...]:
    """List the days without interest that fall between the start of a rule and `au`."""
    pauses = (
        pause
        for creance in creances
        for regle in creance.regles
        for pause in regle.pauses
        if pause.overlaps(regle.premier_jour, au)
    )
    return tuple(dict.fromkeys(pauses))


def _check_regles(creance: Creance) -> Iterator[Avertissement]:
    """Warn about each rule; a yearly count that a rule carries on from the one before is not a late one."""
    comptes: set[date | None] = set()
    for regle in creance.regles:
        for avertissement in check_regle(regle):
            if avertissement.code != "capitalisation_reportee" or regle.capitalisation not in comptes:
                yield avertissement
        comptes.add(regle.capitalisation)


def _check_planchers(
    creances: Sequence[Creance], versements: Sequence[Versement], au: date, releve: _Releve
) -> tuple[Avertissement, ...]:
    """Compare agreed commercial rates with their floor; the default rate is shown beside, never put instead."""
    alertes = {c.cle: alerte for c in creances if (alerte := _find_alerte(c, au))}
    if not alertes:
        return ()
    suppletives = [_drop_taux(c) if c.cle in alertes else c for c in creances]
    connus = (compute_dernier_jour_connu(r) for c in suppletives if c.cle in alertes for r in c.regles)
    jour = min([au, *(connu for connu in connus if connu is not None)])
    if jour < au:
        releve = _run(creances, versements, jour, provisoire=False, arreter=True)
    autre = _run(suppletives, versements, jour, provisoire=False, arreter=True)
    return tuple(
        alertes[cle].build_avertissement(convenu.creance.libelle, jour, convenu.courus, autre.comptes[cle].courus)
        for cle, convenu in releve.comptes.items()
        if cle in alertes
    )


def _find_alerte(creance: Creance, au: date) -> AlertePlancher | None:
    return next((alerte for regle in creance.regles if (alerte := check_plancher(regle, au))), None)


def _drop_taux(creance: Creance) -> Creance:
    """Give the claim the default rate wherever an agreed commercial rate may lie under its floor."""
    premiere, *suites = (drop_taux_sous_plancher(r) if r.regime is Regime.COMMERCIAL else r for r in creance.regles)
    return replace(creance, regle=premiere, suites=tuple(suites))


def _check_releve(releve: _Releve, arret: date | None) -> tuple[Avertissement, ...]:
    avertissements: list[Avertissement] = []
    if arret is not None:
        avertissements.append(
            Avertissement(
                "interets_arretes_au",
                phrase(
                    "Les intérêts sont arrêtés au {jour}, dernier jour dont le taux est publié ; ils continuent de "
                    "courir et seront complétés dès la publication du taux suivant.",
                    jour=arret,
                ),
                {"date": arret.isoformat()},
            )
        )
    if releve.trop_percu > 0:
        avertissements.append(
            Avertissement(
                "trop_percu",
                phrase(
                    "Les versements dépassent ce qui était dû : {montant} reçus en trop, à rendre ou à affecter avec "
                    "l'accord du débiteur.",
                    montant=releve.trop_percu,
                ),
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


def _list_articles(releve: _Releve, lignes: Sequence[LigneInterets], pauses: Sequence[Pause]) -> tuple[str, ...]:
    articles = [article for ligne in lignes for article in ligne.articles]
    for compte in releve.comptes.values():
        if compte.indemnite_encourue > 0:
            articles += _list_articles_indemnite(compte.creance)
        if any(regle.capitalisation is not None for regle in compte.creance.regles):
            articles.append("C. civ. 1343-2")
    articles += [pause.article for pause in pauses]
    if releve.imputations:
        articles.append("C. civ. 1343-1")
    return tuple(dict.fromkeys([*articles, *releve.articles]))


def _list_articles_indemnite(creance: Creance) -> tuple[str, ...]:
    public = creance.regle is not None and creance.regle.regime is Regime.PUBLIC
    if public and creance.articles_indemnite == ARTICLES_INDEMNITE:
        return ("CCP D2192-35",)
    return creance.articles_indemnite


def _sum(montants: Iterable[Decimal]) -> Decimal:
    return sum(montants, ZERO)
