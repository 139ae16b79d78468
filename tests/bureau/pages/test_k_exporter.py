"""Files out of the office: lists, entries written once, the journal of a dossier; and the command line."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.banque.services import release_mouvement
from exigible.bureau.journal.models import Maillon
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits
from exigible.bureau.sorties.ecritures import list_exports, make_export, preview_export
from exigible.bureau.sorties.listes import read_ouverts
from exigible.bureau.tiers.models import Dossier
from exigible.bureau.tiers.services import load_etat
from exigible.cli import main
from exigible.dossier.faits import (
    EcheancePlan,
    MandatSigne,
    PaiementRecu,
    PaiementRejete,
    PlanConvenu,
    PosteRenonce,
    RenonciationFaite,
)
from exigible.dossier.faits_creancier import MouvementConstate
from exigible.droit.erreurs import ErreurExigible
from exigible.echanges.sorties.ecritures import PlanDeComptes

JOUR = date(2026, 11, 21)
NOVEMBRE = (date(2026, 11, 1), date(2026, 11, 30))
DECEMBRE = (date(2026, 12, 1), date(2026, 12, 31))
COMPTES = PlanDeComptes()


def ecrire(dossier, *faits):
    record_faits(dossier.chaine, [FaitAEcrire(f, JOUR) for f in faits], "essai")


@pytest.fixture
def paye(ouvrir_dossier):
    """A dossier of 1,000 € late by 40 days, of which all was paid at once, accessories included."""
    dossier = ouvrir_dossier("Client Payeur", "1000.00", 40)
    total = load_etat(dossier).creances[0].total
    ecrire(dossier, PaiementRecu(cle="p", montant=total))
    return dossier


def test_les_accessoires_encaisses_et_eux_seuls_sont_ecrits_une_fois(creancier, paye):
    imputations = load_etat(paye).decompte.imputations
    interets = sum(i.interets for i in imputations)
    assert interets > 0
    export = preview_export(creancier, NOVEMBRE, COMPTES)
    assert {x.compte: x.credit - x.debit for x in export.lignes} == {
        "411": -(interets + 40),
        "7631": interets,
        "7588": Decimal("40.00"),
    }
    make_export(creancier, NOVEMBRE, COMPTES, "essai")
    assert preview_export(creancier, NOVEMBRE, COMPTES).lignes == ()
    assert preview_export(creancier, DECEMBRE, COMPTES).lignes == ()
    with pytest.raises(ErreurExigible, match="déjà été exporté"):
        make_export(creancier, NOVEMBRE, COMPTES, "essai")
    assert len(preview_export(creancier, NOVEMBRE, COMPTES, tout=True).lignes) == len(export.lignes)


def test_un_paiement_rejete_apres_l_export_est_contre_passe(creancier, paye):
    premier = preview_export(creancier, NOVEMBRE, COMPTES)
    make_export(creancier, NOVEMBRE, COMPTES, "essai")
    ecrire(paye, PaiementRejete(paiement="p", motif="essai"))
    export = preview_export(creancier, DECEMBRE, COMPTES)
    assert [(x.compte, x.debit, x.credit) for x in export.lignes] == [
        (x.compte, x.credit, x.debit) for x in premier.lignes
    ]
    make_export(creancier, DECEMBRE, COMPTES, "essai")
    assert preview_export(creancier, DECEMBRE, COMPTES).lignes == ()


def test_une_renonciation_au_principal_est_une_perte(creancier, ouvrir_dossier):
    dossier = ouvrir_dossier("Client Perdu", "500.00", 40)
    ecrire(dossier, RenonciationFaite(cle="r", poste=PosteRenonce.PRINCIPAL, montant=Decimal("120.00")))
    export = preview_export(creancier, NOVEMBRE, COMPTES)
    assert {x.compte: x.debit - x.credit for x in export.lignes} == {
        "654": Decimal("120.00"),
        "411": Decimal("-120.00"),
    }


def test_la_page_montre_puis_ecrit_les_ecritures(creancier, paye, navigateur):
    champs = {"du": "2026-11-01", "au": "2026-11-30", "journal": "EX", "client": "411", "interets": "7631"}
    champs |= {"indemnites": "7588", "frais": "7588", "pertes": "654", "frais_bancaires": "627", "banque": "512"}
    assert "Balance âgée" in navigateur.get("/exporter/").content.decode()
    assert "7631" in navigateur.get("/exporter/", champs).content.decode()
    faux = navigateur.get("/exporter/", champs | {"interets": "x"}).content.decode()
    assert "numéro de compte" in faux
    contenu = navigateur.get(f"/exporter/{creancier.pk}/ecritures.xlsx", champs).content
    _titres, *rangees = CalamineWorkbook.from_filelike(io.BytesIO(contenu)).get_sheet_by_index(0).to_python()
    assert sum(Decimal(repr(r[11])) - Decimal(repr(r[12])) for r in rangees) == 0
    assert not list_exports(creancier)
    page = navigateur.post(f"/exporter/{creancier.pk}/ecritures/", champs, follow=True).content.decode()
    assert "ecritures-20261101-20261130" in page
    (export,) = list_exports(creancier)
    fichier = navigateur.get(f"/exporter/{creancier.pk}/ecritures/{export.export.cle}/").content.decode()
    lignes = list(csv.DictReader(io.StringIO(fichier, newline=""), delimiter="\t"))
    assert {ligne["CompteNum"] for ligne in lignes} == {"411", "7631", "7588"}
    assert navigateur.get(f"/exporter/{creancier.pk}/ecritures/inconnu/").status_code == 404


def test_la_balance_et_les_factures_ouvertes_ont_de_vrais_nombres(ouvrir_dossier, navigateur):
    ouvrir_dossier("=Client piégé", "1000.00", 40)
    ouvrir_dossier("Client à venir", "50.00", -10)
    contenu = navigateur.get("/exporter/balance-agee.xlsx").content
    _titres, *lignes = CalamineWorkbook.from_filelike(io.BytesIO(contenu)).get_sheet_by_index(0).to_python()
    assert [(ligne[1], ligne[4:]) for ligne in lignes] == [
        ("=Client piégé", [0.0, 0.0, 1000.0, 0.0, 0.0, 1000.0]),
        ("Client à venir", [50.0, 0.0, 0.0, 0.0, 0.0, 50.0]),
    ]
    contenu = navigateur.get("/exporter/factures-ouvertes.csv").content.decode("utf-8-sig")
    lignes = list(csv.DictReader(io.StringIO(contenu, newline=""), delimiter=";"))
    assert [(x["Client"], x["Reste dû"], x["Retard (jours)"]) for x in lignes] == [
        ("'=Client piégé", "1000,00", "40"),
        ("Client à venir", "50,00", "0"),
    ]
    assert navigateur.get("/exporter/balance-agee.pdf").status_code == 404


def test_un_jour_passe_se_relit_dans_les_journaux(ouvrir_dossier):
    ouvrir_dossier("Client", "1000.00", 40)
    dossiers = Dossier.objects.all()
    (poste,) = read_ouverts(dossiers, date(2026, 11, 1))
    assert (poste.au, poste.retard) == (date(2026, 11, 1), 20)
    assert [p.reste for p in read_ouverts(dossiers)] == [Decimal("1000.00")]


def test_le_journal_d_un_dossier_dit_chaque_fait(paye, navigateur):
    contenu = navigateur.get(f"/dossiers/{paye.pk}/journal.csv").content.decode("utf-8-sig")
    lignes = list(csv.DictReader(io.StringIO(contenu, newline=""), delimiter=";"))
    assert len(lignes) == len(read_inscriptions(paye.chaine))
    assert any("Paiement reçu" in ligne["Fait"] for ligne in lignes)


def test_le_decompte_en_csv_redonne_ses_totaux(paye, ouvrir_dossier, navigateur):
    for dossier in (paye, ouvrir_dossier("Client", "1000.00", 40)):
        contenu = navigateur.get(f"/dossiers/{dossier.pk}/decompte.csv").content.decode("utf-8-sig")
        lignes = list(csv.DictReader(io.StringIO(contenu, newline=""), delimiter=";"))
        decompte = load_etat(dossier).decompte
        for genre, champ, attendu in (
            ("Reste dû", "Principal", decompte.principal),
            ("Reste dû", "Intérêts", decompte.interets),
            ("Intérêts", "Intérêts", sum(x.montant for x in decompte.lignes)),
            ("Paiement", "Principal", -sum(i.principal for i in decompte.imputations)),
        ):
            lues = [Decimal(x[champ].replace(",", ".")) for x in lignes if x["Genre"] == genre]
            assert sum(lues) == attendu
    avant = navigateur.get(f"/dossiers/{paye.pk}/decompte.csv", {"au": "2026-11-01"}).content.decode("utf-8-sig")
    assert "Paiement" not in avant
    assert navigateur.get(f"/dossiers/{paye.pk}/decompte.csv", {"au": "demain"}).status_code == 404


def test_personne_n_exporte_les_dossiers_d_autrui(dossier_d_autrui, navigateur, utilisateur):
    assert navigateur.get(f"/dossiers/{dossier_d_autrui.pk}/journal.csv").status_code == 404
    assert "autrui" not in navigateur.get("/exporter/balance-agee.csv").content.decode()


# --- The command line ------------------------------------------------------------------------------------------------


@pytest.fixture
def appeler(monkeypatch):
    """The database of the test is the one that commands find."""
    monkeypatch.setattr("exigible.cli.exporter.start_django", lambda: None)
    monkeypatch.setattr("exigible.cli.exporter.migrate", lambda: None)

    def appeler_commande(*arguments, statut=0):
        resultat = CliRunner().invoke(main, ["exporter", *map(str, arguments), "--json"])
        assert resultat.exit_code == statut, resultat.output
        return json.loads(resultat.stdout if not statut else resultat.stderr)

    return appeler_commande


def test_la_commande_ecrit_les_listes(paye, ouvrir_dossier, appeler, tmp_path):
    ouvrir_dossier("Client", "1000.00", 40)
    assert appeler("balance")["clients"][0]["31 à 60 jours"] == "1000.00"
    assert appeler("ouvertes", "--sortie", tmp_path / "o.xlsx")["fichier"].endswith("o.xlsx")
    assert (tmp_path / "o.xlsx").stat().st_size > 1000
    assert appeler("journal", paye.reference)["faits"][0]["Fait"].startswith("Paiement reçu")
    assert appeler("balance", "--sortie", tmp_path / "o.pdf", statut=2)["erreur"]["champ"] == "--sortie"
    assert appeler("balance", "--au", "2030-01-01", statut=2)["erreur"]["code"] == "date_future"
    assert appeler("journal", "D-99999", statut=2)["erreur"]["code"] == "dossier_introuvable"
    assert appeler("balance", "--creancier", "X", statut=2)["erreur"]["code"] == "creancier_inconnu"


def test_la_commande_n_exporte_les_ecritures_qu_une_fois(creancier, paye, appeler, tmp_path):
    periode = ("--du", "2026-11-01", "--au", "2026-11-30")
    vues = appeler("ecritures", *periode)
    assert vues["ecritures"]
    assert not list_exports(creancier)
    appeler("ecritures", *periode, "--sortie", tmp_path / "e.txt")
    assert (tmp_path / "e.txt").read_text(encoding="utf-8").startswith("JournalCode\tJournalLib")
    assert appeler("ecritures", *periode)["ecritures"] == []
    assert appeler("ecritures", *periode, "--tout")["ecritures"] == vues["ecritures"]
    assert appeler("ecritures", *periode, "--sortie", tmp_path / "f.txt", statut=2)["erreur"]["code"] == "rien_a_ecrire"
    assert not (tmp_path / "f.txt").exists()
    appeler("ecritures", *periode, "--tout", "--sortie", tmp_path / "g.csv")
    assert "Débit" not in (tmp_path / "g.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert (tmp_path / "g.csv").read_text(encoding="utf-8-sig").startswith("JournalCode;JournalLib")


def test_la_commande_preleve_une_fois(preleveur, ouvrir_dossier, appeler, tmp_path):
    dossier = ouvrir_dossier("Client", "300.00", 40)
    creance = load_etat(dossier).creances[0].cle
    echeances = (EcheancePlan(jour=date(2026, 12, 10), montant=Decimal("300.00")),)
    plan = PlanConvenu(cle="Q", creances=(creance,), echeances=echeances, signe_par_debiteur=True)
    ecrire(dossier, plan, MandatSigne(cle="M", rum="R1", iban="FR9399999000010000000000100"))
    assert appeler("prelevements")["total"] == "300.00"
    assert not Maillon.objects.filter(type="prelevement_ordonne").exists()
    appeler("prelevements", "--sortie", tmp_path / "p.xml")
    assert b"pain.008.001.08" in (tmp_path / "p.xml").read_bytes()
    assert Maillon.objects.filter(type="prelevement_ordonne").count() == 1
    assert appeler("prelevements")["total"] == "0.00"
    assert appeler("prelevements", "--sortie", tmp_path / "q.xml", statut=2)["erreur"]["code"] == "rien_a_ecrire"


def test_la_commande_ecrit_des_virements_et_nomme_la_ligne_fausse(preleveur, appeler, tmp_path):
    liste = tmp_path / "v.csv"
    entete = "reference;nom;iban;montant;jour;libelle\n"
    liste.write_text(entete + "V-1;Client Fictif;FR93 9999 9000 0100 0000 0000 100;12,30;2026-12-07;Trop perçu\n")
    assert appeler("virements", liste, "--sortie", tmp_path / "v.xml")["total"] == "12.30"
    assert b"pain.001.001.09" in (tmp_path / "v.xml").read_bytes()
    liste.write_text(entete + "V-1;Client;FR00;12,30;2026-12-07;\n")
    assert "Ligne 2" in appeler("virements", liste, "--sortie", tmp_path / "w.xml", statut=2)["erreur"]["message"]
    liste.write_text("nom\nX\n")
    assert "reference" in appeler("virements", liste, "--sortie", tmp_path / "w.xml", statut=2)["erreur"]["message"]
    assert not (tmp_path / "w.xml").exists()


def test_les_comptes_choisis_sont_gardes_pour_la_suite(creancier, paye, navigateur, appeler, tmp_path):
    champs = {"du": "2026-11-01", "au": "2026-11-30", "journal": "PE", "client": "4110", "interets": "7711"}
    champs |= {"indemnites": "758", "frais": "7588", "pertes": "654", "frais_bancaires": "6278", "banque": "5121"}
    navigateur.post(f"/exporter/{creancier.pk}/ecritures/", champs)
    initial = navigateur.get("/exporter/").context["form"].initial
    assert {nom: initial[nom] for nom in champs if nom not in {"du", "au"}} == {
        nom: valeur for nom, valeur in champs.items() if nom not in {"du", "au"}
    }
    vues = appeler("ecritures", "--du", "2026-11-01", "--au", "2026-11-30", "--tout")
    assert {ligne["compte"] for ligne in vues["ecritures"]} == {"4110", "7711", "758"}


def test_les_frais_de_la_banque_sont_ecrits_une_fois_et_contre_passes(creancier, navigateur):
    faits = [
        MouvementConstate(mouvement=cle, iban="", montant=Decimal(montant), libelle=libelle)
        for cle, montant, libelle in (
            ("f1", "-12.50", "FRAIS TENUE DE COMPTE"),
            ("f2", "-3.00", "COMMISSION"),
            ("d", "-80.00", "VIR FOURNISSEUR"),
        )
    ]
    record_faits(creancier.chaine, [FaitAEcrire(f, JOUR) for f in faits], "essai")
    lignes = {m.cle: m for m in Mouvement.objects.all()}
    assert preview_export(creancier, NOVEMBRE, COMPTES).lignes == ()
    page = navigateur.get("/banque/", {"statut": "frais"}).content.decode()
    assert "Écarter les 2 lignes de frais" in page
    apercu = navigateur.get("/banque/frais/").content.decode()
    assert ("FRAIS TENUE DE COMPTE" in apercu, "VIR FOURNISSEUR" in apercu) == (True, False)
    choix = [str(m.pk) for m in lignes.values()] + ["x"]  # the transfer is no charge, whatever is sent
    suite = navigateur.post("/banque/frais/", {"choix": choix}, follow=True).content.decode()
    assert "2 lignes de frais écartées" in suite
    assert sorted(m.statut for m in Mouvement.objects.all()) == ["a_rapprocher", "ecarte", "ecarte"]
    export = preview_export(creancier, NOVEMBRE, COMPTES)
    assert sorted((x.compte, x.debit, x.credit) for x in export.lignes) == [
        ("512", Decimal(0), Decimal("3.00")),
        ("512", Decimal(0), Decimal("12.50")),
        ("627", Decimal("3.00"), Decimal(0)),
        ("627", Decimal("12.50"), Decimal(0)),
    ]
    make_export(creancier, NOVEMBRE, COMPTES, "essai")
    assert preview_export(creancier, DECEMBRE, COMPTES).lignes == ()
    lignes["f1"].refresh_from_db()
    release_mouvement(lignes["f1"], "erreur", "essai")
    assert {x.compte: x.debit - x.credit for x in preview_export(creancier, DECEMBRE, COMPTES).lignes} == {
        "627": Decimal("-12.50"),
        "512": Decimal("12.50"),
    }


def test_personne_n_ecarte_les_frais_d_autrui(dossier_d_autrui, navigateur):
    autrui = dossier_d_autrui.creancier
    fait = MouvementConstate(mouvement="f9", iban="", montant=Decimal("-5.00"), libelle="FRAIS D'AUTRUI")
    record_faits(autrui.chaine, [FaitAEcrire(fait, JOUR)], "essai")
    ligne = Mouvement.objects.get(cle="f9")
    assert "AUTRUI" not in navigateur.get("/banque/frais/").content.decode()
    navigateur.post("/banque/frais/", {"choix": [str(ligne.pk)]})
    ligne.refresh_from_db()
    assert ligne.statut == "a_rapprocher"
