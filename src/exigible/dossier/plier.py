"""The fold: what the facts of a dossier and of its creditor mean on a given day. A pure function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from exigible.dossier.conservation import describe_debiteur_efface, warn_effaces
from exigible.dossier.courriers import list_courriers, list_mises_en_demeure
from exigible.dossier.creances import describe_creances
from exigible.dossier.echeances import sort_echeances
from exigible.dossier.echeances_creances import list_echeances_prescription
from exigible.dossier.etat import EtatCreancier, EtatDossier
from exigible.dossier.faits import (
    DEBITEUR,
    AdresseChangee,
    DebiteurDecrit,
    Fait,
    PaiementRecu,
    Reclamation,
    ReclamationDecidee,
    SurendettementRecevable,
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
from exigible.dossier.obligation.evenements import Compte
from exigible.dossier.obligation.frais import fold_frais, list_frais, warn_frais
from exigible.dossier.obligation.obliges import follow_adresses, list_obliges
from exigible.dossier.obligation.personnes import fold_personnes, warn_personnes
from exigible.dossier.obligation.titre import describe_titres, list_decisions
from exigible.dossier.obligation.titre_avis import warn_decisions, warn_graces
from exigible.dossier.obligation.titre_prescription import (
    drop_prescrits,
    list_echeances_titres,
    time_titres,
    warn_titres,
)
from exigible.dossier.plans.controle import check_plans
from exigible.dossier.plans.echeances import list_echeances_plan
from exigible.dossier.plans.suivi import fold_plans, fold_promesses
from exigible.dossier.procedures.echeances import list_echeances_procedure
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.procedures.ouvertures import INSOLVABILITES, list_insolvabilites
from exigible.dossier.procedures.plier import fold_procedures
from exigible.dossier.releve import Contexte, value_creances
from exigible.dossier.reversements import find_convention
from exigible.dossier.surendettement import list_periodes, warn_surendettements
from exigible.dossier.suspensions import Faits
from exigible.droit.bareme import ValeurAjoutee
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase
from exigible.droit.regimes import choose_regime

F = TypeVar("F", bound=Fait)

_PARIS = ZoneInfo("Europe/Paris")


def fold_dossier(
    inscriptions: Sequence[Inscription],
    du_creancier: Sequence[Inscription] | CreancierPlie,
    au: date,
    *,
    connu_au: datetime | None = None,
    provisoire: bool = False,
) -> EtatDossier:
    """Return the state of a dossier on the day `au` (included); `connu_au` keeps only what was recorded by then.

    `du_creancier`: its entries, or what `prepare_creancier` made of them for the same `au` and `connu_au`.
    Beyond the last known rate, interest stops there and a warning says so; with `provisoire` it goes on with the last
    known rate and a warning. Raises ErreurExigible when the debtor or the creditor is not described at all.
    """
    effectives = list_effectives(inscriptions, date.max, connu_au)
    tous = Faits(effectives)
    passees = [i for i in effectives if i.date_effet <= au]
    faits = tous if len(passees) == len(effectives) else Faits(passees)
    if not isinstance(du_creancier, CreancierPlie):
        du_creancier = prepare_creancier(du_creancier, au, connu_au=connu_au)
    creancier = du_creancier.etat
    descriptions = follow_adresses(
        tuple(tous.dated(DebiteurDecrit)) or describe_debiteur_efface(inscriptions),
        tous.dated(AdresseChangee),
    )
    debiteur = get_in_force(descriptions, au)
    if debiteur is None:
        raise ErreurExigible(
            "debiteur_absent", phrase("Le dossier ne dit pas qui est le débiteur : décrivez-le d'abord.")
        )
    procedures = fold_procedures(faits.tous, creancier.description, descriptions, au)
    periodes = list_periodes(procedures.liste, faits.dated(SurendettementRecevable))
    faits = faits.add((*list_insolvabilites(procedures.liste, faits.tous), *periodes))
    obliges, decisions = list_obliges(faits), list_decisions(faits, DEBITEUR, procedures.liste)
    lignes_frais, courriers = list_frais(faits, decisions, au), list_courriers(faits)
    contexte = Contexte(
        au=au,
        faits=faits,
        creancier=creancier,
        debiteur=debiteur,
        regime=choose_regime(creancier.description.qualite, debiteur.qualite),
        conditions=du_creancier.conditions,
        mises_en_demeure=list_mises_en_demeure(courriers),
        penalites=_choose(faits, "penalites", creancier.penalites),
        indemnite=_choose(faits, "indemnite", creancier.indemnite),
        provisoire=provisoire,
        compte=Compte(DEBITEUR, decisions, tuple(obliges.values())),
        frais=lignes_frais,
        procedures=procedures.liste,
    )
    contexte = drop_prescrits(contexte)
    decisions = contexte.compte.decisions
    reclame, pour_memoire = value_creances(contexte)
    plans = fold_plans(faits, au, debiteur.qualite)
    creances = describe_creances(contexte, reclame, plans)
    promesses = fold_promesses(faits, creances)
    personnes = fold_personnes(contexte, reclame)
    titres = time_titres(contexte, describe_titres(decisions, contexte.reclame.creances, reclame), reclame)
    return EtatDossier(
        au=au,
        creancier=creancier,
        debiteur=debiteur,
        adresse_depuis=_find_adresse_depuis(descriptions, au),
        regime=contexte.regime,
        penalites=contexte.penalites,
        indemnite=contexte.indemnite,
        creances=creances,
        courriers=courriers,
        promesses=promesses,
        plans=plans,
        decompte=reclame,
        base=contexte.reclame,
        moyens=tuple((p.cle, p.moyen) for p in faits.list(PaiementRecu) if p.moyen),
        payeurs=tuple((p.cle, p.payeur) for p in faits.list(PaiementRecu) if p.payeur),
        titres=titres,
        frais=fold_frais(faits, lignes_frais),
        personnes=personnes,
        pour_memoire=pour_memoire,
        procedures=procedures.liste,
        echeances=sort_echeances(
            (
                *(e for p in procedures.liste for e in list_echeances_procedure(p, au)),
                *list_echeances_prescription(creances),
                *list_echeances_titres(titres, procedures.liste, au),
                *(() if _is_insolvable(procedures.liste) else list_echeances_plan(plans, promesses, reclame)),
            )
        ),
        avertissements=tuple(
            dict.fromkeys(
                (
                    *contexte.regime.avertissements,
                    *reclame.avertissements,
                    *contexte.avertissements,
                    *check_plans(faits, debiteur.qualite),
                    *procedures.avertissements,
                    *warn_decisions(faits, decisions),
                    *warn_titres(titres, au),
                    *warn_graces(decisions, creancier.description.qualite),
                    *warn_surendettements(periode for _, periode in periodes),
                    *warn_frais(lignes_frais),
                    *warn_personnes(personnes),
                    *warn_effaces(inscriptions),
                )
            )
        ),
    )


def _is_insolvable(procedures: Sequence[EtatProcedure]) -> bool:
    """Whether the debtor may no longer pay what a plan or a promise says (C. com. L622-7, C. conso. L722-5)."""
    return any(
        p.vivante and p.graphe.code in INSOLVABILITES and DEBITEUR in (p.contre or (DEBITEUR,)) for p in procedures
    )


@dataclass(frozen=True, slots=True)
class CreancierPlie:
    """A creditor folded once for all its dossiers of a day, with every terms of sale that it ever had."""

    etat: EtatCreancier
    conditions: tuple[tuple[date, ConditionsDeVenteFixees], ...]


def fold_creancier(inscriptions: Sequence[Inscription], au: date, *, connu_au: datetime | None = None) -> EtatCreancier:
    """Return the creditor on the day. Until it decides, penalties and the 40 € are announced, not claimed."""
    return prepare_creancier(inscriptions, au, connu_au=connu_au).etat


def prepare_creancier(
    inscriptions: Sequence[Inscription], au: date, *, connu_au: datetime | None = None
) -> CreancierPlie:
    """Read once what `fold_dossier` needs of a creditor. Raises ErreurExigible when it is not described."""
    effectives = list_effectives(inscriptions, date.max, connu_au)
    description = get_in_force(_dated(effectives, CreancierDecrit), au)
    if description is None:
        raise ErreurExigible(
            "creancier_absent", phrase("Le créancier n'est pas décrit : indiquez d'abord votre entreprise.")
        )
    reclamation = get_in_force(_dated(effectives, ReclamationFixee), au)
    conditions = _dated(effectives, ConditionsDeVenteFixees)
    etat = EtatCreancier(
        description=description,
        conditions=get_in_force(conditions, au),
        penalites=reclamation.penalites if reclamation else Reclamation.ANNONCER,
        indemnite=reclamation.indemnite if reclamation else Reclamation.ANNONCER,
        ibans=_list_ibans(effectives),
        ajouts=_list_ajouts(effectives),
        convention=find_convention(effectives, au),
    )
    return CreancierPlie(etat, conditions)


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


def _dated(effectives: Sequence[Inscription], sorte: type[F]) -> tuple[tuple[date, F], ...]:
    return tuple((i.date_effet, i.fait) for i in effectives if isinstance(i.fait, sorte))


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


def _find_adresse_depuis(descriptions: Sequence[tuple[date, DebiteurDecrit]], au: date) -> date:
    """Return the day from which the present address is known; a description that leaves it as it is changes nothing."""
    passees = [(jour, d) for jour, d in descriptions if jour <= au] or list(descriptions[:1])
    depuis, adresse = passees[-1][0], passees[-1][1].adresse
    for jour, description in reversed(passees):
        if description.adresse != adresse:
            break
        depuis = jour
    return depuis
