"""The FEC: real ledgers, open items by lettering, and every way of writing the file."""

from __future__ import annotations

import json
import tracemalloc
from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.dossier.texte import normalize
from exigible.droit.echeances import parse_conditions
from exigible.echanges.fec_comptes import NUMEROS, name_journal
from exigible.echanges.fec_lignes import CompteClient, LigneClient
from exigible.echanges.fec_ouverts import build_ouverts
from exigible.echanges.lecture import read_fichier

VENTE = ("VE", "1", "20260105", "411000", "C1", "F-1", "Facture F-1", "120,00", "0,00", "")
PRODUIT = ("VE", "1", "20260105", "706000", "", "F-1", "Facture F-1", "0,00", "120,00", "")


def codes(lu):
    return [erreur.code for erreur in lu.erreurs]


def soldes_independants(chemin, separateur):
    """Balance by auxiliary account, read the plainest way."""
    soldes = defaultdict(Decimal)
    lignes = chemin.read_text(encoding="utf-8").splitlines()
    noms = lignes[0].split(separateur)
    for ligne in lignes[1:]:
        valeurs = dict(zip(noms, ligne.split(separateur), strict=False))
        if valeurs["CompteNum"].startswith("411"):
            code = valeurs["CompAuxNum"].strip() or valeurs["CompteNum"].strip()
            soldes[code] += Decimal(valeurs["Debit"].replace(",", ".")) - Decimal(valeurs["Credit"].replace(",", "."))
    return dict(soldes)


@pytest.mark.parametrize(("nom", "separateur"), [("000000000FEC20231231.txt", "\t"), ("111111111FEC20221231.TXT", "|")])
def test_real_ledgers_to_the_cent(donnees, nom, separateur):
    attendu = json.loads((donnees / "fec" / "attendu.json").read_text(encoding="utf-8"))[nom]
    lu = read_fichier(donnees / "fec" / nom)
    assert lu.format == "fec"
    assert lu.resume["separateur"] == attendu["separateur"]
    assert lu.resume["lignes"] == str(attendu["lignes"])
    assert lu.resume["total_debit"] == attendu["total_debit"]
    assert lu.resume["total_credit"] == attendu["total_credit"]
    assert lu.resume["exercice_debut"].replace("-", "") == attendu["date_min"]
    assert lu.resume["exercice_fin"].replace("-", "") == attendu["date_max"]
    assert lu.resume["comptes_411"] == str(attendu["comptes_clients_411"])
    assert lu.resume["solde_411"] == lu.resume["total_ouvert"] == attendu["solde_411"]
    assert lu.resume["ecart"] == "0.00"
    par_client = defaultdict(Decimal)
    for creance in lu.creances:
        par_client[creance.debiteur.code] += creance.reste_du
    independants = soldes_independants(donnees / "fec" / nom, separateur)
    assert {code: par_client[code] for code in independants} == independants
    assert sum(solde > 0 for solde in par_client.values()) == attendu["clients_debiteurs"]
    assert sum(solde < 0 for solde in par_client.values()) == attendu["clients_crediteurs"]
    cles = [(creance.debiteur.code, creance.numero) for creance in lu.creances]
    assert len(cles) == len(set(cles))


def test_unbalanced_entries_are_twenty_warnings_and_a_count(donnees):
    lu = read_fichier(donnees / "fec" / "000000000FEC20231231.txt")
    desequilibrees = [erreur for erreur in lu.erreurs if erreur.code == "ecriture_desequilibree"]
    assert len(desequilibrees) == 21
    assert desequilibrees[-1].message == "Et 190 autres cas semblables, non détaillés ici."
    assert {erreur.gravite for erreur in lu.erreurs} == {"avertissement"}


def test_open_invoice(build_fec):
    lu = read_fichier(build_fec([VENTE, PRODUIT]), "compta.txt")
    (creance,) = lu.creances
    assert (creance.numero, str(creance.date_emission), creance.reste_du) == ("F-1", "2026-01-05", Decimal("120.00"))
    assert creance.date_echeance is None
    assert creance.motif_sans_echeance == "les écritures ne portent pas d'échéance"
    assert (creance.debiteur.code, creance.debiteur.nom) == ("C1", "Société fictive C1")
    assert (creance.origine.fichier, creance.origine.ligne) == ("compta.txt", 2)
    assert not lu.erreurs


def test_due_date_from_the_terms_of_sale(build_fec):
    lu = read_fichier(build_fec([VENTE, PRODUIT]), conditions=parse_conditions("45 jours fin de mois"))
    (creance,) = lu.creances
    assert creance.echeance_calculee
    assert str(creance.date_echeance) == "2026-02-28"
    assert creance.motif_sans_echeance is None


def test_lettering_is_local_to_its_account(build_fec):
    lignes = [
        ("VE", "1", "20260105", "411000", "C1", "F-1", "Facture", "100,00", "0,00", "A"),
        ("BQ", "2", "20260205", "411000", "C2", "VIR", "Virement", "0,00", "100,00", "A"),
    ]
    lu = read_fichier(build_fec(lignes))
    assert [(creance.debiteur.code, creance.effet) for creance in lu.creances] == [
        ("C1", Decimal("100.00")),
        ("C2", Decimal("-100.00")),
    ]


def test_closed_group_leaves_nothing(build_fec):
    lignes = [
        ("VE", "1", "20260105", "411000", "C1", "F-1", "Facture", "100,00", "", "AA"),
        ("BQ", "2", "20260205", "411000", "C1", "VIR", "Virement", "", "100,00", "AA"),
    ]
    lu = read_fichier(build_fec(lignes))
    assert lu.creances == ()
    assert len(lu.tiers) == 1


def test_partial_lettering_pays_the_oldest_first(build_fec):
    lignes = [
        ("VE", "2", "20260110", "411000", "C1", "F-2", "Facture", "200,00", "0,00", "a"),
        ("VE", "1", "20260105", "411000", "C1", "F-1", "Facture", "100,00", "0,00", "a"),
        ("BQ", "3", "20260205", "411000", "C1", "VIR-9", "Virement", "0,00", "150,00", "a"),
    ]
    (creance,) = read_fichier(build_fec(lignes)).creances
    assert (creance.numero, creance.montant_ttc, creance.reste_du) == ("F-2", Decimal("200.00"), Decimal("150.00"))
    (reglement,) = creance.reglements
    assert (str(reglement.date), reglement.montant, reglement.reference) == ("2026-02-05", Decimal("50.00"), "VIR-9")
    assert reglement.origine.ligne == 4


def test_overpaid_group_keeps_what_is_left(build_fec):
    lignes = [
        ("VE", "1", "20260105", "411000", "C1", "F-1", "Facture", "100,00", "0,00", "A"),
        ("BQ", "3", "20260205", "411000", "C1", "VIR-9", "Virement", "0,00", "150,00", "A"),
    ]
    (acompte,) = read_fichier(build_fec(lignes)).creances
    assert (acompte.nature, acompte.montant_ttc, acompte.reste_du) == ("acompte", Decimal("-150.00"), Decimal("-50.00"))


def test_credits_are_told_apart_and_never_lost(build_fec):
    lignes = [
        ("VE", "1", "20260105", "411000", "C1", "AV-1", "Note", "0,00", "30,00", ""),
        ("BQ", "2", "20260106", "411000", "C1", "VIR", "Virement", "0,00", "40,00", ""),
        ("OD", "3", "20260107", "411000", "C1", "X", "Avoir commercial", "0,00", "5,00", ""),
    ]
    lus = read_fichier(build_fec(lignes)).creances
    assert [(creance.nature, creance.avoir) for creance in lus] == [
        ("avoir", True),
        ("acompte", False),
        ("avoir", True),
    ]
    assert sum(creance.effet for creance in lus) == Decimal("-75.00")


def test_lines_of_one_piece_are_one_invoice(build_fec):
    lignes = [
        ("VE", "1", "20260105", "411000", "C1", "F-1", "TVA 20", "100,00", "0,00", ""),
        ("VE", "1", "20260105", "411000", "C1", "F-1", "TVA 5,5", "10,55", "0,00", ""),
    ]
    (creance,) = read_fichier(build_fec(lignes)).creances
    assert creance.montant_ttc == Decimal("110.55")


def test_reference_used_again_takes_its_date(build_fec):
    lignes = [
        ("VE", "1", "20260131", "411000", "C1", "VE 01", "Janvier", "100,00", "0,00", ""),
        ("VE", "2", "20260228", "411000", "C1", "VE 01", "Février", "50,00", "0,00", ""),
    ]
    assert [creance.numero for creance in read_fichier(build_fec(lignes)).creances] == ["VE 01", "VE 01 du 28/02/2026"]


def test_account_number_stands_for_a_missing_auxiliary(build_fec):
    (creance,) = read_fichier(
        build_fec([("AN", "1", "20260101", "411DUPONT", "", "", "Solde", "10,00", "", "")])
    ).creances
    assert creance.debiteur.code == "411DUPONT"
    assert creance.debiteur.nom == "Compte 411DUPONT"
    assert creance.numero == "AN-1"


def test_accounts_not_chased_are_said(build_fec):
    lignes = [
        VENTE,
        ("OD", "2", "20260106", "416000", "C2", "X", "Douteux", "30,00", "0,00", ""),
        ("BQ", "3", "20260107", "419100", "C1", "Y", "Avance", "0,00", "12,00", ""),
    ]
    lu = read_fichier(build_fec(lignes))
    assert (lu.resume["solde_416"], lu.resume["solde_413"], lu.resume["solde_4191"]) == ("30.00", "0.00", "-12.00")
    assert "solde_416" in codes(lu)
    assert [(c.nature, c.effet, c.debiteur.code) for c in lu.creances] == [
        ("facture", Decimal("120.00"), "C1"),
        ("acompte", Decimal("-12.00"), "C1"),
    ]
    assert [(c.numero, c.effet, c.compte) for c in lu.a_part] == [("X", Decimal("30.00"), "416000")]
    assert (lu.resume["total_ouvert"], lu.resume["total_a_part"]) == ("108.00", "30.00")


@pytest.mark.parametrize("separateur", ["\t", "|"])
@pytest.mark.parametrize("fin", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_way_of_writing_it(build_fec, separateur, fin, encodage):
    lu = read_fichier(build_fec([VENTE, PRODUIT], separateur=separateur, fin=fin, encodage=encodage))
    (creance,) = lu.creances
    assert creance.debiteur.nom == "Société fictive C1"
    assert creance.reste_du == Decimal("120.00")
    assert not lu.erreurs


@pytest.mark.parametrize(
    "remplacement",
    [("120,00", "120.00"), ("120,00", "0000000120,00"), ("120,00", "120"), ("\t0,00\t", "\t\t"), ("120,00", "120,0")],
)
def test_every_way_of_writing_amounts(build_fec, remplacement):
    lu = read_fichier(build_fec([VENTE, PRODUIT]).replace(*(texte.encode() for texte in remplacement)))
    assert [creance.reste_du for creance in lu.creances] == [Decimal("120.00")]
    assert not lu.erreurs


@pytest.mark.parametrize(("debit", "credit"), [("D", "C"), ("+1", "-1"), ("d", "c")])
def test_amount_and_direction(build_fec, debit, credit):
    lignes = build_fec([(*VENTE[:8], debit, ""), (*PRODUIT[:7], "120,00", credit, "")])
    lu = read_fichier(lignes.replace(b"\tDebit\tCredit\t", b"\tMontant\tSens\t"))
    assert [creance.reste_du for creance in lu.creances] == [Decimal("120.00")]
    assert not lu.erreurs


def test_header_in_any_case_and_quoted(build_fec):
    texte = build_fec([VENTE, PRODUIT]).decode()
    entete, reste = texte.split("\n", 1)
    majuscules = read_fichier(f"{entete.upper()}\n{reste}".encode())
    guillemets = read_fichier(
        "\n".join("\t".join(f'"{cellule}"' for cellule in ligne.split("\t")) for ligne in texte.splitlines()).encode()
    )
    assert len(majuscules.creances) == len(guillemets.creances) == 1
    assert not majuscules.erreurs
    assert not guillemets.erreurs


@pytest.mark.parametrize(
    ("ligne", "code", "mot"),
    [
        (("VE", "9", "20260105", "411000", "C1", "F-9", "x", "12,34,56", "0,00", ""), "montant_illisible", "12,34,56"),
        (("VE", "9", "20260231", "411000", "C1", "F-9", "x", "12,00", "0,00", ""), "date_inexistante", "20260231"),
        (("VE", "9", "31/02/2026", "411000", "C1", "F-9", "x", "12,00", "0,00", ""), "date_inexistante", "31/02/2026"),
        (("VE", "9", "hier", "411000", "C1", "F-9", "x", "12,00", "0,00", ""), "date_illisible", "hier"),
        (("VE", "9", "20260105", "411000", "C1", "F-9", "x", "12,005", "0,00", ""), "montant_trop_precis", "12,005"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_others_go_on(build_fec, ligne, code, mot):
    lu = read_fichier(build_fec([VENTE, PRODUIT, ligne, ("VE", "2", *VENTE[2:5], "F-2", *VENTE[6:])]))
    erreur = next(erreur for erreur in lu.erreurs if erreur.code == code)
    assert erreur.ligne == 4
    assert erreur.gravite == "erreur"
    assert mot in erreur.message
    assert "Ligne 4" in erreur.message
    assert {creance.numero for creance in lu.creances} == {"F-1", "F-2"}
    assert "ecart_411" in codes(lu)


def test_a_refused_line_shows_in_the_balance(build_fec):
    lu = read_fichier(
        build_fec([VENTE, PRODUIT, ("BQ", "2", "20260231", "411000", "C1", "V", "x", "0,00", "20,00", "")])
    )
    assert (lu.resume["solde_411"], lu.resume["total_ouvert"], lu.resume["ecart"]) == ("100.00", "120.00", "-20.00")


def test_bad_piece_date_falls_back_on_the_entry(build_fec):
    lu = read_fichier(build_fec([VENTE, PRODUIT]).replace(b"F-1\t20260105", b"F-1\t20260631"))
    assert [str(creance.date_emission) for creance in lu.creances] == ["2026-01-05"]
    assert codes(lu) == ["date_inexistante"]
    assert lu.erreurs[0].gravite == "avertissement"


def test_negative_amounts_count_the_other_way(build_fec):
    lu = read_fichier(
        build_fec([VENTE, PRODUIT, ("VE", "2", "20260106", "411000", "C1", "AV-1", "x", "-20,00", "", "")])
    )
    assert lu.resume["solde_411"] == lu.resume["total_ouvert"] == "100.00"
    assert "montant_negatif" in codes(lu)


def test_totals_that_do_not_balance(build_fec):
    lu = read_fichier(build_fec([VENTE, ("VE", "1", *PRODUIT[2:8], "100,00", "")]))
    assert [(erreur.code, erreur.gravite) for erreur in lu.erreurs] == [
        ("ecriture_desequilibree", "avertissement"),
        ("fec_desequilibre", "erreur"),
    ]
    assert "120,00" in lu.erreurs[1].message
    assert "100,00" in lu.erreurs[1].message
    assert len(lu.creances) == 1


def test_entry_whose_lines_do_not_follow_one_another(build_fec):
    autre = [("OD", "7", "20260105", compte, "", "x", "x", *montants, "") for compte, montants in
             (("606", ("9,00", "")), ("512", ("", "9,00")))]  # fmt: skip
    assert codes(read_fichier(build_fec([VENTE, autre[0], PRODUIT, autre[1]]))) == []


def test_truncated_last_line(build_fec):
    entier = build_fec([VENTE, PRODUIT, VENTE, PRODUIT])
    lu = read_fichier(entier[:-40])
    assert [(erreur.code, erreur.ligne) for erreur in lu.erreurs if erreur.code == "ligne_tronquee"] == [
        ("ligne_tronquee", 5)
    ]
    assert "fec_desequilibre" in codes(lu)
    assert len(lu.creances) == 1


def test_short_lines(build_fec):
    texte = build_fec([VENTE, PRODUIT]).decode()
    sans_fin = "\n".join(ligne.rstrip("\t") for ligne in texte.split("\n"))
    assert codes(read_fichier(sans_fin.encode())) == []
    coupee = texte.replace("\t0,00\t120,00\t\t\t20260105\t\t", "")
    lu = read_fichier(coupee.encode())
    assert ("ligne_incomplete", 3) in [(erreur.code, erreur.ligne) for erreur in lu.erreurs]


def test_missing_columns_are_named(build_fec):
    lu = read_fichier(build_fec([VENTE]).replace(b"\tCredit\t", b"\tAutre\t"))
    assert lu.format == "fec"
    assert codes(lu) == ["fec_colonnes_manquantes"]
    assert "Debit et Credit" in lu.erreurs[0].message


def test_ledger_without_customers(build_fec):
    assert codes(read_fichier(build_fec([(*PRODUIT[:7], "0,00", "0,00", "")]))) == ["aucun_compte_client"]


def test_endless_line_is_refused_without_filling_memory(build_fec):
    lu = read_fichier(build_fec([VENTE, PRODUIT]) + b"x" * 5_000_000)
    assert "ligne_demesuree" in codes(lu)
    assert len(lu.creances) == 1


def test_memory_follows_the_customers_only(build_fec, tmp_path):
    """Two files, one ten times as long, with the same customers: the same memory."""
    pointes = []
    for fois in (1, 10):
        autres = [
            ("OD", str(n), "20260105", "606", "", f"P{n}", f"Libellé numéro {n}", "1,00", "1,00", "")
            for n in range(4000)
        ]
        entete, _, corps = build_fec(autres).partition(b"\n")
        chemin = tmp_path / f"{fois}.txt"
        chemin.write_bytes(entete + b"\n" + corps * fois)
        tracemalloc.start()
        read_fichier(chemin)
        pointes.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert pointes[1] < pointes[0] + 8_000_000


LIGNES = st.lists(
    st.tuples(
        st.sampled_from([("VE", "Ventes"), ("BQ", "Banque"), ("AN", "A nouveaux"), ("OD", "Divers")]),
        st.integers(1, 5),
        st.integers(1, 28),
        st.sampled_from(["C1", "C2", ""]),
        st.sampled_from(["F-1", "F-2", "VIR", ""]),
        st.integers(-50_000, 50_000),
        st.sampled_from(["", "", "A", "B", "a"]),
        st.sampled_from(list(NUMEROS)),
        st.integers(0, 255),
    ),
    max_size=40,
)


@given(LIGNES, st.booleans())
def test_every_cent_of_every_account_is_kept(lignes, suivre):
    comptes = {}
    for rang, (journal, numero, jour, code, piece, centimes, lettre, famille, faces) in enumerate(lignes, 2):
        compte = comptes.setdefault((code, famille), CompteClient(code, code, NUMEROS[famille], famille, rang, []))
        compte.solde += centimes
        ligne = LigneClient(
            rang,
            name_journal(*journal),
            str(numero),
            f"202601{jour:02d}",
            f"202601{jour:02d}",
            piece,
            "",
            centimes,
            lettre,
        )
        ligne.contreparties = faces
        compte.lignes.append(ligne)
    ouverts = build_ouverts(comptes.values(), "x", {"f1", "f2", normalize("F-1"), normalize("F-2")} if suivre else ())
    obtenus = defaultdict(Decimal)
    for creance in (*ouverts.creances, *ouverts.a_part):
        obtenus[creance.debiteur.code] += creance.reste_du
        assert creance.reste_du == creance.effet
        assert suivre or creance.reste_du != 0
        payes = sum(reglement.montant for reglement in creance.reglements)
        if creance.nature == "facture":
            assert creance.montant_ttc - payes == creance.reste_du
    soldes = defaultdict(int)
    for compte in comptes.values():
        soldes[compte.code] += compte.solde
        assert ouverts.totaux[compte.code, compte.famille] == compte.solde
    assert {code: int(obtenus[code] * 100) for code in soldes} == soldes
    toutes = (*ouverts.creances, *ouverts.a_part)
    cles = [(creance.debiteur.code, creance.compte, creance.numero, creance.nature == "facture") for creance in toutes]
    assert len(cles) == len(set(cles))
