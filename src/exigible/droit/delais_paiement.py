"""Longest payment terms the law allows: C. com. L441-10 I to L441-13, CCP R2192-10 and R2192-11.

A due date conforms when it is not after the last day of one of the rules of its nature. « 45 jours fin de mois » is
open only to a clause that says « fin de mois » with no more days, and is counted by the method of that clause.
Goods imported overseas: the delays of the law, not those of the clause, count from a later day (L441-13).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from exigible.droit.echeances import (
    ConditionsPaiement,
    DepartEcheance,
    compute_echeance,
    explain_echeance,
    format_conditions,
)
from exigible.droit.erreurs import Avertissement, ErreurSaisie
from exigible.droit.jours import add_mois
from exigible.droit.phrase import Phrase, join_phrases, phrase
from exigible.droit.plafonds import (
    FIN_DE_MOIS,
    METHODES_FIN_DE_MOIS,
    PUBLICS,
    NaturePaiement,
    Plafond,
    load_plafonds,
)

_MOIS_DE_DOUTE = 12
_ARTICLE_GENERAL = "C. com. L441-10 I"
_ARTICLE_MOIS = "C. com. L511-24"
_NOMS_DEPART = {DepartEcheance.LIVRAISON: phrase("la livraison"), DepartEcheance.RECEPTION: phrase("la réception")}


@dataclass(frozen=True, slots=True)
class DecompteOutreMer:
    """First day from which the delays of the law count overseas; without the clearance, it might be an earlier one."""

    jour: date
    dedouanement_connu: bool


@dataclass(frozen=True, slots=True)
class Maximum:
    """The last lawful day for one invoice, and the rule in words."""

    jour: date
    regle: Phrase


@dataclass(frozen=True, slots=True)
class EcheanceControlee:
    """A due date beside the legal maximum. `maximum` and `conforme` None: no rule known for that day.

    `conditions`: the term applied (that of the law without a clause). `autre_lecture`: the due date by the other
    method, when « fin de mois » reads both ways.
    """

    echeance: date
    conditions: ConditionsPaiement
    maximum: date | None
    conforme: bool | None
    autre_lecture: date | None
    explication: Phrase
    articles: tuple[str, ...]
    avertissements: tuple[Avertissement, ...]


def compute_decompte(dedouanement: date | None, mise_a_disposition: date | None) -> DecompteOutreMer | None:
    """First day of the delays of the law overseas (C. com. L441-13); None without a day.

    `dedouanement`: customs clearance at the port of final destination. `mise_a_disposition`: the goods were made
    available to the buyer in the mainland: the 21st day after it, or the clearance if it comes before.
    """
    if mise_a_disposition is None:
        return DecompteOutreMer(dedouanement, dedouanement_connu=True) if dedouanement else None
    jour = mise_a_disposition + timedelta(days=load_plafonds().outre_mer.jours)
    return DecompteOutreMer(min(jour, dedouanement or jour), dedouanement_connu=dedouanement is not None)


def check_echeance(
    facture: date,
    conditions: ConditionsPaiement | None,
    *,
    depart: date | None = None,
    nature: NaturePaiement = NaturePaiement.GENERAL,
    outre_mer: DecompteOutreMer | None = None,
) -> EcheanceControlee:
    """Due date of an invoice issued on `facture`, and whether the law allows it.

    `depart`: day of reception or delivery, used by a term or a maximum that counts from it; unknown, the invoice's day
    stands for it and a warning says so. `conditions` None: the term of the law without a clause, thirty days after
    reception, or the maximum of a public buyer. `outre_mer`: see `compute_decompte`.

    Raises ErreurSaisie (`outre_mer_sans_objet`): a nature, or a day, to which L441-13 does not apply.
    """
    plafond = load_plafonds().par_nature[nature]
    _check_outre_mer(plafond, facture, outre_mer)
    clause = conditions or _get_defaut(plafond)
    de_la_loi = outre_mer.jour if outre_mer else None
    premier = facture if clause.depart is DepartEcheance.FACTURE else depart or facture
    if conditions is None:
        premier = de_la_loi or premier
    echeance = compute_echeance(premier, clause)
    maxima = _list_maxima(plafond, clause, de_la_loi or facture, de_la_loi or depart or facture)
    if facture < plafond.debut:
        maxima = []
    if conditions is None and maxima:
        echeance = min(echeance, max(maximum.jour for maximum in maxima))
    retenu = _choose(echeance, clause, maxima)
    conforme = echeance <= retenu.jour if retenu else None
    autre = compute_echeance(premier, clause.read_autrement()) if conditions and clause.a_deux_lectures else None
    return EcheanceControlee(
        echeance=echeance,
        conditions=clause,
        maximum=retenu.jour if retenu else None,
        conforme=conforme,
        autre_lecture=autre,
        explication=_explain(premier, clause, plafond, retenu, echeance, outre_mer),
        articles=_list_articles(plafond, conditions, outre_mer),
        avertissements=(
            *_warn_depart(conditions, clause, plafond, facture, depart, outre_mer),
            *_warn_clause(clause, echeance, autre),
            *_warn_plafond(plafond, facture, retenu, clause, conforme=conforme),
        ),
    )


def _check_outre_mer(plafond: Plafond, facture: date, outre_mer: DecompteOutreMer | None) -> None:
    regle = load_plafonds().outre_mer
    if outre_mer is None or (plafond.outre_mer and facture >= regle.debut):
        return
    raise ErreurSaisie(
        "outre_mer_sans_objet",
        phrase(
            "Le décompte depuis le dédouanement ({article}) ne vaut que pour les délais de L441-10 I et de L441-11 II "
            "1° à 4°, et pour les factures du {debut} et d'après : ôtez le dédouanement et la mise à disposition.",
            article=regle.article,
            debut=regle.debut,
        ),
        "dedouanement",
    )


def _get_defaut(plafond: Plafond) -> ConditionsPaiement:
    """Without a clause: the maximum itself for a public buyer, thirty days after reception otherwise."""
    defaut = load_plafonds().defaut
    return (plafond.regles[0].apply(defaut) or defaut) if plafond.nature in PUBLICS else defaut


def _list_maxima(plafond: Plafond, clause: ConditionsPaiement, facture: date, depart: date) -> list[Maximum]:
    """Every maximum open to the clause."""
    maxima = []
    for regle in plafond.regles:
        terme = regle.apply(clause)
        if terme is not None:
            premier = facture if regle.depart is DepartEcheance.FACTURE else depart
            maxima.append(Maximum(compute_echeance(premier, terme), format_conditions(terme)))
    return maxima


def _choose(echeance: date, clause: ConditionsPaiement, maxima: list[Maximum]) -> Maximum | None:
    """The maximum the due date rests on: that of the method of the clause if it is kept, otherwise the latest one."""
    if not maxima:
        return None
    if clause.methode in METHODES_FIN_DE_MOIS and echeance <= maxima[-1].jour:
        return maxima[-1]
    return max(maxima, key=lambda maximum: maximum.jour)


def _explain(
    depart: date,
    clause: ConditionsPaiement,
    plafond: Plafond,
    retenu: Maximum | None,
    echeance: date,
    outre_mer: DecompteOutreMer | None,
) -> Phrase:
    etapes = [explain_echeance(depart, clause)]
    if outre_mer is not None:
        etapes.append(phrase("Outre-mer, les délais de la loi se comptent du {jour}.", jour=outre_mer.jour))
    if compute_echeance(depart, clause) != echeance:
        etapes.append(phrase("Ramenée au maximum légal : {jour}.", jour=echeance))
    if retenu is not None:
        maximum = phrase("Maximum légal, {regle} : {jour}", regle=retenu.regle, jour=retenu.jour)
        avec_note = plafond.note and clause.methode in METHODES_FIN_DE_MOIS
        etapes.append(
            phrase("{maximum} ({note}).", maximum=maximum, note=plafond.note)
            if avec_note
            else phrase("{maximum}.", maximum=maximum)
        )
    return join_phrases(etapes)


def _list_articles(
    plafond: Plafond, conditions: ConditionsPaiement | None, outre_mer: DecompteOutreMer | None
) -> tuple[str, ...]:
    articles = [plafond.article]
    if conditions is None and plafond.nature not in PUBLICS:
        articles.append(_ARTICLE_GENERAL)
    if outre_mer is not None:
        articles.append(load_plafonds().outre_mer.article)
    if conditions is not None and conditions.mois:
        articles.append(_ARTICLE_MOIS)
    return tuple(dict.fromkeys(articles))


def _warn_depart(
    conditions: ConditionsPaiement | None,
    clause: ConditionsPaiement,
    plafond: Plafond,
    facture: date,
    depart: date | None,
    outre_mer: DecompteOutreMer | None,
) -> tuple[Avertissement, ...]:
    avertissements: list[Avertissement] = []
    departs = {regle.depart for regle in plafond.regles} if outre_mer is None else set()
    if conditions is not None or outre_mer is None:
        departs.add(clause.depart)
    departs.discard(DepartEcheance.FACTURE)
    if departs and depart is None:
        mots = _write_departs(sorted(departs))
        avertissements.append(
            Avertissement(
                "depart_suppose",
                phrase(
                    "Le délai compte depuis {mots} : à défaut de ce jour, celui de la facture "
                    "({facture}) en tient lieu. Indiquez-le pour un calcul exact.",
                    mots=mots,
                    facture=facture,
                ),
                {"facture": facture.isoformat()},
            )
        )
    if outre_mer is not None and not outre_mer.dedouanement_connu:
        avertissements.append(
            Avertissement(
                "dedouanement_inconnu",
                phrase(
                    "Les délais de la loi se comptent ici du vingt et unième jour après la mise à disposition, le "
                    "{jour} ; si le dédouanement est venu avant, ils se comptent de lui ({article}) : indiquez-le.",
                    jour=outre_mer.jour,
                    article=load_plafonds().outre_mer.article,
                ),
            )
        )
    return tuple(avertissements)


def _warn_clause(clause: ConditionsPaiement, echeance: date, autre: date | None) -> tuple[Avertissement, ...]:
    avertissements: list[Avertissement] = []
    if clause.mois:
        avertissements.append(
            Avertissement(
                "mois_de_quantieme",
                phrase(
                    "Les mois se comptent ici de quantième à quantième, comme pour une lettre de change ({article}) : "
                    "aucun texte ne le dit d'une facture, le contrat peut vouloir autrement.",
                    article=_ARTICLE_MOIS,
                ),
            )
        )
    if autre is not None and autre != echeance:
        avertissements.append(
            Avertissement(
                "deux_methodes",
                phrase(
                    "« {conditions} » se lit de deux façons : ici, les jours puis la fin du mois. "
                    "Si le contrat compte depuis la fin du mois, l'échéance est le {autre}. Le contrat "
                    "doit dire laquelle.",
                    conditions=format_conditions(clause),
                    autre=autre,
                ),
                {"autre_lecture": autre.isoformat()},
            )
        )
    return tuple(avertissements)


def _write_departs(departs: list[DepartEcheance]) -> Phrase:
    premier, *reste = (_NOMS_DEPART[depart] for depart in departs)
    return phrase("{un} ou {autre}", un=premier, autre=reste[0]) if reste else premier


def _warn_plafond(
    plafond: Plafond, facture: date, retenu: Maximum | None, clause: ConditionsPaiement, *, conforme: bool | None
) -> tuple[Avertissement, ...]:
    if retenu is None:
        return (
            Avertissement(
                "maximum_inconnu",
                phrase(
                    "Pas de maximum légal connu ici pour une facture du {facture} : la règle lue "
                    "({article}) vaut depuis le {debut}.",
                    facture=facture,
                    article=plafond.article,
                    debut=plafond.debut,
                ),
                {"debut": plafond.debut.isoformat()},
            ),
        )
    avertissements: list[Avertissement] = []
    if conforme is False:
        depassement = phrase(
            "L'échéance convenue dépasse le maximum légal, {jour} ({regle}, {article})",
            jour=retenu.jour,
            regle=retenu.regle,
            article=plafond.article,
        )
        avertissements.append(
            Avertissement(
                "echeance_au_dela_du_maximum",
                phrase("{depassement}.", depassement=depassement)
                if plafond.nature in PUBLICS
                else phrase(
                    "{depassement} ; le débiteur risque une amende (C. com. L441-16).", depassement=depassement
                ),
                {"maximum": retenu.jour.isoformat()},
            )
        )
    elif (clause.methode in METHODES_FIN_DE_MOIS or clause.mois) and _exceeds(clause, plafond):
        avertissements.append(
            Avertissement(
                "clause_au_dela_du_maximum",
                phrase(
                    "Cette échéance tient dans le maximum légal, mais la clause « {conditions} » "
                    "le dépasse pour d'autres dates de facture ({article}).",
                    conditions=format_conditions(clause),
                    article=plafond.article,
                ),
            )
        )
    if plafond.sous_condition:
        avertissements.append(
            Avertissement(
                "maximum_sous_condition",
                phrase(
                    "Ce maximum a ses conditions ({article}) : {note}.",
                    article=plafond.article,
                    note=plafond.note,
                ),
            )
        )
    table = load_plafonds()
    if facture >= table.a_relire_le and plafond.article == _ARTICLE_GENERAL:
        avertissements.append(
            Avertissement("texte_a_relire", phrase("Texte à relire : {note}.", note=table.note_relecture))
        )
    if plafond.a_verifier or (plafond.a_verifier_debut and facture < add_mois(plafond.debut, _MOIS_DE_DOUTE)):
        avertissements.append(
            Avertissement(
                "valeur_a_verifier",
                phrase("Maximum à vérifier ({article}) : {note}.", article=plafond.article, note=plafond.note),
            )
        )
    return tuple(avertissements)


def _exceeds(clause: ConditionsPaiement, plafond: Plafond) -> bool:
    """Whether a clause « fin de mois », or in months, may last more days than the rule it rests on."""
    a_la_fin = clause.methode in METHODES_FIN_DE_MOIS
    regles = [regle for regle in plafond.regles if (regle.methode == FIN_DE_MOIS) is a_la_fin]
    return any(clause.jours_au_plus > regle.jours for regle in regles)
