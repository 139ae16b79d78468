"""Interest on one claim without payment: the worked examples, the cuts, the warnings, the arithmetic."""

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

D = Decimal


def compute(principal, au, regle, **options):
    creance = Creance("F1", "Facture F1", D(principal), regle.depart, regle)
    return compute_decompte([creance], [], au, **options)


def list_montants(decompte):
    return [str(ligne.montant) for ligne in decompte.lignes]


@pytest.mark.parametrize(
    ("principal", "regle", "au", "montants"),
    [
        pytest.param(
            "10000.00",
            RegleInterets(Regime.COMMERCIAL, date(2025, 9, 30)),
            date(2026, 2, 15),
            ["306.25", "153.12"],
            id="entre professionnels, BCE + 10",
        ),
        pytest.param(
            "10000.00",
            RegleInterets(Regime.COMMERCIAL, date(2025, 9, 30), multiple_legal=D(3)),
            date(2026, 2, 15),
            ["208.70", "99.06"],
            id="trois fois le taux légal",
        ),
        pytest.param(
            "5000.00",
            RegleInterets(Regime.LEGAL, date(2025, 5, 10), diviseur=Diviseur.FIXE_365),
            date(2026, 3, 20),
            ["25.92", "69.57", "28.35"],
            id="taux légal, créancier professionnel",
        ),
        pytest.param(
            "5000.00",
            RegleInterets(Regime.LEGAL, date(2025, 5, 10), QualiteCreancier.PARTICULIER, diviseur=Diviseur.FIXE_365),
            date(2026, 3, 20),
            ["50.37", "167.62", "72.18"],
            id="taux légal, créancier particulier",
        ),
        pytest.param(
            "24000.00",
            RegleInterets(Regime.PUBLIC, date(2025, 5, 10)),
            date(2025, 8, 31),
            ["373.91", "454.55"],
            id="acheteur public, taux figé",
        ),
        pytest.param(
            "8000.00",
            RegleInterets(Regime.LEGAL, date(2026, 1, 5), executoire=date(2026, 1, 20)),
            date(2026, 6, 30),
            ["42.49", "170.35"],
            id="majoration de cinq points",
        ),
        pytest.param(
            "100000.00",
            RegleInterets(Regime.LEGAL, date(2023, 12, 15)),
            date(2024, 3, 15),
            ["184.99", "1038.93"],
            id="année bissextile, diviseur civil",
        ),
        pytest.param(
            "100000.00",
            RegleInterets(Regime.LEGAL, date(2023, 12, 15), diviseur=Diviseur.FIXE_365),
            date(2024, 3, 15),
            ["184.99", "1041.78"],
            id="année bissextile, diviseur 365",
        ),
        pytest.param(
            "10000.00",
            RegleInterets(Regime.CONVENU, date(2022, 12, 31), taux=D(5), capitalisation=date(2023, 1, 1)),
            date(2025, 12, 31),
            ["500.00", "525.00", "551.25"],
            id="capitalisation",
        ),
        pytest.param(
            "10000.00",
            RegleInterets(Regime.CONVENU, date(2022, 12, 31), taux=D(5)),
            date(2025, 12, 31),
            ["500.00", "500.00", "500.00"],
            id="sans capitalisation",
        ),
        pytest.param(
            "10000.00",
            RegleInterets(Regime.COMMERCIAL, date(2025, 9, 30), arret=date(2025, 11, 30)),
            date(2026, 2, 15),
            ["203.05"],
            id="arrêt au jugement d'ouverture",
        ),
    ],
)
def test_exemples_calcules(principal, regle, au, montants):
    decompte = compute(principal, au, regle)
    assert list_montants(decompte) == montants
    assert decompte.interets == sum(map(D, montants))


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
        (RegleInterets(Regime.PUBLIC, date(2027, 1, 1)), date(2026, 12, 31)),
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


def test_un_taux_au_plancher_ne_signale_rien():
    regle = RegleInterets(Regime.COMMERCIAL, date(2025, 12, 31), taux=D("7.86"))
    assert compute("10000.00", date(2026, 2, 15), regle).avertissements == ()


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
