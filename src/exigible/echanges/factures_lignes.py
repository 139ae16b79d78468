"""What a row of a list is when it is no invoice, and what its status and its « paid » columns say of the amount due."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.collecte import Collecte
from exigible.echanges.lignes import LigneLue
from exigible.echanges.synonymes import STATUTS
from exigible.echanges.valeurs import convert_texte, fold_texte

MOTS_DE_TOTAL = frozenset({"total", "totaux", "totals", "sous", "subtotal", "grand", "cumul", "summe", "gesamt"})
_OUI = frozenset({"oui", "yes", "true", "vrai", "o", "y", "x", "ja", "si"})
_PREFIXE = re.compile(r"(?:client|tiers|customer|compte|d[ée]biteur)\s*(?:n°\s*)?:\s*", re.IGNORECASE)
_CODE = re.compile(r"(411\S*|[A-Z]{1,4}\d{3,}\S*)(?:\s*[-–:]\s*|\s+|$)(.*)", re.IGNORECASE | re.ASCII)
_DECORS = frozenset({"page", "edite", "edition", "imprime", "periode", "exercice", "genere", "report", "reports"})

Statut = Literal["brouillon", "annulee", "payee"]
_CONNUS: tuple[Statut, ...] = ("brouillon", "annulee", "payee")
_STATUTS: dict[str, Statut] = {mot: statut for statut in _CONNUS for mot in STATUTS[statut]}


def is_total(ligne: LigneLue) -> bool:
    """A line of totals under the list: no number or no date, and a first word that says so."""
    textes = [texte for cellule in ligne.cellules if (texte := convert_texte(cellule))]
    if not textes or fold_texte(textes[0]).split(" ")[0] not in MOTS_DE_TOTAL:
        return False
    return ligne.get("date_emission") in (None, textes[0])


def is_rappel_des_titres(ligne: LigneLue, noms: Sequence[str]) -> bool:
    """The titles again, as on each page of what was printed."""
    return [convert_texte(cellule) for cellule in ligne.cellules[: len(noms)]] == list(noms)


def find_intertitre(ligne: LigneLue) -> str | None:
    """The words of a row that holds nothing else."""
    textes = [texte for cellule in ligne.cellules if (texte := convert_texte(cellule))]
    return textes[0] if len(textes) == 1 and any(map(str.isalpha, textes[0])) else None


def names_client(intertitre: str, ligne: LigneLue) -> bool:
    """Whether a heading names the customer of the invoices below it: no column does, or it stands in that column."""
    if is_decor(intertitre):
        return False
    return ligne.get_texte("nom") == intertitre or not {"nom", "code"} & ligne.colonnes.keys()


def is_decor(texte: str) -> bool:
    """Whether words are those of a printed page: its number, the day it was printed."""
    return fold_texte(texte).split(" ")[0] in _DECORS


def split_intertitre(intertitre: str) -> tuple[str | None, str]:
    """Code and name of the customer that a heading names: « 411DUPONT SARL Dupont », « Client : C0001 - Dupont »."""
    texte = _PREFIXE.sub("", intertitre, count=1)
    trouve = _CODE.fullmatch(texte)
    return (trouve[1], trouve[2].strip() or trouve[1]) if trouve else (None, texte)


def read_statut(ligne: LigneLue) -> Statut | None:
    """What the list says has become of an invoice, when it matters here."""
    return _STATUTS.get(fold_texte(ligne.get_texte("statut") or ""))


def read_montants(ligne: LigneLue, statut: Statut | None, collecte: Collecte) -> tuple[Decimal, Decimal]:
    """The amount as printed and what remains: printed too, or the amount less what was paid. Raises ErreurSaisie."""
    montant, reste = ligne.get_montant("montant_ttc"), ligne.get_montant("reste_du")
    regle, payee = _read_regle(ligne)
    if montant is None and reste is None:
        raise ErreurSaisie("montant_absent", phrase("Le montant de la facture manque."), "montant_ttc")
    if montant is None:
        montant = (reste or ZERO) + (regle or ZERO)
    if reste is None:
        soldee = payee or (regle is None and (statut == "payee" or _has_paiement(ligne, statut, collecte)))
        reste = Decimal("0.00") if soldee else montant - (regle or ZERO)
    elif reste == montant == regle:
        reste = Decimal("0.00")  # what was due at first, as some programs go on printing it
    elif abs(reste) > abs(montant) or reste * montant < 0:
        collecte.warn(
            "reste_du_incoherent",
            phrase(
                "Ligne {ligne} : le reste dû ({reste}) ne s'accorde pas avec le montant ({montant}).",
                ligne=ligne.numero,
                reste=reste,
                montant=montant,
            ),
            ligne=ligne.numero,
            champ="reste_du",
        )
    if reste and (payee or statut == "payee"):
        collecte.warn(
            "statut_incoherent",
            phrase(
                "Ligne {ligne} : la facture est dite payée, mais il reste {reste} à payer : vérifiez-la.",
                ligne=ligne.numero,
                reste=reste,
            ),
            ligne=ligne.numero,
            champ="statut",
        )
    return montant, reste


def _read_regle(ligne: LigneLue) -> tuple[Decimal | None, bool]:
    """What was paid, or whether all of it was: a column « Payée » holds an amount, yes and no, or a day.

    Raises ErreurSaisie for figures that are neither an amount nor a day.
    """
    brut = ligne.get("regle")
    if isinstance(brut, bool):
        return None, brut
    if isinstance(brut, str) and not any(map(str.isdigit, brut)):
        plie = fold_texte(brut)
        return None, plie in _OUI or _STATUTS.get(plie) == "payee"
    if _read_jour(ligne, "regle"):
        return None, False
    return ligne.get_montant("regle"), False


def _read_jour(ligne: LigneLue, champ: str) -> date | None:
    """The day that a cell holds; None for anything else."""
    try:
        return ligne.get_date(champ)
    except ErreurSaisie:
        return None


def _has_paiement(ligne: LigneLue, statut: Statut | None, collecte: Collecte) -> bool:
    """Whether a day of payment says by itself that an invoice is paid: there is a due date beside it, and no status.

    Claiming a paid invoice is worse than missing one, and it is said.
    """
    if "date_echeance" not in ligne.colonnes or statut is not None or ligne.get_texte("statut"):
        return False
    jour = _read_jour(ligne, "date_paiement") or _read_jour(ligne, "regle")
    if jour is None:
        return False
    message = phrase(
        "Ligne {ligne} : la facture porte une date de paiement ({jour}), et rien ne dit qu'il en reste à payer : elle "
        "est prise pour payée.",
        ligne=ligne.numero,
        jour=jour,
    )
    collecte.warn("payee_selon_sa_date", message, ligne=ligne.numero)
    return True
