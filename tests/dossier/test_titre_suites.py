"""What follows a decision: payments, remedies, time granted, insolvency."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from decisions import chef, jugement, lis, list_codes, paiement

from exigible.dossier.etat import Stade
from exigible.dossier.faits import (
    AvoirEmis,
    DecisionAneantie,
    DecisionExecutoire,
    DelaiDeGrace,
    EtapeFranchie,
    JugementRendu,
    JugementSignifie,
    MotifAneantissement,
    NatureDecision,
    PersonneTenue,
    ProcedureCollectiveOuverte,
    ProcedureOuverte,
    RegimeChef,
    RolePersonne,
)
from exigible.dossier.faits_procedure import ModeSignification, Qualification
from exigible.droit.competence_faits import Juridiction

D = Decimal


# --- Payments ---------------------------------------------------------------------------------------------------------


def test_un_paiement_d_avant_le_jugement_est_compte_par_le_juge(plie, facture_a):
    faits = [facture_a, ("2025-12-20", paiement("P", "1000.00", "A")), ("2026-01-05", jugement(chef("9500.00")))]
    etat = plie(faits, "2026-01-05")
    assert etat.decompte.total_du == D("9500.00")
    assert [(i.versement, i.creance) for i in etat.decompte.imputations] == [("P", "A")]
    assert etat.decompte.trop_percu == 0


def test_un_paiement_venu_apres_la_cloture_des_debats_vient_en_moins(plie, facture_a):
    faits = [
        facture_a,
        ("2025-12-20", paiement("P", "1000.00", "A")),
        ("2026-01-05", jugement(chef("9500.00"), paiements_comptes_au=date(2025, 12, 1))),
    ]
    etat = plie(faits, "2026-01-05")
    assert etat.decompte.total_du == D("8500.00")
    assert [(i.versement, i.creance) for i in etat.decompte.imputations] == [("P", "J/principal")]


def test_un_paiement_pendant_l_instance_fait_demander_si_le_juge_l_a_compte(plie, facture_a):
    faits = [
        facture_a,
        ("2025-12-20", paiement("P", "1000.00")),
        ("2026-01-05", jugement(chef("9500.00", depart=date(2025, 11, 1)))),
    ]
    assert "paiements_avant_jugement" in list_codes(plie(faits, "2026-01-05"))
    dit = jugement(chef("9500.00", depart=date(2025, 11, 1)), paiements_comptes_au=date(2025, 12, 31))
    assert "paiements_avant_jugement" not in list_codes(plie([*faits[:2], ("2026-01-05", dit)], "2026-01-05"))


def test_un_paiement_qui_nomme_la_facture_va_aux_chefs_qui_la_remplacent(plie, facture, facture_a):
    faits = [
        facture_a,
        ("2025-10-01", facture("B", "2025-10-01", "2025-10-31", "500.00")),
        ("2026-01-05", jugement(chef("8000.00", cle="a"), chef("500.00", ("B",), cle="b"))),
        ("2026-02-05", paiement("P", "200.00", "B")),
    ]
    etat = plie(faits, "2026-02-05")
    assert [i.creance for i in etat.decompte.imputations] == ["J/b"]


def test_un_paiement_peut_nommer_le_chef(plie, facture_a):
    faits = [
        facture_a,
        ("2026-01-05", jugement(chef("8000.00"), article_700=D("500.00"))),
        ("2026-02-05", paiement("P", "500.00", "J/#article_700")),
    ]
    assert plie(faits, "2026-02-05").decompte.imputations[0].creance == "J/#article_700"


def test_un_trop_percu_d_avant_vient_en_moins_de_ce_que_le_juge_accorde(plie, facture):
    faits = [
        ("2025-09-01", facture("A", "2025-09-01", "2025-09-30", "100.00")),
        ("2025-09-15", paiement("P", "130.00", "A")),
        ("2026-01-05", jugement(chef("50.00", creances=(), s_ajoute=True, regime=RegimeChef.AUCUN))),
    ]
    etat = plie(faits, "2026-01-05")
    assert (etat.decompte.total_du, etat.decompte.trop_percu) == (D("20.00"), 0)


def test_un_avoir_d_avant_n_est_compte_qu_une_fois(plie, facture_a):
    faits = [
        facture_a,
        ("2025-10-10", AvoirEmis(cle="V", numero="AV1", montant=D("300.00"))),
        ("2026-01-05", jugement(chef("9700.00"))),
    ]
    assert plie(faits, "2026-01-05").decompte.total_du == D("9700.00")


def test_le_dossier_est_solde_quand_les_chefs_le_sont(plie, facture_a):
    faits = [
        facture_a,
        ("2026-01-05", jugement(chef("8000.00", regime=RegimeChef.AUCUN))),
        ("2026-02-05", paiement("P", "8000.00")),
    ]
    etat = plie(faits, "2026-02-05")
    assert (etat.decompte.total_du, etat.stade) == (0, Stade.SOLDEE)


# --- Other decisions --------------------------------------------------------------------------------------------------


def test_l_injonction_de_payer_ne_compte_qu_une_fois_executoire(plie, facture_a):
    injonction = jugement(chef("9000.00"), nature=NatureDecision.INJONCTION_DE_PAYER)
    faits = [facture_a, ("2025-12-01", injonction), ("2025-12-10", JugementSignifie(decision="J"))]
    avant = plie(faits, "2026-01-31")
    assert avant.decompte.total_du == plie(faits[:1], "2026-01-31").decompte.total_du
    assert not avant.titres[0].effectif
    assert "injonction_non_executoire" in list_codes(avant)
    apres = plie([*faits, ("2026-01-20", DecisionExecutoire(decision="J"))], "2026-01-31")
    assert apres.titres[0].effectif
    assert lis(apres, "J/principal").principal_restant == D("9000.00")
    assert apres.titres[0].majore_le == date(2026, 3, 21)


def test_le_refere_n_accorde_qu_une_provision(plie, facture_a):
    faits = [facture_a, ("2026-01-05", jugement(chef("6000.00"), nature=NatureDecision.ORDONNANCE_REFERE))]
    etat = plie(faits, "2026-01-05")
    assert etat.decompte.total_du == D("6000.00")
    assert "provision_seule" in list_codes(etat)


def test_une_decision_aneantie_n_a_jamais_ete(plie, facture_a):
    faits = [facture_a, ("2026-01-05", jugement(chef("6000.00"), article_700=D("900.00")))]
    annulee = [*faits, ("2026-03-05", DecisionAneantie(decision="J", motif=MotifAneantissement.OPPOSITION))]
    assert plie(annulee, "2026-03-04").decompte.total_du > 6900
    assert plie(annulee, "2026-03-05").decompte == plie(faits[:1], "2026-03-05").decompte


def test_l_arret_prend_la_place_du_jugement_et_compte_les_paiements_faits_depuis(plie, facture_a):
    faits = [
        facture_a,
        ("2026-01-05", jugement(chef("9000.00", regime=RegimeChef.AUCUN), article_700=D("700.00"))),
        ("2026-02-05", paiement("P", "1000.00")),
        (
            "2026-06-05",
            jugement(chef("8000.00", regime=RegimeChef.AUCUN), cle="ARRET", nature=NatureDecision.ARRET, remplace="J"),
        ),
    ]
    etat = plie(faits, "2026-06-05")
    assert [t.cle for t in etat.titres] == ["ARRET"]
    assert etat.decompte.total_du == D("7000.00")


def test_l_arret_qui_confirme_ajoute_sa_seule_somme(plie, facture_a):
    faits = [
        facture_a,
        ("2026-01-05", jugement(chef("9000.00", regime=RegimeChef.AUCUN))),
        ("2026-06-05", JugementRendu(cle="ARRET", chefs=(), nature=NatureDecision.ARRET, article_700=D("500.00"))),
    ]
    assert plie(faits, "2026-06-05").decompte.total_du == D("9500.00")


def test_le_juge_du_fond_apres_le_refere(plie, facture_a):
    """The judgment names the same claim: it stands in the place of the provision."""
    faits = [
        facture_a,
        ("2026-01-05", jugement(chef("6000.00"), cle="R", nature=NatureDecision.ORDONNANCE_REFERE)),
        ("2026-06-05", jugement(chef("10000.00", regime=RegimeChef.AUCUN))),
    ]
    assert plie(faits, "2026-06-05").decompte.total_du == D("10000.00")


@pytest.mark.parametrize("courent", [True, False])
def test_le_delai_de_grace(plie, facture_a, courent):
    grace = DelaiDeGrace(jusqu_au=date(2026, 6, 30), interets_courent=courent, capital_d_abord=True)
    faits = [
        facture_a,
        ("2026-01-05", jugement(chef("8000.00"), delai_de_grace=grace)),
        ("2026-06-30", paiement("P", "1000.00")),
    ]
    etat = plie(faits, "2026-06-30")
    assert lis(etat, "J/principal").principal_restant == D("7000.00")
    assert bool(etat.decompte.lignes) is courent
    assert {"C. civ. 1343-5 al. 2"} <= set(etat.decompte.articles)
    assert etat.personnes[0].reclamable == 0


def test_un_delai_de_grace_deja_fini_est_sans_effet(plie, facture_a):
    grace = DelaiDeGrace(jusqu_au=date(2025, 1, 1), capital_d_abord=True)
    faits = [facture_a, ("2026-01-05", jugement(chef("8000.00"), delai_de_grace=grace))]
    assert plie(faits, "2026-06-30").decompte.lignes


def test_la_procedure_collective_arrete_l_interet_des_chefs(plie, facture_a):
    faits = [
        facture_a,
        ("2026-01-05", jugement(chef("8000.00"), article_700=D("500.00"))),
        ("2026-03-01", ProcedureCollectiveOuverte(nature="redressement judiciaire")),
    ]
    etat = plie(faits, "2026-06-01")
    assert {ligne.au for ligne in etat.decompte.lignes} == {date(2026, 2, 28)}


def test_un_jugement_contre_un_autre_ne_change_pas_le_compte_du_debiteur(plie, facture_a):
    faits = [
        facture_a,
        ("2025-09-01", PersonneTenue(cle="K", nom="Garante Exemple", role=RolePersonne.CAUTION_SOLIDAIRE)),
        ("2026-01-05", jugement(chef("5000.00"), contre=("K",))),
    ]
    assert plie(faits, "2026-02-01").decompte == plie(faits[:1], "2026-02-01").decompte


def test_l_arret_de_l_execution_provisoire_suspend_les_cinq_points(plie, facture_a):
    """Signifié le 30 janvier, arrêté du 10 au 20 février : les deux mois recommencent au 20 février."""
    ouverture = ProcedureOuverte(
        cle="fond",
        procedure="FOND",
        evenement="prise_de_date",
        juridiction=Juridiction.TRIBUNAL_DE_COMMERCE,
        montant=D("10000.00"),
        audience=date(2026, 1, 15),
    )
    etapes = [
        ("2025-12-08", "assignation", {"mode": ModeSignification.A_PERSONNE}),
        ("2025-12-15", "placement", {}),
        ("2026-01-20", "jugement", {"qualification": Qualification.CONTRADICTOIRE, "dernier_ressort": False}),
        ("2026-01-30", "signification", {"mode": ModeSignification.A_PERSONNE}),
        ("2026-02-05", "appel", {}),
        ("2026-02-10", "execution_provisoire_arretee", {}),
        ("2026-02-20", "confirmation", {}),
    ]
    faits = [
        facture_a,
        ("2025-12-01", ouverture),
        *((jour, EtapeFranchie(procedure="fond", evenement=quoi, **champs)) for jour, quoi, champs in etapes),
        ("2026-01-20", jugement(chef("9000.00"), procedure="fond")),
    ]
    assert plie(faits, "2026-02-09").titres[0].majore_le == date(2026, 3, 31)
    assert plie(faits, "2026-02-15").titres[0].majore_le is None
    assert plie(faits, "2026-02-28").titres[0].majore_le == date(2026, 4, 21)
