"""Which rule governs a claim, and finding a rule or a cause by the name a person types."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence

from exigible.droit.conditions import evaluate_conditions
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.droit.prescription.table import Cause, Regle, load_table

_QUALITE_DEBITEUR = "debiteur.qualite"
_CONSOMMATEUR = "P-03"
_PETITS_MOTS = frozenset({"a", "au", "aux", "d", "de", "des", "du", "l", "la", "le", "les", "un", "une"})


def choose_regle(contexte: Mapping[str, object]) -> Regle:
    """Choose the rule of a claim: by priority, the first whose conditions hold.

    `contexte` maps fields of the table to facts; a field left out is without object, None is unknown. While a fact is
    unknown every rule it leaves open stays possible and the shortest is chosen; two years at most (those of the
    consumer) when it is the debtor's quality. Raises ErreurSaisie on an undeclared field or code.
    """
    table = load_table()
    faits = table.lexique.read_faits(contexte)
    verdicts = [(regle, evaluate_conditions(regle.si, faits)) for regle in table.regles]
    ouvertes = [(regle, verdict) for regle, verdict in verdicts if verdict is not False]
    certaine = next(rang for rang, (_, verdict) in enumerate(ouvertes) if verdict)
    if certaine == 0:
        return ouvertes[0][0]
    possibles = [regle for regle, _ in ouvertes[: certaine + 1] if regle.duree_mois is not None]
    if faits.get(_QUALITE_DEBITEUR, "") is None:
        possibles.append(table.get_regle(_CONSOMMATEUR))
    return min(possibles, key=lambda regle: regle.duree_mois or 0)


def find_regle(texte: str, champ: str | None = None) -> Regle:
    """Find a rule by id (`P-03`) or name (`facture_consommateur`), whatever the case, accents, plurals, little words.

    Raises ErreurSaisie (`nature_inconnue`), with the nearest names.
    """
    table = load_table()
    cherche = _fold(texte)
    for regle in table.regles:
        if _squeeze(cherche) in {_squeeze(_fold(nom)) for nom in (regle.identifiant, *regle.noms)}:
            return regle
    noms = [regle.alias for regle in table.regles] + [nom for regle in table.regles for nom in sorted(regle.noms)]
    raise ErreurSaisie(
        "nature_inconnue",
        phrase(
            "La nature « {nature} » n'est pas dans la table de prescription : essayez {proches}, ou voyez la liste.",
            nature=texte[:40],
            proches=_suggest(cherche, noms, "facture_consommateur, facture_professionnel, droit_commun"),
        ),
        champ,
    )


def find_cause(texte: str, champ: str | None = None) -> Cause:
    """Find a cause by its code (`INT-REC`), whatever the case.

    Raises ErreurSaisie (`code_inconnu`), with the nearest codes: by name, else by what they mean, else every one.
    """
    causes = load_table().causes
    cherche = _fold(texte)
    for code, cause in causes.items():
        if _squeeze(cherche) == _squeeze(_fold(code)):
            return cause
    sens = [code for code, cause in causes.items() if cherche and cherche in _fold(cause.libelle)]
    proches = _suggest(cherche, list(causes), ", ".join(sens or causes))
    raise ErreurSaisie(
        "code_inconnu",
        phrase(
            "Le code d'événement « {code} » n'est pas dans la table de prescription : essayez {proches}, ou voyez la "
            "liste.",
            code=texte[:40],
            proches=proches,
        ),
        champ,
    )


def _suggest(cherche: str, noms: Sequence[str], defaut: str) -> str:
    """Name up to three entries near what was typed: those that contain it, else those that look like it."""
    plies = {_fold(nom): nom for nom in noms}
    proches = [plie for plie in plies if cherche and cherche in plie] or difflib.get_close_matches(cherche, plies)
    return ", ".join(plies[plie] for plie in proches[:3]) or defaut


def _fold(texte: str) -> str:
    decompose = unicodedata.normalize("NFKD", texte.casefold())
    sans_accents = "".join(lettre for lettre in decompose if not unicodedata.combining(lettre))
    return re.sub(r"[\W_]+", "_", sans_accents).strip("_")


def _squeeze(texte: str) -> str:
    """Keep what tells one name from another: no little words, no plurals, no leading zeros."""
    mots = [mot.removesuffix("s") for mot in texte.split("_") if mot not in _PETITS_MOTS]
    return re.sub(r"(?<!\d)0+(?=\d)", "", "".join(mots))
