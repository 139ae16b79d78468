"""The merged PDF: its tags, its properties, the files that it carries."""

from __future__ import annotations

import hashlib
import shutil
import subprocess

import pikepdf
import pypdf
import pytest
from pikepdf import Dictionary

ACTE = "requete_injonction_de_payer"


@pytest.fixture(name="liasse")
def _liasse(dossier, faire):
    return faire(dossier)


@pytest.fixture(name="pdf")
def _pdf(liasse):
    with pikepdf.open(liasse.dossier / "liasse.pdf") as pdf:
        yield pdf


def iter_elements(racine):
    a_voir = list(racine.K)
    while a_voir:
        element = a_voir.pop()
        if isinstance(element, Dictionary) and "/S" in element:
            yield element
            enfants = element.get("/K", [])
            a_voir += list(enfants) if isinstance(enfants, pikepdf.Array) else [enfants]


def test_il_porte_de_quoi_le_prouver_seul(liasse):
    joints = pypdf.PdfReader(liasse.dossier / "liasse.pdf").attachments
    dans_le_dossier = {
        "decompte.json": "actes/decompte.json",
        "extrait.jsonl": "journal/extrait.jsonl",
        "manifeste.json": "manifeste.json",
        "verifier_preuves.py": "verifier_preuves.py",
    }
    assert set(joints) == set(dans_le_dossier)
    for nom, chemin in dans_le_dossier.items():
        assert joints[nom] == [(liasse.dossier / chemin).read_bytes()]


def test_chaque_fichier_joint_est_decrit(pdf, liasse):
    liens = {}
    for fichier in pdf.Root.AF:
        flux = fichier.EF.F
        octets = (next(liasse.dossier.rglob(str(fichier.UF)))).read_bytes()
        assert flux.Params.CheckSum.__bytes__() == hashlib.md5(octets, usedforsecurity=False).digest()
        assert flux.Params.Size == len(octets)
        assert str(flux.Params.ModDate) == "D:20261121000000Z"
        assert str(fichier.Desc)
        liens[str(fichier.UF)] = (str(fichier.AFRelationship), str(flux.Subtype))
    assert liens == {
        "decompte.json": ("/Data", "/application/json"),
        "extrait.jsonl": ("/Data", "/application/jsonl"),
        "manifeste.json": ("/Supplement", "/application/json"),
        "verifier_preuves.py": ("/Supplement", "/text/x-python"),
    }


def test_un_outil_ordinaire_les_voit_et_l_extrait_sorti_du_pdf_se_verifie(liasse, tmp_path):
    outil = shutil.which("pdfdetach")
    if outil is None:
        pytest.skip("pdfdetach n'est pas ici")
    chemin = str(liasse.dossier / "liasse.pdf")
    liste = subprocess.run([outil, "-list", chemin], check=True, capture_output=True, text=True).stdout
    assert liste.startswith("4 embedded files")
    subprocess.run([outil, "-saveall", "-o", str(tmp_path), chemin], check=True, capture_output=True)
    commande = ["python3", "-I", "-S", str(tmp_path / "verifier_preuves.py"), str(tmp_path / "extrait.jsonl")]
    fait = subprocess.run(commande, check=False, capture_output=True, text=True)
    assert (fait.returncode, fait.stdout.splitlines()[-1]) == (0, "RÉSULTAT : tout concorde.")


def test_il_est_balise_d_un_bout_a_l_autre(pdf, liasse):
    racine = pdf.Root.StructTreeRoot
    assert bool(pdf.Root.MarkInfo.Marked)
    (document,) = racine.K
    parties = [(str(e.S), str(e.get("/T", e.get("/Alt", "")))) for e in document.K]
    assert parties[:2] == [
        ("/Part", "Couverture et sommaire"),
        ("/Part", "Requête en injonction de payer (texte non approuvé)"),
    ]
    figures = [titre for sorte, titre in parties if sorte == "/Figure"]
    assert figures[0].startswith("Pièce n° 1 — Bon de commande (commande.pdf), page 1 sur 2 :")
    assert len(figures) == sum(p.pages for p in liasse.pieces)
    pages = {page.obj.objgen for page in pdf.pages}
    citees = {element.Pg.objgen for element in iter_elements(racine) if "/Pg" in element}
    assert citees == pages


def test_les_cles_de_l_arbre_ne_se_rencontrent_pas(pdf):
    racine = pdf.Root.StructTreeRoot
    nombres = list(racine.ParentTree.Nums)[::2]
    assert nombres == sorted(set(nombres))
    assert racine.ParentTreeNextKey > max(nombres)
    assert {page.obj.StructParents for page in pdf.pages} <= set(nombres)
    assert len({page.obj.StructParents for page in pdf.pages}) == len(pdf.pages)
    noms = [bytes(nom) for nom in list(racine.IDTree.Names)[::2]]
    assert noms == sorted(set(noms))
    elements = list(iter_elements(racine))
    assert {bytes(e.ID) for e in elements if "/ID" in e} == set(noms)
    cites = {bytes(nom) for e in elements for a in _attributs(e) for nom in a.get("/Headers", [])}
    assert cites
    assert cites <= set(noms)


def _attributs(element):
    attributs = element.get("/A", [])
    return [
        a for a in (attributs if isinstance(attributs, pikepdf.Array) else [attributs]) if isinstance(a, Dictionary)
    ]


def test_chaque_page_se_retrouve_par_l_arbre(pdf):
    """What a page calls its nth tagged run is an element that says that very page."""
    racine = pdf.Root.StructTreeRoot
    parents = pikepdf.NumberTree(racine.ParentTree)
    for page in pdf.pages:
        for element in parents[int(page.obj.StructParents)]:
            if element is not None and "/Pg" in element:
                assert element.Pg.objgen == page.obj.objgen


def test_le_tampon_n_est_pas_lu_comme_du_texte(pdf):
    for page in pdf.pages:
        contenu = (
            b"\n".join(flux.read_bytes() for flux in page.Contents)
            if isinstance(page.Contents, pikepdf.Array)
            else page.Contents.read_bytes()
        )
        debut = contenu.rindex(b"/Artifact <</Type /Pagination>> BDC")
        assert b"/Tampon" in contenu[debut:]
        assert contenu.rstrip().endswith(b"EMC")


def test_ses_proprietes(pdf):
    assert str(pdf.Root.Lang) == "fr-FR"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.docinfo.Title).startswith("Dossier de preuve – D-00001 – Atelier Exemple contre Client Modèle")


def test_ses_polices_voyagent_avec_lui(pdf):
    """Those of our pages and of the stamps; an exhibit keeps its own, whatever they are."""
    polices = [
        objet for objet in pdf.objects if isinstance(objet, Dictionary) and objet.get("/Type") == "/FontDescriptor"
    ]
    assert polices
    assert all("/FontFile3" in police or "/FontFile2" in police for police in polices)


def test_le_texte_du_pdf_est_celui_de_ses_parties(liasse):
    texte = {page.extract_text() for page in pypdf.PdfReader(liasse.dossier / "liasse.pdf").pages}
    for nom in (ACTE, "bordereau_de_pieces", "decompte"):
        for page in pypdf.PdfReader(liasse.dossier / f"actes/{nom}.pdf").pages:
            lignes = page.extract_text().split("\n")
            assert any(all(ligne in autre for ligne in lignes) for autre in texte)
