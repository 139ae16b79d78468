"""What may be recorded in a procedure, and what recording it would change."""

from datetime import UTC, date, datetime

import pytest

from exigible.dossier.etapes import list_entrees, list_etapes, list_impossibles, list_rattrapages, simulate_fait
from exigible.dossier.faits import EtapeFranchie, ModeSignification, NoteAjoutee, ProcedureOuverte
from exigible.dossier.plier import fold_dossier

from .conftest import make_creancier, make_debiteur, make_facture, write_journal

AU = date(2026, 11, 21)
INSTANT = datetime(2026, 11, 21, 11, tzinfo=UTC)
JOURNAL = write_journal(
    [
        ("2025-01-01", make_debiteur()),
        ("2026-03-01", make_facture("A", "2026-03-01", "2026-03-31")),
        ("2026-08-01", ProcedureOuverte(cle="ip", procedure="IP", evenement="depot_requete")),
        ("2026-09-05", EtapeFranchie(procedure="ip", evenement="ordonnance")),
    ]
)


def simulate(fait, jour, corrige=None):
    return simulate_fait(JOURNAL, make_creancier(), (fait, date.fromisoformat(jour), corrige), AU, INSTANT)


def test_chaque_procedure_s_ouvre_par_des_actes_distincts():
    entrees = list_entrees()
    assert "AMIABLE" not in {procedure.code for procedure, _ in entrees}
    for procedure, etapes in entrees:
        assert etapes, procedure.code
        assert len({t.evenement for t in etapes}) == len(etapes)


def test_les_etapes_possibles_et_impossibles_se_partagent_le_graphe():
    (procedure,) = fold_dossier(JOURNAL, make_creancier(), AU).procedures
    possibles = {t.evenement for t in list_etapes(procedure, AU)}
    impossibles = {t.evenement for t in list_impossibles(procedure, AU)}
    assert "signification_a_personne" in possibles
    anciennes = {t.evenement for t in list_rattrapages(procedure, AU)}
    assert "rejet_total" in anciennes
    assert "rejet_total" not in impossibles
    assert anciennes.isdisjoint(possibles | impossibles)
    assert possibles.isdisjoint(impossibles)
    assert possibles <= {t.evenement for t in procedure.sorties}


def test_une_signification_change_l_etat_et_les_delais():
    fait = EtapeFranchie(procedure="ip", evenement="signification_a_personne", mode=ModeSignification.A_PERSONNE)
    changements = simulate(fait, "2026-11-20")
    (change,) = changements.procedures
    assert (str(change.avant), str(change.apres)) == ("Ordonnance rendue", "Ordonnance signifiée à personne")
    assert any("non avenue" in ligne.echeance.perte for ligne in changements.levees)
    assert changements.nouvelles
    assert not changements.vides


def test_une_ouverture_annonce_une_procedure():
    changements = simulate(ProcedureOuverte(cle="n", procedure="REFERE", evenement="assignation_refere"), "2026-11-20")
    assert [(str(p.nom), p.avant) for p in changements.procedures] == [("Référé-provision", None)]


def test_une_correction_deplace_l_echeance():
    changements = simulate(EtapeFranchie(procedure="ip", evenement="ordonnance"), "2026-10-05", 4)
    ((ligne, ancien),) = [(x, a) for x, a in changements.deplacees if x.echeance.sujet == "ip"]
    assert (ancien, ligne.echeance.le) == (date(2026, 12, 7), date(2027, 1, 5))


def test_une_etape_impossible_le_dit():
    changements = simulate(EtapeFranchie(procedure="ip", evenement="rejet_total"), "2026-11-20")
    assert changements.vides
    assert [a.code for a in changements.avertissements] == ["etape_impossible"]


@pytest.mark.parametrize("jour", ["2026-01-01", "2026-11-21"])
def test_une_note_ne_change_rien(jour):
    changements = simulate(NoteAjoutee(texte="Appel du greffe"), jour)
    assert changements.vides
    assert changements.avertissements == ()


def test_passer_dans_une_autre_procedure_est_dit():
    """An opposition after service: what the order led to is named."""
    (procedure,) = fold_dossier(JOURNAL, make_creancier(), AU).procedures
    ailleurs = [t for t in list_etapes(procedure, AU) if t.vers not in procedure.graphe.par_code]
    for transition in ailleurs:
        changements = simulate(EtapeFranchie(procedure="ip", evenement=transition.evenement), "2026-11-20")
        assert len(changements.procedures) >= 1
