"""The balance of a ledger: of the whole, and entry by entry, remembering only the entries that do not balance yet."""

from __future__ import annotations

from datetime import date
from functools import partial

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.collecte import Collecte
from exigible.echanges.fec_lignes import to_euros
from exigible.echanges.valeurs import parse_date

_MONTREES = 20
_SUIVIES_MAX = 100_000

Cle = tuple[str, str, str]


class Equilibre:
    """Running totals in cents. An entry is a journal, a number and a day; its lines need not follow one another."""

    def __init__(self, collecte: Collecte) -> None:
        self._collecte = collecte
        self._ouvertes: dict[Cle, tuple[int, int]] = {}
        self._suivies = True

    @property
    def en_cours(self) -> bool:
        """Whether an entry does not balance yet."""
        return bool(self._ouvertes)

    def close_ecriture(self, cle: Cle, ligne: int, solde: int) -> None:
        """Count the lines of an entry that follow one another, from `ligne` on: debits less credits."""
        if not self._suivies:
            return
        avant, ligne = self._ouvertes.pop(cle, (0, ligne))
        if avant + solde:
            self._ouvertes[cle] = (avant + solde, ligne)
        if len(self._ouvertes) > _SUIVIES_MAX:
            self._suivies = False
            self._ouvertes.clear()
            self._collecte.warn(
                "ecriture_desequilibree",
                phrase(
                    "Plus de {maximum} écritures ne sont pas équilibrées : elles ne sont pas détaillées.",
                    maximum=_SUIVIES_MAX,
                ),
            )

    def warn_negatif(self, ligne: int) -> None:
        """Say that a line carries a negative amount."""
        self._collecte.warn(
            "montant_negatif",
            lambda: phrase(
                "Ligne {ligne} : montant négatif ; un débit négatif est compté comme un crédit, et l'inverse.",
                ligne=ligne,
            ),
            ligne=ligne,
            plafond=_MONTREES,
        )

    def close(self, debit: int, credit: int) -> dict[str, str]:
        """Report the entries that do not balance (the first twenty), and a ledger that does not. Give the totals."""
        for (journal, numero, jour), (solde, ligne) in sorted(self._ouvertes.items(), key=lambda entree: entree[1][1]):
            self._collecte.warn(
                "ecriture_desequilibree",
                partial(_say_ecart, ligne, numero.strip(), journal.strip(), jour.strip(), solde),
                ligne=ligne,
                plafond=_MONTREES,
            )
        if debit != credit:
            self._collecte.add(
                "fec_desequilibre",
                phrase(
                    "Le total des débits ({debit}) diffère de celui des crédits ({credit}) : ce fichier n'est pas "
                    "complet, demandez-le de nouveau.",
                    debit=to_euros(debit),
                    credit=to_euros(credit),
                ),
            )
        return {"total_debit": str(to_euros(debit)), "total_credit": str(to_euros(credit))}


def _say_ecart(ligne: int, ecriture: str, journal: str, jour: str, centimes: int) -> Phrase:
    return phrase(
        "Ligne {ligne} : l'écriture {ecriture} du journal {journal} ({jour}) n'est pas équilibrée : écart de {ecart}.",
        ligne=ligne,
        ecriture=ecriture,
        journal=journal,
        jour=_read_jour(jour),
        ecart=to_euros(centimes),
    )


def _read_jour(texte: str) -> date | str:
    """The day as a day, for a sentence to write it; as it stands when it cannot be read."""
    try:
        return parse_date(texte)
    except ErreurSaisie:
        return texte
