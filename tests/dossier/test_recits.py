"""Whole stories, as a lawyer tells them: each file of `recits/` is a chronology and what is expected on chosen days."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from exigible.dossier.faits import DebiteurDecrit, FaitDossier, Reclamation
from exigible.dossier.faits_creancier import CreancierDecrit, ReclamationFixee
from exigible.dossier.journal import Inscription
from exigible.dossier.plier import fold_dossier
from exigible.dossier.procedures.amiable import find_etat_amiable
from exigible.dossier.procedures.graphe import load_graphe
from exigible.dossier.procedures.plier import AMIABLE
from exigible.dossier.suite import find_suite

RECITS = Path(__file__).parent / "recits"


class PersonneAttendue(msgspec.Struct, forbid_unknown_fields=True):
    """What a person owes, in euros, and of it what may be claimed on the day; only what is written is checked."""

    cle: str
    du: Decimal
    reclamable: Decimal | None = None
    plafond_restant: Decimal | None = None


class Attendu(msgspec.Struct, forbid_unknown_fields=True):
    """What holds on the day `au`. Only what is written is checked; `echeances` lists all of them, in order.

    `suite`: the sentence that says why nothing presses. `tombees`: the procedures given up, or the titles that fell.
    `amiables`: the amicable state of each claim. `personnes`: all those liable, in order.
    """

    au: date
    etats: dict[str, str] | None = None
    issues: dict[str, str] | None = None
    echeances: list[tuple[date, str]] | None = None
    prescriptions: dict[str, date] | None = None
    total_du: Decimal | None = None
    avertissements: list[str] | None = None
    suite: str | None = None
    tombees: dict[str, date] | None = None
    amiables: dict[str, str] | None = None
    personnes: list[PersonneAttendue] | None = None


class Ligne(msgspec.Struct, forbid_unknown_fields=True):
    """One line of the chronology: the day, what a lawyer writes, the fact that says it."""

    le: date
    texte: str
    fait: dict[str, object]


class Recit(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A file: who against whom, what happened, what follows. `articles`: the texts it illustrates.

    `creancier` claims penalties and the 40 € unless it says otherwise.
    """

    titre: str
    procedure: str
    fin: Literal["heureuse", "opposition", "caducite", "insolvabilite", "autre"]
    articles: list[str]
    debiteur: DebiteurDecrit
    creancier: CreancierDecrit = CreancierDecrit(nom="Atelier Exemple SAS")
    reclame: ReclamationFixee = ReclamationFixee(penalites=Reclamation.RECLAMER, indemnite=Reclamation.RECLAMER)
    chronologie: list[Ligne]
    attendus: list[Attendu]


@dataclass(frozen=True)
class Joue:
    """A story and where it comes from."""

    nom: str
    recit: Recit


def lire(chemin):
    return Joue(chemin.stem, msgspec.convert(tomllib.loads(chemin.read_text(encoding="utf-8")), Recit, strict=False))


JOUES = [lire(chemin) for chemin in sorted(RECITS.glob("*.toml"))]
chaque_recit = pytest.mark.parametrize("joue", JOUES, ids=[joue.nom for joue in JOUES])
GRAPHE = load_graphe()

SANS_RECIT = {
    ("CHEQUE", "opposition"): "le tireur n'a pas d'opposition : il conteste le titre devant le juge de l'exécution",
    ("CHEQUE", "caducite"): "aucun délai ne fait tomber le rejet ni le certificat",
    ("PC", "insolvabilite"): "elle est l'insolvabilité même",
}
"""The ends that a procedure cannot have, and why."""


def inscrire(faits):
    return [Inscription(rang=rang, date_effet=jour, fait=fait) for rang, (jour, fait) in enumerate(faits, start=1)]


def plier(recit, au, ordre=sorted):
    faits = [(ligne.le, msgspec.convert(ligne.fait, FaitDossier, strict=False)) for ligne in recit.chronologie]
    faits = [(min(jour for jour, _ in faits), recit.debiteur), *faits]
    enregistres = ordre({jour for jour, _ in faits})
    faits = [(jour, fait) for voulu in enregistres for jour, fait in faits if jour == voulu]
    creancier = [(date(2020, 1, 1), recit.creancier), (date(2020, 1, 1), recit.reclame)]
    return fold_dossier(inscrire(faits), inscrire(creancier), au)


def resumer(etat):
    suite = find_suite(etat)
    return {
        "etats": {p.cle: p.etat.code for p in etat.procedures},
        "issues": {p.cle: p.issue for p in etat.procedures if p.issue},
        "echeances": [(e.le, str(e.quoi)) for e in etat.echeances],
        "prescriptions": {c.cle: c.prescription.terme for c in etat.creances if c.prescription},
        "total_du": etat.decompte.total_du,
        "avertissements": sorted(
            {a.code for a in etat.avertissements} | {a.code for p in etat.procedures for a in p.avertissements}
        ),
        "tombees": {p.cle: p.abandonnee_le for p in etat.procedures if p.abandonnee_le},
        "suite": suite if isinstance(suite, str) else "",
        "amiables": lire_amiables(etat),
        "personnes": [(p.cle, p.du, p.reclamable, p.plafond_restant) for p in etat.personnes],
    }


def lire_amiables(etat):
    """The amicable state of each claim that has one."""
    lus = {c.cle: find_etat_amiable(c, etat.au) for c in etat.creances}
    return {cle: lu.code for cle, lu in lus.items() if lu is not None}


def lire_voulu(attendu):
    """What an expectation writes, but its day."""
    return {
        nom: valeur for nom, valeur in msgspec.structs.asdict(attendu).items() if valeur is not None and nom != "au"
    }


@chaque_recit
def test_chaque_jour_donne_ce_que_le_droit_dit(joue):
    for attendu in joue.recit.attendus:
        trouve, voulu = resumer(plier(joue.recit, attendu.au)), lire_voulu(attendu)
        voulu.pop("personnes", None)
        assert {nom: trouve[nom] for nom in voulu} == voulu, f"au {attendu.au:%d/%m/%Y}"


@chaque_recit
def test_chacun_doit_ce_que_le_droit_dit(joue):
    for attendu in joue.recit.attendus:
        if attendu.personnes is not None:
            etat = plier(joue.recit, attendu.au)
            assert [p.cle for p in etat.personnes] == [voulue.cle for voulue in attendu.personnes]
            for personne, voulue in zip(etat.personnes, attendu.personnes, strict=True):
                voulu = {nom: valeur for nom, valeur in msgspec.structs.asdict(voulue).items() if valeur is not None}
                assert {nom: getattr(personne, nom) for nom in voulu} == voulu, f"au {attendu.au:%d/%m/%Y}"


@chaque_recit
def test_chaque_pas_raconte_etait_offert(joue):
    """A step that a procedure takes is one of those that it offered that day: the office proposes no other."""
    lignes = sorted(joue.recit.chronologie, key=lambda ligne: ligne.le)
    for rang, ligne in enumerate(lignes[1:], start=1):
        if ligne.fait["type"] == "etape_franchie":
            avant = trouver(joue.recit, lignes[:rang], ligne)
            apres = trouver(joue.recit, lignes[: rang + 1], ligne)
            if apres is not None and len(list_notes(apres)) > len(list_notes(avant)):
                offerts = {t.evenement for t in avant.sorties if not t.terme}
                assert ligne.fait["evenement"] in offerts, f"le {ligne.le:%d/%m/%Y}"


def trouver(recit, lignes, ligne):
    """The procedure that a line is about, on its day, told up to some lines."""
    etat = plier(msgspec.structs.replace(recit, chronologie=lignes), ligne.le)
    return next((p for p in etat.procedures if p.cle == ligne.fait["procedure"]), None)


def list_notes(procedure):
    """The steps of a procedure that facts brought."""
    return [passage for passage in procedure.passages if not passage.par_terme]


@chaque_recit
def test_chaque_pas_raconte_est_pris(joue):
    """No line of a chronology is without effect, unless the story says so."""
    trouve = resumer(plier(joue.recit, max(ligne.le for ligne in joue.recit.chronologie)))["avertissements"]
    dits = {code for attendu in joue.recit.attendus for code in attendu.avertissements or ()}
    assert not {"etape_impossible", "entree_impossible", "etape_sans_procedure"} & set(trouve) - dits


@chaque_recit
def test_aucun_jour_n_est_sans_suite(joue):
    """The next deadline, or a sentence that says why there is none: never nothing."""
    for attendu in joue.recit.attendus:
        etat = plier(joue.recit, attendu.au)
        suite = find_suite(etat)
        assert suite == etat.echeances[0] if etat.echeances else isinstance(suite, str) and suite.strip()


@chaque_recit
def test_l_ordre_d_enregistrement_ne_change_rien(joue):
    au = max(a.au for a in joue.recit.attendus)
    droit = resumer(plier(joue.recit, au))
    assert resumer(plier(joue.recit, au, lambda jours: sorted(jours, reverse=True))) == droit
    assert resumer(plier(joue.recit, au, lambda jours: sorted(jours, key=lambda jour: (jour.day, jour)))) == droit


@pytest.mark.parametrize("code", GRAPHE.procedures)
@pytest.mark.parametrize("fin", ["heureuse", "opposition", "caducite", "insolvabilite"])
def test_chaque_procedure_est_racontee_jusqu_a_chaque_fin(code, fin):
    racontee = any((joue.recit.procedure, joue.recit.fin) == (code, fin) for joue in JOUES)
    assert racontee != ((code, fin) in SANS_RECIT), SANS_RECIT.get((code, fin), "aucun récit")


SANS_ETAPE = {
    "AM13": "renoncer à une créance est un fait qui la solde : aucune étape ne le dit",
    "SI4": "faute d'assignation, la caducité des deux mois vient avant la péremption : seul son délai s'affiche",
}
"""The steps that no story can play, and why."""
JOURS_DU_SILENCE = (0, 1, 9)
"""After a letter or its presentation: the days on which the amicable state may have changed."""


def test_chaque_etape_du_graphe_est_racontee():
    jouees = {etape for joue in JOUES for etape in list_jouees(joue.recit)}
    toutes = {t.code for procedure in GRAPHE.procedures.values() for t in procedure.transitions}
    assert jouees <= toutes
    assert toutes - jouees == set(SANS_ETAPE)


def list_jouees(recit):
    """The steps that a story plays: those its procedures took, and those its claims took in the amicable one."""
    jours = [ligne.le for ligne in recit.chronologie] + [attendu.au for attendu in recit.attendus]
    etat = plier(recit, max(jours))
    prises = [passage.transition.code for procedure in etat.procedures for passage in procedure.passages]
    return [*prises, *(list_amiables(recit, jours) if recit.procedure == AMIABLE else ())]


def list_amiables(recit, jours):
    """The amicable steps, read from one day to the next: no fact names them."""
    tous = sorted({jour + timedelta(ecart) for jour in jours for ecart in JOURS_DU_SILENCE})
    lus = [lire_amiables(plier(recit, jour)) for jour in tous]
    passages = {(avant.get(cle), code) for avant, apres in pairwise(lus) for cle, code in apres.items()}
    return [t.code for t in GRAPHE.procedures[AMIABLE].transitions if (t.de, t.vers) in passages]


@chaque_recit
def test_une_fin_d_insolvabilite_en_ouvre_une(joue):
    if joue.recit.fin == "insolvabilite":
        etat = plier(joue.recit, max(a.au for a in joue.recit.attendus))
        assert {p.graphe.code for p in etat.procedures} & {"PC", "SUREND"}
