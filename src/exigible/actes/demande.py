"""What a document is made from: the dossier on its day, the claims chosen, the answers, the exhibits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from exigible.actes.choix import expand_questions
from exigible.actes.effets import drop_hors_effet, focus_effet
from exigible.actes.modele import Modele, Question
from exigible.actes.poursuivi import focus_poursuivi
from exigible.actes.redaction.noeuds import Redaction
from exigible.actes.reponses import Reponse, read_reponses
from exigible.actes.sommes import SommeReclamee, Totaux, add_sommes, compute_sommes_du_debiteur, focus_debiteur
from exigible.actes.typst.texte import clean_texte
from exigible.dossier.etat import STADES_CLOS, EtatDossier, Stade
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase, wrap_texte

_AUCUNE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class PieceVersee:
    """An exhibit: its number in the list, what it is, its day, its pages, the SHA-256 of its bytes."""

    numero: int
    intitule: str
    jour: date | None = None
    pages: int | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Demande:
    """A document to be written, dated `etat.au`. `questions`: what it asks, with what this dossier lets choose.

    `reponses`: the answers read, by question; absent: not answered.
    `redaction`: the user's own wording, None for ours. `logo`: the bytes of a PNG or JPEG image; `signature`: those of
    the picture of a signature (`signature.py`).
    """

    modele: Modele
    etat: EtatDossier
    sommes: tuple[SommeReclamee, ...]
    reference: str
    questions: tuple[Question, ...] = ()
    reponses: Mapping[str, Reponse] = field(default_factory=dict)
    pieces: tuple[PieceVersee, ...] = ()
    redaction: Redaction | None = None
    logo: bytes | None = None
    signature: bytes | None = None

    @property
    def totaux(self) -> Totaux:
        """What is claimed, part by part."""
        return add_sommes(self.sommes)


def list_creances_ouvertes(etat: EtatDossier) -> tuple[str, ...]:
    """The keys of the claims on which something is due and payable, the oldest first."""
    ouvertes = [c for c in etat.creances if c.stade not in STADES_CLOS and c.total > 0 and c.jours_de_retard > 0]
    return tuple(c.cle for c in sorted(ouvertes, key=lambda c: (c.creance.echeance or c.creance.emission, c.cle)))


def list_creances_a_echoir(etat: EtatDossier) -> tuple[str, ...]:
    """The keys of the claims that are not due yet, the first due first."""
    futures = [(c.creance.echeance, c.cle) for c in etat.creances if c.stade is Stade.A_ECHOIR and c.creance.echeance]
    return tuple(cle for _, cle in sorted(futures))


def build_demande(  # noqa: PLR0913 - what a document is made from, all named
    modele: Modele,
    etat: EtatDossier,
    *,
    creances: Sequence[str] | None = None,
    reference: str = "",
    saisies: Mapping[str, str] = _AUCUNE,
    pieces: Sequence[PieceVersee] = (),
    redaction: Redaction | None = None,
    logo: bytes | None = None,
    signature: bytes | None = None,
) -> Demande:
    """Gather what a document says. Without `creances`, all those due and not paid (or to come: `a_echoir`).

    `saisies`: the answers, as a person typed them. Raises ErreurSaisie (`creance_inconnue`, `creances_absentes`,
    `reponse_*`) and, for a debtor that the act is not made for, `acte_sans_objet`; ErreurExigible (`acte_refuse`) when
    the title does not hold whom it would be enforced against.
    """
    questions = expand_questions(modele, etat)
    etat = focus_poursuivi(modele, etat, saisies)
    if modele.qualites and etat.debiteur.qualite not in modele.qualites:
        raise ErreurSaisie(
            "acte_sans_objet",
            phrase("« {titre} » ne s'adresse pas à ce débiteur : voyez sa qualité.", titre=wrap_texte(modele.titre)),
            "acte",
        )
    ouvertes = list_creances_a_echoir if modele.a_echoir else list_creances_ouvertes
    choisies = ouvertes(etat) if creances is None else tuple(creances)
    if modele.factures and not choisies:
        raise ErreurSaisie(
            "creances_absentes",
            phrase("Aucune facture n'est à échoir : choisissez-en au moins une.")
            if modele.a_echoir
            else phrase("Aucune facture n'est échue et impayée : choisissez-en au moins une."),
            "creances",
        )
    reponses = drop_hors_effet(read_reponses(questions, saisies))
    etat = focus_effet(etat, choisies, reponses)
    return Demande(
        modele=modele,
        etat=focus_debiteur(etat),
        sommes=_compute_sommes(modele, etat, choisies),
        reference=clean_texte(reference or etat.debiteur.code),
        questions=questions,
        reponses=reponses,
        pieces=tuple(pieces),
        redaction=redaction,
        logo=logo,
        signature=signature,
    )


def _compute_sommes(modele: Modele, etat: EtatDossier, cles: Sequence[str]) -> tuple[SommeReclamee, ...]:
    if not modele.factures:
        return ()
    return compute_sommes_du_debiteur(etat, cles, sans_conteste=not modele.contestees)
