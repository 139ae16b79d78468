"""The words of jurisdiction: who claims what from whom, how much, where and when; the courts and the routes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import Phrase, phrase


class Qualite(StrEnum):
    """What a party is, for the court. A company of liberal professionals (SEL) counts as `LIBERAL`."""

    COMMERCANT = "commercant"
    ARTISAN = "artisan"
    LIBERAL = "liberal"
    SOCIETE_COMMERCIALE = "societe_commerciale"
    SOCIETE_CIVILE = "societe_civile"
    ASSOCIATION = "association"
    PARTICULIER = "particulier"
    PERSONNE_PUBLIQUE = "personne_publique"
    CONSOMMATEUR = "consommateur"
    NON_PROFESSIONNEL = "non_professionnel"


class Objet(StrEnum):
    """What the claim comes from. `CONTRAT`: a contract without an invoice (loan, acknowledgement of debt…).

    `EXECUTION`: a title is already there, or a protective measure is sought: a seizure, its dispute.
    """

    FACTURE = "facture"
    CONTRAT = "contrat"
    BAIL_HABITATION = "bail_habitation"
    BAIL_COMMERCIAL = "bail_commercial"
    BAIL_PROFESSIONNEL = "bail_professionnel"
    CREDIT_CONSOMMATION = "credit_consommation"
    COPROPRIETE = "copropriete"
    CHEQUE = "cheque"
    EFFET = "effet"
    PENSION = "pension"
    SALAIRE = "salaire"
    DOMMAGES = "dommages_interets"
    EXECUTION = "execution"


class Juridiction(StrEnum):
    """The courts of the contract; `AUCUNE`: no judge is to be seized."""

    TRIBUNAL_DE_COMMERCE = "tribunal_de_commerce"
    TRIBUNAL_DES_ACTIVITES_ECONOMIQUES = "tribunal_des_activites_economiques"
    TRIBUNAL_JUDICIAIRE = "tribunal_judiciaire"
    TRIBUNAL_DE_PROXIMITE = "tribunal_de_proximite"
    JUGE_DES_CONTENTIEUX_DE_LA_PROTECTION = "juge_des_contentieux_de_la_protection"
    CONSEIL_DE_PRUD_HOMMES = "conseil_de_prud_hommes"
    TRIBUNAL_ADMINISTRATIF = "tribunal_administratif"
    JUGE_AUX_AFFAIRES_FAMILIALES = "juge_aux_affaires_familiales"
    JUGE_DE_L_EXECUTION = "juge_de_l_execution"
    AUCUNE = "aucune"


class Voie(StrEnum):
    """The routes, in the order in which an undisputed claim takes the first open one."""

    INJONCTION = "ip"
    SIMPLIFIEE = "simplifiee"
    INCONTESTEES = "incontestees"
    REFERE = "refere"
    FOND = "fond"
    INJONCTION_EUROPEENNE = "ip_europeenne"


SANS_JUGE = frozenset({Voie.SIMPLIFIEE, Voie.INCONTESTEES})
SANS_AVOCAT = frozenset({Voie.INJONCTION, Voie.INJONCTION_EUROPEENNE, *SANS_JUGE})
COMMERCANTS = frozenset({Qualite.COMMERCANT, Qualite.SOCIETE_COMMERCIALE})
PERSONNES_PHYSIQUES = frozenset(
    {Qualite.PARTICULIER, Qualite.CONSOMMATEUR, Qualite.COMMERCANT, Qualite.ARTISAN, Qualite.LIBERAL}
)
_NON_COMMERCANTS_PHYSIQUES = frozenset({Qualite.PARTICULIER, Qualite.CONSOMMATEUR})


@dataclass(frozen=True, slots=True)
class Motif:
    """A reason, with a stable code, its French sentence and its articles."""

    code: str
    message: Phrase
    articles: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.message} ({' ; '.join(self.articles)})" if self.articles else self.message


@dataclass(frozen=True, slots=True)
class Demande:
    """A claim to be brought to court.

    `montant`: the whole of what is claimed, in euros (CPC 35: claims on the same facts are added up); `jour`: the day
    of the request; `code_postal`: the debtor's, or the building's for a lease or co-ownership charges;
    `transfrontalier`: one party lives in another Member State of the European Union (but Denmark), None if unknown.
    """

    creancier: Qualite
    debiteur: Qualite
    montant: Decimal
    objet: Objet
    jour: date
    code_postal: str | None = None
    transfrontalier: bool | None = None


def check_demande(demande: Demande) -> None:
    """Refuse a claim that cannot be.

    Raises ErreurSaisie (`montant_nul`, `montant_negatif`, `creancier_incoherent`, `objet_incoherent`).
    """
    if demande.montant <= 0:
        code = "montant_negatif" if demande.montant < 0 else "montant_nul"
        raise ErreurSaisie(code, phrase("Le montant demandé doit être supérieur à zéro."), "montant")
    if demande.creancier is Qualite.NON_PROFESSIONNEL:
        raise ErreurSaisie(
            "creancier_incoherent",
            phrase(
                "« Non-professionnel » ne se dit que du débiteur : pour le créancier, choisissez "
                "association, société civile ou personne publique."
            ),
            "creancier",
        )
    detail = _find_incoherence(demande)
    if detail is not None:
        raise ErreurSaisie(
            "objet_incoherent", phrase("Cet objet ne va pas avec ces parties : {detail}", detail=detail), "objet"
        )


def _find_incoherence(demande: Demande) -> Phrase | None:
    creancier, debiteur = demande.creancier, demande.debiteur
    if demande.objet is Objet.CREDIT_CONSOMMATION and debiteur not in PERSONNES_PHYSIQUES:
        return phrase(
            "un crédit à la consommation n'est fait qu'à une personne physique (C. conso. liminaire et L312-1)."
        )
    if demande.objet is Objet.PENSION and debiteur not in PERSONNES_PHYSIQUES:
        return phrase("une pension alimentaire n'est due que par une personne physique.")
    if demande.objet is Objet.PENSION and creancier not in PERSONNES_PHYSIQUES | {Qualite.PERSONNE_PUBLIQUE}:
        return phrase(
            "une pension alimentaire n'est due qu'à une personne physique, ou à l'organisme public qui l'a avancée."
        )
    if demande.objet is Objet.SALAIRE and not {creancier, debiteur} & _NON_COMMERCANTS_PHYSIQUES:
        return phrase("un salaire suppose un salarié : indiquez « particulier » pour lui.")
    return None
