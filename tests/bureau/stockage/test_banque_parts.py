"""A credit shared out, certain matches accepted together, a payment taken back: written, held, undone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from exigible.bureau.banque.acceptation import accept_certains, accept_retour, list_certains
from exigible.bureau.banque.models import Mouvement
from exigible.bureau.banque.propositions import propose
from exigible.bureau.banque.repartition import PartChoisie, allocate_parts, preview_parts
from exigible.bureau.banque.services import (
    allocate_mouvement,
    discard_mouvement,
    list_credits_ouverts,
    match_mouvements,
    release_mouvement,
)
from exigible.bureau.journal.services import read_inscriptions, verify_journal
from exigible.bureau.tiers.verification import verify_projections
from exigible.dossier.comptable import list_frais_bancaires
from exigible.dossier.faits import PaiementRecu
from exigible.dossier.journal import list_effectives
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.regimes import QualitePartie

from .conftest import JOUR

D = Decimal


@pytest.fixture
def clients(ouvrir, facturer):
    """Two consumers: A owes 100 (FA-1001) and 250 (FA-1002), B 400 (FB-1001). No interest, no 40 €."""
    a = ouvrir(nom="Société Dupontel", code="A", qualite=QualitePartie.CONSOMMATEUR)
    b = ouvrir(nom="Maison Martinot", code="B", qualite=QualitePartie.CONSOMMATEUR)
    facturer(a, "FA-1001", "100.00")
    facturer(a, "FA-1002", "250.00")
    facturer(b, "FB-1001", "400.00")
    return a, b


@pytest.fixture
def _coherent():
    yield
    assert list(verify_projections()) == []
    assert verify_journal() == []


pytestmark = pytest.mark.usefixtures("db", "_coherent")


def relire(*lignes):
    for ligne in lignes:
        ligne.refresh_from_db()
    return lignes


def test_une_part_a_chacun_et_le_reste_retient_encore(clients, constater, creancier):
    a, b = clients
    mouvement = constater("m1", "500.00", "VIR DUPONTEL")
    parts = [PartChoisie(a, ("f-FA-1002",), D("250.00")), PartChoisie(b, ("f-FB-1001",), D("150.00"))]
    apercu = preview_parts(mouvement, parts)
    assert [(d.pk, r.reste_du) for d, r in apercu] == [(a.pk, D("100.00")), (b.pk, D("250.00"))]
    allocate_parts(mouvement, parts, "choisi", "Marie")
    relire(mouvement, a, b)
    assert (mouvement.statut, mouvement.reste, len(mouvement.parts)) == ("a_rapprocher", D("100.00"), 2)
    assert (a.echu, b.echu) == (D("100.00"), D("250.00"))
    # What is left still counts against chasing.
    assert [c.montant for c in list_credits_ouverts(creancier.pk)] == [D("100.00")]
    assert [c["montant"] for c in a.credits] == ["100.00"]
    allocate_mouvement(mouvement, a, (), "Marie")
    relire(mouvement, a)
    assert (mouvement.statut, mouvement.reste, a.echu) == ("rapproche", D("0.00"), D("0.00"))
    assert [p.cle for p in a.paiements.order_by("cle")] == ["mouvement-m1", "mouvement-m1-3"]
    release_mouvement(mouvement, "erreur", "Marie")
    relire(mouvement, a, b)
    assert (mouvement.statut, mouvement.parts, mouvement.affecte) == ("a_rapprocher", [], D("0.00"))
    assert (a.echu, b.echu, a.paiements.count(), b.paiements.count()) == (D("350.00"), D("400.00"), 0, 0)


def test_un_virement_entame_se_rouvre_mais_ne_s_ecarte_pas(clients, constater, creancier):
    a, _b = clients
    mouvement = constater("m1", "350.00", "FA-1001")
    allocate_parts(mouvement, [PartChoisie(a, ("f-FA-1002",), D("250.00"))], "choisi", "Marie")
    relire(mouvement)
    assert match_mouvements(creancier, "essai") == 0
    with pytest.raises(ErreurExigible, match="Une part"):
        discard_mouvement(mouvement, "apport", "Marie")
    release_mouvement(mouvement, "erreur", "Marie")
    assert relire(mouvement)[0].parts == []


@pytest.mark.parametrize(
    ("montants", "message"),
    [(("250.00", "150.01"), "il ne reste que"), (("0.00",), "supérieur à zéro"), ((), "supérieur à zéro")],
)
def test_ni_plus_que_le_virement_ni_rien(clients, constater, montants, message):
    mouvement = constater("m1", "400.00")
    parts = [PartChoisie(dossier, (), D(m)) for dossier, m in zip(clients, montants, strict=False)]
    with pytest.raises(ErreurExigible, match=message):
        allocate_parts(mouvement, parts, "choisi", "Marie")
    assert relire(mouvement)[0].parts == []


def test_une_creance_d_un_autre_dossier_est_refusee(clients, constater):
    a, _b = clients
    with pytest.raises(ErreurExigible, match="n'est pas dans ce dossier"):
        allocate_parts(constater("m1", "9.00"), [PartChoisie(a, ("f-FB-1001",), D("9.00"))], "choisi", "Marie")


def test_les_certains_vus_sont_acceptes_ensemble(clients, constater, creancier, ouvrir, facturer):
    a, b = clients
    constater("lot", "500.00", "FA-1001 FB-1001")
    constater("partiel", "50.00", "FA-1002")
    certains = list_certains(creancier)
    assert [c.mouvement.cle for c in certains] == ["lot"]
    assert set(certains[0].candidat.dossiers) == {str(a.pk), str(b.pk)}
    noms = {c.nom for c in certains}
    assert accept_certains(creancier, noms, "Marie") == (1, 0)
    relire(a, b)
    assert (a.echu, b.echu) == (D("250.00"), D("0.00"))
    assert "certains" in Mouvement.objects.get(cle="lot").motif
    # Twice the same acceptance: nothing more.
    assert accept_certains(creancier, noms, "Marie") == (0, 1)
    assert a.paiements.count() == 1


def test_ce_qui_n_est_plus_ce_qui_a_ete_vu_n_est_pas_accepte(clients, constater, creancier, facturer):
    a, _b = clients
    constater("m1", "250.00", "FA-1002")
    noms = {c.nom for c in list_certains(creancier)}
    facturer(clients[1], "FA-1002", "250.00")
    assert accept_certains(creancier, noms, "Marie") == (0, 1)
    assert a.paiements.count() == 0


def test_plusieurs_certains_chez_le_meme_client(clients, constater, creancier):
    a, _b = clients
    constater("m1", "100.00", "FA-1001")
    constater("m2", "250.00", "FA-1002")
    assert accept_certains(creancier, {c.nom for c in list_certains(creancier)}, "Marie") == (2, 0)
    assert relire(a)[0].echu == 0


def test_un_compte_qui_a_paye_designe_ensuite_son_client(clients, constater, creancier):
    a, b = clients
    allocate_mouvement(constater("m1", "30.00", iban_contrepartie="FR761"), b, (), "Marie")
    # A sum of A's, from B's account: both could be meant, B is held and nothing is certain.
    constater("m2", "370.00", iban_contrepartie="FR761")
    relire(a, b)
    assert ([c["cle"] for c in b.credits], a.credits) == (["m2"], [])
    assert [c.mouvement.cle for c in list_certains(creancier)] == ["m2"]


def test_un_dossier_cite_par_sa_reference_est_retenu(clients, constater):
    a, b = clients
    constater("m1", "12.34", f"VOTRE COURRIER {a.reference}")
    relire(a, b)
    assert (len(a.credits), b.credits) == (1, [])
    assert propose(Mouvement.objects.get()).candidats[0].dossier == str(a.pk)


@pytest.mark.parametrize("ensuite", ["garder", "annuler"])
def test_un_rejet_rend_du_ce_qui_avait_ete_paye(clients, constater, ensuite):
    a, _b = clients
    recu = constater("m1", "250.00", "PRLV FA-1002", JOUR - timedelta(days=9), bout_en_bout="E2E-7")
    allocate_mouvement(recu, a, ("f-FA-1002",), "Marie")
    rejet = constater("r1", "-250.00", "REJET PRLV", motif_retour="AM04", bout_en_bout="E2E-7")
    assert rejet.nature == "retour"
    (retour,) = propose(rejet).retours
    assert retour.certain
    with pytest.raises(ErreurExigible, match="pas de ceux"):
        accept_retour(rejet, (str(a.pk), "inconnu"), "Marie")
    accept_retour(rejet, retour.encaissement.paiements[0], "Marie")
    relire(a, rejet)
    assert (rejet.statut, rejet.dossier, rejet.reste) == ("rapproche", a, D("0.00"))
    assert (a.echu, a.paiements.get().rejete) == (D("350.00"), True)
    with pytest.raises(ErreurExigible, match="déjà rapproché"):
        accept_retour(rejet, retour.encaissement.paiements[0], "Marie")
    if ensuite == "annuler":
        release_mouvement(rejet, "erreur", "Marie")
        relire(a, rejet)
        assert (rejet.statut, a.echu, a.paiements.get().rejete) == ("a_rapprocher", D("100.00"), False)
        assert len(propose(rejet).retours) == 1


def test_le_rejet_d_un_virement_partage_reprend_toutes_ses_parts(clients, constater):
    a, b = clients
    recu = constater("m1", "500.00", jour=JOUR - timedelta(days=9), iban_contrepartie="FR761")
    parts = [PartChoisie(a, ("f-FA-1001",), D("100.00")), PartChoisie(b, ("f-FB-1001",), D("400.00"))]
    allocate_parts(recu, parts, "choisi", "Marie")
    rejet = constater("r1", "-500.00", "IMPAYE", iban_contrepartie="FR761")
    accept_retour(rejet, propose(rejet).retours[0].encaissement.paiements[-1], "Marie")
    relire(a, b, rejet)
    assert (a.echu, b.echu, rejet.statut) == (D("350.00"), D("400.00"), "rapproche")


@pytest.mark.parametrize(
    ("montant", "libelle", "champs", "nature"),
    [
        ("-12.00", "FRAIS REJET PRLV", {}, "frais"),
        ("100.00", "FA-1001", {"devise": "CHF"}, "devise"),
        ("-100.00", "VIR FOURNISSEUR", {}, "debit"),
    ],
)
def test_ni_frais_ni_devise_ne_paient(clients, constater, creancier, montant, libelle, champs, nature):
    mouvement = constater("m1", montant, libelle, **champs)
    assert mouvement.nature == nature
    assert list_certains(creancier) == []
    assert propose(mouvement).candidats == ()
    with pytest.raises(ErreurExigible, match="en euros"):
        allocate_mouvement(mouvement, clients[0], (), "Marie")


def test_les_livres_et_la_banque_ne_comptent_pas_deux_fois(clients, constater, creancier, noter):
    a, _b = clients
    noter(a, PaiementRecu(cle="livres", montant=D("30.00")), jour=date(2026, 11, 19))
    constater("m1", "30.00", "FA-1001")
    (candidat,) = [c for c in propose(Mouvement.objects.get()).candidats if c.dossier == str(a.pk)]
    assert any("déjà compté" in raison for raison in candidat.raisons)


def test_beaucoup_de_creances_sont_lues_par_ce_qui_les_designe(clients, constater, monkeypatch):
    monkeypatch.setattr("exigible.bureau.banque.propositions.POSTES_LUS_MAX", 0)
    lignes = (("m1", "100.00", "FA-1001"), ("m2", "400.00", "VIR"), ("m3", "1.00", "MAISON MARTINOT"))
    for cle, montant, libelle in lignes:
        mouvement = constater(cle, montant, libelle)
        avec = propose(mouvement)
        monkeypatch.setattr("exigible.bureau.banque.propositions.POSTES_LUS_MAX", 10_000)
        assert avec == propose(mouvement)
        assert avec.candidats
        monkeypatch.setattr("exigible.bureau.banque.propositions.POSTES_LUS_MAX", 0)


@pytest.mark.parametrize(
    ("libelle", "au_client"),
    [("REJET PRLV", D("0.00")), ("CHEQUE IMPAYE SANS PROVISION", D("20.00"))],
)
def test_un_retour_et_les_frais_de_la_banque(clients, constater, creancier, libelle, au_client):
    a, _b = clients
    recu = constater("m1", "250.00", "RECU FA-1002", JOUR - timedelta(days=9), bout_en_bout="E2E-7")
    allocate_mouvement(recu, a, ("f-FA-1002",), "Marie")
    rejet = constater("r1", "-270.00", libelle, bout_en_bout="E2E-7", motif_retour="AM04")
    (retour,) = propose(rejet).retours
    accept_retour(rejet, retour.encaissement.paiements[0], "Marie")
    relire(a, rejet)
    # 250 euros are owed again; 20 are a charge of the bank, which the debtor bears for a cheque without funds.
    assert (rejet.statut, rejet.reste, a.echu) == ("rapproche", D("0.00"), D("350.00") + au_client)
    inscriptions = list_effectives(read_inscriptions(creancier.chaine), JOUR)
    assert [f.frais_bancaires for f in list_frais_bancaires(inscriptions)] == [D("20.00")]
    release_mouvement(rejet, "erreur", "Marie")
    relire(a, rejet)
    assert (rejet.statut, a.echu, rejet.affecte) == ("a_rapprocher", D("100.00"), D("0.00"))
