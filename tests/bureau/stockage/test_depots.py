"""What is sent to the office: bounded on the disk, whatever its length."""

from __future__ import annotations

import pytest
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from exigible.bureau import depots
from exigible.bureau.imports.services import prepare_import
from exigible.bureau.pages.formulaires.imports import PlusieursFichiersField
from exigible.droit.erreurs import ErreurSaisie

ADRESSE = "/importer/"
BLOC = b"x" * 65_536


@pytest.fixture
def send():
    """Send files to a page that does not look at them; what they lie in is closed at the end."""
    demandes = []

    def send_fichiers(*fichiers):
        envois = [SimpleUploadedFile(nom, octets) for nom, octets in fichiers]
        demandes.append(RequestFactory().post(ADRESSE, {"fichiers": envois}))
        return demandes[-1].FILES.getlist("fichiers")

    yield send_fichiers
    for demande in demandes:
        demande.close()


def test_the_office_writes_what_is_sent_through_the_bound(send, settings):
    assert settings.FILE_UPLOAD_HANDLERS == ["exigible.bureau.depots.DepotBorne"]
    (recu,) = send(("f.csv", b"bonjour"))
    assert (recu.read(), recu.size) == (b"bonjour", 7)


def test_beyond_the_bound_nothing_more_is_written_and_the_form_says_so(send, monkeypatch):
    monkeypatch.setattr(depots, "TAILLE_MAX", 2 * len(BLOC))
    monkeypatch.setattr("exigible.bureau.pages.formulaires.imports.TAILLE_MAX", 2 * len(BLOC))
    recus = send(("gros.csv", BLOC * 20), ("petit.csv", b"bonjour"))
    gros, petit = recus
    assert gros.size == 20 * len(BLOC)
    assert len(gros.read()) <= 3 * len(BLOC)
    assert petit.read() == b"bonjour"
    with pytest.raises(ValidationError, match=r"gros\.csv"):
        PlusieursFichiersField().clean(recus)


def test_what_the_base_cannot_hold_is_refused_in_a_sentence(creancier, monkeypatch):
    monkeypatch.setattr("exigible.bureau.imports.services.TAILLE_MAX", 2 * 1024 * 1024)
    with pytest.raises(ErreurSaisie, match=r"gros\.csv.*2 Mo au plus"):
        prepare_import(creancier, "gros.csv", BLOC * 33, "essai")


def test_a_form_too_big_is_refused_before_it_is_received(send, monkeypatch):
    monkeypatch.setattr(depots, "TAILLE_ENVOI_MAX", 3 * len(BLOC))
    with pytest.raises(RequestDataTooBig):
        send(("a.csv", BLOC * 5))


def test_many_files_may_be_dropped_at_once(send):
    assert len(send(*((f"{rang}.pdf", b"%PDF-") for rang in range(250)))) == 250


@pytest.mark.parametrize("nom", ["../../evade.csv", "/etc/evade.csv", "..\\..\\evade.csv"])
def test_only_the_last_part_of_a_name_is_kept(send, nom):
    (recu,) = send((nom, b"x"))
    assert recu.name == "evade.csv"
