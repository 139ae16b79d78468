"""The receipt of a letter handed over: it proves nothing without the hand of whoever received it."""

from __future__ import annotations

from exigible.actes.document import Bloc, Signatures

DECHARGE = Signatures((("Reçu en main propre", "Date :", "Nom et signature :"),))


def join_decharge(blocs: tuple[Bloc, ...]) -> tuple[Bloc, ...]:
    """Set the receipt beside the signature that it follows: it never stands alone on a page."""
    joints: list[Bloc] = []
    for bloc in blocs:
        dernier = joints[-1] if joints else None
        if bloc == DECHARGE and isinstance(dernier, Signatures) and len(dernier.colonnes) == 1:
            joints[-1] = Signatures((*dernier.colonnes, *DECHARGE.colonnes))
        else:
            joints.append(bloc)
    return tuple(joints)
