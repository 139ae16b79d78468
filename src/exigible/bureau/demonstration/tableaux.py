"""Write the lists that people keep beside their accounts: customers (CSV), invoices (spreadsheet and CSV)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from exigible.bureau.demonstration.societe import SOCIETE, Client, Facture, load_clients, load_factures
from exigible.droit.argent import format_nombre

_ENTETE_TIERS = (
    "Code client",
    "Raison sociale",
    "Forme",
    "Qualité",
    "SIREN",
    "Adresse",
    "Complément",
    "Code postal",
    "Ville",
    "E-mail",
    "Téléphone",
)
_COLONNES_FACTURES = {
    "N° facture": 11,
    "Code client": 12,
    "Client": 42,
    "Objet": 34,
    "Date": 12,
    "Échéance": 12,
    "Montant TTC": 14,
    "Réglé": 14,
    "Reste dû": 14,
    "Déjà envoyé": 18,
    "Envoyé le": 12,
}
"""The columns of both lists of invoices, and their widths in the spreadsheet."""
_LIGNE_ENTETE = 3


class _Formats(NamedTuple):
    """How the spreadsheet shows days and amounts."""

    jour: Format
    montant: Format


def render_tiers() -> bytes:
    """Write the customers: semicolons, UTF-8 with its mark, as spreadsheets save « CSV UTF-8 »."""
    lignes = [_format_client(client) for client in load_clients().values()]
    return _render_csv([_ENTETE_TIERS, *lignes]).encode("utf-8-sig")


def render_csv_factures(aujourd_hui: date) -> bytes:
    """Write the shop's invoices: semicolons, Windows encoding, `21/11/2026` and `1 234,56` (no-break space)."""
    clients = load_clients()
    lignes = [_format_facture(facture, clients, aujourd_hui) for facture in load_factures("csv")]
    return _render_csv([_COLONNES_FACTURES, *lignes]).encode("cp1252")


def render_xlsx_factures(aujourd_hui: date) -> bytes:
    """Write the maintenance invoices: a title above the header, real numbers, real dates but for one typed by hand."""
    sortie = io.BytesIO()
    classeur = xlsxwriter.Workbook(sortie, {"in_memory": True})
    classeur.set_properties(
        {"author": SOCIETE.nom, "created": datetime(aujourd_hui.year, aujourd_hui.month, aujourd_hui.day, tzinfo=UTC)}
    )
    gras = classeur.add_format({"bold": True})
    formats = _Formats(
        classeur.add_format({"num_format": "dd/mm/yyyy"}), classeur.add_format({"num_format": "#,##0.00 €"})
    )
    feuille = classeur.add_worksheet("Suivi des factures")
    feuille.write_string(0, 0, f"{SOCIETE.nom} {SOCIETE.forme} : factures de maintenance", gras)
    feuille.write_string(1, 0, f"Arrêté au {aujourd_hui:%d/%m/%Y}")
    for colonne, (nom, largeur) in enumerate(_COLONNES_FACTURES.items()):
        feuille.set_column(colonne, colonne, largeur)
        feuille.write_string(_LIGNE_ENTETE, colonne, nom, gras)
    clients = load_clients()
    for rang, facture in enumerate(load_factures("xlsx")):
        valeurs = list(_list_valeurs(facture, clients, aujourd_hui))
        if rang == 0:
            valeurs = [_format_valeur(valeur) if isinstance(valeur, date) else valeur for valeur in valeurs]
        for colonne, valeur in enumerate(valeurs):
            _write_cellule(feuille, (_LIGNE_ENTETE + 1 + rang, colonne), valeur, formats)
    feuille.freeze_panes(_LIGNE_ENTETE + 1, 0)
    classeur.close()
    return sortie.getvalue()


def _write_cellule(feuille: Worksheet, place: tuple[int, int], valeur: str | date | Decimal, formats: _Formats) -> None:
    if isinstance(valeur, Decimal):
        feuille.write_number(*place, valeur, formats.montant)
    elif isinstance(valeur, date):
        feuille.write_datetime(*place, valeur, formats.jour)
    elif valeur:
        feuille.write_string(*place, valeur)


def _list_valeurs(facture: Facture, clients: dict[str, Client], aujourd_hui: date) -> Iterable[str | date | Decimal]:
    yield facture.numero
    yield facture.client
    yield clients[facture.client].nom
    yield facture.objet
    yield aujourd_hui - timedelta(days=facture.age)
    yield aujourd_hui - timedelta(days=facture.retard)
    yield facture.ttc
    yield facture.regle
    yield facture.ttc - facture.regle
    yield facture.envoye
    yield "" if facture.envoye_age is None else aujourd_hui - timedelta(days=facture.envoye_age)


def _format_facture(facture: Facture, clients: dict[str, Client], aujourd_hui: date) -> list[str]:
    return [_format_valeur(valeur) for valeur in _list_valeurs(facture, clients, aujourd_hui)]


def _format_valeur(valeur: str | date | Decimal) -> str:
    if isinstance(valeur, Decimal):
        return format_nombre(valeur).replace("\u202f", "\u00a0")
    return valeur if isinstance(valeur, str) else f"{valeur:%d/%m/%Y}"


def _format_client(client: Client) -> list[str]:
    siren = client.siren
    return [
        client.code,
        client.nom,
        client.forme,
        client.qualite,
        f"{siren[:3]} {siren[3:6]} {siren[6:]}".strip(),
        client.adresse,
        client.complement,
        client.code_postal,
        client.ville,
        client.courriel,
        client.telephone,
    ]


def _render_csv(lignes: Iterable[Iterable[str]]) -> str:
    sortie = io.StringIO(newline="")
    csv.writer(sortie, delimiter=";").writerows(lignes)
    return sortie.getvalue()
