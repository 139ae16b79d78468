"""The draft order says what its petition asks, and the regime of the day."""

from datetime import date

import pytest
from dossiers_des_actes import load_dossier

from exigible.actes.demande import build_demande
from exigible.actes.document import Sommes, Tableau
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte

JUGE = {"tribunal": "commerce", "siege": "Testville", "fondement": "contrat"}
DEMANDES = [
    ("professionnel", {}),
    ("professionnel", {"clause_penale": "250", "accessoires": "45,10", "article_700": "300"}),
    ("consommateur", {"tribunal": "judiciaire"}),
    ("consommateur_conteste", {"tribunal": "judiciaire"}),
    ("solidaires", {"coobliges": "oui"}),
    ("codebiteur_conjoint", {"coobliges": "oui", "clause_penale": "100"}),
]


def prepare(acte, dossier, saisies, au=date(2026, 11, 21)):
    return prepare_acte(build_demande(get_modele(acte), load_dossier(dossier, au), saisies={**JUGE, **saisies}))


@pytest.mark.parametrize(("dossier", "saisies"), DEMANDES)
def test_le_projet_reprend_les_sommes_de_la_requete(dossier, saisies):
    requete = prepare("requete_injonction_de_payer", dossier, saisies)
    projet = prepare("ordonnance_injonction_de_payer", dossier, saisies)
    (cadre,) = (b for b in requete.document.blocs if isinstance(b, Sommes))
    (tableau,) = (b for b in projet.document.blocs if isinstance(b, Tableau) and "Accordé" in b.titres)
    assert [ligne[1] for ligne in tableau.lignes] == [ligne.montant for ligne in cadre.lignes]
    assert tableau.total[1] == cadre.total.montant


def test_ce_qui_est_demande_en_plus_a_sa_place():
    texte = prepare("ordonnance_injonction_de_payer", "professionnel", {"article_700": "300"}).texte
    assert "demandés pour 300,00\xa0€" in texte
    sans = prepare("ordonnance_injonction_de_payer", "professionnel", {}).texte
    assert "article\xa0700" not in sans


@pytest.mark.parametrize(
    ("au", "delai", "attente"),
    [(date(2026, 8, 20), "six\xa0mois", False), (date(2026, 9, 1), "trois\xa0mois", True)],
)
def test_le_regime_est_celui_du_jour(au, delai, attente):
    texte = prepare("ordonnance_injonction_de_payer", "professionnel", {}, au).texte
    assert f"dans les {delai} de sa date" in texte
    assert ("deux mois à compter de sa signification" in texte) is attente


def test_le_projet_se_dit_projet_sans_etre_un_brouillon():
    acte = prepare("ordonnance_injonction_de_payer", "professionnel", {})
    assert acte.document.projet == ""
    assert "Projet soumis au juge." in acte.texte
    assert "Enjoignons à Menuiserie Fictive de payer" in acte.texte
    assert "Enjoignons solidairement" not in acte.texte


def test_une_part_d_indemnite_se_dit_part():
    """40 € × 1 would not be 20 €: the share of a joint debtor says that it is one."""
    texte = prepare("requete_injonction_de_payer", "codebiteur_conjoint", {"coobliges": "oui"}).texte
    ligne = next(x for x in texte.replace("\xa0", " ").split("\n") if x.startswith("Indemnité forfaitaire"))
    assert ligne.endswith("| part de 40 € × 1 facture (C. com., article D441-5) | 20,00 €")
