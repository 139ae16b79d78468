"""Fields of the database that Django lacks: euros as whole cents, sentences of the core."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from exigible.bureau.phrases import dump_phrase, load_phrase
from exigible.droit.argent import CENTIME
from exigible.droit.phrase import Phrase


class EurosField(models.BigIntegerField):
    """An amount in euros: `Decimal` to the cent in Python, a whole number of cents in the database.

    Sums and comparisons made by the database are exact. Raises ValidationError for a float or more than two decimals.
    """

    description = "Montant en euros"

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Decimal | None:
        """Cents (or a sum of cents) to euros."""
        return None if value is None else (Decimal(int(value)) * CENTIME).quantize(CENTIME)

    def to_python(self, value: Any) -> Decimal | None:
        """Euros as given: Decimal, int or text; never a float."""
        if value is None:
            return None
        if isinstance(value, float | bool):
            raise ValidationError(f"Montant refusé : {value!r} n'est pas un nombre décimal exact.", code="flottant")
        try:
            montant = Decimal(value)
            arrondi = montant.quantize(CENTIME)
        except (InvalidOperation, TypeError, ValueError):
            raise ValidationError(f"Montant illisible : {value!r}.", code="illisible") from None
        if montant != arrondi:
            raise ValidationError(f"Montant refusé : {value} a plus de deux décimales.", code="trop_precis")
        return arrondi

    def get_prep_value(self, value: Any) -> int | None:
        """Euros to cents."""
        if hasattr(value, "resolve_expression"):
            return value
        euros = self.to_python(value)
        return None if euros is None else int(euros.scaleb(2))

    def value_to_string(self, obj: models.Model) -> str:
        """For serializers: euros as text."""
        valeur = self.value_from_object(obj)
        return "" if valeur is None else str(valeur)


class PhraseField(models.TextField):
    """A sentence of the core: read as a `Phrase`, kept with its template and parameters to be said in any language."""

    description = "Phrase du noyau"

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> Phrase | None:
        """What the column holds, as a sentence."""
        return None if value is None else load_phrase(value)

    def get_prep_value(self, value: Any) -> Any:
        """A sentence, as the column holds it."""
        return dump_phrase(value) if isinstance(value, str) else super().get_prep_value(value)
