"""Find a dossier as people name it on the command line: its reference, or its key."""

from __future__ import annotations

from uuid import UUID

from exigible.bureau.tiers.models import Dossier
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase


def find_dossier(nom: str) -> Dossier:
    """Return the dossier of this reference or key, with its creditor. Raises ErreurSaisie (`dossier_introuvable`)."""
    dossiers = Dossier.objects.select_related("creancier", "chaine", "cabinet")
    cle = _read_cle(nom)
    trouves = list((dossiers.filter(pk=cle) if cle else dossiers.filter(reference__iexact=nom))[:2])
    if len(trouves) == 1:
        return trouves[0]
    message = (
        phrase("Plusieurs cabinets ont un dossier « {nom} » : nommez-le par sa clé.", nom=nom)
        if trouves
        else phrase("« {nom} » n'est ni un fichier, ni la référence d'un dossier du bureau.", nom=nom)
    )
    raise ErreurSaisie("dossier_introuvable", message, "DOSSIER")


def _read_cle(nom: str) -> UUID | None:
    try:
        return UUID(nom)
    except ValueError:
        return None
