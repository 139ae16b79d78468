"""Numbers spelt in words, read back from what an independent writer spells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.nombres import parse_nombre, replace_nombres, write_nombre

MOTS = {1: "un", 2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 7: "sept", 8: "huit", 9: "neuf", 10: "dix"}
MOTS |= {11: "onze", 12: "douze", 13: "treize", 14: "quatorze"}
MOTS |= {15: "quinze", 16: "seize", 17: "dix-sept", 18: "dix-huit", 19: "dix-neuf"}
MOTS |= {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}


def spell_sous_cent(n):
    if n in MOTS:
        return MOTS[n]
    if n < 80:
        base = 60 if n > 60 else n - n % 10
        return MOTS[base] + ("-et-" if n % 10 == 1 else "-") + MOTS[n - base]
    return "quatre-vingts" if n == 80 else f"quatre-vingt-{spell_sous_cent(n - 80)}"


def spell_sous_mille(n, *, pluriel=True):
    if n < 100:
        mots = spell_sous_cent(n)
        return mots if pluriel else mots.replace("vingts", "vingt")
    centaines, reste = divmod(n, 100)
    tete = "cent" if centaines == 1 else f"{MOTS[centaines]} cent" + ("s" if pluriel and not reste else "")
    return f"{tete} {spell_sous_mille(reste, pluriel=pluriel)}" if reste else tete


def spell(n):
    """The traditional spelling: « quatre-vingts » and « cents » lose their mark before « mille »."""
    millions, reste = divmod(n, 1_000_000)
    milliers, reste = divmod(reste, 1000)
    parties = []
    if millions:
        parties.append(f"{spell_sous_mille(millions)} million" + ("s" if millions > 1 else ""))
    if milliers:
        parties.append("mille" if milliers == 1 else f"{spell_sous_mille(milliers, pluriel=False)} mille")
    if reste:
        parties.append(spell_sous_mille(reste))
    return " ".join(parties)


def test_chaque_nombre_jusqu_a_mille():
    assert [parse_nombre(spell(n)) for n in range(1, 1001)] == list(range(1, 1001))


@given(st.integers(1, 999_999_999))
def test_chaque_nombre_se_relit(n):
    assert parse_nombre(spell(n)) == n
    assert parse_nombre(spell(n).replace(" ", "-").upper()) == n  # the spelling of 1990, in capitals
    assert parse_nombre(spell(n).replace("-", " ").replace(" et ", " ")) == n


@pytest.mark.parametrize(
    ("texte", "nombre"),
    [
        ("mille deux cents", 1200),
        ("  Mille\n deux\u00a0cents ", 1200),
        ("quatre\u2011vingt\u2010un", 81),
        ("soixante et onze", 71),
        ("quatre-vingt mille", 80_000),
        ("un million", 1_000_000),
        ("deux millions trois cent mille", 2_300_000),
    ],
)
def test_les_ecritures_courantes(texte, nombre):
    assert parse_nombre(texte) == nombre


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "1200",
        "douze cents",
        "mille mille",
        "million",
        "deux cents s",
        "un cents",
        "cinq trois",
        "vingt dix",
        "et un",
    ],
)
def test_le_doute_ne_se_devine_pas(texte):
    assert parse_nombre(texte) is None


def test_les_durees_se_lisent_toujours():
    assert replace_nombres("quarante-cinq jours, soixante-quinze jours") == "45 jours, soixante-quinze jours"
    assert replace_nombres("quatre vingt dix jours") == replace_nombres("quatre-vingt-dix jours") == "90 jours"


@given(st.integers(1, 999_999_999))
def test_un_nombre_ecrit_se_relit(nombre):
    assert parse_nombre(write_nombre(nombre)) == nombre


@pytest.mark.parametrize(
    ("nombre", "ecrit"),
    [
        (0, "zéro"),
        (21, "vingt et un"),
        (71, "soixante et onze"),
        (80, "quatre-vingts"),
        (81, "quatre-vingt-un"),
        (91, "quatre-vingt-onze"),
        (99, "quatre-vingt-dix-neuf"),
        (200, "deux cents"),
        (201, "deux cent un"),
        (1000, "mille"),
        (80_000, "quatre-vingt mille"),
        (200_000, "deux cent mille"),
        (280_080, "deux cent quatre-vingt mille quatre-vingts"),
        (1_000_000, "un million"),
        (80_000_000, "quatre-vingts millions"),
    ],
)
def test_l_orthographe_d_un_nombre(nombre, ecrit):
    assert write_nombre(nombre) == ecrit


@pytest.mark.parametrize("nombre", [-1, 1_000_000_000])
def test_un_nombre_trop_grand_ne_s_ecrit_pas(nombre):
    with pytest.raises(ValueError, match="hors de"):
        write_nombre(nombre)
