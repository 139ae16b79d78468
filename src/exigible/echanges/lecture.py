"""Read any file: recognise it by its content, hand it to its reader, and always give a `FichierLu`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from exigible.droit.echeances import ConditionsPaiement, compute_echeance
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.archives import Budget, merge_membres, open_membres
from exigible.echanges.cii import read_cii
from exigible.echanges.collecte import Collecte, Lecture
from exigible.echanges.colonnes import fold_correspondance, is_releve
from exigible.echanges.contenu import Contenu
from exigible.echanges.csv_releve import read_csv_releve
from exigible.echanges.enregistrements import CreanceLue, FichierLu
from exigible.echanges.facturx import read_facturx
from exigible.echanges.fec import read_fec
from exigible.echanges.pain002 import read_pain002
from exigible.echanges.reconnaitre import Conteneur, Format, recognise
from exigible.echanges.releves import LecteurReleve, ReleveOuvert
from exigible.echanges.releves_formats import LECTEURS_RELEVES
from exigible.echanges.statuts import read_statuts
from exigible.echanges.tableaux import build_non_lu, read_classeur, read_csv
from exigible.echanges.ubl import read_ubl

Lecteur = Callable[[Contenu, Collecte], Lecture]

_LECTEURS: dict[Format | Conteneur, Lecteur] = {
    Format.CII: read_cii,
    Format.UBL: read_ubl,
    Format.CDAR: read_statuts,
    Format.PAIN002: read_pain002,
    Conteneur.PDF: read_facturx,
}
_TABLEAUX: dict[Format | Conteneur, Callable[..., Lecture]] = {
    Conteneur.CLASSEUR: read_classeur,
    Conteneur.CSV: read_csv,
}


class _Options(NamedTuple):
    """What is said once for a file and, when it is an archive, for each of its members."""

    conditions: ConditionsPaiement | None
    colonnes: Mapping[str, str] | None
    suivies: Collection[str]


def read_fichier(
    source: Path | bytes,
    nom: str | None = None,
    *,
    conditions: ConditionsPaiement | None = None,
    colonnes: Mapping[str, str] | None = None,
    suivies: Collection[str] = (),
) -> FichierLu:
    """Read a file given by its path or its bytes; `nom` is the name shown to people (default: that of the path).

    Faults are in `erreurs`, never raised. `conditions` (terms of sale) gives invoices without a due date one, marked
    `echeance_calculee`. `colonnes`, for a CSV or a spreadsheet, gives the field (one of `CHAMPS`) of columns by their
    title, or an empty text to leave one aside; the others are recognised as ever. `suivies`: numbers of invoices (as
    `normalize` writes them) that a ledger gives even when it has closed them. The members of an archive are put
    together: see `read_fichiers` to have them apart.

    Raises ErreurSaisie when the file cannot be opened (`fichier_inaccessible`), and when `colonnes` names a field that
    is unknown (`champ_inconnu`) or given twice (`champ_en_double`).
    """
    lus = read_fichiers(source, nom, conditions=conditions, colonnes=colonnes, suivies=suivies)
    return merge_membres(lus[0], lus[1:]) if lus[0].format == Format.ZIP else lus[0]


def read_fichiers(
    source: Path | bytes,
    nom: str | None = None,
    *,
    conditions: ConditionsPaiement | None = None,
    colonnes: Mapping[str, str] | None = None,
    suivies: Collection[str] = (),
) -> tuple[FichierLu, ...]:
    """Read as `read_fichier`; an archive gives itself, without records, then each of its members (`archive/member`)."""
    ouverts = open_fichiers(source, nom, conditions=conditions, colonnes=colonnes, suivies=suivies)
    return tuple(_collect(ouvert) for ouvert in ouverts)


def open_fichiers(
    source: Path | bytes,
    nom: str | None = None,
    *,
    conditions: ConditionsPaiement | None = None,
    colonnes: Mapping[str, str] | None = None,
    suivies: Collection[str] = (),
) -> tuple[ReleveOuvert | FichierLu, ...]:
    """Read as `read_fichiers`, but a bank file of any length is only opened: iterate over its movements."""
    correspondance = fold_correspondance(colonnes) if colonnes else None
    options = _Options(conditions, correspondance, suivies)
    return tuple(_iter_fichiers(Contenu(source, nom), options, Budget(), 0))


def _collect(ouvert: ReleveOuvert | FichierLu) -> FichierLu:
    return ouvert.collect() if isinstance(ouvert, ReleveOuvert) else ouvert


def _iter_fichiers(
    contenu: Contenu, options: _Options, budget: Budget, profondeur: int
) -> Iterator[ReleveOuvert | FichierLu]:
    """Open a file, or an archive and its members: these are read at once, for they do not last."""
    genre = recognise(contenu) if contenu.taille else None
    genre = _impose_genre(genre, options.colonnes)
    if genre is not Format.ZIP:
        releve = _choose_lecteur_releve(genre, options.colonnes) if genre else None
        if genre and releve:
            yield ReleveOuvert(contenu, genre.value, Collecte(), releve)
        else:
            yield _read_contenu(contenu, genre, options)
        return
    collecte = Collecte()
    membres = [
        _collect(lu)
        for membre in open_membres(contenu, budget, collecte, profondeur)
        for lu in _iter_fichiers(membre, options, budget, profondeur + 1)
    ]
    if not membres and not collecte.list_erreurs():
        collecte.add("archive_vide", phrase("L'archive « {nom} » ne contient aucun fichier.", nom=contenu.nom))
    yield FichierLu(
        nom=contenu.nom,
        format=Format.ZIP,
        sha256=contenu.sha256,
        taille=contenu.taille,
        erreurs=collecte.list_erreurs(),
    )
    yield from membres


def _impose_genre(genre: Format | Conteneur | None, colonnes: Mapping[str, str] | None) -> Format | Conteneur | None:
    """Make of a CSV the list or the statement that a person said it is."""
    if colonnes and genre in {Format.CSV_RELEVE, Conteneur.CSV}:
        return Format.CSV_RELEVE if is_releve(colonnes) else Conteneur.CSV
    return genre


def _choose_lecteur_releve(genre: Format | Conteneur, colonnes: Mapping[str, str] | None) -> LecteurReleve | None:
    if genre is Format.CSV_RELEVE:
        return partial(read_csv_releve, colonnes=colonnes)
    return LECTEURS_RELEVES.get(genre)


def _read_contenu(contenu: Contenu, genre: Format | Conteneur | None, options: _Options) -> FichierLu:
    conditions = options.conditions
    collecte = Collecte()
    lecture = _read(contenu, genre, collecte, options)
    creances = lecture.creances if lecture else ()
    a_part = lecture.a_part if lecture else ()
    return FichierLu(
        nom=contenu.nom,
        format=lecture.format if lecture else None,
        sha256=contenu.sha256,
        taille=contenu.taille,
        creances=_add_echeances(creances, conditions) if conditions else creances,
        a_part=_add_echeances(a_part, conditions) if conditions else a_part,
        mouvements=lecture.mouvements if lecture else (),
        tiers=lecture.tiers if lecture else (),
        compte=lecture.comptes[0] if lecture and lecture.comptes else None,
        comptes=lecture.comptes if lecture else (),
        erreurs=collecte.list_erreurs(),
        resume=lecture.resume if lecture else {},
        colonnes=lecture.colonnes if lecture else (),
        statuts=lecture.statuts if lecture else (),
        comptes_rendus=lecture.comptes_rendus if lecture else (),
    )


def _read(contenu: Contenu, genre: Format | Conteneur | None, collecte: Collecte, options: _Options) -> Lecture | None:
    """Recognise and read; None, with one sentence, when nothing can be made of the file."""
    if not contenu.taille:
        collecte.add("fichier_vide", phrase("Le fichier « {nom} » est vide.", nom=contenu.nom))
        return None
    if genre in {Conteneur.CSV, Format.FEC} and not _check_encodage(contenu, collecte):
        return None
    lecteur = _choose_lecteur(genre, options.colonnes, options.suivies) if genre else None
    if isinstance(genre, Format) and lecteur is None:
        return build_non_lu(genre, collecte)
    if lecteur is None:
        collecte.add(
            "format_inconnu",
            phrase(
                "Le fichier « {nom} » est d'un format inconnu. Formats lus : FEC, facture électronique (Factur-X, CII, "
                "UBL) et ses statuts, liste de factures ou de clients (CSV, XLSX, ODS), relevé bancaire, archive ZIP.",
                nom=contenu.nom,
            ),
        )
        return None
    try:
        return lecteur(contenu, collecte)
    except ErreurSaisie as erreur:
        collecte.add_exception(erreur)
        return Lecture(format=genre) if isinstance(genre, Format) else None


def _check_encodage(contenu: Contenu, collecte: Collecte) -> bool:
    """Whether the text can be read right; if not, say so. An old encoding is read, with a warning."""
    if contenu.mele:
        ligne = contenu.find_ligne_illisible()
        message = phrase(
            "Ligne {ligne} : le fichier « {nom} » est en UTF-8 mais cette ligne ne l'est pas ; enregistrez-le de "
            "nouveau en UTF-8.",
            ligne=ligne,
            nom=contenu.nom,
        )
        collecte.add("encodage_mele", message, ligne=ligne)
        return False
    if contenu.douteux:
        collecte.add(
            "encodage_inconnu",
            phrase(
                "Le fichier « {nom} » mêle l'encodage de DOS (CP850) et celui de Windows (Windows-1252) : ses accents "
                "seraient faux ; enregistrez-le de nouveau en UTF-8.",
                nom=contenu.nom,
            ),
        )
        return False
    if contenu.encodage == "cp850":
        collecte.warn(
            "encodage_dos",
            phrase(
                "Le fichier « {nom} » est dans un ancien encodage de DOS (CP850) : il est lu ainsi ; vérifiez les "
                "accents des noms.",
                nom=contenu.nom,
            ),
        )
    return True


def _choose_lecteur(
    genre: Format | Conteneur, colonnes: Mapping[str, str] | None, suivies: Collection[str]
) -> Lecteur | None:
    if genre is Format.FEC:
        return partial(read_fec, suivies=suivies)
    tableau = _TABLEAUX.get(genre)
    return partial(tableau, colonnes=colonnes) if tableau else _LECTEURS.get(genre)


def _add_echeances(creances: tuple[CreanceLue, ...], conditions: ConditionsPaiement) -> tuple[CreanceLue, ...]:
    """Give the invoices without a due date the one that the terms of sale make."""
    return tuple(
        creance
        if creance.date_echeance or creance.nature != "facture" or creance.a_nouveau
        else replace(
            creance,
            date_echeance=compute_echeance(creance.date_emission, conditions),
            motif_sans_echeance=None,
            echeance_calculee=True,
        )
        for creance in creances
    )
