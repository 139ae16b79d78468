"""`exigible lire`: recognise and read files, and show what they hold. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path

import click
import msgspec

from exigible.cli.sortie import commande, format_tableau
from exigible.droit.argent import ZERO, format_montant, format_nombre
from exigible.droit.jours import format_jour
from exigible.droit.phrase import encode_phrase
from exigible.echanges.enregistrements import CompteLu, FichierLu, simplify
from exigible.echanges.lecture import open_fichiers
from exigible.echanges.releves import ReleveOuvert

_LIGNES_MONTREES = 20
_MORCEAUX = 500
_FORMATS = {
    "fec": "fichier des écritures comptables (FEC)",
    "facturx": "facture Factur-X",
    "cii": "facture électronique CII",
    "ubl": "facture électronique UBL",
    "cdar": "statuts de factures électroniques (cycle de vie)",
    "pain002": "compte rendu d'ordres de la banque (pain.002)",
    "zip": "archive ZIP",
    "csv_factures": "liste de factures (CSV)",
    "xlsx_factures": "liste de factures (XLSX)",
    "balance": "balance comptable",
    "balance_agee": "balance âgée",
    "csv_tiers": "liste de clients (CSV)",
    "xlsx_tiers": "liste de clients (XLSX)",
    "camt052": "relevé bancaire provisoire CAMT.052",
    "camt053": "relevé bancaire CAMT.053",
    "camt054": "avis d'opérations bancaires CAMT.054",
    "cfonb120": "relevé bancaire CFONB 120",
    "mt940": "relevé bancaire MT940",
    "ofx": "relevé bancaire OFX",
    "qif": "relevé bancaire QIF",
    "csv_releve": "relevé bancaire CSV",
    "xlsx_releve": "relevé bancaire dans un classeur",
}


@commande(
    "lire",
    aide="Reconnaître et lire des fichiers, sans rien enregistrer.",
    exemple="exigible lire export.txt releve.xml",
)
@click.argument("fichiers", metavar="FICHIER…", nargs=-1, required=True, type=click.Path(path_type=Path))
def lire(fichiers: tuple[Path, ...], *, en_json: bool) -> None:
    """Read each file in turn; the status is 0 whenever they open, whatever their faults."""
    ouverts = [ouvert for fichier in fichiers for ouvert in open_fichiers(fichier)]
    if en_json:
        _write_json(ouverts)
    else:
        click.echo("\n\n".join(format_fichier(_show(ouvert)) for ouvert in ouverts))


def _show(ouvert: ReleveOuvert | FichierLu) -> FichierLu:
    """Read a bank file to its end, keeping only the movements that are shown."""
    return ouvert.collect(_LIGNES_MONTREES) if isinstance(ouvert, ReleveOuvert) else ouvert


def _write_json(ouverts: Sequence[ReleveOuvert | FichierLu]) -> None:
    """Write the one JSON object as it is read: the movements of a bank file are never all in memory."""
    morceaux = _iter_json(ouverts)
    while lot := "".join(islice(morceaux, _MORCEAUX)):
        click.echo(lot, nl=False)
    click.echo()


def _iter_json(ouverts: Sequence[ReleveOuvert | FichierLu]) -> Iterator[str]:
    yield '{"fichiers": ['
    for rang, ouvert in enumerate(ouverts):
        suite = ", " if rang else ""
        if not isinstance(ouvert, ReleveOuvert):
            yield f"{suite}{_encode(ouvert)}"
            continue
        yield f'{suite}{{"mouvements": ['
        for numero, mouvement in enumerate(ouvert):
            yield f", {_encode(mouvement)}" if numero else _encode(mouvement)
        reste = {cle: valeur for cle, valeur in simplify(ouvert.close()).items() if cle != "mouvements"}
        yield f"], {_encode(reste)[1:]}"
    yield "]}"


def _encode(enregistrement: object) -> str:
    return msgspec.json.encode(enregistrement, enc_hook=encode_phrase).decode()


def format_fichier(lu: FichierLu) -> str:
    """Write for people what a file holds: its format, its first records, its faults."""
    morceaux = [f"{lu.nom} : {_FORMATS.get(lu.format or '', lu.format or 'format inconnu')}"]
    if lu.creances:
        morceaux.append(_format_creances(lu))
    morceaux += [_format_compte(compte) for compte in lu.comptes]
    if lu.mouvements:
        morceaux.append(_format_mouvements(lu))
    if lu.statuts:
        morceaux.append(_format_statuts(lu))
    if lu.comptes_rendus:
        morceaux.append(_format_comptes_rendus(lu))
    if lu.tiers and not lu.creances:
        morceaux.append(f"Clients : {len(lu.tiers)} ({', '.join(tiers.nom for tiers in lu.tiers[:_LIGNES_MONTREES])}).")
    if lu.erreurs:
        genres = {"erreur": "Erreur", "avertissement": "Attention"}
        morceaux.append("\n".join(f"{genres[erreur.gravite]} : {erreur.message}" for erreur in lu.erreurs))
    return "\n\n".join(morceaux)


def _format_creances(lu: FichierLu) -> str:
    lignes = [
        (
            creance.numero,
            creance.debiteur.nom,
            format_jour(creance.date_emission),
            format_jour(creance.date_echeance) if creance.date_echeance else "—",
            format_nombre(creance.montant_ttc),
            format_nombre(creance.reste_du),
            creance.nature,
        )
        for creance in lu.creances[:_LIGNES_MONTREES]
    ]
    entetes = ("Numéro", "Client", "Date", "Échéance", "Montant TTC", "Reste dû", "Nature")
    total = sum((creance.effet for creance in lu.creances), ZERO)
    fin = f"Pièces ouvertes : {len(lu.creances)}, pour {format_montant(total)}."
    return f"{format_tableau(entetes, lignes, a_droite=(4, 5))}\n{_say_suite(len(lu.creances))}{fin}"


def _format_mouvements(lu: FichierLu) -> str:
    lignes = [
        (
            format_jour(mouvement.date),
            _format_devise(mouvement.montant, mouvement.devise),
            mouvement.contrepartie or "—",
            mouvement.libelle or mouvement.reference or "—",
        )
        for mouvement in lu.mouvements[:_LIGNES_MONTREES]
    ]
    tableau = format_tableau(("Date", "Montant", "De ou à", "Libellé"), lignes, a_droite=(1,))
    nombre = int(lu.resume.get("mouvements", len(lu.mouvements)))
    return f"{tableau}\n{_say_suite(nombre)}Mouvements : {nombre}."


def _format_statuts(lu: FichierLu) -> str:
    lignes = [
        (
            statut.numero,
            format_jour(statut.date) if statut.date else "—",
            f"{statut.code or '—'} {statut.libelle}",
            " ; ".join(texte or code for code, texte in statut.motifs) or "—",
            "—" if statut.montant_encaisse is None else _format_devise(statut.montant_encaisse, statut.devise),
        )
        for statut in lu.statuts[:_LIGNES_MONTREES]
    ]
    tableau = format_tableau(("Facture", "Date", "Statut", "Motif", "Encaissé"), lignes, a_droite=(4,))
    return f"{tableau}\n{_say_suite(len(lu.statuts))}Statuts : {len(lu.statuts)}."


def _format_comptes_rendus(lu: FichierLu) -> str:
    lignes = [
        (
            rendu.bout_en_bout or rendu.lot or rendu.message or "—",
            rendu.niveau,
            f"{rendu.statut}{' (refusé)' if rendu.refuse else ''}",
            " ; ".join(" : ".join(filter(None, motif)) for motif in rendu.motifs) or "—",
            "—" if rendu.montant is None else _format_devise(rendu.montant, rendu.devise),
        )
        for rendu in lu.comptes_rendus[:_LIGNES_MONTREES]
    ]
    tableau = format_tableau(("Référence", "De quoi", "Statut", "Motif", "Montant"), lignes, a_droite=(4,))
    nombre = len(lu.comptes_rendus)
    return f"{tableau}\n{_say_suite(nombre)}Réponses de la banque : {nombre}."


def _format_compte(compte: CompteLu) -> str:
    debut, fin = (
        "inconnu" if solde is None else _format_devise(solde, compte.devise)
        for solde in (compte.solde_debut, compte.solde_fin)
    )
    controle = {True: "exact", False: "inexact", None: "impossible"}[compte.controle]
    return f"Compte {compte.iban or 'inconnu'} : solde de départ {debut}, solde final {fin} ; contrôle {controle}."


def _format_devise(montant: Decimal, devise: str) -> str:
    return format_montant(montant) if devise == "EUR" else f"{format_nombre(montant)}\u00a0{devise}"


def _say_suite(nombre: int) -> str:
    return f"… et {nombre - _LIGNES_MONTREES} autres.\n" if nombre > _LIGNES_MONTREES else ""
