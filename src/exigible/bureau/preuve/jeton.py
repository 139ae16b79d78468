"""A time-stamp response whose certificates are in the order that DER wants.

Many authorities send the set of their certificates as they come; our reader is strict. The signature does not cover
that set: sorting it changes nothing of what is verified, and the bytes received are kept as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

_CERTIFICATS = 0xA0
_LONG = 0x80


def sort_certificats(octets: bytes) -> bytes:
    """Return the same response, its certificates sorted; the same bytes when it is not such a response."""
    try:
        # TimeStampResp → [1] ContentInfo → [1] explicit → SignedData → [3] its certificates, when there are some
        reponse = next(_iter_elements(octets, 0, len(octets)))
        jeton = list(_iter_elements(octets, *reponse[1:]))[1]
        contenu = list(_iter_elements(octets, *jeton[1:]))[1]
        signe = next(_iter_elements(octets, *contenu[1:]))
        certificats = list(_iter_elements(octets, *signe[1:]))[3]
        if octets[certificats[0]] != _CERTIFICATS:
            return octets
        debut, fin = certificats[1:]
        tries = sorted(octets[element:suite] for element, _, suite in _iter_elements(octets, debut, fin))
    except (IndexError, StopIteration, ValueError):
        return octets
    return octets[:debut] + b"".join(tries) + octets[fin:]


def _iter_elements(octets: bytes, position: int, fin: int) -> Iterator[tuple[int, int, int]]:
    """Give each element in turn: where it begins, where its content begins, where it ends."""
    while position < fin:
        longueur, debut = octets[position + 1], position + 2
        if longueur >= _LONG:
            debut += longueur - _LONG
            longueur = int.from_bytes(octets[position + 2 : debut], "big")
        if debut + longueur > fin:
            raise ValueError(position)
        yield position, debut, debut + longueur
        position = debut + longueur
