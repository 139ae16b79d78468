"""What the petition for an order to pay and the order drafted with it share: the judge, the heads asked, the total.

CPC 1405 to 1407. Both must say the same sums: they are added up here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from exigible.actes.demande import Demande
from exigible.actes.effets import CAMBIAIRES, ECHEANCE, is_cambiaire
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import format_date_longue, write_en_lettres, write_phrase
from exigible.actes.vocabulaire.chefs import EnPlus, add_plus, build_chefs, extend_sommes, read_montant
from exigible.actes.vocabulaire.instance import FRANCE, write_du_tribunal
from exigible.actes.vocabulaire.requetes import describe_requete, sum_parts
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import phrase

CONSULAIRES = frozenset({"commerce", "activites_economiques"})
EFFETS = CAMBIAIRES | {"cession"}
_JUGES = {
    "protection": "juge des contentieux de la protection",
    "chambre_commerciale": "président de la chambre commerciale",
}
_PRESIDENT = "président"


def describe_injonction(demande: Demande, commun: Vocabulaire) -> Vocabulaire:
    """Name the judge, those sued, the ground and the sums of an order to pay, as the answers give them."""
    reponses = demande.reponses
    tribunal, fondement = str(reponses.get("tribunal", "")), reponses.get("fondement")
    plus, frais = tuple(_iter_plus(demande)), tuple(_iter_frais(demande))
    total, sur_effet = add_plus(demande, plus), fondement in EFFETS
    qualite = _JUGES.get(tribunal, _PRESIDENT)
    instance = describe_requete(demande, coobliges=reponses.get("coobliges") is True)
    return instance.add(
        Vocabulaire(
            {
                "qualite_du_juge": write_phrase(qualite),
                "le_juge": write_phrase("Madame ou Monsieur le {qualite}", qualite=qualite),
                "du_tribunal": write_du_tribunal(tribunal, commun.valeurs["siege"]),
                "articles_de_l_effet": _write_articles(fondement),
                "total_demande": format_montant(total),
                "total_avec_parts": format_montant(sum_injonction(demande)),
                "total_demande_en_lettres": write_en_lettres(total),
            },
            {
                "sur_effet": sur_effet,
                # The limitation known is that of the invoice; the bill has its own (C. com. L511-78).
                "prescription_dite": instance.faits["prescription_dite"] and not sur_effet,
                "sur_contrat_ou_statut": fondement in {"contrat", "statut"},
                "consulaire": tribunal in CONSULAIRES,
                "devant_judiciaire": tribunal not in CONSULAIRES,
                **_describe_effet(demande, commun),
            },
            {
                "somme_totale": extend_sommes(demande, commun, plus),
                "chefs": (build_chefs(demande, (*plus, *frais), depart_legal="la signification de l’ordonnance"),),
            },
        )
    )


def sum_injonction(demande: Demande) -> Decimal:
    """All that the judge is asked to order to pay, the shares of joint debtors included, before what runs on."""
    return add_plus(demande, tuple(_iter_plus(demande))) + sum_parts(demande)


def describe_regles_de_l_effet(demande: Demande) -> dict[str, object]:
    """Say to the rules that the maturity of the instrument makes its interest run, no notice being wanted."""
    return {"contrat.demeure_par_echeance": True} if is_cambiaire(demande.reponses) else {}


def explain_effet(demande: Demande) -> tuple[str, ...]:
    """Say why it is only a draft: the bill has not come to maturity, or is of less than what is asked on it."""
    return tuple(_iter_raisons(demande)) if is_cambiaire(demande.reponses) else ()


def _iter_raisons(demande: Demande) -> Iterator[str]:
    echeance, montant = demande.reponses.get(ECHEANCE), demande.reponses.get("montant_de_l_effet")
    if isinstance(echeance, date) and echeance >= demande.etat.au:
        raison = "l'effet n'est à payer que le {jour} : il n'est pas encore impayé"
        yield write_phrase(raison, jour=format_date_longue(echeance))
    if isinstance(montant, Decimal) and demande.totaux.principal > montant:
        yield write_phrase(
            "le principal demandé ({principal}) dépasse le montant de l'effet ({montant}) : ne gardez que les factures "
            "qu'il devait payer",
            principal=format_montant(demande.totaux.principal),
            montant=format_montant(montant),
        )


def warn_effet(demande: Demande) -> tuple[Avertissement, ...]:
    """Say what a claim on the instrument leaves out, and that it has a limitation of its own."""
    if not is_cambiaire(demande.reponses):
        return ()
    message = phrase(
        "Sur l'effet lui-même ne sont demandés que son montant, les intérêts au taux légal depuis l'échéance et les "
        "frais (C. com. L511-45) : ni pénalités, ni indemnité de 40 €, ni clause pénale ; pour elles, choisissez le "
        "contrat. L'action se prescrit par trois ans contre l'accepteur ou le souscripteur, un an contre les "
        "endosseurs et le tireur (C. com. L511-78)."
    )
    return (Avertissement("interets_de_l_effet", message),)


def explain_etranger(demande: Demande) -> tuple[str, ...]:
    """Say why it is only a draft against a debtor who lives abroad: no French judge is his (CPC 1406)."""
    if demande.etat.debiteur.adresse.pays in {"", FRANCE}:
        return ()
    raison = (
        "le débiteur demeure hors de France, où l'injonction de payer n'est pas ouverte (CPC 1406) : voyez "
        "l'injonction de payer européenne ou l'assignation"
    )
    return (write_phrase(raison),)


def _write_articles(fondement: object) -> str:
    """What founds the sums asked on the instrument; the rules of the bill hold for the note (C. com. L512-3)."""
    billet = fondement == "billet_a_ordre"
    return write_phrase(
        "articles L511-45 et L512-3 du code de commerce" if billet else "article L511-45 du code de commerce"
    )


def _describe_effet(demande: Demande, commun: Vocabulaire) -> dict[str, bool]:
    """What is asked on the instrument itself has its own texts: its maturity makes the interest run, not a notice."""
    cambiaire = is_cambiaire(demande.reponses)
    return {
        "effet_de_commerce": cambiaire,
        "hors_effet": not cambiaire,
        "regime_legal": commun.faits["regime_legal"] and not cambiaire,
    }


def _iter_plus(demande: Demande) -> Iterator[EnPlus]:
    """What is not in the statement and belongs to the claim (CPC 1405 1°: the penalty clause included)."""
    if (penale := read_montant(demande, "clause_penale")) > ZERO:
        yield EnPlus("Clause pénale", write_phrase("C. civ., article 1231-5"), penale)
    if (accessoires := read_montant(demande, "accessoires")) > ZERO:
        yield EnPlus("Frais accessoires", write_phrase("justifiés par les pièces jointes"), accessoires)


def _iter_frais(demande: Demande) -> Iterator[EnPlus]:
    """What the judge grants besides the claim."""
    if (article_700 := read_montant(demande, "article_700")) > ZERO:
        yield EnPlus("frais non compris dans les dépens", write_phrase("CPC, article 700"), article_700)
