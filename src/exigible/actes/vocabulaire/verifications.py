"""What is checked before a summons may be served: who is named, where, which court, by when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from exigible.actes.demande import Demande
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import clean_texte, write_phrase
from exigible.actes.vocabulaire.assignation import BAUX_D_ENTREPRISE, CONSULAIRES
from exigible.actes.vocabulaire.chefs import read_montant
from exigible.actes.vocabulaire.delais import compute_terme, get_regle
from exigible.actes.vocabulaire.instance import FRANCE, list_coobliges
from exigible.actes.vocabulaire.parties import is_creancier_physique, is_groupement
from exigible.actes.vocabulaire.titres import find_collective
from exigible.dossier.procedures.situation import find_distance
from exigible.dossier.texte import join_mots
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import Avertissement
from exigible.droit.feries import find_ferie
from exigible.droit.jours import format_jour
from exigible.droit.phrase import phrase
from exigible.droit.regimes import QualitePartie

_SAMEDI = 5
_ALSACE_MOSELLE = (
    "la représentation et la remise au greffe devant la chambre commerciale d'Alsace-Moselle (C. com. L731-1)"
)
_BAIL_D_HABITATION = (
    "un loyer d'habitation se demande au juge des contentieux de la protection (COJ L213-4-4), non au juge choisi"
)
_BAIL_D_ENTREPRISE = (
    "un loyer commercial ou professionnel se demande au tribunal judiciaire (COJ R211-3-26, 11°), non au juge choisi"
)
_COPROPRIETE = "des charges de copropriété se demandent au tribunal judiciaire (COJ L211-3), non au juge choisi"
_CONSOMMATEUR_ETRANGER = (
    "un consommateur qui demeure à l'étranger peut n'être assigné que là où il demeure (règlement (UE) n° 1215/2012, "
    "article 18, dans l'Union)"
)

# Our own choice for letters; before a judge or an officer, what is not known of the debtor makes a draft, and says so.
DEBITEUR_INCOMPLET: Mapping[str, object] = {"debiteur.qualite_connue": True, "debiteur.adresse_connue": True}
# Over-indebtedness stops enforcement, not the action by which a title is sought (C. conso. L722-2).
ACTION_EN_JUSTICE: Mapping[str, object] = {**DEBITEUR_INCOMPLET, "procedure.surendettement_recevable": False}


def warn_audience(demande: Demande, *regles: str) -> tuple[Avertissement, ...]:
    """Say by which day a summons must be served, then filed: `regles`, their codes in the graph of the merits."""
    audience = demande.reponses.get("audience")
    if not isinstance(audience, date) or len(regles) != 2:  # noqa: PLR2004 - serve, then file
        return ()
    loin = find_distance(demande.etat.debiteur.adresse)
    delivrer, remettre = (compute_terme(get_regle("FOND", code), audience, loin) for code in regles)
    message = phrase(
        "Pour l'audience du {audience} : assignation à délivrer au plus tard le {delivrer} et à remettre au greffe au "
        "plus tard le {remettre}.",
        audience=audience,
        delivrer=delivrer,
        remettre=remettre,
    )
    return (Avertissement("delais_de_l_assignation", message),)


def explain_audience(demande: Demande, regle: str = "") -> tuple[str, ...]:
    """Say why a summons to this hearing is only a draft: it is past, not a working day, or too near to be served.

    `regle`: the step of the graph of the merits that says how long before the hearing it must be served.
    """
    audience = demande.reponses.get("audience")
    if not isinstance(audience, date):
        return ()
    if audience <= demande.etat.au:
        return (write_phrase("l'audience du {jour} est passée", jour=format_jour(audience)),)
    raisons = []
    if audience.weekday() >= _SAMEDI or find_ferie(audience):
        modele = "l'audience du {jour} tombe un samedi, un dimanche ou un jour férié : date à vérifier auprès du greffe"
        raisons.append(write_phrase(modele, jour=format_jour(audience)))
    if regle:
        step = get_regle("FOND", regle)
        terme = compute_terme(step, audience, find_distance(demande.etat.debiteur.adresse))
        if terme < demande.etat.au:
            modele = (
                "l'audience est trop proche, l'assignation devait être délivrée au plus tard le {terme} ({article})"
            )
            raisons.append(write_phrase(modele, terme=format_jour(terme), article=step.articles[-1]))
    return tuple(raisons)


def explain_parties(demande: Demande, *, coobliges: bool = False) -> tuple[str, ...]:
    """Say what a petition must tell of those who make it and of those it is made against (CPC 54, 3° and 57)."""
    return (*explain_demandeur(demande), *explain_adresses(demande, coobliges=coobliges, article="CPC 57"))


def explain_adresses(demande: Demande, *, coobliges: bool, article: str = "CPC 648") -> tuple[str, ...]:
    """Say whose address is missing: an officer serves nobody, a clerk summons nobody, without one."""
    autres = list_coobliges(demande) if coobliges else ()
    sans = [p.nom for p in autres if not p.adresse.complete]
    if not demande.etat.debiteur.adresse.complete:
        sans.insert(0, demande.etat.debiteur.nom)
    modele = "l'adresse de {nom} n'est pas connue ({article})"
    return tuple(write_phrase(modele, nom=clean_texte(nom), article=article) for nom in sans)


def explain_demandeur(demande: Demande) -> tuple[str, ...]:
    """Say what a summons must tell of a creditor that is a legal person, and is not known (CPC 54, 3°)."""
    creancier = demande.etat.creancier.description
    if is_creancier_physique(creancier):
        return ()
    manquent = []
    if not clean_texte(creancier.forme) and not is_groupement(creancier.nom):
        manquent.append("sa forme")
    if not creancier.adresse.complete:
        manquent.append("l’adresse de son siège")
    if not clean_texte(creancier.signataire):
        manquent.append("l’organe qui le représente")
    modele = "l'identité du demandeur est incomplète, il y manque {quoi} (CPC 54, 3°) : à compléter dans les réglages"
    return (write_phrase(modele, quoi=join_mots(manquent)),) if manquent else ()


def explain_tribunal(demande: Demande, tribunal: str) -> tuple[str, ...]:
    """Say what was not read about a court, and what another court alone may judge."""
    natures = {somme.etat.creance.nature for somme in demande.sommes}
    raisons = [_ALSACE_MOSELLE] if tribunal == "chambre_commerciale" else []
    if tribunal and "loyer_habitation" in natures and tribunal != "protection":
        raisons.append(_BAIL_D_HABITATION)
    if tribunal in CONSULAIRES and natures & BAUX_D_ENTREPRISE:
        raisons.append(_BAIL_D_ENTREPRISE)
    if tribunal in CONSULAIRES and "charges_copropriete" in natures:
        raisons.append(_COPROPRIETE)
    etranger = demande.etat.debiteur.adresse.pays not in {"", FRANCE}
    if etranger and demande.etat.debiteur.qualite is QualitePartie.CONSOMMATEUR:
        raisons.append(_CONSOMMATEUR_ETRANGER)
    return tuple(write_phrase(raison) for raison in raisons)


def explain_clause_penale(demande: Demande, commun: Vocabulaire) -> tuple[str, ...]:
    """Say why a penalty clause may not be asked yet: none is incurred before a formal notice (C. civ. 1231-5)."""
    if read_montant(demande, "clause_penale") <= ZERO or commun.faits["mise_en_demeure_faite"]:
        return ()
    raison = (
        "une clause pénale est demandée sans mise en demeure connue, or elle n'est encourue qu'après (C. civ. 1231-5)"
    )
    return (write_phrase(raison),)


def explain_collective(demande: Demande) -> tuple[str, ...]:
    """Say what an insolvency changes to proceedings already under way: they only fix the claim (C. com. L622-22)."""
    if find_collective(demande.etat) is None:
        return ()
    raison = (
        "une procédure collective du débiteur est ouverte, l'instance est interrompue jusqu'à la déclaration de la "
        "créance et ne tend plus, le mandataire appelé, qu'à la constater et en fixer le montant (C. com. L622-22)"
    )
    return (write_phrase(raison),)
