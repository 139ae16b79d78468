"""An account by its days: invoices, credit notes, payments, accessories; the balance after each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.actes.document import Somme, Sommes, Tableau
from exigible.actes.paiements import list_avoirs
from exigible.actes.sommes import list_entiers
from exigible.actes.typst.texte import clean_texte, write_phrase
from exigible.dossier.etat import EtatDossier
from exigible.dossier.obligation.lignes import list_lignes_du_compte
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.imputation import Imputation
from exigible.droit.interets import Regime
from exigible.droit.jours import UN_JOUR, format_jour

_NOMS = {Regime.PUBLIC: "Intérêts moratoires", Regime.COMMERCIAL: "Intérêts et pénalités de retard"}


@dataclass(frozen=True, slots=True)
class Operation:
    """One line: `montant` (euros) adds to what is owed when it is above zero, is taken off it below."""

    jour: date
    libelle: str
    echeance: str
    montant: Decimal


@dataclass(frozen=True, slots=True)
class Compte:
    """The operations in order; the balance after the last one is `solde`: what is due, less what was paid in excess."""

    operations: tuple[Operation, ...]
    accessoires: tuple[Operation, ...]

    @property
    def solde(self) -> Decimal:
        """The sum of everything."""
        return sum((o.montant for o in (*self.operations, *self.accessoires)), ZERO)


def build_compte(etat: EtatDossier) -> Compte:
    """Gather every operation known on the day of the state, and what the claims bear besides.

    A claim that was judged or assigned left the account, with the payments that it had received.
    """
    cles = frozenset(ligne.cle for ligne in list_lignes_du_compte(etat))
    imputations = [i for i in etat.decompte.imputations if i.creance in cles]
    operations = [*_iter_factures(etat), *_iter_paiements(etat, imputations)]
    if etat.decompte.rembourse > ZERO:
        operations.append(Operation(etat.au, "Trop-perçu remboursé", "", etat.decompte.rembourse))
    rangees = sorted(operations, key=lambda o: (o.jour, o.montant < ZERO))
    return Compte(tuple(rangees), tuple(_iter_accessoires(etat, cles, imputations)))


def _iter_factures(etat: EtatDossier) -> Iterator[Operation]:
    soldes = {solde.cle: solde for solde in etat.decompte.soldes}
    entiers = list_entiers(etat)
    for ligne in list_lignes_du_compte(etat):
        if ligne.cle not in soldes:
            continue
        creance, initial = ligne.creance, soldes[ligne.cle].principal_initial
        numero, libelle = clean_texte(creance.numero), clean_texte(creance.libelle)
        nom = f"{numero} — {libelle}" if libelle and libelle != numero else numero
        echeance = format_jour(creance.echeance) if creance.echeance else ""
        if initial == ZERO:
            continue
        entier = entiers[ligne.cle].principal_initial
        yield Operation(creance.emission, nom, echeance, max(creance.montant, entier))
        if entier < creance.montant:
            yield Operation(
                creance.emission, write_phrase("Avoirs sur {nom}", nom=numero), "", entier - creance.montant
            )
        if initial < entier:
            nom = write_phrase("Part des autres débiteurs sur {nom}", nom=numero)
            yield Operation(creance.emission, nom, "", initial - entier)


def _iter_paiements(etat: EtatDossier, imputations: Sequence[Imputation]) -> Iterator[Operation]:
    """Each payment for what it paid; what was paid in excess is a line of its own."""
    payes: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    jours: dict[str, date] = {}
    for imputation in imputations:
        payes[imputation.versement] += imputation.montant
        jours[imputation.versement] = imputation.date
    avoirs = {versement.cle for versement in list_avoirs(etat)}
    for cle, montant in payes.items():
        yield Operation(jours[cle], "Avoir" if cle in avoirs else "Paiement reçu", "", -montant)
    exces = etat.decompte.trop_percu + etat.decompte.rembourse
    if exces > ZERO:
        recus = [v.date for v in etat.base.versements]
        nom = "Crédit au-delà de ce qui était dû" if avoirs else "Reçu au-delà de ce qui était dû"
        yield Operation(max(recus, default=etat.au), nom, "", -exces)


def _iter_accessoires(
    etat: EtatDossier, cles: frozenset[str], imputations: Sequence[Imputation]
) -> Iterator[Operation]:
    """Interest, indemnities and costs in all, paid since or not: the payments above paid some of them."""
    soldes = [solde for solde in etat.decompte.soldes if solde.cle in cles]
    # A consumer owes no penalty: only interest.
    nom = _NOMS.get(etat.regime.regime, "Intérêts") if etat.regime.regime else "Intérêts"
    interets = sum((s.interets for s in soldes), ZERO) + sum((i.interets for i in imputations), ZERO)
    indemnites = sum((s.indemnites for s in soldes), ZERO) + sum((i.indemnites for i in imputations), ZERO)
    frais = sum((s.frais for s in soldes), ZERO) + sum((i.frais for i in imputations), ZERO)
    for libelle, montant in (
        (write_phrase("{nom} courus au {jour}", nom=nom, jour=format_jour(etat.au)), interets),
        ("Indemnités forfaitaires pour frais de recouvrement", indemnites),
        ("Frais", frais),
    ):
        if montant > ZERO:
            yield Operation(etat.au, libelle, "", montant)


def build_tableau(compte: Compte, du: date | None) -> Tableau:
    """Print the operations since `du` (included), what came before in one line, the balance after each."""
    toutes = (*compte.operations, *compte.accessoires)
    avant = [o for o in toutes if du is not None and o.jour < du]
    solde = sum((o.montant for o in avant), ZERO)
    lignes: list[tuple[str, ...]] = []
    if avant and du is not None:
        lignes.append((format_jour(du - UN_JOUR), "Solde antérieur", "", "", "", format_montant(solde)))
    for operation in toutes if du is None else [o for o in toutes if o.jour >= du]:
        solde += operation.montant
        debit = format_montant(operation.montant) if operation.montant > ZERO else ""
        credit = format_montant(-operation.montant) if operation.montant < ZERO else ""
        lignes.append(
            (format_jour(operation.jour), operation.libelle, operation.echeance, debit, credit, format_montant(solde))
        )
    titres = ("Date", "Opération", "Échéance", "Débit", "Crédit", "Solde")
    return Tableau("Relevé du compte", titres, "gggddd", tuple(lignes), _total(solde))


def _total(solde: Decimal) -> tuple[str, ...]:
    return ("Solde", "", "", "", "", format_montant(solde))


def build_resume(etat: EtatDossier, solde: Decimal) -> Sommes:
    """Say what of the balance is due, what is not yet, what was paid in excess."""
    echu = solde + etat.decompte.trop_percu - etat.a_echoir
    lignes = [
        Somme("Échu", "exigible à ce jour, accessoires compris", format_montant(echu)),
        Somme("À échoir", "pas encore exigible", format_montant(etat.a_echoir)),
    ]
    if etat.decompte.trop_percu > ZERO:
        nom = "Crédit en trop" if list_avoirs(etat) else "Reçu en trop"
        lignes.append(Somme(nom, "à rendre", format_montant(-etat.decompte.trop_percu)))
    return Sommes(tuple(lignes), Somme("Solde", "", format_montant(solde)))
