"""What the creditor waives or assigns leaves the statement; nothing else is lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from decisions import chef, jugement, lis, list_codes, paiement
from hypothesis import given, settings
from hypothesis import strategies as st

from exigible.dossier.etat import Stade
from exigible.dossier.faits import (
    ChefJugement,
    CreanceCedee,
    PaiementRecu,
    PosteRenonce,
    Reclamation,
    RegimeChef,
    RenonciationFaite,
)
from exigible.droit.decompte import compute_decompte

D = Decimal


# --- Waivers and assignments ------------------------------------------------------------------------------------------


def renonce(poste, montant=None, *creances, cle="R"):
    return RenonciationFaite(cle=cle, poste=poste, montant=D(montant) if montant else None, creances=creances)


def test_renoncer_aux_interets_echus_laisse_le_reste(plie, facture_a):
    sans = plie([facture_a], "2026-02-15")
    faits = [facture_a, ("2026-02-15", renonce(PosteRenonce.INTERETS))]
    etat = plie(faits, "2026-02-15")
    assert lis(etat, "A").interets == 0
    assert (lis(etat, "A").principal_restant, lis(etat, "A").indemnites) == (D("10000.00"), D("40.00"))
    assert etat.decompte.total_du == sans.decompte.total_du - sans.decompte.interets
    apres = plie(faits, "2026-03-15")
    assert lis(apres, "A").interets == lis(plie([facture_a], "2026-03-15"), "A").interets - lis(sans, "A").interets
    assert "C. civ. 1350" in etat.decompte.articles


@pytest.mark.parametrize(
    ("poste", "principal", "interets", "indemnites"),
    [
        (PosteRenonce.PRINCIPAL, "0.00", "459.37", "40.00"),
        (PosteRenonce.INDEMNITES, "10000.00", "459.37", "0.00"),
        (PosteRenonce.FRAIS, "10000.00", "459.37", "40.00"),
        (PosteRenonce.TOUT, "0.00", "0.00", "0.00"),
    ],
)
def test_renoncer_a_un_poste(plie, facture_a, poste, principal, interets, indemnites):
    solde = lis(plie([facture_a, ("2026-02-15", renonce(poste))], "2026-02-15"), "A")
    assert (solde.principal_restant, solde.interets, solde.indemnites) == (D(principal), D(interets), D(indemnites))


def test_renoncer_a_une_part_d_une_facture(plie, facture, facture_a):
    faits = [
        facture_a,
        ("2025-09-01", facture("B", "2025-09-01", "2025-09-30", "1000.00")),
        ("2026-02-15", renonce(PosteRenonce.PRINCIPAL, "400.00", "B")),
    ]
    etat = plie(faits, "2026-02-15")
    assert (lis(etat, "A").principal_restant, lis(etat, "B").principal_restant) == (D("10000.00"), D("600.00"))


def test_un_paiement_apres_la_renonciation_va_au_principal(plie, facture_a):
    faits = [
        facture_a,
        ("2026-02-14", renonce(PosteRenonce.INTERETS, cle="R1")),
        ("2026-02-14", renonce(PosteRenonce.INDEMNITES, cle="R2")),
        ("2026-02-15", paiement("P", "1000.00")),
    ]
    etat = plie(faits, "2026-02-15")
    imputation = next(i for i in etat.decompte.imputations if i.versement == "P")
    assert imputation.interets == round(D("10000") * D("12.15") / 36500, 2)
    assert imputation.principal == D("1000.00") - imputation.interets


def test_la_creance_cedee_quitte_le_compte(plie, facture, facture_a):
    faits = [
        facture_a,
        ("2025-09-01", facture("B", "2025-09-01", "2025-09-30", "1000.00")),
        ("2026-01-10", CreanceCedee(cle="C", cessionnaire="Factor Exemple", creances=("A",))),
        ("2026-01-20", paiement("P", "500.00", "A")),
    ]
    etat = plie(faits, "2026-02-15")
    assert {c.cle: c.stade for c in etat.creances} == {"A": Stade.CEDEE, "B": Stade.ECHUE}
    assert etat.decompte.total_du == lis(plie(faits[:2], "2026-02-15"), "B").total
    assert "paiement_sur_creance_cedee" in list_codes(etat)


def test_le_creancier_qui_recouvre_pour_le_cessionnaire_garde_son_compte(plie, facture_a):
    cession = CreanceCedee(cle="C", cessionnaire="Factor Exemple", recouvrement_conserve=True)
    faits = [facture_a, ("2026-01-10", cession)]
    assert plie(faits, "2026-02-15").decompte == plie(faits[:1], "2026-02-15").decompte


def test_une_creance_cedee_n_est_plus_jugee_pour_nous(plie, facture_a):
    faits = [
        facture_a,
        ("2025-12-10", CreanceCedee(cle="C", cessionnaire="Factor Exemple")),
        ("2026-01-05", jugement(chef("8000.00"))),
    ]
    assert plie(faits, "2026-02-15").decompte.total_du == 0


def test_la_condamnation_cedee_quitte_le_compte(plie, facture_a):
    faits = [
        facture_a,
        ("2026-01-05", jugement(chef("8000.00"))),
        ("2026-02-10", CreanceCedee(cle="C", cessionnaire="Factor Exemple", creances=("A",))),
    ]
    assert plie(faits, "2026-02-15").decompte.total_du == 0


# --- Invariants -------------------------------------------------------------------------------------------------------

JOURS = st.dates(date(2025, 10, 1), date(2026, 6, 20)).map(date.isoformat)
SOMMES = st.integers(1, 1_500_000).map(lambda cents: D(cents) / 100)
CHOIX = st.sampled_from([(), ("A",), ("B",), ("J/principal",)])


@st.composite
def chronologies(draw):
    """Payments, waivers and a judgment, on days all different."""
    jours = draw(st.lists(JOURS, min_size=6, max_size=6, unique=True))
    faits = [
        (jour, PaiementRecu(cle=f"P{n}", montant=draw(SOMMES), creances=draw(CHOIX)))
        for n, jour in enumerate(jours[:3])
    ]
    faits.append(
        (jours[3], RenonciationFaite(cle="R", poste=draw(st.sampled_from(PosteRenonce)), montant=draw(SOMMES)))
    )
    faits.append(
        (
            jours[4],
            jugement(
                ChefJugement(cle="principal", montant=draw(SOMMES), creances=draw(CHOIX)[:1] or ("A",)),
                article_700=draw(SOMMES),
            ),
        )
    )
    if draw(st.booleans()):
        faits.append((jours[5], CreanceCedee(cle="C", cessionnaire="Factor Exemple", creances=("B",))))
    return faits


@settings(max_examples=60, deadline=None)
@given(faits=chronologies(), data=st.data())
def test_rien_ne_se_perd_et_l_ordre_de_saisie_ne_compte_pas(atelier, faits, data):
    factures = [
        ("2025-09-01", atelier.facture("A", "2025-09-01", "2025-09-30", "4000.00")),
        ("2025-10-01", atelier.facture("B", "2025-10-01", "2025-10-31", "2500.00")),
    ]
    etat = atelier.plie([*factures, *faits], "2026-06-30")
    decompte = etat.decompte
    autre = atelier.plie([*factures, *data.draw(st.permutations(faits))], "2026-06-30")
    assert autre.decompte == decompte
    assert min((s.total for s in decompte.soldes), default=D(0)) >= 0
    assert decompte.total_du == sum(s.total for s in decompte.soldes)
    # the claims still in the account, and the payments as they are held, give the same statement again
    refait = compute_decompte(
        etat.base.creances, etat.base.versements, date(2026, 6, 30), arreter_au_dernier_connu=True
    )
    assert (refait.total_du, refait.lignes) == (decompte.total_du, decompte.lignes)
    recus = sum((f.montant for _, f in faits if isinstance(f, PaiementRecu)), D(0))
    imputes = sum((i.montant for i in decompte.imputations if i.versement.startswith("P")), D(0))
    ecartes = "paiement_sur_creance_cedee" in [a.code for a in etat.avertissements]
    assert ecartes or imputes + decompte.trop_percu == recus


def test_sans_titre_le_decompte_annonce_reste_celui_d_avant(plie, facture_a, creancier):
    annonce = creancier(Reclamation.ANNONCER, Reclamation.ANNONCER)
    faits = [facture_a, ("2026-01-05", jugement(chef("8000.00", regime=RegimeChef.AUCUN)))]
    etat = plie(faits, "2026-02-05", creancier=annonce)
    assert etat.pour_memoire.total_du == etat.decompte.total_du == D("8000.00")
    avant = plie(faits, "2026-01-04", creancier=annonce)
    assert avant.pour_memoire.total_du > avant.decompte.total_du == D("10000.00")
