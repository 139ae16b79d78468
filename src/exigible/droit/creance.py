"""A claim as the statement sees it: amounts, successive rules of interest, order in which it is paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

import msgspec

from exigible.droit.argent import CENTIME, ZERO
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.interets import RegleInterets
from exigible.droit.phrase import phrase

ARTICLES_INDEMNITE = ("C. com. L441-10 II", "C. com. D441-5")


class Poste(StrEnum):
    """The four parts of a claim."""

    FRAIS = "frais"
    INDEMNITES = "indemnites"
    INTERETS = "interets"
    PRINCIPAL = "principal"


ORDRE_LEGAL = (Poste.FRAIS, Poste.INDEMNITES, Poste.INTERETS, Poste.PRINCIPAL)
"""Accessories before principal (C. civ. 1343-1; Cass. 1re civ. 07/02/1995, 92-14.216)."""

CAPITAL_D_ABORD = (Poste.PRINCIPAL, Poste.FRAIS, Poste.INDEMNITES, Poste.INTERETS)
"""What a court may order (C. civ. 1343-5 al. 2, CPCE L212-13, C. conso. L733-1 2°)."""


@dataclass(frozen=True, slots=True)
class OrdreImputation:
    """Another order than the law's inside a claim, for payments from `du` to `au`, both included (`au` None: no end).

    `article`: the text that allows it, or the agreement. Raises ErreurSaisie when the order does not name each of the
    four parts once (`ordre_incomplet`), or ends before it starts (`dates_inversees`).
    """

    du: date
    ordre: tuple[Poste, ...]
    article: str
    au: date | None = None

    def __post_init__(self) -> None:
        if len(self.ordre) != len(ORDRE_LEGAL) or set(self.ordre) != set(ORDRE_LEGAL):
            raise ErreurSaisie(
                "ordre_incomplet",
                phrase(
                    "L'ordre d'imputation doit nommer une fois chacun des frais, des indemnités, des intérêts et du "
                    "principal."
                ),
                "ordre",
            )
        if self.au is not None and self.au < self.du:
            raise ErreurSaisie(
                "dates_inversees",
                phrase("L'ordre d'imputation finit le {au}, avant d'avoir commencé le {du}.", au=self.au, du=self.du),
                "au",
            )

    def covers(self, jour: date) -> bool:
        """Whether a payment of `jour` follows this order."""
        return self.du <= jour and (self.au is None or jour <= self.au)


@dataclass(frozen=True, slots=True)
class Creance:
    """A claim (euros). `indemnite`: the 40 € claimed for that invoice, or 0; `regle` None: no interest claimed.

    `suites`: the rules that come after `regle` (an agreed rate, then the judgment), each ended before the next.
    `regle_de_rang`: the rule under which the claim bears interest by law, read only when `regle` is None and only to
    rank the claim for a payment without choice (C. civ. 1342-10 al. 2), as are `garantie` (a title or a surety stands
    behind it) and `clause_penale` (one is incurred). `articles_indemnite`: what the lump sum rests on; under the public
    regime the default reads CCP D2192-35. `ordres`: agreed or court-ordered orders; the last that covers a day wins.
    Raises ErreurSaisie on a negative amount or one finer than the cent (`montant_negatif`, `montant_trop_precis`) and
    on two rules that bear interest on the same days (`cumul_moratoire`, Cass. com. 24/04/2024, 22-24.275).
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
    suites: tuple[RegleInterets, ...] = ()
    ordres: tuple[OrdreImputation, ...] = ()
    garantie: bool = False
    clause_penale: bool = False

    def __post_init__(self) -> None:
        for champ, montant in (("principal", self.principal), ("indemnite", self.indemnite), ("frais", self.frais)):
            if montant < 0:
                raise ErreurSaisie(
                    "montant_negatif",
                    phrase("La créance « {cle} » a un montant négatif ({champ}).", cle=self.cle, champ=champ),
                    champ,
                    cle=self.cle,
                )
            if montant != montant.quantize(CENTIME):
                raise ErreurSaisie(
                    "montant_trop_precis",
                    phrase(
                        "La créance « {cle} » a un montant plus fin que le centime ({champ}).",
                        cle=self.cle,
                        champ=champ,
                    ),
                    champ,
                    cle=self.cle,
                )
        if self.suites:
            self._check_cumul()

    @property
    def regles(self) -> tuple[RegleInterets, ...]:
        """Every rule of interest, in order."""
        return self.suites if self.regle is None else (self.regle, *self.suites)

    def get_ordre(self, jour: date) -> OrdreImputation | None:
        """Order that a payment of `jour` follows; None: the law's."""
        if not self.ordres:  # the ordinary case, asked for each payment
            return None
        return next((ordre for ordre in reversed(self.ordres) if ordre.covers(jour)), None)

    def _check_cumul(self) -> None:
        for precedente, suivante in pairwise(self.regles):
            if precedente.arret is None or precedente.arret >= suivante.premier_jour:
                raise ErreurSaisie(
                    "cumul_moratoire",
                    phrase(
                        "La créance « {cle} » porterait deux intérêts de retard à partir du {jour} : ils réparent le "
                        "même retard et ne se cumulent pas (Cass. com. 24/04/2024, 22-24.275). Arrêtez le premier "
                        "avant que le second ne commence, ou gardez un seul des deux.",
                        cle=self.cle,
                        jour=max(suivante.premier_jour, precedente.premier_jour),
                    ),
                    "suites",
                    cle=self.cle,
                )


class Parts(msgspec.Struct, frozen=True):
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
