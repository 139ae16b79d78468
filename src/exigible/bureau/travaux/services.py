"""Ask for work, take it, hold it, close it. A worker that dies loses its lease, and another goes on.

Whoever does a work writes in transactions that begin by `Tenue.beat`: when the lease went to somebody else meanwhile,
the beat fails and the transaction with it. Two workers may believe that they hold the same work, only one can write.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.phrases import dump_phrase
from exigible.bureau.travaux.models import EtatTravail, Travail
from exigible.bureau.travaux.verrous import describe_occupee, is_occupee, retry_occupee
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import Phrase, phrase

_journal = logging.getLogger(__name__)

BAIL = timedelta(seconds=60)
ESSAIS_MAX = 5
_RECUL = (5, 20, 60, 300)
"""Seconds to wait after each failed attempt."""
_PAUSE = 0.5


Dire = Callable[[int, int], object]
"""What is told how far a work is: what is done, of how much."""


class BailPerdu(Exception):
    """The work went to another worker: what we were writing must not be."""


class Arret(Exception):
    """The worker was asked to stop: the work goes back, as it stands."""


@dataclass(frozen=True, slots=True)
class Nature:
    """A kind of work: what does it (its result is kept), and what is told to those who wait when it is given up."""

    executer: Callable[[Tenue], dict[str, Any]]
    renoncer: Callable[[Mapping[str, Any], str], None]


NATURES: dict[str, str] = {}
"""Where the `Nature` of each kind of work is, filled by the applications as they start; imported when it is done."""


def _get_nature(nom: str) -> Nature:
    nature: Nature = import_string(NATURES[nom])
    return nature


def _refuse_arret() -> bool:
    return False


@dataclass(slots=True)
class Tenue:
    """A work that we hold. `demande_arret` says whether we were asked to stop; `dire` is told how far it is."""

    pk: int
    nature: str
    parametres: dict[str, Any]
    porteur: str
    demande_arret: Callable[[], bool] = _refuse_arret
    dire: Dire = field(default=lambda _fait, _total: None)

    def beat(self, duree: timedelta = BAIL) -> None:
        """Hold on for a time more; inside a transaction, make sure first that it is still ours. Raises BailPerdu."""
        if not self.select().update(bail=Now() + duree):
            raise BailPerdu

    def note_progres(self, fait: int, total: int) -> None:
        """Say how far it is: going forward starts the count of attempts again. Raises BailPerdu."""
        if not self.select().update(bail=Now() + BAIL, fait=fait, total=total, tentatives=1):
            raise BailPerdu

    def check_arret(self) -> None:
        """Stop here, between two transactions, if it was asked. Raises Arret."""
        if self.demande_arret():
            raise Arret

    def select(self) -> Any:
        """Select its row, as long as it is ours."""
        return Travail.objects.filter(pk=self.pk, porteur=self.porteur, etat=EtatTravail.EN_COURS)


def create_travail(cabinet: Cabinet, nature: str, parametres: Mapping[str, Any], voie: str = "") -> Travail:
    """Ask for a work, in the caller's transaction: nobody takes it before that ends."""
    return Travail.objects.create(
        cabinet=cabinet, nature=nature, parametres=dict(parametres), voie=voie, pas_avant=Now(), cree_le=Now()
    )


@retry_occupee
def take_travail(voie: str | None = None) -> Tenue | None:
    """Take the oldest work that is due (of that lane, if one is named); None when there is none."""
    try:
        with transaction.atomic():
            travail = _find_du(voie)
            if travail is None:
                return None
            if travail.tentatives >= ESSAIS_MAX:
                _give_up(travail, travail.erreur or dump_phrase(_INTERROMPU))
                return None
            tenue = Tenue(travail.pk, travail.nature, travail.parametres, _name_porteur())
            Travail.objects.filter(pk=travail.pk).update(
                etat=EtatTravail.EN_COURS,
                porteur=tenue.porteur,
                bail=Now() + BAIL,
                tentatives=travail.tentatives + 1,
                commence_le=travail.commence_le or Now(),
            )
    except IntegrityError:  # another worker took the lane between our reading and our writing
        return None
    return tenue


_INTERROMPU = phrase("le programme s'est arrêté plusieurs fois au même endroit")


def _find_du(voie: str | None) -> Travail | None:
    dus = Q(etat=EtatTravail.A_FAIRE, pas_avant__lte=Now()) | Q(etat=EtatTravail.EN_COURS, bail__lt=Now())
    de_la_voie = Travail.objects.filter(voie=OuterRef("voie")).exclude(voie="")
    occupee = de_la_voie.filter(etat=EtatTravail.EN_COURS).exclude(pk=OuterRef("pk"))
    avant = de_la_voie.filter(etat=EtatTravail.A_FAIRE, pk__lt=OuterRef("pk"))
    lignes = Travail.objects.filter(dus).exclude(Exists(occupee)).exclude(Exists(avant)).order_by("pk")
    if voie is not None:
        lignes = lignes.filter(voie=voie)
    sautes = connection.features.has_select_for_update_skip_locked
    return lignes.select_for_update(skip_locked=sautes).first()


def _name_porteur() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(8)}"[-120:]


def release_morts() -> int:
    """Take the lease from the holders of this machine that are no more: no need to wait until it runs out.

    A mistake costs nothing: a holder that lives after all cannot write any more. Return how many were.
    """
    tenus = Travail.objects.filter(etat=EtatTravail.EN_COURS, porteur__startswith=f"{socket.gethostname()}:")
    morts = [pk for pk, porteur in tenus.values_list("pk", "porteur") if not _is_vivant(int(porteur.split(":")[1]))]
    return Travail.objects.filter(pk__in=morts, etat=EtatTravail.EN_COURS).update(bail=Now() - timedelta(seconds=1))


def _is_vivant(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def execute_travail(tenue: Tenue) -> None:
    """Do a work that we hold, and record what became of it. What stopped it goes up, once recorded.

    A refusal of ours (ErreurExigible) ends it; any other failure sends it back, to be tried again later, a bounded
    number of times.
    """
    try:
        resultat = _get_nature(tenue.nature).executer(tenue)
    except BailPerdu:
        _journal.warning("travail %s : repris par un autre travailleur", tenue.pk)
    except (Arret, KeyboardInterrupt):
        _send_back(tenue, "", 0)
        raise
    except ErreurExigible as refus:
        _close_refuse(tenue, dump_phrase(refus.message))
        raise
    except Exception as panne:
        message = describe_occupee() if is_occupee(panne) else _describe_panne(panne)
        _postpone(tenue, dump_phrase(message))
        raise
    else:
        _close(tenue, resultat)


def _describe_panne(panne: Exception) -> Phrase:
    return phrase("erreur interne ({panne})", panne=f"{type(panne).__name__} : {panne}"[:500])


@retry_occupee
def _close(tenue: Tenue, resultat: dict[str, Any]) -> None:
    champs = {"etat": EtatTravail.FAIT, "resultat": resultat, "erreur": "", "bail": None, "termine_le": Now()}
    tenue.select().update(**champs)


@retry_occupee
def _close_refuse(tenue: Tenue, erreur: str) -> None:
    with transaction.atomic():
        travail = tenue.select().first()
        if travail is not None:
            _give_up(travail, erreur)


@retry_occupee
def _postpone(tenue: Tenue, erreur: str) -> None:
    """Send a work back after a failure, or give it up after the last attempt."""
    with transaction.atomic():
        travail = tenue.select().first()
        if travail is None:
            return
        if travail.tentatives >= ESSAIS_MAX:
            _give_up(travail, erreur)
        else:
            _send_back(tenue, erreur, _RECUL[min(travail.tentatives, len(_RECUL)) - 1])


def _send_back(tenue: Tenue, erreur: str, secondes: int) -> None:
    apres = Now() + timedelta(seconds=secondes)
    champs = {"etat": EtatTravail.A_FAIRE, "porteur": "", "bail": None, "pas_avant": apres, "erreur": erreur}
    if not erreur:
        champs["tentatives"] = 0
    tenue.select().update(**champs)


def _give_up(travail: Travail, erreur: str) -> None:
    champs = {"etat": EtatTravail.ECHOUE, "porteur": "", "bail": None, "erreur": erreur, "termine_le": Now()}
    Travail.objects.filter(pk=travail.pk).update(**champs)
    _get_nature(travail.nature).renoncer(travail.parametres, erreur)


def run_maintenant(travail: Travail, dire: Dire = lambda _fait, _total: None, *, attendre: bool = True) -> bool:
    """Do a work here and now, after those of its lane that come before it. True once it is over.

    While another holds its lane, wait, telling `dire` how far the work is; or do not (`attendre`), and return False.
    Raises what stopped it, ErreurExigible among others.
    """
    release_morts()
    while True:
        tenue = take_travail(travail.voie)
        if tenue is not None and tenue.pk == travail.pk:
            tenue.dire = dire
            execute_travail(tenue)
        elif tenue is not None:
            _execute_sans_bruit(tenue)
        travail.refresh_from_db()
        if travail.etat in {EtatTravail.FAIT, EtatTravail.ECHOUE}:
            return True
        if tenue is None:
            if not attendre:
                return False
            dire(travail.fait, travail.total)
            time.sleep(_PAUSE)


def withdraw_travail(travail: Travail) -> bool:
    """Give up a work that nobody holds, without a word to those who wait. False when somebody does hold it."""
    tenu = Q(etat=EtatTravail.EN_COURS, bail__gte=Now())
    libres = Travail.objects.filter(pk=travail.pk).exclude(tenu)
    return bool(libres.update(etat=EtatTravail.ECHOUE, porteur="", bail=None, termine_le=Now()))


def sweep(demande_arret: Callable[[], bool] = _refuse_arret) -> int:
    """Do all the works that are due, one after the other. Return how many were tried. Raises Arret when told to."""
    faits = 0
    while not demande_arret():
        tenue = take_travail()
        if tenue is None:
            return faits
        tenue.demande_arret = demande_arret
        faits += 1
        _execute_sans_bruit(tenue)
    return faits


def _execute_sans_bruit(tenue: Tenue) -> None:
    try:
        execute_travail(tenue)
    except Arret:
        raise
    except Exception:  # noqa: BLE001 - a work that fails is recorded, and must not stop the others
        _journal.warning("travail %s : échec de cette tentative", tenue.pk, exc_info=True)
