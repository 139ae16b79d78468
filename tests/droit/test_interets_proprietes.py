"""What must hold of interest, whatever the claim and the rule."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.decompte import Creance, compute_decompte
from exigible.droit.interets import Diviseur, QualiteCreancier, Regime, RegleInterets, compute_lignes

D = Decimal


def compute(principal, au, regle, **options):
    creance = Creance("F1", "Facture F1", D(principal), regle.depart, regle)
    return compute_decompte([creance], [], au, **options)


PRINCIPAUX = st.decimals(min_value=1, max_value=10_000_000, places=2)
DEPARTS = st.dates(date(2013, 7, 1), date(2025, 12, 31))
REGLES = st.one_of(
    st.builds(RegleInterets, st.just(Regime.COMMERCIAL), DEPARTS),
    st.builds(RegleInterets, st.just(Regime.PUBLIC), DEPARTS),
    st.builds(RegleInterets, st.just(Regime.LEGAL), DEPARTS, st.sampled_from(QualiteCreancier)),
    st.builds(
        RegleInterets,
        st.just(Regime.CONVENU),
        DEPARTS,
        taux=st.decimals(min_value=0, max_value=30, places=2),
        diviseur=st.sampled_from(Diviseur),
    ),
)


@given(PRINCIPAUX, REGLES, st.integers(1, 1200), st.integers(0, 1200))
def test_deux_periodes_qui_se_suivent_valent_la_periode_entiere(principal, regle, longueur, coupe):
    """Additivity, within one cent: one line is cut in two, and each half is rounded."""
    du = regle.premier_jour
    au = min(du + timedelta(days=longueur), date(2026, 12, 31))
    milieu = min(du + timedelta(days=coupe), au)
    entier = compute_lignes(regle, principal, du, au)
    parties = compute_lignes(regle, principal, du, milieu) + compute_lignes(regle, principal, milieu + timedelta(1), au)
    ecart = abs(sum(ligne.montant for ligne in entier) - sum(ligne.montant for ligne in parties))
    assert ecart <= D("0.01")
    assert sum(ligne.jours for ligne in entier) == sum(ligne.jours for ligne in parties) == (au - du).days + 1


@given(PRINCIPAUX, PRINCIPAUX, REGLES, st.integers(0, 1500))
def test_plus_de_principal_plus_d_interets(un, autre, regle, longueur):
    au = min(regle.depart + timedelta(days=longueur), date(2026, 12, 31))
    petit, grand = sorted([un, autre])
    assert compute(petit, au, regle).interets <= compute(grand, au, regle).interets


@given(PRINCIPAUX, REGLES, st.integers(0, 2000))
def test_les_lignes_se_suivent_sans_trou_dans_une_seule_annee_civile(principal, regle, longueur):
    au = min(regle.depart + timedelta(days=longueur), date(2026, 12, 31))
    lignes = compute(principal, au, regle).lignes
    for precedente, suivante in pairwise(lignes):
        assert suivante.du == precedente.au + timedelta(days=1)
    if regle.diviseur_effectif is Diviseur.CIVIL:
        assert all(ligne.du.year == ligne.au.year for ligne in lignes)
        assert all(ligne.diviseur == (366 if ligne.du.year % 4 == 0 else 365) for ligne in lignes)


@given(PRINCIPAUX, REGLES, st.integers(0, 1500))
def test_chaque_ligne_se_refait_a_la_main(principal, regle, longueur):
    au = min(regle.depart + timedelta(days=longueur), date(2026, 12, 31))
    for ligne in compute(principal, au, regle).lignes:
        exact = ligne.base * ligne.taux * ligne.jours / (100 * ligne.diviseur)
        assert abs(ligne.montant - exact) <= D("0.005")
        assert ligne.montant == ligne.montant.quantize(D("0.01"))
