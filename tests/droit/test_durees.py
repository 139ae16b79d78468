import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.durees import Duree, format_duree, parse_duree
from exigible.droit.erreurs import ErreurSaisie


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("P15D", Duree(jours=15)),
        ("P1M", Duree(mois=1)),
        ("P1M8D", Duree(mois=1, jours=8)),
        ("P5Y", Duree(annees=5)),
        ("P2W", Duree(jours=14)),
        ("P1M1W2D", Duree(mois=1, jours=9)),
        (" p1y6m ", Duree(1, 6)),
        ("15 jours", Duree(jours=15)),
        ("15j", Duree(jours=15)),
        ("1 mois", Duree(mois=1)),
        ("1 mois et 8 jours", Duree(mois=1, jours=8)),
        ("1 mois 8 jours", Duree(mois=1, jours=8)),
        ("2 ans", Duree(annees=2)),
        ("un mois", Duree(mois=1)),
        ("Quinze jours", Duree(jours=15)),
        ("deux mois et huit jours", Duree(mois=2, jours=8)),
        ("une semaine", Duree(jours=7)),
        ("1 année", Duree(annees=1)),
        ("2 ans, 1 mois et 8 jours", Duree(2, 1, 8)),
        ("2\u00a0semaines", Duree(jours=14)),
    ],
)
def test_lit_une_duree(texte, attendu):
    assert parse_duree(texte) == attendu


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        ("", "duree_illisible"),
        ("P", "duree_illisible"),
        ("P1", "duree_illisible"),
        ("1M", "duree_illisible"),
        ("15", "duree_illisible"),
        ("P8D1M", "duree_illisible"),
        ("P-8D", "duree_illisible"),
        ("-P8D", "duree_illisible"),
        ("P1.5M", "duree_illisible"),
        ("P\u0661D", "duree_illisible"),
        ("bientôt", "duree_illisible"),
        ("vingt et un jours", "duree_illisible"),
        ("vingt-cinq jours", "duree_illisible"),
        ("PT24H", "duree_en_heures"),
        ("P1DT12H", "duree_en_heures"),
        ("24 heures", "duree_en_heures"),
        ("24h", "duree_en_heures"),
        ("P0D", "duree_invalide"),
        ("P101Y", "duree_invalide"),
        ("P99999D", "duree_invalide"),
    ],
)
def test_refuse_une_duree(texte, code):
    with pytest.raises(ErreurSaisie) as erreur:
        parse_duree(texte, "--duree")
    assert erreur.value.code == code
    assert erreur.value.champ == "--duree"


@pytest.mark.parametrize("champs", [(-1, 0, 40), (0, -1, 40), (1, 0, -1), (0, 0, 0)])
def test_pas_de_duree_negative_ni_vide(champs):
    with pytest.raises(ErreurSaisie, match="au moins un jour"):
        Duree(*champs)


@given(st.builds(Duree, st.integers(1, 99), st.integers(0, 12), st.integers(0, 400)))
def test_une_duree_ecrite_se_relit(duree):
    assert parse_duree(format_duree(duree)) == duree


@pytest.mark.parametrize(
    ("duree", "texte"),
    [
        (Duree(mois=1), "1\u00a0mois"),
        (Duree(jours=1), "1\u00a0jour"),
        (Duree(mois=2, jours=8), "2\u00a0mois et 8\u00a0jours"),
        (Duree(2, 1, 8), "2\u00a0ans, 1\u00a0mois et 8\u00a0jours"),
    ],
)
def test_ecrit_une_duree(duree, texte):
    assert format_duree(duree) == texte
