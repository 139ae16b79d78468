"""CSV statements: the layouts of French banks (made up, with their titles), days, signs, balances, without titles."""

from __future__ import annotations

from decimal import Decimal

import pytest

from exigible.echanges.lecture import read_fichier

RECU, PRELEVE = Decimal("1200.00"), Decimal("-45.10")
CREDIT_AGRICOLE = """Téléchargement du 21/11/2026;

M. EXEMPLE FICTIF
Compte de Dépôt n° 12345678901;
Solde au 20/11/2026 1 234,56 €

Liste des opérations du compte entre le 01/11/2026 et le 20/11/2026;

Date;Libellé;Débit euros;Crédit euros;
20/11/2026;"VIREMENT EN VOTRE FAVEUR
 SOCIETE FICTIVE
 FACTURE F-12
";;1 200,00;
19/11/2026;"PRELEVEMENT
 FOURNISSEUR";45,10;;
"""
CAISSE_D_EPARGNE = """Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;\
Informations complementaires;\
Type operation;Categorie;Sous categorie;Debit;Credit;Date operation;Date de valeur;Pointage operation
20/11/2026;SOCIETE FICTIVE;VIR SOCIETE FICTIVE;AB;FACTURE F-12;Virement;R;A;;+1200,00;20/11/2026;20/11/2026;0
19/11/2026;FOURNISSEUR;PRLV SEPA FOURNISSEUR;;-;Prelevement;L;E;-45,10;;19/11/2026;19/11/2026;0
"""
BOURSOBANK = """dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;\
accountbalance
2026-11-20;2026-11-20;"VIR SEPA SOCIETE FICTIVE FACTURE F-12";x;y;;"1 200,00";;00040123456;BOURSO;"3 210.45"
2026-11-19;2026-11-19;"PRLV FOURNISSEUR";x;y;;"-45,10";;00040123456;BOURSO;"3 210.45"
"""
LA_BANQUE_POSTALE = """Numéro Compte   ;1234567A033
Type         ;CCP
Compte tenu en  ;euros
Date            ;20/11/2026
Solde (EUROS)   ;1154,90
Solde (FRANCS)  ;7575,65

Date      ;Libellé      ;Montant(EUROS)  ;Montant(FRANCS)
20/11/2026;"VIREMENT DE SOCIETE FICTIVE FACTURE F-12";1200,00;7871,48
19/11/2026;"PRELEVEMENT DE FOURNISSEUR";-45,10;-295,84
"""
LCL = """20/11/2026;1200,00;Virement;;VIREMENT SOCIETE FICTIVE FACTURE F-12;0;Divers
19/11/2026;-45,10;Prélèvement;;PRLV FOURNISSEUR;0;Divers
20/11/2026;1154,90;;;00123 012345A;;
"""
BNP = """Compte de chèques;Compte de chèques;****1234;20/11/2026;;1154,90
20/11/2026;VIREMENT RECU;VIR SEPA RECU;VIR SEPA RECU /DE SOCIETE FICTIVE /MOTIF FACTURE F-12;1 200,00
19/11/2026;PRELEVEMENT;PRLV SEPA;PRLV SEPA FOURNISSEUR;-45,10
"""
SOCIETE_GENERALE = """="0301201234567890";20/11/2026;20/11/2026;2;20/11/2026;1 154,90 EUR

Date de l'opération;Libellé;Détail de l'écriture;Montant de l'opération;Devise
20/11/2026;VIR RECU;VIR RECU DE: SOCIETE FICTIVE MOTIF: FACTURE F-12;1200,00;EUR
19/11/2026;PRLV;PRELEVEMENT EUROPEEN FOURNISSEUR;-45,10;EUR
"""
CREDIT_MUTUEL = """Date;Date de valeur;Débit;Crédit;Libellé;Solde
19/11/2026;19/11/2026;-45,10;;PRLV SEPA FOURNISSEUR;54,90
20/11/2026;20/11/2026;;1200,00;VIR SOCIETE FICTIVE FACTURE F-12;1254,90
"""
QONTO = """Statut,Date de la valeur (UTC),Date de l'opération (UTC),Montant total (TTC),Devise,Nom de la contrepartie,\
Méthode de paiement,Initiateur,Référence,Note,IBAN
Exécuté,20-11-2026 10:00:00,20-11-2026 09:00:00,"1200,00",EUR,SOCIETE FICTIVE,Virement,,F-12,FACTURE F-12,\
FR7616958000016742500001139
Exécuté,19-11-2026 10:00:00,19-11-2026 09:00:00,"-45,10",EUR,Fournisseur,Prélèvement,,,,FR7616958000016742500001139
Refusé,20-11-2026 10:00:00,20-11-2026 09:00:00,"-12,00",EUR,Café,Carte,,,,
"""
SHINE = """Date d'opération;Date de valeur;Type d'opération;Libellé;Débit;Crédit;Solde
20 nov. 2026;20 nov. 2026;Virement;SOCIETE FICTIVE FACTURE F-12;;1 200,00;1 254,90
19 nov. 2026;19 nov. 2026;Prélèvement;FOURNISSEUR;45,10;;54,90
"""
N26 = """"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference",Account,"Amount (EUR)"
2026-11-20,2026-11-20,"SOCIETE FICTIVE",FR1420041010050500013M02606,Credit Transfer,"FACTURE F-12","Main",1200.00
2026-11-19,2026-11-19,Fournisseur,,Direct Debit,"x","Main",-45.10
"""
REVOLUT = """Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance
TRANSFER,Current,2026-11-19 10:00:00,2026-11-19 10:00:01,FOURNISSEUR,-45.10,0.00,EUR,COMPLETED,54.90
TRANSFER,Current,2026-11-20 10:00:00,2026-11-20 10:00:01,SOCIETE FICTIVE FACTURE F-12,1200.00,0.00,EUR,\
COMPLETED,1254.90
CARD_PAYMENT,Current,2026-11-20 10:00:00,,Café,-20.00,0.00,EUR,PENDING,
"""
BANQUES = {nom: texte for nom, texte in globals().items() if nom.isupper() and isinstance(texte, str)}


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("banque", BANQUES)
def test_les_exports_des_banques(banque, encodage):
    lu = read_fichier(BANQUES[banque].encode(encodage), "export.csv")
    assert lu.format == "csv_releve"
    recus = [m for m in lu.mouvements if m.montant > 0]
    assert [m.montant for m in recus] == [RECU]
    assert [m.montant for m in lu.mouvements if m.montant < 0] == [PRELEVE]
    (recu,) = recus
    assert str(recu.date) == "2026-11-20"
    assert "SOCIETE FICTIVE" in f"{recu.libelle} {recu.contrepartie}"
    assert "FACTURE F-12" in recu.libelle
    assert {e.code for e in lu.erreurs} <= {"operation_en_attente"}
    assert [compte.controle for compte in lu.comptes] in ([None], [True])


@pytest.mark.parametrize("banque", ["CREDIT_MUTUEL", "SHINE", "REVOLUT"])
def test_le_solde_de_chaque_ligne_controle_le_releve(banque):
    lu = read_fichier(BANQUES[banque].encode())
    assert [(c.solde_debut, c.solde_fin, c.controle) for c in lu.comptes] == [
        (Decimal("100.00"), Decimal("1254.90"), True)
    ]
    sans_une = "\n".join(ligne for ligne in BANQUES[banque].splitlines() if "FACTURE" not in ligne) + "\n"
    assert len(read_fichier(sans_une.encode()).mouvements) == 1


def test_une_ligne_manquante_se_voit():
    lignes = "".join(f"{j:02}/11/2026;achat;-10,00;{100 - 10 * j},00\n" for j in range(1, 8) if j != 4)
    lu = read_fichier(f"Date;Libellé;Montant;Solde\n{lignes}".encode())
    assert lu.comptes[0].controle is False
    assert [e.code for e in lu.erreurs] == ["solde_incoherent"]


@pytest.mark.parametrize(
    ("banque", "compte", "solde"),
    [
        ("CREDIT_AGRICOLE", "12345678901", "1234.56"),
        ("LA_BANQUE_POSTALE", "1234567A033", "1154.90"),
        ("LCL", "00123 012345A", "1154.90"),
        ("BNP", "****1234", "1154.90"),
        ("BOURSOBANK", "00040123456", "3210.45"),
    ],
)
def test_le_compte_et_le_solde_autour_des_lignes(banque, compte, solde):
    (lu,) = read_fichier(BANQUES[banque].encode()).comptes
    assert (lu.iban, lu.solde_debut, lu.solde_fin) == (compte, None, Decimal(solde))


def test_les_frais_sont_un_mouvement_a_part():
    lu = read_fichier(REVOLUT.replace("-45.10,0.00", "-45.10,1.50").encode())
    assert [(str(m.montant), m.frais) for m in lu.mouvements[:2]] == [("-45.10", None), ("-1.50", Decimal("1.50"))]


@pytest.mark.parametrize(("sens", "signe"), [("D", -1), ("Débit", -1), ("C", 1), ("crédit", 1), ("DBIT", -1), ("+", 1)])
def test_une_colonne_de_sens(sens, signe):
    lu = read_fichier(f"Date;Libellé;Montant;Sens\n01/02/2026;achat;12,50;{sens}\n".encode())
    assert lu.mouvements[0].montant == signe * Decimal("12.50")


@pytest.mark.parametrize(
    ("jours", "attendus"),
    [
        (["12/31/2025", "01/02/2026"], ["2025-12-31", "2026-01-02"]),
        (["31/12/2025", "01/02/2026"], ["2025-12-31", "2026-02-01"]),
        (["01/02/26", "03/02/26"], ["2026-02-01", "2026-02-03"]),
        (["20260201", "20260203"], ["2026-02-01", "2026-02-03"]),
        (["1er février 2026", "3 févr. 2026"], ["2026-02-01", "2026-02-03"]),
        (["2026-02-01T10:00:00Z", "2026/02/03"], ["2026-02-01", "2026-02-03"]),
    ],
)
def test_les_jours_de_partout(jours, attendus):
    lignes = "".join(f"{jour};achat;-1,00;x\n" for jour in jours)
    lu = read_fichier(f"Date;Libellé;Montant;Date de valeur\n{lignes}".encode())
    assert [str(m.date) for m in lu.mouvements] == attendus


def test_les_titres_peuvent_venir_tard():
    avant = "".join(f"Ligne d'annonce {rang};;;\n" for rang in range(40))
    lu = read_fichier(f"{avant}{CREDIT_MUTUEL}".encode())
    assert (lu.format, len(lu.mouvements)) == ("csv_releve", 2)


def test_les_lignes_de_solde_et_de_total_ne_sont_pas_des_mouvements():
    texte = """Date;Libellé;Débit;Crédit
01/11/2026;ANCIEN SOLDE;;100,00
19/11/2026;PRLV;45,10;
20/11/2026;SOLDE FACTURE F-12;;1200,00
30/11/2026;NOUVEAU SOLDE;;1254,90
Total;;45,10;1200,00
"""
    lu = read_fichier(texte.encode())
    assert [m.montant for m in lu.mouvements] == [PRELEVE, RECU]
    assert lu.comptes[0].controle is True
    assert lu.erreurs == ()


def test_une_ligne_fautive_est_dite_et_les_autres_gardees():
    texte = CREDIT_MUTUEL + "31/02/2026;;;5,00;x;\n21/11/2026;;;cinq;x;\n22/11/2026;;;;x;\n;;;7,00;x;\n"
    lu = read_fichier(texte.encode())
    assert len(lu.mouvements) == 2
    assert [(e.code, e.ligne) for e in lu.erreurs] == [
        ("date_inexistante", 4),
        ("montant_illisible", 5),
        ("montant_absent", 6),
        ("date_absente", 7),
    ]
    assert lu.comptes[0].controle is None


@pytest.mark.parametrize(
    "texte",
    [
        "Facture;Date;Client;Montant\nF-1;01/02/2026;Un;12,00\n",
        "Numéro;Date;Échéance;Client;Montant TTC;Solde\nF-1;01/02/2026;01/03/2026;Un;12,00;12,00\n",
        "Journal;Date;Compte;Libellé;Débit;Crédit\nVE;01/02/2026;411;F-1;12,00;\n",
        "Numéro;Date;Libellé;Nom;Montant;Solde\nF-1;01/02/2026;Vente;Un;12,00;12,00\n",
        "Client;Email\nUn;un@exemple.example\n",
        "01/02/2026;F-1;Un;12,00\n02/02/2026;F-2;Deux;13,00\n",
    ],
)
def test_ce_qui_n_est_pas_un_releve_n_en_devient_pas_un(texte):
    lu = read_fichier(texte.encode())
    assert lu.mouvements == ()
    assert lu.format != "csv_releve" or lu.erreurs


def test_deux_encodages_se_disent_sans_rien_perdre():
    debut = "Date;Libelle;Debit;Credit\n19/11/2026;Café;;1,00\n20/11/2026;Thé;;1,00\n"
    lu = read_fichier(debut.encode() + b"21/11/2026;Caf\xe9;;5,00\n")
    assert len(lu.mouvements) == 3
    assert [(e.code, e.gravite) for e in lu.erreurs] == [("encodage_incertain", "avertissement")]


def test_plusieurs_comptes_dans_un_fichier():
    lu = read_fichier((BOURSOBANK + BOURSOBANK.split("\n", 1)[1].replace("00040123456", "00040999999")).encode())
    assert [c.iban for c in lu.comptes] == ["00040123456", "00040999999"]
    assert [m.compte for m in lu.mouvements] == ["00040123456"] * 2 + ["00040999999"] * 2


def test_plusieurs_comptes_l_un_sous_l_autre_ne_se_melent_pas():
    lu = read_fichier(
        "Téléchargement du 21/11/2025;\nCompte de Dépôt carte n° 12345678901;\nSolde au 21/11/2025 1 234,56 €\n\n"
        'Date;Libellé;Débit euros;Crédit euros;\n20/11/2025;"VIREMENT\nSOCIETE FICTIVE\n";;1 250,00;\n\n'
        "Livret A carte n° 98765432109\nSolde au 21/11/2025 5 000,00 €\n"
        "Liste des opérations du compte entre le 01/11/2025 et le 21/11/2025;\n\n"
        "Date;Libellé;Débit euros;Crédit euros;\n19/11/2025;VIREMENT INTERNE;;100,00;\n\n"
        "Carte de M. FICTIF;\n;Pas d'opération pour cette carte;\n".encode("cp1252")
    )
    assert [(m.compte, m.montant, m.libelle) for m in lu.mouvements] == [
        ("12345678901", Decimal("1250.00"), "VIREMENT SOCIETE FICTIVE"),
        ("98765432109", Decimal("100.00"), "VIREMENT INTERNE"),
    ]
    assert [(c.iban, c.solde_fin) for c in lu.comptes] == [
        ("12345678901", Decimal("1234.56")),
        ("98765432109", Decimal("5000.00")),
    ]
    assert [e.code for e in lu.erreurs] == ["ligne_ignoree", "ligne_ignoree"]


def test_des_titres_a_chaque_page_ne_commencent_pas_un_compte():
    page = "Date;Libellé;Débit;Crédit\n{}/11/2025;VIREMENT;;10,00\n"
    lu = read_fichier(("Compte n° 12345678901\n" + page.format(19) + "page 2\n" + page.format(20)).encode())
    assert ([m.montant for m in lu.mouvements], len(lu.comptes)) == ([Decimal("10.00")] * 2, 1)


def test_un_numero_de_compte_ecrit_comme_une_formule_est_lu():
    lu = read_fichier(
        '="0201900016400270";17/05/2025;21/11/2025;\ndate_comptabilisation;libellé_complet_operation;'
        "montant_operation;devise;\n20/11/2025;VIR RECU DE SOCIETE FICTIVE;1250,00;EUR;\n".encode("cp1252")
    )
    assert (lu.compte.iban, [m.montant for m in lu.mouvements]) == ("0201900016400270", [Decimal("1250.00")])
