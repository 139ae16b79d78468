"""The invoices of a dossier that were dropped as files, alone or in an archive: their exact bytes, found again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from exigible.bureau.imports.models import PartImport
from exigible.bureau.journal.models import Piece
from exigible.bureau.octets import open_octets
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.faits import CreanceNee
from exigible.dossier.journal import Inscription
from exigible.droit.jours import format_jour
from exigible.echanges.archives import Budget, open_membres
from exigible.echanges.collecte import Collecte
from exigible.echanges.contenu import Contenu

TAILLE_MAX = 64_000_000
"""Archives beyond it are not opened again to find an invoice: it is joined to the dossier by hand."""
_FACTURES = frozenset({".pdf", ".xml"})


@dataclass(frozen=True, slots=True)
class FactureDeposee:
    """An invoice dropped: the file of the import (`piece`), and its path there when it is an archive."""

    sha256: str
    intitule: str
    jour: date
    nom: str
    piece: int
    membre: str


def list_factures_deposees(dossier: Dossier, effectives: Sequence[Inscription]) -> tuple[FactureDeposee, ...]:
    """List the invoices whose own file was dropped; a ledger or a spreadsheet is no invoice."""
    attendues = {i.rang: i for i in effectives if isinstance(i.fait, CreanceNee) and _is_facture(i.fait.provenance)}
    if not attendues:
        return ()
    parts = PartImport.objects.filter(chaine=dossier.chaine_id, importation__piece__contenu__isnull=False)
    trouvees: list[FactureDeposee] = []
    for premier, dernier, piece in parts.values_list("premier", "dernier", "importation__piece"):
        siennes = [i for rang, i in attendues.items() if premier <= rang <= dernier]
        if siennes:
            trouvees += _find_factures(Piece.objects.defer("contenu").get(pk=piece), siennes)
    return tuple(trouvees)


def _is_facture(provenance: str) -> bool:
    return Path(provenance).suffix.lower() in _FACTURES


def _find_factures(piece: Piece, inscriptions: Sequence[Inscription]) -> Iterator[FactureDeposee]:
    par_nom = {_get_creance(i).provenance: i for i in inscriptions}
    seule = par_nom.get(piece.nom)
    if seule is not None:
        yield _make(seule, piece.sha256, piece, "")
    elif Path(piece.nom).suffix.lower() == ".zip" and piece.taille <= TAILLE_MAX:
        empreintes = _hash_membres(piece.pk, piece.sha256)
        for membre, inscription in par_nom.items():
            if membre in empreintes:
                yield _make(inscription, empreintes[membre], piece, membre)


def _get_creance(inscription: Inscription) -> CreanceNee:
    fait = inscription.fait
    if not isinstance(fait, CreanceNee):
        raise TypeError(type(fait).__name__)
    return fait


def _make(inscription: Inscription, sha256: str, piece: Piece, membre: str) -> FactureDeposee:
    creance = _get_creance(inscription)
    intitule = f"Facture {creance.numero} du {format_jour(creance.emission)}"
    return FactureDeposee(sha256, intitule, creance.emission, Path(membre or piece.nom).name, piece.pk, membre)


@lru_cache(maxsize=32)
def _hash_membres(cle: int, sha256: str) -> dict[str, str]:  # noqa: ARG001 - the bytes of an archive never change: kept with their hash
    """The SHA-256 of each invoice of an archive, by its path there."""
    piece = Piece.objects.defer("contenu").get(pk=cle)
    return {membre.nom: membre.sha256 for membre in _iter_membres(piece) if _is_facture(membre.nom)}


def _iter_membres(piece: Piece) -> Iterator[Contenu]:
    with open_octets(piece, "contenu") as chemin:
        yield from open_membres(Contenu(chemin, piece.nom), Budget(), Collecte(), 0)


def copy_facture(facture: FactureDeposee, vers: Path) -> None:
    """Write the bytes of an invoice to a path. Raises FileNotFoundError when they are there no more."""
    piece = Piece.objects.defer("contenu").get(pk=facture.piece)
    if not facture.membre:
        with open_octets(piece, "contenu") as chemin:
            shutil.copyfile(chemin, vers)
        return
    for membre in _iter_membres(piece):
        if membre.nom == facture.membre:
            with membre.open() as source, vers.open("wb") as sortie:
                shutil.copyfileobj(source, sortie)
            return
    raise FileNotFoundError(facture.membre)
