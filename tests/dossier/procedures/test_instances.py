"""Before a court, or without one until the title: short chronologies, and where each one leads."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.dossier.faits import Adresse, DebiteurDecrit, EtapeFranchie, ProcedureOuverte
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.dossier.faits_procedure import Qualification
from exigible.dossier.procedures.causes import list_causes
from exigible.dossier.procedures.echeances import list_echeances_procedure
from exigible.dossier.procedures.plier import fold_procedures
from exigible.droit.competence_faits import Juridiction
from exigible.droit.delais import Distance
from exigible.droit.jours import UN_JOUR

CREANCIER = CreancierDecrit(nom="Atelier Exemple SAS")
DEBITEUR = DebiteurDecrit(
    nom="Client Exemple SARL",
    adresse=Adresse(lignes=("1 rue de l'Exemple",), code_postal="99999", ville="Villefictive"),
)
TC, TJ = Juridiction.TRIBUNAL_DE_COMMERCE, Juridiction.TRIBUNAL_JUDICIAIRE
JCP = Juridiction.JUGE_DES_CONTENTIEUX_DE_LA_PROTECTION
QUALIFICATIONS = {q.value: q for q in Qualification}


def plier(histoire, au, **ouverture):
    """Play `PROCEDURE: day event, day event@hearing, day event=qualification…`; the first event opens it."""
    procedure, _, suite = histoire.partition(": ")
    faits = []
    for rang, texte in enumerate(suite.split(", ")):
        jour, _, evenement = texte.partition(" ")
        evenement, _, audience = evenement.partition("@")
        evenement, _, qualification = evenement.partition("=")
        quand = date.fromisoformat(audience) if audience else None
        fait = (
            EtapeFranchie(
                procedure="p", evenement=evenement, audience=quand, qualification=QUALIFICATIONS.get(qualification)
            )
            if rang
            else ProcedureOuverte(cle="p", procedure=procedure, evenement=evenement, audience=quand, **ouverture)
        )
        faits.append((date.fromisoformat(jour), fait))
    return fold_procedures(faits, CREANCIER, [(date.min, DEBITEUR)], date.fromisoformat(au))


def list_etats(histoire, au, **ouverture):
    return {p.cle: p.etat.code for p in plier(histoire, au, **ouverture).liste}


def list_delais(histoire, au, **ouverture):
    premiere = plier(histoire, au, **ouverture).liste[0]
    return [(e.le.isoformat(), str(e.quoi)) for e in list_echeances_procedure(premiere, date.fromisoformat(au))]


# Two regimes side by side: the order of 31 August 2026 and the one of 1 September 2026
IP_22 = "IP: 2026-08-03 depot_requete, 2026-08-31 ordonnance"
IP_26 = "IP: 2026-08-03 depot_requete, 2026-09-01 ordonnance"
IP_PERSONNE = "IP: 2026-09-02 depot_requete, 2026-09-10 ordonnance, 2026-09-15 signification_a_personne"
IP_AUTRE = "IP: 2026-09-02 depot_requete, 2026-09-10 ordonnance, 2026-09-15 signification_autre"
IP_TC = "IP: 2026-09-02 depot_requete, 2026-09-04 consignation, 2026-09-10 ordonnance, 2026-09-15 signification_autre"
IP_AUDIENCE = f"{IP_PERSONNE}, 2026-10-02 opposition, 2026-11-02 convocation_greffe@2026-12-10"
FOND = "FOND: 2026-09-01 prise_de_date@2026-10-30"
FOND_PLACE = "FOND: 2026-07-01 prise_de_date@2026-08-30, 2026-07-10 assignation, 2026-07-12 placement"
FOND_JUGE = (
    "FOND: 2025-11-03 prise_de_date@2025-12-30, 2025-11-10 assignation, 2025-11-12 placement, 2026-01-15 jugement"
)
REFERE = "REFERE: 2026-08-03 assignation_refere@2026-08-30, 2026-08-05 placement"
IPE = "IPE: 2026-08-10 depot, 2026-09-01 delivrance, 2026-09-10 signification"
CCI = "CCI: 2026-09-15 commandement"
PSRPC = "PSRPC: 2026-09-15 invitation"
CHEQUE_CERTIFIE = "CHEQUE: 2026-09-15 rejet, 2026-10-16 demande_certificat, 2026-10-20 certificat"
CHEQUE = f"{CHEQUE_CERTIFIE}, 2026-10-26 signification_certificat"
BAIL = "BAIL: 2025-01-02 commandement_six_semaines, 2025-03-20 assignation@2025-05-12"
BAIL_SAISI = f"{BAIL}, 2025-03-30 notification_prefet, 2025-04-02 placement"
COPRO = "COPRO: 2026-03-10 mise_en_demeure_presentee"
COPRO_SAISI = f"{COPRO}, 2026-05-10 assignation@2026-06-15, 2026-05-12 placement"
PENSION = "PENSION: 2026-06-10 demande"

ETATS = [
    # Injonction de payer : six mois ou trois mois pour signifier, selon le jour de l'ordonnance
    (IP_22, "2027-03-01", TJ, {"p": "IP_ORDONNANCE"}),
    (IP_22, "2027-03-02", TJ, {"p": "IP_NON_AVENUE"}),
    (IP_26, "2026-12-01", TJ, {"p": "IP_ORDONNANCE"}),
    (IP_26, "2026-12-02", TJ, {"p": "IP_NON_AVENUE"}),
    # sans opposition : certificat au régime ancien, deux mois sans avis au nouveau
    (f"{IP_22}, 2026-09-15 signification_a_personne", "2027-06-01", TJ, {"p": "IP_SIGNIFIEE_PERSONNE"}),
    (
        f"{IP_22}, 2026-09-15 signification_a_personne, 2026-10-20 certificat_non_opposition",
        "2026-10-20",
        TJ,
        {"p": "IP_EXECUTOIRE", "p.TITRE": "TITRE_EXECUTOIRE"},
    ),
    (IP_PERSONNE, "2026-11-16", TJ, {"p": "IP_SIGNIFIEE_PERSONNE"}),
    (IP_PERSONNE, "2026-11-17", TJ, {"p": "IP_EXECUTOIRE", "p.TITRE": "TITRE_EXECUTOIRE"}),
    # pas à personne : exécutoire, l'opposition reste ouverte jusqu'au mois qui suit la première mesure
    (IP_AUTRE, "2028-01-01", TJ, {"p": "IP_EXECUTOIRE_FRAGILE", "p.TITRE": "TITRE_EXECUTOIRE"}),
    (
        f"{IP_AUTRE}, 2027-01-11 indisponibilite",
        "2027-02-11",
        TJ,
        {"p": "IP_EXECUTOIRE_FRAGILE", "p.TITRE": "TITRE_EXECUTOIRE"},
    ),
    (
        f"{IP_AUTRE}, 2027-01-11 indisponibilite",
        "2027-02-12",
        TJ,
        {"p": "IP_EXECUTOIRE", "p.TITRE": "TITRE_EXECUTOIRE"},
    ),
    (
        f"{IP_AUTRE}, 2027-01-11 indisponibilite, 2027-02-10 opposition",
        "2027-02-10",
        TJ,
        {"p": "IP_OPPOSITION", "p.TITRE": "TITRE_EXECUTOIRE"},
    ),
    # le tribunal de commerce fait consigner ; le tribunal judiciaire, non
    ("IP: 2026-09-02 depot_requete", "2026-09-17", TC, {"p": "IP_REQUETE"}),
    ("IP: 2026-09-02 depot_requete", "2026-09-18", TC, {"p": "IP_CADUQUE_CONSIGNATION"}),
    ("IP: 2026-09-02 depot_requete", "2026-12-18", TJ, {"p": "IP_REQUETE"}),
    ("IP: 2026-09-02 depot_requete", "2026-12-18", None, {"p": "IP_REQUETE"}),
    ("IP: 2026-09-02 depot_requete, 2026-10-01 ordonnance", "2026-10-01", TC, {"p": "IP_ORDONNANCE"}),
    (f"{IP_TC}, 2026-10-02 invitation_consigner", "2026-10-19", TC, {"p": "IP_OPPOSITION"}),
    (f"{IP_TC}, 2026-10-02 invitation_consigner", "2026-10-20", TC, {"p": "IP_CADUQUE_CONSIGNATION"}),
    (
        f"{IP_TC}, 2026-10-02 invitation_consigner, 2026-10-12 consignation_opposition",
        "2027-01-20",
        TC,
        {"p": "IP_OPPOSITION"},
    ),
    # l'instance sur opposition
    (f"{IP_AUDIENCE}, 2026-12-20 jugement", "2026-12-21", TJ, {"p": "IP_AUDIENCE", "p.FOND": "JUGEMENT"}),
    (f"{IP_AUDIENCE}, 2026-12-10 aucune_comparution", "2026-12-10", TJ, {"p": "IP_NON_AVENUE"}),
    (
        f"{IP_AUDIENCE}, 2026-12-01 desistement_opposition",
        "2026-12-01",
        TJ,
        {"p": "IP_EXECUTOIRE", "p.TITRE": "TITRE_EXECUTOIRE"},
    ),
    # Fond : l'audience du 30 octobre, remise au greffe huit ou quinze jours avant
    (f"{FOND}, 2026-10-12 assignation", "2026-10-22", TC, {"p": "ASSIGNE"}),
    (f"{FOND}, 2026-10-12 assignation", "2026-10-23", TC, {"p": "CADUCITE_ASSIGNATION"}),
    (f"{FOND}, 2026-10-12 assignation", "2026-10-16", TJ, {"p": "CADUCITE_ASSIGNATION"}),
    (f"{FOND}, 2026-10-12 assignation, 2026-10-15 placement", "2027-01-16", TJ, {"p": "PLACE"}),
    ("FOND: 2026-10-20 prise_de_date@2026-10-30, 2026-10-21 assignation", "2026-10-29", TJ, {"p": "ASSIGNE"}),
    (
        "FOND: 2026-10-20 prise_de_date@2026-10-30, 2026-10-21 assignation",
        "2026-10-30",
        TJ,
        {"p": "CADUCITE_ASSIGNATION"},
    ),
    (f"{FOND}, 2026-10-12 assignation, 2026-11-20 jugement", "2026-11-20", TC, {"p": "JUGEMENT"}),
    # un jugement rendu contre un absent tombe après six mois ; entre parties présentes, il reste
    (f"{FOND_JUGE}=par_defaut", "2026-07-15", TJ, {"p": "JUGEMENT"}),
    (f"{FOND_JUGE}=par_defaut", "2026-07-16", TJ, {"p": "JUGEMENT_NON_AVENU"}),
    (f"{FOND_JUGE}=contradictoire", "2027-07-16", TJ, {"p": "JUGEMENT"}),
    (FOND_JUGE, "2027-07-16", TJ, {"p": "JUGEMENT"}),
    (f"{FOND_JUGE}=contradictoire", "2028-01-18", TJ, {"p": "TITRE_DEFINITIF", "p.TITRE": "TITRE_EXECUTOIRE"}),
    # l'exécution provisoire donne un titre dès la signification ; écartée, il faut attendre la fin du recours
    (
        f"{FOND_JUGE}, 2026-01-31 signification",
        "2026-03-02",
        TJ,
        {"p": "JUGEMENT_SIGNIFIE", "p.TITRE": "TITRE_EXECUTOIRE"},
    ),
    (
        f"{FOND_JUGE}, 2026-01-31 signification",
        "2026-03-03",
        TJ,
        {"p": "TITRE_DEFINITIF", "p.TITRE": "TITRE_EXECUTOIRE"},
    ),
    (
        f"{FOND_JUGE}, 2026-01-15 execution_provisoire_ecartee, 2026-01-31 signification",
        "2026-03-02",
        TJ,
        {"p": "JUGEMENT_SIGNIFIE"},
    ),
    (
        f"{FOND_JUGE}, 2026-01-15 execution_provisoire_ecartee, 2026-01-31 signification",
        "2026-03-03",
        TJ,
        {"p": "TITRE_DEFINITIF", "p.TITRE": "TITRE_EXECUTOIRE"},
    ),
    (
        f"{FOND_JUGE}, 2026-01-31 signification, 2026-02-10 appel",
        "2027-01-01",
        TJ,
        {"p": "APPEL", "p.TITRE": "TITRE_EXECUTOIRE"},
    ),
    # Référé : titre à la signification, l'appel à côté
    (f"{REFERE}, 2026-09-01 provision", "2026-10-01", TJ, {"p": "REFERE_ORDONNANCE"}),
    (
        f"{REFERE}, 2026-09-01 provision, 2026-09-10 signification",
        "2026-09-25",
        TJ,
        {"p": "REFERE_SIGNIFIE", "p.TITRE": "TITRE_EXECUTOIRE"},
    ),
    (
        f"{REFERE}, 2026-09-01 provision, 2026-09-10 signification, 2026-09-20 appel",
        "2026-12-25",
        TJ,
        {"p": "REFERE_APPEL", "p.TITRE": "TITRE_EXECUTOIRE"},
    ),
    (f"{REFERE}, 2026-09-01 contestation_serieuse", "2026-09-02", TJ, {"p": "REFERE_NON_LIEU"}),
    (f"{REFERE}, 2026-09-01 renvoi_au_fond", "2026-09-02", TJ, {"p": "REFERE_ASSIGNE", "p.FOND": "PLACE"}),
    # Injonction européenne
    (
        f"{IPE}, 2026-10-23 declaration_force_executoire",
        "2026-10-23",
        TJ,
        {"p": "IPE_EXECUTOIRE", "p.TITRE": "TITRE_EXECUTOIRE"},
    ),
    (
        f"{IPE}, 2026-10-01 opposition, 2027-01-10 jugement",
        "2027-01-11",
        TJ,
        {"p": "IPE_OPPOSITION", "p.FOND": "JUGEMENT"},
    ),
    # Créances incontestées et petites créances
    (f"{CCI}, 2026-10-10 contestation", "2026-10-11", None, {"p": "CCI_CONTESTEE"}),
    (
        f"{CCI}, 2026-10-24 pv_non_contestation, 2026-10-30 formule_greffier",
        "2027-04-30",
        None,
        {"p": "CCI_EXECUTOIRE"},
    ),
    (f"{CCI}, 2026-10-24 pv_non_contestation, 2026-10-30 formule_greffier", "2027-05-01", None, {"p": "CCI_CADUQUE"}),
    (PSRPC, "2026-10-15", None, {"p": "PSRPC_INVITATION"}),
    (PSRPC, "2026-10-16", None, {"p": "PSRPC_ECHEC"}),
    (f"{PSRPC}, 2026-09-25 acceptation_debiteur", "2026-10-16", None, {"p": "PSRPC_ECHEC"}),
    (
        f"{PSRPC}, 2026-09-25 acceptation_debiteur, 2026-10-05 accord_montant",
        "2026-12-16",
        None,
        {"p": "PSRPC_TITRE", "p.TITRE": "TITRE_EXECUTOIRE"},
    ),
    # Chèque
    (CHEQUE, "2027-01-01", None, {"p": "CNP_SIGNIFIE"}),
    (f"{CHEQUE}, 2026-11-11 non_paiement", "2026-11-11", None, {"p": "CHEQUE_TITRE", "p.TITRE": "TITRE_EXECUTOIRE"}),
    # Bail : six semaines ou deux mois, préfet avisé avant le 42e jour à zéro heure
    ("BAIL: 2026-03-02 commandement_six_semaines", "2026-04-13", JCP, {"p": "BAIL_COMMANDEMENT"}),
    ("BAIL: 2026-03-02 commandement_six_semaines", "2026-04-14", JCP, {"p": "BAIL_CLAUSE_ACQUISE"}),
    ("BAIL: 2026-03-02 commandement_deux_mois", "2026-05-04", JCP, {"p": "BAIL_COMMANDEMENT"}),
    ("BAIL: 2026-03-02 commandement_deux_mois", "2026-05-05", JCP, {"p": "BAIL_CLAUSE_ACQUISE"}),
    (BAIL, "2025-03-30", JCP, {"p": "BAIL_ASSIGNE"}),
    (BAIL, "2025-03-31", JCP, {"p": "BAIL_IRRECEVABLE"}),
    (f"{BAIL}, 2025-03-30 notification_prefet", "2025-04-25", JCP, {"p": "BAIL_ASSIGNE"}),
    (f"{BAIL}, 2025-03-30 notification_prefet", "2025-04-26", JCP, {"p": "BAIL_CADUC"}),
    (
        f"{BAIL_SAISI}, 2025-06-02 jugement, 2025-06-02 delais_accordes, 2025-09-06 delais_non_respectes",
        "2025-09-06",
        JCP,
        {"p": "BAIL_RESILIE", "p.FOND": "JUGEMENT"},
    ),
    # Copropriété
    (COPRO, "2026-04-09", TJ, {"p": "COPRO_MISE_EN_DEMEURE"}),
    (COPRO, "2026-04-10", TJ, {"p": "COPRO_EXIGIBLE"}),
    (f"{COPRO}, 2026-05-10 assignation@2026-06-15", "2026-06-12", TJ, {"p": "COPRO_ASSIGNE"}),
    (f"{COPRO}, 2026-05-10 assignation@2026-06-15", "2026-06-13", TJ, {"p": "COPRO_CADUC"}),
    (
        f"{COPRO_SAISI}, 2026-07-01 jugement, 2026-07-15 signification",
        "2026-07-31",
        TJ,
        {"p": "COPRO_DEFINITIF", "p.TITRE": "TITRE_EXECUTOIRE"},
    ),
    # Pension
    (
        f"{PENSION}, 2026-06-15 notification_tiers, 2026-06-20 accord_tiers",
        "2027-01-01",
        None,
        {"p": "PENSION_PAYEE_PAR_TIERS"},
    ),
    (
        "PENSION: 2026-06-10 demande_organisme, 2026-07-10 mise_en_place, 2026-09-10 notification_tiers",
        "2026-09-10",
        None,
        {"p": "PENSION_NOTIFIEE"},
    ),
]


@pytest.mark.parametrize(("histoire", "au", "juridiction", "etats"), ETATS)
def test_chaque_chronologie_mene_ou_le_texte_le_dit(histoire, au, juridiction, etats):
    assert list_etats(histoire, au, juridiction=juridiction) == etats


DELAIS = [
    # les exemples de calcul : E1, E2, E8, E9, E10, E11, E12
    (
        "IP: 2026-09-02 depot_requete, 2026-09-10 ordonnance, 2026-09-30 signification_a_personne",
        "2026-10-01",
        TJ,
        ("2026-10-30", "Former opposition"),
    ),
    (
        "IP: 2026-09-02 depot_requete, 2026-09-10 ordonnance, 2026-10-01 signification_a_personne",
        "2026-10-02",
        TJ,
        ("2026-11-02", "Former opposition"),
    ),
    (IP_22, "2026-09-01", TJ, ("2027-03-01", "Faire signifier l'ordonnance à chacun des débiteurs")),
    (
        "IP: 2026-09-02 depot_requete, 2026-09-15 ordonnance",
        "2026-09-16",
        TJ,
        ("2026-12-15", "Faire signifier l'ordonnance à chacun des débiteurs"),
    ),
    (
        "IP: 2026-09-02 depot_requete, 2026-09-10 ordonnance, 2026-10-15 signification_a_personne",
        "2026-10-16",
        TJ,
        ("2026-12-16", "Deux mois écoulés sans avis d'opposition : ordonnance exécutoire"),
    ),
    (
        f"{FOND_PLACE}, 2026-09-15 jugement=par_defaut",
        "2026-09-16",
        TJ,
        ("2027-03-15", "Faire signifier le jugement"),
    ),
    (FOND, "2026-09-02", TC, ("2026-10-15", "Faire délivrer l'assignation")),
    (f"{FOND}, 2026-10-12 assignation", "2026-10-13", TC, ("2026-10-22", "Remettre l'assignation au greffe")),
    (f"{FOND_JUGE}, 2026-01-31 signification", "2026-02-01", TJ, ("2026-03-02", "Former appel")),
    # les autres
    ("IP: 2026-09-02 depot_requete", "2026-09-03", TC, ("2026-09-17", "Consigner les frais de la requête au greffe")),
    (
        f"{IP_TC}, 2026-10-02 invitation_consigner",
        "2026-10-03",
        TC,
        ("2026-10-19", "Consigner les frais d'opposition au greffe"),
    ),
    (f"{IP_AUDIENCE}", "2026-11-03", TJ, ("2028-10-02", "Accomplir une diligence dans l'instance")),
    (f"{REFERE}, 2026-09-01 provision, 2026-09-10 signification", "2026-09-11", TJ, ("2026-09-25", "Former appel")),
    (IPE, "2026-09-11", TJ, ("2026-10-23", "Injonction déclarée exécutoire par le greffier")),
    (CCI, "2026-09-16", None, ("2026-10-24", "Procès-verbal de non-contestation dressé")),
    (BAIL, "2025-03-21", JCP, ("2025-03-30", "Notifier l'assignation au préfet")),
    (
        "BAIL: 2026-03-02 commandement_six_semaines",
        "2026-03-03",
        JCP,
        ("2026-03-17", "Faire signifier le commandement à la caution, s'il y en a une"),
    ),
    (PENSION, "2026-06-11", None, ("2026-06-18", "Notifier la demande au tiers")),
    (
        "TITRE: 2020-06-10 titre, 2024-06-15 acte_execution",
        "2026-06-16",
        None,
        ("2034-06-15", "Faire exécuter le titre"),
    ),
]


@pytest.mark.parametrize(("histoire", "au", "juridiction", "delai"), DELAIS)
def test_chaque_delai_tombe_le_jour_que_le_texte_donne(histoire, au, juridiction, delai):
    assert delai in list_delais(histoire, au, juridiction=juridiction)


@pytest.mark.parametrize(
    ("distance", "opposition", "execution"),
    [
        (Distance.AUCUNE, "2026-10-15", "2026-11-17"),
        (Distance.OUTRE_MER, "2026-11-16", "2026-11-17"),
        (Distance.ETRANGER, "2026-12-15", "2026-12-16"),
    ],
)
def test_l_execution_attend_aussi_l_opposition_de_qui_demeure_loin(distance, opposition, execution):
    """E5 and E6: one or two months more to oppose; nothing is enforced before."""
    delais = {quoi: le for le, quoi in list_delais(IP_PERSONNE, "2026-09-16", juridiction=TJ, distance=distance)}
    assert delais.pop("Former opposition") == opposition
    assert list(delais.values()) == [execution]
    veille = (date.fromisoformat(execution) - UN_JOUR).isoformat()
    assert list_etats(IP_PERSONNE, veille, juridiction=TJ, distance=distance) == {"p": "IP_SIGNIFIEE_PERSONNE"}
    assert list_etats(IP_PERSONNE, execution, juridiction=TJ, distance=distance)["p"] == "IP_EXECUTOIRE"


def test_l_appel_d_un_refere_notifie_a_l_etranger():
    """E7: the months of distance first, then the fifteen days."""
    histoire = f"{REFERE}, 2026-09-01 provision, 2026-09-10 signification"
    delais = list_delais(histoire, "2026-09-11", juridiction=TJ, distance=Distance.ETRANGER)
    assert ("2026-11-25", "Former appel") in delais


def test_la_seconde_mesure_ne_rouvre_pas_l_opposition():
    histoire = f"{IP_AUTRE}, 2027-01-11 indisponibilite, 2027-01-25 acte_a_personne"
    premiere = plier(histoire, "2027-02-01", juridiction=TJ).liste[0]
    assert "etape_impossible" in {a.code for a in premiere.avertissements}
    assert ("2027-02-11", "Former opposition") in list_delais(histoire, "2027-02-01", juridiction=TJ)


@pytest.mark.parametrize(
    ("montant", "etat"), [("10000.00", "IP_OPPOSITION"), ("10000.01", "IP_NON_AVENUE"), (None, "IP_OPPOSITION")]
)
def test_sans_avocat_obligatoire_l_instance_ne_s_eteint_pas(montant, etat):
    """CPC 1418: fifteen days to appoint a lawyer, only where one is compulsory; not known, nothing falls."""
    histoire = f"{IP_PERSONNE}, 2026-10-02 avis_opposition, 2026-10-05 notification_opposition"
    demande = Decimal(montant) if montant else None
    assert list_etats(histoire, "2026-10-21", juridiction=TJ, montant=demande) == {"p": etat}


@pytest.mark.parametrize(("montant", "ouverte"), [("5000.00", True), ("5000.01", False), (None, True)])
def test_la_procedure_simplifiee_a_un_plafond(montant, ouverte):
    plie = plier(PSRPC, "2026-09-16", montant=Decimal(montant) if montant else None)
    assert bool(plie.liste) is ouverte
    codes = {a.code for p in plie.liste for a in p.avertissements} | {a.code for a in plie.avertissements}
    assert ("condition_inconnue" in codes) is (montant is None)
    assert ("entree_impossible" in codes) is not ouverte


CAUSES = [
    # la requête n'interrompt rien ; la signification tient jusqu'à la fin de l'instance
    ("IP: 2026-09-02 depot_requete, 2026-09-10 ordonnance", "2026-09-11", []),
    (IP_PERSONNE, "2026-10-01", [("2026-09-15", "INT-IP", None, False)]),
    (
        IP_PERSONNE,
        "2026-11-17",
        [("2026-09-15", "INT-IP", "2026-11-17", False), ("2026-11-17", "INT-TITRE", None, False)],
    ),
    # l'extinction de l'instance efface l'interruption (Cass. 2e civ. 19 nov. 2020)
    (
        f"{IP_AUDIENCE}, 2026-12-10 aucune_comparution",
        "2026-12-11",
        [("2026-09-15", "INT-IP", None, True), ("2026-10-02", "INT-JUS", None, True)],
    ),
    # tant que l'opposition reste ouverte, les dix ans ne remplacent rien (Cass. 2e civ. 29 sept. 2022)
    (IP_AUTRE, "2027-01-01", [("2026-09-15", "INT-IP", None, False)]),
    (f"{FOND}, 2026-10-12 assignation", "2026-10-16", [("2026-10-12", "INT-JUS", None, True)]),
    (f"{REFERE}, 2026-09-01 contestation_serieuse", "2026-09-02", [("2026-08-03", "INT-JUS", None, True)]),
    (f"{FOND_JUGE}, 2026-01-20 deboute_definitif", "2026-01-21", [("2025-11-10", "INT-JUS", "2026-01-20", True)]),
    (CCI, "2026-10-01", []),
    ("BAIL: 2026-03-02 commandement_six_semaines", "2026-04-14", []),
    (f"{PSRPC}, 2026-09-25 acceptation_debiteur", "2026-10-16", [("2026-09-25", "SUS-PCR", "2026-10-15", False)]),
]


@pytest.mark.parametrize(("histoire", "au", "causes"), CAUSES)
def test_chaque_etape_a_son_effet_sur_la_prescription(histoire, au, causes):
    trouvees = list_causes(plier(histoire, au, juridiction=TJ).liste, "F1", date.fromisoformat(au))
    assert [(c.jour.isoformat(), c.code, c.fin and c.fin.isoformat(), c.non_avenu) for c in trouvees] == causes


def test_l_accord_et_l_assignation_de_la_tentative_amiable():
    """CPC 750-1, C. civ. 2238: suspended by the first meeting, until the failure; then the summons interrupts."""
    histoire = (
        "FOND: 2026-01-05 tentative_amiable, 2026-02-10 accord_ecrit_ou_premiere_reunion, 2026-04-10 echec_amiable, "
        "2026-04-20 prise_de_date@2026-06-30, 2026-05-04 assignation"
    )
    causes = list_causes(plier(histoire, "2026-05-05", juridiction=TJ).liste, "F1", date(2026, 5, 5))
    assert [(c.code, c.jour, c.fin) for c in causes] == [
        ("SUS-MED", date(2026, 2, 10), date(2026, 4, 10)),
        ("INT-JUS", date(2026, 5, 4), None),
    ]


@pytest.mark.parametrize(
    ("ouverture", "averti"),
    [
        ({"juridiction": TC}, False),
        ({"juridiction": TJ, "montant": Decimal("5000.01")}, False),
        ({"juridiction": TJ, "montant": Decimal("5000.00")}, True),
        ({}, True),
    ],
)
def test_l_assignation_sans_tentative_amiable_suppose_une_dispense(ouverture, averti):
    premiere = plier(FOND, "2026-09-02", **ouverture).liste[0]
    assert ("condition_inconnue" in {a.code for a in premiere.avertissements}) is averti
