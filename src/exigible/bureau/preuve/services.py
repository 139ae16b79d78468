"""The court bundle of a dossier: made in a folder, or in a ZIP to download. Nothing enters the journal."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from exigible.actes.demande import Demande
from exigible.actes.modele import Famille, Modele, load_catalogue
from exigible.actes.preuve.archive import write_archive
from exigible.actes.preuve.donnees import ActeApprouve, Horodater, Liasse, Sujet
from exigible.actes.preuve.donnees import Piece as PieceALire
from exigible.actes.preuve.liasse import BORDEREAU, Dire, check_complet, check_numeros, refuse_sans_piece, write_liasse
from exigible.bureau.actes.services import ActeDuDossier, Choix, open_etabli, write_acte
from exigible.bureau.journal.models import Piece
from exigible.bureau.journal.services import read_inscriptions
from exigible.bureau.octets import open_octets
from exigible.bureau.preuve.factures import copy_facture
from exigible.bureau.preuve.horodatage import load_horodater
from exigible.bureau.preuve.journal import read_extrait
from exigible.bureau.preuve.models import Bordereau
from exigible.bureau.preuve.pieces import PieceDePreuve, fix_numeros, list_toutes
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.faits import ActeProduit
from exigible.dossier.journal import Inscription, list_effectives
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase

FAMILLES = (Famille.JUDICIAIRE, Famille.EXECUTION, Famille.INSOLVABILITE)
"""The families whose acts go with exhibits."""
ACCOMPAGNENT = {"requete_injonction_de_payer": ("ordonnance_injonction_de_payer",)}
"""What is filed with an act, once approved: the clerk wants the draft of the order with the petition."""


@dataclass(frozen=True)
class Preparation:
    """What a bundle would be made of: the act as it would be written, the exhibits in their order, all of them.

    `approuve`: the entry by which a person approved the act, whose exact bytes then stand for what would be written.
    `joints`: those by which a person approved what is filed with it.
    """

    dossier: Dossier
    acte: ActeDuDossier
    pieces: tuple[PieceDePreuve, ...]
    toutes: tuple[PieceDePreuve, ...]
    approuve: Inscription | None = None
    joints: tuple[Inscription, ...] = ()

    @property
    def produit(self) -> ActeProduit | None:
        """The act that was approved."""
        fait = self.approuve.fait if self.approuve is not None else None
        return fait if isinstance(fait, ActeProduit) else None

    @property
    def suit_l_acte(self) -> bool:
        """Whether the exhibits bear the numbers that the approved act gives them."""
        attendues = self.produit.pieces if self.produit is not None else ()
        return tuple(piece.sha256 for piece in self.pieces[: len(attendues)]) == attendues


def list_actes() -> list[Modele]:
    """List the acts that a bundle may be made for."""
    return [modele for modele in load_catalogue().values() if modele.famille in FAMILLES]


def prepare_liasse(
    dossier: Dossier,
    modele: Modele,
    *,
    saisies: dict[str, str] | None = None,
    creances: tuple[str, ...] | None = None,
    au: date | None = None,
) -> Preparation:
    """Read what the bundle of a dossier (loaded with creditor, chain, cabinet) needs; nothing is written.

    An act that was approved stands as it is, unless `saisies` or `creances` ask for another. Without one, the answers
    are those of the draft, else those of the same act when it was last approved, then `saisies`.
    """
    etabli = open_etabli(dossier, au)
    effectives = list_effectives(read_inscriptions(dossier.chaine), etabli.etat.au)
    dernier = _find_dernier(effectives, modele.nom)
    avec = [_find_dernier(effectives, nom) for nom in ACCOMPAGNENT.get(modele.nom, ())]
    joints = tuple(joint for joint in avec if joint is not None and _has_octets(dossier, joint))
    approuve = dernier if not saisies and creances is None and _has_octets(dossier, dernier) else None
    if modele.nom == BORDEREAU and not _lists_tout(approuve, etabli.pieces):
        approuve = None
    connu = (None if approuve is not None else etabli.choix.get(modele.nom)) or _read_choix(dernier)
    choix = Choix(
        {**connu.saisies, **(saisies or {})},
        connu.creances if creances is None else creances,
        connu.pieces,
    )
    toutes = list_toutes(dossier, effectives, etabli.etat)
    preparation = Preparation(dossier, write_acte(etabli, modele, choix), etabli.pieces, toutes, approuve, joints)
    if not preparation.suit_l_acte and not Bordereau.objects.filter(dossier=dossier).exists():
        return replace(preparation, pieces=order_comme_l_acte(preparation))
    return preparation


def order_comme_l_acte(preparation: Preparation) -> tuple[PieceDePreuve, ...]:
    """Put the exhibits in the order of the act that was approved, then the others that are in."""
    attendues = preparation.produit.pieces if preparation.produit is not None else ()
    connues = {piece.sha256: piece for piece in (*preparation.toutes, *preparation.pieces)}
    citees = [connues[cle] for cle in attendues if cle in connues]
    return (*citees, *(piece for piece in preparation.pieces if piece.sha256 not in attendues))


def _find_dernier(effectives: Sequence[Inscription], acte: str) -> Inscription | None:
    produits = [i for i in effectives if isinstance(i.fait, ActeProduit) and i.fait.acte == acte]
    return max(produits, key=lambda i: i.rang, default=None)


def _read_choix(dernier: Inscription | None) -> Choix:
    fait = dernier.fait if dernier is not None else None
    return Choix(dict(fait.reponses), fait.creances or None) if isinstance(fait, ActeProduit) else Choix()


def _has_octets(dossier: Dossier, dernier: Inscription | None) -> bool:
    fait = dernier.fait if dernier is not None else None
    return isinstance(fait, ActeProduit) and bool(_select_octets(dossier, fait.piece).exists())


def _lists_tout(approuve: Inscription | None, pieces: Sequence[PieceDePreuve]) -> bool:
    """Whether a list of exhibits, once approved, is still that of all of them."""
    fait = approuve.fait if approuve is not None else None
    return isinstance(fait, ActeProduit) and fait.pieces == tuple(piece.sha256 for piece in pieces)


def _select_octets(dossier: Dossier, sha256: str) -> QuerySet[Piece]:
    return Piece.objects.filter(cabinet=dossier.cabinet_id, sha256=sha256, contenu__isnull=False)


def make_liasse(
    preparation: Preparation,
    vers: Path,
    auteur: str,
    *,
    projet: bool = False,
    horodater: Horodater | None = None,
    dire: Dire = lambda _fait, _total: None,
) -> Liasse:
    """Write the bundle in a folder, and keep the numbers of its exhibits.

    `horodater`: default, the authority of the settings. `dire`: told each exhibit read, of how many. Raises
    ErreurExigible: what the act or the folder refuses.
    """
    dossier = preparation.dossier
    sujet = Sujet(
        _need_demande(preparation),
        preparation.acte.etabli.etat,
        [_make_piece(dossier, piece) for piece in preparation.pieces],
        read_extrait(dossier),
        approuve=None if preparation.approuve is None else _read_approuve(dossier, preparation.approuve),
        joints=[_read_approuve(dossier, joint) for joint in preparation.joints],
    )
    stamp = horodater or load_horodater(settings.HORODATAGE)
    liasse = write_liasse(sujet, vers, horodater=stamp, projet=projet, dire=dire)
    fix_numeros(dossier, preparation.pieces, preparation.toutes, auteur)
    return liasse


def check_faisable(preparation: Preparation, *, projet: bool) -> None:
    """Refuse at once what making the bundle would refuse. Raises ErreurExigible."""
    _need_demande(preparation)
    produit, acte = preparation.produit, preparation.acte.acte
    if not preparation.pieces:
        refuse_sans_piece()
    if produit is not None and preparation.approuve is not None:
        jour = preparation.approuve.date_effet
        check_numeros(produit.pieces, jour, [piece.sha256 for piece in preparation.pieces])
    elif acte is not None and not projet:
        check_complet(acte)


def _read_approuve(dossier: Dossier, approuve: Inscription) -> ActeApprouve:
    fait = approuve.fait
    if not isinstance(fait, ActeProduit):
        raise TypeError(type(fait).__name__)
    pdf, docx = (
        _select_octets(dossier, cle).values_list("contenu", flat=True).first() for cle in (fait.piece, fait.docx)
    )
    if pdf is None:
        raise ErreurSaisie("acte_efface", phrase("Les octets de l'acte approuvé viennent d'être effacés."), "acte")
    return ActeApprouve(
        fait.acte,
        fait.titre,
        bytes(pdf),
        None if docx is None else bytes(docx),
        approuve.date_effet,
        approuve.rang,
        fait.pieces,
    )


@contextmanager
def make_archive(
    preparation: Preparation, auteur: str, *, projet: bool = False, dire: Dire = lambda _fait, _total: None
) -> Iterator[tuple[Liasse, Path]]:
    """Make the bundle and its ZIP, which go with the block."""
    with tempfile.TemporaryDirectory(prefix="exigible-liasse-") as travail:
        dossier = Path(travail) / name_liasse(preparation)
        liasse = make_liasse(preparation, dossier, auteur, projet=projet, dire=dire)
        archive = Path(travail) / f"{dossier.name}.zip"
        write_archive(dossier, archive)
        yield liasse, archive


def name_liasse(preparation: Preparation) -> str:
    """Name the folder."""
    au = preparation.acte.etabli.etat.au
    return f"{preparation.dossier.reference}-{preparation.acte.modele.nom}-{au:%Y-%m-%d}"


def _need_demande(preparation: Preparation) -> Demande:
    acte = preparation.acte
    if acte.demande is None or (acte.acte is None and preparation.approuve is None):
        raise acte.refus or ErreurSaisie("acte_refuse", phrase("Ce document ne peut pas être écrit."), "acte")
    return acte.demande


def _make_piece(dossier: Dossier, piece: PieceDePreuve) -> PieceALire:
    return PieceALire(piece.intitule, piece.nom, _make_copieur(dossier, piece), piece.jour, piece.fait)


def _make_copieur(dossier: Dossier, piece: PieceDePreuve) -> Callable[[Path], None]:
    def copier(vers: Path) -> None:
        if piece.depot is not None:
            copy_facture(piece.depot, vers)
            return
        ligne = Piece.objects.defer("contenu").get(cabinet=dossier.cabinet_id, sha256=piece.sha256)
        with open_octets(ligne, "contenu") as chemin:
            shutil.copyfile(chemin, vers)

    return copier
