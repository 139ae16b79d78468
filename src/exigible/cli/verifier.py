"""`exigible verifier`: the journal against itself, the projections against the journal; or a file, without a base."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from exigible.cli.base import migrate, start_django
from exigible.cli.fichiers import open_fichier
from exigible.cli.sortie import Option, commande, emit
from exigible.droit.erreurs import ErreurSaisie

_EMPREINTE = re.compile(r"[0-9a-f]{64}")


@commande(
    "verifier",
    aide="Vérifier la chaîne du journal, ses sceaux, et chaque projection contre le journal.",
    exemple="exigible verifier",
)
@click.option("--fichier", cls=Option, type=click.Path(path_type=Path), help="Un journal exporté, au lieu de la base.")
@click.option("--temoin", "temoins", multiple=True, cls=Option, help="Empreinte d'un sceau notée ailleurs (répétable).")
@click.pass_context
def verifier(ctx: click.Context, fichier: Path | None, temoins: Sequence[str], *, en_json: bool) -> None:
    """Check everything; status 1 when anything differs, 2 when a file is not an intact journal."""
    notes = {_read_temoin(temoin): temoin for temoin in temoins}
    if fichier is not None:
        emit(*_verify_fichier(fichier, notes), en_json=en_json)
        return
    fautes = _verify_base(notes)
    texte = "\n".join(f"{f['ou']} : {f['message']}" for f in fautes) or "Le journal et les projections concordent."
    emit({"conforme": not fautes, "anomalies": fautes, "articles": [], "avertissements": []}, texte, en_json=en_json)
    if fautes:
        ctx.exit(1)


def _read_temoin(temoin: str) -> str:
    if not _EMPREINTE.fullmatch(empreinte := temoin.strip().lower()):
        message = "Un témoin est l'empreinte d'un sceau : 64 chiffres hexadécimaux, comme « exigible journal sceau »."
        raise ErreurSaisie("temoin_illisible", message, "--temoin")
    return empreinte


def _verify_base(temoins: dict[str, str]) -> list[dict[str, Any]]:
    start_django()
    migrate()
    from exigible.bureau.journal.sceaux import verify_temoins
    from exigible.bureau.journal.services import verify_journal
    from exigible.bureau.tiers.verification import verify_projections

    anomalies = [*verify_journal(), *verify_temoins(temoins)]
    fautes = [{"ou": a.chaine, "rang": a.rang, "code": a.code, "message": a.message} for a in anomalies]
    ecarts = verify_projections()
    return fautes + [{"ou": e.ou, "rang": 0, "code": "projection_fausse", "message": e.message} for e in ecarts]


def _verify_fichier(fichier: Path, temoins: dict[str, str]) -> tuple[dict[str, Any], str]:
    """Read it whole, keeping nothing; raises ErreurSaisie at its first fault."""
    from exigible.dossier.journal_fichier import LigneChaine, LigneFait, LignePiece, LigneSceau, read_lignes

    comptes = {LigneChaine: 0, LigneFait: 0, LigneSceau: 0, LignePiece: 0}
    effaces = 0
    absents = dict(temoins)
    with open_fichier(fichier) as octets:
        for ligne in read_lignes(octets):
            if type(ligne) in comptes:
                comptes[type(ligne)] += 1
            if isinstance(ligne, LigneSceau):
                absents.pop(ligne.empreinte, None)
            elif isinstance(ligne, LigneFait):
                effaces += ligne.contenu is None
    if absents:
        message = f"Le sceau {next(iter(absents.values()))}, noté ailleurs, n'est pas dans ce fichier."
        raise ErreurSaisie("sceau_disparu", message, "--temoin")
    chaines, faits, sceaux, pieces = comptes.values()
    texte = (
        f"Le fichier est intact. Journaux : {chaines} ; faits : {faits}, dont effacés : {effaces} ; "
        f"sceaux : {sceaux} ; pièces : {pieces}."
    )
    resultat = {"conforme": True, "chaines": chaines, "faits": faits, "effaces": effaces, "sceaux": sceaux}
    return {**resultat, "pieces": pieces, "articles": [], "avertissements": []}, texte
