import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("comptes", "0001_initial"),
        ("journal", "0001_initial"),
        ("tiers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Importation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("nom", models.CharField(max_length=255)),
                ("format", models.CharField(blank=True, max_length=30)),
                (
                    "statut",
                    models.CharField(
                        choices=[("apercu", "Aperçu"), ("applique", "Appliqué"), ("abandonne", "Abandonné")],
                        default="apercu",
                        max_length=12,
                    ),
                ),
                ("conditions", models.CharField(blank=True, max_length=120)),
                ("deja_envoye", models.CharField(blank=True, max_length=20)),
                ("deja_envoye_le", models.DateField(null=True)),
                ("apercu", models.JSONField(default=dict)),
                ("resume", models.JSONField(default=dict)),
                ("cree_le", models.DateTimeField()),
                ("applique_le", models.DateTimeField(null=True)),
                ("auteur", models.CharField(max_length=200)),
                (
                    "cabinet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="comptes.cabinet"
                    ),
                ),
                (
                    "creancier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="importations", to="tiers.creancier"
                    ),
                ),
                (
                    "piece",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="journal.piece"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["cabinet", "cree_le"], name="imports_imp_cabinet_c14c2f_idx")],
            },
        ),
    ]
