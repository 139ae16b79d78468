"""Letters: a projection of the facts of dossiers."""

from __future__ import annotations

from django.db import models

from exigible.bureau.champs import EurosField
from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.journal.models import Piece
from exigible.bureau.tiers.models import Dossier


class Courrier(models.Model):
    """A letter from its approval to what became of it. `statut` takes the values of `SortCourrier`."""

    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="courriers")
    cle = models.CharField(max_length=255)
    acte = models.CharField(max_length=60)
    statut = models.CharField(max_length=20)
    piece = models.ForeignKey(Piece, on_delete=models.PROTECT, null=True, related_name="+")
    creances = models.JSONField(default=list)
    montant = EurosField(null=True)
    destinataire = models.CharField(max_length=300, blank=True)
    approuve_le = models.DateField(null=True)
    poste_le = models.DateField(null=True)
    mode = models.CharField(max_length=20, blank=True)
    numero = models.CharField(max_length=60, blank=True)
    presente_le = models.DateField(null=True)
    issue_le = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "cle"], name="envois_courrier_cle")]
        indexes = [models.Index(fields=["cabinet", "statut"])]

    def __str__(self) -> str:
        return f"{self.acte} {self.cle}"
