"""The bytes of a document: PDF for all, DOCX for those that a lawyer edits, e-mail for messages."""

from __future__ import annotations

import hashlib

from exigible.actes.acte import ActeRendu
from exigible.actes.preparation import ActePrepare
from exigible.actes.typst.compilation import compile_pdf

_PAQUET = "exigible.actes.typst"


def render_pdf(prepare: ActePrepare) -> bytes:
    """Typeset a document. Same demand, same bytes. Raises ErreurExigible as `compile_pdf`."""
    return compile_pdf(_PAQUET, prepare.document, prepare.demande.etat.au)


def render_acte(prepare: ActePrepare) -> ActeRendu:
    """Typeset a document for a person to approve. Raises ErreurExigible as `compile_pdf`."""
    pdf = render_pdf(prepare)
    demande = prepare.demande
    delai = demande.reponses.get("delai_jours", 0)
    return ActeRendu(
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        texte=prepare.texte,
        montant=prepare.montant,
        delai_jours=delai if isinstance(delai, int) else 0,
        destinataire="\n".join(getattr(prepare.document.tete, "destinataire", ())),
        creances=tuple(somme.cle for somme in demande.sommes),
        manquements=prepare.manquements,
        avertissements=prepare.avertissements,
    )
