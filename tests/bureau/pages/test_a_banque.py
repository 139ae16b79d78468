"""Before a credit is given to a client: what it would pay. What is shown is what is then recorded."""

from decimal import Decimal

import pytest
from django.urls import reverse

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.banque.services import allocate_mouvement, preview_allocation
from exigible.bureau.journal.models import Maillon
from exigible.bureau.tiers.services import load_etat
from exigible.droit.erreurs import ErreurExigible


def lire(reponse):
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def dossier(ouvrir_dossier):
    """1 000 € due 73 days ago: 73 × 1 000 × 12,40 % ÷ 365 = 24,80 € of interest, and 40 €."""
    return ouvrir_dossier("Boulangerie Fictive", "1000.00", 73)


@pytest.fixture
def mouvement(constater):
    def mouvement(montant):
        constater("m1", montant, "VIR BOULANGERIE FICTIVE", "BOULANGERIE FICTIVE")
        return Mouvement.objects.get()

    return mouvement


@pytest.mark.parametrize(
    ("montant", "parts", "reste", "trop_percu"),
    [
        ("30.00", ("30.00", "0.00", "0.00"), "1034.80", "0.00"),
        ("50.00", ("40.00", "10.00", "0.00"), "1014.80", "0.00"),
        ("500.00", ("40.00", "24.80", "435.20"), "564.80", "0.00"),
        ("1064.80", ("40.00", "24.80", "1000.00"), "0.00", "0.00"),
        ("1100.00", ("40.00", "24.80", "1000.00"), "0.00", "35.20"),
    ],
)
@pytest.mark.parametrize("choisie", [True, False])
def test_l_apercu_dit_ce_que_le_virement_paiera(dossier, mouvement, montant, parts, reste, trop_percu, choisie):
    ligne = mouvement(montant)
    creances = [dossier.creances.get().cle] if choisie else []
    ecrits = Maillon.objects.count()
    apercu = preview_allocation(ligne, dossier, creances)
    assert Maillon.objects.count() == ecrits
    (part,) = apercu.parts
    assert (part.indemnites, part.interets, part.principal) == tuple(map(Decimal, parts))
    assert (part.frais, part.reste) == (Decimal(0), Decimal(reste))
    assert (apercu.reste_du, apercu.trop_percu) == (Decimal(reste), Decimal(trop_percu))
    # And it is what happens.
    allocate_mouvement(ligne, dossier, creances, "essai")
    etat = load_etat(dossier)
    assert etat.echu == apercu.reste_du
    (imputation,) = etat.decompte.imputations
    assert (imputation.indemnites, imputation.interets, imputation.principal) == tuple(map(Decimal, parts))
    with pytest.raises(ErreurExigible, match="déjà rapproché"):
        preview_allocation(Mouvement.objects.get(), dossier, creances)


def test_la_page_montre_l_apercu_puis_confirme(navigateur, dossier, mouvement):
    ligne = mouvement("500.00")
    choix = {"dossier": str(dossier.pk), "creances": dossier.creances.get().cle}
    panneau = lire(navigateur.get(reverse("mouvement", args=[ligne.pk])))
    assert reverse("mouvement_apercu", args=[ligne.pk]) in panneau
    page = lire(navigateur.get(reverse("mouvement_apercu", args=[ligne.pk]), choix))
    for attendu in ("Boulangerie Fictive", "40,00 €", "24,80 €", "435,20 €", "564,80 €", "Confirmer"):
        assert attendu in page
    assert "Qui a payé ?" not in page
    assert Mouvement.objects.get().statut == "a_rapprocher"
    assert navigateur.post(reverse("mouvement_affecter", args=[ligne.pk]), choix).status_code == 302
    assert Mouvement.objects.get().statut == "rapproche"


def test_l_apercu_refuse_en_une_phrase(navigateur, dossier, mouvement):
    adresse = reverse("mouvement_apercu", args=[mouvement("10.00").pk])
    assert "Choisissez le client qui a payé." in lire(navigateur.get(adresse))
    choix = {"dossier": str(dossier.pk), "creances": "inconnue"}
    assert "n&#x27;est pas dans ce dossier" in lire(navigateur.get(adresse, choix))


def test_l_apercu_ne_montre_rien_d_un_autre_cabinet(navigateur, dossier_d_autrui):
    autre = Mouvement.objects.get(cle="m-autre")
    choix = {"dossier": str(dossier_d_autrui.pk)}
    assert navigateur.get(reverse("mouvement_apercu", args=[autre.pk]), choix).status_code == 404


def test_un_virement_ne_montre_pas_le_client_d_un_autre_cabinet(navigateur, constater, dossier_d_autrui):
    constater("m1", "10.00", "VIR")
    ligne = Mouvement.objects.get(cle="m1")
    choix = {"dossier": str(dossier_d_autrui.pk)}
    assert navigateur.get(reverse("mouvement_apercu", args=[ligne.pk]), choix).status_code == 404
