"""Read a wording. A blank line ends a paragraph; all the rest stands at the beginning of a line, on a line of its own.

    # Heading            ## Smaller heading
    - element            1. numbered element
    **bold**             {variable}
    [si fait et pas autre_fait] … [sinon] … [fin]
    [bloc] or [bloc argument]

There is nothing else: no loop, no computation, no markup of any typesetting engine. What cannot be read is refused with
its line, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from exigible.actes.redaction.noeuds import (
    Alinea,
    Appel,
    Condition,
    Enumeration,
    Intertitre,
    Morceau,
    Noeud,
    Phrase,
    Redaction,
    Terme,
)
from exigible.actes.typst.texte import apply_typographie
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import Phrase as Message
from exigible.droit.phrase import phrase

LONGUEUR_MAX = 100_000
PROFONDEUR_MAX = 5

_CROCHETS = re.compile(r"\[(?P<mot>[^\[\]]*)\]")
_TITRE = re.compile(r"(?P<diese>#{1,2}) +(?P<texte>\S.*)")
_ELEMENT = re.compile(r"(?:(?P<tiret>-)|\d{1,3}\.) +(?P<texte>\S.*)")
_NOM = re.compile(r"[a-z][a-z0-9_]*")
_BLOC = re.compile(r"(?P<nom>[a-z][a-z0-9_]*)(?: +(?P<argument>\S.*))?")
_VARIABLE = re.compile(r"\{([^{}]*)\}")


def parse_redaction(texte: str) -> Redaction:
    """Read a wording into its blocks. Raises ErreurSaisie (`texte_illisible`) with the line and what is wrong there."""
    if len(texte) > LONGUEUR_MAX:
        raise ErreurSaisie(
            "texte_illisible",
            phrase("Ce texte est trop long : {maximum} caractères au plus.", maximum=LONGUEUR_MAX),
            "texte",
        )
    lecteur = _Lecteur()
    for rang, ligne in enumerate(texte.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        lecteur.read(rang, ligne.strip())
    return lecteur.finish()


def refuse(ligne: int, raison: Message) -> ErreurSaisie:
    """Say what is wrong on a line of a wording."""
    return ErreurSaisie(
        "texte_illisible", phrase("Ligne {ligne} du texte : {raison}.", ligne=ligne, raison=raison), "texte"
    )


@dataclass(slots=True)
class _Ouverte:
    """A condition whose end is not read yet."""

    ligne: int
    termes: tuple[Terme, ...]
    alors: list[Noeud] = field(default_factory=list)
    sinon: list[Noeud] | None = None


@dataclass(slots=True)
class _Lecteur:
    """Reads line after line; keeps the paragraph or the list in hand."""

    noeuds: list[Noeud] = field(default_factory=list)
    ouvertes: list[_Ouverte] = field(default_factory=list)
    alinea: list[str] = field(default_factory=list)
    elements: list[str] = field(default_factory=list)
    numerotee: bool = False
    debut: int = 0

    def read(self, rang: int, ligne: str) -> None:
        crochets = _CROCHETS.fullmatch(ligne)
        element = _ELEMENT.fullmatch(ligne)
        if not ligne:
            self._close()
        elif crochets:
            self._close()
            self._read_crochets(rang, crochets["mot"].strip())
        elif titre := _TITRE.fullmatch(ligne):
            self._close()
            self._add(Intertitre(rang, len(titre["diese"]), parse_phrase(rang, titre["texte"])))
        elif element and (element["tiret"] or not self.alinea):  # « 12. » may be the rest of a sentence
            self._read_element(rang, element["texte"], numerotee=element["tiret"] is None)
        elif self.elements:
            self.elements[-1] = f"{self.elements[-1]} {ligne}"
        else:
            self.debut = self.debut if self.alinea else rang
            self.alinea.append(ligne)

    def finish(self) -> Redaction:
        self._close()
        if self.ouvertes:
            raise refuse(self.ouvertes[-1].ligne, phrase("il manque [fin] pour fermer cette condition"))
        return tuple(self.noeuds)

    def _read_element(self, rang: int, texte: str, *, numerotee: bool) -> None:
        if self.alinea or (self.elements and self.numerotee is not numerotee):
            self._close()
        if not self.elements:
            self.debut, self.numerotee = rang, numerotee
        self.elements.append(texte)

    def _read_crochets(self, rang: int, mot: str) -> None:
        if mot in {"sinon", "fin"}:
            self._read_suite(rang, mot)
        elif mot == "si" or mot.startswith("si "):
            if len(self.ouvertes) >= PROFONDEUR_MAX:
                raise refuse(rang, phrase("trop de conditions les unes dans les autres"))
            self.ouvertes.append(_Ouverte(rang, _parse_termes(rang, mot.removeprefix("si"))))
        elif bloc := _BLOC.fullmatch(mot):
            self._add(Appel(rang, bloc["nom"], bloc["argument"] or ""))
        else:
            raise refuse(rang, phrase("« [{mot}] » n'est pas le nom d'un bloc", mot=mot))

    def _read_suite(self, rang: int, mot: str) -> None:
        if not self.ouvertes:
            raise refuse(rang, phrase("« [{mot}] » ne suit aucune condition", mot=mot))
        ouverte = self.ouvertes[-1]
        if mot == "fin":
            self.ouvertes.pop()
            self._add(Condition(ouverte.ligne, ouverte.termes, tuple(ouverte.alors), tuple(ouverte.sinon or ())))
        elif ouverte.sinon is not None:
            raise refuse(rang, phrase("cette condition a déjà un [sinon]"))
        else:
            ouverte.sinon = []

    def _add(self, noeud: Noeud) -> None:
        if not self.ouvertes:
            self.noeuds.append(noeud)
        elif (ouverte := self.ouvertes[-1]).sinon is None:
            ouverte.alors.append(noeud)
        else:
            ouverte.sinon.append(noeud)

    def _close(self) -> None:
        """End the paragraph or the list in hand."""
        if self.alinea:
            self._add(Alinea(self.debut, parse_phrase(self.debut, " ".join(self.alinea))))
        if self.elements:
            lus = tuple(parse_phrase(self.debut, element) for element in self.elements)
            self._add(Enumeration(self.debut, self.numerotee, lus))
        self.alinea, self.elements = [], []


def _parse_termes(rang: int, texte: str) -> tuple[Terme, ...]:
    termes = []
    for mot in texte.strip().split(" et "):
        nie = mot.strip().startswith("pas ")
        fait = mot.strip().removeprefix("pas ").strip()
        if not _NOM.fullmatch(fait):
            raise refuse(
                rang,
                phrase("« [si{texte}] » n'est pas une condition : écrivez [si fait] ou [si pas fait]", texte=texte),
            )
        termes.append(Terme(fait, nie))
    return tuple(termes)


def parse_phrase(ligne: int, texte: str) -> Phrase:
    """Read a sentence, set in French typography: its bold runs, its variables. Raises ErreurSaisie."""
    parts = apply_typographie(texte).split("**")
    if len(parts) % 2 == 0:
        raise refuse(ligne, phrase("le gras commencé par ** n'est pas fermé"))
    return tuple(
        morceau for rang, part in enumerate(parts) for morceau in _cut_variables(ligne, part, gras=bool(rang % 2))
    )


def _cut_variables(ligne: int, texte: str, *, gras: bool) -> list[Morceau]:
    morceaux = []
    for rang, part in enumerate(_VARIABLE.split(texte)):
        if rang % 2:
            if not _NOM.fullmatch(part.strip()):
                raise refuse(ligne, phrase("« {{{nom}}} » n'est pas le nom d'une valeur", nom=part))
            morceaux.append(Morceau("", gras, part.strip()))
        elif "{" in part or "}" in part:
            raise refuse(ligne, phrase("une accolade est seule : une valeur s'écrit entre deux, comme {{total}}"))
        elif part:
            morceaux.append(Morceau(part, gras))
    return morceaux
