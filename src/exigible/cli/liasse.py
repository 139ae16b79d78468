"""`exigible liasse`: the court bundle of a dossier, as a folder, a PDF and a ZIP, with what it takes to verify it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exigible.cli.acte import read_reponse
from exigible.cli.horloge import get_aujourd_hui
from exigible.cli.sortie import (
    JOUR,
    Option,
    build_avertissements,
    commande,
    emit,
    format_avertissements,
    format_tableau,
)
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import format_jour

if TYPE_CHECKING:
    from exigible.actes.preuve.donnees import Liasse, Piece
    from exigible.dossier.etat import EtatDossier

AUTEUR = "ligne de commande"
_CHEMIN = click.Path(path_type=Path)


@dataclass(frozen=True)
class Appel:
    """What was typed, once read."""

    dossier: str
    acte: str
    vers: Path
    au: date | None
    creances: tuple[str, ...]
    reponses: dict[str, str]
    pieces: tuple[str, ...]
    projet: bool


@commande(
    "liasse",
    aide="Réunir un dossier de preuve : l'acte, le bordereau, les pièces, le décompte, le journal, leur vérificateur.",
    exemple="exigible liasse D-00001 --acte requete_injonction_de_payer --vers preuves/",
)
@click.argument("dossier", metavar="DOSSIER")
@click.option("--acte", cls=Option, required=True, help="Le document que les pièces accompagnent (voir « acte »).")
@click.option("--vers", cls=Option, type=_CHEMIN, required=True, help="Dossier à écrire, vide ou à créer.")
@click.option("--zip", "archive", cls=Option, type=_CHEMIN, help="L'écrire aussi en ZIP.")
@click.option("--au", cls=Option, type=JOUR, help="Jour du dépôt, compris ; aujourd'hui sinon.")
@click.option("--creance", "creances", cls=Option, multiple=True, help="Facture visée (répétable) ; toutes sinon.")
@click.option("--reponse", "reponses", cls=Option, multiple=True, help="question=valeur (répétable).")
@click.option(
    "--piece", "pieces", cls=Option, multiple=True, help="Fichier, ou intitulé=fichier, d'un dossier décrit en JSON."
)
@click.option("--projet", is_flag=True, cls=Option, help="Même s'il manque des réponses : l'acte n'est qu'un projet.")
def liasse(
    dossier: str,
    *,
    acte: str,
    vers: Path,
    archive: Path | None,
    au: date | None,
    creances: tuple[str, ...],
    reponses: tuple[str, ...],
    pieces: tuple[str, ...],
    projet: bool,
    en_json: bool,
) -> None:
    """Write the bundle, then say what is in it."""
    appel = Appel(dossier, acte, vers, au, creances, dict(map(read_reponse, reponses)), pieces, projet)
    chemin = Path(dossier)
    dans_un_fichier = chemin.suffix.lower() == ".json" or chemin.exists()
    faite = _make_d_un_fichier(appel, chemin) if dans_un_fichier else _make_du_bureau(appel)
    if archive is not None:
        from exigible.actes.preuve.archive import write_archive

        try:
            write_archive(vers, archive)
        except OSError:
            message = f"Le fichier « {archive} » ne peut pas être écrit : vérifiez le dossier et vos droits."
            raise ErreurSaisie("fichier_non_ecrit", message, "--zip") from None
    emit(_describe(faite, archive), _format(faite, archive), en_json=en_json)


def _make_d_un_fichier(appel: Appel, chemin: Path) -> Liasse:
    """The bundle of a described dossier: its exhibits are the files named, it has no journal to certify."""
    from exigible.actes.contexte import propose_reponses
    from exigible.actes.demande import build_demande
    from exigible.actes.modele import get_modele
    from exigible.actes.preuve.donnees import Sujet
    from exigible.actes.preuve.liasse import write_liasse
    from exigible.bureau.preuve.horodatage import load_horodater
    from exigible.bureau.reglages.environnement import read_horodatage
    from exigible.cli.fichiers import read_description
    from exigible.dossier.description import fold_description, parse_description

    brut = read_description(chemin)
    etat = fold_description(parse_description(brut), appel.au or get_aujourd_hui())
    modele = get_modele(appel.acte)
    demande = build_demande(
        modele,
        etat,
        creances=_find_creances(appel, etat),
        saisies={**propose_reponses(modele, etat, appel.reponses), **appel.reponses},
    )
    sujet = Sujet(demande, etat, [_read_piece(nom) for nom in appel.pieces], description=brut)
    return write_liasse(sujet, appel.vers, horodater=load_horodater(read_horodatage()), projet=appel.projet)


def _make_du_bureau(appel: Appel) -> Liasse:
    """The bundle of a dossier of the office."""
    if appel.pieces:
        message = "Les pièces d'un dossier du bureau sont celles de son journal : joignez-y d'abord ce fichier."
        raise ErreurSaisie("piece_hors_du_journal", message, "--piece")
    from exigible.cli.base import migrate, start_django

    start_django()
    migrate()
    from exigible.actes.modele import get_modele
    from exigible.bureau.preuve.services import make_liasse, prepare_liasse
    from exigible.bureau.tiers.lecture import load_etat
    from exigible.bureau.tiers.recherche import find_dossier

    modele = get_modele(appel.acte)
    dossier = find_dossier(appel.dossier)
    creances = _find_creances(appel, load_etat(dossier, appel.au)) if appel.creances else None
    preparation = prepare_liasse(dossier, modele, saisies=appel.reponses, creances=creances, au=appel.au)
    return make_liasse(preparation, appel.vers, AUTEUR, projet=appel.projet)


def _find_creances(appel: Appel, etat: EtatDossier) -> tuple[str, ...] | None:
    cles = {nom: c.cle for c in etat.creances for nom in (c.creance.numero, c.cle)}
    for nom in appel.creances:
        if nom not in cles:
            raise ErreurSaisie("creance_inconnue", f"La facture « {nom} » n'est pas dans ce dossier.", "--creance")
    return tuple(dict.fromkeys(cles[nom] for nom in appel.creances)) or None


def _read_piece(saisie: str) -> Piece:
    """Read `fichier` or `intitulé=fichier`."""
    from exigible.actes.preuve.donnees import Piece

    intitule, egal, nom = saisie.partition("=")
    chemin = Path(nom) if egal and not Path(saisie).exists() else Path(saisie)
    if not chemin.is_file():
        message = f"La pièce « {chemin} » n'est pas un fichier : vérifiez son nom."
        raise ErreurSaisie("piece_introuvable", message, "--piece")
    return Piece(intitule.strip() if egal and chemin == Path(nom) else chemin.stem, chemin.name, _make_copieur(chemin))


def _make_copieur(source: Path) -> Callable[[Path], None]:
    def copier(vers: Path) -> None:
        try:
            shutil.copyfile(source, vers)
        except OSError:
            message = f"La pièce « {source} » ne peut pas être lue : vérifiez vos droits."
            raise ErreurSaisie("piece_illisible", message, "--piece") from None

    return copier


def _describe(faite: Liasse, archive: Path | None) -> dict[str, Any]:
    return {
        "dossier": str(faite.dossier),
        "liasse": str(faite.dossier / "liasse.pdf"),
        "zip": str(archive) if archive else None,
        "pages": faite.pages,
        "empreinte": faite.empreinte,
        "horodatage": faite.horodatage,
        "projet": list(faite.projet),
        "provenance": faite.provenance,
        "pieces": [
            {
                "numero": p.numero,
                "intitule": p.intitule,
                "jour": p.jour,
                "pages": p.pages,
                "fichier": p.fichier,
                "sha256": p.sha256,
                "remarque": p.remarque,
            }
            for p in faite.pieces
        ],
        "articles": [],
        "avertissements": build_avertissements(faite.avertissements),
    }


def _format(faite: Liasse, archive: Path | None) -> str:
    lignes = [
        (str(p.numero), p.intitule, format_jour(p.jour) if p.jour else "", str(p.pages or "—"), p.remarque)
        for p in faite.pieces
    ]
    suite = [*([faite.provenance] if faite.provenance else []), *(f"Projet : {raison}" for raison in faite.projet)]
    return "\n".join(
        [
            f"Dossier de preuve écrit : {faite.dossier} (liasse.pdf : {faite.pages} pages).",
            *([f"ZIP écrit : {archive}"] if archive else []),
            "",
            format_tableau(("N°", "Pièce", "Date", "Pages", "Remarque"), lignes, a_droite=(0, 3)),
            "",
            f"Empreinte du manifeste (SHA-256) : {faite.empreinte}",
            faite.horodatage,
            f"Vérifier sans ce programme : python3 {faite.dossier / 'verifier_preuves.py'}",
            *suite,
            *format_avertissements(faite.avertissements),
        ]
    )
