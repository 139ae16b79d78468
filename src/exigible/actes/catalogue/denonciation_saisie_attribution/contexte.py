"""What the debtor is told of the seizure: his month to contest, its last day, the judge, what is left (CPCE R211-3)."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import ARemplir, Encadre, Partie
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import format_date_longue, write_paragraphe, write_phrase
from exigible.actes.vocabulaire.collective import read_jour
from exigible.actes.vocabulaire.delais import compute_terme, get_regle
from exigible.actes.vocabulaire.dette import stop_decompte
from exigible.actes.vocabulaire.instance import describe_instance, list_lignes_saisies, write_tribunal
from exigible.actes.vocabulaire.titres import (
    DONNEES,
    compute_montant,
    describe_titre,
    find_moyens,
    propose_titre,
)
from exigible.dossier.etat import EtatDossier
from exigible.droit.argent import format_montant
from exigible.droit.jours import format_jour
from exigible.droit.solde_bancaire import compute_forfait

_DENONCER, _CONTESTER = "SA2", "SA4"
_DELAI = (
    "**Les contestations doivent être soulevées, à peine d'irrecevabilité, dans le délai d'un mois qui suit la "
    "signification du présent acte, par assignation. Ce délai expire le {expire}.**"
)
_LETTRE = (
    "**L'assignation doit être dénoncée, à peine d'irrecevabilité, le même jour ou, au plus tard, le premier jour "
    "ouvrable suivant, par lettre recommandée avec demande d'avis de réception, au commissaire de justice qui a "
    "procédé à la saisie.**"
)
_JUGE = "**Les contestations sont portées devant le {juge}.**"


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Choose the title, the day of a seizure that the journal tells, and the debtor's bank when it was found."""
    saisies = [p for p in etat.procedures if p.graphe.code == "SATT" and p.situation.has("acte_de_saisie")]
    derniere = max(saisies, key=lambda p: (p.ouverte_le, p.cle), default=None)
    jour = derniere.situation.find_jour(["acte_de_saisie"]) if derniere else None
    banque = find_moyens(etat).banque
    tiers = {"tiers": banque, "compte_saisi": "oui"} if banque else {}
    return {**propose_titre(etat), **tiers, **({"saisie_le": jour.isoformat()} if jour else {})}


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the act; past the eight days it is only a draft, for the seizure has fallen."""
    saisie, denonciation = read_jour(demande, "saisie_le"), read_jour(demande, "denoncee_le")
    terme = compute_terme(get_regle("SATT", _DENONCER), saisie) if saisie else None
    expire = compute_terme(get_regle("SATT", _CONTESTER), denonciation) if denonciation else None
    juge = write_phrase("juge de l'exécution du {nom}", nom=write_tribunal("judiciaire", commun.valeurs["siege"]))
    texte_expire = format_date_longue(expire) if expire else commun.valeurs["denoncee_le"]
    arretee = stop_decompte(demande, saisie) if saisie and saisie <= demande.etat.au else demande
    laisse = demande.reponses.get("compte_saisi") is True and commun.faits["personne_physique"]
    forfait = compute_forfait(arretee.etat.au, provisoire=True)
    tard = terme is not None and denonciation is not None and denonciation > terme
    vocabulaire = Vocabulaire(
        {
            "terme": format_date_longue(terme) if terme else "",
            "expire": texte_expire,
            "arrete_au": format_jour(arretee.etat.au),
            "juge": juge,
            "somme_laissee": commun.valeurs["laisse"] or format_montant(forfait.montant),
        },
        {"solde_laisse": laisse},
        {
            "tiers_saisi": (Partie("Tiers saisi", list_lignes_saisies(demande, commun, "tiers")),),
            "contestation": (
                Encadre(
                    (
                        write_paragraphe(_DELAI, expire=texte_expire),
                        write_paragraphe(_LETTRE),
                        write_paragraphe(_JUGE, juge=juge),
                    )
                ),
            ),
            "jour_de_l_acte": (ARemplir("L’an, le jour et l’heure de la signification"),),
            "cout": (ARemplir("Coût du présent acte, détaillé"),),
        },
    )
    caduque = write_phrase("le délai de huit jours pour dénoncer la saisie est passé : elle serait caduque (R211-3)")
    return Contexte(
        describe_instance(demande).add(describe_titre(arretee, commun)).add(vocabulaire),
        juridiction=DONNEES,
        sous_titre=write_phrase("Article R211-3 du code des procédures civiles d'exécution"),
        montant=compute_montant(arretee),
        projet=(caduque,) if tard else (),
    )
