"""What is not a file we know: refused in one sentence, fast, never with a traceback."""

from __future__ import annotations

import hashlib
import resource
import sys
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import strike

from exigible.droit.erreurs import ErreurSaisie
from exigible.echanges.enregistrements import simplify
from exigible.echanges.lecture import read_fichier

DONNEES = Path(__file__).parent / "donnees"
REELS = sorted(chemin for chemin in DONNEES.rglob("*") if chemin.suffix.lower() in (".txt", ".pdf", ".xml"))
REELS = [chemin for chemin in REELS if "LICENCES" not in chemin.parts]


@pytest.mark.parametrize(
    ("contenu", "code"),
    [
        (b"", "fichier_vide"),
        (b"\x00" * 1000, "format_inconnu"),
        (b"\xff\xfe", "format_inconnu"),
        (b"bonjour", "format_inconnu"),
        (b"\n\n\n", "format_inconnu"),
        (b"<", "format_inconnu"),
        (b"<html><body>Connexion</body></html>", "format_inconnu"),
        (b"%PDF-1.7", "pdf_abime"),
        (hashlib.shake_256(b"bruit").digest(100_000), "format_inconnu"),
    ],
)
def test_noise_is_one_sentence(contenu, code):
    lu = read_fichier(contenu, "piece.bin")
    assert lu.format is None
    (erreur,) = lu.erreurs
    assert erreur.code == code
    assert "piece.bin" in erreur.message
    assert erreur.message.endswith(".")


@pytest.mark.parametrize(
    ("contenu", "nom_format"),
    [
        (b"UNA:+.? 'UNB+UNOA:2+X+Y+260101:1200+1'UNH+1+INVOIC:D:96A:UN'", "edifact"),
        (b"0302" + b" " * 156 + b"\r\n", "cfonb160"),
        (b"3100000120221220E" + b" " * 223 + b"\r\n3400000220221220E" + b" " * 223, "cfonb240"),
        (b"3100000120221220E" + b" " * 223 + b"3400000220221220E" + b" " * 223, "cfonb240"),
        (b"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.001.001.09'/>", "pain001"),
        (b"<Document xmlns='http://www.six-interbank-clearing.com/de/pain.008.001.02.ch.03.xsd'/>", "pain008"),
        (b"<D:Document xmlns:D='urn:iso:std:iso:20022:tech:xsd:camt.029.001.09'/>", "camt029"),
        (b"<!-- CrossIndustryInvoice --><p:FatturaElettronica xmlns:p='x'/>", "fatturapa"),
        (b"<fe:Facturae xmlns:fe='x'/>", "facturae"),
        (b"<SCRDMCCBDACIOMessageStructure xmlns='x'/>", "orderx"),
        (
            b"<ApplicationResponse xmlns='urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2'/>",
            "ubl_reponse",
        ),
    ],
)
def test_known_formats_keep_their_name(contenu, nom_format):
    lu = read_fichier(contenu)
    assert lu.format == nom_format
    (erreur,) = lu.erreurs
    assert erreur.code == "format_non_lu"
    assert erreur.message.endswith("rien n'en a été tiré.")


@pytest.mark.parametrize(
    ("contenu", "nom_format", "code"),
    [
        (b"PK\x03\x04rien", "zip", "archive_abimee"),
        (b"<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'/>", "ubl", "numero_absent"),
        (b"<?xml version='1.0'?><x:CrossIndustryDocument xmlns:x='x'/>", "cii", "numero_absent"),
        (b"<CrossDomainAcknowledgementAndResponse xmlns='x'/>", "cdar", "statut_absent"),
    ],
)
def test_formats_read_keep_their_name_when_empty(contenu, nom_format, code):
    lu = read_fichier(contenu)
    assert (lu.format, [erreur.code for erreur in lu.erreurs]) == (nom_format, [code])


@pytest.mark.parametrize(
    "contenu", [b"<Invoice xmlns='x'/>", b"<rss/>", b"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:acmt.001'/>"]
)
def test_unknown_xml_has_no_name(contenu):
    lu = read_fichier(contenu)
    assert (lu.format, [erreur.code for erreur in lu.erreurs]) == (None, ["format_inconnu"])


def test_name_never_decides(donnees):
    contenu = (donnees / "fec" / "111111111FEC20221231.TXT").read_bytes()
    assert read_fichier(contenu, "photo.jpg").format == "fec"


def test_large_noise_is_refused_fast_without_filling_memory(tmp_path):
    chemin = tmp_path / "bruit"
    bloc = hashlib.shake_256(b"bruit").digest(1 << 20)
    with chemin.open("wb") as flux:
        for _ in range(64):
            flux.write(bloc)
    avant = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    depart = time.perf_counter()
    lu = read_fichier(chemin)
    assert lu.format is None
    assert time.perf_counter() - depart < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - avant < (
        32 << 10 if sys.platform == "linux" else 32 << 20
    )


@pytest.mark.parametrize("source", [Path("/nulle/part"), Path("/")])
def test_what_cannot_be_opened_is_raised(source):
    with pytest.raises(ErreurSaisie) as refus:
        read_fichier(source)
    assert refus.value.code == "fichier_inaccessible"


def test_fingerprint_and_size(donnees):
    lu = read_fichier(donnees / "fec" / "111111111FEC20221231.TXT")
    assert lu.taille == 194459
    assert lu.sha256 == "94b054665e61658d4c4381c496eee00771a6af00308bec72f934f65eacecce21"


GESTES = st.lists(
    st.tuples(
        st.sampled_from(["couper", "ecraser", "repeter", "inserer"]),
        st.floats(0, 1, exclude_max=True),
        st.one_of(
            st.binary(max_size=8),
            st.sampled_from([b"\t", b"|", b'"', b"<", b"&", b"-", b"9" * 50, b"\r", b"\x00", b"1e9"]),
        ),
    ),
    max_size=4,
)


@settings(max_examples=200)
@given(st.sampled_from(REELS), GESTES)
def test_mutated_real_files_never_crash(chemin, gestes):
    lu = read_fichier(strike(chemin.read_bytes(), gestes), chemin.name)
    msgspec.json.encode(simplify(lu))
    assert all(erreur.message.endswith(".") for erreur in lu.erreurs)
    assert lu.creances or lu.mouvements or lu.statuts or lu.comptes or lu.erreurs


@given(st.text(max_size=300))
def test_any_text_never_crashes(texte):
    entete = "Facture;Date;Client;Montant;Déjà envoyé;Date d'envoi;Devise\n"
    msgspec.json.encode(simplify(read_fichier((entete + texte).encode("utf-8", "surrogatepass"))))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=7, max_size=7))
def test_any_row_never_crashes(cellules):
    from exigible.echanges.collecte import Collecte
    from exigible.echanges.entetes import find_entete_csv
    from exigible.echanges.factures import read_factures
    from exigible.echanges.valeurs import clean_texte

    entete = find_entete_csv("Facture;Date;Client;Montant;Déjà envoyé;Date d'envoi;Devise\n")
    assert entete is not None
    collecte = Collecte()
    creances, _ = read_factures([(2, cellules)], entete, "x", collecte)
    assert (
        creances
        or collecte.list_erreurs()
        or not any(clean_texte(cellule) for cellule in cellules)
        or "total" in str(cellules)
    )


def test_un_fichier_en_deux_encodages_est_refuse_a_sa_ligne():
    lignes = ["Numéro;Client;Date;Montant TTC", "F-1;Hôtel de l'Exemple;01/10/2026;100,00"]
    octets = "\n".join(lignes).encode() + b"\nF-2;H\xf4tel d'\xe9t\xe9;01/10/2026;50,00\n"
    lu = read_fichier(octets, "factures.csv")
    assert lu.creances == ()
    assert [(e.code, e.ligne) for e in lu.erreurs] == [("encodage_mele", 3)]
    assert "UTF-8" in lu.erreurs[0].message
