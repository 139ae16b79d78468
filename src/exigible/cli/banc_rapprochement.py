"""The measure of the bank matching: made-up credits against made-up claims, on one core, without any database."""

from __future__ import annotations

import gc
import time
from datetime import date, timedelta
from typing import Any

from exigible.dossier.rapprochement.donnees import LigneBancaire, Payeur, PosteOuvert
from exigible.dossier.rapprochement.index import Index
from exigible.dossier.rapprochement.moteur import match_lignes

_JOUR = date(2026, 1, 1)
_RECU = _JOUR + timedelta(days=250)
_PAS = 7919
"""A prime number: it spreads amounts and choices without any chance."""
_METIERS = ("Boulangerie", "Garage", "Atelier", "Menuiserie", "Transports", "Imprimerie", "Librairie", "Fonderie")
_POSTES_PAR_DEBITEUR = 5


def measure_rapprochement(postes: int, lignes: int) -> dict[str, Any]:
    """Match `lignes` credits against `postes` open claims, five a debtor; seconds of the clock, as text.

    One credit in six cites its invoice, two come from a known account (one for one invoice, one for two), one only has
    the right amount, one is a part payment from a known account, one has nothing but a name.
    """
    debiteurs = max(postes // _POSTES_PAR_DEBITEUR, 1)
    ouverts = [_make_poste(rang, debiteurs) for rang in range(postes)]
    payeurs = [_make_payeur(rang) for rang in range(debiteurs)]
    recues = [_make_ligne(rang, ouverts, payeurs) for rang in range(lignes)]
    gc.collect()
    debut = time.perf_counter()
    index = Index(ouverts, payeurs)
    pret = time.perf_counter()
    propositions = match_lignes(recues, index)
    fin = time.perf_counter()
    return {
        "postes": postes,
        "lignes": lignes,
        "index_secondes": f"{pret - debut:.2f}",
        "rapprochement_secondes": f"{fin - pret:.2f}",
        "secondes": f"{fin - debut:.2f}",
        "certains": sum(1 for proposition in propositions.values() if proposition.certain),
    }


def _make_poste(rang: int, debiteurs: int) -> PosteOuvert:
    principal = 1_000 + rang * _PAS % 499_000
    emission = _JOUR + timedelta(days=rang % 200)
    numero = f"FA-2026-{rang:06d}"
    return PosteOuvert(f"d{rang % debiteurs}", f"f{rang}", numero, principal, principal + 4_000 + rang % 500, emission)


def _make_payeur(rang: int) -> Payeur:
    nom = f"{_METIERS[rang % len(_METIERS)]} Fictif{rang} SARL"
    return Payeur(f"d{rang}", nom, (f"FR76{rang:023d}",), (f"D-{rang:05d}",))


def _make_ligne(rang: int, postes: list[PosteOuvert], payeurs: list[Payeur]) -> LigneBancaire:
    poste = postes[rang * _PAS % len(postes)]
    payeur = payeurs[int(poste.dossier[1:])]
    cas = rang % 6
    centimes, libelle = poste.principal, "VIREMENT SEPA RECU"
    if cas == 0:
        libelle = f"VIREMENT SEPA RECU {poste.numero}"
    elif cas == 2:  # noqa: PLR2004 - the sum of two claims
        centimes += postes[(int(poste.creance[1:]) + len(payeurs)) % len(postes)].principal
    elif cas == 4:  # noqa: PLR2004 - a part payment
        centimes -= 1
    elif cas == 5:  # noqa: PLR2004 - nothing but a name
        centimes = 1_000 + rang * _PAS % 900_000
    return LigneBancaire(
        f"m{rang}",
        _RECU,
        centimes,
        libelle=libelle,
        contrepartie="INCONNU" if cas == 3 else payeur.nom,  # noqa: PLR2004 - the right amount, nothing else
        iban=payeur.ibans[0] if cas in {1, 2, 4} else "",
    )
