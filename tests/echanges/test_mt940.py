"""MT940: signs of reversals, days across the year, what « :86: » says in each country, pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.echanges.lecture import read_fichier

FIN = ":62F:C260131EUR{}\n-\n"


def build(*operations, debut="C251231EUR1000,00", fin=None, compte="FR7630006000011234567890189"):
    texte = f":20:RELEVE\n:25:{compte}\n:28C:1/1\n:60F:{debut}\n" + "\n".join(operations) + "\n"
    return (texte + (FIN.format(fin) if fin else "-\n")).encode()


def read_un(*operations, **options):
    lu = read_fichier(build(*operations, **options))
    (mouvement,) = lu.mouvements
    return mouvement


@pytest.mark.parametrize(
    ("marque", "signe", "fin"), [("C", 1, "1012,50"), ("D", -1, "987,50"), ("RC", -1, "987,50"), ("RD", 1, "1012,50")]
)
def test_une_extourne_fait_au_compte_le_contraire_de_ce_qu_elle_annule(marque, signe, fin):
    lu = read_fichier(build(f":61:2601050105{marque}12,50NTRFNONREF", fin=fin))
    (mouvement,) = lu.mouvements
    assert mouvement.montant == signe * Decimal("12.50")
    assert mouvement.extourne is marque.startswith("R")
    assert lu.comptes[0].controle is True


@pytest.mark.parametrize("marque", ["EC", "ED"])
def test_une_operation_attendue_n_est_pas_comptee(marque):
    lu = read_fichier(build(f":61:2601050105{marque}12,50NTRFNONREF"))
    assert lu.mouvements == ()
    assert [e.code for e in lu.erreurs] == ["operation_en_attente"]


@pytest.mark.parametrize(
    ("ligne", "valeur", "comptable"),
    [
        (":61:2601020102C1,00NTRFX", date(2026, 1, 2), date(2026, 1, 2)),
        (":61:2512311231C1,00NTRFX", date(2025, 12, 31), date(2025, 12, 31)),
        (":61:2601021231C1,00NTRFX", date(2026, 1, 2), date(2025, 12, 31)),
        (":61:2512310102C1,00NTRFX", date(2025, 12, 31), date(2026, 1, 2)),
        (":61:260102C1,00NTRFX", date(2026, 1, 2), date(2026, 1, 2)),
        (":61:9901020102C1,00NTRFX", date(1999, 1, 2), date(1999, 1, 2)),
        (":61:2402300301C1,00NTRFX", date(2024, 2, 29), date(2024, 3, 1)),
    ],
)
def test_les_deux_jours_d_une_operation(ligne, valeur, comptable):
    mouvement = read_un(ligne)
    assert (mouvement.date_valeur, mouvement.date) == (valeur, comptable)


ALLEMAND = """:61:2601050105C12,50NTRFNONREF//BQ12
:86:166?00GUTSCHRIFT?100399?20EREF+E2E-77?21SVWZ+Facture F-12 et?22 F-13
?30TESTFRPP?31FR1420041010050500013M02606?32SOCIETE?33FICTIVE"""
NEERLANDAIS = """:61:2601050105C12,50N102EREF
:86:/EREF/E2E-77/BENM//NAME/SOCIETE FICTIVE/REMI/Facture F-12/IBAN/FR1420041010050500013M02606"""
ORDP = """:61:2601050105C12,50NTRFNONREF
:86:/TRTP/SEPA OVERBOEKING/IBAN/FR1420041010050500013M02606/NAME/SOCIETE FICTIVE/REMI/Facture F-12/EREF/E2E-77"""
CNTP = """:61:2601050105C12,50NTRFEREF//1
:86:/EREF/E2E-77//CNTP/FR1420041010050500013M02606/TESTFRPP/SOCIETE FICTIVE///REMI/USTD//Facture F-12/"""
SEPA_LIBRE = """:61:2601050105C12,50NTRFNONREF
:86:166?20EREF+E2E-77?21IBAN+FR1420041010050500013M02606?22SVWZ+Facture F-12?32SOCIETE FICTIVE"""


@pytest.mark.parametrize(
    "operation", [ALLEMAND, NEERLANDAIS, ORDP, CNTP, SEPA_LIBRE], ids=["?", "/BENM", "/ORDP", "/CNTP", "+"]
)
def test_les_ecritures_de_chaque_pays(operation):
    mouvement = read_un(operation)
    assert mouvement.contrepartie == "SOCIETE FICTIVE"
    assert mouvement.iban == "FR1420041010050500013M02606"
    assert mouvement.libelle.startswith("Facture F-12")
    assert (mouvement.reference, mouvement.bout_en_bout) == ("E2E-77", "E2E-77")


def test_un_texte_libre_est_le_libelle_tout_entier():
    mouvement = read_un(
        ":61:2601050105C12,50NTRFREF12//BQ-9\nVIR SEPA\n"
        ":86:VIREMENT RECU DE SOCIETE FICTIVE\nMOTIF FACTURE F-12\n- suite"
    )
    assert mouvement.libelle == "VIREMENT RECU DE SOCIETE FICTIVE MOTIF FACTURE F-12 - suite VIR SEPA"
    assert (mouvement.reference, mouvement.identifiant, mouvement.operation) == ("REF12", "BQ-9", "NTRF")


def test_une_ligne_pleine_continue_son_mot():
    longue = "x" * 60 + " FACT"
    mouvement = read_un(f":61:2601050105C1,00NTRFNONREF\n:86:{longue}\nURE F-12\nMERCI")
    assert mouvement.libelle == "x" * 60 + " FACTURE F-12 MERCI"


def test_un_rejet_dit_son_motif():
    details = ":86:109?00RUECKLASTSCHRIFT?20EREF+E2E-77?21SVWZ+Retour?34914"
    mouvement = read_un(":61:2601050105D12,50NTRFNONREF\n" + details)
    assert (mouvement.motif_retour, mouvement.operation) == ("914", "109")
    assert read_un(":61:2601050105C12,50NTRFNONREF\n:86:166?20x?34914").motif_retour is None


def test_les_pages_se_suivent():
    page = ":20:R\n:25:X\n:28C:1/{}\n:60{}:C260101EUR{}\n:61:2601050105C1,00NTRFX{}\n:62{}:C260105EUR{}\n-\n"
    suite = page.format(1, "F", "1,00", 1, "M", "2,00") + page.format(2, "M", "2,00", 2, "F", "3,00")
    lu = read_fichier(suite.encode())
    assert [(c.solde_debut, c.solde_fin, c.controle) for c in lu.comptes] == [
        (Decimal(1), Decimal(2), True),
        (Decimal(2), Decimal(3), True),
    ]
    assert lu.erreurs == ()
    troue = page.format(1, "F", "1,00", 1, "M", "2,00") + page.format(3, "M", "5,00", 3, "F", "6,00")
    assert [e.code for e in read_fichier(troue.encode()).erreurs] == ["page_manquante"]


def test_les_blocs_de_swift_et_les_fins_de_ligne():
    corps = build(":61:2601050105C12,50NTRFNONREF", fin="1012,50").decode().replace("\n-\n", "\n-}")
    bloc = "{1:F01TESTFRPPAXXX0000000000}{2:I940TESTFRPPXXXXN}{4:\n" + corps
    for texte in (bloc, bloc.replace("\n", "\r\n"), bloc.replace("{4:\n", "{4:"), "\x01\r\n" + corps + "\x03"):
        lu = read_fichier(texte.encode())
        assert (lu.format, len(lu.mouvements), lu.comptes[0].controle) == ("mt940", 1, True)


def test_une_operation_illisible_est_dite_et_les_autres_gardees():
    lu = read_fichier(build(":61:bonjour", ":61:2601050105C12,50NTRFNONREF", fin="1012,50"))
    assert len(lu.mouvements) == 1
    assert [(e.code, e.ligne) for e in lu.erreurs] == [("operation_illisible", 5)]
    assert lu.comptes[0].controle is None


OPERATION = st.tuples(
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    st.integers(1, 10**9),
    st.sampled_from(["C", "D", "RC", "RD"]),
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -", min_size=1, max_size=40)
    .map(str.split)
    .filter(bool)
    .map(" ".join),
)


@given(st.lists(OPERATION, min_size=1, max_size=8), st.integers(-(10**9), 10**9))
def test_ce_qui_est_ecrit_se_relit(operations, depart):
    """An account written by the test, whose balance is worked out apart, reads back the same."""

    def ecrire(cents):
        return f"{abs(cents) // 100},{abs(cents) % 100:02}"

    signes = {"C": 1, "D": -1, "RC": -1, "RD": 1}
    arrivee = depart + sum(signes[sens] * cents for _, cents, sens, _ in operations)
    lignes = [f":61:{j:%y%m%d}{j:%m%d}{sens}{ecrire(c)}NTRFNONREF\n:86:166?20{t}" for j, c, sens, t in operations]
    texte = (
        f":20:X\n:25:COMPTE\n:28C:1\n:60F:{'D' if depart < 0 else 'C'}200101EUR{ecrire(depart)}\n"
        + "\n".join(lignes)
        + f"\n:62F:{'D' if arrivee < 0 else 'C'}351231EUR{ecrire(arrivee)}\n-\n"
    )
    lu = read_fichier(texte.encode())
    assert [(m.date, m.montant, m.libelle) for m in lu.mouvements] == [
        (jour, signes[sens] * Decimal(cents).scaleb(-2), texte) for jour, cents, sens, texte in operations
    ]
    assert lu.comptes[0].controle is True
