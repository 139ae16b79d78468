"""Time stamps from an authority of our own, on the loopback, that speaks the protocol with OpenSSL."""

from __future__ import annotations

import shutil
import subprocess
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pypdf
import pytest
from django.test import override_settings

from exigible.bureau.preuve.horodatage import load_horodater
from exigible.bureau.reglages.environnement import ReglageHorodatage, read_horodatage
from exigible.droit.erreurs import ErreurSaisie

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="OpenSSL tient ici le rôle de l'autorité")

CONFIGURATION = """\
[tsa]
default_tsa = essai
[essai]
serial = {dossier}/serie
signer_cert = {dossier}/tsa.pem
signer_key = {dossier}/tsa.key
certs = {dossier}/ca.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.1
digests = sha256
ordering = no
tsa_name = no
ess_cert_id_chain = no
[req]
distinguished_name = nom
[nom]
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[tsa_ext]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


def openssl(*arguments, entree=None):
    fait = subprocess.run([OPENSSL, *map(str, arguments)], input=entree, capture_output=True, check=False, timeout=60)
    assert fait.returncode == 0, fait.stderr.decode()
    return fait.stdout


@pytest.fixture(scope="module", name="autorite")
def _autorite(tmp_path_factory):
    """Its folder: a root, a certificate to stamp with, what `openssl ts -reply` wants."""
    dossier = tmp_path_factory.mktemp("autorite")
    configuration = dossier / "conf"
    configuration.write_text(CONFIGURATION.format(dossier=dossier))
    (dossier / "serie").write_text("01\n")
    cle = ("-newkey", "rsa:2048", "-nodes", "-config", configuration)
    openssl(
        *("req", "-x509", *cle, "-keyout", dossier / "ca.key", "-out", dossier / "ca.pem"),
        *("-subj", "/CN=Racine fictive", "-days", "3650", "-extensions", "ca"),
    )
    openssl(
        *("req", "-new", *cle, "-keyout", dossier / "tsa.key", "-out", dossier / "tsa.csr"),
        *("-subj", "/CN=Horodatage fictif"),
    )
    openssl(
        *("x509", "-req", "-in", dossier / "tsa.csr", "-CA", dossier / "ca.pem", "-CAkey", dossier / "ca.key"),
        *("-CAcreateserial", "-out", dossier / "tsa.pem", "-days", "3650"),
        *("-extfile", configuration, "-extensions", "tsa_ext"),
    )
    return dossier


@pytest.fixture(name="servir")
def _servir(autorite, tmp_path):
    """A function that opens the authority on the loopback and gives its address; `repondre` is how it answers."""
    serveurs = []

    def reply(demande):
        (tmp_path / "demande.tsq").write_bytes(demande)
        return 200, openssl("ts", "-reply", "-queryfile", tmp_path / "demande.tsq", "-config", autorite / "conf")

    def open_serveur(repondre=reply):
        def answer(guichet):
            assert guichet.headers["Content-Type"] == "application/timestamp-query"
            statut, octets = repondre(guichet.rfile.read(int(guichet.headers["Content-Length"])))
            guichet.send_response(statut)
            guichet.send_header("Content-Type", "application/timestamp-reply")
            guichet.send_header("Content-Length", str(len(octets)))
            guichet.end_headers()
            with suppress(BrokenPipeError):  # whoever asked did not wait
                guichet.wfile.write(octets)

        silence = {"log_message": lambda *_arguments: None}
        guichet = type("Guichet", (BaseHTTPRequestHandler,), {"do_POST": answer} | silence)
        serveur = ThreadingHTTPServer(("127.0.0.1", 0), guichet)
        threading.Thread(target=serveur.serve_forever, daemon=True).start()
        serveurs.append(serveur)
        return f"http://127.0.0.1:{serveur.server_address[1]}/"

    yield open_serveur
    for serveur in serveurs:
        serveur.shutdown()
        serveur.server_close()


def test_le_jeton_se_verifie(autorite, servir):
    horodater = load_horodater(ReglageHorodatage(servir(), str(autorite / "ca.pem"), 10))
    fait = horodater(b"le manifeste")
    assert "signature vérifiée" in fait.phrase
    assert "heure de Paris" in fait.phrase
    assert set(fait.fichiers) == {"horodatage.tsr", "horodatage-autorite.pem"}


def test_sans_certificat_la_signature_n_est_pas_verifiee_et_c_est_dit(servir):
    fait = load_horodater(ReglageHorodatage(servir(), "", 10))(b"le manifeste")
    assert "signature non vérifiée" in fait.phrase
    assert set(fait.fichiers) == {"horodatage.tsr"}


def test_une_autre_autorite_est_refusee(autorite, servir, tmp_path):
    openssl(
        *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-config", autorite / "conf", "-keyout", tmp_path / "k"),
        *("-out", tmp_path / "autre.pem", "-subj", "/CN=Une autre racine", "-days", "3650", "-extensions", "ca"),
    )
    fait = load_horodater(ReglageHorodatage(servir(), str(tmp_path / "autre.pem"), 10))(b"le manifeste")
    assert fait.fichiers == {}
    assert "n'est pas celle de l'autorité" in fait.phrase


def test_un_jeton_pour_d_autres_octets_est_refuse(autorite, servir, tmp_path):
    openssl("ts", "-query", "-digest", "ab" * 32, "-sha256", "-out", tmp_path / "autre.tsq")
    octets = openssl("ts", "-reply", "-queryfile", tmp_path / "autre.tsq", "-config", autorite / "conf")
    fait = load_horodater(ReglageHorodatage(servir(lambda _: (200, octets)), "", 10))(b"le manifeste")
    assert "pour d'autres octets" in fait.phrase


@pytest.mark.parametrize(
    ("reponse", "dit"),
    [((503, b""), "par une erreur (503)"), ((200, b"bonjour"), "n'est pas lisible"), ((200, b""), "n'est pas lisible")],
)
def test_ce_que_repond_une_autorite_en_panne(servir, reponse, dit):
    fait = load_horodater(ReglageHorodatage(servir(lambda _: reponse), "", 10))(b"le manifeste")
    assert dit in fait.phrase
    assert fait.fichiers == {}


def test_une_autorite_qui_refuse(autorite, servir, tmp_path):
    """A digest that it does not accept: the answer is in order, and it is no."""
    openssl("ts", "-query", "-digest", "ab" * 64, "-sha512", "-out", tmp_path / "refus.tsq")
    octets = openssl("ts", "-reply", "-queryfile", tmp_path / "refus.tsq", "-config", autorite / "conf")
    fait = load_horodater(ReglageHorodatage(servir(lambda _: (200, octets)), "", 10))(b"le manifeste")
    assert "a refusé la demande" in fait.phrase


def test_une_autorite_absente_ou_trop_lente(servir):
    libre = threading.Event()
    adresse = servir(lambda _: (200, b"") if libre.wait(5) else (500, b""))
    fait = load_horodater(ReglageHorodatage(adresse, "", 1))(b"le manifeste")
    libre.set()
    assert "n'a pas répondu" in fait.phrase
    assert "n'a pas répondu" in load_horodater(ReglageHorodatage("http://127.0.0.1:9/", "", 1))(b"x").phrase


def test_un_reglage_faux_se_dit(tmp_path):
    with pytest.raises(ErreurSaisie, match="https://"):
        load_horodater(ReglageHorodatage("ftp://exemple.example", "", 10))
    with pytest.raises(ErreurSaisie, match="certificat"):
        load_horodater(ReglageHorodatage("https://exemple.example", str(tmp_path / "absent.pem"), 10))
    assert load_horodater(ReglageHorodatage("", "", 10))(b"x").phrase == "Horodatage par un tiers : non configuré."


def test_ce_que_dit_l_environnement(monkeypatch):
    for nom in ("URL", "CERTIFICAT", "DELAI"):
        monkeypatch.delenv(f"EXIGIBLE_HORODATAGE_{nom}", raising=False)
    assert read_horodatage() == ReglageHorodatage("", "", 10)
    monkeypatch.setenv("EXIGIBLE_HORODATAGE_URL", "https://exemple.example/tsa")
    monkeypatch.setenv("EXIGIBLE_HORODATAGE_DELAI", "vite")
    with pytest.raises(ErreurSaisie, match="EXIGIBLE_HORODATAGE_DELAI"):
        read_horodatage()


def test_une_liasse_horodatee_se_verifie_sans_nous(dossier, faire, autorite, servir, verifier):
    with override_settings(HORODATAGE=ReglageHorodatage(servir(), str(autorite / "ca.pem"), 10)):
        liasse = faire(dossier)
    assert "signature vérifiée" in liasse.horodatage
    assert "Horodatage par un tiers" in pypdf.PdfReader(liasse.dossier / "liasse.pdf").pages[0].extract_text()
    statut, dit = verifier(liasse.dossier)
    assert statut == 0, dit
    assert "L'horodatage porte l'empreinte de ce manifeste. Il dit : le " in dit
    commande = next(ligne for ligne in dit.splitlines() if "openssl ts -verify" in ligne).split("openssl ")[1].split()
    subprocess.run([OPENSSL, *commande], cwd=liasse.dossier, check=True, capture_output=True)
    manifeste = liasse.dossier / "manifeste.json"
    manifeste.write_bytes(manifeste.read_bytes().replace(b"Client", b"client"))
    statut, dit = verifier(liasse.dossier)
    assert statut == 1
    assert "L'horodatage porte l'empreinte d'un autre manifeste" in dit


def test_une_autorite_en_panne_n_arrete_pas_la_liasse(dossier, faire, servir):
    with override_settings(HORODATAGE=ReglageHorodatage(servir(lambda _: (500, b"")), "", 10)):
        liasse = faire(dossier)
    assert "il n'a pas pu se faire" in liasse.horodatage
    assert not (liasse.dossier / "horodatage.tsr").exists()
