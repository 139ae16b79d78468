"""What the dossier knows of the decisions that were rendered: an order to pay, a judgment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits_jugement import JugementRendu, NatureDecision
from exigible.dossier.faits_procedure import Qualification
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.droit.argent import ZERO
from exigible.droit.competence import LIBELLES

_A_PERSONNE, _AUTREMENT = "signification_a_personne", "signification_autre"
_NATURES = {NatureDecision.INJONCTION_DE_PAYER: "injonction", NatureDecision.ORDONNANCE_REFERE: "refere"}


def find_injonction(etat: EtatDossier) -> EtatProcedure | None:
    """Return the last procedure in which an order to pay was rendered."""
    rendues = [p for p in etat.procedures if p.graphe.code == "IP" and p.situation.has("ordonnance")]
    return max(rendues, key=lambda p: (p.situation.find_jour(["ordonnance"]), p.cle), default=None)


def describe_injonction(procedure: EtatProcedure) -> Mapping[str, str]:
    """Answer the questions about an order: its court, its day, its number, its sum, its service."""
    situation = procedure.situation
    fait = situation.find_dernier("ordonnance")
    juridiction = situation.juridiction
    nom = str(LIBELLES[juridiction]) if juridiction else ""
    lieu = situation.ouverture.lieu
    reponses = {
        "juridiction": f"{nom} de {lieu}" if nom and lieu else nom or lieu,
        "rendue_le": _write(situation.find_jour(["ordonnance"])),
        "numero": fait.reference if fait else "",
        "montant": str(fait.montant) if fait and fait.montant is not None else "",
        "signifiee_le": _write(situation.find_jour([_A_PERSONNE, _AUTREMENT])),
    }
    return {question: reponse for question, reponse in reponses.items() if reponse}


def propose_decision(etat: EtatDossier) -> Mapping[str, str]:
    """Describe the decision that is still to be served: an order to pay, else the last judgment."""
    injonction = find_injonction(etat)
    if injonction is not None and not injonction.situation.has(_A_PERSONNE, _AUTREMENT):
        decrite = describe_injonction(injonction)
        return {"decision": "injonction", **{q: r for q, r in decrite.items() if q != "signifiee_le"}}
    a_signifier = [t for t in etat.titres if t.signifie_le is None]
    if not a_signifier:
        return {}
    titre = max(a_signifier, key=lambda t: (t.rendu_le, t.cle))
    decision = titre.decision
    reponses = {
        "decision": _NATURES.get(decision.nature, "jugement"),
        "juridiction": decision.juridiction,
        "rendue_le": titre.rendu_le.isoformat(),
        "numero": decision.reference,
        "montant": str(sum((chef.montant for chef in decision.chefs), ZERO)),
        "qualification": _write_qualification(decision),
    }
    return {question: reponse for question, reponse in reponses.items() if reponse}


def _write_qualification(decision: JugementRendu) -> str:
    if decision.qualification is None or decision.nature in _NATURES:
        return ""
    return "contradictoire" if decision.qualification is Qualification.CONTRADICTOIRE else "absent"


def _write(jour: date | None) -> str:
    return jour.isoformat() if jour else ""
