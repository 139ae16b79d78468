"""The measure of the journal: a file of many facts taken in, sealed, verified and written out again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from exigible.dossier.journal import Maillon
    from exigible.dossier.journal_fichier import Ligne

_FAITS_PAR_DOSSIER = 40
_DEBUT = datetime(2024, 1, 1, 9, tzinfo=UTC)


def measure_journal(dossier: Path, faits: int, time: Callable[[Callable[[], object]], str]) -> dict[str, Any]:
    """Measure on dossiers of forty facts, in a base already open; `time` runs something and gives its seconds."""
    from exigible.bureau.comptes.models import Cabinet
    from exigible.bureau.journal.exportation import export_journal
    from exigible.bureau.journal.importation import import_journal
    from exigible.bureau.journal.services import seal_jour, verify_journal
    from exigible.cli.fichiers import open_fichier, write_fichier
    from exigible.dossier.journal_fichier import read_lignes, write_lignes

    fichier = dossier / "journal.jsonl"
    write_fichier(fichier, write_lignes(_list_lignes(max(1, faits // _FAITS_PAR_DOSSIER))), "FICHIER")

    def run_importation() -> None:
        with open_fichier(fichier) as octets:
            import_journal(octets)

    def verify_fichier() -> None:
        with open_fichier(fichier) as octets:
            for _ in read_lignes(octets):
                pass

    importation = time(run_importation)
    cabinet = Cabinet.objects.get(nom=_CABINET)
    return {
        "faits": faits,
        "importation_secondes": importation,
        "sceau_secondes": time(lambda: seal_jour(cabinet, date(2026, 11, 21))),
        "verification_secondes": time(lambda: _expect_rien(verify_journal(cabinet))),
        "exportation_secondes": time(lambda: write_fichier(fichier, export_journal(cabinet), "FICHIER")),
        "verification_du_fichier_secondes": time(verify_fichier),
    }


_CABINET = "Banc du journal"


def _expect_rien(anomalies: list[Any]) -> None:
    if anomalies:
        raise RuntimeError(f"le banc a trouvé une anomalie : {anomalies[0]}")


def _list_lignes(dossiers: int) -> Iterator[Ligne]:
    from exigible.dossier.journal_fichier import LigneChaine, LigneEntete, make_ligne_fait

    creancier, *chaines = sorted(UUID(hashlib.sha256(str(n).encode()).hexdigest()[:32]) for n in range(dossiers + 1))
    yield LigneEntete(cabinet=_CABINET, cree_le=_DEBUT, demonstration=False)
    yield LigneChaine(chaine=creancier, sorte="creancier", creancier=None, reference="")
    for rang, chaine in enumerate(chaines, 1):
        yield LigneChaine(chaine=chaine, sorte="dossier", creancier=creancier, reference=f"D-{rang:05d}")
        for maillon in _list_maillons(str(chaine)):
            yield make_ligne_fait(maillon, ())


def _list_maillons(chaine: str) -> Iterator[Maillon]:
    from exigible.dossier.faits import NoteAjoutee
    from exigible.dossier.journal import append_fait

    precedent = None
    for rang in range(_FAITS_PAR_DOSSIER):
        instant = _DEBUT + timedelta(days=rang)
        precedent = append_fait(
            chaine=chaine,
            precedent=precedent,
            fait=NoteAjoutee(texte=f"Relance par téléphone, promesse de rappeler, {chaine} {rang}"),
            date_effet=instant.date(),
            enregistre_le=instant,
            auteur="banc",
            sel=hashlib.sha256(f"{chaine} {rang}".encode()).digest(),
        )
        yield precedent
