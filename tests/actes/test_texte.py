"""Wording: typography on our words only, dates, lists, cleaned texts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.actes.typst.texte import (
    Fragment,
    clean_texte,
    format_date_longue,
    format_iban,
    format_siren,
    join_paragraphe,
    write_paragraphe,
    write_phrase,
)

INSECABLE = "\u00a0"


def test_la_typographie_francaise():
    assert write_phrase("L'ordre : « payer » ; 40 € !") == (
        f"L’ordre{INSECABLE}: «{INSECABLE}payer{INSECABLE}»{INSECABLE}; 40{INSECABLE}€{INSECABLE}!"
    )
    assert write_phrase("articles L441-10 et D441-5") == f"articles{INSECABLE}L441-10 et D441-5"


def test_la_typographie_ne_touche_pas_aux_valeurs():
    assert write_phrase("Facture {n}", n="A : 'b' !") == "Facture A : 'b' !"
    assert write_paragraphe("Pour **{n}**.", n="**x** {y}") == (
        Fragment("Pour "),
        Fragment("**x** {y}", gras=True),
        Fragment("."),
    )


@given(st.text())
def test_une_valeur_est_rendue_telle_quelle(valeur):
    assert join_paragraphe(write_paragraphe("a **{v}** b", v=valeur)) == f"a {valeur} b"


@given(st.text())
def test_clean_texte_donne_une_ligne_stable(texte):
    propre = clean_texte(texte)
    assert not set(propre) & set("\n\r\t\x00\u200b\u202e")
    assert clean_texte(propre) == propre


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        (date(2026, 11, 21), "21\u00a0novembre\u00a02026"),
        (date(2027, 1, 1), "1er\u00a0janvier\u00a02027"),
        (date(2026, 8, 31), "31\u00a0août\u00a02026"),
    ],
)
def test_les_dates_en_lettres(jour, attendu):
    assert format_date_longue(jour) == attendu


def test_les_identifiants_par_groupes():
    assert format_siren("123456782") == "123\u00a0456\u00a0782"
    assert format_siren("") == ""
    assert format_iban("fr7699999000010000000000115") == "FR76 9999 9000 0100 0000 0000 115".replace(" ", INSECABLE)
