"""What a ledger leaves open, and why: opening balances, advances, doubtful accounts, bills, what closed the rest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from exigible.dossier.texte import normalize
from exigible.droit.echeances import parse_conditions
from exigible.echanges.lecture import read_fichier

FACTURE = ("VE", "1", "20260105", "411000", "C1", "F-1", "Facture F-1", "120,00", "0,00", "A")
SUIVIES = {normalize("F-1")}


def codes(lu):
    return [erreur.code for erreur in lu.erreurs]


def solde_par(compte, lettre="A", jour="20260205", journal="BQ", piece="V-1"):
    """Close the invoice by an entry that faces it with `compte`."""
    return [
        FACTURE,
        (journal, "2", jour, compte, "", piece, "Contrepartie", "120,00", "0,00", ""),
        (journal, "2", jour, "411000", "C1", piece, "Solde", "0,00", "120,00", lettre),
    ]


def test_an_opening_balance_does_not_date_its_invoice(build_fec):
    lignes = [("AN", "1", "20260101", "411000", "C1", "F-9", "Reprise", "50,00", "0,00", "")]
    lu = read_fichier(build_fec(lignes), conditions=parse_conditions("30 jours"))
    (creance,) = lu.creances
    assert creance.a_nouveau
    assert (creance.date_echeance, creance.echeance_calculee) == (None, False)
    assert "à-nouveau" in creance.motif_sans_echeance
    assert "a_nouveau_sans_date" in codes(lu)


def test_an_opening_balance_that_keeps_the_day_of_the_piece_is_an_invoice_like_any_other(build_fec):
    fec = build_fec([("AN", "1", "20260101", "411000", "C1", "F-9", "Reprise", "50,00", "0,00", "")])
    lu = read_fichier(fec.replace(b"F-9\t20260101", b"F-9\t20251105"), conditions=parse_conditions("30 jours"))
    (creance,) = lu.creances
    assert not creance.a_nouveau
    assert (creance.date_emission, creance.date_echeance) == (date(2025, 11, 5), date(2025, 12, 5))


def test_a_due_date_that_the_program_adds_is_read(build_fec):
    entete, ligne = build_fec([(*FACTURE[:9], "")]).decode().splitlines()
    lu = read_fichier(f"{entete}\tDateEcheance\n{ligne}\t20260220\n".encode())
    assert [creance.date_echeance for creance in lu.creances] == [date(2026, 2, 20)]
    illisible = read_fichier(f"{entete}\tDateEcheance\n{ligne}\tbientot\n".encode())
    assert [creance.date_echeance for creance in illisible.creances] == [None]


@pytest.mark.parametrize(
    ("compte", "nature"),
    [("512000", "paiement"), ("530000", "paiement"), ("706000", "avoir"), ("654000", "perte"), ("413000", "virement")],
)
def test_what_closed_a_followed_invoice(build_fec, compte, nature):
    lu = read_fichier(build_fec(solde_par(compte)), suivies=SUIVIES)
    if nature == "virement":
        assert lu.creances == ()
        return
    (creance,) = lu.creances
    assert (creance.numero, creance.montant_ttc, creance.reste_du) == ("F-1", Decimal("120.00"), Decimal("0.00"))
    (reglement,) = creance.reglements
    assert (reglement.nature, reglement.montant, reglement.date) == (nature, Decimal("120.00"), date(2026, 2, 5))


def test_a_closed_invoice_is_given_only_when_followed(build_fec):
    fec = build_fec(solde_par("512000"))
    assert read_fichier(fec).creances == ()
    assert read_fichier(fec, suivies={normalize("F-2")}).creances == ()


@pytest.mark.parametrize(("compte", "libelle"), [("416000", "douteux"), ("413000", "effet")])
def test_a_claim_moved_to_another_account_keeps_its_number_and_its_day(build_fec, compte, libelle):
    lignes = [
        FACTURE,
        ("OD", "2", "20260630", compte, "C1", "OD-12", f"Passage en {libelle}", "120,00", "0,00", ""),
        ("OD", "2", "20260630", "411000", "C1", "OD-12", f"Passage en {libelle}", "0,00", "120,00", "A"),
    ]
    lu = read_fichier(build_fec(lignes), suivies=SUIVIES)
    assert lu.creances == ()
    (creance,) = lu.a_part
    assert (creance.numero, creance.date_emission, creance.compte) == ("F-1", date(2026, 1, 5), compte)
    assert (creance.montant_ttc, creance.reste_du) == (Decimal("120.00"), Decimal("120.00"))
    assert lu.resume["ecart"] == "0.00"


def test_an_advance_lowers_what_its_customer_owes(build_fec):
    lignes = [
        ("VE", "1", "20260105", "411000", "C1", "F-1", "Facture F-1", "120,00", "0,00", ""),
        ("BQ", "2", "20251220", "419100", "C1", "ACP", "Acompte", "0,00", "20,00", ""),
    ]
    lu = read_fichier(build_fec(lignes))
    assert [(c.nature, c.effet, c.compte) for c in lu.creances] == [
        ("facture", Decimal("120.00"), "411000"),
        ("acompte", Decimal("-20.00"), "419100"),
    ]
    assert lu.resume["total_ouvert"] == "100.00"
    assert (lu.resume["comptes_concordants"], lu.resume["comptes_de_clients"]) == ("2", "2")


def test_an_advance_of_nobody_is_said_and_lowers_nothing(build_fec):
    lignes = [
        ("VE", "1", "20260105", "411000", "C1", "F-1", "Facture F-1", "120,00", "0,00", ""),
        ("BQ", "2", "20251220", "419100", "", "ACP", "Acompte", "0,00", "20,00", ""),
    ]
    lu = read_fichier(build_fec(lignes))
    assert [creance.effet for creance in lu.creances] == [Decimal("120.00")]
    assert [creance.effet for creance in lu.a_part] == [Decimal("-20.00")]
    assert "avances_sans_client" in codes(lu)
    assert [tiers.code for tiers in lu.tiers] == ["C1"]


def test_credits_are_named_by_what_faces_them_before_their_words(build_fec):
    lignes = [
        ("OD", "1", "20260105", "512000", "", "X", "Avoir n° 3 par virement", "30,00", "0,00", ""),
        ("OD", "1", "20260105", "411000", "C1", "X", "Avoir n° 3 par virement", "0,00", "30,00", ""),
        ("BQ", "2", "20260106", "706000", "", "Y", "Geste", "40,00", "0,00", ""),
        ("BQ", "2", "20260106", "411000", "C1", "Y", "Geste", "0,00", "40,00", ""),
    ]
    assert [creance.nature for creance in read_fichier(build_fec(lignes)).creances] == ["acompte", "avoir"]


def test_parties_carry_what_their_name_suggests(build_fec):
    fec = build_fec([(*FACTURE[:9], "")]).replace("Société fictive C1".encode(), b"Commune de Fictiville")
    lu = read_fichier(fec)
    assert [tiers.qualite_proposee for tiers in lu.tiers] == ["personne_publique"]
    assert [creance.debiteur.qualite_proposee for creance in lu.creances] == ["personne_publique"]
    assert lu.tiers[0].qualite is None


def test_an_opening_balance_paid_since_is_not_asked_about(build_fec):
    lignes = [
        ("AN", "1", "20260101", "411000", "C1", "F-1", "Reprise", "50,00", "0,00", "A"),
        ("BQ", "2", "20260110", "512000", "", "V-1", "Virement", "50,00", "0,00", ""),
        ("BQ", "2", "20260110", "411000", "C1", "V-1", "Virement", "0,00", "50,00", "A"),
    ]
    lu = read_fichier(build_fec(lignes), suivies=SUIVIES)
    assert [(c.a_nouveau, c.reste_du) for c in lu.creances] == [(True, Decimal("0.00"))]
    assert "a_nouveau_sans_date" not in codes(lu)


def test_an_account_of_all_customers_together_is_said(build_fec):
    lignes = [
        ("VE", "1", "20260105", "411000", "", "F-1", "Facture", "100,00", "0,00", ""),
        ("VE", "2", "20260105", "411000", "", "F-2", "Facture", "50,00", "0,00", ""),
        ("VE", "3", "20260105", "4110001", "", "F-3", "Facture", "1,00", "0,00", ""),
        ("VE", "4", "20260105", "4110001", "", "F-4", "Facture", "1,00", "0,00", ""),
    ]
    dits = [e for e in read_fichier(build_fec(lignes)).erreurs if e.code == "compte_collectif"]
    assert [(e.ligne, e.gravite) for e in dits] == [(2, "avertissement")]
    assert "150,00" in dits[0].message


def test_a_ledger_without_any_lettering_is_said(build_fec):
    lignes = [
        ("BQ", str(rang), "20260105", "411000", f"C{rang}", f"R-{rang}", "Virement", "0,00", "10,00", "")
        for rang in range(5)
    ]
    assert "sans_lettrage" in [e.code for e in read_fichier(build_fec(lignes)).erreurs]
    assert "sans_lettrage" not in [e.code for e in read_fichier(build_fec(lignes[1:])).erreurs]
    lettree = [*lignes, ("BQ", "9", "20260105", "411000", "C9", "R-9", "Virement", "0,00", "10,00", "A")]
    assert "sans_lettrage" not in [e.code for e in read_fichier(build_fec(lettree)).erreurs]


def test_an_entry_that_does_not_balance_gives_its_day_as_people_write_it(build_fec):
    (erreur,) = (
        e
        for e in read_fichier(
            build_fec([("VE", "1", "20260105", "706000", "", "F-1", "X", "1,00", "0,00", "")])
        ).erreurs
        if e.code == "ecriture_desequilibree"
    )
    assert "(05/01/2026)" in erreur.message
