"""What is kept of bundles beside the journal: the numbers and titles of exhibits, and the bundles that were made."""

from __future__ import annotations

from django.db import models

from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.tiers.models import Dossier


class Bordereau(models.Model):
    """The exhibits of a dossier as a person ordered them: the first is number 1, and stays so until a person says so.

    `pieces`: list of `{"sha256", "intitule"}` in their order, an empty title for that of the journal. `ecartees`: the
    SHA-256 of those left out. What is in neither came since, and follows.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, primary_key=True, related_name="bordereau")
    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="+")
    pieces = models.JSONField(default=list)
    ecartees = models.JSONField(default=list)
    auteur = models.CharField(max_length=200)
    modifie_le = models.DateTimeField()

    def __str__(self) -> str:
        return f"bordereau {self.dossier_id}"


class LiasseFaite(models.Model):
    """A bundle that was made: its archive as it was given, its SHA-256 and its day, which outlive its bytes.

    `nom`: the name of its folder. `empreinte`: the SHA-256 of its manifest, printed on its cover. `approuve_le`: the
    day on which its act was approved, None when nobody had. `projet`: whether its act may not be filed as it is.
    `contenu`: a ZIP, None once it is no longer kept.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="liasses")
    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="+")
    acte = models.CharField(max_length=60)
    nom = models.CharField(max_length=200)
    au = models.DateField()
    approuve_le = models.DateField(null=True)
    projet = models.BooleanField(default=False)
    pieces = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    taille = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    empreinte = models.CharField(max_length=64)
    horodatage = models.TextField(blank=True)
    auteur = models.CharField(max_length=200)
    faite_le = models.DateTimeField()
    contenu = models.BinaryField(null=True)

    def __str__(self) -> str:
        return self.nom
