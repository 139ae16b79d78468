"""Read the answers to an act's questions, and write them as its wording names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from exigible.actes.document import Bloc, make_texte
from exigible.actes.modele import Question, TypeReponse
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import apply_typographie, clean_texte, format_date_longue
from exigible.droit.argent import format_montant, parse_montant
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import parse_jour
from exigible.droit.phrase import Phrase, phrase

Reponse = str | date | Decimal | int | bool

_OUI = frozenset({"oui", "on", "true", "1"})
_NON = frozenset({"non", "off", "false", "0"})
LONGUEUR_MAX = 20_000
A_COMPLETER = "[à compléter : {libelle}]"


def read_reponses(questions: Sequence[Question], saisies: Mapping[str, str]) -> dict[str, Reponse]:
    """Read what was answered; an empty answer is none. Raises ErreurSaisie with the question as its field."""
    check_connues(questions, saisies)
    connues = {q.nom: q for q in questions}
    return {nom: _read(connues[nom], texte) for nom, brut in saisies.items() if (texte := brut.strip())}


def check_connues(questions: Sequence[Question], saisies: Iterable[str]) -> None:
    """Refuse the answers to what is not asked. Raises ErreurSaisie (`reponse_inconnue`) with the question."""
    connues = tuple(q.nom for q in questions)
    for nom in saisies:
        if nom not in connues:
            raise ErreurSaisie("reponse_inconnue", _explain_inconnue(nom, connues), nom)


def list_manquantes(
    questions: Sequence[Question], reponses: Mapping[str, Reponse], faits: Mapping[str, bool]
) -> tuple[Question, ...]:
    """List the questions that must be answered, that hold for these facts, and are not."""
    return tuple(q for q in questions if q.obligatoire and q.nom not in reponses and is_posee(q, faits))


def is_posee(question: Question, faits: Mapping[str, bool]) -> bool:
    """Whether a question is asked, given what is known."""
    return all(faits[fait] for fait in question.si)


def describe_reponses(questions: Sequence[Question], reponses: Mapping[str, Reponse]) -> Vocabulaire:
    """Name the answers: `{nom}` for each; `nom` when it was answered (or yes), `nom_valeur` for what was chosen.

    A long answer is a block too, `[nom]`, paragraph by paragraph. What must be answered and is not is said in its
    place, between brackets.
    """
    valeurs: dict[str, str] = {}
    faits: dict[str, bool] = {}
    blocs: dict[str, tuple[Bloc, ...]] = {}
    for question in questions:
        reponse = reponses.get(question.nom)
        faits[question.nom] = bool(reponse) if question.type is TypeReponse.OUI_NON else reponse is not None
        for choix in question.choix:
            faits[f"{question.nom}_{choix.valeur}"] = reponse == choix.valeur
        if question.type is not TypeReponse.OUI_NON:
            trou = A_COMPLETER.format(libelle=apply_typographie(question.libelle)) if question.obligatoire else ""
            valeurs[question.nom] = trou if reponse is None else _write(question, reponse)
        if question.type is TypeReponse.LONG:
            lignes = valeurs[question.nom] if reponse is None else str(reponse)
            blocs[question.nom] = tuple(make_texte(ligne) for ligne in lignes.split("\n") if ligne)
    return Vocabulaire(valeurs, faits, blocs)


def _explain_inconnue(nom: str, connues: tuple[str, ...]) -> Phrase:
    if not connues:
        return phrase("Ce document ne demande pas « {nom} ».", nom=nom)
    return phrase("Ce document ne demande pas « {nom} », mais {connues}.", nom=nom, connues=connues)


def _read(question: Question, texte: str) -> Reponse:
    if len(texte) > LONGUEUR_MAX:
        raise ErreurSaisie(
            "reponse_trop_longue",
            phrase("« {libelle} » : {maximum} caractères au plus.", libelle=question.libelle, maximum=LONGUEUR_MAX),
            question.nom,
        )
    if question.type is TypeReponse.DATE:
        return parse_jour(texte, question.nom)
    if question.type is TypeReponse.MONTANT:
        return parse_montant(texte, question.nom)
    if question.type is TypeReponse.TEXTE:
        return clean_texte(texte)
    if question.type is TypeReponse.LONG:
        return "\n".join(clean_texte(ligne) for ligne in texte.splitlines())
    return _read_parmi(question, texte)


def _read_parmi(question: Question, texte: str) -> Reponse:
    """Read an answer that is one of a few, or a whole number."""
    if question.type is TypeReponse.ENTIER and texte.isascii() and texte.isdigit():
        return int(texte)
    if question.type is TypeReponse.OUI_NON and texte.lower() in _OUI | _NON:
        return texte.lower() in _OUI
    if question.type is TypeReponse.CHOIX and texte in {c.valeur for c in question.choix}:
        return texte
    raise _refuse(question, texte)


def _refuse(question: Question, texte: str) -> ErreurSaisie:
    attendus = ", ".join(c.valeur for c in question.choix)
    attendu = {TypeReponse.ENTIER: "un nombre entier", TypeReponse.OUI_NON: "oui ou non"}.get(question.type, attendus)
    return ErreurSaisie(
        "reponse_illisible",
        phrase(
            "« {libelle} » : « {texte} » ne convient pas ; on attend {attendu}.",
            libelle=question.libelle,
            texte=texte,
            attendu=attendu,
        ),
        question.nom,
    )


def _write(question: Question, reponse: Reponse) -> str:
    if isinstance(reponse, Decimal):
        return format_montant(reponse)
    if isinstance(reponse, date):
        return format_date_longue(reponse)
    if question.type is TypeReponse.CHOIX:
        return apply_typographie(next(c.libelle for c in question.choix if c.valeur == reponse))
    return " ".join(str(reponse).split("\n"))
