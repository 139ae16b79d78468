"""The courteous messages: what they say to whom, what they never say."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from exigible.actes.controle import is_numero_court, is_numero_surtaxe
from exigible.actes.relance.message import write_relance, write_script_appel
from exigible.actes.typst.texte import normalize_espaces
from exigible.dossier.faits import (
    Adresse,
    AppelPasse,
    Canal,
    ContestationRecue,
    CourrierApprouve,
    CourrierNonDistribue,
    CourrierPoste,
    EcheancePlan,
    Etape,
    IssueAppel,
    ModeEnvoi,
    PaiementRecu,
    PlanConvenu,
    ProcedureCollectiveOuverte,
    Reclamation,
    RelanceFaite,
    SurendettementRecevable,
)
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.regimes import QualitePartie

FACTURES = ["F-2026-001", "F-2026-002"]


def write(etat, etape=Etape.RELANCE, cles=None, **options):
    message = write_relance(etat, etape, cles or [c.cle for c in etat.creances], **options)
    return message, normalize_espaces(message.texte)


def make_consommateur(fabrique):
    return replace(fabrique.DEBITEUR, nom="Dominique Fictif", forme="", qualite=QualitePartie.CONSOMMATEUR)


def test_le_rappel_est_courtois_et_complet(fabrique):
    message, texte = write(fabrique(), reference="DOS-7")
    assert message.objet == "Vos 2\u00a0factures"
    assert message.montant == Decimal("6050.40")
    for attendu in (
        "Sauf erreur de notre part",
        "Si votre paiement s'est croisé avec ce message",
        "– facture F-2026-001 du 01/04/2026, échéance 01/05/2026 : 4 800,00 €",
        "un total de 6 050,40 €",
        "FR76 9999 9000 0100 0000 0000 115",
        "Référence : DOS-7",
        "des pénalités de retard et une indemnité forfaitaire pour frais de recouvrement de 40 € par facture",
        "n'est pas compris dans le montant",
        "Cordialement,",
        "compta@atelier.example",
    ):
        assert attendu in texte
    assert message.manquements == ()


def test_l_objet_ne_dit_ni_dette_ni_retard(fabrique):
    for etape, au in ((Etape.RELANCE, fabrique.AU), (Etape.COURTOISIE, date(2026, 4, 26))):
        objet = write(fabrique(au=au), etape, ["F-2026-001"])[0].objet
        assert objet == "Votre facture F-2026-001"


def test_le_consommateur_n_entend_parler_ni_de_penalites_ni_de_frais(fabrique):
    _, texte = write(fabrique(debiteur=make_consommateur(fabrique)))
    for mot in ("pénalité", "indemnité", "de 40 €", "L441-10", "intérêts"):
        assert mot not in texte
    assert "www.cnil.fr" in texte


def test_l_information_sur_les_donnees_ne_vient_qu_une_fois(fabrique):
    deja = (date(2026, 6, 1), RelanceFaite(etape=Etape.COURTOISIE, canal=Canal.COURRIEL, creances=("F-2026-001",)))
    assert "www.cnil.fr" not in write(fabrique(deja, debiteur=make_consommateur(fabrique)))[1]


def test_ce_qui_est_abandonne_n_est_pas_annonce(fabrique):
    etat = fabrique(penalites=Reclamation.RENONCER, indemnite=Reclamation.ANNONCER)
    _, texte = write(etat)
    assert "une indemnité forfaitaire" in texte
    assert "pénalités" not in texte
    etat = fabrique(penalites=Reclamation.RENONCER, indemnite=Reclamation.RENONCER)
    assert "Pour information" not in write(etat)[1]


def test_l_acheteur_public_a_ses_articles(fabrique):
    debiteur = replace(fabrique.DEBITEUR, qualite=QualitePartie.PERSONNE_PUBLIQUE)
    _, texte = write(fabrique(debiteur=debiteur))
    assert "des intérêts moratoires" in texte
    assert "L2192-13" in texte
    assert "L441-10" not in texte


def test_la_note_de_courtoisie_precede_l_echeance(fabrique):
    etat = fabrique(factures=[fabrique.make_facture(echeance=date(2026, 11, 26), emission=date(2026, 10, 27))])
    message, texte = write(etat, Etape.COURTOISIE)
    assert "l'échéance de la facture suivante approche" in texte
    assert "26/11/2026" in texte
    assert "pénalités" not in texte
    assert message.manquements == ()


def test_on_ne_relance_pas_une_facture_non_echue(fabrique):
    etat = fabrique(factures=[fabrique.make_facture(echeance=date(2026, 11, 26), emission=date(2026, 10, 27))])
    with pytest.raises(ErreurExigible) as refus:
        write(etat, Etape.RELANCE)
    assert "BL-07" in refus.value.parametres["regle"]


def test_la_partie_contestee_n_est_pas_demandee(fabrique):
    conteste = ContestationRecue(cle="k", creances=("F-2026-001",), motif="erreur", montant=Decimal("800.00"))
    message, texte = write(fabrique((date(2026, 8, 1), conteste)), cles=["F-2026-001"])
    assert message.montant == Decimal("4000.00")
    assert "4 000,00 €" in texte


@pytest.mark.parametrize(
    ("champs", "regle"),
    [
        ({"qualite": QualitePartie.INCONNUE}, "MD-01"),
        ({"nom": ""}, "MD-01"),
        ({"adresse": Adresse(), "courriel": "", "telephone": ""}, "MD-01"),
    ],
)
def test_inconnu_rien_ne_part(fabrique, champs, regle):
    with pytest.raises(ErreurExigible) as refus:
        write(fabrique(debiteur=replace(fabrique.DEBITEUR, **champs)))
    assert refus.value.code == "acte_refuse"
    assert regle in refus.value.parametres["regle"]


def test_une_adresse_de_courriel_suffit_a_un_message(fabrique):
    debiteur = replace(fabrique.DEBITEUR, adresse=Adresse(), courriel="compta@fictive.example")
    assert write(fabrique(debiteur=debiteur))[0].montant == Decimal("6050.40")


def test_un_plan_tenu_arrete_les_relances(fabrique):
    plan = PlanConvenu(
        cle="k", creances=tuple(FACTURES), echeances=(EcheancePlan(date(2026, 12, 1), Decimal("6050.40")),)
    )
    with pytest.raises(ErreurExigible) as refus:
        write(fabrique((date(2026, 11, 1), plan)))
    assert "BL-09" in refus.value.parametres["regle"]


def test_la_mise_en_demeure_n_est_pas_un_message(fabrique):
    with pytest.raises(ErreurSaisie, match="pas de message"):
        write_relance(fabrique(), Etape.MISE_EN_DEMEURE, FACTURES)
    with pytest.raises(ErreurSaisie, match="au moins une"):
        write_relance(fabrique(), Etape.RELANCE, [])


def test_le_script_d_appel(fabrique):
    message = write_script_appel(fabrique(), FACTURES)
    texte = normalize_espaces(message.texte)
    assert "ici Atelier Exemple" in texte
    assert "Puis-je parler à la personne qui suit les règlements de Menuiserie Fictive" in texte
    assert "sans dire l'objet de l'appel" in texte
    assert "6 050,40 €" in texte
    assert "4. Convenir" in texte
    with pytest.raises(ErreurExigible):
        write_script_appel(fabrique(debiteur=replace(fabrique.DEBITEUR, qualite=QualitePartie.INCONNUE)), FACTURES)


A_ECHOIR = {"emission": date(2026, 10, 27), "echeance": date(2026, 11, 26)}
PAYEE = PaiementRecu(cle="p", montant=Decimal("4800.00"), creances=("F-2026-001",))


@pytest.mark.parametrize(
    ("fait", "regle"),
    [
        (SurendettementRecevable(), "BL-03"),
        (ProcedureCollectiveOuverte(nature="redressement"), "BL-05"),
        (PAYEE, "BL-11"),
    ],
)
def test_la_note_de_courtoisie_n_echappe_pas_a_ce_qui_bloque(fabrique, fait, regle):
    etat = fabrique(
        (date(2026, 11, 10), fait),
        debiteur=make_consommateur(fabrique),
        factures=[fabrique.make_facture(**A_ECHOIR)],
    )
    with pytest.raises(ErreurExigible) as refus:
        write(etat, Etape.COURTOISIE)
    assert regle in refus.value.parametres["regle"].split(", ")


@pytest.mark.parametrize(
    ("echeance", "dit"),
    [(None, "n'est pas connue"), (date(2026, 11, 20), "est échue depuis le 20/11/2026")],
)
def test_la_note_de_courtoisie_veut_une_echeance_a_venir(fabrique, echeance, dit):
    etat = fabrique(factures=[fabrique.make_facture(emission=date(2026, 10, 1), echeance=echeance)])
    with pytest.raises(ErreurExigible, match=dit) as refus:
        write(etat, Etape.COURTOISIE)
    assert refus.value.code == "acte_refuse"


def test_la_note_de_courtoisie_passe_encore_le_jour_de_l_echeance(fabrique):
    etat = fabrique(factures=[fabrique.make_facture(emission=date(2026, 10, 1), echeance=fabrique.AU)])
    assert write(etat, Etape.COURTOISIE)[0].manquements == ()


COURRIER = CourrierPoste(courrier="c", acte="mise_en_demeure", creances=("F-2026-001",), mode=ModeEnvoi.LRAR)
APPROBATION = CourrierApprouve(
    courrier="c",
    acte="mise_en_demeure",
    piece="0" * 64,
    creances=("F-2026-001",),
    montant=Decimal("4800.00"),
    delai_jours=15,
    destinataire="Dominique Fictif",
)


@pytest.mark.parametrize(
    ("faits", "encore"),
    [
        ([AppelPasse(creances=("F-2026-001",), issue=IssueAppel.ABOUTI)], True),
        ([APPROBATION], True),
        ([COURRIER], False),
        ([COURRIER, CourrierNonDistribue(courrier="c")], True),
    ],
)
def test_seul_un_ecrit_parti_a_deja_informe_sur_les_donnees(fabrique, faits, encore):
    etat = fabrique(*((date(2026, 9, 1), fait) for fait in faits), debiteur=make_consommateur(fabrique))
    assert ("www.cnil.fr" in write(etat, cles=["F-2026-001"])[1]) == encore


def test_un_desaccord_ouvert_veut_les_coordonnees_du_mediateur(fabrique):
    conteste = ContestationRecue(cle="k", creances=("F-2026-001",), motif="erreur", montant=Decimal("800.00"))
    faits, consommateur = [(date(2026, 8, 1), conteste)], make_consommateur(fabrique)
    message, _ = write(fabrique(*faits, debiteur=consommateur), cles=["F-2026-001"])
    assert [(m.regle, m.severite) for m in message.manquements] == [("ME-11", "majeur")]
    creancier = replace(fabrique.CREANCIER, mediateur="Médiation Fictive, 99000 Villefictive")
    message, texte = write(fabrique(*faits, debiteur=consommateur, creancier=creancier), cles=["F-2026-001"])
    assert message.manquements == ()
    assert "Médiation Fictive, 99000 Villefictive" in texte
    assert "Médiation Fictive" not in write(fabrique(debiteur=consommateur, creancier=creancier))[1]


def test_a_une_personne_physique_l_objet_ne_se_dit_qu_apres_l_avoir_reconnue(fabrique):
    script = write_script_appel(fabrique(debiteur=make_consommateur(fabrique)), FACTURES)
    texte = normalize_espaces(script.texte)
    avant, apres = texte.split("2. Dire le fait")
    assert "Puis-je parler à Dominique Fictif ?" in avant
    assert "s'assurer que c'est bien la personne concernée" in avant
    for mot in ("règlement", "facture", "€"):
        assert mot not in avant
    assert "Avez-vous bien reçu les factures ?" in apres
    seule = normalize_espaces(write_script_appel(fabrique(), ["F-2026-001"]).texte)
    assert "Avez-vous bien reçu la facture ?" in seule
    assert "la personne qui suit les règlements" in seule


@pytest.mark.parametrize(
    ("numero", "surtaxe"),
    [
        ("0899 12 34 56", True),
        ("08.92.12.34.56", True),
        ("+33 8 90 12 34 56", True),
        ("+33 (0)8 99 12 34 56", True),
        ("0033899123456", True),
        ("+33 89 91 23 456", True),
        ("01 99 00 12 34 / 0899123456", True),
        ("01 99 00 12 34", False),
        ("01 08 99 12 34", False),
        ("+33 1 89 99 12 34", False),
        ("0810 12 34 56", True),
        ("0826.12.34.56", True),
        ("+33 (0)8 20 12 34 56", True),
        ("118 218 (2,99 € l'appel)", True),
        ("118218", True),
        ("0800 89 12 34", False),
        ("0805 12 34 56", False),
        ("0809 12 34 56", False),
        ("01 18 21 81 18", False),
        ("04 82 12 34 56", False),
        ("3939", False),
        ("", False),
    ],
)
def test_un_numero_081_082_089_ou_118_est_surtaxe(numero, surtaxe):
    assert is_numero_surtaxe(numero) == surtaxe


@pytest.mark.parametrize(
    ("numero", "court"),
    [
        ("3939", True),
        ("36 40", True),
        ("1014", True),
        ("01 99 00 12 34 / 3260", True),
        ("3020", False),
        ("31 14", False),
        ("118 218", False),
        ("01 99 00 12 34 poste 3912", False),
        ("01 99 00 39 39", False),
        ("", False),
    ],
)
def test_un_numero_court_dont_le_tarif_n_est_pas_connu(numero, court):
    assert is_numero_court(numero) == court


def test_un_numero_court_donne_a_un_consommateur_est_signale_sans_refus(fabrique):
    creancier = replace(fabrique.CREANCIER, telephone="3939")
    (manquement,) = write(fabrique(debiteur=make_consommateur(fabrique), creancier=creancier))[0].manquements
    assert (manquement.regle, manquement.severite) == ("MD-03", "mineur")
    assert "à vérifier" in manquement.message
    assert write(fabrique(creancier=creancier))[0].manquements == ()


def test_un_titre_reserve_a_cote_du_nom_est_vu(fabrique):
    creancier = replace(fabrique.CREANCIER, signataire="Dominique Fictif, avocat", fonction="")
    with pytest.raises(ErreurExigible) as refus:
        write(fabrique(creancier=creancier))
    assert "CO-05" in refus.value.parametres["regle"]


def test_un_numero_surtaxe_n_est_pas_donne_a_un_consommateur(fabrique):
    creancier = replace(fabrique.CREANCIER, telephone="0899 12 34 56")
    with pytest.raises(ErreurExigible) as refus:
        write(fabrique(debiteur=make_consommateur(fabrique), creancier=creancier))
    assert refus.value.parametres["regle"] == "FR-16"
    assert write(fabrique(creancier=creancier))[0].manquements == ()


def test_le_deuxieme_rappel_est_plus_ferme(fabrique):
    deja = (date(2026, 8, 3), RelanceFaite(etape=Etape.RELANCE, canal=Canal.COURRIEL, creances=("F-2026-001",)))
    _, texte = write(fabrique(deja), cles=["F-2026-001"])
    assert "Malgré notre message du 03/08/2026, nous n'avons pas reçu le règlement de la facture suivante" in texte
    assert "la loi prévoit, sans rappel nécessaire, des pénalités de retard" in texte
    assert "Sauf erreur" not in texte
    assert "Malgré" not in write(fabrique(deja), cles=["F-2026-002"])[1]


def test_le_texte_d_une_personne_est_lu_par_les_memes_regles(fabrique):
    etat = fabrique(debiteur=make_consommateur(fabrique))
    message, texte = write(etat)
    garde = write(etat, texte_saisi=message.texte.replace("Nous vous remercions", "Merci"))[0]
    assert garde.manquements == ()
    assert garde.texte.startswith("Bonjour,")
    assert "Merci de bien vouloir" in garde.texte
    with pytest.raises(ErreurExigible) as refus:
        write(etat, texte_saisi="Payez.")
    assert "ME-07" in refus.value.parametres["regle"]
    with pytest.raises(ErreurExigible) as refus:
        write(etat, texte_saisi=f"{texte} Sinon, nous pourrions informer votre employeur.")
    assert "CO-03" in refus.value.parametres["regle"]


def test_la_fiche_du_compte_rendu_ne_va_pas_dans_le_script(fabrique):
    texte = write_script_appel(fabrique(), FACTURES).texte
    assert "…" not in texte
    assert "À noter" not in texte


def test_une_personne_publique_n_est_pas_une_personne_physique(fabrique):
    debiteur = replace(fabrique.DEBITEUR, qualite=QualitePartie.PERSONNE_PUBLIQUE, personne_physique=None)
    etat = fabrique(debiteur=debiteur)
    assert "la personne qui suit les règlements" in normalize_espaces(write_script_appel(etat, FACTURES).texte)
    assert "Vos données personnelles" not in write(etat)[0].texte
