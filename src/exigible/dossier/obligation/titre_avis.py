"""What must be said of decisions: what of them is not known, how it was read meanwhile, what the time granted does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exigible.dossier.faits import NatureDecision, PaiementRecu
from exigible.dossier.obligation.titre import (
    Decision,
    ReglesChefs,
    build_regle,
    lacks_regle,
    list_chefs,
    name_decision,
    names_nothing,
)
from exigible.dossier.suspensions import Faits
from exigible.droit.delai_accorde import check_delais
from exigible.droit.erreurs import Avertissement
from exigible.droit.interets import QualiteCreancier
from exigible.droit.phrase import phrase


def warn_decisions(faits: Faits, decisions: Sequence[Decision]) -> Iterator[Avertissement]:
    """Say what of a decision is not known, and how it was read meanwhile."""
    for decision in decisions:
        quoi, parametres = name_decision(decision.fait, decision.jour), {"decision": decision.fait.cle}
        if not decision.effective:
            message = phrase(
                "{decision} : les créances ne sont pas encore remplacées, car rien ne dit que ce titre soit exécutoire "
                "(CPC 1422).",
                decision=quoi,
            )
            yield Avertissement("injonction_non_executoire", message, parametres)
            continue
        if names_nothing(decision):
            message = phrase(
                "{decision} : il n'est pas dit quelles créances sont jugées ; par prudence, toutes celles qui étaient "
                "facturées ce jour-là sont remplacées.",
                decision=quoi,
            )
            yield Avertissement("jugement_sans_creance", message, parametres)
        if any(lacks_regle(decision, chef) for chef in list_chefs(decision)):
            message = phrase(
                "{decision} : le taux d'un chef n'est pas dit, ou n'est pas possible ; il ne porte pas intérêt.",
                decision=quoi,
            )
            yield Avertissement("taux_du_jugement_absent", message, parametres)
        if decision.fait.paiements_comptes_au is None and _has_paiement_recent(faits, decision):
            message = phrase(
                "{decision} : des paiements sont venus pendant l'instance ; ils sont tenus pour comptés par le juge. "
                "Sinon, dites jusqu'à quel jour il les a comptés.",
                decision=quoi,
            )
            yield Avertissement("paiements_avant_jugement", message, parametres)
        if decision.fait.nature is NatureDecision.ORDONNANCE_REFERE:
            message = phrase(
                "{decision} : seule la provision est comptée ; ce qui la dépasse reste à demander au juge du fond "
                "(CPC 488).",
                decision=quoi,
            )
            yield Avertissement("provision_seule", message, parametres)


def _has_paiement_recent(faits: Faits, decision: Decision) -> bool:
    """Whether money came between the first day from which a head bears interest and the decision."""
    departs = [c.depart for c in decision.fait.chefs if c.depart is not None]
    debut = min(departs, default=decision.jour)
    return any(debut < jour <= decision.jour for jour, _ in faits.dated(PaiementRecu))


def warn_graces(decisions: Sequence[Decision], creancier: QualiteCreancier) -> Iterator[Avertissement]:
    """Say what the time granted does to the interest of the heads, when it is not plain."""
    for decision in decisions:
        delais = [grace.delai for grace in decision.graces]
        for chef in list_chefs(decision) if delais and decision.effective else ():
            regle = None if lacks_regle(decision, chef) else build_regle(decision, chef, ReglesChefs(creancier, (), ()))
            if regle is not None:
                yield from check_delais(regle, delais)
