"""An unmatched credit holds the reminders of whom it may come from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exigible.dossier.credits import CreditNonRapproche, Repere, designate_credits, find_numeros
from exigible.dossier.rapprochement.donnees import Encaissement, LigneBancaire, Payeur, PosteOuvert
from exigible.dossier.rapprochement.index import Index
from exigible.dossier.rapprochement.moteur import match_ligne

D = Decimal
REPERES = [
    Repere("d1", "Société d'Été Fictive SARL", ("F-101", "F-102"), (D("100.00"), D("250.00")), D("350.00"), "FR12"),
    Repere("d2", "Garage Imaginaire", ("F-201",), (D("800.00"),), D("800.00")),
    Repere("d3", "Les Comptoirs Fictifs SAS", ("2026/7",), (D("50.00"),), D("50.00")),
]


def credit(montant="1.00", **champs):
    return CreditNonRapproche("m", date(2026, 3, 1), D(montant), **champs)


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        ({"libelle": "VIR FACTURE f-102 MERCI"}, {"d1"}),
        ({"reference": "2026/7"}, {"d3"}),
        ({"contrepartie": "SARL SOCIETE D ETE FICTIVE"}, {"d1"}),
        ({"libelle": "VIREMENT GARAGE IMAGINAIRE MARS"}, {"d2"}),
        ({"iban": "FR12"}, {"d1"}),
        ({"montant": "800.00"}, {"d2"}),
        ({"montant": "350.00", "contrepartie": "M. INCONNU"}, {"d1"}),
        ({"montant": "60.00", "contrepartie": "M. INCONNU"}, {"d1", "d2"}),
        ({"montant": "9000.00"}, set()),
        ({"montant": "800.00", "libelle": "F-1012 F-20"}, {"d2"}),
        ({"montant": "350.01", "libelle": "VIR F102"}, {"d1"}),
        ({"reference": "RF81F201"}, {"d2"}),
        ({"payeurs": ("d3", "parti")}, {"d3"}),
        ({"iban": "fr 12", "libelle": "GARAGE IMAGINAIRE"}, {"d1", "d2"}),
        ({"contrepartie": "COMPTOIRS FICTIFS"}, {"d3"}),
        ({"montant": "800.00", "contrepartie": "COMPTOIRS FICTIFS"}, {"d2", "d3"}),
        ({"montant": "800.00", "libelle": "F-101"}, {"d1"}),
    ],
)
def test_clues_in_order(champs, attendu):
    assert set(designate_credits([credit(**champs)], REPERES)) == attendu


def test_the_reason_is_said_with_the_sum():
    (retenu,) = designate_credits([credit("800.00")], REPERES)["d2"]
    assert "800,00\u00a0€" in retenu.raison
    assert "exactement" in retenu.raison


def test_numbers_are_whole_words():
    assert find_numeros("Règlement FA-12, FA-120", ["FA-12", "FA-1", "FA-120"]) == {"FA-12", "FA-120"}


NUMEROS = ("FA-1001", "FA-1002", "FA-1002-3", "4512", "77", "2026")
NOMS = ("Garage Fictif", "Garage Fictif Modèle", "Atelier Exemple", "")
IBANS = ("", "FR761", "FR762")


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(NUMEROS), st.integers(1, 9)), max_size=8),
    st.lists(st.tuples(st.sampled_from(NOMS), st.sampled_from(IBANS)), min_size=3, max_size=3),
    st.integers(1, 25),
    st.lists(st.sampled_from((*NUMEROS, "VIR", "FA1002", "FACT 77", "N 1002", "REMISE CHQ")), max_size=3).map(" ".join),
    st.sampled_from((*NOMS, "FICTIF GARAGE")),
    st.sampled_from(IBANS),
    st.sampled_from(IBANS),
)
@settings(max_examples=300, deadline=None)
def test_whoever_the_matching_proposes_is_held(creances, debiteurs, centimes, libelle, nom, iban, ancien):
    """Known account, sum of claims, near name…: what is not matched yet still counts against chasing."""
    jour = date(2026, 3, 1)
    postes = [PosteOuvert(d, f"c{n}", numero, du, du, jour) for n, (d, numero, du) in enumerate(creances)]
    payeurs = [Payeur(d, nom_, (compte,)) for d, (nom_, compte) in zip("abc", debiteurs, strict=True)]
    recu = Encaissement((("a", "p"),), date(2026, 1, 1), 1, "m0", iban=ancien)
    ligne = LigneBancaire("m", jour, centimes, libelle=libelle, contrepartie=nom, iban=iban)
    candidats = match_ligne(ligne, Index(postes, payeurs, [recu])).candidats
    reperes = []
    for payeur in payeurs:
        siens = [p for p in postes if p.dossier == payeur.dossier]
        dus = {D(p.total) for p in siens} | {D(sum(p.total for p in siens))}
        numeros = tuple(p.numero for p in siens)
        dettes = tuple((D(p.principal), p.emission) for p in siens)
        reperes.append(Repere(payeur.dossier, payeur.nom, numeros, tuple(dus), max(dus), *payeur.ibans, dettes))
    deja = ("a",) if iban and iban == ancien else ()
    recus = CreditNonRapproche("m", jour, D(centimes), libelle, "", nom, iban, payeurs=deja)
    assert {d for c in candidats for d in c.dossiers} <= set(designate_credits([recus], reperes))
