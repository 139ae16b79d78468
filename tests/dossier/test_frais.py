"""The costs in the statement: those that the debtor bears are claimed, the others only shown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from exigible.dossier.faits import (
    AvanceVersee,
    AvoirEmis,
    ChargeDepens,
    ChargeFrais,
    ChefJugement,
    FraisExpose,
    FraisMisACharge,
    JugementRendu,
    NatureFrais,
    PaiementRecu,
    PosteRenonce,
    RegimeChef,
    RenonciationFaite,
)

D = Decimal
N = NatureFrais


def frais(cle, montant, nature=N.ACTE_D_EXECUTION, **champs):
    return FraisExpose(cle=cle, nature=nature, montant=D(montant), **champs)


def jugement(montant="1000.00", cle="J", creances=("A",), **champs):
    chef = ChefJugement(cle="p", montant=D(montant), creances=creances, regime=RegimeChef.AUCUN)
    return JugementRendu(cle=cle, chefs=(chef,), **champs)


@pytest.fixture(name="juge")
def _juge(facture):
    """An invoice of 1 000 €, and the judgment that stands in its place on 05/01/2026."""
    return [
        ("2025-09-01", facture("A", "2025-09-01", "2025-09-30", "1000.00")),
        ("2026-01-05", jugement(depens=ChargeDepens.DEBITEUR)),
    ]


def list_codes(etat):
    return [a.code for a in etat.avertissements]


def test_un_acte_d_execution_s_ajoute_au_decompte(plie, juge):
    etat = plie([*juge, ("2026-02-01", frais("S", "123.45", libelle="saisie-attribution"))], "2026-02-01")
    assert (etat.decompte.frais, etat.decompte.total_du) == (D("123.45"), D("1123.45"))
    ligne = etat.frais.lignes[0]
    assert (ligne.reclame, ligne.charge, ligne.choix.articles) == (True, ChargeFrais.DEBITEUR, ("CPCE L111-8 al. 1",))
    assert next(s for s in etat.decompte.soldes if s.frais).libelle == "Frais du 01/02/2026 : saisie-attribution"
    assert etat.frais.reclames == D("123.45")
    assert etat.echu == D("1123.45")


@pytest.mark.parametrize("charge", [ChargeFrais.DEBITEUR, ChargeFrais.INCONNU])
def test_sans_titre_le_frais_reste_au_creancier_quoi_qu_on_en_dise(plie, juge, charge):
    faits = [*juge[:1], ("2025-12-01", frais("S", "60.00", a_la_charge=charge))]
    etat = plie(faits, "2025-12-31")
    assert etat.decompte.total_du == plie(juge[:1], "2025-12-31").decompte.total_du
    assert (etat.frais.reclames, etat.frais.au_creancier) == (0, D("60.00"))
    assert ("frais_non_reclame" in list_codes(etat)) is (charge is ChargeFrais.DEBITEUR)


def test_le_frais_d_avant_le_titre_ne_devient_pas_recouvrable_apres(plie, juge):
    etat = plie([*juge, ("2025-12-01", frais("S", "60.00"))], "2026-03-01")
    assert etat.decompte.frais == 0


def test_un_autre_titre_suffit(plie, juge):
    faits = [*juge[:1], ("2025-12-01", frais("S", "60.00", titre_executoire=True))]
    assert plie(faits, "2025-12-31").decompte.frais == D("60.00")


def test_le_titre_nomme_doit_etre_du_dossier(plie, juge):
    assert plie([*juge, ("2026-02-01", frais("S", "60.00", decision="AUTRE"))], "2026-02-01").decompte.frais == 0


def test_le_creancier_peut_garder_un_frais_a_sa_charge(plie, juge):
    etat = plie([*juge, ("2026-02-01", frais("S", "60.00", a_la_charge=ChargeFrais.CREANCIER))], "2026-02-01")
    assert (etat.decompte.frais, etat.frais.au_creancier) == (0, D("60.00"))
    assert "frais_non_reclame" not in list_codes(etat)


def test_le_juge_de_l_execution_met_un_frais_a_la_charge_du_debiteur_de_mauvaise_foi(plie, juge):
    faits = [
        *juge,
        ("2025-12-01", frais("S", "60.00", N.RECOUVREMENT_AMIABLE)),
        ("2026-04-01", FraisMisACharge(frais=("S",), charge=ChargeFrais.DEBITEUR)),
    ]
    assert plie(faits, "2026-03-31").decompte.frais == 0
    assert plie(faits, "2026-04-01").decompte.frais == D("60.00")


def test_les_depens_attendent_leur_verification(plie, juge):
    faits = [*juge, ("2026-01-10", frais("D", "80.00", N.DEPENS, verifie_le=date(2026, 3, 1)))]
    avant, apres = plie(faits, "2026-02-28"), plie(faits, "2026-03-01")
    assert (avant.decompte.frais, avant.frais.en_attente) == (0, D("80.00"))
    assert (apres.decompte.frais, apres.frais.en_attente) == (D("80.00"), 0)
    sans = plie([*juge, ("2026-01-10", frais("D", "80.00", N.DEPENS))], "2026-03-01")
    assert sans.decompte.frais == 0
    assert "frais_non_reclame" in list_codes(sans)


@pytest.mark.parametrize("depens", [ChargeDepens.CREANCIER, ChargeDepens.PARTAGES, None])
def test_des_depens_que_le_debiteur_ne_supporte_pas_en_entier_ne_sont_pas_reclames(plie, juge, depens):
    faits = [
        juge[0],
        ("2026-01-05", jugement(depens=depens)),
        ("2026-01-10", frais("D", "80.00", N.DEPENS, verifie_le=date(2026, 1, 20))),
    ]
    assert plie(faits, "2026-03-01").decompte.frais == 0


def test_des_depens_liquides_par_la_decision_ne_sont_comptes_qu_une_fois(plie, juge):
    faits = [
        juge[0],
        ("2026-01-05", jugement(depens=ChargeDepens.DEBITEUR, depens_montant=D("80.00"))),
        ("2026-01-10", frais("D", "80.00", N.DEPENS, verifie_le=date(2026, 1, 20))),
    ]
    etat = plie(faits, "2026-01-20")
    assert etat.decompte.frais == 0
    assert next(s for s in etat.decompte.soldes if s.cle == "J/#depens").principal_restant == D("80.00")


def test_la_decision_d_un_frais_se_trouve_par_sa_procedure(plie, juge, facture):
    faits = [
        juge[0],
        ("2025-09-02", facture("B", "2025-09-02", "2025-09-30", "1000.00")),
        ("2026-01-05", jugement(cle="J1", procedure="P1", depens=ChargeDepens.CREANCIER)),
        ("2026-01-06", jugement(cle="J2", creances=("B",), procedure="P2", depens=ChargeDepens.DEBITEUR)),
    ]
    depens = {"nature": N.DEPENS, "verifie_le": date(2026, 1, 20)}
    for procedure, attendu in (("P1", "0.00"), ("P2", "80.00"), ("P3", "0.00"), ("", "0.00")):
        etat = plie([*faits, ("2026-01-10", frais("D", "80.00", procedure=procedure, **depens))], "2026-02-01")
        assert etat.decompte.frais == D(attendu)


# --- Payments ---------------------------------------------------------------------------------------------------------


def test_un_paiement_eteint_d_abord_les_frais_deja_dus(plie, juge):
    faits = [
        *juge,
        ("2026-02-01", frais("S1", "100.00")),
        ("2026-02-10", PaiementRecu(cle="P1", montant=D("300.00"))),
        ("2026-03-01", frais("S2", "50.00")),
        ("2026-03-10", PaiementRecu(cle="P2", montant=D("300.00"))),
    ]
    etat = plie(faits, "2026-03-10")
    assert [(i.versement, i.frais, i.principal) for i in etat.decompte.imputations] == [
        ("P1", D("100.00"), 0),
        ("P1", 0, D("200.00")),
        ("P2", D("50.00"), 0),
        ("P2", 0, D("250.00")),
    ]
    assert etat.decompte.total_du == D("550.00")


def test_un_paiement_choisi_n_eteint_que_les_frais_de_la_decision_qui_le_concerne(plie, juge, facture):
    faits = [
        *juge,
        ("2025-09-02", facture("B", "2025-09-02", "2025-09-30", "1000.00")),
        ("2026-02-01", frais("S", "100.00", decision="J")),
        ("2026-02-10", PaiementRecu(cle="P1", montant=D("300.00"), creances=("B",))),
        ("2026-02-11", PaiementRecu(cle="P2", montant=D("300.00"), creances=("A",))),
    ]
    etat = plie(faits, "2026-02-11")
    assert {i.versement for i in etat.decompte.imputations if i.frais} == {"P2"}


def test_un_avoir_ne_paie_pas_les_frais(plie, juge):
    faits = [
        *juge,
        ("2026-02-01", frais("S", "100.00")),
        ("2026-02-10", AvoirEmis(cle="V", numero="AV1", montant=D("300.00"))),
    ]
    etat = plie(faits, "2026-02-10")
    assert (etat.decompte.frais, etat.decompte.principal) == (D("100.00"), D("700.00"))


def test_on_peut_renoncer_aux_frais(plie, juge):
    faits = [
        *juge,
        ("2026-02-01", frais("S", "100.00")),
        ("2026-02-02", RenonciationFaite(cle="R", poste=PosteRenonce.FRAIS)),
    ]
    assert plie(faits, "2026-02-02").decompte.total_du == D("1000.00")


def test_les_avances_sont_montrees_et_jamais_reclamees(plie, juge):
    faits = [
        *juge,
        ("2026-02-01", AvanceVersee(cle="V", montant=D("200.00"), a="Étude Exemple")),
        ("2026-03-01", AvanceVersee(cle="W", montant=D("100.00"), a="Étude Exemple", remboursee=D("40.00"))),
    ]
    etat = plie(faits, "2026-03-01")
    assert (etat.frais.avance, etat.decompte.total_du) == (D("260.00"), D("1000.00"))
    assert [jour for jour, _ in etat.frais.avances] == [date(2026, 2, 1), date(2026, 3, 1)]
