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
from exigible.bureau.pages.vues.taches import ONGLETS
from exigible.bureau.tiers.models import Action, Dossier
from exigible.dossier.faits import Etape

JOUR = date(2026, 11, 21)
BUREAU = Path(exigible.bureau.__file__).parent
LONGUEUR = 15
"""Shorter pieces of French may be English, or part of a name."""


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
                if len(mots) >= LONGUEUR and mots not in anglais:
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


def test_la_demonstration_en_anglais_ne_montre_aucune_phrase_francaise(anglais):
    francais = set(list_fragments())
    motif = re.compile(r"\b(?:" + "|".join(re.escape(mots) for mots in sorted(francais, key=len, reverse=True)) + ")")
    restes = {}
    for adresse in list_adresses():
        page = anglais.get(adresse, follow=True)
        assert page.status_code == 200, adresse
        for morceau in lire(page):
            for trouve in motif.findall(morceau):
                restes.setdefault(trouve, (adresse, morceau))
    assert restes == {}


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
