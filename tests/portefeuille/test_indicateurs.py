"""The indicators against cases published by others, and at their edges."""

import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.erreurs import ErreurSaisie
from exigible.portefeuille.indicateurs import (
    VentesDuMois,
    compute_dso,
    compute_dso_par_epuisement,
    compute_efficacite,
    compute_retard_moyen,
)

CAS = json.loads((Path(__file__).parent / "donnees" / "indicateurs.json").read_text(encoding="utf-8"))["cas"]
MONTANTS = st.decimals(min_value=0, max_value=10**7, places=2)
D = Decimal


def play(genre, entree):
    nombres = {cle: D(valeur) if isinstance(valeur, str) else valeur for cle, valeur in entree.items()}
    if genre == "epuisement":
        return compute_dso_par_epuisement(nombres["encours"], [VentesDuMois(D(m), j) for m, j in entree["mois"]])
    return {"dso": compute_dso, "retard": compute_retard_moyen, "efficacite": compute_efficacite}[genre](**nombres)


@pytest.mark.parametrize("cas", CAS, ids=[cas["id"] for cas in CAS])
def test_cas_publie(cas):
    attendu = D(cas["attendu"])
    assert play(cas["genre"], cas["entree"]).quantize(attendu, rounding=ROUND_HALF_UP) == attendu
    assert "publie" not in cas or (cas["publie"] != cas["attendu"] and cas["explication"])


def test_l_epuisement_dit_quand_les_mois_ne_suffisent_pas():
    mois = [VentesDuMois(D(100), 30)]
    assert compute_dso_par_epuisement(D(101), mois) is None
    assert compute_dso_par_epuisement(D(100), mois) == 30
    assert compute_dso_par_epuisement(D(0), []) == 0


def test_un_mois_sans_vente_compte_ses_jours():
    assert compute_dso_par_epuisement(D(50), [VentesDuMois(D(0), 31), VentesDuMois(D(100), 30)]) == 31 + 15


@given(MONTANTS, st.lists(MONTANTS, max_size=6))
def test_plus_d_encours_ne_donne_jamais_moins_de_jours(encours, ventes):
    mois = [VentesDuMois(montant, 30) for montant in ventes]
    jours, davantage = (compute_dso_par_epuisement(somme, mois) for somme in (encours, encours + 1))
    assert davantage is None or (jours is not None and jours <= davantage)


@pytest.mark.parametrize(
    "appel",
    [
        lambda: compute_dso(D(1), D(0), 90),
        lambda: compute_dso(D(-1), D(10), 90),
        lambda: compute_dso_par_epuisement(D(-1), []),
        lambda: compute_efficacite(D(1), D(1), 0, D(1), D(1)),
        lambda: compute_efficacite(D(10), D(3), 3, D(5), D(11)),
    ],
)
def test_un_rapport_sans_sens_est_refuse(appel):
    with pytest.raises(ErreurSaisie) as refus:
        appel()
    assert refus.value.code == "indicateur_impossible"
