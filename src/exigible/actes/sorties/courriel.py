"""A document as an e-mail: plain text, and a simple HTML that says the same words without any image or link of ours."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

import msgspec

from exigible.actes.document import (
    AFaire,
    Annexe,
    Bloc,
    Citation,
    Document,
    Encadre,
    Liste,
    Note,
    Partie,
    ReglerPar,
    Signatures,
    Sommes,
    Tableau,
    Texte,
    Titre,
    make_texte,
)
from exigible.actes.sorties.releve import expand_annexe
from exigible.actes.sorties.texte import write_corps
from exigible.actes.typst.texte import Paragraphe, write_phrase

# A wide table keeps its cells on one line: a mail reader scrolls, it does not cut « L441-10 » in two.
_COLONNES = 6
_ETROIT = "border-collapse:collapse"
_LARGE = "border-collapse:collapse;font-size:smaller;white-space:nowrap"
_NOTE = "font-size:smaller;color:#51606d"
_CELLULE = "padding:4px 8px;border-bottom:1px solid #c3ccd4"


class Courriel(msgspec.Struct, frozen=True):
    """What is sent: subject, text, HTML. The two bodies say the same thing."""

    objet: str
    texte: str
    html: str


def write_courriel(document: Document, objet: str, *, annexe_jointe: bool = False) -> Courriel:
    """Write a document as an e-mail. `annexe_jointe`: the statement is not in it, it says that the PDF bears it."""
    blocs = tuple(
        b
        for bloc in document.blocs
        for b in (_place(bloc, jointe=annexe_jointe) if isinstance(bloc, Annexe) else (bloc,))
    )
    corps = "\n".join(morceau for bloc in blocs for morceau in _iter_html(bloc))
    return Courriel(
        objet,
        write_corps(blocs),
        '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"></head>\n'
        f'<body style="font-family:sans-serif;max-width:46em;color:#1c2733">\n{corps}\n</body></html>\n',
    )


def _place(annexe: Annexe, *, jointe: bool) -> tuple[Bloc, ...]:
    if jointe:
        return (make_texte(write_phrase("Pièce jointe : ce message en PDF, avec le décompte détaillé.")),)
    return tuple(expand_annexe(annexe))


def _iter_html(bloc: Bloc) -> Iterator[str]:  # noqa: C901, PLR0912 - a case for each kind of block
    match bloc:
        case Texte(paragraphe):
            yield f"<p>{_write(paragraphe)}</p>"
        case Titre(niveau, paragraphe):
            yield f"<h{niveau + 1}>{_write(paragraphe)}</h{niveau + 1}>"
        case Liste(numerotee, elements):
            balise = "ol" if numerotee else "ul"
            yield f"<{balise}>{''.join(f'<li>{_write(e)}</li>' for e in elements)}</{balise}>"
        case AFaire(elements):
            yield f"<ul>{''.join(f'<li>{_write(e)}</li>' for e in elements)}</ul>"
        case Tableau():
            yield _write_tableau(bloc)
        case Sommes(lignes, total):
            rangees = [(s.libelle, s.detail, s.montant) for s in (*lignes, total)]
            yield _write_rangees((), rangees[:-1], rangees[-1], "ggd")
        case Citation(reference, alineas):
            yield f"<blockquote><strong>{html.escape(reference)}</strong>{_write_alineas(alineas)}</blockquote>"
        case Encadre(paragraphes):
            yield f"<blockquote>{''.join(f'<p>{_write(p)}</p>' for p in paragraphes)}</blockquote>"
        case Partie(role, lignes):
            yield f"<p><strong>{html.escape(role)}</strong><br>{'<br>'.join(map(html.escape, lignes))}</p>"
        case ReglerPar(paiement):
            yield f"<p><strong>{html.escape(paiement.phrase)}</strong></p>"
            yield _write_rangees((), [(e.libelle, e.valeur) for e in paiement.etiquettes], (), "gg")
        case Signatures(colonnes):
            yield from (f"<p>{_write_signataire(colonne)}</p>" for colonne in colonnes)
        case Note(paragraphes):
            yield from (f'<p style="{_NOTE}">{_write(p)}</p>' for p in paragraphes)
        case _:
            if texte := write_corps([bloc]):
                yield f"<p>{'<br>'.join(map(html.escape, texte.splitlines()))}</p>"


def _write(paragraphe: Paragraphe) -> str:
    return "".join(f"<strong>{html.escape(f.texte)}</strong>" if f.gras else html.escape(f.texte) for f in paragraphe)


def _write_signataire(lignes: Sequence[str]) -> str:
    premiere, *suite = map(html.escape, lignes)
    return "<br>".join((f"<strong>{premiere}</strong>", *suite))


def _write_alineas(alineas: Sequence[str]) -> str:
    return "".join(f"<p>{html.escape(alinea)}</p>" for alinea in alineas)


def _write_tableau(tableau: Tableau) -> str:
    return _write_rangees(tableau.titres, tableau.lignes, tableau.total, tableau.alignements)


def _write_rangees(
    titres: Sequence[str], lignes: Sequence[Sequence[str]], total: Sequence[str], alignements: str
) -> str:
    tete = f"<thead>{_write_rangee(titres, 'th', alignements)}</thead>" if titres else ""
    corps = "".join(_write_rangee(ligne, "td", alignements) for ligne in lignes)
    pied = _write_rangee(total, "th", alignements) if total else ""
    style = _LARGE if len(alignements) > _COLONNES else _ETROIT
    return f'<table style="{style}">{tete}<tbody>{corps}{pied}</tbody></table>'


def _write_rangee(cellules: Sequence[str], balise: str, alignements: str) -> str:
    cotes = {"d": "right", "c": "center"}
    return "<tr>{}</tr>".format(
        "".join(
            f'<{balise} style="{_CELLULE};text-align:{cotes.get(cote, "left")}">{html.escape(cellule)}</{balise}>'
            for cellule, cote in zip(cellules, alignements, strict=True)
        )
    )
