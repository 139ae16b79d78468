from datetime import date, timedelta
from decimal import Decimal

import pytest

from exigible.bureau.envois.services import (
    approve_courrier,
    cancel_courrier,
    post_courrier,
    preview_courrier,
    record_appel,
    record_sort,
    send_relance,
)
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.models import Maillon
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.tiers.models import Action
from exigible.dossier.etat import SortCourrier
from exigible.dossier.faits import (
    Canal,
    ContestationRecue,
    Etape,
    IssueAppel,
    ModeEnvoi,
    PaiementRecu,
    ProcedureCollectiveOuverte,
)
from exigible.dossier.faits_creancier import MouvementConstate
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.regimes import QualitePartie

from .conftest import JOUR

pytestmark = pytest.mark.usefixtures("coherent")

ACTE = "mise_en_demeure"
CREANCES = ("f-F-1",)
TEXTE = "Sauf erreur, votre facture reste à régler. Vos droits sur vos données : www.cnil.fr"


@pytest.fixture
def approuver():
    def approve(dossier, **options):
        rendu = preview_courrier(dossier, ACTE, CREANCES)
        derogations = tuple(f"{m.regle} : vu" for m in rendu.manquements if m.severite == "majeur")
        return approve_courrier(
            dossier, ACTE, CREANCES, "Marie", **{"sha256_vu": rendu.sha256, "derogations": derogations} | options
        )

    return approve


def test_du_brouillon_a_l_avis_de_reception(dossier, approuver):
    courrier = approuver(dossier)
    dossier.refresh_from_db()
    assert (courrier.statut, courrier.montant, dossier.stade) == ("approuve", dossier.echu, "echue")
    assert bytes(courrier.piece.contenu).startswith(b"%PDF")
    assert Action.objects.get(dossier=dossier, geste="poster").courrier == courrier.cle
    courrier = post_courrier(courrier, JOUR, ModeEnvoi.LRAR, "1A 234", "Marie")
    dossier.refresh_from_db()
    assert (courrier.statut, courrier.numero, dossier.stade) == ("poste", "1A 234", "mise_en_demeure")
    with fix_horloge(JOUR + timedelta(days=9)):
        recu = JOUR + timedelta(days=4)
        courrier = record_sort(courrier, SortCourrier.RECU, recu, JOUR + timedelta(days=2), "Marie")
    assert (courrier.statut, courrier.presente_le, courrier.issue_le) == ("recu", JOUR + timedelta(days=2), recu)
    with pytest.raises(ErreurExigible, match="déjà connu"):
        record_sort(courrier, SortCourrier.REFUSE, recu, None, "Marie")


@pytest.mark.parametrize(
    ("sort", "statut", "stade"),
    [
        (SortCourrier.PRESENTE, "presente", "mise_en_demeure"),
        (SortCourrier.REFUSE, "refuse", "mise_en_demeure"),
        (SortCourrier.NON_RECLAME, "non_reclame", "mise_en_demeure"),
        (SortCourrier.NON_DISTRIBUE, "non_distribue", "echue"),
    ],
)
def test_les_autres_sorts(dossier, approuver, sort, statut, stade):
    courrier = post_courrier(approuver(dossier), JOUR, ModeEnvoi.LRAR, "1A", "Marie")
    courrier = record_sort(courrier, sort, JOUR, None, "Marie")
    dossier.refresh_from_db()
    assert (courrier.statut, dossier.stade) == (statut, stade)


def test_on_n_approuve_que_ce_qu_on_a_lu(dossier, approuver, noter):
    vu = preview_courrier(dossier, ACTE, CREANCES).sha256
    assert preview_courrier(dossier, ACTE, CREANCES).sha256 == vu
    noter(dossier, PaiementRecu(cle="p", montant=Decimal("1.00")))
    with pytest.raises(ErreurExigible, match="relisez-la"):
        approuver(dossier, sha256_vu=vu)
    assert not dossier.courriers.exists()


def test_une_lettre_ne_part_qu_une_fois(dossier, approuver):
    courrier = approuver(dossier)
    with pytest.raises(ErreurExigible, match="attend d'être postée"):
        approuver(dossier)
    post_courrier(courrier, JOUR, ModeEnvoi.LRAR, "1A", "Marie")
    with pytest.raises(ErreurExigible, match="pas encore postée"):
        post_courrier(courrier, JOUR, ModeEnvoi.LRAR, "1A", "Marie")
    with pytest.raises(ErreurExigible, match="pas encore postée"):
        cancel_courrier(courrier, "trop tard", "Marie")
    assert Maillon.objects.filter(type="courrier_poste").count() == 1


def test_une_lettre_annulee_laisse_la_place(dossier, approuver):
    courrier = approuver(dossier)
    with pytest.raises(ErreurSaisie, match="pourquoi"):
        cancel_courrier(courrier, " ", "Marie")
    assert cancel_courrier(courrier, "client au téléphone", "Marie").statut == "annule"
    autre = approuver(dossier)
    assert autre.cle != courrier.cle
    with pytest.raises(ErreurExigible, match="en route"):
        record_sort(autre, SortCourrier.RECU, JOUR, None, "Marie")


@pytest.mark.parametrize(
    ("jour", "numero", "mot"),
    [
        (JOUR + timedelta(days=1), "1A", "avenir"),
        (JOUR - timedelta(days=1), "1A", "précède"),
        (JOUR, "  ", "numéro"),
    ],
)
def test_un_envoi_mal_dit_est_refuse(dossier, approuver, jour, numero, mot):
    courrier = approuver(dossier)
    with pytest.raises(ErreurSaisie, match=mot):
        post_courrier(courrier, jour, ModeEnvoi.LRAR, numero, "Marie")


def test_la_presentation_suit_l_envoi_et_precede_la_remise(dossier, approuver):
    courrier = post_courrier(approuver(dossier), JOUR, ModeEnvoi.LETTRE_SIMPLE, "", "Marie")
    with fix_horloge(JOUR + timedelta(days=9)):
        for presente_le in (JOUR - timedelta(days=1), JOUR + timedelta(days=5)):
            with pytest.raises(ErreurSaisie):
                record_sort(courrier, SortCourrier.RECU, JOUR + timedelta(days=3), presente_le, "Marie")


@pytest.mark.parametrize(
    ("fait", "mot"),
    [
        (ContestationRecue(cle="c", creances=CREANCES, motif="marchandise abîmée"), "contestée"),
        (ProcedureCollectiveOuverte(nature="redressement judiciaire"), "(?i)procédure collective"),
    ],
)
def test_rien_ne_part_pour_ce_qui_est_suspendu(dossier, noter, fait, mot):
    noter(dossier, fait)
    with pytest.raises(ErreurExigible, match=mot):
        send_relance(dossier, Etape.RELANCE, CREANCES, Canal.COURRIEL, TEXTE, "Marie")
    assert not Maillon.objects.filter(type="relance_faite").exists()


def test_rien_ne_part_tant_qu_un_virement_peut_avoir_paye(creancier, dossier, approuver):
    credit = MouvementConstate(mouvement="m", iban="", montant=Decimal("50.00"), libelle="CLIENT MODELE")
    record_faits(creancier.chaine, [FaitAEcrire(credit, JOUR)], "essai")
    with pytest.raises(ErreurExigible, match="n'est pas rapproché"):
        approuver(dossier)
    with pytest.raises(ErreurExigible, match="n'est pas rapproché"):
        send_relance(dossier, Etape.RELANCE, CREANCES, Canal.COURRIEL, TEXTE, "Marie")


def test_un_debiteur_inconnu_ne_recoit_rien(ouvrir, facturer, approuver):
    dossier = facturer(ouvrir(qualite=QualitePartie.INCONNUE), "F-1", "100.00")
    with pytest.raises(ErreurExigible) as refus:
        approuver(dossier)
    assert refus.value.code == "acte_refuse"


def test_une_relance_ne_part_pas_deux_fois_le_meme_jour(dossier):
    send_relance(dossier, Etape.RELANCE, CREANCES, Canal.COURRIEL, TEXTE, "Marie")
    dossier.refresh_from_db()
    assert (dossier.stade, dossier.derniere_action, dossier.derniere_action_le) == ("relancee", "relance", JOUR)
    with pytest.raises(ErreurExigible, match="déjà parti"):
        send_relance(dossier, Etape.RELANCE, CREANCES, Canal.COURRIEL, TEXTE, "Marie")


def test_un_appel_est_note(dossier):
    record_appel(dossier, CREANCES, IssueAppel.ABOUTI, "la comptable", "paie lundi", "Marie")
    dossier.refresh_from_db()
    assert (dossier.derniere_action, dossier.derniere_action_le) == ("appel", JOUR)


def test_un_acte_inconnu_est_refuse(dossier):
    with pytest.raises(ErreurSaisie, match="commandement"):
        preview_courrier(dossier, "commandement", CREANCES)


def test_une_relance_qui_manque_a_une_regle_majeure_ne_part_pas(ouvrir, facturer):
    """C. conso. L616-1 : réclamation ouverte d'un consommateur, et les coordonnées du médiateur ne sont pas connues."""
    dossier = facturer(
        ouvrir("Mme Exemple", "P1", QualitePartie.CONSOMMATEUR), "F-1", "100.00", date(2025, 12, 1), date(2025, 12, 31)
    )
    conteste = ContestationRecue(cle="c", creances=CREANCES, motif="rayure", montant=Decimal("10.00"))
    record_faits(dossier.chaine, [FaitAEcrire(conteste, JOUR)], "essai")
    with pytest.raises(ErreurExigible, match="ne peut pas partir"):
        send_relance(dossier, Etape.RELANCE, CREANCES, Canal.COURRIEL, TEXTE, "Marie")
    assert not Maillon.objects.filter(type="relance_faite").exists()


def test_le_texte_saisi_par_une_personne_est_lu_par_les_memes_regles(dossier):
    menace = "Sans paiement, un huissier procédera à une saisie immédiate de vos biens."
    with pytest.raises(ErreurExigible, match="saisie immédiate"):
        send_relance(dossier, Etape.RELANCE, CREANCES, Canal.COURRIEL, menace, "Marie")
    assert not Maillon.objects.filter(type="relance_faite").exists()
