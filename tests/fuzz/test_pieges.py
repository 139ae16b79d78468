"""Traps, read in a process of 512 MiB: refused in a sentence or read as if nothing were, fast, without the network."""

from __future__ import annotations

import pytest
from pieges import PIEGES, list_pieges_xml

SECONDES = 6.0
XML = list_pieges_xml()


@pytest.mark.parametrize("nom", PIEGES)
def test_a_trap_harms_nobody(lecteur, nom):
    build, codes = PIEGES[nom]
    resultat = lecteur.read(build())
    assert resultat["faute"] is None, resultat["faute"]
    assert resultat["secondes"] < SECONDES
    assert not codes or codes & set(resultat["codes"])


@pytest.mark.parametrize("nom", XML)
def test_nothing_of_an_xml_trap_is_followed(lecteur, nom):
    resultat = lecteur.read(XML[nom])
    assert resultat["faute"] is None, resultat["faute"]
    assert resultat["secondes"] < SECONDES
    assert "root:" not in resultat["texte"]
    if nom.endswith((" rires", " dtd")) and not nom.startswith("ofx"):
        assert "xml_refuse" in resultat["codes"]
