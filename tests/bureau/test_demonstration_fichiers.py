"""The files of the demonstration company: read back by our readers, and by others where there are others."""

import re
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import facturx
import pikepdf
import pypdf
import pytest
from lxml import etree
from stdnum import iban
from stdnum.fr import siren, tva

from exigible.bureau.demonstration.fichiers import write_fichiers
from exigible.bureau.demonstration.releve import MOUVEMENTS, SOLDE_OUVERTURE
from exigible.bureau.demonstration.societe import (
    SOCIETE,
    compute_iban,
    compute_tva,
    load_clients,
    load_factures,
    load_ouvertures,
    load_reglements,
    load_ventes,
)
from exigible.echanges.lecture import read_fichier

JOUR = date(2026, 11, 21)
JOURS = [JOUR, date(2026, 1, 1), date(2026, 3, 1), date(2026, 12, 31), date(2028, 2, 29)]

# By hand, from the prices before VAT of the pieces left open (× 1.2), less what was paid or credited.
COMPTES_411 = {
    "CAGRI": "15220.00",  # 4 920 - 2 000 paid + 6 360 + 5 940
    "CARCH": "9780.00",  # 5 040 + 4 740
    "CBOUL": "1788.00",  # 1 020 + 768
    "CBTIM": "1776.00",  # 3 600 of the year before went to 416
    "CCOMM": "22020.00",  # 7 680 + 7 020 + 7 320
    "CECOL": "6492.00",  # 3 240 + 3 252
    "CGARA": "5568.00",  # 1 140 of the year before + 1 740 + 1 176 + 1 512
    "CHOTE": "6676.00",  # 3 744 + 3 432 - 500 not allotted
    "CIMPR": "4032.00",  # 1 968 + 2 064
    "CPHAR": "2052.00",  # 1 116 + 1 068 - 132 credit note
    "CREST": "2278.00",  # 888 + 972 - 500 paid + 918
    "CSYND": "5166.00",  # 2 580 + 2 586
    "CTRAN": "10290.00",  # 2 880 + 2 370 + 2 772 + 2 268
}
TOTAL_411 = Decimal("93138.00")
# Line by line on paper from the lists: taxes included, less what was paid; the shop's credit note lowers its total.
RESTES = {"xlsx": Decimal("47572.40"), "csv": Decimal("8617.96"), "facturx": Decimal("8088.00")}
OUVERTES = {"fec": 32, "xlsx": 25, "csv": 13, "facturx": 3}


@pytest.fixture(scope="module")
def fichiers(tmp_path_factory):
    return {fichier.chemin.name: fichier for fichier in write_fichiers(tmp_path_factory.mktemp("demo"), JOUR)}


@pytest.fixture(scope="module")
def lus(fichiers):
    return {nom: read_fichier(fichier.chemin, nom) for nom, fichier in fichiers.items()}


def read_lignes_fec(contenu):
    lignes = [ligne.split("\t") for ligne in contenu.decode("cp1252").split("\r\n")[:-1]]
    return [dict(zip(lignes[0], ligne, strict=True)) for ligne in lignes[1:]]


def read_jour(texte):
    return date(int(texte[:4]), int(texte[4:6]), int(texte[6:]))


def compute_montant(ligne):
    return Decimal(ligne["Debit"].replace(",", ".")) - Decimal(ligne["Credit"].replace(",", "."))


@pytest.mark.parametrize("jour", JOURS, ids=str)
def test_fec_is_balanced_and_within_its_year_on_any_day(tmp_path, jour):
    fec = next(fichier for fichier in write_fichiers(tmp_path, jour) if fichier.sorte == "fec")
    lignes = read_lignes_fec(fec.chemin.read_bytes())
    assert 380 <= len(lignes) <= 450
    cloture = read_jour(re.fullmatch(r"000001008FEC(\d{8})\.txt", fec.chemin.name)[1])
    ecritures, comptes, jours = defaultdict(Decimal), defaultdict(Decimal), []
    for ligne in lignes:
        ecritures[ligne["EcritureNum"]] += compute_montant(ligne)
        if ligne["CompteNum"] == "411000":
            comptes[ligne["CompAuxNum"]] += compute_montant(ligne)
        jours.append(read_jour(ligne["EcritureDate"]))
        assert read_jour(ligne["PieceDate"]) <= jours[-1]
        assert not ligne["DateLet"] or jours[-1] <= read_jour(ligne["DateLet"]) < jour
    assert not any(ecritures.values())
    assert comptes == {code: Decimal(solde) for code, solde in COMPTES_411.items()}
    assert jours == sorted(jours)
    assert jours[-1] <= jour <= cloture
    assert cloture - jours[0] <= timedelta(days=366)


def test_the_expected_balances_add_up():
    assert sum(map(Decimal, COMPTES_411.values())) == TOTAL_411


def test_lettering_codes_are_used_again_in_other_accounts(fichiers):
    lignes = read_lignes_fec(fichiers["000001008FEC20261231.txt"].chemin.read_bytes())
    comptes = {ligne["CompAuxNum"] for ligne in lignes if ligne["EcritureLet"] == "AA"}
    assert len(comptes) == 13


def test_the_same_day_gives_the_same_bytes(fichiers, tmp_path):
    encore = write_fichiers(tmp_path, JOUR)
    assert {f.chemin.name: f.chemin.read_bytes() for f in encore} == {
        nom: fichier.chemin.read_bytes() for nom, fichier in fichiers.items()
    }


def test_every_file_is_recognised_and_read_without_a_fault(fichiers, lus):
    assert {nom: lu.format for nom, lu in lus.items()} == {nom: f.sorte for nom, f in fichiers.items()}
    assert [e for lu in lus.values() for e in lu.erreurs if e.gravite == "erreur"] == []


def test_fec_read_back_gives_the_balance_of_411(lus):
    lu = next(lu for lu in lus.values() if lu.format == "fec")
    assert (lu.resume["solde_411"], lu.resume["total_ouvert"], lu.resume["ecart"]) == (
        "93138.00",
        "93138.00",
        "0.00",
    )
    restes = defaultdict(Decimal)
    for creance in lu.creances:
        restes[creance.debiteur.code] += creance.reste_du
    assert restes == {code: Decimal(solde) for code, solde in COMPTES_411.items()}
    assert sum(creance.reste_du > 0 for creance in lu.creances) == OUVERTES["fec"]
    partielle = next(creance for creance in lu.creances if creance.numero == "FA1058")
    assert (partielle.montant_ttc, partielle.reste_du) == (Decimal("972.00"), Decimal("472.00"))
    assert [reglement.montant for reglement in partielle.reglements] == [Decimal("500.00")]


@pytest.mark.parametrize(
    ("support", "formats"), [("xlsx", "xlsx_factures"), ("csv", "csv_factures"), ("facturx", "facturx")]
)
def test_lists_read_back_give_what_is_left_to_pay(lus, support, formats):
    creances = [creance for lu in lus.values() if lu.format == formats for creance in lu.creances]
    assert sum((creance.reste_du for creance in creances), Decimal(0)) == RESTES[support]
    assert sum(creance.reste_du > 0 for creance in creances) == OUVERTES[support]
    attendues = {facture.numero: facture for facture in load_factures(support)}
    for creance in creances:
        facture = attendues[creance.numero]
        assert creance.date_emission == JOUR - timedelta(days=facture.age)
        assert creance.date_echeance == JOUR - timedelta(days=facture.retard)
        assert creance.debiteur.code == facture.client


def test_history_read_back_makes_a_formal_notice_ripe_today(lus):
    creance = next(c for c in lus["factures-maintenance.xlsx"].creances if c.numero == "M2012")
    assert (creance.deja_envoye, creance.date_envoi) == ("relance", JOUR - timedelta(days=14))
    assert (JOUR - creance.date_echeance).days == 28
    posee = next(c for c in lus["factures-boutique.csv"].creances if c.numero == "B3002")
    assert (posee.deja_envoye, posee.date_envoi) == ("mise_en_demeure", JOUR - timedelta(days=12))


def test_parties_read_back(lus):
    tiers = {t.code: t for t in lus["clients.csv"].tiers}
    assert tiers.keys() == load_clients().keys()
    assert {code for code, t in tiers.items() if t.qualite is None} == {"CSPOR"}
    assert {code for code, t in tiers.items() if not t.adresse} == {"CDIST"}
    assert tiers["CCOMM"].qualite == "personne_publique"
    assert tiers["CSYND"].qualite == "non_professionnel"
    assert tiers["P0003"].qualite == "consommateur"
    assert tiers["CPHAR"].nom == "Pharmacie du Cœur Fictif"


def test_statement_adds_up_and_pays_known_invoices(lus):
    releve = lus["releve-bancaire.xml"]
    total = sum((mouvement.montant for mouvement in releve.mouvements), Decimal(0))
    # 2 712 + 3 468 + 396 + 1 500 - 18.50
    assert total == Decimal("8057.50")
    assert (releve.compte.solde_debut, releve.compte.solde_fin) == (SOLDE_OUVERTURE, SOLDE_OUVERTURE + total)
    assert (releve.compte.iban, releve.compte.controle) == (SOCIETE.iban, True)
    assert len({mouvement.identifiant for mouvement in releve.mouvements}) == len(MOUVEMENTS)
    restes = {f.numero: f.ttc - f.regle for support in ("xlsx", "facturx") for f in load_factures(support)}
    assert restes["M2020"] == releve.mouvements[0].montant
    assert restes["E4003"] == releve.mouvements[1].montant
    assert restes["M2013"] == releve.mouvements[2].montant
    assert restes["M2006"] > releve.mouvements[3].montant


@pytest.mark.parametrize(
    ("numero", "niveau", "titre"),
    [("E4001", "basic", "BASIC"), ("E4002", "en16931", "EN 16931"), ("E4003", "basic", "BASIC")],
)
def test_facturx_is_valid_for_others(fichiers, numero, niveau, titre):
    contenu = fichiers[f"facture-{numero}.pdf"].chemin.read_bytes()
    nom, xml = facturx.get_xml_from_pdf(contenu, check_xsd=True, check_schematron=False)
    assert nom == "factur-x.xml"
    assert facturx.get_level(etree.fromstring(xml)) == niveau
    with pikepdf.open(BytesIO(contenu)) as pdf:
        assert pdf.Root.AF[0].AFRelationship == "/Alternative"
        meta = pdf.open_metadata()
        assert meta["{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}ConformanceLevel"] == titre
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "B")
    assert numero in pypdf.PdfReader(BytesIO(contenu)).pages[0].extract_text()


def test_no_number_is_used_twice():
    numeros = [piece.numero for piece in (*load_ouvertures(), *load_ventes())]
    numeros += [facture.numero for support in ("xlsx", "csv", "facturx") for facture in load_factures(support)]
    assert len(numeros) == len(set(numeros))


def test_payments_are_lettered_with_pieces_of_their_customer():
    clients = {piece.numero: piece.client for piece in (*load_ouvertures(), *load_ventes())}
    lettrees = [(r.client, numero) for r in load_reglements() for numero in r.factures.split()]
    assert all(clients[numero] == client for client, numero in lettrees)
    assert len(lettrees) == len(set(lettrees))


def test_everybody_is_visibly_fictitious_and_well_formed():
    clients = load_clients().values()
    for numero in [SOCIETE.siren, *(client.siren for client in clients if client.siren)]:
        assert numero.startswith("00000")
        assert siren.is_valid(numero)
        assert tva.is_valid(compute_tva(numero))
        assert iban.is_valid(compute_iban(str(int(numero))))
    assert SOCIETE.iban[4:9] == "99999"
    for personne in (SOCIETE, *clients):
        assert personne.courriel.endswith(".example")
        assert re.fullmatch(r"(01 99 00|06 39 98) \d\d \d\d", personne.telephone)
        assert re.fullmatch(r"(99\d{3})?", personne.code_postal)
