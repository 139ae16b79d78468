"""What a receipt and the papers of a collector say of how money came, and of where they are written."""

import json

import pytest
from dossiers_des_actes import AU, DOSSIERS, load_dossier

from exigible.actes.demande import build_demande
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte
from exigible.actes.vocabulaire.recouvreur import write_lieu_date
from exigible.dossier.description import fold_description, parse_description

JOUR = "21 novembre 2026"


def write(dossier, **saisies):
    demande = build_demande(get_modele("quittance"), load_dossier(dossier), saisies={"paiement": "p-1", **saisies})
    return prepare_acte(demande).texte.replace("\u00a0", " ")


def test_le_moyen_est_celui_qui_fut_enregistre():
    assert "versée le 10/07/2026 par virement, sous réserve" in write("professionnel")


def test_le_moyen_repondu_l_emporte():
    assert "versée le 10/07/2026 par chèque, sous réserve" in write("professionnel", moyen="Chèque")
    assert "versée le 10/07/2026 en espèces, sous réserve" in write("professionnel", moyen="Espèces")


def test_la_quittance_va_a_qui_a_paye():
    description = json.loads(DOSSIERS["solidaires"].read_bytes())
    codebiteur = next(f["fait"] for f in description["faits"] if "codebiteur" in f["fait"].get("role", ""))
    paiement = next(f["fait"] for f in description["faits"] if f["fait"]["type"] == "paiement_recu")
    paiement["payeur"] = codebiteur["cle"]
    etat = fold_description(parse_description(json.dumps(description).encode()), AU)
    texte = prepare_acte(build_demande(get_modele("quittance"), etat, saisies={"paiement": "p-1"})).texte
    assert "versée le 10/07/2026 par Scierie Imaginaire SAS, par virement" in texte
    assert "8 chemin du Bois" in texte
    assert "12 avenue des Tests" not in texte
    assert "les autres débiteurs solidaires\u00a0: Menuiserie Fictive (article" in texte


def test_le_recouvreur_ecrit_de_chez_lui():
    texte = write(
        "consommateur_mandant",
        signe_par="Alex Recouvreur",
        recouvreur_adresse="8 rue du Recouvrement, 99300 ESSAIVILLE",
    )
    assert f"Essaiville, le {JOUR}" in texte


@pytest.mark.parametrize(
    ("adresse", "attendu"),
    [
        (("5 rue du Test", "99300 ESSAIVILLE"), f"Essaiville, le {JOUR}"),
        (("5 rue du Test", "99300 L’Essai-sur-Test"), f"L’Essai-sur-Test, le {JOUR}"),
        (("12345 rue du Test 6",), f"Le {JOUR}"),
        ((), f"Le {JOUR}"),
    ],
)
def test_la_ville_est_celle_de_l_adresse(adresse, attendu):
    assert write_lieu_date(adresse, JOUR) == attendu
