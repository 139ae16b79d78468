"""The blocks of a CAMT file, one after the other: accounts, balances, entries, ends of statements.

Read by the standard library's C parser, emptied as it goes: its elements cost half of lxml's to walk (docs/adr/0006).
It opens nothing outside the file; a document type, the only way to entities, is refused before the first element.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, TypeAlias, cast
from xml.parsers import expat

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.contenu import Contenu
from exigible.echanges.valeurs import clean_texte
from exigible.echanges.xml_sur import explain_abime

RELEVE, COMPTE, SOLDE, ECRITURE, _DETAIL = "Stmt", "Acct", "Bal", "Ntry", "TxDtls"
PERIODE, CREATION = "FrToDt", "CreDtTm"
_RELEVES = frozenset({"Stmt", "Rpt", "Ntfctn"})
_BLOC, _BLOC_MAX = 1 << 12, 1 << 24
_PROFONDEUR_MAX = 8
_FORME_MAX, _FORMES_MAX = 200, 200

PARTIES = ("Dbtr", "Cdtr", "UltmtDbtr", "UltmtCdtr")
_LUS_COMPTE = ("Id/IBAN", "Id/Othr/Id", "Ccy")
_LUS_SOLDE = ("Amt", "CdtDbtInd", "Dt/Dt", "Dt/DtTm", "Tp/CdOrPrtry/Cd", "Tp/Cd")
_LUS_PERIODE = ("ToDtTm", "ToDt")
_LUS_COMMUNS = (
    *("Amt", "CdtDbtInd", "RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry"),
    *("Chrgs/TtlChrgsAndTaxAmt", "Chrgs/Amt", "Chrgs/Rcrd/Amt"),
)
_LUS_ECRITURE = (
    *("NtryRef", "RvslInd", "Sts", "Sts/Cd", "Sts/Prtry", "AcctSvcrRef", "AddtlNtryInf"),
    *("NtryDtls/Btch/PmtInfId", "NtryDtls/Btch/MsgId"),
    *("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm", "BkTxCd/Domn/Fmly/SubFmlyCd", "BkTxCd/Prtry/Cd"),
)
_LUS_ENTETES = {COMPTE: _LUS_COMPTE, SOLDE: _LUS_SOLDE, PERIODE: _LUS_PERIODE, CREATION: ()}
_LUS_DETAIL = (
    *("Refs/EndToEndId", "Refs/MndtId", "RltdDts/IntrBkSttlmDt", "RltdDts/TxDtTm", "RltdDts/AccptncDtTm"),
    *("Refs/AcctSvcrRef", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt", "AddtlTxInf"),
    *("RmtInf/Ustrd", "RmtInf/Strd/RfrdDocInf/Nb", "RmtInf/Strd/AddtlRmtInf", "RmtInf/Strd/CdtrRefInf/Ref"),
    *(f"RltdPties/{role}/{nom}" for role in PARTIES for nom in ("Nm", "Pty/Nm", "Agt/FinInstnId/Nm")),
    *(f"RltdPties/{role}Acct/Id/{cle}" for role in PARTIES[:2] for cle in ("IBAN", "Othr/Id")),
)


class Feuilles(dict[str, str]):
    """The first text, clean, of each wanted path of an element; `suites` has the others of a path that comes again.

    The currency of an amount stands beside it (`get_devise`); `details` are the transactions inside the element.
    """

    # Most elements have none of these: they are made when there is something to put in.
    details: Sequence[Feuilles] = ()
    suites: Mapping[str, list[str]] = MappingProxyType({})

    def get_premier(self, *chemins: str) -> str | None:
        """Give the text of the first of these paths that has one."""
        for chemin in chemins:
            if texte := self.get(chemin):
                return texte
        return None

    def list_textes(self, chemin: str) -> list[str]:
        """Give all the texts of a path."""
        return [self[chemin], *self.suites.get(chemin, ())] if chemin in self else []

    def add(self, chemin: str, texte: str) -> None:
        """Keep a text."""
        if chemin in self:
            self.suites = {**self.suites, chemin: [*self.suites.get(chemin, ()), texte]}
        else:
            self[chemin] = texte


def get_devise(chemin: str) -> str:
    """Give the path of the currency of an amount."""
    return f"{chemin}/@Ccy"


class Bloc(NamedTuple):
    """A closed element: which one (`RELEVE`, `COMPTE`…), and what it says."""

    genre: str
    feuilles: Feuilles


_Plan: TypeAlias = dict[str, tuple["str | None", "_Plan | None", bool]]
"""By tag (with its name space): the path of its text, what is wanted below it, whether it is an amount."""
_RIEN: tuple[str | None, _Plan | None, bool] = (None, None, False)
_Lectures: TypeAlias = list[tuple[int, str, "str | None"]]
"""The ranks of elements to read, the paths of their texts, those of their currencies if they are amounts."""


class _Forme(NamedTuple):
    """Where the texts of elements of one shape stand: those of the element, those of each transaction inside it."""

    lectures: _Lectures
    details: list[_Lectures]


class _Genre(NamedTuple):
    """What is read of a child of a statement; its shapes, by the tags of its elements and their numbers of children."""

    nom: str
    plan: _Plan
    formes: dict[tuple[tuple[str, ...], tuple[int, ...]], _Forme]


def iter_blocs(contenu: Contenu) -> Iterator[Bloc]:
    """Give the blocks of a file. Raises ErreurSaisie (`xml_refuse`, `xml_abime`) where it stops being readable."""
    _check_prologue(contenu)
    arbre = ET.TreeBuilder()
    parseur = ET.XMLParser(target=arbre)  # noqa: S314 - no document type, hence no entity: see _check_prologue
    racine: ET.Element | None = None
    taille = _BLOC
    with contenu.open() as flux:
        try:
            while octets := flux.read(taille):
                parseur.feed(octets)
                racine = cast("ET.Element | None", arbre.close())  # given as soon as it is open
                donne = False
                for bloc in _drain(racine) if racine is not None else ():
                    donne = True
                    yield bloc
                # A huge comment is read again from its beginning with each block: bigger ones make it few times.
                taille = _BLOC if donne else min(taille * 2, _BLOC_MAX)
            parseur.close()
        except ET.ParseError as erreur:
            if racine is not None:
                yield from _drain(racine)
            raise explain_abime(contenu.nom, erreur.position[0]) from erreur
        except (ValueError, LookupError) as erreur:
            raise explain_abime(contenu.nom, 1) from erreur
    if racine is not None:
        yield from _drain(racine, fini=True)


class _Racine(Exception):
    """Not a fault: the first element was met."""


def _check_prologue(contenu: Contenu) -> None:
    """Refuse a document type: without one, no entity but the five of XML can be named."""

    def refuse(*_: object) -> None:
        raise ErreurSaisie(
            "xml_refuse",
            phrase(
                "Le fichier « {nom} » déclare un type de document ou des entités XML (DOCTYPE) : refusé par sécurité.",
                nom=contenu.nom,
            ),
        )

    def stop(*_: object) -> None:
        raise _Racine

    parseur = expat.ParserCreate()
    parseur.StartDoctypeDeclHandler, parseur.StartElementHandler = refuse, stop
    with contenu.open() as flux:
        try:
            while octets := flux.read(_BLOC_MAX):
                parseur.Parse(octets)
        except _Racine:
            return
        except expat.ExpatError as erreur:
            raise explain_abime(contenu.nom, erreur.lineno) from erreur
        except (ValueError, LookupError) as erreur:
            raise explain_abime(contenu.nom, 1) from erreur


def _drain(element: ET.Element, profondeur: int = 0, *, fini: bool = False) -> Iterator[Bloc]:
    """Give what is complete below an element and empty it: not its last child, which may go on in the next block."""
    nombre = len(element) - (not fini)
    balise: str = element.tag
    nom = balise[balise.rfind("}") + 1 :]
    if nom in _RELEVES:
        genres = _build_genres(balise[: balise.rfind("}") + 1])
        for enfant in element[: max(nombre, 0)]:
            if trouve := genres.get(enfant.tag):
                yield Bloc(trouve.nom, _read(enfant, trouve))
        del element[: max(nombre, 0)]
        if fini:
            yield Bloc(RELEVE, Feuilles())
        return
    for rang, enfant in enumerate(list(element)):
        if profondeur < _PROFONDEUR_MAX:
            yield from _drain(enfant, profondeur + 1, fini=fini or rang < nombre)
    del element[: max(nombre, 0)]


@lru_cache(maxsize=64)
def _build_genres(espace: str) -> dict[str, _Genre]:
    """Say what is read of the children of a statement, in the name space of a file."""
    ecriture = _grow(espace, (*_LUS_ECRITURE, *_LUS_COMMUNS))
    details = _grow(espace, (*_LUS_DETAIL, *_LUS_COMMUNS))
    groupe = ecriture[f"{espace}NtryDtls"][1] or {}
    ecriture[f"{espace}NtryDtls"] = (None, groupe | {f"{espace}{_DETAIL}": (_DETAIL, details, False)}, False)
    plans = {nom: _grow(espace, lus) for nom, lus in _LUS_ENTETES.items()} | {ECRITURE: ecriture}
    return {f"{espace}{nom}": _Genre(nom, plan, {}) for nom, plan in plans.items()}


def _grow(espace: str, chemins: tuple[str, ...]) -> _Plan:
    racine: _Plan = {}
    for chemin in chemins:
        plan, parties = racine, chemin.split("/")
        for rang, partie in enumerate(parties, 1):
            balise = espace + partie
            garde, suite, _ = plan.get(balise, (None, None, False))
            if rang == len(parties):
                plan[balise] = (chemin, suite, partie.endswith("Amt"))
            else:
                suite = {} if suite is None else suite
                plan[balise] = (garde, suite, False)
                plan = suite
    return racine


def _read(element: ET.Element, genre: _Genre) -> Feuilles:
    """Read a complete element. Entries are alike: where their texts stand is learnt once for each shape met."""
    noeuds = list(element.iter())
    cle = (tuple([noeud.tag for noeud in noeuds]), tuple(map(len, noeuds)))
    forme = genre.formes.get(cle)
    if forme is None:
        # A leaf says its own text: the element itself has rank 0.
        forme = _Forme([] if genre.plan else [(0, genre.nom, None)], [])
        _learn(element, genre.plan, forme.lectures, forme.details, 1)
        if len(noeuds) <= _FORME_MAX:
            if len(genre.formes) >= _FORMES_MAX:
                genre.formes.clear()
            genre.formes[cle] = forme
    feuilles = _take(forme.lectures, noeuds)
    if forme.details:
        feuilles.details = [_take(lectures, noeuds) for lectures in forme.details]
    return feuilles


def _take(lectures: _Lectures, noeuds: Sequence[ET.Element]) -> Feuilles:
    """Take the texts of the elements of a shape."""
    feuilles = Feuilles()
    for rang, chemin, devise in lectures:
        texte = noeuds[rang].text
        if not texte or not (texte := texte.strip()):
            continue
        if "  " in texte or not texte.isprintable():
            texte = clean_texte(texte)
            if not texte:
                continue
        if chemin in feuilles:
            feuilles.add(chemin, texte)
            continue
        feuilles[chemin] = texte
        if devise is not None and (lue := noeuds[rang].get("Ccy")):
            feuilles[devise] = lue
    return feuilles


def _learn(element: ET.Element, plan: _Plan, lectures: _Lectures, details: list[_Lectures], rang: int) -> int:
    """Learn the ranks, from `rang` on and in the order of the document, of the elements that the plan wants below one.

    Gives the rank after the last.
    """
    for enfant in element:
        chemin, suite, montant = plan.get(enfant.tag, _RIEN)
        if chemin == _DETAIL and suite is not None:
            details.append([])
            rang = _learn(enfant, suite, details[-1], details, rang + 1)
            continue
        if chemin is not None:
            lectures.append((rang, chemin, get_devise(chemin) if montant else None))
        if suite is not None:
            rang = _learn(enfant, suite, lectures, details, rang + 1)
        else:
            rang += sum(1 for _ in enfant.iter())
    return rang
