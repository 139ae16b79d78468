"""The verifier of the bundle, run as whoever receives it runs it: whole, then after each kind of tampering."""

from __future__ import annotations

import ast
import hashlib
import json
import shutil
import subprocess

import pytest

from exigible.actes.preuve.archive import write_archive
from exigible.bureau.journal.exportation import export_journal
from exigible.bureau.journal.sceaux import get_dernier_sceau


@pytest.fixture(name="liasse")
def _liasse(dossier, faire):
    return faire(dossier)


@pytest.fixture(name="remis")
def _remis(liasse):
    return liasse.dossier


def changer(chemin, avant, apres):
    octets = chemin.read_bytes()
    assert avant in octets
    chemin.write_bytes(octets.replace(avant, apres, 1))


def recompter(remis):
    """What a careful forger does next: make the list of hashes agree again."""
    lignes = []
    for chemin in sorted(c for c in remis.rglob("*") if c.is_file() and c.name != "empreintes.sha256"):
        empreinte = hashlib.sha256(chemin.read_bytes()).hexdigest()
        lignes.append(f"{empreinte}  {chemin.relative_to(remis).as_posix()}\n")
    (remis / "empreintes.sha256").write_text("".join(lignes), encoding="utf-8")


def refaire_le_manifeste(remis, changement):
    """A more careful one makes the manifest agree too."""
    chemin = remis / "manifeste.json"
    manifeste = json.loads(chemin.read_bytes())
    for fichier in manifeste["fichiers"]:
        fichier["sha256"] = hashlib.sha256((remis / fichier["chemin"]).read_bytes()).hexdigest()
    changement(manifeste)
    chemin.write_text(json.dumps(manifeste, ensure_ascii=False, sort_keys=True, indent=1) + "\n", encoding="utf-8")
    recompter(remis)


def lire_extrait(remis):
    return [json.loads(ligne) for ligne in (remis / "journal/extrait.jsonl").read_bytes().splitlines()]


def ecrire_extrait(remis, lignes):
    """Write lines back, with the end that they must have."""
    lignes = [ligne for ligne in lignes if ligne["ligne"] != "fin"]
    octets = b"".join(_canonique(ligne) for ligne in lignes)
    faits = sum(ligne["ligne"] == "fait" for ligne in lignes)
    fin = {"ligne": "fin", "faits": faits, "empreinte": hashlib.sha256(octets).hexdigest()}
    (remis / "journal/extrait.jsonl").write_bytes(octets + _canonique(fin))


def _canonique(objet):
    return json.dumps(objet, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def test_ce_qui_est_remis_se_verifie(remis, liasse, verifier):
    statut, dit = verifier(remis)
    assert statut == 0, dit
    assert dit.rstrip().endswith("RÉSULTAT : tout concorde.")
    assert liasse.empreinte in dit
    assert "Le journal est intact" in dit
    assert "pièces et actes que le journal cite : 3" in dit


def test_il_se_verifie_ailleurs_et_depuis_n_importe_ou(remis, tmp_path, verifier):
    ailleurs = tmp_path / "clé usb"
    shutil.copytree(remis, ailleurs)
    assert verifier(ailleurs)[0] == 0
    assert verifier(ailleurs, str(remis))[0] == 0


def test_l_empreinte_notee_et_le_sceau_note(remis, liasse, dossier, verifier):
    groupes = " ".join(liasse.empreinte[i : i + 8] for i in range(0, 64, 8))
    sceau = get_dernier_sceau(dossier.cabinet).empreinte
    assert verifier(remis, "--empreinte", groupes.upper(), "--sceau", sceau)[0] == 0
    statut, dit = verifier(remis, "--empreinte", "0" * 64)
    assert statut == 1
    assert "n'est pas celle que vous avez notée" in dit
    assert verifier(remis, "--sceau", "f" * 64)[0] == 1
    assert verifier(remis, "--empreinte", "court")[0] == 2
    assert verifier(remis, "--inconnue")[0] == 2


def test_sha256sum_dit_la_meme_chose(remis):
    outil = shutil.which("sha256sum")
    if outil is None:
        pytest.skip("sha256sum n'est pas ici")
    subprocess.run([outil, "--quiet", "-c", "empreintes.sha256"], cwd=remis, check=True)


def test_une_piece_changee(remis, verifier):
    changer(remis / "pieces/02-facture-f-1.pdf", b"%PDF", b"%PdF")
    statut, dit = verifier(remis)
    assert statut == 1
    assert "« pieces/02-facture-f-1.pdf » a été modifié" in dit


def test_une_piece_changee_avec_soin(remis, verifier):
    changer(remis / "pieces/02-facture-f-1.pdf", b"%PDF", b"%PdF")

    def changement(manifeste):
        manifeste["pieces"][1]["sha256"] = manifeste["fichiers"][-3]["sha256"]
        nouvelle = next(f["sha256"] for f in manifeste["fichiers"] if f["chemin"] == "pieces/02-facture-f-1.pdf")
        manifeste["pieces"][1]["sha256"] = nouvelle

    refaire_le_manifeste(remis, changement)
    statut, dit = verifier(remis)
    assert statut == 1
    assert "La pièce n° 2 n'est pas celle que cite le fait" in dit
    assert "La liasse PDF porte l'empreinte d'un autre manifeste" in dit


@pytest.mark.parametrize("nom", ["pieces/03-photo-de-la-livraison.png", "actes/decompte.pdf", "journal/extrait.jsonl"])
def test_un_fichier_retire(remis, nom, verifier):
    (remis / nom).unlink()
    statut, dit = verifier(remis)
    assert statut == 1
    assert f"« {nom} » a été retiré" in dit


def test_la_liasse_ou_le_manifeste_retires(remis, verifier):
    (remis / "liasse.pdf").unlink()
    assert verifier(remis)[0] == 1
    (remis / "manifeste.json").unlink()
    statut, dit = verifier(remis)
    assert statut == 1
    assert "« manifeste.json » manque" in dit


def test_un_fichier_ajoute(remis, verifier):
    (remis / "pieces/04-de-trop.pdf").write_bytes(b"%PDF-1.4")
    statut, dit = verifier(remis)
    assert statut == 1
    assert "« pieces/04-de-trop.pdf » a été ajouté" in dit
    recompter(remis)
    statut, dit = verifier(remis)
    assert statut == 1
    assert "n'est pas dans le manifeste : il a été ajouté" in dit


def test_des_pieces_renumerotees(remis, verifier):
    def changement(manifeste):
        manifeste["pieces"].reverse()

    refaire_le_manifeste(remis, changement)
    statut, dit = verifier(remis)
    assert statut == 1
    assert "La pièce n° 3 se trouve là où la pièce n° 1 est attendue" in dit


def test_un_montant_change_dans_le_manifeste(remis, verifier):
    manifeste = json.loads((remis / "manifeste.json").read_bytes())
    total = manifeste["montants"]["total"]
    changer(remis / "manifeste.json", f'"{total}"'.encode(), b'"999999.00"')
    statut, dit = verifier(remis)
    assert statut == 1
    assert "« manifeste.json » a été modifié" in dit


def test_un_montant_change_dans_le_journal(remis, verifier):
    changer(remis / "journal/extrait.jsonl", b"1200.00", b"9200.00")
    recompter(remis)
    statut, dit = verifier(remis)
    assert statut == 1
    assert "a été modifié (un montant, une date, un texte)" in dit


def test_un_montant_change_avec_tout_le_soin_possible(remis, verifier):
    """Content, digest, hashes of the whole chain, heads, manifest: the seal and the cover still say no."""
    lignes = lire_extrait(remis)
    chaine = next(ligne["chaine"] for ligne in lignes if ligne["ligne"] == "chaine" and ligne["sorte"] == "dossier")
    precedent, tete = "0" * 64, [0, ""]
    for ligne in lignes:
        if ligne["ligne"] != "fait" or ligne["enveloppe"]["chaine"] != chaine:
            continue
        if ligne["contenu"]:
            ligne["contenu"] = ligne["contenu"].replace("1200.00", "9200.00")
            sale = bytes.fromhex(ligne["sel"]) + ligne["contenu"].encode()
            ligne["enveloppe"]["empreinte_contenu"] = hashlib.sha256(sale).hexdigest()
        ligne["enveloppe"]["precedent"] = precedent
        precedent = hashlib.sha256(_canonique(ligne["enveloppe"])[:-1]).hexdigest()
        ligne["empreinte"] = precedent
        tete = [ligne["enveloppe"]["rang"], precedent]
    for ligne in lignes:
        if ligne["ligne"] == "chaine" and ligne["chaine"] == chaine:
            ligne["tete"] = tete
    ecrire_extrait(remis, lignes)

    def changement(manifeste):
        sienne = next(c for c in manifeste["journal"]["chaines"] if c["chaine"] == chaine)
        sienne["empreinte"] = tete[1]

    refaire_le_manifeste(remis, changement)
    statut, dit = verifier(remis)
    assert statut == 1
    assert "n'est plus celui qui l'a été" in dit


def test_un_fait_retire(remis, verifier):
    lignes = lire_extrait(remis)
    rang = next(r for r, ligne in enumerate(lignes) if ligne["ligne"] == "fait" and ligne["enveloppe"]["rang"] == 2)
    ecrire_extrait(remis, [*lignes[:rang], *lignes[rang + 1 :]])
    statut, dit = verifier(remis)
    assert statut == 1
    assert "trouvé là où le n° 2 est attendu" in dit


def test_les_derniers_faits_retires(remis, verifier):
    lignes = lire_extrait(remis)
    chaine = next(ligne["chaine"] for ligne in lignes if ligne["ligne"] == "chaine" and ligne["sorte"] == "dossier")
    siens = [x for x in lignes if x["ligne"] == "fait" and x["enveloppe"]["chaine"] == chaine]
    lignes.remove(siens[-1])
    ecrire_extrait(remis, lignes)

    def changement(manifeste):
        sienne = next(c for c in manifeste["journal"]["chaines"] if c["chaine"] == chaine)
        sienne["rang"], sienne["empreinte"] = siens[-2]["enveloppe"]["rang"], siens[-2]["empreinte"]

    refaire_le_manifeste(remis, changement)
    statut, dit = verifier(remis)
    assert statut == 1
    assert "ne finit pas par sa tête annoncée" in dit


def test_un_fait_ajoute(remis, verifier):
    lignes = lire_extrait(remis)
    dernier = [ligne for ligne in lignes if ligne["ligne"] == "fait"][-1]
    ajoute = json.loads(json.dumps(dernier))
    ajoute["enveloppe"] |= {"rang": dernier["enveloppe"]["rang"] + 1, "precedent": dernier["empreinte"]}
    ajoute["empreinte"] = hashlib.sha256(_canonique(ajoute["enveloppe"])[:-1]).hexdigest()
    ecrire_extrait(remis, [*lignes[:-1], ajoute])
    statut, dit = verifier(remis)
    assert statut == 1
    assert "ne finit pas comme le manifeste l'annonce" in dit


def test_une_chaine_dans_un_autre_ordre(remis, verifier):
    lignes = lire_extrait(remis)
    rangs = [r for r, ligne in enumerate(lignes) if ligne["ligne"] == "fait"][:2]
    lignes[rangs[0]], lignes[rangs[1]] = lignes[rangs[1]], lignes[rangs[0]]
    ecrire_extrait(remis, lignes)
    statut, dit = verifier(remis)
    assert statut == 1
    assert "trouvé là où le n° 1 est attendu" in dit
    assert "ne suit pas l'empreinte du fait précédent" in dit


def test_une_enveloppe_changee(remis, verifier):
    lignes = lire_extrait(remis)
    fait = next(ligne for ligne in lignes if ligne["ligne"] == "fait")
    fait["enveloppe"]["auteur"] = "quelqu'un d'autre"
    ecrire_extrait(remis, lignes)
    statut, dit = verifier(remis)
    assert statut == 1
    assert "l'enveloppe du fait n° 1 a été modifiée" in dit


def test_un_sceau_change(remis, verifier):
    lignes = lire_extrait(remis)
    sceau = next(ligne for ligne in lignes if ligne["ligne"] == "sceau")
    sceau["tetes"] = sceau["tetes"][:-1]
    ecrire_extrait(remis, lignes)
    statut, dit = verifier(remis)
    assert statut == 1
    assert "n'est pas celui des faits qu'il couvre" in dit


def test_un_journal_coupe_ou_illisible(remis, verifier):
    chemin = remis / "journal/extrait.jsonl"
    entier = chemin.read_bytes()
    chemin.write_bytes(b"\n".join(entier.splitlines()[:-1]) + b"\n")
    assert "il est coupé" in verifier(remis)[1]
    chemin.write_bytes(b"[1, 2]\n" + entier)
    statut, dit = verifier(remis)
    assert statut == 1
    assert "elle est abîmée" in dit


def test_un_chemin_qui_sort_du_dossier(remis, verifier):
    with (remis / "empreintes.sha256").open("a", encoding="utf-8") as sortie:
        sortie.write(f"{'0' * 64}  ../ailleurs\n")
    statut, dit = verifier(remis)
    assert statut == 1
    assert "hors du dossier" in dit


def test_sans_dossier_il_le_dit(remis, tmp_path, verifier):
    vide = tmp_path / "vide"
    vide.mkdir()
    assert verifier(remis, str(vide))[0] == 2


def test_il_lit_aussi_un_journal_entier(remis, dossier, tmp_path, verifier):
    chemin = tmp_path / "journal.jsonl"
    chemin.write_bytes(b"".join(export_journal(dossier.cabinet)))
    statut, dit = verifier(remis, str(chemin))
    assert statut == 0, dit
    changer(chemin, b"1200.00", b"9200.00")
    assert verifier(remis, str(chemin))[0] == 1


def test_il_ne_depend_de_rien(remis):
    """The standard library only, in the grammar of Python 3.8; nothing of a later one is evaluated either."""
    source = (remis / "verifier_preuves.py").read_text(encoding="utf-8")
    arbre = ast.parse(source, feature_version=(3, 8))
    importes = {n.name for noeud in ast.walk(arbre) if isinstance(noeud, ast.Import) for n in noeud.names}
    importes |= {noeud.module for noeud in ast.walk(arbre) if isinstance(noeud, ast.ImportFrom)}
    assert importes <= {"__future__", "base64", "hashlib", "json", "pathlib", "re", "sys", "typing", "zipfile"}
    evalues = [n.value for n in ast.walk(arbre) if isinstance(n, ast.Assign | ast.Expr)]
    assert not any(isinstance(v, ast.Subscript) and ast.unparse(v.value) in {"dict", "list", "tuple"} for v in evalues)


def test_une_piece_renommee(remis, verifier):
    (remis / "pieces/02-facture-f-1.pdf").rename(remis / "pieces/facture.pdf")
    statut, dit = verifier(remis)
    assert statut == 1
    assert (
        "Le fichier « pieces/02-facture-f-1.pdf » a été renommé : il est là sous le nom « pieces/facture.pdf »" in dit
    )
    assert "a été ajouté" not in dit


def test_une_archive_coupee_ou_entiere(remis, tmp_path, verifier):
    archive = tmp_path / "preuves.zip"
    write_archive(remis, archive)
    statut, dit = verifier(remis, str(archive))
    assert (statut, dit) == (2, "Décompressez l'archive, puis vérifiez son dossier.\n")
    archive.write_bytes(archive.read_bytes()[:-200])
    statut, dit = verifier(remis, str(archive))
    assert (statut, dit) == (1, "[FAUX]  L'archive est coupée.\n")
    statut, dit = verifier(remis, str(tmp_path / "absente.zip"))
    assert statut == 1


def test_une_copie_interrompue(remis, verifier):
    """What is left of a folder whose copy stopped: the last files are not there, one of them is short."""
    for chemin in sorted(c for c in remis.rglob("*") if c.is_file())[-2:]:
        if chemin.name != "verifier_preuves.py":
            chemin.unlink()
    piece = remis / "pieces/01-bon-de-commande-commande-pdf.pdf"
    piece.write_bytes(piece.read_bytes()[:100])
    statut, dit = verifier(remis)
    assert statut == 1
    assert "« pieces/01-bon-de-commande-commande-pdf.pdf » a été modifié" in dit
    assert "a été retiré" in dit


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"format": "exigible-liasse"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format":"x","version":1}',
    ],
)
def test_un_manifeste_abime_le_dit_en_francais(remis, octets, verifier):
    (remis / "manifeste.json").write_bytes(octets)
    statut, dit = verifier(remis)
    assert statut == 1
    assert "Le journal ou « manifeste.json » manque, ou est abîmé" in dit
    assert "Error" not in dit
    assert "Expecting" not in dit


@pytest.mark.parametrize("nom", ["pieces", "journal", "fichiers", "approuves"])
@pytest.mark.parametrize("valeur", ["texte", 3, [3], {"a": 1}, [{"chemin": 3}]])
def test_un_manifeste_d_une_autre_forme_n_arrete_pas_le_verificateur(remis, nom, valeur, verifier):
    refaire_le_manifeste(remis, lambda manifeste: manifeste.__setitem__(nom, valeur))
    statut, dit = verifier(remis)
    assert statut == 1
    assert dit.rstrip().splitlines()[-1].startswith("RÉSULTAT : ")


@pytest.mark.parametrize(
    "ligne", [b"3", b"[]", b'{"ligne":"sceau"}', b'{"ligne":"chaine"}', b'{"ligne":"fait"}', b"\x00\xff"]
)
def test_une_ligne_d_une_autre_forme_dans_le_journal(remis, ligne, verifier):
    chemin = remis / "journal/extrait.jsonl"
    lignes = chemin.read_bytes().splitlines()
    chemin.write_bytes(b"\n".join([*lignes[:2], ligne, *lignes[2:]]) + b"\n")
    statut, dit = verifier(remis)
    assert statut == 1
    assert "Journal, ligne 3 : " in dit


def test_une_liasse_vide(remis, verifier):
    (remis / "liasse.pdf").write_bytes(b"")
    statut, dit = verifier(remis)
    assert statut == 1
    assert "La liasse PDF porte l'empreinte d'un autre manifeste" in dit


@pytest.mark.parametrize(
    "chemin", ["..\\..\\ailleurs.pdf", "C:\\Windows\\win.ini", "pieces\\02-facture-f-1.pdf", "/etc/hostname"]
)
def test_des_chemins_de_windows_ou_absolus(remis, chemin, verifier):
    def changement(manifeste):
        manifeste["fichiers"][0]["chemin"] = chemin

    manifeste = json.loads((remis / "manifeste.json").read_bytes())
    changement(manifeste)
    (remis / "manifeste.json").write_text(json.dumps(manifeste), encoding="utf-8")
    statut, dit = verifier(remis)
    assert statut == 1
    assert f"« {chemin} »" in dit


def test_le_jeton_d_un_autre_fichier(remis, verifier):
    (remis / "horodatage.tsr").write_bytes(b"0" * 40 + hashlib.sha256(b"autre").digest())
    recompter(remis)
    statut, dit = verifier(remis)
    assert statut == 1
    assert "L'horodatage porte l'empreinte d'un autre manifeste que celui-ci." in dit


def test_ce_que_le_systeme_ajoute_n_est_pas_une_faute(remis, verifier):
    for nom in (".DS_Store", "Thumbs.db", "pieces/._02-facture-f-1.pdf"):
        (remis / nom).write_bytes(b"x")
    assert verifier(remis)[0] == 0


def test_un_lien_rompu_est_un_ajout(remis, verifier):
    (remis / "pieces/99-lien.pdf").symlink_to("/inexistant")
    statut, dit = verifier(remis)
    assert statut == 1
    assert "« pieces/99-lien.pdf » a été ajouté" in dit
