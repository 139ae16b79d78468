"""QIF: a field a line, days of any country, several accounts, securities left aside."""

from __future__ import annotations

from decimal import Decimal

import pytest

from exigible.echanges.lecture import read_fichier

BANQUE = """!Type:Bank
D20/11/2025
T1 250,00
PVIR SOCIETE FICTIVE
MFACTURE F-12
^
D19/11/25
T-12,50
N0000123
PCHEQUE 123
^
"""


def read(texte, encodage="cp1252"):
    return read_fichier(texte.encode(encodage))


@pytest.mark.parametrize("fin", ["\n", "\r\n", "\r"])
def test_un_registre_de_banque(fin):
    lu = read(BANQUE.replace("\n", fin))
    assert (lu.format, lu.erreurs, len(lu.comptes)) == ("qif", (), 1)
    recu, emis = lu.mouvements
    assert (str(recu.date), recu.montant, recu.devise) == ("2025-11-20", Decimal("1250.00"), "EUR")
    assert (recu.libelle, recu.contrepartie) == ("VIR SOCIETE FICTIVE FACTURE F-12", "VIR SOCIETE FICTIVE")
    assert (str(emis.date), emis.montant, emis.reference) == ("2025-11-19", Decimal("-12.50"), "123")


@pytest.mark.parametrize(
    ("jours", "lus"),
    [
        (("8/12/13", "8/15/13"), ["2013-08-12", "2013-08-15"]),
        (("8/12/13", "15/8/13"), ["2013-12-08", "2013-08-15"]),
        (("03/04/2026", "05/06/2026"), ["2026-04-03", "2026-06-05"]),
        (("3/ 4'26", "21/11'26"), ["2026-04-03", "2026-11-21"]),
        (("2026-04-03", "20261121"), ["2026-04-03", "2026-11-21"]),
    ],
)
def test_les_jours_de_chaque_pays(jours, lus):
    texte = "!Type:CCard\n" + "".join(f"D{jour}\nT-1,234.50\nPX{rang}\n^\n" for rang, jour in enumerate(jours))
    lu = read(texte)
    assert [str(m.date) for m in lu.mouvements] == lus
    assert {m.montant for m in lu.mouvements} == {Decimal("-1234.50")}


def test_plusieurs_comptes_un_solde_de_depart_et_des_titres():
    lu = read(
        "!Option:AutoSwitch\n!Account\nNCompte 12345678901\nTBank\n^\nNLivret\nTBank\n^\n!Clear:AutoSwitch\n"
        "!Type:Cat\nNDivers\nDDépenses diverses\nE\n^\n"
        "!Account\nNFR76 3000 6000 0112 3456 7890 189\nTBank\n^\n!Type:Bank\n"
        "D01/11/2025\nT100,00\nPOpening Balance\nL[Compte]\n^\nD02/11/2025\nT-5,00\nPFRAIS\nSDivers\nEa\n$-5,00\n^\n"
        "!Account\nNLivret\nTBank\n^\n!Type:Bank\nD03/11/2025\nU7,00\nT7,00\nPINTERETS\n"
        "!Type:Invst\nD04/11/2025\nNBuy\nYACTION\nT900,00\n^\n"
    )
    assert [(m.compte, m.montant) for m in lu.mouvements] == [
        ("FR7630006000011234567890189", Decimal("-5.00")),
        (None, Decimal("7.00")),
    ]
    assert [(c.iban, c.solde_debut) for c in lu.comptes] == [
        ("FR7630006000011234567890189", Decimal(100)),
        (None, None),
    ]
    assert [(e.code, e.gravite) for e in lu.erreurs] == [("compte_titres", "avertissement")]


@pytest.mark.parametrize(
    ("fiche", "code", "ligne"),
    [
        ("D20/11/2025\nPX\n^\n", "montant_absent", 2),
        ("T5,00\nPX\n^\n", "date_absente", 2),
        ("D31/02/2025\nT5,00\n^\n", "date_inexistante", 2),
        ("D20/11/2025\nT12..34\n^\n", "montant_illisible", 2),
    ],
)
def test_une_operation_fautive_est_dite_et_les_autres_gardees(fiche, code, ligne):
    lu = read(f"!Type:Bank\n{fiche}D21/11/2025\nT1,00\nPBON\n^\n")
    assert [m.montant for m in lu.mouvements] == [Decimal("1.00")]
    assert [(e.code, e.ligne) for e in lu.erreurs] == [(code, ligne)]


def test_un_registre_vide_se_dit():
    assert [e.code for e in read("!Type:Cat\nNDivers\n^\n").erreurs] == ["releve_vide"]
