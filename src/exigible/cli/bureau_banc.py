"""A few honest measures of this machine: the law, the fold, a letter, a large file, a day's work. Nothing is kept."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from exigible.cli.banc_actes import measure_actes
from exigible.cli.banc_calcul import measure_calcul
from exigible.cli.banc_factures import measure_facturx
from exigible.cli.banc_fec import measure_fec
from exigible.cli.banc_liasse import measure_liasse
from exigible.cli.banc_rapprochement import measure_rapprochement
from exigible.cli.banc_releves import measure_releves
from exigible.cli.bureau_banc_fec import measure_fec_au_bureau
from exigible.cli.bureau_banc_journal import measure_journal

_AU = date(2026, 11, 21)
_EMISSION = date(2025, 1, 31)
_SECONDES = 1.0
_PDF = 300
_PIECES = 30


def run_banc(
    dossiers: int, lignes_fec: int, lignes_au_bureau: int, faits: int, calcules: int, lettres: int = 0
) -> dict[str, Any]:
    """Measure; rates are a second on one core, as whole numbers, durations in seconds as text."""
    with TemporaryDirectory(prefix="exigible-banc-") as dossier:
        os.environ |= {"EXIGIBLE_VAR": dossier, "DJANGO_SETTINGS_MODULE": "exigible.bureau.reglages.local"}
        os.environ.pop("EXIGIBLE_BASE", None)
        return {
            "fec_au_bureau": _measure_fec_au_bureau(Path(dossier), lignes_au_bureau),  # first: it measures memory
            "droit": _measure_droit(),
            "calcul": measure_calcul(calcules),
            "fec": measure_fec(Path(dossier), lignes_fec),
            "releves": measure_releves(Path(dossier), max(lignes_fec // 10, 100)),
            "rapprochement": measure_rapprochement(max(lignes_fec // 10, 100), max(lignes_fec // 100, 10)),
            "facturx": measure_facturx(Path(dossier), _PDF),
            "bureau": _measure_bureau(dossiers),
            "actes": measure_actes(Path(dossier), lettres),
            "liasse": measure_liasse(Path(dossier), _PIECES, _time),
            "journal": measure_journal(Path(dossier), faits, _time),
        }


def _count_par_seconde(faire: Callable[[], int]) -> int:
    """Do it again for about a second; return how many units were done a second."""
    faire()
    debut, fait = time.perf_counter(), 0
    while (ecoule := time.perf_counter() - debut) < _SECONDES:
        fait += faire()
    return round(fait / ecoule)


def _time(faire: Callable[[], object]) -> str:
    debut = time.perf_counter()
    faire()
    return f"{time.perf_counter() - debut:.2f}"


def _measure_droit() -> dict[str, int]:
    from exigible.actes.mise_en_demeure.rendu import render_mise_en_demeure
    from exigible.dossier.description import fold_description

    description = _describe_dossier()
    etat = fold_description(description, _AU)
    cles = [c.cle for c in etat.creances]
    return {
        "lignes_d_interets_par_seconde": _count_par_seconde(
            lambda: len(fold_description(description, _AU).decompte.lignes)
        ),
        "decomptes_de_dix_factures_par_seconde": _count_par_seconde(lambda: bool(fold_description(description, _AU))),
        "mises_en_demeure_pdf_par_seconde": _count_par_seconde(lambda: bool(render_mise_en_demeure(etat, cles).pdf)),
    }


def _describe_dossier() -> Any:  # noqa: ANN401 - a Description, of a module that only this function needs
    from exigible.dossier.description import Description, FaitDecrit
    from exigible.dossier.faits import Adresse, DebiteurDecrit, PaiementRecu, Reclamation
    from exigible.dossier.faits_creancier import CreancierDecrit, ReclamationFixee
    from exigible.droit.regimes import QualitePartie

    adresse = Adresse(lignes=("1 rue de l'Exemple",), code_postal="99000", ville="Villefictive")
    factures = [FaitDecrit(date_effet=_EMISSION, fait=_make_creance(rang)) for rang in range(10)]
    paiement = PaiementRecu(cle="p", montant=Decimal("350.00"))
    return Description(
        creancier=CreancierDecrit(nom="Atelier Exemple", adresse=adresse),
        debiteur=DebiteurDecrit(nom="Client Modèle", qualite=QualitePartie.PROFESSIONNEL, adresse=adresse),
        reclamation=ReclamationFixee(penalites=Reclamation.RECLAMER, indemnite=Reclamation.RECLAMER),
        faits=(*factures, FaitDecrit(date_effet=date(2026, 2, 3), fait=paiement)),
    )


def _make_creance(rang: int) -> Any:  # noqa: ANN401 - a CreanceNee, of a module that only these functions need
    from exigible.dossier.faits import CreanceNee

    emission = _EMISSION + timedelta(days=rang)
    return CreanceNee(
        cle=f"f-{rang}",
        numero=f"F-{rang}",
        emission=emission,
        echeance=emission + timedelta(days=30),
        montant=Decimal(1000 + rang),
    )


def _measure_fec_au_bureau(dossier: Path, lignes: int) -> dict[str, Any]:
    from exigible.cli.base import migrate, start_django

    start_django()
    migrate()
    return measure_fec_au_bureau(dossier, lignes, _AU)


def _measure_bureau(dossiers: int) -> dict[str, Any]:
    from exigible.bureau.comptes.services import create_cabinet
    from exigible.bureau.horloge import fix_horloge
    from exigible.bureau.imports.services import apply_import, prepare_import
    from exigible.bureau.journee import run_journee
    from exigible.bureau.tiers.services import create_creancier
    from exigible.bureau.tiers.verification import verify_projections
    from exigible.dossier.faits_creancier import CreancierDecrit

    cabinet = create_cabinet("Banc")
    creancier = create_creancier(cabinet, CreancierDecrit(nom="Atelier Exemple"), "banc", _EMISSION)
    factures = "\n".join(
        f"F-{rang};C{rang % dossiers};Client {rang % dossiers};professionnel;01/09/2026;01/10/2026;{100 + rang % 900}"
        for rang in range(dossiers * 5)
    )
    contenu = f"Numéro;Code client;Client;Qualité;Date;Échéance;Montant TTC\n{factures}\n".encode()
    demain = _AU + timedelta(days=1)
    with fix_horloge(_AU):
        importation = _time(lambda: apply_import(prepare_import(creancier, "f.csv", contenu, "banc"), "banc"))
    with fix_horloge(demain):
        journee = _time(lambda: run_journee(cabinet, demain))
        encore = _time(lambda: run_journee(cabinet, demain))
    return {
        "dossiers": dossiers,
        "factures": dossiers * 5,
        "import_secondes": importation,
        "journee_secondes": journee,
        "journee_refaite_secondes": encore,
        "verification_secondes": _time(lambda: list(verify_projections(cabinet))),
    }
