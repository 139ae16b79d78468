"""Between the rows of the journal and the entries of `exigible.dossier.journal`, which knows no database."""

from __future__ import annotations

from exigible.bureau.journal.models import Maillon
from exigible.dossier import journal as domaine


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
