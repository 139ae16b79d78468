"""The balance of a ledger: of the whole, and entry by entry, remembering only the entries that do not balance yet."""

from __future__ import annotations

from functools import partial

from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.collecte import Collecte
from exigible.echanges.fec_ouverts import to_euros

_MONTREES = 20
_SUIVIES_MAX = 100_000

Cle = tuple[str, str, str]


class Equilibre:
    """Running totals in cents. An entry is a journal, a number and a day; its lines need not follow one another."""

    def __init__(self, collecte: Collecte) -> None:
        self._collecte = collecte
        self._debit = self._credit = self._negatifs = 0
        self._cle: Cle = ("", "", "")
        self._solde = self._ligne = 0
        self._ouvertes: dict[Cle, tuple[int, int]] = {}
        self._suivies = True

    def add(self, cle: Cle, ligne: int, debit: int, credit: int) -> None:
        """Count one line of the entry `cle`."""
        self._debit += debit
        self._credit += credit
        if cle == self._cle:
            self._solde += debit - credit
        else:
            if self._solde or self._ouvertes:
                self._put_aside()
            self._cle, self._solde, self._ligne = cle, debit - credit, ligne
        if debit < 0 or credit < 0:
            self._collecte.warn(
                "montant_negatif",
                lambda: phrase(
                    "Ligne {ligne} : montant négatif ; un débit négatif est compté comme un crédit, et l'inverse.",
                    ligne=ligne,
                ),
                ligne=ligne,
                plafond=_MONTREES,
            )

    def _put_aside(self) -> None:
        if not self._suivies:
            return
        solde, ligne = self._ouvertes.pop(self._cle, (0, self._ligne))
        if solde + self._solde:
            self._ouvertes[self._cle] = (solde + self._solde, ligne)
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

    def close(self) -> None:
        """Report the entries that do not balance (the first twenty), and a ledger that does not."""
        self._put_aside()
        self._cle, self._solde = ("", "", ""), 0
        for (journal, numero, jour), (solde, ligne) in sorted(self._ouvertes.items(), key=lambda entree: entree[1][1]):
            self._collecte.warn(
                "ecriture_desequilibree",
                partial(_say_ecart, ligne, numero.strip(), journal.strip(), jour.strip(), solde),
                ligne=ligne,
                plafond=_MONTREES,
            )
        if self._debit != self._credit:
            self._collecte.add(
                "fec_desequilibre",
                phrase(
                    "Le total des débits ({debit}) diffère de celui des crédits ({credit}) : ce fichier n'est pas "
                    "complet, demandez-le de nouveau.",
                    debit=to_euros(self._debit),
                    credit=to_euros(self._credit),
                ),
            )

    def build_resume(self) -> dict[str, str]:
        """The totals, in euros."""
        return {"total_debit": str(to_euros(self._debit)), "total_credit": str(to_euros(self._credit))}


def _say_ecart(ligne: int, ecriture: str, journal: str, jour: str, centimes: int) -> Phrase:
    return phrase(
        "Ligne {ligne} : l'écriture {ecriture} du journal {journal} ({jour}) n'est pas équilibrée : écart de {ecart}.",
        ligne=ligne,
        ecriture=ecriture,
        journal=journal,
        jour=jour,
        ecart=to_euros(centimes),
    )
