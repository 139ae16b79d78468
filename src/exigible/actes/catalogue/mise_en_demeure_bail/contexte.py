"""What a formal notice to a tenant adds: the terms of the rent, its charges, who stands surety."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Somme, Sommes
from exigible.actes.lettre import list_adresse
from exigible.actes.mise_en_demeure.delai import add_delai, propose_delai
from exigible.actes.mise_en_demeure.termes import build_termes
from exigible.actes.mise_en_demeure.vocabulaire import describe_dette
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import clean_texte
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import ModeEnvoi, RolePersonne
from exigible.dossier.texte import join_mots
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase

_CAUTIONS = frozenset({RolePersonne.CAUTION_SIMPLE, RolePersonne.CAUTION_SOLIDAIRE})


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe the rents. Raises ErreurSaisie (`charges_trop_fortes`)."""
    dette = describe_dette(demande)
    principal = demande.totaux.principal
    charges = demande.reponses.get("charges")
    loyers = principal - charges if isinstance(charges, Decimal) else principal
    if loyers < ZERO:
        raise ErreurSaisie(
            "charges_trop_fortes",
            phrase("Les charges ne peuvent dépasser la somme réclamée ({principal}).", principal=principal),
            "charges",
        )
    cautions = [clean_texte(p.nom) for p in demande.etat.personnes if p.role in _CAUTIONS]
    sommes = dette.vocabulaire.blocs["sommes"][0]
    ajout = Vocabulaire(
        {"loyers": format_montant(loyers), "cautions": join_mots(cautions)},
        blocs={
            "termes": (build_termes(demande),),
            "sommes": (_rename(sommes),) if isinstance(sommes, Sommes) else (),
        },
    )
    contexte = replace(
        dette,
        vocabulaire=dette.vocabulaire.add(ajout),
        preuves={**dette.preuves, "termes_dus": _list_termes(demande)},
        conformite={**dette.conformite, "creance.nature": "loyer_habitation"},
    )
    canal, delai = demande.reponses.get("canal"), demande.reponses.get("delai_jours")
    return add_delai(contexte, demande, canal, delai, commun.valeurs["delai_jours"])


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """A registered letter, our usual delay, and the dwelling: where the tenant lives."""
    return {
        "canal": ModeEnvoi.LRAR.value,
        "delai_jours": str(propose_delai(etat)),
        "logement": ", ".join(list_adresse(etat.debiteur.adresse)),
    }


def _rename(sommes: Sommes) -> Sommes:
    """The principal is rent and charges, not a price with its tax."""
    lignes = tuple(
        Somme("Loyers et charges", "Reste dû sur les termes ci-dessus", ligne.montant)
        if ligne.libelle == "Principal"
        else ligne
        for ligne in sommes.lignes
    )
    return Sommes(lignes, sommes.total)


def _list_termes(demande: Demande) -> tuple[str, ...]:
    """What names each term, and what is left of it: the proofs of the cause."""
    termes = ((s.etat.creance, format_montant(s.principal)) for s in demande.sommes)
    return tuple(texte for c, reste in termes for texte in (clean_texte(c.libelle) or clean_texte(c.numero), reste))
