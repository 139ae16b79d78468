"""The documents that do what is advised, on the pages of a dossier."""

from __future__ import annotations

from django import template

from exigible.actes.modele import Modele
from exigible.bureau.actes.conseil import find_actes, find_actes_conseilles
from exigible.bureau.phrases import translate_phrase
from exigible.dossier.conseil.actes import ActePossible
from exigible.dossier.etat import EtatDossier
from exigible.droit.phrase import wrap_texte

register = template.Library()


@register.filter
def mots(texte: str) -> str:
    """Words that the catalogue holds (a title, a question, a mention) in the reader's language."""
    return translate_phrase(wrap_texte(texte))


@register.simple_tag
def documents_du_geste(code: str, etat: EtatDossier) -> tuple[Modele, ...]:
    """The acts that do what the day's work asks, by the code of its gesture."""
    return find_actes(code, etat)


@register.simple_tag
def documents_conseilles(acte: ActePossible, etat: EtatDossier) -> tuple[Modele, ...]:
    """The acts that do an advised one."""
    return find_actes_conseilles(acte, etat)
