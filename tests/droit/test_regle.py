"""What a rule of interest refuses, naming the field; what a period without interest says."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.interets import Regime, RegleInterets
from exigible.droit.pauses import MotifPause, Pause

D, DEPART, JUGE = Decimal, date(2025, 9, 30), date(2026, 1, 5)


@pytest.mark.parametrize(
    ("regime", "champs", "code", "champ"),
    [
        (Regime.CONVENU, {"taux": D(5), "multiple_legal": D(3)}, "taux_en_double", "multiple_legal"),
        (Regime.CONVENU, {}, "taux_absent", "taux"),
        (Regime.LEGAL, {"taux": D(5)}, "taux_inutile", "taux"),
        (Regime.PUBLIC, {"multiple_legal": D(3)}, "taux_inutile", "multiple_legal"),
        (Regime.CONVENU, {"taux": D("-0.01")}, "taux_negatif", "taux"),
        (Regime.CONVENU, {"multiple_legal": D("NaN")}, "taux_negatif", "multiple_legal"),
        (Regime.CONVENU, {"taux": D(10_000)}, "taux_hors_limites", "taux"),
        (Regime.CONVENU, {"taux": D("Infinity")}, "taux_hors_limites", "taux"),
        (Regime.CONVENU, {"multiple_legal": D("3.0000001")}, "taux_hors_limites", "multiple_legal"),
        (Regime.LEGAL, {"points_majoration": D(2)}, "majoration_sans_jugement", "executoire"),
        (Regime.LEGAL, {"executoire": JUGE, "points_majoration": D(6)}, "majoration_hors_limites", "points_majoration"),
        (
            Regime.LEGAL,
            {"executoire": JUGE, "points_majoration": D("-1")},
            "majoration_hors_limites",
            "points_majoration",
        ),
    ],
)
def test_une_regle_qui_se_contredit_est_refusee(regime, champs, code, champ):
    with pytest.raises(ErreurSaisie) as refus:
        RegleInterets(regime, DEPART, **champs)
    assert (refus.value.code, refus.value.champ) == (code, champ)


@pytest.mark.parametrize("taux", ["0", "9999.999999", "0.000001"])
def test_les_taux_extremes_sont_admis(taux):
    assert RegleInterets(Regime.CONVENU, DEPART, taux=D(taux)).taux == D(taux)


@pytest.mark.parametrize("points", [0, 5])
def test_le_juge_peut_tout_oter_ou_tout_laisser(points):
    assert RegleInterets(Regime.LEGAL, DEPART, executoire=JUGE, points_majoration=D(points)).points_majoration == points


def test_une_pause_d_un_jour_existe_une_pause_a_l_envers_non():
    assert Pause(JUGE, MotifPause.DELAI_DE_GRACE, JUGE).overlaps(JUGE, JUGE)
    with pytest.raises(ErreurSaisie) as refus:
        Pause(JUGE, MotifPause.DELAI_DE_GRACE, DEPART)
    assert (refus.value.code, refus.value.champ) == ("dates_inversees", "au")


@pytest.mark.parametrize(
    ("motif", "dit"),
    [
        (MotifPause.PROCEDURE_COLLECTIVE, "procédure collective arrête les intérêts"),
        (MotifPause.SURENDETTEMENT, "dossier de surendettement est recevable"),
        (MotifPause.DELAI_DE_GRACE, "délai accordé par le juge"),
        (MotifPause.CAUTION_NON_INFORMEE, "à la caution, qui n'a pas été informée"),
    ],
)
@pytest.mark.parametrize(
    ("au", "periode", "ecrit"),
    [(None, "depuis le 30/09/2025", ""), (JUGE, "du 30/09/2025 au 05/01/2026", "2026-01-05")],
)
def test_une_pause_dit_ses_jours_et_son_texte(motif, dit, au, periode, ecrit):
    pause = Pause(DEPART, motif, au)
    avertissement = pause.build_avertissement()
    assert avertissement.code == "interets_suspendus"
    assert dit in avertissement.message
    assert periode in avertissement.message
    assert pause.article.removeprefix("C. ").split(" et ")[0].split()[-1] in avertissement.message
    assert avertissement.parametres == {"motif": motif.value, "du": "2025-09-30", "au": ecrit}
