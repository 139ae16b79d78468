"""The same customer in two dossiers: proposed with its reason, put together by a person only, separated again."""

import pytest

from exigible.bureau.imports.doublons import find_doublons, keep_distincts, merge_dossiers, separate
from exigible.bureau.imports.services import apply_import, prepare_import, undo_import
from exigible.bureau.tiers.models import Creance, Dossier
from exigible.bureau.tiers.services import load_etat
from exigible.dossier.faits import Adresse, CourrierApprouve, NoteAjoutee
from exigible.droit.argent import ZERO
from exigible.droit.erreurs import ErreurExigible

pytestmark = pytest.mark.usefixtures("coherent")

SIREN = "732829320"


@pytest.fixture
def paire(ouvrir, facturer):
    un = facturer(ouvrir("Exemple Bois SARL", "C1", siren=SIREN), "F-1", "100.00")
    autre = facturer(ouvrir("Bois Exemple", "C2", siren=SIREN), "F-2", "50.00")
    return un, autre


def lire(dossier):
    dossier.refresh_from_db()
    return {c.creance.numero: c.principal_restant for c in load_etat(dossier).creances}


@pytest.mark.parametrize(
    ("un", "autre", "raison"),
    [
        ({"siren": SIREN}, {"siren": SIREN, "nom": "Tout autre nom"}, "SIREN"),
        ({"iban": "FR1"}, {"iban": "FR1", "nom": "Tout autre nom"}, "compte bancaire"),
        ({"courriel": "a@bois.example"}, {"courriel": "b@bois.example", "nom": "Négoce Bois"}, "bois.example"),
        ({}, {"nom": "Bois Exemple"}, "noms"),
    ],
)
def test_ce_qui_se_ressemble_est_propose_avec_sa_raison(creancier, ouvrir, un, autre, raison):
    ouvrir(**{"nom": "Exemple Bois SARL", "code": "C1"} | un)
    ouvrir(**{"code": "C2"} | autre)
    (doublon,) = find_doublons([creancier])
    assert raison in " ".join(map(str, doublon.raisons))


def test_un_autre_siren_un_autre_code_postal_ou_une_messagerie_commune_ne_disent_rien(creancier, ouvrir):
    ouvrir("Exemple Bois", "C1", siren=SIREN, courriel="a@gmail.com")
    ouvrir("Exemple Bois", "C2", siren="552100554", courriel="b@gmail.com")
    ailleurs = Adresse(lignes=("1 rue",), code_postal="98000", ville="Ailleurs")
    ouvrir("Pierre Modèle", "C3")
    ouvrir("Pierre Modèle", "C4", adresse=ailleurs)
    assert find_doublons([creancier]) == []


def test_deux_clients_gardes_distincts_ne_sont_plus_proposes(creancier, paire):
    keep_distincts(*paire, "Marie")
    assert find_doublons([creancier]) == []
    assert lire(paire[1]) != {}


def test_regrouper_deplace_les_factures_et_separer_les_rend(creancier, paire):
    un, autre = paire
    avant = lire(un), lire(autre)
    meme = merge_dossiers(un, autre, "Marie")
    assert set(lire(un)) == {"F-1", "F-2"}
    assert lire(autre) == {}
    assert Dossier.objects.get(pk=autre.pk).principal == ZERO
    assert find_doublons([creancier]) == []
    separate(meme, "Marie")
    assert (lire(un), lire(autre)) == avant
    assert len(find_doublons([creancier])) == 1
    with pytest.raises(ErreurExigible, match="déjà séparés"):
        separate(meme, "Marie")


def test_les_fichiers_suivants_vont_au_dossier_garde(creancier, paire):
    un, autre = paire
    merge_dossiers(un, autre, "Marie")
    liste = (
        "Numéro;Code client;Client;Date;Échéance;Montant TTC\n"
        "F-2;C2;Bois Exemple;01/09/2026;01/10/2026;50\nF-3;C2;Bois Exemple;01/09/2026;01/10/2026;30"
    )
    importation = apply_import(prepare_import(creancier, "f.csv", liste.encode(), "essai"), "essai")
    assert importation.apercu["comptes"]["cree"] == 1
    assert set(lire(un)) == {"F-1", "F-2", "F-3"}
    assert Dossier.objects.get(pk=un.pk).debiteur_code == "C1"
    assert Creance.objects.count() == 3


def test_ce_qui_fut_fait_contre_un_debiteur_ne_change_pas_de_dossier(paire, noter):
    un, autre = paire
    lettre = CourrierApprouve(
        courrier="l", acte="mise_en_demeure", piece="", creances=("f-F-2",), montant=50, delai_jours=8, destinataire=""
    )
    noter(autre, lettre)
    with pytest.raises(ErreurExigible, match="ne peuvent pas changer de dossier"):
        merge_dossiers(un, autre, "Marie")
    noter(un, NoteAjoutee(texte="note"))
    merge_dossiers(autre, un, "Marie")
    assert set(lire(autre)) == {"F-1", "F-2"}


def test_une_facture_des_deux_cotes_ou_un_autre_regroupement_empechent(paire, ouvrir, facturer):
    un, autre = paire
    tiers = facturer(ouvrir("Troisième", "C3"), "F-1", "10.00")
    with pytest.raises(ErreurExigible, match="F-1"):
        merge_dossiers(un, tiers, "Marie")
    merge_dossiers(un, autre, "Marie")
    with pytest.raises(ErreurExigible, match="déjà regroupé"):
        merge_dossiers(autre, tiers, "Marie")
    with pytest.raises(ErreurExigible, match="même créancier"):
        merge_dossiers(un, un, "Marie")


def test_on_ne_separe_plus_quand_la_suite_s_appuie_dessus(paire, noter):
    un, autre = paire
    meme = merge_dossiers(un, autre, "Marie")
    noter(
        un,
        CourrierApprouve(
            courrier="l",
            acte="mise_en_demeure",
            piece="",
            creances=("f-F-2",),
            montant=50,
            delai_jours=8,
            destinataire="",
        ),
    )
    with pytest.raises(ErreurExigible, match="s'appuient"):
        separate(meme, "Marie")


def test_un_import_regroupe_depuis_ne_s_annule_plus_tel_quel(creancier, ouvrir, facturer):
    liste = b"Numero;Code client;Client;Date;Echeance;Montant TTC\nF-9;C9;Neuf;01/09/2026;01/10/2026;50"
    importation = apply_import(prepare_import(creancier, "f.csv", liste, "essai"), "essai")
    un = facturer(ouvrir(), "F-1", "100.00")
    merge_dossiers(un, Dossier.objects.get(debiteur_code="C9"), "Marie")
    with pytest.raises(ErreurExigible, match="regroupement"):
        undo_import(importation, "erreur", "essai")
