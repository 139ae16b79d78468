"""Plan what the bank says of the orders given to it: a refused debit re-opens its instalment.

A refusal that designates one of our debits exactly is planned as a fact, that the preview shows; another becomes a
signal, that a person records or sets aside. A transfer refused is only said: whoever gave the order cancels it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.bureau.banque.prelevements import load_prelevements, read_suivis
from exigible.bureau.imports.connu import Cible
from exigible.bureau.imports.debiteurs import Annuaire
from exigible.bureau.imports.plan import Issue, LignePlan, Objet, Plan
from exigible.bureau.journal.services import FaitAEcrire
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.dossier.faits import DouteRejet, Fait, PaiementRejete, PrelevementRejete, RejetSignale
from exigible.dossier.prelevements_suivis import PrelevementSuivi
from exigible.dossier.rapprochement.mots import compact
from exigible.dossier.rapprochement.natures import MOTIFS
from exigible.droit.argent import ZERO
from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.enregistrements import CompteRenduLu

_VIREMENTS = "pain.001"
_REFERENCE_MAX = 60


@dataclass(frozen=True, slots=True)
class _Ordre:
    """A debit of ours, where it is, and the references of the batch and of the file that carried it."""

    dossier: uuid.UUID
    suivi: PrelevementSuivi
    lots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rejet:
    """A status of the report and the debits that it designates; `doute`: why a person must look, None when nothing."""

    rendu: CompteRenduLu
    ordres: tuple[_Ordre, ...] = ()
    doute: DouteRejet | None = None

    @property
    def dossiers(self) -> tuple[uuid.UUID, ...]:
        """The dossiers concerned."""
        return tuple(dict.fromkeys(o.dossier for o in self.ordres))


def designate_rejets(creancier: Creancier, rendus: Sequence[CompteRenduLu]) -> list[Rejet]:
    """Find which debits of the creditor each status speaks of; nothing is read when nothing is refused."""
    if not any(r.refuse for r in rendus):
        return [Rejet(r) for r in rendus]
    lots = {(p.dossier, p.cle): p.lots for p in load_prelevements(creancier.pk)}
    concernes = list(Dossier.objects.filter(pk__in={d for d, _ in lots}))
    ordres = [
        _Ordre(dossier, suivi, lots.get((str(dossier), cle), ()))
        for (dossier, cle), suivi in read_suivis(concernes).items()
    ]
    return [_designate(r, ordres) if r.refuse else Rejet(r) for r in rendus]


def _designate(rendu: CompteRenduLu, ordres: Sequence[_Ordre]) -> Rejet:
    if (rendu.ordres or "").startswith(_VIREMENTS):
        return Rejet(rendu)
    return _designate_un(rendu, ordres) if rendu.niveau == "ordre" else _designate_lot(rendu, ordres)


def _designate_lot(rendu: CompteRenduLu, ordres: Sequence[_Ordre]) -> Rejet:
    """A batch or a file, by the references that we gave it; a sum that differs leaves a doubt."""
    nom = rendu.lot if rendu.niveau == "lot" else rendu.message
    siens = tuple(o for o in ordres if nom and nom in o.lots)
    total = sum((o.suivi.ordre.montant for o in siens), ZERO)
    ecart = siens and rendu.total is not None and rendu.total != total
    return Rejet(rendu, siens, DouteRejet.MONTANT if ecart else None)


def _designate_un(rendu: CompteRenduLu, ordres: Sequence[_Ordre]) -> Rejet:
    reference = compact(rendu.bout_en_bout or "")
    siens = [o for o in ordres if reference and compact(o.suivi.ordre.reference) == reference]
    if len(siens) == 1:
        return Rejet(rendu, tuple(siens), _doubt(rendu, siens[0]))
    if not rendu.mandat or rendu.montant is None:
        return Rejet(rendu)
    probables = [
        o
        for o in ordres
        if o.suivi.mandat is not None
        and compact(o.suivi.mandat.rum) == compact(rendu.mandat)
        and o.suivi.ordre.montant == rendu.montant
        and o.suivi.rejet is None
        and rendu.date_demandee in {None, o.suivi.ordre.jour}
    ]
    return Rejet(rendu, tuple(probables), DouteRejet.REFERENCE) if len(probables) == 1 else Rejet(rendu)


def _doubt(rendu: CompteRenduLu, ordre: _Ordre) -> DouteRejet | None:
    """Without its amount, our own reference is enough when the report also names our file."""
    if rendu.montant is None:
        return None if rendu.message in ordre.lots else DouteRejet.REFERENCE
    exact = rendu.montant == ordre.suivi.ordre.montant and rendu.devise == "EUR"
    return None if exact else DouteRejet.MONTANT


def plan_comptes_rendus(plan: Plan, annuaire: Annuaire, rejets: Sequence[Rejet], jour: date) -> None:
    """Plan the statuses in their order; `jour`: of the import, for a report without a day."""
    cibles = {c.dossier.pk: c for c in annuaire.list_cibles() if c.dossier is not None}
    for rejet in rejets:
        le = min(rejet.rendu.date or jour, jour)
        if not rejet.ordres:
            _add(plan, *_explain(rejet.rendu), rejet.rendu)
        for ordre in rejet.ordres:
            _plan_un(plan, cibles[ordre.dossier], ordre, rejet, le)


def _explain(rendu: CompteRenduLu) -> tuple[Issue, Phrase | str]:
    """Say what becomes of a status that concerns no debit of ours."""
    if not rendu.refuse:
        return Issue.INCHANGE, phrase("accepté ou en cours : rien à enregistrer")
    if (rendu.ordres or "").startswith(_VIREMENTS):
        dit = phrase("virement refusé ({motif}) : annulez l'ordre, il redeviendra à faire", motif=read_motif(rendu))
        return Issue.REFUSE, dit
    return Issue.REFUSE, phrase("aucun de vos prélèvements ne porte cette référence, ni ce mandat et ce montant")


def _plan_un(plan: Plan, cible: Cible, ordre: _Ordre, rejet: Rejet, jour: date) -> None:
    rendu, suivi = rejet.rendu, ordre.suivi
    if cible.panne:
        _add(plan, Issue.REFUSE, cible.panne, rendu, cible, suivi.ordre.montant)
        return
    dits: list[object] = [*(i.fait for i in cible.inscriptions), *(f.fait for f in cible.faits)]
    # What a bank line already paid is a person's to judge, unless that line was itself taken back.
    paye = suivi.paiement is not None and bool(suivi.paiement.mouvement) and not suivi.paiement_rejete
    doute = rejet.doute or (DouteRejet.ENCAISSE if paye else None)
    signal = _name_signal(rendu, suivi.ordre.cle)
    deja = any(isinstance(f, PrelevementRejete) and f.prelevement == suivi.ordre.cle for f in dits)
    if deja or suivi.rejet is not None or any(isinstance(f, RejetSignale) and f.cle == signal for f in dits):
        _add(plan, Issue.INCHANGE, phrase("ce rejet est déjà connu"), rendu, cible, suivi.ordre.montant)
        return
    motif = read_motif(rendu)
    if doute is None:
        raison = phrase("prélèvement refusé ({motif}) : l'échéance redevient à payer", motif=motif)
        faits: list[Fait] = [PrelevementRejete(prelevement=suivi.ordre.cle, code=_read_code(rendu), motif=str(motif))]
        if suivi.paiement is not None and not suivi.paiement_rejete:
            faits.append(PaiementRejete(paiement=suivi.paiement.cle, motif=str(motif)))
    else:
        raison = phrase("refus à vérifier ({motif}) : une personne l'enregistre ou l'écarte", motif=motif)
        faits = [_make_signal(rendu, suivi, signal, doute, str(motif))]
    for fait in faits:
        cible.add(FaitAEcrire(fait, jour))
    _add(plan, Issue.CREE, raison, rendu, cible, suivi.ordre.montant)


def _make_signal(
    rendu: CompteRenduLu, suivi: PrelevementSuivi, cle: str, doute: DouteRejet, motif: str
) -> RejetSignale:
    return RejetSignale(
        cle=cle,
        prelevement=suivi.ordre.cle,
        code=_read_code(rendu),
        motif=motif,
        montant=rendu.montant if rendu.devise == "EUR" else None,
        reference=rendu.bout_en_bout or "",
        mandat=rendu.mandat or "",
        doute=doute,
        provenance=rendu.origine.fichier,
    )


def _name_signal(rendu: CompteRenduLu, prelevement: str) -> str:
    return f"pain002-{(rendu.message or '')[:_REFERENCE_MAX]}-{prelevement}"


def _read_code(rendu: CompteRenduLu) -> str:
    return next((code for code, _ in rendu.motifs if code), "")


def read_motif(rendu: CompteRenduLu) -> Phrase:
    """Say why the bank refuses, in words when its code is known."""
    code = _read_code(rendu)
    if code in MOTIFS:
        return phrase("{motif} ({code})", motif=MOTIFS[code], code=code)
    texte = next((texte for _, texte in rendu.motifs if texte), "")
    if texte:
        return phrase("{motif} ({code})", motif=texte, code=code or "—")
    return phrase("motif {code} de la banque", code=code) if code else phrase("motif non indiqué par la banque")


def _add(
    plan: Plan,
    issue: Issue,
    raison: Phrase | str,
    rendu: CompteRenduLu,
    cible: Cible | None = None,
    montant: Decimal | None = None,
) -> None:
    plan.lignes.append(
        LignePlan(
            issue,
            Objet.STATUT,
            rendu.origine.ligne,
            libelle=f"{rendu.statut} : {rendu.bout_en_bout or rendu.lot or rendu.message or '—'}",
            debiteur=cible.nom if cible else rendu.nom or "",
            montant=rendu.montant if rendu.montant is not None else montant,
            jour=rendu.date,
            raison=raison,
            dossier=str(cible.dossier.pk) if cible and cible.dossier else "",
        )
    )
