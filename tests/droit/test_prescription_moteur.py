"""The engine of limitation: every example of the table, the start, the length, the refusals."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import strategies as st

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import add_mois
from exigible.droit.prescription import Demande, Effet, Evenement, find_regle, load_table, replay_prescription

DONNEES = tomllib.loads((Path(__file__).parent / "donnees" / "prescription.toml").read_text(encoding="utf-8"))
TABLE = load_table()
J, VEILLE = date, timedelta(days=1)


def build_demande(cas, depart):
    evenements = tuple(
        Evenement(e["date"], e["code"], e.get("fin"), e.get("non_avenue", False)) for e in cas["evenements"]
    )
    regle = TABLE.get_regle(cas["regle"])
    return Demande(regle, depart, evenements, cas.get("naissance"), cas.get("depart_a_zero_heure", False))


def replay(nature, depart, *evenements, **options):
    lus = tuple(Evenement(*evenement) for evenement in evenements)
    return replay_prescription(Demande(find_regle(nature), depart, lus, **options))


def list_codes(prescription):
    return [avertissement.code for avertissement in prescription.avertissements]


def list_effets(prescription):
    return [etape.effet for etape in prescription.frise]


# ---------------------------------------------------------------- the examples of the table


@pytest.mark.parametrize("cas", DONNEES["exemple"], ids=[cas["id"] for cas in DONNEES["exemple"]])
def test_exemple(cas):
    prescription = replay_prescription(build_demande(cas, cas["depart"]))
    assert prescription.terme == cas["terme"]
    assert prescription.dernier_jour_sur == cas["terme"] - VEILLE
    assert not prescription.acquise_au(cas["terme"])
    assert prescription.acquise_au(cas["terme"] + VEILLE)
    if "terme_plaidable" in cas:
        assert replay_prescription(build_demande(cas, cas["depart_plaidable"])).terme == cas["terme_plaidable"]


def test_exemple_periodique():
    cas = DONNEES["exemple_periodique"]
    premier = date(2023, 1, cas["jour_du_terme"])
    echeances = [add_mois(premier, mois) for mois in range(24)]
    prescrites = [e for e in echeances if replay(cas["regle"], e).acquise_au(cas["calcul_au"])]
    assert prescrites[-1] == cas["dernier_terme_prescrit"]
    assert echeances[len(prescrites)] == cas["premier_terme_vivant"]


# ---------------------------------------------------------------- starts, durations, old laws


@pytest.mark.parametrize(
    ("nature", "depart", "options", "terme"),
    [
        ("P-03", J(2024, 3, 1), {"zero_heure": True}, J(2026, 2, 28)),
        ("P-20", J(2022, 1, 1), {"zero_heure": True}, J(2026, 12, 31)),
        ("P-20", J(2022, 12, 31), {}, J(2026, 12, 31)),
        ("P-01", J(2021, 3, 12), {"clause_ans": 1}, J(2022, 3, 12)),
        ("P-01", J(2021, 3, 12), {"clause_ans": 10}, J(2031, 3, 12)),
        ("P-02", J(2016, 5, 1), {"naissance": J(2000, 3, 1)}, J(2020, 3, 1)),
        # a right with a term: nothing runs before it falls due, the 20-year stop neither (C. civ. 2233)
        ("P-26", J(2026, 5, 1), {"naissance": J(2000, 3, 1)}, J(2031, 5, 1)),
        # laws that shortened the time on its way: the new one from its first hour, never beyond the old
        ("P-02", J(1980, 1, 15), {}, J(2010, 1, 15)),
        ("P-02", J(1990, 1, 15), {"naissance": J(1989, 1, 15)}, J(2009, 1, 15)),
        ("P-01", J(2004, 1, 15), {}, J(2013, 6, 18)),
        ("P-01", J(2001, 1, 15), {}, J(2011, 1, 15)),
        ("P-27", J(2000, 1, 15), {}, J(2018, 6, 18)),
        ("P-27", J(1985, 1, 15), {}, J(2015, 1, 15)),
        ("P-06", J(2013, 3, 1), {}, J(2017, 3, 26)),
        ("P-06", J(2010, 3, 1), {}, J(2015, 3, 1)),
    ],
)
def test_depart_et_duree(nature, depart, options, terme):
    assert replay(nature, depart, **options).terme == terme


def test_une_pause_d_avant_la_loi_nouvelle_n_allonge_pas_le_nouveau_delai():
    assert replay("P-06", J(2013, 3, 1), (J(2013, 4, 1), "SUS-EMP", J(2013, 6, 1))).terme == J(2017, 3, 26)
    assert replay("P-06", J(2013, 3, 1), (J(2014, 3, 20), "SUS-EMP", J(2014, 3, 27))).terme == J(2017, 3, 27)


def test_une_loi_nouvelle_et_un_droit_ancien_sont_signales():
    assert list_codes(replay("P-01", J(2004, 1, 15))) == ["loi_nouvelle"]
    assert "C. civ. 2222" in replay("P-01", J(2004, 1, 15)).articles
    assert list_codes(replay("P-08", J(2004, 1, 15))) == ["droit_anterieur"]
    assert list_codes(replay("P-01", J(2008, 6, 19))) == []
    ancien = replay("P-02", J(2016, 5, 1), naissance=J(2000, 3, 1))
    assert list_codes(ancien) == ["butoir_a_verifier"]
    assert list_codes(replay("P-02", J(2016, 5, 1), naissance=J(2008, 6, 19))) == []


@pytest.mark.parametrize(
    ("nature", "codes"),
    [("P-21a", ["regle_a_verifier"]), ("P-22", ["regle_a_verifier"]), ("caution", ["reserve"]), ("P-13", [])],
)
def test_ce_qui_est_a_verifier_arrive_au_lecteur(nature, codes):
    assert list_codes(replay(nature, J(2025, 1, 10))) == codes


@pytest.mark.parametrize(
    ("nature", "evenements", "options", "code", "champ", "dit"),
    [
        ("P-28", [], {}, "regle_de_renvoi", "nature", "La règle P-28 renvoie à la durée de la créance"),
        ("P-03", [], {"clause_ans": 3}, "clause_interdite", "clause_ans", "ce délai (P-03)"),
        ("P-01", [], {"clause_ans": 0}, "clause_hors_bornes", "clause_ans", "de 1 à 10 ans (C. civ. 2254), pas de 0"),
        ("P-01", [], {"clause_ans": 11}, "clause_hors_bornes", "clause_ans", "pas de 11"),
        (
            *("P-01", [], {"naissance": J(2025, 1, 2)}, "naissance_apres_depart", "naissance"),
            "naître (02/01/2025) après le départ du délai (01/01/2025)",
        ),
        ("P-01", [(J(2025, 3, 1), "INT-RIEN")], {}, "code_inconnu", "evenements", "« INT-RIEN »"),
        (
            *("P-01", [(J(2025, 3, 1), "SUS-MED")], {}, "fin_manquante", "evenements"),
            "La suspension SUS-MED du 01/03/2025 n'a pas de fin : écrivez début/fin:SUS-MED",
        ),
        (
            *("P-01", [(J(2025, 3, 1), "INT-REC", J(2025, 4, 1))], {}, "fin_inattendue", "evenements"),
            "INT-REC est l'affaire d'un jour",
        ),
        (
            *("P-01", [(J(2025, 3, 1), "SUS-MED", J(2025, 2, 1))], {}, "dates_inversees", "evenements"),
            "La fin de SUS-MED (01/02/2025) précède son début (01/03/2025)",
        ),
        (
            *("P-01", [(J(2025, 3, 1), "SANS-NEGO", J(2025, 2, 1))], {}, "dates_inversees", "evenements"),
            "La fin de SANS-NEGO",
        ),
    ],
)
def test_refus(nature, evenements, options, code, champ, dit):
    with pytest.raises(ErreurSaisie) as erreur:
        replay(nature, J(2025, 1, 1), *evenements, **options)
    assert (erreur.value.code, erreur.value.champ) == (code, champ)
    assert dit in erreur.value.message


DEPART = J(2023, 9, 1)


# ---------------------------------------------------------------- the stop of twenty years, the title


def test_le_butoir():
    naissance = J(2009, 7, 1)
    reconnaissances = [(J(annee, 6, 1), "INT-REC") for annee in (2014, 2019, 2024)]
    arretee = replay("P-02", naissance, *reconnaissances, (J(2029, 5, 1), "INT-REC"))
    assert (arretee.terme, list_effets(arretee)[-2:]) == (J(2029, 7, 1), ["butoir", "acquise"])
    assert "C. civ. 2232" in arretee.articles
    suspendue = replay("P-02", naissance, *reconnaissances, (J(2024, 7, 1), "SUS-EMP", J(2026, 7, 1)))
    assert suspendue.terme == J(2029, 7, 1)
    epoux = replay("P-02", naissance, *reconnaissances, (J(2024, 7, 1), "SUS-EPX", J(2026, 6, 30)))
    assert epoux.terme == J(2031, 6, 1)
    # after a seizure that escaped it, a later acknowledgement neither extends nor shortens
    saisie = replay("P-02", naissance, *reconnaissances, (J(2029, 3, 1), "INT-EXE"), (J(2032, 3, 1), "INT-REC"))
    assert saisie.terme == J(2034, 3, 1)
    titre = replay("P-02", naissance, *reconnaissances, (J(2029, 3, 1), "INT-TITRE"), (J(2035, 3, 1), "INT-REC"))
    assert titre.terme == J(2045, 3, 1)


def test_un_titre_change_la_duree_mais_pas_la_regle_de_la_creance():
    prescription = replay("P-25a", DEPART, (J(2023, 10, 1), "INT-TITRE"))
    assert (prescription.regle_id, prescription.duree_mois, prescription.duree_annees) == ("P-25a", 120, 10)
    assert replay("P-25a", DEPART).duree_annees == 1


JOURS = st.dates(J(2009, 1, 1), J(2035, 12, 31))


@st.composite
def evenements(draw, *, debout=False, effets=frozenset(Effet)):
    cause = draw(st.sampled_from(sorted(code for code, cause in TABLE.causes.items() if cause.effet in effets)))
    jour, effet = draw(JOURS), TABLE.causes[cause].effet
    duree = timedelta(days=draw(st.integers(0, 900)))
    avec_fin = effet is Effet.SUSPENSION or (effet is Effet.JUSQU_A_LA_FIN and draw(st.booleans()))
    efface = not debout and effet is not Effet.SUSPENSION and draw(st.booleans())
    return Evenement(jour, cause, jour + duree if avec_fin else None, efface)


# ---------------------------------------------------------------- where the stop meets a pause


def test_une_pause_reste_une_pause_quand_le_butoir_l_empeche_d_allonger():
    reconnaissances = [(J(annee, 7, 1), "INT-REC") for annee in (2014, 2019, 2024)]
    prescription = replay("P-02", J(2009, 7, 1), *reconnaissances, (J(2024, 7, 2), "SUS-EMP", J(2024, 7, 2)))
    assert prescription.terme == J(2029, 7, 1)
    assert [e.effet for e in prescription.frise if e.code == "SUS-EMP"] == ["suspension"]


@pytest.mark.parametrize(("nature", "terme"), [("P-05", J(2027, 1, 10)), ("P-27", J(2035, 1, 10))])
def test_le_butoir_ne_vaut_ni_pour_une_forclusion_ni_pour_un_titre(nature, terme):
    assert replay(nature, J(2025, 1, 10), naissance=J(2000, 3, 1)).terme == terme
