"""Retention in the settings: its floor, the preview, the confirmed erasure, and who may."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from exigible.bureau.comptes.models import Appartenance, Role
from exigible.bureau.comptes.services import create_utilisateur
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.effacement import get_annees
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits, verify_journal
from exigible.bureau.tiers.models import Dossier
from exigible.bureau.tiers.services import create_dossier
from exigible.dossier.faits import CreanceNee, DebiteurDecrit, DossierEfface, PaiementRecu
from exigible.droit.regimes import QualitePartie

VIEUX = date(2014, 3, 10)
# The last fact is of 10 March 2014: its year closed on 31 December 2015 at the latest, ten more years end in 2025.
FIN = date(2025, 12, 31)


@pytest.fixture
def vieillir(creancier):
    """Open a dossier of 2014, paid in full or not."""

    def vieillir(nom, *, paye=True):
        with fix_horloge(VIEUX):
            debiteur = DebiteurDecrit(nom=nom, qualite=QualitePartie.PROFESSIONNEL)
            dossier = create_dossier(creancier, debiteur, "essai", VIEUX)
            creance = CreanceNee(cle="c", numero=f"F-{nom}", emission=VIEUX, echeance=VIEUX, montant=Decimal("100.00"))
            faits = [creance, *([PaiementRecu(cle="p", montant=Decimal("100.00"))] if paye else [])]
            record_faits(dossier.chaine, [FaitAEcrire(f, VIEUX) for f in faits], "essai")
        return dossier

    return vieillir


def ouvrir(navigateur, **demande):
    return navigateur.get(reverse("reglages_conservation"), demande)


def effacer(navigateur, empreinte, mot="EFFACER"):
    return navigateur.post(reverse("reglages_conservation_effacer"), {"empreinte": empreinte, "mot": mot})


def test_la_duree_se_choisit_au_dessus_du_plancher(navigateur, creancier, cabinet):
    assert ouvrir(navigateur).context["duree"]["annees"].value() == 10
    adresse = reverse("reglages_conservation_duree")
    for annees, message in ((9, "dix ans au moins"), (101, "Cent ans"), ("x", "nombre entier")):
        reponse = navigateur.post(adresse, {"annees": annees})
        assert reponse.status_code == 422
        assert message in str(reponse.context["duree"].errors["annees"])
    assert get_annees(cabinet) == 10
    assert navigateur.post(adresse, {"annees": 12}).status_code == 302
    assert get_annees(cabinet) == 12


def test_l_apercu_dit_ce_qui_part_et_ce_qui_reste(navigateur, vieillir):
    solde, du = vieillir("Soldé"), vieillir("Dû", paye=False)
    page = ouvrir(navigateur)
    assert page.context["bilan"] is None  # nothing is read before it is asked
    page = ouvrir(navigateur, apercu="1")
    assert [(e.dossier.pk, e.jusqu_au) for e in page.context["effaces"]] == [(solde.pk, FIN)]
    assert [e.dossier.pk for e in page.context["retenus"]] == [du.pk]
    texte = page.content.decode()
    assert "31/12/2025" in texte
    assert "Une somme reste due" in texte
    assert "détruits pour toujours" in texte


def test_l_effacement_confirme(navigateur, vieillir):
    solde, du = vieillir("Soldé"), vieillir("Dû", paye=False)
    empreinte = ouvrir(navigateur, apercu="1").context["empreinte"]
    reponse = effacer(navigateur, empreinte)
    assert reponse.headers["Location"] == reverse("reglages_conservation")
    assert isinstance(read_inscriptions(solde.chaine)[-1].fait, DossierEfface)
    assert Dossier.objects.get(pk=solde.pk).debiteur_nom == "(effacé)"
    assert Dossier.objects.get(pk=du.pk).debiteur_nom == "Dû"
    assert verify_journal() == []
    assert "dossiers 1" in navigateur.get(reverse("reglages_conservation")).content.decode()
    assert ouvrir(navigateur, apercu="1").context["bilan"].vide


@pytest.mark.parametrize("mot", ["", "effacer", "oui"])
def test_sans_le_mot_rien_ne_part(navigateur, vieillir, mot):
    solde = vieillir("Soldé")
    reponse = effacer(navigateur, ouvrir(navigateur, apercu="1").context["empreinte"], mot)
    assert reponse.status_code == 422
    assert reponse.context["effacement"].errors["mot"]
    assert Dossier.objects.get(pk=solde.pk).debiteur_nom == "Soldé"


def test_ce_qui_a_change_depuis_l_apercu_se_relit(navigateur, vieillir):
    premier = vieillir("Premier")
    empreinte = ouvrir(navigateur, apercu="1").context["empreinte"]
    vieillir("Second")
    reponse = effacer(navigateur, empreinte)
    assert reponse.status_code == 422
    assert "La liste a changé" in reponse.content.decode()
    assert len(reponse.context["effaces"]) == 2
    assert Dossier.objects.get(pk=premier.pk).debiteur_nom == "Premier"
    assert effacer(navigateur, reponse.context["empreinte"]).status_code == 302


def test_un_gestionnaire_lit_et_n_efface_pas(cabinet, creancier, vieillir):
    dossier = vieillir("Soldé")
    gestionnaire = create_utilisateur(
        cabinet, "gestion@exemple.example", "phrase-de-passe-fictive", role=Role.GESTIONNAIRE
    )
    assert Appartenance.objects.get(utilisateur=gestionnaire).role == Role.GESTIONNAIRE
    navigateur = Client()
    navigateur.force_login(gestionnaire, backend="django.contrib.auth.backends.ModelBackend")
    page = ouvrir(navigateur, apercu="1")
    assert page.status_code == 200
    assert "Seul un administrateur" in page.content.decode()
    assert effacer(navigateur, page.context["empreinte"]).status_code == 403
    assert navigateur.post(reverse("reglages_conservation_duree"), {"annees": 20}).status_code == 403
    assert Dossier.objects.get(pk=dossier.pk).debiteur_nom == "Soldé"
    assert get_annees(cabinet) == 10


def test_l_apercu_lit_un_nombre_fixe_de_fois_la_base(navigateur, vieillir, django_assert_max_num_queries):
    vieillir("Premier")
    with django_assert_max_num_queries(100) as peu:
        ouvrir(navigateur, apercu="1")
        nombre = len(peu)
    assert nombre > 0
    for rang in range(5):
        vieillir(f"Autre {rang}", paye=rang % 2 == 0)
    with django_assert_max_num_queries(nombre):
        assert len(ouvrir(navigateur, apercu="1").context["effaces"]) == 4


def test_les_reglages_y_menent(navigateur, creancier):
    assert reverse("reglages_conservation") in navigateur.get(reverse("reglages"), follow=True).content.decode()
