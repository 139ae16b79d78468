"""The forfeiture opened before a plan is chosen says why it may not be pronounced, or what is to be chosen."""

import pytest
from dossiers_des_actes import load_dossier

from exigible.actes.demande import build_demande
from exigible.actes.modele import get_modele
from exigible.actes.preparation import prepare_acte
from exigible.droit.erreurs import ErreurExigible


def prepare(etat, **saisies):
    return prepare_acte(build_demande(get_modele("decheance_du_terme"), etat, saisies=saisies))


@pytest.mark.parametrize("dossier", ["professionnel_plan_dechu", "consommateur_plan_dechu", "solidaires_plan_dechu"])
def test_il_ne_manque_que_le_choix_du_plan(dossier):
    prepare_ = prepare(load_dossier(dossier))
    assert [q.nom for q in prepare_.manquantes] == ["plan"]
    assert "il manque Le plan" in prepare_.document.projet
    assert not prepare_.utilisable


@pytest.mark.parametrize(
    ("dossier", "raison"),
    [
        ("professionnel", "aucun plan de paiement n'est enregistré"),
        ("professionnel_plan_manque", "envoyez d'abord la mise en demeure"),
        ("public_plan_manque", "pas de clause de déchéance"),
        ("consommateur_plan_ce_jour", "aucune échéance du plan n'est en retard"),
    ],
)
def test_la_raison_est_dite_sans_choix(dossier, raison):
    with pytest.raises(ErreurExigible) as refus:
        prepare(load_dossier(dossier))
    assert raison in str(refus.value).replace("\xa0", " ")


def test_un_plan_complet_dit_toujours_la_somme():
    prepare_ = prepare(load_dossier("professionnel_plan_dechu"), plan="plan-1")
    assert {"somme", "echeances"} <= {m.code for m in prepare_.mentions}
    assert prepare_.absentes == ()
