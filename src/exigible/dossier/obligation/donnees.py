"""Persons liable, decisions and costs for programs: what each owes and why, head by head, line by line."""

from __future__ import annotations

from typing import Any

from exigible.dossier.obligation.etat import EtatChef, EtatFrais, EtatPersonne, EtatTitre, LigneFrais


def dump_personne(personne: EtatPersonne) -> dict[str, Any]:
    """Write what a person may be asked for. `du`: due or not yet; `reclamable`: today; they are not to be added up."""
    compte = personne.decompte
    return {
        "cle": personne.cle,
        "nom": personne.nom,
        "qualite": personne.role.value,
        "du": personne.du,
        "reclamable": personne.reclamable,
        "plafond_restant": personne.plafond_restant,
        "creances": personne.creances,
        "titres": personne.titres,
        "compte": compte
        and {
            "principal": compte.principal,
            "interets": compte.interets,
            "indemnites": compte.indemnites,
            "frais": compte.frais,
            "total": compte.total_du,
        },
        "raisons": [{"code": r.code, "phrase": r.phrase, "article": r.article} for r in personne.raisons],
    }


def dump_titre(titre: EtatTitre) -> dict[str, Any]:
    """Write a decision that holds, head by head. `effectif`: its heads stand in place of the claims that they name."""
    fait = titre.decision
    return {
        "cle": titre.cle,
        "nature": fait.nature.value,
        "rendu_le": titre.rendu_le,
        "juridiction": fait.juridiction,
        "reference": fait.reference,
        "contre": titre.contre,
        "solidaire": fait.solidaire,
        "effectif": titre.effectif,
        "executoire_le": titre.executoire_le,
        "signifie_le": titre.signifie_le,
        "majore_le": titre.majore_le,
        "delai_de_grace_jusqu_au": titre.delai_de_grace and titre.delai_de_grace.jusqu_au,
        "chefs": [_dump_chef(chef) for chef in titre.chefs],
        "total": titre.total,
    }


def _dump_chef(chef: EtatChef) -> dict[str, Any]:
    solde = chef.solde
    return {
        "cle": chef.cle,
        "libelle": chef.libelle,
        "montant": chef.montant,
        "creances": chef.creances,
        "principal_restant": solde and solde.principal_restant,
        "interets": solde and solde.interets,
        "total": solde and solde.total,
    }


def dump_frais(frais: EtatFrais) -> dict[str, Any]:
    """Write the costs line by line with who bears each, the sums by who bears them, and what was advanced."""
    return {
        "reclames": frais.reclames,
        "au_creancier": frais.au_creancier,
        "en_attente": frais.en_attente,
        "lignes": [_dump_ligne(ligne) for ligne in frais.lignes],
        "avance": frais.avance,
        "avances": [
            {"cle": a.cle, "date": jour, "a": a.a, "montant": a.montant, "remboursee": frais.sum_rendu(a)}
            for jour, a in frais.avances
        ],
    }


def _dump_ligne(ligne: LigneFrais) -> dict[str, Any]:
    return {
        "cle": ligne.frais.cle,
        "date": ligne.jour,
        "nature": ligne.frais.nature.value,
        "libelle": ligne.frais.libelle,
        "montant": ligne.frais.montant,
        "charge": ligne.charge.value,
        "reclame": ligne.reclame,
        "motif": ligne.choix.motif,
        "articles": ligne.choix.articles,
    }
