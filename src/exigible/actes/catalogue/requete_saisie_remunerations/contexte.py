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
from exigible.actes.vocabulaire.instance import describe_instance, write_tribunal
from exigible.actes.vocabulaire.titres import (
    DONNEES,
    compute_montant,
    describe_titre,
    explain_titre,
    propose_titre,
    refuse_collective,
    refuse_personne_morale,
)
from exigible.dossier.etat import EtatDossier

_CONTESTER = "SR5"
_COMMANDEMENT = (
    "**Il vous est fait commandement de payer la somme de {total}**, outre les intérêts à courir et le coût du présent "
    "acte, **ou de parvenir à un accord avec le créancier, dans le délai d'un mois à compter de la signification du "
    "présent acte, faute de quoi il pourra être procédé à la saisie de vos rémunérations.**"
)
_SOMMATION = (
    "**Sommation vous est faite de payer la somme de {total}**, outre les intérêts à courir et le coût du présent "
    "acte, **dans le délai d'un mois à compter de la signification du présent acte.** À défaut, le créancier pourra "
    "intervenir à la saisie de vos rémunérations déjà inscrite au registre."
)
_SUSPENSIVE = (
    "**La contestation formée par assignation dans le délai d'un mois à compter de la signification du présent acte "
    "suspend la procédure de saisie des rémunérations. Ce délai expire le {expire}.** Elle est dénoncée, à peine "
    "d'irrecevabilité, le jour même ou le premier jour ouvrable suivant au commissaire de justice."
)
_DROITS = (
    "**Vous pouvez saisir à tout moment le juge de l'exécution d'une contestation.**",
    _SUSPENSIVE,
    "**La contestation du présent commandement n'empêche pas qu'un autre commandement vous soit signifié.**",
    "**Les contestations sont portées devant le {juge}.**",
    "**Si vous ne pouvez pas faire face à vos dettes, vous pouvez saisir la commission de surendettement.**",
)


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """Choose the title."""
    return propose_titre(etat)


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Gather the act. Raises ErreurExigible (`acte_refuse`) against a company, or in an insolvency."""
    refuse_personne_morale(demande.etat)
    refuse_collective(demande.etat)
    titre = describe_titre(demande, commun)
    jour = read_jour(demande, "signifie_le")
    expire = format_date_longue(compute_terme(get_regle("SDR", _CONTESTER), jour)) if jour else ""
    expire = expire or commun.valeurs["signifie_le"]
    juge = write_phrase("juge de l'exécution du {nom}", nom=write_tribunal("judiciaire", commun.valeurs["siege"]))
    deja = demande.reponses.get("deja_inscrite") is True
    ordre = write_paragraphe(_SOMMATION if deja else _COMMANDEMENT, total=titre.valeurs["dette_total"])
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
    return Contexte(
        describe_instance(demande).add(titre).add(vocabulaire),
        juridiction=DONNEES,
        sous_titre=write_phrase("Articles L212-2 et R212-1-3 du code des procédures civiles d'exécution"),
        montant=compute_montant(demande),
        projet=tuple(explain_titre(demande)),
    )
