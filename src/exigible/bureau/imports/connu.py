"""What is already known of a debtor, from its journal, and the facts that an import adds to it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from exigible.bureau.horloge import PARIS
from exigible.bureau.journal.services import FaitAEcrire
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.courriers import MISE_EN_DEMEURE
from exigible.dossier.etat import STADES_CLOS, EtatCreance, EtatDossier
from exigible.dossier.faits import (
    AvoirEmis,
    CourrierPoste,
    CreanceNee,
    DebiteurDecrit,
    Etape,
    PaiementRecu,
    PaiementRejete,
    RelanceFaite,
    StatutFactureRecu,
    SuspensionDecidee,
    SuspensionLevee,
)
from exigible.dossier.journal import Inscription, list_effectives
from exigible.dossier.texte import normalize
from exigible.droit.argent import ZERO
from exigible.droit.phrase import Phrase

ECART_DE_DATES = timedelta(days=5)
"""Books and bank may date the same payment differently: within these days, it is the same."""


@dataclass(slots=True)
class Cible:
    """A debtor that the file concerns: a dossier that exists, or one to open (`dossier` None).

    `origine`: the place in the file that made it known, the same each time the file is read. `panne`: why the dossier
    cannot be read, if it cannot: nothing of it may be compared with the file. `reprise`: an opening balance of the file
    stands for all its open claims, that the file does not name.
    """

    debiteur: DebiteurDecrit
    dossier: Dossier | None = None
    inscriptions: list[Inscription] = field(default_factory=list)
    etat: EtatDossier | None = None
    faits: list[FaitAEcrire] = field(default_factory=list)
    origine: str = ""
    panne: Phrase | None = None
    reprise: bool = False

    _effectives: list[Inscription] = field(init=False)
    _creances: dict[str, Inscription] = field(init=False)
    _nouvelles: dict[str, CreanceNee] = field(init=False)
    _paiements: list[tuple[date, PaiementRecu]] = field(init=False)
    _etapes: set[tuple[Etape, str]] = field(init=False)
    _numeros_dits: set[str] = field(init=False)
    _avoirs_dits: set[str] = field(init=False)
    _paiements_dits: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self._effectives = list_effectives(self.inscriptions, date.max)
        self._creances = {normalize(i.fait.numero): i for i in self._effectives if isinstance(i.fait, CreanceNee)}
        self._nouvelles = {}
        rejetes = {i.fait.paiement for i in self._effectives if isinstance(i.fait, PaiementRejete)}
        self._paiements = [
            (i.date_effet, i.fait)
            for i in self._effectives
            if isinstance(i.fait, PaiementRecu) and i.fait.cle not in rejetes
        ]
        self._etapes = _list_etapes(self._effectives)
        # What was said once counts even if a person cancelled it since: the same file must not bring it back.
        dits = [i.fait for i in self.inscriptions]
        self._numeros_dits = {normalize(f.numero) for f in dits if isinstance(f, CreanceNee)}
        self._avoirs_dits = {normalize(f.numero) for f in dits if isinstance(f, AvoirEmis)}
        self._paiements_dits = {f.cle for f in dits if isinstance(f, PaiementRecu)}

    @property
    def nom(self) -> str:
        """The debtor's name, for the preview."""
        return self.debiteur.nom

    def add(self, fait: FaitAEcrire) -> None:
        """Add a fact that the import will write."""
        self.faits.append(fait)
        if isinstance(fait.fait, CreanceNee):
            self._nouvelles[normalize(fait.fait.numero)] = fait.fait

    def describe(self, debiteur: DebiteurDecrit, jour: date) -> None:
        """Write a new description of the debtor; the last one of the import stands for all."""
        self.faits = [f for f in self.faits if not isinstance(f.fait, DebiteurDecrit)]
        self.faits.append(FaitAEcrire(debiteur, jour))

    def find_creance(self, numero: str) -> Inscription | None:
        """Find a claim that the journal holds, by its number."""
        return self._creances.get(normalize(numero))

    def find_nouvelle(self, numero: str) -> CreanceNee | None:
        """Find a claim that this import already brings, by its number."""
        return self._nouvelles.get(normalize(numero))

    def find_facture(self, numero: str) -> CreanceNee | None:
        """Find a claim by its number, known or brought by this import."""
        connue = self.find_creance(numero)
        return connue.fait if connue and isinstance(connue.fait, CreanceNee) else self.find_nouvelle(numero)

    def is_soldee(self, cle: str) -> bool:
        """Tell whether a claim that the journal holds is closed."""
        return bool(self.etat) and all(c.creance.cle != cle for c in self.list_ouvertes()) and self._holds(cle)

    def _holds(self, cle: str) -> bool:
        return any(isinstance(i.fait, CreanceNee) and i.fait.cle == cle for i in self._creances.values())

    def has_statut(self, cle: str) -> bool:
        """Tell whether the journal or this import ever held a status under this key."""
        dits = [*(i.fait for i in self.inscriptions), *(f.fait for f in self.faits)]
        return any(isinstance(f, StatutFactureRecu) and f.cle == cle for f in dits)

    def is_annulee(self, numero: str) -> bool:
        """Tell whether a person said that this claim never was."""
        return normalize(numero) in self._numeros_dits and self.find_creance(numero) is None

    def list_versions(self, cle: str) -> list[CreanceNee]:
        """List all that was ever said of a claim, corrected or not."""
        return [i.fait for i in self.inscriptions if isinstance(i.fait, CreanceNee) and i.fait.cle == cle]

    def list_descriptions(self) -> list[DebiteurDecrit]:
        """List all that was ever said of the debtor."""
        return [i.fait for i in self.inscriptions if isinstance(i.fait, DebiteurDecrit)]

    def has_avoir(self, numero: str) -> bool:
        """Tell whether the journal ever held a credit note."""
        return normalize(numero) in self._avoirs_dits

    def has_paiement(self, cle: str) -> bool:
        """Tell whether the journal ever held a payment under this key."""
        return cle in self._paiements_dits

    def knows_versement(self, jour: date, montant: Decimal) -> bool:
        """Tell whether the bank already gave a payment of this amount around that day: it is the same money."""
        return any(
            p.mouvement and p.montant == montant and abs(jour - autre) <= ECART_DE_DATES for autre, p in self._paiements
        )

    def sum_regle(self, cle: str) -> Decimal:
        """Sum what was already credited to a claim that the journal holds, whatever it paid: the books' view."""
        if self.etat is None:
            return ZERO
        paye = sum((i.montant for i in self.etat.decompte.imputations if i.creance == cle), ZERO)
        avoirs = sum(
            (i.fait.montant for i in self._effectives if isinstance(i.fait, AvoirEmis) and i.fait.creance == cle), ZERO
        )
        return paye + avoirs

    def sum_prevu(self, cle: str) -> Decimal:
        """Sum what this import already sets against a claim."""
        prevus = (f.fait for f in self.faits if isinstance(f.fait, PaiementRecu | AvoirEmis))
        return sum((p.montant for p in prevus if _names(p, cle)), ZERO)

    def list_ouvertes(self) -> list[EtatCreance]:
        """List the claims that the journal holds open."""
        return [c for c in self.etat.creances if c.stade not in STADES_CLOS] if self.etat else []

    def list_suspensions(self, racine: str) -> list[str]:
        """List the keys of the holds ever decided under this key or the next ones, even those cancelled since."""
        dites = [i.fait.cle for i in self.inscriptions if isinstance(i.fait, SuspensionDecidee)]
        return [cle for cle in dites if cle == racine or cle.removeprefix(f"{racine}-").isdecimal()]

    def is_levee(self, suspension: str, motif: str) -> bool:
        """Tell whether a hold was lifted for this reason, which is not a person's."""
        faits = (i.fait for i in self._effectives)
        return any(isinstance(f, SuspensionLevee) and (f.suspension, f.motif) == (suspension, motif) for f in faits)

    def is_active(self, suspension: str) -> bool:
        """Tell whether a hold still stands."""
        faits = [i.fait for i in self._effectives]
        levee = any(isinstance(f, SuspensionLevee) and f.suspension == suspension for f in faits)
        return not levee and any(isinstance(f, SuspensionDecidee) and f.cle == suspension for f in faits)

    def find_dernier_etat(self, cle: str) -> date:
        """Find the day on which a claim was last said to be unpaid: what was paid since was paid from that day on."""
        jours = [
            i.enregistre_le.astimezone(PARIS).date()
            for i in self.inscriptions
            if i.enregistre_le is not None
            and (
                (isinstance(i.fait, CreanceNee) and i.fait.cle == cle)
                or (isinstance(i.fait, PaiementRecu) and cle in i.fait.creances)
            )
        ]
        return max(jours)

    def has_etape(self, etape: Etape, cle: str) -> bool:
        """Tell whether a step is already known to be done for a claim."""
        return (etape, cle) in self._etapes


def _names(credit: PaiementRecu | AvoirEmis, cle: str) -> bool:
    return credit.creance == cle if isinstance(credit, AvoirEmis) else cle in credit.creances


def _list_etapes(inscriptions: list[Inscription]) -> set[tuple[Etape, str]]:
    etapes: defaultdict[Etape, set[str]] = defaultdict(set)
    for inscription in inscriptions:
        fait = inscription.fait
        if isinstance(fait, RelanceFaite):
            etapes[fait.etape] |= set(fait.creances)
        elif isinstance(fait, CourrierPoste) and fait.acte == MISE_EN_DEMEURE:
            etapes[Etape.MISE_EN_DEMEURE] |= set(fait.creances)
    return {(etape, cle) for etape, cles in etapes.items() for cle in cles}
