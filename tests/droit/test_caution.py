"""The account of a surety who was not informed (C. civ. 2302, 2303): what he no longer owes, day by day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.caution import DefautInformation, compute_decompte_caution
from exigible.droit.creance import CAPITAL_D_ABORD, ORDRE_LEGAL, Creance, OrdreImputation
from exigible.droit.decompte import compute_decompte
from exigible.droit.erreurs import ErreurBareme, ErreurSaisie
from exigible.droit.interets import Regime, RegleInterets
from exigible.droit.pauses import MotifPause, Pause
from exigible.droit.versements import ModeImputation, Versement

D, ECHEANCE, ARTICLE = Decimal, date(2025, 9, 30), "C. civ. 2302 et 2303"
REGLE = RegleInterets(Regime.CONVENU, ECHEANCE, taux=D("36.5"))
CREANCE = Creance("F1", "Facture F1", D("1000.00"), ECHEANCE, REGLE, indemnite=D("40.00"))
AUTRE = Creance("F2", "Facture F2", D("500.00"), ECHEANCE, None)
DEFAUT = DefautInformation(date(2025, 10, 11), date(2025, 10, 20))


def compute(*defauts, creances=(CREANCE,), versements=(), au=date(2025, 10, 30), **options):
    return compute_decompte_caution("F1", creances, versements, au, defauts, **options)


def pay(jour, montant, *creances, **options):
    return Versement("V1", jour, D(montant), creances, **options)


@pytest.mark.parametrize(
    ("defauts", "lignes"),
    [
        ((), [("2025-10-01", "2025-10-30", "30.00")]),
        ((DEFAUT,), [("2025-10-01", "2025-10-10", "10.00"), ("2025-10-21", "2025-10-30", "10.00")]),
        ((DefautInformation(date(2025, 10, 11)),), [("2025-10-01", "2025-10-10", "10.00")]),
        ((DEFAUT, DefautInformation(date(2025, 10, 1), date(2025, 10, 10))), [("2025-10-21", "2025-10-30", "10.00")]),
    ],
)
def test_l_interet_des_jours_sans_information_est_perdu(defauts, lignes):
    decompte = compute(*defauts)
    assert [(str(ligne.du), str(ligne.au), str(ligne.montant)) for ligne in decompte.lignes] == lignes
    assert [a.code for a in decompte.avertissements] == ["interets_suspendus"] * len(defauts)


def test_chaque_regle_de_la_creance_perd_ses_interets_et_garde_ses_pauses():
    pause = Pause(date(2025, 10, 1), MotifPause.DELAI_DE_GRACE, date(2025, 10, 5))
    avant = replace(REGLE, arret=date(2025, 10, 15), pauses=(pause,))
    apres = replace(REGLE, depart=date(2025, 10, 15))
    lignes = compute(DEFAUT, creances=[replace(CREANCE, regle=avant, suites=(apres,))]).lignes
    assert [(str(ligne.du), str(ligne.au)) for ligne in lignes] == [
        ("2025-10-06", "2025-10-10"),
        ("2025-10-21", "2025-10-30"),
    ]


@pytest.mark.parametrize(
    ("du", "au", "indemnite"),
    [
        (date(2025, 10, 1), date(2025, 10, 1), "0.00"),
        (date(2025, 9, 1), date(2025, 9, 30), "40.00"),
        (date(2025, 10, 2), None, "40.00"),
    ],
)
def test_l_indemnite_est_perdue_si_elle_est_nee_un_jour_sans_information(du, au, indemnite):
    assert compute(DefautInformation(du, au)).indemnites == D(indemnite)


@pytest.mark.parametrize(
    ("jour", "principal"),
    [
        (date(2025, 10, 10), "50.00"),
        (date(2025, 10, 11), "100.00"),
        (date(2025, 10, 20), "100.00"),
        (date(2025, 10, 21), "49.00"),
    ],
)
def test_un_versement_d_un_jour_sans_information_va_au_principal(jour, principal):
    """Any other day, the 40 € and the interest that accrued are paid first."""
    decompte = compute(DEFAUT, versements=[pay(jour, "100.00")])
    assert [imputation.principal for imputation in decompte.imputations] == [D(principal)]
    assert ARTICLE in decompte.articles


def test_la_decheance_l_emporte_sur_l_ordre_convenu():
    convenu = replace(CREANCE, ordres=(OrdreImputation(ECHEANCE, ORDRE_LEGAL, "contrat"),))
    (imputation,) = compute(DEFAUT, creances=[convenu], versements=[pay(DEFAUT.du, "100.00")]).imputations
    assert imputation.principal == D("100.00")
    juge = replace(CREANCE, ordres=(OrdreImputation(ECHEANCE, CAPITAL_D_ABORD, "C. civ. 1343-5"),))
    (imputation,) = compute(DEFAUT, creances=[juge], versements=[pay(date(2025, 10, 25), "100.00")]).imputations
    assert imputation.principal == D("100.00")


def test_un_avoir_reste_impute_sur_le_principal():
    avoir = pay(date(2025, 10, 10), "100.00", imputation=ModeImputation.PRINCIPAL)
    (imputation,) = compute(DEFAUT, versements=[avoir]).imputations
    assert (imputation.principal, imputation.versement, imputation.date) == (D("100.00"), "V1", avoir.date)


def test_la_caution_ne_doit_que_la_creance_qu_elle_garantit():
    versements = [pay(date(2025, 10, 30), "600.00", "F2", accord_creancier=True)]
    decompte = compute(creances=[AUTRE, CREANCE], versements=versements)
    debiteur = compute_decompte([AUTRE, CREANCE], versements, date(2025, 10, 30))
    assert [solde.cle for solde in decompte.soldes] == ["F1"]
    assert sum(i.montant for i in decompte.imputations) == D("100.00")
    assert decompte.total_du == debiteur.total_du == D("970.00")


def test_une_creance_qui_n_est_pas_au_dossier_est_refusee():
    with pytest.raises(ErreurSaisie) as refus:
        compute(creances=[AUTRE])
    assert (refus.value.code, refus.value.champ, refus.value.parametres) == ("creance_inconnue", "cle", {"cle": "F1"})
    assert "« F1 »" in refus.value.message


def test_au_dela_des_baremes_la_caution_suit_le_debiteur():
    legale = [replace(CREANCE, regle=RegleInterets(Regime.LEGAL, date(2026, 9, 30)))]
    au = date(2027, 1, 31)
    with pytest.raises(ErreurBareme):
        compute(creances=legale, au=au)
    assert [ligne.provisoire for ligne in compute(creances=legale, au=au, provisoire=True).lignes] == [False, True]
    arretee = compute(creances=legale, au=au, arreter_au_dernier_connu=True)
    assert arretee.interets_arretes_au == date(2026, 12, 31)


def test_une_creance_sans_interet_perd_encore_son_indemnite():
    sans_interet = replace(CREANCE, regle=None)
    decompte = compute(DefautInformation(ECHEANCE), creances=[sans_interet])
    assert (decompte.lignes, decompte.total_du) == ((), D("1000.00"))
    paye = compute(DefautInformation(ECHEANCE), creances=[sans_interet], versements=[pay(DEFAUT.du, "100.00")])
    assert paye.articles == ("C. civ. 1343-1", ARTICLE)
