"""The meaning that a person gave to the columns of a list or a statement, remembered by creditor and by header."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.bureau import horloge
from exigible.bureau.imports.lecture import Lus
from exigible.bureau.imports.models import Correspondance, Importation
from exigible.bureau.tiers.models import Creancier
from exigible.echanges.colonnes import compute_signature
from exigible.echanges.enregistrements import FichierLu


def find_correspondance(creancier: Creancier, lu: FichierLu) -> dict[str, str]:
    """Find what was said last of columns with these titles; nothing when it never was."""
    signature = _compute_signature(lu)
    connues = Correspondance.objects.filter(creancier=creancier, signature=signature) if signature else ()
    return next((dict(c.colonnes) for c in connues), {})


def remember_correspondance(importation: Importation, lus: Lus) -> None:
    """Remember what a person said of the columns, once it let something be read."""
    lu = lus.premier
    signature = _compute_signature(lu)
    if not (signature and importation.colonnes and (lu.creances or lu.tiers or lus.mouvements)):
        return
    Correspondance.objects.update_or_create(
        creancier=importation.creancier,
        signature=signature,
        defaults={
            "cabinet_id": importation.cabinet_id,
            "colonnes": importation.colonnes,
            "auteur": importation.auteur,
            "modifiee_le": horloge.now(),
        },
    )


def keep_utiles(colonnes: Mapping[str, str], lu: FichierLu) -> dict[str, str]:
    """Leave out columns without a title that hold nothing of use: the next file may not have them."""
    titrees = {c.cle for c in lu.colonnes if c.nom}
    return {cle: champ for cle, champ in colonnes.items() if champ or cle in titrees}


def _compute_signature(lu: FichierLu) -> str:
    titrees = [c.cle for c in lu.colonnes if c.nom]
    return compute_signature(titrees) if titrees else ""
