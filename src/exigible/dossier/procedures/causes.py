"""What the procedures do to the limitation of a claim: the causes of the table, with their days."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from exigible.dossier.faits import DEBITEUR
from exigible.dossier.procedures.etat import EtatProcedure, Passage
from exigible.dossier.procedures.graphe import SensDelai
from exigible.droit.jours import UN_JOUR
from exigible.droit.prescription import Effet, Evenement, load_table

PENSION = "pension_alimentaire"
_NATURES = {"BAIL": "loyer_habitation", "COPRO": "charges_copropriete", "PENSION": PENSION}


def list_causes(
    procedures: Iterable[EtatProcedure], creance: str, au: date, tenus: Collection[str] = (DEBITEUR,)
) -> list[Evenement]:
    """Return, in order of days, every cause that the procedures about a claim brought by the day `au` (included).

    A demand in court holds the time until the instance ends; what is wiped out (C. civ. 2243: withdrawal, lapse, final
    rejection) is given as never having been. A procedure and those that came out of it are one instance. `tenus`: the
    debtor and those whose pursuit interrupts against him, co-debtors held for the whole (C. civ. 2245): not a surety.
    """
    familles: dict[str, list[EtatProcedure]] = {}
    for procedure in procedures:
        vise = set(procedure.contre or (DEBITEUR,)) & set(tenus)
        if vise and (not procedure.creances or creance in procedure.creances):
            familles[procedure.cle] = familles.get(procedure.mere, [])
            familles[procedure.cle].append(procedure)
    causes = [
        cause for cle, famille in familles.items() if famille[0].cle == cle for cause in _list_de_famille(famille, au)
    ]
    return sorted(causes, key=lambda cause: cause.jour)


def find_nature(procedures: Iterable[EtatProcedure], creance: str) -> str:
    """Return what a claim is when its procedure says so (rent, charges, maintenance), in the words of the table."""
    codes = [p.graphe.code for p in procedures if not p.creances or creance in p.creances]
    return next((_NATURES[code] for code in codes if code in _NATURES), "")


def _list_de_famille(famille: Sequence[EtatProcedure], au: date) -> list[Evenement]:
    causes: list[Evenement] = []
    for passage in sorted((p for procedure in famille for p in _list_propres(procedure)), key=lambda p: p.jour):
        transition = passage.transition
        if transition.fin_instance:
            causes = [_close(cause, _find_fin(passage)) for cause in causes]
        if transition.efface:
            causes = [replace(cause, non_avenu=True) for cause in causes]
        if transition.cause:
            causes.append(Evenement(passage.jour, transition.cause))
    abandon = famille[0].abandonnee_le
    if abandon is not None:
        causes = [replace(_close(cause, abandon), non_avenu=True) for cause in causes]
    return [_close(cause, au) if _get_effet(cause) is Effet.SUSPENSION else cause for cause in causes]


def _find_fin(passage: Passage) -> date:
    """The last day of an instance: the last of the time limit when it lapsed, at midnight, else the day of the step."""
    delai = passage.transition.delai
    perdue = passage.par_terme and delai is not None and delai.sens is not SensDelai.MIN
    return passage.jour - UN_JOUR if perdue else passage.jour


def _list_propres(procedure: EtatProcedure) -> Sequence[Passage]:
    """Return the steps of a procedure; the first one of a daughter is the last one of her mother."""
    return procedure.passages[1:] if procedure.mere else procedure.passages


def _close(cause: Evenement, jour: date) -> Evenement:
    """Give its end to what holds the time, once; what restarts it on one day has none."""
    dure = _get_effet(cause) in {Effet.JUSQU_A_LA_FIN, Effet.SUSPENSION}
    return replace(cause, fin=jour) if dure and cause.fin is None else cause


def _get_effet(cause: Evenement) -> Effet:
    return load_table().causes[cause.code].effet
