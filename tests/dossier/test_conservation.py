"""How long a dossier is kept, and what is read of it afterwards."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exigible.dossier.conservation import check_duree, compute_fin_conservation
from exigible.dossier.faits import (
    ContestationRecue,
    DebiteurDecrit,
    FaitAnnule,
    NoteAjoutee,
    PaiementRecu,
    PaiementRejete,
    PromesseRecue,
)
from exigible.dossier.journal import FaitEfface, Inscription, get_type, list_effectives
from exigible.dossier.plier import fold_dossier
from exigible.droit.erreurs import ErreurSaisie

AU = date(2026, 6, 1)


def efface(inscription):
    return msgspec.structs.replace(inscription, fait=FaitEfface(type=get_type(inscription.fait)))


@pytest.mark.parametrize(
    ("dernier", "annees", "fin"),
    [
        (date(2014, 3, 10), 10, date(2025, 12, 31)),
        (date(2014, 12, 31), 10, date(2025, 12, 31)),
        (date(2015, 1, 1), 10, date(2026, 12, 31)),
        (date(2014, 3, 10), 12, date(2027, 12, 31)),
    ],
)
def test_dix_ans_apres_la_cloture_la_plus_tardive(dernier, annees, fin):
    assert compute_fin_conservation(dernier, annees) == fin


@given(dernier=st.dates(max_value=date(2900, 1, 1)), annees=st.integers(10, 100))
def test_jamais_moins_que_la_loi_depuis_le_dernier_fait(dernier, annees):
    fin = compute_fin_conservation(dernier, annees)
    assert fin >= date(dernier.year + annees + 1, 12, 31) > dernier


@pytest.mark.parametrize("annees", [-1, 0, 9, 101])
def test_une_duree_plus_courte_que_la_loi_est_refusee(annees):
    with pytest.raises(ErreurSaisie, match="L123-22"):
        check_duree(annees)


@pytest.fixture(name="journal")
def _journal(ecris, facture):
    return ecris(
        [
            ("2025-01-01", DebiteurDecrit(nom="Client Exemple", code="C1")),
            ("2025-01-31", facture("a", "2025-01-31", "2025-03-02")),
            ("2025-02-28", facture("b", "2025-02-28", "2025-03-30", "500.00")),
            ("2025-04-01", PaiementRecu(cle="p", montant=Decimal("100.00"), creances=("a",))),
            ("2025-04-05", PaiementRejete(paiement="p", motif="impayé")),
            ("2025-04-10", PromesseRecue(cle="x", jusqu_au=date(2025, 5, 1))),
            ("2025-04-11", ContestationRecue(cle="y", creances=("b",), motif="qualité")),
            ("2025-04-12", NoteAjoutee(texte="appelé")),
            ("2025-04-13", FaitAnnule(motif="erreur"), 8),
        ]
    )


def test_un_dossier_tout_efface_se_plie_et_le_dit(journal, creancier):
    etat = fold_dossier([efface(i) for i in journal], creancier(), AU)
    assert etat.debiteur.nom == "(effacé)"
    assert (etat.creances, etat.echu) == ((), 0)
    [avertissement] = [a for a in etat.avertissements if a.code == "faits_effaces"]
    assert "(nombre : 9)" in str(avertissement.message)


def test_un_dossier_entier_ne_parle_pas_d_effacement(journal, creancier):
    assert "faits_effaces" not in {a.code for a in fold_dossier(journal, creancier(), AU).avertissements}


@given(effaces=st.sets(st.integers(1, 9)))
@settings(max_examples=60, suppress_health_check=["function_scoped_fixture"])
def test_quels_que_soient_les_faits_effaces_le_dossier_se_plie(journal, creancier, effaces):
    etat = fold_dossier([efface(i) if i.rang in effaces else i for i in journal], creancier(), AU)
    assert {c.cle for c in etat.creances} == {c for c, rang in (("a", 2), ("b", 3)) if rang not in effaces}
    assert bool(effaces) == ("faits_effaces" in {a.code for a in etat.avertissements})


def test_une_annulation_effacee_annule_encore():
    def inscrire(rang, fait, corrige=None):
        return Inscription(rang=rang, date_effet=AU, fait=fait, corrige=corrige)

    note, correction = inscrire(1, NoteAjoutee(texte="a")), inscrire(2, NoteAjoutee(texte="b"), 1)
    annulation = inscrire(3, FaitAnnule(motif="x"), 2)
    for derniere in (annulation, efface(annulation)):
        assert [i.rang for i in list_effectives([note, correction, derniere], AU)] == [1, 3]
