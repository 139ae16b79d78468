"""The acts that the procedures under way ask for: the time that runs, the next step that is ours, the claim to file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from exigible.dossier.conseil.actes import ActePossible, Rang
from exigible.dossier.conseil.couts import NON_CHIFFRE, SANS_FRAIS, Cout, compute_cout_acte
from exigible.dossier.conseil.criteres import Condition
from exigible.dossier.conseil.examen import EXECUTIONS, TITRE_EXECUTOIRE, Examen, is_en_cours
from exigible.dossier.conseil.perimetre import list_en_procedure_collective
from exigible.dossier.echeances import Echeance, NatureEcheance, Portee
from exigible.dossier.procedures.cours import find_jour_regissant
from exigible.dossier.procedures.delais import count_delai
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.procedures.gardes import GARDES
from exigible.dossier.procedures.graphe import Acteur, SensDelai, TransitionGraphe
from exigible.dossier.procedures.ouvertures import COLLECTIVE
from exigible.droit.argent import ZERO
from exigible.droit.phrase import SANS_TEXTE, Phrase, phrase

JOURS_LOINTAINS = 180
"""Our own habit: beyond six months, and before its time of warning, a deadline does not press."""

_RENONCEMENTS = frozenset({"A_JUDICIARISER", "IRRECOUVRABLE"})
_NOUS = frozenset({Acteur.CREANCIER, Acteur.COMMISSAIRE, Acteur.PARTIE})
_ACTES = {
    "IP_ORDONNANCE": "signification_injonction_de_payer",
    "ASSIGNATION_DATEE": "assignation",
    "JUGEMENT": "signification_decision",
    "REFERE_ORDONNANCE": "signification_decision",
    "SATT_SIGNIFIEE": "denonciation_saisie_attribution",
    "SV_CDT": "proces_verbal_saisie_vente",
    "CNP": "certificat_non_paiement_cheque",
}
"""The act of the officer that each of these states waits for."""
_CHARGE = phrase("dépens de la procédure ou de l'exécution : avancés par le créancier, dus par le débiteur qui perd")
_CHARGE_COLLECTIVE = phrase("le créancier (aucun frais pour déclarer lui-même)")


def list_actes_procedures(examen: Examen) -> Iterator[ActePossible]:
    """Yield what runs against us first, then the steps that are ours in the procedures where nothing presses."""
    pressees: set[str] = set()
    vues: set[tuple[str, str]] = set()
    for echeance in examen.etat.echeances:  # the nearest first: of two readings of one time limit, the earlier counts
        if echeance.portee is Portee.ADVERSE or echeance.nature is NatureEcheance.PRESCRIPTION:
            continue
        if echeance.portee is Portee.A_FAIRE:
            pressees.add(echeance.sujet)
        ouverte = echeance.nature is not NatureEcheance.PROCEDURE and echeance.le <= examen.au
        if (ouverte or echeance.portee is Portee.A_FAIRE) and (echeance.sujet, echeance.quoi) not in vues:
            vues.add((echeance.sujet, echeance.quoi))
            yield _build_acte(examen, echeance)
    if _is_declaration_sans_date(examen, pressees):
        yield _build_declaration(examen)
        pressees |= {p.cle for p in examen.etat.procedures if p.graphe.code == COLLECTIVE}
    for procedure in examen.etat.procedures:
        if procedure.cle not in pressees and is_en_cours(procedure):
            yield from _list_etapes(procedure, examen)


def _build_acte(examen: Examen, echeance: Echeance) -> ActePossible:
    procedure = next((p for p in examen.etat.procedures if p.cle == echeance.sujet), None)
    return ActePossible(
        code=f"echeance_{echeance.nature.value}",
        rang=_choose_rang(echeance, examen.au),
        libelle=echeance.quoi,
        pourquoi=_end(echeance.explication),
        articles=echeance.articles,
        cout=_cout(procedure, examen),
        risque=echeance.perte,
        prescription=_describe_effet(procedure),
        montant=(procedure.situation.ouverture.montant or ZERO) if procedure else ZERO,
        sujet=echeance.sujet,
        echeance=echeance,
        avertissements=echeance.avertissements,
    )


def _end(explication: Phrase) -> Phrase:
    """A sentence with its full stop, once: the last words of a time limit may be « 24 h. »."""
    return explication if str(explication).endswith(".") else phrase("{explication}.", explication=explication)


def _choose_rang(echeance: Echeance, au: date) -> Rang:
    """A loss that is near comes first; a far one (the two years of CPC 386, say) waits its turn."""
    if not echeance.perte:
        return Rang.ETAPE
    if echeance.alerte_le <= au:
        return Rang.DELAI
    return Rang.ETAPE if (echeance.le - au).days <= JOURS_LOINTAINS else Rang.ALTERNATIVE


def _list_etapes(procedure: EtatProcedure, examen: Examen) -> Iterator[ActePossible]:
    """Yield the steps that we may take now; several ways of taking the same one are as many acts."""
    for transition in procedure.sorties:
        if transition.terme or transition.auteur not in _NOUS or not _is_permise(procedure, transition, examen):
            continue
        yield ActePossible(
            code=f"etape_{procedure.graphe.code}",
            rang=_choose_rang_etape(procedure, transition),
            libelle=transition.nom,
            pourquoi=phrase(
                "{procedure} : {etat} depuis le {jour}.",
                procedure=procedure.graphe.nom,
                etat=procedure.etat.nom,
                jour=procedure.depuis,
            ),
            articles=transition.articles,
            conditions=tuple(_list_gardes(procedure, transition)),
            cout=_cout(procedure, examen),
            prescription=_describe_effet(procedure),
            sujet=procedure.cle,
        )


def _choose_rang_etape(procedure: EtatProcedure, transition: TransitionGraphe) -> Rang:
    """A step that gives the procedure up is no advice: it stands with what may be done at any time."""
    execution = procedure.graphe.code in EXECUTIONS
    if transition.vers in _RENONCEMENTS or (execution and transition.vers == TITRE_EXECUTOIRE):
        return Rang.ALTERNATIVE
    return Rang.EXECUTION if execution else Rang.ETAPE


def _is_permise(procedure: EtatProcedure, transition: TransitionGraphe, examen: Examen) -> bool:
    """Whether the rule is in force, nothing excludes it, and its wait is over."""
    if not transition.is_valide(find_jour_regissant(transition, procedure.situation, examen.au)):
        return False
    if procedure.suspendue_le is not None and transition.auteur is Acteur.COMMISSAIRE:
        return False
    if any(GARDES[nom].juge(procedure.situation) is False for nom in transition.gardes):
        return False
    if transition.delai is None or transition.delai.sens is SensDelai.INDICATIF:
        return True
    compte = count_delai(transition.delai, procedure.situation)
    return compte is None or compte.ouvre_le is None or compte.ouvre_le <= examen.au


def _list_gardes(procedure: EtatProcedure, transition: TransitionGraphe) -> Iterator[Condition]:
    for nom in transition.gardes:
        garde = GARDES[nom]
        remplie = garde.juge(procedure.situation)
        remede = phrase("Indiquer dans la procédure : {condition}.", condition=garde.condition)
        yield Condition(
            nom, garde.condition, remplie, transition.articles, (), remede if remplie is None else SANS_TEXTE
        )


def _cout(procedure: EtatProcedure | None, examen: Examen) -> Cout:
    """Return the price of the next act when it is an officer's that the tariff fixes; else it is said to be unknown."""
    if procedure is None:
        return SANS_FRAIS
    if procedure.graphe.code == COLLECTIVE:
        return Cout((), _CHARGE_COLLECTIVE)
    acte = _ACTES.get(procedure.etat.code)
    montant = procedure.situation.ouverture.montant or examen.etat.decompte.total_du
    if acte is None or montant <= 0:
        return Cout((NON_CHIFFRE,), _CHARGE)
    return compute_cout_acte(acte, montant, examen.au, _CHARGE, examen.reglages)


def _describe_effet(procedure: EtatProcedure | None) -> Phrase:
    if procedure is None:
        return phrase("aucun effet")
    return phrase("celui de la procédure en cours")


def _is_declaration_sans_date(examen: Examen, pressees: set[str]) -> bool:
    """Whether a claim must be filed although no time limit could be counted: the publication is not known."""
    gelees = list_en_procedure_collective(examen.etat.creances)
    collectives = [p for p in examen.etat.procedures if p.graphe.code == COLLECTIVE]
    declarable = any(p.etat.code == "PC_OUVERTE" and p.cle not in pressees for p in collectives)
    return bool(gelees) and (declarable or not collectives)


def _build_declaration(examen: Examen) -> ActePossible:
    gelees = list_en_procedure_collective(examen.etat.creances)
    return ActePossible(
        code="declarer_la_creance",
        rang=Rang.DELAI,
        libelle=phrase("Déclarer la créance au mandataire judiciaire"),
        pourquoi=phrase(
            "Une procédure collective est ouverte ; le délai de deux mois court de la publication au BODACC, que le "
            "dossier ne dit pas : cherchez-la et déclarez sans attendre."
        ),
        articles=("C. com. L622-24", "C. com. R622-24"),
        cout=Cout((), _CHARGE_COLLECTIVE),
        prescription=phrase("la déclaration interrompt jusqu'à la clôture (C. com. L622-25-1)"),
        risque=phrase("créance non admise aux répartitions et inopposable au débiteur (C. com. L622-26)"),
        montant=sum((c.total for c in gelees), ZERO),
    )
