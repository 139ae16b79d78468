"""Who follows what: assigned one by one or many at once, with its history; « les miens » everywhere; never the law."""

import csv
import io
import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exigible.bureau.comptes.attributions import Suivi, assign_dossiers, build_critere
from exigible.bureau.comptes.models import Attribution, Equipe, Role
from exigible.bureau.comptes.services import create_cabinet, create_utilisateur
from exigible.bureau.horloge import fix_horloge, now
from exigible.bureau.tiers.models import Dossier
from exigible.bureau.tiers.verification import rebuild_projections, verify_projections
from exigible.droit.erreurs import ErreurSaisie


def lire(reponse):
    assert reponse.status_code == 200
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ").replace("&#x27;", "'")


def noms(page):
    return {morceau.split("</a>")[0] for morceau in page.split("data-ouvre>")[1:]}


@pytest.fixture
def collegue(cabinet):
    return create_utilisateur(cabinet, "collegue@exemple.example", "phrase-fictive-2", "Collègue", Role.GESTIONNAIRE)


@pytest.fixture
def trois(ouvrir_dossier):
    """Three debtors, each 40 days late."""
    return [ouvrir_dossier(nom, "1000.00", 40) for nom in ("Alpha", "Bravo", "Charlie")]


def confier(cabinet, dossiers, gestionnaire=None, equipe=None):
    return assign_dossiers(cabinet, [d.pk for d in dossiers], Suivi(gestionnaire, equipe), "essai")


def choisis(qui, utilisateur):
    return set(Dossier.objects.filter(build_critere(qui, utilisateur, "pk")).values_list("debiteur_nom", flat=True))


# --- The assignment ---------------------------------------------------------------------------------------------------


def test_l_historique_dit_qui_a_confie_a_qui_et_quand(cabinet, utilisateur, collegue, trois):
    premier = now()
    assert confier(cabinet, trois[:1], utilisateur) == 1
    with fix_horloge(premier.replace(day=25)):
        assert confier(cabinet, trois, collegue) == 3
    lignes = Attribution.objects.filter(dossier=trois[0]).order_by("pk")
    assert [(x.gestionnaire, x.attribue_par) for x in lignes] == [(utilisateur, "essai"), (collegue, "essai")]
    assert (lignes[0].attribue_le, lignes[0].finie_le) == (premier, lignes[1].attribue_le)
    assert lignes[1].finie_le is None


def test_redire_la_meme_chose_n_ecrit_rien(cabinet, utilisateur, trois):
    assert confier(cabinet, trois) == 0  # to nobody: they already were
    confier(cabinet, trois, utilisateur)
    assert confier(cabinet, trois, utilisateur) == 0
    assert Attribution.objects.count() == 3


def test_n_etre_a_personne_se_dit_aussi(cabinet, utilisateur, trois):
    confier(cabinet, trois, utilisateur)
    assert confier(cabinet, trois[:1]) == 1
    assert choisis("sans", utilisateur) == {"Alpha"}
    assert choisis("miens", utilisateur) == {"Bravo", "Charlie"}


def test_la_base_refuse_deux_attributions_en_cours(cabinet, utilisateur, trois):
    confier(cabinet, trois, utilisateur)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attribution.objects.create(cabinet=cabinet, dossier=trois[0], attribue_par="essai", attribue_le=now())


def test_ni_personne_ni_equipe_ni_dossier_d_un_autre_cabinet(cabinet, utilisateur, trois, dossier_d_autrui):
    autre = create_cabinet("Encore un autre")
    etranger = create_utilisateur(autre, "ailleurs@exemple.example", "phrase-fictive-3")
    with pytest.raises(ErreurSaisie, match="ne travaille pas"):
        confier(cabinet, trois, etranger)
    with pytest.raises(ErreurSaisie, match="n'est pas de cette entreprise"):
        confier(cabinet, trois, equipe=Equipe.objects.create(cabinet=autre, nom="Ailleurs"))
    assert confier(cabinet, [dossier_d_autrui], utilisateur) == 0
    assert not Attribution.objects.exists()


def test_mes_equipes_comptent_les_dossiers_des_collegues(cabinet, utilisateur, collegue, trois):
    equipe = Equipe.objects.create(cabinet=cabinet, nom="Nord")
    equipe.membres.set([utilisateur, collegue])
    confier(cabinet, trois[:1], equipe=equipe)
    confier(cabinet, trois[1:2], collegue)
    assert choisis("equipe", utilisateur) == {"Alpha", "Bravo"}
    assert choisis(f"e-{equipe.pk}", utilisateur) == {"Alpha"}
    assert choisis(f"p-{collegue.pk}", utilisateur) == {"Bravo"}
    assert choisis("p-n'importe quoi", utilisateur) == set()
    assert choisis("", utilisateur) == {"Alpha", "Bravo", "Charlie"}


def test_confier_mille_dossiers_coute_un_nombre_fixe_de_requetes(cabinet, utilisateur, trois):
    with CaptureQueriesContext(connection) as un:
        confier(cabinet, trois[:1], utilisateur)
    with CaptureQueriesContext(connection) as plusieurs:
        confier(cabinet, trois[1:], utilisateur)
    assert len(un) == len(plusieurs)


def test_reconstruire_ne_touche_pas_aux_attributions(cabinet, utilisateur, trois):
    confier(cabinet, trois, utilisateur)
    rebuild_projections()
    assert choisis("miens", utilisateur) == {"Alpha", "Bravo", "Charlie"}
    assert list(verify_projections()) == []


# --- The pages --------------------------------------------------------------------------------------------------------


def test_seul_on_n_est_charge_de_rien_repartir(navigateur, trois):
    page = lire(navigateur.get(reverse("portefeuille")))
    assert "Suivis par" not in page
    assert "Attribuer" not in page
    assert "Suivis par" not in lire(navigateur.get(reverse("aujourdhui")))
    assert "suivi par" not in lire(navigateur.get(reverse("dossier", args=[trois[0].pk])))


def test_cocher_puis_attribuer(navigateur, cabinet, utilisateur, collegue, trois):
    assert "Attribuer ces dossiers" in lire(navigateur.get(reverse("portefeuille")))
    envoi = {
        "dossiers": [str(trois[0].pk), str(trois[1].pk), "illisible"],
        "lesquels": "coches",
        "gestionnaire": str(collegue.pk),
        "filtre": "tri=nom",
    }
    reponse = navigateur.post(reverse("attribuer"), envoi, follow=True)
    assert "2 dossiers ont changé de mains." in lire(reponse)
    assert reponse.redirect_chain[0][0].endswith("?tri=nom")
    assert choisis(f"p-{collegue.pk}", utilisateur) == {"Alpha", "Bravo"}
    assert Attribution.objects.first().attribue_par == utilisateur.email
    assert noms(lire(navigateur.get(reverse("portefeuille"), {"qui": f"p-{collegue.pk}"}))) == {"Alpha", "Bravo"}
    assert noms(lire(navigateur.get(reverse("portefeuille"), {"qui": "sans"}))) == {"Charlie"}


def test_attribuer_tout_ce_que_le_filtre_montre(navigateur, utilisateur, collegue, trois, dossier_d_autrui):
    envoi = {"lesquels": "filtre", "gestionnaire": str(utilisateur.pk), "filtre": "q=bravo"}
    assert "1 dossier a changé de mains." in lire(navigateur.post(reverse("attribuer"), envoi, follow=True))
    assert choisis("miens", utilisateur) == {"Bravo"}
    envoi |= {"filtre": ""}
    navigateur.post(reverse("attribuer"), envoi)
    assert choisis("miens", utilisateur) == {"Alpha", "Bravo", "Charlie"}


@pytest.mark.parametrize(
    "faute", [{"lesquels": "coches"}, {"lesquels": "filtre", "filtre": "q=personne-de-ce-nom"}, {"gestionnaire": "999"}]
)
def test_un_envoi_faux_est_dit_et_ne_change_rien(navigateur, collegue, trois, faute):
    page = lire(navigateur.post(reverse("attribuer"), {"lesquels": "coches", "gestionnaire": ""} | faute, follow=True))
    assert "Cochez au moins un client" in page or "n’est pas de l’entreprise" in page
    assert not Attribution.objects.exists()


def test_les_miens_aujourd_hui_et_dans_l_agenda(navigateur, cabinet, utilisateur, collegue, trois):
    confier(cabinet, trois[:1], utilisateur)
    confier(cabinet, trois[1:], collegue)
    page = lire(navigateur.get(reverse("aujourdhui"), {"qui": "miens"}))
    assert "Alpha" in page
    assert "Bravo" not in page
    assert "Bravo" in lire(navigateur.get(reverse("aujourdhui")))
    agenda = lire(navigateur.get(reverse("agenda"), {"qui": "miens"}))
    assert noms(agenda) == {"Alpha"}
    assert noms(lire(navigateur.get(reverse("agenda"), {"qui": f"p-{collegue.pk}"}))) == {"Bravo", "Charlie"}


@pytest.mark.parametrize("extension", ["json", "csv", "ics"])
def test_l_agenda_d_une_personne_en_fichier(navigateur, cabinet, utilisateur, collegue, trois, extension):
    confier(cabinet, trois[1:2], collegue)
    adresse = reverse("agenda_export", args=[extension])
    contenu = navigateur.get(adresse, {"qui": f"p-{collegue.pk}"}).content.decode("utf-8-sig")
    assert "Bravo" in contenu
    assert "Alpha" not in contenu
    if extension == "json":
        assert {e["gestionnaire"] for e in json.loads(contenu)["echeances"]} == {"Collègue"}
    if extension == "csv":
        assert {ligne["Suivi par"] for ligne in csv.DictReader(io.StringIO(contenu), delimiter=";")} == {"Collègue"}


def test_le_dossier_dit_qui_le_suit_et_son_historique(navigateur, cabinet, utilisateur, collegue, trois):
    dossier = trois[0]
    assert "suivi par personne" in lire(navigateur.get(reverse("dossier", args=[dossier.pk])))
    adresse = reverse("attribution", args=[dossier.pk])
    page = lire(navigateur.post(adresse, {"gestionnaire": str(collegue.pk)}, follow=True))
    assert "C’est noté." in page
    assert "Collègue" in page
    assert utilisateur.email in page
    assert "suivi par Collègue" in lire(navigateur.get(reverse("dossier", args=[dossier.pk])))


def test_un_dossier_d_autrui_n_existe_pas(navigateur, collegue, dossier_d_autrui):
    assert navigateur.get(reverse("attribution", args=[dossier_d_autrui.pk])).status_code == 404


def test_une_equipe_se_cree_se_change_et_porte_un_nom_a_elle(navigateur, cabinet, utilisateur, collegue):
    adresse = reverse("reglages_equipes")
    page = lire(navigateur.post(adresse, {"nom": "Nord", "membres": [str(utilisateur.pk)]}, follow=True))
    assert "Équipe créée." in page
    equipe = Equipe.objects.get()
    doublon = navigateur.post(adresse, {"nom": "nord"})
    assert doublon.status_code == 422
    assert "Une équipe porte déjà ce nom." in doublon.content.decode()
    prefixe = f"e{equipe.pk}"
    champs = {f"{prefixe}-nom": "Sud", f"{prefixe}-membres": [str(collegue.pk)]}
    lire(navigateur.post(reverse("reglages_equipe", args=[equipe.pk]), champs, follow=True))
    equipe.refresh_from_db()
    assert (equipe.nom, [*equipe.membres.all()]) == ("Sud", [collegue])


def test_l_equipe_d_un_autre_cabinet_n_existe_pas(navigateur, cabinet):
    autre = Equipe.objects.create(cabinet=create_cabinet("Autre encore"), nom="Ailleurs")
    assert navigateur.post(reverse("reglages_equipe", args=[autre.pk]), {}).status_code == 404


def test_il_faut_etre_connecte(client, cabinet):
    for nom in ("reglages_equipes", "reglages_calendrier"):
        assert client.get(reverse(nom)).status_code == 302
    assert client.post(reverse("attribuer")).status_code == 302


# --- The people -------------------------------------------------------------------------------------------------------

NOUVELLE = {
    "personne-nom": "Alix Spécimen",
    "personne-email": "Alix@exemple.example",
    "personne-mot_de_passe": "une phrase assez longue",
}


def test_un_administrateur_ajoute_une_personne_qui_se_connecte(navigateur, client, cabinet):
    page = lire(navigateur.post(reverse("reglages_personnes"), NOUVELLE, follow=True))
    assert "Alix Spécimen peut se connecter." in page
    alix = cabinet.appartenances.get(utilisateur__email="alix@exemple.example")
    assert alix.role == Role.GESTIONNAIRE
    assert alix.utilisateur.check_password("une phrase assez longue")


@pytest.mark.parametrize(
    ("faute", "dit"),
    [
        ({"personne-email": "personne@exemple.example"}, "Cette adresse a déjà un compte."),
        ({"personne-mot_de_passe": "court"}, "12"),
        ({"personne-nom": ""}, "obligatoire"),
    ],
)
def test_une_personne_mal_dite_est_refusee(navigateur, cabinet, faute, dit):
    reponse = navigateur.post(reverse("reglages_personnes"), NOUVELLE | faute)
    assert reponse.status_code == 422
    assert dit in reponse.content.decode()
    assert cabinet.appartenances.count() == 1


def test_un_gestionnaire_n_ajoute_ni_ne_retire_personne(client, cabinet, utilisateur, collegue):
    client.force_login(collegue, backend="django.contrib.auth.backends.ModelBackend")
    assert "Seul un administrateur" in lire(client.get(reverse("reglages_equipes")))
    assert client.post(reverse("reglages_personnes"), NOUVELLE).status_code == 403
    assert client.post(reverse("reglages_personne_retirer", args=[utilisateur.pk])).status_code == 403


def test_qui_part_rend_ses_dossiers_a_son_equipe_ou_a_personne(
    navigateur, client, cabinet, utilisateur, collegue, trois
):
    equipe = Equipe.objects.create(cabinet=cabinet, nom="Nord")
    equipe.membres.set([collegue])
    confier(cabinet, trois[:1], collegue, equipe)
    confier(cabinet, trois[1:], collegue)
    page = lire(navigateur.post(reverse("reglages_personne_retirer", args=[collegue.pk]), follow=True))
    assert "Collègue n’a plus accès à l’entreprise ; 3 dossiers sont à confier." in page
    assert not collegue.appartenances.exists()
    assert not equipe.membres.exists()
    assert choisis(f"e-{equipe.pk}", utilisateur) == {"Alpha"}
    assert choisis("sans", utilisateur) == {"Bravo", "Charlie"}


def test_on_ne_se_retire_pas_soi_meme(navigateur, utilisateur):
    assert navigateur.post(reverse("reglages_personne_retirer", args=[utilisateur.pk])).status_code == 404
