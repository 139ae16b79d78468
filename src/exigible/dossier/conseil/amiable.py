"""The amicable acts of the day: what lacks, the dispute to answer, the reminder due, the plan, the acknowledgement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exigible.dossier.conseil.actes import ActeFerme, ActePossible, Rang
from exigible.dossier.conseil.criteres import Condition
from exigible.dossier.conseil.examen import Examen, has_suspension
from exigible.dossier.conseil.perimetre import Perimetre
from exigible.dossier.credits import CreditRetenu
from exigible.dossier.echeances import NatureEcheance
from exigible.dossier.etat import STADES_CLOS, EtatCreance, MotifSuspension
from exigible.dossier.faits import Etape, RolePersonne
from exigible.dossier.plans.retards import PAIEMENT_INTERDIT
from exigible.dossier.travail import Action, Geste, Retenue, Travail, compute_travail
from exigible.droit.argent import ZERO
from exigible.droit.competence_faits import Motif
from exigible.droit.phrase import SANS_TEXTE, Phrase, join_phrases, phrase, wrap_texte

_LIBELLES = {
    Geste.APPELER: phrase("Appeler le débiteur"),
    Geste.ECRIRE: phrase("Envoyer la relance"),
    Geste.METTRE_EN_DEMEURE: phrase("Mettre en demeure"),
    Geste.POSTER: phrase("Poster la lettre approuvée"),
}
_ARTICLES: dict[Etape, tuple[str, ...]] = {
    Etape.MISE_EN_DEMEURE: ("C. civ. 1344", "C. civ. 1344-1", "C. civ. 1231-6"),
}
_SANS_INTERRUPTION = phrase("aucun : ni relance ni mise en demeure n'interrompent la prescription")


def compute_amiable(examen: Examen, credits_retenus: Sequence[CreditRetenu]) -> Travail:
    """Return the day's work of the scenario, on which the amicable advice rests."""
    return compute_travail(examen.etat, credits_retenus)


def list_prealables(examen: Examen, travail: Travail) -> Iterator[ActePossible]:
    """Yield what must be settled first: the data that lack, the disputes that nobody answered."""
    for manque in travail.a_completer:
        yield ActePossible(
            code=f"completer_{manque.code}",
            rang=Rang.PREALABLE,
            libelle=wrap_texte(manque.phrase) if not isinstance(manque.phrase, Phrase) else manque.phrase,
            pourquoi=phrase("Rien ne part tant que ce fait n'est pas connu."),
        )
    for contestation in examen.contestations:
        visees = [c for c in examen.etat.creances if c.conteste > 0 and contestation.concerns(c.cle)]
        yield ActePossible(
            code="repondre_a_la_contestation",
            rang=Rang.PREALABLE,
            libelle=phrase("Répondre à la contestation du {jour}", jour=contestation.recue_le),
            pourquoi=phrase(
                "Motif : {motif}. La part contestée ne se relance pas avant d'avoir répondu.",
                motif=contestation.fait.motif,
            ),
            articles=("C. civ. 1353", "C. civ. 1219"),
            duree=phrase("huit à quinze jours, selon notre repère"),
            prescription=_SANS_INTERRUPTION,
            montant=sum((c.conteste for c in visees), ZERO),
            sujet=contestation.fait.cle,
        )


def list_relances(examen: Examen, travail: Travail) -> Iterator[ActePossible]:
    """Yield the acts of the scenario that are due today, but on claims that a judge already has."""
    for action in travail.actions:
        if action.geste in _LIBELLES and _find_instance(examen, action) is None:
            yield _build_relance(action)


def list_relances_fermees(examen: Examen, travail: Travail) -> Iterator[ActeFerme]:
    """Yield, for each claim not chased today, the reason why."""
    numeros = {c.cle: c.creance.numero for c in examen.etat.creances}
    for retenue in travail.retenues:
        libelle = phrase("Relancer la facture {numero}", numero=numeros.get(retenue.creance, retenue.creance))
        yield ActeFerme("relancer", libelle, (_read_motif(retenue),))
    for action in travail.actions:
        instance = _find_instance(examen, action)
        if action.geste in _LIBELLES and instance is not None:
            message = phrase("« {procedure} » est en cours : la suite passe par elle.", procedure=instance)
            yield ActeFerme(action.geste.value, _LIBELLES[action.geste], (Motif("procedure_en_cours", message),))


def _find_instance(examen: Examen, action: Action) -> Phrase | None:
    """Return the name of the procedure under way, or of the title, on the claims that an act of the scenario chases."""
    for cle in action.creances:
        instance = examen.find_instance(cle)
        if instance is not None:
            return instance.graphe.nom
        if examen.find_titre(cle) is not None:
            return phrase("Exécution du titre")
    return None


def list_alternatives(examen: Examen, perimetre: Perimetre) -> Iterator[ActePossible]:
    """Yield what may be proposed to the debtor at any time: an acknowledgement, a plan, a conciliation."""
    libres = _list_libres(examen)
    if not libres:
        return
    montant = sum((c.total for c in libres), ZERO)
    proche = _is_proche(examen, perimetre)
    yield ActePossible(
        code="faire_reconnaitre_la_dette",
        rang=Rang.PRESCRIPTION if proche else Rang.ALTERNATIVE,
        libelle=phrase("Faire signer une reconnaissance de dette"),
        pourquoi=phrase("Elle prouve la créance et fait repartir la prescription, sans frais."),
        articles=("C. civ. 1376", "C. civ. 2240"),
        conditions=(_check_accord(),),
        duree=phrase("quelques jours, si le débiteur accepte"),
        prescription=phrase("interrompt : un nouveau délai court du jour de la signature"),
        risque=phrase("le débiteur peut refuser ; le temps passé à négocier ne suspend rien"),
        montant=montant,
    )
    if not any(has_suspension(c, MotifSuspension.PLAN) for c in libres):
        yield ActePossible(
            code="proposer_un_plan",
            rang=Rang.ALTERNATIVE,
            libelle=phrase("Proposer un plan de paiement"),
            pourquoi=phrase(
                "Signé, il vaut reconnaissance ; une clause peut rendre le tout exigible au premier retard."
            ),
            articles=("C. civ. 1305-2", "C. civ. 2240"),
            conditions=(_check_accord(),),
            duree=phrase("trois à douze mois, selon notre repère"),
            prescription=phrase("interrompt s'il est signé du débiteur"),
            risque=phrase("la créance n'est plus exigible tant que le plan est tenu"),
            montant=montant,
        )
    yield ActePossible(
        code="tenter_une_conciliation",
        rang=Rang.ALTERNATIVE,
        libelle=phrase("Saisir un conciliateur de justice ou un médiateur"),
        pourquoi=phrase(
            "Le conciliateur est gratuit ; devant le tribunal judiciaire, la tentative est exigée jusqu'à un seuil."
        ),
        articles=("CPC 750-1", "C. civ. 2238"),
        duree=phrase("un à trois mois, selon notre repère"),
        prescription=phrase("suspend à compter de l'accord écrit d'y recourir ou de la première réunion"),
        risque=phrase("aucune contrainte sur le débiteur"),
        montant=montant,
    )


def list_autres_personnes(examen: Examen) -> Iterator[ActePossible]:
    """Yield what may be asked of those liable with the debtor: first of all when the debtor can no longer pay."""
    gele = any(has_suspension(c, *PAIEMENT_INTERDIT) for c in examen.etat.creances if c.stade not in STADES_CLOS)
    for personne in examen.etat.personnes:
        if personne.role is RolePersonne.DEBITEUR or not personne.poursuivable:
            continue
        raisons = [r.phrase for r in personne.raisons]
        yield ActePossible(
            code="reclamer_a_une_autre_personne",
            rang=Rang.AMIABLE if gele else Rang.ALTERNATIVE,
            libelle=phrase("Réclamer à {nom}", nom=personne.nom),
            pourquoi=join_phrases(raisons)
            if raisons
            else phrase("Cette personne est tenue de la dette avec le débiteur."),
            articles=tuple(dict.fromkeys(r.article for r in personne.raisons if r.article)),
            duree=phrase("huit à quinze jours, selon notre repère"),
            prescription=_SANS_INTERRUPTION,
            montant=personne.reclamable,
            sujet=personne.cle,
        )


def list_alternatives_fermees(examen: Examen) -> Iterator[ActeFerme]:
    """Yield why no agreement may be sought, where the law forbids the debtor to pay."""
    for motif, article in PAIEMENT_INTERDIT.items():
        if any(has_suspension(c, motif) for c in examen.etat.creances if c.stade not in STADES_CLOS):
            message = phrase("La loi interdit au débiteur de payer ses dettes antérieures.")
            yield ActeFerme(
                "proposer_un_plan", phrase("Proposer un plan de paiement"), (Motif(motif.value, message, (article,)),)
            )


def _list_libres(examen: Examen) -> list[EtatCreance]:
    """The claims, without a title nor time-barred, on which the debtor may still agree."""
    ouvertes = (c for c in examen.etat.creances if c.stade not in STADES_CLOS)
    return [
        c
        for c in ouvertes
        if not has_suspension(c, *PAIEMENT_INTERDIT)
        and examen.find_titre(c.cle) is None
        and not (c.prescription and c.prescription.acquise_au(examen.au))
    ]


def _is_proche(examen: Examen, perimetre: Perimetre) -> bool:
    """Whether a limitation is in its time of warning, or near for the claims that could be brought."""
    alertes = (
        e for e in examen.etat.echeances if e.nature is NatureEcheance.PRESCRIPTION and e.alerte_le <= examen.au <= e.le
    )
    return any(alertes) or perimetre.is_urgent(examen.au)


def _check_accord() -> Condition:
    return Condition(
        "accord_du_debiteur",
        phrase("Accord du débiteur"),
        None,
        ("C. civ. 1103",),
        (),
        phrase("Le joindre et lui proposer l'acte."),
        bloquante=False,
    )


def _build_relance(action: Action) -> ActePossible:
    raison = action.phrase
    return ActePossible(
        code=action.geste.value,
        rang=Rang.AMIABLE,
        libelle=_LIBELLES[action.geste],
        pourquoi=raison if isinstance(raison, Phrase) else wrap_texte(raison),
        articles=_ARTICLES.get(action.etape, ()),
        duree=phrase("huit à quinze jours, selon notre repère"),
        prescription=_SANS_INTERRUPTION,
        risque=SANS_TEXTE,
        montant=action.montant,
        sujet=action.courrier,
    )


def _read_motif(retenue: Retenue) -> Motif:
    texte = retenue.phrase
    message = texte if isinstance(texte, Phrase) else wrap_texte(texte)
    return Motif(retenue.code, message, (retenue.article,) if retenue.article else ())
