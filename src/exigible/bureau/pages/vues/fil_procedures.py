"""The facts of procedures, in words for the timeline: the acts are named as their graph names them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from exigible.bureau.pages.libelles_procedures import MODES, QUALIFICATIONS, name_juridiction
from exigible.bureau.pages.templatetags.exigible import jour, montant
from exigible.bureau.pages.vues.fil_obliges import Description, name_creances
from exigible.bureau.phrases import translate_phrase
from exigible.dossier import faits as f
from exigible.dossier.journal import Inscription
from exigible.dossier.procedures.graphe import load_graphe


def name_procedures(inscriptions: Iterable[Inscription]) -> dict[str, str]:
    """The code of each procedure opened, by the key under which later facts name it."""
    return {i.fait.cle: i.fait.procedure for i in inscriptions if isinstance(i.fait, f.ProcedureOuverte)}


def _find_code(cle: str, noms: Mapping[str, str]) -> str:
    """The code of a procedure; one that came out of another ends with its own, those of insolvency are their own.

    One parted between several persons ends with the key of one of them: it is what it was before.
    """
    mere, _, fin = cle.rpartition(".")
    if cle in noms:
        return noms[cle]
    return noms[mere] if mere in noms and fin not in load_graphe().procedures else fin.partition("-")[0]


def _name_procedure(code: str) -> str:
    procedure = load_graphe().procedures.get(code)
    return translate_phrase(procedure.nom) if procedure else code


def _name_evenement(code: str, evenement: str) -> str:
    procedure = load_graphe().procedures.get(code)
    nommees = (t.nom for t in procedure.transitions if t.evenement == evenement) if procedure else ()
    return translate_phrase(next(iter(nommees), evenement.replace("_", " ").capitalize()))


def _tribunal(fait: f.ProcedureOuverte | f.EtapeFranchie) -> str:
    lieu = fait.lieu if isinstance(fait, f.ProcedureOuverte) else ""
    tribunal = name_juridiction(fait.juridiction) if fait.juridiction else ""
    return " ".join(x for x in (tribunal, lieu, fait.reference) if x)


def _communs(fait: f.ProcedureOuverte | f.EtapeFranchie) -> tuple[str, ...]:
    return (
        _tribunal(fait),
        _("Audience le %s") % jour(fait.audience) if fait.audience else "",
        _("Montant : %s") % montant(fait.montant) if fait.montant is not None else "",
        fait.commentaire,
    )


def _ouverte(fait: f.ProcedureOuverte, noms: Mapping[str, str]) -> Description:
    titre = _("%(procedure)s : %(acte)s") % {
        "procedure": _name_procedure(fait.procedure),
        "acte": _name_evenement(fait.procedure, fait.evenement),
    }
    return titre, (*_communs(fait), name_creances(fait.creances, noms))


def _etape(fait: f.EtapeFranchie, noms: Mapping[str, str]) -> Description:
    code = _find_code(fait.procedure, noms)
    ressort = {None: "", True: _("En dernier ressort"), False: _("En premier ressort")}[fait.dernier_ressort]
    return _name_evenement(code, fait.evenement), (
        _name_procedure(code),
        str(MODES[fait.mode]) if fait.mode else "",
        str(QUALIFICATIONS[fait.qualification]) if fait.qualification else "",
        ressort,
        *_communs(fait),
    )


def _abandonnee(fait: f.ProcedureAbandonnee, noms: Mapping[str, str]) -> Description:
    return _("Procédure abandonnée : %s") % _name_procedure(_find_code(fait.procedure, noms)), (fait.motif,)


DESCRIPTIONS_PROCEDURES: dict[type[f.Fait], Callable[[Any, Mapping[str, str]], Description]] = {
    f.ProcedureOuverte: _ouverte,
    f.EtapeFranchie: _etape,
    f.ProcedureAbandonnee: _abandonnee,
}

ICONES_PROCEDURES = {
    "procedure_ouverte": ("gavel", "procedures"),
    "etape_franchie": ("flag", "procedures"),
    "procedure_abandonnee": ("ban", "procedures"),
}
