"""The worker beside the server: it ends with it, and when it is told to."""

import os
import signal
import subprocess
import sys

import pytest


@pytest.fixture
def lancer(tmp_path):
    environnement = os.environ | {
        "DJANGO_SETTINGS_MODULE": "exigible.bureau.reglages.local",
        "EXIGIBLE_VAR": str(tmp_path),
        "EXIGIBLE_BASE": "",
    }
    preparer = [sys.executable, "-m", "exigible", "migrer"]
    subprocess.run(preparer, env=environnement, check=True, stdout=subprocess.DEVNULL)

    def start(*options):
        commande = [sys.executable, "-m", "exigible", "travaux", *options]
        return subprocess.Popen(
            commande,
            env=environnement,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    return start


def test_il_finit_avec_le_serveur_qui_l_a_lance(lancer):
    travailleur = lancer("--avec-le-serveur")
    _, erreur = travailleur.communicate(timeout=60)  # closes its standard input, as the death of the server does
    assert (travailleur.returncode, erreur) == (0, "")


def test_il_finit_quand_on_le_lui_demande(lancer):
    travailleur = lancer()
    assert "attend les travaux" in travailleur.stderr.readline()
    travailleur.send_signal(signal.SIGTERM)
    travailleur.communicate(timeout=60)
    assert travailleur.returncode == 0


def test_une_fois_il_dit_ce_qu_il_a_fait(lancer):
    sortie, _ = lancer("--une-fois").communicate(timeout=60)
    assert sortie == "Aucun travail en attente.\n"
