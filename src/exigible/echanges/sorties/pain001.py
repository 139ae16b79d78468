"""SEPA transfers for the bank: pain.001.001.09, grouped by day. Refunds of what was overpaid, sums owed to others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.sorties.ordres import PartieSepa, Virement
from exigible.echanges.sorties.texte_sepa import clean_texte
from exigible.echanges.sorties.xml_sepa import LIBELLE_MAX, Arbre, write_montant

MESSAGE = "pain.001.001.09"


def write_pain001(donneur: PartieSepa, virements: Sequence[Virement], reference: str, cree_le: datetime) -> bytes:
    """Write the file of these transfers; the same values give the same bytes.

    `reference` names the file (35 characters), `cree_le` is the instant. Raises ErreurSaisie (`rien_a_ecrire`,
    `reference_en_double`), ErreurExigible (`fichier_sepa_invalide`).
    """
    if not virements:
        raise ErreurSaisie("rien_a_ecrire", phrase("Il n'y a aucun virement à écrire."))
    vues: set[str] = set()
    for virement in virements:
        if virement.reference in vues:
            dit = phrase("La référence « {reference} » est donnée à deux virements.", reference=virement.reference)
            raise ErreurSaisie("reference_en_double", dit)
        vues.add(virement.reference)
    arbre = Arbre(MESSAGE, "CstmrCdtTrfInitn")
    arbre.add_entete(reference, cree_le, donneur.nom, (v.montant for v in virements))
    lots: defaultdict[date, list[Virement]] = defaultdict(list)
    for virement in virements:
        lots[virement.jour].append(virement)
    for rang, (jour, lot) in enumerate(sorted(lots.items()), start=1):
        _write_lot(arbre, donneur, lot, f"{reference[:31]}-{rang}", jour)
    return arbre.render()


def _write_lot(arbre: Arbre, donneur: PartieSepa, lot: Sequence[Virement], reference: str, jour: date) -> None:
    add = arbre.add
    info = add(arbre.corps, "PmtInf")
    add(info, "PmtInfId", reference)
    add(info, "PmtMtd", "TRF")
    arbre.add_totaux(info, (v.montant for v in lot))
    add(info, "PmtTpInf/SvcLvl/Cd", "SEPA")
    add(info, "ReqdExctnDt/Dt", jour.isoformat())
    arbre.add_partie(info, "Dbtr", donneur)
    add(info, "DbtrAcct/Id/IBAN", donneur.compte.iban)
    arbre.add_banque(info, "DbtrAgt", donneur.compte)
    add(info, "ChrgBr", "SLEV")
    for virement in lot:
        ordre = add(info, "CdtTrfTxInf")
        add(ordre, "PmtId/EndToEndId", virement.reference)
        add(ordre, "Amt/InstdAmt", write_montant(virement.montant)).set("Ccy", "EUR")
        if virement.beneficiaire.compte.bic:
            arbre.add_banque(ordre, "CdtrAgt", virement.beneficiaire.compte)
        arbre.add_partie(ordre, "Cdtr", virement.beneficiaire)
        add(ordre, "CdtrAcct/Id/IBAN", virement.beneficiaire.compte.iban)
        if libelle := clean_texte(virement.libelle, LIBELLE_MAX):
            add(ordre, "RmtInf/Ustrd", libelle)
