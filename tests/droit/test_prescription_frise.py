"""The timeline of a limitation, whole: its days, its texts, its words, its warnings."""

from datetime import date

import pytest

from exigible.droit.jours import add_mois
from exigible.droit.prescription import Demande, Evenement, find_regle, load_table, replay_prescription

TABLE = load_table()
J = date


def replay(nature, depart, *evenements, **options):
    lus = tuple(Evenement(*evenement) for evenement in evenements)
    return replay_prescription(Demande(find_regle(nature), depart, lus, **options))


def list_codes(prescription):
    return [avertissement.code for avertissement in prescription.avertissements]


def list_effets(prescription):
    return [etape.effet for etape in prescription.frise]


DEPART = J(2023, 9, 1)


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
                    "cette cause ne vaut que pour une autre nature de créance",
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


def test_une_interruption_le_jour_du_depart_en_est_une():
    assert list_effets(replay("P-03", DEPART, (DEPART, "INT-REC"))) == ["interruption", "court", "acquise"]


@pytest.mark.parametrize(("jour", "plancher"), [(J(2025, 3, 2), False), (J(2025, 3, 3), True)])
def test_le_plancher_n_est_dit_que_s_il_sert(jour, plancher):
    """A mediation of one day leaves six months: exactly what was left on 2 March, a day more on 3 March."""
    prescription = replay("P-03", DEPART, (jour, "SUS-MED", jour))
    assert prescription.terme == add_mois(jour, 6)
    assert [e.code for e in prescription.frise if e.effet == "plancher"] == ["SUS-MED"] * plancher


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


def test_le_plancher_contre_une_personne_publique_cite_ses_textes():
    prescription = replay("P-20", DEPART, (J(2027, 12, 1), "SUS-MED", J(2027, 12, 10)))
    assert [(e.effet, e.article) for e in prescription.frise if e.code] == [
        ("suspension", "L. 68-1250 art. 2-1, L. 68-1250 art. 3"),
        ("plancher", "L. 68-1250 art. 2-1, L. 68-1250 art. 3"),
    ]
    assert prescription.terme == J(2028, 6, 10)


@pytest.mark.parametrize(
    ("nature", "depart", "options", "codes"),
    [
        ("P-08", J(2008, 6, 18), {}, ["droit_anterieur"]),
        ("P-08", J(2008, 6, 19), {}, []),
        ("P-02", J(2026, 1, 1), {"naissance": J(2008, 6, 18)}, ["butoir_a_verifier"]),
        ("P-02", J(2026, 1, 1), {"naissance": J(2008, 6, 19)}, []),
    ],
)
def test_la_reforme_de_2008_vaut_de_son_premier_jour(nature, depart, options, codes):
    assert [a.code for a in replay(nature, depart, **options).avertissements] == codes


@pytest.mark.parametrize(
    ("nature", "depart", "dit"),
    [
        ("P-01", J(2004, 1, 15), "le jour de cette loi est à vérifier"),
        ("P-06", J(2013, 3, 1), "suit l'ancienne durée"),
    ],
)
def test_une_loi_nouvelle_mal_connue_est_a_verifier(nature, depart, dit):
    (avertissement,) = replay(nature, depart).avertissements
    assert (avertissement.code, avertissement.message.endswith(f"{dit}.")) == ("loi_nouvelle", True)


def test_une_cause_a_verifier_dit_laquelle():
    (avertissement,) = replay("P-03", DEPART, (J(2025, 8, 1), "SANS-PLAINTE")).avertissements
    assert (avertissement.code, avertissement.parametres) == ("cause_a_verifier", {"code": "SANS-PLAINTE"})
    assert "(SANS-PLAINTE) est à vérifier." in avertissement.message
