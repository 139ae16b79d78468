"""Who bears a cost of collection: what no text puts on the debtor stays with the creditor, or waits."""

from __future__ import annotations

from datetime import date

import pytest

from exigible.droit.charge_des_frais import ChargeFrais, FaitsFrais, NatureFrais, choose_charge

JOUR = date(2026, 3, 10)
AVANT, APRES = date(2026, 3, 9), date(2026, 3, 11)
N, C = NatureFrais, ChargeFrais


@pytest.mark.parametrize(
    ("nature", "champs", "charge", "article"),
    [
        # before a title: the creditor, whatever was done
        (N.RECOUVREMENT_AMIABLE, {}, C.CREANCIER, "CPCE L111-8 al. 2"),
        (N.ACTE_D_EXECUTION, {}, C.CREANCIER, "CPCE L111-8 al. 2"),
        (N.ACTE_D_EXECUTION, {"titre_le": APRES}, C.CREANCIER, "CPCE L111-8 al. 2"),
        (N.EMOLUMENT_DU_DEBITEUR, {}, C.CREANCIER, "CPCE L111-8 al. 2"),
        # an act that the law orders, and only when the text is named
        (
            N.AUTRE_ACTE,
            {"prescrit_par_la_loi": True, "article": "C. com. L511-52"},
            C.DEBITEUR,
            "C. com. L511-52",
        ),
        (N.AUTRE_ACTE, {"prescrit_par_la_loi": True}, C.CREANCIER, "CPCE L111-8 al. 2"),
        # a text that puts it on the debtor, without any title
        (N.REJET_DE_CHEQUE, {}, C.DEBITEUR, "C. mon. fin. L131-73"),
        # with a title
        (N.ACTE_D_EXECUTION, {"titre_le": JOUR}, C.DEBITEUR, "CPCE L111-8 al. 1"),
        (N.EMOLUMENT_DU_DEBITEUR, {"titre_le": AVANT}, C.DEBITEUR, "C. com. A444-31"),
        (N.AFFRANCHISSEMENT, {"titre_le": AVANT}, C.INCONNU, "CPCE L111-8"),
        (N.ACTE_D_EXECUTION, {"titre_le": AVANT, "inutile": True}, C.CREANCIER, "CPCE L111-8"),
        # what never goes to the debtor by itself
        (N.EMOLUMENT_DU_CREANCIER, {"titre_le": AVANT}, C.CREANCIER, "C. com. A444-32"),
        (N.HONORAIRES, {"titre_le": AVANT}, C.CREANCIER, "CPC 700"),
        # the costs of the proceedings
        (N.DEPENS, {"titre_le": AVANT}, C.INCONNU, "CPCE L111-8"),
        (N.DEPENS, {"depens_au_debiteur": False}, C.CREANCIER, "CPC 696"),
        (N.DEPENS, {"depens_au_debiteur": True}, C.INCONNU, "CPCE L111-8"),
        (N.DEPENS, {"depens_au_debiteur": True, "verifie_le": APRES}, C.DEBITEUR, "CPC 704"),
        # what the enforcement judge said stands above the rest
        (N.HONORAIRES, {"juge": C.DEBITEUR}, C.DEBITEUR, "CPCE L111-8"),
        (N.ACTE_D_EXECUTION, {"titre_le": AVANT, "juge": C.CREANCIER}, C.CREANCIER, "CPCE L111-8"),
        (N.ACTE_D_EXECUTION, {"titre_le": AVANT, "juge": C.INCONNU}, C.DEBITEUR, "CPCE L111-8 al. 1"),
    ],
)
def test_qui_supporte_un_frais(nature, champs, charge, article):
    choix = choose_charge(FaitsFrais(nature, JOUR, **champs))
    assert choix.charge is charge
    assert article in choix.articles
    assert (choix.recouvrable_le is not None) is (charge is C.DEBITEUR)
    assert choix.motif.endswith(".")


def test_des_depens_ne_s_exigent_qu_une_fois_verifies():
    choix = choose_charge(FaitsFrais(N.DEPENS, JOUR, depens_au_debiteur=True, verifie_le=APRES))
    assert choix.recouvrable_le == APRES
