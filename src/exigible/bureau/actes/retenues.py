"""Answers given once: whom one writes to, before which court. The last one is proposed again, for a person to accept.

Only the questions that the catalogue marks (`se_retient`): never a sum, a day, or a fact about the debtor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q

from exigible.actes.modele import Memoire, Question, TypeReponse
from exigible.bureau.actes.models import ReponseRetenue
from exigible.bureau.tiers.models import Creancier, Dossier

_TEXTES = frozenset({TypeReponse.TEXTE, TypeReponse.LONG})


def make_cle(question: Question) -> str:
    """Name what an answer answers: a court written out and a court chosen in a list are not the same answer."""
    return question.nom if question.type in _TEXTES else f"{question.nom}:{question.type.value}"


def load_retenues(dossier: Dossier) -> dict[tuple[Memoire, str], str]:
    """Read what is remembered for a dossier, of its own and of its creditor, in one query."""
    siennes = Q(memoire=Memoire.DOSSIER.value, dossier=dossier)
    communes = Q(memoire=Memoire.CREANCIER.value, creancier=dossier.creancier_id)
    lignes = ReponseRetenue.objects.filter(siennes | communes).values_list("memoire", "question", "texte")
    return {(Memoire(memoire), question): texte for memoire, question, texte in lignes}


def recall(questions: Sequence[Question], retenues: Mapping[tuple[Memoire, str], str]) -> dict[str, str]:
    """Give the answers to propose: that of the dossier first, then that of the creditor where it may serve."""
    rappels = {}
    for question in questions:
        if question.se_retient is None:
            continue
        cle = make_cle(question)
        texte = retenues.get((Memoire.DOSSIER, cle), "")
        if not texte and question.se_retient is Memoire.CREANCIER:
            texte = retenues.get((Memoire.CREANCIER, cle), "")
        if question.choix and texte not in {c.valeur for c in question.choix}:
            continue
        if texte:
            rappels[question.nom] = _join_lignes(texte) if question.type is TypeReponse.TEXTE else texte
    return rappels


def _join_lignes(texte: str) -> str:
    """An address written on several lines, for a field that holds one."""
    return ", ".join(ligne.strip() for ligne in texte.splitlines() if ligne.strip())


def retain(dossier: Dossier, questions: Sequence[Question], saisies: Mapping[str, str]) -> None:
    """Remember the answers of a document just approved, in the transaction of the caller; a few queries at most."""
    lignes = [
        ReponseRetenue(
            creancier_id=dossier.creancier_id, dossier=dossier, memoire=memoire.value, question=make_cle(q), texte=texte
        )
        for q in questions
        if q.se_retient is not None and (texte := saisies.get(q.nom, "").strip())
        for memoire in dict.fromkeys((Memoire.DOSSIER, q.se_retient))
    ]
    if not lignes:
        return
    Creancier.objects.select_for_update().get(pk=dossier.creancier_id)
    siennes = Q(dossier=dossier, question__in=[x.question for x in lignes], memoire=Memoire.DOSSIER.value)
    communes = Q(
        creancier=dossier.creancier_id,
        question__in=[x.question for x in lignes if x.memoire == Memoire.CREANCIER.value],
        memoire=Memoire.CREANCIER.value,
    )
    ReponseRetenue.objects.filter(siennes | communes).delete()
    ReponseRetenue.objects.bulk_create(lignes)
