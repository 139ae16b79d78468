"""What a condition, a reason and a piece of evidence are, for the score, the routes and the advice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from exigible.dossier.faits import NaturePiece, PieceJointe
from exigible.droit.phrase import SANS_TEXTE, Phrase, phrase

LIBELLES_PIECES: dict[NaturePiece, Phrase] = {
    NaturePiece.FACTURE: phrase("la facture"),
    NaturePiece.BON_DE_COMMANDE: phrase("le bon de commande"),
    NaturePiece.DEVIS_SIGNE: phrase("le devis signé"),
    NaturePiece.CONTRAT: phrase("le contrat"),
    NaturePiece.CONDITIONS_ACCEPTEES: phrase("les conditions de vente acceptées"),
    NaturePiece.BON_DE_LIVRAISON: phrase("le bon de livraison"),
    NaturePiece.PROCES_VERBAL_DE_RECEPTION: phrase("le procès-verbal de réception"),
    NaturePiece.MISE_EN_DEMEURE: phrase("la mise en demeure"),
    NaturePiece.ACCUSE_RECEPTION: phrase("l'accusé de réception"),
    NaturePiece.RECONNAISSANCE_DE_DETTE: phrase("la reconnaissance de dette"),
    NaturePiece.AVEU_ECRIT: phrase("l'écrit où le débiteur admet la dette ou demande un délai"),
    NaturePiece.RELEVE_DE_COMPTE: phrase("le relevé de compte"),
    NaturePiece.TENTATIVE_AMIABLE: phrase("la preuve de la tentative amiable"),
    NaturePiece.MENACE_SUR_LE_RECOUVREMENT: phrase("l'indice d'une menace sur le recouvrement"),
    NaturePiece.CHEQUE: phrase("le chèque impayé"),
    NaturePiece.EFFET_ACCEPTE: phrase("la lettre de change acceptée ou le billet à ordre"),
    NaturePiece.TITRE_EXECUTOIRE: phrase("le titre exécutoire"),
    NaturePiece.AUTRE: phrase("une autre pièce"),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that the law or good sense asks for. `remplie`: None while the facts do not tell, which is no yes.

    `preuves`: the names of the pieces that support it; `remede`: what would meet it, empty once it is met.
    `bloquante`: the act must wait for it; else it is only wiser so.
    """

    code: str
    libelle: Phrase
    remplie: bool | None
    articles: tuple[str, ...] = ()
    preuves: tuple[str, ...] = ()
    remede: Phrase = SANS_TEXTE
    bloquante: bool = True

    @property
    def manque(self) -> bool:
        """Whether the act must wait for it."""
        return self.bloquante and self.remplie is not True


def list_noms(pieces: Iterable[PieceJointe]) -> tuple[str, ...]:
    """Return the names of pieces, each once."""
    return tuple(dict.fromkeys(piece.nom for piece in pieces))
