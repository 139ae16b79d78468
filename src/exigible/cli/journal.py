"""`exigible journal`: journals as files, their seals, and the erasure of what has been kept long enough."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exigible.cli.base import migrate, start_django
from exigible.cli.bureau_recits import describe_effacement
from exigible.cli.fichiers import open_fichier, write_fichier
from exigible.cli.sortie import Commande, Groupe, Option, commande, emit, write_aide
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import format_jour

if TYPE_CHECKING:
    from exigible.bureau.comptes.models import Cabinet

AUTEUR = "ligne de commande"
_CABINET = click.option("--cabinet", "nom", cls=Option, help="Nom du cabinet, s'il y en a plusieurs.")


@click.group(cls=Groupe, no_args_is_help=True, help="Exporter, importer, sceller ou effacer le journal.")
def journal() -> None:
    """Group the commands of the journal."""


@journal.command(
    "export",
    cls=Commande,
    help=write_aide(
        "Écrire un dossier (parties et faits) en JSON, pour « exigible decompte ».",
        "exigible journal export D-00001 --sortie dossier.json",
    ),
)
@click.argument("reference", metavar="RÉFÉRENCE")
@click.option("--sortie", cls=Option, type=click.Path(path_type=Path), help="Fichier à écrire (sinon, à l'écran).")
def export(reference: str, sortie: Path | None) -> None:
    """Write one dossier; its creditor's bank lines and imports, which tell of others, are left out."""
    start_django()
    from exigible.bureau.tiers.lecture import read_journaux_des_dossiers
    from exigible.bureau.tiers.models import Dossier
    from exigible.dossier.description import describe_journal, write_description

    trouves = list(Dossier.objects.filter(reference__iexact=reference).select_related("creancier", "chaine")[:2])
    if len(trouves) != 1:
        message = (
            f"Aucun dossier ne porte la référence « {reference} »."
            if not trouves
            else f"Plusieurs cabinets ont un dossier « {reference} » : exportez-le depuis leur bureau."
        )
        raise ErreurSaisie("dossier_introuvable", message, "RÉFÉRENCE")
    journaux = read_journaux_des_dossiers(trouves)
    texte = write_description(describe_journal(journaux.of_dossier(trouves[0]), journaux.of_creancier(trouves[0])))
    if sortie is None:
        click.echo(texte.decode())
        return
    write_fichier(sortie, [texte, b"\n"], "--sortie")


@commande(
    "exporter",
    aide="Écrire tout le journal d'un cabinet dans un fichier, que chacun peut vérifier sans ce programme.",
    exemple="exigible journal exporter journal.jsonl",
)
@click.argument("fichier", metavar="FICHIER", type=click.Path(path_type=Path))
@_CABINET
def exporter(fichier: Path, nom: str | None, *, en_json: bool) -> None:
    """Write the facts, seals and files of a cabinet; its users and settings are not facts."""
    start_django()
    migrate()
    from exigible.bureau.journal.exportation import export_journal

    cabinet = _find_cabinet(nom)
    lignes = write_fichier(fichier, export_journal(cabinet), "FICHIER")
    texte = f"Le journal de « {cabinet.nom} » est écrit : {fichier} (lignes : {lignes})."
    emit({"fichier": str(fichier), "lignes": lignes, "articles": [], "avertissements": []}, texte, en_json=en_json)


@commande(
    "importer",
    aide="Reprendre un journal exporté : vérifié ligne par ligne, il entre en entier ou pas du tout.",
    exemple="exigible journal importer journal.jsonl",
)
@click.argument("fichier", metavar="FICHIER", type=click.Path(path_type=Path))
@click.pass_context
def importer(ctx: click.Context, fichier: Path, *, en_json: bool) -> None:
    """Read it into a new cabinet, then build its projections; status 1 when a dossier could not be read."""
    start_django()
    migrate()
    from exigible.bureau.journal.importation import import_journal
    from exigible.bureau.tiers.verification import rebuild_projections

    with open_fichier(fichier) as octets:
        importe = import_journal(octets)
    laisses = rebuild_projections(importe.cabinet)
    comptes = {n: getattr(importe, n) for n in ("chaines", "faits", "sceaux", "pieces")}
    texte = f"Le journal de « {importe.cabinet.nom} » est repris. Faits : {importe.faits} ; pièces : {importe.pieces}."
    if laisses:
        texte += f"\nDossiers illisibles : {', '.join(laisses)}."
    resultat = {"cabinet": importe.cabinet.nom, **comptes, "laisses_de_cote": laisses}
    emit({**resultat, "articles": [], "avertissements": []}, texte, en_json=en_json)
    if laisses:
        ctx.exit(1)


@commande(
    "sceau",
    aide="Dire le dernier sceau de chaque cabinet, à noter ailleurs : il témoigne de tout ce qui le précède.",
    exemple="exigible journal sceau",
)
def sceau(*, en_json: bool) -> None:
    """Show the last seal; « verifier --temoin » looks for it later."""
    start_django()
    migrate()
    from exigible.bureau.comptes.models import Cabinet
    from exigible.bureau.journal.sceaux import get_dernier_sceau

    sceaux: list[dict[str, Any]] = []
    lignes: list[str] = []
    for cabinet in Cabinet.objects.order_by("pk"):
        dernier = get_dernier_sceau(cabinet)
        jour, empreinte = (dernier.jour, dernier.empreinte) if dernier else (None, None)
        sceaux.append({"cabinet": cabinet.nom, "jour": jour, "empreinte": empreinte})
        dit = f"{empreinte} (sceau du {format_jour(jour)})" if jour else "aucun sceau encore : faites la journée."
        lignes.append(f"{cabinet.nom} : {dit}")
    texte = "\n".join(lignes) or "Aucun cabinet : la base est vide."
    emit({"sceaux": sceaux, "articles": [], "avertissements": []}, texte, en_json=en_json)


@commande(
    "effacer",
    aide="Effacer le contenu des dossiers soldés dont la conservation est finie ; sans --appliquer, le dire seulement.",
    exemple="exigible journal effacer --annees 12",
)
@_CABINET
@click.option("--annees", type=int, cls=Option, help="Choisir et retenir la durée : années pleines, 10 au moins.")
@click.option("--appliquer", is_flag=True, cls=Option, help="Effacer vraiment : ce qui est effacé ne revient pas.")
def effacer(nom: str | None, annees: int | None, *, appliquer: bool, en_json: bool) -> None:
    """Erase a dossier at a time; without `--appliquer` nothing is written, but the retention chosen."""
    start_django()
    migrate()
    from exigible.bureau import horloge
    from exigible.bureau.journal.effacement import get_annees, run_effacement, set_annees

    cabinet = _find_cabinet(nom)
    if annees is not None:
        set_annees(cabinet, annees)
    bilan = run_effacement(cabinet, horloge.today(), AUTEUR, appliquer=appliquer)
    resultat, texte = describe_effacement(bilan, get_annees(cabinet), applique=appliquer)
    emit(resultat, texte, en_json=en_json)


for _commande in (exporter, importer, sceau, effacer):
    journal.add_command(_commande)


def _find_cabinet(nom: str | None) -> Cabinet:
    from exigible.bureau.comptes.models import Cabinet

    cabinets: list[Cabinet] = list(
        Cabinet.objects.order_by("nom") if nom is None else Cabinet.objects.filter(nom__iexact=nom)
    )
    if len(cabinets) == 1:
        return cabinets[0]
    if not cabinets:
        message = "La base est vide." if nom is None else f"Aucun cabinet ne s'appelle « {nom} »."
    else:
        noms = ", ".join(f"« {cabinet.nom} »" for cabinet in cabinets)
        message = f"Dites lequel par --cabinet : {noms}."
    raise ErreurSaisie("cabinet_introuvable", message, "--cabinet")
