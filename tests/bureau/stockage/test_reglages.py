import stat

import pytest

from exigible.bureau.reglages.environnement import get_var, parse_base, read_secret
from exigible.droit.erreurs import ErreurSaisie


def test_une_base_sqlite_ne_perd_rien_de_ce_qui_est_acquitte():
    base = parse_base("sqlite:///var/lib/exigible/mes%20donnees.sqlite3")
    assert base["NAME"] == "/var/lib/exigible/mes donnees.sqlite3"
    assert parse_base("sqlite:////srv/x.sqlite3")["NAME"] == "/srv/x.sqlite3"
    assert base["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in base["OPTIONS"]["init_command"]


def test_une_base_postgresql():
    base = parse_base("postgresql://marie:a%40b@localhost:5433/exigible")
    assert (base["USER"], base["PASSWORD"], base["HOST"], base["PORT"]) == ("marie", "a@b", "localhost", "5433")
    assert parse_base("postgresql:///exigible?host=/run/postgresql")["HOST"] == "/run/postgresql"


@pytest.mark.parametrize(
    "url", ["", "mysql://x/y", "sqlite://", "sqlite://hote/chemin", "postgresql://hote", "exigible"]
)
def test_une_adresse_illisible_dit_quoi_ecrire(url):
    with pytest.raises(ErreurSaisie, match=r"sqlite:///chemin"):
        parse_base(url)


def test_le_secret_est_tire_une_fois_et_pour_son_seul_proprietaire(tmp_path, monkeypatch):
    monkeypatch.setenv("EXIGIBLE_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("EXIGIBLE_SECRET", raising=False)
    var = get_var()
    secret = read_secret(var)
    assert read_secret(var) == secret
    assert len(secret) > 50
    assert stat.S_IMODE((var / "secret").stat().st_mode) == 0o600
    assert stat.S_IMODE(var.stat().st_mode) == 0o700


def test_un_secret_vide_est_dit(tmp_path, monkeypatch):
    monkeypatch.delenv("EXIGIBLE_SECRET", raising=False)
    (tmp_path / "secret").touch()
    with pytest.raises(ErreurSaisie, match="supprimez-le"):
        read_secret(tmp_path)


def test_un_dossier_de_donnees_impossible_est_dit(tmp_path, monkeypatch):
    (tmp_path / "fichier").touch()
    monkeypatch.setenv("EXIGIBLE_VAR", str(tmp_path / "fichier" / "var"))
    with pytest.raises(ErreurSaisie, match="EXIGIBLE_VAR"):
        get_var()
