"""Lists of invoices and of parties, in CSV and in spreadsheets."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from exigible.echanges.entetes import find_entete_csv
from exigible.echanges.lecture import read_fichier
from exigible.echanges.synonymes import fold_colonne
from exigible.echanges.tiers import parse_qualite

ENTETE = "N° facture;Date;Échéance;Client;Code client;Montant TTC;Reste dû"
LIGNE = "F-1;05/01/2026;04/02/2026;Société fictive;C1;1 234,56;1 000,00"


def lire(*lignes, encodage="utf-8"):
    return read_fichier("\n".join(lignes).encode(encodage), "factures.csv")


def codes(lu):
    return [erreur.code for erreur in lu.erreurs]


def test_french_list():
    lu = lire(ENTETE, LIGNE)
    assert lu.format == "csv_factures"
    (creance,) = lu.creances
    assert (creance.numero, creance.date_emission, creance.date_echeance) == ("F-1", date(2026, 1, 5), date(2026, 2, 4))
    assert (creance.montant_ttc, creance.reste_du, creance.avoir) == (Decimal("1234.56"), Decimal("1000.00"), False)
    assert (creance.debiteur.nom, creance.debiteur.code) == ("Société fictive", "C1")
    assert (creance.origine.fichier, creance.origine.ligne) == ("factures.csv", 2)
    assert lu.tiers == (creance.debiteur,)
    assert not lu.erreurs


@pytest.mark.parametrize("separateur", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiters_and_encodings(separateur, encodage):
    montants = ("1234.56", "1000.00")
    ligne = separateur.join(["F-1", "05/01/2026", "04/02/2026", "Société fictive", "C1", *montants])
    lu = lire(ENTETE.replace(";", separateur), ligne, encodage=encodage)
    assert [creance.debiteur.nom for creance in lu.creances] == ["Société fictive"]
    assert not lu.erreurs


@pytest.mark.parametrize(
    "nom",
    [
        "Société fictive",
        "Boulangerie du Péché",
        "Crédité",
        "SOCIÉTÉ FICTIVE",
        "SOCIÉTÉ FENÊTRE",
        "La Grève",
        "Façade",
        "Fenêtre",
    ],
)
def test_old_dos_encoding_is_read_right_and_said(nom):
    lu = lire(ENTETE, f"F-1;05/01/2026;04/02/2026;{nom} N° 2;C1;100,00;100,00", encodage="cp850")
    assert [creance.debiteur.nom for creance in lu.creances] == [f"{nom} N° 2"]
    assert lu.resume["encodage"] == "cp850"
    (erreur,) = lu.erreurs
    assert (erreur.code, erreur.gravite) == ("encodage_dos", "avertissement")
    assert "CP850" in erreur.message


@pytest.mark.parametrize(
    "nom", ["Cœur d’été", "Lyon–Paris", "suite…et fin", "“Fictive”", "MILOŠEVIĆ".replace("Ć", "C"), "N° 3", "Œuvre À"]
)
def test_windows_typography_is_not_taken_for_dos(nom):
    lu = lire(ENTETE, f"F-1;05/01/2026;04/02/2026;{nom};C1;100,00;100,00", encodage="cp1252")
    assert [creance.debiteur.nom for creance in lu.creances] == [nom]
    assert not lu.erreurs


def test_dos_and_windows_at_once_are_refused_by_name():
    lignes = [ENTETE.encode("cp850"), "F-1;05/01/2026;04/02/2026;Société fictive;C1;100,00;100,00".encode("cp850")]
    lignes.append("F-2;05/01/2026;04/02/2026;Crédit fictif;C2;100,00;100,00".encode("cp1252"))
    lu = read_fichier(b"\n".join(lignes), "factures.csv")
    assert lu.creances == ()
    assert [e.code for e in lu.erreurs] == ["encodage_inconnu"]
    assert "CP850" in lu.erreurs[0].message
    assert "Windows-1252" in lu.erreurs[0].message


def test_english_names():
    lu = lire("Invoice Number,Issue date,Due Date,Customer Name,Total,Balance due,Currency,Email",
              'INV-7,2026-01-05,2026-02-04,"Fictive, Ltd",100.00,40.00,EUR,a@exemple.fr')  # fmt: skip
    (creance,) = lu.creances
    assert (creance.numero, creance.reste_du, creance.debiteur.nom) == ("INV-7", Decimal("40.00"), "Fictive, Ltd")
    assert creance.debiteur.email == "a@exemple.fr"


def test_header_below_other_rows_and_total_under_the_list():
    lu = lire("Export du 21/11/2026", ";;", "", ENTETE, LIGNE, ";;;;;;", "Total;;;;;1234,56;1000,00")
    assert len(lu.creances) == 1
    assert lu.creances[0].origine.ligne == 5
    assert lu.resume["ligne_de_titres"] == "4"
    assert [(e.code, e.gravite, e.ligne) for e in lu.erreurs] == [("ligne_de_total", "avertissement", 7)]


@pytest.mark.parametrize("ecriture", ["21/11/2026", "21-11-2026", "2026-11-21", "21.11.2026", "2026-11-21 00:00:00"])
def test_dates(ecriture):
    lu = lire("Facture;Date;Client;Montant", f"F;{ecriture};Fictif;10")
    assert lu.creances[0].date_emission == date(2026, 11, 21)
    assert lu.creances[0].motif_sans_echeance == "le fichier ne donne pas d'échéance pour cette facture"


@pytest.mark.parametrize(
    ("ligne", "code", "colonne"),
    [
        ("F-2;31/02/2026;;X;C;10;10", "date_inexistante", "Date"),
        ("F-2;demain;;X;C;10;10", "date_illisible", "Date"),
        ("F-2;05/01/2026;31/04/2026;X;C;10;10", "date_inexistante", "Échéance"),
        ("F-2;05/01/2026;;X;C;1.23.4,56;10", "montant_illisible", "Montant TTC"),
        ("F-2;05/01/2026;;X;C;1.234;10", "montant_trop_precis", "Montant TTC"),
        ("F-2;05/01/2026;;X;C;10;dix", "montant_illisible", "Reste dû"),
        ("F-2;05/01/2026;;X;C;;", "montant_absent", "Montant TTC"),
        ("F-2;;;X;C;10;10", "date_absente", "Date"),
        (";05/01/2026;;X;C;10;10", "numero_absent", "N° facture"),
        ("F-2;05/01/2026;;;;10;10", "nom_absent", "Client"),
    ],
)
def test_a_bad_line_says_where_and_the_others_enter(ligne, code, colonne):
    lu = lire(ENTETE, LIGNE, ligne, LIGNE.replace("F-1", "F-3"))
    assert [creance.numero for creance in lu.creances] == ["F-1", "F-3"]
    (erreur,) = lu.erreurs
    assert (erreur.code, erreur.ligne, erreur.champ) == (code, 3, colonne)
    assert erreur.message.startswith(f"Ligne 3, colonne « {colonne} » : ")


def test_missing_column_names_the_expected_and_the_found():
    lu = lire("Facture;Échéance;Client;Montant HT", "F;05/01/2026;X;10")
    assert lu.format == "csv_factures"
    assert lu.creances == ()
    (erreur,) = lu.erreurs
    assert erreur.code == "colonne_absente"
    assert "« Montant TTC »" in erreur.message
    assert "« Montant HT »" in erreur.message


def test_credit_notes_by_sign_and_by_type():
    lu = lire(
        "Facture;Date;Client;Montant TTC;Type",
        "A;05/01/2026;X;-10,00;",
        "B;05/01/2026;X;20,00;Avoir",
        "C;05/01/2026;X;5;Facture",
    )
    assert [(creance.avoir, creance.montant_ttc, creance.effet) for creance in lu.creances] == [
        (True, Decimal("-10.00"), Decimal("-10.00")),
        (True, Decimal("20.00"), Decimal("-20.00")),
        (False, Decimal("5.00"), Decimal("5.00")),
    ]


def test_paid_amount_gives_what_remains():
    lu = lire("Facture;Date;Client;Montant TTC;Réglé", "A;05/01/2026;X;100,00;30,50")
    assert lu.creances[0].reste_du == Decimal("69.50")


def test_incoherent_remainder_is_a_warning():
    lu = lire(ENTETE, LIGNE.replace("1 000,00", "2 000,00"))
    assert len(lu.creances) == 1
    assert codes(lu) == ["reste_du_incoherent"]


@pytest.mark.parametrize(
    ("texte", "jour", "attendu"),
    [
        ("Relance", "10/02/2026", ("relance", date(2026, 2, 10))),
        ("2e relance", "10/02/2026", ("relance", date(2026, 2, 10))),
        ("Relance n°1", "10/02/2026", ("relance", date(2026, 2, 10))),
        ("Mise en demeure", "10/02/2026", ("mise_en_demeure", date(2026, 2, 10))),
        ("mise_en_demeure", "10/02/2026", ("mise_en_demeure", date(2026, 2, 10))),
        ("courtoisie", "10/02/2026", ("courtoisie", date(2026, 2, 10))),
        ("", "10/02/2026", ("relance", date(2026, 2, 10))),
        ("10/02/2026", "", ("relance", date(2026, 2, 10))),
        ("aucune", "", (None, None)),
        ("", "", (None, None)),
    ],
)
def test_what_was_already_sent(texte, jour, attendu):
    lu = lire("Facture;Date;Client;Montant;Déjà envoyé;Date d'envoi", f"A;05/01/2026;X;10;{texte};{jour}")
    assert (lu.creances[0].deja_envoye, lu.creances[0].date_envoi) == attendu
    assert not lu.erreurs


def test_sending_not_understood_or_undated_is_said():
    lu = lire("Facture;Date;Client;Montant;Déjà envoyé", "A;05/01/2026;X;10;pigeon", "B;05/01/2026;X;10;relance")
    assert codes(lu) == ["envoi_inconnu", "date_envoi_absente"]
    assert [creance.deja_envoye for creance in lu.creances] == [None, "relance"]


def test_repeated_invoice_is_taken_once_and_changed_one_is_warned():
    lu = lire(ENTETE, LIGNE, LIGNE, LIGNE.replace("1 000,00", "900,00"), LIGNE.replace("C1", "C2"))
    assert [creance.reste_du for creance in lu.creances] == [Decimal("1000.00"), Decimal("900.00"), Decimal("1000.00")]
    assert [(erreur.code, erreur.ligne, erreur.gravite) for erreur in lu.erreurs] == [
        ("facture_en_double", 3, "avertissement"),
        ("facture_en_double", 4, "avertissement"),
    ]


def test_foreign_currency_is_kept_with_a_warning():
    lu = lire("Facture;Date;Client;Montant;Devise", "A;05/01/2026;X;10;USD")
    assert lu.creances[0].devise == "USD"
    assert codes(lu) == ["devise_etrangere"]


def test_unclosed_quote_is_said_with_its_line():
    lu = lire(ENTETE, LIGNE, 'F-2;05/01/2026;;"X;C;10;10', *["remplissage" * 20] * 1000)
    assert [creance.numero for creance in lu.creances] == ["F-1"]
    assert (lu.erreurs[-1].code, lu.erreurs[-1].ligne) == ("csv_illisible", 3)


def test_a_bank_statement_is_taken_for_one():
    lu = lire("Date;Libellé;Débit;Crédit", "05/01/2026;VIR X;;10,00")
    assert (lu.format, lu.creances) == ("csv_releve", ())


TIERS = (
    "Code client;Raison sociale;SIREN;Qualité;E-mail;Adresse;Complément;Code postal;Ville;Pays;Téléphone;"
    "TVA intracommunautaire;IBAN"
)


def test_parties():
    lu = lire(
        TIERS,
        "C1;Société fictive;732 829 320;Professionnel;a@exemple.fr;1 rue du Test;Bât. B;01000;Bourg;FR;01 02 03 04 05;"
        "FR44732829320;FR76 3000 6000 0112 3456 7890 189",
    )
    assert lu.format == "csv_tiers"
    (tiers,) = lu.tiers
    assert (tiers.code, tiers.nom, tiers.siren, tiers.qualite) == (
        "C1",
        "Société fictive",
        "732829320",
        "professionnel",
    )
    assert (tiers.adresse, tiers.code_postal, tiers.ville) == (("1 rue du Test", "Bât. B"), "01000", "Bourg")
    assert (tiers.email, tiers.tva, tiers.iban) == ("a@exemple.fr", "FR44732829320", "FR7630006000011234567890189")
    assert not lu.erreurs


def test_doubtful_identities_are_warned_and_the_party_kept():
    lu = lire("Nom;SIREN;Qualité;E-mail;IBAN;Code postal",
              "A;732829321;martien;pas-une-adresse;FR7630006000011234567890180;1000",
              "B;12;;;à venir;", ";;;x@exemple.fr;;", "A;;;;;")  # fmt: skip
    assert [tiers.nom for tiers in lu.tiers] == ["A", "B", "A"]
    assert (lu.tiers[0].siren, lu.tiers[0].email, lu.tiers[0].iban) == (
        "732829321",
        None,
        "FR7630006000011234567890180",
    )
    assert lu.tiers[0].code_postal == "01000"
    attendus = "siren_douteux qualite_inconnue email_douteux iban_douteux iban_illisible siren_illisible nom_absent"
    assert set(codes(lu)) == {*attendus.split(), "tiers_en_double"}


def test_siren_from_siret_or_from_vat():
    lu = lire("Nom;SIRET;TVA", "A;73282932000074;", "B;;FR 44 732829320")
    assert [(tiers.siren, tiers.siret) for tiers in lu.tiers] == [("732829320", "73282932000074"), ("732829320", None)]


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("Professionnel", "professionnel"),
        ("B2C", "consommateur"),
        ("Particulier", "consommateur"),
        ("non_professionnel", "non_professionnel"),
        ("Non professionnel", "non_professionnel"),
        ("personne_publique", "personne_publique"),
        ("Collectivité territoriale", "personne_publique"),
        ("non", None),
        ("inconnue", None),
    ],
)
def test_qualities(texte, attendu):
    assert parse_qualite(texte) == attendu


def test_folding_of_headers():
    noms = ("N° de facture", "Numéro facture", "n°facture", "NUM. FACTURE", "  numero   de la facture (EUR)")
    assert {fold_colonne(nom) for nom in noms} == {"n facture"}
    assert fold_colonne("Reste dû") == "reste du"


def test_amount_before_tax_is_never_taken_for_the_total():
    entete = find_entete_csv("Facture;Date;Client;Montant HT;TVA;Montant TTC\n")
    assert entete is not None
    assert entete.colonnes["montant_ttc"] == 5


XLSX = ["N° facture", "Date", "Échéance", "Client", "Code client", "Montant TTC", "Reste dû"]


def test_workbook_with_real_numbers_and_dates(build_xlsx):
    lignes = [
        ["Factures ouvertes"],
        [],
        XLSX,
        ["F-1", date(2026, 1, 5), date(2026, 2, 4), "Fictif", 411001, 1234.1, 0.3],
    ]
    lu = read_fichier(build_xlsx(lignes), "factures.xlsx")
    assert lu.format == "xlsx_factures"
    (creance,) = lu.creances
    assert (creance.date_emission, creance.date_echeance) == (date(2026, 1, 5), date(2026, 2, 4))
    assert (creance.montant_ttc, creance.reste_du) == (Decimal("1234.10"), Decimal("0.30"))
    assert creance.debiteur.code == "411001"
    assert creance.origine.ligne == 4
    assert not lu.erreurs


@pytest.mark.parametrize(
    ("jour", "montant", "code"),
    [
        ("05/01/2026", 0.125, "montant_trop_precis"),
        (46027, 10, "date_illisible"),
        ("05/01/2026", "1.2.34,56", "montant_illisible"),
        ("05/01/2026", 1e300, "montant_illisible"),
        ("05/01/2026", True, "montant_illisible"),
    ],
)
def test_workbook_refuses_what_is_not_exact(build_xlsx, jour, montant, code):
    lu = read_fichier(build_xlsx([["Facture", "Date", "Client", "Montant"], ["F", jour, "X", montant]]))
    assert lu.creances == ()
    assert [(erreur.code, erreur.ligne) for erreur in lu.erreurs] == [(code, 2)]


def test_workbook_lines_are_those_that_people_see(build_xlsx):
    vide = [None] * 9
    lu = read_fichier(build_xlsx([vide, vide, [None, *XLSX], vide, [None, "F-1", "demain", "", "X", "C", 1, 1]]))
    assert [(erreur.code, erreur.ligne, erreur.champ) for erreur in lu.erreurs] == [("date_illisible", 5, "Date")]


def test_workbook_of_parties(build_xlsx):
    lu = read_fichier(build_xlsx([["Raison sociale", "SIREN", "Code postal"], ["Fictif", 5580501, 1000]]))
    assert lu.format == "xlsx_tiers"
    assert (lu.tiers[0].siren, lu.tiers[0].code_postal) == (None, "01000")


def test_workbook_without_header(build_xlsx):
    lu = read_fichier(build_xlsx([["bonjour"], [1, 2, 3]]))
    assert lu.format is None
    assert codes(lu) == ["format_inconnu"]


def test_damaged_workbook(build_xlsx):
    entier = build_xlsx([XLSX])
    for coupe in (entier[:2000], entier[:-30]):
        lu = read_fichier(coupe)
        assert lu.format is None
        assert codes(lu) == ["classeur_abime"]


LOINTAINES = '<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


@pytest.mark.parametrize("cellules", [LOINTAINES, " " * 301_000_000], ids=["cellules", "octets"])
def test_workbook_bomb_is_refused(build_xlsx, cellules):
    source, sortie = zipfile.ZipFile(io.BytesIO(build_xlsx([XLSX]))), io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as cible:
        for nom in source.namelist():
            feuille = source.read(nom)
            if nom.startswith("xl/worksheets/sheet"):
                feuille = feuille.replace(b"</sheetData>", cellules.encode() + b"</sheetData>")
            cible.writestr(nom, feuille)
    assert codes(read_fichier(sortie.getvalue())) == ["classeur_trop_gros"]
