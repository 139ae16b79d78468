"""The worked examples of amicable collection, kept as data."""

import tomllib
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from exigible.droit.argent import parse_montant
from exigible.droit.conformite import evaluate
from exigible.droit.creance import Creance
from exigible.droit.delais import compute_delai
from exigible.droit.durees import Duree, parse_duree
from exigible.droit.echeancier import AccordDePlan, InteretsDuPlan, compute_echeancier
from exigible.droit.interets import QualiteCreancier, Regime, RegleInterets, compute_lignes
from exigible.droit.paiement_direct import Terme, compute_paiement_direct
from exigible.droit.partage import list_mensualites, split_montant
from exigible.droit.prescription import compute_prescription
from exigible.droit.reconnaissance import compute_somme_reconnue
from exigible.droit.regimes import QualitePartie
from exigible.droit.reversement import Convention, compute_reversement

EXEMPLES = tomllib.loads((Path(__file__).parent / "donnees" / "amiable.toml").read_text(encoding="utf-8"))["exemple"]
D, LENDEMAIN = Decimal, timedelta(days=1)


def list_exemples(joue):
    exemples = [exemple for exemple in EXEMPLES if exemple["joue"] == joue]
    return pytest.mark.parametrize("exemple", exemples, ids=[exemple["id"] for exemple in exemples])


def list_codes(resultat):
    return [avertissement.code for avertissement in resultat.avertissements]


def test_chaque_exemple_est_joue():
    assert [exemple["id"] for exemple in EXEMPLES] == [f"T-AMI-{rang:02d}" for rang in range(1, 16)]
    assert {exemple["joue"] for exemple in EXEMPLES} == {
        *("conformite", "delai", "demeure", "echeancier", "paiement_direct", "partage", "prescrite"),
        *("reconnaissance", "reversement"),
    }
    assert all(exemple["source"] for exemple in EXEMPLES)


@list_exemples("echeancier")
def test_echeancier(exemple):
    attendu, indemnite = exemple["attendu"], D(exemple.get("indemnite", "0.00"))
    regle = RegleInterets(Regime(exemple["regime"]), exemple["depart"])
    creance = Creance("F1", "Facture F1", D(exemple["principal"]), exemple["echeance"], regle, indemnite=indemnite)
    plan = compute_echeancier(
        [creance],
        AccordDePlan(exemple["accord"], InteretsDuPlan(exemple["interets"])),
        list_mensualites(exemple["premiere"], exemple["nombre"]),
    )
    lignes = [{"jours": li.jours, "taux": str(li.taux), "montant": str(li.montant)} for li in plan.terme.lignes]
    assert lignes == attendu["lignes"]
    assert [str(echeance.montant) for echeance in plan.echeances] == attendu["montants"]
    if "principaux" in attendu:
        assert [str(echeance.principal) for echeance in plan.echeances] == attendu["principaux"]
    assert plan.total == D(attendu["total"]) == creance.principal + D(attendu["interets"]) + indemnite
    assert plan.terme.interets_courus == D(attendu["interets"])
    assert plan.terme.total_du == 0


@list_exemples("partage")
def test_partage(exemple):
    parts = split_montant(D(exemple["montant"]), exemple["nombre"])
    assert [str(part) for part in parts] == exemple["attendu"]


@list_exemples("delai")
def test_delai(exemple):
    delai = compute_delai(exemple["depart"], parse_duree(exemple["duree"]), reporter=False)
    assert delai.echeance == exemple["attendu"]
    if "possible_des" in exemple:
        assert delai.echeance + LENDEMAIN == exemple["possible_des"]
    if "preuve_au_plus_tard" in exemple:
        preuve = compute_delai(delai.echeance, Duree(jours=1), reporter=False)
        assert preuve.echeance == exemple["preuve_au_plus_tard"]
    if "caution_avertie" in exemple:
        caution = compute_delai(exemple["depart"], parse_duree(exemple["caution_avertie"]["duree"]), reporter=False)
        assert caution.echeance == exemple["caution_avertie"]["attendu"]
    assert list_codes(delai) == ([exemple["avertissement"]] if "avertissement" in exemple else [])


@list_exemples("reversement")
def test_reversement(exemple):
    attendu, encaisse = exemple["attendu"], D(exemple["encaisse"])
    for retenue, montant in ((True, attendu["avec_retenue"]), (False, attendu["sans_retenue"])):
        convention = Convention(D(exemple["commission"]), D(exemple["tva"]), retenue=retenue)
        reversement = compute_reversement(encaisse, exemple["recu_le"], convention)
        for nom in ("commission", "tva", "facture"):
            assert getattr(reversement, nom) == D(attendu[nom])
        assert reversement.montant == D(montant)
        assert reversement.au_plus_tard == attendu["au_plus_tard"]


@list_exemples("reconnaissance")
def test_reconnaissance(exemple):
    somme = compute_somme_reconnue(exemple["lettres"], parse_montant(exemple["chiffres"]))
    assert somme.montant == D(exemple["attendu"])
    assert list_codes(somme) == [exemple["avertissement"]]


@list_exemples("prescrite")
def test_un_plan_n_est_pas_propose_sur_une_dette_prescrite(exemple):
    professionnel, consommateur = QualiteCreancier.PROFESSIONNEL, QualitePartie.CONSOMMATEUR
    prescription = compute_prescription(professionnel, consommateur, exemple["echeance"])
    assert prescription.terme == exemple["attendu"]["terme"]
    for jour, refus in ((prescription.terme, []), (exemple["propose_le"], [exemple["attendu"]["refus"]])):
        faits = {"debiteur.qualite": "consommateur", "creance.prescrite": prescription.acquise_au(jour)}
        joues = [m.regle for m in evaluate(faits, exemple["cible"]) if m.severite == "bloquant"]
        assert [regle for regle in joues if regle == exemple["attendu"]["refus"]] == refus


@list_exemples("conformite")
def test_conformite(exemple):
    attendu = exemple["attendu"]
    manquements = {m.regle: m for m in evaluate(exemple["faits"], exemple["cible"])}
    assert manquements[attendu["refus"]].severite == "bloquant"
    assert manquements[attendu["refus"]].message.endswith(attendu["effet"])
    avec = evaluate(exemple["faits"] | exemple["consentement"], exemple["cible"])
    assert attendu["refus"] not in [m.regle for m in avec]


@list_exemples("demeure")
def test_une_lettre_non_reclamee_met_en_demeure_sans_toucher_a_la_prescription(exemple):
    attendu = exemple["attendu"]
    regle = RegleInterets(Regime.LEGAL, exemple["presentation"])
    (ligne,) = compute_lignes(regle, D(exemple["principal"]), regle.premier_jour, exemple["au"])
    assert (ligne.du, ligne.jours, ligne.montant) == (attendu["premier_jour"], attendu["jours"], D(attendu["interets"]))
    parties = (QualiteCreancier.PROFESSIONNEL, QualitePartie.CONSOMMATEUR, exemple["echeance"])
    sans, avec = compute_prescription(*parties), compute_prescription(*parties, reclamations=[exemple["presentation"]])
    assert sans.terme == avec.terme == attendu["terme"]


@list_exemples("paiement_direct")
def test_paiement_direct(exemple):
    attendu = exemple["attendu"]
    jours = list_mensualites(exemple["premier_impaye"], exemple["nombre_impayes"])
    paiement = compute_paiement_direct([Terme(j, D(exemple["pension"])) for j in jours], exemple["notification"])
    assert [terme.jour for terme in paiement.termes] == attendu["termes"]
    assert [terme.jour for terme in paiement.ecartes] == attendu["ecartes"]
    assert paiement.arrieres == D(attendu["arrieres"])
    assert paiement.fractions == (D(attendu["fraction"]),) * attendu["mois"]
    assert list_codes(paiement) == ["termes_trop_anciens"]
