"""Time granted by a judge, in a dossier: the rate it orders, what is put off, who is concerned."""

from datetime import date
from decimal import Decimal

import pytest
from decisions import chef, jugement, lis, list_codes, paiement
from hypothesis import given
from hypothesis import strategies as st

from exigible.dossier.faits import (
    CreanceNee,
    DecisionAneantie,
    DelaiDeGrace,
    JugementSignifie,
    MotifAneantissement,
    PersonneTenue,
    RegimeChef,
    RolePersonne,
)

D = Decimal
TAUX = {"regime": RegimeChef.TAUX, "taux": D("9")}


def lire(etat, cle="J/principal"):
    return [(x.du, x.au, x.taux) for x in etat.decompte.lignes if x.creance == cle]


def grace(jusqu_au="2026-06-30", **champs):
    return DelaiDeGrace(jusqu_au=date.fromisoformat(jusqu_au), **champs)


def test_le_juge_fixe_un_taux_reduit_et_l_etale(plie, facture_a):
    faits = [
        facture_a,
        ("2026-01-05", jugement(chef("8000.00", **TAUX), delai_de_grace=grace(taux_reduit=D("4")))),
    ]
    etat = plie(faits, "2026-07-31")
    assert lire(etat) == [
        (date(2026, 1, 6), date(2026, 6, 30), D("4")),
        (date(2026, 7, 1), date(2026, 7, 31), D("9")),
    ]
    # 176 days at 4 %: 154.30; 31 days at 9 %: 61.15
    assert lis(etat, "J/principal").interets == D("215.45")
    assert "C. civ. 1343-5 al. 2" in etat.decompte.articles
    assert plie(faits, "2026-06-30").personnes[0].reclamable == 0
    assert etat.personnes[0].reclamable == D("8215.45")


def test_le_delai_accorde_plus_tard_par_le_juge_de_l_execution(plie, facture_a):
    """It cuts the interest of the judgment, is no title of its own, and ends with the decision that grants it."""
    accord = jugement(cle="JEX", delai_de_grace=grace("2026-09-30", taux_reduit=D("4"), decisions=("J",)))
    faits = [facture_a, ("2026-01-05", jugement(chef("8000.00", **TAUX))), ("2026-07-01", accord)]
    etat = plie(faits, "2026-08-31")
    assert lire(etat) == [
        (date(2026, 1, 6), date(2026, 6, 30), D("9")),
        (date(2026, 7, 1), date(2026, 8, 31), D("4")),
    ]
    assert [(t.cle, t.delai_de_grace and t.delai_de_grace.jusqu_au) for t in etat.titres] == [("J", date(2026, 9, 30))]
    assert etat.personnes[0].reclamable == 0
    annule = ("2026-08-01", DecisionAneantie(decision="JEX", motif=MotifAneantissement.INFIRMATION))
    assert lire(plie([*faits, annule], "2026-08-31"))[-1] == (date(2026, 1, 6), date(2026, 8, 31), D("9"))


def test_un_delai_qui_nomme_une_autre_decision_ne_touche_pas_celle_ci(plie, facture_a):
    accord = jugement(cle="JEX", delai_de_grace=grace("2026-09-30", decisions=("AUTRE",)))
    faits = [facture_a, ("2026-01-05", jugement(chef("8000.00", **TAUX))), ("2026-07-01", accord)]
    assert [x[2] for x in lire(plie(faits, "2026-08-31"))] == [D("9")]


def test_le_delai_peut_partir_de_la_signification(plie, facture_a):
    delai = grace("2026-09-30", depuis=date(2026, 2, 1), taux_reduit=D("4"))
    etat = plie([facture_a, ("2026-01-05", jugement(chef("8000.00", **TAUX), delai_de_grace=delai))], "2026-03-31")
    assert [x[:2] for x in lire(etat)] == [
        (date(2026, 1, 6), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 3, 31)),
    ]


def test_les_cinq_points_attendent_la_fin_du_delai(plie, facture_a):
    delai = grace("2026-03-31", interets_courent=True)
    faits = [
        facture_a,
        ("2026-01-05", jugement(chef("8000.00"), delai_de_grace=delai)),
        ("2026-01-20", JugementSignifie(decision="J")),
    ]
    etat = plie(faits, "2026-06-30")
    assert lire(etat) == [
        (date(2026, 1, 6), date(2026, 5, 31), D("2.62")),
        (date(2026, 6, 1), date(2026, 6, 30), D("7.62")),
    ]
    assert etat.titres[0].majore_le == date(2026, 6, 1)
    assert "majoration_reportee" in list_codes(etat)


def test_le_capital_d_abord_pendant_le_seul_delai(plie, facture_a):
    delai = grace("2026-03-31", depuis=date(2026, 2, 1), taux_reduit=D("4"), capital_d_abord=True)
    faits = [
        facture_a,
        ("2026-01-05", jugement(chef("8000.00", **TAUX), delai_de_grace=delai)),
        ("2026-01-31", paiement("P1", "10.00")),
        ("2026-02-01", paiement("P2", "1000.00")),
        ("2026-04-01", paiement("P3", "10.00")),
    ]
    etat = plie(faits, "2026-04-01")
    assert [(i.versement, i.principal, i.interets) for i in etat.decompte.imputations] == [
        ("P1", D("0"), D("10.00")),
        ("P2", D("1000.00"), D("0")),
        ("P3", D("0"), D("10.00")),
    ]


def test_le_delai_d_un_seul_condamne_ne_profite_qu_a_lui(plie, facture_a):
    autre = PersonneTenue(cle="K", nom="Codébitrice Exemple", role=RolePersonne.CODEBITEUR_SOLIDAIRE)
    accord = jugement(cle="JEX", contre=("K",), delai_de_grace=grace("2026-09-30", decisions=("J",)))
    faits = [
        facture_a,
        ("2025-09-02", autre),
        ("2026-01-05", jugement(chef("8000.00", **TAUX), contre=("debiteur", "K"), solidaire=True)),
        ("2026-07-01", accord),
    ]
    personnes = {p.cle: p.reclamable for p in plie(faits, "2026-08-31").personnes}
    assert personnes["debiteur"] > 8000
    assert personnes["K"] == 0


@pytest.mark.parametrize(
    ("delai", "code"),
    [
        (grace("2028-01-06"), "delai_de_grace_trop_long"),
        (grace(taux_reduit=D("2")), "taux_reduit_sous_le_legal"),
    ],
)
def test_ce_que_la_loi_ne_permet_pas_est_dit(plie, facture_a, delai, code):
    faits = [facture_a, ("2026-01-05", jugement(chef("8000.00", **TAUX), delai_de_grace=delai))]
    assert code in list_codes(plie(faits, "2026-02-01"))


@given(
    jusqu_au=st.dates(date(2026, 1, 5), date(2026, 12, 31)),
    au=st.dates(date(2026, 1, 5), date(2026, 12, 31)),
    payes=st.lists(st.tuples(st.dates(date(2026, 1, 6), date(2026, 12, 31)), st.integers(1, 300_000)), max_size=3),
)
def test_un_delai_au_meme_taux_ne_change_pas_le_decompte(atelier, jusqu_au, au, payes):
    """The same rate, no other order of payment: the statement is the one there would be without the time granted."""
    facture = ("2025-09-01", _facture())
    paiements = [
        (jour.isoformat(), paiement(f"P{rang}", f"{cents // 100}.{cents % 100:02}"))
        for rang, (jour, cents) in enumerate(sorted(payes))
    ]

    def compter(**champs):
        jugee = ("2026-01-05", jugement(chef("8000.00", **TAUX), **champs))
        return atelier.plie([facture, jugee, *paiements], au.isoformat()).decompte

    delai = DelaiDeGrace(jusqu_au=jusqu_au, taux_reduit=D("9"))
    assert compter(delai_de_grace=delai) == compter()


def _facture():
    return CreanceNee(cle="A", numero="A", emission=date(2025, 9, 1), echeance=date(2025, 9, 30), montant=D("10000.00"))
