"""The table of limitation: its structure, the choice of a rule, the names a person types."""

import re
import tomllib
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.prescription import Effet, choose_regle, find_cause, find_regle, load_table, parse_table

TEXTE = resources.files("exigible.droit").joinpath("prescription.toml").read_text(encoding="utf-8")
BRUT = tomllib.loads(TEXTE)
DONNEES = tomllib.loads((Path(__file__).parent / "donnees" / "prescription.toml").read_text(encoding="utf-8"))
TABLE = load_table()


def list_entrees():
    groupes = ("regle", "interruption", "deplacement", "suspension", "sans_effet")
    return [entree for groupe in groupes for entree in BRUT[groupe]]


def test_toute_la_table_est_la():
    assert len(TABLE.regles) == 37
    assert len(TABLE.causes) == 31
    assert [regle.identifiant for regle in TABLE.regles][:1] == ["P-27"]
    assert TABLE.regles[-1].identifiant == "P-02"
    assert TABLE.regles[-1].si == ()
    priorites = [regle["priorite"] for regle in BRUT["regle"]]
    assert len(set(priorites)) == len(priorites)


@pytest.mark.parametrize("entree", list_entrees(), ids=lambda entree: entree["id"])
def test_chaque_entree_a_un_article_et_une_source_lue(entree):
    assert entree["articles"]
    assert entree["sources"]
    assert set(entree["sources"]) <= set(BRUT["sources"])


def test_chaque_source_sert():
    citees = set(BRUT["terme"]["sources"]) | set(BRUT["butoir"]["sources"]) | set(BRUT["tardif"]["sources"])
    for entree in [*list_entrees(), *BRUT["depart"]]:
        citees |= set(entree.get("sources", ())) | set(entree.get("loi_nouvelle", {}).get("sources", ()))
    assert citees == set(BRUT["sources"])


def test_chaque_nature_des_regles_est_declaree_et_chaque_nature_declaree_a_une_regle():
    for nature in BRUT["codes"]["creance.nature"]:
        assert choose_regle({"creance.nature": nature}).identifiant


def test_les_noms_sont_lisibles_et_uniques():
    noms = [nom for regle in TABLE.regles for nom in regle.noms]
    assert len(noms) == len(set(noms))
    assert all(re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", nom) for nom in noms)


@pytest.mark.parametrize("cas", DONNEES["choix"], ids=[cas["id"] for cas in DONNEES["choix"]])
def test_choix(cas):
    assert choose_regle(cas["contexte"]).identifiant == cas["attendu"]


PRO = {"creancier.qualite": "professionnel", "creancier.commercant": True, "debiteur.qualite": "professionnel"}


@pytest.mark.parametrize(
    ("contexte", "attendu"),
    [
        ({**PRO, "debiteur.qualite": None}, "P-03"),
        ({"creancier.qualite": "consommateur", "debiteur.qualite": None}, "P-03"),
        ({**PRO, "creance.nature": "telecom", "debiteur.qualite": None}, "P-13"),
        ({**PRO, "creance.nature": "loyer_habitation", "debiteur.qualite": None}, "P-06"),
        ({**PRO, "creance.nature": None}, "P-24b"),
        ({**PRO, "creancier.qualite": None}, "P-16"),
        ({**PRO, "titre.existe": None}, "P-01"),
        (
            {**PRO, "titre.existe": None, "titre.categorie_L111_3": "1", "element": "principal_echu"},
            "P-01",
        ),
        # the debtor's quality left out is without object: the two years of a consumer are not feared
        ({"creancier.commercant": None}, "P-01"),
        ({"creancier.qualite": None}, "P-16"),
        # a surety: what comes after the rule that is sure is not possible any more
        ({"creance.nature": "caution", "creancier.qualite": None, "debiteur.qualite": "consommateur"}, "P-16"),
        ({}, "P-02"),
    ],
)
def test_l_inconnu_garde_la_plus_courte_des_regles_possibles(contexte, attendu):
    assert choose_regle(contexte).identifiant == attendu


@pytest.mark.parametrize(
    ("contexte", "code"),
    [
        ({"creance.natur": "facture"}, "champ_non_declare"),
        ({"creance.nature": "fracture"}, "code_inconnu"),
        ({"titre.existe": "oui"}, "fait_illisible"),
    ],
)
def test_un_contexte_mal_ecrit_est_refuse(contexte, code):
    with pytest.raises(ErreurSaisie) as erreur:
        choose_regle(contexte)
    assert erreur.value.code == code


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("P-03", "P-03"),
        ("p03", "P-03"),
        (" p_29A ", "P-29a"),
        ("Facture consommateur", "P-03"),
        ("crédit-consommation", "P-05"),
        ("reconnaissance de dette", "P-26"),
        ("jugement", "P-27"),
        ("b2b", "P-01"),
        ("P3", "P-03"),
        ("Crédit à la consommation", "P-05"),
        ("charges de copropriété", "P-09"),
        ("loyers d’habitation", "P-06"),
        ("marchés publics", "P-20"),
    ],
)
def test_une_nature_se_dit_de_plusieurs_facons(texte, attendu):
    assert find_regle(texte).identifiant == attendu


def test_une_nature_ou_un_code_inconnu_propose_le_plus_proche():
    with pytest.raises(ErreurSaisie) as erreur:
        find_regle("loyer_habitatio", "nature")
    assert (erreur.value.code, erreur.value.champ) == ("nature_inconnue", "nature")
    assert "loyer_habitation" in erreur.value.message
    with pytest.raises(ErreurSaisie, match=f"« {'x' * 40} » n'est pas dans la table") as erreur:
        find_regle("x" * 41)
    assert erreur.value.champ is None
    with pytest.raises(ErreurSaisie, match=f"« {'x' * 40} » n'est pas dans la table"):
        find_cause("x" * 41)
    with pytest.raises(ErreurSaisie) as erreur:
        find_regle("facture")
    assert "facture_consommateur, facture_non_professionnel, facture_professionnel, ou voyez" in erreur.value.message
    with pytest.raises(ErreurSaisie, match=r"essayez ([^,]+, ){3}ou voyez la liste"):
        find_cause("SUS")
    with pytest.raises(ErreurSaisie) as erreur:
        find_cause("SUS-MEDI", "evenement")
    assert (erreur.value.code, erreur.value.champ) == ("code_inconnu", "evenement")
    assert "essayez SUS-MED" in erreur.value.message
    with pytest.raises(ErreurSaisie) as erreur:
        find_cause("Médiation")
    assert "essayez SUS-MED," in erreur.value.message
    with pytest.raises(ErreurSaisie) as erreur:
        find_cause("xyz")
    assert all(code in erreur.value.message for code in TABLE.causes)
    with pytest.raises(ErreurSaisie) as erreur:
        find_regle("@@@")
    assert "droit_commun" in erreur.value.message
    assert find_cause("int_rec").identifiant == "INT-REC"


def test_deux_natures_ne_se_disent_pas_pareil():
    noms = [(nom, regle) for regle in TABLE.regles for nom in (regle.identifiant, *regle.noms)]
    assert {nom: find_regle(nom) for nom, _ in noms} == dict(noms)


@pytest.mark.parametrize(
    ("avant", "apres", "dit"),
    [
        ('alias = "cheque"', 'alias = "caution"', "caution : ce nom est employé deux fois"),
        ('id = "P-04"', 'id = "P-03"', "P-03 : ce nom est employé deux fois"),
        ('id = "INT-IP"', 'id = "INT-JUS"', "INT-JUS : ce nom est employé deux fois"),
        ('type = "quadriennale"', 'type = "biennale"', "P-20 : type inconnu « biennale »"),
        ('depart_prudent = "soins"', 'depart_prudent = "soin"', "P-22 : départ inconnu « soin »"),
        ("duree = { mois = 6 }", "duree = { jours = 6 }", "P-24b : une durée est attendue, sauf pour un renvoi"),
        ('duree = { renvoi = "creance" }', "duree = { ans = 3 }", "P-28 : une durée est attendue, sauf pour un renvoi"),
        ("duree_ancienne = { ans = 30 }", 'duree_ancienne = { renvoi = "creance" }', "P-27 : la durée ancienne manque"),
        ('effet = "nouveau_delai_contre_tous"', 'effet = "nouveau"', "INT-SOL : effet inconnu « nouveau »"),
        ('statut = "confirme"', 'statut = "sûr"', "P-27 : statut inconnu « sûr »"),
        (
            '["creancier.commercant", "vrai", true]',
            '["creancier.marchand", "vrai", true]',
            "P-01 : champ non déclaré « creancier.marchand »",
        ),
        (
            '["debiteur.qualite", "eq", "personne_publique"]',
            '["debiteur.qualite", "eq", "commune"]',
            "P-20 : Le code « commune » n'est pas déclaré parmi les debiteur.qualite",
        ),
    ],
)
def test_une_table_fautive_arrete_au_chargement(avant, apres, dit):
    assert avant in TEXTE
    with pytest.raises(ErreurExigible) as erreur:
        parse_table(TEXTE.replace(avant, apres, 1))
    assert (erreur.value.code, erreur.value.message) == ("regle_invalide", f"Règle de prescription {dit}.")


@pytest.mark.parametrize(
    ("apres", "identifiant"), [('id = "INT-SOL"', "INT-SOL"), ("duree_ancienne = { ans = 30 }", "P-27")]
)
def test_un_statut_inconnu_nomme_sa_cause_ou_sa_regle(apres, identifiant):
    avant, reste = TEXTE.split(apres, 1)
    with pytest.raises(ErreurExigible) as erreur:
        parse_table(avant + apres + reste.replace('statut = "', 'statut = "non-', 1))
    assert erreur.value.message.startswith(f"Règle de prescription {identifiant} : statut inconnu « non-")


def test_la_duree_ancienne_est_plus_longue_que_la_nouvelle():
    lois = [(regle, regle.loi_nouvelle) for regle in TABLE.regles if regle.loi_nouvelle]
    assert {regle.identifiant for regle, _ in lois} == {"P-01", "P-02", "P-06", "P-09", "P-11", "P-27"}
    assert all(loi.ancienne_mois > regle.duree_mois for regle, loi in lois)


def test_une_regle_sans_duree_ne_se_choisit_pas_par_defaut():
    assert [regle.identifiant for regle in TABLE.regles if regle.duree_mois is None] == ["P-28"]


# ---------------------------------------------------------------- the pages of the rules

REGLES_DOC = Path(__file__).parents[2] / "docs" / "regles"


@pytest.mark.parametrize(
    ("page", "identifiants"),
    [
        ("prescription.md", [f"| {regle.identifiant} | `{regle.alias}` |" for regle in TABLE.regles]),
        ("causes-d-interruption-et-de-suspension.md", [f"| `{code}` |" for code in TABLE.causes]),
    ],
)
def test_la_page_de_la_regle_dit_tout(page, identifiants):
    texte = (REGLES_DOC / page).read_text(encoding="utf-8")
    assert [identifiant for identifiant in identifiants if identifiant not in texte] == []


# ---------------------------------------------------------------- what is read is what is written

GENRES = {"suspension": Effet.SUSPENSION, "deplacement": Effet.DEPLACEMENT, "sans_effet": Effet.AUCUN}


def read_effet(effet):
    """Say what the words of the table do: a title, a new time at the end of something, or at once."""
    if effet == "duree_remplacee_P-27":
        return Effet.TITRE
    return Effet.JUSQU_A_LA_FIN if effet.startswith("jusqu_a_") else Effet.NOUVEAU_DELAI


def count_mois(duree):
    return duree.get("mois") or (duree["ans"] * 12 if "ans" in duree else None)


def test_chaque_cause_est_lue_comme_elle_est_ecrite():
    lues = parse_table(TEXTE).causes
    for genre in ("interruption", *GENRES):
        for ecrite in BRUT[genre]:
            lue = lues[ecrite["id"]]
            assert (lue.identifiant, lue.libelle, lue.statut) == (ecrite["id"], ecrite["libelle"], ecrite["statut"])
            assert lue.effet is (GENRES.get(genre) or read_effet(ecrite["effet"]))
            assert (list(lue.articles), list(lue.sources)) == (ecrite["articles"], ecrite["sources"])
            # a forclusion yields to nothing but what the table says, and to what moves its start
            assert lue.opere_sur_forclusion is ecrite.get("opere_sur_forclusion", genre == "deplacement")
            for champ in ("instance_eventuelle", "echappe_au_butoir", "vaut_reclamation", "sauf_par_echeance"):
                assert getattr(lue, champ) is ecrite.get(champ, False)
            assert list(lue.non_avenue_si) == ecrite.get("non_avenue_si", [])
            assert lue.regles == set(ecrite.get("regles", []))
            assert (lue.reprise_minimum_mois, lue.depuis) == (
                ecrite.get("reprise_minimum_mois", 0),
                ecrite.get("depuis", date.min),
            )


def test_chaque_regle_est_lue_comme_elle_est_ecrite():
    table = parse_table(TEXTE)
    for ecrite in BRUT["regle"]:
        lue = table.get_regle(ecrite["id"])
        assert (lue.alias, lue.libelle, lue.statut, lue.genre) == tuple(
            ecrite[champ] for champ in ("alias", "libelle", "statut", "type")
        )
        assert lue.noms == {ecrite["alias"], *ecrite.get("autres_noms", [])}
        assert [(c.champ, c.operateur) for c in lue.si] == [(champ, op) for champ, op, _ in ecrite["si"]]
        assert lue.duree_mois == count_mois(ecrite["duree"])
        for champ in ("depart_prudent", "depart_plaidable", "par_echeance", "courrier_interruptif", "clause_possible"):
            assert getattr(lue, champ) == ecrite[champ]
        for champ, defaut in (
            ("butoir_exclu", False),
            ("titre_change_duree", True),
            ("preserve_par_reclamation", False),
        ):
            assert getattr(lue, champ) is ecrite.get(champ, defaut)
        assert (list(lue.articles), list(lue.sources)) == (ecrite["articles"], ecrite["sources"])
        assert list(lue.articles_suspension) == ecrite.get("articles_suspension", [])
        assert (lue.note, lue.reserve) == (ecrite.get("note", ""), ecrite.get("reserve", ""))
        loi = ecrite.get("loi_nouvelle")
        assert (lue.loi_nouvelle is None) == (loi is None)
        if loi:
            assert lue.loi_nouvelle.entree_en_vigueur == loi["entree_en_vigueur"]
            assert lue.loi_nouvelle.ancienne_mois == count_mois(loi["duree_ancienne"])
            assert (list(lue.loi_nouvelle.articles), lue.loi_nouvelle.statut) == (loi["articles"], loi["statut"])
    assert {regle.identifiant for regle in table.regles if regle.annuelle} == {"P-20"}


def test_le_butoir_la_clause_et_les_departs_sont_lus_comme_ils_sont_ecrits():
    table, butoir, clause = parse_table(TEXTE), BRUT["butoir"], BRUT["clause"]
    assert table.lexique.champs == BRUT["champs"]
    assert (table.butoir_mois, table.butoir_article) == (240, "C. civ. 2232")
    assert table.butoir_a_verifier_avant == butoir["a_verifier_avant"]
    assert (table.clause_bornes_ans, table.clause_article) == ((1, 10), clause["article"])
    assert list(table.articles_tardifs) == BRUT["tardif"]["articles"]
    assert {code: (lu.libelle, lu.echappe_au_butoir) for code, lu in table.departs.items()} == {
        ecrit["code"]: (ecrit["libelle"], ecrit.get("echappe_au_butoir", False)) for ecrit in BRUT["depart"]
    }
