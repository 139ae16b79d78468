import uuid
from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models

import exigible.bureau.champs


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("comptes", "0001_initial"),
        ("journal", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Creancier",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("nom", models.CharField(blank=True, max_length=300)),
                ("siren", models.CharField(blank=True, max_length=9)),
                ("courriel", models.CharField(blank=True, max_length=254)),
                ("telephone", models.CharField(blank=True, max_length=40)),
                ("conditions", models.CharField(blank=True, max_length=120)),
                ("ibans", models.JSONField(default=list)),
                (
                    "cabinet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="creanciers", to="comptes.cabinet"
                    ),
                ),
                (
                    "chaine",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="creancier", to="journal.chaine"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=20)),
                ("debiteur_nom", models.CharField(blank=True, max_length=300)),
                ("debiteur_code", models.CharField(blank=True, max_length=100)),
                ("siren", models.CharField(blank=True, max_length=9)),
                ("qualite", models.CharField(default="inconnue", max_length=20)),
                ("courriel", models.CharField(blank=True, max_length=254)),
                ("telephone", models.CharField(blank=True, max_length=40)),
                ("iban", models.CharField(blank=True, max_length=40)),
                ("recherche", models.TextField(blank=True)),
                ("stade", models.CharField(default="soldee", max_length=20)),
                ("echu", exigible.bureau.champs.EurosField(default=Decimal("0.00"))),
                ("a_echoir", exigible.bureau.champs.EurosField(default=Decimal("0.00"))),
                ("principal", exigible.bureau.champs.EurosField(default=Decimal("0.00"))),
                ("interets", exigible.bureau.champs.EurosField(default=Decimal("0.00"))),
                ("indemnites", exigible.bureau.champs.EurosField(default=Decimal("0.00"))),
                ("conteste", exigible.bureau.champs.EurosField(default=Decimal("0.00"))),
                ("promis", exigible.bureau.champs.EurosField(default=Decimal("0.00"))),
                ("plus_ancienne_echeance", models.DateField(null=True)),
                ("jours_retard", models.IntegerField(default=0)),
                ("derniere_action", models.CharField(blank=True, max_length=40)),
                ("derniere_action_le", models.DateField(null=True)),
                ("prochaine_action", models.CharField(blank=True, max_length=40)),
                ("prochaine_action_le", models.DateField(null=True)),
                ("prescription_le", models.DateField(null=True)),
                ("a_completer", models.JSONField(default=list)),
                ("arrete_au", models.DateField(null=True)),
                ("a_revoir_le", models.DateField(null=True)),
                ("provisoire", models.BooleanField(default=False)),
                ("credits", models.JSONField(default=list)),
                ("erreur", models.TextField(blank=True)),
                (
                    "cabinet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dossiers", to="comptes.cabinet"
                    ),
                ),
                (
                    "chaine",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dossier", to="journal.chaine"
                    ),
                ),
                (
                    "creancier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dossiers", to="tiers.creancier"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Creance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cle", models.CharField(max_length=255)),
                ("numero", models.CharField(max_length=100)),
                ("libelle", models.CharField(blank=True, max_length=300)),
                ("emission", models.DateField()),
                ("echeance", models.DateField(null=True)),
                ("montant", exigible.bureau.champs.EurosField()),
                ("reste", exigible.bureau.champs.EurosField()),
                ("interets", exigible.bureau.champs.EurosField(default=Decimal("0.00"))),
                ("indemnites", exigible.bureau.champs.EurosField(default=Decimal("0.00"))),
                ("conteste", exigible.bureau.champs.EurosField(default=Decimal("0.00"))),
                ("stade", models.CharField(max_length=20)),
                ("jours_retard", models.IntegerField(default=0)),
                ("suspendue", models.TextField(blank=True)),
                ("prescription_le", models.DateField(null=True)),
                (
                    "cabinet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="comptes.cabinet"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="creances", to="tiers.dossier"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cle", models.CharField(max_length=255)),
                ("retenue", models.BooleanField(default=False)),
                ("geste", models.CharField(blank=True, max_length=20)),
                ("etape", models.CharField(blank=True, max_length=20)),
                ("courrier", models.CharField(blank=True, max_length=255)),
                ("creances", models.JSONField(default=list)),
                ("prevue_le", models.DateField(null=True)),
                ("jusqu_au", models.DateField(null=True)),
                ("montant", exigible.bureau.champs.EurosField(default=Decimal("0.00"))),
                ("phrase", models.TextField()),
                ("motif", models.CharField(blank=True, max_length=60)),
                ("article", models.CharField(blank=True, max_length=200)),
                (
                    "cabinet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="comptes.cabinet"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="tiers.dossier"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Paiement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cle", models.CharField(max_length=255)),
                ("date", models.DateField()),
                ("montant", exigible.bureau.champs.EurosField()),
                ("libelle", models.CharField(blank=True, max_length=300)),
                ("moyen", models.CharField(blank=True, max_length=60)),
                ("mouvement", models.CharField(blank=True, max_length=255)),
                ("rejete", models.BooleanField(default=False)),
                (
                    "cabinet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="comptes.cabinet"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="paiements", to="tiers.dossier"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["cabinet", "stade"], name="tiers_dossi_cabinet_d27209_idx"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["cabinet", "debiteur_nom"], name="tiers_dossi_cabinet_1747b3_idx"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["cabinet", "echu"], name="tiers_dossi_cabinet_6e8af2_idx"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["creancier", "debiteur_code"], name="tiers_dossi_creanci_b7bda0_idx"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["creancier", "siren"], name="tiers_dossi_creanci_e27111_idx"),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.UniqueConstraint(fields=("cabinet", "reference"), name="tiers_dossier_reference"),
        ),
        migrations.AddIndex(
            model_name="creance",
            index=models.Index(fields=["cabinet", "numero"], name="tiers_crean_cabinet_b65f20_idx"),
        ),
        migrations.AddConstraint(
            model_name="creance",
            constraint=models.UniqueConstraint(fields=("dossier", "cle"), name="tiers_creance_cle"),
        ),
        migrations.AddIndex(
            model_name="action",
            index=models.Index(fields=["cabinet", "retenue", "prevue_le"], name="tiers_actio_cabinet_ad0307_idx"),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.UniqueConstraint(fields=("dossier", "cle"), name="tiers_action_cle"),
        ),
        migrations.AddConstraint(
            model_name="paiement",
            constraint=models.UniqueConstraint(fields=("dossier", "cle"), name="tiers_paiement_cle"),
        ),
    ]
