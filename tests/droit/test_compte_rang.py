"""The rate that ranks a claim is kept while nothing changes it: it must be that of an account asked anew."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.compte import Compte
from exigible.droit.creance import Creance
from exigible.droit.interets import Regime, RegleInterets
from exigible.droit.pauses import MotifPause, Pause

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
