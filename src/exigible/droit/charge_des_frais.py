"""Who bears a cost of collection: the creditor, unless a text or a judge says the debtor (CPCE L111-8, CPC 695, 696).

Read from the top, first line true. Unknown fails closed: what nothing puts on the debtor is never claimed from him.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from exigible.droit.phrase import Phrase, phrase


class NatureFrais(StrEnum):
    """What was paid for."""

    ACTE_D_EXECUTION = "acte_d_execution"
    AUTRE_ACTE = "autre_acte"
    DEPENS = "depens"
    EMOLUMENT_DU_DEBITEUR = "emolument_du_debiteur"
    EMOLUMENT_DU_CREANCIER = "emolument_du_creancier"
    RECOUVREMENT_AMIABLE = "recouvrement_amiable"
    HONORAIRES = "honoraires"
    AFFRANCHISSEMENT = "affranchissement"
    REJET_DE_CHEQUE = "rejet_de_cheque"
    """What the creditor's bank took for a cheque returned for want of funds."""
    AUTRE = "autre"


class ChargeFrais(StrEnum):
    """Who bears a cost."""

    DEBITEUR = "debiteur"
    CREANCIER = "creancier"
    INCONNU = "inconnu"


@dataclass(frozen=True, slots=True)
class FaitsFrais:
    """What the rule looks at. `titre_le`: since when the creditor holds an enforceable title, None: it holds none.

    `depens_au_debiteur`: whether a decision puts the costs of the proceedings on the debtor, None: none says;
    `verifie_le`: the day they were certified or taxed. `juge`: who bears it according to the enforcement judge.
    """

    nature: NatureFrais
    jour: date
    titre_le: date | None = None
    depens_au_debiteur: bool | None = None
    verifie_le: date | None = None
    prescrit_par_la_loi: bool = False
    article: str = ""
    inutile: bool = False
    juge: ChargeFrais | None = None


@dataclass(frozen=True, slots=True)
class ChoixCharge:
    """Who bears the cost, why, by which articles; `recouvrable_le`: the first day on which it may be claimed."""

    charge: ChargeFrais
    motif: Phrase
    articles: tuple[str, ...]
    recouvrable_le: date | None = None


def choose_charge(faits: FaitsFrais) -> ChoixCharge:
    """Say who bears a cost."""
    if faits.juge is not None and faits.juge is not ChargeFrais.INCONNU:
        return _read_juge(faits.juge, faits.jour)
    if faits.inutile:
        return _leave(phrase("L'acte était manifestement inutile : il reste à la charge du créancier."), "CPCE L111-8")
    if faits.nature is NatureFrais.DEPENS:
        return _read_depens(faits)
    if faits.nature is NatureFrais.EMOLUMENT_DU_CREANCIER:
        return _leave(
            phrase("C'est la part du droit de recouvrement du commissaire de justice que la loi laisse au créancier."),
            "C. com. A444-32",
            "C. com. R444-55",
        )
    if faits.nature is NatureFrais.HONORAIRES:
        return _leave(
            phrase("Les honoraires ne se réclament pas : le juge seul les prend en compte, par une somme à part."),
            "CPC 700",
        )
    return _read_acte(faits)


def _read_juge(charge: ChargeFrais, jour: date) -> ChoixCharge:
    if charge is ChargeFrais.DEBITEUR:
        return _claim(phrase("Le juge l'a mis à la charge du débiteur."), jour, "CPCE L111-8")
    return _leave(phrase("Le juge l'a laissé à la charge du créancier."), "CPCE L111-8")


def _read_depens(faits: FaitsFrais) -> ChoixCharge:
    if faits.depens_au_debiteur is None:
        return _doubt(
            phrase("Ce sont des dépens, et aucune décision connue ne dit encore qui les supporte : rien n'est réclamé.")
        )
    if not faits.depens_au_debiteur:
        return _leave(phrase("La décision ne met pas les dépens à la charge du débiteur."), "CPC 696")
    if faits.verifie_le is None:
        return _doubt(
            phrase(
                "Le débiteur supporte les dépens, mais ceux-ci ne sont ni vérifiés ni taxés : ils ne s'exigent qu'au "
                "vu du certificat de vérification ou de l'ordonnance de taxe (Cass. 2e civ. 03/05/2007, 06-12.485)."
            )
        )
    return _claim(
        phrase(
            "La décision met les dépens à la charge du débiteur ; ils sont vérifiés depuis le {jour}.",
            jour=faits.verifie_le,
        ),
        max(faits.jour, faits.verifie_le),
        "CPC 695",
        "CPC 696",
        "CPC 704",
    )


def _read_acte(faits: FaitsFrais) -> ChoixCharge:
    if faits.nature is NatureFrais.REJET_DE_CHEQUE:
        return _claim(
            phrase("Les frais du rejet d'un chèque sans provision sont à la charge de celui qui l'a émis."),
            faits.jour,
            "C. mon. fin. L131-73",
        )
    if faits.prescrit_par_la_loi and faits.article:
        return _claim(
            phrase("La loi impose cet acte au créancier ({article}).", article=faits.article),
            faits.jour,
            "CPCE L111-8",
            faits.article,
        )
    if faits.titre_le is None or faits.jour < faits.titre_le:
        return _leave(
            phrase("Il a été exposé sans titre exécutoire : il reste à la charge du créancier."), "CPCE L111-8 al. 2"
        )
    if faits.nature is NatureFrais.EMOLUMENT_DU_DEBITEUR:
        return _claim(
            phrase("C'est le droit de recouvrement que le débiteur doit sur un titre exécutoire."),
            faits.jour,
            "C. com. A444-31",
            "C. com. R444-55",
        )
    if faits.nature is NatureFrais.ACTE_D_EXECUTION:
        return _claim(
            phrase("C'est un acte d'exécution d'un titre : il est à la charge du débiteur."),
            faits.jour,
            "CPCE L111-8 al. 1",
        )
    return _doubt(
        phrase(
            "Rien ne dit que ce frais soit un acte d'exécution du titre : il n'est pas réclamé tant que c'est inconnu."
        )
    )


def _claim(motif: Phrase, jour: date, *articles: str) -> ChoixCharge:
    return ChoixCharge(ChargeFrais.DEBITEUR, motif, articles, jour)


def _leave(motif: Phrase, *articles: str) -> ChoixCharge:
    return ChoixCharge(ChargeFrais.CREANCIER, motif, articles)


def _doubt(motif: Phrase) -> ChoixCharge:
    return ChoixCharge(ChargeFrais.INCONNU, motif, ("CPCE L111-8",))
