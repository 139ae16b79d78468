"""The statement of a dossier for programs: the same from the command line and from the office."""

from __future__ import annotations

from datetime import date
from typing import Any

from exigible.dossier.etat import EtatCreance, EtatDossier, Stade
from exigible.dossier.obligation.donnees import dump_frais, dump_personne, dump_titre
from exigible.droit.argent import ZERO
from exigible.droit.donnees import dump_ligne

_A_VENIR = frozenset({Stade.A_ECHOIR, Stade.SANS_ECHEANCE})


def dump_decompte(etat: EtatDossier, connu_au: date | None = None) -> dict[str, Any]:
    """Write the statement: sums payable on the day, and apart (`a_echoir`) what is not yet due.

    `connu_au`: the day whose knowledge it was computed with, None for all that is recorded.
    """
    exigibles = [c for c in etat.creances if c.stade not in _A_VENIR]
    releve = etat.decompte
    return {
        "au": etat.au,
        "connu_au": connu_au,
        "interets_arretes_au": releve.interets_arretes_au,
        "regime": etat.regime.regime,
        "interets": sum((c.interets for c in exigibles), ZERO),
        "indemnites": sum((c.indemnites for c in exigibles), ZERO),
        "frais": releve.frais,
        "principal_restant": sum((c.principal_restant for c in exigibles), ZERO),
        "total_du": etat.echu,
        "a_echoir": etat.a_echoir,
        "trop_percu": releve.trop_percu,
        "creances": [_build_creance(c) for c in etat.creances],
        "personnes": [dump_personne(p) for p in etat.personnes],
        "titres": [dump_titre(t) for t in etat.titres],
        "frais_exposes": dump_frais(etat.frais),
        "lignes": [{"creance": ligne.creance, **dump_ligne(ligne)} for ligne in releve.lignes],
        "imputations": [
            {
                "versement": imputation.versement,
                "creance": imputation.creance,
                "date": imputation.date,
                "montant": imputation.montant,
                "frais": imputation.frais,
                "indemnites": imputation.indemnites,
                "interets": imputation.interets,
                "principal": imputation.principal,
            }
            for imputation in releve.imputations
        ],
        "articles": tuple(dict.fromkeys((*etat.regime.articles, *releve.articles))),
        "avertissements": [{"code": a.code, "message": a.message} for a in etat.avertissements],
    }


def _build_creance(creance: EtatCreance) -> dict[str, Any]:
    prescription = creance.prescription
    return {
        "cle": creance.cle,
        "numero": creance.creance.numero,
        "echeance": creance.creance.echeance,
        "stade": creance.stade,
        "montant": creance.creance.montant,
        "principal_restant": creance.principal_restant,
        "interets": creance.interets,
        "indemnites": creance.indemnites,
        "conteste": creance.conteste,
        "total": creance.total,
        "jours_de_retard": creance.jours_de_retard,
        "suspensions": [s.phrase for s in creance.suspensions],
        "prescription": prescription.terme if prescription else None,
    }
