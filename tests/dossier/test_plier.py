"""Stories: facts in, state and sums out, to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from exigible.dossier.etat import MotifSuspension, SortCourrier, Stade
from exigible.dossier.faits import (
    AppelPasse,
    AvoirEmis,
    Canal,
    ContestationClose,
    ContestationRecue,
    CourrierApprouve,
    CourrierNonDistribue,
    CourrierNonReclame,
    CourrierPoste,
    CourrierPresente,
    CourrierRecu,
    DebiteurDecrit,
    EcheancePlan,
    Etape,
    IssueAppel,
    IssueContestation,
    ModeEnvoi,
    PaiementRecu,
    PaiementRejete,
    PlanConvenu,
    PlanRompu,
    ProcedureCollectiveOuverte,
    PromesseRecue,
    Reclamation,
    ReclamationDecidee,
    RelanceFaite,
    SuspensionDecidee,
    SuspensionLevee,
)
from exigible.dossier.faits_creancier import ConditionsDeVenteFixees, CreancierDecrit
from exigible.dossier.journal import FaitInconnu, Inscription
from exigible.dossier.plier import fold_creancier, fold_dossier
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.regimes import QualitePartie

D = Decimal


def relance(jour: str, *creances: str) -> tuple[str, RelanceFaite]:
    return jour, RelanceFaite(etape=Etape.RELANCE, canal=Canal.COURRIEL, creances=creances)


def mise_en_demeure(jour: str, *creances: str, cle: str = "MD") -> tuple[str, CourrierPoste]:
    return jour, CourrierPoste(courrier=cle, acte="mise_en_demeure", creances=creances, mode=ModeEnvoi.LRAR)


def motifs(etat, cle="A"):
    return [s.motif for c in etat.creances if c.cle == cle for s in c.suspensions]


def test_b2b_penalties_and_forty_euros_claimed(plie, facture):
    """T-INT-01: 10 000.00 due 30/09/2025, seen on 15/02/2026: 306.25 + 153.12 and 40 €."""
    etat = plie([("2025-08-31", facture("A", "2025-08-31", "2025-09-30"))], "2026-02-15")
    assert (etat.decompte.interets, etat.decompte.indemnites) == (D("459.37"), D("40.00"))
    assert etat.echu == D("10499.37")
    assert etat.creances[0].stade is Stade.ECHUE
    assert etat.creances[0].jours_de_retard == 138


def test_part_payment_pays_accessories_first(plie, facture):
    """T-IMP-01: 3 000.00 on 15/02/2026 leaves 7 499.37 of principal, then 184.73 by 30/04/2026."""
    faits = [
        ("2025-08-31", facture("A", "2025-08-31", "2025-09-30")),
        ("2026-02-15", PaiementRecu(cle="P", montant=D("3000.00"), creances=("A",))),
    ]
    etat = plie(faits, "2026-04-30")
    assert (etat.decompte.principal, etat.decompte.interets) == (D("7499.37"), D("184.73"))


def test_bounced_payment_never_was(plie, facture):
    faits = [
        ("2025-08-31", facture("A", "2025-08-31", "2025-09-30")),
        ("2026-02-15", PaiementRecu(cle="P", montant=D("3000.00"), creances=("A",))),
        ("2026-02-20", PaiementRejete(paiement="P")),
    ]
    assert plie(faits, "2026-02-19").decompte.principal == D("7499.37")
    assert plie(faits, "2026-02-20").decompte.principal == D("10000.00")


def test_credit_note_lowers_the_invoice_from_its_first_day(plie, facture):
    faits = [
        ("2025-08-31", facture("A", "2025-08-31", "2025-09-30")),
        ("2026-02-01", AvoirEmis(cle="V", numero="AV-1", montant=D("10000.00"), creance="A")),
    ]
    etat = plie(faits, "2026-02-15")
    assert etat.creances[0].stade is Stade.SOLDEE
    assert etat.decompte.total_du == 0


def test_credit_note_on_account_pays_principal_only(plie, facture):
    faits = [
        ("2025-08-31", facture("A", "2025-08-31", "2025-09-30")),
        ("2026-02-15", AvoirEmis(cle="V", numero="AV-1", montant=D("3000.00"))),
    ]
    etat = plie(faits, "2026-02-15")
    assert (etat.decompte.principal, etat.decompte.interets) == (D("7000.00"), D("459.37"))


def test_interest_left_after_the_principal_is_paid_stays_due(plie, facture):
    faits = [
        ("2025-08-31", facture("A", "2025-08-31", "2025-09-30")),
        ("2026-02-15", AvoirEmis(cle="V", numero="AV-1", montant=D("10000.00"))),
    ]
    etat = plie(faits, "2026-03-01")
    assert etat.creances[0].stade is Stade.ECHUE
    assert etat.echu == D("499.37")


def test_announced_penalties_are_not_in_the_total(plie, facture, creancier):
    annonce = creancier(penalites=Reclamation.ANNONCER, indemnite=Reclamation.RENONCER)
    etat = plie([("2025-08-31", facture("A", "2025-08-31", "2025-09-30"))], "2026-02-15", creancier=annonce)
    assert etat.echu == D("10000.00")
    assert etat.pour_memoire.total_du == D("10459.37")


def test_dossier_choice_beats_the_creditor_s(plie, facture):
    faits = [
        ("2025-08-31", facture("A", "2025-08-31", "2025-09-30")),
        ("2025-10-10", ReclamationDecidee(indemnite=Reclamation.RENONCER, motif="bon client")),
    ]
    etat = plie(faits, "2026-02-15")
    assert etat.decompte.total_du == D("10459.37")
    assert etat.penalites is Reclamation.RECLAMER


def test_unknown_quality_claims_nothing_but_the_principal(plie, facture):
    etat = plie(
        [("2025-08-31", facture("A", "2025-08-31", "2025-09-30"))], "2026-02-15", qualite=QualitePartie.INCONNUE
    )
    assert etat.decompte.total_du == D("10000.00")
    assert etat.prescription is not None
    assert etat.prescription.duree_annees == 2


def test_consumer_interest_runs_from_the_first_presentation(plie, facture):
    """T-IMP-08 up to the payment: 1 200.00, notice presented 02/02/2026, 87 days at 2.62 %: 7.49."""
    faits = [
        ("2025-12-01", facture("A", "2025-12-01", "2025-12-31", "1200.00")),
        mise_en_demeure("2026-01-30", "A"),
        ("2026-02-02", CourrierPresente(courrier="MD")),
        ("2026-02-20", CourrierNonReclame(courrier="MD")),
        ("2026-04-30", PaiementRecu(cle="P", montant=D("500.00"), creances=("A",))),
    ]
    etat = plie(faits, "2026-06-30", qualite=QualitePartie.CONSOMMATEUR)
    assert etat.decompte.imputations[0].interets == D("7.49")
    assert (etat.decompte.principal, etat.decompte.interets) == (D("707.49"), D("3.10"))
    assert etat.decompte.indemnites == 0
    assert etat.courriers[0].sort is SortCourrier.NON_RECLAME
    assert etat.courriers[0].presente_le == date(2026, 2, 2)


def test_consumer_without_a_known_presentation_owes_no_interest_and_it_is_said(plie, facture):
    faits = [
        ("2025-12-01", facture("A", "2025-12-01", "2025-12-31", "1200.00")),
        mise_en_demeure("2026-01-30", "A"),
        ("2026-02-20", CourrierNonReclame(courrier="MD")),
    ]
    etat = plie(faits, "2026-06-30", qualite=QualitePartie.CONSOMMATEUR)
    assert etat.decompte.total_du == D("1200.00")
    assert "presentation_inconnue" in {a.code for a in etat.avertissements}


def test_receipt_without_a_presentation_day_counts_from_the_receipt(plie, facture):
    faits = [
        ("2025-12-01", facture("A", "2025-12-01", "2025-12-31", "1200.00")),
        mise_en_demeure("2026-01-30", "A"),
        ("2026-02-02", CourrierRecu(courrier="MD")),
    ]
    etat = plie(faits, "2026-04-30", qualite=QualitePartie.CONSOMMATEUR)
    assert etat.decompte.interets == D("7.49")


def test_stages_follow_the_letters(plie, facture):
    faits = [
        ("2026-08-01", facture("A", "2026-08-01", "2026-08-31")),
        relance("2026-09-08", "A"),
        (
            "2026-09-20",
            CourrierApprouve(
                courrier="MD",
                acte="mise_en_demeure",
                piece="00",
                creances=("A",),
                montant=D("10000.00"),
                delai_jours=8,
                destinataire="Client Exemple SARL",
            ),
        ),
        mise_en_demeure("2026-09-22", "A"),
        ("2026-10-20", PaiementRecu(cle="P", montant=D("20000.00"), creances=("A",))),
    ]
    stades = {
        "2026-08-31": Stade.A_ECHOIR,
        "2026-09-01": Stade.ECHUE,
        "2026-09-08": Stade.RELANCEE,
        "2026-09-21": Stade.RELANCEE,
        "2026-09-22": Stade.MISE_EN_DEMEURE,
        "2026-10-20": Stade.SOLDEE,
    }
    assert {jour: plie(faits, jour).stade for jour in stades} == stades
    assert plie(faits, "2026-09-21").courriers[0].sort is SortCourrier.APPROUVE
    assert plie(faits, "2026-10-20").decompte.trop_percu > 0


def test_letter_returned_undelivered_puts_nobody_on_notice(plie, facture):
    faits = [
        ("2026-08-01", facture("A", "2026-08-01", "2026-08-31")),
        relance("2026-09-08", "A"),
        mise_en_demeure("2026-09-22", "A"),
        ("2026-09-30", CourrierNonDistribue(courrier="MD")),
    ]
    assert plie(faits, "2026-09-30").stade is Stade.RELANCEE


@pytest.mark.parametrize(
    ("fait", "fin", "motif"),
    [
        (
            PromesseRecue(cle="X", jusqu_au=date(2026, 10, 10), montant=D("10000.00")),
            "2026-10-11",
            MotifSuspension.PROMESSE,
        ),
        (
            SuspensionDecidee(cle="X", motif="litige commercial", jusqu_au=date(2026, 10, 10)),
            "2026-10-11",
            MotifSuspension.NE_PAS_RELANCER,
        ),
        (ContestationRecue(cle="X", creances=("A",), motif="non conforme"), None, MotifSuspension.CONTESTATION),
        (ProcedureCollectiveOuverte(nature="liquidation judiciaire"), None, MotifSuspension.PROCEDURE_COLLECTIVE),
        (
            PlanConvenu(cle="X", creances=("A",), echeances=(EcheancePlan(date(2026, 12, 1), D("10000.00")),)),
            None,
            MotifSuspension.PLAN,
        ),
    ],
)
def test_what_suspends_and_until_when(plie, facture, fait, fin, motif):
    faits = [("2026-08-01", facture("A", "2026-08-01", "2026-08-31")), ("2026-09-15", fait)]
    assert motifs(plie(faits, "2026-09-14")) == []
    assert motifs(plie(faits, "2026-10-10")) == [motif]
    if fin:
        assert motifs(plie(faits, fin)) == []


def test_what_is_lifted_no_longer_suspends(plie, facture):
    faits = [
        ("2026-08-01", facture("A", "2026-08-01", "2026-08-31")),
        ("2026-09-15", SuspensionDecidee(cle="S", motif="x")),
        ("2026-09-15", ContestationRecue(cle="C", creances=("A",), motif="y")),
        ("2026-09-15", PlanConvenu(cle="L", creances=("A",), echeances=(EcheancePlan(date(2026, 9, 20), D(1)),))),
        ("2026-10-01", SuspensionLevee(suspension="S")),
        ("2026-10-01", ContestationClose(contestation="C", issue=IssueContestation.NON_FONDEE)),
        ("2026-10-01", PlanRompu(plan="L")),
    ]
    assert len(motifs(plie(faits, "2026-09-30"))) == 3
    assert motifs(plie(faits, "2026-10-01")) == []


def test_a_well_founded_dispute_suspends_until_the_credit_note(plie, facture):
    faits = [
        ("2026-08-01", facture("A", "2026-08-01", "2026-08-31")),
        ("2026-09-15", ContestationRecue(cle="C", creances=("A",), motif="y")),
        ("2026-10-01", ContestationClose(contestation="C", issue=IssueContestation.FONDEE)),
    ]
    etat = plie(faits, "2026-10-02")
    assert motifs(etat) == [MotifSuspension.CONTESTATION]
    assert "avoir" in etat.creances[0].suspensions[0].phrase


def test_part_dispute_does_not_suspend_but_is_counted_apart(plie, facture):
    faits = [
        ("2026-08-01", facture("A", "2026-08-01", "2026-08-31")),
        ("2026-09-15", ContestationRecue(cle="C", creances=("A",), motif="y", montant=D("1000.00"))),
    ]
    etat = plie(faits, "2026-10-02")
    assert motifs(etat) == []
    assert etat.creances[0].conteste == D("1000.00")


def test_plan_kept_then_late(plie, facture):
    plan = PlanConvenu(
        cle="L",
        creances=("A",),
        echeances=(EcheancePlan(date(2026, 10, 1), D("5000.00")), EcheancePlan(date(2026, 11, 1), D("5000.00"))),
    )
    faits = [
        ("2026-08-01", facture("A", "2026-08-01", "2026-08-31")),
        ("2026-09-15", plan),
        ("2026-10-01", PaiementRecu(cle="P", montant=D("5000.00"), creances=("A",))),
    ]
    assert plie(faits, "2026-11-01").plans[0].respecte
    retard = plie(faits, "2026-11-02")
    assert not retard.plans[0].respecte
    assert "en retard" in retard.creances[0].suspensions[0].phrase


def test_opening_of_insolvency_stops_interest_on_its_eve(plie, facture):
    """T-INT-12: liquidation of 01/12/2025: 61 days, 203.05."""
    faits = [
        ("2025-08-31", facture("A", "2025-08-31", "2025-09-30")),
        ("2025-12-01", ProcedureCollectiveOuverte(nature="liquidation judiciaire")),
    ]
    assert plie(faits, "2026-02-15").decompte.interets == D("203.05")


def test_terms_of_the_day_of_the_invoice(facture, ecris):
    creancier = ecris(
        [
            ("2020-01-01", CreancierDecrit(nom="Atelier Exemple SAS")),
            ("2025-01-01", ConditionsDeVenteFixees(delai="30 jours", taux_penalites=D("15"))),
            ("2026-01-01", ConditionsDeVenteFixees(delai="30 jours", taux_penalites=D("20"))),
        ]
    )
    faits = ecris(
        [
            ("2024-01-01", DebiteurDecrit(nom="Client", qualite=QualitePartie.PROFESSIONNEL)),
            ("2024-06-01", facture("A", "2024-06-01", "2024-07-01")),
            ("2025-06-01", facture("B", "2025-06-01", "2025-07-01")),
            ("2026-01-15", facture("C", "2026-01-15", "2026-02-14")),
        ]
    )
    etat = fold_dossier(faits, creancier, date(2026, 3, 1))
    taux = {ligne.creance: ligne.taux for ligne in etat.pour_memoire.lignes}
    assert taux == {"A": D("12.15"), "B": D("15"), "C": D("20")}


def test_interest_stops_at_the_last_known_rate_or_goes_on_provisionally(facture, ecris, creancier):
    faits = ecris(
        [
            ("2024-01-01", DebiteurDecrit(nom="Client", qualite=QualitePartie.PROFESSIONNEL)),
            ("2026-08-31", facture("A", "2026-08-31", "2026-09-30")),
        ]
    )
    arrete = fold_dossier(faits, creancier(), date(2027, 1, 15))
    assert arrete.decompte.interets_arretes_au == date(2026, 12, 31)
    assert "interets_arretes_au" in {a.code for a in arrete.avertissements}
    provisoire = fold_dossier(faits, creancier(), date(2027, 1, 15), provisoire=True)
    assert provisoire.decompte.interets > arrete.decompte.interets
    assert "taux_provisoire" in {a.code for a in provisoire.avertissements}


def test_calls_are_remembered(plie, facture):
    faits = [
        ("2026-08-01", facture("A", "2026-08-01", "2026-08-31")),
        ("2026-09-02", AppelPasse(creances=("A",), issue=IssueAppel.ABOUTI)),
    ]
    etat = plie(faits, "2026-09-03")
    assert etat.creances[0].appel_abouti
    assert etat.creances[0].stade is Stade.ECHUE


def test_claim_without_a_due_date_bears_nothing(plie, facture):
    etat = plie([("2025-08-31", facture("A", "2025-08-31", None))], "2026-02-15")
    assert etat.creances[0].stade is Stade.SANS_ECHEANCE
    assert (etat.echu, etat.a_echoir) == (0, D("10000.00"))


def test_unknown_facts_are_kept_without_effect(facture, ecris, creancier):
    faits = ecris(
        [
            ("2024-01-01", DebiteurDecrit(nom="Client", qualite=QualitePartie.PROFESSIONNEL)),
            ("2025-08-31", facture("A", "2025-08-31", "2025-09-30")),
        ]
    )
    faits.append(Inscription(rang=3, date_effet=date(2025, 9, 1), fait=FaitInconnu(type="futur", contenu={"a": 1})))
    assert fold_dossier(faits, creancier(), date(2026, 2, 15)).echu == D("10499.37")


def test_someone_must_be_described(ecris, creancier, facture):
    with pytest.raises(ErreurExigible, match="débiteur"):
        fold_dossier(ecris([("2025-08-31", facture("A", "2025-08-31", None))]), creancier(), date(2026, 1, 1))
    with pytest.raises(ErreurExigible, match="créancier"):
        fold_creancier([], date(2026, 1, 1))
