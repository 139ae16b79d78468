"""Payments taken back, charges set apart."""

from datetime import date, timedelta

import pytest

from exigible.dossier.rapprochement.donnees import Encaissement, LigneBancaire, Nature, PosteOuvert
from exigible.dossier.rapprochement.index import Index
from exigible.dossier.rapprochement.moteur import match_ligne
from exigible.dossier.rapprochement.natures import classify_ligne, read_lot, read_motif
from exigible.droit.charge_des_frais import ChargeFrais

J = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("centimes", "champs", "nature"),
    [
        (100, {"libelle": "VIR FRAIS DE PORT FACTURE 12"}, Nature.CREDIT),
        (-100, {"libelle": "FRAIS REJET PRLV"}, Nature.FRAIS),
        (-100, {"libelle": "COMMISSION DE MOUVEMENT"}, Nature.FRAIS),
        (-100, {"libelle": "Cotisation carte"}, Nature.FRAIS),
        (-100, {"libelle": "LIGNE", "operation": "CHRG"}, Nature.FRAIS),
        (-100, {"libelle": "REJET PRLV DONT FRAIS 15,00"}, Nature.RETOUR),
        (-100, {"libelle": "PRLV IMPAYÉ CLIENT"}, Nature.RETOUR),
        (-100, {"libelle": "RETOUR DE PRELEVEMENT"}, Nature.RETOUR),
        (-100, {"libelle": "SDD", "motif_retour": "AM04"}, Nature.RETOUR),
        (-100, {"libelle": "SDD", "operation": "UPDD"}, Nature.RETOUR),
        (-100, {"libelle": "VIR", "extourne": True}, Nature.RETOUR),
        (-100, {"libelle": "VIR FOURNISSEUR RETOUR MARCHANDISE"}, Nature.DEBIT),
        (-100, {"libelle": "COMMERCE"}, Nature.DEBIT),
        (-100, {"libelle": "FRAIS", "devise": "CHF"}, Nature.DEVISE),
    ],
)
def test_nature(centimes, champs, nature):
    assert classify_ligne(LigneBancaire("m", J, centimes, **champs)) is nature


@pytest.mark.parametrize(
    ("champs", "motif"),
    [
        ({"motif_retour": "AM04"}, "provision insuffisante (AM04)"),
        ({"libelle": "REJET PRLV MD06 CLIENT"}, "remboursement demandé par le débiteur (MD06)"),
        ({"motif_retour": "10"}, "motif 10 de la banque"),
        ({"libelle": "REJET"}, "motif non indiqué par la banque"),
    ],
)
def test_motif(champs, motif):
    assert read_motif(LigneBancaire("m", J, -1, **champs)) == motif


RECU = Encaissement(
    (("a", "p1"),), J, 25_000, "m0", "PRLV FA-2026-002", "E2E-1", "SOCIETE FICTIVE", "FR761", bout_en_bout="E2E-1"
)
AUTRE = Encaissement((("b", "p2"),), J, 25_000, "m1", "VIR", "E2E-2", "GARAGE MODELE", "FR762")


def proposer(encaissements=(RECU, AUTRE), centimes=-25_000, jour=J + timedelta(days=8), **champs):
    poste = PosteOuvert("a", "c", "FA-2026-002", 1, 1, J)
    libelle = champs.pop("libelle", "REJET PRLV")
    return match_ligne(LigneBancaire("r", jour, centimes, libelle=libelle, **champs), Index([poste], (), encaissements))


@pytest.mark.parametrize("champs", [{"bout_en_bout": "E2E-1"}, {"iban": "FR76 1"}, {"reference": "e2e-1"}])
def test_le_retour_d_un_paiement_designe_est_certain(champs):
    retours = proposer(**champs).retours
    assert [(r.encaissement.paiements[0][1], r.certain) for r in retours] == [("p1", True), ("p2", False)]


def test_le_montant_seul_ne_suffit_pas():
    retours = proposer(libelle="REJET PRLV SOCIETE FICTIVE").retours
    assert [r.certain for r in retours] == [False, False]
    assert retours[0].encaissement is RECU
    assert proposer(libelle="IMPAYE FA-2026-002").retours[0].encaissement is RECU


def test_deux_paiements_de_meme_reference_se_valent():
    jumeau = Encaissement((("b", "p3"),), J, 25_000, "m3", reference="E2E-1")
    assert not any(r.certain for r in proposer((RECU, jumeau), bout_en_bout="E2E-1").retours)


@pytest.mark.parametrize(
    "champs", [{"centimes": -24_999}, {"jour": J - timedelta(days=1)}, {"jour": J + timedelta(days=500)}]
)
def test_ni_un_autre_montant_ni_avant_ni_trop_tard(champs):
    assert proposer(bout_en_bout="E2E-1", **champs).retours == ()


def test_les_frais_ne_paient_ni_ne_rejettent_rien():
    proposition = proposer(libelle="FRAIS REJET PRLV", bout_en_bout="E2E-1")
    assert (proposition.nature, proposition.retours, proposition.candidats) == (Nature.FRAIS, (), ())


CHEQUE = Encaissement(
    (("c", "p9"),), J, 50_000, "m9", "REMISE CHEQUE 1234567 ATELIER EXEMPLE", contrepartie="ATELIER EXEMPLE"
)


@pytest.mark.parametrize(
    ("champs", "dossier", "frais", "certain", "charge"),
    [
        ({"centimes": -27_000, "bout_en_bout": "E2E-1"}, "a", 2_000, True, ChargeFrais.CREANCIER),
        ({"centimes": -27_000, "iban": "FR761"}, "a", 2_000, False, ChargeFrais.CREANCIER),
        ({"centimes": -27_000, "libelle": "REJET PRLV SOCIETE FICTIVE"}, "a", 2_000, False, ChargeFrais.CREANCIER),
        (
            {"centimes": -52_000, "libelle": "CHEQUE IMPAYE SANS PROVISION 1234567"},
            "c",
            2_000,
            False,
            ChargeFrais.DEBITEUR,
        ),
        (
            {"centimes": -51_500, "libelle": "CHQ IMPAYE ATELIER EXEMPLE", "motif_retour": "AM04"},
            "c",
            1_500,
            False,
            ChargeFrais.DEBITEUR,
        ),
        # Lost, stolen, opposed: nothing says that funds were wanting.
        ({"centimes": -51_500, "libelle": "CHQ IMPAYE ATELIER EXEMPLE"}, "c", 1_500, False, ChargeFrais.CREANCIER),
    ],
)
def test_un_retour_avec_les_frais_de_la_banque(champs, dossier, frais, certain, charge):
    (retour,) = proposer((RECU, AUTRE, CHEQUE), **champs).retours
    assert (retour.encaissement.dossiers, retour.frais, retour.certain) == ((dossier,), frais, certain)
    assert retour.charge.charge is charge
    assert "de frais de la banque" in retour.raisons[0]


def test_un_montant_a_quelques_euros_pres_ne_designe_personne():
    assert proposer(centimes=-27_000).retours == ()
    assert proposer(centimes=-30_001, bout_en_bout="E2E-1").retours == ()


def test_le_montant_exact_passe_avant_les_frais():
    voisin = Encaissement((("b", "p3"),), J, 24_000, "m3", contrepartie="SOCIETE FICTIVE")
    retours = proposer((RECU, voisin), bout_en_bout="E2E-1", libelle="REJET SOCIETE FICTIVE").retours
    assert [(r.encaissement.paiements[0][1], r.frais, r.certain) for r in retours] == [
        ("p1", 0, True),
        ("p3", 1_000, False),
    ]


@pytest.mark.parametrize(
    ("libelle", "dit"),
    [
        ("REMISE CHQ 1234567", "chèques"),
        ("REM 12 CHEQUES", "chèques"),
        ("REMISE DE CHÈQUES", "chèques"),
        ("REMISE CB 0612", "cartes"),
        ("REMISE COMMERCANT", "cartes"),
        ("REMISE PRELEVEMENTS SEPA", "prélèvements"),
        ("PRLV SEPA EMIS", "prélèvements"),
        ("REMISE LCR", "effets"),
        ("VIREMENTS GROUPES", "virements"),
        ("VERSEMENT ESPECES", "espèces"),
        ("VIR SEPA RECU", ""),
        ("VIR REMISE ACCORDEE 5 POUR CENT", ""),
    ],
)
def test_une_remise_se_lit_dans_le_libelle(libelle, dit):
    lot = read_lot(libelle)
    assert bool(lot) == bool(dit)
    assert dit in lot
