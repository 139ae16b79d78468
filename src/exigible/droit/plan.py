"""What the clauses of a payment plan do to a claim: interest while it is kept and once it breaks, order of payment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from exigible.droit.argent import ZERO
from exigible.droit.creance import Creance, OrdreImputation, Poste
from exigible.droit.delais import compute_delai
from exigible.droit.durees import Duree
from exigible.droit.erreurs import Avertissement
from exigible.droit.jours import UN_JOUR
from exigible.droit.pauses import MotifPause, Pause
from exigible.droit.phrase import Phrase, phrase
from exigible.droit.regimes import QualitePartie
from exigible.droit.regle import RegleInterets

DELAI_CONSOMMATEUR = 30
"""Days left to a consumer before forfeiture: 8 and 15 were held too short for a loan; 30 is the program's choice."""

_ARTICLE_ORDRE = "C. civ. 1343-1"
_AVERTIS = frozenset({QualitePartie.PROFESSIONNEL, QualitePartie.PERSONNE_PUBLIQUE})


class InteretsDuPlan(StrEnum):
    """What the agreement says of the interest that runs after it: it must say it.

    `abandonnes_si_respect`: none while the plan holds, all of it back from the agreement when it breaks. `geles`: none
    until the plan breaks, and what did not run does not come back. `maintenus`: it runs on. `capitalises`: it runs on,
    and each whole year of it, counted from the agreement, bears interest in its turn (C. civ. 1343-2).
    """

    ABANDONNES_SI_RESPECT = "abandonnes_si_respect"
    MAINTENUS = "maintenus"
    GELES = "geles"
    CAPITALISES = "capitalises"

    @property
    def courent(self) -> bool:
        """Whether interest runs while the plan is kept."""
        return self in {InteretsDuPlan.MAINTENUS, InteretsDuPlan.CAPITALISES}


@dataclass(frozen=True, slots=True)
class AccordDePlan:
    """What was agreed on `jour`: what becomes of interest, and which `creances` it covers (all when empty).

    `ordre`: the order agreed for payments inside a claim, from `jour` included; empty: the law (C. civ. 1343-1).
    """

    jour: date
    interets: InteretsDuPlan
    ordre: tuple[Poste, ...] = ()
    creances: tuple[str, ...] = ()

    def covers(self, cle: str) -> bool:
        """Whether the claim is in the plan."""
        return not self.creances or cle in self.creances


def explain_interets(interets: InteretsDuPlan, accord: date) -> Phrase:
    """Say in one sentence what becomes of the interest that follows the agreement of `accord`."""
    match interets:
        case InteretsDuPlan.MAINTENUS:
            return phrase(
                "Les intérêts courent encore sur le principal restant : chaque échéance paie d'abord ceux qui ont "
                "couru jusqu'à elle (C. civ. 1343-1)."
            )
        case InteretsDuPlan.CAPITALISES:
            return phrase(
                "Les intérêts courent encore, et ceux qui restent dus pour une année entière depuis le {accord} "
                "portent eux-mêmes intérêt (C. civ. 1343-2).",
                accord=accord,
            )
        case InteretsDuPlan.GELES:
            return phrase("Aucun intérêt ne court après le {accord} tant que le plan n'est pas rompu.", accord=accord)
    return phrase(
        "Les intérêts postérieurs au {accord} sont abandonnés si chaque échéance est payée à sa date ; sinon, ils "
        "sont repris depuis ce jour.",
        accord=accord,
    )


def apply_plan(creance: Creance, accord: AccordDePlan, *, fin: date | None = None, rompu: bool = False) -> Creance:
    """Return the claim as the plan changes it, when it covers it; `fin`: its last day, included (None: it holds).

    `rompu`: it ended because it was not kept. Interest accrued before the agreement never joins the principal: only
    what runs after it may, and no longer once the plan breaks, which is the careful reading of C. civ. 1343-2.
    """
    if not accord.covers(creance.cle):
        return creance
    if accord.ordre and (fin is None or fin >= accord.jour):
        ordre = OrdreImputation(accord.jour, accord.ordre, _ARTICLE_ORDRE, fin)
        creance = replace(creance, ordres=(*creance.ordres, ordre))
    if accord.interets is InteretsDuPlan.CAPITALISES:
        return _capitalise(creance, accord.jour, fin if rompu else None)
    repris = rompu and accord.interets is InteretsDuPlan.ABANDONNES_SI_RESPECT
    if accord.interets.courent or repris or (fin is not None and fin <= accord.jour):
        return creance
    pause = Pause(accord.jour + UN_JOUR, MotifPause.PLAN, fin)
    return _replace_regles(
        replace(creance, indemnite=creance.indemnite if creance.echeance < accord.jour else ZERO),
        [replace(regle, pauses=(*regle.pauses, pause)) for regle in creance.regles],
    )


def end_plans(creance: Creance, fin: date) -> Creance:
    """Return the claim as its plans leave it when another agreement replaces them on `fin`, their last day."""
    regles = [
        replace(
            regle,
            pauses=tuple(
                replace(pause, au=min(pause.dernier_jour, fin)) if pause.motif is MotifPause.PLAN else pause
                for pause in regle.pauses
                if pause.motif is not MotifPause.PLAN or pause.du <= fin
            ),
        )
        for regle in creance.regles
    ]
    ordres = tuple(
        replace(ordre, au=fin) if ordre.article == _ARTICLE_ORDRE and ordre.covers(fin) else ordre
        for ordre in creance.ordres
    )
    return _replace_regles(replace(creance, ordres=ordres), regles)


def _capitalise(creance: Creance, accord: date, fin: date | None) -> Creance:
    """Count whole years of interest from the day after the agreement; a rule that has its own count keeps it."""
    if not creance.regles:
        return creance
    debut = max(accord + UN_JOUR, creance.regles[0].premier_jour)
    regles = [
        replace(regle, capitalisation=debut, fin_capitalisation=fin) if regle.capitalisation is None else regle
        for regle in creance.regles
    ]
    return _replace_regles(creance, regles)


def _replace_regles(creance: Creance, regles: list[RegleInterets]) -> Creance:
    premiere = regles.pop(0) if creance.regle is not None else None
    return replace(creance, regle=premiere, suites=tuple(regles))


@dataclass(frozen=True, slots=True)
class Decheance:
    """Forfeiture of the term: `fin`, the last day to pay, included; `possible_des`, the first day to pronounce it."""

    fin: date
    possible_des: date
    articles: tuple[str, ...]
    avertissements: tuple[Avertissement, ...]


def compute_decheance(recue_le: date, delai: int, qualite: QualitePartie, *, convenu: int | None = None) -> Decheance:
    """Say until when a notice received on `recue_le` lets the debtor pay, then from when forfeiture may be pronounced.

    `delai`, `convenu`: the days that the notice and the clause give; the longest counts, and never less than thirty for
    a debtor who is not known to be a business. Days are whole: the last one is not put off (it is not a procedure's).
    """
    donne = delai if convenu is None else min(delai, convenu)
    jours = max(delai, convenu or 0)
    avertissements: tuple[Avertissement, ...] = ()
    if qualite not in _AVERTIS and donne < DELAI_CONSOMMATEUR:
        jours = max(jours, DELAI_CONSOMMATEUR)
        avertissements = (_warn_court(donne),)
    fin = compute_delai(recue_le, Duree(jours=jours), reporter=False).echeance
    articles = ("Cass. 1re civ. 22/06/2017, 16-18.418",)
    return Decheance(fin, fin + UN_JOUR, articles, avertissements)


def _warn_court(jours: int) -> Avertissement:
    return Avertissement(
        "delai_decheance_court",
        phrase(
            "Le délai de {jours} jours avant la déchéance du terme est trop court face à un consommateur : 8 et 15 "
            "jours ont été jugés insuffisants pour un prêt (Cass. 1re civ. 22/03/2023, 21-16.044, et 29/05/2024, "
            "23-12.904). {minimum} jours sont comptés ; si la clause elle-même est plus courte, elle peut être réputée "
            "non écrite, ce qui est à vérifier.",
            jours=jours,
            minimum=DELAI_CONSOMMATEUR,
        ),
        {"jours": str(jours)},
    )
