"""What a decision changes: from its day its heads replace the claims that they name, on the terms that it sets.

Careful everywhere: a decision counts at once as the measure of what is owed (CPC 480), but the five points wait until
it is enforceable and served; an order for payment counts only once enforceable (CPC 1422).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from exigible.dossier.faits import (
    DEBITEUR,
    ChargeDepens,
    CreanceNee,
    DecisionAneantie,
    DecisionExecutoire,
    EtapeFranchie,
    JugementRendu,
    JugementSignifie,
    MajorationFixee,
    NatureDecision,
    PaiementRecu,
    RegimeChef,
)
from exigible.dossier.obligation.etat import EtatChef, EtatTitre
from exigible.dossier.obligation.succession import Changement
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.suspensions import Faits
from exigible.droit.argent import ZERO
from exigible.droit.bareme import ValeurAjoutee
from exigible.droit.creance import CAPITAL_D_ABORD, OrdreImputation
from exigible.droit.decompte import Creance, Decompte, SoldeCreance
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.interets import QualiteCreancier, Regime, RegleInterets, find_premier_jour_connu
from exigible.droit.jours import UN_JOUR
from exigible.droit.pauses import MotifPause, Pause
from exigible.droit.phrase import Phrase, phrase

_MOTS = {
    NatureDecision.JUGEMENT: phrase("Jugement"),
    NatureDecision.ARRET: phrase("Arrêt"),
    NatureDecision.ORDONNANCE_REFERE: phrase("Ordonnance de référé"),
    NatureDecision.INJONCTION_DE_PAYER: phrase("Ordonnance d'injonction de payer"),
}
_SIGNIFICATION = "signification"
_TITRE = "TITRE"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that holds, as it stands towards one person. `coupe`: the last day whose payments it counted."""

    fait: JugementRendu
    jour: date
    coupe: date
    executoire_le: date | None
    signifie_le: date | None
    points: Decimal | None

    @property
    def contre(self) -> tuple[str, ...]:
        """Those condemned: the debtor when nobody is named."""
        return self.fait.contre or (DEBITEUR,)

    @property
    def effective(self) -> bool:
        """Whether its heads replace the claims."""
        return self.fait.nature is not NatureDecision.INJONCTION_DE_PAYER or self.executoire_le is not None

    @property
    def majorable_le(self) -> date | None:
        """The day from which the two months before the five points count: enforceable, and served (CPC 503)."""
        if self.executoire_le is None or self.signifie_le is None:
            return None
        return max(self.executoire_le, self.signifie_le)


@dataclass(frozen=True, slots=True)
class ReglesChefs:
    """What the rules of the heads take from the dossier; `pauses`: the days on which none of them bears interest."""

    creancier: QualiteCreancier
    ajouts: tuple[ValeurAjoutee, ...]
    pauses: tuple[Pause, ...]


def list_decisions(
    faits: Faits, personne: str = DEBITEUR, procedures: Sequence[EtatProcedure] = ()
) -> tuple[Decision, ...]:
    """Return the decisions that hold against a person, in order of days; those set aside or replaced no longer do.

    `procedures`: those of the dossier, which may say since when a decision is enforceable.
    """
    annulees = {f.decision for f in faits.list(DecisionAneantie)}
    rendues = {f.cle: (jour, f) for jour, f in faits.dated(JugementRendu) if f.cle not in annulees}
    remplacees = {f.remplace: f for _, f in rendues.values() if f.remplace and f.remplace != f.cle}
    decisions = [
        _read_decision(faits, fait, jour, rendues, personne, procedures)
        for jour, fait in rendues.values()
        if fait.cle not in remplacees
    ]
    return tuple(sorted((d for d in decisions if personne in d.contre), key=lambda d: (d.jour, d.fait.cle)))


def _read_decision(
    faits: Faits,
    fait: JugementRendu,
    jour: date,
    rendues: dict[str, tuple[date, JugementRendu]],
    personne: str,
    procedures: Sequence[EtatProcedure],
) -> Decision:
    points = [f.points for f in faits.list(MajorationFixee) if f.decision == fait.cle]
    return Decision(
        fait=fait,
        jour=jour,
        coupe=_find_coupe(fait, jour, rendues),
        executoire_le=find_executoire(faits, fait, jour, procedures),
        signifie_le=find_signification(faits, fait, jour, personne),
        points=points[-1] if points else None,
    )


def _find_coupe(fait: JugementRendu, jour: date, rendues: dict[str, tuple[date, JugementRendu]]) -> date:
    """Return the last day whose payments the decision counted; on appeal, those that the first judge had counted."""
    vues: set[str] = set()
    while fait.paiements_comptes_au is None and fait.remplace in rendues and fait.cle not in vues:
        vues.add(fait.cle)
        jour, fait = rendues[fait.remplace]
    return fait.paiements_comptes_au or jour


def find_executoire(
    faits: Faits, decision: JugementRendu, jour: date, procedures: Sequence[EtatProcedure] = ()
) -> date | None:
    """Return the first day on which a decision is enforceable: at once, as facts say, or as its procedure came to."""
    jours = [j for j, f in faits.dated(DecisionExecutoire) if f.decision == decision.cle]
    if decision.procedure:
        suites = f"{decision.procedure}."
        jours += [p.ouverte_le for p in procedures if p.graphe.code == _TITRE and p.cle.startswith(suites)]
    if decision.execution_provisoire and decision.nature is not NatureDecision.INJONCTION_DE_PAYER:
        jours.append(jour)
    return min(jours, default=None)


def find_signification(faits: Faits, decision: JugementRendu, jour: date, personne: str = DEBITEUR) -> date | None:
    """Return the first service of a decision on a person, as facts or steps of its procedure say."""
    jours = [
        j
        for j, f in faits.dated(JugementSignifie)
        if f.decision == decision.cle and personne in (f.personnes or (DEBITEUR,))
    ]
    jours += [
        j
        for j, f in _list_etapes(faits, decision, jour)
        if f.evenement.startswith(_SIGNIFICATION) and (f.personne or DEBITEUR) == personne
    ]
    return min(jours, default=None)


def _list_etapes(faits: Faits, decision: JugementRendu, jour: date) -> Iterator[tuple[date, EtapeFranchie]]:
    if decision.procedure:
        for j, etape in faits.dated(EtapeFranchie):
            if etape.procedure == decision.procedure and j >= jour:
                yield j, etape


# --- The heads in the account -----------------------------------------------------------------------------------------


def build_changement(decision: Decision, creances: Sequence[CreanceNee], regles: ReglesChefs) -> Changement:
    """Return what a decision changes in the account of a person."""
    chefs = list_chefs(decision)
    sortent: dict[str, tuple[str, ...]] = {}
    for chef in chefs:
        for cle in _list_remplacees(decision, chef, creances):
            sortent[cle] = (*sortent.get(cle, ()), chef.cle)
    entrent = tuple(_build_creance(decision, chef, regles) for chef in chefs)
    return Changement(decision.coupe, sortent, entrent)


def names_nothing(decision: Decision) -> bool:
    """Whether no head says which claims it replaces: all those invoiced by its day are then taken to be."""
    chefs = [c for c in decision.fait.chefs if not c.s_ajoute]
    return bool(chefs) and not any(c.creances for c in chefs)


def _list_remplacees(decision: Decision, chef: EtatChef, creances: Sequence[CreanceNee]) -> tuple[str, ...]:
    if chef.chef is None or chef.chef.s_ajoute:
        return ()
    if names_nothing(decision):
        return tuple(c.cle for c in creances if c.emission <= decision.jour)
    return chef.creances


def list_chefs(decision: Decision) -> tuple[EtatChef, ...]:
    """Return the heads of a decision, with article 700 and the costs that it liquidates: claims of their own."""
    fait, quoi = decision.fait, name_decision(decision.fait, decision.jour)
    chefs: dict[str, EtatChef] = {}
    for rang, chef in enumerate(fait.chefs, start=1):
        cle = f"{fait.cle}/{chef.cle}"
        cle = f"{cle}/{rang}" if cle in chefs else cle
        libelle = phrase("{decision} : {chef}", decision=quoi, chef=chef.libelle or phrase("somme principale"))
        chefs[cle] = EtatChef(cle, libelle, chef.montant, chef.creances, chef)
    if fait.article_700:
        cle = f"{fait.cle}/#article_700"
        chefs[cle] = EtatChef(cle, phrase("{decision} : article 700", decision=quoi), fait.article_700, ())
    if fait.depens_montant and fait.depens in {ChargeDepens.DEBITEUR, ChargeDepens.PARTAGES}:
        cle = f"{fait.cle}/#depens"
        chefs[cle] = EtatChef(cle, phrase("{decision} : dépens", decision=quoi), fait.depens_montant, ())
    return tuple(chefs.values())


def name_decision(fait: JugementRendu, jour: date) -> Phrase:
    """Name a decision for people."""
    return phrase("{nature} du {jour}", nature=_MOTS[fait.nature], jour=jour)


def _build_creance(decision: Decision, chef: EtatChef, regles: ReglesChefs) -> Creance:
    grace = decision.fait.delai_de_grace
    ordres: tuple[OrdreImputation, ...] = ()
    if grace is not None and grace.capital_d_abord and grace.jusqu_au >= decision.jour:
        ordres = (OrdreImputation(decision.jour, CAPITAL_D_ABORD, "C. civ. 1343-5 al. 2", grace.jusqu_au),)
    return Creance(
        cle=chef.cle,
        libelle=chef.libelle,
        principal=max(chef.montant, ZERO),
        echeance=decision.jour,
        regle=None if lacks_regle(decision, chef) else _build_regle(decision, chef, regles),
        ordres=ordres,
        garantie=True,
    )


def _build_regle(decision: Decision, chef: EtatChef, regles: ReglesChefs) -> RegleInterets | None:
    """Return how a head bears interest; None when it bears none. Raises ErreurSaisie when its rate makes no sense."""
    fait = decision.fait
    regime = chef.chef.regime if chef.chef else RegimeChef.LEGAL
    taux = chef.chef.taux if chef.chef else None
    if regime is RegimeChef.AUCUN:
        return None
    executoire = decision.majorable_le if regime is RegimeChef.LEGAL else None
    regle = RegleInterets(
        regime=_REGIMES[regime],
        depart=(chef.chef.depart if chef.chef else None) or decision.jour,
        creancier=regles.creancier,
        taux=taux if regime in {RegimeChef.TAUX, RegimeChef.COMMERCIAL} else None,
        multiple_legal=taux if regime is RegimeChef.MULTIPLE_LEGAL else None,
        executoire=executoire,
        points_majoration=decision.points if executoire else None,
        capitalisation=fait.capitalisation if chef.chef else None,
        pauses=_list_pauses(decision, regles),
        ajouts=regles.ajouts,
        fondement=("C. civ. 1231-7",) if regime is RegimeChef.LEGAL else (),
    )
    premier = find_premier_jour_connu(regle)
    if premier is None or regle.premier_jour >= premier:
        return regle
    return replace(regle, depart=premier - UN_JOUR)  # no interest before the first day that the tables know


_REGIMES = {
    RegimeChef.LEGAL: Regime.LEGAL,
    RegimeChef.TAUX: Regime.CONVENU,
    RegimeChef.MULTIPLE_LEGAL: Regime.CONVENU,
    RegimeChef.COMMERCIAL: Regime.COMMERCIAL,
}


def lacks_regle(decision: Decision, chef: EtatChef) -> bool:
    """Whether a head bears interest at a rate that is not said, or makes no sense: none is then counted."""
    try:
        _build_regle(decision, chef, ReglesChefs(QualiteCreancier.PROFESSIONNEL, (), ()))
    except ErreurSaisie:
        return True
    return False


def _list_pauses(decision: Decision, regles: ReglesChefs) -> tuple[Pause, ...]:
    grace = decision.fait.delai_de_grace
    if grace is None or grace.interets_courent or grace.jusqu_au < decision.jour:
        return regles.pauses
    return (*regles.pauses, Pause(decision.jour, MotifPause.DELAI_DE_GRACE, grace.jusqu_au))


# --- What is shown ----------------------------------------------------------------------------------------------------


def describe_titres(
    decisions: Sequence[Decision], creances: Sequence[Creance], decompte: Decompte
) -> tuple[EtatTitre, ...]:
    """Return the decisions as the day shows them, from the claims and the statement in which their heads stand."""
    soldes = {s.cle: s for s in decompte.soldes}
    return tuple(_describe_titre(decision, creances, soldes) for decision in decisions)


def _describe_titre(decision: Decision, creances: Sequence[Creance], soldes: dict[str, SoldeCreance]) -> EtatTitre:
    regles = [c.regle for c in creances if c.cle.startswith(f"{decision.fait.cle}/") and c.regle]
    majores = [jour for r in regles if (jour := r.debut_majoration) is not None]
    return EtatTitre(
        decision=decision.fait,
        rendu_le=decision.jour,
        contre=decision.contre,
        effectif=decision.effective,
        executoire_le=decision.executoire_le,
        signifie_le=decision.signifie_le,
        majore_le=min(majores, default=None),
        chefs=tuple(replace(chef, solde=soldes.get(chef.cle)) for chef in list_chefs(decision)),
    )


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
