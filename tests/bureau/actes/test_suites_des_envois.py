"""A letter that is posted records what it does: the plan put on notice, the plan ended, the surety told."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from exigible.actes.modele import get_modele, load_catalogue
from exigible.actes.rendu import render_acte
from exigible.bureau.actes.approbation import Sorte, approve_acte, find_sorte
from exigible.bureau.actes.conseil import find_actes
from exigible.bureau.actes.services import Choix, prepare
from exigible.bureau.envois.models import Courrier
from exigible.bureau.envois.services import cancel_courrier, post_courrier, record_sort
from exigible.bureau.envois.suites import A_L_ENVOI
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.services import FaitAEcrire, read_inscriptions, record_faits
from exigible.bureau.pages.vues.fil import list_entrees
from exigible.bureau.tiers.lecture import load_etat
from exigible.dossier.etat import SortCourrier
from exigible.dossier.faits import (
    CautionInformee,
    CourrierApprouve,
    CourrierPoste,
    EcheancePlan,
    FaitAnnule,
    ModeEnvoi,
    PaiementRecu,
    PersonneTenue,
    PlanConvenu,
    PlanMisEnDemeure,
    PlanRompu,
    RolePersonne,
)
from exigible.droit.echeancier import InteretsDuPlan
from exigible.droit.erreurs import ErreurExigible

from .conftest import ADRESSE, JOUR

pytestmark = pytest.mark.usefixtures("coherent")

PLAN = PlanConvenu(
    cle="plan-1",
    creances=("f-1",),
    echeances=(
        EcheancePlan(jour=date(2026, 11, 1), montant=Decimal("500.00")),
        EcheancePlan(jour=date(2027, 2, 1), montant=Decimal("500.00")),
    ),
    interets=InteretsDuPlan.MAINTENUS,
    decheance=True,
    delai_decheance_jours=8,
    signe_par_debiteur=True,
)


@pytest.fixture
def plan(dossier):
    record_faits(dossier.chaine, [FaitAEcrire(PLAN, date(2026, 10, 5))], "essai")
    return dossier


def approuver(dossier, nom, **reponses):
    choix = Choix(reponses)
    du_dossier = prepare(dossier, nom, choix)
    if du_dossier.acte is None:
        raise du_dossier.refus
    derogations = tuple(f"{m.regle} : vu" for m in du_dossier.acte.manquements if m.severite == "majeur")
    sha256 = render_acte(du_dossier.acte).sha256
    return approve_acte(dossier, nom, "Marie", sha256_vu=sha256, choix=choix, derogations=derogations).courrier


def poster(courrier, jour=JOUR):
    return post_courrier(courrier, jour, ModeEnvoi.LRAR, "1A 234", "Marie")


def lire(dossier, sorte):
    return [(i.date_effet, i.fait) for i in read_inscriptions(dossier.chaine) if isinstance(i.fait, sorte)]


def test_poster_la_mise_en_demeure_met_le_plan_en_demeure(plan):
    courrier = approuver(plan, "plan_mise_en_demeure", delai_jours="10")
    assert lire(plan, PlanMisEnDemeure) == []
    poster(courrier)
    [(jour, fait)] = lire(plan, PlanMisEnDemeure)
    [(_, approuve)] = lire(plan, CourrierApprouve)
    assert jour == JOUR
    assert fait == PlanMisEnDemeure(plan="plan-1", delai_jours=10, piece=approuve.piece, courrier=courrier.cle)
    [etat] = load_etat(plan).plans
    assert (etat.mise_en_demeure.envoyee_le, etat.mise_en_demeure.decheance) == (JOUR, None)


def test_sa_presentation_fait_courir_le_delai_et_la_decheance_rompt_le_plan(plan):
    courrier = poster(approuver(plan, "plan_mise_en_demeure", delai_jours="10"))
    presente = JOUR + timedelta(days=3)
    with fix_horloge(JOUR + timedelta(days=5)):
        record_sort(courrier, SortCourrier.PRESENTE, presente, None, "Marie")
        [etat] = load_etat(plan).plans
        assert etat.mise_en_demeure.recue_le == presente
        with pytest.raises(ErreurExigible, match="court jusqu"):
            approuver(plan, "decheance_du_terme", plan="plan-1")
    apres = etat.decheance_possible_des
    assert [m.nom for m in find_actes("plan_en_retard", load_etat(plan))] == [
        "plan_mise_en_demeure",
        "decheance_du_terme",
    ]
    with fix_horloge(apres):
        assert next(m.nom for m in find_actes("plan_en_retard", load_etat(plan))) == "decheance_du_terme"
        lettre = approuver(plan, "decheance_du_terme")
        assert lire(plan, PlanRompu) == []
        poster(lettre, apres)
        [(jour, rompu)] = lire(plan, PlanRompu)
        assert (jour, rompu.plan, rompu.piece) == (apres, "plan-1", lettre.piece.sha256)
        assert load_etat(plan).plans == ()


def test_une_decheance_payee_avant_l_envoi_ne_part_pas(plan):
    courrier = poster(approuver(plan, "plan_mise_en_demeure", delai_jours="10"))
    with fix_horloge(JOUR + timedelta(days=2)):
        record_sort(courrier, SortCourrier.RECU, JOUR + timedelta(days=2), None, "Marie")
        apres = load_etat(plan).plans[0].decheance_possible_des
    with fix_horloge(apres):
        lettre = approuver(plan, "decheance_du_terme")
        paiement = PaiementRecu(cle="p-2", montant=Decimal("500.00"), creances=("f-1",))
        record_faits(plan.chaine, [FaitAEcrire(paiement, JOUR)], "essai")
        with pytest.raises(ErreurExigible, match="ne peut pas être prononcée") as refus:
            poster(lettre, apres)
        assert refus.value.code == "decheance_impossible"
    # Nothing of it entered the journal: the posting and what it does are one.
    assert Courrier.objects.get(pk=lettre.pk).statut == SortCourrier.APPROUVE.value
    assert [f.acte for _, f in lire(plan, CourrierPoste)] == ["plan_mise_en_demeure"]
    assert lire(plan, PlanRompu) == []


def test_un_plan_rompu_entre_temps_ne_se_met_plus_en_demeure(plan):
    courrier = approuver(plan, "plan_mise_en_demeure", delai_jours="10")
    record_faits(plan.chaine, [FaitAEcrire(PlanRompu(plan="plan-1"), JOUR)], "essai")
    with pytest.raises(ErreurExigible, match="Annulez cette lettre") as refus:
        poster(courrier)
    assert refus.value.code == "plan_clos"
    assert cancel_courrier(courrier, "Plan rompu", "Marie").statut == SortCourrier.ANNULE.value


def test_une_lettre_revenue_ou_un_envoi_annule_ne_met_rien_en_demeure(plan):
    courrier = poster(approuver(plan, "plan_mise_en_demeure", delai_jours="10"))
    with fix_horloge(JOUR + timedelta(days=5)):
        record_sort(courrier, SortCourrier.PRESENTE, JOUR + timedelta(days=1), None, "Marie")
        record_sort(courrier, SortCourrier.NON_DISTRIBUE, JOUR + timedelta(days=4), None, "Marie")
        assert load_etat(plan).plans[0].mise_en_demeure.recue_le is None
        [rang] = [i.rang for i in read_inscriptions(plan.chaine) if isinstance(i.fait, CourrierPoste)]
        record_faits(plan.chaine, [FaitAEcrire(FaitAnnule(motif="Erreur"), JOUR, corrige=rang)], "Marie")
        assert load_etat(plan).plans[0].mise_en_demeure is None


def test_une_lettre_approuvee_sans_ses_reponses_designe_le_seul_plan(plan):
    """Letters approved before the journal kept the answers."""
    ancienne = CourrierApprouve(
        courrier="c-1",
        acte="plan_mise_en_demeure",
        piece="",
        creances=("f-1",),
        montant=Decimal("500.00"),
        delai_jours=12,
        destinataire="Client Modèle",
    )
    record_faits(plan.chaine, [FaitAEcrire(ancienne, JOUR)], "essai")
    poster(Courrier.objects.select_related("dossier").get(cle="c-1"))
    [(_, fait)] = lire(plan, PlanMisEnDemeure)
    assert (fait.plan, fait.delai_jours) == ("plan-1", 12)


def test_informer_la_caution_se_note_a_l_envoi(dossier):
    caution = PersonneTenue(cle="c-1", nom="Dominique Exemple", role=RolePersonne.CAUTION_SOLIDAIRE, adresse=ADRESSE)
    record_faits(dossier.chaine, [FaitAEcrire(caution, date(2026, 8, 2))], "essai")
    approuve = CourrierApprouve(
        courrier="c-1",
        acte="information_caution_annuelle",
        piece="",
        creances=("f-1",),
        montant=Decimal("0.00"),
        delai_jours=0,
        destinataire="Dominique Exemple",
        reponses=(("personne", "c-1"),),
    )
    record_faits(dossier.chaine, [FaitAEcrire(approuve, JOUR)], "essai")
    poster(Courrier.objects.select_related("dossier").get(cle="c-1"))
    [(jour, fait)] = lire(dossier, CautionInformee)
    assert (jour, fait.personne) == (JOUR, "c-1")


def test_les_reponses_entrent_au_journal_avec_la_lettre(plan):
    approuver(plan, "plan_mise_en_demeure", delai_jours="10")
    [(_, fait)] = lire(plan, CourrierApprouve)
    assert dict(fait.reponses)["plan"] == "plan-1"


def test_une_lettre_ordinaire_n_enregistre_que_son_envoi(dossier):
    avant = len(read_inscriptions(dossier.chaine))
    poster(approuver(dossier, "mise_en_demeure"))
    assert len(read_inscriptions(dossier.chaine)) == avant + 2


@pytest.mark.parametrize("nom", sorted(A_L_ENVOI))
def test_la_table_nomme_des_lettres_et_leurs_questions(nom):
    assert nom in load_catalogue()
    assert find_sorte(get_modele(nom)) is Sorte.COURRIER
    assert A_L_ENVOI[nom].question in {q.nom for q in get_modele(nom).question}


def test_le_fil_dit_d_ou_court_le_delai(plan):
    a_la_main = PlanMisEnDemeure(plan="plan-1", delai_jours=10)
    record_faits(plan.chaine, [FaitAEcrire(a_la_main, JOUR)], "essai")
    assert "Réception à indiquer" in lire_fil(plan)
    assert "présentation de la lettre" not in lire_fil(plan)
    poster(approuver(plan, "plan_mise_en_demeure", delai_jours="10"))
    assert "présentation de la lettre" in lire_fil(plan)


def lire_fil(dossier):
    return " ".join(str(e) for e in list_entrees(read_inscriptions(dossier.chaine), {}))
