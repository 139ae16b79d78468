"""The columns of a bank statement in a table: what each is taken for, and where they stand when a person says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.collecte import Collecte
from exigible.echanges.colonnes import describe_positions, name_colonnes
from exigible.echanges.csv_releve_entete import EnteteReleve, fold_titre, match_titres, read_noms, split_csv
from exigible.echanges.csv_releve_valeurs import find_jour
from exigible.echanges.enregistrements import ColonneLue

_MONTANTS = ("montant", "debit", "credit")


def impose_entete_releve(texte: str, colonnes: Mapping[str, str]) -> EnteteReleve | None:
    """Find, in the beginning of a CSV, the row that has all the titles that a person named; None when it is not there.

    `colonnes`: the field of columns by their key (`name_colonnes`), empty to leave one aside; the others are recognised
    as ever.
    """
    candidats = (
        replace(entete, separateur=separateur)
        for separateur, lignes in split_csv(texte)
        if (entete := impose_entete_lignes(lignes, colonnes))
    )
    return max(candidats, key=lambda entete: len(entete.noms), default=None)


def impose_entete_lignes(lignes: Sequence[Sequence[str]], colonnes: Mapping[str, str]) -> EnteteReleve | None:
    """Find the same row in the first ones of a table."""
    for rang, ligne in enumerate(lignes):
        noms = read_noms(ligne)
        if colonnes.keys() <= set(name_colonnes(noms)):
            return _impose(rang, noms, colonnes, lignes[rang + 1 :])
    return _impose_sans_titres(lignes, colonnes)


def _impose_sans_titres(lignes: Sequence[Sequence[str]], colonnes: Mapping[str, str]) -> EnteteReleve | None:
    """Take the columns of a table without titles by their rank: it begins by the first row that has a day there."""
    noms = ("",) * max((len(ligne) for ligne in lignes), default=0)
    cles = name_colonnes(noms)
    date = next((cles.index(cle) for cle, champ in colonnes.items() if champ == "date" and cle in cles), None)
    if date is None or not colonnes.keys() <= set(cles):
        return None
    for rang, ligne in enumerate(lignes):
        if date < len(ligne) and find_jour(ligne[date]):
            return replace(_impose(rang - 1, noms, colonnes, lignes[rang:]), sans_titres=True)
    return None


def _impose(
    rang: int, noms: tuple[str, ...], colonnes: Mapping[str, str], suite: Sequence[Sequence[str]]
) -> EnteteReleve:
    cles = name_colonnes(noms)
    plies = ["" if cle in colonnes else fold_titre(nom) for cle, nom in zip(cles, noms, strict=True)]
    trouves, libelles = match_titres(plies)
    dits = {champ: cles.index(cle) for cle, champ in colonnes.items() if champ and champ != "libelle"}
    dites = tuple(cles.index(cle) for cle, champ in colonnes.items() if champ == "libelle")
    return EnteteReleve(rang, trouves | dits, (*sorted(dites), *libelles), exemples=tuple(suite), noms=noms)


def describe_entete(entete: EnteteReleve) -> tuple[ColonneLue, ...]:
    """Describe each column of a statement, with its field and its first values."""
    par_position = {position: champ for champ, position in entete.colonnes.items()}
    par_position |= dict.fromkeys(entete.libelles, "libelle")
    return describe_positions(entete.noms, par_position, list(enumerate(entete.exemples)))


def find_manque(entete: EnteteReleve) -> Phrase | None:
    """Say what a person left out, without which there is no statement; None when nothing is missing."""
    if "date" not in entete.colonnes:
        return phrase("Aucune colonne n'a reçu le sens de date de l'opération : choisissez-la.")
    if not any(champ in entete.colonnes for champ in _MONTANTS):
        return phrase("Aucune colonne n'a reçu le sens de montant, de débit ni de crédit : choisissez-la.")
    return None


def warn_colonnes_autres(collecte: Collecte) -> None:
    """Say that a file does not have the columns that were named."""
    collecte.warn(
        "colonnes_autres",
        phrase("Ce fichier n'a pas les colonnes indiquées : il est lu d'après ses propres titres."),
    )
