"""What the reader must know before relying on a term of limitation, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import phrase
from exigible.droit.prescription.resultat import Demande, Evenement
from exigible.droit.prescription.table import Cause, LoiNouvelle, Regle, Table, TypeDelai

_REFORME: Final = date(2008, 6, 19)


def keep_first(avertissements: Iterable[Avertissement]) -> tuple[Avertissement, ...]:
    """Keep the first warning of each code."""
    gardes: dict[str, Avertissement] = {}
    for avertissement in avertissements:
        gardes.setdefault(avertissement.code, avertissement)
    return tuple(gardes.values())


def list_de_regle(demande: Demande) -> list[Avertissement]:
    """List what must be said of the rule itself: not verified, deduced, or older than the law that was read."""
    regle = demande.regle
    alertes = []
    if regle.statut == "a_verifier":
        message = phrase(
            "La règle {regle} (« {libelle} ») est à vérifier : aucune source sûre n'a été lue.",
            regle=regle.identifiant,
            libelle=regle.libelle,
        )
        alertes.append(Avertissement("regle_a_verifier", message, {"regle": regle.identifiant}))
    if demande.depart < _REFORME and regle.loi_nouvelle is None and regle.genre is not TypeDelai.QUADRIENNALE:
        message = phrase(
            "Le délai part du {depart}, avant la réforme du {reforme} : l'ancien droit n'a pas été lu pour cette "
            "règle, le terme est à vérifier.",
            depart=demande.depart,
            reforme=_REFORME,
        )
        alertes.append(Avertissement("droit_anterieur", message, {"depart": demande.depart.isoformat()}))
    return alertes


def list_de_butoir(demande: Demande, table: Table) -> list[Avertissement]:
    """Warn that the 20-year stop is doubtful for an old right."""
    naissance = demande.naissance or demande.depart
    if naissance >= table.butoir_a_verifier_avant:
        return []
    message = phrase(
        "Le droit est né le {naissance}, avant le {reforme} : l'application du butoir de vingt ans est à vérifier.",
        naissance=naissance,
        reforme=table.butoir_a_verifier_avant,
    )
    return [Avertissement("butoir_a_verifier", message, {"naissance": naissance.isoformat()})]


def warn_loi_nouvelle(loi: LoiNouvelle) -> Avertissement:
    """Say that a law shortened the time on its way (C. civ. 2222)."""
    sure = phrase(
        "Le délai a commencé avant la loi entrée en vigueur le {jour} : la nouvelle durée court de ce jour, sans que "
        "le total passe l'ancienne (C. civ. 2222). Une action introduite avant cette loi suit l'ancienne durée.",
        jour=loi.entree_en_vigueur,
    )
    douteuse = phrase(
        "Le délai a commencé avant la loi entrée en vigueur le {jour} : la nouvelle durée court de ce jour, sans que "
        "le total passe l'ancienne (C. civ. 2222). L'ancienne durée ou le jour de cette loi est à vérifier.",
        jour=loi.entree_en_vigueur,
    )
    message = douteuse if loi.statut == "a_verifier" else sure
    return Avertissement("loi_nouvelle", message, {"jour": loi.entree_en_vigueur.isoformat()})


def warn_cause(cause: Cause) -> Avertissement:
    """Say that the reach of a cause was not verified."""
    message = phrase("L'effet de « {cause} » ({code}) est à vérifier.", cause=cause.libelle, code=cause.identifiant)
    return Avertissement("cause_a_verifier", message, {"code": cause.identifiant})


def warn_tardif(evenement: Evenement, cause: Cause, terme: date, regle: Regle) -> Avertissement:
    """Say that an event came after the term, in words that fit it."""
    parametres = {"date": evenement.jour.isoformat(), "terme": terme.isoformat()}
    if cause.identifiant == "INT-REC":
        message = phrase(
            "Le paiement ou la reconnaissance du {jour} vient après le terme du {terme} : il reste acquis, mais ne "
            "fait pas revivre le solde.",
            jour=evenement.jour,
            terme=terme,
        )
        return Avertissement("reconnaissance_tardive", message, parametres)
    if cause.vaut_reclamation:
        message = phrase(
            "La réclamation écrite du {jour} vient après le terme du {terme} : elle n'interrompt plus rien "
            "({articles}).",
            jour=evenement.jour,
            terme=terme,
            articles=regle.articles,
        )
        return Avertissement("reclamation_tardive", message, parametres)
    message = phrase(
        "« {cause} » du {jour} vient après le terme du {terme} : sans effet.",
        cause=cause.libelle,
        jour=evenement.jour,
        terme=terme,
    )
    return Avertissement("cause_tardive", message, {**parametres, "code": cause.identifiant})


def warn_non_avenue(evenement: Evenement, cause: Cause) -> Avertissement:
    """Say that nothing in the table wipes out such a cause; the shorter time is kept all the same."""
    message = phrase(
        "« {cause} » du {jour} est tenu pour non avenu, ce que la table ne prévoit pas : le délai le plus court est "
        "gardé.",
        cause=cause.libelle,
        jour=evenement.jour,
    )
    return Avertissement("non_avenue_inhabituelle", message, {"code": cause.identifiant})


def warn_courrier(evenement: Evenement, cause: Cause, regle: Regle) -> Avertissement:
    """Say that a letter recorded as useless may interrupt under this rule."""
    message = phrase(
        "Sous cette règle, une réclamation écrite peut interrompre le délai ({articles}) : si le courrier du {jour} en "
        "est une, enregistrez-le avec le code INT-COURRIER au lieu de {code}.",
        articles=regle.articles,
        jour=evenement.jour,
        code=cause.identifiant,
    )
    return Avertissement("courrier_a_preciser", message, {"date": evenement.jour.isoformat()})


def warn_pause_publique(evenement: Evenement) -> Avertissement:
    """Say that a mediation with a public body may hold the time for six months only."""
    message = phrase(
        "La médiation du {jour} dure plus de six mois : contre une personne publique, la loi de 1968 (art. 2-1) ne lui "
        "laisse suspendre le délai que six mois ; tous ses jours sont comptés ici, à vérifier.",
        jour=evenement.jour,
    )
    return Avertissement("pause_a_verifier", message, {"date": evenement.jour.isoformat()})


def warn_instance(evenement: Evenement, cause: Cause) -> Avertissement:
    """Say that the end of an instance is not known: the term is the shortest possible."""
    if cause.instance_eventuelle:
        message = phrase(
            "Le nouveau délai est compté du {jour}. S'il y a eu opposition, l'interruption dure jusqu'à la fin de "
            "l'instance : donnez-la (début/fin:{code}) ; sinon, l'ordonnance devenue titre s'ajoute (INT-TITRE).",
            jour=evenement.jour,
            code=evenement.code,
        )
        return Avertissement("instance_a_preciser", message, {"date": evenement.jour.isoformat()})
    message = phrase(
        "Le délai est arrêté depuis le {jour} et le jour de sa reprise n'est pas connu : le terme donné est le plus "
        "court possible, et rien n'est perdu tant que la procédure dure. Donnez sa fin : début/fin:{code}.",
        jour=evenement.jour,
        code=evenement.code,
    )
    return Avertissement("instance_sans_fin", message, {"date": evenement.jour.isoformat()})


def warn_attente(evenement: Evenement, terme: date) -> Avertissement:
    """Say that no incident is known since the rescheduling or the plan: the term is the careful one."""
    message = phrase(
        "Aucun incident n'est connu depuis le {jour} : le nouveau délai partira du premier incident non régularisé "
        "(code INCIDENT) ; d'ici là, le terme prudent du {terme} est gardé.",
        jour=evenement.jour,
        terme=terme,
    )
    return Avertissement("incident_attendu", message, {"date": evenement.jour.isoformat()})
