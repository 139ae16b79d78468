from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.services import FaitAEcrire, record_faits, verify_journal
from exigible.bureau.tiers import revalorisation
from exigible.bureau.tiers.models import Action, Creance, Creancier, Dossier, Paiement
from exigible.bureau.tiers.revalorisation import list_a_revaluer, revalue
from exigible.bureau.tiers.services import create_creancier, load_etat, load_etats, open_dossiers
from exigible.bureau.tiers.verification import rebuild_projections, verify_projections
from exigible.dossier.faits import FaitAnnule, NoteAjoutee, PaiementRecu, PromesseRecue, Reclamation
from exigible.dossier.faits_creancier import CreancierDecrit, MouvementConstate, ReclamationFixee
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.regimes import QualitePartie

from .conftest import JOUR


def test_le_dossier_porte_ce_que_dit_le_journal(dossier):
    assert dossier.reference == "D-00001"
    assert dossier.debiteur_nom == "Client Modèle"
    assert "client modele" in dossier.recherche
    assert "f 1" in dossier.recherche
    assert dossier.principal == Decimal("10000.00")
    assert dossier.indemnites == Decimal("40.00")
    assert dossier.echu == dossier.principal + dossier.interets + dossier.indemnites
    assert dossier.plus_ancienne_echeance == date(2025, 9, 30)
    assert dossier.jours_retard == (JOUR - date(2025, 9, 30)).days
    assert dossier.arrete_au == JOUR
    assert list(verify_projections()) == []
    assert verify_journal() == []


def test_a_une_date_passee_le_compte_est_celui_de_ce_jour(dossier):
    etat = load_etat(dossier, date(2026, 2, 15))
    # 92 jours en 2025 et 46 en 2026 au taux de 12,15 % : 306,25 + 153,12.
    assert etat.decompte.total_du == Decimal("10499.37")


def test_un_paiement_change_la_projection_dans_la_meme_transaction(dossier, noter):
    noter(dossier, PaiementRecu(cle="p1", montant=Decimal("20000.00"), creances=("f-F-1",)))
    assert dossier.stade == "soldee"
    assert dossier.echu == 0
    assert dossier.paiements.get().montant == Decimal("20000.00")
    assert Action.objects.filter(dossier=dossier).count() == 0
    assert list(verify_projections()) == []


def test_un_fait_annule_n_a_jamais_ete(dossier, noter):
    avant = dossier.echu
    noter(dossier, PaiementRecu(cle="p1", montant=Decimal("100.00")))
    noter(dossier, FaitAnnule(motif="erreur"), corrige=3)
    assert dossier.echu == avant
    assert not Paiement.objects.exists()


def test_une_promesse_compte_dans_le_promis_tant_qu_elle_court(dossier, noter):
    noter(dossier, PromesseRecue(cle="pr", jusqu_au=JOUR + timedelta(days=5), montant=Decimal("500.00")))
    assert dossier.promis == Decimal("500.00")
    assert dossier.a_revoir_le <= JOUR + timedelta(days=6)
    revalue([dossier.pk], JOUR + timedelta(days=6))
    dossier.refresh_from_db()
    assert dossier.promis == 0


def test_les_references_se_suivent_dans_le_cabinet(creancier, ouvrir):
    autre = create_creancier(creancier.cabinet, CreancierDecrit(nom="Autre"), "essai")
    assert [ouvrir().reference, ouvrir().reference] == ["D-00001", "D-00002"]
    assert [d.reference for d in open_dossiers(autre, 2)] == ["D-00003", "D-00004"]


def test_la_regle_du_creancier_revalue_ses_dossiers(creancier, dossier):
    regle = ReclamationFixee(penalites=Reclamation.RENONCER, indemnite=Reclamation.RENONCER)
    record_faits(creancier.chaine, [FaitAEcrire(regle, JOUR)], "essai")
    dossier.refresh_from_db()
    assert (dossier.interets, dossier.indemnites) == (0, 0)
    assert list(verify_projections()) == []


def test_un_fait_dont_l_effet_est_a_venir_fixe_le_jour_de_revoir(dossier, noter):
    noter(dossier, PaiementRecu(cle="p1", montant=Decimal("1.00")), jour=JOUR + timedelta(days=1))
    assert dossier.a_revoir_le == JOUR + timedelta(days=1)


def test_plusieurs_etats_en_un_nombre_fixe_de_requetes(ouvrir, facturer, django_assert_num_queries):
    for n in range(7):
        facturer(ouvrir(nom=f"Client {n}", code=f"C{n}"), "F-1", "100.00")
    dossiers = list(Dossier.objects.select_related("creancier"))
    for combien in (1, 7):
        with django_assert_num_queries(2):
            assert len(load_etats(dossiers[:combien], JOUR)) == combien


def test_revaluer_ne_depend_pas_du_nombre_de_creances(ouvrir, facturer):
    peu, beaucoup = ouvrir(code="A"), ouvrir(code="B")
    facturer(peu, "F-0", "100.00")
    for n in range(12):
        facturer(beaucoup, f"G-{n}", "100.00")
    comptes = []
    for dossier in (peu, beaucoup):
        with CaptureQueriesContext(connection) as requetes:
            revalue([dossier.pk], JOUR + timedelta(days=1))
        comptes.append(len(requetes))
    assert comptes[0] == comptes[1]


def test_un_dossier_illisible_est_marque_et_n_arrete_pas_les_autres(ouvrir, facturer, monkeypatch, caplog):
    from exigible.bureau.tiers import lecture

    bon, mauvais = ouvrir(code="A"), ouvrir(nom="Cassé", code="B")
    for dossier in (bon, mauvais):
        facturer(dossier, "F-1", "100.00")
    vrai = lecture.fold_dossier

    def fold_ou_casse(inscriptions, *suite, **options):
        if any(getattr(i.fait, "nom", "") == "Cassé" for i in inscriptions):
            raise ErreurExigible("fait_illisible", "Le fait n'a pas la forme attendue.")
        return vrai(inscriptions, *suite, **options)

    monkeypatch.setattr(lecture, "fold_dossier", fold_ou_casse)
    demain = JOUR + timedelta(days=1)
    assert revalue([bon.pk, mauvais.pk], demain) == [mauvais.pk]
    bon.refresh_from_db()
    mauvais.refresh_from_db()
    assert (bon.arrete_au, bon.erreur) == (demain, "")
    assert mauvais.arrete_au == JOUR
    assert mauvais.erreur == "Le fait n'a pas la forme attendue."
    assert [e.ou for e in verify_projections()] == [mauvais.reference]
    monkeypatch.setattr(lecture, "fold_dossier", vrai)
    assert list_a_revaluer(bon.cabinet_id, demain) == [bon.pk, mauvais.pk]
    revalue([mauvais.pk], demain)
    mauvais.refresh_from_db()
    assert mauvais.erreur == ""


def test_ce_qui_arrive_pendant_la_revalorisation_n_est_pas_ecrase(dossier, noter, monkeypatch):
    vrai = revalorisation.find_differences

    def compute_puis_payer(dossiers, au):
        differences = vrai(dossiers, au)
        noter(dossier, PaiementRecu(cle="p1", montant=Decimal("20000.00")))
        return differences

    monkeypatch.setattr(revalorisation, "find_differences", compute_puis_payer)
    assert revalue([dossier.pk], JOUR + timedelta(days=1)) == []
    dossier.refresh_from_db()
    assert (dossier.arrete_au, dossier.stade) == (JOUR + timedelta(days=1), "soldee")
    assert list(verify_projections()) == []


def test_un_dossier_solde_garde_son_jour(dossier, noter):
    noter(dossier, PaiementRecu(cle="p1", montant=Decimal("20000.00")))
    assert list_a_revaluer(dossier.cabinet_id, JOUR + timedelta(days=30)) == []


@pytest.mark.parametrize(
    ("modele", "champs", "mot"),
    [
        (Dossier, {"echu": Decimal("1.00")}, "echu"),
        (Dossier, {"qualite": "consommateur"}, "qualite"),
        (Creance, {"reste": Decimal("0.01")}, "reste"),
        (Action, {"phrase": "autre"}, "phrase"),
        (Creancier, {"nom": "Autre"}, "nom"),
        (Mouvement, {"statut": "ecarte"}, "statut"),
    ],
)
def test_verifier_voit_une_projection_fausse_et_reconstruire_la_repare(creancier, dossier, modele, champs, mot):
    constate = MouvementConstate(mouvement="m1", iban="", montant=Decimal("-3.00"), libelle="frais")
    record_faits(creancier.chaine, [FaitAEcrire(constate, JOUR)], "essai")
    modele.objects.update(**champs)
    ecarts = list(verify_projections())
    assert ecarts
    assert all(mot in e.message for e in ecarts)
    assert rebuild_projections() == []
    assert list(verify_projections()) == []


@pytest.mark.parametrize("modele", [Creance, Action, Mouvement])
def test_une_ligne_disparue_ou_en_trop_se_voit_et_se_repare(creancier, dossier, modele):
    constate = MouvementConstate(mouvement="m1", iban="", montant=Decimal("-3.00"), libelle="frais")
    record_faits(creancier.chaine, [FaitAEcrire(constate, JOUR)], "essai")
    ligne = modele.objects.first()
    modele.objects.filter(pk=ligne.pk).update(cle="autre")
    messages = " ".join(e.message for e in verify_projections())
    assert "absente de la base" in messages
    assert "en trop dans la base" in messages
    rebuild_projections()
    assert list(verify_projections()) == []


def test_reconstruire_ne_change_pas_les_jours_ni_les_cles(dossier, noter):
    with fix_horloge(JOUR + timedelta(days=9)):
        avant = list(Creance.objects.values())
        rebuild_projections()
    dossier.refresh_from_db()
    assert dossier.arrete_au == JOUR
    assert list(Creance.objects.values()) == avant


def test_une_note_ne_reecrit_rien(dossier, noter):
    with CaptureQueriesContext(connection) as requetes:
        noter(dossier, NoteAjoutee(texte="x"))
    ecrites = [r["sql"] for r in requetes if r["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]
    assert all("journal_" in sql for sql in ecrites)


def test_un_debiteur_de_qualite_inconnue_est_a_completer(ouvrir, facturer):
    dossier = facturer(ouvrir(qualite=QualitePartie.INCONNUE), "F-1", "100.00")
    assert "qualite" in {m["code"] for m in dossier.a_completer}
    assert (dossier.interets, dossier.indemnites) == (0, 0)
