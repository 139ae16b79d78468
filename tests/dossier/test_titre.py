"""What a decision changes in the statement: its heads replace the claims, on the terms that it sets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from decisions import chef, jugement, lis, list_codes

from exigible.dossier.etat import Stade
from exigible.dossier.faits import (
    ChargeDepens,
    DecisionExecutoire,
    EtapeFranchie,
    JugementSignifie,
    MajorationFixee,
    ModeSignification,
    NatureDecision,
    ProcedureOuverte,
    RegimeChef,
)
from exigible.droit.competence_faits import Juridiction

D = Decimal


# --- The worked example: 8 000 €, judgment of 05/01/2026 served on 20/01/2026, stopped at 30/06/2026 ------------------


def test_exemple_des_cinq_points(plie, facture):
    faits = [
        ("2025-09-01", facture("A", "2025-09-01", "2025-09-30", "8000.00")),
        ("2026-01-05", jugement(chef("8000.00"))),
        ("2026-01-20", JugementSignifie(decision="J")),
    ]
    etat = plie(faits, "2026-06-30")
    assert [(ligne.jours, ligne.taux, ligne.montant) for ligne in etat.decompte.lignes] == [
        (74, D("2.62"), D("42.49")),
        (102, D("7.62"), D("170.35")),
    ]
    assert etat.decompte.total_du == D("8212.84")
    titre = etat.titres[0]
    assert (titre.executoire_le, titre.signifie_le, titre.majore_le) == (
        date(2026, 1, 5),
        date(2026, 1, 20),
        date(2026, 3, 21),
    )
    assert titre.total == D("8212.84")
    assert {"C. civ. 1231-7", "CMF L313-3"} <= set(etat.decompte.articles)


def test_sans_signification_pas_de_majoration(plie, facture_a):
    etat = plie([facture_a, ("2026-01-05", jugement(chef("8000.00")))], "2026-06-30")
    assert {ligne.taux for ligne in etat.decompte.lignes} == {D("2.62")}
    assert etat.titres[0].majore_le is None


def test_une_execution_provisoire_ecartee_attend_que_la_decision_soit_executoire(plie, facture_a):
    faits = [
        facture_a,
        ("2026-01-05", jugement(chef("8000.00"), execution_provisoire=False)),
        ("2026-01-20", JugementSignifie(decision="J")),
    ]
    avant = plie(faits, "2026-06-30")
    assert avant.titres[0].effectif  # what is judged is judged (CPC 480)
    assert avant.titres[0].executoire_le is None
    assert {ligne.taux for ligne in avant.decompte.lignes} == {D("2.62")}
    apres = plie([*faits, ("2026-03-02", DecisionExecutoire(decision="J", motif="certificat"))], "2026-06-30")
    assert apres.titres[0].majore_le == date(2026, 5, 3)


def test_l_etape_de_la_procedure_vaut_signification(plie, facture_a):
    faits = [
        facture_a,
        ("2026-01-05", jugement(chef("8000.00"), procedure="P1")),
        ("2026-01-20", EtapeFranchie(procedure="P1", evenement="signification")),
        ("2026-01-01", EtapeFranchie(procedure="P1", evenement="signification")),
        ("2026-01-10", EtapeFranchie(procedure="P2", evenement="signification")),
    ]
    assert plie(faits, "2026-06-30").titres[0].signifie_le == date(2026, 1, 20)


def test_le_taux_d_avant_les_tables_n_est_pas_invente(plie, facture_a):
    faits = [facture_a, ("2026-01-05", jugement(chef("8000.00", depart=date(1970, 1, 1))))]
    assert min(ligne.du for ligne in plie(faits, "2026-01-05").decompte.lignes) > date(1970, 1, 2)


def test_l_injonction_devient_executoire_par_la_seule_suite_de_sa_procedure(plie, facture):
    """Order of 15/09/2026 served to the person: two months without notice of opposition make it enforceable."""
    faits = [
        ("2025-10-01", facture("A", "2025-10-01", "2025-10-31")),
        (
            "2026-09-02",
            ProcedureOuverte(
                cle="ip",
                procedure="IP",
                evenement="depot_requete",
                juridiction=Juridiction.TRIBUNAL_JUDICIAIRE,
                creances=("A",),
            ),
        ),
        ("2026-09-15", EtapeFranchie(procedure="ip", evenement="ordonnance")),
        ("2026-09-15", jugement(chef("9000.00"), nature=NatureDecision.INJONCTION_DE_PAYER, procedure="ip")),
        (
            "2026-10-15",
            EtapeFranchie(procedure="ip", evenement="signification_a_personne", mode=ModeSignification.A_PERSONNE),
        ),
    ]
    avant, apres = plie(faits, "2026-12-15"), plie(faits, "2026-12-16")
    assert not avant.titres[0].effectif
    titre = apres.titres[0]
    assert (titre.executoire_le, titre.signifie_le) == (date(2026, 12, 16), date(2026, 10, 15))
    assert lis(apres, "J/principal").principal_restant == D("9000.00")


def test_le_juge_de_l_execution_exonere(plie, facture_a):
    faits = [
        facture_a,
        ("2026-01-05", jugement(chef("8000.00"))),
        ("2026-01-20", JugementSignifie(decision="J")),
        ("2026-04-01", MajorationFixee(decision="J", points=D("0"))),
    ]
    etat = plie(faits, "2026-06-30")
    assert {ligne.taux for ligne in etat.decompte.lignes} == {D("2.62")}
    assert "majoration_exoneree" in list_codes(etat)


# --- What the heads replace -------------------------------------------------------------------------------------------


def test_les_chefs_remplacent_les_creances_qu_ils_nomment(plie, facture, facture_a):
    faits = [
        facture_a,
        ("2025-10-01", facture("B", "2025-10-01", "2025-10-31", "500.00")),
        ("2026-01-05", jugement(chef("9000.00"), reference="25/00001")),
    ]
    avant, apres = plie(faits, "2026-01-04"), plie(faits, "2026-01-05")
    assert [s.cle for s in avant.decompte.soldes] == ["A", "B"]
    assert not avant.titres
    assert apres.decompte.total_du == D("9000.00") + lis(apres, "B").total
    assert lis(apres, "B").total == lis(plie(faits[:2], "2026-01-05"), "B").total
    stades = {c.cle: c.stade for c in apres.creances}
    assert stades == {"A": Stade.JUGEE, "B": Stade.ECHUE}
    assert apres.stade is Stade.JUGEE
    assert apres.echu == apres.decompte.total_du
    assert next(c for c in apres.creances if c.cle == "A").total == 0
    assert {ligne.creance for ligne in apres.decompte.lignes} == {"B"}
    assert lis(apres, "J/principal").libelle == "Jugement du 05/01/2026 : somme principale"


def test_le_depart_fixe_par_le_juge(plie, facture_a):
    """Interest at the legal rate from the notice of 12/11/2025, as the decision says: 54 days, of which 49 in 2025."""
    faits = [facture_a, ("2026-01-05", jugement(chef("8000.00", depart=date(2025, 11, 12))))]
    etat = plie(faits, "2026-01-05")
    assert [(ligne.du, ligne.au, ligne.taux) for ligne in etat.decompte.lignes] == [
        (date(2025, 11, 13), date(2025, 12, 31), D("2.76")),
        (date(2026, 1, 1), date(2026, 1, 5), D("2.62")),
    ]


def test_article_700_et_depens_sont_des_creances_a_part(plie, facture_a):
    faits = [
        facture_a,
        (
            "2026-01-05",
            jugement(
                chef("8000.00", regime=RegimeChef.AUCUN),
                article_700=D("1500.00"),
                depens=ChargeDepens.DEBITEUR,
                depens_montant=D("120.55"),
                capitalisation=date(2026, 1, 6),
            ),
        ),
    ]
    etat = plie(faits, "2026-06-30")
    assert [(c.cle, c.montant) for c in etat.titres[0].chefs] == [
        ("J/principal", D("8000.00")),
        ("J/#article_700", D("1500.00")),
        ("J/#depens", D("120.55")),
    ]
    # 1 500 × 2,62 × 176 ÷ 36 500 = 18,95 ; 120,55 × 2,62 × 176 ÷ 36 500 = 1,52
    assert (lis(etat, "J/#article_700").interets, lis(etat, "J/#depens").interets) == (D("18.95"), D("1.52"))
    assert lis(etat, "J/principal").interets == 0
    assert "C. civ. 1343-2" not in etat.decompte.articles


@pytest.mark.parametrize("depens", [None, ChargeDepens.CREANCIER])
def test_des_depens_que_le_debiteur_ne_supporte_pas_ne_sont_pas_reclames(plie, facture_a, depens):
    faits = [facture_a, ("2026-01-05", jugement(chef("100.00"), depens=depens, depens_montant=D("50.00")))]
    assert plie(faits, "2026-01-05").decompte.total_du == D("100.00")


@pytest.mark.parametrize(
    ("regime", "taux", "attendu"),
    [
        (RegimeChef.TAUX, D("10"), D("10")),
        (RegimeChef.MULTIPLE_LEGAL, D("3"), D("7.86")),
        (RegimeChef.COMMERCIAL, None, D("12.15")),
    ],
)
def test_le_taux_que_dit_le_dispositif(plie, facture_a, regime, taux, attendu):
    faits = [facture_a, ("2026-01-05", jugement(chef("8000.00", regime=regime, taux=taux)))]
    assert {ligne.taux for ligne in plie(faits, "2026-02-05").decompte.lignes} == {attendu}


@pytest.mark.parametrize(
    ("regime", "taux"), [(RegimeChef.TAUX, None), (RegimeChef.MULTIPLE_LEGAL, None), (RegimeChef.TAUX, D("-1"))]
)
def test_un_taux_que_personne_n_a_dit_ne_porte_pas_interet(plie, facture_a, regime, taux):
    faits = [facture_a, ("2026-01-05", jugement(chef("8000.00", regime=regime, taux=taux)))]
    etat = plie(faits, "2026-06-30")
    assert etat.decompte.total_du == D("8000.00")
    assert "taux_du_jugement_absent" in list_codes(etat)


def test_un_jugement_qui_ne_nomme_rien_remplace_par_prudence_tout_ce_qui_etait_facture(plie, facture, facture_a):
    faits = [
        facture_a,
        ("2026-02-01", facture("B", "2026-02-01", "2026-02-28", "500.00")),
        ("2026-01-05", jugement(chef("8000.00", creances=()))),
    ]
    etat = plie(faits, "2026-02-10")
    assert {c.cle: c.stade for c in etat.creances} == {"A": Stade.JUGEE, "B": Stade.A_ECHOIR}
    assert "jugement_sans_creance" in list_codes(etat)


def test_des_dommages_et_interets_s_ajoutent(plie, facture_a):
    faits = [facture_a, ("2026-01-05", jugement(chef("300.00", creances=(), s_ajoute=True)))]
    etat = plie(faits, "2026-01-05")
    assert etat.decompte.total_du == plie(faits[:1], "2026-01-05").decompte.total_du + D("300.00")
    assert "jugement_sans_creance" not in list_codes(etat)


def test_la_capitalisation_ordonnee(plie, facture_a):
    """8 000 € at 2.62 % then 2.62 %: the year ends on 05/01/2027; asked inside the known tables only for the rule."""
    faits = [facture_a, ("2024-01-05", jugement(chef("8000.00"), capitalisation=date(2024, 1, 6)))]
    etat = plie(faits, "2025-02-05")
    annee = sum(ligne.montant for ligne in etat.decompte.lignes if ligne.au <= date(2025, 1, 5))
    assert etat.decompte.lignes[-1].base == D("8000.00") + annee
    assert "C. civ. 1343-2" in etat.decompte.articles
