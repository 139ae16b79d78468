"""What a file's reader says, and what an import says of it, can be said in another language: each one is a `Phrase`."""

import ast
import re
from pathlib import Path

import pytest

import exigible
from exigible.droit.phrase import Phrase, render_modele, write_valeur
from exigible.echanges.collecte import Collecte
from exigible.echanges.enregistrements import simplify
from exigible.echanges.lecture import read_fichier

RACINE = Path(exigible.__file__).parent
DOSSIERS = ("echanges", "bureau/imports")
_MOTS = re.compile(r"(?:[^\W\d_]+[\s'’,:;]+)+[^\W\d_]{2,}|« ")
_PAS_DES_PHRASES = re.compile(r"urn:|(?:PRAGMA|CREATE|INSERT|SELECT) ")
# Words that files write, and text that is only data.
TABLES = {
    "_ESPACE",
    "ESPACE_UBL",
    "_ESPACE_2013",
    "_SCHEMAS",
    "_TITRES",
    "_AVOIRS",
    "_ENVOIS",
    "_NON_FOURNI",
    "_XML",
    "_MOTS_OUVERTURE",
    "_OUVERTURES",
    "_PIECES_DE_LIVRE",
    "_TRANCHE",
    "_TRANCHES_EN_MOTS",
}
DONNEES = {
    # Names of things: an invoice of the books, a line of the database.
    "? du ?",
    "dépôt de ?",
    # For the administrator's log; the database's own labels, said in words by the pages.
    "%s laissé de côté par l'import : %s",
    "En cours",
    "En partie",
    # Kept in the journal as they are written, for ever.
    "revenue au compte client (411)",
    "regroupé avec le dossier ?",
    "? ; non affecté par les livres",
    "import « ? » annulé : ?",
    "règlements antérieurs à la reprise, dates inconnues : comptés au jour de la facture (lecture la plus basse)",
    "règlements reçus depuis la reprise, dates inconnues : comptés au jour où la facture était encore due",
}


def list_textes(noeud):
    """The texts of two words or more that are neither a documentation nor in a call of `phrase`."""
    if isinstance(noeud, ast.Call) and getattr(noeud.func, "id", "") == "phrase":
        return
    if isinstance(noeud, ast.Expr) and isinstance(noeud.value, ast.Constant):
        return
    if isinstance(noeud, ast.Assign | ast.AnnAssign):
        cible = noeud.target if isinstance(noeud, ast.AnnAssign) else noeud.targets[0]
        if getattr(cible, "id", "") in TABLES:
            return
    if isinstance(noeud, ast.JoinedStr):
        texte = "".join(v.value if isinstance(v, ast.Constant) else "?" for v in noeud.values)
    elif isinstance(noeud, ast.Constant):
        texte = noeud.value if isinstance(noeud.value, str) else ""
    else:
        for enfant in ast.iter_child_nodes(noeud):
            yield from list_textes(enfant)
        return
    if _MOTS.search(texte) and texte not in DONNEES and not _PAS_DES_PHRASES.match(texte):
        yield noeud.lineno, texte


def test_aucune_phrase_n_est_ecrite_sans_son_modele():
    fautes = [
        (str(fichier.relative_to(RACINE)), *texte)
        for dossier in DOSSIERS
        for fichier in sorted((RACINE / dossier).rglob("*.py"))
        if "migrations" not in fichier.parts
        for texte in list_textes(ast.parse(fichier.read_text("utf-8")))
    ]
    assert fautes == []


def test_la_faute_se_voit():
    fautives = """
collecte.add("code", f"Ligne {numero} : le nom manque.")
raise ErreurSaisie("date", "La date " + texte)
plan.remarques.append("sans numéro")
"""
    assert len(list(list_textes(ast.parse(fautives)))) == 3
    assert list(list_textes(ast.parse('collecte.add("code_absent", phrase("le nom manque"), champ="nom")'))) == []


LISTE = (
    "Numéro;Client;Date;Échéance;Montant TTC;Reste dû;SIREN;Email;Qualité;IBAN;Relancé\n"
    "A1;Un;31/02/2026;;1,00;1,00;;;;;\n"
    "A2;Un;01/02/26;;1,00;1,00;;;;;\n"
    "A3;Un;bientôt;;1,00;1,00;;;;;\n"
    "A4;Un;01/02/2026;;12,345;1,00;;;;;\n"
    "A5;Un;01/02/2026;01/01/2026;1,00;3,00;123;x;autre;FR00;demain\n"
    "A5;Un;01/02/2026;01/01/2026;2,00;2,00;;;;;\n"
    ";Un;01/02/2026;;1,00;1,00;;;;;\n"
    "A7;;01/02/2026;;1,00;1,00;;;;;\n"
    'A8;Un;01/02/2026;;1,00;1,00;"\n'
)
FEC = (
    "JournalCode|EcritureNum|EcritureDate|CompteNum|CompAuxNum|PieceRef|PieceDate|Debit|Credit\n"
    "VE|1|20260101|411000|C1|F1|20261301|100,00|0,00\n"
    "VE|2|2026|411000|C1|F2|20260101|100,00|0,00\n"
    "VE|3|20260101||C1|F3|20260101|x|0,00\n"
    "VE|4|20260101|416000||F4|20260101|-5,00|0,00\n"
    "VE|5|20260101\n"
    "VE|6|20260101|411"
)
RELEVE = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">1500.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Ntry><Amt Ccy="USD">12.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry>
<Ntry><Amt Ccy="EUR">12.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry>
</Stmt></BkToCstmrStmt></Document>"""
FICHIERS = {
    "releve": RELEVE.encode(),
    "liste": LISTE.encode(),
    "fec": FEC.encode(),
    "fec sans colonnes": b"JournalCode|EcritureNum|EcritureDate|CompteNum|Lib\nVE|1|20260101|411|x\n",
    "colonnes absentes": b"Num\xc3\xa9ro;\xc3\x89ch\xc3\xa9ance;Montant TTC\nA1;01/02/2026;1,00\n",
    "vide": b"",
    "inconnu": b"\x00\x01",
    "ofx": b"OFXHEADER:100\nDATA:OFXSGML\n<OFX>",
    "pdf": b"%PDF-1.7",
    "classeur": b"PK\x03\x04xl/workbook.xml [Content_Types].xml",
    "xml": b"<CrossIndustryInvoice><a></CrossIndustryInvoice>",
    "doctype": b"<!DOCTYPE a [<!ENTITY b 'c'>]><CrossIndustryInvoice>&b;</CrossIndustryInvoice>",
}


@pytest.mark.parametrize("fichier", FICHIERS)
def test_tout_ce_que_dit_un_lecteur_est_une_phrase(fichier):
    lu = read_fichier(FICHIERS[fichier], "fichier.bin")
    dites = [*(e.message for e in lu.erreurs), *(c.motif_sans_echeance for c in lu.creances if not c.date_echeance)]
    assert dites
    for dite in dites:
        assert isinstance(dite, Phrase), dite
        assert dite == render_modele(dite.modele, dite.parametres, write_valeur)
    assert [e["message"] for e in simplify(lu)["erreurs"]] == [str(e.message) for e in lu.erreurs]


def test_une_valeur_inconnue_n_est_pas_ecrite_au_hasard():
    with pytest.raises(NotImplementedError):
        simplify([object()])


def test_la_phrase_d_un_cas_seulement_compte_n_est_pas_ecrite():
    collecte, ecrites = Collecte(), []
    for ligne in range(3):
        collecte.warn("code", lambda ligne=ligne: ecrites.append(ligne) or f"Ligne {ligne}", plafond=1)
    assert ecrites == [0]
    assert [e.message for e in collecte.list_erreurs()] == ["Ligne 0", "Et 2 autres cas semblables, non détaillés ici."]


def test_un_seul_cas_de_plus_se_dit_au_singulier():
    collecte = Collecte()
    for _ in range(2):
        collecte.warn("code", "Ligne 1", plafond=1)
    assert collecte.list_erreurs()[-1].message == "Et 1 autre cas semblable, non détaillé ici."
