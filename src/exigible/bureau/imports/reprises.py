"""Opening balances that stand for invoices known one by one, in either order: nothing is counted twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from exigible.bureau.imports.connu import Cible
from exigible.bureau.imports.debiteurs import Annuaire
from exigible.dossier.faits import CreanceNee
from exigible.dossier.texte import normalize
from exigible.droit.argent import ZERO
from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.enregistrements import CreanceLue


@dataclass(frozen=True, slots=True)
class Reprise:
    """Why a claim does not enter; `egale`: what it stands for is known to the cent."""

    egale: bool
    raison: Phrase


class Reprises:
    """The opening balances of a file, debtor by debtor, and the numbers that it gives."""

    def __init__(self, annuaire: Annuaire, creances: Sequence[CreanceLue]) -> None:
        self._numeros: defaultdict[int, set[str]] = defaultdict(set)
        self._sommes: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
        for lue in creances:
            cible = annuaire.find(lue.debiteur) if lue.nature == "facture" else None
            if cible is None:
                continue
            self._numeros[id(cible)].add(normalize(lue.numero))
            if lue.a_nouveau and cible.find_creance(lue.numero) is None:
                self._sommes[id(cible)] += lue.reste_du

    def find(self, cible: Cible, lue: CreanceLue) -> Reprise | None:
        """Say why a claim unknown by its number must not enter, when what it stands for may be known already."""
        autres = [c for c in cible.list_ouvertes() if normalize(c.creance.numero) not in self._numeros[id(cible)]]
        if not lue.a_nouveau:
            reprises = [
                c.creance for c in autres if not c.creance.emission_connue and lue.date_emission < c.creance.emission
            ]
            return _say_comprise(reprises) if reprises else None
        connues = [c for c in autres if c.creance.emission < lue.date_emission]
        if not connues:
            return None
        reste = sum((c.principal_restant for c in connues), ZERO)
        cible.reprise = True
        if reste == self._sommes[id(cible)]:
            return Reprise(egale=True, raison=phrase("reprise des factures de ce client, déjà connues une à une"))
        return Reprise(
            egale=False,
            raison=phrase(
                "reprise d'à-nouveau sans numéro de facture, alors que ce client a ici {reste} de factures d'avant : "
                "laissée, pour ne rien compter deux fois ; vérifiez son compte",
                reste=reste,
            ),
        )


def _say_comprise(reprises: Sequence[CreanceNee]) -> Reprise:
    return Reprise(
        egale=False,
        raison=phrase(
            "peut-être comprise dans la reprise d'à-nouveau {numeros} : annulez cette reprise, puis importez ce "
            "fichier à nouveau",
            numeros=tuple(c.numero for c in reprises),
        ),
    )
