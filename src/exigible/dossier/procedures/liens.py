"""What one procedure of a dossier does to another.

An act of enforcement opens the opposition to the order; what is decided of a judgment stops or frees its title.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from exigible.dossier.faits import DEBITEUR, EtapeFranchie, ProcedureOuverte
from exigible.dossier.procedures.cours import Cours
from exigible.dossier.procedures.gardes.instances import A_PERSONNE
from exigible.dossier.procedures.graphe import Touche, TransitionGraphe
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import phrase

_TITRE, _SUSPENDU = "TITRE_EXECUTOIRE", "TITRE_SUSPENDU"
_ACTE, _BIEN = "acte_a_personne", "indisponibilite"


def list_visees(cours: Cours) -> set[str]:
    """The persons whom a procedure is against."""
    return set(cours.situation.ouverture.contre or (DEBITEUR,))


def list_effets(cours: Cours, transition: TransitionGraphe, tous: Iterable[Cours]) -> list[EtapeFranchie]:
    """List the steps that one just taken in `cours` brings about elsewhere, those that are not possible included.

    The title lives what is decided of the judgment; what reaches a debtor opens his opposition (CPC 1416 al. 2), and
    names him when the order is against others too.
    """
    if transition.au_titre:
        return [EtapeFranchie(autre.cle, transition.au_titre) for autre in tous if autre.mere == cours.cle]
    evenement = _find_depart(cours, transition)
    if not evenement:
        return []
    touches = _list_touches(cours)
    return [
        EtapeFranchie(autre.cle, evenement, personne=personne)
        for autre in tous
        if autre is not cours and _is_meme_creance(autre, cours)
        for personne in ([""] if list_visees(autre) <= touches else sorted(list_visees(autre) & touches))
    ]


def _find_depart(cours: Cours, transition: TransitionGraphe) -> str:
    """Return from what the opposition runs: an act served in person or, failing that, goods made unavailable."""
    fait = cours.situation.etapes[-1].fait
    if transition.touche is None:
        return ""
    if isinstance(fait, EtapeFranchie | ProcedureOuverte) and fait.mode in A_PERSONNE:
        return _ACTE
    return _BIEN if transition.touche is Touche.BIEN else ""


def _list_touches(cours: Cours) -> set[str]:
    """The persons whom the last step reached: the one it names, else all those whom the procedure is against."""
    fait = cours.situation.etapes[-1].fait
    return {fait.personne} if isinstance(fait, EtapeFranchie) and fait.personne else list_visees(cours)


def _is_meme_creance(un: Cours, autre: Cours) -> bool:
    """Whether two procedures are about the same claim; one that names none is about all."""
    siennes, autres = set(un.situation.ouverture.creances), set(autre.situation.ouverture.creances)
    return not siennes or not autres or bool(siennes & autres)


def find_suspension(cours: Cours, tous: Iterable[Cours]) -> date | None:
    """Return the day from which the title of an enforcement is suspended; None when one may still be enforced."""
    if cours.passages[0].transition.de != _TITRE:
        return None
    titres = [
        autre
        for autre in tous
        if list_visees(cours) <= list_visees(autre) and _is_meme_creance(autre, cours) and not autre.est_close
    ]
    if any(titre.etat == _TITRE for titre in titres):
        return None
    return min((titre.depuis for titre in titres if titre.etat == _SUSPENDU), default=None)


def warn_suspension(cours: Cours, transition: TransitionGraphe, suspendue_le: date, jour: date) -> Avertissement:
    """Warn of an act of enforcement while the title is suspended."""
    return Avertissement(
        "execution_suspendue",
        phrase(
            "« {etape} » ({jour}, « {procedure} ») : l'exécution du titre est arrêtée depuis le {suspendue_le}, "
            "un juge peut annuler l'acte (CPC 514-3, 517-1).",
            etape=transition.nom,
            jour=jour,
            procedure=cours.graphe.nom,
            suspendue_le=suspendue_le,
        ),
    )
