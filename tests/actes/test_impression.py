"""Printing what people really write: long names, many pages, accents, odd characters, attempts at markup."""

import io
from datetime import date
from decimal import Decimal

import pypdf
import pytest
from msgspec.structs import replace

from exigible.actes.decompte.rendu import render_decompte
from exigible.actes.mise_en_demeure.rendu import render_mise_en_demeure
from exigible.actes.typst.compilation import compile_pdf
from exigible.actes.typst.texte import normalize_espaces
from exigible.dossier.faits import Adresse, ContestationRecue
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.regimes import QualitePartie


def render(etat):
    return render_mise_en_demeure(etat, [creance.cle for creance in etat.creances])


def read_pages(pdf):
    return [normalize_espaces(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize(
    "nom",
    [
        '#import "/etc/passwd"',
        '#read("/etc/passwd")',
        "#panic()",
        '")))#panic("évadé")//',
        '\\")))#panic("évadé")//',
        "*gras* _italique_",
        "Prix $x^2$ & Cie",
        "@ref <label>",
        "`brut` ```bloc```",
        "\\u{41} \\ fin",
        "= Titre // commentaire /* bloc */",
        "[crochets] {accolades} ~ ' \"",
        "{montant} {0} %s",
        "**étoiles**",
        "</svg><script>alert(1)</script>",
        "-- --- ... ->",
        "1. liste - + /",
        "https://exemple.example/a_b",
    ],
)
def test_les_noms_s_impriment_a_la_lettre(fabrique, nom):
    etat = fabrique(
        debiteur=replace(fabrique.DEBITEUR, nom=nom, forme=""), factures=[fabrique.make_facture(numero=nom)]
    )
    texte = read_pages(render(etat).pdf)[0]
    assert texte.count(normalize_espaces(nom)) >= 2


@pytest.mark.parametrize(
    "nom",
    [
        "Établissements Œuvre & Ÿvonne, l’Été",
        "e\u0301te\u0301",  # decomposed accents
        "Łódź Ćwiek Šime Ğül Ştefan Đorđe Ñandú Åse Øre ß",
        "Ελληνική Εταιρεία",
        "Общество «Пример»",
        "Nguyễn Thị Ánh",
    ],
)
def test_les_alphabets_courants_s_impriment(fabrique, nom):
    acte = render(fabrique(debiteur=replace(fabrique.DEBITEUR, nom=nom, forme="")))
    assert acte.pdf.startswith(b"%PDF")


@pytest.mark.parametrize(("nom", "signe"), [("Fleurs 🌷 Fictives", "🌷"), ("株式会社", "株"), ("شركة", "")])
def test_un_caractere_sans_dessin_est_refuse_en_une_phrase(fabrique, nom, signe):
    with pytest.raises(ErreurExigible) as erreur:
        render(fabrique(debiteur=replace(fabrique.DEBITEUR, nom=nom, forme="")))
    assert erreur.value.code == "caractere_non_imprimable"
    assert signe in erreur.value.message
    assert "corrigez" in erreur.value.message


def test_les_caracteres_invisibles_disparaissent(fabrique):
    nom = "Menui\u200bserie\u202e Fic\u00adtive\x00\n SARL"
    acte = render(fabrique(debiteur=replace(fabrique.DEBITEUR, nom=nom, forme="")))
    assert acte.destinataire.split("\n")[0] == "Menuiserie Fictive SARL"


def test_soixante_factures_sur_plusieurs_pages(fabrique):
    factures = [
        fabrique.make_facture(f"F-{rang:03d}", f"{100 + 37 * rang}.{rang:02d}", date(2026, 1, 5), date(2026, 2, 4))
        for rang in range(60)
    ]
    etat = fabrique(factures=factures)
    pages = read_pages(render(etat).pdf)
    assert len(pages) >= 5
    for rang, page in enumerate(pages, start=1):
        assert f"page {rang}/{len(pages)}" in page
    letter = " ".join(pages)
    for facture in factures:
        assert letter.count(facture.numero) >= 3
    # The head of a table comes again on each of its pages.
    assert "Facture Date Échéance Montant TTC Reste dû" in pages[0]
    assert "Facture Date Échéance Montant TTC Reste dû" in pages[1]


def test_les_noms_et_adresses_demesures_tiennent(fabrique):
    nom = "Société coopérative d’intérêt collectif des artisans réunis du bâtiment et des travaux publics de Testville"
    adresse = Adresse(
        lignes=(
            "Service de la comptabilité fournisseurs",
            "Bâtiment des Longues Dénominations, escalier 12",
            "BP 12345",
        ),
        code_postal="99100",
        ville="Testville-sur-Exemple-lès-Fiction Cedex 12",
    )
    debiteur = replace(fabrique.DEBITEUR, nom=nom * 2, adresse=adresse)
    numero = "FACTURE-" + "0123456789" * 6
    etat = fabrique(debiteur=debiteur, factures=[fabrique.make_facture(numero=numero, montant="123456789.12")])
    pages = read_pages(render(etat).pdf)
    assert "TESTVILLE-SUR-EXEMPLE-LÈS-FICTION CEDEX 12" in pages[0]
    assert "123 456 789,12 €" in pages[0]


def test_la_fenetre_est_a_sa_place(fabrique):
    lecteur = pypdf.PdfReader(io.BytesIO(render(fabrique()).pdf))
    page = lecteur.pages[0]
    places = {}

    def visit(texte, cm, tm, _police, _taille):
        if texte.strip():
            x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            places[texte.strip()] = (x, float(page.mediabox.height) - y)

    page.extract_text(visitor_text=visit)
    gauche, haut = next(place for texte, place in places.items() if "12 avenue des Tests" in texte)
    millimetre = 72 / 25.4
    assert 103 < gauche / millimetre < 107
    # The foot of the third line: the first one begins at 50 mm.
    assert 59 < haut / millimetre < 63


def test_un_modele_fautif_donne_une_erreur_lisible(fabrique):
    with pytest.raises(ErreurExigible) as erreur:
        # An invoice is not the context that the template expects.
        compile_pdf("exigible.actes.typst", fabrique.make_facture(), date(2026, 1, 1))
    assert erreur.value.code == "composition_impossible"


def test_le_decompte_seul(fabrique):
    etat = fabrique()
    pdf = render_decompte(etat, reference="DOS-7")
    assert pdf == render_decompte(etat, reference="DOS-7")
    pages = read_pages(pdf)
    assert "Décompte arrêté au 21/11/2026" in pages[0]
    assert "Total restant dû 6 515,89 €" in pages[0]
    assert "F-2026-001 02/05/2026 30/06/2026 60 4 800,00 € 12,15 % 365 95,87 € C. com. L441-10 II" in pages[0]
    assert "DOS-7" in pages[0]
    assert "taux de refinancement de la BCE" in pages[0]


def test_le_decompte_dit_ce_qui_est_conteste_et_non_echu(fabrique):
    contestation = ContestationRecue(cle="k", creances=("F-2026-001",), motif="erreur", montant=Decimal("300.00"))
    factures = [fabrique.make_facture(), fabrique.make_facture("F-3", "10.00", date(2026, 11, 1), date(2026, 12, 1))]
    texte = " ".join(read_pages(render_decompte(fabrique((date(2026, 8, 1), contestation), factures=factures))))
    assert "Facture F-2026-001 : 300,00 € contestés" in texte
    assert "Facture F-3 : l'échéance n'est pas atteinte à ce jour" in texte


def test_le_decompte_d_une_seule_facture(fabrique):
    texte = " ".join(read_pages(render_decompte(fabrique(), creances=["F-2026-002"])))
    assert "F-2026-001" not in texte
    assert "Total restant dû 1 345,20 €" in texte


def test_le_decompte_d_un_dossier_sans_qualite_ni_facture(fabrique):
    debiteur = replace(fabrique.DEBITEUR, qualite=QualitePartie.INCONNUE, adresse=Adresse())
    assert "Total restant dû 6 050,40 €" in " ".join(read_pages(render_decompte(fabrique(debiteur=debiteur))))
    assert "Total restant dû 0,00 €" in " ".join(read_pages(render_decompte(fabrique(factures=[]))))
