"""What the dossier offers to choose from: its payments, plans, procedures, titles, persons liable, letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from exigible.actes.modele import Choix, Modele, Question
from exigible.actes.paiements import list_paiements
from exigible.actes.poursuivi import POURSUIVIS, VISES, list_poursuivis, list_tous_les_titres, list_vises
from exigible.actes.typst.texte import clean_texte, write_phrase
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import RolePersonne
from exigible.dossier.obligation.etat import EtatPersonne
from exigible.dossier.obligation.roles import NOMS_DES_ROLES
from exigible.droit.argent import format_montant
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours import format_jour
from exigible.droit.phrase import Phrase, phrase, wrap_texte


def expand_questions(modele: Modele, etat: EtatDossier) -> tuple[Question, ...]:
    """Fill in the choices that come from the dossier (`source` of a question)."""
    return tuple(
        msgspec.structs.replace(q, choix=tuple(_SOURCES[q.source](etat))) if q.source else q for q in modele.question
    )


def check_sources(modele: Modele, manquantes: Iterable[Question]) -> None:
    """Refuse an act about something that the dossier does not have. Raises ErreurExigible (`acte_refuse`)."""
    for question in manquantes:
        if question.source in _ABSENCES and not question.choix:
            raise ErreurExigible(
                "acte_refuse",
                phrase(
                    "« {titre} » : {absence} dans ce dossier.",
                    titre=wrap_texte(modele.titre),
                    absence=_ABSENCES[question.source],
                ),
            )


def _list_paiements(etat: EtatDossier) -> Iterator[Choix]:
    for versement in list_paiements(etat):
        libelle = "{montant} reçus le {jour}"
        yield _make(versement.cle, libelle, montant=format_montant(versement.montant), jour=format_jour(versement.date))


def _list_plans(etat: EtatDossier) -> Iterator[Choix]:
    for plan in etat.plans:
        libelle = "plan convenu le {jour}, {nombre} échéances"
        yield _make(plan.plan.cle, libelle, jour=format_jour(plan.convenu_le), nombre=str(len(plan.plan.echeances)))


def _list_procedures(etat: EtatDossier) -> Iterator[Choix]:
    for procedure in etat.procedures:
        nom = str(procedure.graphe.nom)
        yield _make(procedure.cle, "{nom}, ouverte le {jour}", nom=nom, jour=format_jour(procedure.ouverte_le))


def _list_titres(etat: EtatDossier) -> Iterator[Choix]:
    for titre in list_tous_les_titres(etat):
        yield _make(titre.cle, "décision du {jour}", jour=format_jour(titre.rendu_le))


def _list_personnes(etat: EtatDossier) -> Iterator[Choix]:
    for personne in etat.personnes:
        if personne.role is not RolePersonne.DEBITEUR:
            yield _make_personne(personne)


def _list_poursuivis(etat: EtatDossier) -> Iterator[Choix]:
    return map(_make_personne, list_poursuivis(etat))


def _list_vises(etat: EtatDossier) -> Iterator[Choix]:
    return map(_make_personne, list_vises(etat))


def _list_courriers(etat: EtatDossier) -> Iterator[Choix]:
    for courrier in etat.courriers:
        if courrier.poste_le is not None:
            acte = courrier.acte.replace("_", " ")
            yield _make(courrier.cle, "{acte} du {jour}", acte=acte, jour=format_jour(courrier.poste_le))


def _list_promesses(etat: EtatDossier) -> Iterator[Choix]:
    for promesse in etat.promesses:
        yield _make(
            promesse.promesse.cle, "promesse de payer avant le {jour}", jour=format_jour(promesse.promesse.jusqu_au)
        )


def _make_personne(personne: EtatPersonne) -> Choix:
    return _make(personne.cle, "{nom} ({role})", nom=clean_texte(personne.nom), role=NOMS_DES_ROLES[personne.role])


def _make(valeur: str, libelle: str, **valeurs: str) -> Choix:
    return Choix(valeur, write_phrase(libelle, **valeurs))


_ABSENCES: Mapping[str, Phrase] = {
    "paiements": phrase("aucun paiement n'est enregistré"),
    "plans": phrase("aucun plan de paiement n'est enregistré"),
    "procedures": phrase("aucune procédure n'est enregistrée"),
    "titres": phrase("aucune décision de justice n'est enregistrée"),
    "personnes": phrase("aucune caution ni aucun codébiteur n'est enregistré"),
    "courriers": phrase("aucune lettre postée n'est enregistrée"),
    "promesses": phrase("aucune promesse de payer n'est enregistrée"),
}
"""What is said when a dossier has nothing to choose from."""
_SOURCES: Mapping[str, Callable[[EtatDossier], Iterator[Choix]]] = {
    "paiements": _list_paiements,
    "plans": _list_plans,
    "procedures": _list_procedures,
    "titres": _list_titres,
    "personnes": _list_personnes,
    POURSUIVIS: _list_poursuivis,
    VISES: _list_vises,
    "courriers": _list_courriers,
    "promesses": _list_promesses,
}
