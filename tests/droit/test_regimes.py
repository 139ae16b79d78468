from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.credit_consommation import Defaillance, compute_indemnite_credit
from exigible.droit.erreurs import ErreurBareme, ErreurSaisie
from exigible.droit.interets import QualiteCreancier, Regime, RegleInterets, compute_taux
from exigible.droit.pauses import MotifPause, Pause
from exigible.droit.regimes import (
    Depart,
    FaitsRegime,
    Objet,
    QualitePartie,
    choose_regime,
    indemnite_forfaitaire,
)
from exigible.droit.valeurs import ValeurAjoutee

PRO, PARTICULIER = QualiteCreancier.PROFESSIONNEL, QualiteCreancier.PARTICULIER
SOCIETE, PUBLIC = QualitePartie.PROFESSIONNEL, QualitePartie.PERSONNE_PUBLIQUE
MENAGE, SYNDICAT = QualitePartie.CONSOMMATEUR, QualitePartie.NON_PROFESSIONNEL
INCONNUE = QualitePartie.INCONNUE


@pytest.mark.parametrize(
    ("creancier", "debiteur", "regime", "indemnite"),
    [
        (PRO, QualitePartie.PROFESSIONNEL, Regime.COMMERCIAL, True),
        (PRO, QualitePartie.PERSONNE_PUBLIQUE, Regime.PUBLIC, True),
        (PRO, QualitePartie.CONSOMMATEUR, Regime.LEGAL, False),
        (PRO, QualitePartie.NON_PROFESSIONNEL, Regime.LEGAL, False),
        (PARTICULIER, QualitePartie.PROFESSIONNEL, Regime.LEGAL, False),
        (PARTICULIER, QualitePartie.CONSOMMATEUR, Regime.LEGAL, False),
        (PRO, QualitePartie.INCONNUE, None, False),
        (PARTICULIER, QualitePartie.INCONNUE, None, False),
    ],
)
def test_regime(creancier, debiteur, regime, indemnite):
    choix = choose_regime(creancier, debiteur)
    assert (choix.regime, choix.indemnite) == (regime, indemnite)
    assert choix.motif.endswith(".")
    assert bool(choix.articles) == (regime is not None)


def test_le_regime_public_suppose_un_contrat_de_la_commande_publique():
    assert [a.code for a in choose_regime(PRO, QualitePartie.PERSONNE_PUBLIQUE).avertissements] == [
        "contrat_public_a_verifier"
    ]


def test_indemnite_forfaitaire():
    valeur = indemnite_forfaitaire(date(2026, 11, 21))
    assert valeur.valeur == Decimal("40.00")
    assert valeur.article == "C. com. D441-5"
    with pytest.raises(ErreurBareme):
        indemnite_forfaitaire(date(2012, 6, 1))


def test_indemnite_forfaitaire_d_un_acheteur_public():
    valeur = indemnite_forfaitaire(date(2013, 7, 1), Regime.PUBLIC)
    assert (valeur.valeur, valeur.article) == (Decimal("40.00"), "CCP D2192-35")
    assert indemnite_forfaitaire(date(2013, 6, 30)).article == "C. com. D441-5"
    with pytest.raises(ErreurBareme):
        indemnite_forfaitaire(date(2013, 6, 30), Regime.PUBLIC)


# ---------------------------------------------------------------- the ten lines


@pytest.mark.parametrize(
    ("creancier", "debiteur", "faits", "lignes", "regime", "depart", "article"),
    [
        (PRO, SOCIETE, {"ouverture": date(2026, 1, 5)}, (1, 5), Regime.COMMERCIAL, Depart.ECHEANCE, "C. com. L622-28"),
        (
            PRO,
            MENAGE,
            {"recevabilite": date(2026, 1, 5)},
            (2, 10),
            Regime.LEGAL,
            Depart.MISE_EN_DEMEURE,
            "C. conso. L722-14",
        ),
        (
            PRO,
            MENAGE,
            {"recevabilite": date(2026, 1, 5), "ouverture": date(2026, 2, 5)},
            (1, 2, 10),
            Regime.LEGAL,
            Depart.MISE_EN_DEMEURE,
            "C. com. L622-28",
        ),
        (PRO, SOCIETE, {"condamnation": True}, (3,), Regime.LEGAL, Depart.JUGEMENT, "C. civ. 1231-7"),
        (PRO, INCONNUE, {"condamnation": True}, (3,), Regime.LEGAL, Depart.JUGEMENT, "CMF L313-3"),
        (PRO, PUBLIC, {"contrat_public": True}, (4,), Regime.PUBLIC, Depart.ECHEANCE, "CCP R2192-31"),
        (PRO, PUBLIC, {"entite_adjudicatrice": True}, (5,), Regime.COMMERCIAL, Depart.ECHEANCE, "CCP L2192-11"),
        (PRO, SOCIETE, {"clause_ecrite": True}, (5,), Regime.COMMERCIAL, Depart.ECHEANCE, "C. com. L441-10 II"),
        (
            PRO,
            MENAGE,
            {"objet": Objet.CREDIT_CONSOMMATION, "clause_ecrite": True},
            (6,),
            Regime.CONVENU,
            Depart.DEFAILLANCE,
            "C. conso. L312-39",
        ),
        (PRO, MENAGE, {"objet": Objet.COPROPRIETE}, (7,), Regime.LEGAL, Depart.MISE_EN_DEMEURE, "D. 67-223 art. 36"),
        (
            PRO,
            SOCIETE,
            {"objet": Objet.COPROPRIETE, "clause_ecrite": True},
            (7,),
            Regime.CONVENU,
            Depart.MISE_EN_DEMEURE,
            "D. 67-223 art. 36",
        ),
        (
            PARTICULIER,
            MENAGE,
            {"objet": Objet.BAIL_HABITATION, "clause_ecrite": True},
            (8,),
            Regime.LEGAL,
            Depart.MISE_EN_DEMEURE,
            "L. 89-462 art. 4 i",
        ),
        (PARTICULIER, SOCIETE, {"clause_ecrite": True}, (9,), Regime.CONVENU, Depart.CLAUSE, "C. civ. 1343-1"),
        (
            PRO,
            SOCIETE,
            {"objet": Objet.CONTRAT, "clause_ecrite": True},
            (9,),
            Regime.CONVENU,
            Depart.CLAUSE,
            "C. civ. 1343-1",
        ),
        (PRO, MENAGE, {}, (10,), Regime.LEGAL, Depart.MISE_EN_DEMEURE, "C. civ. 1231-6"),
        (PRO, PUBLIC, {"contrat_public": False}, (10,), Regime.LEGAL, Depart.MISE_EN_DEMEURE, "C. civ. 1231-6"),
        (PRO, SOCIETE, {"objet": Objet.BAIL_COMMERCIAL}, (10,), Regime.LEGAL, Depart.MISE_EN_DEMEURE, "C. civ. 1344-1"),
        (
            PRO,
            SOCIETE,
            {"objet": Objet.CREDIT_CONSOMMATION},
            (10,),
            Regime.LEGAL,
            Depart.MISE_EN_DEMEURE,
            "C. civ. 1231-6",
        ),
        (PARTICULIER, PUBLIC, {}, (10,), Regime.LEGAL, Depart.MISE_EN_DEMEURE, "C. civ. 1231-6"),
    ],
)
def test_la_premiere_ligne_vraie(creancier, debiteur, faits, lignes, regime, depart, article):
    choix = choose_regime(creancier, debiteur, FaitsRegime(**faits))
    assert (choix.lignes, choix.regime, choix.depart) == (lignes, regime, depart)
    assert article in choix.articles
    assert choix.indemnite is (lignes[-1] in {4, 5})


@pytest.mark.parametrize("objet", Objet)
@pytest.mark.parametrize("clause", [True, False])
def test_la_qualite_inconnue_ne_donne_rien(objet, clause):
    choix = choose_regime(PRO, INCONNUE, FaitsRegime(objet=objet, clause_ecrite=clause, contrat_public=True))
    assert (choix.regime, choix.indemnite, choix.lignes) == (None, False, ())


@pytest.mark.parametrize("objet", [objet for objet in Objet if objet is not Objet.FACTURE])
@pytest.mark.parametrize("debiteur", [SOCIETE, PUBLIC])
def test_hors_facture_ni_penalite_ni_indemnite(objet, debiteur):
    choix = choose_regime(PRO, debiteur, FaitsRegime(objet=objet, contrat_public=True))
    assert choix.regime is Regime.LEGAL
    assert not choix.indemnite


@pytest.mark.parametrize(
    ("debiteur", "faits", "code"),
    [
        (PUBLIC, {}, "contrat_public_a_verifier"),
        (SOCIETE, {"condamnation": True}, "dispositif_a_suivre"),
        (SOCIETE, {"objet": Objet.BAIL_COMMERCIAL}, "champ_des_penalites_a_verifier"),
        (SOCIETE, {"objet": Objet.BAIL_PROFESSIONNEL, "clause_ecrite": True}, "champ_des_penalites_a_verifier"),
        (MENAGE, {"objet": Objet.BAIL_HABITATION, "clause_ecrite": True}, "clause_non_ecrite"),
        (MENAGE, {"clause_ecrite": True}, "clause_a_controler"),
        (SYNDICAT, {"clause_ecrite": True}, "clause_a_controler"),
        (SOCIETE, {"ouverture": date(2026, 1, 5), "pret_un_an": True}, "pret_d_un_an"),
        (MENAGE, {"recevabilite": date(2026, 1, 5), "mesures": date(2026, 9, 1)}, "mesures_a_suivre"),
    ],
)
def test_ce_qui_reste_a_verifier_est_dit(debiteur, faits, code):
    assert [a.code for a in choose_regime(PRO, debiteur, FaitsRegime(**faits)).avertissements] == [code]


@pytest.mark.parametrize(
    ("faits", "pauses"),
    [
        ({"ouverture": date(2026, 1, 5)}, [(MotifPause.PROCEDURE_COLLECTIVE, date(2026, 1, 5), None)]),
        ({"ouverture": date(2026, 1, 5), "pret_un_an": True}, []),
        ({"recevabilite": date(2026, 1, 5)}, [(MotifPause.SURENDETTEMENT, date(2026, 1, 5), None)]),
        (
            {"recevabilite": date(2026, 1, 5), "mesures": date(2026, 9, 1)},
            [(MotifPause.SURENDETTEMENT, date(2026, 1, 5), date(2026, 8, 31))],
        ),
        (
            {"grace_du": date(2026, 1, 5), "grace_au": date(2027, 1, 4)},
            [(MotifPause.DELAI_DE_GRACE, date(2026, 1, 5), date(2027, 1, 4))],
        ),
    ],
)
def test_les_jours_sans_interet(faits, pauses):
    choix = choose_regime(PRO, MENAGE, FaitsRegime(**faits))
    assert [(p.motif, p.du, p.au) for p in choix.pauses] == pauses
    assert choix.fin_capitalisation == (date(2026, 1, 4) if "ouverture" in faits else None)
    regle = choix.complete(RegleInterets(Regime.LEGAL, date(2025, 12, 1)))
    assert (regle.pauses, regle.fin_capitalisation) == (choix.pauses, choix.fin_capitalisation)
    autre = Pause(date(2025, 12, 5), MotifPause.DELAI_DE_GRACE, date(2025, 12, 9))
    assert choix.complete(RegleInterets(Regime.LEGAL, date(2025, 12, 1), pauses=(autre,))).pauses == (
        autre,
        *choix.pauses,
    )
    for fin in (date(2025, 12, 31), date(2026, 12, 31)):
        bornee = choix.complete(RegleInterets(Regime.LEGAL, date(2025, 12, 1), fin_capitalisation=fin))
        assert bornee.fin_capitalisation == min(fin, choix.fin_capitalisation or fin)


def test_la_regle_completee_cite_le_bon_article():
    choix = choose_regime(PRO, MENAGE, FaitsRegime(objet=Objet.COPROPRIETE))
    regle = choix.complete(RegleInterets(Regime.LEGAL, date(2025, 12, 1), fin_capitalisation=date(2026, 1, 1)))
    assert compute_taux(regle, date(2026, 3, 1)).article == "D. 67-223 art. 36"
    assert regle.fin_capitalisation == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("defaillance", "montant", "article", "serie"),
    [
        (Defaillance.DECHEANCE_DU_TERME, "400.02", "C. conso. D312-16", "indemnite_defaillance_credit"),
        (Defaillance.ECHEANCES_IMPAYEES, "400.02", "C. conso. D312-17", "indemnite_echeances_impayees_credit"),
        (Defaillance.ECHEANCES_REPORTEES, "200.01", "C. conso. D312-17", "indemnite_echeances_reportees_credit"),
    ],
)
def test_indemnite_d_un_credit_a_la_consommation(defaillance, montant, article, serie):
    indemnite = compute_indemnite_credit(defaillance, Decimal("5000.20"), date(2026, 2, 1))
    assert (str(indemnite.montant), indemnite.article, indemnite.avertissements) == (montant, article, ())
    assert (indemnite.base, indemnite.taux) == (Decimal("5000.20"), Decimal(8 if montant == "400.02" else 4))
    assert compute_indemnite_credit(defaillance, Decimal(0), date(2026, 2, 1)).montant == 0
    for base in ("-0.01", "NaN", "Infinity"):
        with pytest.raises(ErreurSaisie) as refus:
            compute_indemnite_credit(defaillance, Decimal(base), date(2026, 2, 1))
        assert (refus.value.code, refus.value.champ) == ("montant_negatif", "base")
    with pytest.raises(ErreurBareme):
        compute_indemnite_credit(defaillance, Decimal(1), date(2016, 6, 30))
    ajout = ValeurAjoutee("penalites", serie, date(2027, 1, 1), (Decimal(6),), "décret fictif", date(2027, 1, 2))
    ajoutee = compute_indemnite_credit(defaillance, Decimal(100), date(2027, 1, 1), (ajout,))
    assert (ajoutee.montant, [a.code for a in ajoutee.avertissements]) == (6, ["valeur_saisie"])
    premiers_mois = compute_indemnite_credit(defaillance, Decimal(1), date(2016, 7, 1))
    assert [a.code for a in premiers_mois.avertissements] == ["valeur_a_verifier"]
