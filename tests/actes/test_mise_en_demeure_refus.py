"""The formal notice that a rule forbids: it is refused, with one sentence that says which rule."""

from dataclasses import replace as dc_replace
from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from exigible.actes.mise_en_demeure.rendu import render_mise_en_demeure
from exigible.dossier.faits import (
    Adresse,
    ContestationRecue,
    EcheancePlan,
    ModeEnvoi,
    PaiementRecu,
    PlanConvenu,
    ProcedureCollectiveOuverte,
)
from exigible.droit.erreurs import ErreurExigible, ErreurSaisie
from exigible.droit.regimes import QualitePartie


def render(etat, cles=None, **options):
    cles = cles or [creance.cle for creance in etat.creances]
    return render_mise_en_demeure(etat, cles, reference="DOS-2026-0042", **options)


def test_une_facture_contestee_en_entier_est_refusee(fabrique):
    contestation = ContestationRecue(cle="k", creances=("F-2026-002",), motif="non livrée")
    etat = fabrique((date(2026, 8, 1), contestation))
    with pytest.raises(ErreurExigible, match="facture F-2026-002 est contestée en entier") as refus:
        render(etat)
    assert refus.value.code == "acte_refuse"
    assert "F-2026-002" not in render(etat, ["F-2026-001"]).texte


def test_une_facture_payee_n_a_pas_sa_place_parmi_les_autres(fabrique):
    paiement = PaiementRecu(cle="p", montant=Decimal("1250.40"), creances=("F-2026-002",))
    with pytest.raises(ErreurExigible) as refus:
        render(fabrique((date(2026, 7, 1), paiement)))
    assert "BL-11" in refus.value.parametres["regle"]


REFUS = {
    "qualité inconnue": (lambda f: f(debiteur=replace(f.DEBITEUR, qualite=QualitePartie.INCONNUE)), "MD-01"),
    "nom inconnu": (lambda f: f(debiteur=replace(f.DEBITEUR, nom="  ")), "MD-01"),
    "adresse incomplète": (lambda f: f(debiteur=replace(f.DEBITEUR, adresse=Adresse(ville="Testville"))), "MD-01"),
    "créancier sans adresse": (lambda f: f(creancier=replace(f.CREANCIER, adresse=Adresse())), "CO-19"),
    "facture non échue": (lambda f: f(factures=[f.make_facture(echeance=f.AU)]), "BL-07"),
    "échéance inconnue": (lambda f: f(factures=[f.make_facture(echeance=None)]), "BL-07"),
    "facture payée": (
        lambda f: f(
            (date(2026, 4, 20), PaiementRecu(cle="p", montant=Decimal("4800.00"))), factures=[f.make_facture()]
        ),
        "BL-11",
    ),
    "procédure collective": (
        lambda f: f((date(2026, 9, 1), ProcedureCollectiveOuverte(nature="redressement"))),
        "BL-05",
    ),
    "plan tenu": (
        lambda f: f(
            (
                date(2026, 11, 1),
                PlanConvenu(
                    cle="k",
                    creances=("F-2026-001", "F-2026-002"),
                    echeances=(EcheancePlan(date(2026, 12, 1), Decimal("6050.40")),),
                ),
            )
        ),
        "BL-09",
    ),
    "dette de consommateur prescrite": (
        lambda f: f(
            debiteur=f.CONSOMMATEUR,
            factures=[f.make_facture(emission=date(2023, 4, 1), echeance=date(2023, 5, 1))],
        ),
        "BL-01",
    ),
    "titre d'avocat non vérifié": (
        lambda f: f(creancier=replace(f.CREANCIER, fonction="Avocat au barreau de Paris")),
        "CO-05",
    ),
    "titre réservé écrit avec le nom": (
        lambda f: f(creancier=replace(f.CREANCIER, signataire="Claire Fictive, commissaire de justice")),
        "CO-05",
    ),
    "numéro surtaxé à un consommateur": (
        lambda f: f(debiteur=f.CONSOMMATEUR, creancier=replace(f.CREANCIER, telephone="+33 8 99 12 34 56")),
        "FR-16",
    ),
    "titre d'officier public": (lambda f: f(creancier=replace(f.CREANCIER, fonction="Huissier")), "CO-20"),
    "libellé interdit": (
        lambda f: f(factures=[f.make_facture(libelle="Dernier avis avant saisie")]),
        "CO-01",
    ),
}


@pytest.mark.parametrize("cas", REFUS, ids=list(REFUS))
def test_une_lettre_illicite_ne_se_fait_pas(fabrique, cas):
    construire, regle = REFUS[cas]
    with pytest.raises(ErreurExigible) as refus:
        render(construire(fabrique))
    assert refus.value.code == "acte_refuse"
    assert regle in refus.value.parametres["regle"].split(", ")
    assert refus.value.message.startswith("« Mise en demeure de payer » est refusé : ")
    assert "\n" not in refus.value.message


def test_une_qualite_inconnue_est_refusee_pour_cette_seule_raison(fabrique):
    with pytest.raises(ErreurExigible) as refus:
        render(fabrique(debiteur=replace(fabrique.DEBITEUR, qualite=QualitePartie.INCONNUE)))
    assert refus.value.parametres["regle"] == "MD-01"
    assert "la qualité du débiteur" in refus.value.message


def test_quarante_euros_a_un_consommateur_sont_refuses(fabrique):
    force = dc_replace(fabrique(), debiteur=fabrique.CONSOMMATEUR)
    assert force.decompte.indemnites == 80
    with pytest.raises(ErreurExigible) as refus:
        render(force)
    assert "FR-01" in refus.value.parametres["regle"]
    assert "L441-10" in refus.value.message


def test_une_lre_sans_service_qualifie_est_refusee(fabrique):
    with pytest.raises(ErreurExigible, match="est refusé") as refus:
        render(fabrique(), canal=ModeEnvoi.LRE)
    assert "EN-02" in refus.value.parametres["regle"]


@pytest.mark.parametrize("delai", [0, -3, 366])
def test_un_delai_absurde_est_refuse(fabrique, delai):
    with pytest.raises(ErreurSaisie, match="délai"):
        render(fabrique(), delai_jours=delai)


def test_une_creance_inconnue_ou_absente_est_refusee(fabrique):
    with pytest.raises(ErreurSaisie, match="n'est pas dans ce dossier"):
        render(fabrique(), ["F-AILLEURS"])
    with pytest.raises(ErreurSaisie, match="au moins une"):
        render_mise_en_demeure(fabrique(), [])


def test_un_taux_provisoire_ne_part_pas_dans_une_lettre(fabrique):
    with pytest.raises(ErreurExigible, match="taux provisoire") as refus:
        render(fabrique(au=date(2027, 2, 15), provisoire=True))
    assert refus.value.code == "acte_refuse"


def test_un_iban_faux_est_refuse(fabrique):
    with pytest.raises(ErreurSaisie, match="IBAN"):
        render(fabrique(iban="FR7699999000010000000000116"))
