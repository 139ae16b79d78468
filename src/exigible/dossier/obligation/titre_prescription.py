"""Until when what a decision awards may be enforced, and which interest, run after it, may no longer be claimed.

Each head has ten years from the day its decision became enforceable (CPCE L111-4). The interest that runs after it has
the shorter time of the claim itself: what of it is lost and unpaid is left out of the statement, and this is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from exigible.dossier.creances import list_tenus
from exigible.dossier.echeances import Echeance, NatureEcheance, Portee
from exigible.dossier.echeances_creances import MOIS_D_ALERTE
from exigible.dossier.faits import CreanceNee, PaiementRecu, PaiementRejete
from exigible.dossier.obligation.etat import EtatChef, EtatTitre
from exigible.dossier.obligation.titre import (
    Decision,
    InteretsPrescrits,
    list_chefs,
    list_decisions,
    name_decision,
    names_nothing,
)
from exigible.dossier.plans.suivi import list_reconnaissances
from exigible.dossier.procedures.causes import find_nature, list_causes
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.procedures.graphe import Acteur
from exigible.dossier.releve import Contexte, follow_creances, sum_impute
from exigible.droit.argent import ZERO
from exigible.droit.decompte import Decompte
from exigible.droit.erreurs import Avertissement
from exigible.droit.jours import UN_JOUR, add_mois
from exigible.droit.phrase import phrase
from exigible.droit.prescription import Evenement, Prescription, Regle, choose_regle_ordinaire
from exigible.droit.prescription.apres_titre import (
    choose_regle_interets,
    compute_interets,
    compute_titre,
    find_premier_utile,
)

_MOIS_AU_PLUS_COURT = 6  # the shortest time of the table: before, no interest can be lost
_TITRE = "TITRE"


@dataclass(frozen=True, slots=True)
class _Suivi:
    """What times a head: the claims it stands for, what interrupts, the time of its later interest."""

    chef: EtatChef
    evenements: tuple[Evenement, ...]
    regle: Regle


def drop_prescrits(contexte: Contexte) -> Contexte:
    """Return the dossier without the interest, run after its decisions and unpaid, that may no longer be claimed."""
    au, decisions = contexte.au, contexte.compte.decisions
    if not any(d.effective and add_mois(d.jour, _MOIS_AU_PLUS_COURT) < au for d in decisions):
        return contexte
    decompte = follow_creances(replace(contexte, avertissements=[])).decompte
    perdus = [
        (perdu.du, perdu)
        for decision in decisions
        for suivi in _list_suivis(contexte, decision, decompte)
        if (perdu := _find_perdu(suivi, decision.jour, decompte)) is not None
    ]
    if not perdus:
        return contexte
    faits = contexte.faits.add(sorted(perdus, key=lambda entree: entree[0]))
    personne = contexte.compte.personne
    compte = replace(contexte.compte, decisions=list_decisions(faits, personne, contexte.procedures))
    return replace(contexte, faits=faits, compte=compte, avertissements=[])


def time_titres(contexte: Contexte, titres: Iterable[EtatTitre], decompte: Decompte) -> tuple[EtatTitre, ...]:
    """Return the decisions with the time of each head on which something is owed."""
    decisions = {d.fait.cle: d for d in contexte.compte.decisions if d.effective}
    return tuple(
        _time(contexte, titre, decisions[titre.cle], decompte) if titre.cle in decisions else titre for titre in titres
    )


def _time(contexte: Contexte, titre: EtatTitre, decision: Decision, decompte: Decompte) -> EtatTitre:
    suivis = {s.chef.cle: s for s in _list_suivis(contexte, decision, decompte)}
    depart = decision.executoire_le or decision.jour
    return replace(
        titre,
        chefs=tuple(
            replace(
                chef,
                prescription=compute_titre(depart, suivis[chef.cle].evenements),
                interets=_time_interets(suivis[chef.cle], decision.jour, decompte),
            )
            if chef.solde is not None and chef.solde.total > 0
            else chef
            for chef in titre.chefs
        ),
    )


def _list_suivis(contexte: Contexte, decision: Decision, decompte: Decompte) -> Iterator[_Suivi]:
    creances = contexte.faits.list(CreanceNee)
    for chef in list_chefs(decision) if decision.effective else ():
        jugees = _list_jugees(decision, chef, creances)
        yield _Suivi(chef, _list_evenements(contexte, chef, jugees, decompte), _choose_regle(contexte, jugees))


def _list_jugees(decision: Decision, chef: EtatChef, creances: Sequence[CreanceNee]) -> list[CreanceNee]:
    if chef.chef is not None and names_nothing(decision):
        return [c for c in creances if c.emission <= decision.jour]
    return [c for c in creances if c.cle in chef.creances]


def _choose_regle(contexte: Contexte, jugees: Sequence[CreanceNee]) -> Regle:
    creancier, debiteur = contexte.creancier.description.qualite, contexte.debiteur.qualite
    propres = (
        choose_regle_ordinaire(creancier, debiteur, c.nature or find_nature(contexte.procedures, c.cle)) for c in jugees
    )
    return choose_regle_interets(creancier, debiteur, propres)


def _list_evenements(
    contexte: Contexte, chef: EtatChef, jugees: Sequence[CreanceNee], decompte: Decompte
) -> tuple[Evenement, ...]:
    """What interrupts on a head: the enforcement of what it stands for, and what the debtor paid or signed on it.

    A payment counts when it named nothing else and paid something of it, as for a claim.
    """
    cles = [c.cle for c in jugees] or [chef.cle]
    causes = [c for cle in cles for c in list_causes(contexte.procedures, cle, contexte.au, list_tenus(contexte))]
    rejetes = {f.paiement for f in contexte.faits.list(PaiementRejete)}
    siennes = {chef.cle, *cles}
    reconnaissances = [
        jour
        for jour, p in contexte.faits.dated(PaiementRecu)
        if p.cle not in rejetes
        and p.creances
        and set(p.creances) <= siennes
        and sum_impute(decompte.imputations, p.cle, chef.cle) > 0
    ]
    reconnaissances += [jour for cle in siennes for jour in list_reconnaissances(contexte.faits, cle)]
    return tuple(dict.fromkeys((*causes, *(Evenement(jour, "INT-REC") for jour in reconnaissances))))


# --- The interest run after the decision ------------------------------------------------------------------------------


def _find_perdu(suivi: _Suivi, jugement: date, decompte: Decompte) -> InteretsPrescrits | None:
    du = _find_impayes(suivi, jugement, decompte)
    if du is None:
        return None
    utile = find_premier_utile(suivi.regle, suivi.evenements, du, decompte.au)
    return InteretsPrescrits(chef=suivi.chef.cle, du=du, au=utile - UN_JOUR) if utile > du else None


def _time_interets(suivi: _Suivi, jugement: date, decompte: Decompte) -> Prescription | None:
    du = _find_impayes(suivi, jugement, decompte)
    return None if du is None else compute_interets(suivi.regle, du, suivi.evenements)


def _find_impayes(suivi: _Suivi, jugement: date, decompte: Decompte) -> date | None:
    """Return the first day after the judgment whose interest is not paid: what was paid went to the oldest."""
    paye = sum((i.interets for i in decompte.imputations if i.creance == suivi.chef.cle), ZERO)
    for ligne in sorted((x for x in decompte.lignes if x.creance == suivi.chef.cle), key=lambda x: x.du):
        if ligne.montant > 0 and ligne.montant > paye:
            jours = int(paye * ligne.jours // ligne.montant)  # a day not wholly paid counts as unpaid
            impaye = max(ligne.du + timedelta(days=jours), jugement + UN_JOUR)
            if impaye <= ligne.au:
                return impaye
        paye = max(paye - ligne.montant, ZERO)
    return None


# --- What is said -----------------------------------------------------------------------------------------------------


def warn_titres(titres: Iterable[EtatTitre], au: date) -> Iterator[Avertissement]:
    """Say which heads may no longer be enforced."""
    for titre in titres:
        perdus = [c for c in titre.chefs if c.prescription is not None and c.prescription.acquise_au(au)]
        for chef in perdus:
            if chef.prescription is not None:
                message = phrase(
                    "{chef} : les dix ans pour l'exécuter ont pris fin le {terme} (CPCE L111-4). Rien ne peut plus en "
                    "être exigé, sauf acte d'exécution ou reconnaissance que le dossier ne connaît pas.",
                    chef=chef.libelle,
                    terme=chef.prescription.terme,
                )
                yield Avertissement("titre_prescrit", message, {"chef": chef.cle})


def list_echeances_titres(
    titres: Iterable[EtatTitre], procedures: Sequence[EtatProcedure], au: date
) -> Iterator[Echeance]:
    """List, for each decision, the last safe day to keep its heads and the interest run since.

    The ten years of a title that has its own procedure are there, not here.
    """
    suivies = {p.mere for p in procedures if p.graphe.code == _TITRE and p.abandonnee_le is None}
    for titre in titres:
        suivi = titre.decision.procedure in suivies if titre.decision.procedure else bool(suivies)
        if not suivi:
            yield from _list_de(titre, [c.prescription for c in titre.chefs], au, interets=False)
        yield from _list_de(titre, [c.interets for c in titre.chefs], au, interets=True)


def _list_de(
    titre: EtatTitre, prescriptions: Iterable[Prescription | None], au: date, *, interets: bool
) -> Iterator[Echeance]:
    courent = [p for p in prescriptions if p is not None and not p.en_cours and not p.acquise_au(au)]
    if not courent:
        return
    premiere = min(courent, key=lambda p: p.terme)
    decision = name_decision(titre.decision, titre.rendu_le)
    quoi = phrase("Interrompre la prescription du titre : {decision}", decision=decision)
    perte = phrase("le titre ne peut plus être exécuté")
    if interets:
        quoi = phrase("Interrompre la prescription des intérêts courus depuis : {decision}", decision=decision)
        perte = phrase("les intérêts les plus anciens ne peuvent plus être réclamés")
    depart = titre.executoire_le or titre.rendu_le
    yield Echeance(
        nature=NatureEcheance.PRESCRIPTION,
        portee=Portee.A_FAIRE,
        sujet=titre.cle,
        le=premiere.dernier_jour_sur,
        quoi=quoi,
        alerte_le=max(add_mois(premiere.dernier_jour_sur, -MOIS_D_ALERTE), depart),
        depart=depart,
        perte=perte,
        explication=premiere.regle.libelle,
        articles=premiere.articles,
        acteur=Acteur.CREANCIER,
        avertissements=premiere.avertissements,
    )
