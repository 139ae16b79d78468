"""What the order to pay says before wages are attached: a month to pay, agree or contest (CPCE R212-1-3, R212-1-4)."""

from __future__ import annotations

from collections.abc import Mapping

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import ARemplir, Encadre
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import format_date_longue, write_paragraphe, write_phrase
from exigible.actes.vocabulaire.collective import read_jour
from exigible.actes.vocabulaire.delais import compute_terme, get_regle
from exigible.actes.vocabulaire.instance import write_tribunal
from exigible.actes.vocabulaire.titres import (
    build_donnees,
    describe_titre,
    propose_titre,
    refuse_execution,
    refuse_personne_morale,
)
from exigible.dossier.etat import EtatDossier

_CONTESTER = "SR5"
_COMMANDEMENT = (
    "**Il vous est fait commandement de payer la somme de {total}**, outre {interets}le coût du présent "
    "acte, **ou de parvenir à un accord avec le créancier, dans le délai d'un mois à compter de la signification du "
    "présent acte, faute de quoi vous pourrez y être contraint par la saisie de vos rémunérations.**"
)
_SOMMATION = (
    "**Sommation vous est faite de payer la somme de {total}**, outre {interets}le coût du présent "
    "acte, **dans le délai d'un mois à compter de la signification du présent acte.** À défaut, le créancier pourra "
    "intervenir à la saisie de vos rémunérations déjà inscrite au registre."
)
_SUSPENSIVE = (
    "**Pour suspendre le cours de la procédure de saisie des rémunérations, les contestations doivent être soulevées "
    "par assignation dans le délai d'un mois suivant la signification du présent commandement. Ce délai expire le "
    "{expire}.** L'assignation est dénoncée, à peine d'irrecevabilité, le jour même ou le premier jour ouvrable "
    "suivant au commissaire de justice."
)
_AUTRE_COMMANDEMENT = (
    "**La contestation de la mesure ne fait pas obstacle à ce qu'un autre créancier délivre un commandement aux fins "
    "de saisie des rémunérations.**"
)
_SURENDETTEMENT = (
    "**Si vous vous estimez en situation de surendettement, vous avez la faculté de saisir la commission de "
    "surendettement des particuliers (article L712-1 du code de la consommation).**"
)
_DROITS = (
    "**Vous pouvez, à tout moment, saisir le juge de l'exécution d'une contestation de la mesure.**",
    _SUSPENSIVE,
    _AUTRE_COMMANDEMENT,
    "**Les contestations sont portées devant le {juge}.**",
    _SURENDETTEMENT,
)


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Choose the title."""
    return propose_titre(etat)


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the act. Raises ErreurExigible (`acte_refuse`) against a company, or when nothing may be enforced."""
    refuse_personne_morale(demande.etat)
    refuse_execution(demande, signification=False)
    titre = describe_titre(demande, commun)
    jour = read_jour(demande, "signifie_le")
    expire = format_date_longue(compute_terme(get_regle("SDR", _CONTESTER), jour)) if jour else ""
    expire = expire or commun.valeurs["signifie_le"]
    juge = write_phrase("juge de l'exécution du {nom}", nom=write_tribunal("judiciaire", commun.valeurs["siege"]))
    deja = demande.reponses.get("deja_inscrite") is True
    total, interets = titre.valeurs["dette_total"], titre.valeurs["interets_a_courir_et"]
    ordre = write_paragraphe(_SOMMATION if deja else _COMMANDEMENT, total=total, interets=interets)
    vocabulaire = Vocabulaire(
        {"expire": expire, "juge": juge},
        {"premiere": not deja},
        {
            "commandement": (Encadre((ordre,)),),
            "droits": (Encadre(tuple(write_paragraphe(d, expire=expire, juge=juge) for d in _DROITS)),),
            "jour_de_l_acte": (ARemplir("L’an, le jour et l’heure de la signification"),),
            "cout": (ARemplir("Coût du présent acte, détaillé"),),
        },
    )
    articles = write_phrase("Articles L212-2 et R212-1-3 du code des procédures civiles d'exécution")
    return build_donnees(demande, titre, vocabulaire, articles)
