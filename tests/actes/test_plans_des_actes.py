"""What an act says would be due once a plan breaks, and what a surety is told: the figures of the fold, to the cent."""

from datetime import date

import pytest
from dossiers_des_actes import AU, DOSSIERS

from exigible.actes.demande import build_demande
from exigible.actes.modele import get_modele
from exigible.actes.vocabulaire.cautions import compute_dette_garantie
from exigible.actes.vocabulaire.plans import break_plan, find_plan
from exigible.dossier.description import fold_description, parse_description
from exigible.dossier.journal import Inscription
from exigible.dossier.plans.simulation import simulate_rupture
from exigible.droit.argent import format_montant
from exigible.droit.erreurs import ErreurExigible


def read(nom):
    return parse_description(DOSSIERS[nom].read_bytes())


def list_journaux(description):
    regles = [description.creancier, description.conditions, description.reclamation]
    origine = [Inscription(rang=r, date_effet=date.min, fait=f) for r, f in enumerate(regles, -9) if f]
    faits = [description.debiteur, *(f.fait for f in description.faits)]
    jours = [date.min, *(f.date_effet for f in description.faits)]
    siens = [Inscription(rang=r, date_effet=j, fait=f) for r, (j, f) in enumerate(zip(jours, faits, strict=True))]
    du_creancier = [
        Inscription(rang=r, date_effet=f.date_effet, fait=f.fait) for r, f in enumerate(description.faits_creancier)
    ]
    return siens, [*origine, *du_creancier]


@pytest.mark.parametrize(
    "nom", ["professionnel_plan_dechu", "consommateur_plan_dechu", "solidaires_plan_dechu", "public_plan_manque"]
)
def test_la_rupture_dite_est_celle_du_journal(nom):
    description = read(nom)
    demande = build_demande(
        get_modele("plan_mise_en_demeure"), fold_description(description, AU), saisies={"plan": "plan-1"}
    )
    rompu = break_plan(demande, find_plan(demande))
    attendu = simulate_rupture(*list_journaux(description), "plan-1", AU)
    assert rompu.decompte.total_du == attendu.etat.decompte.total_du


def test_une_dette_qui_se_divise_n_a_pas_de_rupture_ici():
    etat = fold_description(read("conjoints"), AU)
    demande = build_demande(get_modele("plan_mise_en_demeure"), etat)
    with pytest.raises(ErreurExigible) as refus:
        break_plan(demande, None)
    assert refus.value.code == "acte_refuse"


def test_la_caution_apprend_ce_qui_restait_du_au_31_decembre():
    description = read("solidaires")
    plus_tard, alors = (fold_description(description, jour) for jour in (date(2027, 2, 15), date(2026, 12, 31)))
    (caution,) = [p for p in plus_tard.personnes if p.cle == "ca"]
    dit = compute_dette_garantie(plus_tard, caution, date(2026, 12, 31))
    assert dit["garantie_total"] == format_montant(alors.decompte.total_du)
    assert dit["garantie_interets"] == format_montant(alors.decompte.interets)
    avant = compute_dette_garantie(plus_tard, caution, date(2025, 12, 31))
    assert avant["garantie_total"] == format_montant(alors.decompte.total_du * 0)
