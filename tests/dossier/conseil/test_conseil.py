"""What is advised, in the cases of `donnees/que_faire.json`: each is a chronology that a lawyer can read."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from exigible.dossier.conseil.avis import Rang, advise
from exigible.dossier.conseil.defense import list_defenses
from exigible.dossier.conseil.score import score_creance
from exigible.dossier.conseil.voies import list_voies_dossier
from exigible.dossier.echeances import NatureEcheance, Portee

CAS = json.loads((Path(__file__).parent / "donnees" / "que_faire.json").read_text("utf-8"))
PAR_ID = {cas["id"]: cas for cas in CAS}


def parametrize(champ):
    cas = [c for c in CAS if champ in c["attendu"]]
    return pytest.mark.parametrize("cas", cas, ids=[c["id"] for c in cas])


def motifs(fermes):
    """For each closed act, the codes of why."""
    par_code = {}
    for ferme in fermes:
        par_code.setdefault(ferme.code, set()).update(motif.code for motif in ferme.motifs)
    return par_code


@parametrize("premier")
def test_the_act_advised_first(cas, examine):
    premier = advise(examine(cas)).premier
    assert (premier.code if premier else None) == cas["attendu"]["premier"]


@parametrize("phrase")
def test_the_sentence(cas, examine):
    assert advise(examine(cas)).phrase == cas["attendu"]["phrase"]


@parametrize("actes")
def test_the_whole_list(cas, examine):
    assert [acte.code for acte in advise(examine(cas)).actes] == cas["attendu"]["actes"]


@parametrize("ordre")
def test_the_order(cas, examine):
    codes = [acte.code for acte in advise(examine(cas)).actes]
    attendu = cas["attendu"]["ordre"]
    assert [code for code in codes if code in attendu] == attendu


@parametrize("rangs")
def test_the_ranks(cas, examine):
    rangs = {acte.code: int(acte.rang) for acte in advise(examine(cas)).actes}
    assert {code: rangs[code] for code in cas["attendu"]["rangs"]} == cas["attendu"]["rangs"]


@parametrize("echeance")
def test_the_deadline_of_the_first_act(cas, examine):
    premier = advise(examine(cas)).premier
    assert premier.echeance.le.isoformat() == cas["attendu"]["echeance"]


@parametrize("fermes")
def test_the_closed_acts(cas, examine):
    vus = motifs(advise(examine(cas)).fermes)
    for code, motif in cas["attendu"]["fermes"].items():
        assert motif in vus[code], code


@parametrize("manques")
def test_what_lacks(cas, examine):
    actes = {acte.code: acte for acte in advise(examine(cas)).actes}
    for code, attendus in cas["attendu"]["manques"].items():
        assert [c.code for c in actes[code].manques] == attendus
        assert all(condition.remede for condition in actes[code].manques)


@pytest.mark.parametrize("cas", CAS, ids=list(PAR_ID))
def test_every_act_is_possible_or_closed_never_both(cas, examine):
    conseil = advise(examine(cas))
    assert conseil.phrase
    assert not {a.code for a in conseil.actes} & {f.code for f in conseil.fermes if f.code.startswith("voie_")}
    assert all(ferme.motifs for ferme in conseil.fermes)


@pytest.mark.parametrize("cas", CAS, ids=list(PAR_ID))
def test_the_ranks_never_go_back(cas, examine):
    rangs = [acte.rang for acte in advise(examine(cas)).actes]
    assert rangs == sorted(rangs)
    assert all(isinstance(rang, Rang) for rang in rangs)


@pytest.mark.parametrize("cas", CAS, ids=list(PAR_ID))
def test_the_same_facts_give_the_same_advice(cas, examine):
    examen = examine(cas)
    assert advise(examen) == advise(examen, voies=list_voies_dossier(examen))


@pytest.mark.parametrize("cas", CAS, ids=list(PAR_ID))
def test_nothing_pressing_is_hidden(cas, examine):
    """Every deadline of ours in a procedure is an act; those that are near and cost a right are of the first rank."""
    examen = examine(cas)
    actes = advise(examen).actes
    notres = [e for e in examen.etat.echeances if e.portee is Portee.A_FAIRE and e.nature is NatureEcheance.PROCEDURE]
    assert {e.quoi for e in notres} <= {a.libelle for a in actes}
    pressantes = {e.quoi for e in notres if e.perte and e.alerte_le <= examen.au}
    assert pressantes <= {a.libelle for a in actes if a.rang is Rang.DELAI}


@parametrize("score")
def test_the_score(cas, examine):
    examen = examine(cas)
    scores = {s.creance: [s.points, s.niveau.value] for s in (score_creance(examen, c) for c in examen.etat.creances)}
    assert scores == cas["attendu"]["score"]


@parametrize("defenses")
def test_what_the_debtor_may_say(cas, examine):
    vues = {d.moyen.code: d.fondee for d in list_defenses(examine(cas))}
    assert {code: vues[code] for code in cas["attendu"]["defenses"]} == cas["attendu"]["defenses"]


@parametrize("recours")
def test_until_when_he_may_appeal(cas, examine):
    jours = {d.moyen.code: d.jusqu_au.isoformat() for d in list_defenses(examine(cas)) if d.jusqu_au}
    assert jours == cas["attendu"]["recours"]


@parametrize("absents")
def test_what_is_not_advised(cas, examine):
    assert not {acte.code for acte in advise(examine(cas)).actes} & set(cas["attendu"]["absents"])


@parametrize("presents")
def test_what_is_possible(cas, examine):
    assert set(cas["attendu"]["presents"]) <= {acte.code for acte in advise(examine(cas)).actes}


@parametrize("articles")
def test_the_articles(cas, examine):
    actes = {acte.code: list(acte.articles) for acte in advise(examine(cas)).actes}
    assert {code: actes[code] for code in cas["attendu"]["articles"]} == cas["attendu"]["articles"]


def test_the_price_of_the_next_act_is_that_of_the_tariff(examine):
    """Service of an order for payment of 10 000 € and more: 25.79 € × 2, plus tax."""
    acte = advise(examine(PAR_ID["ordonnance_a_signifier"])).premier
    assert (acte.cout.avance, acte.cout.complet) == (Decimal("61.90"), True)


def test_the_price_of_a_step_that_was_not_read_is_said_to_be_unknown(examine):
    actes = advise(examine(PAR_ID["saisie_denoncee"])).actes
    assert not next(a for a in actes if a.code == "etape_SATT").cout.complet


def test_every_expectation_of_the_table_is_played():
    """A word misspelt in the data would be an expectation that nobody checks."""
    joues = {
        *("premier", "phrase", "actes", "ordre", "rangs", "echeance", "fermes", "manques", "score", "defenses"),
        *("recours", "absents", "presents", "articles", "voies", "montants"),
    }
    assert {champ for cas in CAS for champ in cas["attendu"]} <= joues
