"""Life-cycle statuses of electronic invoices: the examples of the standard, and what is wrong with others."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from exigible.echanges.lecture import read_fichier
from exigible.echanges.statuts import LIBELLES, MOTIFS, OBLIGATOIRES

DONNEES = Path(__file__).parent / "donnees" / "cdar"
ATTENDUS = json.loads((DONNEES / "attendu.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("nom", "attendu"), [pytest.param(n, a, id=n) for n, a in ATTENDUS.items()])
def test_examples_of_the_standard(nom, attendu):
    lu = read_fichier(DONNEES / nom)
    assert lu.format == "cdar"
    assert not lu.erreurs
    (statut,) = lu.statuts
    assert (statut.numero, statut.code, f"{statut.date}") == (attendu["numero"], attendu["code"], attendu["date"])
    assert f"{statut.date_emission}" == attendu["date_facture"]
    assert statut.vendeur_siren == attendu["vendeur_siren"]
    assert (statut.emetteur_siren, statut.emetteur_role) == (attendu["emetteur_siren"], attendu["emetteur_role"])
    assert [list(motif) for motif in statut.motifs] == attendu["motifs"]
    assert [list(action) for action in statut.actions] == attendu["actions"]
    montants = [(genre, Decimal(montant)) for genre, montant in attendu["montants"]]
    assert list(statut.montants) == montants
    assert statut.montant_encaisse == dict(montants).get("MEN")
    assert statut.obligatoire is (attendu["code"] in ("200", "210", "212", "213"))
    assert statut.libelle == LIBELLES[attendu["code"]]


def charger(nom="UC1_F202500003_07-CDV-212_Encaissee.xml"):
    return (DONNEES / nom).read_text(encoding="utf-8-sig")


def codes(lu):
    return [erreur.code for erreur in lu.erreurs]


def test_what_was_cashed_at_several_vat_rates_adds_up():
    texte = charger()
    debut = texte.index("<ram:SpecifiedDocumentCharacteristic>")
    fin = texte.index("</ram:SpecifiedDocumentCharacteristic>") + len("</ram:SpecifiedDocumentCharacteristic>")
    trait = texte[debut:fin]
    autres = trait.replace(">12000<", ">100.50<") + trait.replace(">MEN<", ">MPA<").replace(">12000<", ">7<")
    (statut,) = read_fichier(texte.replace(trait, trait + autres).encode()).statuts
    assert statut.montant_encaisse == Decimal("12100.50")
    assert statut.montants == (("MEN", Decimal(12000)), ("MEN", Decimal("100.50")), ("MPA", Decimal(7)))


def test_a_message_of_several_invoices():
    texte = charger()
    debut = texte.index("<ram:ReferenceReferencedDocument>")
    fin = texte.index("</ram:ReferenceReferencedDocument>") + len("</ram:ReferenceReferencedDocument>")
    document = texte[debut:fin]
    deux = document.replace(">F202500003<", ">F-2<").replace(">212<", ">205<")
    sans = document.replace(">F202500003<", "><")
    lu = read_fichier(texte.replace(document, document + deux + sans).encode())
    assert [(s.numero, s.code) for s in lu.statuts] == [("F202500003", "212"), ("F-2", "205")]
    assert codes(lu) == ["numero_absent"]


def test_an_unknown_code_is_kept_and_said():
    lu = read_fichier(charger().replace("ConditionCode>212<", "ConditionCode>299<").encode())
    assert codes(lu) == ["statut_inconnu"]
    assert (lu.statuts[0].code, lu.statuts[0].libelle) == ("299", "Encaissée")


def test_a_reason_without_words_takes_its_label():
    texte = charger("UC4_F202500006_04-CDV-207_En_litige.xml")
    sans = re.sub(r"<ram:Reason>.*?</ram:Reason>", "", texte)
    (statut,) = read_fichier(sans.encode()).statuts
    assert statut.motifs == (("TX_TVA_ERR", MOTIFS["TX_TVA_ERR"]),)


def test_codes_of_the_reform_are_all_named():
    assert {str(code) for code in range(200, 215)} <= LIBELLES.keys()
    assert LIBELLES.keys() >= OBLIGATOIRES
    assert all(LIBELLES.values())


def test_a_damaged_message_is_one_sentence():
    lu = read_fichier(charger()[:3000].encode(), "statut.xml")
    assert lu.format == "cdar"
    assert codes(lu) == ["xml_abime"]
