"""What undoing an import would cancel, and what was recorded since that rests on it and forbids it."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from exigible.bureau.horloge import PARIS
from exigible.bureau.imports.models import Importation, MemeClient, StatutImportation
from exigible.bureau.journal.lecture import read_journaux
from exigible.bureau.journal.models import Chaine
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.dossier import faits as f
from exigible.dossier.faits_creancier import (
    FichierImporte,
    MouvementConstate,
    MouvementEcarte,
    MouvementRapproche,
    RetenueLevee,
)
from exigible.dossier.journal import Inscription, list_effectives
from exigible.droit.argent import ZERO
from exigible.droit.phrase import Phrase, phrase

_REFERENCES = {
    "creances": "creance",
    "creance": "creance",
    "paiement": "paiement",
    "courrier": "courrier",
    "mouvement": "mouvement",
    "suspension": "suspension",
    "signal": "signal",
}
"""The fields by which a fact names another, and what they name."""

_NOMS: Mapping[type, Phrase] = {
    f.CreanceNee: phrase("une facture corrigée"),
    f.AvoirEmis: phrase("un avoir"),
    f.PaiementRecu: phrase("un paiement"),
    f.PaiementRejete: phrase("un rejet de paiement"),
    f.RelanceFaite: phrase("une relance"),
    f.AppelPasse: phrase("un appel"),
    f.CourrierApprouve: phrase("un courrier approuvé"),
    f.CourrierAnnule: phrase("un courrier annulé"),
    f.CourrierPoste: phrase("un courrier posté"),
    f.CourrierPresente: phrase("le suivi d'un courrier"),
    f.CourrierRecu: phrase("le suivi d'un courrier"),
    f.CourrierRefuse: phrase("le suivi d'un courrier"),
    f.CourrierNonReclame: phrase("le suivi d'un courrier"),
    f.CourrierNonDistribue: phrase("le suivi d'un courrier"),
    f.PromesseRecue: phrase("une promesse"),
    f.ContestationRecue: phrase("une contestation"),
    f.PlanConvenu: phrase("un plan de paiement"),
    f.SuspensionDecidee: phrase("une décision de ne pas relancer"),
    f.ActionReportee: phrase("une action reportée"),
    f.ActionIgnoree: phrase("une action ignorée"),
    f.PieceJointe: phrase("une pièce jointe"),
    f.ActeProduit: phrase("un document produit"),
    f.DebiteurDecrit: phrase("une correction du client"),
    f.SuspensionLevee: phrase("une reprise des relances"),
    f.StatutFactureRecu: phrase("un statut de facture"),
    f.PrelevementRejete: phrase("un rejet de prélèvement"),
    f.RejetSignale: phrase("un refus de prélèvement signalé"),
    f.SignalEcarte: phrase("un signal écarté"),
    MouvementRapproche: phrase("un rapprochement bancaire"),
    MouvementEcarte: phrase("un mouvement écarté"),
    RetenueLevee: phrase("une retenue levée"),
}

_COMPTES: Mapping[type, str] = {
    f.AvoirEmis: "avoir",
    f.PaiementRecu: "paiement",
    f.RelanceFaite: "envoi",
    f.CourrierPoste: "envoi",
    f.StatutFactureRecu: "statut",
    f.PrelevementRejete: "rejet",
    f.RejetSignale: "rejet",
    f.DebiteurDecrit: "debiteur",
    MouvementConstate: "mouvement",
    MouvementRapproche: "rapprochement",
}
"""How what an import brought is counted, besides its invoices."""


@dataclass(frozen=True, slots=True)
class Dependance:
    """Something recorded since that rests on the import: what and when, in French; `dossier` None for a bank line."""

    phrase: Phrase
    jour: date
    dossier: Dossier | None

    def describe(self) -> Phrase:
        """Say what, when and where."""
        if self.dossier is None:
            return phrase("{quoi} du {jour}", quoi=self.phrase, jour=self.jour)
        return phrase(
            "{quoi} du {jour} ({reference}, {nom})",
            quoi=self.phrase,
            jour=self.jour,
            reference=self.dossier.reference,
            nom=self.dossier.debiteur_nom,
        )


@dataclass(slots=True)
class Annulation:
    """What undoing an import does: ranks to cancel by journal, counts by kind, and what forbids it.

    `comptes`: how many of `creance`, `correction`, `avoir`, `paiement`, `envoi`, `debiteur`, `statut`, `rejet`,
    `mouvement` and `rapprochement`; `total`: whole amount of the invoices that go, in euros. `gardes`: debtors that the
    import opened, who stay.
    """

    rangs: dict[uuid.UUID, list[int]] = field(default_factory=dict)
    comptes: Counter[str] = field(default_factory=Counter)
    total: Decimal = ZERO
    gardes: int = 0
    dependances: list[Dependance] = field(default_factory=list)

    def explain_refus(self) -> str:
        """Say in one sentence what forbids to undo, or nothing."""
        if not self.dependances:
            return ""
        premiere, *autres = self.dependances
        if not autres:
            return phrase(
                "Cet import ne peut pas être annulé : {quoi} s'appuie sur ce qu'il a apporté ; annulez d'abord ce qui "
                "en dépend.",
                quoi=premiere.describe(),
            )
        if len(autres) == 1:
            return phrase(
                "Cet import ne peut pas être annulé : {quoi} s'appuie sur ce qu'il a apporté, comme 1 autre ; annulez "
                "d'abord ce qui en dépend.",
                quoi=premiere.describe(),
            )
        return phrase(
            "Cet import ne peut pas être annulé : {quoi} s'appuie sur ce qu'il a apporté, comme {autres} autres ; "
            "annulez d'abord ce qui en dépend.",
            quoi=premiere.describe(),
            autres=len(autres),
        )


def read_tetes(creancier: Creancier) -> dict[uuid.UUID, int]:
    """Read the last rank of every journal of a creditor: its own and its dossiers'."""
    siennes = Chaine.objects.filter(pk=creancier.chaine_id) | Chaine.objects.filter(dossier__creancier=creancier)
    return dict(siennes.values_list("pk", "tete_rang"))


def read_ecrits(importation: Importation) -> dict[uuid.UUID, set[int]]:
    """Read the ranks that an import wrote, whole or halfway, by journal."""
    ecrits = defaultdict(set, {uuid.UUID(chaine): set(rangs) for chaine, rangs in importation.ecrits.items()})
    parts = importation.parts.filter(chaine__isnull=False)
    for chaine, premier, dernier in parts.values_list("chaine", "premier", "dernier"):
        ecrits[chaine] |= set(range(premier, dernier + 1))
    return dict(ecrits)


def find_oublies(creancier: Creancier) -> dict[uuid.UUID, set[int]]:
    """Find the ranks that undone imports had written, by journal: the same file may bring them back."""
    oublies: defaultdict[uuid.UUID, set[int]] = defaultdict(set)
    annulees = Importation.objects.filter(creancier=creancier, statut=StatutImportation.ANNULE)
    for ecrits in annulees.values_list("ecrits", flat=True):
        for chaine, rangs in ecrits.items():
            oublies[uuid.UUID(chaine)] |= set(rangs)
    return dict(oublies)


def forget_annulees(inscriptions: Sequence[Inscription], oublies: set[int]) -> list[Inscription]:
    """Leave out what an undone import had said, and its former corrections, unless a person made them hold again."""
    if not oublies:
        return list(inscriptions)
    tenues = {i.rang for i in list_effectives(inscriptions, date.max)}
    laissees = set(oublies)
    gardees = []
    for inscription in inscriptions:
        if inscription.rang in tenues or not laissees & {inscription.rang, inscription.corrige}:
            gardees.append(inscription)
        else:
            laissees.add(inscription.rang)
    return gardees


def split_tenues(inscriptions: Sequence[Inscription]) -> list[Inscription]:
    """Keep the entries that nobody cancelled, corrected or not."""
    return _split(inscriptions, {i.rang for i in inscriptions})[0]


def compute_annulation(importation: Importation) -> Annulation:
    """Compute what undoing an applied import would do. Writes nothing."""
    ecrits = read_ecrits(importation)
    journaux = read_journaux(ecrits)
    dossiers = {
        d.chaine_id: d for d in Dossier.objects.filter(creancier=importation.creancier_id) if d.chaine_id in ecrits
    }
    annulation = Annulation()
    for chaine, rangs in ecrits.items():
        siennes, autres = _split(journaux[chaine], rangs)
        a_annuler = [i for i in siennes if not _is_kept(i, chaine in dossiers)]
        annulation.gardes += sum(1 for i in siennes if i.rang == 1 and chaine in dossiers)
        if a_annuler:
            annulation.rangs[chaine] = [i.rang for i in a_annuler]
        for inscription in a_annuler:
            _count(annulation, inscription)
        noms = list_noms(siennes)
        annulation.dependances += [
            Dependance(_NOMS.get(type(i.fait), phrase("une inscription")), i.date_effet, dossiers.get(chaine))
            for i in autres
            if rests_on(i, noms, rangs)
        ]
    annulation.dependances += [
        Dependance(phrase("un regroupement de deux clients"), meme.fait_le.astimezone(PARIS).date(), meme.garde)
        for meme in MemeClient.objects.filter(
            absorbe__in=dossiers.values(), distincts=False, separe_le__isnull=True
        ).select_related("garde")
    ]
    annulation.dependances.sort(key=lambda d: (d.dossier is None, d.jour))
    return annulation


def _split(inscriptions: Sequence[Inscription], rangs: set[int]) -> tuple[list[Inscription], list[Inscription]]:
    """Part a journal between what the import wrote, unless cancelled since, and the entries of others that hold."""
    annules: set[int] = set()
    for inscription in reversed(inscriptions):
        if inscription.rang not in annules and isinstance(inscription.fait, f.FaitAnnule) and inscription.corrige:
            annules.add(inscription.corrige)
    siennes = [i for i in inscriptions if i.rang in rangs and i.rang not in annules]
    autres = [
        i
        for i in list_effectives(inscriptions, date.max)
        if i.rang not in rangs and not isinstance(i.fait, f.FaitAnnule)
    ]
    return siennes, autres


def _is_kept(inscription: Inscription, de_dossier: bool) -> bool:  # noqa: FBT001 - one of two kinds of journal
    """Keep the receipt, which is true for ever, and who the debtor of an opened dossier is: there must be one."""
    return isinstance(inscription.fait, FichierImporte) or (de_dossier and inscription.rang == 1)


def list_noms(siennes: Iterable[Inscription]) -> dict[tuple[str, str], int]:
    """List what the import brought that others may name: kind and key, with the rank that brought it."""
    noms: dict[tuple[str, str], int] = {}
    for i in siennes:
        fait = i.fait
        if isinstance(fait, f.CreanceNee):
            noms.setdefault(("creance", fait.cle), i.rang)
        elif isinstance(fait, f.PaiementRecu):
            noms.setdefault(("paiement", fait.cle), i.rang)
        elif isinstance(fait, f.CourrierPoste):
            noms.setdefault(("courrier", fait.courrier), i.rang)
        elif isinstance(fait, MouvementConstate):
            noms.setdefault(("mouvement", fait.mouvement), i.rang)
        elif isinstance(fait, f.SuspensionDecidee):
            noms.setdefault(("suspension", fait.cle), i.rang)
        elif isinstance(fait, f.StatutFactureRecu | f.RejetSignale):
            noms.setdefault(("signal", fait.cle), i.rang)
    return noms


def rests_on(inscription: Inscription, noms: Mapping[tuple[str, str], int], rangs: set[int]) -> bool:
    """Tell whether an entry corrects what the import wrote, or names it and was recorded after."""
    if inscription.corrige in rangs:
        return True
    for champ, sorte in _REFERENCES.items():
        valeur = getattr(inscription.fait, champ, ())
        for nom in (valeur,) if isinstance(valeur, str) else valeur:
            if noms.get((sorte, nom), inscription.rang) < inscription.rang:
                return True
    return False


def _count(annulation: Annulation, inscription: Inscription) -> None:
    fait = inscription.fait
    if isinstance(fait, f.CreanceNee):
        annulation.comptes["creance" if inscription.corrige is None else "correction"] += 1
        annulation.total += fait.montant if inscription.corrige is None else ZERO
    elif isinstance(fait, f.PaiementRecu) and fait.mouvement:
        return  # counted with the match of its bank line
    elif nom := _COMPTES.get(type(fait)):
        annulation.comptes[nom] += 1
