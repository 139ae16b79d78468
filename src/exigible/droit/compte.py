"""The account of one claim: what it has accrued and what is still owed, day after day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from exigible.droit.argent import CENTIME, ZERO
from exigible.droit.erreurs import ErreurSaisie
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
ARTICLES_INDEMNITE = ("C. com. L441-10 II", "C. com. D441-5")


@dataclass(frozen=True, slots=True)
class Creance:
    """A claim (euros). `indemnite`: the 40 € claimed for that invoice, or 0; `regle` None: no interest claimed.

    `regle_de_rang`: the rule under which the claim bears interest by law, read only when `regle` is None and only to
    rank the claim for a payment without choice (C. civ. 1342-10 al. 2). `articles_indemnite`: what the lump sum rests
    on; under the public regime the default reads CCP D2192-35.
    Raises ErreurSaisie on a negative amount or one finer than the cent.
    """

    cle: str
    libelle: str
    principal: Decimal
    echeance: date
    regle: RegleInterets | None
    indemnite: Decimal = ZERO
    frais: Decimal = ZERO
    regle_de_rang: RegleInterets | None = None
    articles_indemnite: tuple[str, ...] = ARTICLES_INDEMNITE

    def __post_init__(self) -> None:
        for champ, montant in (("principal", self.principal), ("indemnite", self.indemnite), ("frais", self.frais)):
            if montant < 0:
                raise ErreurSaisie(
                    "montant_negatif", f"La créance « {self.cle} » a un montant négatif ({champ}).", champ, cle=self.cle
                )
            if montant != montant.quantize(CENTIME):
                raise ErreurSaisie(
                    "montant_trop_precis",
                    f"La créance « {self.cle} » a un montant plus fin que le centime ({champ}).",
                    champ,
                    cle=self.cle,
                )


@dataclass(frozen=True, slots=True)
class Parts:
    """An amount split between the four parts of a claim."""

    frais: Decimal = ZERO
    indemnites: Decimal = ZERO
    interets: Decimal = ZERO
    principal: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """Sum of the four parts."""
        return self.frais + self.indemnites + self.interets + self.principal

    def __add__(self, autre: Parts) -> Parts:
        return Parts(
            self.frais + autre.frais,
            self.indemnites + autre.indemnites,
            self.interets + autre.interets,
            self.principal + autre.principal,
        )


@dataclass(slots=True)
class Compte:
    """Running state of one claim, used only while a statement is being computed.

    Interest still owed lies in three pockets: accrued before the yearly count (never capitalised), accrued in the
    current year of the count, and capitalised (it bears interest with the principal).
    """

    creance: Creance
    borne: date | None
    provisoire: bool
    principal: Decimal
    frais: Decimal
    indemnites: Decimal = ZERO
    simples: Decimal = ZERO
    de_l_annee: Decimal = ZERO
    capitalises: Decimal = ZERO
    courus: Decimal = ZERO
    valorise_au: date = date.min
    echeance_passee: bool = False
    arrete_par_bareme: bool = False
    lignes: list[LigneInterets] = field(default_factory=list)

    @classmethod
    def open(cls, creance: Creance, *, borne: date | None, provisoire: bool) -> Compte:
        """Start the account; `borne` is the last day that may bear interest (None: no limit)."""
        return cls(
            creance=creance,
            borne=borne,
            provisoire=provisoire,
            principal=creance.principal,
            frais=creance.frais,
            valorise_au=creance.regle.depart if creance.regle else date.min,
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
        return self.total > 0

    def get_taux(self, jour: date) -> Decimal:
        """Rate that ranks the claim on `jour`, claimed or not; zero when no interest runs that day.

        Never raises ErreurBareme for a rule that only ranks: outside the known dates, the nearest known rate stands.
        """
        regle, borne = self.creance.regle or self.creance.regle_de_rang, self.borne
        if regle is None or jour < regle.premier_jour or (regle.arret is not None and jour > regle.arret):
            return ZERO
        if self.creance.regle is None:
            borne, connu = compute_dernier_jour_connu(regle), find_premier_jour_connu(regle)
            if connu == date.max:
                return ZERO
            jour = max(jour, connu or jour)
        if borne is not None:
            jour = max(min(jour, borne), regle.premier_jour)
            if jour > borne:
                return ZERO
        return compute_taux(regle, jour, provisoire=self.provisoire).taux

    def project(self, jour: date) -> Compte:
        """Return the account valued at `jour`, leaving this one as it is."""
        copie = replace(self, lignes=list(self.lignes))
        copie.advance(jour)
        return copie

    def advance(self, jour: date) -> None:
        """Accrue up to `jour` included, and let the indemnity fall due the day after the due date if still unpaid."""
        if not self.echeance_passee and jour > self.creance.echeance:
            self.echeance_passee = True
            if self.principal > 0:
                self.indemnites = self.creance.indemnite
        regle = self.creance.regle
        if regle is None:
            return
        fin = self._limit(regle, jour)
        while self.valorise_au < fin:
            du = self.valorise_au + UN_JOUR
            self._capitalise(regle, du)
            au = min(fin, _end_of_year_count(regle, du))
            self._accrue(regle, du, au)
            self.valorise_au = au

    def pay(self, somme: Decimal, *, principal_seul: bool) -> Parts:
        """Spend at most `somme` on the account: costs, indemnity, interest, principal (or the principal alone)."""
        if principal_seul:
            principal = min(somme, self.principal)
            self.principal -= principal
            return Parts(principal=principal)
        frais = min(somme, self.frais)
        indemnites = min(somme - frais, self.indemnites)
        interets = min(somme - frais - indemnites, self.interets)
        principal = min(somme - frais - indemnites - interets, self.principal)
        self.frais -= frais
        self.indemnites -= indemnites
        self.principal -= principal
        self._pay_interets(interets)
        return Parts(frais, indemnites, interets, principal)

    def _pay_interets(self, somme: Decimal) -> None:
        """Pay first the interest that bears interest: the one the debtor gains most to extinguish (C. civ. 1342-10)."""
        capitalises = min(somme, self.capitalises)
        de_l_annee = min(somme - capitalises, self.de_l_annee)
        self.capitalises -= capitalises
        self.de_l_annee -= de_l_annee
        self.simples -= somme - capitalises - de_l_annee

    def _limit(self, regle: RegleInterets, jour: date) -> date:
        fin = min(jour, regle.arret) if regle.arret else jour
        if self.borne is not None and fin > self.borne:
            self.arrete_par_bareme = self.arrete_par_bareme or self.principal + self.capitalises > 0
            fin = self.borne
        return fin

    def _capitalise(self, regle: RegleInterets, du: date) -> None:
        debut = regle.debut_capitalisation
        if debut is not None and du > debut and du == _anniversaire(debut, du.year):
            self.capitalises += self.de_l_annee
            self.de_l_annee = ZERO

    def _accrue(self, regle: RegleInterets, du: date, au: date) -> None:
        base = self.principal + self.capitalises
        if base == 0:
            return
        lignes = compute_lignes(regle, base, du, au, creance=self.creance.cle, provisoire=self.provisoire)
        montant = sum((ligne.montant for ligne in lignes), ZERO)
        self.lignes.extend(lignes)
        self.courus += montant
        debut = regle.debut_capitalisation
        if debut is not None and du >= debut:
            self.de_l_annee += montant
        else:
            self.simples += montant


def _anniversaire(debut: date, annee: int) -> date:
    return add_mois(debut, _MOIS_PAR_AN * (annee - debut.year))


def _end_of_year_count(regle: RegleInterets, du: date) -> date:
    """Last day before the base may change by capitalisation."""
    debut = regle.debut_capitalisation
    if debut is None:
        return date.max
    if du < debut:
        return debut - UN_JOUR
    anniversaire = _anniversaire(debut, du.year)
    if anniversaire <= du:
        anniversaire = _anniversaire(debut, du.year + 1)
    return anniversaire - UN_JOUR
