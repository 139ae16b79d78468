"""Labels as banks write them: who is proposed first, for what, and what may be certain."""

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from exigible.dossier.rapprochement.donnees import LigneBancaire, Payeur, PosteOuvert, to_centimes
from exigible.dossier.rapprochement.index import Index
from exigible.dossier.rapprochement.moteur import match_ligne

DONNEES = tomllib.loads((Path(__file__).parent / "donnees" / "libelles.toml").read_text())
J = date(2026, 6, 1)
LIBELLES = [ligne | {"genre": groupe["genre"]} for groupe in DONNEES["libelles"] for ligne in groupe["lignes"]]


def make_postes(dossier, creances):
    for rang, (numero, montants) in enumerate(creances.items()):
        du, total = montants if isinstance(montants, list) else (montants, montants)
        principal, tout = to_centimes(Decimal(du)), to_centimes(Decimal(total))
        yield PosteOuvert(dossier, numero, numero, principal, tout, J - timedelta(days=90 - rang))


INDEX = Index(
    [poste for cle, d in DONNEES["dossiers"].items() for poste in make_postes(cle, d["creances"])],
    [Payeur(cle, d["nom"], (d.get("iban", ""),), (d["reference"],)) for cle, d in DONNEES["dossiers"].items()],
)


def proposer(cas):
    return match_ligne(
        LigneBancaire(
            "m",
            J,
            to_centimes(Decimal(cas["m"])),
            libelle=cas["l"],
            contrepartie=cas.get("n", ""),
            iban=cas.get("i", ""),
            reference=cas.get("r", ""),
            bout_en_bout=cas.get("e", ""),
        ),
        INDEX,
    )


def test_le_recueil_est_assez_grand():
    assert len(LIBELLES) >= 120
    assert len({(c["l"], c["m"], c.get("n"), c.get("i"), c.get("r"), c.get("e")) for c in LIBELLES}) == len(LIBELLES)


@pytest.mark.parametrize("cas", [pytest.param(c, id=f"{n}-{c['l']!r}") for n, c in enumerate(LIBELLES)])
def test_le_premier_candidat(cas):
    proposition = proposer(cas)
    if not cas["d"]:
        assert proposition.candidats == ()
        return
    premier = proposition.candidats[0]
    assert "+".join(sorted(premier.dossiers)) == "+".join(sorted(cas["d"].split("+"))), premier.raisons
    assert sorted(p.creance or "*" for p in premier.parts) == sorted(cas["f"].split("+")), premier.raisons
    assert premier.certain is cas["c"], premier.raisons
    assert not any(c.certain for c in proposition.candidats[1:])
