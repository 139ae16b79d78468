"""A dossier written in one JSON file: its parties and its facts, the same typed facts as the journal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from exigible.dossier.description_references import check_references
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import DebiteurDecrit, Fait, FaitDossier
from exigible.dossier.faits_creancier import (
    ConditionsDeVenteFixees,
    CreancierDecrit,
    FaitCreancier,
    MouvementConstate,
    ReclamationFixee,
    ValeurDeBaremeSaisie,
)
from exigible.dossier.journal import FaitEfface, FaitInconnu, Inscription
from exigible.dossier.plier import fold_dossier
from exigible.droit.ajouts import check_ajout
from exigible.droit.argent import CENTIME, parse_montant
from exigible.droit.bareme import ValeurAjoutee
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.phrase import phrase

_LIMITE = Decimal("1e13")
_MONTANTS = frozenset({"montant", "montant_ht", "plafond", "article_700", "depens_montant", "remboursee"})
"""The fields that hold euros; the French way of writing them is read there only."""
_NOMBRES = ("taux", "multiple", "part", "points")
"""How the fields that hold another number begin."""
_PARIS = ZoneInfo("Europe/Paris")
_JSON = msgspec.json.Decoder(float_hook=Decimal)


class FaitDecrit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A fact with its effect day. Without a rank, facts take that of their place in the list, from 1."""

    date_effet: date
    fait: FaitDossier
    rang: int | None = None
    enregistre_le: datetime | None = None
    auteur: str = ""
    corrige: int | None = None


class FaitCreancierDecrit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The same for a fact of the creditor's own journal."""

    date_effet: date
    fait: FaitCreancier
    rang: int | None = None
    enregistre_le: datetime | None = None
    auteur: str = ""
    corrige: int | None = None


D = TypeVar("D", FaitDecrit, FaitCreancierDecrit)


class Description(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A dossier. The parties and the creditor's rules hold from always; facts of the lists may describe them anew."""

    creancier: CreancierDecrit
    debiteur: DebiteurDecrit
    conditions: ConditionsDeVenteFixees | None = None
    reclamation: ReclamationFixee | None = None
    faits: tuple[FaitDecrit, ...] = ()
    faits_creancier: tuple[FaitCreancierDecrit, ...] = ()


def parse_description(texte: bytes) -> Description:
    """Read a dossier from JSON. Raises ErreurSaisie with the place of the fault, in French.

    Facts of a type that this version does not know are refused here, unlike in the journal: nothing else holds them.
    """
    donnees = _decode_json(texte)
    _complete_types(donnees)
    _read_montants(donnees, "")
    try:
        description = msgspec.convert(donnees, Description)
    except msgspec.ValidationError as erreur:
        message, lieu = translate_validation(str(erreur))
        raise ErreurSaisie("dossier_invalide", message, lieu or None) from erreur
    _check_champs(donnees, description)
    _check_montants(description)
    _check_valeurs(description)
    check_references([decrit.fait for decrit in description.faits])
    return description


def fold_description(
    description: Description,
    au: date,
    *,
    connu_au: date | None = None,
    provisoire: bool = False,
    ajouts: Sequence[ValeurAjoutee] = (),
) -> EtatDossier:
    """Return the state of a described dossier on the day `au` (included); `ajouts`: values of one's own for the law.

    `connu_au`: only what was recorded by the end of that day (Paris) is read; a fact without `enregistre_le` always is.
    """
    regles = [description.creancier, description.conditions, description.reclamation]
    origine = [Inscription(rang=rang, date_effet=date.min, fait=f) for rang, f in enumerate(regles, -9) if f]
    debiteur = Inscription(rang=0, date_effet=date.min, fait=description.debiteur)
    return fold_dossier(
        [debiteur, *_number(description.faits)],
        [*origine, *_number(description.faits_creancier), *map(_write_ajout, ajouts)],
        au,
        connu_au=datetime.combine(connu_au, time.max, _PARIS) if connu_au else None,
        provisoire=provisoire,
    )


def _write_ajout(ajout: ValeurAjoutee) -> Inscription:
    return Inscription(
        rang=0,
        date_effet=ajout.debut,
        fait=ValeurDeBaremeSaisie(
            bareme=ajout.bareme,
            serie=ajout.serie,
            debut=ajout.debut,
            valeurs=ajout.valeurs,
            source=ajout.source,
        ),
        enregistre_le=datetime.combine(ajout.enregistree_le, time(12), UTC),
        auteur=ajout.auteur,
    )


def describe_journal(inscriptions: Sequence[Inscription], inscriptions_creancier: Sequence[Inscription]) -> Description:
    """Return the description of a dossier from its journal and the rules its creditor set.

    Folding it gives what folding the journals gives. Facts whose content was erased are left out. Raises ErreurExigible
    on a fact of an unknown type: the file could not be read back.
    """
    faits = _describe(inscriptions, FaitDecrit)
    faits_creancier = _describe(inscriptions_creancier, FaitCreancierDecrit)
    debiteurs = [f.fait for f in faits if isinstance(f.fait, DebiteurDecrit)]
    creanciers = [f.fait for f in faits_creancier if isinstance(f.fait, CreancierDecrit)]
    if not debiteurs or not creanciers:
        raise ErreurExigible("partie_absente", phrase("Le dossier ne dit pas qui est le débiteur ou le créancier."))
    return Description(
        creancier=creanciers[0],
        debiteur=debiteurs[0],
        faits=tuple(faits),
        faits_creancier=tuple(faits_creancier),
    )


def _describe(inscriptions: Sequence[Inscription], sorte: type[D]) -> list[D]:
    decrits = []
    for inscription in inscriptions:
        fait = inscription.fait
        if isinstance(fait, FaitInconnu):
            message = phrase(
                "Le fait n° {rang} (« {type} ») n'est pas connu de cette version.",
                rang=inscription.rang,
                type=fait.type,
            )
            raise ErreurExigible("fait_inconnu", message)
        if not isinstance(fait, FaitEfface):
            champs = {nom: getattr(inscription, nom) for nom in sorte.__struct_fields__}
            decrits.append(sorte(**champs))
    return decrits


def write_description(description: Description) -> bytes:
    """Write a dossier as JSON, indented."""
    return msgspec.json.format(msgspec.json.encode(description, order="deterministic"), indent=2)


def build_schema() -> dict[str, Any]:
    """Return the JSON Schema of the file."""
    return msgspec.json.schema(Description)


def _situate(instant: datetime | None) -> datetime | None:
    """Read an instant written without its zone as one of Paris."""
    return instant.replace(tzinfo=_PARIS) if instant is not None and instant.tzinfo is None else instant


def _number(faits: Sequence[FaitDecrit | FaitCreancierDecrit]) -> list[Inscription]:
    inscriptions = [
        Inscription(
            rang=place if decrit.rang is None else decrit.rang,
            date_effet=decrit.date_effet,
            fait=decrit.fait,
            enregistre_le=_situate(decrit.enregistre_le),
            auteur=decrit.auteur,
            corrige=decrit.corrige,
        )
        for place, decrit in enumerate(faits, start=1)
    ]
    rangs = [i.rang for i in inscriptions]
    doubles = {rang for rang in rangs if rangs.count(rang) > 1}
    if doubles:
        raise ErreurSaisie(
            "rang_en_double", phrase("Deux faits portent le même rang ({rang}).", rang=min(doubles)), "faits"
        )
    for inscription in inscriptions:
        if inscription.corrige is not None and inscription.corrige not in rangs:
            message = phrase(
                "Le fait n° {rang} corrige le fait n° {corrige}, qui n'existe pas.",
                rang=inscription.rang,
                corrige=inscription.corrige,
            )
            raise ErreurSaisie("correction_sans_objet", message, "faits")
    return inscriptions


def _decode_json(texte: bytes) -> dict[str, Any]:
    """Read JSON keeping numbers exact: a sum written without quotes is read digit by digit, never as a float."""
    try:
        donnees = _JSON.decode(texte)
    except (msgspec.DecodeError, UnicodeDecodeError) as erreur:
        raise ErreurSaisie(
            "json_illisible", phrase("Le fichier n'est pas du JSON lisible : vérifiez sa syntaxe.")
        ) from erreur
    if not isinstance(donnees, dict):
        raise ErreurSaisie("json_illisible", phrase("Le fichier doit décrire un dossier : un objet JSON {{ … }}."))
    return donnees


def _complete_types(donnees: dict[str, Any]) -> None:
    """Parties stand alone in the file: what they are need not be said again by a `type`."""
    sortes: dict[str, type[Fait]] = {
        "creancier": CreancierDecrit,
        "debiteur": DebiteurDecrit,
        "conditions": ConditionsDeVenteFixees,
        "reclamation": ReclamationFixee,
    }
    for champ, sorte in sortes.items():
        if isinstance(donnees.get(champ), dict):
            donnees[champ].setdefault("type", sorte.__struct_config__.tag)


def _read_montants(objet: Any, lieu: str) -> None:  # noqa: ANN401 - any JSON value
    """Read sums typed the French way (`1 234,56`), in place."""
    if isinstance(objet, list):
        for place, element in enumerate(objet):
            _read_montants(element, f"{lieu}[{place}]")
    elif isinstance(objet, dict):
        for champ, valeur in objet.items():
            chemin = f"{lieu}.{champ}".removeprefix(".")
            if champ in _MONTANTS and isinstance(valeur, str):
                objet[champ] = str(parse_montant(valeur, chemin))
            else:
                _read_montants(valeur, chemin)


def _check_champs(donnees: dict[str, Any], description: Description) -> None:
    """Refuse a misspelt field: facts of the journal keep what they do not know, a hand must be told."""
    lus: list[tuple[str, dict[str, Any], msgspec.Struct]] = [
        (champ, donnees[champ], getattr(description, champ))
        for champ in ("creancier", "debiteur", "conditions", "reclamation")
        if donnees.get(champ)
    ]
    for liste in ("faits", "faits_creancier"):
        decrits: Sequence[FaitDecrit | FaitCreancierDecrit] = getattr(description, liste)
        lus += [
            (f"{liste}[{place}].fait", donnees[liste][place]["fait"], decrit.fait)
            for place, decrit in enumerate(decrits)
        ]
    for lieu, objet, fait in lus:
        inconnus = sorted(objet.keys() - {*fait.__struct_fields__, "type"})
        if inconnus:
            message = phrase(
                "Dossier mal décrit, à {lieu} : le champ « {champ} » n'existe pas.", lieu=lieu, champ=inconnus[0]
            )
            raise ErreurSaisie("champ_inconnu", message, lieu)


def _check_montants(description: Description) -> None:
    """Facts typed by hand: no negative sum, nothing finer than the cent."""
    decrits: Sequence[FaitDecrit | FaitCreancierDecrit] = (*description.faits, *description.faits_creancier)
    for place, decrit in enumerate(decrits, start=1):
        signe = isinstance(decrit.fait, MouvementConstate)
        for champ, montant in _list_montants(decrit.fait):
            faux = not montant.is_finite() or abs(montant) >= _LIMITE or montant != montant.quantize(CENTIME)
            if faux or (montant < 0 and not signe):
                message = phrase(
                    "Fait n° {place}, champ « {champ} » : {montant} n'est pas un montant positif au centime.",
                    place=place,
                    champ=champ,
                    montant=str(montant),
                )
                raise ErreurSaisie("montant_invalide", message, f"faits[{place - 1}].fait.{champ}")


def _check_valeurs(description: Description) -> None:
    """Values added to the tables of the law: each table must be able to take its own."""
    for place, decrit in enumerate(description.faits_creancier):
        if isinstance(fait := decrit.fait, ValeurDeBaremeSaisie):
            ajout = ValeurAjoutee(fait.bareme, fait.serie, fait.debut, fait.valeurs, fait.source, decrit.date_effet)
            try:
                check_ajout(ajout)
            except ErreurSaisie as erreur:
                erreur.champ = f"faits_creancier[{place}].fait.{erreur.champ}"
                raise


def _list_montants(fait: msgspec.Struct) -> Iterator[tuple[str, Decimal]]:
    for champ in fait.__struct_fields__:
        valeur = getattr(fait, champ)
        if isinstance(valeur, Decimal) and not champ.startswith(_NOMBRES):
            yield champ, valeur
        for element in valeur if isinstance(valeur, tuple) else (valeur,):
            if isinstance(element, msgspec.Struct):
                yield from _list_montants(element)
            elif isinstance(element, tuple):  # an instalment of a time of grace: a day, an amount
                yield from ((champ, v) for v in element if isinstance(v, Decimal))


_SORTES = {
    "array": "une liste",
    "bool": "vrai ou faux",
    "date": "une date",
    "decimal": "un montant",
    "int": "un nombre entier",
    "null": "rien",
    "object": "un objet",
    "str": "un texte",
}
_PHRASES = (
    (re.compile(r"Object missing required field `(.+?)`"), "il manque « {} »"),
    (re.compile(r"Object contains unknown field `(.+?)`"), "le champ « {} » n'existe pas"),
    (re.compile(r"Invalid enum value '?(.+?)'?(?: -|$)"), "la valeur « {} » n'est pas admise"),
    (re.compile(r"Invalid value '(.+?)'"), "le type « {} » n'existe pas"),
    (re.compile(r"Expected `(.+?)`, got `(.+?)`"), "on attend ici {}, et non {}"),
    (re.compile(r"Invalid RFC3339 encoded date"), "la date doit s'écrire AAAA-MM-JJ"),
    (re.compile(r"Invalid RFC3339 encoded datetime"), "l'instant doit s'écrire AAAA-MM-JJTHH:MM:SSZ"),
    (re.compile(r"Invalid decimal string"), 'le nombre n\'est pas lisible (écrivez "12.15")'),
)


def translate_validation(message: str) -> tuple[str, str]:
    """Say in French what the reader of typed data found, and the field where it did."""
    quoi, _, lieu = message.partition(" - at ")
    for motif, explication in _PHRASES:
        trouve = motif.search(quoi)
        if trouve:
            quoi = explication.format(*(_SORTES.get(mot, mot) for mot in trouve.groups()))
            break
    chemin = lieu.strip("`").removeprefix("$").removeprefix(".")
    return f"Dossier mal décrit{f', à {chemin}' if chemin else ''} : {quoi}.", chemin
