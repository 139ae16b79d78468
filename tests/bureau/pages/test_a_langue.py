"""Every string of the pages exists in English, and the catalogue says what its source says."""

import ast
import configparser
import gettext
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import override

import exigible.bureau
from exigible.bureau.champs import PhraseField
from exigible.bureau.pages.libelles import COULEURS, ICONES, LIBELLES, get_libelle
from exigible.bureau.phrases import dump_phrase, load_phrase, translate_phrase, write_montant, write_nombre, write_taux
from exigible.bureau.phrases.tables import extract_textes
from exigible.droit.bareme import list_baremes, load_bareme
from exigible.droit.competence_lieu import load_ressorts
from exigible.droit.delais_paiement import load_plafonds
from exigible.droit.feries import load_feries
from exigible.droit.phrase import NOMBRE, TAUX, Phrase, phrase
from exigible.droit.prescription import load_table

BUREAU = Path(exigible.bureau.__file__).parent
CATALOGUE = BUREAU / "locale" / "en" / "LC_MESSAGES" / "django.po"
SOURCE = "exigible.droit.phrase"
PHRASES = BUREAU / "phrases" / "locale" / "en" / "LC_MESSAGES" / "django.po"
_VARIABLE = re.compile(r"%\((\w+)\)s|%s")


def lire_catalogue(catalogue=CATALOGUE):
    for bloc in catalogue.read_text("utf-8").split("\n\n")[1:]:
        source = re.search(r'^msgid "(.*)"$', bloc, re.MULTILINE)[1]
        yield source, re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', bloc, re.MULTILINE)


def test_chaque_phrase_du_catalogue_est_traduite_avec_ses_variables():
    pluriels = dict(re.findall(r'^msgid "(.*)"\nmsgid_plural "(.*)"$', CATALOGUE.read_text("utf-8"), re.MULTILINE))
    for singulier, traductions in lire_catalogue():
        sources = (singulier, pluriels[singulier]) if singulier in pluriels else (singulier,)
        for source, traduction in zip(sources, traductions, strict=True):
            assert traduction, source
            assert set(_VARIABLE.findall(traduction)) == set(_VARIABLE.findall(source)), source


@pytest.mark.parametrize("catalogue", [CATALOGUE, PHRASES], ids=["pages", "phrases"])
def test_le_catalogue_compile_dit_la_meme_chose(catalogue):
    with catalogue.with_suffix(".mo").open("rb") as fichier:
        compile_ = gettext.GNUTranslations(fichier)
    for source, traductions in lire_catalogue(catalogue):
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


def list_champs(modele):
    return {(nom, forme) for _, nom, forme, _ in Formatter().parse(modele) if nom is not None}


def list_appels():
    """Every call of `phrase` in the program: where, its template (None if it is not written there), its parameters."""
    for fichier in BUREAU.parent.rglob("*.py"):
        arbre = ast.parse(fichier.read_text("utf-8"))
        importes = {
            mot.name for n in ast.walk(arbre) if isinstance(n, ast.ImportFrom) for mot in n.names if n.module == SOURCE
        }
        for appel in ast.walk(arbre) if "phrase" in importes else ():
            if isinstance(appel, ast.Call) and isinstance(appel.func, ast.Name) and appel.func.id == "phrase":
                modele = appel.args[0].value if isinstance(appel.args[0], ast.Constant) else None
                noms = {mot.arg for mot in appel.keywords if mot.arg}
                complet = len(noms) == len(appel.keywords)
                yield f"{fichier.relative_to(BUREAU.parent)}:{appel.lineno}", modele, noms, complet


def list_mots_des_tables():
    """Every word of the tables of the law that `babel.cfg` gives to translate."""
    reglages = configparser.ConfigParser()
    reglages.read(BUREAU / "phrases" / "babel.cfg", encoding="utf-8")
    for section in reglages.sections():
        genre, _, motif = section.partition(": ")
        fichiers = list(BUREAU.parent.glob(motif)) if genre == "tables" else []
        assert fichiers or genre != "tables", f"aucune table : {motif}"
        for fichier in fichiers:
            with fichier.open("rb") as ouvert:
                yield from (texte for _, _, texte, _ in extract_textes(ouvert, (), (), dict(reglages[section])))


def test_chaque_mot_des_tables_a_son_anglais():
    connues = {source.replace('\\"', '"') for source, _ in lire_catalogue(PHRASES)}
    mots = set(list_mots_des_tables())
    assert mots - connues == set()
    assert not any("{" in mot for mot in mots)


def test_ce_que_les_tables_montrent_est_donne_a_traduire():
    mots = set(list_mots_des_tables())
    table = load_table()
    montres = {regle.libelle for regle in table.regles} | {regle.reserve for regle in table.regles}
    montres |= {cause.libelle for cause in table.causes.values()} | {
        depart.libelle for depart in table.departs.values()
    }
    montres |= {texte for ferie in load_feries() for texte in (ferie.nom, ferie.condition, ferie.note)}
    montres |= {plafond.note for plafond in load_plafonds().par_nature.values()} | {load_plafonds().note_relecture}
    montres |= set(load_ressorts().non_couverts.values())
    montres |= {mot for bareme in map(load_bareme, list_baremes()) for mot in (bareme.libelle, *bareme.unites.values())}
    assert {type(texte) for texte in montres} == {Phrase}
    assert montres - mots <= {""}


def test_chaque_phrase_du_noyau_a_son_anglais_avec_ses_parametres():
    connues = {source.replace('\\"', '"'): traductions[0] for source, traductions in lire_catalogue(PHRASES)}
    fautes = []
    for lieu, modele, noms, complet in list_appels():
        if modele is None or modele not in connues:
            fautes.append((lieu, "sans anglais", modele))
            continue
        champs = list_champs(modele)
        if list_champs(connues[modele]) != champs or not {forme for _, forme in champs} <= {"", TAUX, NOMBRE}:
            fautes.append((lieu, "paramètres traduits autrement", modele))
        if complet and noms != {nom for nom, _ in champs}:
            fautes.append((lieu, "paramètres en trop ou manquants", modele))
    assert fautes == []


def test_aucune_traduction_n_est_restee_sans_phrase():
    modeles = {modele for _, modele, _, _ in list_appels()} | set(list_mots_des_tables())
    assert [s for s, _ in lire_catalogue(PHRASES) if s.replace('\\"', '"') not in modeles] == []


DITE = phrase(
    "{quoi}, relance du {jour} sans effet : mise en demeure",
    quoi=phrase("Facture {numero} échue depuis {retard}", numero="F{1}", retard=phrase("{nombre} factures", nombre=2)),
    jour=date(2026, 11, 2),
)
DUE = phrase(
    "{sujet} : {raisons}.",
    sujet=phrase("donner l'échéance des factures {numeros}", numeros=("A", phrase("appel"), "C")),
    raisons=phrase(
        "plan de paiement du {jour} en retard de {montant} : à dénoncer avant toute relance",
        jour=date(2026, 1, 2),
        montant=Decimal("-1234.50"),
    ),
)


def test_une_phrase_se_traduit_avec_toutes_celles_qu_elle_contient():
    assert translate_phrase(DITE) == str(DITE)
    with override("en"):
        assert translate_phrase(DITE) == (
            "Invoice F{1} overdue by 2 invoices, reminder of 02/11/2026 without effect: formal notice"
        )
        assert translate_phrase(DUE) == (
            "give the due date of invoices A, call and C: payment plan of 02/01/2026 late by -€1,234.50: to be "
            "terminated before any reminder."
        )
        assert (
            translate_phrase("un texte d'une personne, avec {accolades}") == "un texte d'une personne, avec {accolades}"
        )


@pytest.mark.parametrize("dite", [DITE, DUE, phrase("son nom y figure"), "", "{x}", 'texte "libre"'])
def test_une_phrase_gardee_se_relit_entiere(dite):
    relue = load_phrase(dump_phrase(dite))
    assert relue == dite
    assert PhraseField().get_prep_value(relue) == dump_phrase(dite)
    if isinstance(dite, Phrase):
        assert (relue.modele, relue.parametres) == (dite.modele, dite.parametres)
    with override("en"):
        assert translate_phrase(relue) == translate_phrase(dite)


def test_une_phrase_ecrite_avant_se_lit_telle_quelle():
    ancienne = PhraseField().from_db_value("Facture F1 : {déjà} là", None, None)
    assert ancienne == "Facture F1 : {déjà} là"
    assert PhraseField().from_db_value(None, None, None) is None
    assert PhraseField().get_prep_value(None) is None
    with override("en"):
        assert translate_phrase(ancienne) == "Facture F1 : {déjà} là"


def test_les_nombres_s_ecrivent_dans_chaque_langue():
    nombre = Decimal("10499.375")
    assert (write_montant(nombre), write_taux(Decimal("12.4"))) == ("10\xa0499,38\xa0€", "12,40\xa0%")
    assert (write_nombre(nombre), write_nombre(nombre, 0)) == ("10\xa0499,375", "10\xa0499")
    with override("en"):
        assert (write_montant(nombre), write_taux(Decimal("12.4"))) == ("€10,499.38", "12.40%")
        assert (write_nombre(nombre), write_nombre(nombre, 0)) == ("10,499.375", "10,499")


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
