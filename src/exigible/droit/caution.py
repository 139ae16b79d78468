"""The account of an uninformed surety: the debtor's payments on the principal, interest and penalties forfeited.

Between the creditor and the surety only (C. civ. 2302, 2303): the debtor's own account does not change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from exigible.droit.argent import ZERO
from exigible.droit.creance import CAPITAL_D_ABORD, Creance, OrdreImputation
from exigible.droit.decompte import Decompte, compute_decompte
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.interets import RegleInterets
from exigible.droit.jours import UN_JOUR
from exigible.droit.pauses import MotifPause, Pause
from exigible.droit.phrase import phrase
from exigible.droit.versements import Versement

_ARTICLE = "C. civ. 2302 et 2303"


@dataclass(frozen=True, slots=True)
class DefautInformation:
    """Days on which the surety was not informed, both included (`au` None: not to this day)."""

    du: date
    au: date | None = None


def compute_decompte_caution(
    cle: str,
    creances: Sequence[Creance],
    versements: Sequence[Versement],
    au: date,
    defauts: Sequence[DefautInformation],
    *,
    provisoire: bool = False,
    arreter_au_dernier_connu: bool = False,
) -> Decompte:
    """Compute at the end of `au` what the surety of the claim `cle` owes.

    What each payment brought to this claim is first settled in the debtor's account, among all his `creances`; then it
    is imputed again here. Errors are those of `compute_decompte`; ErreurSaisie (`creance_inconnue`) without that claim.
    """
    garantie = next((creance for creance in creances if creance.cle == cle), None)
    if garantie is None:
        raise ErreurSaisie(
            "creance_inconnue", phrase("La créance « {cle} » n'est pas dans le dossier.", cle=cle), "cle", cle=cle
        )
    compute = partial(compute_decompte, au=au, provisoire=provisoire, arreter_au_dernier_connu=arreter_au_dernier_connu)
    debiteur = compute(creances, versements)
    modes = {versement.cle: versement.imputation for versement in versements}
    recus = [
        Versement(i.versement, i.date, i.montant, imputation=modes[i.versement])
        for i in debiteur.imputations
        if i.creance == cle
    ]
    return compute([_forfeit(garantie, defauts)], recus)


def _forfeit(creance: Creance, defauts: Sequence[DefautInformation]) -> Creance:
    pauses = tuple(Pause(d.du, MotifPause.CAUTION_NON_INFORMEE, d.au) for d in defauts)
    due_le = creance.echeance + UN_JOUR
    dechue = any(pause.overlaps(due_le, due_le) for pause in pauses)
    return replace(
        creance,
        regle=_add(creance.regle, pauses) if creance.regle else None,
        suites=tuple(_add(regle, pauses) for regle in creance.suites),
        indemnite=ZERO if dechue else creance.indemnite,
        ordres=(*creance.ordres, *(OrdreImputation(d.du, CAPITAL_D_ABORD, _ARTICLE, d.au) for d in defauts)),
    )


def _add(regle: RegleInterets, pauses: tuple[Pause, ...]) -> RegleInterets:
    return replace(regle, pauses=(*regle.pauses, *pauses))
