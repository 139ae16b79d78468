"""Time granted by a judge: reduced rate, no penalty, the five points put off (C. civ. 1343-5)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from exigible.droit.creance import Creance
from exigible.droit.decompte import compute_decompte
from exigible.droit.delai_accorde import DelaiAccorde, apply_delais, check_delais
from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.interets import QualiteCreancier, Regime, RegleInterets
from exigible.droit.pauses import MotifPause

D = Decimal
JUGEMENT = date(2025, 1, 6)
LEGAL = RegleInterets(Regime.LEGAL, JUGEMENT, executoire=date(2025, 1, 20))
CONVENU = RegleInterets(Regime.CONVENU, JUGEMENT, taux=D("9"))
COMMERCIAL = RegleInterets(Regime.COMMERCIAL, JUGEMENT)


def compter(regles, au, montant="10000.00"):
    premiere, *suites = regles
    creance = Creance("J", "Jugement", D(montant), JUGEMENT, premiere, suites=tuple(suites))
    return compute_decompte([creance], [], au)


def lire(decompte):
    return [(ligne.du, ligne.au, ligne.taux, ligne.montant) for ligne in decompte.lignes]


def test_un_taux_reduit_pendant_le_delai_puis_le_taux_d_avant():
    regles = apply_delais(CONVENU, [DelaiAccorde(date(2025, 2, 1), date(2025, 6, 30), taux=D("5"))])
    decompte = compter(regles, date(2025, 7, 31))
    assert lire(decompte) == [
        (date(2025, 1, 7), date(2025, 1, 31), D("9"), D("61.64")),  # 25 days: 10000 * 9 * 25 / 36500
        (date(2025, 2, 1), date(2025, 6, 30), D("5"), D("205.48")),  # 150 days: 10000 * 5 * 150 / 36500
        (date(2025, 7, 1), date(2025, 7, 31), D("9"), D("76.44")),  # 31 days: 10000 * 9 * 31 / 36500
    ]
    assert decompte.lignes[1].article == "C. civ. 1343-5 al. 2"


def test_sans_rien_dire_aucun_interet_n_est_compte_pendant_le_delai():
    (regle,) = apply_delais(CONVENU, [DelaiAccorde(date(2025, 2, 1), date(2025, 6, 30))])
    assert [(p.du, p.au, p.motif) for p in regle.pauses] == [
        (date(2025, 2, 1), date(2025, 6, 30), MotifPause.DELAI_DE_GRACE)
    ]
    assert regle.depart == JUGEMENT


def test_les_cinq_points_attendent_deux_mois_apres_la_fin_du_delai():
    delai = DelaiAccorde(JUGEMENT, date(2025, 6, 30), interets_courent=True)
    (regle,) = apply_delais(LEGAL, [delai])
    assert regle.debut_majoration == date(2025, 8, 31)  # 30 June, two months, the day after
    decompte = compter((regle,), date(2025, 9, 1))
    assert [(ligne.du, ligne.taux) for ligne in decompte.lignes] == [
        (date(2025, 1, 7), D("3.71")),
        (date(2025, 7, 1), D("2.76")),
        (date(2025, 8, 31), D("7.76")),
    ]
    assert [a.code for a in check_delais(LEGAL, [delai])] == ["majoration_reportee"]
    assert "31/08/2025" in str(next(check_delais(LEGAL, [delai])).message)


def test_des_cinq_points_deja_acquis_cessent_puis_reprennent():
    """The two months were over: nothing asks for two more when the time granted later ends."""
    delai = DelaiAccorde(date(2025, 5, 1), date(2025, 6, 30), interets_courent=True)
    decompte = compter(apply_delais(LEGAL, [delai]), date(2025, 7, 31))
    assert [(ligne.du, ligne.au, ligne.taux) for ligne in decompte.lignes] == [
        (date(2025, 1, 7), date(2025, 3, 20), D("3.71")),
        (date(2025, 3, 21), date(2025, 4, 30), D("8.71")),
        (date(2025, 5, 1), date(2025, 6, 30), D("3.71")),
        (date(2025, 7, 1), date(2025, 7, 31), D("7.76")),
    ]
    assert list(check_delais(LEGAL, [delai])) == []


@pytest.mark.parametrize("debut", [date(2025, 3, 20), date(2025, 3, 21)])
def test_la_veille_des_cinq_points_ils_ne_sont_pas_acquis(debut):
    regles = apply_delais(LEGAL, [DelaiAccorde(debut, date(2025, 6, 30))])
    attendu = date(2025, 3, 21) if debut == date(2025, 3, 21) else date(2025, 8, 31)
    assert regles[-1].debut_majoration == attendu


def test_les_cinq_points_acquis_le_premier_jour_du_delai_n_y_courent_pas():
    delai = DelaiAccorde(date(2025, 3, 21), date(2025, 6, 30), interets_courent=True)
    lignes = compter(apply_delais(LEGAL, [delai]), date(2025, 7, 1)).lignes
    assert [(x.du, x.taux) for x in lignes] == [
        (date(2025, 1, 7), D("3.71")),
        (date(2025, 3, 21), D("3.71")),
        (date(2025, 7, 1), D("7.76")),
    ]


def test_un_jugement_executoire_apres_le_delai_garde_ses_deux_mois():
    tardive = RegleInterets(Regime.LEGAL, JUGEMENT, executoire=date(2025, 6, 30))
    delai = DelaiAccorde(JUGEMENT, date(2025, 6, 30), interets_courent=True)
    assert apply_delais(tardive, [delai]) == (tardive,)
    assert list(check_delais(tardive, [delai])) == []


def test_les_penalites_commerciales_ne_sont_pas_encourues_meme_si_l_interet_court():
    (regle,) = apply_delais(COMMERCIAL, [DelaiAccorde(JUGEMENT, date(2025, 6, 30), interets_courent=True)])
    assert regle.pauses[0].motif is MotifPause.DELAI_DE_GRACE


def test_un_taux_reduit_prend_la_place_des_penalites_commerciales():
    pendant, apres = apply_delais(COMMERCIAL, [DelaiAccorde(JUGEMENT, date(2025, 6, 30), taux=D("4"))])
    assert (pendant.regime, pendant.taux, pendant.depart, pendant.arret) == (
        Regime.CONVENU,
        D("4"),
        JUGEMENT,
        date(2025, 6, 30),
    )
    assert (apres.regime, apres.depart, apres.arret) == (Regime.COMMERCIAL, date(2025, 6, 30), None)
    assert pendant.diviseur_effectif is COMMERCIAL.diviseur_effectif


def test_un_taux_plus_haut_que_celui_de_la_dette_ne_la_fait_pas_croitre():
    assert apply_delais(CONVENU, [DelaiAccorde(JUGEMENT, date(2025, 6, 30), taux=D("12"))]) == (CONVENU,)


def test_un_delai_fini_avant_le_premier_interet_ne_coupe_rien():
    assert apply_delais(CONVENU, [DelaiAccorde(date(2024, 1, 1), JUGEMENT, taux=D("5"))]) == (CONVENU,)


def test_un_delai_qui_part_avec_l_interet_n_a_pas_d_avant():
    regles = apply_delais(CONVENU, [DelaiAccorde(date(2025, 1, 7), date(2025, 6, 30), taux=D("5"))])
    assert [(r.premier_jour, r.arret) for r in regles] == [
        (date(2025, 1, 7), date(2025, 6, 30)),
        (date(2025, 7, 1), None),
    ]


def test_le_taux_reduit_remplace_un_multiple_du_taux_legal():
    triple = RegleInterets(Regime.CONVENU, JUGEMENT, multiple_legal=D("3"))
    pendant, apres = apply_delais(triple, [DelaiAccorde(JUGEMENT, date(2025, 6, 30), taux=D("5"))])
    assert (pendant.taux, pendant.multiple_legal) == (D("5"), None)
    assert (apres.taux, apres.multiple_legal) == (None, D("3"))


def test_une_majoration_reduite_par_le_juge_cesse_aussi():
    reduite = RegleInterets(Regime.LEGAL, JUGEMENT, executoire=date(2025, 1, 20), points_majoration=D("2"))
    delai = DelaiAccorde(date(2025, 5, 1), date(2025, 6, 30), interets_courent=True)
    assert [(r.executoire, r.points_majoration) for r in apply_delais(reduite, [delai])] == [
        (date(2025, 1, 20), D("2")),
        (None, None),
        (date(2025, 1, 20), D("2")),
    ]
    plus_bas = DelaiAccorde(date(2025, 5, 1), date(2025, 6, 30), taux=D("3"))
    assert compter(apply_delais(reduite, [plus_bas]), date(2025, 6, 30)).lignes[-1].taux == D("3")


def test_une_majoration_exoneree_n_est_pas_reportee():
    exoneree = RegleInterets(Regime.LEGAL, JUGEMENT, executoire=date(2025, 1, 20), points_majoration=D("0"))
    delai = DelaiAccorde(JUGEMENT, date(2025, 6, 30), interets_courent=True)
    assert apply_delais(exoneree, [delai]) == (exoneree,)


def test_au_taux_legal_du_premier_jour_le_taux_legal_continue():
    """A fixed rate would be higher than the law's once this one goes down."""
    sans = RegleInterets(Regime.LEGAL, JUGEMENT)
    assert apply_delais(sans, [DelaiAccorde(JUGEMENT, date(2025, 12, 31), taux=D("3.71"))]) == (sans,)
    assert len(apply_delais(sans, [DelaiAccorde(JUGEMENT, date(2025, 12, 31), taux=D("3.70"))])) == 2


def test_un_taux_egal_a_celui_des_penalites_le_remplace():
    dix = RegleInterets(Regime.COMMERCIAL, JUGEMENT, taux=D("12"))
    pendant, _ = apply_delais(dix, [DelaiAccorde(JUGEMENT, date(2025, 6, 30), taux=D("12"))])
    assert (pendant.regime, pendant.taux) == (Regime.CONVENU, D("12"))


def test_un_delai_au_dela_des_taux_connus_se_lit_quand_meme():
    lointain = DelaiAccorde(date(2030, 1, 1), date(2030, 6, 30), taux=D("0.01"))
    regles = apply_delais(RegleInterets(Regime.LEGAL, JUGEMENT), [lointain])
    assert [r.taux for r in regles] == [None, D("0.01"), None]
    assert [a.code for a in check_delais(CONVENU, [lointain])] == ["taux_reduit_sous_le_legal"]


def test_le_minimum_est_le_taux_legal_du_premier_jour():
    """3.71 % until 30 June 2025, 2.76 % from 1 July."""
    for du, codes in ((date(2025, 6, 30), ["taux_reduit_sous_le_legal"]), (date(2025, 7, 1), [])):
        assert [a.code for a in check_delais(CONVENU, [DelaiAccorde(du, date(2025, 9, 1), taux=D("3"))])] == codes


def test_chaque_avertissement_dit_de_quel_delai_il_parle():
    delai = DelaiAccorde(JUGEMENT, date(2027, 6, 30), taux=D("1"))
    avis = list(check_delais(LEGAL, [delai]))
    assert [a.code for a in avis] == ["delai_de_grace_trop_long", "taux_reduit_sous_le_legal", "majoration_reportee"]
    assert all(a.parametres == {"du": "2025-01-06", "au": "2027-06-30"} for a in avis)


def test_deux_delais_se_suivent():
    delais = [
        DelaiAccorde(date(2025, 5, 1), date(2025, 5, 31), taux=D("3")),
        DelaiAccorde(date(2025, 2, 1), date(2025, 2, 28), taux=D("5")),
    ]
    regles = apply_delais(CONVENU, delais)
    assert [(r.premier_jour, r.arret, r.taux) for r in regles] == [
        (date(2025, 1, 7), date(2025, 1, 31), D("9")),
        (date(2025, 2, 1), date(2025, 2, 28), D("5")),
        (date(2025, 3, 1), date(2025, 4, 30), D("9")),
        (date(2025, 5, 1), date(2025, 5, 31), D("3")),
        (date(2025, 6, 1), None, D("9")),
    ]


def test_l_annee_de_capitalisation_traverse_le_delai():
    regle = RegleInterets(Regime.CONVENU, JUGEMENT, taux=D("9"), capitalisation=JUGEMENT)
    regles = apply_delais(regle, [DelaiAccorde(date(2025, 2, 1), date(2025, 6, 30), taux=D("5"))])
    decompte = compter(regles, date(2026, 1, 31))
    # 61.64 + 205.48 + 31/12: 184 days, 453.70 + 6 days of January: 14.79 = 735.61, which bears interest from 7 January
    assert [(ligne.du, ligne.base) for ligne in decompte.lignes][-1] == (date(2026, 1, 7), D("10735.61"))


@pytest.mark.parametrize(
    ("delai", "codes"),
    [
        (DelaiAccorde(JUGEMENT, date(2027, 1, 6)), []),
        (DelaiAccorde(JUGEMENT, date(2027, 1, 7)), ["delai_de_grace_trop_long"]),
        (DelaiAccorde(JUGEMENT, date(2025, 6, 30), taux=D("3.71")), []),
        (DelaiAccorde(JUGEMENT, date(2025, 6, 30), taux=D("3.70")), ["taux_reduit_sous_le_legal"]),
    ],
)
def test_ce_que_la_loi_ne_permet_pas_est_dit(delai, codes):
    assert [a.code for a in check_delais(CONVENU, [delai])] == codes


def test_le_taux_legal_du_particulier_est_le_minimum_du_sien():
    particulier = RegleInterets(Regime.CONVENU, JUGEMENT, QualiteCreancier.PARTICULIER, taux=D("9"))
    avis = list(check_delais(particulier, [DelaiAccorde(JUGEMENT, date(2025, 6, 30), taux=D("5"))]))
    assert [a.code for a in avis] == ["taux_reduit_sous_le_legal"]
    assert avis[0].parametres == {"du": "2025-01-06", "au": "2025-06-30"}


def test_un_delai_qui_finit_avant_de_commencer_est_refuse():
    with pytest.raises(ErreurSaisie) as refus:
        DelaiAccorde(date(2025, 2, 2), date(2025, 2, 1))
    assert (refus.value.code, refus.value.champ) == ("dates_inversees", "au")
    DelaiAccorde(date(2025, 2, 2), date(2025, 2, 2))


JOURS = st.dates(date(2024, 1, 1), date(2026, 6, 30))
MONTANTS = st.decimals(1, 100_000, places=2)


@given(du=JOURS, fin=JOURS, au=JOURS, montant=MONTANTS)
def test_au_meme_taux_le_delai_ne_change_rien_que_les_penalites(du, fin, au, montant):
    """At the rate of the debt, with no other order of payment: the same statement, to the cent, but the increase."""
    assume(du <= fin)
    meme = DelaiAccorde(du, fin, taux=D("9"))
    assert compter(apply_delais(CONVENU, [meme]), au, montant) == compter([CONVENU], au, montant)
    courent = DelaiAccorde(du, fin, interets_courent=True)
    sans_majoration = RegleInterets(Regime.LEGAL, JUGEMENT)
    assert apply_delais(sans_majoration, [courent]) == (sans_majoration,)
    avec, sans = compter(apply_delais(LEGAL, [courent]), au, montant), compter([LEGAL], au, montant)
    assert avec.total_du <= sans.total_du + D("0.02")  # a line cut in two may round up once more
    pendant = [x for x in avec.lignes if x.au >= du and x.du <= fin]
    assert all(x.taux < 5 for x in pendant)


def test_un_taux_qui_n_est_plus_une_reduction_n_est_pas_applique():
    """12,72 % is under 13,15 % until 30 June 2025, and over 12,15 % from 1 July: nothing runs then."""
    regles = apply_delais(COMMERCIAL, [DelaiAccorde(date(2025, 6, 30), date(2025, 7, 1), taux=D("12.72"))])
    taux = {(x.du, x.au): x.taux for x in compter(regles, date(2025, 7, 2)).lignes}
    assert taux[date(2025, 6, 30), date(2025, 6, 30)] == D("12.72")
    assert not any(du <= date(2025, 7, 1) <= au for du, au in taux)
    assert taux[date(2025, 7, 2), date(2025, 7, 2)] == D("12.15")


@given(du=JOURS, fin=JOURS, au=JOURS, taux=st.decimals(0, 15, places=2))
@example(du=date(2025, 6, 30), fin=date(2025, 7, 1), au=date(2025, 7, 1), taux=D("12.72"))
def test_un_delai_ne_fait_jamais_payer_plus(du, fin, au, taux):
    assume(du <= fin)
    for regle in (LEGAL, CONVENU, COMMERCIAL):
        with_delai = compter(apply_delais(regle, [DelaiAccorde(du, fin, taux=taux)]), au)
        sans = compter([regle], au)
        arrondis = D("0.005") * (len(with_delai.lignes) + len(sans.lignes))  # each line is rounded to the cent
        assert with_delai.total_du <= sans.total_du + arrondis
