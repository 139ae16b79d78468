"""Between the rows of the journal and the entries of `exigible.dossier.journal`, which knows no database."""

from __future__ import annotations

from typing import Any

from exigible.bureau.journal.models import Maillon
from exigible.dossier import journal as domaine

COLONNES = (
    "chaine_id",
    "rang",
    "type",
    "date_effet",
    "enregistre_le",
    "auteur",
    "corrige",
    "empreinte_contenu",
    "precedent",
    "empreinte",
    "contenu__sel",
    "contenu__contenu",
    "contenu__maillon",
)
"""What `values_list` must ask for `make_maillon`; the last one is None when the row of the content is not there."""


def make_maillon(ligne: tuple[Any, ...]) -> domaine.Maillon:
    """Make an entry of the first values of a row read with `COLONNES`."""
    chaine, rang, type_, date_effet, enregistre_le, auteur, corrige, digest, precedent, empreinte, sel, contenu = ligne[
        :12
    ]
    return domaine.Maillon(
        enveloppe=domaine.Enveloppe(
            chaine=str(chaine),
            rang=rang,
            type=type_,
            date_effet=date_effet,
            enregistre_le=enregistre_le,
            auteur=auteur,
            corrige=corrige,
            empreinte_contenu=digest,
            precedent=precedent,
        ),
        empreinte=empreinte,
        sel=None if sel is None else bytes(sel),
        contenu=None if contenu is None else contenu.encode(),
    )


def to_domaine(ligne: Maillon) -> domaine.Maillon:
    """Convert a row, with its content (loaded with it: `select_related("contenu")`)."""
    contenu = ligne.contenu
    return domaine.Maillon(
        enveloppe=to_enveloppe(ligne),
        empreinte=ligne.empreinte,
        sel=None if contenu.sel is None else bytes(contenu.sel),
        contenu=None if contenu.contenu is None else contenu.contenu.encode(),
    )


def to_enveloppe(ligne: Maillon) -> domaine.Enveloppe:
    """Convert what the hash of a row covers."""
    return domaine.Enveloppe(
        chaine=str(ligne.chaine_id),
        rang=ligne.rang,
        type=ligne.type,
        date_effet=ligne.date_effet,
        enregistre_le=ligne.enregistre_le,
        auteur=ligne.auteur,
        corrige=ligne.corrige,
        empreinte_contenu=ligne.empreinte_contenu,
        precedent=ligne.precedent,
    )


def to_ligne(maillon: domaine.Maillon) -> Maillon:
    """Make the row of an entry; its content goes to another table."""
    enveloppe = maillon.enveloppe
    return Maillon(
        chaine_id=enveloppe.chaine,
        rang=enveloppe.rang,
        type=enveloppe.type,
        date_effet=enveloppe.date_effet,
        enregistre_le=enveloppe.enregistre_le,
        auteur=enveloppe.auteur,
        corrige=enveloppe.corrige,
        empreinte_contenu=enveloppe.empreinte_contenu,
        precedent=enveloppe.precedent,
        empreinte=maillon.empreinte,
    )
