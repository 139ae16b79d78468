"""The account by its days ends on what is due, whatever happened in the dossier."""

import json
from datetime import date
from decimal import Decimal

import pytest
from dossiers_des_actes import AU, DOSSIERS, load_dossier

from exigible.actes.sommes import compute_sommes_du_debiteur, focus_debiteur, list_entiers
from exigible.actes.vocabulaire.compte import build_compte, build_tableau
from exigible.dossier.description import fold_description, parse_description


@pytest.mark.parametrize("nom", DOSSIERS)
def test_le_solde_est_ce_qui_est_du(nom):
    etat = focus_debiteur(load_dossier(nom))
    assert build_compte(etat).solde == etat.decompte.total_du - etat.decompte.trop_percu


def test_depuis_un_jour_le_solde_ne_change_pas():
    compte = build_compte(load_dossier("professionnel"))
    entier, depuis = build_tableau(compte, None), build_tableau(compte, date(2026, 6, 1))
    assert depuis.lignes[0][1] == "Solde antérieur"
    assert depuis.total == entier.total
    assert len(depuis.lignes) < len(entier.lignes)


def add_faits(nom, *faits):
    description = json.loads(DOSSIERS[nom].read_bytes())
    description["faits"] += [{"date_effet": jour, "fait": fait} for jour, fait in faits]
    return fold_description(parse_description(json.dumps(description).encode()), AU)


def test_un_avoir_et_un_trop_percu_ont_leur_ligne():
    etat = add_faits(
        "consommateur",
        ("2026-10-01", {"type": "avoir_emis", "cle": "a", "numero": "A-1", "creance": "F-2026-020", "montant": "40"}),
        ("2026-11-02", {"type": "paiement_recu", "cle": "p-2", "montant": "600", "creances": [], "moyen": "virement"}),
    )
    compte = build_compte(etat)
    assert etat.decompte.trop_percu > 0
    assert compte.solde == etat.decompte.total_du - etat.decompte.trop_percu
    libelles = [o.libelle for o in compte.operations]
    assert "Avoirs sur F-2026-020" in libelles
    assert "Reçu au-delà de ce qui était dû" in libelles


def test_la_part_d_un_debiteur_reste_une_part():
    etat = load_dossier("conjoints")
    sienne = focus_debiteur(etat)
    assert {cle: solde.principal_initial for cle, solde in list_entiers(sienne).items()} == {
        "F-2026-001": Decimal("4800.00"),
        "F-2026-014": Decimal("1250.40"),
    }
    sommes = compute_sommes_du_debiteur(sienne, ["F-2026-001"])
    assert sommes[0].entier.principal_initial == Decimal("4800.00")
    libelles = [o.libelle for o in build_compte(sienne).operations]
    assert "Part des autres débiteurs sur F-2026-001" in libelles
    assert not any("Avoirs" in libelle for libelle in libelles)


def test_une_facture_jugee_quitte_le_compte():
    operations = build_compte(load_dossier("juge")).operations
    assert [o.montant for o in operations] == [Decimal("5250.40"), Decimal("600.00")]


@pytest.mark.parametrize(
    ("nom", "libelle"),
    [
        ("professionnel", "Intérêts et pénalités de retard courus"),
        ("public", "Intérêts moratoires courus"),
        ("consommateur", "Intérêts courus"),
    ],
)
def test_les_interets_portent_le_nom_que_leur_donne_la_loi(nom, libelle):
    noms = [operation.libelle for operation in build_compte(load_dossier(nom)).accessoires]
    assert any(ecrit.startswith(libelle) for ecrit in noms)
