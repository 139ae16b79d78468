"""Whatever happened in a dossier: the advice never fails, hides no deadline, and opens nothing that the law closes."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from exigible.dossier.conseil.avis import Rang, advise
from exigible.dossier.conseil.defense import list_defenses
from exigible.dossier.conseil.examen import has_suspension
from exigible.dossier.conseil.voies import Statut, list_voies_dossier
from exigible.dossier.etat import MotifSuspension

DEPART = date(2026, 3, 2)
FACTURES = [
    {
        "type": "creance_nee",
        "cle": cle,
        "numero": f"F-{cle}",
        "emission": "2026-03-02",
        "montant": montant,
        **({"echeance": echeance} if echeance else {}),
    }
    for cle, montant, echeance in (("A", "900.00", "2026-04-01"), ("B", "12000.00", "2026-05-01"), ("C", "40.00", ""))
]


def ouverture(procedure, evenement, **champs):
    return {"type": "procedure_ouverte", "cle": procedure, "procedure": procedure, "evenement": evenement, **champs}


def etape(procedure, evenement):
    return {"type": "etape_franchie", "procedure": procedure, "evenement": evenement}


FAITS = [
    {"type": "paiement_recu", "cle": "P1", "montant": "500.00", "creances": ["A"]},
    {"type": "paiement_recu", "cle": "P2", "montant": "13000.00"},
    {"type": "contestation_recue", "cle": "K1", "creances": ["B"], "motif": "retard", "piece": "e" * 64},
    {"type": "contestation_recue", "cle": "K2", "creances": ["A"], "motif": "prix", "montant": "100.00"},
    {"type": "contestation_close", "contestation": "K1", "issue": "non_fondee"},
    {"type": "promesse_recue", "cle": "PR", "jusqu_au": "2026-12-01"},
    {"type": "suspension_decidee", "cle": "S", "motif": "gros client"},
    {
        "type": "plan_convenu",
        "cle": "PL",
        "creances": ["A", "B"],
        "echeances": [{"jour": "2026-09-01", "montant": "900.00"}],
        "signe_par_debiteur": True,
    },
    {"type": "procedure_collective_ouverte", "nature": "redressement", "publication": "2026-08-01"},
    {"type": "surendettement_recevable"},
    {"type": "piece_jointe", "piece": "1" * 64, "nom": "Devis", "nature": "devis_signe"},
    {"type": "piece_jointe", "piece": "2" * 64, "nom": "Titre", "nature": "titre_executoire", "creances": ["A"]},
    {"type": "jugement_rendu", "cle": "J", "chefs": [{"cle": "J1", "montant": "12000.00", "creances": ["B"]}]},
    {"type": "jugement_signifie", "decision": "J"},
    {"type": "personne_tenue", "cle": "C", "nom": "Caution Exemple", "role": "caution_simple", "creances": ["B"]},
    ouverture("IP", "depot_requete", juridiction="tribunal_judiciaire"),
    etape("IP", "ordonnance"),
    etape("IP", "signification_autre"),
    etape("IP", "opposition"),
    ouverture("SATT", "acte_de_saisie"),
    etape("SATT", "denonciation"),
    ouverture("REFERE", "assignation_refere", creances=["B"]),
]
DEBITEURS = [
    {},
    {"forme": ""},
    {"nom": "Personne Exemple", "qualite": "consommateur", "forme": ""},
    {"nom": "Commune Exemple", "qualite": "personne_publique", "forme": ""},
    {"qualite": "inconnue", "forme": ""},
    {"adresse": {"pays": "BE", "ville": "Villefictive"}},
]
CHRONOLOGIES = st.lists(
    st.tuples(st.integers(0, 400), st.sampled_from(FAITS)), max_size=8, unique_by=lambda f: str(f[1])
)


def make_cas(chronologie, debiteur, attente):
    datees = [[(DEPART + timedelta(days=j)).isoformat(), fait] for j, fait in sorted(chronologie, key=lambda f: f[0])]
    factures = [["2026-03-02", facture] for facture in FACTURES]
    return {"faits": [*factures, *datees], "debiteur": debiteur, "au": (DEPART + timedelta(days=attente)).isoformat()}


@settings(max_examples=60, deadline=None)
@given(CHRONOLOGIES, st.sampled_from(DEBITEURS), st.integers(0, 800))
def test_the_advice_never_fails(examine, chronologie, debiteur, attente):
    examen = examine(make_cas(chronologie, debiteur, attente))
    voies = list_voies_dossier(examen)
    conseil = advise(examen, voies=voies)
    assert str(conseil.phrase)
    assert [a.rang for a in conseil.actes] == sorted(a.rang for a in conseil.actes)
    assert all(c.remede for a in conseil.actes for c in a.manques)
    assert all(d.moyen.articles and d.pourquoi for d in list_defenses(examen, voies))
    assert not [a.pourquoi for a in conseil.actes if str(a.pourquoi).endswith("..")]
    _check_gel(examen, conseil)
    _check_voies(examen, voies)


def _check_gel(examen, conseil):
    """During an insolvency or an over-indebtedness of the debtor, nothing is enforced and no agreement is sought."""
    gels = (MotifSuspension.PROCEDURE_COLLECTIVE, MotifSuspension.SURENDETTEMENT)
    if any(has_suspension(c, *gels) for c in examen.etat.creances):
        interdits = {"saisie_conservatoire", "recherche_d_informations"}
        assert not {a.code for a in conseil.actes if a.code in interdits or a.code.startswith("execution_")}


def _check_voies(examen, voies):
    """No route bears on a claim that is time-barred, settled, not due, or held by an insolvency."""
    par_cle = {c.cle: c for c in examen.etat.creances}
    for voie in voies[:-1]:
        for cle in voie.creances:
            creance = par_cle[cle]
            assert creance.total > 0
            assert creance.creance.echeance is not None
            assert creance.creance.echeance < examen.au
            assert not creance.prescription.acquise_au(examen.au)
            assert not has_suspension(creance, MotifSuspension.PROCEDURE_COLLECTIVE, MotifSuspension.PLAN)
        if voie.statut is Statut.OUVERTE:
            assert voie.creances
            assert examen.debiteur is not None


@settings(max_examples=30, deadline=None)
@given(CHRONOLOGIES, st.integers(0, 800))
def test_a_pressing_deadline_comes_first(examine, chronologie, attente):
    conseil = advise(examine(make_cas(chronologie, {}, attente)))
    pressantes = [a for a in conseil.actes if a.echeance and a.echeance.perte and a.rang is Rang.DELAI]
    assert [a.echeance.le for a in pressantes] == sorted(a.echeance.le for a in pressantes)
