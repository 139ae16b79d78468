"""Work to do: one row each, whose state, lease and attempts say who does it and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from exigible.bureau.comptes.models import Cabinet


class EtatTravail(models.TextChoices):
    """Where a piece of work stands. A lease that ran out makes `EN_COURS` work to do again."""

    A_FAIRE = "a_faire", "À faire"
    EN_COURS = "en_cours", "En cours"
    FAIT = "fait", "Fait"
    ECHOUE = "echoue", "Échoué"


class Travail(models.Model):
    """One piece of work. Instants are those of the database's clock: all the machines agree on a lease.

    `voie`: works of one lane are done one after the other, in the order they were asked for; empty: no order.
    `porteur`, `bail`: who holds it, until when. `tentatives`: times it was taken since it last went forward.
    `pas_avant`: not before, after a failed attempt. `fait` of `total`: how far it is; `erreur`: the last failure, as
    `dump_phrase` writes it.
    """

    cabinet = models.ForeignKey(Cabinet, on_delete=models.CASCADE, related_name="travaux")
    nature = models.CharField(max_length=40)
    parametres = models.JSONField(default=dict)
    voie = models.CharField(max_length=60, blank=True)
    etat = models.CharField(max_length=10, choices=EtatTravail.choices, default=EtatTravail.A_FAIRE)
    porteur = models.CharField(max_length=120, blank=True)
    bail = models.DateTimeField(null=True)
    tentatives = models.PositiveSmallIntegerField(default=0)
    pas_avant = models.DateTimeField()
    fait = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    resultat = models.JSONField(default=dict)
    erreur = models.TextField(blank=True)
    cree_le = models.DateTimeField()
    commence_le = models.DateTimeField(null=True)
    termine_le = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voie"],
                condition=Q(etat=EtatTravail.EN_COURS) & ~Q(voie=""),
                name="travaux_une_voie_un_porteur",
            )
        ]
        indexes = [models.Index(fields=["etat", "pas_avant"])]

    def __str__(self) -> str:
        return f"{self.nature} {self.pk}"
