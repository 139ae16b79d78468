"""The page of an import while it runs, once interrupted, once done in part."""

from __future__ import annotations

import pytest
from django.urls import reverse

from exigible.bureau.imports import application
from exigible.bureau.imports.models import StatutImportation
from exigible.bureau.imports.services import apply_import, prepare_import
from exigible.bureau.tiers.models import Creance
from exigible.bureau.travaux.services import sweep, take_travail
from exigible.droit.erreurs import ErreurExigible

ENTETE = "Numéro;Code client;Client;Date;Échéance;Montant TTC\n"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def preparer(creancier):
    def prepare(nombre):
        lignes = "".join(f"F-{n};C{n % 3};Client {n % 3};01/09/2026;01/10/2026;10,00\n" for n in range(nombre))
        return prepare_import(creancier, "factures.csv", (ENTETE + lignes).encode(), "essai")

    return prepare


def ouvrir(navigateur, importation, nom="import_apercu", **suite):
    return navigateur.get(reverse(nom, args=[importation.pk]), **suite)


def test_un_petit_fichier_entre_aussitot(navigateur, preparer):
    importation = preparer(3)
    page = navigateur.post(reverse("import_appliquer", args=[importation.pk]), follow=True)
    assert "Reçu : importé" in page.content.decode()
    assert Creance.objects.count() == 3


def test_un_grand_fichier_attend_un_travailleur_et_la_page_suit(navigateur, preparer):
    importation = preparer(101)
    page = navigateur.post(reverse("import_appliquer", args=[importation.pk]), follow=True).content.decode()
    assert "Import en attente" in page
    assert reverse("import_avancement", args=[importation.pk]) in page
    assert reverse("import_annuler", args=[importation.pk]) in page
    assert not Creance.objects.exists()
    tenue = take_travail()
    tenue.note_progres(1, 4)
    partie = ouvrir(navigateur, importation, "import_avancement", headers=HTMX)
    assert "1 sur 4" in partie.content.decode()
    assert "HX-Refresh" not in partie
    assert "1 sur 4" in navigateur.get(reverse("importer")).content.decode()
    tenue.select().update(etat="a_faire", porteur="")
    sweep()
    assert ouvrir(navigateur, importation, "import_avancement", headers=HTMX)["HX-Refresh"] == "true"
    assert ouvrir(navigateur, importation, "import_avancement").status_code == 302
    assert "Reçu : importé" in ouvrir(navigateur, importation).content.decode()
    assert Creance.objects.count() == 101


def test_interrompu_la_page_dit_quoi_faire_et_reprend(navigateur, preparer, monkeypatch):
    importation = preparer(3)

    def tomber(*_):
        raise ErreurExigible("panne", "La panne du jour.")

    with monkeypatch.context() as panne:
        panne.setattr(application, "match_mouvements", tomber)
        with pytest.raises(ErreurExigible):
            apply_import(importation, "essai")
    page = ouvrir(navigateur, importation).content.decode()
    assert "Import interrompu" in page
    assert "La panne du jour." in page
    assert "à reprendre ou à annuler" in navigateur.get(reverse("importer")).content.decode()
    page = navigateur.post(reverse("import_reprendre", args=[importation.pk]), follow=True).content.decode()
    assert "Import repris" in page
    sweep()
    importation.refresh_from_db()
    assert (importation.statut, Creance.objects.count()) == (StatutImportation.APPLIQUE, 3)
    page = navigateur.post(reverse("import_reprendre", args=[importation.pk]), follow=True).content.decode()
    assert "rien à reprendre" in page


def test_en_partie_la_page_nomme_ce_qui_reste(navigateur, preparer, monkeypatch):
    record = application.record_lots

    def record_sauf(lots, auteur, **suite):
        if any("Client 1" in str(f.fait) for _, faits in lots for f in faits):
            raise ErreurExigible("x", "Ce dossier est cassé.")
        return record(lots, auteur, **suite)

    monkeypatch.setattr(application, "record_lots", record_sauf)
    importation = apply_import(preparer(3), "essai")
    page = ouvrir(navigateur, importation).content.decode()
    assert "sauf 1 dossier" in page
    assert "Client 1</strong> : Ce dossier est cassé." in page
    assert "Réessayer les dossiers laissés" in page
    assert "dossiers à réessayer" in navigateur.get(reverse("importer")).content.decode()


def test_l_import_d_un_autre_cabinet_n_existe_pas(navigateur, dossier_d_autrui):
    importation = prepare_import(dossier_d_autrui.creancier, "f.csv", ENTETE.encode(), "autrui")
    assert ouvrir(navigateur, importation, "import_avancement", headers=HTMX).status_code == 404
    assert navigateur.post(reverse("import_reprendre", args=[importation.pk])).status_code == 404


def test_un_client_qui_ne_peut_etre_complete_n_empeche_pas_les_autres(navigateur, preparer, monkeypatch):
    from exigible.bureau.pages.vues import completer
    from exigible.bureau.tiers.models import Dossier

    apply_import(preparer(3), "essai")
    record = completer.record_faits

    def record_sauf(chaine, faits, auteur):
        if faits[0].fait.nom == "Client 1":
            raise ErreurExigible("x", "Ce dossier est cassé.")
        return record(chaine, faits, auteur)

    monkeypatch.setattr(completer, "record_faits", record_sauf)
    choisis = [str(pk) for pk in Dossier.objects.values_list("pk", flat=True)]
    donnees = {"commune": "1", "choisis": choisis, "qualite_commune": "professionnel"}
    page = navigateur.post(reverse("completer"), donnees, follow=True).content.decode()
    assert "Client 1 n’a pas pu être complété : Ce dossier est cassé." in page
    assert "2 clients complétés." in page
    assert Dossier.objects.filter(qualite="professionnel").count() == 2
