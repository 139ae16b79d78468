"""Shapes met in other people's files, made again with fictitious data: each was once read wrong, or not at all."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from exigible.droit.erreurs import ErreurSaisie
from exigible.echanges.lecture import read_fichier
from exigible.echanges.releves_valeurs import read_montant

FORMES = Path(__file__).parent / "donnees" / "csv_formes"


@pytest.mark.parametrize("abime", ["12..34", "1,234,5", "12.34.56", "1,,234", "1.234.567.8", "1.2345,00", "1,2,3.00"])
def test_un_montant_abime_n_en_devient_pas_un_autre(abime):
    with pytest.raises(ErreurSaisie):
        read_montant(abime)


@pytest.mark.parametrize(
    ("ecrit", "montant"),
    [
        ("1.234.567", "1234567"),
        ("1,234,567.89", "1234567.89"),
        ("12.345.678,9", "12345678.9"),
        ("1,23,456.00", "123456"),
        ("€1,250.00", "1250"),
        ("-€12.50", "-12.50"),
    ],
)
def test_les_milliers_et_la_monnaie_restent_lus(ecrit, montant):
    assert read_montant(ecrit) == Decimal(montant)


@pytest.mark.parametrize("fichier", sorted(FORMES.glob("*.csv")), ids=lambda fichier: fichier.stem)
def test_un_export_de_banque_n_est_pas_une_liste_de_factures(fichier):
    """Each file, made for this test, has the titles of an export and the same two operations."""
    lu = read_fichier(fichier)
    assert lu.format == "csv_releve"
    assert sorted(m.montant for m in lu.mouvements) == [Decimal("-12.50"), Decimal(1250)]
    assert [str(m.date) for m in lu.mouvements if m.montant > 0] == ["2025-11-20"]
    assert lu.erreurs == ()


@pytest.mark.parametrize("nom", ["finom", "n26", "memo"])
def test_le_compte_ecrit_apres_le_nom_de_l_autre_est_le_sien(nom):
    lu = read_fichier(FORMES / f"{nom}.csv")
    assert (lu.compte.iban, lu.mouvements[0].compte) == (None, None)
    assert (lu.mouvements[0].iban, lu.mouvements[0].contrepartie) == ("FR1420041010050500013M02606", "SOCIETE FICTIVE")


def test_une_liste_de_noms_et_de_montants_n_est_pas_un_releve():
    lu = read_fichier(b"Nom;Date;Montant\nSOCIETE;20/11/2025;1250,00\nAUTRE;21/11/2025;12,00\n")
    assert lu.format != "csv_releve"


def test_des_zeros_a_la_fin_d_un_texte_ne_le_cachent_pas():
    lu = read_fichier((FORMES / "anglais.csv").read_bytes() + b"\0\0\0")
    assert (lu.format, [m.montant for m in lu.mouvements]) == ("csv_releve", [Decimal("-12.50"), Decimal(1250)])
