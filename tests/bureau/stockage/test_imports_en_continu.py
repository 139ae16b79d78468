"""Statements of any length: read, planned and written a few thousand lines at a time, and never twice."""

import json
import os
import signal
import subprocess
import sys
import time
import tracemalloc
from datetime import date, timedelta
from decimal import Decimal

import pytest

from exigible.bureau import octets
from exigible.bureau.banque.models import Mouvement
from exigible.bureau.imports import application, lecture, mouvements, tampon
from exigible.bureau.imports.models import Depot, PartImport
from exigible.bureau.imports.services import apply_import, open_depot, prepare_import, start_import, undo_import
from exigible.bureau.imports.tampon import Tampon
from exigible.bureau.journal.models import Piece
from exigible.bureau.journal.services import store_fichier, verify_journal
from exigible.bureau.travaux.services import Arret, execute_travail, run_maintenant, take_travail
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase
from exigible.echanges.enregistrements import MouvementLu, Origine

from .test_deux_ecrivains import open_base
from .test_imports_releves import compter, ecrire_camt
from .test_travaux_import import count_parts

JOUR = date(2026, 11, 3)


def lire_ligne(numero, jour=JOUR, montant="10.00", **champs):
    origine = Origine("r", numero)
    return MouvementLu(date=jour, montant=Decimal(montant), libelle=f"L{numero}", origine=origine, **champs)


def list_operations(nombre, debut=1):
    """Each has its own reference; several a day, and some days out of order."""
    return [(f"B{n}", f"{n}.00", JOUR - timedelta(days=n * 7 % 11), f"F-{n}") for n in range(debut, debut + nombre)]


@pytest.fixture
def petits_lots(monkeypatch):
    monkeypatch.setattr(tampon, "LOT", 4)
    monkeypatch.setattr(application, "_LOT_MOUVEMENTS", 3)


@pytest.fixture
def petits_morceaux(monkeypatch):
    monkeypatch.setattr(octets, "MORCEAU", 100)


# --- What lies on the disk --------------------------------------------------------------------------------------------


def test_the_lines_come_back_by_day_and_as_they_were(monkeypatch):
    monkeypatch.setattr(tampon, "LOT", 2)
    lues = [
        lire_ligne(1, JOUR, "-5.00"),
        lire_ligne(2, JOUR - timedelta(days=1), identifiant="X", frais=Decimal("0.50")),
        lire_ligne(3, JOUR, "12.345", devise="TND"),
        lire_ligne(4, JOUR - timedelta(days=1), "7.00"),
        lire_ligne(5, JOUR, "-5.00"),
    ]
    pose = Tampon(iter(lues))
    assert pose.nombre == 5
    lots = list(pose.iter_lots())
    assert [[m.origine.ligne for m in lot] for lot in lots] == [[2, 4], [1, 5], [3]]
    assert sorted((m for lot in lots for m in lot), key=lambda m: m.origine.ligne) == lues


def test_the_lines_of_one_day_and_amount_are_never_parted(monkeypatch):
    monkeypatch.setattr(tampon, "LOT", 3)
    pose = Tampon(lire_ligne(n, montant="9.99" if n % 2 else "8.00") for n in range(1, 21))
    assert [{m.montant for m in lot} for lot in pose.iter_lots()] == [{Decimal("8.00")}, {Decimal("9.99")}]


def test_a_sentence_in_a_label_is_laid_down_in_french():
    (lot,) = Tampon([lire_ligne(1, contrepartie=phrase("Frais : {texte}", texte="carte"))]).iter_lots()
    assert lot[0].contrepartie == "Frais : carte"


def test_memory_does_not_follow_the_number_of_lines():
    def measure(nombre):
        tracemalloc.start()
        pose = Tampon(lire_ligne(n, JOUR - timedelta(days=n // 100), f"{n % 997}.00") for n in range(nombre))
        assert sum(len(lot) for lot in pose.iter_lots()) == nombre
        sommet = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return sommet

    assert measure(40_000) < 1.3 * measure(10_000)


# --- Bytes in and out of the base -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("petits_morceaux")
def test_a_large_file_goes_in_and_comes_out_the_same(creancier, tmp_path):
    contenu = bytes(range(256)) * 5 + b"fin"
    fichier = tmp_path / "gros.bin"
    fichier.write_bytes(contenu)
    importation = prepare_import(creancier, "gros.bin", fichier, "essai")
    assert bytes(Depot.objects.get().contenu) == contenu
    with open_depot(importation) as chemin:
        assert chemin.read_bytes() == contenu
    piece = store_fichier(creancier.cabinet, fichier, "gros.bin", "x/y")
    assert bytes(Piece.objects.get(pk=piece.pk).contenu) == contenu
    assert store_fichier(creancier.cabinet, fichier, "autre nom", "x/y") == piece
    assert verify_journal() == []


def test_a_file_whose_bytes_were_erased_is_refused_in_a_sentence(creancier, tmp_path):
    fichier = tmp_path / "efface.txt"
    fichier.write_bytes(b"efface")
    piece = store_fichier(creancier.cabinet, fichier, "efface.txt", "text/plain")
    Piece.objects.filter(pk=piece.pk).update(contenu=None)
    with pytest.raises(ErreurExigible, match=r"efface\.txt"):
        store_fichier(creancier.cabinet, fichier, "efface.txt", "text/plain")


# --- Lot by lot -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("petits_lots", "petits_morceaux", "coherent")
def test_a_long_statement_enters_whole_and_once(creancier):
    releve = ecrire_camt("053", *list_operations(25))
    importation = apply_import(prepare_import(creancier, "r.xml", releve, "essai"), "essai")
    assert (importation.statut, compter(importation)) == ("applique", (25, 0))
    assert set(Mouvement.objects.values_list("montant", flat=True)) == {Decimal(n) for n in range(1, 26)}
    assert Mouvement.objects.count() == 25
    assert PartImport.objects.filter(sorte="mouvements").count() > 5
    suivant = prepare_import(creancier, "r.xml", ecrire_camt("053", *list_operations(20, 11)), "essai")
    assert compter(suivant) == (5, 15)
    apply_import(suivant, "essai")
    assert Mouvement.objects.count() == 30
    undo_import(importation, "essai", "essai")
    assert Mouvement.objects.count() == 5


@pytest.mark.usefixtures("petits_lots")
def test_equal_lines_are_as_many_as_in_the_file_however_they_are_cut(creancier):
    jours = [JOUR + timedelta(days=n % 3) for n in range(30)]
    releve = ecrire_camt("053", *[("", "5.00", jour, "X") for jour in jours])
    apply_import(prepare_import(creancier, "r.xml", releve, "essai"), "essai")
    assert Mouvement.objects.count() == 30
    assert compter(prepare_import(creancier, "r.xml", releve, "essai")) == (0, 30)


@pytest.mark.usefixtures("petits_lots")
def test_a_notification_then_its_statement_are_recognised_lot_by_lot(creancier):
    operations = list_operations(20)
    notification = [(f"N{n}", *reste) for n, (_, *reste) in enumerate(operations)]
    apply_import(prepare_import(creancier, "n.xml", ecrire_camt("054", *notification), "essai"), "essai")
    importation = prepare_import(creancier, "r.xml", ecrire_camt("053", *operations, *list_operations(3, 40)), "essai")
    assert compter(importation) == (3, 20)


@pytest.mark.usefixtures("petits_lots")
def test_the_preview_shows_the_first_lines_and_counts_them_all(creancier, monkeypatch):
    monkeypatch.setattr(mouvements, "LIGNES_MONTREES", 6)
    importation = prepare_import(creancier, "r.xml", ecrire_camt("053", *list_operations(25)), "essai")
    assert (compter(importation), len(importation.apercu["lignes"])) == ((25, 0), 6)
    assert importation.apercu["objets"]["mouvement"]["cree"] == 25


@pytest.mark.usefixtures("petits_lots", "coherent")
def test_stopped_amid_its_lines_it_goes_on_and_doubles_nothing(creancier, monkeypatch):
    releve = ecrire_camt("053", *list_operations(25), *[("", "5.00", JOUR, "X")] * 6)
    importation = start_import(prepare_import(creancier, "r.xml", releve, "essai"), "essai")
    tenue, ecrits = take_travail(), []

    def dire(fait, total):
        ecrits.append((fait, total))
        tenue.demande_arret = lambda: len(ecrits) == 4

    tenue.dire = dire
    with pytest.raises(Arret):
        execute_travail(tenue)
    assert 0 < Mouvement.objects.count() < 31
    assert all(fait <= total for fait, total in ecrits)
    run_maintenant(importation.travail)
    importation.refresh_from_db()
    assert (importation.statut, Mouvement.objects.count()) == ("applique", 31)
    assert compter(prepare_import(creancier, "r.xml", releve, "essai")) == (0, 31)


def test_the_file_is_read_as_it_comes_and_its_lines_are_not_kept(creancier, monkeypatch):
    lus = []
    poser = lecture._set_down

    def garder(ouverts):
        lus.append(poser(ouverts))
        return lus[-1]

    monkeypatch.setattr(lecture, "_set_down", garder)
    prepare_import(creancier, "r.xml", ecrire_camt("053", *list_operations(3)), "essai")
    assert [(lu.premier.mouvements, lu.mouvements) for lu in lus] == [((), 3)]


# --- Killed -----------------------------------------------------------------------------------------------------------

NOMBRE = 6_000
PREPARER = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from datetime import date, timedelta
from exigible.bureau.comptes.services import create_cabinet
from exigible.bureau.imports.services import prepare_import, start_import
from exigible.bureau.tiers.services import create_creancier
from exigible.dossier.faits_creancier import CreancierDecrit
jours = [date(2026, 1, 1) + timedelta(days=n * 7 % 211) for n in range({NOMBRE})]
lignes = [f"{{jour}};VIREMENT {{n % 40}};{{n % 9 + 1}},00" for n, jour in enumerate(jours)]
releve = "Date;Libellé;Montant\\n" + "\\n".join(lignes)
creancier = create_creancier(create_cabinet("Essai"), CreancierDecrit(nom="Coupe"), "essai")
start_import(prepare_import(creancier, "releve.csv", releve.encode(), "essai"), "essai")
"""
COMPARER = """
import json
import django; django.setup()
from exigible.bureau.banque.models import Mouvement
from exigible.bureau.imports.models import Importation
from exigible.bureau.journal.services import verify_journal
from exigible.bureau.tiers.verification import verify_projections
importation = Importation.objects.get()
total = sum(Mouvement.objects.values_list("montant", flat=True))
fautes = [str(faute) for verify in (verify_journal, verify_projections) for faute in verify()]
parts = importation.parts.filter(sorte="mouvements").values_list("premier", "dernier")
ecrites = sum(dernier - premier + 1 for premier, dernier in parts)
print(json.dumps([importation.statut, Mouvement.objects.count(), str(total), ecrites, fautes]))
"""


@pytest.mark.django_db
def test_killed_amid_a_statement_it_goes_on_and_doubles_nothing(tmp_path):
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
        for seuil in (2, 6):
            travailleur = start("-m", "exigible", "travaux", stderr=subprocess.DEVNULL)
            fin = time.monotonic() + 120
            while count_parts(base) < seuil and time.monotonic() < fin:
                time.sleep(0.02)
            os.kill(travailleur.pid, signal.SIGKILL)
            travailleur.wait()
            assert seuil <= count_parts(base) < NOMBRE // 200
        assert start("-m", "exigible", "travaux", "--une-fois", stdout=subprocess.DEVNULL).wait() == 0
        sortie, _ = start("-c", COMPARER, stdout=subprocess.PIPE).communicate()
    total = sum(n % 9 + 1 for n in range(NOMBRE))
    assert json.loads(sortie) == ["applique", NOMBRE, f"{total}.00", NOMBRE, []]
