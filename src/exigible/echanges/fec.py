"""FEC (LPF A47 A-1): read as a stream, only the lines of customers kept; balances checked on the way.

Amounts are whole cents inside this module: a file of two million lines leaves no time for `Decimal` on each.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from operator import itemgetter

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.collecte import Collecte, Lecture
from exigible.echanges.contenu import Contenu
from exigible.echanges.ecritures import read_montant
from exigible.echanges.fec_bilan import check_soldes, warn_a_part, warn_clients
from exigible.echanges.fec_colonnes import (
    LIGNES_AVANT,
    SENS,
    ColonnesFec,
    is_entete_fec,
    is_suite_vide,
    join_libelle,
    read_colonnes_fec,
    score_cellules,
)
from exigible.echanges.fec_comptes import NUMEROS, Famille, Journal, name_famille, name_journal
from exigible.echanges.fec_equilibre import Equilibre
from exigible.echanges.fec_fautes import say_excedent, say_incomplete, say_piece, say_refus, say_separateur
from exigible.echanges.fec_lignes import CompteClient, LigneClient
from exigible.echanges.fec_ouverts import build_ouverts
from exigible.echanges.lignes import lower_first
from exigible.echanges.valeurs import clean_texte, parse_date

_BLOC = 1 << 20
_CACHE_MAX = 512
_CHIFFRES_MAX = 14
_MONTREES = 20
_COLONNES_CLIENT = (
    *("compauxnum", "compauxlib", "comptelib", "journallib", "pieceref", "piecedate"),
    *("ecriturelib", "ecriturelet", "dateecheance"),
)
_DE_CLIENTS = sum(NUMEROS)


def read_fec(contenu: Contenu, collecte: Collecte, *, suivies: Collection[str] = ()) -> Lecture:
    """Read a FEC into the open items of its customers; memory follows the number of their lines only.

    `creances` holds the open items of the 411 accounts, and the advances (4191) as payments; `a_part` those of 416 and
    413, that are not chased with them. `suivies`: the numbers (as `normalize` writes them) of invoices to give even
    when the ledger has closed them, with what closed them.
    """
    with contenu.open_texte(newline=None) as flux:
        lignes = _iter_lignes(flux, collecte)
        numero_entete, entete = _find_entete(lignes)
        colonnes = read_colonnes_fec(entete.removeprefix("\ufeff"))
        if colonnes.manquantes:
            message = phrase("Il manque au FEC : {noms}.", noms=colonnes.manquantes)
            collecte.add("fec_colonnes_manquantes", message, ligne=numero_entete)
            return Lecture(format="fec")
        lecteur = _LecteurFec(colonnes, collecte)
        lecteur.read_all(lignes)
    comptes = list(lecteur.comptes.values())
    ouverts = build_ouverts(comptes, contenu.nom, suivies)
    warn_a_part(comptes, ouverts, collecte)
    warn_clients(comptes, ouverts, collecte)
    return Lecture(
        format="fec",
        creances=ouverts.creances,
        a_part=ouverts.a_part,
        tiers=ouverts.tiers,
        resume={
            "encodage": contenu.encodage,
            **lecteur.resume,
            **check_soldes(comptes, ouverts, lecteur.clients_refuses, collecte),
        },
    )


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


def _find_entete(lignes: Iterator[tuple[int, str, bool]]) -> tuple[int, str]:
    """Give the header and its number, below titles if there are some; the first line that is not blank without one."""
    premiere = (1, "")
    for numero, ligne, _ in islice(lignes, LIGNES_AVANT):
        if is_entete_fec(ligne):
            return numero, ligne
        if ligne.strip() and not premiere[1]:
            premiere = (numero, ligne)
    return premiere


class _Familles(dict[str, int]):
    """The group of each account met, by its number as the file writes it."""

    def __missing__(self, compte: str) -> int:
        famille = self[compte] = int(name_famille(compte))
        return famille


class _Centimes(dict[str, int]):
    """The amounts of a column in cents, by their text; one that can't be read raises ErreurSaisie.

    Only zero and what is slow to read are remembered: most other amounts are met once or twice.
    """

    def __init__(self, champ: str) -> None:
        super().__init__()
        self._champ = champ

    def __missing__(self, texte: str) -> int:
        if texte[-3:-2] in ",.":  # how nearly every program writes amounts, 1234,56: ten times as fast
            chiffres = texte[:-3] + texte[-2:]
            if chiffres.isdecimal() and len(chiffres) <= _CHIFFRES_MAX and (lus := int(chiffres)):
                return lus
        centimes = int(read_montant(texte, self._champ) * 100) if texte.strip() else 0
        if len(self) > _CACHE_MAX:
            self.clear()
        self[texte] = centimes
        return centimes


def _apply_sens(centimes: int, sens: str) -> tuple[int, int]:
    """Debit and credit, from an amount and its direction. Raises ErreurSaisie."""
    signe = SENS.get(sens.strip().upper())
    if signe is None:
        raise ErreurSaisie("sens_inconnu", phrase("Le sens « {sens} » n'est ni D ni C.", sens=sens.strip()), "Sens")
    return (centimes, 0) if signe > 0 else (0, centimes)


class _Ecriture:
    """The entry being read, its lines following one another; closed, its credits know what faces them."""

    __slots__ = ("_debut", "_equilibre", "cle", "clients", "familles", "solde")

    def __init__(self, equilibre: Equilibre) -> None:
        self._equilibre = equilibre
        self.cle = ("", "", "")
        self.clients: list[LigneClient] = []
        self.solde = self.familles = self._debut = 0

    def close(self, cle: tuple[str, str, str], ligne: int) -> None:
        """Close it, and open that of `cle`, whose first line is `ligne`."""
        for client in self.clients:
            client.contreparties = self.familles
        self.clients.clear()
        if self.solde or self._equilibre.en_cours:
            self._equilibre.close_ecriture(self.cle, self._debut, self.solde)
        self.cle, self._debut, self.solde, self.familles = cle, ligne, 0, 0


class _LecteurFec:
    """The running totals of the ledger, and the lines of customers account by account."""

    def __init__(self, colonnes: ColonnesFec, collecte: Collecte) -> None:
        self._colonnes, self._collecte = colonnes, collecte
        self.comptes: dict[tuple[str, int], CompteClient] = {}
        self.clients_refuses = 0
        self.resume: dict[str, str] = {}
        self._familles = _Familles()
        self._journaux: dict[str, Journal] = {}
        self._jours: dict[str, str] = {}
        self._choose = itemgetter(*(colonnes.positions.get(nom, -1) for nom in _COLONNES_CLIENT))

    def read_all(self, lignes: Iterable[tuple[int, str, bool]]) -> None:
        """Read every line below the header: amounts into the balances, lines of customers kept."""
        positions = self._colonnes.positions
        choose = itemgetter(*(positions[nom] for nom in (*self._colonnes.noms_montants, "comptenum")))
        choose_cle = itemgetter(*(positions[nom] for nom in ("journalcode", "ecriturenum", "ecrituredate")))
        direct = "debit" in self._colonnes.noms_montants
        debits, credits_, montants = _Centimes("Debit"), _Centimes("Credit"), _Centimes("Montant")
        familles, jours, equilibre = self._familles, self._jours, Equilibre(self._collecte)
        separateur, largeur, guillemets = self._colonnes.separateur, self._colonnes.nombre, self._colonnes.guillemets
        ecriture = _Ecriture(equilibre)
        total_debit = total_credit = nombre = 0
        for numero, ligne, fin in lignes:
            cellules = self._unquote(ligne) if guillemets else ligne.split(separateur)
            if len(cellules) != largeur and not self._adjust(numero, cellules, fin=fin):
                continue
            if not nombre:  # when the first line ends with separators, so do the others
                largeur = len(cellules)
            nombre += 1
            try:
                premier, second, compte = choose(cellules)
                if direct:
                    debit, credit = debits[premier], credits_[second]
                else:
                    debit, credit = _apply_sens(montants[premier], second)
                if (cle := choose_cle(cellules)) != ecriture.cle:
                    ecriture.close(cle, numero)
                if debit < 0 or credit < 0:
                    equilibre.warn_negatif(numero)
                total_debit += debit
                total_credit += credit
                famille = familles[compte]
                ecriture.solde += debit - credit
                ecriture.familles |= famille
                if famille & _DE_CLIENTS:
                    ecriture.clients.append(self._add_client(numero, cellules, compte, cle, debit - credit))
                elif cle[2] not in jours:
                    self._check_jour(cle[2], "EcritureDate")
            except ErreurSaisie as erreur:
                self._refuse(numero, erreur, cellules)
        ecriture.close(ecriture.cle, 0)
        self._write_resume(nombre, equilibre.close(total_debit, total_credit))

    def _unquote(self, ligne: str) -> list[str]:
        with suppress(csv.Error, StopIteration):
            return next(csv.reader([ligne], delimiter=self._colonnes.separateur))
        return ligne.split(self._colonnes.separateur)

    def _adjust(self, numero: int, cellules: list[str], *, fin: bool) -> bool:
        """Make a line as wide as the header, or refuse it: too short, or with separators inside its label."""
        exces = len(cellules) - self._colonnes.nombre
        if exces < 0:
            return self._complete(numero, cellules, fin=fin)
        if not exces or is_suite_vide(cellules, exces, self._colonnes):
            return True
        jointes = join_libelle(cellules, exces, self._colonnes)
        telle, jointe = (score_cellules(ligne, self._colonnes) for ligne in (cellules, jointes))
        if telle >= jointe and telle > 0:
            return True
        if jointe <= 0:
            message = say_excedent(numero, len(cellules), self._colonnes.nombre)
            self._collecte.add("colonnes_en_trop", message, ligne=numero)
            self.clients_refuses += self._is_client(cellules)
            return False
        cellules[:] = jointes
        self._collecte.warn("separateur_dans_libelle", lambda: say_separateur(numero), ligne=numero, plafond=_MONTREES)
        return True

    def _is_client(self, cellules: list[str]) -> bool:
        return bool(name_famille(cellules[self._colonnes.positions["comptenum"]].strip()) & _DE_CLIENTS)

    def _complete(self, numero: int, cellules: list[str], *, fin: bool) -> bool:
        """Pad a line whose last empty columns were left out; refuse one that was cut."""
        if not any(cellule.strip() for cellule in cellules):
            return False
        dernier = max(self._colonnes.positions[nom] for nom in self._colonnes.noms_montants)
        if fin or len(cellules) <= dernier:
            self._collecte.add(
                "ligne_tronquee" if fin else "ligne_incomplete",
                lambda: say_incomplete(numero, len(cellules), self._colonnes.nombre, fin=fin),
                ligne=numero,
            )
            return False
        cellules.extend([""] * (self._colonnes.nombre - len(cellules)))
        return True

    def _check_jour(self, texte: str, champ: str) -> str:
        jour = self._jours.get(texte)
        if jour is None:
            jour = f"{parse_date(texte, champ):%Y%m%d}"
            self._jours[texte] = jour
        return jour

    def _add_client(
        self, numero: int, cellules: list[str], numero_compte: str, cle: tuple[str, str, str], centimes: int
    ) -> LigneClient:
        """Keep a line of a customer; `cle` is its entry. Raises ErreurSaisie for a bad day."""
        cellules.append("")  # where the columns that the file has not got are read
        auxiliaire, nom, intitule, titre, piece, jour_piece, libelle, lettrage, echeance = self._choose(cellules)
        code_journal, ecriture, jour_ecriture = cle
        compte = self.comptes.get((auxiliaire or numero_compte, self._familles[numero_compte]))
        if compte is None:
            compte = self._open_compte(
                numero, auxiliaire.strip() or numero_compte.strip(), numero_compte, nom or intitule
            )
        compte.solde += centimes
        jours = self._jours
        jour = jours.get(jour_ecriture) or self._check_jour(jour_ecriture, "EcritureDate")
        journal = self._journaux.get(code_journal)
        if journal is None:
            journal = self._journaux[code_journal] = name_journal(code_journal, titre)
        ligne = LigneClient(
            numero,
            journal,
            ecriture.strip(),
            jour,
            jours.get(jour_piece) or self._read_jour_piece(numero, jour_piece) or jour,
            piece,
            libelle,
            centimes,
            lettrage.strip(),
            echeance,
        )
        compte.lignes.append(ligne)
        return ligne

    def _open_compte(self, numero: int, code: str, compte: str, nom: str) -> CompteClient:
        """Find an account whose code is written with blanks, or open it."""
        famille = self._familles[compte]
        trouve = self.comptes.get((code, famille))
        if trouve is None:
            trouve = CompteClient(code, clean_texte(nom) or code, compte.strip(), Famille(famille), numero, [])
            self.comptes[code, famille] = trouve
        return trouve

    def _read_jour_piece(self, numero: int, texte: str) -> str | None:
        if not texte.strip():
            return None
        try:
            return self._check_jour(texte, "PieceDate")
        except ErreurSaisie as erreur:
            message = say_piece(numero, lower_first(erreur.message))
            self._collecte.warn(erreur.code, message, ligne=numero, champ="PieceDate")
            return None

    def _refuse(self, numero: int, erreur: ErreurSaisie, cellules: list[str]) -> None:
        compte = cellules[self._colonnes.positions["comptenum"]].strip()
        self.clients_refuses += self._is_client(cellules)
        self._collecte.add(
            erreur.code,
            lambda: say_refus(numero, compte, lower_first(erreur.message)),
            ligne=numero,
            champ=erreur.champ,
        )

    def _write_resume(self, nombre: int, totaux: dict[str, str]) -> None:
        """Say what the whole ledger holds."""
        clients = sum(compte.famille is Famille.CLIENT for compte in self.comptes.values())
        separateur = self._colonnes.separateur
        self.resume = {
            "separateur": {"\t": "TAB"}.get(separateur, separateur),
            "lignes": str(nombre),
            **totaux,
            "comptes_411": str(clients),
        }
        if self._jours:
            self.resume["exercice_debut"] = f"{parse_date(min(self._jours.values()))}"
            self.resume["exercice_fin"] = f"{parse_date(max(self._jours.values()))}"
