"""Accept what the matching proposes: the certain credits, one short transaction each; a payment taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from exigible.bureau import horloge
from exigible.bureau.banque.models import Mouvement, NatureMouvement, StatutMouvement
from exigible.bureau.banque.propositions import propose, propose_tout
from exigible.bureau.banque.repartition import (
    PartChoisie,
    lock_mouvement,
    make_cle_frais,
    refuse_decide,
    write_parts,
)
from exigible.bureau.banque.services import refresh_retenues
from exigible.bureau.journal.ecriture import lock_chaines
from exigible.bureau.journal.models import Chaine
from exigible.bureau.journal.services import FaitAEcrire, record_lots
from exigible.bureau.tiers.models import Creancier, Dossier, Paiement
from exigible.bureau.travaux.verrous import retry_occupee
from exigible.dossier.faits import Fait, PaiementRejete, PrelevementRejete
from exigible.dossier.faits_creancier import MouvementRapproche
from exigible.dossier.faits_frais import FraisExpose
from exigible.dossier.rapprochement.donnees import Candidat, Retour, to_euros
from exigible.droit.charge_des_frais import ChargeFrais, NatureFrais
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.phrase import phrase


@dataclass(frozen=True, slots=True)
class Certitude:
    """A credit whose payer nothing leaves to doubt; `nom` names line and parts, so that what is accepted was seen."""

    mouvement: Mouvement
    candidat: Candidat

    @property
    def nom(self) -> str:
        """Name the line with exactly these parts."""
        return f"{self.mouvement.pk}-{_digest(self.candidat)}"


def list_certains(creancier: Creancier) -> list[Certitude]:
    """List the certain credits of a creditor, the oldest first."""
    return [Certitude(m, p.certain) for m, p in propose_tout(creancier) if p.certain]


def accept_certains(creancier: Creancier, noms: Collection[str], auteur: str) -> tuple[int, int]:
    """Match those of the certain credits that are named; return how many were, and how many were no longer certain."""
    certains = [c for c in list_certains(creancier) if c.nom in noms]
    tetes = dict(Chaine.objects.filter(dossier__creancier=creancier).values_list("pk", "tete_rang"))
    vus = {d for c in certains for d in c.candidat.dossiers}
    dossiers = {str(d.pk): d for d in Dossier.objects.filter(pk__in=vus).select_related("chaine", "creancier")}

    @retry_occupee
    def accept_un(certitude: Certitude) -> bool:
        with transaction.atomic():
            siens = [dossiers[cle] for cle in certitude.candidat.dossiers]
            chaines = lock_chaines([creancier.chaine_id, *(d.chaine_id for d in siens)])
            mouvement = lock_mouvement(certitude.mouvement)
            if mouvement.statut != StatutMouvement.A_RAPPROCHER or mouvement.parts:
                return False
            inchanges = all(chaines[d.chaine_id].tete_rang == tetes[d.chaine_id] for d in siens)
            if not inchanges and not _is_toujours_certain(mouvement, certitude.candidat):
                return False
            parts = [
                PartChoisie(dossiers[p.dossier], (p.creance,) if p.creance else (), to_euros(p.centimes), p.prelevement)
                for p in certitude.candidat.parts
            ]
            motif = "accepté parmi les rapprochements certains : " + " ; ".join(certitude.candidat.raisons)
            ecrits = write_parts(mouvement, parts, motif, auteur, sans_retenues=True)
        # What we wrote ourselves pays other claims than the next ones do: it makes none of them less certain.
        tetes.update((e.chaine.pk, e.chaine.tete_rang) for e in ecrits)
        return True

    nombre = sum(accept_un(certitude) for certitude in certains)
    # Until then a matched credit still holds its dossier: nobody is chased for what was paid.
    refresh_retenues(creancier)
    return nombre, len(noms) - nombre


@retry_occupee
def accept_retour(mouvement: Mouvement, paiement: tuple[str, str], auteur: str) -> Retour:
    """Say that a line takes back an earlier payment, named by dossier and key: what it had paid is owed again.

    Raises ErreurExigible when the line is already decided, or that payment is not one that it may take back.
    """
    with transaction.atomic():
        mouvement = lock_mouvement(mouvement)
        refuse_decide(mouvement)
        retours = propose(mouvement).retours if mouvement.nature == NatureMouvement.RETOUR else ()
        retour = next((r for r in retours if paiement in r.encaissement.paiements), None)
        if retour is None:
            raise ErreurExigible(
                "retour_inconnu", phrase("Ce paiement n'est pas de ceux que ce mouvement peut reprendre.")
            )
        _write_retour(mouvement, retour, auteur)
    return retour


def _write_retour(mouvement: Mouvement, retour: Retour, auteur: str) -> None:
    paiements = retour.encaissement.paiements
    dossiers = {str(d.pk): d for d in Dossier.objects.filter(pk__in=[d for d, _ in paiements]).select_related("chaine")}
    jour = horloge.today()
    rapprochements = [
        MouvementRapproche(
            mouvement=mouvement.cle,
            dossier=dossier,
            paiement=cle,
            motif=f"paiement rejeté : {retour.motif}",
            # A payment taken back is so whole, whatever its parts were: the first one bears the amount.
            montant=mouvement.montant + to_euros(retour.frais) if rang == 0 else to_euros(0),
            frais=to_euros(retour.frais) if rang == 0 and retour.frais else None,
        )
        for rang, (dossier, cle) in enumerate(paiements)
    ]
    lots = [(mouvement.creancier.chaine, [FaitAEcrire(fait, jour) for fait in rapprochements])]
    recus = set(Paiement.objects.filter(dossier__in=dossiers, rejete=False).values_list("dossier_id", "cle"))
    for nom, dossier in dossiers.items():
        rejets: list[Fait] = [
            PaiementRejete(paiement=cle, motif=str(retour.motif), mouvement=mouvement.cle)
            for sien, cle in paiements
            if sien == nom and (dossier.pk, cle) in recus
        ]
        if prelevement := retour.encaissement.prelevement:
            motif = str(retour.motif)
            rejets.insert(
                0,
                PrelevementRejete(prelevement=prelevement, code=retour.code, motif=motif, mouvement=mouvement.cle),
            )
        if nom == paiements[0][0]:
            rejets += _list_frais(mouvement, retour)
        lots.append((dossier.chaine, [FaitAEcrire(fait, mouvement.date) for fait in rejets]))
    record_lots(lots, auteur)


def _list_frais(mouvement: Mouvement, retour: Retour) -> list[Fait]:
    """Give the charge of the bank as a cost of the dossier when the law puts it on the debtor; else nothing."""
    if retour.charge is None or retour.charge.charge is not ChargeFrais.DEBITEUR:
        return []
    return [
        FraisExpose(
            cle=make_cle_frais(mouvement.cle),
            nature=NatureFrais.REJET_DE_CHEQUE,
            montant=to_euros(retour.frais),
            libelle=mouvement.libelle,
            article=retour.charge.articles[0],
        )
    ]


def _is_toujours_certain(mouvement: Mouvement, candidat: Candidat) -> bool:
    actuel = propose(mouvement).certain
    return actuel is not None and actuel.parts == candidat.parts


def _digest(candidat: Candidat) -> str:
    dit = "\n".join(f"{p.dossier} {p.creance} {p.centimes} {p.prelevement}" for p in candidat.parts)
    return hashlib.sha256(dit.encode()).hexdigest()[:16]
