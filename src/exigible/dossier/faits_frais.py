"""The facts of the costs: each line that was spent, who bears it, what was advanced to whom.

Same rules as `faits.py`, the catalogue from which everything is imported.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from exigible.dossier.faits_base import Fait
from exigible.droit.charge_des_frais import ChargeFrais, NatureFrais

__all__ = ["AvanceRemboursee", "AvanceVersee", "ChargeFrais", "FraisExpose", "FraisMisACharge", "NatureFrais"]


class FraisExpose(Fait, frozen=True, tag="frais_expose"):
    """A cost spent on the effect day: `montant` euros, taxes included; `montant_ht` without.

    `a_la_charge`: who is said to bear it, which the law may not allow. `titre_executoire`: an enforceable title other
    than a decision of this dossier stood behind it (deed, settlement, unpaid cheque). `decision`: the one whose
    proceedings or enforcement it served. `article`: the text that orders the act (CPCE L111-8) or sets its price.
    `prescrit_par_la_loi`: that text orders the creditor to do it. `verifie_le`: the day on which the costs of the
    proceedings were certified or taxed (CPC 704 to 718). `inutile`: the act was clearly needless.
    """

    cle: str
    nature: NatureFrais
    montant: Decimal
    libelle: str = ""
    montant_ht: Decimal | None = None
    a_la_charge: ChargeFrais = ChargeFrais.INCONNU
    procedure: str = ""
    decision: str = ""
    titre_executoire: bool = False
    article: str = ""
    prescrit_par_la_loi: bool = False
    verifie_le: date | None = None
    inutile: bool = False
    piece: str = ""


class FraisMisACharge(Fait, frozen=True, tag="frais_mis_a_charge"):
    """The enforcement judge said who bears costs (CPCE L111-8 al. 3)."""

    frais: tuple[str, ...]
    charge: ChargeFrais
    piece: str = ""


class AvanceVersee(Fait, frozen=True, tag="avance_versee"):
    """Money advanced on the effect day by the creditor to an officer, a lawyer, a registry.

    `remboursee`: what was got back already when it was recorded; what comes back later is `AvanceRemboursee`.
    """

    cle: str
    montant: Decimal
    a: str
    procedure: str = ""
    remboursee: Decimal | None = None
    libelle: str = ""
    piece: str = ""


class AvanceRemboursee(Fait, frozen=True, tag="avance_remboursee"):
    """What came back on the effect day of the money advanced under the key `avance`, in euros."""

    avance: str
    montant: Decimal
    libelle: str = ""
    piece: str = ""
