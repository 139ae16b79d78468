from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from exigible.bureau.horloge import fix_horloge
from exigible.bureau.imports import application
from exigible.bureau.imports.models import Importation
from exigible.bureau.imports.services import abandon_import, apply_import, prepare_import, resume_import
from exigible.bureau.journal.models import Maillon
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits, verify_journal
from exigible.bureau.tiers.models import Creance, Dossier, Paiement
from exigible.bureau.tiers.services import create_creancier, load_etat, load_etats
from exigible.bureau.tiers.verification import verify_projections
from exigible.bureau.travaux.services import run_maintenant
from exigible.dossier.faits import CreanceNee, DebiteurDecrit, Etape, FaitAnnule, OrigineEcheance, PaiementRecu
from exigible.dossier.faits_creancier import ConditionsDeVenteFixees, CreancierDecrit, MouvementConstate
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.regimes import QualitePartie

from .conftest import IBAN, JOUR

ENTETE = "Numéro;Code client;Client;Date;Échéance;Montant TTC;Reste dû;Déjà envoyé;Envoyé le"
FEC = "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise"  # noqa: E501 - one line of a file


@pytest.fixture
def importer(creancier):
    def run(contenu, nom="factures.csv", **reponses):
        octets = contenu if isinstance(contenu, bytes) else contenu.encode()
        return apply_import(prepare_import(creancier, nom, octets, "essai", **reponses), "essai")

    yield run
    assert list(verify_projections()) == []
    assert verify_journal() == []


def ecrire_solde(code, montant, jour):
    return f"""<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{montant}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{jour}</Dt></Dt></Bal>"""


RELEVE = f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Id>1</Id>
<Acct><Id><IBAN>{IBAN}</IBAN></Id></Acct>
{ecrire_solde("OPBD", "0.00", "2026-11-01")}{ecrire_solde("CLBD", "1200.00", "2026-11-20")}
<Ntry><Amt Ccy="EUR">1200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>2026-11-18</Dt></BookgDt><AcctSvcrRef>REF1</AcctSvcrRef>
<NtryDtls><TxDtls><RmtInf><Ustrd>FACTURE F-1</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
</Stmt></BkToCstmrStmt></Document>"""


def csv(*lignes):
    return "\n".join((ENTETE, *lignes))


def ecrire_fec(*lignes):
    """Each line: journal, day, account, auxiliary, piece, label, debit, credit, lettering."""
    corps = [
        f"{journal}|{journal}|{n}|{jour}|{compte}|x|{aux}|Client {aux}|{piece}|{jour}|{libelle}|"
        f"{debit}|{credit}|{let}||{jour}||"
        for n, (journal, jour, compte, aux, piece, libelle, debit, credit, let) in enumerate(lignes, 1)
    ]
    return "\n".join((FEC, *corps))


def comptes(importation):
    return tuple(importation.apercu["comptes"][issue] for issue in ("cree", "modifie", "inchange", "refuse"))


LIGNE = "F-1;C1;Client Un;01/09/2026;01/10/2026;1 200,00;1 200,00;;"


def test_un_apercu_n_ecrit_rien_d_autre_que_lui(creancier):
    avant = Maillon.objects.count()
    importation = prepare_import(creancier, "factures.csv", csv(LIGNE).encode(), "essai")
    assert comptes(importation) == (1, 0, 0, 0)
    assert importation.apercu["total"] == "1200.00"
    assert (Maillon.objects.count(), Dossier.objects.count()) == (avant, 0)
    assert "qualite" in {q["code"] for q in importation.apercu["questions"]}


def test_une_liste_de_factures_ouvre_les_dossiers(importer):
    importation = importer(
        csv(
            LIGNE,
            "F-2;C1;Client Un;02/09/2026;;300,00;300,00;;",
            "F-3;C2;Client Deux;02/09/2026;05/10/2026;10,00;10,00;;",
        )
    )
    assert (importation.statut, comptes(importation)) == ("applique", (3, 0, 0, 0))
    un, deux = Dossier.objects.order_by("reference")
    assert (un.debiteur_nom, un.debiteur_code, un.qualite) == ("Client Un", "C1", "inconnue")
    assert deux.creances.get().echeance == date(2026, 10, 5)
    calculee = next(i.fait for i in read_inscriptions(un.chaine) if getattr(i.fait, "numero", "") == "F-2")
    assert (calculee.echeance, calculee.origine_echeance) == (date(2026, 10, 2), OrigineEcheance.CONDITIONS_DE_VENTE)
    assert calculee.conditions == "30 jours"
    assert calculee.provenance == "factures.csv, ligne 3"


def test_le_meme_fichier_deux_fois_ne_change_rien(importer):
    contenu = csv(LIGNE, "F-2;C1;Client Un;02/09/2026;02/10/2026;300,00;120,00;relance;10/11/2026")
    importer(contenu)
    avant = Maillon.objects.exclude(type="fichier_importe").count()
    assert comptes(importer(contenu)) == (0, 0, 2, 0)
    assert Maillon.objects.exclude(type="fichier_importe").count() == avant


def test_ce_qu_une_personne_a_corrige_ne_revient_pas(importer):
    importer(csv(LIGNE))
    dossier = Dossier.objects.get()
    corrigee = CreanceNee(
        cle="f-F-1", numero="F-1", emission=date(2026, 9, 1), echeance=date(2026, 10, 15), montant=Decimal("1100.00")
    )
    record_faits(dossier.chaine, [FaitAEcrire(corrigee, date(2026, 9, 1), corrige=2)], "Marie")
    assert comptes(importer(csv(LIGNE))) == (0, 0, 1, 0)
    assert Creance.objects.get().montant == Decimal("1100.00")


def test_ce_qu_une_personne_a_annule_ne_revient_pas(importer):
    contenu = csv(LIGNE, "F-2;C1;Client Un;02/09/2026;02/10/2026;300,00;120,00;;")
    importer(contenu)
    chaine = Dossier.objects.get().chaine
    rangs = [i.rang for i in read_inscriptions(chaine) if isinstance(i.fait, CreanceNee | PaiementRecu)]
    record_faits(chaine, [FaitAEcrire(FaitAnnule(motif="erreur"), JOUR, rang) for rang in rangs[::2]], "Marie")
    assert comptes(importer(contenu)) == (0, 0, 2, 0)
    assert [c.numero for c in Creance.objects.all()] == ["F-2"]
    assert not Paiement.objects.exists()


def test_deux_acomptes_pareils_restent_deux(importer):
    importation = importer(
        ecrire_fec(
            ("VE", "20260801", "411000", "C1", "F-1", "Facture", "1200,00", "0,00", ""),
            ("BQ", "20260810", "411000", "C1", "VIR", "Règlement", "0,00", "100,00", "A"),
            ("BQ", "20260810", "411000", "C1", "VIR", "Règlement", "0,00", "100,00", "B"),
            ("VE", "20260801", "706000", "", "F-1", "Facture", "0,00", "1000,00", ""),
        ),
        "fec.txt",
    )
    solde = sum(e.decompte.total_du for e in load_etats(list(Dossier.objects.select_related("creancier"))).values())
    assert solde == Decimal(importation.resume["solde_411"])


def test_une_facture_changee_est_corrigee_par_un_fait_nouveau(importer):
    importer(csv(LIGNE))
    importation = importer(csv("F-1;C1;Client Un;01/09/2026;10/10/2026;1 300,00;1 300,00;;"))
    assert comptes(importation) == (0, 1, 0, 0)
    raison = importation.apercu["lignes"][0]["raison"]
    assert "1\u202f300,00" in raison
    assert "01/10/2026 → 10/10/2026" in raison
    creance = Creance.objects.get()
    assert (creance.montant, creance.echeance) == (Decimal("1300.00"), date(2026, 10, 10))


def test_un_reste_du_plus_petit_est_compte_au_jour_de_la_facture(importer):
    importer(csv("F-1;C1;Client Un;01/09/2026;01/10/2026;1 200,00;500,00;;"))
    paiement = Paiement.objects.get()
    assert (paiement.montant, paiement.date) == (Decimal("700.00"), date(2026, 9, 1))
    assert Creance.objects.get().reste == Decimal("500.00")
    fait = read_inscriptions(Dossier.objects.get().chaine)[-1].fait
    assert "lecture la plus basse" in fait.provenance


def test_un_reglement_paru_depuis_est_date_du_dernier_etat_connu(importer):
    importer(csv(LIGNE))
    with fix_horloge(JOUR + timedelta(days=10)):
        importation = importer(csv("F-1;C1;Client Un;01/09/2026;01/10/2026;1 200,00;200,00;;"))
        paiement = Paiement.objects.get()
        assert (paiement.montant, paiement.date) == (Decimal("1000.00"), JOUR)
        assert comptes(importation) == (1, 0, 0, 0)
        importer(csv("F-1;C1;Client Un;01/09/2026;01/10/2026;1 200,00;0,00;;"))
    assert Creance.objects.get().stade == "soldee"


def test_une_facture_deja_soldee_n_ouvre_rien(creancier):
    soldee = csv("F-1;C1;Client Un;01/09/2026;01/10/2026;1 200,00;0,00;;")
    importation = prepare_import(creancier, "f.csv", soldee.encode(), "essai")
    assert comptes(importation) == (0, 0, 1, 0)
    apply_import(importation, "essai")
    assert not Dossier.objects.exists()


def test_le_debiteur_est_reconnu_par_code_puis_siren_puis_nom(importer):
    importer(
        "Numéro;Code client;Client;SIREN;Date;Échéance;Montant TTC\nF-1;C1;Client Un;732829320;01/09/2026;01/10/2026;10"
    )
    importer("Numéro;Client;SIREN;Date;Échéance;Montant TTC\nF-2;Un autre nom;732829320;01/09/2026;01/10/2026;10")
    importer("Numéro;Client;Date;Échéance;Montant TTC\nF-3;CLIENT  UN;01/09/2026;01/10/2026;10")
    assert Dossier.objects.get().creances.count() == 3
    importer("Numéro;Code client;Client;Date;Échéance;Montant TTC\nF-4;C2;Client Un;01/09/2026;01/10/2026;10")
    assert Dossier.objects.count() == 2


def test_une_liste_de_clients_cree_complete_et_ne_defait_rien(importer):
    importer(csv(LIGNE))
    clients = (
        "Code client;Nom;Qualité;Adresse;Code postal;Ville;E-mail\n"
        "C1;Client Un;professionnel;3 rue Fictive;99000;Villefictive;un@client.example\n"
        "C9;Client Neuf;consommateur;;;;"
    )
    importation = importer(clients, "clients.csv")
    assert importation.format == "csv_tiers"
    assert comptes(importation) == (1, 1, 0, 0)
    dossier = Dossier.objects.get(debiteur_code="C1")
    assert (dossier.qualite, dossier.courriel) == ("professionnel", "un@client.example")
    assert load_etat(dossier).debiteur.adresse.complete
    corrige = DebiteurDecrit(nom="Client Un", code="C1", qualite=QualitePartie.CONSOMMATEUR)
    record_faits(dossier.chaine, [FaitAEcrire(corrige, JOUR)], "Marie")
    assert comptes(importer(clients, "clients.csv")) == (0, 0, 2, 0)
    dossier.refresh_from_db()
    assert dossier.qualite == "consommateur"


def test_ce_qui_etait_deja_envoye_par_colonne_ou_pour_tout_le_fichier(importer):
    importer(
        csv(
            "F-1;C1;Client Un;01/08/2026;01/09/2026;10,00;10,00;mise en demeure;01/11/2026",
            "F-2;C1;Client Un;01/08/2026;01/09/2026;10,00;10,00;;",
            "F-3;C1;Client Un;01/08/2026;01/09/2026;10,00;10,00;;",
        ),
        deja_envoye="relance",
        deja_envoye_le=date(2026, 11, 2),
    )
    etat = load_etat(Dossier.objects.get())
    assert [c.etapes_faites for c in etat.creances] == [
        ((Etape.MISE_EN_DEMEURE, date(2026, 11, 1)),),
        ((Etape.RELANCE, date(2026, 11, 2)),),
        ((Etape.RELANCE, date(2026, 11, 2)),),
    ]
    assert Maillon.objects.filter(type="relance_faite").count() == 1


def test_un_envoi_sans_date_compte_d_aujourd_hui_et_le_dit(importer):
    importation = importer(csv("F-1;C1;Client Un;01/08/2026;01/09/2026;10,00;10,00;relance;"))
    assert load_etat(Dossier.objects.get()).creances[0].etapes_faites == ((Etape.RELANCE, JOUR),)
    assert any("compté d'aujourd'hui" in r for r in importation.apercu["remarques"])


def test_les_bonnes_lignes_entrent_et_les_refusees_sont_dites(importer):
    importation = importer(
        csv(LIGNE, "F-2;C1;Client Un;31/02/2026;;10,00;10,00;;", "F-3;C1;Client Un;01/09/2026;;1.234;10,00;;")
    )
    assert comptes(importation) == (1, 0, 0, 2)
    refusees = [x for x in importation.apercu["lignes"] if x["issue"] == "refuse"]
    assert {x["ligne"] for x in refusees} == {3, 4}
    assert all(x["raison"] for x in refusees)


def test_arrete_au_milieu_il_se_reprend_sans_rien_doubler(creancier, monkeypatch):
    importation = prepare_import(creancier, "f.csv", csv(LIGNE).encode(), "essai")

    def echouer(*_):
        raise ErreurExigible("panne", "Panne au milieu.")

    with monkeypatch.context() as panne:
        panne.setattr(application, "match_mouvements", echouer)
        with pytest.raises(ErreurExigible, match="au milieu"):
            apply_import(importation, "essai")
    ecrits = Maillon.objects.count()
    importation.refresh_from_db()
    assert (importation.statut, Dossier.objects.count()) == ("interrompu", 1)
    run_maintenant(resume_import(importation, "essai").travail)
    importation.refresh_from_db()
    assert importation.statut == "applique"
    assert comptes(importation) == (1, 0, 0, 0)
    assert (Maillon.objects.count(), Dossier.objects.count()) == (ecrits + 1, 1)  # the receipt


def test_un_import_ne_s_applique_qu_une_fois_et_peut_etre_laisse(creancier):
    importation = prepare_import(creancier, "f.csv", csv(LIGNE).encode(), "essai")
    apply_import(importation, "essai")
    with pytest.raises(ErreurExigible, match="déjà appliqué"):
        apply_import(importation, "essai")
    with pytest.raises(ErreurExigible, match="déjà appliqué"):
        abandon_import(importation)
    autre = prepare_import(creancier, "f.csv", csv(LIGNE).encode(), "essai")
    abandon_import(autre)
    assert Importation.objects.get(pk=autre.pk).statut == "abandonne"
    with pytest.raises(ErreurExigible, match="abandonné"):
        apply_import(autre, "essai")


@pytest.mark.parametrize("contenu", [b"", b"\x00\x01\x02" * 500, b"%PDF-1.4 sans rien", b"<a><b/></a>"])
def test_un_fichier_qui_n_est_rien_ne_s_applique_pas(creancier, contenu):
    importation = prepare_import(creancier, "bruit.bin", contenu, "essai")
    assert comptes(importation)[:3] == (0, 0, 0)
    assert importation.apercu["lignes"]
    with pytest.raises(ErreurExigible, match="n'apporte rien"):
        apply_import(importation, "essai")


@pytest.mark.parametrize(
    ("reponses", "mot"),
    [
        ({"conditions": "quand on pourra"}, "pas comprise"),
        ({"deja_envoye": "huissier"}, "huissier"),
        ({"deja_envoye": "relance", "deja_envoye_le": date(2027, 1, 1)}, "avenir"),
    ],
)
def test_une_reponse_illisible_est_dite(creancier, reponses, mot):
    with pytest.raises(ErreurSaisie, match=mot):
        prepare_import(creancier, "f.csv", csv(LIGNE).encode(), "essai", **reponses)


def test_un_fec_donne_factures_reglements_avoirs_et_acomptes(importer):
    contenu = ecrire_fec(
        ("VE", "20260801", "411000", "C1", "F-1", "Facture", "1200,00", "0,00", "AA"),
        ("VE", "20260801", "706000", "", "F-1", "Facture", "0,00", "1200,00", ""),
        ("BQ", "20260820", "411000", "C1", "VIR1", "Règlement", "0,00", "450,00", "AA"),
        ("BQ", "20260820", "512000", "", "VIR1", "Règlement", "450,00", "0,00", ""),
        ("VE", "20260901", "411000", "C1", "F-2", "Facture", "300,00", "0,00", ""),
        ("VE", "20260901", "706000", "", "F-2", "Facture", "0,00", "300,00", ""),
        ("VE", "20260905", "411000", "C1", "AV-1", "Avoir", "0,00", "40,00", ""),
        ("VE", "20260905", "706000", "", "AV-1", "Avoir", "40,00", "0,00", ""),
        ("BQ", "20260910", "411000", "C1", "VIR2", "Règlement", "0,00", "25,00", ""),
        ("BQ", "20260910", "512000", "", "VIR2", "Règlement", "25,00", "0,00", ""),
    )
    importation = importer(contenu, "000000000FEC20261231.txt")
    assert importation.format == "fec"
    assert comptes(importation) == (4, 0, 0, 0)
    dossier = Dossier.objects.get()
    assert dossier.principal == Decimal("985.00")  # 750 + 300 − 40 − 25, the balance of the 411 account
    assert {p.date for p in dossier.paiements.all()} == {date(2026, 8, 20), date(2026, 9, 10)}
    assert dossier.creances.get(numero="F-1").echeance == date(2026, 8, 31)
    assert comptes(importer(contenu, "000000000FEC20261231.txt")) == (0, 0, 4, 0)


def test_sans_conditions_de_vente_l_echeance_reste_a_completer(creancier, importer):
    record_faits(creancier.chaine, [FaitAEcrire(ConditionsDeVenteFixees(delai=""), JOUR)], "essai")
    contenu = ecrire_fec(
        ("VE", "20260801", "411000", "C1", "F-1", "Facture", "1200,00", "0,00", ""),
        ("VE", "20260801", "706000", "", "F-1", "Facture", "0,00", "1200,00", ""),
    )
    apercu = prepare_import(creancier, "fec.txt", contenu.encode(), "essai").apercu
    assert "conditions" in {q["code"] for q in apercu["questions"]}
    importer(contenu, "fec.txt")
    assert Creance.objects.get().stade == "sans_echeance"
    importer(contenu, "fec.txt", conditions="45 jours fin de mois")
    assert Creance.objects.get().echeance == date(2026, 9, 30)


def test_un_reglement_deja_venu_de_la_banque_n_est_pas_compte_deux_fois(creancier, importer):
    vente = (
        ("VE", "20260801", "411000", "C1", "F-1", "Facture", "1200,00", "0,00", ""),
        ("VE", "20260801", "706000", "", "F-1", "Facture", "0,00", "1200,00", ""),
    )
    importer(ecrire_fec(*vente), "fec.txt")
    mouvement = MouvementConstate(mouvement="m1", iban="", montant=Decimal("1200.00"), libelle="VIR F-1")
    record_faits(creancier.chaine, [FaitAEcrire(mouvement, date(2026, 11, 1))], "essai")
    importer(csv("F-9;C9;Client Neuf;01/09/2026;01/10/2026;10,00;10,00;;"))
    assert Paiement.objects.get().mouvement == "m1"
    encaissement = (
        ("BQ", "20261103", "411000", "C1", "VIR9", "Règlement", "0,00", "1200,00", ""),
        ("BQ", "20261103", "512000", "", "VIR9", "Règlement", "1200,00", "0,00", ""),
    )
    importer(ecrire_fec(*vente, *encaissement), "fec.txt")
    assert Paiement.objects.count() == 1


def test_un_releve_n_entre_qu_une_fois_et_rapproche(importer):
    importer(csv(LIGNE))
    importation = importer(RELEVE, "releve.xml")
    assert importation.resume["rapproches"] == "1"
    assert Creance.objects.get().reste == 0
    assert comptes(importer(RELEVE, "releve.xml")) == (0, 0, 1, 0)


def test_le_nombre_de_requetes_tient_aux_dossiers_pas_aux_factures(importer, django_assert_max_num_queries):
    lignes = [f"F-{n};C{n % 5};Client {n % 5};01/09/2026;01/10/2026;10,00;10,00;;" for n in range(500)]
    with django_assert_max_num_queries(100 + 5 * 38):  # one short transaction a dossier
        importer(csv(*lignes))
    assert Creance.objects.count() == 500


@pytest.mark.parametrize("nom", ["000000000FEC20231231.txt", "111111111FEC20221231.TXT"])
def test_un_vrai_fec_entre_au_centime(importer, nom):
    contenu = (Path(__file__).parents[2] / "echanges" / "donnees" / "fec" / nom).read_bytes()
    importation = importer(contenu, nom)
    decomptes = [etat.decompte for etat in load_etats(list(Dossier.objects.select_related("creancier"))).values()]
    solde = sum(d.total_du - d.trop_percu for d in decomptes)
    assert solde == Decimal(importation.resume["solde_411"])
    assert comptes(importer(contenu, nom))[0] == 0


def ecrire_ventes(*pieces, jour="20260905"):
    """Open invoices of 120 €: piece and auxiliary account."""
    lignes = []
    for piece, aux in pieces:
        lignes += [
            ("VE", jour, "411000", aux, piece, "Vente", "120,00", "0,00", ""),
            ("VE", jour, "706000", "", piece, "Vente", "0,00", "120,00", ""),
        ]
    return ecrire_fec(*lignes)


def list_disparues(importation):
    return [
        (x["libelle"], x["debiteur"], x["montant"]) for x in importation.apercu["lignes"] if x["issue"] == "disparu"
    ]


def test_une_facture_qui_ne_figure_plus_dans_une_comptabilite_est_signalee_sans_etre_close(creancier, importer):
    premier = importer(ecrire_ventes(("F-1", "C1"), ("F-2", "C1"), ("F-3", "C2")), "fec-septembre.txt")
    assert list_disparues(premier) == []
    apercu = prepare_import(creancier, "fec-octobre.txt", ecrire_ventes(("F-2", "C1"), ("F-4", "C1")).encode(), "essai")
    assert list_disparues(apercu) == [("F-1", "Client C1", "120.00"), ("F-3", "Client C2", "120.00")]
    assert apercu.apercu["comptes"]["disparu"] == 2
    avant = Maillon.objects.count()
    assert list_disparues(apply_import(apercu, "essai")) == list_disparues(apercu)
    assert Maillon.objects.count() == avant + 2  # the new invoice and the receipt
    assert sorted(Creance.objects.filter(reste__gt=0).values_list("numero", flat=True)) == ["F-1", "F-2", "F-3", "F-4"]


def test_une_facture_que_ces_livres_ne_pouvaient_pas_tenir_n_a_pas_disparu(creancier, importer):
    importer(csv("F-9;C1;Client C1;01/10/2026;31/10/2026;100,00;100,00;;", "F-1;C1;Client C1;01/09/2026;;90;90;;"))
    apercu = prepare_import(creancier, "fec.txt", ecrire_ventes(("F-2", "C1"), ("f-1", "C1")).encode(), "essai")
    assert list_disparues(apercu) == []
    liste = prepare_import(creancier, "liste.csv", csv("F-5;C1;Client C1;01/11/2026;;90;90;;").encode(), "essai")
    assert list_disparues(liste) == []


def test_une_comptabilite_qui_ne_fait_que_taire_des_factures_n_apporte_rien(creancier, importer):
    importer(ecrire_ventes(("F-1", "C1")), "fec.txt")
    soldee = ecrire_fec(
        ("BQ", "20261005", "512000", "", "B-1", "Virement", "10,00", "0,00", ""),
        ("BQ", "20261005", "706000", "", "B-1", "Virement", "0,00", "10,00", ""),
    )
    apercu = prepare_import(creancier, "fec-2.txt", soldee.encode(), "essai")
    assert list_disparues(apercu) == [("F-1", "Client C1", "120.00")]
    with pytest.raises(ErreurExigible, match="n'apporte rien"):
        apply_import(apercu, "essai")


def test_les_factures_disparues_d_un_autre_creancier_ne_sont_pas_dites(creancier, importer, cabinet):
    importer(ecrire_ventes(("F-1", "C1")), "fec.txt")
    autre = create_creancier(cabinet, CreancierDecrit(nom="Autre créancier fictif"), "essai", JOUR)
    assert list_disparues(prepare_import(autre, "fec.txt", ecrire_ventes(("F-2", "C1")).encode(), "essai")) == []
