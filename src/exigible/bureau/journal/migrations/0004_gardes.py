"""The text of the seals goes, their heads being rows; the guards are made anew, more of them."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from exigible.bureau.journal.gardes import install_gardes, remove_gardes


def poser(_apps: Any, schema_editor: Any) -> None:
    install_gardes(schema_editor.connection)


def retirer(_apps: Any, schema_editor: Any) -> None:
    remove_gardes(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_tetes")]

    operations = [
        migrations.RemoveField(model_name="sceau", name="tetes"),
        migrations.AlterField(
            model_name="tete",
            name="sceau",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="tetes", to="journal.sceau"
            ),
        ),
        migrations.AddConstraint(
            model_name="tete",
            constraint=models.UniqueConstraint(fields=("sceau", "chaine"), name="journal_tete_unique"),
        ),
        migrations.AddIndex(model_name="tete", index=models.Index(fields=["chaine", "rang"], name="journal_tete_rang")),
        migrations.RunPython(poser, retirer),
    ]
