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
        "UPDATE journal_maillon SET rang = rang + 1000",
        "UPDATE journal_sceau SET empreinte = empreinte",
        "DELETE FROM journal_tete",
        "UPDATE journal_tete SET rang = 1",
        "DELETE FROM journal_chaine",
        "UPDATE journal_chaine SET tete_rang = tete_rang - 1",
        "UPDATE journal_chaine SET tete_empreinte = ''",
        "UPDATE journal_chaine SET sorte = 'creancier', tete_rang = tete_rang + 1 WHERE sorte = 'dossier'",
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
@pytest.mark.parametrize("table", [f"journal_{n}" for n in ("chaine", "maillon", "contenu", "sceau", "tete", "piece")])
def test_rien_ne_se_vide_ni_ne_se_remplace(table):
    avant, requete = PROPRES
    execute(avant)
    with pytest.raises(IntegrityError, match="le journal ne se modifie pas"):
        execute(requete.format(table))
    assert verify_journal() == []


INSERER = """
    INSERT INTO journal_maillon
        (chaine_id, rang, type, date_effet, enregistre_le, auteur, empreinte_contenu, precedent, empreinte)
    SELECT chaine_id, {rang}, type, date_effet, enregistre_le, auteur, empreinte_contenu, {precedent}, empreinte
    FROM journal_maillon m WHERE rang = (SELECT max(rang) FROM journal_maillon n WHERE n.chaine_id = m.chaine_id)"""


@pytest.mark.usefixtures("_journal")
@pytest.mark.parametrize(
    ("rang", "precedent"),
    [("rang + 2", "empreinte"), ("rang + 1", "precedent"), ("rang + 1", f"'{'0' * 64}'"), ("rang", "precedent")],
)
def test_un_fait_ne_s_ajoute_qu_a_la_suite_du_dernier(rang, precedent):
    with pytest.raises(IntegrityError):
        execute(INSERER.format(rang=rang, precedent=precedent))
    assert verify_journal() == []


@pytest.mark.usefixtures("_journal")
def test_un_fait_a_sa_suite_peut_s_ajouter():
    execute(INSERER.format(rang="rang + 1", precedent="empreinte"))
    # Without its content, its own hash or the head of its chain: the database cannot know, the verification does.
    assert {a.code for a in verify_journal()} == {"empreinte_fausse", "contenu_disparu", "tete_fausse"}


UPSERT = """
    INSERT INTO {table} SELECT * FROM {table} WHERE true
    ON CONFLICT ({cle}) DO UPDATE SET {colonne} = {valeur}"""


@pytest.mark.usefixtures("_journal")
@pytest.mark.parametrize(
    ("table", "cle", "colonne", "valeur"),
    [
        ("journal_contenu", "maillon_id", "contenu", "'{}'"),
        ("journal_piece", "id", "nom", "'autre'"),
        ("journal_sceau", "id", "empreinte", "''"),
        ("journal_tete", "id", "rang", "99"),
        ("journal_chaine", "id", "tete_rang", "0"),
    ],
)
def test_inserer_ou_modifier_ne_passe_pas_outre(table, cle, colonne, valeur):
    with pytest.raises(IntegrityError, match="le journal ne se modifie pas"):
        execute(UPSERT.format(table=table, cle=cle, colonne=colonne, valeur=valeur))
    assert verify_journal() == []


# Ways round the guards that belong to one engine: what cannot be refused must be seen.
NOM, SUR = "journal_maillon_update", "BEFORE UPDATE ON journal_maillon"
CONTOURNEMENTS = (
    [
        [f"DROP TRIGGER {NOM}"],
        [
            "PRAGMA writable_schema=ON",
            "DELETE FROM sqlite_master WHERE name = 'journal_maillon_update'",
            "PRAGMA writable_schema=RESET",
        ],
        [f"DROP TRIGGER {NOM}", f"CREATE TRIGGER {NOM} {SUR} WHEN 0 BEGIN SELECT 1; END"],
    ]
    if SQLITE
    else [
        [f"DROP TRIGGER {NOM} ON journal_maillon"],
        ["SET CONSTRAINTS ALL IMMEDIATE", f"ALTER TABLE journal_maillon DISABLE TRIGGER {NOM}"],
        ["SET CONSTRAINTS ALL IMMEDIATE", f"ALTER TABLE journal_maillon ENABLE TRIGGER {NOM}"],
        [f"CREATE OR REPLACE FUNCTION {NOM}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"],
        [f"CREATE OR REPLACE TRIGGER {NOM} {SUR} FOR EACH ROW WHEN (OLD.rang < 0) EXECUTE FUNCTION {NOM}()"],
        [f"CREATE OR REPLACE TRIGGER {NOM} {SUR.replace('ON', 'OF type ON')} FOR EACH ROW EXECUTE FUNCTION {NOM}()"],
    ]
)


@pytest.mark.usefixtures("_journal")
@pytest.mark.parametrize("requetes", CONTOURNEMENTS)
def test_une_garde_contournee_se_voit_et_se_remet(requetes):
    for requete in requetes:
        execute(requete)
    assert list_gardes_absentes(connection) == [NOM]
    install_gardes(connection)
    assert list_gardes_absentes(connection) == []
    with pytest.raises(IntegrityError, match="le journal ne se modifie pas"):
        execute("UPDATE journal_maillon SET auteur = 'un autre'")


@pytest.mark.skipif(SQLITE, reason="les rôles de réplication sont de PostgreSQL")
@pytest.mark.usefixtures("_journal")
def test_un_role_de_replication_ne_passe_pas_outre():
    with pytest.raises(IntegrityError, match="le journal ne se modifie pas"):
        execute("SET LOCAL session_replication_role = replica; DELETE FROM journal_maillon")


@pytest.mark.usefixtures("_journal")
def test_un_contenu_peut_etre_efface_et_la_chaine_tient():
    execute("UPDATE journal_contenu SET sel = NULL, contenu = NULL")
    execute("UPDATE journal_piece SET contenu = NULL")
    assert verify_journal() == []


@pytest.mark.usefixtures("_journal")
def test_une_garde_absente_est_signalee_puis_remise():
    assert list_gardes_absentes(connection) == []
    remove_gardes(connection)
    assert len(list_gardes_absentes(connection)) == (18 if SQLITE else 19)
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
        ("UPDATE journal_tete SET rang = rang + 1", "sceau_faux"),
        ("DELETE FROM journal_tete", "sceau_faux"),
        ("UPDATE journal_sceau SET empreinte = precedent", "sceau_faux"),
        ("UPDATE journal_contenu SET contenu = NULL", "effacement_incomplet"),
        ("DELETE FROM journal_contenu", "contenu_disparu"),
        ("UPDATE journal_piece SET contenu = sha256", "piece_modifiee"),
    ],
)
def test_une_main_qui_passe_outre_les_gardes_se_voit(requete, code):
    remove_gardes(connection)
    execute(requete if SQLITE else requete.replace("contenu = sha256", "contenu = sha256::bytea"))
    assert code in {a.code for a in verify_journal()}
    install_gardes(connection)
