"""The fold of the procedures: what was opened, each step recorded, and what the passing of time did by itself.

A pure function of the facts and of a day. Facts come in order of day; what the end of a time limit brings, it brings
the next day, before the facts of that day. A fact that the graph does not allow where it comes changes nothing, and
this is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from exigible.dossier.faits import (
    DEBITEUR,
    DebiteurDecrit,
    EtapeFranchie,
    Fait,
    FaitDeProcedure,
    ProcedureAbandonnee,
    ProcedureOuverte,
)
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.dossier.procedures.cours import Cours
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.procedures.graphe import (
    Acteur,
    EtatGraphe,
    Graphe,
    ProcedureGraphe,
    TransitionGraphe,
    load_graphe,
)
from exigible.dossier.procedures.liens import find_suspension, list_effets, list_visees, warn_suspension
from exigible.dossier.procedures.ouvertures import INSOLVABILITES, list_faits_de_procedure
from exigible.dossier.procedures.situation import EtapeDatee, Situation
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import phrase

AMIABLE = "AMIABLE"
"""The procedure that the reminders make: others end by coming back to it, none opens it."""


_SUSPENSION_FINIE = "SUREND_EXPIREE"
"""The two years of C. conso. L722-3 are over."""


@dataclass(frozen=True, slots=True)
class Procedures:
    """The procedures of a dossier on a day, in the order in which they were opened; what their facts got wrong."""

    liste: tuple[EtatProcedure, ...]
    avertissements: tuple[Avertissement, ...]


def fold_procedures(
    faits: Iterable[tuple[date, Fait]],
    creancier: CreancierDecrit,
    debiteurs: Sequence[tuple[date, DebiteurDecrit]],
    au: date,
    *,
    graphe: Graphe | None = None,
) -> Procedures:
    """Return every procedure of a dossier on the day `au` (included).

    `faits`: those that hold, in order of effect day then rank. `debiteurs`: the descriptions of the debtor, each
    from its day on.
    """
    rejeu = _Rejeu(graphe or load_graphe(), tuple(debiteurs))
    for jour, fait in list_faits_de_procedure(faits, creancier.adresse, debiteurs[-1][1].adresse, au):
        rejeu.advance(jour)
        rejeu.record(jour, fait)
    rejeu.advance(au)
    return Procedures(rejeu.build(), tuple(rejeu.avertissements))


class _Rejeu:
    """Plays the facts of one dossier, day after day."""

    def __init__(self, graphe: Graphe, debiteurs: tuple[tuple[date, DebiteurDecrit], ...]) -> None:
        self.graphe = graphe
        self.debiteurs = debiteurs
        self.cours: dict[str, Cours] = {}
        self.avertissements: list[Avertissement] = []
        self.branches: dict[str, list[Cours]] = {}  # a procedure parted between persons, and the others' courses
        self.jointes: dict[str, str] = {}  # a key told of a procedure that another key had begun
        self.dites: set[tuple[str, date, str]] = set()  # steps that another fact told already

    def record(self, jour: date, fait: Fait) -> None:
        """Play one fact."""
        if isinstance(fait, ProcedureOuverte):
            self._open(jour, fait)
        elif isinstance(fait, ProcedureAbandonnee):
            for cours in self._list_visees(jour, fait.procedure):
                cours.abandon(jour)
                self._thaw(cours, jour)
        elif isinstance(fait, FaitDeProcedure):
            personne = fait.personne if isinstance(fait, EtapeFranchie) else ""
            visees = self._list_visees(jour, fait.procedure, personne, fait.evenement)
            for cours in [c for c in visees if c.find_etape(jour, fait) is not None] or visees[:1]:
                if (cours.cle, jour, fait.evenement) not in self.dites:
                    self._take(cours, cours.record(jour, fait), jour)

    def _list_visees(self, jour: date, cle: str, personne: str = "", evenement: str = "") -> list[Cours]:
        """List the courses that a fact is about: that of the person it names, else all those that its key began."""
        cours = self.cours.get(self.jointes.get(cle, cle))
        if cours is None:
            self.avertissements.append(_warn_sans_procedure(jour, cle))
            return []
        contre = cours.situation.ouverture.contre
        if evenement in cours.graphe.par_personne and len(contre) > 1 and personne in contre:
            self._part(cours)
        toutes = [cours, *self.branches.get(cours.cle, ())]
        return [c for c in toutes if personne in c.situation.ouverture.contre] or toutes

    def _part(self, cours: Cours) -> None:
        """Go on with each person apart: his time runs from what was served on him, his insolvency stops but his own."""
        self.branches[cours.cle] = cours.part()
        filles = [branche for c in self.cours.values() if c.mere == cours.cle for branche in c.part(cours.cle)]
        self.cours |= {branche.cle: branche for branche in (*self.branches[cours.cle], *filles)}
        for insolvabilite in [c for c in self.cours.values() if not self._has_rendu_la_main(c)]:
            self._freeze(insolvabilite, insolvabilite.passages[0].jour)

    def build(self) -> tuple[EtatProcedure, ...]:
        """Return the state of each procedure, once all is replayed."""
        return tuple(cours.build(find_suspension(cours, self.cours.values())) for cours in self.cours.values())

    def advance(self, jour: date) -> None:
        """Let time pass up to a day, included: each step of the law, in order of days."""
        while True:
            echus = [(*echu, cours) for cours in self.cours.values() if (echu := cours.find_echu(jour)) is not None]
            if not echus:
                return
            quand, transition, cours = min(echus, key=lambda echu: echu[0])
            cours.take(quand, transition, None)
            self._take(cours, transition, quand)

    def _take(self, cours: Cours, transition: TransitionGraphe | None, jour: date) -> None:
        """Draw from a step what it does to the other procedures of the dossier."""
        if transition is not None:
            self._follow(cours, transition, jour)
            self._tell(cours, transition, jour)
        self._thaw(cours, jour)

    def _tell(self, cours: Cours, transition: TransitionGraphe, jour: date) -> None:
        """Let the title, or the order whose opposition is open, live what a step of another procedure does to it."""
        suspendue_le = find_suspension(cours, self.cours.values())
        if suspendue_le is not None and transition.auteur is Acteur.COMMISSAIRE:
            cours.avertissements.append(warn_suspension(cours, transition, suspendue_le, jour))
        for fait in list_effets(cours, transition, self.cours.values()):
            if self.cours[fait.procedure].find_etape(jour, fait) is not None:
                for autre in self._list_visees(jour, fait.procedure, fait.personne, fait.evenement):
                    suite = autre.find_etape(jour, fait)
                    if suite is not None:
                        autre.take(jour, suite, fait)
                        self.dites.add((autre.cle, jour, fait.evenement))
                        self._take(autre, suite, jour)

    def _join(self, jour: date, fait: ProcedureOuverte) -> bool:
        """Tell an insolvency that its debtor or a creditor had asked for as the step of what they began."""
        etape = EtapeFranchie(procedure=fait.cle, evenement=fait.evenement, juridiction=fait.juridiction)
        for cours in self.cours.values():
            memes = cours.graphe.code == fait.procedure and list_visees(cours) == set(fait.contre or (DEBITEUR,))
            dite = any(p.jour == jour and p.transition.evenement == fait.evenement for p in cours.passages)
            if memes and (dite or cours.find_etape(jour, etape) is not None):
                self.jointes[fait.cle] = cours.cle
                if not dite:
                    self._take(cours, cours.record(jour, etape), jour)
                self.dites.add((cours.cle, jour, fait.evenement))
                return True
        return False

    def _open(self, jour: date, fait: ProcedureOuverte) -> None:
        if fait.procedure in INSOLVABILITES and fait.cle not in self.cours and self._join(jour, fait):
            return
        graphe = self.graphe.procedures.get(fait.procedure)
        if graphe is None or fait.cle in self.cours:
            self.avertissements.append(_warn_ouverture(jour, fait, connue=graphe is not None))
            return
        situation = Situation(fait, (), self.debiteurs)
        cours = Cours.open(fait.cle, graphe, jour, situation)
        if cours is None:
            self.avertissements.append(_warn_entree(jour, fait, graphe))
            return
        self._check_ouverture(cours, jour)
        self._freeze(cours, jour)
        self.cours[fait.cle] = cours
        self._take(cours, cours.passages[-1].transition, jour)

    def _check_ouverture(self, ouverte: Cours, jour: date) -> None:
        """Warn of what is begun without the title it needs, or against someone whose insolvency forbids it."""
        depart = ouverte.passages[-1].transition.de
        if self.graphe.etats[depart].code != AMIABLE and not any(
            c.etat == depart and not c.est_close for c in self.cours.values()
        ):
            ouverte.avertissements.append(_warn_depart(ouverte.graphe, self.graphe.get_etat(depart), jour))
        visees = list_visees(ouverte)
        for cours in self.cours.values():
            arrete = cours.graphe.code in ouverte.graphe.gelee_par and not self._has_rendu_la_main(cours)
            if arrete and visees <= list_visees(cours):
                ouverte.avertissements.append(_warn_insolvabilite(ouverte.graphe, cours, jour))

    def _follow(self, mere: Cours, transition: TransitionGraphe, jour: date) -> None:
        """Begin the procedure into which a step leads (a judgment, a title, an insolvency), or let its title fall."""
        if transition.retire_titre:
            for fille in [c for c in self.cours.values() if c.mere == mere.cle]:
                fille.abandon(jour)
        if transition.vers in mere.graphe.par_code:
            return
        graphe = self.graphe.etats[transition.vers]
        origine = self.graphe.etats[mere.passages[0].transition.de]
        mere.finie = graphe.code in {AMIABLE, origine.code}  # it goes back to where it came from
        cle = f"{mere.cle}.{graphe.code}"
        if mere.finie:
            return
        if cle in self.cours:
            self.cours[cle].resume(mere.situation.etapes[-1])
            return
        ouverture = msgspec.structs.replace(
            mere.situation.ouverture, cle=cle, procedure=graphe.code, evenement=transition.evenement
        )
        etape: EtapeDatee = mere.situation.etapes[-1]
        situation = Situation(ouverture, (etape,), self.debiteurs)
        cours = Cours.continue_from(mere, cle, graphe, jour, situation)
        self._freeze(cours, jour)
        self.cours[cle] = cours

    def _freeze(self, ouverte: Cours, jour: date) -> None:
        """Stop what is under way against those whose insolvency opens; it goes on against the others."""
        insolvables = list_visees(ouverte)
        for cours in self.cours.values():
            if ouverte.graphe.code in cours.graphe.gelee_par and list_visees(cours) <= insolvables:
                cours.freeze(jour, ouverte.cle)

    def _thaw(self, insolvabilite: Cours, jour: date) -> None:
        """Let go on what an insolvency stopped, once it is given up, reversed, or its two years are over."""
        if self._has_rendu_la_main(insolvabilite):
            for cours in self.cours.values():
                cours.thaw(jour, insolvabilite.cle)

    @staticmethod
    def _has_rendu_la_main(insolvabilite: Cours) -> bool:
        return insolvabilite.est_close or insolvabilite.etat == _SUSPENSION_FINIE


def _warn_depart(graphe: ProcedureGraphe, depart: EtatGraphe, jour: date) -> Avertissement:
    return Avertissement(
        "ouverture_sans_depart",
        phrase(
            "« {procedure} » ({jour}) suppose « {depart} » : rien ne le montre dans le dossier.",
            procedure=graphe.nom,
            jour=jour,
            depart=depart.nom,
        ),
    )


def _warn_insolvabilite(graphe: ProcedureGraphe, insolvabilite: Cours, jour: date) -> Avertissement:
    return Avertissement(
        "ouverture_interdite",
        phrase(
            "« {procedure} » ({jour}) est commencée alors qu'une autre l'arrête, « {insolvabilite} » : vérifiez que la "
            "créance est née après elle (C. com. L622-17, L622-21 ; C. conso. L722-2).",
            procedure=graphe.nom,
            jour=jour,
            insolvabilite=insolvabilite.graphe.nom,
        ),
    )


def _warn_sans_procedure(jour: date, cle: str) -> Avertissement:
    return Avertissement(
        "etape_sans_procedure",
        phrase("L'étape du {jour} nomme la procédure « {cle} », que le dossier ne connaît pas.", jour=jour, cle=cle),
    )


def _warn_ouverture(jour: date, fait: ProcedureOuverte, *, connue: bool) -> Avertissement:
    if connue:
        message = phrase(
            "La procédure « {cle} » est déjà ouverte : son ouverture du {jour} est sans effet.", cle=fait.cle, jour=jour
        )
        return Avertissement("procedure_deja_ouverte", message)
    message = phrase(
        "La procédure « {code} » ouverte le {jour} n'est pas connue : elle est gardée, sans effet.",
        code=fait.procedure,
        jour=jour,
    )
    return Avertissement("procedure_inconnue", message)


def _warn_entree(jour: date, fait: ProcedureOuverte, graphe: ProcedureGraphe) -> Avertissement:
    return Avertissement(
        "entree_impossible",
        phrase(
            "« {procedure} » ne commence pas par « {evenement} » ({jour}) : cette ouverture est sans effet.",
            procedure=graphe.nom,
            evenement=fait.evenement,
            jour=jour,
        ),
    )
