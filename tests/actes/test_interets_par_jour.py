"""What a claim bears a day is told only while it bears it, and on what is left of it."""

from datetime import date

from dossiers_des_actes import load_dossier

from exigible.actes.demande import build_demande
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte
from exigible.dossier.etat import EtatDossier


def _write(acte: str, etat: EtatDossier, **saisies: str) -> str:
    return prepare_acte(build_demande(get_modele(acte), etat, saisies=saisies, reference="411-TEST")).texte


def test_un_plan_qui_tient_les_interets_en_suspens_n_annonce_pas_d_interets_par_jour() -> None:
    texte = _write("transmission_avocat", load_dossier("professionnel_plan_manque"))
    assert "du 02/05/2026 au 20/09/2026 inclus" in texte
    assert "par jour" not in texte


def test_la_decheance_d_un_plan_aux_interets_geles_les_fait_courir_de_nouveau() -> None:
    texte = _write("decheance_du_terme", load_dossier("consommateur_plan_dechu"), plan="plan-1")
    assert "0,04\u00a0€ par jour" in texte.replace("\u202f", "\u00a0")


def test_le_jour_d_un_paiement_les_interets_a_venir_courent_sur_ce_qui_reste() -> None:
    """800 € are paid on 10/07/2026: 4 152,18 € are left of 4 800 €, beside 1 250,40 €."""
    texte = _write("transmission_avocat", load_dossier("professionnel", date(2026, 7, 10))).replace("\u202f", "\u00a0")
    assert "1,83\u00a0€ par jour" in texte
