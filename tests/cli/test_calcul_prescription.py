"""`exigible calcul prescription`, as scripts call it: the contract, the ways of writing, the refusals, the lists."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from appels import Appel

DONNEES = Path(__file__).parents[1] / "droit" / "donnees" / "prescription.toml"
EXEMPLES = tomllib.loads(DONNEES.read_text(encoding="utf-8"))["exemple"]
BASE = ["--nature", "facture_consommateur", "--depart", "2023-09-01", "--au", "2025-07-01"]


APPEL = Appel("calcul", "prescription")
run, run_json, run_erreur = APPEL.run, APPEL.read_json, APPEL.read_erreur


def test_suit_le_contrat():
    resultat = run_json(*BASE, "--evenement", "2025-06-15:INT-REC")
    assert list(resultat)[:4] == ["terme", "dernier_jour_sur", "acquise", "frise"]
    assert [resultat[cle] for cle in list(resultat)[:3]] == ["2027-06-15", "2027-06-14", False]
    assert [(e["du"], e["au"], e["effet"]) for e in resultat["frise"]] == [
        ("2023-09-02", "2025-06-14", "court"),
        ("2025-06-15", "2025-06-15", "interruption"),
        ("2025-06-16", "2027-06-15", "court"),
        ("2027-06-16", None, "acquise"),
    ]
    assert all(e["cause"] and e["article"] for e in resultat["frise"])
    assert (resultat["regle"], resultat["alias"], resultat["duree"]) == ("P-03", "facture_consommateur", "P2Y")
    assert "C. civ. 2240" in resultat["articles"]
    assert resultat["avertissements"] == []


@pytest.mark.parametrize("cas", EXEMPLES, ids=[cas["id"] for cas in EXEMPLES])
def test_les_exemples_de_la_table(cas):
    arguments = ["--nature", cas["regle"], "--depart", cas["depart"].isoformat(), "--au", "2026-11-21"]
    for evenement in cas["evenements"]:
        fin = f"/{evenement['fin'].isoformat()}" if "fin" in evenement else ""
        arguments += ["--evenement", f"{evenement['date'].isoformat()}{fin}:{evenement['code']}"]
        if evenement.get("non_avenue"):
            arguments += ["--non-avenue", evenement["date"].isoformat()]
    if "naissance" in cas:
        arguments += ["--naissance", cas["naissance"].isoformat()]
    if "depart_plaidable" in cas:
        arguments += ["--depart-plaidable", cas["depart_plaidable"].isoformat()]
    if cas.get("depart_a_zero_heure"):
        arguments.append("--zero-heure")
    resultat = run_json(*arguments)
    assert resultat["terme"] == cas["terme"].isoformat()
    assert resultat["acquise"] == (cas["terme"] < date(2026, 11, 21))
    assert resultat["terme_plaidable"] == (cas["terme_plaidable"].isoformat() if "terme_plaidable" in cas else None)


@pytest.mark.parametrize(
    "evenement",
    [
        "2025-11-01/2026-02-15:SUS-MED",
        "01/11/2025/15/02/2026:sus_med",
        " 1.11.2025 / 15-02-2026 : SUS-MED",
    ],
)
def test_les_facons_d_ecrire_un_evenement(evenement):
    resultat = run_json("--nature", "p03", "--depart", "10/01/2024", "--evenement", evenement, "--au", "2026-03-01")
    assert resultat["terme"] == "2026-08-15"


def test_le_texte_se_lit():
    sortie = run(*BASE, "--depart-plaidable", "2023-12-15", "--evenement", "2025-08-01:SANS-LRAR").stdout
    assert "Terme : 01/09/2025" in sortie
    assert "Terme plaidable : 15/12/2025" in sortie
    assert "sans effet" in sortie
    assert "non acquise" in sortie
    acquise = run("--nature", "cheque", "--depart", "2025-08-31", "--au", "2026-03-01").stdout
    assert "Durée : 6 mois" in acquise
    assert "À savoir : Présentation : 8 jours." in acquise
    assert "acquise : le droit d'agir est perdu" in acquise
    assert "Durée : 1 an (" in run("--nature", "telecom", "--depart", "2025-08-31", "--au", "2026-03-01").stdout


def test_sans_au_on_regarde_aujourd_hui(monkeypatch):
    monkeypatch.setattr("exigible.cli.calcul.prescription.get_aujourd_hui", lambda: date(2025, 9, 2))
    resultat = run_json(*BASE[:-2])
    assert (resultat["au"], resultat["acquise"]) == ("2025-09-02", True)


def test_aujourd_hui_est_un_jour():
    from exigible.cli.calcul.prescription import get_aujourd_hui

    assert type(get_aujourd_hui()) is date


def test_un_evenement_futur_est_compte_et_signale():
    resultat = run_json(*BASE, "--evenement", "2025-08-15:INT-REC")
    assert resultat["terme"] == "2027-08-15"
    assert [a["code"] for a in resultat["avertissements"]] == ["evenement_futur"]


def test_une_instance_sans_fin_le_dit():
    assignation = [*BASE[:-1], "2030-01-01", "--evenement", "2025-08-20:INT-JUS"]
    resultat = run_json(*assignation)
    assert (resultat["en_cours"], resultat["acquise"]) == (True, False)
    assert "non acquise : une instance arrête le délai" in run(*assignation).stdout
    assert run_json(*BASE)["en_cours"] is False


def test_non_avenue_efface_ce_qui_peut_l_etre():
    le_meme_jour = ["--evenement", "2025-06-15:INT-REC", "--evenement", "2025-06-15:INT-JUS"]
    resultat = run_json(*BASE, *le_meme_jour, "--non-avenue", "2025-06-15")
    assert resultat["terme"] == "2027-06-15"
    assert {e["effet"] for e in resultat["frise"]} >= {"interruption", "non_avenu"}


@pytest.mark.parametrize(
    ("arguments", "code", "champ"),
    [
        (["--depart", "2023-09-01"], "parametre_manquant", "--nature"),
        (["--nature", "P-03"], "parametre_manquant", "--depart"),
        (["--nature", "P-99", "--depart", "2023-09-01"], "nature_inconnue", "--nature"),
        (["--nature", "P-28", "--depart", "2023-09-01"], "regle_de_renvoi", "--nature"),
        (["--nature", "P-03", "--depart", "31/02/2023"], "date_inexistante", "--depart"),
        ([*BASE, "--evenement", "2025-06-15"], "evenement_illisible", "--evenement"),
        ([*BASE, "--evenement", "INT-REC:2025-06-15"], "evenement_illisible", "--evenement"),
        ([*BASE, "--evenement", "2025-06-31:INT-REC"], "date_inexistante", "--evenement"),
        ([*BASE, "--evenement", "2025-06-15:INT-RIEN"], "code_inconnu", "--evenement"),
        ([*BASE, "--evenement", "2025-06-15:SUS-MED"], "fin_manquante", "--evenement"),
        ([*BASE, "--evenement", "2025-06-15/2025-06-01:SUS-MED"], "dates_inversees", "--evenement"),
        ([*BASE, "--non-avenue", "2025-06-15"], "interruption_introuvable", "--non-avenue"),
        (
            [*BASE, "--evenement", "2025-06-15:SANS-LRAR", "--non-avenue", "2025-06-15"],
            "interruption_introuvable",
            "--non-avenue",
        ),
        ([*BASE, "--naissance", "2024-01-01"], "naissance_apres_depart", "--naissance"),
        ([*BASE, "--clause-ans", "3"], "clause_interdite", "--clause-ans"),
        ([*BASE, "--depart-plaidable", "2023-08-01"], "departs_inverses", "--depart-plaidable"),
    ],
)
def test_refus(arguments, code, champ):
    erreur = run_erreur(*arguments)
    assert (erreur["code"], erreur["champ"]) == (code, champ)


def test_la_liste():
    liste = run_json("--liste")
    assert {nature["regle"] for nature in liste["natures"]} >= {"P-01", "P-28", "P-30"}
    assert next(n for n in liste["natures"] if n["regle"] == "P-28")["duree"] is None
    assert {code["code"] for code in liste["codes"]} >= {"INT-REC", "SUS-MED", "INCIDENT", "SANS-LRAR"}
    texte = run("--liste").stdout
    assert "facture_consommateur" in texte
    assert "interrompt jusqu'à la fin de l'instance" in texte
