"""The rate that ranks a claim is kept while nothing changes it: it must be that of an account asked anew."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.compte import Compte
from exigible.droit.creance import Creance
from exigible.droit.imputation import impute_versement, sort_ouverts
from exigible.droit.interets import Regime, RegleInterets
from exigible.droit.pauses import MotifPause, Pause
from exigible.droit.versements import Versement

JOURS = st.dates(date(2014, 1, 1), date(2027, 6, 30))  # every regime is known
PAUSES = st.lists(
    st.builds(lambda du, duree: Pause(du, MotifPause.PLAN, du + timedelta(days=duree)), JOURS, st.integers(0, 400)),
    max_size=2,
)


@st.composite
def regles(draw):
    regime = draw(st.sampled_from(Regime))
    convenu = regime is Regime.CONVENU or (regime is Regime.COMMERCIAL and draw(st.booleans()))
    fixe = convenu and draw(st.booleans())
    return RegleInterets(
        regime=regime,
        depart=draw(JOURS),
        taux=Decimal(12) if fixe else None,
        multiple_legal=Decimal(3) if convenu and not fixe else None,
        executoire=draw(st.none() | JOURS) if regime is Regime.LEGAL else None,
        arret=draw(st.none() | JOURS),
        pauses=tuple(draw(PAUSES)),
    )


def ouvrir(regle, *, reclame):
    creance = Creance(
        "F",
        "Facture F",
        Decimal(100),
        regle.depart,
        regle if reclame else None,
        regle_de_rang=None if reclame else regle,
    )
    return Compte.open(creance, arreter=True, provisoire=False)


@given(regles(), st.lists(JOURS, min_size=1, max_size=30), st.booleans())
def test_le_taux_garde_est_celui_du_jour(regle, jours, reclame):
    compte = ouvrir(regle, reclame=reclame)
    for jour in sorted(jours):
        assert compte.get_taux(jour) == ouvrir(regle, reclame=reclame).get_taux(jour)


@given(regles(), st.lists(JOURS, min_size=1, max_size=30), st.booleans())
def test_le_rang_garde_est_celui_du_jour(regle, jours, reclame):
    compte = ouvrir(regle, reclame=reclame)
    for jour in jours:  # in any order
        taux = ouvrir(regle, reclame=reclame).get_taux(jour)
        assert compte.get_rang(jour) == (True, -taux, True, regle.depart)


def test_le_rang_met_d_abord_ce_que_le_debiteur_a_interet_a_payer():
    jour, regle = date(2026, 3, 1), RegleInterets(Regime.CONVENU, date(2025, 1, 31), taux=Decimal(12))
    simple = Creance("F", "Facture F", Decimal(100), regle.depart, regle)
    cas = [
        replace(simple, garantie=True, regle=None),
        replace(simple, clause_penale=True),
        simple,
        replace(simple, echeance=date(2025, 2, 28)),
        replace(simple, regle=None, echeance=date(2020, 1, 1)),
    ]
    rangs = [Compte.open(creance, arreter=True, provisoire=False).get_rang(jour) for creance in cas]
    assert rangs == sorted(rangs)
    assert len(set(rangs)) == len(rangs)


def test_seuls_les_comptes_ou_il_reste_du_attendent_un_paiement():
    regle = RegleInterets(Regime.CONVENU, date(2025, 1, 31), taux=Decimal(12))
    simple = Creance("B", "Facture B", Decimal(100), date(2025, 3, 31), regle)
    creances = [
        simple,
        replace(simple, cle="A", echeance=date(2025, 1, 31)),
        replace(simple, cle="C", principal=Decimal(0)),
        replace(simple, cle="D", principal=Decimal(0), frais=Decimal(10), echeance=date(2025, 2, 28)),
    ]
    comptes = {c.cle: Compte.open(c, arreter=True, provisoire=False) for c in creances}
    ouverts = sort_ouverts(comptes)
    assert ouverts == ["A", "D", "B"]
    impute_versement(comptes, ouverts, Versement("P", date(2025, 1, 31), Decimal(100), ("A",), accord_creancier=True))
    assert ouverts == ["D", "B"]


def test_le_taux_garde_ne_passe_ni_le_semestre_ni_le_dernier_jour_connu():
    regle = RegleInterets(Regime.COMMERCIAL, date(2025, 1, 31))
    compte = ouvrir(regle, reclame=True)
    lus = {jour: compte.get_taux(jour) for jour in (date(2025, 3, 1), date(2025, 6, 30), date(2025, 7, 1))}
    assert lus[date(2025, 3, 1)] == lus[date(2025, 6, 30)] != lus[date(2025, 7, 1)]


def test_une_projection_n_ecrit_rien_dans_le_compte():
    compte = ouvrir(RegleInterets(Regime.COMMERCIAL, date(2025, 1, 31)), reclame=True)
    essai = compte.project(date(2025, 12, 31))
    assert (compte.lignes, compte.courus, compte.valorise_au) == ([], 0, date.min)
    assert essai.courus == sum(ligne.montant for ligne in essai.lignes) > 0
