"""What the data suggest of a party: proposals with their reasons, and nothing when they do not say enough."""

from __future__ import annotations

import pytest

from exigible.echanges.enregistrements import Origine, Tiers
from exigible.echanges.lecture import read_fichier
from exigible.echanges.qualites import add_propositions, is_siren_public

SIREN_PRIVE, SIREN_PUBLIC = "732829320", "217500016"


def propose(nom="Fictif", **champs):
    return add_propositions(Tiers(nom=nom, origine=Origine("x"), **champs))


@pytest.mark.parametrize(
    ("nom", "champs", "qualite"),
    [
        ("Fictif", {"siren": SIREN_PUBLIC}, "personne_publique"),
        ("Fictif", {"siren": "110002011"}, "personne_publique"),
        ("Fictif", {"siren": "100000009"}, None),
        ("Fictif", {"siren": SIREN_PRIVE}, None),
        ("Commune de Bourg-Fictif", {}, "personne_publique"),
        ("MAIRIE DE FICTIF", {}, "personne_publique"),
        ("Centre Hospitalier de Fictif", {}, "personne_publique"),
        ("Garage de la Mairie SARL", {"siren": SIREN_PRIVE}, "personne_publique"),
        ("Fictif S.A.R.L.", {}, "professionnel"),
        ("FICTIF SAS", {"siren": SIREN_PRIVE}, "professionnel"),
        ("Fictif", {"forme": "Société à responsabilité limitée"}, "professionnel"),
        ("Fictif GmbH", {}, "professionnel"),
        ("Sasha Fictif", {}, None),
        ("SCI Fictive", {}, None),
        ("Syndicat des copropriétaires 3 rue Fictive", {}, "non_professionnel"),
        ("M. Jean Fictif", {}, "consommateur"),
        ("Mme Fictive", {}, "consommateur"),
        ("Monsieur et Madame Fictif", {}, "consommateur"),
        ("M. Jean Fictif", {"siren": SIREN_PRIVE}, None),
        ("M Fictif", {"tva": "FR44732829320"}, None),
        ("Madame", {}, None),
        ("Fictif", {}, None),
    ],
)
def test_quality(nom, champs, qualite):
    tiers = propose(nom, **champs)
    assert tiers.qualite_proposee == qualite
    assert bool(tiers.motif_qualite) is (qualite is not None)
    assert tiers.qualite is None


def test_what_the_file_says_is_never_second_guessed():
    tiers = propose("M. Jean Fictif", qualite="professionnel", pays="BE")
    assert (tiers.qualite_proposee, tiers.pays_propose) == (None, None)


@pytest.mark.parametrize(
    ("champs", "pays"),
    [
        ({"tva": "BE0428759497"}, "BE"),
        ({"tva": "EL094259216"}, "GR"),
        ({"siren": SIREN_PRIVE}, "FR"),
        ({"siren": SIREN_PRIVE, "iban": "DE89370400440532013000"}, "FR"),
        ({"iban": "DE89370400440532013000"}, "DE"),
        ({"pays": "IT", "tva": "BE0428759497"}, None),
        ({}, None),
    ],
)
def test_country(champs, pays):
    tiers = propose(**champs)
    assert tiers.pays_propose == pays
    assert bool(tiers.motif_pays) is (pays is not None)


@pytest.mark.parametrize(
    ("siren", "publique"),
    [("200000008", True), ("180000001", True), ("101234567", False), ("356000000", False), ("999999999", False)],
)
def test_series_of_public_bodies(siren, publique):
    assert is_siren_public(siren) is publique


def lire(*lignes):
    return read_fichier("\n".join(lignes).encode(), "clients.csv")


@pytest.mark.parametrize(
    ("colonne", "valeur", "champ", "code"),
    [
        ("SIREN", "732829321", "siren", "siren_douteux"),
        ("SIRET", "73282932000075", "siret", "siren_douteux"),
        ("SIRET", "35600000000048", "siret", None),
        ("SIRET", "35600000049837", "siret", None),
        ("N° TVA", "FR45732829320", "tva", "tva_douteuse"),
        ("N° TVA", "FR44732829320", "tva", None),
        ("IBAN", "FR7630006000011234567890188", "iban", "iban_douteux"),
        ("IBAN", "FR7630006000011234567890189", "iban", None),
    ],
)
def test_wrong_numbers_are_kept_and_warned(colonne, valeur, champ, code):
    lu = lire(f"Nom;Ville;{colonne}", f"Fictif;Bourg;{valeur}")
    assert getattr(lu.tiers[0], champ) == valeur
    assert [e.code for e in lu.erreurs] == ([code] if code else [])


def test_a_french_vat_number_gives_the_siren_and_a_contradiction_is_said():
    assert lire("Nom;N° TVA", "Fictif;FR44732829320").tiers[0].siren == SIREN_PRIVE
    lu = lire("Nom;SIREN;N° TVA", "Fictif;356000000;FR44732829320")
    assert [e.code for e in lu.erreurs] == ["tva_douteuse"]


def test_a_list_carries_the_proposals():
    lu = lire("Nom;Ville", "Commune de Fictif;Bourg", "Fictif;Bourg")
    assert [t.qualite_proposee for t in lu.tiers] == ["personne_publique", None]
