"""Create tenants and users."""

from __future__ import annotations

import uuid

from django.contrib.auth import get_user_model
from django.db import transaction

from exigible.bureau import horloge
from exigible.bureau.comptes.attributions import Suivi, assign_dossiers
from exigible.bureau.comptes.models import Appartenance, Attribution, Cabinet, Equipe, Role, Utilisateur


def create_cabinet(nom: str, *, demonstration: bool = False) -> Cabinet:
    """Create a tenant."""
    return Cabinet.objects.create(nom=nom, demonstration=demonstration, cree_le=horloge.now())


def create_utilisateur(
    cabinet: Cabinet, email: str, mot_de_passe: str, nom: str = "", role: Role = Role.ADMINISTRATEUR
) -> Utilisateur:
    """Create a user of a tenant. The password is taken as it is: forms check its strength."""
    with transaction.atomic():
        utilisateur = get_user_model().objects.create_user(email, mot_de_passe, last_name=nom[:150])
        Appartenance.objects.create(utilisateur=utilisateur, cabinet=cabinet, role=role)
    return utilisateur


def is_administrateur(utilisateur: Utilisateur, cabinet: Cabinet) -> bool:
    """Whether a person may say who works in a tenant."""
    roles = Appartenance.objects.filter(utilisateur=utilisateur, cabinet=cabinet, role=Role.ADMINISTRATEUR)
    return bool(roles.exists())


def remove_membre(cabinet: Cabinet, utilisateur: Utilisateur, par: str) -> int:
    """Take a person out of a tenant and its teams; count the dossiers that nobody follows by name any more.

    Their team, if any, keeps them. The account stays: the journals name it.
    """
    with transaction.atomic():
        siens = Attribution.objects.filter(cabinet=cabinet, gestionnaire=utilisateur, finie_le=None)
        par_equipe: dict[Equipe | None, list[uuid.UUID]] = {}
        for attribution in siens.select_related("equipe"):
            par_equipe.setdefault(attribution.equipe, []).append(attribution.dossier_id)
        rendus = sum(assign_dossiers(cabinet, cles, Suivi(None, e), par) for e, cles in par_equipe.items())
        Equipe.membres.through.objects.filter(equipe__cabinet=cabinet, utilisateur=utilisateur).delete()
        Appartenance.objects.filter(cabinet=cabinet, utilisateur=utilisateur).delete()
    return rendus
