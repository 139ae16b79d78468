"""With English chosen, the demonstration shows no French sentence of the core, save those marked as French."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.urls import reverse

import exigible.bureau
from exigible.bureau.comptes.models import Utilisateur
from exigible.bureau.demonstration import IDENTIFIANT
from exigible.bureau.demonstration.charger import load_demonstration
from exigible.bureau.envois.models import Courrier
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.imports.services import apply_import, prepare_import
from exigible.bureau.pages.vues.taches import ONGLETS
from exigible.bureau.tiers.models import Action, Dossier
from exigible.dossier.faits import Etape

JOUR = date(2026, 11, 21)
BUREAU = Path(exigible.bureau.__file__).parent
LONGUEUR = 15
"""Shorter pieces of French may be English, or part of a name."""
DU_JOURNAL = {"client douteux (416", "clients douteux"}
"""Words of the ledger, and a reason as the journal keeps it for ever."""


class Texte(HTMLParser):
    """The text of a page that is not marked as French, block by block."""

    VIDES = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "path", "use", "wbr"})

    def __init__(self):
        super().__init__()
        self.morceaux, self._ouvertes = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in self.VIDES:
            self._ouvertes.append((tag, dict(attrs).get("lang") == "fr" or tag in {"script", "textarea", "pre"}))

    def handle_endtag(self, tag):
        while self._ouvertes and self._ouvertes.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not any(cache for _, cache in self._ouvertes):
            self.morceaux.append(" ".join(data.split()))


def lire(page):
    lecteur = Texte()
    lecteur.feed(page.content.decode())
    return lecteur.morceaux


@pytest.fixture
def anglais(db, client, tmp_path, monkeypatch):
    monkeypatch.setenv("EXIGIBLE_VAR", str(tmp_path))
    with fix_horloge(JOUR):
        load_demonstration(JOUR)
        client.force_login(Utilisateur.objects.get(email=IDENTIFIANT))
        client.post(reverse("set_language"), {"language": "en", "next": "/"})
        yield client


def list_fragments():
    """The French of both catalogues, cut at its variables, when English says it otherwise."""
    for catalogue in ("locale", "phrases/locale"):
        texte = (BUREAU / catalogue / "en/LC_MESSAGES/django.po").read_text("utf-8")
        for francais, anglais in re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', texte, re.MULTILINE):
            for fragment in re.split(r"\{[^}]*\}|%\(\w+\)s", francais):
                mots = fragment.strip(" .:;,()«»").replace('\\"', '"')
                if len(mots) >= LONGUEUR and mots not in anglais and mots not in DU_JOURNAL:
                    yield mots


def list_adresses():
    yield from (f"{reverse('aujourdhui')}?onglet={onglet.code}" for onglet in ONGLETS)
    yield from map(reverse, ("portefeuille", "completer", "banque", "reglages", "importer"))
    for dossier in Dossier.objects.all():
        for page in ("dossier", "decompte", "dossier_contacts", "dossier_pieces", "courrier_apercu"):
            yield reverse(page, args=[dossier.pk])
        yield from (reverse("relance", args=[dossier.pk, etape.value]) for etape in (Etape.RELANCE, Etape.APPEL))
    yield from (reverse("action", args=[action.pk]) for action in Action.objects.filter(retenue=False))
    yield from (reverse("courrier", args=[courrier.pk]) for courrier in Courrier.objects.all())


def list_restes(client, adresses):
    """The French found on pages, with where it was first found."""
    francais = set(list_fragments())
    motif = re.compile(r"\b(?:" + "|".join(re.escape(mots) for mots in sorted(francais, key=len, reverse=True)) + ")")
    restes = {}
    for adresse in adresses:
        page = client.get(adresse, follow=True)
        assert page.status_code == 200, adresse
        for morceau in lire(page):
            for trouve in motif.findall(morceau):
                restes.setdefault(trouve, (adresse, morceau))
    return restes


def test_la_demonstration_en_anglais_ne_montre_aucune_phrase_francaise(anglais):
    assert list_restes(anglais, list_adresses()) == {}


LISTE = """Numéro;Client;Date;Échéance;Montant TTC;Reste dû;SIREN;Email;Qualité;Relancé;Devise
A1;Un;31/02/2026;;1,00;1,00;;;;;
A2;Un;01/02/2026;;12,345;1,00;;;;;
A3;Un;01/02/2026;01/01/2026;100,00;300,00;123;x;autre;demain;
A4;Un;01/02/2026;;20,00;20,00;;;;relance;
A4;Un;01/02/2026;;30,00;30,00;;;;;
A5;Un;01/02/2026;;10,00;10,00;;;;;USD
A6;;01/02/2026;;10,00;10,00;;;;;
A7;Un;01/02/2026;;0,00;0,00;;;;;
"""
FEC = """JournalCode|EcritureNum|EcritureDate|CompteNum|CompAuxNum|PieceRef|PieceDate|Debit|Credit
VE|1|20260101|411000|C1|F1|20261301|100,00|0,00
VE|2|2026|411000|C1|F2|20260101|100,00|0,00
VE|3|20260101|416000||F4|20260101|-5,00|0,00
VE|4|20260101
"""
RELEVE = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
<Acct><Id><Othr><Id>INCONNU1</Id></Othr></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">1500.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Ntry><Amt Ccy="EUR">1200.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry>
</Stmt></BkToCstmrStmt></Document>"""


@pytest.mark.parametrize(
    ("nom", "contenu", "attendues"),
    [
        (
            "liste.csv",
            LISTE,
            [
                "Line 2, column “Date”: The date “31/02/2026” does not exist.",
                "Line 6: invoice “A4” of Un already stands on line 5: the amounts or the dates differ, check them.",
                "Line 4: the outstanding amount (€300.00) does not agree with the invoice amount (€100.00).",
                "Amount in USD: only claims in euros are followed",
                "Invoice A4: the date of the message already sent is not given, it is counted as sent today.",
            ],
        ),
        (
            "fec.txt",
            FEC,
            [
                "Line 3 (account 411000): The date “2026” cannot be read: write it 21/11/2026.",
                (
                    "Total debits (€195.00) differ from total credits (€0.00): this file is not complete, "
                    "ask for it again."
                ),
            ],
        ),
        (
            "releve.xml",
            RELEVE,
            [
                "Transaction no. 1: €1,200.50 is not booked by the bank yet (PDNG): it is not taken.",
                "Account INCONNU1 is not in your settings: is it really yours?",
            ],
        ),
        ("vide.csv", "", ["The file “vide.csv” is empty."]),
    ],
    ids=["liste", "fec", "releve", "vide"],
)
def test_l_apercu_d_un_import_se_lit_en_anglais(anglais, nom, contenu, attendues):
    creancier = Dossier.objects.get(debiteur_nom="Boulangerie Modèle").creancier
    importation = prepare_import(creancier, nom, contenu.encode(), "essai")
    adresse = reverse("import_apercu", args=[importation.pk])
    assert list_restes(anglais, [adresse]) == {}
    lus = lire(anglais.get(adresse))
    assert [attendue for attendue in attendues if attendue not in lus] == []
    if nom == "liste.csv":
        trouvees = lire(anglais.get(adresse, {"q": "outstanding amount"}))
        assert "Outstanding amount negative or above the invoice amount" in trouvees
        export = anglais.get(reverse("import_export", args=[importation.pk, "csv"])).content.decode("utf-8-sig")
        assert "The date “31/02/2026” does not exist." in export
        apply_import(importation, "essai")
        assert list_restes(anglais, [adresse]) == {}


def test_les_sommes_et_les_jours_s_ecrivent_a_l_anglaise(anglais):
    actions = " ".join(lire(anglais.get(reverse("aujourdhui"))))
    assert re.search(r"Invoice \w+ overdue by \d+ days: call", actions)
    assert re.search(r"€\d{1,3},\d{3}\.\d\d", actions)
    assert not re.search(r"\d,\d\d €", actions)
    attentes = " ".join(lire(anglais.get(reverse("aujourdhui") + "?onglet=attente")))
    assert re.search(r"A transfer of €[\d.,]+ of \d\d/\d\d/2026 is not matched", attentes)


def test_la_lettre_reste_francaise(anglais):
    dossier = Dossier.objects.get(debiteur_nom="Boulangerie Modèle")
    page = anglais.get(reverse("courrier_apercu", args=[dossier.pk])).content.decode()
    assert '<span lang="fr">La somme réclamée</span>' in page


def test_un_refus_se_lit_dans_la_langue_de_la_personne(anglais):
    dossier = Dossier.objects.get(debiteur_nom="Boulangerie Modèle")
    adresse = reverse("saisir", args=[dossier.pk, "paiement"])
    lu = " ".join(lire(anglais.post(adresse, {"montant": "12,345", "jour": "31/02/2026"})))
    assert "The amount “12,345” has more than two decimals: give it to the cent." in lu
