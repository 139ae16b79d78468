"""Bank lines: a projection of the facts of creditors' journals."""

from __future__ import annotations

from decimal import Decimal

from django.db import models

from exigible.bureau.champs import EurosField
from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.tiers.models import Creancier, Dossier


class StatutMouvement(models.TextChoices):
    """What was decided of a bank line."""

    A_RAPPROCHER = "a_rapprocher", "À rapprocher"
    RAPPROCHE = "rapproche", "Rapproché"
    ECARTE = "ecarte", "Écarté"


class NatureMouvement(models.TextChoices):
    """What a bank line is (`dossier.rapprochement.Nature`)."""

    CREDIT = "credit", "Entrée d'argent"
    RETOUR = "retour", "Retour de paiement"
    FRAIS = "frais", "Frais bancaires"
    DEVISE = "devise", "Autre devise"
    DEBIT = "debit", "Sortie d'argent"


class Mouvement(models.Model):
    """A booked line; `montant` is signed (positive: money in); `cle`: the bank's reference, or a digest of the line.

    `parts`: what it was given to, list of `{"dossier", "paiement", "montant"}`; `affecte` their sum, signed as the line
    is; `dossier` and `paiement` are those of the first part. `levees`: the dossiers that a person says it is not of
    (empty text: all those that nothing in it designates), list of `{"dossier", "motif"}`.
    """

    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="+")
    creancier = models.ForeignKey(Creancier, on_delete=models.CASCADE, related_name="mouvements")
    cle = models.CharField(max_length=255)
    date = models.DateField()
    montant = EurosField()
    devise = models.CharField(max_length=3, default="EUR")
    iban = models.CharField(max_length=40, blank=True)
    libelle = models.TextField(blank=True)
    reference = models.TextField(blank=True)
    contrepartie = models.CharField(max_length=300, blank=True)
    iban_contrepartie = models.CharField(max_length=40, blank=True)
    statut = models.CharField(max_length=12, choices=StatutMouvement.choices, default=StatutMouvement.A_RAPPROCHER)
    dossier = models.ForeignKey(Dossier, on_delete=models.SET_NULL, null=True, related_name="mouvements")
    paiement = models.CharField(max_length=255, blank=True)
    motif = models.TextField(blank=True)
    nature = models.CharField(max_length=8, choices=NatureMouvement.choices, default=NatureMouvement.CREDIT)
    bout_en_bout = models.TextField(blank=True)
    operation = models.CharField(max_length=35, blank=True)
    motif_retour = models.CharField(max_length=35, blank=True)
    extourne = models.BooleanField(default=False)
    affecte = EurosField(default=Decimal("0.00"))
    parts = models.JSONField(default=list)
    levees = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["creancier", "cle"], name="banque_mouvement_cle")]
        indexes = [
            models.Index(fields=["cabinet", "statut", "date"]),
            models.Index(fields=["cabinet", "statut", "nature"]),
            models.Index(fields=["creancier", "date"]),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.montant} {self.libelle}"

    @property
    def reste(self) -> Decimal:
        """What of the line nobody has matched yet (euros, signed)."""
        return self.montant - self.affecte
