"""How fast letters are made: alone, on every core, bound by thousands in one file; and a court bundle."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

_AU = date(2026, 11, 21)
_LETTRES = 200
_LETTRES_PAR_COEUR = 500
"""Enough for the start of the processes, a second, not to be what is measured."""


def measure_actes(dossier: Path, lettres_reliees: int) -> dict[str, Any]:
    """Measure formal notices, each with its statement and its code, from the facts to the bytes on the disk.

    Rates are letters a second, memory in MiB a process. `lettres_reliees`: how many are
    bound into one file, none when zero.
    """
    coeurs = os.cpu_count() or 1
    un = _LETTRES / _time_lot(dossier / "un", _LETTRES, 1)
    toutes = coeurs * _LETTRES_PAR_COEUR
    tous = toutes / _time_lot(dossier / "tous", toutes, coeurs)
    mesures: dict[str, Any] = {
        "coeurs": coeurs,
        "lettres_par_seconde_un_coeur": round(un),
        "lettres_par_seconde_tous_coeurs": round(tous),
    }
    if lettres_reliees:
        secondes = _time_lot(dossier / "relie", lettres_reliees, coeurs)
        mesures |= {
            "lettres_reliees": lettres_reliees,
            "relie_secondes": f"{secondes:.1f}",
            "relie_octets": (dossier / "relie" / "impression.pdf").stat().st_size,
            "memoire_qui_relie_mio": _read_memoire(resource.RUSAGE_SELF),
            "memoire_qui_compose_mio": _read_memoire(resource.RUSAGE_CHILDREN),
        }
    return mesures


def _read_memoire(qui: int) -> int:
    """The greatest memory of a process so far, in MiB; processes that typeset are over when the file is bound."""
    return resource.getrusage(qui).ru_maxrss // 1024


def _time_lot(racine: Path, nombre: int, processus: int) -> float:
    from exigible.actes.lot import render_lot
    from exigible.actes.manifeste import write_lot

    list(render_lot(_iter_commandes(1)))  # the engine and the tables of the law are loaded once, whatever the number
    debut = time.perf_counter()
    lignes = write_lot(racine, "mise_en_demeure", render_lot(_iter_commandes(nombre), processus=processus))
    assert all(ligne.pages for ligne in lignes), "une lettre du banc est refusée"  # noqa: S101 - a bench, not a guard
    return time.perf_counter() - debut


def _iter_commandes(nombre: int) -> Iterator[Any]:
    from exigible.actes.demande import build_demande
    from exigible.actes.lot import Commande
    from exigible.actes.modele import get_modele
    from exigible.dossier.description import fold_description

    modele = get_modele("mise_en_demeure")
    for rang in range(nombre):
        etat = fold_description(_describe_dossier(rang), _AU)
        demande = build_demande(modele, etat, reference=f"411-{rang:05}", saisies={"delai_jours": "8"})
        yield Commande(f"411-{rang:05}", etat.debiteur.nom, demande)


def _describe_dossier(rang: int) -> Any:  # noqa: ANN401 - a Description, of a module that only this function needs
    from exigible.dossier.description import Description, FaitCreancierDecrit, FaitDecrit
    from exigible.dossier.faits import Adresse, CreanceNee, DebiteurDecrit, PaiementRecu, Reclamation
    from exigible.dossier.faits_creancier import CompteBancaireAjoute, CreancierDecrit, ReclamationFixee
    from exigible.droit.regimes import QualitePartie

    adresse = Adresse(lignes=(f"{rang + 1} rue de l'Exemple",), code_postal="99000", ville="Villefictive")
    factures = tuple(
        FaitDecrit(
            date_effet=date(2026, mois, 1),
            fait=CreanceNee(
                cle=f"f-{mois}",
                numero=f"F-{rang}-{mois}",
                emission=date(2026, mois, 1),
                echeance=date(2026, mois + 1, 1),
                montant=Decimal(1000 + rang % 5000) + Decimal(mois) / 100,
            ),
        )
        for mois in (2, 4)
    )
    compte = CompteBancaireAjoute(iban="FR7699999000010000000000115", bic="AAAAFRPPXXX")
    paiement = FaitDecrit(date_effet=date(2026, 7, 10), fait=PaiementRecu(cle="p", montant=Decimal("150.00")))
    return Description(
        creancier=CreancierDecrit(nom="Atelier Exemple", forme="SAS", adresse=adresse, signataire="Camille Exemple"),
        debiteur=DebiteurDecrit(
            nom=f"Client Modèle {rang}", qualite=QualitePartie.PROFESSIONNEL, personne_physique=False, adresse=adresse
        ),
        reclamation=ReclamationFixee(penalites=Reclamation.RECLAMER, indemnite=Reclamation.RECLAMER),
        faits=(*factures, paiement),
        faits_creancier=(FaitCreancierDecrit(date_effet=date(2026, 1, 1), fait=compte),),
    )
