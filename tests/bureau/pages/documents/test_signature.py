"""The picture of a signature: kept with whose it is, printed on letters only, gone when somebody else signs."""

import io
import struct
import zlib
from datetime import date

import msgspec
import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exigible.bureau.actes.lots import create_lot, make_lot
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.tiers.lecture import load_etat_creancier
from exigible.bureau.tiers.models import Dossier


def make_png(largeur=120, hauteur=40):
    """A picture of one colour."""

    def bloc(nom, contenu):
        return struct.pack(">I", len(contenu)) + nom + contenu + struct.pack(">I", zlib.crc32(nom + contenu))

    entete = bloc(b"IHDR", struct.pack(">IIBBBBB", largeur, hauteur, 8, 2, 0, 0, 0))
    rangs = b"".join(b"\0" + b"\x20\x20\x60" * largeur for _ in range(hauteur))
    return b"\x89PNG\r\n\x1a\n" + entete + bloc(b"IDAT", zlib.compress(rangs)) + bloc(b"IEND", b"")


@pytest.fixture
def deposer(navigateur, creancier):
    """Upload a picture; whose it is."""

    def deposer(contenu=None, de="Camille Exemple"):
        fichier = SimpleUploadedFile("signature.png", make_png() if contenu is None else contenu)
        adresse = reverse("reglages_signature", args=[creancier.pk])
        return navigateur.post(adresse, {"signature": fichier, "signature_de": de})

    return deposer


def count_images(navigateur, dossier, nom):
    reponse = navigateur.get(reverse("document_pdf", args=[dossier.pk, nom]))
    assert reponse.status_code == 200
    return _count(reponse.content)


def _count(pdf):
    return sum(
        objet.get("/Subtype") == "/Image"
        for page in pypdf.PdfReader(io.BytesIO(pdf)).pages
        for objet in (x.get_object() for x in page["/Resources"].get("/XObject", {}).values())
    )


def test_la_signature_se_garde_s_imprime_et_se_retire(navigateur, creancier, dossier, deposer):
    assert count_images(navigateur, dossier, "mise_en_demeure") == 0
    assert deposer().status_code == 302
    description = load_etat_creancier(creancier).description
    assert description.signature_de == "Camille Exemple"
    assert count_images(navigateur, dossier, "mise_en_demeure") == 1
    assert count_images(navigateur, dossier, "requete_injonction_de_payer") == 0
    page = navigateur.get(reverse("reglages_creancier", args=[creancier.pk])).content.decode()
    assert reverse("piece", args=[description.signature]) in page
    assert "article 1367 du code civil" in page
    navigateur.post(reverse("reglages_signature_retirer", args=[creancier.pk]))
    assert load_etat_creancier(creancier).description.signature == ""
    assert count_images(navigateur, dossier, "mise_en_demeure") == 0


def test_un_autre_signataire_ne_signe_pas_de_cette_image(navigateur, creancier, dossier, deposer):
    deposer()
    description = msgspec.structs.replace(load_etat_creancier(creancier).description, signataire="Dominique Exemple")
    record_faits(creancier.chaine, [FaitAEcrire(description, date(2026, 11, 21))], "essai")
    assert count_images(navigateur, dossier, "mise_en_demeure") == 0
    page = navigateur.get(reverse("reglages_creancier", args=[creancier.pk])).content.decode()
    assert "elle ne s’imprime pas" in page


def test_une_lettre_d_un_lot_la_porte_comme_seule(navigateur, cabinet, dossier, deposer):
    deposer()
    lot = make_lot(
        create_lot(cabinet, "relance_1", list(Dossier.objects.select_related("creancier", "chaine")), "Marie")
    )
    [part] = lot.parts.all()
    assert part.contenu is not None, part.raison
    assert _count(bytes(part.contenu)) == 1
    seule = navigateur.get(reverse("document_pdf", args=[dossier.pk, "relance_1"])).content
    assert bytes(part.contenu) == seule


@pytest.mark.parametrize(
    ("contenu", "dit"), [(b"<svg/>", "ni une image PNG ni une image JPEG"), (make_png()[:60], "pas lisible")]
)
def test_une_image_inutilisable_est_refusee_en_une_phrase(creancier, deposer, contenu, dit):
    reponse = deposer(contenu)
    assert reponse.status_code == 422
    assert dit in reponse.content.decode().replace("&#x27;", "'").replace("\u00a0", " ")
    assert load_etat_creancier(creancier).description.signature == ""


def test_il_faut_dire_de_qui_elle_est(deposer):
    reponse = deposer(de="")
    assert reponse.status_code == 422
    assert reponse.context["signature"].errors.keys() == {"signature_de"}


def test_enregistrer_l_entreprise_ne_la_perd_pas(navigateur, creancier, deposer):
    deposer()
    adresse = reverse("reglages_creancier", args=[creancier.pk])
    form = navigateur.get(adresse).context["entete"]
    champs = {champ.name: champ.value() or "" for champ in form} | {"signataire": "Camille Exemple"}
    assert navigateur.post(adresse, champs).status_code == 302
    assert load_etat_creancier(creancier).description.signature != ""
