"""Completion: the script of each shell, and what the program answers when that script calls it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXIGIBLE = Path(sys.executable).with_name("exigible")
CAS = [
    ("", "calcul"),
    ("calc", "calcul"),
    ("calcul int", "interets"),
    ("calcul interets --prin", "--principal"),
    ("calcul interets --regime com", "commercial"),
    ("calcul echeance --methode fin_de_mois_ap", "fin_de_mois_apres"),
    ("baremes inter", "interet_legal"),
    ("completion ba", "bash"),
]


def lancer(*arguments, **variables):
    return subprocess.run(
        [EXIGIBLE, *arguments], capture_output=True, text=True, check=False, env=os.environ | variables, timeout=60
    )


def completer(coquille, ligne):
    """What the script of a shell asks the program, and the words it gets back."""
    mots = f"exigible {ligne}".split(" ")
    variables = {"_EXIGIBLE_COMPLETE": f"{coquille}_complete"}
    if coquille == "fish":
        variables |= {"COMP_WORDS": " ".join(mots), "COMP_CWORD": mots[-1]}
    else:
        variables |= {"COMP_WORDS": " ".join(mots), "COMP_CWORD": str(len(mots) - 1)}
    fini = lancer(**variables)
    assert (fini.returncode, fini.stderr) == (0, "")
    lignes = fini.stdout.splitlines()
    if coquille == "zsh":
        return lignes[1::3]
    separateur = "\t" if coquille == "fish" else "\0"
    return [ligne.partition(",")[2].partition(separateur)[0] for ligne in lignes if "," in ligne]


@pytest.mark.parametrize("coquille", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(("ligne", "attendu"), CAS)
def test_le_programme_complete_les_commandes_et_les_options(coquille, ligne, attendu):
    assert attendu in completer(coquille, ligne)


@pytest.mark.parametrize("coquille", ["bash", "zsh", "fish"])
def test_le_script_est_celui_de_la_coquille(coquille):
    fini = lancer("completion", coquille)
    assert (fini.returncode, fini.stderr) == (0, "")
    assert f"_EXIGIBLE_COMPLETE={coquille}_complete" in fini.stdout
    programme = shutil.which(coquille)
    if programme:  # the shell itself reads the script
        options = ["--no-execute"] if coquille == "fish" else ["-n"]
        lu = subprocess.run(
            [programme, *options], input=fini.stdout, capture_output=True, text=True, check=False, timeout=60
        )
        assert (lu.returncode, lu.stderr) == (0, "")


def test_bash_complete_pour_de_vrai(tmp_path):
    programme = shutil.which("bash")
    if programme is None:
        pytest.skip("pas de bash ici")
    essai = tmp_path / "essai.sh"
    essai.write_text(
        'eval "$(exigible completion bash)"\n'
        "COMP_WORDS=(exigible calcul sais) COMP_CWORD=2\n"
        "_exigible_completion exigible sais calcul\n"
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    chemin = f"{EXIGIBLE.parent}{os.pathsep}{os.environ['PATH']}"
    fini = subprocess.run(
        [programme, str(essai)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PATH": chemin},
        timeout=60,
    )
    assert fini.stdout.split() == ["saisissable"]


def test_une_coquille_inconnue_se_dit():
    fini = lancer("completion", "cmd")
    assert (fini.returncode, fini.stdout) == (2, "")
    assert "choisissez parmi bash, zsh, fish" in fini.stderr


def test_l_aide_dit_ou_mettre_le_script():
    aide = lancer("completion", "--help").stdout
    assert "~/.bashrc" in aide
    assert "~/.zshrc" in aide
    assert "~/.config/fish/completions/exigible.fish" in aide
