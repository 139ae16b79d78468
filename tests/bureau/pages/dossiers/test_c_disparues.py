"""Newer books that no longer hold an open claim: the preview says it and leads to its dossier."""

import pytest
from django.urls import reverse

from exigible.bureau.imports.services import prepare_import

ENTETE = (
    "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|"
    "EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise"
)


@pytest.fixture
def apercu(creancier, dossier):
    """Books until 5 November, which hold F2 open but not F1 any more."""
    compte = "VE|Ventes|1|20261105|411000|Clients|C1|Client Modèle|F2|20261105|Vente|850,50|0,00|||20261105||"
    vente = "VE|Ventes|1|20261105|706000|Ventes|||F2|20261105|Vente|0,00|850,50|||20261105||"
    return prepare_import(creancier, "fec.txt", f"{ENTETE}\n{compte}\n{vente}".encode(), "essai")


def test_l_apercu_dit_la_facture_disparue_et_mene_a_son_dossier(navigateur, apercu, dossier):
    adresse = reverse("import_apercu", args=[apercu.pk])
    page = navigateur.get(adresse).content.decode()
    assert "1 facture ouverte ne figure pas, ou plus, dans cette comptabilité" in page
    disparues = navigateur.get(adresse, {"issue": "disparu"}).content.decode()
    assert f'<a href="{reverse("dossier", args=[dossier.pk])}">Client Modèle</a>' in disparues
    assert "Facture F1" in disparues
    assert "Facture F2" not in disparues
    export = navigateur.get(reverse("import_export", args=[apercu.pk, "csv"]), {"issue": "disparu"})
    (ligne,) = export.content.decode("utf-8-sig").splitlines()[1:]
    assert ligne.startswith(";Absent;Facture;F1;Client Modèle;1200,00;01/03/2026;31/03/2026;")


def test_importer_ne_clot_pas_la_facture_disparue(navigateur, apercu, dossier):
    assert navigateur.post(reverse("import_appliquer", args=[apercu.pk])).status_code == 302
    creance = dossier.creances.get(numero="F1")
    assert (creance.reste, creance.suspendue) == (1200, "")
