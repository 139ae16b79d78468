"""The engine of limitation: every example of the table, its refusals, its timeline, and what must hold for any file."""

import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.jours import add_mois
from exigible.droit.prescription import (
    Demande,
    Effet,
    Evenement,
    TypeDelai,
    find_regle,
    load_table,
    replay_prescription,
)

DONNEES = tomllib.loads((Path(__file__).parent / "donnees" / "prescription.toml").read_text(encoding="utf-8"))
TABLE = load_table()
REGLES = [regle for regle in TABLE.regles if regle.duree_mois is not None]
J, D, VEILLE = date, Demande, timedelta(days=1)


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
    ("nature", "evenements", "options", "code"),
    [
        ("P-28", [], {}, "regle_de_renvoi"),
        ("P-03", [], {"clause_ans": 3}, "clause_interdite"),
        ("P-01", [], {"clause_ans": 0}, "clause_hors_bornes"),
        ("P-01", [], {"clause_ans": 11}, "clause_hors_bornes"),
        ("P-01", [], {"naissance": J(2025, 1, 2)}, "naissance_apres_depart"),
        ("P-01", [(J(2025, 3, 1), "INT-RIEN")], {}, "code_inconnu"),
        ("P-01", [(J(2025, 3, 1), "SUS-MED")], {}, "fin_manquante"),
        ("P-01", [(J(2025, 3, 1), "INT-REC", J(2025, 4, 1))], {}, "fin_inattendue"),
        ("P-01", [(J(2025, 3, 1), "SUS-MED", J(2025, 2, 1))], {}, "dates_inversees"),
        ("P-01", [(J(2025, 3, 1), "SANS-NEGO", J(2025, 2, 1))], {}, "dates_inversees"),
    ],
)
def test_refus(nature, evenements, options, code):
    with pytest.raises(ErreurSaisie) as erreur:
        replay(nature, J(2025, 1, 1), *evenements, **options)
    assert erreur.value.code == code


# ---------------------------------------------------------------- what interrupts, holds, moves, or does nothing

DEPART = J(2023, 9, 1)
INSTANCE, PAUSE = (J(2024, 1, 1), "INT-JUS"), (J(2024, 1, 1), "SUS-EMP")


@pytest.mark.parametrize(
    ("nature", "evenements", "terme"),
    [
        # an acknowledgement during a pause: the new time begins when the pause ends
        ("P-03", [(J(2024, 1, 1), "SUS-EMP", J(2024, 6, 30)), (J(2024, 3, 1), "INT-REC")], J(2026, 6, 30)),
        # an acknowledgement during an instance adds nothing
        ("P-03", [(*INSTANCE, J(2025, 6, 30)), (J(2024, 3, 1), "INT-REC")], J(2027, 6, 30)),
        # a pause inside an instance adds nothing, one that outlives it adds what is left
        ("P-03", [(*INSTANCE, J(2025, 6, 30)), (J(2024, 3, 1), "SUS-EMP", J(2024, 5, 1))], J(2027, 6, 30)),
        ("P-03", [(*INSTANCE, J(2025, 6, 30)), (J(2025, 6, 1), "SUS-EMP", J(2025, 7, 10))], J(2027, 7, 10)),
        # an instance more, that ends two days later, does not cost a day: both runs begin when the pause ends
        ("P-03", [(*INSTANCE, J(2024, 2, 28)), (J(2024, 2, 1), "SUS-EMP", J(2024, 6, 1))], J(2026, 6, 1)),
        (
            "P-03",
            [(*INSTANCE, J(2024, 2, 28)), (*INSTANCE, J(2024, 3, 1)), (J(2024, 2, 1), "SUS-EMP", J(2024, 6, 1))],
            J(2026, 6, 1),
        ),
        # a title ends the pause that was running
        ("P-03", [(J(2024, 1, 1), "SUS-EMP", J(2024, 12, 31)), (J(2024, 3, 1), "INT-TITRE")], J(2034, 3, 1)),
        # two pauses that overlap are counted once
        ("P-03", [(*PAUSE, J(2024, 1, 31)), (J(2024, 1, 15), "SUS-EPX", J(2024, 2, 9))], J(2025, 10, 11)),
        # a pause that began before the start counts from the first day
        ("P-03", [(J(2023, 8, 1), "SUS-EMP", J(2023, 9, 10))], J(2025, 9, 10)),
        # the whole last day still counts, and the start itself
        ("P-03", [(J(2025, 9, 1), "INT-REC")], J(2027, 9, 1)),
        ("P-03", [(DEPART, "INT-REC")], J(2025, 9, 1)),
        ("P-03", [(J(2025, 9, 1), "SUS-EMP", J(2025, 9, 10))], J(2025, 9, 11)),
        # a title: ten years from it; it closes the instance that had no known end
        ("P-03", [(J(2024, 1, 10), "INT-TITRE")], J(2034, 1, 10)),
        ("P-03", [(J(2024, 1, 10), "INT-JUS"), (J(2027, 1, 10), "INT-TITRE")], J(2037, 1, 10)),
        ("P-03", [(J(2024, 1, 10), "INT-TITRE"), (J(2030, 5, 3), "INT-EXE")], J(2040, 5, 3)),
        # an appeal that ends later does not push back the ten years of an enforceable title
        ("P-03", [(J(2024, 1, 10), "INT-JUS", J(2026, 1, 10)), (J(2025, 1, 10), "INT-TITRE")], J(2035, 1, 10)),
        # maintenance stays at five years, even under a judgment
        ("P-12", [(J(2024, 1, 10), "INT-TITRE")], J(2029, 1, 10)),
        # forclusion: neither acknowledgement nor pause; an instance, enforcement, over-indebtedness measures do
        ("P-05", [(J(2024, 1, 10), "SUS-MED", J(2024, 6, 10)), (J(2024, 7, 1), "INT-SOL")], J(2025, 9, 1)),
        ("P-05", [(J(2024, 1, 10), "INT-SUR")], J(2026, 1, 10)),
        ("P-05", [(J(2024, 1, 10), "INT-EXE"), (J(2025, 1, 10), "INT-REC")], J(2026, 1, 10)),
        # consumer credit: an incident only counts after a first rescheduling or a plan; each plan counts
        ("P-05", [(J(2024, 1, 10), "INCIDENT")], J(2025, 9, 1)),
        ("P-05", [(J(2024, 1, 10), "PLAN-SUR"), (J(2027, 2, 1), "INCIDENT")], J(2029, 2, 1)),
        (
            "P-05",
            [
                (J(2024, 1, 10), "REAMENAGEMENT"),
                (J(2024, 6, 1), "INCIDENT"),
                (J(2025, 1, 1), "PLAN-SUR"),
                (J(2026, 8, 1), "INCIDENT"),
            ],
            J(2028, 8, 1),
        ),
        ("P-05", [(J(2026, 1, 10), "REAMENAGEMENT"), (J(2026, 6, 1), "INCIDENT")], J(2025, 9, 1)),
        ("P-03", [(J(2024, 1, 10), "REAMENAGEMENT"), (J(2024, 6, 1), "INCIDENT")], J(2025, 9, 1)),
        # letters: only for insurance, mutual societies and public bodies
        ("P-18", [(J(2025, 8, 1), "INT-COURRIER")], J(2027, 8, 1)),
        ("P-01", [(J(2025, 8, 1), "INT-COURRIER")], J(2028, 9, 1)),
        # a guardianship does not hold what is paid by instalments
        ("P-06", [(J(2024, 1, 1), "SUS-MIN", J(2024, 1, 31))], J(2026, 9, 1)),
        ("P-03", [(J(2024, 1, 1), "SUS-MIN", J(2024, 1, 31))], J(2025, 10, 2)),
        # against a public body, a new time always starts on 1 January, after the final decision too
        ("P-20", [(J(2024, 5, 1), "INT-JUS", J(2026, 3, 1))], J(2030, 12, 31)),
        ("P-20", [(J(2023, 10, 1), "INT-COURRIER")], J(2027, 12, 31)),
        ("P-20", [(J(2023, 10, 1), "SUS-EMP", J(2023, 11, 1))], J(2027, 12, 31)),
        ("P-20", [(J(2024, 1, 1), "SUS-EMP", J(2024, 1, 31))], J(2028, 1, 31)),
    ],
)  # fmt: skip
def test_causes(nature, evenements, terme):
    assert replay(nature, DEPART, *evenements).terme == terme


def test_le_plancher_de_reprise_est_sur_la_frise():
    prescription = replay("P-03", J(2024, 1, 10), (J(2025, 11, 1), "SUS-MED", J(2026, 2, 15)))
    assert [(e.du, e.au, e.effet) for e in prescription.frise] == [
        (J(2024, 1, 11), J(2025, 10, 31), "court"),
        (J(2025, 11, 1), J(2026, 2, 15), "suspension"),
        (J(2026, 2, 16), J(2026, 8, 15), "court"),
        (J(2026, 8, 15), J(2026, 8, 15), "plancher"),
        (J(2026, 8, 16), None, "acquise"),
    ]
    assert "C. civ. 2238" in prescription.articles
    assert "6 mois" in prescription.frise[3].motif


def test_une_instance_sans_fin_tient_le_delai_et_le_dit():
    ouverte = replay("P-03", DEPART, (J(2025, 8, 20), "INT-JUS"), (J(2028, 1, 1), "INT-REC"))
    assert ouverte.en_cours
    assert not ouverte.acquise_au(J(2040, 1, 1))
    assert ouverte.terme == J(2030, 1, 1)
    assert list_codes(ouverte) == ["instance_sans_fin"]
    assert list_effets(ouverte) == ["court", "interruption", "interruption"]
    assert ouverte.frise[1].au is None
    signifiee = replay("P-03", DEPART, (J(2025, 8, 20), "INT-IP"))
    assert list_codes(signifiee) == ["instance_a_preciser"]
    assert signifiee.acquise_au(J(2027, 8, 21))
    close = replay("P-03", DEPART, (J(2025, 8, 20), "INT-PC", J(2028, 3, 1)))
    assert (list_codes(close), close.terme) == ([], J(2030, 3, 1))


def test_un_reamenagement_sans_incident_garde_le_terme_prudent():
    prescription = replay("P-05", DEPART, (J(2024, 1, 10), "REAMENAGEMENT"))
    assert prescription.terme == J(2025, 9, 1)
    assert list_codes(prescription) == ["incident_attendu"]


@pytest.mark.parametrize(
    ("nature", "code", "alerte", "mot"),
    [
        ("P-03", "INT-REC", "reconnaissance_tardive", "paiement"),
        ("P-17", "INT-COURRIER", "reclamation_tardive", "réclamation écrite"),
        ("P-03", "INT-IP", "cause_tardive", "injonction"),
        ("P-03", "INT-TITRE", "cause_tardive", "titre"),
    ],
)
def test_apres_le_terme_rien_ne_revit(nature, code, alerte, mot):
    prescription = replay(nature, DEPART, (J(2025, 9, 2), code))
    assert prescription.terme == J(2025, 9, 1)
    assert list_codes(prescription) == [alerte]
    assert mot in prescription.avertissements[0].message
    assert "tardif" in list_effets(prescription)
    assert ("C. civ. 2249" in prescription.articles) == (code == "INT-REC")


def test_une_lettre_tardive_sans_effet_ne_parle_pas_de_reclamation():
    assert list_codes(replay("P-03", DEPART, (J(2025, 9, 2), "INT-COURRIER"))) == []


@pytest.mark.parametrize(
    "cause", [c for c in TABLE.causes.values() if c.effet is Effet.AUCUN], ids=lambda c: c.identifiant
)
def test_un_fait_sans_effet_reste_sur_la_frise_avec_sa_raison(cause):
    prescription = replay("P-03", DEPART, (J(2025, 8, 1), cause.identifiant))
    assert prescription.terme == J(2025, 9, 1)
    etape = next(e for e in prescription.frise if e.code == cause.identifiant)
    assert (etape.effet, bool(etape.motif), bool(etape.article)) == ("sans_effet", True, True)
    assert ("cause_a_verifier" in list_codes(prescription)) == (cause.statut == "a_verifier")


def test_un_courrier_mal_nomme_est_signale_quand_il_pourrait_interrompre():
    prescription = replay("P-20", DEPART, (J(2025, 8, 1), "SANS-LRAR"))
    assert (list_codes(prescription), prescription.terme) == (["courrier_a_preciser"], J(2027, 12, 31))
    assert list_codes(replay("P-20", DEPART, (J(2029, 8, 1), "SANS-LRAR"))) == []


def test_une_expertise_ordonnee_avant_la_loi_de_2008_ne_suspend_rien():
    def read(debut):
        return replay("P-08", J(2008, 1, 10), (debut, "SUS-INS", J(2013, 9, 30)))

    assert read(J(2008, 6, 18)).terme == J(2013, 1, 10)
    assert "n'en faisait pas encore" in next(e.motif for e in read(J(2008, 6, 18)).frise if e.code == "SUS-INS")
    assert read(J(2008, 6, 19)).terme > J(2018, 1, 1)


def test_contre_une_personne_publique_les_textes_sont_les_siens():
    pause = (J(2025, 2, 1), "SUS-MED", J(2025, 7, 31))
    prescription = replay("P-20", DEPART, (J(2024, 8, 1), "INT-JUS", J(2024, 12, 1)), pause)
    assert [e.article for e in prescription.frise if e.code == "INT-JUS"] == ["L. 68-1250 art. 1, L. 68-1250 art. 2"]
    assert [e.article for e in prescription.frise if e.code == "SUS-MED"] == ["L. 68-1250 art. 2-1, L. 68-1250 art. 3"]
    assert not [article for article in prescription.articles if "C. civ." in article]
    assert list_codes(prescription) == []
    trop_longue = replay("P-20", DEPART, (J(2025, 2, 1), "SUS-MED", J(2025, 8, 1)))
    assert list_codes(trop_longue) == ["pause_a_verifier"]
    assert list_codes(replay("P-20", DEPART, (J(2025, 2, 1), "SUS-EMP", J(2025, 8, 1)))) == []


def test_une_reclamation_de_l_operateur_est_signalee():
    prescription = replay("P-13", DEPART, (J(2024, 8, 1), "SANS-RELANCE"))
    assert (list_codes(prescription), prescription.terme) == (["reserve"], J(2024, 9, 1))
    assert list_codes(replay("P-13", DEPART, (J(2024, 10, 1), "SANS-RELANCE"))) == []


def test_une_interruption_effacee_laisse_sa_trace():
    prescription = replay("P-03", DEPART, (J(2024, 3, 1), "INT-REC"), (J(2025, 8, 20), "INT-JUS", None, True))
    assert (prescription.terme, list_codes(prescription)) == (J(2026, 3, 1), [])
    assert list_effets(prescription) == ["court", "interruption", "court", "non_avenu", "acquise"]
    assert not prescription.en_cours
    effacee = replay("P-03", DEPART, (J(2024, 3, 1), "INT-REC", None, True))
    assert (effacee.terme, list_codes(effacee)) == (J(2025, 9, 1), ["non_avenue_inhabituelle"])


def test_ce_qui_precede_le_depart_ne_fait_rien():
    prescription = replay("P-03", DEPART, (J(2023, 8, 1), "INT-REC"), (J(2023, 7, 1), "SUS-EMP", J(2023, 9, 1)))
    assert prescription.terme == J(2025, 9, 1)
    assert [e.motif for e in prescription.frise[:2]] == ["le délai ne courait pas"] * 2


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


# ---------------------------------------------------------------- the whole timeline, with its texts and its words

COURT = "le délai court"


def list_frise(prescription):
    return [
        (str(e.du), e.au and str(e.au), e.effet, e.code or str(e.cause), e.article.split(", ")[0], e.motif)
        for e in prescription.frise
    ]


@pytest.mark.parametrize(
    ("nature", "evenements", "frise", "articles"),
    [
        (
            "P-03",
            [(J(2024, 1, 10), "INT-TITRE"), (J(2030, 5, 3), "INT-EXE")],
            [
                ("2023-09-02", "2024-01-09", "court", COURT, "C. conso. L218-2", ""),
                ("2024-01-10", "2024-01-10", "titre", "INT-TITRE", "CPCE L111-4", ""),
                ("2024-01-11", "2030-05-02", "court", COURT, "CPCE L111-3", ""),
                ("2030-05-03", "2030-05-03", "interruption", "INT-EXE", "C. civ. 2244", ""),
                ("2030-05-04", "2040-05-03", "court", COURT, "CPCE L111-3", ""),
                ("2040-05-04", None, "acquise", "le droit d'agir est perdu", "C. civ. 2229", ""),
            ],
            ("C. conso. L218-2", "C. conso. L218-1", "CPCE L111-4", "C. civ. 2244", "C. civ. 2231"),
        ),
        (
            "P-12",
            [(J(2024, 1, 10), "INT-TITRE")],
            [
                ("2023-09-02", "2024-01-09", "court", COURT, "C. civ. 2224", ""),
                (
                    *("2024-01-10", "2024-01-10", "interruption", "INT-TITRE", "CPCE L111-4"),
                    "la durée reste celle de la créance, même en vertu d'un jugement",
                ),
                ("2024-01-11", "2029-01-10", "court", COURT, "C. civ. 2224", ""),
                ("2029-01-11", None, "acquise", "le droit d'agir est perdu", "C. civ. 2229", ""),
            ],
            ("C. civ. 2224", "Cass. ass. plén. 10/06/2005", "avis Cass. 04/07/2016", "CPCE L111-4"),
        ),
        (
            "P-05",
            [
                (J(2024, 1, 10), "REAMENAGEMENT"),
                (J(2024, 6, 1), "INCIDENT"),
                (J(2025, 1, 1), "REAMENAGEMENT"),
                (J(2025, 2, 1), "INCIDENT"),
                (J(2025, 3, 1), "INT-REC"),
            ],
            [
                ("2023-09-02", "2024-01-09", "court", COURT, "C. conso. R312-35", ""),
                ("2024-01-10", "2024-01-10", "deplacement", "REAMENAGEMENT", "C. conso. R312-35", ""),
                ("2024-06-01", "2024-06-01", "deplacement", "INCIDENT", "C. conso. R312-35", ""),
                ("2024-06-02", "2026-06-01", "court", COURT, "C. conso. R312-35", ""),
                (
                    *("2025-01-01", "2025-01-01", "sans_effet", "REAMENAGEMENT", "C. conso. R312-35"),
                    "seul le premier réaménagement compte",
                ),
                (
                    *("2025-02-01", "2025-02-01", "sans_effet", "INCIDENT", "C. conso. R312-35"),
                    "il ne suit ni un premier réaménagement, ni un plan",
                ),
                (
                    *("2025-03-01", "2025-03-01", "sans_effet", "INT-REC", "C. civ. 2240"),
                    "une forclusion n'est ni suspendue, ni interrompue par une reconnaissance ou un courrier",
                ),
                ("2026-06-02", None, "acquise", "le droit d'agir est perdu", "C. civ. 2229", ""),
            ],
            ("C. conso. R312-35", "C. civ. 2220"),
        ),
        (
            "P-03",
            [
                (J(2024, 1, 1), "SUS-EMP", J(2024, 6, 30)),
                (J(2025, 1, 10), "INT-COURRIER"),
                (J(2025, 2, 10), "INCIDENT"),
                (J(2026, 3, 3), "INT-REC"),
            ],
            [
                ("2023-09-02", "2023-12-31", "court", COURT, "C. conso. L218-2", ""),
                ("2024-01-01", "2024-06-30", "suspension", "SUS-EMP", "C. civ. 2234", ""),
                ("2024-07-01", "2026-03-02", "court", COURT, "C. conso. L218-2", ""),
                (
                    *("2025-01-10", "2025-01-10", "sans_effet", "INT-COURRIER", "C. assur. L114-2"),
                    "un courrier n'interrompt pas ce délai",
                ),
                (
                    *("2025-02-10", "2025-02-10", "sans_effet", "INCIDENT", "C. conso. R312-35"),
                    "ce fait ne déplace que le départ du crédit à la consommation",
                ),
                ("2026-03-03", "2026-03-03", "tardif", "INT-REC", "C. civ. 2240", "venu après le terme du 02/03/2026"),
                ("2026-03-03", None, "acquise", "le droit d'agir est perdu", "C. civ. 2229", ""),
            ],
            (
                *("C. conso. L218-2", "C. conso. L218-1", "C. civ. 2234", "C. civ. 2230", "C. civ. 2249"),
                *("C. civ. 2250", "C. civ. 2251", "Cass. 1re civ. 19/05/2021, 19-26.253"),
                "Cass. 1re civ. 02/04/2025, 23-16.215",
            ),
        ),
        (
            "P-03",
            [(J(2024, 3, 1), "INT-REC"), (J(2025, 8, 20), "INT-JUS", None, True)],
            [
                ("2023-09-02", "2024-02-29", "court", COURT, "C. conso. L218-2", ""),
                ("2024-03-01", "2024-03-01", "interruption", "INT-REC", "C. civ. 2240", ""),
                ("2024-03-02", "2026-03-01", "court", COURT, "C. conso. L218-2", ""),
                (
                    *("2025-08-20", "2025-08-20", "non_avenu", "INT-JUS", "C. civ. 2241"),
                    "tenu pour n'avoir jamais existé",
                ),
                ("2026-03-02", None, "acquise", "le droit d'agir est perdu", "C. civ. 2229", ""),
            ],
            ("C. conso. L218-2", "C. conso. L218-1", "C. civ. 2240", "C. civ. 2231", "C. civ. 2241"),
        ),
        (
            "P-18",
            [(J(2025, 8, 1), "INT-COURRIER")],
            [
                ("2023-09-02", "2025-07-31", "court", COURT, "C. mut. L221-11", ""),
                ("2025-08-01", "2025-08-01", "interruption", "INT-COURRIER", "C. mut. L221-11", ""),
                ("2025-08-02", "2027-08-01", "court", COURT, "C. mut. L221-11", ""),
                ("2027-08-02", None, "acquise", "le droit d'agir est perdu", "C. civ. 2229", ""),
            ],
            ("C. mut. L221-11", "C. mut. L221-12", "C. assur. L114-2", "C. civ. 2231"),
        ),
        (
            "P-06",
            [(J(2024, 1, 1), "SUS-MIN", J(2024, 1, 31))],
            [
                ("2023-09-02", "2026-09-01", "court", COURT, "L. 89-462 art. 7-1", ""),
                (
                    *("2024-01-01", "2024-01-31", "sans_effet", "SUS-MIN", "C. civ. 2235"),
                    "cette suspension ne vaut pas pour ce qui se paie par échéances",
                ),
                ("2026-09-02", None, "acquise", "le droit d'agir est perdu", "C. civ. 2229", ""),
            ],
            ("L. 89-462 art. 7-1",),
        ),
    ],
)
def test_la_frise_entiere(nature, evenements, frise, articles):
    prescription = replay(nature, DEPART, *evenements)
    assert list_frise(prescription) == frise
    assert prescription.articles == articles
    assert all(e.cause == TABLE.causes[e.code].libelle for e in prescription.frise if e.code)


def test_le_butoir_est_sur_la_frise_et_dans_les_articles():
    prescription = replay("P-02", J(2016, 5, 1), naissance=J(2000, 3, 1))
    assert list_frise(prescription)[1:] == [
        ("2020-03-01", "2020-03-01", "butoir", "vingt ans depuis la naissance du droit", "C. civ. 2232", ""),
        ("2020-03-02", None, "acquise", "le droit d'agir est perdu", "C. civ. 2229", ""),
    ]
    assert prescription.articles == ("C. civ. 2224", "C. civ. 2232")


@pytest.mark.parametrize(
    ("nature", "depart", "evenements", "options", "code", "parametres", "mots"),
    [
        ("P-01", J(2004, 1, 15), [], {}, "loi_nouvelle", {"jour": "2008-06-19"}, "le 19/06/2008"),
        ("P-08", J(2004, 1, 15), [], {}, "droit_anterieur", {"depart": "2004-01-15"}, "part du 15/01/2004, avant la"),
        (
            *("P-02", J(2016, 5, 1), [], {"naissance": J(2000, 3, 1)}),
            *("butoir_a_verifier", {"naissance": "2000-03-01"}, "né le 01/03/2000, avant le 19/06/2008"),
        ),
        ("P-21a", DEPART, [], {}, "regle_a_verifier", {"regle": "P-21a"}, "P-21a (« Notaire : client consommateur »)"),
        (
            *("P-13", DEPART, [(J(2024, 8, 1), "SANS-RELANCE")], {}),
            *("reserve", {"regle": "P-13"}, "le terme d'un an est gardé par prudence"),
        ),
        (
            *("P-03", DEPART, [(J(2025, 9, 2), "INT-REC")], {}, "reconnaissance_tardive"),
            *({"date": "2025-09-02", "terme": "2025-09-01"}, "du 02/09/2025 vient après le terme du 01/09/2025"),
        ),
        (
            *("P-17", DEPART, [(J(2025, 9, 2), "INT-COURRIER")], {}, "reclamation_tardive"),
            {"date": "2025-09-02", "terme": "2025-09-01"},
            "du 02/09/2025 vient après le terme du 01/09/2025 : elle n'interrompt plus rien (C. assur. L114-1 et",
        ),
        (
            *("P-03", DEPART, [(J(2025, 9, 2), "INT-IP")], {}, "cause_tardive"),
            {"date": "2025-09-02", "terme": "2025-09-01", "code": "INT-IP"},
            "injonction de payer » du 02/09/2025 vient après le terme du 01/09/2025",
        ),
        (
            *("P-03", DEPART, [(J(2024, 3, 1), "INT-REC", None, True)], {}, "non_avenue_inhabituelle"),
            *({"code": "INT-REC"}, "» du 01/03/2024 est tenu pour non avenu"),
        ),
        (
            *("P-20", DEPART, [(J(2025, 8, 1), "SANS-LRAR")], {}, "courrier_a_preciser", {"date": "2025-08-01"}),
            "si le courrier du 01/08/2025 en est une, enregistrez-le avec le code INT-COURRIER au lieu de SANS-LRAR.",
        ),
        (
            *("P-20", DEPART, [(J(2025, 2, 1), "SUS-MED", J(2025, 8, 1))], {}, "pause_a_verifier"),
            *({"date": "2025-02-01"}, "La médiation du 01/02/2025 dure plus de six mois"),
        ),
        (
            *("P-03", DEPART, [(J(2025, 8, 20), "INT-IP")], {}, "instance_a_preciser", {"date": "2025-08-20"}),
            "Le nouveau délai est compté du 20/08/2025.",
        ),
        (
            *("P-03", DEPART, [(J(2025, 8, 20), "INT-JUS")], {}, "instance_sans_fin", {"date": "2025-08-20"}),
            "Donnez sa fin : début/fin:INT-JUS.",
        ),
        (
            *("P-05", DEPART, [(J(2024, 1, 10), "REAMENAGEMENT")], {}, "incident_attendu", {"date": "2024-01-10"}),
            "le terme prudent du 01/09/2025 est gardé",
        ),
    ],
)
def test_un_avertissement_dit_ses_dates(nature, depart, evenements, options, code, parametres, mots):
    (avertissement,) = replay(nature, depart, *evenements, **options).avertissements
    assert (avertissement.code, avertissement.parametres) == (code, parametres)
    assert mots in avertissement.message


# ---------------------------------------------------------------- properties

JOURS = st.dates(J(2009, 1, 1), J(2035, 12, 31))
DEPARTS = st.dates(J(2009, 1, 1), J(2030, 12, 31))


@st.composite
def evenements(draw, *, debout=False, effets=frozenset(Effet)):
    cause = draw(st.sampled_from(sorted(code for code, cause in TABLE.causes.items() if cause.effet in effets)))
    jour, effet = draw(JOURS), TABLE.causes[cause].effet
    duree = timedelta(days=draw(st.integers(0, 900)))
    avec_fin = effet is Effet.SUSPENSION or (effet is Effet.JUSQU_A_LA_FIN and draw(st.booleans()))
    efface = not debout and effet is not Effet.SUSPENSION and draw(st.booleans())
    return Evenement(jour, cause, jour + duree if avec_fin else None, efface)


@given(st.sampled_from(REGLES), DEPARTS, st.lists(evenements(), max_size=6), st.data())
def test_l_ordre_d_enregistrement_ne_compte_pas(regle, depart, faits, tirage):
    meles = tirage.draw(st.permutations(faits))
    assert replay_prescription(D(regle, depart, tuple(meles))) == replay_prescription(D(regle, depart, tuple(faits)))


@given(st.sampled_from(REGLES), DEPARTS, st.lists(evenements(debout=True), max_size=5))
def test_aucun_fait_qui_tient_n_avance_le_terme_nu(regle, depart, faits):
    assert replay_prescription(D(regle, depart, tuple(faits))).terme >= replay_prescription(D(regle, depart)).terme


INTERRUPTIONS = frozenset({Effet.NOUVEAU_DELAI, Effet.JUSQU_A_LA_FIN})


@given(
    st.sampled_from(REGLES),
    DEPARTS,
    st.lists(evenements(debout=True), max_size=5),
    evenements(debout=True, effets=INTERRUPTIONS),
)
def test_une_interruption_de_plus_n_avance_jamais_le_terme(regle, depart, faits, dernier):
    """Wherever it falls among the others, pauses and instances that overlap included."""
    avec = replay_prescription(D(regle, depart, (*faits, dernier)))
    assert avec.terme >= replay_prescription(D(regle, depart, tuple(faits))).terme


@given(st.sampled_from(REGLES), DEPARTS, st.lists(evenements(), max_size=5))
def test_effacer_tout_revient_au_terme_nu(regle, depart, faits):
    effaces = tuple(Evenement(e.jour, e.code, e.fin, non_avenu=True) for e in faits)
    assert replay_prescription(D(regle, depart, effaces)).terme == replay_prescription(D(regle, depart)).terme


@given(st.sampled_from(REGLES), DEPARTS, st.lists(evenements(), max_size=5))
def test_la_frise_est_en_ordre_et_finit_au_terme(regle, depart, faits):
    prescription = replay_prescription(D(regle, depart, tuple(faits)))
    debuts = [etape.du for etape in prescription.frise]
    assert debuts == sorted(debuts)
    courts = [etape for etape in prescription.frise if etape.effet == "court"]
    assert all(etape.au is not None and etape.du <= etape.au <= prescription.terme for etape in courts)
    assert all(avant.au < apres.du for avant, apres in pairwise(courts))
    assert all(etape.article for etape in prescription.frise)
    assert {e.code for e in prescription.frise if e.code} == {fait.code for fait in faits}


@given(DEPARTS, st.lists(st.dates(J(2009, 1, 1), J(2060, 12, 31)), max_size=8))
def test_reconnaitre_ne_passe_jamais_vingt_ans(depart, jours):
    faits = tuple(Evenement(jour, "INT-REC") for jour in jours)
    assert replay_prescription(D(find_regle("P-02"), depart, faits)).terme <= add_mois(depart, 240)


@given(DEPARTS, st.lists(evenements(), max_size=5))
def test_rien_qui_ne_soit_de_la_forclusion_ne_la_touche(depart, faits):
    inoperants = tuple(f for f in faits if not TABLE.causes[f.code].opere_sur_forclusion)
    regle = find_regle("P-05")
    assert regle.genre is TypeDelai.FORCLUSION
    assert replay_prescription(D(regle, depart, inoperants)).terme == replay_prescription(D(regle, depart)).terme


@pytest.mark.parametrize(
    ("pause", "terme"),
    [
        ((J(2024, 1, 11), "SUS-EMP", J(2024, 3, 10)), J(2034, 3, 10)),  # from the first day: the ten years start later
        ((J(2025, 1, 1), "SUS-EMP", J(2025, 1, 31)), J(2034, 2, 10)),  # on the way: thirty-one days more
    ],
)
def test_une_pause_tient_aussi_le_delai_d_un_titre(pause, terme):
    assert replay("P-03", DEPART, (J(2024, 1, 10), "INT-TITRE"), pause).terme == terme


# ---------------------------------------------------------------- facts of one day, and the edges of a pause


@pytest.mark.parametrize(
    ("nature", "evenements", "terme"),
    [
        # a title comes after the pause of the same day, and ends it
        ("P-03", [(J(2024, 1, 10), "INT-TITRE"), (J(2024, 1, 10), "SUS-EMP", J(2024, 3, 10))], J(2034, 1, 10)),
        ("P-05", [(J(2024, 1, 10), "INT-TITRE"), (J(2024, 1, 10), "PLAN-SUR")], J(2034, 1, 10)),
        # the incident follows the rescheduling of the same day
        ("P-05", [(J(2024, 1, 10), "INCIDENT"), (J(2024, 1, 10), "REAMENAGEMENT")], J(2026, 1, 10)),
        # two instances of one day, one without known end
        ("P-03", [(J(2024, 1, 10), "INT-JUS"), (J(2024, 1, 10), "INT-JUS", J(2025, 1, 10))], J(2027, 1, 10)),
        # a pause that held the start, then another one
        (
            "P-03",
            [(J(2023, 8, 1), "SUS-EMP", J(2023, 9, 10)), (J(2023, 9, 11), "SUS-EMP", J(2023, 9, 20))],
            J(2025, 9, 20),
        ),
    ],
)
def test_les_faits_d_un_meme_jour_et_les_pauses_qui_se_suivent(nature, evenements, terme):
    assert replay(nature, DEPART, *evenements).terme == terme
    assert replay(nature, DEPART, *reversed(evenements)).terme == terme


def test_une_interruption_le_jour_du_depart_en_est_une():
    assert list_effets(replay("P-03", DEPART, (DEPART, "INT-REC"))) == ["interruption", "court", "acquise"]


def test_une_pause_dans_une_instance_est_sans_effet():
    (etape,) = (
        etape
        for etape in replay(
            "P-03", DEPART, (*INSTANCE, J(2025, 6, 30)), (J(2024, 3, 1), "SUS-EMP", J(2024, 5, 1))
        ).frise
        if etape.code == "SUS-EMP"
    )
    assert (etape.effet, etape.motif) == ("sans_effet", "le délai ne courait pas")


@pytest.mark.parametrize(("jour", "plancher"), [(J(2025, 3, 2), False), (J(2025, 3, 3), True)])
def test_le_plancher_n_est_dit_que_s_il_sert(jour, plancher):
    """A mediation of one day leaves six months: exactly what was left on 2 March, a day more on 3 March."""
    prescription = replay("P-03", DEPART, (jour, "SUS-MED", jour))
    assert prescription.terme == add_mois(jour, 6)
    assert [e.code for e in prescription.frise if e.effet == "plancher"] == ["SUS-MED"] * plancher


def test_une_pause_reste_une_pause_quand_le_butoir_l_empeche_d_allonger():
    reconnaissances = [(J(annee, 7, 1), "INT-REC") for annee in (2014, 2019, 2024)]
    prescription = replay("P-02", J(2009, 7, 1), *reconnaissances, (J(2024, 7, 2), "SUS-EMP", J(2024, 7, 2)))
    assert prescription.terme == J(2029, 7, 1)
    assert [e.effet for e in prescription.frise if e.code == "SUS-EMP"] == ["suspension"]


def test_un_avertissement_n_efface_pas_les_autres():
    prescription = replay("P-21a", J(2019, 5, 1), naissance=J(2000, 3, 1))
    assert prescription.terme == J(2020, 3, 1)
    assert list_codes(prescription) == ["regle_a_verifier", "butoir_a_verifier"]


@pytest.mark.parametrize(
    ("options", "evenements", "courts"),
    [
        ({"zero_heure": True}, [], [("2023-09-01", "2025-08-31")]),
        ({}, [(J(2023, 9, 2), "INT-REC")], [("2023-09-03", "2025-09-02")]),
        ({}, [(J(2023, 9, 3), "INT-REC")], [("2023-09-02", "2023-09-02"), ("2023-09-04", "2025-09-03")]),
    ],
)
def test_le_premier_jour_compte_est_sur_la_frise(options, evenements, courts):
    frise = replay("P-03", DEPART, *evenements, **options).frise
    assert [(str(e.du), str(e.au)) for e in frise if e.effet == "court"] == courts


@pytest.mark.parametrize(("jour", "dit"), [(J(2023, 8, 31), 0), (DEPART, 1), (J(2027, 12, 31), 1), (J(2028, 1, 1), 0)])
def test_un_courrier_n_est_signale_que_dans_le_delai(jour, dit):
    assert list_codes(replay("P-20", DEPART, (jour, "SANS-LRAR"))) == ["courrier_a_preciser"] * dit


def test_le_plancher_contre_une_personne_publique_cite_ses_textes():
    prescription = replay("P-20", DEPART, (J(2027, 12, 1), "SUS-MED", J(2027, 12, 10)))
    assert [(e.effet, e.article) for e in prescription.frise if e.code] == [
        ("suspension", "L. 68-1250 art. 2-1, L. 68-1250 art. 3"),
        ("plancher", "L. 68-1250 art. 2-1, L. 68-1250 art. 3"),
    ]
    assert prescription.terme == J(2028, 6, 10)


@pytest.mark.parametrize(("nature", "terme"), [("P-05", J(2027, 1, 10)), ("P-27", J(2035, 1, 10))])
def test_le_butoir_ne_vaut_ni_pour_une_forclusion_ni_pour_un_titre(nature, terme):
    assert replay(nature, J(2025, 1, 10), naissance=J(2000, 3, 1)).terme == terme
