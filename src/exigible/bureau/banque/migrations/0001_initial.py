from django.db import migrations, models

import exigible.bureau.champs


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Mouvement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cle", models.CharField(max_length=255)),
                ("date", models.DateField()),
                ("montant", exigible.bureau.champs.EurosField()),
                ("devise", models.CharField(default="EUR", max_length=3)),
                ("iban", models.CharField(blank=True, max_length=40)),
                ("libelle", models.TextField(blank=True)),
                ("reference", models.TextField(blank=True)),
                ("contrepartie", models.CharField(blank=True, max_length=300)),
                ("iban_contrepartie", models.CharField(blank=True, max_length=40)),
                (
                    "statut",
                    models.CharField(
                        choices=[("a_rapprocher", "À rapprocher"), ("rapproche", "Rapproché"), ("ecarte", "Écarté")],
                        default="a_rapprocher",
                        max_length=12,
                    ),
                ),
                ("paiement", models.CharField(blank=True, max_length=255)),
                ("motif", models.TextField(blank=True)),
            ],
        ),
    ]
