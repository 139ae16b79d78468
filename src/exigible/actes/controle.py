"""Compliance, common to every document: the facts of the dossier under the names of the rules, and the refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from exigible.actes.sommes import SommeReclamee
from exigible.actes.typst.texte import clean_texte, list_sans_doublon
from exigible.dossier.etat import EtatDossier, MotifSuspension, Stade
from exigible.droit.argent import ZERO
from exigible.droit.conformite import Manquement, evaluate
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.regimes import QualitePartie

_SEPARE = r"[\s.\-()]*"
# 089x, in national or international writing (+33 8 99…, +33 (0)8 99…), whatever stands between the digits.
_SURTAXE = re.compile(rf"(?<!\d)(?:(?:\+|00){_SEPARE}3{_SEPARE}3{_SEPARE}0?|0){_SEPARE}8{_SEPARE}9(?:{_SEPARE}\d){{7}}")


def is_numero_surtaxe(telephone: str) -> bool:
    """Whether a surcharged French number (089x) is given (C. conso. L121-16)."""
    return _SURTAXE.search(telephone) is not None


def is_personne_physique(etat: EtatDossier) -> bool:
    """Whether the debtor is, or may be, a natural person: personal data are then explained."""
    return etat.debiteur.qualite is QualitePartie.CONSOMMATEUR or etat.debiteur.personne_physique is not False


def check_contestations(sommes: Sequence[SommeReclamee], sujet: str) -> None:
    """Raise ErreurExigible (`acte_refuse`) when an invoice is disputed in full: it waits for the dispute to end."""
    contestees = [clean_texte(s.numero) for s in sommes if s.reservee and s.principal == ZERO]
    if contestees:
        raise ErreurExigible(
            "acte_refuse",
            f"{sujet} : la facture {contestees[0]} est contestée en entier ; répondez d'abord à la contestation, ou "
            "retirez cette facture.",
            regle="BL-06",
        )


def describe_parties(etat: EtatDossier) -> dict[str, object]:
    """Who writes to whom. The creditor signs alone; a creditor without name or address is not identified."""
    debiteur, creancier = etat.debiteur, etat.creancier.description
    nomme = bool(clean_texte(creancier.nom))
    qualifie = debiteur.qualite is not QualitePartie.INCONNUE
    connu = bool(clean_texte(debiteur.nom))
    return {
        "acteur": "creancier",
        # Nobody checked any title: a signature that bears one is refused.
        "acteur.titre_verifie": False,
        "action.destinataire": "debiteur",
        "action.auteur_identifie": nomme,
        "action.creancier_identifie": nomme and creancier.adresse.complete,
        "creancier.declarant_ficp": False,
        "debiteur.qualite": debiteur.qualite.value,
        "debiteur.personne_physique": is_personne_physique(etat),
        "debiteur.qualite_connue": qualifie,
        "debiteur.nom_connu": connu,
        "debiteur.adresse_connue": debiteur.adresse.complete,
        "envoi.motif_visible": False,
        "lettre.imite_acte_officiel": False,
        "lettre.numero_surtaxe": is_numero_surtaxe(clean_texte(creancier.telephone)),
        "lettre.titre_signataire": clean_texte(creancier.fonction).lower(),
        "titre.existe": False,
    }


def describe_creances(etat: EtatDossier, sommes: Sequence[SommeReclamee]) -> dict[str, object]:
    """What is claimed and what stands in the way; what is disputed in part is already left out of `sommes`."""
    motifs = {suspension.motif for somme in sommes for suspension in somme.etat.suspensions}
    etats = [somme.etat for somme in sommes]
    collective = MotifSuspension.PROCEDURE_COLLECTIVE in motifs
    surendettement = MotifSuspension.SURENDETTEMENT in motifs
    plan = MotifSuspension.PLAN in motifs
    return {
        "creance.nature": "facture",
        "creance.echue": all(c.stade not in {Stade.A_ECHOIR, Stade.SANS_ECHEANCE} for c in etats),
        # One invoice with nothing left to claim is enough to stop: it has no place in the document.
        "creance.solde": min((somme.total for somme in sommes), default=ZERO),
        "creance.prescrite": any(c.prescription is not None and c.prescription.acquise_au(etat.au) for c in etats),
        "creance.anterieure_ouverture": collective,
        "creance.anterieure_recevabilite": surendettement,
        "procedure.collective_ouverte": collective,
        "procedure.surendettement_recevable": surendettement,
        "accord.en_cours": plan,
        "accord.respecte": plan,
        # What is disputed is out of `sommes` already: nothing of it is claimed.
        "contestation.motivee": False,
        "contestation.reclamation_non_resolue": any(c.conteste > 0 for c in etats),
    }


def check_conformite(contexte: Mapping[str, object], cibles: Sequence[str], sujet: str) -> tuple[Manquement, ...]:
    """Play the rules for every target, each failure once. `sujet` begins the refusal: « Ce message est refusé ».

    Raises ErreurExigible (`acte_refuse`) with the rules and their articles as soon as one is `bloquant`.
    """
    manquements = tuple(dict.fromkeys(m for cible in cibles for m in evaluate(contexte, cible)))
    bloquants = [m for m in manquements if m.severite == "bloquant"]
    if bloquants:
        raisons = " ; ".join(f"{m.message.rstrip('.')} ({', '.join(m.articles) or m.regle})" for m in bloquants)
        raise ErreurExigible(
            "acte_refuse",
            f"{sujet} : {raisons}.",
            regle=", ".join(m.regle for m in bloquants),
            article=", ".join(list_sans_doublon([article for m in bloquants for article in m.articles])),
        )
    return manquements
