"""Bring files in: read and preview, then apply as work to do, or leave. The same file again changes nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from exigible.bureau import horloge
from exigible.bureau.imports.annulation import compute_annulation
from exigible.bureau.imports.application import NATURE
from exigible.bureau.imports.correspondances import find_correspondance, keep_utiles, remember_correspondance
from exigible.bureau.imports.lecture import Lus, build_plan, describe_plan, read_contenu, write_resume
from exigible.bureau.imports.models import ANNULABLES, REPRENABLES, Depot, Importation, StatutImportation
from exigible.bureau.imports.plan import SANS_EFFET, Issue
from exigible.bureau.journal.ecriture import lock_chaines
from exigible.bureau.journal.models import Chaine
from exigible.bureau.journal.services import FaitAEcrire, record_lots, store_fichier
from exigible.bureau.octets import TAILLE_MAX, insert_octets, open_octets
from exigible.bureau.tiers.models import Creancier
from exigible.bureau.travaux.services import Dire, create_travail, run_maintenant, withdraw_travail
from exigible.dossier.faits import Etape, FaitAnnule
from exigible.dossier.faits_creancier import ImportationAnnulee
from exigible.droit.echeances import parse_conditions
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.phrase import Phrase, phrase

_TYPES_MIME = {
    "facturx": "application/pdf",
    "cii": "application/xml",
    "ubl": "application/xml",
    "cdar": "application/xml",
    "camt052": "application/xml",
    "camt053": "application/xml",
    "camt054": "application/xml",
    "zip": "application/zip",
    "xlsx_factures": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsx_tiers": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsx_releve": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv_factures": "text/csv",
    "csv_tiers": "text/csv",
    "fec": "text/plain",
}
JOURS_D_UN_APERCU = 7
_MIO = 1024 * 1024
_ENVOYABLES = (Etape.COURTOISIE, Etape.RELANCE, Etape.MISE_EN_DEMEURE)


def prepare_import(  # noqa: PLR0913 - the answers about a file, all named
    creancier: Creancier,
    nom: str,
    contenu: bytes | Path,
    auteur: str,
    *,
    conditions: str | None = None,
    deja_envoye: str | None = None,
    deja_envoye_le: date | None = None,
    colonnes: Mapping[str, str] | None = None,
) -> Importation:
    """Read a file and keep it with its preview; nothing else is written but the meaning given to its columns.

    A large file is given by its path: its bytes are never all in memory, nor its bank lines.
    `conditions`: terms of sale for the invoices without a due date (default: the creditor's). `deja_envoye`: one answer
    for all the claims of the file (`courtoisie`, `relance`, `mise_en_demeure`), sent on `deja_envoye_le`; a column of
    the file wins. `colonnes`: the field of each column by its key, remembered for the next file with the same header;
    None reads as was said the last time, else by itself. Raises ErreurSaisie when an answer cannot be read.
    """
    _check_reponses(conditions, deja_envoye, deja_envoye_le)
    importation = Importation(
        cabinet_id=creancier.cabinet_id,
        creancier=creancier,
        nom=nom[:255],
        conditions=conditions or "",
        deja_envoye=deja_envoye or "",
        deja_envoye_le=deja_envoye_le,
        cree_le=horloge.now(),
        auteur=auteur,
    )
    with _lay_down(contenu) as chemin:
        _check_taille(chemin, nom)
        lus, origine = _read_colonnes(importation, chemin, colonnes)
        plan = build_plan(importation, lus)
        importation.format = lus.premier.format or ""
        importation.apercu = describe_plan(importation, plan, lus, origine)
        importation.resume = write_resume(lus)
        with transaction.atomic():
            if colonnes:
                remember_correspondance(importation, lus)
            _abandon_oublies(creancier)
            importation.save()
            insert_octets(Depot, "contenu", chemin, importation=importation)
    return importation


def _check_taille(chemin: Path, nom: str) -> None:
    taille = chemin.stat().st_size
    if taille > TAILLE_MAX:
        message = phrase(
            "Le fichier « {nom} » pèse {taille} Mo : le bureau garde des fichiers de {maximum} Mo au plus. Exportez "
            "une période plus courte.",
            nom=nom,
            taille=taille // _MIO,
            maximum=TAILLE_MAX // _MIO,
        )
        raise ErreurSaisie("fichier_trop_gros", message, "fichiers")


@contextmanager
def _lay_down(contenu: bytes | Path) -> Iterator[Path]:
    """Give a file by its path, on the disk for the time of the block if it is not there yet."""
    if isinstance(contenu, Path):
        yield contenu
        return
    with tempfile.NamedTemporaryFile(prefix="exigible-") as sortie:
        sortie.write(contenu)
        sortie.flush()
        yield Path(sortie.name)


def start_import(importation: Importation, auteur: str) -> Importation:
    """Order a previewed file to be written: it is work to do from now on (`travail`), its bytes are evidence.

    Raises ErreurExigible when the import is already applied or left, or has nothing to bring.
    """
    with transaction.atomic():
        importation = _lock(importation)
        if importation.statut != StatutImportation.APERCU:
            raise ErreurExigible(
                "import_clos", phrase("Cet import est déjà appliqué ou abandonné : déposez le fichier à nouveau.")
            )
        comptes = importation.apercu["comptes"]
        if not any(comptes[issue.value] for issue in Issue if issue not in SANS_EFFET):
            raise ErreurExigible(
                "import_vide", phrase("Ce fichier n'apporte rien : {raison}.", raison=_explain_vide(comptes))
            )
        type_mime = _TYPES_MIME.get(importation.format, "application/octet-stream")
        with open_depot(importation) as chemin:
            importation.piece = store_fichier(importation.creancier.cabinet, chemin, importation.nom, type_mime)
        Depot.objects.filter(importation=importation).delete()
        importation.commence_le = horloge.now()
        _order(importation, auteur)
    return importation


def apply_import(
    importation: Importation, auteur: str, dire: Dire = lambda _fait, _total: None, *, attendre: bool = True
) -> Importation:
    """Write all that is good in a previewed file, then match its bank lines: one short transaction a dossier.

    The file is planned against the present state: what came in between is not doubled. One dossier that fails is left
    aside and the rest goes on (`PARTIEL`). Stopped halfway, it is gone on with by whoever takes work. `dire` is told
    how far it is; without `attendre`, it is left to a worker when another import of this creditor is running. Raises
    ErreurExigible when the import is already applied or left, or has nothing to bring.
    """
    importation = start_import(importation, auteur)
    run_maintenant(importation.travail, dire, attendre=attendre)
    importation.refresh_from_db()
    return importation


def resume_import(importation: Importation, auteur: str) -> Importation:
    """Order the rest of an import that stopped halfway, or left dossiers aside. Raises ErreurExigible otherwise."""
    with transaction.atomic():
        importation = _lock(importation)
        if importation.statut not in REPRENABLES:
            raise ErreurExigible("import_non_reprenable", phrase("Cet import n'a rien à reprendre."))
        importation.parts.exclude(erreur="").delete()
        _order(importation, auteur)
    return importation


def _order(importation: Importation, auteur: str) -> None:
    parametres = {"importation": str(importation.pk), "auteur": auteur}
    voie = f"creancier-{importation.creancier_id}"
    importation.travail = create_travail(importation.creancier.cabinet, NATURE, parametres, voie)
    importation.statut = StatutImportation.EN_COURS
    importation.save()


def undo_import(importation: Importation, motif: str, auteur: str) -> Importation:
    """Cancel all that an import wrote, whole or halfway, in one transaction, while nothing recorded since rests on it.

    Its receipt stays in the journal, with who undid it and why; so do the descriptions of the debtors it opened. Raises
    ErreurSaisie without a reason, ErreurExigible (`import_utilise`) with one sentence that names what depends on it.
    """
    if not motif.strip():
        raise ErreurSaisie("motif_absent", phrase("Indiquez pourquoi vous annulez cet import."), "motif")
    with transaction.atomic():
        importation = _lock(importation)
        _stop_si_en_attente(importation)
        if importation.statut not in ANNULABLES:
            raise ErreurExigible(
                "import_non_applique", phrase("Cet import n'est pas appliqué : il n'y a rien à annuler.")
            )
        if not importation.ecrits and importation.commence_le is None:
            raise ErreurExigible(
                "import_sans_trace",
                phrase("Cet import a été fait avant qu'on puisse annuler : corrigez-le dossier par dossier."),
            )
        annulation = compute_annulation(importation)
        if refus := annulation.explain_refus():
            raise ErreurExigible("import_utilise", refus)
        aujourd_hui = horloge.today()
        annule = FaitAnnule(motif=f"import « {importation.nom} » annulé : {motif}")
        lots = {
            chaine: [FaitAEcrire(annule, aujourd_hui, rang) for rang in rangs]
            for chaine, rangs in annulation.rangs.items()
        }
        recu = ImportationAnnulee(importation=str(importation.pk), motif=motif)
        lots.setdefault(importation.creancier.chaine_id, []).append(FaitAEcrire(recu, aujourd_hui))
        chaines = Chaine.objects.in_bulk(list(lots))
        record_lots([(chaines[cle], faits) for cle, faits in lots.items()], auteur)
        importation.statut = StatutImportation.ANNULE
        importation.annule_le, importation.annule_par, importation.motif_annulation = horloge.now(), auteur, motif
        importation.ecrits = {str(chaine): rangs for chaine, rangs in annulation.rangs.items()}
        importation.save()
        importation.parts.all().delete()
    return importation


def _stop_si_en_attente(importation: Importation) -> None:
    """Give up a running import that nobody holds, so that it can be undone. Raises ErreurExigible when one does."""
    if importation.statut != StatutImportation.EN_COURS:
        return
    if importation.travail is not None and not withdraw_travail(importation.travail):
        raise ErreurExigible(
            "import_en_cours", phrase("Cet import est en cours : attendez sa fin, puis annulez-le si besoin.")
        )
    importation.statut = StatutImportation.INTERROMPU


def _lock(importation: Importation) -> Importation:
    """Read an import again, once nobody else can write for its creditor."""
    lock_chaines([importation.creancier.chaine_id])
    lignes = Importation.objects.select_related("creancier__chaine", "creancier__cabinet", "piece", "travail")
    return lignes.defer("piece__contenu").get(pk=importation.pk)


def abandon_import(importation: Importation) -> None:
    """Leave a previewed file: nothing of it enters. Raises ErreurExigible when it was applied."""
    with transaction.atomic():
        laissees = Importation.objects.filter(pk=importation.pk, statut=StatutImportation.APERCU)
        if not laissees.update(statut=StatutImportation.ABANDONNE):
            raise ErreurExigible("import_clos", phrase("Cet import est déjà appliqué ou abandonné."))
        Depot.objects.filter(importation=importation.pk).delete()


def _abandon_oublies(creancier: Creancier) -> None:
    """Leave the previews that nobody came back to: their bytes need not stay."""
    limite = horloge.now() - timedelta(days=JOURS_D_UN_APERCU)
    oublies = Importation.objects.filter(creancier=creancier, statut=StatutImportation.APERCU, cree_le__lt=limite)
    Depot.objects.filter(importation__in=oublies).delete()
    oublies.update(statut=StatutImportation.ABANDONNE)


def _explain_vide(comptes: Mapping[str, int]) -> Phrase:
    if comptes[Issue.REFUSE.value]:
        return phrase("aucune de ses lignes n'a pu être lue")
    return phrase("ni créance ouverte, ni client, ni mouvement n'y figure")


def _check_reponses(conditions: str | None, deja_envoye: str | None, deja_envoye_le: date | None) -> None:
    if conditions:
        parse_conditions(conditions, "conditions")
    if deja_envoye and deja_envoye not in {e.value for e in _ENVOYABLES}:
        raise ErreurSaisie(
            "etape_inconnue",
            phrase(
                "« {deja_envoye} » n'est pas un envoi connu : courtoisie, relance ou mise_en_demeure.",
                deja_envoye=deja_envoye,
            ),
            "deja_envoye",
        )
    if deja_envoye_le and deja_envoye_le > horloge.today():
        raise ErreurSaisie(
            "date_future", phrase("La date du dernier envoi est dans l'avenir : corrigez-la."), "deja_envoye_le"
        )


@contextmanager
def open_depot(importation: Importation) -> Iterator[Path]:
    """Give a previewed file, on the disk for the time of the block.

    Raises ErreurExigible once it was applied or left.
    """
    depot = Depot.objects.filter(importation=importation.pk).defer("contenu").first()
    if depot is None:
        raise ErreurExigible(
            "depot_absent", phrase("Le fichier « {nom} » n'est plus là : déposez-le à nouveau.", nom=importation.nom)
        )
    with open_octets(depot, "contenu") as chemin:
        yield chemin


def _read_colonnes(importation: Importation, chemin: Path, colonnes: Mapping[str, str] | None) -> tuple[Lus, str]:
    """Read with the columns just given (`choisies`), else as the last time (`memoire`), else by itself."""
    if colonnes:
        importation.colonnes = dict(colonnes)
        lus = read_contenu(importation, chemin)
        importation.colonnes = keep_utiles(colonnes, lus.premier)
        return lus, "choisies"
    lus = read_contenu(importation, chemin)
    importation.colonnes = find_correspondance(importation.creancier, lus.premier)
    return (read_contenu(importation, chemin), "memoire") if importation.colonnes else (lus, "")
