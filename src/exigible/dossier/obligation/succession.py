"""An account whose claims change on the way: decisions replace them, assignments take them out, waivers lower them.

The account is run up to each such day with the claims of the time; what each payment paid is then held as it was, and
the account goes on with the claims that follow. Nothing here knows the law: the statement of each stretch is the one of
`droit.decompte`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal

import msgspec

from exigible.droit.argent import CENTIME, ZERO
from exigible.droit.creance import ORDRE_LEGAL, OrdreImputation, Poste
from exigible.droit.decompte import Creance, Decompte, Imputation, ModeImputation, SoldeCreance, Versement

Calcul = Callable[[Sequence[Creance], Sequence[Versement], date], Decompte]

_ARTICLE_ABANDON = "C. civ. 1350"


@dataclass(frozen=True, slots=True)
class Changement:
    """After `jour`, whose payments still went to them, claims are out of the account; `entrent` come in.

    `sortent`: for each claim that leaves, those that stand in its place; with none, it now belongs to somebody else,
    and what is paid on it is not ours.
    """

    jour: date
    sortent: Mapping[str, tuple[str, ...]]
    entrent: tuple[Creance, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What one of several bears of a debt and has not paid: a fraction of what is due and of what all `paye_par_tous`.

    `garde`: it is what stays due, the rest being given up.
    """

    fraction: Decimal
    paye: Decimal
    paye_par_tous: Decimal
    garde: bool = False

    def measure(self, du: Decimal) -> Decimal:
        """Return what is given up of what is due, in euros: careful, rounded up."""
        sienne = (du + self.paye_par_tous) * self.fraction - self.paye
        abandonne = du - sienne if self.garde else sienne
        return min(max(abandonne.quantize(CENTIME, rounding=ROUND_CEILING), ZERO), du)


@dataclass(frozen=True, slots=True)
class Abandon:
    """What is given up on `jour`: all that is due then, `montant` euros of it, or what somebody bears of the debt.

    `poste` None: everything. `creances`: the claims it bears on, in order; when empty, all of them, the oldest due
    date first. `part`: see `Part`.
    """

    cle: str
    jour: date
    poste: Poste | None = None
    montant: Decimal | None = None
    creances: tuple[str, ...] = ()
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class CompteSuivi:
    """The account at the end: its statement, the claims still in it, the payments as they were held.

    `ecartes`: the keys of payments made on claims that belong to somebody else.
    """

    decompte: Decompte
    creances: tuple[Creance, ...]
    versements: tuple[Versement, ...]
    ecartes: tuple[str, ...] = ()


def follow_compte(
    creances: Sequence[Creance],
    versements: Sequence[Versement],
    evenements: Iterable[Changement | Abandon],
    au: date,
    compute: Calcul,
) -> CompteSuivi:
    """Run an account to the end of `au` (included) through what changes its claims. Events after `au` are not seen."""
    suivi = _Suivi(creances, versements, compute)
    passes = [e for e in evenements if e.jour <= au]
    for evenement in sorted(passes, key=lambda e: (e.jour, isinstance(e, Abandon))):
        suivi.advance(evenement)
    return suivi.finish(au)


@dataclass(slots=True)
class _Etat:
    """What is held of the past: payments already spent on the claims still there, and what the others were."""

    rejoues: list[Versement] = field(default_factory=list)
    passees: list[Imputation] = field(default_factory=list)
    soldes: dict[str, SoldeCreance] = field(default_factory=dict)
    remplacantes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ecartes: dict[str, None] = field(default_factory=dict)


class _Suivi:
    def __init__(self, creances: Sequence[Creance], versements: Sequence[Versement], compute: Calcul) -> None:
        self._ordre = [c.cle for c in creances]
        self._vivantes = {c.cle: c for c in creances}
        self._doublons = len(self._vivantes) < len(creances)
        self._creances = creances
        self._attendus = sorted(versements, key=lambda v: v.date)
        self._compute = compute
        self._etat = _Etat()

    def advance(self, evenement: Changement | Abandon) -> None:
        decompte = self._run(evenement.jour)
        if isinstance(evenement, Changement):
            self._change(decompte, evenement)
        else:
            self._give_up(decompte, evenement)

    def finish(self, au: date) -> CompteSuivi:
        decompte = self._run(au)
        etat = self._etat
        if etat.soldes:
            soldes = {**etat.soldes, **{s.cle: s for s in decompte.soldes}}
            ordonnes = tuple(soldes[cle] for cle in self._ordre)
            imputations = tuple(sorted((*etat.passees, *decompte.imputations), key=lambda i: i.date))
            decompte = replace(decompte, soldes=ordonnes, imputations=imputations)
        vivantes = self._list_vivantes()
        return CompteSuivi(decompte, vivantes, tuple(etat.rejoues), tuple(etat.ecartes))

    def _list_vivantes(self) -> tuple[Creance, ...]:
        return tuple(self._creances) if self._doublons else tuple(self._vivantes.values())

    def _run(self, jour: date) -> Decompte:
        """Value the account at `jour`, its payments included, which join those already held."""
        recus = [self._point(v) for v in self._attendus if v.date <= jour]
        self._attendus = [v for v in self._attendus if v.date > jour]
        self._etat.rejoues += [v for v in recus if v is not None]
        return self._compute(self._list_vivantes(), self._etat.rejoues, jour)

    def _point(self, versement: Versement) -> Versement | None:
        """Turn the choice of a payment to the claims that replaced those it names; None when it is not ours.

        A claim that is not in the account yet cannot be chosen.
        """
        if not versement.creances:
            return versement
        suivies = _follow_cles(versement.creances, self._etat.remplacantes)
        if not suivies:
            self._etat.ecartes[versement.cle] = None
            return None
        cles = tuple(cle for cle in suivies if cle in self._vivantes)
        return versement if cles == versement.creances else msgspec.structs.replace(versement, creances=cles)

    def _change(self, decompte: Decompte, changement: Changement) -> None:
        etat = self._etat
        sortent = self._find_sortantes(changement.sortent)
        self._hold(decompte, set(sortent))
        for solde in decompte.soldes:
            if solde.cle in sortent:
                etat.soldes[solde.cle] = _empty(solde)
        for cle, remplacantes in sortent.items():
            del self._vivantes[cle]
            etat.remplacantes[cle] = remplacantes
        for creance in changement.entrent:
            self._vivantes[creance.cle] = creance
            self._ordre.append(creance.cle)

    def _find_sortantes(self, nommees: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """Return the claims that leave: those named, or those that already stand in their place.

        One that stands for several leaves without a successor only when all those it stands for are named.
        """
        sortantes: dict[str, tuple[str, ...]] = {}
        for nommee, remplacantes in nommees.items():
            for cle in _follow_cles((nommee,), self._etat.remplacantes):
                ailleurs = any(
                    cle in _follow_cles((autre,), self._etat.remplacantes)
                    for autre in self._ordre
                    if autre not in nommees and autre not in self._vivantes
                )
                if cle in self._vivantes and (remplacantes or not ailleurs):
                    sortantes[cle] = remplacantes
        return sortantes

    def _hold(self, decompte: Decompte, sortent: set[str]) -> None:
        """Keep what each payment paid on the claims that stay; offer again, to all, what it left over."""
        restes: dict[str, Decimal] = {}
        modeles: dict[str, Versement] = {}
        for versement in self._etat.rejoues:
            restes[versement.cle] = restes.get(versement.cle, ZERO) + versement.montant
            modeles[versement.cle] = versement
        rejoues: list[Versement] = []
        for imputation in decompte.imputations:
            restes[imputation.versement] -= imputation.montant
            if imputation.creance in sortent:
                self._etat.passees.append(imputation)
            else:
                rejoues.append(_repeat(imputation, modeles[imputation.versement].imputation))
        rejoues += [
            msgspec.structs.replace(modeles[cle], montant=reste, creances=())
            for cle, reste in restes.items()
            if reste > 0
        ]
        self._etat.rejoues = sorted(rejoues, key=lambda v: v.date)

    def _give_up(self, decompte: Decompte, abandon: Abandon) -> None:
        self._hold(decompte, set())
        soldes = {s.cle: s for s in decompte.soldes}
        visees = _follow_cles(abandon.creances, self._etat.remplacantes)
        if not abandon.creances:  # the oldest due date first
            visees = tuple(sorted(soldes, key=lambda cle: soldes[cle].echeance))
        dus = {cle: _read_poste(soldes[cle], abandon.poste) for cle in visees if cle in soldes}
        for cle, montant in _spread(dus, abandon).items():
            mode = ModeImputation.PRINCIPAL if abandon.poste is Poste.PRINCIPAL else ModeImputation.INTERETS
            self._etat.rejoues.append(
                Versement(abandon.cle, abandon.jour, montant, (cle,), mode, accord_creancier=True)
            )
            self._vivantes[cle] = _order(self._vivantes[cle], abandon)


def repeat_imputations(suivi: CompteSuivi) -> list[Versement]:
    """Return what each payment paid on each claim still in the account, as so many payments on that claim."""
    modes = {v.cle: v.imputation for v in suivi.versements}
    restees = {c.cle for c in suivi.creances}
    return [_repeat(i, modes[i.versement]) for i in suivi.decompte.imputations if i.creance in restees]


def _follow_cles(cles: Sequence[str], remplacantes: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the claims that stand today in place of those named, in the same order."""
    trouvees: dict[str, None] = {}
    a_lire = list(cles)
    while a_lire:
        cle = a_lire.pop(0)
        if cle in remplacantes:
            a_lire = [*remplacantes[cle], *a_lire]
        else:
            trouvees[cle] = None
    return tuple(trouvees)


def _repeat(imputation: Imputation, mode: ModeImputation) -> Versement:
    return Versement(
        imputation.versement,
        imputation.date,
        imputation.montant,
        (imputation.creance,),
        mode,
        accord_creancier=True,
    )


def _empty(solde: SoldeCreance) -> SoldeCreance:
    """The line of a claim that is no longer owed here."""
    return msgspec.structs.replace(
        solde,
        principal_restant=ZERO,
        interets=ZERO,
        indemnites=ZERO,
        frais=ZERO,
        total=ZERO,
        interets_courus=ZERO,
    )


def _read_poste(solde: SoldeCreance, poste: Poste | None) -> Decimal:
    if poste is None:
        return solde.total
    if poste is Poste.PRINCIPAL:
        return solde.principal_restant
    montant: Decimal = getattr(solde, poste.value)
    return montant


def _spread(dus: Mapping[str, Decimal], abandon: Abandon) -> dict[str, Decimal]:
    """Say how much is given up on each claim: in order, or, for what somebody bears, in proportion."""
    total = sum(dus.values(), ZERO)
    reste = total if abandon.montant is None else abandon.montant
    fraction = Decimal(1)
    if abandon.part is not None and total > 0:
        reste = abandon.part.measure(total)
        fraction = reste / total
    parts: dict[str, Decimal] = {}
    for cle, du in dus.items():
        voulu = min((du * fraction).quantize(CENTIME, rounding=ROUND_CEILING), du, reste)
        if voulu > 0:
            parts[cle] = voulu
            reste -= voulu
    return parts


def _order(creance: Creance, abandon: Abandon) -> Creance:
    """Let what is given up go, on its day, to the part that it bears on."""
    poste = abandon.poste
    if poste is None or poste is Poste.PRINCIPAL:
        return creance
    ordre = (poste, *(p for p in ORDRE_LEGAL if p is not poste))
    return replace(
        creance, ordres=(*creance.ordres, OrdreImputation(abandon.jour, ordre, _ARTICLE_ABANDON, abandon.jour))
    )
