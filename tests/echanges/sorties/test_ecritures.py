"""Entries: balanced to the cent, each fact once, read back by our own reader and by another."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.dossier.comptable import FaitDeCompte
from exigible.droit.erreurs import ErreurSaisie
from exigible.echanges.lecture import read_fichier
from exigible.echanges.sorties.ecritures import (
    COLONNES,
    PlanDeComptes,
    build_export,
    list_cellules,
    sum_exportes,
    write_fec,
)

DU, AU = date(2026, 11, 1), date(2026, 11, 30)
COMPTES = PlanDeComptes()


def fait(cle="D-1/p", jour=date(2026, 11, 10), **sommes):
    sommes = {poste: Decimal(valeur) for poste, valeur in sommes.items()}
    return FaitDeCompte(cle, jour, "C001", "Client Fictif", "F-1", **sommes)


def exporter(faits, exportes=None, periode=(DU, AU)):
    return build_export(faits, exportes or {}, periode, "EX1", COMPTES)


def lire(contenu):
    """Another reader: the standard library's."""
    return list(csv.DictReader(io.StringIO(contenu.decode(), newline=""), delimiter="\t", quoting=csv.QUOTE_NONE))


def vers_decimal(texte):
    return Decimal(texte.replace(",", "."))


def test_ce_qui_est_encaisse_en_plus_se_doit_et_se_gagne():
    export = exporter([fait(interets="10.50", indemnites="40.00")])
    lignes = [(x.compte, x.tiers, x.debit, x.credit) for x in export.lignes]
    zero = Decimal("0.00")
    assert lignes == [
        ("411", "C001", Decimal("50.50"), zero),
        ("7631", "", zero, Decimal("10.50")),
        ("7588", "", zero, Decimal("40.00")),
    ]


def test_une_creance_abandonnee_est_une_perte():
    export = exporter([fait(pertes="120.00")])
    assert [(x.compte, x.debit, x.credit) for x in export.lignes] == [
        ("411", Decimal("0.00"), Decimal("120.00")),
        ("654", Decimal("120.00"), Decimal("0.00")),
    ]


def test_le_fichier_a_les_dix_huit_colonnes_et_se_relit():
    lignes = lire(write_fec(exporter([fait(interets="10.50")])))
    assert tuple(lignes[0]) == COLONNES
    assert len(COLONNES) == 18
    assert (lignes[0]["EcritureDate"], lignes[0]["Debit"], lignes[0]["Credit"]) == ("20261110", "10,50", "0,00")
    assert lignes[0]["ValidDate"] == ""


def test_notre_lecteur_le_reconnait_et_le_trouve_equilibre():
    lu = read_fichier(write_fec(exporter([fait(interets="10.50"), fait("D-2/p", pertes="7.00")])), "ecritures.txt")
    assert lu.format == "fec"
    assert [e for e in lu.erreurs if e.code.startswith(("fec_colonnes", "fec_desequilibre"))] == []


sommes = st.decimals(min_value=0, max_value=99999, places=2)
faits_quelconques = st.lists(
    st.tuples(sommes, sommes, sommes, sommes, st.text(max_size=40), st.dates(date(2026, 1, 1), date(2026, 12, 31))),
    max_size=8,
).map(
    lambda valeurs: [
        FaitDeCompte(f"D-{i}/x", jour, f"C{i}", nom, nom, interets=a, indemnites=b, frais=c, pertes=d)
        for i, (a, b, c, d, nom, jour) in enumerate(valeurs)
    ]
)


@given(faits_quelconques, faits_quelconques)
def test_toujours_equilibre_et_la_somme_des_exports_est_le_dernier_etat(avant, apres):
    premier = exporter(avant, periode=(date(2026, 1, 1), date(2026, 12, 31)))
    exportes = sum_exportes([premier.faits])
    second = exporter(apres, exportes, (date(2026, 1, 1), date(2026, 12, 31)))
    soldes = {}
    for export in (premier, second):
        par_numero = {}
        for ligne in lire(write_fec(export)):
            debit, credit = vers_decimal(ligne["Debit"]), vers_decimal(ligne["Credit"])
            assert min(debit, credit) == 0 <= max(debit, credit)
            par_numero[ligne["EcritureNum"]] = par_numero.get(ligne["EcritureNum"], 0) + debit - credit
            soldes[ligne["CompteNum"]] = soldes.get(ligne["CompteNum"], 0) + debit - credit
        assert all(solde == 0 for solde in par_numero.values())
    assert -soldes.get("7631", 0) == sum(f.interets for f in apres)
    assert soldes.get("654", 0) == sum(f.pertes for f in apres)


@given(faits_quelconques)
def test_exporter_deux_fois_n_ecrit_rien_de_plus(faits):
    periode = (date(2026, 1, 1), date(2026, 12, 31))
    exportes = sum_exportes([exporter(faits, periode=periode).faits])
    assert exporter(faits, exportes, periode).lignes == ()


def test_un_paiement_revenu_est_contre_passe():
    exportes = sum_exportes([exporter([fait(interets="10.00")]).faits])
    export = exporter([], exportes, (date(2026, 12, 1), date(2026, 12, 31)))
    assert [(x.compte, x.debit, x.credit, x.jour) for x in export.lignes] == [
        ("411", Decimal("0.00"), Decimal("10.00"), date(2026, 12, 31)),
        ("7631", Decimal("10.00"), Decimal("0.00"), date(2026, 12, 31)),
    ]
    assert export.lignes[0].libelle.startswith("Régularisation")


def test_ce_qui_suit_la_periode_attend_et_ce_qui_la_precede_y_entre():
    export = exporter([fait("a", date(2026, 12, 1), interets="1.00"), fait("b", date(2026, 10, 1), interets="2.00")])
    assert [(f.cle) for f in export.faits] == ["b"]
    assert {ligne.jour for ligne in export.lignes} == {DU}


def test_un_fait_deja_ecrit_et_posterieur_a_la_periode_n_est_pas_contre_passe():
    tardif = fait("a", date(2026, 12, 1), interets="1.00")
    exportes = sum_exportes([exporter([tardif], periode=(date(2026, 12, 1), date(2026, 12, 31))).faits])
    assert exporter([tardif], exportes).lignes == ()


def test_les_cellules_gardent_leur_genre_pour_un_tableur():
    cellules = next(list_cellules(exporter([fait(interets="1.00")])))
    assert (len(cellules), cellules[3], cellules[11]) == (18, date(2026, 11, 10), Decimal("1.00"))


def test_comptes_et_periode_faux_sont_refuses():
    with pytest.raises(ErreurSaisie, match="numéro de compte"):
        replace(COMPTES, interets="76 31")
    with pytest.raises(ErreurSaisie, match="commencer"):
        exporter([], periode=(AU, DU))
