"""Money advanced comes back in its time; a surety who did not write the mention may have its commitment annulled."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from exigible.dossier.description import fold_description, parse_description
from exigible.droit.erreurs import ErreurSaisie

D = Decimal


def fold(au, *faits):
    creance = {
        "type": "creance_nee", "cle": "A", "numero": "F-1", "emission": "2025-08-31", "echeance": "2025-09-30",
        "montant": "1000.00",
    }  # fmt: skip
    decrit = {
        "creancier": {"nom": "Atelier Exemple"},
        "debiteur": {"nom": "Client Exemple", "qualite": "professionnel"},
        "faits": [{"date_effet": jour, "fait": fait} for jour, fait in [("2025-08-31", creance), *faits]],
    }
    return fold_description(parse_description(json.dumps(decrit).encode()), au)


AVANCES = [
    ("2026-01-10", {"type": "avance_versee", "cle": "V", "a": "Étude", "montant": "300,00", "remboursee": "20,00"}),
    ("2026-01-12", {"type": "avance_versee", "cle": "W", "a": "Greffe", "montant": "50,00"}),
    ("2026-02-01", {"type": "avance_remboursee", "avance": "V", "montant": "100,00"}),
    ("2026-03-01", {"type": "avance_remboursee", "avance": "V", "montant": "30,00"}),
]


@pytest.mark.parametrize(
    ("au", "reste"),
    [
        (date(2026, 1, 9), "0.00"),
        (date(2026, 1, 12), "330.00"),  # 300 − 20 + 50
        (date(2026, 1, 31), "330.00"),
        (date(2026, 2, 1), "230.00"),
        (date(2026, 3, 1), "200.00"),
    ],
)
def test_une_avance_revient_a_son_jour(au, reste):
    assert fold(au, *AVANCES).frais.avance == D(reste)


def test_ce_qui_revient_de_trop_ne_diminue_pas_une_autre_avance():
    trop = ("2026-04-01", {"type": "avance_remboursee", "avance": "V", "montant": "500.00"})
    assert fold(date(2026, 4, 1), *AVANCES, trop).frais.avance == D("50.00")


def test_un_remboursement_nomme_son_avance():
    with pytest.raises(ErreurSaisie) as refus:
        fold(date(2026, 4, 1), ("2026-02-01", {"type": "avance_remboursee", "avance": "X", "montant": "1.00"}))
    assert (refus.value.code, refus.value.champ) == ("reference_inconnue", "faits[1].fait.avance")


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"mention": False}, True),
        ({"mention": False, "personne_physique": True}, True),
        ({"mention": False, "personne_physique": False}, False),
        ({"mention": True}, False),
        ({}, False),
        ({"mention": False, "role": "codebiteur_solidaire"}, False),
    ],
)
def test_la_mention_manque(champs, dit):
    """It is for the surety to raise it: what it may be asked for does not change."""
    caution = {"type": "personne_tenue", "cle": "K", "nom": "Garante", "role": "caution_solidaire"}
    avec = fold(date(2025, 10, 31), ("2025-08-31", caution | champs)).personnes[1]
    codes = {r.code: r.article for r in avec.raisons}
    assert ("mention_absente" in codes) is dit
    if dit:
        assert codes["mention_absente"] == "C. civ. 2297"
        sans = fold(date(2025, 10, 31), ("2025-08-31", caution | champs | {"mention": None})).personnes[1]
        assert avec.reclamable == sans.reclamable > 0
