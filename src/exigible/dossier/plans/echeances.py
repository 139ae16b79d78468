"""The deadlines of payment plans and promises: what the debtor must pay, what we must do when he does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from exigible.dossier.echeances import Echeance, NatureEcheance, Portee, find_alerte
from exigible.dossier.plans.etat import EtatEcheance, EtatMiseEnDemeurePlan, EtatPlan, EtatPromesse
from exigible.dossier.plans.suivi import list_dues
from exigible.dossier.procedures.graphe import Acteur
from exigible.droit.decompte import Decompte
from exigible.droit.jours import UN_JOUR
from exigible.droit.phrase import SANS_TEXTE, Phrase, phrase
from exigible.droit.plan import Decheance


def list_echeances_plan(
    plans: Iterable[EtatPlan], promesses: Iterable[EtatPromesse], decompte: Decompte
) -> tuple[Echeance, ...]:
    """List what is expected of each plan and promise from the day of the statement, and from when to act on a delay.

    Nothing is expected on claims on which nothing is owed.
    """
    ouvertes = list_dues(decompte)
    return (
        *(e for plan in plans if _is_ouvert(plan.plan.creances, ouvertes) for e in _list_plan(plan)),
        *(
            _build_promesse(promesse)
            for promesse in promesses
            if not promesse.tenue
            and promesse.promesse.jusqu_au >= decompte.au
            and _is_ouvert(promesse.promesse.creances, ouvertes)
        ),
    )


def _is_ouvert(visees: tuple[str, ...], ouvertes: Sequence[str]) -> bool:
    return any(not visees or cle in visees for cle in ouvertes)


def _list_plan(etat: EtatPlan) -> Iterator[Echeance]:
    prochaine, notice = etat.prochaine, etat.mise_en_demeure
    if prochaine is not None:
        yield Echeance(
            nature=NatureEcheance.PLAN,
            portee=Portee.ADVERSE,
            sujet=etat.plan.cle,
            le=prochaine.limite,
            quoi=phrase(
                "échéance du plan du {convenu} : {montant} à recevoir", convenu=etat.convenu_le, montant=prochaine.reste
            ),
            alerte_le=prochaine.limite + UN_JOUR,
            depart=prochaine.jour,
            perte=SANS_TEXTE,
            explication=_explain_limite(prochaine),
            articles=("C. civ. 1103",),
            acteur=Acteur.DEBITEUR,
        )
    if etat.respecte:
        return
    if notice is None or notice.decheance is None:
        yield _build_retard(etat, notice)
    else:
        yield _build_decheance(etat, notice, notice.decheance)


def _explain_limite(echeance: EtatEcheance) -> Phrase:
    if echeance.limite == echeance.jour:
        return phrase("échéance du {jour}, ce jour compris", jour=echeance.jour)
    return phrase(
        "échéance du {jour}, avec la tolérance convenue, jusqu'au {limite} compris",
        jour=echeance.jour,
        limite=echeance.limite,
    )


def _build_retard(etat: EtatPlan, notice: EtatMiseEnDemeurePlan | None) -> Echeance:
    """The notice to send, or its receipt to record: it may be done from the first day of delay."""
    depuis = etat.en_retard_depuis or etat.convenu_le
    quoi = phrase("mettre le débiteur en demeure de payer {montant} au titre du plan", montant=etat.retard)
    if notice is not None:
        depuis = notice.envoyee_le
        quoi = phrase("indiquer quand la mise en demeure du {jour} a été reçue", jour=notice.envoyee_le)
    return Echeance(
        nature=NatureEcheance.PLAN,
        portee=Portee.OUVERTURE,
        sujet=etat.plan.cle,
        le=depuis,
        quoi=quoi,
        alerte_le=depuis,
        depart=depuis,
        perte=SANS_TEXTE,
        explication=phrase("plan du {convenu} en retard de {montant}", convenu=etat.convenu_le, montant=etat.retard),
        articles=("Cass. 1re civ. 22/06/2017, 16-18.418",),
        acteur=Acteur.CREANCIER,
    )


def _build_decheance(etat: EtatPlan, notice: EtatMiseEnDemeurePlan, decheance: Decheance) -> Echeance:
    articles: tuple[str, ...] = ("C. civ. 1226",)
    quoi = phrase("notifier la résolution du plan du {convenu}", convenu=etat.convenu_le)
    if etat.plan.decheance:
        quoi = phrase("prononcer par écrit la déchéance du terme du plan du {convenu}", convenu=etat.convenu_le)
        articles = decheance.articles
    return Echeance(
        nature=NatureEcheance.PLAN,
        portee=Portee.OUVERTURE,
        sujet=etat.plan.cle,
        le=decheance.possible_des,
        quoi=quoi,
        alerte_le=decheance.possible_des,
        depart=notice.recue_le or notice.envoyee_le,
        perte=SANS_TEXTE,
        explication=phrase(
            "la mise en demeure reçue le {recue} laisse jusqu'au {fin} compris pour payer",
            recue=notice.recue_le or notice.envoyee_le,
            fin=decheance.fin,
        ),
        articles=articles,
        acteur=Acteur.CREANCIER,
        avertissements=decheance.avertissements,
    )


def _build_promesse(etat: EtatPromesse) -> Echeance:
    promesse = etat.promesse
    quoi = phrase("promesse du {jour} : tout ce qui est dû à recevoir", jour=etat.recue_le)
    if promesse.montant is not None:
        quoi = phrase("promesse du {jour} : {montant} à recevoir", jour=etat.recue_le, montant=promesse.montant)
    return Echeance(
        nature=NatureEcheance.PROMESSE,
        portee=Portee.ADVERSE,
        sujet=promesse.cle,
        le=promesse.jusqu_au,
        quoi=quoi,
        alerte_le=find_alerte(etat.recue_le, promesse.jusqu_au, Acteur.DEBITEUR),
        depart=etat.recue_le,
        perte=SANS_TEXTE,
        explication=phrase("jour promis par le débiteur ; les relances reprennent le lendemain"),
        articles=(),
        acteur=Acteur.DEBITEUR,
    )
