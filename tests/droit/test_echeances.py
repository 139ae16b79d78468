"""Payment terms: reading them as people write them, counting them, writing them back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.echeances import (
    ConditionsPaiement,
    DepartEcheance,
    MethodeEcheance,
    compute_echeance,
    compute_fin_decade,
    explain_echeance,
    format_conditions,
    parse_conditions,
)
from exigible.droit.erreurs import ErreurSaisie

JOURS, APRES, AVANT, DECADE = MethodeEcheance
RECEPTION, LIVRAISON = DepartEcheance.RECEPTION, DepartEcheance.LIVRAISON
CONDITIONS = st.builds(
    ConditionsPaiement,
    st.integers(0, 366),
    st.sampled_from(MethodeEcheance),
    st.none() | st.integers(1, 31),
    st.sampled_from(DepartEcheance),
    st.integers(0, 12),
)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("30 jours", ConditionsPaiement(30)),
        ("1 jour", ConditionsPaiement(1)),
        ("30 jours nets", ConditionsPaiement(30)),
        ("30j nets", ConditionsPaiement(30)),
        ("net 30", ConditionsPaiement(30)),
        ("30 net", ConditionsPaiement(30)),
        ("sous 30 jours", ConditionsPaiement(30)),
        ("paiement à 30 jours", ConditionsPaiement(30)),
        ("30 jours calendaires", ConditionsPaiement(30)),
        ("trente jours", ConditionsPaiement(30)),
        ("60 jours date de facture", ConditionsPaiement(60)),
        ("60 jours nets date de facture", ConditionsPaiement(60)),
        ("60 jours (date d'émission de la facture)", ConditionsPaiement(60)),
        ("60 jours DF", ConditionsPaiement(60)),
        ("À 45 jours à compter de la date d’émission de la facture", ConditionsPaiement(45)),
        ("45 jours fin de mois", ConditionsPaiement(45, APRES)),
        ("45 jours fin du mois", ConditionsPaiement(45, APRES)),
        ("45 jours nets fin de mois", ConditionsPaiement(45, APRES)),
        ("45 jours date de facture fin de mois", ConditionsPaiement(45, APRES)),
        ("45 jours fin de mois date de facture", ConditionsPaiement(45, APRES)),
        ("quarante-cinq jours fin de mois", ConditionsPaiement(45, APRES)),
        ("45 fin de mois", ConditionsPaiement(45, APRES)),
        ("45j fdm", ConditionsPaiement(45, APRES)),
        ("45 JFM", ConditionsPaiement(45, APRES)),
        ("45jfdm", ConditionsPaiement(45, APRES)),
        ("45 j. f.d.m.", ConditionsPaiement(45, APRES)),
        ("45 j.f.m.", ConditionsPaiement(45, APRES)),
        ("45FDM", ConditionsPaiement(45, APRES)),
        ("30 jours - fin de mois", ConditionsPaiement(30, APRES)),
        ("LCR à 45 jours fin de mois", ConditionsPaiement(45, APRES)),
        ("Virement : 30 jours fin de mois", ConditionsPaiement(30, APRES)),
        ("fin de mois 45 jours", ConditionsPaiement(45, AVANT)),
        ("Fin de mois + 45 jours", ConditionsPaiement(45, AVANT)),
        ("FDM + 45 jours", ConditionsPaiement(45, AVANT)),
        ("45 jours après la fin du mois", ConditionsPaiement(45, AVANT)),
        ("45 jours à compter de la fin du mois d'émission de la facture", ConditionsPaiement(45, AVANT)),
        ("fin du mois d'émission de la facture plus 45 jours", ConditionsPaiement(45, AVANT)),
        ("fin de mois", ConditionsPaiement(0, AVANT)),
        ("30 jours fin de mois le 10", ConditionsPaiement(30, APRES, 10)),
        ("30 j fdm, le 10 du mois suivant", ConditionsPaiement(30, APRES, 10)),
        ("30 jours le 10 du mois suivant", ConditionsPaiement(30, APRES, 10)),
        ("fin de mois le 10", ConditionsPaiement(0, AVANT, 10)),
        ("le 10 du mois suivant", ConditionsPaiement(0, AVANT, 10)),
        ("fin du mois suivant", ConditionsPaiement(0, AVANT, 31)),
        ("Fin de mois prochain", ConditionsPaiement(0, AVANT, 31)),
        ("fin du mois suivant la livraison", ConditionsPaiement(0, AVANT, 31, LIVRAISON)),
        ("45 jours fin de mois suivant la date de facture", ConditionsPaiement(45, APRES)),
        ("30 jours fin de mois + 10 jours", ConditionsPaiement(30, APRES, 10)),
        ("30 j FDM 10", ConditionsPaiement(30, APRES, 10)),
        ("FDM+45", ConditionsPaiement(45, AVANT)),
        ("FM 45", ConditionsPaiement(45, AVANT)),
        ("45 jours puis fin de mois", ConditionsPaiement(45, APRES)),
        ("fin de mois puis 45 jours", ConditionsPaiement(45, AVANT)),
        ("45 jours fin-de-mois", ConditionsPaiement(45, APRES)),
        ("30 (trente) jours", ConditionsPaiement(30)),
        ("quinze jours", ConditionsPaiement(15)),
        ("sous huit jours", ConditionsPaiement(8)),
        ("quatre-vingt-dix jours", ConditionsPaiement(90)),
        ("30 jours D.F.", ConditionsPaiement(30)),
        ("30 jours d.d.f.", ConditionsPaiement(30)),
        ("30 jours au plus tard", ConditionsPaiement(30)),
        ("30 jours fin de mois, sans escompte", ConditionsPaiement(30, APRES)),
        ("Paiement à 30 jours. Pas d'escompte pour paiement anticipé", ConditionsPaiement(30)),
        ("Conditions : 30 jours", ConditionsPaiement(30)),
        ("30 jours après l'exécution de la prestation", ConditionsPaiement(30, depart=LIVRAISON)),
        ("60 jours le 17", ConditionsPaiement(60, JOURS, 17)),
        ("30 jours fin de décade", ConditionsPaiement(30, DECADE)),
        ("30 jours après la fin de la décade de livraison", ConditionsPaiement(30, DECADE, None, LIVRAISON)),
        ("comptant", ConditionsPaiement(0)),
        ("Paiement comptant", ConditionsPaiement(0)),
        ("à réception", ConditionsPaiement(0, depart=RECEPTION)),
        ("A réception de facture", ConditionsPaiement(0, depart=RECEPTION)),
        ("comptant à réception", ConditionsPaiement(0, depart=RECEPTION)),
        ("à la livraison", ConditionsPaiement(0, depart=LIVRAISON)),
        ("30 jours à réception de facture", ConditionsPaiement(30, depart=RECEPTION)),
        ("30 jours après réception des marchandises", ConditionsPaiement(30, depart=RECEPTION)),
        ("30 jours fin de mois de livraison", ConditionsPaiement(30, APRES, None, LIVRAISON)),
        ("2 mois", ConditionsPaiement(0, mois=2)),
        ("2mois", ConditionsPaiement(0, mois=2)),
        ("à un mois", ConditionsPaiement(0, mois=1)),
        ("deux (2) mois", ConditionsPaiement(0, mois=2)),
        ("un (1) mois", ConditionsPaiement(0, mois=1)),
        ("3 mois nets", ConditionsPaiement(0, mois=3)),
        ("un mois date de facture", ConditionsPaiement(0, mois=1)),
        ("1 mois à compter de la date de facture", ConditionsPaiement(0, mois=1)),
        ("traite à 2 mois", ConditionsPaiement(0, mois=2)),
        ("1 mois fin de mois", ConditionsPaiement(0, APRES, mois=1)),
        ("fin de mois + 1 mois", ConditionsPaiement(0, AVANT, mois=1)),
        ("1 mois après la fin du mois", ConditionsPaiement(0, AVANT, mois=1)),
        ("2 mois le 10", ConditionsPaiement(0, JOURS, 10, mois=2)),
        ("2 mois fin de mois le 10", ConditionsPaiement(0, APRES, 10, mois=2)),
        ("1 mois le 10 du mois suivant", ConditionsPaiement(0, APRES, 10, mois=1)),
        ("un mois et demi", ConditionsPaiement(15, mois=1)),
        ("1 mois et 10 jours", ConditionsPaiement(10, mois=1)),
        ("2 mois après réception", ConditionsPaiement(0, depart=RECEPTION, mois=2)),
        ("demi-mois", ConditionsPaiement(15)),
        ("sous quinzaine", ConditionsPaiement(15)),
        ("sous huitaine", ConditionsPaiement(8)),
        ("30 JFM", ConditionsPaiement(30, APRES)),
        ("J+30", ConditionsPaiement(30)),
        ("le 10 M+1", ConditionsPaiement(0, AVANT, 10)),
        ("le 10 de M+1", ConditionsPaiement(0, AVANT, 10)),
        ("fin M+1", ConditionsPaiement(0, AVANT, 31)),
        ("10 du mois suivant", ConditionsPaiement(0, AVANT, 10)),
        ("30 jours fin de mois au 10", ConditionsPaiement(30, APRES, 10)),
        ("30 jours calendrier", ConditionsPaiement(30)),
        ("2 mois fdm 10", ConditionsPaiement(0, APRES, 10, mois=2)),
        ("30 jrs fdm", ConditionsPaiement(30, APRES)),
        ("60 j net", ConditionsPaiement(60)),
        ("45 jours fin de mois le 15", ConditionsPaiement(45, APRES, 15)),
        ("30 jours fin de mois le 10 du mois", ConditionsPaiement(30, APRES, 10)),
    ],
)
def test_lit_les_conditions(texte, attendu):
    assert parse_conditions(texte) == attendu


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        ("quand je pourrai", "conditions_illisibles"),
        ("", "conditions_illisibles"),
        ("30", "conditions_illisibles"),
        ("le 10", "conditions_illisibles"),
        ("de la facture", "conditions_illisibles"),
        ("-5 jours", "conditions_illisibles"),
        ("mois", "conditions_illisibles"),
        ("1 à 2 mois", "conditions_illisibles"),
        ("2 mois ou 60 jours", "conditions_illisibles"),
        ("2 mois et 3", "conditions_illisibles"),
        ("2 mois 3 mois", "conditions_illisibles"),
        ("15 jours 1 mois", "conditions_illisibles"),
        ("2 mois du mois suivant", "conditions_illisibles"),
        ("le 10 mois suivant", "conditions_illisibles"),
        ("30 jours fin de 2 mois", "conditions_illisibles"),
        ("30 jours 5", "conditions_illisibles"),
        ("M+1", "conditions_illisibles"),
        ("30 jours M+1", "conditions_illisibles"),
        ("J+", "conditions_illisibles"),
        ("13 mois", "conditions_invalides"),
        ("10 jours ouvrés", "conditions_illisibles"),
        ("30 à 45 jours", "conditions_illisibles"),
        ("30 jours ou 45 jours fin de mois", "conditions_illisibles"),
        ("fin de mois 30 jours fin de mois", "conditions_illisibles"),
        ("fin de mois fin de mois", "conditions_illisibles"),
        ("à réception après livraison", "conditions_illisibles"),
        ("soixante-quinze jours", "conditions_illisibles"),
        ("soixante quinze jours", "conditions_illisibles"),
        ("30 jours fin du mois suivant", "conditions_illisibles"),
        ("fin du mois suivant le 10", "conditions_illisibles"),
        ("fin de mois 30 %", "conditions_illisibles"),
        ("30 jours, escompte de 2 % à 8 jours", "conditions_illisibles"),
        ("30 jours fin de mois + 30 jours", "conditions_illisibles"),
        ("1000 jours", "conditions_illisibles"),
        ("\u0663\u0660 jours", "conditions_illisibles"),
        ("30 jours " * 20, "conditions_illisibles"),
        ("le 10 du mois suivant du mois suivant", "conditions_illisibles"),
        ("30 jours du mois suivant", "conditions_illisibles"),
        ("999 jours", "conditions_invalides"),
        ("30 jours fin de mois le 40", "conditions_invalides"),
        ("30 jours le 0", "conditions_invalides"),
    ],
)
def test_refuse_des_conditions(texte, code):
    with pytest.raises(ErreurSaisie) as erreur:
        parse_conditions(texte)
    assert erreur.value.code == code


def test_nomme_le_champ():
    with pytest.raises(ErreurSaisie, match="n'est pas comprise") as erreur:
        parse_conditions("plus tard", "--condition")
    assert erreur.value.champ == "--condition"


@pytest.mark.parametrize(
    ("depart", "texte", "echeance"),
    [
        (date(2026, 1, 15), "30 jours", date(2026, 2, 14)),
        (date(2026, 3, 5), "45 jours fin de mois", date(2026, 4, 30)),
        (date(2026, 3, 5), "fin de mois 45 jours", date(2026, 5, 15)),
        (date(2026, 1, 15), "30 jours fin de mois le 10", date(2026, 3, 10)),
        (date(2026, 1, 15), "fin de mois 30 jours le 10", date(2026, 3, 10)),
        (date(2026, 1, 15), "fin de mois le 10", date(2026, 2, 10)),
        (date(2026, 1, 15), "30 jours fin de mois le 31", date(2026, 3, 31)),
        (date(2026, 12, 20), "30 jours fin de mois le 31", date(2027, 2, 28)),
        (date(2026, 1, 15), "30 jours le 14", date(2026, 2, 14)),
        (date(2026, 1, 15), "30 jours le 13", date(2026, 3, 13)),
        (date(2024, 1, 31), "30 jours", date(2024, 3, 1)),
        (date(2026, 3, 5), "fin du mois suivant", date(2026, 4, 30)),
        (date(2026, 1, 31), "fin du mois suivant", date(2026, 2, 28)),
        (date(2026, 3, 5), "30 jours fin de mois + 10 jours", date(2026, 5, 10)),
        (date(2026, 1, 15), "comptant", date(2026, 1, 15)),
        (date(2026, 1, 15), "fin de mois", date(2026, 1, 31)),
        (date(2026, 3, 3), "30 jours fin de décade", date(2026, 4, 9)),
        (date(2026, 3, 11), "30 jours fin de décade", date(2026, 4, 19)),
        (date(2026, 3, 21), "30 jours fin de décade", date(2026, 4, 30)),
        (date(2026, 3, 21), "fin de décade", date(2026, 3, 31)),
        (date(2026, 3, 5), "2 mois", date(2026, 5, 5)),
        (date(2026, 1, 31), "1 mois", date(2026, 2, 28)),
        (date(2024, 1, 31), "1 mois", date(2024, 2, 29)),
        (date(2026, 1, 31), "un mois et demi", date(2026, 3, 15)),
        (date(2026, 3, 5), "1 mois fin de mois", date(2026, 4, 30)),
        (date(2026, 2, 10), "fin de mois + 1 mois", date(2026, 3, 31)),
        (date(2026, 2, 10), "fin de mois 1 mois et 10 jours", date(2026, 4, 10)),
        (date(2026, 3, 5), "2 mois le 10", date(2026, 5, 10)),
        (date(2026, 3, 3), "fin de décade 1 mois", date(2026, 4, 10)),
    ],
)
def test_echeance(depart, texte, echeance):
    assert compute_echeance(depart, parse_conditions(texte)) == echeance


@pytest.mark.parametrize(
    ("depart", "texte", "explication"),
    [
        (
            date(2026, 3, 5),
            "45 jours fin de mois",
            "Départ : 05/03/2026 ; + 45 jours : 19/04/2026 ; fin du mois : 30/04/2026.",
        ),
        (
            date(2026, 3, 5),
            "fin de décade 1 jour le 15",
            "Départ : 05/03/2026 ; fin de la décade : 10/03/2026 ; + 1 jour : 11/03/2026 ; le 15 : 15/03/2026.",
        ),
        (
            date(2026, 1, 31),
            "un mois et demi fin de mois",
            "Départ : 31/01/2026 ; + 1 mois : 28/02/2026 ; + 15 jours : 15/03/2026 ; fin du mois : 31/03/2026.",
        ),
    ],
)
def test_explique_chaque_etape(depart, texte, explication):
    assert explain_echeance(depart, parse_conditions(texte)) == explication


@pytest.mark.parametrize(("jour", "fin"), [(1, 10), (10, 10), (11, 20), (20, 20), (21, 28), (28, 28)])
def test_fin_de_decade(jour, fin):
    assert compute_fin_decade(date(2026, 2, jour)) == date(2026, 2, fin)


@pytest.mark.parametrize(
    ("conditions", "texte"),
    [
        (ConditionsPaiement(1), "1 jour"),
        (ConditionsPaiement(0), "comptant"),
        (ConditionsPaiement(0, depart=RECEPTION), "à réception"),
        (ConditionsPaiement(0, depart=LIVRAISON), "à la livraison"),
        (ConditionsPaiement(30, depart=LIVRAISON), "30 jours à compter de la livraison"),
        (ConditionsPaiement(45, APRES, 10), "45 jours fin de mois le 10"),
        (ConditionsPaiement(45, AVANT), "fin de mois 45 jours"),
        (ConditionsPaiement(0, AVANT, 10), "fin de mois le 10"),
        (ConditionsPaiement(30, DECADE, None, LIVRAISON), "fin de décade 30 jours à compter de la livraison"),
        (ConditionsPaiement(0, JOURS, 5), "0 jour le 5"),
        (ConditionsPaiement(0, mois=2), "2 mois"),
        (ConditionsPaiement(1, APRES, mois=1), "1 mois et 1 jour fin de mois"),
        (ConditionsPaiement(0, AVANT, mois=1), "fin de mois 1 mois"),
    ],
)
def test_ecrit_les_conditions(conditions, texte):
    assert format_conditions(conditions) == texte


@given(CONDITIONS, st.dates(date(2000, 1, 1), date(2050, 1, 1)))
def test_des_conditions_ecrites_se_relisent(conditions, depart):
    assert parse_conditions(format_conditions(conditions)) == conditions
    assert compute_echeance(depart, conditions) >= depart


@given(CONDITIONS, st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 40))
def test_une_facture_plus_tardive_n_echoit_pas_plus_tot(conditions, depart, ecart):
    apres = date.fromordinal(depart.toordinal() + ecart)
    assert compute_echeance(apres, conditions) >= compute_echeance(depart, conditions)


def test_l_autre_lecture_ajoute_les_jours_apres_la_fin_du_mois():
    conditions = ConditionsPaiement(45, APRES, 10, LIVRAISON)
    assert conditions.read_autrement() == ConditionsPaiement(45, AVANT, 10, LIVRAISON)


@pytest.mark.parametrize(("conditions", "jours"), [("2 mois", 62), ("un mois et demi", 46), ("45 jours", 45)])
def test_la_plus_longue_duree(conditions, jours):
    assert parse_conditions(conditions).jours_au_plus == jours


@pytest.mark.parametrize("mois", [-1, 13])
def test_refuse_des_mois_hors_limites(mois):
    with pytest.raises(ErreurSaisie, match="de 0 à 12 mois") as erreur:
        ConditionsPaiement(0, mois=mois)
    assert (erreur.value.code, erreur.value.champ) == ("conditions_invalides", "conditions")


def test_douze_mois_sont_lus():
    assert compute_echeance(date(2024, 2, 29), parse_conditions("12 mois")) == date(2025, 2, 28)
