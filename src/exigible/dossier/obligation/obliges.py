"""Who is liable with the debtor, for which share, and what the creditor gave up towards one or all.

Solidarity is never presumed (C. civ. 1310): each role is the one that was recorded. Without a share, equal ones (1309).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

import msgspec

from exigible.dossier.faits import (
    DEBITEUR,
    AdresseChangee,
    CreanceCedee,
    CreanceNee,
    DebiteurDecrit,
    PaiementRecu,
    PaiementRejete,
    PersonneDechargee,
    PersonneTenue,
    PorteeDecharge,
    PosteRenonce,
    RenonciationFaite,
    RolePersonne,
)
from exigible.dossier.obligation.succession import Abandon, Changement, Part
from exigible.dossier.suspensions import Faits
from exigible.droit.argent import CENTIME, ZERO
from exigible.droit.creance import Poste
from exigible.droit.erreurs import Avertissement
from exigible.droit.jours import UN_JOUR
from exigible.droit.phrase import phrase

CODEBITEURS = frozenset({RolePersonne.CODEBITEUR_SOLIDAIRE, RolePersonne.CODEBITEUR_CONJOINT})
CAUTIONS = frozenset({RolePersonne.CAUTION_SIMPLE, RolePersonne.CAUTION_SOLIDAIRE})

PREFIXE_ABANDON = "#"
"""How the statement names what was given up, among what was paid."""

_CENT = Decimal(100)
_POSTES = {
    PosteRenonce.PRINCIPAL: Poste.PRINCIPAL,
    PosteRenonce.INTERETS: Poste.INTERETS,
    PosteRenonce.INDEMNITES: Poste.INDEMNITES,
    PosteRenonce.FRAIS: Poste.FRAIS,
    PosteRenonce.TOUT: None,
}


@dataclass(frozen=True, slots=True)
class Partage:
    """The share of one debtor of a joint debt: the fraction that each joint debtor bears, by claim, then in general.

    The debtor, and those bound with him for the whole, bear together what the joint debtors do not, the cents included.
    """

    personne: str
    par_creance: Mapping[str, Mapping[str, Decimal]]
    en_general: Mapping[str, Decimal]

    def split(self, montant: Decimal, cle: str = "") -> Decimal:
        """Return that debtor's share of an amount, to the cent."""
        parts = self.par_creance.get(cle, self.en_general)
        if self.personne in self.en_general:
            return _floor(montant * parts.get(self.personne, ZERO))
        return montant - sum((_floor(montant * part) for part in parts.values()), ZERO)

    def counts(self, payeur: str) -> bool:
        """Whether what a person paid counts in this account."""
        return payeur == self.personne if self.personne in self.en_general else payeur not in self.en_general


def _floor(montant: Decimal) -> Decimal:
    return montant.quantize(CENTIME, rounding=ROUND_FLOOR)


@dataclass(frozen=True, slots=True)
class Oblige:
    """A person liable with the debtor: its latest description, given on `decrit_le`; liable since `depuis`."""

    fait: PersonneTenue
    depuis: date
    decrit_le: date

    def covers(self, creance: CreanceNee) -> bool:
        """Whether it is liable for a claim."""
        if self.fait.creances and creance.cle not in self.fait.creances:
            return False
        return self.fait.jusqu_au is None or creance.emission <= self.fait.jusqu_au


def is_conjoint(oblige: Oblige) -> bool:
    """Whether a person owes its own share only."""
    return oblige.fait.role is RolePersonne.CODEBITEUR_CONJOINT


def list_obliges(faits: Faits) -> dict[str, Oblige]:
    """Return the persons liable with the debtor, by key; `debiteur` names nobody else."""
    obliges: dict[str, Oblige] = {}
    for jour, fait in faits.dated(PersonneTenue):
        if fait.cle != DEBITEUR and fait.role is not RolePersonne.DEBITEUR:
            avant = obliges.get(fait.cle)
            obliges[fait.cle] = Oblige(fait, avant.depuis if avant else jour, jour)
    return obliges


def find_parts(obliges: Sequence[Oblige], creance: CreanceNee | None = None) -> dict[str, Decimal]:
    """Return what each co-debtor and the debtor bear of a claim (of all, when None), as fractions that add up to one.

    A share that was said is kept; the others divide what is left equally. Said shares above the whole are all lowered.
    """
    membres = [o.fait for o in obliges if o.fait.role in CODEBITEURS and (creance is None or o.covers(creance))]
    dites = {f.cle: max(f.part, ZERO) / _CENT for f in membres if f.part is not None}
    total = max(sum(dites.values(), ZERO), Decimal(1))
    parts = {cle: part / total for cle, part in dites.items()}
    autres = [DEBITEUR, *(f.cle for f in membres if f.part is None)]
    reste = max(1 - sum(parts.values(), ZERO), ZERO)
    return parts | dict.fromkeys(autres, reste / len(autres))


def make_partage(obliges: Sequence[Oblige], creances: Sequence[CreanceNee], personne: str) -> Partage:
    """Return the share of a person in a debt that divides (C. civ. 1309)."""
    conjoints = {o.fait.cle for o in obliges if is_conjoint(o)}
    par_creance = {c.cle: find_parts(obliges, c) for c in creances}
    return Partage(
        personne,
        {cle: _keep_only(parts, conjoints) for cle, parts in par_creance.items()},
        _keep_only(find_parts(obliges), conjoints),
    )


def _keep_only(parts: Mapping[str, Decimal], cles: AbstractSet[str]) -> dict[str, Decimal]:
    return {cle: part for cle, part in parts.items() if cle in cles}


# --- What the creditor gave up ----------------------------------------------------------------------------------------


def list_abandons(
    faits: Faits, obliges: Sequence[Oblige], personne: str = DEBITEUR, *, divisee: bool = False
) -> list[Abandon]:
    """Return what lowers a person's account: the waivers, and what the discharge of another takes off it.

    `divisee`: that account is already the share of some, which the discharge of a joint debtor leaves as it is.
    """
    renonciations = [
        Abandon(f"{PREFIXE_ABANDON}renonciation/{f.cle}", jour, _POSTES[f.poste], f.montant, creances=f.creances)
        for jour, f in faits.dated(RenonciationFaite)
        if f.montant is None or f.montant > 0
    ]
    return [*renonciations, *_list_decharges(faits, obliges, personne, divisee=divisee)]


def _list_decharges(faits: Faits, obliges: Sequence[Oblige], personne: str, *, divisee: bool) -> Iterator[Abandon]:
    roles = {DEBITEUR: RolePersonne.DEBITEUR, **{o.fait.cle: o.fait.role for o in obliges}}
    vues: set[str] = set()
    for jour, fait in faits.dated(PersonneDechargee):
        if fait.personne not in roles or fait.personne in vues:
            continue
        vues.add(fait.personne)
        fraction = _find_fraction(fait, roles, obliges, personne, divisee=divisee)
        if fraction > 0:
            garde = personne == fait.personne and fait.portee is PorteeDecharge.SOLIDARITE
            part = Part(fraction, sum_paye(faits, jour, fait.personne), sum_paye(faits, jour), garde)
            visees = next((o.fait.creances for o in obliges if o.fait.cle == fait.personne), ())
            yield Abandon(f"{PREFIXE_ABANDON}decharge/{fait.personne}", jour, creances=visees, part=part)


def _find_fraction(
    fait: PersonneDechargee, roles: dict[str, RolePersonne], obliges: Sequence[Oblige], personne: str, *, divisee: bool
) -> Decimal:
    """Return what somebody who is let go bears of the account of `personne`; nothing when that leaves it as it is."""
    role = roles[fait.personne]
    if role in CAUTIONS:
        return _find_part_caution(fait, roles, personne)
    conjoint = RolePersonne.CODEBITEUR_CONJOINT
    if role is RolePersonne.GARANT_AUTONOME or (divisee and conjoint in {role, roles[personne]}):
        return ZERO
    if personne == fait.personne and fait.portee is not PorteeDecharge.SOLIDARITE and personne != DEBITEUR:
        return ZERO  # freed of everything: nothing is left to lower
    parts = find_parts(obliges)
    if not divisee:
        return parts[fait.personne]
    tenus = sum((part for cle, part in parts.items() if roles[cle] is not conjoint), ZERO)
    return parts[fait.personne] / tenus if tenus else ZERO


def _find_part_caution(fait: PersonneDechargee, roles: dict[str, RolePersonne], personne: str) -> Decimal:
    """A surety let go leaves the debtor bound, and frees the other sureties of its share (C. civ. 1350-2 al. 2)."""
    if personne == fait.personne or roles.get(personne) not in CAUTIONS:
        return ZERO
    return 1 / Decimal(sum(role in CAUTIONS for role in roles.values()))


def sum_paye(faits: Faits, au: date, personne: str | None = None) -> Decimal:
    """Sum what was paid by a day, included, by a person or (None) by all."""
    rejetes = {f.paiement for f in faits.list(PaiementRejete)}
    return sum(
        (
            p.montant
            for jour, p in faits.dated(PaiementRecu)
            if jour <= au and p.cle not in rejetes and (personne is None or (p.payeur or DEBITEUR) == personne)
        ),
        ZERO,
    )


def find_decharge(faits: Faits, personne: str) -> PersonneDechargee | None:
    """Return the discharge that frees a person of everything, if any."""
    decharges = [f for f in faits.list(PersonneDechargee) if f.personne == personne]
    return next((f for f in decharges if f.portee is not PorteeDecharge.SOLIDARITE), None)


# --- Assignments ------------------------------------------------------------------------------------------------------


def list_cessions(faits: Faits, creances: Sequence[CreanceNee]) -> list[Changement]:
    """Return what the assignments take out of the account, from the day of the deed (C. civ. 1323)."""
    return [
        Changement(jour - UN_JOUR, dict.fromkeys(_list_cedees(fait, jour, creances), ()))
        for jour, fait in faits.dated(CreanceCedee)
        if not fait.recouvrement_conserve
    ]


def _list_cedees(fait: CreanceCedee, jour: date, creances: Sequence[CreanceNee]) -> list[str]:
    return [c.cle for c in creances if (c.cle in fait.creances if fait.creances else c.emission <= jour)]


def find_cession(faits: Faits, creance: CreanceNee) -> tuple[date, CreanceCedee] | None:
    """Return the assignment that took a claim away, if any."""
    for jour, fait in faits.dated(CreanceCedee):
        if not fait.recouvrement_conserve and creance.cle in _list_cedees(fait, jour, [creance]):
            return jour, fait
    return None


def warn_cedes(faits: Faits, ecartes: Sequence[str]) -> Iterator[Avertissement]:
    """Say which payments were made on assigned claims: they belong to the assignee (C. civ. 1321, 1324)."""
    for jour, paiement in faits.dated(PaiementRecu):
        if paiement.cle in ecartes:
            message = phrase(
                "Le paiement de {montant} du {jour} porte sur une créance cédée : il n'est pas compté ici, il revient "
                "au cessionnaire (C. civ. 1321 et 1324).",
                montant=paiement.montant,
                jour=jour,
            )
            yield Avertissement("paiement_sur_creance_cedee", message, {"paiement": paiement.cle})


# --- Addresses --------------------------------------------------------------------------------------------------------


def follow_adresses(
    descriptions: Sequence[tuple[date, DebiteurDecrit]], changements: Sequence[tuple[date, AdresseChangee]]
) -> tuple[tuple[date, DebiteurDecrit], ...]:
    """Return the descriptions of the debtor, with one more for each change of its address."""
    siens = [(jour, f.adresse) for jour, f in changements if f.personne in {"", DEBITEUR}]
    suite: list[tuple[date, DebiteurDecrit]] = list(descriptions)
    for jour, adresse in siens:
        avant = [d for debut, d in suite if debut <= jour] or [d for _, d in suite[:1]]
        if avant:
            decrit = msgspec.structs.replace(avant[-1], adresse=adresse)
            rang = sum(debut <= jour for debut, _ in suite)
            suite.insert(rang, (jour, decrit))
    return tuple(suite)
