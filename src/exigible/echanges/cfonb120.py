"""CFONB 120 statements, the French banks' own: lines of 120 characters, each amount signed by its last character.

01 opens an account (old balance), 04 is a movement, 05 more about it, 07 closes (new balance). Sources: « Relevé de
compte sur support informatique », CFONB, July 2004; its complement for transfers, August 2007.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

import msgspec

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.collecte import Collecte
from exigible.echanges.contenu import Contenu
from exigible.echanges.enregistrements import CompteLu, MouvementLu, Origine
from exigible.echanges.lignes import lower_first
from exigible.echanges.releves_compte import Solde, Suivi
from exigible.echanges.releves_valeurs import build_iban_francais, find_iban, iter_lignes, read_jour
from exigible.echanges.valeurs import clean_texte

_LONGUEUR = 120
_SANS_FIN_DE_LIGNE = 200
_LIGNE_MAX = 120 * 100
# The last figure and the sign; « é » and « è » are how the French seven-bit alphabet writes the braces.
_SIGNES = {c: (str(rang), 1) for rang, c in enumerate("{ABCDEFGHI")} | {
    c: (str(rang), -1) for rang, c in enumerate("}JKLMNOPQR")
}
_SIGNES |= {c.lower(): lu for c, lu in _SIGNES.items()}
_SIGNES |= {"é": ("0", 1), "è": ("0", -1)} | {str(c): (str(c), 1) for c in range(10)}
_DEBUT = re.compile(r"\ufeff?(0[1457])", re.ASCII)
# A currency, its count of decimals, fourteen figures: charges (FEE), and the amount before exchange (MMO).
_ORIGINE = re.compile(r"[A-Z]{3}\d{15}", re.ASCII)
_NOMS_CREDIT = ("NPY", "NPO", "NBE", "NBU")
_NOMS_DEBIT = ("NBE", "NBU", "NPY", "NPO")
_IDENTITES = ("IPY", "IBE", "IPO", "IBU", "CPY", "CBE")
_TEXTES = frozenset({"LIB", "LCC", "LC2", "LCS"})
# What is known apart, so that the label does not repeat it.
_CONNUS = frozenset({*_NOMS_CREDIT, *_IDENTITES, "RCN", "REF", "RUM", "FEE"})


class _Operation(msgspec.Struct, gc=False):
    """A movement (04) waiting for what the next lines (05) say about it."""

    numero: int
    ligne: str
    complements: list[tuple[str, str]] = []


def read_cfonb120(contenu: Contenu, collecte: Collecte) -> Iterator[MouvementLu | CompteLu]:
    """Give the movements and accounts of a file, with or without ends of lines. A faulty line is told, never fatal."""
    lecteur = _Lecteur(contenu.nom, collecte)
    for numero, ligne in _iter_enregistrements(contenu, collecte):
        yield from lecteur.read(numero, ligne)
    yield from lecteur.finish()


def _iter_enregistrements(contenu: Contenu, collecte: Collecte) -> Iterator[tuple[int, str]]:
    """Give each record with its line, or its rank in a file without ends of lines."""
    rang = 0
    for numero, brute in iter_lignes(contenu, _LIGNE_MAX):
        if len(brute) == _LONGUEUR and brute[0] == "0":
            yield numero, brute
            continue
        ligne = brute.rstrip()
        if not ligne:
            continue
        if len(ligne) <= _SANS_FIN_DE_LIGNE:
            if len(ligne) > _LONGUEUR:
                _warn_longueur(collecte, numero, len(ligne))
            yield numero, ligne.ljust(_LONGUEUR)
            continue
        for place in range(0, len(brute), _LONGUEUR):
            rang += 1
            morceau = brute[place : place + _LONGUEUR]
            if not morceau.isspace():
                yield rang, morceau.ljust(_LONGUEUR)


def _warn_longueur(collecte: Collecte, numero: int, longueur: int) -> None:
    collecte.warn(
        "ligne_trop_longue",
        phrase(
            "Ligne {ligne} : {longueur} caractères au lieu de 120 ; seuls les 120 premiers sont lus.",
            ligne=numero,
            longueur=longueur,
        ),
        ligne=numero,
        plafond=20,
    )


class _Lecteur:
    def __init__(self, fichier: str, collecte: Collecte) -> None:
        self._fichier, self._collecte = fichier, collecte
        self._suivi: Suivi | None = None
        self._cle = ""
        self._operation: _Operation | None = None

    def read(self, numero: int, ligne: str) -> Iterator[MouvementLu | CompteLu]:
        """Take one record into account."""
        code = ligne[:2]
        if code == "05":
            self._read_complement(numero, ligne)
            return
        if code not in ("01", "04", "07"):
            debut = _DEBUT.match(ligne)
            if debut is None:
                self._refuse(numero, "ligne_inconnue", phrase("Ce n'est pas un enregistrement 01, 04, 05 ou 07."))
                return
            code, ligne = debut[1], ligne.lstrip("\ufeff").ljust(_LONGUEUR)
        if self._operation:
            yield from self._give()
        if code == "04":
            self._operation = _Operation(numero, ligne)
        elif code == "01":
            yield from self._open(numero, ligne)
        else:
            yield from self._close(numero, ligne)

    def finish(self) -> Iterator[MouvementLu | CompteLu]:
        """Give what is waiting at the end of the file."""
        yield from self._give()
        yield from self._interrupt()

    def _open(self, numero: int, ligne: str) -> Iterator[CompteLu]:
        yield from self._interrupt()
        self._cle = _get_cle(ligne)
        self._suivi = Suivi(iban=_read_compte(ligne), devise=_read_devise(ligne) if ligne[16:19].strip() else None)
        self._suivi.debut = self._read_solde(numero, ligne)

    def _close(self, numero: int, ligne: str) -> Iterator[CompteLu]:
        if self._suivi is None:
            self._refuse(numero, "solde_sans_releve", phrase("Ce nouveau solde (07) ne suit aucun ancien solde (01)."))
            return
        if not self._is_du_compte(ligne):
            self._collecte.warn(
                "compte_different",
                phrase(
                    "Ligne {ligne} : le nouveau solde (07) n'est pas celui du compte ouvert plus haut (01).",
                    ligne=numero,
                ),
                ligne=numero,
            )
        self._suivi.fin = self._read_solde(numero, ligne)
        yield self._suivi.close(self._collecte)
        self._suivi = None

    def _is_du_compte(self, ligne: str) -> bool:
        """Tell whether a record is of the open account; some banks leave the currency of balances blank."""
        cle = _get_cle(ligne)
        if cle == self._cle:
            return True
        sans_devise = cle[5:8].isspace() or self._cle[5:8].isspace()
        return sans_devise and (cle[:5], cle[8:]) == (self._cle[:5], self._cle[8:])

    def _interrupt(self) -> Iterator[CompteLu]:
        """Give the account left without a new balance."""
        if self._suivi is not None:
            self._collecte.warn(
                "solde_final_absent",
                phrase(
                    "Relevé du compte {compte} : le nouveau solde (07) manque, il ne peut pas être contrôlé.",
                    compte=self._suivi.iban or phrase("inconnu"),
                ),
            )
            yield self._suivi.close(self._collecte, complet=False)
            self._suivi = None

    def _read_solde(self, numero: int, ligne: str) -> Solde | None:
        jour: date | None = None
        try:
            jour = read_jour(ligne[34:40], "jma", "date")
        except ErreurSaisie as erreur:
            self._warn_faute(numero, erreur)
        try:
            return Solde(_read_montant(ligne), _read_devise(ligne), jour)
        except ErreurSaisie as erreur:
            self._warn_faute(numero, erreur)
            return None

    def _read_complement(self, numero: int, ligne: str) -> None:
        qualifiant, texte = ligne[45:48].strip(), ligne[48:118].rstrip()
        if self._operation is None:
            self._refuse(numero, "complement_orphelin", phrase("Ce complément (05) ne suit aucun mouvement (04)."))
        elif texte.strip():
            self._operation.complements.append((qualifiant, texte))

    def _give(self) -> Iterator[MouvementLu]:
        operation, self._operation = self._operation, None
        if operation is None:
            return
        try:
            mouvement = self._build(operation)
        except ErreurSaisie as erreur:
            self._refuse(operation.numero, erreur.code, erreur.message, erreur.champ)
            if self._suivi:
                self._suivi.verifiable = False
            return
        if self._suivi and self._is_du_compte(operation.ligne):
            self._suivi.add(mouvement.montant, mouvement.devise)
        else:
            self._collecte.warn(
                "mouvement_hors_releve",
                phrase(
                    "Ligne {ligne} : ce mouvement de {montant} n'est dans aucun relevé ouvert de son compte ; il est "
                    "repris, mais aucun solde ne le contrôle.",
                    ligne=operation.numero,
                    montant=mouvement.montant,
                ),
                ligne=operation.numero,
            )
        yield mouvement

    def _build(self, operation: _Operation) -> MouvementLu:
        ligne = operation.ligne
        montant = _read_montant(ligne)
        jour, valeur = self._read_jours(operation.numero, ligne)
        dits: dict[str, str] = {}
        morceaux = [clean_texte(ligne[48:79])]
        for qualifiant, texte in operation.complements:
            if qualifiant == "MMO" and _ORIGINE.match(texte):
                morceaux.append(f"{_read_origine(texte)} {texte[:3]}")
            elif qualifiant in _TEXTES or qualifiant not in _CONNUS:
                morceaux.append(clean_texte(texte))
            dits.setdefault(qualifiant, texte)
        compte = self._suivi.iban if self._suivi and self._is_du_compte(ligne) else _read_compte(ligne)
        client, lot = _read_reference(dits, "RCN", 35), _read_reference(dits, "REF", 35)
        structuree = _read_reference(dits, "LCS", 36)
        rejet = ligne[40:42].strip()
        noms = _NOMS_CREDIT if montant > 0 else _NOMS_DEBIT
        return MouvementLu(
            date=jour,
            date_valeur=valeur,
            montant=montant,
            devise=_read_devise(ligne),
            libelle=" ".join(filter(None, morceaux)),
            reference=structuree or client or lot or clean_texte(ligne[104:120]) or None,
            contrepartie=_find_nom(dits, noms),
            iban=_find_iban(dits, compte),
            compte=compte,
            bout_en_bout=client,
            mandat=_read_reference(dits, "RUM", 35),
            operation=ligne[32:34].strip() or None,
            motif_retour=rejet if rejet.strip("0") else None,
            frais=_read_frais(dits.get("FEE")),
            origine=Origine(self._fichier, operation.numero),
        )

    def _read_jours(self, numero: int, ligne: str) -> tuple[date, date | None]:
        """Read the day booked and the value day; when only one can be read, it is both, with a warning."""
        comptable, valeur = ligne[34:40], ligne[42:48]
        if not valeur.strip("0 "):
            return read_jour(comptable, "jma", "date"), None
        try:
            fin = read_jour(valeur, "jma", "date_valeur")
        except ErreurSaisie as erreur:
            self._warn_faute(numero, erreur)
            return read_jour(comptable, "jma", "date"), None
        try:
            return read_jour(comptable, "jma", "date"), fin
        except ErreurSaisie as erreur:
            self._warn_faute(numero, erreur)
            return fin, fin

    def _refuse(self, numero: int, code: str, message: str, champ: str | None = None) -> None:
        self._collecte.add(code, _say_ligne(numero, message), ligne=numero, champ=champ)

    def _warn_faute(self, numero: int, erreur: ErreurSaisie) -> None:
        self._collecte.warn(erreur.code, _say_ligne(numero, erreur.message), ligne=numero, champ=erreur.champ)


def _say_ligne(numero: int, message: str) -> Phrase:
    return phrase("Ligne {ligne} : {faute}", ligne=numero, faute=lower_first(message))


def _get_cle(ligne: str) -> str:
    """Give branch, currency and account, the same in every record: some banks change the bank code of a movement."""
    return ligne[11:19] + ligne[21:32]


def _read_compte(ligne: str) -> str | None:
    return _name_compte(ligne[2:7], ligne[11:16], ligne[21:32])


@lru_cache(maxsize=1024)
def _name_compte(banque: str, guichet: str, compte: str) -> str | None:
    """Give the IBAN, else what is written of bank, branch and account."""
    return build_iban_francais(banque, guichet, compte) or clean_texte(f"{banque} {guichet} {compte}") or None


@lru_cache(maxsize=64)
def _clean_devise(devise: str) -> str:
    return devise if devise.isascii() and devise.isalpha() else "EUR"


def _read_devise(ligne: str) -> str:
    return _clean_devise(ligne[16:19])


def _read_montant(ligne: str, debut: int = 90) -> Decimal:
    """Read fourteen characters, the last one with the sign; decimals are counted in position 20 (two when blank)."""
    chiffres, dernier = ligne[debut : debut + 13], ligne[debut + 13]
    signe = _SIGNES.get(dernier)
    entier = chiffres.strip() or "0"
    if signe is None or not (entier.isascii() and entier.isdigit()):
        raise ErreurSaisie(
            "montant_illisible",
            phrase("Le montant « {brut} » n'est pas lisible.", brut=clean_texte(chiffres + dernier)),
            "montant",
        )
    decimales = int(ligne[19]) if ligne[19] in "0123456789" else 2
    return Decimal(int(entier + signe[0]) * signe[1]).scaleb(-decimales)


def _read_frais(texte: str | None) -> Decimal | None:
    return _read_origine(texte) if texte and _ORIGINE.match(texte) else None


def _read_origine(texte: str) -> Decimal:
    """Read the figures that `_ORIGINE` found, by their count of decimals."""
    return Decimal(int(texte[4:18])).scaleb(-int(texte[3]))


def _find_iban(dits: dict[str, str], compte: str | None) -> str | None:
    for qualifiant in _IDENTITES:
        if qualifiant in dits and (iban := find_iban(dits[qualifiant], compte)):
            return iban
    return None


def _find_nom(dits: dict[str, str], qualifiants: tuple[str, ...]) -> str | None:
    for qualifiant in qualifiants:
        if qualifiant in dits:
            return clean_texte(dits[qualifiant])
    return None


def _read_reference(dits: dict[str, str], qualifiant: str, longueur: int) -> str | None:
    return clean_texte(dits[qualifiant][:longueur]) or None if qualifiant in dits else None
