"""What a bank leaves on seized accounts."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.erreurs import ErreurBareme, ErreurSaisie
from exigible.droit.solde_bancaire import compute_forfait, compute_solde_saisi
from exigible.droit.valeurs import ValeurAjoutee

D = Decimal
JOUR = date(2026, 5, 5)


@pytest.mark.parametrize(
    ("solde", "jour", "laisse", "saisissable"),
    [
        pytest.param("800.00", date(2024, 6, 1), "635.71", "164.29", id="exemple de rsa-info.fr"),
        pytest.param("800.00", JOUR, "651.69", "148.31", id="2026"),
        pytest.param("800.00", date(2026, 3, 31), "646.52", "153.48", id="la veille de la revalorisation"),
        pytest.param("300.00", JOUR, "300.00", "0.00", id="jamais plus que le solde"),
        pytest.param("0.00", JOUR, "0.00", "0.00", id="compte vide"),
    ],
)
def test_solde_saisi(solde, jour, laisse, saisissable):
    saisi = compute_solde_saisi(D(solde), jour)
    assert (str(saisi.laisse), str(saisi.saisissable)) == (laisse, saisissable)
    assert saisi.avertissements == ()
    assert saisi.articles == ("CPCE L162-2", "CPCE R162-2")


def test_solde_debiteur():
    saisi = compute_solde_saisi(D("-50.00"), JOUR)
    assert (saisi.laisse, saisi.saisissable) == (0, 0)
    assert [a.code for a in saisi.avertissements] == ["solde_debiteur"]


@pytest.mark.parametrize(
    ("precedente", "laisse"),
    [
        (date(2026, 4, 4), "651.69"),
        (date(2026, 4, 5), "0.00"),
        (date(2026, 5, 5), "0.00"),
    ],
)
def test_une_seule_fois_par_mois(precedente, laisse):
    saisi = compute_solde_saisi(D("800.00"), JOUR, saisie_precedente=precedente)
    assert str(saisi.laisse) == laisse
    assert bool(saisi.avertissements) == (laisse == "0.00")
    assert "CPCE R162-3" in saisi.articles


def test_le_jour_ou_la_somme_est_due_de_nouveau_est_dit():
    saisi = compute_solde_saisi(D("800.00"), JOUR, saisie_precedente=date(2026, 4, 30))
    assert "à partir du 31/05/2026" in saisi.avertissements[0].message


@pytest.mark.parametrize(
    ("insaisissables", "laisse"), [("200.00", "651.69"), ("700.00", "700.00"), ("900.00", "800.00")]
)
def test_la_plus_haute_des_deux_sommes_est_laissee(insaisissables, laisse):
    saisi = compute_solde_saisi(D("800.00"), JOUR, insaisissables=D(insaisissables))
    assert str(saisi.laisse) == laisse
    assert "CPCE R162-7" in saisi.articles


def test_les_sommes_insaisissables_restent_meme_dans_le_mois():
    saisi = compute_solde_saisi(D("800.00"), JOUR, saisie_precedente=JOUR, insaisissables=D("200.00"))
    assert str(saisi.laisse) == "200.00"


@pytest.mark.parametrize(
    ("champ", "valeur", "code"),
    [("insaisissables", D("-0.01"), "montant_negatif"), ("saisie_precedente", date(2026, 5, 6), "dates_inversees")],
)
def test_un_montant_negatif_ou_une_saisie_a_venir_est_refuse(champ, valeur, code):
    with pytest.raises(ErreurSaisie) as refus:
        compute_solde_saisi(D("800.00"), JOUR, **{champ: valeur})
    assert (refus.value.code, refus.value.champ) == (code, champ)


def test_la_periode_et_la_source_du_forfait_sont_rendues_avec_le_solde():
    saisi = compute_solde_saisi(D("800.00"), JOUR)
    assert (saisi.solde, saisi.sbi) == (D("800.00"), D("651.69"))
    assert (saisi.debut, saisi.fin) == (date(2026, 4, 1), date(2027, 3, 31))
    assert saisi.source.startswith("décret n° 2026-220 du 30 mars 2026")


def test_apres_le_dernier_forfait_connu_rien_n_est_devine_sans_le_demander():
    with pytest.raises(ErreurBareme) as refus:
        compute_solde_saisi(D("800.00"), date(2027, 4, 1))
    assert refus.value.code == "date_hors_bareme"
    saisi = compute_solde_saisi(D("800.00"), date(2027, 4, 1), provisoire=True)
    assert (str(saisi.laisse), [a.code for a in saisi.avertissements]) == ("651.69", ["taux_provisoire"])


def test_un_forfait_ajoute_par_l_utilisateur_est_celui_qui_est_laisse():
    ajout = ValeurAjoutee(
        *("solde_bancaire_insaisissable", "metropole", date(2027, 4, 1), (D("660.00"),)),
        *("décret fictif", date(2027, 4, 2)),
    )
    saisi = compute_solde_saisi(D("800.00"), date(2027, 4, 1), ajouts=(ajout,))
    assert (str(saisi.laisse), [a.code for a in saisi.avertissements]) == ("660.00", ["valeur_saisie"])


@pytest.mark.parametrize("jour", [date(2009, 12, 31), date(2027, 4, 1)])
def test_hors_bareme(jour):
    with pytest.raises(ErreurBareme):
        compute_forfait(jour)


def test_provisoire():
    forfait = compute_forfait(date(2027, 4, 1), provisoire=True)
    assert str(forfait.montant) == "651.69"
    assert [a.code for a in forfait.avertissements] == ["taux_provisoire"]


@given(
    st.decimals(-10_000, 10_000, places=2),
    st.dates(date(2010, 1, 1), date(2027, 3, 31)),
    st.decimals(0, 5_000, places=2),
)
def test_le_solde_se_partage_sans_perte(solde, jour, insaisissables):
    saisi = compute_solde_saisi(solde, jour, insaisissables=insaisissables)
    assert saisi.laisse + saisi.saisissable == max(solde, D(0))
    assert saisi.laisse >= 0
    assert saisi.saisissable >= 0
