"""Which routes are open for a claim, why the others are closed, and what each costs to enter.

The six routes of the contract. An open route may still fail on the evidence, a dispute or the limitation: that belongs
to the case. An unknown fact (a cross-border party, a decree that was not found) closes a route, and the reason says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from exigible.droit.competence import Competence, compute_competence
from exigible.droit.competence_faits import SANS_AVOCAT, SANS_JUGE, Demande, Juridiction, Motif, Objet, Voie
from exigible.droit.erreurs import Avertissement
from exigible.droit.frais_justice import Demandeur, Frais, list_frais
from exigible.droit.phrase import Phrase, phrase
from exigible.droit.voies_motifs import describe_voie, find_fermetures, is_facture_entre_commercants, load_procedures

LIBELLES_VOIES = {
    Voie.INJONCTION: phrase("Injonction de payer"),
    Voie.SIMPLIFIEE: phrase("Procédure simplifiée de recouvrement des petites créances"),
    Voie.INCONTESTEES: phrase("Recouvrement des créances commerciales incontestées"),
    Voie.REFERE: phrase("Référé-provision"),
    Voie.FOND: phrase("Action au fond"),
    Voie.INJONCTION_EUROPEENNE: phrase("Injonction de payer européenne"),
}


@dataclass(frozen=True, slots=True)
class VoieOuverte:
    """A route: open or not, and why; the court that it leads to, what it requires and what it costs to enter.

    When it is closed, `motifs` are what closes it, and `frais` is empty.
    """

    voie: Voie
    libelle: Phrase
    ouverte: bool
    juridiction: Juridiction
    libelle_juridiction: Phrase
    avocat_obligatoire: bool
    tentative_amiable: bool
    motifs: tuple[Motif, ...]
    frais: tuple[Frais, ...] = ()
    avertissements: tuple[Avertissement, ...] = ()

    @property
    def tae(self) -> bool:
        """Whether it leads to an economic court."""
        return self.juridiction is Juridiction.TRIBUNAL_DES_ACTIVITES_ECONOMIQUES


def list_voies(demande: Demande, demandeur: Demandeur | None = None) -> tuple[VoieOuverte, ...]:
    """Judge the six routes for a claim. Raises what `compute_competence` raises."""
    competence = compute_competence(demande)
    return tuple(_build_voie(voie, demande, competence, demandeur or Demandeur()) for voie in Voie)


def find_premiere_ouverte(voies: tuple[VoieOuverte, ...]) -> VoieOuverte | None:
    """The first open route, in the order of `Voie`: the lightest one for a claim that nobody disputes."""
    return next((voie for voie in voies if voie.ouverte), None)


def gather_avertissements(competence: Competence, voies: Iterable[VoieOuverte]) -> tuple[Avertissement, ...]:
    """Every warning once: those of the court on the merits, then of each route and of its fees."""
    avertissements = list(competence.avertissements)
    for voie in voies:
        avertissements += [*voie.avertissements, *(a for frais in voie.frais for a in frais.avertissements)]
    return tuple(dict.fromkeys(avertissements))


def _build_voie(voie: Voie, demande: Demande, competence: Competence, demandeur: Demandeur) -> VoieOuverte:
    sans_juge = voie in SANS_JUGE
    fermetures = find_fermetures(voie, demande, competence)
    motifs = fermetures or describe_voie(voie, demande, competence)
    tentative = competence.tentative_amiable and voie not in SANS_AVOCAT
    return VoieOuverte(
        voie=voie,
        libelle=LIBELLES_VOIES[voie],
        ouverte=not fermetures,
        juridiction=Juridiction.AUCUNE if sans_juge else competence.juridiction,
        libelle_juridiction=phrase("Commissaire de justice, sans juge") if sans_juge else competence.libelle,
        avocat_obligatoire=competence.avocat_obligatoire and voie not in SANS_AVOCAT,
        tentative_amiable=tentative,
        motifs=motifs,
        frais=() if fermetures else list_frais(voie, demande, competence, demandeur),
        avertissements=_list_avertissements(voie, demande, ouverte=not fermetures),
    )


def _list_avertissements(voie: Voie, demande: Demande, *, ouverte: bool) -> tuple[Avertissement, ...]:
    if voie is Voie.INCONTESTEES and demande.jour >= load_procedures().incontestees:
        return (
            Avertissement(
                "incontestees_a_verifier",
                phrase(
                    "La loi n° 2026-307 est promulguée mais son décret n'a pas été trouvé : vérifiez "
                    "s'il a paru depuis."
                ),
            ),
        )
    if voie is Voie.SIMPLIFIEE and not ouverte and is_facture_entre_commercants(demande):
        return (
            Avertissement(
                "exclusion_a_verifier",
                phrase(
                    "L'exclusion des factures entre commerçants vient d'une source secondaire : la "
                    "lettre du texte est à vérifier."
                ),
            ),
        )
    if voie is Voie.INJONCTION and ouverte and demande.objet is Objet.CHEQUE:
        return (
            Avertissement(
                "certificat_de_non_paiement",
                phrase(
                    "Le chèque a sa voie propre, sans juge : certificat de non-paiement signifié, puis "
                    "titre exécutoire du commissaire de justice quinze jours après (CMF L131-73)."
                ),
            ),
        )
    if voie is Voie.INJONCTION and ouverte and demande.objet is Objet.COPROPRIETE:
        return (
            Avertissement(
                "lieu_de_l_immeuble",
                phrase("Le juge serait ici celui du lieu de l'immeuble, et non celui du débiteur : à vérifier."),
            ),
        )
    return ()
