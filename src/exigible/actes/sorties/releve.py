"""A statement as headings, tables and lists: what an e-mail or a DOCX, which draw blocks only, say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exigible.actes.decompte.releve import LigneReleve, Releve
from exigible.actes.document import Annexe, Bloc, Liste, Tableau, Titre
from exigible.actes.typst.texte import Fragment

_CALCUL = ("Du", "Au (inclus)", "Jours", "Base", "Taux annuel", "Diviseur", "Intérêts", "Texte")
_COTES = "gggdddddg"


def expand_annexe(annexe: Annexe) -> tuple[Bloc, ...]:
    """Write the statement with the headings and the columns that it has on paper."""
    return tuple(_iter_blocs(annexe.titre, annexe.releve))


def _iter_blocs(titre: str, r: Releve) -> Iterator[Bloc]:
    yield _head(1, titre)
    yield _head(2, r.noms.toutes)
    yield _build_soldes(r)
    if r.lignes:
        yield from _build_calcul(r, "Calcul des intérêts", r.lignes, "Intérêts courus", r.interets_courus)
    if r.annoncees:
        yield from _build_calcul(r, r.titre_annonces, r.annoncees, r.total_annonces, r.interets_annonces)
    if r.versements:
        yield _head(2, "Paiements et avoirs, et ce qu’ils ont éteint")
        yield _build_versements(r)
    articles = (f"{' ; '.join(r.articles)}.",) if r.articles else ()
    for intitule, lignes in (
        ("À savoir", r.notes),
        ("Conventions de calcul", r.conventions),
        ("Textes appliqués", articles),
        ("Sources des taux", r.sources),
    ):
        if lignes:
            yield _head(2, intitule)
            yield Liste(numerotee=False, elements=tuple((Fragment(ligne),) for ligne in lignes))


def _head(niveau: int, texte: str) -> Titre:
    return Titre(niveau, (Fragment(texte),))


def _build_soldes(r: Releve) -> Tableau:
    rangees = [
        (s.facture, s.echeance, s.initial, s.principal, s.interets, s.indemnites, s.frais, s.total)
        for s in (*r.soldes, r.total)
    ]
    titres = (
        r.noms.premier,
        r.noms.exigible,
        r.noms.montant,
        "Principal dû",
        "Intérêts dus",
        "Indemnité",
        "Frais",
        "Total dû",
    )
    gardees = (True, True, True, True, r.avec_interets, r.avec_indemnites, r.avec_frais, True)
    return _build(r.noms.toutes, titres, "ggdddddd", rangees[:-1], rangees[-1], gardees)


def _build_calcul(r: Releve, titre: str, lignes: Sequence[LigneReleve], libelle: str, total: str) -> Iterator[Bloc]:
    rangees = [(x.facture, x.du, x.au, x.jours, x.base, x.taux, x.diviseur, x.montant, x.article) for x in lignes]
    yield _head(2, titre)
    titres = (r.noms.premier, *_CALCUL)
    yield _build(titre, titres, _COTES, rangees, (libelle, *[""] * 6, total, ""), (True,) * len(titres))


def _build_versements(r: Releve) -> Tableau:
    rangees = [(v.date, v.facture, v.montant, v.frais, v.indemnites, v.interets, v.principal) for v in r.versements]
    titres = ("Date", r.noms.premier, "Montant imputé", "Frais", "Indemnité", "Intérêts", "Principal")
    gardees = (True, True, True, r.avec_frais, r.avec_indemnites, r.avec_interets, True)
    return _build("Paiements et avoirs", titres, "ggddddd", rangees, (), gardees)


def _build(
    legende: str,
    titres: Sequence[str],
    cotes: str,
    lignes: Sequence[Sequence[str]],
    total: Sequence[str],
    gardees: Sequence[bool],
) -> Tableau:
    """A table without the columns that this statement does not need."""

    def keep(cellules: Sequence[str]) -> tuple[str, ...]:
        return tuple(cellule for cellule, gardee in zip(cellules, gardees, strict=True) if gardee)

    return Tableau(
        legende,
        keep(titres),
        "".join(keep(cotes)),
        tuple(keep(ligne) for ligne in lignes),
        keep(total) if total else (),
    )
