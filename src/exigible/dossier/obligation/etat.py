"""What decisions, costs and the persons liable are on a day: the values that the fold computes for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.dossier.faits import (
    Adresse,
    AvanceRemboursee,
    AvanceVersee,
    ChargeFrais,
    ChefJugement,
    DelaiDeGrace,
    FraisExpose,
    JugementRendu,
    RolePersonne,
)
from exigible.droit.argent import ZERO
from exigible.droit.charge_des_frais import ChoixCharge
from exigible.droit.decompte import Creance, Decompte, SoldeCreance, Versement
from exigible.droit.phrase import Phrase
from exigible.droit.prescription import Prescription


@dataclass(frozen=True, slots=True)
class EtatChef:
    """A head of a decision: `cle`, its key in the statement; `solde`, what is still owed on it, None when not claimed.

    `chef` is None for article 700 and for the costs that the decision itself liquidates. `prescription`: until when it
    may be enforced; `interets`: the time of the oldest interest, run after the decision, that is still owed on it. Both
    are None when there is nothing to time.
    """

    cle: str
    libelle: Phrase
    montant: Decimal
    creances: tuple[str, ...]
    chef: ChefJugement | None = None
    solde: SoldeCreance | None = None
    prescription: Prescription | None = None
    interets: Prescription | None = None


@dataclass(frozen=True, slots=True)
class EtatTitre:
    """A decision that holds on the day. `effectif`: its heads replace the claims that they name.

    `executoire_le`: since when it is enforceable; `signifie_le`: first service on the debtor; `majore_le`: first day of
    the five points (CMF L313-3), known ahead. `contre`: the persons condemned. `graces`: the time granted on it.
    """

    decision: JugementRendu
    rendu_le: date
    contre: tuple[str, ...]
    effectif: bool
    executoire_le: date | None
    signifie_le: date | None
    majore_le: date | None
    chefs: tuple[EtatChef, ...]
    graces: tuple[DelaiDeGrace, ...] = ()

    @property
    def cle(self) -> str:
        """The decision's key."""
        return self.decision.cle

    @property
    def delai_de_grace(self) -> DelaiDeGrace | None:
        """The time granted by a judge that ends last, if any."""
        return max(self.graces, key=lambda grace: grace.jusqu_au, default=None)

    @property
    def total(self) -> Decimal:
        """All that is still due on its heads, in euros."""
        return sum((c.solde.total for c in self.chefs if c.solde), ZERO)


@dataclass(frozen=True, slots=True)
class LigneFrais:
    """A cost and who bears it, in the end, on the day: `reclame` says whether the statement claims it."""

    cle: str
    jour: date
    frais: FraisExpose
    choix: ChoixCharge
    reclame: bool

    @property
    def charge(self) -> ChargeFrais:
        """Who bears it."""
        return self.choix.charge


@dataclass(frozen=True, slots=True)
class EtatFrais:
    """The costs of a dossier, line by line, and what was advanced. Euros, taxes included."""

    lignes: tuple[LigneFrais, ...] = ()
    avances: tuple[tuple[date, AvanceVersee], ...] = ()
    remboursements: tuple[tuple[date, AvanceRemboursee], ...] = ()

    @property
    def reclames(self) -> Decimal:
        """What the statement claims, paid or not."""
        return sum((ligne.frais.montant for ligne in self.lignes if ligne.reclame), ZERO)

    @property
    def au_creancier(self) -> Decimal:
        """What the creditor bears."""
        return self._sum(ChargeFrais.CREANCIER)

    @property
    def en_attente(self) -> Decimal:
        """What is not claimed, and may be once something is known or certified."""
        return sum(
            (x.frais.montant for x in self.lignes if not x.reclame and x.charge is not ChargeFrais.CREANCIER), ZERO
        )

    @property
    def avance(self) -> Decimal:
        """What was advanced and not got back."""
        return sum((max(a.montant - self.sum_rendu(a), ZERO) for _, a in self.avances), ZERO)

    def sum_rendu(self, avance: AvanceVersee) -> Decimal:
        """Return what came back of an advance."""
        rendus = (r.montant for _, r in self.remboursements if r.avance == avance.cle)
        return sum(rendus, avance.remboursee or ZERO)

    def _sum(self, charge: ChargeFrais) -> Decimal:
        return sum((ligne.frais.montant for ligne in self.lignes if ligne.charge is charge), ZERO)


@dataclass(frozen=True, slots=True)
class RaisonPersonne:
    """Why so much, or nothing, may be claimed from a person today."""

    code: str
    phrase: Phrase
    article: str = ""


@dataclass(frozen=True, slots=True)
class Moyens:
    """What is known of a person's means, each from the last source that told it; empty when none did.

    `banque`, `employeur`: name then address, a line each. `biens`: what else it owns.
    """

    banque: str = ""
    employeur: str = ""
    biens: str = ""


@dataclass(frozen=True, slots=True)
class BaseDecompte:
    """What a statement is computed from: the claims with what is claimed of each, and what was paid."""

    creances: tuple[Creance, ...] = ()
    versements: tuple[Versement, ...] = ()


@dataclass(frozen=True, slots=True)
class EtatPersonne:
    """What a person owes on the day, in euros. `du`: due or not yet; `reclamable`: what may be claimed from it today.

    Each amount is what that person may be asked for, not a share to add up: what one pays, the others no longer owe.
    `creances`: the claims it is liable for. `plafond_restant`: what is left of the most it owes. `titres`: decisions
    against it; `decisions`: the same as they stand towards it (those of the debtor are `EtatDossier.titres`).
    `decompte`: its own account, None for a guarantor, who owes a sum and no debt of another; `base`: what that account
    was computed from. `depuis`: the day of its commitment, None for the debtor. `moyens`: what was found that may be
    seized.
    """

    cle: str
    nom: str
    role: RolePersonne
    creances: tuple[str, ...]
    du: Decimal
    reclamable: Decimal
    raisons: tuple[RaisonPersonne, ...]
    adresse: Adresse
    personne_physique: bool | None = None
    plafond_restant: Decimal | None = None
    titres: tuple[str, ...] = ()
    decompte: Decompte | None = None
    depuis: date | None = None
    moyens: Moyens = Moyens()
    decisions: tuple[EtatTitre, ...] = ()
    base: BaseDecompte = BaseDecompte()
    courriel: str = ""
    telephone: str = ""
    siren: str = ""

    @property
    def poursuivable(self) -> bool:
        """Whether something may be claimed from it today."""
        return self.reclamable > 0
