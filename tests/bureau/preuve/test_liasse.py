"""The bundle of a dossier of the office: what is in it, its numbers, what it keeps to itself, always the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import date
from decimal import Decimal

import pikepdf
import pypdf
import pytest

from exigible.actes.modele import get_modele
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.effacement import run_effacement
from exigible.bureau.journal.models import Maillon, Piece
from exigible.bureau.journal.services import FaitAEcrire, record_faits, store_piece, verify_journal
from exigible.bureau.preuve.models import Bordereau
from exigible.bureau.preuve.pieces import save_bordereau
from exigible.bureau.preuve.services import list_actes, make_archive, make_liasse, prepare_liasse
from exigible.dossier.faits import (
    ActeProduit,
    CourrierApprouve,
    CourrierPoste,
    CourrierRecu,
    ModeEnvoi,
    PaiementRecu,
)
from exigible.droit.erreurs import ErreurSaisie

ACTE = "requete_injonction_de_payer"
REPONSES = {"tribunal": "commerce", "siege": "Testville", "fondement": "contrat"}


def lire_texte(chemin):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(chemin).pages)


def list_fichiers(dossier):
    return {c.relative_to(dossier).as_posix(): c.read_bytes() for c in dossier.rglob("*") if c.is_file()}


def preparer(dossier):
    return prepare_liasse(dossier, get_modele(ACTE), saisies=REPONSES)


def test_tout_y_est(dossier, faire):
    liasse = faire(dossier)
    assert set(list_fichiers(liasse.dossier)) == {
        "actes/bordereau_de_pieces.pdf",
        "actes/decompte.json",
        "actes/decompte.pdf",
        f"actes/{ACTE}.docx",
        f"actes/{ACTE}.pdf",
        "empreintes.sha256",
        "journal/extrait.jsonl",
        "journal/extrait.pdf",
        "liasse.pdf",
        "lisez-moi.txt",
        "manifeste.json",
        "pieces/01-bon-de-commande-commande-pdf.pdf",
        "pieces/02-facture-f-1.pdf",
        "pieces/03-photo-de-la-livraison.png",
        "verifier_preuves.py",
    }
    assert [(p.numero, p.intitule, p.pages) for p in liasse.pieces] == [
        (1, "Bon de commande (commande.pdf)", 2),
        (2, "Facture F-1", 1),
        (3, "Photo de la livraison", 1),
    ]
    assert liasse.projet == ()


def test_la_liasse_a_des_signets_une_pagination_et_des_tampons(dossier, faire):
    liasse = faire(dossier)
    chemin = liasse.dossier / "liasse.pdf"
    with pikepdf.open(chemin) as pdf:
        assert len(pdf.pages) == liasse.pages
        with pdf.open_outline() as plan:
            titres = [signet.title for signet in plan.root]
            pieces = [signet.title for signet in plan.root[-2].children]
    assert titres[0] == "Couverture et sommaire"
    assert titres[1:4] == [
        "Requête en injonction de payer (texte non approuvé)",
        "Bordereau des pièces",
        "Décompte arrêté au 21/11/2026",
    ]
    assert titres[4:] == ["Pièces", "Extrait certifié du journal"]
    assert pieces[0] == "Pièce n° 1 — Bon de commande (commande.pdf)"
    pages = [page.extract_text() for page in pypdf.PdfReader(chemin).pages]
    for rang, texte in enumerate(pages, start=1):
        assert f"Page {rang} / {liasse.pages}" in texte
    assert sum("Pièce n° 1 (1/2)" in texte for texte in pages) == 1
    assert sum("Pièce n° 1 (2/2)" in texte for texte in pages) == 1


def test_la_couverture_porte_l_empreinte_du_manifeste_et_le_sommaire_dit_vrai(dossier, faire):
    liasse = faire(dossier)
    manifeste = (liasse.dossier / "manifeste.json").read_bytes()
    assert hashlib.sha256(manifeste).hexdigest() == liasse.empreinte
    pages = [page.extract_text() for page in pypdf.PdfReader(liasse.dossier / "liasse.pdf").pages]
    assert liasse.empreinte in "".join(pages[0].split())
    sommaire = [ligne.split() for ligne in pages[0].splitlines()]
    dites = [int(mots[-1]) for mots in sommaire if mots[:4] == ["Pièce", "n°", "2", "—"]]
    assert len(dites) == 1
    assert "Pièce n° 2" in pages[dites[0] - 1]
    assert "Sommaire" not in pages[dites[0] - 1]


def test_le_bordereau_et_la_requete_portent_les_memes_numeros(dossier, faire):
    liasse = faire(dossier)
    bordereau = lire_texte(liasse.dossier / "actes/bordereau_de_pieces.pdf")
    requete = lire_texte(liasse.dossier / f"actes/{ACTE}.pdf")
    for piece in liasse.pieces:
        assert piece.intitule in " ".join(bordereau.replace("\xa0", " ").split())
        assert piece.intitule in " ".join(requete.replace("\xa0", " ").split())
        assert piece.sha256 in "".join(bordereau.split())


def test_les_memes_faits_donnent_les_memes_octets(dossier, faire):
    une, autre = faire(dossier, "une"), faire(dossier, "autre")
    assert list_fichiers(une.dossier) == list_fichiers(autre.dossier)
    with make_archive(preparer(dossier), "essai") as (_, zip_un):
        octets = zip_un.read_bytes()
    with make_archive(preparer(dossier), "essai") as (_, zip_deux):
        assert zip_deux.read_bytes() == octets


def test_le_zip_contient_le_dossier(dossier):
    with make_archive(preparer(dossier), "essai") as (liasse, chemin), zipfile.ZipFile(chemin) as archive:
        assert archive.testzip() is None
        racine = f"{dossier.reference}-{ACTE}-2026-11-21"
        assert f"{racine}/manifeste.json" in archive.namelist()
        assert archive.read(f"{racine}/manifeste.json") == (liasse.dossier / "manifeste.json").read_bytes()


def test_les_pieces_d_une_liasse_gardent_leur_numero(dossier, faire, joindre):
    avant = faire(dossier, "avant")
    joindre(dossier, "ancien.pdf", b"%PDF- abime", date(2025, 3, 1), description="Devis retrouvé")
    apres = faire(dossier, "apres")
    assert [(p.numero, p.sha256) for p in apres.pieces[:3]] == [(p.numero, p.sha256) for p in avant.pieces]
    assert (apres.pieces[3].numero, apres.pieces[3].intitule, apres.pieces[3].pages) == (4, "Devis retrouvé", None)
    assert "abîmé" in apres.pieces[3].remarque


def test_l_ordre_et_les_titres_choisis(dossier, faire):
    preparation = preparer(dossier)
    une, deux, trois = preparation.pieces
    save_bordereau(dossier, [(trois.sha256, "La photo"), (une.sha256, une.intitule)], preparation.toutes, "essai")
    liasse = faire(dossier)
    assert [(p.numero, p.intitule) for p in liasse.pieces] == [(1, "La photo"), (2, une.intitule)]
    assert deux.sha256 in Bordereau.objects.get(dossier=dossier).ecartees


def test_ce_que_l_extrait_tait(dossier, faire):
    liasse = faire(dossier)
    brut = (liasse.dossier / "journal/extrait.jsonl").read_text(encoding="utf-8")
    assert "Ne rien dire" not in brut
    assert "77.31" not in brut
    assert "88.42" not in brut
    faits = [ligne for ligne in map(json.loads, brut.splitlines()) if ligne["ligne"] == "fait"]
    du_dossier = [f for f in faits if f["enveloppe"]["chaine"] == str(dossier.chaine_id)]
    assert len(du_dossier) == Maillon.objects.filter(chaine=dossier.chaine_id).count()
    notes = [f for f in faits if f["enveloppe"]["type"] == "note_ajoutee"]
    assert [(n["contenu"], n["sel"]) for n in notes] == [(None, None)]
    imprime = " ".join(lire_texte(liasse.dossier / "journal/extrait.pdf").replace("\xa0", " ").split())
    assert "Note (non communiqué)" in imprime
    assert "Créance née" in imprime
    assert "Le sceau du 21/11/2026 tient les faits jusqu’au n° 6." in imprime
    assert "Le sceau du 21/11/2026 tient les faits jusqu’au n° 6 ;" not in imprime


def test_un_journal_altere_n_est_pas_certifie(dossier, faire, monkeypatch):
    from exigible.bureau.preuve import journal

    vrai = journal.make_maillon
    monkeypatch.setattr(journal, "make_maillon", lambda ligne: vrai((*ligne[:5], "un autre", *ligne[6:])))
    with pytest.raises(Exception, match="ne peut pas être certifié"):
        faire(dossier)


def test_une_liasse_refusee_ne_laisse_rien(dossier, tmp_path):
    preparation = prepare_liasse(dossier, get_modele(ACTE), saisies={})
    with pytest.raises(ErreurSaisie, match="il manque"):
        make_liasse(preparation, tmp_path / "preuves", "essai")
    assert list(tmp_path.iterdir()) == []
    assert make_liasse(preparation, tmp_path / "preuves", "essai", projet=True).projet


def test_un_dossier_plein_est_refuse(dossier, faire, tmp_path):
    (tmp_path / "preuves").mkdir()
    (tmp_path / "preuves" / "a.txt").write_text("a")
    with pytest.raises(ErreurSaisie, match="n'est pas vide") as refus:
        faire(dossier)
    assert refus.value.code == "dossier_non_vide"


def test_sans_piece_pas_de_liasse(dossier, faire):
    save_bordereau(dossier, [], preparer(dossier).toutes, "essai")
    with pytest.raises(ErreurSaisie) as refus:
        faire(dossier)
    assert refus.value.code == "pieces_absentes"


def test_faire_une_liasse_n_ecrit_rien_au_journal(dossier, faire):
    avant = Maillon.objects.count()
    faire(dossier)
    assert Maillon.objects.count() == avant
    assert verify_journal() == []


def test_les_actes_qu_une_liasse_accompagne():
    assert {ACTE, "declaration_de_creance"} <= {modele.nom for modele in list_actes()}
    assert "relance_1" not in {modele.nom for modele in list_actes()}


def test_une_piece_paysage_reste_droite(dossier, faire, joindre):
    pdf = pikepdf.Pdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    page.rotate(90, relative=False)
    sortie = io.BytesIO()
    pdf.save(sortie)
    joindre(dossier, "plan.pdf", sortie.getvalue(), date(2026, 10, 1), description="Plan")
    liasse = faire(dossier)
    page = next(
        p
        for p in pypdf.PdfReader(liasse.dossier / "liasse.pdf").pages
        if "Pièce n° 4" in p.extract_text()
        and "Sommaire" not in p.extract_text()
        and p.mediabox.width > p.mediabox.height
    )
    assert round(page.mediabox.width) == 842


def test_une_lettre_postee_et_sa_preuve_sont_des_pieces(dossier, faire, cabinet, make_pdf, make_png):
    lettre = store_piece(cabinet, make_pdf(4), "lettre.pdf", "application/pdf").sha256
    avis = store_piece(cabinet, make_png(9, 9), "avis.png", "image/png").sha256
    approuve = CourrierApprouve(
        courrier="l-1", acte="mise_en_demeure", piece=lettre, creances=("f-1",), montant=Decimal(1), delai_jours=8,
        destinataire="Client Modèle",
    )  # fmt: skip
    poste = CourrierPoste(courrier="l-1", acte="mise_en_demeure", creances=("f-1",), mode=ModeEnvoi.LRAR)
    faits = [(approuve, 1), (poste, 2), (CourrierRecu(courrier="l-1", piece=avis), 4)]
    record_faits(dossier.chaine, [FaitAEcrire(fait, date(2026, 10, jour)) for fait, jour in faits], "essai")
    liasse = faire(dossier)
    assert [(p.intitule, p.sha256) for p in liasse.pieces[3:]] == [
        ("Mise en demeure de payer du 02/10/2026", lettre),
        ("Avis de réception signé le 04/10/2026", avis),
    ]
    assert all(piece.fait for piece in liasse.pieces)


def test_une_lettre_qui_n_est_pas_partie_n_est_pas_une_piece(dossier, cabinet, make_pdf):
    lettre = store_piece(cabinet, make_pdf(4), "lettre.pdf", "application/pdf").sha256
    approuve = CourrierApprouve(
        courrier="l-1", acte="mise_en_demeure", piece=lettre, creances=("f-1",), montant=Decimal(1), delai_jours=8,
        destinataire="Client Modèle",
    )  # fmt: skip
    record_faits(dossier.chaine, [FaitAEcrire(approuve, date(2026, 10, 1))], "essai")
    assert lettre not in {piece.sha256 for piece in preparer(dossier).toutes}


def test_une_piece_dont_les_octets_sont_effaces_n_est_plus_proposee(dossier):
    une = preparer(dossier).toutes[0]
    Piece.objects.filter(sha256=une.sha256).update(contenu=None)
    assert une.sha256 not in {piece.sha256 for piece in preparer(dossier).toutes}


def test_un_dossier_efface_perd_son_bordereau(dossier, faire):
    faire(dossier)
    paiement = PaiementRecu(cle="p-1", montant=Decimal("9000.00"))
    record_faits(dossier.chaine, [FaitAEcrire(paiement, date(2026, 11, 21))], "essai")
    with fix_horloge(date(2045, 1, 1)):
        bilan = run_effacement(dossier.cabinet, date(2045, 1, 1), "essai", appliquer=True)
    assert len(bilan.effaces) == 1
    assert not Bordereau.objects.exists()


def test_les_reponses_d_un_acte_approuve_servent_encore(dossier, cabinet, make_pdf):
    sha256 = store_piece(cabinet, make_pdf(5), "requete.pdf", "application/pdf").sha256
    produit = ActeProduit(acte=ACTE, titre="Requête", piece=sha256, reponses=(("siege", "Ailleurs"),))
    record_faits(dossier.chaine, [FaitAEcrire(produit, date(2026, 11, 20))], "essai")
    assert prepare_liasse(dossier, get_modele(ACTE)).acte.saisies["siege"] == "Ailleurs"
    assert preparer(dossier).acte.saisies["siege"] == "Testville"
    assert sha256 not in {piece.sha256 for piece in preparer(dossier).toutes}


def test_le_bordereau_peut_etre_l_acte(dossier, tmp_path):
    liasse = make_liasse(prepare_liasse(dossier, get_modele("bordereau_de_pieces")), tmp_path / "p", "essai")
    assert sorted(c.name for c in (liasse.dossier / "actes").iterdir()) == [
        "bordereau_de_pieces.docx",
        "bordereau_de_pieces.pdf",
        "decompte.json",
        "decompte.pdf",
    ]
