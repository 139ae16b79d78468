"""What the data suggest of a party: its quality and its country, with the reason. Proposals, never a decision.

A wrong quality would send the wrong letter, so that only clear signs speak: the SIREN of a public body, a legal form
or a public institution named in full words, a person's title when nothing says a business. Else nothing is proposed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from msgspec.structs import replace

from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.enregistrements import Tiers
from exigible.echanges.synonymes import FORMES
from exigible.echanges.valeurs import fold_texte

PUBLIQUE, CONSOMMATEUR = "personne_publique", "consommateur"
_TITRES = re.compile(r"^(m|mr|mme|mlle|monsieur|madame|mademoiselle|m et mme|mme et m|m ou mme)\s+\S")
_LETTRES = re.compile(r"\b\w(?: \w\b)+")  # an acronym written with points: « s a r l »
_MOTS = {
    qualite: re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, mots), key=len, reverse=True))})\b")
    for qualite, mots in FORMES.items()
}
_PREFIXES_TVA = {"EL": "GR", "XI": "GB"}
_PAYS = re.compile(r"[A-Z]{2}")
_LONGUEUR_PAYS = 2


@dataclass(frozen=True, slots=True)
class Proposition:
    """A proposal, and its reason; both None when the data do not say enough."""

    valeur: str | None = None
    motif: Phrase | None = None


def propose_qualite(tiers: Tiers) -> Proposition:
    """Propose one of the qualities of `Tiers`, or nothing."""
    if tiers.siren and is_siren_public(tiers.siren):
        motif = phrase("le SIREN « {siren} » est de la série des personnes publiques", siren=tiers.siren)
        return Proposition(PUBLIQUE, motif)
    noms = " ".join(nom for nom in (tiers.raison_sociale or tiers.nom, tiers.forme) if nom)
    plie = fold_texte(noms)
    mots = _LETTRES.sub(lambda lettres: lettres[0].replace(" ", ""), plie)
    for qualite, motif_mots in _MOTS.items():
        if trouve := motif_mots.search(mots):
            return Proposition(qualite, phrase("le nom ou la forme juridique porte « {mot} »", mot=trouve[0]))
    if not (tiers.siren or tiers.siret or tiers.tva) and (titre := _TITRES.match(plie)):
        motif = phrase("le nom commence par « {titre} », sans SIREN ni numéro de TVA", titre=titre[1])
        return Proposition(CONSOMMATEUR, motif)
    return Proposition()


def propose_pays(tiers: Tiers) -> Proposition:
    """Propose the country that a VAT number or an IBAN names when the file gives none, or nothing.

    An account abroad is a weaker sign than a VAT number: it speaks only when there is no SIREN.
    """
    if tiers.pays:
        return Proposition()
    if tiers.tva:
        prefixe = tiers.tva[:_LONGUEUR_PAYS]
        if _PAYS.fullmatch(prefixe):
            motif = phrase("le numéro de TVA commence par « {prefixe} »", prefixe=prefixe)
            return Proposition(_PREFIXES_TVA.get(prefixe, prefixe), motif)
    if tiers.siren:
        return Proposition("FR", phrase("un SIREN est donné"))
    if tiers.iban and _PAYS.fullmatch(tiers.iban[:_LONGUEUR_PAYS]):
        prefixe = tiers.iban[:_LONGUEUR_PAYS]
        return Proposition(prefixe, phrase("l'IBAN commence par « {prefixe} »", prefixe=prefixe))
    return Proposition()


def add_propositions(tiers: Tiers) -> Tiers:
    """Give a party what its own data suggest, where the file says nothing."""
    qualite = Proposition() if tiers.qualite else propose_qualite(tiers)
    pays = propose_pays(tiers)
    if not qualite.valeur and not pays.valeur:
        return tiers
    return replace(
        tiers,
        qualite_proposee=qualite.valeur,
        motif_qualite=qualite.motif,
        pays_propose=pays.valeur,
        motif_pays=pays.motif,
    )


def is_siren_public(siren: str) -> bool:
    """Tell whether a SIREN is of the series kept for public bodies: 2 for local ones, 11 to 19 for the State.

    The series of 10 is left out: it is also given to companies now that that of 9 is full.
    """
    return siren.startswith("2") or (siren.startswith("1") and not siren.startswith("10"))
