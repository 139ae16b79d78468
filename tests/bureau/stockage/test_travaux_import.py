"""Imports as work: one dossier that fails is left aside, one that changed is read again, nothing is doubled."""

import json
import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest
from django.db import connection

from exigible.bureau.imports import application
from exigible.bureau.imports.models import PartImport
from exigible.bureau.imports.services import apply_import, prepare_import, resume_import, start_import, undo_import
from exigible.bureau.journal.ecriture import append_lots
from exigible.bureau.journal.services import verify_journal
from exigible.bureau.phrases import load_phrase
from exigible.bureau.tiers.models import Creance, Dossier
from exigible.bureau.tiers.verification import verify_projections
from exigible.bureau.travaux.services import run_maintenant, sweep, take_travail
from exigible.dossier.faits import DebiteurDecrit, NoteAjoutee
from exigible.droit.erreurs import ErreurExigible

from .test_deux_ecrivains import open_base

ENTETE = "Numéro;Code client;Client;Date;Échéance;Montant TTC\n"


def list_factures(*numeros):
    return (ENTETE + "".join(f"F-{n};C{n};Client {n};01/09/2026;01/10/2026;{n}0,00\n" for n in numeros)).encode()


@pytest.fixture
def preparer(creancier):
    return lambda contenu, nom="factures.csv": prepare_import(creancier, nom, contenu, "essai")


def lire(importation):
    importation.refresh_from_db()
    return importation


@pytest.fixture
def casser(monkeypatch):
    """Make the writing of one debtor's dossier fail, as a fault in the program or in the database would."""

    def casse(nom, panne):
        def append(lots, auteur):
            if any(isinstance(f.fait, DebiteurDecrit) and f.fait.nom == nom for _, faits in lots for f in faits):
                raise panne
            return append_lots(lots, auteur)

        monkeypatch.setattr("exigible.bureau.journal.services.append_lots", append)

    return casse


@pytest.mark.parametrize("panne", [ErreurExigible("x", "Ce dossier est cassé."), ValueError("cassé")])
def test_un_dossier_casse_est_dit_et_le_reste_entre_puis_on_reprend(preparer, casser, monkeypatch, panne):
    casser("Client 2", panne)
    importation = apply_import(preparer(list_factures(1, 2, 3)), "essai")
    assert importation.statut == "partiel"
    assert set(Dossier.objects.values_list("debiteur_nom", flat=True)) == {"Client 1", "Client 3"}
    [laisse] = importation.parts.exclude(erreur="")
    assert laisse.nom == "Client 2"
    assert "cassé" in load_phrase(laisse.erreur)
    assert (verify_journal(), list(verify_projections())) == ([], [])
    monkeypatch.undo()
    run_maintenant(resume_import(importation, "essai").travail)
    assert lire(importation).statut == "applique"
    assert sorted(Creance.objects.values_list("numero", flat=True)) == ["F-1", "F-2", "F-3"]
    assert PartImport.objects.filter(sorte="recu").count() == 1
    undo_import(importation, "essai", "essai")
    assert not Creance.objects.exists()


def test_interrompu_il_s_annule_et_ne_laisse_rien(preparer, monkeypatch):
    importation = preparer(list_factures(1, 2))

    def tomber(*_):
        raise ErreurExigible("panne", "Panne au milieu.")

    monkeypatch.setattr(application, "match_mouvements", tomber)
    with pytest.raises(ErreurExigible, match="au milieu"):
        apply_import(importation, "essai")
    assert (lire(importation).statut, Creance.objects.count()) == ("interrompu", 2)
    undo_import(importation, "mauvais fichier", "essai")
    assert (lire(importation).statut, Creance.objects.count()) == ("annule", 0)
    assert verify_journal() == []
    monkeypatch.undo()
    assert apply_import(preparer(list_factures(1, 2)), "essai").statut == "applique"
    assert (Creance.objects.count(), Dossier.objects.count()) == (2, 2)


def test_en_attente_il_s_annule_mais_pas_quand_un_travailleur_le_tient(preparer):
    importation = start_import(preparer(list_factures(1)), "essai")
    tenue = take_travail()
    with pytest.raises(ErreurExigible, match="en cours"):
        undo_import(importation, "non", "essai")
    tenue.select().update(etat="a_faire", porteur="")
    undo_import(importation, "non", "essai")
    assert (lire(importation).statut, sweep(), Creance.objects.count()) == ("annule", 0, 0)


def test_un_dossier_ecrit_entre_la_lecture_et_l_ecriture_est_relu(preparer, ouvrir, noter, monkeypatch):
    dossier = ouvrir("Client 1", "C1")
    contenu = (ENTETE + "F-1;C1;Client 1;01/09/2026;01/10/2026;100,00\n").encode()
    tours = []

    def plan_et_note(*arguments):
        plan = build(*arguments)
        tours.append(plan)
        if len(tours) == 1:
            noter(dossier, NoteAjoutee(texte="entre-temps"))
        return plan

    build = application.build_plan
    importation = preparer(contenu)
    monkeypatch.setattr(application, "build_plan", plan_et_note)
    assert apply_import(importation, "essai").statut == "applique"
    assert len(tours) == 2
    assert Creance.objects.count() == 1
    assert verify_journal() == []


def test_un_client_ouvert_entre_la_lecture_et_l_ecriture_n_est_pas_double(preparer, ouvrir, monkeypatch):
    tours = []

    def plan_et_ouvre(*arguments):
        plan = build(*arguments)
        tours.append(plan)
        if len(tours) == 1:
            ouvrir("Client 2", "C2")
        return plan

    build = application.build_plan
    importation = preparer(list_factures(1, 2))
    monkeypatch.setattr(application, "build_plan", plan_et_ouvre)
    assert apply_import(importation, "essai").statut == "applique"
    assert sorted(Dossier.objects.values_list("debiteur_code", flat=True)) == ["C1", "C2"]


def test_un_dossier_illisible_ne_prend_rien_et_n_arrete_pas_le_fichier(preparer, ouvrir, monkeypatch):
    illisible = ouvrir("Client 1", "C1")
    load = application.build_plan.__globals__["Annuaire"]._load.__globals__["load_etats"]

    def load_sauf(dossiers, *suite, **noms):
        return {cle: etat for cle, etat in load(dossiers, *suite, **noms).items() if cle != illisible.pk}

    monkeypatch.setattr("exigible.bureau.imports.debiteurs.load_etats", load_sauf)
    importation = preparer(list_factures(1, 2))
    assert importation.apercu["comptes"]["refuse"] == 1
    apply_import(importation, "essai")
    assert list(Creance.objects.values_list("numero", flat=True)) == ["F-2"]


def test_le_lendemain_d_une_interruption_les_faits_restent_du_jour_dit(preparer, monkeypatch):
    from datetime import timedelta

    from exigible.bureau.horloge import fix_horloge

    from .conftest import JOUR

    importation = start_import(preparer(list_factures(1)), "essai")
    with fix_horloge(JOUR + timedelta(days=3)):
        sweep()
    assert lire(importation).statut == "applique"
    [debiteur] = Dossier.objects.get().chaine.maillons.filter(type="debiteur_decrit")
    assert debiteur.date_effet == JOUR


# --- A worker killed in the middle ------------------------------------------------------------------------------------

NOMBRE = 300
PREPARER = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
from exigible.bureau.comptes.services import create_cabinet
from exigible.bureau.imports.services import apply_import, prepare_import, start_import
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.tiers.services import create_creancier
from exigible.dossier.faits_creancier import CreancierDecrit, MouvementConstate
from datetime import date
from decimal import Decimal
lignes = ["Numéro;Code client;Client;Date;Échéance;Montant TTC;Reste dû;Déjà envoyé"]
for n in range({NOMBRE}):
    for k in range(2):
        # Prepaid in part, sent already, a few customers without a code: all that a second reading could double.
        code = "" if n % 7 == 0 else f"C{{n}}"
        lignes.append(f"F-{{n}}-{{k}};{{code}};Client {{n}};01/09/2026;01/10/2026;1{{n}}0,50;{{1 + k}}00,00;relance")
contenu = "\\n".join(lignes).encode()
cabinet = create_cabinet("Essai")
for nom in ("Entier", "Coupe"):
    creancier = create_creancier(cabinet, CreancierDecrit(nom=nom), "essai")
    credits = [
        FaitAEcrire(
            MouvementConstate(mouvement=f"m{{n}}", iban="", montant=Decimal("100.00"), libelle=f"VIR F-{{n}}-0"),
            date(2026, 11, 2),
        )
        for n in range(0, {NOMBRE}, 30)
    ]
    record_faits(creancier.chaine, credits, "essai")
    importation = prepare_import(creancier, "factures.csv", contenu, "essai")
    if nom == "Entier":
        apply_import(importation, "essai")
    else:
        start_import(importation, "essai")
"""
COMPARER = """
import json
import django; django.setup()
from exigible.bureau.imports.models import Importation
from exigible.bureau.journal.services import read_inscriptions, verify_journal
from exigible.bureau.tiers.models import Creancier, Dossier, Paiement
from exigible.bureau.tiers.verification import verify_projections
import msgspec
def tell(nom):
    creancier = Creancier.objects.get(nom=nom)
    dossiers = Dossier.objects.filter(creancier=creancier)
    faits = sorted(
        (d.debiteur_nom, [(str(i.date_effet), json.dumps(msgspec.to_builtins(i.fait), sort_keys=True, default=str))
                          for i in read_inscriptions(d.chaine)])
        for d in dossiers.select_related("chaine")
    )
    importation = Importation.objects.get(creancier=creancier)
    comptes = sorted((d.debiteur_nom, str(d.echu), d.stade, len(d.credits)) for d in dossiers)
    recus = [i.fait for i in read_inscriptions(creancier.chaine) if type(i.fait).__name__ == "FichierImporte"]
    return {
        "faits": faits, "comptes": comptes, "statut": importation.statut, "apercu": importation.apercu["comptes"],
        "rapproches": importation.resume["rapproches"], "recus": [(r.crees, r.inchanges, r.laisses) for r in recus],
        "ecrits": sum(len(r) for r in importation.ecrits.values()),
        "paiements": Paiement.objects.filter(dossier__creancier=creancier).count(),
    }
fautes = [[str(faute) for faute in verify()] for verify in (verify_journal, verify_projections)]
print(json.dumps([tell("Entier"), tell("Coupe"), *fautes]))
"""


def count_parts(base):
    """Count what the interrupted import has written, from another connection."""
    requete = "SELECT count(*) FROM imports_partimport p JOIN imports_importation i ON i.id = p.importation_id JOIN "
    requete += "tiers_creancier c ON c.id = i.creancier_id WHERE c.nom = 'Coupe'"
    if connection.vendor == "sqlite":
        import sqlite3
        from contextlib import closing

        with closing(sqlite3.connect(base.removeprefix("sqlite://"))) as lecture:
            return lecture.execute(requete).fetchone()[0]
    with psycopg.connect(base) as lecture:
        return lecture.execute(requete).fetchone()[0]


@pytest.mark.django_db
def test_un_travailleur_tue_au_milieu_ne_double_rien(tmp_path):
    with open_base(tmp_path) as base:
        environnement = os.environ | {
            "DJANGO_SETTINGS_MODULE": "exigible.bureau.reglages.local",
            "EXIGIBLE_VAR": str(tmp_path / "var"),
            "EXIGIBLE_BASE": base,
            "EXIGIBLE_AUJOURD_HUI": "2026-11-21",
        }

        def start(*arguments, **suite):
            return subprocess.Popen([sys.executable, *arguments], env=environnement, text=True, **suite)

        assert start("-c", PREPARER).wait() == 0
        for seuil in (NOMBRE // 4, NOMBRE // 2):
            travailleur = start("-m", "exigible", "travaux", stderr=subprocess.DEVNULL)
            fin = time.monotonic() + 240
            while count_parts(base) < seuil and time.monotonic() < fin:
                time.sleep(0.05)
            os.kill(travailleur.pid, signal.SIGKILL)
            travailleur.wait()
            assert seuil <= count_parts(base) < NOMBRE
        assert start("-m", "exigible", "travaux", "--une-fois", stdout=subprocess.DEVNULL).wait() == 0
        sortie, _ = start("-c", COMPARER, stdout=subprocess.PIPE).communicate()
    entier, coupe, journal, projections = json.loads(sortie)
    assert len(entier["faits"]) == NOMBRE
    assert coupe == entier
    assert entier["statut"] == "applique"
    assert entier["rapproches"] == str(NOMBRE // 30)
    assert (journal, projections) == ([], [])
