"""MT940 statements (SWIFT), and the MT942 that announce them: fields « :61: » and what « :86: » says of each.

A reversal is signed by what it does to the account: RC (a credit undone) takes money out, RD (a debit undone) puts
it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.collecte import Collecte
from exigible.echanges.contenu import Contenu
from exigible.echanges.enregistrements import CompteLu, MouvementLu, Origine
from exigible.echanges.lignes import lower_first
from exigible.echanges.mt940_details import clean_reference, read_details, take_reference
from exigible.echanges.releves_compte import Solde, Suivi, say_montant
from exigible.echanges.releves_valeurs import clean_compte, find_dernier_jour, iter_lignes, read_jour, read_montant
from exigible.echanges.valeurs import clean_texte

# Only the fields of these messages: a line of text may begin with a colon too.
_BALISE = re.compile(r"[\x00-\x20\ufeff]*:(20|21|25P?|28C?|60[FM]|61|62[FM]|64|65|86|13D?|34F|90[CD]|NS|940):")
_COURANTES = frozenset({":61:", ":86:"})
_FIN = re.compile(r"-(?:\}.*|XXX)?\s*", re.DOTALL)
_OPERATION = re.compile(
    r"\s*(\d{6})(?:(\d{4})|\s{4})?([REre]?[CDcd])([A-Z])?\s?(\d[\d.']*(?:,\d*)?|,\d+)"
    r"([A-Z][A-Z0-9\x20]{3})?",
    re.ASCII,
)
_SOLDE = re.compile(r"\s*(C|D|RC|RD)?\s?(\d{6})\s?([A-Z]{3})?\s?(-?[\d.' ]*,?\d*)", re.ASCII)
_SIGNES = {"C": 1, "D": -1, "RC": -1, "RD": 1}
_PLANCHER = re.compile(r"([A-Z]{3})[CD]?[\d ]")
_DETAILS = frozenset({"86", "NS"})
_LONGUEUR_PLEINE = 63
_LIGNES_MAX = 60
_DEMI_ANNEE = 6


class _Champ(msgspec.Struct, gc=False):
    """A field: its name, the line where it starts, its lines."""

    balise: str
    numero: int
    lignes: list[str]


def read_mt940(contenu: Contenu, collecte: Collecte) -> Iterator[MouvementLu | CompteLu]:
    """Give the movements and accounts of every message. A page is an account: the next one goes on from its balance."""
    lecteur = _Lecteur(contenu.nom, collecte)
    for champ in _iter_champs(contenu):
        if champ.balise in _DETAILS:
            lecteur.add_details(champ)
        elif champ.balise == "61":
            if (mouvement := lecteur.take(champ)) is not None:
                yield mouvement
        else:
            yield from lecteur.read(champ)
    yield from lecteur.finish()


def _iter_champs(contenu: Contenu) -> Iterator[_Champ]:
    """Give each field with its following lines; SWIFT's outer blocks are left out."""
    champ: _Champ | None = None
    for numero, brute in iter_lignes(contenu):
        ligne = brute[brute.index("{4:") + 3 :] if "{4:" in brute else brute
        if ligne[:4] in _COURANTES:
            suivant: _Champ | None = _Champ(ligne[1:3], numero, [ligne[4:]])
        else:
            suivant = _begin(numero, ligne) if ":" in ligne or ligne[:1] == "-" else None
        if suivant is None:
            if champ and ligne and len(champ.lignes) < _LIGNES_MAX:
                champ.lignes.append(ligne)
            continue
        if champ:
            yield champ
        champ = suivant
    if champ:
        yield champ


def _begin(numero: int, ligne: str) -> _Champ | None:
    """Give the field that a line begins; None when it goes on with the one before."""
    if ":" in ligne[:8] and (trouve := _BALISE.match(ligne)):
        return _Champ(trouve[1], numero, [ligne[trouve.end() :]])
    return _Champ("-", numero, []) if ligne[:1] == "-" and _FIN.fullmatch(ligne) else None


class _Lecteur:
    def __init__(self, fichier: str, collecte: Collecte) -> None:
        self._fichier, self._collecte = fichier, collecte
        self._suivi: Suivi | None = None
        self._compte: str | None = None
        self._operation: _Champ | None = None
        self._details: _Champ | None = None
        self._page: tuple[str | None, Solde | None] | None = None

    def add_details(self, champ: _Champ) -> None:
        """Keep what is said of the movement that was just read; about anything else, it is a note of the bank."""
        if self._operation and self._details is None:
            self._details = champ

    def read(self, champ: _Champ) -> Iterator[MouvementLu | CompteLu]:
        """Take one field into account, other than « :61: » and what is said of it."""
        balise = champ.balise
        if (mouvement := self.take(None)) is not None:
            yield mouvement
        if balise == "20":
            yield from self._close()
        elif balise in ("25", "25P"):
            yield from self._close()
            self._compte = clean_compte(champ.lignes[0]) or None
        elif balise[:2] == "60":
            yield from self._close()
            self._open(champ)
        elif balise == "34F":
            if trouve := _PLANCHER.match(champ.lignes[0]):
                suivi = self._get_suivi()
                suivi.devise = suivi.devise or trouve[1]
        elif balise[:2] == "62":
            suivi = self._get_suivi()
            suivi.fin = self._read_solde(champ, suivi)
            self._page = (self._compte, suivi.fin) if balise == "62M" else None

    def finish(self) -> Iterator[MouvementLu | CompteLu]:
        """Give what is waiting at the end of the file."""
        if (mouvement := self.take(None)) is not None:
            yield mouvement
        yield from self._close()

    def _get_suivi(self) -> Suivi:
        if self._suivi is None:
            self._suivi = Suivi(iban=self._compte)
        return self._suivi

    def _open(self, champ: _Champ) -> None:
        suivi = self._get_suivi()
        suivi.debut = self._read_solde(champ, suivi)
        page, self._page = self._page, None
        if champ.balise == "60M" and page and page[0] == self._compte and page[1] and suivi.debut:
            avant, apres = page[1].montant, suivi.debut.montant
            if avant != apres:
                devise = suivi.devise or "EUR"
                self._collecte.warn(
                    "page_manquante",
                    phrase(
                        "Ligne {ligne} : cette page du compte {compte} commence à {apres} alors que la précédente "
                        "finit à {avant} : il manque une page.",
                        ligne=champ.numero,
                        compte=self._compte or phrase("inconnu"),
                        apres=say_montant(apres, devise),
                        avant=say_montant(avant, devise),
                    ),
                    ligne=champ.numero,
                )

    def _close(self) -> Iterator[CompteLu]:
        if self._suivi is not None:
            yield self._suivi.close(self._collecte)
            self._suivi = None

    def _read_solde(self, champ: _Champ, suivi: Suivi) -> Solde | None:
        trouve = _SOLDE.fullmatch(clean_texte(champ.lignes[0]))
        try:
            if trouve is None:
                raise ErreurSaisie("solde_illisible", phrase("Le solde n'est pas lisible."), "solde")
            sens, jour, devise, montant = trouve.groups()
            suivi.devise = suivi.devise or devise
            valeur = read_montant(montant.replace(" ", ""), "solde", devise or suivi.devise or "EUR")
        except ErreurSaisie as erreur:
            self._warn(champ.numero, erreur)
            return None
        try:
            date_solde: date | None = read_jour(jour, "amj", "solde")
        except ErreurSaisie as erreur:
            date_solde = find_dernier_jour(jour)
            self._warn(champ.numero, erreur)
        return Solde(valeur * _SIGNES.get(sens or "C", 1), devise or suivi.devise, date_solde)

    def take(self, suivante: _Champ | None) -> MouvementLu | None:
        """Keep the operation that begins (« :61: »), and give the one before it, of which all is now known."""
        champ, details = self._operation, self._details
        self._operation, self._details = suivante, None
        if champ is None:
            return None
        suivi = self._get_suivi()
        try:
            mouvement = self._build(champ, details, suivi)
        except ErreurSaisie as erreur:
            suivi.verifiable = False
            self._collecte.add(
                erreur.code, _say_ligne(champ.numero, erreur.message), ligne=champ.numero, champ=erreur.champ
            )
            return None
        if mouvement is not None:
            suivi.add(mouvement.montant, mouvement.devise)
        return mouvement

    def _build(self, champ: _Champ, details: _Champ | None, suivi: Suivi) -> MouvementLu | None:
        texte = (champ.lignes[0] if len(champ.lignes) == 1 else "\n".join(champ.lignes)).rstrip()
        trouve = _OPERATION.match(texte)
        if trouve is None:
            raise ErreurSaisie(
                "operation_illisible",
                phrase("L'opération « {brut} » n'est pas lisible.", brut=champ.lignes[0][:40]),
                "61",
            )
        valeur, comptable, sens, _, chiffres, code = trouve.groups()
        premiere, _, suite = texte[trouve.end() :].partition("\n")
        devise = suivi.devise or "EUR"
        sens = sens.upper()
        montant = read_montant(chiffres, "montant", devise)
        if sens not in _SIGNES:
            self._collecte.warn(
                "operation_en_attente",
                phrase(
                    "Ligne {ligne} : une opération de {montant} n'est pas encore comptabilisée par la banque "
                    "({statut}) : elle n'est pas reprise.",
                    ligne=champ.numero,
                    montant=say_montant(montant, devise),
                    statut=sens,
                ),
                ligne=champ.numero,
            )
            return None
        date_valeur, jour = self._read_jours(champ.numero, valeur, comptable)
        lus = read_details(_unfold(details), suite, self._compte)
        reference, _, banque = premiere.partition("//")
        reference = take_reference(reference, lus)
        return MouvementLu(
            date=jour,
            date_valeur=date_valeur,
            montant=montant if _SIGNES[sens] > 0 else -montant,
            devise=devise,
            libelle=lus.libelle,
            reference=lus.reference or lus.bout_en_bout or clean_reference(reference),
            contrepartie=lus.nom,
            iban=lus.iban,
            identifiant=clean_reference(banque.strip()),
            compte=self._compte,
            bout_en_bout=lus.bout_en_bout,
            mandat=lus.mandat,
            operation=lus.operation or (code.strip() if code else None),
            motif_retour=lus.motif_retour,
            extourne=sens in ("RC", "RD"),
            frais=lus.frais,
            origine=Origine(self._fichier, champ.numero),
        )

    def _read_jours(self, numero: int, valeur: str, comptable: str | None) -> tuple[date, date]:
        """Give the value day and the day booked, which may fall in the year before or after it."""
        try:
            jour_valeur = read_jour(valeur, "amj", "date_valeur")
        except ErreurSaisie as erreur:
            corrige = find_dernier_jour(valeur)
            if corrige is None:
                raise
            self._warn(numero, erreur)
            jour_valeur = corrige
        if comptable is None or comptable == valeur[2:]:
            return jour_valeur, jour_valeur
        mois = int(comptable[:2])
        ecart = mois - jour_valeur.month
        annee = jour_valeur.year + (ecart < -_DEMI_ANNEE) - (ecart > _DEMI_ANNEE)
        try:
            return jour_valeur, date(annee, mois, int(comptable[2:]))
        except ValueError:
            message = phrase("La date « {brut} » n'existe pas.", brut=comptable)
            self._warn(numero, ErreurSaisie("date_inexistante", message, "date"))
            return jour_valeur, jour_valeur

    def _warn(self, numero: int, erreur: ErreurSaisie) -> None:
        self._collecte.warn(erreur.code, _say_ligne(numero, erreur.message), ligne=numero, champ=erreur.champ)


def _unfold(champ: _Champ | None) -> list[str]:
    """Give the lines of a « :86: », those that only the width of the screen cut joined again."""
    if champ is None:
        return []
    if champ.balise == "NS" or max(map(len, champ.lignes)) < _LONGUEUR_PLEINE:
        return champ.lignes
    lignes: list[str] = []
    pleine = False
    for ligne in champ.lignes:
        if pleine:
            lignes[-1] += ligne
        else:
            lignes.append(ligne)
        pleine = len(ligne) >= _LONGUEUR_PLEINE
    return lignes


def _say_ligne(numero: int, message: str) -> Phrase:
    return phrase("Ligne {ligne} : {faute}", ligne=numero, faute=lower_first(message))
