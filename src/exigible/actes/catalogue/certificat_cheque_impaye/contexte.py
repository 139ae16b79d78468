"""The cheque, and the thirty days that must have passed (CMF L131-73; L131-82 up to fifteen euros)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Etiquettes
from exigible.actes.lettre import Etiquette
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import format_date_longue, write_phrase
from exigible.actes.vocabulaire.assignation import find_procedure
from exigible.actes.vocabulaire.chefs import read_montant
from exigible.actes.vocabulaire.delais import compute_terme, get_regle
from exigible.actes.vocabulaire.instance import describe_instance, list_lignes_saisies
from exigible.dossier.etat import EtatDossier
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase

_PAYE_PAR_LA_BANQUE = Decimal(15)


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Describe the last cheque that came back, when a procedure says so."""
    procedure = find_procedure(etat, "CHEQUE")
    if procedure is None:
        return {}
    ouverture, montre = procedure.situation.ouverture, procedure.situation.find_jour(["nouvelle_presentation"])
    reponses = {
        "cheque_numero": ouverture.reference,
        "cheque_montant": str(ouverture.montant) if ouverture.montant is not None else "",
        "represente_le": montre.isoformat() if montre else "",
    }
    return {question: reponse for question, reponse in reponses.items() if reponse}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe the cheque. Raises ErreurExigible (`acte_sans_objet`) for one that the bank itself must pay."""
    montant = demande.reponses.get("cheque_montant")
    if isinstance(montant, Decimal) and montant <= _PAYE_PAR_LA_BANQUE:
        raise ErreurExigible(
            "acte_sans_objet",
            phrase(
                "Jusqu'à {plafond}, la banque paie elle-même le chèque : représentez-le.", plafond=_PAYE_PAR_LA_BANQUE
            ),
            article="CMF L131-82",
        )
    valeurs = commun.valeurs
    paires = (
        ("Numéro du chèque", valeurs["cheque_numero"]),
        ("Montant", valeurs["cheque_montant"]),
        ("Émis le", valeurs["emis_le"]),
        ("Tireur", valeurs["debiteur_identite"]),
        ("Compte", valeurs["compte"]),
        ("Tiré", ", ".join(list_lignes_saisies(demande, commun, "banque"))),
        ("Bénéficiaire", valeurs["creancier_identite"]),
        ("Première présentation", valeurs["presente_le"]),
        ("Nouvelle présentation", valeurs["represente_le"]),
        ("Motif du rejet", valeurs["motif"]),
    )
    cheque = Etiquettes(tuple(Etiquette(libelle, valeur) for libelle, valeur in paires if valeur))
    return Contexte(
        describe_instance(demande).add(Vocabulaire(blocs={"cheque": (cheque,)})),
        destinataire=list_lignes_saisies(demande, commun, "banque"),
        projet=_explain_trop_tot(demande),
        montant=read_montant(demande, "cheque_montant"),
    )


def _explain_trop_tot(demande: Demande) -> tuple[str, ...]:
    presente_le = demande.reponses.get("presente_le")
    if not isinstance(presente_le, date):
        return ()
    fin = compute_terme(get_regle("CHEQUE", "CH1c"), presente_le)
    if fin < demande.etat.au:
        return ()
    modele = "les trente jours qui suivent la première présentation ne finissent que le {jour} (CMF L131-73)"
    return (write_phrase(modele, jour=format_date_longue(fin)),)
