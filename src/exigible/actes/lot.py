"""Many documents at once: written and typeset on every core, in their order; a refusal never stops the others."""

from __future__ import annotations

import gc
import logging
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread

from exigible.actes.acte import ActeRendu
from exigible.actes.demande import Demande
from exigible.actes.preparation import ActePrepare, prepare_acte
from exigible.actes.reliure import bind_pdfs
from exigible.actes.rendu import render_acte
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase

_journal = logging.getLogger(__name__)

TRANCHE = 25
"""Documents that one process makes and binds at a time: the bound file depends on it, not on how many processes."""
_PAR_PROCESSUS = 50
"""Below that many documents a process, starting one more costs more than it brings."""
_D_AVANCE = 2
_PANNES = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What a defect of ours raises on one dossier: it must not keep the others from their letters."""


@dataclass(frozen=True, slots=True)
class Refus:
    """Why a document of a batch is not made."""

    code: str
    raison: str


@dataclass(frozen=True, slots=True)
class Commande:
    """One document of a batch: the caller's key, who it is for, and what to write or why nothing can be."""

    cle: str
    debiteur: str
    demande: Demande | Refus


@dataclass(frozen=True, slots=True)
class Produit:
    """What became of one: the document and its pages, or the refusal."""

    cle: str
    debiteur: str
    acte: ActeRendu | None
    pages: int = 0
    refus: Refus | None = None

    @property
    def montant(self) -> Decimal:
        """What it claims (euros), zero when it was refused."""
        return self.acte.montant if self.acte is not None else ZERO


@dataclass(frozen=True, slots=True)
class Tranche:
    """A few documents, and one file of all their pages to be printed; empty when all were refused."""

    produits: tuple[Produit, ...]
    relie: bytes


def refuse(erreur: ErreurExigible) -> Refus:
    """Keep why a dossier has no document."""
    return Refus(erreur.code, erreur.message)


def choose_processus(nombre: int) -> int:
    """How many processes a batch of that many documents deserves here."""
    return max(1, min(os.cpu_count() or 1, nombre // _PAR_PROCESSUS))


def render_lot(commandes: Iterable[Commande], *, processus: int = 1, recto_verso: bool = False) -> Iterator[Tranche]:
    """Make the documents, a tranche at a time, in their order; few are in memory at once.

    The bytes do not depend on `processus`. `recto_verso`: each begins on the front of a sheet.
    """
    suite = iter(commandes)
    tranches = iter(lambda: tuple(islice(suite, TRANCHE)), ())
    if processus <= 1:
        for tranche in tranches:
            yield render_tranche(tranche, recto_verso=recto_verso)
        return
    # A new process knows nothing of ours: neither its threads nor its connections, which a fork would share.
    with ProcessPoolExecutor(processus, mp_context=get_context("spawn"), initializer=_settle) as bassin:
        en_cours: deque[Future[Tranche]] = deque()
        for tranche in tranches:
            en_cours.append(bassin.submit(render_tranche, tranche, recto_verso=recto_verso))
            if len(en_cours) >= processus * _D_AVANCE:
                yield en_cours.popleft().result()
        while en_cours:
            yield en_cours.popleft().result()


def render_tranche(commandes: Iterable[Commande], *, recto_verso: bool = False) -> Tranche:
    """Make a few documents here and now."""
    faits = [_render(commande) for commande in commandes]
    relie, pages = bind_pdfs([f.acte.pdf for f in faits if f.acte is not None], recto_verso=recto_verso)
    suite = iter(pages)
    produits = tuple(f if f.acte is None else Produit(f.cle, f.debiteur, f.acte, next(suite)) for f in faits)
    return Tranche(produits, relie if pages else b"")


def check_sans_relecture(prepare: ActePrepare) -> None:
    """Refuse what nobody may make without looking at it: unfinished, only a draft, or against a major rule.

    Raises ErreurExigible (`acte_incomplet`, `acte_a_verifier`, `derogation_absente`).
    """
    if prepare.manquantes:
        libelles = tuple(q.libelle for q in prepare.manquantes)
        raise ErreurExigible("acte_incomplet", phrase("Réponses à donner d'abord : {libelles}.", libelles=libelles))
    if prepare.projet:
        raise ErreurExigible(
            "acte_a_verifier", phrase("Ce n'est qu'un projet, à faire vérifier : {raisons}", raisons=prepare.projet)
        )
    majeurs = tuple(m.titre for m in prepare.manquements if m.severite == "majeur")
    if majeurs:
        raise ErreurExigible(
            "derogation_absente",
            phrase("À faire depuis son dossier, en écrivant pourquoi passer outre : {titres}.", titres=majeurs),
        )


def _render(commande: Commande) -> Produit:
    if isinstance(commande.demande, Refus):
        return Produit(commande.cle, commande.debiteur, None, refus=commande.demande)
    try:
        prepare = prepare_acte(commande.demande)
        check_sans_relecture(prepare)
        acte = render_acte(prepare)
    except ErreurExigible as erreur:
        return Produit(commande.cle, commande.debiteur, None, refus=refuse(erreur))
    except _PANNES as panne:
        _journal.exception("%s : document non fait", commande.cle)
        defaut = Refus("erreur_interne", phrase("Erreur interne ({panne}) : signalez-la.", panne=type(panne).__name__))
        return Produit(commande.cle, commande.debiteur, None, refus=defaut)
    return Produit(commande.cle, commande.debiteur, acte)


def _settle() -> None:
    """One thread of the engine a process: it would otherwise start as many as there are cores in each.

    What is loaded stays, and a letter leaves no garbage in circles: looking for it often finds nothing.
    """
    gc.freeze()
    gc.set_threshold(20_000, 25, 25)
    os.environ.setdefault("RAYON_NUM_THREADS", "1")
    maitre = parent_process()
    if maitre is not None:
        Thread(target=_leave_with, args=(maitre,), daemon=True).start()


def _leave_with(maitre: BaseProcess) -> None:
    """End with the process that asked for the batch: killed, it cannot say that nothing more is wanted."""
    maitre.join()
    os._exit(1)
