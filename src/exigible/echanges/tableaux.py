"""CSV and spreadsheets: open them, find the header, and hand the rows to the reader of invoices or of parties."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

import python_calamine
from msgspec.structs import replace

from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.classeur_releve import find_feuilles_releve, read_classeur_releve
from exigible.echanges.classeurs import Feuille, explain_abime, open_classeur
from exigible.echanges.collecte import Collecte, Lecture
from exigible.echanges.colonnes import describe_colonnes
from exigible.echanges.colonnes_releve import warn_colonnes_autres
from exigible.echanges.contenu import Contenu
from exigible.echanges.csv_releve_entete import LIGNES_ENTETE as LIGNES_ENTETE_RELEVE
from exigible.echanges.ecritures import guess_ecriture
from exigible.echanges.entetes import (
    LIGNES_ENTETE,
    LIVRES,
    Entete,
    find_entete,
    find_entete_csv,
    guess_entete,
    guess_entete_csv,
)
from exigible.echanges.factures import find_colonnes_absentes, read_factures
from exigible.echanges.grand_livre import read_grand_livre
from exigible.echanges.lignes import add_csv_illisible, convert_montant
from exigible.echanges.reconnaitre import NON_LUS, Format
from exigible.echanges.synonymes import TIERS
from exigible.echanges.tiers import read_tiers
from exigible.echanges.titres import list_tranches
from exigible.echanges.valeurs import convert_texte

TAILLE_CLASSEUR_MAX = 50_000_000
_FUSION_MAX = 10_000
_LIGNES_EXEMPLES = 500
_LIGNES_DEBUT = max(LIGNES_ENTETE, LIGNES_ENTETE_RELEVE)
_IL_FAUT = phrase(
    "il faut au moins un numéro de facture, une date, un montant et un client, ou un nom et une adresse, ou, pour un "
    "relevé de banque, une date, un libellé et un montant"
)

# What to export instead of what an accountant prints without its invoices.
_BALANCES = {
    "balance": phrase(
        "C'est une balance : elle donne le solde de chaque compte, pas ses factures. Exportez le grand livre "
        "auxiliaire des clients, la liste des factures impayées ou le FEC."
    ),
    "balance_agee": phrase(
        "C'est une balance âgée : elle donne ce que doit chaque client par tranche de retard, pas ses factures. "
        "Exportez la liste des factures impayées (échéancier), le grand livre auxiliaire des clients ou le FEC."
    ),
}

Colonnes = Mapping[str, str]
Lignes = Iterable[tuple[int, Sequence[object]]]


def read_csv(contenu: Contenu, collecte: Collecte, colonnes: Colonnes | None = None) -> Lecture:
    """Read a CSV list of invoices or parties; a bank statement is recognised, not read.

    `colonnes`: the field of columns by folded title, empty to leave one aside. Titles that are only guessed give
    nothing but their columns, for a person to say what they hold.
    """
    texte = contenu.decode_debut()
    entete = find_entete_csv(texte, colonnes) if colonnes else None
    if colonnes and entete is None:
        warn_colonnes_autres(collecte)
    entete = entete or find_entete_csv(texte) or guess_entete_csv(texte)
    if entete is None:
        raise ErreurSaisie(
            "format_inconnu",
            phrase("Le fichier « {nom} » n'a pas de ligne de titres reconnue.", nom=contenu.nom),
        )
    with contenu.open_texte() as flux:
        lignes = _iter_csv(flux, entete, collecte)
        return _read_tableau(contenu, lignes, entete, collecte, "csv")


def _iter_csv(flux: io.TextIOWrapper, entete: Entete, collecte: Collecte) -> Iterator[tuple[int, Sequence[object]]]:
    lecteur = csv.reader(flux, delimiter=entete.separateur)
    numero = 1
    try:
        for rang, cellules in enumerate(lecteur):
            if rang > entete.rang and cellules:
                yield numero, cellules
            numero = lecteur.line_num + 1
    except csv.Error:
        add_csv_illisible(collecte, numero)


def read_classeur(contenu: Contenu, collecte: Collecte, colonnes: Colonnes | None = None) -> Lecture:
    """Read the sheet of a workbook (XLSX, XLSB, XLS, ODS) whose header we know best, or one that has those `colonnes`.

    Sheets of bank statements are read all, one after the other, unless there is a list of invoices beside them.

    Raises ErreurSaisie on a damaged or huge workbook, or one without anything like titles.
    """
    donnees = contenu.read(TAILLE_CLASSEUR_MAX)
    classeur = open_classeur(donnees, contenu.nom)
    try:
        debuts = {nom: list(islice(classeur.open_feuille(nom).iter_lignes(), _LIGNES_DEBUT)) for nom in classeur.noms}
        if releves := find_feuilles_releve(debuts, colonnes, collecte):
            return read_classeur_releve(contenu, classeur, releves, collecte)
        trouvee = _find_feuille(debuts, collecte, colonnes)
        if trouvee is not None:
            nom, entete = trouvee
            feuille = classeur.open_feuille(nom)
            suite = islice(_iter_lignes(feuille, entete), entete.rang + 1, None)
            lecture = _read_tableau(contenu, suite, entete, collecte, "xlsx")
            return replace(lecture, resume={**lecture.resume, "feuille": nom})
    except (python_calamine.CalamineError, OSError, ValueError) as erreur:
        raise explain_abime(contenu.nom) from erreur
    raise ErreurSaisie(
        "format_inconnu",
        phrase(
            "Le classeur « {nom} » n'a pas de titres reconnus dans ses {nombre} premières lignes : {il_faut}.",
            nom=contenu.nom,
            nombre=LIGNES_ENTETE,
            il_faut=_IL_FAUT,
        ),
    )


def _iter_lignes(feuille: Feuille, entete: Entete) -> Lignes:
    """Give the rows with their numbers; what names the customer in merged cells stands on each of their rows.

    Merged amounts are left on their first row: they must count once.
    """
    ligne, colonne = feuille.depart
    repetees = {entete.colonnes[champ] for champ in TIERS if champ in entete.colonnes}
    fusions = {
        (rang, debut[1] - colonne): debut[0]
        for debut, fin in feuille.fusions
        if fin[0] - debut[0] < _FUSION_MAX and debut[1] - colonne in repetees
        for rang in range(debut[0] + 1, fin[0] + 1)
    }
    gardees: dict[tuple[int, int], object] = {}
    sources = {(premiere, position) for (_, position), premiere in fusions.items()}
    for rang, cellules in enumerate(feuille.iter_lignes(), ligne):
        for position in repetees:
            if (rang, position) in sources:
                gardees[rang, position] = cellules[position]
            elif (rang, position) in fusions:
                cellules[position] = gardees.get((fusions[rang, position], position), cellules[position])
        yield rang + 1, cellules


def _find_feuille(
    debuts: Mapping[str, Sequence[Sequence[object]]], collecte: Collecte, colonnes: Colonnes | None
) -> tuple[str, Entete] | None:
    """Choose a sheet and its header: with the titles that a person named, else that we know, else that look like it.

    Of several sheets that we know, the one where most columns are recognised; the others that are alike are named.
    """
    if colonnes:
        for nom, debut in debuts.items():
            if entete := find_entete(debut, colonnes):
                return nom, entete
        warn_colonnes_autres(collecte)
    connues = [
        (nom, entete) for nom, debut in debuts.items() if (entete := find_entete(debut)) and entete.nature != "releve"
    ]
    if connues:
        choisie = max(connues, key=lambda c: (c[1].nature == "factures", len(c[1].colonnes)))
        autres = tuple(
            phrase("« {nom} »", nom=nom)
            for nom, entete in connues
            if nom != choisie[0] and entete.nature == choisie[1].nature and len(debuts[nom]) > entete.rang + 1
        )
        if autres:
            message = phrase(
                "Seule la feuille « {lue} » est lue ; il y a aussi une liste dans {autres} : importez-la à part.",
                lue=choisie[0],
                autres=autres,
            )
            collecte.warn("autres_feuilles", message)
        return choisie
    return next(((nom, entete) for nom, debut in debuts.items() if (entete := guess_entete(debut))), None)


def _read_tableau(contenu: Contenu, lignes: Lignes, entete: Entete, collecte: Collecte, genre: str) -> Lecture:
    resume = {"ligne_de_titres": str(entete.rang + 1)}
    if genre == "csv":
        resume |= {"encodage": contenu.encodage, "separateur": {"\t": "TAB"}.get(entete.separateur, entete.separateur)}
    suite = iter(lignes)
    premieres = list(islice(suite, _LIGNES_EXEMPLES))
    lues: Lignes = chain(premieres, suite)
    if entete.nature in LIVRES:
        entete = dataclasses.replace(entete, ecriture=guess_ecriture(premieres, entete.noms, entete.colonnes, collecte))
        lecture = _read_livre(contenu, lues, entete, collecte, genre)
        return replace(lecture, resume={**resume, **lecture.resume})
    listes = {} if entete.nature == "releve" else entete.colonnes
    lecture = Lecture(format=None, resume=resume, colonnes=describe_colonnes(entete.noms, listes, premieres))
    if entete.nature is None:
        message = phrase(
            "Les titres du fichier « {nom} » ne sont pas reconnus : {il_faut}.", nom=contenu.nom, il_faut=_IL_FAUT
        )
        collecte.add("format_inconnu", message)
        return lecture
    if entete.nature == "releve":
        return replace(lecture, format=build_non_lu(Format.CSV_RELEVE, collecte).format)
    lecture = replace(lecture, format=Format(f"{genre}_{entete.nature}"))
    if entete.nature == "factures" and not {"montant_ttc", "reste_du"} & entete.colonnes.keys():
        entete, lues = _add_tranches(entete, lues)
    if absentes := find_colonnes_absentes(entete, premieres):
        collecte.add("colonne_absente", absentes, ligne=entete.rang + 1)
        return lecture
    entete = dataclasses.replace(entete, ecriture=guess_ecriture(premieres, entete.noms, entete.colonnes, collecte))
    if entete.nature == "tiers":
        return replace(lecture, tiers=read_tiers(lues, entete, contenu.nom, collecte))
    creances, tiers = read_factures(lues, entete, contenu.nom, collecte)
    return replace(lecture, creances=creances, tiers=tiers)


def _add_tranches(entete: Entete, lignes: Lignes) -> tuple[Entete, Lignes]:
    """Give a list whose only amounts stand by age a column of what remains due: their sum."""
    tranches = list_tranches(entete.noms)
    if not tranches:
        return entete, lignes
    largeur = len(entete.noms)

    def iter_sommes() -> Iterator[tuple[int, Sequence[object]]]:
        for numero, cellules in lignes:
            parts = [cellules[t] for t in tranches if t < len(cellules) and convert_texte(cellules[t])]
            pleines = [*cellules[:largeur], *[None] * (largeur - len(cellules))]
            yield numero, [*pleines, _sum_tranches(parts)]

    colonnes = {**entete.colonnes, "reste_du": largeur}
    return dataclasses.replace(entete, colonnes=colonnes, noms=(*entete.noms, "")), iter_sommes()


def _sum_tranches(parts: Sequence[object]) -> object:
    """The sum of some cells, as text; the first that is no amount, for its row to be refused; None without any."""
    total = ZERO
    for part in parts:
        try:
            total += convert_montant(part)
        except ErreurSaisie:
            return part
    return str(total) if parts else None


def _read_livre(contenu: Contenu, lues: Lignes, entete: Entete, collecte: Collecte, genre: str) -> Lecture:
    """Read a ledger of customers; name a balance, that has no invoices."""
    conseil = _BALANCES.get(entete.nature or "")
    if conseil:
        collecte.add("format_non_lu", conseil, ligne=entete.rang + 1)
        return Lecture(format=entete.nature)
    lecture = read_grand_livre(lues, entete, entete.titre, contenu.nom, collecte)
    return replace(lecture, format=Format(f"{genre}_factures"))


def build_non_lu(nom_format: Format, collecte: Collecte) -> Lecture:
    """Name a format known and not read yet, with one sentence."""
    collecte.add(
        "format_non_lu",
        phrase("Format reconnu ({format}), mais pas encore lu : rien n'en a été tiré.", format=NON_LUS[nom_format]),
    )
    return Lecture(format=nom_format)
