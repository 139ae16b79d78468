"""The small language of wordings: what is read, and what is refused with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.actes.document import Liste, Texte, Titre, make_texte
from exigible.actes.redaction.langue import LONGUEUR_MAX, PROFONDEUR_MAX, parse_redaction
from exigible.actes.redaction.noeuds import Alinea, Appel, Condition, Enumeration, Intertitre, Morceau, Terme
from exigible.actes.redaction.remplissage import Vocabulaire, check_noms, fill, list_noms, write_ligne
from exigible.actes.typst.texte import Fragment, join_paragraphe
from exigible.droit.erreurs import ErreurSaisie

VOCABULAIRE = Vocabulaire(
    {"total": "12,00 €", "vide": "", "piege": "**{total}** [si x]"},
    {"oui": True, "non": False},
    {"tableau": (make_texte("ici un tableau"),), "texte 832": (make_texte("l'article"),)},
)


def write(texte):
    return [join_paragraphe(b.paragraphe) for b in fill(parse_redaction(texte), VOCABULAIRE)]


def test_les_alineas_les_titres_et_les_listes():
    lus = parse_redaction("# Grand\n## Petit\nUne phrase\nde deux.\n\nAu\n12. rue\n- un\n  suite\n- deux\n\n1. a\n2. b")
    assert [type(n) for n in lus] == [Intertitre, Intertitre, Alinea, Alinea, Enumeration, Enumeration]
    assert [n.niveau for n in lus[:2]] == [1, 2]
    assert lus[2].phrase == (Morceau("Une phrase de deux."),)
    assert lus[3].phrase == (Morceau("Au 12. rue"),)
    assert [e[0].texte for e in lus[4].elements] == ["un suite", "deux"]
    assert lus[5].numerotee
    assert [e[0].texte for e in lus[5].elements] == ["a", "b"]


def test_une_liste_suit_une_ligne_vide():
    puces, numeros = parse_redaction("- un\n  la suite\n- deux\n1. premier")
    assert [e[0].texte for e in puces.elements] == ["un la suite", "deux"]
    assert (puces.numerotee, numeros.numerotee) == (False, True)


def test_le_gras_et_les_valeurs():
    (ecrit,) = fill(parse_redaction("Payez **{total} demain** ; merci."), VOCABULAIRE)
    assert ecrit == Texte(
        (Fragment("Payez "), Fragment("12,00 €", gras=True), Fragment(" demain", gras=True), Fragment("\u00a0; merci."))
    )


def test_une_valeur_n_est_jamais_relue():
    assert write("{piege}") == ["**{total}** [si x]"]


def test_la_typographie_est_la_notre_pas_celle_des_valeurs():
    vocabulaire = Vocabulaire({"nom": "Rue: l'Exemple"})
    assert write_ligne("Objet : l'envoi à {nom}", vocabulaire) == (
        Fragment("Objet\u00a0: l’envoi à "),
        Fragment("Rue: l'Exemple"),
    )


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("[si oui]\na\n[sinon]\nb\n[fin]", ["a"]),
        ("[si non]\na\n[sinon]\nb\n[fin]", ["b"]),
        ("[si pas non]\na\n[fin]", ["a"]),
        ("[si oui et pas non]\na\n[fin]\nc", ["a", "c"]),
        ("[si oui et non]\na\n[fin]", []),
        ("[si oui]\n[si non]\na\n[sinon]\nb\n[fin]\n[fin]", ["b"]),
        ("[ tableau ]", ["ici un tableau"]),
        ("[texte 832]", ["l'article"]),
        ("{vide}\n\n- {vide}\n\n# {vide}", []),
    ],
)
def test_les_conditions_et_les_blocs(texte, attendu):
    assert write(texte) == attendu


def test_les_noms_d_un_texte():
    redaction = parse_redaction("# {a}\n[si b et pas c]\n- {d}\n[e f]\n[sinon]\n{g}\n[fin]")
    assert list_noms(redaction) == {"a", "b", "c", "d", "e f", "g"}
    assert isinstance(redaction[1], Condition)
    assert redaction[1].termes == (Terme("b"), Terme("c", nie=True))
    assert isinstance(redaction[1].alors[1], Appel)


@pytest.mark.parametrize(
    ("texte", "ligne", "mot"),
    [
        ("a\n\n[si oui]\nb", 3, "fin"),
        ("[fin]", 1, "aucune condition"),
        ("[sinon]", 1, "aucune condition"),
        ("[si oui]\n[sinon]\n[sinon]\n[fin]", 3, "déjà"),
        ("[si]\na\n[fin]", 1, "condition"),
        ("[si Oui Non]\na\n[fin]", 1, "condition"),
        ("a\n[Bloc!]", 2, "nom d'un bloc"),
        ("**gras", 1, "gras"),
        ("a {total", 1, "accolade"),
        ("a {pas un nom}", 1, "nom d'une valeur"),
        ("{}", 1, "nom d'une valeur"),
        ("[si oui]\n" * (PROFONDEUR_MAX + 1), PROFONDEUR_MAX + 1, "conditions"),
    ],
)
def test_ce_qui_ne_se_lit_pas_est_refuse_avec_sa_ligne(texte, ligne, mot):
    with pytest.raises(ErreurSaisie) as refus:
        parse_redaction(texte)
    assert refus.value.code == "texte_illisible"
    assert f"Ligne {ligne} " in str(refus.value.message).replace("\u00a0", " ")
    assert mot in str(refus.value.message)


@pytest.mark.parametrize("texte", ["{inconnu}", "[si inconnu]\na\n[fin]", "[inconnu]", "- {inconnu}", "# {inconnu}"])
def test_un_nom_inconnu_est_refuse_et_les_autres_sont_dits(texte):
    for faire in (fill, check_noms):
        with pytest.raises(ErreurSaisie, match="inconnu"):
            faire(parse_redaction(texte), VOCABULAIRE)


def test_un_nom_inconnu_est_vu_dans_la_branche_qui_n_est_pas_ecrite():
    redaction = parse_redaction("[si non]\n{inconnu}\n[fin]")
    assert fill(redaction, VOCABULAIRE) == ()
    with pytest.raises(ErreurSaisie, match="inconnu"):
        check_noms(redaction, VOCABULAIRE)


def test_un_texte_trop_long_est_refuse():
    with pytest.raises(ErreurSaisie, match="trop long"):
        parse_redaction("a" * (LONGUEUR_MAX + 1))


@given(st.text(alphabet=st.sampled_from("ab {}[]*#-1.\n\r\u00e9"), max_size=200))
def test_n_importe_quel_texte_se_lit_ou_se_refuse(texte):
    try:
        redaction = parse_redaction(texte)
    except ErreurSaisie as refus:
        assert refus.code == "texte_illisible"  # noqa: PT017 - either it is read, or it is refused so
        return
    blocs = fill(redaction, _name_tout(redaction))
    assert all(isinstance(b, Texte | Titre | Liste) for b in blocs)


def _name_tout(redaction):
    noms = list_noms(redaction)
    return Vocabulaire(dict.fromkeys(noms, "x"), dict.fromkeys(noms, True), dict.fromkeys(noms, (make_texte("x"),)))
