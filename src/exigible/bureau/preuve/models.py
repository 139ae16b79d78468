"""What the bundle keeps beside the journal: the numbers and titles of the exhibits of a dossier."""

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
