"""The debtor's side: what he may say, in the order of the law, until when."""

from __future__ import annotations

from datetime import date

import pytest

from exigible.dossier.conseil.defense import Ordre, list_defenses

FACTURE = {
    "type": "creance_nee",
    "cle": "A",
    "numero": "F-A",
    "emission": "2026-07-01",
    "echeance": "2026-08-01",
    "montant": "10000.00",
    "piece": "f" * 64,
}
CONSOMMATEUR = {"nom": "Personne Exemple", "qualite": "consommateur", "forme": ""}


def make_cas(*faits, au="2026-11-22", **options):
    return {"faits": [["2026-07-01", FACTURE], *faits], "au": au, **options}


def ouvre(jour, procedure, evenement, **champs):
    return [
        jour,
        {"type": "procedure_ouverte", "cle": procedure, "procedure": procedure, "evenement": evenement, **champs},
    ]


def etape(jour, procedure, evenement, **champs):
    return [jour, {"type": "etape_franchie", "procedure": procedure, "evenement": evenement, **champs}]


@pytest.fixture(name="defenses")
def _defenses(examine):
    return lambda cas: {d.moyen.code: d for d in list_defenses(examine(cas))}


def test_nothing_due_nothing_to_defend(defenses):
    paye = ["2026-07-20", {"type": "paiement_recu", "cle": "P", "montant": "10000.00", "creances": ["A"]}]
    assert defenses(make_cas(paye)) == {}


def test_exceptions_come_before_inadmissibility_before_the_merits(examine):
    """CPC 74: all together, before any defence on the merits."""
    ordres = [d.moyen.ordre for d in list_defenses(examine(make_cas()))]
    assert ordres == sorted(ordres)
    assert ordres[0] is Ordre.EXCEPTION
    assert "avant toute défense au fond" in next(
        str(d.moyen.moment) for d in list_defenses(examine(make_cas())) if d.moyen.code == "incompetence"
    )


def test_opposition_ends_on_the_counted_day(defenses):
    """E1 of the reference: served in person on 30/09/2026, one month, 30/10/2026."""
    vues = defenses(
        make_cas(
            ouvre("2026-09-01", "IP", "depot_requete"),
            etape("2026-09-15", "IP", "ordonnance"),
            etape("2026-09-30", "IP", "signification_a_personne", mode="a_personne"),
            au="2026-10-10",
        )
    )
    assert vues["recours_IP"].jusqu_au == date(2026, 10, 30)


def test_opposition_not_served_in_person_has_no_last_day(defenses):
    """CPC 1416 al. 2: the month runs from the first act in person or the first measure."""
    vues = defenses(
        make_cas(
            ouvre("2026-09-01", "IP", "depot_requete"),
            etape("2026-09-15", "IP", "ordonnance"),
            etape("2026-09-30", "IP", "signification_autre", mode="a_etude"),
            au="2026-10-10",
        )
    )
    assert vues["recours_IP"].jusqu_au is None
    assert "toujours ouvert" in vues["recours_IP"].moyen.moment


def test_a_seizure_may_be_contested(defenses):
    """E4: seized on 03/11/2026, notified in time; one month from the notice, before the enforcement judge."""
    vues = defenses(
        make_cas(
            ouvre("2026-11-03", "SATT", "acte_de_saisie"),
            etape("2026-11-06", "SATT", "denonciation"),
            au="2026-11-20",
        )
    )
    assert vues["recours_SATT"].jusqu_au == date(2026, 12, 7)
    assert {"contestation_execution", "insaisissable", "abus_de_saisie"} <= set(vues)


@pytest.mark.parametrize(("au", "fondee"), [("2028-07-01", False), ("2028-07-02", True)])
def test_limitation_from_the_day_after_the_term(defenses, au, fondee):
    assert defenses(make_cas(au=au, debiteur=CONSOMMATEUR))["prescription"].fondee is fondee


def test_a_consumer_may_turn_to_the_commission_not_a_company(defenses):
    assert "surendettement" in defenses(make_cas(debiteur=CONSOMMATEUR))
    assert "surendettement" not in defenses(make_cas())


def test_terms_of_sale_not_accepted(examine):
    """Without agreed penalties, nothing rests on them."""
    assert "conditions_non_acceptees" not in {d.moyen.code for d in list_defenses(examine(make_cas()))}


def test_every_means_says_until_when_why_and_what_to_do(examine):
    for defense in list_defenses(examine(make_cas(debiteur=CONSOMMATEUR))):
        assert defense.moyen.moment
        assert defense.moyen.parade
        assert defense.moyen.articles
        assert defense.pourquoi
