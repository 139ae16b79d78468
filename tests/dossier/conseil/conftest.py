"""Cases of advice told as chronologies in `donnees/que_faire.json`, read into what the advice looks at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from exigible.dossier.conseil.examen import Examen, examine_dossier
from exigible.dossier.faits import Fait, FaitDossier
from exigible.dossier.faits_creancier import CompteBancaireAjoute, ConditionsDeVenteFixees, CreancierDecrit
from exigible.dossier.journal import Inscription, list_effectives
from exigible.dossier.plier import fold_dossier
from exigible.dossier.suspensions import Faits
from exigible.droit.competence_faits import Objet, Qualite

ADRESSE = {"lignes": ["1 rue de l'Exemple"], "code_postal": "69001", "ville": "Villefictive"}
DEBITEUR = {"type": "debiteur_decrit", "nom": "Client Exemple SARL", "qualite": "professionnel", "forme": "SARL"}
CREANCIER = {"type": "creancier_decrit", "nom": "Atelier Exemple SAS", "forme": "SAS"}


def read_faits(entrees: list[list[Any]]) -> list[Inscription]:
    """A list of `[day, fact]`, as the journal would give it."""
    return [
        Inscription(
            rang=rang,
            date_effet=date.fromisoformat(jour),
            fait=msgspec.convert(fait, FaitDossier, strict=False),
            enregistre_le=datetime(2026, 1, 1, 0, rang % 60, tzinfo=UTC),
        )
        for rang, (jour, fait) in enumerate(entrees, start=1)
    ]


def examine_cas(cas: dict[str, Any]) -> Examen:
    """What the advice looks at, on the day of the case."""
    debiteur = {"adresse": ADRESSE, **DEBITEUR, **cas.get("debiteur", {})}
    journal = read_faits([["2020-01-01", debiteur], *cas["faits"]])
    creancier = {"adresse": ADRESSE, **CREANCIER, **cas.get("creancier", {})}
    propre = [
        Inscription(rang=1, date_effet=date(2020, 1, 1), fait=msgspec.convert(creancier, CreancierDecrit)),
        *read_faits_creancier(cas),
    ]
    au = date.fromisoformat(cas["au"])
    etat = fold_dossier(journal, propre, au)
    reponses = {nom: Qualite(valeur) for nom, valeur in cas.get("qualites", {}).items()}
    objet = Objet(cas.get("objet", "facture"))
    return examine_dossier(etat, Faits(list_effectives(journal, au, None)), objet=objet, **reponses)


def read_faits_creancier(cas: dict[str, Any]) -> list[Inscription]:
    """The account on which to pay, without which no letter leaves; the rate of the terms of sale, if any."""
    compte = CompteBancaireAjoute(iban="FR7699999000010000000000115", principal=True)
    faits: list[Fait] = [compte]
    if "taux" in cas:
        faits.append(ConditionsDeVenteFixees(delai="30 jours", taux_penalites=Decimal(cas["taux"])))
    return [Inscription(rang=rang, date_effet=date(2020, 1, 1), fait=fait) for rang, fait in enumerate(faits, start=2)]


@pytest.fixture(name="examine", scope="session")
def _examine() -> Callable[[dict[str, Any]], Examen]:
    return examine_cas
