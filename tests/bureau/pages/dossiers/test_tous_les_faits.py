"""Every fact of a dossier can be entered somewhere in the office, and the page that offers them names each once."""

from collections import Counter
from typing import get_args

from django.urls import reverse

from exigible.bureau.pages.formulaires.natures import NATURES
from exigible.bureau.pages.formulaires.registre import SORTE_PAR_TYPE, SORTES, SUJETS
from exigible.dossier.faits import CreanceNee, FaitDossier
from exigible.droit.prescription.table import load_table

AILLEURS = {
    "acte_produit": "the page of a document",
    "courrier_approuve": "the preview of a letter",
    "courrier_annule": "the page of a letter",
    "courrier_poste": "the page of a letter, or « Noter un envoi déjà fait »",
    "courrier_presente": "the page of a letter",
    "courrier_recu": "the page of a letter",
    "courrier_refuse": "the page of a letter",
    "courrier_non_reclame": "the page of a letter",
    "courrier_non_distribue": "the page of a letter",
    "prelevement_ordonne": "the page of direct debits",
    "rejet_signale": "an imported message",
    "statut_facture_recu": "an imported message",
    "virement_ordonne": "the page of direct debits",
    "dossier_efface": "the settings page of retention",
    "fait_annule": "« Annuler », beside each entry",
}
"""The facts that have a page of their own."""


def test_chaque_fait_s_enregistre_au_bureau():
    connus = {str(fait.__struct_config__.tag) for fait in get_args(FaitDossier)}
    assert connus - SORTE_PAR_TYPE.keys() == AILLEURS.keys()


def test_chaque_formulaire_est_propose_une_fois():
    assert Counter(s for sujet in SUJETS for s in sujet.sortes) == Counter(SORTES.keys())


def test_la_page_les_propose_par_sujet(navigateur, dossier):
    page = navigateur.get(reverse("dossier_saisir", args=[dossier.pk]))
    assert page.status_code == 200
    texte = page.content.decode()
    for sorte in SORTES:
        assert f'href="{reverse("saisir", args=[dossier.pk, sorte])}"' in texte
    assert (
        reverse("dossier_saisir", args=[dossier.pk])
        in navigateur.get(reverse("dossier", args=[dossier.pk])).content.decode()
    )


def test_les_natures_d_une_creance_sont_celles_de_la_table():
    """« Facture » and « autre » are the ordinary price, said by leaving the field empty."""
    connues = set(load_table().lexique.codes["creance.nature"])
    assert connues - {"facture", "autre"} == NATURES.keys()


def test_un_loyer_se_prescrit_selon_sa_nature(navigateur, dossier, lire):
    champs = {"numero": "L1", "emission": "2026-01-05", "echeance": "2026-01-31", "montant": "900,00"}
    navigateur.post(reverse("saisir", args=[dossier.pk, "facture"]), champs | {"nature": "loyer_habitation"})
    fait = lire(dossier)[-1].fait
    assert isinstance(fait, CreanceNee)
    assert fait.nature == "loyer_habitation"
    etat = navigateur.get(reverse("dossier", args=[dossier.pk])).context["etat"]
    [loyer] = [c for c in etat.creances if c.creance.numero == "L1"]
    assert loyer.prescription.duree_mois == 36  # loi 89-462, art. 7-1
