from datetime import timedelta
from decimal import Decimal

import pytest

from exigible.bureau.comptes.services import create_cabinet
from exigible.bureau.envois.services import approve_courrier, preview_courrier
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.models import Maillon, Sceau
from exigible.bureau.journal.services import FaitAEcrire, record_faits, verify_journal
from exigible.bureau.journee import compute_journee, run_journee
from exigible.bureau.tiers.models import Action, Creance, Dossier
from exigible.bureau.tiers.verification import verify_projections
from exigible.dossier.faits_creancier import MouvementConstate
from exigible.droit.regimes import QualitePartie

from .conftest import JOUR


def photo():
    return [list(modele.objects.order_by("pk").values()) for modele in (Dossier, Creance, Action, Sceau, Maillon)]


@pytest.fixture
def portefeuille(creancier, ouvrir, facturer):
    """One due, one not due, one of unknown quality, one that a bank credit may have paid."""
    echu, futur = ouvrir(nom="Échu Anciennement", code="A"), ouvrir(nom="Futur Proche", code="B")
    inconnu = ouvrir(nom="Qui Donc", code="C", qualite=QualitePartie.INCONNUE)
    credite = ouvrir(nom="Maison Martinot", code="D")
    facturer(echu, "F-1", "100.00")
    facturer(futur, "F-2", "200.00", JOUR, JOUR + timedelta(days=30))
    facturer(inconnu, "F-3", "300.00")
    facturer(credite, "F-4", "400.00")
    credit = MouvementConstate(mouvement="m", iban="", montant=Decimal("7.00"), libelle="VIR MAISON MARTINOT")
    record_faits(creancier.chaine, [FaitAEcrire(credit, JOUR)], "essai")
    return creancier.cabinet


def test_la_journee_dit_tout_et_pourquoi(portefeuille):
    journee = run_journee(portefeuille, JOUR)
    assert [(a.dossier.debiteur_nom, a.action.etape.value) for a in journee.actions] == [
        ("Échu Anciennement", "relance")
    ]
    assert {r.dossier.debiteur_nom: r.retenue.code for r in journee.retenues} == {
        "Futur Proche": "a_echoir",
        "Qui Donc": "a_completer",
        "Maison Martinot": "credit_non_rapproche",
    }
    assert [c.dossier.debiteur_nom for c in journee.completer] == ["Qui Donc"]
    assert [c.montant for c in journee.banque] == [Decimal("7.00")]
    assert journee.montant == sum((a.action.montant for a in journee.actions), Decimal(0))
    assert journee.problemes == ()


def test_les_lignes_de_l_ecran_sont_celles_de_la_journee(portefeuille):
    journee = run_journee(portefeuille, JOUR)
    dites = {a.action.phrase for a in journee.actions} | {r.retenue.phrase for r in journee.retenues}
    assert set(Action.objects.values_list("phrase", flat=True)) == dites


def test_refaire_la_journee_ne_change_rien(portefeuille):
    demain = JOUR + timedelta(days=1)
    with fix_horloge(demain):
        run_journee(portefeuille, demain)
        avant = photo()
        run_journee(portefeuille, demain)
        assert photo() == avant
    assert set(Dossier.objects.values_list("arrete_au", flat=True)) == {demain}
    assert list(verify_projections()) == []
    assert verify_journal() == []


def test_une_projection_d_une_version_passee_est_remise_a_jour(portefeuille):
    run_journee(portefeuille, JOUR)
    Action.objects.update(phrase="dite autrement par une version passée")
    run_journee(portefeuille, JOUR)
    assert list(verify_projections()) == []


def test_a_blanc_rien_ne_change(portefeuille):
    avant = photo()
    plus_tard = JOUR + timedelta(days=26)
    journee = compute_journee(portefeuille, plus_tard)
    assert photo() == avant
    assert ("Futur Proche", "courtoisie") in {(a.dossier.debiteur_nom, a.action.etape.value) for a in journee.actions}


def test_un_jour_manque_se_rattrape(portefeuille):
    with fix_horloge(JOUR + timedelta(days=29)):
        journee = run_journee(portefeuille, JOUR + timedelta(days=29))
    assert {a.action.etape.value for a in journee.actions if a.dossier.debiteur_nom == "Futur Proche"} == {"courtoisie"}


def test_une_lettre_approuvee_attend_d_etre_postee(dossier, cabinet):
    rendu = preview_courrier(dossier, "mise_en_demeure", ("f-F-1",))
    derogations = tuple(f"{m.regle} : vu" for m in rendu.manquements if m.severite == "majeur")
    approve_courrier(dossier, "mise_en_demeure", ("f-F-1",), "Marie", sha256_vu=rendu.sha256, derogations=derogations)
    journee = run_journee(cabinet, JOUR)
    assert [c.dossier for c in journee.courriers_a_poster] == [dossier]
    assert [a.action.geste.value for a in journee.actions] == ["poster"]


def test_un_dossier_illisible_est_dit_et_les_autres_faits(portefeuille, monkeypatch):
    from exigible.bureau.tiers import lecture

    vrai = lecture.fold_dossier

    def fold_ou_casse(inscriptions, *suite, **options):
        if any(getattr(i.fait, "nom", "") == "Futur Proche" for i in inscriptions):
            raise KeyError("casse")
        return vrai(inscriptions, *suite, **options)

    monkeypatch.setattr(lecture, "fold_dossier", fold_ou_casse)
    demain = JOUR + timedelta(days=1)
    journee = run_journee(portefeuille, demain)
    assert [p.dossier.debiteur_nom for p in journee.problemes] == ["Futur Proche"]
    assert "KeyError" in Dossier.objects.get(debiteur_nom="Futur Proche").erreur
    assert Dossier.objects.filter(arrete_au=demain).count() == 3


def test_chaque_cabinet_ne_voit_que_les_siens(portefeuille):
    autre = create_cabinet("Autre")
    journee = run_journee(autre, JOUR)
    assert (journee.actions, journee.retenues, journee.banque) == ((), (), ())
