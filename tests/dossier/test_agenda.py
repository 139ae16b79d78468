"""The agenda: keys that stay, words, urgency, choice, groups, records, and the calendar file as RFC 5545 wants it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exigible.dossier.agenda import (
    Choix,
    RendezVous,
    Urgence,
    choose,
    dump_rendez_vous,
    find_urgence,
    group_par_jour,
    list_agenda,
)
from exigible.dossier.agenda_ical import Evenement, escape, write_declenchement, write_icalendar
from exigible.dossier.echeances import NatureEcheance, Portee
from exigible.dossier.faits import EtapeFranchie, PersonneTenue, ProcedureOuverte, PromesseRecue, RolePersonne
from exigible.dossier.faits_procedure import ModeSignification
from exigible.dossier.plier import fold_dossier

from .conftest import make_creancier, make_debiteur, make_facture, write_journal

AU = date(2026, 11, 21)
ECRIT_LE = datetime(2026, 11, 21, 11, tzinfo=UTC)


def plier(*faits, ordonnance="2026-09-05", au=AU):
    debut = [
        ("2025-01-01", make_debiteur()),
        ("2026-03-01", make_facture("A", "2026-03-01", "2026-03-31")),
        ("2026-08-01", ProcedureOuverte(cle="ip", procedure="IP", evenement="depot_requete")),
        (ordonnance, EtapeFranchie(procedure="ip", evenement="ordonnance")),
    ]
    return fold_dossier(write_journal([*debut, *faits]), make_creancier(), au)


def find(etat, nature=NatureEcheance.PROCEDURE):
    (ligne,) = [x for x in list_agenda(etat) if x.echeance.nature is nature]
    return ligne


# --- Lines ------------------------------------------------------------------------------------------------------------


def test_une_ligne_nomme_la_procedure_et_le_fait_de_depart():
    ligne = find(plier())
    assert str(ligne.objet) == "Injonction de payer"
    assert str(ligne.origine) == "Ordonnance portant injonction de payer rendue"
    assert ligne.echeance.le == date(2026, 12, 7)


def test_une_procedure_contre_un_autre_dit_contre_qui():
    """Deux débiteurs d'une ordonnance : dès qu'une étape en nomme un, chacun a sa ligne, et elle dit laquelle."""
    etat = plier(
        ("2026-08-02", PersonneTenue(cle="B", role=RolePersonne.CODEBITEUR_SOLIDAIRE, nom="Codébiteur Exemple")),
        (
            "2026-08-03",
            ProcedureOuverte(cle="ip2", procedure="IP", evenement="depot_requete", contre=("debiteur", "B")),
        ),
        ("2026-09-06", EtapeFranchie(procedure="ip2", evenement="ordonnance")),
        (
            "2026-09-20",
            EtapeFranchie(
                procedure="ip2", evenement="signification_a_personne", personne="B", mode=ModeSignification.A_PERSONNE
            ),
        ),
    )
    objets = {str(x.objet) for x in list_agenda(etat) if x.echeance.nature is NatureEcheance.PROCEDURE}
    assert "Titre exécutoire et accords, contre Codébiteur Exemple" in objets
    assert "Injonction de payer" in objets


def test_une_promesse_et_une_prescription_ont_leur_nom():
    etat = plier(("2026-11-10", PromesseRecue(cle="p", jusqu_au=date(2026, 11, 30))))
    assert str(find(etat, NatureEcheance.PROMESSE).objet) == "Promesse du 10/11/2026"
    assert str(find(etat, NatureEcheance.PRESCRIPTION).objet) == "Facture F-A"
    assert str(find(etat, NatureEcheance.PROMESSE).origine) == ""


def test_une_audience_est_dite_comme_depart():
    faits = [
        ("2025-01-01", make_debiteur()),
        ("2026-03-01", make_facture("A", "2026-03-01", "2026-03-31")),
        (
            "2026-11-02",
            ProcedureOuverte(cle="r", procedure="REFERE", evenement="assignation_refere", audience=date(2026, 12, 15)),
        ),
    ]
    lignes = list_agenda(fold_dossier(write_journal(faits), make_creancier(), AU))
    comptees = [x for x in lignes if x.echeance.depart == date(2026, 12, 15)]
    assert comptees
    assert {str(x.origine) for x in comptees} == {"Audience"}


def test_la_cle_reste_quand_le_jour_change_et_differe_d_une_echeance_a_l_autre():
    avant, apres = find(plier()), find(plier(ordonnance="2026-10-05"))
    assert avant.echeance.le != apres.echeance.le
    assert avant.cle == apres.cle
    cles = [x.cle for x in list_agenda(plier())]
    assert len(set(cles)) == len(cles)


# --- Urgency ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("jour", "attendue"),
    [("2026-10-20", "a_venir"), ("2026-10-21", "alerte"), ("2026-12-07", "alerte"), ("2026-12-08", "depassee")],
)
def test_une_echeance_alerte_puis_passe(jour, attendue):
    ligne = find(plier()).echeance
    assert ligne.alerte_le == date(2026, 10, 21)
    trouvee = find_urgence(ligne.portee, ligne.le, ligne.alerte_le, date.fromisoformat(jour))
    assert trouvee == attendue


def test_une_ouverture_ne_passe_jamais():
    le = date(2026, 12, 1)
    assert find_urgence(Portee.OUVERTURE, le, le, date(2026, 11, 30)) is Urgence.A_VENIR
    assert find_urgence(Portee.OUVERTURE, le, le, date(2027, 11, 30)) is Urgence.OUVERTE


# --- Choosing and grouping --------------------------------------------------------------------------------------------

_JOURS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def make_rendez_vous(le=AU, *, cle="a", creancier="Atelier Exemple", portee=Portee.A_FAIRE, **champs):
    valeurs = {
        "dossier": "D-00001",
        "debiteur": "Client Exemple",
        "nature": NatureEcheance.PROCEDURE,
        "acteur": "creancier",
        "objet": "Injonction de payer",
        "quoi": "signifier",
        "alerte_le": le - timedelta(days=5),
        "depart": le - timedelta(days=30),
        "origine": "",
        "explication": "",
        "perte": "",
        "articles": ("CPC 1411",),
    }
    return RendezVous(**valeurs | champs, le=le, cle=cle, creancier=creancier, portee=portee)


@given(st.lists(st.tuples(_JOURS, st.sampled_from(list(Portee)), st.sampled_from("ab"))), _JOURS, _JOURS)
def test_le_choix_ne_garde_que_ce_qui_est_demande_dans_l_ordre(lignes, du, au):
    tous = [make_rendez_vous(le, cle=str(n), portee=p, creancier=c) for n, (le, p, c) in enumerate(lignes)]
    gardes = choose(tous, Choix(du=du, au=au, portee=Portee.A_FAIRE, creancier="a"))
    assert {r.cle for r in gardes} == {
        r.cle for r in tous if du <= r.le <= au and r.portee is Portee.A_FAIRE and r.creancier == "a"
    }
    assert [r.le for r in gardes] == sorted(r.le for r in gardes)
    assert len(choose(tous, Choix())) == len(tous)


@given(st.lists(_JOURS))
def test_grouper_par_jour_ne_perd_rien(jours):
    groupes = group_par_jour([make_rendez_vous(le, cle=str(n)) for n, le in enumerate(jours)])
    assert [jour for jour, _ in groupes] == sorted(set(jours))
    assert sum(len(groupe) for _, groupe in groupes) == len(jours)
    assert all(r.le == jour for jour, groupe in groupes for r in groupe)


def test_un_rendez_vous_s_ecrit_pour_un_programme():
    r = make_rendez_vous(ouvre_le=date(2026, 11, 1), avertissements=(("a_verifier", "À vérifier."),))
    ecrit = dump_rendez_vous(r, AU)
    assert (ecrit["le"], ecrit["ouvre_le"], ecrit["alerte_le"]) == ("2026-11-21", "2026-11-01", "2026-11-16")
    assert (ecrit["urgence"], ecrit["nature"], ecrit["portee"]) == ("alerte", "procedure", "a_faire")
    assert ecrit["avertissements"] == [{"code": "a_verifier", "message": "À vérifier."}]
    assert dump_rendez_vous(make_rendez_vous(), AU)["ouvre_le"] is None


# --- iCalendar --------------------------------------------------------------------------------------------------------


def read_calendrier(octets):
    """What RFC 5545 says of reading: unfold, then split names from values."""
    texte = octets.decode()
    assert texte.endswith("\r\n")
    assert "\n" not in texte.replace("\r\n", "")
    return [tuple(ligne.split(":", 1)) for ligne in texte.replace("\r\n ", "").split("\r\n")[:-1]]


def read_texte(valeur):
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], valeur)


def make_evenement(resume="Signifier", description="Tout", uid="x@exigible", jour=AU, rappel_le=AU):
    return Evenement(uid, jour, resume, description, "Injonction de payer", rappel_le)


def test_un_evenement_dure_un_jour_entier_et_rappelle():
    lu = read_calendrier(write_icalendar([make_evenement(rappel_le=AU - timedelta(days=15))], ECRIT_LE, "Exigible"))
    assert lu[:2] == [("BEGIN", "VCALENDAR"), ("VERSION", "2.0")]
    assert lu[-1] == ("END", "VCALENDAR")
    champs = dict(lu)
    assert champs["DTSTART;VALUE=DATE"] == "20261121"
    assert champs["DTEND;VALUE=DATE"] == "20261122"
    assert champs["DTSTAMP"] == "20261121T110000Z"
    assert champs["TRIGGER"] == "-P14DT15H"
    assert champs["UID"] == "x@exigible"
    assert [v for n, v in lu if n in {"BEGIN", "END"}].count("VALARM") == 2


@pytest.mark.parametrize(
    ("jours", "attendu"), [(0, "PT9H"), (1, "-PT15H"), (2, "-P1DT15H"), (15, "-P14DT15H"), (-1, "P1DT9H")]
)
def test_le_rappel_sonne_a_neuf_heures_le_jour_d_alerte(jours, attendu):
    assert write_declenchement(AU, AU - timedelta(days=jours)) == attendu


@given(st.text(), st.text())
def test_tout_texte_se_relit_et_aucune_ligne_ne_depasse(resume, description):
    octets = write_icalendar([make_evenement(resume, description)], ECRIT_LE, "Exigible")
    assert all(len(ligne) <= 75 for ligne in octets.split(b"\r\n"))
    lus = {nom: valeur for nom, valeur in read_calendrier(octets) if nom in {"SUMMARY", "CATEGORIES"}}
    assert escape(read_texte(lus["SUMMARY"])) == escape(resume)


@pytest.mark.parametrize(
    ("texte", "ecrit"),
    [
        ("a, b ; c\\d", "a\\, b \\; c\\\\d"),
        ("ligne\r\nsuite\rfin\n", "ligne\\nsuite\\nfin\\n"),
        ("\x00\x07bruit\t", "bruit "),
        ("BEGIN:VEVENT\nEND:VEVENT", "BEGIN:VEVENT\\nEND:VEVENT"),
    ],
)
def test_un_texte_ne_sort_pas_de_sa_ligne(texte, ecrit):
    assert escape(texte) == ecrit


def test_un_nom_long_et_accentue_se_plie_entre_deux_caracteres():
    octets = write_icalendar([make_evenement("é" * 200 + "𝄞" * 50)], ECRIT_LE, "Exigible")
    assert dict(read_calendrier(octets))["SUMMARY"] == "é" * 200 + "𝄞" * 50
    for ligne in octets.split(b"\r\n"):
        ligne.decode()
