"""What the database itself forbids, asked in raw SQL, on the engine under test."""

import pytest
from django.db import IntegrityError, connection, transaction

from exigible.bureau.journal.gardes import install_gardes, list_gardes_absentes, remove_gardes
from exigible.bureau.journal.services import seal_jour, store_piece, verify_journal

from .conftest import JOUR

SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def _journal(cabinet, dossier):
    store_piece(cabinet, b"octets", "preuve.txt", "text/plain")
    seal_jour(cabinet, JOUR)


def execute(requete):
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(requete)


@pytest.mark.usefixtures("_journal")
@pytest.mark.parametrize(
    "requete",
    [
        "DELETE FROM journal_maillon",
        "DELETE FROM journal_contenu",
        "DELETE FROM journal_sceau",
        "DELETE FROM journal_piece",
        "UPDATE journal_maillon SET auteur = 'un autre'",
        "UPDATE journal_maillon SET empreinte = empreinte",
        "UPDATE journal_sceau SET tetes = '[]'",
        "UPDATE journal_contenu SET contenu = '{}'",
        "UPDATE journal_contenu SET contenu = NULL",
        "UPDATE journal_contenu SET sel = NULL",
        "UPDATE journal_contenu SET maillon_id = maillon_id + 1000, sel = NULL, contenu = NULL",
        "UPDATE journal_piece SET nom = 'autre.txt'",
        "UPDATE journal_piece SET contenu = NULL, sha256 = ''",
    ],
)
def test_rien_ne_se_change_ni_ne_se_supprime(requete):
    with pytest.raises(IntegrityError, match="le journal ne se modifie pas"):
        execute(requete)
    assert verify_journal() == []


# What only one engine can do: to empty a table at once, or to replace a row while inserting it.
PROPRES = (
    ["PRAGMA recursive_triggers=OFF", "INSERT OR REPLACE INTO {0} SELECT * FROM {0}"]
    if SQLITE
    else ["SET CONSTRAINTS ALL IMMEDIATE", "TRUNCATE {0} CASCADE"]
)


@pytest.mark.usefixtures("_journal")
@pytest.mark.parametrize("table", ["journal_maillon", "journal_contenu", "journal_sceau", "journal_piece"])
def test_rien_ne_se_vide_ni_ne_se_remplace(table):
    avant, requete = PROPRES
    execute(avant)
    with pytest.raises(IntegrityError, match="le journal ne se modifie pas"):
        execute(requete.format(table))
    assert verify_journal() == []


@pytest.mark.usefixtures("_journal")
def test_un_contenu_peut_etre_efface_et_la_chaine_tient():
    execute("UPDATE journal_contenu SET sel = NULL, contenu = NULL")
    execute("UPDATE journal_piece SET contenu = NULL")
    assert verify_journal() == []


@pytest.mark.usefixtures("_journal")
def test_une_garde_absente_est_signalee_puis_remise():
    assert list_gardes_absentes(connection) == []
    remove_gardes(connection)
    assert len(list_gardes_absentes(connection)) == 12
    assert {a.code for a in verify_journal()} == {"garde_absente"}
    install_gardes(connection)
    install_gardes(connection)
    assert verify_journal() == []


@pytest.mark.usefixtures("_journal")
@pytest.mark.parametrize(
    ("requete", "code"),
    [
        ("UPDATE journal_contenu SET contenu = replace(contenu, '10000.00', '90000.00')", "contenu_modifie"),
        ("UPDATE journal_maillon SET date_effet = '2020-01-01' WHERE rang = 1", "empreinte_fausse"),
        ("UPDATE journal_maillon SET rang = rang + 100 WHERE rang = 2", "rang_rompu"),
        ("UPDATE journal_chaine SET tete_rang = tete_rang + 1", "tete_fausse"),
        ("UPDATE journal_sceau SET tetes = '[]'", "sceau_faux"),
        ("UPDATE journal_piece SET contenu = sha256", "piece_modifiee"),
    ],
)
def test_une_main_qui_passe_outre_les_gardes_se_voit(requete, code):
    remove_gardes(connection)
    execute(requete if SQLITE else requete.replace("contenu = sha256", "contenu = sha256::bytea"))
    assert code in {a.code for a in verify_journal()}
    install_gardes(connection)
