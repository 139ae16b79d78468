"""What may be debited of payment plans on a day: each instalment once, after notice, on a mandate that holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from exigible.dossier.etat import EtatDossier, MotifSuspension
from exigible.dossier.faits import (
    MandatRevoque,
    MandatSigne,
    PaiementRecu,
    PaiementRejete,
    PlanConvenu,
    PrelevementOrdonne,
    PrelevementRejete,
    PrelevementsAnnonces,
    SchemaSepa,
    SequenceSepa,
)
from exigible.dossier.journal import Inscription
from exigible.dossier.plans.etat import EtatPlan
from exigible.dossier.plans.suivi import ENTRE_PROFESSIONNELS, list_paiements
from exigible.dossier.suspensions import Faits
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours import add_mois
from exigible.droit.jours_bancaires import add_jours_bancaires, find_jour_bancaire
from exigible.droit.phrase import SANS_TEXTE, Phrase, phrase

DELAI_BANQUE = 2
"""Banking days between the file and the debit: one by the rulebooks, one more that banks ask for."""
CADUCITE_MOIS = 36
"""A mandate on which nothing was debited for so long is void (SEPA rulebooks)."""

_ARRETS = frozenset({MotifSuspension.PROCEDURE_COLLECTIVE, MotifSuspension.SURENDETTEMENT, MotifSuspension.DECES})


class SortPrelevement(StrEnum):
    """What became of an instalment as regards debits."""

    A_ORDONNER = "a_ordonner"
    EMPECHE = "empeche"
    EN_COURS = "en_cours"


@dataclass(frozen=True, slots=True)
class MandatDate:
    """A mandate, the day it was signed, the last debit that did not come back."""

    mandat: MandatSigne
    signe_le: date
    revoque_le: date | None
    derniers: tuple[PrelevementOrdonne, ...]


@dataclass(frozen=True, slots=True)
class EcheanceAPrelever:
    """An instalment still to be paid: what to debit (euros), when, on which mandate; or why not (`raison`).

    `rejets`: the debits of it that came back, each with the reason. `a_annoncer`: only the notice is missing.
    """

    plan: str
    echeance: date
    montant: Decimal
    sort: SortPrelevement
    jour: date | None = None
    mandat: MandatSigne | None = None
    signe_le: date | None = None
    sequence: SequenceSepa | None = None
    reference: str = ""
    raison: Phrase = SANS_TEXTE
    rejets: tuple[str, ...] = ()
    a_annoncer: bool = False

    @property
    def cle(self) -> str:
        """What names the debit: the same instalment debited again has another key."""
        return f"{self.plan}-{self.echeance:%Y%m%d}-{len(self.rejets) + 1}"


def list_a_prelever(
    etat: EtatDossier, effectives: Sequence[Inscription], prefixe: str, *, jusqu_au: date
) -> tuple[EcheanceAPrelever, ...]:
    """List the unpaid instalments due by `jusqu_au` (included) of the plans that hold on the day of `etat`.

    `prefixe` starts the references given to the bank: what names the dossier, twenty characters at most.
    """
    faits = Faits(effectives)
    mandats = list_mandats(faits)
    arret = find_arret(etat)
    return tuple(
        ligne
        for plan in etat.plans
        for ligne in _list_plan(_Examen(faits, etat, plan, mandats, arret, prefixe))
        if ligne.echeance <= jusqu_au
    )


def list_mandats(faits: Faits) -> tuple[MandatDate, ...]:
    """List every mandate with what was debited on it and did not come back, the latest signed last."""
    revoques = {f.mandat: jour for jour, f in faits.dated(MandatRevoque)}
    rejetes = map_rejets(faits)
    ordres = [o for o in faits.list(PrelevementOrdonne) if o.cle not in rejetes]
    return tuple(
        MandatDate(m, jour, revoques.get(m.cle), tuple(o for o in ordres if o.mandat == m.cle))
        for jour, m in faits.dated(MandatSigne)
    )


def map_rejets(faits: Faits) -> dict[str, str]:
    """Give the debits that came back, by key, and why: said of the debit, or of the payment that it had brought."""
    rejets = {f.prelevement: f.motif or f.code for f in faits.list(PrelevementRejete)}
    motifs = {f.paiement: f.motif for f in faits.list(PaiementRejete)}
    for paiement in faits.list(PaiementRecu):
        if paiement.prelevement and paiement.cle in motifs:
            rejets.setdefault(paiement.prelevement, motifs[paiement.cle])
    return rejets


def find_arret(etat: EtatDossier) -> Phrase | None:
    """Say why nothing may be debited of this debtor: an insolvency, an over-indebtedness, a death."""
    for creance in etat.creances:
        for suspension in creance.suspensions:
            if suspension.motif in _ARRETS:
                return phrase("{raison} : aucun prélèvement", raison=suspension.phrase)
    return None


@dataclass(frozen=True, slots=True)
class _Examen:
    faits: Faits
    etat: EtatDossier
    plan: EtatPlan
    mandats: tuple[MandatDate, ...]
    arret: Phrase | None
    prefixe: str


def _list_plan(examen: _Examen) -> Iterator[EcheanceAPrelever]:
    plan = examen.plan.plan
    rejets = map_rejets(examen.faits)
    ordres = [o for o in examen.faits.list(PrelevementOrdonne) if o.plan == plan.cle]
    restes = _compute_restes(examen.faits, examen.plan, ordres)
    for jour, reste in sorted(restes.items()):
        if reste <= 0:
            continue
        siens = [o for o in ordres if o.echeance == jour]
        ligne = EcheanceAPrelever(
            plan=plan.cle,
            echeance=jour,
            montant=reste,
            sort=SortPrelevement.EMPECHE,
            rejets=tuple(rejets[o.cle] for o in siens if o.cle in rejets),
        )
        en_cours = [o for o in siens if o.cle not in rejets]
        if en_cours:
            yield _show_en_cours(ligne, en_cours[-1])
        else:
            yield _decide(examen, ligne, derniere=sum(map(bool, restes.values())) == 1)


def _compute_restes(faits: Faits, etat: EtatPlan, ordres: Sequence[PrelevementOrdonne]) -> Mapping[date, Decimal]:
    """Compute what remains of each instalment: a debit pays its own, other payments the oldest first."""
    echeance_de = {o.cle: o.echeance for o in ordres}
    restes: dict[date, Decimal] = {}
    for echeance in etat.plan.echeances:
        restes[echeance.jour] = restes.get(echeance.jour, ZERO) + echeance.montant
    libre = etat.paye
    for jour, paiement in list_paiements(faits):
        visee = echeance_de.get(paiement.prelevement)
        if visee in restes and jour >= etat.convenu_le:
            part = min(paiement.montant, restes[visee])
            restes[visee] -= part
            libre -= part
    for jour_du in sorted(restes):
        part = min(max(libre, ZERO), restes[jour_du])
        restes[jour_du] -= part
        libre -= part
    return restes


def _show_en_cours(ligne: EcheanceAPrelever, ordre: PrelevementOrdonne) -> EcheanceAPrelever:
    return replace(
        ligne,
        sort=SortPrelevement.EN_COURS,
        jour=ordre.jour,
        reference=ordre.reference,
        raison=phrase("déjà demandée à la banque pour le {jour}", jour=ordre.jour),
    )


def _decide(examen: _Examen, ligne: EcheanceAPrelever, *, derniere: bool) -> EcheanceAPrelever:
    mandat = find_mandat(examen.mandats, examen.plan.plan.cle, examen.etat)
    if mandat is None:
        return replace(ligne, raison=_explain_sans_mandat(examen))
    annonce = _find_annonce(examen.faits, examen.plan, mandat)
    if examen.arret is not None:
        return replace(ligne, raison=examen.arret, mandat=mandat.mandat)
    if annonce is None:
        dit = phrase("l'échéancier n'a pas été annoncé au débiteur : enregistrez le jour où il l'a été")
        return replace(ligne, raison=dit, mandat=mandat.mandat, a_annoncer=True)
    au_plus_tot = max(
        ligne.echeance,
        annonce + timedelta(days=mandat.mandat.preavis_jours),
        add_jours_bancaires(examen.etat.au, DELAI_BANQUE),
    )
    return replace(
        ligne,
        sort=SortPrelevement.A_ORDONNER,
        jour=find_jour_bancaire(au_plus_tot),
        mandat=mandat.mandat,
        signe_le=mandat.signe_le,
        sequence=choose_sequence(mandat, derniere=derniere),
        reference=make_reference(examen.prefixe, ligne),
    )


def find_mandat(mandats: Sequence[MandatDate], plan: str, etat: EtatDossier) -> MandatDate | None:
    """Return the mandate to debit a plan on: the last one signed that holds, its own before one for any plan."""
    bons = [m for m in mandats if m.mandat.plan in {"", plan} and _is_valable(m, etat)]
    return max(bons, key=lambda m: (m.mandat.plan == plan, m.signe_le), default=None)


def _is_valable(mandat: MandatDate, etat: EtatDossier) -> bool:
    if mandat.revoque_le is not None or mandat.signe_le > etat.au:
        return False
    if mandat.mandat.schema is SchemaSepa.B2B and etat.debiteur.qualite not in ENTRE_PROFESSIONNELS:
        return False  # a consumer signs no business mandate
    if not mandat.mandat.recurrent and mandat.derniers:
        return False
    depuis = max([mandat.signe_le, *(o.jour for o in mandat.derniers)])
    return add_mois(depuis, CADUCITE_MOIS) > etat.au


def _explain_sans_mandat(examen: _Examen) -> Phrase:
    if not examen.mandats:
        return phrase("aucun mandat de prélèvement signé")
    return phrase(
        "aucun mandat n'est valable : révoqué, caduc (36 mois sans prélèvement), déjà employé ou d'un autre plan"
    )


def _find_annonce(faits: Faits, etat: EtatPlan, mandat: MandatDate) -> date | None:
    """Return the day on which the debtor knew days and sums: a plan that he signed says them, debits once agreed."""
    jours = [jour for jour, f in faits.dated(PrelevementsAnnonces) if f.plan == etat.plan.cle]
    if etat.plan.signe_par_debiteur:
        jours.append(max(etat.convenu_le, mandat.signe_le))
    return min(jours, default=None)


def choose_sequence(mandat: MandatDate, *, derniere: bool) -> SequenceSepa:
    """Choose the place of a debit. One closes the mandate only when nothing else is left of the only plan it serves."""
    if not mandat.mandat.recurrent:
        return SequenceSepa.UNIQUE
    if not mandat.derniers:
        return SequenceSepa.PREMIER
    return SequenceSepa.DERNIER if derniere and mandat.mandat.plan else SequenceSepa.RECURRENT


def order_sequences(lignes: Sequence[EcheanceAPrelever]) -> list[EcheanceAPrelever]:
    """Give the debits of one dossier that leave together, by day: only the first of a new mandate is a first one.

    Raises ErreurExigible (`mandat_unique`) when a mandate for one debit only would serve twice.
    """
    rangees: list[EcheanceAPrelever] = []
    vus: set[str] = set()
    for ligne in sorted(lignes, key=lambda e: (e.jour or e.echeance, e.echeance)):
        mandat = ligne.mandat.cle if ligne.mandat else ""
        deja = mandat in vus
        if deja and ligne.sequence is SequenceSepa.UNIQUE:
            dit = phrase("Ce mandat ne vaut que pour un prélèvement : choisissez une seule échéance.")
            raise ErreurExigible("mandat_unique", dit)
        premier = deja and ligne.sequence is SequenceSepa.PREMIER
        rangees.append(replace(ligne, sequence=SequenceSepa.RECURRENT) if premier else ligne)
        vus.add(mandat)
    return rangees


def make_reference(prefixe: str, ligne: EcheanceAPrelever) -> str:
    """Make the end-to-end identification of a debit: dossier, day, plan, attempt; 35 characters at most."""
    empreinte = hashlib.sha256(ligne.plan.encode()).hexdigest()[:4].upper()
    return f"{prefixe[:18]}-{ligne.echeance:%Y%m%d}-{empreinte}-{len(ligne.rejets) + 1}"[:35]


def make_ordre(ligne: EcheanceAPrelever, fichier: str) -> PrelevementOrdonne:
    """The fact of a debit asked of the bank in a file. The line must be one to order."""
    assert ligne.mandat is not None  # noqa: S101 - what A_ORDONNER means
    assert ligne.jour is not None  # noqa: S101 - the same
    assert ligne.sequence is not None  # noqa: S101 - the same
    return PrelevementOrdonne(
        cle=ligne.cle,
        plan=ligne.plan,
        mandat=ligne.mandat.cle,
        echeance=ligne.echeance,
        montant=ligne.montant,
        jour=ligne.jour,
        reference=ligne.reference,
        sequence=ligne.sequence,
        fichier=fichier,
    )


def list_encaissements(
    effectives: Sequence[Inscription], fichier: str, au: date
) -> tuple[tuple[date, PaiementRecu], ...]:
    """Make the payments that the debits of a file brought by the day `au`: those not come back, nor recorded yet."""
    faits = Faits(effectives)
    rejetes = map_rejets(faits)
    payes = {p.prelevement for p in faits.list(PaiementRecu)}
    plans = {p.cle: p for p in faits.list(PlanConvenu)}
    return tuple(
        (
            o.jour,
            PaiementRecu(
                cle=f"prelevement-{o.cle}",
                montant=o.montant,
                creances=plans[o.plan].creances if o.plan in plans else (),
                moyen="prelevement",
                libelle=o.reference,
                prelevement=o.cle,
            ),
        )
        for o in faits.list(PrelevementOrdonne)
        if o.fichier == fichier and o.jour <= au and o.cle not in rejetes and o.cle not in payes
    )
