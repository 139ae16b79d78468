"""The debtor's side: the objections and remedies open to him, until when, and what the creditor does about each.

Last days are those that the procedures count (CPC 640 s.), never recomputed here. A means that the facts of the dossier
already support is marked `fondee`: the creditor's own file lacks something, and the debtor may say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from exigible.dossier.conseil import defense_moyens as m
from exigible.dossier.conseil.defense_moyens import LIBELLES_ORDRES, Moyen, Ordre
from exigible.dossier.conseil.examen import EXECUTIONS, JUDICIAIRES, Examen, is_en_cours
from exigible.dossier.conseil.score_certitude import has_ecrit, is_ecrit_exige
from exigible.dossier.conseil.voies import VoieDuDossier, list_voies_dossier
from exigible.dossier.echeances import NatureEcheance, Portee
from exigible.dossier.etat import STADES_CLOS, EtatCreance
from exigible.dossier.faits import NaturePiece, Reclamation
from exigible.dossier.procedures.delais import count_delai
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.procedures.graphe import Acteur
from exigible.droit.competence_faits import Voie
from exigible.droit.phrase import SANS_TEXTE, Phrase, phrase
from exigible.droit.regimes import QualitePartie

__all__ = ["LIBELLES_ORDRES", "Defense", "Moyen", "Ordre", "list_defenses"]

_RECOURS = ("opposition", "contestation", "appel", "recours")
_ANTE_JUGEMENT = frozenset({"REFERE", "FOND", "BAIL", "COPRO"})
_IP_CONTRADICTOIRE = frozenset({"IP_OPPOSITION", "IP_AUDIENCE"})


@dataclass(frozen=True, slots=True)
class Defense:
    """A means open to the debtor. `jusqu_au`: its last day, included, None when it is not a counted day.

    `fondee`: the facts of the dossier support it; None when they do not tell. `sujet`: the procedure it answers.
    """

    moyen: Moyen
    jusqu_au: date | None = None
    fondee: bool | None = None
    pourquoi: Phrase = SANS_TEXTE
    sujet: str = ""

    @property
    def ordre(self) -> tuple[int, date]:
        """The order of the law, then the nearest last day."""
        return self.moyen.ordre, self.jusqu_au or date.max


def list_defenses(examen: Examen, voies: tuple[VoieDuDossier, ...] | None = None) -> tuple[Defense, ...]:
    """List what the debtor may raise, in the order of the law. `voies`: computed here when not given."""
    dues = [c for c in examen.etat.creances if c.stade not in STADES_CLOS]
    defenses = [*_list_recours(examen)]
    if dues:
        defenses += _list_exceptions(examen, dues)
        defenses += _list_fins(examen, dues, voies if voies is not None else list_voies_dossier(examen))
        defenses += _list_fond(examen, dues)
    if dues or examen.titres:
        defenses += _list_delais(examen)
        defenses += _list_execution(examen)
    return tuple(sorted(defenses, key=lambda d: d.ordre))


# ------------------------------------------------------------------------------------------------ remedies


def _list_recours(examen: Examen) -> Iterator[Defense]:
    """Yield the remedies whose time runs, then those that are open although no time runs yet."""
    par_cle = {p.cle: p for p in examen.etat.procedures}
    comptes: set[str] = set()
    for echeance in examen.etat.echeances:
        procedure = par_cle.get(echeance.sujet)
        adverse = echeance.portee is Portee.ADVERSE and echeance.acteur in {Acteur.DEBITEUR, Acteur.PARTIE}
        if procedure is None or echeance.nature is not NatureEcheance.PROCEDURE or not adverse:
            continue
        comptes.add(procedure.cle)
        moyen = _make_recours(
            procedure, echeance.quoi, phrase("jusqu'au {jour} compris", jour=echeance.le), echeance.articles
        )
        yield Defense(moyen, echeance.le, None, echeance.explication, procedure.cle)
    for procedure in examen.etat.procedures:
        if procedure.cle not in comptes:
            yield from _list_recours_sans_terme(procedure)


def _list_recours_sans_terme(procedure: EtatProcedure) -> Iterator[Defense]:
    """Yield a remedy of the graph whose time has not begun: an order that was not served in person, for instance."""
    for transition in procedure.sorties:
        adverse = transition.auteur in {Acteur.DEBITEUR, Acteur.PARTIE}
        if not adverse or transition.delai is None or not any(mot in transition.evenement for mot in _RECOURS):
            continue
        if count_delai(transition.delai, procedure.situation) is not None:  # counted, and over: it would be a deadline
            continue
        moment = phrase("toujours ouvert : aucun délai ne court encore")
        moyen = _make_recours(procedure, transition.nom, moment, transition.articles)
        pourquoi = phrase("Le dossier ne contient pas le fait qui ferait courir ce délai.")
        yield Defense(moyen, None, None, pourquoi, procedure.cle)


def _make_recours(procedure: EtatProcedure, quoi: Phrase, moment: Phrase, articles: tuple[str, ...]) -> Moyen:
    return Moyen(
        code=f"recours_{procedure.graphe.code}",
        ordre=Ordre.RECOURS,
        libelle=quoi,
        moment=moment,
        parade=phrase("Garder la preuve de la signification : elle fait courir ce délai."),
        articles=articles,
    )


# ------------------------------------------------------------------------------------------------ before a judge


def _list_exceptions(examen: Examen, dues: list[EtatCreance]) -> Iterator[Defense]:
    instance = _find_instance(examen)
    quand = _describe_quand(instance)
    sujet = instance.cle if instance else ""
    yield Defense(m.NULLITE_DE_FORME, None, None, quand, sujet)
    yield Defense(m.INCOMPETENCE, None, None, quand, sujet)
    doubles = {c.creance.numero for c in dues if _count_instances(examen, c) > 1}
    if doubles:
        message = phrase("Plusieurs procédures sont en cours sur {factures}.", factures=tuple(sorted(doubles)))
        yield Defense(m.LITISPENDANCE, None, fondee=True, pourquoi=message, sujet=sujet)
    yield Defense(m.NULLITE_DE_FOND, None, None, quand, sujet)


def _find_instance(examen: Examen) -> EtatProcedure | None:
    """Return the procedure in which the debtor may plead before a judge."""
    return next((p for p in examen.etat.procedures if is_en_cours(p) and _is_contradictoire(p)), None)


def _is_contradictoire(procedure: EtatProcedure) -> bool:
    return procedure.graphe.code in _ANTE_JUGEMENT or procedure.etat.code in _IP_CONTRADICTOIRE


def _describe_quand(instance: EtatProcedure | None) -> Phrase:
    if instance is None:
        return phrase("Aucun juge n'est saisi : le moyen s'ouvrira avec l'instance.")
    return phrase("Instance en cours : {procedure}, {etat}.", procedure=instance.graphe.nom, etat=instance.etat.nom)


def _count_instances(examen: Examen, creance: EtatCreance) -> int:
    return sum(p.graphe.code in JUDICIAIRES for p in examen.list_instances(creance.cle))


def _list_fins(examen: Examen, dues: list[EtatCreance], voies: tuple[VoieDuDossier, ...]) -> Iterator[Defense]:
    acquises = tuple(c.creance.numero for c in dues if c.prescription and c.prescription.acquise_au(examen.au))
    termes = [c.prescription.terme for c in dues if c.prescription and not c.prescription.en_cours]
    if acquises:
        message = phrase("Déjà acquise : {factures}.", factures=acquises)
        yield Defense(m.PRESCRIPTION, None, fondee=True, pourquoi=message)
    elif termes:
        message = phrase("Elle ne sera acquise qu'après le {jour}.", jour=min(termes))
        yield Defense(m.PRESCRIPTION, None, fondee=False, pourquoi=message)
    fond = next((v for v in voies if v.code == Voie.FOND.value), None)
    tentative = next((c for c in fond.conditions if c.code == "tentative_amiable"), None) if fond else None
    if tentative is not None:
        fondee = tentative.remplie is not True
        message = tentative.remede or phrase("Une pièce établit la tentative.")
        yield Defense(m.TENTATIVE_AMIABLE, None, fondee, message)
    yield Defense(m.QUALITE, None, None, phrase("À examiner avec le contrat et l'identité des parties."))


def _list_fond(examen: Examen, dues: list[EtatCreance]) -> Iterator[Defense]:
    sans_ecrit = tuple(c.creance.numero for c in dues if is_ecrit_exige(examen, c) and not has_ecrit(examen, c))
    if sans_ecrit:
        message = phrase("Aucun écrit du débiteur au dossier pour {factures}.", factures=sans_ecrit)
        yield Defense(m.PREUVE, None, fondee=True, pourquoi=message)
    else:
        yield Defense(m.PREUVE, None, None, phrase("La preuve est libre, ou un écrit est joint : le juge l'apprécie."))
    yield Defense(m.PAIEMENT, None, None, phrase("Le décompte déduit ce que le dossier connaît."))
    motifs = tuple(c.fait.motif for c in examen.contestations)
    if motifs:
        yield Defense(m.INEXECUTION, None, None, phrase("Contestation en cours : {motifs}.", motifs=motifs))
    else:
        yield Defense(m.INEXECUTION, None, None, phrase("Le débiteur n'a rien contesté jusqu'ici."))
    yield from _list_clauses(examen, dues)


def _list_clauses(examen: Examen, dues: list[EtatCreance]) -> Iterator[Defense]:
    """Yield what may be said against the terms of the contract, when something is claimed on their ground."""
    etat = examen.etat
    conditions = etat.creancier.conditions
    convenu = conditions is not None and (
        conditions.taux_penalites is not None or conditions.multiple_legal is not None
    )
    if convenu and etat.penalites is not Reclamation.RENONCER:
        pieces = all(examen.list_pieces(c.cle, NaturePiece.CONDITIONS_ACCEPTEES) for c in dues)
        message = phrase(
            "Des pénalités au taux convenu sont demandées ; aucune acceptation des conditions n'est jointe."
        )
        if pieces:
            message = phrase("Des pénalités au taux convenu sont demandées ; l'acceptation des conditions est jointe.")
        yield Defense(m.CONDITIONS, None, not pieces, message)
        yield Defense(m.CLAUSE_PENALE, None, None, phrase("Le taux convenu peut être comparé au préjudice."))
    if etat.debiteur.qualite is QualitePartie.CONSOMMATEUR:
        yield Defense(m.CLAUSE_ABUSIVE, None, None, phrase("Le débiteur est un consommateur."))
    elif etat.debiteur.qualite is QualitePartie.PROFESSIONNEL:
        yield Defense(m.DESEQUILIBRE, None, None, phrase("Les deux parties sont des professionnels."))


# ------------------------------------------------------------------------------------------------ time, enforcement


def _list_delais(examen: Examen) -> Iterator[Defense]:
    accordes = [t.delai_de_grace.jusqu_au for t in examen.etat.titres if t.delai_de_grace is not None]
    message = phrase("Un juge peut reporter ou échelonner, sauf pour une dette d'aliments.")
    if accordes:
        message = phrase("Un délai a déjà été accordé jusqu'au {jour}.", jour=max(accordes))
    yield Defense(m.DELAI_DE_GRACE, None, None, message)


def _list_execution(examen: Examen) -> Iterator[Defense]:
    mesures = [p for p in examen.etat.procedures if p.graphe.code in EXECUTIONS and is_en_cours(p)]
    if mesures:
        noms = tuple(p.graphe.nom for p in mesures)
        pourquoi = phrase("Mesure en cours : {mesures}.", mesures=noms)
        for moyen in (m.CONTESTATION_EXECUTION, m.INSAISISSABLE, m.ABUS):
            yield Defense(moyen, None, None, pourquoi, mesures[0].cle)
    debiteur = examen.etat.debiteur
    if debiteur.qualite is QualitePartie.CONSOMMATEUR or debiteur.personne_physique:
        yield Defense(m.SURENDETTEMENT, None, None, phrase("Le débiteur est une personne physique."))
