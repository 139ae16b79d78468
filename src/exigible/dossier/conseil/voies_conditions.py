"""What a route asks of the dossier: the evidence it has, that it lacks, and which piece would meet it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from exigible.dossier.conseil.criteres import Condition, list_noms
from exigible.dossier.conseil.examen import TITRE_EXECUTOIRE, Examen, is_en_cours
from exigible.dossier.conseil.perimetre import Perimetre
from exigible.dossier.conseil.score_certitude import has_ecrit, is_ecrit_exige, list_engagements, list_executions
from exigible.dossier.etat import EtatCreance, Stade
from exigible.dossier.faits import NaturePiece
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.travail import list_a_completer
from exigible.droit.competence_faits import Voie
from exigible.droit.phrase import SANS_TEXTE, Phrase, phrase
from exigible.droit.voies_ouvertes import VoieOuverte

_ARTICLES_PREUVE = {
    Voie.INJONCTION: ("CPC 1405", "CPC 1407"),
    Voie.SIMPLIFIEE: ("CPCE L125-1",),
    Voie.INCONTESTEES: ("CPCE L126-1",),
    Voie.REFERE: ("CPC 835", "CPC 873"),
    Voie.FOND: ("C. civ. 1353",),
    Voie.INJONCTION_EUROPEENNE: ("Règl. (CE) n° 1896/2006",),
}
_PSRPC = "PSRPC"


def list_conditions(examen: Examen, perimetre: Perimetre, voie: VoieOuverte) -> tuple[Condition, ...]:
    """List the conditions of a route for the claims that may be brought, those met as well as those missing."""
    conditions = [
        _check_factures(examen, perimetre),
        _check_origine(examen, perimetre, voie.voie),
        _check_adresse(examen),
        _check_mise_en_demeure(perimetre),
    ]
    if any(is_ecrit_exige(examen, c) for c in perimetre.creances):
        conditions.append(_check_ecrit(examen, perimetre))
    if voie.tentative_amiable:
        conditions.append(_check_tentative(examen, perimetre))
    return tuple(conditions)


def check_menace(examen: Examen, perimetre: Iterable[EtatCreance]) -> Condition:
    """Say whether the dossier shows a threat to recovery, which a protective measure needs (CPCE L511-1)."""
    pieces = [p for c in perimetre for p in examen.list_pieces(c.cle, NaturePiece.MENACE_SUR_LE_RECOUVREMENT)]
    preuves = (*list_noms(pieces), *(menace.source for _, menace in examen.menaces))
    return Condition(
        "menace",
        phrase("Circonstances qui menacent le recouvrement"),
        True if preuves else None,
        ("CPCE L511-1",),
        preuves,
        SANS_TEXTE
        if preuves
        else phrase("Noter un constat de solvabilité : privilèges inscrits, chèques rejetés, départ sans adresse."),
    )


def _check_factures(examen: Examen, perimetre: Perimetre) -> Condition:
    def has_facture(creance: EtatCreance) -> bool:
        return bool(creance.creance.piece or examen.list_pieces(creance.cle, NaturePiece.FACTURE))

    manquantes = _list_numeros(perimetre, has_facture)
    return Condition(
        "factures",
        phrase("Factures jointes, avec le décompte"),
        not manquantes or None,
        ("CPC 54", "CPC 1407"),
        tuple(c.creance.numero for c in perimetre.creances if has_facture(c)),
        phrase("Joindre {factures}.", factures=_name_factures(manquantes)) if manquantes else SANS_TEXTE,
    )


def _check_origine(examen: Examen, perimetre: Perimetre, voie: Voie) -> Condition:
    """A paper from the debtor for each claim: an invoice alone, made by the creditor, proves no agreement."""

    def has_origine(creance: EtatCreance) -> bool:
        signees = any(p.signee for p in list_executions(examen, creance))
        return signees or creance.cle in examen.paiements or has_ecrit(examen, creance)

    manquantes = _list_numeros(perimetre, has_origine)
    preuves = [p for c in perimetre.creances for p in (*list_engagements(examen, c), *list_executions(examen, c))]
    remede = phrase(
        "Joindre, pour {factures}, le devis ou le bon de commande signé, le bon de livraison signé, ou un écrit du "
        "débiteur.",
        factures=_name_factures(manquantes),
    )
    return Condition(
        "origine",
        phrase("Pièce émanant du débiteur : une facture seule ne prouve pas l'engagement"),
        not manquantes or None,
        _ARTICLES_PREUVE[voie],
        list_noms(preuves),
        remede if manquantes else SANS_TEXTE,
        bloquante=voie is not Voie.SIMPLIFIEE,
    )


def _check_ecrit(examen: Examen, perimetre: Perimetre) -> Condition:
    manquantes = _list_numeros(perimetre, lambda c: not is_ecrit_exige(examen, c) or has_ecrit(examen, c))
    return Condition(
        "ecrit",
        phrase("Écrit signé : le débiteur n'est pas connu comme commerçant"),
        not manquantes or None,
        ("C. civ. 1359",),
        (),
        phrase("Joindre un écrit signé du débiteur pour {factures}.", factures=_name_factures(manquantes))
        if manquantes
        else SANS_TEXTE,
    )


def _check_adresse(examen: Examen) -> Condition:
    manques = [m for m in list_a_completer(examen.etat) if m.code in {"nom", "adresse", "adresse_erronee"}]
    return Condition(
        "adresse",
        phrase("Nom et adresse du débiteur, où lui signifier l'acte"),
        not manques,
        ("CPC 54", "CPC 57"),
        (),
        phrase("À faire : {manques}.", manques=tuple(m.phrase for m in manques)) if manques else SANS_TEXTE,
    )


def _check_mise_en_demeure(perimetre: Perimetre) -> Condition:
    """No text requires it of these routes; it makes interest run and shows good faith."""
    manquantes = _list_numeros(perimetre, lambda c: c.stade is Stade.MISE_EN_DEMEURE)
    return Condition(
        "mise_en_demeure",
        phrase("Mise en demeure envoyée"),
        not manquantes,
        ("C. civ. 1344", "C. civ. 1231-6"),
        (),
        phrase("Mettre en demeure d'abord : un délai de huit à quinze jours est d'usage.")
        if manquantes
        else SANS_TEXTE,
        bloquante=False,
    )


def _check_tentative(examen: Examen, perimetre: Perimetre) -> Condition:
    pieces = [p for c in perimetre.creances for p in examen.list_pieces(c.cle, NaturePiece.TENTATIVE_AMIABLE)]
    simplifiees = tuple(p.graphe.nom for p in examen.etat.procedures if _is_simplifiee_echouee(p))
    preuves = (*list_noms(pieces), *simplifiees)
    return Condition(
        "tentative_amiable",
        phrase("Conciliation, médiation ou procédure participative tentée, ou dispense"),
        True if preuves else None,
        ("CPC 750-1",),
        preuves,
        SANS_TEXTE
        if preuves
        else phrase(
            "Saisir un conciliateur de justice et joindre son attestation, ou engager la procédure simplifiée : son "
            "échec en dispense."
        ),
    )


def _is_simplifiee_echouee(procedure: EtatProcedure) -> bool:
    """Whether a simplified procedure was tried in vain (CPC 750-1 5°)."""
    vaine = not is_en_cours(procedure) and procedure.abandonnee_le is None
    return procedure.graphe.code == _PSRPC and vaine and procedure.issue != TITRE_EXECUTOIRE


def _list_numeros(perimetre: Perimetre, is_remplie: Callable[[EtatCreance], bool]) -> tuple[str, ...]:
    return tuple(c.creance.numero for c in perimetre.creances if not is_remplie(c))


def _name_factures(numeros: tuple[str, ...]) -> Phrase:
    if len(numeros) == 1:
        return phrase("la facture {numero}", numero=numeros[0])
    return phrase("les factures {numeros}", numeros=numeros)
