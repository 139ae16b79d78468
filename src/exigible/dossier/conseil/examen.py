"""What the advice looks at: the state of a dossier, its evidence, its disputes, what the parties are for a court."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.dossier.conseil.qualites import find_qualite_creancier, find_qualite_debiteur
from exigible.dossier.etat import EtatCreance, EtatDossier, MotifSuspension, Stade
from exigible.dossier.faits import (
    ContestationClose,
    ContestationRecue,
    IssueContestation,
    NaturePiece,
    PaiementRecu,
    PieceJointe,
    SolvabiliteConstatee,
)
from exigible.dossier.faits_personnes import DEBITEUR
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.procedures.graphe import TypeEtat
from exigible.dossier.suspensions import Faits
from exigible.droit.competence_faits import Objet, Qualite
from exigible.droit.frais_justice import Demandeur
from exigible.droit.tarif_du_jour import Reglages

TITRE_EXECUTOIRE, TITRE_SUSPENDU = "TITRE_EXECUTOIRE", "TITRE_SUSPENDU"
_ETATS_DE_TITRE = frozenset(
    {
        TITRE_EXECUTOIRE,
        TITRE_SUSPENDU,
        "IP_EXECUTOIRE",
        "IP_EXECUTOIRE_FRAGILE",
        "IPE_EXECUTOIRE",
        "CHEQUE_TITRE",
        "PSRPC_TITRE",
    }
)
_SIMPLIFIEE = "PSRPC"
EXECUTIONS = frozenset({"SATT", "SDR", "SV", "SI"})
JUDICIAIRES = frozenset({"IP", "IPE", "REFERE", "FOND", "BAIL", "COPRO"})
INSTANCES = JUDICIAIRES | {"PSRPC", "CCI", "CHEQUE"}
"""The procedures that lead to a title, those before a judge first: a second one on the same claim must wait."""
_AVANT_LE_JUGE = frozenset({"BAIL_COMMANDEMENT", "BAIL_CLAUSE_ACQUISE", "COPRO_MISE_EN_DEMEURE", "COPRO_EXIGIBLE"})
"""States of these procedures in which no judge is seised yet: they close no other route."""


@dataclass(frozen=True, slots=True)
class Contestation:
    """A dispute that is open. `etayee`: the debtor gave a document."""

    recue_le: date
    fait: ContestationRecue

    @property
    def etayee(self) -> bool:
        """Whether the debtor gave a document."""
        return bool(self.fait.piece)

    def concerns(self, creance: str) -> bool:
        """Whether it bears on a claim."""
        return not self.fait.creances or creance in self.fait.creances


@dataclass(frozen=True, slots=True)
class Titre:
    """An enforceable title. `signifie`: it was served on the debtor, None when the facts do not tell.

    `montant`: what is owed on the heads of a decision, in euros; None when it is owed on the claims themselves.
    `d_un_accord`: an officer delivered it on the debtor's agreement (CPCE L125-1): it is no judgment.
    """

    sujet: str
    depuis: date
    creances: tuple[str, ...]
    signifie: bool | None
    montant: Decimal | None = None
    d_un_accord: bool = False


@dataclass(frozen=True, slots=True)
class Examen:
    """A dossier on its day, with what the state does not hold. `creancier`, `debiteur`: None while it is not known.

    `pieces`: by nature and claim, the empty key for those that name none; `paiements`: the days of those that named one
    claim alone and were not returned; `emissions`: the day of each invoice; `soldees`: the claims that were paid.
    `menaces`: what was found against the debtor's means.
    """

    etat: EtatDossier
    creancier: Qualite | None
    debiteur: Qualite | None
    pieces: Mapping[tuple[NaturePiece, str], tuple[PieceJointe, ...]]
    paiements: Mapping[str, tuple[date, ...]]
    emissions: Mapping[str, date]
    soldees: frozenset[str] = frozenset()
    contestations: tuple[Contestation, ...] = ()
    menaces: tuple[tuple[date, SolvabiliteConstatee], ...] = ()
    titres: tuple[Titre, ...] = ()
    objet: Objet = Objet.FACTURE
    demandeur: Demandeur | None = None

    @property
    def au(self) -> date:
        """The day looked at."""
        return self.etat.au

    @property
    def reglages(self) -> Reglages:
        """The tariff to read: the table, with the values that the creditor entered."""
        return Reglages(ajouts=self.etat.creancier.ajouts)

    def list_pieces(self, creance: str, *natures: NaturePiece) -> tuple[PieceJointe, ...]:
        """List the evidence of these kinds about a claim; a piece that names no claim is about all."""
        return tuple(
            piece for nature in natures for cle in (creance, "") for piece in self.pieces.get((nature, cle), ())
        )

    def list_contestations(self, creance: EtatCreance) -> tuple[Contestation, ...]:
        """List the disputes still open on a claim."""
        return tuple(c for c in self.contestations if c.concerns(creance.cle))

    def find_titre(self, creance: str) -> Titre | None:
        """Return the enforceable title that bears on a claim; one that a decision replaced is owed under its heads."""
        return next(
            (t for t in self.titres if t.montant is None and self._is_visee(creance, t.creances, t.depuis)), None
        )

    def find_instance(self, creance: str) -> EtatProcedure | None:
        """Return the procedure under way that may give a title for a claim."""
        return next(iter(self.list_instances(creance)), None)

    def list_instances(self, creance: str) -> tuple[EtatProcedure, ...]:
        """List the procedures under way that may give a title for a claim."""
        return tuple(
            p
            for p in self.etat.procedures
            if p.graphe.code in INSTANCES
            and p.etat.code not in _AVANT_LE_JUGE
            and is_en_cours(p)
            and self._is_visee(creance, p.creances, p.ouverte_le)
        )

    def _is_visee(self, creance: str, visees: tuple[str, ...], jour: date) -> bool:
        """Whether a claim is one of those named; when none is, one of those born by a day, included."""
        if visees:
            return creance in visees
        return self.emissions.get(creance, date.max) <= jour


def examine_dossier(
    etat: EtatDossier,
    faits: Faits,
    *,
    creancier: Qualite | None = None,
    debiteur: Qualite | None = None,
    objet: Objet = Objet.FACTURE,
    demandeur: Demandeur | None = None,
) -> Examen:
    """Gather what the advice looks at. `creancier`, `debiteur`: what a person answered, else derived from the facts."""
    return Examen(
        etat=etat,
        creancier=creancier or find_qualite_creancier(etat.creancier.description),
        debiteur=debiteur or find_qualite_debiteur(etat.debiteur),
        pieces=_index_pieces(faits),
        paiements=_index_paiements(etat, faits),
        emissions={c.cle: c.creance.emission for c in etat.creances},
        soldees=frozenset(c.cle for c in etat.creances if c.stade is Stade.SOLDEE),
        contestations=_list_contestations(etat, faits),
        menaces=tuple(
            (jour, s)
            for jour, s in faits.dated(SolvabiliteConstatee)
            if s.solvable is False and (s.personne or DEBITEUR) == DEBITEUR
        ),
        titres=(*_list_titres_de_procedure(etat.procedures), *_list_decisions(etat), *_list_titres_joints(faits)),
        objet=objet,
        demandeur=demandeur,
    )


def is_en_cours(procedure: EtatProcedure) -> bool:
    """Whether a procedure is still at work: neither over, nor failed, nor left with only another route to choose."""
    if procedure.issue or procedure.etat.type in {TypeEtat.ECHEC, TypeEtat.FINAL}:
        return False
    return any(_leads_somewhere(procedure, t.vers) for t in procedure.sorties)


def has_suspension(creance: EtatCreance, *motifs: MotifSuspension) -> bool:
    """Whether one of these reasons holds a claim."""
    return any(s.motif in motifs for s in creance.suspensions)


def _leads_somewhere(procedure: EtatProcedure, vers: str) -> bool:
    return vers not in _ISSUES_AMIABLES or vers in procedure.graphe.par_code


_ISSUES_AMIABLES = frozenset({"A_JUDICIARISER", "IRRECOUVRABLE", TITRE_EXECUTOIRE})


def _list_contestations(etat: EtatDossier, faits: Faits) -> tuple[Contestation, ...]:
    """Keep the disputes not closed; one held well founded has its credit note to come, the claim says it still."""
    closes = {c.contestation for c in faits.list(ContestationClose) if c.issue is not IssueContestation.FONDEE}
    disputees = {c.cle for c in etat.creances if c.conteste > 0}
    ouvertes = (Contestation(jour, f) for jour, f in faits.dated(ContestationRecue) if f.cle not in closes)
    return tuple(c for c in ouvertes if any(c.concerns(cle) for cle in disputees))


def _index_pieces(faits: Faits) -> dict[tuple[NaturePiece, str], tuple[PieceJointe, ...]]:
    """File the evidence whose nature is known."""
    classees: dict[tuple[NaturePiece, str], tuple[PieceJointe, ...]] = {}
    for piece in faits.list(PieceJointe):
        if piece.nature is not None:
            for cle in piece.creances or ("",):
                classees[piece.nature, cle] = (*classees.get((piece.nature, cle), ()), piece)
    return classees


def _index_paiements(etat: EtatDossier, faits: Faits) -> dict[str, tuple[date, ...]]:
    """File the payments that named one claim alone and that the statement counted: one returned is not among them."""
    comptes = {imputation.versement for imputation in etat.decompte.imputations}
    jours: dict[str, tuple[date, ...]] = {}
    for jour, paiement in faits.dated(PaiementRecu):
        if paiement.cle in comptes and len(paiement.creances) == 1:
            cle = paiement.creances[0]
            jours[cle] = (*jours.get(cle, ()), jour)
    return jours


def _list_titres_de_procedure(procedures: Iterable[EtatProcedure]) -> list[Titre]:
    return [
        Titre(
            p.cle,
            p.depuis,
            p.creances,
            _is_signifiee(p, procedures),
            d_un_accord=any(m.graphe.code == _SIMPLIFIEE for m in _list_lignee(p, procedures)),
        )
        for p in procedures
        if p.etat.code in _ETATS_DE_TITRE and p.abandonnee_le is None and DEBITEUR in (p.contre or (DEBITEUR,))
    ]


def _is_signifiee(procedure: EtatProcedure, procedures: Iterable[EtatProcedure]) -> bool | None:
    """Whether the decision was served: a step says so, here or in the procedure out of which this one came."""
    lignee = _list_lignee(procedure, procedures)
    servie = any("signif" in e.evenement for p in lignee for e in p.situation.etapes)
    return True if servie else None


def _list_lignee(procedure: EtatProcedure, procedures: Iterable[EtatProcedure]) -> list[EtatProcedure]:
    """Return a procedure and the one out of which it came."""
    return [procedure, *(p for p in procedures if p.cle == procedure.mere)]


def _list_decisions(etat: EtatDossier) -> list[Titre]:
    """The decisions enforceable by the day, with what is still owed on their heads."""
    return [
        Titre(
            t.cle,
            t.executoire_le,
            tuple(cle for c in t.chefs for cle in c.creances),
            t.signifie_le is not None,
            t.total,
        )
        for t in etat.titres
        if t.executoire_le is not None and t.executoire_le <= etat.au and DEBITEUR in t.contre
    ]


def _list_titres_joints(faits: Faits) -> list[Titre]:
    return [
        Titre(piece.piece, jour, piece.creances, None)
        for jour, piece in faits.dated(PieceJointe)
        if piece.nature is NaturePiece.TITRE_EXECUTOIRE
    ]
