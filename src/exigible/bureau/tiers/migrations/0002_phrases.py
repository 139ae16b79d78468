from django.db import migrations

import exigible.bureau.champs


class Migration(migrations.Migration):
    dependencies = [("tiers", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="action",
            name="phrase",
            field=exigible.bureau.champs.PhraseField(),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="erreur",
            field=exigible.bureau.champs.PhraseField(blank=True),
        ),
    ]
