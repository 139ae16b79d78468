"""`exigible importer`: files in, from the terminal. Each dossier enters by itself; a stop loses nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exigible.cli.base import migrate, start_django
from exigible.cli.sortie import Option, commande, emit
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie

if TYPE_CHECKING:
    from exigible.bureau.imports.models import Importation
    from exigible.bureau.tiers.models import Creancier
    from exigible.bureau.travaux.services import Dire

AUTEUR = "ligne de commande"


@commande(
    "importer",
    aide="Importer des fichiers : comptabilité (FEC), factures, listes de clients, relevés de banque.",
    exemple="exigible importer export.txt releve.xml --a-blanc",
)
@click.argument("fichiers", nargs=-1, required=True, metavar="FICHIER…", type=click.Path(path_type=Path))
@click.option("--creancier", "nom", cls=Option, help="Nom du créancier, s'il y en a plusieurs.")
@click.option("--conditions", cls=Option, help="Conditions de vente des factures sans échéance (« 30 jours »).")
@click.option("--a-blanc", is_flag=True, cls=Option, help="Dire ce qui serait importé, sans rien enregistrer.")
@click.pass_context
def importer(
    ctx: click.Context,
    fichiers: Sequence[Path],
    *,
    nom: str | None,
    conditions: str | None,
    a_blanc: bool,
    en_json: bool,
) -> None:
    """Preview each file, then apply it; status 1 when dossiers were left aside."""
    start_django()
    migrate()
    creancier = _find_creancier(nom)
    from exigible.bureau.imports.lecture import keep_lecture

    with keep_lecture():
        faits = [_import_un(creancier, fichier, conditions, a_blanc=a_blanc) for fichier in fichiers]
    texte = "\n\n".join(_format_import(fait, a_blanc=a_blanc) for fait in faits)
    emit({"fichiers": faits, "articles": [], "avertissements": []}, texte, en_json=en_json)
    if any(fait["laisses"] for fait in faits):
        ctx.exit(1)


def _import_un(creancier: Creancier, fichier: Path, conditions: str | None, *, a_blanc: bool) -> dict[str, Any]:
    from django.db import transaction

    from exigible.bureau.imports.services import apply_import, prepare_import

    try:
        fichier.open("rb").close()
    except OSError:
        message = f"Le fichier « {fichier} » ne peut pas être ouvert : vérifiez son nom et vos droits."
        raise ErreurSaisie("fichier_inaccessible", message, "FICHIER") from None
    with transaction.atomic():
        importation = prepare_import(creancier, fichier.name, fichier, AUTEUR, conditions=conditions)
        transaction.set_rollback(a_blanc)
    erreur = ""
    if not a_blanc:
        try:
            with _show_progres(fichier.name) as dire:
                importation = apply_import(importation, AUTEUR, dire)
        except ErreurExigible as refus:
            erreur = refus.message
            importation.refresh_from_db()
    return {
        "nom": fichier.name,
        "erreur": erreur,
        "statut": str(importation.statut),
        "resume": importation.resume,
        **importation.apercu,
        "laisses": [] if a_blanc else _list_laisses(importation),
    }


@contextmanager
def _show_progres(nom: str) -> Iterator[Dire]:
    """Show a bar on the terminal, if there is one; standard output stays for the result."""
    if not sys.stderr.isatty():
        yield lambda _fait, _total: None
        return
    with click.progressbar(length=1, label=nom, file=sys.stderr, show_pos=True) as barre:

        def dire(fait: int, total: int) -> None:
            barre.length = max(total, 1)
            barre.update(fait - barre.pos)

        yield dire


def _list_laisses(importation: Importation) -> list[dict[str, str]]:
    from exigible.bureau.phrases import load_phrase

    laisses = importation.parts.exclude(erreur="").order_by("pk")
    return [{"nom": part.nom, "raison": str(load_phrase(part.erreur))} for part in laisses]


def _format_import(fait: dict[str, Any], *, a_blanc: bool) -> str:
    comptes = fait["comptes"]
    verbe = "serait importé" if a_blanc else "importé"
    etats = {"cree": "créés", "modifie": "modifiés", "inchange": "inchangés", "refuse": "refusés"}
    if comptes.get("disparu"):
        etats["disparu"] = "absents de ce fichier, à vérifier"
    lignes = [
        f"{fait['nom']} ({fait['format'] or 'format inconnu'}) : {fait['erreur'] or verbe}",
        "  " + ", ".join(f"{dit} {comptes[issue]}" for issue, dit in etats.items()),
    ]
    lignes += [_format_comptabilite(lue) for lue in fait.get("comptabilites", ())]
    for ligne in fait["lignes"]:
        if ligne["issue"] == "refuse":
            ou = f"ligne {ligne['ligne']} : " if ligne["ligne"] else ""
            lignes.append(f"  refusé – {ou}{ligne['raison']}")
    lignes += [f"  laissé de côté – {laisse['nom']} : {laisse['raison']}" for laisse in fait["laisses"]]
    lignes += [f"  à dire – {question['phrase']}" for question in fait["questions"]]
    lignes += [f"  remarque – {remarque}" for remarque in fait["remarques"]]
    return "\n".join(lignes)


def _format_comptabilite(lue: dict[str, str]) -> str:
    """Say whether what was read of each customer's account equals the ledger."""
    comptes, egaux = lue["comptes_de_clients"], lue["comptes_concordants"]
    if comptes == egaux and not Decimal(lue["ecart"]):
        return f"  comptes de clients : {comptes}, au centime près comme dans la comptabilité"
    return f"  comptes de clients égaux à la comptabilité : {egaux} sur {comptes}, écart de {lue['ecart']} €"


def _find_creancier(nom: str | None) -> Creancier:
    from exigible.bureau.tiers.models import Creancier

    trouves = list(Creancier.objects.filter(nom__iexact=nom) if nom else Creancier.objects.all()[:2])
    if not trouves:
        message = "Aucun créancier : ouvrez le bureau (exigible serve) et décrivez d'abord votre entreprise."
        raise ErreurSaisie("creancier_absent", message, "--creancier")
    if len(trouves) > 1:
        raise ErreurSaisie("creancier_ambigu", "Il y a plusieurs créanciers : dites lequel.", "--creancier")
    creancier: Creancier = trouves[0]
    return creancier
