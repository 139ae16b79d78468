"""`exigible lot`: one document for many dossiers: a file a letter, one to be printed, and the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from exigible.actes.contexte import propose_reponses
from exigible.actes.demande import build_demande
from exigible.actes.lot import Commande, choose_processus, refuse, render_lot
from exigible.actes.manifeste import FAIT, IMPRESSION, LETTRES, MANIFESTE, Ligne, write_lot
from exigible.actes.modele import Modele, get_modele
from exigible.actes.reponses import check_connues
from exigible.cli.acte import read_reponse
from exigible.cli.fichiers import read_description
from exigible.cli.horloge import get_aujourd_hui
from exigible.cli.sortie import JOUR, Option, commande, emit
from exigible.dossier.description import fold_description, parse_description
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.phrase import phrase

_CHEMIN = click.Path(path_type=Path)
_PAS_UN_FICHIER = phrase(
    "Ce n'est pas un fichier : un lot se fait ici de dossiers décrits en JSON ; au bureau, voyez « Lettres en lot »."
)


@dataclass(frozen=True)
class _Appel:
    """What was typed, once read."""

    modele: Modele
    au: date
    reponses: dict[str, str]


@commande(
    "lot",
    aide="Écrire le même document pour plusieurs dossiers : un fichier par lettre, un à imprimer, une liste.",
    exemple="exigible lot relance_1 dossiers/*.json --vers relances/",
)
@click.argument("acte")
@click.argument("dossiers", metavar="DOSSIER…", nargs=-1, required=True, type=_CHEMIN)
@click.option("--vers", cls=Option, type=_CHEMIN, required=True, help="Dossier à remplir ; il n'a pas déjà un lot.")
@click.option("--au", cls=Option, type=JOUR, help="Jour des documents, compris ; aujourd'hui sinon.")
@click.option(
    "--reponse", "saisies", cls=Option, multiple=True, help="question=valeur ou question=@fichier, pour tous."
)
@click.option("--recto-verso", is_flag=True, cls=Option, help="Chaque lettre commence sur le recto d'une feuille.")
def lot(
    acte: str,
    dossiers: tuple[Path, ...],
    *,
    vers: Path,
    au: date | None,
    saisies: tuple[str, ...],
    recto_verso: bool,
    en_json: bool,
) -> None:
    """Write one document for many dossiers described in files; one that cannot be read is said and left aside."""
    if any((vers / nom).exists() for nom in (MANIFESTE, LETTRES, IMPRESSION)):
        message = phrase("« {vers} » contient déjà un lot, fini ou non : choisissez un autre dossier.", vers=str(vers))
        raise ErreurSaisie("lot_existant", message, "--vers")
    appel = _Appel(get_modele(acte), au or get_aujourd_hui(), dict(map(read_reponse, saisies)))
    check_connues(appel.modele.question, appel.reponses)
    tranches = render_lot(
        _iter_commandes(appel, dossiers), processus=choose_processus(len(dossiers)), recto_verso=recto_verso
    )
    try:
        lignes = write_lot(vers, appel.modele.nom, tranches, recto_verso=recto_verso)
    except OSError:
        message = phrase("« {vers} » ne peut pas être écrit : vérifiez le dossier et vos droits.", vers=str(vers))
        raise ErreurSaisie("fichier_non_ecrit", message, "--vers") from None
    emit(_describe(appel, vers, lignes), _format(appel, vers, lignes), en_json=en_json)


def _iter_commandes(appel: _Appel, dossiers: tuple[Path, ...]) -> Iterator[Commande]:
    vus: dict[bytes, Path] = {}
    for chemin in dossiers:
        debiteur = ""
        try:
            if not chemin.exists() and not chemin.suffix:
                raise ErreurSaisie("fichier_illisible", _PAS_UN_FICHIER)
            brut = read_description(chemin)
            etat = fold_description(parse_description(brut), appel.au)
            debiteur = etat.debiteur.nom
            _refuse_double(vus, sha256(brut).digest(), chemin)
            demande = build_demande(
                appel.modele,
                etat,
                reference=etat.debiteur.code or chemin.stem,
                saisies={**propose_reponses(appel.modele, etat, appel.reponses), **appel.reponses},
            )
        except ErreurExigible as erreur:
            yield Commande(chemin.stem, debiteur, refuse(erreur))
        else:
            yield Commande(chemin.stem, debiteur, demande)


def _refuse_double(vus: dict[bytes, Path], empreinte: bytes, chemin: Path) -> None:
    """A debtor does not get the same letter twice."""
    if empreinte in vus:
        message = phrase("Ce dossier est déjà dans le lot : « {autre} ».", autre=str(vus[empreinte]))
        raise ErreurSaisie("dossier_en_double", message)
    vus[empreinte] = chemin


def _describe(appel: _Appel, vers: Path, lignes: Sequence[Ligne]) -> dict[str, Any]:
    faits = [x for x in lignes if x.statut == FAIT]
    return {
        "acte": appel.modele.nom,
        "au": appel.au,
        "vers": str(vers),
        "documents": len(faits),
        "refuses": len(lignes) - len(faits),
        "pages": sum(x.pages for x in faits),
        "montant": sum((x.montant for x in faits), ZERO),
        "lignes": [
            {
                "rang": x.rang,
                "dossier": x.cle,
                "debiteur": x.debiteur,
                "montant": x.montant if x.statut == FAIT else None,
                "pages": x.pages,
                "premiere_page": x.premiere_page,
                "fichier": x.fichier,
                "sha256": x.sha256,
                "statut": x.statut,
                "raison": x.raison,
            }
            for x in lignes
        ],
        "articles": list(appel.modele.articles),
        "avertissements": [],
    }


def _format(appel: _Appel, vers: Path, lignes: Sequence[Ligne]) -> str:
    decrit = _describe(appel, vers, lignes)
    documents, pages, montant = decrit["documents"], decrit["pages"], format_montant(decrit["montant"])
    textes = [
        f"{appel.modele.titre} : documents {documents}, pages {pages}, total réclamé {montant}.",
        f"Dans {vers} : {LETTRES}/ (un fichier par document), {IMPRESSION} (tous, à imprimer), {MANIFESTE} (la liste)."
        if documents
        else f"Dans {vers} : {MANIFESTE} (la liste) ; il n'y a rien à imprimer.",
    ]
    refuses = [x for x in lignes if x.statut != FAIT]
    if refuses:
        textes.append(f"Laissés de côté : {len(refuses)}.")
        textes += [f"  {x.cle} — {x.raison}" for x in refuses]
    return "\n".join(textes)
