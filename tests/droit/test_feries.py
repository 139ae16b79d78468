"""The holidays of the law; oracle: the day of Easter by another algorithm (Gauss), and published calendars."""

import tomllib
from collections import defaultdict
from datetime import date, timedelta
from importlib import resources
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.feries import Zone, compute_paques, find_ferie, find_motif, list_feries, load_feries

ANNEES = st.integers(1900, 2300)
PAQUES_PUBLIEES = {
    1818: (3, 22),
    1943: (4, 25),
    1954: (4, 18),
    1981: (4, 19),
    2000: (4, 23),
    2008: (3, 23),
    2011: (4, 24),
    2024: (3, 31),
    2025: (4, 20),
    2026: (4, 5),
    2027: (3, 28),
    2038: (4, 25),
    2049: (4, 18),
}
CALENDRIERS = {  # published for employers and schools: month, day
    2024: [(1, 1), (4, 1), (5, 1), (5, 8), (5, 9), (5, 20), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)],
    2025: [(1, 1), (4, 21), (5, 1), (5, 8), (5, 29), (6, 9), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)],
    2026: [(1, 1), (4, 6), (5, 1), (5, 8), (5, 14), (5, 25), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)],
}
LOCAUX_2026 = {
    Zone.METROPOLE: set(),
    Zone.ALSACE_MOSELLE: {date(2026, 4, 3), date(2026, 12, 26)},
    Zone.GUADELOUPE: {date(2026, 5, 27)},
    Zone.GUYANE: {date(2026, 6, 10)},
    Zone.MARTINIQUE: {date(2026, 5, 22)},
    Zone.MAYOTTE: {date(2026, 4, 27)},
    Zone.REUNION: {date(2026, 12, 20)},
    Zone.SAINT_BARTHELEMY: {date(2026, 10, 9)},
    Zone.SAINT_MARTIN: {date(2026, 5, 27)},
}


def compute_paques_gauss(annee):
    """Gauss, 1816 form, with its two exceptions."""
    a, b, c, k = annee % 19, annee % 4, annee % 7, annee // 100
    m = (15 - (13 + 8 * k) // 25 + k - k // 4) % 30
    n = (4 + k - k // 4) % 7
    d = (19 * a + m) % 30
    e = (2 * b + 4 * c + 6 * d + n) % 7
    if e == 6 and (d == 29 or (d == 28 and a > 10)):
        return date(annee, 4, 19 if d == 29 else 18)
    return date(annee, 3, 22) + timedelta(days=d + e)


def test_paques_comme_gauss():
    assert all(compute_paques(annee) == compute_paques_gauss(annee) for annee in range(1583, 3000))


@pytest.mark.parametrize(("annee", "jour"), PAQUES_PUBLIEES.items())
def test_paques_publiees(annee, jour):
    assert compute_paques(annee) == date(annee, *jour)


@pytest.mark.parametrize(("annee", "jours"), CALENDRIERS.items())
def test_onze_jours_de_la_loi(annee, jours):
    assert list(list_feries(annee)) == [date(annee, *jour) for jour in jours]


@pytest.mark.parametrize(("zone", "jours"), LOCAUX_2026.items())
def test_jours_locaux(zone, jours):
    assert set(list_feries(2026, zone)) - set(list_feries(2026)) == jours
    assert all(find_ferie(jour, zone).local for jour in jours)


def test_huit_mai_dans_le_temps():
    noms = {annee: find_ferie(date(annee, 5, 8)) for annee in range(1945, 1990)}
    feries = {annee for annee, ferie in noms.items() if ferie is not None and ferie.nom == "8 mai"}
    assert feries == {*range(1953, 1959), *range(1982, 1990)}
    assert noms[1975].nom == "Ascension"
    assert noms[1955].a_verifier
    assert not noms[1985].a_verifier


def test_premier_jour_compris():
    assert find_ferie(date(1946, 5, 1)) is None
    assert find_ferie(date(1947, 5, 1)).nom == "1er mai"
    assert find_ferie(date(1922, 11, 11)).nom == "11 novembre"
    assert find_ferie(date(1921, 11, 11)) is None


def test_une_fete_est_en_vigueur_de_son_premier_a_son_dernier_jour():
    finies = [ferie for ferie in load_feries() if ferie.fin is not None and not ferie.zones]
    assert finies
    for ferie in finies:
        jours = (ferie.debut - timedelta(days=1), ferie.debut, ferie.fin, ferie.fin + timedelta(days=1))
        assert [ferie.is_en_vigueur(jour, Zone.METROPOLE) for jour in jours] == [False, True, True, False]


def test_deux_fetes_le_meme_jour():
    assert compute_paques(2008) + timedelta(days=39) == date(2008, 5, 1)
    assert find_motif(date(2008, 5, 1)) == "1er mai"
    assert len(list_feries(2008)) == 10


@pytest.mark.parametrize(
    ("jour", "zone", "motif"),
    [
        (date(2026, 11, 20), Zone.METROPOLE, None),
        (date(2026, 11, 21), Zone.METROPOLE, "samedi"),
        (date(2026, 11, 1), Zone.METROPOLE, "dimanche"),
        (date(2026, 5, 1), Zone.METROPOLE, "1er mai"),
        (date(2026, 5, 25), Zone.METROPOLE, "lundi de Pentecôte"),
        (date(2005, 5, 16), Zone.METROPOLE, "lundi de Pentecôte"),
        (date(2026, 4, 3), Zone.METROPOLE, None),
        (date(2026, 4, 3), Zone.ALSACE_MOSELLE, "Vendredi saint"),
        (date(2025, 12, 26), Zone.ALSACE_MOSELLE, "26 décembre"),
        (date(2025, 12, 26), Zone.METROPOLE, None),
    ],
)
def test_motif(jour, zone, motif):
    assert find_motif(jour, zone) == motif


@given(ANNEES)
def test_la_metropole_partout(annee):
    communs = set(list_feries(annee))
    assert 8 <= len(communs) <= 11
    assert all(communs <= set(list_feries(annee, zone)) for zone in Zone)
    assert all(jour.year == annee for jour in communs)


def test_chaque_fete_est_datee_et_sourcee():
    par_fete = defaultdict(list)
    for ferie in load_feries():
        assert ferie.source
        assert ferie.texte
        assert ferie.article
        assert bool(ferie.mois) == bool(ferie.jour) != bool(ferie.paques)
        assert ferie.local == bool(ferie.zones)
        assert ferie.note or not ferie.a_verifier
        par_fete[ferie.nom, ferie.zones].append(ferie)
    for feries in par_fete.values():
        assert all(avant.fin is not None and avant.fin < apres.debut for avant, apres in pairwise(feries))


def test_chaque_fete_est_lue_comme_elle_est_ecrite():
    donnees = tomllib.loads(resources.files("exigible.droit").joinpath("feries.toml").read_text(encoding="utf-8"))
    assert len(load_feries()) == len(donnees["ferie"])
    for ecrite, lue in zip(donnees["ferie"], load_feries(), strict=True):
        assert (lue.nom, lue.texte, lue.article) == (ecrite["nom"], ecrite["texte"], ecrite["article"])
        assert (lue.debut, lue.fin) == (ecrite["debut"], ecrite.get("fin"))
        assert list(lue.source) == [donnees["sources"][cle] for cle in ecrite["source"]]
        assert (lue.mois, lue.jour, lue.paques) == tuple(ecrite.get(cle, 0) for cle in ("mois", "jour", "paques"))
        assert lue.zones == {Zone(zone) for zone in ecrite.get("zones", [])}
        assert (lue.local, lue.a_verifier) == (ecrite.get("local", False), ecrite.get("a_verifier", False))
        assert (lue.condition, lue.note) == (ecrite.get("condition", ""), ecrite.get("note", ""))


def test_chaque_source_sert():
    texte = resources.files("exigible.droit").joinpath("feries.toml").read_text(encoding="utf-8")
    donnees = tomllib.loads(texte)
    assert set(donnees["sources"]) == {cle for entree in donnees["ferie"] for cle in entree["source"]}
    assert donnees["meta"]["verifie_le"]
