"""Interest on one claim without payment: cuts, rates, warnings, articles. The examples are kept as data."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

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

D = Decimal


def compute(principal, au, regle, **options):
    creance = Creance("F1", "Facture F1", D(principal), regle.depart, regle)
    return compute_decompte([creance], [], au, **options)


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


# ---------------------------------------------------------------- first known day, multiple


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


# ---------------------------------------------------------------- points after a judgment, articles


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


# ---------------------------------------------------------------- the limits of a line


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
