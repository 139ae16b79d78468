"""What an import will do: facts to write, and for each line of the file what becomes of it, for the preview.

Its sentences are kept in French, and beside them, as `dump_phrase` writes it, what says them in another language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from exigible.bureau.imports.connu import Cible
from exigible.bureau.phrases import dump_phrase
from exigible.droit.argent import ZERO

LIGNES_MONTREES = 2000
"""How many lines of each outcome the preview keeps; the counts are of all."""


class Issue(StrEnum):
    """What becomes of a line."""

    CREE = "cree"
    MODIFIE = "modifie"
    INCHANGE = "inchange"
    REFUSE = "refuse"
    DISPARU = "disparu"
    """Open here, absent from the newer books: nothing is written, a person decides."""


SANS_EFFET = frozenset({Issue.REFUSE, Issue.DISPARU})
"""The outcomes by which nothing enters."""


class Objet(StrEnum):
    """What a line is about."""

    DEBITEUR = "debiteur"
    CREANCE = "creance"
    AVOIR = "avoir"
    PAIEMENT = "paiement"
    MOUVEMENT = "mouvement"
    STATUT = "statut"
    FICHIER = "fichier"


@dataclass(frozen=True, slots=True)
class LignePlan:
    """One line of the preview. `raison`, a `Phrase`, says why; empty when it goes without saying.

    `dossier`: the one to look at, for a claim that the file does not hold.
    """

    issue: Issue
    objet: Objet
    ligne: int | None = None
    libelle: str = ""
    debiteur: str = ""
    montant: Decimal | None = None
    jour: date | None = None
    echeance: date | None = None
    raison: str = ""
    dossier: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What the file does not say and the user must. `debiteurs`: whom it concerns, if anybody."""

    code: str
    phrase: str
    debiteurs: tuple[str, ...] = ()


@dataclass(slots=True)
class Plan:
    """All that an import will do: for each debtor its facts. Bank lines are planned as they are written.

    `tues`: the lines that are only counted.
    """

    cibles: list[Cible] = field(default_factory=list)
    lignes: list[LignePlan] = field(default_factory=list)
    tues: Counter[tuple[Objet, Issue]] = field(default_factory=Counter)
    questions: list[Question] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)

    def count(self) -> dict[str, int]:
        """Count the lines by outcome."""
        comptes = self._count_objets()
        return {issue.value: sum(comptes[objet, issue] for objet in Objet) for issue in Issue}

    def _count_objets(self) -> Counter[tuple[Objet, Issue]]:
        return Counter((ligne.objet, ligne.issue) for ligne in self.lignes) + self.tues

    def describe(self, format_: str | None) -> dict[str, Any]:
        """Write the preview as JSON values: amounts as text, dates as AAAA-MM-JJ."""
        nouvelles = [x for x in self.lignes if x.issue is Issue.CREE and x.objet is Objet.CREANCE]
        return {
            "format": format_ or "",
            "comptes": self.count(),
            "objets": _describe_objets(self._count_objets()),
            "total": str(sum((x.montant or ZERO for x in nouvelles), ZERO)),
            "lignes": [_describe(x) for x in _limit(self.lignes)],
            "questions": [
                {"code": q.code, "phrase": str(q.phrase), "debiteurs": list(q.debiteurs)} | _keep_modele(q.phrase)
                for q in self.questions
            ],
            "remarques": [str(remarque) for remarque in self.remarques],
            "modeles_remarques": [dump_phrase(remarque) for remarque in self.remarques],
        }


def _describe_objets(comptes: Counter[tuple[Objet, Issue]]) -> dict[str, dict[str, int]]:
    return {
        objet.value: {issue.value: comptes[objet, issue] for issue in Issue}
        for objet in Objet
        if any(comptes[objet, issue] for issue in Issue)
    }


def _limit(lignes: Iterable[LignePlan]) -> Iterable[LignePlan]:
    vues: Counter[Issue] = Counter()
    for ligne in lignes:
        vues[ligne.issue] += 1
        if vues[ligne.issue] <= LIGNES_MONTREES:
            yield ligne


def _describe(ligne: LignePlan) -> dict[str, Any]:
    return {
        "issue": ligne.issue.value,
        "objet": ligne.objet.value,
        "ligne": ligne.ligne,
        "libelle": ligne.libelle,
        "debiteur": ligne.debiteur,
        "montant": None if ligne.montant is None else str(ligne.montant),
        "date": ligne.jour.isoformat() if ligne.jour else None,
        "echeance": ligne.echeance.isoformat() if ligne.echeance else None,
        "raison": str(ligne.raison),
        "dossier": ligne.dossier,
    } | _keep_modele(ligne.raison)


def _keep_modele(texte: str) -> dict[str, str]:
    """What says a sentence in another language, when the sentence alone does not."""
    modele = dump_phrase(texte)
    return {} if modele == texte else {"modele": modele}
