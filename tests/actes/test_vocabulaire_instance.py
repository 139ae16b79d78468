"""What petitions have in common: the court proposed, the decision to serve, the heads asked, the last days."""

import json
from dataclasses import replace
from datetime import date

import pytest
from dossiers_des_actes import AU, DOSSIERS

from exigible.actes.contexte import propose_reponses
from exigible.actes.demande import build_demande
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte
from exigible.actes.vocabulaire.delais import compute_terme, find_regle, get_regle
from exigible.actes.vocabulaire.instance import compute_part, propose_tribunal, write_du_tribunal, write_tribunal
from exigible.dossier.description import fold_description, parse_description
from exigible.dossier.faits import Reclamation, RolePersonne
from exigible.droit.delais import Distance
from exigible.droit.erreurs import ErreurExigible


def load(nom, **debiteur):
    description = json.loads(DOSSIERS[nom].read_text(encoding="utf-8"))
    description["debiteur"].update(debiteur)
    return fold_description(parse_description(json.dumps(description).encode()), AU)


def write(nom, etat, **saisies):
    return prepare_acte(build_demande(get_modele(nom), etat, saisies=saisies)).texte


def at(code_postal, pays="FR"):
    return {"lignes": ["1 rue du Test"], "code_postal": code_postal, "ville": "Testville", "pays": pays}


@pytest.mark.parametrize(
    ("dossier", "debiteur", "attendu"),
    [
        ("professionnel", {}, {"tribunal": "commerce"}),
        ("professionnel", {"adresse": at("72000")}, {"tribunal": "activites_economiques", "siege": "Le Mans"}),
        ("professionnel", {"adresse": at("67000")}, {"tribunal": "chambre_commerciale"}),
        ("professionnel", {"adresse": at("10115", "DE")}, {"tribunal": "commerce"}),
        ("professionnel", {"forme": "EI"}, {}),
        ("consommateur", {"adresse": at("35000")}, {"tribunal": "judiciaire"}),
        ("bail_particulier", {}, {"tribunal": "protection"}),
        ("public", {}, {}),
    ],
)
def test_le_tribunal_propose_est_celui_de_la_regle(dossier, debiteur, attendu):
    assert propose_tribunal(load(dossier, **debiteur)) == attendu


def test_un_credit_a_la_consommation_va_au_juge_des_contentieux_de_la_protection():
    description = json.loads(DOSSIERS["consommateur"].read_text(encoding="utf-8"))
    description["debiteur"]["adresse"] = at("35000")
    for ligne in description["faits"]:
        if ligne["fait"]["type"] == "creance_nee":
            ligne["fait"]["nature"] = "credit_consommation"
    etat = fold_description(parse_description(json.dumps(description).encode()), AU)
    assert propose_tribunal(etat)["tribunal"] == "protection"


def test_rien_n_est_propose_quand_rien_n_est_du():
    assert propose_tribunal(load("juge")) == {}


@pytest.mark.parametrize(
    ("tribunal", "siege", "attendu"),
    [
        ("commerce", "Testville", "tribunal de commerce de Testville"),
        ("commerce", "Le Mans", "tribunal de commerce du Mans"),
        ("protection", "Évry", "tribunal judiciaire d’Évry"),
        ("proximite", "Haguenau", "tribunal de proximité de Haguenau"),
    ],
)
def test_le_nom_du_tribunal_s_ecrit_en_francais(tribunal, siege, attendu):
    assert write_tribunal(tribunal, siege) == attendu
    assert write_du_tribunal(tribunal, siege) == f"du {attendu}"


def test_sans_tribunal_choisi_il_ne_reste_que_la_ville():
    assert write_du_tribunal("", "Testville") == "Testville"


@pytest.mark.parametrize(
    ("ordonnance", "terme"),
    [
        (date(2026, 8, 31), date(2027, 3, 1)),  # six months: 28/02/2027 is a Sunday
        (date(2026, 9, 1), date(2026, 12, 1)),  # three months
        (date(2026, 9, 15), date(2026, 12, 15)),
    ],
)
def test_une_ordonnance_se_signifie_selon_son_regime(ordonnance, terme):
    assert compute_terme(find_regle("IP", "defaut_signification", ordonnance), ordonnance) == terme


def test_l_assignation_se_place_a_rebours_de_l_audience():
    audience = date(2026, 10, 30)
    assert compute_terme(get_regle("FOND", "FD5tc"), audience) == date(2026, 10, 15)
    assert compute_terme(get_regle("FOND", "FD7tc"), audience) == date(2026, 10, 22)


def test_l_opposition_de_l_etranger_a_deux_mois_de_plus():
    regle = find_regle("IP", "certificat_non_opposition", date(2026, 8, 24))
    assert compute_terme(regle, date(2026, 9, 15), Distance.ETRANGER) == date(2026, 12, 15)
    assert find_regle("IP", "certificat_non_opposition", date(2026, 9, 1)) is None


def test_l_injonction_a_signifier_est_decrite_par_le_journal():
    assert propose_reponses(get_modele("instruction_signifier"), load("ordonnance_recente")) == {
        "decision": "injonction",
        "juridiction": "Tribunal de commerce de Testville",
        "rendue_le": "2026-11-03",
        "numero": "2026I00042",
        "montant": "5442.58",
    }


def test_l_injonction_signifiee_est_decrite_pour_le_greffe():
    proposees = propose_reponses(get_modele("demande_certificat_non_opposition"), load("ordonnance_ancienne_signifiee"))
    assert proposees["signifiee_le"] == "2026-10-12"
    assert proposees["mode"] == "a_personne"


def test_un_jugement_signifie_n_est_plus_a_signifier():
    assert propose_reponses(get_modele("instruction_signifier"), load("juge")) == {}


def test_un_jugement_non_signifie_est_a_signifier():
    etat = load("juge")
    etat = replace(etat, titres=tuple(replace(titre, signifie_le=None) for titre in etat.titres))
    proposees = propose_reponses(get_modele("instruction_signifier"), etat)
    assert (proposees["decision"], proposees["rendue_le"]) == ("jugement", "2026-10-05")
    assert proposees["montant"] == "5250.40"


def test_les_cautions_solidaires_sont_proposees():
    proposees = propose_reponses(get_modele("requete_injonction_de_payer"), load("solidaires"))
    assert proposees["coobliges"] == "oui"
    texte = write("requete_injonction_de_payer", load("solidaires"), **proposees, siege="Testville")
    assert "dans la limite de 5\u202f000,00" in texte or "dans la limite de 5\u00a0000,00" in texte
    assert "condamner solidairement" in texte.replace("\u00a0", " ")


def test_sans_mise_en_demeure_l_interet_legal_court_de_la_signification():
    description = json.loads(DOSSIERS["consommateur"].read_text(encoding="utf-8"))
    description["faits"] = [f for f in description["faits"] if not f["fait"]["type"].startswith("courrier")]
    etat = fold_description(parse_description(json.dumps(description).encode()), AU)
    texte = write("requete_injonction_de_payer", etat, tribunal="judiciaire", siege="Testville", fondement="contrat")
    assert "les intérêts au taux légal sur le principal à compter de la signification de l’ordonnance" in texte
    renonce = replace(etat, penalites=Reclamation.RENONCER)
    texte = write("requete_injonction_de_payer", renonce, tribunal="judiciaire", siege="Testville", fondement="contrat")
    assert "taux légal" not in texte


def test_la_clause_penale_s_ajoute_au_total_et_previent_sans_mise_en_demeure():
    saisies = {"tribunal": "commerce", "siege": "Testville", "fondement": "contrat", "clause_penale": "100"}
    etat = load("professionnel")
    acte = prepare_acte(build_demande(get_modele("requete_injonction_de_payer"), etat, saisies=saisies))
    assert "clause_penale_sans_demeure" not in {a.code for a in acte.avertissements}
    assert "5\u202f799,43" in acte.texte or "5\u00a0799,43" in acte.texte
    sans = replace(etat, courriers=())
    acte = prepare_acte(build_demande(get_modele("requete_injonction_de_payer"), sans, saisies=saisies))
    assert "clause_penale_sans_demeure" in {a.code for a in acte.avertissements}


def test_la_requete_au_tribunal_judiciaire_previent_que_le_litige_est_commercial():
    etat = load("professionnel")
    demande = build_demande(
        get_modele("requete_tribunal_judiciaire"),
        etat,
        creances=["F-2026-014"],
        saisies={"tribunal": "judiciaire", "siege": "Testville"},
    )
    assert "autre_juge" in {a.code for a in prepare_acte(demande).avertissements}


def build_prescrite(dossier):
    description = json.loads(DOSSIERS[dossier].read_text(encoding="utf-8"))
    naissance = next(f for f in description["faits"] if f["fait"]["type"] == "creance_nee")
    naissance["date_effet"] = "2020-02-10"
    naissance["fait"] |= {"emission": "2020-02-10", "echeance": "2020-03-12"}
    description["faits"] = [naissance]
    etat = fold_description(parse_description(json.dumps(description).encode()), AU)
    saisies = {"tribunal": "judiciaire", "siege": "Testville", "fondement": "contrat"}
    return prepare_acte(build_demande(get_modele("requete_injonction_de_payer"), etat, saisies=saisies))


def test_une_creance_prescrite_est_signalee_et_n_est_pas_dite_vivante():
    acte = build_prescrite("professionnel")
    assert "prescription_acquise" in {a.code for a in acte.avertissements}
    assert "n’est pas prescrite" not in acte.texte
    assert [str(m.severite) for m in acte.manquements] == ["majeur"]


def test_une_dette_prescrite_d_un_consommateur_ne_se_demande_pas_au_juge():
    with pytest.raises(ErreurExigible, match="prescrite") as refus:
        build_prescrite("consommateur")
    assert refus.value.code == "acte_refuse"


def test_la_part_d_un_debiteur_conjoint_est_celle_des_factures_demandees():
    etat = load("codebiteur_conjoint")
    conjoint = next(p for p in etat.personnes if p.role is RolePersonne.CODEBITEUR_CONJOINT)
    modele = get_modele("requete_injonction_de_payer")
    entiere = build_demande(modele, etat)
    une = build_demande(modele, etat, creances=["F-2026-014"])
    assert compute_part(entiere, conjoint) == conjoint.du
    soldes = {s.cle: s.total for s in conjoint.decompte.soldes}
    assert compute_part(une, conjoint) == soldes["F-2026-014"] < conjoint.du


def test_une_action_au_fond_demande_aussi_ce_qui_est_conteste():
    etat = load("consommateur_conteste")
    requete = build_demande(get_modele("requete_tribunal_judiciaire"), etat)
    injonction = build_demande(get_modele("requete_injonction_de_payer"), etat)
    conteste = sum(s.etat.conteste for s in requete.sommes)
    assert conteste > 0
    assert requete.totaux.principal == injonction.totaux.principal + conteste
