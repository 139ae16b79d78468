"""« Qui me doit quoi »: amounts, ageing, filters, the past, exports."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from exigible.bureau.horloge import fix_horloge
from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.bureau.tiers.models import Dossier
from exigible.dossier.faits import ContestationRecue, PaiementRecu, PromesseRecue
from exigible.droit.regimes import QualitePartie

JOUR = date(2026, 11, 21)


def lire(reponse):
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def voir(navigateur, **filtre):
    return lire(navigateur.get(reverse("portefeuille"), filtre))


def noms(page):
    return [morceau.split("</a>")[0] for morceau in page.split("data-ouvre>")[1:]]


@pytest.fixture
def portefeuille(ouvrir_dossier):
    """Due dates on both sides of each age: not due, 1, 30, 31, 60, 61, 90 and 91 days late."""
    for retard in (-5, 0, 1, 30, 31, 60, 61, 90, 91):
        ouvrir_dossier(f"Client {retard}", f"{100 + abs(retard)}.00", retard, qualite=QualitePartie.CONSOMMATEUR)


def test_une_ligne_par_client_et_la_somme(navigateur, portefeuille):
    page = voir(navigateur)
    assert len(noms(page)) == 9
    assert "9 clients" in page
    # A consumer owes no penalty before a formal notice: principal alone. 101+130+131+160+161+190+191
    assert "1 064,00 €" in page
    assert "205,00 €" in page  # 105 + 100 not due yet


@pytest.mark.parametrize(
    ("tranche", "attendus"),
    [
        ("non-echu", {"Client -5", "Client 0"}),
        ("1-30", {"Client 1", "Client 30"}),
        ("31-60", {"Client 31", "Client 60"}),
        ("61-90", {"Client 61", "Client 90"}),
        ("90", {"Client 91"}),
    ],
)
def test_une_barre_filtre_et_le_passe_dit_la_meme_chose(navigateur, portefeuille, tranche, attendus):
    assert set(noms(voir(navigateur, tranche=tranche))) == attendus
    with fix_horloge(JOUR + timedelta(days=200)):
        assert set(noms(voir(navigateur, tranche=tranche, au="2026-11-21"))) == attendus


def test_les_barres_portent_le_principal_de_leur_age(navigateur, portefeuille):
    page = voir(navigateur)
    for somme in ("205,00 €", "231,00 €", "291,00 €", "351,00 €", "191,00 €"):
        assert f"<strong>{somme}</strong>" in page


def test_un_professionnel_doit_ses_accessoires(navigateur, ouvrir_dossier):
    ouvrir_dossier("Entreprise", "1000.00", 10)
    dossier = Dossier.objects.get()
    assert dossier.echu == dossier.principal + dossier.interets + dossier.indemnites
    assert dossier.indemnites == Decimal("40.00")
    assert dossier.interets > 0
    attendu = f"{dossier.echu:,}".replace(",", " ").replace(".", ",")
    assert f"{attendu} €" in voir(navigateur)


def test_tri_par_chaque_colonne(navigateur, portefeuille):
    for tri in (
        "nom",
        "echu",
        "a_echoir",
        "conteste",
        "promis",
        "retard",
        "stade",
        "derniere",
        "prochaine",
        "prescription",
    ):
        croissant, decroissant = noms(voir(navigateur, tri=tri)), noms(voir(navigateur, tri=f"-{tri}"))
        assert sorted(croissant) == sorted(decroissant)
        assert 'aria-sort="ascending"' in voir(navigateur, tri=tri)
    assert noms(voir(navigateur, tri="-retard"))[0] == "Client 91"
    assert noms(voir(navigateur, tri="n'importe quoi")) == noms(voir(navigateur))


def test_filtres_par_mot_facture_qualite_et_situation(navigateur, ouvrir_dossier):
    conteste = ContestationRecue(cle="k", creances=("c-F-001",), motif="abîmé")
    ouvrir_dossier("Évêché modèle", "10.00", 5, suite=(conteste,))
    ouvrir_dossier("Autre client", "20.00", 5, qualite=QualitePartie.PERSONNE_PUBLIQUE, siren="123456782")
    assert noms(voir(navigateur, q="eveche")) == ["Évêché modèle"]
    assert noms(voir(navigateur, q="F-002")) == ["Autre client"]
    assert noms(voir(navigateur, q="123 456 782")) in ([], ["Autre client"])
    assert noms(voir(navigateur, q="123456782")) == ["Autre client"]
    assert noms(voir(navigateur, q="D-00001")) == ["Évêché modèle"]
    assert noms(voir(navigateur, qualite="personne_publique")) == ["Autre client"]
    assert noms(voir(navigateur, situation="conteste")) == ["Évêché modèle"]
    assert noms(voir(navigateur, situation="soldes")) == []
    assert "Aucun client ne correspond" in voir(navigateur, q="zzzz")


def test_un_filtre_illisible_est_dit_et_ignore(navigateur, portefeuille):
    page = voir(navigateur, au="31/02/2026", situation="n'existe pas")
    assert "n’existe pas ou n’est pas lisible" in page
    assert len(noms(page)) == 9


def test_le_passe_est_recalcule_du_journal(navigateur, ouvrir_dossier):
    dossier = ouvrir_dossier("Client qui a payé", "100.00", 50, qualite=QualitePartie.CONSOMMATEUR)
    paiement = PaiementRecu(cle="p", montant=Decimal("60.00"))
    record_faits(dossier.chaine, [FaitAEcrire(paiement, JOUR - timedelta(days=10))], "essai")
    assert "<strong>40,00 €</strong></td>" in voir(navigateur)
    assert "<strong>100,00 €</strong></td>" in voir(navigateur, au="2026-11-01")
    avant_la_facture = voir(navigateur, au="2026-01-01")
    assert noms(avant_la_facture) == []
    assert "Recalculé au 01/01/2026" in avant_la_facture


def test_connu_au_ignore_ce_qui_a_ete_enregistre_apres(navigateur, ouvrir_dossier):
    dossier = ouvrir_dossier("Client", "100.00", 50, qualite=QualitePartie.CONSOMMATEUR)
    with fix_horloge(JOUR + timedelta(days=3)):
        paiement = PaiementRecu(cle="p", montant=Decimal("60.00"))
        record_faits(dossier.chaine, [FaitAEcrire(paiement, JOUR - timedelta(days=10))], "essai")
        assert "<strong>40,00 €</strong></td>" in voir(navigateur)
        assert "<strong>100,00 €</strong></td>" in voir(navigateur, connu_au="2026-11-22")


def test_un_jour_a_venir_ne_se_demande_pas(navigateur, portefeuille):
    assert "Au 21/11/2026" in voir(navigateur, au="2030-01-01")


def test_une_ligne_d_hier_porte_les_interets_d_aujourd_hui(navigateur, ouvrir_dossier):
    dossier = ouvrir_dossier("Entreprise", "100000.00", 10)
    with fix_horloge(JOUR + timedelta(days=1)):
        page = voir(navigateur)
        dossier.refresh_from_db()
        assert dossier.arrete_au == JOUR  # a page does not write
        hier = f"{dossier.echu:,}".replace(",", " ").replace(".", ",")
        assert f"<strong>{hier} €</strong></td>" not in page


def test_promesse_et_prochaine_action(navigateur, ouvrir_dossier):
    promesse = PromesseRecue(
        cle="p", jusqu_au=JOUR + timedelta(days=6), creances=("c-F-001",), montant=Decimal("70.00")
    )
    ouvrir_dossier("Client prometteur", "100.00", 5, suite=(promesse,))
    page = voir(navigateur, situation="promis")
    assert "70,00 €" in page
    assert noms(page) == ["Client prometteur"]


def test_cinquante_lignes_par_page_et_un_nombre_fixe_de_requetes(navigateur, ouvrir_dossier):
    for i in range(3):
        ouvrir_dossier(f"Client {i:02}", "100.00", i)
    avec_trois = _count(navigateur)
    for i in range(3, 52):
        ouvrir_dossier(f"Client {i:02}", "100.00", i)
    assert _count(navigateur) <= avec_trois
    page = voir(navigateur, tri="nom")
    assert len(noms(page)) == 50
    assert noms(voir(navigateur, tri="nom", page=2)) == ["Client 50", "Client 51"]
    assert "51 à 52 sur 52" in voir(navigateur, tri="nom", page=2)
    assert noms(voir(navigateur, tri="nom", page="999")) == ["Client 50", "Client 51"]


def _count(navigateur):
    with CaptureQueriesContext(connection) as requetes:
        assert navigateur.get(reverse("portefeuille")).status_code == 200
    return len(requetes)


def test_csv_et_xlsx_sans_formules(navigateur, ouvrir_dossier):
    ouvrir_dossier("=cmd|' /C calc'!A0", "1234.50", 5, qualite=QualitePartie.CONSOMMATEUR)
    reponse = navigateur.get(reverse("portefeuille_export", args=["csv"]))
    assert reponse.headers["Content-Disposition"] == 'attachment; filename="exigible-qui-me-doit-quoi-2026-11-21.csv"'
    lignes = list(csv.reader(io.StringIO(reponse.content.decode("utf-8-sig")), delimiter=";"))
    assert lignes[0][1] == "Client"
    assert lignes[1][1] == "'=cmd|' /C calc'!A0"
    assert lignes[1][3] == "1234,50"
    reponse = navigateur.get(reverse("portefeuille_export", args=["xlsx"]))
    feuille = CalamineWorkbook.from_filelike(io.BytesIO(reponse.content)).get_sheet_by_index(0).to_python()
    assert feuille[1][1] == "=cmd|' /C calc'!A0"  # a text cell, not a formula
    assert feuille[1][3] == 1234.5
    assert navigateur.get(reverse("portefeuille_export", args=["exe"])).status_code == 404


def test_l_export_suit_le_filtre_de_l_adresse(navigateur, portefeuille):
    reponse = navigateur.get(reverse("portefeuille_export", args=["csv"]), {"tranche": "90"})
    assert reponse.content.decode("utf-8-sig").count("\r\n") == 2
