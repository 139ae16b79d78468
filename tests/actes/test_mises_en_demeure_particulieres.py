"""Formal notices to a tenant, a co-owner, a surety: what each may claim, and what it proposes by itself."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from exigible.actes.contexte import propose_reponses
from exigible.actes.demande import build_demande
from exigible.actes.mise_en_demeure.rendu import prepare_mise_en_demeure
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte
from exigible.actes.rendu import render_acte
from exigible.actes.typst.texte import normalize_espaces
from exigible.dossier.faits import (
    Adresse,
    CautionInformee,
    CourrierPoste,
    CourrierPresente,
    ModeEnvoi,
    PaiementRecu,
    PersonneTenue,
    ProcedureCollectiveOuverte,
    RolePersonne,
)
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie

GAGE = Adresse(lignes=("9 rue du Gage",), code_postal="99100", ville="Testville")


def prepare(nom, etat, creances=None, **saisies):
    modele = get_modele(nom)
    proposees = {**propose_reponses(modele, etat), **saisies}
    return prepare_acte(build_demande(modele, etat, creances=creances, saisies=proposees))


def tenir(role=RolePersonne.CAUTION_SOLIDAIRE, cle="ca", **champs):
    return PersonneTenue(cle=cle, nom="Sacha Caution-Fictive", role=role, adresse=GAGE, **champs)


def read(prepare):
    return normalize_espaces(prepare.texte)


# --- Whom a notice puts on notice -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("acte", "met_en_demeure"),
    [
        ("mise_en_demeure", True),
        ("mise_en_demeure_bail", True),
        ("mise_en_demeure_copropriete", True),
        ("mise_en_demeure_caution", False),
        ("relance_3", False),
    ],
)
def test_seule_une_lettre_au_debiteur_le_met_en_demeure(fabrique, acte, met_en_demeure):
    poste = CourrierPoste(courrier="c", acte=acte, creances=("F-2026-001",), mode=ModeEnvoi.LRAR)
    faits = [(date(2026, 9, 8), poste), (date(2026, 9, 10), CourrierPresente(courrier="c"))]
    creance, _ = fabrique(*faits, debiteur=fabrique.CONSOMMATEUR).creances
    assert (creance.en_demeure_le == date(2026, 9, 10)) == met_en_demeure
    assert (creance.interets > 0) == met_en_demeure


# --- The tenant -------------------------------------------------------------------------------------------------------


def test_un_loyer_ne_porte_aucune_penalite_quelle_que_soit_la_lettre(fabrique):
    """A tenant recorded as a professional by mistake: the ordinary letter is refused too."""
    etat = fabrique(factures=[fabrique.make_facture(nature="loyer_habitation")])
    assert etat.decompte.interets > 0
    with pytest.raises(ErreurExigible) as refus:
        prepare_mise_en_demeure(etat, ["F-2026-001"])
    assert "FR-11" in refus.value.parametres["regle"]


def test_le_loyer_et_les_charges_font_la_somme(fabrique):
    etat = fabrique(debiteur=fabrique.CONSOMMATEUR, factures=[fabrique.make_facture(montant="820.00")])
    texte = read(prepare("mise_en_demeure_bail", etat, bail_du="01/09/2024", charges="70,50"))
    assert "749,50 € de loyer et 70,50 € de charges" in texte
    assert "12 avenue des Tests, 99100 TESTVILLE" in texte
    assert "n'est pas ce commandement" in texte
    assert "commandement de payer" not in texte


# --- The co-owner -----------------------------------------------------------------------------------------------------


@pytest.fixture
def copropriete(fabrique):
    def make(*libelles, **champs):
        factures = [
            fabrique.make_facture(f"A-{rang}", "100.00", libelle=libelle, nature="charges_copropriete")
            for rang, libelle in enumerate(libelles, start=1)
        ]
        return fabrique(debiteur=fabrique.CONSOMMATEUR, factures=factures, **champs)

    return make


SAISIES = {
    "immeuble": "Résidence Fictive",
    "lots": "lot n° 12",
    "syndic": "Cabinet Syndic-Fictif",
    "assemblees": "assemblée du 12 mars 2026",
    "exercice": "2026",
}


def test_la_lettre_ordinaire_ne_detaille_pas_assez_pour_un_coproprietaire(copropriete):
    with pytest.raises(ErreurExigible) as refus:
        prepare_mise_en_demeure(copropriete("Provision du 3e trimestre"), ["A-1"])
    assert refus.value.parametres["regle"] == "ME-09"


def test_la_nature_de_chaque_appel_est_proposee_et_sommee(copropriete):
    etat = copropriete("Budget, T3", "Budget, T4", "Travaux de toiture", "Fonds de travaux", "Régularisation 2025")
    acte = prepare("mise_en_demeure_copropriete", etat, **SAISIES)
    texte = read(acte)
    assert acte.utilisable
    assert "A-4 | cotisation au fonds de travaux (article 14-2-1)" in texte
    assert "Provision du budget prévisionnel (article 14-1) | 200,00 €" in texte
    assert "Provision pour travaux hors budget (article 14-2) | 100,00 €" in texte
    assert "Solde de charges d'un exercice clos, après approbation des comptes | 100,00 €" in texte
    assert "Total à payer | 500,00 €" in texte


def test_un_libelle_muet_est_demande(copropriete):
    with pytest.raises(ErreurSaisie, match="La nature de « A-2 »") as refus:
        prepare("mise_en_demeure_copropriete", copropriete("Budget, T3", "Divers"), **SAISIES)
    assert refus.value.champ == "natures"


def test_trente_jours_au_moins(copropriete):
    etat = copropriete("Budget, T3")
    with pytest.raises(ErreurSaisie, match="trente jours") as refus:
        prepare("mise_en_demeure_copropriete", etat, delai_jours="29", **SAISIES)
    assert refus.value.champ == "delai_jours"
    acte = prepare("mise_en_demeure_copropriete", etat, delai_jours="45", **SAISIES)
    assert "dans un délai de 45 jours à compter du lendemain de la première présentation" in read(acte)
    assert render_acte(acte).delai_jours == 45


# --- The surety -------------------------------------------------------------------------------------------------------


def test_une_caution_ne_paie_pas_plus_que_sa_limite(fabrique):
    etat = fabrique(tenir(plafond=Decimal("1000.00"), personne_physique=True))
    acte = prepare("mise_en_demeure_caution", etat, engagement_du="02/01/2026")
    texte = read(acte)
    assert acte.document.tete.destinataire == ("Sacha Caution-Fictive", "9 rue du Gage", "99100 TESTVILLE")
    assert "caution solidaire de Menuiserie Fictive, débiteur principal" in texte
    assert "payer, en qualité de caution, la somme de 1 000,00 €" in texte
    assert "Cette somme est la limite de votre engagement" in texte
    assert "recueillis auprès de vous ou du débiteur" in texte
    assert "Montant : 1 000,00 €" in texte
    assert render_acte(acte).montant == Decimal("1000.00")
    assert "caution_plafond" in {a.code for a in acte.avertissements}


def test_ce_qu_elle_a_deja_paye_baisse_sa_limite(fabrique):
    paye = (date(2026, 9, 3), PaiementRecu(cle="p", montant=Decimal("400.00"), payeur="ca"))
    etat = fabrique(tenir(plafond=Decimal("1000.00"), personne_physique=False), paye)
    assert "la somme de 600,00 €" in read(prepare("mise_en_demeure_caution", etat, engagement_du="02/01/2026"))


def test_une_caution_simple_peut_faire_poursuivre_le_debiteur_d_abord(fabrique):
    etat = fabrique(tenir(RolePersonne.CAUTION_SIMPLE, personne_physique=False))
    texte = read(prepare("mise_en_demeure_caution", etat, engagement_du="02/01/2026"))
    assert "Vous pouvez demander que nous poursuivions d'abord le débiteur" in texte
    assert "minimum de ressources" not in texte
    assert "Vos données personnelles" not in texte
    renoncee = read(prepare("mise_en_demeure_caution", etat, engagement_du="02/01/2026", renonciation="oui"))
    assert "Vous avez renoncé, dans l'acte" in renoncee


def test_les_interets_courus_sans_information_ne_sont_pas_demandes(fabrique):
    """C. civ. 2303: a natural person told late owes the principal, not what ran before."""
    jamais = fabrique(tenir(personne_physique=True))
    informee = fabrique(
        tenir(personne_physique=True),
        (date(2026, 5, 20), CautionInformee(personne="ca")),
        (date(2026, 7, 20), CautionInformee(personne="ca")),
    )
    acte = prepare("mise_en_demeure_caution", jamais, engagement_du="02/01/2026")
    assert "ne vous sont pas réclamés (articles 2302 et 2303" in read(acte)
    assert "caution_non_informee" in {a.code for a in acte.avertissements}
    assert jamais.personnes[1].reclamable < informee.personnes[1].reclamable


def test_une_facture_qu_elle_ne_garantit_pas_est_refusee(fabrique):
    etat = fabrique(tenir(creances=("F-2026-001",), personne_physique=False))
    with pytest.raises(ErreurExigible, match="ne garantit pas la facture F-2026-002"):
        prepare("mise_en_demeure_caution", etat, engagement_du="02/01/2026")
    seule = prepare("mise_en_demeure_caution", etat, ["F-2026-001"], engagement_du="02/01/2026")
    assert seule.demande.totaux.principal == Decimal("4800.00")


def test_la_procedure_du_debiteur_protege_la_caution_personne_physique_seule(fabrique):
    """C. com. L622-28 al. 2: during the observation period, no action against natural persons bound with the debtor."""
    ouverte = (date(2026, 9, 1), ProcedureCollectiveOuverte(nature="redressement"))
    physique = fabrique(tenir(personne_physique=True), ouverte)
    with pytest.raises(ErreurExigible, match="personnes physiques"):
        prepare("mise_en_demeure_caution", physique, engagement_du="02/01/2026")
    morale = fabrique(tenir(personne_physique=False), ouverte)
    assert prepare("mise_en_demeure_caution", morale, engagement_du="02/01/2026").utilisable


def test_un_codebiteur_n_est_pas_une_caution(fabrique):
    etat = fabrique(tenir(RolePersonne.CODEBITEUR_SOLIDAIRE))
    with pytest.raises(ErreurSaisie, match="portée caution"):
        prepare("mise_en_demeure_caution", etat, caution="ca", engagement_du="02/01/2026")


# --- Without a choice -------------------------------------------------------------------------------------------------


def test_la_note_de_courtoisie_prend_seule_ce_qui_n_est_pas_echu(fabrique):
    factures = [
        fabrique.make_facture(),
        fabrique.make_facture("F-B", "20.00", date(2026, 11, 1), date(2026, 12, 20)),
        fabrique.make_facture("F-A", "10.00", date(2026, 11, 1), date(2026, 12, 1)),
        fabrique.make_facture("F-C", "30.00", date(2026, 11, 1), None),
    ]
    acte = prepare("courtoisie", fabrique(factures=factures))
    assert [s.cle for s in acte.demande.sommes] == ["F-A", "F-B"]


def test_un_debiteur_sans_fiche_ne_recoit_rien(fabrique):
    etat = fabrique(tenir(personne_physique=False), debiteur=replace(fabrique.DEBITEUR, nom=" "))
    with pytest.raises(ErreurExigible) as refus:
        prepare("mise_en_demeure_caution", etat, engagement_du="02/01/2026")
    assert "MD-01" in refus.value.parametres["regle"]
