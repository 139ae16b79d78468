"""The triggers that make the journal append-only (see `gardes.py`)."""

from typing import Any

from django.db import migrations

from exigible.bureau.journal.gardes import install_gardes, remove_gardes


def poser(_apps: Any, schema_editor: Any) -> None:
    install_gardes(schema_editor.connection)


def retirer(_apps: Any, schema_editor: Any) -> None:
    remove_gardes(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunPython(poser, retirer)]
