"""`exigible calcul competence`: the court, the routes open or closed and why, the fees to advance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import click

from exigible.cli.choix import Choix
from exigible.cli.horloge import get_aujourd_hui
from exigible.cli.sortie import JOUR, MONTANT, Option, build_avertissements, commande, emit, format_avertissements
from exigible.droit.argent import format_montant
from exigible.droit.competence import Competence, compute_competence
from exigible.droit.competence_faits import Demande, Motif, Objet, Qualite, Voie
from exigible.droit.frais_justice import Demandeur, Frais
from exigible.droit.voies_ouvertes import VoieOuverte, find_premiere_ouverte, gather_avertissements, list_voies

_QUALITES = {
    "agriculteur": Qualite.PARTICULIER,
    "artisane": Qualite.ARTISAN,
    "banque": Qualite.SOCIETE_COMMERCIALE,
    "collectivite": Qualite.PERSONNE_PUBLIQUE,
    "commercante": Qualite.COMMERCANT,
    "commune": Qualite.PERSONNE_PUBLIQUE,
    "etablissement_de_credit": Qualite.SOCIETE_COMMERCIALE,
    "etat": Qualite.PERSONNE_PUBLIQUE,
    "eurl": Qualite.SOCIETE_COMMERCIALE,
    "nonprofessionnel": Qualite.NON_PROFESSIONNEL,
    "profession_liberale": Qualite.LIBERAL,
    "public": Qualite.PERSONNE_PUBLIQUE,
    "sa": Qualite.SOCIETE_COMMERCIALE,
    "salarie": Qualite.PARTICULIER,
    "sarl": Qualite.SOCIETE_COMMERCIALE,
    "sas": Qualite.SOCIETE_COMMERCIALE,
    "sasu": Qualite.SOCIETE_COMMERCIALE,
    "sci": Qualite.SOCIETE_CIVILE,
    "scp": Qualite.SOCIETE_CIVILE,
    "selarl": Qualite.LIBERAL,
    "selas": Qualite.LIBERAL,
    "snc": Qualite.SOCIETE_COMMERCIALE,
    "syndicat_des_coproprietaires": Qualite.ASSOCIATION,
    "syndicat_de_coproprietaires": Qualite.ASSOCIATION,
}
_OBJETS = {
    "bail": Objet.BAIL_HABITATION,
    "bail_d_habitation": Objet.BAIL_HABITATION,
    "billet_a_ordre": Objet.EFFET,
    "charges": Objet.COPROPRIETE,
    "charges_de_copropriete": Objet.COPROPRIETE,
    "contestation_de_saisie": Objet.EXECUTION,
    "cotisation": Objet.CONTRAT,
    "credit": Objet.CREDIT_CONSOMMATION,
    "credit_a_la_consommation": Objet.CREDIT_CONSOMMATION,
    "credit_conso": Objet.CREDIT_CONSOMMATION,
    "credit_immobilier": Objet.CONTRAT,
    "credit_renouvelable": Objet.CREDIT_CONSOMMATION,
    "depot_de_garantie": Objet.BAIL_HABITATION,
    "dommages_et_interets": Objet.DOMMAGES,
    "effet_de_commerce": Objet.EFFET,
    "factures": Objet.FACTURE,
    "honoraires": Objet.FACTURE,
    "lettre_de_change": Objet.EFFET,
    "livraison": Objet.FACTURE,
    "loyer": Objet.BAIL_HABITATION,
    "loyer_commercial": Objet.BAIL_COMMERCIAL,
    "loyer_d_habitation": Objet.BAIL_HABITATION,
    "loyers": Objet.BAIL_HABITATION,
    "loyers_commerciaux": Objet.BAIL_COMMERCIAL,
    "marchandises": Objet.FACTURE,
    "mesure_conservatoire": Objet.EXECUTION,
    "pension_alimentaire": Objet.PENSION,
    "prestation": Objet.FACTURE,
    "prestation_de_services": Objet.FACTURE,
    "prestations": Objet.FACTURE,
    "pret": Objet.CONTRAT,
    "pret_entre_particuliers": Objet.CONTRAT,
    "pret_immobilier": Objet.CONTRAT,
    "reconnaissance_de_dette": Objet.CONTRAT,
    "saisie": Objet.EXECUTION,
    "saisie_attribution": Objet.EXECUTION,
    "saisie_conservatoire": Objet.EXECUTION,
    "salaires": Objet.SALAIRE,
    "traite": Objet.EFFET,
    "transport": Objet.FACTURE,
    "travaux": Objet.FACTURE,
    "vente": Objet.FACTURE,
}
_VOIES = {
    "action_au_fond": Voie.FOND,
    "assignation": Voie.FOND,
    "creances_incontestees": Voie.INCONTESTEES,
    "injonction": Voie.INJONCTION,
    "injonction_de_payer": Voie.INJONCTION,
    "injonction_de_payer_europeenne": Voie.INJONCTION_EUROPEENNE,
    "injonction_europeenne": Voie.INJONCTION_EUROPEENNE,
    "petites_creances": Voie.SIMPLIFIEE,
    "procedure_simplifiee": Voie.SIMPLIFIEE,
    "refere_provision": Voie.REFERE,
}
CREANCIER = Choix(
    [q for q in Qualite if q not in {Qualite.CONSOMMATEUR, Qualite.NON_PROFESSIONNEL}],
    {**_QUALITES, "consommateur": Qualite.PARTICULIER},
)
DEBITEUR = Choix(Qualite, _QUALITES)
OBJET = Choix(Objet, _OBJETS)
VOIE = Choix(Voie, _VOIES)


@commande(
    "competence",
    aide="Dire quel tribunal saisir, quelles voies sont ouvertes ou fermées et pourquoi, quels frais avancer.\n\n"
    "Sans --voie, la réponse vaut pour l'action au fond, et « ouverte » dit si une voie au moins l'est ; toutes les "
    "voies sont jugées dans « voies ».",
    exemple="exigible calcul competence --creancier societe_commerciale --debiteur artisan --montant 8000 "
    "--objet facture --code-postal 75011",
)
@click.option("--creancier", cls=Option, type=CREANCIER, required=True, help="Ce qu'est le créancier.")
@click.option("--debiteur", cls=Option, type=DEBITEUR, required=True, help="Ce qu'est le débiteur.")
@click.option("--montant", cls=Option, type=MONTANT, required=True, help="Total demandé, en euros.")
@click.option(
    "--objet",
    cls=Option,
    type=OBJET,
    default=Objet.FACTURE,
    help="D'où vient la créance ; facture par défaut.",
)
@click.option("--voie", cls=Option, type=VOIE, help="Une seule voie ; par défaut, toutes.")
@click.option("--code-postal", cls=Option, metavar="CODE", help="Code postal du débiteur (de l'immeuble pour un bail).")
@click.option("--date", "jour", cls=Option, type=JOUR, help="Jour de la demande ; aujourd'hui par défaut.")
@click.option(
    "--transfrontalier/--national",
    cls=Option,
    default=None,
    help="Une partie est, ou aucune n'est, dans un autre État de l'Union.",
)
@click.option(
    "--effectif",
    cls=Option,
    type=click.IntRange(min=0),
    metavar="N",
    help="Salariés du demandeur (contribution du TAE).",
)
@click.option("--chiffre-affaires", cls=Option, type=MONTANT, help="Chiffre d'affaires annuel moyen sur trois ans.")
@click.option("--benefice", cls=Option, type=MONTANT, help="Bénéfice annuel moyen sur trois ans.")
@click.option("--revenu-fiscal", cls=Option, type=MONTANT, help="Revenu fiscal de référence (personne physique).")
def competence(
    *,
    creancier: Qualite,
    debiteur: Qualite,
    montant: Decimal,
    objet: Objet,
    voie: Voie | None,
    code_postal: str | None,
    jour: date | None,
    transfrontalier: bool | None,
    effectif: int | None,
    chiffre_affaires: Decimal | None,
    benefice: Decimal | None,
    revenu_fiscal: Decimal | None,
    en_json: bool,
) -> None:
    """Print the court and the routes."""
    demande = Demande(
        creancier=creancier,
        debiteur=debiteur,
        montant=montant,
        objet=objet,
        jour=jour or get_aujourd_hui(),
        code_postal=code_postal,
        transfrontalier=transfrontalier,
    )
    au_fond = compute_competence(demande)
    voies = list_voies(demande, Demandeur(effectif, chiffre_affaires, benefice, revenu_fiscal))
    choisie = next((v for v in voies if v.voie is voie), None)
    premiere = find_premiere_ouverte(voies)
    resultat = {
        **_build_voie(choisie or next(v for v in voies if v.voie is Voie.FOND)),
        **({} if choisie else _build_fond(au_fond, premiere)),
        "premiere_voie_ouverte": premiere.voie if premiere else None,
        "procedure_orale": au_fond.procedure_orale,
        "dernier_ressort": au_fond.dernier_ressort,
        "autres_juridictions": au_fond.au_choix,
        "voies": [{"voie": v.voie, "nom": v.libelle, **_build_voie(v)} for v in voies],
        "articles": _list_articles(choisie.motifs if choisie else au_fond.motifs),
        "avertissements": build_avertissements(gather_avertissements(au_fond, [choisie] if choisie else voies)),
    }
    emit(resultat, _write_texte(au_fond, [choisie] if choisie else voies), en_json=en_json)


def _build_fond(au_fond: Competence, premiere: VoieOuverte | None) -> dict[str, Any]:
    """Describe the court on the merits; `ouverte`: one route at least is."""
    return {
        "juridiction": au_fond.juridiction,
        "libelle": au_fond.libelle,
        "tae": au_fond.tae,
        "avocat_obligatoire": au_fond.avocat_obligatoire,
        "tentative_amiable": au_fond.tentative_amiable,
        "ouverte": premiere is not None,
        "motifs": [str(motif) for motif in au_fond.motifs],
    }


def _build_voie(voie: VoieOuverte) -> dict[str, Any]:
    return {
        "juridiction": voie.juridiction,
        "libelle": voie.libelle_juridiction,
        "tae": voie.tae,
        "avocat_obligatoire": voie.avocat_obligatoire,
        "tentative_amiable": voie.tentative_amiable,
        "ouverte": voie.ouverte,
        "motifs": [str(motif) for motif in voie.motifs],
        "frais": [_build_frais(frais) for frais in voie.frais],
    }


def _build_frais(frais: Frais) -> dict[str, Any]:
    return {"code": frais.code, "libelle": frais.libelle, "montant": frais.montant, "article": frais.article}


def _list_articles(motifs: Iterable[Motif]) -> list[str]:
    return list(dict.fromkeys(article for motif in motifs for article in motif.articles))


def _write_texte(au_fond: Competence, voies: Iterable[VoieOuverte]) -> str:
    lignes = [au_fond.libelle, *(f"  {motif}" for motif in au_fond.motifs)]
    for voie in voies:
        lignes += ["", f"{voie.libelle} : {'ouverte' if voie.ouverte else 'fermée'}"]
        lignes += [f"  {motif}" for motif in voie.motifs if not voie.ouverte or motif not in au_fond.motifs]
        lignes += [f"  À avancer : {_write_frais(frais)}" for frais in voie.frais]
    return "\n".join([*lignes, "", *format_avertissements(gather_avertissements(au_fond, voies))]).rstrip()


def _write_frais(frais: Frais) -> str:
    return frais.libelle if frais.montant is None else f"{frais.libelle} : {format_montant(frais.montant)}"
