"""What the petition adds: its ceiling, its court, the attempt that must come before it (CPC 750-1, 757, 818)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.lettre import list_contacts
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import list_sans_doublon, write_phrase
from exigible.actes.vocabulaire.assignation import propose_assignation, propose_convocation, propose_simplifiee
from exigible.actes.vocabulaire.chefs import EnPlus, add_plus, build_chefs, extend_sommes, read_montant
from exigible.actes.vocabulaire.instance import (
    explain_pieces,
    find_competence,
    warn_prescription,
    write_du_tribunal,
)
from exigible.actes.vocabulaire.requetes import describe_requete, sum_parts, write_juridiction
from exigible.actes.vocabulaire.verifications import ACTION_EN_JUSTICE, explain_parties
from exigible.dossier.etat import EtatDossier
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.bareme import load_bareme
from exigible.droit.competence import JUDICIAIRES
from exigible.droit.erreurs import Avertissement, ErreurExigible
from exigible.droit.frais_justice import compute_contribution_aide_juridique
from exigible.droit.phrase import phrase

_CHOIX = frozenset({"judiciaire", "proximite", "protection"})

_JUGES = {
    "protection": "Madame ou Monsieur le juge des contentieux de la protection",
    "proximite": "Madame ou Monsieur le juge",
}
_PRESIDENT = "Madame ou Monsieur le président"


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Name the court, when it is one of these, those held for the whole, and the attempt that failed."""
    return {**propose_convocation(etat, "FOND"), **propose_simplifiee(etat), **propose_assignation(etat, _CHOIX)}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather what the petition says. Raises ErreurExigible (`acte_refuse`) above the ceiling."""
    plus = tuple(_iter_plus(demande))
    instance = describe_requete(demande, coobliges=demande.reponses.get("coobliges") is True)
    total = add_plus(demande, plus)
    avec_parts = total + (sum_parts(demande) if instance.faits["conjoints"] else ZERO)
    plafond = load_bareme("competence").get_valeur(demande.etat.au, "requete_tribunal_judiciaire").valeur
    if avec_parts > plafond:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "Le tribunal n'est saisi par requête que jusqu'à {plafond} : au-delà, il faut une assignation ou une "
                "requête conjointe (CPC 818).",
                plafond=plafond,
            ),
            article="CPC 818",
        )
    tribunal, frais = write_juridiction(demande, commun), tuple(_iter_frais(demande))
    contribution = compute_contribution_aide_juridique(demande.etat.au)
    contacts = list_sans_doublon(list_contacts(demande.etat.creancier.description))
    vocabulaire = Vocabulaire(
        {
            "le_tribunal": tribunal,
            "du_tribunal": write_du_tribunal(str(demande.reponses.get("tribunal", "")), commun.valeurs["siege"]),
            "plafond": format_montant(plafond),
            "total_demande": format_montant(total),
            "total_avec_parts": format_montant(avec_parts),
            "tentative_ecrite": commun.valeurs["tentative"],
            "contacts": ", ".join(contacts),
            "contribution": format_montant(contribution.montant) if contribution and contribution.montant else "",
        },
        {"contacts": bool(contacts), "contribution": contribution is not None},
        {
            "somme_totale": extend_sommes(demande, commun, plus),
            "chefs": (build_chefs(demande, (*plus, *frais), depart_legal="la convocation en justice"),),
        },
    )
    return Contexte(
        instance.add(vocabulaire),
        juridiction=_address(demande, commun),
        sous_titre=write_phrase("Articles 757 et 818 du code de procédure civile"),
        conformite=ACTION_EN_JUSTICE,
        projet=(
            *explain_parties(demande, coobliges=demande.reponses.get("coobliges") is True),
            *explain_pieces(demande, "CPC 57 et 757"),
        ),
        avertissements=(*warn_prescription(demande), *_iter_avertissements(demande)),
    )


def _address(demande: Demande, commun: Vocabulaire) -> tuple[str, str]:
    tribunal = str(demande.reponses.get("tribunal", ""))
    juge = write_phrase("À {juge}", juge=_JUGES.get(tribunal, _PRESIDENT))
    return juge, write_du_tribunal(tribunal, commun.valeurs["siege"])


def _iter_plus(demande: Demande) -> Iterator[EnPlus]:
    if (dommages := read_montant(demande, "dommages")) > ZERO:
        yield EnPlus("Dommages et intérêts", write_phrase("C. civ., article 1231-6, alinéa 3"), dommages)


def _iter_frais(demande: Demande) -> Iterator[EnPlus]:
    if (article_700 := read_montant(demande, "article_700")) > ZERO:
        yield EnPlus("frais non compris dans les dépens", write_phrase("CPC, article 700"), article_700)


def _iter_avertissements(demande: Demande) -> Iterator[Avertissement]:
    competence = find_competence(demande.etat)
    if competence is not None and competence.juridiction not in JUDICIAIRES:
        yield Avertissement(
            "autre_juge",
            phrase("Ce litige relève plutôt d'un autre juge : {juge}.", juge=competence.libelle),
        )
