"""What the bundle says of itself to programs: its manifest, and the statement as data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from exigible.actes.demande import Demande
from exigible.actes.preuve.donnees import PieceEcrite, Sujet
from exigible.actes.preuve.extrait import ChaineEcrite, Extrait
from exigible.actes.preuve.redaction import write_parties
from exigible.actes.sommes import SommeReclamee, Totaux, add_sommes, compute_sommes
from exigible.actes.typst.texte import clean_texte
from exigible.dossier.etat import EtatDossier
from exigible.dossier.obligation.lignes import list_lignes_du_compte
from exigible.droit.donnees import dump_ligne, encode

_IMPUTATION = ("creance", "date", "montant", "frais", "indemnites", "interets", "principal")


def build_manifeste(
    sujet: Sujet,
    projet: Sequence[str],
    pieces: Sequence[PieceEcrite],
    chaines: Sequence[ChaineEcrite],
    fichiers: Iterable[dict[str, Any]],
    *,
    journal: str,
) -> bytes:
    """Write the manifest: what the bundle is, and each of its files. `journal`: the file of the extract."""
    demande = sujet.demande
    return _write(
        {
            "format": "exigible-liasse",
            "version": 1,
            "dossier": demande.reference,
            "parties": write_parties(demande),
            "au": demande.etat.au,
            "acte": demande.modele.nom,
            "titre": demande.modele.titre,
            "approuves": [{"acte": a.nom, "jour": a.jour, "fait": a.fait} for a in sujet.approuves],
            "projet": list(projet),
            "montants": _dump_montants(demande.totaux),
            "pieces": [_describe_piece(piece) for piece in pieces],
            "journal": _describe_journal(chaines, sujet.journal, journal),
            "fichiers": list(fichiers),
        }
    )


def dump_releve(demande: Demande, etat: EtatDossier, creances: Sequence[str] | None) -> bytes:
    """Write the statement of the bundle as data: what its pages show (`render_decompte`)."""
    cles = [ligne.cle for ligne in list_lignes_du_compte(etat)] if creances is None else list(creances)
    sommes = compute_sommes(etat, cles, sans_conteste=False)
    montrees = {somme.cle for somme in sommes}
    releve = etat.decompte
    return _write(
        {
            "format": "exigible-decompte",
            "version": 1,
            "dossier": demande.reference,
            "parties": write_parties(demande),
            "au": etat.au,
            "devise": "EUR",
            "montants": _dump_montants(add_sommes(sommes)),
            "creances": [_describe_somme(somme) for somme in sommes],
            "lignes": [{"creance": x.creance, **dump_ligne(x)} for x in releve.lignes if x.creance in montrees],
            "versements": [
                {nom: getattr(x, nom) for nom in _IMPUTATION} for x in releve.imputations if x.creance in montrees
            ],
        }
    )


def _describe_somme(somme: SommeReclamee) -> dict[str, Any]:
    creance = somme.etat.creance
    return {
        "cle": somme.cle,
        "numero": clean_texte(somme.numero),
        "emission": creance.emission,
        "echeance": creance.echeance,
        "initial": somme.solde.principal_initial,
        **_dump_montants(somme),
    }


def _dump_montants(sommes: SommeReclamee | Totaux) -> dict[str, Decimal]:
    return {nom: getattr(sommes, nom) for nom in ("principal", "interets", "indemnites", "frais", "total")}


def _write(objet: dict[str, Any]) -> bytes:
    return (json.dumps(objet, ensure_ascii=False, sort_keys=True, indent=1, default=encode) + "\n").encode()


def _describe_piece(piece: PieceEcrite) -> dict[str, Any]:
    return {
        "numero": piece.numero,
        "intitule": clean_texte(piece.intitule),
        "jour": piece.jour,
        "pages": piece.pages,
        "fichier": piece.fichier,
        "sha256": piece.sha256,
        "remarque": piece.remarque,
        "fait": piece.fait,
    }


def _describe_journal(chaines: Sequence[ChaineEcrite], journal: Extrait | None, fichier: str) -> dict[str, Any] | None:
    if journal is None:
        return None
    return {
        "fichier": fichier,
        "chaines": [
            {"chaine": c.chaine, "sorte": c.sorte, "rang": c.rang, "empreinte": c.empreinte, "tete": c.tete}
            for c in chaines
        ],
        "sceaux": [{"jour": s.jour, "empreinte": s.empreinte} for s in journal.sceaux],
    }
