"""Each line of the table of regimes with every article that it rests on, and what each refusal points at."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.interets import QualiteCreancier, Regime, RegleInterets
from exigible.droit.pauses import MotifPause
from exigible.droit.regimes import FaitsRegime, Objet, QualitePartie, choose_regime

PRO, PARTICULIER = QualiteCreancier.PROFESSIONNEL, QualiteCreancier.PARTICULIER
SOCIETE, PUBLIC = QualitePartie.PROFESSIONNEL, QualitePartie.PERSONNE_PUBLIQUE
MENAGE = QualitePartie.CONSOMMATEUR
JOUR, FIN = date(2026, 1, 5), date(2026, 9, 1)
COPROPRIETE, BAIL = "D. 67-223 art. 36", "L. 89-462 art. 4 i"
RESTE = ("C. civ. 1231-6", "C. civ. 1344-1", "CMF L313-2")


@pytest.mark.parametrize(
    ("debiteur", "faits", "articles", "fondement"),
    [
        (QualitePartie.INCONNUE, {}, (), ()),
        (SOCIETE, {"condamnation": True}, ("C. civ. 1231-7", "CMF L313-3"), ("C. civ. 1231-7",)),
        (PUBLIC, {}, ("CCP L2192-13", "CCP R2192-31", "CCP D2192-35"), ()),
        (SOCIETE, {}, ("C. com. L441-10 II", "C. com. D441-5"), ()),
        (
            PUBLIC,
            {"entite_adjudicatrice": True},
            ("C. com. L441-10 II", "C. com. D441-5", "CCP L2192-11"),
            ("CCP L2192-11",),
        ),
        (
            MENAGE,
            {"objet": Objet.CREDIT_CONSOMMATION},
            ("C. conso. L312-39", "C. conso. L312-38"),
            ("C. conso. L312-39",),
        ),
        (MENAGE, {"objet": Objet.COPROPRIETE}, (COPROPRIETE, "C. civ. 1231-6"), (COPROPRIETE, "C. civ. 1231-6")),
        (MENAGE, {"objet": Objet.COPROPRIETE, "clause_ecrite": True}, (COPROPRIETE,), (COPROPRIETE,)),
        (MENAGE, {"objet": Objet.BAIL_HABITATION}, ("C. civ. 1231-6", BAIL), ("C. civ. 1231-6", BAIL)),
        (MENAGE, {"clause_ecrite": True}, ("C. civ. 1343-1",), ()),
        (MENAGE, {}, RESTE, ()),
        (MENAGE, {"ouverture": JOUR}, (*RESTE, "C. com. L622-28"), ()),
        (MENAGE, {"ouverture": JOUR, "pret_un_an": True}, (*RESTE, "C. com. L622-28"), ()),
        (MENAGE, {"recevabilite": JOUR}, (*RESTE, "C. conso. L722-14"), ()),
        (MENAGE, {"grace_du": JOUR, "grace_au": FIN}, (*RESTE, "C. civ. 1343-5"), ()),
    ],
)
def test_chaque_ligne_a_tous_ses_textes(debiteur, faits, articles, fondement):
    choix = choose_regime(PRO, debiteur, FaitsRegime(**faits))
    assert (choix.articles, choix.fondement) == (articles, fondement)
    assert choix.motif.endswith(".")
    assert choix.capitalisation_permise is (faits.get("objet") is not Objet.CREDIT_CONSOMMATION)


@pytest.mark.parametrize(
    ("creancier", "debiteur", "faits", "cause"),
    [
        (PARTICULIER, SOCIETE, {}, "Le créancier est un particulier"),
        (PARTICULIER, PUBLIC, {}, "Le créancier est un particulier"),
        (PRO, PUBLIC, {"contrat_public": False}, "Il n'y a pas de contrat de la commande publique"),
        (PRO, SOCIETE, {"objet": Objet.CONTRAT}, "La créance ne vient pas d'une vente ou d'une prestation facturée"),
        (PRO, MENAGE, {}, "Le débiteur n'est pas un professionnel"),
    ],
)
def test_l_interet_legal_dit_pourquoi_lui(creancier, debiteur, faits, cause):
    assert choose_regime(creancier, debiteur, FaitsRegime(**faits)).motif.startswith(f"{cause}")


def test_toutes_les_causes_d_arret_se_lisent_ensemble():
    choix = choose_regime(
        PRO, MENAGE, FaitsRegime(ouverture=JOUR, recevabilite=JOUR, mesures=FIN, grace_du=JOUR, grace_au=FIN)
    )
    assert choix.lignes == (1, 2, 10)
    assert [pause.motif for pause in choix.pauses] == [
        MotifPause.SURENDETTEMENT,
        MotifPause.PROCEDURE_COLLECTIVE,
        MotifPause.DELAI_DE_GRACE,
    ]
    assert choix.articles == (*RESTE, "C. conso. L722-14", "C. com. L622-28", "C. civ. 1343-5")


@pytest.mark.parametrize(
    ("faits", "codes"),
    [
        ({"objet": Objet.BAIL_COMMERCIAL, "clause_ecrite": True}, ["champ_des_penalites_a_verifier"]),
        ({"condamnation": True, "ouverture": JOUR, "pret_un_an": True}, ["dispositif_a_suivre", "pret_d_un_an"]),
        (
            {"condamnation": True, "recevabilite": JOUR, "mesures": FIN, "ouverture": JOUR, "pret_un_an": True},
            ["dispositif_a_suivre", "mesures_a_suivre", "pret_d_un_an"],
        ),
        ({"pret_un_an": True}, []),
    ],
)
def test_un_avertissement_n_en_cache_pas_un_autre(faits, codes):
    assert [a.code for a in choose_regime(PRO, SOCIETE, FaitsRegime(**faits)).avertissements] == codes


@pytest.mark.parametrize(
    ("debiteur", "faits"),
    [
        (PUBLIC, {"contrat_public": True}),
        (MENAGE, {"objet": Objet.BAIL_HABITATION}),
        (SOCIETE, {"objet": Objet.CONTRAT, "clause_ecrite": True}),
        (PUBLIC, {"objet": Objet.CONTRAT, "clause_ecrite": True}),
        (SOCIETE, {}),
    ],
)
def test_rien_n_est_a_verifier_quand_tout_est_dit(debiteur, faits):
    assert choose_regime(PRO, debiteur, FaitsRegime(**faits)).avertissements == ()


@pytest.mark.parametrize(
    ("faits", "code", "champ"),
    [
        ({"grace_du": JOUR}, "delai_incomplet", "grace_au"),
        ({"grace_au": JOUR}, "delai_incomplet", "grace_au"),
        ({"mesures": JOUR}, "dates_inversees", "mesures"),
        ({"recevabilite": JOUR, "mesures": JOUR}, "dates_inversees", "mesures"),
    ],
)
def test_des_faits_impossibles_designent_leur_champ(faits, code, champ):
    with pytest.raises(ErreurSaisie) as refus:
        FaitsRegime(**faits)
    assert (refus.value.code, refus.value.champ) == (code, champ)


@pytest.mark.parametrize(
    ("faits", "regle", "code", "champ"),
    [
        ({}, RegleInterets(Regime.COMMERCIAL, JOUR), "regime_different", "regime"),
        (
            {"objet": Objet.CREDIT_CONSOMMATION},
            RegleInterets(Regime.CONVENU, JOUR, taux=Decimal(5), capitalisation=FIN),
            "capitalisation_interdite",
            "capitalisation",
        ),
    ],
)
def test_une_regle_que_le_regime_n_admet_pas_designe_son_champ(faits, regle, code, champ):
    with pytest.raises(ErreurSaisie) as refus:
        choose_regime(PRO, MENAGE, FaitsRegime(**faits)).complete(regle)
    assert (refus.value.code, refus.value.champ) == (code, champ)


def test_un_credit_a_la_consommation_garde_son_taux_sans_capitalisation():
    credit = choose_regime(PRO, MENAGE, FaitsRegime(objet=Objet.CREDIT_CONSOMMATION))
    regle = RegleInterets(Regime.CONVENU, JOUR, taux=Decimal(5))
    assert credit.complete(regle).fondement == ("C. conso. L312-39",)


def test_la_regle_garde_son_fondement_quand_le_regime_n_en_donne_pas():
    regle = RegleInterets(Regime.LEGAL, JOUR, fondement=("C. civ. 1231-7",))
    assert choose_regime(PRO, MENAGE).complete(regle).fondement == ("C. civ. 1231-7",)
    copropriete = choose_regime(PRO, MENAGE, FaitsRegime(objet=Objet.COPROPRIETE)).complete(regle)
    assert copropriete.fondement == (COPROPRIETE, "C. civ. 1231-6")
