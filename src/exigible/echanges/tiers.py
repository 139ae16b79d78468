"""A list of parties (CSV or spreadsheet): customers with their identity, address and quality."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.collecte import Collecte
from exigible.echanges.enregistrements import Tiers
from exigible.echanges.entetes import Entete
from exigible.echanges.identifiants import list_doutes
from exigible.echanges.lignes import LigneLue
from exigible.echanges.qualites import add_propositions
from exigible.echanges.synonymes import QUALITES
from exigible.echanges.valeurs import (
    compact_identifiant,
    fold_texte,
    read_siren,
    read_siren_tva,
    shorten,
)

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}", re.ASCII)
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")


def read_tiers(
    lignes: Iterable[tuple[int, Sequence[object]]], entete: Entete, fichier: str, collecte: Collecte
) -> tuple[Tiers, ...]:
    """Read each row below the header into a party; a row without a name is refused and listed."""
    lus: list[Tiers] = []
    vus: dict[tuple[str | None, str], int] = {}
    for numero, cellules in lignes:
        ligne = LigneLue(fichier, numero, cellules, entete.colonnes, entete.ecriture)
        if ligne.is_vide():
            continue
        tiers = build_tiers(ligne, collecte)
        if tiers is None:
            message = phrase("Ligne {ligne} : le nom du client manque.", ligne=numero)
            collecte.add("nom_absent", message, ligne=numero, champ="nom")
            continue
        cle = (tiers.code, "" if tiers.code else fold_texte(tiers.nom))
        if cle in vus:
            collecte.warn(
                "tiers_en_double",
                phrase(
                    "Ligne {ligne} : « {tiers} » figure déjà à la ligne {premiere}.",
                    ligne=numero,
                    tiers=tiers.code or tiers.nom,
                    premiere=vus[cle],
                ),
                ligne=numero,
            )
        vus.setdefault(cle, numero)
        lus.append(tiers)
    return tuple(lus)


def build_tiers(ligne: LigneLue, collecte: Collecte, code: str | None = None, nom: str | None = None) -> Tiers | None:
    """Make a party of a row, or None when it has neither name nor code. Doubtful identifiers are warned about.

    `code` and `nom`: what a row above the list says, when its own columns don't.
    """
    code, nom = ligne.get_texte("code") or code, ligne.get_texte("nom") or nom
    if not nom and not code:
        return None
    siren, siret, tva = _read_identifiants(ligne, collecte)
    adresse = tuple(texte for champ in ("adresse", "adresse_2") if (texte := ligne.get_texte(champ)))
    tiers = Tiers(
        code=code,
        nom=nom or code or "",
        siren=siren,
        siret=siret,
        tva=tva,
        qualite=_read_qualite(ligne, collecte),
        forme=ligne.get_texte("forme"),
        adresse=adresse,
        code_postal=_read_code_postal(ligne),
        ville=ligne.get_texte("ville"),
        pays=ligne.get_texte("pays"),
        email=_read_email(ligne, collecte),
        telephone=ligne.get_texte("telephone"),
        iban=_read_iban(ligne, collecte),
        origine=ligne.origine,
    )
    for code_doute, champ, remarque in list_doutes(tiers.siren, tiers.siret, tiers.tva, tiers.iban):
        _warn(ligne, collecte, code_doute, remarque, champ)
    return add_propositions(tiers)


def _read_identifiants(ligne: LigneLue, collecte: Collecte) -> tuple[str | None, str | None, str | None]:
    tva = compact_identifiant(ligne.get_texte("tva") or ligne.get_texte("tva_client") or "") or None
    siren = siret = None
    for champ in ("siret", "siren"):
        brut = ligne.get_texte(champ)
        if not brut:
            continue
        lu, lu_siret = read_siren(_restore_zeros(brut))
        if lu is None:
            remarque = phrase("« {brut} » n'est ni un SIREN ni un SIRET", brut=shorten(brut))
            _warn(ligne, collecte, "siren_illisible", remarque, champ)
            continue
        siren, siret = siren or lu, siret or lu_siret
    return siren or (read_siren_tva(tva) if tva else None), siret, tva


def _restore_zeros(brut: str) -> str:
    """Give back the leading zero that a spreadsheet takes from an identifier kept as a number."""
    if not brut.isdigit():
        return brut
    return {8: brut.zfill(9), 13: brut.zfill(14)}.get(len(brut), brut)


def parse_qualite(texte: str) -> str | None:
    """Give the quality that a word means (`professionnel`, `consommateur`…), or None."""
    plie = fold_texte(texte)
    return next((qualite for qualite, mots in QUALITES.items() if plie in mots), None)


def _read_qualite(ligne: LigneLue, collecte: Collecte) -> str | None:
    brut = ligne.get_texte("qualite")
    if not brut:
        return None
    qualite = parse_qualite(brut)
    if qualite is None and fold_texte(brut) not in ("inconnue", "inconnu"):
        _warn(
            ligne,
            collecte,
            "qualite_inconnue",
            phrase(
                "la qualité « {brut} » n'est pas comprise : écrivez professionnel, consommateur, non professionnel ou "
                "personne publique",
                brut=shorten(brut),
            ),
            "qualite",
        )
    return qualite


def _read_code_postal(ligne: LigneLue) -> str | None:
    brut = ligne.get_texte("code_postal")
    francais = (ligne.get_texte("pays") or "FR").casefold() in ("fr", "france")
    return brut.zfill(5) if brut and francais and brut.isdigit() else brut


def _read_email(ligne: LigneLue, collecte: Collecte) -> str | None:
    brut = ligne.get_texte("email")
    if brut and not _EMAIL.fullmatch(brut):
        _warn(
            ligne,
            collecte,
            "email_douteux",
            phrase("« {brut} » n'est pas une adresse électronique, elle est laissée de côté", brut=shorten(brut)),
            "email",
        )
        return None
    return brut


def _read_iban(ligne: LigneLue, collecte: Collecte) -> str | None:
    """Give what has the form of an IBAN, even with a wrong key; anything else is left out, and said."""
    iban = compact_identifiant(ligne.get_texte("iban") or "") or None
    if iban and not _IBAN.fullmatch(iban):
        _warn(ligne, collecte, "iban_illisible", phrase("« {brut} » n'est pas un IBAN", brut=shorten(iban)), "iban")
        return None
    return iban


def _warn(ligne: LigneLue, collecte: Collecte, code: str, remarque: Phrase, champ: str) -> None:
    message = phrase("Ligne {ligne} : {remarque}.", ligne=ligne.numero, remarque=remarque)
    collecte.warn(code, message, ligne=ligne.numero, champ=champ)
