"""Values as banks write them: days, amounts, French account numbers, and the lines of a text of any length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from stdnum import iban as iban_stdnum

from exigible.droit.argent import CENTIME, parse_montant
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.contenu import Contenu
from exigible.echanges.valeurs import blank_invisibles, compact_identifiant, parse_date

_BLOC = 1 << 14
_SIECLE = 80
_CENTIMES = re.compile(r"[+-]?\d{1,13}[.,]\d\d", re.ASCII)
_NOMBRE = re.compile(r"[+-]?(\d{0,20}[.,]?\d{1,20}|\d{1,20}[.,])", re.ASCII)
_GROUPES = re.compile(r"(?<=\d)['’ \u00a0\u202f\u2009](?=\d{3})|\s*(?:€|EUR)$|^€\s*|(?<=^[+-])[€\s]+")
# What groups thousands, what parts decimals: whole groups, Indian ones of two figures too.
_MILLIERS = tuple(
    (
        groupe,
        decimale,
        re.compile(rf"[+-]?\d{{1,3}}(?:[{groupe}]\d{{2,3}})*[{groupe}]\d{{3}}(?:[{decimale}]\d*)?", re.ASCII),
    )
    for groupe, decimale in ((",", "."), (".", ","))
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_IBAN_FRANCAIS = 27
_LIMITE = Decimal("1e13")
_LETTRES = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")


def iter_lignes(contenu: Contenu, maximum: int = 4096) -> Iterator[tuple[int, str]]:
    """Give each line with its number (from 1), without its end; a longer one than `maximum` comes in pieces.

    What cannot be seen is a space: positions do not move. Memory does not follow the file, even one without any end of
    line.
    """
    numero, reste = 1, ""
    with contenu.open_texte(newline=None) as flux:
        while bloc := flux.read(_BLOC):
            lignes = (reste + bloc).split("\n")
            reste = lignes.pop()
            if max(map(len, lignes), default=0) <= maximum and "".join(lignes).isprintable():
                yield from enumerate(lignes, numero)
                numero += len(lignes)
                lignes = []
            for ligne in lignes:
                if len(ligne) <= maximum:
                    yield numero, ligne if ligne.isprintable() else blank_invisibles(ligne)
                else:
                    propre = blank_invisibles(ligne)
                    yield from ((numero, propre[place : place + maximum]) for place in range(0, len(ligne), maximum))
                numero += 1
            while len(reste) > maximum:
                yield numero, blank_invisibles(reste[:maximum])
                reste = reste[maximum:]
    if reste:
        yield numero, blank_invisibles(reste)


@lru_cache(maxsize=4096)
def read_jour(texte: str, ordre: str, champ: str | None = None) -> date:
    """Read a day of six figures without separators: `ordre` is « jma » or « amj »; from 80 on, the 1900s.

    Raises ErreurSaisie (`date_inexistante`, `date_illisible`).
    """
    if len(texte) != len("jjmmaa") or not (texte.isascii() and texte.isdigit()):
        raise ErreurSaisie("date_illisible", phrase("La date « {brut} » n'est pas lisible.", brut=texte[:20]), champ)
    un, mois, deux = int(texte[:2]), int(texte[2:4]), int(texte[4:])
    jour, annee = (un, deux) if ordre == "jma" else (deux, un)
    try:
        return date(annee + (1900 if annee >= _SIECLE else 2000), mois, jour)
    except ValueError:
        raise ErreurSaisie(
            "date_inexistante", phrase("La date « {brut} » n'existe pas.", brut=texte), champ, valeur=texte
        ) from None


@lru_cache(maxsize=4096)
def read_jour_iso(texte: str, champ: str | None = None) -> date:
    """Read the day printed at the head of a text (2026-11-21, 20261121120000): an hour and its zone never move it.

    Raises ErreurSaisie (`date_inexistante`, `date_illisible`).
    """
    jour = texte.strip()[: len("2026-11-21")]
    return parse_date(jour if "-" in jour[:8] or "/" in jour else jour[: len("20261121")], champ)


def find_dernier_jour(texte: str) -> date | None:
    """Give the last day of the month of a day that does not exist (« 160230 », banks' thirtieth of February)."""
    try:
        premier = read_jour(f"{texte[:4]}01", "amj")
    except ErreurSaisie:
        return None
    suivant = (premier.replace(day=28) + timedelta(days=4)).replace(day=1)
    return suivant - timedelta(days=1) if texte[4:] in ("29", "30", "31") else None


def read_montant(texte: str, champ: str | None = None, devise: str = "EUR") -> Decimal:
    """Read an amount as any country writes it: 1234.56, 1.234,56, 1,234.56, 1 234,56, 1'234.56, (12,00), 12,00-.

    When point and comma both stand in it, the last one is before the decimals; one that comes again groups thousands.
    In euros, no more than two decimals; another currency keeps its own. Raises ErreurSaisie as `parse_montant`.
    """
    if _CENTIMES.fullmatch(texte):
        return Decimal(texte.replace(",", "."))
    propre = _GROUPES.sub("", texte.strip().replace("\u2212", "-"))
    if propre[:1] == "(" and propre[-1:] == ")":
        propre = f"-{propre[1:-1]}"
    elif propre[-1:] in ("-", "+") and propre[:1] not in ("-", "+"):
        propre = propre[-1] + propre[:-1]
    for groupe, decimale, motif in _MILLIERS:
        if (propre.count(groupe) > 1 or propre.rfind(groupe) < propre.rfind(decimale)) and motif.fullmatch(propre):
            propre = propre.replace(groupe, "")
    if not _NOMBRE.fullmatch(propre):
        return parse_montant(texte, champ)
    valeur = Decimal(propre.replace(",", "."))
    if abs(valeur) >= _LIMITE or devise == "EUR" or valeur == valeur.quantize(CENTIME):
        return parse_montant(f"{valeur:f}", champ)
    return valeur


def build_iban_francais(banque: str, guichet: str, compte: str) -> str | None:
    """Make the IBAN of a French account from its bank (5), branch (5) and number (11); None when they are not such."""
    compte = compte.upper()
    if not re.fullmatch(r"\d{5}", banque) or not re.fullmatch(r"\d{5}", guichet) or not _is_compte(compte):
        return None
    chiffres = int(compte.translate(_LETTRES))
    cle = 97 - (89 * int(banque) + 15 * int(guichet) + 3 * chiffres) % 97
    bban = f"{banque}{guichet}{compte}{cle:02}"
    return f"FR{iban_stdnum.calc_check_digits(f'FR00{bban}')}{bban}"


def _is_compte(compte: str) -> bool:
    return re.fullmatch(r"[0-9A-Z]{11}", compte) is not None


@lru_cache(maxsize=1024)
def clean_compte(texte: str) -> str:
    """Give an account number: an IBAN without blanks nor the currency that some banks add, else the text as written."""
    brut = texte.strip()
    compact = compact_identifiant(brut)
    for essai in (compact, compact[:-3]):
        if iban_stdnum.is_valid(essai):
            return essai
    return brut


def find_iban(texte: str, sauf: str | None = None) -> str | None:
    """Give the only valid IBAN, other than `sauf`, that a text holds; None when there is none, or several."""
    trouves = {
        essai
        for candidat in _IBAN.findall(texte)
        for essai in (candidat.replace(" ", ""), candidat.replace(" ", "")[:_IBAN_FRANCAIS])
        if essai != sauf and iban_stdnum.is_valid(essai)
    }
    return trouves.pop() if len(trouves) == 1 else None
