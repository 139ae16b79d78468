"""Cases published by others: rates, interest, capitalisation, imputation. The wrong ones assert the right value."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from exigible.droit.bareme import load_bareme
from exigible.droit.decompte import Creance, Versement, compute_decompte
from exigible.droit.erreurs import ErreurBareme, ErreurSaisie
from exigible.droit.interets import Diviseur, QualiteCreancier, Regime, RegleInterets, compute_taux
from exigible.droit.marches_publics import compute_limite_interets
from exigible.droit.plancher import check_plancher
from exigible.droit.regimes import FaitsRegime, Objet, QualitePartie, choose_regime

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
        "multiple_legal": D,
        "diviseur": Diviseur,
        "executoire": JOUR,
        "capitalisation": JOUR,
    }
    return RegleInterets(**{champ: champs[champ](valeur) for champ, valeur in donnees.items()})


def get_taux(regime, jour, **options):
    return compute_taux(RegleInterets(regime, JOUR(jour).replace(day=1), **options), JOUR(jour))


def test_chaque_cas_est_joue():
    joues = {"interets", "taux_majore", "debut_majoration", "taux_legal", "plancher", "taux_commercial", "taux_public"}
    assert {cas["genre"] for cas in CAS} == joues | {"public_refuse", "imputation", "limite_interets", "regle"}
    assert {cas["id"] for cas in CAS if cas["genre"] == "regle"} == {"AN-06", "IM-04", "PB-22", "PB-23"}
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


@list_cas("limite_interets")
def test_limite_du_paiement_des_interets_publics(cas):
    assert compute_limite_interets(JOUR(cas["entree"]["mise_en_paiement"])) == JOUR(cas["attendu"]["limite"])


# ---------------------------------------------------------------- rules quoted without a figure


def get_attendu(identifiant):
    return next(cas["attendu"] for cas in CAS if cas["id"] == identifiant)


def test_pas_de_capitalisation_en_credit_a_la_consommation():
    faits = FaitsRegime(objet=Objet.CREDIT_CONSOMMATION)
    choix = choose_regime(QualiteCreancier.PROFESSIONNEL, QualitePartie.CONSOMMATEUR, faits)
    regle = RegleInterets(Regime.CONVENU, date(2024, 1, 31), taux=D(5), capitalisation=date(2024, 2, 1))
    with pytest.raises(ErreurSaisie) as erreur:
        choix.complete(regle)
    assert erreur.value.code == get_attendu("AN-06")["code"]


def test_la_dette_cautionnee_est_payee_la_premiere():
    creances = [
        Creance("SIMPLE", "Dette simple", D("36000.00"), date(2026, 1, 31), None),
        Creance("CAUTIONNEE", "Dette cautionnée", D("56000.00"), date(2026, 1, 31), None, garantie=True),
    ]
    decompte = compute_decompte(creances, [Versement("V1", date(2026, 3, 1), D("1000.00"))], date(2026, 3, 1))
    assert [i.creance for i in decompte.imputations] == [get_attendu("IM-04")["premiere"]]


def test_les_penalites_ne_se_cumulent_pas_avec_l_interet_legal():
    penalites, legal = (RegleInterets(r, date(2025, 9, 30)) for r in (Regime.COMMERCIAL, Regime.LEGAL))
    with pytest.raises(ErreurSaisie) as erreur:
        Creance("F1", "Facture", D("1000.00"), date(2025, 9, 30), penalites, suites=(legal,))
    assert erreur.value.code == get_attendu("PB-22")["code"]


def test_les_penalites_sont_dues_sans_clause():
    choix = choose_regime(QualiteCreancier.PROFESSIONNEL, QualitePartie.PROFESSIONNEL)
    assert choix.regime == get_attendu("PB-23")["regime"]
