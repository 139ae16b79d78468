"""The facts of a dossier, found by type and by the claims they name."""

from datetime import date

from exigible.dossier.faits import AppelPasse, CreanceNee, IssueAppel, PaiementRecu, PersonneTenue, RolePersonne
from exigible.dossier.journal import Inscription
from exigible.dossier.obligation.obliges import list_obliges
from exigible.dossier.obligation.poursuites import FaitsVus
from exigible.dossier.suspensions import Faits

APPEL = AppelPasse(creances=("F1", "F2", "F1"), issue=IssueAppel.ABOUTI)
AUTRE = AppelPasse(creances=("F2",), issue=IssueAppel.SANS_REPONSE)
CAUTION = PersonneTenue(cle="c", nom="Caution Exemple", role=RolePersonne.CAUTION_SOLIDAIRE)


def ranger(*faits):
    return Faits([Inscription(rang=r, date_effet=date(2026, 1, r), fait=f) for r, f in enumerate(faits, start=1)])


def test_les_faits_d_une_facture_sont_ceux_qui_la_nomment_dans_l_ordre():
    faits = ranger(APPEL, AUTRE)
    assert faits.dated_sur(AppelPasse, "F1") == [(date(2026, 1, 1), APPEL)]
    assert faits.dated_sur(AppelPasse, "F2") == [(date(2026, 1, 1), APPEL), (date(2026, 1, 2), AUTRE)]
    assert list(faits.dated_sur(AppelPasse, "F3")) == []
    assert list(faits.dated_sur(PaiementRecu, "F1")) == []


def test_les_faits_vus_par_une_caution_gardent_ceux_du_dossier():
    faits = ranger(APPEL, CAUTION)
    vus = FaitsVus(faits, list_obliges(faits)["c"])
    assert vus.list(AppelPasse) == [APPEL]
    assert vus.dated_sur(AppelPasse, "F2") == [(date(2026, 1, 1), APPEL)]
    assert vus.list(CreanceNee) == []
