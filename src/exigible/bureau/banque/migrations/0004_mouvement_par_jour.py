"""Bank lines of a creditor are looked for by their day, whatever the length of the statement that brings them."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index of bank lines by creditor and day."""

    dependencies: ClassVar = [("banque", "0003_rapprochement")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="mouvement",
            index=models.Index(fields=["creancier", "date"], name="banque_mouv_creanci_2a1263_idx"),
        ),
    ]
