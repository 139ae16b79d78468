"""Why a credit may be a little off what is owed: a discount, charges kept by a bank, cents. Never certain."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from exigible.dossier.rapprochement.donnees import LigneBancaire, to_centimes, to_euros
from exigible.dossier.rapprochement.indices import Constat, Indice, note
from exigible.droit.phrase import phrase

ESCOMPTES = {5: "0,5", 10: "1", 15: "1,5", 20: "2", 25: "2,5", 30: "3"}
"""Usual discounts for prompt payment, in thousandths, as people say them."""
FRAIS_MAX = 5_000
"""Banks keep at most so much (cents) of a transfer from abroad."""
_MILLE = 1_000
_UN_EURO = 100
_FRANCE = ("FR", "MC")


def list_dus_voisins(montant: Decimal) -> Iterator[Decimal]:
    """Yield the sums owed (euros) that a credit may pay but for some cents or a discount."""
    centimes = to_centimes(montant)
    for milliemes in ESCOMPTES:
        du = centimes * _MILLE // (_MILLE - milliemes)
        yield from (to_euros(du + ecart) for ecart in (-1, 0, 1, 2))
    yield from (to_euros(centimes + ecart) for ecart in range(1 - _UN_EURO, _UN_EURO) if ecart)


def bound_dus(centimes: int) -> tuple[int, int]:
    """Give the least and the most (cents) that may be owed for `explain_ecart` to have something to say."""
    return centimes - _UN_EURO, max(centimes + FRAIS_MAX, (centimes + 1) * _MILLE // (_MILLE - max(ESCOMPTES)) + 1)


def explain_ecart(ligne: LigneBancaire, du: int, *, cite: bool) -> Constat | None:
    """Say why a credit is near `du` (cents) without being it; `cite`: that sum is of claims that the label names."""
    manque = du - ligne.centimes
    if manque == 0 or du <= 0:
        return None
    if abs(manque) < _UN_EURO and abs(manque) * 20 <= du:
        return note(Indice.A_PEU_PRES)
    for milliemes, dit in ESCOMPTES.items():
        if abs(du * milliemes - manque * _MILLE) <= _MILLE:
            return note(Indice.ESCOMPTE, phrase("c'est ce qui est dû, moins {taux} % : un escompte ?", taux=dit))
    etranger = bool(ligne.iban) and not ligne.iban.upper().startswith(_FRANCE)
    if 0 < manque <= FRAIS_MAX and manque * 10 <= du and (etranger or (cite and not ligne.iban)):
        return note(Indice.FRAIS_RETENUS)
    return None
