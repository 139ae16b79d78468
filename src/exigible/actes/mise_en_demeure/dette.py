"""What a letter that claims money knows of the debt: what runs, what is only announced, what is left out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from exigible.actes.demande import Demande
from exigible.actes.sommes import SommeReclamee
from exigible.actes.vocabulaire.sommes import list_lignes
from exigible.dossier.faits import Etape, Reclamation
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import Avertissement, ErreurBareme
from exigible.droit.interets import LigneInterets, Regime, RegleInterets, TauxApplicable, compute_taux
from exigible.droit.regimes import QualitePartie

PARTICULIERS = frozenset({QualitePartie.CONSOMMATEUR, QualitePartie.NON_PROFESSIONNEL})

# CPC 750-1: up to this sum, an amicable attempt comes before the judge.
SEUIL_TENTATIVE_AMIABLE = Decimal("5000.00")


@dataclass(frozen=True)
class Dette:
    """The debt of a demand, on its day; amounts are euros."""

    demande: Demande

    @property
    def public(self) -> bool:
        """Whether the debtor is a public buyer."""
        return self.demande.etat.regime.regime is Regime.PUBLIC

    @property
    def de_plein_droit(self) -> bool:
        """Whether penalties run without any notice (commercial, public)."""
        return self.demande.etat.regime.regime in {Regime.COMMERCIAL, Regime.PUBLIC}

    @property
    def interet_legal(self) -> bool:
        """Whether the sum bears legal interest from a formal notice, and the creditor does not waive it."""
        etat = self.demande.etat
        return etat.regime.regime is Regime.LEGAL and etat.penalites is not Reclamation.RENONCER

    @property
    def nom_interets(self) -> str:
        """What the law calls the interest that runs, for this debtor."""
        if self.de_plein_droit:
            return "intérêts moratoires" if self.public else "pénalités de retard"
        return "intérêts au taux légal"

    @property
    def deja_en_demeure(self) -> tuple[SommeReclamee, ...]:
        """The invoices whose earlier formal notice was presented: they bear legal interest already."""
        return tuple(s for s in self.demande.sommes if s.etat.en_demeure_le is not None)

    @property
    def jamais_en_demeure(self) -> tuple[SommeReclamee, ...]:
        """The invoices that a formal notice of today is the first known to put on notice."""
        return tuple(s for s in self.demande.sommes if s.etat.en_demeure_le is None)

    @property
    def rappelee(self) -> bool:
        """Whether somebody was reminded of it; a call reminded only if it was answered."""
        rappels = {Etape.RELANCE, Etape.MISE_EN_DEMEURE}
        return any(s.etat.appel_abouti or rappels & {e for e, _ in s.etat.etapes_faites} for s in self.demande.sommes)

    @property
    def entamee(self) -> bool:
        """Whether a part was paid."""
        return any(s.principal != s.solde.principal_initial for s in self.demande.sommes)

    @property
    def tentative_amiable(self) -> bool:
        """Whether an amicable attempt must come before the judge (not before a commercial court)."""
        particulier = self.demande.etat.debiteur.qualite in PARTICULIERS
        return particulier and self.demande.totaux.total <= SEUIL_TENTATIVE_AMIABLE

    @cached_property
    def lignes(self) -> tuple[LigneInterets, ...]:
        """The lines of interest claimed."""
        return list_lignes(self.demande)

    @cached_property
    def lignes_annoncees(self) -> tuple[LigneInterets, ...]:
        """The lines of penalties that are said and not claimed."""
        etat = self.demande.etat
        if etat.penalites is not Reclamation.ANNONCER or not self.de_plein_droit:
            return ()
        return tuple(ligne for ligne in etat.pour_memoire.lignes if ligne.creance in self._ouvertes)

    @property
    def penalites_annoncees(self) -> Decimal:
        """Penalties accrued, said and not claimed."""
        return sum((ligne.montant for ligne in self.lignes_annoncees), ZERO)

    @property
    def indemnites_annoncees(self) -> Decimal:
        """The 40 € of each invoice, said and not claimed."""
        etat = self.demande.etat
        if etat.indemnite is not Reclamation.ANNONCER or not etat.regime.indemnite:
            return ZERO
        soldes = sum((s.indemnites for s in etat.pour_memoire.soldes if s.cle in self._ouvertes), ZERO)
        imputees = sum((i.indemnites for i in etat.pour_memoire.imputations if i.creance in self._ouvertes), ZERO)
        return soldes + imputees

    @cached_property
    def taux_legal(self) -> TauxApplicable | None:
        """The legal rate in force on the day; None under another regime or beyond the known dates."""
        etat = self.demande.etat
        if etat.regime.regime is not Regime.LEGAL:
            return None
        regle = RegleInterets(Regime.LEGAL, depart=etat.au, creancier=etat.creancier.description.qualite)
        try:
            return compute_taux(regle, etat.au)
        except ErreurBareme:
            # A table that has ended never stops a letter: it then says « au taux légal » without a figure.
            return None

    @property
    def avertissements_cites(self) -> tuple[Avertissement, ...]:
        """What must be known of the values that the letter quotes beside its statement."""
        du_taux = self.taux_legal.avertissements if self.taux_legal and self.interet_legal else ()
        return (*du_taux, *(a for ligne in self.lignes_annoncees for a in ligne.avertissements))

    @property
    def _ouvertes(self) -> frozenset[str]:
        return frozenset(somme.cle for somme in self.demande.sommes if not somme.reservee)
