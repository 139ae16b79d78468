"""`exigible plan`: a plan before it is signed, as a program and as a person call it."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from appels import Appel

DOSSIER = {
    "creancier": {"nom": "Atelier Exemple"},
    "debiteur": {"nom": "Client Exemple", "qualite": "professionnel"},
    "reclamation": {"penalites": "reclamer", "indemnite": "reclamer"},
    "faits": [
        {
            "date_effet": "2026-03-01",
            "fait": {
                "type": "creance_nee", "cle": cle, "numero": numero, "emission": "2026-03-01",
                "echeance": "2026-03-31", "montant": montant,
            },
        }
        for cle, numero, montant in (("A", "F-1", "6000,00"), ("B", "F-2", "900,00"))
    ],
}  # fmt: skip


@pytest.fixture(name="plan")
def _plan(tmp_path):
    fichier = tmp_path / "dossier.json"
    fichier.write_text(json.dumps(DOSSIER), encoding="utf-8")
    return Appel("plan", str(fichier), "--au", "2026-06-30", "--premiere", "2026-07-31")


def test_l_exemple_entre_professionnels(plan):
    lu = plan.read_json("--interets", "maintenus", "--echeances", "3", "--facture", "F-1")
    assert lu["echeances"][0] == {
        "date": "2026-07-31",
        "montant": "2284.94",
        "principal": "2000.00",
        "interets": "244.94",
        "indemnites": "40.00",
        "frais": "0.00",
    }
    assert [e["montant"] for e in lu["echeances"]] == ["2284.94", "2042.13", "2020.38"]
    assert (lu["total"], lu["principal"], lu["interets"], lu["indemnites"]) == (
        "6347.45",
        "6000.00",
        "307.45",
        "40.00",
    )
    assert lu["creances"] == ["A"]
    assert lu["sans_plan"] == {"au": "2026-09-30", "total_du": "6409.28"}
    assert lu["interets_abandonnes"] == "0.00"
    assert "C. civ. 2240" in lu["articles"]
    assert {"code", "message"} == set(lu["avertissements"][0])


def test_les_mots_usuels_et_la_mensualite(plan):
    lu = plan.read_json("--interets", "Abandonnés", "--mensualite", "2 500,00", "--facture", "A")
    assert [e["montant"] for e in lu["echeances"]] == ["2500.00", "2500.00", "1221.75"]
    assert lu["interets_abandonnes"] == "116.55"


def test_une_progression_et_le_capital_d_abord(plan):
    lu = plan.read_json("--interets", "geles", "--echeances", "3", "--progression", "50", "--capital-d-abord")
    assert [e["interets"] for e in lu["echeances"][:2]] == ["0.00", "0.00"]
    montants = [Decimal(e["montant"]) for e in lu["echeances"]]
    assert montants == sorted(montants)


def test_un_texte_pour_les_personnes(plan):
    resultat = plan.run("--interets", "geles", "--echeances", "2")
    assert resultat.exit_code == 0
    for attendu in ("plan simulé au 30/06/2026", "31/07/2026", "Total", "Sans plan ni paiement", "Attention :"):
        assert attendu in resultat.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "champ"),
    [
        (("--interets", "geles"), "nombre_ou_mensualite", "--echeances"),
        (("--interets", "geles", "--echeances", "2", "--facture", "Z"), "creance_inconnue", "--facture"),
        (("--interets", "autrement", "--echeances", "2"), "valeur_invalide", "--interets"),
        (("--interets", "maintenus", "--echeances", "12"), "date_hors_bareme", None),
        (("--interets", "geles", "--mensualite", "10"), "mensualite_insuffisante", "--mensualite"),
    ],
)
def test_un_refus_dit_quoi_faire(plan, arguments, code, champ):
    erreur = plan.read_erreur(*arguments)
    assert (erreur["code"], erreur["champ"]) == (code, champ)


def test_un_fichier_absent(tmp_path):
    absent = Appel("plan", str(tmp_path / "rien.json"), "--au", "2026-06-30", "--premiere", "2026-07-31")
    assert absent.read_erreur("--interets", "geles", "--echeances", "2")["code"] == "fichier_illisible"
