"""The account of a debtor, printed line by line."""

from __future__ import annotations

from datetime import date

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import clean_texte
from exigible.actes.vocabulaire.compte import build_compte, build_resume, build_tableau
from exigible.dossier.etat import Stade
from exigible.dossier.texte import join_mots
from exigible.droit.argent import ZERO, format_montant


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe the account on the day."""
    etat = demande.etat
    compte = build_compte(etat)
    depuis = demande.reponses.get("du")
    tableau = build_tableau(compte, depuis if isinstance(depuis, date) else None)
    jugees = [clean_texte(c.creance.numero) for c in etat.creances if c.stade is Stade.JUGEE]
    vocabulaire = Vocabulaire(
        {
            "solde": format_montant(compte.solde),
            "trop_percu": format_montant(etat.decompte.trop_percu),
            "factures_jugees": join_mots(jugees),
        },
        {
            "accessoires": bool(compte.accessoires),
            "trop_percu": etat.decompte.trop_percu > ZERO,
            "jugees": bool(jugees),
            "a_payer": etat.decompte.total_du > ZERO and commun.faits["compte_connu"],
        },
        {
            "compte": (tableau,),
            "resume": (build_resume(etat, compte.solde),),
        },
    )
    return Contexte(
        vocabulaire,
        preuves={"operations": tuple(t for ligne in tableau.lignes for t in (ligne[0], ligne[-1]))},
        montant=max(compte.solde, ZERO),
    )
