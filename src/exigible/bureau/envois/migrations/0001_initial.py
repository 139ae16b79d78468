import django.db.models.deletion
from django.db import migrations, models

import exigible.bureau.champs


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("comptes", "0001_initial"),
        ("journal", "0001_initial"),
        ("tiers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Courrier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cle", models.CharField(max_length=255)),
                ("acte", models.CharField(max_length=60)),
                ("statut", models.CharField(max_length=20)),
                ("creances", models.JSONField(default=list)),
                ("montant", exigible.bureau.champs.EurosField(null=True)),
                ("destinataire", models.CharField(blank=True, max_length=300)),
                ("approuve_le", models.DateField(null=True)),
                ("poste_le", models.DateField(null=True)),
                ("mode", models.CharField(blank=True, max_length=20)),
                ("numero", models.CharField(blank=True, max_length=60)),
                ("presente_le", models.DateField(null=True)),
                ("issue_le", models.DateField(null=True)),
                (
                    "cabinet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="comptes.cabinet"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="courriers", to="tiers.dossier"
                    ),
                ),
                (
                    "piece",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="journal.piece"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["cabinet", "statut"], name="envois_cour_cabinet_51597a_idx")],
                "constraints": [models.UniqueConstraint(fields=("dossier", "cle"), name="envois_courrier_cle")],
            },
        ),
    ]
