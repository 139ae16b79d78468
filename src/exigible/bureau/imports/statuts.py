"""Plan the life-cycle statuses of invoices: each is a signal; some hold the reminders until a person looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from exigible.bureau.imports.connu import Cible
from exigible.bureau.imports.debiteurs import Annuaire
from exigible.bureau.imports.plan import Issue, LignePlan, Objet, Plan
from exigible.bureau.journal.services import FaitAEcrire
from exigible.bureau.tiers.models import Creance, Creancier
from exigible.dossier.faits import StatutFactureRecu, SuspensionDecidee
from exigible.dossier.signaux import CONSEILS
from exigible.dossier.texte import normalize
from exigible.droit.phrase import phrase
from exigible.echanges.enregistrements import StatutLu

_PAIEMENT_TRANSMIS = "211"
_ATTENTE = timedelta(days=10)


def find_dossiers_cites(creancier: Creancier, statuts: Sequence[StatutLu]) -> list[object]:
    """Find the dossiers that hold an invoice of which a status speaks."""
    cites = {normalize(s.numero) for s in statuts}
    if not cites:
        return []
    lignes = Creance.objects.filter(dossier__creancier=creancier).values_list("numero", "dossier_id")
    return list({dossier for numero, dossier in lignes.iterator(chunk_size=5000) if normalize(numero) in cites})


def plan_statuts(plan: Plan, creancier: Creancier, annuaire: Annuaire, statuts: Sequence[StatutLu], jour: date) -> None:
    """Plan the statuses, those of older days first; `jour`: of the import, for what has no day of its own."""
    for statut in sorted(statuts, key=lambda s: s.date or jour):
        cible, cle = _find(annuaire, statut)
        if statut.vendeur_siren and creancier.siren and statut.vendeur_siren != creancier.siren:
            raison = phrase("facture d'un autre vendeur (SIREN {siren})", siren=statut.vendeur_siren)
            _add(plan, Issue.REFUSE, statut, raison)
        elif cible is None:
            raison = phrase("aucune facture de ce numéro ici : importez d'abord la facture")
            _add(plan, Issue.REFUSE, statut, raison)
        else:
            _plan_un(plan, cible, cle, statut, min(statut.date or jour, jour))


def _plan_un(plan: Plan, cible: Cible, cle: str, statut: StatutLu, jour: date) -> None:
    nom = f"cdv-{statut.code or statut.libelle}-{statut.numero}-{jour:%Y%m%d}"
    if cible.has_statut(nom):
        _add(plan, Issue.INCHANGE, statut, "", cible)
        return
    fait = StatutFactureRecu(
        cle=nom,
        creance=cle,
        numero=statut.numero,
        code=statut.code or "",
        libelle=statut.libelle,
        motifs=statut.motifs,
        montant=statut.montant_encaisse if statut.devise == "EUR" else None,
        encaisse_le=statut.date_encaissement,
        emetteur=statut.emetteur or "",
        provenance=statut.origine.fichier,
    )
    cible.add(FaitAEcrire(fait, jour))
    conseil = CONSEILS.get(statut.code or "")
    if conseil is None or cible.is_soldee(cle):
        _add(plan, Issue.CREE, statut, "", cible)
        return
    fin = jour + _ATTENTE if statut.code == _PAIEMENT_TRANSMIS else None
    motif = phrase(
        "facture {statut} ({code}) le {jour} : {conseil}",
        statut=statut.libelle.lower(),
        code=statut.code or "",
        jour=jour,
        conseil=conseil,
    )
    cible.add(FaitAEcrire(SuspensionDecidee(cle=nom, motif=str(motif), creances=(cle,), jusqu_au=fin), jour))
    _add(plan, Issue.CREE, statut, phrase("ne sera pas relancée : {conseil}", conseil=conseil), cible)


def _find(annuaire: Annuaire, statut: StatutLu) -> tuple[Cible | None, str]:
    """Find the one claim that bears the number, and was issued on the day if the status says it."""
    trouvees = [
        (cible, creance.cle)
        for cible in annuaire.list_cibles()
        if not cible.panne and (creance := cible.find_facture(statut.numero))
        if statut.date_emission in {None, creance.emission} or not creance.emission_connue
    ]
    return trouvees[0] if len(trouvees) == 1 else (None, "")


def _add(plan: Plan, issue: Issue, statut: StatutLu, raison: str, cible: Cible | None = None) -> None:
    dit = f"{statut.code} {statut.libelle}" if statut.code else statut.libelle
    plan.lignes.append(
        LignePlan(
            issue,
            Objet.STATUT,
            statut.origine.ligne,
            libelle=f"{dit} : {statut.numero}",
            debiteur=cible.nom if cible else "",
            montant=statut.montant_encaisse,
            jour=statut.date,
            raison=raison,
            dossier=str(cible.dossier.pk) if cible and cible.dossier else "",
        )
    )
