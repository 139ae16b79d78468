"""An agreed rate below the floor: it is applied, and told with what the law would give."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from exigible.droit.decompte import Creance, compute_decompte
from exigible.droit.interets import Regime, RegleInterets
from exigible.droit.pauses import MotifPause, Pause

D = Decimal


def compute(principal, au, regle, **options):
    creance = Creance("F1", "Facture F1", D(principal), regle.depart, regle)
    return compute_decompte([creance], [], au, **options)


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


def pause(du, au=None, motif=MotifPause.SURENDETTEMENT):
    return Pause(du, motif, au)


def test_le_plancher_se_regarde_sur_chaque_regle():
    avant = RegleInterets(Regime.CONVENU, date(2025, 6, 30), taux=D(2), arret=date(2025, 12, 31))
    apres = RegleInterets(Regime.COMMERCIAL, date(2025, 12, 31), taux=D(6))
    creance = Creance("F1", "Facture", D("10000.00"), date(2025, 6, 30), avant, suites=(apres,))
    (alerte,) = compute_decompte([creance], [], date(2026, 2, 15)).avertissements
    assert (alerte.code, alerte.parametres["jour"]) == ("taux_sous_plancher", "2026-01-01")
    assert D(alerte.parametres["montant_suppletif"]) - D(alerte.parametres["montant_convenu"]) == D("153.12") - D(
        "75.62"
    )
