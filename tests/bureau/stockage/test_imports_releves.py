"""Statements: a line known once is known for ever, whatever the key or the kind of message that brought it."""

import hashlib
import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.imports.services import apply_import, prepare_import
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.dossier.faits_creancier import MouvementConstate

from .conftest import IBAN

SORTES = {"053": ("BkToCstmrStmt", "Stmt"), "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn")}


def ecrire_camt(sorte, *operations):
    """Each operation: bank's reference, amount, day, end-to-end reference."""
    message, compte = SORTES[sorte]
    ecritures = "".join(
        f"""<Ntry><Amt Ccy="EUR">{montant}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>{jour}</Dt></BookgDt><AcctSvcrRef>{banque}</AcctSvcrRef>
<NtryDtls><TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs>
<RmtInf><Ustrd>Virement {sorte} {reference}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""
        for banque, montant, jour, reference in operations
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{sorte}.001.02">'
        f"<{message}><{compte}><Id>1</Id><Acct><Id><IBAN>{IBAN}</IBAN></Id></Acct>{ecritures}</{compte}></{message}>"
        "</Document>"
    ).encode()


@pytest.fixture
def importer(creancier):
    def run(contenu, nom="releve.xml"):
        return apply_import(prepare_import(creancier, nom, contenu, "essai"), "essai")

    return run


def compter(importation):
    return tuple(importation.apercu["comptes"][issue] for issue in ("cree", "inchange"))


def hacher_comme_avant(identifiant):
    return hashlib.sha256(f"{IBAN}\n{identifiant}".encode()).hexdigest()[:32]


def test_une_ligne_ecrite_sous_la_cle_d_avant_n_entre_pas_une_seconde_fois(creancier, importer):
    jour, base = date(2026, 11, 3), hacher_comme_avant("B1")
    anciens = [(base, "120.00"), (f"{base}-2", "45.00"), (f"{base}-3", "45.00"), (hacher_comme_avant("B2"), "80.00")]
    faits = [MouvementConstate(mouvement=cle, iban=IBAN, montant=Decimal(m)) for cle, m in anciens]
    record_faits(creancier.chaine, [FaitAEcrire(fait, jour) for fait in faits], "essai")
    operations = [("B1", "45.00", jour, "X"), ("B1", "45.00", jour, "X"), ("B1", "120.00", jour, "X")]
    recommence = ("B2", "80.00", date(2026, 11, 4), "Y")  # the same reference, used again the next day
    importation = importer(ecrire_camt("053", *operations, recommence))
    assert compter(importation) == (1, 3)
    assert Mouvement.objects.count() == 5


def test_une_notification_puis_son_releve_ne_font_qu_une_operation(importer):
    jour = date(2026, 11, 3)
    importer(ecrire_camt("054", ("N1", "120.00", jour, "F-1"), ("N2", "120.00", jour, "F-2")))
    releve = ecrire_camt("053", ("S1", "120.00", jour, "F-1"), ("S3", "50.00", jour, "F-3"))
    importation = importer(releve)
    assert compter(importation) == (1, 1)
    connue = next(x for x in importation.apercu["lignes"] if x["issue"] == "inchange")
    assert "autre relevé" in connue["raison"]
    assert Mouvement.objects.count() == 3
    assert compter(prepare(importation, releve)) == (0, 2)


def prepare(importation, contenu):
    return prepare_import(importation.creancier, "releve.xml", contenu, "essai")


def test_le_meme_jour_et_le_meme_montant_sans_reference_commune_sont_un_doute(importer):
    jour = date(2026, 11, 3)
    importer(ecrire_camt("054", ("N1", "120.00", jour, "F-1")))
    importation = importer(ecrire_camt("053", ("S1", "120.00", jour, "F-9")))
    assert compter(importation) == (1, 0)
    assert "autrement" in importation.apercu["lignes"][0]["raison"]
    assert any("ressemblent" in remarque for remarque in importation.apercu["remarques"])


def test_deux_notifications_de_la_meme_reference_sont_deux_operations(importer):
    jour = date(2026, 11, 3)
    importer(ecrire_camt("054", ("N1", "120.00", jour, "F-1")))
    importation = importer(ecrire_camt("054", ("N2", "120.00", jour, "F-1")))
    assert compter(importation) == (1, 0)
    assert importation.apercu["remarques"] == []


def ecrire_classeur(*lignes):
    sortie = io.BytesIO()
    with xlsxwriter.Workbook(sortie, {"in_memory": True}) as classeur:
        jours, feuille = classeur.add_format({"num_format": "dd/mm/yyyy"}), classeur.add_worksheet()
        feuille.write_row(0, 0, ["Date", "Libellé", "Débit", "Crédit"])
        for rang, (jour, libelle, debit, credit) in enumerate(lignes, 1):
            feuille.write_datetime(rang, 0, jour, jours)
            feuille.write_row(rang, 1, [libelle, debit, credit])
    return sortie.getvalue()


def test_un_releve_dans_un_classeur_entre_une_fois(importer):
    lignes = [(date(2026, 11, 3), "VIR FICTIF F-1", None, 120.5), (date(2026, 11, 4), "PRLV", 45.1, None)]
    importation = importer(ecrire_classeur(*lignes), "releve.xlsx")
    assert (importation.format, compter(importation)) == ("xlsx_releve", (2, 0))
    assert sorted(m.montant for m in Mouvement.objects.all()) == [Decimal("-45.10"), Decimal("120.50")]
    suivante = (date(2026, 11, 5), "VIR FICTIF F-2", None, 80)
    assert compter(importer(ecrire_classeur(*lignes, suivante), "releve.xlsx")) == (1, 2)


def test_un_compte_inconnu_n_est_dit_qu_une_fois(creancier):
    jour = date(2026, 11, 3)
    releve = ecrire_camt("053", ("B1", "45.00", jour, "X")).decode().replace(IBAN, "FR7630006000011234567890189")
    debut, fin = releve.index("<Stmt>"), releve.index("</Stmt>") + len("</Stmt>")
    deux = releve[:fin] + releve[debut:fin] + releve[fin:]
    remarques = prepare_import(creancier, "releve.xml", deux.encode(), "essai").apercu["remarques"]
    assert sum("FR7630006000011234567890189" in remarque for remarque in remarques) == 1
