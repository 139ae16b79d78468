"""The facts of a document and of its dossier, under the names that the rules of compliance use."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from exigible.actes.controle import describe_creances, describe_parties
from exigible.actes.demande import Demande
from exigible.actes.document import Citation, Document, Lettre, Signatures
from exigible.actes.sorties.texte import write_corps
from exigible.actes.vocabulaire.recouvreur import describe_regles
from exigible.actes.vocabulaire.sommes import list_lignes
from exigible.droit.argent import ZERO
from exigible.droit.conformite import find_verbatims
from exigible.droit.interets import Regime


def describe_conformite(demande: Demande, document: Document, mentions: Iterable[str]) -> dict[str, object]:
    """Describe a document for the rules; what the act itself knows better is added by its `contexte.py`."""
    objet = document.tete.objet if isinstance(document.tete, Lettre) else document.tete.intitule
    signatures = [ligne for b in document.blocs if isinstance(b, Signatures) for c in b.colonnes for ligne in c]
    texte = write_corps(document.blocs)
    cite = any(isinstance(bloc, Citation) for bloc in document.blocs)
    return {
        **describe_parties(demande.etat),
        **describe_creances(demande.etat, demande.sommes),
        **_describe_decompte(demande),
        **describe_regles(demande),
        "action.type": demande.modele.nom,
        "action.premiere_communication": True,
        "titre.existe": any(t.effectif for t in demande.etat.titres),
        "envoi.canal": "lrar",
        "lettre.titre_objet_signature": "\n".join((objet, *signatures)),
        "mentions": tuple(mentions),
        "texte": texte,
        "verbatims": find_verbatims(texte) if cite else (),
    }


def _describe_decompte(demande: Demande) -> dict[str, object]:
    totaux, sommes, regime = demande.totaux, demande.sommes, demande.etat.regime.regime
    reclames = (
        ("principal", totaux.principal),
        ("penalites" if regime in {Regime.COMMERCIAL, Regime.PUBLIC} else "interet_legal", totaux.interets),
        ("indemnite_40", totaux.indemnites),
        ("frais_recouvrement", totaux.frais),
    )
    # Asked besides the statement, it is in none of its sums. A yes or no answered under this name claims nothing.
    penale = isinstance(demande.reponses.get("clause_penale"), Decimal)
    demeures = [somme.etat.en_demeure_le for somme in sommes if somme.etat.en_demeure_le is not None]
    lignes = list_lignes(demande)
    return {
        "regime": "civil" if regime in {None, Regime.LEGAL} else str(regime),
        "contrat.demeure_par_echeance": False,
        "lignes": (*(code for code, montant in reclames if montant > 0), *(("clause_penale",) if penale else ())),
        **(
            {"contrat.clause_penale_ref": demande.reponses.get("stipulation", "clause pénale du contrat")}
            if penale
            else {}
        ),
        "decompte.nb_indemnites_40": sum(1 for somme in sommes if somme.indemnites > 0),
        "decompte.nb_factures_en_retard": sum(1 for somme in sommes if somme.etat.jours_de_retard > 0),
        "decompte.total": totaux.total,
        "decompte.somme_lignes": sum((montant for _, montant in reclames), ZERO),
        "decompte.elements_distingues": True,
        "decompte.cumul_moratoire": False,
        "decompte.tva_sur_penalites": False,
        "decompte.date_depart_interets": min((ligne.du for ligne in lignes), default=demande.etat.au),
        "dossier.date_mise_en_demeure": min(demeures, default=demande.etat.au),
        **_describe_taux(demande),
    }


def _describe_taux(demande: Demande) -> dict[str, object]:
    """What the rules want to know of the rates: a public buyer's stays, an agreed one under its floor is said."""
    taux = {(ligne.creance, ligne.taux) for ligne in list_lignes(demande)}
    fige = len(taux) == len({creance for creance, _ in taux})
    for avertissement in demande.etat.decompte.avertissements:
        if avertissement.code == "taux_sous_plancher" and demande.totaux.interets > 0:
            return {
                "decompte.taux_public_fige": fige,
                "decompte.taux_convenu": avertissement.parametres["taux"],
                "decompte.plancher_3x_legal": avertissement.parametres["plancher"],
            }
    return {"decompte.taux_public_fige": fige}
