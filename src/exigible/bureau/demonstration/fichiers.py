"""Write the files of the demonstration company as users really have them, dated back from the day of first load."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from exigible.bureau.demonstration.cii import Profil, build_facture
from exigible.bureau.demonstration.comptabilite import compute_nom_fec, render_fec
from exigible.bureau.demonstration.facturx import render_facturx
from exigible.bureau.demonstration.releve import render_camt053
from exigible.bureau.demonstration.societe import load_clients, load_factures
from exigible.bureau.demonstration.tableaux import render_csv_factures, render_tiers, render_xlsx_factures

_PROFILS = {"E4001": Profil.BASIC, "E4002": Profil.EN16931, "E4003": Profil.BASIC}


@dataclass(frozen=True, slots=True)
class FichierDemo:
    """A file that was written; `sorte` is the format that the import recognises."""

    chemin: Path
    sorte: str
    description: str


def write_fichiers(dossier: Path, aujourd_hui: date) -> list[FichierDemo]:
    """Write every file into `dossier` (made if missing), in the order in which they are imported.

    The same day gives the same bytes. Raises OSError when the folder cannot be written.
    """
    dossier.mkdir(parents=True, exist_ok=True)
    fichiers: list[FichierDemo] = []
    for nom, sorte, description, contenu in _render_tout(aujourd_hui):
        chemin = dossier / nom
        chemin.write_bytes(contenu)
        fichiers.append(FichierDemo(chemin, sorte, description))
    return fichiers


def _render_tout(aujourd_hui: date) -> list[tuple[str, str, str, bytes]]:
    clients = load_clients()
    return [
        ("clients.csv", "csv_tiers", "Liste des clients : qualité, adresse, courriel, SIREN", render_tiers()),
        (compute_nom_fec(aujourd_hui), "fec", "Comptabilité de l’atelier", render_fec(aujourd_hui)),
        (
            "factures-maintenance.xlsx",
            "xlsx_factures",
            "Factures de maintenance, avec ce qui a déjà été envoyé",
            render_xlsx_factures(aujourd_hui),
        ),
        (
            "factures-boutique.csv",
            "csv_factures",
            "Factures de la boutique, dont des consommateurs",
            render_csv_factures(aujourd_hui),
        ),
        *(
            (
                f"facture-{facture.numero}.pdf",
                "facturx",
                f"Facture électronique {facture.numero}",
                render_facturx(build_facture(facture, clients[facture.client], aujourd_hui), _PROFILS[facture.numero]),
            )
            for facture in load_factures("facturx")
        ),
        ("releve-bancaire.xml", "camt053", "Relevé bancaire de la dernière semaine", render_camt053(aujourd_hui)),
    ]
