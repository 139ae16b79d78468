"""Try a wording that a user wrote: on dossiers of every kind, with every answer, it must say what ours says by law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources

from exigible.actes.choix import expand_questions
from exigible.actes.conformite import describe_conformite
from exigible.actes.contexte import build_contexte, propose_reponses
from exigible.actes.demande import Demande, PieceVersee, build_demande
from exigible.actes.mentions import Mention
from exigible.actes.modele import Forme, Modele, Question, TypeReponse
from exigible.actes.preparation import ActePrepare, prepare_acte
from exigible.actes.redaction.langue import parse_redaction
from exigible.actes.redaction.remplissage import Vocabulaire, check_noms
from exigible.actes.reponses import is_posee
from exigible.actes.vocabulaire import build_vocabulaire
from exigible.dossier.description import fold_description, parse_description
from exigible.dossier.etat import EtatDossier
from exigible.droit.conformite import Manquement, evaluate
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.phrase import phrase

AU = date(2026, 11, 21)
"""The day of the examples."""
_EXEMPLES = "exigible.actes.exemples"
_PIECES = (PieceVersee(1, "Facture", AU), PieceVersee(2, "Mise en demeure", AU))
_IBAN = "FR7499999000010000000000151"
_ESSAIS = {
    TypeReponse.TEXTE: "Exemple",
    TypeReponse.LONG: "Exemple.",
    TypeReponse.DATE: AU.isoformat(),
    TypeReponse.MONTANT: "1000.00",
    TypeReponse.ENTIER: "15",
    TypeReponse.OUI_NON: "oui",
}


@cache
def load_exemples() -> Mapping[str, EtatDossier]:
    """Fold the fictitious dossiers, by name, on the day of the examples."""
    fichiers = sorted(
        (f for f in resources.files(_EXEMPLES).iterdir() if f.name.endswith(".json")), key=lambda f: f.name
    )
    return {f.name.removesuffix(".json"): fold_description(parse_description(f.read_bytes()), AU) for f in fichiers}


def check_texte(modele: Modele, texte: str, etats: Sequence[EtatDossier] = ()) -> tuple[Mention, ...]:
    """Refuse a wording of an act that must not be used; return the useful mentions that it lost, those of no law.

    It is played on the examples and on `etats`, with every choice, wherever ours makes a document. Raises ErreurSaisie
    (`texte_illisible`, `texte_sans_essai`) and ErreurExigible (`acte_refuse`) with the article.
    """
    redaction = parse_redaction(texte)
    essais = [essai for etat in (*etats, *load_exemples().values()) for essai in _iter_essais(modele, etat)]
    if not essais:
        raise ErreurSaisie(
            "texte_sans_essai",
            phrase("Aucun dossier ne permet d'essayer ce texte : ouvrez-le depuis un dossier qui s'y prête."),
            "texte",
        )
    perdues: dict[str, Mention] = {}
    for demande, notre in essais:
        check_noms(redaction, describe_noms(demande))
        leur = prepare_acte(replace(demande, redaction=redaction))
        _check_mots(leur, notre)
        perdues |= {m.code: m for m in leur.absentes if m not in notre.absentes}
    return tuple(perdues.values())


def _check_mots(leur: ActePrepare, notre: ActePrepare) -> None:
    """What reaches the debtor says nothing that no letter may say and that ours does not, whatever rules bind the act.

    Raises ErreurExigible (`acte_refuse`) with the rules and their articles.
    """
    modele = leur.demande.modele
    if modele.forme is Forme.ACTE:
        return
    deja = {m.regle for m in _list_bloquants(notre)}
    nouveaux = [m for m in _list_bloquants(leur) if m.regle not in deja]
    if nouveaux:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "« {titre} » est refusé : {raisons}",
                titre=modele.titre,
                raisons=" ".join(m.explication for m in nouveaux),
            ),
            regle=", ".join(m.regle for m in nouveaux),
            article=", ".join(dict.fromkeys(article for m in nouveaux for article in m.articles)),
        )


def _list_bloquants(acte: ActePrepare) -> list[Manquement]:
    faits = describe_conformite(acte.demande, acte.document, ())
    return [m for m in evaluate(faits, "lettre") if m.severite == "bloquant"]


def describe_noms(demande: Demande) -> Vocabulaire:
    """All that the wording of an act may name, for a dossier."""
    commun = build_vocabulaire(demande)
    return commun.add(build_contexte(demande, commun).vocabulaire)


def list_posees(demande: Demande) -> tuple[Question, ...]:
    """List the questions that hold, given what the dossier says and what is answered. Raises what the act raises."""
    faits = describe_noms(demande).faits
    return tuple(question for question in demande.questions if is_posee(question, faits))


def find_exemple(modele: Modele, etats: Sequence[EtatDossier]) -> Demande | None:
    """Return a demand that can show an act: that of the first of these dossiers on which ours makes a document."""
    for etat in etats:
        for demande, _ in _iter_essais(modele, etat):
            return demande
    return None


def _iter_essais(modele: Modele, etat: EtatDossier) -> Iterator[tuple[Demande, ActePrepare]]:
    """Ours on a dossier, all answered, then with each choice in turn, and without what may be left."""
    questions = expand_questions(modele, etat)
    depart = {q.nom: reponse for q in questions if (reponse := _answer(q))} | dict(propose_reponses(modele, etat))
    variantes = [depart, *(depart | {q.nom: autre} for q in questions for autre in _list_autres(q, depart))]
    vues: set[tuple[tuple[str, str], ...]] = set()
    for saisies in variantes:
        cle = tuple(sorted(saisies.items()))
        if cle not in vues and (essai := _try(modele, etat, saisies)) is not None:
            yield essai
        vues.add(cle)


def _answer(question: Question) -> str:
    if question.type is TypeReponse.CHOIX:
        return question.choix[0].valeur if question.choix else ""
    return _IBAN if "iban" in question.nom.split("_") else _ESSAIS[question.type]


def _list_autres(question: Question, depart: Mapping[str, str]) -> Iterator[str]:
    if question.type is TypeReponse.CHOIX:
        yield from (c.valeur for c in question.choix if c.valeur != depart.get(question.nom))
    elif question.type is TypeReponse.OUI_NON:
        yield "non"
    if not question.obligatoire:
        yield ""


def _try(modele: Modele, etat: EtatDossier, saisies: Mapping[str, str]) -> tuple[Demande, ActePrepare] | None:
    """Ours for these answers; None when the act is not made for this dossier, or refused."""
    try:
        demande = build_demande(modele, etat, saisies=saisies, pieces=_PIECES)
        return demande, prepare_acte(demande)
    except ErreurExigible:
        return None
