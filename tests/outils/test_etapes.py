import sys

import pytest

import etapes
import qualite
import tester
from etapes import Etape, Resultat, print_bilan, run_etape


@pytest.fixture(autouse=True)
def hors_ci(monkeypatch):
    monkeypatch.delenv("CI", raising=False)


def test_success_keeps_the_closing_line(capsys):
    resultat = run_etape(Etape("essai", [sys.executable, "-c", "print('a'); print('== 3 passed in 0.1s ==')"]))
    assert (resultat.reussie, resultat.detail) == (True, "3 passed in 0.1s")
    assert "a\n" in capsys.readouterr().out


def test_failure_is_seen_and_errors_are_shown(capsys):
    resultat = run_etape(Etape("essai", [sys.executable, "-c", "import sys; sys.exit('rien ne va')"]))
    assert (resultat.reussie, resultat.detail) == (False, "rien ne va")
    assert "rien ne va" in capsys.readouterr().out


def test_environment_is_added_to_ours(monkeypatch):
    monkeypatch.setenv("DEJA", "là")
    script = "import os; print(os.environ['DEJA'], os.environ['EXIGIBLE_BASE'])"
    assert run_etape(Etape("essai", [sys.executable, "-c", script], {"EXIGIBLE_BASE": "x"})).detail == "là x"


def test_summary_succeeds_when_all_ran(capsys):
    assert print_bilan("Bilan", [Resultat("un", reussie=True, detail="2 passed", secondes=3)]) == 0
    assert "✓ un     3 s  2 passed" in capsys.readouterr().out


def test_one_failure_fails_the_whole(capsys):
    assert print_bilan("Bilan", [Resultat("un", reussie=True), Resultat("deux", reussie=False)]) == 1
    assert "1 étape(s) en échec" in capsys.readouterr().out


def test_what_could_not_run_is_said(capsys):
    assert print_bilan("Bilan", [Resultat("navigateur", reussie=None, detail="Chromium absent")]) == 0
    sortie = capsys.readouterr().out
    assert "– navigateur" in sortie
    assert "Chromium absent" in sortie


def test_what_could_not_run_is_a_failure_in_ci(monkeypatch):
    monkeypatch.setenv("CI", "true")
    assert print_bilan("Bilan", [Resultat("navigateur", reussie=None)]) == 1


def test_folder_without_tests_is_a_failure(tmp_path, monkeypatch):
    monkeypatch.setattr(tester, "RACINE", tmp_path)
    (tmp_path / "tests" / "bureau").mkdir(parents=True)
    resultat = tester.run_pytest("bureau", ("bureau",))
    assert (resultat.reussie, resultat.detail) == (False, "tests/bureau ne contient aucun test")


def test_missing_browser_and_server_are_named(monkeypatch):
    monkeypatch.setattr(tester, "find_chromium", lambda: None)
    monkeypatch.setattr(tester, "find_binaires", lambda: None)
    assert "apt install chromium" in tester.run_navigateur().detail
    assert "apt install postgresql" in tester.run_postgres().detail
    assert tester.run_navigateur().reussie is None
    assert tester.run_postgres().reussie is None


def test_every_room_is_tested():
    """A package added under src/exigible must be run by `make test`."""
    pieces = {chemin.parent.name for chemin in (etapes.RACINE / "src" / "exigible").glob("*/__init__.py")}
    assert pieces <= {*tester.DROIT, *tester.PURS, "bureau"}


def test_every_check_runs_even_after_a_failure(monkeypatch):
    monkeypatch.setattr(qualite, "run_etape", lambda etape: Resultat(etape.nom, reussie=False))
    assert len(qualite.run_qualite()) == len(qualite.ETAPES)
