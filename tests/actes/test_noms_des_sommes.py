"""What is claimed bears its own name: an invoice, a rent, a call of charges, a sum that a judge granted."""

import pytest
from dossiers_des_actes import load_dossier

from exigible.actes.demande import PieceVersee, build_demande
from exigible.actes.modele import get_modele
from exigible.actes.vocabulaire.blocs import describe_blocs
from exigible.actes.vocabulaire.instance import describe_instance


def describe(dossier, acte="requete_injonction_de_payer", **autres):
    return describe_blocs(build_demande(get_modele(acte), load_dossier(dossier), **autres))


@pytest.mark.parametrize(
    ("dossier", "premier", "montant", "principal"),
    [
        ("professionnel", "Facture", "Montant TTC", "Reste dû, toutes taxes comprises"),
        ("loyers", "Terme", "Loyer et charges", "Loyers et charges restant dus"),
        ("loyer_commercial", "Terme", "Loyer et charges", "Loyers et charges restant dus"),
        ("copropriete", "Appel", "Montant appelé", "Charges de copropriété restant dues"),
    ],
)
def test_chaque_dette_porte_son_nom(dossier, premier, montant, principal):
    blocs = describe(dossier).blocs
    (factures,), (sommes,) = blocs["factures"], blocs["sommes"]
    assert factures.titres == (premier, "Date", "Échéance", montant, "Reste dû")
    assert sommes.lignes[0].libelle == "Principal"
    assert sommes.lignes[0].detail == principal


def test_ce_qu_un_juge_a_accorde_n_est_pas_une_facture():
    etat = load_dossier("juge")
    juges = tuple(s.cle for s in etat.decompte.soldes if s.cle not in {c.cle for c in etat.creances})
    (factures,) = describe("juge", creances=juges).blocs["factures"]
    assert factures.titres == ("Somme due", "Date", "Exigible le", "Montant", "Reste dû")


@pytest.mark.parametrize(("dossier", "premier"), [("professionnel", "Facture"), ("loyers", "Terme")])
def test_les_interets_a_courir_portent_le_meme_nom(dossier, premier):
    demande = build_demande(get_modele("requete_injonction_de_payer"), load_dossier(dossier))
    for tableau in describe_instance(demande).blocs["interets_a_courir"]:
        assert tableau.titres[0] == premier


def test_un_bordereau_n_a_pas_de_colonne_vide():
    etat = load_dossier("professionnel")
    sans = (PieceVersee(1, "Devis"), PieceVersee(2, "Facture"))
    (tableau,) = describe("professionnel", pieces=sans).blocs["bordereau"]
    assert tableau.titres == ("N°", "Pièce")
    assert tableau.lignes == (("1", "Devis"), ("2", "Facture"))
    dates = (PieceVersee(1, "Devis", jour=etat.au), PieceVersee(2, "Facture", pages=3))
    (tableau,) = describe("professionnel", pieces=dates).blocs["bordereau"]
    assert tableau.titres == ("N°", "Pièce", "Date", "Pages")
    assert tableau.lignes == (("1", "Devis", "21/11/2026", ""), ("2", "Facture", "", "3"))
