"""What one procedure does to another, on the page: a title stopped, debtors told apart, a condition not told."""

from datetime import date

from django.urls import reverse

from exigible.bureau.pages.vues.fil_procedures import _find_code
from exigible.dossier.faits import (
    EtapeFranchie,
    ModeSignification,
    PersonneTenue,
    ProcedureOuverte,
    RolePersonne,
)
from exigible.droit.competence_faits import Juridiction


def voir(navigateur, dossier):
    page = navigateur.get(reverse("dossier_procedures", args=[dossier.pk])).content.decode()
    return page.replace("\u00a0", " ").replace("\u202f", " ").replace("&#x27;", "'")


def ouvrir(jour, cle, procedure, evenement, **autres):
    return ProcedureOuverte(cle=cle, procedure=procedure, evenement=evenement, **autres), date.fromisoformat(jour)


def passer(jour, procedure, evenement, **autres):
    return EtapeFranchie(procedure=procedure, evenement=evenement, **autres), date.fromisoformat(jour)


def test_l_execution_arretee_se_voit_sur_la_saisie(navigateur, dossier, ecrire):
    ecrire(
        dossier,
        ouvrir("2026-09-01", "t", "TITRE", "titre"),
        ouvrir("2026-10-01", "s", "SATT", "acte_de_saisie"),
        passer("2026-10-05", "s", "denonciation"),
        passer("2026-10-12", "t", "execution_provisoire_arretee"),
    )
    page = voir(navigateur, dossier)
    assert "Exécution du titre arrêtée" in page
    assert "L’exécution du titre est arrêtée depuis le 12/10/2026" in page
    assert page.count("aucun acte d’exécution avant la décision") == 1


def test_chaque_debiteur_a_son_injonction(navigateur, dossier, ecrire, lire):
    ecrire(
        dossier,
        (PersonneTenue(cle="co", nom="Associé Exemple", role=RolePersonne.CODEBITEUR_SOLIDAIRE), date(2026, 3, 1)),
        ouvrir("2026-08-01", "ip", "IP", "depot_requete", contre=("debiteur", "co")),
        passer("2026-09-15", "ip", "ordonnance"),
        passer("2026-10-15", "ip", "signification_a_personne", personne="co"),
    )
    page = voir(navigateur, dossier)
    assert page.count("Injonction de payer") >= 2
    assert "<dd>Associé Exemple</dd>" in page
    adresse = reverse("dossier_procedure_etape", args=[dossier.pk, "ip.co"])
    assert adresse in page
    navigateur.post(adresse, {"etape": "ip.co|opposition", "jour": "2026-11-02", "enregistrer": "1"})
    assert lire(dossier)[-1].fait.procedure == "ip.co"
    assert "Opposition formée" in voir(navigateur, dossier)
    noms = {"ip": "IP"}
    assert [_find_code(cle, noms) for cle in ("ip", "ip.co", "ip.co.TITRE", "ip.TITRE", "PC-2")] == [
        "IP",
        "IP",
        "TITRE",
        "TITRE",
        "PC",
    ]


def test_le_delai_qui_depend_du_tribunal_le_dit(navigateur, dossier, ecrire):
    ecrire(dossier, ouvrir("2026-11-16", "ip", "IP", "depot_requete"))
    page = voir(navigateur, dossier)
    assert "suppose : devant le tribunal de commerce ou des activités économiques" in page
    assert "suppose : devant" not in voir_avec_tribunal(navigateur, dossier, ecrire)


def voir_avec_tribunal(navigateur, dossier, ecrire):
    ecrire(dossier, passer("2026-11-17", "ip", "consignation", juridiction=Juridiction.TRIBUNAL_DE_COMMERCE))
    return voir(navigateur, dossier)


def test_l_ouverture_dit_comment_son_acte_a_ete_signifie(navigateur, dossier, lire):
    champs = {"entree": "SV|commandement_saisie_vente", "jour": "2026-11-02", "mode": "a_personne", "enregistrer": "1"}
    navigateur.post(reverse("dossier_procedure_ouvrir", args=[dossier.pk]), champs)
    assert lire(dossier)[-1].fait.mode is ModeSignification.A_PERSONNE
