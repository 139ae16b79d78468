"""The conditions of an instance, one by one: yes, no, or the facts do not tell."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.dossier.faits import DebiteurDecrit, EtapeFranchie, ProcedureOuverte
from exigible.dossier.faits_procedure import ModeSignification, Qualification
from exigible.dossier.procedures.gardes import GARDES
from exigible.dossier.procedures.situation import EtapeDatee, Situation
from exigible.droit.competence_faits import Juridiction
from exigible.droit.delais import Distance
from exigible.droit.regimes_faits import QualitePartie

TC, TJ = Juridiction.TRIBUNAL_DE_COMMERCE, Juridiction.TRIBUNAL_JUDICIAIRE
JCP = Juridiction.JUGE_DES_CONTENTIEUX_DE_LA_PROTECTION


def situer(*etapes, qualite=QualitePartie.INCONNUE, **ouverture):
    """A situation with steps given as `day event`, or a ready fact on 1 January 2026."""
    fait = ProcedureOuverte(cle="p", procedure="FOND", evenement="prise_de_date", **ouverture)
    datees = []
    for etape in etapes:
        if isinstance(etape, str):
            jour, _, evenement = etape.partition(" ")
            datees.append(EtapeDatee(date.fromisoformat(jour), evenement, None))
        else:
            datees.append(EtapeDatee(date(2026, 1, 1), etape.evenement, etape))
    return Situation(fait, tuple(datees), ((date.min, DebiteurDecrit(nom="Client Exemple", qualite=qualite)),))


def signifier(personne):
    return EtapeFranchie(procedure="p", evenement="signification_autre", personne=personne)


def juger(qualification=None, dernier_ressort=None):
    return EtapeFranchie(
        procedure="p", evenement="jugement", qualification=qualification, dernier_ressort=dernier_ressort
    )


DEFAUT, REPUTE, CONTRADICTOIRE = (
    Qualification.PAR_DEFAUT,
    Qualification.REPUTE_CONTRADICTOIRE,
    Qualification.CONTRADICTOIRE,
)
CITE_A_PERSONNE = EtapeFranchie(procedure="p", evenement="assignation", mode=ModeSignification.A_PERSONNE)
OUVERTE = "2026-01-01 prise_de_date"
PETIT, GRAND = {"montant": Decimal(4000)}, {"montant": Decimal(40000)}

REPONSES = [
    ("is_consulaire", situer(), None),
    ("is_consulaire", situer(juridiction=TC), True),
    ("is_judiciaire", situer(juridiction=TC), False),
    ("is_judiciaire", situer(), None),
    ("is_procedure_ecrite", situer(), None),
    ("is_procedure_ecrite", situer(OUVERTE, juridiction=TC, **GRAND), False),
    ("is_procedure_ecrite", situer(OUVERTE, juridiction=TJ), None),
    ("is_procedure_ecrite", situer(OUVERTE, juridiction=TJ, **GRAND), True),
    ("is_procedure_orale", situer(OUVERTE, juridiction=TJ, **PETIT), True),
    ("is_procedure_orale", situer(OUVERTE, juridiction=JCP, **GRAND), True),
    ("is_sous_seuil_requete", situer(OUVERTE, **PETIT), True),
    ("is_sous_seuil_requete", situer(OUVERTE, **GRAND), False),
    ("is_sous_seuil_requete", situer("1950-01-01 prise_de_date", **PETIT), None),
    ("is_sous_seuil_requete", situer(**PETIT), None),
    ("is_debiteur_professionnel", situer(qualite=QualitePartie.CONSOMMATEUR), False),
    ("is_debiteur_professionnel", situer(qualite=QualitePartie.PROFESSIONNEL), None),
    ("is_hors_etranger", situer(), True),
    ("is_a_l_etranger", situer(distance=Distance.ETRANGER), True),
    ("is_autre_debiteur", situer(), None),
    ("is_autre_debiteur", situer(signifier("A")), None),
    ("is_autre_debiteur", situer(signifier(""), signifier("A")), None),
    ("is_autre_debiteur", situer(signifier("A"), signifier("B")), True),
    ("is_autre_debiteur", situer(signifier("A"), signifier("A")), False),
    ("is_date_lointaine", situer(), None),
    ("is_date_lointaine", situer(OUVERTE, audience=date(2026, 1, 16)), False),
    ("is_date_lointaine", situer(OUVERTE, audience=date(2026, 1, 17)), True),
    ("is_date_proche", situer(OUVERTE, audience=date(2026, 1, 16)), True),
    ("is_non_placee", situer("2026-01-02 placement"), False),
    ("is_prefet_non_avise", situer("2026-01-02 assignation"), True),
    ("is_prefet_non_avise", situer("2026-01-02 assignation", "2026-01-03 notification_prefet"), False),
    ("is_prefet_non_avise", situer("2026-01-03 notification_prefet", "2026-01-12 assignation"), True),
    ("is_rendu_contre_un_absent", situer(juger()), None),
    ("is_rendu_contre_un_absent", situer(juger(DEFAUT)), True),
    ("is_rendu_contre_un_absent", situer(juger(CONTRADICTOIRE)), False),
    ("is_rendu_contre_un_absent", situer(juger(REPUTE)), None),
    ("is_rendu_contre_un_absent", situer(juger(REPUTE, dernier_ressort=True)), False),
    ("is_rendu_contre_un_absent", situer(juger(REPUTE), juridiction=TC, **GRAND), True),
    ("is_rendu_contre_un_absent", situer(juger(REPUTE), juridiction=TC, **PETIT), False),
    ("is_rendu_contre_un_absent", situer(CITE_A_PERSONNE, juger(REPUTE)), False),
    ("is_contradictoire", situer(juger(CONTRADICTOIRE)), True),
    ("is_contradictoire", situer(), None),
    ("is_par_defaut", situer(juger(REPUTE)), False),
    ("is_susceptible_d_appel", situer(juger(dernier_ressort=True)), False),
    ("is_susceptible_d_appel", situer(juger(), juridiction=Juridiction.CONSEIL_DE_PRUD_HOMMES, **PETIT), None),
    ("is_sans_recours_suspensif", situer(juger(CONTRADICTOIRE, dernier_ressort=True)), True),
    ("is_sans_recours_suspensif", situer(juger(DEFAUT, dernier_ressort=True)), False),
    ("is_sans_recours_suspensif", situer(juger(dernier_ressort=False)), False),
    ("is_sans_recours_suspensif", situer(juger(dernier_ressort=True)), None),
    ("is_susceptible_d_appel", situer("2026-01-02 appel", juger(dernier_ressort=False)), False),
    ("is_executoire_par_provision", situer(), True),
    ("is_executoire_par_provision", situer("2026-01-02 execution_provisoire_ecartee"), False),
    (
        "is_executoire_par_provision",
        situer("2026-01-02 execution_provisoire_arretee", "2026-01-03 execution_provisoire_retablie"),
        True,
    ),
    ("is_signifie", situer(), False),
    ("is_citation_caduque", situer(), False),
    ("is_levee_par_le_juge", situer("2026-01-02 mainlevee"), False),
    ("is_levee_par_le_juge", situer("2026-01-02 annulation"), True),
    ("is_plan_en_cours", situer("2026-01-02 plan_arrete"), True),
    ("is_sans_plan_en_cours", situer("2026-01-02 plan_arrete", "2026-01-03 resolution_plan"), True),
    ("is_admise", situer("2026-01-02 admission", "2026-01-03 appel_admission"), False),
    ("is_non_admise", situer("2026-01-02 admission"), False),
    ("is_signifie", situer("2026-01-02 signification"), True),
    ("is_appel_du_non_lieu", situer("2026-01-02 provision"), False),
    ("is_appel_du_non_lieu", situer("2026-01-02 contestation_serieuse"), True),
    ("is_appel_du_non_lieu", situer("2026-01-02 contestation_serieuse", "2026-01-03 appel"), True),
    (
        "is_appel_du_non_lieu",
        situer("2026-01-02 contestation_serieuse", "2026-01-03 appel", "2026-01-04 provision"),
        True,
    ),
    ("is_appel_de_la_provision", situer("2026-01-02 contestation_serieuse", "2026-01-03 provision"), True),
    ("is_premier_titre", situer("2026-01-02 titre"), False),
    ("is_titre_decennal", situer("2026-01-02 titre_delivre"), False),
    ("is_titre_decennal", situer("2026-01-02 homologation"), True),
]


@pytest.mark.parametrize(("nom", "situation", "reponse"), REPONSES)
def test_chaque_condition_repond_oui_non_ou_ne_sait_pas(nom, situation, reponse):
    assert GARDES[nom].juge(situation) is reponse
