"""Opening the office for a command: Django is imported here and not before."""

from __future__ import annotations

import os


def start_django(*, demonstration: bool = False) -> None:
    """Set Django up, on one's own data or on those of the demonstration, which never mix."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exigible.bureau.reglages.local")
    if demonstration:
        os.environ["EXIGIBLE_DEMONSTRATION"] = "1"
        os.environ.pop("EXIGIBLE_BASE", None)
    import django

    django.setup()


def migrate() -> None:
    """Bring the database up to date, without a word."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
