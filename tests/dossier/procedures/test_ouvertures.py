"""The debtor's insolvency, told by a fact: one opening, its nature and its agent kept."""

import json
from datetime import date

import pytest

from exigible.dossier.description import fold_description, parse_description
from exigible.dossier.etat import MotifSuspension

OUVERTURE = {
    "type": "procedure_collective_ouverte",
    "nature": "redressement judiciaire",
    "publication": "2026-10-16",
    "mandataire": "Maître Test",
}


AU = date(2027, 1, 5)


def fold(*faits, au=AU):
    description = {
        "creancier": {"nom": "Créancier Test", "adresse": {"code_postal": "99000", "ville": "Testville"}},
        "debiteur": {"nom": "Débiteur Test", "qualite": "professionnel", "personne_physique": False},
        "faits": [{"date_effet": jour, "fait": fait} for jour, fait in faits],
    }
    return fold_description(parse_description(json.dumps(description).encode()), au)


def naissance(numero, jour):
    return jour, {
        "type": "creance_nee",
        "cle": numero,
        "numero": numero,
        "emission": jour,
        "echeance": jour,
        "montant": "100.00",
    }


def list_gels(etat, numero):
    creance = next(c for c in etat.creances if c.cle == numero)
    return [s.depuis for s in creance.suspensions if s.motif is MotifSuspension.PROCEDURE_COLLECTIVE]


@pytest.mark.parametrize(
    "suite",
    [
        [],
        [
            (
                "2026-10-20",
                {"type": "etape_franchie", "procedure": "PC", "evenement": "conversion_liquidation"},
            )
        ],
        [
            (
                "2026-12-20",
                {"type": "etape_franchie", "procedure": "PC", "evenement": "avertissement_personnel"},
            )
        ],
    ],
    ids=["publication", "conversion", "avertissement"],
)
def test_une_seule_ouverture(suite):
    """Its publication and its conversion leave it open: they open nothing anew."""
    etat = fold(naissance("avant", "2026-09-01"), naissance("apres", "2026-10-10"), ("2026-10-06", OUVERTURE), *suite)
    assert list_gels(etat, "avant") == [date(2026, 10, 6)]
    assert list_gels(etat, "apres") == []


def test_la_nature_et_le_mandataire_sont_gardes():
    etat = fold(naissance("avant", "2026-09-01"), ("2026-10-06", OUVERTURE))
    [procedure] = etat.procedures
    ouverture = procedure.situation.ouverture
    assert (ouverture.nature, ouverture.mandataire) == ("redressement judiciaire", "Maître Test")
