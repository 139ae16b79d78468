"""What documents keep beside the journal: a creditor's own wordings, and the answers of those not finished yet."""

from __future__ import annotations

from django.db import models

from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.tiers.models import Creancier, Dossier


class TexteActe(models.Model):
    """A wording of one's own for an act, by creditor: versions are numbered from 1 and never changed.

    `en_vigueur`: the one that documents are written with; none of an act: ours. `note`: why this version was made.
    """

    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="+")
    creancier = models.ForeignKey(Creancier, on_delete=models.CASCADE, related_name="textes")
    acte = models.CharField(max_length=60)
    numero = models.PositiveIntegerField()
    texte = models.TextField()
    note = models.CharField(max_length=200, blank=True)
    auteur = models.CharField(max_length=200)
    cree_le = models.DateTimeField()
    en_vigueur = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["creancier", "acte", "numero"], name="actes_texte_numero"),
            models.UniqueConstraint(
                fields=["creancier", "acte"], condition=models.Q(en_vigueur=True), name="actes_texte_en_vigueur"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acte} {self.numero}"


class BrouillonActe(models.Model):
    """What was answered for a document that is not approved yet. It goes once the document is approved.

    `creances`: the claims chosen, None for those that the act takes by itself; `pieces`: the SHA-256 of the exhibits
    chosen, in their order, None for all. `reponses`: the answers as typed, by question.
    """

    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
    acte = models.CharField(max_length=60)
    reponses = models.JSONField(default=dict)
    creances = models.JSONField(null=True)
    pieces = models.JSONField(null=True)
    auteur = models.CharField(max_length=200)
    modifie_le = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "acte"], name="actes_brouillon_unique")]

    def __str__(self) -> str:
        return f"{self.acte} {self.dossier_id}"


class ReponseRetenue(models.Model):
    """The last answer given to a question that is asked in other documents too: proposed again, never used by itself.

    `dossier`: where it was given; it goes with it. `memoire` takes the values of `Memoire`: whether it is proposed in
    this dossier only, or in all those of the creditor. `question`: its key (`retenues.py`).
    """

    creancier = models.ForeignKey(Creancier, on_delete=models.CASCADE, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
    memoire = models.CharField(max_length=10)
    question = models.CharField(max_length=80)
    texte = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["creancier", "question"],
                condition=models.Q(memoire="creancier"),
                name="actes_retenue_creancier",
            ),
            models.UniqueConstraint(
                fields=["dossier", "question"], condition=models.Q(memoire="dossier"), name="actes_retenue_dossier"
            ),
        ]

    def __str__(self) -> str:
        return self.question
