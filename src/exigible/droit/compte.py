"""The account of one claim: what it has accrued and what is still owed, day after day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import msgspec

from exigible.droit.argent import ZERO
from exigible.droit.creance import ORDRE_LEGAL, Creance, Parts, Poste
from exigible.droit.interets import (
    LigneInterets,
    RegleInterets,
    compute_dernier_jour_connu,
    compute_lignes,
    compute_taux,
    find_premier_jour_connu,
)
from exigible.droit.jours import UN_JOUR, add_mois

_MOIS_PAR_AN = 12
_POSTES = tuple(poste.value for poste in ORDRE_LEGAL)
Rang: TypeAlias = tuple[bool, Decimal, bool, date]


class Tranche(msgspec.Struct, frozen=True):
    """One rule of a claim; `borne`: last day that its tables know; `debut_compte`: first day of the yearly count.

    `premier_connu`: for a rule that only ranks, the first day that its tables know.
    """

    regle: RegleInterets
    borne: date | None
    debut_compte: date | None = None
    premier_connu: date | None = None


class Compte(msgspec.Struct):
    """Running state of one claim, used only while a statement is being computed.

    Interest still owed lies in three pockets: accrued before the yearly count (never capitalised), accrued in the
    current year of the count, and capitalised (it bears interest with the principal). `de_rang`: the rule that ranks
    the claim when none is claimed; `taux_de_rang`, `rang_de_loi`: a rate that ranks it, and the rank itself, with the
    days they stand for, both included.
    """

    creance: Creance
    tranches: tuple[Tranche, ...]
    de_rang: Tranche | None
    provisoire: bool
    principal: Decimal
    frais: Decimal
    indemnites: Decimal = ZERO
    indemnite_encourue: Decimal = ZERO
    simples: Decimal = ZERO
    de_l_annee: Decimal = ZERO
    capitalises: Decimal = ZERO
    courus: Decimal = ZERO
    valorise_au: date = date.min
    rang: int = 0
    echeance_passee: bool = False
    arrete_au: date | None = None
    taux_de_rang: tuple[date, date, Decimal] = (date.max, date.min, ZERO)
    rang_de_loi: tuple[date, date, Rang] = (date.max, date.min, (True, ZERO, True, date.max))
    lignes: list[LigneInterets] = []

    @classmethod
    def open(cls, creance: Creance, *, arreter: bool, provisoire: bool) -> Compte:
        """Start the account; `arreter`: no interest after the last day that the tables know."""
        return cls(
            creance=creance,
            tranches=tuple(_list_tranches(creance.regles, arreter=arreter)),
            de_rang=_find_tranche_de_rang(creance),
            provisoire=provisoire,
            principal=creance.principal,
            frais=creance.frais,
        )

    @property
    def interets(self) -> Decimal:
        """Interest still owed."""
        return self.simples + self.de_l_annee + self.capitalises

    @property
    def total(self) -> Decimal:
        """Everything still owed on the claim."""
        return self.frais + self.indemnites + self.interets + self.principal

    def is_open(self) -> bool:
        """Whether something is, or may still become, owed."""
        du = self.principal or self.indemnites or self.simples or self.de_l_annee or self.capitalises or self.frais
        return bool(du)  # none is ever negative

    def get_taux(self, jour: date) -> Decimal:
        """Rate that ranks the claim on `jour`, claimed or not; zero when no interest runs that day.

        Never raises ErreurBareme for a rule that only ranks: outside the known dates, the nearest known rate stands.
        """
        du, au, taux = self.taux_de_rang
        if du <= jour <= au:
            return taux
        tranche = self._find_tranche(jour)
        if tranche is None or not tranche.regle.runs(jour):
            return ZERO
        return self._find_taux(tranche, jour)

    def get_rang(self, jour: date) -> Rang:
        """Return what ranks the claim on `jour`, the first to be paid having the lowest (C. civ. 1342-10 al. 2).

        The one that the debtor gains most to pay: a title or a surety, the highest rate, a penal clause; then the
        oldest due date.
        """
        du, au, rang = self.rang_de_loi
        if du <= jour <= au:
            return rang
        creance, taux = self.creance, self.get_taux(jour)
        rang = not creance.garantie, -taux, not creance.clause_penale, creance.echeance
        du, au, _ = self.taux_de_rang
        if du <= jour <= au:
            self.rang_de_loi = du, au, rang
        return rang

    def _find_tranche(self, jour: date) -> Tranche | None:
        """Return the rule in force on `jour` (else the first one), or the rule that ranks."""
        if not self.tranches:
            return self.de_rang
        choisie = self.tranches[0]
        for tranche in self.tranches[1:]:
            if tranche.regle.depart < jour:
                choisie = tranche
        return choisie

    def _find_taux(self, tranche: Tranche, jour: date) -> Decimal:
        """Return the rate of a rule that runs on `jour`; keep it for the days on which nothing can change it."""
        regle, borne = tranche.regle, tranche.borne
        if tranche.premier_connu == date.max:
            return ZERO
        lu = max(jour, tranche.premier_connu or jour)
        if borne is not None:
            lu = max(min(lu, borne), regle.premier_jour)
            if lu > borne:
                return ZERO
        taux = compute_taux(regle, lu, provisoire=self.provisoire)
        if lu == jour and len(self.tranches) <= 1 and not (regle.pauses or regle.arret or regle.executoire):
            self.taux_de_rang = (jour, min(taux.fin or date.max, borne or date.max), taux.taux)
        return taux.taux

    def project(self, jour: date) -> Compte:
        """Return the account valued at `jour`, with its new lines only, leaving this one as it is."""
        copie = copy(self)
        copie.lignes = []
        copie.advance(jour)
        return copie

    def accept(self, essai: Compte) -> Compte:
        """Return a projection of this account as what it is from now on: its lines come after those already there."""
        self.lignes.extend(essai.lignes)
        essai.lignes = self.lignes
        return essai

    def advance(self, jour: date) -> None:
        """Accrue up to `jour` included, and let the indemnity fall due the day after the due date if still unpaid."""
        if not self.echeance_passee and jour > self.creance.echeance:
            self.echeance_passee = True
            if self.principal > 0:
                self.indemnites = self.indemnite_encourue = self.creance.indemnite
        for rang in range(self.rang, len(self.tranches)):
            tranche = self.tranches[rang]
            if jour < tranche.regle.premier_jour:
                return
            self._enter(rang)
            fin = self._limit(tranche, jour)
            while self.valorise_au < fin:
                du = self.valorise_au + UN_JOUR
                self._capitalise(tranche, du)
                au = min(fin, _end_of_base(tranche, du))
                self._accrue(tranche, du, au)
                self.valorise_au = au

    def pay(self, somme: Decimal, ordre: Sequence[Poste]) -> Parts:
        """Spend at most `somme` on the parts named, in that order."""
        payes = {}
        for nom in _POSTES if ordre is ORDRE_LEGAL else [poste.value for poste in ordre]:
            payes[nom] = paye = min(somme, getattr(self, nom))
            somme -= paye
        parts = Parts(**payes)
        self.frais -= parts.frais
        self.indemnites -= parts.indemnites
        self.principal -= parts.principal
        if parts.interets:
            self._pay_interets(parts.interets)
        return parts

    def _pay_interets(self, somme: Decimal) -> None:
        """Pay first the interest that bears interest: the one the debtor gains most to extinguish (C. civ. 1342-10)."""
        capitalises = min(somme, self.capitalises)
        de_l_annee = min(somme - capitalises, self.de_l_annee)
        self.capitalises -= capitalises
        self.de_l_annee -= de_l_annee
        self.simples -= somme - capitalises - de_l_annee

    def _enter(self, rang: int) -> None:
        """Start the rule of that rank; the interest of an unfinished yearly count never joins another count."""
        tranche = self.tranches[rang]
        if rang != self.rang and tranche.debut_compte != self.tranches[self.rang].debut_compte:
            self.simples += self.de_l_annee
            self.de_l_annee = ZERO
        self.rang = rang
        self.valorise_au = max(self.valorise_au, tranche.regle.depart)

    def _limit(self, tranche: Tranche, jour: date) -> date:
        arret, borne = tranche.regle.arret, tranche.borne
        fin = min(jour, arret) if arret else jour
        if borne is not None and fin > borne:
            court_encore = any(tranche.regle.runs(limite) for limite in (borne + UN_JOUR, fin))
            if court_encore and self.principal + self.capitalises > 0:
                self.arrete_au = self.arrete_au or borne
            fin = borne
        return fin

    def _capitalise(self, tranche: Tranche, du: date) -> None:
        debut = tranche.debut_compte
        if debut is not None and du > debut and du == _anniversaire(debut, du.year):
            annee = add_mois(du, -_MOIS_PAR_AN), du - UN_JOUR
            if tranche.regle.may_capitalise(*annee):
                self.capitalises += self.de_l_annee
                self.de_l_annee = ZERO

    def _accrue(self, tranche: Tranche, du: date, au: date) -> None:
        base = self.principal
        if tranche.regle.fin_capitalisation is None or du <= tranche.regle.fin_capitalisation:
            base += self.capitalises
        if base == 0:
            return
        lignes = compute_lignes(tranche.regle, base, du, au, creance=self.creance.cle, provisoire=self.provisoire)
        montant = sum((ligne.montant for ligne in lignes), ZERO)
        self.lignes.extend(lignes)
        self.courus += montant
        if tranche.debut_compte is not None and du >= tranche.debut_compte:
            self.de_l_annee += montant
        else:
            self.simples += montant


def _list_tranches(regles: Sequence[RegleInterets], *, arreter: bool) -> Iterator[Tranche]:
    """Bound each rule. A yearly count that a later rule carries on (same first day) keeps its anniversaries."""
    comptes: dict[date, date] = {}
    for regle in regles:
        debut = regle.debut_capitalisation
        if regle.capitalisation is not None and debut is not None:
            debut = comptes.setdefault(regle.capitalisation, debut)
        yield Tranche(regle, compute_dernier_jour_connu(regle) if arreter else None, debut)


def _find_tranche_de_rang(creance: Creance) -> Tranche | None:
    """Bound the rule that only ranks a claim: outside the known dates, the nearest known rate stands."""
    regle = creance.regle_de_rang
    if regle is None or creance.regles:
        return None
    return Tranche(regle, compute_dernier_jour_connu(regle), premier_connu=find_premier_jour_connu(regle))


def _anniversaire(debut: date, annee: int) -> date:
    return add_mois(debut, _MOIS_PAR_AN * (annee - debut.year))


def _end_of_base(tranche: Tranche, du: date) -> date:
    """Last day before the base may change: by capitalisation, or because capitalised interest stops bearing any."""
    debut, fin = tranche.debut_compte, tranche.regle.fin_capitalisation
    if debut is None:
        return date.max
    if du < debut:
        return debut - UN_JOUR
    anniversaire = _anniversaire(debut, du.year)
    if anniversaire <= du:
        anniversaire = _anniversaire(debut, du.year + 1)
    prochain = anniversaire - UN_JOUR
    return min(prochain, fin) if fin is not None and du <= fin else prochain
