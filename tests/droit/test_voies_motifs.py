"""What closes each route, what an open one asks and what it costs to enter, each with its articles."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.droit.competence import compute_competence
from exigible.droit.competence_faits import Demande, Objet, Qualite, Voie
from exigible.droit.frais_justice import (
    Demandeur,
    compute_contribution_aide_juridique,
    compute_contribution_economique,
    compute_greffe_injonction,
)
from exigible.droit.voies_ouvertes import LIBELLES_VOIES, find_premiere_ouverte, gather_avertissements, list_voies

D, JOUR = Decimal, date(2026, 11, 21)
ECONOMIQUE = "L. n° 2023-1059 art. 27 ; D. n° 2024-1225 art. 1"
EUROPE = "Règl. (CE) n° 1896/2006"
INJONCTION = [
    ("cause_contractuelle", "CPC 1405 1°"),
    ("sans_avocat", "CPC 1407"),
    ("sans_tentative", "Cass. 2e civ., avis, 25 sept. 2025, n° 25-70.013"),
    ("juge_du_debiteur", "CPC 1406"),
]


def list_par_voie(demandeur=None, **faits):
    lus = {"creancier": "societe_commerciale", "debiteur": "societe_commerciale", "objet": "facture"} | faits
    demande = Demande(
        Qualite(lus["creancier"]),
        Qualite(lus["debiteur"]),
        D(lus.get("montant", "3000")),
        Objet(lus["objet"]),
        lus.get("jour", JOUR),
        lus.get("code_postal"),
        lus.get("transfrontalier"),
    )
    return {voie.voie: voie for voie in list_voies(demande, demandeur)}


def read_motifs(voie):
    assert voie.libelle == LIBELLES_VOIES[voie.voie]
    assert all(motif.message.endswith(".") for motif in voie.motifs)
    return [(motif.code, *motif.articles) for motif in voie.motifs]


@pytest.mark.parametrize(
    ("voie", "faits", "motifs"),
    [
        (Voie.INJONCTION, {"objet": "dommages_interets"}, [("cause_non_contractuelle", "CPC 1405")]),
        (
            Voie.INJONCTION,
            {"objet": "execution"},
            [("injonction_autre_juge", "CPC 1406"), ("cause_non_contractuelle", "CPC 1405")],
        ),
        (Voie.INJONCTION, {"debiteur": "personne_publique"}, [("injonction_autre_juge", "CPC 1406")]),
        (
            Voie.FOND,
            {"creancier": "personne_publique"},
            [("titre_executoire_public", "CPCE L111-3 6°", "CE 30 mai 1913, Préfet de l'Eure")],
        ),
        (
            *(Voie.SIMPLIFIEE, {"creancier": "commercant"}),
            [("reservee_aux_incontestees", "CPCE L125-1", "CPCE L126-1")],
        ),
        (
            *(Voie.SIMPLIFIEE, {"jour": date(2026, 4, 25)}),
            [("reservee_aux_incontestees", "CPCE L125-1", "CPCE L126-1")],
        ),
        (Voie.SIMPLIFIEE, {}, [("reservee_aux_incontestees", "CPCE L125-1", "CPCE L126-1")]),
        (Voie.SIMPLIFIEE, {"montant": "5000.01", "creancier": "artisan"}, [("montant_trop_eleve", "CPCE R125-1")]),
        (Voie.SIMPLIFIEE, {"debiteur": "personne_publique"}, [("personne_publique", "CGPPP L2311-1")]),
        (Voie.SIMPLIFIEE, {"objet": "effet"}, [("engagement_cambiaire", "CPCE L125-1")]),
        (
            Voie.SIMPLIFIEE,
            {"objet": "salaire", "creancier": "particulier"},
            [("contrat_de_travail", "C. trav. L1411-4")],
        ),
        (
            Voie.SIMPLIFIEE,
            {"objet": "dommages_interets", "montant": "6000"},
            [("cause_non_contractuelle", "CPCE L125-1"), ("montant_trop_eleve", "CPCE R125-1")],
        ),
        (Voie.INCONTESTEES, {"jour": date(2026, 4, 24)}, [("incontestees_pas_encore", "CPCE L126-1")]),
        (Voie.INCONTESTEES, {"jour": date(2026, 4, 25)}, [("decret_non_trouve", "L. n° 2026-307")]),
        (
            Voie.INCONTESTEES,
            {"objet": "cheque"},
            [("pas_entre_commercants", "CPCE L126-1"), ("decret_non_trouve", "L. n° 2026-307")],
        ),
        (Voie.REFERE, {"objet": "execution"}, [("pas_de_refere", "CPCE R121-11")]),
        (
            Voie.REFERE,
            {"objet": "pension", "creancier": "particulier", "debiteur": "particulier"},
            [("refere_non_releve", "CPC 1137")],
        ),
        (Voie.INJONCTION_EUROPEENNE, {}, [("transfrontalier_inconnu", EUROPE, "CPC 1424-1")]),
        (Voie.INJONCTION_EUROPEENNE, {"transfrontalier": False}, [("non_transfrontalier", EUROPE)]),
        (
            Voie.INJONCTION_EUROPEENNE,
            {"objet": "dommages_interets", "transfrontalier": True},
            [("cause_non_contractuelle", EUROPE)],
        ),
        (
            Voie.INJONCTION_EUROPEENNE,
            {"debiteur": "personne_publique"},
            [("transfrontalier_inconnu", EUROPE, "CPC 1424-1"), ("matiere_exclue", EUROPE)],
        ),
    ],
)
def test_ce_qui_ferme_une_voie(voie, faits, motifs):
    fermee = list_par_voie(**faits)[voie]
    assert (fermee.ouverte, fermee.frais) == (False, ())
    assert read_motifs(fermee) == motifs


@pytest.mark.parametrize(
    ("voie", "faits", "motifs"),
    [
        (Voie.INJONCTION, {}, [*INJONCTION, ("signification_a_faire", "CPC 1411", "CPC 1422")]),
        (Voie.INJONCTION, {"jour": date(2026, 8, 31)}, [*INJONCTION, ("signification_a_faire", "CPC 1411")]),
        (Voie.INJONCTION, {"objet": "effet"}, [("cause_contractuelle", "CPC 1405 2°")]),
        (Voie.SIMPLIFIEE, {"creancier": "artisan"}, [("accord_du_debiteur", "CPCE L125-1", "CPCE R125-1")]),
        (
            Voie.INJONCTION_EUROPEENNE,
            {"transfrontalier": True},
            [("litige_transfrontalier", EUROPE, "CPC 1424-2")],
        ),
        (Voie.REFERE, {}, [("obligation_non_contestable", "CPC 873"), ("entre_commercants", "C. com. L721-3")]),
        (Voie.REFERE, {"code_postal": "75001"}, [("obligation_non_contestable", "CPC 873")]),
        (Voie.REFERE, {"code_postal": "67000"}, [("obligation_non_contestable", "CPC 835")]),
        (
            Voie.REFERE,
            {"objet": "bail_habitation", "debiteur": "consommateur"},
            [("obligation_non_contestable", "CPC 835")],
        ),
        (
            Voie.REFERE,
            {"objet": "salaire", "creancier": "particulier"},
            [("obligation_non_contestable", "C. trav. R1455-7")],
        ),
        (Voie.REFERE, {"debiteur": "personne_publique"}, [("obligation_non_contestable", "CJA R541-1")]),
        (Voie.FOND, {}, [("saisine", "CPC 854"), ("entre_commercants", "C. com. L721-3")]),
        (Voie.FOND, {"code_postal": "75001"}, [("saisine", "CPC 854")]),
        (Voie.FOND, {"debiteur": "consommateur"}, [("requete_possible", "CPC 818")]),
        (Voie.FOND, {"debiteur": "consommateur", "montant": "5000.01"}, [("saisine", "CPC 54", "CPC 750")]),
        (
            Voie.FOND,
            {"objet": "bail_habitation", "debiteur": "consommateur", "montant": "5000.01"},
            [("saisine", "CPC 54", "CPC 818")],
        ),
        (Voie.FOND, {"objet": "salaire", "creancier": "particulier"}, [("saisine", "C. trav. R1452-1")]),
        (Voie.FOND, {"debiteur": "personne_publique"}, [("saisine", "CJA R421-1")]),
        (
            Voie.FOND,
            {"objet": "pension", "creancier": "particulier", "debiteur": "particulier"},
            [("saisine", "CPC 1137")],
        ),
        (Voie.FOND, {"objet": "execution"}, [("saisine", "CPCE R121-11", "CPCE L511-1")]),
    ],
)
def test_ce_que_demande_une_voie_ouverte(voie, faits, motifs):
    """The first reasons are its own; the court's follow when it goes before one on the merits."""
    ouverte = list_par_voie(**faits)[voie]
    assert ouverte.ouverte
    assert read_motifs(ouverte)[: len(motifs)] == motifs


@pytest.mark.parametrize(
    ("voie", "faits", "avertissements"),
    [
        (Voie.INCONTESTEES, {"jour": date(2026, 4, 24)}, []),
        (Voie.INCONTESTEES, {"jour": date(2026, 4, 25)}, ["incontestees_a_verifier"]),
        (Voie.SIMPLIFIEE, {}, ["exclusion_a_verifier"]),
        (Voie.SIMPLIFIEE, {"jour": date(2026, 4, 24)}, []),
        (Voie.SIMPLIFIEE, {"debiteur": "consommateur", "montant": "6000"}, []),
        (Voie.INJONCTION, {"objet": "cheque"}, ["certificat_de_non_paiement"]),
        (Voie.INJONCTION, {"objet": "cheque", "debiteur": "personne_publique"}, []),
        (Voie.INJONCTION, {"objet": "copropriete"}, ["lieu_de_l_immeuble"]),
        (Voie.FOND, {"objet": "copropriete"}, []),
        (Voie.REFERE, {"objet": "cheque"}, []),
    ],
)
def test_ce_qui_reste_a_verifier_dans_une_voie(voie, faits, avertissements):
    assert [a.code for a in list_par_voie(**faits)[voie].avertissements] == avertissements


@pytest.mark.parametrize(
    ("voie", "juge", "avocat", "tentative"),
    [
        (Voie.INJONCTION, "Tribunal judiciaire", False, False),
        (Voie.SIMPLIFIEE, "Commissaire de justice, sans juge", False, False),
        (Voie.INCONTESTEES, "Commissaire de justice, sans juge", False, False),
        (Voie.REFERE, "Tribunal judiciaire", True, True),
        (Voie.FOND, "Tribunal judiciaire", True, True),
        (Voie.INJONCTION_EUROPEENNE, "Tribunal judiciaire", False, False),
    ],
)
def test_l_avocat_et_la_tentative_amiable_ne_valent_que_devant_le_juge(voie, juge, avocat, tentative):
    """An exclusive lease: a lawyer whatever the amount, an attempt up to 5 000 €."""
    lue = list_par_voie(objet="bail_professionnel", creancier="societe_civile")[voie]
    assert (lue.libelle_juridiction, lue.avocat_obligatoire, lue.tentative_amiable) == (juge, avocat, tentative)
    assert (lue.juridiction.value == "aucune") is juge.endswith("sans juge")


AIDE = ("contribution_aide_juridique", "CGI 1635 bis Q", "50.00", "valeur_a_verifier")
GREFFE, ASSIGNATION = ("greffe", "C. com. A743-8", None), ("assignation", "CPC 55", None)
AVOCAT, SIGNIFICATION = ("avocat", "L. n° 71-1130 art. 10", None), ("signification", "CPC 1411", None)


@pytest.mark.parametrize(
    ("voie", "faits", "frais"),
    [
        (
            Voie.INJONCTION,
            {"code_postal": "75001", "montant": "60000"},
            [
                ("contribution_justice_economique", ECONOMIQUE, "1800.00"),
                ("greffe_injonction", "CPC 1425", "30.23", "valeur_a_verifier"),
                SIGNIFICATION,
            ],
        ),
        (
            *(Voie.INJONCTION, {"code_postal": "31000", "montant": "60000"}),
            [("greffe_injonction", "CPC 1425", "30.23", "valeur_a_verifier"), SIGNIFICATION],
        ),
        (Voie.INJONCTION, {"debiteur": "consommateur"}, [(*SIGNIFICATION, "exoneration_a_verifier")]),
        (Voie.INJONCTION, {"debiteur": "consommateur", "jour": date(2025, 1, 1)}, [SIGNIFICATION]),
        (Voie.SIMPLIFIEE, {"creancier": "artisan"}, [("commissaire_de_justice", "CPCE L125-1", None)]),
        (Voie.REFERE, {}, [GREFFE, ASSIGNATION]),
        (Voie.REFERE, {"debiteur": "consommateur"}, [(*AIDE, "contribution_a_verifier"), ASSIGNATION]),
        (Voie.FOND, {"debiteur": "consommateur"}, [AIDE]),
        (Voie.FOND, {"debiteur": "consommateur", "montant": "10001"}, [AIDE, ASSIGNATION, AVOCAT]),
        (Voie.FOND, {"objet": "execution"}, [(*AIDE, "contribution_a_verifier"), ASSIGNATION]),
        (Voie.FOND, {"debiteur": "personne_publique"}, [AVOCAT]),
    ],
)
def test_les_frais_de_chaque_voie_avec_leur_texte(voie, faits, frais):
    demandeur = Demandeur(250, D(60_000_000), D(3_000_001))
    assert all(f.libelle for f in list_par_voie(demandeur, **faits)[voie].frais)
    assert [
        (f.code, f.article, f.montant and str(f.montant), *(a.code for a in f.avertissements))
        for f in list_par_voie(demandeur, **faits)[voie].frais
    ] == frais


@pytest.mark.parametrize(
    ("demandeur", "montant", "dit"),
    [
        (Demandeur(), None, "emploie au moins 250 salariés et dépasse les seuils de taille : à préciser"),
        (Demandeur(249), "0.00", "non due : moins de 250 salariés"),
        (Demandeur(250, D(1), D(1)), "0.00", "non due : seuils de taille non dépassés"),
        (Demandeur(250, D(60_000_000), D(3_000_001)), "1800.00", "3 % des prétentions, 50 000,00\u00a0€ au plus"),
    ],
)
def test_la_contribution_economique_dit_pourquoi(demandeur, montant, dit):
    frais = compute_contribution_economique(D(60_000), JOUR, demandeur)
    assert (frais.code, frais.article) == ("contribution_justice_economique", ECONOMIQUE)
    assert frais.montant == (None if montant is None else D(montant))
    assert frais.libelle.replace("\u202f", " ").endswith(dit)


def test_le_greffe_et_l_aide_juridique_citent_leur_texte():
    for jour in (JOUR, date(2018, 3, 1)):
        greffe = compute_greffe_injonction(jour)
        assert (greffe.code, greffe.article) == ("greffe_injonction", "CPC 1425")
        assert greffe.libelle.startswith("Frais de greffe, à consigner dans les quinze jours")
    aide = compute_contribution_aide_juridique(JOUR)
    assert (aide.code, aide.article) == ("contribution_aide_juridique", "CGI 1635 bis Q")
    assert "sauf aide juridictionnelle" in aide.libelle


@pytest.mark.parametrize(
    ("faits", "premiere"),
    [({}, Voie.INJONCTION), ({"objet": "dommages_interets"}, Voie.REFERE), ({"creancier": "personne_publique"}, None)],
)
def test_la_premiere_voie_ouverte_est_la_plus_legere(faits, premiere):
    trouvee = find_premiere_ouverte(tuple(list_par_voie(**faits).values()))
    assert (trouvee and trouvee.voie) is premiere


def test_chaque_avertissement_est_dit_une_fois_le_juge_d_abord():
    demande = Demande(Qualite.LIBERAL, Qualite.CONSOMMATEUR, D(3000), Objet.FACTURE, JOUR)
    codes = [a.code for a in gather_avertissements(compute_competence(demande), list_voies(demande))]
    assert codes == [
        *("honoraires_d_avocat", "siege_a_rechercher", "tribunal_de_proximite_possible", "preuve_par_ecrit"),
        *("exoneration_a_verifier", "incontestees_a_verifier", "valeur_a_verifier", "contribution_a_verifier"),
    ]
