"""The graph of the procedures: states, transitions, time limits, each with its articles. One file a procedure.

`graphe/<CODE>.toml` is written to be read by a lawyer. A field that is not declared here, a missing one or a value of
the wrong type stops at load; what the files say of each other is checked by `verification.py`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources
from typing import Any

import msgspec

from exigible.droit.durees import Duree, parse_duree
from exigible.droit.phrase import Phrase, wrap_texte

AUDIENCE = "audience"
"""A departure that is not an event: the day of the hearing that the last step gave."""


class TypeEtat(StrEnum):
    """What a state is: `ECHEC` may be left by beginning again, `FINAL` never."""

    INITIAL = "initial"
    INTERMEDIAIRE = "intermediaire"
    ECHEC = "echec"
    FINAL = "final"


class SensDelai(StrEnum):
    """How a time limit binds.

    `MAX`: act by the last day, included. `MIN`: nothing before the day after. `FENETRE`: between the end of `debut` and
    the last day. `AVANT`: counted back from a hearing. `USAGE` and `INDICATIF`: no rule of law.
    """

    MAX = "max"
    MIN = "min"
    FENETRE = "fenetre"
    AVANT = "avant"
    USAGE = "usage"
    INDICATIF = "indicatif"


class Acteur(StrEnum):
    """Who acts."""

    CREANCIER = "creancier"
    COMMISSAIRE = "commissaire_de_justice"
    DEBITEUR = "debiteur"
    PARTIE = "partie"
    JUGE = "juge"
    GREFFE = "greffe"
    MANDATAIRE = "mandataire_judiciaire"
    COMMISSION = "commission_de_surendettement"
    TIERS = "tiers"
    LOI = "loi"


class _Base(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    pass


class Touche(StrEnum):
    """How a step of enforcement reaches the debtor, from which an opposition may run (CPC 1416 al. 2).

    `ACTE`: by an act served on him, which counts if it was in person. `BIEN`: it also makes his property unavailable
    and brings this to his knowledge, however served.
    """

    ACTE = "acte"
    BIEN = "bien"


class DelaiGraphe(_Base, frozen=True):
    """A time limit. `duree`: one duration, or several counted one after the other, each with its own last day moved.

    `depart`: events of this procedure, of which the latest counts (or `audience`). `reporter`: the
    last day moves to a working day (CPC 642). `distance`: CPC 643 to 645 lengthen it. `articles`: the transition's when
    empty. `a_faire` and `perte`: what must be done by then, and what is lost.
    """

    duree: tuple[str, ...]
    depart: tuple[str, ...]
    sens: SensDelai
    debut: str = ""
    reporter: bool = True
    distance: bool = False
    articles: tuple[str, ...] = ()
    a_faire: str = ""
    perte: str = ""

    @cached_property
    def durees(self) -> tuple[Duree, ...]:
        """The durations, read."""
        return tuple(parse_duree(duree) for duree in self.duree)

    @cached_property
    def attente(self) -> Duree | None:
        """The time before which nothing may be done, when it is a window."""
        return parse_duree(self.debut) if self.debut else None


class TransitionGraphe(_Base, frozen=True):
    """A step from a state (of this procedure, or of another: it then opens this one) to another.

    `terme`: it happens by itself when its time limit is over and none of `sauf` (events) came, at once when it has no
    time limit; else a fact records it. `gardes`: names of functions of `gardes/`, all of which must hold. `regi_par`:
    events whose day chooses the rule's version, valid from `debut` to `fin` included; empty, the day of the step.
    `cause`: its code in the table of limitation, empty when it has no effect; `fin_instance`: it ends what such a cause
    holds; `efface`: it wipes out the causes of this procedure; `retire_titre`: the title it had given falls;
    `au_titre`: the event that this title then lives; `touche`: how an act of enforcement reaches the debtor.
    `a_verifier`: what was not confirmed, in a French sentence.
    """

    code: str
    de: str
    vers: str
    evenement: str
    libelle: str
    auteur: Acteur
    articles: tuple[str, ...]
    source: str
    acte: str = ""
    gardes: tuple[str, ...] = ()
    terme: bool = False
    sauf: tuple[str, ...] = ()
    regi_par: tuple[str, ...] = ()
    debut: date | None = None
    fin: date | None = None
    cause: str = ""
    fin_instance: bool = False
    efface: bool = False
    retire_titre: bool = False
    au_titre: str = ""
    touche: Touche | None = None
    delai: DelaiGraphe | None = None
    note: str = ""
    a_verifier: str = ""

    def is_valide(self, jour: date) -> bool:
        """Whether the rule is in force on the day that governs it."""
        return (self.debut is None or self.debut <= jour) and (self.fin is None or jour <= self.fin)

    @property
    def nom(self) -> Phrase:
        """What happens, for people."""
        return wrap_texte(self.libelle)


class EtatGraphe(_Base, frozen=True):
    """A state. `sans_delai`: why nothing presses while no time limit runs, in a French sentence (empty if final).

    `acquis`: what was seized is already the creditor's, an insolvency does not stop what follows (CPCE L211-2).
    """

    code: str
    libelle: str
    type: TypeEtat
    sans_delai: str = ""
    acquis: bool = False

    @property
    def nom(self) -> Phrase:
        """Its name, for people."""
        return wrap_texte(self.libelle)

    @property
    def attente(self) -> Phrase:
        """Why nothing presses, for people."""
        return wrap_texte(self.sans_delai)


class ProcedureGraphe(_Base, frozen=True):
    """A procedure: its states and its steps. `objet`: in one French sentence, what it is for.

    `gelee_par`: the insolvency procedures whose opening stops it where it is (C. com. L622-21, C. conso. L722-2).
    `par_personne`: the events that, told of one of several persons, part the procedure in one for each of them.
    """

    code: str
    libelle: str
    objet: str
    articles: tuple[str, ...]
    etats: tuple[EtatGraphe, ...]
    transitions: tuple[TransitionGraphe, ...]
    gelee_par: tuple[str, ...] = ()
    par_personne: tuple[str, ...] = ()

    @property
    def nom(self) -> Phrase:
        """Its name, for people."""
        return wrap_texte(self.libelle)

    @property
    def but(self) -> Phrase:
        """What it is for, for people."""
        return wrap_texte(self.objet)

    @cached_property
    def par_code(self) -> Mapping[str, EtatGraphe]:
        """Its states."""
        return {etat.code: etat for etat in self.etats}

    @cached_property
    def sorties(self) -> Mapping[str, tuple[TransitionGraphe, ...]]:
        """The steps that leave each state, in the order of the file."""
        return {etat: tuple(t for t in self.transitions if t.de == etat) for etat in {t.de for t in self.transitions}}

    @cached_property
    def entrees(self) -> tuple[TransitionGraphe, ...]:
        """The steps that open it: they leave a state of another procedure."""
        return tuple(t for t in self.transitions if t.de not in self.par_code)

    @cached_property
    def evenements(self) -> frozenset[str]:
        """The events that a fact may record in it."""
        return frozenset(t.evenement for t in self.transitions if not t.terme)


class Graphe(_Base, frozen=True):
    """All the procedures, by code."""

    procedures: Mapping[str, ProcedureGraphe]
    sources: Mapping[str, str]

    @cached_property
    def etats(self) -> Mapping[str, ProcedureGraphe]:
        """The procedure of each state."""
        return {etat.code: procedure for procedure in self.procedures.values() for etat in procedure.etats}

    def get_etat(self, code: str) -> EtatGraphe:
        """Find a state anywhere."""
        return self.etats[code].par_code[code]


def parse_procedure(texte: str) -> ProcedureGraphe:
    """Read the file of a procedure. Raises msgspec.ValidationError on a field unknown, missing or mistyped."""
    donnees: dict[str, Any] = tomllib.loads(texte)
    return msgspec.convert(donnees, ProcedureGraphe)


@cache
def load_graphe() -> Graphe:
    """Read every file of `graphe/`, in the order of `ordre` in `sources.toml`."""
    dossier = resources.files("exigible.dossier.procedures").joinpath("graphe")
    index = tomllib.loads(dossier.joinpath("sources.toml").read_text(encoding="utf-8"))
    lues = (parse_procedure(dossier.joinpath(f"{code}.toml").read_text(encoding="utf-8")) for code in index["ordre"])
    return Graphe(procedures={procedure.code: procedure for procedure in lues}, sources=index["sources"])
