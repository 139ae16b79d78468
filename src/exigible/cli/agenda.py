"""`exigible agenda`: the deadlines of the office, for people, for programs (JSON) or for a calendar (iCalendar)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
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
@click.option("--gestionnaire", default="", cls=Option, help="Adresse électronique de la personne qui suit le dossier.")
@click.option("--equipe", default="", cls=Option, help="Nom de l'équipe qui suit le dossier.")
@click.option("--vu-au", cls=Option, type=JOUR, help="L'agenda tel qu'il était ce jour-là : les journaux sont relus.")
@click.option("--connu-au", cls=Option, type=JOUR, help="Avec ce qui était enregistré ce jour-là au soir seulement.")
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
    gestionnaire: str,
    equipe: str,
    vu_au: date | None,
    connu_au: date | None,
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
    from exigible.bureau.tiers.agenda import write_calendrier
    from exigible.dossier.agenda import Choix, choose, dump_rendez_vous

    jour = _check_passe(vu_au, horloge.today(), "--vu-au")
    connu = _check_passe(connu_au, horloge.today(), "--connu-au") if connu_au else None
    choix = Choix(
        du=du,
        au=au,
        nature=NatureEcheance(nature) if nature else None,
        portee=Portee(portee) if portee else None,
        creancier=_find_creancier(creancier) if creancier else "",
    )
    qui = _build_qui(gestionnaire, equipe)
    lues = _read_passe(qui, jour, connu) if vu_au or connu else _read_projection(qui)
    if alertes:
        lues = (r for r in lues if r.portee is Portee.A_FAIRE and r.alerte_le <= jour)
    retenues = choose(lues, choix)
    if fichier is not None:
        _write(fichier, write_calendrier(retenues, "Exigible"))
    resultat: dict[str, Any] = {
        "jour": jour,
        "connu_au": connu,
        "echeances": [dump_rendez_vous(r, jour) for r in retenues],
        "articles": [],
        "avertissements": [],
    }
    emit(resultat, _format(retenues, jour, connu, fichier), en_json=en_json)


def _check_passe(demande: date | None, aujourd_hui: date, champ: str) -> date:
    if demande is not None and demande > aujourd_hui:
        message = f"Le {format_jour(demande)} est à venir : l'agenda d'un jour qui n'est pas venu n'existe pas."
        raise ErreurSaisie("date_future", message, champ)
    return demande or aujourd_hui


def _read_projection(qui: Callable[[str], Any]) -> Iterable[RendezVous]:
    from exigible.bureau.tiers.agenda import list_echeances, read_tous

    return read_tous(list_echeances().filter(qui("dossier")))


def _read_passe(qui: Callable[[str], Any], jour: date, connu_au: date | None) -> Iterable[RendezVous]:
    """Fold the journals again: as long as it takes, some hundreds of dossiers at a time in memory."""
    from exigible.bureau import horloge
    from exigible.bureau.tiers.agenda_passe import read_agenda_passe
    from exigible.bureau.tiers.models import Dossier

    instant = datetime.combine(connu_au, time.max, horloge.PARIS) if connu_au else None
    agenda = read_agenda_passe(Dossier.objects.filter(qui("pk")), jour, instant)
    if agenda.illisibles:
        noms = ", ".join(agenda.illisibles)
        raise ErreurSaisie("dossier_illisible", f"Des dossiers ne se lisent pas à ce jour : {noms}.", "--vu-au")
    return (ligne.rendez_vous for ligne in agenda.lignes)


def _build_qui(gestionnaire: str, equipe: str) -> Callable[[str], Any]:
    """Return what keeps the dossiers of a person and of a team, given the column that holds the dossier."""
    from django.db.models import Q

    from exigible.bureau.comptes.attributions import build_critere_de
    from exigible.bureau.comptes.models import Equipe, Utilisateur

    critere: dict[str, Any] = {}
    if gestionnaire:
        critere["gestionnaire"] = Utilisateur.objects.filter(email=gestionnaire.strip().lower()).first()
        if critere["gestionnaire"] is None:
            message = f"Personne ne se connecte avec l'adresse « {gestionnaire} »."
            raise ErreurSaisie("gestionnaire_inconnu", message, "--gestionnaire")
    if equipe:
        critere["equipe__in"] = list(Equipe.objects.filter(nom__iexact=equipe.strip()))
        if not critere["equipe__in"]:
            raise ErreurSaisie("equipe_inconnue", f"Aucune équipe ne s'appelle « {equipe} ».", "--equipe")
    return lambda dossier: build_critere_de(Q(**critere), dossier) if critere else Q()


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


def _format(rendez_vous: Sequence[RendezVous], jour: date, connu_au: date | None, fichier: Path | None) -> str:
    from exigible.dossier.agenda import group_par_jour

    if not rendez_vous:
        return "Aucune échéance."
    nom = "échéance" if len(rendez_vous) == 1 else "échéances"
    connu = f", selon ce qui était connu au {format_jour(connu_au)}" if connu_au else ""
    blocs = [f"Agenda au {format_jour(jour)}{connu} : {len(rendez_vous)} {nom}"]
    for le, groupe in group_par_jour(rendez_vous):
        blocs.append("\n".join([format_jour(le), *(f"  {_write_ligne(r, jour)}" for r in groupe)]))
    return "\n\n".join([*blocs, f"Calendrier écrit : {fichier}"] if fichier else blocs)


def _write_ligne(r: RendezVous, jour: date) -> str:
    urgence = _URGENCES[r.find_urgence(jour).value] or _PORTEES[r.portee]
    perte = f" ; sinon {r.perte}" if r.perte else ""
    return f"{r.debiteur} ({r.dossier}) – {r.objet} : {r.quoi}{perte} [{urgence}]"
