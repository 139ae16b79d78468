"""What the accountant's books do not know: the accessories collected, the claims given up, the charges of the bank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import PaiementRecu, RenonciationFaite
from exigible.dossier.faits_creancier import MouvementConstate, MouvementEcarte, MouvementRapproche
from exigible.dossier.journal import Inscription
from exigible.dossier.obligation.obliges import PREFIXE_ABANDON
from exigible.dossier.suspensions import Faits
from exigible.droit.argent import ZERO
from exigible.droit.imputation import Imputation


@dataclass(frozen=True, slots=True)
class FaitDeCompte:
    """A payment, a waiver or a charge of the bank, as it bears on the books: euros, positive.

    `interets`, `indemnites`, `frais`: what was collected besides the price. `pertes`: the price given up, VAT included.
    `cle`: the dossier and the fact; `tiers`: the customer's code in the books, else the reference of the dossier.
    """

    cle: str
    jour: date
    tiers: str
    nom: str
    piece: str
    interets: Decimal = ZERO
    indemnites: Decimal = ZERO
    frais: Decimal = ZERO
    pertes: Decimal = ZERO
    frais_bancaires: Decimal = ZERO


def list_faits_de_compte(
    etat: EtatDossier, effectives: Sequence[Inscription], reference: str
) -> tuple[FaitDeCompte, ...]:
    """List what the books must be told, oldest first. `reference`: that of the dossier.

    The price of invoices and its payment are in the books already; only what goes to accessories is given. A payment
    that came back is not in it any more.
    """
    faits = Faits(effectives)
    encaissements = {p.cle: (jour, p.cle) for jour, p in faits.dated(PaiementRecu)}
    abandons = {
        f"{PREFIXE_ABANDON}renonciation/{f.cle}": (jour, f"renonciation-{f.cle}")
        for jour, f in faits.dated(RenonciationFaite)
    }
    numeros = {c.cle: c.creance.numero for c in etat.creances}
    tiers, nom = etat.debiteur.code or reference, etat.debiteur.nom
    lignes = []
    for versement, (jour, cle) in (encaissements | abandons).items():
        siennes = [i for i in etat.decompte.imputations if i.versement == versement]
        piece = next((numeros[i.creance] for i in siennes if i.creance in numeros), reference)
        sommes = _sum_pertes(siennes) if versement in abandons else _sum_accessoires(siennes)
        if any(sommes.values()):
            lignes.append(FaitDeCompte(f"{reference}/{cle}", jour, tiers, nom, piece, **sommes))
    return tuple(sorted(lignes, key=lambda f: (f.jour, f.cle)))


def list_frais_bancaires(effectives: Sequence[Inscription]) -> tuple[FaitDeCompte, ...]:
    """List the charges of the bank: lines set aside as such, and what returns cost, of a creditor's own journal."""
    faits = Faits(effectives)
    ecartes = {f.mouvement for f in faits.list(MouvementEcarte) if f.nature == "frais_bancaires"}
    retours: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for rapproche in faits.list(MouvementRapproche):
        retours[rapproche.mouvement] += rapproche.frais or ZERO
    montants = (
        (jour, m, -m.montant if m.mouvement in ecartes else retours.get(m.mouvement, ZERO))
        for jour, m in faits.dated(MouvementConstate)
        if m.devise == "EUR"
    )
    return tuple(
        FaitDeCompte(f"frais/{m.mouvement}", jour, "", "", m.reference or m.libelle, frais_bancaires=montant)
        for jour, m, montant in montants
        if montant
    )


def _sum_accessoires(imputations: Sequence[Imputation]) -> dict[str, Decimal]:
    return {poste: sum((getattr(i, poste) for i in imputations), ZERO) for poste in ("interets", "indemnites", "frais")}


def _sum_pertes(imputations: Sequence[Imputation]) -> dict[str, Decimal]:
    """Only the price was in the books: accessories never collected leave no loss."""
    return {"pertes": sum((i.principal for i in imputations), ZERO)}
