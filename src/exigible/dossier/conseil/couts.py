"""What an act costs: advanced by the creditor, recovered from the debtor or not. What was not read is never zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from exigible.droit.actes_tarifes import ACTES
from exigible.droit.argent import ZERO
from exigible.droit.competence_faits import Voie
from exigible.droit.erreurs import Avertissement, ErreurBareme
from exigible.droit.frais_justice import Frais
from exigible.droit.phrase import Phrase, phrase
from exigible.droit.tarif_du_jour import SANS_REGLAGE, Reglages
from exigible.droit.tarifs import Droit, compute_acte, compute_droit
from exigible.droit.voies_ouvertes import VoieOuverte

# CPC 695: what the loser pays back. Lawyers' fees are not in it; unknown where no text was read.
_RECUPERABLES: dict[str, bool | None] = {
    "greffe": True,
    "greffe_injonction": True,
    "signification": True,
    "assignation": True,
    "contribution_aide_juridique": True,
    "contribution_justice_economique": None,
    "avocat": False,
}


@dataclass(frozen=True, slots=True)
class LigneCout:
    """One cost, in euros with tax; `montant` None: not read. `recuperable` on the debtor who loses; None: not known."""

    code: str
    libelle: Phrase
    montant: Decimal | None
    article: str
    recuperable: bool | None
    avertissements: tuple[Avertissement, ...] = ()


@dataclass(frozen=True, slots=True)
class Cout:
    """The cost of an act, and who bears it in the end. `charge`: the rule, for people."""

    lignes: tuple[LigneCout, ...]
    charge: Phrase

    @property
    def avance(self) -> Decimal:
        """What is known of the sum to advance."""
        return sum((ligne.montant for ligne in self.lignes if ligne.montant is not None), ZERO)

    @property
    def complet(self) -> bool:
        """Whether every amount is known."""
        return all(ligne.montant is not None for ligne in self.lignes)

    @property
    def reste_si_succes(self) -> Decimal | None:
        """What stays with the creditor who wins; None when it cannot be said."""
        definitives = [ligne for ligne in self.lignes if ligne.recuperable is not True and ligne.montant != 0]
        if any(ligne.montant is None or ligne.recuperable is None for ligne in definitives):
            return None
        return sum((ligne.montant or ZERO for ligne in definitives), ZERO)

    @property
    def reste_si_echec(self) -> Decimal | None:
        """What stays with the creditor who fails; None when it cannot be said."""
        return self.avance if self.complet else None

    @property
    def avertissements(self) -> tuple[Avertissement, ...]:
        """Every warning once."""
        return tuple(dict.fromkeys(a for ligne in self.lignes for a in ligne.avertissements))


SANS_FRAIS = Cout((), phrase("aucun frais de procédure ; les frais de la démarche restent au créancier (CPCE L111-8)"))
SANS_OBJET = Cout((), phrase("sans objet : la voie est fermée"))
NON_CHIFFRE = LigneCout("non_chiffre", phrase("Montant de l'acte non relevé"), None, "", None)
A_CHIFFRER = Cout(
    (LigneCout("a_determiner", phrase("À chiffrer une fois le tribunal connu"), None, "", None),),
    phrase("selon le tribunal"),
)
_CHARGE_DEPENS = phrase("le perdant paie les dépens (CPC 695, 696) ; l'avocat reste au créancier, sauf CPC 700")
_CHARGE_SIMPLIFIEE = phrase("le créancier seul, même en cas d'accord (CPCE L125-1)")
_CHARGE_INCONNUE = phrase("non connue : le décret et le tarif n'ont pas été trouvés")
_CHARGE_EXECUTION = phrase(
    "le débiteur, sauf frais inutiles ; le créancier garde son propre droit de recouvrement (CPCE L111-8)"
)
_CHARGE_CONSERVATOIRE = phrase("le débiteur, sauf décision contraire du juge (CPCE L512-2)")
_CONSERVATOIRE = ("proces_verbal_saisie_conservatoire_creances", "denonciation_saisie_conservatoire_creances")
_ENGAGEMENT = "engagement_non_compris"


def compute_cout_voie(voie: VoieOuverte, montant: Decimal, jour: date, reglages: Reglages = SANS_REGLAGE) -> Cout:
    """Compute what it costs to enter a route, the officer's act included when its fee is known."""
    acte = {"assignation": "assignation"}
    if voie.voie is Voie.INJONCTION:
        acte["signification"] = "signification_injonction_de_payer"
    lignes = tuple(_write_ligne(frais, acte.get(frais.code), montant, jour, reglages) for frais in voie.frais)
    if voie.voie is Voie.SIMPLIFIEE:
        return Cout(tuple(replace(ligne, recuperable=False) for ligne in lignes), _CHARGE_SIMPLIFIEE)
    return Cout(lignes, _CHARGE_INCONNUE if voie.voie is Voie.INCONTESTEES else _CHARGE_DEPENS)


def compute_cout_execution(
    actes: Sequence[str], montant: Decimal, jour: date, reglages: Reglages = SANS_REGLAGE, *, engage: bool = False
) -> Cout:
    """Compute what enforcing costs: the officer's acts, then the fee that the creditor bears on what is recovered.

    `engage`: an earlier act already gave rise to the engagement fee, due once a claim (C. com. A444-15).
    """
    lignes = _list_actes(actes, montant, jour, reglages, engage=engage)
    libelle = phrase("Droit de recouvrement à la charge du créancier, si tout est recouvré")
    lignes.append(_compute_droit(Droit.CREANCIER, libelle, montant, jour, reglages))
    return Cout(tuple(lignes), _CHARGE_EXECUTION)


def compute_cout_conservatoire(
    montant: Decimal, jour: date, reglages: Reglages = SANS_REGLAGE, *, engage: bool = False
) -> Cout:
    """Compute what a protective attachment of the debtor's accounts costs; the judge may put it on the creditor."""
    return Cout(tuple(_list_actes(_CONSERVATOIRE, montant, jour, reglages, engage=engage)), _CHARGE_CONSERVATOIRE)


def compute_cout_acte(
    acte: str, montant: Decimal, jour: date, charge: Phrase, reglages: Reglages = SANS_REGLAGE
) -> Cout:
    """Compute the price of one act of an officer, recovered from the debtor who loses or is enforced against."""
    return Cout((_compute_acte(acte, montant, jour, reglages),), charge)


def _list_actes(
    actes: Sequence[str], montant: Decimal, jour: date, reglages: Reglages, *, engage: bool
) -> list[LigneCout]:
    """Price the acts, then the engagement fee that one of them gives rise to (C. com. A444-15 and A444-17)."""
    lignes = [_compute_acte(acte, montant, jour, reglages) for acte in actes]
    if not any(ACTES[acte].engagement for acte in actes):
        return lignes
    lignes = [replace(x, avertissements=tuple(a for a in x.avertissements if a.code != _ENGAGEMENT)) for x in lignes]
    if not engage:
        libelle = phrase(
            "Droit d'engagement des poursuites, imputé ensuite sur le droit de recouvrement de celui qui l'a payé"
        )
        lignes.append(_compute_droit(Droit.ENGAGEMENT, libelle, montant, jour, reglages))
    return lignes


def _compute_droit(droit: Droit, libelle: Phrase, montant: Decimal, jour: date, reglages: Reglages) -> LigneCout:
    """Compute a fee proportional to the claim; only that of the creditor stays with it in the end."""
    code, article, recuperable = f"droit_{droit.name.lower()}", f"C. com. {droit.value}", droit is not Droit.CREANCIER
    try:
        emolument = compute_droit(droit, montant, jour, reglages=reglages)
    except ErreurBareme as erreur:
        return _write_non_lu(code, libelle, article, erreur, recuperable=recuperable)
    return LigneCout(code, libelle, emolument.total_ttc, article, recuperable, emolument.avertissements)


def _write_ligne(frais: Frais, acte: str | None, montant: Decimal, jour: date, reglages: Reglages) -> LigneCout:
    recuperable = _RECUPERABLES.get(frais.code)
    if acte is None or frais.montant is not None:
        return LigneCout(frais.code, frais.libelle, frais.montant, frais.article, recuperable, frais.avertissements)
    ligne = _compute_acte(acte, montant, jour, reglages)
    return replace(
        ligne, code=frais.code, recuperable=recuperable, avertissements=(*frais.avertissements, *ligne.avertissements)
    )


def _compute_acte(acte: str, montant: Decimal, jour: date, reglages: Reglages) -> LigneCout:
    """Compute the fee of an officer's act, recovered on the debtor when there is a title (CPCE L111-8)."""
    try:
        emolument = compute_acte(acte, jour, montant, reglages=reglages)
    except ErreurBareme as erreur:
        return _write_non_lu(acte, ACTES[acte].libelle, f"C. com. {ACTES[acte].article}", erreur, recuperable=True)
    return LigneCout(
        acte,
        ACTES[acte].libelle,
        emolument.total_ttc,
        emolument.articles[0],
        recuperable=True,
        avertissements=emolument.avertissements,
    )


def _write_non_lu(code: str, libelle: Phrase, article: str, erreur: ErreurBareme, *, recuperable: bool) -> LigneCout:
    avertissement = Avertissement(erreur.code, erreur.message)
    return LigneCout(code, libelle, None, article, recuperable, (avertissement,))
