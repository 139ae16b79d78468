"""Another connection holds the base: said in a sentence, tried again where it is safe, nothing written twice."""

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, contextmanager

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from exigible.bureau.travaux.verrous import is_occupee, retry_occupee

from .test_deux_ecrivains import open_base

ENVIRONNEMENT = {"DJANGO_SETTINGS_MODULE": "exigible.bureau.reglages.local", "EXIGIBLE_DELAI_VERROU": "1"}
PREPARER = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
from exigible.bureau.comptes.services import create_cabinet, create_utilisateur
from exigible.bureau.tiers.services import create_creancier, create_dossier
from exigible.dossier.faits import DebiteurDecrit
from exigible.dossier.faits_creancier import CreancierDecrit
cabinet = create_cabinet("Essai")
create_utilisateur(cabinet, "marie@exemple.example", "mot de passe long", "Marie")
creancier = create_creancier(cabinet, CreancierDecrit(nom="Atelier"), "essai")
create_dossier(creancier, DebiteurDecrit(nom="Client"), "essai")
"""
PAGE = """
import django; django.setup()
from django.test import Client
from exigible.bureau.comptes.models import Utilisateur
from exigible.bureau.journal.models import Maillon
from exigible.bureau.tiers.models import Dossier
import sys
navigateur = Client(HTTP_HOST="localhost", enforce_csrf_checks=False)
navigateur.force_login(Utilisateur.objects.get())
print("pret", flush=True); sys.stdin.readline()
adresse = f"/dossiers/{Dossier.objects.get().pk}/saisir/note/"
reponse = navigateur.post(adresse, {"texte": "Ce que <b>Marie</b> a tapé", "jour": "2026-11-20"})
print(reponse.status_code, reponse.get("Retry-After"), flush=True)
print(reponse.content.decode().replace("\\n", " "), flush=True)
sys.stdin.readline()
reponse = navigateur.post(adresse, {"texte": "Ce que <b>Marie</b> a tapé", "jour": "2026-11-20"})
print(reponse.status_code, Maillon.objects.filter(type="note_ajoutee").count(), flush=True)
"""


@contextmanager
def hold(base):
    """Hold from a connection of our own what every writer of the dossier needs."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(base.removeprefix("sqlite://"), isolation_level=None)) as autre:
            autre.execute("BEGIN IMMEDIATE")
            yield
            autre.execute("ROLLBACK")
        return
    with psycopg.connect(base) as autre:
        autre.execute("SELECT id FROM journal_chaine FOR UPDATE")
        yield
        autre.rollback()


@pytest.mark.django_db
def test_une_base_occupee_se_dit_et_garde_ce_qui_etait_saisi(tmp_path):
    with open_base(tmp_path) as base:
        environnement = os.environ | ENVIRONNEMENT | {"EXIGIBLE_BASE": base, "EXIGIBLE_VAR": str(tmp_path / "var")}

        def start(*arguments, **suite):
            return subprocess.Popen([sys.executable, *arguments], env=environnement, text=True, **suite)

        assert start("-c", PREPARER).wait() == 0
        page = start("-c", PAGE, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert page.stdout.readline() == "pret\n"
        with hold(base):
            page.stdin.write("\n")
            page.stdin.flush()
            assert page.stdout.readline() == "503 5\n"
            contenu = page.stdout.readline()
            liste = tmp_path / "f.csv"
            liste.write_text("Numéro;Client;Date;Montant TTC\nF-1;Client;01/10/2026;100,00\n", encoding="utf-8")
            commande = start("-m", "exigible", "importer", str(liste), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            sortie, erreur = commande.communicate()
        assert "La base est occupée" in contenu
        assert 'value="Ce que &lt;b&gt;Marie&lt;/b&gt; a tapé"' in contenu
        assert "Réessayer" in contenu
        assert (commande.returncode, sortie) == (1, "")
        assert erreur.startswith("Erreur : La base est occupée par un autre enregistrement")
        assert erreur.count("\n") == 1
        page.stdin.write("\n")
        page.stdin.flush()
        assert page.stdout.readline() == "302 1\n"
        page.communicate()


@pytest.mark.django_db
def test_un_verrou_qui_se_libere_a_temps_ne_se_voit_pas(tmp_path):
    """The other writer ends while we try: the fact is written once."""
    with open_base(tmp_path) as base:
        environnement = os.environ | ENVIRONNEMENT | {"EXIGIBLE_BASE": base, "EXIGIBLE_VAR": str(tmp_path / "var")}
        assert subprocess.run([sys.executable, "-c", PREPARER], env=environnement, check=True).returncode == 0
        page = subprocess.Popen(
            [sys.executable, "-c", PAGE], env=environnement, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert page.stdout.readline() == "pret\n"
        with hold(base):
            page.stdin.write("\n")
            page.stdin.flush()
            threading.Event().wait(0.4)
        assert page.stdout.readline() == "302 None\n"
        page.stdin.close()
        page.stdout.close()
        page.wait()


class Occupee(OperationalError):
    """As SQLite says it."""

    def __init__(self):
        super().__init__("database is locked")


def test_on_reessaie_un_nombre_borne_de_fois(monkeypatch, db, settings):
    monkeypatch.setattr("exigible.bureau.travaux.verrous.connection", type("Libre", (), {"in_atomic_block": False}))
    monkeypatch.setattr("time.sleep", lambda _: None)
    essais = []

    @retry_occupee
    def ecrire(reussite):
        essais.append(1)
        if len(essais) < reussite:
            raise Occupee
        return "écrit"

    assert ecrire(3) == "écrit"
    essais.clear()
    with pytest.raises(Occupee):
        ecrire(99)
    assert len(essais) == 4
    essais.clear()
    settings.DELAI_VERROU_SECONDES = 0
    with pytest.raises(Occupee):
        ecrire(3)
    assert len(essais) == 1


def test_dans_la_transaction_d_un_autre_on_ne_reessaie_pas(db):
    essais = []

    @retry_occupee
    def ecrire():
        essais.append(1)
        raise Occupee

    with pytest.raises(Occupee), transaction.atomic():
        ecrire()
    assert len(essais) == 1


def test_une_autre_panne_n_est_pas_une_base_occupee():
    assert is_occupee(Occupee())
    assert not is_occupee(OperationalError("no such table: x"))
    assert not is_occupee(DatabaseError("database is locked, says a message"))
    assert not is_occupee(ValueError("database is locked"))
    for code, attendu in (("40P01", True), ("40001", True), ("55P03", True), ("57P01", False)):
        erreur = OperationalError("x")
        erreur.__cause__ = type("Psycopg", (Exception,), {"sqlstate": code})()
        assert is_occupee(erreur) is attendu
