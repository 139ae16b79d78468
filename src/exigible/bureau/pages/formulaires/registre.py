"""Every form that records a fact of a dossier, by the word of its address, and by subject to choose among them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exigible.bureau.pages.formulaires import (
    creances,
    evenements,
    frais,
    jugements,
    mandats,
    parties,
    personnes,
    plans,
    procedures,
    signaux,
    suivi,
    suspensions,
)
from exigible.bureau.pages.formulaires.base import FormulaireFait

SORTES: dict[str, type[FormulaireFait]] = {
    "facture": creances.FormulaireCreance,
    "avoir": creances.FormulaireAvoir,
    "paiement": creances.FormulairePaiement,
    "rejet": creances.FormulaireRejet,
    "promesse": suspensions.FormulairePromesse,
    "contestation": suspensions.FormulaireContestation,
    "contestation-close": suspensions.FormulaireContestationClose,
    "plan": plans.FormulairePlan,
    "plan-mis-en-demeure": plans.FormulairePlanMisEnDemeure,
    "plan-rompu": plans.FormulairePlanRompu,
    "ne-pas-relancer": suspensions.FormulaireSuspension,
    "reprise": suspensions.FormulaireSuspensionLevee,
    "procedure-collective": suspensions.FormulaireProcedureCollective,
    "surendettement": suspensions.FormulaireSurendettement,
    "procedure": procedures.FormulaireOuverture,
    "etape": procedures.FormulaireEtape,
    "abandon": procedures.FormulaireAbandon,
    "debiteur": parties.FormulaireDebiteur,
    "penalites": parties.FormulaireReclamation,
    "appel": suivi.FormulaireAppel,
    "deja-envoye": suivi.FormulaireDejaEnvoye,
    "note": suivi.FormulaireNote,
    "piece": suivi.FormulairePiece,
    "report": suivi.FormulaireReport,
    "ignorer": suivi.FormulaireIgnorer,
    "signal-ecarte": signaux.FormulaireSignalEcarte,
    **personnes.FORMULAIRES,
    **evenements.FORMULAIRES,
    **jugements.FORMULAIRES,
    **frais.FORMULAIRES,
    **mandats.FORMULAIRES,
}

SORTE_PAR_TYPE: dict[str, str] = {
    str(formulaire.type_fait.__struct_config__.tag): sorte for sorte, formulaire in SORTES.items()
}


@dataclass(frozen=True)
class Sujet:
    """Facts of one subject, as one looks for them: a title, an icon, the words of their addresses."""

    titre: str | Promise
    icone: str
    sortes: tuple[str, ...]


SUJETS = (
    Sujet(_("Argent"), "cash", ("paiement", "rejet", "facture", "avoir", "renonciation", "cession", "penalites")),
    Sujet(
        _("Prélèvements et remboursements"),
        "building-bank",
        ("mandat", "mandat-revoque", "prelevements-annonces", "prelevement-rejete", "trop-percu"),
    ),
    Sujet(_("Échanges"), "phone", ("appel", "deja-envoye", "visite", "note", "piece")),
    Sujet(
        _("Accords et litiges"),
        "heart-handshake",
        (
            *("promesse", "plan", "plan-mis-en-demeure", "plan-rompu", "contestation", "contestation-close"),
            *("ne-pas-relancer", "reprise", "report", "ignorer", "signal-ecarte"),
        ),
    ),
    Sujet(
        _("Débiteur et personnes tenues"),
        "users",
        ("debiteur", "personne", "decharge", "caution-informee", "adresse", "deces", "cessation", "solvabilite"),
    ),
    Sujet(
        _("Procédures"),
        "flag",
        (
            *("procedure", "etape", "abandon", "procedure-collective", "surendettement"),
            *("personne-en-procedure", "garants-liberes"),
        ),
    ),
    Sujet(_("Jugements"), "gavel", ("jugement", "signification", "executoire", "decision-aneantie", "majoration")),
    Sujet(_("Frais"), "receipt-euro", ("frais", "frais-juges", "avance", "remboursement")),
)
"""Every form, once."""
