"""The columns of a table as a person sees them: what each is taken for, a few of its values, and how to say better."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.csv_releve_entete import CHAMPS_RELEVE
from exigible.echanges.enregistrements import ColonneLue
from exigible.echanges.synonymes import FACTURES, TIERS, fold_colonne
from exigible.echanges.valeurs import clean_texte, convert_texte

_AUTRE_NOM = {"tva_client": "tva"}
_CHAMPS_LISTES = tuple(dict.fromkeys(_AUTRE_NOM.get(champ, champ) for champ in (*FACTURES, *TIERS)))
CHAMPS = tuple(dict.fromkeys((*_CHAMPS_LISTES, *CHAMPS_RELEVE)))
"""The fields that a column may hold: those of invoices, of parties, then of bank statements."""

PROPRES_AU_RELEVE = frozenset(CHAMPS_RELEVE) - frozenset(_CHAMPS_LISTES)
"""The fields that a list of invoices or parties does not have: one column given to them makes a bank statement."""

PROPRES_AUX_FACTURES = frozenset(FACTURES) - frozenset(TIERS) - frozenset(_AUTRE_NOM)
"""The fields that a list of parties does not have: one column given to them makes a list of invoices."""

_EXEMPLES = 3
_LONGUEUR_EXEMPLE = 60


def name_colonnes(noms: Sequence[str]) -> tuple[str, ...]:
    """Give each column its key: its folded title, else its rank, and a number when the title comes again."""
    cles: list[str] = []
    vues: set[str] = set()
    for rang, nom in enumerate(noms, 1):
        base = fold_colonne(nom) or f"colonne {rang}"
        fois, cle = 1, base
        while cle in vues:
            fois += 1
            cle = f"{base} {fois}"
        vues.add(cle)
        cles.append(cle)
    return tuple(cles)


def compute_signature(cles: Iterable[str]) -> str:
    """SHA-256, in hexadecimal, of the keys of a header whatever their order: the same exporter has the same header."""
    return hashlib.sha256("\n".join(sorted(cles)).encode("utf-8", "replace")).hexdigest()


def fold_correspondance(colonnes: Mapping[str, str]) -> dict[str, str]:
    """Fold the titles of a correspondence. Raises ErreurSaisie for a field unknown, or given to two columns.

    The label of a bank statement may stand in several columns. A list and a statement have nothing to do together.
    """
    par_champ: dict[str, str] = {}
    releve = is_releve(colonnes)
    melanges = [nom for nom, champ in colonnes.items() if champ in CHAMPS and champ not in CHAMPS_RELEVE]
    if releve and melanges:
        raise ErreurSaisie(
            "champs_melanges",
            phrase(
                "La colonne « {colonne} » a le sens d'une liste de factures, d'autres celui d'un relevé bancaire : "
                "choisissez l'un ou l'autre.",
                colonne=melanges[0],
            ),
            "colonnes",
        )
    for nom, champ in colonnes.items():
        if champ and champ not in CHAMPS:
            raise ErreurSaisie(
                "champ_inconnu", phrase("« {champ} » n'est pas un champ connu d'une liste.", champ=champ), "colonnes"
            )
        if champ and champ in par_champ and not (releve and champ == "libelle"):
            raise ErreurSaisie(
                "champ_en_double",
                phrase(
                    "Les colonnes « {premiere} » et « {seconde} » ont reçu le même sens : n'en gardez qu'une.",
                    premiere=par_champ[champ],
                    seconde=nom,
                ),
                "colonnes",
            )
        par_champ[champ] = nom
    return {fold_colonne(nom): champ for nom, champ in colonnes.items()}


def is_releve(colonnes: Mapping[str, str] | None) -> bool:
    """Tell whether a correspondence makes a bank statement of the file."""
    return colonnes is not None and not PROPRES_AU_RELEVE.isdisjoint(colonnes.values())


def describe_colonnes(
    noms: Sequence[str], champs: Mapping[str, int], lignes: Sequence[tuple[int, Sequence[object]]]
) -> tuple[ColonneLue, ...]:
    """Describe each column that has a title or a value, with the first different values below it."""
    return describe_positions(
        noms, {position: _AUTRE_NOM.get(champ, champ) for champ, position in champs.items()}, lignes
    )


def describe_positions(
    noms: Sequence[str], par_position: Mapping[int, str], lignes: Sequence[tuple[int, Sequence[object]]]
) -> tuple[ColonneLue, ...]:
    """Describe the same, the field being given by the position of its column: several may have the same."""
    colonnes = (
        ColonneLue(
            cle=cle,
            nom=nom,
            champ=par_position.get(position),
            exemples=_list_exemples(position, lignes),
        )
        for position, (cle, nom) in enumerate(zip(name_colonnes(noms), noms, strict=True))
    )
    return tuple(c for c in colonnes if c.nom or c.exemples)


def _list_exemples(position: int, lignes: Sequence[tuple[int, Sequence[object]]]) -> tuple[str, ...]:
    exemples: dict[str, None] = {}
    for _, cellules in lignes:
        cellule = cellules[position] if position < len(cellules) else None
        texte = convert_texte(cellule)
        if texte:
            exemples[clean_texte(texte)[:_LONGUEUR_EXEMPLE]] = None
        if len(exemples) == _EXEMPLES:
            break
    return tuple(exemples)
