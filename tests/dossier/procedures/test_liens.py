"""What one procedure does to another: the opposition opened by a seizure, a title stopped, persons told apart."""

from datetime import date

import pytest

from exigible.dossier.faits import DebiteurDecrit, EtapeFranchie, ProcedureAbandonnee, ProcedureOuverte
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.dossier.faits_procedure import ModeSignification
from exigible.dossier.procedures.echeances import list_echeances_procedure
from exigible.dossier.procedures.graphe import load_graphe
from exigible.dossier.procedures.plier import fold_procedures
from exigible.droit.competence_faits import Juridiction

CREANCIER = CreancierDecrit(nom="Atelier Exemple SAS")
DEBITEUR = DebiteurDecrit(nom="Client Exemple SARL")
TJ = Juridiction.TRIBUNAL_JUDICIAIRE


def ouvrir(jour, cle, procedure, evenement, **autres):
    return (date.fromisoformat(jour), ProcedureOuverte(cle=cle, procedure=procedure, evenement=evenement, **autres))


def passer(jour, procedure, evenement, **autres):
    return (date.fromisoformat(jour), EtapeFranchie(procedure=procedure, evenement=evenement, **autres))


def plier(faits, au):
    plie = fold_procedures(faits, CREANCIER, [(date.min, DEBITEUR)], date.fromisoformat(au))
    return {p.cle: p for p in plie.liste}


def lire_etats(procedures):
    return {cle: p.etat.code for cle, p in procedures.items()}


def demander(**autres):
    """An order of 10 September 2026, served at the officer's place on the 15th: enforceable on 16 November."""
    return [
        ouvrir("2026-09-02", "ip", "IP", "depot_requete", juridiction=TJ, **autres),
        passer("2026-09-10", "ip", "ordonnance"),
        passer("2026-09-15", "ip", "signification_autre", mode=ModeSignification.A_ETUDE),
    ]


# --- What opens the opposition ----------------------------------------------------------------------------------------

SAISIE = ("SATT", "acte_de_saisie", "denonciation")
COMMANDEMENT = ("SV", "commandement_saisie_vente", "")
IMMEUBLE = ("SI", "commandement_saisie_immobiliere", "")
A_PERSONNE, A_DOMICILE = ModeSignification.A_PERSONNE, ModeSignification.A_DOMICILE


@pytest.mark.parametrize(
    ("mesure", "mode", "ouverture", "ouvre"),
    [
        (SAISIE, A_DOMICILE, {}, True),
        (SAISIE, A_PERSONNE, {}, True),
        (SAISIE, A_DOMICILE, {"creances": ("F2",)}, False),
        (SAISIE, A_DOMICILE, {"contre": ("autre",)}, False),
        (COMMANDEMENT, A_PERSONNE, {}, False),  # the order to pay does not say how it was served
        (COMMANDEMENT, A_PERSONNE, {"mode": A_PERSONNE}, True),
        (COMMANDEMENT, A_PERSONNE, {"mode": A_DOMICILE}, False),
        (IMMEUBLE, A_DOMICILE, {}, True),
    ],
)
def test_la_mesure_qui_touche_le_debiteur_ouvre_l_opposition(mesure, mode, ouverture, ouvre):
    procedure, entree, suite = mesure
    faits = [*demander(creances=("F1",)), ouvrir("2026-12-01", "m", procedure, entree, **ouverture)]
    faits += [passer("2026-12-04", "m", suite, mode=mode)] if suite else []
    ip = plier(faits, "2026-12-05")["ip"]
    assert ip.situation.has("acte_a_personne", "indisponibilite") == ouvre
    assert ("Former opposition" in [str(e.quoi) for e in list_echeances_procedure(ip, date(2026, 12, 5))]) == ouvre


def test_la_mesure_dite_dans_les_deux_procedures_ne_compte_qu_une_fois():
    suite = [
        ouvrir("2026-12-01", "s", "SATT", "acte_de_saisie"),
        passer("2026-12-04", "s", "denonciation"),
        passer("2026-12-04", "ip", "indisponibilite"),
    ]
    for faits in (suite, [suite[0], suite[2], suite[1]]):
        ip = plier([*demander(), *faits], "2026-12-05")["ip"]
        assert [e.evenement for e in ip.situation.etapes].count("indisponibilite") == 1
        assert "etape_impossible" not in {a.code for a in ip.avertissements}


# --- Several persons --------------------------------------------------------------------------------------------------

DEUX = {"contre": ("debiteur", "co")}


def test_l_etape_qui_ne_nomme_personne_vaut_pour_tous():
    faits = [
        ouvrir("2026-09-02", "ip", "IP", "depot_requete", juridiction=TJ, **DEUX),
        passer("2026-09-10", "ip", "ordonnance"),
        passer("2026-09-15", "ip", "signification_a_personne", personne="co"),
        passer("2026-09-16", "ip", "signification_autre", personne="debiteur"),
        passer("2026-10-01", "ip", "opposition"),
    ]
    assert lire_etats(plier(faits, "2026-10-02")) == {"ip": "IP_OPPOSITION", "ip.co": "IP_OPPOSITION"}


def test_renoncer_vaut_contre_tous_sauf_a_nommer_sa_procedure():
    faits = [*demander(**DEUX)[:2], passer("2026-09-15", "ip", "signification_a_personne", personne="co")]
    jour = date(2026, 9, 20)
    tous = plier([*faits, (jour, ProcedureAbandonnee(procedure="ip", motif="accord"))], "2026-09-21")
    assert {cle: p.abandonnee_le for cle, p in tous.items()} == {"ip": jour, "ip.co": jour}
    un = plier([*faits, (jour, ProcedureAbandonnee(procedure="ip.co", motif="accord"))], "2026-09-21")
    assert {cle: p.abandonnee_le for cle, p in un.items()} == {"ip": None, "ip.co": jour}


def test_une_etape_peut_nommer_la_procedure_de_l_un():
    faits = [*demander(**DEUX)[:2], passer("2026-09-15", "ip", "signification_a_personne", personne="co")]
    faits.append(passer("2026-10-01", "ip.co", "opposition"))
    assert lire_etats(plier(faits, "2026-10-02")) == {"ip": "IP_ORDONNANCE", "ip.co": "IP_OPPOSITION"}


def test_l_opposition_de_l_un_ne_fait_tomber_que_son_titre():
    """Served together, without a name: one title against both, which the opposition of one parts."""
    faits = [*demander(**DEUX), passer("2026-12-01", "ip", "opposition", personne="co")]
    plie = plier(faits, "2026-12-02")
    assert lire_etats(plie) == {
        "ip": "IP_EXECUTOIRE_FRAGILE",
        "ip.TITRE": "TITRE_EXECUTOIRE",
        "ip.co": "IP_OPPOSITION",
        "ip.co.TITRE": "TITRE_EXECUTOIRE",
    }
    assert {cle: p.contre for cle, p in plie.items() if cle.endswith("TITRE")} == {
        "ip.TITRE": ("debiteur",),
        "ip.co.TITRE": ("co",),
    }
    assert [cle for cle, p in plie.items() if p.abandonnee_le] == ["ip.co.TITRE"]


def test_la_saisie_de_l_un_n_ouvre_que_son_opposition():
    faits = [*demander(**DEUX), ouvrir("2026-12-01", "s", "SATT", "acte_de_saisie", contre=("co",))]
    assert set(plier(faits, "2026-12-02")) == {"ip", "ip.TITRE", "s"}  # nothing parts it yet
    plie = plier([*faits, passer("2026-12-04", "s", "denonciation")], "2027-01-05")
    assert plie["ip"].etat.code == "IP_EXECUTOIRE_FRAGILE"
    assert plie["ip.co"].etat.code == "IP_EXECUTOIRE"  # until Monday 4 January
    tous = ouvrir("2026-12-01", "s", "SATT", "acte_de_saisie", **DEUX)
    assert "ip.co" not in plier([*demander(**DEUX), tous, passer("2026-12-04", "s", "denonciation")], "2027-01-05")


def test_une_personne_que_la_requete_ne_vise_pas_ne_separe_rien():
    faits = [*demander()[:2], passer("2026-09-15", "ip", "signification_a_personne", personne="co")]
    assert lire_etats(plier(faits, "2026-09-16")) == {"ip": "IP_SIGNIFIEE_PERSONNE"}


def test_l_insolvabilite_deja_ouverte_n_arrete_que_celui_qu_elle_frappe():
    faits = [
        ouvrir("2026-09-02", "ip", "IP", "depot_requete", juridiction=TJ, **DEUX),
        ouvrir("2026-09-07", "pc", "PC", "jugement_ouverture"),
        passer("2026-09-10", "ip", "ordonnance"),
        passer("2026-09-15", "ip", "signification_a_personne", personne="co"),
    ]
    plie = plier(faits, "2026-09-16")
    assert plie["ip"].gelee_le == date(2026, 9, 7)
    assert plie["ip.co"].gelee_le is None


# --- The title stopped ------------------------------------------------------------------------------------------------


def suspendre():
    return [
        ouvrir("2026-03-02", "t", "TITRE", "titre"),
        ouvrir("2026-04-01", "s", "SATT", "acte_de_saisie"),
        passer("2026-04-07", "s", "denonciation"),
        passer("2026-04-20", "t", "execution_provisoire_arretee"),
    ]


def test_aucun_jour_n_ouvre_un_acte_tant_que_le_titre_est_arrete():
    saisie = plier(suspendre(), "2026-06-01")["s"]
    assert saisie.suspendue_le == date(2026, 4, 20)
    assert list_echeances_procedure(saisie, date(2026, 6, 1)) == []
    reprise = plier([*suspendre(), passer("2026-05-18", "t", "execution_reprise")], "2026-06-01")["s"]
    assert reprise.suspendue_le is None
    assert [str(e.quoi) for e in list_echeances_procedure(reprise, date(2026, 6, 1))] == [
        "Certificat de non-contestation présenté au tiers saisi"
    ]


def test_un_acte_fait_malgre_l_arret_est_signale():
    faits = [*suspendre(), passer("2026-05-12", "s", "certificat_non_contestation")]
    assert "execution_suspendue" in {a.code for a in plier(faits, "2026-06-01")["s"].avertissements}
    levee = [*suspendre(), passer("2026-05-12", "s", "mainlevee")]
    assert "execution_suspendue" not in {a.code for a in plier(levee, "2026-06-01")["s"].avertissements}


def test_un_autre_titre_permet_encore_d_executer():
    faits = [*suspendre(), ouvrir("2026-04-21", "t2", "TITRE", "titre")]
    assert plier(faits, "2026-06-01")["s"].suspendue_le is None


# --- An insolvency told twice -----------------------------------------------------------------------------------------


def test_une_seconde_procedure_collective_reste_la_sienne():
    faits = [
        ouvrir("2026-01-05", "pc", "PC", "jugement_ouverture"),
        passer("2026-06-01", "pc", "cloture"),
        ouvrir("2026-09-07", "pc-2", "PC", "jugement_ouverture"),
    ]
    assert lire_etats(plier(faits, "2026-09-08")) == {"pc": "PC_CLOTURE", "pc-2": "PC_OUVERTE"}


def test_celle_d_un_autre_ne_rejoint_pas_celle_du_debiteur():
    faits = [
        ouvrir("2026-01-05", "pc", "PC", "assignation_rj_lj"),
        ouvrir("2026-02-02", "pcf", "PC", "jugement_ouverture", contre=("filiale",)),
    ]
    assert lire_etats(plier(faits, "2026-02-03")) == {"pc": "PC_ASSIGNATION", "pcf": "PC_OUVERTE"}


# --- A condition that the facts do not tell ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("juridiction", "codes"), [(None, ["condition_inconnue"]), (Juridiction.TRIBUNAL_DE_COMMERCE, [])]
)
def test_un_delai_qui_depend_d_un_tribunal_tu_le_dit(juridiction, codes):
    procedure = plier([ouvrir("2026-09-02", "ip", "IP", "depot_requete", juridiction=juridiction)], "2026-09-03")["ip"]
    (consigner,) = list_echeances_procedure(procedure, date(2026, 9, 3))
    assert str(consigner.quoi) == "Consigner les frais de la requête au greffe"
    assert [a.code for a in consigner.avertissements] == codes


# --- Insolvency: every state against every event ----------------------------------------------------------------------

ETATS = {e.code for e in load_graphe().procedures["PC"].etats} - {"PC_ASSIGNATION", "PC_CLOTURE"}
PARTOUT = {"conversion_liquidation", "plan_arrete", "resolution_plan", "execution_plan", "cloture"}
CONTRAT = {"resiliation_contrat", "declaration_complementaire"}
SANS_OBJET = {
    ("PC_PLAN", "conversion_liquidation"): "le plan se résout, il ne se convertit pas (C. com. L626-27)",
    ("PC_PLAN", "plan_arrete"): "il l'est déjà",
    ("PC_PLAN", "cloture"): "le plan finit par son exécution ou sa résolution",
    ("PC_ADMISE", "resolution_plan"): "admise pendant un plan, elle y est entrée",
    ("PC_ADMISE", "execution_plan"): "admise pendant un plan, elle y est entrée",
}


@pytest.mark.parametrize("etat", sorted(ETATS))
def test_ce_qui_arrive_a_la_procedure_arrive_quel_que_soit_l_etat_de_la_creance(etat):
    pris = {t.evenement for t in load_graphe().procedures["PC"].sorties[etat]}
    sans_objet = {evenement for de, evenement in SANS_OBJET if de == etat}
    assert (PARTOUT | CONTRAT) - pris == sans_objet
