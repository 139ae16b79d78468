"""Payments, one rule at a time: the debtor's choice, what he gains most to pay, other orders, what does not count."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.caution import DefautInformation, compute_decompte_caution
from exigible.droit.creance import CAPITAL_D_ABORD, ORDRE_LEGAL, OrdreImputation, Poste
from exigible.droit.decompte import Creance, ModeImputation, Remboursement, Versement, compute_decompte
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.interets import Regime, RegleInterets
from exigible.droit.paiements import SituationCreance, check_paiements
from exigible.droit.pauses import MotifPause, Pause
from exigible.droit.versements import Compensation

D = Decimal
ECHEANCE, PAYE = date(2025, 9, 30), date(2026, 2, 15)


def build(cle="F1", principal="10000.00", echeance=ECHEANCE, regime=Regime.COMMERCIAL, **options):
    regle = RegleInterets(regime, echeance) if regime else None
    options.setdefault("indemnite", D("40.00"))
    return Creance(cle, f"Facture {cle}", D(principal), echeance, regle, **options)


def build_nue(cle, principal="100.00", **options):
    """A claim due, without interest nor indemnity."""
    return build(cle, principal, regime=None, indemnite=D(0), **options)


def pay(montant, jour=PAYE, **options):
    return Versement("V1", jour, D(montant), **options)


def list_restes(decompte):
    return {solde.cle: str(solde.total) for solde in decompte.soldes}


def list_codes(decompte):
    return [avertissement.code for avertissement in decompte.avertissements]


# ---------------------------------------------------------------- the debtor's choice


def test_un_choix_qui_eteint_la_dette_vaut_sans_accord():
    creances = [build("A"), build_nue("B")]
    decompte = compute_decompte(creances, [pay("100.00", creances=("B",))], PAYE)
    assert list_restes(decompte) == {"A": "10499.37", "B": "0.00"}
    assert "C. civ. 1342-10" not in decompte.articles
    assert list_codes(decompte) == []


def test_un_choix_qui_n_eteint_rien_suit_la_loi_et_le_dit():
    creances = [build("A"), build_nue("B")]
    decompte = compute_decompte(creances, [pay("99.99", creances=("B",))], PAYE)
    assert list_restes(decompte) == {"A": "10399.38", "B": "100.00"}
    assert "C. civ. 1342-10" in decompte.articles
    assert list_codes(decompte) == ["choix_sans_effet"]
    assert decompte.avertissements[0].parametres == {"versement": "V1", "creances": "B"}


def test_chaque_dette_choisie_se_juge_sur_ce_qui_reste():
    """The first is not extinguished; the second would be: its choice holds, and the rest follows the law."""
    creances = [build_nue("A", "500.00"), build_nue("B", "100.00"), build_nue("C", "50.00")]
    decompte = compute_decompte(creances, [pay("160.00", creances=("A", "B", "B"))], PAYE)
    assert {i.creance: str(i.montant) for i in decompte.imputations} == {"B": "100.00", "A": "54.55", "C": "5.45"}
    assert list_codes(decompte) == ["choix_sans_effet"]


def test_ce_qu_une_dette_choisie_a_pris_ne_juge_pas_la_suivante():
    """Either would be extinguished alone; together the second is not: the surety's debt takes the rest."""
    creances = [build_nue("A"), build_nue("B"), build_nue("C", garantie=True)]
    decompte = compute_decompte(creances, [pay("150.00", creances=("A", "B"))], PAYE)
    assert {i.creance: str(i.montant) for i in decompte.imputations} == {"A": "100.00", "C": "50.00"}
    assert decompte.avertissements[0].parametres["creances"] == "B"


def test_une_seule_dette_ne_laisse_pas_de_choix():
    decompte = compute_decompte([build()], [pay("3000.00", creances=("F1",))], PAYE)
    assert list_codes(decompte) == []
    assert decompte.principal == D("7499.37")


def test_le_choix_refuse_revient_a_la_meme_dette_sans_le_dire():
    creances = [build("A"), build_nue("B")]
    decompte = compute_decompte(creances, [pay("100.00", creances=("A",))], PAYE)
    assert [i.creance for i in decompte.imputations] == ["A"]
    assert list_codes(decompte) == []


def test_avec_l_accord_le_choix_vaut_en_entier():
    creances = [build("A"), build_nue("B")]
    decompte = compute_decompte(creances, [pay("60.00", creances=("B",), accord_creancier=True)], PAYE)
    assert list_restes(decompte)["B"] == "40.00"


def test_un_paiement_d_avance_peut_viser_une_dette_a_echoir():
    creances = [build_nue("A", "300.00"), build("B", "200.00", date(2026, 12, 31))]
    decompte = compute_decompte(creances, [pay("200.00", creances=("B",))], PAYE)
    assert list_restes(decompte) == {"A": "300.00", "B": "0.00"}


# ---------------------------------------------------------------- what the debtor gains most to pay


@pytest.mark.parametrize(
    ("une", "autre"),
    [
        pytest.param({"garantie": True}, {"regime": Regime.COMMERCIAL}, id="la garantie avant le taux"),
        pytest.param({"regime": Regime.COMMERCIAL}, {"clause_penale": True}, id="le taux avant la clause pénale"),
        pytest.param({"clause_penale": True}, {"echeance": date(2025, 1, 31)}, id="la clause avant l'ancienneté"),
        pytest.param({"echeance": date(2025, 1, 31)}, {}, id="la plus ancienne"),
        pytest.param({}, {"echeance": date(2026, 12, 31), "garantie": True}, id="l'échue avant la garantie"),
        pytest.param({"echeance": PAYE}, {"echeance": date(2026, 2, 16), "garantie": True}, id="échue son jour même"),
    ],
)
@pytest.mark.parametrize("cles", [("A", "B"), ("B", "A")])
def test_l_ordre_de_la_loi(une, autre, cles):
    defaut = {"regime": None, "indemnite": D(0)}
    creances = [build(cles[0], "100.00", **{**defaut, **une}), build(cles[1], "100.00", **{**defaut, **autre})]
    decompte = compute_decompte(creances, [pay("10.00")], PAYE)
    assert [i.creance for i in decompte.imputations] == [cles[0]]


def test_le_taux_qui_range_est_celui_de_la_regle_du_jour():
    """An agreed rate of 20 % until the judgment, the legal rate since: the commercial claim comes first after it."""
    avant = RegleInterets(Regime.CONVENU, ECHEANCE, taux=D(20), arret=date(2025, 12, 31))
    apres = RegleInterets(Regime.LEGAL, date(2025, 12, 31))
    creances = [
        Creance("PRET", "Prêt", D("1000.00"), ECHEANCE, avant, suites=(apres,)),
        build("FACTURE", "1000.00"),
    ]
    for jour, cle in ((date(2025, 12, 31), "PRET"), (date(2026, 1, 1), "FACTURE")):
        decompte = compute_decompte(creances, [pay("10.00", jour)], jour)
        assert [i.creance for i in decompte.imputations] == [cle]


def test_le_premier_jour_d_une_regle_est_deja_le_sien():
    avant = RegleInterets(Regime.LEGAL, ECHEANCE, arret=date(2025, 12, 31))
    apres = RegleInterets(Regime.CONVENU, date(2025, 12, 31), taux=D(20))
    creances = [build("FACTURE", "1000.00"), Creance("PRET", "Prêt", D(1000), ECHEANCE, avant, suites=(apres,))]
    for jour, cle in ((date(2025, 12, 31), "FACTURE"), (date(2026, 1, 1), "PRET")):
        decompte = compute_decompte(creances, [pay("10.00", jour)], jour)
        assert [i.creance for i in decompte.imputations] == [cle]


@pytest.mark.parametrize(
    "options", [{"arret": date(2025, 12, 31)}, {"pauses": (Pause(date(2026, 1, 1), MotifPause.SURENDETTEMENT),)}]
)
def test_une_dette_qui_ne_porte_plus_interet_passe_apres(options):
    arretee = Creance(
        "ARRETEE", "Prêt", D("1000.00"), ECHEANCE, RegleInterets(Regime.CONVENU, ECHEANCE, taux=D(20), **options)
    )
    decompte = compute_decompte([arretee, build("COURANTE")], [pay("10.00")], PAYE)
    assert [i.creance for i in decompte.imputations] == ["COURANTE"]


# ---------------------------------------------------------------- other orders inside a claim


def test_un_ordre_convenu_ne_vaut_que_dans_ses_dates():
    ordre = OrdreImputation(
        date(2026, 1, 1),
        (Poste.INTERETS, Poste.PRINCIPAL, Poste.FRAIS, Poste.INDEMNITES),
        "accord des parties du 01/01/2026",
        au=date(2026, 1, 31),
    )
    dehors, dedans = (date(2025, 12, 31), date(2026, 2, 1)), (date(2026, 1, 1), date(2026, 1, 31))
    for jour, indemnites in [*((jour, "40.00") for jour in dehors), *((jour, "0.00") for jour in dedans)]:
        decompte = compute_decompte([build(ordres=(ordre,))], [pay("1000.00", jour)], jour)
        (imputation,) = decompte.imputations
        assert str(imputation.indemnites) == indemnites
        assert imputation.montant == D("1000.00")
        assert (ordre.article in decompte.articles) is (indemnites == "0.00")


def test_le_dernier_ordre_qui_couvre_le_jour_l_emporte():
    accord = OrdreImputation(ECHEANCE, ORDRE_LEGAL, "accord des parties")
    jugement = OrdreImputation(date(2026, 1, 1), CAPITAL_D_ABORD, "C. civ. 1343-5 al. 2")
    decompte = compute_decompte([build(ordres=(accord, jugement))], [pay("3000.00")], PAYE)
    assert decompte.principal == D("7000.00")


def test_le_capital_d_abord_paie_ensuite_le_reste():
    ordre = OrdreImputation(ECHEANCE, CAPITAL_D_ABORD, "CPCE L212-13")
    decompte = compute_decompte([build(ordres=(ordre,), frais=D("10.00"))], [pay("10100.00")], PAYE)
    (imputation,) = decompte.imputations
    assert (imputation.principal, imputation.frais, imputation.indemnites, imputation.interets) == (
        D("10000.00"),
        D("10.00"),
        D("40.00"),
        D("50.00"),
    )


def test_un_ordre_d_un_seul_jour():
    ordre = OrdreImputation(PAYE, CAPITAL_D_ABORD, "accord des parties", PAYE)
    assert compute_decompte([build(ordres=(ordre,))], [pay("3000.00")], PAYE).principal == D("7000.00")


def test_une_dette_sans_principal_ne_recoit_rien_quand_le_principal_passe_d_abord():
    creances = [build_nue("A", "0.00", frais=D("10.00")), build_nue("B", "100.00")]
    decompte = compute_decompte(creances, [pay("50.00", imputation=ModeImputation.PRINCIPAL)], PAYE)
    assert [(i.creance, str(i.principal)) for i in decompte.imputations] == [("B", "50.00")]


def test_l_interet_capitalise_qui_reste_est_arrete_avec_les_baremes():
    """The principal is paid; the capitalised interest still bears interest, until the last known rate."""
    regle = RegleInterets(Regime.LEGAL, date(2023, 12, 31), capitalisation=date(2024, 1, 1))
    ordre = OrdreImputation(date(2024, 1, 1), CAPITAL_D_ABORD, "C. civ. 1343-5 al. 2")
    creance = Creance("F1", "Prêt", D("10000.00"), date(2023, 12, 31), regle, ordres=(ordre,))
    versements = [pay("10000.00", date(2025, 6, 30))]
    decompte = compute_decompte([creance], versements, date(2027, 3, 31), arreter_au_dernier_connu=True)
    assert decompte.principal == D(0)
    assert decompte.lignes[-1].base > 0
    assert decompte.interets_arretes_au == date(2026, 12, 31)


# ---------------------------------------------------------------- what does not count, what goes back


def test_un_versement_rejete_n_a_jamais_compte():
    """As of a day before the rejection, the payment counts; as of any later day, it never did."""
    versement = pay("3000.00", rejete_le=date(2026, 2, 25))
    avant = compute_decompte([build()], [versement], date(2026, 2, 24))
    assert avant.principal == D("7499.37")
    apres = compute_decompte([build()], [versement], date(2026, 2, 25))
    sans = compute_decompte([build()], [], date(2026, 2, 25))
    assert (apres.total_du, apres.lignes, apres.imputations) == (sans.total_du, sans.lignes, ())
    assert [e.versement for e in apres.ecartes] == [versement]
    assert list_codes(apres) == ["versement_rejete"]
    assert "rejeté le 25/02/2026" in apres.avertissements[0].message


def test_un_rejet_suit_le_versement():
    with pytest.raises(ErreurSaisie) as erreur:
        pay("1.00", rejete_le=date(2026, 2, 14))
    assert erreur.value.code == "dates_inversees"
    assert compute_decompte([build()], [pay("1.00", rejete_le=PAYE)], PAYE).imputations == ()


@pytest.mark.parametrize(
    ("statut", "principal", "codes"),
    [
        (Compensation.ALLEGUEE, "10000.00", ["compensation_alleguee"]),
        (Compensation.ADMISE, "7499.37", []),
        (Compensation.JUGEE, "7499.37", []),
    ],
)
def test_une_compensation_alleguee_ne_compte_pas(statut, principal, codes):
    decompte = compute_decompte([build()], [pay("3000.00", compensation=statut)], PAYE)
    assert (str(decompte.principal), list_codes(decompte)) == (principal, codes)
    assert ("C. civ. 1347" in decompte.articles) is not bool(codes)


def test_un_trop_percu_rendu():
    versements = [pay("10600.00")]
    rendu = Remboursement("R1", date(2026, 3, 1), D("60.63"))
    for jour, trop, rembourse in ((PAYE, "100.63", "0.00"), (date(2026, 3, 1), "40.00", "60.63")):
        decompte = compute_decompte([build()], versements, jour, remboursements=[rendu])
        assert (str(decompte.trop_percu), str(decompte.rembourse)) == (trop, rembourse)
        assert list_codes(decompte) == ["trop_percu"]


def test_le_versement_du_jour_passe_avant_le_remboursement():
    rendu = Remboursement("R1", PAYE, D("100.63"))
    decompte = compute_decompte([build()], [pay("10600.00")], PAYE, remboursements=[rendu])
    assert (decompte.trop_percu, decompte.total_du, list_codes(decompte)) == (D(0), D(0), [])


def test_rendre_plus_que_le_trop_percu_ne_fait_pas_devoir_plus():
    rendu = Remboursement("R1", date(2026, 3, 1), D("150.00"))
    decompte = compute_decompte([build()], [pay("10600.00")], date(2026, 3, 1), remboursements=[rendu])
    assert (decompte.total_du, decompte.trop_percu, decompte.rembourse) == (D(0), D(0), D("100.63"))
    (avertissement,) = decompte.avertissements
    assert (avertissement.code, avertissement.parametres["exces"]) == ("remboursement_sans_trop_percu", "49.37")


@pytest.mark.parametrize("montant", ["10000.00", "12000.00"])
def test_un_paiement_avant_l_echeance(montant):
    """Paid on time: no interest, no indemnity, and no article of either."""
    decompte = compute_decompte([build()], [pay(montant, date(2025, 9, 1))], PAYE)
    assert (decompte.total_du, decompte.interets_courus) == (D(0), D(0))
    assert decompte.trop_percu == D(montant) - D(10000)
    assert decompte.articles == ("C. civ. 1343-1",)


# ---------------------------------------------------------------- payments that call for a word


@pytest.mark.parametrize(
    ("situation", "codes"),
    [
        ({}, []),
        ({"simplifiee_du": date(2026, 2, 16)}, []),
        ({"simplifiee_du": date(2026, 2, 15)}, ["paiement_pendant_procedure_simplifiee"]),
        (
            {"simplifiee_du": date(2026, 1, 1), "simplifiee_au": date(2026, 2, 15)},
            ["paiement_pendant_procedure_simplifiee"],
        ),
        ({"simplifiee_du": date(2026, 1, 1), "simplifiee_au": date(2026, 2, 14)}, []),
        ({"prescrite_le": date(2026, 2, 15)}, ["paiement_apres_prescription"]),
        ({"prescrite_le": date(2026, 2, 16)}, []),
    ],
)
def test_les_paiements_irreguliers_comptent_et_se_disent(situation, codes):
    imputations = compute_decompte([build()], [pay("3000.00")], PAYE).imputations
    avertissements = check_paiements(imputations, {"F1": SituationCreance(**situation)})
    assert [a.code for a in avertissements] == codes
    assert all(a.parametres == {"versement": "V1", "creance": "F1"} for a in avertissements)
    assert check_paiements(imputations, {}) == ()


# ---------------------------------------------------------------- the surety's account


def test_la_caution_informee_en_cours_de_route():
    """Uninformed until 31/12/2025: what accrued then is forfeited, what accrues since is not."""
    defauts = [DefautInformation(date(2025, 1, 1), date(2025, 12, 31))]
    decompte = compute_decompte_caution("F1", [build()], [pay("3000.00")], PAYE, defauts)
    (imputation,) = decompte.imputations
    assert (imputation.indemnites, imputation.interets, imputation.principal) == (D(0), D("153.12"), D("2846.88"))


def test_la_caution_garde_ce_que_le_debiteur_a_paye_sur_la_dette():
    """The payment extinguishes the other debt first in the debtor's account: the surety's debt only gets the rest."""
    creances = [build("A", "1000.00"), build("F1", regime=None, indemnite=D(0))]
    versements = [pay("3000.00", creances=("A",))]
    recu = compute_decompte(creances, versements, PAYE).imputations[1].montant
    decompte = compute_decompte_caution("F1", creances, versements, PAYE, [DefautInformation(date(2025, 1, 1))])
    assert decompte.principal == D(10000) - recu
    assert decompte.imputations[0].creance == "F1"


def test_la_caution_informee_avant_l_echeance_doit_l_indemnite_et_les_suites():
    avant = RegleInterets(Regime.CONVENU, ECHEANCE, taux=D(10), arret=date(2025, 12, 31))
    apres = RegleInterets(Regime.LEGAL, date(2025, 12, 31))
    creance = Creance("F1", "Prêt", D("1000.00"), ECHEANCE, avant, D("40.00"), suites=(apres,))
    defauts = [DefautInformation(date(2025, 11, 1))]
    decompte = compute_decompte_caution("F1", [creance], [], PAYE, defauts)
    assert decompte.indemnites == D("40.00")
    assert [str(ligne.au) for ligne in decompte.lignes] == ["2025-10-31"]


def test_un_versement_sur_une_creance_absente_dit_lequel():
    with pytest.raises(ErreurSaisie) as erreur:
        compute_decompte([build_nue("A")], [pay("10.00", creances=("A", "Z9"))], PAYE)
    assert (erreur.value.code, erreur.value.champ) == ("creance_inconnue", "creances")
    assert erreur.value.parametres == {"cle": "V1"}
    assert erreur.value.message == "Le versement « V1 » vise la créance « Z9 », qui n'est pas dans le dossier."


def test_un_remboursement_excessif_dit_lequel_et_de_combien():
    rendu = Remboursement("R1", date(2026, 3, 1), D("150.00"))
    decompte = compute_decompte([build()], [pay("10600.00")], date(2026, 3, 1), remboursements=[rendu])
    (avertissement,) = decompte.avertissements
    assert avertissement.parametres == {"remboursement": "R1", "exces": "49.37"}
    assert "Le remboursement du 01/03/2026 dépasse de 49,37\u00a0€" in avertissement.message
