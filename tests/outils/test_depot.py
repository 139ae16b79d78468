"""What must stay true of the files of the project themselves."""

import re
import subprocess
import tomllib

import pytest

from etapes import RACINE

VERROUS = ("requirements.lock", "requirements-dev.lock", "requirements-docs.lock", "requirements-fuzz.lock")


def read_epingles(verrou):
    texte = (RACINE / verrou).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", texte, re.MULTILINE))


@pytest.mark.parametrize("verrou", VERROUS)
def test_lock_has_hashes_and_no_address(verrou):
    texte = (RACINE / verrou).read_text(encoding="utf-8")
    assert "://" not in texte
    blocs = re.split(r"\n(?=[a-z0-9])", texte.strip())
    assert all("--hash=sha256:" in bloc for bloc in blocs)


def test_a_package_has_one_version_in_all_locks():
    versions = {}
    for verrou in VERROUS:
        for nom, version in read_epingles(verrou).items():
            assert versions.setdefault(nom, version) == version, nom


def test_locks_hold_what_the_project_declares():
    with (RACINE / "pyproject.toml").open("rb") as fichier:
        projet = tomllib.load(fichier)
    groupes = projet["dependency-groups"]
    attendus = {
        "requirements.lock": [*projet["project"]["dependencies"], *groupes["construction"]],
        "requirements-dev.lock": [*projet["project"]["dependencies"], *groupes["construction"], *groupes["dev"]],
        "requirements-docs.lock": groupes["docs"],
        "requirements-fuzz.lock": groupes["fuzz"],
    }
    for verrou, exigences in attendus.items():
        noms = {re.match(r"[A-Za-z0-9._-]+", exigence).group().lower() for exigence in exigences}
        assert noms <= set(read_epingles(verrou)), verrou
    construction = projet["build-system"]["requires"]
    assert construction == [f"hatchling=={read_epingles('requirements.lock')['hatchling']}"]


def test_every_target_of_the_makefile_is_explained():
    aide = subprocess.run(["make", "help"], cwd=RACINE, capture_output=True, text=True, check=True).stdout
    cibles = re.findall(r"^([a-z]+):", (RACINE / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    internes = {"help", "python", "execution", "dev"}
    assert [cible for cible in cibles if cible not in internes and f"make {cible} " not in aide] == []


def test_make_names_the_package_when_python_is_missing():
    fait = subprocess.run(
        ["make", "PYTHON=python-absent", "test"], cwd=RACINE, capture_output=True, text=True, check=False
    )
    assert fait.returncode != 0
    assert "sudo apt install python3 python3-venv" in fait.stderr


def test_gate_is_a_valid_script():
    subprocess.run(["bash", "-n", RACINE / ".ci" / "run"], check=True)


def test_importing_the_core_brings_no_framework():
    script = "import sys, exigible.droit, exigible.dossier; print('django' in sys.modules)"
    fait = subprocess.run([RACINE / ".venv/bin/python", "-c", script], capture_output=True, text=True, check=True)
    assert fait.stdout.strip() == "False"
