"""The routes of the law seen from a dossier: one row each, the same columns, so that they can be compared.

Which routes exist, before which court and at what price is the business of `droit.voies_ouvertes`, called here and
repeated nowhere. The facts add: which claims may be brought, the evidence that lacks, limitation that is near, a
dispute, what the debtor undergoes. A party that is not known closes nothing and opens nothing: the row is « à
compléter », with the question, unless the route is closed whatever the answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import product

from exigible.dossier.conseil.couts import A_CHIFFRER, SANS_FRAIS, SANS_OBJET, Cout, compute_cout_voie
from exigible.dossier.conseil.criteres import Condition
from exigible.dossier.conseil.examen import Examen, has_suspension
from exigible.dossier.conseil.perimetre import Perimetre, find_perimetre
from exigible.dossier.conseil.qualites import describe_inconnues, list_hypotheses
from exigible.dossier.conseil.voies_conditions import list_conditions
from exigible.dossier.conseil.voies_reperes import REPERES, EffetPrescription
from exigible.dossier.etat import MotifSuspension
from exigible.droit.competence import compute_competence
from exigible.droit.competence_faits import Demande, Motif, Qualite, Voie
from exigible.droit.competence_lieu import find_lieu
from exigible.droit.erreurs import Avertissement, ErreurExigible, ErreurSaisie
from exigible.droit.interets import QualiteCreancier
from exigible.droit.phrase import Phrase, phrase, wrap_texte
from exigible.droit.regimes import QualitePartie
from exigible.droit.voies_ouvertes import LIBELLES_VOIES, VoieOuverte, list_voies

ABANDON = "abandon"
_FRANCE = "FR"
_UNION = frozenset(
    "AT BE BG CY CZ DE EE ES FI GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905 - read at a glance
)
"""The other Member States but Denmark, which the European order does not bind."""
_DEBITEUR_EN_FRANCE = {Voie.INJONCTION: "CPC 1406", Voie.SIMPLIFIEE: "CPCE R125-1"}
_SANS_CONTESTATION = frozenset(Voie) - {Voie.FOND}


class Statut(StrEnum):
    """Where a route stands for a dossier, from the best to the worst."""

    OUVERTE = "ouverte"
    A_COMPLETER = "a_completer"
    DECONSEILLEE = "deconseillee"
    FERMEE = "fermee"


LIBELLES_STATUTS = {
    Statut.OUVERTE: phrase("ouverte"),
    Statut.A_COMPLETER: phrase("à compléter"),
    Statut.DECONSEILLEE: phrase("déconseillée"),
    Statut.FERMEE: phrase("fermée"),
}


@dataclass(frozen=True, slots=True)
class VoieDuDossier:
    """One route, for the claims `creances` and the sum `montant` (euros). `code`: that of `Voie`, or `abandon`.

    `motifs`: what closes it, makes it unwise, or what it is. `avocat`, `tentative`: None while the court is not known.
    """

    code: str
    libelle: Phrase
    statut: Statut
    creances: tuple[str, ...]
    montant: Decimal
    juridiction: Phrase
    avocat: bool | None
    tentative: bool | None
    motifs: tuple[Motif, ...]
    conditions: tuple[Condition, ...]
    cout: Cout
    duree: Phrase
    source_duree: Phrase
    fin: Phrase
    effet: EffetPrescription
    prescription: Phrase
    risque: Phrase
    articles: tuple[str, ...]
    avertissements: tuple[Avertissement, ...] = ()

    @property
    def manques(self) -> tuple[Condition, ...]:
        """The conditions that it must wait for."""
        return tuple(c for c in self.conditions if c.manque)


def list_voies_dossier(examen: Examen) -> tuple[VoieDuDossier, ...]:
    """Return the six routes of the law and giving up, each with the same columns, in the order of `Voie`."""
    perimetre = find_perimetre(examen)
    total, incontestee = perimetre.total, perimetre.incontestee
    pour_le_tout = _judge_droit(examen, total) if perimetre.creances else {}
    partielle = perimetre.creances and 0 < incontestee < total
    pour_le_reste = _judge_droit(examen, incontestee) if partielle else pour_le_tout
    lignes = []
    for voie in Voie:
        reduite = partielle and voie in _SANS_CONTESTATION
        jugee = (pour_le_reste if reduite else pour_le_tout).get(voie)
        lignes.append(_build_ligne(examen, perimetre, voie, jugee, incontestee if reduite else total))
    return (*lignes, _build_abandon(examen, perimetre))


# ------------------------------------------------------------------------------------------------ the law


@dataclass(frozen=True, slots=True)
class _Jugee:
    """What the law says of a route: `connue` when the parties are known; else only what holds whatever they are."""

    voie: VoieOuverte
    connue: bool
    avertissements: tuple[Avertissement, ...] = ()


def _judge_droit(examen: Examen, montant: Decimal) -> dict[Voie, _Jugee | Motif]:
    """Ask the law. While a party is not known, keep a route closed only if it is whatever the answer."""
    etat = examen.etat
    creanciers = (
        (examen.creancier,) if examen.creancier else list_hypotheses(_QUALITES[etat.creancier.description.qualite])
    )
    debiteurs = (examen.debiteur,) if examen.debiteur else list_hypotheses(etat.debiteur.qualite)
    connue = examen.creancier is not None and examen.debiteur is not None
    creanciers = tuple(q for q in creanciers if q is not Qualite.NON_PROFESSIONNEL)
    jugees: dict[Voie, _Jugee] = {}
    try:
        for creancier, debiteur in product(creanciers, debiteurs):
            demande = _check_lieu(_build_demande(examen, creancier, debiteur, montant))
            alertes = compute_competence(demande).avertissements if connue else ()
            for voie in list_voies(demande, examen.demandeur):
                deja = jugees.get(voie.voie)
                if deja is None or (voie.ouverte and not deja.voie.ouverte):
                    jugees[voie.voie] = _Jugee(voie, connue, alertes)
    except ErreurExigible as erreur:
        motif = Motif(erreur.code, wrap_texte(str(erreur.message)))
        return dict.fromkeys(Voie, motif)
    return {**jugees}


def _check_lieu(demande: Demande) -> Demande:
    """Set aside a postcode that is not one: the law then says what it cannot tell."""
    try:
        find_lieu(demande.code_postal, demande.jour)
    except ErreurSaisie:
        return replace(demande, code_postal=None)
    return demande


_QUALITES = {
    QualiteCreancier.PROFESSIONNEL: QualitePartie.PROFESSIONNEL,
    QualiteCreancier.PARTICULIER: QualitePartie.CONSOMMATEUR,
}


def _build_demande(examen: Examen, creancier: Qualite, debiteur: Qualite, montant: Decimal) -> Demande:
    adresse = examen.etat.debiteur.adresse
    en_france = adresse.pays == _FRANCE
    return Demande(
        creancier=creancier,
        debiteur=debiteur,
        montant=montant,
        objet=examen.objet,
        jour=examen.au,
        code_postal=(adresse.code_postal or None) if en_france else None,
        transfrontalier=_is_transfrontalier(examen.etat.creancier.description.adresse.pays, adresse.pays),
    )


def _is_transfrontalier(creancier: str, debiteur: str) -> bool | None:
    """Whether one party lives in another State of the Union; outside it, what the regulation says is not judged."""
    if creancier == debiteur:
        return False
    return True if {creancier, debiteur} <= _UNION | {_FRANCE} else None


# ------------------------------------------------------------------------------------------------ the facts


def _build_ligne(
    examen: Examen, perimetre: Perimetre, voie: Voie, jugee: _Jugee | Motif | None, montant: Decimal
) -> VoieDuDossier:
    if not isinstance(jugee, _Jugee):
        motifs = (jugee,) if jugee is not None else perimetre.motifs or (_TITRE if examen.titres else _RIEN_DU,)
        return _close(_start(voie, perimetre, montant), motifs)
    ligne = _describe(_start(voie, perimetre, montant), jugee, examen)
    if not jugee.voie.ouverte:
        return _close(ligne, jugee.voie.motifs)
    fermetures = _list_fermetures(examen, perimetre, voie)
    if fermetures:
        return _close(ligne, fermetures)
    conditions = list_conditions(examen, perimetre, jugee.voie)
    if not jugee.connue:
        questions = describe_inconnues(examen.creancier, examen.debiteur)
        conditions = (*(_ask(question) for question in questions), *conditions)
    reserves = _list_reserves(examen, perimetre, voie)
    ligne = replace(ligne, conditions=conditions, motifs=(*reserves, *ligne.motifs))
    return replace(ligne, statut=_choose_statut(ligne, bool(reserves)))


_RIEN_DU = Motif("rien_du", phrase("Rien n'est dû aujourd'hui : il n'y a rien à demander."), ("C. civ. 1342",))
_TITRE = Motif(
    "titre", phrase("Un titre exécutoire existe déjà : il reste à l'exécuter."), ("CPCE L111-2", "CPCE L111-3")
)


def _start(voie: Voie, perimetre: Perimetre, montant: Decimal) -> VoieDuDossier:
    repere = REPERES[voie]
    return VoieDuDossier(
        code=voie.value,
        libelle=LIBELLES_VOIES[voie],
        statut=Statut.FERMEE,
        creances=tuple(c.cle for c in perimetre.creances),
        montant=montant,
        juridiction=phrase("à déterminer"),
        avocat=None,
        tentative=None,
        motifs=(),
        conditions=(),
        cout=A_CHIFFRER,
        duree=repere.duree,
        source_duree=repere.source,
        fin=repere.fin,
        effet=repere.effet,
        prescription=repere.prescription,
        risque=repere.risque,
        articles=repere.articles,
    )


def _describe(ligne: VoieDuDossier, jugee: _Jugee, examen: Examen) -> VoieDuDossier:
    """Put in what the law says; the court, the lawyer and the cost only when the parties are known."""
    if not jugee.connue:
        return ligne
    voie = jugee.voie
    return replace(
        ligne,
        juridiction=voie.libelle_juridiction,
        avocat=voie.avocat_obligatoire,
        tentative=voie.tentative_amiable,
        motifs=voie.motifs,
        cout=compute_cout_voie(voie, ligne.montant, examen.au, examen.reglages),
        avertissements=(*voie.avertissements, *jugee.avertissements),
    )


def _close(ligne: VoieDuDossier, motifs: tuple[Motif, ...]) -> VoieDuDossier:
    return replace(ligne, statut=Statut.FERMEE, motifs=motifs, conditions=(), cout=SANS_OBJET)


def _ask(question: Phrase) -> Condition:
    return Condition("qualite", phrase("Qualité des parties connue"), None, ("C. com. L721-3",), (), question)


def _choose_statut(ligne: VoieDuDossier, reserve: bool) -> Statut:  # noqa: FBT001 - said by its name
    if reserve:
        return Statut.DECONSEILLEE
    return Statut.A_COMPLETER if ligne.manques else Statut.OUVERTE


def _list_fermetures(examen: Examen, perimetre: Perimetre, voie: Voie) -> tuple[Motif, ...]:
    """Say what the facts close."""
    motifs = []
    contestees = [c for c in perimetre.creances if examen.list_contestations(c)]
    etayees = [c for c in contestees if any(x.etayee for x in examen.list_contestations(c))]
    if voie in _DEBITEUR_EN_FRANCE and examen.etat.debiteur.adresse.pays != _FRANCE:
        message = phrase("Le débiteur ne demeure pas en France : aucun juge français n'est celui de son domicile.")
        motifs.append(Motif("debiteur_hors_de_france", message, (_DEBITEUR_EN_FRANCE[voie],)))
    if voie is Voie.INCONTESTEES and contestees:
        message = phrase("La créance est contestée : la moindre contestation y met fin.")
        motifs.append(Motif("contestee", message, ("CPCE L126-1",)))
    if voie is Voie.REFERE and etayees and perimetre.incontestee == 0:
        message = phrase(
            "Le débiteur conteste, pièce à l'appui : l'obligation est sérieusement contestable, faute de part "
            "incontestée."
        )
        motifs.append(Motif("contestation_serieuse", message, ("CPC 835", "CPC 873")))
    if voie in {Voie.SIMPLIFIEE, Voie.INCONTESTEES} and _is_surendette(perimetre):
        message = phrase(
            "Le débiteur surendetté ne peut plus payer ses dettes antérieures : aucun accord n'est possible."
        )
        motifs.append(Motif("surendettement", message, ("C. conso. L722-5",)))
    return tuple(motifs)


def _is_surendette(perimetre: Perimetre) -> bool:
    return any(has_suspension(c, MotifSuspension.SURENDETTEMENT) for c in perimetre.creances)


def _list_reserves(examen: Examen, perimetre: Perimetre, voie: Voie) -> tuple[Motif, ...]:
    """Say what makes a route unwise without closing it."""
    motifs = []
    terme = perimetre.dernier_jour_sur
    if terme is not None and perimetre.is_urgent(examen.au) and REPERES[voie].effet is not EffetPrescription.SAISINE:
        message = phrase(
            "La prescription est proche : dernier jour sûr le {jour}. Cette voie n'interrompt pas dès la demande.",
            jour=terme,
        )
        motifs.append(Motif("prescription_proche", message, ("C. civ. 2241",)))
    if perimetre.incontestee == 0 and voie in _SANS_CONTESTATION:
        message = phrase("Tout est contesté : l'opposition ou le refus est à attendre, l'action au fond est plus sûre.")
        motifs.append(Motif("contestee", message, ("C. civ. 1353",)))
    if _is_surendette(perimetre):
        message = phrase(
            "Dossier de surendettement recevable : un titre peut être demandé, mais aucune exécution n'est permise."
        )
        motifs.append(Motif("surendettement", message, ("C. conso. L722-2",)))
    return tuple(motifs)


def _build_abandon(examen: Examen, perimetre: Perimetre) -> VoieDuDossier:
    """Giving up, beside the routes: it costs nothing more and loses everything."""
    du = examen.etat.decompte.total_du
    message = phrase("Toujours possible : la perte est passée en comptabilité, la TVA payée se récupère sur preuve.")
    return VoieDuDossier(
        code=ABANDON,
        libelle=phrase("Abandonner"),
        statut=Statut.OUVERTE if du > 0 else Statut.FERMEE,
        creances=tuple(c.cle for c in perimetre.creances),
        montant=du,
        juridiction=phrase("aucun juge"),
        avocat=False,
        tentative=False,
        motifs=(Motif("abandon", message, ("CGI 272",)) if du > 0 else _RIEN_DU,),
        conditions=(),
        cout=SANS_FRAIS,
        duree=phrase("immédiate"),
        source_duree=phrase("décision du créancier"),
        fin=phrase("la créance est perdue si rien ne l'interrompt plus"),
        effet=EffetPrescription.AUCUN,
        prescription=phrase("elle continue de courir"),
        risque=phrase("perte de la totalité ; le débiteur l'apprend vite"),
        articles=("CGI 272",),
    )
