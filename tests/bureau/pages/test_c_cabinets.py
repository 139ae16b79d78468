"""A person who works for several companies: one at a time, chosen in the menu, checked at each request."""

import pytest
from django.test import Client
from django.urls import reverse

from exigible.bureau.comptes.models import Appartenance
from exigible.bureau.comptes.services import create_cabinet

TITRE = "Changer d’entreprise"


@pytest.fixture
def second(utilisateur, creancier, dossier_d_autrui):
    """The other tenant, which the person joined later."""
    cabinet = dossier_d_autrui.cabinet
    Appartenance.objects.create(utilisateur=utilisateur, cabinet=cabinet)
    return cabinet


def choisir(navigateur, cle):
    return navigateur.post(reverse("cabinet_choisir"), {"cabinet": cle})


def lire(navigateur, nom="portefeuille", *arguments):
    return navigateur.get(reverse(nom, args=arguments)).content.decode()


def test_une_seule_entreprise_pas_de_choix(navigateur, creancier):
    assert TITRE not in lire(navigateur)


def test_le_menu_propose_les_autres_entreprises(navigateur, second):
    page = lire(navigateur)
    assert TITRE in page
    assert f'name="cabinet" value="{second.pk}"' in page
    assert "Client d&#x27;autrui" not in page


def test_changer_d_entreprise_change_tout_ce_qu_on_voit(navigateur, second, cabinet, ouvrir_dossier, dossier_d_autrui):
    mien = ouvrir_dossier("Client à moi", "100.00", 10)
    reponse = choisir(navigateur, second.pk)
    assert (reponse.status_code, reponse.url) == (302, reverse("aujourdhui"))
    assert f"Vous travaillez maintenant pour {second.nom}" in lire(navigateur, "aujourdhui")
    page = lire(navigateur)
    assert "Client d&#x27;autrui" in page
    assert "Client à moi" not in page
    assert navigateur.get(reverse("dossier", args=[dossier_d_autrui.pk])).status_code == 200
    assert navigateur.get(reverse("dossier", args=[mien.pk])).status_code == 404
    choisir(navigateur, cabinet.pk)
    assert navigateur.get(reverse("dossier", args=[mien.pk])).status_code == 200
    assert navigateur.get(reverse("dossier", args=[dossier_d_autrui.pk])).status_code == 404


@pytest.mark.parametrize("cle", ["", "0", "abc", "999999"])
def test_une_entreprise_inconnue_n_est_pas_choisie(navigateur, second, cle):
    assert choisir(navigateur, cle).status_code == 404
    assert "Client d&#x27;autrui" not in lire(navigateur)


def test_l_entreprise_d_autrui_n_est_pas_choisie(navigateur, creancier, dossier_d_autrui):
    assert choisir(navigateur, dossier_d_autrui.cabinet_id).status_code == 404
    assert navigateur.get(reverse("dossier", args=[dossier_d_autrui.pk])).status_code == 404


def test_une_session_qui_nomme_l_entreprise_d_autrui_n_y_entre_pas(navigateur, creancier, dossier_d_autrui):
    session = navigateur.session
    session["cabinet"] = dossier_d_autrui.cabinet_id
    session.save()
    assert navigateur.get(reverse("dossier", args=[dossier_d_autrui.pk])).status_code == 404
    assert "Client d&#x27;autrui" not in lire(navigateur)


def test_qui_quitte_une_entreprise_ne_la_voit_plus_a_la_page_suivante(navigateur, second, dossier_d_autrui):
    choisir(navigateur, second.pk)
    assert navigateur.get(reverse("dossier", args=[dossier_d_autrui.pk])).status_code == 200
    Appartenance.objects.filter(cabinet=second).delete()
    assert navigateur.get(reverse("dossier", args=[dossier_d_autrui.pk])).status_code == 404
    assert TITRE not in lire(navigateur)


def test_on_ne_change_pas_d_entreprise_par_un_simple_lien(navigateur, second):
    assert navigateur.get(reverse("cabinet_choisir"), {"cabinet": second.pk}).status_code == 405


def test_changer_d_entreprise_veut_un_jeton(utilisateur, second):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(utilisateur, backend="django.contrib.auth.backends.ModelBackend")
    assert choisir(strict, second.pk).status_code == 403


def test_les_entreprises_se_lisent_en_une_requete(navigateur, utilisateur, second, django_assert_max_num_queries):
    for rang in range(5):
        Appartenance.objects.create(utilisateur=utilisateur, cabinet=create_cabinet(f"Entreprise fictive {rang}"))
    with django_assert_max_num_queries(100) as requetes:
        lire(navigateur)
    assert sum('FROM "comptes_appartenance"' in requete["sql"] for requete in requetes.captured_queries) == 1
