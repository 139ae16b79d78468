"""What the commission is told: the claim on the day of admissibility, its parts apart (C. conso. R723-3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import clean_texte, format_date_longue, write_phrase
from exigible.actes.vocabulaire.chefs import read_montant
from exigible.actes.vocabulaire.collective import compute_passif, describe_passif, read_jour
from exigible.actes.vocabulaire.instance import describe_instance, list_lignes_saisies
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import RolePersonne
from exigible.dossier.procedures.ouvertures import SURENDETTEMENT
from exigible.dossier.texte import join_mots
from exigible.droit.delais import compute_delai
from exigible.droit.durees import parse_duree

_TRENTE_JOURS = parse_duree("P30D")
_CAUTIONS = frozenset({RolePersonne.CAUTION_SIMPLE, RolePersonne.CAUTION_SOLIDAIRE})

_CODEBITEURS = frozenset({RolePersonne.CODEBITEUR_SOLIDAIRE, RolePersonne.CODEBITEUR_CONJOINT})


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Tell the day on which the file was held admissible."""
    dossiers = [p for p in etat.procedures if p.graphe.code == SURENDETTEMENT]
    dernier = max(dossiers, key=lambda p: (p.ouverte_le, p.cle), default=None)
    jour = dernier.situation.find_jour(["recevabilite"]) if dernier else None
    return {"recevable_le": jour.isoformat()} if jour else {}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the answer; past the thirty days the commission may do without it, which its face says.

    No text moves the last day of an administrative time limit: the earlier end is told.
    """
    recevable = read_jour(demande, "recevable_le")
    etudiee = replace(demande, reponses={**demande.reponses, "jugement_le": recevable}) if recevable else demande
    recue = read_jour(demande, "recue_le")
    terme = compute_delai(recue, _TRENTE_JOURS, reporter=False).echeance if recue else None
    passif = compute_passif(etudiee)
    retenu = read_montant(demande, "montant_etat")
    cautions = [clean_texte(p.nom) for p in demande.etat.personnes if p.role in _CAUTIONS]
    codebiteurs = [clean_texte(p.nom) for p in demande.etat.personnes if p.role in _CODEBITEURS]
    tard = terme is not None and terme < demande.etat.au
    vocabulaire = Vocabulaire(
        {
            "terme": format_date_longue(terme) if terme else commun.valeurs["recue_le"],
            "les_cautions": join_mots(cautions),
            "les_codebiteurs": join_mots(codebiteurs),
        },
        {"ecart": passif.total != retenu, "cautions_connues": bool(cautions), "codebiteurs": bool(codebiteurs)},
    )
    passe = write_phrase(
        "les trente jours sont passés : la commission a pu retenir la créance au vu des seuls éléments du débiteur "
        "(C. conso. R723-3)"
    )
    return Contexte(
        describe_instance(demande).add(describe_passif(passif)).add(vocabulaire),
        destinataire=list_lignes_saisies(demande, commun, "commission"),
        montant=passif.total,
        projet=(passe,) if tard else (),
    )
