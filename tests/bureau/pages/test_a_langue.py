"""Every string of the pages exists in English, and the catalogue says what its source says."""

import gettext
import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import override

import exigible.bureau
from exigible.bureau.pages.libelles import COULEURS, ICONES, LIBELLES, get_libelle

BUREAU = Path(exigible.bureau.__file__).parent
CATALOGUE = BUREAU / "locale" / "en" / "LC_MESSAGES" / "django.po"
_VARIABLE = re.compile(r"%\((\w+)\)s|%s")


def lire_catalogue():
    for bloc in CATALOGUE.read_text("utf-8").split("\n\n")[1:]:
        source = re.search(r'^msgid "(.*)"$', bloc, re.MULTILINE)[1]
        yield source, re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', bloc, re.MULTILINE)


def test_chaque_phrase_du_catalogue_est_traduite_avec_ses_variables():
    for source, traductions in lire_catalogue():
        for traduction in traductions:
            assert traduction, source
            assert set(_VARIABLE.findall(traduction)) == set(_VARIABLE.findall(source)), source


def test_le_catalogue_compile_dit_la_meme_chose():
    with CATALOGUE.with_suffix(".mo").open("rb") as fichier:
        compile_ = gettext.GNUTranslations(fichier)
    for source, traductions in lire_catalogue():
        lue, attendue = (re.sub(r'\\(["\\])', r"\1", texte) for texte in (source, traductions[0]))
        assert compile_.ngettext(lue, lue, 1) == attendue if len(traductions) > 1 else compile_.gettext(lue) == attendue


def test_chaque_phrase_des_gabarits_est_dans_le_catalogue():
    connues = {source.replace('\\"', '"') for source, _ in lire_catalogue()}
    motif = re.compile(r"""\{% translate (?:"([^"]+)"|'([^']+)')""")
    absentes = [
        (gabarit.name, phrase)
        for gabarit in (BUREAU / "pages" / "templates").rglob("*.html")
        for phrase in ("".join(groupes) for groupes in motif.findall(gabarit.read_text("utf-8")))
        if phrase not in connues
    ]
    assert absentes == []


def test_l_anglais_se_choisit_et_reste(navigateur, creancier):
    assert "Qui me doit quoi" in navigateur.get(reverse("portefeuille")).content.decode()
    navigateur.post(reverse("set_language"), {"language": "en", "next": "/clients/"})
    page = navigateur.get(reverse("portefeuille")).content.decode()
    assert '<html lang="en"' in page
    assert "Who owes me what" in page


def test_chaque_code_a_ses_mots_dans_les_deux_langues():
    for code in LIBELLES:
        with override("fr"):
            francais = get_libelle(code)
        with override("en"):
            assert get_libelle(code)
        assert francais
    assert get_libelle("code_nouveau") == "Code nouveau"
    assert get_libelle("") == ""
    assert set(COULEURS) <= set(LIBELLES)


def test_chaque_icone_demandee_existe():
    planche = (BUREAU / "pages/static/pages/vendeur/icones.svg").read_text("utf-8")
    dessinees = set(re.findall(r'<symbol id="([^"]+)"', planche))
    demandees = set(ICONES.values()) | {"note"}
    for gabarit in (BUREAU / "pages" / "templates").rglob("*.html"):
        demandees |= set(re.findall(r'\{% icone "([^"]+)"', gabarit.read_text("utf-8")))
        demandees |= set(re.findall(r'icone_vide="([^"]+)"', gabarit.read_text("utf-8")))
    for module in (BUREAU / "pages").rglob("*.py"):
        demandees |= set(re.findall(r'^    icone = "([^"]+)"', module.read_text("utf-8"), re.MULTILINE))
    assert demandees - dessinees == set()


@pytest.mark.parametrize("nom", ["404.html", "403.html", "500.html", "403_csrf.html", "pages/acces/bloque.html"])
def test_les_pages_d_erreur_s_affichent_sans_requete(nom):
    assert "<h1" in get_template(nom).render({})
