from pathlib import Path

import psycopg
import pytest

import postgres


@pytest.fixture
def binaires():
    trouves = postgres.find_binaires()
    if trouves is None:
        pytest.skip("PostgreSQL absent (sudo apt install postgresql)")
    return trouves


def test_server_answers_then_leaves_nothing(binaires, monkeypatch):
    dossiers = []
    creer = postgres.tempfile.mkdtemp

    def create_dossier(**options):
        dossiers.append(Path(creer(**options)))
        return str(dossiers[-1])

    monkeypatch.setattr(postgres.tempfile, "mkdtemp", create_dossier)
    with postgres.start_postgres(binaires) as adresse:
        with psycopg.connect(adresse) as connexion:
            assert connexion.execute("SHOW fsync").fetchone() == ("off",)
            assert connexion.execute("SELECT usesuper FROM pg_user WHERE usename = 'exigible'").fetchone() == (True,)
        sans_mot_de_passe = adresse.replace(adresse.split(":")[2].split("@")[0], "faux")
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(sans_mot_de_passe)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(adresse)
    assert [dossier.exists() for dossier in dossiers] == [False]


def test_failure_carries_the_words_of_the_server(tmp_path):
    with pytest.raises(postgres.EchecPostgresError, match=r"(?s)« sh » a échoué.*plus de place"):
        postgres.run(["/bin/sh", "-c", "echo plus de place; exit 1"], tmp_path)


def test_absent_server_names_the_debian_package(monkeypatch, capsys):
    monkeypatch.setattr(postgres, "find_binaires", lambda: None)
    assert postgres.main() == 1
    assert "sudo apt install postgresql" in capsys.readouterr().err
