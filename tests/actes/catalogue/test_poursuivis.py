"""Enforcement against another than the debtor: everything in the act is about the person chosen."""

import json
from datetime import date
from decimal import Decimal

import pytest
from dossiers_des_actes import AU, DOSSIERS, load_dossier

from exigible.actes.contexte import propose_reponses
from exigible.actes.demande import build_demande
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte
from exigible.actes.relecture import list_posees
from exigible.dossier.description import fold_description, parse_description
from exigible.droit.erreurs import ErreurExigible

SEUL = {"type": "jugement_rendu", "cle": "j-2", "contre": ["ca"], "chefs": [{"cle": "p", "montant": "900.00"}]}
ILLIMITEE = {
    "type": "personne_tenue",
    "cle": "ca",
    "nom": "Sacha Caution-Fictive",
    "role": "caution_solidaire",
    "personne_physique": True,
}
SIGNIFIE = {"type": "jugement_signifie", "decision": "j-2", "personnes": ["ca"]}


def load_avec(nom, *faits, sans=()):
    """A dossier of the tests with more facts, without those of some types."""
    description = json.loads(DOSSIERS[nom].read_bytes())
    description["faits"] = [f for f in description["faits"] if f["fait"]["type"] not in sans]
    description["faits"] += [{"date_effet": jour, "fait": fait} for jour, fait in faits]
    return fold_description(parse_description(json.dumps(description).encode()), AU)


def ask(nom, etat, **saisies):
    modele = get_modele(nom)
    return build_demande(modele, etat, saisies={**propose_reponses(modele, etat, saisies), **saisies})


def refuse(nom, etat, **saisies):
    with pytest.raises(ErreurExigible) as refus:
        prepare_acte(ask(nom, etat, **saisies))
    assert refus.value.code == "acte_refuse"
    return str(refus.value)


def read(acte):
    return " ".join(acte.texte.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ").split())


# --- What is asked ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dossier", "saisies", "posee"),
    [
        ("execution_professionnel", {}, False),
        ("execution_solidaires", {}, True),
        ("execution_solidaires", {"contre": "co"}, True),
    ],
)
def test_la_question_n_est_posee_qu_a_qui_a_le_choix(dossier, saisies, posee):
    demande = ask("instruction_execution", load_dossier(dossier, AU), **saisies)
    assert ("contre" in {q.nom for q in list_posees(demande)}) is posee


def test_ne_se_choisissent_que_ceux_qu_un_titre_condamne():
    demande = ask("instruction_execution", load_dossier("execution_caution", AU))
    (question,) = (q for q in demande.questions if q.nom == "contre")
    assert {c.valeur: c.libelle for c in question.choix} == {
        "debiteur": "Menuiserie Fictive (débiteur)",
        "co": "Noé Bardeau-Fictif (codébiteur solidaire)",
        "ca": "Sacha Caution-Fictive (caution solidaire)",
    }


def test_sans_reponse_le_debiteur_est_poursuivi():
    acte = prepare_acte(ask("instruction_execution", load_dossier("execution_caution", AU)))
    assert acte.demande.reponses["contre"] == "debiteur"
    assert acte.demande.etat.debiteur.nom == "Menuiserie Fictive"


def test_un_titre_contre_la_seule_caution_la_vise_sans_rien_demander():
    etat = load_avec("execution_caution", ("2026-10-05", SEUL), ("2026-10-12", SIGNIFIE))
    demande = ask("instruction_execution", etat, titre="j-2")
    acte = prepare_acte(demande)
    assert demande.etat.debiteur.nom == "Sacha Caution-Fictive"
    assert "contre" not in {q.nom for q in list_posees(demande)}
    assert "Condamné" not in acte.texte
    assert [s.cle for s in demande.etat.titres] == ["j-1", "j-2"]


def test_le_seul_titre_du_dossier_peut_ne_pas_condamner_le_debiteur():
    etat = load_avec(
        "execution_caution",
        ("2026-10-05", SEUL),
        ("2026-10-12", SIGNIFIE),
        sans={"jugement_rendu", "jugement_signifie"},
    )
    assert not etat.titres
    demande = ask("instruction_execution", etat, commissaire="Maître Alix Fictive")
    assert demande.reponses["titre"] == "j-2"
    assert not prepare_acte(demande).manquantes
    assert demande.etat.debiteur.nom == "Sacha Caution-Fictive"


def test_le_debiteur_public_n_est_pas_poursuivi_d_office_quand_un_autre_peut_l_etre():
    """Its property is not seized (CG3P L2311-1); that of its surety is."""
    etat = load_avec("execution_public", ("2026-04-01", ILLIMITEE))
    jugement = {
        "type": "jugement_rendu",
        "cle": "j-3",
        "contre": ["debiteur", "ca"],
        "chefs": [{"cle": "p", "montant": "9"}],
    }
    avec = load_avec("execution_public", ("2026-04-01", ILLIMITEE), ("2026-11-05", jugement))
    with pytest.raises(ErreurExigible, match="ne s'adresse pas"):
        ask("instruction_execution", etat)
    assert ask("instruction_execution", avec, titre="j-3").etat.debiteur.nom == "Sacha Caution-Fictive"


# --- What is known of that person -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contre", "banque"), [("debiteur", "Banque Exemple"), ("ca", "Banque de la Caution fictive"), ("co", None)]
)
def test_la_banque_proposee_est_celle_de_la_personne(contre, banque):
    proposees = propose_reponses(
        get_modele("saisie_attribution"), load_dossier("execution_caution", AU), {"contre": contre}
    )
    assert proposees.get("tiers", "").split("\n")[0] == (banque or "")
    assert proposees["contre"] == contre


def test_les_biens_connus_vont_au_juge_et_au_commissaire():
    etat = load_avec(
        "execution_consommateur",
        (
            "2026-10-20",
            {
                "type": "solvabilite_constatee",
                "source": "Enquête",
                "texte": "x",
                "banque": "Banque Exemple\n99100 Testville",
                "employeur": "Garage Modèle\n99100 Testville",
                "biens": "Une voiture.",
            },
        ),
    )
    juge = propose_reponses(get_modele("requete_saisie_conservatoire"), etat)
    assert juge["biens"] == "Les comptes ouverts auprès de Banque Exemple, 99100 Testville.\nUne voiture."
    officier = propose_reponses(get_modele("transmission_commissaire"), etat)
    assert officier["banque"] == "Banque Exemple, 99100 Testville"
    assert (officier["employeur"], officier["biens"]) == ("Garage Modèle, 99100 Testville", "Une voiture.")


def test_la_signification_est_la_sienne():
    etat = load_dossier("execution_caution", AU)
    jours = {
        contre: ask("commandement_saisie_vente", etat, contre=contre).etat.titres[0].signifie_le
        for contre in ("debiteur", "ca", "co")
    }
    assert jours == {"debiteur": date(2026, 10, 12), "ca": date(2026, 10, 15), "co": None}


def test_l_instruction_de_signifier_propose_qui_ne_l_a_pas_recue():
    proposees = propose_reponses(get_modele("instruction_signifier"), load_dossier("execution_caution", AU))
    assert proposees["contre"] == "co"
    assert proposees["rendue_le"] == "2026-10-05"


# --- What that person owes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dossier", "contre", "montant"),
    [
        ("execution_solidaires", "debiteur", "5268.99"),
        ("execution_solidaires", "co", "5268.99"),
        ("execution_caution", "ca", "5000.00"),
        ("execution_conjoints", "co", "2634.49"),
    ],
)
def test_chacun_est_poursuivi_pour_ce_qu_il_doit(dossier, contre, montant):
    acte = prepare_acte(ask("instruction_execution", load_dossier(dossier, AU), titre="j-1", contre=contre))
    assert acte.montant == Decimal(montant)


@pytest.mark.parametrize(
    ("plafond", "reclame", "par_jour"), [("5000.00", "5 000,00", "0,00"), ("5275.00", "5 275,00", "0,39")]
)
def test_une_caution_n_est_jamais_saisie_au_dela_de_sa_limite(plafond, reclame, par_jour):
    """The month of interest to come that a seizure adds stays within it: 5,268.99 and 11.70, of which 6.01 is left."""
    engagee = {
        "type": "personne_tenue",
        "cle": "ca",
        "nom": "Sacha Caution-Fictive",
        "role": "caution_solidaire",
        "plafond": plafond,
        "personne_physique": False,
    }
    etat = load_avec("execution_caution", ("2026-04-02", engagee))
    texte = read(prepare_acte(ask("saisie_attribution", etat, contre="ca")))
    assert f"des sommes réclamées, soit {reclame} €" in texte
    assert (f"à {par_jour} € par jour" in texte) is (par_jour != "0,00")


@pytest.mark.parametrize(("dossier", "contre"), [("execution_conjoints", "debiteur"), ("execution_solidaires", "co")])
def test_une_saisie_est_denoncee_pour_son_jour_quel_que_soit_le_poursuivi(dossier, contre):
    """The interest in the summary is that of the lines."""
    saisies = {"contre": contre, "saisie_le": "2026-11-18", "denoncee_le": "2026-11-24", "tiers": "Banque Exemple"}
    texte = read(prepare_acte(ask("denonciation_saisie_attribution", load_dossier(dossier, AU), **saisies)))
    couru = texte.split("Total couru | ")[1].split(" €")[0]
    assert f"échus au 18/11/2026 inclus, calculés ci-dessous | {couru} €" in texte


def test_une_caution_non_informee_ne_doit_pas_les_interets():
    """C. civ. 2302: the principal stays, nothing runs any more."""
    etat = load_avec("execution_caution", ("2026-04-02", ILLIMITEE), sans={"caution_informee"})
    acte = prepare_acte(ask("commandement_saisie_vente", etat, contre="ca"))
    assert acte.montant == Decimal("5250.40")
    texte = read(acte)
    assert "Principal | 5 250,40 € Intérêts échus" in texte
    assert "que la caution ne doit pas (C. civ., articles 2302 et 2303) | 0,00 €" in texte
    assert "Aucun intérêt à courir n’est réclamé à la caution" in texte
    assert "majoré" not in texte


# --- What is refused --------------------------------------------------------------------------------------------------


def test_la_decision_se_signifie_avant_d_etre_executee():
    etat = load_dossier("execution_caution", AU)
    assert "n'est pas signifiée à Noé Bardeau-Fictif" in refuse("saisie_attribution", etat, contre="co")
    acte = prepare_acte(ask("commandement_saisie_vente", etat, contre="co"))
    assert any("à Noé Bardeau-Fictif (CPC 503)" in raison for raison in acte.projet)


@pytest.mark.parametrize("contre", ["cs", "debiteur"])
def test_qui_n_est_pas_condamne_n_est_pas_poursuivi(contre):
    etat = load_avec("execution_caution", ("2026-10-05", SEUL), ("2026-10-12", SIGNIFIE))
    with pytest.raises(ErreurExigible, match="ne condamne pas"):
        build_demande(get_modele("instruction_execution"), etat, saisies={"titre": "j-2", "contre": contre})


@pytest.mark.parametrize(
    ("fait", "article"),
    [
        ({"type": "personne_en_procedure", "personne": "ca", "sorte": "redressement"}, "L622-21"),
        ({"type": "personne_dechargee", "personne": "ca", "portee": "cautionnement"}, "1350-2"),
        ({"type": "personne_decedee", "personne": "ca"}, "877"),
        ({"type": "procedure_collective_ouverte", "nature": "redressement judiciaire"}, "L622-28"),
    ],
    ids=["sa procedure", "dechargee", "decedee", "celle du debiteur"],
)
def test_une_caution_qui_ne_peut_etre_poursuivie(fait, article):
    etat = load_avec("execution_caution", ("2026-11-10", fait))
    with pytest.raises(ErreurExigible) as refus:
        prepare_acte(ask("instruction_execution", etat, contre="ca"))
    assert article in refus.value.parametres["article"]


def test_la_procedure_du_debiteur_n_arrete_pas_une_societe_codebitrice():
    """C. com. L622-28 al. 2 stays the actions against natural persons alone."""
    ouverte = {
        "type": "procedure_ouverte",
        "cle": "PC",
        "procedure": "PC",
        "evenement": "jugement_ouverture",
    }
    etat = load_avec("execution_solidaires", ("2026-11-10", ouverte))
    assert "procédure collective" in refuse("instruction_execution", etat)
    assert prepare_acte(ask("instruction_execution", etat, contre="co", commissaire="Maître Test")).utilisable


def test_la_procedure_d_un_codebiteur_n_arrete_pas_l_execution_contre_le_debiteur():
    ouverte = {
        "type": "procedure_ouverte",
        "cle": "PC",
        "procedure": "PC",
        "evenement": "jugement_ouverture",
        "contre": ["co"],
    }
    etat = load_avec("execution_solidaires", ("2026-11-10", ouverte))
    assert prepare_acte(ask("instruction_execution", etat, commissaire="Maître Test")).utilisable
    assert "procédure collective" in refuse("instruction_execution", etat, contre="co")


# --- An order to pay against several ----------------------------------------------------------------------------------


def step(evenement, jour, **reste):
    return jour, {"type": "etape_franchie", "procedure": "ip-1", "evenement": evenement, **reste}


def load_ordonnance():
    """An order against two, served on each on his own day."""
    ouverte = {
        "type": "procedure_ouverte",
        "cle": "ip-1",
        "procedure": "IP",
        "evenement": "depot_requete",
        "contre": ["debiteur", "co"],
    }
    return load_avec(
        "execution_solidaires",
        ("2026-07-20", ouverte),
        step("ordonnance", "2026-08-24", montant="5250.40"),
        step("signification_a_personne", "2026-09-01", personne="debiteur"),
        step("signification_autre", "2026-10-01", personne="co"),
        sans={"jugement_rendu", "jugement_signifie"},
    )


@pytest.mark.parametrize(
    ("contre", "jour", "mode", "expire"),
    [
        ("debiteur", "2026-09-01", "a_personne", "1er octobre 2026"),
        ("co", "2026-10-01", "autrement", "2 novembre 2026"),
    ],
)
def test_le_mois_d_opposition_court_de_sa_propre_signification(contre, jour, mode, expire):
    etat, modele = load_ordonnance(), get_modele("demande_certificat_non_opposition")
    proposees = propose_reponses(modele, etat, {"contre": contre})
    assert (proposees["contre"], proposees["signifiee_le"], proposees["mode"]) == (contre, jour, mode)
    demande = build_demande(modele, etat, saisies={**proposees, "numero": "42", "greffe": "Greffe"})
    acte = prepare_acte(demande)
    assert expire in read(acte)
    assert ("codébiteur solidaire de Menuiserie Fictive" in read(acte)) is (contre == "co")
    assert "contre" in {q.nom for q in list_posees(demande)}
