from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.droit.interets import QualiteCreancier
from exigible.droit.prescription import compute_prescription
from exigible.droit.regimes import QualitePartie

PRO, PARTICULIER = QualiteCreancier.PROFESSIONNEL, QualiteCreancier.PARTICULIER
JOURS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("creancier", "debiteur", "depart", "options", "regle", "terme"),
    [
        (PRO, "professionnel", date(2021, 3, 12), {}, "P-01", date(2026, 3, 12)),
        (PRO, "professionnel", date(2021, 4, 11), {}, "P-01", date(2026, 4, 11)),
        (PRO, "consommateur", date(2023, 9, 1), {}, "P-03", date(2025, 9, 1)),
        (PRO, "consommateur", date(2023, 9, 1), {"reconnaissances": [date(2025, 6, 15)]}, "P-03", date(2027, 6, 15)),
        (PRO, "consommateur", date(2023, 9, 1), {"reconnaissances": [date(2025, 10, 10)]}, "P-03", date(2025, 9, 1)),
        (PRO, "consommateur", date(2023, 9, 1), {"reclamations": [date(2025, 8, 1)]}, "P-03", date(2025, 9, 1)),
        (PRO, "consommateur", date(2024, 2, 29), {}, "P-03", date(2026, 2, 28)),
        (PRO, "non_professionnel", date(2021, 3, 12), {}, "P-04", date(2026, 3, 12)),
        (PRO, "personne_publique", date(2022, 6, 30), {}, "P-20", date(2026, 12, 31)),
        (
            PRO,
            "personne_publique",
            date(2022, 6, 30),
            {"reclamations": [date(2026, 6, 15)]},
            "P-20",
            date(2030, 12, 31),
        ),
        (PARTICULIER, "consommateur", date(2021, 3, 12), {}, "P-02", date(2026, 3, 12)),
        (PARTICULIER, "personne_publique", date(2022, 6, 30), {}, "P-20", date(2026, 12, 31)),
        (PRO, "inconnue", date(2023, 9, 1), {}, "P-03", date(2025, 9, 1)),
        (
            PARTICULIER,
            "professionnel",
            date(2009, 7, 1),
            {
                "reconnaissances": [date(2013, 6, 1), date(2017, 5, 1), date(2021, 4, 1), date(2025, 3, 1)],
            },
            "P-02",
            date(2029, 7, 1),
        ),
    ],
)
def test_terme(creancier, debiteur, depart, options, regle, terme):
    prescription = compute_prescription(creancier, QualitePartie(debiteur), depart, **options)
    assert (prescription.regle_id, prescription.terme) == (regle, terme)
    assert prescription.dernier_jour_sur == terme - timedelta(days=1)
    assert not prescription.acquise_au(terme)
    assert prescription.acquise_au(terme + timedelta(days=1))


def test_un_paiement_tardif_est_garde_et_signale():
    prescription = compute_prescription(
        PRO, QualitePartie.CONSOMMATEUR, date(2023, 9, 1), reconnaissances=[date(2025, 10, 10), date(2025, 12, 1)]
    )
    assert [a.code for a in prescription.avertissements] == ["reconnaissance_tardive"]
    assert "C. civ. 2249" in prescription.articles


def test_la_qualite_inconnue_est_dite():
    avertissements = compute_prescription(PRO, QualitePartie.INCONNUE, date(2023, 9, 1)).avertissements
    assert [a.code for a in avertissements] == ["qualite_inconnue"]


@given(st.sampled_from(QualiteCreancier), JOURS, st.lists(JOURS, max_size=4))
def test_l_inconnu_n_a_jamais_plus_de_temps_que_le_connu(creancier, depart, reconnaissances):
    inconnu = compute_prescription(creancier, QualitePartie.INCONNUE, depart, reconnaissances=reconnaissances)
    for debiteur in QualitePartie:
        connu = compute_prescription(creancier, debiteur, depart, reconnaissances=reconnaissances)
        assert inconnu.terme <= connu.terme


@given(st.sampled_from(QualitePartie), JOURS, st.lists(JOURS, max_size=4))
def test_reconnaitre_ne_raccourcit_jamais(debiteur, depart, reconnaissances):
    avec = compute_prescription(PRO, debiteur, depart, reconnaissances=reconnaissances)
    assert avec.terme >= compute_prescription(PRO, debiteur, depart).terme
