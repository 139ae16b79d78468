"""The measure of the matching: what it makes is matched as the guide says."""

from exigible.cli.banc_rapprochement import measure_rapprochement


def test_la_mesure_compte_ce_qui_est_certain():
    mesure = measure_rapprochement(600, 60)
    assert (mesure["postes"], mesure["lignes"]) == (600, 60)
    # Cited, or from a known account for one invoice: all. For two: half, the other sums can be made in two ways. Never
    # the amount alone, a part, nor a name.
    assert mesure["certains"] == 10 + 10 + 5
