"""The agenda: every deadline of the cabinet, filtered, sorted, by pages, as files; what is in alert comes first."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.tiers.models import Echeance
from exigible.bureau.tiers.revalorisation import list_a_revaluer, revalue
from exigible.bureau.tiers.verification import rebuild_projections, verify_projections
from exigible.dossier.faits import EtapeFranchie, FaitAnnule, ProcedureOuverte, PromesseRecue

JOUR = date(2026, 11, 21)


def lire(reponse):
    texte = reponse.content.decode()
    return texte.replace("\u00a0", " ").replace("\u202f", " ").replace("&#x27;", "'").replace("&amp;", "&")


def voir(navigateur, **filtre):
    return lire(navigateur.get(reverse("agenda"), filtre))


def noms(page):
    return [morceau.split("</a>")[0] for morceau in page.split("data-ouvre>")[1:]]


def enjoindre(dossier, ordonnance, requete=date(2026, 8, 1)):
    """An order for payment, served or not: three months to serve it when it is of September 2026 or later."""
    faits = [
        FaitAEcrire(ProcedureOuverte(cle="ip", procedure="IP", evenement="depot_requete"), requete),
        FaitAEcrire(EtapeFranchie(procedure="ip", evenement="ordonnance"), ordonnance),
    ]
    record_faits(dossier.chaine, faits, "essai")


@pytest.fixture
def agenda(ouvrir_dossier):
    """Orders of 25 August (six months to serve), 5 September (alert) and 20 November; a promise for 30 November."""
    enjoindre(ouvrir_dossier("Août", "1000.00", 100), date(2026, 8, 25))
    enjoindre(ouvrir_dossier("Septembre", "1000.00", 100), date(2026, 9, 5))
    enjoindre(ouvrir_dossier("Novembre", "1000.00", 100), date(2026, 11, 20))
    ouvrir_dossier("Promesse", "1000.00", 100, suite=[PromesseRecue(cle="p", jusqu_au=date(2026, 11, 30))])


# --- What it shows ----------------------------------------------------------------------------------------------------


def test_une_base_vide_dit_par_ou_commencer(navigateur, creancier):
    assert "Déposez votre export comptable" in voir(navigateur)


def test_sans_echeance_il_le_dit(navigateur, ouvrir_dossier):
    ouvrir_dossier("Client", "1000.00", 10)
    Echeance.objects.all().delete()
    assert "Aucune échéance ne court" in voir(navigateur)


def test_une_ligne_dit_quoi_jusqu_a_quand_depuis_quoi_et_ce_qui_est_perdu(navigateur, agenda):
    page = voir(navigateur, q="Septembre", nature="procedure")
    assert 'class="insecable">07/12/2026<small' in page  # the 5th is a Saturday: moved to Monday (CPC 642)
    assert "dans 16 j" in page
    assert "Depuis le 05/09/2026 : Ordonnance portant injonction de payer rendue." in page
    assert "non avenue" in page
    assert "CPC 1411" in page
    assert "Commissaire de justice" in page


def test_les_plus_proches_d_abord_et_l_on_trie(navigateur, agenda):
    choix = {"du": "2026-11-01", "au": "2027-12-31"}
    assert noms(voir(navigateur, **choix)) == ["Promesse", "Septembre", "Novembre", "Août"]
    assert noms(voir(navigateur, tri="-le", **choix)) == ["Août", "Novembre", "Septembre", "Promesse"]
    assert noms(voir(navigateur, tri="client", **choix)) == ["Août", "Novembre", "Promesse", "Septembre"]
    assert noms(voir(navigateur, tri="n_existe_pas", **choix))[0] == "Promesse"


@pytest.mark.parametrize(
    ("filtre", "attendus"),
    [
        ({"quand": "alerte"}, {"Septembre"}),
        ({"quand": "mois"}, {"Promesse", "Septembre"}),
        ({"quand": "semaine"}, set()),
        ({"nature": "promesse"}, {"Promesse"}),
        ({"nature": "procedure"}, {"Août", "Septembre", "Novembre"}),
        ({"portee": "adverse"}, {"Promesse"}),
        ({"acteur": "commissaire_de_justice"}, {"Août", "Septembre", "Novembre"}),
        ({"du": "2026-12-01", "au": "2026-12-31"}, {"Septembre"}),
        ({"q": "aout"}, {"Août"}),
        ({"q": "injonction"}, {"Août", "Septembre", "Novembre"}),
        ({"quand": "depassees"}, set()),
        ({"quand": "ouvertes"}, set()),
    ],
)
def test_le_filtre_est_dans_l_adresse(navigateur, agenda, filtre, attendus):
    page = voir(navigateur, **filtre)
    assert set(noms(page)) == attendus
    if not attendus:
        assert "Aucune échéance ne correspond" in page


def test_un_filtre_faux_est_dit_et_ne_cache_rien(navigateur, agenda):
    page = voir(navigateur, du="31/02/2026", nature="autre")
    assert "n’existe pas" in page
    assert {"Août", "Promesse"} <= set(noms(page))


def test_par_creancier(navigateur, agenda, cabinet, creancier):
    assert set(noms(voir(navigateur, creancier=str(creancier.pk)))) >= {"Août", "Promesse"}


def test_chaque_cabinet_a_le_sien(navigateur, agenda, dossier_d_autrui):
    enjoindre(dossier_d_autrui, date(2026, 9, 5))
    page = voir(navigateur)
    assert "autrui" not in page
    for extension in ("csv", "ics", "json"):
        assert "autrui" not in lire(navigateur.get(reverse("agenda_export", args=[extension])))


def test_il_faut_etre_connecte(client, agenda):
    assert client.get(reverse("agenda")).status_code == 302
    assert client.get(reverse("agenda_export", args=["ics"])).status_code == 302


# --- What is in alert -------------------------------------------------------------------------------------------------


def test_aujourd_hui_compte_les_alertes_et_y_mene(navigateur, agenda):
    page = lire(navigateur.get(reverse("aujourdhui")))
    assert "1 échéance en alerte dans l’agenda." in page
    assert f"{reverse('agenda')}?quand=alerte" in page


def test_un_commissaire_est_a_prevenir_a_la_moitie_du_temps(navigateur, agenda):
    ligne = Echeance.objects.get(nature="procedure", dossier__debiteur_nom="Novembre")
    assert (ligne.depart, ligne.le) == (date(2026, 11, 20), date(2027, 2, 22))
    assert ligne.alerte_le == date(2027, 1, 6)
    with fix_horloge(date(2027, 1, 6)):
        assert "Novembre" in voir(navigateur, quand="alerte")


def test_le_dernier_jour_compte_puis_la_sanction_tombe(navigateur, agenda, cabinet):
    with fix_horloge(date(2026, 12, 7)):
        assert "Septembre" in voir(navigateur, quand="aujourd-hui", nature="procedure")
    with fix_horloge(date(2026, 12, 8)):
        assert "Septembre" in voir(navigateur, quand="depassees", nature="procedure")
        revalue(list_a_revaluer(cabinet.pk, date(2026, 12, 8)), date(2026, 12, 8))
        assert "Septembre" not in voir(navigateur, nature="procedure", quand="depassees")
        assert list(verify_projections()) == []


# --- The projection ---------------------------------------------------------------------------------------------------


def test_l_agenda_suit_le_journal_dans_la_meme_transaction(agenda, cabinet):
    dossier = Echeance.objects.filter(dossier__debiteur_nom="Septembre").first().dossier
    assert dossier.a_revoir_le <= date(2026, 12, 7)
    fait = FaitAEcrire(FaitAnnule(motif="erreur"), JOUR, 4)
    record_faits(dossier.chaine, [fait], "essai")
    assert not Echeance.objects.filter(dossier=dossier, quoi__icontains="signifier").exists()
    assert list(verify_projections()) == []


def test_verifier_voit_une_echeance_changee_et_reconstruire_la_refait(agenda):
    ligne = Echeance.objects.get(nature="procedure", dossier__debiteur_nom="Août")
    Echeance.objects.filter(pk=ligne.pk).update(le=date(2030, 1, 1))
    Echeance.objects.filter(nature="promesse").delete()
    messages = [ecart.message for ecart in verify_projections()]
    assert any("Echeance" in m and "2030-01-01" in m and str(ligne.le) in m for m in messages)
    assert any("Echeance" in m and "absente de la base" in m for m in messages)
    rebuild_projections()
    assert Echeance.objects.get(pk=ligne.pk).le == ligne.le
    assert list(verify_projections()) == []


def test_la_cle_reste_quand_le_jour_change(agenda):
    ligne = Echeance.objects.get(nature="procedure", dossier__debiteur_nom="Août")
    corrigee = EtapeFranchie(procedure="ip", evenement="ordonnance")
    record_faits(ligne.dossier.chaine, [FaitAEcrire(corrigee, date(2026, 10, 1), 4)], "essai")
    deplacee = Echeance.objects.get(nature="procedure", dossier__debiteur_nom="Août")
    assert deplacee.le != ligne.le
    assert (deplacee.pk, deplacee.cle) == (ligne.pk, ligne.cle)


# --- Many -------------------------------------------------------------------------------------------------------------


def multiplier(nombre):
    modele = Echeance.objects.filter(nature="procedure").first()
    lignes = []
    for rang in range(nombre):
        champs = {c.attname: getattr(modele, c.attname) for c in Echeance._meta.concrete_fields if c.attname != "id"}
        lignes.append(Echeance(**champs | {"cle": f"copie-{rang}", "le": JOUR + timedelta(days=rang % 400)}))
    Echeance.objects.bulk_create(lignes)


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_d_echeances(navigateur, agenda):
    voir(navigateur)
    with CaptureQueriesContext(
        connection,
    ) as peu:
        voir(navigateur)
    multiplier(300)
    with CaptureQueriesContext(connection) as beaucoup:
        page = voir(navigateur)
    assert len(beaucoup) == len(peu) <= 12
    assert len(noms(page)) == 50
    assert "1 à 50 sur" in page
    assert len(noms(voir(navigateur, page="3"))) == 50
    with CaptureQueriesContext(connection) as export:
        navigateur.get(reverse("agenda_export", args=["json"]))
    assert len(export) <= 8


# --- Files ------------------------------------------------------------------------------------------------------------


def test_en_tableur_et_en_texte(navigateur, agenda):
    reponse = navigateur.get(reverse("agenda_export", args=["csv"]), {"nature": "procedure"})
    lignes = list(csv.DictReader(io.StringIO(reponse.content.decode("utf-8-sig")), delimiter=";"))
    assert [ligne["Client"] for ligne in lignes] == ["Septembre", "Novembre", "Août"]
    assert (lignes[0]["Le"], lignes[0]["Compté depuis le"]) == ("07/12/2026", "05/09/2026")
    assert lignes[0]["Urgence"] == "En alerte"
    classeur = CalamineWorkbook.from_filelike(
        io.BytesIO(navigateur.get(reverse("agenda_export", args=["xlsx"]), {"nature": "procedure"}).content)
    )
    assert len(classeur.get_sheet_by_index(0).to_python()) == 4


def test_en_donnees(navigateur, agenda):
    reponse = navigateur.get(reverse("agenda_export", args=["json"]), {"quand": "alerte"})
    assert reponse.headers["Content-Type"] == "application/json"
    lu = json.loads(reponse.content)
    assert lu["au"] == "2026-11-21"
    (ligne,) = lu["echeances"]
    assert (ligne["debiteur"], ligne["le"], ligne["urgence"]) == ("Septembre", "2026-12-07", "alerte")
    assert ligne["articles"]


def test_en_calendrier(navigateur, agenda):
    reponse = navigateur.get(reverse("agenda_export", args=["ics"]), {"nature": "procedure"})
    assert reponse.headers["Content-Type"] == "text/calendar; charset=utf-8"
    texte = reponse.content.decode()
    assert texte.count("BEGIN:VEVENT") == texte.count("BEGIN:VALARM") == 3
    assert "DTSTART;VALUE=DATE:20261207" in texte
    uids = [ligne for ligne in texte.replace("\r\n ", "").split("\r\n") if ligne.startswith("UID:")]
    assert len(set(uids)) == 3
    assert uids == [
        ligne
        for ligne in navigateur.get(reverse("agenda_export", args=["ics"]), {"nature": "procedure"})
        .content.decode()
        .replace("\r\n ", "")
        .split("\r\n")
        if ligne.startswith("UID:")
    ]


def test_un_format_inconnu_n_existe_pas(navigateur, agenda):
    assert navigateur.get(reverse("agenda_export", args=["exe"])).status_code == 404
