"""After a judgment: ten years to enforce it (CPCE L111-4), and a time of its own for what falls due afterwards.

The interest that runs after the judgment, like any sum due by terms, follows the time of the claim itself, not the ten
years of the title (Cass. ass. plén. 10/06/2005, 03-18.922; avis 04/07/2016, 16-70.004): two years against a consumer
(C. conso. L218-2), five in general (C. civ. 2224). The interest of each day is taken to fall due on that day, which is
the careful reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from exigible.droit.interets import QualiteCreancier
from exigible.droit.jours import UN_JOUR
from exigible.droit.prescription.choix import choose_regle
from exigible.droit.prescription.moteur import replay_prescription
from exigible.droit.prescription.resultat import Demande, Evenement, Prescription
from exigible.droit.prescription.table import Regle, TypeDelai, load_table
from exigible.droit.regimes import QualitePartie

_TITRE = "P-27"
_DE_LA_CREANCE = frozenset({TypeDelai.PRESCRIPTION, TypeDelai.QUADRIENNALE})
_RETENUES = frozenset({"INT-REC", "INT-EXE", "INT-PC", "INT-SUR", "INT-SOL", "INT-COURRIER"})
"""What interrupts after the judgment. An instance or a pause is not counted: the shorter time, the careful reading."""


def keep_apres_titre(evenements: Iterable[Evenement]) -> tuple[Evenement, ...]:
    """Keep what may interrupt once there is a title."""
    return tuple(e for e in evenements if e.code in _RETENUES)


def compute_titre(executoire: date, evenements: Sequence[Evenement]) -> Prescription:
    """Compute until when what a judgment awards may be enforced, from the day on which it became enforceable."""
    return replay_prescription(Demande(load_table().get_regle(_TITRE), executoire, keep_apres_titre(evenements)))


def choose_regle_interets(
    creancier: QualiteCreancier, debiteur: QualitePartie, regles_des_creances: Iterable[Regle] = ()
) -> Regle:
    """Choose the time of the interest that runs after a judgment: the shortest that the claims judged may follow.

    A debtor whose quality is not known counts as a consumer.
    """
    generale = choose_regle(
        {
            "titre.existe": True,
            "element": "interets_post_titre",
            "creancier.qualite": "professionnel" if creancier is QualiteCreancier.PROFESSIONNEL else "consommateur",
            "debiteur.qualite": None if debiteur is QualitePartie.INCONNUE else debiteur.value,
        }
    )
    propres = (r for r in regles_des_creances if r.genre in _DE_LA_CREANCE)
    return min((generale, *propres), key=lambda regle: regle.duree_mois or 0)


def compute_interets(regle: Regle, jour: date, evenements: Sequence[Evenement]) -> Prescription:
    """Compute until when the interest of one day may be claimed."""
    return replay_prescription(Demande(regle, jour, keep_apres_titre(evenements)))


def find_premier_utile(regle: Regle, evenements: Sequence[Evenement], du: date, au: date) -> date:
    """Return the first day, from `du` on, whose interest may still be claimed at the end of `au`.

    What is lost is always the oldest: what interrupts the time of a day does so for each later one that it finds.
    """
    bas, haut = du, au
    while bas < haut:
        milieu = bas + timedelta(days=(haut - bas).days // 2)
        if compute_interets(regle, milieu, evenements).acquise_au(au):
            bas = milieu + UN_JOUR
        else:
            haut = milieu
    return bas
