"""Rows written by column: as the fields would, new ones and those that change, on both engines."""

from datetime import date
from decimal import Decimal

import pytest

from exigible.bureau.tables import update_lignes, write_lignes
from exigible.bureau.tiers.models import Action, Creance, Dossier
from exigible.droit.phrase import phrase


@pytest.fixture
def dossier(ouvrir):
    return ouvrir("Client 1", "C1")


def make_ligne(dossier, cle, **colonnes):
    commun = {"cabinet_id": dossier.cabinet_id, "dossier_id": dossier.pk, "cle": cle, "stade": "echue"}
    montants = {"montant": Decimal("10.05"), "reste": Decimal(3)}
    return commun | montants | {"numero": cle, "emission": date(2026, 9, 1), "echeance": None} | colonnes


def test_ce_qui_est_ecrit_se_relit_les_colonnes_absentes_ont_leur_defaut(dossier):
    write_lignes(Creance, [make_ligne(dossier, "a"), make_ligne(dossier, "b", echeance=date(2026, 10, 1))])
    a, b = Creance.objects.order_by("cle")
    assert (a.montant, a.reste, a.interets, a.libelle, a.echeance) == (Decimal("10.05"), Decimal(3), 0, "", None)
    assert (b.echeance, b.dossier_id, b.cabinet_id) == (date(2026, 10, 1), dossier.pk, dossier.cabinet_id)


def test_une_ligne_qui_a_la_meme_cle_change_la_presente_et_garde_son_numero(dossier):
    write_lignes(Creance, [make_ligne(dossier, "a")], ("dossier", "cle"))
    avant = Creance.objects.get()
    write_lignes(Creance, [make_ligne(dossier, "a", numero="nouveau"), make_ligne(dossier, "b")], ("dossier", "cle"))
    apres = Creance.objects.get(cle="a")
    assert (apres.pk, apres.numero, Creance.objects.count()) == (avant.pk, "nouveau", 2)


def test_deux_phrases_de_meme_texte_gardent_chacune_son_modele(dossier):
    phrases = [phrase("{n} jours", n=2), phrase("2 {quoi}", quoi="jours")]
    commun = {"cabinet_id": dossier.cabinet_id, "dossier_id": dossier.pk, "creances": ["a"]}
    write_lignes(Action, [commun | {"cle": f"q-{n}", "phrase": p} for n, p in enumerate(phrases)])
    lues = [a.phrase for a in Action.objects.filter(cle__startswith="q-").order_by("cle")]
    assert [(p, p.modele) for p in lues] == [("2 jours", "{n} jours"), ("2 jours", "2 {quoi}")]


def test_changer_des_colonnes_ne_touche_que_celles_la_et_que_ces_lignes(dossier, ouvrir):
    autre = ouvrir("Client 2", "C2")
    update_lignes(Dossier, [{"id": dossier.pk, "echu": Decimal("12.34"), "a_completer": [{"code": "x"}]}])
    assert not Dossier.objects.get(pk=autre.pk).echu
    lu = Dossier.objects.get(pk=dossier.pk)
    assert (lu.echu, lu.a_completer[0]["code"], lu.debiteur_nom) == (Decimal("12.34"), "x", "Client 1")


def test_rien_a_ecrire_n_ecrit_rien(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        write_lignes(Creance, [])
        update_lignes(Dossier, [])
