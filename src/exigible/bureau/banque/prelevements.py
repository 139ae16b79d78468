"""The direct debits of a creditor as the matching knows them, and the facts that a bank line makes of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from exigible.bureau.banque.models import Mouvement, NatureMouvement
from exigible.bureau.journal.lecture import read_journaux
from exigible.bureau.journal.models import Maillon
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.dossier.faits import Fait, PaiementRecu, PaiementRejete
from exigible.dossier.faits_sorties import FichierEmis
from exigible.dossier.journal import list_effectives
from exigible.dossier.prelevements_suivis import (
    PrelevementSuivi,
    follow_prelevements,
    make_cle_paiement,
    name_lots,
)
from exigible.dossier.rapprochement.donnees import PrelevementConnu, to_centimes

_TYPES = frozenset(
    {"mandat_signe", "plan_convenu", "prelevement_ordonne", "prelevement_rejete", "paiement_recu", "paiement_rejete"}
)


def load_prelevements(creancier: uuid.UUID) -> list[PrelevementConnu]:
    """Load every debit that a creditor asked of its bank; two queries more when there is any."""
    ordonnes = Maillon.objects.filter(chaine__dossier__creancier=creancier, type="prelevement_ordonne")
    dossiers = dict(Dossier.objects.filter(chaine__in=ordonnes.values("chaine")).values_list("chaine_id", "pk"))
    if not dossiers:
        return []
    noms = dict(Dossier.objects.filter(pk__in=dossiers.values()).values_list("pk", "debiteur_nom"))
    suivis = [(dossiers[chaine], s) for chaine, siens in _read(dossiers).items() for s in siens]
    lots = _name_lots(creancier, [s for _, s in suivis])
    rapproches = _list_rapproches(creancier)
    connus = [_describe(dossier, noms[dossier], suivi, lots, rapproches) for dossier, suivi in suivis]
    return sorted(connus, key=lambda p: (p.jour, p.reference))


def read_suivis(dossiers: Iterable[Dossier]) -> dict[tuple[uuid.UUID, str], PrelevementSuivi]:
    """Read the debits of some dossiers, by dossier and key."""
    par_chaine = {d.chaine_id: d.pk for d in dossiers}
    return {(par_chaine[c], s.ordre.cle): s for c, siens in _read(par_chaine).items() for s in siens}


def is_rapproche(dossier: Dossier, suivi: PrelevementSuivi) -> bool:
    """Whether a bank line is that debit already."""
    cle = suivi.paiement.cle if suivi.paiement else ""
    return bool(cle) and (str(dossier.pk), cle) in _list_rapproches(dossier.creancier_id)


def make_faits(suivi: PrelevementSuivi, mouvement: Mouvement, montant: Decimal) -> tuple[str, list[Fait]]:
    """Give the key of the payment that a credit is, and what is to be written for it: nothing when it is recorded.

    A debit that came back before its batch was credited is paid, and taken back: it stays owed.
    """
    if suivi.paiement is not None:
        return suivi.paiement.cle, []
    cle = make_cle_paiement(suivi.ordre.cle)
    faits: list[Fait] = [
        PaiementRecu(
            cle=cle,
            montant=montant,
            creances=suivi.creances,
            moyen="prelevement",
            libelle=suivi.ordre.reference,
            mouvement=mouvement.cle,
            provenance="relevé bancaire",
            prelevement=suivi.ordre.cle,
        )
    ]
    if suivi.rejet is not None:
        faits.append(PaiementRejete(paiement=cle, motif=suivi.rejet, mouvement=mouvement.cle))
    return cle, faits


def _read(chaines: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[PrelevementSuivi, ...]]:
    journaux = read_journaux(chaines, _TYPES)
    return {c: follow_prelevements(list_effectives(lues, date.max)) for c, lues in journaux.items()}


def _name_lots(creancier: uuid.UUID, suivis: Iterable[PrelevementSuivi]) -> dict[str, tuple[str, str]]:
    """Give the references of the batch of each debit: those of the file that carried it."""
    chaine = Creancier.objects.values_list("chaine_id", flat=True).get(pk=creancier)
    emis = list_effectives(read_journaux([chaine], frozenset({"fichier_emis"}))[chaine], date.max)
    messages = {i.fait.piece: i.fait.cle for i in emis if isinstance(i.fait, FichierEmis)}
    ordres = [s.ordre for s in suivis]
    lots: dict[str, tuple[str, str]] = {}
    for fichier in {o.fichier for o in ordres if o.fichier in messages}:
        lots |= name_lots(messages[fichier], (o for o in ordres if o.fichier == fichier))
    return lots


def _list_rapproches(creancier: uuid.UUID) -> set[tuple[str, str]]:
    """List the payments (dossier, key) that a credit is already."""
    credits_ = Mouvement.objects.filter(creancier=creancier, nature=NatureMouvement.CREDIT).exclude(parts=[])
    return {(p["dossier"], p["paiement"]) for parts in credits_.values_list("parts", flat=True) for p in parts}


def _describe(
    dossier: uuid.UUID,
    nom: str,
    suivi: PrelevementSuivi,
    lots: dict[str, tuple[str, str]],
    rapproches: set[tuple[str, str]],
) -> PrelevementConnu:
    ordre, mandat = suivi.ordre, suivi.mandat
    cle = suivi.paiement.cle if suivi.paiement else make_cle_paiement(ordre.cle)
    return PrelevementConnu(
        dossier=str(dossier),
        cle=ordre.cle,
        reference=ordre.reference,
        centimes=to_centimes(ordre.montant),
        jour=ordre.jour,
        cle_paiement=cle,
        lots=lots.get(ordre.reference, ()),
        nom=(mandat.titulaire if mandat else "") or nom,
        iban=mandat.iban if mandat else "",
        encaisse=suivi.paiement is not None,
        rapproche=(str(dossier), cle) in rapproches,
        rejete=suivi.rejet is not None,
    )
