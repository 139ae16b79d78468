"""Lines of a FEC wider than its header: a label that holds the separator, columns without a title."""

from __future__ import annotations

from decimal import Decimal

import pytest

from exigible.echanges.lecture import read_fichier

ENTETE = (
    "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|"
    "EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise"
)
VENTE = "VE|Ventes|1|20260105|411000|Clients|C1|Fictif|F-1|20260105|{}|120,00|0,00|||20260105||"
PRODUIT = "VE|Ventes|1|20260105|706000|Ventes|||F-1|20260105|Vente|0,00|120,00|||20260105||"


def lire(*lignes):
    return read_fichier("\n".join(lignes).encode())


def codes(lu):
    return [(erreur.code, erreur.ligne) for erreur in lu.erreurs]


@pytest.mark.parametrize("libelle", ["Facture | mars", "Facture |12", "a|b|c", "|", "Facture|0,00"])
def test_a_label_that_holds_the_separator_is_put_back_together(libelle):
    lu = lire(ENTETE, VENTE.format(libelle), PRODUIT)
    assert [(c.numero, c.reste_du) for c in lu.creances] == [("F-1", Decimal(120))]
    assert codes(lu) == [("separateur_dans_libelle", 2)]
    assert lu.creances[0].libelle.split() == libelle.replace("|", " ").split()


@pytest.mark.parametrize("suite", ["|", "||", "|note", "|note|12,00"])
def test_columns_without_a_title_at_the_end_change_nothing(suite):
    lu = lire(ENTETE, VENTE.format("Facture") + suite, PRODUIT + suite)
    assert [(c.numero, c.reste_du, c.libelle) for c in lu.creances] == [("F-1", Decimal(120), "Facture")]
    assert codes(lu) == []


def test_a_line_whose_columns_cannot_be_told_is_refused_and_said():
    lu = lire(ENTETE, VENTE.format("Facture"), PRODUIT, VENTE.format("Facture").replace("|C1|", "|C|1|x|"))
    assert [c.reste_du for c in lu.creances] == [Decimal(120)]
    assert codes(lu) == [("colonnes_en_trop", 4), ("ecart_411", None)]


def test_an_amount_and_a_direction():
    entete = ENTETE.replace("Debit|Credit", "Montant|Sens")
    lu = lire(
        entete, VENTE.format("a|b").replace("|120,00|0,00|", "|120,00|D|"), PRODUIT.replace("0,00|120,00", "120,00|C")
    )
    assert [c.reste_du for c in lu.creances] == [Decimal(120)]
    assert codes(lu) == [("separateur_dans_libelle", 2)]


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("JournalCode", "SOCIETE FICTIVE, exercice 2026\n\nJournalCode"),
        ("Ecriture", "Écriture "),
        ("CompteNum", "COMPTE_NUM"),
        ("Debit|Credit", "Débit|Crédit"),
    ],
)
def test_titles_above_the_header_and_names_written_otherwise(avant, apres):
    lu = lire(ENTETE.replace(avant, apres), VENTE.format("Facture"), PRODUIT)
    assert (lu.format, [(c.numero, c.reste_du) for c in lu.creances]) == ("fec", [("F-1", Decimal(120))])
    assert codes(lu) == []


@pytest.mark.parametrize("montant", ["1.120,00", "1 120,00", "1,120.00", "1120", "1120.0", "1 120,00 €"])
def test_amounts_with_separators_of_thousands(montant):
    lu = lire(ENTETE, VENTE.format("Facture").replace("120,00", montant), PRODUIT.replace("120,00", montant))
    assert [c.reste_du for c in lu.creances] == [Decimal(1120)]
    assert codes(lu) == []


def test_a_header_that_is_missing_is_not_looked_for_without_end():
    lu = lire(*["SOCIETE FICTIVE"] * 30, ENTETE, VENTE.format("Facture"))
    assert lu.format != "fec"
