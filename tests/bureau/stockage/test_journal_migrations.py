"""A base made before the heads of the seals were rows: it is brought up to date, and its old seals still verify."""

import os
import subprocess
import sys

import pytest

from .test_deux_ecrivains import open_base

AVANT = """
import json
from datetime import UTC, date, datetime
import django; django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
call_command("migrate", "journal", "0002", verbosity=0, skip_checks=True)
from exigible.dossier.faits import NoteAjoutee
from exigible.dossier.journal import append_fait, seal_tetes
from uuid import UUID
modeles = MigrationExecutor(connection).loader.project_state([("journal", "0002_gardes")]).apps
get = lambda nom: modeles.get_model("journal", nom)
cabinet = modeles.get_model("comptes", "Cabinet").objects.create(nom="Ancien", cree_le=datetime(2026, 1, 1, tzinfo=UTC))
tetes = []
for n in (1, 2):
    chaine = get("Chaine").objects.create(id=UUID(int=n), cabinet=cabinet, sorte="dossier")
    m = append_fait(chaine=str(chaine.id), precedent=None, fait=NoteAjoutee(texte="x"), date_effet=date(2026, 1, 1),
                    enregistre_le=datetime(2026, 1, 1, tzinfo=UTC), auteur="essai", sel=b"s" * 32)
    e = m.enveloppe
    ligne = get("Maillon").objects.create(chaine=chaine, rang=1, type=e.type, date_effet=e.date_effet,
        enregistre_le=e.enregistre_le, auteur=e.auteur, corrige=None, empreinte_contenu=e.empreinte_contenu,
        precedent=e.precedent, empreinte=m.empreinte)
    get("Contenu").objects.create(maillon=ligne, sel=m.sel, contenu=m.contenu.decode())
    get("Chaine").objects.filter(id=chaine.id).update(tete_rang=1, tete_empreinte=m.empreinte)
    tetes.append((str(chaine.id), 1, m.empreinte))
precedent = "0" * 64
for jour in (date(2026, 1, 1), date(2026, 1, 2)):  # the old seals repeat every head
    empreinte = seal_tetes(tetes, jour, precedent)
    get("Sceau").objects.create(cabinet=cabinet, jour=jour, empreinte=empreinte, precedent=precedent,
                                tetes=json.dumps(tetes))
    precedent = empreinte
"""
APRES = """
from datetime import date
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.journal.models import Tete
from exigible.bureau.journal.services import seal_jour, verify_journal
seal_jour(Cabinet.objects.get(), date(2026, 1, 3))
print(Tete.objects.count(), verify_journal())
"""


@pytest.mark.django_db
def test_une_base_d_avant_se_met_a_jour_avec_ses_sceaux(tmp_path):
    with open_base(tmp_path) as base:
        environnement = os.environ | {
            "DJANGO_SETTINGS_MODULE": "exigible.bureau.reglages.local",
            "EXIGIBLE_VAR": str(tmp_path / "var"),
            "EXIGIBLE_BASE": base,
        }
        for programme, attendu in ((AVANT, ""), (APRES, "4 []\n")):
            fait = subprocess.run(
                [sys.executable, "-c", programme], env=environnement, capture_output=True, text=True, check=False
            )
            assert (fait.stdout, fait.returncode) == (attendu, 0), fait.stderr
