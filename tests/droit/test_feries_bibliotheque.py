"""The legal holidays against a library kept by others (a second oracle beside the published tables)."""

import holidays
import pytest

from exigible.droit.feries import Zone, compute_paques, list_feries
from exigible.droit.jours import UN_JOUR

SUBDIVISIONS = {
    Zone.METROPOLE: None,
    Zone.ALSACE_MOSELLE: "6AE",
    Zone.GUYANE: "973",
    Zone.REUNION: "974",
    Zone.MAYOTTE: "976",
    Zone.SAINT_BARTHELEMY: "BL",
}
# The library drops Whit Monday from 2005 to 2007, when it was the day of solidarity. Act 2004-626 made people work on
# it without taking it off the list of holidays (C. trav. L222-1, now L3133-1): a time limit still does not end on it.
SOLIDARITE = (2005, 2006, 2007)
# 8 May, holiday from 1953 to 1959, became one again in 1982.
ANNEES = range(1982, 2100)


@pytest.mark.parametrize("zone", SUBDIVISIONS)
def test_memes_jours_que_la_bibliotheque(zone):
    for annee in ANNEES:
        attendus = set(holidays.country_holidays("FR", subdiv=SUBDIVISIONS[zone], years=annee, observed=False))
        if annee in SOLIDARITE:
            attendus.add(compute_paques(annee) + 50 * UN_JOUR)
        assert set(list_feries(annee, zone)) == attendus
