"""The score of a claim: readable points, unknown is never a yes, what would improve it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exigible.dossier.conseil.score import Niveau, score_creance
from exigible.dossier.faits import MentionFacture

FACTURE = {
    "type": "creance_nee",
    "cle": "A",
    "numero": "F-A",
    "emission": "2026-07-01",
    "echeance": "2026-08-01",
    "montant": "10000.00",
}
CONSOMMATEUR = {"nom": "Personne Exemple", "qualite": "consommateur", "forme": ""}


def piece(nature, **champs):
    return ["2026-07-02", {"type": "piece_jointe", "piece": "0" * 64, "nom": nature, "nature": nature, **champs}]


def make_cas(*faits, au="2026-11-22", **options):
    return {"faits": [["2026-07-01", FACTURE], *faits], "au": au, **options}


@pytest.fixture(name="score")
def _score(examine):
    def score(cas, cle="A"):
        examen = examine(cas)
        return score_creance(examen, next(c for c in examen.etat.creances if c.cle == cle))

    return score


def read_points(score):
    return {c.code: c.points for c in score.certaine if c.points}


@pytest.mark.parametrize(
    ("faits", "attendu"),
    [
        ([], {}),
        ([piece("facture")], {"facture": 10}),
        ([piece("devis_signe")], {"engagement": 40}),
        ([piece("contrat")], {}),
        ([piece("contrat", signee=False)], {}),
        ([piece("contrat", signee=True)], {"engagement": 40}),
        ([piece("bon_de_commande", signee=True), piece("contrat", signee=True)], {"engagement": 40}),
        ([piece("bon_de_livraison")], {}),
        ([piece("proces_verbal_de_reception", signee=True)], {"execution": 25}),
        ([piece("reconnaissance_de_dette")], {"reconnaissance": 40}),
        ([piece("reconnaissance_de_dette", mention_manuscrite=True)], {"reconnaissance": 70}),
        ([piece("aveu_ecrit")], {"aveu": 25}),
        ([piece("titre_executoire")], {"titre": 100}),
        ([piece("autre")], {}),
        ([piece("releve_de_compte")], {}),
        ([piece("devis_signe", creances=["B"])], {}),
    ],
)
def test_what_each_piece_is_worth(score, faits, attendu):
    assert read_points(score(make_cas(*faits))) == attendu


def test_a_piece_without_a_nature_proves_nothing(score):
    """Facts recorded before there was a nature are still read, and are no yes."""
    jointe = ["2026-07-02", {"type": "piece_jointe", "piece": "0" * 64, "nom": "devis.pdf"}]
    assert read_points(score(make_cas(jointe))) == {}


def test_a_part_payment_counts_only_when_it_named_this_claim(score):
    paye = {"type": "paiement_recu", "cle": "P", "montant": "1000.00"}
    assert "paiement_partiel" not in read_points(score(make_cas(["2026-09-01", paye])))
    assert read_points(score(make_cas(["2026-09-01", {**paye, "creances": ["A"]}])))["paiement_partiel"] == 25


def test_a_payment_that_came_back_counts_for_nothing(score):
    paye = ["2026-09-01", {"type": "paiement_recu", "cle": "P", "montant": "1000.00", "creances": ["A"]}]
    rejet = ["2026-09-05", {"type": "paiement_rejete", "paiement": "P"}]
    assert "paiement_partiel" not in read_points(score(make_cas(paye, rejet)))


def test_an_unsigned_delivery_note_counts_in_a_following_relation(score):
    """Cass. com. 26/06/2024, 22-24.487: an earlier invoice that was paid makes the rest credible."""
    ancienne = [
        "2026-01-01",
        {**FACTURE, "cle": "B", "numero": "F-B", "emission": "2026-01-01", "echeance": "2026-02-01"},
    ]
    payee = ["2026-01-20", {"type": "paiement_recu", "cle": "P", "montant": "10000.00", "creances": ["B"]}]
    cas = make_cas(ancienne, payee, piece("bon_de_livraison"), piece("releve_de_compte"))
    assert read_points(score(cas)) == {"execution": 10, "releve": 10}


def test_the_whole_price_counts_for_the_written_proof(score):
    """Asking for a balance of 1 000 € does not escape the rule (C. civ. 1359)."""
    paye = ["2026-07-20", {"type": "paiement_recu", "cle": "P", "montant": "9000.00", "creances": ["A"]}]
    points = read_points(score(make_cas(paye, debiteur=CONSOMMATEUR)))
    assert points["preuve_par_ecrit"] == -60


def test_no_writing_is_needed_under_the_threshold(score):
    petite = {
        "faits": [["2026-07-01", {**FACTURE, "montant": "1500.00"}]],
        "au": "2026-11-22",
        "debiteur": CONSOMMATEUR,
    }
    assert "preuve_par_ecrit" not in read_points(score(petite))


def test_unknown_form_is_not_a_merchant(score):
    assert read_points(score(make_cas(debiteur={"forme": ""})))["preuve_par_ecrit"] == -60


def test_not_due_is_never_ready(score):
    preuves = [piece("devis_signe"), piece("bon_de_livraison", signee=True), piece("facture")]
    assert score(make_cas(*preuves)).niveau is Niveau.PRETE
    avant = score(make_cas(*preuves, au="2026-08-01"))
    assert (avant.points, avant.niveau, avant.is_exigible) == (75, Niveau.A_COMPLETER, False)


def test_unknown_due_date_is_not_due(score):
    sans = {"faits": [["2026-07-01", {k: v for k, v in FACTURE.items() if k != "echeance"}]], "au": "2026-11-22"}
    resultat = score(sans)
    assert not resultat.is_exigible
    assert "échéance" in resultat.exigible[0].remede


def test_mentions_are_read_or_unknown(score):
    mentions = ["numero", "taux_des_penalites"]
    vues = {m.mention for m in score(make_cas(piece("facture", mentions=mentions))).mentions if m.presente}
    assert vues == {MentionFacture.NUMERO, MentionFacture.TAUX_DES_PENALITES}


def test_no_commercial_mention_is_asked_of_a_consumer_s_invoice(score):
    articles = {m.article for m in score(make_cas(debiteur=CONSOMMATEUR)).mentions}
    assert articles == {"CGI ann. II 242 nonies A"}


def test_the_greatest_improvement_first_and_never_beyond_the_maximum(score):
    resultat = score(make_cas(piece("facture")))
    gains = [a.points for a in resultat.ameliorations]
    assert gains == sorted(gains, reverse=True)
    assert all(0 < gain <= 100 - resultat.points for gain in gains)
    assert score(make_cas(piece("titre_executoire"))).ameliorations == ()


NATURES = ["facture", "devis_signe", "bon_de_livraison", "reconnaissance_de_dette", "aveu_ecrit", "titre_executoire"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(NATURES), max_size=5), st.sampled_from(NATURES), st.booleans())
def test_one_more_piece_never_lowers_the_score(examine, natures, une_de_plus, signee):
    def count(liste):
        examen = examine(make_cas(*(piece(n, signee=signee) for n in liste)))
        return score_creance(examen, examen.etat.creances[0]).points

    avant, apres = count(natures), count([*natures, une_de_plus])
    assert 0 <= avant <= apres <= 100
