"""What the matching needs of a bank line, read again from what is there."""

from decimal import Decimal
from typing import Any

from django.db import migrations, models

import exigible.bureau.champs
from exigible.dossier.rapprochement.donnees import LigneBancaire, to_centimes
from exigible.dossier.rapprochement.natures import classify_ligne

LOT = 1000


def fill(apps: Any, _editeur: Any) -> None:
    """Classify the lines, and write what was matched as a whole as its only part."""
    modele = apps.get_model("banque", "Mouvement")
    lot = []
    for mouvement in modele.objects.order_by("pk").iterator(chunk_size=LOT):
        ligne = LigneBancaire(
            mouvement.cle,
            mouvement.date,
            to_centimes(mouvement.montant),
            mouvement.devise,
            mouvement.libelle,
        )
        mouvement.nature = classify_ligne(ligne).value
        if mouvement.statut == "rapproche":
            mouvement.affecte = mouvement.montant
            mouvement.parts = [
                {
                    "dossier": str(mouvement.dossier_id or ""),
                    "paiement": mouvement.paiement,
                    "montant": str(mouvement.montant),
                }
            ]
        lot.append(mouvement)
        if len(lot) == LOT:
            modele.objects.bulk_update(lot, ["nature", "affecte", "parts"])
            lot = []
    modele.objects.bulk_update(lot, ["nature", "affecte", "parts"])


class Migration(migrations.Migration):
    dependencies = [("banque", "0002_initial")]

    operations = [
        migrations.AddField(
            "mouvement",
            "nature",
            models.CharField(
                choices=[
                    ("credit", "Entrée d'argent"),
                    ("retour", "Retour de paiement"),
                    ("frais", "Frais bancaires"),
                    ("devise", "Autre devise"),
                    ("debit", "Sortie d'argent"),
                ],
                default="credit",
                max_length=8,
            ),
        ),
        migrations.AddField(
            "mouvement", "bout_en_bout", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AddField(
            "mouvement", "operation", models.CharField(blank=True, max_length=35, default=""), preserve_default=False
        ),
        migrations.AddField(
            "mouvement", "motif_retour", models.CharField(blank=True, max_length=35, default=""), preserve_default=False
        ),
        migrations.AddField("mouvement", "extourne", models.BooleanField(default=False)),
        migrations.AddField("mouvement", "affecte", exigible.bureau.champs.EurosField(default=Decimal("0.00"))),
        migrations.AddField("mouvement", "parts", models.JSONField(default=list)),
        migrations.AddIndex(
            "mouvement", models.Index(fields=["cabinet", "statut", "nature"], name="banque_mouv_cabinet_8779be_idx")
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
