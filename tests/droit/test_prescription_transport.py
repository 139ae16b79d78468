"""International carriage of goods by road: the limitation of CMR article 32."""

from datetime import date

import pytest

from exigible.droit.erreurs import ErreurSaisie
from exigible.droit.prescription import Demande, Evenement, choose_regle, find_regle, replay_prescription

CONCLUSION_PLUS_TROIS_MOIS = date(2026, 4, 10)  # contract made on 10 January 2026


def replay(nature, depart, *evenements, **options):
    return replay_prescription(Demande(find_regle(nature), depart, evenements=evenements, **options))


@pytest.mark.parametrize(
    ("nature", "terme"), [("cmr", date(2027, 4, 10)), ("transport_international_dol", date(2029, 4, 10))]
)
def test_un_an_ou_trois_en_cas_de_dol(nature, terme):
    """The day of the start does not count (art. 32 § 1): the term is the same day, a year or three later."""
    assert replay(nature, CONCLUSION_PLUS_TROIS_MOIS).terme == terme


def test_la_nature_choisit_la_regle():
    assert choose_regle({"creance.nature": "transport_international"}).identifiant == "P-31"
    assert choose_regle({"creance.nature": "transport_international_dol"}).identifiant == "P-32"
    assert choose_regle({"creance.nature": "transport_marchandises"}).identifiant == "P-10"


def test_une_reclamation_ecrite_suspend_jusqu_au_rejet():
    """Delivered on 8 June 2026, claimed on 1 July, rejected on 31 August: 62 days are added."""
    reclamation = Evenement(date(2026, 7, 1), "SUS-CMR", fin=date(2026, 8, 31))
    calcul = replay("cmr", date(2026, 6, 8), reclamation)
    assert calcul.terme == date(2027, 8, 9)
    assert "CMR art. 32 § 2" in calcul.articles


def test_une_reclamation_cmr_ne_vaut_pas_pour_un_transport_interieur():
    reclamation = Evenement(date(2026, 7, 1), "SUS-CMR", fin=date(2026, 8, 31))
    assert replay("transport", date(2026, 6, 8), reclamation).terme == date(2027, 6, 8)


def test_l_interruption_suit_la_loi_du_juge():
    """Art. 32 § 3: in France, an acknowledgment opens a new year (C. civ. 2240)."""
    assert replay("cmr", date(2026, 6, 8), Evenement(date(2027, 1, 15), "INT-REC")).terme == date(2028, 1, 15)


def test_un_courrier_du_transporteur_n_interrompt_pas():
    assert replay("cmr", date(2026, 6, 8), Evenement(date(2027, 1, 15), "SANS-LRAR")).terme == date(2027, 6, 8)


def test_le_contrat_ne_change_pas_la_duree():
    with pytest.raises(ErreurSaisie) as erreur:
        replay("cmr", date(2026, 6, 8), clause_ans=2)
    assert erreur.value.code == "clause_interdite"
