"""The chain: what it proves, what it lets be erased, what it refuses."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.dossier.faits import FaitAnnule, NoteAjoutee, PaiementRecu
from exigible.dossier.journal import (
    ORIGINE,
    FaitEfface,
    FaitInconnu,
    Inscription,
    Maillon,
    append_fait,
    decode_fait,
    encode_fait,
    list_effectives,
    read_inscription,
    seal_tetes,
    verify_chaine,
)
from exigible.droit.erreurs import ErreurExigible

INSTANT = datetime(2026, 3, 1, 9, tzinfo=UTC)
JOUR = date(2026, 3, 1)


def make_chaine(nombre: int) -> list[Maillon]:
    chaine: list[Maillon] = []
    for rang in range(nombre):
        chaine.append(
            append_fait(
                chaine="c1",
                precedent=chaine[-1] if chaine else None,
                fait=NoteAjoutee(texte=f"note {rang}"),
                date_effet=JOUR,
                enregistre_le=INSTANT + timedelta(minutes=rang),
                auteur="essai",
                sel=bytes([rang]) * 32,
            )
        )
    return chaine


def codes(chaine):
    return [a.code for a in verify_chaine(chaine)]


def test_chain_verifies_and_links():
    chaine = make_chaine(4)
    assert codes(chaine) == []
    assert chaine[0].enveloppe.precedent == ORIGINE
    assert chaine[3].enveloppe.precedent == chaine[2].empreinte


def test_a_third_party_redoes_the_hashes_with_the_standard_library_alone():
    maillon = make_chaine(1)[0]
    contenu = b'{"texte":"note 0","type":"note_ajoutee"}'
    assert maillon.contenu == contenu
    enveloppe = {
        "auteur": "essai",
        "chaine": "c1",
        "corrige": None,
        "date_effet": "2026-03-01",
        "empreinte_contenu": hashlib.sha256(bytes(32) + contenu).hexdigest(),
        "enregistre_le": "2026-03-01T09:00:00Z",
        "precedent": "0" * 64,
        "rang": 1,
        "type": "note_ajoutee",
    }
    canonique = json.dumps(enveloppe, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert maillon.empreinte == hashlib.sha256(canonique).hexdigest()


def test_erased_content_still_verifies():
    chaine = make_chaine(3)
    chaine[1] = msgspec.structs.replace(chaine[1], sel=None, contenu=None)
    assert codes(chaine) == []
    assert read_inscription(chaine[1]).fait == FaitEfface(type="note_ajoutee")


def test_each_tampering_is_seen():
    chaine = make_chaine(3)
    contenu = msgspec.structs.replace(chaine[1], contenu=b'{"texte":"autre","type":"note_ajoutee"}')
    assert codes([chaine[0], contenu, chaine[2]]) == ["contenu_modifie"]
    enveloppe = msgspec.structs.replace(chaine[1].enveloppe, date_effet=date(2020, 1, 1))
    date_changee = msgspec.structs.replace(chaine[1], enveloppe=enveloppe)
    assert codes([chaine[0], date_changee, chaine[2]]) == ["empreinte_fausse"]
    assert codes([chaine[0], chaine[2]]) == ["rang_rompu", "lien_rompu"]
    autre = make_chaine(1)[0]
    assert codes([autre, *make_chaine(3)[1:]]) == []


def test_corrections_name_an_earlier_fact():
    premier = make_chaine(1)[0]
    with pytest.raises(ErreurExigible, match="n° 5"):
        append_fait(
            chaine="c1", precedent=premier, fait=FaitAnnule(motif="x"), date_effet=JOUR,
            enregistre_le=INSTANT, auteur="essai", sel=b"0" * 32, corrige=5,
        )  # fmt: skip


def test_salt_is_thirty_two_bytes():
    with pytest.raises(ErreurExigible, match="32"):
        append_fait(
            chaine="c1", precedent=None, fait=NoteAjoutee(texte="x"), date_effet=JOUR,
            enregistre_le=INSTANT, auteur="essai", sel=b"court",
        )  # fmt: skip


@given(montant=st.decimals(min_value=Decimal("0.01"), max_value=Decimal("1e12"), places=2), libelle=st.text())
def test_facts_come_back_as_they_were_written(montant, libelle):
    fait = PaiementRecu(cle="p", montant=montant, libelle=libelle)
    assert decode_fait("paiement_recu", encode_fait(fait)) == fait


def test_unknown_fact_is_kept_and_a_misshapen_one_refused():
    lu = decode_fait("fait_de_demain", b'{"type":"fait_de_demain","x":[1]}')
    assert lu == FaitInconnu(type="fait_de_demain", contenu={"type": "fait_de_demain", "x": [1]})
    with pytest.raises(ErreurExigible, match="note_ajoutee"):
        decode_fait("note_ajoutee", b'{"type":"note_ajoutee"}')


def test_seal_does_not_depend_on_the_order_and_sees_a_missing_dossier():
    tetes = [("a", 3, "11"), ("b", 1, "22")]
    sceau = seal_tetes(tetes, JOUR, ORIGINE)
    assert seal_tetes(reversed(tetes), JOUR, ORIGINE) == sceau
    assert seal_tetes(tetes[:1], JOUR, ORIGINE) != sceau
    assert seal_tetes(tetes, JOUR, "1" * 64) != sceau


def note(rang, texte="n", corrige=None, jour=JOUR):
    return Inscription(rang=rang, date_effet=jour, fait=NoteAjoutee(texte=texte), corrige=corrige)


def annule(rang, corrige):
    return Inscription(rang=rang, date_effet=JOUR, fait=FaitAnnule(motif="erreur"), corrige=corrige)


def tenus(inscriptions, **options):
    return [i.rang for i in list_effectives(inscriptions, options.pop("au", JOUR), **options)]


def test_a_correction_replaces_and_its_cancellation_restores():
    assert tenus([note(1), note(2, corrige=1)]) == [2]
    assert tenus([note(1), note(2, corrige=1), note(3, corrige=2)]) == [3]
    assert tenus([note(1), note(2, corrige=1), annule(3, 2)]) == [1, 3]
    assert tenus([note(1), annule(2, 1)]) == [2]
    assert tenus([note(1), annule(2, 1), annule(3, 2)]) == [1, 3]


def test_a_correction_replaces_from_the_beginning_even_when_it_takes_effect_later():
    assert tenus([note(1), note(2, corrige=1, jour=date(2026, 4, 1))]) == []


def test_known_by_then_is_another_question_than_effective_by_then():
    tardif = msgspec.structs.replace(note(2), enregistre_le=INSTANT)
    assert tenus([note(1), tardif]) == [1, 2]
    assert tenus([note(1), tardif], connu_au=INSTANT - timedelta(seconds=1)) == [1]


def test_of_two_corrections_of_one_fact_the_later_holds():
    assert tenus([note(1), note(2, corrige=1), note(3, corrige=1)]) == [3]
    assert tenus([note(1), note(2, corrige=1), note(3, corrige=1), annule(4, 3)]) == [2, 4]


def test_cancelling_a_fact_takes_its_corrections_with_it():
    assert tenus([note(1), note(2, corrige=1), annule(3, 1)]) == [3]
