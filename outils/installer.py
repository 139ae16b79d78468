"""Set up `.venv` from the locked files: `python3 outils/installer.py execution|dev|docs|mutation|fuzz`.

Run by the system's Python, standard library only. Each step leaves a stamp: done once, it costs nothing and needs no
network the next time. pip does the work, so the user's own pip configuration (index, proxy, certificates) is obeyed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
import time
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
VENV = RACINE / ".venv"
PYTHON = VENV / "bin" / "python"
TEMOINS = VENV / ".exigible"
VERSION_MIN = (3, 11)

# The development lock holds all that running needs: installing it stamps both.
VERROUS = {
    "execution": ("requirements.lock",),
    "dev": ("requirements-dev.lock", "requirements.lock"),
    "docs": ("requirements-docs.lock",),
    "mutation": ("requirements-mutation.lock",),
    "fuzz": ("requirements-fuzz.lock",),
}


class EchecInstallationError(Exception):
    """The set-up cannot go on; the message is a French sentence that says what to do."""


def check_python() -> None:
    """Refuse an old Python, or one without venv or ensurepip, naming the Debian package."""
    if sys.version_info < VERSION_MIN:
        attendue, trouvee = ".".join(map(str, VERSION_MIN)), sys.version.split()[0]
        message = (
            f"Exigible demande Python {attendue} ou plus récent ; « {sys.executable} » est un Python {trouvee}.\n"
            "Indiquez-en un autre : make PYTHON=/chemin/vers/python3.11 …"
        )
        raise EchecInstallationError(message)
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        message = (
            "Il manque le paquet qui crée les environnements Python (venv et ensurepip).\n"
            "Sous Debian ou Ubuntu : sudo apt install python3-venv"
        )
        raise EchecInstallationError(message)


def compute_empreinte(chemin: Path) -> str:
    """Digest of what a step depends on: the file, this Python, and where the project lies (a venv does not move)."""
    lieu = f"{sys.version_info.major}.{sys.version_info.minor} {RACINE}"
    return hashlib.sha256(chemin.read_bytes() + lieu.encode()).hexdigest()


def is_fait(chemin: Path) -> bool:
    """Tell whether the step of this file was done with the file as it is now."""
    temoin = TEMOINS / chemin.name
    return temoin.is_file() and temoin.read_text(encoding="ascii") == compute_empreinte(chemin)


def write_temoin(chemin: Path) -> None:
    """Remember that the step of this file is done."""
    TEMOINS.mkdir(exist_ok=True)
    (TEMOINS / chemin.name).write_text(compute_empreinte(chemin), encoding="ascii")


def run(etape: str, commande: list[str], remede: str) -> None:
    """Run one step, saying what it does and how long it took. Raises EchecInstallationError with the remedy."""
    print(f"  • {etape}…", flush=True)
    debut = time.monotonic()
    if subprocess.run(commande, cwd=RACINE, check=False).returncode != 0:
        message = f"Échec de l'étape « {etape} » (le message ci-dessus en donne la cause).\n{remede}"
        raise EchecInstallationError(message)
    print(f"    fait en {time.monotonic() - debut:.0f} s", flush=True)


def create_venv() -> None:
    """Create the virtual environment, or again if it is broken, moved or made for another Python."""
    if PYTHON.exists():
        sain = subprocess.run([str(PYTHON), "-c", "import pip"], check=False, capture_output=True).returncode == 0
        if sain and (is_fait(VENV / "pyvenv.cfg") or not TEMOINS.exists()):
            write_temoin(VENV / "pyvenv.cfg")
            return
    remede = "Sous Debian ou Ubuntu : sudo apt install python3-venv ; sinon supprimez le dossier .venv et recommencez."
    run("création de l'environnement .venv", [sys.executable, "-m", "venv", "--clear", str(VENV)], remede)
    write_temoin(VENV / "pyvenv.cfg")


def install(groupe: str) -> None:
    """Bring `.venv` to the state of the locks of this group; say nothing when it is already there."""
    verrous = [RACINE / nom for nom in VERROUS[groupe]]
    projets = [RACINE / "pyproject.toml"] if groupe in {"execution", "dev"} else []
    if PYTHON.exists() and all(map(is_fait, [VENV / "pyvenv.cfg", verrous[0], *projets])):
        return
    print("Préparation d'Exigible (une seule fois ; ensuite, aucun réseau n'est nécessaire).", flush=True)
    create_venv()
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check", "--no-deps"]
    if not is_fait(verrous[0]):
        remede = "Vérifiez la connexion au réseau et la configuration de pip (pip config list), puis relancez."
        commande = [*pip, "--require-hashes", "-r", str(verrous[0])]
        run(f"installation des dépendances de {verrous[0].name}, empreintes vérifiées", commande, remede)
        for verrou in verrous:
            write_temoin(verrou)
    for projet in projets:
        remede = "Supprimez le dossier .venv et relancez."
        run("installation d'Exigible", [*pip, "--no-build-isolation", "-e", str(RACINE)], remede)
        write_temoin(projet)


def main() -> int:
    """Set up the group named on the command line; return the exit code."""
    groupe = sys.argv[1] if len(sys.argv) > 1 else ""
    if groupe not in VERROUS:
        print(f"Usage : python3 outils/installer.py {'|'.join(VERROUS)}", file=sys.stderr)
        return 2
    try:
        check_python()
        install(groupe)
    except EchecInstallationError as erreur:
        print(f"\n{erreur}", file=sys.stderr)
        return 1
    except PermissionError as erreur:
        print(
            f"\nÉcriture refusée : {erreur.filename}. Ce dossier appartient sans doute à un autre utilisateur : "
            "rendez-le-vous (chown) ou supprimez .venv, puis relancez.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
