"""Bring files in: read and preview, then apply in one transaction, or leave. The same file again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import msgspec
from django.db import transaction

from exigible.bureau import horloge
from exigible.bureau.banque.services import match_mouvements
from exigible.bureau.imports.annulation import compute_annulation, list_ecrits, read_tetes
from exigible.bureau.imports.correspondances import find_correspondance, keep_utiles, remember_correspondance
from exigible.bureau.imports.creances import PlanCreances, Reponses
from exigible.bureau.imports.debiteurs import Annuaire, ask_manques, plan_tiers
from exigible.bureau.imports.disparues import plan_disparues
from exigible.bureau.imports.models import Depot, Importation, StatutImportation
from exigible.bureau.imports.mouvements import plan_mouvements
from exigible.bureau.imports.plan import Issue, LignePlan, Objet, Plan
from exigible.bureau.journal.ecriture import lock_chaines
from exigible.bureau.journal.models import Chaine
from exigible.bureau.journal.services import FaitAEcrire, record_lots, store_piece
from exigible.bureau.tiers.lecture import load_etat_creancier
from exigible.bureau.tiers.models import Creancier
from exigible.bureau.tiers.services import open_dossiers
from exigible.dossier.faits import Etape, FaitAnnule
from exigible.dossier.faits_creancier import FichierImporte, ImportationAnnulee
from exigible.droit.echeances import parse_conditions
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.enregistrements import FichierLu
from exigible.echanges.lecture import read_fichier

_TYPES_MIME = {
    "facturx": "application/pdf",
    "cii": "application/xml",
    "camt053": "application/xml",
    "xlsx_factures": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsx_tiers": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv_factures": "text/csv",
    "csv_tiers": "text/csv",
    "fec": "text/plain",
}
_INCOMPLET = {"fec_desequilibre"}
JOURS_D_UN_APERCU = 7
_LISTES_DE_TIERS = {"csv_tiers", "xlsx_tiers"}
_ENVOYABLES = (Etape.COURTOISIE, Etape.RELANCE, Etape.MISE_EN_DEMEURE)


def prepare_import(  # noqa: PLR0913 - the answers about a file, all named
    creancier: Creancier,
    nom: str,
    contenu: bytes,
    auteur: str,
    *,
    conditions: str | None = None,
    deja_envoye: str | None = None,
    deja_envoye_le: date | None = None,
    colonnes: Mapping[str, str] | None = None,
) -> Importation:
    """Read a file and keep it with its preview; nothing else is written but the meaning given to its columns.

    `conditions`: terms of sale for the invoices without a due date (default: the creditor's). `deja_envoye`: one answer
    for all the claims of the file (`courtoisie`, `relance`, `mise_en_demeure`), sent on `deja_envoye_le`; a column of
    the file wins. `colonnes`: the field of each column by its key, remembered for the next file with the same header;
    None reads as was said the last time, else by itself. Raises ErreurSaisie when an answer cannot be read.
    """
    _check_reponses(conditions, deja_envoye, deja_envoye_le)
    importation = Importation(
        cabinet_id=creancier.cabinet_id,
        creancier=creancier,
        nom=nom[:255],
        conditions=conditions or "",
        deja_envoye=deja_envoye or "",
        deja_envoye_le=deja_envoye_le,
        cree_le=horloge.now(),
        auteur=auteur,
    )
    lu, origine = _read_colonnes(importation, contenu, colonnes)
    plan = _build_plan(importation, lu)
    importation.format = lu.format or ""
    importation.apercu = _describe(plan, lu, origine)
    importation.resume = lu.resume
    with transaction.atomic():
        if colonnes:
            remember_correspondance(importation, lu)
        _abandon_oublies(creancier)
        importation.save()
        Depot.objects.create(importation=importation, contenu=contenu)
    return importation


def apply_import(importation: Importation, auteur: str) -> Importation:
    """Write all that is good in a previewed file, in one transaction, then match its bank lines.

    The file is read again and planned against the present state: what came in between is not doubled. Raises
    ErreurExigible when the import is already applied or left, or has nothing to bring.
    """
    with transaction.atomic():
        importation = _lock(importation)
        if importation.statut != StatutImportation.APERCU:
            raise ErreurExigible(
                "import_clos", phrase("Cet import est déjà appliqué ou abandonné : déposez le fichier à nouveau.")
            )
        contenu = read_depot(importation)
        lu = _read(importation, contenu)
        plan = _build_plan(importation, lu)
        if not plan.utile:
            raise ErreurExigible(
                "import_vide", phrase("Ce fichier n'apporte rien : {raison}.", raison=_explain_vide(plan))
            )
        tetes = read_tetes(importation.creancier)
        type_mime = _TYPES_MIME.get(importation.format, "application/octet-stream")
        importation.piece = store_piece(importation.creancier.cabinet, contenu, importation.nom, type_mime)
        Depot.objects.filter(importation=importation).delete()
        _write(importation, plan, auteur)
        importation.apercu = _describe(plan, lu, importation.apercu.get("origine_colonnes", ""))
        importation.statut = StatutImportation.APPLIQUE
        importation.applique_le = horloge.now()
        rapproches = match_mouvements(importation.creancier, auteur)
        importation.resume = {**lu.resume, "rapproches": str(rapproches)}
        # Every writer of this creditor waits for us: what its journals gained since is ours, matches included.
        importation.ecrits = list_ecrits(tetes, read_tetes(importation.creancier))
        importation.save()
    return importation


def undo_import(importation: Importation, motif: str, auteur: str) -> Importation:
    """Cancel all that an applied import wrote, in one transaction, while nothing recorded since rests on it.

    Its receipt stays in the journal, with who undid it and why; so do the descriptions of the debtors it opened. Raises
    ErreurSaisie without a reason, ErreurExigible (`import_utilise`) with one sentence that names what depends on it.
    """
    if not motif.strip():
        raise ErreurSaisie("motif_absent", phrase("Indiquez pourquoi vous annulez cet import."), "motif")
    with transaction.atomic():
        importation = _lock(importation)
        if importation.statut != StatutImportation.APPLIQUE:
            raise ErreurExigible(
                "import_non_applique", phrase("Cet import n'est pas appliqué : il n'y a rien à annuler.")
            )
        if not importation.ecrits:
            raise ErreurExigible(
                "import_sans_trace",
                phrase("Cet import a été fait avant qu'on puisse annuler : corrigez-le dossier par dossier."),
            )
        annulation = compute_annulation(importation)
        if refus := annulation.explain_refus():
            raise ErreurExigible("import_utilise", refus)
        aujourd_hui = horloge.today()
        annule = FaitAnnule(motif=f"import « {importation.nom} » annulé : {motif}")
        lots = {
            chaine: [FaitAEcrire(annule, aujourd_hui, rang) for rang in rangs]
            for chaine, rangs in annulation.rangs.items()
        }
        recu = ImportationAnnulee(importation=str(importation.pk), motif=motif)
        lots.setdefault(importation.creancier.chaine_id, []).append(FaitAEcrire(recu, aujourd_hui))
        chaines = Chaine.objects.in_bulk(list(lots))
        record_lots([(chaines[cle], faits) for cle, faits in lots.items()], auteur)
        importation.statut = StatutImportation.ANNULE
        importation.annule_le, importation.annule_par, importation.motif_annulation = horloge.now(), auteur, motif
        importation.ecrits = {str(chaine): rangs for chaine, rangs in annulation.rangs.items()}
        importation.save()
    return importation


def _lock(importation: Importation) -> Importation:
    """Read an import again, once nobody else can write for its creditor."""
    lock_chaines([importation.creancier.chaine_id])
    lignes = Importation.objects.select_related("creancier__chaine", "creancier__cabinet", "piece")
    return lignes.get(pk=importation.pk)


def abandon_import(importation: Importation) -> None:
    """Leave a previewed file: nothing of it enters. Raises ErreurExigible when it was applied."""
    with transaction.atomic():
        laissees = Importation.objects.filter(pk=importation.pk, statut=StatutImportation.APERCU)
        if not laissees.update(statut=StatutImportation.ABANDONNE):
            raise ErreurExigible("import_clos", phrase("Cet import est déjà appliqué ou abandonné."))
        Depot.objects.filter(importation=importation.pk).delete()


def _abandon_oublies(creancier: Creancier) -> None:
    """Leave the previews that nobody came back to: their bytes need not stay."""
    limite = horloge.now() - timedelta(days=JOURS_D_UN_APERCU)
    oublies = Importation.objects.filter(creancier=creancier, statut=StatutImportation.APERCU, cree_le__lt=limite)
    Depot.objects.filter(importation__in=oublies).delete()
    oublies.update(statut=StatutImportation.ABANDONNE)


def _explain_vide(plan: Plan) -> Phrase:
    if any(ligne.issue is Issue.REFUSE for ligne in plan.lignes):
        return phrase("aucune de ses lignes n'a pu être lue")
    return phrase("ni créance ouverte, ni client, ni mouvement n'y figure")


def _check_reponses(conditions: str | None, deja_envoye: str | None, deja_envoye_le: date | None) -> None:
    if conditions:
        parse_conditions(conditions, "conditions")
    if deja_envoye and deja_envoye not in {e.value for e in _ENVOYABLES}:
        raise ErreurSaisie(
            "etape_inconnue",
            phrase(
                "« {deja_envoye} » n'est pas un envoi connu : courtoisie, relance ou mise_en_demeure.",
                deja_envoye=deja_envoye,
            ),
            "deja_envoye",
        )
    if deja_envoye_le and deja_envoye_le > horloge.today():
        raise ErreurSaisie(
            "date_future", phrase("La date du dernier envoi est dans l'avenir : corrigez-la."), "deja_envoye_le"
        )


def read_depot(importation: Importation) -> bytes:
    """Read the bytes of a previewed file. Raises ErreurExigible once it was applied or left."""
    depot = Depot.objects.filter(importation=importation.pk).first()
    if depot is None:
        raise ErreurExigible(
            "depot_absent", phrase("Le fichier « {nom} » n'est plus là : déposez-le à nouveau.", nom=importation.nom)
        )
    return bytes(depot.contenu)


def _read_colonnes(
    importation: Importation, contenu: bytes, colonnes: Mapping[str, str] | None
) -> tuple[FichierLu, str]:
    """Read with the columns just given (`choisies`), else as the last time (`memoire`), else by itself."""
    if colonnes:
        importation.colonnes = dict(colonnes)
        lu = _read(importation, contenu)
        importation.colonnes = keep_utiles(colonnes, lu)
        return lu, "choisies"
    lu = _read(importation, contenu)
    importation.colonnes = find_correspondance(importation.creancier, lu)
    return (_read(importation, contenu), "memoire") if importation.colonnes else (lu, "")


def _read(importation: Importation, contenu: bytes) -> FichierLu:
    conditions = _choose_conditions(importation)
    return read_fichier(
        contenu,
        importation.nom,
        conditions=parse_conditions(conditions) if conditions else None,
        colonnes=importation.colonnes or None,
    )


def _describe(plan: Plan, lu: FichierLu, origine: str) -> dict[str, Any]:
    """Write the preview as JSON values; `origine` says who gave the columns their meaning."""
    return plan.describe(lu.format) | {
        "colonnes": msgspec.to_builtins(lu.colonnes),
        "origine_colonnes": origine,
    }


def _build_plan(importation: Importation, lu: FichierLu) -> Plan:
    creancier = importation.creancier
    plan = Plan()
    for erreur in lu.erreurs:
        if erreur.gravite == "avertissement":
            plan.remarques.append(erreur.message)
        else:
            ligne = LignePlan(
                Issue.REFUSE, Objet.FICHIER, erreur.ligne, libelle=erreur.champ or "", raison=erreur.message
            )
            plan.lignes.append(ligne)
    if any(erreur.code in _INCOMPLET for erreur in lu.erreurs):
        return plan  # what is missing may be a payment: nothing enters
    annuaire = Annuaire(creancier, lu)
    plan_tiers(plan, annuaire, lu, liste_de_tiers=lu.format in _LISTES_DE_TIERS)
    reponses = Reponses(
        horloge.today(),
        _choose_conditions(importation),
        Etape(importation.deja_envoye) if importation.deja_envoye else None,
        importation.deja_envoye_le,
    )
    PlanCreances(plan, annuaire, reponses).plan_all(lu.creances)
    plan.cibles = [
        c for c in annuaire.list_cibles() if c.dossier is not None or c.faits or lu.format in _LISTES_DE_TIERS
    ]
    ask_manques(plan)
    plan_mouvements(plan, creancier, lu, lu.sha256)
    plan_disparues(plan, creancier, annuaire, lu)
    return plan


def _choose_conditions(importation: Importation) -> str:
    """Choose the terms of sale: those said for this file, else the creditor's."""
    if importation.conditions:
        return importation.conditions
    conditions = load_etat_creancier(importation.creancier).conditions
    return conditions.delai if conditions else ""


def _write(importation: Importation, plan: Plan, auteur: str) -> None:
    creancier, aujourd_hui = importation.creancier, horloge.today()
    nouvelles = [c for c in plan.cibles if c.dossier is None]
    lots: list[tuple[Chaine, list[FaitAEcrire]]] = [
        (c.dossier.chaine, c.faits) for c in plan.cibles if c.dossier is not None and c.faits
    ]
    for cible, dossier in zip(nouvelles, open_dossiers(creancier, len(nouvelles)), strict=True):
        lots.append((dossier.chaine, [FaitAEcrire(cible.debiteur, aujourd_hui), *cible.faits]))
    comptes = plan.count()
    recu = FichierImporte(
        importation=str(importation.pk),
        piece=importation.piece.sha256,
        nom=importation.nom,
        format=importation.format,
        crees=comptes[Issue.CREE],
        modifies=comptes[Issue.MODIFIE],
        inchanges=comptes[Issue.INCHANGE],
        refuses=comptes[Issue.REFUSE],
    )
    lots.append((creancier.chaine, [*plan.faits_creancier, FaitAEcrire(recu, aujourd_hui)]))
    record_lots(lots, auteur)
