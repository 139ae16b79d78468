"""An unmatched credit holds whom it may come from, until a person says that it is not of them."""

from decimal import Decimal

import pytest

from exigible.bureau.banque.retenues import lift_retenue, list_retenus, restore_retenues
from exigible.bureau.banque.services import allocate_mouvement
from exigible.bureau.journal.services import verify_journal
from exigible.bureau.tiers.models import Action, Dossier
from exigible.bureau.tiers.verification import verify_projections
from exigible.droit.erreurs import ErreurExigible


@pytest.fixture
def _coherent():
    yield
    assert list(verify_projections()) == []
    assert verify_journal() == []


pytestmark = pytest.mark.usefixtures("db", "_coherent")


@pytest.fixture
def clients(ouvrir, facturer):
    dossiers = [ouvrir(nom=nom, code=nom[0]) for nom in ("Aciérie Fictive", "Brasserie Fictive", "Cave Imaginaire")]
    for dossier, montant in zip(dossiers, ("900.00", "800.00", "50.00"), strict=True):
        facturer(dossier, f"F{dossier.debiteur_code}-1001", montant)
    return dossiers


def list_suspendus():
    return sorted(d.debiteur_nom[0] for d in Dossier.objects.all() if d.credits)


def test_un_client_puis_tous_puis_de_nouveau(clients, constater):
    a, b, _c = clients
    mouvement = constater("m1", "123.00", "VIR SEPA RECU")
    assert list_suspendus() == ["A", "B"]
    assert [d.pk for d in list_retenus(mouvement)] == [a.pk, b.pk]
    with pytest.raises(ErreurExigible, match="pourquoi"):
        lift_retenue(mouvement, a, "  ", "Marie")
    lift_retenue(mouvement, a, "il n'a rien payé", "Marie")
    lift_retenue(mouvement, a, "il n'a rien payé", "Marie")
    mouvement.refresh_from_db()
    assert mouvement.levees == [{"dossier": str(a.pk), "motif": "il n'a rien payé"}]
    assert list_suspendus() == ["B"]
    assert not Action.objects.get(dossier=a).retenue
    lift_retenue(mouvement, None, "remboursement d'impôt", "Marie")
    assert list_suspendus() == []
    restore_retenues(mouvement, "erreur", "Marie")
    assert list_suspendus() == ["A", "B"]
    with pytest.raises(ErreurExigible, match="déjà"):
        restore_retenues(mouvement, "erreur", "Marie")


def test_ceux_que_le_virement_designe_restent_retenus(clients, constater):
    mouvement = constater("m1", "123.00", "VIR BRASSERIE FICTIVE")
    lift_retenue(mouvement, None, "autre chose", "Marie")
    assert list_suspendus() == ["B"]


def test_une_facture_qui_le_designe_apres_coup_retient(clients, constater, facturer):
    mouvement = constater("m1", "123.00", "VIR REF ZX9901")
    lift_retenue(mouvement, None, "autre chose", "Marie")
    facturer(clients[2], "ZX9901", "77.00")
    assert list_suspendus() == ["C"]


def test_rien_a_lever_d_un_mouvement_decide_ni_d_une_sortie(clients, constater):
    mouvement = constater("m1", "123.00", "VIR")
    allocate_mouvement(mouvement, clients[0], (), "Marie")
    with pytest.raises(ErreurExigible, match="déjà rapproché"):
        lift_retenue(mouvement, None, "autre chose", "Marie")
    with pytest.raises(ErreurExigible, match="virement reçu"):
        lift_retenue(constater("m2", "-5.00", "ACHAT"), None, "autre chose", "Marie")


def test_une_remise_de_cheques_retient_ceux_qui_peuvent_y_etre(clients, constater):
    constater("m1", "860.00", "REMISE CHQ 0012345")
    assert list_suspendus() == ["B", "C"]
    assert "remise de chèques" in str(Dossier.objects.get(pk=clients[2].pk).credits[0]["raison"])


def test_un_compte_connu_n_est_pas_soupconne_d_un_autre(clients, constater):
    allocate_mouvement(constater("m0", "10.00", "VIR", iban_contrepartie="FR761"), clients[0], (), "Marie")
    constater("m1", "123.00", "VIR", iban_contrepartie="FR769", contrepartie="INCONNU EXEMPLE")
    assert list_suspendus() == ["B"]
    assert Decimal(Dossier.objects.get(pk=clients[1].pk).credits[0]["montant"]) == Decimal("123.00")
