"""Lists of what is owed: open items, and the ageing of each debtor. Amounts in euros, on one day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.dossier.etat import STADES_CLOS, EtatDossier
from exigible.droit.argent import ZERO
from exigible.droit.decompte import Decompte
from exigible.droit.phrase import phrase
from exigible.echanges.sorties.tableaux import Cellule

TITRES_OUVERTES = (
    phrase("Référence"),
    phrase("Client"),
    phrase("Code client"),
    phrase("SIREN"),
    phrase("Facture"),
    phrase("Émission"),
    phrase("Échéance"),
    phrase("Montant TTC"),
    phrase("Reste dû"),
    phrase("Pénalités"),
    phrase("Indemnités"),
    phrase("Total"),
    phrase("Contesté"),
    phrase("Retard (jours)"),
    phrase("Étape"),
    phrase("Arrêté au"),
)
TITRES_BALANCE = (
    phrase("Référence"),
    phrase("Client"),
    phrase("Code client"),
    phrase("SIREN"),
    phrase("Non échu"),
    phrase("1 à 30 jours"),
    phrase("31 à 60 jours"),
    phrase("61 à 90 jours"),
    phrase("Plus de 90 jours"),
    phrase("Total"),
)
_BORNES = (0, 30, 60, 90)
"""The last day late of each bracket but the last."""


@dataclass(frozen=True, slots=True)
class PosteOuvert:
    """An invoice not wholly paid on the day `au`: price, what remains of it, accessories claimed."""

    reference: str
    client: str
    code: str
    siren: str
    numero: str
    emission: date
    echeance: date | None
    montant: Decimal
    reste: Decimal
    interets: Decimal
    indemnites: Decimal
    conteste: Decimal
    etape: str
    au: date

    @property
    def retard(self) -> int:
        """Days late; zero before the due date, or when it is not known."""
        return max((self.au - self.echeance).days, 0) if self.echeance else 0


@dataclass(frozen=True, slots=True)
class LigneBalance:
    """What a debtor owes of the price of its invoices, by age: not due, 1 to 30 days, to 60, to 90, beyond."""

    reference: str
    client: str
    code: str
    siren: str
    tranches: tuple[Decimal, ...]

    @property
    def total(self) -> Decimal:
        """The sum of the brackets."""
        return sum(self.tranches, ZERO)


def list_ouverts(etat: EtatDossier, reference: str) -> Iterator[PosteOuvert]:
    """List the open invoices of a dossier."""
    debiteur = etat.debiteur
    for c in etat.creances:
        if c.stade not in STADES_CLOS:
            yield PosteOuvert(
                reference=reference,
                client=debiteur.nom,
                code=debiteur.code,
                siren=debiteur.siren,
                numero=c.creance.numero,
                emission=c.creance.emission,
                echeance=c.creance.echeance,
                montant=c.creance.montant,
                reste=c.principal_restant,
                interets=c.interets,
                indemnites=c.indemnites,
                conteste=c.conteste,
                etape=c.stade.value,
                au=etat.au,
            )


def build_balance(ouverts: Iterable[PosteOuvert], au: date) -> list[LigneBalance]:
    """Sum open invoices by debtor and age on the day `au`, in the order they come."""
    sommes: dict[str, tuple[PosteOuvert, list[Decimal]]] = {}
    for poste in ouverts:
        _, tranches = sommes.setdefault(poste.reference, (poste, [ZERO] * (len(_BORNES) + 1)))
        tranches[_find_tranche(poste.echeance, au)] += poste.reste
    return [LigneBalance(p.reference, p.client, p.code, p.siren, tuple(tranches)) for p, tranches in sommes.values()]


def _find_tranche(echeance: date | None, au: date) -> int:
    retard = (au - echeance).days if echeance else 0
    return next((rang for rang, borne in enumerate(_BORNES) if retard <= borne), len(_BORNES))


def write_ouvert(poste: PosteOuvert, etape: str) -> list[Cellule]:
    """The cells of an open invoice, under `TITRES_OUVERTES`; `etape` in words."""
    total = poste.reste + poste.interets + poste.indemnites
    return [
        *(poste.reference, poste.client, poste.code, poste.siren, poste.numero, poste.emission, poste.echeance),
        *(poste.montant, poste.reste, poste.interets, poste.indemnites, total, poste.conteste, poste.retard),
        *(etape, poste.au),
    ]


def write_balance(ligne: LigneBalance) -> list[Cellule]:
    """The cells of a debtor, under `TITRES_BALANCE`."""
    return [ligne.reference, ligne.client, ligne.code, ligne.siren, *ligne.tranches, ligne.total]


def write_decompte(decompte: Decompte, numeros: Mapping[str, str]) -> Iterator[list[Cellule]]:
    """The cells of a statement: interest, what each payment paid, what remains owed. `numeros`: invoices by key."""
    for x in decompte.lignes:
        nom = numeros.get(x.creance, x.creance)
        yield [phrase("Intérêts"), nom, x.du, x.au, x.jours, x.base, x.taux, None, x.montant, None, None, x.article]
    for i in decompte.imputations:
        nom = numeros.get(i.creance, i.creance)
        sommes = (-i.principal, -i.interets, -i.indemnites, -i.frais)
        yield [phrase("Paiement"), nom, i.date, None, None, None, None, *sommes, None]
    for s in decompte.soldes:
        sommes = (s.principal_restant, s.interets, s.indemnites, s.frais)
        nom = numeros.get(s.cle, s.libelle)
        yield [phrase("Reste dû"), nom, None, decompte.au, None, None, None, *sommes, None]
