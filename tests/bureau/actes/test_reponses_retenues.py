"""What was answered once is proposed again: visible, editable, never by itself, never about another creditor."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from exigible.actes.modele import Memoire, TypeReponse, get_modele, load_catalogue
from exigible.actes.rendu import render_acte
from exigible.bureau.actes.approbation import approve_acte
from exigible.bureau.actes.models import ReponseRetenue
from exigible.bureau.actes.retenues import load_retenues, make_cle, recall, retain
from exigible.bureau.actes.services import Choix, open_etabli, prepare, write_acte
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.effacement import run_effacement
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.tiers.models import Dossier
from exigible.bureau.tiers.services import create_creancier, create_dossier
from exigible.dossier.faits import CreanceNee, DebiteurDecrit, PaiementRecu
from exigible.dossier.faits_creancier import CreancierDecrit

from .conftest import ADRESSE, JOUR, ORIGINE

ETUDE = "Me Modèle Fictif\n3 place de l'Exemple\n99000 Villefictive"
MARQUEES = [(m.nom, q) for m in load_catalogue().values() for q in m.question if q.se_retient]


def ouvrir(creancier, nom="Autre client"):
    dossier = create_dossier(creancier, DebiteurDecrit(nom=nom, adresse=ADRESSE), "essai", ORIGINE)
    facture = CreanceNee(
        cle="f-2", numero="F-2", emission=ORIGINE, echeance=date(2026, 8, 31), montant=Decimal("500.00")
    )
    record_faits(dossier.chaine, [FaitAEcrire(facture, ORIGINE)], "essai")
    return Dossier.objects.select_related("creancier", "chaine", "cabinet").get(pk=dossier.pk)


def lire(dossier, nom, choix=None):
    return write_acte(open_etabli(dossier), get_modele(nom), choix, rappel=True)


def poser(nom, question):
    return [q for q in get_modele(nom).question if q.nom == question]


@pytest.fixture
def transmis(dossier):
    """A dossier handed to an officer: the address of the officer was typed once."""
    choix = Choix({"commissaire": ETUDE, "mission": "amiable"})
    du_dossier = prepare(dossier, "transmission_commissaire", choix)
    mission = next(q for q in du_dossier.questions if q.nom == "mission").choix[0].valeur
    choix = Choix({"commissaire": ETUDE, "mission": mission})
    sha256 = render_acte(prepare(dossier, "transmission_commissaire", choix).acte).sha256
    approve_acte(dossier, "transmission_commissaire", "Marie", sha256_vu=sha256, choix=choix)
    return dossier


@pytest.mark.usefixtures("coherent")
def test_l_etude_se_propose_dans_un_autre_document_et_un_autre_dossier(transmis, creancier):
    autre = ouvrir(creancier)
    for dossier in (transmis, autre):
        du_dossier = lire(dossier, "instruction_signifier")
        assert du_dossier.rappelees == {"commissaire": ETUDE}
        assert du_dossier.saisies["commissaire"] == ETUDE
        assert du_dossier.choix_lu.saisies == {"commissaire": ETUDE}
        assert not du_dossier.choix.saisies
    # An answer written on one line, for a question that holds one.
    assert lire(autre, "assignation_tribunal_de_commerce").rappelees["commissaire"] == ETUDE.replace("\n", ", ")


def test_ce_qui_est_dit_ou_efface_l_emporte(transmis):
    assert lire(transmis, "instruction_signifier", Choix({"commissaire": ""})).saisies["commissaire"] == ""
    dit = lire(transmis, "instruction_signifier", Choix({"commissaire": "Me Autre"}))
    assert (dit.saisies["commissaire"], dit.rappelees) == ("Me Autre", {})


def test_rien_n_est_repris_sans_qu_une_personne_le_lise(transmis):
    """Batches, the command line and an approval take what was said, nothing more."""
    assert prepare(transmis, "instruction_signifier", Choix()).rappelees == {}
    assert "commissaire" not in prepare(transmis, "instruction_signifier", Choix()).saisies


def test_un_autre_creancier_n_en_voit_rien(transmis, cabinet):
    description = CreancierDecrit(nom="Autre Exemple", adresse=ADRESSE)
    ailleurs = ouvrir(create_creancier(cabinet, description, "essai", ORIGINE))
    assert lire(ailleurs, "instruction_signifier").rappelees == {}


def test_un_tribunal_ne_se_propose_que_dans_le_meme_dossier(dossier, creancier):
    nom = "assignation_tribunal_de_commerce"
    questions = [*poser(nom, "siege"), *poser(nom, "tribunal")]
    choisi = questions[1].choix[0].valeur
    retain(dossier, questions, {"siege": "Villefictive", "tribunal": choisi})
    assert recall(questions, load_retenues(dossier)) == {"siege": "Villefictive", "tribunal": choisi}
    assert recall(questions, load_retenues(ouvrir(creancier))) == {}


def test_la_derniere_reponse_remplace_la_precedente(dossier, creancier):
    questions, autre = poser("instruction_signifier", "commissaire"), ouvrir(creancier)
    retain(dossier, questions, {"commissaire": "Me Ancien"})
    retain(autre, questions, {"commissaire": "Me Nouveau"})
    assert recall(questions, load_retenues(autre)) == {"commissaire": "Me Nouveau"}
    assert recall(questions, load_retenues(dossier)) == {"commissaire": "Me Ancien"}
    assert recall(questions, load_retenues(ouvrir(creancier, "Troisième"))) == {"commissaire": "Me Nouveau"}
    assert ReponseRetenue.objects.count() == 3
    retain(dossier, questions, {"commissaire": "  "})
    assert ReponseRetenue.objects.count() == 3


def test_un_choix_disparu_n_est_pas_repris():
    [question] = poser("assignation_tribunal_de_commerce", "tribunal")
    assert recall([question], {(Memoire.DOSSIER, make_cle(question)): "tribunal_disparu"}) == {}


def test_une_ville_et_un_choix_ne_se_confondent_pas():
    [choisi] = poser("assignation_tribunal_de_commerce", "tribunal")
    assert choisi.type is TypeReponse.CHOIX
    assert make_cle(choisi) != choisi.nom


def test_le_nombre_de_requetes_ne_depend_pas_de_ce_qui_est_retenu(dossier, django_assert_num_queries):
    with django_assert_num_queries(1):
        load_retenues(dossier)
    questions = [q for nom, q in MARQUEES if nom == "assignation_tribunal_de_commerce"]
    saisies = {q.nom: q.choix[0].valeur if q.choix else "Exemple" for q in questions}
    with transaction.atomic(), django_assert_num_queries(3):
        retain(dossier, questions, saisies)
    with django_assert_num_queries(1):
        assert len(load_retenues(dossier)) > len(saisies)
    with django_assert_num_queries(0):
        retain(dossier, questions, {})


def test_une_seule_reponse_par_question_meme_a_deux(dossier):
    retain(dossier, poser("instruction_signifier", "commissaire"), {"commissaire": "Me Un"})
    ligne = ReponseRetenue.objects.get(memoire="creancier")
    ligne.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        ligne.save()


def test_les_reponses_partent_avec_le_dossier(cabinet, creancier, dossier):
    vieux = date(2014, 3, 10)
    with fix_horloge(vieux):
        ancien = create_dossier(creancier, DebiteurDecrit(nom="Client d'autrefois"), "essai", vieux)
        facture = CreanceNee(cle="f-9", numero="F-9", emission=vieux, echeance=vieux, montant=Decimal("50.00"))
        paiement = PaiementRecu(cle="p-9", montant=Decimal("50.00"))
        record_faits(ancien.chaine, [FaitAEcrire(fait, vieux) for fait in (facture, paiement)], "essai")
    ancien = Dossier.objects.select_related("creancier", "chaine").get(pk=ancien.pk)
    retain(ancien, poser("instruction_signifier", "commissaire"), {"commissaire": "Me Ancien"})
    run_effacement(cabinet, JOUR, "Marie", appliquer=True)
    assert ReponseRetenue.objects.count() == 0


@pytest.mark.parametrize(("nom", "question"), MARQUEES, ids=lambda x: x if isinstance(x, str) else x.nom)
def test_ne_se_retient_ni_somme_ni_jour_ni_ce_qui_se_choisit_dans_le_dossier(nom, question):
    assert question.type in {TypeReponse.TEXTE, TypeReponse.LONG, TypeReponse.CHOIX}
    assert not question.source
