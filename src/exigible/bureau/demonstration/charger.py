"""Load the demonstration once, through the import of everybody, then only bring it to the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction

from exigible.bureau.comptes.models import Cabinet
from exigible.bureau.comptes.services import create_cabinet, create_utilisateur
from exigible.bureau.demonstration import IDENTIFIANT, MOT_DE_PASSE
from exigible.bureau.demonstration.fichiers import FichierDemo, write_fichiers
from exigible.bureau.demonstration.histoire import record_histoire
from exigible.bureau.demonstration.societe import SOCIETE
from exigible.bureau.imports.services import apply_import, prepare_import
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.journee import run_journee
from exigible.bureau.reglages.environnement import get_var
from exigible.bureau.tiers.models import Creancier
from exigible.bureau.tiers.services import create_creancier
from exigible.dossier.faits import Adresse, Reclamation
from exigible.dossier.faits_creancier import (
    CompteBancaireAjoute,
    ConditionsDeVenteFixees,
    CreancierDecrit,
    ReclamationFixee,
)
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours import format_jour

AUTEUR = "démonstration"
DOSSIER = "demonstration"
"""Folder of the files, under the folder of the data."""

Dire = Callable[[str], object]


def load_demonstration(aujourd_hui: date, dire: Dire = lambda _: None) -> Cabinet:
    """Load the demonstration on its first day, all or nothing; on later ones only do the day's work.

    `aujourd_hui` is the day of the clock. Its files are dated back from the first day, kept under `EXIGIBLE_VAR`, and
    never written again. `dire` is given a sentence for each step. Raises ErreurExigible when a file is refused, OSError
    when the folder cannot be written.
    """
    cabinet = Cabinet.objects.filter(demonstration=True).order_by("pk").first()
    if cabinet is None:
        with transaction.atomic():
            cabinet = _load(aujourd_hui, dire)
    else:
        dire("La démonstration est déjà chargée : elle est seulement mise à jour.")
    journee = run_journee(cabinet, aujourd_hui)
    dire(
        f"Travail du {format_jour(aujourd_hui)} : {len(journee.actions)} gestes à faire, "
        f"{len(journee.retenues)} factures retenues, {len(journee.banque)} virements à rapprocher."
    )
    return cabinet


def _load(aujourd_hui: date, dire: Dire) -> Cabinet:
    dossier = get_var() / DOSSIER
    fichiers = write_fichiers(dossier, aujourd_hui)
    dire(f"{len(fichiers)} fichiers d'exemple écrits dans « {dossier} » : vous pouvez les ouvrir.")
    cabinet = create_cabinet(f"{SOCIETE.nom} {SOCIETE.forme}", demonstration=True)
    create_utilisateur(cabinet, IDENTIFIANT, MOT_DE_PASSE, "Démonstration")
    creancier = _create_societe(cabinet, aujourd_hui)
    dire(f"{SOCIETE.nom} {SOCIETE.forme}, société fictive, est créée.")
    for fichier in fichiers:
        dire(_import(creancier, fichier))
    dire(record_histoire(creancier, aujourd_hui, AUTEUR))
    return cabinet


def _create_societe(cabinet: Cabinet, aujourd_hui: date) -> Creancier:
    description = CreancierDecrit(
        nom=SOCIETE.nom,
        forme=SOCIETE.forme,
        capital=SOCIETE.capital,
        siren=SOCIETE.siren,
        rcs=SOCIETE.rcs,
        tva=SOCIETE.tva,
        adresse=Adresse(lignes=SOCIETE.adresse, code_postal=SOCIETE.code_postal, ville=SOCIETE.ville),
        courriel=SOCIETE.courriel,
        telephone=SOCIETE.telephone,
        signataire=SOCIETE.signataire,
        fonction=SOCIETE.fonction,
        mediateur=SOCIETE.mediateur,
    )
    creancier = create_creancier(cabinet, description, AUTEUR, aujourd_hui)
    regles = (
        CompteBancaireAjoute(iban=SOCIETE.iban, bic=SOCIETE.bic, titulaire=SOCIETE.nom, principal=True),
        ConditionsDeVenteFixees(delai="30 jours"),
        ReclamationFixee(penalites=Reclamation.RECLAMER, indemnite=Reclamation.RECLAMER),
    )
    record_faits(creancier.chaine, [FaitAEcrire(regle, aujourd_hui) for regle in regles], AUTEUR)
    creancier.refresh_from_db()
    return creancier


def _import(creancier: Creancier, fichier: FichierDemo) -> str:
    """Import a file as a user would, preview then application, and say what it brought. Nothing may be refused."""
    importation = prepare_import(creancier, fichier.chemin.name, fichier.chemin.read_bytes(), AUTEUR)
    importation = apply_import(importation, AUTEUR)
    comptes = importation.apercu["comptes"]
    reprises = comptes["cree"]
    if comptes["refuse"]:
        raison = next(ligne["raison"] for ligne in importation.apercu["lignes"] if ligne["issue"] == "refuse")
        raise ErreurExigible("demonstration_refusee", f"Le fichier « {fichier.chemin} » n'est pas lu : {raison}")
    rapproches = importation.resume["rapproches"]
    suite = f", {rapproches} virements rapprochés" if rapproches != "0" else ""
    lignes = "1 ligne reprise" if reprises == 1 else f"{reprises} lignes reprises"
    return f"{fichier.description} ({fichier.chemin.name}) : {lignes}{suite}."
