"""After a judgment: ten years for what it awards, a shorter time for the interest that follows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.interets import QualiteCreancier
from exigible.droit.jours import add_mois
from exigible.droit.prescription import Evenement, choose_regle_ordinaire, find_regle
from exigible.droit.prescription.apres_titre import (
    choose_regle_interets,
    compute_interets,
    compute_titre,
    find_premier_utile,
    keep_apres_titre,
)
from exigible.droit.regimes import QualitePartie

PRO, PARTICULIER = QualiteCreancier.PROFESSIONNEL, QualiteCreancier.PARTICULIER
UN_JOUR = timedelta(days=1)


@pytest.mark.parametrize(
    ("creancier", "debiteur", "regle"),
    [
        (PRO, "consommateur", "P-29b"),
        (PRO, "inconnue", "P-29b"),
        (PRO, "professionnel", "P-29a"),
        (PRO, "non_professionnel", "P-29a"),
        (PARTICULIER, "consommateur", "P-29a"),
        (PARTICULIER, "inconnue", "P-29a"),
    ],
)
def test_le_delai_des_interets_suit_la_qualite(creancier, debiteur, regle):
    assert choose_regle_interets(creancier, QualitePartie(debiteur)).identifiant == regle


@pytest.mark.parametrize(
    ("debiteur", "nature", "regle", "mois"),
    [
        ("professionnel", "telecom", "P-13", 12),
        ("consommateur", "loyer_habitation", "P-29b", 24),
        ("personne_publique", "", "P-20", 48),
        ("professionnel", "", "P-29a", 60),
        ("consommateur", "credit_consommation", "P-29b", 24),
    ],
)
def test_la_creance_jugee_peut_avoir_un_delai_plus_court(debiteur, nature, regle, mois):
    propre = choose_regle_ordinaire(PRO, QualitePartie(debiteur), nature)
    choisie = choose_regle_interets(PRO, QualitePartie(debiteur), [propre])
    assert (choisie.identifiant, choisie.duree_mois) == (regle, mois)


def test_une_forclusion_de_la_creance_n_est_pas_le_delai_des_interets():
    choisie = choose_regle_interets(PARTICULIER, QualitePartie.CONSOMMATEUR, [find_regle("credit_consommation")])
    assert choisie.identifiant == "P-29a"


def test_le_titre_se_prescrit_par_dix_ans_et_chaque_acte_en_ouvre_dix_autres():
    assert compute_titre(date(2020, 3, 2), ()).terme == date(2030, 3, 2)
    saisie = Evenement(date(2028, 5, 4), "INT-EXE")
    assert compute_titre(date(2020, 3, 2), (saisie,)).terme == date(2038, 5, 4)
    tardive = Evenement(date(2030, 3, 3), "INT-EXE")
    assert compute_titre(date(2020, 3, 2), (tardive,)).terme == date(2030, 3, 2)


def test_ni_une_instance_ni_une_suspension_n_allongent_le_titre():
    evenements = (
        Evenement(date(2021, 1, 1), "INT-JUS", date(2024, 1, 1)),
        Evenement(date(2025, 1, 1), "SUS-EMP", date(2026, 1, 1)),
        Evenement(date(2025, 1, 1), "INT-TITRE"),
    )
    assert keep_apres_titre(evenements) == ()
    assert compute_titre(date(2020, 3, 2), evenements).terme == date(2030, 3, 2)


def test_cinq_ans_d_interets_et_pas_un_jour_de_plus():
    regle = choose_regle_interets(PRO, QualitePartie.PROFESSIONNEL)
    assert find_premier_utile(regle, (), date(2015, 1, 6), date(2026, 3, 10)) == date(2021, 3, 10)
    assert compute_interets(regle, date(2021, 3, 10), ()).terme == date(2026, 3, 10)
    assert find_premier_utile(regle, (), date(2022, 1, 1), date(2026, 3, 10)) == date(2022, 1, 1)


def test_une_saisie_garde_les_cinq_ans_qui_la_precedent():
    regle = choose_regle_interets(PRO, QualitePartie.PROFESSIONNEL)
    saisie = Evenement(date(2020, 9, 1), "INT-EXE")
    assert find_premier_utile(regle, (saisie,), date(2012, 1, 1), date(2025, 9, 1)) == date(2015, 9, 1)
    # five years and a day after it, what it kept is lost: five years back from that day only
    assert find_premier_utile(regle, (saisie,), date(2012, 1, 1), date(2025, 9, 2)) == date(2020, 9, 2)


def test_deux_saisies_s_enchainent_si_la_seconde_vient_a_temps():
    regle = choose_regle_interets(PRO, QualitePartie.CONSOMMATEUR)
    chaine = (Evenement(date(2020, 1, 6), "INT-EXE"), Evenement(date(2022, 1, 6), "INT-EXE"))
    assert find_premier_utile(regle, chaine, date(2015, 1, 1), date(2024, 1, 6)) == date(2018, 1, 6)
    rompue = (Evenement(date(2020, 1, 6), "INT-EXE"), Evenement(date(2022, 1, 7), "INT-EXE"))
    assert find_premier_utile(regle, rompue, date(2015, 1, 1), date(2024, 1, 6)) == date(2020, 1, 7)


JOURS = st.dates(date(2012, 1, 1), date(2026, 1, 1))


@given(st.lists(JOURS, max_size=5), JOURS, JOURS)
def test_ce_qui_est_perdu_est_toujours_le_plus_ancien(saisies, du, au):
    regle = choose_regle_interets(PRO, QualitePartie.CONSOMMATEUR)
    evenements = tuple(Evenement(jour, "INT-EXE") for jour in saisies)
    du, au = min(du, au), max(du, au)
    utile = find_premier_utile(regle, evenements, du, au)
    assert du <= utile <= au
    assert utile <= max(du, add_mois(au, -24) + UN_JOUR)
    assert not compute_interets(regle, utile, evenements).acquise_au(au)
    if utile > du:
        assert compute_interets(regle, utile - UN_JOUR, evenements).acquise_au(au)
        assert compute_interets(regle, du, evenements).acquise_au(au)
