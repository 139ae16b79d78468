"""The costs of a dossier: which the statement claims, which stay with the creditor and are only shown.

Who bears each is said by `droit.charge_des_frais`; here the facts are only laid before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from exigible.dossier.faits import (
    DEBITEUR,
    AvanceRemboursee,
    AvanceVersee,
    ChargeDepens,
    ChargeFrais,
    FraisExpose,
    FraisMisACharge,
    NatureFrais,
)
from exigible.dossier.obligation.etat import EtatFrais, LigneFrais
from exigible.dossier.obligation.titre import Decision, list_chefs
from exigible.dossier.suspensions import Faits
from exigible.droit.argent import ZERO
from exigible.droit.charge_des_frais import ChoixCharge, FaitsFrais, choose_charge
from exigible.droit.decompte import Creance, ModeImputation, Versement
from exigible.droit.erreurs import Avertissement
from exigible.droit.phrase import phrase

_PREFIXE = "#frais/"


def list_frais(faits: Faits, decisions: Sequence[Decision], au: date) -> tuple[LigneFrais, ...]:
    """Return the costs spent by the day, in order, each with who bears it."""
    juges = {cle: f.charge for f in faits.list(FraisMisACharge) for cle in f.frais}
    lignes: dict[str, LigneFrais] = {}
    for jour, frais in faits.dated(FraisExpose):
        choix = _choose(frais, jour, decisions, juges.get(frais.cle))
        recouvrable = choix.recouvrable_le is not None and choix.recouvrable_le <= au
        lignes[frais.cle] = LigneFrais(
            cle=f"{_PREFIXE}{frais.cle}",
            jour=choix.recouvrable_le if recouvrable and choix.recouvrable_le else jour,
            frais=frais,
            choix=choix,
            reclame=recouvrable and frais.montant > 0,
        )
    return tuple(lignes.values())


def _choose(frais: FraisExpose, jour: date, decisions: Sequence[Decision], juge: ChargeFrais | None) -> ChoixCharge:
    decision = _find_decision(frais, decisions)
    if frais.a_la_charge is ChargeFrais.CREANCIER and juge is None:
        return ChoixCharge(ChargeFrais.CREANCIER, phrase("Le créancier a choisi de le garder à sa charge."), ())
    if decision is not None and frais.nature is NatureFrais.DEPENS and decision.fait.depens_montant is not None:
        return ChoixCharge(
            ChargeFrais.INCONNU,
            phrase("La décision a liquidé les dépens elle-même : ce frais y est déjà compté."),
            ("CPC 695",),
        )
    return choose_charge(
        FaitsFrais(
            nature=frais.nature,
            jour=jour,
            titre_le=_find_titre(frais, jour, decision, decisions),
            depens_au_debiteur=_read_depens(decision),
            verifie_le=frais.verifie_le,
            prescrit_par_la_loi=frais.prescrit_par_la_loi,
            article=frais.article,
            inutile=frais.inutile,
            juge=juge,
        )
    )


def _find_decision(frais: FraisExpose, decisions: Sequence[Decision]) -> Decision | None:
    """Return the decision that a cost served: the one named, that of its procedure, or the only one there is."""
    if frais.decision:
        return next((d for d in decisions if d.fait.cle == frais.decision), None)
    if frais.procedure:
        siennes = [d for d in decisions if d.fait.procedure == frais.procedure]
        return siennes[-1] if siennes else None
    return decisions[0] if len(decisions) == 1 else None


def _find_titre(
    frais: FraisExpose, jour: date, decision: Decision | None, decisions: Sequence[Decision]
) -> date | None:
    """Return since when an enforceable title stood behind a cost."""
    if frais.titre_executoire:
        return jour
    visees = [decision] if frais.decision else decisions
    jours = [d.executoire_le for d in visees if d is not None and d.executoire_le is not None]
    return min(jours, default=None)


def _read_depens(decision: Decision | None) -> bool | None:
    if decision is None or decision.fait.depens in {None, ChargeDepens.PARTAGES}:
        return None
    return decision.fait.depens is ChargeDepens.DEBITEUR


def keep_frais_de(lignes: Sequence[LigneFrais], decisions: Sequence[Decision], personne: str) -> list[LigneFrais]:
    """Return the costs claimed from a person: all of them from the debtor, else those of a decision against it."""
    siennes = {d.fait.cle for d in decisions}
    return [x for x in lignes if x.reclame and (personne == DEBITEUR or x.frais.decision in siennes)]


def build_creances_frais(lignes: Sequence[LigneFrais]) -> list[Creance]:
    """Return one claim for each cost; none bears interest (none is due without a judgment that says so)."""
    return [
        Creance(
            cle=ligne.cle,
            libelle=phrase("Frais du {jour} : {libelle}", jour=ligne.jour, libelle=_name(ligne.frais)),
            principal=ZERO,
            echeance=ligne.jour,
            regle=None,
            frais=ligne.frais.montant,
            garantie=True,
        )
        for ligne in lignes
    ]


def _name(frais: FraisExpose) -> str:
    return frais.libelle or _NATURES[frais.nature]


_NATURES = {
    NatureFrais.ACTE_D_EXECUTION: phrase("acte d'exécution"),
    NatureFrais.AUTRE_ACTE: phrase("acte de commissaire de justice"),
    NatureFrais.DEPENS: phrase("dépens"),
    NatureFrais.EMOLUMENT_DU_DEBITEUR: phrase("droit de recouvrement à la charge du débiteur"),
    NatureFrais.EMOLUMENT_DU_CREANCIER: phrase("droit de recouvrement à la charge du créancier"),
    NatureFrais.RECOUVREMENT_AMIABLE: phrase("recouvrement amiable"),
    NatureFrais.HONORAIRES: phrase("honoraires"),
    NatureFrais.AFFRANCHISSEMENT: phrase("affranchissement"),
    NatureFrais.REJET_DE_CHEQUE: phrase("frais de rejet d'un chèque sans provision"),
    NatureFrais.AUTRE: phrase("autre frais"),
}


def put_frais_first(
    versements: Sequence[Versement], lignes: Sequence[LigneFrais], decisions: Sequence[Decision]
) -> list[Versement]:
    """Let each payment pay first the costs already due: they are accessories (Cass. 1re civ. 07/02/1995, 92-14.216).

    When the debtor chose claims, only the costs of the decision that judged one of them come first.
    """
    if not lignes:
        return list(versements)
    portees = {d.fait.cle: _list_portee(d) for d in decisions}
    return [_put_first(v, lignes, portees) for v in versements]


def _list_portee(decision: Decision) -> frozenset[str]:
    chefs = list_chefs(decision)
    return frozenset(c.cle for c in chefs) | frozenset(cle for c in chefs for cle in c.creances)


def _put_first(versement: Versement, lignes: Sequence[LigneFrais], portees: dict[str, frozenset[str]]) -> Versement:
    if versement.imputation is ModeImputation.PRINCIPAL:
        return versement
    choisies = set(versement.creances)
    dus = [
        ligne.cle
        for ligne in lignes
        if ligne.jour <= versement.date and (not choisies or choisies & portees.get(ligne.frais.decision, frozenset()))
    ]
    return msgspec.structs.replace(versement, creances=(*dus, *versement.creances)) if dus else versement


def fold_frais(faits: Faits, lignes: Sequence[LigneFrais]) -> EtatFrais:
    """Return the costs and the advances as the day shows them."""
    return EtatFrais(tuple(lignes), tuple(faits.dated(AvanceVersee)), tuple(faits.dated(AvanceRemboursee)))


def warn_frais(lignes: Sequence[LigneFrais]) -> Iterator[Avertissement]:
    """Say why a cost that somebody puts on the debtor is not claimed, and what is missing to claim another."""
    for ligne in lignes:
        dit = ligne.frais.a_la_charge is ChargeFrais.DEBITEUR
        if ligne.reclame or not (dit or ligne.charge is ChargeFrais.INCONNU):
            continue
        message = phrase(
            "Frais du {jour} ({montant}), non réclamé au débiteur : {motif}",
            jour=ligne.jour,
            montant=ligne.frais.montant,
            motif=ligne.choix.motif,
        )
        yield Avertissement("frais_non_reclame", message, {"frais": ligne.frais.cle})
