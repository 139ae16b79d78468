"""How people tell apart the persons, decisions and costs of a dossier: names for keys, read from its journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from exigible.bureau.pages.libelles import get_libelle
from exigible.bureau.pages.templatetags.exigible import jour, montant
from exigible.dossier import faits as f
from exigible.dossier.journal import Inscription

PERSONNE, DECISION, FRAIS = "personne:", "decision:", "frais:"
"""What a key stands for, where one mapping names all of them: keys are chosen apart and may be the same."""


def name_personnes(inscriptions: Iterable[Inscription]) -> dict[str, str]:
    """The persons liable with the debtor, by key, as they were last described."""
    return {i.fait.cle: i.fait.nom for i in inscriptions if isinstance(i.fait, f.PersonneTenue)}


def name_decisions(inscriptions: Iterable[Inscription]) -> dict[str, str]:
    """The decisions, by key: « Jugement du 12/03/2026, Tribunal fictif, 26/001 »."""
    noms = {}
    for i in inscriptions:
        if isinstance(i.fait, f.JugementRendu):
            quoi = _("%(nature)s du %(jour)s") % {
                "nature": get_libelle(i.fait.nature.value),
                "jour": jour(i.date_effet),
            }
            noms[i.fait.cle] = ", ".join(t for t in (quoi, i.fait.juridiction, i.fait.reference) if t)
    return noms


def name_frais(inscriptions: Iterable[Inscription]) -> dict[str, str]:
    """The costs, by key: what, how much, when."""
    return {
        i.fait.cle: f"{i.fait.libelle or get_libelle(i.fait.nature.value)}, {montant(i.fait.montant)}"
        f" ({jour(i.date_effet)})"
        for i in inscriptions
        if isinstance(i.fait, f.FraisExpose)
    }


def name_tous(inscriptions: Iterable[Inscription]) -> dict[str, str]:
    """All of them in one mapping, each key behind what it stands for."""
    lues = list(inscriptions)
    sortes = ((PERSONNE, name_personnes), (DECISION, name_decisions), (FRAIS, name_frais))
    return {f"{prefixe}{cle}": nom for prefixe, lire in sortes for cle, nom in lire(lues).items()}


def get_nom(noms: Mapping[str, str], prefixe: str, cle: str) -> str:
    """The name of a key; the key itself when nothing names it."""
    return noms.get(f"{prefixe}{cle}", cle)
