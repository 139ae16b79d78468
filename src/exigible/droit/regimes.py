"""Who owes what to whom: the regime of interest and the 40 € indemnity, as a table read from the top, first line true.

Unknown fails closed: while the debtor's quality is unknown, no regime and no indemnity, save what a court ordered.

Two lines stop interest (1 insolvency, 2 over-indebtedness); eight say where it comes from: 3 a court order, 4 a public
buyer, 5 an invoice between professionals, 6 a consumer credit, 7 a co-ownership, 8 a home lease, 9 a written clause,
10 everything else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from exigible.droit.bareme import Valeur, ValeurAjoutee, load_bareme
from exigible.droit.competence_faits import Objet
from exigible.droit.erreurs import Avertissement
from exigible.droit.interets import QualiteCreancier, Regime
from exigible.droit.jours import UN_JOUR
from exigible.droit.pauses import MotifPause, Pause
from exigible.droit.phrase import phrase
from exigible.droit.regimes_faits import ChoixRegime, Depart, FaitsRegime, QualitePartie

__all__ = ["ChoixRegime", "Depart", "FaitsRegime", "Objet", "QualitePartie", "choose_regime", "indemnite_forfaitaire"]

_SANS_FAIT = FaitsRegime()
_BAUX = {Objet.BAIL_COMMERCIAL, Objet.BAIL_PROFESSIONNEL}


@dataclass(frozen=True, slots=True)
class _Cas:
    creancier: QualiteCreancier
    debiteur: QualitePartie
    faits: FaitsRegime

    @property
    def est_facture_commerciale(self) -> bool:
        """Whether a professional invoices a buyer who is not a consumer."""
        return self.creancier is QualiteCreancier.PROFESSIONNEL and self.faits.objet is Objet.FACTURE


@lru_cache(maxsize=256)  # of a creditor's dossiers, nearly all ask for the same
def choose_regime(creancier: QualiteCreancier, debiteur: QualitePartie, faits: FaitsRegime = _SANS_FAIT) -> ChoixRegime:
    """Choose the regime of interest of a claim, with the days on which none runs."""
    cas = _Cas(creancier, debiteur, faits)
    if debiteur is QualitePartie.INCONNUE and not faits.condamnation:
        return ChoixRegime(
            None,
            indemnite=False,
            motif=phrase(
                "La qualité du débiteur n'est pas connue : ni intérêt, ni pénalité, ni indemnité de 40 € ne sont "
                "réclamés tant qu'elle n'est pas renseignée."
            ),
            articles=(),
        )
    choix = next(trouve for ligne in _LIGNES if (trouve := ligne(cas)))
    return _stop(choix, faits)


def _stop(choix: ChoixRegime, faits: FaitsRegime) -> ChoixRegime:
    """Put lines 1 and 2, and the delay granted by a judge, above the line that gives the interest."""
    lignes, pauses, avertissements = list(choix.lignes), [], list(choix.avertissements)
    if faits.recevabilite is not None:
        lignes.insert(0, 2)
        fin = faits.mesures - UN_JOUR if faits.mesures else None
        pauses.append(Pause(faits.recevabilite, MotifPause.SURENDETTEMENT, fin))
        if faits.mesures:
            avertissements.append(
                Avertissement(
                    "mesures_a_suivre",
                    phrase(
                        "À partir du {jour}, l'intérêt est celui que fixent les mesures de surendettement, souvent "
                        "réduit ou nul : donnez-le comme une règle à part.",
                        jour=faits.mesures,
                    ),
                )
            )
    if faits.ouverture is not None and faits.pret_un_an:
        avertissements.append(
            Avertissement(
                "pret_d_un_an",
                phrase(
                    "L'intérêt d'un prêt ou d'un paiement différé d'un an ou plus court après l'ouverture de la "
                    "procédure, mais ne se capitalise plus (C. com. L622-28)."
                ),
            )
        )
    elif faits.ouverture is not None:
        lignes.insert(0, 1)
        pauses.append(Pause(faits.ouverture, MotifPause.PROCEDURE_COLLECTIVE))
    if faits.grace_du is not None:
        pauses.append(Pause(faits.grace_du, MotifPause.DELAI_DE_GRACE, faits.grace_au))
    articles = [*choix.articles, *(pause.article for pause in pauses)]
    if faits.ouverture is not None:
        articles.append("C. com. L622-28")
    return replace(
        choix,
        lignes=tuple(lignes),
        pauses=tuple(pauses),
        articles=tuple(dict.fromkeys(articles)),
        avertissements=tuple(avertissements),
        fin_capitalisation=faits.ouverture - UN_JOUR if faits.ouverture else None,
    )


def _read_condamnation(cas: _Cas) -> ChoixRegime | None:
    if not cas.faits.condamnation:
        return None
    return ChoixRegime(
        Regime.LEGAL,
        indemnite=False,
        motif=phrase(
            "Une décision de justice condamne le débiteur : l'intérêt légal court du jugement ou du jour qu'il fixe, "
            "et cinq points s'ajoutent deux mois après qu'elle est exécutoire et signifiée."
        ),
        articles=("C. civ. 1231-7", "CMF L313-3"),
        avertissements=(
            Avertissement(
                "dispositif_a_suivre",
                phrase(
                    "Suivez d'abord ce que dit le dispositif du jugement : s'il fixe un autre taux ou un autre point "
                    "de départ, c'est lui qui s'applique."
                ),
            ),
        ),
        lignes=(3,),
        depart=Depart.JUGEMENT,
        fondement=("C. civ. 1231-7",),
    )


def _read_public(cas: _Cas) -> ChoixRegime | None:
    public = cas.debiteur is QualitePartie.PERSONNE_PUBLIQUE and not cas.faits.entite_adjudicatrice
    if not public or not cas.est_facture_commerciale or cas.faits.contrat_public is False:
        return None
    a_verifier = Avertissement(
        "contrat_public_a_verifier",
        phrase(
            "Ce régime suppose un contrat de la commande publique : à vérifier. Sinon, c'est l'intérêt légal à compter "
            "de la mise en demeure, sans indemnité."
        ),
    )
    return ChoixRegime(
        Regime.PUBLIC,
        indemnite=True,
        motif=phrase(
            "Un acheteur public doit des intérêts moratoires de plein droit dès le lendemain de l'expiration du délai "
            "de paiement, et l'indemnité de 40 €."
        ),
        articles=("CCP L2192-13", "CCP R2192-31", "CCP D2192-35"),
        avertissements=() if cas.faits.contrat_public else (a_verifier,),
        lignes=(4,),
        depart=Depart.ECHEANCE,
    )


def _read_commercial(cas: _Cas) -> ChoixRegime | None:
    adjudicatrice = cas.debiteur is QualitePartie.PERSONNE_PUBLIQUE and cas.faits.entite_adjudicatrice
    if not cas.est_facture_commerciale or not (adjudicatrice or cas.debiteur is QualitePartie.PROFESSIONNEL):
        return None
    return ChoixRegime(
        Regime.COMMERCIAL,
        indemnite=True,
        motif=phrase(
            "Entre professionnels, les pénalités de retard courent de plein droit dès le lendemain de l'échéance "
            "et l'indemnité de 40 € est due par facture."
        ),
        articles=("C. com. L441-10 II", "C. com. D441-5", *(("CCP L2192-11",) if adjudicatrice else ())),
        lignes=(5,),
        depart=Depart.ECHEANCE,
        fondement=("CCP L2192-11",) if adjudicatrice else (),
    )


def _read_credit(cas: _Cas) -> ChoixRegime | None:
    if cas.faits.objet is not Objet.CREDIT_CONSOMMATION or cas.debiteur is not QualitePartie.CONSOMMATEUR:
        return None
    return ChoixRegime(
        Regime.CONVENU,
        indemnite=False,
        motif=phrase(
            "Crédit à la consommation : depuis la défaillance, le capital restant dû porte intérêt au taux du prêt, et "
            "rien d'autre que ce que permettent les articles L312-39 et L312-40 n'est dû."
        ),
        articles=("C. conso. L312-39", "C. conso. L312-38"),
        lignes=(6,),
        depart=Depart.DEFAILLANCE,
        fondement=("C. conso. L312-39",),
        capitalisation_permise=False,
    )


def _read_copropriete(cas: _Cas) -> ChoixRegime | None:
    if cas.faits.objet is not Objet.COPROPRIETE:
        return None
    fondement = ("D. 67-223 art. 36",) if cas.faits.clause_ecrite else ("D. 67-223 art. 36", "C. civ. 1231-6")
    return ChoixRegime(
        Regime.CONVENU if cas.faits.clause_ecrite else Regime.LEGAL,
        indemnite=False,
        motif=phrase(
            "Charges de copropriété : l'intérêt court de la mise en demeure du syndic, au taux légal sauf clause du "
            "règlement ; l'indemnité de 40 € n'est pas due."
        ),
        articles=fondement,
        lignes=(7,),
        depart=Depart.MISE_EN_DEMEURE,
        fondement=fondement,
    )


def _read_bail(cas: _Cas) -> ChoixRegime | None:
    if cas.faits.objet is not Objet.BAIL_HABITATION:
        return None
    ecartee = Avertissement(
        "clause_non_ecrite",
        phrase("Une clause qui pénalise le retard du locataire est réputée non écrite (L. 89-462 art. 4 i)."),
    )
    return ChoixRegime(
        Regime.LEGAL,
        indemnite=False,
        motif=phrase(
            "Bail d'habitation : seul l'intérêt légal est dû, à compter de la mise en demeure ; toute pénalité est "
            "réputée non écrite."
        ),
        articles=("C. civ. 1231-6", "L. 89-462 art. 4 i"),
        avertissements=(ecartee,) if cas.faits.clause_ecrite else (),
        lignes=(8,),
        depart=Depart.MISE_EN_DEMEURE,
        fondement=("C. civ. 1231-6", "L. 89-462 art. 4 i"),
    )


def _read_clause(cas: _Cas) -> ChoixRegime | None:
    if not cas.faits.clause_ecrite:
        return None
    protege = cas.debiteur in {QualitePartie.CONSOMMATEUR, QualitePartie.NON_PROFESSIONNEL}
    abusive = Avertissement(
        "clause_a_controler",
        phrase(
            "Face à un consommateur ou à un non-professionnel, une clause d'intérêt peut être jugée abusive : vérifiez "
            "qu'elle n'est pas manifestement disproportionnée (C. conso. L212-1, R212-2 3°)."
        ),
    )
    return ChoixRegime(
        Regime.CONVENU,
        indemnite=False,
        motif=phrase("Une clause écrite fixe le taux de l'intérêt, réputé annuel ; l'indemnité de 40 € n'est pas due."),
        articles=("C. civ. 1343-1",),
        avertissements=((abusive,) if protege else ()) + _warn_bail(cas),
        lignes=(9,),
        depart=Depart.CLAUSE,
    )


def _read_reste(cas: _Cas) -> ChoixRegime:
    cause = phrase("Le débiteur n'est pas un professionnel")
    if cas.creancier is QualiteCreancier.PARTICULIER:
        cause = phrase("Le créancier est un particulier")
    elif cas.debiteur is QualitePartie.PERSONNE_PUBLIQUE:
        cause = phrase("Il n'y a pas de contrat de la commande publique")
    elif cas.debiteur is QualitePartie.PROFESSIONNEL:
        cause = phrase("La créance ne vient pas d'une vente ou d'une prestation facturée entre professionnels")
    return ChoixRegime(
        Regime.LEGAL,
        indemnite=False,
        motif=phrase(
            "{cause} : l'intérêt légal court à compter de la mise en demeure ; l'indemnité de 40 € n'est pas due.",
            cause=cause,
        ),
        articles=("C. civ. 1231-6", "C. civ. 1344-1", "CMF L313-2"),
        avertissements=_warn_bail(cas),
        lignes=(10,),
        depart=Depart.MISE_EN_DEMEURE,
    )


def _warn_bail(cas: _Cas) -> tuple[Avertissement, ...]:
    if cas.faits.objet not in _BAUX:
        return ()
    message = phrase(
        "Que les pénalités de L441-10 s'appliquent aux loyers entre professionnels reste à vérifier : elles ne sont "
        "pas réclamées."
    )
    return (Avertissement("champ_des_penalites_a_verifier", message),)


_LIGNES: tuple[Callable[[_Cas], ChoixRegime | None], ...] = (
    _read_condamnation,
    _read_public,
    _read_commercial,
    _read_credit,
    _read_copropriete,
    _read_bail,
    _read_clause,
    _read_reste,
)


def indemnite_forfaitaire(
    jour: date, regime: Regime = Regime.COMMERCIAL, ajouts: tuple[ValeurAjoutee, ...] = ()
) -> Valeur:
    """Lump sum due for each invoice late on `jour` (euros; C. com. D441-5, or CCP D2192-35 under the public regime).

    Raises ErreurBareme (`date_hors_bareme`) before 1 January 2013 (public regime: 1 July 2013), when there was none.
    """
    serie = "indemnite_forfaitaire_publique" if regime is Regime.PUBLIC else "indemnite_forfaitaire"
    return load_bareme("penalites", ajouts).get_valeur(jour, serie)
