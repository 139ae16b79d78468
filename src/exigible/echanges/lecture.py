"""Read any file: recognise it by its content, hand it to its reader, and always give a `FichierLu`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from exigible.droit.delais import ConditionsPaiement, compute_echeance
from exigible.droit.erreurs import ErreurSaisie
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
        collecte.add("fichier_vide", f"Le fichier « {contenu.nom} » est vide.")
        return None
    genre = recognise(contenu)
    if contenu.mele and genre in {Conteneur.CSV, Format.FEC}:
        ligne = contenu.find_ligne_illisible()
        message = (
            f"Ligne {ligne} : le fichier « {contenu.nom} » est en UTF-8 mais cette ligne ne l'est pas ; "
            "enregistrez-le de nouveau en UTF-8."
        )
        collecte.add("encodage_mele", message, ligne=ligne)
        return None
    lecteur = _choose_lecteur(genre, colonnes) if genre else None
    if isinstance(genre, Format) and lecteur is None:
        return build_non_lu(genre, collecte)
    if lecteur is None:
        collecte.add(
            "format_inconnu",
            f"Le fichier « {contenu.nom} » est d'un format inconnu. Formats lus : FEC, facture Factur-X, liste de "
            "factures ou de clients (CSV, XLSX), relevé CAMT.053.",
        )
        return None
    try:
        return lecteur(contenu, collecte)
    except ErreurSaisie as erreur:
        collecte.add_exception(erreur)
        return Lecture(format=genre) if isinstance(genre, Format) else None


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
