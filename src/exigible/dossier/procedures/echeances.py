"""The time limits that run in a procedure on its day."""

from __future__ import annotations

from datetime import date

from exigible.dossier.echeances import Echeance, NatureEcheance, Portee, find_alerte
from exigible.dossier.procedures.cours import find_jour_regissant, warn_conditions
from exigible.dossier.procedures.delais import DelaiCompte, count_delai
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.procedures.gardes import GARDES
from exigible.dossier.procedures.graphe import Acteur, DelaiGraphe, SensDelai, TransitionGraphe
from exigible.droit.phrase import SANS_TEXTE, wrap_texte

_ADVERSES = frozenset({Acteur.DEBITEUR, Acteur.TIERS, Acteur.MANDATAIRE, Acteur.COMMISSION, Acteur.JUGE, Acteur.GREFFE})


def list_echeances_procedure(procedure: EtatProcedure, au: date) -> list[Echeance]:
    """List the time limits that run in a procedure on the day `au`, the nearest first.

    The other party's time goes when it is over; ours stays, late, until a fact says what became of it. While the title
    may not be enforced, no day opens an act of enforcement.
    """
    if procedure.gelee_le is not None:
        return []
    vues: dict[tuple[str, Portee], Echeance] = {}
    for transition in procedure.sorties:
        echeance = _build(procedure, transition)
        if echeance is not None and not _is_sans_objet(procedure, echeance, au):
            deja = vues.setdefault((echeance.quoi, echeance.portee), echeance)
            vues[echeance.quoi, echeance.portee] = _choose_prudente(deja, echeance)
    return sorted(vues.values(), key=lambda e: e.le)


def _is_sans_objet(procedure: EtatProcedure, echeance: Echeance, au: date) -> bool:
    if echeance.portee is Portee.OUVERTURE:
        return procedure.suspendue_le is not None
    return echeance.portee is Portee.ADVERSE and echeance.le < au


def _choose_prudente(une: Echeance, autre: Echeance) -> Echeance:
    """Of two readings of the same time limit: the earlier end of our own time, the later day from which we may act."""
    return min(une, autre, key=lambda e: e.le) if une.portee is Portee.A_FAIRE else max(une, autre, key=lambda e: e.le)


def _build(procedure: EtatProcedure, transition: TransitionGraphe) -> Echeance | None:
    delai, situation = transition.delai, procedure.situation
    if delai is None or delai.sens in {SensDelai.INDICATIF, SensDelai.USAGE}:
        return None
    regissant = find_jour_regissant(transition, situation, procedure.depuis)
    if not transition.is_valide(regissant) or any(GARDES[g].juge(situation) is False for g in transition.gardes):
        return None
    compte = count_delai(delai, situation)
    if compte is None or compte.has_venu(situation, (*transition.sauf, transition.evenement), procedure.depuis):
        return None
    return _write(procedure, transition, delai, compte)


def _write(procedure: EtatProcedure, transition: TransitionGraphe, delai: DelaiGraphe, compte: DelaiCompte) -> Echeance:
    ouverture = delai.sens is SensDelai.MIN
    le = compte.lendemain if ouverture else compte.fin
    portee = _choose_portee(transition, ouverture=ouverture)
    return Echeance(
        nature=NatureEcheance.PROCEDURE,
        portee=portee,
        sujet=procedure.cle,
        le=le,
        quoi=wrap_texte(delai.a_faire) if delai.a_faire else transition.nom,
        alerte_le=le if ouverture else find_alerte(compte.depart, le, transition.auteur),
        depart=compte.depart,
        perte=wrap_texte(delai.perte) if delai.perte else SANS_TEXTE,
        explication=compte.explication,
        articles=(*(delai.articles or transition.articles), *compte.articles),
        acteur=transition.auteur,
        ouvre_le=compte.ouvre_le,
        avertissements=(*compte.avertissements, *warn_conditions(transition, procedure.situation)),
        evenements=_list_evenements(procedure, transition),
    )


def _choose_portee(transition: TransitionGraphe, *, ouverture: bool) -> Portee:
    if ouverture:
        return Portee.OUVERTURE
    return Portee.ADVERSE if transition.auteur in _ADVERSES else Portee.A_FAIRE


def _list_evenements(procedure: EtatProcedure, transition: TransitionGraphe) -> tuple[str, ...]:
    """The steps to take in time: this one or, when it is what happens by itself too late, those that prevent it."""
    if not transition.terme:
        return (transition.evenement,)
    siennes = (t.evenement for t in procedure.sorties if not t.terme and t.auteur is transition.auteur)
    return transition.sauf or tuple(dict.fromkeys(siennes))
