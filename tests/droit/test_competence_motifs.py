"""Each court with the articles that send a claim there, and what must be checked before going."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.competence import compute_competence
from exigible.droit.competence_faits import Demande, Motif, Objet, Qualite
from exigible.droit.competence_lieu import find_ressort
from exigible.droit.phrase import phrase

JOUR = date(2026, 11, 21)
DEFENDEUR = ("ressort", "CPC 42")
AU_CHOIX = (*DEFENDEUR, "CPC 46")
SANS_AVOCAT, AVEC_AVOCAT = ("avocat_facultatif", "CPC 761 3°"), ("avocat_obligatoire", "CPC 761 3°")
PROTECTION = ("avocat_facultatif", "CPC 761 1°")
CONSULAIRE = ("avocat_facultatif", "CPC 853")
EXCLUSIF = ("avocat_competence_exclusive", "CPC 761")
TENTATIVE, DISPENSE = ("tentative_exigee", "CPC 750-1"), ("tentative_dispensee", "CPC 750-1")
SIEGE, PROXIMITE, PREUVE, LIEU = (
    *("siege_a_rechercher", "tribunal_de_proximite_possible"),
    *("preuve_par_ecrit", "lieu_inconnu"),
)

MATIERES = [
    ("entre sociétés", {}, [("entre_commercants", "C. com. L721-3"), CONSULAIRE, AU_CHOIX], [LIEU, SIEGE]),
    (
        "entre sociétés, plus de 10 000 €",
        {"montant": "10000.01", "code_postal": "75011"},
        [("entre_commercants", "C. com. L721-3"), ("avocat_obligatoire", "CPC 853"), AU_CHOIX],
        [],
    ),
    (
        "entre sociétés à Strasbourg",
        {"code_postal": "67000"},
        [("entre_commercants", "C. com. L721-3"), SANS_AVOCAT, TENTATIVE, AU_CHOIX],
        ["alsace_moselle", SIEGE],
    ),
    (
        "contre un consommateur",
        {"debiteur": "consommateur"},
        [("debiteur_non_commercant", "COJ L211-3", "C. com. L721-3"), SANS_AVOCAT, TENTATIVE, AU_CHOIX],
        [SIEGE, PROXIMITE, PREUVE],
    ),
    (
        "contre un consommateur à Paris, plus de 10 000 €",
        {"debiteur": "consommateur", "montant": "10000.01", "code_postal": "75011"},
        [("debiteur_non_commercant", "COJ L211-3", "C. com. L721-3"), AVEC_AVOCAT, DISPENSE, AU_CHOIX],
        [PREUVE],
    ),
    (
        "pendant l'annulation de 750-1",
        {"debiteur": "consommateur", "jour": date(2023, 9, 30)},
        [
            ("debiteur_non_commercant", "COJ L211-3", "C. com. L721-3"),
            SANS_AVOCAT,
            ("tentative_annulee", "CPC 750-1", "CE 22 sept. 2022, n° 436939"),
            AU_CHOIX,
        ],
        [SIEGE, PROXIMITE, PREUVE],
    ),
    (
        "entre non-commerçants",
        {"creancier": "liberal", "debiteur": "consommateur"},
        [("matiere_civile", "COJ L211-3"), SANS_AVOCAT, TENTATIVE, AU_CHOIX],
        ["honoraires_d_avocat", SIEGE, PROXIMITE, PREUVE],
    ),
    (
        "au choix du créancier non commerçant",
        {"creancier": "association"},
        [
            ("acte_mixte", "C. com. L721-3", "Cass. com. 18 nov. 2020, n° 19-19.463"),
            SANS_AVOCAT,
            TENTATIVE,
            AU_CHOIX,
        ],
        ["choix_du_creancier", LIEU, SIEGE, PROXIMITE],
    ),
    (
        "sans choix en Alsace-Moselle",
        {"creancier": "association", "code_postal": "67000"},
        [
            ("acte_mixte", "C. com. L721-3", "Cass. com. 18 nov. 2020, n° 19-19.463"),
            SANS_AVOCAT,
            TENTATIVE,
            AU_CHOIX,
        ],
        ["alsace_moselle", SIEGE, PROXIMITE],
    ),
    (
        "lettre de change d'un consommateur",
        {"objet": "effet", "debiteur": "consommateur"},
        [("lettre_de_change", "C. com. L110-1 10°", "C. com. L721-3 3°"), CONSULAIRE, DEFENDEUR],
        ["effet_non_commercant", LIEU, SIEGE],
    ),
    (
        "pension",
        {"objet": "pension", "creancier": "particulier", "debiteur": "particulier"},
        [("obligation_alimentaire", "COJ L213-3"), ("avocat_facultatif", "CPC 1139")],
        ["paiement_direct", SIEGE],
    ),
    (
        "salaire",
        {"objet": "salaire", "creancier": "particulier"},
        [
            ("contrat_de_travail", "C. trav. L1411-1"),
            ("avocat_facultatif", "C. trav. R1453-1"),
            ("conciliation_devant_le_juge", "C. trav. L1411-1", "CPC 750-1 4°"),
            ("ressort", "C. trav. R1412-1"),
        ],
        [SIEGE],
    ),
    (
        "salaire d'un agent public",
        {"objet": "salaire", "creancier": "particulier", "debiteur": "personne_publique"},
        [("agent_public", "CJA L211-1"), ("avocat_facultatif", "CJA R431-3 3°"), ("ressort", "CJA R312-11")],
        ["contrat_de_droit_prive", "demande_prealable", SIEGE],
    ),
    (
        "trop-perçu d'un agent public",
        {"objet": "salaire", "creancier": "personne_publique", "debiteur": "particulier"},
        [("titre_executoire_public", "CPCE L111-3 6°", "CE 30 mai 1913, Préfet de l'Eure")],
        ["creance_publique"],
    ),
    (
        "acheteur public",
        {"debiteur": "personne_publique"},
        [("debiteur_public", "CCP L6", "CJA L211-1"), ("avocat_obligatoire", "CJA R431-2"), ("ressort", "CJA R312-11")],
        ["contrat_de_droit_prive", "demande_prealable", SIEGE, "avocat_collectivite"],
    ),
    (
        "créancier public",
        {"creancier": "personne_publique"},
        [("titre_executoire_public", "CPCE L111-3 6°", "CE 30 mai 1913, Préfet de l'Eure")],
        ["creance_publique"],
    ),
    (
        "crédit à la consommation",
        {"objet": "credit_consommation", "debiteur": "consommateur", "montant": "12000"},
        [("credit_a_la_consommation", "COJ L213-4-5"), PROTECTION, DISPENSE, DEFENDEUR],
        [SIEGE],
    ),
    (
        "bail d'habitation d'un bailleur public",
        {"objet": "bail_habitation", "creancier": "personne_publique", "debiteur": "consommateur"},
        [("bail_d_habitation", "COJ L213-4-4"), PROTECTION, TENTATIVE, ("ressort", "COJ R213-9-7")],
        ["bail_personne_publique", SIEGE],
    ),
    (
        "bail commercial",
        {"objet": "bail_commercial", "creancier": "societe_civile"},
        [("bail_exclusif", "COJ R211-3-26 11°", "C. com. R145-23"), EXCLUSIF, TENTATIVE],
        ["bail_commercial_droit_commun", SIEGE],
    ),
    (
        "bail commercial d'un non-commerçant",
        {"objet": "bail_commercial", "creancier": "societe_civile", "debiteur": "liberal"},
        [("bail_exclusif", "COJ R211-3-26 11°", "C. com. R145-23"), EXCLUSIF, TENTATIVE],
        [SIEGE],
    ),
    (
        "bail commercial d'une personne publique",
        {"objet": "bail_commercial", "creancier": "personne_publique"},
        [("bail_exclusif", "COJ R211-3-26 11°", "C. com. R145-23"), EXCLUSIF, TENTATIVE],
        ["bail_personne_publique", "bail_commercial_droit_commun", SIEGE],
    ),
    (
        "bail professionnel",
        {"objet": "bail_professionnel", "creancier": "societe_civile"},
        [("bail_exclusif", "COJ R211-3-26 11°"), EXCLUSIF, TENTATIVE],
        [SIEGE],
    ),
    (
        "copropriété",
        {"objet": "copropriete", "creancier": "association"},
        [("copropriete", "COJ L211-3", "D. n° 67-223 art. 62"), SANS_AVOCAT, TENTATIVE],
        ["procedure_acceleree", SIEGE, PROXIMITE],
    ),
    (
        "exécution entre un commerçant et une société",
        {"objet": "execution", "creancier": "commercant"},
        [("execution", "COJ L213-6"), ("avocat_facultatif", "CPCE R121-6"), ("ressort", "CPCE R121-2")],
        ["juge_de_l_execution_a_verifier", "mesure_conservatoire_commerciale", SIEGE],
    ),
    (
        "exécution contre un consommateur, plus de 10 000 €",
        {"objet": "execution", "debiteur": "consommateur", "montant": "10000.01"},
        [("execution", "COJ L213-6"), ("avocat_obligatoire", "CPCE R121-6"), ("ressort", "CPCE R121-2")],
        ["juge_de_l_execution_a_verifier", SIEGE],
    ),
]


def build_demande(**faits):
    lus = {"creancier": "societe_commerciale", "debiteur": "societe_commerciale", "objet": "facture"} | faits
    return Demande(
        Qualite(lus["creancier"]),
        Qualite(lus["debiteur"]),
        Decimal(lus.get("montant", "3000")),
        Objet(lus["objet"]),
        lus.get("jour", JOUR),
        lus.get("code_postal"),
    )


@pytest.mark.parametrize(("faits", "motifs", "avertissements"), [pytest.param(*m[1:], id=m[0]) for m in MATIERES])
def test_chaque_juge_avec_ses_textes(faits, motifs, avertissements):
    trouvee = compute_competence(build_demande(**faits))
    assert [(motif.code, *motif.articles) for motif in trouvee.motifs] == motifs
    assert all(motif.message.endswith(".") for motif in trouvee.motifs)
    assert [avertissement.code for avertissement in trouvee.avertissements] == avertissements


@pytest.mark.parametrize(
    ("faits", "commerciale", "exclusive"),
    [
        ({}, True, False),
        ({"code_postal": "67000"}, True, False),
        ({"creancier": "association"}, False, False),
        ({"objet": "bail_commercial"}, False, True),
    ],
)
def test_la_chambre_commerciale_juge_comme_un_tribunal_de_commerce(faits, commerciale, exclusive):
    trouvee = compute_competence(build_demande(**faits))
    assert (trouvee.commerciale, trouvee.exclusive) == (commerciale, exclusive)


@pytest.mark.parametrize(
    ("faits", "juridiction"),
    [
        ({"objet": "salaire", "creancier": "particulier"}, "conseil_de_prud_hommes"),
        ({"objet": "credit_consommation", "debiteur": "consommateur"}, "juge_des_contentieux_de_la_protection"),
        ({"objet": "execution"}, "juge_de_l_execution"),
        ({"debiteur": "personne_publique"}, "tribunal_administratif"),
        ({}, "tribunal_judiciaire"),
    ],
)
def test_en_alsace_moselle_seul_le_tribunal_de_commerce_est_remplace(faits, juridiction):
    assert compute_competence(build_demande(code_postal="57000", **faits)).juridiction == juridiction


@pytest.mark.parametrize(("montant", "proximite"), [("0.01", True), ("1", True), ("10000", True), ("10000.01", False)])
def test_jusqu_a_10_000_euros_un_tribunal_de_proximite_est_possible(montant, proximite):
    trouvee = compute_competence(build_demande(debiteur="consommateur", montant=montant))
    assert (PROXIMITE in [a.code for a in trouvee.avertissements]) is proximite


@pytest.mark.parametrize(
    ("objet", "dit"),
    [
        (Objet.FACTURE, "ou, au choix, de la livraison ou de l'exécution de la prestation"),
        (Objet.CHEQUE, "ou, au choix, de la livraison"),
        (Objet.DOMMAGES, "ou, au choix, du fait ou du dommage"),
        (Objet.EFFET, "où demeure le débiteur."),
        (Objet.EXECUTION, "ou, au choix, de l'exécution de la mesure"),
        (Objet.CREDIT_CONSOMMATION, "où demeure l'emprunteur"),
        (Objet.BAIL_HABITATION, "lieu du logement"),
    ],
)
def test_le_lieu_suit_l_objet_de_la_creance(objet, dit):
    juridiction = compute_competence(build_demande(objet=objet.value, debiteur="consommateur")).juridiction
    assert dit in find_ressort(objet, juridiction).message


def test_un_motif_se_lit_avec_ses_articles():
    assert (
        str(Motif("x", phrase("Le juge est saisi."), ("CPC 54", "CPC 750"))) == "Le juge est saisi. (CPC 54 ; CPC 750)"
    )
    assert str(Motif("x", phrase("Le juge est saisi."))) == "Le juge est saisi."
