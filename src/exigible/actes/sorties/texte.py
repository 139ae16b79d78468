"""The plain text of a document, in reading order: what mentions are looked for in, and what an e-mail says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exigible.actes.decompte.releve import LigneReleve, LigneSolde, LigneVersement, Releve
from exigible.actes.document import (
    AFaire,
    Annexe,
    ARemplir,
    Bloc,
    Citation,
    Document,
    Encadre,
    Etiquettes,
    Lettre,
    Liste,
    Note,
    Partie,
    ReglerPar,
    Saut,
    Signatures,
    Sommes,
    Tableau,
    Texte,
    Titre,
)
from exigible.actes.lettre import Etiquette
from exigible.actes.typst.texte import Paragraphe, join_paragraphe

_POINTS = "…" * 20


def write_texte(document: Document) -> str:
    """Write the whole document; a blank line between two blocks."""
    return "\n\n".join((*_list_tete(document), write_corps(document.blocs)))


def write_corps(blocs: Sequence[Bloc]) -> str:
    """Write some blocks, without what heads the document."""
    return "\n\n".join(texte for bloc in blocs if (texte := "\n".join(_iter_lignes(bloc))))


def _list_tete(document: Document) -> Iterator[str]:
    if document.projet:
        yield document.projet
    if document.entete is not None:
        entete = document.entete
        yield "\n".join(x for x in (entete.nom, entete.identite, *entete.coordonnees) if x)
    tete = document.tete
    if isinstance(tete, Lettre):
        yield "\n".join(tete.destinataire)
        yield "\n".join(_iter_paires(tete.etiquettes))
        yield tete.lieu_date
        yield f"Objet : {tete.objet}"
    else:
        yield "\n".join((*tete.juridiction, tete.intitule, *((tete.sous_titre,) if tete.sous_titre else ())))


def _iter_lignes(bloc: Bloc) -> Iterator[str]:  # noqa: C901, PLR0912 - a case for each kind of block
    match bloc:
        case Texte(paragraphe) | Titre(paragraphe=paragraphe):
            yield join_paragraphe(paragraphe)
        case Liste(numerotee, elements):
            yield from _iter_elements(elements, numerotee=numerotee)
        case AFaire(elements):
            yield from (f"[ ] {join_paragraphe(element)}" for element in elements)
        case Tableau(titres=titres, lignes=lignes, total=total):
            yield from (_join(ligne) for ligne in (titres, *lignes, *((total,) if total else ())))
        case Sommes(lignes=sommes, total=somme):
            yield from (_join((s.libelle, s.detail, s.montant)) for s in (*sommes, somme))
        case Citation(reference, alineas):
            yield from (reference, *alineas)
        case Encadre(paragraphes) | Note(paragraphes):
            yield from map(join_paragraphe, paragraphes)
        case Etiquettes(paires):
            yield from _iter_paires(paires)
        case Partie(role, lignes):
            yield from (role, *lignes)
        case ARemplir(libelle, nombre):
            yield from (libelle, *[_POINTS] * nombre)
        case ReglerPar(paiement):
            yield from (paiement.phrase, *_iter_paires(paiement.etiquettes))
        case Signatures(colonnes):
            yield from (ligne for colonne in colonnes for ligne in colonne)
        case Annexe(titre, releve):
            yield from (titre, *_iter_releve(releve))
        case Saut():
            pass


def _iter_elements(elements: Sequence[Paragraphe], *, numerotee: bool) -> Iterator[str]:
    for rang, element in enumerate(elements, start=1):
        yield f"{f'{rang}.' if numerotee else '–'} {join_paragraphe(element)}"


def _iter_paires(paires: Sequence[Etiquette]) -> Iterator[str]:
    return (f"{paire.libelle} : {paire.valeur}" for paire in paires)


def _iter_releve(releve: Releve) -> Iterator[str]:
    yield from map(_write_solde, (*releve.soldes, releve.total))
    yield from map(_write_ligne, releve.lignes)
    if releve.annoncees:
        yield releve.titre_annonces
        yield from map(_write_ligne, releve.annoncees)
    yield from map(_write_versement, releve.versements)
    yield from (*releve.notes, *releve.conventions, *releve.articles, *releve.sources)


def _write_solde(s: LigneSolde) -> str:
    return _join((s.facture, s.echeance, s.initial, s.principal, s.interets, s.indemnites, s.frais, s.total))


def _write_ligne(x: LigneReleve) -> str:
    return _join((x.facture, x.du, x.au, x.jours, x.base, x.taux, x.diviseur, x.montant, x.article))


def _write_versement(v: LigneVersement) -> str:
    return _join((v.date, v.facture, v.montant, v.frais, v.indemnites, v.interets, v.principal))


def _join(cellules: Sequence[str]) -> str:
    return " | ".join(cellule for cellule in cellules if cellule)
