"""Lists: real numbers and days, texts that no spreadsheet runs, read back by other readers."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from exigible.echanges.sorties.listes import PosteOuvert, build_balance, write_balance, write_ouvert
from exigible.echanges.sorties.tableaux import write_csv, write_tableau, write_xlsx

textes = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60)
cellules = st.tuples(textes, st.decimals(-9_999_999, 9_999_999, places=2), st.dates(date(1990, 1, 1), date(2100, 1, 1)))


def relire_csv(contenu):
    assert contenu.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(contenu.decode("utf-8-sig"), newline=""), delimiter=";"))


def relire_xlsx(contenu):
    return CalamineWorkbook.from_filelike(io.BytesIO(contenu)).get_sheet_by_index(0).to_python()


@settings(max_examples=60, deadline=None)
@given(st.lists(cellules, min_size=1, max_size=5))
def test_un_classeur_se_relit_avec_ses_nombres_et_ses_dates(lignes):
    _titres, *lues = relire_xlsx(write_xlsx(["Texte", "Montant", "Jour"], lignes))
    assert [(texte, Decimal(repr(montant)), jour) for texte, montant, jour in lues] == [
        (texte, montant, jour) for texte, montant, jour in lignes
    ]


@given(st.lists(cellules, min_size=1, max_size=5))
def test_un_csv_se_relit_et_aucun_texte_n_y_commence_une_formule(lignes):
    _titres, *lues = relire_csv(write_csv(["Texte", "Montant", "Jour"], lignes))
    for (texte, montant, jour), (lu, nombre, quand) in zip(lignes, lues, strict=True):
        assert lu in {texte, f"'{texte}"}
        assert not lu.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        assert Decimal(nombre.replace(",", ".")) == montant
        assert quand == f"{jour:%d/%m/%Y}"


@pytest.mark.parametrize("texte", ["=cmd|'/C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_une_formule_reste_un_texte(texte):
    assert relire_csv(write_csv(["T"], [[texte]]))[1][0].startswith("'")
    contenu = write_xlsx(["T", "N"], [[texte, Decimal("-5.00")]])
    classeur = CalamineWorkbook.from_filelike(io.BytesIO(contenu)).get_sheet_by_index(0)
    assert classeur.to_python()[1][1] == -5.0
    import zipfile

    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_un_montant_negatif_reste_un_nombre():
    assert relire_csv(write_csv(["N"], [[Decimal("-12.50")]]))[1] == ["-12,50"]


def test_un_texte_trop_long_pour_une_cellule_y_entre_coupe():
    assert len(relire_xlsx(write_xlsx(["T"], [["x" * 40_000]]))[1][0]) == 32_767


def test_un_format_inconnu_est_refuse():
    with pytest.raises(KeyError):
        write_tableau("pdf", ["T"], [])


def ouvert(reste, echeance, reference="D-1"):
    return PosteOuvert(
        reference=reference,
        client="Client Fictif",
        code="C1",
        siren="",
        numero="F-1",
        emission=date(2026, 1, 1),
        echeance=echeance,
        montant=Decimal("100.00"),
        reste=Decimal(reste),
        interets=Decimal("1.00"),
        indemnites=Decimal("40.00"),
        conteste=Decimal("0.00"),
        etape="echue",
        au=date(2026, 11, 22),
    )


@pytest.mark.parametrize(
    ("echeance", "tranche"),
    [
        (None, 0),
        (date(2026, 11, 23), 0),
        (date(2026, 11, 22), 0),
        (date(2026, 11, 21), 1),
        (date(2026, 10, 23), 1),
        (date(2026, 10, 22), 2),
        (date(2026, 9, 23), 2),
        (date(2026, 9, 22), 3),
        (date(2026, 8, 24), 3),
        (date(2026, 8, 23), 4),
    ],
)
def test_une_facture_entre_dans_sa_tranche(echeance, tranche):
    (ligne,) = build_balance([ouvert("5.00", echeance)], date(2026, 11, 22))
    assert [rang for rang, somme in enumerate(ligne.tranches) if somme] == [tranche]


@given(
    st.lists(
        st.tuples(st.decimals(0, 9999, places=2), st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.sampled_from("AB"))
    )
)
def test_la_balance_ne_perd_aucun_centime(valeurs):
    postes = [ouvert(reste, jour, reference) for reste, jour, reference in valeurs]
    balance = build_balance(postes, date(2026, 11, 22))
    assert sum(ligne.total for ligne in balance) == sum(p.reste for p in postes)
    assert len(balance) == len({p.reference for p in postes})
    assert all(write_balance(ligne)[-1] == ligne.total for ligne in balance)


def test_une_facture_ouverte_dit_son_total_et_son_retard():
    cellules_ = write_ouvert(ouvert("59.00", date(2026, 11, 12)), "échue")
    assert (cellules_[11], cellules_[13]) == (Decimal("100.00"), 10)
