"""Statuses of electronic invoices: a signal in the timeline, a hold when a person must look; never alone a payment."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from exigible.bureau.imports.services import apply_import, prepare_import, undo_import
from exigible.bureau.journal.services import read_inscriptions
from exigible.bureau.tiers.models import Dossier, Paiement
from exigible.bureau.tiers.services import load_etat
from exigible.dossier.faits import ContestationRecue, StatutFactureRecu, SuspensionDecidee

DONNEES = Path(__file__).parents[2] / "echanges" / "donnees" / "cdar"
MODELE = (DONNEES / "UC1_F202500003_07-CDV-212_Encaissee.xml").read_text(encoding="utf-8-sig")
EMISSION = date(2025, 7, 1)


def ecrire_statut(code, numero="F-1"):
    return MODELE.replace(">212<", f">{code}<").replace("F202500003", numero).encode()


@pytest.fixture
def facture(ouvrir, facturer):
    return facturer(ouvrir(), "F-1", "12000.00", EMISSION, date(2025, 7, 31))


@pytest.fixture
def importer(creancier):
    def run(contenu, nom="statut.xml"):
        return apply_import(prepare_import(creancier, nom, contenu, "essai"), "essai")

    return run


def lire_faits(dossier, sorte):
    return [i.fait for i in read_inscriptions(dossier.chaine) if isinstance(i.fait, sorte)]


def lire_suspensions(dossier):
    (creance,) = load_etat(dossier).creances
    return [str(s.phrase) for s in creance.suspensions]


@pytest.mark.parametrize(
    ("code", "mot"),
    [
        ("207", "contestation"),
        ("208", "pièce"),
        ("210", "contestation"),
        ("212", "enregistrez le paiement"),
        ("213", "n'a pas été remise"),
        ("225", "affactureur"),
    ],
)
def test_ce_qui_demande_un_regard_tient_les_relances_sans_rien_decider(facture, importer, code, mot):
    importation = importer(ecrire_statut(code))
    assert importation.apercu["comptes"]["cree"] == 1
    (statut,) = lire_faits(facture, StatutFactureRecu)
    assert (statut.code, statut.creance) == (code, "f-F-1")
    (suspension,) = lire_suspensions(facture)
    assert mot in suspension
    assert not Paiement.objects.exists()
    assert not lire_faits(facture, ContestationRecue)
    assert load_etat(facture).creances[0].principal_restant == Decimal("12000.00")


@pytest.mark.parametrize("code", ["200", "203", "205", "214"])
def test_ce_qui_va_bien_n_est_qu_un_signal(facture, importer, code):
    importer(ecrire_statut(code))
    assert len(lire_faits(facture, StatutFactureRecu)) == 1
    assert not lire_faits(facture, SuspensionDecidee)


def test_un_paiement_transmis_ne_retient_que_quelques_jours(facture, importer):
    importer(ecrire_statut("211"))
    (decision,) = lire_faits(facture, SuspensionDecidee)
    assert decision.jusqu_au is not None


def test_le_meme_message_deux_fois_ne_dit_rien_de_plus(facture, importer):
    importer(ecrire_statut("210"))
    assert importer(ecrire_statut("210")).apercu["comptes"] == {
        "cree": 0,
        "modifie": 0,
        "inchange": 1,
        "refuse": 0,
        "disparu": 0,
    }
    assert len(lire_faits(facture, SuspensionDecidee)) == 1


def test_un_import_annule_reprend_les_relances(facture, importer):
    undo_import(importer(ecrire_statut("210")), "erreur", "essai")
    assert lire_suspensions(facture) == []


def test_une_facture_inconnue_ou_d_un_autre_vendeur_est_refusee(creancier, facture):
    inconnue = prepare_import(creancier, "s.xml", ecrire_statut("210", "F-77"), "essai")
    assert "importez d'abord" in inconnue.apercu["lignes"][0]["raison"]
    creancier.siren = "732829320"
    autre = prepare_import(creancier, "s.xml", ecrire_statut("210"), "essai")
    assert "autre vendeur" in autre.apercu["lignes"][0]["raison"]
    assert Dossier.objects.count() == 1
