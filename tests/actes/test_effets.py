"""A claim brought on a bill: its sum, the legal interest from its maturity, and no accessory of the invoice."""

import json
from datetime import date
from decimal import Decimal

import pytest
from dossiers_des_actes import load_dossier

from exigible.actes.demande import build_demande
from exigible.actes.document import Annexe, Sommes
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte
from exigible.actes.preuve.donnees import Piece, Sujet
from exigible.actes.preuve.liasse import write_liasse
from exigible.droit.argent import format_montant
from exigible.droit.interets import Regime, RegleInterets, compute_lignes

ACTES = ("requete_injonction_de_payer", "ordonnance_injonction_de_payer")
JUGE = {"tribunal": "commerce", "siege": "Testville", "effet": "Lettre de change acceptée, 4 800 €."}
ECHEANCE = date(2026, 5, 1)
AU = date(2026, 11, 21)


def demande(acte, dossier="professionnel", creances=("F-2026-001",), fondement="lettre_de_change", **saisies):
    reponses = {
        **JUGE,
        "fondement": fondement,
        "echeance_de_l_effet": ECHEANCE.isoformat(),
        "montant_de_l_effet": "4800",
        **saisies,
    }
    return build_demande(get_modele(acte), load_dossier(dossier), creances=creances, saisies=reponses)


@pytest.mark.parametrize("acte", ACTES)
def test_l_effet_ne_porte_que_l_interet_legal_depuis_son_echeance(acte):
    """Redone by hand: 800 € received on 10 July pay the legal interest of the bill, then its sum."""
    regle = RegleInterets(Regime.LEGAL, ECHEANCE, fondement=("C. com. L511-45",))
    avant = compute_lignes(regle, Decimal(4800), date(2026, 5, 2), date(2026, 7, 10))
    reste = Decimal(4800) - (Decimal(800) - sum(x.montant for x in avant))
    apres = compute_lignes(regle, reste, date(2026, 7, 11), AU)
    vue = demande(acte)
    assert vue.totaux.principal == reste
    assert vue.totaux.interets == sum(x.montant for x in apres)
    assert vue.totaux.indemnites == 0
    assert {x.article for x in vue.etat.decompte.lignes if x.creance == "F-2026-001"} == {"C. com. L511-45"}


@pytest.mark.parametrize("fondement", ["lettre_de_change", "billet_a_ordre", "endossement", "aval"])
def test_jamais_de_penalites_ni_de_clause_penale(fondement):
    vue = demande(ACTES[0], fondement=fondement, clause_penale="250", stipulation="article 12")
    assert "clause_penale" not in vue.reponses
    prepare = prepare_acte(vue)
    texte = prepare.texte.replace("\xa0", " ")
    assert "Pénalités de retard" not in texte
    assert "L441-10" not in texte
    assert "Indemnité forfaitaire" not in texte
    assert "Le contrat stipule" not in texte
    assert "12,15 %" not in texte
    assert "à partir de l’échéance, le 1er mai 2026" in texte
    assert ("articles L511-45 et L512-3" in texte) is (fondement == "billet_a_ordre")
    assert {"interets_de_l_effet"} <= {a.code for a in prepare.avertissements}


@pytest.mark.parametrize("acte", ACTES)
def test_les_totaux_sont_partout_les_memes(acte):
    prepare = prepare_acte(demande(acte, accessoires="45,10"))
    total = prepare.demande.totaux.total + Decimal("45.10")
    assert prepare.montant == total
    assert format_montant(total) in prepare.texte
    for bloc in prepare.document.blocs:
        if isinstance(bloc, Sommes):
            assert bloc.total.montant == format_montant(total)
        if isinstance(bloc, Annexe):
            assert bloc.releve.total.total == format_montant(prepare.demande.totaux.total)


def test_l_effet_demande_moins_que_le_contrat():
    effet = demande(ACTES[0])
    contrat = build_demande(
        get_modele(ACTES[0]),
        load_dossier("professionnel"),
        creances=["F-2026-001"],
        saisies={"tribunal": "commerce", "siege": "Testville", "fondement": "contrat"},
    )
    assert effet.totaux.principal < contrat.totaux.principal
    assert effet.totaux.total < contrat.totaux.total


def test_la_plus_tardive_des_echeances():
    tard = demande(ACTES[0], echeance_de_l_effet="2026-06-30")
    assert min(x.du for x in tard.etat.decompte.lignes if x.creance == "F-2026-001") == date(2026, 7, 1)
    tot = demande(ACTES[0], echeance_de_l_effet="2026-04-15")
    assert min(x.du for x in tot.etat.decompte.lignes if x.creance == "F-2026-001") == date(2026, 5, 2)


def test_un_effet_a_echoir_n_est_qu_un_projet():
    prepare = prepare_acte(demande(ACTES[0], echeance_de_l_effet="2026-12-31"))
    assert any("31 décembre 2026" in raison.replace("\xa0", " ") for raison in prepare.projet)
    assert prepare.demande.totaux.interets == 0


def test_pas_plus_que_le_montant_de_l_effet():
    assert not any("dépasse" in raison for raison in prepare_acte(demande(ACTES[0])).projet)
    prepare = prepare_acte(demande(ACTES[0], montant_de_l_effet="4000"))
    assert any("dépasse le montant de l’effet" in raison.replace("\xa0", " ") for raison in prepare.projet)


def test_les_autres_factures_gardent_leurs_paiements_et_leurs_interets():
    entier = load_dossier("professionnel")
    vue = demande(ACTES[0]).etat
    assert [s for s in vue.decompte.soldes if s.cle != "F-2026-001"] == [
        s for s in entier.decompte.soldes if s.cle != "F-2026-001"
    ]


def test_une_cession_acceptee_garde_ce_que_porte_la_facture():
    vue = demande(ACTES[0], fondement="cession")
    assert {x.article for x in vue.etat.decompte.lignes} == {"C. com. L441-10 II"}


@pytest.mark.parametrize("acte", ACTES)
def test_la_clause_penale_dit_ou_elle_est_stipulee(acte):
    saisies = {"tribunal": "commerce", "siege": "Testville", "fondement": "contrat", "clause_penale": "250"}
    modele, etat = get_modele(acte), load_dossier("professionnel")
    sans = prepare_acte(build_demande(modele, etat, saisies=saisies))
    assert [q.nom for q in sans.manquantes] == ["stipulation"]
    avec = prepare_acte(build_demande(modele, etat, saisies={**saisies, "stipulation": "article 12 des CGV"}))
    assert not avec.manquantes
    assert "(article 12 des CGV)" in avec.texte


def test_le_decompte_du_dossier_de_preuve_est_celui_de_la_requete(tmp_path):
    vue = demande(ACTES[0])
    piece = Piece("Lettre de change", "effet.txt", lambda chemin: chemin.write_text("Lettre de change n° 12"))
    write_liasse(Sujet(vue, load_dossier("professionnel"), [piece]), tmp_path / "preuves", projet=True)
    releve = json.loads((tmp_path / "preuves" / "actes" / "decompte.json").read_bytes())
    assert Decimal(releve["montants"]["total"]) == vue.totaux.total
    assert {ligne["article"] for ligne in releve["lignes"]} == {"C. com. L511-45"}


def test_la_part_d_un_codebiteur_suit_l_effet():
    """A share is of what is asked on the instrument: it holds neither penalties nor lump sum."""
    effet = demande(ACTES[0], dossier="codebiteur_conjoint", coobliges="oui")
    prepare = prepare_acte(effet)
    contrat = prepare_acte(
        build_demande(
            get_modele(ACTES[0]),
            load_dossier("codebiteur_conjoint"),
            creances=["F-2026-001"],
            saisies={"tribunal": "commerce", "siege": "Testville", "fondement": "contrat", "coobliges": "oui"},
        )
    )
    assert effet.totaux.indemnites == 0
    assert prepare.montant < contrat.montant
    soldes = [s for p in effet.etat.personnes if p.decompte for s in p.decompte.soldes if s.cle == "F-2026-001"]
    assert soldes
    assert all(solde.indemnites == 0 for solde in soldes)
    assert "L441-10" not in prepare.texte
