"""The agenda of the whole cabinet on a past day: what stood then, or what was known then; its limits are said."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.pages.vues import agenda as vue
from exigible.bureau.tiers import agenda_passe
from exigible.bureau.tiers.models import Dossier, Echeance
from exigible.dossier.agenda import dump_rendez_vous
from exigible.dossier.faits import EtapeFranchie, ProcedureOuverte, PromesseRecue

JOUR = date(2026, 11, 21)


def lire(reponse):
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ").replace("&#x27;", "'")


def voir(navigateur, **filtre):
    return lire(navigateur.get(reverse("agenda"), filtre))


def charger(navigateur, **filtre):
    reponse = navigateur.get(reverse("agenda_export", args=["json"]), filtre)
    return json.loads(reponse.content)


def noms(page):
    return [morceau.split("</a>")[0] for morceau in page.split("data-ouvre>")[1:]]


@pytest.fixture
def histoire(ouvrir_dossier):
    """Recorded on 21 November: an order of 5 September. Learnt on 1 December: a promise made on 25 November."""
    ordonnance = ouvrir_dossier("Ordonnance", "1000.00", 100)
    faits = [
        FaitAEcrire(ProcedureOuverte(cle="ip", procedure="IP", evenement="depot_requete"), date(2026, 8, 1)),
        FaitAEcrire(EtapeFranchie(procedure="ip", evenement="ordonnance"), date(2026, 9, 5)),
    ]
    record_faits(ordonnance.chaine, faits, "essai")
    promesse = ouvrir_dossier("Promesse", "1000.00", 100)
    with fix_horloge(date(2026, 12, 1)):
        fait = FaitAEcrire(PromesseRecue(cle="p", jusqu_au=date(2026, 12, 10)), date(2026, 11, 25))
        record_faits(promesse.chaine, [fait], "essai")
        yield ordonnance, promesse


def test_le_jour_meme_donne_la_meme_chose_que_la_projection(navigateur, histoire):
    """Folding the journals again for today gives, line for line, what the office keeps up to date."""
    au = date(2026, 12, 1)
    attendu = charger(navigateur)["echeances"]
    assert attendu
    refait = agenda_passe.read_agenda_passe(Dossier.objects.all(), au)
    assert refait.illisibles == []
    lignes = {x.rendez_vous.cle: dump_rendez_vous(x.rendez_vous, au) for x in refait.lignes}
    assert lignes == {e["cle"]: e for e in attendu}


def test_arrete_au_compte_ce_qui_avait_eu_lieu_meme_appris_depuis(navigateur, histoire):
    assert "Promesse" in noms(voir(navigateur, vu_au="2026-11-26", nature="promesse"))
    assert noms(voir(navigateur, vu_au="2026-11-24", nature="promesse")) == []


def test_connu_au_ne_compte_que_ce_que_le_cabinet_savait(navigateur, histoire):
    page = voir(navigateur, connu_au="2026-11-30", nature="promesse")
    assert noms(page) == []
    assert "d’après ce qui était connu le 30/11/2026" in page
    assert noms(voir(navigateur, connu_au="2026-12-01", nature="promesse")) == ["Promesse"]


def test_avant_que_le_cabinet_ne_sache_rien_il_n_y_a_rien_et_rien_n_est_illisible(navigateur, histoire):
    page = voir(navigateur, vu_au="2026-11-26", connu_au="2026-11-20")
    assert noms(page) == []
    assert "ne se lisent pas" not in page


def test_l_urgence_est_celle_du_jour_demande(navigateur, histoire):
    le_7 = {"nature": "procedure", "q": "signifier"}
    with fix_horloge(date(2027, 1, 5)):
        (e,) = charger(navigateur, vu_au="2026-12-07", **le_7)["echeances"]
        assert (e["le"], e["urgence"]) == ("2026-12-07", "alerte")
        assert charger(navigateur, vu_au="2026-09-10", **le_7)["echeances"][0]["urgence"] == "a_venir"
        assert noms(voir(navigateur, vu_au="2026-12-07", quand="aujourd-hui", **le_7)) == ["Ordonnance"]


@pytest.mark.parametrize(
    "filtre",
    [
        {"quand": "alerte"},
        {"quand": "mois"},
        {"quand": "depassees"},
        {"quand": "ouvertes"},
        {"nature": "procedure"},
        {"portee": "adverse"},
        {"acteur": "commissaire_de_justice"},
        {"du": "2026-12-08", "au": "2026-12-31"},
        {"q": "ordonnance"},
        {"q": "injonction"},
        {"q": "d-00002"},
        {"q": "rien de tel"},
        {"tri": "-client"},
        {"tri": "alerte"},
    ],
)
def test_les_memes_filtres_gardent_les_memes_lignes(navigateur, histoire, filtre):
    """Knowing what is known today, two days later, nothing having changed: the same lines in the same order."""
    aujourd_hui = [e["cle"] for e in charger(navigateur, **filtre)["echeances"]]
    with fix_horloge(date(2026, 12, 2)):
        refait = [e["cle"] for e in charger(navigateur, vu_au="2026-12-01", **filtre)["echeances"]]
    assert refait == aujourd_hui


def test_le_fichier_dit_les_deux_jours(navigateur, histoire):
    reponse = navigateur.get(reverse("agenda_export", args=["json"]), {"vu_au": "2026-11-26", "connu_au": "2026-11-25"})
    contenu = json.loads(reponse.content)
    assert (contenu["au"], contenu["connu_au"]) == ("2026-11-26", "2026-11-25")
    assert "exigible-agenda-2026-11-26-connu-2026-11-25.json" in reponse["Content-Disposition"]
    for extension in ("csv", "xlsx", "ics"):
        assert navigateur.get(reverse("agenda_export", args=[extension]), {"vu_au": "2026-11-26"}).status_code == 200


def test_un_jour_a_venir_est_aujourd_hui(navigateur, histoire):
    assert "Recalculé" not in voir(navigateur, vu_au="2030-01-01")


def test_trop_de_dossiers_se_dit_et_un_filtre_suffit(navigateur, histoire, creancier, monkeypatch):
    monkeypatch.setattr(vue, "DOSSIERS_AU_PASSE_MAX", 1)
    page = voir(navigateur, vu_au="2026-11-26")
    assert "demande de relire 2 dossiers ; 1 au plus" in page
    assert noms(page) == []
    export = navigateur.get(reverse("agenda_export", args=["csv"]), {"vu_au": "2026-11-26"}, follow=True)
    assert "Rien n’a été écrit" in lire(export)


def test_un_dossier_illisible_est_nomme_et_les_autres_restent(navigateur, histoire, monkeypatch):
    from exigible.bureau.tiers.lecture import Journaux
    from exigible.droit.erreurs import ErreurExigible

    vrai = Journaux.fold

    def fold(self, dossier, *jours, **options):
        if dossier.debiteur_nom == "Promesse":
            raise ErreurExigible("essai", "Illisible.")
        return vrai(self, dossier, *jours, **options)

    monkeypatch.setattr(Journaux, "fold", fold)
    page = voir(navigateur, vu_au="2026-11-26")
    assert "leurs échéances manquent : D-00002." in page
    assert "Ordonnance" in noms(page)
    export = navigateur.get(reverse("agenda_export", args=["json"]), {"vu_au": "2026-11-26"})
    assert export.status_code == 302


def test_chaque_lot_coute_le_meme_nombre_de_requetes(navigateur, ouvrir_dossier, monkeypatch):
    monkeypatch.setattr(agenda_passe, "PAR_LOT", 3)
    au = JOUR - timedelta(days=1)
    for rang in range(6):
        ouvrir_dossier(f"Client {rang}", "1000.00", 40)
    with CaptureQueriesContext(connection) as un:
        agenda_passe.read_agenda_passe(Dossier.objects.filter(debiteur_nom__in=["Client 0", "Client 1"]), au)
    with CaptureQueriesContext(connection) as deux:
        lu = agenda_passe.read_agenda_passe(Dossier.objects.all(), au)
    assert len(lu.lignes) == Echeance.objects.count()
    assert len(deux) - 1 == 2 * (len(un) - 1) <= 10
