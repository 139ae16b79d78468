"""Payments imputed: the worked examples, the order of the law, and what must not happen."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.compte import Compte
from exigible.droit.decompte import Creance, ModeImputation, Versement, compute_decompte
from exigible.droit.erreurs import ErreurBareme, ErreurSaisie
from exigible.droit.interets import Diviseur, Regime, RegleInterets

D = Decimal


def build_creance(cle, principal, echeance, regle=None, **options):
    return Creance(cle, f"Facture {cle}", D(principal), echeance, regle, **options)


def build_commerciale(cle="F1", principal="10000.00", echeance=date(2025, 9, 30)):
    return build_creance(cle, principal, echeance, RegleInterets(Regime.COMMERCIAL, echeance), indemnite=D("40.00"))


def get_solde(decompte, cle):
    return next(solde for solde in decompte.soldes if solde.cle == cle)


# ---------------------------------------------------------------- worked examples


def test_frais_indemnite_interets_puis_principal():
    versement = Versement("V1", date(2026, 2, 15), D("3000.00"))
    decompte = compute_decompte([build_commerciale()], [versement], date(2026, 4, 30))
    (imputation,) = decompte.imputations
    assert (imputation.indemnites, imputation.interets, imputation.principal) == (D("40.00"), D("459.37"), D("2500.63"))
    assert decompte.principal == D("7499.37")
    assert decompte.interets == D("184.73")
    assert decompte.interets_courus == D("644.10")
    assert [ligne.du for ligne in decompte.lignes] == [date(2025, 10, 1), date(2026, 1, 1), date(2026, 2, 16)]
    assert {"C. civ. 1343-1", "C. com. L441-10 II", "C. com. D441-5"} <= set(decompte.articles)


def test_principal_d_abord_sur_decision_du_juge():
    versement = Versement("V1", date(2026, 2, 15), D("3000.00"), imputation=ModeImputation.PRINCIPAL)
    decompte = compute_decompte([build_commerciale()], [versement], date(2026, 2, 15))
    assert (decompte.principal, decompte.interets, decompte.indemnites) == (D("7000.00"), D("459.37"), D("40.00"))


def test_consommateur_interet_legal_apres_mise_en_demeure():
    regle = RegleInterets(Regime.LEGAL, date(2026, 2, 2), diviseur=Diviseur.FIXE_365)
    creance = build_creance("F1", "1200.00", date(2026, 1, 1), regle)
    versement = Versement("V1", date(2026, 4, 30), D("500.00"))
    decompte = compute_decompte([creance], [versement], date(2026, 6, 30))
    (imputation,) = decompte.imputations
    assert (imputation.interets, imputation.principal) == (D("7.49"), D("492.51"))
    assert (decompte.principal, decompte.interets, decompte.total_du) == (D("707.49"), D("3.10"), D("710.59"))


TROIS_DETTES = [
    build_creance("F1", "2000.00", date(2026, 1, 31), RegleInterets(Regime.LEGAL, date(2026, 2, 10))),
    build_creance("F2", "5000.00", date(2026, 2, 28), RegleInterets(Regime.CONVENU, date(2026, 2, 28), taux=D(15))),
    build_creance("F3", "1000.00", date(2026, 12, 31)),
]


@pytest.mark.parametrize(
    ("montant", "options", "principaux", "interets_f1"),
    [
        pytest.param("4000.00", {}, ("2000.00", "1250.68", "1000.00"), "20.10", id="sans choix, le taux le plus haut"),
        pytest.param("4000.00", {"creances": ("F1",)}, ("0.00", "3270.78", "1000.00"), "0.00", id="solde de F1"),
        pytest.param("1000.00", {}, ("2000.00", "4250.68", "1000.00"), "20.10", id="acompte sans choix"),
        pytest.param(
            "1000.00", {"creances": ("F1",)}, ("2000.00", "4250.68", "1000.00"), "20.10", id="acompte sans accord"
        ),
        pytest.param(
            "1000.00",
            {"creances": ("F1",), "accord_creancier": True},
            ("1020.10", "5000.00", "1000.00"),
            "0.00",
            id="acompte accepté",
        ),
    ],
)
def test_imputation_entre_plusieurs_dettes(montant, options, principaux, interets_f1):
    versement = Versement("V1", date(2026, 6, 30), D(montant), **options)
    decompte = compute_decompte(TROIS_DETTES, [versement], date(2026, 6, 30))
    assert tuple(str(solde.principal_restant) for solde in decompte.soldes) == principaux
    assert get_solde(decompte, "F1").interets == D(interets_f1)


def test_une_dette_non_echue_passe_apres_les_echues():
    versement = Versement("V1", date(2026, 6, 30), D("7500.00"))
    decompte = compute_decompte(TROIS_DETTES, [versement], date(2026, 6, 30))
    assert [solde.principal_restant for solde in decompte.soldes] == [D("0.00"), D("0.00"), D("770.78")]
    assert "C. civ. 1342-10" in decompte.articles


@pytest.mark.parametrize(
    ("principaux", "montant", "restes"),
    [
        (("3000.00", "1000.00"), "1000.00", ("2250.00", "750.00")),
        (("100.00", "100.00", "100.00"), "100.00", ("66.66", "66.67", "66.67")),
        (("0.01", "0.01", "0.01"), "0.02", ("0.00", "0.00", "0.01")),
    ],
)
def test_prorata_entre_dettes_egales(principaux, montant, restes):
    creances = [build_creance(f"F{rang}", principal, date(2026, 1, 31)) for rang, principal in enumerate(principaux)]
    decompte = compute_decompte(creances, [Versement("V1", date(2026, 3, 1), D(montant))], date(2026, 3, 1))
    assert tuple(str(solde.principal_restant) for solde in decompte.soldes) == restes


def test_la_plus_ancienne_a_taux_egal():
    creances = [build_commerciale("RECENTE", "500.00", date(2026, 1, 31)), build_commerciale("ANCIENNE", "500.00")]
    decompte = compute_decompte(creances, [Versement("V1", date(2026, 3, 1), D("100.00"))], date(2026, 3, 1))
    assert [imputation.creance for imputation in decompte.imputations] == ["ANCIENNE"]


def build_de_rang(cle, echeance, regime, depart=None, **options):
    """A claim without interest claimed, and the rule under which the law makes it bear some."""
    regle = RegleInterets(regime, depart or echeance, **options)
    return build_creance(cle, "1000.00", echeance, regle_de_rang=regle)


@pytest.mark.parametrize("reclame", [True, False])
def test_le_taux_le_plus_haut_d_abord_que_l_interet_soit_reclame_ou_non(reclame):
    """The older claim bears the legal rate, the younger ECB + 10: the younger is paid first (C. civ. 1342-10 al. 2)."""
    ancienne = RegleInterets(Regime.LEGAL, date(2026, 1, 31))
    recente = RegleInterets(Regime.COMMERCIAL, date(2026, 2, 28))
    creances = [
        build_creance("F1", "1000.00", date(2026, 1, 31), ancienne if reclame else None, regle_de_rang=ancienne),
        build_creance("F2", "1000.00", date(2026, 2, 28), recente if reclame else None, regle_de_rang=recente),
    ]
    decompte = compute_decompte(creances, [Versement("V1", date(2026, 6, 30), D("100.00"))], date(2026, 6, 30))
    assert [imputation.creance for imputation in decompte.imputations] == ["F2"]
    assert (decompte.interets_courus > 0) is reclame
    assert bool(decompte.lignes) is reclame


def test_un_versement_que_le_choix_epuise_ne_classe_pas_les_autres(monkeypatch):
    """Ranking every other claim for nothing costs a file of many payments its square."""
    monkeypatch.setattr(Compte, "get_taux", lambda *_: pytest.fail("no rate was needed"))
    creances = [build_commerciale("F1"), build_commerciale("F2")]
    for mode in ModeImputation:
        versement = Versement("V1", date(2026, 2, 15), D("3000.00"), ("F2",), mode, accord_creancier=True)
        decompte = compute_decompte(creances, [versement], date(2026, 4, 30))
        assert [imputation.creance for imputation in decompte.imputations] == ["F2"]
        assert "C. civ. 1342-10" not in decompte.articles


def test_la_regle_de_rang_ne_compte_pas_avant_son_depart():
    """No formal notice yet on the day of the payment: the legal interest does not run, the oldest comes first."""
    creances = [
        build_creance("F1", "1000.00", date(2026, 1, 31)),
        build_de_rang("F2", date(2026, 2, 28), Regime.LEGAL, depart=date(2026, 7, 15)),
    ]
    for jour, cle in ((date(2026, 6, 30), "F1"), (date(2026, 7, 16), "F2")):
        decompte = compute_decompte(creances, [Versement("V1", jour, D("100.00"))], jour)
        assert [imputation.creance for imputation in decompte.imputations] == [cle]


@pytest.mark.parametrize("jour", [date(2008, 3, 1), date(2027, 3, 1)])
def test_la_regle_de_rang_ne_demande_aucun_taux_inconnu(jour):
    """Outside the tables the nearest known rate ranks: nothing is claimed, nothing is refused."""
    creances = [
        build_creance("F1", "1000.00", date(2007, 12, 31)),
        build_de_rang("F2", date(2008, 1, 31), Regime.COMMERCIAL),
        build_de_rang("F3", date(2008, 1, 31), Regime.PUBLIC),
    ]
    decompte = compute_decompte(creances, [Versement("V1", jour, D("100.00"))], jour)
    assert [imputation.creance for imputation in decompte.imputations] == ["F2"]
    assert decompte.interets == D(0)
    assert decompte.interets_arretes_au is None


@pytest.mark.parametrize(
    ("regle", "articles", "attendus"),
    [
        (None, None, ["C. com. L441-10 II", "C. com. D441-5"]),
        (None, ("CCP D2192-35",), ["CCP D2192-35"]),
        (RegleInterets(Regime.PUBLIC, date(2026, 1, 31)), None, ["CCP R2192-31", "CCP D2192-35"]),
        (RegleInterets(Regime.PUBLIC, date(2026, 1, 31)), ("CCP D2192-35",), ["CCP R2192-31", "CCP D2192-35"]),
    ],
)
def test_articles_de_l_indemnite(regle, articles, attendus):
    options = {} if articles is None else {"articles_indemnite": articles}
    creance = build_creance("F1", "1000.00", date(2026, 1, 31), regle, indemnite=D("40.00"), **options)
    assert list(compute_decompte([creance], [], date(2026, 3, 1)).articles) == attendus


# ---------------------------------------------------------------- what must not happen


def test_l_interet_d_une_facture_reglee_en_retard_est_garde():
    creances = [build_commerciale("F1", "1000.00"), build_commerciale("F2", "1000.00")]
    avoir = Versement("A1", date(2025, 12, 31), D("1000.00"), ("F1",), ModeImputation.PRINCIPAL, accord_creancier=True)
    decompte = compute_decompte(creances, [avoir], date(2026, 2, 15))
    solde = get_solde(decompte, "F1")
    assert (solde.principal_restant, solde.interets, solde.indemnites) == (D("0.00"), D("30.62"), D("40.00"))


def test_un_paiement_ne_coupe_que_les_lignes_de_la_creance_touchee():
    creances = [build_commerciale("F1"), build_commerciale("F2")]
    decompte = compute_decompte(
        creances, [Versement("V1", date(2025, 11, 15), D("50.00"), ("F2",), accord_creancier=True)], date(2025, 12, 31)
    )
    assert len([ligne for ligne in decompte.lignes if ligne.creance == "F1"]) == 1
    assert len([ligne for ligne in decompte.lignes if ligne.creance == "F2"]) == 2


@pytest.mark.parametrize(
    ("jour", "indemnite"), [(date(2025, 9, 30), "0.00"), (date(2025, 10, 1), "0.00"), (date(2025, 10, 2), "40.00")]
)
def test_l_indemnite_est_due_le_lendemain_si_rien_n_est_paye(jour, indemnite):
    """Paid on the due date: nothing. Paid the day after: the indemnity was due, and is paid first."""
    versement = Versement("V1", date(2025, 9, 30), D("10000.00"))
    payee = compute_decompte([build_commerciale()], [versement], jour)
    assert payee.total_du == D("0.00")
    impayee = compute_decompte([build_commerciale()], [], jour)
    assert impayee.indemnites == (D("40.00") if jour > date(2025, 9, 30) else D(0))
    retard = compute_decompte([build_commerciale()], [Versement("V1", date(2025, 10, 1), D("10040.00"))], jour)
    assert retard.indemnites == D("0.00")
    assert (retard.trop_percu == 0) or jour < date(2025, 10, 1)


def test_un_trop_percu_est_signale_et_rien_ne_devient_negatif():
    decompte = compute_decompte([build_commerciale()], [Versement("V1", date(2026, 2, 15), D(11000))], date(2026, 3, 1))
    assert decompte.total_du == D("0.00")
    assert decompte.trop_percu == D("500.63")
    assert [a.code for a in decompte.avertissements] == ["trop_percu"]


def test_un_versement_posterieur_n_est_pas_vu():
    versement = Versement("V1", date(2026, 2, 16), D("3000.00"))
    decompte = compute_decompte([build_commerciale()], [versement], date(2026, 2, 15))
    assert decompte.imputations == ()
    assert decompte.total_du == D("10499.37")


def test_principal_d_abord_paie_ensuite_les_accessoires():
    versement = Versement("V1", date(2026, 2, 15), D("10100.00"), imputation=ModeImputation.PRINCIPAL)
    decompte = compute_decompte([build_commerciale()], [versement], date(2026, 2, 15))
    assert (decompte.principal, decompte.indemnites, decompte.interets) == (D(0), D(0), D("399.37"))
    assert decompte.trop_percu == 0


def test_l_interet_capitalise_cesse_quand_il_est_paye():
    regle = RegleInterets(Regime.CONVENU, date(2022, 12, 31), taux=D(5), capitalisation=date(2023, 1, 1))
    creance = build_creance("F1", "10000.00", date(2022, 12, 31), regle)
    versement = Versement("V1", date(2024, 12, 31), D("1025.00"))
    decompte = compute_decompte([creance], [versement], date(2025, 12, 31))
    assert decompte.lignes[-1].base == D("10000.00")
    assert decompte.interets == D("500.00")


def test_plusieurs_regimes_dans_un_dossier():
    creances = [
        build_commerciale("PRO", "1000.00"),
        build_creance(
            "PUB", "1000.00", date(2025, 9, 30), RegleInterets(Regime.PUBLIC, date(2025, 9, 30)), indemnite=D(40)
        ),
        build_creance("NUE", "1000.00", date(2025, 9, 30), frais=D("12.00")),
    ]
    decompte = compute_decompte(creances, [], date(2026, 6, 30))
    assert {ligne.creance: ligne.article for ligne in decompte.lignes} == {
        "PRO": "C. com. L441-10 II",
        "PUB": "CCP R2192-31",
    }
    assert get_solde(decompte, "NUE").total == D("1012.00")
    assert "CCP D2192-35" in decompte.articles


def test_chaque_creance_suit_son_regime_et_cite_son_article():
    echeance = date(2025, 9, 30)
    regles = {
        "FACTURE": RegleInterets(Regime.COMMERCIAL, echeance),
        "MARCHE": RegleInterets(Regime.PUBLIC, echeance),
        "CHARGES": RegleInterets(Regime.LEGAL, echeance, fondement=("D. 67-223 art. 36",)),
        "LOYER": RegleInterets(Regime.LEGAL, echeance, fondement=("C. civ. 1231-6", "L. 89-462 art. 4 i")),
        "CREDIT": RegleInterets(Regime.CONVENU, echeance, taux=D(6), fondement=("C. conso. L312-39",)),
        "JUGEMENT": RegleInterets(Regime.LEGAL, echeance, fondement=("C. civ. 1231-7",), executoire=echeance),
    }
    creances = [build_creance(cle, "1000.00", echeance, regle) for cle, regle in regles.items()]
    decompte = compute_decompte(creances, [], date(2026, 6, 30))
    assert {ligne.creance: (str(ligne.taux), ligne.article) for ligne in decompte.lignes} == {
        "FACTURE": ("12.15", "C. com. L441-10 II"),
        "MARCHE": ("10.15", "CCP R2192-31"),
        "CHARGES": ("2.62", "D. 67-223 art. 36"),
        "LOYER": ("2.62", "C. civ. 1231-6"),
        "CREDIT": ("6", "C. conso. L312-39"),
        "JUGEMENT": ("7.62", "CMF L313-3"),
    }
    assert "L. 89-462 art. 4 i" in decompte.articles
    for creance in creances:
        seule = compute_decompte([creance], [], date(2026, 6, 30))
        assert seule.interets == get_solde(decompte, creance.cle).interets


def test_un_arret_des_baremes_ne_touche_que_les_regimes_qui_en_dependent():
    creances = [
        build_commerciale("PRO", "1000.00", date(2026, 6, 30)),
        build_creance(
            "FIXE", "1000.00", date(2026, 6, 30), RegleInterets(Regime.CONVENU, date(2026, 6, 30), taux=D(5))
        ),
    ]
    decompte = compute_decompte(creances, [], date(2027, 6, 30), arreter_au_dernier_connu=True)
    fins = {ligne.creance: ligne.au for ligne in decompte.lignes}
    assert fins == {"PRO": date(2026, 12, 31), "FIXE": date(2027, 6, 30)}
    assert decompte.interets_arretes_au == date(2026, 12, 31)


def test_une_creance_soldee_n_arrete_pas_le_decompte():
    versement = Versement("V1", date(2026, 3, 1), D(12000))
    decompte = compute_decompte([build_commerciale()], [versement], date(2027, 6, 30), arreter_au_dernier_connu=True)
    assert decompte.interets_arretes_au is None


def test_un_versement_apres_le_dernier_taux_connu():
    versement = Versement("V1", date(2027, 3, 1), D(100))
    with pytest.raises(ErreurBareme):
        compute_decompte([build_commerciale()], [versement], date(2027, 6, 30))
    decompte = compute_decompte([build_commerciale()], [versement], date(2027, 6, 30), arreter_au_dernier_connu=True)
    assert [imputation.montant for imputation in decompte.imputations] == [D(100)]


def test_une_creance_echue_apres_le_dernier_taux_connu_ne_porte_pas_interet():
    creances = [build_commerciale("F1", "100.00", date(2027, 2, 1)), build_commerciale("F2", "100.00")]
    versement = Versement("V1", date(2027, 3, 1), D("100.00"))
    decompte = compute_decompte(creances, [versement], date(2027, 6, 30), arreter_au_dernier_connu=True)
    assert [imputation.creance for imputation in decompte.imputations] == ["F2"]
    assert get_solde(decompte, "F1").interets == D(0)
    assert get_solde(decompte, "F1").indemnites == D("40.00")
    assert decompte.interets_arretes_au == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("creances", "versements", "code"),
    [
        ([build_commerciale(), build_commerciale()], [], "cle_en_double"),
        ([build_commerciale()], [Versement("V1", date(2026, 1, 1), D(1), ("F9",))], "creance_inconnue"),
    ],
)
def test_refuse_un_dossier_incoherent(creances, versements, code):
    with pytest.raises(ErreurSaisie) as erreur:
        compute_decompte(creances, versements, date(2026, 2, 15))
    assert erreur.value.code == code


def test_un_solde_dit_de_quelle_creance_il_s_agit():
    decompte = compute_decompte(
        [build_commerciale()], [Versement("V1", date(2026, 2, 15), D("3000.00"))], date(2026, 4, 30)
    )
    (solde,) = decompte.soldes
    assert (solde.cle, solde.libelle, solde.echeance) == ("F1", "Facture F1", date(2025, 9, 30))
    assert (solde.principal_initial, solde.principal_restant) == (D("10000.00"), D("7499.37"))
    assert solde.total == solde.principal_restant + solde.interets + solde.indemnites + solde.frais


def test_cinquante_centimes_de_trop_sont_dits():
    creance = build_creance("F1", "100.00", date(2025, 9, 30))
    versement = Versement("V1", date(2025, 9, 30), D("100.50"))
    (avertissement,) = compute_decompte([creance], [versement], date(2025, 9, 30)).avertissements
    assert (avertissement.code, avertissement.parametres) == ("trop_percu", {"montant": "0.50"})
    assert "0,50\u00a0€ reçus en trop" in avertissement.message


def test_un_arret_des_baremes_dit_son_jour():
    decompte = compute_decompte([build_commerciale()], [], date(2027, 6, 30), arreter_au_dernier_connu=True)
    avertissement = next(a for a in decompte.avertissements if a.code == "interets_arretes_au")
    assert avertissement.parametres == {"date": "2026-12-31"}
    assert "arrêtés au 31/12/2026" in avertissement.message


def test_une_indemnite_de_quelques_centimes_a_aussi_son_article():
    creance = build_creance("F1", "100.00", date(2025, 9, 30), indemnite=D("0.50"))
    assert "C. com. D441-5" in compute_decompte([creance], [], date(2025, 10, 1)).articles


def test_deux_creances_de_meme_cle_se_disent():
    with pytest.raises(ErreurSaisie) as erreur:
        compute_decompte([build_commerciale(), build_commerciale()], [], date(2026, 2, 15))
    assert (erreur.value.champ, erreur.value.parametres) == ("cle", {"cle": "F1"})
    assert erreur.value.message == "Deux créances portent la même clé « F1 »."


def test_un_dossier_sans_creance_ne_doit_rien_au_centime():
    decompte = compute_decompte([], [], date(2026, 2, 15))
    assert (str(decompte.total_du), str(decompte.interets_courus), decompte.lignes) == ("0.00", "0.00", ())
