"""The meaning given to the columns of a list or statement is remembered by creditor and by header."""

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from exigible.bureau.banque.models import Mouvement
from exigible.bureau.imports.models import Correspondance
from exigible.bureau.imports.services import apply_import, prepare_import
from exigible.bureau.tiers.models import Creance, Dossier
from exigible.bureau.tiers.services import create_creancier
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.droit.erreurs import ErreurSaisie

TITRES = "Réf. vente;Jour;Tiers facturé;À encaisser;Vendeur"
LIGNE = "V-1;05/01/2026;Société fictive;1 234,56;Zoé"
SENS = {"ref vente": "numero", "jour": "date_emission", "tiers facture": "nom", "a encaisser": "montant_ttc"}
TOUT = SENS | {"vendeur": ""}


def preparer(creancier, *lignes, **reponses):
    return prepare_import(creancier, "ventes.csv", "\n".join(lignes).encode(), "Marie", **reponses)


def lus(importation):
    return importation.apercu["comptes"]["cree"], importation.apercu["origine_colonnes"]


def test_ce_qui_a_ete_dit_sert_au_fichier_suivant(creancier):
    premiere = preparer(creancier, TITRES, LIGNE)
    assert (lus(premiere), premiere.format) == ((0, ""), "")
    assert [c["cle"] for c in premiere.apercu["colonnes"]] == list(TOUT)
    assert lus(preparer(creancier, TITRES, LIGNE, colonnes=TOUT)) == (1, "choisies")
    connue = Correspondance.objects.get()
    assert (connue.creancier, connue.cabinet, connue.auteur) == (creancier, creancier.cabinet, "Marie")
    suivante = preparer(creancier, "Export;;;;", TITRES.upper(), LIGNE.replace("V-1", "V-2"))
    assert (lus(suivante), suivante.colonnes) == ((1, "memoire"), TOUT)
    apply_import(suivante, "Marie")
    assert (Creance.objects.get().numero, Creance.objects.get().montant) == ("V-2", Decimal("1234.56"))
    assert suivante.apercu["origine_colonnes"] == "memoire"


def test_un_classeur_de_memes_titres_en_profite_aussi(creancier):
    preparer(creancier, TITRES, LIGNE, colonnes=TOUT)
    sortie = io.BytesIO()
    with xlsxwriter.Workbook(sortie, {"in_memory": True}) as classeur:
        feuille = classeur.add_worksheet()
        feuille.write_row(0, 0, TITRES.split(";"))
        feuille.write_row(1, 0, ["V-9", "05/01/2026", "Société fictive", 10.5, "Zoé"])
    importation = prepare_import(creancier, "ventes.xlsx", sortie.getvalue(), "Marie")
    assert (lus(importation), importation.format) == ((1, "memoire"), "xlsx_factures")


def test_la_memoire_est_celle_du_creancier_et_des_titres(creancier, cabinet):
    preparer(creancier, TITRES, LIGNE, colonnes=TOUT)
    autre = create_creancier(cabinet, CreancierDecrit(nom="Autre Exemple"), "essai")
    assert lus(preparer(autre, TITRES, LIGNE)) == (0, "")
    assert lus(preparer(creancier, TITRES + ";Remise", LIGNE + ";0")) == (0, "")


def test_le_dernier_choix_l_emporte(creancier):
    titres = "Facture;Date;Client;Montant;Compte"
    ligne = "F-1;05/01/2026;Société fictive;10,00;Bourg"
    assert lus(preparer(creancier, titres, ligne)) == (1, "")
    sens = {"facture": "numero", "date": "date_emission", "client": "nom", "montant": "montant_ttc"}
    preparer(creancier, titres, ligne, colonnes=sens | {"compte": ""})
    preparer(creancier, titres, ligne, colonnes=sens | {"compte": "ville"})
    apply_import(preparer(creancier, titres, ligne), "Marie")
    assert Correspondance.objects.get().colonnes["compte"] == "ville"
    assert Dossier.objects.get().debiteur_code == ""


def test_ce_qui_ne_lit_rien_n_est_pas_retenu(creancier):
    importation = preparer(creancier, TITRES, LIGNE, colonnes={"jour": "date_emission"})
    assert lus(importation) == (0, "choisies")
    assert "Il manque une colonne" in importation.apercu["lignes"][0]["raison"]
    assert not Correspondance.objects.exists()


def test_une_colonne_sans_titre_et_sans_usage_n_est_pas_attendue(creancier):
    preparer(creancier, TITRES + ";", LIGNE + ";note", colonnes=TOUT | {"colonne 6": ""})
    assert Correspondance.objects.get().colonnes == TOUT
    assert lus(preparer(creancier, TITRES, LIGNE)) == (1, "memoire")


RELEVE = "Quand;Quoi;Sorti;Rentré"
MOUVEMENTS = ("03/11/2026;VIR FICTIF;;80,00", "04/11/2026;CARTE;3,20;")
SENS_DU_RELEVE = {"quand": "date", "quoi": "libelle", "sorti": "debit", "rentre": "credit"}


def test_un_releve_se_lit_comme_on_l_a_dit_et_le_suivant_aussi(creancier):
    premiere = preparer(creancier, RELEVE, *MOUVEMENTS)
    assert (lus(premiere), premiere.format) == ((0, ""), "")
    dite = preparer(creancier, RELEVE, *MOUVEMENTS, colonnes=SENS_DU_RELEVE)
    assert (lus(dite), dite.format) == ((2, "choisies"), "csv_releve")
    assert [c["champ"] for c in dite.apercu["colonnes"]] == list(SENS_DU_RELEVE.values())
    suivante = preparer(creancier, "Compte 123456;;;", RELEVE, *MOUVEMENTS, "05/11/2026;VIR;;1,00")
    assert (lus(suivante), suivante.colonnes) == ((3, "memoire"), SENS_DU_RELEVE)
    apply_import(suivante, "Marie")
    assert sorted(m.montant for m in Mouvement.objects.all()) == [Decimal("-3.20"), Decimal("1.00"), Decimal("80.00")]


def test_corriger_les_colonnes_d_un_releve_connu_se_retient(creancier):
    titres, ligne = "Date;Valeur;Libellé;Montant", "03/11/2026;04/11/2026;VIR;80,00"
    assert lus(preparer(creancier, titres, ligne)) == (1, "")
    sens = {"date": "date_valeur", "valeur": "date", "libelle": "libelle", "montant": "montant"}
    preparer(creancier, titres, ligne, colonnes=sens)
    apply_import(preparer(creancier, titres, ligne), "Marie")
    assert Mouvement.objects.get().date == date(2026, 11, 4)


def test_un_releve_sans_titres_se_lit_mais_ne_se_retient_pas(creancier):
    lignes = ("03/11/2026;x;-12,50;VIR", "04/11/2026;y;80,00;CHEQUE")
    sens = {"colonne 1": "date", "colonne 2": "", "colonne 3": "montant", "colonne 4": "libelle"}
    assert lus(preparer(creancier, *lignes, colonnes=sens)) == (2, "choisies")
    assert not Correspondance.objects.exists()


@pytest.mark.parametrize("colonnes", [{"jour": "inconnu"}, {"jour": "nom", "tiers facture": "nom"}])
def test_un_sens_impossible_est_refuse(creancier, colonnes):
    with pytest.raises(ErreurSaisie):
        preparer(creancier, TITRES, LIGNE, colonnes=colonnes)
