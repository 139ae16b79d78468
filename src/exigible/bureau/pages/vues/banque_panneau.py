"""What the right pane of the bank page shows of a line: proposals, clients found, a form to share it out."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exigible.bureau.banque.models import Mouvement, NatureMouvement, StatutMouvement
from exigible.bureau.banque.propositions import propose
from exigible.bureau.banque.retenues import list_retenus
from exigible.bureau.tiers.models import Creance, Dossier
from exigible.dossier.credits import find_numeros
from exigible.dossier.rapprochement.donnees import Candidat, Force, Part, Proposition, Retour, to_euros
from exigible.dossier.texte import normalize
from exigible.droit.argent import format_nombre
from exigible.droit.phrase import Phrase

CANDIDATS_MAX = 12
LIGNES_MAX = 40
"""Rows of the form that shares a credit out, at most: the oldest claims."""
FORCES = {
    Force.CERTAIN: (_("Certain"), "bg-green-lt"),
    Force.TRES_PROBABLE: (_("Très probable"), "bg-blue-lt"),
    Force.PROBABLE: (_("Probable"), "bg-orange-lt"),
    Force.POSSIBLE: (_("Possible"), "bg-secondary-lt"),
}


@dataclass(frozen=True, slots=True)
class Trouve:
    """A client found by the search. Each open claim goes with whether the credit cites it, or pays what remains."""

    dossier: Dossier
    creances: list[tuple[Creance, bool]]


@dataclass(frozen=True, slots=True)
class LigneProposee:
    """A part of a proposal: whose, on what (empty: in the order of the law), how much (euros), as the form says it."""

    dossier: Dossier
    numero: str
    montant: Decimal
    cible: str

    @property
    def saisie(self) -> str:
        """The amount as a form sends it."""
        return str(self.montant)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A candidate as the page shows it; `ecart` positive: left over, negative: still owed (euros)."""

    lignes: list[LigneProposee]
    raisons: tuple[Phrase, ...]
    force: Any
    couleur: str
    ecart: Decimal

    @property
    def dossiers(self) -> list[Dossier]:
        """The clients, each once."""
        return list({ligne.dossier.pk: ligne.dossier for ligne in self.lignes}.values())


@dataclass(frozen=True, slots=True)
class RetourPropose:
    """An earlier payment that the line may take back."""

    retour: Retour
    noms: list[str]
    montant: Decimal
    frais: Decimal
    cible: str
    force: Any
    couleur: str


@dataclass(frozen=True, slots=True)
class LigneARepartir:
    """A row of the form that shares a credit out; `montant`: what the first proposal would give, as text."""

    dossier: Dossier
    creance: Creance | None
    cible: str
    montant: str


def describe_panneau(mouvement: Mouvement, texte: str) -> dict[str, Any]:
    """Say what may be decided of an open line; nothing of a decided one."""
    if mouvement.statut != StatutMouvement.A_RAPPROCHER:
        return {}
    if mouvement.nature in (NatureMouvement.DEBIT, NatureMouvement.FRAIS):
        return {}
    proposition = propose(mouvement)
    if mouvement.nature != NatureMouvement.CREDIT:
        return {"refus": proposition.refus, "retours": _describe_retours(proposition)}
    trouves = _search(mouvement, texte) if texte else []
    dossiers, creances = load_cibles(proposition.candidats)
    suggestions = [] if texte else [describe_candidat(c, dossiers, creances) for c in proposition.candidats]
    retenus = list_retenus(mouvement)
    designes = {cle for candidat in proposition.candidats for cle in candidat.dossiers}
    premiers = [t.dossier for t in trouves] or [d for s in suggestions for d in s.dossiers]
    return {
        "refus": proposition.refus,
        "retenus": retenus,
        "retenus_vagues": any(str(dossier.pk) not in designes for dossier in retenus),
        "suggestions": suggestions,
        "trouves": trouves,
        "a_repartir": _list_a_repartir(premiers, proposition.candidats[:1] if not texte else ()),
    }


def load_cibles(candidats: Collection[Candidat]) -> tuple[dict[str, Dossier], dict[tuple[str, str], str]]:
    """Read the dossiers that candidates name, and the numbers of their claims, in two queries."""
    cles = {dossier for candidat in candidats for dossier in candidat.dossiers}
    visees = {creance for candidat in candidats for creance in candidat.creances}
    dossiers = {str(d.pk): d for d in Dossier.objects.filter(pk__in=cles)}
    numeros = Creance.objects.filter(dossier__in=cles, cle__in=visees).values_list("dossier_id", "cle", "numero")
    return dossiers, {(str(dossier), cle): numero for dossier, cle, numero in numeros}


def describe_candidat(
    candidat: Candidat, dossiers: dict[str, Dossier], numeros: dict[tuple[str, str], str]
) -> Suggestion:
    """Give a candidate as the page shows it."""
    lignes = [
        LigneProposee(
            dossiers[part.dossier],
            part.reference or numeros.get((part.dossier, part.creance), part.creance),
            to_euros(part.centimes),
            f"{part.dossier}||{part.prelevement}" if part.prelevement else f"{part.dossier}|{part.creance}",
        )
        for part in candidat.parts
    ]
    force, couleur = FORCES[candidat.force]
    return Suggestion(lignes, candidat.raisons, force, couleur, to_euros(candidat.ecart))


def _describe_retours(proposition: Proposition) -> list[RetourPropose]:
    cles = {dossier for retour in proposition.retours for dossier in retour.encaissement.dossiers}
    noms = {str(cle): nom for cle, nom in Dossier.objects.filter(pk__in=cles).values_list("pk", "debiteur_nom")}
    return [
        RetourPropose(
            retour,
            [noms[dossier] for dossier in retour.encaissement.dossiers],
            to_euros(retour.encaissement.centimes),
            to_euros(retour.frais),
            "|".join(retour.encaissement.paiements[0]),
            *FORCES[retour.force],
        )
        for retour in proposition.retours
    ]


def _search(mouvement: Mouvement, texte: str) -> list[Trouve]:
    """Find clients by name, invoice or SIREN."""
    ouverts = Dossier.objects.filter(creancier=mouvement.creancier).filter(Q(echu__gt=0) | Q(a_echoir__gt=0))
    for mot in normalize(texte).split():
        ouverts = ouverts.filter(recherche__contains=mot)
    dossiers = list(ouverts.order_by("debiteur_nom", "pk")[:CANDIDATS_MAX])
    creances = _list_creances(dossiers)
    return [Trouve(dossier, _tick(mouvement, creances[dossier.pk])) for dossier in dossiers]


def _list_creances(dossiers: Sequence[Dossier]) -> dict[uuid.UUID, list[Creance]]:
    creances: defaultdict[uuid.UUID, list[Creance]] = defaultdict(list)
    ouvertes = Creance.objects.filter(dossier__in=dossiers).exclude(stade="soldee")
    for creance in ouvertes.order_by("echeance", "numero"):
        creances[creance.dossier_id].append(creance)
    return creances


def _tick(mouvement: Mouvement, creances: list[Creance]) -> list[tuple[Creance, bool]]:
    cites = find_numeros(f"{mouvement.libelle} {mouvement.reference}", {c.numero for c in creances})
    return [(c, c.numero in cites or (not cites and c.reste == mouvement.reste)) for c in creances]


def _list_a_repartir(dossiers: Sequence[Dossier], premiers: Sequence[Candidat]) -> list[LigneARepartir]:
    """List the claims of the clients shown, each with a blank to fill; the first proposal fills some."""
    parts: dict[tuple[str, str], Part] = {(p.dossier, p.creance): p for c in premiers for p in c.parts}
    uniques = list({d.pk: d for d in dossiers}.values())
    creances = _list_creances(uniques)
    lignes = []
    for dossier in uniques:
        for creance in (*creances[dossier.pk], None):
            cle = creance.cle if creance else ""
            part = parts.get((str(dossier.pk), cle))
            montant = format_nombre(to_euros(part.centimes)) if part else ""
            lignes.append(LigneARepartir(dossier, creance, f"{dossier.pk}|{cle}", montant))
    return lignes[:LIGNES_MAX]
