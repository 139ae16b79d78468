"""Processes that write at once on the same chains, while a third seals them: no fork, nothing lost, nobody stuck."""

import os
import subprocess
import sys
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection
from psycopg import sql

NOMBRE = 10
DOSSIERS = 3
PREPARER = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
from exigible.bureau.comptes.services import create_cabinet
from exigible.bureau.tiers.services import create_creancier, create_dossier
from exigible.dossier.faits import DebiteurDecrit
from exigible.dossier.faits_creancier import CreancierDecrit
creancier = create_creancier(create_cabinet("Essai"), CreancierDecrit(nom="Atelier"), "essai")
for _ in range({DOSSIERS}):
    create_dossier(creancier, DebiteurDecrit(nom="Client"), "essai")
"""
ECRIRE = f"""
import sys
import django; django.setup()
from exigible.bureau import horloge
from exigible.bureau.journal.services import FaitAEcrire, record_faits, record_lots
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.faits import NoteAjoutee
print("pret", flush=True)
sys.stdin.readline()
# Each in its own order: whoever took locks as they come would wait for the other for ever.
dossiers = list(Dossier.objects.select_related("chaine").order_by(sys.argv[2]))
for rang in range({NOMBRE}):
    note = [FaitAEcrire(NoteAjoutee(texte=f"{{sys.argv[1]}} {{rang}}"), horloge.today())]
    record_faits(dossiers[0].chaine, note, sys.argv[1])
    record_lots([(dossier.chaine, note) for dossier in dossiers], sys.argv[1])
"""
SCELLER = f"""
import sys
from datetime import date, timedelta
import django; django.setup()
from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.journal.services import seal_jour
print("pret", flush=True)
sys.stdin.readline()
for rang in range({NOMBRE}):
    seal_jour(Cabinet.objects.get(), date(2026, 1, 1) + timedelta(days=rang))
"""
VERIFIER = """
import django; django.setup()
from exigible.bureau.journal.models import Maillon, Sceau
from exigible.bureau.journal.services import verify_journal
from exigible.bureau.tiers.verification import verify_projections
notes, sceaux = Maillon.objects.filter(type="note_ajoutee").count(), Sceau.objects.count()
print(notes, sceaux, verify_journal(), list(verify_projections()))
"""


@contextmanager
def open_base(tmp_path):
    """Give the address of a new database on the engine under test."""
    if connection.vendor == "sqlite":
        yield f"sqlite://{tmp_path}/deux.sqlite3"
        return
    p = connection.settings_dict
    acces = {"host": p["HOST"], "port": p["PORT"], "user": p["USER"], "password": p["PASSWORD"], "dbname": "postgres"}
    nom = f"deux_ecrivains_{os.getpid()}"
    with psycopg.connect(**acces, autocommit=True) as serveur:
        serveur.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(nom)))
        try:
            yield f"postgresql://{p['USER']}:{p['PASSWORD']}@/{nom}?host={p['HOST']}&port={p['PORT']}"
        finally:
            serveur.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(nom)))


@pytest.mark.django_db
def test_deux_ecrivains_ne_font_pas_bifurquer_la_chaine(tmp_path):
    with open_base(tmp_path) as base:
        environnement = os.environ | {
            "DJANGO_SETTINGS_MODULE": "exigible.bureau.reglages.local",
            "EXIGIBLE_VAR": str(tmp_path / "var"),
            "EXIGIBLE_BASE": base,
        }

        def start(programme, *arguments):
            return subprocess.Popen(
                [sys.executable, "-c", programme, *arguments],
                env=environnement,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )

        prepare = start(PREPARER)
        prepare.communicate()
        assert prepare.returncode == 0
        ecrivains = [start(ECRIRE, "Anne", "reference"), start(ECRIRE, "Paul", "-reference"), start(SCELLER)]
        for ecrivain in ecrivains:
            assert ecrivain.stdout.readline() == "pret\n"
        for ecrivain in ecrivains:
            ecrivain.stdin.write("\n")
            ecrivain.stdin.flush()
        for ecrivain in ecrivains:
            ecrivain.communicate()
        assert [e.returncode for e in ecrivains] == [0, 0, 0]
        sortie, _ = start(VERIFIER).communicate()
        assert sortie == f"{2 * NOMBRE * (1 + DOSSIERS)} {NOMBRE} [] []\n"
