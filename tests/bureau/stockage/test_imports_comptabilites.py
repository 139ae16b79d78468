"""Ledgers in the office: what was lettered since, opening balances, accounts kept apart, two years in either order."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from exigible.bureau.horloge import fix_horloge
from exigible.bureau.imports.services import apply_import, prepare_import, undo_import
from exigible.bureau.journal.models import Maillon
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits, verify_journal
from exigible.bureau.tiers.models import Creance, Dossier, Paiement
from exigible.bureau.tiers.services import load_etat
from exigible.bureau.tiers.verification import verify_projections
from exigible.dossier.faits import AvoirEmis, CreanceNee, SuspensionLevee

from .conftest import JOUR
from .test_imports import FEC

VENTE_1 = [
    ("VE", "20250910", "411000", "C1", "F-1", "Facture", "120,00", "0,00", "{let}"),
    ("VE", "20250910", "706000", "", "F-1", "Facture", "0,00", "120,00", ""),
]
OUVERTURE = [
    ("AN", "20260101", "411000", "C1", "F-1", "A nouveau", "120,00", "0,00", "{let}"),
    ("AN", "20260101", "890000", "", "F-1", "A nouveau", "0,00", "120,00", ""),
]
BANQUE = [
    ("BQ", "20260310", "411000", "C1", "VIR1", "Virement", "0,00", "{montant}", "{let}"),
    ("BQ", "20260310", "512000", "", "VIR1", "Virement", "{montant}", "0,00", ""),
]
CLOTURE = [
    ("OD", "20261031", "606000", "", "X", "Divers", "10,00", "0,00", ""),
    ("OD", "20261031", "512000", "", "X", "Divers", "0,00", "10,00", ""),
]


def composer(*ecritures, **champs):
    """A ledger of entries, each of lines: journal, day, account, customer, piece, label, debit, credit, lettering."""
    corps = []
    for n, ecriture in enumerate(ecritures, 1):
        for ligne in ecriture:
            journal, jour, compte, aux, piece, libelle, debit, credit, lettre = (
                c.format(**{"let": "", **champs}) for c in ligne
            )
            corps.append(
                f"{journal}|{journal}|{n}|{jour}|{compte}|x|{aux}|Client {aux}|{piece}|{jour}|{libelle}|"
                f"{debit}|{credit}|{lettre}||{jour}||"
            )
    return "\n".join((FEC, *corps))


def opposer(compte, contre, journal="OD", piece="AV-9", libelle="Pièce", montant="120,00"):
    """A credit on the customer's account, lettered A, and what faces it."""
    return [
        (journal, "20261005", "411000", "C1", piece, libelle, "0,00", montant, "A"),
        (journal, "20261005", compte, contre, piece, libelle, montant, "0,00", ""),
    ]


VENTE_2026 = [
    ("VE", "20260801", "411000", "C1", "F-1", "Facture", "120,00", "0,00", "{let}"),
    ("VE", "20260801", "706000", "", "F-1", "Facture", "0,00", "120,00", ""),
]
VENTE_2026_BIS = [tuple(c.replace("F-1", "F-2").replace("{let}", "") for c in ligne) for ligne in VENTE_2026]


@pytest.fixture
def importer(creancier):
    def run(contenu, nom="fec.txt"):
        return apply_import(prepare_import(creancier, nom, contenu.encode(), "essai"), "essai")

    yield run
    assert list(verify_projections()) == []
    assert verify_journal() == []


def lire_etat():
    return load_etat(Dossier.objects.get())


def raisons(importation, issue):
    return " | ".join(x["raison"] for x in importation.apercu["lignes"] if x["issue"] == issue)


def compter_faits():
    return Maillon.objects.exclude(type="fichier_importe").count()


@pytest.fixture
def sans_effet(creancier):
    """The same file once more writes nothing."""

    def verify(contenu):
        importation = prepare_import(creancier, "fec.txt", contenu.encode(), "essai")
        comptes = importation.apercu["comptes"]
        assert (comptes["cree"], comptes["modifie"]) == (0, 0)
        if comptes["inchange"]:
            avant = compter_faits()
            apply_import(importation, "essai")
            assert compter_faits() == avant

    return verify


def test_une_facture_lettree_depuis_par_un_virement_est_payee(importer, sans_effet):
    importer(composer(VENTE_2026))
    plus_tard = composer(VENTE_2026, BANQUE, let="A", montant="120,00")
    with fix_horloge(JOUR + timedelta(days=3)):
        importation = importer(plus_tard)
        sans_effet(plus_tard)
    assert Creance.objects.get().stade == "soldee"
    assert (Paiement.objects.get().montant, Paiement.objects.get().date) == (Decimal("120.00"), date(2026, 3, 10))
    assert importation.apercu["comptes"]["disparu"] == 0


def test_une_facture_lettree_par_un_avoir_recoit_l_avoir_et_aucun_paiement(importer, sans_effet):
    importer(composer(VENTE_2026))
    avec = composer(VENTE_2026, opposer("706000", "", journal="VE", libelle="Avoir"), let="A")
    importer(avec)
    sans_effet(avec)
    avoir = next(i.fait for i in read_inscriptions(Dossier.objects.get().chaine) if isinstance(i.fait, AvoirEmis))
    assert (avoir.numero, avoir.creance, avoir.montant) == ("AV-9", "f-F-1", Decimal("120.00"))
    assert not Paiement.objects.exists()
    assert Creance.objects.get().stade == "soldee"


def test_un_avoir_libre_deja_venu_n_est_pas_compte_deux_fois(importer, sans_effet):
    libre = opposer("706000", "", journal="VE", libelle="Avoir", montant="50,00")
    importer(composer(VENTE_2026, [tuple(c if c != "A" else "" for c in ligne) for ligne in libre]))
    assert lire_etat().decompte.total_du == Decimal("70.00")
    lettre = composer(VENTE_2026, libre, let="A")
    importer(lettre)
    sans_effet(lettre)
    assert lire_etat().decompte.total_du == Decimal("70.00")


def test_une_perte_dans_les_livres_ne_renonce_a_rien(importer, sans_effet):
    importer(composer(VENTE_2026))
    passee = composer(VENTE_2026, opposer("654000", ""), let="A")
    importation = importer(passee)
    assert "passés en perte" in raisons(importation, "inchange")
    assert Creance.objects.get().reste == Decimal("120.00")
    sans_effet(passee)


def test_une_facture_douteuse_est_tenue_puis_reprise_quand_elle_revient(importer, sans_effet):
    importer(composer(VENTE_2026))
    virement = [
        ("OD", "20261005", "411000", "C1", "OD-1", "Douteux", "0,00", "120,00", "A"),
        ("OD", "20261005", "416000", "C1", "OD-1", "Douteux", "120,00", "0,00", ""),
    ]
    douteuse = composer(VENTE_2026, virement, let="A")
    importation = importer(douteuse)
    (creance,) = lire_etat().creances
    assert "client douteux (416)" in str(creance.suspensions[0].phrase)
    assert (creance.creance.numero, creance.principal_restant) == ("F-1", Decimal("120.00"))
    assert "416" in raisons(importation, "modifie")
    sans_effet(douteuse)
    importer(composer(VENTE_2026, CLOTURE))
    (creance,) = lire_etat().creances
    assert creance.suspensions == ()
    sans_effet(douteuse)  # older books
    encore = [tuple(c.replace("20261031", "20261115") for c in ligne) for ligne in CLOTURE]
    importer(composer(VENTE_2026, virement, encore, let="A"))
    (creance,) = lire_etat().creances
    assert "416" in str(creance.suspensions[0].phrase)


def test_ce_qu_une_personne_a_repris_ne_revient_pas_a_part(importer, sans_effet):
    effet = composer(
        [
            ("VE", "20260801", "413000", "C1", "F-1", "Traite", "120,00", "0,00", ""),
            ("VE", "20260801", "706000", "", "F-1", "Traite", "0,00", "120,00", ""),
        ]
    )
    importer(effet)
    (creance,) = lire_etat().creances
    assert "effet en circulation (413)" in str(creance.suspensions[0].phrase)
    levee = SuspensionLevee(suspension="part-413-F-1", motif="rejetée par la banque")
    record_faits(Dossier.objects.get().chaine, [FaitAEcrire(levee, JOUR)], "Marie")
    sans_effet(effet)
    assert lire_etat().creances[0].suspensions == ()


def test_une_reprise_a_nouveau_garde_la_date_et_le_montant_connus(importer, sans_effet):
    importer(composer(VENTE_1))
    suite = composer(OUVERTURE, BANQUE, let="A", montant="50,00")
    importer(suite)
    sans_effet(suite)
    creance = Creance.objects.get()
    assert (creance.emission, creance.montant, creance.reste) == (
        date(2025, 9, 10),
        Decimal("120.00"),
        Decimal("70.00"),
    )


def test_une_reprise_inconnue_entre_sans_echeance_ni_prescription_ni_relance(importer):
    importation = importer(composer(OUVERTURE))
    (creance,) = lire_etat().creances
    assert (creance.creance.echeance, creance.creance.emission_connue) == (None, False)
    assert (creance.stade, creance.prescription) == ("sans_echeance", None)
    assert "à-nouveau" in raisons(importation, "cree")


def test_deux_annees_dans_un_sens_ou_dans_l_autre_donnent_le_meme_compte(importer, sans_effet):
    suite = composer(OUVERTURE, BANQUE, let="A", montant="50,00")
    importer(suite, "2026.txt")
    assert lire_etat().decompte.total_du == Decimal("70.00")
    importer(composer(VENTE_1), "2025.txt")
    creance = Creance.objects.get()
    assert (creance.emission, creance.montant, creance.reste) == (
        date(2025, 9, 10),
        Decimal("120.00"),
        Decimal("70.00"),
    )
    fait = [i.fait for i in read_inscriptions(Dossier.objects.get().chaine) if isinstance(i.fait, CreanceNee)][-1]
    assert fait.emission_connue
    sans_effet(composer(VENTE_1))
    sans_effet(suite)


def test_une_facture_ancienne_que_les_livres_recents_ont_soldee_arrive_payee(importer, sans_effet):
    autrui = [tuple(c.replace("C1", "C2").replace("{let}", "") for c in x) for x in VENTE_2026]
    importer(composer(OUVERTURE, BANQUE, VENTE_2026_BIS, autrui, let="A", montant="120,00"), "2026.txt")
    importer(composer(VENTE_1), "2025.txt")
    assert Creance.objects.get(numero="F-1", dossier__debiteur_code="C1").stade == "soldee"
    assert Creance.objects.get(numero="F-1", dossier__debiteur_code="C2").reste == Decimal("120.00")
    sans_effet(composer(VENTE_1))


def test_une_facture_ancienne_que_les_livres_recents_ignorent_n_est_pas_relancee(importer):
    importer(composer(CLOTURE, VENTE_2026), "2026.txt")
    ancienne = [tuple(c.replace("F-1", "F-0") for c in ligne) for ligne in VENTE_1]
    importation = importer(composer(ancienne), "2025.txt")
    creance = next(c for c in lire_etat().creances if c.creance.numero == "F-0")
    assert "absente d'une comptabilité plus récente" in str(creance.suspensions[0].phrase)
    assert any("ne connaît plus" in r for r in importation.apercu["remarques"])


def test_une_reprise_globale_ne_double_pas_les_factures_connues(importer):
    importer(composer(VENTE_1), "2025.txt")
    globale = [tuple(c.replace("F-1", "SOLDE") for c in ligne) for ligne in OUVERTURE]
    importation = importer(composer(globale, CLOTURE, VENTE_2026_BIS), "2026.txt")
    assert "connues une à une" in raisons(importation, "inchange")
    assert importation.apercu["comptes"]["disparu"] == 0
    assert sorted(Creance.objects.values_list("numero", flat=True)) == ["F-1", "F-2"]
    autre = [tuple(c.replace("120,00", "99,00") for c in ligne) for ligne in globale]
    assert "ne rien compter deux fois" in raisons(importer(composer(autre, VENTE_2026_BIS), "2026-bis.txt"), "refuse")


def test_une_facture_peut_etre_comprise_dans_une_reprise_globale_n_entre_pas(importer):
    globale = [tuple(c.replace("F-1", "SOLDE") for c in ligne) for ligne in OUVERTURE]
    importer(composer(globale, CLOTURE), "2026.txt")
    importation = prepare_import(Dossier.objects.get().creancier, "2025.txt", composer(VENTE_1).encode(), "essai")
    assert "SOLDE" in raisons(importation, "refuse")
    assert importation.apercu["comptes"]["cree"] == 0
    importer(composer(globale, VENTE_2026_BIS, CLOTURE), "2026-bis.txt")
    assert sorted(Creance.objects.values_list("numero", flat=True)) == ["F-2", "SOLDE"]


def test_une_facture_d_apres_la_reprise_entre_meme_par_une_liste(importer):
    globale = [tuple(c.replace("F-1", "SOLDE") for c in ligne) for ligne in OUVERTURE]
    importer(composer(globale), "2026.txt")
    liste = "Numéro;Code client;Client;Date;Échéance;Montant TTC\nF-5;C1;Client C1;01/09/2026;01/10/2026;10"
    assert importer(liste, "liste.csv").apercu["comptes"]["cree"] == 1


def test_une_avance_de_personne_est_dite_et_n_entre_pas(importer):
    avance = [
        ("BQ", "20261005", "419100", "", "AC-1", "Avance", "0,00", "30,00", ""),
        ("BQ", "20261005", "512000", "", "AC-1", "Avance", "30,00", "0,00", ""),
    ]
    importation = importer(composer(VENTE_2026, avance))
    assert "de quel client" in raisons(importation, "refuse")
    assert Dossier.objects.count() == 1
    assert importation.apercu["comptabilites"][0]["ecart"] == "0.00"


def test_annuler_l_import_qui_avait_mis_a_part_reprend_les_relances(importer):
    importer(composer(VENTE_2026))
    virement = [
        ("OD", "20261005", "411000", "C1", "OD-1", "Douteux", "0,00", "120,00", "A"),
        ("OD", "20261005", "416000", "C1", "OD-1", "Douteux", "120,00", "0,00", ""),
    ]
    douteuse = composer(VENTE_2026, virement, let="A")
    undo_import(importer(douteuse), "erreur", "essai")
    assert lire_etat().creances[0].suspensions == ()
    importer(douteuse)
    assert len(lire_etat().creances[0].suspensions) == 1


def test_une_facture_soldee_qui_porte_un_numero_suivi_chez_un_autre_ne_se_montre_pas(creancier):
    """F-1 est ouverte chez C1 et soldée chez C2 : au second dépôt, seule celle de C1 est dite."""
    chez_c2 = [tuple(c.replace("C1", "C2") for c in ligne) for ligne in VENTE_1]
    paye_par_c2 = [tuple(c.replace("C1", "C2").format(let="A", montant="120,00") for c in ligne) for ligne in BANQUE]
    ouverte = [tuple(c.replace("{let}", "") for c in ligne) for ligne in VENTE_1]
    livre = composer(ouverte, [tuple(c.format(let="A") for c in ligne) for ligne in chez_c2], paye_par_c2).encode()
    apply_import(prepare_import(creancier, "fec.txt", livre, "essai"), "essai")
    encore = prepare_import(creancier, "fec.txt", livre, "essai")
    assert [(x["issue"], x["debiteur"]) for x in encore.apercu["lignes"]] == [("inchange", "Client C1")]
