"""`exigible acte`: any document of the procedure, from a described dossier or one of the office."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exigible.actes.modele import Modele, get_modele, load_catalogue
from exigible.cli.acte_recits import (
    describe_acte,
    describe_modele,
    describe_questions,
    explain_manquantes,
    format_acte,
    format_catalogue,
    format_modele,
    format_questions,
)
from exigible.cli.fichiers import read_description, read_fichier, write_fichier
from exigible.cli.horloge import get_aujourd_hui
from exigible.cli.sortie import JOUR, Option, commande, emit
from exigible.cli.valeurs import option_provisoire, option_valeurs
from exigible.droit.erreurs import ErreurSaisie

if TYPE_CHECKING:
    from exigible.actes.demande import Demande, PieceVersee
    from exigible.actes.preparation import ActePrepare
    from exigible.dossier.etat import EtatDossier
    from exigible.droit.bareme import ValeurAjoutee

_CHEMIN = click.Path(path_type=Path)


@dataclass(frozen=True)
class Appel:
    """What was typed, once read."""

    modele: Modele
    dossier: str
    au: date | None
    creances: tuple[str, ...]
    reponses: dict[str, str]
    pieces: tuple[str, ...]
    texte: str | None
    provisoire: bool
    ajouts: tuple[ValeurAjoutee, ...]


@commande(
    "acte",
    aide="Écrire un document : relance, mise en demeure, requête, déclaration… Sans nom, ils sont tous listés.",
    exemple='exigible acte quittance dossier.json --au 2026-11-21 --reponse "moyen=Virement" --pdf quittance.pdf',
)
@click.argument("nom", metavar="[NOM]", required=False)
@click.argument("dossier", metavar="[DOSSIER]", required=False)
@click.option("--au", cls=Option, type=JOUR, help="Jour du document, compris ; aujourd'hui sinon.")
@click.option("--creance", "creances", cls=Option, multiple=True, help="Facture visée (répétable) ; toutes sinon.")
@click.option(
    "--reponse", "saisies", cls=Option, multiple=True, help="question=valeur, ou question=@fichier (répétable)."
)
@click.option(
    "--piece", "pieces", cls=Option, multiple=True, help="Pièce versée : son intitulé, ou un fichier (répétable)."
)
@click.option("--questions", is_flag=True, cls=Option, help="Dire ce que le document demande, et rien d'autre.")
@click.option("--projet", is_flag=True, cls=Option, help="Écrire un projet, même s'il manque des réponses.")
@click.option("--pdf", cls=Option, type=_CHEMIN, help="Écrire le document en PDF ; remplace le fichier.")
@click.option("--docx", cls=Option, type=_CHEMIN, help="L'écrire en DOCX, pour le modifier ; de même.")
@click.option("--texte", cls=Option, type=_CHEMIN, help="Votre propre rédaction, à la place de la nôtre.")
@option_provisoire()
@option_valeurs()
def acte(
    nom: str | None,
    dossier: str | None,
    *,
    au: date | None,
    creances: tuple[str, ...],
    saisies: tuple[str, ...],
    pieces: tuple[str, ...],
    questions: bool,
    projet: bool,
    pdf: Path | None,
    docx: Path | None,
    texte: Path | None,
    provisoire: bool,
    ajouts: tuple[ValeurAjoutee, ...],
    en_json: bool,
) -> None:
    """List the catalogue, describe an act, or write it."""
    if nom is None:
        modeles = list(load_catalogue().values())
        lus = {"actes": [describe_modele(m) for m in modeles], "articles": [], "avertissements": []}
        emit(lus, format_catalogue(modeles), en_json=en_json)
        return
    modele = get_modele(nom)
    if dossier is None:
        emit(describe_modele(modele) | {"avertissements": []}, format_modele(modele), en_json=en_json)
        return
    reponses = dict(map(read_reponse, saisies))
    redaction = None if texte is None else _read_texte(texte, "--texte")
    appel = Appel(modele, dossier, au, creances, reponses, pieces, redaction, provisoire, ajouts)
    demande = _build_demande(appel)
    if questions:
        emit(describe_questions(demande), format_questions(demande), en_json=en_json)
        return
    from exigible.actes.preparation import prepare_acte

    prepare = prepare_acte(demande)
    if prepare.manquantes and not projet:
        raise ErreurSaisie("reponses_manquantes", explain_manquantes(prepare), "--reponse")
    ecrits = {sorte: fichier for sorte, fichier in (("pdf", pdf), ("docx", docx)) if fichier is not None}
    empreintes = {sorte: _write(prepare, sorte, fichier) for sorte, fichier in ecrits.items()}
    emit(describe_acte(prepare, empreintes), format_acte(prepare, ecrits, empreintes), en_json=en_json)


def _build_demande(appel: Appel) -> Demande:
    """Read the dossier, described in a file or kept in the office, and gather what the document says."""
    chemin = Path(appel.dossier)
    dans_un_fichier = chemin.suffix.lower() == ".json" or chemin.exists()
    demande = _read_description(appel, chemin) if dans_un_fichier else _open_dossier(appel)
    if appel.texte is None:
        return demande
    from exigible.actes.redaction.langue import parse_redaction
    from exigible.actes.relecture import check_texte

    check_texte(appel.modele, appel.texte, [demande.etat])
    return replace(demande, redaction=parse_redaction(appel.texte))


def _read_description(appel: Appel, chemin: Path) -> Demande:
    from exigible.actes.contexte import propose_reponses
    from exigible.actes.demande import build_demande
    from exigible.dossier.description import fold_description, parse_description

    description = parse_description(read_description(chemin))
    au = appel.au or get_aujourd_hui()
    etat = fold_description(description, au, provisoire=appel.provisoire, ajouts=appel.ajouts)
    return build_demande(
        appel.modele,
        etat,
        creances=_find_creances(appel, etat),
        saisies={**propose_reponses(appel.modele, etat, appel.reponses), **appel.reponses},
        pieces=_list_pieces(appel),
    )


def _open_dossier(appel: Appel) -> Demande:
    """The same for a dossier of the office: its answers kept, its wording, its logo, its exhibits."""
    from exigible.cli.base import migrate, start_django

    start_django()
    migrate()
    from exigible.bureau.actes.services import Choix, prepare, read_choix
    from exigible.bureau.tiers.lecture import load_etat
    from exigible.bureau.tiers.recherche import find_dossier

    dossier = find_dossier(appel.dossier)
    connu = read_choix(dossier, appel.modele.nom)
    creances = _find_creances(appel, load_etat(dossier, appel.au))
    choix = Choix({**connu.saisies, **appel.reponses}, connu.creances if creances is None else creances, connu.pieces)
    du_dossier = prepare(dossier, appel.modele.nom, choix, au=appel.au)
    if du_dossier.demande is None:
        raise du_dossier.refus or ErreurSaisie("acte_refuse", "Ce document ne peut pas être écrit.", "NOM")
    return replace(du_dossier.demande, pieces=_list_pieces(appel)) if appel.pieces else du_dossier.demande


def _find_creances(appel: Appel, etat: EtatDossier) -> tuple[str, ...] | None:
    """Return the keys of the invoices named, by their number or key; None when none is."""
    cles = {nom: c.cle for c in etat.creances for nom in (c.creance.numero, c.cle)}
    for nom in appel.creances:
        if nom not in cles:
            raise ErreurSaisie("creance_inconnue", f"La facture « {nom} » n'est pas dans ce dossier.", "--creance")
    return tuple(dict.fromkeys(cles[nom] for nom in appel.creances)) or None


def read_reponse(saisie: str) -> tuple[str, str]:
    """Read `question=valeur`; `@` before the value names a file that holds it."""
    question, egal, valeur = saisie.partition("=")
    if not egal or not question.strip():
        raise ErreurSaisie(
            "reponse_illisible", f"« {saisie[:60]} » n'est pas de la forme question=valeur.", "--reponse"
        )
    if valeur.startswith("@"):
        valeur = _read_texte(Path(valeur[1:]), "--reponse")
    return question.strip(), valeur


def _read_texte(fichier: Path, champ: str) -> str:
    try:
        return fichier.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        message = f"Le fichier « {fichier} » ne peut pas être lu : vérifiez son nom, vos droits, et qu'il est en UTF-8."
        raise ErreurSaisie("fichier_illisible", message, champ) from None


def _list_pieces(appel: Appel) -> tuple[PieceVersee, ...]:
    return tuple(_read_piece(rang, nom) for rang, nom in enumerate(appel.pieces, start=1))


def _read_piece(rang: int, nom: str) -> PieceVersee:
    from exigible.actes.demande import PieceVersee

    chemin = Path(nom)
    if not chemin.is_file():
        return PieceVersee(rang, nom)
    return PieceVersee(rang, chemin.stem, sha256=hashlib.sha256(read_fichier(chemin, "--piece")).hexdigest())


def _write(prepare: ActePrepare, sorte: str, fichier: Path) -> str:
    """Write one of the files asked for; return its SHA-256."""
    octets = _render(prepare, sorte)
    write_fichier(fichier, [octets], f"--{sorte}")
    return hashlib.sha256(octets).hexdigest()


def _render(prepare: ActePrepare, sorte: str) -> bytes:
    if sorte == "docx":
        from exigible.actes.sorties.docx import render_docx

        return render_docx(prepare)
    from exigible.actes.rendu import render_pdf

    return render_pdf(prepare)
