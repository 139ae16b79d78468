"""What a formal notice to a co-owner adds: each provision with its nature, the sums nature by nature, thirty days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from msgspec import structs

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande, list_creances_a_echoir
from exigible.actes.document import Sommes
from exigible.actes.lettre import list_adresse
from exigible.actes.mise_en_demeure.delai import add_delai
from exigible.actes.mise_en_demeure.provisions import (
    build_assemblees,
    build_provisions,
    read_natures,
    split_par_nature,
)
from exigible.actes.mise_en_demeure.vocabulaire import describe_dette
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import clean_texte
from exigible.dossier.etat import EtatCreance, EtatDossier
from exigible.dossier.faits import ModeEnvoi
from exigible.dossier.texte import normalize
from exigible.droit.argent import ZERO, format_montant, format_nombre
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.interets import Regime
from exigible.droit.phrase import phrase, wrap_texte
from exigible.droit.regle import QualiteCreancier

_TRENTE_JOURS = 30

# What the label of a call most often says of its nature: proposed, never decided.
_INDICES = (
    ("fonds de travaux", "cotisation au fonds de travaux (article 14-2-1)"),
    ("travaux", "provision pour travaux hors budget (article 14-2)"),
    ("regularisation", "solde de charges d'un exercice clos, après approbation des comptes"),
    ("solde", "solde de charges d'un exercice clos, après approbation des comptes"),
    ("frais", "frais nécessaires (article 10-1)"),
    ("budget", "provision du budget prévisionnel (article 14-1)"),
    ("provision", "provision du budget prévisionnel (article 14-1)"),
)


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe the provisions.

    Raises ErreurSaisie (`delai_invalide`, `natures_incompletes`), ErreurExigible (`acte_refuse`).
    """
    delai = demande.reponses.get("delai_jours")
    if isinstance(delai, int) and delai < _TRENTE_JOURS:
        raise ErreurSaisie(
            "delai_invalide",
            phrase("L'article 19-2 de la loi du 10 juillet 1965 veut un délai de trente jours au moins."),
            "delai_jours",
        )
    if demande.etat.regime.regime is not Regime.LEGAL and demande.totaux.interets + demande.totaux.indemnites > ZERO:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "« {titre} » est refusé : un copropriétaire ne doit ni pénalités commerciales ni indemnité de 40 €, "
                "seulement l'intérêt légal (D. 67-223, article 36) ; renoncez-y dans ce dossier.",
                titre=wrap_texte(demande.modele.titre),
            ),
            regle="copropriete_interet_legal",
            article="D. 67-223 art. 36",
        )
    demande = _use_taux_du_syndicat(demande)
    dette = describe_dette(demande)
    natures = read_natures(demande, commun.valeurs["natures"])
    sommes = dette.vocabulaire.blocs["sommes"][0]
    ajout = Vocabulaire(
        blocs={
            "provisions": (build_provisions(demande, natures),),
            "assemblees": build_assemblees(demande, commun),
            "sommes": (split_par_nature(demande, natures, sommes),) if isinstance(sommes, Sommes) else (),
        }
    )
    montants = tuple(format_montant(somme.principal) for somme in demande.sommes)
    contexte = replace(
        dette,
        vocabulaire=dette.vocabulaire.add(ajout),
        preuves={**dette.preuves, "natures_des_provisions": tuple(natures.values()), "montants": montants},
        conformite={**dette.conformite, "creance.nature": "charges_copropriete"},
    )
    return add_delai(contexte, demande, demande.reponses.get("canal"), delai, commun.valeurs["delai_jours"])


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Thirty days; the nature that each label suggests; the provisions to come."""
    a_venir = set(list_creances_a_echoir(etat))
    futures = sum((c.principal_restant for c in etat.creances if c.cle in a_venir), ZERO)
    lues = ((c.creance.numero, _guess(c)) for c in etat.creances if c.cle not in a_venir and c.total > ZERO)
    creancier = etat.creancier.description
    syndic = clean_texte(creancier.signataire) if "syndic" in normalize(creancier.fonction) else ""
    proposees = {
        "immeuble": ", ".join(list_adresse(creancier.adresse)),
        "syndic": syndic,
        "canal": ModeEnvoi.LRAR.value,
        "delai_jours": str(_TRENTE_JOURS),
        "natures": "\n".join(f"{numero} : {nature}" for numero, nature in lues if nature),
        "provisions_a_echoir": format_nombre(futures, 2) if futures > ZERO else "",
    }
    return {nom: texte for nom, texte in proposees.items() if texte}


def _use_taux_du_syndicat(demande: Demande) -> Demande:
    """A syndicate is a legal person: its legal rate is that of all other creditors (CMF L313-2), the lower one.

    Raises ErreurExigible (`acte_refuse`) when interest was already counted at the rate of natural persons.
    """
    description = demande.etat.creancier.description
    if description.qualite is QualiteCreancier.PROFESSIONNEL:
        return demande
    if demande.totaux.interets > ZERO:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "« {titre} » est refusé : les intérêts de ce dossier sont comptés au taux des particuliers ; un "
                "syndicat de copropriétaires est une personne morale. Changez la qualité du créancier "
                "dans les réglages.",
                titre=wrap_texte(demande.modele.titre),
            ),
            regle="syndicat_taux_legal",
            article="CMF L313-2",
        )
    creancier = structs.replace(description, qualite=QualiteCreancier.PROFESSIONNEL)
    etat = replace(demande.etat, creancier=replace(demande.etat.creancier, description=creancier))
    return replace(demande, etat=etat)


def _guess(creance: EtatCreance) -> str:
    libelle = normalize(creance.creance.libelle)
    return next((nature for indice, nature in _INDICES if indice in libelle), "")
