"""Real files, mutated: no reader crashes, takes two seconds of processor, or needs more than 512 MiB of memory."""

from __future__ import annotations

import sys

import pytest
from graines import list_formats, list_graines
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import GESTES, Geste, mutate, mutate_dedans

SECONDES = 2.0
EXEMPLES = 200
PLACE = st.floats(0, 1, exclude_max=True)
GESTE = st.builds(Geste, st.sampled_from(sorted(GESTES)), PLACE, PLACE, st.integers(0, 1 << 16))


def check(lecteur, donnees):
    resultat = lecteur.read(donnees)
    assert resultat["faute"] is None, resultat["faute"]
    assert resultat["secondes"] < SECONDES


@pytest.mark.parametrize("nom_format", list_formats())
def test_seeds_are_read(lecteur, nom_format):
    for graine in list_graines(nom_format):
        check(lecteur, graine.read_bytes())


@pytest.mark.parametrize("nom_format", list_formats())
def test_mutated_files_never_harm(lecteur, nom_format):
    graines = list_graines(nom_format)

    @settings(max_examples=EXEMPLES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(st.sampled_from(graines), st.lists(GESTE, min_size=1, max_size=6), st.booleans())
    def play(graine, gestes, dedans):
        check(lecteur, (mutate_dedans if dedans else mutate)(graine.read_bytes(), gestes))

    play()


def test_a_reader_that_dies_is_noticed(build_lecteur):
    lecteur = build_lecteur([sys.executable, "-c", "import sys, os; sys.stdin.buffer.read(8); os.abort()"])
    assert "died" in lecteur.read(b"")["faute"]
    assert lecteur.close() == 0
