"""What the engine of limitation refuses: dates and clauses that make no sense."""

from __future__ import annotations

from typing import Final

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.droit.prescription.resultat import Demande, Evenement
from exigible.droit.prescription.table import Cause, Effet, load_table

MOIS_PAR_AN: Final = 12
_D_UN_JOUR: Final = frozenset({Effet.NOUVEAU_DELAI, Effet.TITRE, Effet.DEPLACEMENT})


def get_cause(evenement: Evenement) -> Cause:
    """Find the cause of an event. Raises ErreurSaisie: unknown code, end missing, out of place or before the start."""
    cause = load_table().causes.get(evenement.code)
    if cause is None:
        raise ErreurSaisie(
            "code_inconnu",
            phrase("Le code d'événement « {code} » n'est pas dans la table de prescription.", code=evenement.code),
            "evenements",
        )
    _check_fin(evenement, cause)
    return cause


def _check_fin(evenement: Evenement, cause: Cause) -> None:
    code = cause.identifiant
    if evenement.fin is None and cause.effet is Effet.SUSPENSION:
        raise ErreurSaisie(
            "fin_manquante",
            phrase(
                "La suspension {code} du {debut} n'a pas de fin : écrivez début/fin:{code} (si elle dure encore, le "
                "jour du calcul).",
                code=code,
                debut=evenement.jour,
            ),
            "evenements",
        )
    if evenement.fin is not None and cause.effet in _D_UN_JOUR:
        raise ErreurSaisie(
            "fin_inattendue", phrase("{code} est l'affaire d'un jour : donnez une seule date.", code=code), "evenements"
        )
    if evenement.fin is not None and evenement.fin < evenement.jour:
        raise ErreurSaisie(
            "dates_inversees",
            phrase(
                "La fin de {code} ({fin}) précède son début ({debut}).",
                code=code,
                fin=evenement.fin,
                debut=evenement.jour,
            ),
            "evenements",
        )


def check_naissance(demande: Demande) -> None:
    """Refuse a right born after its time has started. Raises ErreurSaisie (`naissance_apres_depart`)."""
    if demande.naissance is not None and demande.naissance > demande.depart:
        raise ErreurSaisie(
            "naissance_apres_depart",
            phrase(
                "Le droit ne peut pas naître ({naissance}) après le départ du délai ({depart}).",
                naissance=demande.naissance,
                depart=demande.depart,
            ),
            "naissance",
        )


def choose_duree(demande: Demande) -> int:
    """Choose the duration in months: that of the rule, or that of the contract when the law admits it.

    Raises ErreurSaisie (`regle_de_renvoi`, `clause_interdite`, `clause_hors_bornes`).
    """
    regle, ans = demande.regle, demande.clause_ans
    if regle.duree_mois is None:
        raise ErreurSaisie(
            "regle_de_renvoi",
            phrase(
                "La règle {regle} renvoie à la durée de la créance elle-même : donnez la nature de la créance, et ses "
                "actes d'exécution comme événements.",
                regle=regle.identifiant,
            ),
            "nature",
        )
    if ans is None:
        return regle.duree_mois
    table = load_table()
    minimum, maximum = table.clause_bornes_ans
    if not regle.clause_possible:
        raise ErreurSaisie(
            "clause_interdite",
            phrase("Le contrat ne peut pas changer la durée de ce délai ({regle}).", regle=regle.identifiant),
            "clause_ans",
        )
    if not minimum <= ans <= maximum:
        raise ErreurSaisie(
            "clause_hors_bornes",
            phrase(
                "Le contrat peut fixer une durée de {minimum} à {maximum} ans ({article}), pas de {ans}.",
                minimum=minimum,
                maximum=maximum,
                article=table.clause_article,
                ans=ans,
            ),
            "clause_ans",
        )
    return ans * MOIS_PAR_AN
