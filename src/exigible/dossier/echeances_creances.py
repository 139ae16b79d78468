"""The deadlines that the claims themselves bring: the limitation of each."""

from __future__ import annotations

from collections.abc import Iterable

from exigible.dossier.echeances import Echeance, NatureEcheance, Portee
from exigible.dossier.etat import STADES_CLOS, EtatCreance
from exigible.dossier.procedures.graphe import Acteur
from exigible.droit.jours import add_mois
from exigible.droit.phrase import phrase

MOIS_D_ALERTE = 6
"""Our own habit, not the law: time to write, to choose a route and to have an act served."""

_PERTE = phrase("l'action en paiement est prescrite")


def list_echeances_prescription(creances: Iterable[EtatCreance]) -> list[Echeance]:
    """List the last safe day of each claim that is still owed and whose time runs; an instance under way holds it."""
    echeances = []
    for creance in creances:
        prescription = creance.prescription
        if prescription is None or prescription.en_cours or creance.stade in STADES_CLOS:
            continue
        depart = creance.creance.emission
        echeances.append(
            Echeance(
                nature=NatureEcheance.PRESCRIPTION,
                portee=Portee.A_FAIRE,
                sujet=creance.cle,
                le=prescription.dernier_jour_sur,
                quoi=phrase("Interrompre la prescription de la facture {numero}", numero=creance.creance.numero),
                alerte_le=max(add_mois(prescription.dernier_jour_sur, -MOIS_D_ALERTE), depart),
                depart=depart,
                perte=_PERTE,
                explication=prescription.regle.libelle,
                articles=prescription.articles,
                acteur=Acteur.CREANCIER,
                avertissements=prescription.avertissements,
            )
        )
    return echeances
