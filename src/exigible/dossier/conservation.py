"""How long a settled dossier is kept, and what is read of one whose contents were erased.

Accounting documents and their vouchers are kept ten years (C. com. L123-22, al. 2); personal data no longer than their
purpose asks (RGPD, art. 5, 1, e), nor erased while the law orders to keep them or a right may have to be defended
(art. 17, 3, b and e). Ten years also cover the ordinary limitation (C. civ. 2224; C. com. L110-4: five years), its
suspensions set aside, and that of a judgment (CPCE L111-4).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from exigible.dossier.faits import DebiteurDecrit
from exigible.dossier.journal import FaitEfface, Inscription
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.phrase import phrase

DUREE_PLANCHER = 10
"""Full years, C. com. L123-22."""
DUREE_PLAFOND = 100

_DEBITEUR = str(DebiteurDecrit.__struct_config__.tag)


def check_duree(annees: int) -> int:
    """Return a retention in full years. Raises ErreurSaisie (`conservation_trop_courte`) below the floor of the law."""
    if not DUREE_PLANCHER <= annees <= DUREE_PLAFOND:
        raise ErreurSaisie(
            "conservation_trop_courte",
            phrase(
                "La durée de conservation va de {plancher} ans (C. com. L123-22) à {plafond} ans.",
                plancher=DUREE_PLANCHER,
                plafond=DUREE_PLAFOND,
            ),
            "annees",
        )
    return annees


def compute_fin_conservation(dernier_fait: date, annees: int) -> date:
    """Return the last day (included) on which a dossier is kept, `annees` full years after its financial year closed.

    The closing day of the financial year of `dernier_fait` is not known: it is taken as late as it may be, 31 December
    of the following year. To keep one year too many harms nobody; what is erased does not come back.
    """
    return date(dernier_fait.year + 1 + check_duree(annees), 12, 31)


def describe_debiteur_efface(inscriptions: Sequence[Inscription]) -> tuple[tuple[date, DebiteurDecrit], ...]:
    """Stand for a debtor whose every description was erased; nothing when none was."""
    effaces = [i for i in inscriptions if isinstance(i.fait, FaitEfface) and i.fait.type == _DEBITEUR]
    return tuple((i.date_effet, DebiteurDecrit(nom="(effacé)")) for i in effaces[:1])


def warn_effaces(inscriptions: Sequence[Inscription]) -> tuple[Avertissement, ...]:
    """Say that contents were erased: what is computed without them proves nothing."""
    effaces = len([i for i in inscriptions if isinstance(i.fait, FaitEfface)])
    if not effaces:
        return ()
    texte = phrase(
        "Des faits de ce dossier ont perdu leur contenu à la fin de sa conservation (nombre : {nombre}) : "
        "les sommes affichées ne tiennent compte que de ce qui reste.",
        nombre=effaces,
    )
    return (Avertissement("faits_effaces", texte),)
