"""QIF, the old exchange format of Quicken that banks still offer: a field a line, « ^ » after each operation.

It names no currency, no reference of the bank, and often no account. Its days are in the order of its author's country,
told by those that can be read in one order only; else the day comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.collecte import Collecte
from exigible.echanges.contenu import Contenu
from exigible.echanges.csv_releve_valeurs import is_americain, is_ligne_solde, read_jour_releve
from exigible.echanges.enregistrements import CompteLu, MouvementLu, Origine
from exigible.echanges.lignes import lower_first
from exigible.echanges.releves_compte import Solde, Suivi
from exigible.echanges.releves_valeurs import clean_compte, find_iban, iter_lignes, read_montant
from exigible.echanges.valeurs import clean_texte

_RELEVES = frozenset({"bank", "cash", "ccard", "otha", "othl"})
_JOUR = re.compile(r"^D(.+)$", re.MULTILINE)
_NUMERO = re.compile(r"\S*\d{4}\S*")


def read_qif(contenu: Contenu, collecte: Collecte) -> Iterator[MouvementLu | CompteLu]:
    """Give the movements and accounts of every register of a bank; categories and securities are left aside."""
    jours = _JOUR.findall(contenu.decode_debut())
    lecteur = _Lecteur(contenu.nom, collecte, americain=is_americain(map(_write_jour, jours)))
    for numero, ligne in iter_lignes(contenu):
        if propre := ligne.strip():
            yield from lecteur.read(numero, propre)
    yield from lecteur.finish()


def _write_jour(texte: str) -> str:
    """Write a day with bars only: « 21/11'26 », « 1/ 2/26 »."""
    return texte.replace("'", "/").replace(" ", "").strip()


class _Lecteur:
    def __init__(self, fichier: str, collecte: Collecte, *, americain: bool) -> None:
        self._fichier, self._collecte, self._americain = fichier, collecte, americain
        self._suivi: Suivi | None = None
        self._compte: str | None = None
        self._section = ""
        self._debut = 0
        self._champs: dict[str, str] = {}

    def read(self, numero: int, ligne: str) -> Iterator[MouvementLu | CompteLu]:
        """Take one line into account."""
        if ligne[0] == "^":
            yield from self._give()
        elif ligne[0] == "!":
            yield from self._give()
            yield from self._enter(numero, ligne[1:].replace(" ", "").casefold())
        else:
            self._debut = self._debut if self._champs else numero
            self._champs.setdefault(ligne[0], clean_texte(ligne[1:]))

    def finish(self) -> Iterator[MouvementLu | CompteLu]:
        """Give what is waiting at the end of the file."""
        yield from self._give()
        yield from self._close()

    def _enter(self, numero: int, titre: str) -> Iterator[CompteLu]:
        nature, _, genre = titre.partition(":")
        self._section = genre if nature == "type" else nature
        if self._section in _RELEVES:
            yield from self._close()
            self._suivi = Suivi(iban=self._compte)
        elif self._section == "invst":
            self._collecte.warn(
                "compte_titres",
                phrase("Ligne {ligne} : les opérations d'un compte-titres ne sont pas lues.", ligne=numero),
                ligne=numero,
            )

    def _close(self) -> Iterator[CompteLu]:
        if self._suivi is not None:
            yield self._suivi.close(self._collecte)
            self._suivi = None

    def _give(self) -> Iterator[MouvementLu]:
        """Give the operation whose fields were read; the name of an account is that of the next register."""
        champs, self._champs = self._champs, {}
        if self._section == "account" and "N" in champs:
            self._compte = clean_compte(champs["N"]) if _NUMERO.search(champs["N"]) else None
        if self._suivi is None or self._section not in _RELEVES or not champs:
            return
        try:
            mouvement = self._build(champs, self._suivi)
        except ErreurSaisie as erreur:
            self._suivi.verifiable = False
            message = _say_ligne(self._debut, erreur.message)
            self._collecte.add(erreur.code, message, ligne=self._debut, champ=erreur.champ)
            return
        if mouvement is not None:
            self._suivi.add(mouvement.montant, mouvement.devise)
            yield mouvement

    def _build(self, champs: dict[str, str], suivi: Suivi) -> MouvementLu | None:
        texte = champs.get("T") or champs.get("U")
        if not texte:
            raise ErreurSaisie("montant_absent", phrase("Le montant manque."), "montant")
        montant = read_montant(texte, "montant")
        jour = self._read_jour(champs.get("D", ""))
        nom, memo = champs.get("P", ""), champs.get("M", "")
        if is_ligne_solde(nom):
            suivi.debut = suivi.debut or Solde(montant, None, jour)
            return None
        libelle = memo if nom and nom in memo else f"{nom} {memo}".strip()
        numero = champs.get("N", "")
        return MouvementLu(
            date=jour,
            montant=montant,
            libelle=libelle or numero,
            reference=numero.lstrip("0") if numero.isdigit() else None,
            contrepartie=nom or None,
            iban=find_iban(libelle, suivi.iban),
            compte=suivi.iban,
            operation=None if numero.isdigit() else numero or None,
            origine=Origine(self._fichier, self._debut),
        )

    def _read_jour(self, texte: str) -> date:
        if not texte:
            raise ErreurSaisie("date_absente", phrase("L'opération n'a pas de date."), "date")
        return read_jour_releve(_write_jour(texte), americain=self._americain)


def _say_ligne(numero: int, message: str) -> Phrase:
    return phrase("Ligne {ligne} : {faute}", ligne=numero, faute=lower_first(message))
