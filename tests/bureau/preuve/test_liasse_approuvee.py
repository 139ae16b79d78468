"""An act that a person approved goes in the bundle byte for byte; one that nobody approved says so."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pypdf
import pytest

from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte
from exigible.actes.preuve import liasse as liasse_de_preuve
from exigible.actes.rendu import render_pdf
from exigible.bureau.actes import services
from exigible.bureau.actes.approbation import approve_acte
from exigible.bureau.actes.services import Choix, prepare
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.models import Piece
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits, store_piece
from exigible.bureau.preuve.pieces import save_bordereau
from exigible.bureau.preuve.services import check_faisable, make_liasse, order_comme_l_acte, prepare_liasse
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.faits import ActeProduit
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.phrase import phrase

ACTE = "requete_injonction_de_payer"
REPONSES = {"tribunal": "commerce", "siege": "Testville", "fondement": "contrat"}
VEILLE = date(2026, 11, 20)


def relire(dossier):
    return Dossier.objects.select_related("creancier", "chaine", "cabinet").get(pk=dossier.pk)


def lire_texte(chemin):
    texte = "\n".join(page.extract_text() for page in pypdf.PdfReader(chemin).pages)
    return " ".join(texte.replace("\xa0", " ").replace("\u202f", " ").replace("’", "'").split())


@pytest.fixture(name="approuve")
def _approuve(dossier):
    """The petition as a person approved it the day before, and the dossier read again."""
    with fix_horloge(VEILLE):
        vu = render_pdf(prepare(dossier, ACTE, Choix(REPONSES)).acte)
        approve_acte(dossier, ACTE, "relecteur", sha256_vu=hashlib.sha256(vu).hexdigest(), choix=Choix(REPONSES))
    return vu, relire(dossier)


def faire(dossier, vers, **options):
    return make_liasse(prepare_liasse(dossier, get_modele(ACTE), **options), vers, "essai")


def test_les_octets_approuves_sont_remis_tels_quels(approuve, tmp_path, verifier):
    vu, dossier = approuve
    liasse = faire(dossier, tmp_path / "p")
    assert (liasse.dossier / f"actes/{ACTE}.pdf").read_bytes() == vu
    fait = next(i for i in read_inscriptions(dossier.chaine) if isinstance(i.fait, ActeProduit))
    docx = (liasse.dossier / f"actes/{ACTE}.docx").read_bytes()
    assert hashlib.sha256(docx).hexdigest() == fait.fait.docx
    assert liasse.provenance == (
        f"« Requête en injonction de payer » : texte approuvé le 20/11/2026 (fait n° {fait.rang} du journal), remis "
        "octet pour octet."
    )
    assert liasse.projet == ()
    assert json.loads((liasse.dossier / "manifeste.json").read_bytes())["approuves"] == [
        {"acte": ACTE, "fait": fait.rang, "jour": "2026-11-20"}
    ]
    assert verifier(liasse.dossier)[0] == 0


def test_le_bordereau_la_couverture_et_le_lisez_moi_le_disent(approuve, tmp_path):
    liasse = faire(approuve[1], tmp_path / "p")
    dite = "texte approuvé le 20/11/2026 (fait n°"
    assert f"Ces pièces accompagnent : « Requête en injonction de payer » : {dite}" in lire_texte(
        liasse.dossier / "actes/bordereau_de_pieces.pdf"
    )
    assert dite in lire_texte(liasse.dossier / "liasse.pdf")
    assert "Texte non approuvé" not in lire_texte(liasse.dossier / "liasse.pdf")
    assert dite in (liasse.dossier / "lisez-moi.txt").read_text(encoding="utf-8")


def test_le_decompte_est_au_jour_du_depot(approuve, tmp_path):
    liasse = faire(approuve[1], tmp_path / "p")
    assert "Décompte arrêté au 21/11/2026" in lire_texte(liasse.dossier / "actes/decompte.pdf")
    assert "Décompte arrêté au 20/11/2026" in lire_texte(liasse.dossier / f"actes/{ACTE}.pdf")


def test_sans_approbation_c_est_dit_partout(dossier, tmp_path):
    liasse = faire(dossier, tmp_path / "p", saisies=REPONSES)
    assert liasse.provenance.endswith("texte écrit le 21/11/2026, que personne n'a encore approuvé.")
    pages = [page.extract_text() for page in pypdf.PdfReader(liasse.dossier / "liasse.pdf").pages]
    de_l_acte = len(pypdf.PdfReader(liasse.dossier / f"actes/{ACTE}.pdf").pages)
    assert sum("Texte non approuvé" in page for page in pages) == de_l_acte
    assert "que personne n'a encore approuvé" in lire_texte(liasse.dossier / "actes/bordereau_de_pieces.pdf")
    assert "Texte non approuvé" not in lire_texte(liasse.dossier / f"actes/{ACTE}.pdf")


def test_d_autres_reponses_font_un_autre_texte_qui_n_est_pas_approuve(approuve, tmp_path):
    vu, dossier = approuve
    liasse = faire(dossier, tmp_path / "p", saisies={"siege": "Ailleurs"})
    assert (liasse.dossier / f"actes/{ACTE}.pdf").read_bytes() != vu
    assert "n'a encore approuvé" in liasse.provenance
    assert "Ailleurs" in lire_texte(liasse.dossier / f"actes/{ACTE}.pdf")


def test_l_approbation_note_les_pieces_que_l_acte_numerote(approuve):
    dossier = approuve[1]
    preparation = prepare_liasse(dossier, get_modele(ACTE))
    assert preparation.produit.pieces == tuple(piece.sha256 for piece in preparation.pieces)
    assert preparation.suit_l_acte


def test_une_piece_plus_ancienne_jointe_ensuite_ne_change_pas_les_numeros_de_l_acte(
    approuve, joindre, tmp_path, make_pdf
):
    dossier = approuve[1]
    joindre(dossier, "devis.pdf", make_pdf(3), date(2025, 3, 1), description="Devis retrouvé")
    liasse = faire(relire(dossier), tmp_path / "p")
    assert [p.intitule for p in liasse.pieces][-1] == "Devis retrouvé"


def test_des_pieces_renumerotees_contrediraient_l_acte(approuve, tmp_path):
    dossier = approuve[1]
    preparation = prepare_liasse(dossier, get_modele(ACTE))
    renversees = [(piece.sha256, piece.intitule) for piece in reversed(preparation.pieces)]
    save_bordereau(dossier, renversees, preparation.toutes, "essai")
    preparation = prepare_liasse(dossier, get_modele(ACTE))
    assert not preparation.suit_l_acte
    for refuser in (lambda: check_faisable(preparation, projet=True), lambda: faire(dossier, tmp_path / "p")):
        with pytest.raises(ErreurSaisie, match="approuvé le 20/11/2026 cite une autre pièce n° 1") as refus:
            refuser()
        assert refus.value.code == "pieces_renumerotees"
    remises = [(piece.sha256, piece.intitule) for piece in order_comme_l_acte(preparation)]
    save_bordereau(dossier, remises, preparation.toutes, "essai")
    assert prepare_liasse(dossier, get_modele(ACTE)).suit_l_acte


def test_le_projet_d_ordonnance_approuve_part_avec_la_requete(approuve, cabinet, tmp_path, make_pdf, verifier):
    dossier = approuve[1]
    projet, docx = (store_piece(cabinet, octets, "o", "application/pdf").sha256 for octets in (make_pdf(1), b"docx"))
    produit = ActeProduit(acte="ordonnance_injonction_de_payer", titre="Projet d'ordonnance", piece=projet, docx=docx)
    record_faits(dossier.chaine, [FaitAEcrire(produit, date(2026, 11, 21))], "essai")
    liasse = faire(relire(dossier), tmp_path / "p")
    remis = liasse.dossier / "actes/ordonnance_injonction_de_payer.pdf"
    assert hashlib.sha256(remis.read_bytes()).hexdigest() == projet
    assert remis.with_suffix(".docx").read_bytes() == b"docx"
    assert "Projet d'ordonnance (texte approuvé le 21/11/2026)" in lire_texte(liasse.dossier / "liasse.pdf")
    statut, dit = verifier(liasse.dossier)
    assert (statut, "pièces et actes que le journal cite : 5" in dit) == (0, True)


def test_un_bordereau_approuve_vaut_tant_qu_il_les_cite_toutes(dossier, joindre, make_pdf):
    nom = "bordereau_de_pieces"
    vu = render_pdf(prepare(dossier, nom, Choix()).acte)
    approve_acte(dossier, nom, "relecteur", sha256_vu=hashlib.sha256(vu).hexdigest(), choix=Choix())
    assert prepare_liasse(relire(dossier), get_modele(nom)).approuve is not None
    joindre(dossier, "livraison.pdf", make_pdf(3), date(2026, 11, 21), description="Bon de livraison")
    assert prepare_liasse(relire(dossier), get_modele(nom)).approuve is None


def test_un_acte_dont_les_octets_sont_effaces_est_recrit(approuve, tmp_path):
    vu, dossier = approuve
    Piece.objects.filter(sha256=hashlib.sha256(vu).hexdigest()).update(contenu=None)
    assert "n'a encore approuvé" in faire(dossier, tmp_path / "p").provenance


def test_un_acte_approuve_est_remis_meme_s_il_ne_pourrait_plus_etre_ecrit(approuve, tmp_path, verifier, monkeypatch):
    """What a person approved and filed does not depend on what is known since."""
    vu, dossier = approuve

    def refuser(demande):
        if demande.modele.nom == ACTE:
            raise ErreurExigible("acte_refuse", phrase("Cet acte est refusé."))
        return prepare_acte(demande)

    monkeypatch.setattr(services, "prepare_acte", refuser)
    monkeypatch.setattr(liasse_de_preuve, "prepare_acte", refuser)
    preparation = prepare_liasse(dossier, get_modele(ACTE))
    assert preparation.acte.refus is not None
    check_faisable(preparation, projet=False)
    liasse = make_liasse(preparation, tmp_path / "p", "essai")
    assert (liasse.dossier / f"actes/{ACTE}.pdf").read_bytes() == vu
    assert verifier(liasse.dossier)[0] == 0
    with pytest.raises(ErreurExigible, match="Cet acte est refusé"):
        check_faisable(prepare_liasse(dossier, get_modele(ACTE), saisies={"siege": "Ailleurs"}), projet=True)


def test_un_acte_change_dans_le_dossier_remis_ne_trompe_pas_le_verificateur(approuve, tmp_path, verifier):
    """The forger writes another petition, and makes every list agree: the journal still cites the one approved."""
    liasse = faire(approuve[1], tmp_path / "p")
    acte = liasse.dossier / f"actes/{ACTE}.pdf"
    acte.write_bytes(acte.read_bytes() + b"%")
    manifeste = json.loads((liasse.dossier / "manifeste.json").read_bytes())
    for fichier in manifeste["fichiers"]:
        octets = (liasse.dossier / fichier["chemin"]).read_bytes()
        fichier["sha256"], fichier["taille"] = hashlib.sha256(octets).hexdigest(), len(octets)
    (liasse.dossier / "manifeste.json").write_text(json.dumps(manifeste), encoding="utf-8")
    statut, dit = verifier(liasse.dossier)
    assert statut == 1
    assert f"L'acte « actes/{ACTE}.pdf » n'est pas celui que cite le fait n°" in dit
