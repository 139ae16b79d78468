"""Making a title effective, and keeping the debtor's property within reach before there is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exigible.dossier.conseil.actes import ActeFerme, ActePossible, Rang
from exigible.dossier.conseil.couts import NON_CHIFFRE, Cout, compute_cout_conservatoire, compute_cout_execution
from exigible.dossier.conseil.criteres import Condition, list_noms
from exigible.dossier.conseil.examen import TITRE_SUSPENDU, Examen, has_suspension, is_en_cours
from exigible.dossier.conseil.perimetre import sum_executable
from exigible.dossier.conseil.score import SEUIL_A_COMPLETER
from exigible.dossier.conseil.score_certitude import count_points, list_criteres
from exigible.dossier.conseil.voies_conditions import check_menace
from exigible.dossier.etat import STADES_CLOS, EtatCreance, MotifSuspension
from exigible.dossier.faits import NaturePiece
from exigible.droit.argent import ZERO
from exigible.droit.competence_faits import Motif
from exigible.droit.phrase import SANS_TEXTE, Phrase, phrase
from exigible.droit.regimes import QualitePartie

_INTERROMPT = phrase("l'acte d'exécution forcée interrompt (C. civ. 2244)")
_CONSERVATOIRE = phrase("Saisie conservatoire")
_ENGAGENT = frozenset({"SATT", "SV", "CONSERV", "CHEQUE"})
"""The procedures whose first act gives rise to the engagement fee (C. com. A444-15, A444-17)."""
_SANS_FONDS = "declaration_negative"


@dataclass(frozen=True, slots=True)
class _Mesure:
    """A measure of enforcement: `code` of its procedure, the acts of the officer whose fee the law fixes."""

    code: str
    libelle: Phrase
    pourquoi: Phrase
    actes: tuple[str, ...]
    articles: tuple[str, ...]
    duree: Phrase
    risque: Phrase


_MESURES = (
    _Mesure(
        "SATT",
        phrase("Saisie-attribution sur les comptes du débiteur"),
        phrase("La plus rapide : les sommes sont attribuées au créancier le jour même, dans la limite de la dette."),
        ("proces_verbal_saisie_attribution", "denonciation_saisie_attribution"),
        ("CPCE L211-1", "CPCE L211-2", "CPCE R211-3"),
        phrase("un mois de contestation après la dénonciation, puis le paiement"),
        phrase("compte vide ou insaisissable ; caduque si elle n'est pas dénoncée dans les huit jours"),
    ),
    _Mesure(
        "SDR",
        phrase("Saisie des rémunérations"),
        phrase("Un paiement chaque mois, tant que le débiteur est salarié."),
        ("commandement_saisie_remunerations", "proces_verbal_saisie_remunerations"),
        ("CPCE L212-1", "CPCE L212-2", "CPCE R212-1-2"),
        phrase("un à trois mois avant la saisie, puis des versements mensuels"),
        phrase("partage avec les autres créanciers, fraction saisissable faible"),
    ),
    _Mesure(
        "SV",
        phrase("Saisie-vente des meubles"),
        phrase("Le commandement fait souvent payer ; le procès-verbal de carence prouve l'insolvabilité."),
        ("commandement_saisie_vente", "proces_verbal_saisie_vente"),
        ("CPCE L221-1", "CPCE R221-1"),
        phrase("huit jours après le commandement, un mois de vente amiable, puis la vente"),
        phrase("frais de vente supérieurs au prix des biens"),
    ),
    _Mesure(
        "SI",
        phrase("Saisie immobilière"),
        phrase("En dernier : un immeuble du débiteur, devant le juge de l'exécution, avec avocat."),
        (),
        ("CPCE L311-1", "CPCE L111-7", "CPCE R321-1"),
        phrase("dix-huit mois et plus, selon notre repère"),
        phrase("frais élevés ; mesure disproportionnée pour une petite dette"),
    ),
)


def list_executions_possibles(examen: Examen) -> Iterator[ActePossible]:
    """Yield the measures that a title allows, the lightest first."""
    montant = sum_executable(examen)
    if montant <= 0 or _find_gel(examen) is not None:
        return
    yield ActePossible(
        code="recherche_d_informations",
        rang=Rang.EXECUTION,
        libelle=phrase("Faire rechercher les comptes, l'employeur et les biens du débiteur"),
        pourquoi=phrase("Le commissaire de justice muni du titre interroge les administrations et le FICOBA."),
        articles=("CPCE L152-1", "CPCE L152-2"),
        conditions=_check_titre(examen),
        cout=compute_cout_execution(("requete_recherche_informations",), montant, examen.au, examen.reglages),
        duree=phrase("une à quatre semaines, selon notre repère"),
        montant=montant,
    )
    en_cours = {p.graphe.code for p in examen.etat.procedures if is_en_cours(p)}
    for mesure in _MESURES:
        if mesure.code not in en_cours and not _is_exclue(mesure, examen):
            yield _build_mesure(examen, mesure)


def list_executions_fermees(examen: Examen) -> Iterator[ActeFerme]:
    """Yield why nothing may be enforced: no title, or the law that forbids it."""
    libelle = phrase("Exécution forcée")
    gel = _find_gel(examen)
    if gel is not None:
        yield ActeFerme("execution", libelle, (gel,))
    elif sum_executable(examen) <= 0:
        message = phrase(
            "Aucun titre exécutoire : il faut d'abord un jugement, une ordonnance ou un accord exécutoire."
        )
        yield ActeFerme("execution", libelle, (Motif("sans_titre", message, ("CPCE L111-2", "CPCE L111-3")),))


def list_conservatoires(examen: Examen) -> Iterator[ActePossible]:
    """Yield the protective attachment: a claim well founded in its principle, and a threat (CPCE L511-1)."""
    creances = _list_sans_titre(examen)
    if not creances or _find_gel(examen) is not None:
        return
    montant = sum((c.total for c in creances), ZERO)
    cout = compute_cout_conservatoire(montant, examen.au, examen.reglages, engage=_is_engage(examen))
    dispenses = [p for c in creances for p in examen.list_pieces(c.cle, NaturePiece.CHEQUE, NaturePiece.EFFET_ACCEPTE)]
    autorisation = phrase("Le juge de l'exécution, ou le président du tribunal de commerce, l'autorise sur requête.")
    if dispenses:
        autorisation = phrase("Sans autorisation : le dossier contient un chèque impayé ou un effet accepté.")
    yield ActePossible(
        code="saisie_conservatoire",
        rang=Rang.CONSERVATOIRE,
        libelle=_CONSERVATOIRE,
        pourquoi=autorisation,
        articles=("CPCE L511-2",) if dispenses else ("CPCE L511-1", "CPCE L511-3"),
        conditions=(_check_principe(examen, creances, list_noms(dispenses)), check_menace(examen, creances)),
        cout=cout,
        duree=phrase("quelques jours ; l'action au fond ou l'injonction doit suivre dans le mois"),
        prescription=_INTERROMPT,
        risque=phrase("caduque sans action dans le mois ; dommages et intérêts si elle est levée (CPCE L512-2)"),
        montant=montant,
        avertissements=cout.avertissements,
    )


def list_conservatoires_fermees(examen: Examen) -> Iterator[ActeFerme]:
    """Yield why no protective measure may be taken."""
    gel = _find_gel(examen)
    if gel is not None and _list_sans_titre(examen):
        yield ActeFerme("saisie_conservatoire", _CONSERVATOIRE, (gel,))


def _list_sans_titre(examen: Examen) -> list[EtatCreance]:
    dues = (c for c in examen.etat.creances if c.stade not in STADES_CLOS)
    return [
        c
        for c in dues
        if examen.find_titre(c.cle) is None and not (c.prescription and c.prescription.acquise_au(examen.au))
    ]


def _find_gel(examen: Examen) -> Motif | None:
    """Return what forbids every measure on the debtor's property."""
    gels = (
        (
            MotifSuspension.PROCEDURE_COLLECTIVE,
            phrase(
                "Une procédure collective arrête toute exécution ; une saisie-attribution antérieure est maintenue."
            ),
            ("C. com. L622-21", "CPCE L211-2"),
        ),
        (
            MotifSuspension.SURENDETTEMENT,
            phrase("Le surendettement recevable suspend et interdit les procédures d'exécution."),
            ("C. conso. L722-2",),
        ),
    )
    for suspension, message, articles in gels:
        if any(has_suspension(c, suspension) for c in examen.etat.creances):
            return Motif(suspension.value, message, articles)
    if examen.etat.debiteur.qualite is QualitePartie.PERSONNE_PUBLIQUE:
        message = phrase("Les biens des personnes publiques sont insaisissables : demandez le mandatement d'office.")
        return Motif("personne_publique", message, ("CGPPP L2311-1",))
    return _find_arret(examen) or _find_grace(examen)


def _find_arret(examen: Examen) -> Motif | None:
    """Return why no title may be enforced for the time being, when a judge stopped each of them."""
    arretes = {p.cle: p.depuis for p in examen.etat.procedures if p.etat.code == TITRE_SUSPENDU}
    jugements = {
        t.cle
        for t in examen.etat.titres
        if t.decision.procedure and any(cle.startswith(f"{t.decision.procedure}.") for cle in arretes)
    }
    if not arretes or not {t.sujet for t in examen.titres} <= {*arretes, *jugements}:
        return None
    message = phrase(
        "L'exécution du titre est arrêtée depuis le {jour} : elle attend la décision sur le recours.",
        jour=min(arretes.values()),
    )
    return Motif("execution_arretee", message, ("CPC 514-3", "CPC 517-1"))


def _find_grace(examen: Examen) -> Motif | None:
    """Return the time that a judge granted, while it runs: it suspends enforcement (C. civ. 1343-5 al. 4)."""
    delais = (t.delai_de_grace for t in examen.etat.titres)
    jours = [d.jusqu_au for d in delais if d is not None and d.jusqu_au >= examen.au]
    if not jours:
        return None
    message = phrase(
        "Le juge a accordé un délai de grâce jusqu'au {jour} : l'exécution est suspendue.", jour=max(jours)
    )
    return Motif("delai_de_grace", message, ("C. civ. 1343-5",))


def _is_engage(examen: Examen) -> bool:
    """Whether a seizure already gave rise to the engagement fee, due once a claim (C. com. A444-15).

    That of an account which held nothing does not (A444-17 1°).
    """
    return any(
        p.graphe.code in _ENGAGENT and not any(e.transition.evenement == _SANS_FONDS for e in p.passages)
        for p in examen.etat.procedures
    )


def _is_exclue(mesure: _Mesure, examen: Examen) -> bool:
    return mesure.code == "SDR" and examen.etat.debiteur.personne_physique is False


def _build_mesure(examen: Examen, mesure: _Mesure) -> ActePossible:
    montant = sum_executable(examen)
    conditions = [*_check_titre(examen)]
    if mesure.code == "SDR":
        conditions.append(_check_salarie(examen))
    if mesure.code == "SI":
        conditions.append(_check_immeuble())
    cout = compute_cout_execution(mesure.actes, montant, examen.au, examen.reglages, engage=_is_engage(examen))
    if not mesure.actes:
        cout = Cout((NON_CHIFFRE, *cout.lignes), cout.charge)
    return ActePossible(
        code=f"execution_{mesure.code}",
        rang=Rang.EXECUTION,
        libelle=mesure.libelle,
        pourquoi=mesure.pourquoi,
        articles=mesure.articles,
        conditions=tuple(conditions),
        cout=cout,
        duree=mesure.duree,
        prescription=_INTERROMPT,
        risque=mesure.risque,
        montant=montant,
        avertissements=cout.avertissements,
    )


def _check_titre(examen: Examen) -> tuple[Condition, ...]:
    """Say what the titles ask for before they are enforced: a judgment to be served, an agreement another officer."""
    accords = [t for t in examen.titres if t.d_un_accord]
    conditions = () if accords and len(accords) == len(examen.titres) else (_check_signification(examen),)
    if not accords:
        return conditions
    autre = Condition(
        "autre_commissaire",
        phrase("Un autre commissaire de justice que celui qui a délivré le titre"),
        None,
        ("CPCE R125-8",),
        (),
        phrase("Confier l'exécution à un autre commissaire de justice."),
    )
    return (*conditions, autre)


def _check_signification(examen: Examen) -> Condition:
    """A decision is enforced only once notified to the debtor (CPC 503)."""
    signifie = next((t.signifie for t in examen.titres if t.signifie), None)
    return Condition(
        "titre_signifie",
        phrase("Titre signifié au débiteur"),
        signifie,
        ("CPC 503", "CPCE L111-2"),
        (),
        SANS_TEXTE if signifie else phrase("Faire signifier le titre, puis noter la signification."),
    )


def _check_salarie(examen: Examen) -> Condition:
    consommateur = examen.etat.debiteur.qualite is QualitePartie.CONSOMMATEUR
    physique = examen.etat.debiteur.personne_physique or consommateur
    return Condition(
        "employeur_connu",
        phrase("Employeur du débiteur connu"),
        None,
        ("CPCE L152-1",),
        (),
        phrase("Faire rechercher l'employeur par le commissaire de justice.")
        if physique
        else phrase("Dire si le débiteur est une personne physique, puis faire rechercher son employeur."),
    )


def _check_immeuble() -> Condition:
    return Condition(
        "immeuble_connu",
        phrase("Immeuble du débiteur connu, et dette à la mesure de la saisie"),
        None,
        ("CPCE L111-7", "CPCE L311-1"),
        (),
        phrase("Demander l'état hypothécaire et comparer la dette à la valeur de l'immeuble."),
    )


def _check_principe(examen: Examen, creances: list[EtatCreance], dispenses: tuple[str, ...]) -> Condition:
    """A claim that seems founded in its principle: our grid gives at least its second level."""
    faibles = tuple(
        c.creance.numero
        for c in creances
        if count_points(list_criteres(examen, c)) < SEUIL_A_COMPLETER and not dispenses
    )
    return Condition(
        "fondee_en_son_principe",
        phrase("Créance qui paraît fondée en son principe"),
        not faibles or None,
        ("CPCE L511-1",),
        dispenses,
        phrase("Joindre les preuves de {factures}.", factures=faibles) if faibles else SANS_TEXTE,
    )
