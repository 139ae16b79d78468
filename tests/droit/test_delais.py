"""Time limits of procedure: the worked examples, the rules one by one, the properties."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.delais import Delai, Distance, JourEcarte, Sens, compute_delai
from exigible.droit.durees import Duree, parse_duree
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.feries import Zone, find_motif
from exigible.droit.jours import add_mois

CAS = json.loads((Path(__file__).parent / "donnees" / "delais.json").read_text(encoding="utf-8"))["cas"]
JOURS = st.dates(date(1960, 1, 1), date(2100, 12, 31))
DUREES = st.one_of(
    st.builds(Duree, jours=st.integers(1, 400)),
    st.builds(Duree, st.integers(0, 10), st.integers(1, 24), st.integers(0, 60)),
)


def count(depart, duree, **options):
    return compute_delai(depart, parse_duree(duree), **options)


def list_codes(delai: Delai):
    return [avertissement.code for avertissement in delai.avertissements]


@pytest.mark.parametrize("cas", CAS, ids=[cas["id"] for cas in CAS])
def test_exemples_travailles(cas):
    delai = count(
        date.fromisoformat(cas["depart"]),
        cas["duree"],
        sens=Sens(cas.get("sens", "apres")),
        distance=Distance(cas.get("distance", "aucune")),
    )
    assert delai.echeance.isoformat() == cas["echeance"]
    assert delai.avant_report.isoformat() == cas["avant_report"]
    assert delai.motif_report == cas["motif"]


@pytest.mark.parametrize(
    ("depart", "duree", "echeance"),
    [
        (date(2024, 2, 29), "P1Y", date(2025, 2, 28)),
        (date(2023, 8, 31), "P6M", date(2024, 2, 29)),
        (date(2026, 3, 31), "P1M", date(2026, 4, 30)),
        (date(2026, 1, 31), "P1M8D", date(2026, 3, 9)),  # 28/02 then 8 days: 08/03, a Sunday
        (date(2026, 2, 28), "P1M", date(2026, 3, 30)),  # the same day, 28/03, a Saturday; not the end of March
        (date(2026, 4, 29), "P2D", date(2026, 5, 4)),  # 1 May, then the week-end
        (date(2026, 12, 24), "P1D", date(2026, 12, 28)),
        (date(2026, 11, 19), "P1D", date(2026, 11, 20)),
        (date(2026, 11, 6), "P2W", date(2026, 11, 20)),
    ],
)
def test_compte(depart, duree, echeance):
    assert count(depart, duree).echeance == echeance


def test_chaque_jour_ecarte_est_dit():
    delai = count(date(2008, 3, 7), "P15D")
    assert delai.ecartes == (
        JourEcarte(date(2008, 3, 22), "samedi"),
        JourEcarte(date(2008, 3, 23), "dimanche"),
        JourEcarte(date(2008, 3, 24), "lundi de Pâques"),
    )
    assert delai.articles == ("CPC 640", "CPC 641 al. 1", "CPC 642", "C. trav. L3133-1 2°")
    assert "22/03/2008 (samedi), 23/03/2008 (dimanche), 24/03/2008 (lundi de Pâques)" in delai.explication
    assert "Report au premier jour ouvrable suivant." in delai.explication
    assert delai.explication.endswith("Dernier jour : mardi 25/03/2008, à 24 h.")
    assert delai.avertissements == ()


def test_explique_les_mois_puis_les_jours():
    delai = count(date(2026, 1, 31), "P1M8D")
    assert delai.articles == ("CPC 640", "CPC 641 al. 1", "CPC 641 al. 2", "CPC 641 al. 3", "CPC 642")
    assert "Le jour du départ, samedi 31/01/2026, ne compte pas." in delai.explication
    assert "pas de 31 dans ce mois, donc son dernier jour, samedi 28/02/2026" in delai.explication
    assert "8 jours : dimanche 08/03/2026." in delai.explication


def test_la_distance_se_compte_avec_le_delai():
    delai = count(date(2026, 12, 31), "P1D", distance=Distance.OUTRE_MER)
    assert delai.avant_report == date(2027, 2, 1)  # a month, then a day
    assert "1 mois de distance" in delai.explication
    assert {"CPC 643", "CPC 644", "CPC 645", "CPC 647"} <= set(delai.articles)
    assert list_codes(delai) == ["distance_limitee"]


@pytest.mark.parametrize(
    ("audience", "duree", "echeance", "motif"),
    [
        (date(2026, 11, 16), "P15D", date(2026, 10, 30), "dimanche"),  # 01/11, a Sunday: back to Friday
        (date(2026, 5, 9), "P8D", date(2026, 4, 30), "1er mai"),
        (date(2026, 11, 26), "P15D", date(2026, 11, 10), "11 novembre"),
        (date(2026, 3, 31), "P1M", date(2026, 2, 27), "samedi"),  # no 31 February
    ],
)
def test_a_rebours(audience, duree, echeance, motif):
    delai = count(audience, duree, sens=Sens.AVANT)
    assert (delai.echeance, delai.motif_report) == (echeance, motif)
    assert "Le jour de l'audience" in delai.explication
    assert "à rebours" in delai.explication
    assert "jour ouvrable précédent" in delai.explication
    assert list_codes(delai) == ["compte_a_rebours"]


def test_a_rebours_le_plus_sur_est_la_veille():
    """Placement eight days before 31 July 2024: 23 July, and 22 July when the days are clear days."""
    delai = count(date(2024, 7, 31), "P8D", sens=Sens.AVANT)
    assert delai.echeance == date(2024, 7, 23)
    assert delai.avertissements[0].parametres == {"veille": "2024-07-22"}
    assert "lundi 22/07/2024" in delai.avertissements[0].message
    assert count(date(2026, 11, 17), "P15D", sens=Sens.AVANT).avertissements[0].parametres == {"veille": "2026-10-30"}


def test_sans_report():
    delai = count(date(2021, 4, 11), "P5Y", reporter=False)
    assert (delai.echeance, delai.avant_report, delai.motif_report) == (date(2026, 4, 11), date(2026, 4, 11), None)
    assert delai.articles == ("CPC 640", "CPC 641 al. 2")
    (avertissement,) = delai.avertissements
    assert avertissement.code == "echeance_non_reportee"
    assert "samedi" in avertissement.message
    assert avertissement.parametres == {"motif": "samedi", "veille": "2026-04-10"}
    assert count(date(2021, 4, 10), "P5Y", reporter=False).avertissements == ()


def test_un_jour_local_reporte_et_le_dit():
    depart = date(2026, 3, 19)
    local = count(depart, "P15D", zone=Zone.ALSACE_MOSELLE)  # 3 April 2026: Good Friday
    assert count(depart, "P15D").echeance == date(2026, 4, 3)
    assert (local.echeance, local.motif_report) == (date(2026, 4, 7), "Vendredi saint")
    assert list_codes(local) == ["ferie_local_non_juge"]
    assert "temple protestant ou une église mixte" in local.avertissements[0].message
    assert local.avertissements[0].parametres == {"ferie": "Vendredi saint", "sans_report_local": "2026-04-03"}
    assert "C. trav. L3134-13 2°" in local.articles


def test_un_jour_local_sans_effet_ne_se_dit_pas():
    delai = count(date(2026, 12, 11), "P15D", zone=Zone.ALSACE_MOSELLE)  # 26 December 2026: a Saturday
    assert delai.motif_report == "samedi"
    assert list_codes(delai) == []


def test_un_jour_d_outre_mer():
    delai = count(date(2026, 5, 12), "P15D", zone=Zone.GUADELOUPE)
    assert (delai.echeance, delai.motif_report) == (date(2026, 5, 28), "27 mai, abolition de l'esclavage")
    assert list_codes(delai) == ["ferie_local_non_juge"]
    assert "n'est férié que dans cette zone :" in delai.avertissements[0].message


def test_une_fete_a_verifier_le_dit():
    saint_martin = count(date(2026, 5, 12), "P15D", zone=Zone.SAINT_MARTIN)
    assert list_codes(saint_martin) == ["ferie_local_non_juge", "ferie_a_verifier"]
    assert "28 mai" in saint_martin.avertissements[1].message
    assert list_codes(count(date(1956, 4, 8), "P1M")) == ["ferie_a_verifier"]  # 8 May 1956, a Tuesday


@pytest.mark.parametrize("depart", [date(1899, 12, 31), date(2200, 1, 1)])
def test_refuse_une_date_hors_limites(depart):
    with pytest.raises(ErreurSaisie) as erreur:
        count(depart, "P1M")
    assert erreur.value.code == "date_hors_limites"


def test_la_distance_ne_depasse_pas_cent_ans():
    with pytest.raises(ErreurSaisie, match="cent ans"):
        count(date(2026, 1, 1), "P100Y", distance=Distance.OUTRE_MER)


@given(JOURS, DUREES, st.sampled_from(Sens), st.sampled_from(Zone), st.sampled_from(Distance))
def test_ne_finit_jamais_un_jour_non_ouvrable(depart, duree, sens, zone, distance):
    delai = compute_delai(depart, duree, sens=sens, zone=zone, distance=distance)
    assert find_motif(delai.echeance, zone) is None
    assert (delai.motif_report is None) == (delai.echeance == delai.avant_report)
    assert len(delai.ecartes) == abs((delai.echeance - delai.avant_report).days) <= 5
    if sens is Sens.AVANT:
        assert delai.echeance <= delai.avant_report < depart
    else:
        assert delai.echeance >= delai.avant_report > depart


@given(JOURS, DUREES, st.integers(0, 40), st.sampled_from(Sens))
def test_monotone(depart, duree, ecart, sens):
    """A later act never ends earlier; a longer limit neither (backward: it never ends later)."""
    base = compute_delai(depart, duree, sens=sens).echeance
    assert compute_delai(depart + timedelta(days=ecart), duree, sens=sens).echeance >= base
    longue = compute_delai(depart, Duree(duree.annees, duree.mois, duree.jours + ecart), sens=sens).echeance
    assert longue <= base if sens is Sens.AVANT else longue >= base


@given(JOURS, st.integers(1, 60))
def test_les_mois_gardent_le_quantieme(depart, mois):
    terme = compute_delai(depart, Duree(mois=mois), reporter=False).echeance
    assert terme == add_mois(depart, mois)
    assert terme.day == depart.day or (terme + timedelta(days=1)).day == 1


def test_a_rebours_l_article_642_n_est_pas_cite():
    """CPC 642 moves no backward limit (Cass. 2e civ. 04/02/1998, 96-13.391): the list agrees."""
    delai = compute_delai(date(2026, 11, 23), Duree(jours=15), sens=Sens.AVANT)
    assert (delai.avant_report, delai.echeance) == (date(2026, 11, 8), date(2026, 11, 6))
    assert delai.articles == ("CPC 640", "CPC 641 al. 1")


def test_la_premiere_et_la_derniere_annee_comptent():
    assert count(date(1900, 1, 1), "P1M").echeance == date(1900, 2, 1)
    assert count(date(2199, 12, 31), "P1D").echeance == date(2200, 1, 2)


def test_chaque_etape_a_rebours_se_refait_au_calendrier():
    assert count(date(2026, 3, 31), "P1M", sens=Sens.AVANT).explication == (
        "Le jour de l'audience, mardi 31/03/2026, ne compte pas. 1\u00a0mois à rebours : pas de 31 dans ce mois, donc "
        "son dernier jour, samedi 28/02/2026. Non ouvrable : 28/02/2026 (samedi). Report au premier jour ouvrable "
        "précédent. Dernier jour : vendredi 27/02/2026, à 24 h."
    )
    assert "Dernier jour : lundi 30/03/2026" in count(date(2026, 3, 31), "P1D", sens=Sens.AVANT).explication
    assert "1 jour à rebours : lundi 30/03/2026." in count(date(2026, 3, 31), "P1D", sens=Sens.AVANT).explication


def test_chaque_etape_avec_distance_se_refait_au_calendrier():
    delai = count(date(2026, 1, 30), "P1Y1D", distance=Distance.ETRANGER)
    assert delai.explication == (
        "Le jour du départ, vendredi 30/01/2026, ne compte pas. S'y ajoutent 2 mois de distance, comptés avec le "
        "délai. 1\u00a0an et 2\u00a0mois : même quantième, mardi 30/03/2027. 1 jour : mercredi 31/03/2027. Dernier "
        "jour : mercredi 31/03/2027, à 24 h."
    )
    assert delai.articles == (
        *("CPC 640", "CPC 641 al. 1", "CPC 641 al. 2", "CPC 641 al. 3", "CPC 642"),
        *("CPC 643", "CPC 644", "CPC 645", "CPC 647"),
    )
    assert delai.avertissements[0].message.endswith("en un lieu sans augmentation (CPC 647).")


def test_une_fete_un_dimanche_n_ajoute_pas_son_article():
    """1 November 2026 is a Sunday: the day moves for that, not for All Saints."""
    assert count(date(2026, 10, 31), "P1D").articles == ("CPC 640", "CPC 641 al. 1", "CPC 642")


def test_une_fete_locale_un_jour_ferie_partout_n_avertit_pas():
    """27 May 1996 is Whit Monday: the day moves in Guadeloupe as it does everywhere."""
    delai = count(date(1996, 5, 26), "P1D", zone=Zone.GUADELOUPE)
    assert (delai.echeance, delai.motif_report, delai.avertissements) == (
        date(1996, 5, 28),
        "lundi de Pentecôte",
        (),
    )


def test_la_zone_vaut_aussi_pour_le_jour_le_plus_sur():
    """27 May is a feast in Guadeloupe: neither the day before a backward limit, nor a good last day."""
    rebours = count(date(2026, 5, 29), "P1D", zone=Zone.GUADELOUPE, sens=Sens.AVANT)
    assert rebours.echeance == date(2026, 5, 28)
    assert rebours.avertissements[0].parametres == {"veille": "2026-05-26"}
    (ferme,) = count(date(2026, 5, 26), "P1D", zone=Zone.GUADELOUPE, reporter=False).avertissements
    assert ferme.parametres == {"motif": "27 mai, abolition de l'esclavage", "veille": "2026-05-26"}
    assert ferme.message.endswith("agissez au plus tard le mardi 26/05/2026.")


def test_une_fete_a_verifier_dit_laquelle_et_pourquoi():
    avertissement = count(date(2026, 5, 12), "P15D", zone=Zone.SAINT_MARTIN).avertissements[1]
    assert avertissement.parametres == {"ferie": "27 mai, abolition de l'esclavage"}
    assert avertissement.message.startswith("Jour férié à vérifier, le 27 mai, abolition de l'esclavage : célébré")
