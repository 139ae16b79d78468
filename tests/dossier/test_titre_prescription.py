"""Ten years for the heads of a judgment, a shorter time for the interest that runs after it."""

from datetime import date
from decimal import Decimal

import pytest
from decisions import chef, jugement, lis, list_codes, paiement

from exigible.dossier.echeances import NatureEcheance
from exigible.dossier.faits import (
    DecisionExecutoire,
    EtapeFranchie,
    NatureDecision,
    PaiementRejete,
    PersonneTenue,
    ProcedureOuverte,
    RegimeChef,
    RolePersonne,
)
from exigible.droit.regimes import QualitePartie

D = Decimal
CINQ = {"regime": RegimeChef.TAUX, "taux": D("5")}


@pytest.fixture
def juge(plie, facture, nu):
    """10,000 € awarded on 7 January 2019 with interest at 5 %; the creditor claims nothing else."""

    def juge(faits, au, qualite=QualitePartie.PROFESSIONNEL, **champs):
        creance = ("2018-01-02", facture("A", "2018-01-02", "2018-02-01"))
        decision = ("2019-01-07", jugement(chef("10000.00", **CINQ), **champs))
        return plie([creance, decision, *faits], au, qualite=qualite, creancier=nu)

    return juge


def lire(etat):
    return [(e.le, str(e.quoi), e.sujet, e.articles) for e in etat.echeances if e.nature is NatureEcheance.PRESCRIPTION]


def test_cinq_ans_d_interets_au_plus_entre_professionnels(juge):
    etat = juge([], "2026-03-10")
    # from 10 March 2021: 297 days, 406.85; four years, 2,000; 69 days, 94.52
    assert lis(etat, "J/principal").interets == D("2501.37")
    assert etat.decompte.total_du == D("12501.37")
    (avis,) = [a for a in etat.avertissements if a.code == "interets_suspendus"]
    assert avis.parametres == {"motif": "prescription", "du": "2019-01-08", "au": "2021-03-09"}
    assert "C. civ. 2224" in etat.decompte.articles


@pytest.mark.parametrize("qualite", [QualitePartie.CONSOMMATEUR, QualitePartie.INCONNUE])
def test_deux_ans_contre_un_consommateur_ou_qui_l_est_peut_etre(juge, qualite):
    # from 10 March 2024: 297 days of 366, 405.74; 2025, 500; 69 days, 94.52
    assert lis(juge([], "2026-03-10", qualite), "J/principal").interets == D("1000.26")


def test_un_jugement_recent_ne_perd_rien(juge):
    # 8 January to 31 December 2019: 358 days, 490.41; 2020 to 2023, 2,000; seven days of 2024: 9.56
    etat = juge([], "2024-01-07")
    assert lis(etat, "J/principal").interets == D("2499.97")
    assert "interets_suspendus" not in list_codes(etat)
    assert "interets_suspendus" not in list_codes(juge([], "2024-01-08"))
    assert "interets_suspendus" in list_codes(juge([], "2024-01-09"))


def test_ce_qui_etait_du_au_jugement_suit_le_titre(plie, facture, nu):
    faits = [
        ("2018-01-02", facture("A", "2018-01-02", "2018-02-01")),
        ("2019-01-07", jugement(chef("10000.00", **CINQ, depart=date(2018, 1, 7)))),
    ]
    etat = plie(faits, "2026-03-10", creancier=nu)
    # 8 January 2018 to 7 January 2019: 358 days, 490.41, and 7 days, 9.59
    assert lis(etat, "J/principal").interets == D("3001.37")


def test_ce_qui_a_ete_paye_n_est_pas_perdu(juge):
    """100 € pay the first 73 days: what is lost begins after them, and the principal is left as it was."""
    etat = juge([("2020-02-01", paiement("P", "100.00"))], "2026-03-10")
    solde = lis(etat, "J/principal")
    assert (solde.principal_restant, solde.interets) == (D("10000.00"), D("2501.37"))
    (avis,) = [a for a in etat.avertissements if a.code == "interets_suspendus"]
    assert avis.parametres["du"] == "2019-03-22"


def test_un_paiement_qui_nomme_le_chef_interrompt(juge):
    nomme = ("2022-02-01", paiement("P", "100.00", "J/principal"))
    (avis,) = [a for a in juge([nomme], "2026-03-10").avertissements if a.code == "interets_suspendus"] or [None]
    assert avis is None  # 2019 was not lost in 2022, and starts again from there
    rejete = ("2022-02-02", PaiementRejete(paiement="P"))
    assert "interets_suspendus" in list_codes(juge([nomme, rejete], "2026-03-10"))
    sans_choix = ("2022-02-01", paiement("P", "100.00"))
    assert "interets_suspendus" in list_codes(juge([sans_choix], "2026-03-10"))


def test_une_saisie_garde_les_cinq_ans_d_avant(juge):
    saisie = ("2023-06-01", ProcedureOuverte(cle="s", procedure="SATT", evenement="acte_de_saisie"))
    denoncee = ("2023-06-05", EtapeFranchie(procedure="s", evenement="denonciation"))
    etat = juge([saisie, denoncee], "2026-03-10")
    assert "interets_suspendus" not in list_codes(etat)
    assert "interets_suspendus" in list_codes(juge([saisie], "2026-03-10"))  # not notified: it never was
    assert (date(2028, 5, 31), "interets") in [
        (le, "interets" if "intérêts" in quoi else "") for le, quoi, *_ in lire(etat)
    ]


def test_les_echeances_du_titre_et_de_ses_interets(juge):
    etat = juge([], "2020-01-01", article_700=D("500.00"))
    assert [(le, quoi, sujet) for le, quoi, sujet, _ in lire(etat)] == [
        (date(2024, 1, 7), "Interrompre la prescription des intérêts courus depuis : Jugement du 07/01/2019", "J"),
        (date(2029, 1, 6), "Interrompre la prescription du titre : Jugement du 07/01/2019", "J"),
    ]
    assert "CPCE L111-4" in lire(etat)[1][3]


def test_les_dix_ans_partent_du_jour_ou_la_decision_est_executoire(juge):
    faits = [("2019-03-01", DecisionExecutoire(decision="J"))]
    etat = juge(faits, "2020-01-01", execution_provisoire=False)
    assert lire(etat)[1][0] == date(2029, 2, 28)
    assert etat.titres[0].chefs[0].prescription.terme == date(2029, 3, 1)


def test_un_titre_prescrit_est_dit(juge):
    assert "titre_prescrit" not in list_codes(juge([], "2029-01-07"))
    etat = juge([], "2029-01-08")
    assert "titre_prescrit" in list_codes(etat)
    assert not [quoi for _, quoi, *_ in lire(etat) if "du titre" in quoi]


def test_rien_n_est_compte_sur_un_titre_paye_ou_sans_effet(juge):
    soldee = juge([("2019-01-08", paiement("P", "20000.00"))], "2020-01-01")
    assert lire(soldee) == []
    assert soldee.titres[0].chefs[0].prescription is None
    injonction = juge([], "2026-03-10", nature=NatureDecision.INJONCTION_DE_PAYER, execution_provisoire=False)
    assert all("titre" not in quoi for _, quoi, *_ in lire(injonction))


def test_un_chef_sans_interet_n_a_que_ses_dix_ans(plie, facture, nu):
    faits = [
        ("2018-01-02", facture("A", "2018-01-02", "2018-02-01")),
        ("2019-01-07", jugement(chef("10000.00", regime=RegimeChef.AUCUN))),
    ]
    assert [quoi for _, quoi, *_ in lire(plie(faits, "2026-03-10", creancier=nu))] == [
        "Interrompre la prescription du titre : Jugement du 07/01/2019"
    ]


def test_le_codebiteur_profite_de_la_meme_prescription(juge):
    autre = PersonneTenue(cle="K", nom="Codébitrice Exemple", role=RolePersonne.CODEBITEUR_SOLIDAIRE)
    etat = juge([("2018-01-03", autre)], "2026-03-10", contre=("debiteur", "K"))
    assert {p.cle: p.du for p in etat.personnes} == {"debiteur": D("12501.37"), "K": D("12501.37")}
