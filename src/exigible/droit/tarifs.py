"""Regulated fees of the commissaires de justice: recovery fees by bracket, fixed fees of acts (C. com. A444-10 s.).

Amounts are euros before tax, each bracket rounded half-up to the cent, the total being their sum; then VAT. A value
that was not read is never guessed: ErreurBareme (`tarif_non_lu`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from exigible.droit.actes_tarifes import ACTES
from exigible.droit.argent import ZERO, round_cent
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.phrase import Phrase, phrase
from exigible.droit.tarif_du_jour import SANS_REGLAGE, Reglages, TarifDuJour

_CENT = Decimal(100)


class Droit(StrEnum):
    """The fees proportional to the claim, by their article of the code de commerce."""

    DEBITEUR = "A444-31"
    CREANCIER = "A444-32"
    ENGAGEMENT = "A444-15"


class Charge(StrEnum):
    """Who bears a fee."""

    DEBITEUR = "debiteur"
    CREANCIER = "creancier"
    SELON_TITRE = "selon_titre"


CHARGES: Mapping[Charge, Phrase] = MappingProxyType(
    {
        Charge.DEBITEUR: phrase("le débiteur, sur titre exécutoire (CPCE L111-8, C. com. R444-55)"),
        Charge.CREANCIER: phrase("le créancier, en plus du droit du débiteur (C. com. R444-55)"),
        Charge.SELON_TITRE: phrase(
            "le débiteur pour l'exécution d'un titre, sinon le créancier qui les avance (CPCE L111-8)"
        ),
    }
)
"""Who bears a fee, for people."""


@dataclass(frozen=True, slots=True)
class TrancheEmolument:
    """One bracket: from `de` (excluded) to `a` (included; None: no end), its rate per cent, its fee."""

    de: Decimal
    a: Decimal | None
    assiette: Decimal
    taux: Decimal
    montant: Decimal


@dataclass(frozen=True, slots=True)
class Emolument:
    """One fee, from its base to its total with tax. `tarif_du`: first day of the tariff applied.

    `deja_percu`: fee of the sums recovered before; `impute`: engagement fee deducted.
    """

    libelle: str
    tarif_du: date
    tranches: tuple[TrancheEmolument, ...]
    base: Decimal
    coefficient: Decimal
    deja_percu: Decimal
    impute: Decimal
    deplacement: Decimal
    total_ht: Decimal
    taux_tva: Decimal
    tva: Decimal
    total_ttc: Decimal
    charge: Charge
    articles: tuple[str, ...]
    sources: tuple[str, ...]
    avertissements: tuple[Avertissement, ...]


@dataclass(frozen=True, slots=True)
class _Regle:
    prefixe: str
    libelle: Phrase
    charge: Charge
    articles: tuple[str, ...]


_REGLES = {
    Droit.DEBITEUR: _Regle(
        "debiteur",
        phrase("Droit de recouvrement à la charge du débiteur"),
        Charge.DEBITEUR,
        ("C. com. A444-31", "C. com. R444-55", "CPCE L111-8"),
    ),
    Droit.CREANCIER: _Regle(
        "creancier",
        phrase("Droit de recouvrement à la charge du créancier"),
        Charge.CREANCIER,
        ("C. com. A444-32", "C. com. R444-55"),
    ),
    Droit.ENGAGEMENT: _Regle(
        "engagement",
        phrase("Droit d'engagement des poursuites"),
        Charge.SELON_TITRE,
        ("C. com. A444-15", "CPCE L111-8"),
    ),
}


def compute_droit(
    droit: Droit,
    montant: Decimal,
    jour: date,
    *,
    deja: Decimal = ZERO,
    engagement: Decimal = ZERO,
    alimentaire: bool = False,
    reglages: Reglages = SANS_REGLAGE,
) -> Emolument:
    """Compute a proportional fee on `montant`, the sum recovered (principal or judgment, costs excluded), on `jour`.

    `deja`: sums recovered before, in the same matter: the fee is that of the total less that of `deja`. `engagement`:
    engagement fee already taken from the same party, imputed on the recovery fee (A444-15). `alimentaire`: the title
    bears a maintenance claim (debtor's rates doubled, creditor's fee not due).

    Raises ErreurSaisie (`montant_nul`, `montant_negatif`), ErreurBareme (`tarif_non_lu`, `date_hors_bareme`).
    """
    if montant <= 0:
        raise ErreurSaisie("montant_nul", phrase("Le montant doit être supérieur à zéro."), "montant")
    for somme, champ in ((deja, "deja"), (engagement, "engagement")):
        if somme < 0:
            raise ErreurSaisie(
                "montant_negatif",
                phrase("Le montant {montant} est négatif : indiquez-le sans signe.", montant=somme),
                champ,
            )
    regle = _REGLES[droit]
    tarif = TarifDuJour(jour, reglages)
    if alimentaire and droit is Droit.CREANCIER:
        return _build_non_du(regle, tarif)
    facteur = Decimal(2) if alimentaire and droit is Droit.DEBITEUR else Decimal(1)
    if alimentaire and droit is Droit.ENGAGEMENT:
        tarif.avertissements.append(
            Avertissement(
                "option_sans_effet", phrase("Le droit d'engagement des poursuites n'est pas doublé (C. com. A444-15).")
            )
        )
    total = montant + deja
    tranches, base = _compute_assiette(regle, tarif, total, total, facteur)
    _, deja_percu = _compute_assiette(regle, tarif, deja, total, facteur)
    return _close(
        libelle=regle.libelle,
        tarif=tarif,
        tranches=tranches,
        base=base,
        deja_percu=deja_percu,
        impute=min(engagement, base - deja_percu),
        charge=regle.charge,
        articles=(*regle.articles, *(("C. com. A444-15",) if engagement else ())),
    )


def _compute_assiette(
    regle: _Regle, tarif: TarifDuJour, assiette: Decimal, creance: Decimal, facteur: Decimal
) -> tuple[tuple[TrancheEmolument, ...], Decimal]:
    """Fee on a sum recovered for a claim of `creance`: fixed up to the threshold, then by bracket within the cap."""
    if assiette == 0:
        return (), ZERO
    if creance <= tarif.get(f"{regle.prefixe}_seuil", regle.libelle).valeur:
        return (), tarif.use(
            f"{regle.prefixe}_fixe", phrase("{libelle} (émolument fixe)", libelle=regle.libelle)
        ).valeur
    bornes = tarif.get(f"{regle.prefixe}_tranches", regle.libelle).valeurs
    taux = tarif.use(f"{regle.prefixe}_taux", regle.libelle).valeurs
    tranches = []
    for bas, haut, pour_cent in zip((ZERO, *bornes), (*bornes, None), taux, strict=False):
        if assiette <= bas:
            break
        part = round_cent((assiette if haut is None else min(assiette, haut)) - bas)
        montant = round_cent(part * pour_cent * facteur / _CENT)
        tranches.append(
            TrancheEmolument(round_cent(bas), haut and round_cent(haut), part, pour_cent * facteur, montant)
        )
    if assiette > bornes[-1] and len(taux) == len(bornes):
        raise tarif.build_non_lu(phrase("{libelle} au-delà de {borne}", libelle=regle.libelle, borne=bornes[-1]))
    base = sum((tranche.montant for tranche in tranches), ZERO)
    plafond = tarif.find(f"{regle.prefixe}_plafond")
    return tuple(tranches), base if plafond is None else min(base, round_cent(plafond.valeur))


def _build_non_du(regle: _Regle, tarif: TarifDuJour) -> Emolument:
    message = phrase(
        "Aucun droit n'est dû par le créancier pour une créance alimentaire (C. com. R444-53 et R444-55) ; il ne l'est "
        "pas davantage pour une créance née d'un contrat de travail."
    )
    tarif.warn("droit_non_du", message)
    return _close(
        libelle=regle.libelle, tarif=tarif, charge=regle.charge, articles=(*regle.articles, "C. com. R444-53")
    )


def compute_acte(
    code: str,
    jour: date,
    obligation: Decimal | None = None,
    *,
    electronique: bool = False,
    reglages: Reglages = SANS_REGLAGE,
) -> Emolument:
    """Compute the fixed fee of an act (a code of `ACTES`) done on `jour`.

    `obligation`: the amount of the obligation, when it is determined (coefficient of A444-46; else 1).
    `electronique`: served only by electronic means, the travel refund of A444-48 is added; on paper it is not computed,
    and it is said. Raises ErreurSaisie (`acte_inconnu`, `montant_nul`) and ErreurBareme (`tarif_non_lu`,
    `date_hors_bareme`).
    """
    if code not in ACTES:
        raise ErreurSaisie(
            "acte_inconnu",
            phrase("L'acte « {code} » n'est pas connu : {codes}.", code=code, codes=tuple(ACTES)),
            "acte",
        )
    if obligation is not None and obligation <= 0:
        raise ErreurSaisie("montant_nul", phrase("Le montant doit être supérieur à zéro."), "montant")
    acte = ACTES[code]
    tarif = TarifDuJour(jour, reglages)
    fixe = tarif.use(code, acte.libelle).valeur
    coefficient = _find_coefficient(tarif, obligation)
    deplacement, articles = ZERO, [f"C. com. {acte.article}", "CPCE L111-8"]
    if obligation is not None:
        articles.append("C. com. A444-46")
    if electronique:
        deplacement = tarif.use("deplacement_electronique", phrase("Signification électronique")).valeur
        articles.append("C. com. A444-48")
    elif acte.signifie:
        _warn_deplacement(tarif)
    if acte.engagement:
        _warn_engagement(tarif)
    return _close(
        libelle=acte.libelle,
        tarif=tarif,
        base=fixe,
        coefficient=coefficient,
        deplacement=deplacement,
        charge=Charge.SELON_TITRE,
        articles=tuple(articles),
    )


def _warn_deplacement(tarif: TarifDuJour) -> None:
    tarif.warn(
        "deplacement_non_compris",
        phrase(
            "Les frais de déplacement d'une signification sur papier (C. com. A444-48) ne sont pas compris : leur "
            "montant n'a pas été lu dans un texte officiel. L'affranchissement et les débours s'ajoutent aussi."
        ),
    )


def _warn_engagement(tarif: TarifDuJour) -> None:
    tarif.warn(
        "engagement_non_compris",
        phrase(
            "Le droit d'engagement des poursuites (C. com. A444-15), dû une seule fois par créance, n'est pas "
            "compris : calculez-le à part."
        ),
    )


def _find_coefficient(tarif: TarifDuJour, obligation: Decimal | None) -> Decimal:
    if obligation is None:
        return Decimal(1)
    bornes = tarif.get("coefficient_tranches", phrase("Coefficient")).valeurs
    coefficients = tarif.use("coefficient", phrase("Coefficient")).valeurs
    return coefficients[sum(obligation > borne for borne in bornes)]


def _close(  # noqa: PLR0913 — one fee, every part of it named
    *,
    libelle: str,
    tarif: TarifDuJour,
    charge: Charge,
    articles: tuple[str, ...],
    tranches: tuple[TrancheEmolument, ...] = (),
    base: Decimal = ZERO,
    coefficient: Decimal = Decimal(1),
    deja_percu: Decimal = ZERO,
    impute: Decimal = ZERO,
    deplacement: Decimal = ZERO,
) -> Emolument:
    """Add up, then add the tax."""
    total_ht = round_cent(base * coefficient) - deja_percu - impute + deplacement
    tva = tarif.use("tva", phrase("TVA"))
    taxe = round_cent(total_ht * tva.valeur / _CENT)
    return Emolument(
        libelle=libelle,
        tarif_du=tarif.debut,
        tranches=tranches,
        base=base,
        coefficient=coefficient,
        deja_percu=deja_percu,
        impute=impute,
        deplacement=deplacement,
        total_ht=total_ht,
        taux_tva=tva.valeur,
        tva=taxe,
        total_ttc=total_ht + taxe,
        charge=charge,
        articles=articles,
        sources=tuple(tarif.sources),
        avertissements=tuple(tarif.avertissements),
    )
