"""Files in: each one read, shown, then applied or left."""

from __future__ import annotations

import uuid

from django.db import models

from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.journal.models import Chaine, Piece
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.bureau.travaux.models import Travail


class StatutImportation(models.TextChoices):
    """Where an import stands. `PARTIEL`: some dossiers were left aside; `INTERROMPU`: it stopped halfway."""

    APERCU = "apercu", "Aperçu"
    EN_COURS = "en_cours", "En cours"
    INTERROMPU = "interrompu", "Interrompu"
    PARTIEL = "partiel", "En partie"
    APPLIQUE = "applique", "Appliqué"
    ABANDONNE = "abandonne", "Abandonné"
    ANNULE = "annule", "Annulé"


ANNULABLES = frozenset({StatutImportation.APPLIQUE, StatutImportation.PARTIEL, StatutImportation.INTERROMPU})
"""What undoing may start from."""
REPRENABLES = frozenset({StatutImportation.PARTIEL, StatutImportation.INTERROMPU})
"""What an import may go on from."""


class Importation(models.Model):
    """A file, the answers given about it, its preview, and once applied its report.

    `deja_envoye`: one answer for all the claims of the file (`courtoisie`, `relance`, `mise_en_demeure`), sent on
    `deja_envoye_le`. `colonnes`: the meaning of each column as the user gave it or as it was remembered, else {}.
    `piece`: the file, from the day it is applied; before, its bytes are a `Depot`, which can go.
    `commence_le`: when it was ordered; its facts are of that day, however long it takes. `travail`: its last run.
    `ecrits`: once over, ranks of what it wrote, by journal, and once undone of what was undone; before, see its parts.
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
    commence_le = models.DateTimeField(null=True)
    applique_le = models.DateTimeField(null=True)
    travail = models.ForeignKey(Travail, on_delete=models.SET_NULL, related_name="+", null=True)
    auteur = models.CharField(max_length=200)
    ecrits = models.JSONField(default=dict)
    annule_le = models.DateTimeField(null=True)
    annule_par = models.CharField(max_length=200, blank=True)
    motif_annulation = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["cabinet", "cree_le"])]

    def __str__(self) -> str:
        return self.nom


class SortePart(models.TextChoices):
    """What a part of an import is."""

    DOSSIER = "dossier", "Dossier"
    MOUVEMENTS = "mouvements", "Mouvements"
    RAPPROCHEMENT = "rapprochement", "Rapprochement"
    RECU = "recu", "Reçu"


class PartImport(models.Model):
    """What one transaction of an import wrote in one journal: ranks `premier` to `dernier`, written with them.

    `origine`: the place in the file of the debtor that it made known, by which a run that goes on knows it was done.
    `erreur`: a dossier left aside, `nom`, and why (as `dump_phrase` writes it); it has no ranks.
    """

    importation = models.ForeignKey(Importation, on_delete=models.CASCADE, related_name="parts")
    sorte = models.CharField(max_length=14, choices=SortePart.choices)
    chaine = models.ForeignKey(Chaine, on_delete=models.PROTECT, related_name="+", null=True)
    premier = models.PositiveIntegerField(null=True)
    dernier = models.PositiveIntegerField(null=True)
    origine = models.CharField(max_length=20, blank=True)
    nom = models.CharField(max_length=300, blank=True)
    erreur = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["importation", "chaine", "premier"], name="imports_part_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.sorte} {self.chaine_id} {self.premier}-{self.dernier}"


class Depot(models.Model):
    """The bytes of a previewed file, kept only until it is applied or left: a file dropped by mistake does not stay."""

    importation = models.OneToOneField(Importation, on_delete=models.CASCADE, primary_key=True, related_name="depot")
    contenu = models.BinaryField()

    def __str__(self) -> str:
        return f"dépôt de {self.importation_id}"


class Correspondance(models.Model):
    """The meaning that a person gave to the columns of a list or statement, for the next file with the same header.

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


class MemeClient(models.Model):
    """Two dossiers that a person said to be of one customer (`absorbe` went into `garde`), or of two (`distincts`).

    What later files say of `absorbe` goes to `garde`. `ecrits`: the ranks that the merging wrote, by journal.
    """

    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="+")
    creancier = models.ForeignKey(Creancier, on_delete=models.CASCADE, related_name="+")
    garde = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
    absorbe = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
    distincts = models.BooleanField(default=False)
    ecrits = models.JSONField(default=dict)
    auteur = models.CharField(max_length=200)
    fait_le = models.DateTimeField()
    separe_le = models.DateTimeField(null=True)
    separe_par = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["creancier", "separe_le"])]

    def __str__(self) -> str:
        return f"{self.absorbe_id} → {self.garde_id}"
