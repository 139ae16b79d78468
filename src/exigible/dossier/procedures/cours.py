"""One procedure while it is replayed: which step may be taken, what the end of a time limit brings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from operator import itemgetter

import msgspec

from exigible.dossier.faits import Fait, FaitDeProcedure
from exigible.dossier.procedures.delais import count_delai
from exigible.dossier.procedures.etat import EtatProcedure, Passage
from exigible.dossier.procedures.gardes import GARDES
from exigible.dossier.procedures.graphe import ProcedureGraphe, SensDelai, TransitionGraphe, TypeEtat
from exigible.dossier.procedures.situation import EtapeDatee, Situation
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import phrase, wrap_texte


@dataclass(slots=True)
class Cours:
    """A procedure on the way. `deja`: the lapses of time that already had their effect."""

    cle: str
    graphe: ProcedureGraphe
    etat: str
    depuis: date
    situation: Situation
    mere: str = ""
    issue: str = ""
    abandonnee_le: date | None = None
    finie: bool = False
    gelee_le: date | None = None
    gelee_par: str = ""
    degelee_le: date = date.min
    passages: list[Passage] = field(default_factory=list)
    avertissements: list[Avertissement] = field(default_factory=list)
    deja: set[tuple[str, date]] = field(default_factory=set)

    @classmethod
    def open(cls, cle: str, graphe: ProcedureGraphe, jour: date, situation: Situation) -> Cours | None:
        """Begin a procedure by its first step; None when it does not begin so."""
        ouverture = situation.ouverture
        etape = EtapeDatee(jour, ouverture.evenement, ouverture)
        entrees = [t for t in graphe.entrees if t.evenement == ouverture.evenement and t.is_valide(jour)]
        choisie = choose_transition(entrees, situation.add(etape))
        if choisie is None:
            return None
        cours = cls(cle, graphe, choisie.vers, jour, situation)
        cours.take(jour, choisie, ouverture)
        return cours

    @classmethod
    def continue_from(cls, mere: Cours, cle: str, graphe: ProcedureGraphe, jour: date, situation: Situation) -> Cours:
        """Begin the procedure to which the last step of another led."""
        return cls(
            cle,
            graphe,
            mere.issue,
            jour,
            situation,
            mere=mere.cle,
            gelee_le=mere.gelee_le,
            passages=[mere.passages[-1]],
        )

    def record(self, jour: date, fait: FaitDeProcedure) -> TransitionGraphe | None:
        """Take the step that a fact records; None, with a warning, when the state does not allow it."""
        choisie = self.find_etape(jour, fait)
        if choisie is None:
            self.avertissements.append(self._warn_impossible(jour, fait.evenement))
            return None
        self._check_delai(jour, choisie)
        self.take(jour, choisie, fait)
        return choisie

    def find_etape(self, jour: date, fait: FaitDeProcedure) -> TransitionGraphe | None:
        """Return the step that a fact would record; None when the state does not allow it."""
        avec = self.situation.add(EtapeDatee(jour, fait.evenement, fait))
        candidates = [
            t
            for t in self.graphe.sorties.get(self.etat, ())
            if not t.terme and t.evenement == fait.evenement and t.is_valide(find_jour_regissant(t, avec, jour))
        ]
        return None if self.est_close else choose_transition(candidates, avec)

    def part(self, mere: str = "") -> list[Cours]:
        """Leave here the first of the persons it is against, and return one course for each of the others.

        `mere`: the key of what it came out of, parted as well.
        """
        ouverture = self.situation.ouverture
        premiere, *autres = ouverture.contre
        branches = [self._copy_pour(personne, mere and f"{mere}.{personne}") for personne in autres]
        self.situation = replace(self.situation, ouverture=msgspec.structs.replace(ouverture, contre=(premiere,)))
        return branches

    def _copy_pour(self, personne: str, mere: str) -> Cours:
        cle = f"{mere}.{self.graphe.code}" if mere else f"{self.cle}.{personne}"
        ouverture = msgspec.structs.replace(self.situation.ouverture, cle=cle, contre=(personne,))
        return replace(
            self,
            cle=cle,
            mere=mere,
            situation=replace(self.situation, ouverture=ouverture),
            passages=list(self.passages),
            avertissements=list(self.avertissements),
            deja=set(self.deja),
        )

    def take(self, jour: date, transition: TransitionGraphe, fait: Fait | None) -> None:
        """Take a step, recorded by a fact or (None) brought by time."""
        etape = EtapeDatee(jour, transition.evenement, fait)
        self.situation = self.situation.add(etape)
        self.passages.append(Passage(jour, transition, par_terme=fait is None))
        self.deja |= {(transition.code, jour)} if fait is None else set()
        self.avertissements += warn_conditions(transition, self.situation)
        if transition.a_verifier:
            self.avertissements.append(Avertissement("procedure_a_verifier", wrap_texte(transition.a_verifier)))
        if transition.vers not in self.graphe.par_code:
            self.issue = transition.vers
        elif transition.vers != self.etat:
            self.etat, self.depuis = transition.vers, jour

    @property
    def est_close(self) -> bool:
        """Whether no step may follow."""
        return self.finie or self.abandonnee_le is not None

    def freeze(self, jour: date, par: str) -> None:
        """Stop where it is, for the insolvency `par`: what was already acquired goes on."""
        if self.gelee_le is None and not self.graphe.par_code[self.etat].acquis:
            self.gelee_le, self.gelee_par = jour, par

    def thaw(self, jour: date, par: str) -> None:
        """Go on from a day, once the insolvency that stopped it is over."""
        if self.gelee_le is not None and self.gelee_par == par:
            self.gelee_le, self.degelee_le = None, jour

    def resume(self, etape: EtapeDatee) -> None:
        """Live again: the title that had fallen is given anew."""
        self.abandonnee_le = None
        self.situation = self.situation.add(etape)

    def abandon(self, jour: date) -> None:
        """Give it up, or let it fall."""
        self.abandonnee_le = self.abandonnee_le or jour

    def find_echu(self, jour: date) -> tuple[date, TransitionGraphe] | None:
        """Return the first step that time alone brings by a day, included, and the day on which it does."""
        if self.est_close or self.gelee_le is not None:
            return None
        echus = []
        for transition in self.graphe.sorties.get(self.etat, ()):
            quand = self._find_jour_du_terme(transition) if transition.terme else None
            if quand is not None and quand <= jour and (transition.code, quand) not in self.deja:
                echus.append((quand, transition))
        return min(echus, key=itemgetter(0), default=None)

    def _find_jour_du_terme(self, transition: TransitionGraphe) -> date | None:
        """Return the day on which a lapse of time brings a step; None when it does not, or is not certain to."""
        if not transition.is_valide(find_jour_regissant(transition, self.situation, self.depuis)):
            return None
        if any(GARDES[nom].juge(self.situation) is not True for nom in transition.gardes):
            return None
        if transition.delai is None:
            return self._find_jour_immediat(transition)
        compte = count_delai(transition.delai, self.situation)
        if compte is None:
            return None
        if compte.has_venu(self.situation, transition.sauf, self.depuis):
            return None
        return max(compte.lendemain, self.depuis, self.degelee_le)

    def _find_jour_immediat(self, transition: TransitionGraphe) -> date | None:
        """Return the day of what comes at once: that of the last step, which made it possible; once in each state."""
        if any(code == transition.code and jour >= self.depuis for code, jour in self.deja):
            return None
        return max(self.depuis, self.situation.etapes[-1].jour, self.degelee_le)

    def _check_delai(self, jour: date, transition: TransitionGraphe) -> None:
        """Warn of a step taken too late, or before its time; what only observes a lapse comes after it."""
        compte = count_delai(transition.delai, self.situation) if transition.delai else None
        constat = (etat := self.graphe.par_code.get(transition.vers)) is not None and etat.type is TypeEtat.ECHEC
        if compte is None or transition.delai is None or constat:
            return
        sens = transition.delai.sens
        if sens in {SensDelai.MAX, SensDelai.AVANT, SensDelai.FENETRE} and jour > compte.fin:
            message = phrase(
                "« {etape} » le {jour}, après le dernier jour utile ({fin}) : un juge peut l'écarter.",
                etape=transition.nom,
                jour=jour,
                fin=compte.fin,
            )
            self.avertissements.append(Avertissement("hors_delai", message))
        if compte.ouvre_le is not None and jour < compte.ouvre_le:
            message = phrase(
                "« {etape} » le {jour}, avant le premier jour possible ({ouvre_le}) : l'acte risque la nullité.",
                etape=transition.nom,
                jour=jour,
                ouvre_le=compte.ouvre_le,
            )
            self.avertissements.append(Avertissement("avant_terme", message))

    def _warn_impossible(self, jour: date, evenement: str) -> Avertissement:
        nommes = [t.nom for t in self.graphe.transitions if t.evenement == evenement]
        return Avertissement(
            "etape_impossible",
            phrase(
                "« {etape} » ({jour}) ne peut pas suivre « {etat} » ({procedure}) : le fait est gardé, sans effet.",
                etape=nommes[0] if nommes else evenement,
                jour=jour,
                etat=self.graphe.par_code[self.etat].nom,
                procedure=self.graphe.nom,
            ),
        )

    def build(self, suspendue_le: date | None = None) -> EtatProcedure:
        """The state of the procedure, once all is replayed; `suspendue_le`: its title is not enforced since then."""
        return EtatProcedure(
            cle=self.cle,
            graphe=self.graphe,
            etat=self.graphe.par_code[self.etat],
            depuis=self.depuis,
            situation=self.situation,
            passages=tuple(self.passages),
            mere=self.mere,
            issue=self.issue,
            abandonnee_le=self.abandonnee_le,
            finie=self.finie,
            gelee_le=self.gelee_le,
            suspendue_le=suspendue_le,
            avertissements=tuple(dict.fromkeys(self.avertissements)),
        )


def choose_transition(transitions: Iterable[TransitionGraphe], situation: Situation) -> TransitionGraphe | None:
    """Return the first step whose conditions all hold; failing that, the first of which none is known not to."""
    possible: TransitionGraphe | None = None
    for transition in transitions:
        reponses = [GARDES[nom].juge(situation) for nom in transition.gardes]
        if all(reponses):
            return transition
        if possible is None and False not in reponses:
            possible = transition
    return possible


def find_jour_regissant(transition: TransitionGraphe, situation: Situation, jour: date) -> date:
    """Return the day that chooses the version of the rule."""
    return (situation.find_jour(transition.regi_par) if transition.regi_par else None) or jour


def warn_conditions(transition: TransitionGraphe, situation: Situation) -> list[Avertissement]:
    """Warn of each condition of a step that the facts do not tell."""
    return [_warn_inconnue(transition, nom) for nom in transition.gardes if GARDES[nom].juge(situation) is None]


def _warn_inconnue(transition: TransitionGraphe, nom: str) -> Avertissement:
    return Avertissement(
        "condition_inconnue",
        phrase(
            "« {etape} » suppose : {condition}. Le dossier ne le dit pas.",
            etape=transition.nom,
            condition=GARDES[nom].condition,
        ),
    )
