"""How long a complete court bundle takes: petition, exhibits of three pages, statement, certified journal, ZIP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exigible.bureau.tiers.models import Dossier

_AU = date(2026, 11, 21)
_ORIGINE = date(2025, 1, 1)
_LIGNES = 180
_REPONSES = {"tribunal": "commerce", "siege": "Testville", "fondement": "contrat"}


def measure_liasse(travail: Path, pieces: int, time: Callable[[Callable[[], object]], str]) -> dict[str, Any]:
    """Make a bundle of `pieces` exhibits in the office that is open, then its ZIP. Durations in seconds, as text."""
    from exigible.actes.modele import get_modele
    from exigible.actes.preuve.archive import write_archive
    from exigible.bureau.horloge import fix_horloge
    from exigible.bureau.preuve.services import make_liasse, prepare_liasse

    with fix_horloge(_AU):
        dossier = _open_dossier(travail, pieces)
        modele = get_modele("requete_injonction_de_payer")
        faites = []
        duree = time(
            lambda: faites.append(
                make_liasse(prepare_liasse(dossier, modele, saisies=_REPONSES), travail / "liasse", "banc")
            )
        )
        archive = time(lambda: write_archive(travail / "liasse", travail / "liasse.zip"))
    return {
        "pieces": pieces,
        "pages": faites[0].pages,
        "liasse_secondes": duree,
        "zip_secondes": archive,
        "octets": (travail / "liasse.zip").stat().st_size,
    }


def _open_dossier(travail: Path, pieces: int) -> Dossier:
    from exigible.actes.preuve.feuilles import render_texte
    from exigible.bureau.comptes.services import create_cabinet
    from exigible.bureau.journal.services import FaitAEcrire, record_faits, seal_jour, store_piece
    from exigible.bureau.tiers.models import Dossier
    from exigible.bureau.tiers.services import create_creancier, create_dossier
    from exigible.dossier.faits import Adresse, CreanceNee, DebiteurDecrit, PieceJointe
    from exigible.dossier.faits_creancier import CreancierDecrit
    from exigible.droit.regimes import QualitePartie

    adresse = Adresse(lignes=("1 rue de l'Exemple",), code_postal="99000", ville="Villefictive")
    cabinet = create_cabinet("Banc des preuves")
    description = CreancierDecrit(nom="Atelier Exemple", adresse=adresse, signataire="Camille Exemple")
    creancier = create_creancier(cabinet, description, "banc", _ORIGINE)
    debiteur = DebiteurDecrit(nom="Client Modèle", qualite=QualitePartie.PROFESSIONNEL, adresse=adresse)
    dossier = create_dossier(creancier, debiteur, "banc", _ORIGINE)
    faits = [
        FaitAEcrire(
            CreanceNee(
                cle="f-1", numero="F-1", emission=_ORIGINE, echeance=date(2025, 2, 1), montant=Decimal("1200.00")
            ),
            _ORIGINE,
        )
    ]
    for rang in range(pieces):
        contenu = render_texte(f"Pièce {rang}\n" * _LIGNES, travail)
        piece = store_piece(cabinet, contenu, f"piece-{rang}.pdf", "application/pdf")
        faits.append(FaitAEcrire(PieceJointe(piece=piece.sha256, nom=f"piece-{rang}.pdf"), _ORIGINE))
    record_faits(dossier.chaine, faits, "banc")
    seal_jour(cabinet, _AU)
    lu: Dossier = Dossier.objects.select_related("creancier", "chaine", "cabinet").get(pk=dossier.pk)
    return lu
