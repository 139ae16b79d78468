"""A claim that contradicts itself is refused, its field named; an order of payment holds from first to last day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.creance import CAPITAL_D_ABORD, ORDRE_LEGAL, Creance, OrdreImputation, Parts, Poste
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.interets import Regime, RegleInterets

D, ECHEANCE, JUGEMENT, FIN = Decimal, date(2025, 9, 30), date(2026, 1, 5), date(2026, 3, 31)
CONVENU = RegleInterets(Regime.CONVENU, ECHEANCE, taux=D(5), arret=JUGEMENT)
LEGAL = RegleInterets(Regime.LEGAL, JUGEMENT)
CREANCE = Creance("F1", "Facture F1", D("100.00"), ECHEANCE, CONVENU)
ORDRE = OrdreImputation(JUGEMENT, CAPITAL_D_ABORD, "C. civ. 1343-5", FIN)


@pytest.mark.parametrize("champ", ["principal", "indemnite", "frais"])
@pytest.mark.parametrize(
    ("montant", "code", "dit"),
    [
        ("-0.01", "montant_negatif", "négatif"),
        ("40.001", "montant_trop_precis", "plus fin que le centime"),
    ],
)
def test_un_montant_negatif_ou_plus_fin_que_le_centime_est_refuse(champ, montant, code, dit):
    with pytest.raises(ErreurSaisie) as refus:
        replace(CREANCE, **{champ: D(montant)})
    assert (refus.value.code, refus.value.champ, refus.value.parametres) == (code, champ, {"cle": "F1"})
    assert refus.value.message == f"La créance « F1 » a un montant {dit} ({champ})."
    assert getattr(replace(CREANCE, **{champ: D("0.000")}), champ) == 0


@pytest.mark.parametrize(
    ("regle", "suites", "jour"),
    [
        (CONVENU, (replace(LEGAL, depart=date(2026, 1, 3)),), "04/01/2026"),
        (replace(CONVENU, arret=None), (LEGAL,), "06/01/2026"),
        (CONVENU, (LEGAL, replace(CONVENU, depart=ECHEANCE, arret=None)), "06/01/2026"),
    ],
)
def test_deux_interets_de_retard_les_memes_jours_sont_refuses(regle, suites, jour):
    with pytest.raises(ErreurSaisie) as refus:
        replace(CREANCE, regle=regle, suites=suites)
    assert (refus.value.code, refus.value.champ, refus.value.parametres) == ("cumul_moratoire", "suites", {"cle": "F1"})
    assert f"« F1 » porterait deux intérêts de retard à partir du {jour} :" in refus.value.message


def test_les_interets_de_retard_se_suivent_du_jour_au_lendemain():
    assert replace(CREANCE, suites=(LEGAL,)).regles == (CONVENU, LEGAL)
    assert replace(CREANCE, regle=None, suites=(LEGAL,)).regles == (LEGAL,)


@pytest.mark.parametrize(
    "ordre", [(), ORDRE_LEGAL[:3], (*ORDRE_LEGAL, Poste.FRAIS), (Poste.FRAIS, Poste.FRAIS, *ORDRE_LEGAL[2:])]
)
def test_un_ordre_nomme_une_fois_chaque_poste(ordre):
    with pytest.raises(ErreurSaisie) as refus:
        replace(ORDRE, ordre=ordre)
    assert (refus.value.code, refus.value.champ) == ("ordre_incomplet", "ordre")


def test_un_ordre_ne_finit_pas_avant_d_avoir_commence():
    assert replace(ORDRE, au=JUGEMENT).covers(JUGEMENT)
    with pytest.raises(ErreurSaisie) as refus:
        replace(ORDRE, au=ECHEANCE)
    assert (refus.value.code, refus.value.champ) == ("dates_inversees", "au")
    assert "finit le 30/09/2025, avant d'avoir commencé le 05/01/2026" in refus.value.message


@pytest.mark.parametrize(
    ("jour", "rang"),
    [(date(2026, 1, 4), None), (JUGEMENT, 0), (date(2026, 2, 28), 0), (date(2026, 3, 1), 1), (FIN, 1)],
)
def test_le_dernier_ordre_qui_couvre_le_jour_l_emporte(jour, rang):
    ordres = (ORDRE, OrdreImputation(date(2026, 3, 1), ORDRE_LEGAL, "accord"))
    assert replace(CREANCE, ordres=ordres).get_ordre(jour) == (None if rang is None else ordres[rang])
    assert replace(CREANCE, ordres=ordres[:1]).get_ordre(date(2026, 4, 1)) is None


def test_les_parts_s_ajoutent_poste_par_poste():
    somme = Parts(D(1), D(2), D(4), D(8)) + Parts(D(16), D(32), D(64), D(128))
    assert (somme, somme.total) == (Parts(D(17), D(34), D(68), D(136)), D(255))
