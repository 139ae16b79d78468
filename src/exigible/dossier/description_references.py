"""A described dossier: whom and what its facts name must be in it. A misspelt key would change sums in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from exigible.dossier.faits import (
    DEBITEUR,
    AvanceRemboursee,
    AvanceVersee,
    CreanceCedee,
    CreanceNee,
    Fait,
    FraisExpose,
    FraisMisACharge,
    JugementRendu,
    PersonneTenue,
    RenonciationFaite,
    RolePersonne,
)
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import Phrase, phrase

PERSONNE = phrase("personne tenue")
DECISION = phrase("décision")
FRAIS = phrase("frais")
AVANCE = phrase("avance")
CREANCE = phrase("facture")

_CHAMPS: dict[str, Phrase] = {
    "personne": PERSONNE,
    "payeur": PERSONNE,
    "personnes": PERSONNE,
    "decision": DECISION,
}
_CHAMPS_DU_JUGEMENT: dict[str, Phrase] = {"contre": PERSONNE, "remplace": DECISION}
_AVEC_CREANCES = PersonneTenue | CreanceCedee | RenonciationFaite


def check_references(faits: Sequence[Fait]) -> None:
    """Refuse a fact that names a person, a decision, a cost or an invoice that no fact describes.

    Raises ErreurSaisie (`reference_inconnue`, `personne_mal_decrite`), its field being that of the fault.
    """
    connus = {
        PERSONNE: {DEBITEUR} | {f.cle for f in faits if isinstance(f, PersonneTenue)},
        DECISION: {f.cle for f in faits if isinstance(f, JugementRendu)},
        FRAIS: {f.cle for f in faits if isinstance(f, FraisExpose)},
        AVANCE: {f.cle for f in faits if isinstance(f, AvanceVersee)},
        CREANCE: {f.cle for f in faits if isinstance(f, CreanceNee)},
    }
    for place, fait in enumerate(faits):
        lieu = f"faits[{place}].fait"
        if isinstance(fait, PersonneTenue):
            _check_personne(fait, lieu)
        for champ, sorte, cle in _list_references(fait):
            if cle and cle not in connus[sorte]:
                raise _refuse(f"{lieu}.{champ}", sorte, cle, connus[sorte])


def _check_personne(fait: PersonneTenue, lieu: str) -> None:
    if fait.cle == DEBITEUR:
        champ = "cle"
    elif fait.role is RolePersonne.DEBITEUR:
        champ = "role"
    else:
        return
    message = phrase(
        "Dossier mal décrit, à {lieu}.{champ} : le débiteur se décrit à part (« debiteur ») ; une autre personne tenue "
        "porte une clé et un rôle à elle.",
        lieu=lieu,
        champ=champ,
    )
    raise ErreurSaisie("personne_mal_decrite", message, f"{lieu}.{champ}")


def _list_references(fait: Fait) -> Iterator[tuple[str, Phrase, str]]:
    """Give every key that a fact names: the field, what it should be, the key."""
    champs = _CHAMPS | (_CHAMPS_DU_JUGEMENT if isinstance(fait, JugementRendu) else {})
    for champ, sorte in champs.items():
        yield from _read(fait, champ, sorte)
    if isinstance(fait, _AVEC_CREANCES):
        yield from _read(fait, "creances", CREANCE)
    if isinstance(fait, JugementRendu):
        for rang, chef in enumerate(fait.chefs):
            for champ, sorte, cle in _read(chef, "creances", CREANCE):
                yield f"chefs[{rang}].{champ}", sorte, cle
        if fait.delai_de_grace is not None:
            for champ, sorte, cle in _read(fait.delai_de_grace, "decisions", DECISION):
                yield f"delai_de_grace.{champ}", sorte, cle
    if isinstance(fait, AvanceRemboursee):
        yield from _read(fait, "avance", AVANCE)
    if isinstance(fait, FraisMisACharge):
        yield from _read(fait, "frais", FRAIS)


def _read(porteur: object, champ: str, sorte: Phrase) -> Iterator[tuple[str, Phrase, str]]:
    valeur = getattr(porteur, champ, None)
    if isinstance(valeur, str):
        yield champ, sorte, valeur
    elif isinstance(valeur, tuple):
        yield from ((f"{champ}[{rang}]", sorte, str(cle)) for rang, cle in enumerate(valeur))


def _refuse(lieu: str, sorte: Phrase, cle: str, connus: set[str]) -> ErreurSaisie:
    proches = get_close_matches(cle, sorted(connus), n=1) or sorted(connus)[:3]
    if proches:
        message = phrase(
            "Dossier mal décrit, à {lieu} : aucun fait ne décrit « {cle} » ({sorte}). Connus : {proches}.",
            lieu=lieu,
            cle=cle,
            sorte=sorte,
            proches=tuple(proches),
        )
    else:
        message = phrase(
            "Dossier mal décrit, à {lieu} : aucun fait ne décrit « {cle} » ({sorte}).", lieu=lieu, cle=cle, sorte=sorte
        )
    return ErreurSaisie("reference_inconnue", message, lieu)
