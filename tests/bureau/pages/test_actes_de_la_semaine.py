"""What procedures ask for within the week: summed by the day's work, in the terminal and on « Aujourd'hui »."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.journee import compute_journee, run_journee
from exigible.bureau.tiers.models import Echeance
from exigible.cli.bureau_recits import count_actes, describe_journee, format_journee
from exigible.dossier.faits import EtapeFranchie, ProcedureOuverte

# An order of 5 September 2026 is served within three months (CPC 1411): the 5th of December is a Saturday, so the 7th.
LIMITE = date(2026, 12, 7)
VEILLE_DE_LA_SEMAINE, DEBUT = date(2026, 11, 30), date(2026, 12, 1)


def enjoindre(dossier, ordonnance):
    faits = [
        FaitAEcrire(ProcedureOuverte(cle="ip", procedure="IP", evenement="depot_requete"), date(2026, 8, 1)),
        FaitAEcrire(EtapeFranchie(procedure="ip", evenement="ordonnance"), ordonnance),
    ]
    record_faits(dossier.chaine, faits, "essai")


@pytest.fixture
def enjoint(ouvrir_dossier):
    """One order to serve by 7 December 2026, another by the end of February; a dossier without a procedure."""
    premier = ouvrir_dossier("Septembre", "1000.00", 100)
    enjoindre(premier, date(2026, 9, 5))
    enjoindre(ouvrir_dossier("Novembre", "1000.00", 100), date(2026, 11, 20))
    ouvrir_dossier("Sans procédure", "1000.00", 100)
    return premier


def lister(journee):
    return [(ligne.dossier.debiteur_nom, ligne.acte.echeance.le) for ligne in journee.actes]


@pytest.mark.parametrize(("au", "attendus"), [(VEILLE_DE_LA_SEMAINE, []), (DEBUT, [("Septembre", LIMITE)])])
def test_la_semaine_va_du_jour_meme_aux_six_suivants(enjoint, cabinet, au, attendus):
    assert lister(compute_journee(cabinet, au)) == attendus


def test_le_dernier_jour_compte_encore(enjoint, cabinet):
    journee = compute_journee(cabinet, LIMITE)
    assert lister(journee) == [("Septembre", LIMITE)]
    assert journee.depasses == 0


def test_le_recit_les_somme_et_les_nomme(enjoint, cabinet):
    journee = compute_journee(cabinet, DEBUT)
    texte = format_journee("Cabinet d'essai", journee)
    assert "1 acte de procédure à faire cette semaine\n" in texte
    assert f"Septembre ({enjoint.reference})" in texte
    assert "au plus tard le 07/12/2026 – sinon :" in texte
    dit = describe_journee("Cabinet d'essai", journee)["procedures"]
    assert (dit["cette_semaine"], dit["depassees"]) == (1, 0)
    [acte] = dit["actes"]
    assert (acte["dossier"], acte["le"], acte["acteur"]) == (enjoint.reference, LIMITE, "commissaire_de_justice")
    assert "CPC 1411" in acte["articles"]


@pytest.mark.parametrize(
    ("nombre", "depasses", "attendu"),
    [
        (0, 0, "0 actes de procédure à faire cette semaine"),
        (1, 0, "1 acte de procédure à faire cette semaine"),
        (3, 1, "3 actes de procédure à faire cette semaine, dont 1 au délai dépassé"),
    ],
)
def test_la_somme_s_accorde(nombre, depasses, attendu):
    assert count_actes(nombre, depasses) == attendu


def test_aujourd_hui_les_somme_et_les_liste(navigateur, enjoint, cabinet):
    with fix_horloge(DEBUT):
        run_journee(cabinet, DEBUT)
        page = navigateur.get(reverse("aujourdhui"))
        assert page.context["semaine"] == {"actes": 1, "depasses": 0}
        assert "1 acte de procédure à faire cette semaine" in page.content.decode()
        onglet = navigateur.get(reverse("aujourdhui"), {"onglet": "actes"})
        [tache] = onglet.context["taches"]
        assert (tache.nom, tache.limite, tache.perte) == ("Septembre", LIMITE, True)
        assert tache.adresse == reverse("dossier_procedures", args=[enjoint.pk])
        assert "Sinon :" in tache.phrase
        assert navigateur.get(reverse("aujourdhui_export", args=["csv"]), {"onglet": "actes"}).status_code == 200


def test_l_onglet_dit_aussi_ce_qui_est_en_alerte(navigateur, enjoint, cabinet):
    """An officer must serve: half of the time is gone, so that it is already in alert, though not of the week."""
    page = navigateur.get(reverse("aujourdhui"), {"onglet": "actes"})
    assert page.context["semaine"]["actes"] == 0
    assert "à faire cette semaine" not in page.content.decode()
    assert [t.nom for t in page.context["taches"]] == ["Septembre"]


def test_un_delai_passe_se_compte_a_part(navigateur, enjoint, cabinet):
    """Told on the day after the last one, as long as nothing else says what became of it."""
    journee = replace(compute_journee(cabinet, DEBUT), au=date(2026, 12, 8))
    assert journee.depasses == 1
    texte = format_journee("Cabinet d'essai", journee)
    assert "1 acte de procédure à faire cette semaine, dont 1 au délai dépassé" in texte
    assert "délai dépassé depuis le 07/12/2026" in texte
    assert describe_journee("C", journee)["procedures"]["depassees"] == 1
    with fix_horloge(DEBUT):
        run_journee(cabinet, DEBUT)
        Echeance.objects.filter(dossier=enjoint, nature="procedure").update(le=date(2026, 11, 30))
        page = navigateur.get(reverse("aujourdhui"))
    assert page.context["semaine"] == {"actes": 1, "depasses": 1}
    assert "dont 1 au délai dépassé" in page.content.decode()
