"""The procedures of a dossier: what the page shows, on any day; what one may record, and what it would change."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from exigible.bureau.horloge import PARIS, fix_horloge
from exigible.bureau.pages.formulaires.procedures import DITES_AUTREMENT, list_ouvertures
from exigible.bureau.tiers.models import Echeance
from exigible.bureau.tiers.verification import verify_projections
from exigible.dossier.faits import (
    EtapeFranchie,
    FaitAnnule,
    ModeSignification,
    PieceJointe,
    ProcedureAbandonnee,
    ProcedureCollectiveOuverte,
    ProcedureOuverte,
    Qualification,
)
from exigible.dossier.procedures.graphe import load_graphe
from exigible.droit.competence_faits import Juridiction
from exigible.droit.delais import Distance

JOUR = date(2026, 11, 21)
REQUETE = (ProcedureOuverte(cle="ip", procedure="IP", evenement="depot_requete", creances=("f-F1",)), date(2026, 8, 1))
ORDONNANCE = (EtapeFranchie(procedure="ip", evenement="ordonnance"), date(2026, 9, 15))


@pytest.fixture
def injonction(dossier, ecrire):
    """An order for payment of 15/09/2026: to be served within three months."""
    ecrire(dossier, REQUETE, ORDONNANCE)
    return dossier


def lire_page(reponse):
    return reponse.content.decode().replace("\u00a0", " ").replace("\u202f", " ").replace("&#x27;", "'")


def voir(navigateur, dossier, **jours):
    return lire_page(navigateur.get(reverse("dossier_procedures", args=[dossier.pk]), jours))


def adresse_etape(dossier, cle="ip"):
    return reverse("dossier_procedure_etape", args=[dossier.pk, cle])


# --- The page ---------------------------------------------------------------------------------------------------------


def test_sans_procedure_la_page_dit_comment_en_ouvrir_une(navigateur, dossier):
    page = voir(navigateur, dossier)
    assert "Aucune procédure dans ce dossier" in page
    assert reverse("dossier_procedure_ouvrir", args=[dossier.pk]) in page


def test_une_procedure_se_lit_comme_une_chronologie(navigateur, injonction):
    page = voir(navigateur, injonction)
    assert "Injonction de payer" in page
    assert "Ordonnance rendue" in page
    chronologie = page[page.index("Chronologie") :]
    assert chronologie.index("Requête en injonction") < chronologie.index("Ordonnance portant injonction")
    assert "15/09/2026" in page
    assert "CPC 1405" in page
    assert "F1" in page
    assert "15/12/2026" in page  # three months, CPC 1411 as of 01/09/2026
    assert "non avenue" in page


def test_ce_que_le_temps_a_fait_est_dit(navigateur, injonction):
    with fix_horloge(date(2027, 1, 10)):
        page = voir(navigateur, injonction)
    assert "par l’effet du temps" in page
    assert "16/12/2026" in page


def test_un_tiers_n_y_voit_rien(etranger, injonction):
    assert etranger.get(reverse("dossier_procedures", args=[injonction.pk])).status_code == 404
    assert etranger.get(adresse_etape(injonction)).status_code == 404
    assert etranger.post(reverse("dossier_procedure_ouvrir", args=[injonction.pk]), {}).status_code == 404


def test_une_procedure_inconnue_n_existe_pas(navigateur, injonction):
    assert navigateur.get(adresse_etape(injonction, "autre")).status_code == 404


# --- On any day -------------------------------------------------------------------------------------------------------


def test_par_date_d_effet_la_procedure_est_celle_de_ce_jour(navigateur, injonction):
    avant = voir(navigateur, injonction, au="2026-09-10")
    assert "Requête déposée" in avant
    assert "15/12/2026" not in avant
    assert "Vous lisez ce dossier au 10/09/2026" in avant
    assert "Aucune procédure dans ce dossier" in voir(navigateur, injonction, au="2026-07-31")


def test_connu_au_ne_lit_que_ce_qui_etait_enregistre(navigateur, dossier, ecrire):
    """The order of 15 September was learnt on 24 November only."""
    ecrire(dossier, REQUETE)
    with fix_horloge(datetime(2026, 11, 24, 10, tzinfo=PARIS)):
        ecrire(dossier, ORDONNANCE)
        sue = voir(navigateur, dossier, au="2026-11-24")
        ignoree = voir(navigateur, dossier, au="2026-11-24", connu_au="2026-11-23")
    assert "Ordonnance rendue" in sue
    assert "Requête déposée" in ignoree
    assert "Ordonnance rendue" not in ignoree
    assert "Ne compte que ce qui était enregistré le 23/11/2026 au soir." in ignoree


@pytest.mark.parametrize("nom", ["dossier", "dossier_procedures", "decompte"])
def test_la_date_suit_d_une_vue_a_l_autre(navigateur, injonction, nom):
    page = lire_page(navigateur.get(reverse(nom, args=[injonction.pk]), {"au": "2026-10-01"}))
    assert "Total dû au 01/10/2026" in page
    for autre in ("dossier", "dossier_procedures", "decompte"):
        assert f'href="{reverse(autre, args=[injonction.pk])}?au=2026-10-01"' in page


def test_le_dossier_d_un_jour_passe_ne_montre_que_ce_qui_avait_eu_lieu(navigateur, injonction):
    page = lire_page(navigateur.get(reverse("dossier", args=[injonction.pk]), {"au": "2026-09-10"}))
    assert "Requête en injonction de payer déposée" in page
    assert "Ordonnance portant injonction" not in page
    assert "Et maintenant" not in page
    assert "/corriger/" not in page


@pytest.mark.parametrize("nom", ["dossier", "dossier_procedures", "decompte"])
def test_un_jour_ou_rien_n_etait_su_est_dit_et_aujourd_hui_montre(navigateur, injonction, nom):
    reponse = navigateur.get(reverse(nom, args=[injonction.pk]), {"connu_au": "2020-01-01"})
    assert reponse.status_code == 200
    page = lire_page(reponse)
    assert "rien ne permettait encore de lire ce dossier" in page
    assert "Total dû aujourd’hui" in page


def test_un_jour_faux_est_dit(navigateur, injonction):
    assert "n’existe pas" in voir(navigateur, injonction, au="31/02/2026")


# --- Opening ----------------------------------------------------------------------------------------------------------


def test_on_choisit_parmi_toutes_les_entrees_du_graphe(navigateur, dossier):
    page = lire_page(navigateur.get(reverse("dossier_procedure_ouvrir", args=[dossier.pk])))
    for procedure in load_graphe().procedures.values():
        for entree in {t.evenement: t for t in reversed(procedure.entrees)}.values():
            assert str(entree.nom) in page, entree.code
    assert reverse("saisir", args=[dossier.pk, "procedure-collective"]) in page
    assert reverse("saisir", args=[dossier.pk, "surendettement"]) in page


def test_l_ouverture_qui_a_son_formulaire_n_est_pas_proposee_deux_fois():
    proposees = {tuple(code.split("|")) for _, choix in list_ouvertures() for code, _ in choix}
    assert proposees.isdisjoint(DITES_AUTREMENT)
    assert len(proposees) > 20


def test_ouvrir_montre_d_abord_ce_que_cela_change(navigateur, dossier, lire):
    adresse = reverse("dossier_procedure_ouvrir", args=[dossier.pk])
    assert "IP|depot_requete" in lire_page(navigateur.get(adresse, {"entree": "IP|depot_requete"}))
    champs = {"entree": "IP|depot_requete", "jour": "2026-11-02", "creances": ["f-F1"], "montant": "1 335,05"}
    avant = len(lire(dossier))
    apercu = navigateur.post(adresse, champs | {"apercu": "1"})
    assert len(lire(dossier)) == avant
    page = lire_page(apercu)
    assert "Ce que cela change" in page
    assert "Requête déposée" in page
    fait_avant = navigateur.post(adresse, champs | {"enregistrer": "1"})
    assert fait_avant.headers["Location"] == reverse("dossier_procedures", args=[dossier.pk])
    fait = lire(dossier)[-1].fait
    assert isinstance(fait, ProcedureOuverte)
    assert (fait.procedure, fait.evenement, fait.creances, fait.juridiction) == ("IP", "depot_requete", ("f-F1",), None)
    assert fait.montant == Decimal("1335.05")
    assert "Requête déposée" in voir(navigateur, dossier)


def test_ouvrir_avec_son_tribunal_et_sa_distance(navigateur, dossier, lire):
    champs = {
        "entree": "REFERE|assignation_refere",
        "jour": "2026-11-02",
        "juridiction": "tribunal_de_commerce",
        "lieu": "Villefictive",
        "audience": "2026-12-15",
        "distance": "outre-mer",
        "reference": "RG 26/00001",
    }
    navigateur.post(reverse("dossier_procedure_ouvrir", args=[dossier.pk]), champs | {"enregistrer": "1"})
    fait = lire(dossier)[-1].fait
    assert (fait.juridiction, fait.distance) == (Juridiction.TRIBUNAL_DE_COMMERCE, Distance.OUTRE_MER)
    assert (fait.audience, fait.reference) == (date(2026, 12, 15), "RG 26/00001")
    assert "Tribunal de commerce Villefictive" in voir(navigateur, dossier)


def test_une_voie_qui_n_existait_pas_encore_est_refusee(navigateur, dossier, lire):
    avant = len(lire(dossier))
    champs = {"entree": "CCI|commandement", "jour": "2026-04-01", "enregistrer": "1"}
    reponse = navigateur.post(reverse("dossier_procedure_ouvrir", args=[dossier.pk]), champs)
    assert reponse.status_code == 422
    assert "n’existait pas encore" in lire_page(reponse)
    assert len(lire(dossier)) == avant


# --- A step -----------------------------------------------------------------------------------------------------------


def test_seules_les_etapes_de_l_etat_se_choisissent(navigateur, injonction):
    reponse = navigateur.get(adresse_etape(injonction))
    groupes = reponse.context["form"].fields["etape"].choices[1:2]
    choix = {valeur for _, groupe in groupes for valeur, _ in groupe}
    assert "ip|signification_a_personne" in choix
    assert "ip|depot_requete" not in choix
    page = lire_page(reponse)
    assert "impossibles maintenant" in page


def test_une_etape_dit_son_effet_puis_s_ecrit(navigateur, injonction, lire):
    champs = {"etape": "ip|signification_a_personne", "jour": "2026-11-20", "mode": "a_personne"}
    page = lire_page(navigateur.post(adresse_etape(injonction), champs | {"apercu": "1"}))
    assert "Ordonnance signifiée à personne" in page
    assert "n’est plus à suivre" in page  # serving in three months
    navigateur.post(adresse_etape(injonction), champs | {"enregistrer": "1"})
    fait = lire(injonction)[-1].fait
    assert isinstance(fait, EtapeFranchie)
    assert (fait.procedure, fait.mode, fait.dernier_ressort) == ("ip", ModeSignification.A_PERSONNE, None)
    assert "Ordonnance signifiée à personne" in voir(navigateur, injonction)


def test_une_signification_apprise_trop_tard_se_rattrape(navigateur, injonction, lire):
    """Served in time, known after the order had lapsed: the lapse is undone."""
    with fix_horloge(date(2027, 1, 10)):
        assert "non avenue" in voir(navigateur, injonction).lower()
        reponse = navigateur.get(adresse_etape(injonction))
        (_, _, (nom, choix)) = reponse.context["form"].fields["etape"].choices
        assert "à une date antérieure" in str(nom)
        assert "ip|signification_a_personne" in dict(choix)
        champs = {"etape": "ip|signification_a_personne", "jour": "2026-12-01", "mode": "a_personne"}
        assert "Ordonnance signifiée à personne" in lire_page(
            navigateur.post(adresse_etape(injonction), champs | {"apercu": "1"})
        )
        navigateur.post(adresse_etape(injonction), champs | {"enregistrer": "1"})
        page = voir(navigateur, injonction)
        assert "Ordonnance signifiée à personne" in page
        assert "par l’effet du temps" not in page


def test_une_etape_que_l_etat_ne_permet_pas_est_refusee(navigateur, injonction, lire):
    avant = len(lire(injonction))
    champs = {"etape": "ip|depot_requete", "jour": "2026-11-20", "enregistrer": "1"}
    reponse = navigateur.post(adresse_etape(injonction), champs)
    assert reponse.status_code == 422
    assert len(lire(injonction)) == avant


def test_une_etape_porte_la_piece_et_la_decision(navigateur, injonction, ecrire, lire):
    ecrire(injonction, (PieceJointe(piece="a" * 64, nom="signification.pdf"), JOUR))
    champs = {
        "etape": "ip|signification_autre",
        "jour": "2026-11-20",
        "mode": "a_etude",
        "piece": "a" * 64,
        "qualification": "par_defaut",
        "dernier_ressort": "oui",
        "enregistrer": "1",
    }
    navigateur.post(adresse_etape(injonction), champs)
    fait = lire(injonction)[-1].fait
    assert (fait.piece, fait.qualification, fait.dernier_ressort) == ("a" * 64, Qualification.PAR_DEFAUT, True)
    fil = lire_page(navigateur.get(reverse("dossier", args=[injonction.pk]), {"fil": "procedures"}))
    assert "À l’étude" in fil
    assert "En dernier ressort" in fil


def test_une_etape_se_corrige_et_s_annule(navigateur, injonction, lire):
    rang = lire(injonction)[-1].rang
    page = navigateur.get(reverse("corriger", args=[injonction.pk, rang]))
    assert page.context["form"].initial["etape"] == "ip|ordonnance"
    champs = {"etape": "ip|ordonnance", "jour": "2026-08-31"}
    assert navigateur.post(reverse("corriger", args=[injonction.pk, rang]), champs).status_code == 302
    # before 01/09/2026: six months to serve
    assert Echeance.objects.get(nature="procedure").le == date(2027, 3, 1)
    navigateur.post(reverse("annuler", args=[injonction.pk, lire(injonction)[-1].rang]), {"motif": "erreur"})
    assert isinstance(lire(injonction)[-1].fait, FaitAnnule)
    assert Echeance.objects.get(nature="procedure").le == date(2026, 12, 15)
    assert list(verify_projections()) == []


def test_une_ouverture_se_corrige(navigateur, injonction, lire):
    rang = next(i.rang for i in lire(injonction) if isinstance(i.fait, ProcedureOuverte))
    champs = {"entree": "IP|depot_requete", "jour": "2026-08-02", "reference": "IP 26/7"}
    assert navigateur.post(reverse("corriger", args=[injonction.pk, rang]), champs).status_code == 302
    fait = lire(injonction)[-1].fait
    assert (fait.cle, fait.reference) == ("ip", "IP 26/7")


# --- Giving up --------------------------------------------------------------------------------------------------------


def test_renoncer_arrete_la_procedure(navigateur, injonction, lire):
    champs = {"procedure": "ip", "jour": "2026-11-20", "motif": "payé"}
    adresse = reverse("saisir", args=[injonction.pk, "abandon"])
    assert navigateur.post(adresse, champs).status_code == 302
    assert isinstance(lire(injonction)[-1].fait, ProcedureAbandonnee)
    page = voir(navigateur, injonction)
    assert "Abandonnée" in page
    assert "La procédure est finie" in page
    assert not Echeance.objects.filter(dossier=injonction, nature="procedure").exists()
    assert navigateur.get(adresse_etape(injonction)).status_code == 404
    fil = lire_page(navigateur.get(reverse("dossier", args=[injonction.pk])))
    assert "Procédure abandonnée : Injonction de payer" in fil


def test_on_ne_renonce_pas_avant_d_avoir_commence(navigateur, injonction):
    champs = {"procedure": "ip", "jour": "2026-07-01", "motif": "erreur"}
    reponse = navigateur.post(reverse("saisir", args=[injonction.pk, "abandon"]), champs)
    assert reponse.status_code == 422
    assert "pas encore ouverte" in lire_page(reponse)


def test_l_amiable_et_l_arret_par_l_insolvabilite_sont_dits(navigateur, injonction, ecrire):
    assert "À l’amiable" in voir(navigateur, injonction)
    ecrire(injonction, (ProcedureCollectiveOuverte(nature="liquidation judiciaire"), JOUR))
    assert "par la procédure d’insolvabilité du débiteur" in voir(navigateur, injonction)
