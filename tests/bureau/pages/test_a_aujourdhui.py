"""« Aujourd'hui »: the rows, the panel, what is recorded."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.services import read_inscriptions
from exigible.bureau.pages.vues import aujourdhui
from exigible.bureau.tiers.models import Action
from exigible.dossier.faits import ActionIgnoree, ActionReportee, Adresse, AppelPasse, IssueAppel, RelanceFaite
from exigible.droit.regimes import QualitePartie

JOUR = date(2026, 11, 21)


def lire(reponse):
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def onglet(navigateur, code, **autres):
    return lire(navigateur.get(reverse("aujourdhui"), {"onglet": code} | autres))


def action_de(dossier):
    return Action.objects.get(dossier=dossier, retenue=False)


def faits_de(dossier):
    return [i.fait for i in read_inscriptions(dossier.chaine)]


def test_chaque_client_est_dans_l_onglet_de_son_etape(navigateur, ouvrir_dossier, constater):
    ouvrir_dossier("Client à appeler", "100.00", 2)
    ouvrir_dossier("Client à relancer", "200.00", 9)
    ouvrir_dossier("Client mûr", "300.00", 20, relance=10)
    ouvrir_dossier("Client inconnu", "400.00", 20, relance=10, qualite=QualitePartie.INCONNUE)
    a_faire = onglet(navigateur, "a_faire")
    assert "Client à appeler" in a_faire
    assert "Client mûr" not in a_faire
    assert "Client inconnu" in onglet(navigateur, "problemes")
    attente = onglet(navigateur, "attente")
    assert "À compléter avant tout courrier" in attente
    assert "À compléter · F-004" in attente
    constater("m1", "77.70", "VIR SANS INDICE")
    assert "77,70 €" in onglet(navigateur, "banque")
    assert "Client à appeler" not in onglet(navigateur, "a_faire")  # the credit may be theirs
    assert "77,70 €" in onglet(navigateur, "attente")


def test_une_mise_en_demeure_mure_est_a_relire(navigateur, ouvrir_dossier):
    dossier = ouvrir_dossier("Client mûr", "300.00", 20, relance=10)
    page = onglet(navigateur, "a_relire")
    assert "Client mûr" in page
    assert "Facture F-001 échue depuis 20 jours, relance du 11/11/2026 sans effet : mise en demeure" in page
    panneau = lire(navigateur.get(reverse("action", args=[action_de(dossier).pk])))
    assert "Relire la mise en demeure" in panneau
    assert reverse("courrier_apercu", args=[dossier.pk]) in panneau


def test_le_panneau_montre_le_message_pret_et_le_garde_mot_pour_mot(navigateur, ouvrir_dossier):
    dossier = ouvrir_dossier("Client à relancer", "200.00", 9)
    dossier_appele = action_de(dossier)
    if dossier_appele.etape == "appel":
        navigateur.post(reverse("action_ignorer", args=[dossier_appele.pk]), {"motif": "essai"})
    action = action_de(dossier)
    assert action.etape == "relance"
    panneau = lire(navigateur.get(reverse("action", args=[action.pk]), headers={"HX-Request": "true"}))
    assert "<html" not in panneau
    assert "200,00 €" in panneau
    assert "mailto:client@exemple.example" in panneau
    executer = reverse("action_executer", args=[action.pk])
    refus = navigateur.post(executer, {"canal": "courriel", "texte": "Bonjour, merci de payer."})
    assert "information sur les données" in lire(refus)
    texte = "Bonjour, merci de payer. Vos droits sur vos données : www.cnil.fr"
    reponse = navigateur.post(executer, {"canal": "courriel", "texte": texte})
    assert reponse.url == reverse("aujourdhui")
    relance = next(f for f in faits_de(dossier) if isinstance(f, RelanceFaite))
    assert relance.texte == texte
    assert not Action.objects.filter(dossier=dossier, retenue=False).exists()


def test_un_appel_demande_son_resultat_puis_est_enregistre(navigateur, ouvrir_dossier):
    dossier = ouvrir_dossier("Client à appeler", "100.00", 2, telephone="01 99 00 12 34")
    action = action_de(dossier)
    adresse = reverse("action_executer", args=[action.pk])
    assert 'href="tel:0199001234"' in lire(navigateur.get(reverse("action", args=[action.pk])))
    refus = lire(navigateur.post(adresse, {"issue": ""}, headers={"HX-Request": "true"}))
    assert "Ce champ est obligatoire." in refus
    assert not any(isinstance(f, AppelPasse) for f in faits_de(dossier))
    reponse = navigateur.post(
        adresse,
        {"issue": "abouti", "interlocuteur": "Comptabilité", "compte_rendu": "Paie vendredi."},
        headers={"HX-Request": "true"},
    )
    assert reponse.headers["HX-Redirect"] == reverse("aujourdhui")
    appel = next(f for f in faits_de(dossier) if isinstance(f, AppelPasse))
    assert (appel.issue, appel.interlocuteur) == (IssueAppel.ABOUTI, "Comptabilité")


def test_reporter_demande_un_jour_a_venir(navigateur, ouvrir_dossier):
    dossier = ouvrir_dossier("Client à appeler", "100.00", 2)
    adresse = reverse("action_reporter", args=[action_de(dossier).pk])
    assert "Choisissez un jour à venir." in lire(navigateur.post(adresse, {"jusqu_au": "2026-11-21"}))
    assert navigateur.post(adresse, {"jusqu_au": "24/11/2026", "motif": "congés"}).status_code == 302
    fait = next(f for f in faits_de(dossier) if isinstance(f, ActionReportee))
    assert (fait.jusqu_au, fait.motif) == (date(2026, 11, 24), "congés")
    assert "Action reportée : Client à appeler." in onglet(navigateur, "a_faire")
    assert "Client à appeler" not in onglet(navigateur, "a_faire")
    assert "Client à appeler" in onglet(navigateur, "attente")


def test_ignorer_demande_un_motif(navigateur, ouvrir_dossier):
    dossier = ouvrir_dossier("Client à appeler", "100.00", 2)
    adresse = reverse("action_ignorer", args=[action_de(dossier).pk])
    assert "Ce champ est obligatoire." in lire(navigateur.post(adresse, {"motif": ""}))
    assert navigateur.post(adresse, {"motif": "déjà vu"}).status_code == 302
    assert any(isinstance(f, ActionIgnoree) for f in faits_de(dossier))


def test_une_action_disparue_donne_une_page_introuvable(navigateur, creancier):
    assert navigateur.get(reverse("action", args=[987654])).status_code == 404


def test_filtre_et_tri(navigateur, ouvrir_dossier):
    ouvrir_dossier("Beta", "500.00", 2)
    ouvrir_dossier("Alpha", "100.00", 2)
    assert "Alpha" not in onglet(navigateur, "a_faire", q="bet")
    par_nom = onglet(navigateur, "a_faire", tri="nom")
    assert par_nom.index("Alpha") < par_nom.index("Beta")
    par_montant = onglet(navigateur, "a_faire", tri="montant")
    assert par_montant.index("Beta") < par_montant.index("Alpha")
    assert "Rien ne correspond" in onglet(navigateur, "a_faire", q="zzz")


def test_un_onglet_inconnu_est_introuvable(navigateur, creancier):
    assert navigateur.get(reverse("aujourdhui"), {"onglet": "autre"}).status_code == 404


@pytest.mark.parametrize(
    "code", ["a_faire", "a_relire", "reponses", "suivis", "banque", "delais", "problemes", "attente"]
)
def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_lignes(navigateur, ouvrir_dossier, constater, code):
    ouvrir_dossier("Client 0", "100.00", 20, relance=10)
    with_one = _count(navigateur, code)
    for i in range(1, 6):
        ouvrir_dossier(f"Client {i}", "100.00", (2, 9, 20, 30, 1)[i - 1])
        constater(f"m{i}", "12.30", "VIR ORDINAIRE")
    assert _count(navigateur, code) <= with_one + 1  # an empty tab does not ask for its rows


def _count(navigateur, code):
    with CaptureQueriesContext(connection) as requetes:
        assert navigateur.get(reverse("aujourdhui"), {"onglet": code}).status_code == 200
    return len(requetes)


def test_un_nouveau_jour_se_voit_et_se_met_a_jour(navigateur, ouvrir_dossier):
    ouvrir_dossier("Client bientôt en retard", "100.00", -10)
    assert "Un nouveau jour a commencé" not in onglet(navigateur, "a_faire")
    with fix_horloge(JOUR + timedelta(days=12)):
        assert "Un nouveau jour a commencé" in onglet(navigateur, "a_faire")
        reponse = navigateur.post(reverse("travail_du_jour"), follow=True)
        assert "Le travail du jour est à jour." in lire(reponse)
        assert "Un nouveau jour a commencé" not in lire(reponse)
        assert "Client bientôt en retard" in onglet(navigateur, "a_faire")


def test_un_dossier_en_erreur_est_montre_avec_sa_phrase(navigateur, ouvrir_dossier):
    dossier = ouvrir_dossier("Client cassé", "100.00", 2)
    type(dossier).objects.filter(pk=dossier.pk).update(erreur="Le fait n° 3 n'a pas la forme attendue.")
    assert "n&#x27;a pas la forme attendue" in onglet(navigateur, "problemes")


def test_un_nom_ne_peut_pas_injecter_de_balises(navigateur, ouvrir_dossier):
    ouvrir_dossier("<script>alert(1)</script>", "100.00", 2, adresse=Adresse())
    for page in (onglet(navigateur, "a_faire"), onglet(navigateur, "problemes"), lire(navigateur.get("/clients/"))):
        assert "<script>alert" not in page


def test_un_grand_portefeuille_se_met_a_jour_en_plusieurs_fois(navigateur, ouvrir_dossier, monkeypatch):
    for i in range(3):
        ouvrir_dossier(f"Client {i}", "100.00", -10)
    monkeypatch.setattr(aujourdhui, "DOSSIERS_A_LA_FOIS", 2)
    with fix_horloge(JOUR + timedelta(days=12)):
        assert "Il reste 1 dossier à" in lire(navigateur.post(reverse("travail_du_jour"), follow=True))
        assert "Le travail du jour est à jour." in lire(navigateur.post(reverse("travail_du_jour"), follow=True))


def test_des_taux_provisoires_sont_annonces(navigateur, ouvrir_dossier):
    with fix_horloge(date(2028, 1, 15)):
        ouvrir_dossier("Client", "100.00", 60)
        for page in (onglet(navigateur, "a_faire"), lire(navigateur.get(reverse("portefeuille")))):
            assert "les intérêts affichés sont provisoires" in page
