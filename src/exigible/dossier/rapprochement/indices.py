"""The rules of the matching, as a table: each clue, its points, and the sentence that tells it.

Points only put the candidates in order. « Certain » is not a number of points: it is the rule of `certitude`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from exigible.droit.phrase import Phrase, phrase


class Role(StrEnum):
    """What a clue tells: who paid, that the amount is right, or that something does not fit."""

    QUI = "qui"
    COMBIEN = "combien"
    CONTRE = "contre"


@dataclass(frozen=True, slots=True)
class _Regle:
    points: int
    role: Role
    modele: Phrase
    fort: bool = False


def _regle(points: int, role: Role, modele: Phrase, *, fort: bool = False) -> _Regle:
    return _Regle(points, role, modele, fort)


class Indice(Enum):
    """Every clue. A strong one (`fort`) may found a certain match, with an exact amount and no rival."""

    # Who paid.
    FACTURE_CITEE = _regle(50, Role.QUI, phrase("facture citée dans le libellé"), fort=True)
    REFERENCE_STRUCTUREE = _regle(55, Role.QUI, phrase("référence structurée reconnue"), fort=True)
    IBAN_CONNU = _regle(40, Role.QUI, phrase("compte déjà connu de ce client"), fort=True)
    PRELEVEMENT_CITE = _regle(60, Role.QUI, phrase("référence d'un prélèvement"), fort=True)
    REMISE_CITEE = _regle(60, Role.QUI, phrase("référence d'une remise de prélèvements"), fort=True)
    REMISE_PROBABLE = _regle(30, Role.QUI, phrase("le libellé dit un prélèvement, à quelques jours du jour demandé"))
    NOM = _regle(25, Role.QUI, phrase("nom du client"))
    NOM_PROCHE = _regle(12, Role.QUI, phrase("nom proche de celui du client"))
    FACTURE_ABREGEE = _regle(30, Role.QUI, phrase("facture citée en abrégé"))
    LOT = _regle(0, Role.QUI, phrase("une remise, et les factures de plusieurs clients"))
    # How much.
    PRINCIPAL_EXACT = _regle(30, Role.COMBIEN, phrase("montant exact de la facture"))
    TOTAL_EXACT = _regle(30, Role.COMBIEN, phrase("montant exact de la facture et de ses accessoires"))
    SOMME_EXACTE = _regle(28, Role.COMBIEN, phrase("somme exacte de plusieurs factures"))
    SOLDE_EXACT = _regle(30, Role.COMBIEN, phrase("montant exact de tout ce que doit ce client"))
    PRELEVEMENTS_EXACTS = _regle(30, Role.COMBIEN, phrase("c'est exactement ce qui a été prélevé"))
    DEJA_ENCAISSE = _regle(
        0, Role.COMBIEN, phrase("déjà compté comme encaissé : la ligne s'y rattache, rien ne compte deux fois")
    )
    PRELEVEMENT_REVENU = _regle(0, Role.COMBIEN, phrase("un de ces prélèvements est revenu depuis"))
    A_PEU_PRES = _regle(20, Role.COMBIEN, phrase("c'est ce qui est dû, à moins d'un euro près"))
    ESCOMPTE = _regle(18, Role.COMBIEN, phrase("c'est ce qui est dû, moins un escompte"))
    FRAIS_RETENUS = _regle(
        10, Role.COMBIEN, phrase("il manque moins de 50 € : des frais retenus par une banque étrangère ?")
    )
    PARTIEL = _regle(0, Role.COMBIEN, phrase("paiement partiel"))
    TROP_PERCU = _regle(-5, Role.COMBIEN, phrase("paiement de plus que ce qui est dû"))
    # What does not fit.
    FACTURE_POSTERIEURE = _regle(-25, Role.CONTRE, phrase("la facture a été émise après ce virement"))
    AUTRE_MEME_MONTANT = _regle(-8, Role.CONTRE, phrase("un autre client doit exactement ce montant"))
    AUTRE_FACTURE_DITE = _regle(-10, Role.CONTRE, phrase("le libellé paraît citer une autre facture"))
    FACTURES_JUMELLES = _regle(-10, Role.CONTRE, phrase("plusieurs factures de ce montant chez ce client"))
    PLUSIEURS_SOMMES = _regle(-10, Role.CONTRE, phrase("plusieurs groupes de factures donnent cette somme"))
    AUTRE_DESIGNE = _regle(-15, Role.CONTRE, phrase("un autre client est désigné aussi"))
    NUMERO_PARTAGE = _regle(-15, Role.CONTRE, phrase("un autre client a une facture de ce numéro"))
    IBAN_PARTAGE = _regle(-15, Role.CONTRE, phrase("un autre client a payé depuis ce compte"))
    DEJA_COMPTE = _regle(
        -40, Role.CONTRE, phrase("un paiement de ce montant est déjà compté chez ce client, à quelques jours près")
    )
    REVENU = _regle(-40, Role.CONTRE, phrase("la banque dit qu'un paiement que vous aviez fait est revenu"))
    MEME_DETTE = _regle(-10, Role.CONTRE, phrase("un autre virement reçu paierait la même facture"))

    @property
    def points(self) -> int:
        """What it adds to the score."""
        return self.value.points

    @property
    def role(self) -> Role:
        """What it tells."""
        return self.value.role

    @property
    def fort(self) -> bool:
        """Whether it can found a certain match."""
        return self.value.fort


MONTANTS_EXACTS = frozenset(
    {
        *(Indice.PRINCIPAL_EXACT, Indice.TOTAL_EXACT, Indice.SOMME_EXACTE, Indice.SOLDE_EXACT),
        Indice.PRELEVEMENTS_EXACTS,
    }
)
SCORE_MAX = 100
"""A score is kept between 0 and this."""


@dataclass(frozen=True, slots=True)
class Constat:
    """A clue found, with the sentence that tells it there."""

    indice: Indice
    raison: Phrase


def note(indice: Indice, raison: Phrase | None = None) -> Constat:
    """Tell a clue with its own sentence, else with that of the table."""
    return Constat(indice, raison or indice.value.modele)


def sum_points(constats: tuple[Constat, ...]) -> int:
    """Add the points of clues, between 0 and SCORE_MAX."""
    return max(0, min(SCORE_MAX, sum(constat.indice.points for constat in constats)))


def order_raisons(constats: tuple[Constat, ...]) -> tuple[Phrase, ...]:
    """Give the sentences: who, how much, then what does not fit; the strongest first."""
    rangs = {Role.QUI: 0, Role.COMBIEN: 1, Role.CONTRE: 2}
    tries = sorted(constats, key=lambda c: (rangs[c.indice.role], -abs(c.indice.points), c.raison))
    return tuple(constat.raison for constat in tries)
