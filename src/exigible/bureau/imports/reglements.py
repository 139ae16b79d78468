"""Plan what the books set against an invoice: money, credit notes; a loss or a transfer is said, and pays nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.bureau.imports.connu import Cible
from exigible.bureau.journal.services import FaitAEcrire
from exigible.dossier.faits import AvoirEmis, PaiementRecu
from exigible.droit.argent import ZERO
from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.enregistrements import CreanceLue, ReglementLu

_ANTERIEURS = (
    "règlements antérieurs à la reprise, dates inconnues : comptés au jour de la facture (lecture la plus basse)"
)
_DEPUIS = "règlements reçus depuis la reprise, dates inconnues : comptés au jour où la facture était encore due"


@dataclass(frozen=True, slots=True)
class Reglements:
    """What was planned of a claim in euros: `paye` in money, `avoirs`; `perte`: what the books gave up."""

    paye: Decimal = ZERO
    avoirs: Decimal = ZERO
    perte: Decimal = ZERO

    @property
    def ecrit(self) -> Decimal:
        """What the import brings."""
        return self.paye + self.avoirs

    def describe(self) -> Phrase | None:
        """Say what came since the last import, if anything."""
        if self.paye and self.avoirs:
            return phrase(
                "{montant} réglés et {avoirs} d'avoirs depuis la dernière reprise",
                montant=self.paye,
                avoirs=self.avoirs,
            )
        if self.avoirs:
            return phrase("{montant} d'avoirs depuis la dernière reprise", montant=self.avoirs)
        return phrase("{montant} réglés depuis la dernière reprise", montant=self.paye) if self.paye else None

    def describe_perte(self) -> Phrase | None:
        """Say that a loss in the books is no waiver."""
        if not self.perte:
            return None
        return phrase(
            "{montant} passés en perte dans vos livres : la créance reste due ; y renoncer se décide dans le dossier",
            montant=self.perte,
        )


def plan_reglements(
    cible: Cible, lue: CreanceLue, cle: str, repli: date, *, montant: Decimal, connu: Decimal = ZERO
) -> Reglements:
    """Plan what was set against a claim beyond `connu`, so that the books' balance is ours.

    `montant`: of the claim, of which `lue.reste_du` is left. `repli`: the day of what the books give no day for.
    """
    perte = sum((r.montant for r in lue.reglements if r.nature == "perte"), ZERO)
    ailleurs = sum((r.montant for r in lue.reglements if r.nature == "virement"), ZERO)
    restant = max(montant - lue.reste_du - connu - perte - ailleurs, ZERO)
    paye = avoirs = ZERO
    for rang, reglement in enumerate(lue.reglements, 1):
        if reglement.nature not in {"paiement", "avoir"} or not 0 < reglement.montant <= restant:
            continue
        if _is_dans_le_compte(cible, reglement):
            # It came before, as a credit on the whole account: what the law made of it is in `connu`, if anything is.
            restant -= ZERO if connu else reglement.montant
        elif reglement.nature == "avoir":
            cible.add(FaitAEcrire(_make_avoir(lue, reglement, cle), reglement.date))
            restant, avoirs = restant - reglement.montant, avoirs + reglement.montant
        elif not cible.has_paiement(cle_paiement := f"r-{lue.numero}-{reglement.date:%Y%m%d}-{rang}"):
            _pay(cible, lue, cle_paiement, reglement.montant, cle, reglement.date)
            restant, paye = restant - reglement.montant, paye + reglement.montant
    cle_paiement = f"a-{lue.numero}-{lue.reste_du}"
    if restant > 0 and not cible.has_paiement(cle_paiement):
        _pay(cible, lue, cle_paiement, restant, cle, repli, _ANTERIEURS if repli == lue.date_emission else _DEPUIS)
        paye += restant
    return Reglements(paye, avoirs, perte)


def _is_dans_le_compte(cible: Cible, reglement: ReglementLu) -> bool:
    """Whether it was credited already, by the bank or by former books, before anybody said what it pays."""
    if reglement.nature == "avoir":
        return cible.has_avoir(reglement.reference)
    acompte = make_cle_acompte(reglement.reference, reglement.date, reglement.montant)
    return cible.has_paiement(acompte) or cible.knows_versement(reglement.date, reglement.montant)


def make_cle_acompte(reference: str, jour: date, montant: Decimal) -> str:
    """Name a payment that the books set against nothing."""
    return f"c-{reference}-{jour:%Y%m%d}-{montant}"


def _make_avoir(lue: CreanceLue, reglement: ReglementLu, cle: str) -> AvoirEmis:
    return AvoirEmis(
        cle=f"v-{reglement.reference}-{lue.numero}",
        numero=reglement.reference,
        montant=reglement.montant,
        creance=cle,
        provenance=write_provenance(lue),
    )


def _pay(
    cible: Cible, lue: CreanceLue, cle_paiement: str, montant: Decimal, cle: str, jour: date, pourquoi: str = ""
) -> None:
    provenance = f"{write_provenance(lue)} ; {pourquoi}" if pourquoi else write_provenance(lue)
    paiement = PaiementRecu(cle=cle_paiement, montant=montant, creances=(cle,), provenance=provenance)
    cible.add(FaitAEcrire(paiement, jour))


def write_provenance(lue: CreanceLue) -> str:
    """Say where a claim was read."""
    ou = f", ligne {lue.origine.ligne}" if lue.origine.ligne else ""
    return f"{lue.origine.fichier}{ou}"
