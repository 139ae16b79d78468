"""`exigible calcul prescription`: the term of limitation of a claim, and the timeline of its causes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import click

from exigible.cli.horloge import get_aujourd_hui
from exigible.cli.sortie import (
    JOUR,
    Option,
    build_avertissements,
    commande,
    emit,
    format_avertissements,
    format_tableau,
)
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.jours import format_jour, parse_jour
from exigible.droit.prescription import (
    Demande,
    Effet,
    Etape,
    Evenement,
    Prescription,
    find_cause,
    find_regle,
    load_table,
    replay_prescription,
)

_JOUR = r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
_EVENEMENT = re.compile(rf"\s*(?P<debut>{_JOUR})(?:\s*/\s*(?P<fin>{_JOUR}))?\s*:\s*(?P<code>.+?)\s*", re.ASCII)
_EFFETS = {
    "court": "court",
    "interruption": "interrompt",
    "titre": "titre",
    "suspension": "suspend",
    "plancher": "reprise minimale",
    "deplacement": "déplace le départ",
    "sans_effet": "sans effet",
    "tardif": "trop tard",
    "non_avenu": "non avenu",
    "butoir": "butoir",
    "acquise": "acquise",
}
_CODES = {
    Effet.NOUVEAU_DELAI: "interrompt",
    Effet.JUSQU_A_LA_FIN: "interrompt jusqu'à la fin de l'instance",
    Effet.TITRE: "interrompt, dix ans",
    Effet.SUSPENSION: "suspend",
    Effet.DEPLACEMENT: "déplace le départ",
    Effet.AUCUN: "sans effet",
}


class TypeEvenement(click.ParamType[Evenement]):
    """A dated cause: `2025-06-15:INT-REC`, or with its end `2025-11-01/2026-02-15:SUS-MED`."""

    name = "date:code"

    def convert(
        self,
        value: object,
        param: click.Parameter | None,
        ctx: click.Context | None,  # noqa: ARG002 — click's signature
    ) -> Evenement:
        """Read it."""
        champ = param.opts[0] if param else None
        lu = _EVENEMENT.fullmatch(str(value))
        if lu is None:
            raise ErreurSaisie(
                "evenement_illisible",
                f"L'événement « {str(value)[:60]} » n'est pas lisible : écrivez la date, deux-points, le code "
                "(2025-06-15:INT-REC), ou début/fin:code (2025-11-01/2026-02-15:SUS-MED).",
                champ,
            )
        fin = parse_jour(lu["fin"], champ) if lu["fin"] else None
        return Evenement(parse_jour(lu["debut"], champ), find_cause(lu["code"], champ).identifiant, fin)


@commande(
    "prescription",
    aide="Donner le terme d'une prescription ou d'une forclusion, le dernier jour sûr et la frise des causes.",
    exemple="exigible calcul prescription --nature facture_consommateur --depart 2023-09-01 "
    "--evenement 2025-06-15:INT-REC",
)
@click.option(
    "--nature",
    cls=Option,
    metavar="NOM",
    help="Règle : son nom lisible (facture_consommateur) ou son identifiant (P-03).",
)
@click.option("--depart", cls=Option, type=JOUR, help="Départ prudent du délai (exécution, échéance, incident…).")
@click.option("--depart-plaidable", cls=Option, type=JOUR, help="Départ que l'on peut plaider (échéance convenue).")
@click.option(
    "--evenement",
    "evenements",
    cls=Option,
    type=TypeEvenement(),
    multiple=True,
    help="Date:CODE ou début/fin:CODE (répétable) ; les codes sont dans --liste.",
)
@click.option(
    "--non-avenue",
    "non_avenues",
    cls=Option,
    type=JOUR,
    multiple=True,
    help="L'interruption de ce jour est effacée (désistement, péremption, rejet, caducité).",
)
@click.option("--naissance", cls=Option, type=JOUR, help="Naissance du droit, pour le butoir de vingt ans.")
@click.option("--zero-heure", is_flag=True, cls=Option, help="Le délai court dès 0 h du jour de départ, qui compte.")
@click.option(
    "--clause-ans", cls=Option, type=click.IntRange(0, 99), metavar="N", help="Durée fixée par le contrat, en années."
)
@click.option(
    "--au", cls=Option, type=JOUR, help="Jour auquel on regarde si elle est acquise ; aujourd'hui par défaut."
)
@click.option("--liste", is_flag=True, cls=Option, help="Lister les natures et les codes d'événement, sans calculer.")
def prescription(
    *,
    nature: str | None,
    depart: date | None,
    depart_plaidable: date | None,
    evenements: tuple[Evenement, ...],
    non_avenues: tuple[date, ...],
    naissance: date | None,
    zero_heure: bool,
    clause_ans: int | None,
    au: date | None,
    liste: bool,
    en_json: bool,
) -> None:
    """Print the term of a claim, or the lists of the table."""
    if liste:
        emit(_build_liste(), _format_liste(), en_json=en_json)
        return
    if nature is None or depart is None:
        manque = "--nature" if nature is None else "--depart"
        raise ErreurSaisie("parametre_manquant", f"L'option {manque} est obligatoire.", manque)
    if depart_plaidable is not None and depart_plaidable < depart:
        raise ErreurSaisie(
            "departs_inverses",
            "Le départ prudent est le plus ancien des deux : échangez --depart et --depart-plaidable.",
            "depart_plaidable",
        )
    au = au or get_aujourd_hui()
    joues = _cancel_evenements(evenements, non_avenues)
    demande = Demande(find_regle(nature, "nature"), depart, joues, naissance, zero_heure, clause_ans)
    resultat = replay_prescription(demande)
    plaidable = None if depart_plaidable is None else replay_prescription(replace(demande, depart=depart_plaidable))
    avertissements = [*resultat.avertissements, *_check_futurs(joues, au)]
    objet = _build_resultat(resultat, plaidable, au, avertissements)
    emit(objet, _format_resultat(resultat, plaidable, au, avertissements), en_json=en_json)


def _cancel_evenements(evenements: Sequence[Evenement], non_avenues: Sequence[date]) -> tuple[Evenement, ...]:
    """Wipe out the interruptions of the given days: those that the law can wipe out, else whatever interrupts then."""
    causes = load_table().causes
    effaces: set[Evenement] = set()
    for jour in non_avenues:
        du_jour = [
            e for e in evenements if e.jour == jour and causes[e.code].effet not in {Effet.AUCUN, Effet.SUSPENSION}
        ]
        if not du_jour:
            raise ErreurSaisie(
                "interruption_introuvable",
                f"Aucune interruption n'est donnée le {format_jour(jour)} : ajoutez-la avec --evenement.",
                "non_avenues",
            )
        effaces.update([e for e in du_jour if causes[e.code].non_avenue_si] or du_jour)
    return tuple(replace(e, non_avenu=True) if e in effaces else e for e in evenements)


def _check_futurs(evenements: Sequence[Evenement], au: date) -> list[Avertissement]:
    futurs = [evenement for evenement in evenements if evenement.jour > au]
    if not futurs:
        return []
    jour = format_jour(min(evenement.jour for evenement in futurs))
    message = f"Un événement est postérieur au {format_jour(au)} (le {jour}) : il est compté comme s'il avait eu lieu."
    return [Avertissement("evenement_futur", message)]


def _build_resultat(
    resultat: Prescription, plaidable: Prescription | None, au: date, avertissements: Sequence[Avertissement]
) -> dict[str, Any]:
    regle = resultat.regle
    return {
        "terme": resultat.terme,
        "dernier_jour_sur": resultat.dernier_jour_sur,
        "acquise": resultat.acquise_au(au),
        "frise": [_build_etape(etape) for etape in resultat.frise],
        "au": au,
        "en_cours": resultat.en_cours,
        "terme_plaidable": plaidable.terme if plaidable else None,
        "regle": regle.identifiant,
        "alias": regle.alias,
        "libelle": regle.libelle,
        "type": regle.genre.value,
        "duree": _write_duree(resultat.duree_mois),
        "depart": load_table().departs[regle.depart_prudent].libelle,
        "statut": regle.statut,
        "note": regle.note,
        "articles": resultat.articles,
        "avertissements": build_avertissements(avertissements),
    }


def _build_etape(etape: Etape) -> dict[str, Any]:
    champs = ("du", "au", "effet", "cause", "article", "code", "motif")
    return {champ: getattr(etape, champ) for champ in champs}


def _write_duree(mois: int) -> str:
    annees, reste = divmod(mois, 12)
    return f"P{mois}M" if reste else f"P{annees}Y"


def _format_duree(mois: int) -> str:
    annees, reste = divmod(mois, 12)
    return f"{mois} mois" if reste else f"{annees} an{'s' if annees > 1 else ''}"


def _format_resultat(
    resultat: Prescription, plaidable: Prescription | None, au: date, avertissements: Sequence[Avertissement]
) -> str:
    regle = resultat.regle
    etat = "acquise : le droit d'agir est perdu" if resultat.acquise_au(au) else "non acquise"
    if resultat.en_cours:
        etat = "non acquise : une instance arrête le délai"
    lignes = [
        [_format_periode(e), _EFFETS[e.effet], e.cause + (f" ({e.motif})" if e.motif else "")] for e in resultat.frise
    ]
    return "\n".join(
        [
            f"{regle.identifiant} : {regle.libelle}",
            f"Durée : {_format_duree(resultat.duree_mois)} ({regle.genre.value.replace('_', ' ')})",
            f"Départ : {load_table().departs[regle.depart_prudent].libelle}",
            f"Terme : {format_jour(resultat.terme)}, à la fin du jour",
            f"Dernier jour sûr : {format_jour(resultat.dernier_jour_sur)}",
            *([f"Terme plaidable : {format_jour(plaidable.terme)}"] if plaidable else []),
            f"Au {format_jour(au)} : {etat}",
            "",
            format_tableau(["Période", "Effet", "Cause"], lignes),
            "",
            f"Articles : {', '.join(resultat.articles)}",
            *([f"À savoir : {regle.note}"] if regle.note else []),
            *format_avertissements(avertissements),
        ]
    )


def _format_periode(etape: Etape) -> str:
    if etape.au is None:
        return f"depuis le {format_jour(etape.du)}"
    if etape.au == etape.du:
        return f"le {format_jour(etape.du)}"
    return f"{format_jour(etape.du)} – {format_jour(etape.au)}"


def _build_liste() -> dict[str, Any]:
    table = load_table()
    return {
        "natures": [
            {
                "regle": regle.identifiant,
                "alias": regle.alias,
                "autres_noms": sorted(regle.noms - {regle.alias}),
                "libelle": regle.libelle,
                "duree": _write_duree(regle.duree_mois) if regle.duree_mois else None,
                "type": regle.genre.value,
                "statut": regle.statut,
                "articles": regle.articles,
            }
            for regle in table.regles
        ],
        "codes": [
            {
                "code": cause.identifiant,
                "effet": cause.effet.value,
                "libelle": cause.libelle,
                "statut": cause.statut,
                "articles": cause.articles,
            }
            for cause in table.causes.values()
        ],
        "articles": [],
        "avertissements": [],
    }


def _format_liste() -> str:
    table = load_table()
    natures = [
        [regle.identifiant, regle.alias, _format_duree(regle.duree_mois) if regle.duree_mois else "—", regle.libelle]
        for regle in table.regles
    ]
    codes = [[cause.identifiant, _CODES[cause.effet], cause.libelle] for cause in table.causes.values()]
    return "\n\n".join(
        [
            format_tableau(["Règle", "Nature", "Durée", "Créance"], natures),
            format_tableau(["Code", "Effet", "Événement"], codes),
        ]
    )
