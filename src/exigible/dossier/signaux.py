"""What others said and a person must still look at: statuses of invoices, refusals of debits. Each leads to a fact.

A signal is never a fact by itself: it prepares one, that a person checks and records, or it is set aside with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from exigible.dossier.faits import (
    AvoirEmis,
    CreanceNee,
    DouteRejet,
    PaiementRecu,
    PaiementRejete,
    RejetSignale,
    SignalEcarte,
    StatutFactureRecu,
    SuspensionDecidee,
    SuspensionLevee,
)
from exigible.dossier.journal import Inscription
from exigible.dossier.prelevements import map_rejets
from exigible.dossier.suspensions import Faits
from exigible.droit.phrase import Phrase, phrase

_CONTESTER = phrase("lisez la raison, puis enregistrez une contestation ou levez la suspension")
_NON_REMISE = phrase("la facture n'a pas été remise au client : renvoyez-la avant de relancer")
CONSEILS: dict[str, Phrase] = {
    "206": _CONTESTER,
    "207": _CONTESTER,
    "208": phrase("le client attend une pièce ou une précision : donnez-la, puis levez la suspension"),
    "210": _CONTESTER,
    "211": phrase("le client dit avoir payé : attendez l'arrivée de l'argent sur votre compte"),
    "212": phrase("elle serait payée : enregistrez le paiement, ou levez la suspension s'il n'est pas arrivé"),
    "213": _NON_REMISE,
    "220": phrase("elle serait annulée : vérifiez, puis annulez-la ici ou levez la suspension"),
    "221": _NON_REMISE,
    "225": phrase("elle serait cédée à un affactureur : c'est à lui qu'elle est due"),
    "226": phrase("elle serait cédée à un affactureur : vérifiez qui doit relancer"),
    "501": _NON_REMISE,
    "601": _NON_REMISE,
}
"""What to do about the statuses that hold an invoice until a person looks at it."""


class GesteSignal(StrEnum):
    """The fact that a signal prepares: the word of its form; `aucun` when a person only has to look."""

    CONTESTATION = "contestation"
    PAIEMENT = "paiement"
    AVOIR = "avoir"
    PRELEVEMENT_REJETE = "prelevement-rejete"
    AUCUN = "aucun"


_GESTES = {
    "206": GesteSignal.CONTESTATION,
    "207": GesteSignal.CONTESTATION,
    "210": GesteSignal.CONTESTATION,
    "212": GesteSignal.PAIEMENT,
    "220": GesteSignal.AVOIR,
}


_DOUTES = {
    DouteRejet.REFERENCE: phrase("trouvé par son mandat et son montant seulement : vérifiez que c'est bien lui"),
    DouteRejet.MONTANT: phrase("la référence est la sienne, le montant non : vérifiez que c'est bien lui"),
    DouteRejet.ENCAISSE: phrase("le relevé bancaire l'a déjà payé : attendez que la banque le reprenne, ou vérifiez"),
}


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal that asks. `jour`, `montant` (euros), `motif`, `creance`, `prelevement`, `code`: what fills the form.

    `deja`: the day of a payment or a credit note of that amount on that invoice, which may be the same.
    """

    cle: str
    geste: GesteSignal
    jour: date
    titre: Phrase
    conseil: Phrase
    motif: str = ""
    creance: str = ""
    montant: Decimal | None = None
    prelevement: str = ""
    code: str = ""
    deja: date | None = None


def list_signaux(effectives: Sequence[Inscription], au: date) -> tuple[Signal, ...]:
    """List the signals that still ask on a day (included), the oldest first.

    A status asks as long as what it holds is held; a refusal, until its debit is recorded as come back.
    """
    faits = Faits([i for i in effectives if i.date_effet <= au])
    ecartes = {f.signal for f in faits.list(SignalEcarte)}
    tous = [*_list_statuts(faits, au), *_list_rejets(faits)]
    return tuple(sorted((s for s in tous if s.cle not in ecartes), key=lambda s: (s.jour, s.cle)))


def _list_statuts(faits: Faits, au: date) -> Iterator[Signal]:
    levees = {f.suspension for f in faits.list(SuspensionLevee)}
    tenues = {
        f.cle for f in faits.list(SuspensionDecidee) if f.cle not in levees and (f.jusqu_au is None or f.jusqu_au >= au)
    }
    for jour, statut in faits.dated(StatutFactureRecu):
        if statut.cle not in tenues or statut.code not in CONSEILS:
            continue
        geste = _GESTES.get(statut.code, GesteSignal.AUCUN)
        yield Signal(
            cle=statut.cle,
            geste=geste,
            jour=statut.encaisse_le or jour,
            titre=phrase(
                "facture {numero} {statut} ({code}) le {jour}",
                numero=statut.numero,
                statut=statut.libelle.lower(),
                code=statut.code,
                jour=jour,
            ),
            conseil=CONSEILS[statut.code],
            motif=describe_motifs(statut),
            creance=statut.creance,
            montant=_find_montant(faits, statut, geste),
            code=statut.code,
            deja=_find_deja(faits, statut, geste),
        )


def describe_motifs(statut: StatutFactureRecu) -> str:
    """Say what a status gives as its reasons: the code, then its words."""
    raisons = " ; ".join(" : ".join(filter(None, couple)) for couple in statut.motifs)
    dit = f"{statut.libelle} (statut {statut.code})"
    return f"{dit} — {raisons}" if raisons else dit


def _find_montant(faits: Faits, statut: StatutFactureRecu, geste: GesteSignal) -> Decimal | None:
    """A cancelled invoice is cancelled whole; of a payment, only what the message says."""
    if geste is GesteSignal.AVOIR:
        return next((c.montant for c in faits.list(CreanceNee) if c.cle == statut.creance), None)
    return statut.montant if geste is GesteSignal.PAIEMENT else None


def _find_deja(faits: Faits, statut: StatutFactureRecu, geste: GesteSignal) -> date | None:
    rejetes = {f.paiement for f in faits.list(PaiementRejete)}
    if geste is GesteSignal.PAIEMENT:
        jours = [
            jour
            for jour, p in faits.dated(PaiementRecu)
            if p.cle not in rejetes
            and statut.creance in p.creances
            and (statut.montant is None or p.montant == statut.montant)
        ]
    elif geste is GesteSignal.AVOIR:
        jours = [jour for jour, a in faits.dated(AvoirEmis) if a.creance == statut.creance]
    else:
        jours = []
    return max(jours, default=None)


def _list_rejets(faits: Faits) -> Iterator[Signal]:
    rejetes = map_rejets(faits)
    for jour, rejet in faits.dated(RejetSignale):
        if rejet.prelevement in rejetes:
            continue
        yield Signal(
            cle=rejet.cle,
            geste=GesteSignal.PRELEVEMENT_REJETE,
            jour=jour,
            titre=phrase("un prélèvement serait refusé : {motif}", motif=rejet.motif or rejet.code or "—"),
            conseil=_DOUTES[rejet.doute],
            motif=rejet.motif,
            montant=rejet.montant,
            prelevement=rejet.prelevement,
            code=rejet.code,
        )


def close_signal(effectives: Sequence[Inscription], cle: str, motif: str) -> tuple[SuspensionLevee, ...]:
    """Give what ends the hold of a signal once its fact is recorded: nothing when none stands."""
    faits = [i.fait for i in effectives]
    levees = {f.suspension for f in faits if isinstance(f, SuspensionLevee)}
    signaux = {f.cle for f in faits if isinstance(f, StatutFactureRecu)}
    tenue = any(isinstance(f, SuspensionDecidee) and f.cle == cle for f in faits)
    return (SuspensionLevee(suspension=cle, motif=motif),) if tenue and cle in signaux and cle not in levees else ()
