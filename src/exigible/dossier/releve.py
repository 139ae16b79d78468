"""What the facts give to the statement: the claims with their rules of interest, and what was paid on them.

Where two readings are possible, the one that claims less.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial

import msgspec

from exigible.dossier.courriers import find_demeures, find_presentation
from exigible.dossier.etat import EtatCourrier, EtatCreancier
from exigible.dossier.faits import (
    DEBITEUR,
    AvoirEmis,
    CreanceNee,
    DebiteurDecrit,
    PaiementRecu,
    PaiementRejete,
    Reclamation,
    TropPercuRembourse,
)
from exigible.dossier.faits_creancier import ConditionsDeVenteFixees
from exigible.dossier.obligation.etat import BaseDecompte, LigneFrais
from exigible.dossier.obligation.evenements import (
    COMPTE_DU_DEBITEUR,
    Compte,
    divide_creance,
    list_evenements,
    list_pauses,
)
from exigible.dossier.obligation.frais import build_creances_frais, keep_frais_de, put_frais_first
from exigible.dossier.obligation.obliges import Partage, warn_cedes
from exigible.dossier.obligation.succession import CompteSuivi, follow_compte
from exigible.dossier.obligation.titre import list_chefs
from exigible.dossier.plans.suivi import apply_plans, choose_creances
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.suspensions import Faits
from exigible.droit.argent import ZERO
from exigible.droit.decompte import (
    Creance,
    Decompte,
    Imputation,
    ModeImputation,
    Remboursement,
    SoldeCreance,
    Versement,
    compute_decompte,
)
from exigible.droit.erreurs import Avertissement
from exigible.droit.indemnites import compute_indemnites
from exigible.droit.interets import Regime, RegleInterets, compute_taux, find_premier_jour_connu
from exigible.droit.jours import UN_JOUR
from exigible.droit.phrase import Phrase, phrase
from exigible.droit.regimes import ChoixRegime

_ARTICLES_INDEMNITE = {
    Regime.COMMERCIAL: ("C. com. L441-10 II", "C. com. D441-5"),
    Regime.PUBLIC: ("CCP D2192-35",),
}


@dataclass(slots=True)
class Contexte:
    """What valuing the claims of one dossier needs.

    `mises_en_demeure`: those that left for each claim. Filled on the way: `avertissements`, what was met; `reclame`,
    what the statement comes from; `restees`, the claims that no decision nor assignment took out of it.
    """

    au: date
    faits: Faits
    creancier: EtatCreancier
    debiteur: DebiteurDecrit
    regime: ChoixRegime
    conditions: Sequence[tuple[date, ConditionsDeVenteFixees]]
    mises_en_demeure: Mapping[str, Sequence[EtatCourrier]]
    penalites: Reclamation
    indemnite: Reclamation
    provisoire: bool
    compte: Compte = COMPTE_DU_DEBITEUR
    frais: tuple[LigneFrais, ...] = ()
    procedures: tuple[EtatProcedure, ...] = ()
    avertissements: list[Avertissement] = field(default_factory=list)
    reclame: BaseDecompte = field(default_factory=BaseDecompte)
    restees: frozenset[str] = frozenset()

    def get_mises_en_demeure(self, creance: str) -> Sequence[EtatCourrier]:
        """Return the formal notices that left for a claim, in order of posting."""
        return self.mises_en_demeure.get(creance, ())


def value_creances(contexte: Contexte) -> tuple[Decompte, Decompte]:
    """Return the statement of what is claimed, and the one with what is only announced added to it."""
    creances = [_build_creance(contexte, creance) for creance in contexte.faits.list(CreanceNee)]
    suivi = _follow(contexte, creances)
    contexte.reclame = BaseDecompte(suivi.creances, suivi.versements)
    contexte.restees = frozenset(c.cle for c in suivi.creances)
    contexte.avertissements += warn_cedes(contexte.faits, suivi.ecartes)
    reclame = suivi.decompte
    if Reclamation.ANNONCER not in {contexte.penalites, contexte.indemnite}:
        return reclame, reclame
    gardees = (_keep(c, contexte, Reclamation.ANNONCER) for c in creances if c.cle in contexte.restees)
    a_annoncer = [c for c in gardees if c.regle is not None or c.indemnite]  # nothing is added on the others
    annoncees = {c.cle for c in a_annoncer}
    principaux = [v for v in _repeat_principal(reclame) if v.creances[0] in annoncees]
    return reclame, _add(reclame, _compute(contexte, a_annoncer, principaux, contexte.au))


def follow_creances(contexte: Contexte) -> CompteSuivi:
    """Return the account of what is claimed from the person of the context, with the claims that decisions left."""
    return _follow(contexte, [_build_creance(contexte, creance) for creance in contexte.faits.list(CreanceNee)])


def _follow(contexte: Contexte, creances: Sequence[Creance]) -> CompteSuivi:
    """Run the account through what changes its claims; without any such fact, it is one plain statement."""
    compte = contexte.compte
    reclamees = [_keep(c, contexte, Reclamation.RECLAMER) for c in creances]
    versements = _list_versements(contexte)
    if compte.partage is not None:
        reclamees = [divide_creance(c, compte.partage) for c in reclamees]
        versements = _divide_versements(contexte.faits, versements, compte.partage)
    frais = keep_frais_de(contexte.frais, compte.decisions, compte.personne)
    return follow_compte(
        [*reclamees, *build_creances_frais(frais)],
        put_frais_first(versements, frais, compte.decisions),
        list_evenements(
            contexte.faits,
            compte,
            contexte.creancier,
            lambda chef: apply_plans(contexte.faits, chef, contexte.debiteur.qualite),
        ),
        contexte.au,
        partial(_compute, contexte, remboursements=_list_remboursements(contexte)),
    )


def _divide_versements(faits: Faits, versements: Sequence[Versement], partage: Partage) -> list[Versement]:
    """Keep what one debtor of a joint debt paid, and its share of the credit notes."""
    payeurs = {p.cle: p.payeur or DEBITEUR for p in faits.list(PaiementRecu)}
    return [
        msgspec.structs.replace(
            v, montant=partage.split(v.montant) if v.imputation is ModeImputation.PRINCIPAL else v.montant
        )
        for v in versements
        if partage.counts(payeurs.get(v.cle, partage.personne))
        and (v.imputation is not ModeImputation.PRINCIPAL or partage.split(v.montant) > 0)
    ]


def _list_remboursements(contexte: Contexte) -> tuple[Remboursement, ...]:
    """What was given back of the debtor's own payments; a guarantor's account does not know it."""
    if contexte.compte.personne != DEBITEUR:
        return ()
    return tuple(Remboursement(f.cle, jour, f.montant) for jour, f in contexte.faits.dated(TropPercuRembourse))


def _compute(
    contexte: Contexte,
    creances: Sequence[Creance],
    versements: Sequence[Versement],
    au: date,
    remboursements: Sequence[Remboursement] = (),
) -> Decompte:
    return compute_decompte(
        creances,
        versements,
        au,
        remboursements=remboursements,
        provisoire=contexte.provisoire,
        arreter_au_dernier_connu=not contexte.provisoire,
    )


def _build_creance(contexte: Contexte, creance: CreanceNee) -> Creance:
    """Return a claim with all that the law gives, whatever is claimed of it."""
    regime, regle = contexte.regime.regime, _choose_regle(contexte, creance)
    brute = Creance(
        cle=creance.cle,
        libelle=phrase("Facture {numero}", numero=creance.numero),
        principal=max(creance.montant - _sum_avoirs(contexte.faits, creance), ZERO),
        echeance=creance.echeance or date.max,
        regle=regle,
        regle_de_rang=regle,
        indemnite=_choose_indemnite(contexte, creance, regle),
        articles_indemnite=_ARTICLES_INDEMNITE.get(regime, ()) if regime else (),
    )
    return apply_plans(contexte.faits, brute, contexte.debiteur.qualite)


def _keep(creance: Creance, contexte: Contexte, choix: Reclamation) -> Creance:
    """Leave of a claim only what the creditor chose to treat so; its rate by law still ranks it among the others."""
    if contexte.penalites is contexte.indemnite is choix and creance.regle_de_rang is creance.regle:
        return creance
    return replace(
        creance,
        regle=creance.regle if contexte.penalites is choix else None,
        regle_de_rang=creance.regle,
        indemnite=creance.indemnite if contexte.indemnite is choix else ZERO,
    )


def _repeat_principal(reclame: Decompte) -> list[Versement]:
    """Return what the payments took off each principal, so that what is announced runs on what is claimed."""
    return [
        Versement(
            f"{i.versement}-{i.creance}",
            i.date,
            i.principal,
            (i.creance,),
            ModeImputation.PRINCIPAL,
            accord_creancier=True,
        )
        for i in reclame.imputations
        if i.principal > 0
    ]


def _add(reclame: Decompte, annonce: Decompte) -> Decompte:
    """Add what is announced to what is claimed."""
    annonces = {a.cle: a for a in annonce.soldes}
    soldes = tuple(_add_soldes(s, annonces[s.cle]) if s.cle in annonces else s for s in reclame.soldes)
    arrets = [jour for jour in (reclame.interets_arretes_au, annonce.interets_arretes_au) if jour is not None]
    return replace(
        reclame,
        interets_arretes_au=min(arrets, default=None),
        lignes=(*reclame.lignes, *annonce.lignes),
        soldes=soldes,
        interets=reclame.interets + annonce.interets,
        indemnites=reclame.indemnites + annonce.indemnites,
        total_du=reclame.total_du + annonce.interets + annonce.indemnites,
        articles=tuple(dict.fromkeys((*reclame.articles, *annonce.articles))),
        avertissements=tuple(dict.fromkeys((*reclame.avertissements, *annonce.avertissements))),
        interets_courus=reclame.interets_courus + annonce.interets_courus,
    )


def _add_soldes(reclame: SoldeCreance, annonce: SoldeCreance) -> SoldeCreance:
    return msgspec.structs.replace(
        reclame,
        interets=reclame.interets + annonce.interets,
        indemnites=reclame.indemnites + annonce.indemnites,
        total=reclame.total + annonce.interets + annonce.indemnites,
        interets_courus=reclame.interets_courus + annonce.interets_courus,
    )


def _sum_avoirs(faits: Faits, creance: CreanceNee) -> Decimal:
    """Sum the credit notes written on this invoice: they lower it from its first day."""
    return sum([a.montant for _, a in faits.dated(AvoirEmis) if a.creance == creance.cle], ZERO)


def _list_versements(contexte: Contexte) -> list[Versement]:
    """List payments, credit notes on the account as a whole, and what credit notes exceed their invoice by."""
    faits = contexte.faits
    rejetes = {f.paiement for f in faits.list(PaiementRejete)}
    creances = faits.list(CreanceNee)
    cles = {c.cle for c in creances}
    chefs = {chef.cle for decision in contexte.compte.decisions for chef in list_chefs(decision)}
    paiements = [
        Versement(p.cle, jour, p.montant, _list_choisies(faits, jour, p, cles | chefs), accord_creancier=True)
        for jour, p in faits.dated(PaiementRecu)
        if p.cle not in rejetes
    ]
    emis = faits.dated(AvoirEmis)
    if not emis:
        return paiements
    avoirs = [
        Versement(a.cle, jour, a.montant, (), ModeImputation.PRINCIPAL) for jour, a in emis if a.creance not in cles
    ]
    for creance in creances:
        exces = _sum_avoirs(faits, creance) - creance.montant
        if exces > 0:
            jour = max(jour for jour, a in emis if a.creance == creance.cle)
            avoirs.append(Versement(f"exces-{creance.cle}", jour, exces, (), ModeImputation.PRINCIPAL))
    return paiements + avoirs


def _list_choisies(faits: Faits, jour: date, paiement: PaiementRecu, cles: set[str]) -> tuple[str, ...]:
    return tuple(cle for cle in choose_creances(faits, jour, paiement) if cle in cles)


def _choose_regle(contexte: Contexte, creance: CreanceNee) -> RegleInterets | None:
    """Return the interest rule of a claim; None when nothing may be claimed yet, which is said."""
    regime = contexte.regime.regime
    if regime is None or creance.echeance is None:
        return None
    depart = creance.echeance
    if regime is Regime.LEGAL:
        presentation = _find_demeure(contexte, creance)
        if presentation is None:
            return None
        depart = max(presentation, creance.echeance)
    passees, conditions = _find_conditions(contexte, creance) if regime is Regime.COMMERCIAL else (True, None)
    regle = RegleInterets(
        regime=regime,
        depart=depart,
        creancier=contexte.creancier.description.qualite,
        taux=conditions.taux_penalites if conditions else None,
        multiple_legal=conditions.multiple_legal if conditions else None,
        pauses=list_pauses(contexte.faits, creance),
        ajouts=contexte.creancier.ajouts,
    )
    if not passees and regle.est_convenu:
        regle = _lower_to_law(contexte, creance, regle)
    return _start_when_known(contexte, creance, regle)


def _find_demeure(contexte: Contexte, creance: CreanceNee) -> date | None:
    """Return the first presentation from which a claim bears legal interest; say why there is none."""
    parties = contexte.get_mises_en_demeure(creance.cle)
    presentation = find_presentation(contexte.faits, parties, creance)
    if presentation is not None:
        return presentation
    if parties and not find_demeures(contexte.faits, parties, creance):
        _warn(
            contexte,
            creance,
            "demeure_sur_contestation",
            phrase(
                "elle était contestée quand la mise en demeure est partie ; aucun intérêt légal n'est compté sur elle "
                "tant qu'une nouvelle mise en demeure ne l'a pas réclamée (C. civ. 1231-6)."
            ),
        )
    elif parties:
        _warn(
            contexte,
            creance,
            "presentation_inconnue",
            phrase(
                "la mise en demeure est partie, mais le jour de sa première présentation n'est pas connu ; aucun "
                "intérêt légal n'est compté tant qu'il n'est pas saisi (C. civ. 1231-6)."
            ),
        )
    return None


def _warn(contexte: Contexte, creance: CreanceNee, code: str, raison: Phrase) -> None:
    message = phrase("Facture {numero} : {raison}", numero=creance.numero, raison=raison)
    contexte.avertissements.append(Avertissement(code, message, {"numero": creance.numero}))


def _find_conditions(contexte: Contexte, creance: CreanceNee) -> tuple[bool, ConditionsDeVenteFixees | None]:
    """Return the terms of sale of the day of the invoice, else the first known ones; whether they are of that day."""
    passees = [c for debut, c in contexte.conditions if debut <= creance.emission]
    if passees:
        return True, passees[-1]
    return False, contexte.conditions[0][1] if contexte.conditions else None


def _lower_to_law(contexte: Contexte, creance: CreanceNee, convenue: RegleInterets) -> RegleInterets:
    """Before the first known terms nobody knows what was agreed: take the lower of their rate and of the law's."""
    _warn(
        contexte,
        creance,
        "conditions_inconnues",
        phrase(
            "les conditions de vente au {jour} ne sont pas connues ; le plus bas du taux de vos premières conditions "
            "connues et du taux légal supplétif est retenu (C. com. L441-10 II).",
            jour=creance.emission,
        ),
    )
    legale = replace(convenue, taux=None, multiple_legal=None)
    return min(legale, convenue, key=lambda r: compute_taux(r, r.premier_jour, provisoire=True).taux)


def _start_when_known(contexte: Contexte, creance: CreanceNee, regle: RegleInterets) -> RegleInterets | None:
    """Claim no interest before the first day that the tables know, and say so."""
    premier = find_premier_jour_connu(regle)
    if premier is None or regle.premier_jour >= premier:
        return regle
    if premier == date.max:  # a rate frozen on a day that the tables do not know stays unknown
        raison = phrase("son taux d'intérêt n'est pas connu : aucun n'est compté.")
        _warn(contexte, creance, "taux_ancien_inconnu", raison)
        return None
    raison = phrase(
        "les taux d'avant le {jour} ne sont pas connus ; les intérêts ne comptent que depuis.", jour=premier
    )
    _warn(contexte, creance, "taux_ancien_inconnu", raison)
    return replace(regle, depart=premier - UN_JOUR)


def _choose_indemnite(contexte: Contexte, creance: CreanceNee, regle: RegleInterets | None) -> Decimal:
    """Return the 40 € that the law gives for a late invoice, whatever is claimed; say what must be known of it."""
    regime = contexte.regime.regime
    if not contexte.regime.indemnite or regime is None or creance.echeance is None:
        return ZERO
    if regle is None or regle.depart != creance.echeance:  # interest that starts later leaves the 40 € as they are
        pauses = list_pauses(contexte.faits, creance)
        regle = RegleInterets(regime, creance.echeance, pauses=pauses, ajouts=contexte.creancier.ajouts)
    montant, avertissements = compute_indemnites(regle, 1, contexte.au)
    if contexte.indemnite is not Reclamation.RENONCER:
        contexte.avertissements += avertissements
    return montant


def sum_impute(imputations: Sequence[Imputation], versement: str, creance: str) -> Decimal:
    """Sum what a payment took off a claim."""
    return sum((i.montant for i in imputations if (i.versement, i.creance) == (versement, creance)), ZERO)
