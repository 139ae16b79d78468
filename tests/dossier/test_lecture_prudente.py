"""The careful reading: the lower sum claimed, the earlier end of our own time, the later day from which we may act."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from exigible.dossier.etat import MotifSuspension, Stade
from exigible.dossier.faits import (
    AvoirEmis,
    ContestationClose,
    ContestationRecue,
    CourrierApprouve,
    CourrierPoste,
    CourrierPresente,
    DebiteurDecrit,
    IssueContestation,
    ModeEnvoi,
    PaiementRecu,
    ProcedureCollectiveOuverte,
    PromesseRecue,
    Reclamation,
)
from exigible.dossier.faits_creancier import ConditionsDeVenteFixees, CreancierDecrit
from exigible.dossier.plier import fold_dossier
from exigible.droit.regimes import QualitePartie

D = Decimal


def mise_en_demeure(jour: str, *creances: str, cle: str = "MD") -> tuple[str, CourrierPoste]:
    return jour, CourrierPoste(courrier=cle, acte="mise_en_demeure", creances=creances, mode=ModeEnvoi.LRAR)


def motifs(etat, cle="A"):
    return [s.motif for c in etat.creances if c.cle == cle for s in c.suspensions]


def test_l441_10_no_forty_euros_when_insolvency_forbade_paying_on_the_due_date(plie, facture):
    """Invoice of 01/01 due 31/01, receivership opened 15/01: neither interest nor 40 € (C. com. L441-10 II)."""
    faits = [
        ("2026-01-01", facture("A", "2026-01-01", "2026-01-31")),
        ("2026-01-15", ProcedureCollectiveOuverte(nature="redressement judiciaire")),
    ]
    etat = plie(faits, "2026-06-01")
    assert (etat.decompte.interets, etat.decompte.indemnites) == (0, 0)


def test_l622_24_a_claim_is_prior_by_the_service_not_by_the_invoice(plie, facture):
    faits = [
        ("2026-03-20", facture("A", "2026-03-20", "2026-04-20", "1000.00", execution="2026-03-01")),
        ("2026-03-10", ProcedureCollectiveOuverte(nature="redressement judiciaire")),
    ]
    etat = plie(faits, "2026-06-01")
    assert motifs(etat) == [MotifSuspension.PROCEDURE_COLLECTIVE]
    assert (etat.decompte.interets, etat.decompte.indemnites) == (0, 0)


def test_terms_not_yet_known_never_claim_more_than_the_law(facture, ecris):
    """20 % agreed from 2026: an invoice of 2025 bears the default rate, lower; 3 % agreed: 3 %."""

    def taux(convenu):
        creancier = ecris(
            [
                ("2020-01-01", CreancierDecrit(nom="Atelier Exemple SAS")),
                ("2026-06-01", ConditionsDeVenteFixees(delai="30 jours", taux_penalites=convenu)),
            ]
        )
        faits = ecris(
            [
                ("2024-01-01", DebiteurDecrit(nom="Client", qualite=QualitePartie.PROFESSIONNEL)),
                ("2025-03-01", facture("A", "2025-03-01", "2025-03-31")),
            ]
        )
        etat = fold_dossier(faits, creancier, date(2025, 6, 30))
        assert "conditions_inconnues" in {a.code for a in etat.avertissements}
        return etat.pour_memoire.lignes[0].taux

    assert taux(D("20")) == D("13.15")
    assert taux(D("3")) == D("3")


def test_1231_6_a_notice_sent_during_a_dispute_starts_no_interest(plie, facture):
    faits = [
        ("2025-12-01", facture("A", "2025-12-01", "2025-12-31", "1000.00")),
        ("2026-01-15", ContestationRecue(cle="C", creances=("A",), motif="x", montant=D("600.00"))),
        mise_en_demeure("2026-02-27", "A"),
        ("2026-03-02", CourrierPresente(courrier="MD")),
        ("2026-09-01", ContestationClose(contestation="C", issue=IssueContestation.NON_FONDEE)),
    ]
    etat = plie(faits, "2026-10-01", qualite=QualitePartie.CONSOMMATEUR)
    assert etat.decompte.interets == 0
    assert "demeure_sur_contestation" in {a.code for a in etat.avertissements}


def test_nothing_runs_from_a_letter_that_was_not_posted_before(plie, facture):
    approuve = CourrierApprouve(
        courrier="MD", acte="mise_en_demeure", piece="0", creances=("A",), montant=D(1000),
        delai_jours=15, destinataire="Client",
    )  # fmt: skip
    base = [
        ("2025-12-01", facture("A", "2025-12-01", "2025-12-31", "1000.00")),
        ("2026-02-01", approuve),
        ("2026-02-02", CourrierPresente(courrier="MD")),
    ]
    jamais = plie(base, "2026-06-30", qualite=QualitePartie.CONSOMMATEUR)
    assert (jamais.decompte.interets, jamais.stade) == (0, Stade.ECHUE)
    apres = plie([*base, mise_en_demeure("2026-03-01", "A")], "2026-06-30", qualite=QualitePartie.CONSOMMATEUR)
    assert apres.decompte.interets == 0
    assert apres.courriers[0].presente_le is None


def test_1347_what_a_credit_note_exceeds_its_invoice_by_is_not_lost(plie, facture):
    faits = [
        ("2026-01-01", facture("A", "2026-01-01", "2026-12-31", "1000.00")),
        ("2026-01-01", facture("B", "2026-01-01", "2026-12-31", "500.00")),
        ("2026-02-01", AvoirEmis(cle="v", numero="AV", montant=D("1200.00"), creance="A")),
    ]
    etat = plie(faits, "2026-03-01")
    assert {c.cle: c.principal_restant for c in etat.creances} == {"A": 0, "B": D("300.00")}


def test_1342_10_the_order_between_claims_does_not_depend_on_what_is_claimed(plie, facture, creancier):
    """Public buyer: ECB + 8 frozen; the debt of the higher rate is paid first, claimed or announced."""
    faits = [
        ("2023-01-02", facture("F1", "2023-01-02", "2023-02-01", "1000.00")),
        ("2024-01-02", facture("F2", "2024-01-02", "2024-02-01", "1000.00")),
        ("2026-02-15", PaiementRecu(cle="p", montant=D("1000.00"))),
    ]
    annonce = creancier(penalites=Reclamation.ANNONCER, indemnite=Reclamation.RENONCER)
    etat = plie(faits, "2026-02-15", qualite=QualitePartie.PERSONNE_PUBLIQUE, creancier=annonce)
    assert {c.cle: c.principal_restant for c in etat.creances} == {"F1": D("1000.00"), "F2": 0}


def test_what_is_announced_runs_on_the_principal_that_is_claimed(plie, facture, creancier):
    """T-IMP-01 with penalties announced: the payment leaves 7 000.00, and 74 days at 12.15 % run on it: 172.43."""
    faits = [
        ("2025-08-31", facture("A", "2025-08-31", "2025-09-30")),
        ("2026-02-15", PaiementRecu(cle="P", montant=D("3000.00"), creances=("A",))),
    ]
    annonce = creancier(penalites=Reclamation.ANNONCER, indemnite=Reclamation.ANNONCER)
    etat = plie(faits, "2026-04-30", creancier=annonce)
    assert etat.decompte.total_du == D("7000.00")
    derniere = etat.pour_memoire.lignes[-1]
    assert (derniere.base, derniere.montant) == (D("7000.00"), D("172.43"))
    assert etat.pour_memoire.total_du == D("7000.00") + D("306.25") + D("153.12") + D("172.43") + D("40.00")


def test_2240_a_payment_restarts_only_the_claim_that_it_named_alone_and_paid(plie, facture):
    faits = [
        ("2025-01-01", facture("F1", "2025-01-01", "2025-01-31", "100.00")),
        ("2025-01-01", facture("F2", "2025-01-01", "2025-01-31", "1000.00")),
        ("2026-06-01", PaiementRecu(cle="p", montant=D("100.00"), creances=("F1", "F2"))),
    ]
    etat = plie(faits, "2026-06-01", qualite=QualitePartie.CONSOMMATEUR)
    assert {c.cle: c.prescription.terme for c in etat.creances} == {"F1": date(2027, 1, 1), "F2": date(2027, 1, 1)}
    seul = [*faits[:2], ("2026-06-01", PaiementRecu(cle="p", montant=D("100.00"), creances=("F2",)))]
    etat = plie(seul, "2026-06-01", qualite=QualitePartie.CONSOMMATEUR)
    assert {c.cle: c.prescription.terme for c in etat.creances} == {"F1": date(2027, 1, 1), "F2": date(2028, 6, 1)}


def test_a_well_founded_dispute_ends_with_its_credit_note(plie, facture):
    faits = [
        ("2026-01-01", facture("A", "2026-01-01", "2026-01-31", "1000.00")),
        ("2026-03-01", ContestationRecue(cle="C", creances=("A",), motif="x", montant=D("300.00"))),
        ("2026-04-01", ContestationClose(contestation="C", issue=IssueContestation.FONDEE)),
        ("2026-04-10", AvoirEmis(cle="v", numero="AV", montant=D("300.00"), creance="A")),
    ]
    assert plie(faits, "2026-04-09").creances[0].conteste == D("300.00")
    apres = plie(faits, "2026-04-10").creances[0]
    assert (apres.conteste, apres.principal_restant) == (0, D("700.00"))


def test_promises_are_judged_on_the_day_promised(plie, facture):
    def tenue(montant, paye_le, paye="1000.00"):
        faits = [
            ("2026-01-01", facture("A", "2026-01-01", "2026-12-31", "1000.00")),
            ("2026-03-01", PromesseRecue(cle="P", jusqu_au=date(2026, 3, 15), creances=("A",), montant=montant)),
            (paye_le, PaiementRecu(cle="p", montant=D(paye), creances=("A",))),
        ]
        return plie(faits, "2026-06-01").promesses[0].tenue

    assert tenue(None, "2026-03-15")
    assert not tenue(None, "2026-03-16")
    assert not tenue(None, "2026-03-10", "999.00")
    assert tenue(D("500.00"), "2026-03-10", "500.00")
    assert not tenue(D("500.00"), "2026-05-10", "500.00")


def test_an_old_debt_bears_interest_from_the_first_known_rate(plie, facture):
    etat = plie([("2008-10-01", facture("A", "2008-10-01", "2008-10-31"))], "2010-01-01")
    assert etat.decompte.lignes[0].du >= date(2009, 1, 1)
    assert "taux_ancien_inconnu" in {a.code for a in etat.avertissements}
    assert etat.decompte.indemnites == 0


def test_1231_6_the_claim_says_itself_from_which_presentation_it_bears_interest(plie, facture):
    """A notice sent while F1 was disputed puts F2 alone on notice; a second one, after the dispute, puts F1 too."""
    faits = [
        ("2025-12-01", facture("F1", "2025-12-01", "2025-12-31", "1000.00")),
        ("2025-12-01", facture("F2", "2025-12-01", "2025-12-31", "1000.00")),
        ("2026-01-15", ContestationRecue(cle="C", creances=("F1",), motif="x", montant=D("600.00"))),
        mise_en_demeure("2026-02-27", "F1", "F2"),
        ("2026-03-02", CourrierPresente(courrier="MD")),
        ("2026-04-01", ContestationClose(contestation="C", issue=IssueContestation.RETIREE)),
    ]
    etat = plie(faits, "2026-05-31", qualite=QualitePartie.CONSOMMATEUR)
    assert {c.cle: c.en_demeure_le for c in etat.creances} == {"F1": None, "F2": date(2026, 3, 2)}
    assert {ligne.creance for ligne in etat.decompte.lignes} == {"F2"}
    faits += [mise_en_demeure("2026-06-01", "F1", cle="MD2"), ("2026-06-03", CourrierPresente(courrier="MD2"))]
    etat = plie(faits, "2026-06-30", qualite=QualitePartie.CONSOMMATEUR)
    assert {c.cle: c.en_demeure_le for c in etat.creances} == {"F1": date(2026, 6, 3), "F2": date(2026, 3, 2)}


def test_a_disputed_sum_given_for_several_invoices_is_held_on_each(plie, facture):
    """300.00 disputed on two invoices, on which part is not said: neither may be claimed for more than 700.00."""
    faits = [
        ("2026-01-01", facture("F1", "2026-01-01", "2026-01-31", "1000.00")),
        ("2026-01-01", facture("F2", "2026-01-01", "2026-01-31", "1000.00")),
        ("2026-03-01", ContestationRecue(cle="C", creances=("F1", "F2"), motif="x", montant=D("300.00"))),
    ]
    assert [c.conteste for c in plie(faits, "2026-03-02").creances] == [D("300.00"), D("300.00")]
