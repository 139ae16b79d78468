import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comptes", "0001_initial"),
        ("tiers", "0003_echeances"),
    ]

    operations = [
        migrations.CreateModel(
            name="Equipe",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nom", models.CharField(max_length=100)),
                (
                    "cabinet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="equipes", to="comptes.cabinet"
                    ),
                ),
                ("membres", models.ManyToManyField(blank=True, related_name="equipes", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="Attribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("attribue_par", models.CharField(max_length=254)),
                ("attribue_le", models.DateTimeField()),
                ("finie_le", models.DateTimeField(null=True)),
                (
                    "cabinet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="comptes.cabinet"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attributions", to="tiers.dossier"
                    ),
                ),
                (
                    "gestionnaire",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attributions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "equipe",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attributions",
                        to="comptes.equipe",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AbonnementAgenda",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "etendue",
                    models.CharField(
                        choices=[
                            ("miens", "mes dossiers"),
                            ("equipe", "les dossiers de mes équipes"),
                            ("cabinet", "tous les dossiers de l’entreprise"),
                        ],
                        max_length=10,
                    ),
                ),
                ("empreinte", models.CharField(max_length=64, unique=True)),
                ("langue", models.CharField(max_length=10)),
                ("cree_le", models.DateTimeField()),
                ("lu_le", models.DateTimeField(null=True)),
                ("revoque_le", models.DateTimeField(null=True)),
                (
                    "cabinet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="comptes.cabinet"
                    ),
                ),
                (
                    "utilisateur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="abonnements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoque_le__isnull", True)),
                        fields=("utilisateur", "cabinet", "etendue"),
                        name="comptes_abonnement_un",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="equipe",
            constraint=models.UniqueConstraint(fields=("cabinet", "nom"), name="comptes_equipe_nom"),
        ),
        migrations.AddIndex(
            model_name="attribution",
            index=models.Index(fields=["cabinet", "gestionnaire", "finie_le"], name="comptes_attribution_a_qui"),
        ),
        migrations.AddIndex(
            model_name="attribution",
            index=models.Index(fields=["cabinet", "equipe", "finie_le"], name="comptes_attribution_equipe"),
        ),
        migrations.AddConstraint(
            model_name="attribution",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finie_le__isnull", True)), fields=("dossier",), name="comptes_attribution_une"
            ),
        ),
    ]
