"""What a title asks for before it is enforced: a judgment is served, an agreement is enforced by another officer."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.dossier.conseil.examen import examine_dossier
from exigible.dossier.conseil.execution import list_executions_possibles
from exigible.dossier.conseil.voies import list_voies_dossier
from exigible.dossier.faits import CreanceNee, DebiteurDecrit, EtapeFranchie, ProcedureOuverte, SolvabiliteConstatee
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.dossier.journal import Inscription
from exigible.dossier.plier import fold_dossier
from exigible.dossier.suspensions import Faits
from exigible.droit.regimes import QualitePartie

NEE = date(2026, 1, 5)
FACTURE = [
    (NEE, DebiteurDecrit(nom="Client Exemple", qualite=QualitePartie.CONSOMMATEUR)),
    (
        NEE,
        CreanceNee(cle="F1", numero="F-1", emission=NEE, echeance=date(2026, 2, 5), montant=Decimal("900.00")),
    ),
]
ACCORD = [
    (date(2026, 4, 1), ProcedureOuverte(cle="s", procedure="PSRPC", evenement="invitation", creances=("F1",))),
    (date(2026, 4, 10), EtapeFranchie(procedure="s", evenement="acceptation_debiteur")),
    (date(2026, 4, 20), EtapeFranchie(procedure="s", evenement="accord_montant")),
]
TITRE = [(date(2026, 4, 1), ProcedureOuverte(cle="t", procedure="TITRE", evenement="titre", creances=("F1",)))]


def examiner(faits):
    def inscrire(entrees):
        return [Inscription(rang=n, date_effet=jour, fait=fait) for n, (jour, fait) in enumerate(entrees, start=1)]

    journal = inscrire([*FACTURE, *faits])
    au = date(2026, 6, 1)
    etat = fold_dossier(journal, inscrire([(NEE, CreancierDecrit(nom="Atelier Exemple SAS"))]), au)
    return examine_dossier(etat, Faits(journal))


@pytest.mark.parametrize(
    ("faits", "attendues"),
    [
        (ACCORD, ["autre_commissaire"]),
        (TITRE, ["titre_signifie"]),
        ([*ACCORD, *TITRE], ["titre_signifie", "autre_commissaire"]),
    ],
    ids=["accord constate", "jugement", "les deux"],
)
def test_what_a_title_asks_for(faits, attendues):
    saisie = next(a for a in list_executions_possibles(examiner(faits)) if a.code == "execution_SATT")
    assert [c.code for c in saisie.conditions] == attendues


def test_a_title_born_of_an_agreement_keeps_the_limitation_of_the_claim():
    """Two years against a consumer, held from the agreement to the title, then six months at least."""
    (creance,) = examiner(ACCORD).etat.creances
    assert creance.prescription.regle.duree_mois == 24
    assert creance.prescription.terme < date(2028, 6, 1)


def test_the_routes_say_how_long_their_title_lasts():
    voies = {v.code: v for v in list_voies_dossier(examiner([]))}
    assert "CPCE L111-4" in voies["simplifiee"].articles
    assert "CPCE L111-4" in voies["ip_europeenne"].articles


@pytest.mark.parametrize("personne", ["debiteur", ""])
def test_a_debtor_found_insolvent_is_a_threat_under_either_of_its_names(personne):
    constat = SolvabiliteConstatee(source="Enquête", texte="Sans ressources.", personne=personne, solvable=False)
    assert [f for _, f in examiner([(date(2026, 5, 1), constat)]).menaces] == [constat]
