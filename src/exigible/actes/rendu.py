"""The bytes of a document: PDF for all, DOCX for those that a lawyer edits, e-mail for messages."""

from __future__ import annotations

import hashlib
from textwrap import shorten

from exigible.actes.acte import ActeRendu
from exigible.actes.preparation import ActePrepare
from exigible.actes.typst.compilation import compile_pdf
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase

_PAQUET = "exigible.actes.typst"
_LIGNE_MAX = 120


def render_pdf(prepare: ActePrepare) -> bytes:
    """Typeset a document. Same demand, same bytes.

    Raises ErreurExigible as `compile_pdf`; a character that cannot be printed is shown in its line.
    """
    try:
        return compile_pdf(_PAQUET, prepare.document, prepare.demande.etat.au)
    except ErreurExigible as erreur:
        signe = erreur.parametres.get("texte", "")
        ligne = next((ligne for ligne in prepare.texte.splitlines() if signe in ligne), "") if signe else ""
        if erreur.code != "caractere_non_imprimable" or not ligne:
            raise
        raise ErreurExigible(
            erreur.code,
            phrase(
                "« {ligne} » contient « {signe} », que nos polices ne savent pas imprimer : corrigez-le.",
                ligne=shorten(ligne, _LIGNE_MAX, placeholder="…"),
                signe=signe,
            ),
            texte=signe,
        ) from erreur


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
