"""SEPA direct debits for the bank: pain.008.001.08, CORE or B2B, grouped by day and sequence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from lxml import etree

from exigible.dossier.faits import SchemaSepa
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.echanges.sorties.ordres import Creancier, Prelevement, check_ics
from exigible.echanges.sorties.texte_sepa import clean_texte
from exigible.echanges.sorties.xml_sepa import LIBELLE_MAX, Arbre, write_montant

MESSAGE = "pain.008.001.08"


def write_pain008(
    creancier: Creancier, prelevements: Sequence[Prelevement], reference: str, cree_le: datetime
) -> bytes:
    """Write the file of these debits, all of one scheme; the same values give the same bytes.

    `reference` names the file (35 characters), `cree_le` is the instant. Raises ErreurSaisie (`rien_a_ecrire`,
    `schemas_meles`, `reference_en_double`), ErreurExigible (`fichier_sepa_invalide`).
    """
    schema = check_ordres(prelevements)
    arbre = Arbre(MESSAGE, "CstmrDrctDbtInitn")
    arbre.add_entete(reference, cree_le, creancier.partie.nom, (p.montant for p in prelevements))
    lots: defaultdict[tuple[str, str], list[Prelevement]] = defaultdict(list)
    for prelevement in prelevements:
        lots[prelevement.jour.isoformat(), prelevement.sequence.value].append(prelevement)
    for rang, (_, lot) in enumerate(sorted(lots.items()), start=1):
        _write_lot(arbre, creancier, lot, f"{reference[:31]}-{rang}", schema)
    return arbre.render()


def check_ordres(prelevements: Sequence[Prelevement]) -> SchemaSepa:
    """Return the scheme of debits that can go together. Raises ErreurSaisie."""
    schemas = {p.schema for p in prelevements}
    if not schemas:
        raise ErreurSaisie("rien_a_ecrire", phrase("Il n'y a aucun prélèvement à écrire."))
    if len(schemas) > 1:
        raise ErreurSaisie(
            "schemas_meles", phrase("Un fichier ne mêle pas les prélèvements CORE et B2B : faites-en deux.")
        )
    references = [p.reference for p in prelevements]
    doubles = (
        sorted({r for r in references if references.count(r) > 1}) if len(set(references)) < len(references) else []
    )
    if doubles:
        dit = phrase("La référence « {reference} » est donnée à deux prélèvements.", reference=doubles[0])
        raise ErreurSaisie("reference_en_double", dit)
    return schemas.pop()


def _write_lot(
    arbre: Arbre, creancier: Creancier, lot: Sequence[Prelevement], reference: str, schema: SchemaSepa
) -> None:
    add = arbre.add
    info = add(arbre.corps, "PmtInf")
    add(info, "PmtInfId", reference)
    add(info, "PmtMtd", "DD")
    arbre.add_totaux(info, (p.montant for p in lot))
    genre = add(info, "PmtTpInf")
    add(genre, "SvcLvl/Cd", "SEPA")
    add(genre, "LclInstrm/Cd", schema.value.upper())
    add(genre, "SeqTp", lot[0].sequence.value)
    add(info, "ReqdColltnDt", lot[0].jour.isoformat())
    arbre.add_partie(info, "Cdtr", creancier.partie)
    add(info, "CdtrAcct/Id/IBAN", creancier.partie.compte.iban)
    arbre.add_banque(info, "CdtrAgt", creancier.partie.compte)
    add(info, "ChrgBr", "SLEV")
    identifiant = add(info, "CdtrSchmeId/Id/PrvtId/Othr")
    add(identifiant, "Id", check_ics(creancier.ics))
    add(identifiant, "SchmeNm/Prtry", "SEPA")
    for prelevement in lot:
        _write_prelevement(arbre, info, prelevement)


def _write_prelevement(arbre: Arbre, info: etree._Element, prelevement: Prelevement) -> None:
    add = arbre.add
    ordre = add(info, "DrctDbtTxInf")
    add(ordre, "PmtId/EndToEndId", prelevement.reference)
    add(ordre, "InstdAmt", write_montant(prelevement.montant)).set("Ccy", "EUR")
    mandat = add(ordre, "DrctDbtTx/MndtRltdInf")
    add(mandat, "MndtId", prelevement.rum)
    add(mandat, "DtOfSgntr", prelevement.signe_le.isoformat())
    arbre.add_banque(ordre, "DbtrAgt", prelevement.debiteur.compte)
    arbre.add_partie(ordre, "Dbtr", prelevement.debiteur)
    add(ordre, "DbtrAcct/Id/IBAN", prelevement.debiteur.compte.iban)
    if libelle := clean_texte(prelevement.libelle, LIBELLE_MAX):
        add(ordre, "RmtInf/Ustrd", libelle)
