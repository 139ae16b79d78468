"""The agenda of a cabinet, read from its projection: a fixed number of queries, whatever the number of deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from exigible.bureau import horloge
from exigible.bureau.comptes.attributions import get_suivi, make_prefetch
from exigible.bureau.phrases import load_phrase, translate_phrase
from exigible.bureau.tiers.models import Dossier, Echeance
from exigible.dossier.agenda import LigneAgenda, RendezVous
from exigible.dossier.agenda_ical import Evenement, write_icalendar
from exigible.dossier.echeances import NatureEcheance, Portee
from exigible.droit.jours import format_jour

PAR_LECTURE = 500


def list_echeances() -> QuerySet[Echeance]:
    """Every deadline with its dossier, its creditor and who follows it, the nearest first.

    The caller keeps its own cabinet.
    """
    lignes = Echeance.objects.select_related("dossier__creancier").prefetch_related(make_prefetch("dossier__"))
    return lignes.order_by("le", "portee", "dossier_id", "cle")


def build_alerte(au: date) -> Q:
    """The deadlines of ours to warn of on the day `au`, those missed included."""
    return Q(portee=Portee.A_FAIRE.value, alerte_le__lte=au)


def read_rendez_vous(ligne: Echeance) -> RendezVous:
    """Read a row, in the language of the thread."""
    dossier = ligne.dossier
    suivi = get_suivi(dossier)
    return RendezVous(
        dossier=dossier.reference,
        debiteur=dossier.debiteur_nom,
        creancier=dossier.creancier.nom,
        gestionnaire=str(suivi.gestionnaire or ""),
        equipe=str(suivi.equipe or ""),
        cle=f"{ligne.dossier_id}-{ligne.cle}",
        nature=NatureEcheance(ligne.nature),
        portee=Portee(ligne.portee),
        acteur=ligne.acteur,
        objet=translate_phrase(ligne.objet),
        quoi=translate_phrase(ligne.quoi),
        le=ligne.le,
        alerte_le=ligne.alerte_le,
        depart=ligne.depart,
        origine=translate_phrase(ligne.origine),
        explication=translate_phrase(ligne.explication),
        perte=translate_phrase(ligne.perte),
        articles=tuple(ligne.articles),
        ouvre_le=ligne.ouvre_le,
        avertissements=tuple((a["code"], translate_phrase(load_phrase(a["phrase"]))) for a in ligne.avertissements),
    )


def describe_rendez_vous(dossier: Dossier, debiteur: str, ligne: LigneAgenda) -> RendezVous:
    """Write a deadline just computed as those of the projection are read, in the language of the thread."""
    e, suivi = ligne.echeance, get_suivi(dossier)
    return RendezVous(
        dossier=dossier.reference,
        debiteur=debiteur,
        creancier=dossier.creancier.nom,
        gestionnaire=str(suivi.gestionnaire or ""),
        equipe=str(suivi.equipe or ""),
        cle=f"{dossier.pk}-{ligne.cle}",
        nature=e.nature,
        portee=e.portee,
        acteur=e.acteur.value,
        objet=translate_phrase(ligne.objet),
        quoi=translate_phrase(e.quoi),
        le=e.le,
        alerte_le=e.alerte_le,
        depart=e.depart,
        origine=translate_phrase(ligne.origine),
        explication=translate_phrase(e.explication),
        perte=translate_phrase(e.perte),
        articles=tuple(dict.fromkeys(e.articles)),
        ouvre_le=e.ouvre_le,
        avertissements=tuple((a.code, translate_phrase(a.message)) for a in e.avertissements),
    )


def read_tous(lignes: QuerySet[Echeance]) -> Iterator[RendezVous]:
    """Read rows without keeping them all."""
    return (read_rendez_vous(ligne) for ligne in lignes.iterator(chunk_size=PAR_LECTURE))


# --- As a calendar ----------------------------------------------------------------------------------------------------


def write_calendrier(rendez_vous: Iterable[RendezVous], nom: str) -> bytes:
    """Write the deadlines as an iCalendar file."""
    return write_icalendar((build_evenement(r) for r in rendez_vous), horloge.now(), nom)


def build_evenement(r: RendezVous) -> Evenement:
    """Write a deadline as an event of a calendar."""
    compte = _("Compté depuis le %(jour)s") % {"jour": format_jour(r.depart)}
    lignes = (
        f"{r.objet} · {r.dossier} · {r.creancier}",
        f"{compte} ({r.origine})" if r.origine else compte,
        r.explication,
        _("Sinon : %(perte)s") % {"perte": r.perte} if r.perte else "",
        ", ".join(r.articles),
        *(message for _code, message in r.avertissements),
    )
    quoi = r.quoi[:1].upper() + r.quoi[1:]
    return Evenement(
        uid=f"{r.cle}@exigible",
        jour=r.le,
        resume=f"{quoi} — {r.debiteur}",
        description="\n".join(ligne for ligne in lignes if ligne),
        categorie=r.objet,
        rappel_le=min(r.alerte_le, r.le),
    )
