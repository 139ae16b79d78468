"""Persons, decisions and costs as the timeline says them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import exigible.bureau.pages
from exigible.bureau.pages.vues.fil import list_entrees
from exigible.bureau.pages.vues.fil_obliges import DESCRIPTIONS, ICONES
from exigible.dossier import faits as f
from exigible.dossier.journal import Inscription, get_type

D = Decimal
NUMEROS = {"A": "F-1", "B": "F-2"}
EXEMPLES = [
    (
        f.PersonneTenue(
            cle="K",
            nom="Garante Exemple",
            role=f.RolePersonne.CAUTION_SOLIDAIRE,
            plafond=D("5000.00"),
            creances=("A",),
            adresse=f.Adresse(lignes=("1 rue de l'Exemple",), code_postal="99999", ville="Villefictive"),
        ),
        "Garante Exemple, tenu avec le débiteur : caution solidaire",
        "Au plus 5 000,00 €, tout compris|Facture F-1|1 rue de l'Exemple, 99999 Villefictive",
    ),
    (
        f.PersonneDechargee(personne="K", portee=f.PorteeDecharge.SOLIDARITE, motif="accord"),
        "Décharge accordée : solidarité",
        "Personne « K »|accord",
    ),
    (f.CautionInformee(personne="K"), "Caution informée", "Personne « K »"),
    (
        f.PersonneEnProcedure(
            personne="K", sorte=f.SorteInsolvabilite.REDRESSEMENT, publication=date(2026, 2, 1), mandataire="Me Exemple"
        ),
        "Procédure d’une personne tenue : redressement judiciaire",
        "Personne « K »|Publiée au Bodacc le 01/02/2026|Me Exemple",
    ),
    (f.SuspensionGarantsLevee(motif="plan"), "Les garants peuvent de nouveau être poursuivis", "plan"),
    (f.PersonneDecedee(notaire="Me Exemple"), "Décès", "Le débiteur|Notaire : Me Exemple"),
    (f.CessationActivite(radiation=True, source="registre"), "Radiation du registre", "Le débiteur|registre"),
    (f.CessationActivite(), "Cessation d’activité", "Le débiteur"),
    (
        f.AdresseChangee(adresse=f.Adresse(code_postal="99999", ville="Autreville"), source="La Poste"),
        "Changement d’adresse",
        "Le débiteur|99999 Autreville|La Poste",
    ),
    (
        f.VisiteFaite(compte_rendu="local vide", lieu="siège", visiteur="une personne du cabinet"),
        "Visite",
        "Le débiteur|siège|une personne du cabinet|local vide",
    ),
    (
        f.SolvabiliteConstatee(source="comptes déposés", texte="capitaux négatifs", solvable=False),
        "Solvabilité : insolvable",
        "Le débiteur|comptes déposés|capitaux négatifs",
    ),
    (
        f.SolvabiliteConstatee(source="enquête", texte="retrouvé", banque="Banque Exemple\nTestville", biens="un box"),
        "Solvabilité : sans conclusion",
        "Le débiteur|enquête|retrouvé|Banque : Banque Exemple · Testville|Biens : un box",
    ),
    (
        f.CreanceCedee(cle="C", cessionnaire="Factor Exemple", creances=("A", "B"), recouvrement_conserve=True),
        "Créance cédée à Factor Exemple",
        "Factures F-1, F-2|Non notifiée au débiteur|Le créancier continue de recouvrer",
    ),
    (
        f.CreanceCedee(cle="C", cessionnaire="Factor Exemple", notifiee_le=date(2026, 2, 1)),
        "Créance cédée à Factor Exemple",
        "Notifiée le 01/02/2026",
    ),
    (
        f.RenonciationFaite(cle="R", poste=f.PosteRenonce.INTERETS, motif="geste commercial"),
        "Abandon (intérêts) : tout ce qui est dû ce jour",
        "geste commercial",
    ),
    (
        f.RenonciationFaite(cle="R", poste=f.PosteRenonce.PRINCIPAL, montant=D("10.00"), creances=("B",)),
        "Abandon (principal) : 10,00 €",
        "Facture F-2",
    ),
    (
        f.JugementRendu(
            cle="J",
            chefs=(
                f.ChefJugement(cle="p", montant=D("8000.00"), creances=("A", "B")),
                f.ChefJugement(cle="q", montant=D("300.00"), libelle="clause pénale", creances=("A",)),
            ),
            juridiction="Tribunal de commerce de Villefictive",
            reference="25/00001",
            article_700=D("1500.00"),
            depens=f.ChargeDepens.DEBITEUR,
        ),
        "Jugement",
        (
            "Tribunal de commerce de Villefictive 25/00001|8 000,00 € : somme principale|300,00 € : clause pénale"
            "|1 500,00 € : article 700|Dépens : débiteur|Factures F-1, F-2"
        ),
    ),
    (f.JugementSignifie(decision="J"), "Décision signifiée", "J|Le débiteur"),
    (f.JugementSignifie(decision="J", personnes=("K",)), "Décision signifiée", "J|Personne « K »"),
    (f.DecisionExecutoire(decision="J", motif="certificat"), "Décision exécutoire", "J|certificat"),
    (
        f.DecisionAneantie(decision="J", motif=f.MotifAneantissement.OPPOSITION),
        "Décision anéantie : opposition",
        "J",
    ),
    (f.MajorationFixee(decision="J", points=D("2.50")), "Majoration laissée par le juge : 2,5 point(s)", "J"),
    (
        f.FraisExpose(
            cle="S", nature=f.NatureFrais.ACTE_D_EXECUTION, montant=D("90.00"), libelle="saisie", article="A444-16"
        ),
        "Frais : 90,00 € (acte d’exécution)",
        "saisie|A444-16",
    ),
    (
        f.FraisMisACharge(frais=("S", "T"), charge=f.ChargeFrais.DEBITEUR),
        "Frais mis par le juge à la charge de : débiteur",
        "S, T",
    ),
    (f.AvanceRemboursee(avance="V", montant=D("50.00"), libelle="solde"), "Avance remboursée : 50,00 €", "solde"),
    (
        f.AvanceVersee(cle="V", montant=D("200.00"), a="Étude Exemple", remboursee=D("50.00")),
        "Avance de 200,00 € à Étude Exemple",
        "50,00 € remboursés",
    ),
]


def write(texte):
    return texte.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(("fait", "titre", "details"), EXEMPLES)
def test_chaque_fait_se_lit(fait, titre, details):
    entree = list_entrees([Inscription(rang=2, date_effet=date(2026, 2, 1), fait=fait)], NUMEROS)[0]
    assert write(entree.titre) == titre
    assert write("|".join(entree.details)) == details
    assert (entree.icone, entree.groupe) == ICONES[get_type(fait)]


def test_aucun_fait_n_est_oublie_et_chaque_icone_existe():
    assert {type(fait) for fait, _, _ in EXEMPLES} == set(DESCRIPTIONS)
    dessins = Path(exigible.bureau.pages.__file__).parent.joinpath("static/pages/vendeur/icones.svg").read_text("utf-8")
    assert [nom for nom, _ in ICONES.values() if f'id="{nom}"' not in dessins] == []
