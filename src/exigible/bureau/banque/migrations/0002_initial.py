import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("banque", "0001_initial"),
        ("comptes", "0001_initial"),
        ("tiers", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="mouvement",
            name="cabinet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="comptes.cabinet"
            ),
        ),
        migrations.AddField(
            model_name="mouvement",
            name="creancier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="mouvements", to="tiers.creancier"
            ),
        ),
        migrations.AddField(
            model_name="mouvement",
            name="dossier",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="mouvements", to="tiers.dossier"
            ),
        ),
        migrations.AddIndex(
            model_name="mouvement",
            index=models.Index(fields=["cabinet", "statut", "date"], name="banque_mouv_cabinet_4a0472_idx"),
        ),
        migrations.AddConstraint(
            model_name="mouvement",
            constraint=models.UniqueConstraint(fields=("creancier", "cle"), name="banque_mouvement_cle"),
        ),
    ]
