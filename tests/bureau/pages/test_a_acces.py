"""Who may come in, and what an empty database says."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.comptes.models import Utilisateur
from exigible.bureau.comptes.services import create_utilisateur
from exigible.bureau.pages.vues import acces
from exigible.bureau.tiers.models import Action, Creancier

PUBLIQUES = {"connexion", "deconnexion", "premiere_visite", "set_language", "calculs", "calcul"}
PUBLIQUES |= {"calendrier"}  # its address holds a secret, which test_e_calendrier tries
_UUID = "11111111-1111-1111-1111-111111111111"
_VALEURS = {
    "pk": _UUID,
    "extension": "csv",
    "sorte": "note",
    "etape": "relance",
    "rang": 1,
    "numero": 1,
    "liasse": 1,
    "cle": "ip",
    "code": "IP",
    "nom": "interet_legal",
    "sha256": "0" * 64,
}


def lister_adresses():
    resolveur = get_resolver()
    for nom, (possibilites, motif, _d, _c) in ((n, resolveur.reverse_dict[n]) for n in resolveur.reverse_dict):
        if not isinstance(nom, str) or nom in PUBLIQUES:
            continue
        arguments = possibilites[0][1]
        entier = re.search(r"\(\?P<pk>\[0-9\]\+\)", motif) is not None
        yield nom, reverse(nom, kwargs={a: 1 if a == "pk" and entier else _VALEURS[a] for a in arguments})


@pytest.mark.parametrize(("nom", "adresse"), sorted(lister_adresses()))
def test_sans_connexion_toute_page_renvoie_a_la_connexion(client, utilisateur, nom, adresse):
    for reponse in (client.get(adresse), client.post(adresse)):
        if reponse.status_code != 405:
            assert reponse.status_code == 302, nom
            assert reponse.url.startswith(reverse("connexion")), nom


def test_on_entre_avec_son_adresse_et_son_mot_de_passe(client, utilisateur, creancier):
    reponse = client.post(
        reverse("connexion"), {"username": utilisateur.email.upper(), "password": "phrase-de-passe-fictive"}
    )
    assert reponse.status_code == 302
    assert client.get(reverse("aujourdhui")).status_code == 200


def test_un_mauvais_mot_de_passe_est_dit_en_francais(client, utilisateur):
    reponse = client.post(reverse("connexion"), {"username": utilisateur.email, "password": "faux"})
    assert "ne vont pas ensemble" in reponse.content.decode()


def test_huit_mauvais_mots_de_passe_suspendent_la_connexion_en_francais(client, utilisateur, cabinet, settings):
    settings.AXES_ENABLED = True
    essai = {"username": utilisateur.email, "password": "faux"}
    for rang in range(7):
        essai["username"] = utilisateur.email.upper() if rang % 2 else utilisateur.email
        assert "ne vont pas ensemble" in client.post(reverse("connexion"), essai).content.decode()
    reponse = client.post(reverse("connexion"), essai)
    assert reponse.status_code == 429
    assert "la connexion est suspendue un quart d’heure" in reponse.content.decode()
    # Even the right password waits: otherwise, whoever guesses would only have to go on.
    juste = essai | {"username": utilisateur.email, "password": "phrase-de-passe-fictive"}
    assert client.post(reverse("connexion"), juste).status_code == 429
    autre = create_utilisateur(cabinet, "autre@exemple.example", "phrase-de-passe-fictive")
    assert client.post(reverse("connexion"), juste | {"username": autre.email}).status_code == 302


def test_on_sort(navigateur, creancier):
    assert navigateur.post(reverse("deconnexion")).status_code == 302
    assert navigateur.get(reverse("aujourdhui")).status_code == 302


PREMIERE = {
    "nom": "Entreprise d'essai",
    "email": "moi@exemple.example",
    "mot_de_passe": "quatre mots pris au hasard",
    "mot_de_passe_bis": "quatre mots pris au hasard",
}


@pytest.mark.django_db
def test_une_base_vide_mene_a_la_premiere_visite_qui_cree_l_espace(client):
    assert client.get(reverse("connexion")).url == reverse("premiere_visite")
    reponse = client.post(reverse("premiere_visite"), PREMIERE)
    assert reponse.url == reverse("reglages")
    assert Creancier.objects.get().nom == "Entreprise d'essai"
    assert "Déposez votre export comptable" in client.get(reverse("aujourdhui")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("champ", "valeur", "phrase"),
    [
        ("mot_de_passe_bis", "autre chose encore", "Les deux mots de passe diffèrent."),
        ("siren", "123 456 789", "SIREN"),
        ("nom", "", "Ce champ est obligatoire."),
        ("mot_de_passe", "court", "12 caractères"),
    ],
)
def test_la_premiere_visite_explique_ce_qui_ne_va_pas(client, champ, valeur, phrase):
    reponse = client.post(reverse("premiere_visite"), PREMIERE | {champ: valeur})
    contenu = reponse.content.decode().replace("\u00a0", " ")
    assert phrase in contenu
    assert f'id="id_{champ}_error"' in contenu
    assert not Utilisateur.objects.exists()


def test_la_premiere_visite_ne_revient_pas(client, utilisateur):
    assert client.post(reverse("premiere_visite"), PREMIERE).status_code == 302
    assert Utilisateur.objects.count() == 1


@pytest.mark.django_db
def test_jamais_de_premiere_visite_sur_la_demonstration(client, settings):
    settings.DEMONSTRATION = True
    assert not acces.is_premiere_visite()
    assert client.get(reverse("connexion")).status_code == 200


def test_un_compte_sans_entreprise_ne_voit_rien(client, utilisateur):
    utilisateur.appartenances.all().delete()
    client.force_login(utilisateur, backend="django.contrib.auth.backends.ModelBackend")
    reponse = client.get(reverse("aujourdhui"))
    assert reponse.status_code == 404
    assert "Cette page n’existe pas" in reponse.content.decode()


def test_rien_d_un_autre_cabinet_n_est_visible_ni_modifiable(navigateur, creancier, dossier_d_autrui):
    action = Action.objects.filter(dossier=dossier_d_autrui, retenue=False).first()
    mouvement = Mouvement.objects.get(cle="m-autre")
    autre = dossier_d_autrui.creancier_id
    if action is not None:
        assert navigateur.get(reverse("action", args=[action.pk])).status_code == 404
        assert navigateur.post(reverse("action_ignorer", args=[action.pk]), {"motif": "x"}).status_code == 404
    assert navigateur.get(reverse("mouvement", args=[mouvement.pk])).status_code == 404
    assert navigateur.post(reverse("mouvement_ecarter", args=[mouvement.pk]), {"motif": "x"}).status_code == 404
    assert navigateur.get(reverse("reglages_creancier", args=[autre])).status_code == 404
    assert navigateur.post(reverse("reglages_compte", args=[autre]), {"iban": "x"}).status_code == 404
    for page in ("aujourdhui", "portefeuille", "banque", "completer", "reglages"):
        contenu = navigateur.get(reverse(page), {"statut": "tous"}, follow=True).content.decode()
        assert "autrui" not in contenu.casefold(), page
    contenu = navigateur.get(reverse("aujourdhui"), {"onglet": "banque"}).content.decode()
    assert "autrui" not in contenu.casefold()


def test_les_pages_d_erreur_parlent_francais(navigateur, creancier):
    reponse = navigateur.get("/nulle-part/")
    assert reponse.status_code == 404
    assert "Cette page n’existe pas" in reponse.content.decode()
    strict = Client(enforce_csrf_checks=True)
    reponse = strict.post(reverse("connexion"), {"username": "a", "password": "b"})
    assert reponse.status_code == 403
    assert "La page a expiré" in reponse.content.decode()


def test_aucun_style_ni_script_dans_les_pages(navigateur, ouvrir_dossier):
    ouvrir_dossier("Client en retard", "1200.00", 3)
    for page in ("aujourdhui", "portefeuille", "banque", "completer", "reglages"):
        reponse = navigateur.get(reverse(page), follow=True)
        contenu = reponse.content.decode()
        assert "style=" not in contenu, page
        assert "<style" not in contenu, page
        assert not re.search(r"<script(?![^>]*\bsrc=)", contenu), page
        assert not re.search(r"\son[a-z]+=", contenu), page
        assert "https://" not in contenu, page
        assert "unsafe" not in reponse.headers["Content-Security-Policy"]


def test_une_seconde_personne_du_meme_cabinet_voit_la_meme_chose(client, cabinet, ouvrir_dossier):
    ouvrir_dossier("Client commun", "50.00", 3)
    client.force_login(
        create_utilisateur(cabinet, "b@exemple.example", "x"), "django.contrib.auth.backends.ModelBackend"
    )
    assert "Client commun" in client.get(reverse("portefeuille")).content.decode()
