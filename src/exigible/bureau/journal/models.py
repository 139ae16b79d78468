"""The journal's tables. Triggers of the database (`gardes.py`) forbid to change or delete what is written here."""

from __future__ import annotations

import uuid

from django.db import models

from exigible.bureau.comptes.models import Cabinet


class Sorte(models.TextChoices):
    """Whose journal a chain is."""

    CREANCIER = "creancier", "Créancier"
    DOSSIER = "dossier", "Dossier"


class Chaine(models.Model):
    """One journal. `tete_*` repeats its last entry: a convenience for the seal, updated in the same transaction."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="chaines")
    sorte = models.CharField(max_length=12, choices=Sorte.choices)
    tete_rang = models.PositiveIntegerField(default=0)
    tete_empreinte = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.sorte} {self.id}"


class Maillon(models.Model):
    """The envelope of an entry; unique (chain, rank), so that a chain cannot fork."""

    chaine = models.ForeignKey(Chaine, on_delete=models.PROTECT, related_name="maillons")
    rang = models.PositiveIntegerField()
    type = models.CharField(max_length=60)
    date_effet = models.DateField()
    enregistre_le = models.DateTimeField()
    auteur = models.CharField(max_length=200)
    corrige = models.PositiveIntegerField(null=True)
    empreinte_contenu = models.CharField(max_length=64)
    precedent = models.CharField(max_length=64)
    empreinte = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chaine", "rang"], name="journal_maillon_rang")]

    def __str__(self) -> str:
        return f"{self.rang} {self.type}"


class Contenu(models.Model):
    """What an entry says, and its salt; both may be erased together (retention), nothing else may happen to them."""

    maillon = models.OneToOneField(Maillon, on_delete=models.PROTECT, primary_key=True, related_name="contenu")
    sel = models.BinaryField(null=True)
    contenu = models.TextField(null=True)  # noqa: DJ001 - NULL means erased, which an empty text would not

    def __str__(self) -> str:
        return f"contenu de {self.maillon_id}"


class Sceau(models.Model):
    """The hash of the heads of a cabinet on a day, and of the seal before: a whole dossier cannot vanish unseen."""

    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="sceaux")
    jour = models.DateField()
    empreinte = models.CharField(max_length=64)
    precedent = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cabinet", "jour"], name="journal_sceau_jour")]

    def __str__(self) -> str:
        return f"{self.jour}"


class Tete(models.Model):
    """A head that a seal holds: a chain that went on since the seal before. No foreign key: it outlives the chain."""

    sceau = models.ForeignKey(Sceau, on_delete=models.PROTECT, related_name="tetes")
    chaine = models.UUIDField()
    rang = models.PositiveIntegerField()
    empreinte = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sceau", "chaine"], name="journal_tete_unique")]
        indexes = [models.Index(fields=["chaine", "rang"], name="journal_tete_rang")]

    def __str__(self) -> str:
        return f"{self.chaine} {self.rang}"


class Conservation(models.Model):
    """For how many full years a cabinet keeps its settled dossiers; without a row, `effacement.DUREE_PLANCHER`."""

    cabinet = models.OneToOneField(Cabinet, on_delete=models.PROTECT, primary_key=True, related_name="conservation")
    annees = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.annees} ans"


class Piece(models.Model):
    """A file, by its SHA-256; its bytes may be erased (retention), its fingerprint stays."""

    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="pieces")
    sha256 = models.CharField(max_length=64)
    nom = models.CharField(max_length=255)
    type_mime = models.CharField(max_length=100)
    taille = models.PositiveBigIntegerField()
    contenu = models.BinaryField(null=True)
    cree_le = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cabinet", "sha256"], name="journal_piece_unique")]

    def __str__(self) -> str:
        return self.nom
