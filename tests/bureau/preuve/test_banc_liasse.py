"""The measure of the bundle makes a whole one, of as many exhibits as asked."""

from __future__ import annotations

from exigible.cli.banc_liasse import measure_liasse


def chronometrer(faire):
    faire()
    return "0.00"


def test_la_mesure_fait_une_liasse_entiere(db, tmp_path, verifier):
    mesure = measure_liasse(tmp_path, 2, chronometrer)
    assert mesure["pieces"] == 2
    assert mesure["pages"] > 6
    assert mesure["octets"] > 10_000
    assert verifier(tmp_path / "liasse")[0] == 0
