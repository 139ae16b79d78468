"""`exigible acte`: the catalogue, what an act asks, and the act itself, as a program and as a person call it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys

import pytest
from appels import Appel
from dossiers_des_actes import DOSSIERS

from exigible.actes.modele import load_catalogue, load_texte

PROFESSIONNEL = str(DOSSIERS["professionnel"])
AU = ("--au", "2026-11-21")


@pytest.fixture(name="quittance")
def _quittance():
    return Appel("acte", "quittance", PROFESSIONNEL, *AU)


@pytest.fixture(name="paiement")
def _paiement(quittance):
    """The first payment that the dossier lets choose."""
    [question, *_] = quittance.read_json("--questions")["questions"]
    return f"paiement={question['choix'][0]['valeur']}"


def test_sans_nom_le_catalogue():
    lu = Appel("acte").read_json()
    assert [a["nom"] for a in lu["actes"]] == list(load_catalogue())
    quittance = next(a for a in lu["actes"] if a["nom"] == "quittance")
    assert quittance["famille"] == "amiable"
    assert quittance["articles"]
    assert {q["nom"] for q in quittance["questions"]} >= {"paiement", "moyen"}
    assert "quittance" in Appel("acte").run().stdout


def test_sans_dossier_ce_que_l_acte_demande():
    lu = Appel("acte", "quittance").read_json()
    assert lu["titre"] == "Quittance"
    texte = Appel("acte", "quittance").run().stdout
    assert "Il demande" in texte
    assert "facultatif" in texte


def test_un_acte_inconnu_se_dit():
    erreur = Appel("acte", "inconnu", PROFESSIONNEL).read_erreur()
    assert erreur["code"] == "acte_inconnu"


def test_il_ne_demande_que_ce_qui_manque(quittance):
    erreur = quittance.read_erreur()
    assert erreur["code"] == "reponses_manquantes"
    assert erreur["champ"] == "--reponse"
    assert "--reponse paiement=" in erreur["message"]
    assert "moyen" not in erreur["message"]


def test_les_questions_disent_ce_que_le_dossier_laisse_choisir(quittance):
    paiement = quittance.read_json("--questions")["questions"][0]
    assert paiement["source"] == "paiements"
    assert paiement["obligatoire"] is True
    assert paiement["choix"]
    assert paiement["choix"][0]["valeur"] in quittance.run("--questions").stdout


def test_le_document_et_ses_mentions(quittance, paiement):
    lu = quittance.read_json("--reponse", paiement, "--reponse", "moyen=Chèque")
    assert lu["utilisable"] is True
    assert lu["projet"] == lu["manquantes"] == []
    assert "par chèque" in lu["texte"]
    assert {m["presente"] for m in lu["mentions"]} == {True}
    assert any(m["statut"] == "loi" and m["article"] for m in lu["mentions"])
    assert lu["reponses"] == {"paiement": paiement.partition("=")[2], "moyen": "Chèque"}


def test_un_projet_se_lit_sur_sa_face(quittance):
    lu = quittance.read_json("--projet")
    assert lu["utilisable"] is False
    assert [q["nom"] for q in lu["manquantes"]] == ["paiement"]
    assert "Projet" in lu["texte"]


def test_le_pdf_est_le_meme_pour_les_memes_faits(quittance, paiement, tmp_path):
    empreintes = {
        quittance.read_json("--reponse", paiement, "--pdf", str(tmp_path / f"{rang}.pdf"))["sha256"]["pdf"]
        for rang in range(2)
    }
    octets = (tmp_path / "0.pdf").read_bytes()
    assert octets.startswith(b"%PDF-")
    assert empreintes == {hashlib.sha256(octets).hexdigest()}


def test_un_texte_pour_les_personnes(quittance, paiement):
    resultat = quittance.run("--reponse", paiement)
    assert resultat.exit_code == 0
    assert "Objet : Quittance" in resultat.stdout
    assert "Mentions vérifiées" in resultat.stdout


def test_sa_propre_redaction(quittance, paiement, tmp_path):
    fichier = tmp_path / "texte.txt"
    fichier.write_text(load_texte("quittance").replace("Madame, Monsieur,", "Chère cliente,"), encoding="utf-8")
    lu = quittance.read_json("--reponse", paiement, "--texte", str(fichier))
    assert "Chère cliente," in lu["texte"]
    assert "Madame" not in lu["texte"]


@pytest.mark.parametrize(
    ("remplace", "par", "dit"),
    [
        ("{paiement_montant}", "{somme}", "somme"),
        ("expressément réservés", "réservés", "1908"),
        ("Madame, Monsieur,", "Vous irez en prison.", "prison"),
        ("**{paiement_montant}**", "**{paiement_montant}", "gras"),
    ],
)
def test_une_redaction_qui_perd_ce_que_la_loi_veut_est_refusee(quittance, paiement, tmp_path, remplace, par, dit):
    fichier = tmp_path / "texte.txt"
    fichier.write_text(load_texte("quittance").replace(remplace, par), encoding="utf-8")
    erreur = quittance.read_erreur("--reponse", paiement, "--texte", str(fichier))
    assert erreur["code"] in {"texte_illisible", "acte_refuse"}
    assert dit in erreur["message"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--reponse", "paiement"), "reponse_illisible"),
        (("--reponse", "paiement=inconnu"), "reponse_illisible"),
        (("--reponse", "zut=1"), "reponse_inconnue"),
        (("--reponse", "moyen=@absent.txt"), "fichier_illisible"),
        (("--creance", "absente"), "creance_inconnue"),
        (("--texte", "absent.txt"), "fichier_illisible"),
    ],
)
def test_ce_qui_est_mal_tape_se_dit(quittance, arguments, code):
    assert quittance.read_erreur(*arguments)["code"] == code


def test_une_reponse_dans_un_fichier(quittance, paiement, tmp_path):
    fichier = tmp_path / "moyen.txt"
    fichier.write_text("Virement", encoding="utf-8")
    lu = quittance.read_json("--reponse", paiement, "--reponse", f"moyen=@{fichier}")
    assert lu["reponses"]["moyen"] == "Virement"


@pytest.mark.parametrize("nom", load_catalogue())
@pytest.mark.parametrize("dossier", ["professionnel", "consommateur", "juge"])
def test_tout_acte_repond(nom, dossier):
    """A document, what it still asks, or one sentence of refusal: never a failure."""
    resultat = Appel("acte", nom, str(DOSSIERS[dossier]), *AU).run("--json")
    assert resultat.exit_code in {0, 2}, resultat.output
    lu = json.loads(resultat.stdout or resultat.stderr)
    assert lu.get("texte") or lu["erreur"]["message"]


def test_un_acte_de_justice_s_ecrit_aussi_en_docx_avec_ses_pieces(tmp_path):
    bon = tmp_path / "Bon de commande 12.pdf"
    bon.write_bytes(b"%PDF-bon")
    requete = Appel("acte", "requete_injonction_de_payer", PROFESSIONNEL, *AU, "--projet")
    fichier = tmp_path / "requete.docx"
    lu = requete.read_json("--piece", str(bon), "--piece", "Devis signé du 02/01/2026", "--docx", str(fichier))
    assert fichier.read_bytes().startswith(b"PK")
    assert hashlib.sha256(fichier.read_bytes()).hexdigest() == lu["sha256"]["docx"]
    assert "Bon de commande 12" in lu["texte"]
    assert "Devis signé du 02/01/2026" in lu["texte"]


def test_une_facture_parmi_d_autres():
    numeros = Appel("acte", "mise_en_demeure", PROFESSIONNEL, *AU).read_json()["creances"]
    assert len(numeros) > 1
    lu = Appel("acte", "mise_en_demeure", PROFESSIONNEL, *AU, "--creance", numeros[0]).read_json()
    assert lu["creances"] == numeros[:1]


def test_un_refus_se_dit_en_une_phrase():
    """A formal notice is not for a debtor who owes nothing."""
    erreur = Appel("acte", "mise_en_demeure", str(DOSSIERS["professionnel_solde"]), *AU).read_erreur()
    assert erreur["message"]
    assert erreur["code"] in {"creances_absentes", "acte_refuse"}


@pytest.mark.parametrize(
    ("nom", "contenu", "dit"),
    [
        ("acte.pdf", b"%PDF-1.7 \xe2\xe3", "n'est pas un dossier décrit"),
        ("vide.json", b"", "n'est pas un dossier décrit"),
        ("latin.json", '{"creancier": {"nom": "Café"}}'.encode("cp1252"), "UTF-8"),
        ("coupe.json", b'{"creancier": ', "JSON"),
    ],
)
def test_un_fichier_qui_n_est_pas_un_dossier_se_dit(tmp_path, nom, contenu, dit):
    fichier = tmp_path / nom
    fichier.write_bytes(contenu)
    assert dit in Appel("acte", "quittance", str(fichier), *AU).read_erreur()["message"]


def test_un_repertoire_n_est_pas_un_dossier(tmp_path):
    erreur = Appel("acte", "quittance", str(tmp_path), *AU).read_erreur()
    assert (erreur["code"], erreur["champ"]) == ("fichier_illisible", "DOSSIER")
    assert "répertoire" in erreur["message"]


def test_la_marque_d_un_editeur_n_empeche_pas_de_lire(tmp_path):
    fichier = tmp_path / "dossier.json"
    fichier.write_bytes(b"\xef\xbb\xbf" + DOSSIERS["professionnel"].read_bytes())
    assert Appel("acte", "mise_en_demeure", str(fichier), *AU).read_json()["utilisable"] is True


def test_un_nom_mal_tape_en_propose_un_autre():
    assert "« mise_en_demeure »" in Appel("acte", "mise_en_demeur", PROFESSIONNEL).read_erreur()["message"]


def test_une_question_inconnue_dit_celles_qui_le_sont(quittance):
    assert "paiement" in quittance.read_erreur("--reponse", "zut=1")["message"]


def test_les_choix_se_lisent_avec_leur_sens(quittance):
    assert "p-1 : 800,00\u00a0€ reçus le 10/07/2026" in quittance.run("--questions").stdout
    assert "à choisir dans le dossier" in Appel("acte", "quittance").run().stdout


def test_le_fichier_ecrit_est_nomme_et_remplace(quittance, paiement, tmp_path):
    fichier = tmp_path / "été 2026" / "quittance n° 1.pdf"
    assert quittance.read_erreur("--reponse", paiement, "--pdf", str(fichier))["code"] == "fichier_non_ecrit"
    fichier.parent.mkdir()
    fichier.write_bytes(b"ancien")
    assert f"PDF écrit : {fichier}" in quittance.run("--reponse", paiement, "--pdf", str(fichier)).stdout
    assert fichier.read_bytes().startswith(b"%PDF-")
    assert "remplace le fichier" in Appel("acte", "--help").run().stdout


def test_ce_qui_liste_le_catalogue_ne_charge_pas_les_dossiers():
    """What only lists must answer at once: nothing of the law or of the dossiers is needed for it."""
    programme = "import sys, exigible.cli.acte; sys.exit('exigible.dossier.plier' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", programme], check=False).returncode == 0
