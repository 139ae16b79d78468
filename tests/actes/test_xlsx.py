"""The spreadsheet: real numbers and days, no formula, the sums of the statement."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from exigible.actes.decompte.xlsx import neutralize_formule, write_decompte_xlsx
from exigible.dossier.faits import PaiementRecu


def read_feuille(contenu, nom):
    return CalamineWorkbook.from_filelike(io.BytesIO(contenu)).get_sheet_by_name(nom).to_python()


def test_les_sommes_sont_des_nombres_et_les_jours_des_dates(fabrique):
    etat = fabrique((date(2026, 9, 3), PaiementRecu(cle="p", montant=Decimal("1500.00"))))
    contenu = write_decompte_xlsx(etat)
    soldes = read_feuille(contenu, "Décompte")
    assert soldes[1][1] == date(2026, 5, 1)
    assert Decimal(repr(soldes[-1][7])) == etat.decompte.total_du
    lignes = read_feuille(contenu, "Intérêts")
    montants = [Decimal(repr(ligne[7])) for ligne in lignes[1:]]
    assert montants == [ligne.montant for ligne in etat.decompte.lignes]
    assert sum(montants) == etat.decompte.interets_courus
    paiements = read_feuille(contenu, "Paiements")
    assert sum(Decimal(repr(ligne[2])) for ligne in paiements[1:]) == 1500


def test_memes_faits_memes_octets(fabrique):
    assert write_decompte_xlsx(fabrique()) == write_decompte_xlsx(fabrique())


def test_aucune_formule(fabrique):
    piege = '=HYPERLINK("http://exemple.example","x")'
    etat = fabrique(
        debiteur=replace(fabrique.DEBITEUR, nom=piege),
        factures=[fabrique.make_facture(numero=piege), fabrique.make_facture()],
    )
    contenu = write_decompte_xlsx(etat)
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        feuilles = [archive.read(nom).decode() for nom in archive.namelist() if "worksheets/" in nom]
    assert feuilles
    assert not any("<f>" in feuille for feuille in feuilles)
    assert f"'{piege}" in [ligne[0] for ligne in read_feuille(contenu, "Décompte")]


def test_les_avertissements_suivent(fabrique):
    textes = [ligne[0] for ligne in read_feuille(write_decompte_xlsx(fabrique(au=date(2027, 3, 1))), "À savoir")]
    assert any("arrêtés au 31/12/2026" in texte for texte in textes)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [("=1+1", "'=1+1"), ("+33", "'+33"), ("-5", "'-5"), ("@a", "'@a"), ("F-1", "F-1"), ("", ""), ("a=b", "a=b")],
)
def test_neutralize_formule(texte, attendu):
    assert neutralize_formule(texte) == attendu
