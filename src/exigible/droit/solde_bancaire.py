"""What a bank always leaves on seized accounts (solde bancaire insaisissable, CPCE L162-2, R162-2 to R162-7).

The amount is the monthly flat rate of the RSA for one person; the same amount is always left to a seized employee
(C. trav. R3252-5). All amounts are euros; mainland France.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exigible.droit.argent import ZERO
from exigible.droit.bareme import load_bareme
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.jours import UN_JOUR, add_mois
from exigible.droit.phrase import phrase
from exigible.droit.valeurs import ValeurAjoutee

_ARTICLES = ("CPCE L162-2", "CPCE R162-2")


@dataclass(frozen=True, slots=True)
class Forfait:
    """The monthly flat rate of the RSA for one person on a day, from `debut` to `fin` (included)."""

    montant: Decimal
    debut: date
    fin: date | None
    source: str
    avertissements: tuple[Avertissement, ...]


@dataclass(frozen=True, slots=True)
class SoldeSaisi:
    """What is left and what may be seized on the balance of all the accounts.

    `laisse` + `saisissable` = the credit balance. `sbi`: the amount of the day before its limits.
    """

    solde: Decimal
    sbi: Decimal
    laisse: Decimal
    saisissable: Decimal
    debut: date
    fin: date | None
    source: str
    articles: tuple[str, ...]
    avertissements: tuple[Avertissement, ...]


def compute_forfait(jour: date, *, provisoire: bool = False, ajouts: tuple[ValeurAjoutee, ...] = ()) -> Forfait:
    """Return the flat rate in force on `jour`; `ajouts`: values that the user added to the tables.

    Raises ErreurBareme (`date_hors_bareme`).
    """
    bareme = load_bareme("solde_bancaire_insaisissable", ajouts)
    valeur = bareme.get_valeur(jour, "metropole", provisoire=provisoire)
    return Forfait(valeur.valeur, valeur.debut, valeur.fin, valeur.source, bareme.list_avertissements(valeur))


def compute_solde_saisi(
    solde: Decimal,
    jour: date,
    *,
    saisie_precedente: date | None = None,
    insaisissables: Decimal = ZERO,
    provisoire: bool = False,
    ajouts: tuple[ValeurAjoutee, ...] = (),
) -> SoldeSaisi:
    """Compute what a seizure served on `jour` leaves on `solde`, the sum of the credit balances of all the accounts.

    `saisie_precedente`: day of the seizure that gave the last amount left; within a month of it, nothing new is left
    (CPCE R162-3). `insaisissables`: unattachable sums paid into the accounts and still there, justified by the
    debtor; the two are not added, the higher is left (CPCE R162-7). The debtor is a natural person.

    Raises ErreurSaisie (`montant_negatif`, `dates_inversees`) and ErreurBareme (`date_hors_bareme`).
    """
    if insaisissables < 0:
        raise ErreurSaisie(
            "montant_negatif",
            phrase("Le montant {montant} est négatif : indiquez-le sans signe.", montant=insaisissables),
            "insaisissables",
        )
    forfait = compute_forfait(jour, provisoire=provisoire, ajouts=ajouts)
    deja, avertissements = _check_precedente(jour, saisie_precedente)
    crediteur = max(ZERO, solde)
    laisse = min(crediteur, max(ZERO if deja else forfait.montant, insaisissables))
    if solde < 0:
        avertissements.append(
            Avertissement("solde_debiteur", phrase("Le solde est débiteur : il n'y a rien à saisir ni à laisser."))
        )
    return SoldeSaisi(
        solde=solde,
        sbi=forfait.montant,
        laisse=laisse,
        saisissable=crediteur - laisse,
        debut=forfait.debut,
        fin=forfait.fin,
        source=forfait.source,
        articles=(
            *_ARTICLES,
            *(("CPCE R162-3",) if saisie_precedente else ()),
            *(("CPCE R162-4", "CPCE R162-7") if insaisissables else ()),
        ),
        avertissements=(*forfait.avertissements, *avertissements),
    )


def _check_precedente(jour: date, precedente: date | None) -> tuple[bool, list[Avertissement]]:
    """Tell whether a seizure less than a month old already left the amount."""
    if precedente is None:
        return False, []
    if precedente > jour:
        raise ErreurSaisie(
            "dates_inversees",
            phrase(
                "La saisie précédente ({precedente}) est postérieure à la nouvelle ({jour}).",
                precedente=precedente,
                jour=jour,
            ),
            "saisie_precedente",
        )
    terme = add_mois(precedente, 1)
    if jour > terme:
        return False, []
    message = phrase(
        "Une saisie du {precedente} a déjà laissé cette somme : elle n'est due de nouveau que pour une saisie faite à "
        "partir du {reprise}. La somme laissée la première fois reste au débiteur et ne doit pas être comptée dans le "
        "solde (CPCE R162-3).",
        precedente=precedente,
        reprise=terme + UN_JOUR,
    )
    return True, [Avertissement("deja_laisse", message)]
