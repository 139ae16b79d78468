"""OFX and QFX statements, 1.x (SGML, most tags never closed) and 2.x (XML): the same tags, read one after the other.

Many banks write one under the header of the other: only the tags count. No entity but the five of XML is ever expanded.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.collecte import Collecte
from exigible.echanges.contenu import Contenu
from exigible.echanges.enregistrements import CompteLu, MouvementLu, Origine
from exigible.echanges.lignes import lower_first
from exigible.echanges.releves_compte import Solde, Suivi
from exigible.echanges.releves_valeurs import build_iban_francais, clean_compte, find_iban, read_jour_iso, read_montant
from exigible.echanges.valeurs import clean_texte, parse_date, strip_texte

_BLOC = 1 << 16
_MORCEAU_MAX = 1 << 18
_JETON = re.compile(
    r"<!\[CDATA\[(?P<brut>.*?)\]\]>|<!--.*?-->|<\?[^>]*>|<(?P<fin>/?)(?P<nom>[A-Za-z0-9][A-Za-z0-9._:-]*)[^<>]*>(?P<texte>[^<]*)",
    re.DOTALL,
)
_RELEVES = frozenset({"STMTRS", "CCSTMTRS", "INVSTMTRS"})
_COMPTES = frozenset({"BANKACCTFROM", "CCACCTFROM", "INVACCTFROM"})
_AUTRES_COMPTES = frozenset({"BANKACCTTO", "CCACCTTO"})
_SOLDES = frozenset({"LEDGERBAL", "AVAILBAL"})
# A block within a statement that is not one of its movements: securities, loans, projected balances.
_AGREGATS = _COMPTES | _AUTRES_COMPTES | _SOLDES | {"STMTTRN", "PAYEE", "CURRENCY", "ORIGCURRENCY", "BAL"}
_PENDANT = frozenset({"STMTTRNP", "BANKTRANLISTP"})


def read_ofx(contenu: Contenu, collecte: Collecte) -> Iterator[MouvementLu | CompteLu]:
    """Give the movements and accounts of every statement, of bank accounts and cards."""
    lecteur = _Lecteur(contenu.nom, collecte)
    for ligne, fermant, nom, texte in _iter_jetons(contenu):
        yield from lecteur.read(ligne, nom, texte, fermant=fermant)
    yield from lecteur.finish()


def _iter_jetons(contenu: Contenu) -> Iterator[tuple[int, bool, str, str]]:
    """Give each tag: its line, whether it closes, its name in capitals, the text right after it."""
    ligne, tampon, dernier = 1, "", ""
    with contenu.open_texte(newline=None) as flux:
        suite = True
        while suite:
            bloc = flux.read(_BLOC)
            suite = bool(bloc)
            tampon += bloc
            limite = _find_limite(tampon) if suite else len(tampon)
            place = 0
            while trouve := _JETON.search(tampon, place, limite):
                ligne += tampon.count("\n", place, trouve.start())
                if trouve["nom"]:
                    dernier = trouve["nom"].upper()
                    yield ligne, bool(trouve["fin"]), dernier, trouve["texte"]
                elif trouve["brut"]:
                    yield ligne, False, dernier, trouve["brut"]
                ligne += trouve[0].count("\n")
                place = trouve.end()
            ligne += tampon.count("\n", place, limite)
            tampon = tampon[limite:]


def _find_limite(tampon: str) -> int:
    """Say where to stop reading: the last tag may go on in the next block, as may a comment or raw text left open."""
    limite = max(tampon.rfind("<"), 0)
    for debut, fin in (("<!--", "-->"), ("<![CDATA[", "]]>")):
        ouvert = tampon.rfind(debut)
        if ouvert >= 0 and tampon.find(fin, ouvert) < 0:
            limite = min(limite, ouvert)
    return limite if len(tampon) - limite < _MORCEAU_MAX else len(tampon)


class _Lecteur:
    def __init__(self, fichier: str, collecte: Collecte) -> None:
        self._fichier, self._collecte = fichier, collecte
        self._suivi: Suivi | None = None
        self._agregat = ""
        self._champs: dict[str, str] = {}
        self._operation: tuple[int, dict[str, str]] | None = None
        self._attente = False

    def read(self, ligne: int, nom: str, texte: str, *, fermant: bool) -> Iterator[MouvementLu | CompteLu]:
        """Take one tag into account."""
        if nom in _RELEVES:
            yield from self.finish()
            if not fermant:
                self._suivi = Suivi()
                if nom == "INVSTMTRS":
                    self._warn_titres(ligne)
        elif nom in _PENDANT:
            self._attente = not fermant
        elif nom in _AGREGATS:
            yield from self._enter(ligne, nom, fermant=fermant)
        elif not fermant and (valeur := strip_texte(texte)):
            self._keep(nom, valeur)

    def finish(self) -> Iterator[MouvementLu | CompteLu]:
        """Give what is waiting: the last movement, then the account."""
        yield from self._give()
        self._close_agregat()
        if self._suivi is not None:
            yield self._suivi.close(self._collecte)
            self._suivi = None

    def _warn_titres(self, ligne: int) -> None:
        self._collecte.warn(
            "compte_titres",
            phrase(
                "Ligne {ligne} : ce relevé est celui d'un compte-titres ; ses mouvements d'espèces sont lus, pas ses "
                "opérations sur titres.",
                ligne=ligne,
            ),
            ligne=ligne,
        )

    def _enter(self, ligne: int, nom: str, *, fermant: bool) -> Iterator[MouvementLu]:
        if nom == "STMTTRN":
            yield from self._give()
            if not fermant and not self._attente:
                self._operation = (ligne, {})
        self._close_agregat()
        if not fermant and nom != "STMTTRN":
            self._agregat, self._champs = nom, {}

    def _keep(self, nom: str, valeur: str) -> None:
        """Keep a value where it belongs: the block inside a movement, the movement, the block, the statement."""
        if self._agregat:
            self._champs.setdefault(nom, valeur)
        elif self._operation is not None:
            self._operation[1].setdefault(nom, valeur)
        elif self._suivi is not None and nom == "CURDEF":
            self._suivi.devise = _read_devise(valeur)
        elif self._suivi is not None and nom in ("DTSTART", "DTEND"):
            jour = _find_jour(valeur)
            if nom == "DTSTART":
                self._suivi.date_debut = self._suivi.date_debut or jour
            else:
                self._suivi.date_fin = jour

    def _close_agregat(self) -> None:
        """Put what a block said where it is used."""
        nom, champs, self._agregat, self._champs = self._agregat, self._champs, "", {}
        if not nom:
            return
        if self._operation is not None:
            if nom in _AUTRES_COMPTES:
                self._operation[1].setdefault("COMPTE", _name_compte(champs) or "")
            elif nom == "PAYEE" and "NAME" in champs:
                self._operation[1].setdefault("NAME", champs["NAME"])
            elif nom == "CURRENCY" and "CURSYM" in champs:
                self._operation[1]["DEVISE"] = champs["CURSYM"]
        elif self._suivi is not None and nom in _COMPTES:
            self._suivi.iban = _name_compte(champs)
        elif self._suivi is not None and nom == "LEDGERBAL" and "BALAMT" in champs:
            devise = self._suivi.devise or "EUR"
            try:
                montant = read_montant(champs["BALAMT"], "BALAMT", devise)
            except ErreurSaisie as erreur:
                self._collecte.warn(erreur.code, erreur.message, champ="BALAMT")
                return
            self._suivi.fin = Solde(montant, self._suivi.devise, _find_jour(champs.get("DTASOF", "")))

    def _give(self) -> Iterator[MouvementLu]:
        operation, self._operation = self._operation, None
        if operation is None:
            return
        self._close_agregat()
        ligne, champs = operation
        suivi = self._suivi or Suivi()
        try:
            mouvement = self._build(ligne, champs, suivi)
        except ErreurSaisie as erreur:
            suivi.verifiable = False
            self._collecte.add(erreur.code, _say_ligne(ligne, erreur.message), ligne=ligne, champ=erreur.champ)
            return
        suivi.add(mouvement.montant, mouvement.devise)
        yield mouvement

    def _build(self, ligne: int, champs: dict[str, str], suivi: Suivi) -> MouvementLu:
        devise = _read_devise(champs["DEVISE"]) if "DEVISE" in champs else suivi.devise or "EUR"
        if "TRNAMT" not in champs:
            raise ErreurSaisie("montant_absent", phrase("Le montant manque."), "TRNAMT")
        montant = read_montant(champs["TRNAMT"], "TRNAMT", devise)
        poste = champs.get("DTPOSTED") or champs.get("DTUSER") or champs.get("DTAVAIL")
        if poste is None:
            raise ErreurSaisie("date_absente", phrase("L'opération n'a pas de date."), "DTPOSTED")
        nom, memo = (_clean(champs.get(cle, "")) for cle in ("NAME", "MEMO"))
        libelle = memo if nom and nom in memo else f"{nom} {memo}".strip()
        return MouvementLu(
            date=_read_jour(poste),
            date_valeur=_find_jour(champs.get("DTAVAIL", "")),
            montant=montant,
            devise=devise,
            libelle=libelle or _clean(champs.get("TRNTYPE", "")),
            reference=_clean(champs.get("CHECKNUM", "")).lstrip("0") or _clean(champs.get("REFNUM", "")) or None,
            contrepartie=nom or None,
            iban=champs.get("COMPTE") or find_iban(libelle, suivi.iban),
            identifiant=_clean(champs.get("FITID", "")) or None,
            compte=suivi.iban,
            operation=_clean(champs.get("TRNTYPE", "")).upper() or None,
            extourne="CORRECTFITID" in champs,
            origine=Origine(self._fichier, ligne),
        )


def _say_ligne(ligne: int, message: str) -> Phrase:
    return phrase("Ligne {ligne} : {faute}", ligne=ligne, faute=lower_first(message))


def _clean(texte: str) -> str:
    return clean_texte(html.unescape(texte) if "&" in texte else texte)


@lru_cache(maxsize=4096)
def _read_jour(texte: str) -> date:
    """Read AAAAMMJJ and what may follow; some banks write their country's dates instead."""
    try:
        return read_jour_iso(texte, "DTPOSTED")
    except ErreurSaisie:
        if "/" in texte:
            return parse_date(texte, "DTPOSTED")
        raise


def _find_jour(texte: str) -> date | None:
    try:
        return _read_jour(texte) if texte.strip("0 ") else None
    except ErreurSaisie:
        return None


def _read_devise(texte: str) -> str:
    devise = clean_texte(texte).upper()
    return devise if len(devise) == len("EUR") and devise.isalpha() else "EUR"


def _name_compte(champs: dict[str, str]) -> str | None:
    """Give the IBAN when there is one or when a French bank, branch and account make it; else the account's number."""
    numero = _clean(champs.get("ACCTID", ""))
    banque, guichet = (_clean(champs.get(cle, "")) for cle in ("BANKID", "BRANCHID"))
    compact = clean_compte(numero)
    if compact[:2].isalpha():
        return compact
    return build_iban_francais(banque, guichet, re.sub(r"\W", "", numero)) or numero or None
