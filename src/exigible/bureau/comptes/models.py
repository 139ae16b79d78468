"""Tenants, users, memberships, who follows what. Ordinary tables: they are not facts of a dossier."""

from __future__ import annotations

from enum import StrEnum
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


class Equipe(models.Model):
    """People of a cabinet who follow dossiers together."""

    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="equipes")
    nom = models.CharField(max_length=100)
    membres = models.ManyToManyField(Utilisateur, related_name="equipes", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cabinet", "nom"], name="comptes_equipe_nom")]

    def __str__(self) -> str:
        return self.nom


class Attribution(models.Model):
    """Who follows a dossier in the office: a person, a team, or both; who said so, from when to when.

    A row is written once and then only ended (`finie_le`): the rows of a dossier are its history. One holds at a time.
    """

    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey("tiers.Dossier", on_delete=models.CASCADE, related_name="attributions")
    gestionnaire = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, null=True, related_name="attributions")
    equipe = models.ForeignKey(Equipe, on_delete=models.PROTECT, null=True, related_name="attributions")
    attribue_par = models.CharField(max_length=254)
    attribue_le = models.DateTimeField()
    finie_le = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(finie_le__isnull=True), name="comptes_attribution_une"
            )
        ]
        indexes = [
            models.Index(fields=["cabinet", "gestionnaire", "finie_le"], name="comptes_attribution_a_qui"),
            models.Index(fields=["cabinet", "equipe", "finie_le"], name="comptes_attribution_equipe"),
        ]

    def __str__(self) -> str:
        return " · ".join(str(qui) for qui in (self.gestionnaire, self.equipe) if qui) or "—"


class Etendue(StrEnum):
    """Which deadlines a calendar follows."""

    MIENS = "miens"
    EQUIPE = "equipe"
    CABINET = "cabinet"


ETENDUES = {
    Etendue.MIENS: _("mes dossiers"),
    Etendue.EQUIPE: _("les dossiers de mes équipes"),
    Etendue.CABINET: _("tous les dossiers de l’entreprise"),
}


class AbonnementAgenda(models.Model):
    """A secret address at which a calendar reads the deadlines of a person. The secret is kept as its SHA-256 only.

    One holds at a time for a person, a cabinet and an extent; ended (`revoque_le`), it never opens again.
    """

    utilisateur = models.ForeignKey(Utilisateur, on_delete=models.CASCADE, related_name="abonnements")
    cabinet = models.ForeignKey(Cabinet, on_delete=models.CASCADE, related_name="+")
    etendue = models.CharField(max_length=10, choices=[(e.value, titre) for e, titre in ETENDUES.items()])
    empreinte = models.CharField(max_length=64, unique=True)
    langue = models.CharField(max_length=10)
    cree_le = models.DateTimeField()
    lu_le = models.DateTimeField(null=True)
    revoque_le = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["utilisateur", "cabinet", "etendue"],
                condition=models.Q(revoque_le__isnull=True),
                name="comptes_abonnement_un",
            )
        ]

    def __str__(self) -> str:
        return f"{self.utilisateur} – {self.get_etendue_display()}"
