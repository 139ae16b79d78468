"""A ledger of customers in a table (« grand livre auxiliaire », journal, FEC opened in a spreadsheet): its open items.

Its lines become those of a FEC, and what is open is worked out as there: by lettering, account by account.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal

from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.collecte import Collecte, Lecture
from exigible.echanges.entetes import Entete
from exigible.echanges.fec_bilan import check_soldes, warn_a_part, warn_clients
from exigible.echanges.fec_comptes import NUMEROS, Famille, name_famille, name_journal, says_ouverture
from exigible.echanges.fec_lignes import CompteClient, LigneClient
from exigible.echanges.fec_ouverts import build_ouverts
from exigible.echanges.lignes import LigneLue, explain_refus
from exigible.echanges.valeurs import clean_texte, convert_texte, fold_texte

_DE_CLIENTS = sum(NUMEROS)
_TOTAUX = frozenset({"total", "totaux", "totals", "sous", "subtotal", "cumul", "cumuls", "solde", "soldes", "balance"})
_DECORS = frozenset({"page", "edite", "edition", "imprime", "periode", "exercice", "devise", "tenue", "date", "du"})
_OUVERTURES = frozenset({"solde initial", "solde anterieur", "solde ouverture", "opening balance", "initial balance"})
_COMPTE = re.compile(
    r"(?:compte\s*(?:n°|:)?\s*)?(\d{3,}\S*|[A-Z]{1,4}\d{3,}\S*)(?:\s*[-–:]\s*|\s+|$)(.*)", re.IGNORECASE
)
_FOURNISSEURS, _CLIENT = "fournisseur", "client"
_SENS = {"d": 1, "debit": 1, "c": -1, "credit": -1}
_CHIFFRES_DE_COMPTE = 3
_DE_FOURNISSEURS = ("401", "403", "404", "408", "409")

Lignes = Iterable[tuple[int, Sequence[object]]]


def read_grand_livre(lignes: Lignes, entete: Entete, titre: str, fichier: str, collecte: Collecte) -> Lecture:
    """Read the rows below the header into open items, as a FEC gives them; `titre` is what stands above the header.

    Lines of accounts that are not customers' only say what faces a credit. The format is left to the caller.
    """
    plie = fold_texte(f"{titre} {' '.join(entete.noms)}")
    if _FOURNISSEURS in plie and _CLIENT not in plie:
        raise ErreurSaisie(
            "grand_livre_fournisseurs",
            phrase(
                "Le fichier « {nom} » est un grand livre de fournisseurs : il dit ce que vous devez, pas ce qui vous "
                "est dû. Exportez celui des clients.",
                nom=fichier,
            ),
        )
    lecteur = _LecteurLivre(entete, fichier, collecte, de_clients=_CLIENT in plie)
    for numero, cellules in lignes:
        lecteur.read(numero, cellules)
    comptes = lecteur.finish()
    _check_comptes(comptes, fichier, collecte, de_clients=_CLIENT in plie)
    ouverts = build_ouverts(comptes, fichier)
    warn_a_part(comptes, ouverts, collecte)
    warn_clients(comptes, ouverts, collecte)
    return Lecture(
        format=None,
        creances=ouverts.creances,
        a_part=ouverts.a_part,
        tiers=ouverts.tiers,
        resume={
            "forme": "grand_livre",
            "lignes": str(lecteur.nombre),
            **check_soldes(comptes, ouverts, lecteur.refuses, collecte),
        },
    )


def _check_comptes(comptes: Sequence[CompteClient], fichier: str, collecte: Collecte, *, de_clients: bool) -> None:
    """Say that nothing tells that these accounts are customers'. Raises ErreurSaisie when there is none at all."""
    if not comptes:
        raise ErreurSaisie(
            "aucun_compte_client",
            phrase(
                "Le grand livre « {nom} » ne contient aucune ligne de compte client (411) : exportez le grand livre "
                "auxiliaire des clients, ou le FEC.",
                nom=fichier,
            ),
        )
    if not de_clients and not any(compte.numero[:_CHIFFRES_DE_COMPTE].isdigit() for compte in comptes):
        message = phrase("Rien ne dit que les comptes de « {nom} » sont ceux de clients : vérifiez-le.", nom=fichier)
        collecte.warn("comptes_supposes_clients", message)


class _LecteurLivre:
    """The account being read, and the lines of customers account by account."""

    def __init__(self, entete: Entete, fichier: str, collecte: Collecte, *, de_clients: bool) -> None:
        self._entete, self._fichier, self._collecte = entete, fichier, collecte
        self._de_clients = de_clients
        self._colonnes = dict(entete.colonnes)
        # Some programs leave the first column without a title: the account's name, then the references of its lines.
        self._sans_titre = "piece" not in self._colonnes and not entete.noms[0]
        if self._sans_titre:
            self._colonnes["piece"] = 0
        self._courant = ("", "")
        self._comptes: dict[tuple[str, Famille], CompteClient] = {}
        self._ouvertures: list[LigneClient] = []
        self._familles: dict[tuple[str, str, str], int] = {}
        self._titres = tuple(fold_texte(nom) for nom in entete.noms if nom)
        self.nombre = self.refuses = 0

    def read(self, numero: int, cellules: Sequence[object]) -> None:
        """Read a row: a line of an account, the title of one, a total, an opening balance, or nothing."""
        ligne = LigneLue(self._fichier, numero, cellules, self._colonnes, self._entete.ecriture)
        textes = [texte for cellule in cellules if (texte := convert_texte(cellule))]
        if not textes or tuple(map(fold_texte, textes)) == self._titres:
            return
        if not _has_jour(ligne) and self._read_intertitre(ligne, textes):
            return
        self.nombre += 1
        try:
            self._add(ligne, _read_jour(ligne))
        except ErreurSaisie as erreur:
            self.refuses += self._is_client(ligne)
            explain_refus(erreur, ligne, self._entete, self._collecte)

    def finish(self) -> list[CompteClient]:
        """Give the accounts; opening balances take the first day of the ledger, credits what faces them.

        Raises ErreurSaisie when there are opening balances and no day at all.
        """
        lignes = [ligne for compte in self._comptes.values() for ligne in compte.lignes]
        premier = min((ligne.jour_ecriture for ligne in lignes if ligne.jour_ecriture), default="")
        if self._ouvertures and not premier:
            message = phrase(
                "Le grand livre « {nom} » n'a que des soldes de départ, sans aucun jour.", nom=self._fichier
            )
            raise ErreurSaisie("date_absente", message, "date")
        for ouverture in self._ouvertures:
            ouverture.jour_ecriture = ouverture.jour = premier
        for ligne in lignes:
            ligne.contreparties = self._familles.get(ligne.cle_ecriture, 0)
        return list(self._comptes.values())

    def _read_intertitre(self, ligne: LigneLue, textes: Sequence[str]) -> bool:
        """Read a row without a day; False for a line of an account whose day is missing."""
        plie = fold_texte(" ".join(textes))
        premier = plie.split(" ")[0] if plie else ""
        libelle = fold_texte(ligne.get_texte("libelle") or textes[0])
        montants = ligne.get("debit") is not None or ligne.get("credit") is not None
        if montants and (says_ouverture(libelle) or any(mots in libelle for mots in _OUVERTURES)):
            self._add_ouverture(ligne)
            return True
        if premier in _TOTAUX or fold_texte(textes[0]).split(" ")[0] in _TOTAUX or libelle.split(" ")[0] in _TOTAUX:
            return True
        reperes = ("journal", "lettrage") if self._sans_titre else ("piece", "journal", "lettrage")
        if montants and any(ligne.get(champ) is not None for champ in reperes):
            return False
        if premier not in _DECORS:
            self._open_courant(ligne, textes)
        return True

    def _open_courant(self, ligne: LigneLue, textes: Sequence[str]) -> None:
        """Take a row for the title of the account whose lines come next."""
        mots = [texte for texte in textes if any(map(str.isalpha, texte)) or texte.isdigit()]
        code = ligne.get_texte("auxiliaire") or ligne.get_texte("compte")
        if code and len(mots) > 1:
            self._courant = (code, next(mot for mot in mots if mot != code))
            return
        trouve = _COMPTE.fullmatch(" ".join(mots[:2]))
        if trouve:
            self._courant = (trouve[1], trouve[2].strip())
        elif mots:
            self._courant = ("", mots[0])

    def _name_compte(self, ligne: LigneLue) -> tuple[str, str, Famille]:
        """Code, name and group of the account of a line: its own columns, else the title above it."""
        numero, auxiliaire = ligne.get_texte("compte"), ligne.get_texte("auxiliaire")
        nom = ligne.get_texte("nom_auxiliaire")
        if not numero and not auxiliaire and not nom:
            numero, nom = self._courant
        code = auxiliaire or numero or ""
        if numero and nom and not auxiliaire and not numero.rstrip("0").removeprefix("411"):
            code = nom  # a collective account and the name of its customer
        famille = self._name_famille(numero, auxiliaire)
        return code or nom or "", nom or ligne.get_texte("nom") or code, famille

    def _name_famille(self, numero: str | None, auxiliaire: str | None) -> Famille:
        """Name the group of an account; a code that is no number of the chart of accounts is a customer's."""
        compte = numero or auxiliaire or ""
        famille = name_famille(compte)
        if famille & _DE_CLIENTS:
            return famille
        if self._de_clients or not compte[:_CHIFFRES_DE_COMPTE].isdigit():
            return Famille.CLIENT
        return famille if numero or compte.startswith(_DE_FOURNISSEURS) else Famille.CLIENT

    def _is_client(self, ligne: LigneLue) -> bool:
        return bool(self._name_compte(ligne)[2] & _DE_CLIENTS)

    def _add(self, ligne: LigneLue, jour: tuple[str, str]) -> None:
        """Keep a line of a customer. Raises ErreurSaisie for a bad day or amount."""
        code, nom, famille = self._name_compte(ligne)
        centimes = _read_centimes(ligne)
        piece = ligne.get_texte("piece") or ""
        jour_ecriture, jour_piece = jour
        journal = name_journal(ligne.get_texte("journal") or "", ligne.get_texte("journal_titre") or "")
        cle = (journal.code, ligne.get_texte("ecriture") or piece or jour_ecriture, jour_ecriture)
        self._familles[cle] = self._familles.get(cle, 0) | famille
        if not famille & _DE_CLIENTS:
            return
        if not code:
            raise ErreurSaisie("compte_absent", phrase("Rien ne dit de quel client est cette ligne."), "compte")
        echeance = ligne.get_date("echeance")
        lue = LigneClient(
            ligne.numero,
            journal,
            cle[1],
            jour_ecriture,
            jour_piece,
            piece,
            ligne.get_texte("libelle") or "",
            centimes,
            ligne.get_texte("lettrage") or "",
            f"{echeance:%d/%m/%Y}" if echeance else "",
        )
        self._append(code, nom, famille, lue, ligne.get_texte("compte"))

    def _append(self, code: str, nom: str, famille: Famille, lue: LigneClient, numero: str | None) -> None:
        compte = self._comptes.get((code, famille))
        if compte is None:
            compte = CompteClient(code, clean_texte(nom) or code, numero or code, famille, lue.numero, [])
            self._comptes[code, famille] = compte
        compte.lignes.append(lue)
        compte.solde += lue.centimes

    def _add_ouverture(self, ligne: LigneLue) -> None:
        """Keep an opening balance that has no day of its own."""
        code, nom, famille = self._name_compte(ligne)
        if not famille & _DE_CLIENTS or not code:
            return
        try:
            centimes = _read_centimes(ligne)
        except ErreurSaisie as erreur:
            self.refuses += 1
            explain_refus(erreur, ligne, self._entete, self._collecte)
            return
        if centimes:
            journal = name_journal("AN", "")
            libelle = ligne.get_texte("libelle") or ""
            lue = LigneClient(ligne.numero, journal, "", "", "", journal.code, libelle, centimes, "")
            self._ouvertures.append(lue)
            self._append(code, nom, famille, lue, ligne.get_texte("compte"))


def _has_jour(ligne: LigneLue) -> bool:
    """Whether a row has a day: the title of an account may stand in the column of days."""
    for champ in ("date", "date_piece"):
        with suppress(ErreurSaisie):
            if ligne.get_date(champ):
                return True
    return False


def _read_jour(ligne: LigneLue) -> tuple[str, str]:
    """Day of the entry and day of the piece. Raises ErreurSaisie when there is none."""
    jour, piece = ligne.get_date("date"), None
    with suppress(ErreurSaisie):
        piece = ligne.get_date("date_piece")
    if jour is None and piece is None:
        raise ErreurSaisie("date_absente", phrase("La date de l'écriture manque."), "date")
    return f"{jour or piece:%Y%m%d}", f"{piece or jour:%Y%m%d}"


def _read_centimes(ligne: LigneLue) -> int:
    """Debit less credit, in cents. Raises ErreurSaisie."""
    colonnes: Mapping[str, int] = ligne.colonnes
    if "debit" in colonnes and "credit" in colonnes:
        montant = (ligne.get_montant("debit") or ZERO) - (ligne.get_montant("credit") or ZERO)
        return int(montant * 100)
    sens = fold_texte(ligne.get_texte("sens") or "")
    if sens not in _SENS:
        raise ErreurSaisie("sens_inconnu", phrase("Le sens « {sens} » n'est ni D ni C.", sens=sens), "sens")
    return int((ligne.get_montant("montant") or Decimal()) * 100) * _SENS[sens]
