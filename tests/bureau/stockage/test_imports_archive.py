"""An archive of electronic invoices enters as a whole, once."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from exigible.bureau.horloge import fix_horloge
from exigible.bureau.imports.services import apply_import, prepare_import
from exigible.bureau.tiers.models import Creance, Dossier
from exigible.bureau.tiers.verification import verify_projections

DONNEES = Path(__file__).parents[2] / "echanges" / "donnees"


@pytest.fixture
def archive():
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as zip_:
        for nom in ("facturx/Facture_F20180027.pdf", "ubl/ubl-21-en16931.xml", "ubl/ubl-tc434-example3.xml"):
            zip_.writestr(nom, (DONNEES / nom).read_bytes())
    return sortie.getvalue()


@pytest.mark.django_db
def test_an_archive_enters_once(creancier, archive):
    with fix_horloge(date(2026, 11, 21)):
        importation = apply_import(prepare_import(creancier, "envoi.zip", archive, "essai"), "essai")
        assert importation.format == "zip"
        assert set(Creance.objects.values_list("numero", flat=True)) == {"F20180027", "F124212"}
        assert set(Dossier.objects.values_list("debiteur_nom", flat=True)) == {"LE CLIENT", "Ma jolie Trading Brand"}
        refusees = [ligne for ligne in importation.apercu["lignes"] if ligne["issue"] == "refuse"]
        assert ["DKK" in ligne["raison"] for ligne in refusees] == [True]
        apply_import(prepare_import(creancier, "encore.zip", archive, "essai"), "essai")
        assert Creance.objects.count() == 2
    assert list(verify_projections()) == []
