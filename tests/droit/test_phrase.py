"""A sentence of the core: French text first, and what it was made from."""

import copy
import pickle
from datetime import date
from decimal import Decimal
from functools import partial

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.ecriture import format_exact, format_nombre, join_mots
from exigible.droit.phrase import Phrase, encode_phrase, join_phrases, phrase, render_modele, wrap_texte, write_valeur


def test_elle_ecrit_chaque_valeur_a_la_francaise():
    ecrite = phrase(
        "{qui} doit {montant} au {jour}, à {taux:taux} et {fois:nombre} fois, pour {nombre} factures : {numeros}",
        qui="Témoin",
        montant=Decimal("-1234.5"),
        jour=date(2026, 11, 2),
        taux=Decimal("12.4"),
        fois=Decimal("1.5"),
        nombre=3,
        numeros=("F1", "F2", "F3"),
    )
    assert ecrite == (
        "Témoin doit -1\u202f234,50\u00a0€ au 02/11/2026, à 12,40\u00a0% et 1,5 fois, pour 3 factures : F1, F2 et F3"
    )
    assert type(str(ecrite)) is str
    assert ecrite.parametres["montant"] == Decimal("-1234.5")


def test_une_phrase_en_contient_une_autre():
    retard = phrase("{nombre} jours", nombre=12)
    dite = phrase("échue depuis {retard}", retard=retard)
    assert dite == "échue depuis 12 jours"
    assert dite.parametres["retard"] is retard


def test_une_valeur_manquante_se_dit_tout_de_suite():
    with pytest.raises(KeyError, match="jour"):
        phrase("le {jour}")


def test_les_accolades_d_une_valeur_restent_du_texte():
    assert phrase("motif : {motif}", motif="{jour} {{x}}") == "motif : {jour} {{x}}"


def test_elle_ne_change_pas_et_se_copie():
    dite = phrase("le {jour}", jour=date(2026, 1, 2))
    with pytest.raises(TypeError):
        dite.parametres["jour"] = date(2027, 1, 1)
    for copie in (copy.deepcopy(dite), pickle.loads(pickle.dumps(dite))):  # noqa: S301 - our own bytes
        assert isinstance(copie, Phrase)
        assert (copie, copie.modele, copie.parametres) == (dite, dite.modele, dite.parametres)


@pytest.mark.parametrize(
    ("mots", "attendu"), [((), ""), (("a",), "a"), (("a", "b"), "a et b"), (("a", "b", "c"), "a, b et c")]
)
def test_une_liste_se_lit_a_voix_haute(mots, attendu):
    assert join_mots(mots) == attendu == write_valeur(mots)


@pytest.mark.parametrize(("nombre", "attendu"), [("10", "10"), ("1.50", "1,5"), ("1000", "1\u202f000"), ("0", "0")])
def test_un_nombre_garde_ses_seules_decimales(nombre, attendu):
    assert format_exact(Decimal(nombre)) == attendu


@pytest.mark.parametrize(
    ("nombre", "attendu"),
    [("0.125", "0,13"), ("0.135", "0,14"), ("-0.125", "-0,13"), ("1234567.5", "1\u202f234\u202f567,50")],
)
def test_une_moitie_de_centime_s_arrondit_au_dessus(nombre, attendu):
    assert format_nombre(Decimal(nombre)) == attendu


@given(st.text(), st.integers(), st.dates())
def test_le_texte_est_toujours_celui_de_son_modele(mot, nombre, jour):
    dite = phrase("{mot} / {nombre} / {jour}", mot=mot, nombre=nombre, jour=jour)
    assert dite == render_modele(dite.modele, dite.parametres, write_valeur)
    assert dite == f"{mot} / {nombre} / {jour:%d/%m}/{jour.year:04d}"


def test_les_mots_d_une_table_sont_leur_propre_modele():
    mots = wrap_texte("avec {accolades}")
    assert mots == "avec {accolades}"
    assert render_modele(mots.modele, mots.parametres, write_valeur) == mots


def test_des_phrases_mises_bout_a_bout_gardent_chacune_leur_modele():
    jointes = join_phrases((phrase("le {jour}", jour=date(2026, 11, 2)), "texte {libre}"), ", ")
    assert jointes == "le 02/11/2026, texte {libre}"
    assert [getattr(p, "modele", None) for p in jointes.parametres.values()] == ["le {jour}", None]


def test_msgspec_ecrit_une_phrase_et_refuse_le_reste():
    encode = partial(msgspec.json.encode, enc_hook=encode_phrase)
    dite = phrase("le {jour}", jour=date(2026, 11, 2))
    assert encode({"dite": dite}) == b'{"dite":"le 02/11/2026"}'
    assert type(encode_phrase(dite)) is str
    with pytest.raises(NotImplementedError):
        encode({"dite": object()})
