"""Whether a claim is of a fixed amount (CPCE L111-6) and due (C. civ. 1305 s.), and what forbids claiming it at all."""

from __future__ import annotations

from exigible.dossier.conseil.criteres import Condition
from exigible.dossier.conseil.examen import Examen, has_suspension
from exigible.dossier.etat import EtatCreance, MotifSuspension, Stade
from exigible.droit.competence_faits import Motif
from exigible.droit.phrase import SANS_TEXTE, Phrase, phrase


def list_liquidite(creance: EtatCreance) -> tuple[Condition, ...]:
    """All of them must hold; the statement, in euros and line by line, meets the rest by construction."""
    return (
        _check(
            "montant_chiffre",
            phrase("Principal chiffré en euros, avoirs et acomptes déduits"),
            creance.creance.montant > 0,
            ("CPCE L111-6", "C. civ. 1343-3"),
            phrase("Donner le montant de la facture, toutes taxes comprises."),
        ),
    )


def list_exigibilite(examen: Examen, creance: EtatCreance) -> tuple[Condition, ...]:
    """All of them must hold for the claim to be due."""
    echeance = creance.creance.echeance
    plan = has_suspension(creance, MotifSuspension.PLAN)
    return (
        Condition(
            "echeance_passee",
            phrase("Échéance passée"),
            None if echeance is None else echeance < examen.au,
            ("C. civ. 1305-2",),
            (),
            phrase("Donner l'échéance de la facture {numero}.", numero=creance.creance.numero)
            if echeance is None
            else _attend(creance, examen),
        ),
        _check(
            "sans_plan",
            phrase("Aucun accord d'étalement en cours"),
            not plan,
            ("C. civ. 1305-2",),
            phrase("Attendre les échéances du plan, ou le dénoncer après mise en demeure s'il n'est pas tenu."),
        ),
        _check(
            "sans_procedure_collective",
            phrase("Aucune procédure collective du débiteur"),
            not has_suspension(creance, MotifSuspension.PROCEDURE_COLLECTIVE),
            ("C. com. L622-21",),
            phrase("Déclarer la créance : elle ne se réclame plus autrement."),
        ),
        _check(
            "sans_surendettement",
            phrase("Aucun dossier de surendettement recevable"),
            not has_suspension(creance, MotifSuspension.SURENDETTEMENT),
            ("C. conso. L722-2", "C. conso. L722-5"),
            phrase("Suivre le plan ou les mesures : le débiteur ne peut plus payer ses dettes antérieures."),
        ),
    )


def list_blocages(examen: Examen, creance: EtatCreance) -> tuple[Motif, ...]:
    """List what forbids claiming at all: paid, time-barred."""
    blocages = []
    if creance.stade is Stade.SOLDEE:
        blocages.append(Motif("soldee", phrase("La créance est payée."), ("C. civ. 1342",)))
    prescription = creance.prescription
    if prescription is not None and prescription.acquise_au(examen.au):
        message = phrase("La créance est prescrite depuis le {jour}.", jour=prescription.terme)
        blocages.append(Motif("prescrite", message, prescription.articles))
    return tuple(blocages)


def _attend(creance: EtatCreance, examen: Examen) -> Phrase:
    echeance = creance.creance.echeance
    if echeance is None or echeance < examen.au:
        return SANS_TEXTE
    return phrase("Attendre le lendemain de l'échéance du {jour}.", jour=echeance)


def _check(code: str, libelle: Phrase, oui: bool, articles: tuple[str, ...], remede: Phrase) -> Condition:  # noqa: FBT001 - the answer is the subject
    return Condition(code, libelle, oui, articles, (), SANS_TEXTE if oui else remede)
