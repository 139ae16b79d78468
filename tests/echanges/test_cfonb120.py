"""CFONB 120: signs in the last character, decimals counted, complements, files without ends of lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.echanges.lecture import read_fichier

POSITIFS, NEGATIFS = "{ABCDEFGHI", "}JKLMNOPQR"


def write_montant(cents):
    return f"{abs(cents) // 10:013}{(NEGATIFS if cents < 0 else POSITIFS)[abs(cents) % 10]}"


def write_solde(code, cents, jour="010126", compte="00000123456", devise="EUR", decimales="2"):
    debut = f"{code}30004    00001{devise}{decimales} {compte}  {jour}"
    return f"{debut:90}{write_montant(cents)}{'':16}"


def write_operation(
    cents, *, jour="050126", valeur="060126", libelle="VIR SEPA", reference="", compte="00000123456", **plus
):
    devise, decimales, rejet = plus.get("devise", "EUR"), plus.get("decimales", "2"), plus.get("rejet", "  ")
    debut = f"0430004A00100001{devise}{decimales} {compte}18{jour}{rejet}{valeur}{libelle:31}"
    return f"{debut:90}{write_montant(cents)}{reference:16}"


def write_complement(qualifiant, texte):
    return f"{'0530004A00100001EUR2 0000012345618050126':45}{qualifiant}{texte:70}  "


def read(*lignes, fin="\n"):
    return read_fichier(fin.join(lignes).encode() + fin.encode())


def test_un_releve_entier():
    lu = read(
        write_solde("01", 100_00),
        write_operation(1250_05, reference="ECHEANCE-12"),
        write_complement("NPY", "SOCIETE FICTIVE"),
        write_complement("LCC", "FACTURE F-12"),
        write_complement("LC2", "ET F-13"),
        write_complement("RCN", f"{'E2E-77':35}SALA"),
        write_complement("IPY", "FR1420041010050500013M02606"),
        write_complement("FEE", "EUR200000000000150"),
        write_complement("XYZ", "INCONNU"),
        write_operation(-20_10, libelle="PRLV SEPA", rejet="26"),
        write_complement("NBE", "FOURNISSEUR FICTIF"),
        write_solde("07", 1329_95, "310126"),
    )
    recu, preleve = lu.mouvements
    assert (recu.montant, recu.date, recu.date_valeur) == (Decimal("1250.05"), date(2026, 1, 5), date(2026, 1, 6))
    assert recu.libelle == "VIR SEPA FACTURE F-12 ET F-13 INCONNU"
    assert (recu.contrepartie, recu.iban) == ("SOCIETE FICTIVE", "FR1420041010050500013M02606")
    assert (recu.reference, recu.bout_en_bout, recu.frais, recu.operation) == (
        "E2E-77",
        "E2E-77",
        Decimal("1.50"),
        "18",
    )
    assert (preleve.contrepartie, preleve.motif_retour) == ("FOURNISSEUR FICTIF", "26")
    (compte,) = lu.comptes
    assert (compte.controle, compte.date_debut, compte.date_fin) == (True, date(2026, 1, 1), date(2026, 1, 31))
    assert compte.iban == recu.compte
    assert compte.iban is not None
    assert compte.iban.startswith("FR76300040000100000123456")
    assert lu.erreurs == ()


@pytest.mark.parametrize("fin", ["\n", "\r\n", "\r", ""])
def test_avec_ou_sans_fins_de_ligne(fin):
    lu = read(write_solde("01", 0), write_operation(5), write_operation(-3), write_solde("07", 2), fin=fin)
    assert [m.montant for m in lu.mouvements] == [Decimal("0.05"), Decimal("-0.03")]
    assert lu.comptes[0].controle is True


@pytest.mark.parametrize(("decimales", "montant"), [("0", "1234"), ("2", "12.34"), ("3", "1.234"), (" ", "12.34")])
def test_les_decimales_sont_comptees(decimales, montant):
    lu = read(
        write_solde("01", 0, decimales=decimales, devise="XXX"),
        write_operation(1234, decimales=decimales, devise="XXX"),
        write_solde("07", 1234, decimales=decimales, devise="XXX"),
    )
    assert lu.mouvements[0].montant == Decimal(montant)
    assert lu.comptes[0].controle is True


@pytest.mark.parametrize(
    ("signe", "montant"), [("é", "0.10"), ("è", "-0.10"), ("0", "0.10"), ("A", "0.11"), ("R", "-0.19")]
)
def test_le_signe_est_dans_le_dernier_caractere(signe, montant):
    ligne = write_operation(10)
    lu = read(write_solde("01", 0), ligne[:103] + signe + ligne[104:], write_solde("07", 10))
    assert lu.mouvements[0].montant == Decimal(montant)


@pytest.mark.parametrize(
    ("ligne", "code"),
    [
        (write_operation(10)[:90] + "000000000000X{" + " " * 16, "montant_illisible"),
        (write_operation(10)[:90] + "0000000000000?" + " " * 16, "montant_illisible"),
        (write_operation(10, jour="310226", valeur="      "), "date_inexistante"),
        ("09 inconnue", "ligne_inconnue"),
    ],
)
def test_une_ligne_fautive_est_dite_et_les_autres_gardees(ligne, code):
    lu = read(write_solde("01", 0), ligne, write_operation(7), write_solde("07", 7))
    assert [m.montant for m in lu.mouvements] == [Decimal("0.07")]
    assert [(e.code, e.ligne, e.gravite) for e in lu.erreurs] == [(code, 2, "erreur")]


def test_un_jour_illisible_sur_deux_ne_perd_rien():
    lu = read(write_solde("01", 0), write_operation(7, jour="310226"), write_solde("07", 7))
    assert lu.mouvements[0].date == date(2026, 1, 6)
    assert [(e.code, e.gravite) for e in lu.erreurs] == [("date_inexistante", "avertissement")]
    assert lu.comptes[0].controle is True


def test_plusieurs_comptes_et_un_solde_oublie():
    lu = read(
        write_solde("01", 0, compte="00000000001"),
        write_operation(7, compte="00000000001"),
        write_solde("01", 5, compte="00000000002"),
        write_operation(-5, compte="00000000002"),
        write_solde("07", 0, compte="00000000002"),
    )
    assert [c.controle for c in lu.comptes] == [None, True]
    assert [m.compte for m in lu.mouvements] == [c.iban for c in lu.comptes]
    assert [e.code for e in lu.erreurs] == ["solde_final_absent"]


def test_une_ligne_trop_courte_ou_trop_longue():
    lu = read(
        write_solde("01", 0).rstrip(),
        write_operation(7).rstrip(),
        write_operation(3) + "     reste",
        write_solde("07", 10).rstrip(),
    )
    assert [m.montant for m in lu.mouvements] == [Decimal("0.07"), Decimal("0.03")]
    assert [e.code for e in lu.erreurs] == ["ligne_trop_longue"]
    assert lu.comptes[0].controle is True


@given(st.lists(st.integers(-(10**12), 10**12), max_size=12), st.integers(-(10**12), 10**12))
def test_ce_qui_est_ecrit_se_relit(montants, depart):
    lu = read(
        write_solde("01", depart),
        *(write_operation(cents) for cents in montants),
        write_solde("07", depart + sum(montants)),
    )
    assert [m.montant for m in lu.mouvements] == [Decimal(cents).scaleb(-2) for cents in montants]
    assert lu.comptes[0].controle is True


@pytest.mark.parametrize(("solde", "operation"), [("   ", "EUR"), ("EUR", "   "), ("   ", "   ")])
def test_une_devise_en_blanc_est_celle_du_compte(solde, operation):
    lu = read(
        write_solde("01", 10_00, devise=solde, decimales=" " if solde == "   " else "2"),
        write_operation(5_00, devise=operation),
        write_solde("07", 15_00, devise=solde, decimales=" " if solde == "   " else "2"),
    )
    assert (lu.erreurs, [c.controle for c in lu.comptes]) == ((), [True])
    assert lu.mouvements[0].compte == lu.comptes[0].iban


def test_deux_devises_d_un_compte_ne_se_melent_pas():
    lu = read(write_solde("01", 0), write_operation(5_00, devise="USD"), write_solde("07", 0))
    assert {e.code for e in lu.erreurs} == {"devise_etrangere", "mouvement_hors_releve"}


@pytest.mark.parametrize(("signe", "montant"), [("a", "1.01"), ("p", "-1.07"), ("r", "-1.09")])
def test_un_signe_en_minuscule_est_lu(signe, montant):
    lu = read(write_solde("01", 0), write_operation(100)[:103] + signe + " " * 16)
    assert lu.mouvements[0].montant == Decimal(montant)


def test_le_mandat_et_le_montant_d_origine_ne_sont_pas_perdus():
    lu = read(
        write_operation(-11_50, libelle="CARTE"),
        write_complement("RUM", f"{'RUM-0042':35}"),
        write_complement("MMO", "USD200000000001250000000108700"),
    )
    assert (lu.mouvements[0].mandat, lu.mouvements[0].libelle) == ("RUM-0042", "CARTE 12.50 USD")
