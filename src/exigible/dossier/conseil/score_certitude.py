"""The points of certainty of a claim: what proves it, what weakens it (C. civ. 1353, 1359 to 1363; C. com. L110-3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from exigible.dossier.conseil.criteres import list_noms
from exigible.dossier.conseil.examen import Examen
from exigible.dossier.etat import EtatCreance, SortCourrier
from exigible.dossier.faits import NaturePiece, PieceJointe
from exigible.droit.bareme import load_bareme
from exigible.droit.competence_faits import COMMERCANTS, Qualite
from exigible.droit.phrase import SANS_TEXTE, Phrase, phrase

# The weights are a setting of the program, not the law's.
POIDS_TITRE = 100
POIDS_RECONNAISSANCE, POIDS_RECONNAISSANCE_INCOMPLETE = 70, 40
POIDS_ENGAGEMENT = 40
POIDS_EXECUTION, POIDS_EXECUTION_NON_SIGNEE = 25, 10
POIDS_FACTURE = 10
POIDS_AVEU = 25
POIDS_PAIEMENT_PARTIEL = 25
POIDS_RELEVE = 10
POIDS_SILENCE = 5
POIDS_CONTESTATION = -40
POIDS_SANS_ECRIT = -60
JOURS_DE_SILENCE = 60
MAXIMUM = 100

_ENGAGEMENTS = (NaturePiece.CONTRAT, NaturePiece.BON_DE_COMMANDE)
_EXECUTIONS = (NaturePiece.BON_DE_LIVRAISON, NaturePiece.PROCES_VERBAL_DE_RECEPTION)


@dataclass(frozen=True, slots=True)
class Critere:
    """A criterion of certainty: `points` given or taken. `remede`: what would bring `gain` points more."""

    code: str
    libelle: Phrase
    points: int
    article: str
    preuves: tuple[str, ...] = ()
    remede: Phrase = SANS_TEXTE
    gain: int = 0


def list_criteres(examen: Examen, creance: EtatCreance) -> tuple[Critere, ...]:
    """List every criterion with its points, zero when nothing in the dossier supports it."""
    return (
        _judge_titre(examen, creance),
        _judge_reconnaissance(examen, creance),
        _judge_engagement(examen, creance),
        _judge_execution(examen, creance),
        _judge_facture(examen, creance),
        _judge_aveu(examen, creance),
        _judge_paiement_partiel(examen, creance),
        _judge_releve(examen, creance),
        _judge_silence(examen, creance),
        _judge_contestation(examen, creance),
        _judge_ecrit(examen, creance),
    )


def count_points(criteres: Iterable[Critere]) -> int:
    """Add up the points of certainty, between 0 and 100."""
    return max(0, min(MAXIMUM, sum(critere.points for critere in criteres)))


def list_engagements(examen: Examen, creance: EtatCreance) -> tuple[PieceJointe, ...]:
    """List the papers by which the debtor bound itself: those that it signed."""
    signees = (p for p in examen.list_pieces(creance.cle, *_ENGAGEMENTS) if p.signee)
    return (*examen.list_pieces(creance.cle, NaturePiece.DEVIS_SIGNE), *signees)


def list_executions(examen: Examen, creance: EtatCreance) -> tuple[PieceJointe, ...]:
    """List the papers that show the work done or the goods delivered."""
    return examen.list_pieces(creance.cle, *_EXECUTIONS)


def is_ecrit_exige(examen: Examen, creance: EtatCreance) -> bool:
    """Whether a writing is required: above a sum, against whoever is not known to be a merchant (C. civ. 1359).

    It is the whole price that counts: asking for a balance changes nothing.
    """
    if examen.debiteur in COMMERCANTS | {Qualite.PERSONNE_PUBLIQUE}:
        return False
    seuil = load_bareme("competence").find_valeur(examen.au, "preuve_par_ecrit")
    return seuil is not None and creance.creance.montant > seuil.valeur


def has_ecrit(examen: Examen, creance: EtatCreance) -> bool:
    """Whether a writing, or a beginning of one, comes from the debtor (C. civ. 1359 to 1362)."""
    emanant = examen.list_pieces(creance.cle, NaturePiece.RECONNAISSANCE_DE_DETTE, NaturePiece.AVEU_ECRIT)
    return bool(list_engagements(examen, creance) or emanant or _list_plans_signes(examen, creance))


def _judge_titre(examen: Examen, creance: EtatCreance) -> Critere:
    titre = examen.find_titre(creance.cle)
    preuves = list_noms(examen.list_pieces(creance.cle, NaturePiece.TITRE_EXECUTOIRE))
    points = POIDS_TITRE if titre else 0
    return Critere("titre", phrase("Titre exécutoire"), points, "CPCE L111-3", preuves)


def _judge_reconnaissance(examen: Examen, creance: EtatCreance) -> Critere:
    pieces = examen.list_pieces(creance.cle, NaturePiece.RECONNAISSANCE_DE_DETTE)
    libelle = phrase("Reconnaissance de dette")
    if any(p.mention_manuscrite for p in pieces):
        return Critere("reconnaissance", libelle, POIDS_RECONNAISSANCE, "C. civ. 1376", list_noms(pieces))
    if pieces:
        remede = phrase(
            "Vérifier que le débiteur a écrit lui-même la somme en lettres et en chiffres sur la reconnaissance de "
            "dette, et le noter sur la pièce."
        )
        gain = POIDS_RECONNAISSANCE - POIDS_RECONNAISSANCE_INCOMPLETE
        return Critere(
            "reconnaissance",
            phrase("Reconnaissance de dette, mention en lettres et en chiffres non vérifiée"),
            POIDS_RECONNAISSANCE_INCOMPLETE,
            "C. civ. 1376",
            list_noms(pieces),
            remede,
            gain,
        )
    remede = phrase("Faire signer une reconnaissance de dette : elle interrompt aussi la prescription.")
    return Critere("reconnaissance", libelle, 0, "C. civ. 1376", (), remede, POIDS_RECONNAISSANCE)


def _judge_engagement(examen: Examen, creance: EtatCreance) -> Critere:
    signees = list_engagements(examen, creance)
    libelle = phrase("Contrat, devis ou bon de commande signé par le débiteur")
    if signees:
        return Critere("engagement", libelle, POIDS_ENGAGEMENT, "C. civ. 1353", list_noms(signees))
    non_signees = examen.list_pieces(creance.cle, *_ENGAGEMENTS)
    remede = phrase("Joindre le contrat, le devis ou le bon de commande signé par le débiteur.")
    if non_signees:
        remede = phrase("Vérifier la signature du débiteur sur {pieces}, et la noter.", pieces=list_noms(non_signees))
    return Critere("engagement", libelle, 0, "C. civ. 1353", (), remede, POIDS_ENGAGEMENT)


def _judge_execution(examen: Examen, creance: EtatCreance) -> Critere:
    pieces = list_executions(examen, creance)
    libelle = phrase("Bon de livraison, procès-verbal de réception ou rapport signé")
    if any(p.signee for p in pieces):
        return Critere("execution", libelle, POIDS_EXECUTION, "C. civ. 1353", list_noms(p for p in pieces if p.signee))
    acquis = POIDS_EXECUTION_NON_SIGNEE if pieces and _has_relation_suivie(examen, creance) else 0
    remede = phrase("Joindre le bon de livraison ou le procès-verbal de réception signé.")
    if acquis:
        libelle = phrase("Bon de livraison non signé, dans une relation suivie")
    gain = POIDS_EXECUTION - acquis
    return Critere("execution", libelle, acquis, "C. civ. 1363", list_noms(pieces) if acquis else (), remede, gain)


def _judge_facture(examen: Examen, creance: EtatCreance) -> Critere:
    pieces = examen.list_pieces(creance.cle, NaturePiece.FACTURE)
    libelle = phrase("Facture jointe, avec son échéance")
    if (pieces or creance.creance.piece) and creance.creance.echeance is not None:
        preuves = list_noms(pieces) or (creance.creance.numero,)
        return Critere("facture", libelle, POIDS_FACTURE, "C. com. L441-9", preuves)
    remede = phrase("Joindre la facture {numero}, échéance comprise.", numero=creance.creance.numero)
    return Critere("facture", libelle, 0, "C. com. L441-9", (), remede, POIDS_FACTURE)


def _judge_aveu(examen: Examen, creance: EtatCreance) -> Critere:
    pieces = examen.list_pieces(creance.cle, NaturePiece.AVEU_ECRIT)
    plans = _list_plans_signes(examen, creance)
    libelle = phrase("Écrit du débiteur qui admet la dette ou demande un délai")
    if pieces or plans:
        preuves = (*list_noms(pieces), *(plan for plan in plans))
        return Critere("aveu", libelle, POIDS_AVEU, "C. civ. 1361, 2240", preuves)
    remede = phrase("Joindre le message où le débiteur admet la dette, ou obtenir de lui un écrit.")
    return Critere("aveu", libelle, 0, "C. civ. 1361, 2240", (), remede, POIDS_AVEU)


def _list_plans_signes(examen: Examen, creance: EtatCreance) -> tuple[str, ...]:
    return tuple(
        phrase("plan de paiement signé du {jour}", jour=p.convenu_le)
        for p in examen.etat.plans
        if p.plan.signe_par_debiteur and (not p.plan.creances or creance.cle in p.plan.creances)
    )


def _judge_paiement_partiel(examen: Examen, creance: EtatCreance) -> Critere:
    """Only a payment that named this claim alone tells what the debtor meant."""
    jours = examen.paiements.get(creance.cle, ())
    libelle = phrase("Paiement partiel de cette dette")
    if jours and creance.principal_restant > 0:
        preuves = tuple(phrase("paiement du {jour}", jour=jour) for jour in jours)
        return Critere("paiement_partiel", libelle, POIDS_PAIEMENT_PARTIEL, "C. civ. 1342-4, 2240", preuves)
    return Critere("paiement_partiel", libelle, 0, "C. civ. 1342-4, 2240")


def _judge_releve(examen: Examen, creance: EtatCreance) -> Critere:
    pieces = examen.list_pieces(creance.cle, NaturePiece.RELEVE_DE_COMPTE)
    libelle = phrase("Relevé de compte, après des factures payées")
    if pieces and _has_relation_suivie(examen, creance):
        return Critere("releve", libelle, POIDS_RELEVE, "C. civ. 1363, 1378", list_noms(pieces))
    if not _has_relation_suivie(examen, creance):
        return Critere("releve", libelle, 0, "C. civ. 1363, 1378")
    remede = phrase("Joindre le relevé de compte du client, factures payées comprises.")
    return Critere("releve", libelle, 0, "C. civ. 1363, 1378", (), remede, POIDS_RELEVE)


def _has_relation_suivie(examen: Examen, creance: EtatCreance) -> bool:
    """Whether the debtor already paid another invoice of this dossier."""
    return bool(examen.soldees) and examen.soldees != {creance.cle}


def _judge_silence(examen: Examen, creance: EtatCreance) -> Critere:
    recues = [
        c.sort_le
        for c in examen.etat.courriers
        if c.sort is SortCourrier.RECU and c.sort_le is not None and creance.cle in c.creances
    ]
    libelle = phrase("Aucune contestation soixante jours après la mise en demeure reçue")
    muet = recues and min(recues) + timedelta(days=JOURS_DE_SILENCE) <= examen.au
    silence = bool(muet) and not examen.list_contestations(creance)
    return Critere("silence", libelle, POIDS_SILENCE if silence else 0, "usage")


def _judge_contestation(examen: Examen, creance: EtatCreance) -> Critere:
    ouvertes = examen.list_contestations(creance)
    if not ouvertes:
        return Critere("contestation", phrase("Aucune contestation en cours"), 0, "C. civ. 1353")
    motifs = tuple(c.fait.motif for c in ouvertes)
    libelle = phrase("Contestation motivée en cours : {motifs}", motifs=motifs)
    if any(c.etayee for c in ouvertes):
        libelle = phrase("Contestation motivée et appuyée d'une pièce : {motifs}", motifs=motifs)
    remede = phrase("Répondre à la contestation, puis noter son issue.")
    return Critere("contestation", libelle, POIDS_CONTESTATION, "C. civ. 1353", (), remede, -POIDS_CONTESTATION)


def _judge_ecrit(examen: Examen, creance: EtatCreance) -> Critere:
    if not is_ecrit_exige(examen, creance):
        return Critere("preuve_par_ecrit", phrase("Preuve libre"), 0, "C. com. L110-3 ; C. civ. 1359")
    if has_ecrit(examen, creance):
        return Critere("preuve_par_ecrit", phrase("Écrit exigé, et joint"), 0, "C. civ. 1359")
    remede = phrase("Joindre un écrit signé du débiteur : il n'est pas connu comme commerçant.")
    return Critere(
        "preuve_par_ecrit",
        phrase("Écrit exigé contre un non-commerçant, et absent"),
        POIDS_SANS_ECRIT,
        "C. civ. 1359",
        (),
        remede,
        -POIDS_SANS_ECRIT,
    )
