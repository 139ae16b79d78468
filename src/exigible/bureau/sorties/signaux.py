"""The signals of an office that still ask: statuses of invoices, refusals of debits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from exigible.bureau.journal.lecture import read_journaux
from exigible.bureau.journal.models import Maillon
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.dossier.journal import list_effectives
from exigible.dossier.signaux import Signal, list_signaux

_SIGNAUX = ("statut_facture_recu", "rejet_signale")
_TYPES = frozenset(
    {
        *("statut_facture_recu", "rejet_signale", "signal_ecarte", "suspension_decidee", "suspension_levee"),
        *("creance_nee", "avoir_emis", "paiement_recu", "paiement_rejete"),
        *("prelevement_ordonne", "prelevement_rejete"),
    }
)


def find_signaux(creanciers: Sequence[Creancier], au: date) -> list[tuple[Dossier, Signal]]:
    """Find the signals that still ask on a day (included), the oldest first, each with its dossier."""
    dits = Maillon.objects.filter(chaine__dossier__creancier__in=creanciers, type__in=_SIGNAUX)
    dossiers = Dossier.objects.filter(chaine__in=dits.values("chaine")).select_related("creancier")
    par_chaine = {d.chaine_id: d for d in dossiers}
    journaux = read_journaux(list(par_chaine), _TYPES) if par_chaine else {}
    trouves = [
        (par_chaine[chaine], signal)
        for chaine, inscriptions in journaux.items()
        for signal in list_signaux(list_effectives(inscriptions, date.max), au)
    ]
    return sorted(trouves, key=lambda t: (t[1].jour, t[0].reference, t[1].cle))
