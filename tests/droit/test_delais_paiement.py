"""The legal maximum of a payment term, and what the reader is told beside it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.delais_paiement import DecompteOutreMer, check_echeance, compute_decompte
from exigible.droit.echeances import ConditionsPaiement, MethodeEcheance, compute_echeance, parse_conditions
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.plafonds import NaturePaiement, load_plafonds

FACTURES = st.dates(date(2009, 1, 1), date(2050, 12, 31))


def check(facture, texte, **options):
    return check_echeance(facture, parse_conditions(texte) if texte else None, **options)


def list_codes(controle):
    return [avertissement.code for avertissement in controle.avertissements]


@pytest.mark.parametrize(
    ("facture", "texte", "echeance", "maximum", "conforme"),
    [
        (date(2026, 3, 5), "60 jours", date(2026, 5, 4), date(2026, 5, 4), True),
        (date(2026, 3, 5), "61 jours", date(2026, 5, 5), date(2026, 5, 4), False),
        (date(2026, 3, 5), "90 jours", date(2026, 6, 3), date(2026, 5, 4), False),
        (date(2026, 3, 5), "45 jours fin de mois", date(2026, 4, 30), date(2026, 4, 30), True),
        (date(2026, 3, 5), "fin de mois 45 jours", date(2026, 5, 15), date(2026, 5, 15), True),
        (date(2026, 3, 5), "fin de mois 46 jours", date(2026, 5, 16), date(2026, 5, 4), False),
        (date(2026, 3, 5), "60 jours fin de mois", date(2026, 5, 31), date(2026, 5, 4), False),
        (date(2026, 3, 20), "60 jours fin de mois", date(2026, 5, 31), date(2026, 5, 19), False),
        (date(2026, 3, 31), "fin de mois 50 jours", date(2026, 5, 20), date(2026, 5, 30), True),
        (date(2026, 1, 10), "30 jours fin de mois le 10", date(2026, 3, 10), date(2026, 3, 11), True),
        (date(2026, 1, 5), "30 jours fin de mois le 10", date(2026, 3, 10), date(2026, 3, 6), False),
        (date(2026, 3, 5), "comptant", date(2026, 3, 5), date(2026, 5, 4), True),
    ],
)
def test_cas_general(facture, texte, echeance, maximum, conforme):
    controle = check(facture, texte)
    assert (controle.echeance, controle.maximum, controle.conforme) == (echeance, maximum, conforme)
    assert controle.articles == ("C. com. L441-10 I",)
    assert ("echeance_au_dela_du_maximum" in list_codes(controle)) is not conforme


@pytest.mark.parametrize(
    ("nature", "texte", "maximum", "article"),
    [
        ("periodique", "45 jours", date(2026, 4, 19), "C. com. L441-10 I"),
        ("transport", "30 jours", date(2026, 4, 4), "C. com. L441-11 II 5°"),
        ("perissable", "30 jours", date(2026, 4, 2), "C. com. L441-11 II 1° a"),
        ("perissable_periodique", "30 jours", date(2026, 4, 9), "C. com. L441-11 II 1° b"),
        ("fruits_legumes_integration", "30 jours", date(2026, 4, 30), "C. com. L441-11 II 1° c"),
        ("betail", "20 jours", date(2026, 3, 23), "C. com. L441-11 II 2°"),
        ("alcool", "fin de mois", date(2026, 4, 30), "C. com. L441-11 II 3°"),
        ("vin", "45 jours fin de mois", date(2026, 4, 30), "C. com. L441-11 II 4°"),
        ("vin", "60 jours", date(2026, 5, 4), "C. com. L441-11 II 4°"),
        ("export", "90 jours", date(2026, 6, 3), "C. com. L441-12"),
        ("public", "30 jours", date(2026, 4, 2), "CCP R2192-10"),
        ("public_sante", "50 jours", date(2026, 4, 22), "CCP R2192-11 1°"),
        ("entreprise_publique", "60 jours", date(2026, 5, 2), "CCP R2192-11 2°"),
    ],
)
def test_chaque_nature(nature, texte, maximum, article):
    """Invoice of 5 March, delivery or reception on the 3rd."""
    controle = check(date(2026, 3, 5), texte, depart=date(2026, 3, 3), nature=NaturePaiement(nature))
    assert (controle.maximum, controle.articles) == (maximum, (article,))
    assert ("maximum_sous_condition" in list_codes(controle)) is (nature == "export")
    assert "valeur_a_verifier" not in list_codes(controle)


def test_la_clause_compte_de_la_facture_ou_de_la_reception():
    options = {"depart": date(2026, 3, 20)}
    assert check(date(2026, 3, 5), "30 jours", **options).echeance == date(2026, 4, 4)
    assert check(date(2026, 3, 5), "30 jours à réception", **options).echeance == date(2026, 4, 19)


def test_sans_clause_trente_jours_apres_reception():
    controle = check(date(2026, 3, 5), None, depart=date(2026, 3, 10))
    assert (controle.echeance, controle.conforme) == (date(2026, 4, 9), True)
    assert controle.conditions == parse_conditions("30 jours à réception")
    assert controle.avertissements == ()
    assert list_codes(check(date(2026, 3, 5), None)) == ["depart_suppose"]


def test_sans_clause_un_maximum_plus_court_l_emporte():
    controle = check(date(2026, 3, 5), None, depart=date(2026, 3, 5), nature=NaturePaiement.BETAIL)
    assert (controle.echeance, controle.conforme) == (date(2026, 3, 25), True)
    assert controle.articles == ("C. com. L441-11 II 2°", "C. com. L441-10 I")
    assert "Ramenée au maximum légal : 25/03/2026." in controle.explication


def test_sans_clause_l_acheteur_public_a_son_delai():
    controle = check(date(2026, 3, 5), None, depart=date(2026, 3, 6), nature=NaturePaiement.PUBLIC_SANTE)
    assert (controle.echeance, controle.maximum) == (date(2026, 4, 25), date(2026, 4, 25))
    assert controle.articles == ("CCP R2192-11 1°",)


def test_le_depart_suppose_se_dit():
    controle = check(date(2026, 3, 5), "30 jours à réception", nature=NaturePaiement.PERISSABLE)
    assert list_codes(controle) == ["depart_suppose"]
    assert "depuis la livraison ou la réception" in controle.avertissements[0].message


def test_les_deux_lectures():
    controle = check(date(2026, 3, 5), "45 jours fin de mois")
    assert controle.autre_lecture == date(2026, 5, 15)
    assert list_codes(controle) == ["deux_methodes"]
    assert "15/05/2026" in controle.avertissements[0].message
    assert "expressément" in controle.explication
    assert check(date(2026, 3, 5), "30 jours fin de mois").avertissements == ()  # 30/04 both ways
    assert check(date(2026, 3, 5), "fin de mois 45 jours").autre_lecture is None


def test_une_clause_trop_longue_pour_d_autres_factures():
    controle = check(date(2026, 3, 1), "60 jours fin de mois")
    assert controle.echeance == controle.maximum == date(2026, 4, 30)
    assert "clause_au_dela_du_maximum" in list_codes(controle)
    assert "clause_au_dela_du_maximum" not in list_codes(check(date(2026, 3, 20), "45 jours fin de mois"))
    transport = check(date(2026, 3, 31), "fin de mois 30 jours", nature=NaturePaiement.TRANSPORT)
    assert (transport.conforme, transport.avertissements) == (True, ())


def test_l_amende_ne_vise_pas_l_acheteur_public():
    prive, public = (
        check(date(2026, 3, 5), "90 jours", depart=date(2026, 3, 5), nature=nature).avertissements[-1].message
        for nature in (NaturePaiement.GENERAL, NaturePaiement.PUBLIC)
    )
    assert "L441-16" in prive
    assert "L441-16" not in public


def test_avant_la_loi_pas_de_maximum():
    controle = check(date(2008, 12, 31), "90 jours")
    assert (controle.echeance, controle.maximum, controle.conforme) == (date(2009, 3, 31), None, None)
    assert list_codes(controle) == ["maximum_inconnu"]
    assert check(date(2009, 1, 1), "90 jours").conforme is False
    assert check(date(2008, 12, 31), None).echeance == date(2009, 1, 30)


@pytest.mark.parametrize(
    ("facture", "nature", "codes"),
    [
        (date(2026, 12, 31), "general", []),
        (date(2027, 1, 1), "general", ["texte_a_relire"]),
        (date(2027, 1, 1), "periodique", ["texte_a_relire"]),
        (date(2027, 1, 1), "transport", []),
        (date(2014, 3, 18), "periodique", ["maximum_inconnu"]),
        (date(2014, 3, 19), "periodique", []),
        (date(2016, 12, 10), "export", ["maximum_inconnu"]),
        (date(2016, 12, 11), "export", ["maximum_sous_condition"]),
        (date(2026, 3, 5), "cuir", ["valeur_a_verifier"]),
    ],
)
def test_ce_qui_est_a_relire(facture, nature, codes):
    assert list_codes(check(facture, "30 jours", nature=NaturePaiement(nature))) == codes


def test_la_table():
    table = load_plafonds()
    assert set(table.par_nature) == set(NaturePaiement)
    assert table.verifie_le <= table.a_relire_le
    for plafond in table.par_nature.values():
        assert plafond.source
        assert plafond.libelle
        assert plafond.note or not (plafond.a_verifier or plafond.a_verifier_debut)
        assert [regle.methode for regle in plafond.regles[:-1]].count("fin_de_mois") == 0
        assert all(regle.jours > 0 for regle in plafond.regles)
    assert table.outre_mer.source


@given(FACTURES, st.integers(0, 366))
def test_soixante_jours_exactement(facture, jours):
    controle = check_echeance(facture, ConditionsPaiement(jours))
    assert controle.maximum == facture + timedelta(days=60)
    assert controle.conforme is (jours <= 60)


@given(FACTURES, st.sampled_from([MethodeEcheance.FIN_DE_MOIS_APRES, MethodeEcheance.FIN_DE_MOIS_AVANT]))
def test_quarante_cinq_jours_fin_de_mois_est_toujours_permis(facture, methode):
    conditions = ConditionsPaiement(45, methode)
    controle = check_echeance(facture, conditions)
    assert controle.conforme
    assert controle.echeance == controle.maximum == compute_echeance(facture, conditions)


@given(
    FACTURES, st.integers(0, 366), st.integers(0, 12), st.sampled_from(MethodeEcheance), st.sampled_from(NaturePaiement)
)
def test_conforme_veut_dire_pas_apres_le_maximum(facture, jours, mois, methode, nature):
    conditions = ConditionsPaiement(jours, methode, mois=mois)
    controle = check_echeance(facture, conditions, depart=facture, nature=nature)
    assert (controle.conforme is None) == (controle.maximum is None)
    if controle.maximum is not None:
        assert controle.conforme is (controle.echeance <= controle.maximum)


@pytest.mark.parametrize(
    ("facture", "texte", "conforme", "codes"),
    [
        (date(2026, 3, 5), "2 mois", False, ["mois_de_quantieme", "echeance_au_dela_du_maximum"]),
        (date(2026, 1, 15), "2 mois", True, ["mois_de_quantieme", "clause_au_dela_du_maximum"]),
        (date(2026, 3, 5), "un mois", True, ["mois_de_quantieme"]),
        (date(2026, 3, 1), "un mois fin de mois", True, ["mois_de_quantieme"]),
        (date(2026, 3, 1), "2 mois fin de mois", False, ["mois_de_quantieme", "echeance_au_dela_du_maximum"]),
        (
            date(2026, 3, 1),
            "un mois et demi fin de mois",
            True,
            ["mois_de_quantieme", "deux_methodes", "clause_au_dela_du_maximum"],
        ),
    ],
)
def test_les_mois_se_mesurent_aux_jours_de_la_loi(facture, texte, conforme, codes):
    controle = check(facture, texte)
    assert controle.conforme is conforme
    assert list_codes(controle) == codes
    assert controle.articles == ("C. com. L441-10 I", "C. com. L511-24")


@pytest.mark.parametrize(
    ("nature", "texte", "maximum", "article"),
    [
        ("espaces_verts", "55 jours fin de mois", date(2026, 4, 30), "C. com. D441-5-1 I 1°"),
        ("espaces_verts", "60 jours", date(2026, 5, 4), "C. com. D441-5-1 I 1°"),
        ("materiel_agricole", "110 jours fin de mois", date(2026, 6, 30), "C. com. D441-5-1 I 2°"),
        ("materiel_agricole", "110 jours", date(2026, 6, 23), "C. com. D441-5-1 I 2°"),
        ("sport_neige", "90 jours", date(2026, 6, 3), "C. com. D441-5-1 II"),
        ("cuir", "54 jours fin de mois", date(2026, 4, 30), "C. com. D441-5-1 III"),
        ("horlogerie", "59 jours fin de mois", date(2026, 5, 31), "C. com. D441-5-1 IV"),
        ("horlogerie", "74 jours", date(2026, 5, 18), "C. com. D441-5-1 IV"),
    ],
)
def test_les_secteurs_saisonniers_sont_a_verifier(nature, texte, maximum, article):
    controle = check(date(2026, 3, 5), texte, nature=NaturePaiement(nature))
    assert (controle.maximum, controle.conforme, controle.articles) == (maximum, True, (article,))
    assert "valeur_a_verifier" in list_codes(controle)
    assert check(date(2015, 12, 31), texte, nature=NaturePaiement(nature)).maximum is None


def test_avant_2019_toute_facture_de_perissables_compte_de_la_decade():
    avant = date(2019, 4, 25)
    assert check(avant, "30 jours", nature=NaturePaiement.PERISSABLE, depart=avant).maximum is None
    decade = check(avant, "30 jours", nature=NaturePaiement.PERISSABLE_PERIODIQUE, depart=avant)
    assert decade.maximum == date(2019, 5, 30)


@pytest.mark.parametrize(
    ("dedouanement", "mise_a_disposition", "decompte"),
    [
        (None, None, None),
        (date(2026, 4, 20), None, DecompteOutreMer(date(2026, 4, 20), dedouanement_connu=True)),
        (None, date(2026, 3, 10), DecompteOutreMer(date(2026, 3, 31), dedouanement_connu=False)),
        (date(2026, 4, 20), date(2026, 3, 10), DecompteOutreMer(date(2026, 3, 31), dedouanement_connu=True)),
        (date(2026, 3, 28), date(2026, 3, 10), DecompteOutreMer(date(2026, 3, 28), dedouanement_connu=True)),
    ],
)
def test_le_decompte_outre_mer(dedouanement, mise_a_disposition, decompte):
    assert compute_decompte(dedouanement, mise_a_disposition) == decompte


def test_outre_mer_le_maximum_compte_du_dedouanement_et_la_clause_de_la_facture():
    decompte = compute_decompte(date(2026, 4, 20), None)
    controle = check(date(2026, 3, 5), "90 jours", outre_mer=decompte)
    assert (controle.echeance, controle.maximum, controle.conforme) == (date(2026, 6, 3), date(2026, 6, 19), True)
    assert controle.articles == ("C. com. L441-10 I", "C. com. L441-13")
    assert controle.avertissements == ()
    assert "Outre-mer, les délais de la loi se comptent du 20/04/2026." in controle.explication


def test_outre_mer_sans_clause_le_delai_de_la_loi_compte_du_dedouanement():
    controle = check(date(2026, 3, 5), None, outre_mer=compute_decompte(date(2026, 4, 20), None))
    assert (controle.echeance, controle.avertissements) == (date(2026, 5, 20), ())
    betail = check(
        date(2026, 3, 5), None, outre_mer=compute_decompte(date(2026, 4, 20), None), nature=NaturePaiement.BETAIL
    )
    assert (betail.echeance, betail.maximum) == (date(2026, 5, 10), date(2026, 5, 10))


def test_outre_mer_sans_dedouanement_on_le_demande():
    controle = check(date(2026, 3, 5), "30 jours à réception", outre_mer=compute_decompte(None, date(2026, 3, 10)))
    assert list_codes(controle) == ["depart_suppose", "dedouanement_inconnu"]
    assert "31/03/2026" in controle.avertissements[1].message


@pytest.mark.parametrize(
    ("facture", "nature"),
    [
        (date(2026, 3, 5), "transport"),
        (date(2026, 3, 5), "export"),
        (date(2026, 3, 5), "public"),
        (date(2012, 11, 21), "general"),
    ],
)
def test_outre_mer_ne_vaut_pas_partout(facture, nature):
    decompte = compute_decompte(facture, None)
    with pytest.raises(ErreurSaisie, match="22/11/2012") as erreur:
        check(facture, "30 jours", nature=NaturePaiement(nature), outre_mer=decompte)
    assert (erreur.value.code, erreur.value.champ) == ("outre_mer_sans_objet", "dedouanement")
    assert check(date(2012, 11, 22), "60 jours", outre_mer=decompte).conforme is not None
