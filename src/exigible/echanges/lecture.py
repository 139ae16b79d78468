"""Read any file: recognise it by its content, hand it to its reader, and always give a `FichierLu`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from exigible.droit.echeances import ConditionsPaiement, compute_echeance
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.camt053 import read_camt053
from exigible.echanges.cii import read_cii
from exigible.echanges.collecte import Collecte, Lecture
from exigible.echanges.colonnes import fold_correspondance
from exigible.echanges.contenu import Contenu
from exigible.echanges.enregistrements import CreanceLue, FichierLu
from exigible.echanges.facturx import read_facturx
from exigible.echanges.fec import read_fec
from exigible.echanges.reconnaitre import Conteneur, Format, recognise
from exigible.echanges.tableaux import build_non_lu, read_classeur, read_csv

Lecteur = Callable[[Contenu, Collecte], Lecture]

_LECTEURS: dict[Format | Conteneur, Lecteur] = {
    Format.FEC: read_fec,
    Format.CII: read_cii,
    Format.CAMT053: read_camt053,
    Conteneur.PDF: read_facturx,
}
_TABLEAUX: dict[Format | Conteneur, Callable[..., Lecture]] = {
    Conteneur.CLASSEUR: read_classeur,
    Conteneur.CSV: read_csv,
}


def read_fichier(
    source: Path | bytes,
    nom: str | None = None,
    *,
    conditions: ConditionsPaiement | None = None,
    colonnes: Mapping[str, str] | None = None,
) -> FichierLu:
    """Read a file given by its path or its bytes; `nom` is the name shown to people (default: that of the path).

    Faults are in `erreurs`, never raised. `conditions` (terms of sale) gives invoices without a due date one, marked
    `echeance_calculee`. `colonnes`, for a CSV or a spreadsheet, gives the field (one of `CHAMPS`) of columns by their
    title, or an empty text to leave one aside; the others are recognised as ever.

    Raises ErreurSaisie when the file cannot be opened (`fichier_inaccessible`), and when `colonnes` names a field that
    is unknown (`champ_inconnu`) or given twice (`champ_en_double`).
    """
    correspondance = fold_correspondance(colonnes) if colonnes else None
    contenu = Contenu(source, nom)
    collecte = Collecte()
    lecture = _read(contenu, collecte, correspondance)
    creances = lecture.creances if lecture else ()
    return FichierLu(
        nom=contenu.nom,
        format=lecture.format if lecture else None,
        sha256=contenu.sha256,
        taille=contenu.taille,
        creances=_add_echeances(creances, conditions) if conditions else creances,
        mouvements=lecture.mouvements if lecture else (),
        tiers=lecture.tiers if lecture else (),
        compte=lecture.comptes[0] if lecture and lecture.comptes else None,
        comptes=lecture.comptes if lecture else (),
        erreurs=collecte.list_erreurs(),
        resume=lecture.resume if lecture else {},
        colonnes=lecture.colonnes if lecture else (),
    )


def _read(contenu: Contenu, collecte: Collecte, colonnes: Mapping[str, str] | None) -> Lecture | None:
    """Recognise and read; None, with one sentence, when nothing can be made of the file."""
    if not contenu.taille:
        collecte.add("fichier_vide", phrase("Le fichier « {nom} » est vide.", nom=contenu.nom))
        return None
    genre = recognise(contenu)
    if genre in {Conteneur.CSV, Format.FEC} and not _check_encodage(contenu, collecte):
        return None
    lecteur = _choose_lecteur(genre, colonnes) if genre else None
    if isinstance(genre, Format) and lecteur is None:
        return build_non_lu(genre, collecte)
    if lecteur is None:
        collecte.add(
            "format_inconnu",
            phrase(
                "Le fichier « {nom} » est d'un format inconnu. Formats lus : FEC, facture Factur-X, liste de factures "
                "ou de clients (CSV, XLSX), relevé CAMT.053.",
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


def _choose_lecteur(genre: Format | Conteneur, colonnes: Mapping[str, str] | None) -> Lecteur | None:
    tableau = _TABLEAUX.get(genre)
    return partial(tableau, colonnes=colonnes) if tableau else _LECTEURS.get(genre)


def _add_echeances(creances: tuple[CreanceLue, ...], conditions: ConditionsPaiement) -> tuple[CreanceLue, ...]:
    """Give the invoices without a due date the one that the terms of sale make."""
    return tuple(
        creance
        if creance.date_echeance or creance.nature != "facture"
        else replace(
            creance,
            date_echeance=compute_echeance(creance.date_emission, conditions),
            motif_sans_echeance=None,
            echeance_calculee=True,
        )
        for creance in creances
    )
