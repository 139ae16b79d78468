"""The columns of a list: shown with their meaning, said by a person, remembered by their signature."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.erreurs import ErreurSaisie
from exigible.echanges.colonnes import compute_signature
from exigible.echanges.lecture import read_fichier

ENTETE = "N° facture;Date;Échéance;Client;Code client;Montant TTC;Reste dû"
LIGNE = "F-1;05/01/2026;04/02/2026;Société fictive;C1;1 234,56;1 000,00"
INCONNUE = "Réf. vente;Jour;Tiers facturé;À encaisser"
SENS = {"Réf. vente": "numero", "Jour": "date_emission", "Tiers facturé": "nom", "À encaisser": "montant_ttc"}
VENTE = "V-1;05/01/2026;Société fictive;1 234,56"


def lire(*lignes):
    return read_fichier("\n".join(lignes).encode(), "factures.csv")


def codes(lu):
    return [erreur.code for erreur in lu.erreurs]


def lire_avec(colonnes, *lignes):
    return read_fichier("\n".join(lignes).encode(), "ventes.csv", colonnes=colonnes)


def test_columns_are_shown_with_their_meaning_and_values():
    lu = lire(ENTETE + ";Vendeur", LIGNE + ";Zoé", LIGNE.replace("F-1", "F-2") + ";Zoé")
    assert [c.champ for c in lu.colonnes] == [
        *("numero", "date_emission", "date_echeance", "nom", "code", "montant_ttc", "reste_du"),
        None,
    ]
    assert (lu.colonnes[0].cle, lu.colonnes[0].nom) == ("n facture", "N° facture")
    assert (lu.colonnes[0].exemples, lu.colonnes[-1].exemples) == (("F-1", "F-2"), ("Zoé",))
    assert len(lu.creances) == 2


def test_unknown_titles_give_their_columns_then_read_as_said():
    lu = lire("Export du 05/01/2026", "", INCONNUE, VENTE)
    assert (lu.format, codes(lu), lu.creances) == (None, ["format_inconnu"], ())
    assert [(c.nom, c.champ, c.exemples[0]) for c in lu.colonnes][1] == ("Jour", None, "05/01/2026")
    lu = lire_avec(SENS, "Export du 05/01/2026", "", INCONNUE, VENTE)
    assert (lu.format, lu.erreurs) == ("csv_factures", ())
    (creance,) = lu.creances
    assert (creance.numero, creance.debiteur.nom, creance.montant_ttc) == ("V-1", "Société fictive", Decimal("1234.56"))
    assert creance.origine.ligne == 4
    assert [c.champ for c in lu.colonnes] == list(SENS.values())


def test_keys_shown_serve_to_say_what_columns_hold():
    cles = [c.cle for c in lire(INCONNUE, VENTE).colonnes]
    lu = lire_avec(dict(zip(cles, SENS.values(), strict=True)), INCONNUE, VENTE)
    assert [c.numero for c in lu.creances] == ["V-1"]


def test_missing_column_is_found_when_said_and_the_others_as_ever():
    lignes = ("Facture;Échéance;Client;Montant HT;Émise par mail le", "F;05/02/2026;X;10;05/01/2026")
    lu = lire(*lignes)
    assert codes(lu) == ["colonne_absente"]
    assert [c.champ for c in lu.colonnes] == ["numero", "date_echeance", "nom", None, None]
    lu = lire_avec({"Montant HT": "montant_ttc", "emise par mail le": "date_emission"}, *lignes)
    assert lu.creances[0].date_emission == date(2026, 1, 5)
    assert lu.creances[0].date_echeance == date(2026, 2, 5)


def test_wrong_recognition_is_corrected():
    lignes = ("Facture;Date;Client;Montant;Compte", "F;05/01/2026;X;10;Paris")
    assert lire(*lignes).creances[0].debiteur.code == "Paris"
    lu = lire_avec({"Compte": "ville"}, *lignes)
    assert (lu.creances[0].debiteur.code, lu.creances[0].debiteur.ville) == (None, "Paris")
    assert lire_avec({"Compte": ""}, *lignes).creances[0].debiteur.code is None
    lu = lire_avec({"Montant": "", "Compte": "montant_ttc"}, *lignes)
    assert codes(lu) == ["montant_illisible"]


def test_parties_and_statements_taken_for_what_they_are():
    lu = lire_avec({"Qui": "nom", "Où": "ville", "Quoi": ""}, "Qui;Où;Quoi", "Fictif;Bourg;1")
    assert (lu.format, lu.tiers[0].ville) == ("csv_tiers", "Bourg")
    assert codes(lire_avec({"Qui": "", "Où": "ville", "Quoi": ""}, "Qui;Où;Quoi", "Fictif;Bourg;1")) == [
        "colonne_absente"
    ]
    releve = ("Date;Libellé;Montant", "05/01/2026;V-1 Fictif;10,00")
    assert lire(*releve).format == "csv_releve"
    lu = lire_avec({"Date": "date_emission", "Libellé": "numero", "Montant": "montant_ttc"}, *releve)
    assert (lu.format, codes(lu)) == ("csv_factures", ["colonne_absente"])


def test_two_like_titles_and_untitled_columns_have_their_own_key():
    lignes = ("Facture;Date;Client;Montant;Montant;", "F;05/01/2026;X;8;10;note")
    assert [c.cle for c in lire(*lignes).colonnes][3:] == ["montant", "montant 2", "colonne 6"]
    assert lire_avec({"montant 2": "montant_ttc"}, *lignes).creances[0].montant_ttc == Decimal("10.00")


def test_columns_of_another_file_are_said_and_its_own_titles_serve():
    lu = lire_avec({"Autre": "numero"}, ENTETE, LIGNE)
    assert (codes(lu), lu.erreurs[0].gravite, len(lu.creances)) == (["colonnes_autres"], "avertissement", 1)


@pytest.mark.parametrize(
    ("colonnes", "code"),
    [({"Jour": "naissance"}, "champ_inconnu"), ({"Jour": "nom", "Tiers facturé": "nom"}, "champ_en_double")],
)
def test_a_correspondence_that_means_nothing_is_refused(colonnes, code):
    with pytest.raises(ErreurSaisie) as refus:
        lire_avec(colonnes, INCONNUE, VENTE)
    assert refus.value.code == code


def test_signature_is_of_the_titles_whatever_their_order_and_writing():
    lues = [
        lire(*lignes).colonnes
        for lignes in (
            (ENTETE, LIGNE),
            (ENTETE.upper(), LIGNE),
            ("Reste dû;" + ENTETE.removesuffix(";Reste dû"), LIGNE),
        )
    ]
    signatures = {compute_signature(c.cle for c in colonnes) for colonnes in lues}
    assert len(signatures) == 1
    assert compute_signature(["autre"]) not in signatures


def test_workbook_columns(build_xlsx):
    lignes = [["Liste"], INCONNUE.split(";"), ["V-1", date(2026, 1, 5), "Fictif", 12.5]]
    lu = read_fichier(build_xlsx(lignes))
    assert codes(lu) == ["format_inconnu"]
    assert [c.exemples for c in lu.colonnes] == [("V-1",), ("05/01/2026",), ("Fictif",), ("12.5",)]
    lu = read_fichier(build_xlsx(lignes), colonnes=SENS)
    assert (lu.format, lu.creances[0].montant_ttc) == ("xlsx_factures", Decimal("12.50"))
    autre = read_fichier(build_xlsx(lignes), colonnes={"Rien": "nom"})
    assert codes(autre) == ["colonnes_autres", "format_inconnu"]


@pytest.mark.parametrize(
    "texte", ["un, deux, trois\nquatre, cinq, six", "a;b\n1;2", "1;2;3\n4;5;6", "Bonjour, oui, non"]
)
def test_prose_and_figures_are_not_taken_for_titles(texte):
    lu = lire(texte)
    assert (codes(lu), lu.colonnes) == (["format_inconnu"], ())
