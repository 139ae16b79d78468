"""The heads of a seal become rows, and the retention of a cabinet a setting."""

import json
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from exigible.bureau.journal.gardes import remove_gardes

_LOT = 1000


def copy_tetes(apps: Any, schema_editor: Any) -> None:
    """Copy the heads that each seal wrote as text. The guards come back with the next migration."""
    remove_gardes(schema_editor.connection)
    sceaux, tetes = apps.get_model("journal", "Sceau"), apps.get_model("journal", "Tete")
    for sceau in sceaux.objects.order_by("pk").iterator():
        lues = (
            tetes(sceau_id=sceau.pk, chaine=chaine, rang=rang, empreinte=empreinte)
            for chaine, rang, empreinte in json.loads(sceau.tetes)
        )
        tetes.objects.bulk_create(lues, batch_size=_LOT)


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_gardes")]

    operations = [
        migrations.CreateModel(
            name="Tete",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chaine", models.UUIDField()),
                ("rang", models.PositiveIntegerField()),
                ("empreinte", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Conservation",
            fields=[
                (
                    "cabinet",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="conservation",
                        serialize=False,
                        to="comptes.cabinet",
                    ),
                ),
                ("annees", models.PositiveSmallIntegerField()),
            ],
        ),
        # The text of a seal and the link to it share a name: the link takes another until the text is gone.
        migrations.AddField(
            model_name="tete",
            name="sceau",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="journal.sceau"),
        ),
        migrations.RunPython(copy_tetes, migrations.RunPython.noop),
    ]
