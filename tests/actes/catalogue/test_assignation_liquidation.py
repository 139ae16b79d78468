"""What the creditor who asks for a liquidation is told, and what the summons may ask besides."""

import json
from datetime import date

from dossiers_des_actes import DOSSIERS

from exigible.actes.demande import build_demande
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte
from exigible.dossier.description import fold_description, parse_description

AU = date(2026, 11, 21)


def prepare(*, a_echoir=False, **saisies):
    description = json.loads(DOSSIERS["professionnel"].read_text(encoding="utf-8"))
    if a_echoir:
        fait = {"type": "creance_nee", "cle": "F-2", "numero": "F-2", "emission": "2026-11-02", "montant": "900.00"}
        description["faits"].append({"date_effet": "2026-11-02", "fait": {**fait, "echeance": "2026-12-31"}})
    etat = fold_description(parse_description(json.dumps(description).encode()), AU)
    return prepare_acte(build_demande(get_modele("assignation_liquidation"), etat, saisies=saisies))


def list_codes(acte):
    return [a.code for a in acte.avertissements]


def test_la_liquidation_rendrait_exigible_ce_qui_ne_l_est_pas():
    assert "creances_a_echoir" in list_codes(prepare(a_echoir=True))
    assert "creances_a_echoir" not in list_codes(prepare())


def test_le_redressement_ne_se_demande_qu_a_titre_subsidiaire():
    seule, avec = prepare().texte, prepare(subsidiaire="oui").texte
    assert "R640-1, alinéa 2" in seule.replace("\xa0", " ")
    assert "À titre subsidiaire" not in seule
    assert avec.count("À titre subsidiaire") == 2
