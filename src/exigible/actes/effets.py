"""A claim brought on a bill of exchange or a promissory note: what the instrument itself allows, and nothing else.

The bearer may ask for the sum of the bill, interest at the legal rate from its maturity, the cost of the protest and
such (C. com. L511-45, L512-3): no late-payment penalty, no lump sum, no penalty clause, which are the invoice's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from msgspec import structs

from exigible.actes.reponses import Reponse
from exigible.dossier.etat import EtatCreance, EtatDossier
from exigible.dossier.faits import Reclamation
from exigible.dossier.obligation.etat import BaseDecompte, EtatPersonne
from exigible.dossier.obligation.succession import CompteSuivi, repeat_imputations
from exigible.droit.argent import ZERO
from exigible.droit.decompte import Creance, Decompte, SoldeCreance, compute_decompte
from exigible.droit.interets import Regime, RegleInterets
from exigible.droit.regimes import ChoixRegime, Depart

CAMBIAIRES = frozenset({"lettre_de_change", "billet_a_ordre", "endossement", "aval"})
ECHEANCE = "echeance_de_l_effet"
"""The question: the maturity of the instrument."""
_HORS_EFFET = frozenset({"clause_penale", "stipulation"})
_ARTICLE = "C. com. L511-45"
_RENVOI = "C. com. L512-3"


def is_cambiaire(reponses: Mapping[str, Reponse]) -> bool:
    """Whether the claim is brought on a bill or a note; an assigned claim keeps what it carries."""
    return reponses.get("fondement") in CAMBIAIRES


def drop_hors_effet(reponses: Mapping[str, Reponse]) -> Mapping[str, Reponse]:
    """Leave out the answers about what may not be asked on the instrument."""
    if not is_cambiaire(reponses):
        return reponses
    return {nom: reponse for nom, reponse in reponses.items() if nom not in _HORS_EFFET}


def focus_effet(etat: EtatDossier, cles: Collection[str], reponses: Mapping[str, Reponse]) -> EtatDossier:
    """The dossier as the instrument lets claim it: on `cles`, the legal rate from the maturity, instead of all else.

    Each payment stays on the claim that it paid; on it, it pays the legal interest, then the principal. Interest runs
    from the day after the later of the two maturities, the bill's and the claim's; none runs where the creditor claims
    none, nor while what the debtor is stays unknown. As it is, for a claim that is not brought on an instrument.
    """
    if not is_cambiaire(reponses):
        return etat
    saisie = reponses.get(ECHEANCE)
    echeance = saisie if isinstance(saisie, date) else date.min
    articles = (_ARTICLE, _RENVOI) if reponses.get("fondement") == "billet_a_ordre" else (_ARTICLE,)
    nouvelles = {
        creance.cle: _build_regle(etat, creance, max(creance.echeance, echeance), articles)
        for creance in etat.base.creances
        if creance.cle in cles
    }
    base, decompte = _recast(etat.base, etat.decompte, nouvelles)
    soldes = {solde.cle: solde for solde in decompte.soldes}
    return replace(
        etat,
        base=base,
        decompte=decompte,
        pour_memoire=decompte,
        regime=ChoixRegime(
            Regime.LEGAL, indemnite=False, motif="", articles=articles, depart=Depart.ECHEANCE, fondement=articles
        ),
        creances=tuple(_refresh(creance, soldes) for creance in etat.creances),
        personnes=tuple(_recast_personne(personne, nouvelles) for personne in etat.personnes),
    )


def _build_regle(etat: EtatDossier, creance: Creance, depart: date, articles: tuple[str, ...]) -> RegleInterets | None:
    """The legal rate, on the days on which the claim may bear interest; none where none may be or is claimed."""
    if etat.penalites is not Reclamation.RECLAMER or etat.regime.regime is None:
        return None
    creancier, ancienne = etat.creancier, creance.regle or creance.regle_de_rang
    return RegleInterets(
        Regime.LEGAL,
        depart,
        creancier=creancier.description.qualite,
        arret=ancienne.arret if ancienne else None,
        ajouts=creancier.ajouts,
        pauses=ancienne.pauses if ancienne else etat.regime.pauses,
        fondement=articles,
    )


def _recast(
    base: BaseDecompte, decompte: Decompte, nouvelles: Mapping[str, RegleInterets | None]
) -> tuple[BaseDecompte, Decompte]:
    creances = tuple(
        replace(c, regle=nouvelles[c.cle], regle_de_rang=None, indemnite=ZERO, suites=()) if c.cle in nouvelles else c
        for c in base.creances
    )
    # Where the money went is settled: it does not move because less is asked.
    places = repeat_imputations(CompteSuivi(decompte, base.creances, base.versements))
    ecartes = (ecarte.versement for ecarte in decompte.ecartes)
    vue = BaseDecompte(creances, (*places, *ecartes))
    return vue, _compute(vue, decompte, frozenset(nouvelles))


def _compute(base: BaseDecompte, ancien: Decompte, cles: frozenset[str]) -> Decompte:
    """The statement, which cites the texts of the instrument alone; what was given back stays what it was."""
    nouveau = compute_decompte(base.creances, base.versements, ancien.au, arreter_au_dernier_connu=True)
    seul = compute_decompte(
        [creance for creance in base.creances if creance.cle in cles],
        [versement for versement in base.versements if cles.issuperset(versement.creances)],
        ancien.au,
        arreter_au_dernier_connu=True,
    )
    return replace(
        nouveau,
        trop_percu=ancien.trop_percu + nouveau.trop_percu,
        rembourse=ancien.rembourse,
        articles=seul.articles,
    )


def _recast_personne(personne: EtatPersonne, nouvelles: Mapping[str, RegleInterets | None]) -> EtatPersonne:
    """The same for a person's own account, who then owes as much less."""
    if personne.decompte is None:
        return personne
    base, decompte = _recast(personne.base, personne.decompte, nouvelles)
    moins = max(personne.decompte.total_du - decompte.total_du, ZERO)
    return replace(
        personne,
        base=base,
        decompte=decompte,
        du=max(personne.du - moins, ZERO),
        reclamable=max(personne.reclamable - moins, ZERO),
    )


def _refresh(creance: EtatCreance, soldes: Mapping[str, SoldeCreance]) -> EtatCreance:
    solde = soldes.get(creance.cle)
    if solde is None:
        return creance
    return structs.replace(
        creance, principal_restant=solde.principal_restant, interets=solde.interets, indemnites=solde.indemnites
    )
