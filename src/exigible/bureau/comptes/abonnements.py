"""Secret addresses of calendars: opened for a person, read without signing in, ended at will.

The secret is 256 random bits, shown once; only its SHA-256 is kept, so that a copy of the database opens nothing.
"""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction

from exigible.bureau import horloge
from exigible.bureau.comptes.models import AbonnementAgenda, Cabinet, Etendue, Utilisateur

OCTETS = 32


def open_abonnement(
    utilisateur: Utilisateur, cabinet: Cabinet, etendue: Etendue, langue: str
) -> tuple[AbonnementAgenda, str]:
    """Open an address and give its secret, which cannot be had again; the one it replaces is ended."""
    secret = secrets.token_urlsafe(OCTETS)
    with transaction.atomic():
        list_abonnements(utilisateur, cabinet).filter(etendue=etendue).update(revoque_le=horloge.now())
        abonnement = AbonnementAgenda.objects.create(
            utilisateur=utilisateur,
            cabinet=cabinet,
            etendue=etendue,
            empreinte=compute_empreinte(secret),
            langue=langue,
            cree_le=horloge.now(),
        )
    return abonnement, secret


def list_abonnements(utilisateur: Utilisateur, cabinet: Cabinet):  # noqa: ANN201 - a QuerySet, untyped here
    """The addresses of a person that still open."""
    return AbonnementAgenda.objects.filter(utilisateur=utilisateur, cabinet=cabinet, revoque_le=None).order_by("pk")


def end_abonnement(utilisateur: Utilisateur, cabinet: Cabinet, cle: int) -> bool:
    """End an address of a person; False when there is none such."""
    siens = list_abonnements(utilisateur, cabinet).filter(pk=cle)
    return bool(siens.update(revoque_le=horloge.now()))


def find_abonnement(secret: str) -> AbonnementAgenda | None:
    """Find what a secret opens: its person still signs in, and still works in that cabinet."""
    abonnements = AbonnementAgenda.objects.select_related("utilisateur", "cabinet")
    trouve = abonnements.filter(empreinte=compute_empreinte(secret), revoque_le=None).first()
    if trouve is None or not trouve.utilisateur.is_active:
        return None
    return trouve if trouve.utilisateur.appartenances.filter(cabinet=trouve.cabinet).exists() else None


def mark_lu(abonnement: AbonnementAgenda) -> None:
    """Note that a calendar read it: its owner sees when, and an address that nobody reads can be ended."""
    AbonnementAgenda.objects.filter(pk=abonnement.pk).update(lu_le=horloge.now())


def compute_empreinte(secret: str) -> str:
    """The fingerprint under which a secret is kept; it is random enough to need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()
