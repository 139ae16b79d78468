"""From the lines of customer accounts to their open items, by lettering; every cent of the ledger's balance is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Literal

from exigible.dossier.texte import normalize
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.enregistrements import CreanceLue, NatureReglement, Origine, ReglementLu, Tiers
from exigible.echanges.fec_comptes import Famille, says_ouverture
from exigible.echanges.fec_lignes import CompteClient, LigneClient, to_euros
from exigible.echanges.qualites import add_propositions
from exigible.echanges.valeurs import clean_texte, fold_texte, parse_date

_SANS_ECHEANCE = phrase("les écritures ne portent pas d'échéance")
_A_NOUVEAU = phrase(
    "reprise d'à-nouveau : le jour de la facture n'est pas dans ces écritures, celui de la reprise ne le remplace pas"
)
_A_PART = (Famille.DOUTEUX, Famille.EFFET)


@dataclass(slots=True)
class Piece:
    """The lines of one piece in one account, and what remains of it in cents while payments are set against it."""

    numero: str
    lignes: list[LigneClient]
    centimes: int
    reste: int
    jour: str
    reglements: list[ReglementLu] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ouverts:
    """What a ledger leaves open: claims and credits of the customers, what is kept apart, and their sums in cents.

    `totaux` adds up, account by account, what was made of it: equal to the account's balance.
    """

    creances: tuple[CreanceLue, ...]
    a_part: tuple[CreanceLue, ...]
    tiers: tuple[Tiers, ...]
    totaux: Mapping[tuple[str, Famille], int]


def build_ouverts(comptes: Iterable[CompteClient], fichier: str, suivies: Collection[str] = ()) -> Ouverts:
    """Give the open items and the customers, in the order of the ledger.

    A lettering code counts inside its account only. A lettered group that nets to zero is closed; otherwise its
    credits pay its debits, the oldest first. Without lettering, each piece stays open with its own sign. A claim moved
    to another account of the same customer (416, 413) keeps its number and its day. `suivies`: see `read_fec`.
    """
    par_client: dict[str, list[CompteClient]] = defaultdict(list)
    for compte in comptes:
        par_client[compte.code].append(compte)
    creances: list[CreanceLue] = []
    a_part: list[CreanceLue] = []
    tous: list[Tiers] = []
    totaux: dict[tuple[str, Famille], int] = {}
    for siens in par_client.values():
        siens.sort(key=lambda compte: compte.famille)
        tiers = add_propositions(Tiers(code=siens[0].code, nom=siens[0].nom, origine=Origine(fichier, siens[0].ligne)))
        rattache = siens[0].famille is Famille.CLIENT
        if rattache or siens[0].famille in _A_PART:
            tous.append(tiers)
        client = _Client(tiers, fichier, suivies)
        for compte in siens:
            pieces = client.list_pieces(compte)
            totaux[compte.code, compte.famille] = sum(piece.reste for piece in pieces)
            ailleurs = compte.famille in _A_PART or (compte.famille is Famille.AVANCE and not rattache)
            (a_part if ailleurs else creances).extend(client.build_creance(piece, compte) for piece in pieces)
    return Ouverts(tuple(creances), tuple(a_part), tuple(tous), totaux)


class _Client:
    """The accounts of one customer, read one after the other: 411 first, so that what left it is known."""

    def __init__(self, tiers: Tiers, fichier: str, suivies: Collection[str]) -> None:
        self._tiers, self._fichier, self._suivies = tiers, fichier, suivies
        self._virees: dict[tuple[str, str, str], Piece] = {}
        self._pris: set[str] = set()

    def list_pieces(self, compte: CompteClient) -> list[Piece]:
        """List the open pieces of an account, then those that are followed and closed."""
        numeros = self._assign_numeros(compte)
        groupes: dict[str, list[LigneClient]] = defaultdict(list)
        for ligne in compte.lignes:
            groupes[ligne.lettrage].append(ligne)
        pieces = _group_pieces(groupes.pop("", []), numeros)
        soldees: list[Piece] = []
        for groupe in groupes.values():
            ouvert = sum(ligne.centimes for ligne in groupe) != 0
            if ouvert or (compte.famille is Famille.CLIENT and (self._suivies or _is_vire(groupe))):
                lettrees = _group_pieces(groupe, numeros)
                self._impute(lettrees, compte)
                pieces += lettrees
                soldees += [piece for piece in lettrees if not piece.reste and self._is_suivie(piece)]
        ouvertes = list(_merge_pieces(piece for piece in pieces if piece.reste))
        encore = {piece.numero for piece in ouvertes}
        soldees = [piece for piece in soldees if piece.numero not in encore]
        return sorted([*ouvertes, *soldees], key=lambda piece: piece.lignes[0].numero)

    def _is_suivie(self, piece: Piece) -> bool:
        """Whether a closed invoice is to be given; not when another account goes on with it."""
        virees = {id(virement) for virement in self._virees.values()}
        return piece.centimes > 0 and id(piece) not in virees and normalize(piece.numero) in self._suivies

    def _impute(self, pieces: Iterable[Piece], compte: CompteClient) -> None:
        """Set the credits of a lettered group against its debits, the oldest first."""
        par_date = sorted(pieces, key=lambda piece: (piece.lignes[0].jour, piece.lignes[0].numero))
        factures = [piece for piece in par_date if piece.centimes > 0]
        for credit in (piece for piece in par_date if piece.centimes < 0):
            nature = name_reglement(credit)
            for facture in factures:
                paye = min(facture.reste, -credit.reste)
                if not paye:
                    continue
                facture.reste -= paye
                credit.reste += paye
                if nature == "virement" and paye == facture.centimes and compte.famille is Famille.CLIENT:
                    self._virees[credit.lignes[0].cle_ecriture] = facture
                facture.reglements.append(self._build_reglement(credit, paye, nature))

    def _build_reglement(self, credit: Piece, centimes: int, nature: NatureReglement) -> ReglementLu:
        premiere = credit.lignes[0]
        return ReglementLu(
            date=_parse_jour(premiere.jour),
            montant=to_euros(centimes),
            reference=credit.numero,
            nature=nature,
            origine=Origine(self._fichier, premiere.numero),
        )

    def build_creance(self, piece: Piece, compte: CompteClient) -> CreanceLue:
        """Make the record of a piece."""
        premiere = piece.lignes[0]
        nature = _name_nature(piece, compte)
        a_nouveau = nature == "facture" and _is_a_nouveau(piece)
        echeance = _read_echeance(premiere.echeance)
        return CreanceLue(
            numero=piece.numero,
            date_emission=_parse_jour(piece.jour),
            date_echeance=echeance,
            motif_sans_echeance=None if echeance else _A_NOUVEAU if a_nouveau else _SANS_ECHEANCE,
            montant_ttc=to_euros(piece.centimes),
            reste_du=to_euros(piece.reste),
            debiteur=self._tiers,
            avoir=nature == "avoir",
            nature=nature,
            a_nouveau=a_nouveau,
            compte=compte.numero,
            libelle=clean_texte(premiere.libelle),
            reglements=tuple(piece.reglements),
            origine=Origine(self._fichier, premiere.numero),
        )

    def _assign_numeros(self, compte: CompteClient) -> dict[_ClePiece, tuple[str, str]]:
        """Name and date each piece of an account by its reference; one used again another day takes its date.

        All the lines of the account are named, lettered or not, so that a later export gives the same names.
        """
        noms: dict[_ClePiece, tuple[str, str]] = {}
        virees = self._virees if compte.famille in _A_PART else {}
        for ligne in sorted(compte.lignes, key=attrgetter("jour")):  # of a day: in the order of the file
            cle = _get_cle(ligne)
            if cle in noms:
                continue
            viree = virees.get(ligne.cle_ecriture) if virees else None
            if viree is not None and viree.centimes == ligne.centimes:
                noms[cle] = (viree.numero, viree.jour)
                continue
            nom = cle[0] if cle[0] not in self._pris else self._rename(ligne, cle[0], compte)
            self._pris.add(nom)
            noms[cle] = (nom, ligne.jour)
        return noms

    def _rename(self, ligne: LigneClient, piece: str, compte: CompteClient) -> str:
        date_ = f"{piece} du {_parse_jour(ligne.jour):%d/%m/%Y}"
        essais = (date_, f"{date_} ({ligne.journal.code})")
        return next((essai for essai in essais if essai not in self._pris), f"{essais[-1]} ({compte.numero})")


_ClePiece = tuple[str, str, str]


def _is_vire(groupe: Sequence[LigneClient]) -> bool:
    """Whether a lettered group moves to an account kept apart, where its claims keep their numbers."""
    return any(ligne.contreparties & (Famille.DOUTEUX | Famille.EFFET) for ligne in groupe if ligne.centimes < 0)


def _get_cle(ligne: LigneClient) -> _ClePiece:
    piece = ligne.piece
    if not piece or " " in piece or not piece.isprintable():  # nearly all hold nothing to clean
        piece = clean_texte(piece) or f"{ligne.journal.code}-{ligne.ecriture}"
    return (piece, ligne.journal.code, ligne.jour)


def _group_pieces(lignes: Sequence[LigneClient], noms: Mapping[_ClePiece, tuple[str, str]]) -> list[Piece]:
    groupes: dict[_ClePiece, list[LigneClient]] = defaultdict(list)
    for ligne in lignes:
        groupes[_get_cle(ligne)].append(ligne)
    pieces = []
    for cle, groupe in groupes.items():
        centimes = sum(ligne.centimes for ligne in groupe)
        nom, jour = noms[cle]
        pieces.append(Piece(nom, groupe, centimes, centimes, jour))
    return pieces


def _merge_pieces(pieces: Iterable[Piece]) -> Iterable[Piece]:
    """Join what remains of one piece, some of its lines being lettered and others not."""
    fondues: dict[tuple[str, bool], Piece] = {}
    for piece in pieces:
        premiere = fondues.setdefault((piece.numero, piece.reste > 0), piece)
        if premiere is not piece:
            premiere.lignes += piece.lignes
            premiere.centimes += piece.centimes
            premiere.reste += piece.reste
            premiere.reglements += piece.reglements
    return fondues.values()


def _name_nature(piece: Piece, compte: CompteClient) -> Literal["facture", "avoir", "acompte"]:
    """Tell a credit note (facing sales, or named so) from a payment that is set against nothing yet."""
    if piece.centimes > 0:
        return "facture"
    if compte.famille is Famille.AVANCE:
        return "acompte"
    return "avoir" if name_reglement(piece) == "avoir" else "acompte"


def name_reglement(piece: Piece) -> NatureReglement:
    """Tell what a credit is, by the accounts that face it; by its journal and its words when they say nothing."""
    ligne = piece.lignes[0]
    faces = ligne.contreparties
    if faces & Famille.TRESORERIE:
        return "paiement"
    if faces & (Famille.DOUTEUX | Famille.EFFET):
        return "virement"
    if faces & Famille.PERTE:
        return "perte"
    nomme = "avoir" in fold_texte(f"{ligne.libelle} {ligne.piece}").split()
    return "avoir" if faces & Famille.VENTE or ligne.journal.ventes or nomme else "paiement"


def _is_a_nouveau(piece: Piece) -> bool:
    """Whether a claim comes from an opening balance that does not say the day of its invoice."""
    ligne = piece.lignes[0]
    return piece.jour >= ligne.jour_ecriture and (
        ligne.journal.ouverture or (not ligne.journal.ventes and says_ouverture(fold_texte(ligne.libelle)))
    )


def _read_echeance(texte: str) -> date | None:
    """Read the due date that some programs add to the file; what cannot be read says nothing."""
    if not texte.strip():
        return None
    with suppress(ErreurSaisie):
        return parse_date(texte)
    return None


def _parse_jour(jour: str) -> date:
    return date(int(jour[:4]), int(jour[4:6]), int(jour[6:]))
