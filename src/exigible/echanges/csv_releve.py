"""CSV statements, as each bank exports them: titles where they like, one signed amount or debit and credit apart."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.collecte import Collecte
from exigible.echanges.colonnes_releve import (
    describe_entete,
    find_manque,
    impose_entete_releve,
    warn_colonnes_autres,
)
from exigible.echanges.contenu import Contenu
from exigible.echanges.csv_releve_entete import EnteteReleve, find_entete_releve, guess_entete_releve, read_noms
from exigible.echanges.csv_releve_valeurs import (
    find_jour,
    find_montant,
    is_americain,
    is_en_attente,
    is_ligne_solde,
    read_jour_releve,
    read_nature_solde,
    read_sens,
)
from exigible.echanges.enregistrements import ColonneLue, CompteLu, MouvementLu, Origine
from exigible.echanges.lignes import add_csv_illisible, lower_first
from exigible.echanges.releves_compte import Progression, Solde, Suivi
from exigible.echanges.releves_valeurs import clean_compte, find_iban, read_montant
from exigible.echanges.valeurs import clean_texte, fold_texte, strip_texte

_NUMERO_COMPTE = re.compile(
    r"(?:compte|account|carte|livret|cchq)\D{0,30}?(?:n\W{0,3}|number\W{0,3}|:\s*|;\s*)?((?=[\w*]{0,34}\d)[\w*]{6,34})"
    r"|^=\"?(\d{11,16})\b",
    re.IGNORECASE,
)
_JOUR_EN_TEXTE = re.compile(r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b")
_MONTANT_EN_TEXTE = re.compile(r"[+-]?\d[\d \u00a0\u202f]{0,20}[.,]\d\d(?!\d)")
_MOT = re.compile(r"[^\W\d_]{3}")
_COMPTES_MAX = 10_000
_ENTRE_MAX = 20


def read_csv_releve(
    contenu: Contenu, collecte: Collecte, colonnes: Mapping[str, str] | None = None
) -> Iterator[ColonneLue | MouvementLu | CompteLu]:
    """Give the columns, the movements, then the accounts; `colonnes`: the field of some of them by their key.

    Raises ErreurSaisie when no column is recognised (`format_inconnu`), or a needed one is missing (`colonne_absente`).
    """
    entete = _find_entete(contenu, collecte, colonnes)
    yield from describe_entete(entete)
    if manque := find_manque(entete):
        raise ErreurSaisie("colonne_absente", manque)
    _warn_encodage(contenu, collecte)
    lecteur = LecteurTableau(contenu.nom, collecte, entete)
    numero = 1
    with contenu.open_texte() as flux:
        lignes = csv.reader(flux, delimiter=entete.separateur)
        try:
            for rang, cellules in enumerate(lignes):
                yield from lecteur.take(rang, numero, cellules)
                numero = lignes.line_num + 1
        except csv.Error:
            lecteur.complet = False
            add_csv_illisible(collecte, numero)
    yield from lecteur.finish()


def _find_entete(contenu: Contenu, collecte: Collecte, colonnes: Mapping[str, str] | None) -> EnteteReleve:
    texte = contenu.decode_debut()
    entete = impose_entete_releve(texte, colonnes) if colonnes else None
    if colonnes and entete is None:
        warn_colonnes_autres(collecte)
    entete = entete or find_entete_releve(texte) or guess_entete_releve(texte)
    if entete is None:
        raise ErreurSaisie(
            "format_inconnu",
            phrase("Le fichier « {nom} » n'a pas de ligne de titres reconnue.", nom=contenu.nom),
        )
    return entete


def _warn_encodage(contenu: Contenu, collecte: Collecte) -> None:
    """Say when some accents will be wrong: the amounts are right all the same."""
    if contenu.mele or contenu.douteux or contenu.encodage == "cp850":
        ligne = contenu.find_ligne_illisible() or None
        collecte.warn(
            "encodage_incertain",
            phrase(
                "Le fichier « {nom} » est dans un ancien encodage, ou en mêle deux : vérifiez les accents des "
                "libellés.",
                nom=contenu.nom,
            ),
            ligne=ligne,
        )


class LecteurTableau:
    """A statement in rows, those of a CSV or of a sheet (`feuille`) named when the workbook has several."""

    def __init__(self, fichier: str, collecte: Collecte, entete: EnteteReleve, feuille: str | None = None) -> None:
        self._fichier, self._collecte, self._entete, self._feuille = fichier, collecte, entete, feuille
        self._colonnes = entete.colonnes
        rang = entete.colonnes["date"]
        self._americain = is_americain(ligne[rang] for ligne in entete.exemples if rang < len(ligne))
        self._comptes: dict[str | None, tuple[Suivi, Progression]] = {}
        self._annonce = Suivi()
        self._attente: MouvementLu | None = None
        # Rows of words alone, with the number of those to be told: the titles of another account may follow them.
        self._entre: deque[tuple[int, Sequence[str]]] = deque(maxlen=_ENTRE_MAX)
        self.complet = True

    def take(self, rang: int, numero: int, cellules: Sequence[str]) -> Iterator[MouvementLu | CompteLu]:
        """Take the row of this rank (from 0) and number in the file (from 1): above the titles, or below them."""
        if rang > self._entete.rang:
            yield from self.read(numero, cellules)
        elif rang < self._entete.rang or self._entete.sans_titres:
            self.read_annonce(cellules)

    def read_annonce(self, cellules: Sequence[str]) -> None:
        """Read what stands above the titles: the account, its currency, a balance."""
        texte = clean_texte(" ".join(cellules))
        if not texte:
            return
        if self._annonce.iban is None:
            trouve = _NUMERO_COMPTE.search(texte)
            self._annonce.iban = find_iban(texte) or (trouve[1] or trouve[2] if trouve else None)
        self._read_solde(cellules)

    def read(self, numero: int, cellules: Sequence[str]) -> Iterator[MouvementLu | CompteLu]:
        """Take one row into account; a row without day nor amount goes on with the label of the one before."""
        if not any(cellule.strip() for cellule in cellules):
            return
        jour = self._get("date", cellules)
        date_lue = find_jour(jour, americain=self._americain)
        if date_lue is None and not self._entete.sans_titres and read_noms(cellules) == self._entete.noms:
            yield from self._begin()
            return
        libelle = self._read_libelle(cellules)
        en_mots = date_lue is None and not self._has_montant(cellules)
        if self._is_solde(cellules, jour, libelle):
            self._read_solde(cellules)
            if en_mots:
                self._entre.append((0, cellules))
            return
        statut = self._get("statut", cellules)
        if statut and is_en_attente(statut):
            self._warn_attente(numero, self._get("montant", cellules) or self._get("debit", cellules), statut)
            return
        if not jour or fold_texte(jour).startswith("total"):
            self._read_suite(numero, cellules)
            return
        if en_mots:
            self._entre.append((numero, cellules))
            return
        self._warn_entre()
        if self._attente:
            yield self._attente
            self._attente = None
        try:
            yield from self._read_mouvement(numero, cellules, libelle)
        except ErreurSaisie as erreur:
            self._refuse(numero, erreur, cellules)

    def _begin(self) -> Iterator[MouvementLu | CompteLu]:
        """Begin the account that the rows above these titles name; titles repeated on each page begin nothing."""
        avant, self._annonce = self._annonce, Suivi()
        for _, cellules in self._entre:
            self.read_annonce(cellules)
        self._entre.clear()
        suivante, self._annonce = self._annonce, avant
        if suivante.iban is not None and suivante.iban != avant.iban:
            yield from self.finish()
            self._comptes, self._attente, self._annonce = {}, None, suivante

    def _warn_entre(self) -> None:
        """Tell the rows of words after which no account began."""
        for numero, cellules in self._entre:
            if numero:
                self._warn_ignoree(numero, next(c for c in map(clean_texte, cellules) if c))
        self._entre.clear()

    def _has_montant(self, cellules: Sequence[str]) -> bool:
        return any(self._get(champ, cellules) for champ in ("montant", "debit", "credit"))

    def finish(self) -> Iterator[MouvementLu | CompteLu]:
        """Give the last movement, then the accounts."""
        self._warn_entre()
        if self._attente:
            yield self._attente
        if not self._comptes and (self._annonce.iban or self._annonce.fin):
            self._get_suivi(None)
        for suivi, progression in self._comptes.values():
            debut, fin = progression.find_soldes()
            suivi.debut, suivi.fin = suivi.debut or debut, suivi.fin or fin
            if len(self._comptes) == 1:
                suivi.iban = suivi.iban or self._annonce.iban
                suivi.debut = self._annonce.debut or suivi.debut
                suivi.fin = fin or self._annonce.fin or suivi.fin
            yield suivi.close(self._collecte, complet=self.complet)

    def _get(self, champ: str, cellules: Sequence[str]) -> str:
        position = self._colonnes.get(champ)
        return strip_texte(cellules[position]) if position is not None and position < len(cellules) else ""

    def _read_libelle(self, cellules: Sequence[str]) -> str:
        textes = [clean_texte(cellules[p]) for p in self._entete.libelles if p < len(cellules)]
        gardes: list[str] = []
        for texte in textes:
            if texte not in ("", "-") and not any(texte in garde for garde in gardes):
                gardes = [garde for garde in gardes if garde not in texte]
                gardes.append(texte)
        return " ".join(gardes)

    def _is_solde(self, cellules: Sequence[str], jour: str, libelle: str) -> bool:
        premiere = next((clean_texte(c) for c in cellules if c.strip()), "")
        if is_ligne_solde(libelle) or is_ligne_solde(premiere):
            return True
        if not find_jour(jour, americain=self._americain) and read_nature_solde(premiere) is not None:
            return True
        if self._entete.sans_titres and not _MOT.search(libelle):
            self._annonce.iban = self._annonce.iban or libelle or None
            return find_montant(self._get("montant", cellules)) is not None
        return False

    def _read_solde(self, cellules: Sequence[str]) -> None:
        """Read a balance: what it is by its words, how much by the last amount of the row."""
        texte = clean_texte(" ".join(cellules))
        nature = next((n for c in cellules if (n := read_nature_solde(c))), None)
        if nature is None and not self._entete.sans_titres:
            return
        montants = [m for c in cellules if (m := find_montant(c)) is not None]
        if not montants and (trouve := _MONTANT_EN_TEXTE.search(_JOUR_EN_TEXTE.sub(";", texte))):
            seul = find_montant(trouve[0])
            montants = [] if seul is None else [seul]
        if not montants:
            return
        jours = [j for mot in _JOUR_EN_TEXTE.findall(texte) if (j := find_jour(mot))]
        sens = self._get("debit", cellules)
        montant = -abs(montants[-1]) if sens and find_montant(sens) == montants[-1] else montants[-1]
        solde = Solde(montant, None, jours[-1] if jours else None)
        if nature == "debut":
            self._annonce.debut = self._annonce.debut or solde
        else:
            self._annonce.fin = self._annonce.fin or solde

    def _read_suite(self, numero: int, cellules: Sequence[str]) -> None:
        """Read a row without day: a total, the end of the label above, else a fault."""
        textes = [clean_texte(cellule) for cellule in cellules if cellule.strip()]
        chiffre = self._has_montant(cellules)
        if fold_texte(textes[0]).startswith("total"):
            return
        if not chiffre and self._entre:
            self._entre.append((numero, cellules))
            return
        if not chiffre and self._attente is not None:
            libelle = clean_texte(f"{self._attente.libelle} {' '.join(textes)}")
            self._attente = replace(self._attente, libelle=libelle)
            return
        erreur = ErreurSaisie("date_absente", phrase("L'opération n'a pas de date."), "date")
        if chiffre:
            self._refuse(numero, erreur, cellules)
        else:
            self._warn_ignoree(numero, textes[0])

    def _warn_ignoree(self, numero: int, texte: str) -> None:
        self._collecte.warn(
            "ligne_ignoree",
            phrase("Ligne {ligne} : « {texte} » n'est pas une opération.", ligne=numero, texte=texte[:60]),
            ligne=numero,
            chemin=self._feuille,
            plafond=20,
        )

    def _read_mouvement(self, numero: int, cellules: Sequence[str], libelle: str) -> Iterator[MouvementLu]:
        jour = read_jour_releve(self._get("date", cellules), americain=self._americain)
        devise = _read_devise(self._get("devise", cellules))
        montant = self._read_montant(cellules, devise)
        compte = self._get("compte", cellules)
        suivi, progression = self._get_suivi(clean_compte(compte) if compte else None)
        iban = self._get("iban", cellules)
        contrepartie = clean_texte(self._get("contrepartie", cellules))
        operation = clean_texte(self._get("operation", cellules))
        texte = libelle or contrepartie or operation
        mouvement = MouvementLu(
            date=jour,
            date_valeur=find_jour(self._get("date_valeur", cellules), americain=self._americain),
            montant=montant,
            devise=devise,
            libelle=texte,
            reference=clean_texte(self._get("reference", cellules)) or None,
            contrepartie=contrepartie or None,
            iban=clean_compte(iban) if iban else find_iban(texte, suivi.iban),
            identifiant=clean_texte(self._get("identifiant", cellules)) or None,
            compte=suivi.iban,
            operation=operation or None,
            origine=Origine(self._fichier, numero, self._feuille),
        )
        frais = find_montant(self._get("frais", cellules)) or ZERO
        suivi.add(montant, devise)
        solde = find_montant(self._get("solde", cellules))
        progression.add(jour, montant - abs(frais), solde)
        if solde_compte := find_montant(self._get("solde_compte", cellules)):
            suivi.fin = suivi.fin or Solde(solde_compte)
        if frais:
            suivi.add(-abs(frais), devise)
            yield mouvement
            libelle_frais = phrase("Frais : {texte}", texte=texte)
            mouvement = replace(mouvement, montant=-abs(frais), libelle=libelle_frais, frais=abs(frais))
        self._attente = mouvement

    def _read_montant(self, cellules: Sequence[str], devise: str) -> Decimal:
        """Give the signed amount: credit less debit, or the one amount with its sign or its word."""
        texte = self._get("montant", cellules)
        if texte:
            montant = read_montant(texte, "montant", devise)
            sens = read_sens(self._get("sens", cellules)) or (
                read_sens(self._get("operation", cellules)) if "sens" in self._colonnes else 0
            )
            return abs(montant) * sens if sens else montant
        debit, credit = self._get("debit", cellules), self._get("credit", cellules)
        if not debit and not credit:
            raise ErreurSaisie("montant_absent", phrase("Le montant manque."), "montant")
        sorti = abs(read_montant(debit, "debit", devise)) if debit else ZERO
        return (read_montant(credit, "credit", devise) if credit else ZERO) - sorti

    def _get_suivi(self, compte: str | None) -> tuple[Suivi, Progression]:
        if compte not in self._comptes:
            if len(self._comptes) >= _COMPTES_MAX:
                return next(iter(self._comptes.values()))
            iban = compte or self._annonce.iban
            self._comptes[compte] = (Suivi(iban=clean_compte(iban) if iban else None), Progression())
        return self._comptes[compte]

    def _warn_attente(self, numero: int, montant: str, statut: str) -> None:
        self._collecte.warn(
            "operation_en_attente",
            phrase(
                "Ligne {ligne} : une opération de {montant} n'est pas encore comptabilisée par la banque "
                "({statut}) : elle n'est pas reprise.",
                ligne=numero,
                montant=montant,
                statut=statut,
            ),
            ligne=numero,
            chemin=self._feuille,
        )

    def _refuse(self, numero: int, erreur: ErreurSaisie, cellules: Sequence[str]) -> None:
        compte = self._get("compte", cellules)
        self._get_suivi(clean_compte(compte) if compte else None)[0].verifiable = False
        message = phrase("Ligne {ligne} : {faute}", ligne=numero, faute=lower_first(erreur.message))
        self._collecte.add(erreur.code, message, ligne=numero, champ=erreur.champ, chemin=self._feuille)


def _read_devise(texte: str) -> str:
    devise = texte.upper().replace("€", "EUR").replace("EUROS", "EUR")
    return devise if len(devise) == len("EUR") and devise.isalpha() else "EUR"
