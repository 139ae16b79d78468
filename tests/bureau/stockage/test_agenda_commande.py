"""`exigible agenda` on a real base: for people, for programs, for a calendar."""

import json
from datetime import date
from pathlib import Path

import pytest

from exigible.bureau.comptes.attributions import Suivi, assign_dossiers
from exigible.bureau.comptes.models import Equipe
from exigible.bureau.comptes.services import create_utilisateur
from exigible.cli import main
from exigible.dossier.faits import EtapeFranchie, ProcedureOuverte, PromesseRecue


@pytest.fixture
def exigible(db, capsys):
    def run(*arguments):
        with pytest.raises(SystemExit) as sortie:
            main(["agenda", *arguments])
        dit = capsys.readouterr()
        texte = json.loads(dit.out) if "--json" in arguments and dit.out else dit.out
        return sortie.value.code, texte, dit.err

    return run


@pytest.fixture
def injonction(dossier, noter):
    """An order of 05/09/2026, to be served by Monday 07/12/2026; a promise for 30/11/2026."""
    noter(dossier, ProcedureOuverte(cle="ip", procedure="IP", evenement="depot_requete"), jour=date(2026, 8, 1))
    noter(dossier, EtapeFranchie(procedure="ip", evenement="ordonnance"), jour=date(2026, 9, 5))
    return noter(dossier, PromesseRecue(cle="p", jusqu_au=date(2026, 11, 30)))


def test_l_agenda_se_lit(exigible, injonction):
    code, texte, _ = exigible("--nature", "procedure")
    assert code == 0
    assert "Agenda au 21/11/2026 : 1 échéance\n" in texte
    assert "\n07/12/2026\n  Client Modèle (D-00001) – Injonction de payer : " in texte
    assert "non avenue [en alerte]" in texte


def test_une_base_sans_echeance_le_dit(exigible, creancier):
    assert exigible()[:2] == (0, "Aucune échéance.\n")


@pytest.mark.parametrize(
    ("options", "jours"),
    [
        (("--du", "2026-11-21", "--au", "2026-12-31"), ["2026-11-30", "2026-12-07"]),
        (("--du", "2026-12-01", "--au", "2026-12-07"), ["2026-12-07"]),
        (("--alertes", "--nature", "procedure"), ["2026-12-07"]),
        (("--portee", "adverse"), ["2026-11-30"]),
        (("--nature", "promesse", "--creancier", "atelier exemple"), ["2026-11-30"]),
    ],
)
def test_pour_un_programme(exigible, injonction, options, jours):
    code, objet, _ = exigible(*options, "--json")
    assert code == 0
    assert objet["jour"] == "2026-11-21"
    assert [e["le"] for e in objet["echeances"]] == jours


def test_pour_un_calendrier(exigible, injonction, tmp_path):
    fichier = tmp_path / "agenda.ics"
    code, texte, _ = exigible("--ics", str(fichier), "--du", "2026-11-21", "--au", "2026-12-31")
    assert code == 0
    assert f"Calendrier écrit : {fichier}" in texte
    ecrit = fichier.read_bytes().decode()
    assert ecrit.startswith("BEGIN:VCALENDAR\r\n")
    assert ecrit.count("BEGIN:VEVENT") == 2


def test_un_creancier_inconnu_est_dit(exigible, injonction):
    code, texte, erreur = exigible("--creancier", "Personne")
    assert (code, texte) == (2, "")
    assert "Aucun créancier ne s'appelle « Personne »." in erreur


def test_un_fichier_qu_on_ne_peut_ecrire_est_dit(exigible, injonction, tmp_path):
    code, _, erreur = exigible("--ics", str(Path(tmp_path) / "absent" / "agenda.ics"))
    assert code == 2
    assert "ne peut pas être écrit" in erreur


def test_de_qui(exigible, injonction, cabinet, dossier):
    personne = create_utilisateur(cabinet, "personne@exemple.example", "phrase-fictive", "Personne")
    equipe = Equipe.objects.create(cabinet=cabinet, nom="Nord")
    assert exigible("--gestionnaire", "personne@exemple.example", "--json")[1]["echeances"] == []
    assign_dossiers(cabinet, [dossier.pk], Suivi(personne, equipe), "essai")
    for options in (("--gestionnaire", "Personne@exemple.example"), ("--equipe", "nord")):
        echeances = exigible(*options, "--json")[1]["echeances"]
        assert {(e["gestionnaire"], e["equipe"]) for e in echeances} == {("Personne", "Nord")}


@pytest.mark.parametrize(
    ("options", "dit"),
    [
        (("--gestionnaire", "inconnu@exemple.example"), "Personne ne se connecte"),
        (("--equipe", "Sud"), "Aucune équipe ne s'appelle « Sud »."),
        (("--vu-au", "2030-01-01"), "est à venir"),
        (("--connu-au", "2030-01-01"), "est à venir"),
    ],
)
def test_une_demande_fausse_est_dite(exigible, injonction, options, dit):
    code, _, erreur = exigible(*options)
    assert code == 2
    assert dit in erreur


def test_un_jour_passe(exigible, injonction):
    """On 4 September the order was not made yet; all was recorded on 21 November."""
    avant = exigible("--vu-au", "2026-09-04", "--nature", "procedure", "--json")[1]
    assert (avant["jour"], avant["connu_au"]) == ("2026-09-04", None)
    assert "2026-12-07" not in {e["le"] for e in avant["echeances"]}
    assert exigible("--vu-au", "2026-11-21", "--connu-au", "2026-11-20", "--json")[1]["echeances"] == []
    texte = exigible("--connu-au", "2026-11-21", "--alertes", "--nature", "procedure")[1]
    assert "Agenda au 21/11/2026, selon ce qui était connu au 21/11/2026 : 1 échéance" in texte
