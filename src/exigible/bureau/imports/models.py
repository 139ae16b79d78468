"""Files in: each one read, shown, then applied or left."""

from __future__ import annotations

import uuid

from django.db import models

from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.journal.models import Piece
from exigible.bureau.tiers.models import Creancier


class StatutImportation(models.TextChoices):
    """Where an import stands."""

    APERCU = "apercu", "Aperçu"
    APPLIQUE = "applique", "Appliqué"
    ABANDONNE = "abandonne", "Abandonné"
    ANNULE = "annule", "Annulé"


class Importation(models.Model):
    """A file, the answers given about it, its preview, and once applied its report.

    `deja_envoye`: one answer for all the claims of the file (`courtoisie`, `relance`, `mise_en_demeure`), sent on
    `deja_envoye_le`. `colonnes`: the meaning of each column as the user gave it or as it was remembered, else {}.
    `piece`: the file, from the day it is applied; before, its bytes are a `Depot`, which can go.
    `ecrits`: ranks of what it wrote, by journal, and once undone the ranks of what was undone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="+")
    creancier = models.ForeignKey(Creancier, on_delete=models.PROTECT, related_name="importations")
    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, related_name="+", null=True)
    nom = models.CharField(max_length=255)
    format = models.CharField(max_length=30, blank=True)
    statut = models.CharField(max_length=12, choices=StatutImportation.choices, default=StatutImportation.APERCU)
    conditions = models.CharField(max_length=120, blank=True)
    deja_envoye = models.CharField(max_length=20, blank=True)
    deja_envoye_le = models.DateField(null=True)
    colonnes = models.JSONField(default=dict)
    apercu = models.JSONField(default=dict)
    resume = models.JSONField(default=dict)
    cree_le = models.DateTimeField()
    applique_le = models.DateTimeField(null=True)
    auteur = models.CharField(max_length=200)
    ecrits = models.JSONField(default=dict)
    annule_le = models.DateTimeField(null=True)
    annule_par = models.CharField(max_length=200, blank=True)
    motif_annulation = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["cabinet", "cree_le"])]

    def __str__(self) -> str:
        return self.nom


class Depot(models.Model):
    """The bytes of a previewed file, kept only until it is applied or left: a file dropped by mistake does not stay."""

    importation = models.OneToOneField(Importation, on_delete=models.CASCADE, primary_key=True, related_name="depot")
    contenu = models.BinaryField()

    def __str__(self) -> str:
        return f"dépôt de {self.importation_id}"


class Correspondance(models.Model):
    """The meaning that a person gave to the columns of a list, for the next file with the same header.

    `signature`: of the column names; `colonnes`: the field of each column by its key, empty when it is left aside.
    """

    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="+")
    creancier = models.ForeignKey(Creancier, on_delete=models.CASCADE, related_name="+")
    signature = models.CharField(max_length=64)
    colonnes = models.JSONField()
    auteur = models.CharField(max_length=200)
    modifiee_le = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["creancier", "signature"], name="imports_correspondance_unique")]

    def __str__(self) -> str:
        return self.signature[:12]
