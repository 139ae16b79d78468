"""What must be paid to go to court: clerk's fees, contribution for legal aid, contribution for economic justice.

An amount that was not read is `None`, with the reason: never zero.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from exigible.droit.argent import ZERO, round_cent
from exigible.droit.bareme import load_bareme
from exigible.droit.competence import CONSULAIRES, Competence
from exigible.droit.competence_faits import SANS_AVOCAT, Demande, Juridiction, Voie
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.phrase import Phrase, phrase

_BAREME = "frais_justice"
_CENT = Decimal(100)
_SANS_ASSIGNATION = frozenset({Juridiction.CONSEIL_DE_PRUD_HOMMES, Juridiction.JUGE_AUX_AFFAIRES_FAMILIALES})


@dataclass(frozen=True, slots=True)
class Frais:
    """A fee: its amount in euros, taxes included (None: not read, or facts are missing), its article."""

    code: str
    libelle: Phrase
    montant: Decimal | None
    article: str
    avertissements: tuple[Avertissement, ...] = ()


_GREFFE = Frais("greffe", phrase("Frais de greffe du tribunal de commerce, montant non relevé"), None, "C. com. A743-8")


@dataclass(frozen=True, slots=True)
class Demandeur:
    """What the contribution for economic justice depends on; None: unknown.

    `effectif`: employees; `chiffre_affaires` and `benefice`: yearly averages over three years, in euros;
    `revenu_fiscal`: reference tax income of an individual, in euros.
    """

    effectif: int | None = None
    chiffre_affaires: Decimal | None = None
    benefice: Decimal | None = None
    revenu_fiscal: Decimal | None = None


def compute_greffe_injonction(jour: date) -> Frais:
    """Clerk's fee of a payment order before a commercial court, taxes included, to be deposited within fifteen days."""
    bareme = load_bareme(_BAREME)
    valeur = bareme.find_valeur(jour, "greffe_commerce_injonction_ht")
    libelle = phrase("Frais de greffe, à consigner dans les quinze jours de la requête sous peine de caducité")
    if valeur is None:
        sans_tarif = phrase("{libelle} : tarif de cette date non relevé", libelle=libelle)
        return Frais("greffe_injonction", sans_tarif, None, "CPC 1425")
    tva = bareme.get_valeur(jour, "tva").valeur
    montant = round_cent(valeur.valeur * (_CENT + tva) / _CENT)
    return Frais("greffe_injonction", libelle, montant, "CPC 1425", bareme.list_avertissements(valeur))


def compute_contribution_aide_juridique(jour: date) -> Frais | None:
    """Contribution due once for each civil or labour case (CGI 1635 bis Q); None before it existed."""
    bareme = load_bareme(_BAREME)
    if bareme.find_valeur(jour, "contribution_aide_juridique") is None:
        return None
    valeur = bareme.get_valeur(jour, "contribution_aide_juridique")
    return Frais(
        "contribution_aide_juridique",
        phrase("Contribution pour l'aide juridique, sauf aide juridictionnelle ou demandeur exonéré (l'État…)"),
        valeur.valeur,
        valeur.article,
        bareme.list_avertissements(valeur),
    )


def compute_contribution_economique(pretentions: Decimal, jour: date, demandeur: Demandeur) -> Frais | None:
    """Contribution of the claimant before an economic court (D. n° 2024-1225).

    `pretentions`: the whole of the first claim, in euros, costs of CPC 700 left out. None when none can be due: outside
    the experiment, or up to the threshold. Amount None when the claimant's size is unknown. Raises ErreurSaisie
    (`demandeur_ambigu`) when both a turnover and an individual's income are given.
    """
    if demandeur.revenu_fiscal is not None and (demandeur.chiffre_affaires, demandeur.benefice) != (None, None):
        raise ErreurSaisie(
            "demandeur_ambigu",
            phrase(
                "Donnez le revenu fiscal (personne physique) ou le chiffre d'affaires et le bénéfice "
                "(personne morale), pas les deux."
            ),
            "revenu_fiscal",
        )
    bareme = load_bareme(_BAREME)
    seuil = bareme.find_valeur(jour, "economique_seuil_pretentions")
    if seuil is None or pretentions <= seuil.valeur:
        return None
    minimum = bareme.get_valeur(jour, "economique_effectif").valeur
    if demandeur.effectif is not None and demandeur.effectif < minimum:
        detail = phrase("non due : moins de {minimum:nombre} salariés", minimum=minimum)
        return _build_contribution(detail, ZERO, seuil.article)
    taux, plafond, complement = _find_tranche(jour, demandeur)
    if demandeur.effectif is None or taux is None:
        detail = phrase(
            "due si le demandeur emploie au moins {minimum:nombre} salariés et dépasse les seuils de taille : à "
            "préciser",
            minimum=minimum,
        )
        return _build_contribution(detail, None, seuil.article)
    if not taux:
        return _build_contribution(phrase("non due : seuils de taille non dépassés"), ZERO, seuil.article)
    montant = min(round_cent(pretentions * taux / _CENT), round_cent(plafond))
    pour_cent = phrase("{taux:nombre} %", taux=taux)
    detail = phrase("{taux} des prétentions, {plafond} au plus", taux=pour_cent, plafond=plafond)
    return _build_contribution(detail, montant, seuil.article, complement)


def _build_contribution(
    detail: Phrase, montant: Decimal | None, article: str, avertissements: tuple[Avertissement, ...] = ()
) -> Frais:
    libelle = phrase("Contribution pour la justice économique, {detail}", detail=detail)
    return Frais("contribution_justice_economique", libelle, montant, article, avertissements)


_Tranche = tuple[Decimal | None, Decimal, tuple[Avertissement, ...]]


def _find_tranche(jour: date, demandeur: Demandeur) -> _Tranche:
    """Find rate and cap; rate None: facts are missing, 0: no bracket is reached."""
    bareme = load_bareme(_BAREME)
    if demandeur.revenu_fiscal is not None:
        seuils = bareme.get_valeur(jour, "economique_physique_revenu")
        rang = _find_rang(seuils.valeurs, demandeur.revenu_fiscal)
        return *_read_tranche(jour, "physique", rang), bareme.list_avertissements(seuils)
    if demandeur.chiffre_affaires is None or demandeur.benefice is None:
        return None, ZERO, ()
    seuils = bareme.get_valeur(jour, "economique_morale_chiffre_affaires")
    rang = _find_rang(seuils.valeurs, demandeur.chiffre_affaires)
    benefices = bareme.get_valeur(jour, "economique_morale_benefice").valeurs
    if rang >= 0 and demandeur.benefice <= benefices[rang]:
        rang = -1
    return *_read_tranche(jour, "morale", rang), ()


def _find_rang(seuils: tuple[Decimal, ...], valeur: Decimal) -> int:
    """Rank of the last threshold exceeded; -1: none."""
    return sum(valeur > seuil for seuil in seuils) - 1


def _read_tranche(jour: date, personne: str, rang: int) -> tuple[Decimal, Decimal]:
    if rang < 0:
        return ZERO, ZERO
    bareme = load_bareme(_BAREME)
    taux, plafonds = (bareme.get_valeur(jour, f"economique_{personne}_{colonne}") for colonne in ("taux", "plafond"))
    return taux.valeurs[rang], plafonds.valeurs[rang]


def list_frais(voie: Voie, demande: Demande, competence: Competence, demandeur: Demandeur) -> tuple[Frais, ...]:
    """List what is to be paid to enter an open route; the price of what follows (appeal, enforcement) is not here."""
    if voie is Voie.INCONTESTEES:
        libelle = phrase("Commissaire de justice et greffe : tarif non trouvé")
        return (Frais("commissaire_de_justice", libelle, None, "CPCE L126-1"),)
    if voie is Voie.SIMPLIFIEE:
        libelle = phrase("Commissaire de justice : à la charge exclusive du créancier, montant au tarif")
        return (Frais("commissaire_de_justice", libelle, None, "CPCE L125-1"),)
    frais = [compute_contribution_economique(demande.montant, demande.jour, demandeur)] if competence.tae else []
    if voie in {Voie.INJONCTION, Voie.INJONCTION_EUROPEENNE}:
        frais.extend(_list_frais_injonction(voie, demande, competence))
    else:
        frais.extend(_list_frais_instance(voie, demande, competence))
    if competence.avocat_obligatoire and voie not in SANS_AVOCAT:
        frais.append(Frais("avocat", phrase("Honoraires de l'avocat, libres"), None, "L. n° 71-1130 art. 10"))
    return tuple(ligne for ligne in frais if ligne is not None)


def _list_frais_injonction(voie: Voie, demande: Demande, competence: Competence) -> list[Frais]:
    libelle = phrase("Signification de l'ordonnance, au tarif des commissaires de justice")
    article = "CPC 1424-5" if voie is Voie.INJONCTION_EUROPEENNE else "CPC 1411"
    signification = Frais("signification", libelle, None, article)
    if competence.juridiction in CONSULAIRES:
        greffe = _GREFFE if voie is Voie.INJONCTION_EUROPEENNE else compute_greffe_injonction(demande.jour)
        return [greffe, signification]
    if competence.commerciale or compute_contribution_aide_juridique(demande.jour) is None:
        return [signification]
    exoneration = Avertissement(
        "exoneration_a_verifier",
        phrase(
            "L'injonction de payer serait exonérée de la contribution pour l'aide juridique (CGI "
            "1635 bis Q III 7°) : source unique et non juridique, à vérifier."
        ),
    )
    return [replace(signification, avertissements=(exoneration,))]


def _list_frais_instance(voie: Voie, demande: Demande, competence: Competence) -> list[Frais | None]:
    if competence.juridiction is Juridiction.TRIBUNAL_ADMINISTRATIF:
        return []
    assignation = Frais("assignation", phrase("Assignation, au tarif des commissaires de justice"), None, "CPC 55")
    if competence.juridiction in CONSULAIRES:
        return [_GREFFE, assignation]
    contribution = None if competence.commerciale else compute_contribution_aide_juridique(demande.jour)
    douteuse = voie is Voie.REFERE or competence.juridiction is Juridiction.JUGE_DE_L_EXECUTION
    if contribution is not None and douteuse:
        exclusion = Avertissement(
            "contribution_a_verifier",
            phrase(
                "La contribution pour l'aide juridique pourrait ne pas être due en référé ni devant "
                "le juge de l'exécution : les exclusions réglementaires n'ont pas été lues."
            ),
        )
        contribution = replace(contribution, avertissements=(*contribution.avertissements, exclusion))
    if competence.juridiction in _SANS_ASSIGNATION or (voie is Voie.FOND and competence.requete_possible):
        return [contribution]
    return [contribution, assignation]
