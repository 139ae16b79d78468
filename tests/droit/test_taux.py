"""The rate of a day, whole: its period, its articles, what can be printed of it, where it was read."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.erreurs import ErreurBareme
from exigible.droit.interets import QualiteCreancier, Regime, RegleInterets, compute_taux, find_premier_jour_connu
from exigible.droit.valeurs import ValeurAjoutee

D, DEPART, JOUR = Decimal, date(2025, 9, 30), date(2026, 3, 1)
DEBUT, FIN = date(2026, 1, 1), date(2026, 6, 30)
LEGAL = "taux de l'intérêt légal du 01/01/2026 au 30/06/2026 ({}\u00a0%, arrêté du 15 décembre 2025)"
BCE = "taux de refinancement de la BCE au {} (2,15\u00a0%) + {} points"


@pytest.mark.parametrize(
    ("regime", "champs", "taux", "periode", "articles", "source"),
    [
        (
            *(Regime.CONVENU, {"taux": D(5)}, "5", (date(2025, 10, 1), None)),
            *(("C. civ. 1343-1",), "taux convenu entre les parties"),
        ),
        (
            *(Regime.COMMERCIAL, {"taux": D(15)}, "15", (date(2025, 10, 1), None)),
            *(("C. com. L441-10 II",), "taux convenu entre les parties"),
        ),
        (
            *(Regime.COMMERCIAL, {"multiple_legal": D(3)}, "7.86", (DEBUT, FIN)),
            *(("C. com. L441-10 II", "CMF L313-2"), f"taux convenu : 3 fois le {LEGAL.format('2,62')}"),
        ),
        (
            *(Regime.COMMERCIAL, {"multiple_legal": D(3), "creancier": QualiteCreancier.PARTICULIER}),
            *("7.86", (DEBUT, FIN), ("C. com. L441-10 II", "CMF L313-2")),
            f"taux convenu : 3 fois le {LEGAL.format('2,62')}",
        ),
        (
            *(Regime.CONVENU, {"multiple_legal": D(3), "creancier": QualiteCreancier.PARTICULIER}),
            *("20.01", (DEBUT, FIN), ("C. civ. 1343-1", "CMF L313-2")),
            f"taux convenu : 3 fois le {LEGAL.format('6,67')}",
        ),
        (Regime.LEGAL, {}, "2.62", (DEBUT, FIN), ("C. civ. 1231-6", "CMF L313-2"), LEGAL.format("2,62")),
        (
            *(Regime.LEGAL, {"executoire": date(2025, 12, 1)}, "7.62", (DEBUT, FIN)),
            ("C. civ. 1231-6", "CMF L313-2", "CMF L313-3"),
            f"{LEGAL.format('2,62')} + 5 points",
        ),
        (
            *(Regime.COMMERCIAL, {}, "12.15", (DEBUT, FIN)),
            *(("C. com. L441-10 II",), BCE.format("01/01/2026", 10)),
        ),
        (
            *(Regime.PUBLIC, {}, "10.15", (date(2025, 7, 1), date(2025, 12, 31))),
            *(("CCP R2192-31",), BCE.format("01/07/2025", 8)),
        ),
    ],
)
def test_un_taux_se_lit_en_entier(regime, champs, taux, periode, articles, source):
    lu = compute_taux(RegleInterets(regime, DEPART, **champs), JOUR)
    assert (lu.taux, (lu.debut, lu.fin), lu.articles, lu.source) == (D(taux), periode, articles, source)
    assert lu.article == ("CMF L313-3" if "executoire" in champs else articles[0])
    assert (lu.a_verifier, lu.provisoire, lu.avertissements) == (False, False, ())
    assert bool(lu.provenance) is ("taux" not in champs)


@pytest.mark.parametrize(
    ("regime", "champs", "dit"),
    [
        (Regime.LEGAL, {}, "dernier taux de l'intérêt légal connu (2,75\u00a0%, à titre provisoire)"),
        (Regime.CONVENU, {"multiple_legal": D(2)}, "2 fois le dernier taux de l'intérêt légal connu"),
        (Regime.COMMERCIAL, {}, "taux de refinancement de la BCE au 01/07/2027 (2,65\u00a0%, à titre provisoire)"),
    ],
)
def test_un_taux_provisoire_vaut_le_semestre_du_jour(regime, champs, dit):
    lu = compute_taux(RegleInterets(regime, DEPART, **champs), date(2027, 8, 1), provisoire=True)
    assert (lu.debut, lu.fin, lu.provisoire) == (date(2027, 7, 1), date(2027, 12, 31), True)
    assert dit in lu.source
    assert "taux_provisoire" in [a.code for a in lu.avertissements]


def test_sans_le_demander_aucun_taux_n_est_provisoire():
    with pytest.raises(ErreurBareme) as refus:
        compute_taux(RegleInterets(Regime.LEGAL, DEPART), date(2027, 8, 1))
    assert refus.value.code == "date_hors_bareme"


def test_un_taux_a_verifier_le_dit_dans_chaque_regime():
    jour = date(2026, 8, 1)
    legal = compute_taux(RegleInterets(Regime.LEGAL, DEPART), jour)
    triple = compute_taux(RegleInterets(Regime.COMMERCIAL, DEPART, multiple_legal=D(3)), jour)
    assert legal.a_verifier is triple.a_verifier is True
    assert [a.code for a in legal.avertissements] == ["valeur_a_verifier"] == [a.code for a in triple.avertissements]
    premiers = compute_taux(RegleInterets(Regime.COMMERCIAL, date(2008, 12, 31)), date(2009, 1, 1))
    assert premiers.a_verifier
    assert [a.parametres["bareme"] for a in premiers.avertissements] == ["bce_refi", "penalites"]


def add(bareme, serie, debut, valeur):
    return ValeurAjoutee(bareme, serie, debut, (D(valeur),), "texte fictif", date(2027, 1, 2))


@pytest.mark.parametrize(
    ("regime", "ajouts", "premier"),
    [
        (Regime.COMMERCIAL, (), date(2009, 1, 1)),
        (Regime.COMMERCIAL, (add("penalites", "majoration_commerciale", date(2002, 1, 1), "7"),), date(2002, 1, 1)),
        (Regime.COMMERCIAL, (add("penalites", "majoration_commerciale", date(1990, 1, 1), "7"),), date(1999, 1, 1)),
        (
            Regime.COMMERCIAL,
            (
                add("penalites", "majoration_commerciale", date(1990, 1, 1), "7"),
                add("bce_refi", "taux", date(1995, 1, 1), "3"),
            ),
            date(1995, 1, 1),
        ),
        (Regime.PUBLIC, (add("penalites", "majoration_publique", date(2008, 1, 1), "7"),), date(2008, 1, 1)),
        (Regime.LEGAL, (add("interet_legal", "autres_cas", date(1970, 1, 1), "4"),), date(1970, 1, 1)),
    ],
)
def test_le_premier_jour_connu_recule_avec_les_valeurs_ajoutees(regime, ajouts, premier):
    assert find_premier_jour_connu(RegleInterets(regime, DEPART, ajouts=ajouts)) == premier
