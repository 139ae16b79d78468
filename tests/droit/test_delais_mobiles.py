"""Time limits whose start the law moves: opposing a payment order, relief from the lapse of a claim."""

from datetime import date

import pytest

from exigible.droit.delais import Distance, compute_delai
from exigible.droit.delais_mobiles import compute_opposition, compute_releve_forclusion
from exigible.droit.durees import Duree
from exigible.droit.feries import Zone

SIGNIFIEE = date(2001, 4, 23)
SAISIE_DENONCEE = date(2001, 6, 18)


def test_signifiee_a_personne_le_mois_court_de_la_signification():
    """CPC 1416; the measures that follow change nothing."""
    opposition = compute_opposition(date(2011, 2, 8), a_personne=True, denonciation=date(2011, 3, 1))
    assert opposition.depart == date(2011, 2, 8)
    assert opposition.delai.echeance == date(2011, 3, 8)
    assert opposition.delai.articles[0] == "CPC 1416"


def test_une_saisie_compte_de_sa_denonciation():
    """The case of the opinion of 16 September 2002: served at the town hall, attached on the 15th, told on the 18th."""
    opposition = compute_opposition(SIGNIFIEE, a_personne=False, denonciation=SAISIE_DENONCEE)
    assert opposition.depart == SAISIE_DENONCEE
    assert opposition.delai.echeance == date(2001, 7, 18)
    assert opposition.delai.articles[:3] == (
        "CPC 1416",
        "avis Cass. 16/09/2002, 0020005",
        "Cass. 2e civ. 24/10/2024, 22-15.682",
    )
    assert "dénoncée" in opposition.motif
    assert date(2001, 7, 17) <= opposition.delai.echeance  # the opposition of the case was in time


@pytest.mark.parametrize(
    ("acte", "denonciation", "depart"),
    [
        (date(2001, 6, 1), None, date(2001, 6, 1)),
        (date(2001, 6, 1), SAISIE_DENONCEE, date(2001, 6, 1)),
        (SAISIE_DENONCEE, SAISIE_DENONCEE, SAISIE_DENONCEE),
        (date(2001, 9, 1), SAISIE_DENONCEE, SAISIE_DENONCEE),
    ],
)
def test_le_premier_des_deux_actes_compte(acte, denonciation, depart):
    opposition = compute_opposition(SIGNIFIEE, a_personne=False, acte_a_personne=acte, denonciation=denonciation)
    assert opposition.depart == depart


def test_sans_acte_l_opposition_reste_ouverte():
    assert compute_opposition(SIGNIFIEE, a_personne=False) is None


def test_l_opposition_suit_la_distance_et_les_jours_feries():
    loin = compute_opposition(date(2026, 3, 5), a_personne=True, distance=Distance.ETRANGER)
    assert loin.delai.echeance == date(2026, 6, 5)
    alsace = compute_opposition(date(2026, 11, 26), a_personne=True, zone=Zone.ALSACE_MOSELLE)
    assert alsace.delai.echeance == date(2026, 12, 28)


def test_le_releve_compte_six_mois_de_la_publication():
    releve = compute_releve_forclusion(date(2026, 1, 13))
    assert (releve.depart, releve.delai.echeance) == (date(2026, 1, 13), date(2026, 7, 13))
    assert releve.delai.articles[0] == "C. com. L622-26"
    assert "BODACC" in releve.motif


def test_le_titulaire_d_une_surete_publiee_compte_de_l_avis():
    releve = compute_releve_forclusion(date(2026, 1, 13), avis_recu=date(2026, 2, 2))
    assert (releve.depart, releve.delai.echeance) == (date(2026, 2, 2), date(2026, 8, 3))


@pytest.mark.parametrize(
    ("connaissance", "echeance"),
    [
        (date(2026, 7, 13), date(2026, 7, 13)),  # known before the end: the exception is not open
        (date(2026, 7, 14), date(2027, 1, 14)),
        (date(2026, 9, 1), date(2027, 3, 1)),
    ],
)
def test_le_creancier_qui_ne_pouvait_savoir(connaissance, echeance):
    assert compute_releve_forclusion(date(2026, 1, 13), connaissance=connaissance).delai.echeance == echeance


def test_le_releve_suit_les_feries_de_la_zone():
    releve = compute_releve_forclusion(date(2026, 6, 26), zone=Zone.ALSACE_MOSELLE)
    assert releve.delai.echeance == date(2026, 12, 28)


VENDREDI = date(2025, 11, 26)  # a month later, 26 December 2025: a Friday, a holiday in Alsace-Moselle only


@pytest.mark.parametrize("zone", [Zone.METROPOLE, Zone.ALSACE_MOSELLE])
@pytest.mark.parametrize(
    "acte",
    [
        pytest.param({"a_personne": True}, id="signification"),
        pytest.param({"a_personne": False, "acte_a_personne": VENDREDI}, id="acte"),
        pytest.param({"a_personne": False, "denonciation": VENDREDI}, id="denonciation"),
    ],
)
def test_chaque_depart_suit_les_feries_de_la_zone(acte, zone):
    opposition = compute_opposition(VENDREDI, **acte, zone=zone)
    assert opposition.delai.echeance == (date(2025, 12, 29) if zone is Zone.ALSACE_MOSELLE else date(2025, 12, 26))
    ordinaire = compute_delai(VENDREDI, Duree(mois=1), zone=zone)
    assert opposition.delai.avertissements == ordinaire.avertissements
    connaissance = ("avis Cass. 16/09/2002, 0020005", "Cass. 2e civ. 24/10/2024, 22-15.682")
    siens = connaissance if "denonciation" in acte else ()
    assert opposition.delai.articles == ("CPC 1416", *siens, *ordinaire.articles)


def test_chaque_depart_de_l_opposition_dit_pourquoi():
    motifs = [
        compute_opposition(SIGNIFIEE, a_personne=True).motif,
        compute_opposition(SIGNIFIEE, a_personne=False, acte_a_personne=SAISIE_DENONCEE).motif,
        compute_opposition(SIGNIFIEE, a_personne=False, denonciation=SAISIE_DENONCEE).motif,
    ]
    assert ["signifiée à personne" in motifs[0], "premier acte" in motifs[1], "dénoncée" in motifs[2]] == [True] * 3


def test_le_meme_jour_l_acte_a_personne_suffit():
    opposition = compute_opposition(
        SIGNIFIEE, a_personne=False, acte_a_personne=SAISIE_DENONCEE, denonciation=SAISIE_DENONCEE
    )
    assert "premier acte" in opposition.motif


@pytest.mark.parametrize("zone", [Zone.METROPOLE, Zone.ALSACE_MOSELLE])
def test_le_releve_suit_la_zone_depuis_chaque_depart(zone):
    attendu = date(2025, 12, 29) if zone is Zone.ALSACE_MOSELLE else date(2025, 12, 26)
    assert compute_releve_forclusion(date(2025, 6, 26), zone=zone).delai.echeance == attendu
    connu = compute_releve_forclusion(date(2024, 6, 3), connaissance=date(2025, 6, 26), zone=zone)
    assert connu.delai.echeance == attendu
    assert "ignorer" in connu.motif
    assert "avis" in compute_releve_forclusion(date(2025, 6, 2), avis_recu=date(2025, 6, 26), zone=zone).motif
