import sys

import pytest

import installer


@pytest.fixture
def chantier(tmp_path, monkeypatch):
    """A project of nothing but its locks; what would be run is written down instead."""
    for nom in ("pyproject.toml", "requirements.lock", "requirements-dev.lock", "requirements-docs.lock"):
        (tmp_path / nom).write_text(f"# {nom}", encoding="utf-8")
    venv = tmp_path / ".venv"
    monkeypatch.setattr(installer, "RACINE", tmp_path)
    monkeypatch.setattr(installer, "VENV", venv)
    monkeypatch.setattr(installer, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(installer, "TEMOINS", venv / ".exigible")
    etapes = []

    def run(etape, commande, _remede):
        etapes.append(etape)
        if "venv" in commande:
            (venv / "bin").mkdir(parents=True, exist_ok=True)
            (venv / "pyvenv.cfg").write_text("home = ailleurs", encoding="utf-8")
            installer.PYTHON.unlink(missing_ok=True)
            installer.PYTHON.symlink_to(sys.executable)

    monkeypatch.setattr(installer, "run", run)
    return etapes


def test_old_python_is_refused_with_the_way_out(monkeypatch):
    monkeypatch.setattr(installer.sys, "version_info", (3, 9, 2))
    with pytest.raises(installer.EchecInstallationError, match=r"demande Python 3\.11.*\n.*make PYTHON="):
        installer.check_python()


@pytest.mark.parametrize("absent", ["venv", "ensurepip"])
def test_missing_venv_names_the_debian_package(monkeypatch, absent):
    monkeypatch.setattr(installer.importlib.util, "find_spec", lambda nom: None if nom == absent else object())
    with pytest.raises(installer.EchecInstallationError, match="sudo apt install python3-venv"):
        installer.check_python()


def test_second_run_does_nothing(chantier):
    installer.install("dev")
    assert len(chantier) == 3
    installer.install("dev")
    assert len(chantier) == 3


def test_development_brings_what_running_needs(chantier):
    installer.install("dev")
    del chantier[:]
    installer.install("execution")
    assert chantier == []


def test_changed_lock_is_installed_again_in_the_same_environment(chantier):
    installer.install("execution")
    del chantier[:]
    (installer.RACINE / "requirements.lock").write_text("# nouveau", encoding="utf-8")
    installer.install("execution")
    assert any("requirements.lock" in etape for etape in chantier)
    assert not any(".venv" in etape for etape in chantier)


def test_broken_environment_is_made_again(chantier):
    installer.install("execution")
    del chantier[:]
    installer.PYTHON.unlink()
    installer.install("execution")
    assert ".venv" in chantier[0]


def test_moved_project_gets_a_new_environment(chantier, monkeypatch, tmp_path):
    installer.install("execution")
    del chantier[:]
    monkeypatch.setattr(installer, "RACINE", tmp_path / "." / ".." / tmp_path.name)
    installer.install("execution")
    assert ".venv" in chantier[0]


def test_documentation_does_not_install_the_project(chantier):
    installer.install("docs")
    assert not any("Exigible" in etape for etape in chantier)
    del chantier[:]
    installer.install("docs")
    assert chantier == []


def test_failed_step_leaves_no_stamp_and_says_what_to_do(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(installer, "RACINE", tmp_path)
    with pytest.raises(installer.EchecInstallationError, match=r"(?s)« essai ».*Faites ceci"):
        installer.run("essai", [sys.executable, "-c", "raise SystemExit(3)"], "Faites ceci.")
    assert "essai…" in capfd.readouterr().out


def test_unknown_group_is_a_usage_error(monkeypatch, capsys):
    monkeypatch.setattr(installer.sys, "argv", ["installer.py", "autre"])
    assert installer.main() == 2
    assert "execution|dev|docs" in capsys.readouterr().err
