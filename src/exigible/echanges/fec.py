"""FEC (LPF A47 A-1): read as a stream, only the lines of customers (411) kept; balances checked on the way.

Amounts are whole cents inside this module: a file of two million lines leaves no time for `Decimal` on each.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from operator import itemgetter
from sys import intern

from exigible.droit.argent import parse_montant
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.collecte import Collecte, Lecture
from exigible.echanges.contenu import Contenu
from exigible.echanges.fec_colonnes import ColonnesFec, read_colonnes_fec
from exigible.echanges.fec_equilibre import Equilibre
from exigible.echanges.fec_ouverts import CompteClient, LigneClient, build_ouverts, to_euros
from exigible.echanges.lignes import lower_first
from exigible.echanges.valeurs import clean_texte, parse_date

_BLOC = 1 << 20
_CACHE_MAX = 100_000
_CHIFFRES_MAX = 14
_CLIENTS = "411"
_COLONNES_CLIENT = (
    *("comptenum", "compauxnum", "compauxlib", "comptelib", "journalcode", "journallib"),
    *("ecriturenum", "ecrituredate", "pieceref", "piecedate", "ecriturelib", "ecriturelet"),
)
_NON_RELANCES = {
    "416": phrase("clients douteux"),
    "413": phrase("effets à recevoir"),
    "4191": phrase("avances et acomptes reçus"),
}
_SENS = {"D": 1, "+1": 1, "1": 1, "+": 1, "C": -1, "-1": -1, "-": -1}


def read_fec(contenu: Contenu, collecte: Collecte) -> Lecture:
    """Read a FEC into the open items of its 411 accounts; memory follows the number of 411 lines only."""
    with contenu.open_texte(newline=None) as flux:
        lignes = _iter_lignes(flux, collecte)
        numero_entete, entete = next(((numero, ligne) for numero, ligne, _ in lignes if ligne.strip()), (1, ""))
        colonnes = read_colonnes_fec(entete.removeprefix("\ufeff"))
        if colonnes.manquantes:
            message = phrase("Il manque au FEC : {noms}.", noms=colonnes.manquantes)
            collecte.add("fec_colonnes_manquantes", message, ligne=numero_entete)
            return Lecture(format="fec")
        lecteur = _LecteurFec(colonnes, collecte)
        lecteur.read_all(lignes)
    creances, tiers, total = build_ouverts(lecteur.comptes, contenu.nom)
    return Lecture(
        format="fec",
        creances=creances,
        tiers=tiers,
        resume={"encodage": contenu.encodage, **lecteur.build_resume(), **_compare_solde(lecteur, total, collecte)},
    )


def _compare_solde(lecteur: _LecteurFec, total: int, collecte: Collecte) -> dict[str, str]:
    ecart = lecteur.solde_clients - total
    if ecart or lecteur.clients_refuses:
        collecte.warn(
            "ecart_411",
            phrase(
                "Des lignes de comptes clients ont été refusées ({nombre}) ; écart connu avec le solde des comptes "
                "411 : {ecart}. Corrigez-les avant de relancer ces clients.",
                nombre=lecteur.clients_refuses,
                ecart=to_euros(ecart),
            ),
        )
    if not lecteur.comptes:
        collecte.warn("aucun_compte_client", phrase("Ce FEC ne contient aucune ligne de compte client (411)."))
    return {
        "solde_411": str(to_euros(lecteur.solde_clients)),
        "total_ouvert": str(to_euros(total)),
        "ecart": str(to_euros(ecart)),
    }


def _iter_lignes(flux: io.TextIOWrapper, collecte: Collecte) -> Iterator[tuple[int, str, bool]]:
    """Give each line, its number, and whether it is a last line that nothing ends (maybe cut short)."""
    numero, reste = 0, ""
    while bloc := flux.read(_BLOC):
        lignes = (reste + bloc).split("\n")
        reste = lignes.pop()
        for ligne in lignes:
            numero += 1
            yield numero, ligne, False
        if len(reste) > _BLOC:
            message = phrase("Ligne {ligne} : démesurée ; la suite n'a pas été lue.", ligne=numero + 1)
            collecte.add("ligne_demesuree", message, ligne=numero + 1)
            return
    if reste:
        yield numero + 1, reste, True


class _LecteurFec:
    """The running totals of the ledger, and the lines of customers account by account."""

    def __init__(self, colonnes: ColonnesFec, collecte: Collecte) -> None:
        self._colonnes, self._collecte = colonnes, collecte
        self.comptes: dict[str, CompteClient] = {}
        self.solde_clients = self.clients_refuses = 0
        self._autres: dict[str, int] = defaultdict(int)
        self._equilibre = Equilibre(collecte)
        self._nombre = 0
        self._montants: dict[str, int] = {}
        self._jours: dict[str, str] = {}
        self._choose = itemgetter(*(colonnes.positions.get(nom, -1) for nom in _COLONNES_CLIENT))

    def read_all(self, lignes: Iterable[tuple[int, str, bool]]) -> None:
        """Read every line below the header: amounts into the balances, lines of 411 accounts kept."""
        separateur, largeur = self._colonnes.separateur, self._colonnes.nombre
        compte, journal, ecriture, jour = (
            self._colonnes.positions[nom] for nom in ("comptenum", "journalcode", "ecriturenum", "ecrituredate")
        )
        premier, second = (self._colonnes.positions[nom] for nom in self._colonnes.noms_montants)
        read_montants = self._read_debit_credit if "debit" in self._colonnes.noms_montants else self._read_montant_sens
        add_ecriture, jours = self._equilibre.add, self._jours
        for numero, ligne, fin in lignes:
            cellules = self._unquote(ligne) if self._colonnes.guillemets else ligne.split(separateur)
            if len(cellules) < largeur and not self._complete(numero, cellules, fin=fin):
                continue
            try:
                debit, credit = read_montants(cellules[premier], cellules[second])
                add_ecriture((cellules[journal], cellules[ecriture], cellules[jour]), numero, debit, credit)
                if cellules[compte].startswith("41"):
                    self._add_client(numero, cellules, debit - credit)
                elif cellules[jour] not in jours:
                    self._check_jour(cellules[jour], "EcritureDate")
            except ErreurSaisie as erreur:
                self._refuse(numero, erreur, cellules)
            self._nombre += 1
        self._equilibre.close()

    def _unquote(self, ligne: str) -> list[str]:
        with suppress(csv.Error, StopIteration):
            return next(csv.reader([ligne], delimiter=self._colonnes.separateur))
        return ligne.split(self._colonnes.separateur)

    def _complete(self, numero: int, cellules: list[str], *, fin: bool) -> bool:
        """Pad a line whose last empty columns were left out; refuse one that was cut."""
        if not any(cellule.strip() for cellule in cellules):
            return False
        dernier = max(self._colonnes.positions[nom] for nom in self._colonnes.noms_montants)
        if fin or len(cellules) <= dernier:
            self._collecte.add(
                "ligne_tronquee" if fin else "ligne_incomplete",
                lambda: _say_incomplete(numero, len(cellules), self._colonnes.nombre, fin=fin),
                ligne=numero,
            )
            return False
        cellules.extend([""] * (self._colonnes.nombre - len(cellules)))
        return True

    def _read_debit_credit(self, debit: str, credit: str) -> tuple[int, int]:
        """Debit and credit in cents. Raises ErreurSaisie."""
        connus = self._montants
        un, deux = connus.get(debit), connus.get(credit)
        return (
            self._parse_centimes(debit, "Debit") if un is None else un,
            self._parse_centimes(credit, "Credit") if deux is None else deux,
        )

    def _read_montant_sens(self, montant: str, sens: str) -> tuple[int, int]:
        """Debit and credit in cents, from an amount and its direction. Raises ErreurSaisie."""
        signe = _SENS.get(sens.strip().upper())
        if signe is None:
            raise ErreurSaisie("sens_inconnu", phrase("Le sens « {sens} » n'est ni D ni C.", sens=sens.strip()), "Sens")
        centimes = self._parse_centimes(montant, "Montant")
        return (centimes, 0) if signe > 0 else (0, centimes)

    def _parse_centimes(self, texte: str, champ: str) -> int:
        brut = texte.strip()
        chiffres = brut[:-3] + brut[-2:]
        if brut[-3:-2] in (",", ".") and chiffres.isdigit() and chiffres.isascii() and len(chiffres) <= _CHIFFRES_MAX:
            centimes = int(chiffres)  # how nearly every program writes amounts, 1234,56: ten times as fast
        else:
            centimes = int(parse_montant(brut, champ) * 100) if brut else 0
        if len(self._montants) > _CACHE_MAX:
            self._montants.clear()
        self._montants[texte] = centimes
        return centimes

    def _check_jour(self, texte: str, champ: str) -> str:
        jour = self._jours.get(texte)
        if jour is None:
            jour = f"{parse_date(texte, champ):%Y%m%d}"
            self._jours[texte] = jour
        return jour

    def _add_client(self, numero: int, cellules: list[str], centimes: int) -> None:
        cellules.append("")  # where the columns that the file has not got are read
        (
            compte,
            auxiliaire,
            nom,
            intitule,
            journal,
            journal_lib,
            ecriture,
            jour,
            piece,
            jour_piece,
            libelle,
            lettrage,
        ) = self._choose(cellules)
        if not compte.startswith(_CLIENTS):
            prefixe = next((prefixe for prefixe in _NON_RELANCES if compte.startswith(prefixe)), None)
            if prefixe:
                self._autres[prefixe] += centimes
            return
        self.solde_clients += centimes
        jour_ecriture = self._check_jour(jour, "EcritureDate")
        code = auxiliaire.strip() or compte.strip()
        client = self.comptes.get(code)
        if client is None:
            client = CompteClient(code, clean_texte(nom) or clean_texte(intitule) or code, numero, [])
            self.comptes[code] = client
        client.lignes.append(
            LigneClient(
                numero,
                intern(journal.strip()),
                intern(journal_lib),
                ecriture.strip(),
                self._read_jour_piece(numero, jour_piece) or jour_ecriture,
                clean_texte(piece),
                libelle,
                centimes,
                lettrage.strip(),
            )
        )

    def _read_jour_piece(self, numero: int, texte: str) -> str | None:
        jour = self._jours.get(texte)
        if jour or not texte.strip():
            return jour
        try:
            return self._check_jour(texte, "PieceDate")
        except ErreurSaisie as erreur:
            self._collecte.warn(
                erreur.code,
                phrase(
                    "Ligne {ligne} : {faute} La date de l'écriture est prise à sa place.",
                    ligne=numero,
                    faute=lower_first(erreur.message),
                ),
                ligne=numero,
                champ="PieceDate",
            )
            return None

    def _refuse(self, numero: int, erreur: ErreurSaisie, cellules: list[str]) -> None:
        compte = cellules[self._colonnes.positions["comptenum"]].strip()
        self.clients_refuses += compte.startswith(_CLIENTS)
        self._collecte.add(
            erreur.code,
            lambda: _say_refus(numero, compte, lower_first(erreur.message)),
            ligne=numero,
            champ=erreur.champ,
        )

    def build_resume(self) -> dict[str, str]:
        """Say what the whole ledger holds, and warn about the accounts that are not chased."""
        resume = {
            "separateur": {"\t": "TAB"}.get(self._colonnes.separateur, self._colonnes.separateur),
            "lignes": str(self._nombre),
            **self._equilibre.build_resume(),
            "comptes_411": str(len(self.comptes)),
        }
        if self._jours:
            resume["exercice_debut"] = f"{parse_date(min(self._jours.values()))}"
            resume["exercice_fin"] = f"{parse_date(max(self._jours.values()))}"
        for prefixe, libelle in _NON_RELANCES.items():
            solde: Decimal = to_euros(self._autres[prefixe])
            resume[f"solde_{prefixe}"] = str(solde)
            if solde:
                self._collecte.warn(
                    f"solde_{prefixe}",
                    phrase(
                        "Les comptes {prefixe} ({libelle}) portent un solde de {solde} : ils ne sont pas relancés, "
                        "vérifiez-les avec votre comptable.",
                        prefixe=prefixe,
                        libelle=libelle,
                        solde=solde,
                    ),
                )
        return resume


def _say_incomplete(numero: int, lues: int, attendues: int, *, fin: bool) -> Phrase:
    if fin:
        return phrase(
            "Ligne {ligne} : {lues} colonnes au lieu de {attendues} : le fichier est sans doute tronqué, exportez-le "
            "de nouveau.",
            ligne=numero,
            lues=lues,
            attendues=attendues,
        )
    return phrase(
        "Ligne {ligne} : {lues} colonnes au lieu de {attendues}.", ligne=numero, lues=lues, attendues=attendues
    )


def _say_refus(numero: int, compte: str, faute: str) -> Phrase:
    if not compte:
        return phrase("Ligne {ligne} (compte absent) : {faute}", ligne=numero, faute=faute)
    return phrase("Ligne {ligne} (compte {compte}) : {faute}", ligne=numero, compte=compte, faute=faute)
