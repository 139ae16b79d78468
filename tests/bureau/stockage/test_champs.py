from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Sum

from exigible.bureau.champs import EurosField
from exigible.bureau.tiers.models import Creance


@pytest.mark.parametrize(("euros", "centimes"), [("0.10", 10), ("-12.5", -1250), (3, 300), (Decimal("1E+2"), 10000)])
def test_les_euros_sont_des_centimes_entiers(euros, centimes):
    assert EurosField().get_prep_value(euros) == centimes
    assert EurosField().from_db_value(centimes, None, connection) == Decimal(str(euros))


@pytest.mark.parametrize("refuse", [0.1, True, "1.234", Decimal("0.001"), "douze", Decimal("NaN")])
def test_ni_flottant_ni_troisieme_decimale(refuse):
    with pytest.raises(ValidationError):
        EurosField().get_prep_value(refuse)


def test_les_sommes_et_comparaisons_de_la_base_sont_exactes(dossier, facturer):
    facturer(dossier, "F-2", "0.10")
    facturer(dossier, "F-3", "0.20")
    creances = Creance.objects.filter(dossier=dossier)
    total = creances.aggregate(total=Sum("montant"))["total"]
    assert total == Decimal("10000.30")
    assert isinstance(total, Decimal)
    assert list(creances.filter(montant__lt=Decimal("0.20")).values_list("numero", flat=True)) == ["F-2"]
