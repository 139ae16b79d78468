"""What a formal notice is made from: the dossier on its day, the invoices chosen, how it leaves, the time given."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from exigible.actes.sommes import SommeReclamee, Totaux, add_sommes
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import ModeEnvoi, Reclamation
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import Avertissement
from exigible.droit.interets import LigneInterets, Regime, TauxApplicable
from exigible.droit.regimes import QualitePartie

# Our choice, not the law's: no text sets the time given by a formal notice.
DELAI_PROFESSIONNEL = 8
DELAI_CONSOMMATEUR = 15

# CPC 750-1: up to this sum, an amicable attempt comes before the judge.
SEUIL_TENTATIVE_AMIABLE = Decimal("5000.00")


@dataclass(frozen=True, slots=True)
class Demande:
    """A formal notice to be written. The letter's day is `etat.au`; amounts are euros.

    `taux_legal`: the legal rate in force, None when it is not known or is another regime's.
    """

    etat: EtatDossier
    sommes: tuple[SommeReclamee, ...]
    reference: str
    canal: ModeEnvoi
    delai_jours: int
    taux_legal: TauxApplicable | None = None

    @property
    def qualite(self) -> QualitePartie:
        """The debtor's quality, which commands almost everything."""
        return self.etat.debiteur.qualite

    @property
    def totaux(self) -> Totaux:
        """What is claimed, part by part."""
        return add_sommes(self.sommes)

    @property
    def interet_legal(self) -> bool:
        """Whether the sum bears legal interest from a formal notice, and the creditor does not waive it."""
        return self.etat.regime.regime is Regime.LEGAL and self.etat.penalites is not Reclamation.RENONCER

    @property
    def deja_en_demeure(self) -> tuple[SommeReclamee, ...]:
        """The invoices whose earlier formal notice was presented: they bear legal interest already."""
        return tuple(s for s in self.sommes if s.etat.en_demeure_le is not None)

    @property
    def jamais_en_demeure(self) -> tuple[SommeReclamee, ...]:
        """The invoices that this letter is the first known to put on notice."""
        return tuple(s for s in self.sommes if s.etat.en_demeure_le is None)

    @property
    def nom_interets(self) -> str:
        """What the law calls the interest that runs without any notice, for this debtor."""
        return "intérêts moratoires" if self.public else "pénalités de retard"

    @property
    def de_plein_droit(self) -> bool:
        """Whether penalties run without any notice (commercial, public)."""
        return self.etat.regime.regime in {Regime.COMMERCIAL, Regime.PUBLIC}

    @property
    def public(self) -> bool:
        """Whether the debtor is a public buyer."""
        return self.etat.regime.regime is Regime.PUBLIC

    @property
    def tentative_amiable(self) -> bool:
        """Whether an amicable attempt must come before the judge (not before a commercial court)."""
        hors_commerce = self.qualite in {QualitePartie.CONSOMMATEUR, QualitePartie.NON_PROFESSIONNEL}
        return hors_commerce and self.totaux.total <= SEUIL_TENTATIVE_AMIABLE

    @property
    def lignes(self) -> tuple[LigneInterets, ...]:
        """The lines of interest claimed."""
        return self._select(self.etat.decompte.lignes)

    @property
    def lignes_annoncees(self) -> tuple[LigneInterets, ...]:
        """The lines of penalties that are said and not claimed."""
        if self.etat.penalites is not Reclamation.ANNONCER or not self.de_plein_droit:
            return ()
        return self._select(self.etat.pour_memoire.lignes)

    @property
    def penalites_annoncees(self) -> Decimal:
        """Penalties accrued, said and not claimed."""
        return sum((ligne.montant for ligne in self.lignes_annoncees), ZERO)

    @property
    def indemnites_annoncees(self) -> Decimal:
        """The 40 € of each invoice, said and not claimed."""
        if self.etat.indemnite is not Reclamation.ANNONCER or not self.etat.regime.indemnite:
            return ZERO
        ouvertes = self._list_ouvertes()
        soldes = sum((s.indemnites for s in self.etat.pour_memoire.soldes if s.cle in ouvertes), ZERO)
        imputees = sum((i.indemnites for i in self.etat.pour_memoire.imputations if i.creance in ouvertes), ZERO)
        return soldes + imputees

    @property
    def avertissements_cites(self) -> tuple[Avertissement, ...]:
        """What must be known of the values that the letter quotes beside its statement."""
        du_taux = self.taux_legal.avertissements if self.taux_legal and self.interet_legal else ()
        return (*du_taux, *(a for ligne in self.lignes_annoncees for a in ligne.avertissements))

    def _select(self, lignes: tuple[LigneInterets, ...]) -> tuple[LigneInterets, ...]:
        ouvertes = self._list_ouvertes()
        return tuple(ligne for ligne in lignes if ligne.creance in ouvertes)

    def _list_ouvertes(self) -> frozenset[str]:
        return frozenset(somme.cle for somme in self.sommes if not somme.reservee)
