"""From the lines of customer accounts to their open items, by lettering; every cent of the ledger's balance is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from exigible.droit.phrase import phrase
from exigible.echanges.enregistrements import CreanceLue, Origine, ReglementLu, Tiers
from exigible.echanges.valeurs import clean_texte, fold_texte

MOTIF_SANS_ECHEANCE = phrase("le FEC ne porte pas d'échéance")
_CODES_VENTES = ("ve", "vt", "fac")
_MOTS_VENTES = ("vente", "factur", "sales")


class LigneClient(NamedTuple):
    """A line of a 411 account: `centimes` is debit less credit, `jour` (AAAAMMJJ) that of the piece or of the entry."""

    numero: int
    journal: str
    journal_lib: str
    ecriture: str
    jour: str
    piece: str
    libelle: str
    centimes: int
    lettrage: str


class CompteClient(NamedTuple):
    """A customer's account: its auxiliary code (or account number), and its lines in the order of the file."""

    code: str
    nom: str
    ligne: int
    lignes: list[LigneClient]


@dataclass(slots=True)
class _Piece:
    """The lines of one piece in one account, and what remains of it in cents while payments are set against it."""

    numero: str
    lignes: list[LigneClient]
    centimes: int
    reste: int
    reglements: list[ReglementLu]


def to_euros(centimes: int) -> Decimal:
    """Cents as an amount with two decimals."""
    return Decimal(centimes).scaleb(-2)


def build_ouverts(
    comptes: Mapping[str, CompteClient], fichier: str
) -> tuple[tuple[CreanceLue, ...], tuple[Tiers, ...], int]:
    """Give the open items, the customers, and the sum of what remains in cents.

    A lettering code counts inside its account only. A lettered group that nets to zero is closed; otherwise its
    credits pay its debits, the oldest first. Without lettering, each piece stays open with its own sign.
    """
    creances: list[CreanceLue] = []
    tous: list[Tiers] = []
    total = 0
    for compte in comptes.values():
        tiers = Tiers(code=compte.code, nom=compte.nom, origine=Origine(fichier, compte.ligne))
        tous.append(tiers)
        for piece in _list_ouvertes(compte.lignes, fichier):
            total += piece.reste
            creances.append(_build_creance(piece, tiers, fichier))
    return tuple(creances), tuple(tous), total


def _list_ouvertes(lignes: Sequence[LigneClient], fichier: str) -> list[_Piece]:
    numeros = _assign_numeros(lignes)
    groupes: dict[str, list[LigneClient]] = defaultdict(list)
    for ligne in lignes:
        groupes[ligne.lettrage].append(ligne)
    ouvertes = _group_pieces(groupes.pop("", []), numeros)
    for groupe in groupes.values():
        if sum(ligne.centimes for ligne in groupe):
            pieces = _group_pieces(groupe, numeros)
            _impute(pieces, fichier)
            ouvertes += pieces
    restes = _merge_pieces(piece for piece in ouvertes if piece.reste)
    return sorted(restes, key=lambda piece: piece.lignes[0].numero)


def _merge_pieces(pieces: Iterable[_Piece]) -> Iterable[_Piece]:
    """Join what remains of one piece, some of its lines being lettered and others not."""
    fondues: dict[tuple[str, bool], _Piece] = {}
    for piece in pieces:
        premiere = fondues.setdefault((piece.numero, piece.reste > 0), piece)
        if premiere is not piece:
            premiere.lignes += piece.lignes
            premiere.centimes += piece.centimes
            premiere.reste += piece.reste
            premiere.reglements += piece.reglements
    return fondues.values()


def _impute(pieces: Iterable[_Piece], fichier: str) -> None:
    """Set the credits of a partly lettered group against its debits, the oldest first."""
    par_date = sorted(pieces, key=lambda piece: (piece.lignes[0].jour, piece.lignes[0].numero))
    factures = [piece for piece in par_date if piece.centimes > 0]
    for credit in (piece for piece in par_date if piece.centimes < 0):
        for facture in factures:
            paye = min(facture.reste, -credit.reste)
            if paye:
                facture.reste -= paye
                credit.reste += paye
                premiere = credit.lignes[0]
                facture.reglements.append(
                    ReglementLu(
                        date=_parse_jour(premiere.jour),
                        montant=to_euros(paye),
                        reference=credit.numero,
                        origine=Origine(fichier, premiere.numero),
                    )
                )


def _build_creance(piece: _Piece, tiers: Tiers, fichier: str) -> CreanceLue:
    premiere = piece.lignes[0]
    nature = _name_nature(piece)
    return CreanceLue(
        numero=piece.numero,
        date_emission=_parse_jour(premiere.jour),
        motif_sans_echeance=MOTIF_SANS_ECHEANCE,
        montant_ttc=to_euros(piece.centimes),
        reste_du=to_euros(piece.reste),
        debiteur=tiers,
        avoir=nature == "avoir",
        nature=nature,
        libelle=clean_texte(premiere.libelle),
        reglements=tuple(piece.reglements),
        origine=Origine(fichier, premiere.numero),
    )


def _name_nature(piece: _Piece) -> Literal["facture", "avoir", "acompte"]:
    """Tell a credit note (of a sales journal, or named so) from a payment that is set against nothing yet."""
    if piece.centimes > 0:
        return "facture"
    ligne = piece.lignes[0]
    code, libelle = fold_texte(ligne.journal), fold_texte(ligne.journal_lib)
    vente = code.startswith(_CODES_VENTES) or any(mot in libelle for mot in _MOTS_VENTES)
    nomme = "avoir" in fold_texte(f"{ligne.libelle} {ligne.piece}").split()
    return "avoir" if vente or nomme else "acompte"


_ClePiece = tuple[str, str, str]


def _get_cle(ligne: LigneClient) -> _ClePiece:
    return (ligne.piece or f"{ligne.journal}-{ligne.ecriture}", ligne.journal, ligne.jour)


def _group_pieces(lignes: Iterable[LigneClient], numeros: Mapping[_ClePiece, str]) -> list[_Piece]:
    groupes: dict[_ClePiece, list[LigneClient]] = defaultdict(list)
    for ligne in lignes:
        groupes[_get_cle(ligne)].append(ligne)
    pieces = []
    for cle, groupe in groupes.items():
        centimes = sum(ligne.centimes for ligne in groupe)
        pieces.append(_Piece(numeros[cle], groupe, centimes, centimes, []))
    return pieces


def _assign_numeros(lignes: Iterable[LigneClient]) -> dict[_ClePiece, str]:
    """Name each piece of an account by its reference; a reference used again another day takes its date.

    All the lines of the account are named, lettered or not, so that a later export gives the same names.
    """
    numeros: dict[_ClePiece, str] = {}
    pris: set[str] = set()
    for ligne in sorted(lignes, key=lambda ligne: (ligne.jour, ligne.numero)):
        cle = _get_cle(ligne)
        if cle in numeros:
            continue
        nom = cle[0]
        if nom in pris:
            nom = f"{cle[0]} du {_parse_jour(ligne.jour):%d/%m/%Y}"
        if nom in pris:
            nom = f"{nom} ({ligne.journal})"
        numeros[cle] = nom
        pris.add(nom)
    return numeros


def _parse_jour(jour: str) -> date:
    return date(int(jour[:4]), int(jour[4:6]), int(jour[6:]))
