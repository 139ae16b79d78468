"""Tenants, users, memberships. Ordinary tables: they are not facts of a dossier."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Cabinet(models.Model):
    """A tenant: a company that collects its own debts, an agency, a law firm. Every row belongs to one."""

    nom = models.CharField(max_length=200)
    demonstration = models.BooleanField(default=False)
    cree_le = models.DateTimeField()

    def __str__(self) -> str:
        return self.nom


class GestionnaireUtilisateurs(BaseUserManager):
    """Creates users and finds them by e-mail, whatever its case."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **champs: Any) -> Utilisateur:
        """Create a user who signs in with this address."""
        utilisateur = self.model(email=email.strip().lower(), **champs)
        utilisateur.set_password(password)
        utilisateur.save(using=self._db)
        return utilisateur

    def get_by_natural_key(self, email: str | None) -> Utilisateur:
        """Find the user with this address."""
        return self.get(email=(email or "").strip().lower())


class Utilisateur(AbstractUser):
    """A person who signs in with an e-mail address."""

    username = None
    email = models.EmailField(_("adresse électronique"), unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = GestionnaireUtilisateurs()

    def __str__(self) -> str:
        return self.get_full_name() or self.email


class Role(models.TextChoices):
    """What a member may do."""

    ADMINISTRATEUR = "administrateur", _("Administrateur")
    GESTIONNAIRE = "gestionnaire", _("Gestionnaire")


class Appartenance(models.Model):
    """A user works in a cabinet."""

    utilisateur = models.ForeignKey(Utilisateur, on_delete=models.CASCADE, related_name="appartenances")
    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="appartenances")
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.GESTIONNAIRE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["utilisateur", "cabinet"], name="comptes_appartenance_unique")]

    def __str__(self) -> str:
        return f"{self.utilisateur} – {self.cabinet}"
