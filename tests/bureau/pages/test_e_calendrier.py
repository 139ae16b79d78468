"""The calendar that others come back to read: one secret address a person, its own scope, read back by `icalendar`."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exigible.bureau.comptes.abonnements import compute_empreinte, find_abonnement, open_abonnement
from exigible.bureau.comptes.attributions import Suivi, assign_dossiers
from exigible.bureau.comptes.models import AbonnementAgenda, Etendue
from exigible.bureau.comptes.services import create_utilisateur
from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.pages.vues import abonnement as vue
from exigible.bureau.tiers.models import Echeance
from exigible.dossier.faits import EtapeFranchie, FaitAnnule, ProcedureOuverte, PromesseRecue
from exigible.dossier.faits_creancier import ConditionsDeVenteFixees

JOUR = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _sans_compte():
    """How often an address was read is kept in the process."""
    cache.clear()


@pytest.fixture
def collegue(cabinet):
    return create_utilisateur(cabinet, "collegue@exemple.example", "phrase-fictive-2", "Collègue")


@pytest.fixture
def dossiers(ouvrir_dossier):
    """An order of 05/09/2026, to be served by Monday 07/12/2026; a promise for 30/11/2026."""
    ordonnance = ouvrir_dossier("Ordonnance; « Été », et fils", "1000.00", 100)
    faits = [
        FaitAEcrire(ProcedureOuverte(cle="ip", procedure="IP", evenement="depot_requete"), date(2026, 8, 1)),
        FaitAEcrire(EtapeFranchie(procedure="ip", evenement="ordonnance"), date(2026, 9, 5)),
    ]
    record_faits(ordonnance.chaine, faits, "essai")
    return ordonnance, ouvrir_dossier("Promesse", "1000.00", 100, suite=[PromesseRecue(cle="p", jusqu_au=JOUR)])


def ouvrir(utilisateur, cabinet, etendue=Etendue.CABINET, langue="fr"):
    return open_abonnement(utilisateur, cabinet, etendue, langue)[1]


def relire(client, secret, **entetes):
    return client.get(reverse("calendrier"), {"cle": secret}, headers=entetes)


def lire_evenements(client, secret):
    reponse = relire(client, secret)
    assert reponse.status_code == 200
    calendrier = icalendar.Calendar.from_ical(reponse.content)
    assert not calendrier.errors
    evenements = calendrier.walk("VEVENT")
    assert not [e.errors for e in evenements if e.errors]
    return {str(e["UID"]): e for e in evenements}


def trouver_signification(evenements):
    return next(e for e in evenements.values() if e.decoded("DTSTART") == date(2026, 12, 7))


# --- What the file says -----------------------------------------------------------------------------------------------


def test_un_lecteur_independant_y_lit_toutes_les_echeances(client, utilisateur, cabinet, dossiers):
    evenements = lire_evenements(client, ouvrir(utilisateur, cabinet))
    assert set(evenements) == {f"{e.dossier_id}-{e.cle}@exigible" for e in Echeance.objects.all()}
    signifier = trouver_signification(evenements)
    assert signifier["SUMMARY"].endswith("Ordonnance; « Été », et fils")
    assert signifier["DTSTART"].params["VALUE"] == "DATE"
    assert signifier.decoded("DTEND") == date(2026, 12, 8)
    assert signifier["TRANSP"] == "TRANSPARENT"


def test_le_rappel_sonne_le_jour_d_alerte_a_neuf_heures(client, utilisateur, cabinet, dossiers):
    signifier = trouver_signification(lire_evenements(client, ouvrir(utilisateur, cabinet)))
    ligne = Echeance.objects.get(le=date(2026, 12, 7), nature="procedure", portee="a_faire")
    (alarme,) = signifier.walk("VALARM")
    assert alarme["ACTION"] == "DISPLAY"
    sonne = datetime(2026, 12, 7, tzinfo=UTC) + alarme["TRIGGER"].dt
    assert sonne == datetime.combine(ligne.alerte_le, datetime.min.time(), UTC) + timedelta(hours=9)


def test_les_lignes_sont_pliees_a_75_octets_et_sans_fuseau(client, utilisateur, cabinet, dossiers):
    contenu = relire(client, ouvrir(utilisateur, cabinet)).content
    lignes = contenu.split(b"\r\n")
    assert lignes[-1] == b""
    assert max(map(len, lignes)) <= 75
    assert any(ligne.startswith(b" ") for ligne in lignes)
    assert b"VTIMEZONE" not in contenu
    assert b"TZID" not in contenu
    assert b"\n" not in contenu.replace(b"\r\n", b"")


def test_ce_qui_n_a_pas_change_garde_les_memes_octets(client, utilisateur, cabinet, dossiers):
    secret = ouvrir(utilisateur, cabinet)
    premier = relire(client, secret)
    with fix_horloge(JOUR + timedelta(days=3)):
        second = relire(client, secret)
    assert second.content == premier.content
    assert second["ETag"] == premier["ETag"]
    assert relire(client, secret, if_none_match=f'W/"autre", {premier["ETag"]}').status_code == 304
    assert relire(client, secret, if_none_match='"autre"').status_code == 200


def test_une_echeance_qui_bouge_garde_son_nom_et_gagne_en_rang(client, utilisateur, cabinet, dossiers):
    secret = ouvrir(utilisateur, cabinet)
    avant = trouver_signification(lire_evenements(client, secret))
    with fix_horloge(JOUR + timedelta(days=1)):
        corrigee = FaitAEcrire(EtapeFranchie(procedure="ip", evenement="ordonnance"), date(2026, 9, 20), 4)
        record_faits(dossiers[0].chaine, [corrigee], "essai")
        apres = lire_evenements(client, secret)[str(avant["UID"])]
    assert apres.decoded("DTSTART") == date(2026, 12, 21)  # 20 December is a Sunday
    assert apres["SEQUENCE"] > avant["SEQUENCE"]
    assert apres.decoded("LAST-MODIFIED") > avant.decoded("LAST-MODIFIED")
    assert apres.decoded("DTSTAMP") == apres.decoded("LAST-MODIFIED")


def test_une_regle_du_creancier_compte_aussi(client, utilisateur, cabinet, creancier, dossiers):
    secret = ouvrir(utilisateur, cabinet)
    avant = lire_evenements(client, secret)
    record_faits(creancier.chaine, [FaitAEcrire(ConditionsDeVenteFixees(delai="45 jours"), JOUR)], "essai")
    apres = lire_evenements(client, secret)
    assert all(apres[uid]["SEQUENCE"] == e["SEQUENCE"] + 1 for uid, e in avant.items())


def test_une_echeance_annulee_disparait(client, utilisateur, cabinet, dossiers):
    secret = ouvrir(utilisateur, cabinet)
    uid = str(trouver_signification(lire_evenements(client, secret))["UID"])
    record_faits(dossiers[0].chaine, [FaitAEcrire(FaitAnnule(motif="erreur"), JOUR, 4)], "essai")
    assert uid not in lire_evenements(client, secret)


def test_il_dit_quand_revenir(client, utilisateur, cabinet, dossiers):
    reponse = relire(client, ouvrir(utilisateur, cabinet))
    calendrier = icalendar.Calendar.from_ical(reponse.content)
    assert calendrier["REFRESH-INTERVAL"].dt == timedelta(hours=6)
    assert "METHOD" not in calendrier
    assert calendrier["X-WR-CALNAME"] == "Exigible – Cabinet d'essai"
    assert {x.strip() for x in reponse["Cache-Control"].split(",")} == {"private", "no-cache"}
    assert reponse["Content-Type"] == "text/calendar; charset=utf-8"
    assert reponse["Referrer-Policy"] == "no-referrer"
    assert not reponse.cookies


def test_il_parle_la_langue_de_qui_l_a_ouvert(client, utilisateur, cabinet, dossiers):
    texte = relire(client, ouvrir(utilisateur, cabinet, langue="en")).content.decode().replace("\r\n ", "")
    assert "Compté depuis" not in texte


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_d_echeances(client, utilisateur, cabinet, ouvrir_dossier):
    secret = ouvrir(utilisateur, cabinet)
    ouvrir_dossier("Un", "1000.00", 40)
    with CaptureQueriesContext(connection) as peu:
        lire_evenements(client, secret)
    for rang in range(6):
        ouvrir_dossier(f"Client {rang}", "1000.00", 40)
    with CaptureQueriesContext(connection) as beaucoup:
        assert len(lire_evenements(client, secret)) == 7
    assert len(peu) == len(beaucoup) <= 6


# --- Who may read -----------------------------------------------------------------------------------------------------


def test_chacun_ne_lit_que_son_etendue(client, utilisateur, collegue, cabinet, dossiers, dossier_d_autrui):
    assign_dossiers(cabinet, [dossiers[1].pk], Suivi(collegue), "essai")
    assert (
        len(lire_evenements(client, ouvrir(utilisateur, cabinet))) == Echeance.objects.filter(cabinet=cabinet).count()
    )
    assert lire_evenements(client, ouvrir(utilisateur, cabinet, Etendue.MIENS)) == {}
    siens = lire_evenements(client, ouvrir(collegue, cabinet, Etendue.MIENS))
    assert siens
    assert all(e["SUMMARY"].endswith("Promesse") for e in siens.values())


def test_le_secret_n_est_pas_garde(utilisateur, cabinet):
    secret = ouvrir(utilisateur, cabinet)
    ligne = AbonnementAgenda.objects.get()
    assert len(secret) >= 43
    assert ligne.empreinte == compute_empreinte(secret) != secret
    assert secret not in str(AbonnementAgenda.objects.values())


def test_renouveler_ferme_l_ancienne(client, utilisateur, cabinet, dossiers):
    ancien, nouveau = ouvrir(utilisateur, cabinet), ouvrir(utilisateur, cabinet)
    assert relire(client, ancien).status_code == 404
    assert relire(client, nouveau).status_code == 200


@pytest.mark.parametrize("secret", ["", "faux", "é" * 50])
def test_une_adresse_fausse_n_ouvre_rien(client, utilisateur, cabinet, secret):
    assert relire(client, secret).status_code == 404


def test_qui_part_n_est_plus_servi(client, utilisateur, cabinet, dossiers):
    secret = ouvrir(utilisateur, cabinet)
    utilisateur.is_active = False
    utilisateur.save()
    assert relire(client, secret).status_code == 404
    utilisateur.is_active = True
    utilisateur.save()
    utilisateur.appartenances.all().delete()
    assert find_abonnement(secret) is None


def test_les_essais_et_les_lectures_sont_comptes(client, utilisateur, cabinet, dossiers, monkeypatch):
    monkeypatch.setattr(vue, "ESSAIS_MAX", 3)
    monkeypatch.setattr(vue, "LECTURES_MAX", 2)
    assert [relire(client, "faux").status_code for _ in range(4)] == [404, 404, 404, 429]
    secret = ouvrir(utilisateur, cabinet)  # those who try in vain from the same place stop nobody else
    reponses = [relire(client, secret) for _ in range(3)]
    assert [r.status_code for r in reponses] == [200, 200, 429]
    assert reponses[2]["Retry-After"] == "3600"


# --- Their owner's page -----------------------------------------------------------------------------------------------


def lire(reponse):
    return reponse.content.decode().replace("\u00a0", " ").replace("&amp;", "&")


def extraire(page):
    return page.split('id="adresse"')[1].split('value="')[1].split('"')[0]


def test_l_adresse_est_montree_une_fois_puis_jamais(navigateur, client, cabinet, dossiers):
    adresse = reverse("reglages_calendrier")
    reponse = navigateur.post(adresse, {"etendue": "cabinet"})
    assert "no-store" in reponse["Cache-Control"]
    secrete = extraire(lire(reponse))
    assert secrete.startswith("http://testserver/calendrier/agenda.ics?cle=")
    assert client.get(secrete).status_code == 200
    page = lire(navigateur.get(adresse))
    assert "cle=" not in page
    assert "Lue pour la dernière fois le 21/11/2026" in page


def test_fermer(navigateur, client, utilisateur, cabinet):
    secret = ouvrir(utilisateur, cabinet)
    cle = AbonnementAgenda.objects.get().pk
    page = lire(navigateur.post(reverse("reglages_calendrier_fermer", args=[cle]), follow=True))
    assert "Adresse fermée" in page
    assert relire(client, secret).status_code == 404
    assert navigateur.post(reverse("reglages_calendrier_fermer", args=[cle])).status_code == 404


def test_on_ne_ferme_pas_celle_d_un_autre(navigateur, cabinet, collegue):
    ouvrir(collegue, cabinet)
    cle = AbonnementAgenda.objects.get().pk
    assert navigateur.post(reverse("reglages_calendrier_fermer", args=[cle])).status_code == 404
    assert AbonnementAgenda.objects.get().revoque_le is None


def test_seul_il_n_y_a_qu_une_adresse(navigateur, cabinet):
    page = lire(navigateur.get(reverse("reglages_calendrier")))
    assert "Mes dossiers" not in page
    assert page.count("Ouvrir une adresse") == 1
    assert navigateur.post(reverse("reglages_calendrier"), {"etendue": "miens"}).status_code == 404


def test_a_plusieurs_il_y_en_a_trois(navigateur, collegue):
    assert lire(navigateur.get(reverse("reglages_calendrier"))).count("Ouvrir une adresse") == 3
