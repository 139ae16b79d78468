from datetime import date, timedelta
from decimal import Decimal

import pytest

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.banque.services import (
    allocate_mouvement,
    discard_mouvement,
    list_credits_ouverts,
    match_mouvements,
    release_mouvement,
)
from exigible.bureau.journal.services import FaitAEcrire, record_faits, verify_journal
from exigible.bureau.tiers.models import Action, Dossier
from exigible.bureau.tiers.services import create_creancier, load_etat
from exigible.bureau.tiers.verification import verify_projections
from exigible.dossier.faits import PaiementRecu
from exigible.dossier.faits_creancier import CreancierDecrit, MouvementConstate
from exigible.droit.erreurs import ErreurExigible

from .conftest import JOUR


@pytest.fixture
def _coherent():
    yield
    assert list(verify_projections()) == []
    assert verify_journal() == []


pytestmark = pytest.mark.usefixtures("db", "_coherent")


def test_reference_et_principal_exacts(creancier, dossier, facturer, constater):
    facturer(dossier, "FA-77", "250.00", date(2026, 11, 1), date(2026, 12, 1))
    mouvement = constater("m1", "250.00", "VIR CLIENT MODELE FA 77 MERCI")
    assert match_mouvements(creancier, "essai") == 1
    mouvement.refresh_from_db()
    assert (mouvement.statut, mouvement.dossier) == ("rapproche", dossier)
    creance = dossier.creances.get(numero="FA-77")
    assert (creance.stade, creance.reste) == ("soldee", 0)
    assert dossier.paiements.get().mouvement == "m1"
    assert match_mouvements(creancier, "essai") == 0


def test_reference_et_total_du_le_jour_du_virement(creancier, dossier, constater):
    jour = date(2026, 2, 15)
    du = load_etat(dossier, jour).decompte.total_du
    assert du == Decimal("10499.37")
    constater("m1", du, "F-1", jour)
    assert match_mouvements(creancier, "essai") == 1
    dossier.refresh_from_db()
    assert dossier.stade == "soldee"


@pytest.mark.parametrize(
    ("montant", "libelle"),
    [
        ("250.01", "FA-77"),
        ("250.00", "FA-770"),
        ("250.00", "VIREMENT"),
        ("250.00", "FA-77 ET FA-78"),
        ("-250.00", "FA-77"),
    ],
)
def test_dans_le_doute_rien_n_est_decide(creancier, dossier, facturer, constater, montant, libelle):
    facturer(dossier, "FA-77", "250.00")
    facturer(dossier, "FA-78", "250.00")
    mouvement = constater("m1", montant, libelle)
    assert match_mouvements(creancier, "essai") == 0
    mouvement.refresh_from_db()
    assert mouvement.statut == "a_rapprocher"


def test_le_meme_numero_chez_deux_clients_ne_designe_personne(creancier, ouvrir, facturer, constater):
    for nom in ("Un", "Deux"):
        facturer(ouvrir(nom=nom, code=nom), "FA-77", "250.00")
    constater("m1", "250.00", "FA-77")
    assert match_mouvements(creancier, "essai") == 0


def test_un_virement_deja_compte_par_les_livres_ne_l_est_pas_deux_fois(creancier, dossier, facturer, noter, constater):
    facturer(dossier, "FA-77", "250.00")
    noter(dossier, PaiementRecu(cle="livres", montant=Decimal("250.00")), jour=JOUR - timedelta(days=2))
    constater("m1", "250.00", "FA-77")
    assert match_mouvements(creancier, "essai") == 0


def test_une_devise_etrangere_n_est_pas_un_credit(creancier, dossier, facturer, constater):
    facturer(dossier, "FA-77", "250.00")
    mouvement = constater("m1", "250.00", "FA-77", devise="USD")
    assert list_credits_ouverts(creancier.pk) == []
    with pytest.raises(ErreurExigible, match="en euros"):
        allocate_mouvement(mouvement, dossier, (), "essai")


def test_un_virement_non_rapproche_retient_celui_qu_il_designe_et_lui_seul(ouvrir, facturer, constater):
    un, deux = ouvrir(nom="Société Dupontel", code="A"), ouvrir(nom="Maison Martinot", code="B")
    for dossier in (un, deux):
        facturer(dossier, f"F-{dossier.reference}", "300.00")
    mouvement = constater("m1", "120.00", "VIR DUPONTEL")
    un.refresh_from_db()
    deux.refresh_from_db()
    assert [c["cle"] for c in un.credits] == ["m1"]
    assert deux.credits == []
    assert Action.objects.get(dossier=un).motif == "credit_non_rapproche"
    assert not Action.objects.get(dossier=deux).retenue
    discard_mouvement(mouvement, "remboursement d'un fournisseur", "essai")
    un.refresh_from_db()
    assert un.credits == []
    assert not Action.objects.get(dossier=un).retenue


def test_une_facture_nouvelle_peut_designer_un_autre_debiteur(ouvrir, facturer, constater):
    un, deux = ouvrir(nom="Société Dupontel", code="A"), ouvrir(nom="Maison Martinot", code="B")
    for dossier in (un, deux):
        facturer(dossier, f"F-{dossier.reference}", "300.00")
    constater("m1", "120.00", "VIREMENT REF ZX99")
    assert {d.reference for d in Dossier.objects.all() if d.credits} == {un.reference, deux.reference}
    facturer(deux, "ZX99", "500.00")
    assert {d.reference for d in Dossier.objects.all() if d.credits} == {deux.reference}


def test_une_personne_affecte_puis_se_ravise(dossier, constater):
    mouvement = constater("m1", "100.00", "VIR")
    allocate_mouvement(mouvement, dossier, ("f-F-1",), "Marie")
    mouvement.refresh_from_db()
    assert mouvement.statut == "rapproche"
    assert dossier.paiements.get().montant == Decimal("100.00")
    with pytest.raises(ErreurExigible, match="déjà rapproché"):
        allocate_mouvement(mouvement, dossier, (), "Marie")
    release_mouvement(mouvement, "mauvais client", "Marie")
    mouvement.refresh_from_db()
    assert (mouvement.statut, mouvement.dossier, mouvement.paiement) == ("a_rapprocher", None, "")
    assert not dossier.paiements.exists()
    allocate_mouvement(mouvement, dossier, (), "Marie")
    assert dossier.paiements.count() == 1


def test_ecarter_demande_un_motif_et_se_reprend(constater):
    mouvement = constater("m1", "100.00", "VIR")
    with pytest.raises(ErreurExigible, match="pourquoi"):
        discard_mouvement(mouvement, "  ", "Marie")
    discard_mouvement(mouvement, "apport", "Marie")
    with pytest.raises(ErreurExigible, match="déjà"):
        discard_mouvement(mouvement, "apport", "Marie")
    release_mouvement(mouvement, "erreur", "Marie")
    mouvement.refresh_from_db()
    assert mouvement.statut == "a_rapprocher"
    with pytest.raises(ErreurExigible, match="Rien n'a encore"):
        release_mouvement(mouvement, "erreur", "Marie")


def test_ni_l_argent_d_un_autre_creancier_ni_une_creance_inconnue(creancier, dossier, constater):
    autre = create_creancier(creancier.cabinet, CreancierDecrit(nom="Autre"), "essai")
    fait = MouvementConstate(mouvement="x", iban="", montant=Decimal("5.00"))
    record_faits(autre.chaine, [FaitAEcrire(fait, JOUR)], "essai")
    with pytest.raises(ErreurExigible, match="même créancier"):
        allocate_mouvement(Mouvement.objects.get(cle="x"), dossier, (), "Marie")
    with pytest.raises(ErreurExigible, match="n'est pas dans ce dossier"):
        allocate_mouvement(constater("m1", "5.00"), dossier, ("inconnue",), "Marie")
