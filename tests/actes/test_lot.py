"""A batch: in order, whatever the processes; what is refused is said; what is bound prints what each letter says."""

import csv
import io
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest

from exigible.actes import reliure
from exigible.actes.demande import build_demande
from exigible.actes.lot import TRANCHE, Commande, Refus, choose_processus, render_lot, render_tranche
from exigible.actes.manifeste import IMPRESSION, MANIFESTE, Compteur, name_fichier, write_lot, write_manifeste
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte
from exigible.actes.reliure import bind_fichiers, bind_pdfs

ACTE = "mise_en_demeure"


def make_commande(fabrique, cle, nom="Menuiserie Fictive", **saisies):
    etat = fabrique(debiteur=fabrique.DEBITEUR.__class__(**{**as_dict(fabrique.DEBITEUR), "nom": nom, "code": cle}))
    demande = build_demande(get_modele(ACTE), etat, reference=cle, saisies={"delai_jours": "8", **saisies})
    return Commande(cle, nom, demande)


def as_dict(struct):
    return {champ: getattr(struct, champ) for champ in struct.__struct_fields__}


@pytest.fixture(scope="module")
def trois(fabrique):
    return (
        make_commande(fabrique, "C-1"),
        Commande("C-2", "Illisible", Refus("dossier_illisible", "Le dossier ne se lit pas.")),
        make_commande(fabrique, "C-3", nom="=cmd|' /C calc'!A0"),
    )


def read_pages(pdf):
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_un_refus_n_arrete_pas_les_autres(trois):
    tranche = render_tranche(trois)
    assert [p.acte is not None for p in tranche.produits] == [True, False, True]
    assert tranche.produits[1].refus == Refus("dossier_illisible", "Le dossier ne se lit pas.")
    assert all(p.pages == len(read_pages(p.acte.pdf)) for p in tranche.produits if p.acte)


def test_une_lettre_incomplete_est_laissee_de_cote(fabrique):
    commande = make_commande(fabrique, "C-1", delai_jours="")
    (produit,) = render_tranche([commande]).produits
    assert (produit.acte, produit.refus.code) == (None, "acte_incomplet")
    assert "délai" in produit.refus.raison
    assert produit.montant == 0


def test_un_defaut_du_programme_sur_un_dossier_n_arrete_pas_les_autres(trois, monkeypatch):
    def prepare(demande):
        if demande.reference == "C-1":
            raise KeyError("x")
        return prepare_acte(demande)

    monkeypatch.setattr("exigible.actes.lot.prepare_acte", prepare)
    tranche = render_tranche(trois)
    assert tranche.produits[0].refus.code == "erreur_interne"
    assert "KeyError" in tranche.produits[0].refus.raison
    assert tranche.produits[2].acte is not None


def test_ce_qui_est_relie_dit_la_meme_chose(trois):
    tranche = render_tranche(trois)
    lettres = [page for p in tranche.produits if p.acte for page in read_pages(p.acte.pdf)]
    assert read_pages(tranche.relie) == lettres


def test_le_recto_verso_commence_sur_un_recto(trois):
    tranche = render_tranche(trois, recto_verso=True)
    pages = read_pages(tranche.relie)
    compteur = Compteur(ACTE, recto_verso=True)
    lignes = [compteur.add_produit(p) for p in tranche.produits]
    assert len(pages) % 2 == 0
    for ligne in lignes:
        if ligne.pages:
            assert ligne.premiere_page % 2 == 1
            assert f"Nos références {ligne.cle}" in " ".join(pages[ligne.premiere_page - 1].split())
    assert sum(p.pages for p in tranche.produits) <= len(pages)


def test_deux_processus_donnent_les_memes_octets(fabrique):
    commandes = [make_commande(fabrique, f"C-{rang}") for rang in range(TRANCHE + 2)]
    un, deux = (list(render_lot(iter(commandes), processus=n)) for n in (1, 2))
    assert un == deux
    assert [len(t.produits) for t in un] == [TRANCHE, 2]


def test_peu_de_lettres_ne_demandent_qu_un_processus():
    assert choose_processus(0) == choose_processus(10) == 1
    assert choose_processus(10**6) >= 1


def test_une_police_commune_n_est_gardee_qu_une_fois(trois):
    lettre = next(p.acte.pdf for p in render_tranche(trois).produits if p.acte)
    relie, pages = bind_pdfs([lettre] * 4)
    assert len(pages) == 4
    with pikepdf.open(io.BytesIO(relie)) as document:
        polices = [
            x for x in document.objects if isinstance(x, pikepdf.Stream) and x.get("/Subtype") == "/CIDFontType0C"
        ]
        assert "/StructParents" not in document.pages[0]
    with pikepdf.open(io.BytesIO(lettre)) as document:
        seules = [
            x for x in document.objects if isinstance(x, pikepdf.Stream) and x.get("/Subtype") == "/CIDFontType0C"
        ]
    assert len(polices) == len(seules) > 0


def test_beaucoup_de_fichiers_se_relient_par_tas(trois, tmp_path, monkeypatch):
    monkeypatch.setattr(reliure, "_OUVERTS_MAX", 2)
    relie = render_tranche(trois).relie
    fichiers = [tmp_path / f"{rang}.pdf" for rang in range(5)]
    for fichier in fichiers:
        fichier.write_bytes(relie)
    bind_fichiers(fichiers, tmp_path / "tout.pdf")
    assert read_pages((tmp_path / "tout.pdf").read_bytes()) == read_pages(relie) * 5
    assert sorted(f.name for f in tmp_path.iterdir()) == ["0.pdf", "1.pdf", "2.pdf", "3.pdf", "4.pdf", "tout.pdf"]


def test_le_dossier_d_un_lot(trois, tmp_path):
    lignes = write_lot(tmp_path, ACTE, render_lot(trois))
    feuille = list(csv.DictReader(io.StringIO((tmp_path / MANIFESTE).read_bytes().decode("utf-8-sig")), delimiter=";"))
    assert [x["statut"] for x in feuille] == ["fait", "refuse", "fait"]
    assert feuille[1]["raison"] == "Le dossier ne se lit pas."
    assert feuille[2]["debiteur"].startswith("'=cmd")
    assert [x.premiere_page for x in lignes] == [1, 0, 1 + lignes[0].pages]
    lettre = (tmp_path / feuille[0]["fichier"]).read_bytes()
    assert read_pages((tmp_path / IMPRESSION).read_bytes())[: lignes[0].pages] == read_pages(lettre)
    assert sorted(f.name for f in tmp_path.iterdir()) == [IMPRESSION, "lettres", MANIFESTE]


def test_un_lot_tout_refuse_n_a_rien_a_imprimer(tmp_path):
    lignes = write_lot(tmp_path, ACTE, render_lot([Commande("C-2", "Illisible", Refus("x", "Non."))]))
    assert [x.statut for x in lignes] == ["refuse"]
    assert not (tmp_path / IMPRESSION).exists()
    assert (tmp_path / MANIFESTE).exists()


@pytest.mark.parametrize(
    ("cle", "nom"),
    [("411-DUPONT", "00007-411-DUPONT.pdf"), ("../../Été & Cie", "00007-Ete-Cie.pdf"), ("株", "00007.pdf")],
)
def test_un_nom_de_fichier_va_partout(cle, nom):
    assert name_fichier(7, cle) == nom
    assert Path(name_fichier(7, cle)).name == nom


def test_le_montant_se_lit_dans_un_tableur_francais():
    compteur = Compteur(ACTE, recto_verso=False)
    ligne = compteur.add("C-1", "Été", Decimal("1234.50"), 2, "ab")
    texte = write_manifeste([ligne]).decode("utf-8-sig").replace("\u202f", "").replace("\xa0", "")
    assert texte.splitlines()[1].startswith("1;C-1;Été;mise_en_demeure;1234,50;2;1;lettres/00001-C-1.pdf;ab;fait;")


def test_ce_qui_se_relie_n_a_son_nom_qu_une_fois_fini(trois, tmp_path, monkeypatch):
    """Stopped while binding, a batch has neither a file to be printed nor a list."""

    def coupe(_relies, sortie):
        sortie.write_bytes(b"%PDF")
        raise OSError

    monkeypatch.setattr("exigible.actes.manifeste.bind_fichiers", coupe)
    with pytest.raises(OSError):  # noqa: PT011 - any failure of the disk
        write_lot(tmp_path, ACTE, render_lot(trois))
    assert not (tmp_path / IMPRESSION).exists()
    assert not (tmp_path / MANIFESTE).exists()


_LOT = """
import os, sys, time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from exigible.actes.lot import _settle
if __name__ == "__main__":
    bassin = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_settle)
    print(bassin.submit(os.getpid).result(), flush=True)
    time.sleep(60)
"""


def test_un_lot_tue_ne_laisse_pas_de_processus(tmp_path):
    programme = tmp_path / "lot.py"
    programme.write_text(_LOT, encoding="utf-8")
    with subprocess.Popen([sys.executable, programme], stdout=subprocess.PIPE, text=True) as maitre:
        ouvrier = int(maitre.stdout.readline())
        maitre.kill()
    for _ in range(100):
        if not _is_vivant(ouvrier):
            return
        time.sleep(0.1)
    pytest.fail("le processus qui compose est resté")


def _is_vivant(pid):
    """Whether a process runs: one that ended and that nobody has buried yet does not."""
    etat = Path(f"/proc/{pid}/stat")
    return etat.exists() and etat.read_text().rpartition(")")[2].split()[0] != "Z"
