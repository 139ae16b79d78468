"""MT940 as some banks write it: shapes met in public files, made again with fictitious data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from exigible.echanges.lecture import read_fichier


def read(*lignes, compte="FR7630006000011234567890189"):
    entete = f":20:R\n:25:{compte}\n:28C:1/1\n:60F:C251231EUR1000,00\n"
    return read_fichier("\n".join((entete + lignes[0], *lignes[1:], "-", "")).encode())


@pytest.mark.parametrize(
    ("ligne", "montant"),
    [
        (":61:260105    D65,00NTRFNONREF", "-65.00"),
        (":61:260105    DD12,39NMSCNONREF//", "-12.39"),
        (":61:2601050105c1,50NTRFNONREF", "1.50"),
        (":61:2601050105rd1,50NTRFNONREF", "1.50"),
        (":61:2601050105C12NTRFNONREF", "12"),
    ],
)
def test_une_date_en_blanc_une_marque_en_minuscule(ligne, montant):
    lu = read(ligne)
    assert ([m.montant for m in lu.mouvements], lu.erreurs) == ([Decimal(montant)], ())
    assert lu.mouvements[0].date == lu.mouvements[0].date_valeur == date(2026, 1, 5)


def test_un_code_de_trois_lettres_n_est_pas_de_la_reference():
    mouvement = read(":61:260105D25,03NOV NONREF", ":86:VIR FACTURE F-12").mouvements[0]
    assert (mouvement.operation, mouvement.reference) == ("NOV", None)


def test_le_nom_ecrit_apres_la_reference_est_celui_de_l_autre():
    mouvement = read(":61:260105D44,95N0600733959555      SOCIETE FICTIVE", ":86:FACTURE F-12").mouvements[0]
    assert (mouvement.reference, mouvement.contrepartie) == ("0733959555", "SOCIETE FICTIVE")
    sans = read(":61:260105D44,95N060NONREF          SOCIETE FICTIVE").mouvements[0]
    assert (sans.reference, sans.contrepartie) == (None, "SOCIETE FICTIVE")
    longue = read(":61:260105D44,95N060FACTURE F-12 DU 3 JANVIER").mouvements[0]
    assert (longue.reference, longue.contrepartie) == ("FACTURE F-12 DU 3 JANVIER", None)


def test_un_iban_n_est_pas_une_reference():
    mouvement = read(":61:2601050105C5,00NTRFFR1420041010050500013M02606", ":86:VIREMENT").mouvements[0]
    assert (mouvement.reference, mouvement.iban) == (None, "FR1420041010050500013M02606")


@pytest.mark.parametrize("rien", ["NONREF", "nonref", "", "NOTPROVIDED"])
def test_une_reference_de_banque_qui_dit_rien_n_en_est_pas_une(rien):
    lu = read(f":61:2601050105C5,00NTRFREF12//{rien}")
    assert (lu.mouvements[0].reference, lu.mouvements[0].identifiant) == ("REF12", None)


def test_un_avis_dit_sa_devise_par_son_plancher():
    lu = read_fichier(
        b":20:R\n:25:PL29114010810000267002001002\n:28C:1\n:34F:PLND0,01\n:34F:PLNC0,01\n:13D:2601051200+0100\n"
        b":61:2601050105C12,50NTRFREF12\n:90D:0PLN0,\n:90C:1PLN12,5\n-\n"
    )
    assert [(m.montant, m.devise) for m in lu.mouvements] == [(Decimal("12.50"), "PLN")]


@pytest.mark.parametrize(
    "details",
    [
        ":86:105?00PRLV?20EREF+E2E-77?21MREF+RUM-0042?22SVWZ+Facture F-12",
        ":86:/TRTP/SEPA INCASSO/CSID/FR00ZZZ000001/NAME/SOCIETE FICTIVE/MARF/RUM-0042/REMI/Facture F-12/EREF/E2E-77",
    ],
)
def test_le_mandat_d_un_prelevement_est_garde(details):
    mouvement = read(":61:2601050105D12,50NDDTNONREF", details).mouvements[0]
    assert (mouvement.mandat, mouvement.bout_en_bout, mouvement.libelle) == ("RUM-0042", "E2E-77", "Facture F-12")


@pytest.mark.parametrize(
    ("marque", "champ", "lu"),
    [
        ("MREF+RUM-0042", "mandat", "RUM-0042"),
        ("IBAN+FR1420041010050500013M02606", "iban", "FR1420041010050500013M02606"),
        ("ABWA+SOCIETE FICTIVE", "contrepartie", "SOCIETE FICTIVE"),
        ("EREF+E2E-77", "bout_en_bout", "E2E-77"),
        ("COAM+1,50", "frais", Decimal("1.50")),
    ],
)
def test_une_seule_marque_suffit(marque, champ, lu):
    mouvement = read(":61:2601050105D12,50NDDTNONREF", f":86:105?20{marque}?21SVWZ+Facture F-12").mouvements[0]
    assert (getattr(mouvement, champ), mouvement.libelle) == (lu, "Facture F-12")
