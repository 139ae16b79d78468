"""What sureties and guarantors may be asked for, and what befalls them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from garants import jugement, lis, list_raisons, paiement, tenue

from exigible.dossier.faits import (
    DEBITEUR,
    CautionInformee,
    FraisExpose,
    JugementSignifie,
    NatureFrais,
    PaiementRejete,
    PersonneDechargee,
    PorteeDecharge,
    ProcedureCollectiveOuverte,
    RolePersonne,
    SuspensionGarantsLevee,
)
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.droit.interets import QualiteCreancier

D = Decimal
R = RolePersonne


# --- Sureties ---------------------------------------------------------------------------------------------------------


def test_exemple_de_la_caution_non_informee(plie, facture):
    """10 000 € due on 30/09/2025; 3 000 € on 15/02/2026: the debtor owes 7 499,37 of principal, the surety 7 000,00."""
    faits = [
        ("2025-09-01", facture("A", "2025-09-01", "2025-09-30")),
        ("2025-09-01", tenue("K", R.CAUTION_SOLIDAIRE, personne_physique=True)),
        ("2026-02-15", paiement("P", "3000.00")),
    ]
    etat = plie(faits, "2026-02-15")
    assert (etat.decompte.total_du, lis(etat, "K").du) == (D("7499.37"), D("7000.00"))
    assert "caution_non_informee" in list_raisons(lis(etat, "K"))
    informee = plie([*faits, ("2025-10-20", CautionInformee(personne="K"))], "2026-02-15")
    assert lis(informee, "K").du == D("7499.37")


def test_la_caution_informee_trop_tard_perd_moins(plie, facture):
    """Told on 20/11/2025 of a debt unpaid since 30/09/2025: the days from 01/10 to 20/11 are lost, not those after."""
    faits = [
        ("2025-09-01", facture("A", "2025-09-01", "2025-09-30")),
        ("2025-09-01", facture("B", "2025-09-01", None)),
        ("2025-08-01", facture("C", "2025-08-01", "2025-08-31", "10.00")),
        ("2025-09-01", tenue("K", R.CAUTION_SOLIDAIRE, creances=("A", "B"))),
        ("2025-11-20", CautionInformee(personne="K")),
    ]
    caution = lis(plie(faits, "2025-12-31"), "K")
    # 10 000 × 12,15 × 41 ÷ 36 500 = 136,48 ; les 40 € sont perdus avec le premier jour
    assert caution.reclamable == D("10136.48")
    assert "du 01/10/2025 au 20/11/2025" in caution.raisons[0].phrase


def test_un_particulier_n_a_pas_a_informer_la_caution(plie, du, ecris):
    particulier = ecris(
        [("2020-01-01", CreancierDecrit(nom="Créancière Exemple", qualite=QualiteCreancier.PARTICULIER))]
    )
    etat = plie([*du, ("2025-09-01", tenue("K", R.CAUTION_SOLIDAIRE))], "2026-02-15", creancier=particulier)
    assert "caution_non_informee" not in list_raisons(lis(etat, "K"))


def test_la_caution_personne_morale_n_a_pas_a_etre_informee(plie, du):
    etat = plie([*du, ("2025-09-01", tenue("K", R.CAUTION_SOLIDAIRE, personne_physique=False))], "2026-02-15")
    assert lis(etat, "K").du == etat.decompte.total_du


def test_le_plafond_de_la_caution_et_ce_qu_elle_a_paye(plie, du, nu):
    caution = tenue("K", R.CAUTION_SOLIDAIRE, plafond=D("5000.00"), personne_physique=False)
    faits = [
        *du,
        ("2025-09-01", caution),
        ("2026-01-15", paiement("P", "2000.00", "K")),
        ("2026-01-16", paiement("Q", "500.00", "K")),
        ("2026-01-17", PaiementRejete(paiement="Q")),
    ]
    etat = plie(faits, "2026-02-15", creancier=nu)
    personne = lis(etat, "K")
    assert (personne.du, personne.plafond_restant, etat.decompte.total_du) == (
        D("3000.00"),
        D("3000.00"),
        D("7000.00"),
    )
    assert "plafond" in list_raisons(personne)


def test_le_benefice_de_discussion_et_de_division(plie, du):
    simple = [*du, ("2025-09-01", tenue("K", R.CAUTION_SIMPLE, personne_physique=False))]
    assert list_raisons(lis(plie(simple, "2026-02-15"), "K")) == ["benefice_de_discussion"]
    deux = [*simple, ("2025-09-01", tenue("L", R.CAUTION_SOLIDAIRE, personne_physique=False))]
    etat = plie(deux, "2026-02-15")
    assert list_raisons(lis(etat, "K")) == ["benefice_de_discussion", "benefice_de_division"]
    assert list_raisons(lis(etat, "L")) == ["benefice_de_division"]  # solidary with the debtor, perhaps not with K


@pytest.mark.parametrize(
    ("physique", "nature", "suspendue"),
    [
        (True, "sauvegarde", True),
        (None, "redressement judiciaire", True),  # not known: taken for a natural person
        (False, "redressement judiciaire", False),
        (True, "liquidation judiciaire", False),
    ],
)
def test_l_ouverture_suspend_les_garants_personnes_physiques(plie, du, physique, nature, suspendue):
    faits = [
        *du,
        ("2025-09-01", tenue("K", R.CAUTION_SOLIDAIRE, personne_physique=physique)),
        ("2025-10-20", CautionInformee(personne="K")),
        ("2025-12-01", ProcedureCollectiveOuverte(nature=nature)),
    ]
    caution = lis(plie(faits, "2026-02-15"), "K")
    assert ("garants_suspendus" in list_raisons(caution)) is suspendue
    assert caution.poursuivable is not suspendue
    # interest stops for natural persons too, not for a company (C. com. L622-28 al. 1)
    dernier = max(ligne.au for ligne in caution.decompte.lignes)
    assert dernier == (date(2026, 2, 15) if physique is False else date(2025, 11, 30))


@pytest.mark.parametrize(
    "fin", [SuspensionGarantsLevee(motif="plan"), ProcedureCollectiveOuverte(nature="Liquidation judiciaire")]
)
def test_le_plan_ou_la_liquidation_met_fin_a_la_suspension(plie, du, fin):
    faits = [
        *du,
        ("2025-09-01", tenue("K", R.CAUTION_SOLIDAIRE, personne_physique=True)),
        ("2025-12-01", ProcedureCollectiveOuverte(nature="redressement judiciaire")),
        ("2026-02-01", fin),
    ]
    assert not lis(plie(faits, "2026-01-31"), "K").poursuivable
    assert lis(plie(faits, "2026-02-15"), "K").poursuivable


def test_liberer_une_caution_laisse_le_debiteur_tenu_et_diminue_les_autres_cautions(plie, du, nu):
    faits = [
        *du,
        ("2025-09-01", tenue("K", R.CAUTION_SOLIDAIRE, personne_physique=False)),
        ("2025-09-01", tenue("L", R.CAUTION_SOLIDAIRE, personne_physique=False)),
        ("2025-12-01", PersonneDechargee(personne="K", portee=PorteeDecharge.CAUTIONNEMENT)),
    ]
    etat = plie(faits, "2026-02-15", creancier=nu)
    assert {p.cle: p.du for p in etat.personnes} == {DEBITEUR: D("9000.00"), "K": 0, "L": D("4500.00")}
    assert lis(etat, "K").raisons[0].article == "C. civ. 1350-2"


def test_la_remise_au_debiteur_libere_les_cautions(plie, du, nu):
    faits = [
        *du,
        ("2025-09-01", tenue("K", R.CAUTION_SOLIDAIRE, personne_physique=False)),
        ("2025-12-01", PersonneDechargee(personne=DEBITEUR)),
    ]
    etat = plie(faits, "2026-02-15", creancier=nu)
    assert {p.du for p in etat.personnes} == {0}
    assert etat.decompte.total_du == 0
    assert list_raisons(lis(etat, "K")) == ["remise_au_debiteur"]


def test_la_caution_ne_doit_pas_plus_que_ce_que_le_juge_a_accorde_contre_le_debiteur(plie, du):
    caution = tenue("K", R.CAUTION_SOLIDAIRE, personne_physique=False)
    faits = [*du, ("2025-09-01", caution), ("2026-01-05", jugement("4000.00", article_700=D("800.00")))]
    etat = plie(faits, "2026-02-15")
    assert etat.decompte.total_du > D("4800.00")
    assert lis(etat, "K").du == D("4000.00")


def test_la_caution_condamnee_doit_ce_que_dit_sa_condamnation(plie, du):
    faits = [
        *du,
        ("2025-09-01", tenue("K", R.CAUTION_SOLIDAIRE, personne_physique=False)),
        ("2026-01-05", jugement("4000.00", "K", article_700=D("800.00"))),
        ("2026-01-20", JugementSignifie(decision="J", personnes=("K",))),
        ("2026-02-01", FraisExpose(cle="S", nature=NatureFrais.ACTE_D_EXECUTION, montant=D("90.00"), decision="J")),
    ]
    etat = plie(faits, "2026-02-01")
    personne = lis(etat, "K")
    # 800 × 2,62 × 27 ÷ 36 500 = 1,55
    assert (personne.du, personne.titres) == (D("4891.55"), ("J",))
    assert etat.decompte.frais == 0
    assert not lis(etat, DEBITEUR).titres


# --- Guarantors -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("plafond", "attendu"), [("5000.00", "5000.00"), ("20000.00", "9000.00"), (None, "0.00")])
def test_le_garant_autonome_doit_la_somme_promise_jamais_plus_que_la_dette(plie, du, nu, plafond, attendu):
    garant = tenue("G", R.GARANT_AUTONOME, plafond=D(plafond) if plafond else None)
    personne = lis(plie([*du, ("2025-09-01", garant)], "2026-02-15", creancier=nu), "G")
    assert personne.du == D(attendu)
    assert ("plafond_inconnu" in list_raisons(personne)) is (plafond is None)


def test_decharger_le_garant_ne_touche_personne_d_autre(plie, du, nu):
    garant = tenue("G", R.GARANT_AUTONOME, plafond=D("5000.00"))
    etat = plie(
        [*du, ("2025-09-01", garant), ("2025-12-01", PersonneDechargee(personne="G"))], "2026-02-15", creancier=nu
    )
    assert {p.cle: p.du for p in etat.personnes} == {DEBITEUR: D("9000.00"), "G": 0}
