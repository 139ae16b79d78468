"""The preview of an import as its page reads it: lines, counts, questions, remarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exigible.bureau.phrases import is_francais, load_phrase, translate_phrase
from exigible.dossier.texte import normalize
from exigible.droit.phrase import Phrase

ISSUES: dict[str, str | Promise] = {
    "cree": _("Nouveau"),
    "modifie": _("Modifié"),
    "inchange": _("Déjà connu"),
    "refuse": _("Refusé"),
    "disparu": _("Absent"),
}
OBJETS: dict[str, str | Promise] = {
    "debiteur": _("Client"),
    "creance": _("Facture"),
    "avoir": _("Avoir"),
    "paiement": _("Paiement"),
    "mouvement": _("Mouvement bancaire"),
    "fichier": _("Fichier"),
    "statut": _("Statut"),
}
FORMATS: dict[str, str | Promise] = {
    "fec": _("Écritures comptables (FEC)"),
    "facturx": _("Facture Factur-X (PDF)"),
    "cii": _("Facture électronique CII (XML)"),
    "ubl": _("Facture électronique UBL (XML)"),
    "cdar": _("Statuts de factures électroniques"),
    "pain002": _("Compte rendu d’ordres de la banque (pain.002)"),
    "zip": _("Archive ZIP"),
    "camt052": _("Relevé bancaire CAMT.052"),
    "camt053": _("Relevé bancaire CAMT.053"),
    "camt054": _("Avis bancaire CAMT.054"),
    "cfonb120": _("Relevé bancaire CFONB 120"),
    "mt940": _("Relevé bancaire MT940"),
    "ofx": _("Relevé bancaire OFX"),
    "qif": _("Relevé bancaire QIF"),
    "csv_releve": _("Relevé bancaire (CSV)"),
    "xlsx_releve": _("Relevé bancaire (classeur)"),
    "balance": _("Balance comptable"),
    "balance_agee": _("Balance âgée"),
    "csv_factures": _("Liste de factures (CSV)"),
    "csv_tiers": _("Liste de clients (CSV)"),
    "xlsx_factures": _("Liste de factures (XLSX)"),
    "xlsx_tiers": _("Liste de clients (XLSX)"),
}
COULEURS = {
    "cree": "bg-green-lt",
    "modifie": "bg-azure-lt",
    "inchange": "bg-secondary-lt",
    "refuse": "bg-red-lt",
    "disparu": "bg-orange-lt",
}
SANS_EFFET = {"refuse", "disparu"}
TRIS = {"ligne", "debiteur", "jour", "echeance", "montant"}
QUESTIONS_DE_TIERS = {"qualite", "qualite_siren", "adresse"}


@dataclass(frozen=True)
class LigneApercu:
    """One line of the file and what becomes of it."""

    issue: str
    objet: str
    ligne: int | None
    libelle: str
    debiteur: str
    montant: Decimal | None
    jour: date | None
    echeance: date | None
    raison_ecrite: str
    modele: str
    dossier: str

    @property
    def raison(self) -> Phrase:
        """Why."""
        return read_phrase(self.raison_ecrite, self.modele)

    @property
    def nom_issue(self) -> str | Promise:
        """What becomes of it, in words."""
        return get_issue(self.issue)

    @property
    def nom_objet(self) -> str | Promise:
        """What it is about, in words."""
        return get_objet(self.objet)

    @property
    def couleur(self) -> str:
        """The badge of the outcome."""
        return COULEURS.get(self.issue, "bg-secondary-lt")


@dataclass(frozen=True)
class Comptabilite:
    """A ledger: how many accounts of customers, how many of them were read to the cent, and what differs in euros."""

    nom: str
    comptes: int
    egaux: int
    solde: Decimal
    ecart: Decimal

    @property
    def juste(self) -> bool:
        """Whether every account equals what was made of it."""
        return self.egaux == self.comptes and not self.ecart


def read_phrase(texte: str, modele: str) -> Phrase:
    """A sentence that the preview keeps: in French as it was written, else from its template, if it was kept."""
    lue = load_phrase(modele or texte)
    return Phrase(texte, lue.modele, lue.parametres)


def get_issue(code: str) -> str | Promise:
    """The words for an outcome."""
    return ISSUES.get(code, code)


def get_objet(code: str) -> str | Promise:
    """The words for what a line is about."""
    return OBJETS.get(code, code)


def get_format(code: str) -> str | Promise:
    """The words for a format of file."""
    return FORMATS.get(code, code or _("Format non reconnu"))


class Apercu:
    """A preview, read from what the import keeps."""

    def __init__(self, donnees: Mapping[str, Any]) -> None:
        self._donnees = donnees

    @property
    def issues(self) -> list[tuple[str, str | Promise, int]]:
        """The outcomes that occur, with how many lines each."""
        comptes = self._donnees.get("comptes", {})
        return [(code, nom, comptes[code]) for code, nom in ISSUES.items() if comptes.get(code)]

    @property
    def nombre(self) -> int:
        """All the lines, whether shown or only counted."""
        return sum(self._donnees.get("comptes", {}).values())

    @property
    def utile(self) -> bool:
        """Whether something may be applied."""
        comptes = self._donnees.get("comptes", {})
        return any(nombre for issue, nombre in comptes.items() if issue not in SANS_EFFET)

    @property
    def disparues(self) -> int:
        """How many open claims the newer books do not hold."""
        return int(self._donnees.get("comptes", {}).get("disparu", 0))

    @property
    def comptabilites(self) -> list[Comptabilite]:
        """The ledgers of the file, and whether what was read equals them."""
        return [
            Comptabilite(
                nom=lue["nom"],
                comptes=int(lue["comptes_de_clients"]),
                egaux=int(lue["comptes_concordants"]),
                solde=Decimal(lue.get("solde_411", "0")),
                ecart=Decimal(lue["ecart"]),
            )
            for lue in self._donnees.get("comptabilites", [])
        ]

    @property
    def total(self) -> Decimal:
        """The sum still due on the invoices to create."""
        return Decimal(self._donnees.get("total") or "0")

    @property
    def questions(self) -> list[dict[str, Any]]:
        """What the file does not say."""
        return [
            {
                **question,
                "phrase": read_phrase(question["phrase"], question.get("modele", "")),
                "tiers": question["code"] in QUESTIONS_DE_TIERS,
            }
            for question in self._donnees.get("questions", [])
        ]

    @property
    def remarques(self) -> list[Phrase]:
        """What the reader noticed."""
        ecrites = self._donnees.get("remarques", [])
        return [
            read_phrase(texte, modele)
            for texte, modele in zip_longest(ecrites, self._donnees.get("modeles_remarques", []), fillvalue="")
        ]

    def list_lignes(self, issue: str = "", texte: str = "", tri: str = "") -> list[LigneApercu]:
        """Lines of one outcome or all; `texte` keeps those that contain it; refused then gone first without `tri`."""
        cherche = normalize(texte)
        ordre = {code: rang for rang, code in enumerate(["refuse", "disparu", "modifie", "cree", "inchange"])}
        lignes = [
            _read_ligne(brute)
            for brute in self._donnees.get("lignes", [])
            if issue not in ISSUES or brute["issue"] == issue
        ]
        if cherche:
            lignes = [x for x in lignes if cherche in normalize(f"{x.libelle} {x.debiteur} {_say_raison(x)}")]
        lignes.sort(key=lambda x: (ordre.get(x.issue, len(ordre)), x.ligne or 0))
        champ = tri.removeprefix("-")
        if champ in TRIS:
            connues = [x for x in lignes if getattr(x, champ) is not None]
            inconnues = [x for x in lignes if getattr(x, champ) is None]
            lignes = sorted(connues, key=lambda x: getattr(x, champ), reverse=tri.startswith("-")) + inconnues
        return lignes


def _say_raison(ligne: LigneApercu) -> str:
    """The reason as the reader sees it, without reading its template when it is French."""
    return ligne.raison_ecrite if is_francais() else translate_phrase(ligne.raison)


def _read_ligne(brute: Mapping[str, Any]) -> LigneApercu:
    return LigneApercu(
        issue=brute["issue"],
        objet=brute["objet"],
        ligne=brute["ligne"],
        libelle=brute["libelle"],
        debiteur=brute["debiteur"],
        montant=None if brute["montant"] is None else Decimal(brute["montant"]),
        jour=date.fromisoformat(brute["date"]) if brute["date"] else None,
        echeance=date.fromisoformat(brute["echeance"]) if brute["echeance"] else None,
        raison_ecrite=brute["raison"],
        modele=brute.get("modele", ""),
        dossier=brute.get("dossier", ""),  # absent from previews kept since before it was said
    )
