"""Days without interest: they are taken out, both ends included, and told with their article."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.decompte import Creance, compute_decompte
from exigible.droit.erreurs import ErreurBareme, ErreurSaisie
from exigible.droit.interets import Regime, RegleInterets, compute_lignes
from exigible.droit.pauses import MotifPause, Pause, skip_pauses

D = Decimal


def compute(principal, au, regle, **options):
    creance = Creance("F1", "Facture F1", D(principal), regle.depart, regle)
    return compute_decompte([creance], [], au, **options)


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


def test_un_interet_deja_arrete_n_est_pas_dit_arrete_par_le_bareme():
    """An insolvency stopped it before the last known day: nothing goes on running, nothing is to be completed."""
    regle = RegleInterets(Regime.COMMERCIAL, date(2025, 9, 30), pauses=(pause(date(2026, 1, 1)),))
    decompte = compute("10000", date(2027, 4, 15), regle, arreter_au_dernier_connu=True)
    assert decompte.interets_arretes_au is None
    assert "interets_arretes_au" not in {a.code for a in decompte.avertissements}
    finie = RegleInterets(Regime.COMMERCIAL, date(2025, 9, 30), pauses=(pause(date(2026, 1, 1), date(2027, 1, 31)),))
    reprise = compute("10000", date(2027, 4, 15), finie, arreter_au_dernier_connu=True)
    assert reprise.interets_arretes_au == date(2026, 12, 31)
