from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.durees import Duree
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.reversement import Convention, compute_reversement

D = Decimal

JOUR = date(2026, 3, 10)


def test_la_commission_peut_ne_porter_que_sur_le_principal():
    reversement = compute_reversement(D("1000.00"), JOUR, Convention(D(10), D(20)), assiette=D("855.55"))
    assert (reversement.commission, reversement.tva) == (D("85.56"), D("17.11"))
    assert (reversement.facture, reversement.montant) == (D("102.67"), D("1000.00"))
    assert reversement.articles == ("CPCE R124-3", "CPCE R124-6 al. 2")


def test_rien_n_est_facture_si_la_commission_ne_porte_sur_rien():
    reversement = compute_reversement(D("1000.00"), JOUR, Convention(D(10), D(20)), assiette=D(0))
    assert (reversement.encaisse, reversement.facture, reversement.montant) == (D("1000.00"), D(0), D("1000.00"))


def test_la_convention_fixe_un_autre_delai():
    convention = Convention(D(10), D(20), delai=Duree(jours=15))
    assert compute_reversement(D("1000.00"), JOUR, convention).au_plus_tard == date(2026, 3, 25)


def test_le_taux_de_tva_est_a_verifier():
    (alerte,) = compute_reversement(D("1000.00"), JOUR, Convention(D(10), D(20))).avertissements
    assert (alerte.code, alerte.parametres) == ("tva_a_verifier", {"taux": "20"})


@pytest.mark.parametrize("taux", ["-0.01", "100.01", "NaN", "Infinity"])
@pytest.mark.parametrize("champ", ["commission", "tva"])
def test_un_taux_impossible_est_refuse(champ, taux):
    with pytest.raises(ErreurSaisie, match="de 0 à 100") as refus:
        Convention(**{"commission": D(10), "tva": D(20), champ: D(taux)})
    assert (refus.value.code, refus.value.champ) == ("taux_hors_limites", champ)


@pytest.mark.parametrize(
    ("encaisse", "assiette"), [("0.00", None), ("-5.00", None), ("10.00", "-0.01"), ("10.00", "10.01")]
)
def test_une_somme_impossible_est_refusee(encaisse, assiette):
    with pytest.raises(ErreurSaisie) as refus:
        compute_reversement(D(encaisse), JOUR, Convention(D(10), D(20)), assiette=assiette and D(assiette))
    assert (refus.value.code, refus.value.champ) == ("montant_hors_limites", "encaisse")


def test_une_commission_qui_mange_tout_n_est_pas_retenue():
    with pytest.raises(ErreurSaisie, match=r"108,00\u00a0€ TVA comprise") as refus:
        compute_reversement(D("100.00"), JOUR, Convention(D(90), D(20), retenue=True))
    assert (refus.value.code, refus.value.champ) == ("commission_excessive", "commission")
    assert compute_reversement(D("100.00"), JOUR, Convention(D(90), D(20))).montant == D("100.00")
    reste = compute_reversement(D("100.00"), JOUR, Convention(D(100), D(0), retenue=True))
    assert reste.montant == 0
