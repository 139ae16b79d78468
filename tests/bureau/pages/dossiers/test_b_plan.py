"""The plan tab of a dossier: simulated before it is signed, recorded, late, given notice of."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from exigible.bureau.tiers.models import Action
from exigible.dossier.faits import (
    EcheancePlan,
    PartieAuPlan,
    PlanConvenu,
    PlanMisEnDemeure,
    ProcedureCollectiveOuverte,
)
from exigible.droit.creance import CAPITAL_D_ABORD
from exigible.droit.echeancier import InteretsDuPlan

JOUR = date(2026, 11, 21)
DEMANDE = {
    "jour": "2026-11-21",
    "premiere": "2026-12-31",
    "nombre": "3",
    "interets": "abandonnes_si_respect",
    "creances": ["f-F1"],
}


@pytest.fixture
def adresse(dossier):
    return reverse("dossier_plan", args=[dossier.pk])


@pytest.fixture
def en_retard(dossier, ecrire):
    """A plan whose first instalment is eleven days late."""

    def en_retard(**clauses):
        plan = PlanConvenu(
            cle="l",
            creances=("f-F1",),
            echeances=(
                EcheancePlan(date(2026, 11, 10), Decimal("600.00")),
                EcheancePlan(date(2026, 12, 10), Decimal("600.00")),
            ),
            interets=InteretsDuPlan.ABANDONNES_SI_RESPECT,
            **clauses,
        )
        ecrire(dossier, (plan, date(2026, 11, 5)))

    return en_retard


def test_la_page_propose_de_simuler_sans_rien_enregistrer(navigateur, dossier, adresse, lire):
    avant = len(lire(dossier))
    page = navigateur.get(adresse)
    assert page.status_code == 200
    assert page.context["simulation"] is None
    assert "Rien n’est enregistré" in page.content.decode()
    page = navigateur.get(adresse, DEMANDE)
    echeances = page.context["simulation"].echeancier.echeances
    assert [e.jour for e in echeances] == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]
    assert sum(e.montant for e in echeances) == Decimal("1335.05")
    assert "28/02/2027" in page.content.decode()
    assert len(lire(dossier)) == avant


def test_ce_qui_a_ete_simule_s_enregistre(navigateur, dossier, adresse, lire):
    clauses = {"decheance": "on", "delai_decheance_jours": "30", "signe_par_debiteur": "on", "capital_d_abord": "on"}
    simulee = navigateur.get(adresse, DEMANDE | clauses).context["simulation"]
    reponse = navigateur.post(adresse, DEMANDE | clauses)
    assert reponse.headers["Location"] == adresse
    inscription = lire(dossier)[-1]
    fait = inscription.fait
    assert isinstance(fait, PlanConvenu)
    assert inscription.date_effet == JOUR
    assert fait.echeances == simulee.echeances
    assert (fait.interets, fait.creances) == (InteretsDuPlan.ABANDONNES_SI_RESPECT, ("f-F1",))
    assert (fait.decheance, fait.delai_decheance_jours, fait.signe_par_debiteur) == (True, 30, True)
    assert (fait.imputation, fait.imputation_par) == (CAPITAL_D_ABORD, tuple(PartieAuPlan))
    page = navigateur.get(adresse)
    assert [p.total for p in page.context["plans"]] == [Decimal("1335.05")]
    assert "vaut reconnaissance de la dette" in page.content.decode()


def test_une_mensualite_choisie_et_toutes_les_factures(navigateur, adresse):
    sans = {cle: valeur for cle, valeur in DEMANDE.items() if cle not in {"nombre", "creances"}}
    simulation = navigateur.get(adresse, sans | {"mensualite": "500,00"}).context["simulation"]
    assert [e.montant for e in simulation.echeancier.echeances][:2] == [Decimal("500.00")] * 2
    assert "f-F2" in simulation.creances


@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({"nombre": ""}, "le montant de chacune"),
        ({"mensualite": "100"}, "le montant de chacune"),
        ({"nombre": "", "mensualite": "300", "progression": "5"}, "demande un nombre de mensualités"),
        ({"nombre": "", "mensualite": "1"}, "augmentez-les"),
        ({"premiere": "2026-11-20"}, "à partir de celui de l&#x27;accord"),
        ({"jour": "2026-11-22"}, "Cette date est à venir"),
        ({"interets": "autrement"}, "champ-faux"),
    ],
)
def test_une_demande_fautive_est_expliquee(navigateur, dossier, adresse, lire, champs, message):
    avant = len(lire(dossier))
    for reponse in (navigateur.get(adresse, DEMANDE | champs), navigateur.post(adresse, DEMANDE | champs)):
        assert reponse.status_code == 422
        assert message in reponse.content.decode()
    assert len(lire(dossier)) == avant


def test_aucun_plan_apres_l_ouverture_d_une_procedure_collective(navigateur, dossier, adresse, ecrire):
    ecrire(dossier, (ProcedureCollectiveOuverte(nature="liquidation judiciaire"), date(2026, 11, 10)))
    reponse = navigateur.get(adresse, DEMANDE)
    assert reponse.status_code == 422
    assert "C. com. L622-7" in reponse.content.decode()


def test_un_plan_en_retard_se_voit_et_se_denonce(navigateur, dossier, adresse, en_retard, lire):
    en_retard(decheance=True)
    (plan,) = navigateur.get(adresse).context["plans"]
    assert not plan.etat.respecte
    assert plan.rupture.repris >= 0
    assert not plan.decheance_ouverte
    texte = navigateur.get(adresse).content.decode()
    assert "La déchéance du terme n’est pas encore ouverte." in texte
    assert reverse("saisir", args=[dossier.pk, "plan-mis-en-demeure"]) in texte
    saisir = reverse("saisir", args=[dossier.pk, "plan-mis-en-demeure"])
    notice = {"plan": "l", "jour": "2026-11-12", "delai_jours": "8"}
    assert navigateur.post(saisir, notice | {"recue_le": "2026-11-11"}).status_code == 422
    navigateur.post(saisir, notice | {"recue_le": "2026-11-12"})
    fait = lire(dossier)[-1].fait
    assert fait == PlanMisEnDemeure(plan="l", delai_jours=8, recue_le=date(2026, 11, 12))
    page = navigateur.get(adresse)
    assert page.context["plans"][0].decheance_ouverte
    assert "La déchéance du terme n’est pas encore ouverte." not in page.content.decode()
    fil = navigateur.get(reverse("dossier", args=[dossier.pk])).content.decode()
    assert "8 jours pour payer" in fil


def test_un_nouveau_plan_remplace_celui_qui_court(navigateur, adresse, dossier, en_retard, lire):
    en_retard()
    navigateur.post(adresse, DEMANDE)
    assert lire(dossier)[-1].fait.remplace == "l"
    assert [p.etat.plan.cle for p in navigateur.get(adresse).context["plans"]] == [lire(dossier)[-1].fait.cle]


def test_le_retard_entre_dans_le_travail_du_jour(navigateur, dossier, adresse, en_retard):
    en_retard()
    action = Action.objects.get(dossier=dossier, geste="plan_en_retard")
    assert (action.montant, action.prevue_le) == (Decimal("600.00"), date(2026, 11, 11))
    liste = navigateur.get(reverse("aujourdhui")).content.decode()
    assert "Plan en retard" in liste
    assert adresse in liste
    assert adresse in navigateur.get(reverse("dossier", args=[dossier.pk])).content.decode()
    assert navigateur.get(reverse("action", args=[action.pk])).status_code == 404  # nothing to send from the scenario


def test_un_plan_saisi_garde_ses_clauses_quand_on_le_corrige(navigateur, dossier, ecrire, lire):
    saisir = reverse("saisir", args=[dossier.pk, "plan"])
    champs = {"jour": "2026-11-20", "creances": ["f-F1"], "detail": "15/12/2026 100,00"}
    navigateur.post(saisir, champs | {"interets": "geles", "tolerance_jours": "5", "signe_par_debiteur": "on"})
    inscription = lire(dossier)[-1]
    assert (inscription.fait.interets, inscription.fait.tolerance_jours) == (InteretsDuPlan.GELES, 5)
    corriger = reverse("corriger", args=[dossier.pk, inscription.rang])
    initial = navigateur.get(corriger).context["form"].initial
    assert (initial["interets"], initial["detail"]) == ("geles", "15/12/2026 100,00")
    navigateur.post(corriger, champs)
    corrige = lire(dossier)[-1].fait
    assert (corrige.interets, corrige.tolerance_jours, corrige.signe_par_debiteur) == (None, 0, False)
    assert corrige.cle == inscription.fait.cle


def test_un_montant_trop_petit_pour_le_nombre_d_echeances_est_dit(navigateur, dossier):
    saisir = reverse("saisir", args=[dossier.pk, "plan"])
    champs = {"jour": "2026-11-20", "creances": ["f-F1"], "montant": "0,05", "nombre": "60", "premiere": "2026-12-01"}
    reponse = navigateur.post(saisir, champs)
    assert reponse.status_code == 422
    assert "demandez-en moins" in reponse.content.decode()
