"""What now? The acts possible today, in order, each with what it needs, costs, takes and risks; and those closed.

The order is a rule that can be read, not a model:

1. time that runs against us in a procedure, the nearest first: a right is lost if it is missed;
2. limitation that is near: only what interrupts it at once: an acknowledgement, which is free, an action on the merits;
3. what must be settled first: missing data, a dispute without answer;
4. the next step of a procedure under way, when it is ours;
5. the amicable step due today;
6. the enforcement of a title, the lightest measure first;
7. a route to a title, the cheapest of those that are open first;
8. a protective measure, when a threat is shown;
9. what may be proposed at any time: acknowledgement, plan, conciliation;
10. what is possible but unwise, and last, giving up.

A deadline presses from its time of warning on; beyond six months it waits with what may be proposed at any time.
Within a rank, what is ready comes before what lacks something, then the nearest deadline; between routes, the least to
advance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from exigible.dossier.conseil.actes import LIBELLES_RANGS, ActeFerme, ActePossible, Conseil, Rang, find_premier
from exigible.dossier.conseil.amiable import (
    compute_amiable,
    list_alternatives,
    list_alternatives_fermees,
    list_autres_personnes,
    list_prealables,
    list_relances,
    list_relances_fermees,
)
from exigible.dossier.conseil.examen import Examen, is_en_cours
from exigible.dossier.conseil.execution import (
    list_conservatoires,
    list_conservatoires_fermees,
    list_executions_fermees,
    list_executions_possibles,
)
from exigible.dossier.conseil.perimetre import Perimetre, find_perimetre
from exigible.dossier.conseil.procedures import list_actes_procedures
from exigible.dossier.conseil.voies import ABANDON, Statut, VoieDuDossier, list_voies_dossier
from exigible.dossier.credits import CreditRetenu
from exigible.dossier.echeances import Echeance, NatureEcheance, Portee
from exigible.dossier.etat import EtatCourrier, MotifSuspension
from exigible.droit.competence_faits import Motif, Voie
from exigible.droit.phrase import Phrase, phrase, wrap_texte

__all__ = ["LIBELLES_RANGS", "ActeFerme", "ActePossible", "Conseil", "Rang", "advise"]

_ATTENTES = {MotifSuspension.PROMESSE: ("C. civ. 1305-2",), MotifSuspension.NE_PAS_RELANCER: ()}


def advise(
    examen: Examen,
    credits_retenus: Sequence[CreditRetenu] = (),
    voies: Sequence[VoieDuDossier] | None = None,
) -> Conseil:
    """Say what may be done on the day, in order, what is closed and why. `voies`: computed here when not given."""
    perimetre = find_perimetre(examen)
    travail = compute_amiable(examen, credits_retenus)
    lignes = list_voies_dossier(examen) if voies is None else voies
    attente = _find_attente(examen, perimetre)
    actes = [
        *list_actes_procedures(examen),
        *list_prealables(examen, travail),
        *list_relances(examen, travail),
        *list_executions_possibles(examen),
        *list_alternatives(examen, perimetre),
        *_list_voies(examen, perimetre, lignes, attente),
        *list_conservatoires(examen),
        *list_autres_personnes(examen),
    ]
    fermes = (
        *list_relances_fermees(examen, travail),
        *list_executions_fermees(examen),
        *_list_voies_fermees(lignes, attente),
        *list_conservatoires_fermees(examen),
        *list_alternatives_fermees(examen),
    )
    attentes = tuple(e for e in examen.etat.echeances if e.portee is not Portee.A_FAIRE and e.le >= examen.au)
    tries = tuple(sorted(actes, key=lambda acte: acte.ordre))
    return Conseil(_conclude(examen, perimetre, tries, fermes, attentes), tries, fermes, attentes)


def _list_voies(
    examen: Examen, perimetre: Perimetre, lignes: Sequence[VoieDuDossier], attente: Motif | None
) -> Iterator[ActePossible]:
    """Turn the routes that are not closed into acts; while something is awaited, only giving up is left."""
    urgente = perimetre.is_urgent(examen.au)
    for ligne in lignes:
        if ligne.statut is Statut.FERMEE or (attente is not None and ligne.code != ABANDON):
            continue
        yield ActePossible(
            code=f"voie_{ligne.code}",
            rang=_choose_rang(ligne, urgente=urgente),
            libelle=ligne.libelle,
            pourquoi=_explain(ligne),
            articles=ligne.articles,
            conditions=ligne.conditions,
            cout=ligne.cout,
            duree=ligne.duree,
            prescription=ligne.prescription,
            risque=ligne.risque,
            montant=ligne.montant,
            avertissements=(*ligne.avertissements, *ligne.cout.avertissements),
        )


def _choose_rang(ligne: VoieDuDossier, *, urgente: bool) -> Rang:
    """When limitation is near, the merits come first: what a summons in summary proceedings interrupts may be lost."""
    if ligne.code == ABANDON:
        return Rang.ABANDON
    if ligne.statut is Statut.DECONSEILLEE:
        return Rang.DECONSEILLE
    return Rang.PRESCRIPTION if urgente and ligne.code == Voie.FOND.value else Rang.VOIE


def _explain(ligne: VoieDuDossier) -> Phrase:
    return ligne.motifs[0].message if ligne.motifs else ligne.fin


def _list_voies_fermees(lignes: Sequence[VoieDuDossier], attente: Motif | None) -> Iterator[ActeFerme]:
    for ligne in lignes:
        code = f"voie_{ligne.code}"
        if ligne.statut is Statut.FERMEE:
            yield ActeFerme(code, ligne.libelle, ligne.motifs)
        elif attente is not None and ligne.code != ABANDON:
            yield ActeFerme(code, ligne.libelle, (attente,))


# ------------------------------------------------------------------------------------------------ waiting


def _find_attente(examen: Examen, perimetre: Perimetre) -> Motif | None:
    """Return what a court action must wait for; nothing when limitation is near, or for some claims only."""
    if not perimetre.creances or perimetre.is_urgent(examen.au):
        return None
    for motif, articles in _ATTENTES.items():
        tenues = [next((s for s in c.suspensions if s.motif is motif), None) for c in perimetre.creances]
        presentes = [s for s in tenues if s is not None]
        if len(presentes) == len(tenues):
            return Motif(motif.value, _read(presentes[0].phrase), articles)
    fin = max((_find_fin(c) for c in examen.etat.courriers if _is_visee(c, perimetre)), default=None)
    if fin is None or fin < examen.au:
        return None
    message = phrase("La mise en demeure laisse jusqu'au {jour} compris pour payer : attendez son terme.", jour=fin)
    return Motif("mise_en_demeure_en_cours", message, ("C. civ. 1344",))


def _is_visee(courrier: EtatCourrier, perimetre: Perimetre) -> bool:
    """Whether a formal notice that left gives time on one of the claims."""
    cles = {c.cle for c in perimetre.creances}
    return courrier.approbation is not None and courrier.poste_le is not None and bool(cles & set(courrier.creances))


def _find_fin(courrier: EtatCourrier) -> date:
    """Return the last day that a notice leaves, from its first presentation, else from the day it was posted."""
    depart = courrier.presente_le or courrier.poste_le or date.min
    jours = courrier.approbation.delai_jours if courrier.approbation else 0
    return depart + timedelta(days=jours)


def _read(texte: str) -> Phrase:
    return texte if isinstance(texte, Phrase) else wrap_texte(texte)


# ------------------------------------------------------------------------------------------------ the sentence


def _conclude(
    examen: Examen,
    perimetre: Perimetre,
    actes: Sequence[ActePossible],
    fermes: Sequence[ActeFerme],
    attentes: Sequence[Echeance],
) -> Phrase:
    """Say what to do first; else why there is nothing to do."""
    premier = find_premier(actes)
    if premier is not None and premier.echeance is not None and premier.echeance.portee is Portee.A_FAIRE:
        return phrase("D'abord « {acte} », au plus tard le {jour}.", acte=premier.libelle, jour=premier.echeance.le)
    if premier is not None:
        return phrase("D'abord « {acte} ».", acte=premier.libelle)
    incomplet = next((a for a in actes if a.rang < Rang.CONSERVATOIRE), None)
    if incomplet is not None:
        return phrase(
            "À compléter avant « {acte} » : {remede}", acte=incomplet.libelle, remede=incomplet.manques[0].remede
        )
    return phrase("Rien à faire aujourd'hui : {raison}", raison=_find_raison(examen, perimetre, fermes, attentes))


def _find_raison(
    examen: Examen, perimetre: Perimetre, fermes: Sequence[ActeFerme], attentes: Sequence[Echeance]
) -> Phrase:
    """Return the sentence that says why nothing is to be done."""
    proches = [e for e in attentes if e.nature is not NatureEcheance.PRESCRIPTION]
    if proches:
        return phrase("on attend « {quoi} », jusqu'au {jour}.", quoi=proches[0].quoi, jour=proches[0].le)
    raisons = [p.etat.attente for p in examen.etat.procedures if is_en_cours(p) and p.etat.sans_delai]
    if raisons:
        return raisons[0]
    if not perimetre.creances and not perimetre.ecartees and not examen.titres:
        return phrase("rien n'est dû.")
    relances = [f.motifs[0].message for f in fermes if f.code == "relancer"]
    motifs = [m.message for m in perimetre.motifs] or relances
    return motifs[0] if motifs else phrase("aucun acte n'est ouvert.")
