"""Bank lines from the facts of a creditor's journal. Decisions hold in the order they were recorded."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date

from exigible.bureau.banque.models import Mouvement, StatutMouvement
from exigible.bureau.journal.lecture import cut_lots, read_journaux
from exigible.bureau.tables import Cle, Differences, Ligne, apply_differences, compare_lignes, fit, read_lignes
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.dossier.faits_creancier import MouvementConstate, MouvementEcarte, MouvementRapproche, RetenueLevee
from exigible.dossier.journal import Inscription, list_effectives
from exigible.dossier.rapprochement.donnees import LigneBancaire, to_centimes
from exigible.dossier.rapprochement.natures import classify_ligne
from exigible.droit.argent import ZERO, round_cent

_FAITS = (MouvementConstate, MouvementRapproche, MouvementEcarte, RetenueLevee)
_CLE = ("creancier_id", "cle")
_UNIQUE = ("creancier", "cle")
_TYPES = frozenset(str(fait.__struct_config__.tag) for fait in _FAITS)


def project_mouvements(creancier: Creancier, nouvelles: Sequence[Inscription]) -> None:
    """Bring the lines up to date after new facts: only those they name, unless something was corrected."""
    concernent = [i for i in nouvelles if isinstance(i.fait, _FAITS)]
    nommees = {i.fait.mouvement for i in nouvelles if isinstance(i.fait, _FAITS)}
    if any(i.corrige is not None for i in nouvelles):
        rebuild_mouvements(creancier)
    elif nommees:
        presentes = _read(creancier, nommees)
        attendues = _fold(creancier, concernent, {cle: dict(ligne) for cle, ligne in presentes.items()})
        apply_differences(Mouvement, compare_lignes(attendues, presentes), _UNIQUE)


def rebuild_mouvements(creancier: Creancier) -> None:
    """Write the lines again from the whole journal."""
    apply_differences(Mouvement, compare_mouvements(creancier), _UNIQUE)


def compare_mouvements(creancier: Creancier) -> Differences:
    """Compare the lines with what the journal says."""
    inscriptions = read_journaux([creancier.chaine_id], _TYPES)[creancier.chaine_id]
    effectives = sorted(list_effectives(inscriptions, date.max), key=lambda i: i.rang)
    return compare_lignes(_fold(creancier, effectives, {}), _read(creancier))


def _read(creancier: Creancier, cles: set[str] | None = None) -> dict[Cle, Ligne]:
    lignes = Mouvement.objects.filter(creancier=creancier)
    if cles is None:
        return read_lignes(lignes, _CLE)
    lues: dict[Cle, Ligne] = {}
    for lot in cut_lots(sorted(cles)):
        lues |= read_lignes(lignes.filter(cle__in=lot), _CLE)
    return lues


def _fold(creancier: Creancier, inscriptions: Sequence[Inscription], lignes: dict[Cle, Ligne]) -> dict[Cle, Ligne]:
    dossiers = {str(cle): cle for cle in _list_dossiers(creancier, inscriptions)}
    for inscription in inscriptions:
        fait = inscription.fait
        if isinstance(fait, MouvementConstate):
            lignes.setdefault((creancier.pk, fait.mouvement), _describe(creancier, inscription.date_effet, fait))
        elif isinstance(fait, MouvementRapproche) and (creancier.pk, fait.mouvement) in lignes:
            _add_part(lignes[creancier.pk, fait.mouvement], fait, dossiers.get(fait.dossier))
        elif isinstance(fait, MouvementEcarte) and (creancier.pk, fait.mouvement) in lignes:
            ecarte = {"statut": str(StatutMouvement.ECARTE), "dossier_id": None, "paiement": "", "motif": fait.motif}
            lignes[creancier.pk, fait.mouvement] |= ecarte
        elif isinstance(fait, RetenueLevee) and (creancier.pk, fait.mouvement) in lignes:
            ligne = lignes[creancier.pk, fait.mouvement]
            ligne["levees"] = [*ligne["levees"], {"dossier": fait.dossier, "motif": fait.motif}]
    return lignes


def _add_part(ligne: Ligne, fait: MouvementRapproche, dossier: uuid.UUID | None) -> None:
    """Give a part of a line to a dossier; it stays to be matched while something of it is left."""
    montant = ligne["montant"] - ligne["affecte"] if fait.montant is None else round_cent(fait.montant)
    if not ligne["parts"]:
        ligne |= {"dossier_id": dossier, "paiement": fait.paiement, "motif": fait.motif}
    ligne["parts"] = [*ligne["parts"], {"dossier": fait.dossier, "paiement": fait.paiement, "montant": str(montant)}]
    # What the bank took for a return is a part of the line too.
    ligne["affecte"] += montant - round_cent(fait.frais or ZERO)
    if abs(ligne["affecte"]) >= abs(ligne["montant"]):
        ligne["statut"] = str(StatutMouvement.RAPPROCHE)


def _list_dossiers(creancier: Creancier, inscriptions: Iterable[Inscription]) -> Iterable[uuid.UUID]:
    if not any(isinstance(i.fait, MouvementRapproche) for i in inscriptions):
        return []
    return Dossier.objects.filter(creancier=creancier).values_list("pk", flat=True)


def make_ligne(fait: MouvementConstate, jour: date) -> LigneBancaire:
    """Give a bank line as the matching reads it."""
    return LigneBancaire(
        cle=fait.mouvement,
        jour=jour,
        centimes=to_centimes(fait.montant),
        devise=fait.devise,
        libelle=fait.libelle,
        reference=fait.reference,
        contrepartie=fait.contrepartie,
        iban=fait.iban_contrepartie,
        bout_en_bout=fait.bout_en_bout,
        operation=fait.operation,
        motif_retour=fait.motif_retour,
        extourne=fait.extourne,
    )


def _describe(creancier: Creancier, jour: date, fait: MouvementConstate) -> Ligne:
    return fit(
        Mouvement,
        {
            "cabinet_id": creancier.cabinet_id,
            "creancier_id": creancier.pk,
            "cle": fait.mouvement,
            "date": jour,
            "montant": fait.montant,
            "devise": fait.devise,
            "iban": fait.iban,
            "libelle": fait.libelle,
            "reference": fait.reference,
            "contrepartie": fait.contrepartie,
            "iban_contrepartie": fait.iban_contrepartie,
            "statut": str(StatutMouvement.A_RAPPROCHER),
            "dossier_id": None,
            "paiement": "",
            "motif": "",
            "nature": classify_ligne(make_ligne(fait, jour)).value,
            "bout_en_bout": fait.bout_en_bout,
            "operation": fait.operation,
            "motif_retour": fait.motif_retour,
            "extourne": fait.extourne,
            "affecte": ZERO,
            "parts": [],
            "levees": [],
        },
    )
