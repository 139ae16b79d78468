import django.db.models.deletion
from django.db import migrations, models

import exigible.bureau.champs


class Migration(migrations.Migration):
    dependencies = [
        ("comptes", "0001_initial"),
        ("tiers", "0002_phrases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Echeance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cle", models.CharField(max_length=255)),
                ("nature", models.CharField(max_length=20)),
                ("portee", models.CharField(max_length=20)),
                ("acteur", models.CharField(max_length=40)),
                ("sujet", models.CharField(max_length=255)),
                ("objet", exigible.bureau.champs.PhraseField()),
                ("quoi", exigible.bureau.champs.PhraseField()),
                ("le", models.DateField()),
                ("ouvre_le", models.DateField(null=True)),
                ("alerte_le", models.DateField()),
                ("depart", models.DateField()),
                ("origine", exigible.bureau.champs.PhraseField(blank=True)),
                ("explication", exigible.bureau.champs.PhraseField(blank=True)),
                ("perte", exigible.bureau.champs.PhraseField(blank=True)),
                ("articles", models.JSONField(default=list)),
                ("avertissements", models.JSONField(default=list)),
                (
                    "cabinet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="comptes.cabinet"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="echeances", to="tiers.dossier"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["cabinet", "le"], name="tiers_echea_cabinet_2a690e_idx"),
                    models.Index(fields=["cabinet", "portee", "alerte_le"], name="tiers_echea_cabinet_e750bf_idx"),
                ],
                "constraints": [models.UniqueConstraint(fields=("dossier", "cle"), name="tiers_echeance_cle")],
            },
        ),
    ]
