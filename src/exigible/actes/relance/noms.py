"""What a message calls the claims that it speaks of: invoices, terms of rent, calls of charges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exigible.actes.natures import CHARGES, LOYERS, find_noms
from exigible.actes.sommes import SommeReclamee
from exigible.actes.typst.texte import clean_texte, list_sans_doublon, write_phrase
from exigible.dossier.etat import EtatDossier


@dataclass(frozen=True, slots=True)
class Mots:
    """One and several of them, each with and without « de »; the subject of the message; the question of a call."""

    une: str
    plusieurs: str
    de_une: str
    de_plusieurs: str
    ligne: str
    objet: str
    objets: str
    question: str
    questions: str


_FACTURES = Mots(
    "la facture suivante",
    "les factures suivantes",
    "de la facture suivante",
    "des factures suivantes",
    "facture",
    "Votre facture {numero}",
    "Vos {n} factures",
    "Avez-vous bien reçu la facture ?",
    "Avez-vous bien reçu les factures ?",
)
_LOYERS = Mots(
    "le terme de loyer suivant",
    "les termes de loyer suivants",
    "du terme de loyer suivant",
    "des termes de loyer suivants",
    "terme",
    "Votre terme {numero}",
    "Vos {n} termes de loyer",
    "Avez-vous bien reçu l'avis d'échéance ?",
    "Avez-vous bien reçu les avis d'échéance ?",
)
_CHARGES = Mots(
    "l'appel de charges suivant",
    "les appels de charges suivants",
    "de l'appel de charges suivant",
    "des appels de charges suivants",
    "appel",
    "Votre appel {numero}",
    "Vos {n} appels de charges",
    "Avez-vous bien reçu l'appel de charges ?",
    "Avez-vous bien reçu les appels de charges ?",
)
_MOTS = {LOYERS: _LOYERS, CHARGES: _CHARGES}


def find_mots(etat: EtatDossier, sommes: Sequence[SommeReclamee]) -> Mots:
    """Return the words that are right for all of them; those of invoices when they differ."""
    return _MOTS.get(find_noms(etat, sommes), _FACTURES)


def describe_noms(etat: EtatDossier, sommes: Sequence[SommeReclamee]) -> dict[str, str]:
    """Name them as a sentence introduces them, and as a call asks about them."""
    mots, plusieurs = find_mots(etat, sommes), len(sommes) > 1
    return {
        "dettes_suivantes": write_phrase(mots.plusieurs if plusieurs else mots.une),
        "des_dettes_suivantes": write_phrase(mots.de_plusieurs if plusieurs else mots.de_une),
        "question_facture": write_phrase(mots.questions if plusieurs else mots.question),
    }


def write_objet(etat: EtatDossier, sommes: Sequence[SommeReclamee]) -> str:
    """Write the subject: it says neither debt nor delay."""
    mots, numeros = find_mots(etat, sommes), list_sans_doublon([clean_texte(somme.numero) for somme in sommes])
    if len(numeros) == 1:
        return write_phrase(mots.objet, numero=numeros[0])
    return write_phrase(mots.objets, n=str(len(numeros))) if numeros else "Votre compte"
