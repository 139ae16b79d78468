"""The measure of the case engine: its dossiers are what the guide says, and it measures all of them."""

from collections import Counter
from decimal import Decimal

import pytest

from exigible.cli.banc_calcul import measure_calcul, measure_part
from exigible.cli.banc_dossiers import AU, FAITS, list_creancier, list_dossier
from exigible.dossier.journal import read_inscription
from exigible.dossier.plier import fold_dossier


def plier(rang):
    dossier, creancier = list_dossier(rang), list_creancier(rang)
    return fold_dossier([read_inscription(m) for m in dossier], [read_inscription(m) for m in creancier], AU)


def test_chaque_dossier_a_quarante_faits_toujours_les_memes():
    for rang in range(100):
        assert len(list_dossier(rang)) == FAITS
        assert list_dossier(rang) == list_dossier(rang)
    assert list_dossier(1) != list_dossier(21)


def test_le_long_dossier_a_le_nombre_de_faits_demande():
    assert len(list_dossier(0, 5_000)) == 5_000


def test_le_melange_est_celui_du_guide():
    etats = [plier(rang) for rang in range(100)]
    assert {len(e.creances) for e in etats} == {2, 3, 4, 5, 6}
    assert sum(bool(e.plans) for e in etats) == 20
    assert sum(any(c.conteste for c in e.creances) for e in etats) == 10
    assert Counter(p.graphe.code for e in etats for p in e.procedures if not p.mere) == {"IP": 10, "PC": 5}
    assert all(e.decompte.total_du > 0 for e in etats)
    assert all(e.echeances or any(p.etat.sans_delai for p in e.procedures) for e in etats)


@pytest.mark.parametrize("rang", [5, 19])
def test_une_procedure_du_banc_suit_le_graphe(rang):
    etat = plier(rang)
    assert not [a for p in etat.procedures for a in p.avertissements if a.code == "etape_impossible"]


def test_une_part_mesure_ses_dossiers_et_conseille_sur_un_sur_vingt():
    temps = measure_part(0, 400)
    assert temps.conseils == 20
    assert min(temps.lecture, temps.pli, temps.conseil, temps.horloge) > 0


def test_la_mesure_dit_tout_en_texte():
    mesure = measure_calcul(40, processus=2)
    assert (mesure["dossiers"], mesure["processus"], mesure["faits_par_dossier"]) == (40, 2, 40)
    assert mesure["dossiers_par_seconde"] > 0
    for cle in ("secondes", "lecture_ms_par_dossier", "calcul_ms_par_dossier", "long_dossier_ms"):
        assert Decimal(mesure[cle]) > 0
