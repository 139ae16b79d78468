"""An unmatched credit holds reminders: the pages say which, and a person says of whom it is not."""

from django.urls import reverse

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.tiers.models import Dossier


def lire(reponse):
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def list_suspendus():
    return sorted(d.debiteur_nom for d in Dossier.objects.all() if d.credits)


def test_le_dossier_dit_quel_virement_le_retient_et_le_libere(navigateur, constater, clients):
    ligne = constater("m1", "33.00", "REF INCONNUE")
    adresse = reverse("dossier", args=[clients[0].pk])
    page = lire(navigateur.get(adresse))
    for attendu in ("Ce virement suspend les relances", "REF INCONNUE", "Il n’est pas de ce client"):
        assert attendu in page
    lever = reverse("mouvement_lever", args=[ligne.pk])
    assert lever in page
    assert "Indiquez un motif" in lire(navigateur.post(lever, {"dossier": str(clients[0].pk)}, follow=True))
    donnees = {"dossier": str(clients[0].pk), "motif": "il n’a rien payé"}
    suite = lire(navigateur.post(lever, donnees, follow=True))
    assert "ne suspend plus les relances de Boulangerie Fictive" in suite
    assert "Ce virement suspend les relances" not in suite
    assert list_suspendus() == ["Garage Imaginaire"]
    panneau = lire(navigateur.get(reverse("mouvement", args=[ligne.pk])))
    assert "Il n’a rien payé" in panneau
    navigateur.post(reverse("mouvement_retenir", args=[ligne.pk]), {"motif": "levée annulée"})
    assert list_suspendus() == ["Boulangerie Fictive", "Garage Imaginaire"]


def test_la_banque_dit_combien_de_clients_et_les_libere_d_un_coup(navigateur, constater, clients):
    ligne = constater("m1", "33.00", "REMBOURSEMENT DE TAXE")
    adresse = reverse("mouvement", args=[ligne.pk])
    page = lire(navigateur.get(adresse))
    for attendu in ("Relances suspendues : 2 clients", "Garage Imaginaire", "Reprendre ces relances"):
        assert attendu in page
    suite = lire(navigateur.post(reverse("mouvement_lever", args=[ligne.pk]), {"motif": "un impôt"}, follow=True))
    assert "ne suspend plus que les relances des clients qu’il désigne" in suite
    assert "Reprendre ces relances" not in suite
    assert list_suspendus() == []


def test_celui_que_le_virement_designe_n_est_pas_libere_avec_les_autres(navigateur, constater, clients):
    ligne = constater("m1", "33.00", "VIR GARAGE IMAGINAIRE")
    page = lire(navigateur.get(reverse("mouvement", args=[ligne.pk])))
    assert "Relances suspendues : un client" in page
    assert "Reprendre ces relances" not in page


def test_un_autre_cabinet_ne_leve_rien(navigateur, constater, dossier_d_autrui):
    autre = Mouvement.objects.get(cle="m-autre")
    for nom in ("mouvement_lever", "mouvement_retenir"):
        assert navigateur.post(reverse(nom, args=[autre.pk]), {"motif": "x"}).status_code == 404
    donnees = {"motif": "x", "dossier": str(dossier_d_autrui.pk)}
    lever = reverse("mouvement_lever", args=[constater("m1", "5.00", "VIR").pk])
    assert navigateur.post(lever, donnees).status_code == 404


def test_un_retour_dit_les_frais_et_qui_les_supporte(navigateur, constater, clients):
    recu = constater("m1", "250.00", "CHEQUE", bout_en_bout="E2E-1")
    navigateur.post(reverse("mouvement_affecter", args=[recu.pk]), {"dossier": str(clients[0].pk)})
    rejet = constater("r1", "-265.00", "CHEQUE IMPAYE SANS PROVISION", bout_en_bout="E2E-1")
    page = lire(navigateur.get(reverse("mouvement", args=[rejet.pk])))
    for attendu in ("250,00 € seront dus", "Les 15,00 € en plus", "à la charge de celui qui l", "L131-73"):
        assert attendu in page
