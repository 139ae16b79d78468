"""What interrupts a limitation, holds it, moves its start, or does nothing; what comes too late."""

from datetime import date

import pytest

from exigible.droit.prescription import Demande, Effet, Evenement, find_regle, load_table, replay_prescription

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


@pytest.mark.parametrize(
    ("pause", "terme"),
    [
        ((J(2024, 1, 11), "SUS-EMP", J(2024, 3, 10)), J(2034, 3, 10)),  # from the first day: the ten years start later
        ((J(2025, 1, 1), "SUS-EMP", J(2025, 1, 31)), J(2034, 2, 10)),  # on the way: thirty-one days more
    ],
)
def test_une_pause_tient_aussi_le_delai_d_un_titre(pause, terme):
    assert replay("P-03", DEPART, (J(2024, 1, 10), "INT-TITRE"), pause).terme == terme


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


def test_une_pause_dans_une_instance_est_sans_effet():
    (etape,) = (
        etape
        for etape in replay(
            "P-03", DEPART, (*INSTANCE, J(2025, 6, 30)), (J(2024, 3, 1), "SUS-EMP", J(2024, 5, 1))
        ).frise
        if etape.code == "SUS-EMP"
    )
    assert (etape.effet, etape.motif) == ("sans_effet", "le délai ne courait pas")


@pytest.mark.parametrize(("jour", "dit"), [(J(2023, 8, 31), 0), (DEPART, 1), (J(2027, 12, 31), 1), (J(2028, 1, 1), 0)])
def test_un_courrier_n_est_signale_que_dans_le_delai(jour, dit):
    assert list_codes(replay("P-20", DEPART, (jour, "SANS-LRAR"))) == ["courrier_a_preciser"] * dit
