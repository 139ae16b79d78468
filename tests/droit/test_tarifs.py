"""Fees of the commissaires de justice: recovery fees, acts, transition, what was not read."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.actes_tarifes import ACTES
from exigible.droit.bareme import load_bareme
from exigible.droit.erreurs import ErreurBareme, ErreurSaisie
from exigible.droit.tarif_du_jour import BAREME, Reglages, TarifDuJour
from exigible.droit.tarifs import Charge, Droit, compute_acte, compute_droit
from exigible.droit.valeurs import ValeurAjoutee

D = Decimal
EN_2018, EN_2022, EN_2025, EN_2026 = date(2018, 6, 1), date(2022, 6, 1), date(2025, 6, 1), date(2027, 6, 1)
MONTANTS = st.decimals(D("0.01"), 200_000, places=2)


def list_codes(emolument):
    return [a.code for a in emolument.avertissements]


@pytest.mark.parametrize(
    ("droit", "montant", "jour", "total"),
    [
        (Droit.DEBITEUR, "4000", EN_2018, "81.32"),
        (Droit.DEBITEUR, "4000", EN_2022, "80.71"),
        (Droit.DEBITEUR, "4000", EN_2025, "81.39"),
        (Droit.DEBITEUR, "44", EN_2018, "4.29"),
        (Droit.DEBITEUR, "44", EN_2022, "4.25"),
        (Droit.DEBITEUR, "44.01", EN_2025, "4.30"),
        (Droit.DEBITEUR, "125", EN_2025, "12.21"),
        (Droit.DEBITEUR, "1000000", EN_2025, "550.00"),
        (Droit.CREANCIER, "4000", EN_2018, "256.90"),
        (Droit.CREANCIER, "4000", EN_2022, "254.85"),
        (Droit.CREANCIER, "4000", EN_2025, "257.45"),
        (Droit.CREANCIER, "188", EN_2022, "21.28"),
        (Droit.CREANCIER, "200", EN_2022, "22.49"),
        (Droit.CREANCIER, "1000000", EN_2022, "5540.00"),
        (Droit.ENGAGEMENT, "76", EN_2025, "4.29"),
        (Droit.ENGAGEMENT, "4000", EN_2022, "66.52"),
        (Droit.ENGAGEMENT, "1000000", EN_2025, "268.13"),
    ],
)
def test_droit_refait_a_la_main(droit, montant, jour, total):
    emolument = compute_droit(droit, D(montant), jour)
    assert str(emolument.total_ht) == total
    assert list_codes(emolument) in ([], ["valeur_a_verifier"])


def test_tranches_tva_et_charge():
    emolument = compute_droit(Droit.DEBITEUR, D("4000.00"), EN_2025)
    assert [(str(t.de), str(t.a), str(t.assiette), str(t.taux), str(t.montant)) for t in emolument.tranches] == [
        ("0.00", "125.00", "125.00", "9.77", "12.21"),
        ("125.00", "610.00", "485.00", "6.35", "30.80"),
        ("610.00", "1525.00", "915.00", "3.41", "31.20"),
        ("1525.00", "None", "2475.00", "0.29", "7.18"),
    ]
    assert (str(emolument.tva), str(emolument.total_ttc)) == ("16.28", "97.67")
    assert emolument.charge is Charge.DEBITEUR
    assert emolument.tarif_du == date(2024, 3, 1)
    assert emolument.avertissements == ()


def test_taux_doubles_pour_une_creance_alimentaire():
    emolument = compute_droit(Droit.DEBITEUR, D("4000.00"), EN_2025, alimentaire=True)
    assert str(emolument.total_ht) == "162.79"
    assert [str(t.montant) for t in emolument.tranches] == ["24.43", "61.60", "62.40", "14.36"]


def test_le_creancier_ne_doit_rien_sur_une_creance_alimentaire():
    emolument = compute_droit(Droit.CREANCIER, D("4000.00"), EN_2025, alimentaire=True)
    assert (emolument.total_ht, emolument.total_ttc, emolument.tranches) == (0, 0, ())
    assert list_codes(emolument) == ["droit_non_du"]
    assert "C. com. R444-53" in emolument.articles


def test_le_droit_d_engagement_n_est_pas_double():
    emolument = compute_droit(Droit.ENGAGEMENT, D("4000.00"), EN_2025, alimentaire=True)
    assert emolument.total_ht == compute_droit(Droit.ENGAGEMENT, D("4000.00"), EN_2025).total_ht
    assert list_codes(emolument) == ["option_sans_effet"]


def test_acomptes_calcules_sur_le_total():
    premier = compute_droit(Droit.DEBITEUR, D("1000.00"), EN_2025)
    second = compute_droit(Droit.DEBITEUR, D("3000.00"), EN_2025, deja=D("1000.00"))
    assert str(second.deja_percu) == str(premier.total_ht) == "56.31"
    assert str(second.total_ht) == "25.08"


def test_emolument_fixe_percu_une_seule_fois():
    assert compute_droit(Droit.DEBITEUR, D("20.00"), EN_2025, deja=D("20.00")).total_ht == 0


@pytest.mark.parametrize(("percu", "total", "impute"), [("20.00", "61.39", "20.00"), ("200.00", "0.00", "81.39")])
def test_le_droit_d_engagement_s_impute(percu, total, impute):
    emolument = compute_droit(Droit.DEBITEUR, D("4000.00"), EN_2025, engagement=D(percu))
    assert (str(emolument.total_ht), str(emolument.impute)) == (total, impute)
    assert "C. com. A444-15" in emolument.articles


@pytest.mark.parametrize(
    ("montant", "dit"),
    [
        pytest.param("188", "charge du créancier (émolument fixe)", id="fixe"),
        pytest.param("52400.01", "charge du créancier au-delà de 52\u202f400,00\u00a0€", id="au-delà de 52 400"),
    ],
)
def test_ce_qui_n_a_pas_ete_lu_est_refuse(montant, dit):
    with pytest.raises(ErreurBareme) as erreur:
        compute_droit(Droit.CREANCIER, D(montant), EN_2025)
    assert erreur.value.code == "tarif_non_lu"
    assert f"{dit} : le montant du tarif au 01/06/2025 n'a pas été lu" in erreur.value.message


def test_jusqu_a_52_400_le_tarif_de_2024_est_lu():
    assert str(compute_droit(Droit.CREANCIER, D("52400.00"), EN_2025).total_ht) == "2149.89"


def test_l_engagement_n_est_pas_lu_avant_2020():
    with pytest.raises(ErreurBareme) as erreur:
        compute_droit(Droit.ENGAGEMENT, D("4000.00"), EN_2018)
    assert erreur.value.code == "tarif_non_lu"


def test_l_hypothese_de_2026_est_signalee():
    emolument = compute_droit(Droit.DEBITEUR, D("4000.00"), EN_2026)
    assert str(emolument.total_ht) == "81.39"
    assert list_codes(emolument) == ["valeur_a_verifier"]
    assert "n'a pas été lu" in emolument.avertissements[0].message


@pytest.mark.parametrize(
    ("jour", "provision", "total", "codes"),
    [
        (date(2024, 2, 29), None, "80.71", []),
        (date(2024, 3, 1), None, "80.71", ["tarif_ancien"]),
        (date(2024, 4, 30), None, "80.71", ["tarif_ancien"]),
        (date(2024, 5, 1), None, "81.39", ["tarif_ancien_possible"]),
        (date(2025, 2, 28), None, "81.39", ["tarif_ancien_possible"]),
        (date(2025, 3, 1), None, "81.39", []),
        (date(2025, 6, 1), date(2024, 2, 29), "80.71", ["tarif_ancien"]),
        (date(2025, 6, 1), date(2019, 5, 1), "81.32", ["tarif_ancien"]),
        (date(2025, 6, 1), date(2024, 3, 1), "81.39", []),
        (date(2024, 4, 1), date(2024, 3, 15), "80.71", ["tarif_ancien"]),
        (date(2020, 4, 30), None, "81.32", ["tarif_ancien"]),
        (date(2026, 4, 30), None, "81.39", ["valeur_a_verifier", "tarif_ancien"]),
    ],
)
def test_regle_transitoire(jour, provision, total, codes):
    emolument = compute_droit(Droit.DEBITEUR, D("4000.00"), jour, reglages=Reglages(provision))
    assert str(emolument.total_ht) == total
    assert list_codes(emolument) == codes


def test_un_emolument_se_lit_en_entier():
    seul = compute_droit(Droit.DEBITEUR, D("125.00"), EN_2025)
    assert seul.libelle == "Droit de recouvrement à la charge du débiteur"
    assert (len(seul.tranches), seul.base, seul.taux_tva, seul.impute) == (1, D("12.21"), D(20), D(0))
    assert seul.articles == ("C. com. A444-31", "C. com. R444-55", "CPCE L111-8")
    assert len(seul.sources) == len(set(seul.sources)) == 2
    double = compute_droit(Droit.DEBITEUR, D("125.00"), EN_2025, alimentaire=True)
    assert [(tranche.taux, tranche.montant) for tranche in double.tranches] == [(D("19.54"), D("24.43"))]
    acte = compute_acte("assignation", EN_2025)
    assert (acte.libelle, acte.taux_tva, acte.base) == ("Assignation", D(20), acte.total_ht)


def test_le_droit_d_engagement_ne_s_impute_que_sur_ce_qui_reste_du():
    emolument = compute_droit(Droit.DEBITEUR, D("1000.00"), EN_2025, deja=D("4000.00"), engagement=D("500"))
    assert (emolument.base, emolument.deja_percu) == (D("84.29"), D("81.39"))
    assert (emolument.impute, emolument.total_ht) == (D("2.90"), D(0))
    assert emolument.articles[-1] == "C. com. A444-15"


def test_un_tarif_ajoute_par_l_utilisateur_est_employe_et_cite():
    ajout = ValeurAjoutee(BAREME, "assignation", date(2025, 4, 1), (D("99.00"),), "arrêté fictif", date(2025, 4, 2))
    tarif = TarifDuJour(EN_2025, Reglages(ajouts=(ajout,)))
    assert tarif.use("assignation", "Assignation").valeur == D("99.00")
    assert tarif.sources == ["valeur saisie par l'utilisateur le 02/04/2025, source : arrêté fictif"]
    assert tarif.debut == date(2025, 4, 1)
    assert TarifDuJour(date(2025, 4, 1), Reglages(ajouts=(ajout,))).get("assignation", "").valeur == D("99.00")
    assert TarifDuJour(date(2025, 3, 31), Reglages(ajouts=(ajout,))).get("assignation", "").valeur != D("99.00")


def test_un_tarif_est_connu_de_son_premier_jour():
    premier = load_bareme(BAREME).get_historique("debiteur_taux")[0].debut
    assert TarifDuJour(premier, Reglages()).find("debiteur_taux").debut == premier


@pytest.mark.parametrize("jour", [date(2016, 2, 29), date(2028, 3, 1)])
def test_hors_bareme(jour):
    with pytest.raises(ErreurBareme) as erreur:
        compute_droit(Droit.DEBITEUR, D("4000.00"), jour)
    assert erreur.value.code == "date_hors_bareme"


def test_provisoire():
    emolument = compute_droit(Droit.DEBITEUR, D("4000.00"), date(2028, 6, 1), reglages=Reglages(provisoire=True))
    assert str(emolument.total_ht) == "81.39"
    assert "taux_provisoire" in list_codes(emolument)


@pytest.mark.parametrize(
    ("montant", "deja", "code"), [("0", "0", "montant_nul"), ("-1", "0", "montant_nul"), ("1", "-1", "montant_negatif")]
)
def test_refus(montant, deja, code):
    with pytest.raises(ErreurSaisie) as erreur:
        compute_droit(Droit.DEBITEUR, D(montant), EN_2025, deja=D(deja))
    assert erreur.value.code == code


@pytest.mark.parametrize(
    ("code", "obligation", "coefficient", "total"),
    [
        ("assignation", None, "1", "18.28"),
        ("assignation", "128", "0.5", "9.14"),
        ("assignation", "128.01", "1", "18.28"),
        ("assignation", "1280", "1", "18.28"),
        ("assignation", "1280.01", "2", "36.56"),
        ("signification_injonction_de_payer", "4000", "2", "51.58"),
        ("certificat_non_contestation", "1000", "1", "21.50"),
    ],
)
def test_acte(code, obligation, coefficient, total):
    emolument = compute_acte(code, EN_2025, None if obligation is None else D(obligation))
    assert (str(emolument.coefficient), str(emolument.total_ht)) == (coefficient, total)
    assert emolument.charge is Charge.SELON_TITRE
    assert ("C. com. A444-46" in emolument.articles) == (obligation is not None)


def test_prix_ttc_affiches_en_2020():
    assignation = compute_acte("assignation", EN_2022, D("2000.00"))
    signification = compute_acte("signification_decision", EN_2022, D("2000.00"))
    deplacement_papier = D("7.67")
    for acte, affiche in ((assignation, "52.62"), (signification, "70.48")):
        assert str(((acte.total_ht + deplacement_papier) * D("1.2")).quantize(D("0.01"))) == affiche


def test_signification_electronique():
    emolument = compute_acte("signification_decision", EN_2025, D("4000.00"), electronique=True)
    assert (str(emolument.deplacement), str(emolument.total_ht)) == ("8.80", "60.38")
    assert list_codes(emolument) == []
    assert "C. com. A444-48" in emolument.articles


def test_ce_qui_n_est_pas_compris_est_dit():
    assert list_codes(compute_acte("assignation", EN_2025)) == ["deplacement_non_compris"]
    assert list_codes(compute_acte("commandement_saisie_vente", EN_2025)) == [
        "deplacement_non_compris",
        "engagement_non_compris",
    ]
    assert list_codes(compute_acte("copie_pieces", EN_2025)) == []


@pytest.mark.parametrize("code", ["proces_verbal_saisie_attribution", "denonciation_saisie_attribution"])
def test_acte_non_lu(code):
    with pytest.raises(ErreurBareme) as erreur:
        compute_acte(code, EN_2025)
    assert erreur.value.code == "tarif_non_lu"
    assert ACTES[code].libelle in erreur.value.message


def test_denonciation_lue_au_tarif_2020():
    assert str(compute_acte("denonciation_saisie_attribution", EN_2022).total_ht) == "32.98"
    assert str(compute_acte("proces_verbal_saisie_attribution", EN_2022).total_ht) == "43.61"
    assert str(compute_acte("proces_verbal_saisie_vente", EN_2022).total_ht) == "37.23"


def test_acte_refuse():
    with pytest.raises(ErreurSaisie) as erreur:
        compute_acte("constat", EN_2025)
    assert erreur.value.code == "acte_inconnu"
    with pytest.raises(ErreurSaisie) as erreur:
        compute_acte("assignation", EN_2025, D(0))
    assert erreur.value.code == "montant_nul"


def test_chaque_colonne_d_acte_a_son_acte_et_son_article():
    bareme = load_bareme(BAREME)
    prefixes = ("tva", "transition", "coefficient", "deplacement", "debiteur", "creancier", "engagement")
    colonnes = {serie for serie in bareme.series if not serie.startswith(prefixes)}
    assert colonnes <= set(ACTES)
    for serie in colonnes:
        assert {valeur.article for valeur in bareme.get_historique(serie)} == {f"C. com. {ACTES[serie].article}"}


@given(MONTANTS, MONTANTS, st.sampled_from([EN_2018, EN_2022]), st.sampled_from([Droit.DEBITEUR, Droit.CREANCIER]))
def test_recouvrer_plus_coute_plus_et_l_ordre_des_acomptes_ne_change_rien(premier, second, jour, droit):
    ensemble = compute_droit(droit, premier + second, jour)
    suite = compute_droit(droit, second, jour, deja=premier)
    assert suite.deja_percu + suite.total_ht == ensemble.total_ht
    assert suite.total_ht >= 0
    assert ensemble.total_ttc == ensemble.total_ht + ensemble.tva


@given(MONTANTS)
def test_le_plafond_et_le_doublement(montant):
    simple = compute_droit(Droit.DEBITEUR, montant, EN_2025)
    double = compute_droit(Droit.DEBITEUR, montant, EN_2025, alimentaire=True)
    assert simple.total_ht <= double.total_ht <= D(550)
    assert double.total_ht <= 2 * simple.total_ht + D("0.05")


@pytest.mark.parametrize(
    ("demande", "code", "champ", "phrase"),
    [
        (partial(compute_droit, Droit.DEBITEUR, D(0), EN_2025), "montant_nul", "montant", "supérieur à zéro."),
        (
            partial(compute_droit, Droit.DEBITEUR, D(1), EN_2025, deja=D("-0.01")),
            *("montant_negatif", "deja", "-0,01\u00a0€ est négatif : indiquez-le sans signe."),
        ),
        (
            partial(compute_droit, Droit.DEBITEUR, D(1), EN_2025, engagement=D(-2)),
            *("montant_negatif", "engagement", "-2,00\u00a0€ est négatif : indiquez-le sans signe."),
        ),
        (partial(compute_acte, "assignation", EN_2025, D(0)), "montant_nul", "montant", "supérieur à zéro."),
        (partial(compute_acte, "constat", EN_2025), "acte_inconnu", "acte", "L'acte « constat » n'est pas connu : "),
    ],
)
def test_un_refus_dit_quoi_et_ou(demande, code, champ, phrase):
    with pytest.raises(ErreurSaisie) as erreur:
        demande()
    assert (erreur.value.code, erreur.value.champ) == (code, champ)
    assert phrase in erreur.value.message
    if code == "acte_inconnu":
        assert all(acte in erreur.value.message for acte in ACTES)


def test_un_centime_se_tarife():
    assert compute_acte("assignation", EN_2025, D("0.01")).coefficient == D("0.5")
    assert compute_droit(Droit.DEBITEUR, D("0.01"), EN_2025).total_ht > 0


def test_le_droit_non_du_dit_lequel_et_pourquoi():
    emolument = compute_droit(Droit.CREANCIER, D("4000.00"), EN_2025, alimentaire=True)
    assert (emolument.libelle, emolument.charge) == (
        "Droit de recouvrement à la charge du créancier",
        Charge.CREANCIER,
    )
    assert emolument.articles == ("C. com. A444-32", "C. com. R444-55", "C. com. R444-53")
    assert emolument.avertissements[0].message.startswith("Aucun droit n'est dû par le créancier")


def test_un_tarif_non_lu_dit_le_jour_et_ou_le_relever():
    with pytest.raises(ErreurBareme) as erreur:
        compute_acte("assignation", date(2016, 5, 2), D(4000), electronique=True)
    assert erreur.value.code == "tarif_non_lu"
    assert "au 02/05/2016 n'a pas été lu" in erreur.value.message
    assert erreur.value.parametres == {"jour": "2016-05-02", "bareme": BAREME}
