"""Which exhibits prove what, told by their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exigible.actes.demande import Demande, PieceVersee
from exigible.dossier.texte import join_mots

_DEMARCHES = ("mise en demeure", "relance", "recommandé", "avis de réception", "conciliat", "médiation", "courriel")


def describe_pieces(demande: Demande) -> Mapping[str, str]:
    """Number the exhibits that found the claim, and those of what was tried, as their names say."""
    tentees = [p for p in demande.pieces if any(mot in p.intitule.lower() for mot in _DEMARCHES)]
    fondent = [p for p in demande.pieces if p not in tentees]
    return {
        "pieces_de_la_creance": _cite(fondent or demande.pieces),
        "pieces_des_demarches": _cite(tentees),
    }


def _cite(pieces: Sequence[PieceVersee]) -> str:
    if not pieces:
        return ""
    nom = "pièces" if len(pieces) > 1 else "pièce"
    return f" ({nom} n°\u00a0{join_mots([str(p.numero) for p in pieces])})"
