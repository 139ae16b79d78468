"""How a formal notice leaves and the time that it gives: what its wording names, what is checked of it."""

from __future__ import annotations

from dataclasses import replace

from exigible.actes.contexte import Contexte
from exigible.actes.decharge import DECHARGE
from exigible.actes.demande import Demande
from exigible.actes.lettre import Etiquette
from exigible.actes.mise_en_demeure.dette import PARTICULIERS
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.reponses import Reponse
from exigible.actes.typst.texte import clean_texte
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import ModeEnvoi
from exigible.dossier.texte import count_jours
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.droit.regimes import QualitePartie
from exigible.droit.regle import QualiteCreancier

# Our choice, not the law's: no text sets the time given by a formal notice.
DELAI_PROFESSIONNEL = 8
DELAI_PARTICULIER = 15
_DELAI_MAX = 365

MODES: dict[ModeEnvoi, str] = {
    ModeEnvoi.LRAR: "Lettre recommandée avec avis de réception",
    ModeEnvoi.LRE: "Lettre recommandée électronique",
    ModeEnvoi.LETTRE_SUIVIE: "Lettre suivie",
    ModeEnvoi.LETTRE_SIMPLE: "Lettre simple",
    ModeEnvoi.COURRIEL: "Courriel",
    ModeEnvoi.MAIN_PROPRE: "Lettre remise en main propre contre décharge",
}
_DEPARTS: dict[ModeEnvoi, str] = {
    ModeEnvoi.MAIN_PROPRE: "de la remise de cette lettre",
    # Nobody proves the first presentation of such a letter.
    ModeEnvoi.LETTRE_SIMPLE: "de la réception de cette lettre",
    ModeEnvoi.LETTRE_SUIVIE: "de la réception de cette lettre",
    ModeEnvoi.COURRIEL: "de la réception de ce message",
}
_DEPART = "de la première présentation de cette lettre"


def propose_delai(etat: EtatDossier) -> int:
    """The days that a formal notice gives when nobody says: 8 to a professional or a public buyer, else 15."""
    return DELAI_PARTICULIER if etat.debiteur.qualite in PARTICULIERS else DELAI_PROFESSIONNEL


def add_delai(
    contexte: Contexte, demande: Demande, canal: Reponse | None, delai: Reponse | None, trou: str
) -> Contexte:
    """Add how the letter leaves and the time that it gives; `trou`: what stands there while nobody said how long.

    Raises ErreurSaisie (`delai_invalide`).
    """
    mode = ModeEnvoi(str(canal)) if canal else ModeEnvoi.LRAR
    if isinstance(delai, int) and not 1 <= delai <= _DELAI_MAX:
        raise ErreurSaisie(
            "delai_invalide",
            phrase(
                "Un délai de {delai} jours ne convient pas : indiquez de 1 à {maximum} jours.",
                delai=delai,
                maximum=_DELAI_MAX,
            ),
            "delai_jours",
        )
    code = clean_texte(demande.etat.debiteur.code)
    compte = (Etiquette("Votre compte", code),) if code and code != demande.reference else ()
    valeurs = {
        "delai": str(count_jours(delai)) if isinstance(delai, int) else trou,
        "depart": _DEPARTS.get(mode, _DEPART),
        "mode_envoi": MODES[mode],
    }
    return replace(
        contexte,
        vocabulaire=contexte.vocabulaire.add(
            Vocabulaire(valeurs, {"main_propre": mode is ModeEnvoi.MAIN_PROPRE}, {"decharge": (DECHARGE,)})
        ),
        etiquettes=(Etiquette("Envoi", MODES[mode]), *compte),
        conformite={**contexte.conformite, "action.type": "mise_en_demeure", "envoi.canal": mode.value},
        avertissements=(*contexte.avertissements, *_warn(demande, mode)),
    )


def _warn(demande: Demande, mode: ModeEnvoi) -> list[Avertissement]:
    avertissements = []
    creancier = demande.etat.creancier.description
    consommateur = demande.etat.debiteur.qualite is QualitePartie.CONSOMMATEUR
    professionnel = creancier.qualite is QualiteCreancier.PROFESSIONNEL
    if consommateur and professionnel and not clean_texte(creancier.mediateur):
        avertissements.append(
            Avertissement(
                "mediateur_absent",
                phrase(
                    "Aucun médiateur de la consommation n'est enregistré : la lettre annonce qu'il sera "
                    "communiqué sur demande. Indiquez-le dans les réglages (C. conso. L616-1)."
                ),
            )
        )
    if mode in {ModeEnvoi.LETTRE_SIMPLE, ModeEnvoi.LETTRE_SUIVIE}:
        avertissements.append(
            Avertissement(
                "reception_a_prouver",
                phrase(
                    "Une lettre simple ou suivie ne prouve pas sa remise au débiteur : le délai court de "
                    "la réception, que vous devrez établir. La lettre recommandée avec avis de réception "
                    "évite cette preuve."
                ),
            )
        )
    return avertissements
