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
    DelaiDeGrace,
    Fait,
    JugementRendu,
    MajorationFixee,
    NatureDecision,
    RegimeChef,
)
from exigible.dossier.obligation.etat import EtatChef, EtatTitre
from exigible.dossier.obligation.succession import Changement
from exigible.dossier.obligation.titre_executoire import (
    JAMAIS_ARRETE,
    Arret,
    find_arret,
    find_executoire,
    find_signification,
)
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.suspensions import Faits
from exigible.droit.argent import ZERO
from exigible.droit.bareme import ValeurAjoutee
from exigible.droit.creance import CAPITAL_D_ABORD, OrdreImputation
from exigible.droit.decompte import Creance, Decompte, SoldeCreance
from exigible.droit.delai_accorde import DelaiAccorde, apply_delais
from exigible.droit.erreurs import ErreurSaisie
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


class InteretsPrescrits(Fait, frozen=True, tag="#interets_prescrits"):
    """The days, both included, whose interest on a head (by its key) is lost; implied, never written in a journal."""

    chef: str
    du: date
    au: date


@dataclass(frozen=True, slots=True)
class Grace:
    """Time granted from `du`, included."""

    du: date
    fait: DelaiDeGrace

    @property
    def au(self) -> date:
        """Its last day."""
        return self.fait.jusqu_au

    @property
    def delai(self) -> DelaiAccorde:
        """What it does to interest."""
        return DelaiAccorde(self.du, self.au, self.fait.taux_reduit, self.fait.interets_courent)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that holds, as it stands towards one person. `coupe`: the last day whose payments it counted.

    `graces`: the time granted to that person, by this decision or by a later one. `prescrits`: the days
    whose interest on a head, by its key, is lost.
    """

    fait: JugementRendu
    jour: date
    coupe: date
    executoire_le: date | None
    signifie_le: date | None
    points: Decimal | None
    graces: tuple[Grace, ...] = ()
    prescrits: tuple[tuple[str, Pause], ...] = ()
    arret: Arret = JAMAIS_ARRETE

    @property
    def contre(self) -> tuple[str, ...]:
        """Those condemned: the debtor when nobody is named."""
        return self.fait.contre or (DEBITEUR,)

    @property
    def effective(self) -> bool:
        """Whether its heads replace the claims."""
        return self.fait.nature is not NatureDecision.INJONCTION_DE_PAYER or self.executoire_le is not None

    def is_reportee(self, au: date) -> bool:
        """Whether the time granted still puts its payment off on the day `au`."""
        return any(grace.au >= au for grace in self.graces)

    @property
    def majorable_le(self) -> date | None:
        """The day from which the two months before the five points count: enforceable, and served (CPC 503).

        None while its enforcement is stopped; they count anew from the day it is permitted again. No text says so: it
        is the lower of the readings.
        """
        if self.executoire_le is None or self.signifie_le is None or self.arret.en_cours:
            return None
        return max(self.executoire_le, self.signifie_le, self.arret.reprise or date.min)


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
        executoire_le=find_executoire(faits, fait, jour, procedures, personne),
        arret=find_arret(fait, procedures, personne),
        signifie_le=find_signification(faits, fait, jour, personne),
        points=points[-1] if points else None,
        graces=tuple(_list_graces(fait, rendues, personne)),
        prescrits=tuple((f.chef, Pause(f.du, MotifPause.PRESCRIPTION, f.au)) for f in faits.list(InteretsPrescrits)),
    )


def _list_graces(
    decision: JugementRendu, rendues: dict[str, tuple[date, JugementRendu]], personne: str
) -> Iterator[Grace]:
    """Give the time that decisions granted to a person on the heads of one of them."""
    for jour, fait in rendues.values():
        grace = fait.delai_de_grace
        if grace is None or personne not in (fait.contre or (DEBITEUR,)):
            continue
        du = max(grace.depuis or jour, rendues[decision.cle][0])
        if decision.cle in (grace.decisions or (fait.cle,)) and du <= grace.jusqu_au:
            yield Grace(du, grace)


def _find_coupe(fait: JugementRendu, jour: date, rendues: dict[str, tuple[date, JugementRendu]]) -> date:
    """Return the last day whose payments the decision counted; on appeal, those that the first judge had counted."""
    vues: set[str] = set()
    while fait.paiements_comptes_au is None and fait.remplace in rendues and fait.cle not in vues:
        vues.add(fait.cle)
        jour, fait = rendues[fait.remplace]
    return fait.paiements_comptes_au or jour


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
    ordres = (
        OrdreImputation(grace.du, CAPITAL_D_ABORD, "C. civ. 1343-5 al. 2", grace.au)
        for grace in decision.graces
        if grace.fait.capital_d_abord
    )
    base = None if lacks_regle(decision, chef) else build_regle(decision, chef, regles)
    premiere, *suites = (None,) if base is None else apply_delais(base, (g.delai for g in decision.graces))
    return Creance(
        cle=chef.cle,
        libelle=chef.libelle,
        principal=max(chef.montant, ZERO),
        echeance=decision.jour,
        regle=premiere,
        suites=tuple(suites),
        ordres=tuple(ordres),
        garantie=True,
    )


def build_regle(decision: Decision, chef: EtatChef, regles: ReglesChefs) -> RegleInterets | None:
    """Return how a head bears interest, time granted apart; None when it bears none.

    Raises ErreurSaisie when its rate makes no sense.
    """
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
        pauses=(*regles.pauses, *(p for cle, p in decision.prescrits if cle == chef.cle)),
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
        build_regle(decision, chef, ReglesChefs(QualiteCreancier.PROFESSIONNEL, (), ()))
    except ErreurSaisie:
        return True
    return False


# --- What is shown ----------------------------------------------------------------------------------------------------


def describe_titres(
    decisions: Sequence[Decision], creances: Sequence[Creance], decompte: Decompte
) -> tuple[EtatTitre, ...]:
    """Return the decisions as the day shows them, from the claims and the statement in which their heads stand."""
    soldes = {s.cle: s for s in decompte.soldes}
    return tuple(_describe_titre(d, creances, soldes) for d in decisions if not _only_grants(d.fait))


def _only_grants(fait: JugementRendu) -> bool:
    """Whether a decision only puts off what an earlier one awards: it is no title."""
    return not fait.chefs and fait.delai_de_grace is not None and bool(fait.delai_de_grace.decisions)


def _describe_titre(decision: Decision, creances: Sequence[Creance], soldes: dict[str, SoldeCreance]) -> EtatTitre:
    regles = [r for c in creances if c.cle.startswith(f"{decision.fait.cle}/") for r in c.regles]
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
        graces=tuple(grace.fait for grace in decision.graces),
    )
