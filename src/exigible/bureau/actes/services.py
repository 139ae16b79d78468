"""Documents of a dossier, written from what the journal knows and the answers given. Nothing is recorded here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from exigible.actes.choix import expand_questions
from exigible.actes.contexte import propose_reponses
from exigible.actes.demande import Demande, PieceVersee, build_demande
from exigible.actes.modele import Memoire, Modele, Question, get_modele
from exigible.actes.preparation import ActePrepare, prepare_acte
from exigible.actes.redaction.langue import parse_redaction
from exigible.actes.relecture import list_posees
from exigible.bureau import horloge
from exigible.bureau.actes.models import BrouillonActe, TexteActe
from exigible.bureau.actes.retenues import load_retenues, recall
from exigible.bureau.actes.textes import load_textes
from exigible.bureau.envois.images import Images, load_images
from exigible.bureau.journal.services import read_inscriptions
from exigible.bureau.preuve.pieces import PieceDePreuve, list_pieces
from exigible.bureau.tiers.lecture import load_etat
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.etat import EtatDossier
from exigible.dossier.journal import list_effectives
from exigible.droit.erreurs import ErreurExigible


@dataclass(frozen=True)
class Choix:
    """What a person said of a document: the answers as typed, the claims, the exhibits (None: all that suit)."""

    saisies: Mapping[str, str] = field(default_factory=dict)
    creances: tuple[str, ...] | None = None
    pieces: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Etabli:
    """What writing any document of a dossier needs, read once: wordings and answers by name of act."""

    dossier: Dossier
    etat: EtatDossier
    pieces: tuple[PieceDePreuve, ...]
    images: Images
    textes: Mapping[str, TexteActe]
    choix: Mapping[str, Choix]
    retenues: Mapping[tuple[Memoire, str], str]


@dataclass(frozen=True)
class ActeDuDossier:
    """A document of a dossier, written or refused. `proposees`: what the journal answers by itself.

    `rappelees`: what was answered to the same questions for another document, proposed to who reads.

    `acte` is None when `refus` says why it cannot be written, `demande` too when the answers cannot be read.
    `version`: the creditor's own wording, None for ours.
    """

    etabli: Etabli
    modele: Modele
    choix: Choix
    questions: tuple[Question, ...]
    proposees: dict[str, str]
    rappelees: dict[str, str]
    version: TexteActe | None
    demande: Demande | None
    acte: ActePrepare | None
    refus: ErreurExigible | None

    @property
    def saisies(self) -> dict[str, str]:
        """The answers, as typed: what the journal knows, what was answered before, then what a person said."""
        return {**self.proposees, **self.rappelees, **self.choix.saisies}

    @property
    def choix_lu(self) -> Choix:
        """What a person who read the document accepts: the answers proposed again are then said."""
        return replace(self.choix, saisies={**self.rappelees, **self.choix.saisies})

    @property
    def numero_texte(self) -> int:
        """The number of the wording, 0 for ours."""
        return self.version.numero if self.version is not None else 0


def read_choix(dossier: Dossier, acte: str) -> Choix:
    """Read what was answered so far for a document that is not approved yet."""
    return _read_brouillon(BrouillonActe.objects.filter(dossier=dossier, acte=acte).first())


def _read_brouillon(brouillon: BrouillonActe | None) -> Choix:
    if brouillon is None:
        return Choix()
    creances, pieces = brouillon.creances, brouillon.pieces
    return Choix(
        brouillon.reponses,
        None if creances is None else tuple(creances),
        None if pieces is None else tuple(pieces),
    )


def save_choix(dossier: Dossier, acte: str, choix: Choix, auteur: str) -> None:
    """Keep the answers of a document until it is approved; nothing enters the journal."""
    BrouillonActe.objects.update_or_create(
        dossier=dossier,
        acte=acte,
        defaults={
            "cabinet_id": dossier.cabinet_id,
            "reponses": dict(choix.saisies),
            "creances": None if choix.creances is None else list(choix.creances),
            "pieces": None if choix.pieces is None else list(choix.pieces),
            "auteur": auteur,
            "modifie_le": horloge.now(),
        },
    )


def forget_choix(dossier: Dossier, acte: str) -> None:
    """Answer again from what the journal knows."""
    BrouillonActe.objects.filter(dossier=dossier, acte=acte).delete()


def open_etabli(dossier: Dossier, au: date | None = None) -> Etabli:
    """Read what the documents of a dossier (loaded with its creditor and chain) need, in a fixed number of queries.

    Raises ErreurExigible when the dossier cannot be read.
    """
    etat = load_etat(dossier, au)
    return Etabli(
        dossier,
        etat,
        list_pieces(dossier, list_effectives(read_inscriptions(dossier.chaine), etat.au), etat),
        load_images(dossier, etat),
        {acte: texte for (_, acte), texte in load_textes([dossier.creancier]).items()},
        {b.acte: _read_brouillon(b) for b in BrouillonActe.objects.filter(dossier=dossier)},
        load_retenues(dossier),
    )


def prepare(
    dossier: Dossier, nom: str, choix: Choix | None = None, *, texte: str | None = None, au: date | None = None
) -> ActeDuDossier:
    """Write a document as it would be on a day, today by default; nothing is recorded. See `write_acte`."""
    return write_acte(open_etabli(dossier, au), get_modele(nom), choix, texte=texte)


def write_acte(
    etabli: Etabli, modele: Modele, choix: Choix | None = None, *, texte: str | None = None, rappel: bool = False
) -> ActeDuDossier:
    """Write a document, or say why it cannot be, without any query.

    `choix` None: what was answered so far. `texte`: a wording to try in the place of the one in force. `rappel`: a
    person will read it, and is proposed again what was answered to the same questions before.
    """
    choix = etabli.choix.get(modele.nom, Choix()) if choix is None else choix
    version = etabli.textes.get(modele.nom) if texte is None else None
    source = texte if texte is not None else version.texte if version is not None else None
    proposees = dict(propose_reponses(modele, etabli.etat, choix.saisies))
    possibles = expand_questions(modele, etabli.etat)
    rappelees = {}
    if rappel:
        connues = {nom for nom, reponse in proposees.items() if reponse.strip()} | choix.saisies.keys()
        rappelees = recall([q for q in possibles if q.nom not in connues], etabli.retenues)
    demande: Demande | None = None
    acte: ActePrepare | None = None
    refus: ErreurExigible | None = None
    try:
        demande = build_demande(
            modele,
            etabli.etat,
            creances=choix.creances,
            reference=etabli.dossier.reference,
            saisies={**proposees, **rappelees, **choix.saisies},
            pieces=choose_pieces(etabli.pieces, choix.pieces),
            redaction=None if source is None else parse_redaction(source),
            logo=etabli.images.logo,
            signature=etabli.images.signature,
        )
        acte = prepare_acte(demande)
    except ErreurExigible as erreur:
        refus = erreur
    questions = possibles if demande is None else _list_posees(demande)
    return ActeDuDossier(etabli, modele, choix, questions, proposees, rappelees, version, demande, acte, refus)


def _list_posees(demande: Demande) -> tuple[Question, ...]:
    """The questions to ask; all of them while the act cannot say which ones hold."""
    try:
        return list_posees(demande)
    except ErreurExigible:
        return demande.questions


def choose_pieces(pieces: Sequence[PieceDePreuve], choisies: Sequence[str] | None) -> tuple[PieceVersee, ...]:
    """Number the exhibits chosen, in the order of the choice; all when nothing was chosen."""
    connues = {piece.sha256: piece for piece in pieces}
    retenues = list(pieces) if choisies is None else [connues[cle] for cle in choisies if cle in connues]
    return tuple(PieceVersee(n, p.intitule, p.jour, sha256=p.sha256) for n, p in enumerate(retenues, start=1))


def needs_pieces(du_dossier: ActeDuDossier) -> bool:
    """Whether the exhibits of the dossier change what a document says: only then are they to be chosen."""
    demande, toutes = du_dossier.demande, choose_pieces(du_dossier.etabli.pieces, None)
    if demande is None or not toutes:
        return False
    try:
        avec, sans = (prepare_acte(replace(demande, pieces=pieces)).texte for pieces in (toutes, ()))
    except ErreurExigible:
        return True
    return avec != sans
