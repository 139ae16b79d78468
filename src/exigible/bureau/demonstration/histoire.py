"""What happened that no file tells: a dispute, a promise, a plan, calls, a letter that was handed over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from exigible.bureau.envois.models import Courrier
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_lots
from exigible.bureau.tiers.models import Creance, Creancier, Dossier
from exigible.dossier.faits import (
    AppelPasse,
    ContestationRecue,
    CourrierPoste,
    CourrierRecu,
    EcheancePlan,
    Fait,
    IssueAppel,
    ModeEnvoi,
    NoteAjoutee,
    PlanConvenu,
    PromesseRecue,
    SuspensionDecidee,
)
from exigible.dossier.journal import list_effectives
from exigible.droit.plan import InteretsDuPlan

Recit = tuple[str, int, Fait]
"""A customer's code, how many days before the day of first load, and what happened."""


def record_histoire(creancier: Creancier, aujourd_hui: date, auteur: str) -> str:
    """Record these facts, dated back from the day of first load, and say how many in one sentence."""
    dossiers = {d.debiteur_code: d for d in Dossier.objects.filter(creancier=creancier).select_related("chaine")}
    cles = dict(Creance.objects.filter(dossier__creancier=creancier).values_list("numero", "cle"))
    faits: defaultdict[str, list[FaitAEcrire]] = defaultdict(list)
    recits = [*_tell_suspensions(aujourd_hui, cles), *_tell_appels(cles), _tell_remise(dossiers["P0002"])]
    faits["P0002"].append(_correct_envoi(dossiers["P0002"]))
    for client, age, fait in sorted(recits, key=lambda recit: -recit[1]):
        faits[client].append(FaitAEcrire(fait, aujourd_hui - timedelta(days=age)))
    record_lots([(dossiers[client].chaine, lot) for client, lot in faits.items()], auteur)
    return f"Une contestation, une promesse, un plan, des appels : {len(recits)} faits ajoutés à la main."


def _tell_suspensions(aujourd_hui: date, cles: Mapping[str, str]) -> list[Recit]:
    contestation = ContestationRecue(
        cle="contestation-1",
        creances=(cles["M2008"],),
        motif="la porte palière du 2e étage ne se verrouille pas",
    )
    promesse = PromesseRecue(
        cle="promesse-1",
        jusqu_au=aujourd_hui + timedelta(days=6),
        creances=(cles["M2010"],),
        montant=Decimal("984.00"),  # 1 116,00 € less the credit note AV1002
        commentaire="Virement annoncé au téléphone par la titulaire, avoir déduit.",
    )
    # 1 140 + 1 740 + 1 176 + 1 512 + 1 008 = 6 576 €, in four equal parts; the first one is not due yet.
    plan = PlanConvenu(
        cle="plan-1",
        creances=tuple(cles[numero] for numero in ("FA0958", "FA1046", "FA1051", "FA1057", "M2011")),
        echeances=tuple(
            EcheancePlan(aujourd_hui + timedelta(days=jours), Decimal("1644.00")) for jours in (5, 35, 65, 95)
        ),
        interets=InteretsDuPlan.MAINTENUS,
        signe_par_debiteur=True,
    )
    suspension = SuspensionDecidee(
        cle="suspension-1",
        motif="la directrice reçoit le gérant pour la suite des travaux",
        jusqu_au=aujourd_hui + timedelta(days=12),
    )
    return [
        ("CCLIN", 20, contestation),
        ("CPHAR", 4, promesse),
        ("CGARA", 10, plan),
        ("CECOL", 9, suspension),
        ("CCLIN", 12, NoteAjoutee(texte="Le technicien repasse mardi ; reparler de la facture après sa visite.")),
    ]


def _tell_appels(cles: Mapping[str, str]) -> list[Recit]:
    def appeler(numero: str, issue: IssueAppel, qui: str, dit: str) -> AppelPasse:
        return AppelPasse(creances=(cles[numero],), issue=issue, interlocuteur=qui, compte_rendu=dit)

    message, abouti, rien = IssueAppel.MESSAGE_LAISSE, IssueAppel.ABOUTI, IssueAppel.SANS_REPONSE
    return [
        ("CPHAR", 4, appeler("M2010", abouti, "la titulaire", "Promet de payer la semaine prochaine.")),
        ("CARCH", 20, appeler("M2012", abouti, "l’accueil", "La facture est chez l’associé qui signe les virements.")),
        ("CARCH", 6, appeler("M2012", message, "", "Message laissé, relance du dossier rappelée.")),
        ("CREST", 22, appeler("M2005", rien, "", "Sonne sans réponse à l’heure du service.")),
        ("P0001", 25, appeler("B3001", abouti, "Mme Exemple", "Dit avoir oublié, paiera à réception du relevé.")),
    ]


def _correct_envoi(dossier: Dossier) -> FaitAEcrire:
    """Correct the imported notice: a list of invoices does not say that the letter was registered."""
    for inscription in list_effectives(read_inscriptions(dossier.chaine), date.max):
        if isinstance(inscription.fait, CourrierPoste):
            fait = msgspec.structs.replace(inscription.fait, mode=ModeEnvoi.LRAR, numero="1A 000 000 0000 0")
            return FaitAEcrire(fait, inscription.date_effet, inscription.rang)
    raise LookupError(f"{dossier.reference} n'a pas de mise en demeure importée")


def _tell_remise(dossier: Dossier) -> Recit:
    """The consumer's formal notice, sent before, was handed over: legal interest runs from its first presentation."""
    courrier = Courrier.objects.get(dossier=dossier)
    return dossier.debiteur_code, 9, CourrierRecu(courrier=courrier.cle)
