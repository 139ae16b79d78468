"""What our documents give to the rules of compliance: nothing that the dossier knows is left out."""

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from exigible.actes import preparation
from exigible.actes.controle import describe_creances
from exigible.actes.mise_en_demeure.rendu import prepare_mise_en_demeure, render_mise_en_demeure
from exigible.actes.relance import message
from exigible.actes.sommes import compute_sommes
from exigible.dossier.faits import AppelPasse, Canal, Etape, IssueAppel, Reclamation, ReclamationDecidee, RelanceFaite
from exigible.dossier.faits_creancier import ConditionsDeVenteFixees
from exigible.dossier.journal import Inscription
from exigible.dossier.plier import fold_dossier
from exigible.droit.conformite import evaluate
from exigible.droit.referentiel import load_referentiel
from exigible.droit.regimes import QualitePartie

PAGE = Path(__file__).parents[2] / "docs" / "regles" / "conformite.md"
REFERENTIEL = load_referentiel()
FACTURE, AUTRE = "F-2026-001", "F-2026-002"


def list_champs(regle):
    """Every field that a rule reads."""
    controle = regle.controle
    nommes = [*controle.get("champs", ()), *controle.get("compteurs", ())]
    nommes += [str(controle[cle]).removeprefix("@") for cle in ("champ", "gauche", "droite") if cle in controle]
    nommes += ["action.heure"] if controle["type"] == "plage" else []
    return {*(condition.champ for condition in regle.si), *nommes} & set(REFERENTIEL.lexique.champs)


def list_muettes(contexte, cibles):
    """The creditor's rules, for these targets, that read a field which the context does not have."""
    return {
        regle.identifiant
        for regle in REFERENTIEL.regles
        if regle.acteurs & {"tous", "creancier"} and regle.cibles & set(cibles) and list_champs(regle) - set(contexte)
    }


@pytest.fixture
def vus(monkeypatch):
    """What each document prepared gives to the rules, with the targets that bind it."""
    vus = []
    monkeypatch.setattr(
        preparation, "check_conformite", lambda contexte, cibles, _: vus.append((contexte, cibles)) or ()
    )
    return vus


def test_la_page_dit_tous_les_faits_que_nos_documents_ne_donnent_pas(fabrique, vus):
    prepare_mise_en_demeure(fabrique(), [FACTURE])
    message.write_relance(fabrique(), Etape.RELANCE, [FACTURE])
    message.write_script_appel(fabrique(), [FACTURE])
    cibles = ("action", "lettre", "decompte", "envoi")
    assert [vues for _, vues in vus] == [cibles, ("message", "action"), ("appel", "action")]
    section = PAGE.read_text(encoding="utf-8").split("## Ce que nos lettres")[1].split("\n## ")[0]
    dites = re.findall(r"[A-Z]{2}-\d\d", "".join(ligne.split("|")[2] for ligne in re.findall(r"(?m)^\|.*$", section)))
    assert len(dites) == len(set(dites))
    assert set(dites) == set().union(*(list_muettes(contexte, cibles) for contexte, cibles in vus))


def make_relance(jours, creance=AUTRE, canal=Canal.COURRIEL):
    jour = date(2026, 11, 21) - timedelta(days=jours)
    return jour, RelanceFaite(etape=Etape.RELANCE, canal=canal, creances=(creance,), destinataire="x", texte="x")


def make_appel(jours, issue=IssueAppel.SANS_REPONSE, creances=(FACTURE,)):
    return date(2026, 11, 21) - timedelta(days=jours), AppelPasse(creances=creances, issue=issue)


def count(fabrique, *faits):
    etat = fabrique(*faits)
    contexte = describe_creances(etat, compute_sommes(etat, [FACTURE], sans_conteste=True))
    return {cle.removeprefix("compteur."): n for cle, n in contexte.items() if cle.startswith("compteur.")}


@pytest.mark.parametrize(
    ("faits", "messages"),
    [
        ([], 1),
        ([make_relance(6)], 2),
        ([make_relance(7)], 1),
        ([make_relance(0)], 2),
        ([make_relance(0, FACTURE)], 1),
        ([make_relance(6), make_relance(6, FACTURE)], 2),
        ([make_relance(3), make_relance(2)], 3),
    ],
)
def test_les_messages_de_la_semaine_celui_ci_compris(fabrique, faits, messages):
    assert count(fabrique, *faits)["messages_7j"] == messages


@pytest.mark.parametrize(
    ("faits", "semaine", "mois", "aboutis"),
    [
        ([], 1, 1, 1),
        ([make_appel(3), make_appel(8), make_appel(29), make_appel(30)], 2, 4, 1),
        ([make_appel(3, creances=(FACTURE, AUTRE))], 2, 2, 1),
        ([make_appel(0), make_appel(0)], 3, 3, 1),
        ([make_appel(3, IssueAppel.ABOUTI)], 2, 2, 2),
        ([make_appel(20, IssueAppel.ABOUTI)], 1, 2, 1),
    ],
)
def test_les_appels_de_la_semaine_et_du_mois_celui_ci_compris(fabrique, faits, semaine, mois, aboutis):
    comptes = count(fabrique, *faits)
    assert (comptes["tentatives_7j"], comptes["tentatives_30j"]) == (semaine, mois)
    assert comptes["appels_aboutis_7j"] == aboutis


def test_un_second_message_dans_la_semaine_est_un_manquement_majeur(fabrique):
    manquements = message.write_relance(fabrique(make_relance(6)), Etape.RELANCE, [FACTURE]).manquements
    assert [(m.regle, m.severite, m.statut) for m in manquements] == [("CO-10", "majeur", "politique")]
    assert message.write_relance(fabrique(make_relance(7)), Etape.RELANCE, [FACTURE]).manquements == ()


def test_un_troisieme_appel_dans_la_semaine_est_un_manquement_majeur(fabrique):
    manquements = message.write_script_appel(fabrique(make_appel(2), make_appel(5)), [FACTURE]).manquements
    assert [(m.regle, m.severite) for m in manquements] == [("CO-08", "majeur")]


def test_le_taux_d_un_acheteur_public_est_fige(fabrique, vus):
    public = replace(fabrique.DEBITEUR, qualite=QualitePartie.PERSONNE_PUBLIQUE)
    prepare_mise_en_demeure(fabrique(debiteur=public), [FACTURE])
    ((contexte, _),) = vus
    assert (contexte["regime"], contexte["decompte.taux_public_fige"]) == ("public", True)
    assert "FR-19" in [m.regle for m in evaluate({**contexte, "decompte.taux_public_fige": False}, "decompte")]


def test_un_taux_convenu_sous_le_plancher_veut_une_raison_ecrite(fabrique):
    etat = make_etat_convenu(fabrique, Decimal("1.00"))
    acte = render_mise_en_demeure(etat, [FACTURE])
    assert [(m.regle, m.severite) for m in acte.manquements] == [("FR-08", "majeur")]
    assert "le taux convenu (1)" in acte.manquements[0].message
    assert render_mise_en_demeure(make_etat_convenu(fabrique, Decimal("15.00")), [FACTURE]).manquements == ()


def make_etat_convenu(fabrique, taux):
    debut = date(2026, 1, 2)
    reclame = ReclamationDecidee(penalites=Reclamation.RECLAMER, indemnite=Reclamation.RECLAMER)
    dossier = [fabrique.DEBITEUR, fabrique.make_facture(), reclame]
    chez_lui = [fabrique.CREANCIER, ConditionsDeVenteFixees(delai="30 jours", taux_penalites=taux)]
    journaux = [
        [Inscription(rang=rang, date_effet=debut, fait=fait) for rang, fait in enumerate(faits, start=1)]
        for faits in (dossier, chez_lui)
    ]
    return fold_dossier(*journaux, fabrique.AU)
