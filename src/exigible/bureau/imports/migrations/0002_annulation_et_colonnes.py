import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comptes", "0001_initial"),
        ("imports", "0001_initial"),
        ("tiers", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="importation",
            name="annule_le",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="importation",
            name="annule_par",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="importation",
            name="colonnes",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="importation",
            name="ecrits",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="importation",
            name="motif_annulation",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="importation",
            name="statut",
            field=models.CharField(
                choices=[
                    ("apercu", "Aperçu"),
                    ("applique", "Appliqué"),
                    ("abandonne", "Abandonné"),
                    ("annule", "Annulé"),
                ],
                default="apercu",
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Correspondance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signature", models.CharField(max_length=64)),
                ("colonnes", models.JSONField()),
                ("auteur", models.CharField(max_length=200)),
                ("modifiee_le", models.DateTimeField()),
                (
                    "cabinet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="comptes.cabinet"
                    ),
                ),
                (
                    "creancier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tiers.creancier"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("creancier", "signature"), name="imports_correspondance_unique")
                ],
            },
        ),
    ]
