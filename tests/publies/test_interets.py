"""Cases published by others: rates, interest, capitalisation, imputation. The wrong ones assert the right value."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from exigible.droit.bareme import load_bareme
from exigible.droit.decompte import Creance, Versement, compute_decompte
from exigible.droit.erreurs import ErreurBareme
from exigible.droit.interets import Diviseur, QualiteCreancier, Regime, RegleInterets, compute_taux
from exigible.droit.plancher import check_plancher

CAS = json.loads((Path(__file__).parent / "donnees" / "interets.json").read_text(encoding="utf-8"))["cas"]
D, JOUR = Decimal, date.fromisoformat


def list_cas(genre):
    cas = [exemple for exemple in CAS if exemple["genre"] == genre]
    return pytest.mark.parametrize("cas", cas, ids=[exemple["id"] for exemple in cas])


def build_regle(donnees):
    champs = {
        "regime": Regime,
        "depart": JOUR,
        "creancier": QualiteCreancier,
        "taux": D,
        "diviseur": Diviseur,
        "executoire": JOUR,
        "capitalisation": JOUR,
    }
    return RegleInterets(**{champ: champs[champ](valeur) for champ, valeur in donnees.items()})


def get_taux(regime, jour, **options):
    return compute_taux(RegleInterets(regime, JOUR(jour).replace(day=1), **options), JOUR(jour))


def test_chaque_cas_est_joue():
    joues = {"interets", "taux_majore", "debut_majoration", "taux_legal", "plancher", "taux_commercial", "taux_public"}
    assert {cas["genre"] for cas in CAS} == joues | {"public_refuse", "imputation"}
    assert len({cas["id"] for cas in CAS}) == len(CAS)


def test_un_cas_faux_dit_pourquoi():
    for cas in CAS:
        assert cas["source"].startswith("http")
        assert "publie" not in cas or (cas["publie"] != cas["attendu"] and cas["explication"])


@list_cas("interets")
def test_interets(cas):
    entree, regle = cas["entree"], build_regle(cas["entree"]["regle"])
    creance = Creance("F1", "Facture", D(entree["principal"]), regle.depart, regle)
    decompte = compute_decompte([creance], [], JOUR(entree["au"]))
    assert [str(ligne.montant) for ligne in decompte.lignes] == cas["attendu"]["montants"]
    assert decompte.interets == D(cas["attendu"]["total"])


@list_cas("taux_majore")
def test_taux_majore(cas):
    jour = cas["entree"]["jour"]
    for creancier, attendu in cas["attendu"].items():
        options = {"creancier": QualiteCreancier(creancier), "executoire": date(2000, 1, 1)}
        assert get_taux(Regime.LEGAL, jour, **options).taux == D(attendu)


@list_cas("debut_majoration")
def test_debut_majoration(cas):
    regle = RegleInterets(Regime.LEGAL, date(2015, 1, 1), executoire=JOUR(cas["entree"]["executoire"]))
    assert regle.debut_majoration == JOUR(cas["attendu"]["debut"])


@list_cas("taux_legal")
def test_taux_legal(cas):
    for jour, (particulier, autres) in cas["attendu"].items():
        assert get_taux(Regime.LEGAL, jour, creancier=QualiteCreancier.PARTICULIER).taux == D(particulier)
        assert get_taux(Regime.LEGAL, jour).taux == D(autres)


@list_cas("plancher")
def test_plancher(cas):
    jour, plancher = JOUR(cas["entree"]["jour"]), D(cas["attendu"]["plancher"])
    dessous = RegleInterets(Regime.COMMERCIAL, jour, taux=plancher - D("0.01"))
    alerte = check_plancher(dessous, dessous.premier_jour)
    assert alerte is not None
    assert alerte.plancher == plancher
    assert check_plancher(RegleInterets(Regime.COMMERCIAL, jour, taux=plancher), dessous.premier_jour) is None


@list_cas("taux_commercial")
def test_taux_commercial(cas):
    for jour, attendu in cas["attendu"].items():
        applicable = get_taux(Regime.COMMERCIAL, jour)
        assert applicable.taux == D(attendu)
        assert bool(applicable.avertissements) == (JOUR(jour) < date(2013, 1, 1))


@list_cas("taux_public")
def test_taux_public(cas):
    for jour, attendu in cas["attendu"].items():
        assert get_taux(Regime.PUBLIC, jour).taux == D(attendu)


@list_cas("public_refuse")
def test_regime_public_ancien_refuse(cas):
    with pytest.raises(ErreurBareme) as erreur:
        get_taux(Regime.PUBLIC, cas["entree"]["jour"])
    assert erreur.value.code == cas["attendu"]["code"]


def test_le_refi_de_2009_est_celui_que_citent_les_pages():
    assert load_bareme("bce_refi").get_valeur(date(2009, 1, 1), "taux").valeur == D("2.50")
    assert load_bareme("bce_refi").get_valeur(date(2009, 4, 15), "taux").valeur == D("1.25")


@list_cas("imputation")
def test_imputation(cas):
    entree, regle = cas["entree"], build_regle(cas["entree"]["regle"])
    creance = Creance(
        "F1", "Facture", D(entree["principal"]), regle.depart, regle, D(entree["indemnite"]), D(entree["frais"])
    )
    jour = JOUR(entree["jour"])
    versements = [Versement(f"V{rang}", jour, D(montant)) for rang, montant in enumerate(entree["paiements"])]
    decompte = compute_decompte([creance], versements, jour)
    for imputation, attendu in zip(decompte.imputations, cas["attendu"]["imputations"], strict=True):
        parts = {nom: getattr(imputation, nom) for nom in ("frais", "indemnites", "interets", "principal")}
        assert {nom: str(part) for nom, part in parts.items() if part} == attendu
    assert decompte.principal == D(cas["attendu"]["principal"])
