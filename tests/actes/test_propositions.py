"""What the journal knows is not asked again: bank, employer, goods of the debtor; the day a surety bound itself."""

import json
from pathlib import Path

import pytest
from dossiers_des_actes import AU, DOSSIERS

from exigible.actes.contexte import propose_reponses
from exigible.actes.demande import build_demande
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte
from exigible.dossier.description import fold_description, parse_description

CONSTAT = {
    "type": "solvabilite_constatee",
    "source": "Enquête",
    "texte": "Compte et emploi retrouvés.",
    "banque": "Banque Exemple\n1 place du Guichet\n99100 Testville",
    "employeur": "Garage Modèle\n7 route du Test\n99100 Testville",
    "biens": "Un appartement, 4 impasse du Modèle.",
}
CAUTION = {"type": "personne_tenue", "nom": "Garante Fictive", "role": "caution_solidaire", "personne_physique": True}


def fold(nom, *faits):
    description = json.loads(Path(DOSSIERS[nom]).read_bytes())
    description["faits"] += [{"date_effet": jour, "fait": fait} for jour, fait in faits]
    return fold_description(parse_description(json.dumps(description).encode()), AU)


@pytest.mark.parametrize(
    ("acte", "attendu"),
    [
        (
            "instruction_execution",
            {
                "banque": "Banque Exemple, 1 place du Guichet, 99100 Testville",
                "employeur": "Garage Modèle, 7 route du Test, 99100 Testville",
                "biens": CONSTAT["biens"],
            },
        ),
        ("saisie_attribution", {"tiers": CONSTAT["banque"], "banque": "oui"}),
        ("denonciation_saisie_attribution", {"tiers": CONSTAT["banque"], "compte_saisi": "oui"}),
        ("proces_verbal_saisie_remunerations", {"employeur": CONSTAT["employeur"]}),
    ],
)
def test_les_saisies_reprennent_ce_qui_a_ete_trouve(acte, attendu):
    modele = get_modele(acte)
    sans = propose_reponses(modele, fold("execution_consommateur"))
    assert not set(attendu) & set(sans)
    etat = fold("execution_consommateur", ("2026-11-02", CONSTAT))
    avec = propose_reponses(modele, etat)
    assert {question: avec[question] for question in attendu} == attendu
    texte = prepare_acte(build_demande(modele, etat, saisies=dict(avec))).texte
    lignes = [ligne for dit in attendu.values() if dit != "oui" for ligne in dit.split("\n")]
    assert [ligne for ligne in lignes if ligne not in texte] == []


def test_les_biens_d_une_caution_ne_sont_pas_ceux_du_debiteur():
    etat = fold(
        "execution_consommateur",
        ("2026-02-01", {**CAUTION, "cle": "k"}),
        ("2026-11-02", {**CONSTAT, "personne": "k"}),
    )
    assert "tiers" not in propose_reponses(get_modele("saisie_attribution"), etat)


@pytest.mark.parametrize(
    "acte", ["mise_en_demeure_caution", "information_caution_annuelle", "information_caution_incident"]
)
def test_le_jour_de_l_engagement_n_est_pas_redemande(acte):
    modele = get_modele(acte)
    seule = fold("professionnel", ("2026-02-01", {**CAUTION, "cle": "k"}))
    assert propose_reponses(modele, seule)["engagement_du"] == "2026-02-01"
    deux = fold("professionnel", ("2026-02-01", {**CAUTION, "cle": "k"}), ("2026-02-02", {**CAUTION, "cle": "l"}))
    assert "engagement_du" not in propose_reponses(modele, deux)


@pytest.mark.parametrize(("dossier", "rang"), [("loyer_commercial", "privilege"), ("redressement", "chirographaire")])
def test_un_loyer_est_declare_a_titre_privilegie(dossier, rang):
    propose = propose_reponses(get_modele("declaration_de_creance"), fold(dossier))
    assert propose["rang_creance"] == rang
    assert ("bailleur" in propose.get("surete", "")) is (rang == "privilege")


def test_la_mainlevee_est_celle_de_la_derniere_saisie():
    modele = get_modele("mainlevee")
    assert dict(propose_reponses(modele, fold("execution_consommateur"))) == {}
    saisie = {"type": "procedure_ouverte", "cle": "s", "procedure": "SATT", "evenement": "acte_de_saisie"}
    etat = fold("execution_consommateur", ("2026-11-02", CONSTAT), ("2026-11-18", saisie))
    assert dict(propose_reponses(modele, etat)) == {
        "mesure": "saisie_attribution",
        "acte_du": "2026-11-18",
        "tiers": "Banque Exemple, 1 place du Guichet, 99100 Testville",
    }
    levee = {"type": "etape_franchie", "procedure": "s", "evenement": "mainlevee"}
    etat = fold("execution_consommateur", ("2026-11-18", saisie), ("2026-11-20", levee))
    assert "mesure" not in propose_reponses(modele, etat)


def test_une_dette_payee_est_la_cause_de_la_mainlevee():
    assert dict(propose_reponses(get_modele("mainlevee"), fold("professionnel_solde"))) == {
        "etendue": "totale",
        "cause": "paiement",
    }
