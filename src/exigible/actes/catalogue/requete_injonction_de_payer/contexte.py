"""What the petition adds: the court, the ground, the heads asked (CPC 1405 to 1408; 54 and 57 for its form)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.lettre import list_contacts
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import apply_typographie, write_phrase
from exigible.actes.vocabulaire.chefs import EnPlus, add_plus, build_chefs, extend_sommes, read_montant
from exigible.actes.vocabulaire.instance import (
    FRANCE,
    explain_pieces,
    find_competence,
    find_objet,
    propose_tribunal,
    warn_prescription,
    write_du_tribunal,
)
from exigible.actes.vocabulaire.requetes import describe_requete, sum_parts
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import RolePersonne
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.competence import CONSULAIRES
from exigible.droit.competence_faits import Objet
from exigible.droit.erreurs import Avertissement
from exigible.droit.frais_justice import compute_greffe_injonction
from exigible.droit.phrase import phrase
from exigible.droit.reconnaissance import write_somme_en_lettres

_CONSULAIRES = frozenset({"commerce", "activites_economiques"})
_SOLIDAIRES = frozenset({RolePersonne.CODEBITEUR_SOLIDAIRE, RolePersonne.CAUTION_SOLIDAIRE})
_EFFETS = frozenset({"lettre_de_change", "billet_a_ordre", "endossement", "aval", "cession"})
_CAMBIAIRES = _EFFETS - {"cession"}
_JUGES = {
    "protection": "Madame ou Monsieur le juge des contentieux de la protection",
    "chambre_commerciale": "Madame ou Monsieur le président de la chambre commerciale",
}
_PRESIDENT = "Madame ou Monsieur le président"


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Name the court, the clerk's fee, a contract, and those held for the whole."""
    competence = find_competence(etat)
    frais = compute_greffe_injonction(etat.au).montant
    consulaire = competence is not None and competence.juridiction in CONSULAIRES
    solidaires = any(p.role in _SOLIDAIRES and p.du > ZERO for p in etat.personnes)
    return {
        **propose_tribunal(etat),
        "fondement": "statut" if find_objet(etat) is Objet.COPROPRIETE else "contrat",
        **({"frais_de_greffe": str(frais)} if consulaire and frais is not None else {}),
        **({"coobliges": "oui"} if solidaires else {}),
    }


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather what the petition says beyond the common vocabulary."""
    tribunal = str(demande.reponses.get("tribunal", ""))
    juge = _JUGES.get(tribunal, _PRESIDENT)
    plus = tuple(_iter_plus(demande))
    frais = tuple(_iter_frais(demande))
    total, sur_effet = add_plus(demande, plus), demande.reponses.get("fondement") in _EFFETS
    instance = describe_requete(demande, coobliges=demande.reponses.get("coobliges") is True)
    contacts = list_contacts(demande.etat.creancier.description)
    vocabulaire = Vocabulaire(
        {
            "le_juge": juge,
            "du_tribunal": write_du_tribunal(tribunal, commun.valeurs["siege"]),
            "total_demande": format_montant(total),
            "total_avec_parts": format_montant(total + sum_parts(demande)),
            "contacts": ", ".join(contacts),
            "total_demande_en_lettres": apply_typographie(write_somme_en_lettres(total)),
        },
        {
            "sur_effet": sur_effet,
            # The limitation known is that of the invoice; the bill has its own (C. com. L511-78).
            "prescription_dite": instance.faits["prescription_dite"] and not sur_effet,
            "sur_contrat_ou_statut": demande.reponses.get("fondement") in {"contrat", "statut"},
            "consulaire": tribunal in _CONSULAIRES,
            "devant_judiciaire": tribunal not in _CONSULAIRES,
        },
        {
            "somme_totale": extend_sommes(demande, commun, plus),
            "chefs": (build_chefs(demande, (*plus, *frais), depart_legal="la signification de l’ordonnance"),),
        },
    )
    return Contexte(
        instance.add(vocabulaire),
        juridiction=(f"À {juge}", write_du_tribunal(tribunal, commun.valeurs["siege"])),
        sous_titre=write_phrase("Articles 1405 et suivants du code de procédure civile"),
        projet=(*explain_pieces(demande, "CPC 1407"), *_explain_etranger(demande)),
        avertissements=(*warn_prescription(demande), *_iter_avertissements(demande, commun)),
    )


def _explain_etranger(demande: Demande) -> tuple[str, ...]:
    """Say why the petition is only a draft against a debtor who lives abroad: no French judge is his (CPC 1406)."""
    if demande.etat.debiteur.adresse.pays in {"", FRANCE}:
        return ()
    raison = (
        "le débiteur demeure hors de France, où l'injonction de payer n'est pas ouverte (CPC 1406) : voyez "
        "l'injonction de payer européenne ou l'assignation"
    )
    return (write_phrase(raison),)


def _iter_plus(demande: Demande) -> Iterator[EnPlus]:
    """What is not in the statement and belongs to the claim (CPC 1405 1°: the penalty clause included)."""
    if (penale := read_montant(demande, "clause_penale")) > ZERO:
        yield EnPlus("Clause pénale", write_phrase("C. civ., article 1231-5"), penale)
    if (accessoires := read_montant(demande, "accessoires")) > ZERO:
        yield EnPlus("Frais accessoires", write_phrase("justifiés par les pièces jointes"), accessoires)


def _iter_frais(demande: Demande) -> Iterator[EnPlus]:
    """What the judge grants besides the claim."""
    if (article_700 := read_montant(demande, "article_700")) > ZERO:
        yield EnPlus("frais non compris dans les dépens", write_phrase("CPC, article 700"), article_700)


def _iter_avertissements(demande: Demande, commun: Vocabulaire) -> Iterator[Avertissement]:
    if demande.reponses.get("fondement") in _CAMBIAIRES:
        message = phrase(
            "Sur l'effet lui-même ne sont dus que les intérêts au taux légal depuis l'échéance (C. com. L511-45), et "
            "l'action se prescrit par trois ans contre l'accepteur ou le souscripteur, un an contre les endosseurs et "
            "le tireur (C. com. L511-78) : pour les pénalités de la facture, choisissez le contrat."
        )
        yield Avertissement("interets_de_l_effet", message)
    if read_montant(demande, "clause_penale") > ZERO and not commun.faits["mise_en_demeure_faite"]:
        message = phrase(
            "La clause pénale n'est due qu'après une mise en demeure, sauf inexécution définitive (C. civ. 1231-5) : "
            "le dossier n'en connaît aucune."
        )
        yield Avertissement("clause_penale_sans_demeure", message)
