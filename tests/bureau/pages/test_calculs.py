"""The public calculators: no query, no cookie, shared by their address, the same answers as the command line."""

import json
import re
import shlex
from contextlib import suppress
from html import unescape

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from exigible.bureau.pages.calculs.champs import LIGNES_MAX
from exigible.bureau.pages.calculs.prescription import list_causes
from exigible.bureau.pages.calculs.registre import CALCULATRICES
from exigible.cli import main
from exigible.droit.actes_tarifes import ACTES
from exigible.droit.competence_faits import Objet, Qualite, Voie
from exigible.droit.decompte import ModeImputation
from exigible.droit.delais import Distance, Sens
from exigible.droit.delais_paiement import NaturePaiement
from exigible.droit.feries import Zone
from exigible.droit.interets import Diviseur, QualiteCreancier, Regime
from exigible.droit.prescription import load_table
from exigible.droit.tarifs import Droit

NOMS = list(CALCULATRICES)
CHIFFRE = re.compile(r"<dt>(.*?)</dt><dd>(.*?)(?: <small>(.*?)</small>)?</dd>", re.DOTALL)
BALISE = re.compile(r"<[^>]+>")


def adresse(nom, **parametres):
    return f"{reverse('calcul', args=[nom])}?{urlencode(parametres, doseq=True)}"


def lire(reponse):
    assert reponse.status_code == 200
    return reponse.content.decode()


def ecrire(html):
    """Its text, every space an ordinary one."""
    return re.sub(r"[\xa0\u202f]", " ", unescape(BALISE.sub(" ", html))).strip()


def lire_chiffres(page):
    return {ecrire(nom): ecrire(valeur) for nom, valeur, _ in CHIFFRE.findall(page)}


def lire_erreurs(page):
    """Faults by field, as shown beside it."""
    blocs = re.findall(r'id="id_(\w+)_error">(.*?)</ul>', page, re.DOTALL)
    return {nom: [unescape(e) for e in re.findall(r"<li>(.*?)</li>", bloc, re.DOTALL)] for nom, bloc in blocs}


def lire_commande(page):
    return unescape(re.search(r'id="commande"[^>]*>(.*?)</code>', page, re.DOTALL)[1])


def lire_lien(page):
    return unescape(re.search(r'id="lien"[^>]* value="([^"]*)"', page)[1])


def lancer(commande, capsys):
    """Run a command line as shown; gives its JSON."""
    programme, *arguments = shlex.split(commande)
    assert programme == "exigible"
    with suppress(SystemExit):
        main.main([*arguments, "--json"])
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def anonyme(client):
    """A visitor, on a database that nobody has entered."""
    return client


# --- open to all ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("chemin", ["", *(f"{nom}/" for nom in NOMS), *(f"{nom}/?exemple" for nom in NOMS)])
def test_aucune_requete_ni_cookie_ni_compte_sur_une_base_vide(anonyme, django_assert_num_queries, chemin):
    nom = chemin.partition("/")[0]
    chemin = chemin.replace("?exemple", f"?{CALCULATRICES[nom].build_exemple()}" if nom else "")
    with django_assert_num_queries(0):
        reponse = anonyme.get(f"/calculs/{chemin}")
    assert "Se connecter" in lire(reponse)
    assert not reponse.cookies


def test_la_base_n_est_pas_meme_ouverte(anonyme):
    # No `db` fixture: any use of the database would fail the test.
    assert "459,37" in lire(anonyme.get(adresse("interets", **CALCULATRICES["interets"].exemple)))


@pytest.mark.django_db
def test_on_y_arrive_de_la_connexion_et_de_la_premiere_visite(anonyme, cabinet):
    lien = f'href="{reverse("calculs")}"'
    assert anonyme.get(reverse("connexion"))["Location"] == reverse("premiere_visite")
    assert lien in lire(anonyme.get(reverse("premiere_visite")))


@pytest.mark.django_db
def test_on_y_arrive_du_menu_que_l_on_garde(navigateur, creancier):
    assert f'href="{reverse("calculs")}"' in lire(navigateur.get(reverse("aujourdhui")))
    page = lire(navigateur.get(reverse("calcul", args=["taux"])))
    assert "Qui me doit quoi" in page
    assert f'href="{reverse("calculs")}"' in lire(navigateur.get(reverse("connexion"), follow=True))


@pytest.mark.django_db
def test_la_page_de_connexion_y_mene(anonyme, utilisateur):
    assert f'href="{reverse("calculs")}"' in lire(anonyme.get(reverse("connexion")))


def test_une_calculatrice_inconnue_n_existe_pas(anonyme, db):
    assert anonyme.get("/calculs/divination/").status_code == 404
    assert anonyme.post("/calculs/taux/").status_code == 405


# --- answers ----------------------------------------------------------------------------------------------------------

ATTENDUS = [
    ("interets", {}, {"Total dû au 15/02/2026": "10 499,37 €", "Intérêts dus": "459,37 €", "Indemnités": "40,00 €"}),
    ("taux", {}, {"Taux annuel le 02/11/2025": "12,15 %"}),
    ("echeance", {}, {"Échéance": "30/04/2026", "Maximum légal": "30/04/2026"}),
    ("delai", {}, {"Dernier jour": "02/11/2026", "Avant report": "01/11/2026"}),
    ("prescription", {}, {"Terme": "15/06/2027", "Dernier jour sûr pour agir": "14/06/2027"}),
    ("competence", {}, {"Tribunal": "Tribunal des activités économiques de Paris", "Avocat": "non obligatoire"}),
    ("saisissable", {}, {"Saisissable ce mois": "293,68 €", "Laissé au salarié": "1 506,32 €"}),
    ("sbi", {}, {"Laissé au débiteur": "651,69 €", "Saisissable": "148,31 €"}),
    ("emoluments", {}, {"Total TTC": "97,67 €", "Total hors taxe": "81,39 €", "TVA 20,00 %": "16,28 €"}),
]


@pytest.mark.parametrize(("nom", "autres", "attendus"), ATTENDUS, ids=[cas[0] for cas in ATTENDUS])
def test_l_exemple_donne_les_chiffres_du_contrat(anonyme, nom, autres, attendus):
    page = lire(anonyme.get(adresse(nom, **CALCULATRICES[nom].exemple | autres)))
    chiffres = lire_chiffres(page)
    assert {titre: chiffres.get(titre) for titre in attendus} == attendus
    assert "pas un conseil juridique" in page
    assert "<dt>Articles</dt>" in page


def list_cas():
    """Questions that use every option, with the figures of the page that the command line must print too."""
    du = {"du": "2024-03-31", "au": "2026-06-15", "principal": "12 345,67"}
    oui = {"provisoire": "on"}
    paye = {"paiement_le": ["2025-01-10", "2025-09-01"], "paiement_montant": ["1 000,00", "250"]}
    yield "interets", du | {"regime": "commercial", "factures": "3", "frais": "51,60"} | paye
    yield "interets", du | {"regime": "legal", "creancier": "particulier", "executoire": "2025-02-01"} | paye
    yield "interets", du | {"regime": "convenu", "taux": "6,5", "diviseur": "365", "imputation": "principal"} | paye
    yield "interets", du | {"regime": "commercial", "multiple_legal": "3", "capitalisation": "2024-04-01"}
    yield "interets", du | {"regime": "commercial", "ouverture": "2025-06-01"}
    yield "interets", du | {"regime": "commercial", "ouverture": "2024-01-01"}
    yield "interets", du | {"regime": "legal", "factures": "2"}
    yield "interets", du | {"regime": "public", "au": "2031-01-01"} | oui
    yield "taux", {"regime": "legal", "creancier": "particulier", "date": "2026-03-15"}
    yield "taux", {"regime": "public", "date": "2033-03-15"} | oui
    yield "echeance", {"facture": "2026-03-05", "nature": "public", "depart": "2026-03-10"}
    yield "echeance", {"facture": "05/03/2026", "condition": "30 jours fin de mois le 10"}
    yield "delai", {"depart": "2026-10-01", "duree": "1 mois", "distance": "etranger", "zone": "alsace-moselle"}
    yield "delai", {"depart": "2026-12-01", "duree": "15 jours", "sens": "avant", "sans_report": "on"}
    evenements = {
        "evenement_le": ["2025-06-15", "2025-08-01", "2025-09-01"],
        "evenement_fin": ["", "2025-08-31", ""],
        "evenement_code": ["INT-REC", "SUS-MED", "INT-JUS"],
        "evenement_efface": ["", "", "oui"],
    }
    yield (
        "prescription",
        {
            "nature": "facture_professionnel",
            "depart": "2023-09-01",
            "depart_plaidable": "2023-10-01",
            "au": "2030-01-01",
        }
        | {"naissance": "2023-08-01", "zero_heure": "on"}
        | evenements,
    )
    parties = {"creancier": "societe_commerciale", "debiteur": "artisan", "date": "2026-11-21"}
    tae = {"code_postal": "75011", "effectif": "300", "chiffre_affaires": "2 000 000", "benefice": "100000"}
    yield "competence", parties | {"montant": "80000", "objet": "facture", "voie": "refere"} | tae
    yield "competence", parties | {"debiteur": "consommateur", "montant": "900", "transfrontalier": "oui"}
    yield "competence", parties | {"creancier": "particulier", "montant": "900", "transfrontalier": "non"}
    yield "saisissable", {"net": "2500", "date": "2026-11-30", "pension": "300"}
    yield "saisissable", {"net": "2500", "date": "2026-11-30", "alimentaire": "on"}
    yield "saisissable", {"net": "2500", "date": "2033-11-30"} | oui
    yield (
        "sbi",
        {"solde": "1500", "date": "2026-05-05", "sommes_insaisissables": "900", "saisie_precedente": "2026-03-01"},
    )
    yield "emoluments", {"tarif": "A444-31", "montant": "4000", "date": "2025-11-21", "alimentaire": "on"}
    yield "emoluments", {"tarif": "A444-32", "montant": "900", "date": "2025-11-21", "deja_recouvre": "400"}
    yield "emoluments", {"tarif": "assignation", "date": "2025-11-21"}
    yield "emoluments", {"tarif": "commandement_saisie_vente", "montant": "500", "date": "2025-11-21"}


def list_montants(objet):
    """The answers of a command line, whatever their names: amounts, rates and dates at the first level."""
    ecartes = {"debut", "fin", "au", "tarif_du", "taux_tva", "minimum", "sbi", "coefficient", "base"}
    for cle, valeur in objet.items():
        if cle in ecartes or not isinstance(valeur, str):
            continue
        if re.fullmatch(r"-?\d+\.\d\d", valeur) and valeur != "0.00":
            entier, _, cents = valeur.partition(".")
            yield f"{int(entier):,}".replace(",", " ") + f",{cents}"
        elif re.fullmatch(r"\d{4}-\d\d-\d\d", valeur):
            yield "/".join(reversed(valeur.split("-")))


@pytest.mark.parametrize(("nom", "question"), [*list_cas()])
def test_la_commande_affichee_donne_la_meme_reponse(anonyme, capsys, nom, question):
    page = lire(anonyme.get(adresse(nom, **question)))
    assert lire_erreurs(page) == {}
    objet = lancer(lire_commande(page), capsys)
    texte = ecrire(page)
    assert [valeur for valeur in list_montants(objet) if valeur not in texte] == []
    assert [a for a in objet["articles"] if a not in texte] == []
    if "libelle" in objet:
        assert objet["libelle"] in texte
    messages = [ecrire(a["message"]) for a in objet["avertissements"]]
    assert [m for m in messages if m not in texte] == []


@pytest.mark.parametrize(("nom", "question"), [*list_cas()])
def test_l_adresse_porte_toute_la_question(anonyme, nom, question):
    page = lire(anonyme.get(adresse(nom, **question)))
    lien = lire_lien(page)
    assert lien.startswith(f"http://testserver/calculs/{nom}/?")
    autre = lire(anonyme.get(lien.removeprefix("http://testserver")))
    assert (lire_chiffres(autre), lire_lien(autre)) == (lire_chiffres(page), lien)


def test_l_adresse_tait_ce_qui_va_sans_dire(anonyme):
    vide = {"creancier": "professionnel", "taux": "", "paiement_le": ["", ""], "paiement_montant": ["", ""]}
    page = lire(anonyme.get(adresse("interets", **CALCULATRICES["interets"].exemple | vide)))
    assert lire_lien(page).partition("?")[2] == "principal=10000&regime=commercial&du=2025-09-30&au=2026-02-15#resultat"


def test_un_parametre_inconnu_de_l_adresse_se_dit(anonyme):
    exemple = CALCULATRICES["interets"].exemple
    connue = lire(anonyme.get(adresse("interets", **exemple, langue="fr", paiement_le="", paiement_montant="")))
    assert "que cette page ne connaît pas" not in connue
    # Written as the command line wants it, a payment would otherwise be left out of the sum without a word.
    inconnue = lire(anonyme.get(adresse("interets", **exemple, paiement="2026-01-01:5000", autre="1")))
    assert "« paiement, autre », que cette page ne connaît pas" in inconnue


def test_chaque_ligne_d_interets_se_refait_a_la_main(anonyme):
    page = ecrire(lire(anonyme.get(adresse("interets", **CALCULATRICES["interets"].exemple))))
    assert "10 000,00 × 12,15 % × 92 ÷ 365" in page
    assert "taux de refinancement de la BCE au 01/07/2025" in page


def test_un_paiement_posterieur_est_signale(anonyme):
    question = CALCULATRICES["interets"].exemple | {"paiement_le": "2026-03-01", "paiement_montant": "100"}
    page = lire(anonyme.get(adresse("interets", **question)))
    assert "Le paiement du 01/03/2026 est postérieur au 15/02/2026" in page


def test_chaque_mot_du_droit_a_les_siens():
    """A value added to the law must be given its words here, or it cannot be chosen."""
    champs = {nom: calculatrice().fields for nom, calculatrice in CALCULATRICES.items()}

    def offre(nom, champ):
        return {code for code, _ in champs[nom][champ].choices} - {""}

    assert offre("interets", "regime") == set(Regime)
    assert offre("interets", "creancier") == set(QualiteCreancier)
    assert offre("interets", "diviseur") == set(Diviseur)
    assert offre("interets", "imputation") == set(ModeImputation)
    assert offre("echeance", "nature") == set(NaturePaiement)
    assert offre("delai", "zone") == set(Zone)
    assert offre("delai", "sens") == set(Sens)
    assert offre("delai", "distance") == set(Distance)
    assert offre("competence", "debiteur") == set(Qualite)
    assert offre("competence", "creancier") == set(Qualite) - {Qualite.CONSOMMATEUR, Qualite.NON_PROFESSIONNEL}
    assert offre("competence", "objet") == set(Objet)
    assert offre("competence", "voie") == set(Voie)
    tarifs = {code for _, groupe in champs["emoluments"]["tarif"].choices for code, _ in groupe}
    assert tarifs == {*Droit, *ACTES}
    assert {code for _, groupe in list_causes() for code, _ in groupe} - {""} == set(load_table().causes)
    assert offre("prescription", "nature") == {regle.alias for regle in load_table().regles}


def test_une_instance_ouverte_arrete_le_delai(anonyme):
    question = CALCULATRICES["prescription"].exemple | {"evenement_code": "INT-JUS", "au": "2035-01-01"}
    page = lire(anonyme.get(adresse("prescription", **question)))
    assert lire_chiffres(page)["Au 01/01/2035"] == "non acquise : une instance arrête le délai"


def test_la_voie_choisie_est_seule_montree(anonyme):
    page = lire(anonyme.get(adresse("competence", **CALCULATRICES["competence"].exemple | {"voie": "ip"})))
    assert re.findall(r"<h3>(.*?) <span", page) == ["Injonction de payer"]


# --- faults -----------------------------------------------------------------------------------------------------------

FAUTES = [
    ("interets", {"principal": "beaucoup"}, "principal", "n'est pas lisible"),
    ("interets", {"principal": "-5"}, "principal", "supérieur à zéro"),
    ("interets", {"au": "2020-01-01"}, "au", "précède l’échéance"),
    ("interets", {"au": "2026-02-30"}, "au", "n'existe pas dans le calendrier"),
    ("interets", {"au": "2099-01-01"}, "au", "Pas de valeur au"),
    ("interets", {"regime": "convenu"}, "taux", "demande un taux"),
    ("interets", {"regime": "usure"}, "regime", "choi"),
    ("interets", {"taux": "-3"}, "taux", "12,15"),
    ("interets", {"taux": "1e9"}, "taux", "12,15"),
    ("interets", {"taux": "beaucoup"}, "taux", "n'est pas lisible"),
    ("interets", {"factures": "100001"}, "factures", "100000"),
    ("interets", {"paiement_le": "2026-01-01", "paiement_montant": ""}, "paiement", "Paiement 1 : "),
    ("interets", {"paiement_le": "2026-01-01", "paiement_montant": "0"}, "paiement", "supérieur à zéro"),
    ("interets", {"paiement_le": "hier", "paiement_montant": "3"}, "paiement", "n'est pas lisible"),
    ("taux", {"date": "1950-01-01"}, "date", "Pas de valeur au"),
    ("echeance", {"condition": "à la Saint-Glinglin"}, "condition", ""),
    ("delai", {"duree": "longtemps"}, "duree", ""),
    ("prescription", {"evenement_le": "2025-06-15", "evenement_code": ""}, "evenement", "choisissez"),
    ("prescription", {"evenement_le": "2025-06-15", "evenement_code": "XX"}, "evenement", "Événement 1 : "),
    ("prescription", {"evenement_le": "2025-06-15", "evenement_code": "SUS-MED"}, "evenement", "a une fin"),
    ("prescription", {"depart_plaidable": "2020-01-01"}, "depart_plaidable", "le plus ancien"),
    ("prescription", {"naissance": "2025-01-01"}, "naissance", "ne peut pas naître"),
    ("prescription", {"nature": ""}, "nature", "obligatoire"),
    ("competence", {"code_postal": "7"}, "code_postal", ""),
    ("competence", {"objet": "credit_consommation", "debiteur": "association"}, "objet", "personne physique"),
    ("competence", {"revenu_fiscal": "1", "benefice": "1", "montant": "90000"}, "revenu_fiscal", "pas les deux"),
    ("saisissable", {"pension": "10", "alimentaire": "on"}, "pension", "Choisissez"),
    ("saisissable", {"personnes_a_charge": "101"}, "personnes_a_charge", "100"),
    ("saisissable", {"date": "1990-01-01"}, "date", "Pas de valeur au"),
    ("sbi", {"saisie_precedente": "2026-06-01"}, "saisie_precedente", ""),
    ("emoluments", {"electronique": "on"}, "electronique", "ne va pas avec ce tarif"),
    ("emoluments", {"montant": ""}, "montant", "indiquez-la"),
    ("emoluments", {"tarif": "assignation", "deja_recouvre": "5"}, "deja_recouvre", "ne va pas"),
    ("emoluments", {"tarif": "A444-15", "engagement_percu": "5"}, "engagement_percu", "ne va pas"),
    ("emoluments", {"tarif": "sortilege"}, "tarif", "choi"),
]


@pytest.mark.parametrize(("nom", "faute", "champ", "dit"), FAUTES)
def test_une_faute_se_dit_a_cote_de_son_champ(anonyme, nom, faute, champ, dit):
    page = lire(anonyme.get(adresse(nom, **CALCULATRICES[nom].exemple | faute)))
    erreurs = lire_erreurs(page)
    assert list(erreurs) == [champ]
    assert dit in " ".join(erreurs[champ])
    assert 'id="titre-resultat"' not in page
    assert 'role="alert"' in page


def test_une_adresse_ne_peut_pas_alourdir_la_page(anonyme):
    trop = {"paiement_le": ["2026-01-01"] * 60, "paiement_montant": ["1"] * 60}
    page = lire(anonyme.get(adresse("interets", **CALCULATRICES["interets"].exemple | trop)))
    assert f"Pas plus de {LIGNES_MAX} lignes" in page
    assert page.count('name="paiement_le"') == LIGNES_MAX


def test_un_resultat_demesure_se_dit(anonyme):
    siecles = {"principal": "1", "du": "1900-01-01", "au": "2199-12-31", "capitalisation": "1900-01-01"}
    page = lire(anonyme.get(adresse("interets", **siecles, regime="convenu", taux="9999")))
    assert "dépassent ce que le programme sait traiter" in page


def test_ce_que_l_on_ecrit_ne_devient_ni_balise_ni_commande(anonyme):
    page = lire(anonyme.get(adresse("echeance", facture="2026-03-05", condition="<script>alert(1)</script>")))
    assert "<script>alert" not in page
    page = lire(anonyme.get(adresse("echeance", facture="2026-03-05", condition="45 jours  fin de mois")))
    assert shlex.split(lire_commande(page))[-1] == "45 jours  fin de mois"


@pytest.mark.parametrize("nom", NOMS)
def test_une_page_sans_question_propose_l_exemple(anonyme, nom):
    page = lire(anonyme.get(reverse("calcul", args=[nom])))
    exemple = unescape(re.search(r'class="btn btn-primary" href="([^"]+)#resultat"', page)[1])
    assert 'id="titre-resultat"' in lire(anonyme.get(f"{reverse('calcul', args=[nom])}{exemple}"))
    assert lire_erreurs(page) == {}


# --- English, keyboard ------------------------------------------------------------------------------------------------


def test_l_anglais_se_demande_par_l_adresse_ou_le_navigateur(anonyme):
    question = adresse("interets", **CALCULATRICES["interets"].exemple)
    for page in (
        lire(anonyme.get(f"{question}&langue=en")),
        lire(anonyme.get(question, headers={"Accept-Language": "en"})),
    ):
        assert '<html lang="en"' in page
        assert "€10,499.37" in page
        assert "Total due on 15/02/2026" in page
        assert "langue=fr" in page
    assert "langue=en" in lire(anonyme.get(question))


@pytest.mark.parametrize("nom", NOMS)
def test_chaque_page_est_anglaise_et_le_droit_marque_comme_francais(anonyme, nom):
    page = lire(anonyme.get(adresse(nom, **CALCULATRICES[nom].exemple, langue="en")))
    # The notes of the tables of the law stay French, and the names in brackets of its courts and officers.
    du_droit = r'<(\w+)[^>]* lang="fr"[^>]*>.*?</\1>|\((?:tribunal|juge|commissaires?) .*?\)'
    sans_droit = re.sub(du_droit, "", page, flags=re.DOTALL)
    texte = BALISE.sub(" ", re.sub(r"<head>.*?</head>", "", sans_droit, flags=re.DOTALL))
    texte = texte.replace(lire_commande(page), "").replace(lire_lien(page), "")
    intrus = re.findall(r"\b(?:du|des|les|une|est|sont|avec|jour|taux|délai|somme)\b", texte)
    assert intrus == []


@pytest.mark.parametrize("nom", NOMS)
def test_chaque_champ_a_son_etiquette(anonyme, nom):
    page = lire(anonyme.get(reverse("calcul", args=[nom])))
    etiquettes = set(re.findall(r'<label[^>]* for="([^"]+)"', page))
    for balise in re.findall(r"<(?:input|select)\b[^>]*>", page):
        identifiant = re.search(r' id="([^"]+)"', balise)
        assert 'type="checkbox"' in balise or "aria-label=" in balise or identifiant[1] in etiquettes, balise


def test_chaque_paiement_recu_est_montre_en_entier(anonyme):
    page = lire(
        anonyme.get(
            "/calculs/interets/?principal=100&du=2025-09-30&au=2026-02-15&regime=legal"
            "&paiement_le=2025-10-10&paiement_montant=150&paiement_le=2025-11-10&paiement_montant=20"
        )
    )
    paiements = page.partition("Paiements et leur imputation")[2]
    assert re.findall(r"(150,00|20,00)\D", paiements)[:2] == ["150,00", "20,00"]
