"""What a surety covers on 31 December of the year before (C. civ. 2302)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Somme, Sommes
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.vocabulaire.cautions import (
    GARANTIE,
    compute_dette_garantie,
    describe_caution,
    find_caution,
    list_destinataire_caution,
    propose_caution,
)
from exigible.dossier.etat import EtatDossier


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe what remains due at the end of last year. Raises ErreurExigible (`acte_refuse`): not a surety."""
    etat, trou = demande.etat, commun.valeurs["personne"]
    caution = find_caution(demande)
    fin = date(etat.au.year - 1, 12, 31)
    vocabulaire = describe_caution(demande, caution, trou)
    du = compute_dette_garantie(etat, caution, fin) if caution else dict.fromkeys(GARANTIE, trou)
    lignes = tuple(
        Somme(libelle, "", du[nom])
        for libelle, nom in (
            ("Principal", "garantie_principal"),
            ("Intérêts", "garantie_interets"),
            ("Autres accessoires", "garantie_accessoires"),
        )
    )
    montants = Sommes(lignes, Somme("Total", "", du["garantie_total"]))
    return Contexte(
        vocabulaire.add(Vocabulaire(du, blocs={"montants": (montants,)})),
        destinataire=list_destinataire_caution(caution, trou),
    )


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """The surety of the dossier."""
    return propose_caution(etat)
