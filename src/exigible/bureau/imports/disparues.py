"""Open claims that newer books do not hold, or no longer: perhaps paid. Listed, never closed: a person decides."""

from __future__ import annotations

from datetime import date

from exigible.bureau.imports.debiteurs import Annuaire
from exigible.bureau.imports.plan import Issue, LignePlan, Objet, Plan
from exigible.bureau.tiers.models import Creance, Creancier
from exigible.dossier.texte import normalize
from exigible.droit.phrase import phrase
from exigible.echanges.enregistrements import FichierLu

RAISON = phrase("ne figure pas, ou plus, parmi les factures ouvertes de cette comptabilité : payée ? à vérifier")


def plan_disparues(plan: Plan, creancier: Creancier, annuaire: Annuaire, lu: FichierLu) -> None:
    """List the open claims that a FEC should hold, being issued by its last day, and does not.

    Books hold all the open invoices of their period: only they can tell one that is gone, a list may be partial.
    """
    fin = lu.resume.get("exercice_fin")
    if not fin:
        return
    tenues, sans_dossier = _list_tenues(annuaire, lu)
    reprises = {c.dossier.pk for c in annuaire.list_cibles() if c.dossier is not None and c.reprise}
    ouvertes = (
        Creance.objects.filter(dossier__creancier=creancier, reste__gt=0, emission__lte=date.fromisoformat(fin))
        .select_related("dossier")
        .order_by("dossier__debiteur_nom", "emission", "pk")
    )
    for creance in ouvertes.iterator(chunk_size=2000):
        numero = normalize(creance.numero)
        if numero in sans_dossier or (creance.dossier_id, numero) in tenues or creance.dossier_id in reprises:
            continue
        plan.lignes.append(
            LignePlan(
                Issue.DISPARU,
                Objet.CREANCE,
                libelle=creance.numero,
                debiteur=creance.dossier.debiteur_nom,
                montant=creance.reste,
                jour=creance.emission,
                echeance=creance.echeance,
                raison=RAISON,
                dossier=str(creance.dossier_id),
            )
        )


def _list_tenues(annuaire: Annuaire, lu: FichierLu) -> tuple[set[tuple[object, str]], set[str]]:
    """The numbers that the books hold open: by dossier, and those of customers that no dossier matches."""
    tenues: set[tuple[object, str]] = set()
    sans_dossier: set[str] = set()
    for creance in (*lu.creances, *lu.a_part):
        cible = annuaire.find(creance.debiteur)
        numero = normalize(creance.numero)
        if cible is not None and cible.dossier is not None:
            tenues.add((cible.dossier.pk, numero))
        else:
            sans_dossier.add(numero)
    return tenues, sans_dossier
