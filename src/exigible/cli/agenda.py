"""`exigible agenda`: the deadlines of the office, for people, for programs (JSON) or for a calendar (iCalendar)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exigible.cli.base import migrate, start_django
from exigible.cli.sortie import JOUR, Option, commande, emit
from exigible.dossier.echeances import NatureEcheance, Portee
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import format_jour

if TYPE_CHECKING:
    from exigible.dossier.agenda import RendezVous

_PORTEES = {
    Portee.A_FAIRE: "à faire",
    Portee.ADVERSE: "attendu d'un autre",
    Portee.OUVERTURE: "possible à partir de",
}
_URGENCES = {"depassee": "dépassée", "alerte": "en alerte", "ouverte": "on peut agir", "a_venir": ""}


@commande(
    "agenda",
    aide="Lister les échéances des dossiers, ou les écrire dans un calendrier.",
    exemple="exigible agenda --au 2026-12-31 --ics agenda.ics",
)
@click.option("--du", cls=Option, type=JOUR, help="Premier jour, compris (toutes par défaut, dépassées comprises).")
@click.option("--au", cls=Option, type=JOUR, help="Dernier jour, compris.")
@click.option("--nature", cls=Option, type=click.Choice([n.value for n in NatureEcheance]), help="D'une seule nature.")
@click.option(
    "--portee", cls=Option, type=click.Choice([p.value for p in Portee]), help="Dont le temps est le nôtre, ou non."
)
@click.option("--creancier", default="", cls=Option, help="Nom du créancier, s'il y en a plusieurs.")
@click.option("--alertes", is_flag=True, cls=Option, help="Seulement celles dont le jour d'alerte est venu.")
@click.option(
    "--ics",
    "fichier",
    metavar="FICHIER",
    cls=Option,
    type=click.Path(path_type=Path),
    help="Écrire un calendrier (iCalendar).",
)
def agenda(
    *,
    du: date | None,
    au: date | None,
    nature: str | None,
    portee: str | None,
    creancier: str,
    alertes: bool,
    fichier: Path | None,
    en_json: bool,
) -> None:
    """Read the deadlines of every cabinet, keep those asked for, and write them."""
    if du is not None and au is not None and au < du:
        message = f"La période s'achève le {format_jour(au)}, avant de commencer le {format_jour(du)}."
        raise ErreurSaisie("periode_inversee", message, "--au")
    start_django()
    migrate()
    from exigible.bureau import horloge
    from exigible.bureau.tiers.agenda import build_alerte, list_echeances, read_tous, write_calendrier
    from exigible.dossier.agenda import Choix, choose, dump_rendez_vous

    jour = horloge.today()
    lignes = list_echeances().filter(build_alerte(jour)) if alertes else list_echeances()
    nom = _find_creancier(creancier) if creancier else ""
    choix = Choix(
        du=du,
        au=au,
        nature=NatureEcheance(nature) if nature else None,
        portee=Portee(portee) if portee else None,
        creancier=nom,
    )
    retenues = choose(read_tous(lignes), choix)
    if fichier is not None:
        _write(fichier, write_calendrier(retenues, "Exigible"))
    resultat: dict[str, Any] = {
        "jour": jour,
        "echeances": [dump_rendez_vous(r, jour) for r in retenues],
        "articles": [],
        "avertissements": [],
    }
    emit(resultat, _format(retenues, jour, fichier), en_json=en_json)


def _find_creancier(nom: str) -> str:
    from exigible.bureau.tiers.models import Creancier

    trouve: str | None = Creancier.objects.filter(nom__iexact=nom).values_list("nom", flat=True).first()
    if trouve is None:
        raise ErreurSaisie("creancier_inconnu", f"Aucun créancier ne s'appelle « {nom} ».", "--creancier")
    return trouve


def _write(fichier: Path, contenu: bytes) -> None:
    try:
        fichier.write_bytes(contenu)
    except OSError:
        message = f"Le fichier « {fichier} » ne peut pas être écrit : vérifiez le dossier et vos droits."
        raise ErreurSaisie("fichier_non_ecrit", message, "--ics") from None


def _format(rendez_vous: Sequence[RendezVous], jour: date, fichier: Path | None) -> str:
    from exigible.dossier.agenda import group_par_jour

    if not rendez_vous:
        return "Aucune échéance."
    nom = "échéance" if len(rendez_vous) == 1 else "échéances"
    blocs = [f"Agenda au {format_jour(jour)} : {len(rendez_vous)} {nom}"]
    for le, groupe in group_par_jour(rendez_vous):
        blocs.append("\n".join([format_jour(le), *(f"  {_write_ligne(r, jour)}" for r in groupe)]))
    return "\n\n".join([*blocs, f"Calendrier écrit : {fichier}"] if fichier else blocs)


def _write_ligne(r: RendezVous, jour: date) -> str:
    urgence = _URGENCES[r.find_urgence(jour).value] or _PORTEES[r.portee]
    perte = f" ; sinon {r.perte}" if r.perte else ""
    return f"{r.debiteur} ({r.dossier}) – {r.objet} : {r.quoi}{perte} [{urgence}]"
