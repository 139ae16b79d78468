"""What must hold of a limitation, whatever the facts."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.jours import add_mois
from exigible.droit.prescription import (
    Demande,
    Effet,
    Evenement,
    TypeDelai,
    find_regle,
    load_table,
    replay_prescription,
)

TABLE = load_table()
REGLES = [regle for regle in TABLE.regles if regle.duree_mois is not None]
J, D = date, Demande
JOURS = st.dates(J(2009, 1, 1), J(2035, 12, 31))
DEPARTS = st.dates(J(2009, 1, 1), J(2030, 12, 31))


@st.composite
def evenements(draw, *, debout=False, effets=frozenset(Effet)):
    cause = draw(st.sampled_from(sorted(code for code, cause in TABLE.causes.items() if cause.effet in effets)))
    jour, effet = draw(JOURS), TABLE.causes[cause].effet
    duree = timedelta(days=draw(st.integers(0, 900)))
    avec_fin = effet is Effet.SUSPENSION or (effet is Effet.JUSQU_A_LA_FIN and draw(st.booleans()))
    efface = not debout and effet is not Effet.SUSPENSION and draw(st.booleans())
    return Evenement(jour, cause, jour + duree if avec_fin else None, efface)


@given(st.sampled_from(REGLES), DEPARTS, st.lists(evenements(), max_size=6), st.data())
def test_l_ordre_d_enregistrement_ne_compte_pas(regle, depart, faits, tirage):
    meles = tirage.draw(st.permutations(faits))
    assert replay_prescription(D(regle, depart, tuple(meles))) == replay_prescription(D(regle, depart, tuple(faits)))


@given(st.sampled_from(REGLES), DEPARTS, st.lists(evenements(debout=True), max_size=5))
def test_aucun_fait_qui_tient_n_avance_le_terme_nu(regle, depart, faits):
    assert replay_prescription(D(regle, depart, tuple(faits))).terme >= replay_prescription(D(regle, depart)).terme


INTERRUPTIONS = frozenset({Effet.NOUVEAU_DELAI, Effet.JUSQU_A_LA_FIN})


@given(
    st.sampled_from(REGLES),
    DEPARTS,
    st.lists(evenements(debout=True), max_size=5),
    evenements(debout=True, effets=INTERRUPTIONS),
)
def test_une_interruption_de_plus_n_avance_jamais_le_terme(regle, depart, faits, dernier):
    """Wherever it falls among the others, pauses and instances that overlap included."""
    avec = replay_prescription(D(regle, depart, (*faits, dernier)))
    assert avec.terme >= replay_prescription(D(regle, depart, tuple(faits))).terme


@given(st.sampled_from(REGLES), DEPARTS, st.lists(evenements(), max_size=5))
def test_effacer_tout_revient_au_terme_nu(regle, depart, faits):
    effaces = tuple(Evenement(e.jour, e.code, e.fin, non_avenu=True) for e in faits)
    assert replay_prescription(D(regle, depart, effaces)).terme == replay_prescription(D(regle, depart)).terme


@given(st.sampled_from(REGLES), DEPARTS, st.lists(evenements(), max_size=5))
def test_la_frise_est_en_ordre_et_finit_au_terme(regle, depart, faits):
    prescription = replay_prescription(D(regle, depart, tuple(faits)))
    debuts = [etape.du for etape in prescription.frise]
    assert debuts == sorted(debuts)
    courts = [etape for etape in prescription.frise if etape.effet == "court"]
    assert all(etape.au is not None and etape.du <= etape.au <= prescription.terme for etape in courts)
    assert all(avant.au < apres.du for avant, apres in pairwise(courts))
    assert all(etape.article for etape in prescription.frise)
    assert {e.code for e in prescription.frise if e.code} == {fait.code for fait in faits}


@given(DEPARTS, st.lists(st.dates(J(2009, 1, 1), J(2060, 12, 31)), max_size=8))
def test_reconnaitre_ne_passe_jamais_vingt_ans(depart, jours):
    faits = tuple(Evenement(jour, "INT-REC") for jour in jours)
    assert replay_prescription(D(find_regle("P-02"), depart, faits)).terme <= add_mois(depart, 240)


@given(DEPARTS, st.lists(evenements(), max_size=5))
def test_rien_qui_ne_soit_de_la_forclusion_ne_la_touche(depart, faits):
    inoperants = tuple(f for f in faits if not TABLE.causes[f.code].opere_sur_forclusion)
    regle = find_regle("P-05")
    assert regle.genre is TypeDelai.FORCLUSION
    assert replay_prescription(D(regle, depart, inoperants)).terme == replay_prescription(D(regle, depart)).terme
