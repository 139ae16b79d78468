"""What must be paid to go to court, and what is said when an amount was not read."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.competence_faits import Demande, Objet, Qualite, Voie
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.frais_justice import (
    Demandeur,
    compute_contribution_aide_juridique,
    compute_contribution_economique,
    compute_greffe_injonction,
)
from exigible.droit.voies_ouvertes import list_voies

D, JOUR = Decimal, date(2026, 11, 21)
MOYENNE = Demandeur(effectif=250, chiffre_affaires=D(60_000_000), benefice=D(3_000_001))


def list_frais(voie, jour=JOUR, **faits):
    champs = {"creancier": Qualite.SOCIETE_COMMERCIALE, "debiteur": Qualite.CONSOMMATEUR, "montant": D(3000)}
    demande = Demande(**(champs | {"objet": Objet.FACTURE, "jour": jour} | faits))
    return [frais for v in list_voies(demande) if v.voie is voie for frais in v.frais]


def list_codes(voie, jour=JOUR, **faits):
    return [frais.code for frais in list_frais(voie, jour, **faits)]


def test_le_greffe_du_tribunal_de_commerce():
    frais = compute_greffe_injonction(JOUR)
    assert frais.montant == D("30.23")
    assert [a.code for a in frais.avertissements] == ["valeur_a_verifier"]
    assert compute_greffe_injonction(date(2018, 2, 28)).montant == D("37.07")


@pytest.mark.parametrize("jour", [date(2018, 3, 1), date(2026, 2, 28), date(2028, 3, 1)])
def test_un_tarif_non_releve_n_est_pas_zero(jour):
    frais = compute_greffe_injonction(jour)
    assert frais.montant is None
    assert "non relevé" in frais.libelle


def test_la_contribution_pour_l_aide_juridique():
    assert compute_contribution_aide_juridique(date(2026, 2, 28)) is None
    frais = compute_contribution_aide_juridique(date(2026, 3, 1))
    assert frais.montant == D("50.00")
    assert [a.code for a in frais.avertissements] == ["valeur_a_verifier"]
    assert compute_contribution_aide_juridique(date(2027, 3, 1)).avertissements == ()


@pytest.mark.parametrize(
    ("pretentions", "jour", "demandeur", "montant"),
    [
        ("50000.01", JOUR, MOYENNE, "1500.00"),
        ("1000000", JOUR, MOYENNE, "30000.00"),
        ("2000000", JOUR, MOYENNE, "50000.00"),
        ("1000000", JOUR, Demandeur(249, D(60_000_000), D(4_000_000)), "0.00"),
        ("1000000", JOUR, Demandeur(250, D(50_000_000), D(4_000_000)), "0.00"),
        ("1000000", JOUR, Demandeur(250, D(60_000_000), D(3_000_000)), "0.00"),
        ("1000000", JOUR, Demandeur(250, D(1_500_000_000), D(4_000_000)), "30000.00"),
        ("1000000", JOUR, Demandeur(250, D(1_500_000_001), D("0.01")), "50000.00"),
        ("1000000", JOUR, Demandeur(250, D(1_500_000_001), D(0)), "0.00"),
        ("100000", JOUR, Demandeur(250, revenu_fiscal=D(250_000)), "0.00"),
        ("100000", JOUR, Demandeur(250, revenu_fiscal=D(500_001)), "2000.00"),
        ("10000000", JOUR, Demandeur(250, revenu_fiscal=D(2_000_000)), "50000.00"),
        ("1000000", JOUR, Demandeur(), None),
        ("1000000", JOUR, Demandeur(250), None),
        ("1000000", JOUR, Demandeur(250, D(60_000_000)), None),
        ("1000000", JOUR, Demandeur(None, D(60_000_000), D(4_000_000)), None),
    ],
)
def test_la_contribution_pour_la_justice_economique(pretentions, jour, demandeur, montant):
    frais = compute_contribution_economique(D(pretentions), jour, demandeur)
    assert frais.montant == (None if montant is None else D(montant))


@pytest.mark.parametrize(
    ("pretentions", "jour"), [("50000", JOUR), ("60000", date(2024, 12, 31)), ("60000", date(2029, 1, 1))]
)
def test_aucune_contribution_economique(pretentions, jour):
    assert compute_contribution_economique(D(pretentions), jour, MOYENNE) is None


def test_un_revenu_et_un_chiffre_d_affaires_se_contredisent():
    with pytest.raises(ErreurSaisie) as erreur:
        compute_contribution_economique(D(60000), JOUR, Demandeur(250, D(1), None, D(1)))
    assert (erreur.value.code, erreur.value.champ) == ("demandeur_ambigu", "revenu_fiscal")


def test_une_personne_physique_est_a_verifier():
    frais = compute_contribution_economique(D(100_000), JOUR, Demandeur(250, revenu_fiscal=D(300_000)))
    assert [a.code for a in frais.avertissements] == ["valeur_a_verifier"]


SOCIETE = {"debiteur": Qualite.SOCIETE_COMMERCIALE}
CAS = [
    (Voie.INJONCTION, {}, ["signification"]),
    (Voie.SIMPLIFIEE, {}, ["commissaire_de_justice"]),
    (Voie.FOND, {}, ["contribution_aide_juridique"]),
    (Voie.REFERE, {}, ["contribution_aide_juridique", "assignation"]),
    (Voie.FOND, {"jour": date(2025, 1, 1)}, []),
    (Voie.FOND, {"montant": D(12000)}, ["contribution_aide_juridique", "assignation", "avocat"]),
    (Voie.INJONCTION, {"montant": D(12000)}, ["signification"]),
    (Voie.INJONCTION, {"jour": date(2025, 1, 1)}, ["signification"]),
    (Voie.INJONCTION, SOCIETE, ["greffe_injonction", "signification"]),
    (Voie.FOND, SOCIETE, ["greffe", "assignation"]),
    (Voie.INJONCTION_EUROPEENNE, {**SOCIETE, "transfrontalier": True}, ["greffe", "signification"]),
    (Voie.INJONCTION_EUROPEENNE, {"transfrontalier": True}, ["signification"]),
    (Voie.INJONCTION_EUROPEENNE, {}, []),
    (Voie.FOND, {**SOCIETE, "code_postal": "67000", "montant": D(6000)}, ["assignation"]),
    (Voie.INJONCTION, {**SOCIETE, "code_postal": "67000"}, ["signification"]),
    (
        Voie.INJONCTION,
        {**SOCIETE, "code_postal": "75001", "montant": D(60000)},
        ["contribution_justice_economique", "greffe_injonction", "signification"],
    ),
    (Voie.INJONCTION, {**SOCIETE, "code_postal": "75001"}, ["greffe_injonction", "signification"]),
    (Voie.FOND, {"objet": Objet.SALAIRE}, ["contribution_aide_juridique"]),
    (Voie.FOND, {"debiteur": Qualite.PERSONNE_PUBLIQUE}, ["avocat"]),
    (Voie.FOND, {"objet": Objet.EXECUTION}, ["contribution_aide_juridique", "assignation"]),
    (Voie.FOND, {"objet": Objet.EXECUTION, "jour": date(2025, 1, 1)}, ["assignation"]),
]


@pytest.mark.parametrize(("voie", "faits", "attendus"), CAS)
def test_les_frais_de_chaque_voie(voie, faits, attendus):
    assert list_codes(voie, **faits) == attendus


def test_l_injonction_europeenne_se_signifie_selon_ses_propres_articles():
    assert [f.article for f in list_frais(Voie.INJONCTION_EUROPEENNE, transfrontalier=True)] == ["CPC 1424-5"]
    assert "CPC 1411" in {f.article for f in list_frais(Voie.INJONCTION)}
