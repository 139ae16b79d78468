"""Every act of the catalogue: its files agree with one another, and what it prints carries what it must."""

import os
import re
from io import BytesIO

import pytest
from dossiers_des_actes import DOSSIERS, load_dossier
from pypdf import PdfReader

from exigible.actes.contexte import build_contexte, propose_reponses
from exigible.actes.demande import build_demande
from exigible.actes.mentions import find_absentes, load_mentions
from exigible.actes.modele import get_modele, load_catalogue, load_redaction
from exigible.actes.poursuivi import SOURCES
from exigible.actes.preparation import list_valeurs, prepare_acte
from exigible.actes.redaction.remplissage import check_noms, list_noms
from exigible.actes.rendu import render_pdf
from exigible.actes.vocabulaire import build_vocabulaire
from exigible.droit.erreurs import ErreurExigible

from .conftest import ICI, list_essais, prepare

ESSAIS = list_essais()
ECRITS = [e for e in ESSAIS if not e.cas.erreur]
REFUSES = [e for e in ESSAIS if e.cas.erreur]
MISE_A_JOUR = "EXIGIBLE_INSTANTANES"


def name(essai):
    return essai.nom


_PIED = re.compile(r"[^\n]*page (\d+)/(\d+)\s*$", flags=re.MULTILINE)


def extract(pdf):
    """The text of each page of a PDF, with its footer."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def drop_pieds(pages):
    """The text without its footers, which stand in the middle of what they cut."""
    return _PIED.sub("", "\n".join(pages))


@pytest.mark.parametrize("nom", load_catalogue())
def test_un_acte_a_tout_ce_qu_il_faut(nom):
    modele = get_modele(nom)
    assert modele.paquet.endswith(f".{nom}")
    assert any(e.acte == nom for e in ECRITS), f"aucun cas ne produit {nom}"
    assert load_mentions(modele.paquet), f"{nom} ne dit aucune mention"
    assert len({q.nom for q in modele.question}) == len(modele.question)


@pytest.mark.parametrize("essai", ECRITS, ids=name)
def test_les_noms_d_un_texte_existent(essai):
    acte = prepare(essai)
    commun = build_vocabulaire(acte.demande)
    complet = commun.add(build_contexte(acte.demande, commun).vocabulaire)
    check_noms(load_redaction(essai.acte), complet)
    for mention in load_mentions(acte.demande.modele.paquet):
        assert set(mention.si) <= set(complet.faits), mention.code
    for question in acte.demande.questions:
        assert set(question.si) <= set(complet.faits), question.nom


def read_code(nom):
    """The code of an act's own context, and of the common vocabulary that it takes."""
    actes = ICI.parents[2] / "src" / "exigible" / "actes"
    propre = actes / "catalogue" / nom / "contexte.py"
    if not propre.is_file():
        return ""
    code = propre.read_text(encoding="utf-8")
    pris = re.findall(r"from exigible\.actes\.vocabulaire\.(\w+) import", code)
    return "\n".join((code, *((actes / "vocabulaire" / f"{m}.py").read_text(encoding="utf-8") for m in pris)))


@pytest.mark.parametrize("nom", load_catalogue())
def test_toute_question_sert(nom):
    """What is asked is said somewhere: in the wording, in a condition, or by the code that makes its values."""
    modele = get_modele(nom)
    noms = list_noms(load_redaction(nom)) | {n for m in load_mentions(modele.paquet) for n in m.si}
    code = read_code(nom)
    for question in modele.question:
        dits = {question.nom, *(f"{question.nom}_{c.valeur}" for c in question.choix)}
        servie = dits & noms or f'"{question.nom}' in code or f"{{{question.nom}}}" in modele.objet
        servie = servie or any(question.nom in autre.si for autre in modele.question)
        servie = servie or question.source in SOURCES  # the whole document is about whoever is chosen
        assert servie, f"{nom} demande {question.nom} et n'en fait rien"


@pytest.mark.parametrize("essai", ECRITS, ids=name)
def test_le_document_est_complet(essai):
    acte = prepare(essai)
    assert [m.code for m in acte.absentes] == []
    assert bool(acte.manquantes) is essai.cas.incomplet
    assert bool(acte.projet) is essai.cas.projet
    assert ("[à compléter" in acte.texte) is essai.cas.incomplet


@pytest.mark.parametrize("essai", ECRITS, ids=name)
def test_le_pdf_porte_les_mentions(essai):
    acte = prepare(essai)
    pdf = render_pdf(acte)
    assert pdf == render_pdf(acte)
    commun = build_vocabulaire(acte.demande)
    contexte = build_contexte(acte.demande, commun)
    valeurs = list_valeurs(commun.add(contexte.vocabulaire), contexte.preuves)
    pages = extract(pdf)
    numeros = [pied for page in pages for pied in _PIED.findall(page)]
    assert numeros == [(str(rang), str(len(pages))) for rang in range(1, len(pages) + 1)]
    lu = drop_pieds(pages)
    sans_cesures = re.sub(r"-\n(?=[a-zà-ü])", "", lu)
    absentes = find_absentes(acte.mentions, valeurs, lu)
    absentes = tuple(m for m in absentes if m in find_absentes((m,), valeurs, sans_cesures))
    assert [m.code for m in absentes] == []


@pytest.mark.parametrize("essai", ECRITS, ids=name)
def test_le_texte_est_celui_qui_a_ete_relu(essai):
    """`EXIGIBLE_INSTANTANES=1` writes the texts anew: read the difference before keeping it."""
    fichier = ICI / "textes" / f"{essai.nom}.txt"
    texte = prepare(essai).texte + "\n"
    if os.environ.get(MISE_A_JOUR):
        fichier.write_text(texte, encoding="utf-8")
    assert fichier.read_text(encoding="utf-8") == texte


@pytest.mark.parametrize("essai", REFUSES, ids=name)
def test_ce_qui_est_refuse(essai):
    with pytest.raises(ErreurExigible) as refus:
        prepare(essai)
    assert refus.value.code == essai.cas.erreur


@pytest.mark.parametrize("nom", load_catalogue())
@pytest.mark.parametrize("dossier", sorted(DOSSIERS))
def test_aucun_dossier_ne_fait_tomber_un_acte(nom, dossier):
    """On any dossier, an act is written, or refused in a sentence; what is proposed is an answer that can be read."""
    assert write_ou_refuse(nom, load_dossier(dossier, ESSAIS[0].cas.au)).strip()


def write_ou_refuse(nom, etat):
    try:
        saisies = dict(propose_reponses(get_modele(nom), etat))
        return prepare_acte(build_demande(get_modele(nom), etat, saisies=saisies)).texte
    except ErreurExigible as refus:
        return str(refus.message)


def test_aucun_texte_relu_n_est_de_trop():
    attendus = {f"{e.nom}.txt" for e in ECRITS}
    assert {f.name for f in (ICI / "textes").iterdir()} == attendus
