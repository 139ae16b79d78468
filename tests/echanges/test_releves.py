"""What all bank files share: real files give what was expected of them, read as a stream, never a crash."""

from __future__ import annotations

import io
import itertools
import json
import tracemalloc
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import strike

from exigible.cli.banc_releves import measure_releves, write_camt053, write_cfonb120, write_mt940, write_ofx
from exigible.echanges.enregistrements import simplify
from exigible.echanges.lecture import open_fichiers, read_fichier
from exigible.echanges.releves import ReleveOuvert
from exigible.echanges.releves_valeurs import build_iban_francais, find_iban, read_montant

DONNEES = Path(__file__).parent / "donnees"
DOSSIERS = ("camt053", "cfonb120", "mt940", "ofx", "csv_releves")
REELS = [f for d in DOSSIERS for f in sorted((DONNEES / d).iterdir()) if f.name != "attendu.json"]
ATTENDU = {d: json.loads((DONNEES / d / "attendu.json").read_text(encoding="utf-8")) for d in DOSSIERS}


def list_attendus(dossier):
    return [pytest.param(DONNEES / dossier / nom, attendu, id=nom) for nom, attendu in ATTENDU[dossier].items()]


def sum_montants(lu):
    return sum((m.montant for m in lu.mouvements), Decimal(0))


@pytest.mark.parametrize(("fichier", "attendu"), list_attendus("cfonb120"))
def test_cfonb120_reels(fichier, attendu):
    lu = read_fichier(fichier)
    assert lu.format == "cfonb120"
    assert len(lu.comptes) == len(attendu["releves"])
    for compte, releve in zip(lu.comptes, attendu["releves"], strict=True):
        rib = f"{releve['banque']}{releve['guichet']}{releve['compte']}"
        assert compte.iban is not None
        assert compte.iban[4:-2] == rib
        assert (compte.solde_debut, compte.solde_fin) == (
            Decimal(releve["solde_initial"]),
            Decimal(releve["solde_final"]),
        )
        assert (compte.devise, compte.controle) == (releve["devise"], releve["coherent"])
        assert compte.date_fin is not None
        assert f"{compte.date_fin:%d%m%y}" == releve["date_fin"]
    # A movement outside any statement is taken too, with a warning: it is not in the expected sums.
    hors = sum(erreur.code == "mouvement_hors_releve" for erreur in lu.erreurs)
    assert len(lu.mouvements) == attendu["types"].get("04", 0)
    assert len(lu.mouvements) - hors == sum(releve["mouvements"] for releve in attendu["releves"])
    if not hors:
        assert sum_montants(lu) == sum(Decimal(releve["somme"]) for releve in attendu["releves"])
    assert bool(lu.erreurs) is fichier.name.startswith("erreur-")


@pytest.mark.parametrize(("fichier", "attendu"), list_attendus("mt940"))
def test_mt940_reels(fichier, attendu):
    lu = read_fichier(fichier)
    assert lu.format == "mt940"
    assert len(lu.mouvements) == attendu["mouvements"]
    assert sum_montants(lu) == Decimal(attendu["somme"])
    for compte, releve in zip(lu.comptes, attendu["detail"], strict=True):
        assert compte.iban == releve["compte"]
        assert compte.solde_debut == Decimal(releve["ouverture"]["montant"])
        assert compte.devise == releve["ouverture"]["devise"]
        if releve["cloture"]:
            assert compte.solde_fin == Decimal(releve["cloture"]["montant"])
            assert compte.controle is releve["coherent"]


@pytest.mark.parametrize(("fichier", "attendu"), list_attendus("ofx"))
def test_ofx_reels(fichier, attendu):
    lu = read_fichier(fichier)
    assert lu.format == "ofx"
    fautes = [erreur for erreur in lu.erreurs if erreur.gravite == "erreur"]
    assert len(lu.mouvements) + len(fautes) == attendu["STMTTRN"]
    if not fautes:
        assert sum_montants(lu) == Decimal(attendu["somme_TRNAMT"])
        assert {compte.devise for compte in lu.comptes} == set(attendu["CURDEF"])
    # « available » balances are not those of the books: ours are among those printed, one an account.
    assert len(lu.comptes) == (
        attendu["ofxparse"]["comptes"] if isinstance(attendu["ofxparse"], dict) else len(lu.comptes)
    )
    assert {compte.solde_fin for compte in lu.comptes} <= {Decimal(solde) for solde in attendu["BALAMT"]}


@pytest.mark.parametrize(("fichier", "attendu"), list_attendus("csv_releves"))
def test_csv_reels(fichier, attendu):
    lu = read_fichier(fichier)
    assert lu.format == "csv_releve"
    assert [str(m.montant) for m in lu.mouvements] == attendu["mouvements"]
    assert str(lu.mouvements[0].date) == attendu["premier_jour"]
    assert [compte.controle for compte in lu.comptes] == [attendu["controle"]]


@pytest.mark.parametrize("fichier", REELS, ids=lambda f: f.name)
def test_ouvert_puis_lu_ou_lu_d_un_coup(fichier):
    (ouvert,) = open_fichiers(fichier)
    assert isinstance(ouvert, ReleveOuvert)
    mouvements = tuple(ouvert)
    entier = read_fichier(fichier)
    assert ouvert.close(mouvements) == entier
    assert entier.resume["mouvements"] == str(len(mouvements))
    assert entier.compte == (entier.comptes[0] if entier.comptes else None)
    assert read_fichier(fichier.read_bytes(), fichier.name) == entier


@pytest.mark.parametrize("ecrire", [write_camt053, write_cfonb120, write_mt940, write_ofx])
def test_la_memoire_ne_suit_pas_la_longueur(ecrire, tmp_path):
    def mesurer(nombre):
        fichier = tmp_path / f"{nombre}.txt"
        with fichier.open("w", encoding="utf-8") as sortie:
            sortie.writelines(ecrire(nombre))
        (ouvert,) = open_fichiers(fichier)
        suite = iter(ouvert)
        lus = sum(1 for _ in itertools.islice(suite, 100))  # what is cached once is cached
        tracemalloc.start()
        lus += sum(1 for _ in suite)
        pointe = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert lus == nombre
        return pointe

    # The digests of the last fifty thousand movements are kept (a hundred bytes each), the movements are not.
    assert mesurer(9_000) < mesurer(3_000) + 6_000 * 200


def test_banc_rend_des_vitesses(tmp_path):
    mesures = measure_releves(tmp_path, 200)
    assert mesures.pop("mouvements") == 200
    assert set(mesures) == {f"{nom}_par_seconde" for nom in ("camt053", "cfonb120", "csv_releve", "mt940", "ofx")}
    assert all(vitesse > 100 for vitesse in mesures.values())


def test_deux_operations_identiques_sont_gardees_et_dites():
    texte = "".join(write_mt940(3))
    debut, fin = texte.index(":61:"), texte.index(":62F:")
    lu = read_fichier((texte[:fin] + texte[debut:fin] + texte[fin:]).encode())
    assert len(lu.mouvements) == 6
    assert [e.code for e in lu.erreurs] == ["mouvement_en_double"] * 3 + ["solde_incoherent"]
    assert all(e.gravite == "avertissement" for e in lu.erreurs)


def test_une_devise_etrangere_est_dite_trois_fois_puis_comptee():
    lu = read_fichier("".join(write_mt940(9)).replace("EUR", "USD").encode())
    assert [m.devise for m in lu.mouvements] == ["USD"] * 9
    assert [e.code for e in lu.erreurs] == ["devise_etrangere"] * 4
    assert lu.erreurs[-1].message == "Et 6 autres cas semblables, non détaillés ici."
    assert lu.comptes[0].controle is True


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("12,50", "12.50"),
        ("1 234,56", "1234.56"),
        ("1\u202f234,56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1'234.56", "1234.56"),
        ("1.234.567,89", "1234567.89"),
        ("12,50-", "-12.50"),
        ("(12,50)", "-12.50"),
        ("- 12,50 €", "-12.50"),
        ("+1 200", "1200.00"),
        (",08", "0.08"),
        ("15000,", "15000.00"),
        ("620,3", "620.30"),
        ("12.500", "12.50"),
    ],
)
def test_montants_de_partout(texte, attendu):
    assert read_montant(texte) == Decimal(attendu)


def test_iban_d_un_compte_francais():
    # Accounts made for the test: the key of the RIB then that of the IBAN are those of the published examples.
    assert build_iban_francais("20041", "01005", "0500013M026") == "FR1420041010050500013M02606"
    assert build_iban_francais("30006", "00001", "12345678901") == "FR7630006000011234567890189"
    assert build_iban_francais("3000", "00001", "12345678901") is None
    assert find_iban("De FR14 2004 1010 0505 0001 3M02 606 merci") == "FR1420041010050500013M02606"
    assert find_iban("FR1420041010050500013M02606 ou FR7630006000011234567890189") is None


GESTES = st.lists(
    st.tuples(
        st.sampled_from(["couper", "ecraser", "repeter", "inserer", "oter"]),
        st.floats(0, 1, exclude_max=True),
        st.one_of(
            st.binary(max_size=6),
            st.sampled_from(
                [b"\n", b"\r", b":61:", b":86:", b"<", b">", b"<!--", b"04", b"01", b"?20", b"9" * 50, b"-", b";", b'"']
            ),
        ),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=300, deadline=2000)
@given(st.sampled_from(REELS), GESTES)
def test_un_fichier_abime_se_lit_ou_se_dit(fichier, gestes):
    lu = read_fichier(strike(fichier.read_bytes(), gestes), fichier.name)
    msgspec.json.encode(simplify(lu))
    assert all(erreur.message.endswith(".") for erreur in lu.erreurs)


@settings(max_examples=100, deadline=2000)
@given(
    st.sampled_from(
        [
            b":20:X\n:25:1\n:60F:C260101EUR1,00\n",
            b"01" + b"3" * 10 + b"\n04",
            b"<OFX>",
            b"<BkToCstmrStmt>",
            b"!Type:Bank\nD",
        ]
    ),
    st.binary(max_size=400),
)
def test_des_octets_au_hasard_apres_un_debut_connu(debut, suite):
    lu = read_fichier(debut + suite)
    msgspec.json.encode(simplify(lu))


def test_une_ligne_sans_fin_ne_remplit_pas_la_memoire():
    enorme = b":20:X\n:25:1\n:28C:1\n:60F:C260101EUR1,00\n:61:" + b"9" * 5_000_000
    lu = read_fichier(io.BytesIO(enorme).getvalue())
    assert [e.code for e in lu.erreurs] == ["operation_illisible"]


def test_identical_movements_are_told_however_far_within_the_limit(monkeypatch):
    monkeypatch.setattr("exigible.echanges.releves._RECENTS", 10)
    ligne = ":61:2511011101C{},00NTRFNONREF\n"
    for ecart, doubles in ((9, 1), (10, 1), (40, 0)):
        suite = "".join(ligne.format(100 + rang) for rang in range(ecart))
        texte = ":20:X\n:25:1\n:60F:C251031EUR0,00\n" + ligne.format(1) + suite + ligne.format(1)
        lu = read_fichier(texte.encode())
        assert len(lu.mouvements) == ecart + 2
        assert [e.code for e in lu.erreurs].count("mouvement_en_double") == doubles
