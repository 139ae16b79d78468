"""The file of a journal: the same bytes for the same journal, every fault seen, at its line."""

import hashlib
import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exigible.dossier.faits import NoteAjoutee
from exigible.dossier.journal import ORIGINE, CalculSceau, append_fait
from exigible.dossier.journal_fichier import (
    LigneChaine,
    LigneEntete,
    LignePiece,
    LigneSceau,
    encode_piece,
    make_ligne_fait,
    read_lignes,
    write_lignes,
)
from exigible.droit.erreurs import ErreurSaisie

INSTANT = datetime(2026, 3, 1, 9, 30, 0, 250_000, tzinfo=UTC)
LUNDI, MARDI = date(2026, 3, 2), date(2026, 3, 3)
CREANCIER, DOSSIER = UUID(int=1), UUID(int=2)
GUIDE = Path(__file__).parents[2] / "docs/guide/journal.md"


def make_lignes(textes=("un", "deux", "trois")):
    """A creditor with one fact and a dossier with three; two seals; the second fact of the dossier is erased."""
    creancier = make_faits(CREANCIER, ["seul"])
    dossier = make_faits(DOSSIER, textes)
    dossier[1] = msgspec.structs.replace(dossier[1], sel=None, contenu=None)
    lundi = seal(LUNDI, ORIGINE, [creancier[0], dossier[0]])
    mardi = seal(MARDI, lundi.empreinte, [dossier[2]])
    octets = b"preuve"
    return [
        LigneEntete(cabinet="Cabinet d'essai", cree_le=INSTANT, demonstration=False),
        lundi,
        mardi,
        LigneChaine(chaine=CREANCIER, sorte="creancier", creancier=None, reference=""),
        make_ligne_fait(creancier[0], (LUNDI,)),
        LigneChaine(chaine=DOSSIER, sorte="dossier", creancier=CREANCIER, reference="D-00001"),
        make_ligne_fait(dossier[0], (LUNDI,)),
        make_ligne_fait(dossier[1], ()),
        make_ligne_fait(dossier[2], (MARDI,)),
        LignePiece(
            sha256=hashlib.sha256(octets).hexdigest(),
            nom="preuve.txt",
            type_mime="text/plain",
            taille=len(octets),
            cree_le=INSTANT,
            contenu=encode_piece(octets),
        ),
    ]


def make_faits(chaine, textes):
    faits = []
    for rang, texte in enumerate(textes):
        faits.append(
            append_fait(
                chaine=str(chaine),
                precedent=faits[-1] if faits else None,
                fait=NoteAjoutee(texte=texte),
                date_effet=LUNDI,
                enregistre_le=INSTANT,
                auteur="essai",
                sel=bytes([rang]) * 32,
            )
        )
    return faits


def seal(jour, precedent, faits):
    calcul = CalculSceau(jour, precedent)
    for fait in faits:
        calcul.add(fait.enveloppe.chaine, fait.enveloppe.rang, fait.empreinte)
    return LigneSceau(jour=jour, precedent=precedent, empreinte=calcul.compute(), tetes=len(faits))


def write(lignes):
    return list(write_lignes(lignes))


def refuse(octets):
    with pytest.raises(ErreurSaisie) as refus:
        list(read_lignes(octets))
    assert refus.value.code == "journal_refuse"
    return str(refus.value.message)


def test_ce_qui_est_ecrit_se_relit_et_se_recrit_pareil():
    octets = write(make_lignes())
    *lues, fin = read_lignes(octets)
    assert lues == make_lignes()
    assert fin.faits == 4
    assert write(lues) == octets


@given(textes=st.lists(st.text(), min_size=3, max_size=3))
@settings(max_examples=30)
def test_tout_texte_fait_l_aller_et_retour(textes):
    octets = write(make_lignes(textes))
    assert write(list(read_lignes(octets))[:-1]) == octets


@pytest.mark.parametrize("retiree", range(11))
def test_une_ligne_retiree_se_voit(retiree):
    octets = write(make_lignes())
    refuse(octets[:retiree] + octets[retiree + 1 :])


@pytest.mark.parametrize("retiree", range(10))
def test_une_ligne_retiree_se_voit_meme_si_la_fin_est_refaite(retiree):
    """Whoever makes the last line again hides neither a seal, nor a fact, nor a chain; a file he can, and no more."""
    lignes = make_lignes()
    autre = write(lignes[:retiree] + lignes[retiree + 1 :])
    if isinstance(lignes[retiree], LignePiece):
        assert len(list(read_lignes(autre))) == 10
    else:
        refuse(autre)


@pytest.mark.parametrize("ici", range(10))
def test_deux_lignes_echangees_se_voient(ici):
    octets = write(make_lignes())
    octets[ici], octets[ici + 1] = octets[ici + 1], octets[ici]
    refuse(octets)


@given(donnees=st.data())
@settings(max_examples=60)
def test_un_octet_change_se_voit(donnees):
    octets = b"".join(write(make_lignes()))
    ou = donnees.draw(st.integers(0, len(octets) - 1))
    autre = donnees.draw(st.integers(0, 255).filter(lambda o: o != octets[ou]))
    refuse((octets[:ou] + bytes([autre]) + octets[ou + 1 :]).splitlines(keepends=True))


def change(rang, **champs):
    lignes = make_lignes()
    lignes[rang] = msgspec.structs.replace(lignes[rang], **champs)
    return refuse(write(lignes))


def change_enveloppe(rang, **champs):
    return change(rang, enveloppe=msgspec.structs.replace(make_lignes()[rang].enveloppe, **champs))


def test_chaque_faute_est_dite_a_sa_ligne():
    assert change(6, contenu='{"texte":"autre","type":"note_ajoutee"}') == (
        "Ligne 7 : le contenu du fait n° 1 a été modifié. Rien n'en est retenu."
    )
    assert "Ligne 7 : l'enveloppe du fait n° 1 a été modifiée" in change_enveloppe(6, auteur="un autre")
    assert "effacé à moitié" in change(6, sel=None)
    assert "n'appartient pas à la chaîne" in change_enveloppe(6, chaine=str(UUID(int=9)))
    assert "le sceau du 05/03/2026, que nomme ce fait, manque" in change(6, sceaux=(date(2026, 3, 5),))
    assert "le sceau du 02/03/2026 n'est pas celui des faits" in change(6, sceaux=())
    assert "le sceau du 03/03/2026 ne suit pas le précédent" in change(2, precedent="1" * 64)
    assert "ordre des jours" in change(2, jour=LUNDI)
    assert "ordre de leur nom" in change(5, chaine=CREANCIER)
    assert "un créancier dont la chaîne manque" in change(5, creancier=UUID(int=7))
    assert "ni l'un ni l'autre" in change(5, creancier=None)
    assert "ni l'un ni l'autre" in change(3, reference="D-1")
    assert "les octets de la pièce « preuve.txt » ont été modifiés" in change(9, contenu=encode_piece(b"preuva"))
    assert "les octets de la pièce" in change(9, taille=7)
    assert "n'est pas en base64" in change(9, contenu="€")
    assert "le champ « nom » dépasse 255 caractères" in change(9, nom="x" * 256)
    assert "caractère nul" in change(0, cabinet="a\0b")
    assert "le champ « reference »" in change(5, reference="D" * 21)


def test_un_fait_bien_chaine_mais_impossible_est_refuse():
    def make(**champs):
        fait = {"texte": "x", "type": "note_ajoutee"} | champs.pop("fait", {})
        contenu = msgspec.json.encode(fait, order="sorted")
        [maillon] = make_faits(DOSSIER, ["x"])
        enveloppe = msgspec.structs.replace(
            maillon.enveloppe, empreinte_contenu=hashlib.sha256(maillon.sel + contenu).hexdigest(), **champs
        )
        empreinte = hashlib.sha256(msgspec.json.encode(enveloppe, order="sorted")).hexdigest()
        maillon = msgspec.structs.replace(maillon, enveloppe=enveloppe, empreinte=empreinte, contenu=contenu)
        lignes = make_lignes()[:1] + make_lignes()[3:4] + make_lignes()[5:6] + [make_ligne_fait(maillon, ())]
        return refuse(write(lignes))

    assert "note_ajoutee » n'a pas la forme attendue" in make(fait={"texte": 3})
    assert "n'est pas celui du contenu" in make(type="promesse_de_demain")
    assert "n'est pas celui du contenu" in make(fait={"type": "fait_annule", "motif": "y"})
    assert "corrige un fait qui n'existe pas" in make(corrige=1)
    assert "le champ « auteur »" in make(auteur="x" * 201)


def test_ce_qui_n_est_pas_un_journal_est_refuse_des_la_premiere_ligne():
    assert "Ligne 1 : le fichier s'arrête" in refuse([])
    assert "Ligne 1 : elle n'a pas la forme attendue" in refuse([b"JournalCode;JournalLib\n"])
    assert "Ligne 1 : elle n'a pas la forme attendue" in refuse([b'{"cabinet":"\xe9"}\n'])
    octets = write(make_lignes())
    assert "commencer par sa ligne « entete »" in refuse(octets[1:])
    assert "il est coupé" in refuse(octets[:-1])
    assert "n'est pas à sa place" in refuse([*octets, octets[-1]])
    espace = json.dumps(json.loads(octets[0]), sort_keys=True).encode() + b"\n"
    assert "forme canonique" in refuse([espace, *octets[1:]])
    assert "forme canonique" in refuse([octets[0].rstrip(b"\n"), *octets[1:]])


def test_le_programme_du_guide_verifie_un_fichier_sans_nous(tmp_path):
    programme = re.search(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)[1]
    octets = write(make_lignes())

    def run(lignes):
        (tmp_path / "journal.jsonl").write_bytes(b"".join(lignes))
        return subprocess.run(
            [sys.executable, "-I", "-c", programme, str(tmp_path / "journal.jsonl")],
            capture_output=True,
            text=True,
            check=False,
        )

    bon = run(octets)
    assert bon.returncode == 0, bon.stderr
    assert bon.stdout.startswith("intact : 4 faits, 2 sceaux, dernier sceau ")
    for retiree in (2, 4, 6, 8, 10):
        assert run(octets[:retiree] + octets[retiree + 1 :]).returncode == 1
    assert run([o.replace(b"deux", b"dxux").replace(b"trois", b"truis") for o in octets]).returncode == 1
