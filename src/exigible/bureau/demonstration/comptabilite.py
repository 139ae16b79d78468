"""Write the accounts of the demonstration company as a FEC, the export that any French accounting program gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from exigible.bureau.demonstration.societe import (
    ARRETE,
    SOCIETE,
    load_autres_lignes,
    load_clients,
    load_ouvertures,
    load_reglements,
    load_ventes,
)
from exigible.droit.argent import ZERO

# Order and spelling of article A. 47 A-1 of the Livre des procédures fiscales.
_ENTETE = (
    "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\tCompAuxLib\tPieceRef\t"
    "PieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise"
)
_JOURNAUX = {"AN": "À-nouveaux", "AC": "Achats", "VE": "Ventes", "BQ": "Banque", "OD": "Opérations diverses"}
_COMPTES = {
    "101000": "Capital",
    "106100": "Réserve légale",
    "110000": "Report à nouveau",
    "218300": "Matériel d’atelier",
    "401000": "Fournisseurs",
    "411000": "Clients",
    "416000": "Clients douteux ou litigieux",
    "445660": "TVA déductible",
    "445710": "TVA collectée",
    "491000": "Dépréciation des comptes clients",
    "512000": "Banque",
    "601000": "Achats de matières premières",
    "613200": "Locations immobilières",
    "627000": "Services bancaires",
    "681740": "Dotations aux dépréciations des créances",
    "701000": "Ventes de produits finis",
}
_FOURNISSEURS = {"FACIE": "Aciéries Illusoires", "FBAIL": "Bailleur Fictif SCI"}
_CLIENTS = "411000"
_DUREE_CONNUE = 300
"""No entry of the year is older than this many days: the year begins on the first of that month."""


@dataclass(frozen=True, slots=True)
class _Ligne:
    """One line of one entry: `piece` groups the lines of an entry."""

    journal: str
    jour: date
    piece: str
    libelle: str
    compte: str
    auxiliaire: str = ""
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    piece_ref: str = ""
    piece_date: date | None = None
    lettre: str = ""
    lettre_le: date | None = None


def compute_exercice(aujourd_hui: date) -> tuple[date, date]:
    """Give the first and last day of the accounting year, twelve months that hold every entry."""
    debut = (aujourd_hui - timedelta(days=_DUREE_CONNUE)).replace(day=1)
    return debut, debut.replace(year=debut.year + 1) - timedelta(days=1)


def render_fec(aujourd_hui: date) -> bytes:
    """Write the FEC: tabs, Windows encoding (cp1252) and line ends, amounts with a comma."""
    debut, _ = compute_exercice(aujourd_hui)
    lignes = sorted(
        _letter(list(_iterate_lignes(aujourd_hui, debut)), aujourd_hui),
        key=lambda ligne: (ligne.jour, list(_JOURNAUX).index(ligne.journal), ligne.piece),
    )
    arrete = aujourd_hui - timedelta(days=ARRETE)
    noms = {code: client.nom for code, client in load_clients().items()} | _FOURNISSEURS
    rangs: dict[tuple[str, str], int] = {}
    textes = [_ENTETE]
    for ligne in lignes:
        rang = rangs.setdefault((ligne.journal, ligne.piece), len(rangs) + 1)
        textes.append("\t".join(_format_ligne(ligne, rang, noms.get(ligne.auxiliaire, ""), arrete)))
    return ("\r\n".join(textes) + "\r\n").encode("cp1252")


def compute_nom_fec(aujourd_hui: date) -> str:
    """Give the legal name of the file: SIREN, FEC, last day of the year."""
    return f"{SOCIETE.siren}FEC{compute_exercice(aujourd_hui)[1]:%Y%m%d}.txt"


def _iterate_lignes(aujourd_hui: date, debut: date) -> Iterator[_Ligne]:
    yield from _iterate_autres(aujourd_hui, debut)
    yield from _iterate_ventes(aujourd_hui)
    yield from _iterate_reglements(aujourd_hui)


def _iterate_autres(aujourd_hui: date, debut: date) -> Iterator[_Ligne]:
    for ouverture in load_ouvertures():
        emission = aujourd_hui - timedelta(days=ouverture.age)
        libelle = f"À-nouveau, facture {ouverture.numero}"
        yield _Ligne(
            "AN", debut, "AN", libelle, _CLIENTS, ouverture.client, ouverture.montant, ZERO, ouverture.numero, emission
        )
    for autre in load_autres_lignes():
        jour = debut if autre.age is None else aujourd_hui - timedelta(days=autre.age)
        yield _Ligne(
            autre.journal, jour, autre.piece, autre.libelle, autre.compte, autre.auxiliaire, autre.debit, autre.credit
        )


def _iterate_ventes(aujourd_hui: date) -> Iterator[_Ligne]:
    for vente in load_ventes():
        jour = aujourd_hui - timedelta(days=vente.age)
        libelle = vente.objet if vente.ht < 0 else f"Facture {vente.numero}, {vente.objet.lower()}"
        modele = _Ligne("VE", jour, vente.numero, libelle, _CLIENTS)
        yield _set_montant(replace(modele, auxiliaire=vente.client), vente.ht + vente.tva)
        yield _set_montant(replace(modele, compte="701000"), -vente.ht)
        yield _set_montant(replace(modele, compte="445710"), -vente.tva)


def _iterate_reglements(aujourd_hui: date) -> Iterator[_Ligne]:
    for rang, reglement in enumerate(load_reglements(), start=1):
        jour = aujourd_hui - timedelta(days=reglement.age)
        journal = "BQ" if reglement.contrepartie == "512000" else "OD"
        modele = _Ligne(journal, jour, f"REG{rang:03}", f"{reglement.libelle} {reglement.factures}".strip(), _CLIENTS)
        contrepartie = "" if journal == "BQ" else reglement.client
        yield _set_montant(replace(modele, compte=reglement.contrepartie, auxiliaire=contrepartie), reglement.montant)
        yield _set_montant(replace(modele, auxiliaire=reglement.client), -reglement.montant)


def _set_montant(ligne: _Ligne, montant: Decimal) -> _Ligne:
    return replace(ligne, debit=montant) if montant > 0 else replace(ligne, credit=-montant)


def _letter(lignes: list[_Ligne], aujourd_hui: date) -> list[_Ligne]:
    """Put the lettering codes: AA, AB… begin again in every customer's account, as accounting programs do."""
    codes: dict[tuple[str, str], tuple[str, date]] = {}
    compteurs: dict[str, int] = defaultdict(int)
    for rang, reglement in enumerate(load_reglements(), start=1):
        if not reglement.factures:
            continue
        marque = f"A{chr(ord('A') + compteurs[reglement.client])}", aujourd_hui - timedelta(days=reglement.age)
        compteurs[reglement.client] += 1
        for piece in (f"REG{rang:03}", *reglement.factures.split()):
            codes[reglement.client, piece] = marque
    return [_letter_ligne(ligne, codes) for ligne in lignes]


def _letter_ligne(ligne: _Ligne, codes: dict[tuple[str, str], tuple[str, date]]) -> _Ligne:
    marque = codes.get((ligne.auxiliaire, ligne.piece_ref or ligne.piece))
    if marque is None or ligne.compte != _CLIENTS:
        return ligne
    return replace(ligne, lettre=marque[0], lettre_le=marque[1])


def _format_ligne(ligne: _Ligne, rang: int, nom: str, arrete: date) -> list[str]:
    return [
        ligne.journal,
        _JOURNAUX[ligne.journal],
        str(rang),
        f"{ligne.jour:%Y%m%d}",
        ligne.compte,
        _COMPTES[ligne.compte],
        ligne.auxiliaire,
        nom,
        ligne.piece_ref or ligne.piece,
        f"{ligne.piece_date or ligne.jour:%Y%m%d}",
        ligne.libelle,
        f"{ligne.debit:.2f}".replace(".", ","),
        f"{ligne.credit:.2f}".replace(".", ","),
        ligne.lettre,
        f"{ligne.lettre_le:%Y%m%d}" if ligne.lettre_le else "",
        f"{arrete:%Y%m%d}",
        "",
        "",
    ]
