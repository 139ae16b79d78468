import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("comptes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Maillon",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rang", models.PositiveIntegerField()),
                ("type", models.CharField(max_length=60)),
                ("date_effet", models.DateField()),
                ("enregistre_le", models.DateTimeField()),
                ("auteur", models.CharField(max_length=200)),
                ("corrige", models.PositiveIntegerField(null=True)),
                ("empreinte_contenu", models.CharField(max_length=64)),
                ("precedent", models.CharField(max_length=64)),
                ("empreinte", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Chaine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "sorte",
                    models.CharField(choices=[("creancier", "Créancier"), ("dossier", "Dossier")], max_length=12),
                ),
                ("tete_rang", models.PositiveIntegerField(default=0)),
                (
                    "tete_empreinte",
                    models.CharField(
                        default="0000000000000000000000000000000000000000000000000000000000000000", max_length=64
                    ),
                ),
                (
                    "cabinet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="chaines", to="comptes.cabinet"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Contenu",
            fields=[
                (
                    "maillon",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="contenu",
                        serialize=False,
                        to="journal.maillon",
                    ),
                ),
                ("sel", models.BinaryField(null=True)),
                ("contenu", models.TextField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="maillon",
            name="chaine",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="maillons", to="journal.chaine"
            ),
        ),
        migrations.CreateModel(
            name="Piece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("nom", models.CharField(max_length=255)),
                ("type_mime", models.CharField(max_length=100)),
                ("taille", models.PositiveBigIntegerField()),
                ("contenu", models.BinaryField(null=True)),
                ("cree_le", models.DateTimeField()),
                (
                    "cabinet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pieces", to="comptes.cabinet"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sceau",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("jour", models.DateField()),
                ("empreinte", models.CharField(max_length=64)),
                ("precedent", models.CharField(max_length=64)),
                ("tetes", models.TextField()),
                (
                    "cabinet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sceaux", to="comptes.cabinet"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="maillon",
            constraint=models.UniqueConstraint(fields=("chaine", "rang"), name="journal_maillon_rang"),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.UniqueConstraint(fields=("cabinet", "sha256"), name="journal_piece_unique"),
        ),
        migrations.AddConstraint(
            model_name="sceau",
            constraint=models.UniqueConstraint(fields=("cabinet", "jour"), name="journal_sceau_jour"),
        ),
    ]
