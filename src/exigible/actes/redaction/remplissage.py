"""Put the values in a wording: conditions decided, variables replaced, named blocks set in their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeVar

from exigible.actes.document import Bloc, Liste, Texte, Titre
from exigible.actes.redaction.langue import parse_phrase, refuse
from exigible.actes.redaction.noeuds import Alinea, Appel, Condition, Enumeration, Intertitre, Noeud, Phrase, Redaction
from exigible.actes.typst.texte import Fragment, Paragraphe, elide, join_paragraphe
from exigible.droit.phrase import phrase

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Vocabulaire:
    """What a wording may name: `valeurs` (texts), `faits` (what conditions test), `blocs` (made by the program).

    A block takes an argument when it stands as `nom argument`. An empty value leaves nothing: a paragraph or an element
    of a list made of nothing else is not written.
    """

    valeurs: Mapping[str, str] = field(default_factory=dict)
    faits: Mapping[str, bool] = field(default_factory=dict)
    blocs: Mapping[str, tuple[Bloc, ...]] = field(default_factory=dict)

    def add(self, autre: Vocabulaire) -> Vocabulaire:
        """Return both; what `autre` says wins."""
        return Vocabulaire(
            {**self.valeurs, **autre.valeurs}, {**self.faits, **autre.faits}, {**self.blocs, **autre.blocs}
        )


def fill(redaction: Redaction, vocabulaire: Vocabulaire) -> tuple[Bloc, ...]:
    """Write the blocks of a document. Raises ErreurSaisie (`texte_illisible`) on a name that nobody knows."""
    return tuple(_iter_blocs(redaction, vocabulaire))


def write_ligne(texte: str, vocabulaire: Vocabulaire) -> Paragraphe:
    """Write one sentence: a subject, a title. Raises ErreurSaisie (`texte_illisible`)."""
    return _write(parse_phrase(1, texte), vocabulaire, 1)


def check_noms(redaction: Redaction, vocabulaire: Vocabulaire) -> None:
    """Make sure that every name is known, in the branches that are not written too. Raises ErreurSaisie."""
    for noeud in _walk(redaction):
        for morceau in _list_morceaux(noeud):
            if morceau.variable:
                _check(morceau.variable, vocabulaire.valeurs, noeud.ligne)
        if isinstance(noeud, Condition):
            for terme in noeud.termes:
                _check(terme.fait, vocabulaire.faits, noeud.ligne)
        if isinstance(noeud, Appel):
            _check(_name(noeud), vocabulaire.blocs, noeud.ligne)


def list_noms(redaction: Redaction) -> frozenset[str]:
    """List the values, facts and blocks that a wording names."""
    noms: set[str] = set()
    for noeud in _walk(redaction):
        noms |= {m.variable for m in _list_morceaux(noeud) if m.variable}
        if isinstance(noeud, Condition):
            noms |= {terme.fait for terme in noeud.termes}
        if isinstance(noeud, Appel):
            noms.add(_name(noeud))
    return frozenset(noms)


def _iter_blocs(noeuds: Iterable[Noeud], vocabulaire: Vocabulaire) -> Iterator[Bloc]:
    for noeud in noeuds:
        if isinstance(noeud, Condition):
            vrai = all(_get(vocabulaire.faits, t.fait, noeud.ligne) is not t.nie for t in noeud.termes)
            yield from _iter_blocs(noeud.alors if vrai else noeud.sinon, vocabulaire)
        elif isinstance(noeud, Appel):
            yield from _get(vocabulaire.blocs, _name(noeud), noeud.ligne)
        elif isinstance(noeud, Enumeration):
            elements = [_write(element, vocabulaire, noeud.ligne) for element in noeud.elements]
            if ecrits := tuple(element for element in elements if _is_ecrit(element)):
                yield Liste(noeud.numerotee, ecrits)
        elif _is_ecrit(ecrit := _write(noeud.phrase, vocabulaire, noeud.ligne)):
            yield Titre(noeud.niveau, ecrit) if isinstance(noeud, Intertitre) else Texte(ecrit)


def _write(phrase_: Phrase, vocabulaire: Vocabulaire, ligne: int) -> Paragraphe:
    fragments: list[Fragment] = []
    for morceau in phrase_:
        texte = _get(vocabulaire.valeurs, morceau.variable, ligne) if morceau.variable else morceau.texte
        if not texte:
            continue
        if morceau.variable and fragments:
            fragments[-1] = Fragment(elide(fragments[-1].texte, texte), fragments[-1].gras)
        fragments.append(Fragment(texte, morceau.gras))
    return tuple(fragments)


def _is_ecrit(paragraphe: Paragraphe) -> bool:
    return bool(join_paragraphe(paragraphe).strip())


def _walk(noeuds: Iterable[Noeud]) -> Iterator[Noeud]:
    for noeud in noeuds:
        yield noeud
        if isinstance(noeud, Condition):
            yield from _walk((*noeud.alors, *noeud.sinon))


def _list_morceaux(noeud: Noeud) -> Phrase:
    if isinstance(noeud, Alinea | Intertitre):
        return noeud.phrase
    if isinstance(noeud, Enumeration):
        return tuple(morceau for element in noeud.elements for morceau in element)
    return ()


def _name(appel: Appel) -> str:
    return f"{appel.nom} {appel.argument}".strip()


def _get(connus: Mapping[str, V], nom: str, ligne: int) -> V:
    _check(nom, connus, ligne)
    return connus[nom]


def _check(nom: str, connus: Mapping[str, object], ligne: int) -> None:
    if nom not in connus:
        proches = get_close_matches(nom, connus, n=3)
        if not proches:
            raise refuse(ligne, phrase("« {nom} » n'existe pas ici : voyez la liste de ce qui se nomme", nom=nom))
        raise refuse(
            ligne, phrase("« {nom} » n'existe pas ici ; écrivez peut-être {noms}", nom=nom, noms=tuple(proches))
        )
