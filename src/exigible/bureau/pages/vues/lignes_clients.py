"""A line of the portfolio, the same whether read from today's projection or recomputed for a past day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from exigible.bureau.comptes.attributions import get_suivi
from exigible.bureau.pages.libelles import get_libelle
from exigible.bureau.pages.suivi import write_suivi
from exigible.bureau.pages.vues.filtres import TRANCHES, FiltrePortefeuille
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.etat import STADES_CLOS, EtatDossier
from exigible.dossier.faits import Etape
from exigible.droit.argent import ZERO


@dataclass(frozen=True, slots=True)
class LigneClient:
    """A debtor on the day: amounts in euros, accessories included in `echu`."""

    pk: UUID
    reference: str
    nom: str
    qualite: str
    echu: Decimal
    a_echoir: Decimal
    conteste: Decimal
    promis: Decimal
    retard: int
    stade: str
    derniere: str
    derniere_le: date | None
    prochaine: str
    prochaine_le: date | None
    prescription_le: date | None
    erreur: str = ""
    a_completer: bool = False
    tranches: tuple[Decimal, ...] = ()
    suivi: str = ""


def read_projection(dossier: Dossier) -> LigneClient:
    """The line as the day's run left it."""
    return LigneClient(
        pk=dossier.pk,
        reference=dossier.reference,
        nom=dossier.debiteur_nom,
        qualite=dossier.qualite,
        echu=dossier.echu,
        a_echoir=dossier.a_echoir,
        conteste=dossier.conteste,
        promis=dossier.promis,
        retard=dossier.jours_retard,
        stade=dossier.stade,
        derniere=dossier.derniere_action,
        derniere_le=dossier.derniere_action_le,
        prochaine=_read_prochaine(dossier),
        prochaine_le=dossier.prochaine_action_le,
        prescription_le=dossier.prescription_le,
        erreur=dossier.erreur,
        a_completer=bool(dossier.a_completer),
        suivi=write_suivi(get_suivi(dossier)),
    )


def read_etat(dossier: Dossier, etat: EtatDossier) -> LigneClient:
    """The line recomputed from the journal for the day of `etat`; what comes next is not told for the past."""
    ouvertes = [c for c in etat.creances if c.stade not in STADES_CLOS]
    etapes = sorted((jour, etape) for c in etat.creances for etape, jour in c.etapes_faites if jour <= etat.au)
    prescription = etat.prescription
    return LigneClient(
        pk=dossier.pk,
        reference=dossier.reference,
        nom=etat.debiteur.nom or dossier.debiteur_nom,
        qualite=etat.debiteur.qualite.value,
        echu=etat.echu,
        a_echoir=etat.a_echoir,
        conteste=sum((c.conteste for c in ouvertes), ZERO),
        promis=sum_promis(etat),
        retard=max((c.jours_de_retard for c in ouvertes), default=0),
        stade=etat.stade.value,
        derniere=etapes[-1][1].value if etapes else "",
        derniere_le=etapes[-1][0] if etapes else None,
        prochaine="",
        prochaine_le=None,
        prescription_le=prescription.dernier_jour_sur if prescription else None,
        tranches=tuple(
            sum((c.principal_restant for c in ouvertes if t.contains(c.creance.echeance, etat.au)), ZERO)
            for t in TRANCHES
        ),
        suivi=write_suivi(get_suivi(dossier)),
    )


def _read_prochaine(dossier: Dossier) -> str:
    """What comes next; a formal notice already posted, without a day, means that a person has to choose."""
    if dossier.prochaine_action == Etape.MISE_EN_DEMEURE.value and dossier.prochaine_action_le is None:
        return "scenario_fini"
    return dossier.prochaine_action


def sum_promis(etat: EtatDossier) -> Decimal:
    """What is promised and not yet due, at most what is owed."""
    promis = ZERO
    for promesse in (p.promesse for p in etat.promesses if not p.tenue and p.promesse.jusqu_au >= etat.au):
        visees = [c.total for c in etat.creances if not promesse.creances or c.cle in promesse.creances]
        promis += sum(visees, ZERO) if promesse.montant is None else promesse.montant
    return min(promis, etat.echu + etat.a_echoir)


def read_fraiche(dossier: Dossier, etat: EtatDossier) -> LigneClient:
    """The line of a dossier last valued on an earlier day, with today's amounts; what comes next is the last run's."""
    return replace(
        read_etat(dossier, etat),
        prochaine=_read_prochaine(dossier),
        prochaine_le=dossier.prochaine_action_le,
        a_completer=bool(dossier.a_completer),
    )


def keep_ligne(ligne: LigneClient, filtre: FiltrePortefeuille) -> bool:
    """Whether a recomputed line is in the situation, stage and age that the filter asks for."""
    valeurs = filtre.valeurs
    situation = {
        "": ligne.echu > 0 or ligne.a_echoir > 0,
        "echu": ligne.echu > 0,
        "conteste": ligne.conteste > 0,
        "promis": ligne.promis > 0,
        "a_completer": ligne.qualite == "inconnue",
        "soldes": ligne.echu == 0 and ligne.a_echoir == 0,
        "tous": True,
    }[valeurs.get("situation", "")]
    stade = valeurs.get("stade", "")
    tranche = filtre.tranche_choisie
    return (
        situation
        and (not stade or ligne.stade == stade)
        and (not tranche or ligne.tranches[TRANCHES.index(tranche)] > 0)
    )


_CHAMPS = {
    "nom": lambda ligne: ligne.nom.casefold(),
    "echu": lambda ligne: ligne.echu,
    "a_echoir": lambda ligne: ligne.a_echoir,
    "conteste": lambda ligne: ligne.conteste,
    "promis": lambda ligne: ligne.promis,
    "retard": lambda ligne: ligne.retard,
    "stade": lambda ligne: get_libelle(ligne.stade),
    "derniere": lambda ligne: ligne.derniere_le,
    "prochaine": lambda ligne: ligne.prochaine_le,
    "prescription": lambda ligne: ligne.prescription_le,
}


def sort_lignes(lignes: list[LigneClient], tri: str) -> list[LigneClient]:
    """Sort recomputed lines as the database sorts projected ones: without a value, last."""
    champ = _CHAMPS[tri.removeprefix("-")]
    par_nom = sorted(lignes, key=lambda ligne: ligne.nom.casefold())
    connues = [ligne for ligne in par_nom if champ(ligne) is not None]
    inconnues = [ligne for ligne in par_nom if champ(ligne) is None]
    return sorted(connues, key=champ, reverse=tri.startswith("-")) + inconnues
