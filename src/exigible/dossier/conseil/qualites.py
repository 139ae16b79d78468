"""What the parties of a dossier are for a court: derived from its facts, None when they do not tell.

A professional may be a merchant, a craftsman, a liberal professional, a company, an association: the court differs, so
nothing is guessed. The legal form tells; an individual's does not.
"""

from __future__ import annotations

from exigible.dossier.faits import DebiteurDecrit
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.dossier.texte import normalize
from exigible.droit.competence_faits import Qualite
from exigible.droit.interets import QualiteCreancier
from exigible.droit.phrase import Phrase, phrase
from exigible.droit.regimes import QualitePartie

QUESTION_DEBITEUR = phrase(
    "Le débiteur est-il commerçant, artisan, profession libérale, société civile ou association ? Indiquez sa forme "
    "juridique : elle commande le tribunal."
)
QUESTION_CREANCIER = phrase(
    "Votre entreprise est-elle commerçante, artisanale, libérale, société civile ou association ? Indiquez sa forme "
    "juridique : elle commande le tribunal."
)

_FORMES: tuple[tuple[Qualite, tuple[str, ...]], ...] = (
    (
        Qualite.SOCIETE_COMMERCIALE,
        (
            "sa",
            "sas",
            "sasu",
            "sarl",
            "eurl",
            "snc",
            "sca",
            "scs",
            "societe anonyme",
            "societe a responsabilite limitee",
            "entreprise unipersonnelle a responsabilite limitee",
            "societe par actions simplifiee",
            "societe par actions simplifiee unipersonnelle",
            "societe en nom collectif",
            "societe en commandite par actions",
            "societe en commandite simple",
        ),
    ),
    (Qualite.LIBERAL, ("selarl", "selas", "selafa", "selca", "selarlu", "selasu")),
    (
        Qualite.SOCIETE_CIVILE,
        ("sci", "sc", "scm", "scp", "sccv", "scea", "gaec", "earl", "societe civile", "societe civile immobiliere"),
    ),
    (Qualite.ASSOCIATION, ("association", "association loi 1901")),
)
_PAR_FORME = {forme: qualite for qualite, formes in _FORMES for forme in formes}
_PAR_QUALITE = {
    QualitePartie.CONSOMMATEUR: Qualite.CONSOMMATEUR,
    QualitePartie.NON_PROFESSIONNEL: Qualite.NON_PROFESSIONNEL,
    QualitePartie.PERSONNE_PUBLIQUE: Qualite.PERSONNE_PUBLIQUE,
}


def find_qualite_debiteur(debiteur: DebiteurDecrit) -> Qualite | None:
    """What the debtor is; None when its description does not tell."""
    if debiteur.qualite is QualitePartie.PROFESSIONNEL:
        return _PAR_FORME.get(normalize(debiteur.forme))
    return _PAR_QUALITE.get(debiteur.qualite)


def find_qualite_creancier(creancier: CreancierDecrit) -> Qualite | None:
    """What the creditor is; None when its description does not tell."""
    if creancier.qualite is QualiteCreancier.PARTICULIER:
        return Qualite.PARTICULIER
    return _PAR_FORME.get(normalize(creancier.forme))


def list_hypotheses(qualite: QualitePartie) -> tuple[Qualite, ...]:
    """Return what a party may be while its form is not known: one of each kind that the routes tell apart.

    A merchant stands for commercial companies, a liberal professional for civil companies and associations.
    """
    professionnels = (Qualite.SOCIETE_COMMERCIALE, Qualite.ARTISAN, Qualite.LIBERAL)
    if qualite is QualitePartie.PROFESSIONNEL:
        return professionnels
    return (*professionnels, Qualite.CONSOMMATEUR, Qualite.NON_PROFESSIONNEL, Qualite.PERSONNE_PUBLIQUE)


def describe_inconnues(creancier: Qualite | None, debiteur: Qualite | None) -> tuple[Phrase, ...]:
    """Ask for what is not known of the parties."""
    questions = ((debiteur, QUESTION_DEBITEUR), (creancier, QUESTION_CREANCIER))
    return tuple(question for qualite, question in questions if qualite is None)
