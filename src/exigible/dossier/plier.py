"""The fold: what the facts of a dossier and of its creditor mean on a given day. A pure function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from exigible.dossier.courriers import list_courriers
from exigible.dossier.creances import describe_creance
from exigible.dossier.etat import EtatCreance, EtatCreancier, EtatDossier, EtatPlan, EtatPromesse
from exigible.dossier.faits import (
    CreanceNee,
    DebiteurDecrit,
    Fait,
    PaiementRecu,
    PaiementRejete,
    PlanConvenu,
    PlanRompu,
    PromesseRecue,
    Reclamation,
    ReclamationDecidee,
)
from exigible.dossier.faits_creancier import (
    CompteBancaireAjoute,
    CompteBancaireRetire,
    ConditionsDeVenteFixees,
    CreancierDecrit,
    ReclamationFixee,
    ValeurDeBaremeSaisie,
)
from exigible.dossier.journal import Inscription, list_effectives
from exigible.dossier.releve import Contexte, value_creances
from exigible.dossier.suspensions import Faits, list_suspensions
from exigible.droit.argent import ZERO
from exigible.droit.bareme import ValeurAjoutee
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase
from exigible.droit.regimes import choose_regime

F = TypeVar("F", bound=Fait)

_PARIS = ZoneInfo("Europe/Paris")


def fold_dossier(
    inscriptions: Sequence[Inscription],
    inscriptions_creancier: Sequence[Inscription],
    au: date,
    *,
    connu_au: datetime | None = None,
    provisoire: bool = False,
) -> EtatDossier:
    """Return the state of a dossier on the day `au` (included); `connu_au` keeps only what was recorded by then.

    Beyond the last known rate, interest stops there and a warning says so; with `provisoire` it goes on with the last
    known rate and a warning. Raises ErreurExigible when the debtor or the creditor is not described at all.
    """
    faits = Faits(list_effectives(inscriptions, au, connu_au))
    creancier = fold_creancier(inscriptions_creancier, au, connu_au=connu_au)
    descriptions = _dated(inscriptions, DebiteurDecrit, connu_au)
    debiteur = get_in_force(descriptions, au)
    if debiteur is None:
        raise ErreurExigible(
            "debiteur_absent", phrase("Le dossier ne dit pas qui est le débiteur : décrivez-le d'abord.")
        )
    contexte = Contexte(
        au=au,
        faits=faits,
        creancier=creancier,
        debiteur=debiteur,
        regime=choose_regime(creancier.description.qualite, debiteur.qualite),
        conditions=_dated(inscriptions_creancier, ConditionsDeVenteFixees, connu_au),
        courriers=list_courriers(faits),
        penalites=_choose(faits, "penalites", creancier.penalites),
        indemnite=_choose(faits, "indemnite", creancier.indemnite),
        provisoire=provisoire,
    )
    reclame, pour_memoire = value_creances(contexte)
    plans = _fold_plans(faits, au)
    creances = tuple(
        describe_creance(contexte, creance, reclame, list_suspensions(contexte.faits, creance, plans, au))
        for creance in faits.list(CreanceNee)
    )
    return EtatDossier(
        au=au,
        creancier=creancier,
        debiteur=debiteur,
        adresse_depuis=_find_adresse_depuis(descriptions, au),
        regime=contexte.regime,
        penalites=contexte.penalites,
        indemnite=contexte.indemnite,
        creances=creances,
        courriers=contexte.courriers,
        promesses=_fold_promesses(faits, creances),
        plans=plans,
        decompte=reclame,
        pour_memoire=pour_memoire,
        avertissements=tuple(
            dict.fromkeys((*contexte.regime.avertissements, *reclame.avertissements, *contexte.avertissements))
        ),
    )


def fold_creancier(inscriptions: Sequence[Inscription], au: date, *, connu_au: datetime | None = None) -> EtatCreancier:
    """Return the creditor on the day. Until it decides, penalties and the 40 € are announced, not claimed."""
    description = _in_force(inscriptions, CreancierDecrit, au, connu_au)
    if description is None:
        raise ErreurExigible(
            "creancier_absent", phrase("Le créancier n'est pas décrit : indiquez d'abord votre entreprise.")
        )
    reclamation = _in_force(inscriptions, ReclamationFixee, au, connu_au)
    effectives = list_effectives(inscriptions, date.max, connu_au)
    return EtatCreancier(
        description=description,
        conditions=_in_force(inscriptions, ConditionsDeVenteFixees, au, connu_au),
        penalites=reclamation.penalites if reclamation else Reclamation.ANNONCER,
        indemnite=reclamation.indemnite if reclamation else Reclamation.ANNONCER,
        ibans=_list_ibans(effectives),
        ajouts=_list_ajouts(effectives),
    )


def _list_ajouts(inscriptions: Sequence[Inscription]) -> tuple[ValeurAjoutee, ...]:
    """List the values added to the tables of the law; whatever the day asked for, like those of the program."""
    return tuple(
        ValeurAjoutee(
            bareme=fait.bareme,
            serie=fait.serie,
            debut=fait.debut,
            valeurs=fait.valeurs,
            source=fait.source,
            enregistree_le=i.enregistre_le.astimezone(_PARIS).date() if i.enregistre_le else i.date_effet,
            auteur=i.auteur,
        )
        for i in inscriptions
        if isinstance(fait := i.fait, ValeurDeBaremeSaisie)
    )


@dataclass(frozen=True, slots=True)
class _Compte:
    iban: str
    bic: str
    principal: bool


def _list_ibans(inscriptions: Sequence[Inscription]) -> tuple[tuple[str, str], ...]:
    comptes: dict[str, _Compte] = {}
    for inscription in inscriptions:
        fait = inscription.fait
        if isinstance(fait, CompteBancaireAjoute):
            comptes[fait.iban] = _Compte(fait.iban, fait.bic, fait.principal)
        elif isinstance(fait, CompteBancaireRetire):
            comptes.pop(fait.iban, None)
    tries = sorted(comptes.values(), key=lambda c: not c.principal)
    return tuple((c.iban, c.bic) for c in tries)


def _dated(
    inscriptions: Sequence[Inscription], sorte: type[F], connu_au: datetime | None
) -> tuple[tuple[date, F], ...]:
    effectives = list_effectives(inscriptions, date.max, connu_au)
    return tuple((i.date_effet, i.fait) for i in effectives if isinstance(i.fait, sorte))


def _in_force(inscriptions: Sequence[Inscription], sorte: type[F], au: date, connu_au: datetime | None) -> F | None:
    return get_in_force(_dated(inscriptions, sorte, connu_au), au)


def get_in_force(dates: Sequence[tuple[date, F]], jour: date) -> F | None:
    """Return the last value on the day (included); before the first one, the first: who is described existed before."""
    if not dates:
        return None
    passees = [valeur for debut, valeur in dates if debut <= jour]
    return passees[-1] if passees else dates[0][1]


def _choose(faits: Faits, accessoire: str, defaut: Reclamation) -> Reclamation:
    choix = [getattr(f, accessoire) for f in faits.list(ReclamationDecidee)]
    decides = [c for c in choix if c is not None]
    return decides[-1] if decides else defaut


def _list_paiements(faits: Faits) -> list[tuple[date, PaiementRecu]]:
    rejetes = {f.paiement for f in faits.list(PaiementRejete)}
    return [(jour, p) for jour, p in faits.dated(PaiementRecu) if p.cle not in rejetes]


def _sum_paiements(faits: Faits, depuis: date, creances: tuple[str, ...], jusqu_au: date = date.max) -> Decimal:
    return sum(
        (
            p.montant
            for jour, p in _list_paiements(faits)
            if depuis <= jour <= jusqu_au and (not p.creances or not creances or set(p.creances) & set(creances))
        ),
        ZERO,
    )


def _fold_plans(faits: Faits, au: date) -> tuple[EtatPlan, ...]:
    rompus = {f.plan for f in faits.list(PlanRompu)}
    return tuple(
        EtatPlan(
            plan=plan,
            convenu_le=jour,
            du_a_ce_jour=sum((e.montant for e in plan.echeances if e.jour < au), ZERO),
            paye=_sum_paiements(faits, jour, plan.creances),
        )
        for jour, plan in faits.dated(PlanConvenu)
        if plan.cle not in rompus
    )


def _fold_promesses(faits: Faits, creances: Sequence[EtatCreance]) -> tuple[EtatPromesse, ...]:
    return tuple(
        EtatPromesse(promesse, jour, tenue=_is_tenue(faits, jour, promesse, creances))
        for jour, promesse in faits.dated(PromesseRecue)
    )


def _is_tenue(faits: Faits, jour: date, promesse: PromesseRecue, creances: Sequence[EtatCreance]) -> bool:
    """Whether the sum promised, or all of it, came by the day promised."""
    if promesse.montant is not None:
        return _sum_paiements(faits, jour, promesse.creances, promesse.jusqu_au) >= promesse.montant
    visees = [c for c in creances if not promesse.creances or c.cle in promesse.creances]
    cles = {c.cle for c in visees}
    tardif = any(j > promesse.jusqu_au and cles & set(p.creances) for j, p in _list_paiements(faits))
    return bool(visees) and all(c.principal_restant == 0 for c in visees) and not tardif


def _find_adresse_depuis(descriptions: Sequence[tuple[date, DebiteurDecrit]], au: date) -> date:
    """Return the day from which the present address is known; a description that leaves it as it is changes nothing."""
    passees = [(jour, d) for jour, d in descriptions if jour <= au] or list(descriptions[:1])
    depuis, adresse = passees[-1][0], passees[-1][1].adresse
    for jour, description in reversed(passees):
        if description.adresse != adresse:
            break
        depuis = jour
    return depuis
