"""Create tenants and users."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db import transaction

from exigible.bureau import horloge
from exigible.bureau.comptes.models import Appartenance, Cabinet, Role, Utilisateur


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
