"""The DOCX file: the words of the document in their order, real styles, a file that a strict reader opens."""

import io
import re
import struct
import xml.etree.ElementTree as ET
import zipfile
import zlib
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table

from exigible.actes.demande import PieceVersee, build_demande
from exigible.actes.document import (
    Acte,
    AFaire,
    ARemplir,
    Citation,
    Document,
    Encadre,
    Etiquettes,
    Liste,
    Note,
    Partie,
    ReglerPar,
    Saut,
    Signatures,
    Somme,
    Sommes,
    Tableau,
    Titre,
    make_texte,
)
from exigible.actes.lettre import Etiquette, Paiement
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte
from exigible.actes.sorties.docx import render_docx
from exigible.actes.sorties.texte import write_texte
from exigible.actes.typst.texte import Fragment
from exigible.dossier.faits import Reclamation

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PROJET = "Projet — à compléter : il manque la ville"
# The order of the schema (ISO/IEC 29500-1): Word repairs, or refuses, a file that has another.
ORDRES = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens spacing ind contextualSpacing mirrorIndents jc textDirection textAlignment outlineLvl rPr "
    "sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike color spacing w kern position sz szCs highlight u lang",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
}


class Prepare:
    """What `render_docx` reads of an act that was prepared."""

    def __init__(self, document, demande):
        self.document, self.demande = document, demande


@pytest.fixture(scope="module")
def requete(fabrique):
    saisies = {"tribunal": "commerce", "siege": "Testville", "fondement": "contrat"}
    pieces = (PieceVersee(1, "Facture F-2026-001", date(2026, 4, 1), 2),)
    demande = build_demande(
        get_modele("requete_injonction_de_payer"), fabrique(), saisies=saisies, pieces=pieces, reference="411-TEST"
    )
    return prepare_acte(demande)


@pytest.fixture(scope="module")
def lettre(fabrique):
    return prepare_acte(build_demande(get_modele("mise_en_demeure"), fabrique(), reference="411-TEST"))


@pytest.fixture(scope="module")
def complet(fabrique, requete):
    """A document of all the blocks that there are, but the statement, which every petition has."""
    blocs = (
        Titre(1, (Fragment("Grand titre"),)),
        Titre(2, (Fragment("Petit titre"),)),
        make_texte("Un alinéa & des <signes>."),
        Liste(numerotee=True, elements=((Fragment("premier"),), (Fragment("second"),))),
        Liste(numerotee=False, elements=((Fragment("puce"),),)),
        Liste(numerotee=True, elements=((Fragment("de nouveau premier"),),)),
        AFaire(((Fragment("à cocher"),),)),
        Tableau("Légende", ("A", "B"), "gd", (("un", "1,00 €"),), ("Total", "1,00 €")),
        Sommes((Somme("Principal", "reste dû", "1,00 €"),), Somme("Total", "", "1,00 €")),
        Citation("Code civil, article 1103", ("Les contrats…", "Second alinéa.")),
        Encadre(((Fragment("très apparent", gras=True),), (Fragment("suite"),))),
        Note(((Fragment("petit"),),)),
        Etiquettes((Etiquette("Chambre", "2e"),)),
        Partie("Demandeur", ("Atelier Exemple", "1 rue de l’Exemple")),
        ARemplir("Nom de l’officier", 2),
        ReglerPar(Paiement("Par virement", (Etiquette("IBAN", "FR76"),), "<svg/>")),
        Saut(),
        Signatures((("Camille Exemple", "Présidente"), ("Menuiserie Fictive",))),
    )
    tete = Acte(("Tribunal de Testville",), "Assignation", "au fond")
    document = Document("Titre", "Atelier Exemple", "pied", tete, blocs, projet=PROJET)
    return Prepare(document, requete.demande)


def read(octets):
    return docx.Document(io.BytesIO(octets))


def list_mots(texte):
    """Words alone: bars, dashes, boxes, dots and numbers of lists are set otherwise by each engine."""
    lignes = (re.sub(r"^(\d+\.|–|\[ \]|Objet :) ", "", ligne) for ligne in texte.splitlines())
    return re.findall(r"\w+", " ".join(lignes))


def list_mots_du_docx(octets):
    """The words in reading order, tables included."""
    morceaux = []
    for bloc in read(octets).iter_inner_content():
        if isinstance(bloc, Table):
            morceaux += [p.text for rangee in bloc.rows for c in rangee.cells for p in c.paragraphs]
        else:
            morceaux.append(bloc.text)
    return re.findall(r"\w+", " ".join(morceaux))


@pytest.mark.parametrize("nom", ["requete", "complet"])
def test_les_mots_du_document_dans_leur_ordre(nom, request):
    prepare = request.getfixturevalue(nom)
    texte = write_texte(prepare.document).split("Annexe — ", maxsplit=1)[0]
    attendus = list_mots(texte)
    assert list_mots_du_docx(render_docx(prepare))[: len(attendus)] == attendus


def test_le_decompte_annexe_est_entier(requete):
    mots = " ".join(list_mots_du_docx(render_docx(requete)))
    for ligne in requete.demande.etat.decompte.lignes:
        assert " ".join(re.findall(r"\w+", ligne.article)) in mots
    assert "Annexe Décompte arrêté au 21 11 2026" in mots
    assert "Calcul des intérêts" in mots
    assert "Conventions de calcul" in mots


def test_une_lettre_dit_a_qui_et_de_qui(lettre):
    texte = [p.text for p in read(render_docx(lettre)).paragraphs]
    assert texte[0] == "Atelier Exemple"
    assert texte.index("12 avenue des Tests") < texte.index(lettre.document.tete.objet)


def test_le_logo_est_dans_la_lettre(fabrique):
    blocs = ((b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    point = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(corps)) + nom + corps + struct.pack(">I", zlib.crc32(nom + corps)) for nom, corps in blocs
    )
    acte = prepare_acte(build_demande(get_modele("mise_en_demeure"), fabrique(), logo=point))
    assert len(read(render_docx(acte)).inline_shapes) == 1


def test_les_interets_annonces_ont_leur_tableau(fabrique):
    etat = fabrique(penalites=Reclamation.ANNONCER)
    acte = prepare_acte(build_demande(get_modele("mise_en_demeure"), etat, reference="411-TEST"))
    mots = " ".join(list_mots_du_docx(render_docx(acte)))
    assert "Pour mémoire pénalités courues non réclamées" in mots


def test_memes_faits_memes_octets_sans_heure(requete):
    octets = render_docx(requete)
    assert octets == render_docx(requete)
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        assert {entree.date_time for entree in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
    proprietes = read(octets).core_properties
    assert proprietes.created.date() == requete.demande.etat.au
    assert proprietes.author == "Atelier Exemple"
    assert proprietes.title == requete.document.titre


def test_la_page_est_une_feuille_francaise_numerotee(requete):
    fichier = read(render_docx(requete))
    page = fichier.sections[0]
    assert (page.page_width.twips, page.page_height.twips) == (11906, 16838)
    assert {e.get(qn("w:val")) for e in fichier.styles.element.iter(qn("w:lang"))} == {"fr-FR"}
    pied = page.footer.paragraphs[0]
    assert [c.get(qn("w:instr")) for c in pied._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert requete.document.pied in pied.text


def test_les_styles_sont_de_vrais_styles(complet):
    paragraphes = read(render_docx(complet)).paragraphs
    styles = {p.text: p.style.name for p in paragraphes}
    assert styles["Assignation"] == "Title"
    assert styles["Grand titre"] == "Heading 1"
    assert styles["Petit titre"] == "Heading 2"
    assert styles["puce"] == "List Bullet"
    assert styles["premier"] == "List Number"
    assert styles["très apparent"] == styles["suite"] == "Encadré"
    assert paragraphes[0].style.name == PROJET.split(" ", maxsplit=1)[0]
    assert paragraphes[0].text == PROJET


def test_chaque_liste_repart_de_un(complet):
    paragraphes = read(render_docx(complet)).paragraphs
    numeros = {p.text: p._p.pPr.numPr.numId.val for p in paragraphes if p.style.name == "List Number"}
    assert numeros["premier"] == numeros["second"] != numeros["de nouveau premier"]


def test_un_document_fini_n_a_pas_de_bandeau(requete):
    assert not requete.document.projet
    assert all(p.style.name != "Projet" for p in read(render_docx(requete)).paragraphs)


def test_un_tableau_se_lit_sans_le_voir(complet):
    table = read(render_docx(complet)).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Légende"
    assert sum(colonne.width for colonne in table.columns) <= Mm(168)


@pytest.mark.parametrize("nom", ["requete", "complet", "lettre"])
def test_le_fichier_est_celui_que_le_schema_decrit(nom, request):
    with zipfile.ZipFile(io.BytesIO(render_docx(request.getfixturevalue(nom)))) as archive:
        noms = archive.namelist()
        arbres = {n: ET.fromstring(archive.read(n)) for n in noms if n.endswith((".xml", ".rels"))}  # noqa: S314 - ours
    assert noms[0] == "[Content_Types].xml"
    assert not any("thumbnail" in n for n in noms)
    for arbre in arbres.values():
        for balise, ordre in ORDRES.items():
            rangs = ordre.split()
            for element in arbre.iter(W + balise):
                trouves = [enfant.tag.removeprefix(W) for enfant in element]
                assert trouves == sorted(trouves, key=rangs.index), (balise, trouves)
    for nom_des_liens, liens in arbres.items():
        if nom_des_liens.endswith(".rels"):
            dossier = nom_des_liens.split("_rels/", maxsplit=1)[0]
            for lien in liens:
                cible = lien.get("Target")
                chemin = cible.lstrip("/") if cible.startswith("/") else _join(dossier, cible)
                assert chemin in noms


def _join(dossier, cible):
    while cible.startswith("../"):
        dossier, cible = "/".join(dossier.rstrip("/").split("/")[:-1]), cible[3:]
    return f"{dossier}/{cible}".replace("//", "/").lstrip("/")
