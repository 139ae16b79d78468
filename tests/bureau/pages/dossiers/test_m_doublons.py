"""Pages « Peut-être le même client » and « À compléter »: what is proposed, decided by a person, undone."""

from datetime import date

import pytest
from django.urls import reverse

from exigible.bureau.imports.models import MemeClient
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.faits import CessationActivite
from exigible.droit.regimes import QualitePartie

from .conftest import naitre

SIREN = "732829320"


@pytest.fixture
def paire(ouvrir):
    return ouvrir("Exemple Bois SARL", siren=SIREN), ouvrir("Bois Exemple", siren=SIREN)


def decider(navigateur, un, autre, geste):
    return navigateur.post(
        reverse("import_doublons_decider"), {"garde": str(un.pk), "absorbe": str(autre.pk), geste: "1"}, follow=True
    )


def test_les_paires_se_montrent_avec_leur_raison(navigateur, paire):
    texte = navigateur.get(reverse("import_doublons")).content.decode()
    assert "Même SIREN" in texte
    assert all(d.reference in texte for d in paire)


def test_sans_doublon_la_page_le_dit(navigateur, creancier):
    assert "Aucun doublon" in navigateur.get(reverse("import_doublons")).content.decode()
    assert reverse("import_doublons") in navigateur.get(reverse("importer")).content.decode()


def test_regrouper_puis_separer(navigateur, paire):
    texte = decider(navigateur, *paire, "regrouper").content.decode()
    assert "Clients regroupés" in texte
    meme = MemeClient.objects.get()
    navigateur.post(reverse("import_doublons_separer", args=[meme.pk]))
    meme.refresh_from_db()
    assert meme.separe_le is not None
    refus = navigateur.post(reverse("import_doublons_separer", args=[meme.pk]), follow=True).content.decode()
    assert "déjà séparés" in refus


def test_un_dossier_engage_garde_l_autre(navigateur, paire, ecrire):
    un, autre = paire
    ecrire(autre, (CessationActivite(), date(2026, 11, 1)))
    decider(navigateur, un, autre, "regrouper")
    meme = MemeClient.objects.get()
    assert (meme.garde_id, meme.absorbe_id) == (autre.pk, un.pk)


def test_deux_clients_distincts_ne_sont_plus_proposes(navigateur, paire):
    assert "Aucun doublon" in decider(navigateur, *paire, "distincts").content.decode()


def test_un_autre_cabinet_n_y_peut_rien(etranger, paire):
    assert decider(etranger, *paire, "regrouper").status_code == 404
    assert not MemeClient.objects.exists()


def test_une_qualite_proposee_s_accepte_pour_les_clients_coches(navigateur, ouvrir, ecrire):
    mairie = ouvrir("Mairie d'Exemple", QualitePartie.INCONNUE)
    libre = ouvrir("Nom sans indice", QualitePartie.INCONNUE)
    for dossier in (mairie, libre):
        ecrire(dossier, naitre("F1", "100.00", date(2026, 3, 1), date(2026, 3, 31)))
    texte = navigateur.get(reverse("completer")).content.decode()
    assert "Proposé : " in texte
    navigateur.post(reverse("completer"), {"proposees": "1", "choisis": [str(mairie.pk), str(libre.pk)]})
    qualites = dict(Dossier.objects.values_list("pk", "qualite"))
    assert (qualites[mairie.pk], qualites[libre.pk]) == ("personne_publique", "inconnue")
    encore = navigateur.post(reverse("completer"), {"proposees": "1", "choisis": [str(libre.pk)]}, follow=True)
    assert "qualité est proposée" in encore.content.decode()


def test_un_numero_douteux_est_dit(navigateur, ouvrir, ecrire):
    dossier = ouvrir("Client au numéro faux", QualitePartie.INCONNUE, siren="732829321")
    ecrire(dossier, naitre("F1", "100.00", date(2026, 3, 1), date(2026, 3, 31)))
    assert "clé fausse" in navigateur.get(reverse("completer")).content.decode()
