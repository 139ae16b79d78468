"""The score of a claim: certain, of a fixed amount, due (« certaine, liquide, exigible »), and what would improve it.

A grid that can be read, not a model. Certainty is a sum of points, from 0 to 100; the weights are ours, no text gives
them. The two other characters are all or nothing: each of their criteria must be a yes. Unknown is never a yes.
70 points and more with the two others: ready; from 40: to be completed; below, or blocked: do not go to court.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from exigible.dossier.conseil.criteres import Condition
from exigible.dossier.conseil.examen import Examen
from exigible.dossier.conseil.score_certitude import MAXIMUM, Critere, count_points, list_criteres
from exigible.dossier.conseil.score_exigibilite import list_blocages, list_exigibilite, list_liquidite
from exigible.dossier.etat import EtatCreance
from exigible.dossier.faits import MentionFacture, NaturePiece
from exigible.droit.competence_faits import Motif
from exigible.droit.phrase import SANS_TEXTE, Phrase, phrase
from exigible.droit.regimes import QualitePartie

SEUIL_PRETE, SEUIL_A_COMPLETER = 70, 40


class Niveau(StrEnum):
    """Whether a claim may go to court."""

    PRETE = "prete"
    A_COMPLETER = "a_completer"
    NE_PAS_ENGAGER = "ne_pas_engager"


LIBELLES_NIVEAUX = {
    Niveau.PRETE: phrase("prête"),
    Niveau.A_COMPLETER: phrase("à compléter"),
    Niveau.NE_PAS_ENGAGER: phrase("ne pas engager"),
}
LIBELLES_MENTIONS = {
    MentionFacture.VENDEUR: phrase("nom, adresse et identification du vendeur"),
    MentionFacture.CLIENT: phrase("nom, adresse et identification du client"),
    MentionFacture.NUMERO: phrase("numéro de la facture"),
    MentionFacture.EMISSION: phrase("date d'émission"),
    MentionFacture.DATE_DE_LA_PRESTATION: phrase("date de la vente ou de la prestation"),
    MentionFacture.DESIGNATION: phrase("désignation et quantité"),
    MentionFacture.PRIX_HORS_TAXES: phrase("prix unitaire hors taxes et réductions"),
    MentionFacture.TVA: phrase("taux et montant de la TVA"),
    MentionFacture.DATE_DE_REGLEMENT: phrase("date de règlement"),
    MentionFacture.ESCOMPTE: phrase("conditions d'escompte"),
    MentionFacture.TAUX_DES_PENALITES: phrase("taux des pénalités de retard"),
    MentionFacture.INDEMNITE_FORFAITAIRE: phrase("indemnité forfaitaire de 40 €"),
    MentionFacture.BON_DE_COMMANDE: phrase("numéro du bon de commande, s'il existe"),
    MentionFacture.ADRESSE_DE_FACTURATION: phrase("adresse de facturation, si elle diffère"),
}
_FISCALES = frozenset(
    {
        MentionFacture.VENDEUR,
        MentionFacture.CLIENT,
        MentionFacture.NUMERO,
        MentionFacture.EMISSION,
        MentionFacture.DATE_DE_LA_PRESTATION,
        MentionFacture.DESIGNATION,
        MentionFacture.PRIX_HORS_TAXES,
        MentionFacture.TVA,
    }
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of the invoice: read on it by a person, or not known (`presente` False)."""

    mention: MentionFacture
    libelle: Phrase
    presente: bool
    article: str


@dataclass(frozen=True, slots=True)
class Amelioration:
    """What would raise the score, and by how many points."""

    libelle: Phrase
    points: int


@dataclass(frozen=True, slots=True)
class Score:
    """The score of the claim `creance`. `points`: its certainty, 0 to 100; `blocages`: what forbids going on at all.

    `acceptation`: whether the terms of sale were accepted, on which agreed penalties rest (C. civ. 1119).
    """

    creance: str
    points: int
    niveau: Niveau
    certaine: tuple[Critere, ...]
    liquide: tuple[Condition, ...]
    exigible: tuple[Condition, ...]
    acceptation: Condition
    mentions: tuple[Mention, ...]
    blocages: tuple[Motif, ...]
    ameliorations: tuple[Amelioration, ...]

    @property
    def is_liquide(self) -> bool:
        """Whether its amount is fixed."""
        return all(c.remplie for c in self.liquide)

    @property
    def is_exigible(self) -> bool:
        """Whether it is due."""
        return all(c.remplie for c in self.exigible)


def score_creance(examen: Examen, creance: EtatCreance) -> Score:
    """Score a claim of a dossier on its day."""
    criteres = list_criteres(examen, creance)
    points = count_points(criteres)
    liquide, exigible = list_liquidite(creance), list_exigibilite(examen, creance)
    blocages = list_blocages(examen, creance)
    complete = all(c.remplie for c in (*liquide, *exigible))
    return Score(
        creance=creance.cle,
        points=points,
        niveau=_choose_niveau(points, blocages, complete=complete),
        certaine=criteres,
        liquide=liquide,
        exigible=exigible,
        acceptation=_check_acceptation(examen, creance),
        mentions=_list_mentions(examen, creance),
        blocages=blocages,
        ameliorations=_list_ameliorations(criteres, points),
    )


def _choose_niveau(points: int, blocages: tuple[Motif, ...], *, complete: bool) -> Niveau:
    if blocages or points < SEUIL_A_COMPLETER:
        return Niveau.NE_PAS_ENGAGER
    return Niveau.PRETE if points >= SEUIL_PRETE and complete else Niveau.A_COMPLETER


def _list_ameliorations(criteres: tuple[Critere, ...], points: int) -> tuple[Amelioration, ...]:
    """What would raise the score, the greatest gain first; never beyond the maximum."""
    reste = MAXIMUM - points
    gains = [Amelioration(c.remede, min(c.gain, reste)) for c in criteres if c.remede and c.gain and reste]
    return tuple(sorted(gains, key=lambda a: -a.points))


def _check_acceptation(examen: Examen, creance: EtatCreance) -> Condition:
    pieces = examen.list_pieces(creance.cle, NaturePiece.CONDITIONS_ACCEPTEES)
    return Condition(
        "conditions_acceptees",
        phrase("Conditions de vente connues et acceptées du débiteur"),
        True if pieces else None,
        ("C. civ. 1119",),
        tuple(p.nom for p in pieces),
        phrase("Joindre les conditions de vente signées, ou le devis signé qui y renvoie : un taux convenu s'y fonde.")
        if not pieces
        else SANS_TEXTE,
        bloquante=False,
    )


def _list_mentions(examen: Examen, creance: EtatCreance) -> tuple[Mention, ...]:
    """List the mentions that its invoice must bear; those of the code de commerce only between professionals."""
    lues = {m for p in examen.list_pieces(creance.cle, NaturePiece.FACTURE) for m in p.mentions}
    particulier = examen.etat.debiteur.qualite is QualitePartie.CONSOMMATEUR
    return tuple(
        Mention(
            mention,
            libelle,
            mention in lues,
            "CGI ann. II 242 nonies A" if mention in _FISCALES else "C. com. L441-9",
        )
        for mention, libelle in LIBELLES_MENTIONS.items()
        if mention in _FISCALES or not particulier
    )
