"""Who may have paid, how much on what, and when nothing is left to doubt."""

from datetime import date, timedelta

import pytest

from exigible.dossier.rapprochement.donnees import Encaissement, Force, LigneBancaire, Nature, Payeur, PosteOuvert
from exigible.dossier.rapprochement.index import Index
from exigible.dossier.rapprochement.moteur import match_ligne, match_lignes

J = date(2026, 6, 1)
IBAN_A, IBAN_B = "FR76 9999 9000 0100 0000 0000 001", "FR7699999000010000000000002"


def poste(dossier, numero, principal, total=None, jours=60):
    return PosteOuvert(dossier, f"c-{numero}", numero, principal, total or principal, J - timedelta(days=jours))


POSTES = [
    poste("a", "FA-2026-001", 10_000, 14_120, 90),
    poste("a", "FA-2026-002", 25_000, jours=80),
    poste("a", "FA-2026-003", 41_000, jours=70),
    poste("b", "FB-2026-001", 80_000, 84_000),
    poste("c", "77", 5_000),
    poste("c", "4512", 6_000),
]
PAYEURS = [
    Payeur("a", "Société d'Été Fictive SARL", (IBAN_A,), ("D-00001",)),
    Payeur("b", "Garage Imaginaire Central", (), ("RF18 5390 0754 7034",)),
    Payeur("c", "Client Modèle 3"),
    Payeur("d", "Ancien Client Soldé", (IBAN_B,)),
]


def ligne(centimes, libelle="VIR SEPA RECU", cle="m", jour=J, **champs):
    return LigneBancaire(cle, jour, centimes, libelle=libelle, **champs)


def proposer(*champs, postes=POSTES, payeurs=PAYEURS, encaissements=(), **autres):
    return match_ligne(ligne(*champs, **autres), Index(postes, payeurs, encaissements))


def lire(candidat):
    return {(p.creance.removeprefix("c-"), p.centimes) for p in candidat.parts}


@pytest.mark.parametrize(
    ("centimes", "champs", "dossier", "parts"),
    [
        (25_000, {"libelle": "REGLT FACTURE FA 2026 002 MERCI"}, "a", {("FA-2026-002", 25_000)}),
        (25_000, {"libelle": "REGLT FA2026002"}, "a", {("FA-2026-002", 25_000)}),
        (25_000, {"reference": "fa-2026/002"}, "a", {("FA-2026-002", 25_000)}),
        (10_000, {"bout_en_bout": "FA-2026-001"}, "a", {("FA-2026-001", 10_000)}),
        (14_120, {"libelle": "FA-2026-001"}, "a", {("FA-2026-001", 14_120)}),
        (6_000, {"libelle": "FACTURE 4512"}, "c", {("4512", 6_000)}),
        (35_000, {"libelle": "FA-2026-001 ET FA-2026-002"}, "a", {("FA-2026-001", 10_000), ("FA-2026-002", 25_000)}),
        (66_000, {"libelle": "FA-2026-002"}, "a", {("FA-2026-002", 25_000), ("FA-2026-003", 41_000)}),
        (25_000, {"iban": IBAN_A.replace(" ", "").lower()}, "a", {("FA-2026-002", 25_000)}),
        (51_000, {"iban": IBAN_A}, "a", {("FA-2026-001", 10_000), ("FA-2026-003", 41_000)}),
        (80_000, {"reference": "RF18539007547034"}, "b", {("FB-2026-001", 80_000)}),
        (80_000, {"libelle": "VIR RF18 5390 0754 7034 MERCI"}, "b", {("FB-2026-001", 80_000)}),
        (25_000, {"libelle": "VOTRE REF D-00001"}, "a", {("FA-2026-002", 25_000)}),
    ],
)
def test_certain(centimes, champs, dossier, parts):
    proposition = proposer(centimes, **champs)
    candidat = proposition.certain
    assert candidat is not None
    assert (candidat.dossier, lire(candidat), candidat.ecart) == (dossier, parts, 0)
    assert proposition.candidats[0] is candidat
    assert candidat.force is Force.CERTAIN


@pytest.mark.parametrize(
    ("centimes", "champs"),
    [
        (25_001, {"libelle": "FA-2026-002"}),  # the amount is not exact
        (5_000, {"libelle": "FACTURE 77"}),  # two figures alone prove nothing
        (25_000, {"contrepartie": "SOCIETE D ETE FICTIVE"}),  # a name is not enough
        (80_000, {}),  # nor is an amount
        (25_000, {"libelle": "FA-2026-002", "iban": IBAN_B}),  # another customer's account
        (25_000, {"libelle": "FA-2026-002", "contrepartie": "GARAGE IMAGINAIRE CENTRAL"}),  # another's name
        (25_000, {"libelle": "FA-2026-002", "jour": J - timedelta(days=100)}),  # invoiced later
        (25_000, {"libelle": "FA-2026-002", "motif_retour": "AC04"}),  # one's own transfer came back
        (80_000, {"reference": "RF19539007547034"}),  # wrong check digits
        (25_000, {"libelle": "FA-2026-0021"}),  # the number of another invoice
        (25_000, {"libelle": "FA-2026-002 FB-2026-001"}),  # another customer's invoice too
    ],
)
def test_pas_certain(centimes, champs):
    assert proposer(centimes, **champs).certain is None


@pytest.mark.parametrize(
    ("numero", "libelle", "cite"),
    [
        ("4512", "VIR 4512", False),  # the label repeats the euros
        ("4513", "VIR 4513", True),
        ("2026", "VIR 2026", False),  # a year
        ("45 13", "VIR 4513", False),  # figures alone keep their words apart
        ("451", "VIR 451", False),
        ("ACOMPTE", "VIR ACOMPTE", False),  # no figure at all
        ("F 1", "VIR F 1", True),
        ("F 1", "VIR F1", False),  # too short to be put together
    ],
)
def test_ce_qui_prouve_un_numero(numero, libelle, cite):
    proposition = proposer(451_200, libelle, postes=[poste("c", numero, 451_200)])
    assert (proposition.certain is not None) == cite


def test_une_somme_qui_n_est_pas_seule_n_est_pas_certaine():
    postes = [poste("a", f"FA-10{i}", m) for i, m in enumerate((100, 400, 200, 300))]
    proposition = proposer(500, iban=IBAN_A, postes=postes)
    assert proposition.certain is None
    assert [lire(c) for c in proposition.candidats] == [
        {("FA-100", 100), ("FA-101", 400)},
        {("FA-102", 200), ("FA-103", 300)},
    ]
    assert all("plusieurs groupes" in " ".join(c.raisons) for c in proposition.candidats)


def test_deux_factures_du_meme_montant_se_valent():
    postes = [poste("a", "FA-101", 100), poste("a", "FA-102", 100)]
    proposition = proposer(100, iban=IBAN_A, postes=postes)
    assert proposition.certain is None
    assert len(proposition.candidats) == 2


def test_un_numero_chez_deux_clients_ne_designe_personne():
    postes = [poste("a", "F-2026-1", 100), poste("b", "F-2026-1", 100)]
    proposition = proposer(100, "F-2026-1", postes=postes)
    assert proposition.certain is None
    assert {c.dossier for c in proposition.candidats} == {"a", "b"}


def test_un_lot_se_partage_entre_les_dossiers_cites():
    candidat = proposer(105_000, "LOT FA-2026-002 + FB-2026-001").certain
    assert candidat.dossiers == ("a", "b")
    assert lire(candidat) == {("FA-2026-002", 25_000), ("FB-2026-001", 80_000)}


def test_paiement_partiel_et_trop_percu():
    partiel = proposer(20_000, "FA-2026-002").candidats[0]
    assert (lire(partiel), partiel.ecart) == ({("FA-2026-002", 20_000)}, -5_000)
    assert "paiement partiel" in partiel.raisons
    trop = proposer(90_000, "FB-2026-001").candidats[0]
    assert (lire(trop), trop.ecart) == ({("FB-2026-001", 84_000)}, 6_000)
    ailleurs = proposer(27_000, "FA-2026-002").candidats[0]
    assert lire(ailleurs) == {("FA-2026-002", 25_000), ("", 2_000)}


def test_sans_montant_exact_le_client_reconnu_est_propose_dans_l_ordre_de_la_loi():
    candidat = proposer(12_345, contrepartie="SOCIETE ETE FICTIVE").candidats[0]
    assert (candidat.dossier, lire(candidat)) == ("a", {("", 12_345)})


def test_un_nom_proche_vient_apres_le_nom():
    candidat = proposer(1, contrepartie="GARAGE CENTRAL").candidats[0]
    assert candidat.dossier == "b"
    assert "un nom proche du sien y figure" in candidat.raisons
    assert proposer(1, contrepartie="CLIENT MODELE 30").candidats == ()


def test_un_paiement_que_les_livres_comptent_deja():
    livres = Encaissement((("a", "p1"),), J - timedelta(days=3), 25_000)
    proposition = proposer(25_000, "FA-2026-002", encaissements=[livres])
    assert proposition.certain is None
    assert "déjà compté" in proposition.candidats[0].raisons[-1]
    ancien = Encaissement((("a", "p1"),), J - timedelta(days=6), 25_000)
    assert proposer(25_000, "FA-2026-002", encaissements=[ancien]).certain


def test_un_compte_qui_a_deja_paye_est_connu():
    paye = Encaissement((("b", "p1"),), J - timedelta(days=60), 100, "m0", iban="FR761")
    assert proposer(80_000, iban="FR761", encaissements=[paye]).certain.dossier == "b"


def test_deux_virements_pour_la_meme_facture():
    lignes = [ligne(25_000, "FA-2026-002", cle=cle) for cle in ("m1", "m2")]
    propositions = match_lignes(lignes, Index(POSTES, PAYEURS))
    assert [p.certain for p in propositions.values()] == [None, None]
    assert "un autre virement reçu paierait la même facture" in propositions["m1"].candidats[0].raisons


def test_une_autre_devise_est_refusee_en_une_phrase():
    proposition = proposer(25_000, "FA-2026-002", devise="USD")
    assert (proposition.nature, proposition.candidats) == (Nature.DEVISE, ())
    assert "USD" in proposition.refus


def test_une_somme_parmi_beaucoup_de_factures_n_est_jamais_certaine():
    postes = [poste("a", f"FA-1{i:03d}", 1 << i) for i in range(11)]
    proposition = proposer((1 << 10) + 1, iban=IBAN_A, postes=postes)
    assert proposition.certain is None
    assert len(proposition.candidats[0].parts) == 2
    assert proposer(5, iban=IBAN_A, postes=postes[:10]).certain


@pytest.mark.parametrize(
    ("champs", "parts"),
    [
        ({"libelle": "REMISE CHQ 1234567"}, [{("FB-2026-001", 80_000), ("4512", 6_000)}]),
        ({"libelle": "VIR SEPA RECU"}, []),
        ({"libelle": "REMISE CHQ 1234567", "iban": "FR769"}, []),
        ({"libelle": "REMISE CHQ 1234567", "jour": J - timedelta(days=61)}, []),
    ],
)
def test_une_remise_sans_detail_propose_des_factures_de_plusieurs_clients(champs, parts):
    candidats = proposer(86_000, **champs).candidats
    assert [lire(c) for c in candidats] == parts
    assert not any(c.certain for c in candidats)


def test_parmi_beaucoup_de_factures_une_remise_ne_propose_rien():
    postes = [*POSTES, *(poste("d", f"FD-{n}", 1_000_000 + n) for n in range(40))]
    assert proposer(86_000, "REMISE CHQ 1234567", postes=postes).candidats == ()
