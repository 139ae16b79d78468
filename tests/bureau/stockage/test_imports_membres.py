"""Archives in the office: each member keeps its kind; customers first, one ledger at a time."""

import io
import zipfile

import pytest

from exigible.bureau.imports.services import apply_import, prepare_import
from exigible.bureau.tiers.models import Creance, Dossier

from .test_imports import LIGNE, csv
from .test_imports_comptabilites import VENTE_1, VENTE_2026, VENTE_2026_BIS, composer
from .test_imports_releves import ecrire_camt
from .test_imports_statuts import ecrire_statut

CLIENTS = (
    "Code client;Nom;Qualité;Adresse;Code postal;Ville\nC1;Client Un;professionnel;3 rue Fictive;99000;Villefictive\n"
)


def zipper(**membres):
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w") as archive:
        for nom, contenu in membres.items():
            octets = contenu if isinstance(contenu, bytes) else contenu.encode()
            archive.writestr(nom.replace("_", "."), octets)
    return tampon.getvalue()


@pytest.fixture
def importer(creancier):
    def run(**membres):
        return apply_import(prepare_import(creancier, "lot.zip", zipper(**membres), "essai"), "essai")

    return run


def test_une_archive_d_une_seule_liste_de_clients_entre(importer):
    importation = importer(clients_csv=CLIENTS)
    assert importation.apercu["comptes"]["cree"] == 1
    assert Dossier.objects.get().qualite == "professionnel"
    assert importer(clients_csv=CLIENTS).apercu["comptes"]["inchange"] == 1


def test_chaque_membre_entre_selon_sa_nature(importer):
    jour = "2026-11-18"
    membres = {
        "factures_csv": csv(LIGNE),
        "z-clients_csv": CLIENTS,
        "statut_xml": ecrire_statut("210"),
        "releve_xml": ecrire_camt("053", ("B1", "50.00", jour, "X")),
    }
    importation = importer(**membres)
    assert importation.format == "zip"
    objets = importation.apercu["objets"]
    assert {nom: o["cree"] for nom, o in objets.items()} == {"debiteur": 1, "creance": 1, "mouvement": 1, "statut": 0}
    assert Dossier.objects.get().qualite == "professionnel"
    assert importation.resume["membres"] == "4"


def test_une_seule_comptabilite_a_la_fois_la_plus_ancienne(importer):
    importation = importer(b_txt=composer(VENTE_2026, VENTE_2026_BIS), a_txt=composer(VENTE_1))
    (refus,) = [x["raison"] for x in importation.apercu["lignes"] if x["issue"] == "refuse"]
    assert "b.txt" in refus
    assert Creance.objects.get().emission.year == 2025


def test_un_client_que_sa_tva_place_a_l_etranger_est_demande(creancier):
    liste = "Numéro;Client;N° TVA;Date;Échéance;Montant TTC\nF-1;Modell GmbH;DE123456788;01/09/2026;01/10/2026;10"
    importation = prepare_import(creancier, "f.csv", liste.encode(), "essai")
    questions = {q["code"]: q["debiteurs"] for q in importation.apercu["questions"]}
    assert questions["pays"] == ["Modell GmbH"]


def test_une_faute_dit_de_quel_membre_elle_est(importer):
    importation = importer(factures_csv=csv(LIGNE), vide_csv=b"")
    assert any("vide.csv" in x["raison"] for x in importation.apercu["lignes"] if x["issue"] == "refuse")
    assert Creance.objects.count() == 1
