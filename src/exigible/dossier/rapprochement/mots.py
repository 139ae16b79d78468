"""Words of labels: invoice numbers that prove something, structured references."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from exigible.dossier.texte import normalize

CHIFFRES_MIN = 4
"""A number made of figures alone proves nothing below this length, nor a year."""
SUITE_MAX = 8
"""A number is looked for in at most this many words in a row."""
_COURTE = 4
_ANNEE = re.compile(r"(?:19|20)\d\d")
_RF = re.compile(r"RF\d\d[0-9A-Z]{1,21}")
_NON_ALPHANUM = re.compile(r"[^0-9A-Z]+")
_CONTROLE_RF = 97
_LONGUEUR_RF = 25
_COLLE = re.compile(r"\b(factures?+|facts?+|references?+|refs?+|invoices?+|numeros?+|num)(?=\d|[a-z]{1,3} ?\d)")
"""« FACTUREFA-2026-12 »: banks that count signs glue the words."""
_AUTRE_NUMERO = frozenset(
    {"chq", "chqs", "cheque", "cheques", "remise", "rem", "carte", "cb", "mandat", "rum", "ics", "tel"}
)
"""The figures that follow are the number of something else than an invoice."""


def make_cle_numero(numero: str) -> str:
    """Name a number so that `FA-2026-12`, `FA 2026/12` and `FA202612` are the same; empty when it proves nothing.

    Figures alone, and very short numbers, keep their words apart: `12 34` is not 1234.
    """
    mots = normalize(numero)
    compact = mots.replace(" ", "")
    if not any(c.isdigit() for c in compact):
        return ""
    if compact.isdigit():
        return "" if len(compact) < CHIFFRES_MIN or _ANNEE.fullmatch(compact) else mots
    return compact if len(compact) >= _COURTE else mots


def compact(texte: str) -> str:
    """Keep letters and figures only, in capitals."""
    return _NON_ALPHANUM.sub("", texte.upper())


def find_suites(texte: str, connues: Container[str], longueur: int) -> set[str]:
    """Find the known numbers that stand in a text as whole words; one inside a longer one does not count."""
    mots = _COLLE.sub(r"\1 ", normalize(texte)).split()
    trouvees: list[tuple[int, int, str]] = []
    for debut in range(len(mots)):
        if debut and mots[debut].isdigit() and mots[debut - 1] in _AUTRE_NUMERO:
            continue
        fin_max = min(len(mots), debut + longueur)
        colle = ""
        for fin in range(debut + 1, fin_max + 1):
            colle += mots[fin - 1]
            if colle in connues and not (colle.isdigit() and fin - debut > 1):
                trouvees.append((debut, fin, colle))
            elif fin - debut > 1 and (espacee := " ".join(mots[debut:fin])) in connues:
                trouvees.append((debut, fin, espacee))
    return {
        cle
        for debut, fin, cle in trouvees
        if not any(d <= debut and fin <= f and f - d > fin - debut for d, f, _ in trouvees)
    }


def list_references_rf(texte: str) -> Iterator[str]:
    """Yield the creditor references (ISO 11649) of a text whose check digits are right, without spaces."""
    morceaux = _NON_ALPHANUM.sub(" ", texte.upper()).split()
    for debut, mot in enumerate(morceaux):
        if not mot.startswith("RF"):
            continue
        colle = ""
        for suite in morceaux[debut:]:
            colle += suite
            if len(colle) > _LONGUEUR_RF:
                break
            if is_reference_rf(colle):
                yield colle


def is_reference_rf(texte: str) -> bool:
    """Whether a text without spaces is a creditor reference of ISO 11649: RF, two check digits, up to 21 signs."""
    if not _RF.fullmatch(texte):
        return False
    return int("".join(str(int(c, 36)) for c in texte[4:] + texte[:4])) % _CONTROLE_RF == 1
