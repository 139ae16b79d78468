"""Values that users add to the tables of the law: checked, read from a file, written to a file.

The file is TOML, one `[[valeur]]` a value: `bareme`, `serie`, `debut`, `valeurs` (list of texts), `source`,
`enregistree_le`, and `auteur` if known.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from exigible.droit.bareme import Bareme, ValeurAjoutee, list_baremes, load_bareme
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import UN_JOUR
from exigible.droit.phrase import phrase

_OBLIGATOIRES = frozenset({"bareme", "serie", "debut", "valeurs", "source", "enregistree_le"})
_FACULTATIVES = frozenset({"auteur"})
_POUR_CENT_MAX = 100


def check_ajout(ajout: ValeurAjoutee) -> ValeurAjoutee:
    """Return the value if the table can take it.

    Raises ErreurSaisie: `bareme_inconnu`, `serie_inconnue`, `valeurs_nombre`, `valeur_invraisemblable`,
    `source_absente`, or `debut_de_periode` (beyond the known dates, a value starts with its period: no gap to guess).
    """
    if ajout.bareme not in list_baremes():
        raise ErreurSaisie(
            "bareme_inconnu",
            phrase(
                "Le barème « {bareme} » n'existe pas : choisissez parmi {noms}.",
                bareme=ajout.bareme,
                noms=list_baremes(),
            ),
            "bareme",
        )
    bareme = load_bareme(ajout.bareme)
    if ajout.serie not in bareme.series:
        raise ErreurSaisie(
            "serie_inconnue",
            phrase(
                "Le barème « {bareme} » n'a pas de série « {serie} » : choisissez parmi {noms}.",
                bareme=bareme.libelle,
                serie=ajout.serie,
                noms=tuple(bareme.series),
            ),
            "serie",
        )
    _check_nombres(ajout, bareme)
    if not ajout.source.strip():
        raise ErreurSaisie(
            "source_absente",
            phrase("Une valeur ajoutée doit avoir sa source : indiquez le texte publié et sa date."),
            "source",
        )
    _check_debut(ajout, bareme)
    return ajout


def _check_nombres(ajout: ValeurAjoutee, bareme: Bareme) -> None:
    attendus = len(bareme.get_historique(ajout.serie)[-1].valeurs)
    if len(ajout.valeurs) != attendus:
        raise ErreurSaisie(
            "valeurs_nombre",
            phrase(
                "Cette série demande {attendus} nombre(s) par date, {donnes} donné(s) : vérifiez la valeur.",
                attendus=attendus,
                donnes=len(ajout.valeurs),
            ),
            "valeurs",
        )
    unite = bareme.unites[ajout.serie]
    if any(
        not nombre.is_finite() or nombre < 0 or (unite.startswith("pour cent") and nombre > _POUR_CENT_MAX)
        for nombre in ajout.valeurs
    ):
        raise ErreurSaisie(
            "valeur_invraisemblable",
            phrase("Cette valeur n'est pas vraisemblable ({unite}) : vérifiez le nombre.", unite=unite),
            "valeurs",
        )


def _check_debut(ajout: ValeurAjoutee, bareme: Bareme) -> None:
    dernier = bareme.get_historique(ajout.serie)[-1].fin
    if dernier is None or ajout.debut <= dernier or bareme.attendue_le is None:
        return  # a series that goes on, a correction, or a table that has no periods
    if bareme.find_fin_periode(ajout.debut - UN_JOUR) == ajout.debut - UN_JOUR:
        return
    fin = bareme.find_fin_periode(ajout.debut)
    raise ErreurSaisie(
        "debut_de_periode",
        phrase(
            "Le barème « {bareme} » est connu jusqu'au {dernier} : la valeur qui suit commence avec une période. "
            "Indiquez la valeur en vigueur le premier jour d'une période, par exemple le {suivant}.",
            bareme=bareme.libelle,
            dernier=dernier,
            suivant=bareme.find_manque(ajout.serie) or (fin or ajout.debut) + UN_JOUR,
        ),
        "debut",
    )


def parse_nombre(texte: str, champ: str | None = None) -> Decimal:
    """Read a number of a table: `2.75` or `2,75`. Raises ErreurSaisie (`nombre_illisible`)."""
    nettoye = "".join(texte.split()).replace(",", ".")
    try:
        nombre = Decimal(nettoye)
    except InvalidOperation:
        nombre = Decimal("NaN")
    if not nombre.is_finite():
        raise ErreurSaisie(
            "nombre_illisible",
            phrase("Le nombre « {texte} » n'est pas lisible : écrivez 2,75 ou 2.75.", texte=texte[:40]),
            champ,
        )
    return nombre


def parse_ajouts(texte: str, fichier: str) -> tuple[ValeurAjoutee, ...]:
    """Read a user's file of values. Raises ErreurSaisie, naming the file and the entry."""
    try:
        donnees = tomllib.loads(texte)
    except tomllib.TOMLDecodeError as erreur:
        raise _faute(
            fichier, "fichier", phrase("ce n'est pas un fichier TOML ({detail})", detail=str(erreur))
        ) from None
    entrees = donnees.get("valeur")
    if set(donnees) != {"valeur"} or not isinstance(entrees, list):
        raise _faute(fichier, "fichier", phrase("il doit contenir des entrées [[valeur]] et rien d'autre"))
    return tuple(_read_entree(entree, fichier, rang) for rang, entree in enumerate(entrees, 1))


def _read_entree(entree: Mapping[str, Any], fichier: str, rang: int) -> ValeurAjoutee:
    lieu = phrase("entrée {rang}", rang=rang)
    if not _OBLIGATOIRES <= set(entree) <= _OBLIGATOIRES | _FACULTATIVES:
        cles = tuple(sorted(_OBLIGATOIRES))
        raise _faute(fichier, lieu, phrase("elle doit porter {cles} (et auteur, si vous voulez)", cles=cles))
    for cle in ("debut", "enregistree_le"):
        if not isinstance(entree[cle], date) or isinstance(entree[cle], datetime):
            raise _faute(fichier, lieu, phrase("« {cle} » doit être une date, sans guillemets : 2027-01-01", cle=cle))
    nombres = entree["valeurs"]
    if not isinstance(nombres, list) or not all(isinstance(nombre, str) for nombre in nombres):
        raise _faute(fichier, lieu, phrase('« valeurs » doit être une liste de textes : ["3.12"]'))
    try:
        return check_ajout(
            ValeurAjoutee(
                bareme=str(entree["bareme"]),
                serie=str(entree["serie"]),
                debut=entree["debut"],
                valeurs=tuple(parse_nombre(nombre) for nombre in nombres),
                source=str(entree["source"]),
                enregistree_le=entree["enregistree_le"],
                auteur=str(entree.get("auteur", "")),
            )
        )
    except ErreurSaisie as erreur:
        raise _faute(fichier, lieu, erreur.message, erreur.code) from None


def _faute(fichier: str, lieu: str, detail: str, code: str = "valeurs_illisibles") -> ErreurSaisie:
    return ErreurSaisie(
        code,
        phrase("Fichier de valeurs « {fichier} », {lieu} : {detail}", fichier=fichier, lieu=lieu, detail=detail),
        "valeurs",
    )


def format_ajout(ajout: ValeurAjoutee) -> str:
    """Write a value as an entry of a user's file."""
    textes = {"bareme": ajout.bareme, "serie": ajout.serie, "source": ajout.source, "auteur": ajout.auteur}
    lignes = [f"{cle} = {json.dumps(texte, ensure_ascii=False)}" for cle, texte in textes.items() if texte]
    nombres = json.dumps([f"{nombre:f}" for nombre in ajout.valeurs])
    jours = [f"debut = {ajout.debut.isoformat()}", f"enregistree_le = {ajout.enregistree_le.isoformat()}"]
    return "\n".join(["[[valeur]]", *lignes, *jours, f"valeurs = {nombres}", ""])
