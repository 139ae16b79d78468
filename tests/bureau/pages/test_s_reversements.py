"""Money collected for a creditor: what is held, the transfer, the statement; nothing is handed over twice."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from decimal import Decimal

import pytest
from click.testing import CliRunner
from django.urls import reverse

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.banque.repartition import PartChoisie, allocate_parts
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits, verify_journal
from exigible.bureau.sorties.reversements import (
    cancel_reversement,
    load_compte,
    make_reversement,
    read_fichier_reversement,
    record_reversement,
)
from exigible.bureau.tiers.services import load_etat, load_etat_creancier
from exigible.dossier.faits import Detenteur, PaiementRecu, PaiementRejete
from exigible.dossier.faits_creancier import MouvementConstate, MouvementRapproche
from exigible.dossier.faits_reversement import ConventionDeRecouvrement
from exigible.droit.erreurs import ErreurExigible

from .conftest import ouvrir_creancier

D = Decimal
JOUR = date(2026, 11, 21)
RECU_LE = date(2026, 10, 15)
AFFECTE, MANDANT = "FR7499999000010000000000151", "FR9399999000010000000000100"
CHAMPS = {
    "jour": "2026-01-01",
    "commission": "12",
    "tva": "20",
    "retenue": "on",
    "delai_jours": "",
    "compte": "FR74 9999 9000 0100 0000 0000 151",
    "titulaire": "Recouvreur Exemple",
    "iban": MANDANT,
}


def ecrire(objet, *faits, jour=RECU_LE):
    record_faits(objet.chaine, [FaitAEcrire(f, jour) for f in faits], "essai")


@pytest.fixture
def mandant(creancier):
    """A creditor for whom the office collects."""
    convention = ConventionDeRecouvrement(
        commission=D(12), tva=D(20), retenue=True, compte=AFFECTE, titulaire="Recouvreur Exemple", iban=MANDANT
    )
    ecrire(creancier, convention, jour=date(2026, 1, 1))
    return creancier


@pytest.fixture
def dossier(mandant, ouvrir_dossier):
    return ouvrir_dossier("Client Payeur", "5000.00", 90)


def payer(dossier, montant, cle="p", jour=RECU_LE, **champs):
    creance = load_etat(dossier).creances[0].cle
    champs = {"detenteur": Detenteur.RECOUVREUR} | champs
    ecrire(dossier, PaiementRecu(cle=cle, montant=D(montant), creances=(creance,), **champs), jour=jour)


def lister(creancier):
    return [x.cle for x in load_compte(creancier).lignes]


def test_sans_convention_rien_n_est_tenu_pour_autrui(navigateur, creancier, ouvrir_dossier):
    dossier = ouvrir_dossier("Client", "100.00", 30)
    payer(dossier, "50.00")
    assert load_compte(creancier).lignes == ()
    page = navigateur.get(reverse("reversements")).content.decode()
    assert "Aucune convention" in page
    form = navigateur.get(reverse("saisir", args=[dossier.pk, "paiement"])).context["form"]
    assert "detenteur" not in form.fields


def test_la_convention_s_enregistre_et_se_termine(navigateur, creancier):
    adresse = reverse("reversements_convention", args=[creancier.pk])
    for champ, faux in (("commission", "101"), ("iban", CHAMPS["compte"]), ("compte", "FR00"), ("titulaire", "")):
        assert champ in navigateur.post(adresse, CHAMPS | {champ: faux}).context["form"].errors
    assert navigateur.post(adresse, CHAMPS).status_code == 302
    convention = load_etat_creancier(creancier).convention
    assert (convention.commission, convention.retenue, convention.delai_jours) == (D(12), True, None)
    assert (convention.compte, convention.iban) == (AFFECTE, MANDANT)
    assert navigateur.post(adresse, {"terminer": "1"}).status_code == 302
    assert load_etat_creancier(creancier).convention is None


def test_la_convention_garde_l_en_tete_du_recouvreur(navigateur, creancier):
    adresse = reverse("reversements_convention", args=[creancier.pk])
    en_tete = {
        "forme": "SARL au capital de 8 000 €",
        "adresse": "5 rue du Test\r\n\r\n 99300 ESSAIVILLE ",
        "telephone": "01 99 00 77 88",
        "courriel": "contact@agence.example",
        "signataire": "Alex Recouvreur, gérant",
    }
    assert "courriel" in navigateur.post(adresse, CHAMPS | en_tete | {"courriel": "agence"}).context["form"].errors
    assert navigateur.post(adresse, CHAMPS | en_tete).status_code == 302
    convention = load_etat_creancier(creancier).convention
    assert convention.adresse == ("5 rue du Test", "99300 ESSAIVILLE")
    assert (convention.forme, convention.signataire) == (en_tete["forme"], en_tete["signataire"])
    page = navigateur.get(adresse)
    assert page.context["form"].initial["adresse"] == "5 rue du Test\n99300 ESSAIVILLE"
    assert "5 rue du Test" in page.content.decode()


def test_le_paiement_dit_qui_l_a_recu(navigateur, dossier, mandant):
    champs = {"jour": "2026-10-15", "montant": "1000,00", "detenteur": "recouvreur"}
    assert navigateur.post(reverse("saisir", args=[dossier.pk, "paiement"]), champs).status_code == 302
    (ligne,) = load_compte(mandant).lignes
    assert (ligne.encaisse, ligne.montant, ligne.au_plus_tard) == (D(1000), D(856), date(2026, 11, 15))
    assert "pour le créancier" in navigateur.get(reverse("dossier", args=[dossier.pk])).content.decode()


def test_ce_dont_on_ne_sait_pas_qui_le_tient_est_demande(navigateur, dossier, mandant):
    payer(dossier, "1000.00", detenteur=None)
    compte = load_compte(mandant)
    assert compte.lignes == ()
    (inconnu,) = compte.inconnus
    adresse = reverse("corriger", args=[dossier.pk, inconnu.rang])
    assert adresse in navigateur.get(reverse("reversements")).content.decode()
    champs = {"jour": "2026-10-15", "montant": "1000,00", "detenteur": "recouvreur"}
    assert navigateur.post(adresse, champs).status_code == 302
    assert len(lister(mandant)) == 1


def test_la_ligne_de_banque_du_compte_affecte_le_prouve(dossier, mandant):
    creance = load_etat(dossier).creances[0].cle
    for cle, iban, montant in (("m1", AFFECTE, "10.00"), ("m2", MANDANT, "20.00")):
        ecrire(mandant, MouvementConstate(mouvement=cle, iban=iban, montant=D(montant)))
        mouvement = Mouvement.objects.get(cle=cle)
        allocate_parts(mouvement, [PartChoisie(dossier, (creance,), D(montant))], "essai", "essai")
    # A payment known before its line is proved by it too.
    payer(dossier, "5.00", "p3", detenteur=None)
    assert [x.encaisse for x in load_compte(mandant).lignes] == [D("10.00")]
    assert [e.recu for e in load_compte(mandant).inconnus] == [D("5.00")]
    fait = MouvementRapproche(mouvement="m3", dossier=str(dossier.pk), paiement="p3", motif="essai")
    ecrire(mandant, MouvementConstate(mouvement="m3", iban=AFFECTE, montant=D("5.00")), fait)
    assert sorted(x.encaisse for x in load_compte(mandant).lignes) == [D("5.00"), D("10.00")]


def lire_virements(contenu):
    espace = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}
    racine = ET.fromstring(contenu)  # noqa: S314 - we wrote it
    donneur = racine.find(".//p:DbtrAcct/p:Id/p:IBAN", espace).text
    return donneur, [
        (ordre.find("p:Amt/p:InstdAmt", espace).text, ordre.find("p:CdtrAcct/p:Id/p:IBAN", espace).text)
        for ordre in racine.iterfind(".//p:CdtTrfTxInf", espace)
    ]


def test_le_virement_part_une_fois_et_son_releve_le_detaille(navigateur, dossier, mandant):
    payer(dossier, "1000.00", "p1")
    payer(dossier, "500.00", "p2", jour=date(2026, 11, 20))
    page = navigateur.get(reverse("reversements"))
    assert [tard for _, tard in page.context["lignes"]] == [True, False]
    adresse = reverse("reversements_faire", args=[mandant.pk])
    assert navigateur.post(adresse, {"cle": lister(mandant)}).status_code == 302
    ((_, fait),) = load_compte(mandant).faits
    assert (fait.montant, len(fait.parts)) == (D("1284.00"), 2)
    reponse = navigateur.get(reverse("reversement_fichier", args=[mandant.pk, fait.cle]))
    assert lire_virements(reponse.content) == (AFFECTE, [("1284.00", MANDANT)])
    assert load_compte(mandant).lignes == ()
    releve = navigateur.get(reverse("reversement_releve", args=[mandant.pk, fait.cle, "csv"]))
    lignes = list(csv.reader(io.StringIO(releve.content.decode("utf-8-sig")), delimiter=";"))
    assert [ligne[6] for ligne in lignes[1:]] == ["856,00", "428,00", "1284,00"]
    assert navigateur.get(reverse("reversement", args=[mandant.pk, fait.cle])).status_code == 200
    pdf = navigateur.get(reverse("reversement_pdf", args=[mandant.pk, fait.cle]))
    assert pdf.content.startswith(b"%PDF-")
    assert verify_journal() == []


def test_un_choix_perime_ou_vide_n_ecrit_rien(dossier, mandant):
    payer(dossier, "1000.00")
    cles = lister(mandant)
    make_reversement(mandant, cles, "essai")
    for choix, mot in ((cles, "n'est plus à reverser"), ([], "rien à reverser")):
        with pytest.raises(ErreurExigible, match=mot):
            make_reversement(mandant, choix, "essai")
    assert len(load_compte(mandant).faits) == 1


def test_un_impaye_posterieur_se_deduit_du_suivant(navigateur, dossier, mandant):
    payer(dossier, "1000.00", "p1")
    make_reversement(mandant, lister(mandant), "essai")
    ecrire(dossier, PaiementRejete(paiement="p1"), jour=date(2026, 11, 1))
    with pytest.raises(ErreurExigible, match="les reprises l'emportent"):
        make_reversement(mandant, lister(mandant), "essai")
    payer(dossier, "2000.00", "p2")
    fait = make_reversement(mandant, lister(mandant), "essai")
    assert fait.montant == D("856.00")
    assert lire_virements(read_fichier_reversement(mandant, fait.cle)[1])[1] == [("856.00", MANDANT)]
    assert navigateur.get(reverse("reversement", args=[mandant.pk, fait.cle])).status_code == 200


def test_un_reversement_fait_autrement_puis_annule(navigateur, dossier, mandant):
    payer(dossier, "1000.00")
    adresse = reverse("reversements_faire", args=[mandant.pk])
    champs = {"cle": lister(mandant), "autrement": "1", "reference": "CHQ 12"}
    demain = (JOUR + timedelta(days=1)).isoformat()
    assert navigateur.post(adresse, champs | {"jour": demain}).status_code == 422
    assert navigateur.post(adresse, champs | {"jour": "2026-11-02"}).status_code == 302
    ((jour, fait),) = load_compte(mandant).faits
    assert (jour, fait.reference, fait.montant, fait.fichier) == (date(2026, 11, 2), "CHQ 12", D(856), "")
    assert navigateur.get(reverse("reversement_fichier", args=[mandant.pk, fait.cle])).status_code == 404
    page = reverse("reversement", args=[mandant.pk, fait.cle])
    assert navigateur.post(page, {"motif": " "}).status_code == 422
    assert navigateur.post(page, {"motif": "chèque perdu"}).status_code == 302
    assert navigateur.get(page).status_code == 404
    assert len(lister(mandant)) == 1
    with pytest.raises(ErreurExigible, match="n'existe pas"):
        cancel_reversement(mandant, fait.cle, "encore", "essai")


def test_un_dossier_illisible_arrete_tout(navigateur, dossier, mandant, monkeypatch):
    payer(dossier, "1000.00")

    def refuse(*_args, **_options):
        raise ErreurExigible("essai", "abîmé")

    monkeypatch.setattr("exigible.bureau.tiers.lecture.fold_dossier", refuse)
    with pytest.raises(ErreurExigible, match=dossier.reference):
        load_compte(mandant)
    assert dossier.reference in navigateur.get(reverse("reversements")).content.decode()


def test_les_reversements_d_autrui_ne_se_voient_pas(navigateur, dossier_d_autrui):
    autre = dossier_d_autrui.creancier
    for nom in ("reversements_convention", "reversements_faire"):
        assert navigateur.post(reverse(nom, args=[autre.pk])).status_code == 404
    assert navigateur.get(reverse("reversements_export", args=[autre.pk, "csv"])).status_code == 404


@pytest.fixture
def lancer(monkeypatch):
    monkeypatch.setattr("exigible.cli.exporter.migrate", lambda: None)
    monkeypatch.setattr("exigible.cli.exporter.start_django", lambda: None)
    from exigible.cli.exporter import exporter

    def run(*arguments):
        return CliRunner().invoke(exporter, ["reversements", *map(str, arguments)], catch_exceptions=False)

    return run


def test_la_ligne_de_commande_liste_puis_ecrit_le_virement(lancer, dossier, mandant, tmp_path):
    payer(dossier, "1000.00")
    resultat = json.loads(lancer("--json").output)
    assert (resultat["total"], resultat["lignes"][0]["en_retard"]) == ("856.00", True)
    assert "CPCE R124-6" in resultat["articles"]
    assert lancer("--sortie", tmp_path / "r.csv").exit_code == 0
    assert len(lister(mandant)) == 1
    assert lancer("--sortie", tmp_path / "r.xml").exit_code == 0
    assert lire_virements((tmp_path / "r.xml").read_bytes())[1] == [("856.00", MANDANT)]
    assert "Rien à reverser" in lancer().output


def test_une_reference_se_lit_sur_le_releve_de_chacun(dossier, mandant):
    payer(dossier, "10.00", "p1")
    payer(dossier, "20.00", "p2")
    un, deux = lister(mandant)
    with fix_horloge(JOUR):
        premier = record_reversement(mandant, [un], JOUR, "", "essai")
        second = record_reversement(mandant, [deux], JOUR, "", "essai")
    assert premier.reference.startswith("REV-20261121-001-")
    assert second.reference.startswith("REV-20261121-002-")
    types = [type(i.fait).__name__ for i in read_inscriptions(mandant.chaine)]
    assert types.count("ReversementFait") == 2


def test_plusieurs_creanciers_se_voient_ensemble(navigateur, cabinet, dossier, mandant):
    ouvrir_creancier(cabinet, "Autre mandant")
    payer(dossier, "1000.00")
    page = navigateur.get(reverse("reversements"))
    assert [(c.creancier.nom, c.total, len(c.retards)) for c in page.context["comptes"]] == [
        ("Atelier Exemple", D("856.00"), 1)
    ]
    assert [c.nom for c in page.context["autres"]] == ["Autre mandant"]
