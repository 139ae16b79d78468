"""What is held for the creditor and must be handed over to it, from the payments that facts prove received.

Nothing is guessed: a payment counts when it is said to be received by whoever collects, or when its bank line is on the
account kept for others. What came back, what exceeds the debt and what was set off are never handed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import Detenteur, PaiementRecu, PaiementRejete
from exigible.dossier.faits_reversement import (
    ConventionDeRecouvrement,
    ConventionTerminee,
    PartReversee,
    ReversementAnnule,
    ReversementFait,
)
from exigible.dossier.journal import Inscription
from exigible.droit.argent import ZERO
from exigible.droit.durees import Duree
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import SANS_TEXTE, Phrase, phrase
from exigible.droit.reversement import UN_MOIS, Convention, compute_reversement

COMPENSATION = "compensation"
_NON_REPORTEE = "echeance_non_reportee"


@dataclass(frozen=True, slots=True)
class Encaissement:
    """A payment of a dossier and who holds it. `impute`: what of it pays the debt, in euros; the rest is the debtor's.

    `rang`: its entry in the journal, by which a person corrects it. `detenteur` None: nothing says who holds it.
    """

    dossier: str
    reference: str
    debiteur: str
    jour: date
    cle: str
    recu: Decimal
    impute: Decimal
    detenteur: Detenteur | None
    rang: int = 0
    rejete: bool = False


@dataclass(frozen=True, slots=True)
class LigneAReverser:
    """What is left to hand over of a payment (euros, signed), by the end of `au_plus_tard`; `raison`: why it differs.

    `au_plus_sur`: the working day to hold to when that one is not. Amounts are those of this remittance, once earlier
    ones are deducted; `commission` and `tva` are the fee on it.
    """

    encaissement: Encaissement
    encaisse: Decimal
    commission: Decimal
    tva: Decimal
    montant: Decimal
    au_plus_tard: date
    au_plus_sur: date
    raison: Phrase = SANS_TEXTE

    @property
    def cle(self) -> str:
        """What names it in a form."""
        return f"{self.encaissement.dossier}:{self.encaissement.cle}"

    @property
    def facture(self) -> Decimal:
        """The fee on it, VAT included."""
        return self.commission + self.tva

    def is_en_retard(self, au: date) -> bool:
        """Whether the time to hand it over is past at the end of the day before."""
        return self.montant > 0 and self.au_plus_tard < au

    def make_part(self) -> PartReversee:
        """Give what a remittance says of it."""
        e = self.encaissement
        sommes = (self.encaisse, self.commission, self.tva, self.montant)
        return PartReversee(e.dossier, e.reference, e.cle, e.jour, *sommes)


def find_convention(effectives: Sequence[Inscription], au: date) -> ConventionDeRecouvrement | None:
    """Find the agreement that holds on a day (included), among the facts of the creditor; None when there is none."""
    trouvee = None
    for inscription in sorted(effectives, key=lambda i: (i.date_effet, i.rang)):
        if inscription.date_effet > au:
            break
        if isinstance(inscription.fait, ConventionDeRecouvrement):
            trouvee = inscription.fait
        elif isinstance(inscription.fait, ConventionTerminee):
            trouvee = None
    return trouvee


def list_comptes(effectives: Sequence[Inscription]) -> frozenset[str]:
    """List the accounts that were ever kept for what is received for the creditor."""
    return frozenset(i.fait.compte for i in effectives if isinstance(i.fait, ConventionDeRecouvrement))


def list_encaissements(
    etat: EtatDossier,
    effectives: Sequence[Inscription],
    dossier: tuple[str, str],
    ibans: Mapping[tuple[str, str], str],
    comptes: frozenset[str],
) -> tuple[Encaissement, ...]:
    """List the payments of money of a dossier (its identifier and reference), and who holds each.

    `ibans`: the account on which the bank line of a payment stands, by dossier and key of the payment; `comptes`: those
    kept for others (`list_comptes`).
    """
    imputes: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for imputation in etat.decompte.imputations:
        imputes[imputation.versement] += imputation.montant
    rejetes = {i.fait.paiement for i in effectives if isinstance(i.fait, PaiementRejete) and i.date_effet <= etat.au}
    cle, reference = dossier
    return tuple(
        Encaissement(
            dossier=cle,
            reference=reference,
            debiteur=etat.debiteur.nom,
            jour=i.date_effet,
            cle=paiement.cle,
            recu=paiement.montant,
            impute=ZERO if paiement.cle in rejetes else min(imputes[paiement.cle], paiement.montant),
            detenteur=_find_detenteur(paiement, ibans.get((cle, paiement.cle), ""), comptes),
            rang=i.rang,
            rejete=paiement.cle in rejetes,
        )
        for i in effectives
        if isinstance(paiement := i.fait, PaiementRecu)
        and i.date_effet <= etat.au
        and paiement.moyen.strip().lower() != COMPENSATION
    )


def _find_detenteur(paiement: PaiementRecu, iban: str, comptes: frozenset[str]) -> Detenteur | None:
    """What a person said comes first, then the account on which the money arrived."""
    if paiement.detenteur is not None or not iban:
        return paiement.detenteur
    return Detenteur.RECOUVREUR if iban in comptes else Detenteur.CREANCIER


def list_reversements(effectives: Sequence[Inscription]) -> tuple[tuple[date, ReversementFait], ...]:
    """List the remittances that were not cancelled, the oldest first, among the facts of the creditor."""
    annules = {i.fait.reversement for i in effectives if isinstance(i.fait, ReversementAnnule)}
    return tuple(
        (i.date_effet, i.fait) for i in effectives if isinstance(i.fait, ReversementFait) and i.fait.cle not in annules
    )


def compute_a_reverser(
    encaissements: Sequence[Encaissement], du_creancier: Sequence[Inscription]
) -> tuple[tuple[LigneAReverser, ...], tuple[Avertissement, ...]]:
    """Compute what is left to hand over of each payment held, the first due first, and what must be said about it.

    `du_creancier`: the entries of the creditor that hold. Without an agreement on its day, a payment is left out.
    """
    deja: defaultdict[tuple[str, str], list[PartReversee]] = defaultdict(list)
    for _, reversement in list_reversements(du_creancier):
        for part in reversement.parts:
            deja[part.dossier, part.paiement].append(part)
    lignes: list[LigneAReverser] = []
    avertissements: dict[str, Avertissement] = {}
    for encaissement in encaissements:
        siennes = deja.get((encaissement.dossier, encaissement.cle), [])
        convention = find_convention(du_creancier, encaissement.jour)
        if convention is None or (encaissement.detenteur is not Detenteur.RECOUVREUR and not siennes):
            continue
        ligne, dits = _compute_ligne(encaissement, convention, siennes)
        avertissements |= {a.message: a for a in dits if ligne is not None}
        if ligne is not None:
            lignes.append(ligne)
    lignes.sort(key=lambda x: (x.au_plus_tard, x.encaissement.reference, x.encaissement.cle))
    return tuple(lignes), tuple(avertissements.values())


def _compute_ligne(
    encaissement: Encaissement, convention: ConventionDeRecouvrement, deja: Sequence[PartReversee]
) -> tuple[LigneAReverser | None, tuple[Avertissement, ...]]:
    """Compute one line: what is owed of the payment today, less what remittances already held of it."""
    delai = Duree(jours=convention.delai_jours) if convention.delai_jours else UN_MOIS
    accord = Convention(convention.commission, convention.tva, convention.retenue, delai)
    # The time limit hangs on the day of receipt alone; something must be received to count it.
    calcul = compute_reversement(encaissement.impute or encaissement.recu, encaissement.jour, accord)
    tenu = encaissement.impute > 0 and encaissement.detenteur is Detenteur.RECOUVREUR
    du = (encaissement.impute, calcul.commission, calcul.tva, calcul.montant) if tenu else (ZERO,) * 4
    faits = [sum((getattr(p, n) for p in deja), ZERO) for n in ("encaisse", "commission", "tva", "montant")]
    encaisse, commission, tva, montant = (a - b for a, b in zip(du, faits, strict=True))
    if not (encaisse or montant):
        return None, ()
    return (
        LigneAReverser(
            encaissement=encaissement,
            encaisse=encaisse,
            commission=commission,
            tva=tva,
            montant=montant,
            au_plus_tard=calcul.au_plus_tard,
            au_plus_sur=_find_veille(calcul.avertissements) or calcul.au_plus_tard,
            raison=_explain(encaissement, montant),
        ),
        tuple(a for a in calcul.avertissements if a.code != _NON_REPORTEE),
    )


def _find_veille(avertissements: Sequence[Avertissement]) -> date | None:
    """Find the last working day before a time limit that ends on another day and is not moved."""
    veilles = (a.parametres["veille"] for a in avertissements if a.code == _NON_REPORTEE)
    return next((date.fromisoformat(veille) for veille in veilles), None)


def _explain(encaissement: Encaissement, montant: Decimal) -> Phrase:
    if encaissement.rejete:
        return phrase("revenu impayé après avoir été reversé : à reprendre")
    if montant < 0:
        return phrase("reversé en trop : à reprendre")
    exces = encaissement.recu - encaissement.impute
    if exces > 0:
        return phrase("{exces} reçus en trop, à rendre au débiteur, n'y sont pas compris", exces=exces)
    return SANS_TEXTE


def list_inconnus(
    encaissements: Sequence[Encaissement], du_creancier: Sequence[Inscription]
) -> tuple[Encaissement, ...]:
    """List the payments received under an agreement of which nothing says who holds them: a person must say it."""
    return tuple(
        e
        for e in encaissements
        if e.detenteur is None and e.impute > 0 and find_convention(du_creancier, e.jour) is not None
    )
