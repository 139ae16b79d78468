"""Attachable wages: what may be seized each month, what is always left (C. trav. L3252-2 s., R3252-2 s.).

The annual brackets, raised for each dependant, are divided by twelve and kept exact; the parts of the brackets are
added, and the sum is rounded once, half-up, to the cent. All amounts are monthly euros.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from exigible.droit.argent import ZERO, round_cent
from exigible.droit.bareme import load_bareme
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.phrase import phrase
from exigible.droit.solde_bancaire import Forfait, compute_forfait
from exigible.droit.valeurs import ValeurAjoutee

# C. trav. R3252-2: one fraction a bracket, the last one for all that lies above; unchanged over the years of the table.
FRACTIONS = (
    Fraction(1, 20),
    Fraction(1, 10),
    Fraction(1, 5),
    Fraction(1, 4),
    Fraction(1, 3),
    Fraction(2, 3),
    Fraction(1),
)
_MOIS = 12
_NOUVELLE_PROCEDURE = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class TrancheSaisie:
    """One bracket reached: from `de` (excluded) to `a` (included; None: no end), its fraction, what it gives.

    Bounds and amount are rounded for display; the total is not their sum but the rounded exact sum.
    """

    de: Decimal
    a: Decimal | None
    fraction: Fraction
    montant: Decimal


@dataclass(frozen=True, slots=True)
class Saisie:
    """What may be seized on a monthly net pay, and what is left.

    `bareme`: what the brackets give before the minimum. `minimum`: always left to the employee. `pension`: paid first
    to the maintenance creditor, within what may be paid. `saisissable` + `pension` + `laisse` = `net`.
    """

    net: Decimal
    bareme: Decimal
    minimum: Decimal
    pension: Decimal
    saisissable: Decimal
    laisse: Decimal
    tranches: tuple[TrancheSaisie, ...]
    articles: tuple[str, ...]
    sources: tuple[str, ...]
    avertissements: tuple[Avertissement, ...]


def compute_saisissable(
    net: Decimal,
    personnes_a_charge: int,
    jour: date,
    *,
    alimentaire: bool = False,
    pension: Decimal = ZERO,
    provisoire: bool = False,
    ajouts: tuple[ValeurAjoutee, ...] = (),
) -> Saisie:
    """Compute what may be seized in the month of `jour` on a net pay (social contributions and income tax deducted).

    `alimentaire`: direct payment of maintenance, on the whole pay but the minimum (C. trav. L3252-5). `pension`:
    maintenance already paid directly each month; it is taken first on what the brackets leave above the minimum, then
    on what they let seize (CPCE R212-1-35). `ajouts`: values that the user added to the tables.

    Raises ErreurSaisie (`montant_negatif`, `personnes_invalides`) and ErreurBareme (`date_hors_bareme`).
    """
    _check(net, personnes_a_charge, pension)
    forfait = compute_forfait(jour, provisoire=provisoire, ajouts=ajouts)
    disponible = max(ZERO, net - forfait.montant)
    if alimentaire:
        return _build_paiement_direct(net, disponible, forfait)
    seuils, source, doutes = _list_seuils(personnes_a_charge, jour, ajouts, provisoire=provisoire)
    exact, tranches = _cut(net, seuils)
    bareme = _round_fraction(exact)
    versee = min(pension, disponible)
    saisissable = min(bareme, disponible - versee)
    if pension:
        reserve = _warn_pension(pension, versee, forfait.montant)
    else:
        reserve = _warn_minimum(bareme, saisissable, forfait.montant)
    return Saisie(
        net=net,
        bareme=bareme,
        minimum=forfait.montant,
        pension=versee,
        saisissable=saisissable,
        laisse=net - versee - saisissable,
        tranches=tranches,
        articles=_list_articles(personnes_a_charge, jour, pension),
        sources=(source, forfait.source),
        avertissements=(*doutes, *forfait.avertissements, *reserve),
    )


def _build_paiement_direct(net: Decimal, disponible: Decimal, forfait: Forfait) -> Saisie:
    """The whole pay may go to maintenance, but the minimum."""
    return Saisie(
        net=net,
        bareme=net,
        minimum=forfait.montant,
        pension=ZERO,
        saisissable=disponible,
        laisse=net - disponible,
        tranches=(TrancheSaisie(ZERO, None, Fraction(1), net),) if net else (),
        articles=("C. trav. L3252-5", "C. trav. R3252-5"),
        sources=(forfait.source,),
        avertissements=(*forfait.avertissements, *_warn_minimum(net, disponible, forfait.montant)),
    )


def _check(net: Decimal, personnes_a_charge: int, pension: Decimal) -> None:
    for montant, champ in ((net, "net"), (pension, "pension")):
        if montant < 0:
            raise ErreurSaisie(
                "montant_negatif",
                phrase("Le montant {montant} est négatif : indiquez-le sans signe.", montant=montant),
                champ,
            )
    if personnes_a_charge < 0:
        raise ErreurSaisie(
            "personnes_invalides",
            phrase("Le nombre de personnes à charge ne peut pas être négatif."),
            "personnes_a_charge",
        )


def _list_seuils(
    personnes_a_charge: int, jour: date, ajouts: tuple[ValeurAjoutee, ...], *, provisoire: bool
) -> tuple[tuple[Fraction, ...], str, tuple[Avertissement, ...]]:
    """Return the exact monthly thresholds of the day, their source and the doubts about them."""
    bareme = load_bareme("saisie_remunerations", ajouts)
    seuils = bareme.get_valeur(jour, "seuils", provisoire=provisoire)
    majoration = bareme.get_valeur(jour, "majoration_par_personne", provisoire=provisoire).valeur * personnes_a_charge
    mensuels = tuple(Fraction(seuil + majoration) / _MOIS for seuil in seuils.valeurs)
    return mensuels, seuils.source, bareme.list_avertissements(seuils)


def _cut(net: Decimal, seuils: tuple[Fraction, ...]) -> tuple[Fraction, tuple[TrancheSaisie, ...]]:
    """Share the pay among the brackets; return the exact sum and the brackets reached."""
    reste, total, tranches = Fraction(net), Fraction(0), []
    for bas, haut, fraction in zip((Fraction(0), *seuils), (*seuils, None), FRACTIONS, strict=True):
        if reste <= bas:
            break
        part = ((reste if haut is None else min(reste, haut)) - bas) * fraction
        total += part
        fin = None if haut is None else _round_fraction(haut)
        tranches.append(TrancheSaisie(_round_fraction(bas), fin, fraction, _round_fraction(part)))
    return total, tuple(tranches)


def _round_fraction(valeur: Fraction) -> Decimal:
    """Round a positive exact amount to the cent, half-up."""
    return round_cent(Decimal((valeur * 200 + 1) // 2).scaleb(-2))


def _warn_minimum(calcule: Decimal, saisissable: Decimal, minimum: Decimal) -> tuple[Avertissement, ...]:
    if saisissable == calcule:
        return ()
    return (
        Avertissement(
            "minimum_laisse",
            phrase(
                "Le calcul donnerait {calcule}, mais {minimum} par mois restent toujours au salarié "
                "(C. trav. R3252-5) : la retenue est ramenée à {saisissable}.",
                calcule=calcule,
                minimum=minimum,
                saisissable=saisissable,
            ),
        ),
    )


def _warn_pension(pension: Decimal, versee: Decimal, minimum: Decimal) -> tuple[Avertissement, ...]:
    if versee == pension:
        return ()
    avertissement = Avertissement(
        "pension_reduite",
        phrase(
            "La pension de {pension} ne peut être payée qu'à hauteur de {versee} : {minimum} par mois restent toujours "
            "au salarié (C. trav. R3252-5).",
            pension=pension,
            versee=versee,
            minimum=minimum,
        ),
    )
    return (avertissement,)


def _list_articles(personnes_a_charge: int, jour: date, pension: Decimal) -> tuple[str, ...]:
    return (
        "C. trav. L3252-2",
        "C. trav. R3252-2",
        *(("C. trav. R3252-3",) if personnes_a_charge else ()),
        "C. trav. L3252-3",
        "C. trav. R3252-5",
        *(("C. trav. L3252-5", "CPCE R212-1-35") if pension else ()),
        *(("CPCE L212-5",) if jour >= _NOUVELLE_PROCEDURE else ()),
    )
