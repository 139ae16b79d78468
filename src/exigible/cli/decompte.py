"""`exigible decompte`: the statement of a dossier described in one file. No database, no settings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from exigible.cli.fichiers import read_description, write_fichier
from exigible.cli.lignes import A_DROITE, ENTETES, format_ligne
from exigible.cli.sortie import (
    JOUR,
    Option,
    commande,
    emit,
    format_avertissements,
    format_tableau,
)
from exigible.cli.valeurs import option_provisoire, option_valeurs
from exigible.dossier.decompte_donnees import dump_decompte
from exigible.dossier.description import fold_description, parse_description
from exigible.dossier.etat import EtatDossier, Stade
from exigible.dossier.faits import NatureFrais
from exigible.dossier.obligation.etat import EtatFrais, EtatPersonne, EtatTitre
from exigible.dossier.obligation.roles import NOMS_DES_ROLES
from exigible.droit.argent import format_montant
from exigible.droit.bareme import ValeurAjoutee
from exigible.droit.jours import format_jour

_CHEMIN = click.Path(path_type=Path)
_STADES = {
    Stade.SANS_ECHEANCE: "sans échéance",
    Stade.A_ECHOIR: "à échoir",
    Stade.ECHUE: "échue",
    Stade.RELANCEE: "relancée",
    Stade.MISE_EN_DEMEURE: "mise en demeure",
    Stade.JUGEE: "jugée",
    Stade.SOLDEE: "soldée",
    Stade.CEDEE: "cédée",
}
_NATURES = {
    NatureFrais.ACTE_D_EXECUTION: "acte d'exécution",
    NatureFrais.AUTRE_ACTE: "acte de commissaire de justice",
    NatureFrais.DEPENS: "dépens",
    NatureFrais.EMOLUMENT_DU_DEBITEUR: "droit de recouvrement à la charge du débiteur",
    NatureFrais.EMOLUMENT_DU_CREANCIER: "droit de recouvrement à la charge du créancier",
    NatureFrais.RECOUVREMENT_AMIABLE: "recouvrement amiable",
    NatureFrais.HONORAIRES: "honoraires",
    NatureFrais.AFFRANCHISSEMENT: "affranchissement",
    NatureFrais.REJET_DE_CHEQUE: "frais de rejet d'un chèque sans provision",
    NatureFrais.AUTRE: "autre frais",
}


@commande(
    "decompte",
    aide="Établir le décompte d'un dossier décrit dans un fichier JSON (voir « exigible schema »).",
    exemple="exigible decompte dossier.json --au 2026-04-30 --pdf releve.pdf",
)
@click.argument("fichier", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--au", cls=Option, type=JOUR, required=True, help="Jour du décompte, compris.")
@click.option(
    "--connu-au", cls=Option, type=JOUR, help="Ne lire que ce qui était enregistré ce jour-là au soir (enregistre_le)."
)
@click.option("--pdf", cls=Option, type=_CHEMIN, help="Écrire aussi le décompte en PDF ; remplace le fichier.")
@click.option("--xlsx", cls=Option, type=_CHEMIN, help="L'écrire aussi en classeur, pour un tableur ; de même.")
@option_provisoire()
@option_valeurs()
def decompte(
    fichier: Path,
    *,
    au: date,
    connu_au: date | None,
    pdf: Path | None,
    xlsx: Path | None,
    provisoire: bool,
    ajouts: tuple[ValeurAjoutee, ...],
    en_json: bool,
) -> None:
    """Print the statement, and write it in files when asked."""
    description = parse_description(read_description(fichier, "FICHIER"))
    etat = fold_description(description, au, connu_au=connu_au, provisoire=provisoire, ajouts=ajouts)
    ecrits = _write(etat, connu_au, pdf, xlsx)
    emit(dump_decompte(etat, connu_au), _format_resultat(etat, ecrits, connu_au), en_json=en_json)


def _write(etat: EtatDossier, connu_au: date | None, pdf: Path | None, xlsx: Path | None) -> list[str]:
    """Write the files asked for; say which."""
    ecrits = []
    if pdf is not None:
        from exigible.actes.decompte.rendu import render_decompte

        write_fichier(pdf, [render_decompte(etat, connu_au=connu_au)], "--pdf")
        ecrits.append(f"PDF écrit : {pdf}")
    if xlsx is not None:
        from exigible.actes.decompte.xlsx import write_decompte_xlsx

        write_fichier(xlsx, [write_decompte_xlsx(etat, connu_au=connu_au)], "--xlsx")
        ecrits.append(f"Classeur écrit : {xlsx}")
    return ecrits


def _format_resultat(etat: EtatDossier, ecrits: Sequence[str], connu_au: date | None) -> str:
    releve = etat.decompte
    numeros = {s.cle: s.libelle for s in releve.soldes} | {c.cle: c.creance.numero for c in etat.creances}
    creances = [
        (
            c.creance.numero,
            format_jour(c.creance.echeance) if c.creance.echeance else "inconnue",
            _STADES[c.stade],
            *map(format_montant, (c.principal_restant, c.interets, c.indemnites, c.total)),
        )
        for c in etat.creances
    ]
    entetes = ("Facture", "Échéance", "Étape", "Principal", "Intérêts", "Indemnités", "Total")
    blocs = [
        f"{etat.creancier.description.nom} contre {etat.debiteur.nom}, au {format_jour(etat.au)}"
        + (f", selon ce qui était connu au {format_jour(connu_au)}" if connu_au else ""),
        format_tableau(entetes, creances, a_droite=(3, 4, 5, 6)),
    ]
    if releve.lignes:
        lignes = [(numeros[ligne.creance], *format_ligne(ligne)) for ligne in releve.lignes]
        blocs.append(format_tableau(("Facture", *ENTETES), lignes, a_droite=[rang + 1 for rang in A_DROITE]))
    blocs += [_format_titre(titre) for titre in etat.titres]
    if etat.frais.lignes:
        blocs.append(_format_frais(etat.frais))
    if len(etat.personnes) > 1:
        blocs.append(_format_personnes(etat.personnes))
    totaux = [f"Exigible au {format_jour(etat.au)} : {format_montant(etat.echu)}"]
    if etat.a_echoir:
        totaux.append(f"Non échu : {format_montant(etat.a_echoir)}")
    blocs.append("\n".join([*totaux, etat.regime.motif, *format_avertissements(etat.avertissements), *ecrits]))
    return "\n\n".join(blocs)


def _format_titre(titre: EtatTitre) -> str:
    """Write a decision head by head."""
    chefs = [
        (chef.libelle, format_montant(chef.montant), format_montant(chef.solde.total) if chef.solde else "—")
        for chef in titre.chefs
    ]
    quand = f"exécutoire le {format_jour(titre.executoire_le)}" if titre.executoire_le else "pas encore exécutoire"
    return f"Décision du {format_jour(titre.rendu_le)}, {quand}\n" + format_tableau(
        ("Chef", "Alloué", "Reste dû"), chefs, a_droite=(1, 2)
    )


def _format_frais(frais: EtatFrais) -> str:
    """Write the costs line by line, with who bears each and why."""
    lignes = [
        (
            format_jour(x.jour),
            x.frais.libelle or _NATURES[x.frais.nature],
            format_montant(x.frais.montant),
            "réclamé" if x.reclame else "non réclamé",
            x.choix.motif,
        )
        for x in frais.lignes
    ]
    return format_tableau(("Date", "Frais", "Montant", "Au débiteur", "Pourquoi"), lignes, a_droite=(2,))


def _format_personnes(personnes: Sequence[EtatPersonne]) -> str:
    """Write what each person may be asked for."""
    lignes = [(p.nom, NOMS_DES_ROLES[p.role], format_montant(p.du), format_montant(p.reclamable)) for p in personnes]
    tableau = format_tableau(("Personne", "Qualité", "Doit", "Demandable"), lignes, a_droite=(2, 3))
    raisons = [f"  {p.nom} : {r.phrase} ({r.article})" for p in personnes for r in p.raisons]
    return "\n".join(
        [tableau, "Ces sommes ne s'additionnent pas : ce que l'un paie, les autres ne le doivent plus.", *raisons]
    )
