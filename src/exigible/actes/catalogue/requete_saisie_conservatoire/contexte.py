"""What the petition says: the judge, the sum to secure, whether a lawyer is needed (CPCE L511-1 to L511-3)."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Signatures
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import write_en_lettres, write_phrase
from exigible.actes.vocabulaire.blocs import list_signataire
from exigible.actes.vocabulaire.chefs import EnPlus, add_plus, extend_sommes, read_montant
from exigible.actes.vocabulaire.instance import describe_instance, explain_pieces, propose_tribunal, write_tribunal
from exigible.actes.vocabulaire.titres import propose_biens, refuse_collective
from exigible.actes.vocabulaire.verifications import DEBITEUR_INCOMPLET, explain_parties
from exigible.dossier.etat import EtatDossier
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.bareme import load_bareme
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import phrase

_DISPENSES = {True: "dispense_avocat_tribunal_de_commerce", False: "dispense_avocat_juge_de_l_execution"}
_CONSULAIRES = frozenset({"commerce", "activites_economiques"})


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Name the president of the commercial court when the claim is his, else the enforcement judge; what was found."""
    tribunal, biens = propose_tribunal(etat), propose_biens(etat)
    if tribunal.get("tribunal") in _CONSULAIRES:
        siege = {"siege": tribunal["siege"]} if "siege" in tribunal else {}
        return {"juge": tribunal["tribunal"], **siege, **biens}
    return {"juge": "execution", **biens}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the petition. Raises ErreurExigible (`acte_refuse`) in an insolvency."""
    refuse_collective(demande.etat)
    juge = str(demande.reponses.get("juge", ""))
    consulaire = juge in _CONSULAIRES
    plus = tuple(
        EnPlus("Intérêts et frais à venir", write_phrase("évaluation"), montant)
        for montant in (read_montant(demande, "accessoires"),)
        if montant > ZERO
    )
    total = add_plus(demande, plus)
    plafond = load_bareme("competence").get_valeur(demande.etat.au, _DISPENSES[consulaire]).valeur
    le_juge = "Madame ou Monsieur le président" if consulaire else "Madame ou Monsieur le juge de l’exécution"
    du_tribunal = write_phrase(
        "du {nom}", nom=write_tribunal(juge if consulaire else "judiciaire", commun.valeurs["siege"])
    )
    vocabulaire = Vocabulaire(
        {
            "le_juge": le_juge,
            "du_tribunal": du_tribunal,
            "a_garantir": format_montant(total),
            "a_garantir_en_lettres": write_en_lettres(total),
        },
        {"consulaire": consulaire, "avocat_obligatoire": total > plafond},
        {
            "somme_a_garantir": extend_sommes(demande, commun, plus),
            "signature_requete": (_build_signature(demande),),
        },
    )
    return Contexte(
        describe_instance(demande).add(vocabulaire),
        juridiction=(f"À {le_juge}", du_tribunal),
        sous_titre=write_phrase("Articles L511-1 et R511-1 et suivants du code des procédures civiles d'exécution"),
        montant=total,
        conformite=DEBITEUR_INCOMPLET,
        projet=(*explain_parties(demande), *explain_pieces(demande, "CPC 494")),
        avertissements=_warn_loyers(demande),
    )


def _warn_loyers(demande: Demande) -> tuple[Avertissement, ...]:
    """Say that rent under a written lease needs no leave of the judge (CPCE L511-2)."""
    if not all(s.etat.creance.nature.startswith("loyer") for s in demande.sommes):
        return ()
    message = phrase(
        "Un loyer impayé d'un bail écrit d'immeuble se saisit à titre conservatoire sans l'autorisation du juge : "
        "cette requête est peut-être inutile (CPCE L511-2)."
    )
    return (Avertissement("autorisation_inutile", message),)


def _build_signature(demande: Demande) -> Signatures:
    avocat = demande.reponses.get("avocat")
    return Signatures(((str(avocat), "avocat du requérant"),) if avocat else (list_signataire(demande),))
