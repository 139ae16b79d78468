"""Projections of the journal: caches for lists and search, written only by `projections.py`, rebuilt at will."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.db import models

from exigible.bureau.champs import EurosField, PhraseField
from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.journal.models import Chaine

ZERO = Decimal("0.00")


class Creancier(models.Model):
    """A creditor, as last described in its journal. Its identifier is that of its chain."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="creanciers")
    chaine = models.OneToOneField(Chaine, on_delete=models.PROTECT, related_name="creancier")
    nom = models.CharField(max_length=300, blank=True)
    siren = models.CharField(max_length=9, blank=True)
    courriel = models.CharField(max_length=254, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    conditions = models.CharField(max_length=120, blank=True)
    ibans = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.nom


class Dossier(models.Model):
    """One creditor against one debtor, valued on the day `arrete_au`. Its identifier is that of its chain.

    `a_completer`: list of `{"code", "phrase"}`, what must be said before anything leaves.
    `prochaine_action`: the step to take (`courtoisie`, `appel`, `relance`, `mise_en_demeure`, `poster`), or the code of
    what is waited for; `prochaine_action_le` its day. `prescription_le`: the last safe day to act.
    `a_revoir_le`: the next day on which anything but interest changes; `arrete_au` itself when known to be out of date.
    `provisoire`: a rate not yet published was carried on. `credits`: unmatched bank credits that hold the reminders,
    list of `{"cle", "jour", "montant", "raison"}`. Sentences in JSON are as `dump_phrase` writes them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="dossiers")
    creancier = models.ForeignKey(Creancier, on_delete=models.PROTECT, related_name="dossiers")
    chaine = models.OneToOneField(Chaine, on_delete=models.PROTECT, related_name="dossier")
    reference = models.CharField(max_length=20)

    debiteur_nom = models.CharField(max_length=300, blank=True)
    debiteur_code = models.CharField(max_length=100, blank=True)
    siren = models.CharField(max_length=9, blank=True)
    qualite = models.CharField(max_length=20, default="inconnue")
    courriel = models.CharField(max_length=254, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    iban = models.CharField(max_length=40, blank=True)
    recherche = models.TextField(blank=True)

    stade = models.CharField(max_length=20, default="soldee")
    echu = EurosField(default=ZERO)
    a_echoir = EurosField(default=ZERO)
    principal = EurosField(default=ZERO)
    interets = EurosField(default=ZERO)
    indemnites = EurosField(default=ZERO)
    conteste = EurosField(default=ZERO)
    promis = EurosField(default=ZERO)
    plus_ancienne_echeance = models.DateField(null=True)
    jours_retard = models.IntegerField(default=0)

    derniere_action = models.CharField(max_length=40, blank=True)
    derniere_action_le = models.DateField(null=True)
    prochaine_action = models.CharField(max_length=40, blank=True)
    prochaine_action_le = models.DateField(null=True)
    prescription_le = models.DateField(null=True)
    a_completer = models.JSONField(default=list)

    arrete_au = models.DateField(null=True)
    a_revoir_le = models.DateField(null=True)
    provisoire = models.BooleanField(default=False)
    credits = models.JSONField(default=list)
    erreur: str = PhraseField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cabinet", "reference"], name="tiers_dossier_reference")]
        indexes = [
            models.Index(fields=["cabinet", "stade"]),
            models.Index(fields=["cabinet", "debiteur_nom"]),
            models.Index(fields=["cabinet", "echu"]),
            models.Index(fields=["creancier", "debiteur_code"]),
            models.Index(fields=["creancier", "siren"]),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.debiteur_nom}"


class Creance(models.Model):
    """A claim of a dossier, as valued with it."""

    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="creances")
    cle = models.CharField(max_length=255)
    numero = models.CharField(max_length=100)
    libelle = models.CharField(max_length=300, blank=True)
    emission = models.DateField()
    echeance = models.DateField(null=True)
    montant = EurosField()
    reste = EurosField()
    interets = EurosField(default=ZERO)
    indemnites = EurosField(default=ZERO)
    conteste = EurosField(default=ZERO)
    stade = models.CharField(max_length=20)
    jours_retard = models.IntegerField(default=0)
    suspendue = models.TextField(blank=True)
    prescription_le = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "cle"], name="tiers_creance_cle")]
        indexes = [models.Index(fields=["cabinet", "numero"])]

    def __str__(self) -> str:
        return self.numero


class Paiement(models.Model):
    """A payment of a dossier; `rejete` when it came back."""

    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="paiements")
    cle = models.CharField(max_length=255)
    date = models.DateField()
    montant = EurosField()
    libelle = models.CharField(max_length=300, blank=True)
    moyen = models.CharField(max_length=60, blank=True)
    mouvement = models.CharField(max_length=255, blank=True)
    rejete = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "cle"], name="tiers_paiement_cle")]

    def __str__(self) -> str:
        return self.cle


class Action(models.Model):
    """A row of today's work: something to do, or (`retenue`) a claim that is not chased and the reason why.

    To do: `geste` (`appeler`, `ecrire`, `mettre_en_demeure`, `poster`), `etape`, since when (`prevue_le`), and the
    letter to post (`courrier`, its key). Held: one row a claim, `motif` is the code of the reason, `jusqu_au` its last
    day.
    """

    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="actions")
    cle = models.CharField(max_length=255)
    retenue = models.BooleanField(default=False)
    geste = models.CharField(max_length=20, blank=True)
    etape = models.CharField(max_length=20, blank=True)
    courrier = models.CharField(max_length=255, blank=True)
    creances = models.JSONField(default=list)
    prevue_le = models.DateField(null=True)
    jusqu_au = models.DateField(null=True)
    montant = EurosField(default=ZERO)
    phrase: str = PhraseField()
    motif = models.CharField(max_length=60, blank=True)
    article = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "cle"], name="tiers_action_cle")]
        indexes = [models.Index(fields=["cabinet", "retenue", "prevue_le"])]

    def __str__(self) -> str:
        return f"{self.etape} {self.phrase}"


class Echeance(models.Model):
    """A deadline of a dossier, as of its `arrete_au`: what, for whom, until when, counted from what, and what is lost.

    `nature`, `portee` and `acteur` are those of `exigible.dossier.echeances`; `le` is the last day, included (for an
    opening, the first day on which one may act). `avertissements`: list of `{"code", "phrase"}`.
    """

    cabinet = models.ForeignKey(Cabinet, on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="echeances")
    cle = models.CharField(max_length=255)
    nature = models.CharField(max_length=20)
    portee = models.CharField(max_length=20)
    acteur = models.CharField(max_length=40)
    sujet = models.CharField(max_length=255)
    objet: str = PhraseField()
    quoi: str = PhraseField()
    le = models.DateField()
    ouvre_le = models.DateField(null=True)
    alerte_le = models.DateField()
    depart = models.DateField()
    origine: str = PhraseField(blank=True)
    explication: str = PhraseField(blank=True)
    perte: str = PhraseField(blank=True)
    articles = models.JSONField(default=list)
    avertissements = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "cle"], name="tiers_echeance_cle")]
        indexes = [
            models.Index(fields=["cabinet", "le"]),
            models.Index(fields=["cabinet", "portee", "alerte_le"]),
        ]

    def __str__(self) -> str:
        return f"{self.le} {self.quoi}"
