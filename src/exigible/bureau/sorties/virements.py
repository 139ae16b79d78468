"""Refunds of what was paid in excess: those to transfer, the file for the bank, and its facts."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from exigible.bureau import horloge
from exigible.bureau.journal.ecriture import lock_chaines
from exigible.bureau.journal.lecture import read_journaux
from exigible.bureau.journal.models import Maillon
from exigible.bureau.journal.services import FaitAEcrire, record_lots
from exigible.bureau.sorties.prelevements import build_partie, store_fichier
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.bureau.tiers.services import load_etat_creancier
from exigible.bureau.travaux.verrous import retry_occupee
from exigible.dossier.faits import DebiteurDecrit, TropPercuRembourse, VirementOrdonne
from exigible.dossier.faits_sorties import FichierEmis, SorteFichier
from exigible.dossier.journal import list_effectives
from exigible.droit.jours_bancaires import add_jours_bancaires
from exigible.echanges.sorties.ordres import CompteSepa, PartieSepa, Virement
from exigible.echanges.sorties.pain001 import write_pain001

_TYPES = frozenset({"debiteur_decrit", "trop_percu_rembourse", "virement_ordonne"})


@dataclass(frozen=True, slots=True)
class LigneVirement:
    """A refund to transfer; `decide_le`: the day it was given back in the books."""

    dossier: Dossier
    debiteur: DebiteurDecrit
    decide_le: date
    remboursement: TropPercuRembourse


def list_virements(creancier: Creancier) -> list[LigneVirement]:
    """List the refunds that have an account to go to and were not asked of the bank yet, the oldest first."""
    rendus = Maillon.objects.filter(chaine__dossier__creancier=creancier, type="trop_percu_rembourse")
    return _read(list(Dossier.objects.filter(chaine__in=rendus.values("chaine")).select_related("chaine")))


def _read(dossiers: Sequence[Dossier]) -> list[LigneVirement]:
    journaux = read_journaux([d.chaine_id for d in dossiers], _TYPES)
    lignes: list[LigneVirement] = []
    for dossier in dossiers:
        effectives = list_effectives(journaux[dossier.chaine_id], horloge.today())
        debiteurs = [i.fait for i in effectives if isinstance(i.fait, DebiteurDecrit)]
        ordonnes = {i.fait.remboursement for i in effectives if isinstance(i.fait, VirementOrdonne)}
        lignes += [
            LigneVirement(dossier, debiteurs[-1], i.date_effet, i.fait)
            for i in effectives
            if isinstance(i.fait, TropPercuRembourse) and i.fait.iban and i.fait.cle not in ordonnes
        ]
    return sorted(lignes, key=lambda ligne: (ligne.decide_le, ligne.dossier.reference, ligne.remboursement.cle))


@retry_occupee
def make_virements(creancier: Creancier, auteur: str) -> FichierEmis:
    """Make the file of every refund to transfer, and write that they were asked for; each is asked for once.

    Raises ErreurExigible (`rien_a_ecrire`, `compte_absent`, `iban_faux`…).
    """
    with transaction.atomic():
        dossiers = [ligne.dossier for ligne in list_virements(creancier)]
        lock_chaines([creancier.chaine_id, *(d.chaine_id for d in dossiers)])
        lignes = _read(list(dict.fromkeys(dossiers)))
        jour = add_jours_bancaires(horloge.today(), 1)
        ordres = [_make_virement(ligne, jour) for ligne in lignes]
        cle = uuid.uuid4().hex
        contenu = write_pain001(build_partie(load_etat_creancier(creancier)), ordres, cle, horloge.now())
        nom = f"virements-{horloge.today():%Y-%m-%d}-{cle[:6]}.xml"
        emis = store_fichier(creancier, cle, SorteFichier.VIREMENTS, nom, contenu, [o.montant for o in ordres])
        _record(creancier, emis, list(zip(lignes, ordres, strict=True)), auteur)
    return emis


def _make_virement(ligne: LigneVirement, jour: date) -> Virement:
    rendu = ligne.remboursement
    empreinte = hashlib.sha256(rendu.cle.encode()).hexdigest()[:8].upper()
    compte = CompteSepa(rendu.iban, rendu.bic)
    return Virement(
        reference=f"{ligne.dossier.reference[:20]}-R-{empreinte}",
        montant=rendu.montant,
        beneficiaire=PartieSepa(rendu.beneficiaire or ligne.debiteur.nom, compte, ligne.debiteur.adresse),
        jour=jour,
        libelle=rendu.motif,
    )


def _record(
    creancier: Creancier, emis: FichierEmis, ordres: Sequence[tuple[LigneVirement, Virement]], auteur: str
) -> None:
    jour = horloge.today()
    par_dossier: dict[uuid.UUID, tuple[Dossier, list[FaitAEcrire]]] = {}
    for ligne, ordre in ordres:
        fait = VirementOrdonne(
            remboursement=ligne.remboursement.cle, jour=ordre.jour, reference=ordre.reference, fichier=emis.piece
        )
        par_dossier.setdefault(ligne.dossier.pk, (ligne.dossier, []))[1].append(FaitAEcrire(fait, jour))
    lots = [(creancier.chaine, [FaitAEcrire(emis, jour)])]
    record_lots([*lots, *((dossier.chaine, faits) for dossier, faits in par_dossier.values())], auteur)
