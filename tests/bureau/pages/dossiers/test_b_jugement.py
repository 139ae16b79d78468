"""A dossier with a decision, costs, a surety and an assignment: every page and file still tells what is owed."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from exigible.bureau.journal.services import FaitAEcrire, record_faits
from exigible.dossier.faits import (
    ChefJugement,
    FraisExpose,
    JugementRendu,
    NatureFrais,
    PaiementRecu,
    PersonneTenue,
    PosteRenonce,
    RenonciationFaite,
    RolePersonne,
)

D = Decimal


@pytest.fixture
def juge(dossier):
    """The first invoice judged on 01/09/2026: 2 000 €, article 700; then a seizure and a payment."""
    faits = [
        (date(2026, 1, 2), PersonneTenue(cle="K", nom="Garante Exemple", role=RolePersonne.CAUTION_SOLIDAIRE)),
        (
            date(2026, 9, 1),
            JugementRendu(
                cle="J", chefs=(ChefJugement(cle="p", montant=D("2000.00")),), article_700=D("500.00"), reference="26/1"
            ),
        ),
        (
            date(2026, 10, 1),
            FraisExpose(cle="S", nature=NatureFrais.ACTE_D_EXECUTION, montant=D("90.00"), libelle="saisie"),
        ),
        (date(2026, 10, 2), PaiementRecu(cle="P", montant=D("300.00"))),
        (date(2026, 11, 3), RenonciationFaite(cle="R", poste=PosteRenonce.PRINCIPAL, montant=D("50.00"))),
    ]
    record_faits(dossier.chaine, [FaitAEcrire(fait, jour) for jour, fait in faits], "essai")
    dossier.refresh_from_db()
    return dossier


def test_le_decompte_montre_les_chefs_et_les_frais(navigateur, juge):
    page = navigateur.get(reverse("decompte", args=[juge.pk]))
    texte = page.content.decode()
    for attendu in ("Jugement du 01/09/2026 : somme principale", "article 700", "Frais du 01/10/2026 : saisie"):
        assert attendu in texte
    assert "une décision la remplace" in texte
    assert "le créancier y a renoncé ce jour-là" in texte
    assert page.context["etat"].decompte.frais == 0  # paid first


@pytest.mark.parametrize("langue", ["fr", "en"])
def test_les_pages_du_dossier_s_ouvrent(navigateur, juge, langue):
    navigateur.cookies.load({"django_language": langue})
    for nom in ("dossier", "decompte"):
        assert navigateur.get(reverse(nom, args=[juge.pk])).status_code == 200


def test_le_tableur_additionne_tout(navigateur, juge):
    reponse = navigateur.get(reverse("decompte_xlsx", args=[juge.pk]))
    classeur = CalamineWorkbook.from_filelike(io.BytesIO(reponse.content))
    lignes = classeur.get_sheet_by_name("Décompte").to_python()
    noms = [ligne[0] for ligne in lignes[1:-1]]
    jugement = "Jugement du 01/09/2026 : "
    assert noms == [jugement + "article 700", jugement + "somme principale", "Frais du 01/10/2026 : saisie", "F2"]
    etat = navigateur.get(reverse("decompte", args=[juge.pk])).context["etat"]
    assert D(repr(lignes[-1][7])) == etat.decompte.total_du


def test_le_pdf_s_imprime(navigateur, juge):
    reponse = navigateur.get(reverse("decompte_pdf", args=[juge.pk]))
    assert (reponse.status_code, reponse["Content-Type"]) == (200, "application/pdf")


def test_le_dossier_est_au_stade_juge(juge):
    assert juge.stade == "jugee"
    assert juge.echu == D("2254.42")  # 2 000 + 500 + 90 − 300 − 50, and 14,42 of interest
