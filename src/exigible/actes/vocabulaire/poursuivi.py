"""Against whom an act of enforcement is made: in which capacity, and who else the title condemns."""

from __future__ import annotations

from exigible.actes.demande import Demande
from exigible.actes.poursuivi import SOURCES, TITRE, find_autre, list_poursuivis
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import clean_texte, write_phrase
from exigible.actes.vocabulaire.parties import write_identite_du_debiteur
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import RolePersonne
from exigible.droit.argent import format_montant

_QUALITES = {
    RolePersonne.CODEBITEUR_SOLIDAIRE: "codébiteur solidaire de {nom}",
    RolePersonne.CODEBITEUR_CONJOINT: "codébiteur conjoint de {nom}, pour sa seule part",
    RolePersonne.CAUTION_SIMPLE: "caution simple du débiteur principal, {nom}",
    RolePersonne.CAUTION_SOLIDAIRE: "caution solidaire du débiteur principal, {nom}",
}
_EN_QUALITE = "En qualité de {qualite}"


def describe_poursuivi(demande: Demande) -> Vocabulaire:
    """Name the capacity in which he is pursued, empty for the debtor; say whether the title holds several."""
    qualite = write_qualite(demande.etat)
    titre = demande.reponses.get(TITRE)
    choix = next((q.choix for q in demande.questions if q.source in SOURCES), ())
    seul = isinstance(titre, str) and len(list_poursuivis(demande.etat, titre)) == 1
    return Vocabulaire(
        {"poursuivi_qualite": qualite},
        {
            "poursuivi_autre": bool(qualite),
            "plusieurs_poursuivis": len(choix) > 1 and not seul,
        },
    )


def write_qualite(etat: EtatDossier) -> str:
    """`caution solidaire du débiteur principal, Menuiserie Fictive, dans la limite de 5 000,00 €, …`."""
    personne = find_autre(etat)
    if personne is None:
        return ""
    debiteur = next(p for p in etat.personnes if p.role is RolePersonne.DEBITEUR)
    qualite = write_phrase(_QUALITES[personne.role], nom=clean_texte(debiteur.nom))
    if personne.plafond_restant is None:
        return qualite
    limite = "{qualite}, dans la limite de {plafond}, intérêts et frais compris"
    return write_phrase(limite, qualite=qualite, plafond=format_montant(personne.plafond_restant))


def list_identite(etat: EtatDossier) -> tuple[str, ...]:
    """Who is pursued, as an act names a party: his identity, then his capacity when he is not the debtor."""
    identite, qualite = write_identite_du_debiteur(etat), write_qualite(etat)
    return (identite, write_phrase(_EN_QUALITE, qualite=qualite)) if qualite else (identite,)
