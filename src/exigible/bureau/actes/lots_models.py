"""Batches: one document for many dossiers, made in the background, then approved by a person."""

from __future__ import annotations

import uuid

from django.db import models

from exigible.bureau.champs import EurosField, PhraseField
from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.tiers.models import Dossier
from exigible.bureau.travaux.models import Travail


class StatutLot(models.TextChoices):
    """Where a batch stands. `INTERROMPU`: its work was given up halfway, and may be gone on with.

    `OUBLIE`: its files were kept long enough, and nobody approved it.
    """

    EN_COURS = "en_cours", "En cours"
    FAIT = "fait", "À relire"
    APPROUVE = "approuve", "Approuvé"
    INTERROMPU = "interrompu", "Interrompu"
    OUBLIE = "oublie", "Fichiers effacés"


class Lot(models.Model):
    """A document asked for many dossiers. `reponses`: the answers for all, as typed; `au`: the day of the documents.

    `travail`: its last run; `approuve_par`: who read and approved it, once somebody did.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="+")
    acte = models.CharField(max_length=60)
    reponses = models.JSONField(default=dict)
    recto_verso = models.BooleanField(default=False)
    au = models.DateField()
    statut = models.CharField(max_length=12, choices=StatutLot.choices, default=StatutLot.EN_COURS)
    travail = models.ForeignKey(Travail, on_delete=models.SET_NULL, related_name="+", null=True)
    auteur = models.CharField(max_length=200)
    cree_le = models.DateTimeField()
    approuve_par = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.acte} {self.cree_le:%d/%m/%Y}"


class StatutPart(models.TextChoices):
    """What became of one document of a batch. `REFUSE_DEPART`: made, and it could not be approved."""

    A_FAIRE = "a_faire", "À faire"
    FAIT = "fait", "Fait"
    REFUSE = "refuse", "Non fait"
    APPROUVE = "approuve", "Approuvé"
    REFUSE_DEPART = "refuse_depart", "Non approuvé"


class PartLot(models.Model):
    """One document of a batch, in the order `rang` from 1. `contenu`: its bytes; `raison`: why there are none.

    `numero_texte`: the wording it was written with, 0 for ours.
    """

    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="parts")
    rang = models.PositiveIntegerField()
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
    statut = models.CharField(max_length=14, choices=StatutPart.choices, default=StatutPart.A_FAIRE)
    raison = PhraseField(blank=True)
    montant = EurosField(null=True)
    pages = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    contenu = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lot", "rang"], name="actes_part_rang"),
            models.UniqueConstraint(fields=["lot", "dossier"], name="actes_part_dossier"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.rang}"


class RelieLot(models.Model):
    """The pages of a few documents of a batch, to be printed: those from `rang` on."""

    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="relies")
    rang = models.PositiveIntegerField()
    contenu = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lot", "rang"], name="actes_relie_rang")]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.rang}"
