"""The bank page: tabs, suggestions in words, sharing out, returns, charges, certain matches."""

from decimal import Decimal

import pytest
from django.urls import reverse

from exigible.bureau.banque.models import Mouvement
from exigible.droit.regimes import QualitePartie


def lire(reponse):
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_les_onglets_separent_ce_qui_se_rapproche(navigateur, constater):
    lignes = {
        "a_rapprocher": ("10.00", "VIR ALPHA", {}),
        "retours": ("-20.00", "REJET BETA", {}),
        "frais": ("-3.00", "COMMISSION GAMMA", {}),
        "devises": ("30.00", "DELTA", {"devise": "USD"}),
    }
    for cle, (montant, libelle, champs) in lignes.items():
        constater(cle, montant, libelle, **champs)
    for onglet in lignes:
        page = lire(navigateur.get(reverse("banque"), {"statut": onglet}))
        assert [libelle in page for _, libelle, _ in lignes.values()] == [cle == onglet for cle in lignes]
    assert "30,00 USD" in page
    assert lire(navigateur.get(reverse("banque"), {"statut": "inconnu"})).count("VIR ALPHA") == 1


def test_la_suggestion_dit_pourquoi_en_mots(navigateur, constater, clients):
    numero = clients[0].creances.get().numero
    page = lire(navigateur.get(reverse("mouvement", args=[constater("m1", "250.00", f"VIR {numero}").pk])))
    for attendu in ("Certain", f"La facture {numero} est citée", "exactement ce qui reste dû", "250,00 €"):
        assert attendu in page
    assert "data-executer" in page


def test_repartir_entre_deux_clients_et_laisser_un_reste(navigateur, constater, clients):
    ligne = constater("m1", "400.00", "VIR LOT")
    choix = {
        "cible": [f"{d.pk}|{d.creances.get().cle}" for d in clients] + [f"{clients[0].pk}|"],
        "montant": ["250,00", "90", ""],
    }
    apercu = lire(navigateur.get(reverse("mouvement_apercu", args=[ligne.pk]), choix))
    for attendu in ("Boulangerie Fictive", "Garage Imaginaire", "60,00 € de ce virement resteront", "Confirmer"):
        assert attendu in apercu
    assert navigateur.post(reverse("mouvement_affecter", args=[ligne.pk]), choix).status_code == 302
    ligne.refresh_from_db()
    assert (ligne.statut, ligne.reste) == ("a_rapprocher", Decimal("60.00"))
    assert "reste 60,00 €" in lire(navigateur.get(reverse("banque")))
    page = lire(navigateur.get(reverse("mouvement", args=[ligne.pk])))
    assert "il reste 60,00 € à rapprocher" in page
    assert reverse("mouvement_rouvrir", args=[ligne.pk]) in page
    assert reverse("mouvement_ecarter", args=[ligne.pk]) not in page


@pytest.mark.parametrize(
    ("montants", "message"),
    [(["300", "200"], "il ne reste que"), (["douze", ""], "douze"), (["", ""], "au moins un montant")],
)
def test_une_repartition_fausse_est_dite(navigateur, constater, clients, montants, message):
    ligne = constater("m1", "400.00", "VIR LOT")
    choix = {"cible": [f"{d.pk}|" for d in clients], "montant": montants}
    assert message in lire(navigateur.get(reverse("mouvement_apercu", args=[ligne.pk]), choix))
    assert message in lire(navigateur.post(reverse("mouvement_affecter", args=[ligne.pk]), choix))


def test_une_part_ne_va_pas_chez_autrui(navigateur, constater, dossier_d_autrui):
    ligne = constater("m1", "400.00", "VIR LOT")
    choix = {"cible": [f"{dossier_d_autrui.pk}|"], "montant": ["1"]}
    assert navigateur.post(reverse("mouvement_affecter", args=[ligne.pk]), choix).status_code == 404
    choix["cible"] = ["rien|"]
    assert "Choisissez le client" in lire(navigateur.post(reverse("mouvement_affecter", args=[ligne.pk]), choix))


def test_un_retour_se_confirme_avec_son_motif(navigateur, constater, clients):
    recu = constater("m1", "250.00", "VIR", bout_en_bout="E2E-1")
    navigateur.post(reverse("mouvement_affecter", args=[recu.pk]), {"dossier": str(clients[0].pk)})
    rejet = constater("r1", "-250.00", "REJET", motif_retour="MD06", bout_en_bout="E2E-1")
    page = lire(navigateur.get(reverse("mouvement", args=[rejet.pk])))
    for attendu in ("Boulangerie Fictive", "remboursement demandé par le débiteur (MD06)", "seront dus de nouveau"):
        assert attendu in page
    adresse = reverse("mouvement_rejeter", args=[rejet.pk])
    assert "pas de ceux" in lire(navigateur.post(adresse, {"paiement": "x|y"}))
    paiement = f"{clients[0].pk}|mouvement-m1"
    assert navigateur.post(adresse, {"paiement": paiement}).status_code == 302
    clients[0].refresh_from_db()
    assert clients[0].echu == Decimal("250.00")


def test_les_frais_se_mettent_de_cote_en_un_geste(navigateur, constater):
    ligne = constater("m1", "-9.00", "FRAIS DE TENUE DE COMPTE")
    page = lire(navigateur.get(reverse("mouvement", args=[ligne.pk])))
    assert 'value="frais bancaires"' in page
    navigateur.post(reverse("mouvement_ecarter", args=[ligne.pk]), {"motif": "frais bancaires"})
    ligne.refresh_from_db()
    assert (ligne.statut, ligne.motif) == ("ecarte", "frais bancaires")


def test_une_autre_devise_dit_pourquoi(navigateur, constater):
    ligne = constater("m1", "30.00", "VIR", devise="USD")
    assert "seuls les euros" in lire(navigateur.get(reverse("mouvement", args=[ligne.pk])))


def test_les_certains_se_voient_puis_s_acceptent(navigateur, constater, clients):
    assert "Aucun rapprochement certain" in lire(navigateur.get(reverse("banque_certains")))
    for cle, dossier in zip(("m1", "m2"), clients, strict=True):
        creance = dossier.creances.get()
        constater(cle, creance.montant, f"VIR {creance.numero}")
    assert "2 rapprochements certains" in lire(navigateur.get(reverse("banque_certains"), {"compte": "1"}))
    reponse = navigateur.get(reverse("banque_certains"))
    page = lire(reponse)
    for attendu in ("Accepter les 2 rapprochements certains", "Boulangerie Fictive", "est citée", "340,00 €"):
        assert attendu in page
    noms = [ligne.certitude.nom for ligne in reponse.context["lignes"]]
    navigateur.post(reverse("banque_certains"), {"choix": noms[:1]})
    assert sorted(m.statut for m in Mouvement.objects.all()) == ["a_rapprocher", "rapproche"]
    suite = navigateur.post(reverse("banque_certains"), {"choix": noms}, follow=True)
    assert "1 virement rapproché" in lire(suite)
    assert "plus certains" in lire(suite)


def test_un_autre_cabinet_ne_voit_ni_ne_rejette_rien(navigateur, dossier_d_autrui):
    autre = Mouvement.objects.get(cle="m-autre")
    assert navigateur.post(reverse("mouvement_rejeter", args=[autre.pk]), {"paiement": "a|b"}).status_code == 404
    assert "VIREMENT D'AUTRUI" not in lire(navigateur.get(reverse("banque_certains")))


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_lignes(
    navigateur, constater, clients, ouvrir_dossier, django_assert_max_num_queries
):
    numero = clients[0].creances.get().numero
    ligne = constater("m0", "250.00", f"VIR {numero}")
    for page, maximum in (
        (reverse("banque"), 16),
        (reverse("mouvement", args=[ligne.pk]), 26),
        (reverse("banque_certains"), 20),
    ):
        with django_assert_max_num_queries(maximum):
            navigateur.get(page)
    for rang in range(12):
        dossier = ouvrir_dossier(f"Client Modèle {rang}", "40.00", 5, qualite=QualitePartie.CONSOMMATEUR)
        constater(f"m{rang + 1}", "40.00", f"VIR {dossier.creances.get().numero}")
    for page, maximum in (
        (reverse("banque"), 16),
        (reverse("mouvement", args=[ligne.pk]), 26),
        (reverse("banque_certains"), 20),
    ):
        with django_assert_max_num_queries(maximum):
            navigateur.get(page)
