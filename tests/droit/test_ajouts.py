from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.ajouts import check_ajout, format_ajout, parse_ajouts, parse_nombre
from exigible.droit.bareme import ValeurAjoutee, load_bareme
from exigible.droit.erreurs import ErreurBareme, ErreurSaisie
from exigible.droit.interets import (
    QualiteCreancier,
    Regime,
    RegleInterets,
    compute_dernier_jour_connu,
    compute_lignes,
    compute_taux,
    find_premier_jour_connu,
)
from exigible.droit.plancher import check_plancher
from exigible.droit.regimes import indemnite_forfaitaire

SAISIE = date(2027, 1, 4)


def add(bareme, serie, debut, valeur, le=SAISIE, source="arrêté fictif"):
    return ValeurAjoutee(bareme, serie, debut, (Decimal(valeur),), source, le)


LEGAL_S1 = add("interet_legal", "autres_cas", date(2027, 1, 1), "3.12")
LEGAL_S2 = add("interet_legal", "autres_cas", date(2027, 7, 1), "3.40")
REFI_S1 = add("bce_refi", "taux", date(2027, 1, 1), "2.65", source="site BCE")
REFI_S2 = add("bce_refi", "taux", date(2027, 7, 1), "2.90", source="site BCE")


def test_une_valeur_ajoutee_vaut_pour_sa_periode():
    bareme = load_bareme("interet_legal", [LEGAL_S1])
    valeur = bareme.get_valeur(date(2027, 6, 30), "autres_cas")
    assert (valeur.valeur, valeur.fin, valeur.saisie_le) == (Decimal("3.12"), date(2027, 6, 30), SAISIE)
    assert valeur.source == "valeur saisie par l'utilisateur le 04/01/2027, source : arrêté fictif"
    assert [a.code for a in bareme.list_avertissements(valeur)] == ["valeur_saisie"]
    with pytest.raises(ErreurBareme, match="la valeur applicable au 01/07/2027"):
        bareme.get_valeur(date(2027, 7, 1), "autres_cas")
    # The other category stays unknown: nothing is guessed from one for the other.
    with pytest.raises(ErreurBareme, match="premier semestre 2027"):
        bareme.get_valeur(date(2027, 1, 1), "particulier")


def test_le_paquet_reste_ce_qu_il_est():
    load_bareme("interet_legal", [LEGAL_S1])
    with pytest.raises(ErreurBareme):
        load_bareme("interet_legal").get_valeur(date(2027, 1, 1), "autres_cas")


def test_une_valeur_ajoutee_remplace_celle_du_meme_jour():
    ajout = add("interet_legal", "particulier", date(2026, 7, 1), "6.90")
    valeur = load_bareme("interet_legal", [ajout]).get_valeur(date(2026, 12, 31), "particulier")
    assert (valeur.valeur, valeur.a_verifier, valeur.fin) == (Decimal("6.90"), False, date(2026, 12, 31))


def test_une_valeur_confirmee_par_le_paquet_n_est_plus_une_saisie():
    ajout = add("interet_legal", "particulier", date(2026, 1, 1), "6.67")
    bareme = load_bareme("interet_legal", [ajout])
    assert bareme.series == load_bareme("interet_legal").series
    doutee = add("interet_legal", "particulier", date(2026, 7, 1), "6.84")
    valeur = load_bareme("interet_legal", [doutee]).get_valeur(date(2026, 7, 1), "particulier")
    assert (valeur.saisie_le, valeur.a_verifier) == (SAISIE, False)


def test_une_serie_qui_n_existe_pas():
    with pytest.raises(ErreurBareme) as erreur:
        load_bareme("bce_refi", [add("bce_refi", "refi", date(2027, 1, 1), "1")])
    assert (erreur.value.code, erreur.value.parametres) == ("serie_inconnue", {"bareme": "bce_refi"})


def test_une_valeur_ajoutee_au_milieu_d_une_periode_connue():
    ajout = add("bce_refi", "taux", date(2025, 9, 1), "2.00")
    bareme = load_bareme("bce_refi", [ajout])
    assert bareme.get_valeur(date(2025, 8, 31), "taux").valeur == Decimal("2.15")
    assert bareme.get_valeur(date(2026, 6, 16), "taux").valeur == Decimal("2.00")
    assert bareme.get_valeur(date(2026, 6, 17), "taux").valeur == Decimal("2.40")


def list_periodes(bareme, serie):
    return [(v.debut, v.fin, v.valeurs[0], v.terminee) for v in bareme.get_historique(serie)]


def test_la_valeur_d_avant_finit_la_veille_de_celle_que_l_on_ajoute():
    ajout = add("penalites", "indemnite_forfaitaire", date(2027, 3, 1), "50")
    assert list_periodes(load_bareme("penalites", [ajout]), "indemnite_forfaitaire") == [
        (date(2013, 1, 1), date(2027, 2, 28), 40, False),
        (date(2027, 3, 1), None, 50, False),
    ]


@pytest.mark.parametrize("debut", [date(2026, 6, 1), date(2028, 2, 29)])
def test_une_valeur_ajoutee_dans_une_periode_qu_un_texte_termine_finit_avec_elle(debut):
    serie = "greffe_commerce_injonction_ht"
    ajout = add("frais_justice", serie, debut, "26")
    *_, coupee, ajoutee = list_periodes(load_bareme("frais_justice", [ajout]), serie)
    assert coupee == (date(2026, 3, 1), debut - timedelta(days=1), Decimal("25.19"), False)
    assert ajoutee == (debut, date(2028, 2, 29), 26, True)


def test_une_valeur_remplacee_ne_garde_ni_sa_note_ni_son_doute():
    ajout = add("interet_legal", "autres_cas", date(2026, 7, 1), "2.80")
    valeur = load_bareme("interet_legal", [ajout]).get_valeur(date(2026, 8, 1), "autres_cas")
    assert (valeur.note, valeur.a_verifier, valeur.unite) == ("", False, "pour cent par an")
    debuts = [v.debut for v in load_bareme("interet_legal", [ajout]).get_historique("autres_cas")]
    assert debuts == [v.debut for v in load_bareme("interet_legal").get_historique("autres_cas")]


def test_ce_qu_un_texte_a_termine_reprend_avec_la_valeur_ajoutee():
    bareme = load_bareme(
        "frais_justice", [add("frais_justice", "greffe_commerce_injonction_ht", date(2028, 3, 1), "26")]
    )
    assert list_periodes(bareme, "greffe_commerce_injonction_ht")[-2:] == [
        (date(2026, 3, 1), date(2028, 2, 29), Decimal("25.19"), True),
        (date(2028, 3, 1), None, 26, False),
    ]


def test_une_valeur_ajoutee_avant_la_premiere():
    bareme = load_bareme("penalites", [add("penalites", "indemnite_forfaitaire", date(2012, 1, 1), "30")])
    valeur = bareme.get_valeur(date(2012, 12, 31), "indemnite_forfaitaire")
    assert (valeur.valeur, valeur.fin, valeur.article) == (30, date(2012, 12, 31), "C. com. D441-5")


def test_une_table_permanente_prend_la_suite():
    ajout = add("penalites", "indemnite_forfaitaire", date(2027, 3, 1), "50")
    assert indemnite_forfaitaire(date(2027, 2, 28), ajouts=(ajout,)).valeur == 40
    assert indemnite_forfaitaire(date(2090, 1, 1), ajouts=(ajout,)).valeur == 50
    assert indemnite_forfaitaire(date(2027, 3, 1)).valeur == 40


def test_la_derniere_saisie_tient():
    corrige = add("interet_legal", "autres_cas", date(2027, 1, 1), "3.21", le=date(2027, 1, 5))
    for ajouts in ([LEGAL_S1, corrige], [corrige, LEGAL_S1]):
        assert load_bareme("interet_legal", ajouts).get_valeur(date(2027, 2, 1), "autres_cas").valeur == Decimal("3.21")
    meme_jour = add("interet_legal", "autres_cas", date(2027, 1, 1), "3.30")
    bareme = load_bareme("interet_legal", [LEGAL_S1, meme_jour])
    assert bareme.get_valeur(date(2027, 2, 1), "autres_cas").valeur == Decimal("3.30")


@given(
    st.sampled_from(list(permutations([LEGAL_S1, LEGAL_S2, add("interet_legal", "autres_cas", date(2026, 9, 1), "2")])))
)
def test_l_ordre_des_saisies_de_jours_differents_ne_change_rien(ajouts):
    dates = [date(2027, 1, rang) for rang in (5, 6, 7)]
    recus = [
        ValeurAjoutee(a.bareme, a.serie, a.debut, a.valeurs, a.source, le) for a, le in zip(ajouts, dates, strict=True)
    ]
    lus = [(v.debut, v.fin, v.valeurs) for v in load_bareme("interet_legal", recus).get_historique("autres_cas")[-3:]]
    assert lus == [
        (date(2026, 9, 1), date(2026, 12, 31), (Decimal(2),)),
        (date(2027, 1, 1), date(2027, 6, 30), (Decimal("3.12"),)),
        (date(2027, 7, 1), date(2027, 12, 31), (Decimal("3.40"),)),
    ]


def test_un_trou_reste_inconnu():
    bareme = load_bareme("interet_legal", [LEGAL_S2])
    assert bareme.find_dernier_jour("autres_cas") == date(2026, 12, 31)
    assert bareme.find_manque("autres_cas") == date(2027, 1, 1)
    with pytest.raises(ErreurBareme):
        bareme.get_valeur(date(2027, 3, 1), "autres_cas")
    provisoire = bareme.get_valeur(date(2027, 3, 1), "autres_cas", provisoire=True)
    assert (provisoire.valeur, provisoire.provisoire) == (Decimal("2.75"), True)
    assert bareme.get_valeur(date(2027, 7, 1), "autres_cas").valeur == Decimal("3.40")


@pytest.mark.parametrize(
    ("regle", "ajouts", "dernier"),
    [
        (RegleInterets(Regime.LEGAL, date(2026, 10, 1)), (), date(2026, 12, 31)),
        (RegleInterets(Regime.LEGAL, date(2026, 10, 1)), (LEGAL_S1,), date(2027, 6, 30)),
        (RegleInterets(Regime.LEGAL, date(2026, 10, 1)), (LEGAL_S2,), date(2026, 12, 31)),
        (
            RegleInterets(Regime.LEGAL, date(2026, 10, 1), QualiteCreancier.PARTICULIER),
            (LEGAL_S1,),
            date(2026, 12, 31),
        ),
        (RegleInterets(Regime.COMMERCIAL, date(2026, 10, 1)), (LEGAL_S1,), date(2026, 12, 31)),
        (RegleInterets(Regime.COMMERCIAL, date(2026, 10, 1)), (REFI_S1,), date(2027, 6, 30)),
        (RegleInterets(Regime.COMMERCIAL, date(2026, 10, 1)), (REFI_S2, REFI_S1), date(2027, 12, 31)),
        (RegleInterets(Regime.COMMERCIAL, date(2026, 10, 1)), (REFI_S2,), date(2026, 12, 31)),
        (RegleInterets(Regime.PUBLIC, date(2027, 2, 1)), (), date(2026, 12, 31)),
        (RegleInterets(Regime.PUBLIC, date(2027, 2, 1)), (REFI_S1,), None),
        (
            RegleInterets(Regime.COMMERCIAL, date(2026, 10, 1), multiple_legal=Decimal(3)),
            (LEGAL_S1,),
            date(2027, 6, 30),
        ),
    ],
)
def test_le_dernier_jour_connu_suit_les_valeurs_ajoutees(regle, ajouts, dernier):
    complete = RegleInterets(
        regle.regime, regle.depart, regle.creancier, multiple_legal=regle.multiple_legal, ajouts=ajouts
    )
    assert compute_dernier_jour_connu(complete) == dernier


def test_les_interets_emploient_les_valeurs_ajoutees_et_le_disent():
    regle = RegleInterets(Regime.COMMERCIAL, date(2026, 12, 31), ajouts=(REFI_S1,))
    (ligne,) = compute_lignes(regle, Decimal(10_000), date(2027, 1, 1), date(2027, 1, 31))
    assert (ligne.taux, ligne.montant) == (Decimal("12.65"), Decimal("107.44"))
    assert ligne.source == (
        "taux de refinancement de la BCE au 01/01/2027 (2,65\u00a0%, valeur saisie par l'utilisateur le 04/01/2027, "
        "source : site BCE) + 10 points"
    )
    assert [a.code for a in ligne.avertissements] == ["valeur_saisie"]


def test_les_points_ajoutes_sont_dits():
    points = add("penalites", "majoration_condamnation", date(2027, 1, 1), "6")
    regle = RegleInterets(Regime.LEGAL, date(2026, 1, 1), executoire=date(2026, 3, 1), ajouts=(LEGAL_S1, points))
    taux = compute_taux(regle, date(2027, 2, 1))
    assert taux.taux == Decimal("9.12")
    assert taux.source.endswith("+ 6 points (valeur saisie par l'utilisateur le 04/01/2027, source : arrêté fictif)")
    assert [a.code for a in taux.avertissements] == ["valeur_saisie", "valeur_saisie"]


def test_le_delai_de_la_majoration_suit_les_valeurs_ajoutees():
    delai = add("penalites", "delai_condamnation_mois", date(2026, 1, 1), "3")
    regle = RegleInterets(Regime.LEGAL, date(2026, 1, 1), executoire=date(2026, 3, 1), ajouts=(delai,))
    assert regle.debut_majoration == date(2026, 6, 2)


def test_le_plancher_suit_les_valeurs_ajoutees():
    regle = RegleInterets(Regime.COMMERCIAL, date(2026, 10, 1), taux=Decimal(9), ajouts=(LEGAL_S1,))
    assert check_plancher(regle, date(2027, 3, 1)).jour == date(2027, 1, 1)
    assert (
        check_plancher(RegleInterets(Regime.COMMERCIAL, date(2026, 10, 1), taux=Decimal(9)), date(2027, 3, 1)) is None
    )


def test_pas_de_plancher_avant_qu_il_existe():
    assert check_plancher(RegleInterets(Regime.COMMERCIAL, date(2008, 6, 1), taux=Decimal(1)), date(2010, 1, 1)) is None


def test_le_premier_jour_connu_suit_les_valeurs_ajoutees():
    ancien = add("interet_legal", "autres_cas", date(1970, 1, 1), "4")
    regle = RegleInterets(Regime.LEGAL, date(1971, 1, 1), ajouts=(ancien,))
    assert find_premier_jour_connu(regle) == date(1970, 1, 1)


@pytest.mark.parametrize(
    ("ajout", "code", "champ", "dit"),
    [
        (add("inconnu", "taux", date(2027, 1, 1), "1"), "bareme_inconnu", "bareme", "parmi bce_refi, competence"),
        (
            *(add("bce_refi", "refi", date(2027, 1, 1), "1"), "serie_inconnue", "serie"),
            "n'a pas de série « refi » : choisissez parmi taux",
        ),
        (
            ValeurAjoutee("bce_refi", "taux", date(2027, 1, 1), (Decimal(1), Decimal(2)), "lu", SAISIE),
            *("valeurs_nombre", "valeurs", "demande 1 nombre(s) par date, 2 donné(s)"),
        ),
        (add("bce_refi", "taux", date(2027, 1, 1), "-0.01"), "valeur_invraisemblable", "valeurs", "pour cent"),
        (add("bce_refi", "taux", date(2027, 1, 1), "NaN"), "valeur_invraisemblable", "valeurs", "pour cent"),
        (add("bce_refi", "taux", date(2027, 1, 1), "Infinity"), "valeur_invraisemblable", "valeurs", "pour cent"),
        (add("bce_refi", "taux", date(2027, 1, 1), "100.01"), "valeur_invraisemblable", "valeurs", "pour cent"),
        (add("bce_refi", "taux", date(2027, 1, 1), "2.65", source=" "), "source_absente", "source", "sa source"),
        (add("bce_refi", "taux", date(2026, 12, 17), "2.65"), "debut_de_periode", "debut", "par exemple le 01/01/2027"),
        (
            *(add("tarifs_commissaires_justice", "creancier_fixe", date(2026, 4, 2), "21"), "debut_de_periode"),
            *("debut", "est connu jusqu'au 29/02/2024"),
        ),
        (
            *(add("tarifs_commissaires_justice", "creancier_fixe", date(2026, 4, 2), "21"), "debut_de_periode"),
            *("debut", "par exemple le 01/03/2028"),
        ),
        (
            *(add("interet_legal", "autres_cas", date(2027, 1, 2), "2.65"), "debut_de_periode", "debut"),
            "est connu jusqu'au 31/12/2026 : la valeur qui suit commence avec une période",
        ),
    ],
)
def test_une_valeur_que_le_bareme_ne_peut_pas_prendre(ajout, code, champ, dit):
    with pytest.raises(ErreurSaisie) as refus:
        check_ajout(ajout)
    assert (refus.value.code, refus.value.champ) == (code, champ)
    assert dit in refus.value.message


@pytest.mark.parametrize(
    "ajout",
    [
        LEGAL_S1,
        LEGAL_S2,
        REFI_S2,
        add("bce_refi", "taux", date(2026, 9, 30), "2.65"),
        add("bce_refi", "taux", date(2026, 9, 30), "0"),
        add("frais_justice", "greffe_commerce_injonction_ht", date(2028, 2, 29), "26"),
        add("bce_refi", "taux", date(2026, 9, 30), "100"),
        add("frais_justice", "greffe_commerce_injonction_ht", date(2028, 3, 1), "26"),
        add("penalites", "indemnite_forfaitaire", date(2027, 5, 7), "100.01"),
        add("penalites", "majoration_publique", date(2027, 5, 7), "9"),
    ],
)
def test_une_valeur_que_le_bareme_prend(ajout):
    assert check_ajout(ajout) is ajout


@given(
    valeur=st.decimals(min_value=0, max_value=100, places=3),
    source=st.text(st.characters(exclude_categories=["C"]), min_size=1).filter(str.strip),
    auteur=st.text(st.characters(exclude_categories=["C"])),
)
def test_ecrire_puis_lire_rend_la_meme_valeur(valeur, source, auteur):
    ajout = ValeurAjoutee("bce_refi", "taux", date(2027, 1, 1), (valeur,), source, SAISIE, auteur)
    assert parse_ajouts(format_ajout(ajout), "essai.toml") == (ajout,)


def test_un_fichier_vide_de_valeurs():
    assert parse_ajouts("valeur = []", "essai.toml") == ()


@pytest.mark.parametrize(
    ("ancien", "nouveau", "code"),
    [
        ("[[valeur]]", "[[valeur]", "valeurs_illisibles"),
        ("[[valeur]]", "[[valeurs]]", "valeurs_illisibles"),
        ("[[valeur]]", "[valeur]", "valeurs_illisibles"),
        ('source = "site BCE"', "", "valeurs_illisibles"),
        ('source = "site BCE"', 'source = "site BCE"\nlu = true', "valeurs_illisibles"),
        ("debut = 2027-01-01", 'debut = "2027-01-01"', "valeurs_illisibles"),
        ("debut = 2027-01-01", "debut = 2027-01-01T10:00:00", "valeurs_illisibles"),
        ('["2.65"]', "[2.65]", "valeurs_illisibles"),
        ('["2.65"]', '"2.65"', "valeurs_illisibles"),
        ('["2.65"]', '["deux"]', "nombre_illisible"),
        ('["2.65"]', '["265"]', "valeur_invraisemblable"),
    ],
)
def test_un_fichier_de_valeurs_mal_ecrit_se_dit(ancien, nouveau, code):
    with pytest.raises(ErreurSaisie) as erreur:
        parse_ajouts(format_ajout(REFI_S1).replace(ancien, nouveau), "essai.toml")
    assert (erreur.value.code, erreur.value.champ) == (code, "valeurs")
    lieu = "fichier" if "[valeur" in ancien else "entrée 1"
    assert erreur.value.message.startswith(f"Fichier de valeurs « essai.toml », {lieu} : ")


def test_l_entree_fautive_est_nommee_par_son_rang():
    with pytest.raises(ErreurSaisie, match="entrée 2 : Le nombre « deux »"):
        parse_ajouts(format_ajout(REFI_S1) + format_ajout(REFI_S2).replace("2.90", "deux"), "essai.toml")


@pytest.mark.parametrize(("texte", "attendu"), [("2,75", "2.75"), (" 1 234.5 ", "1234.5"), ("0", "0")])
def test_lit_un_nombre(texte, attendu):
    assert parse_nombre(texte) == Decimal(attendu)


@pytest.mark.parametrize("texte", ["", "deux", "NaN", "Infinity"])
def test_refuse_ce_qui_n_est_pas_un_nombre(texte):
    with pytest.raises(ErreurSaisie) as refus:
        parse_nombre(texte, "--valeur")
    assert (refus.value.code, refus.value.champ) == ("nombre_illisible", "--valeur")


def test_un_nombre_trop_long_est_cite_en_abrege():
    with pytest.raises(ErreurSaisie, match=f"« {'x' * 40} »"):
        parse_nombre("x" * 41)


def test_une_valeur_s_ecrit_sans_exposant_et_sans_auteur_vide():
    ajout = ValeurAjoutee("bce_refi", "taux", date(2027, 1, 1), (Decimal("1E-7"),), "décret du « 4 »", SAISIE)
    assert format_ajout(ajout).splitlines() == [
        *("[[valeur]]", 'bareme = "bce_refi"', 'serie = "taux"', 'source = "décret du « 4 »"'),
        *("debut = 2027-01-01", "enregistree_le = 2027-01-04", 'valeurs = ["0.0000001"]'),
    ]
