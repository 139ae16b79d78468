import errno
import socket

import pytest

from exigible.bureau.serveur import open_port, open_premier_port
from exigible.cli import main
from exigible.droit.erreurs import ErreurSaisie


@pytest.fixture
def port_pris():
    with socket.create_server(("127.0.0.1", 0)) as pris:
        yield pris.getsockname()[1]


def test_le_premier_port_libre_a_partir_d_un_port_pris(port_pris):
    with open_premier_port("127.0.0.1", port_pris) as ecoute:
        assert port_pris < ecoute.getsockname()[1] < port_pris + 50


def test_une_adresse_qui_n_est_pas_la_notre_est_dite():
    with pytest.raises(ErreurSaisie, match=r"192\.0\.2\.1"):
        open_premier_port("192.0.2.1", 8000)


@pytest.mark.parametrize("commande", ["serve", "demo"])
def test_un_port_pris_est_dit_en_une_phrase_avant_tout_travail(commande, port_pris, capsys):
    with pytest.raises(SystemExit) as sortie:
        main([commande, "--port", str(port_pris)])
    assert sortie.value.code == 2
    dit = capsys.readouterr()
    assert dit.out == ""
    assert f"Le port {port_pris} est déjà pris" in dit.err
    assert dit.err.count("\n") == 1


def test_un_port_ferme_est_de_nouveau_libre():
    with open_premier_port("127.0.0.1", 20000) as ecoute:
        port = ecoute.getsockname()[1]
        with pytest.raises(ErreurSaisie) as refus:
            open_port("127.0.0.1", port)
        assert refus.value.code == "port_occupe"
    open_port("127.0.0.1", port).close()


def test_un_port_que_la_machine_se_reserve_est_dit(monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(ErreurSaisie, match="Le port 80 est réservé"):
        open_port("127.0.0.1", 80)
