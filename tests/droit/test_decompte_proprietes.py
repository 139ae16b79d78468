"""What must hold of a statement, whatever the claims and the payments."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.decompte import Creance, ModeImputation, Versement, compute_decompte
from exigible.droit.interets import Regime, RegleInterets

D = Decimal


def build_creance(cle, principal, echeance, regle=None, **options):
    return Creance(cle, f"Facture {cle}", D(principal), echeance, regle, **options)


CENTIMES = st.decimals(min_value="0.01", max_value=5000, places=2)
DEBUT, FIN = date(2024, 1, 1), date(2026, 6, 30)
JOURS = st.dates(DEBUT, FIN)


@st.composite
def list_creances(draw):
    creances = []
    for rang in range(draw(st.integers(1, 4))):
        echeance = draw(JOURS)
        regle = draw(
            st.sampled_from(
                [
                    None,
                    RegleInterets(Regime.COMMERCIAL, echeance),
                    RegleInterets(Regime.PUBLIC, echeance),
                    RegleInterets(Regime.LEGAL, echeance + timedelta(days=30), capitalisation=echeance),
                    RegleInterets(Regime.CONVENU, echeance, taux=D(12)),
                ]
            )
        )
        indemnite = draw(st.sampled_from([D(0), D(40)]))
        creances.append(
            build_creance(f"F{rang}", draw(CENTIMES), echeance, regle, indemnite=indemnite, frais=draw(CENTIMES))
        )
    return creances


@st.composite
def list_versements(draw):
    jours = draw(st.lists(JOURS, unique=True, max_size=5))
    return [
        Versement(f"V{rang}", jour, draw(CENTIMES), imputation=draw(st.sampled_from(ModeImputation)))
        for rang, jour in enumerate(jours)
    ]


@given(list_creances(), list_versements())
def test_chaque_centime_est_retrouve(creances, versements):
    decompte = compute_decompte(creances, versements, FIN)
    recu = sum((v.montant for v in versements), D(0))
    impute = sum((i.montant for i in decompte.imputations), D(0))
    assert recu == impute + decompte.trop_percu
    for imputation in decompte.imputations:
        assert (
            imputation.montant == imputation.frais + imputation.indemnites + imputation.interets + imputation.principal
        )
    principal = sum((c.principal for c in creances), D(0))
    assert decompte.principal == principal - sum((i.principal for i in decompte.imputations), D(0))
    assert decompte.interets == decompte.interets_courus - sum((i.interets for i in decompte.imputations), D(0))
    assert decompte.interets_courus == sum((ligne.montant for ligne in decompte.lignes), D(0))
    assert decompte.total_du == decompte.principal + decompte.interets + decompte.indemnites + decompte.frais


@given(list_creances(), list_versements())
def test_rien_n_est_negatif(creances, versements):
    decompte = compute_decompte(creances, versements, FIN)
    for solde in decompte.soldes:
        assert min(solde.principal_restant, solde.interets, solde.indemnites, solde.frais) >= 0
    assert decompte.trop_percu >= 0


@given(list_creances(), list_versements(), st.randoms())
def test_l_ordre_d_arrivee_des_versements_ne_compte_pas(creances, versements, hasard):
    melanges = list(versements)
    hasard.shuffle(melanges)
    assert compute_decompte(creances, melanges, FIN) == compute_decompte(creances, versements, FIN)


@given(list_creances(), list_versements())
def test_payer_plus_ne_fait_jamais_devoir_plus(creances, versements):
    """Within one cent a line: a payment cuts a line in two, and each half is rounded."""
    avec = compute_decompte(creances, versements, FIN)
    sans = compute_decompte(creances, versements[:-1], FIN)
    assert avec.total_du <= sans.total_du + D("0.01") * len(avec.lignes)
