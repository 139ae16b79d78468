from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import add_mois, compute_debut_semestre, compute_fin_semestre, format_jour, parse_jour

JOURS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize("texte", ["2026-11-21", "21/11/2026", " 21-11-2026 ", "21.11.2026"])
def test_lit_un_jour(texte):
    assert parse_jour(texte) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        ("31/02/2026", "date_inexistante"),
        ("2026-13-01", "date_inexistante"),
        ("21/11/26", "date_illisible"),
        ("demain", "date_illisible"),
        ("", "date_illisible"),
        ("9999-12-31", "date_hors_limites"),
        ("\u0662026-11-21", "date_illisible"),
    ],
)
def test_refuse_une_date(texte, code):
    with pytest.raises(ErreurSaisie) as erreur:
        parse_jour(texte, "--du")
    assert erreur.value.code == code
    assert erreur.value.champ == "--du"


@given(JOURS)
def test_aller_et_retour(jour):
    assert parse_jour(format_jour(jour)) == jour
    assert parse_jour(jour.isoformat()) == jour


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
    ],
)
def test_ajoute_des_mois(jour, mois, attendu):
    assert add_mois(jour, mois) == attendu


@given(JOURS)
def test_un_semestre_contient_son_jour(jour):
    debut, fin = compute_debut_semestre(jour), compute_fin_semestre(jour)
    assert debut <= jour <= fin
    assert (debut.month, debut.day) in {(1, 1), (7, 1)}
    assert compute_fin_semestre(debut) == fin
