"""Enforcement, protective measures, insolvency: short chronologies, and where each one leads."""

from datetime import date

import pytest

from exigible.dossier.faits import Adresse, DebiteurDecrit, EtapeFranchie, ProcedureOuverte
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.dossier.procedures.causes import list_causes
from exigible.dossier.procedures.plier import fold_procedures
from exigible.droit.delais import Distance

CREANCIER = CreancierDecrit(nom="Atelier Exemple SAS")
DEBITEUR = DebiteurDecrit(
    nom="Client Exemple SARL",
    adresse=Adresse(lignes=("1 rue de l'Exemple",), code_postal="99999", ville="Villefictive"),
)


def plier(histoire, au, distance=None):
    """Play `PROCEDURE: day event, day event@hearing…`; the first event opens it."""
    procedure, _, suite = histoire.partition(": ")
    faits = []
    for rang, texte in enumerate(suite.split(", ")):
        jour, _, evenement = texte.partition(" ")
        evenement, _, audience = evenement.partition("@")
        quand = date.fromisoformat(audience) if audience else None
        fait = (
            EtapeFranchie(procedure="p", evenement=evenement, audience=quand)
            if rang
            else ProcedureOuverte(cle="p", procedure=procedure, evenement=evenement, distance=distance)
        )
        faits.append((date.fromisoformat(jour), fait))
    return fold_procedures(faits, CREANCIER, [(date.min, DEBITEUR)], date.fromisoformat(au))


SATT = "SATT: 2026-11-03 acte_de_saisie"
SDR = "SDR: 2026-01-05 commandement_saisie_remunerations"
SDR_INSCRITE = f"{SDR}, 2026-01-06 inscription_registre"
SDR_PV = f"{SDR_INSCRITE}, 2026-01-20 designation, 2026-02-10 pv_saisie"
SDR_RETENUES = f"{SDR_PV}, 2026-02-10 inscription_pv, 2026-02-12 denonciation_pv"
SV = "SV: 2026-01-05 commandement_saisie_vente"
SV_SAISIE = f"{SV}, 2026-01-20 saisie, 2026-01-20 notification_saisie"
SI = "SI: 2026-01-05 commandement_saisie_immobiliere"
SI_ORIENTATION = f"{SI}, 2026-02-05 publication_commandement, 2026-03-05 assignation_orientation@2026-05-05"
SI_FORCEE = f"{SI_ORIENTATION}, 2026-05-20 jugement_vente_forcee@2026-09-10"
CONS = "CONSERV: 2026-01-05 autorisation"
CONS_ACTION = f"{CONS}, 2026-01-20 introduction_action"
CONS_CREANCE = f"{CONS}, 2026-02-02 saisie_conservatoire_creance"
CONS_FAITE = f"{CONS_CREANCE}, 2026-02-06 denonciation_debiteur, 2026-02-20 introduction_action"
CONS_TENUE = f"{CONS_FAITE}, 2026-02-25 signification_diligences_tiers"
SURETE = f"{CONS}, 2026-02-02 surete_provisoire, 2026-02-06 denonciation_debiteur, 2026-02-20 introduction_action"
PC = "PC: 2026-01-05 jugement_ouverture"
PC_PUBLIEE = f"{PC}, 2026-01-14 publication_bodacc"
PC_DECLAREE = f"{PC_PUBLIEE}, 2026-03-16 declaration_creance"
PC_FORCLOSE = f"{PC_PUBLIEE}, 2026-04-20 requete_releve"
SUREND = "SUREND: 2026-01-05 depot_dossier, 2026-02-05 recevabilite"

ETATS = [
    # Saisie-attribution : dénoncée le mardi 3 novembre, huit jours, le 11 est férié : jusqu'au jeudi 12
    (SATT, "2026-11-12", "SATT_SIGNIFIEE"),
    (SATT, "2026-11-13", "SATT_CADUQUE"),
    (f"{SATT}, 2026-11-12 denonciation", "2026-11-30", "SATT_DENONCEE"),
    (f"{SATT}, 2026-11-13 denonciation", "2026-11-30", "SATT_CADUQUE"),
    (f"{SATT}, 2026-11-05 declaration_negative", "2026-11-12", "SATT_SIGNIFIEE"),
    (f"{SATT}, 2026-11-05 declaration_negative", "2026-11-30", "SATT_CADUQUE"),
    (f"{SATT}, 2026-11-05 declaration_negative, 2026-11-10 denonciation", "2026-11-30", "SATT_INFRUCTUEUSE"),
    (f"{SATT}, 2026-11-10 denonciation, 2026-11-20 declaration_negative", "2026-11-30", "SATT_INFRUCTUEUSE"),
    (f"{SATT}, 2026-11-05 denonciation, 2026-12-07 certificat_non_contestation", "2026-12-31", "SATT_PAYEE"),
    (f"{SATT}, 2026-11-05 denonciation, 2026-11-10 acquiescement", "2026-12-31", "SATT_PAYEE"),
    (f"{SATT}, 2026-11-05 denonciation, 2026-12-01 contestation", "2026-12-31", "SATT_CONTESTEE"),
    (
        f"{SATT}, 2026-11-05 denonciation, 2026-12-01 contestation, 2027-02-01 rejet_contestation",
        "2027-03-01",
        "SATT_PAYEE",
    ),
    (
        f"{SATT}, 2026-11-05 denonciation, 2026-12-01 contestation, 2027-02-01 mainlevee_judiciaire",
        "2027-03-01",
        "SATT_LEVEE",
    ),
    # Saisie des rémunérations
    (SDR, "2026-01-06", "SDR_COMMANDEMENT"),
    (SDR, "2026-01-07", "SDR_CADUQUE"),
    (SDR_INSCRITE, "2026-04-07", "SDR_INSCRITE"),
    (SDR_INSCRITE, "2026-04-08", "SDR_CADUQUE"),
    (f"{SDR_INSCRITE}, 2026-01-20 designation", "2026-04-08", "SDR_CADUQUE"),
    (f"{SDR_INSCRITE}, 2026-03-20 accord", "2027-01-01", "SDR_ACCORD"),
    (f"{SDR_INSCRITE}, 2026-03-20 accord, 2026-06-01 accord_inexecute", "2027-01-01", "SDR_REPARTITEUR"),
    (
        f"{SDR_INSCRITE}, 2026-03-20 accord, 2026-06-01 accord_inexecute, 2026-06-10 pv_saisie",
        "2026-06-11",
        "SDR_SAISIE",
    ),
    (f"{SDR_INSCRITE}, 2026-01-30 contestation_suspensive", "2027-01-01", "SDR_CONTESTEE"),
    (SDR_PV, "2026-02-11", "SDR_SAISIE"),
    (SDR_PV, "2026-02-12", "SDR_PV_CADUC"),
    (f"{SDR_PV}, 2026-02-10 inscription_pv", "2026-02-18", "SDR_SAISIE"),
    (f"{SDR_PV}, 2026-02-10 inscription_pv", "2026-02-19", "SDR_PV_CADUC"),
    (SDR_RETENUES, "2027-01-01", "SDR_EN_COURS"),
    (f"{SDR_PV}, 2026-02-10 denonciation_pv, 2026-02-11 inscription_pv", "2027-01-01", "SDR_EN_COURS"),
    (f"{SDR_RETENUES}, 2026-06-01 fin_lien_employeur", "2027-06-01", "SDR_SANS_EMPLOYEUR"),
    (f"{SDR_RETENUES}, 2026-06-01 fin_lien_employeur", "2027-06-02", "SDR_FIN"),
    # le nouvel employeur : l'inscription et la dénonciation faites pour le premier ne comptent pas
    (f"{SDR_RETENUES}, 2026-06-01 fin_lien_employeur, 2026-09-01 nouvel_acte_saisie", "2026-09-03", "SDR_PV_CADUC"),
    (
        (
            f"{SDR_RETENUES}, 2026-06-01 fin_lien_employeur, 2026-09-01 nouvel_acte_saisie, 2026-09-01 inscription_pv, "
            "2026-09-04 denonciation_pv"
        ),
        "2027-06-30",
        "SDR_EN_COURS",
    ),
    (f"{SDR_PV}, 2026-03-01 mention_caducite", "2026-06-01", "SDR_PV_CADUC"),
    (f"{SDR_PV}, 2026-03-01 mention_caducite", "2026-06-02", "SDR_FIN"),
    (f"{SDR_PV}, 2026-03-01 mention_caducite, 2026-05-04 reiteration_pv", "2026-05-04", "SDR_SAISIE"),
    (f"{SDR_RETENUES}, 2028-06-01 dette_apuree_ou_mainlevee", "2028-07-01", "SDR_FIN"),
    # Saisie-vente
    (SV, "2028-01-05", "SV_CDT"),
    (SV, "2028-01-06", "SV_PERIME"),
    (f"{SV}, 2027-06-01 acte_execution", "2029-01-06", "SV_CDT"),
    (f"{SV}, 2026-01-20 aucun_bien", "2026-02-01", "SV_CARENCE"),
    (f"{SV}, 2026-01-20 saisie", "2026-03-01", "SV_SAISIE"),
    (f"{SV}, 2026-01-20 saisie_chez_un_tiers", "2026-01-28", "SV_SAISIE"),
    (f"{SV}, 2026-01-20 saisie_chez_un_tiers", "2026-01-29", "SV_CADUQUE"),
    (f"{SV}, 2026-01-20 saisie_chez_un_tiers, 2026-01-26 notification_saisie", "2026-02-10", "SV_VENTE_AMIABLE"),
    (f"{SV_SAISIE}, 2026-02-10 vente_amiable", "2026-03-01", "SV_VENDU_AMIABLE"),
    (f"{SV_SAISIE}, 2026-02-24 affichage_et_avis, 2026-03-10 vente_forcee", "2026-04-01", "SV_VENTE_FORCEE"),
    # Saisie immobilière
    (SI, "2026-03-05", "SI_CDT"),
    (SI, "2026-03-06", "SI_CADUC"),
    (f"{SI}, 2026-02-05 publication_commandement", "2026-04-08", "SI_CADUC"),
    (SI_ORIENTATION, "2031-02-05", "SI_ORIENTATION"),
    (SI_ORIENTATION, "2031-02-06", "SI_CADUC"),
    (f"{SI_ORIENTATION}, 2030-06-03 prorogation_commandement", "2031-02-06", "SI_ORIENTATION"),
    (SI_FORCEE, "2026-08-10", "SI_VENTE_FORCEE"),
    (SI_FORCEE, "2026-08-11", "SI_CADUC"),
    (f"{SI_ORIENTATION}, 2026-05-20 jugement_vente_forcee", "2026-12-01", "SI_VENTE_FORCEE"),
    (f"{SI_FORCEE}, 2026-07-20 publicite_vente, 2026-09-10 adjudication", "2026-09-21", "SI_ADJUGEE"),
    (
        f"{SI_FORCEE}, 2026-07-20 publicite_vente, 2026-09-10 adjudication, 2026-10-20 versement_prix",
        "2026-12-01",
        "SI_ADJUDICATION",
    ),
    # Mesures conservatoires
    (CONS, "2026-04-07", "CONS_AUTORISATION"),
    (CONS, "2026-04-08", "CONS_AUTO_CADUQUE"),
    ("CONSERV: 2026-01-05 dispense_autorisation", "2027-01-01", "CONS_AUTORISATION"),
    (CONS_CREANCE, "2026-02-10", "CONS_PRATIQUEE"),
    (CONS_CREANCE, "2026-02-11", "CONS_CADUQUE"),
    (f"{CONS_CREANCE}, 2026-02-06 denonciation_debiteur", "2026-03-03", "CONS_CADUQUE"),
    (CONS_FAITE, "2026-03-03", "CONS_CADUQUE"),
    (CONS_TENUE, "2027-06-01", "CONS_PRATIQUEE"),
    (f"{CONS_TENUE}, 2026-04-01 rejet_injonction", "2026-05-05", "CONS_CADUQUE"),
    (
        (
            f"{CONS_TENUE}, 2026-04-01 rejet_injonction, 2026-04-20 action_apres_rejet, "
            "2026-04-22 signification_diligences_tiers"
        ),
        "2026-06-05",
        "CONS_PRATIQUEE",
    ),
    (
        "CONSERV: 2026-01-05 dispense_titre, 2026-02-02 saisie_conservatoire_creance, 2026-02-06 denonciation_debiteur",
        "2027-01-01",
        "CONS_PRATIQUEE",
    ),
    (
        f"{CONS_ACTION}, 2026-02-02 saisie_conservatoire_meubles",
        "2027-01-01",
        "CONS_PRATIQUEE",
    ),
    # l'action a précédé la mesure : le texte ne dit pas que la mesure tombe si le tiers n'en reçoit pas copie
    (
        f"{CONS_ACTION}, 2026-02-02 saisie_conservatoire_creance, 2026-02-06 denonciation_debiteur",
        "2027-01-01",
        "CONS_PRATIQUEE",
    ),
    (SURETE, "2029-02-02", "CONS_PRATIQUEE"),
    (SURETE, "2029-02-03", "CONS_CADUQUE"),
    (f"{SURETE}, 2029-01-10 renouvellement_publicite", "2031-01-01", "CONS_PRATIQUEE"),
    (f"{SURETE}, 2026-10-01 titre_definitif", "2026-12-02", "CONS_CADUQUE"),
    (f"{SURETE}, 2026-10-01 titre_definitif, 2026-11-20 publicite_definitive", "2027-01-01", "CONS_SURETE"),
    (
        (
            f"{CONS_TENUE}, 2026-09-01 conversion_saisie_attribution, 2026-09-04 signification_conversion_debiteur, "
            "2026-09-10 contestation_conversion"
        ),
        "2027-01-01",
        "CONS_CONV_CONTESTEE",
    ),
    # Procédure collective
    (PC, "2027-01-01", "PC_OUVERTE"),
    (PC_DECLAREE, "2026-05-01", "PC_DECLAREE"),
    # les quatre mois finissent le jeudi 14 mai, jour de l'Ascension
    (PC_PUBLIEE, "2026-05-15", "PC_OUVERTE"),
    (PC_PUBLIEE, "2026-05-16", "PC_FORCLOSE"),
    (f"{PC_DECLAREE}, 2026-09-01 admission", "2026-12-01", "PC_ADMISE"),
    (
        (
            f"{PC_DECLAREE}, 2026-09-01 discussion, 2026-09-20 reponse_creancier, "
            "2026-12-01 renvoi_juge_competent, 2026-12-20 saisine_juge_competent, 2028-01-10 admission, "
            "2028-02-01 plan_arrete"
        ),
        "2028-03-01",
        "PC_PLAN",
    ),
    (
        f"{PC_DECLAREE}, 2026-11-01 discussion, 2027-01-05 rejet_creance",
        "2027-02-01",
        "PC_REJETEE",
    ),
    (f"{PC_DECLAREE}, 2028-06-01 cloture", "2028-07-01", "PC_CLOTURE"),
    # Surendettement
    (SUREND, "2028-02-05", "SUREND_RECEVABLE"),
    (SUREND, "2028-02-06", "SUREND_EXPIREE"),
    (f"{SUREND}, 2026-06-01 notification_mesures", "2026-07-01", "SUREND_MESURES"),
    (f"{SUREND}, 2026-06-01 notification_mesures", "2026-07-02", "SUREND_PLAN"),
    (f"{SUREND}, 2026-06-01 notification_mesures, 2026-06-20 contestation_mesures", "2026-09-01", "SUREND_CONTESTEE"),
    (f"{SUREND}, 2026-06-01 notification_retablissement", "2026-07-02", "SUREND_EFFACE"),
    (f"{SUREND}, 2026-06-01 publicite_retablissement", "2026-08-04", "SUREND_EFFACE"),
    (f"{SUREND}, 2026-04-01 proposition_plan, 2026-06-01 plan_approuve", "2026-09-01", "SUREND_PLAN"),
    ("SUREND: 2026-02-05 recevabilite", "2026-03-01", "SUREND_RECEVABLE"),
]


@pytest.mark.parametrize(("histoire", "au", "etat"), ETATS)
def test_chaque_chronologie_mene_ou_le_texte_le_dit(histoire, au, etat):
    (procedure, *_), avertissements = plier(histoire, au).liste, plier(histoire, au).avertissements
    assert procedure.etat.code == etat
    impossibles = [a for a in (*avertissements, *procedure.avertissements) if "impossible" in a.code]
    manques = [a.message for a in impossibles if "denonciation" not in histoire]
    assert manques == []


@pytest.mark.parametrize(
    ("distance", "au", "etat"),
    [
        (Distance.AUCUNE, "2026-03-16", "PC_OUVERTE"),
        (Distance.AUCUNE, "2026-03-17", "PC_FORCLOSE"),
        (Distance.OUTRE_MER, "2026-05-15", "PC_OUVERTE"),
        (Distance.ETRANGER, "2026-05-16", "PC_FORCLOSE"),
        (None, "2026-03-17", "PC_OUVERTE"),
    ],
)
def test_la_distance_du_creancier_allonge_sa_declaration(distance, au, etat):
    assert plier(PC_PUBLIEE, au, distance).liste[0].etat.code == etat


def test_l_avertissement_personnel_fait_partir_le_delai():
    averti = f"{PC_PUBLIEE}, 2026-02-20 avertissement_personnel"
    assert plier(averti, "2026-04-20", Distance.AUCUNE).liste[0].etat.code == "PC_OUVERTE"
    assert plier(averti, "2026-04-21", Distance.AUCUNE).liste[0].etat.code == "PC_FORCLOSE"


def test_le_releve_de_forclusion_rend_un_mois_pour_declarer():
    releve = f"{PC_FORCLOSE}, 2026-06-15 releve_de_forclusion"
    assert plier(releve, "2026-07-15", Distance.AUCUNE).liste[0].etat.code == "PC_RELEVEE"
    assert plier(releve, "2026-07-16", Distance.AUCUNE).liste[0].etat.code == "PC_FORCLOSE"
    deja = f"{PC_PUBLIEE}, 2026-04-20 declaration_creance, 2026-04-20 requete_releve, 2026-06-15 releve_de_forclusion"
    assert plier(deja, "2026-07-16", Distance.AUCUNE).liste[0].etat.code == "PC_DECLAREE"


def test_la_conversion_ouvre_la_saisie_qui_la_suit():
    attribution = (
        f"{CONS_TENUE}, 2026-09-01 conversion_saisie_attribution, 2026-09-04 signification_conversion_debiteur, "
        "2026-09-21 certificat_non_contestation"
    )
    assert [p.etat.code for p in plier(attribution, "2026-10-01").liste] == ["CONS_CONVERTIE", "SATT_PAYEE"]
    vente = (
        f"{CONS_ACTION}, 2026-02-02 saisie_conservatoire_meubles, "
        "2026-09-01 conversion_saisie_vente, 2026-09-14 verification_biens"
    )
    convertie, saisie = plier(vente, "2026-10-01").liste
    assert (convertie.issue, saisie.etat.code) == ("SV_VENTE_AMIABLE", "SV_VENTE_AMIABLE")


def test_la_carence_mene_a_l_assignation_puis_a_l_ouverture():
    histoire = f"{SV}, 2026-01-20 aucun_bien, 2026-03-02 assignation_rj_lj"
    assert [p.etat.code for p in plier(histoire, "2026-04-01").liste] == ["SV_CARENCE", "PC_ASSIGNATION"]


@pytest.mark.parametrize(
    ("histoire", "au", "causes"),
    [
        (SATT, "2026-11-13", [("INT-EXE", True)]),
        (f"{SATT}, 2026-11-05 denonciation", "2027-01-01", [("INT-EXE", False)]),
        (f"{SATT}, 2026-11-05 declaration_negative, 2026-11-10 denonciation", "2027-01-01", [("INT-EXE", False)]),
        (f"{CONS_TENUE}, 2026-06-01 mainlevee", "2027-01-01", [("INT-EXE", False)]),
        (SV, "2028-01-06", [("INT-EXE", False)]),
        (SI, "2026-03-06", [("INT-EXE", True)]),
        (SI_ORIENTATION, "2031-02-06", [("INT-EXE", False)]),
        (SDR_INSCRITE, "2026-03-01", []),
        (SDR_RETENUES, "2026-03-01", [("INT-EXE", False)]),
        (CONS_CREANCE, "2026-02-11", [("INT-EXE", True)]),
        (PC_DECLAREE, "2026-05-01", [("INT-PC", False)]),
        (f"{SUREND}, 2026-03-01 demande_mesures_imposees", "2026-05-01", [("INT-SUR", False)]),
        (f"{SUREND}, 2026-06-01 notification_mesures", "2026-07-02", [("PLAN-SUR", False)]),
    ],
)
def test_la_caducite_efface_l_interruption_la_peremption_non(histoire, au, causes):
    liste = plier(histoire, au).liste
    assert [(c.code, c.non_avenu) for c in list_causes(liste, "c", date.fromisoformat(au))] == causes


def test_la_cloture_fait_repartir_la_prescription():
    histoire = f"{PC_DECLAREE}, 2028-06-01 cloture"
    (cause,) = list_causes(plier(histoire, "2028-07-01").liste, "c", date(2028, 7, 1))
    assert (cause.jour, cause.fin) == (date(2026, 3, 16), date(2028, 6, 1))


@pytest.mark.parametrize(
    ("histoire", "averti"),
    [
        (f"{SV}, 2026-01-13 saisie", True),
        (f"{SV}, 2026-01-14 saisie", False),
        (f"{SV_SAISIE}, 2026-02-20 affichage_et_avis", True),
        (f"{SV_SAISIE}, 2026-02-21 affichage_et_avis", False),
        # une proposition faite : le mois finit le vendredi 20 février, les quinze jours le lundi 9 mars
        (f"{SV_SAISIE}, 2026-02-10 proposition_vente_amiable, 2026-03-09 affichage_et_avis", True),
        (f"{SV_SAISIE}, 2026-02-10 proposition_vente_amiable, 2026-03-10 affichage_et_avis", False),
        (f"{SATT}, 2026-11-05 denonciation, 2026-12-07 certificat_non_contestation", True),
        (f"{SATT}, 2026-11-05 denonciation, 2026-12-08 certificat_non_contestation", False),
    ],
)
def test_un_acte_venu_trop_tot_est_signale(histoire, averti):
    (procedure,) = plier(histoire, "2027-01-01").liste
    assert ("avant_terme" in {a.code for a in procedure.avertissements}) is averti


SURETE_AVEC_TITRE = "CONSERV: 2026-01-05 dispense_titre, 2026-02-02 surete_provisoire, 2026-02-06 denonciation_debiteur"


@pytest.mark.parametrize(
    ("histoire", "au", "etat"),
    [
        # un mois pour demander la mainlevée, jusqu'au vendredi 6 mars, puis deux mois, jusqu'au mercredi 6 mai
        (SURETE_AVEC_TITRE, "2026-05-06", "CONS_PRATIQUEE"),
        (SURETE_AVEC_TITRE, "2026-05-07", "CONS_CADUQUE"),
        (f"{SURETE_AVEC_TITRE}, 2026-04-10 publicite_definitive", "2027-01-01", "CONS_SURETE"),
        (f"{SURETE_AVEC_TITRE}, 2026-03-02 demande_mainlevee", "2026-12-01", "CONS_PRATIQUEE"),
    ],
)
def test_la_surete_prise_avec_un_titre_attend_le_mois_de_contestation(histoire, au, etat):
    assert plier(histoire, au).liste[0].etat.code == etat
