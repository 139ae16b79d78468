"""The file itself: archival and accessible marks, fonts, reading order; an independent validator if there is one."""

import io
import re
import shutil
import subprocess

import pikepdf
import pytest
from pypdf import PdfReader

from exigible.actes.demande import build_demande
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte
from exigible.actes.rendu import render_pdf
from exigible.actes.typst.texte import normalize_espaces

REPONSES = {"delai_jours": "8"}


@pytest.fixture(scope="module")
def lettre(fabrique):
    return prepare_acte(build_demande(get_modele("mise_en_demeure"), fabrique(), saisies=REPONSES))


@pytest.fixture(scope="module")
def pdf(lettre):
    return render_pdf(lettre)


@pytest.fixture
def ouvert(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        yield document


def test_les_memes_faits_donnent_les_memes_octets(lettre, pdf):
    assert render_pdf(lettre) == pdf


def test_le_fichier_se_dit_archivable_et_accessible(ouvert):
    meta = ouvert.open_metadata()
    assert (meta.pdfa_status, meta.get("pdfuaid:part")) == ("3B", "1")
    assert meta["dc:title"].startswith("Mise en demeure de payer")
    assert "/OutputIntents" in ouvert.Root
    assert "/JavaScript" not in ouvert.Root.get("/Names", pikepdf.Dictionary())


def test_le_fichier_est_balise_en_francais(ouvert):
    assert ouvert.Root.MarkInfo.Marked
    assert str(ouvert.Root.Lang).lower().startswith("fr")
    assert ouvert.Root.ViewerPreferences.DisplayDocTitle
    sortes = list_balises(ouvert.Root.StructTreeRoot)
    assert {"/H1", "/P", "/Table", "/TH", "/TD", "/Figure"} <= sortes


def list_balises(noeud, trouvees=None):
    trouvees = set() if trouvees is None else trouvees
    if isinstance(noeud, pikepdf.Dictionary):
        if "/S" in noeud:
            trouvees.add(str(noeud.S))
        enfants = noeud.get("/K", [])
        for enfant in enfants if isinstance(enfants, pikepdf.Array) else [enfants]:
            list_balises(enfant, trouvees)
    return trouvees


def test_le_code_a_un_texte_pour_qui_ne_le_voit_pas(ouvert):
    figures = [x for x in ouvert.objects if isinstance(x, pikepdf.Dictionary) and x.get("/S") == "/Figure"]
    assert figures
    assert all("Code QR" in str(figure.Alt) for figure in figures)


def test_toutes_les_polices_voyagent_avec_le_fichier(ouvert):
    polices = [x for x in ouvert.objects if isinstance(x, pikepdf.Dictionary) and x.get("/Type") == "/FontDescriptor"]
    assert polices
    assert all("/FontFile3" in police or "/FontFile2" in police for police in polices)
    dites = [x for x in ouvert.objects if isinstance(x, pikepdf.Dictionary) and x.get("/Subtype") == "/Type0"]
    assert all("/ToUnicode" in police for police in dites)


def test_le_texte_se_lit_dans_l_ordre(pdf):
    texte = normalize_espaces(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))
    attendus = (
        "Atelier Exemple",
        "Menuiserie Fictive",
        "Mise en demeure de payer",
        "Madame, Monsieur",
        "Montant TTC",
        "mettons en demeure de payer",
        "Total à payer",
        "Pour payer",
        "salutations distinguées",
        "Camille Exemple",
        "Annexe — Décompte",
        "Calcul des intérêts",
    )
    places = [texte.index(attendu) for attendu in attendus]
    assert places == sorted(places)


def test_chaque_page_dit_son_numero(pdf):
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    for rang, page in enumerate(pages, start=1):
        assert re.search(rf"page {rang}/{len(pages)}\b", page)


def test_rien_n_est_joint_au_fichier(ouvert):
    assert not ouvert.attachments


@pytest.mark.skipif(shutil.which("verapdf") is None, reason="veraPDF n'est pas installé ici")
def test_un_validateur_independant_l_accepte(pdf, tmp_path):
    fichier = tmp_path / "lettre.pdf"
    fichier.write_bytes(pdf)
    for norme in ("3b", "ua1"):
        dit = subprocess.run(["verapdf", "-f", norme, str(fichier)], capture_output=True, text=True, check=False)
        assert 'isCompliant="true"' in dit.stdout
