"""Credits that are our own direct debits: one of them by its reference, or a whole batch in one movement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from exigible.dossier.rapprochement.donnees import LigneBancaire, Part, PrelevementConnu
from exigible.dossier.rapprochement.index import Index
from exigible.dossier.rapprochement.indices import Constat, Indice, note
from exigible.dossier.rapprochement.manieres import Essai
from exigible.dossier.rapprochement.natures import is_revenu
from exigible.dossier.texte import normalize
from exigible.droit.phrase import SANS_TEXTE, Phrase, phrase

ECART_DE_COLLECTE = timedelta(days=5)
"""A batch is credited on the day asked for, or a few days around it."""
_MOTS_DE_PRELEVEMENT = re.compile(r"\b(?:prlv|prelevements?|prel|sdd|direct debit)\b")
_MOTS_DE_COLLECTE = re.compile(r"\b(?:prlv|prelevements?|prel|sdd|remise|sepa direct debit|direct debit)\b")


def list_essais_collectes(ligne: LigneBancaire, index: Index) -> list[Essai]:
    """List the ways a credit may be debits of ours. When something names them, it is nothing else."""
    cites, lots = index.find_prelevements(ligne)
    essais = []
    if cites:
        raison = phrase("c'est le prélèvement {reference}", reference=cites[0].reference)
        if len(cites) > 1:
            raison = phrase("les références de {nombre} prélèvements y figurent", nombre=len(cites))
        essais += _pay(ligne, cites, note(Indice.PRELEVEMENT_CITE, raison))
    for lot in lots:
        raison = phrase("la remise est nommée : {nombre} prélèvements", nombre=len(lot))
        essais += _pay(ligne, lot, note(Indice.REMISE_CITEE, raison))
    if not cites and not lots and _MOTS_DE_COLLECTE.search(normalize(ligne.libelle)):
        for lot in index.list_lots(ligne.centimes):
            if abs(lot[0].jour - ligne.jour) <= ECART_DE_COLLECTE:
                essais += _pay(ligne, lot, note(Indice.REMISE_PROBABLE))
    return [e for e in essais if e.fort] or essais


def list_preleves(ligne: LigneBancaire, index: Index) -> tuple[str, ...]:
    """List the dossiers of our debits that a credit may be: those it designates, else all, if it says a debit."""
    dossiers = {part.dossier for essai in list_essais_collectes(ligne, index) for part in essai.parts}
    if not dossiers and _MOTS_DE_PRELEVEMENT.search(normalize(ligne.libelle)):
        attendus = (p for siens in index.prelevements.values() for p in siens)
        dossiers = {p.dossier for p in attendus if not p.rapproche and not p.rejete}
    return tuple(sorted(dossiers))


def explain_doublon(ligne: LigneBancaire, index: Index) -> Phrase:
    """Say that every debit named by a credit is another bank line already, if so."""
    cites, lots = index.find_prelevements(ligne)
    nommes = [*cites, *(p for lot in lots for p in lot)]
    if not nommes or not all(p.rapproche for p in nommes):
        return SANS_TEXTE
    return phrase(
        "Le prélèvement {reference} est déjà rapproché d'un autre mouvement : écartez celui-ci, il compterait deux "
        "fois.",
        reference=nommes[0].reference,
    )


def _pay(ligne: LigneBancaire, prelevements: Sequence[PrelevementConnu], qui: Constat) -> list[Essai]:
    """Pay with these debits: all of them, else without those that came back; else those named, with what is left."""
    ouverts = [p for p in prelevements if not p.rapproche]
    vivants = [p for p in ouverts if not p.rejete]
    for choisis in (ouverts, vivants):
        if choisis and sum(p.centimes for p in choisis) == ligne.centimes:
            return [_close(ligne, choisis, qui, 0)]
    reste = ligne.centimes - sum(p.centimes for p in vivants)
    return [_close(ligne, vivants, qui, reste)] if vivants and reste > 0 else []


def _close(ligne: LigneBancaire, choisis: Sequence[PrelevementConnu], qui: Constat, reste: int) -> Essai:
    parts = tuple(Part(p.dossier, "", p.centimes, p.cle, p.reference) for p in choisis)
    combien = note(Indice.TROP_PERCU if reste else Indice.PRELEVEMENTS_EXACTS)
    constats = [qui, combien]
    if any(p.encaisse for p in choisis):
        constats.append(note(Indice.DEJA_ENCAISSE))
    if revenus := [p for p in choisis if p.rejete]:
        raison = phrase("{nombre} de ces prélèvements sont revenus depuis : ils restent dus", nombre=len(revenus))
        constats.append(note(Indice.PRELEVEMENT_REVENU, raison))
    if is_revenu(ligne):
        constats.append(note(Indice.REVENU))
    return Essai(parts, reste, tuple(constats))
