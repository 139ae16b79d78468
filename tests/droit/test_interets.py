"""Interest on one claim without payment: the cuts, the warnings, the arithmetic. The examples are kept as data."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.decompte import Creance, compute_decompte
from exigible.droit.erreurs import ErreurBareme, ErreurSaisie
from exigible.droit.interets import (
    Diviseur,
    QualiteCreancier,
    Regime,
    RegleInterets,
    compute_dernier_jour_connu,
    compute_lignes,
    compute_taux,
    find_premier_jour_connu,
)
from exigible.droit.jours import UN_JOUR
from exigible.droit.pauses import MotifPause, Pause, skip_pauses

D = Decimal


def compute(principal, au, regle, **options):
    creance = Creance("F1", "Facture F1", D(principal), regle.depart, regle)
    return compute_decompte([creance], [], au, **options)


def list_montants(decompte):
    return [str(ligne.montant) for ligne in decompte.lignes]


def test_une_ligne_porte_tout_ce_qu_il_faut_pour_la_refaire():
    ligne = compute("10000.00", date(2026, 2, 15), RegleInterets(Regime.COMMERCIAL, date(2025, 9, 30))).lignes[0]
    assert (ligne.du, ligne.au, ligne.jours) == (date(2025, 10, 1), date(2025, 12, 31), 92)
    assert (ligne.base, ligne.taux, ligne.diviseur) == (D(10000), D("12.15"), 365)
    assert ligne.article == "C. com. L441-10 II"
    assert "01/07/2025" in ligne.source


def test_une_seule_ligne_au_taux_convenu_avec_diviseur_fixe():
    regle = RegleInterets(Regime.COMMERCIAL, date(2024, 3, 31), taux=D(15))
    assert len(compute("1000.00", date(2026, 2, 15), regle).lignes) == 1


def test_le_taux_public_se_coupe_par_semestre_mais_ne_change_pas():
    regle = RegleInterets(Regime.PUBLIC, date(2024, 5, 10))
    lignes = compute("1000.00", date(2026, 2, 15), regle).lignes
    assert [ligne.du for ligne in lignes[1:]] == [
        date(2024, 7, 1),
        date(2025, 1, 1),
        date(2025, 7, 1),
        date(2026, 1, 1),
    ]
    assert {ligne.taux for ligne in lignes} == {D("12.50")}


def test_le_taux_legal_se_coupe_ou_il_a_change_avant_les_semestres():
    regle = RegleInterets(Regime.LEGAL, date(1989, 6, 30))
    lignes = compute("1000.00", date(1989, 7, 31), regle).lignes
    assert [(ligne.au, ligne.taux) for ligne in lignes] == [
        (date(1989, 7, 14), D("9.50")),
        (date(1989, 7, 31), D("7.82")),
    ]


@pytest.mark.parametrize(
    ("executoire", "debut"),
    [
        (date(2026, 1, 20), date(2026, 3, 21)),
        (date(2025, 12, 31), date(2026, 3, 1)),
        (date(2015, 9, 17), date(2015, 11, 18)),
    ],
)
def test_la_majoration_commence_deux_mois_apres(executoire, debut):
    regle = RegleInterets(Regime.LEGAL, date(2010, 1, 1), executoire=executoire)
    avant = compute_taux(regle, debut - timedelta(days=1))
    apres = compute_taux(regle, debut)
    assert apres.taux - avant.taux == D(5)
    assert apres.article == "CMF L313-3"
    assert avant.article == "C. civ. 1231-6"


def test_rien_avant_le_lendemain_et_le_dernier_jour_compte():
    regle = RegleInterets(Regime.COMMERCIAL, date(2025, 9, 30))
    assert compute("1000.00", date(2025, 9, 30), regle).lignes == ()
    (ligne,) = compute("1000.00", date(2025, 10, 1), regle).lignes
    assert ligne.jours == 1


def test_hors_bareme_refuse_par_defaut():
    regle = RegleInterets(Regime.COMMERCIAL, date(2026, 9, 30))
    with pytest.raises(ErreurBareme) as erreur:
        compute("1000.00", date(2027, 1, 1), regle)
    assert erreur.value.code == "date_hors_bareme"


def test_hors_bareme_provisoire():
    regle = RegleInterets(Regime.COMMERCIAL, date(2026, 9, 30))
    decompte = compute("1000.00", date(2027, 3, 31), regle, provisoire=True)
    assert [ligne.provisoire for ligne in decompte.lignes] == [False, True]
    assert decompte.lignes[1].taux == D("12.65")
    assert {"taux_provisoire", "valeur_a_verifier"} <= {a.code for a in decompte.avertissements}


@pytest.mark.parametrize(
    ("regle", "taux"),
    [
        (RegleInterets(Regime.LEGAL, date(2026, 9, 30)), "2.75"),
        (RegleInterets(Regime.COMMERCIAL, date(2026, 9, 30), multiple_legal=D(3)), "8.25"),
        (RegleInterets(Regime.PUBLIC, date(2027, 1, 31)), "10.65"),
    ],
)
def test_un_taux_provisoire_se_coupe_par_semestre_et_se_dit(regle, taux):
    ligne = compute("1000.00", date(2027, 8, 31), regle, provisoire=True).lignes[-1]
    assert (ligne.du, ligne.provisoire, ligne.taux) == (date(2027, 7, 1), True, D(taux))
    assert "provisoire" in ligne.source


def test_hors_bareme_arrete_au_dernier_jour_connu():
    regle = RegleInterets(Regime.COMMERCIAL, date(2026, 9, 30))
    decompte = compute("1000.00", date(2027, 3, 31), regle, arreter_au_dernier_connu=True)
    assert decompte.interets_arretes_au == date(2026, 12, 31)
    assert decompte.lignes[-1].au == date(2026, 12, 31)
    assert [a.code for a in decompte.avertissements] == ["interets_arretes_au"]


def test_rien_n_est_arrete_quand_tout_est_connu():
    regle = RegleInterets(Regime.COMMERCIAL, date(2025, 9, 30))
    assert compute("1000.00", date(2026, 12, 31), regle, arreter_au_dernier_connu=True).interets_arretes_au is None


@pytest.mark.parametrize(
    ("regle", "attendu"),
    [
        (RegleInterets(Regime.COMMERCIAL, date(2026, 1, 1)), date(2026, 12, 31)),
        (RegleInterets(Regime.LEGAL, date(2026, 1, 1)), date(2026, 12, 31)),
        (RegleInterets(Regime.COMMERCIAL, date(2026, 1, 1), taux=D(12)), None),
        (RegleInterets(Regime.COMMERCIAL, date(2026, 1, 1), multiple_legal=D(3)), date(2026, 12, 31)),
        (RegleInterets(Regime.PUBLIC, date(2026, 1, 1)), None),
        (RegleInterets(Regime.PUBLIC, date(2026, 12, 30)), None),
        (RegleInterets(Regime.PUBLIC, date(2026, 12, 31)), date(2026, 12, 31)),
    ],
)
def test_dernier_jour_connu(regle, attendu):
    assert compute_dernier_jour_connu(regle) == attendu


def test_un_taux_sous_le_plancher_est_applique_et_signale():
    regle = RegleInterets(Regime.COMMERCIAL, date(2025, 12, 31), taux=D(6))
    decompte = compute("10000.00", date(2026, 2, 15), regle)
    assert decompte.interets == D("75.62")
    (alerte,) = decompte.avertissements
    assert alerte.code == "taux_sous_plancher"
    assert alerte.parametres["plancher"] == "7.86"
    assert alerte.parametres["montant_suppletif"] == "153.12"


def test_le_plancher_compare_les_memes_jours_au_dela_du_connu():
    regle = RegleInterets(Regime.COMMERCIAL, date(2026, 6, 30), taux=D(6))
    decompte = compute("10000.00", date(2027, 6, 30), regle)
    (alerte,) = [a for a in decompte.avertissements if a.code == "taux_sous_plancher"]
    assert alerte.parametres["au"] == "2026-12-31"
    assert alerte.parametres["montant_convenu"] == "302.47"
    assert decompte.interets == D("600.00")


def test_le_plancher_ne_se_regarde_que_les_jours_qui_portent_interet():
    """12 % lies under three times the legal rate since 1 July 2023: interest had stopped, or starts again later."""
    regle = RegleInterets(Regime.COMMERCIAL, date(2023, 1, 31), taux=D(12))
    assert "taux_sous_plancher" in [a.code for a in compute("1000.00", date(2023, 12, 31), regle).avertissements]
    arretee = replace(regle, pauses=(pause(date(2023, 7, 1)),))
    assert [a.code for a in compute("1000.00", date(2023, 12, 31), arretee).avertissements] == ["interets_suspendus"]
    reprise = replace(regle, pauses=(pause(date(2023, 7, 1), date(2023, 8, 31)),))
    (alerte,) = [a for a in compute("1000.00", date(2023, 12, 31), reprise).avertissements if "plancher" in a.code]
    assert alerte.parametres["jour"] == "2023-09-01"


def test_un_taux_au_plancher_ne_signale_rien():
    regle = RegleInterets(Regime.COMMERCIAL, date(2025, 12, 31), taux=D("7.86"))
    assert compute("10000.00", date(2026, 2, 15), regle).avertissements == ()


def test_pas_de_plancher_avant_2009():
    regle = RegleInterets(Regime.COMMERCIAL, date(2008, 12, 30), taux=D(1))
    assert compute("10000.00", date(2009, 6, 30), regle).avertissements == ()
    premiere = compute("10000.00", date(2009, 6, 30), replace(regle, depart=date(2008, 12, 31)))
    assert [a.code for a in premiere.avertissements if a.code == "taux_sous_plancher"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"regime": Regime.LEGAL, "diviseur": Diviseur.FIXE_360}, "diviseur_360"),
        ({"regime": Regime.COMMERCIAL, "executoire": date(2025, 1, 1)}, "majoration_sans_effet"),
        ({"regime": Regime.COMMERCIAL, "creancier": QualiteCreancier.PARTICULIER}, "creancier_particulier"),
        ({"regime": Regime.LEGAL, "capitalisation": date(2020, 1, 1)}, "capitalisation_reportee"),
    ],
)
def test_avertit_de_ce_qui_contredit_la_loi(options, code):
    regle = RegleInterets(depart=date(2025, 1, 31), **options)
    assert code in [a.code for a in compute("1000.00", date(2025, 6, 30), regle).avertissements]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"regime": Regime.CONVENU}, "taux_absent"),
        ({"regime": Regime.CONVENU, "taux": D(5), "multiple_legal": D(3)}, "taux_en_double"),
        ({"regime": Regime.LEGAL, "taux": D(5)}, "taux_inutile"),
        ({"regime": Regime.PUBLIC, "multiple_legal": D(3)}, "taux_inutile"),
        ({"regime": Regime.CONVENU, "taux": D(-1)}, "taux_negatif"),
        ({"regime": Regime.CONVENU, "taux": D("NaN")}, "taux_negatif"),
        ({"regime": Regime.CONVENU, "taux": D("Infinity")}, "taux_hors_limites"),
        ({"regime": Regime.CONVENU, "taux": D("1E+999999")}, "taux_hors_limites"),
        ({"regime": Regime.CONVENU, "taux": D(10000)}, "taux_hors_limites"),
        ({"regime": Regime.CONVENU, "multiple_legal": D("0.0000001")}, "taux_hors_limites"),
    ],
)
def test_refuse_une_regle_contradictoire(options, code):
    with pytest.raises(ErreurSaisie) as erreur:
        RegleInterets(depart=date(2025, 1, 31), **options)
    assert erreur.value.code == code


def test_la_capitalisation_ne_prend_que_l_interet_de_son_annee():
    """Interest accrued before the first day of the count never joins the base."""
    regle = RegleInterets(Regime.CONVENU, date(2022, 6, 30), taux=D(10), capitalisation=date(2023, 1, 1))
    lignes = compute("1000.00", date(2024, 12, 31), regle).lignes
    assert [(ligne.du, ligne.base) for ligne in lignes] == [
        (date(2022, 7, 1), D("1000.00")),
        (date(2023, 1, 1), D("1000.00")),
        (date(2024, 1, 1), D("1100.00")),
    ]


def test_la_capitalisation_attend_une_annee_entiere():
    regle = RegleInterets(Regime.CONVENU, date(2022, 6, 30), taux=D(10), capitalisation=date(2022, 1, 1))
    lignes = compute("1000.00", date(2023, 12, 31), regle).lignes
    assert [ligne.du for ligne in lignes if ligne.base > 1000] == [date(2023, 7, 1)]


# ---------------------------------------------------------------- arithmetic

PRINCIPAUX = st.decimals(min_value=1, max_value=10_000_000, places=2)
DEPARTS = st.dates(date(2013, 7, 1), date(2025, 12, 31))
REGLES = st.one_of(
    st.builds(RegleInterets, st.just(Regime.COMMERCIAL), DEPARTS),
    st.builds(RegleInterets, st.just(Regime.PUBLIC), DEPARTS),
    st.builds(RegleInterets, st.just(Regime.LEGAL), DEPARTS, st.sampled_from(QualiteCreancier)),
    st.builds(
        RegleInterets,
        st.just(Regime.CONVENU),
        DEPARTS,
        taux=st.decimals(min_value=0, max_value=30, places=2),
        diviseur=st.sampled_from(Diviseur),
    ),
)


@given(PRINCIPAUX, REGLES, st.integers(1, 1200), st.integers(0, 1200))
def test_deux_periodes_qui_se_suivent_valent_la_periode_entiere(principal, regle, longueur, coupe):
    """Additivity, within one cent: one line is cut in two, and each half is rounded."""
    du = regle.premier_jour
    au = min(du + timedelta(days=longueur), date(2026, 12, 31))
    milieu = min(du + timedelta(days=coupe), au)
    entier = compute_lignes(regle, principal, du, au)
    parties = compute_lignes(regle, principal, du, milieu) + compute_lignes(regle, principal, milieu + timedelta(1), au)
    ecart = abs(sum(ligne.montant for ligne in entier) - sum(ligne.montant for ligne in parties))
    assert ecart <= D("0.01")
    assert sum(ligne.jours for ligne in entier) == sum(ligne.jours for ligne in parties) == (au - du).days + 1


@given(PRINCIPAUX, PRINCIPAUX, REGLES, st.integers(0, 1500))
def test_plus_de_principal_plus_d_interets(un, autre, regle, longueur):
    au = min(regle.depart + timedelta(days=longueur), date(2026, 12, 31))
    petit, grand = sorted([un, autre])
    assert compute(petit, au, regle).interets <= compute(grand, au, regle).interets


@given(PRINCIPAUX, REGLES, st.integers(0, 2000))
def test_les_lignes_se_suivent_sans_trou_dans_une_seule_annee_civile(principal, regle, longueur):
    au = min(regle.depart + timedelta(days=longueur), date(2026, 12, 31))
    lignes = compute(principal, au, regle).lignes
    for precedente, suivante in pairwise(lignes):
        assert suivante.du == precedente.au + timedelta(days=1)
    if regle.diviseur_effectif is Diviseur.CIVIL:
        assert all(ligne.du.year == ligne.au.year for ligne in lignes)
        assert all(ligne.diviseur == (366 if ligne.du.year % 4 == 0 else 365) for ligne in lignes)


@given(PRINCIPAUX, REGLES, st.integers(0, 1500))
def test_chaque_ligne_se_refait_a_la_main(principal, regle, longueur):
    au = min(regle.depart + timedelta(days=longueur), date(2026, 12, 31))
    for ligne in compute(principal, au, regle).lignes:
        exact = ligne.base * ligne.taux * ligne.jours / (100 * ligne.diviseur)
        assert abs(ligne.montant - exact) <= D("0.005")
        assert ligne.montant == ligne.montant.quantize(D("0.01"))


@pytest.mark.parametrize(
    ("regle", "premier"),
    [
        (RegleInterets(Regime.COMMERCIAL, date(2005, 1, 1)), date(2009, 1, 1)),
        (RegleInterets(Regime.COMMERCIAL, date(2026, 1, 1)), date(2009, 1, 1)),
        (RegleInterets(Regime.PUBLIC, date(2013, 6, 30)), date(2013, 7, 1)),
        (RegleInterets(Regime.LEGAL, date(1970, 1, 1)), date(1975, 7, 15)),
        (RegleInterets(Regime.COMMERCIAL, date(1970, 1, 1), multiple_legal=Decimal(3)), date(1975, 7, 15)),
    ],
)
def test_premier_jour_connu(regle, premier):
    assert find_premier_jour_connu(regle) == premier
    assert compute_taux(regle, premier).taux > 0
    with pytest.raises(ErreurBareme):
        compute_taux(replace(regle, depart=premier - timedelta(days=2)), premier - timedelta(days=1))


def test_premier_jour_connu_sans_limite_ou_jamais():
    fixe = RegleInterets(Regime.CONVENU, date(1950, 1, 1), taux=Decimal(5))
    assert find_premier_jour_connu(fixe) is None
    fige = RegleInterets(Regime.PUBLIC, date(2013, 6, 29))
    assert find_premier_jour_connu(fige) == date.max
    with pytest.raises(ErreurBareme):
        compute_taux(fige, date(2026, 1, 1))


@pytest.mark.parametrize(("multiple", "fois"), [("2.5", "2,5 fois"), ("3", "3 fois"), ("3.00", "3 fois")])
def test_le_multiple_s_ecrit_a_la_francaise(multiple, fois):
    regle = RegleInterets(Regime.COMMERCIAL, date(2026, 1, 1), multiple_legal=Decimal(multiple))
    assert compute_taux(regle, date(2026, 3, 1)).source.startswith(f"taux convenu : {fois} le taux")


# ---------------------------------------------------------------- days without interest, points, articles


def pause(du, au=None, motif=MotifPause.SURENDETTEMENT):
    return Pause(du, motif, au)


@pytest.mark.parametrize(
    ("pauses", "periodes"),
    [
        ((pause(date(2025, 11, 1)),), [("2025-10-01", "2025-10-31")]),
        (
            (pause(date(2025, 11, 1), date(2025, 11, 30)),),
            [("2025-10-01", "2025-10-31"), ("2025-12-01", "2025-12-31"), ("2026-01-01", "2026-02-15")],
        ),
        (
            (pause(date(2026, 1, 1), date(2026, 1, 31)), pause(date(2025, 9, 1), date(2025, 10, 9))),
            [("2025-10-10", "2025-12-31"), ("2026-02-01", "2026-02-15")],
        ),
        (
            (pause(date(2025, 12, 1), date(2026, 1, 31)), pause(date(2026, 1, 10), date(2026, 2, 5))),
            [("2025-10-01", "2025-11-30"), ("2026-02-06", "2026-02-15")],
        ),
        ((pause(date(2025, 9, 1)),), []),
        ((pause(date(2026, 3, 1)),), [("2025-10-01", "2025-12-31"), ("2026-01-01", "2026-02-15")]),
    ],
)
def test_les_jours_sans_interet_sont_otes(pauses, periodes):
    regle = RegleInterets(Regime.COMMERCIAL, date(2025, 9, 30), pauses=pauses)
    lignes = compute("1000.00", date(2026, 2, 15), regle).lignes
    assert [(str(ligne.du), str(ligne.au)) for ligne in lignes] == periodes
    assert all(ligne.jours == (ligne.au - ligne.du).days + 1 for ligne in lignes)


@pytest.mark.parametrize("motif", MotifPause)
@pytest.mark.parametrize("au", [None, date(2025, 11, 30)])
def test_une_pause_est_dite_avec_son_article(motif, au):
    regle = RegleInterets(Regime.LEGAL, date(2025, 9, 30), pauses=(Pause(date(2025, 11, 1), motif, au),))
    decompte = compute("1000.00", date(2026, 2, 15), regle)
    (avertissement,) = [a for a in decompte.avertissements if a.code == "interets_suspendus"]
    assert ("du 01/11/2025 au 30/11/2025" if au else "depuis le 01/11/2025") in avertissement.message
    assert regle.pauses[0].article in decompte.articles
    avant = compute("1000.00", date(2025, 10, 31), regle)
    assert avant.avertissements == ()
    assert regle.pauses[0].article not in avant.articles


def test_une_pause_finit_apres_avoir_commence():
    with pytest.raises(ErreurSaisie) as erreur:
        pause(date(2025, 11, 2), date(2025, 11, 1))
    assert erreur.value.code == "dates_inversees"


@pytest.mark.parametrize(("points", "taux"), [(None, "7.62"), ("5", "7.62"), ("2", "4.62"), ("0", "2.62")])
def test_le_juge_de_l_execution_reduit_ou_ecarte_la_majoration(points, taux):
    regle = RegleInterets(
        Regime.LEGAL, date(2026, 1, 5), executoire=date(2026, 1, 20), points_majoration=points and D(points)
    )
    decompte = compute("8000.00", date(2026, 6, 30), regle)
    assert decompte.lignes[-1].taux == D(taux)
    assert ("majoration_exoneree" in [a.code for a in decompte.avertissements]) is (points == "0")
    assert ("réduite par le juge" in decompte.lignes[-1].source) is (points in {"2", "5"})
    assert len(decompte.lignes) == (1 if points == "0" else 2)


@pytest.mark.parametrize(
    ("points", "executoire", "code"),
    [
        ("2", None, "majoration_sans_jugement"),
        ("6", date(2026, 1, 20), "majoration_hors_limites"),
        ("-1", date(2026, 1, 20), "majoration_hors_limites"),
        ("NaN", date(2026, 1, 20), "majoration_hors_limites"),
    ],
)
def test_refuse_une_majoration_impossible(points, executoire, code):
    with pytest.raises(ErreurSaisie) as erreur:
        RegleInterets(Regime.LEGAL, date(2026, 1, 5), executoire=executoire, points_majoration=D(points))
    assert erreur.value.code == code


@pytest.mark.parametrize(
    ("options", "articles"),
    [
        ({"regime": Regime.LEGAL}, ("C. civ. 1231-6", "CMF L313-2")),
        ({"regime": Regime.LEGAL, "fondement": ("C. civ. 1231-7",)}, ("C. civ. 1231-7", "CMF L313-2")),
        (
            {"regime": Regime.LEGAL, "fondement": ("D. 67-223 art. 36",), "executoire": date(2025, 1, 1)},
            ("D. 67-223 art. 36", "CMF L313-2", "CMF L313-3"),
        ),
        ({"regime": Regime.CONVENU, "taux": D(5)}, ("C. civ. 1343-1",)),
        ({"regime": Regime.CONVENU, "taux": D(5), "fondement": ("C. conso. L312-39",)}, ("C. conso. L312-39",)),
        ({"regime": Regime.CONVENU, "multiple_legal": D(2)}, ("C. civ. 1343-1", "CMF L313-2")),
        ({"regime": Regime.COMMERCIAL, "fondement": ("CCP L2192-11",)}, ("C. com. L441-10 II", "CCP L2192-11")),
        (
            {"regime": Regime.COMMERCIAL, "taux": D(15), "fondement": ("CCP L2192-11",)},
            ("C. com. L441-10 II", "CCP L2192-11"),
        ),
        ({"regime": Regime.PUBLIC}, ("CCP R2192-31",)),
    ],
)
def test_les_articles_suivent_le_fondement(options, articles):
    ligne = compute("1000.00", date(2026, 2, 15), RegleInterets(depart=date(2025, 12, 31), **options)).lignes[-1]
    assert ligne.articles == articles
    assert ligne.article in articles


def test_une_annee_interrompue_n_est_pas_capitalisee():
    """Interest stopped in the second year: it joins the base only after a whole year of interest (C. civ. 1343-2)."""
    regle = RegleInterets(
        Regime.CONVENU,
        date(2021, 12, 31),
        taux=D(10),
        capitalisation=date(2022, 1, 1),
        pauses=(pause(date(2023, 3, 1), date(2023, 3, 31)),),
    )
    lignes = compute("1000.00", date(2025, 12, 31), regle).lignes
    bases = {ligne.du.year: ligne.base for ligne in lignes}
    de_2023 = sum(ligne.montant for ligne in lignes if ligne.du.year == 2023)
    assert bases[2022] == D(1000)
    assert bases[2023] == bases[2024] == D(1100)
    assert bases[2025] == D(1100) + de_2023 + D("110.00")


def test_apres_l_ouverture_plus_rien_ne_porte_interet_que_le_principal():
    """A loan of a year or more: its interest goes on, but no interest bears interest any more (C. com. L622-28)."""
    regle = RegleInterets(
        Regime.CONVENU,
        date(2022, 12, 31),
        taux=D(5),
        capitalisation=date(2023, 1, 1),
        fin_capitalisation=date(2024, 6, 30),
    )
    lignes = compute("10000.00", date(2025, 12, 31), regle).lignes
    assert [(str(ligne.du), str(ligne.base)) for ligne in lignes] == [
        ("2023-01-01", "10000.00"),
        ("2024-01-01", "10500.00"),
        ("2024-07-01", "10000.00"),
        ("2025-01-01", "10000.00"),
    ]


@pytest.mark.parametrize(
    ("fin", "bases"),
    [
        (date(2023, 12, 31), [("2023-01-01", "10000.00"), ("2024-01-01", "10000.00"), ("2025-01-01", "10000.00")]),
        (
            date(2024, 1, 1),
            [
                ("2023-01-01", "10000.00"),
                ("2024-01-01", "10500.00"),
                ("2024-01-02", "10000.00"),
                ("2025-01-01", "10000.00"),
            ],
        ),
    ],
)
def test_le_dernier_jour_de_la_capitalisation_compte(fin, bases):
    regle = RegleInterets(
        Regime.CONVENU, date(2022, 12, 31), taux=D(5), capitalisation=date(2023, 1, 1), fin_capitalisation=fin
    )
    lignes = compute("10000.00", date(2025, 12, 31), regle).lignes
    assert [(str(ligne.du), str(ligne.base)) for ligne in lignes] == bases


@pytest.mark.parametrize(
    ("pauses", "periodes"),
    [
        ((), [("2026-01-01", "2026-01-31")]),
        ((pause(date(2026, 1, 31)),), [("2026-01-01", "2026-01-30")]),
        ((pause(date(2025, 1, 1), date(2026, 1, 1)),), [("2026-01-02", "2026-01-31")]),
        ((pause(date(2026, 1, 10), date(2026, 1, 31)),), [("2026-01-01", "2026-01-09")]),
        ((pause(date(2026, 1, 1), date(2026, 1, 31)),), []),
        ((pause(date(2026, 1, 10), date(2026, 1, 10)),), [("2026-01-01", "2026-01-09"), ("2026-01-11", "2026-01-31")]),
    ],
)
def test_une_pause_ote_ses_deux_bornes(pauses, periodes):
    jours = skip_pauses(pauses, date(2026, 1, 1), date(2026, 1, 31))
    assert [(str(du), str(au)) for du, au in jours] == periodes


# ---------------------------------------------------------------- one rule after another


def build_suite(**options):
    """An agreed rate to the day of the judgment, then the legal rate."""
    avant = RegleInterets(Regime.CONVENU, date(2024, 12, 31), taux=D(10), arret=date(2025, 6, 15), **options)
    apres = RegleInterets(Regime.LEGAL, date(2025, 6, 15), fondement=("C. civ. 1231-7",), **options)
    return Creance("F1", "Prêt", D("10000.00"), date(2024, 12, 31), avant, suites=(apres,))


def test_un_taux_convenu_puis_un_jugement():
    decompte = compute_decompte([build_suite()], [], date(2025, 12, 31))
    assert [(str(ligne.du), str(ligne.au), str(ligne.taux), ligne.article) for ligne in decompte.lignes] == [
        ("2025-01-01", "2025-06-15", "10", "C. civ. 1343-1"),
        ("2025-06-16", "2025-06-30", "3.71", "C. civ. 1231-7"),
        ("2025-07-01", "2025-12-31", "2.76", "C. civ. 1231-7"),
    ]
    avant = compute_decompte([build_suite()], [], date(2025, 6, 15))
    assert avant.interets == decompte.lignes[0].montant


def test_un_trou_entre_deux_regles_ne_porte_pas_interet():
    avant = RegleInterets(Regime.CONVENU, date(2024, 12, 31), taux=D(10), arret=date(2025, 3, 31))
    apres = RegleInterets(Regime.LEGAL, date(2025, 6, 15))
    creance = Creance("F1", "Prêt", D("10000.00"), date(2024, 12, 31), avant, suites=(apres,))
    lignes = compute_decompte([creance], [], date(2025, 6, 20)).lignes
    assert [(str(ligne.du), str(ligne.au)) for ligne in lignes] == [
        ("2025-01-01", "2025-03-31"),
        ("2025-06-16", "2025-06-20"),
    ]


@pytest.mark.parametrize(
    ("capitalisation", "bases"),
    [
        pytest.param(date(2025, 1, 1), ["10000.00"] * 3 + ["10609.17"] * 2, id="le même compte continue"),
        pytest.param(None, ["10000.00"] * 5, id="sans capitalisation"),
    ],
)
def test_le_compte_annuel_passe_d_une_regle_a_l_autre(capitalisation, bases):
    creance = build_suite(capitalisation=capitalisation)
    decompte = compute_decompte([creance], [], date(2026, 12, 31))
    assert [str(ligne.base) for ligne in decompte.lignes] == bases
    assert decompte.avertissements[1:] == ()  # the first one: a rate to be checked, of the second half of 2026


def test_un_autre_compte_annuel_ne_prend_pas_l_interet_du_precedent():
    avant, apres = build_suite(capitalisation=date(2025, 1, 1)).regles
    creance = replace(build_suite(), regle=avant, suites=(replace(apres, capitalisation=date(2025, 6, 16)),))
    lignes = compute_decompte([creance], [], date(2026, 12, 31)).lignes
    bases = {str(ligne.du): ligne.base for ligne in lignes}
    du_jugement = sum(ligne.montant for ligne in lignes if date(2025, 6, 16) <= ligne.du <= date(2026, 6, 15))
    assert bases["2026-06-16"] == D("10000.00") + du_jugement


@pytest.mark.parametrize("arret", [None, date(2025, 6, 16)])
def test_deux_interets_de_retard_ne_se_cumulent_pas(arret):
    avant, apres = build_suite().regles
    with pytest.raises(ErreurSaisie) as erreur:
        replace(build_suite(), regle=replace(avant, arret=arret), suites=(apres,))
    assert erreur.value.code == "cumul_moratoire"
    assert "16/06/2025" in erreur.value.message


def test_le_plancher_se_regarde_sur_chaque_regle():
    avant = RegleInterets(Regime.CONVENU, date(2025, 6, 30), taux=D(2), arret=date(2025, 12, 31))
    apres = RegleInterets(Regime.COMMERCIAL, date(2025, 12, 31), taux=D(6))
    creance = Creance("F1", "Facture", D("10000.00"), date(2025, 6, 30), avant, suites=(apres,))
    (alerte,) = compute_decompte([creance], [], date(2026, 2, 15)).avertissements
    assert (alerte.code, alerte.parametres["jour"]) == ("taux_sous_plancher", "2026-01-01")
    assert D(alerte.parametres["montant_suppletif"]) - D(alerte.parametres["montant_convenu"]) == D("153.12") - D(
        "75.62"
    )


def test_un_arret_des_baremes_se_dit_regle_par_regle():
    avant = RegleInterets(Regime.LEGAL, date(2026, 6, 30), arret=date(2027, 3, 31))
    apres = RegleInterets(Regime.CONVENU, date(2027, 3, 31), taux=D(5))
    creance = Creance("F1", "Facture", D("10000.00"), date(2026, 6, 30), avant, suites=(apres,))
    decompte = compute_decompte([creance], [], date(2027, 6, 30), arreter_au_dernier_connu=True)
    assert decompte.interets_arretes_au == date(2026, 12, 31)
    assert [str(ligne.au) for ligne in decompte.lignes] == ["2026-12-31", "2027-06-30"]


def test_une_ligne_demesuree_est_refusee():
    regle = RegleInterets(Regime.CONVENU, date(2024, 12, 31), taux=D(1000))
    (ligne,) = compute_lignes(regle, D("999999999999999.99"), date(2025, 1, 1), date(2025, 12, 31))
    assert ligne.montant == D("9999999999999999.90")
    with pytest.raises(ErreurSaisie) as erreur:
        compute_lignes(regle, D("1000000000000000.00"), date(2025, 1, 1), date(2025, 12, 31))
    assert (erreur.value.code, erreur.value.champ) == ("montant_hors_limites", "principal")


@pytest.mark.parametrize(("depart", "a_verifier"), [(date(2008, 12, 31), True), (date(2025, 9, 30), False)])
def test_une_ligne_dit_si_son_taux_est_a_verifier(depart, a_verifier):
    (ligne,) = compute_lignes(RegleInterets(Regime.COMMERCIAL, depart), D(1000), depart + UN_JOUR, depart + UN_JOUR)
    assert ligne.a_verifier is a_verifier


def test_une_pause_n_empeche_pas_le_taux_provisoire():
    regle = RegleInterets(Regime.LEGAL, date(2026, 9, 30), pauses=(pause(date(2026, 10, 5), date(2026, 10, 9)),))
    lignes = compute_lignes(regle, D(1000), date(2026, 10, 1), date(2027, 1, 31), provisoire=True)
    assert [(str(ligne.du), ligne.provisoire) for ligne in lignes] == [
        ("2026-10-01", False),
        ("2026-10-10", False),
        ("2027-01-01", True),
    ]
    assert {ligne.creance for ligne in lignes} == {""}
    with pytest.raises(ErreurBareme) as erreur:
        compute_lignes(regle, D(1000), date(2026, 10, 1), date(2027, 1, 31))
    assert erreur.value.code == "date_hors_bareme"
