import socket

import pytest

from exigible.bureau.serveur import find_port
from exigible.cli import main
from exigible.droit.erreurs import ErreurSaisie


def test_le_premier_port_libre_a_partir_d_un_port_pris():
    with socket.create_server(("127.0.0.1", 0)) as pris:
        port = pris.getsockname()[1]
        assert port < find_port("127.0.0.1", port) < port + 50


def test_une_adresse_qui_n_est_pas_la_notre_est_dite():
    with pytest.raises(ErreurSaisie, match=r"192\.0\.2\.1"):
        find_port("192.0.2.1", 8000)


def test_servir_sur_un_port_pris_est_refuse(capsys):
    with socket.create_server(("127.0.0.1", 0)) as pris, pytest.raises(SystemExit) as sortie:
        main(["serve", "--port", str(pris.getsockname()[1])])
    assert sortie.value.code == 2
    assert "déjà pris" in capsys.readouterr().err
